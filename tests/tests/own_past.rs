//! Values that rest on their own past, windows since an event and values of a named period, together.

use crate::applied;

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

/// Two stores of water that fill each other: what the upper one holds goes on by half, with all that was in the lower
/// one the day before; nobody measured on the third day.
const RAIN: &str = "place,day,rain
Arvia,2024-07-01,1
Arvia,2024-07-02,3
Arvia,2024-07-03,
Arvia,2024-07-04,2
";

fn stores(gap: &str, more: &str) -> String {
    format!(
        "panel place by day\nindicator rain : number in 0..100\n\
         score upper = 0.5 * lag(upper, 1 day, first: 4) + lag(lower, 1 day, first: 2{gap})\n\
         score lower = upper + rain\n{more}"
    )
}

#[test]
fn declarations_rest_on_one_anothers_past() {
    // 2 + 2, 2 + 5, 3.5 + 10; then the lower one is not known.
    assert_eq!(column(&stores("", ""), RAIN, "upper"), "4 7 13.5 -");
    assert_eq!(column(&stores("", ""), RAIN, "lower"), "5 10 - -");
    // With the last that is known: 6.75 + 10. Anew: 6.75 + 2.
    assert_eq!(
        column(&stores(", gap: last", ""), RAIN, "upper"),
        "4 7 13.5 16.75"
    );
    assert_eq!(
        column(&stores(", gap: last", ""), RAIN, "lower"),
        "5 10 - 18.75"
    );
    assert_eq!(
        column(&stores(", gap: first", ""), RAIN, "upper"),
        "4 7 13.5 8.75"
    );
    // In whatever order they stand, and for what rests on them.
    let turned = "panel place by day\nindicator rain : number in 0..100\n\
         signal full = lower >= 10 or lag(full, 1 day, first: no)\n\
         score lower = upper + rain\n\
         score upper = 0.5 * lag(upper, 1 day, first: 4) + lag(lower, 1 day, first: 2)\n";
    assert_eq!(column(turned, RAIN, "upper"), "4 7 13.5 -");
    assert_eq!(column(turned, RAIN, "full"), "no yes yes yes");
}

#[test]
fn three_rest_on_one_another_in_a_ring() {
    // Each is what the next was the day before, and the last adds the rain: a 1, c of the first day 2 + 1.
    let rules = "panel place by day\nindicator rain : number in 0..100 missing means 0 because \"none\"\n\
         score a = lag(b, 1 day, first: 1)\nscore b = lag(c, 1 day, first: 0)\n\
         score c = lag(a, 1 day, first: 2) + rain\n";
    // a: 1, 0, 3, 4, b: 0, 3, 4, 0; c: 2 + 1, 1 + 3, 0 + 0, 3 + 2.
    assert_eq!(column(rules, RAIN, "a"), "1 0 3 4");
    assert_eq!(column(rules, RAIN, "b"), "0 3 4 0");
    assert_eq!(column(rules, RAIN, "c"), "3 4 0 5");
}

