//! Decision tables by chance: cells of every kind that a column takes, and an `otherwise` at the end,
//! so that none has a gap.

use proptest::prelude::*;
use proptest::sample::select;

const LEVELS: &[&str] = &[
    "any",
    "any",
    "missing",
    "critical",
    ">= high",
    "< guarded",
    "guarded..high",
    "{low, critical}",
    "elevated..<critical",
    "{guarded, elevated}",
];
const NUMBERS: &[&str] = &[
    "any", "any", "missing", "5..", "..<1", "1..limit", "> limit", "<= 7.5", "1..<5", "2",
];
const TRUTHS: &[&str] = &["any", "any", "yes", "no", "unknown"];
const CODES: &[&str] = &["any", "any", "missing", "west", "{east, central}"];

/// The rows of a table over `overall`, `a`, `t0` and `region`: their cells.
fn rows() -> impl Strategy<Value = Vec<String>> {
    let row = (
        select(LEVELS),
        select(NUMBERS),
        select(TRUTHS),
        select(CODES),
    )
        .prop_map(|(level, number, truth, code)| format!("{level}, {number}, {truth}, {code}"));
    proptest::collection::vec(row, 1..6)
}

fn table(name: &str, ty: &str, rows: &[String], says: &[&str]) -> String {
    let says = |at: usize| says[at % says.len()];
    let mut text = format!("table {name} : {ty} by overall, a, t0, region {{\n");
    for (at, row) in rows.iter().enumerate() {
        text.push_str(&format!("  {row} then {},\n", says(at)));
    }
    text.push_str(&format!("  otherwise then {},\n}}\n", says(rows.len())));
    text
}

/// Tables of every kind, and what reads them.
pub fn tables() -> impl Strategy<Value = String> {
    (rows(), rows(), rows(), rows()).prop_map(|(on_scale, numbers, truths, codes)| {
        [
            table(
                "decided",
                "concern",
                &on_scale,
                &["high", "banded", "low", "chosen", "elevated"],
            ),
            table(
                "amount",
                "number",
                &numbers,
                &["1", "s0", "a / b", "missing", "2.5"],
            ),
            table("asked", "truth", &truths, &["yes", "t1", "no", "given"]),
            table(
                "desk",
                "category { north, south }",
                &codes,
                &["north", "south", "north"],
            ),
            "table after : concern by decided, asked, desk {\n  \
             >= high, yes, any then critical,\n  any, unknown, south then high,\n  \
             missing, any, missing then elevated,\n  otherwise then low,\n}\n\
             signal heard = after >= decided or asked or desk is south or amount > 1\n"
                .to_owned(),
        ]
        .concat()
    })
}
