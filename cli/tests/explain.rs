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
