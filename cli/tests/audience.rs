//! `--audience`: what is left out of results, events, explanations, manifests and messages.

use std::path::Path;
use std::process::{Command, Stdio};

const RULES: &str = "framework watch \"Field watch\" version \"1.0.0\"
panel country by month
source field \"Field mission reporting\" { classification confidential }
indicator deaths \"Conflict deaths\" : number in 0..
indicator vetting \"Vetting\" : number in 0..1
indicator hate_speech \"Hate speech\" : number in 0..1 from field
indicator arms \"Arms\" : number in 0..1 classification restricted
factor preparation \"Preparation\" {
  combine mean
  require 1 known
  members { hate_speech, arms, vetting }
}
declassify preparation because \"a mean of several sources names no one who reported\"
scale concern { low < high }
level overall \"Overall\" : concern {
  high when deaths >= 100 or preparation >= 0.6,
  low otherwise,
}
level field_view \"What the field says\" : concern { high when hate_speech >= 0.6, low otherwise }
score inverse \"Its inverse\" = 1 / hate_speech
score scaled \"Scaled\" = minmax(hate_speech, baseline: \"2024-01\"..\"2024-02\")
score arms_rank \"Arms, rank\" = rank(arms)
alert early_warning \"Early warning\" { raise when overall >= high }
alert field_alert \"Field alert\" { raise when hate_speech >= 0.9 }
";

const SEEN: &str = "country,month,deaths,vetting
AVA,2024-01,10,0.1
AVA,2024-02,200,0.3
CAR,2024-01,0,0.4
CAR,2024-02,1,0.2
";

const FIELD: &str = "country,month,hate_speech,arms
AVA,2024-01,0.9173,0.2
AVA,2024-02,0.9,0.8
CAR,2024-01,0.1,0.7
CAR,2024-02,0,0.95
DOR,2024-02,1,0.9
";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("watch.risk", RULES);
        place.write("seen.csv", SEEN);
        place.write("field.csv", FIELD);
        place
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name))
            .unwrap()
            .replace("\r\n", "\n")
    }

    /// Exit code, both streams.
    fn call(&self, args: &[&str]) -> (i32, String, String) {
        call(self.0.path(), args)
    }

    fn run(&self, more: &[&str]) -> (i32, String, String) {
        let mut args = vec!["run", "watch.risk", "-d", "seen.csv", "-d", "field.csv"];
        args.extend(more);
        self.call(&args)
    }
}

