//! Runs month after month: what is unknown at the beginning of data, `--state`, entities that stop
//! reporting, and how the engine is chosen.

use std::process::{Command, Stdio};

const RULES: &str = "framework watch \"Watch\" version \"1\"
panel area by month
unit deaths
indicator killed \"Killed\" : deaths in 0..
score lately \"Lately\" = sum(killed, over: 3 months)
alert warning \"A warning\" {
  raise when lately >= 60 deaths
  clear when killed < 5 deaths for 2 months
  cooldown 3 months
}
";

const HEADER: &str = "area,month,killed\n";
const SPRING: &str = "DOR,2024-01,2
DOR,2024-02,1
DOR,2024-03,30
DOR,2024-04,28
ELB,2024-01,0
ELB,2024-02,3
ELB,2024-03,1
ELB,2024-04,2
";
const MAY: &str = "DOR,2024-05,9
ELB,2024-05,0
";

struct Place(tempfile::TempDir);

struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("watch.risk", RULES);
        place.write("spring.csv", &format!("{HEADER}{SPRING}"));
        place.write("may.csv", &format!("{HEADER}{MAY}"));
        place.write("all.csv", &format!("{HEADER}{SPRING}{MAY}"));
        place
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn forewarn(&self, args: &[&str]) -> Ended {
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .current_dir(self.0.path())
            .args(args)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ended {
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    fn run(&self, data: &str, more: &[&str]) -> Ended {
        let mut args = vec!["run", "watch.risk", "--data", data];
        args.extend(more);
        let ended = self.forewarn(&args);
        assert_eq!(ended.code, 0, "{args:?}\n{}", ended.err);
        ended
    }
}

/// The rows of May.
fn of_may(csv: &str) -> Vec<&str> {
    csv.lines()
        .filter(|line| line.contains(",2024-05,"))
        .collect()
}

#[test]
fn one_month_alone_leaves_an_alert_unknown_and_says_what_to_do() {
    let place = Place::new();
    let ended = place.run("may.csv", &["--columns", "warning"]);
    assert_eq!(
        ended.out,
        "area,month,warning\nDOR,2024-05,\nELB,2024-05,\n"
    );
    for wanted in [
        "alerts unknown: `warning` of DOR and ELB",
        "(2 of 2 areas; it looks back 2 months)",
        "--state RESULTS",
        "--state none",
    ] {
        assert!(ended.err.contains(wanted), "{wanted}\n{}", ended.err);
    }
    let table = place.run("may.csv", &["--columns", "warning", "--to", "table"]);
    assert!(table.out.contains("DOR   unknown"), "{}", table.out);
}

#[test]
fn what_an_earlier_run_hands_over_is_as_if_all_data_were_there() {
    let place = Place::new();
    let whole = place.run("all.csv", &[]).out;
    assert!(of_may(&whole)[0].contains("raised"), "{whole}");
    place.run("spring.csv", &["-o", "april.csv"]);
    for named in [
        "april.csv",
        "april.csv.manifest.json",
        "april.csv.state.json",
        ".",
    ] {
        for engine in ["native", "interpreter"] {
            let later = place.run("may.csv", &["--state", named, "--engine", engine]);
            assert_eq!(of_may(&later.out), of_may(&whole), "{named}");
            assert!(later.err.contains("2 areas go on from"), "{}", later.err);
            assert!(!later.err.contains("alerts unknown"), "{}", later.err);
        }
    }
    // Explanations go on from it, too.
    let args = [
        "explain",
        "watch.risk",
        "warning",
        "--entity",
        "DOR",
        "--data",
        "may.csv",
    ];
    let told = place.forewarn(&[&args[..], &["--state", "april.csv"]].concat());
    assert!(told.out.contains("raised"), "{}{}", told.out, told.err);
    let told = place.forewarn(&args);
    assert!(
        told.out.contains("quiet or raised"),
        "{}{}",
        told.out,
        told.err
    );
}

#[test]
fn a_run_that_went_on_from_another_is_verified_with_it() {
    let place = Place::new();
    place.run("spring.csv", &["-o", "april.csv"]);
    place.run(
        "may.csv",
        &["--state", "april.csv", "-o", "may-results.csv"],
    );
    let manifest = place.read("may-results.csv.manifest.json");
    assert!(manifest.contains("april.csv.state.json"), "{manifest}");
    let verified = place.forewarn(&["verify", "may-results.csv.manifest.json"]);
    assert_eq!(verified.code, 0, "{}", verified.err);
    // Another state is another run.
    let state = place.read("april.csv.state.json");
    place.write(
        "april.csv.state.json",
        &state.replace("\"tier\":0", "\"tier\":1"),
    );
    let verified = place.forewarn(&["verify", "may-results.csv.manifest.json"]);
    assert_eq!(verified.code, 1, "{}", verified.err);
    assert!(
        verified.err.contains("april.csv.state.json"),
        "{}",
        verified.err
    );
}

#[test]
fn none_says_that_no_alert_was_out() {
    let place = Place::new();
    let ended = place.run("may.csv", &["--state", "none", "--columns", "warning"]);
    assert_eq!(
        ended.out,
        "area,month,warning\nDOR,2024-05,quiet\nELB,2024-05,quiet\n"
    );
    assert!(
        ended.err.contains("before the data: no alert was out"),
        "{}",
        ended.err
    );
}

#[test]
fn what_does_not_fit_is_told() {
    let place = Place::new();
    place.run("spring.csv", &["-o", "april.csv"]);
    place.write(
        "june.csv",
        &format!("{HEADER}DOR,2024-06,3\nELB,2024-05,1\nFEN,2024-05,1\n"),
    );
    let ended = place.run("june.csv", &["--state", "april.csv"]);
    for wanted in [
        "FW0938",
        "it says nothing of FEN",
        "no data: 1 month in 1 area, taken as missing: DOR 2024-05",
        "2 areas go on",
    ] {
        assert!(ended.err.contains(wanted), "{wanted}\n{}", ended.err);
    }
    place.write("march.csv", &format!("{HEADER}DOR,2024-03,30\n"));
    let refused = |args: &[&str], wanted: &str| {
        let ended = place.forewarn(&[&["run"], args].concat());
        assert_eq!(ended.code, 2, "{}", ended.err);
        assert!(ended.err.contains(wanted), "{wanted}\n{}", ended.err);
    };
    refused(
        &["watch.risk", "--data", "march.csv", "--state", "april.csv"],
        "nothing of april.csv.state.json can be taken over",
    );
    refused(
        &["watch.risk", "--data", "may.csv", "--state", "nowhere.csv"],
        "cannot read nowhere.csv.state.json",
    );
    place.write("damaged.csv.state.json", "{\"state\": 1}");
    refused(
        &["watch.risk", "--data", "may.csv", "--state", "damaged.csv"],
        "is of ``",
    );
    place.write(
        "calm.risk",
        &RULES
            .split("alert")
            .next()
            .unwrap()
            .replace("watch", "calm")
            .replace("sum(killed, over: 3 months)", "killed"),
    );
    refused(
        &["calm.risk", "--data", "may.csv", "--state", "none"],
        "nothing in `calm` looks back",
    );
}

#[test]
fn an_area_that_stops_reporting_is_told_beside_its_alert() {
    let place = Place::new();
    let rows = "DOR,2024-05,9\nELB,2024-05,0\nELB,2024-06,0\nELB,2024-07,1\n";
    place.write("late.csv", &format!("{HEADER}{SPRING}{rows}"));
    let ended = place.run("late.csv", &["--events", "events.csv", "--to", "table"]);
    let wanted = "stopped reporting: DOR after 2024-05 (`warning` raised), while the panel goes on to 2024-07";
    assert!(ended.err.contains(wanted), "{}", ended.err);
    assert!(
        ended.out.contains("DOR has no rows up to 2024-07"),
        "{}",
        ended.out
    );
    let events = place.read("events.csv");
    assert!(
        events.contains("DOR,2024-06,warning,silent,raised,,"),
        "{events}"
    );
    assert!(!place.run("all.csv", &[]).err.contains("stopped reporting"));
}

#[test]
fn the_engine_is_chosen_by_the_number_of_rows() {
    let place = Place::new();
    // The interpreter compiles nothing.
    let compiles = |rows: usize, more: &[&str]| {
        let rows = (0..rows).map(|row| format!("A{row:04},2024-01,1\n"));
        place.write("many.csv", &format!("{HEADER}{}", rows.collect::<String>()));
        let err = place.run("many.csv", more).err;
        !err.contains("compile 0.0,")
    };
    assert!(!compiles(511, &[]));
    assert!(compiles(512, &[]));
    assert!(compiles(5, &["--engine", "native"]));
    assert!(!compiles(600, &["--engine", "interpreter"]));
}

#[test]
fn rounding_in_the_method_decides_the_decimals_of_tables() {
    let place = Place::new();
    place.write(
        "rounded.risk",
        "framework rounded \"Rounded\" version \"1\"
panel area by month
indicator killed \"Killed\" : number in 0..
score half \"Half\" = round(killed / 2, 2)
score third \"Third\" = killed / 3
",
    );
    let args = [
        "run",
        "rounded.risk",
        "--data",
        "may.csv",
        "--to",
        "table",
        "-q",
    ];
    let table = place.forewarn(&args).out;
    assert!(table.contains("4.50"), "{table}");
    assert!(table.contains("0.00"), "{table}");
    // What is not rounded is written as short as it is exact.
    assert!(
        table.lines().any(|line| line.trim_end().ends_with(" 3")),
        "{table}"
    );
}

#[test]
fn pairs_of_two_keys_are_counted_in_their_own_words() {
    let place = Place::new();
    place.write(
        "two.risk",
        "framework two \"Two\" version \"1\"
panel country, series by month
indicator killed \"Killed\" : number in 0..
score toll \"Toll\" = killed
",
    );
    place.write(
        "two.csv",
        "country,series,month,killed\nDOR,north,2024-01,1\nDOR,south,2024-01,2\nELB,east,2024-01,4\n",
    );
    let err = place
        .forewarn(&["run", "two.risk", "--data", "two.csv"])
        .err;
    assert!(
        err.contains("3 rows (3 series in 2 countries × 1 month)"),
        "{err}"
    );
}

/// A value that stands for a while stands beyond the end of a delivery: with the state of the run before, a month
/// that brings nothing new says what a run over all months says.
#[test]
fn observations_stand_across_runs() {
    let rules = "framework t \"T\" version \"1\"\npanel c by month\n\
                 indicator phase : number in 1..5 carry forward at most 3 months\n\
                 indicator seen : assessment expires after 3 months\n\
                 alert hunger { raise when phase >= 3 for 2 months clear when phase < 3 }\n\
                 signal there = seen is present\n";
    let months = [
        "A,2024-01,1,absent",
        "A,2024-02,4,present",
        "A,2024-03,,",
        "A,2024-04,,",
        "A,2024-05,,",
        "A,2024-06,,",
    ];
    let place = Place::new();
    place.write("r.risk", rules);
    let write = |name: &str, rows: &[&str]| {
        place.write(name, &format!("c,month,phase,seen\n{}\n", rows.join("\n")));
    };
    write("all.csv", &months);
    let run = |data: &str, state: &str, out: &str| {
        let args = [
            "run", "r.risk", "--data", data, "--state", state, "-o", out, "--quiet",
        ];
        let ended = place.forewarn(&args);
        assert_eq!(ended.code, 0, "{}", ended.err);
        let text = place.read(out);
        let rows = text.lines().skip(1).map(str::to_owned);
        rows.collect::<Vec<_>>()
    };
    let whole = run("all.csv", "none", "whole.csv");
    let mut parts = Vec::new();
    let mut state = "none".to_owned();
    for (at, month) in months.iter().enumerate() {
        write("month.csv", &[month]);
        let out = format!("m{at}.csv");
        parts.extend(run("month.csv", &state, &out));
        state = out;
    }
    assert_eq!(whole, parts);
    assert!(whole[2].contains("raised"), "{whole:?}");
    assert!(
        whole[4].ends_with(",yes") && whole[5].ends_with(",unknown"),
        "{whole:?}"
    );
}

const TIERS: &str = "framework tiers \"Tiers\" version \"1\"
panel area by month
indicator killed \"Killed\" : number in 0..
alert warning \"A warning\" { raise when killed >= 10  escalate when killed >= 50  clear when killed < 2 }
alert plain \"Another\" { raise when killed >= 10  clear when killed < 2 }
";

#[test]
fn an_alert_that_is_out_for_certain_says_so_whatever_its_tier() {
    let place = Place::new();
    place.write("tiers.risk", TIERS);
    let data = "area,month,killed\nDOR,2024-01,20\nELB,2024-01,60\nFUR,2024-01,1\nGAN,2024-01,5\n";
    place.write("one.csv", data);
    let run = ["run", "tiers.risk", "--data", "one.csv", "--quiet", "--to"];
    let to = |form: &str| {
        let ended = place.forewarn(&[&run[..], &[form]].concat());
        assert_eq!(ended.code, 0, "{}", ended.err);
        ended.out
    };
    let csv = to("csv");
    let cells: Vec<Vec<&str>> = csv
        .lines()
        .map(|line| line.split(',').take(5).collect())
        .collect();
    assert_eq!(
        cells,
        [
            [
                "area",
                "month",
                "warning",
                "warning.at_least",
                "warning.at_most"
            ],
            ["DOR", "2024-01", "", "raised", "escalated"],
            ["ELB", "2024-01", "escalated", "escalated", "escalated"],
            ["FUR", "2024-01", "quiet", "quiet", "quiet"],
            ["GAN", "2024-01", "", "quiet", "escalated"],
        ]
    );
    assert!(!csv.contains("plain.at_least"), "{csv}");
    let json: serde_json::Value = serde_json::from_str(&to("json")).unwrap();
    let first = &json["rows"][0];
    assert_eq!(first["warning"], serde_json::Value::Null);
    assert_eq!(first["warning.at_least"], "raised");
    let table = to("table");
    let says = |area: &str, state: &str| {
        let mut lines = table.lines().filter(|line| line.starts_with(area));
        let line = lines.next().unwrap_or_else(|| panic!("no {area}: {table}"));
        assert!(line.contains(state), "{table}");
    };
    says("DOR", "raised..escalated");
    says("GAN", "unknown");
}

/// Two stores that fill each other, an alert on one of them, and what the whole of its spell looks like.
const STORES: &str = "framework stores \"Stores\" version \"1\"
panel area by month
indicator rain \"Rain\" : number in 0..100
score upper \"Upper\" = 0.5 * lag(upper, 1 month, first: 4) + lag(lower, 1 month, first: 2)
score lower \"Lower\" = upper + rain
alert flood \"Flood\" {
  raise when lower >= 12
  clear when lower < 5
}
score most \"Most rain of the flood\" = max(rain, within: flood) hindsight
";

