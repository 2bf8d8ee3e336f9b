//! Two runs compared: rules the same and data revised, the other way round, or both.

use crate::place;

use place::{Place, UN};

const DATA: &str = "\
country,month,deaths_best,hate_speech,piracy
AVA,2024-01,600,absent,absent
AVA,2024-02,1200,absent,absent
BRU,2024-01,0,absent,present
BRU,2024-02,0,emerging,absent
CEL,2024-01,600,present,absent
";

fn place() -> Place {
    let place = Place::new("override param war_threshold = 500 deaths because \"Decision 4\"\n");
    place.write("then.csv", DATA);
    // One value of AVA is revised, one row is new and one is gone.
    let now = DATA.replace("AVA,2024-02,1200", "AVA,2024-02,900");
    place.write("revised.csv", &now);
    let now = now.replace("BRU,2024-01,0,absent,present\n", "");
    place.write("moved.csv", format!("{now}CEL,2024-02,0,absent,absent\n"));
    place
}

fn run(place: &Place, rules: &str, data: &str, out: &str) {
    std::fs::create_dir_all(place.path().join(out).parent().unwrap()).unwrap();
    place.does(&["run", rules, "--data", data, "-o", out, "--quiet"]);
}

fn json(place: &Place, first: &str, second: &str) -> serde_json::Value {
    let text = place.does(&["compare", first, second, "--format", "json"]);
    serde_json::from_str(&text).unwrap()
}

#[test]
fn revised_data_is_told_with_the_values_that_moved_each_result() {
    let place = place();
    run(&place, "un", "then.csv", "then/results.csv");
    run(&place, "un", "revised.csv", "now/results.csv");
    insta::assert_snapshot!(place.does(&["compare", "then", "now"]));
    let json = json(&place, "then/results.csv", "now/results.csv.manifest.json");
    assert_eq!(json["rules"], "the same (UN 1.2.0)");
    let effects = json["results"]["effects"].as_array().unwrap();
    assert!(!effects.is_empty());
    for effect in effects {
        assert_eq!(effect["entity"], "AVA");
        assert_eq!(effect["revised"][0]["indicator"], "deaths_best");
        assert_eq!(effect["revised"][0]["from"], "1200");
        assert_eq!(effect["revised"][0]["to"], "900");
    }
}

#[test]
fn changed_rules_are_told_by_declaration() {
    let place = place();
    run(&place, "un", "then.csv", "then.csv.out.csv");
    run(&place, "west", "then.csv", "now.csv.out.csv");
    insta::assert_snapshot!(place.does(&["compare", "then.csv.out.csv", "now.csv.out.csv"]));
}

#[test]
fn rules_and_data_are_told_apart_where_both_changed_and_rows_come_and_go() {
    let place = place();
    run(&place, "un", "then.csv", "then.parquet");
    run(&place, "west", "moved.csv", "now.parquet");
    insta::assert_snapshot!(place.does(&["compare", "then.parquet", "now.parquet"]));
    let markdown = [
        "compare",
        "then.parquet",
        "now.parquet",
        "--format",
        "markdown",
    ];
    insta::assert_snapshot!("both_as_markdown", place.does(&markdown));
    let ended = place.run(&[
        "compare",
        "then.parquet",
        "now.parquet",
        "--exit-code",
        "--quiet",
    ]);
    assert_eq!((ended.code, ended.out.as_str()), (1, ""));
    let same = place.run(&["compare", "then.parquet", "then.parquet", "--exit-code"]);
    assert_eq!(same.code, 0, "{}", same.out);
    assert!(same.out.contains("0 of"), "{}", same.out);
}

#[test]
fn params_from_outside_are_changes_of_the_rules() {
    let place = place();
    run(&place, "un", "then.csv", "then.out.csv");
    let set = [
        "run",
        "un",
        "--data",
        "then.csv",
        "--set",
        "war_threshold=500",
        "-o",
        "now.out.csv",
    ];
    place.does(&set);
    let json = json(&place, "then.out.csv", "now.out.csv");
    assert_eq!(
        json["changes"][0],
        "rules: params from outside: none → war_threshold=500"
    );
    assert!(!json["results"]["effects"].as_array().unwrap().is_empty());
    assert_eq!(json["results"]["effects"][0]["cause"]["alone"][0][0], 0);
}

