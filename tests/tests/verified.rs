//! `verified(x)` through every construct of the language is `x` over data in which every observation that
//! was not verified is the least alarming one; and it is told where it reaches an alert, or nothing.

use std::collections::BTreeMap;
use std::path::Path;

use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Compilation, Settings, compile};
use forewarn_runtime::run::{Engine, RunOptions, run};
use forewarn_tables::{ReadOptions, read};

const HEAD: &str = "framework demo \"Demo\" version \"1\"
panel country by month
scale concern { low < some < high }
param limit \"Limit\" = 0.5
indicator reports \"Reports\" : number in 0..1 polarity harmful verification column \"rv\"
indicator calm \"Calm\" : number in 0..1 polarity protective verification column \"cv\"
indicator raid \"Raid\" : truth verification column \"av\"
indicator other \"Other\" : number in 0..1
indicator region \"Region\" : category { west, east }
";

/// Declarations, and what is published of them: `V(…)` is `verified(…)`, or nothing but brackets.
const CONSTRUCTS: &[(&str, &str)] = &[
    ("let x = reports", "score o = V(x)"),
    ("let x = reports + other", "score o = V(x)"),
    ("let x = max(calm, other)", "score o = V(x)"),
    ("let x = if raid then 1 else other", "score o = V(x)"),
    ("let x = reports ?? other", "score o = V(x)"),
    ("let x = [reports, calm, other]", "score o = sum(V(x))"),
    ("let x = [reports, calm, other]", "score o = V(median(x))"),
    ("let x = [raid, reports > 0.5]", "score o = count(V(x))"),
    (
        "score x = count(raid, reports > 0.5, other > 0.5)",
        "signal o = V(x) >= 2",
    ),
    (
        "score x = count(raid, reports > 0.5, other > 0.5)",
        "signal o = V(x.at_most) >= 2",
    ),
    (
        "signal x = at least 2 of (raid, reports > 0.5, other > 0.5)",
        "signal o = V(x)",
    ),
    ("signal x = not raid", "signal o = V(x)"),
    (
        "fn double(y: number) -> number = 2 * y\nlet x = double(reports)",
        "score o = V(x)",
    ),
    (
        "fn double(y: number) -> number = 2 * y",
        "score o = V(double(calm))",
    ),
    (
        "fn inner(y: number) -> number = y + limit\nfn outer(y: number) -> number = 2 * inner(y)",
        "score o = V(outer(calm))",
    ),
    ("let x = sum(reports, over: 3 months)", "score o = V(x)"),
    ("let x = lag(calm, 1 month)", "score o = V(x)"),
    ("let x = change(reports, over: 1 month)", "score o = V(x)"),
    (
        "signal x = sustained(raid, for: 2 months)",
        "signal o = V(x)",
    ),
    (
        "signal x = crosses(reports, above: limit)",
        "signal o = V(x)",
    ),
    ("signal x = record_high(reports)", "signal o = V(x)"),
    ("let x = rank(reports)", "score o = V(x)"),
    ("let x = minmax(reports)", "score o = V(x)"),
    (
        "let x = percentile(calm, among: region) / 100%",
        "score o = V(x)",
    ),
    ("signal x = top(reports, 1)", "signal o = V(x)"),
    (
        "factor x { combine mean require 1 known members { reports, calm, other } }",
        "score o = V(x)",
    ),
    (
        "factor x { combine weighted mean members { reports weight 2, raid weight 1 } }",
        "score o = V(x)",
    ),
    (
        "factor x { combine mean require 1 known members { reports, other } }",
        "score o = count(V(x.members >= 0.5))",
    ),
    (
        "factor a { combine mean members { reports } }\nfactor b { combine mean members { other } }
signal x = any(factors >= 0.5)",
        "signal o = V(x)",
    ),
    (
        "factor a { combine mean members { reports } }\nfactor b { combine mean members { a, other } }",
        "score o = V(b)",
    ),
    (
        "signal a = raid\nsignal b = reports > 0.5\nlet x = count(signals)",
        "score l = V(x)",
    ),
    (
        "level x : concern { high when reports >= limit, some when raid, low otherwise }",
        "signal o = V(x) >= high",
    ),
    (
        "level x : concern { high when reports >= limit, some when raid, low otherwise }",
        "signal o = V(x.at_most) >= some",
    ),
    (
        "level x : concern from reports { low in 0..<0.3, some in 0.3..<0.6, high in 0.6..1 }",
        "score o = V(position(x))",
    ),
    (
        "table x : concern by (reports >= limit) { yes then high, missing then low, otherwise then low }",
        "signal o = V(x) is high",
    ),
    (
        "table x : concern by reports { >= limit then high, missing then low, otherwise then some }",
        "score o = V(position(x))",
    ),
    (
        "table x : concern by raid, calm {
  yes, <= 0.5 then high,
  any, missing then some,
  missing, any then some,
  otherwise then low,
}",
        "score o = V(position(x))",
    ),
    (
        "table x : number by (other >= 0.5) {
  yes then reports,
  missing then 0,
  otherwise then calm / 2,
}",
        "score o = V(x)",
    ),
    (
        "table y : concern by raid { yes then high, missing then low, otherwise then low }
table x : concern by y, (other >= 0.5) {
  high, yes then high,
  any, missing then low,
  otherwise then low,
}",
        "signal o = V(x) is high",
    ),
    (
        "table x : truth by region { west then raid, missing then no, otherwise then reports > 0.5 }",
        "signal o = V(x)",
    ),
    (
        "table y : concern by raid { yes then high, missing then low, otherwise then low }
level x : concern { high when y is high or other > 0.9, low otherwise }",
        "signal o = V(x) is high",
    ),
    (
        "level y : concern { high when raid, some when reports > 0.5, low otherwise }
table x : number by y { high then 3, some then 2, low then 1 }",
        "score o = V(x)",
    ),
    (
        "table y : number by raid { yes then 1, missing then 0, otherwise then 0 }
factor x { combine mean members { y, other } }",
        "score o = V(x)",
    ),
    (
        "table y : number by raid { yes then 1, missing then 0, otherwise then 0 }
let x = mean(y, over: 2 months)",
        "score o = V(x)",
    ),
    (
        "table y : number by raid { yes then 1, missing then 0, otherwise then 0 }\nlet x = rank(y)",
        "score o = V(x)",
    ),
];

