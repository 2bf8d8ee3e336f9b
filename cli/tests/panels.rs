//! Panels from outside: several files, missing periods, values carried forward, and what a run says
//! of them.

use std::process::Command;
use tempfile::TempDir;

const RULES: &str = "framework w \"W\" version \"1\"
panel country by month
unit deaths
unit people
indicator dead \"Dead\" : deaths in 0..
indicator population \"Population\" : people in 1.. carry forward at most 11 months
score before \"Before\" = lag(dead, 1 month)
score rate \"Rate\" = dead / population
";

const EVENTS: &str = "country,month,dead
NER,2024-05,6
NER,2024-01,2
NER,2024-02,4
MLI,2024-02,8
";

const POPULATION: &str = "country,year,population\nMLI,2024,4\nNER,2024,2\n";

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        place.write("w.risk", RULES);
        place.write("events.csv", EVENTS);
        place.write("population.csv", POPULATION);
        place
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    /// The code, standard output and standard error of `forewarn run w.risk` with these arguments.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .current_dir(self.folder.path())
            .args(["run", "w.risk"])
            .args(args)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let code = output.status.code().expect("it ended by itself");
        (code, text(output.stdout), text(output.stderr))
    }
}

const BOTH: [&str; 4] = ["--data", "events.csv", "--data", "population.csv"];

#[test]
fn a_lag_over_a_missing_period_is_missing_and_the_period_is_no_row() {
    let place = Place::new();
    for engine in ["native", "interpreter"] {
        let mut args = BOTH.to_vec();
        args.extend(["--engine", engine]);
        let (code, out, err) = place.run(&args);
        assert_eq!(code, 0, "{err}");
        let wanted = "country,month,before,rate
MLI,2024-02,,2
NER,2024-01,,1
NER,2024-02,2,2
NER,2024-05,,3
";
        assert_eq!(out, wanted);
        for words in [
            "4 rows (2 countries, 3 months) · 2 indicators, 0 % missing",
            "carried forward: `population` 3 cells, up to 4 months old",
            "no data: 2 months in 1 country, taken as missing: NER 2024-03 to 2024-04",
        ] {
            assert!(err.contains(words), "no {words:?} in:\n{err}");
        }
    }
}

#[test]
fn tables_and_choices_leave_missing_periods_out() {
    let place = Place::new();
    let mut args = BOTH.to_vec();
    args.extend(["--to", "table", "--period", "all"]);
    let (_, out, _) = place.run(&args);
    assert!(out.contains("2 countries · 3 months"), "{out}");
    assert!(!out.contains("2024-03"), "{out}");

    let mut args = BOTH.to_vec();
    args.extend(["--period", "2024-03"]);
    let (code, _, err) = place.run(&args);
    assert_eq!(code, 2);
    assert!(err.contains("the data holds no month `2024-03`"), "{err}");
}

#[test]
fn every_form_of_result_leaves_missing_periods_out() {
    let place = Place::new();
    for form in ["ndjson", "json"] {
        let mut args = BOTH.to_vec();
        args.extend(["--to", form]);
        let (_, out, _) = place.run(&args);
        assert_eq!(out.matches("\"country\"").count(), 4, "{out}");
    }
}

#[test]
fn a_result_is_never_written_over_any_of_the_files() {
    let place = Place::new();
    let mut args = BOTH.to_vec();
    args.extend(["-o", "population.csv"]);
    let (code, _, err) = place.run(&args);
    assert_eq!(code, 2);
    assert!(err.contains("the data itself"), "{err}");
    let (code, _, err) = place.run(&["--data", "events.csv", "--data", "events.csv"]);
    assert_eq!(code, 2);
    assert!(err.contains("`--data events.csv` is given twice"), "{err}");
}

#[test]
fn periods_are_read_as_the_command_line_says() {
    let place = Place::new();
    place.write(
        "whole.csv",
        "country,year,m,dead,population\nNER,2024,1,2,2\nNER,2024,2,4,2\n",
    );
    let (code, out, err) = place.run(&["--data", "whole.csv", "--map", "month=year,m"]);
    assert_eq!(code, 0, "{err}");
    let wanted = "country,month,before,rate\nNER,2024-01,,1\nNER,2024-02,2,2\n";
    assert_eq!(out, wanted);

    place.write(
        "whole.csv",
        "country,month,dead,population\nNER,1/2024,2,2\nNER,02/2024,4,2\n",
    );
    let (code, out, err) = place.run(&["--data", "whole.csv", "--period-format", "M/YYYY"]);
    assert_eq!(code, 0, "{err}");
    // As the data write them.
    let wanted = "country,month,before,rate\nNER,1/2024,,1\nNER,2/2024,2,2\n";
    assert_eq!(out, wanted);
    let (code, _, err) = place.run(&["--data", "whole.csv", "--period-format", "MM/YY"]);
    assert_eq!(code, 2);
    assert!(err.contains("known are `YYYY`"), "{err}");
}

#[test]
fn the_rules_say_how_periods_stand_in_the_data() {
    let place = Place::new();
    for (panel, data, [first, second]) in [
        (
            "panel country by month column \"year\", \"m\"",
            "country,year,m,dead,population\nNER,2024,1,2,2\nNER,2024,2,4,2\n",
            ["2024-01", "2024-02"],
        ),
        (
            "panel country by month written \"YYYYMM\"",
            "country,month,dead,population\nNER,202401,2,2\nNER,202402,4,2\n",
            ["202401", "202402"],
        ),
    ] {
        place.write("w.risk", &RULES.replace("panel country by month", panel));
        place.write("whole.csv", data);
        let (code, out, err) = place.run(&["--data", "whole.csv"]);
        assert_eq!(code, 0, "{err}");
        let wanted = format!("country,month,before,rate\nNER,{first},,1\nNER,{second},2,2\n");
        assert_eq!(out, wanted);
    }
}
