//! `forewarn test` from outside: what passes, what fails and how it is told.

use std::path::Path;
use std::process::Command;

const RULES: &str = r#"framework demo "Demo" version "1"
panel country by month
unit deaths
unit people
unit thousand_deaths = 1_000 deaths
indicator killed "Deaths" : deaths in 0..
  missing means 0 deaths because "the source lists every death"
indicator population "Population" : people in 0..
indicator hunger "Hunger" : number in 0..10 carry forward at most 2 months
param war "War" : deaths = 1_000 deaths
let year_killed = sum(killed, over: 3 months, require: 2 months)
signal at_war "War" = year_killed >= war
score ratio "Ratio" = killed / population * 1 people / 1 deaths
score place "Place" = rank(killed, first: highest)
factor pressure "Pressure" {
  combine mean
  require 1 known
  members { at_war, hungry }
}
score hungry "Hungry" = hunger / 10
scale concern { low < high < critical }
level overall "Overall" : concern {
  critical when at_war and pressure >= 0.5,
  high when pressure >= 0.5,
  low otherwise,
}
alert early "Early" {
  raise when overall >= high for 2 months
  escalate when overall is critical
  clear when overall is low
  cooldown 3 months
}
"#;

struct Place(tempfile::TempDir);

impl Place {
    fn with(tests: &str) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        std::fs::write(place.0.path().join("a.risk"), format!("{RULES}{tests}\n")).unwrap();
        place
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .current_dir(self.0.path())
            .args(args)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (
            output.status.code().unwrap(),
            text(&output.stdout),
            text(&output.stderr),
        )
    }

    fn test(&self) -> (i32, String) {
        let (code, _, told) = self.run(&["test", "a.risk"]);
        (code, told)
    }
}

/// The tests pass, all of them.
fn passes(tests: &str) {
    let (code, told) = Place::with(tests).test();
    assert_eq!(code, 0, "{tests}\n{told}");
}

/// The test fails or is refused, and all of these words are told.
fn tells(tests: &str, words: &[&str]) {
    let (code, told) = Place::with(tests).test();
    assert_eq!(code, 1, "{tests}\n{told}");
    for word in words {
        assert!(told.contains(word), "no `{word}` in\n{told}");
    }
}

#[test]
fn every_ruleset_that_is_shipped_passes_its_tests() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    let mut folders: Vec<String> = std::fs::read_dir(rules)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.display().to_string())
        .collect();
    folders.sort();
    let mut args = vec!["test", "--format", "json"];
    args.extend(folders.iter().map(String::as_str));
    let place = Place::with("");
    let (code, lines, told) = place.run(&args);
    assert_eq!(code, 0, "{lines}{told}");
    for folder in &folders {
        let of = |line: &&str| line.contains(&format!("\"ruleset\":\"{folder}\""));
        let tests: Vec<&str> = lines.lines().filter(of).collect();
        assert!(tests.len() >= 3, "{folder} has few tests: {tests:?}");
        assert!(lines.contains("\"passed\":true"));
    }
}

#[test]
fn values_truths_levels_and_missing_evidence_are_expected() {
    passes(
        r#"test "a month" {
             given hungry = 0.7
             given at_war = no
             expect pressure is 0.35
             expect pressure is 0.3 within 0.06
             expect pressure is 0.36 within 5%
             expect overall is low
             expect overall.at_least is low
             expect at_war is no and pressure < 0.5
             expect year_killed is missing
             expect not (overall >= high)
             expect no faults
           }
           test "nothing is known" {
             expect overall is missing
             expect overall.at_most is critical
             expect at_war is unknown
             expect pressure is missing
           }"#,
    );
}

#[test]
fn a_series_is_written_shortly_and_compared_month_by_month() {
    passes(
        r#"test "half a year" over 6 months {
             given killed = [0 deaths x 2, 600 deaths x 3, 0 deaths]
             expect year_killed is [missing, 0 deaths, 600 deaths, 1.2 thousand_deaths, 1_800 deaths, 1_200 deaths]
             expect at_war is [unknown, no x 2, yes x 3]
             expect at_war at month 4
           }"#,
    );
}

/// `missing` in a series is an empty cell of the data; what is not given is a column that is not there.
#[test]
fn empty_cells_mean_what_the_indicator_says_of_them() {
    passes(
        r#"test "carried and meant" over 5 months {
             given killed = [missing x 5]
             given hunger = [5, missing x 4]
             expect year_killed is [missing, 0 deaths x 4]
             expect hungry is [0.5 x 3, missing x 2]
           }
           test "not given" over 3 months { expect year_killed is [missing x 3] }"#,
    );
}