/// Some of what is observed, and whether it was verified.
const ROWS: &str = "country,month,reports,rv,calm,cv,raid,av,other,region
AAA,2024-01,0.8,no,0.2,yes,yes,no,0.6,west
AAA,2024-02,0.9,yes,0.1,no,yes,yes,0.1,west
AAA,2024-03,,yes,0.4,no,yes,no,0.7,west
BBB,2024-01,0.7,yes,0.3,yes,no,yes,0.9,west
BBB,2024-02,0.6,,0.6,no,yes,,,west
BBB,2024-03,0.95,no,0.9,yes,,no,0.2,west
CCC,2024-01,0.4,no,0.5,no,no,no,0.5,east
CCC,2024-02,0.3,yes,,no,yes,no,0.4,east
CCC,2024-03,0.2,no,0.2,,yes,yes,0.8,east
";

/// The same data as verified evidence alone would have them.
fn with_least_alarming(rows: &str) -> String {
    let lines = rows.lines().map(|line| {
        let mut cells: Vec<&str> = line.split(',').collect();
        for (value, said, least) in [(2, 3, "0"), (4, 5, "1"), (6, 7, "no")] {
            if !matches!(cells[said], "yes" | "rv" | "cv" | "av") && !cells[value].is_empty() {
                cells[value] = least;
            }
        }
        cells.join(",")
    });
    lines.map(|line| line + "\n").collect()
}

