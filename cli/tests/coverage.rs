//! `forewarn test --coverage` from outside: what it prints, writes and answers.

use std::path::Path;
use std::process::Command;

const RULES: &str = r#"framework demo "Demo" version "1"
panel country by month
unit deaths
indicator killed "Deaths" : deaths in 0..
indicator hunger "Hunger" : number in 0..10
param war "War" : deaths = 1_000 deaths
signal at_war "War" = killed >= war
score hungry "Hungry" = hunger / 10
factor pressure "Pressure" {
  combine weighted mean
  require 50% coverage
  members { at_war weight 3, hungry weight 1 }
}
scale concern { low < high }
level overall "Overall <b>" : concern {
  high when pressure >= 0.5,
  low otherwise,
}
test "a war" {
  given killed = 2_000 deaths
  given hunger = 8
  expect overall is high
}
test "from outside" from "cases.csv"
"#;

const CASES: &str =
    "country,month,killed,hunger,overall\nAAA,2024-01,1000,10,high\nBBB,2024-01,,4,\n";

fn run(args: &[&str]) -> (i32, String, String, tempfile::TempDir) {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("a.risk"), RULES).unwrap();
    std::fs::write(place.path().join("cases.csv"), CASES).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .current_dir(place.path())
        .args(["test", "a.risk"])
        .args(args)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let code = output.status.code().unwrap();
    (code, text(&output.stdout), text(&output.stderr), place)
}

fn written(place: &Path, name: &str) -> String {
    std::fs::read_to_string(place.join(name)).unwrap()
}

#[test]
fn people_read_what_is_shown_and_what_is_not() {
    let (code, told, _, _) = run(&["--coverage", "--quiet"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!("coverage_for_people", told);
}

#[test]
fn programs_read_every_point_with_its_place_and_its_hits() {
    let (_, told, _, _) = run(&["--coverage=json", "--quiet"]);
    insta::assert_snapshot!("coverage_for_programs", told);
    let document: serde_json::Value = serde_json::from_str(&told).unwrap();
    let ruleset = &document["rulesets"][0];
    let places = ruleset["places"].as_array().unwrap();
    let counted = places.iter().filter(|place| place["excluded"].is_null());
    assert_eq!(ruleset["points"], counted.clone().count());
    let shown = counted.filter(|place| place["hits"] != 0).count();
    assert_eq!(ruleset["shown"], shown);
}

#[test]
fn editors_read_lines_and_branches() {
    let (_, told, _, _) = run(&["--coverage=lcov", "--quiet"]);
    insta::assert_snapshot!("coverage_for_editors", told);
    let number = |start: &str| -> usize {
        let line = told.lines().find_map(|line| line.strip_prefix(start));
        line.unwrap().parse().unwrap()
    };
    let branches: Vec<&str> = told
        .lines()
        .filter(|line| line.starts_with("BRDA:"))
        .collect();
    assert_eq!(number("BRF:"), branches.len());
    let hit = branches.iter().filter(|line| !line.ends_with(",0"));
    assert_eq!(number("BRH:"), hit.count());
}

#[test]
fn the_page_stands_alone_and_shows_the_rules_with_marks() {
    let (_, told, _, place) = run(&["--coverage=html", "--coverage-out", "."]);
    assert_eq!(told, "");
    let page = written(place.path(), "coverage.html");
    assert!(page.contains("never tested at exactly 0.5"), "{page}");
    assert!(page.contains("Overall &lt;b&gt;"), "{page}");
    for forbidden in ["<script", "<link", "http", "src=", "Overall <b>"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    for tag in ["table", "tr", "td", "pre", "ul", "li", "mark", "bdi"] {
        let opened =
            page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn too_little_is_an_exit_code() {
    let (code, _, told, _) = run(&["--coverage", "--fail-under", "100"]);
    assert_eq!(code, 1);
    assert!(told.contains("fewer than 100 %"), "{told}");
    assert_eq!(run(&["--coverage", "--fail-under", "50%"]).0, 0);
    assert_eq!(run(&["--coverage", "--fail-under", "101"]).0, 2);
    // What is not asked for cannot be enough.
    assert_eq!(run(&["--fail-under", "50%"]).0, 2);
    assert_eq!(run(&["--coverage-out", "x"]).0, 2);
}

#[test]
fn a_filter_leaves_points_unshown() {
    let all = run(&["--coverage=json", "--quiet"]).1;
    let some = run(&["--coverage=json", "--quiet", "--filter", "war"]).1;
    let shown = |text: &str| {
        let document: serde_json::Value = serde_json::from_str(text).unwrap();
        document["rulesets"][0]["shown"].as_u64().unwrap()
    };
    assert!(shown(&some) < shown(&all));
}