#[test]
fn what_closes_one_of_a_ring_closes_all() {
    let rules = |more: &str| {
        told(&format!(
            "source field \"Field\" {{ classification confidential }}\n\
             panel place by day\nindicator rain : number in 0..100 from field\n\
             let upper = 0.5 * lag(upper, 1 day, first: 4) + lag(lower, 1 day, first: 2)\n\
             let lower = upper + rain\nlet dry = rain < 1\nscore all = upper + (if dry then 1 else 0) {more}\n"
        ))
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(rules("classification confidential"), none);
    assert_eq!(
        rules("classification public"),
        ["FW0721: `all` is public, but rests on a confidential indicator"]
    );
    let open = told(
        "panel place by day\nindicator rain : number in 0..100\n\
         let upper = 0.5 * lag(upper, 1 day, first: 4) + lag(lower, 1 day, first: 2)\n\
         let lower = upper + rain\nscore all = upper classification public\n",
    );
    assert_eq!(open, none);
}

#[test]
fn circles_are_told_with_the_way_out() {
    let help = |panel: &str, formulas: &str| {
        let rules =
            format!("{HEAD}panel place {panel}\nindicator rain : number in 0..\n{formulas}\n");
        let files = MemoryFiles::of("f.risk", &rules);
        let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
        let causes: Vec<_> = compilation.reports.iter().collect();
        assert_eq!(causes.len(), 1, "{formulas}");
        let told = causes[0].describe();
        format!(
            "{}: {} / {}",
            causes[0].code(),
            told.notes.join(" "),
            told.help
                .iter()
                .map(|one| one.text.clone())
                .collect::<Vec<_>>()
                .join(" ")
        )
    };
    let circle = "score a = b + rain\nscore b = a / 2";
    assert_eq!(
        help("by year", circle),
        "FW0102: within one period none of these values can be worked out before the others / let one of them rest on \
         indicators only, or on an earlier period, with a stated beginning: `lag(a, 1 year, first: 0)`"
    );
    assert!(help("by week", circle).ends_with("`lag(a, 1 week, first: 0)`"));
    assert!(
        help("", circle).ends_with("break the circle: let one of them rest on indicators only")
    );
    assert_eq!(
        help(
            "by month",
            "score a = lag(b, 1 month) + rain\nscore b = a / 2"
        ),
        "FW0102: an earlier period is read, and nothing says what stands before the first one / state with what it \
         begins: `lag(b, 1 month, first: 0)`"
    );
    assert!(
        help("by day", "signal a = rain > 3 or lag(a, 1 day)")
            .ends_with("`lag(a, 1 day, first: no)`")
    );
    assert!(
        help(
            "by day",
            "signal a = lag(b, 1 day, first: no) or rain > 2\nscore b = if a then 1 else 0"
        )
        .starts_with("FW0712")
    );
    assert!(
        help(
            "by day",
            "score a = lag(b, 1 day, first: 0) + rain\nscore b = percentile(a) / 1%"
        )
        .starts_with("FW0713")
    );
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

/// How bad it is, by month; nobody looked in the fourth.
const MONTHS: &str = "place,month,heat,cold
Arvia,2024-01,4,0
Arvia,2024-02,6,0
Arvia,2024-03,3,0
Arvia,2024-04,,0
Arvia,2024-05,3,0
Arvia,2024-06,1,0
";

#[test]
fn a_level_stays_until_something_ends_it() {
    let rules = |gap: &str| {
        format!(
            "panel place by month\nscale class {{ low < mid < high }}\n\
             indicators heat, cold : number in 0..10\n\
             level state : class {{\n\
               high when heat >= 5 or (lag(state, 1 month, first: low{gap}) is high and heat >= 2),\n\
               mid when heat >= 2,\n  low otherwise\n}}\n\
             score colder = cold\n"
        )
    };
    let column = |gap: &str, name: &str| column(&rules(gap), MONTHS, name);
    // In the fourth month it can be anything, so that in the fifth it is high or mid.
    assert_eq!(column("", "state"), "mid high high - - low");
    assert_eq!(column("", "state.at_least"), "mid high high low mid low");
    assert_eq!(column("", "state.at_most"), "mid high high high high low");
    assert_eq!(column(", gap: last", "state"), "mid high high - high low");
    assert_eq!(column(", gap: first", "state"), "mid high high - mid low");
}

#[test]
fn a_table_looks_at_what_it_said_before() {
    let rules = "panel place by month\nscale class { low < mid < high }\n\
         indicators heat, cold : number in 0..10\n\
         table state : class by heat {\n\
           >= 5 then high,\n\
           < 5 then (if lag(state, 1 month, first: low) is high then mid else low),\n\
           missing then low,\n}\n\
         score colder = cold\n";
    assert_eq!(column(rules, MONTHS, "state"), "low high mid low low low");
}

#[test]
fn each_item_of_a_group_has_a_past_of_its_own() {
    let rules = "panel place by month\nindicators heat, cold : number in 0..10\n\
         group both { heat, cold }\n\
         score kept = 0.5 * lag(kept, 1 month, first: 8) + both\n\
         score led = 0.5 * lag(led.heat, 1 month, first: 0, gap: last) + both\n";
    assert_eq!(column(rules, MONTHS, "kept.heat"), "8 10 8 - - -");
    assert_eq!(column(rules, MONTHS, "kept.cold"), "4 2 1 0.5 0.25 0.125");
    assert_eq!(column(rules, MONTHS, "led.heat"), "4 8 7 - 6.5 4.25");
    assert_eq!(column(rules, MONTHS, "led.cold"), "0 2 4 3.5 3.5 3.25");
}

#[test]
fn a_circle_of_a_level_or_of_a_group_names_its_beginning() {
    let help = |rules: &str| {
        let rules = format!(
            "{HEAD}panel place by month\nscale class {{ low < high }}\n\
             indicators heat, cold : number in 0..10\n{rules}\n"
        );
        let files = MemoryFiles::of("f.risk", &rules);
        let compilation = compile(Path::new("f.risk"), &files, &Settings::default());
        let told = compilation.reports.iter().next().expect("told").describe();
        told.help[0].text.clone()
    };
    assert!(
        help("level s : class { high when heat >= 5 or lag(s, 1 month) is high, low otherwise }")
            .ends_with("`lag(s, 1 month, first: low)`")
    );
    assert!(
        help("group both { heat, cold }\nscore kept = lag(kept, 1 month) + both")
            .ends_with("`lag(kept, 1 month, first: 0)`")
    );
}