fn compiled(rules: &str) -> (tempfile::TempDir, Compilation) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("demo.risk");
    std::fs::write(&path, rules).expect("written");
    let compilation = compile(&path, &DiskFiles, &Settings::default());
    (folder, compilation)
}

/// The codes of what is told, without what is unused.
fn told(rules: &str) -> Vec<String> {
    let (_folder, compilation) = compiled(rules);
    let codes = compilation
        .reports
        .iter()
        .map(|cause| cause.code().to_string());
    codes
        .filter(|code| !["FW0103", "FW0542"].contains(&code.as_str()))
        .collect()
}

/// What the declarations `o` and `l` come to, by both engines, row by row.
fn published(rules: &str, data: &str) -> BTreeMap<String, Vec<u64>> {
    let (folder, compilation) = compiled(rules);
    let told: Vec<String> = compilation
        .reports
        .iter()
        .map(|cause| format!("{} {}", cause.code(), cause.describe().title))
        .collect();
    let plan = compilation
        .plan
        .unwrap_or_else(|| panic!("{told:#?}\n{rules}"));
    let path = folder.path().join("data.csv");
    std::fs::write(&path, data).expect("written");
    let bound = read(Path::new(&path), &plan, &ReadOptions::default()).expect("sound data");
    let from = |engine| {
        let options = RunOptions {
            engine,
            ..RunOptions::default()
        };
        let results = run(&plan, &bound.panel, &options).expect("it runs");
        let columns = results.columns.into_iter().filter_map(|column| {
            let name = plan.outputs[column.output].column.clone();
            let values = column.values.iter();
            let bits = values.map(|x| if x.is_nan() { u64::MAX } else { x.to_bits() });
            ["o", "l"]
                .contains(&name.as_str())
                .then(|| (name, bits.collect()))
        });
        columns.collect::<BTreeMap<String, Vec<u64>>>()
    };
    let (native, meaning) = (from(Engine::Native), from(Engine::Interpreter));
    assert_eq!(native, meaning, "{rules}");
    assert!(!native.is_empty(), "{rules}");
    native
}

#[test]
fn verified_is_the_value_over_data_in_which_what_was_not_verified_alarms_least() {
    let least = with_least_alarming(ROWS);
    let mut differs = 0;
    for (declarations, published_as) in CONSTRUCTS {
        let plain = format!(
            "{HEAD}{declarations}\n{}\n",
            published_as.replace("V(", "(")
        );
        let verified = format!(
            "{HEAD}{declarations}\n{}\n",
            published_as.replace("V(", "verified(")
        );
        assert!(
            !told(&verified).contains(&"FW0752".to_owned()),
            "{verified}"
        );
        let by_verified = published(&verified, ROWS);
        assert_eq!(by_verified, published(&plain, &least), "{verified}");
        differs += usize::from(by_verified != published(&plain, ROWS));
    }
    // In nearly all of them what was not verified matters in one row at least.
    assert!(
        differs + 3 >= CONSTRUCTS.len(),
        "{differs} of {}",
        CONSTRUCTS.len()
    );
}

#[test]
fn a_level_and_the_table_that_says_the_same_are_verified_alike() {
    let level = "level x : concern { high when reports >= limit, low otherwise }";
    let table = "table x : concern by (reports >= limit) { yes then high, otherwise then low }";
    for of in [
        "verified(x) is high",
        "verified(x.at_most) is high",
        "verified(x) is known",
        "x is high",
    ] {
        let rules = |x: &str| format!("{HEAD}{x}\nsignal o = {of}\n");
        let (by_level, by_table) = (
            published(&rules(level), ROWS),
            published(&rules(table), ROWS),
        );
        assert_eq!(by_level, by_table, "{of}");
    }
}