fn call(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    (
        output.status.code().unwrap_or(-1),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn withheld_columns_are_left_out_and_named() {
    let place = Place::new();
    let (code, out, err) = place.run(&["--audience", "public"]);
    assert_eq!(code, 0, "{err}");
    let header = out.lines().next().unwrap();
    assert_eq!(
        header,
        "country,month,preparation,preparation.coverage,overall,overall.at_least,overall.at_most,\
         early_warning,early_warning.since,early_warning.why,early_warning.event,\
         early_warning.suppressed_by,early_warning.held"
    );
    let told = "withheld: `field_view` (confidential), `inverse` (confidential), `scaled` \
                (confidential), `arms_rank` (restricted) and `field_alert` (confidential): not for a \
                public audience";
    assert!(err.contains(told), "{err}");
    let (_, out, err) = place.run(&["--audience", "restricted"]);
    assert!(
        out.contains("arms_rank") && !out.contains("field_view"),
        "{out}"
    );
    assert!(
        err.contains("classified: `arms_rank` (restricted): `--audience public` leaves it out")
    );
}

#[test]
fn everything_is_shown_by_default_and_what_is_classified_is_named() {
    let place = Place::new();
    let (_, out, err) = place.run(&[]);
    assert!(
        out.contains("field_view") && out.contains("arms_rank"),
        "{out}"
    );
    assert!(
        err.contains("classified: `field_view` (confidential)"),
        "{err}"
    );
    let (_, _, err) = place.run(&["--columns", "overall"]);
    assert!(!err.contains("classified"), "{err}");
}

#[test]
fn declassified_values_are_those_of_the_whole_run() {
    let place = Place::new();
    let columns = [
        "--columns",
        "preparation,preparation.coverage,overall,early_warning",
    ];
    let (_, whole, _) = place.run(&columns);
    let (code, seen, err) = place.run(&[columns[0], columns[1], "--audience", "public"]);
    assert_eq!(code, 0, "{err}");
    let rows: Vec<&str> = whole
        .lines()
        .filter(|line| !line.starts_with("DOR"))
        .collect();
    assert_eq!(seen.lines().collect::<Vec<_>>(), rows);
}

#[test]
fn a_country_that_only_a_withheld_file_has_is_not_there() {
    let place = Place::new();
    let (_, out, err) = place.run(&["--audience", "public", "--period", "all"]);
    assert!(!out.contains("DOR") && !err.contains("DOR"), "{out}{err}");
    assert!(err.contains("4 rows (2 countries × 2 months)"), "{err}");
    let (code, _, err) = place.run(&["--audience", "public", "--entity", "DOR"]);
    assert_eq!(code, 2);
    assert!(err.contains("the data holds no country `DOR`"), "{err}");
}

#[test]
fn faults_of_withheld_expressions_are_not_counted() {
    let place = Place::new();
    let (_, _, err) = place.run(&[]);
    assert!(
        err.contains("1 / hate_speech") && err.contains("CAR 2024-02"),
        "{err}"
    );
    let (_, _, err) = place.run(&["--audience", "public"]);
    assert!(
        err.contains("· 0 faults") && !err.contains("1 / hate_speech"),
        "{err}"
    );
}

#[test]
fn a_column_that_is_asked_for_and_withheld_is_wrong_use() {
    let place = Place::new();
    let (code, out, err) = place.run(&["--audience", "public", "--columns", "field_view.at_least"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        err.contains("`field_view.at_least` is confidential, and this is for a public audience"),
        "{err}"
    );
}

#[test]
fn the_manifest_records_the_audience_and_neither_goalposts_nor_digests_of_what_is_withheld() {
    let place = Place::new();
    place.run(&["-o", "all.csv"]);
    let all = place.read("all.csv.manifest.json");
    assert!(all.contains("\"audience\": \"confidential\""));
    assert!(
        all.contains("minmax(hate_speech") && all.contains("1 / hate_speech"),
        "{all}"
    );
    let (code, _, err) = place.run(&["-o", "public.csv", "--audience", "public"]);
    assert_eq!(code, 0, "{err}");
    let manifest = place.read("public.csv.manifest.json");
    assert!(manifest.contains("\"audience\": \"public\""), "{manifest}");
    assert!(manifest.contains("\"goalposts\": []") && manifest.contains("\"faults\": []"));
    assert!(
        manifest.contains("\"path\": \"field.csv\",\n      \"sha256\": null"),
        "{manifest}"
    );
    assert!(!manifest.contains("\"path\": \"seen.csv\",\n      \"sha256\": null"));
    assert!(manifest.contains("a mean of several sources names no one who reported"));
    let (code, out, err) = place.call(&["verify", "public.csv.manifest.json"]);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn every_format_and_the_events_leave_the_same_out() {
    let place = Place::new();
    for file in [
        "out.csv",
        "out.ndjson",
        "out.json",
        "out.arrow",
        "out.parquet",
    ] {
        let events = format!("events-{file}").replace(".json", ".ndjson");
        let args = [
            "-o",
            file,
            "--events",
            &events,
            "--audience",
            "public",
            "--labels",
        ];
        let (code, _, err) = place.run(&args);
        assert_eq!(code, 0, "{file}: {err}");
        for written in [file, &events] {
            let bytes = std::fs::read(place.0.path().join(written)).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            for word in [
                "field_view",
                "field_alert",
                "arms_rank",
                "hate_speech",
                "DOR",
            ] {
                assert!(!text.contains(word), "{written} holds {word}");
            }
        }
    }
    let (_, table, _) = place.run(&["--to", "table", "--audience", "public"]);
    assert!(
        !table.contains("field_view") && table.contains("overall"),
        "{table}"
    );
}

#[test]
fn an_explanation_keeps_its_structure_and_withholds_values() {
    let place = Place::new();
    let explain = |more: &[&str]| {
        let mut args = vec![
            "explain",
            "watch.risk",
            "-d",
            "seen.csv",
            "-d",
            "field.csv",
            "--entity",
            "AVA",
            "--period",
            "2024-01",
            "--audience",
            "public",
        ];
        args.extend(more);
        place.call(&args)
    };
    let (code, out, err) = explain(&[]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("preparation 0.41"), "{out}");
    assert!(
        out.contains("(hate_speech) withheld (confidential)"),
        "{out}"
    );
    assert!(
        out.contains("(arms) withheld (restricted)") && out.contains("(vetting) 0.1"),
        "{out}"
    );
    assert!(
        out.contains("(field_view): withheld (confidential)"),
        "{out}"
    );
    assert!(!out.contains("0.9173") && !out.contains("DOR"), "{out}");
    let (_, markdown, _) = explain(&["--format", "markdown"]);
    assert!(markdown.contains("withheld (confidential)") && !markdown.contains("0.9173"));
    let (_, json, _) = explain(&["--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["schema"], 2);
    let results = document["results"].as_array().unwrap();
    let named = |name: &str| {
        let mut found = results.iter().filter(|one| one["result"]["name"] == name);
        found
            .next()
            .unwrap_or_else(|| panic!("no {name} in {json}"))
    };
    assert_eq!(
        named("field_view")["result"]["value"]["withheld"],
        "confidential"
    );
    assert_eq!(named("field_view")["result"]["how"], "withheld");
    assert_eq!(
        named("field_view")["result"]["because"][0]["name"],
        "hate_speech"
    );
    assert!(!json.contains("0.9173"), "{json}");
    // What is named and withheld is told as such, and not as unknown.
    let (code, out, _) = explain(&["hate_speech", "inverse"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("(hate_speech): withheld (confidential)"),
        "{out}"
    );
    assert!(out.contains("(inverse): withheld (confidential)"), "{out}");
}

#[test]
fn a_bad_cell_in_a_withheld_column_is_not_quoted() {
    let place = Place::new();
    place.write("field.csv", &FIELD.replace("0.9173", "witness_17"));
    let (code, _, err) = place.run(&[]);
    assert!(
        code == 1 && err.contains("witness_17") && err.contains("AVA,2024-01"),
        "{err}"
    );
    // A declassified value rests on it: the run cannot go on, and says no more than it must.
    let (code, out, err) = place.run(&["--audience", "public"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(
        err.contains("error[FW0726]: the data that `preparation` rests on cannot be used"),
        "{err}"
    );
    assert!(err.contains("found: FW0903"), "{err}");
    for word in ["witness_17", "AVA", "2024-01", "0.2"] {
        assert!(!err.contains(word), "{word}: {err}");
    }
    // Where nothing that is shown rests on it, it is not even read.
    let rules = RULES.lines().filter(|line| !line.starts_with("declassify"));
    let rules = rules.map(|line| format!("{line}\n")).collect::<String>();
    place.write("watch.risk", &rules.replace("or preparation >= 0.6", ""));
    let (code, out, err) = place.run(&["--audience", "public"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("country,month,overall,"), "{out}");
}

#[test]
fn a_message_about_a_column_that_may_be_seen_shows_no_other_cell() {
    let place = Place::new();
    let joined = "country,month,deaths,vetting,hate_speech,arms\n\
                  AVA,2024-01,ten,0.1,0.9173,0.2\nAVA,2024-02,2,0.1,0.9,0.2\n";
    place.write("joined.csv", joined);
    let run = |more: &[&str]| {
        let mut args = vec!["run", "watch.risk", "-d", "joined.csv"];
        args.extend(more);
        place.call(&args)
    };
    let (_, _, err) = run(&[]);
    assert!(err.contains("0.9173"), "{err}");
    let (code, _, err) = run(&["--audience", "public"]);
    assert_eq!(code, 1);
    assert!(
        err.contains("`ten` is not a number") && !err.contains("0.9173"),
        "{err}"
    );
    for format in ["json", "short", "github", "sarif"] {
        let (_, out, err) = run(&["--audience", "public", "--format", format]);
        assert!(
            !format!("{out}{err}").contains("0.9173"),
            "{format}: {out}{err}"
        );
    }
    // A line that falls apart is not shown either.
    place.write(
        "joined.csv",
        &format!("{joined}CAR,2024-01,3,0.1,0.9173,0.2,more\n").replace("ten", "10"),
    );
    let (_, _, err) = run(&["--audience", "public"]);
    assert!(err.contains("FW0911") && !err.contains("0.9173"), "{err}");
    // Two rows for one month differ in what may be seen alone.
    place.write(
        "joined.csv",
        &format!("{joined}AVA,2024-02,2,0.1,0.1234,0.2\n").replace("ten", "10"),
    );
    let (_, _, err) = run(&["--audience", "public"]);
    assert!(
        err.contains("FW0907") && !err.contains("0.1234") && !err.contains("hate_speech"),
        "{err}"
    );
}

#[test]
fn columns_of_withheld_indicators_may_be_mapped_and_need_not_be_there() {
    let place = Place::new();
    place.write("field.csv", &FIELD.replace("hate_speech", "hs_17"));
    let (code, _, err) = place.run(&["--map", "hate_speech=hs_17", "--audience", "public", "-q"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let (code, _, err) = place.run(&["--map", "hate_speach=hs_17", "--audience", "public", "-q"]);
    assert!(code == 2 && err.contains("hate_speach"), "{err}");
}

#[test]
fn nothing_to_show_is_said_and_not_shown_as_an_empty_table() {
    let place = Place::new();
    place.write(
        "closed.risk",
        "framework closed \"Closed\" version \"1\"\npanel country by month\n\
         indicator hate_speech : number in 0..1 classification confidential\n\
         score worse = 1 - hate_speech\n",
    );
    let args = [
        "run",
        "closed.risk",
        "-d",
        "field.csv",
        "--audience",
        "restricted",
    ];
    let (code, out, err) = place.call(&args);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        err.contains("`closed` has no result that a restricted audience may see"),
        "{err}"
    );
}

#[test]
fn lints_look_at_what_the_audience_may_see() {
    let place = Place::new();
    let lint = |more: &[&str]| {
        let mut args = vec!["lint", "watch.risk", "-d", "seen.csv", "-d", "field.csv"];
        args.extend(more);
        place.call(&args)
    };
    let (_, _, err) = lint(&["--audience", "public"]);
    assert!(!err.contains("DOR") && !err.contains("field.csv"), "{err}");
    assert!(
        !err.contains("FW1112") || !err.contains("field_alert"),
        "{err}"
    );
}

#[test]
fn failures_of_tests_withhold_values_of_what_the_audience_may_not_see() {
    let place = Place::new();
    let tests = "test \"known results\" from \"cases.csv\"\n\
                 test \"in the rules\" {\n  given hate_speech = 0.25\n  expect inverse is 3\n}\n";
    place.write("watch.risk", &format!("{RULES}{tests}"));
    place.write(
        "cases.csv",
        "country,month,deaths,vetting,hate_speech,arms,overall,inverse\n\
         ZED,2024-01,1,0.5,0.125,0.5,high,7.77\n",
    );
    let (code, _, err) = place.call(&["test", "watch.risk"]);
    assert!(
        code == 1 && err.contains("7.77") && err.contains('8'),
        "{err}"
    );
    let (code, _, err) = place.call(&["test", "watch.risk", "--audience", "public"]);
    assert_eq!(code, 1);
    assert!(err.contains("withheld (confidential)"), "{err}");
    assert!(!err.contains("7.77") && !err.contains("0.125"), "{err}");
    // What may be seen is told as ever.
    assert!(err.contains("high") && err.contains("low"), "{err}");
    let (_, json, _) = place.call(&[
        "test",
        "watch.risk",
        "--audience",
        "public",
        "--format",
        "json",
    ]);
    assert!(!json.contains("7.77"), "{json}");
    place.write(
        "cases.csv",
        "country,month,hate_speech,inverse\nZED,2024-01,witness_17,7.77\n",
    );
    let (_, _, err) = place.call(&["test", "watch.risk", "--audience", "public"]);
    assert!(!err.contains("witness_17") && !err.contains("ZED"), "{err}");
    let (code, _, _) = place.call(&["test", "watch.risk", "--audience", "public", "--update"]);
    assert_eq!(code, 2);
}

#[test]
fn declassified_values_have_rows_where_only_withheld_files_go_by_the_period() {
    let place = Place::new();
    place.write(
        "slow.risk",
        "framework slow \"Slow\" version \"1\"\npanel country by month\n\
         indicator people : number in 1..  missing means 1 because \"at least one\"\n\
         indicator reports : number in 0.. classification confidential\n\
         score rate = reports / people\ndeclassify rate because \"a rate names no one\"\n",
    );
    place.write("people.csv", "country,people\nAVA,10\nCAR,5\n");
    place.write(
        "reports.csv",
        "country,month,reports\nAVA,2024-01,3\nAVA,2024-02,4\n",
    );
    let args = [
        "run",
        "slow.risk",
        "-d",
        "people.csv",
        "-d",
        "reports.csv",
        "--audience",
        "public",
    ];
    let (code, out, err) = place.call(&args);
    assert_eq!(code, 0, "{err}");
    assert_eq!(
        out,
        "country,month,rate\nAVA,2024-01,0.3\nAVA,2024-02,0.4\n"
    );
    let manifest = [args.as_slice(), &["-o", "rate.csv"]].concat();
    let (code, _, err) = place.call(&manifest);
    assert_eq!(code, 0, "{err}");
    let (code, out, err) = place.call(&["verify", "rate.csv.manifest.json"]);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn a_file_is_read_in_the_same_way_whether_or_not_the_others_are_withheld() {
    let place = Place::new();
    // Among several files a key may go by its name in the rules, and what no file has is told.
    let rules = RULES.replace(
        "panel country by month",
        "panel country column \"iso3\" by month",
    );
    place.write("watch.risk", &rules);
    for more in [&[][..], &["--audience", "public"]] {
        let (code, _, err) = place.run(more);
        assert_eq!(code, 0, "{err}");
    }
    place.write("seen.csv", &SEEN.replace("vetting", "vetted"));
    let (code, _, err) = place.run(&["--audience", "public"]);
    assert_eq!(code, 1, "{err}");
    assert!(
        err.contains("FW0902") && err.contains("vetting") && !err.contains("hate_speech"),
        "{err}"
    );
}

#[test]
fn what_tells_of_all_cells_of_a_table_is_refused_for_an_audience() {
    let place = Place::new();
    for option in ["--coverage", "--mutate", "--update"] {
        let (code, _, err) = place.call(&["test", "watch.risk", "--audience", "public", option]);
        assert!(code == 2 && err.contains(option), "{option}: {err}");
    }
}

const POSTS: &str = "framework posts \"Posts\" version \"1.0.0\"
panel country by month
source field \"Field\" { classification confidential }
indicator hate \"Hate\" : number in 0..1 from field
indicator deaths \"Deaths\" : number in 0..
score sealed = minmax(hate, baseline: 2024..2024)
score open = minmax(deaths, baseline: 2024..2024)
score double = 2 * sealed
declassify double because \"scaled\"
";

fn posts() -> Place {
    let place = Place::new();
    place.write("posts.risk", POSTS);
    place.write(
        "first.csv",
        "country,month,hate,deaths\nAVA,2024-01,1,3\nCAR,2024-01,0,4\nDOR,2024-01,0.25,9\n",
    );
    place.write(
        "second.csv",
        "country,month,hate,deaths\nAVA,2024-02,0.5,3\nCAR,2024-02,0.25,4\nDOR,2024-02,0.3,5\n",
    );
    place
}

#[test]
fn goalposts_of_sealed_values_are_for_those_who_may_see_them() {
    let place = posts();
    let run = |data: &str, more: &[&str]| {
        let mut args = vec!["run", "posts.risk", "-d", data];
        args.extend(more);
        place.call(&args)
    };
    let (code, _, err) = run("first.csv", &["-o", "all.csv", "-q"]);
    assert_eq!(code, 0, "{err}");
    let given = ["--goalposts", "all.csv.manifest.json"];
    let public = ["--audience", "public", "-o", "public.csv", "-q"];
    let (code, _, err) = run("second.csv", &[&given[..], &public].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    // By the posts on record, 0.5 of 0..1: by the second file's own it would be all of it.
    assert!(place.read("public.csv").contains("AVA,2024-02,0,1\n"));
    let manifest = place.read("public.csv.manifest.json");
    assert!(manifest.contains("\"declaration\": \"open\""), "{manifest}");
    assert!(
        !manifest.contains("\"declaration\": \"sealed\""),
        "{manifest}"
    );
    let (code, out, err) = place.call(&["verify", "public.csv.manifest.json"]);
    assert_eq!(code, 0, "{out}{err}");
    // One that was written for the public lacks what both a whole run and a public one need.
    let given = ["--goalposts", "public.csv.manifest.json", "-q"];
    for more in [&[][..], &["--audience", "public"]] {
        let (code, out, err) = run("second.csv", &[&given[..], more].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{more:?}");
        assert!(
            err.contains("the goalposts of `sealed` are not in it"),
            "{err}"
        );
    }
    // And it does not take the place of one that has them.
    let before = place.read("all.csv.manifest.json");
    let (code, _, err) = run("first.csv", &["-o", "all.csv", "--audience", "public"]);
    assert!(code == 2 && err.contains("would lose them"), "{err}");
    assert_eq!(place.read("all.csv.manifest.json"), before);
}

#[test]
fn a_file_of_which_the_audience_sees_no_column_is_not_read_whatever_it_holds() {
    let place = Place::new();
    let rules = RULES.lines().filter(|line| !line.starts_with("declassify"));
    let rules = rules.map(|line| format!("{line}\n")).collect::<String>();
    let optional = "indicator colour : number in 0..9 optional\nscore shade = colour\n";
    place.write(
        "watch.risk",
        &(rules.replace("or preparation >= 0.6", "") + optional),
    );
    let run = || place.run(&["--audience", "public", "-o", "out.csv"]);
    let told = || {
        let (code, _, err) = run();
        (
            code,
            err,
            place.read("out.csv"),
            place.read("out.csv.manifest.json"),
        )
    };
    let first = told();
    assert_eq!(first.0, 0, "{}", first.1);
    assert!(!first.3.contains("field.csv"), "{}", first.3);
    for text in [
        "",
        "not a table",
        "country,month,hate_speech,arms,colours\nAVA,2024-01,witness 17,0.2,1\nAVA,2024-01,1,1,1\n",
        "nation,month,hate_speech,arms\nZED,1999-13,1,1,1,1\n",
        "country,month,witness_hate_speech\nWLD,2024-01,1\n",
    ] {
        place.write("field.csv", text);
        assert_eq!(told(), first, "{text}");
    }
}

#[test]
fn columns_that_are_not_for_the_audience_are_not_named() {
    let place = Place::new();
    // The column that lacks is told; what else the file has is not.
    place.write(
        "joined.csv",
        "country,month,deaths,vettings,witness_list\nAVA,2024-01,10,0.1,x\n",
    );
    let args = [
        "run",
        "watch.risk",
        "-d",
        "joined.csv",
        "--audience",
        "public",
    ];
    let rules = RULES.lines().filter(|line| !line.starts_with("declassify"));
    let rules = rules.map(|line| format!("{line}\n")).collect::<String>();
    let rules = rules.replace("or preparation >= 0.6", "or vetting >= 0.6");
    place.write("watch.risk", &rules);
    let (code, _, err) = place.call(&args);
    assert!(code == 1 && err.contains("vetting"), "{err}");
    assert!(
        !err.contains("vettings") && !err.contains("witness_list"),
        "{err}"
    );
}

#[test]
fn a_table_of_cases_is_compared_by_what_the_audience_may_see() {
    let place = Place::new();
    let test = "test \"known\" from \"cases.csv\"\n";
    place.write("watch.risk", &format!("{RULES}{test}"));
    let head = "country,month,deaths,vetting,hate_speech,arms,overall,inverse\n";
    let told = |row: &str| {
        place.write("cases.csv", &format!("{head}{row}\n"));
        place.call(&["test", "watch.risk", "--audience", "public"])
    };
    let right = told("ZED,2024-01,1,0.5,0.125,0.5,low,8");
    assert_eq!(right.0, 0, "{}", right.2);
    // `inverse` is withheld, and no outcome depends on it.
    assert_eq!(told("ZED,2024-01,1,0.5,0.125,0.5,low,7.77"), right);
    let wrong = told("ZED,2024-01,1,0.5,0.125,0.5,high,8");
    assert!(
        wrong.0 == 1 && wrong.2.contains("ZED, 2024-01"),
        "{}",
        wrong.2
    );
    // A declassified value is worked out from what is not shown.
    let seen = told("ZED,2024-01,1,0.9,0.9,0.9,high,8");
    assert_eq!(seen.0, 0, "{}", seen.2);
    let (code, _, err) = place.call(&["test", "watch.risk"]);
    assert!(code == 1 && err.contains("inverse"), "{err}");
}

#[test]
fn a_comparison_reads_nothing_that_either_framework_holds_closed() {
    let place = Place::new();
    let rules = |level: &str, hate: &str| {
        format!(
            "framework watch \"Watch\" version \"1\"\npanel country by month\n\
             indicator deaths : number in 0..\nindicator hate : number in 0..1{hate}\n\
             scale concern {{ low < high }}\n\
             level seen : concern {{ high when deaths >= {level}, low otherwise }}\n\
             level heard : concern {{ high when hate >= 0.{level}, low otherwise }}\n"
        )
    };
    place.write("old.risk", &rules("5", ""));
    place.write("new.risk", &rules("3", " classification confidential"));
    let told = |cell: &str, order: [&str; 2]| {
        place.write(
            "joined.csv",
            &format!("country,month,deaths,hate\nAVA,2024-01,4,{cell}\nCAR,2024-01,9,0.4\n"),
        );
        let args = [
            order[0],
            order[1],
            "-d",
            "joined.csv",
            "--audience",
            "public",
        ];
        place.call(&[&["diff"][..], &args].concat())
    };
    for order in [["old.risk", "new.risk"], ["new.risk", "old.risk"]] {
        let first = told("0.4", order);
        assert_eq!(first.0, 0, "{}", first.2);
        assert!(
            first.1.contains("seen") && first.1.contains("AVA"),
            "{}",
            first.1
        );
        for cell in ["0.1", "", "witness 17", "99"] {
            assert_eq!(told(cell, order), first, "{cell}");
        }
    }
    let all = place.call(&["diff", "old.risk", "new.risk", "-d", "joined.csv"]);
    assert!(all.0 != 0 || all.1.contains("heard"), "{}", all.1);
}

#[test]
fn the_audience_that_was_asked_for_is_on_record_even_where_nothing_is_withheld() {
    let place = Place::new();
    place.write(
        "open.risk",
        "framework open \"Open\" version \"1\"\npanel country by month\n\
         indicator deaths : number in 0..\nscore burden = deaths\n",
    );
    let args = ["run", "open.risk", "-d", "seen.csv", "-o", "open.csv", "-q"];
    place.call(&[&args[..], &["--audience", "restricted"]].concat());
    let manifest = place.read("open.csv.manifest.json");
    assert!(
        manifest.contains("\"audience\": \"restricted\""),
        "{manifest}"
    );
}

#[test]
fn times_are_not_told_where_something_is_withheld() {
    let place = Place::new();
    let (_, _, err) = place.run(&[]);
    assert!(err.contains(" ms ("), "{err}");
    let (_, _, err) = place.run(&["--audience", "public"]);
    assert!(!err.contains(" ms"), "{err}");
}
