//! Every kind of declaration × every feature: what each feature makes of each kind.
//!
//! One ruleset with one declaration of each kind, and for each kind a [`Says`]: what `run`, `verified`,
//! `explain`, `diff` with data, `lint`, an audience, coverage, mutation, translations, `tree` and tests
//! make of it. A new kind of declaration does not compile here until it is said ([`Kind::of`]), and a new
//! feature not until every kind says what it means for it ([`says`]). And what a level and the decision
//! table of one row say alike, every feature shows alike; so does a list, however it is written.

mod alike;
mod lists;
mod program;
mod says;

use std::collections::{BTreeMap, BTreeSet};

use forewarn_grammar::ast::{BindingKind, ItemKind};
use program::Folder;
use says::{Audience, Says, Verified, says};

/// A kind of declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Framework,
    Module,
    Use,
    Panel,
    Source,
    Unit,
    Scale,
    Category,
    Indicator,
    Param,
    Let,
    Score,
    Signal,
    Factor,
    BoundedFactor,
    DecidedFactor,
    Group,
    Level,
    PrivateLevel,
    Table,
    PrivateTable,
    Alert,
    Notice,
    Function,
    Declassify,
    Show,
    Property,
    Test,
    Change,
}

impl Kind {
    /// No kind is left out: a new one does not compile until it is one of these.
    fn of(item: &ItemKind) -> Self {
        match item {
            ItemKind::Framework(_) => Self::Framework,
            ItemKind::Module { .. } => Self::Module,
            ItemKind::Use { .. } => Self::Use,
            ItemKind::Panel(_) => Self::Panel,
            ItemKind::Source { .. } => Self::Source,
            ItemKind::Unit { .. } => Self::Unit,
            ItemKind::Scale { ordered: true, .. } => Self::Scale,
            ItemKind::Scale { ordered: false, .. } => Self::Category,
            ItemKind::Indicator { .. } => Self::Indicator,
            ItemKind::Param(_) => Self::Param,
            ItemKind::Binding(binding) => match binding.kind {
                BindingKind::Let => Self::Let,
                BindingKind::Score => Self::Score,
                BindingKind::Signal => Self::Signal,
            },
            ItemKind::Factor(factor) => {
                let is_bounds = factor
                    .evidence
                    .as_ref()
                    .is_some_and(|word| word.text == "bounds");
                let decided = factor
                    .members
                    .iter()
                    .any(|member| member.decisive.is_some());
                match (is_bounds, decided) {
                    (true, _) => Self::BoundedFactor,
                    (false, true) => Self::DecidedFactor,
                    (false, false) => Self::Factor,
                }
            }
            ItemKind::Group(_) => Self::Group,
            ItemKind::Level(level) if level.is_step => Self::PrivateLevel,
            ItemKind::Level(_) => Self::Level,
            ItemKind::Table(table) if table.is_step => Self::PrivateTable,
            ItemKind::Table(_) => Self::Table,
            ItemKind::Alert(alert) if alert.notice => Self::Notice,
            ItemKind::Alert(_) => Self::Alert,
            ItemKind::Function(_) => Self::Function,
            ItemKind::Declassify(_) => Self::Declassify,
            ItemKind::Show { .. } => Self::Show,
            ItemKind::Property(_) => Self::Property,
            ItemKind::Test(_) => Self::Test,
            ItemKind::Change(_) => Self::Change,
            ItemKind::Error { name } => panic!("{name:?} does not read"),
        }
    }
}

