//! Data that would be put together, counted or matched as something that they are not: each is told, and what is
//! told to do works.

use crate::on_data::{place, tells, tells_not};
use crate::place::{Ended, Place};

const YEARLY: &str = "\
framework w \"W\" version \"1.0.0\"
panel land by year
indicator ha \"Hazard\" : number in 0.. column \"Score\"
score s = ha
";

fn run(place: &Place, options: &[&str]) -> Ended {
    let args = ["run", "w.risk", "--to", "csv", "--data", "d.csv"];
    place.run(&[&args[..], options].concat())
}

#[track_caller]
fn rows(ended: &Ended, wanted: &[&str]) {
    assert_eq!(ended.code, 0, "{}", ended.err);
    let rows: Vec<&str> = ended.out.lines().skip(1).collect();
    assert_eq!(rows, wanted, "{}", ended.err);
}

#[test]
fn rows_of_several_indicators_are_no_sum() {
    let data = "land,year,Indicator,Score\nAVA,2031,HA,7.5\nAVA,2031,VU,6.5\nAVA,2031,VU,6.5\n";
    let place = place(YEARLY, &[("d.csv", data)]);
    let told = run(&place, &["--sum", "ha=Score"]);
    assert_ne!(told.code, 0, "{}", told.out);
    tells(
        &told,
        &[
            "FW0972",
            "`HA` and `VU`",
            "--long Indicator=Score",
            "d.csv, row 3",
            "d.csv, row 2",
        ],
    );
    // What it offers works.
    let long = ["--long", "Indicator=Score", "--long-key", "HA=ha"];
    rows(&run(&place, &long), &["AVA,2031,7.5"]);
    // And so is a long table whose values are summed up.
    let both = run(&place, &[&long[..], &["--sum", "ha=Score"]].concat());
    tells(&both, &["FW0972"]);
    let chosen = ["--sum", "ha=Score", "--rows", "Indicator = \"HA\""];
    rows(&run(&place, &chosen), &["AVA,2031,7.5"]);
    let together = [
        "--sum",
        "ha=Score",
        "--rows",
        "Indicator in (\"HA\", \"VU\")",
    ];
    rows(&run(&place, &together), &["AVA,2031,20.5"]);
}

#[test]
fn a_sum_is_not_offered_where_a_column_tells_rows_apart() {
    let data = "land,year,Unit,Score\nAVA,2031,percent,40\nAVA,2031,people,12\n";
    let place = place(YEARLY, &[("d.csv", data)]);
    let told = run(&place, &[]);
    tells(
        &told,
        &[
            "FW0907",
            "`Unit` may tell them apart",
            "--rows 'Unit = \"…\"'",
        ],
    );
    tells_not(&told, "--sum");
    tells(
        &run(&place, &["--sum", "ha=Score"]),
        &["FW0972", "in different units, `percent` and `people`"],
    );
    let latest = run(&place, &["--when", "latest wins"]);
    tells(
        &latest,
        &["FW0973", "different units", "`percent` and `people`"],
    );
    assert_ne!(
        run(&place, &["--when", "latest wins", "--deny", "warnings"]).code,
        0
    );
    rows(
        &run(&place, &["--rows", "Unit = \"people\"", "-q"]),
        &["AVA,2031,12"],
    );
}

#[test]
fn deliveries_of_the_same_and_events_are_put_together_as_before() {
    let twice = "land,year,Unit,Score\nAVA,2031,people,40\nAVA,2031,people,12\n";
    let files = place(YEARLY, &[("d.csv", twice)]);
    let latest = run(&files, &["--when", "latest wins"]);
    rows(&latest, &["AVA,2031,12"]);
    tells_not(&latest, "FW0973");
    let events =
        "land,year,event_type,community,Score\nAVA,2031,riot,North,4\nAVA,2031,raid,South,5\n";
    let files = place(YEARLY, &[("d.csv", events)]);
    rows(&run(&files, &["--sum", "ha=Score"]), &["AVA,2031,9"]);
}

#[test]
fn a_total_is_not_added_to_its_parts() {
    let data = "land,year,Sex,Score\nAVA,2031,Female,4\nAVA,2031,Male,5\nAVA,2031,Total,9\n";
    let place = place(YEARLY, &[("d.csv", data)]);
    let told = run(&place, &["--sum", "ha=Score"]);
    tells(&told, &["FW0972", "`Total` of `Sex`", "counted twice"]);
    let parts = ["--sum", "ha=Score", "--rows", "Sex != \"Total\""];
    rows(&run(&place, &parts), &["AVA,2031,9"]);
}

