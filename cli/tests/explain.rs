//! `forewarn explain` from outside: what it prints, in which form, and what it says to wrong use.

use std::path::Path;
use std::process::{Command, Output};

fn rules(path: &str) -> String {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    rules.join(path).display().to_string()
}

/// The example ruleset with its example data, and more.
fn explain(more: &[&str]) -> Output {
    let data = rules("example-early-warning/data/example.csv");
    Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .args(["explain", &rules("example-early-warning"), "--data", &data])
        .args(more)
        .output()
        .unwrap()
}

#[track_caller]
fn told(more: &[&str]) -> String {
    let output = explain(more);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{error}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refused(more: &[&str], words: &[&str]) {
    let output = explain(more);
    let error = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert_eq!(output.status.code(), Some(2), "{error}");
    for word in words {
        assert!(error.contains(word), "no {word:?} in:\n{error}");
    }
}

#[track_caller]
fn says(text: &str, words: &[&str]) {
    // Lines end where the width does.
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in words {
        assert!(flat.contains(word), "no {word:?} in:\n{text}");
    }
}

#[test]
fn an_undetermined_level_says_what_would_settle_and_change_it() {
    let text = told(&["--entity", "CEL", "--period", "2024-12", "--full"]);
    says(
        &text,
        &[
            "CEL, 2024-12 · Example early warning 1.0.0",
            "Overall concern (overall): elevated or high",
            "(nearest: preparation 0.21 >= present_from 0.6, 0.39 off)",
            "1 223 deaths >= war_deaths 1 000 deaths",
            "+0.43 = 42.9 % of War-level fighting (at_war) yes",
            "(discrimination) – (missing: absent in the data)",
            "what would settle it",
            "at present: high",
            "(conflict_deaths) below 1 000 deaths (now 1 223 deaths)",
            "since 2024-11: nothing changed it",
        ],
    );
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}\n{text}");
}

#[test]
fn a_shared_declaration_is_told_once() {
    let text = told(&["--entity", "CEL", "--period", "2024-12", "--full"]);
    assert_eq!(text.matches("= weighted mean of 2 members").count(), 1);
}

#[test]
fn the_latest_period_is_meant_where_none_is_named() {
    let latest = told(&["--entity", "AVA"]);
    assert_eq!(latest, told(&["--entity", "AVA", "--period", "2024-12"]));
}

#[test]
fn the_name_of_an_indicator_explains_its_cell() {
    let text = told(&["--entity", "CEL", "--period", "2024-12", "hate_speech"]);
    says(&text, &["(hate_speech): –", "absent in the data"]);
    assert!(!text.contains("absent to present"), "{text}");
    assert!(!text.contains("what would change"), "{text}");
}

#[test]
fn what_changed_since_the_last_period_names_the_inputs() {
    let text = told(&["--entity", "AVA", "--period", "2024-07", "preparation"]);
    says(
        &text,
        &["since 2024-06: it was", "(militias) present, was emerging"],
    );
}

#[test]
fn the_json_form_has_the_numbers_as_they_are() {
    let text = told(&["--entity", "CEL", "--period", "2024-12", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["schema"], 2);
    let finding = &json["results"][0];
    assert_eq!(finding["result"]["value"]["at_least"], "elevated");
    assert_eq!(finding["result"]["value"]["at_most"], "high");
    assert!(finding["result"]["value"]["level"].is_null());
    let flips = finding["change"]["one"].as_array().unwrap();
    let deaths = |flip: &&serde_json::Value| flip["moves"][0]["input"] == "conflict_deaths";
    let deaths = flips.iter().find(deaths).unwrap();
    assert_eq!(deaths["moves"][0]["beyond"]["number"], 1000.0);
    assert_eq!(finding["since"]["period"], "2024-11");
    assert!(finding["settle"]["missing"].as_array().unwrap().len() >= 2);
}

#[test]
fn the_markdown_form_is_a_page() {
    let text = told(&["--entity", "CEL", "--format", "markdown"]);
    assert!(text.starts_with("# CEL, 2024-12"), "{text}");
    says(
        &text,
        &[
            "## Overall concern (overall): elevated or high",
            "- **what would change it**",
        ],
    );
}

#[test]
fn names_that_there_are_not_get_suggestions() {
    refused(
        &["--entity", "CELL"],
        &["no country `CELL`", "did you mean `CEL`?"],
    );
    refused(
        &["--entity", "CEL", "--period", "2031-01"],
        &["no month `2031-01`", "2024-01 to 2024-12"],
    );
    refused(
        &["--entity", "CEL", "--period", "2024"],
        &["12 periods", "--period 2024-01"],
    );
    refused(
        &["--entity", "CEL", "overal"],
        &["no value named `overal`", "did you mean `overall`?"],
    );
    refused(&["--entity", "CEL", "--format", "sarif"], &["sarif"]);
}

#[test]
fn what_fourteen_digits_decided_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let rules = file(
        "a.risk",
        "framework demo \"Demo\" version \"1\"\n\
         panel town\n\
         indicator a : number in 0..5\n\
         indicator b : number in 0..5\n\
         scale concern { low < high }\n\
         let all = a + b\n\
         signal reached = all <= 2.3\n\
         signal more = 2.3 < all\n\
         signal well_above = all > 2\n\
         level banded : concern from 10 - all { low in 0..<7.7, high in 7.7..10 }\n",
    );
    let data = file("a.csv", "town,a,b\nA,2.2,0.1\n");
    let run = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .args(["explain", &rules, "--data", &data, "--entity", "A"])
            .args(more)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let text = run(&["reached", "more", "well_above", "banded"]);
    says(
        &text,
        &[
            "all 2.3 <= 2.3, equal to 14 digits",
            "2.3 < all 2.3, equal to 14 digits",
            "begins at 7.7, equal to 14 digits",
            "all 2.3 > 2)",
        ],
    );
    assert_eq!(text.matches("equal to 14 digits").count(), 3, "{text}");
    let json: serde_json::Value =
        serde_json::from_str(&run(&["reached", "--format", "json"])).unwrap();
    assert!(json.to_string().contains("\"equal_to_14_digits\":true"));
}