#[test]
fn what_rests_on_one_anothers_past_goes_on_from_an_earlier_run() {
    let place = Place::new();
    let (spring, may) = (
        "DOR,2024-01,1\nDOR,2024-02,3\nDOR,2024-03,0\nDOR,2024-04,2\n",
        "DOR,2024-05,4\n",
    );
    let header = "area,month,rain\n";
    place.write("stores.risk", STORES);
    for (name, rows) in [
        ("a.csv", spring.to_owned()),
        ("b.csv", may.to_owned()),
        ("c.csv", format!("{spring}{may}")),
    ] {
        place.write(name, &format!("{header}{rows}"));
    }
    let run = |data: &str, to: &str, more: &[&str]| {
        let mut args = vec!["run", "stores.risk", "--data", data, "-o", to, "-q"];
        args.extend(more);
        let ended = place.forewarn(&args);
        assert_eq!(ended.code, 0, "{args:?}\n{}", ended.err);
    };
    run("a.csv", "spring-r.csv", &["--state", "none"]);
    run("b.csv", "may-r.csv", &["--state", "spring-r.csv"]);
    run("c.csv", "all-r.csv", &["--state", "none"]);
    let whole = place.read("all-r.csv");
    let last = |text: &str| text.lines().last().unwrap_or_default().to_owned();
    // 2 + 2, 2 + 5, 3.5 + 10, 6.75 + 13.5, 10.125 + 22.25; rain on top. Raised in March, with 13.5.
    let uppers: Vec<&str> = whole
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(2))
        .collect();
    assert_eq!(uppers, ["4", "7", "13.5", "20.25", "32.375"]);
    // The flood began in March: its whole spell goes on, with what its first months held.
    assert_eq!(last(&whole), last(&place.read("may-r.csv")));
    let most = last(&whole);
    assert_eq!(most.rsplit(',').next(), Some("4"));
    let explain = |data: &str, state: &str| {
        let words = [
            "explain",
            "stores.risk",
            "most",
            "--entity",
            "DOR",
            "--period",
            "2024-05",
        ];
        let told = place.forewarn(&[&words[..], &["--data", data, "--state", state]].concat());
        let words = told.out.split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    };
    for told in [explain("c.csv", "none"), explain("b.csv", "spring-r.csv")] {
        assert!(
            told.contains("2024-03 to 2024-05, 3 known of 3 periods"),
            "{told}"
        );
    }
}

