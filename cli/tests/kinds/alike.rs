//! A level and the decision tables of one row that say the same, through every feature.

use super::program::Folder;

const HEAD: &str = r#"framework demo "Demo" version "1"
panel country by year
source field "Field" { classification confidential }
unit deaths "Deaths"
scale concern { low "Low" < high "High" }
indicator killed "Killed" : deaths in 0 deaths..10_000 deaths from field polarity harmful verification column "kv"
"#;

const TAIL: &str = r#"
signal firm "Firm" = verified(x) is high
alert warn "Warn" { raise when x is high }
test "many" {
  given killed = 2_000 deaths
  expect x is high
}
test "as many as that" {
  given killed = 1_000 deaths
  expect x is high
}
test "few" {
  given killed = 5 deaths
  expect x is low
}
test "nobody knows" {
  given killed = missing
  expect x is missing
  expect x.at_most is high
}
property "more is worse" : x rises with every indicator
"#;

const DATA: &str = "country,year,killed,kv
AVA,2020,2000,yes
AVA,2021,700,no
BRU,2020,1500,no
BRU,2021,,
";

/// The same thing said as a level, as a table of an answer, and as a table of numbers.
const WAYS: [&str; 3] = [
    "level x \"X\" : concern { high when killed >= N deaths, low otherwise }",
    "table x \"X\" : concern by (killed >= N deaths) { yes then high, otherwise then low }",
    "table x \"X\" : concern by killed { >= N deaths then high, otherwise then low }",
];

fn folder(way: &str) -> Folder {
    let folder = Folder::default();
    let rules = |number: &str| format!("{HEAD}{}{TAIL}", way.replace('N', number));
    folder.write("a.risk", rules("1_000"));
    folder.write("b.risk", rules("500"));
    let declassify = "declassify x because \"it names no one\"\n";
    folder.write(
        "declassified.risk",
        format!("{}{declassify}", rules("1_000")),
    );
    folder.write("d.csv", DATA);
    folder
}

/// What a feature gives for each of the ways; `seen` takes from it what has to be alike.
#[track_caller]
fn alike(line: &str, seen: impl Fn(&str) -> Vec<String>) {
    let all = WAYS.map(|way| {
        let ended = folder(way).run(line);
        let seen = seen(&format!("{}{}", ended.out, ended.err));
        assert!(!seen.is_empty(), "{way}\n{}{}", ended.out, ended.err);
        (ended.code, seen)
    });
    assert_eq!(all[0], all[1], "{line}: {}", WAYS[1]);
    assert_eq!(all[0], all[2], "{line}: {}", WAYS[2]);
}

/// The lines, without those of findings.
fn lines(out: &str) -> Vec<String> {
    let lines = out
        .lines()
        .filter(|line| line.starts_with("a.risk") || line.starts_with("  "));
    lines.map(str::to_owned).collect()
}

fn csv(out: &str) -> Vec<String> {
    let rows = out.lines().filter(|line| line.matches(',').count() > 8);
    rows.map(str::to_owned).collect()
}

fn with<'w>(words: &'w [&'w str]) -> impl Fn(&str) -> Vec<String> + 'w {
    move |out| {
        let lines = lines(out).into_iter();
        lines
            .filter(|line| words.iter().any(|word| line.contains(word)))
            .collect()
    }
}

#[test]
fn run_and_verified() {
    alike("run a.risk --data d.csv --to csv", csv);
}

#[test]
fn explain() {
    for of in [
        "AVA --period 2020",
        "BRU --period 2020",
        "BRU --period 2021",
    ] {
        let line = format!("explain a.risk --data d.csv --entity {of}");
        alike(
            &line,
            with(&[
                "(x): ",
                "(warn): ",
                " makes it ",
                " at 0 deaths: ",
                "undetermined",
            ]),
        );
    }
}

#[test]
fn lint() {
    alike("lint a.risk --format short", |out| {
        let lines = out.lines().filter(|line| line.contains("FW11"));
        lines
            .filter_map(|line| Some(line.split_once("warning[")?.1.to_owned()))
            .collect()
    });
}

#[test]
fn an_audience() {
    for rules in ["a.risk", "declassified.risk"] {
        let line = format!("run {rules} --data d.csv --to csv --audience public");
        alike(&line, |out| {
            let seen = ["country,", "AVA,", "BRU,", "error", "  withheld"];
            let lines = out.lines();
            let lines = lines.filter(|line| seen.iter().any(|start| line.starts_with(start)));
            lines.map(str::to_owned).collect()
        });
    }
}

#[test]
fn tests() {
    alike("test a.risk", lines);
}

#[test]
fn coverage_of_thresholds() {
    alike("test a.risk --coverage", |out| {
        let words = |line: &str| {
            line.split_whitespace()
                .map(|word| format!("{word} "))
                .collect()
        };
        let lines = out
            .lines()
            .filter(|line| line.contains("thresholds") || line.contains("killed"));
        lines.map(words).collect()
    });
}

#[test]
fn mutation() {
    // The same numbers, however much of the words around them is shown.
    alike("test a.risk --mutate", |out| {
        let words: Vec<&str> = out.split_whitespace().collect();
        let numbers = words
            .windows(2)
            .filter(|pair| pair[1].starts_with("deaths`"));
        numbers.map(|pair| pair[0].to_owned()).collect()
    });
}

#[test]
fn properties() {
    alike("properties a.risk", lines);
}

#[test]
fn translations() {
    let all = WAYS.map(|way| {
        let folder = folder(way);
        folder.does("translations a.risk --lang fr");
        folder.read("translations/fr.toml")
    });
    assert_eq!(all[0], all[1]);
    assert_eq!(all[0], all[2]);
}
