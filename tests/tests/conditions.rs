//! Ranges follow conditions: what a branch, a row or a fallback knows of where its values lie.

use crate::applied;

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;

use applied::apply;

const HEAD: &str = "framework f \"F\" version \"1\"\npanel country by year\n\
                    indicator share : number in 0..1\nindicator heat : number in -40..60\n\
                    indicator n : number in 0..1000\nindicator open : number in 0..\n\
                    scale class { low < high }\n\
                    score all = share + heat + n + open\n\
                    level of_all : class from all { low in ..<5, high in 5.. }\n";

/// What is told of rules: title and marks.
fn told(rules: &str) -> Vec<String> {
    let rules = format!("{HEAD}{rules}");
    let files = MemoryFiles::of("f.risk", &rules);
    let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
    let causes = compilation.reports.iter();
    causes
        .map(|cause| {
            let said = cause.describe();
            let marks: Vec<&str> = said
                .secondary
                .iter()
                .map(|mark| mark.text.as_str())
                .collect();
            format!("{}: {}; {}", cause.code(), said.title, marks.join(", "))
        })
        .collect()
}

/// Bands that reach exactly as far as the score does are enough.
#[track_caller]
fn reaches(score: &str, from: &str, to: &str) {
    let bands = format!(
        "score s = {score}\n\
         level class_of : class from s {{ low in {from}..<{to}, high in {to}..{to} }}\n"
    );
    let none: Vec<String> = Vec::new();
    assert_eq!(told(&bands), none, "{score}");
    for (low, high) in [(format!("{from}.5"), to), (from.to_owned(), to)] {
        let narrow = format!(
            "score s = {score}\nlevel class_of : class from s {{ low in {low}..<({high} - 0.5), \
             high in ({high} - 0.5)..<{high} }}\n"
        );
        assert!(!told(&narrow).is_empty(), "{score} in {low}..<{high}");
    }
}

#[test]
fn a_branch_knows_its_condition() {
    reaches("if share > 0.1 then 10 else share * 100", "0", "10");
    reaches("if share <= 0.1 then share * 100 else 10", "0", "10");
    reaches(
        "if not (share > 0.1) then share * 1000 - 90 else 10",
        "-90",
        "10",
    );
    reaches("if heat < 30 then 0 else heat - 30", "0", "30");
    reaches(
        "if heat > 30 or heat < -30 then 0 else heat + 30",
        "0",
        "60",
    );
    reaches("if heat in 10..20 then heat - 10 else 0", "0", "10");
    reaches("if 0 <= heat <= 10 then pow(heat, 2) else 100", "0", "100");
    reaches("if share is 0.5 then share * 4 else 0", "0", "2");
    reaches(
        "if n > 0.5 * 20 then 1 else if n >= 5 then n / 10 else n / 5",
        "0",
        "1",
    );
    reaches("if open < 5 then open else 5", "0", "5");
    reaches(
        "if open > 5 then 5 else if heat > 2 then open else 0",
        "0",
        "5",
    );
    reaches("if heat < 1 then 0 else 1 / heat", "0", "1");
    reaches("if open > 50 then missing else open / 10", "0", "5");
    reaches(
        "(if share > 0.5 then share * 2 else missing) ?? share * 4",
        "0",
        "2",
    );
    reaches(
        "if n >= heat and heat >= 50 then 60 - n else 0",
        "-940",
        "10",
    );
}

#[test]
fn an_unknown_condition_says_nothing_of_the_other_side() {
    // Where `heat` is missing, both of a possible `or` are open: `open` can be anything in the second.
    assert!(
        !told(
            "score s = if open > 5 and heat > 0 then 5 else open\n\
         level class_of : class from s { low in 0..<5, high in 5..5 }\n"
        )
        .is_empty()
    );
    // Of a value that is not in the condition nothing is known.
    assert!(
        !told(
            "score s = if share > 0.5 then 5 else open\n\
         level class_of : class from s { low in 0..<5, high in 5..5 }\n"
        )
        .is_empty()
    );
    // Earlier periods do not meet this one's condition.
    assert!(
        !told(
            "score s = if open > 5 then 5 else lag(open, 1 year)\n\
         level class_of : class from s { low in 0..<5, high in 5..5 }\n"
        )
        .is_empty()
    );
}

#[test]
fn rows_of_a_table_know_their_cells() {
    let rules = "table t : number by share, open {\n  ..<0.5, any then share * 10,\n  \
                 any, ..<5 then open,\n  any, 5..50 then open / 10,\n  otherwise then missing,\n}\n\
                 level class_of : class from t { low in 0..<2, high in 2..5 }\n";
    let none: Vec<String> = Vec::new();
    assert_eq!(told(rules), none);
    let narrow = rules.replace("high in 2..5", "high in 2..4");
    assert_eq!(
        told(&narrow),
        ["FW0520: the bands end at 4, but the score goes up to 5; goes up to 5"]
    );
}

