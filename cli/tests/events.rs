//! `forewarn run --events`: the file, the summary, and what is wrong use.

use std::process::{Command, Stdio};

const RULES: &str = "framework watch \"Watch\" version \"1\"
panel country by month
indicator deaths \"Conflict deaths\" : number in 0..
score burden \"Burden\" = deaths * 2
alert warning \"A warning\" {
  raise when deaths >= 25
  clear when deaths < 25
}
";

const DATA: &str = "country,month,deaths
ARL,2024-01,30
ARL,2024-02,
ARL,2024-03,2
BRV,2024-01,1
BRV,2024-03,40
";

const EVENTS: &str = "country,month,alert,event,state,why,suppressed_by,reasons
ARL,2024-01,warning,standing,raised,raise when deaths >= 25,,yes: deaths 30 >= 25
ARL,2024-03,warning,cleared,quiet,clear when deaths < 25,,yes: deaths 2 < 25
BRV,2024-03,warning,raised,raised,raise when deaths >= 25,,yes: deaths 40 >= 25
";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("watch.risk", RULES);
        place.write("watch.csv", DATA);
        place
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        let text = std::fs::read_to_string(self.0.path().join(name)).unwrap();
        text.replace("\r\n", "\n")
    }

    fn files(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.ends_with("manifest.json") && !name.ends_with("state.json"))
            .collect();
        names.sort();
        names
    }

    /// `forewarn run watch.risk --data watch.csv` and more: exit code, both streams.
    fn run(&self, more: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .current_dir(self.0.path())
            .args(["run", "watch.risk", "--data", "watch.csv"])
            .args(more)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }
}

#[test]
fn reasons_say_what_each_part_of_a_condition_was() {
    let place = Place::new();
    place.write(
        "watch.risk",
        "framework watch \"Watch\" version \"1\"\npanel country by month\nunit people\n\
         indicator deaths \"Deaths\" : number in 0..\nindicator calm \"Calm\" : truth\n\
         indicator fled \"Fled\" : people in 0..\nscale c { low < high }\n\
         param most = 20\nlet lately = sum(deaths, over: 2 months, require: 1 month)\n\
         signal hot = deaths >= 50\nlevel overall : c { high when lately >= 30, low otherwise }\n\
         alert one { raise when overall >= high and not calm or hot clear when overall is low for 2 months }\n\
         alert two { raise when deaths > most + 5 and fled >= 1_000 people }\n",
    );
    place.write(
        "watch.csv",
        "country,month,deaths,calm,fled\nA,2024-01,30,no,1500\nA,2024-02,1,no,\nA,2024-03,0,yes,10\nA,2024-04,0,yes,10\n",
    );
    let (code, _, err) = place.run(&["--state", "none", "--events", "events.csv", "--to", "csv"]);
    assert_eq!(code, 0, "{err}");
    let events = place.read("events.csv");
    let reasons: Vec<&str> = events
        .lines()
        .skip(1)
        .filter_map(|line| line.rsplit(',').next())
        .collect();
    assert_eq!(
        reasons,
        [
            "yes: overall high >= high; no: calm; no: hot",
            "yes: deaths 30 > most + 5 25; yes: fled 1 500 people >= 1 000 people",
            "no: deaths 1 > most + 5 25; unknown: fled – >= 1 000 people",
            "yes: overall low is low",
        ],
        "{events}"
    );
}

#[test]
fn events_are_written_beside_the_results_whatever_columns_are_asked_for() {
    let place = Place::new();
    for more in [
        &["--events", "events.csv"][..],
        &["--events", "events.csv", "--columns", "burden"],
        &["--events", "events.csv", "--engine", "interpreter"],
        &[
            "--events",
            "events.csv",
            "-o",
            "results.csv",
            "--columns",
            "warning",
        ],
        &["--events", "events.csv", "--to", "table"],
    ] {
        let (code, _, err) = place.run(more);
        assert_eq!(code, 0, "{err}");
        assert_eq!(place.read("events.csv"), EVENTS, "{more:?}");
        assert!(
            err.contains(
                "alerts: 1 raised, 1 cleared, 1 standing · held by unknown evidence in 2 rows"
            ),
            "{err}"
        );
        std::fs::remove_file(place.0.path().join("events.csv")).unwrap();
    }
    // Nothing half-written stays behind, and results hold what was asked for alone.
    assert_eq!(place.files(), ["results.csv", "watch.csv", "watch.risk"]);
    let results = place.read("results.csv");
    assert!(results.starts_with("country,month,warning\n"), "{results}");
}

#[test]
fn events_of_some_entities_and_periods() {
    let place = Place::new();
    let (code, _, err) = place.run(&["--events", "events.csv", "--entity", "BRV"]);
    assert_eq!(code, 0, "{err}");
    let lines: Vec<&str> = EVENTS.lines().collect();
    assert_eq!(
        place.read("events.csv"),
        format!("{}\n{}\n", lines[0], lines[3])
    );
    let (code, _, err) = place.run(&["--events", "events.csv", "--period", "2024-02"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(place.read("events.csv"), format!("{}\n", lines[0]));
    assert!(err.contains("alerts: nothing happened"), "{err}");
}

#[test]
fn labels_are_written_on_request_and_other_forms_by_the_ending() {
    let place = Place::new();
    let (code, _, err) = place.run(&["--events", "events.ndjson", "--labels", "--quiet"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let text = place.read("events.ndjson");
    assert_eq!(text.lines().count(), 3);
    assert!(text.contains("\"A warning\""), "{text}");
}

#[test]
fn what_cannot_be_is_told_before_anything_is_written() {
    let place = Place::new();
    for (more, words) in [
        (&["--events", "events.docx"][..], "events.docx"),
        (&["--events", "watch.csv"], "watch.csv is the data itself"),
        (
            &["--events", "out.csv", "-o", "out.csv"],
            "out.csv is to hold the results",
        ),
        (&["--events", "nowhere/events.csv"], "nowhere"),
    ] {
        let (code, _, err) = place.run(more);
        assert_ne!(code, 0, "{more:?}");
        assert!(err.contains(words), "{err}");
        assert!(!err.contains("panicked"), "{err}");
    }
    assert_eq!(place.files(), ["watch.csv", "watch.risk"]);
    let without = RULES.split("alert").next().unwrap();
    place.write("watch.risk", without);
    let (code, _, err) = place.run(&["--events", "events.csv"]);
    assert_ne!(code, 0);
    assert!(err.contains("`watch` declares no alert"), "{err}");
}