#[test]
fn where_rules_or_data_are_not_at_hand_it_is_said_and_results_are_compared() {
    let place = place();
    run(&place, "un", "then.csv", "then.out.csv");
    run(&place, "west", "then.csv", "now.out.csv");
    place.write("un/un.risk", UN.replace("1_000", "999"));
    let told = place.does(&["compare", "then.out.csv", "now.out.csv"]);
    assert!(
        told.contains("causes are not told: of then.out.csv, un/un.risk has changed since"),
        "{told}"
    );
    assert!(told.contains("values of `at_war` differ"), "{told}");
    place.write("un/un.risk", UN);
    std::fs::rename(
        place.path().join("then.csv"),
        place.path().join("elsewhere.csv"),
    )
    .unwrap();
    let told = place.does(&["compare", "then.out.csv", "now.out.csv"]);
    assert!(told.contains("then.csv is not there"), "{told}");
    // A file without a manifest, from any other program.
    place.write(
        "plain.csv",
        "country,month,at_war\nAVA,2024-01,no\nAVA,2024-02,yes\n",
    );
    place.write(
        "other.csv",
        "country,month,at_war\nAVA,2024-01,yes\nAVA,2024-02,yes\n",
    );
    let told = place.does(&["compare", "plain.csv", "other.csv"]);
    assert!(told.contains("1 of 2 results differs"), "{told}");
    assert!(
        told.contains("plain.csv has no manifest beside it"),
        "{told}"
    );
    std::fs::rename(
        place.path().join("elsewhere.csv"),
        place.path().join("then.csv"),
    )
    .unwrap();
    // Results that were changed by hand are compared as they stand, and said to be.
    let results = place.read("now.out.csv").replace("yes", "no");
    place.write("now.out.csv", results);
    let told = place.does(&["compare", "then.out.csv", "now.out.csv"]);
    assert!(
        told.contains("now.out.csv is not as its run wrote it"),
        "{told}"
    );
}

#[test]
fn keys_that_are_written_as_numbers_stay_apart() {
    let place = place();
    place.write("a.csv", "code,year,x\n007,2020,1\n7,2020,2\n007,2021,3\n");
    place.write("b.csv", "code,year,x\n007,2020,1\n7,2020,2.5\n007,2021,3\n");
    let told = place.does(&["compare", "a.csv", "b.csv"]);
    assert!(
        told.contains("1 of 3 values of `x` differs, by at most 0.5 (7 2020, 2 → 2.5)"),
        "{told}"
    );
    let near = place.does(&["compare", "a.csv", "b.csv", "--tolerance", "0.5"]);
    assert!(near.contains("0 of 3 results differ"), "{near}");
    assert_eq!(
        place
            .run(&["compare", "a.csv", "b.csv", "--tolerance", "much"])
            .code,
        2
    );
    assert_eq!(place.run(&["compare", "a.csv", "nothing.csv"]).code, 2);
}

/// A month later there is a file more, and no alert was out before: whose level moved is told, and causes too.
#[test]
fn what_a_month_brought_is_told_first() {
    let place = Place::new("");
    place.write(
        "watch/watch.risk",
        "framework watch \"Watch\" version \"1.0.0\"\npanel country by month\n\
         indicator killed \"Killed\" : number in 0..\nscale c { low < high }\n\
         level overall \"Overall\" : c { high when killed >= 10, low otherwise }\n\
         alert warning \"Warning\" { raise when overall is high  clear when overall is low }\n",
    );
    place.write("watch/forewarn.toml", "[[data]]\nfiles = \"in/*.csv\"\n");
    place.write(
        "watch/in/1.csv",
        "country,month,killed\nAVA,2024-01,3\nBRU,2024-01,30\nCEL,2024-01,1\n",
    );
    place.does(&["run", "watch", "--state", "none", "--quiet"]);
    place.write(
        "watch/in/2.csv",
        "country,month,killed\nAVA,2024-02,30\nBRU,2024-02,31\nDOR,2024-02,1\n",
    );
    place.does(&["run", "watch", "--state", "none", "--quiet"]);
    insta::assert_snapshot!(place.does(&["compare", "watch/runs/2024-01", "watch/runs/2024-02"]));
    let json = json(&place, "watch/runs/2024-01", "watch/runs/2024-02");
    assert_eq!(json["moved"]["steps"][0]["entity"], "AVA");
    assert_eq!(json["moved"]["new"][0], "DOR");
    assert_eq!(json["moved"]["gone"][0], "CEL");
    let page = place.does(&[
        "compare",
        "watch/runs/2024-01",
        "watch/runs/2024-02",
        "--format",
        "markdown",
    ]);
    assert!(page.contains("| overall | AVA | low | high |"), "{page}");
}