#[test]
fn a_column_that_is_another_than_before_is_told() {
    let place = Place::new();
    let two = |text: &str| {
        let rows = text
            .lines()
            .filter_map(|line| line.rsplit_once(','))
            .map(|(keys, killed)| format!("{keys},{killed},{killed}\n"));
        format!(
            "area,month,soldiers,civilians\n{}",
            rows.collect::<String>()
        )
    };
    place.write("spring.csv", &two(SPRING));
    place.write("may.csv", &two(MAY));
    let run = |file: &str, column: &str, more: &[&str]| {
        let map = format!("killed={column}");
        let args = ["run", "watch.risk", "--data", file, "--map", &map];
        let ended = place.forewarn(&[&args[..], more].concat());
        assert_eq!(ended.code, 0, "{}", ended.err);
        ended.err
    };
    run("spring.csv", "soldiers", &["-o", "spring.out.csv"]);
    let state = ["--state", "spring.out.csv"];
    let same = run("may.csv", "soldiers", &state);
    assert!(!same.contains("is read from"), "{same}");
    let other = run("may.csv", "civilians", &state);
    let words = "`killed` is read from `civilians`, and was from `soldiers`";
    assert!(other.contains(words), "{other}");
}

/// An alert that silence itself raises, in months of which its entity has no row.
const SILENCE: &str = "framework quiet \"Quiet\" version \"1\"
panel area by month
indicator reports \"Reports\" : number in 0..
indicator raids \"Raids\" : number in 0..
alert silence \"No reports\" {
  raise when reports is missing for 2 months
  clear when reports is known
}
";

