//! Values that rest on their own past, windows since an event and values of a named period, together.

mod applied;

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;

use applied::apply;

const HEAD: &str = "framework f \"F\" version \"1\"\n";

/// The cells of a column by country and year, `-` for a missing one.
#[track_caller]
fn column(rules: &str, data: &str, name: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, cells) = (folder.path().join("f.risk"), folder.path().join("d.csv"));
    std::fs::write(&path, format!("{HEAD}{rules}")).expect("written");
    std::fs::write(&cells, data).expect("written");
    let found = apply(&path, &cells, &[]);
    let cells = found.rows.values().map(|row| row[name].clone());
    let told = cells.map(|cell| {
        if cell.is_empty() {
            "-".to_owned()
        } else {
            cell
        }
    });
    told.collect::<Vec<_>>().join(" ")
}

/// What is told of rules.
fn told(rules: &str) -> Vec<String> {
    let rules = format!("{HEAD}{rules}");
    let files = MemoryFiles::of("f.risk", &rules);
    let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
    let causes = compilation.reports.iter();
    causes
        .map(|cause| format!("{}: {}", cause.code(), cause.describe().title))
        .collect()
}

/// Dryness of a soil: half of yesterday's, and what today adds; nobody measured on the fourth day.
const DRY: &str = "place,day,heat
Arvia,2024-07-01,10
Arvia,2024-07-02,20
Arvia,2024-07-03,0
Arvia,2024-07-04,
Arvia,2024-07-05,8
Arvia,2024-07-06,4
Belmar,2024-07-03,2
";

fn dryness(gap: &str) -> String {
    let rules = format!(
        "panel place by day\nindicator heat : number in 0..100\n\
         score dryness = clamp(0.5 * lag(dryness, 1 day, first: 40{gap}) + heat, 0, 200)\n"
    );
    column(&rules, DRY, "dryness")
}

#[test]
fn a_value_rests_on_its_own_past_from_a_stated_beginning() {
    // 20 + 10, 15 + 20, 17.5 + 0; then nobody knows.
    assert_eq!(dryness(""), "30 35 17.5 - - - 22");
    assert_eq!(dryness(", gap: missing"), "30 35 17.5 - - - 22");
    // Anew: 20 + 8, 14 + 4.
    assert_eq!(dryness(", gap: first"), "30 35 17.5 - 28 18 22");
    // With the last that is known: 8.75 + 8, 8.375 + 4.
    assert_eq!(dryness(", gap: last"), "30 35 17.5 - 16.75 12.375 22");
}

#[test]
fn two_days_ago_begins_twice() {
    let rules = "panel place by day\nindicator heat : number in 0..100\n\
                 score kept = lag(kept, 2 days, first: 1, gap: last) + heat\n";
    // 1 + 10, 1 + 20, 11 + 0, nothing, 11 + 8, and for the day that nobody knows the one before it: 11 + 4.
    assert_eq!(column(rules, DRY, "kept"), "11 21 11 - 19 15 3");
}

#[test]
fn what_cannot_rest_on_its_own_past_is_told() {
    let rules = |formula: &str| {
        told(&format!(
            "panel country by year\nunit mm\nindicator rain : mm in 0..\n{formula}\n"
        ))
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(
        rules("score wet = 0.5 * lag(wet, 1 year, first: 15 mm) + rain"),
        none
    );
    for (formula, wanted) in [
        (
            "score wet = 0.5 * lag(wet, 1 year) + rain",
            "FW0102: `wet` needs itself",
        ),
        (
            "score wet = 0.5 * lag(wet, 1 year, first: 15) * 1 mm + rain",
            "FW0712: what begins with",
        ),
        (
            "score wet = lag(rain, 1 year, gap: last)",
            "FW0701: `lag` needs `first:`",
        ),
        (
            "score wet = share(lag(wet, 1 year, first: 1) + rain / 1 mm)",
            "FW0713: `wet` rests on its own past by way of its peers",
        ),
        (
            "score wet = lag(rain, 1 year, first: 1 mm, gap: zero)",
            "FW0",
        ),
    ] {
        let told = rules(formula);
        assert!(
            told.len() == 1 && told[0].starts_with(wanted),
            "{formula}: {told:?}"
        );
    }
}

/// An index of liberal democracy, invented: a fall of 0.13 in three years, a standstill, and a rise; then a
/// small fall that comes to nothing.
const INDEX: &str = "country,year,index
Arvia,2000,0.60
Arvia,2001,0.58
Arvia,2002,0.50
Arvia,2003,0.47
Arvia,2004,0.47
Arvia,2005,0.50
Arvia,2006,0.51
Arvia,2007,0.49
Arvia,2008,0.49
Arvia,2009,0.53
";

/// An episode opens with a fall of 0.01 in a year, stays open until a rise of 0.02 in a year or five years
/// without a fall, and counts where it comes to 0.1 in all. What nobody knows of is not open.
const EPISODES: &str = "panel country by year
indicator index : number in 0..1
let falls = change(index, over: 1 year) <= -0.01
let ends = change(index, over: 1 year) >= 0.02 or sustained(not falls, for: 5 years)
signal episode = falls or (lag(episode, 1 year, first: no, gap: first) and not ends)
let opens = episode and not lag(episode, 1 year, first: no, gap: first)
score before = at(lag(index, 1 year), when: opens)
score fallen = if episode then round(before - min(index, since: opens), 4) else 0
signal autocratises = episode and fallen >= 0.1
";

#[test]
fn episodes_open_stay_open_and_count() {
    // In 2000 nobody knows of a fall.
    assert_eq!(
        column(EPISODES, INDEX, "episode"),
        "unknown yes yes yes yes no no yes yes no"
    );
    assert_eq!(
        column(EPISODES, INDEX, "fallen"),
        "- 0.02 0.1 0.13 0.13 0 0 0.02 0.02 0"
    );
    assert_eq!(
        column(EPISODES, INDEX, "autocratises"),
        "unknown no yes yes yes no no no no no"
    );
}

#[test]
fn a_value_of_a_period_that_another_value_names() {
    let rules = |formula: &str| {
        format!("panel country by year\nindicator index : number in 0..1\n{formula}\n")
    };
    assert_eq!(
        column(&rules("score s = at(index, 2003)"), INDEX, "s"),
        "- - - 0.47 0.47 0.47 0.47 0.47 0.47 0.47"
    );
    // The period names itself by the value: ten times the index above 2000.
    assert_eq!(
        column(
            &rules("score s = at(index, 2000 + round(index * 10, 0))"),
            INDEX,
            "s"
        ),
        "- - - - - 0.5 0.5 0.5 0.5 0.5"
    );
    assert_eq!(
        column(&rules("score s = at(index, when: index < 0.5)"), INDEX, "s"),
        "- - - 0.47 0.47 0.47 0.47 0.49 0.49 0.49"
    );
    let slip = told(
        "panel country by month\nindicator index : number in 0..1\nscore s = at(index, 2003)\n",
    );
    assert!(
        slip[0].starts_with("FW0711: only years are numbers"),
        "{slip:?}"
    );
}