/// One declaration of each kind, with its line; the change stands in the framework that extends it.
pub const BASE: &str = r#"framework base "Base" version "1.0.0"
panel country by year
use stdlib.scaling
source field "Field reports" { classification confidential }
unit reports "Reports"
scale concern { low "Low" < high "High" }
category area "Area" { coast "Coast", inland "Inland" }
fn halved(x: number) -> number = x / 2
indicator seen "Seen" : number in 0..10 from field verification column "seen_v"
indicator filed "Filed" : reports in 0 reports..9 reports polarity harmful
indicator zone "Zone" : area
param limit "Limit" = 5
let step "Step" = seen + 1
group pair "Pair" { seen, step }
score points "Points" = if step > 6 then halved(min(pair)) else 0
signal many "Many" = seen >= limit
let level private "Private" : concern { high when seen >= 6.5, low otherwise }
let table chart "Chart" : concern by seen { >= 6.5 then high, missing then low, otherwise then low }
signal grave "Grave" = private is high or chart is high and zone is coast
factor weighed "Weighed" { combine weighted mean members { points weight 0.6, many weight 0.39 } }
factor certain "Certain" { combine share of yes evidence bounds members { many, grave } }
factor deciding "Deciding" { combine weighted mean require 50% coverage members { points, many decisive 2 } }
level overall "Overall" : concern { high when seen >= 5.5 and filed >= 1 reports, low otherwise }
table grid "Grid" : concern by seen { >= 5.5 then high, missing then low, otherwise then low }
alert alarm "Alarm" { raise when seen >= 5.5 }
notice busy "Busy" when seen >= 6
declassify overall because "a level names no one"
show zone
property "more is worse" : overall rises with every indicator
test "all is seen" {
  given seen = 8
  given filed = 3 reports
  expect overall is high
}
"#;

/// A second file of the ruleset.
const MORE: &str = "module more \"More\"\n";

pub const DATA: &str = "country,year,seen,seen_v,filed,zone
AVA,2020,8,no,3,coast
AVA,2021,7,yes,4,coast
BRU,2020,2,yes,0,inland
BRU,2021,,,1,inland
BRU,2022,4.5,yes,2,inland
";

fn base() -> Folder {
    let folder = Folder::default();
    folder.write("base/base.risk", BASE);
    folder.write("base/more.risk", MORE);
    folder.write("d.csv", DATA);
    folder
}

/// Every kind that the ruleset and its overlay hold.
fn all() -> BTreeMap<Kind, Says> {
    let overlay = "framework west \"West\" extends base\ndrop signal many because \"x\"\n";
    let texts = [BASE, MORE, overlay];
    let items = texts.into_iter().flat_map(|text| {
        let parsed = forewarn_grammar::parse(text);
        assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
        parsed.file.items
    });
    items
        .map(|item| Kind::of(&item.kind))
        .map(|kind| (kind, says(kind)))
        .collect()
}

#[test]
fn every_kind_stands_in_the_ruleset_and_says_what_every_feature_makes_of_it() {
    let kinds: Vec<Kind> = all().into_keys().collect();
    let last = Kind::Change as usize;
    assert_eq!(kinds.len(), last + 1, "{kinds:?}");
}

#[test]
fn run_publishes() {
    let out = base().does("run base --data d.csv --to csv");
    let header: Vec<&str> = out.lines().next().unwrap().split(',').skip(2).collect();
    let mut expected: BTreeSet<&str> = BTreeSet::new();
    for (kind, says) in all() {
        for column in says.run {
            assert!(header.contains(column), "{kind:?}: {column} in {header:?}");
            expected.insert(column);
        }
    }
    assert_eq!(header.into_iter().collect::<BTreeSet<&str>>(), expected);
}