#[test]
fn any_declaration_may_be_given_and_what_it_is_made_of_no_longer_counts() {
    passes(
        r#"test "a level" over 4 months {
             given overall = [low, high, high, critical]
             expect early is [quiet x 2, raised, escalated]
             expect early raised at month 3
             expect early escalated at month 4
             expect no faults
           }
           test "a let" { given year_killed = 999 deaths expect at_war is no }
           test "a param" { given war = 500 deaths given year_killed = 999 deaths expect at_war }
           test "a factor" { given pressure = 0.5 given at_war = yes expect overall is critical }
           test "a level that is not known" { given overall = missing expect overall.at_most is critical }
           test "an alert" { given early = escalated expect early > raised }"#,
    );
}

#[test]
fn events_and_their_absence_are_expected() {
    passes(
        r#"test "held back" over 6 months {
             given overall = [high x 2, low, high x 2, low]
             expect early raised at month 2
             expect early cleared at month 3
             expect early is quiet at month 1
           }
           test "quiet" over 3 months { given overall = low expect no events of early expect no events }"#,
    );
    tells(
        r#"test "quiet" over 3 months { given overall = high expect no events }"#,
        &["at month 2", "`early` raised"],
    );
    tells(
        r#"test "raised" over 3 months { given overall = high expect early raised at month 1 }"#,
        &["expected raised", "it is without an event"],
    );
}

#[test]
fn faults_are_expected_and_refused() {
    passes(
        r#"test "nobody lives there" over 2 cases {
             given killed = 5 deaths
             given population = [0 people, 1 people]
             expect ratio faults at case 1
             expect ratio is [missing, 5]
             expect no faults of hungry
           }"#,
    );
    tells(
        r#"test "nobody lives there" {
             given killed = 5 deaths
             given population = 0 people
             expect no faults
           }"#,
        &[
            "expected no fault",
            "without a result in `killed / population",
        ],
    );
}

#[test]
fn entities_of_other_tests_are_no_peers() {
    passes(
        r#"score share "Share" = percentile(killed)
           score both "Both" = place * 10 + share / 100%
           test "three" over 3 cases {
             given killed = [3 deaths, 9 deaths, 6 deaths]
             expect place is [3, 1, 2]
           }
           test "no peers are asked for" {
             given hungry = 0.7
             given at_war = no
             expect pressure is 0.35
           }
           test "two" over 2 cases {
             given killed = [30 deaths, 90 deaths]
             expect place is [2, 1]
             expect no faults
           }
           test "two, otherwise" over 2 cases {
             given killed = [30 deaths, 90 deaths]
             expect share is [0%, 100%]
           }
           test "two, both" over 2 cases {
             given killed = [30 deaths, 90 deaths]
             expect both is [20, 11]
           }
           test "none either" {
             given hungry = 0.5
             given at_war = no
             expect pressure is 0.25
           }"#,
    );
}

#[test]
fn cases_are_entities_that_are_peers() {
    passes(
        r#"test "ranks" over 4 cases {
             given killed = [3 deaths, 9 deaths, missing, 6 deaths]
             expect place is [3, 1, 4, 2]
             expect place >= 1
           }"#,
    );
}

#[test]
fn a_failure_shows_expected_actual_and_what_it_is_made_of() {
    tells(
        r#"test "half" { given hungry = 0.7 given at_war = no expect pressure is 0.4 within 0.01 }"#,
        &[
            "the test \"half\" fails",
            "expected 0.4 within 0.01",
            "it is 0.35",
            "`hungry` is 0.7",
            "`at_war` is no",
            "1 of 1 test failed",
        ],
    );
    tells(
        r#"test "open" { given hungry = missing given at_war = unknown expect overall is low }"#,
        &["it is undetermined: at least low, at most critical"],
    );
    tells(
        r#"test "digits" { given hungry = 0.70001 expect hungry is 0.7 }"#,
        &["it is 0.70001"],
    );
}