const LEVELS: &str = "\
framework s \"S\" version \"1\"
panel country by month
indicator x : number in 0..10 changeable
indicator y : number in 0..10 changeable
scale ph { p1 < p2 < p3 }
level lx \"LX\" : ph { p3 when x >= 8, p2 when x >= 5, p1 otherwise }
level ly \"LY\" : ph { p3 when y >= 8, p2 when y >= 5, p1 otherwise }
level w \"W\" : ph = max(lx, ly, require: 1 known)
level chosen \"C\" : ph = if x > 5 then lx else max(ly, p2)
level worst \"Worst\" : ph = max(lx, among: all)
table t \"T\" : ph by lx, ly { p3, any then p3, p2, p3 then p2, otherwise then p1 }
";
const LEVELS_SEEN: &str = "country,month,x,y\nA,2020-01,9,6\nB,2020-01,6,\nC,2020-01,8.5,1.5\n";

const ROUNDED: &str = "\
framework o \"O\" version \"1\"
panel country by month
indicators a, b, c, d, e : number in 0..10 changeable
scale s { low < mid < high }
score m = round(mean(a, b, c, d, e), 1)
level small \"Small\" : s from m { low in 0..<3, mid in 3..<6, high in 6..10 }
";

/// What is asked of these rules and data.
#[track_caller]
fn of(rules: &str, data: &str, more: &[&str]) -> String {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("s.risk"), rules).unwrap();
    std::fs::write(place.path().join("s.csv"), data).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .current_dir(place.path())
        .args(["explain", "s.risk", "--data", "s.csv"])
        .args(more)
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{error}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn of_levels(more: &[&str]) -> String {
    of(LEVELS, LEVELS_SEEN, more)
}

#[test]
fn a_level_that_an_expression_gives_is_told_by_that() {
    let text = of_levels(&["w", "chosen", "worst", "--entity", "A", "--full"]);
    says(
        &text,
        &[
            "W (w): p3 = max(lx, ly, require: 1 known), decided by lx",
            "LX (lx) p3",
            "C (chosen): p3",
            "x > 5",
            "Worst (worst): p3 = max(lx, among: all) (own p3, 3 of this period known)",
        ],
    );
    assert!(!text.contains("when max("), "{text}");
    assert!(!text.contains("own 2"), "{text}");
    let text = of_levels(&["w", "--entity", "B", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&text).unwrap();
    let result = &told["results"][0]["result"];
    assert_eq!(result["how"], "calculation", "{text}");
    assert_eq!(result["decided_by"][0], "lx", "{text}");
    assert_eq!(result["text"], "max(lx, ly, require: 1 known)");
    assert!(result.get("clauses").is_none(), "{text}");
    let text = of_levels(&["worst", "--entity", "B", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&text).unwrap();
    let result = &told["results"][0]["result"];
    assert_eq!(result["peers"]["own_level"], "p2", "{text}");
}

#[test]
fn options_are_told_of_tables_and_in_round_numbers() {
    let text = of_levels(&["t", "--entity", "A", "--options"]);
    says(
        &text,
        &[
            "what would bring it one step down (to p2 or below)",
            "cost 1: x below 8 (now 9) makes it p1",
        ],
    );
    // Two are enough only where one of them goes to the end of its range.
    let data = "country,month,a,b,c,d,e\nA,2020-01,6,8,9,10,7\n";
    let text = of(ROUNDED, data, &["small", "--entity", "A", "--options"]);
    says(&text, &["d down to 0 (now 10)"]);
    assert!(!text.contains("0.00"), "{text}");
}
