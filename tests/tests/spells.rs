//! Windows over whole spells: later periods included, marked wherever they go.

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
    let told = found.rows.values().map(|row| {
        let cell = row[name].clone();
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

/// An index of democracy, invented. Arvia falls from 0.60 to 0.47 in three years, stands still for one and rises;
/// then it falls by 0.02 and rises again; in its last year it falls. Belmar falls in the second year of its data,
/// so that nobody sees it begin.
const INDEX: &str = "country,year,index
Arvia,2000,0.60
Arvia,2001,0.60
Arvia,2002,0.58
Arvia,2003,0.50
Arvia,2004,0.47
Arvia,2005,0.47
Arvia,2006,0.50
Arvia,2007,0.51
Arvia,2008,0.49
Arvia,2009,0.52
Arvia,2010,0.40
Belmar,2000,0.60
Belmar,2001,0.55
Belmar,2002,0.50
Belmar,2003,0.55
";

/// An episode opens with a fall of 0.01 in a year and is over with a rise of 0.02, or after three years without a
/// fall. It counts, in every year of it, if the whole fall comes to 0.1.
const EPISODES: &str = "panel country by year
indicator index : number in 0..1
let moves = change(index, over: 1 year)
alert episode {
  raise when moves <= -0.01
  clear when moves >= 0.02 or sustained(moves > -0.01, for: 3 years)
}
score lowest = min(index, within: episode) hindsight
score fallen = round(max(lag(index, 1 year), within: episode) - lowest, 4) hindsight
signal autocratises = fallen >= 0.1 hindsight
";

fn with(formula: &str) -> String {
    format!("{EPISODES}{formula} hindsight\n")
}

#[test]
fn episodes_are_coded_as_a_whole() {
    // Arvia's first spell is 2002 to 2005, its second 2008, its third 2010, where the data end.
    assert_eq!(
        column(EPISODES, INDEX, "lowest"),
        "- - 0.47 0.47 0.47 0.47 - - 0.49 - 0.4 - 0.5 0.5 -"
    );
    // 0.60 - 0.47, 0.51 - 0.49, 0.52 - 0.40; Belmar 0.60 - 0.50.
    assert_eq!(
        column(EPISODES, INDEX, "fallen"),
        "- - 0.13 0.13 0.13 0.13 - - 0.02 - 0.12 - 0.1 0.1 -"
    );
    assert_eq!(
        column(EPISODES, INDEX, "autocratises"),
        "unknown unknown yes yes yes yes unknown unknown no unknown yes unknown yes yes unknown"
    );
}

#[test]
fn every_function_of_a_window_takes_a_spell() {
    let cells = |formula: &str| column(&with(&format!("score s = {formula}")), INDEX, "s");
    // 0.47 - 0.58 from the first period to the last; a spell of one period has not changed.
    assert_eq!(
        cells("round(change(index, within: episode), 4)"),
        "- - -0.11 -0.11 -0.11 -0.11 - - 0 - 0 - -0.05 -0.05 -"
    );
    assert_eq!(
        cells("round(growth(index, within: episode), 3)"),
        "- - -0.19 -0.19 -0.19 -0.19 - - 0 - 0 - -0.091 -0.091 -"
    );
    // 0.58 + 0.50 + 0.47 + 0.47
    assert_eq!(
        cells("round(sum(index, within: episode), 4)"),
        "- - 2.02 2.02 2.02 2.02 - - 0.49 - 0.4 - 1.05 1.05 -"
    );
    assert_eq!(
        cells("count(index, within: episode)"),
        "- - 4 4 4 4 - - 1 - 1 - 2 2 -"
    );
    assert_eq!(
        cells("last(index, within: episode)"),
        "- - 0.47 0.47 0.47 0.47 - - 0.49 - 0.4 - 0.5 0.5 -"
    );
    assert_eq!(
        cells("count(moves <= -0.03, within: episode)"),
        "- - 2 2 2 2 - - 0 - 1 - 2 2 -"
    );
    let answers = |formula: &str| column(&with(&format!("signal s = {formula}")), INDEX, "s");
    let unknown = |told: &str| told.replace('-', "unknown");
    assert_eq!(
        answers("ever(index < 0.48, within: episode)"),
        unknown("- - yes yes yes yes - - no - yes - no no -")
    );
    assert_eq!(
        answers("sustained(index < 0.56, within: episode)"),
        unknown("- - no no no no - - yes - yes - yes yes -")
    );
    // The lowest value stands in two years.
    assert_eq!(
        answers("record_low(index, within: episode)"),
        unknown("- - no no yes yes - - yes - yes - no yes -")
    );
}

#[test]
fn an_answer_has_spells_that_are_seen_to_begin() {
    let rules = with("score s = count(index, within: index < 0.55)");
    // Arvia is below from 2003 on, after a year above. Belmar is in 2002 alone: at 0.55 it is not below.
    assert_eq!(column(&rules, INDEX, "s"), "- - - 8 8 8 8 8 8 8 8 - - 1 -");
    // It is from the first year on, and nobody knows since when.
    let rules = with("score s = count(index, within: index < 0.61)");
    assert_eq!(column(&rules, INDEX, "s"), "- - - - - - - - - - - - - - -");
}

#[test]
fn what_is_missing_may_be_required_or_not() {
    let data =
        "country,year,index\nArvia,2000,0.6\nArvia,2001,0.5\nArvia,2003,0.45\nArvia,2004,0.6\n";
    let cells = |require: &str| {
        let rules = with(&format!("score s = min(index, within: episode{require})"));
        let rules = rules.replace(
            "score lowest = min(index, within: episode) hindsight",
            "let lowest = min(index, within: episode, require: 1 year)",
        );
        column(&rules, data, "s")
    };
    // Nobody knows of 2002, and the alert stands.
    assert_eq!(cells(""), "- - - -");
    assert_eq!(cells(", require: 2 years"), "- 0.45 0.45 -");
    assert_eq!(cells(", require: 4 years"), "- - - -");
}

#[test]
fn hindsight_is_marked_all_the_way() {
    let rules = |more: &str| {
        told(&format!(
            "panel country by year\nindicator index : number in 0..1\n\
             alert falls {{ raise when change(index, over: 1 year) <= -0.01 }}\n\
             let lowest = min(index, within: falls)\n{more}\n"
        ))
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(rules("score low = lowest hindsight"), none);
    assert_eq!(
        rules("score low = lowest"),
        ["FW0715: `low` rests on hindsight and is not marked so"]
    );
    assert_eq!(
        rules("score low = lowest hindsight\nalert warns { raise when low < 0.3 }"),
        ["FW0715: `warns` rests on hindsight and is not marked so"]
    );
    // Not by way of a signal among all signals, either.
    assert_eq!(
        rules(
            "signal low = lowest < 0.3 hindsight\nsignal high = index > 0.9\n\
             alert warns { raise when any(signals) }"
        ),
        ["FW0715: `warns` rests on hindsight and is not marked so"]
    );
    assert_eq!(
        rules("score low = lowest hindsight\nalert coded { raise when low < 0.3 hindsight }"),
        none
    );
    // What is marked counts as such, whatever it rests on.
    assert_eq!(
        rules(
            "score low = lowest hindsight\nscore judged = index * 2 hindsight\n\
             signal above = judged > 1"
        ),
        ["FW0715: `above` rests on hindsight and is not marked so"]
    );
    assert_eq!(
        rules(
            "score low = lowest hindsight\nindicator port : number applies when low < 0.3\nscore p = port hindsight"
        ),
        ["FW0715: where `port` applies rests on hindsight"]
    );
    assert_eq!(
        rules("score low = min(lowest, min(index, within: index)) hindsight"),
        ["FW0705: `within:` of `min` takes an alert, or an answer of yes or no"]
    );
    assert_eq!(
        rules("score low = min(index, over: 2 years, within: falls) + lowest hindsight"),
        ["FW0710: `min` looks at one window"]
    );
    assert_eq!(
        rules("score low = min(index, since: index < 0.3, within: falls) + lowest hindsight"),
        ["FW0710: `min` looks at one window"]
    );
    assert_eq!(
        rules("score low = lowest hindsight\nscore own = lag(own, 1 year, first: 0) + min(own, within: falls) hindsight")
            .len(),
        1
    );
}