const EVENTS: &str = "\
framework w \"W\" version \"1.0.0\"
panel land by year
indicator people \"People\" : number in 0..
indicator killed \"Killed\" : number in 0.. missing means 0 because \"the file lists every event\"
score s = killed
score n = people
";

#[test]
fn a_file_without_rows_does_not_say_that_nothing_happened() {
    let people = "land,year,people\nAVA,2031,5\nBRV,2031,6\n";
    let files = place(
        EVENTS,
        &[("d.csv", people), ("e.csv", "land,year,killed\n")],
    );
    let told = run(&files, &["--data", "e.csv"]);
    rows(&told, &["AVA,2031,,5", "BRV,2031,,6"]);
    tells(
        &told,
        &[
            "FW0914",
            "`e.csv` has no rows",
            "`killed` is unknown throughout",
        ],
    );
    tells_not(&told, "the result will have no rows");
    // A row that says that nothing happened does.
    files.write("e.csv", "land,year,killed\nAVA,2031,\n");
    let said = run(&files, &["--data", "e.csv", "--deny", "warnings"]);
    rows(&said, &["AVA,2031,0,5", "BRV,2031,0,6"]);
    // The same of a file without periods.
    files.write("e.csv", "land,killed\n");
    rows(
        &run(&files, &["--data", "e.csv"]),
        &["AVA,2031,,5", "BRV,2031,,6"],
    );
    let alone = place(YEARLY, &[("d.csv", "land,year,Score\n")]);
    tells(
        &run(&alone, &[]),
        &["FW0914", "the result will have no rows either"],
    );
}

#[test]
fn flags_are_kept_and_shown() {
    let data = "land,year,Score\nAVA,2031,8.2 p\nBRV,2031,: c\nCED,2031,7\n";
    let place = place(YEARLY, &[("d.csv", data)]);
    let options = ["--flags", "--missing", ":"];
    let told = run(&place, &options);
    rows(&told, &["AVA,2031,8.2", "BRV,2031,", "CED,2031,7"]);
    tells(&told, &["flagged: `ha` c 1, p 1"]);
    let explain = |more: &[&str]| {
        let args = ["explain", "w.risk", "--data", "d.csv"];
        place.run(&[&args[..], &options, more].concat())
    };
    let page = explain(&["--entity", "AVA"]);
    assert!(
        page.out.contains("8.2 (flag `p` in the file)"),
        "{}",
        page.out
    );
    let page = explain(&["--entity", "BRV"]);
    assert!(page.out.contains("flag `c` in the file"), "{}", page.out);
    assert!(!explain(&["--entity", "CED"]).out.contains("flag"));
    let json = explain(&["--entity", "AVA", "--format", "json"]);
    assert!(json.out.contains("\"flag\": \"p\""), "{}", json.out);
    let read = place.run(&[&["data", "w.risk", "--data", "d.csv"][..], &options].concat());
    assert!(read.out.contains("with flags c 1, p 1"), "{}", read.out);
}

#[test]
fn flags_stay_with_their_rows_whatever_order_and_files_they_come_in() {
    let rules = "\
framework w \"W\" version \"1.0.0\"
panel land by month
indicator ha : number in 0..
indicator hb : number in 0..
score s = sum(ha, over: 2 months, require: 1 month) + hb
";
    // Rows out of order, a month that nobody has, and a yearly file beside.
    let monthly = "land,month,ha\nBRV,2031-01,3\nAVA,2031-04,4 e\nAVA,2031-01,8 p\n";
    let yearly = "land,year,hb\nAVA,2031,5 b\nBRV,2031,6\n";
    let place = place(rules, &[("d.csv", monthly), ("y.csv", yearly)]);
    let explain = |period: &str| {
        let args = [
            "explain", "w.risk", "--data", "d.csv", "--data", "y.csv", "--flags", "--entity",
            "AVA", "--period", period,
        ];
        place.run(&args).out
    };
    assert!(
        explain("2031-04").contains("flag `e`"),
        "{}",
        explain("2031-04")
    );
    assert!(
        explain("2031-01").contains("flag `p`"),
        "{}",
        explain("2031-01")
    );
    assert!(
        explain("2031-01").contains("flag `b`"),
        "{}",
        explain("2031-01")
    );
}

