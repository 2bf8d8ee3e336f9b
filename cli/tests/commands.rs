//! The binary from outside: what it prints, where, and how it ends.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder with the starter ruleset `demo` in it.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let made = place.run(&["new", "demo"]);
        assert_eq!(made.code, 0, "{}", made.err);
        place
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_forewarn"));
        command
            .current_dir(self.path())
            .args(args)
            .env_remove("NO_COLOR")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Ended {
        Ended::of(self.command(args).output().unwrap())
    }

    /// `forewarn run demo --data demo/data/example.csv` and more.
    fn demo(&self, more: &[&str]) -> Ended {
        let mut args = vec!["run", "demo", "--data", "demo/data/example.csv"];
        args.extend(more);
        self.run(&args)
    }
}

struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Ended {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("it ended by itself"),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    #[track_caller]
    fn fails(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in:\n{}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }

    #[track_caller]
    fn succeeds(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self
    }
}

#[test]
fn what_new_makes_is_sound_and_runs() {
    let place = Place::new();
    let checked = place
        .run(&["check", "demo", "--deny", "warnings"])
        .succeeds();
    assert_eq!(checked.out, "");
    let table = place.demo(&["--to", "table", "--quiet"]).succeeds();
    assert_eq!(table.err, "");
    insta::assert_snapshot!(table.out);
}

#[test]
fn new_overwrites_nothing() {
    let place = Place::new();
    let before = std::fs::read(place.path().join("demo/demo.risk")).unwrap();
    place
        .run(&["new", "demo"])
        .fails(2, &["demo is there already"]);
    assert_eq!(
        std::fs::read(place.path().join("demo/demo.risk")).unwrap(),
        before
    );
    place
        .run(&["new", "2024"])
        .fails(2, &["cannot name a framework"]);
    place.write("file", "");
    place.run(&["new", "file"]).fails(2, &["is there already"]);
}

#[test]
fn without_a_terminal_results_are_csv_and_the_summary_is_elsewhere() {
    let place = Place::new();
    let run = place.demo(&[]).succeeds();
    let mut lines = run.out.lines();
    let header = lines.next().unwrap();
    assert!(header.starts_with("iso3,month,"), "{header}");
    assert!(
        header.contains("overall,overall.at_least,overall.at_most"),
        "{header}"
    );
    assert_eq!(lines.count(), 15);
    assert!(
        run.err.contains("15 rows (5 countries × 3 months)"),
        "{}",
        run.err
    );
    assert!(run.err.contains("missing most"), "{}", run.err);
    let quiet = place.demo(&["--quiet"]).succeeds();
    assert_eq!(quiet.err, "");
    assert_eq!(quiet.out, run.out);
}

#[test]
fn both_engines_and_any_number_of_threads_give_the_same_bytes() {
    let place = Place::new();
    let one = place.demo(&["--threads", "1"]).succeeds().out;
    assert_eq!(place.demo(&["--threads", "3"]).succeeds().out, one);
    assert_eq!(place.demo(&["--engine", "interpreter"]).succeeds().out, one);
}

#[test]
fn rows_and_columns_are_chosen() {
    let place = Place::new();
    let chosen = place
        .demo(&[
            "--entity",
            "AVA",
            "--period",
            "2024-12",
            "--columns",
            "overall,violence",
        ])
        .succeeds();
    assert_eq!(
        chosen.out,
        "iso3,month,overall,violence\nAVA,2024-12,critical,1\n"
    );
    assert_eq!(
        place
            .demo(&["--period", "2024"])
            .succeeds()
            .out
            .lines()
            .count(),
        16
    );
    assert_eq!(
        place
            .demo(&["--period", "latest"])
            .succeeds()
            .out
            .lines()
            .count(),
        6
    );
    let labels = place
        .demo(&[
            "--entity",
            "AVA",
            "--period",
            "latest",
            "--columns",
            "overall",
            "--labels",
        ])
        .succeeds();
    assert_eq!(labels.out, "iso3,month,overall\nAVA,2024-12,Critical\n");
}