#[test]
fn verified_of_it_is() {
    for (kind, says) in all() {
        let published = match says.verified {
            Verified::NoValue => continue,
            Verified::Told(published, _)
            | Verified::Differs(published)
            | Verified::Same(published) => published,
        };
        let folder = base();
        let rules = format!("{BASE}{}\n", published.replace("V(", "verified("));
        folder.write("base/base.risk", rules);
        let ran = folder.run("run base --data d.csv --to csv --columns o");
        if let Verified::Told(_, code) = says.verified {
            assert!(
                ran.err.contains(code) || ran.out.contains(code),
                "{kind:?}: {}",
                ran.err
            );
            continue;
        }
        let verified = cells(&ran.out);
        folder.write(
            "base/base.risk",
            format!("{BASE}{}\n", published.replace("V(", "(")),
        );
        let plain = cells(&folder.does("run base --data d.csv --to csv --columns o"));
        assert_eq!(verified.len(), 5, "{kind:?}: {}{}", ran.out, ran.err);
        let differs: Vec<usize> = (0..5).filter(|row| verified[*row] != plain[*row]).collect();
        let wanted: &[usize] = match says.verified {
            // The one row whose observation was not verified.
            Verified::Differs(_) => &[0],
            Verified::Same(_) | Verified::Told(..) | Verified::NoValue => &[],
        };
        assert_eq!(differs, wanted, "{kind:?}: {verified:?}, plain {plain:?}");
    }
}

/// The last column, row by row.
fn cells(out: &str) -> Vec<String> {
    let rows = out
        .lines()
        .skip(1)
        .filter(|line| line.matches(',').count() == 2);
    rows.map(|row| row.rsplit(',').next().unwrap().to_owned())
        .collect()
}

#[test]
fn explain_names_it() {
    let folder = base();
    let explained = [
        "explain base --data d.csv --entity AVA --period 2020 --all --format json",
        "explain base --data d.csv --entity AVA --period 2020 --format json",
    ];
    let out = explained.map(|line| folder.run(line).out).concat();
    for (kind, says) in all() {
        for word in says.explained {
            assert!(
                out.contains(&format!("\"{word}\"")),
                "{kind:?}: {word}\n{out}"
            );
        }
    }
}

#[test]
fn diff_tells_its_change_and_whom_it_moves() {
    for (kind, says) in all() {
        let Some(change) = says.diff else { continue };
        let folder = base();
        let changed = BASE.replace(change.from, change.to);
        assert_ne!(changed, BASE, "{kind:?}");
        folder.write("changed/base.risk", changed);
        folder.write("changed/more.risk", MORE);
        let out = folder.does("diff base changed --data d.csv --format json");
        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
        let told = json["differences"].as_array().unwrap().iter();
        let told: BTreeSet<String> = told
            .map(|one| format!("{} {}", one["kind"], one["declaration"]).replace('"', ""))
            .collect();
        let words = BTreeSet::from([change.words.to_owned()]);
        assert_eq!(told, words, "{kind:?}: {out}");
        let (compared, effects) = (&json["data"]["compared"], &json["data"]["effects"]);
        let is_compared = |name: &str| compared.as_array().unwrap().iter().any(|one| one == name);
        let moves = change.moves.is_some_and(is_compared);
        assert_eq!(
            !effects.as_array().unwrap().is_empty(),
            moves,
            "{kind:?}: {out}"
        );
    }
}

#[test]
fn lint_finds_in_it() {
    let out = base().run("lint base --format short").out;
    for (kind, says) in all() {
        let Some(line) = says.line() else { continue };
        let at = format!("base/base.risk:{line}:");
        let lines = out.lines().filter(|found| found.starts_with(&at));
        let codes: Vec<&str> = lines
            .filter_map(|found| Some(found.split_once('[')?.1.split_once(']')?.0))
            .collect();
        assert_eq!(codes, says.lint, "{kind:?}: {out}");
    }
}

#[test]
fn an_audience_sees() {
    let folder = base();
    let open = folder.does("run base --data d.csv --to csv --audience public");
    let header = open.lines().next().unwrap();
    let test = folder
        .run("test base --audience public --coverage=json")
        .out;
    for (kind, says) in all() {
        let columns: Vec<&str> = says
            .run
            .iter()
            .copied()
            .filter(|own| header.split(',').any(|one| one == *own))
            .collect();
        match says.audience {
            Audience::Sees => assert_eq!(columns, says.run, "{kind:?}: {header}"),
            Audience::Withheld => {
                assert!(columns.is_empty(), "{kind:?}: {header}");
                let declared = format!("\"declaration\": \"{}\"", says.name);
                assert!(!test.contains(&declared), "{kind:?}: {test}");
            }
            Audience::Nothing => assert!(says.run.is_empty(), "{kind:?}"),
        }
    }
}