const LEVELS: &str = "\
framework w \"W\" version \"1.0.0\"
panel land by year
scale grade { low \"Low\" < mid \"Middle\" < high \"High\" }
indicator g \"Grade\" : grade
indicator k : category { north, south }
indicator t : truth
score s = if g >= mid then 1 else 0
signal n = k is north
signal u = t
";

#[test]
fn one_word_stands_for_one_thing() {
    let place = place(
        LEVELS,
        &[("d.csv", "land,year,g,k,t\nAVA,2031,severe,north,yes\n")],
    );
    let refused = |options: &[&str], words: &[&str]| {
        let told = run(&place, options);
        assert_ne!(told.code, 0, "{}", told.out);
        tells(&told, &[&["FW0971"][..], words].concat());
    };
    refused(
        &["--word", "high=severe", "--word", "low=severe"],
        &["`severe` is said to stand for `low` and for `high`"],
    );
    // Names that are swapped would do nothing.
    refused(
        &["--word", "high=low", "--word", "low=high"],
        &["`low` is said to stand for `high`, and is a name of `g` itself"],
    );
    refused(&["--word", "high=Middle"], &["the rules call `mid` so"]);
    refused(
        &["--word", "high=severe", "--missing", "severe"],
        &["for a missing value"],
    );
    refused(
        &["--yes", "ja", "--no", "Ja", "--word", "high=severe"],
        &["for `yes`"],
    );
    // Of two indicators a word may be one thing each.
    rows(
        &run(
            &place,
            &["--word", "high=severe", "--word", "north=severe", "-q"],
        ),
        &["AVA,2031,1,yes,yes"],
    );
    place.write(
        "r.toml",
        "[[data]]\nfiles = \"d.csv\"\nwords = { high = [\"severe\", \"grave\"], low = \"severe\" }\n",
    );
    let told = place.run(&["run", "w.risk", "--recipe", "r.toml"]);
    tells(&told, &["FW0971", "r.toml:3"]);
}

const DAILY: &str = "\
framework w \"W\" version \"1.0.0\"
panel land by day
indicator x : number in 0..
score s = x
";

#[test]
fn a_cell_that_two_patterns_read_differently_is_told_with_both_readings() {
    let data = "land,day,x\nAVA,01/02/2031,1\nAVA,13/02/2031,2\n";
    let place = place(DAILY, &[("d.csv", data)]);
    let both = [
        "--period-format",
        "DD/MM/YYYY",
        "--period-format",
        "MM/DD/YYYY",
    ];
    let words = [
        "FW0909",
        "`01/02/2031` can be read as two days",
        "`DD/MM/YYYY` reads 2031-02-01, `MM/DD/YYYY` reads 2031-01-02",
    ];
    tells(&run(&place, &both), &words);
    // Also where rows are put together.
    tells(
        &run(&place, &[&both[..], &["--when", "latest wins"]].concat()),
        &words,
    );
    rows(
        &run(&place, &["--period-format", "DD/MM/YYYY", "-q"]),
        &["AVA,01/02/2031,1", "AVA,13/02/2031,2"],
    );
}

#[test]
fn keys_that_differ_in_signs_or_a_nought_behind_a_point_are_told() {
    let rules = "\
framework w \"W\" version \"1.0.0\"
panel land by year
indicator x : number in 0..
score s = x
";
    let data = "land,year,x\nTavar-Elbe,2031,1\nTavar Elbe,2032,2\n";
    let files = place(rules, &[("d.csv", data)]);
    tells(
        &run(&files, &[]),
        &[
            "FW0932",
            "differ only in signs between words",
            "--keys signs",
        ],
    );
    rows(
        &run(&files, &["--keys", "signs", "--deny", "warnings"]),
        &["Tavar Elbe,2031,1", "Tavar Elbe,2032,2"],
    );
    let files = place(rules, &[("d.csv", "land,year,x\n7.0,2031,1\n7,2032,2\n")]);
    tells(
        &run(&files, &[]),
        &["FW0932", "noughts behind a point", "--keys whole"],
    );
    rows(
        &run(&files, &["--keys", "whole", "--deny", "warnings"]),
        &["7,2031,1", "7,2032,2"],
    );
}

#[test]
fn percent_signs_say_that_small_values_are_no_shares() {
    let rules = "\
framework w \"W\" version \"1.0.0\"
panel land
indicator p : percent in 0..100
score s = p
";
    let files = place(rules, &[("d.csv", "land,p\nAVA,0.7%\nBRV,0.2%\n")]);
    rows(
        &run(&files, &["--deny", "warnings"]),
        &["AVA,0.7", "BRV,0.2"],
    );
    let files = place(rules, &[("d.csv", "land,p\nAVA,0.7\nBRV,0.2\n")]);
    tells(&run(&files, &[]), &["FW0328"]);
}

const ALERT: &str = "\
framework w \"W\" version \"1.0.0\"
panel land by month
indicator killed : number in 0..
alert w \"Warning\" {
  raise when killed >= 25 for 2 months
  clear when killed < 10 for 2 months
}
";