/// Reports, comparisons of rules and lints read by the recipe, too.
#[test]
fn a_recipe_is_for_all_commands_that_read_data() {
    let place = Place::new("");
    let rules = "framework watch \"Watch\" version \"1.0.0\"\npanel country by month\n\
         indicator killed \"Killed\" : number in 0..\nscale c { low < high }\n\
         level overall \"Overall\" : c { high when killed >= 10, low otherwise }\n";
    place.write("watch/watch.risk", rules);
    place.write("stricter/watch.risk", rules.replace(">= 10", ">= 2"));
    place.write(
        "watch/forewarn.toml",
        "[[data]]\nfiles = \"in/*.csv\"\nskip = 1\n",
    );
    place.write(
        "watch/in/1.csv",
        "as delivered\ncountry,month,killed\nAVA,2024-01,3\nBRU,2024-01,30\n",
    );
    place.does(&["report", "watch", "-o", "report.md", "--quiet"]);
    place.does(&["verify", "report.md.manifest.json"]);
    let differs = place.does(&[
        "diff",
        "watch",
        "stricter",
        "--recipe",
        "watch/forewarn.toml",
    ]);
    assert!(differs.contains("AVA"), "{differs}");
    let linted = place.run(&["lint", "watch", "--recipe", "watch/forewarn.toml"]);
    assert!(!linted.err.contains("FW0940"), "{}", linted.err);
}

/// What was before the data is a cause of its own: no value of the data is blamed for it.
#[test]
fn what_was_said_of_before_is_told_apart_from_the_data() {
    let place = Place::new("");
    let rules = "framework watch \"Watch\" version \"1.0.0\"\npanel country by month\n\
         indicator killed \"Killed\" : number in 0..\n\
         alert warning \"Warning\" { raise when killed >= 10 }\n";
    place.write("watch.risk", rules);
    place.write(
        "d.csv",
        "country,month,killed\nAVA,2031-01,3\nAVA,2031-02,30\n",
    );
    place.does(&["run", "watch.risk", "--data", "d.csv", "-o", "a.csv"]);
    place.does(&[
        "run",
        "watch.risk",
        "--data",
        "d.csv",
        "--state",
        "none",
        "-o",
        "b.csv",
    ]);
    let told = place.does(&["compare", "a.csv", "b.csv"]);
    assert!(
        told.contains("before the data: not said → nothing (`--state none`)"),
        "{told}"
    );
    assert!(
        !told.contains("no longer give") && !told.contains("revised in"),
        "{told}"
    );
    let json = json(&place, "a.csv", "b.csv");
    let changes = json["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{json}");
    // With a row that is new as well, each has its own effects.
    place.write(
        "d2.csv",
        "country,month,killed\nAVA,2031-01,3\nAVA,2031-02,30\nBRU,2031-02,1\n",
    );
    place.does(&[
        "run",
        "watch.risk",
        "--data",
        "d2.csv",
        "--state",
        "none",
        "-o",
        "c.csv",
    ]);
    let told = place.does(&["compare", "a.csv", "c.csv"]);
    assert!(
        told.contains("before the data:") && told.contains("1 row new"),
        "{told}"
    );
}

const CARRYING: &str = "\
framework shelters \"Shelters\" version \"1.0.0\"
panel district by month
indicator full \"Beds taken\" : number in 0..
  carry forward at most 12 months
score crowded \"Crowded\" = full * 2
alert crowding \"Crowding\" { raise when crowded >= 100 for 2 months  clear when crowded < 40 }
";

/// Beds are counted three times in a year, and stand until they are counted again.
fn counted(april: &str, others: &[(&str, &str)]) -> String {
    let mut text = "district,month,full\n".to_owned();
    for district in ["Ost", "West"] {
        for month in 1..=12 {
            let when = format!("2031-{month:02}");
            let cell = match month {
                1 => "30",
                4 if district == "Ost" => april,
                4 => "60",
                8 => "10",
                _ => "",
            };
            let other = others
                .iter()
                .find(|(name, _)| *name == format!("{district} {when}"));
            let cell = other.map_or(cell, |(_, cell)| cell);
            text.push_str(&format!("{district},{when},{cell}\n"));
        }
    }
    text
}