#[test]
fn coverage_counts_of_it() {
    let out = base().does("test base --coverage=json");
    let json = out
        .split_once('{')
        .map(|(_, json)| format!("{{{json}"))
        .unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let places = json["rulesets"][0]["places"].as_array().unwrap();
    for (kind, says) in all() {
        let own = places
            .iter()
            .filter(|place| place["declaration"] == says.name);
        let kinds: BTreeSet<&str> = own.filter_map(|place| place["kind"].as_str()).collect();
        let expected: BTreeSet<&str> = says.coverage.iter().copied().collect();
        assert_eq!(kinds, expected, "{kind:?}");
    }
}

#[test]
fn mutation_changes_it() {
    let folder = base();
    folder.write(
        "base/base.risk",
        BASE.replace(
            "  expect overall is high\n",
            "  expect filed >= 3 reports\n",
        ),
    );
    let out = folder.run("test base --mutate").out;
    for (kind, says) in all() {
        let Some(line) = says.line() else { continue };
        let changed = out.contains(&format!("base/base.risk:{line}: "));
        assert_eq!(changed, says.mutated, "{kind:?}: {out}");
    }
}

#[test]
fn translations_make_a_place_for_its_words() {
    let folder = base();
    folder.does("translations base --lang fr");
    let toml = folder.read("base/translations/fr.toml");
    for (kind, says) in all() {
        let own = |table: &str, key: &str| {
            let table = toml
                .split("\n[")
                .find(|part| part.trim_start_matches('[').starts_with(table));
            table.is_some_and(|table| {
                table
                    .lines()
                    .any(|line| line.starts_with(&format!("{key} = ")))
            })
        };
        for (table, key) in says.translated {
            assert!(
                own(&format!("{table}]"), key),
                "{kind:?}: {key} of {table} in {toml}"
            );
        }
        if says.translated.is_empty() {
            assert!(
                !toml.contains(&format!("{} = ", says.name)),
                "{kind:?}: {toml}"
            );
        }
    }
}

#[test]
fn a_tree_shows_who_changed_it() {
    for (kind, says) in all() {
        let Some((change, shown)) = says.changed else {
            continue;
        };
        let folder = base();
        folder.write(
            "west/forewarn.toml",
            "[dependencies]\nbase = { path = \"../base\", version = \"1\" }\n",
        );
        let head = "framework west \"West\" version \"0.1.0\" extends base \"1\"\n";
        folder.write(
            "west/west.risk",
            format!("{head}{change} because \"the region decided\"\n"),
        );
        folder.does("lock west");
        let out = folder.does("tree west");
        assert!(
            out.contains(shown) && out.contains("the region decided"),
            "{kind:?}: {out}"
        );
    }
}

#[test]
fn tests_give_and_expect_it() {
    for (kind, says) in all() {
        let folder = base();
        let test = format!(
            "test \"own\" {{\n  {}\n}}\n",
            says.tests.replace("; ", "\n  ")
        );
        let test = if says.tests.is_empty() {
            String::new()
        } else {
            test
        };
        folder.write("base/base.risk", format!("{BASE}{test}"));
        let ran = folder.run("test base");
        assert_eq!(ran.code, 0, "{kind:?}: {test}{}{}", ran.out, ran.err);
        let count = if test.is_empty() {
            "1 test,"
        } else {
            "2 tests,"
        };
        assert!(
            format!("{}{}", ran.out, ran.err).contains(count),
            "{kind:?}: {}{}",
            ran.out,
            ran.err
        );
    }
}
