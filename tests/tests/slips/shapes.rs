//! The pages of codes show the slips that were written down for them: what stands there, and what is to.
//!
//! In: the slips and `docs/diagnostics/`. Out: that each page's table holds just those;
//! `FOREWARN_UPDATE_PAGES=1` writes it.

use super::Slip;
use super::framework::Framework;
use super::written;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

const HEADING: &str = "## Common shapes";

/// Rows of one page.
const MOST: usize = 6;

/// Longer words say little in a table.
const LONGEST: usize = 76;

#[test]
fn pages_show_the_common_shapes_of_their_slip() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diagnostics");
    let frameworks = Framework::all();
    let slips = written::slips(&frameworks);
    let mut rows: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for slip in &slips {
        let Some(row) = row(slip) else { continue };
        for code in &slip.codes {
            let told = rows.entry(code).or_default();
            if told.len() < MOST && !told.contains(&row) {
                told.push(row.clone());
            }
        }
    }
    assert!(rows.len() >= 40, "only {} pages show shapes", rows.len());
    let update = std::env::var_os("FOREWARN_UPDATE_PAGES").is_some();
    let mut old = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let Some(code) = path.file_stem().and_then(|stem| stem.to_str()) else {
            continue;
        };
        if !code.starts_with("FW") {
            continue;
        }
        let page = std::fs::read_to_string(&path).unwrap();
        let wanted = with_shapes(&page, rows.get(code).map_or(&[], Vec::as_slice));
        if page == wanted {
            continue;
        }
        if update {
            std::fs::write(&path, wanted).unwrap();
        } else {
            old.push(code.to_owned());
        }
    }
    assert!(
        old.is_empty(),
        "out of date: {}: FOREWARN_UPDATE_PAGES=1",
        old.join(", ")
    );
}

/// One line of the table; none for what is too long for it.
fn row(slip: &Slip) -> Option<String> {
    let cell = |text: &str| {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = !words.is_empty() && !words.contains('`') && words.chars().count() <= LONGEST;
        fits.then(|| format!("`{}`", words.replace('|', "\\|")))
    };
    let found = cell(&slip.wrong)?;
    let meant = match &slip.says {
        Some(says) if says.contains(' ') => says.replace('|', "\\|"),
        Some(_) => cell(&slip.right)?,
        None => cell(slip.readings.first().unwrap_or(&slip.right))?,
    };
    (found != meant).then(|| format!("| {found} | {meant} |"))
}

/// The page with this table at its end, or without one.
fn with_shapes(page: &str, rows: &[String]) -> String {
    let body = match page.find(&format!("\n{HEADING}")) {
        Some(at) => page.get(..at).unwrap_or(page),
        None => page,
    };
    let mut out = format!("{}\n", body.trim_end());
    if rows.is_empty() {
        return out;
    }
    let _ = write!(
        out,
        "\n{HEADING}\n\n| as it comes | what is meant |\n|---|---|\n"
    );
    for row in rows {
        let _ = writeln!(out, "{row}");
    }
    out
}