const WITH_A_GAP: &str = "area,month,reports,raids
DOR,2024-01,3,1
DOR,2024-04,,1
ELB,2024-01,1,0
ELB,2024-02,1,0
ELB,2024-03,1,0
ELB,2024-04,1,0
";

#[test]
fn what_happened_in_a_month_without_a_row_is_told_however_rows_are_chosen() {
    let place = Place::new();
    place.write("quiet.risk", SILENCE);
    place.write("gap.csv", WITH_A_GAP);
    let raised = "DOR,2024-03,silence,raised,raised";
    for chosen in [
        &[][..],
        &["--period", "all"],
        &["--period", "2024"],
        &["--period", "2024-03"],
        &["--entity", "DOR"],
    ] {
        let mut args = vec!["run", "quiet.risk", "--data", "gap.csv", "--state", "none"];
        args.extend(["--events", "events.csv", "-o", "results.csv"]);
        args.extend(chosen);
        let ended = place.forewarn(&args);
        assert_eq!(ended.code, 0, "{chosen:?}\n{}", ended.err);
        let events = place.read("events.csv");
        assert!(events.contains(raised), "{chosen:?}\n{events}");
        assert!(ended.err.contains("1 raised"), "{chosen:?}\n{}", ended.err);
    }
    // Of another entity, or of other months, it is none.
    for chosen in [["--period", "2024-04"], ["--entity", "ELB"]] {
        let mut args = vec!["run", "quiet.risk", "--data", "gap.csv", "--state", "none"];
        args.extend(["--events", "events.csv", "-o", "results.csv"]);
        args.extend(chosen);
        let ended = place.forewarn(&args);
        assert_eq!(ended.code, 0, "{chosen:?}\n{}", ended.err);
        assert!(!place.read("events.csv").contains(raised), "{chosen:?}");
    }
}

