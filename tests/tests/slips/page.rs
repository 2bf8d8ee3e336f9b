//! `docs/from-the-spreadsheet.md` shows what the table of habits holds, and what it shows is so.

use super::judge::{compile, mended};
use forewarn_grammar::habits::{Group, SHOWN};
use forewarn_grammar::words::one_line;
use std::path::Path;

const PAGE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../docs/from-the-spreadsheet.md"
);
const BEGIN: &str = "<!-- habits: made from the table in `grammar/src/habits/table.rs` -->\n";
const END: &str = "<!-- end of habits -->\n";

/// A file in which the examples stand.
fn around(formula: &str) -> String {
    let kind = match formula.split([' ', '(']).next() {
        Some("p" | "not" | "!p" | "AND" | "OR" | "NOT") => "signal",
        _ if formula.contains("is ") || formula.contains(" in ") => "signal",
        _ => "let",
    };
    let is_truth = [
        "==", "!=", "<>", "≥", "=>", ">=", "between", "ISBLANK", "is.na",
    ];
    let kind = match kind {
        "let"
            if is_truth.iter().any(|sign| {
                formula.starts_with('a') && formula.contains(sign) || formula.starts_with(sign)
            }) =>
        {
            "signal"
        }
        kind => kind,
    };
    format!(
        "framework demo \"Demo\" version \"1\"\npanel country by year\n\
         indicator a : number in 1..9\nindicator b : number in 1..9\nindicator c : number in 1..9\n\
         indicator p : truth\nindicator q : truth\n\
         {kind} shown = {formula}\n\
         score used = mean(a, b, c)\nsignal both = p and q\n"
    )
}

#[test]
fn each_habit_is_told_and_its_help_gives_what_the_page_shows() {
    let mut wrong = Vec::new();
    for habit in SHOWN {
        let text = around(habit.elsewhere);
        let compiled = compile(&text);
        let edits = compiled
            .found
            .iter()
            .filter(|one| one.code.0.starts_with("FW00"))
            .find_map(|one| one.help.iter().find(|help| !help.edits.is_empty()))
            .map(|help| mended(&compiled, &text, &help.edits));
        let right = edits.as_ref().is_some_and(|mended| {
            one_line(mended) == one_line(&around(habit.here)) || mended.contains(habit.here)
        });
        if !right {
            wrong.push(format!("  {}: {edits:?}", habit.elsewhere));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_shows_the_table() {
    let page = std::fs::read_to_string(PAGE).expect("the page");
    let (before, rest) = page.split_once(BEGIN).expect("where the table begins");
    let (_, after) = rest.split_once(END).expect("where the table ends");
    let mut table = String::new();
    let groups = [
        (Group::Choosing, "Choosing"),
        (Group::Combining, "And, or, not"),
        (Group::Calculating, "Calculating"),
        (Group::Missing, "Missing values"),
        (Group::Comparing, "Comparing"),
        (Group::Numbers, "Numbers"),
        (Group::Writing, "Notes"),
    ];
    for (group, heading) in groups {
        table.push_str(&format!(
            "\n### {heading}\n\n| elsewhere | here |\n|---|---|\n"
        ));
        for habit in SHOWN.iter().filter(|habit| habit.group == group) {
            let cell = |text: &str| text.replace('|', "\\|");
            table.push_str(&format!(
                "| `{}` | `{}` |\n",
                cell(habit.elsewhere),
                cell(habit.here)
            ));
        }
    }
    let wanted = format!("{before}{BEGIN}{table}\n{END}{after}");
    if page != wanted {
        if std::env::var_os("FOREWARN_UPDATE_PAGES").is_some() {
            std::fs::write(Path::new(PAGE), wanted).expect("written");
            return;
        }
        panic!(
            "docs/from-the-spreadsheet.md does not show the table; FOREWARN_UPDATE_PAGES=1 writes it"
        );
    }
}