#[test]
fn unknown_names_are_told_with_the_likely_one() {
    let place = Place::new();
    place
        .demo(&["--entity", "AVB"])
        .fails(2, &["no country `AVB`", "`AVA`"]);
    place
        .demo(&["--period", "2023-12"])
        .fails(2, &["no month `2023-12`", "2024-10 to 2024-12"]);
    place
        .demo(&["--period", "soon"])
        .fails(2, &["no month `soon`", "2024-12"]);
    place
        .demo(&["--columns", "overal"])
        .fails(2, &["`overal`", "`overall`"]);
    place
        .demo(&["--set", "deadly_rat=1"])
        .fails(2, &["deadly_rat", "`deadly_rate`"]);
    place.demo(&["--set", "deadly_rate"]).fails(2, &["`=`"]);
    place.demo(&["--map", "deaths=x"]).fails(2, &["deaths"]);
    place
        .demo(&["--threads", "0"])
        .fails(2, &["at least 1 thread"]);
    place
        .demo(&["--delimiter", ";;"])
        .fails(2, &["one character"]);
    place.run(&["explain-code", "FW9999"]).fails(2, &["FW9999"]);
    place.run(&["frobnicate"]).fails(2, &["frobnicate"]);
}

#[test]
fn a_param_can_be_set_for_one_run() {
    let place = Place::new();
    let columns = [
        "--columns",
        "flight",
        "--entity",
        "AVA",
        "--period",
        "2024-11",
    ];
    let run = |more: &[&str]| place.demo(&[&columns, more].concat()).succeeds().out;
    assert_eq!(run(&[]), "iso3,month,flight\nAVA,2024-11,no\n");
    assert_eq!(
        run(&["--set", "flight_rate=0.4%"]),
        "iso3,month,flight\nAVA,2024-11,yes\n"
    );
}

#[test]
fn results_are_written_to_files_by_their_ending() {
    let place = Place::new();
    let csv = place.demo(&[]).succeeds().out;
    place.demo(&["-o", "out.csv"]).succeeds();
    assert_eq!(
        std::fs::read_to_string(place.path().join("out.csv")).unwrap(),
        csv
    );
    place.demo(&["-o", "out.parquet"]).succeeds();
    assert!(
        std::fs::read(place.path().join("out.parquet"))
            .unwrap()
            .starts_with(b"PAR1")
    );
    place.demo(&["-o", "out.dat", "--to", "json"]).succeeds();
    let json = std::fs::read_to_string(place.path().join("out.dat")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["rows"].as_array().unwrap().len(), 15);
    place
        .demo(&["-o", "out.dat"])
        .fails(2, &["out.dat tells no form", "--to"]);
    place
        .demo(&["-o", "out.csv.gz"])
        .fails(2, &["not written compressed"]);
    place
        .demo(&["-o", "nowhere/out.csv"])
        .fails(2, &["nowhere"]);
    place
        .demo(&["-o", "demo/data/example.csv"])
        .fails(2, &["the data itself"]);
}

#[test]
fn files_that_cannot_be_read_are_wrong_use() {
    let place = Place::new();
    place.run(&["check", "nowhere"]).fails(2, &["nowhere"]);
    place
        .run(&["run", "demo", "--data", "nowhere.csv"])
        .fails(2, &["nowhere.csv"]);
    place
        .run(&["run", "nowhere", "--data", "nowhere.csv"])
        .fails(2, &["nowhere"]);
}

