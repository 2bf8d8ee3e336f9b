//! `forewarn compare`: the results of two runs, and what made them differ.
//!
//! In: two results, their manifests or the folders that hold them. Out: each result that differs, and its
//! cause: a change of the rules, by declaration, or values of the data that were revised, by indicator. Where
//! the rules or the data of a run are not at hand as it has them on record, that is said, and the results
//! are compared as they stand.

mod between;
pub(crate) mod calendars;
mod cells;
mod human;
mod json;
mod mixture;
mod moved;
pub(crate) mod periods;
mod read_otherwise;
mod recorded;
mod revised;
mod shown;
pub(crate) mod side;
mod value;

use crate::args::{Format, Global, forms};
use crate::comparison::{self, tolerance};
use crate::failure::{Failure, print, print_document};
use crate::paint::Paint;
use crate::report::FINDINGS;
use crate::stream::{Stream, colored};
use between::Between;
use clap::{Args, ValueHint};
use forewarn_plan::tests::Tolerance;
use shown::ComparisonView;
use side::Side;
use std::path::PathBuf;
use std::process::ExitCode;

/// `forewarn compare`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  forewarn compare last_month.csv this_month.csv
  forewarn compare runs/2024-11 runs/2024-12 --format markdown > changes.md
  forewarn compare last.parquet.manifest.json this.parquet.manifest.json --exit-code")]
pub struct CompareArgs {
    /// The run to compare with: its results, their manifest, or a folder that holds one manifest
    #[arg(value_name = "FIRST", value_hint = ValueHint::AnyPath)]
    pub first: PathBuf,
    /// The run that is compared
    #[arg(value_name = "SECOND", value_hint = ValueHint::AnyPath)]
    pub second: PathBuf,
    /// Numbers that are no further apart count as the same: `0.001`, or a part such as `1%`
    #[arg(long, value_name = "NUMBER", value_parser = tolerance)]
    pub tolerance: Option<Tolerance>,
    /// Results that differ are shown up to this number on a terminal, and all in other forms
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub limit: usize,
    /// Exit with 1 if a result differs
    #[arg(long)]
    pub exit_code: bool,
    /// How the comparison is written
    #[arg(
        long,
        value_parser = forms(&[Format::Human, Format::Json, Format::Markdown]),
        value_name = "FORMAT",
        default_value = "human",
        help_heading = "Messages"
    )]
    pub format: Format,
    /// Say nothing; for `--exit-code`
    #[arg(long, short)]
    pub quiet: bool,
}

/// Compares two runs.
///
/// # Errors
/// Wrong use, or results that cannot be read.
pub fn compare(args: &CompareArgs, global: &Global) -> Result<ExitCode, Failure> {
    let first = Side::of(&args.first)?;
    let second = Side::of(&args.second)?;
    let shown = Between::new(&first, &second, args.tolerance).compare(args.limit)?;
    let differs = !shown.effects.effects.is_empty()
        || !shown.effects.new.is_empty()
        || !shown.effects.gone.is_empty();
    if !args.quiet {
        let text = match args.format {
            Format::Json => json::render(&shown),
            Format::Markdown => markdown(&shown),
            _ => {
                let paint = Paint {
                    on: colored(global.color, Stream::Out),
                };
                human::render(&shown, paint)
            }
        };
        match args.format {
            Format::Json => print_document(&text)?,
            _ => print(&text)?,
        };
    }
    Ok(if args.exit_code && differs {
        ExitCode::from(FINDINGS)
    } else {
        ExitCode::SUCCESS
    })
}

fn markdown(shown: &ComparisonView) -> String {
    let escaped = comparison::escaped;
    let mut text = format!(
        "# {} → {}\n\n- rules: {}\n",
        escaped(&shown.first),
        escaped(&shown.second),
        escaped(&shown.rules)
    );
    for line in shown.data.iter().chain(&shown.further) {
        text.push_str(&format!("- {}\n", escaped(line)));
    }
    if let Some(moved) = &shown.moved {
        text.push_str(&format!("\n## {} → {}\n\n", moved.before, moved.now));
        if moved.steps.is_empty() {
            text.push_str("No level moved.\n");
        } else {
            text.push_str("| level | who | from | to |\n|---|---|---|---|\n");
        }
        for step in &moved.steps {
            let cells = [&step.level, &step.entity, &step.from, &step.to];
            let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        if !moved.events.is_empty() {
            text.push_str("\n| alert | who | what happened | when |\n|---|---|---|---|\n");
        }
        for event in &moved.events {
            let cells = [&event.alert, &event.entity, &event.what, &event.period];
            let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        for (what, names) in [
            ("New", &moved.new),
            ("Back after a while without a row", &moved.back),
            ("Not there any more", &moved.gone),
        ] {
            if !names.is_empty() {
                text.push_str(&format!("\n{what}: {}\n", escaped(&names.join(", "))));
            }
        }
    }
    text.push_str(&comparison::markdown(&shown.told(), &[]));
    text
}