#[test]
fn slips_are_told_before_anything_runs() {
    for (tests, code) in [
        (
            "test \"a\" { given kiled = 3 deaths expect at_war }",
            "FW0107",
        ),
        (
            "test \"a\" { given killed = 3 people expect at_war }",
            "FW0305",
        ),
        ("test \"a\" { given hungry = 2 expect at_war }", "FW1013"),
        (
            "test \"a\" { given at_war = yes expect pressure is 3 deaths }",
            "FW0312",
        ),
        (
            "test \"a\" over 3 weeks { given at_war = yes expect at_war at month 1 }",
            "FW0732",
        ),
        (
            "test \"a\" over 3 months { given at_war = [yes x 2] expect no faults }",
            "FW1004",
        ),
        (
            "test \"a\" { given at_war = yes expect at_war at month 1 }",
            "FW1005",
        ),
        ("test \"a\" { given at_war = yes expect pressure }", "FW02"),
    ] {
        let (status, told) = Place::with(tests).test();
        assert_eq!(status, 1, "{tests}\n{told}");
        assert!(told.contains(code), "{tests}: no {code} in\n{told}");
        assert_eq!(told.matches("error[").count(), 1, "{tests}\n{told}");
    }
}

#[test]
fn a_broken_line_costs_that_line() {
    let (code, told) = Place::with("test \"a\" {\n  given at_war = \n  expect pressure is is 3\n  expect at_war\n}\ntest \"b\" { expect at_war }").test();
    assert_eq!(code, 1);
    assert!(
        told.contains("error[FW0001]") || told.contains("error[FW00"),
        "{told}"
    );
    assert!(told.matches("error[").count() <= 2, "{told}");
}

/// Undetermined in the first row, carried forward in the second; empty results are missing.
const TABLE: &str = "country,month,killed,hunger,pressure,overall,overall.at_most,note\n\
                     A,2020-01,0,8,0.8,,critical,first\n\
                     A,2020-02,0,,0.4,low,low,second\n\
                     B,2020-01,0,2,0.2,low,low,third\n";

#[test]
fn a_table_of_cases_runs_every_row() {
    let place = Place::with("test \"known\" from \"cases.csv\" within 0.001");
    let table = place.0.path().join("cases.csv");
    std::fs::write(&table, TABLE).unwrap();
    let (code, told) = place.test();
    assert_eq!(code, 0, "{told}");
    // Three rows with three results each.
    assert!(told.contains("1 test, 9 values compared"), "{told}");
    assert!(told.contains("`note` neither given nor expected"), "{told}");
    std::fs::write(&table, TABLE.replace("0.4", "0.4009")).unwrap();
    assert_eq!(place.test().0, 0, "within the tolerance");
    std::fs::write(&table, TABLE.replace("0.4", "0.402")).unwrap();
    let (code, told) = place.test();
    assert_eq!(code, 1);
    assert!(
        told.contains("`pressure` of A, 2020-02 is 0.4, not 0.402"),
        "{told}"
    );
    std::fs::write(&table, TABLE.replace(",,critical", ",high,critical")).unwrap();
    let (code, told) = place.test();
    assert_eq!(code, 1);
    assert!(
        told.contains("`overall` of A, 2020-01 is missing, not high"),
        "{told}"
    );
}

#[test]
fn a_table_that_cannot_be_read_fails_its_test() {
    let place = Place::with("test \"known\" from \"cases.csv\"");
    let (code, told) = place.test();
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("cases.csv"), "{told}");
    std::fs::write(
        place.0.path().join("cases.csv"),
        "country,month,killed\nA,2020-01,3\n",
    )
    .unwrap();
    let (code, told) = place.test();
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("is named as a result"), "{told}");
}