#[test]
fn a_value_that_is_carried_on_is_revised_once_where_it_was_observed() {
    let place = Place::new("");
    place.write("shelters.risk", CARRYING);
    place.write("then.csv", counted("60", &[]));
    place.write("now.csv", counted("70", &[]));
    run(&place, "shelters.risk", "then.csv", "then.out.csv");
    run(&place, "shelters.risk", "now.csv", "now.out.csv");
    let told = place.does(&["compare", "then.out.csv", "now.out.csv"]);
    assert!(
        told.contains(
            "data: `full` revised in 1 cell: Ost 2031-04 60 → 70 (and so in 3 further rows)"
        ),
        "{told}"
    );
    assert!(
        told.contains("4  a  data: `full` revised in 1 cell"),
        "{told}"
    );
    assert!(
        told.contains("4 of 24 values of `crowded` differ"),
        "{told}"
    );
    let told = json(&place, "then.out.csv", "now.out.csv");
    let effects = told["results"]["effects"].as_array().unwrap();
    assert_eq!(effects.len(), 4);
    for effect in effects {
        assert_eq!(effect["revised"].as_array().unwrap().len(), 1);
        assert_eq!(effect["revised"][0]["period"], "2031-04");
    }
    // An observation that comes or goes is one cell, whatever stood there in its place.
    place.write(
        "now.csv",
        counted("", &[("West 2031-06", "60"), ("West 2031-10", "90")]),
    );
    run(&place, "shelters.risk", "now.csv", "now.out.csv");
    let told = place.does(&["compare", "then.out.csv", "now.out.csv"]);
    assert!(
        told.contains(
            "data: `full` revised in 3 cells: Ost 2031-04 60 → –, West 2031-06 – → 60 and West 2031-10 – → 90"
        ),
        "{told}"
    );
}

#[test]
fn what_an_earlier_run_hands_over_is_no_revised_data() {
    let place = Place::new("");
    place.write("shelters.risk", CARRYING);
    place.write("then.csv", counted("60", &[]));
    let all = counted("60", &[]);
    let late = |line: &&str| !line.contains("2031-0") || line.starts_with("district");
    place.write(
        "late.csv",
        all.lines()
            .filter(late)
            .map(|line| format!("{line}\n"))
            .collect::<String>(),
    );
    let early = |line: &&str| !line.contains("2031-1");
    place.write(
        "early.csv",
        all.lines()
            .filter(early)
            .map(|line| format!("{line}\n"))
            .collect::<String>(),
    );
    run(&place, "shelters.risk", "then.csv", "whole.out.csv");
    run(&place, "shelters.risk", "early.csv", "early.out.csv");
    let late = [
        "run",
        "shelters.risk",
        "--data",
        "late.csv",
        "--state",
        "early.out.csv",
        "-o",
        "late.out.csv",
        "--quiet",
    ];
    place.does(&late);
    let told = place.does(&["compare", "whole.out.csv", "late.out.csv"]);
    assert!(!told.contains("revised"), "{told}");
    assert!(!told.contains("causes are not told"), "{told}");
    assert!(told.contains("18 rows gone"), "{told}");
}

const COUNTED: &str = "framework counted \"Counted\" version \"1\"
panel area by month
indicator k \"Killed\" : number in 0..100 missing means 0 because \"the list holds every event\"
indicator b \"Other\" : number in 0..100 carry forward at most 3 months
score two \"Two months\" = sum(k, over: 2 months)
score both = k + b
";