#[test]
fn rows_that_go_on_empty_are_silence() {
    let data = "land,month,killed\nAVA,2031-01,30\nAVA,2031-02,40\nAVA,2031-03,\nAVA,2031-04,\n\
        BRV,2031-01,1\nBRV,2031-02,2\nBRV,2031-03,3\nBRV,2031-04,3\nCED,2031-03,\nCED,2031-04,\n";
    let place = place(ALERT, &[("d.csv", data)]);
    let told = run(&place, &["--events", "e.csv"]);
    tells(
        &told,
        &[
            "stopped reporting: AVA after 2031-02 (`w` raised and its rows go on, and are empty), while the panel goes \
             on to 2031-04",
            "only empty rows: CED",
        ],
    );
    let events = place.read("e.csv");
    assert!(events.contains("AVA,2031-03,w,silent"), "{events}");
    let table = place.run(&["run", "w.risk", "--data", "d.csv", "--to", "table", "-q"]);
    let words: Vec<&str> = table.out.split_whitespace().collect();
    assert!(
        words
            .join(" ")
            .contains("AVA has nothing but empty rows up to 2031-04"),
        "{}",
        table.out
    );
}

#[test]
fn a_word_for_missing_values_that_no_cell_has_is_told() {
    let data = "land,year,Score\nAVA,2031,-999\nBRV,2031,3\nCED,2031,n/k\n";
    let place = place(YEARLY, &[("d.csv", data)]);
    let told = run(
        &place,
        &["--missing=-999", "--missing", "n/k", "--missing=-77"],
    );
    tells(
        &told,
        &["FW0974", "no cell is `-77`, which is said", "--missing=-77"],
    );
    let options = ["--missing=-999.0", "--missing", "n/k", "--deny", "warnings"];
    rows(
        &run(&place, &options),
        &["AVA,2031,", "BRV,2031,3", "CED,2031,"],
    );
    // A column that is not read may have it.
    let wide = "land,year,Score,other\nAVA,2031,3,-77\n";
    let beside = self::place(YEARLY, &[("d.csv", wide)]);
    rows(
        &run(&beside, &["--missing=-77", "--deny", "warnings"]),
        &["AVA,2031,3"],
    );
    // A recipe is written for every month.
    place.write(
        "r.toml",
        "[[data]]\nfiles = \"d.csv\"\nmissing = [\"-999\", \"n/k\", \"-77\"]\n",
    );
    let ended = place.run(&["run", "w.risk", "--recipe", "r.toml", "--deny", "warnings"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
}

#[test]
fn a_slip_in_the_map_of_a_recipe_is_told_with_its_line() {
    let place = place(YEARLY, &[("d.csv", "land,year,Points\nAVA,2031,4\n")]);
    place.write(
        "r.toml",
        "[[data]]\nfiles = \"d.csv\"\nmap = { ha = \"Pionts\" }\n",
    );
    let told = place.run(&["run", "w.risk", "--recipe", "r.toml"]);
    tells(
        &told,
        &[
            "FW0902",
            "r.toml:3",
            "did you mean `Points`?",
            "`map = { ha = \"Points\" }`",
        ],
    );
}

#[test]
fn letters_that_may_multiply_are_offered_with_both_readings() {
    let place = place(
        YEARLY,
        &[("d.csv", "land,year,Score\nAVA,2031,5 b\nBRV,2031,7\n")],
    );
    tells(
        &run(&place, &[]),
        &[
            "FW0940",
            "`5 b` is 5 with `--flags`",
            "so many times as much with `--multiples`",
        ],
    );
}

#[test]
fn rows_of_a_series_may_be_its_indicators() {
    let rules = "\
framework w \"W\" version \"1.0.0\"
panel by month
indicator rain \"Rain\" : number in 0..
indicator heat \"Heat\" : number in 0..
score s = rain + heat
";
    let files = place(
        rules,
        &[("d.csv", "month,2031-01,2031-02\nrain,1,2\nheat,3,4\n")],
    );
    tells(
        &run(&files, &[]),
        &["FW0940", "--long month", "--wide months"],
    );
    let options = [
        "--long",
        "month",
        "--wide",
        "months",
        "--long-key",
        "rain=rain",
        "--long-key",
        "heat=heat",
    ];
    rows(&run(&files, &options), &["2031-01,4", "2031-02,6"]);
    let files = place(
        rules,
        &[("d.csv", "what,2031-01,2031-02\nmm,1,2\ndegrees,3,4\n")],
    );
    tells(
        &run(&files, &[]),
        &[
            "FW0940",
            "say which of its rows, `degrees`, `mm`",
            "--long-key NAME=rain",
        ],
    );
}

#[test]
fn periods_are_asked_for_as_the_data_have_them_and_by_a_day_within() {
    let rules = "\
framework w \"W\" version \"1.0.0\"
panel land by week
indicator x : number in 0..
score s = x
";
    let place = place(
        rules,
        &[("d.csv", "land,week,x\nAVA,2031W01,1\nAVA,2031-W02,2\n")],
    );
    for asked in ["2031W02", "2031-W2", "2031-01-06", "2031-01-08"] {
        rows(
            &run(&place, &["--period", asked, "-q"]),
            &["AVA,2031-W02,2"],
        );
    }
    let told = run(&place, &["--period", "2031-W07"]);
    tells(&told, &["there are 2031-W01 to 2031-W02", "`2031-W02`"]);
}

#[test]
fn entities_whose_keys_have_strokes_can_be_told_apart() {
    let rules = "\
framework w \"W\" version \"1.0.0\"
panel land, part by month
indicator x : number in 0..
score s = x
";
    let place = place(
        rules,
        &[(
            "d.csv",
            "land,part,month,x\nA/n,s,2031-01,1\nA,n/s,2031-01,9\n",
        )],
    );
    let explain = |entity: &str| {
        place.run(&[
            "explain", "w.risk", "--data", "d.csv", "--entity", entity, "s",
        ])
    };
    let told = explain("A/n/s");
    tells(&told, &["is 2 parts", "--entity \"A/n\\/s\""]);
    assert!(
        explain("A/n\\/s").out.contains("s: 9"),
        "{}",
        explain("A/n\\/s").out
    );
    assert!(
        explain("A\\/n/s").out.contains("s: 1"),
        "{}",
        explain("A\\/n/s").out
    );
    assert!(
        explain("A\\/n").out.contains("s: 1"),
        "{}",
        explain("A\\/n").out
    );
}

#[test]
fn what_files_are_read_as_is_told_for_an_audience() {
    let rules = "\
framework w \"W\" version \"1.0.0\"
panel land by year
source field \"F\" { classification confidential }
indicator open \"Open\" : number in 0..
indicator closed \"Closed\" : number in 0.. from field
score s = open
score t = closed
";
    let place = place(
        rules,
        &[("d.csv", "land,year,open,closed\nAVA,2031,1,77\n")],
    );
    let args = ["data", "w.risk", "--data", "d.csv"];
    let whole = place.run(&args);
    assert!(whole.out.contains("77"), "{} {}", whole.out, whole.err);
    let seen = place.run(&[&args[..], &["--audience", "public"]].concat());
    assert!(seen.out.contains("`open`: 1"), "{} {}", seen.out, seen.err);
    assert!(
        !seen.out.contains("77") && !seen.out.contains("closed"),
        "{}",
        seen.out
    );
}

#[test]
fn programs_are_told_how_far_a_command_has_come() {
    let place = place(YEARLY, &[("d.csv", "land,year,Score\nAVA,2031,4\n")]);
    let told = run(&place, &["--progress", "json", "-q"]);
    rows(&told, &["AVA,2031,4"]);
    let lines: Vec<serde_json::Value> = told
        .err
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let reading: Vec<&serde_json::Value> = lines
        .iter()
        .filter(|line| line["progress"] == "reading d.csv")
        .collect();
    assert!(reading.len() >= 2, "{}", told.err);
    assert_eq!(reading.last().unwrap()["finished"], true);
    assert_eq!(reading[0]["unit"], "bytes");
    assert!(lines.iter().any(|line| line["progress"] == "evaluating"));
}

#[test]
fn spreadsheets_of_a_country_have_a_csv_of_their_own() {
    let place = place(
        YEARLY,
        &[("d.csv", "land,year,Score\nAVA;North,2031,4.5\nBRV,2031,\n")],
    );
    let args = ["run", "w.risk", "--data", "d.csv", "-q"];
    let french = place.run(&[&args[..], &["--csv-for", "excel-fr"]].concat());
    let wanted = "\u{feff}land;year;s\r\n\"AVA;North\";2031;4,5\r\nBRV;2031;\r\n";
    assert_eq!(french.out, wanted, "{}", french.err);
    let swiss = place.run(&[&args[..], &["--csv-for", "de-CH"]].concat());
    assert!(swiss.out.contains(";4.5"), "{}", swiss.out);
    // Of a file it lies beside the one that programs read, which can be verified as ever.
    place.does(&[&args[..], &["-o", "out.csv", "--csv-for", "excel-fr"]].concat());
    assert_eq!(place.read("out.excel-fr.csv"), wanted);
    assert!(place.read("out.csv").starts_with("land,year,s\n"));
    place.does(&["verify", "out.csv.manifest.json"]);
    let unknown = place.run(&[&args[..], &["--csv-for", "excel-tlh"]].concat());
    assert_ne!(unknown.code, 0);
    assert!(unknown.err.contains("`excel-de-CH`"), "{}", unknown.err);
}

#[test]
fn keys_that_name_several_entities_are_told() {
    let rules = YEARLY.replace("column \"Score\"", "");
    let data = "land,year,ha\nAvalor,2031,1\nBelmark,2031,2\n\"Avalor, Belmark\",2031,3\n";
    let place = place(&rules, &[("d.csv", data)]);
    let told = run(&place, &[]);
    tells(
        &told,
        &[
            "FW0975",
            "`Avalor, Belmark` names several lands",
            "--except \"Avalor, Belmark\"",
        ],
    );
    let left = run(
        &place,
        &["--except", "Avalor, Belmark", "--deny", "warnings"],
    );
    rows(&left, &["Avalor,2031,1", "Belmark,2031,2"]);
}

#[test]
fn words_and_numbers_of_published_files_are_met() {
    let place = place(
        LEVELS,
        &[(
            "d.csv",
            "land,year,g,k,t\nAVA,2031,high,north,State-led\nBRV,2031,low,north,Non-State-led\n",
        )],
    );
    tells(&run(&place, &[]), &["--yes State-led --no Non-State-led"]);
    let rules = "\
framework w \"W\" version \"1.0.0\"
panel land by month
scale ipc { p1 < p2 < p3 }
indicator phase : ipc
indicator best : number in 0..
signal s = phase >= p2
score b = best
";
    place.write("w.risk", rules);
    place.write("d.csv", "land,month,phase,bd_best\nAVA,470,2,7\n");
    let told = run(&place, &[]);
    tells(&told, &["did you mean `bd_best`?"]);
    let told = run(&place, &["--map", "best=bd_best"]);
    tells(
        &told,
        &[
            "--period-format \"1 = 1980-01\"",
            "`470` is 2019-02",
            "--word p2=2",
        ],
    );
    let read = [
        "--map",
        "best=bd_best",
        "--period-format",
        "1 = 1980-01",
        "--word",
        "p2=2",
        "-q",
    ];
    assert_eq!(run(&place, &read).code, 0);
}

#[test]
fn columns_of_one_row_that_are_for_one_key_are_no_two_rows() {
    let rules =
        "framework w \"W\" version \"1.0.0\"\npanel land\nindicator x : number\nscore s = x\n";
    let place = place(rules, &[("d.csv", "land,2030,2031\nAVA,1,2\n")]);
    let told = run(&place, &["--wide", "2030..2031=x"]);
    assert_ne!(told.code, 0, "{}", told.out);
    tells(
        &told,
        &[
            "FW0907",
            "two columns of one row",
            "row 2 of d.csv says more than once what AVA is",
        ],
    );
    tells_not(&told, "rows 2 and 2");
    // Each way out.
    let one = run(&place, &["--map", "x=2031"]);
    rows(&one, &["AVA,2"]);
    place.write("w.risk", rules.replace("panel land", "panel land by year"));
    let both = run(&place, &["--wide", "2030..2031=x"]);
    rows(&both, &["AVA,2030,1", "AVA,2031,2"]);
}