#[test]
fn a_report_tells_what_happened_in_months_without_a_row() {
    let place = Place::new();
    place.write("quiet.risk", SILENCE);
    place.write("gap.csv", WITH_A_GAP);
    let mut args = vec!["report", "quiet.risk", "--data", "gap.csv"];
    args.extend(["--state", "none", "-o", "report.md"]);
    let ended = place.forewarn(&args);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let report = place.read("report.md");
    assert!(!report.contains("No alert was raised"), "{report}");
    let row = report
        .lines()
        .find(|line| line.contains("DOR") && line.contains("reports is missing for 2 months"));
    assert!(
        row.is_some_and(|row| row.contains("March 2024")),
        "{report}"
    );
}

#[test]
fn an_assessment_that_may_stand_from_before_the_data_leaves_its_alert_open() {
    let place = Place::new();
    place.write(
        "speech.risk",
        "framework speech \"Speech\" version \"1\"
panel area by month
indicator speech \"Speech\" : assessment expires after 3 months
indicator calm \"Calm\" : truth
alert spoken \"Spoken\" { raise when speech >= present clear when calm }
score w = 0.5 * lag(w, 1 month, first: 0) + (if calm then 1 else 0)
alert worn \"Worn\" { raise when w >= 2 }
",
    );
    let months = (1..=6).map(|month| format!("DOR,2024-{month:02},,yes\n"));
    let data = format!("area,month,speech,calm\n{}", months.collect::<String>());
    place.write("speech.csv", &data);
    let mut args = vec!["run", "speech.risk", "--data", "speech.csv", "--period"];
    args.extend(["all", "--columns", "spoken"]);
    let ended = place.forewarn(&args);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let states: Vec<&str> = ended.out.lines().skip(1).collect();
    // What may have been seen up to three months before them holds until March.
    assert_eq!(
        states,
        [
            "DOR,2024-01,",
            "DOR,2024-02,",
            "DOR,2024-03,",
            "DOR,2024-04,quiet",
            "DOR,2024-05,quiet",
            "DOR,2024-06,quiet"
        ]
    );
    // Nor is what begins anew with the data said to be known.
    let known = ended.err.lines().find(|line| line.contains("alerts known"));
    let known = known.unwrap_or_default();
    assert!(!known.contains("`worn`"), "{}", ended.err);
    assert!(
        ended
            .err
            .contains("`worn` of DOR rests on a value that begins anew"),
        "{}",
        ended.err
    );
}