#[test]
fn the_operand_that_opens_a_range_is_named() {
    let opened = |score: &str| {
        told(&format!(
            "score s = {score}\nlevel class_of : class from s {{ low in ..<5, high in 5..10 }}\n"
        ))
    };
    assert_eq!(
        opened("share * 10 + open / 2"),
        [
            "FW0520: the bands end at 10, but the score has no upper end; has no upper end, \
          `open` has no upper end"
        ]
    );
    assert_eq!(
        opened("share + 1 / n"),
        [
            "FW0520: the bands end at 10, but the score has no upper end; has no upper end, \
          `1 / n` divides by what can be 0"
        ]
    );
    assert_eq!(
        told(
            "score s = 9 - share * open\nlevel class_of : class from s { low in 0..<5, high in 5.. }"
        ),
        [
            "FW0520: the bands begin at 0, but the score has no lower end; has no lower end, \
          `open` has no upper end"
        ]
    );
    assert_eq!(
        opened("if share > 0.1 then 10 else heat"),
        [
            "FW0520: the bands end at 10, but the score goes up to 60; goes up to 60, \
          `heat` goes up to 60"
        ]
    );
}

#[test]
fn a_condition_inside_that_the_one_outside_excludes_is_told() {
    let none: Vec<String> = Vec::new();
    assert_eq!(
        told("score s = if share > 0.5 then (if share < 0.2 then 1 else 2) else 3"),
        ["FW0421: this can never be yes: `share` lies in 0.5..1 here; "]
    );
    assert_eq!(
        told("score s = if heat >= 40 then 3 else if heat >= 45 then 2 else 1"),
        ["FW0421: this can never be yes: `heat` lies in -40..40 here; "]
    );
    // To say again what the condition before has said is no slip.
    assert_eq!(
        told("score s = if heat >= 40 then 3 else if heat >= 20 and heat < 40 then 2 else 1"),
        none
    );
    assert_eq!(
        told("score s = if heat >= 40 then 3 else if heat < 40 then 2 else 1"),
        none
    );
}

#[test]
fn what_a_branch_excludes_does_not_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, cells) = (folder.path().join("f.risk"), folder.path().join("d.csv"));
    let rules = format!(
        "{HEAD}score root = if heat >= 1 then sqrt(heat - 1) else 0\n\
         score part = if n >= 10 then share / (n - 5) else share\n"
    );
    std::fs::write(&path, rules).expect("written");
    std::fs::write(
        &cells,
        "country,year,share,heat,n,open\nAra,2001,0.5,10,15,1\nAra,2002,0.25,-5,5,1\n\
         Ara,2003,,,,1\n",
    )
    .expect("written");
    let found = apply(&path, &cells, &[]);
    let cell = |row: &str, name: &str| found.cell(row, name).to_owned();
    assert_eq!(cell("Ara 2001", "root"), "3");
    assert_eq!(cell("Ara 2002", "root"), "0");
    assert_eq!(cell("Ara 2003", "root"), "");
    assert_eq!(cell("Ara 2001", "part"), "0.05");
    assert_eq!(cell("Ara 2002", "part"), "0.25");
    assert_eq!(cell("Ara 2003", "part"), "");
}

#[test]
fn what_is_not_in_a_range_lies_on_the_side_that_is_left() {
    reaches(
        "if n in 1..5 then 10 * n else if n > 5 then 0 else 20 * n",
        "0",
        "50",
    );
    reaches(
        "if n > 5 then 0 else if n in 1..5 then 10 * n else 20 * n",
        "0",
        "50",
    );
}

#[test]
fn whole_powers_below_nought_have_a_range() {
    let none: Vec<String> = Vec::new();
    assert_eq!(
        told("score turned : number in -1..-0.5 = pow(share - 2, -1)\n"),
        none
    );
    assert_eq!(
        told("score turned : number in 0.25..1 = pow(share - 2, -2)\n"),
        none
    );
    assert!(!told("score turned : number in -1..1 = pow(share - 1, -1)\n").is_empty());
}

#[test]
fn counts_and_sums_of_a_window_go_no_further_than_they_can() {
    let none: Vec<String> = Vec::new();
    assert_eq!(
        told(
            "score hot = count(heat > 0, over: 3 years)\n\
             level by_count : class from hot { low in 0..2, high in 3..3 }\n\
             score shares = sum(share, over: 3 years)\n\
             level by_sum : class from shares { low in 0..<1, high in 1..3 }\n"
        ),
        none
    );
    for signal in [
        "count(heat > 0, over: 3 years) >= 4",
        "count(heat > 0, over: 3 years, require: 1 year) >= 4",
        "sum(share, over: 3 years) > 3",
    ] {
        let told = told(&format!("signal never = {signal}\n"));
        assert!(
            told.len() == 1 && told[0].starts_with("FW0421"),
            "{signal}: {told:?}"
        );
    }
}