/// Ways from what is verified to an alert.
const TO_AN_ALERT: &[(&str, &str)] = &[
    ("signal x = alarm is raised", "signal o = verified(x)"),
    ("", "signal o = verified(alarm) is raised"),
    (
        "let x = [alarm is raised, raid]",
        "score o = count(verified(x))",
    ),
    (
        "let x = count(alarm is raised, raid)",
        "signal o = verified(x) >= 1",
    ),
    (
        "fn g(y: truth) -> number = if y then 1 else 0",
        "score o = verified(g(alarm is raised))",
    ),
    (
        "signal x = sustained(alarm is raised, for: 2 months)",
        "signal o = verified(x)",
    ),
    (
        "let x = rank(if alarm is raised then 1 else 0)",
        "score o = verified(x)",
    ),
    (
        "let x = rank(other)\nscore y = if x > 1 and alarm is raised then 1 else 0",
        "score o = verified(y)",
    ),
    (
        "signal a = alarm is raised\nlet x = any(signals)",
        "score o = if verified(x) then 1 else 0",
    ),
    (
        "signal a = alarm is raised\nfactor f { combine mean members { a } }
level x : concern { high when any(factors >= 0.5), low otherwise }",
        "signal o = verified(x) is high",
    ),
    (
        "level x : concern { high when alarm is raised, low otherwise }",
        "signal o = verified(x) is high",
    ),
    (
        "score a = if alarm is raised then 1 else 0
table x : number by (other >= 0.5) { yes then a, otherwise then 0 }",
        "score o = verified(x)",
    ),
    (
        "table x : number by alarm { raised then 1, any then 0 }",
        "score o = verified(x)",
    ),
    (
        "table y : number by alarm { raised then 1, any then 0 }
table x : number by (y >= 1) { yes then 1, otherwise then 0 }",
        "score o = verified(x)",
    ),
];

#[test]
fn an_alert_is_told_whatever_the_way_to_it() {
    for (declarations, published_as) in TO_AN_ALERT {
        let rules = format!(
            "{HEAD}alert alarm \"Alarm\" {{ raise when reports >= 0.5 }}\n{declarations}\n{published_as}\n"
        );
        let mut found = told(&rules);
        found.retain(|code| code.starts_with("FW075"));
        assert_eq!(found, ["FW0754"], "{rules}");
    }
}

#[test]
fn an_alert_that_rests_on_nothing_that_could_be_verified_is_as_it_is() {
    let rules = format!(
        "{HEAD}alert alarm \"Alarm\" {{ raise when other >= 0.5 }}
table x : number by alarm, raid {{ raised, yes then 2, any, missing then 0, any, any then 1 }}
score o = verified(x)\n"
    );
    assert_eq!(told(&rules), Vec::<String>::new(), "{rules}");
    assert_eq!(
        published(&rules, ROWS),
        published(
            &rules.replace("verified(x)", "x"),
            &with_least_alarming(ROWS)
        )
    );
}

#[test]
fn verified_of_what_nothing_verifies_is_told_and_only_then() {
    let nothing: &[(&str, &str)] = &[
        ("let x = other", "score o = verified(x)"),
        ("let x = [other, limit]", "score o = sum(verified(x))"),
        (
            "table x : number by (other >= 0.5) { yes then 1, otherwise then 0 }",
            "score o = verified(x)",
        ),
        (
            "factor f { combine mean members { other } }",
            "signal o = verified(any(factors >= 0.5))",
        ),
        (
            "fn g(y: number) -> number = y * limit",
            "score o = verified(g(other))",
        ),
        (
            "let x = sum(other, over: 2 months)",
            "score o = verified(x)",
        ),
    ];
    for (declarations, published_as) in nothing {
        let rules = format!("{HEAD}{declarations}\n{published_as}\n");
        let mut found = told(&rules);
        found.retain(|code| code.starts_with("FW075"));
        assert_eq!(found, ["FW0752"], "{rules}");
    }
    // The comparison is always yes, verified or not; yet evidence below it could be verified.
    let decided = format!("{HEAD}score o = verified(if reports >= 0 then 1 else 0)\n");
    assert!(!told(&decided).contains(&"FW0752".to_owned()));
}