#[test]
fn a_row_that_goes_from_within_a_series_is_a_row_that_is_gone() {
    let place = Place::new("");
    place.write("counted.risk", COUNTED);
    let all = "area,month,k,b\nDOR,2031-01,3,1\nDOR,2031-02,9,4\nDOR,2031-03,2,\nELB,2031-03,1,1\n";
    place.write("then.csv", all);
    place.write("now.csv", all.replace("DOR,2031-02,9,4\n", ""));
    run(&place, "counted.risk", "then.csv", "then.out.csv");
    run(&place, "counted.risk", "now.csv", "now.out.csv");
    for (first, second, told) in [
        (
            "then.out.csv",
            "now.out.csv",
            "data: 0 rows new, 1 row gone",
        ),
        (
            "now.out.csv",
            "then.out.csv",
            "data: 1 row new, 0 rows gone",
        ),
    ] {
        let said = place.does(&["compare", first, second]);
        assert!(said.contains(told), "{said}");
        assert!(!said.contains("revised"), "{said}");
        let json = json(&place, first, second);
        let effects = json["results"]["effects"].as_array().unwrap();
        // What was carried from that row goes with it.
        let columns: Vec<&str> = effects
            .iter()
            .map(|effect| effect["result"].as_str().unwrap())
            .collect();
        assert!(
            columns.contains(&"two") && columns.contains(&"both"),
            "{said}"
        );
        for effect in effects {
            assert_eq!(
                effect["revised"].as_array().map(Vec::len),
                Some(0),
                "{said}"
            );
        }
    }
    // With another value revised, each is told for what it is.
    let now = all.replace("DOR,2031-02,9,4\n", "");
    place.write("now.csv", now.replace("ELB,2031-03,1,1", "ELB,2031-03,8,1"));
    run(&place, "counted.risk", "now.csv", "now.out.csv");
    let said = place.does(&["compare", "then.out.csv", "now.out.csv"]);
    assert!(said.contains("data: 0 rows new, 1 row gone"), "{said}");
    assert!(
        said.contains("data: `k` revised in 1 cell: ELB 2031-03 1 → 8"),
        "{said}"
    );
}

#[test]
fn the_same_data_read_otherwise_are_told_as_the_reading() {
    let place = Place::new("");
    let rules = "framework read \"Read\" version \"1\"\npanel area by month\n\
        indicator x \"X\" : number in -100..100\nscore s = x * 2\n";
    place.write("read.risk", rules);
    place.write(
        "a.csv",
        "area,month,x,y\nDOR,2031-01,3,30\nDOR,2031-02,9,10\nELB,2031-01,-99,5\n",
    );
    place.write(
        "b.csv",
        "area,month,x,y\nDOR,2031-01,3,30\nDOR,2031-02,8,11\nELB,2031-01,-99,5\n",
    );
    let run = |data: &str, rest: &[&str], out: &str| {
        let words = ["run", "read.risk", "--data", data, "-o", out, "--quiet"];
        place.does(&[&words, rest].concat());
    };
    run("a.csv", &[], "plain.csv");
    for (rest, told, rows) in [
        (&["--map", "x=y"][..], "reading: with `--map x=y`", 3),
        (&["--missing=-99"][..], "reading: with `--missing=-99`", 1),
        (&["--except", "ELB"][..], "reading: with `--except ELB`", 0),
    ] {
        run("a.csv", rest, "other.csv");
        let said = place.does(&["compare", "plain.csv", "other.csv"]);
        assert!(said.contains(told), "{said}");
        assert!(!said.contains("data: "), "{said}");
        let json = json(&place, "plain.csv", "other.csv");
        assert_eq!(json["changes"][0], told);
        assert_eq!(json["results"]["effects"].as_array().unwrap().len(), rows);
        let back = place.does(&["compare", "other.csv", "plain.csv"]);
        assert!(back.contains(&told.replace("with", "without")), "{back}");
    }
    // Other data that are read otherwise, too: each is a change of its own.
    run("b.csv", &["--missing=-99"], "other.csv");
    let said = place.does(&["compare", "plain.csv", "other.csv"]);
    assert!(said.contains("reading: with `--missing=-99`"), "{said}");
    assert!(
        said.contains("data: `x` revised in 1 cell: DOR 2031-02 9 → 8"),
        "{said}"
    );
}

#[test]
fn a_run_that_goes_on_over_months_of_the_other_is_compared_with_causes() {
    let place = place();
    place.write(
        "wet.risk",
        "framework wet \"Wet\" version \"1\"
panel area by month
indicator rain \"Rain\" : number in 0..
score lately = sum(rain, over: 2 months)
",
    );
    place.write(
        "one.csv",
        "area,month,rain\nDOR,2024-01,60\nELB,2024-01,10\n",
    );
    place.write(
        "two.csv",
        "area,month,rain\nDOR,2024-01,20\nDOR,2024-02,70\nELB,2024-02,80\n",
    );
    for (data, state, out) in [
        ("one.csv", "none", "r1.csv"),
        ("two.csv", "r1.csv", "r2.csv"),
    ] {
        let mut args = vec!["run", "wet.risk", "--data", data, "--state", state];
        args.extend(["-o", out, "--quiet"]);
        place.does(&args);
    }
    let told = place.does(&["compare", "r1.csv", "r2.csv"]);
    assert!(!told.contains("causes are not told"), "{told}");
}
