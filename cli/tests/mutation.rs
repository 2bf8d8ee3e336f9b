//! `forewarn test --mutate` from outside, and `--update` of tables.

use std::process::Command;

struct Place(tempfile::TempDir);

impl Place {
    fn with(files: &[(&str, &str)]) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            std::fs::write(place.0.path().join(name), text).unwrap();
        }
        place
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .current_dir(self.0.path())
            .args(["test", "a.risk"])
            .args(args)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let code = output.status.code().unwrap();
        (code, text(&output.stdout), text(&output.stderr))
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap()
    }
}

const RULES: &str = r#"framework demo "Demo" version "1"
panel country by year
unit deaths
indicator killed "Deaths" : deaths in 0..
indicator hunger "Hunger" : number in 0..10
signal at_war "War" = killed >= 1_000 deaths
factor pressure "Pressure" {
  combine weighted mean
  require 50% coverage
  members { at_war weight 3, starved weight 1 }
}
signal starved "Hunger" = hunger > 5
  allow FW1120 because "the scale has whole numbers"
"#;

const TESTS: &str = r#"
test "a war begins at a thousand" over 2 cases {
  given killed = [999 deaths, 1_000 deaths]
  expect at_war is [no, yes]
}
test "weights" {
  given at_war = yes
  given starved = no
  expect pressure is 0.75
}
"#;

#[test]
fn survivors_are_told_with_the_words_of_the_source() {
    let place = Place::with(&[("a.risk", &format!("{RULES}{TESTS}"))]);
    let (code, told, _) = place.run(&["--mutate", "--quiet"]);
    assert_eq!(code, 1, "{told}");
    insta::assert_snapshot!("mutation_for_people", told);
}

#[test]
fn every_change_is_told_to_programs_whatever_the_jobs() {
    let place = Place::with(&[("a.risk", &format!("{RULES}{TESTS}"))]);
    let (_, one, _) = place.run(&["--mutate", "--format", "json", "--jobs", "1"]);
    insta::assert_snapshot!("mutation_for_programs", one);
    for jobs in ["2", "5"] {
        let (_, other, _) = place.run(&["--mutate", "--format", "json", "--jobs", jobs]);
        assert_eq!(one, other);
    }
}

#[test]
fn survivors_are_findings_in_other_formats() {
    let place = Place::with(&[("a.risk", &format!("{RULES}{TESTS}"))]);
    let (code, told, _) = place.run(&["--mutate", "--format", "short"]);
    assert_eq!(code, 1);
    assert!(told.contains("FW1120"), "{told}");
    assert!(!told.contains("hunger > 5"), "accepted: {told}");
}

#[test]
fn all_is_well_where_every_change_is_noticed_or_accepted() {
    let rules = r#"framework demo "Demo" version "1"
panel country by year
unit deaths
indicator killed "Deaths" : deaths in 0..
signal at_war "War" = killed >= 1_000 deaths
test "a war begins at a thousand" over 2 cases {
  given killed = [999 deaths, 1_000 deaths]
  expect at_war is [no, yes]
}
"#;
    let place = Place::with(&[("a.risk", rules)]);
    let (code, told, _) = place.run(&["--mutate"]);
    assert_eq!((code, told.lines().count()), (0, 1), "{told}");
    assert!(told.contains("5 noticed, 0 not (100 %)"), "{told}");
    let idle = rules.replace(
        "killed >= 1_000 deaths\n",
        "killed >= 1_000 deaths allow FW1120 because \"x\"\n",
    );
    let place = Place::with(&[("a.risk", &idle)]);
    let (code, told, _) = place.run(&["--mutate"]);
    assert_eq!(code, 0);
    assert!(told.contains("`allow FW1120` is not needed"), "{told}");
}

#[test]
fn a_share_may_be_enough() {
    let place = Place::with(&[("a.risk", &format!("{RULES}{TESTS}"))]);
    assert_eq!(place.run(&["--mutate", "--fail-under", "10"]).0, 0);
    assert_eq!(place.run(&["--mutate", "--fail-under", "99"]).0, 1);
}

#[test]
fn nothing_is_changed_while_a_test_fails() {
    let wrong = TESTS.replace("0.75", "0.7");
    let place = Place::with(&[("a.risk", &format!("{RULES}{wrong}"))]);
    let (code, told, said) = place.run(&["--mutate"]);
    assert_eq!((code, told.as_str()), (1, ""));
    assert!(
        said.contains("changes are tried once every test passes"),
        "{said}"
    );
}

#[test]
fn tables_notice_changes_too_and_of_how_data_are_read() {
    let rules = r#"framework demo "Demo" version "1"
panel country by year
unit deaths
indicator killed "Deaths" : deaths in 0..  missing means 0 deaths because "all are listed"
score double "Double" = 2 * killed
test "cases" from "cases.csv"
"#;
    let cases = "country,year,killed,double\nA,2020,3,6\nB,2020,,0\n";
    let place = Place::with(&[("a.risk", rules), ("cases.csv", cases)]);
    let (code, told, _) = place.run(&["--mutate", "--format", "json"]);
    assert_eq!(code, 0, "{told}");
    assert!(
        told.contains("`missing means 0 deaths` in `killed` were not there"),
        "{told}"
    );
    assert!(told.contains("\"noticed_by\":\"cases\""), "{told}");
}

#[test]
fn cells_of_a_table_are_written_anew_and_nothing_else() {
    let rules = r#"framework demo "Demo" version "1"
panel country by year
indicator a "A" : number in 0..
indicator b "B" : number in 0..
score ratio "Ratio" = a / b
scale size { small < large }
level how "How" : size { large when ratio >= 1, small otherwise }
test "cases" from "cases.csv"
"#;
    let before = "\u{feff}country;year;a;b;\"ratio\";how;note\r\n\r\n\
                  Z;2021; 1 ;3;0.3;large;\"x;\"\"y\"\"\nz\"\r\n\
                  A;2021;4;2;2;large;kept\r\n\
                  A;2020;1;0;7;small;\r\n";
    let after = "\u{feff}country;year;a;b;\"ratio\";how;note\r\n\r\n\
                 Z;2021; 1 ;3;0.333333333;small;\"x;\"\"y\"\"\nz\"\r\n\
                 A;2021;4;2;2;large;kept\r\n\
                 A;2020;1;0;;;\r\n";
    let place = Place::with(&[("a.risk", rules), ("cases.csv", before)]);
    let (_, _, told) = place.run(&[]);
    assert!(
        told.contains("`ratio` is missing: `a / b` is without a result"),
        "{told}"
    );
    let (code, _, told) = place.run(&["--update"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("cases.csv: 4 cells"), "{told}");
    assert_eq!(place.read("cases.csv"), after);
    assert_eq!(place.run(&[]).0, 0);
    let files = std::fs::read_dir(place.0.path()).unwrap().count();
    assert_eq!(files, 2, "nothing is left beside the table");
}

#[test]
fn a_failure_says_why_a_value_is_missing() {
    let tests = "test \"w\" { given hunger = 3  expect pressure is 0.1 }";
    let place = Place::with(&[("a.risk", &format!("{RULES}{tests}"))]);
    let (_, _, told) = place.run(&[]);
    assert!(told.contains("`killed` is missing: not given"), "{told}");
    assert!(
        told.contains("less of its evidence is known than it requires"),
        "{told}"
    );
}