#[test]
fn broken_files_are_told_and_never_a_panic() {
    let place = Place::new();
    let noise: Vec<u8> = (0..4096u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    place.write("noise.risk", &noise);
    place.run(&["check", "noise.risk"]).fails(1, &["error[FW"]);
    place.write("empty.risk", "");
    place.run(&["check", "empty.risk"]).fails(1, &["error[FW"]);
    place.write(
        "deep.risk",
        format!("let x = {}1{}", "(".repeat(10_000), ")".repeat(10_000)),
    );
    place.run(&["check", "deep.risk"]).fails(1, &["error[FW"]);
    place.write("long.risk", format!("let x = {}", "1+".repeat(2_000_000)));
    let long = place.run(&["check", "long.risk"]);
    long.fails(1, &["error[FW"]);
    assert!(long.err.len() < 100_000, "{} bytes", long.err.len());

    for (name, text) in [
        ("noise.csv", noise),
        ("empty.csv", Vec::new()),
        ("binary.csv", vec![0; 1000]),
        ("long.csv", vec![b'x'; 10_000_000]),
    ] {
        place.write(name, text);
        let run = place.run(&["run", "demo", "--data", name]);
        run.fails(1, &["error[FW", name]);
        assert!(run.err.len() < 100_000, "{} bytes", run.err.len());
    }
    let header = "iso3,month,deaths_month,population,displaced,repression,hate_speech,militia\n";
    place.write("header.csv", header);
    let only = place.run(&["run", "demo", "--data", "header.csv"]);
    assert_eq!(only.code, 0, "{}", only.err);
    assert!(only.err.contains("warning[FW"), "{}", only.err);
    place
        .run(&["run", "demo", "--data", "header.csv", "--deny", "warnings"])
        .fails(1, &["denied"]);
}

#[test]
fn a_cell_that_is_no_value_is_told_unless_lenient() {
    let place = Place::new();
    let data = std::fs::read_to_string(place.path().join("demo/data/example.csv")).unwrap();
    place.write("bad.csv", data.replace(",95,", ",ninety,"));
    let run = place.run(&["run", "demo", "--data", "bad.csv"]);
    run.fails(
        1,
        &[
            "`ninety` is not a number",
            "bad.csv, row 4",
            "AVA,2024-12,ninety,",
            "1 error",
        ],
    );
    assert_eq!(run.out, "");
    let lenient = place
        .run(&["run", "demo", "--data", "bad.csv", "--lenient"])
        .succeeds();
    assert!(
        lenient.err.contains("unreadable: `deaths_month` 1 cell"),
        "{}",
        lenient.err
    );
    place
        .run(&["run", "demo", "--data", "bad.csv", "--missing", "ninety"])
        .succeeds();
}

#[test]
fn findings_for_people_and_for_programs_go_their_ways() {
    let place = Place::new();
    place.write(
        "wrong.risk",
        "framework w \"W\" version \"1\"\npanel country\nscore s = nothing\n",
    );
    let human = place.run(&["check", "wrong.risk"]);
    human.fails(1, &["error[FW0107]", "wrong.risk:3:11", "1 error"]);
    assert_eq!(human.out, "");
    for format in ["json", "short", "github", "sarif"] {
        let run = place.run(&["check", "wrong.risk", "--format", format]);
        assert_eq!((run.code, run.err.as_str()), (1, ""), "{format}");
        assert!(run.out.contains("FW0107"), "{format}: {}", run.out);
    }
    let short = place.run(&["check", "wrong.risk", "--format", "short"]).out;
    assert!(
        short.starts_with("wrong.risk:3:11: error[FW0107]: "),
        "{short}"
    );
    let both = place.run(&["run", "wrong.risk", "--data", "x.csv", "--format", "short"]);
    assert_eq!(both.out, "");
    assert!(
        both.err.starts_with("wrong.risk:3:11: error[FW0107]: "),
        "{}",
        both.err
    );
}

#[test]
fn warnings_fail_only_when_denied() {
    let place = Place::new();
    let rules = "framework w \"W\" version \"1\"\npanel country\n\
                 indicator x \"X\" : number in 0..1\nsignal s \"S\" = x > 2\n";
    place.write("warn.risk", rules);
    let run = place.run(&["check", "warn.risk"]).succeeds();
    assert!(
        run.err.contains("warning[FW0421]") && run.err.contains("1 warning"),
        "{}",
        run.err
    );
    place
        .run(&["check", "warn.risk", "--deny", "warnings"])
        .fails(1, &["warnings are denied"]);
}

#[test]
fn colour_is_for_terminals_or_on_request() {
    let place = Place::new();
    place.write(
        "wrong.risk",
        "framework w \"W\" version \"1\"\npanel country\nscore s = nothing\n",
    );
    let plain = place.run(&["check", "wrong.risk"]);
    assert!(!plain.err.contains('\u{1b}'));
    let asked = place.run(&["check", "wrong.risk", "--color", "always"]);
    assert!(asked.err.contains('\u{1b}'));
    let refused = place
        .command(&["check", "wrong.risk", "--color", "always"])
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    // An option that was typed is stronger than the environment.
    assert!(Ended::of(refused).err.contains('\u{1b}'));
    let table = place
        .demo(&["--to", "table", "--color", "always", "--quiet"])
        .succeeds();
    assert!(
        table.out.contains("\u{1b}[38;5;196mcritical"),
        "{}",
        table.out
    );
}

/// `forewarn run … | head -1`
#[test]
fn a_reader_who_leaves_is_no_failure() {
    let place = Place::new();
    let mut data = String::from(
        "iso3,month,deaths_month,population,displaced,repression,hate_speech,militia\n",
    );
    for entity in 0..4000 {
        for month in 1..=12 {
            let people = 1_000_000 + entity;
            data.push_str(&format!(
                "E{entity:05},2024-{month:02},{month},{people},{entity},0.{month:02},absent,no\n"
            ));
        }
    }
    place.write("large.csv", data);
    for to in ["csv", "ndjson", "json", "table"] {
        let args = [
            "run",
            "demo",
            "--data",
            "large.csv",
            "--to",
            to,
            "--quiet",
            "--limit",
            "0",
        ];
        let mut child = place
            .command(&args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ended = Ended::of(child.wait_with_output().unwrap());
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{to}");
    }
}

#[test]
fn pages_help_and_completions_are_printed() {
    let place = Place::new();
    let page = place.run(&["explain-code", "fw0312"]).succeeds().out;
    assert!(page.starts_with("# FW0312"), "{page}");
    assert_eq!(place.run(&["explain-code", "312"]).succeeds().out, page);
    for command in ["check", "run", "explain-code", "new", "completions"] {
        let help = place.run(&[command, "--help"]).succeeds().out;
        assert!(help.contains("Examples:"), "{help}");
    }
    assert!(place.run(&["--help"]).succeeds().out.contains("Exit codes"));
    assert!(
        place
            .run(&["--version"])
            .succeeds()
            .out
            .starts_with("forewarn ")
    );
    // Every feature that there is.
    let version = place.run(&["--version"]).succeeds().out;
    let manifest = include_str!("../Cargo.toml");
    let features = manifest.split("[features]").nth(1).unwrap();
    let features = features.split("\n[").next().unwrap();
    let named = features.lines().filter_map(|line| line.split_once(" = "));
    for (name, _) in named.filter(|(name, _)| *name != "default") {
        let word = |one: &str| one.trim_start_matches(['+', '-']) == name;
        assert!(version.split_whitespace().any(word), "{name}: {version}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            place
                .run(&["completions", shell])
                .succeeds()
                .out
                .contains("explain-code")
        );
    }
}

#[test]
fn the_summary_says_what_had_no_result_and_what_was_out_of_range() {
    let place = Place::new();
    let rules = "framework w \"W\" version \"1\"\npanel country by year\n\
                 indicator x \"X\" : number in 0..10\n\
                 indicator y \"Y\" : number in 0..10\n\
                 score ratio \"Ratio\" = x / y\n";
    place.write("ratio.risk", rules);
    let data = "country,year,x,y\nAAA,2020,1,0\nAAA,2021,2,1\nBBB,2020,3,0\nBBB,2021,11,2\n";
    place.write("ratio.csv", data);
    let run = place
        .run(&["run", "ratio.risk", "--data", "ratio.csv"])
        .succeeds();
    assert!(
        run.out
            .contains("AAA,2020,\nAAA,2021,2\nBBB,2020,\nBBB,2021,\n"),
        "{}",
        run.out
    );
    for words in [
        "4 rows (2 countries × 2 years) · 2 indicators, 12.5 % missing · 2 faults",
        "out of range: `x` 1 cell read as missing, first 11 in row 5 (BBB, 2021)",
        "without a result: `x / y` of `ratio` (ratio.risk:5:23) in 2 rows: AAA 2020, BBB 2020",
    ] {
        assert!(run.err.contains(words), "no {words:?} in:\n{}", run.err);
    }
}