#[test]
fn a_filter_chooses_tests_by_their_names() {
    let place = Place::with(
        "test \"war is war\" { given year_killed = 5_000 deaths expect at_war }\n\
         test \"wrong\" { expect at_war }",
    );
    let (code, _, told) = place.run(&["test", "a.risk", "--filter", "^war"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("1 test,"), "{told}");
    let (code, _, told) = place.run(&["test", "a.risk", "--filter", "("]);
    assert_eq!(code, 2, "{told}");
}

#[test]
fn programs_read_outcomes_as_json_junit_and_annotations() {
    let place = Place::with("test \"a <b>\" { expect at_war }");
    let (code, out, _) = place.run(&["test", "a.risk", "--format", "json"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("\"passed\":false") && out.contains("\"actual\":\"unknown\""),
        "{out}"
    );
    let (code, out, _) = place.run(&["test", "a.risk", "--format", "junit"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("name=\"a &lt;b&gt;\"") && out.contains("failures=\"1\""),
        "{out}"
    );
    let (code, out, _) = place.run(&["test", "a.risk", "--format", "github"]);
    assert_eq!(code, 1);
    assert!(out.starts_with("::error file=a.risk"), "{out}");
}

#[test]
fn update_writes_the_value_and_keeps_everything_else() {
    let place = Place::with(
        "test \"a\" { // first\n  given hungry = 0.7\n  given at_war = no\n  \
         expect pressure   is 0.4   // why\n  expect overall is high\n}\n\
         test \"b\" over 3 months { given killed = 400 deaths\n  \
         expect year_killed is [missing, 1 thousand_deaths, 2 thousand_deaths] }",
    );
    let (code, _, told) = place.run(&["test", "a.risk", "--update"]);
    assert_eq!(code, 0, "{told}");
    let text = std::fs::read_to_string(place.0.path().join("a.risk")).unwrap();
    assert!(text.starts_with(RULES));
    assert!(
        text.contains("expect pressure   is 0.35   // why\n  expect overall is low\n"),
        "{text}"
    );
    assert!(
        text.contains("[missing, 0.8 thousand_deaths, 1.2 thousand_deaths] }"),
        "{text}"
    );
    assert_eq!(place.test().0, 0);
}

#[test]
fn what_cannot_be_written_anew_is_named() {
    let place = Place::with("test \"no literal\" { given hungry = 0.7 expect hungry >= 0.8 }");
    let before = std::fs::read_to_string(place.0.path().join("a.risk")).unwrap();
    let (code, _, told) = place.run(&["test", "a.risk", "--update"]);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("\"no literal\""), "{told}");
    let after = std::fs::read_to_string(place.0.path().join("a.risk")).unwrap();
    assert_eq!(before, after);
}

#[test]
fn tables_of_cases_are_read_by_the_recipes_of_their_package() {
    let place = Place::with("test \"known\" from \"cases.csv\"");
    let write = |name: &str, text: &str| {
        let path = place.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let data = "Land;Monat;hunger\nAVA;01.2024;1,5\nAVA;02.2024;3\n";
    let cases = "Land;Monat;hunger;hungry\nAVA;01.2024;1,5;0,15\nAVA;02.2024;3;0,4\n";
    write("in/a.csv", data);
    write("cases.csv", cases);
    let (code, _, err) = place.run(&["test", "."]);
    assert_eq!(code, 1);
    // What is offered for good names no files, since data are not to be read from a table of tests.
    assert!(err.contains("files = []"), "{err}");
    assert!(!err.contains("\"unknown\""), "{err}");
    let recipe = |files: &str| {
        format!(
            "[[data]]\nfiles = {files}\ndecimal = \",\"\nperiod = \"MM.YYYY\"\n\
             map = {{ country = \"Land\", month = \"Monat\" }}\n"
        )
    };
    // The recipe of the data does, and so does one for tables of tests, and one that names it.
    for files in ["\"in/*.csv\"", "[]", "\"cases.csv\""] {
        write("forewarn.toml", &recipe(files));
        let (code, _, err) = place.run(&["test", "."]);
        assert_eq!(code, 1, "{err}");
        assert!(err.contains("FW1091"), "{files}: {err}");
        assert!(
            err.contains("0.3") && !err.contains("FW0940"),
            "{files}: {err}"
        );
        write("cases.csv", &cases.replace("0,4", "0,3"));
        let (code, _, err) = place.run(&["test", "."]);
        assert_eq!(code, 0, "{files}: {err}");
        write("cases.csv", cases);
    }
    // A cell that is wrong is told, and not that the file looks otherwise.
    write("forewarn.toml", &recipe("\"in/*.csv\""));
    write("cases.csv", &cases.replace("1,5;0,15", "much;0,15"));
    let (_, _, err) = place.run(&["test", "."]);
    assert!(err.contains("`much`") && !err.contains("FW0940"), "{err}");
    // A recipe for tests alone reads no data.
    write("cases.csv", cases);
    write("forewarn.toml", &recipe("[]"));
    let (code, _, err) = place.run(&["run", "."]);
    assert_eq!(code, 2, "{err}");
    assert!(
        err.contains("no recipe of") && err.contains("names files"),
        "{err}"
    );
    // The command line may name recipes that lie elsewhere, and cells are not written back through a recipe.
    write("other.toml", &recipe("[]"));
    std::fs::remove_file(place.0.path().join("forewarn.toml")).unwrap();
    let (_, _, err) = place.run(&["test", ".", "--recipe", "other.toml"]);
    assert!(err.contains("FW1091"), "{err}");
    let (code, _, err) = place.run(&["test", ".", "--recipe", "other.toml", "--update"]);
    assert_eq!(code, 1, "{err}");
    assert!(err.contains("left for people to write"), "{err}");
    let left = std::fs::read_to_string(place.0.path().join("cases.csv")).unwrap();
    assert_eq!(left, cases);
}
