//! What is not known or not certain is not taken as if it were: at the beginning of the data, of levels that may be reached, of cells
//! that have no row, of values with weights; and a test may expect that something is not there at all.

use crate::place;

use place::Place;

fn put(rules: &str, data: &str) -> Place {
    let place = Place::new("");
    place.write(
        "r.risk",
        format!("framework demo \"Demo\" version \"1\"\n{rules}"),
    );
    place.write("d.csv", data);
    place
}

const SILENCE: &str = "panel place by month\n\
     indicator speech \"Speech\" : assessment expires after 3 months\n\
     indicator raids \"Raids\" : number in 0..\n\
     notice silent \"Silent\" when speech is missing for 2 months\n\
     alert lost \"Lost\" { raise when speech is missing and raids >= 1 clear when raids < 1 }\n";

/// A column of a run, from the first row to the last.
fn column(rules: &str, data: &str, name: &str) -> Vec<String> {
    let place = put(rules, data);
    let words = [
        "run",
        "r.risk",
        "--data",
        "d.csv",
        "--to",
        "csv",
        "--period",
        "all",
        "--columns",
        name,
    ];
    let ended = place.run(&words);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let rows = ended.out.lines().skip(1);
    rows.map(|row| row.rsplit(',').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn an_absent_cell_may_stand_for_an_observation_before_the_data() {
    let data = "place,month,speech,raids\nQUM,2031-01,,2\nQUM,2031-02,,2\nQUM,2031-03,,2\nQUM,2031-04,,2\nQUM,2031-05,,2\n";
    // Three months later nothing of before the data can hold.
    let silent = column(SILENCE, data, "silent");
    assert_eq!(silent, ["unknown", "unknown", "unknown", "unknown", "yes"]);
    let lost = column(SILENCE, data, "lost");
    assert_eq!(lost, ["", "", "", "raised", "raised"]);
    // With the month before, it did hold.
    let before = data.replace("raids\n", "raids\nQUM,2030-12,present,0\n");
    let silent = column(SILENCE, &before, "silent");
    assert_eq!(silent, ["no", "no", "no", "no", "no", "yes"]);
}

#[test]
fn what_is_known_at_the_beginning_is_decided_there() {
    let data = "place,month,speech,raids\nQUM,2031-01,absent,0\nQUM,2031-02,,2\n";
    assert_eq!(column(SILENCE, data, "lost"), ["quiet", "quiet"]);
    let rules = "panel place by month\n\
         indicator a \"A\" : assessment expires after 3 months\n\
         indicator b \"B\" : assessment expires after 3 months\n\
         factor f \"F\" { combine mean require 1 known members { a, b } }\n\
         factor g \"G\" { combine mean evidence bounds members { a, b } }\n\
         alert of_f \"Of f\" { raise when f >= 0.5 clear when f < 0.5 }\n\
         alert of_g \"Of g\" { raise when g >= 0.5 clear when g < 0.5 }\n";
    let data = "place,month,a,b\nQUM,2031-01,present,\n";
    assert_eq!(column(rules, data, "of_f"), ["raised"]);
    assert_eq!(column(rules, data, "of_g"), ["raised"]);
}

#[test]
fn cells_out_of_date_are_those_of_rows() {
    let rules = "panel place by month\nindicator a \"A\" : assessment expires after 2 months\n\
         signal s \"S\" = lag(a is present, 1 month)\n";
    let data = "place,month,a\nQUM,2031-01,present\nQUM,2031-04,\nQUM,2031-09,absent\n";
    let place = put(rules, data);
    let ended = place.run(&["run", "r.risk", "--data", "d.csv", "--to", "csv"]);
    assert!(
        ended
            .err
            .contains("out of date: `a` 1 cell, last observed up to 3 months before"),
        "{}",
        ended.err
    );
}

#[test]
fn a_level_that_may_be_reached_is_not_said_to_be_never() {
    let rules = "panel place by month\nindicator x \"X\" : number in 0..100\n\
         scale s { low < mid < high }\n\
         level l \"L\" : s { high when x >= 90, mid when x >= 50, low otherwise }\n\
         alert a \"A\" { raise when x >= 1 clear when x < 1 }\n";
    let data = "place,month,x\nQUM,2031-01,60\nQUM,2031-02,20\nRIS,2031-01,\nRIS,2031-02,30\n";
    let place = put(rules, data);
    let ended = place.run(&["lint", "r.risk", "--data", "d.csv"]);
    let text = ended.err.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "`l` is never certainly `high` on these data",
        "4 rows and not one of them; 1 undetermined row may be",
        "the alert `a` stands in every row of these data in which its state is known",
        "3 rows: it is never quiet; in 1 more its state is not known",
    ] {
        assert!(text.contains(words), "no {words:?} in:\n{}", ended.err);
    }
}

#[test]
fn a_test_expects_that_something_is_not_applicable() {
    let rules = "panel place by month\nindicator coast \"Coast\" : truth\n\
         indicator theft \"Theft\" : number in 0..10 applies when coast\n\
         score t \"T\" = theft / 10\nsignal s \"S\" = theft >= 5\n\
         factor f \"F\" { combine mean members { t } }\n\
         test \"inland\" {\n  given coast = no\n  given theft = 4\n  expect theft is not applicable\n\
         expect t is not applicable\n  expect s is not applicable\n  expect f is not applicable\n}\n\
         test \"at the coast\" over 2 months {\n  given coast = [yes, no]\n  expect t is missing at month 1\n\
         expect t is not applicable at month 2\n}\n";
    let place = put(rules, "place,month,coast,theft\n");
    let ended = place.run(&["test", "r.risk"]);
    assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
    let wrong = rules.replace("is missing at month 1", "is not applicable at month 1");
    let place = put(&wrong, "place,month,coast,theft\n");
    let ended = place.run(&["test", "r.risk"]);
    assert_eq!(ended.code, 1, "{}", ended.out);
    assert!(ended.err.contains("FW1090"), "{}", ended.err);
}

#[test]
fn a_function_of_values_and_weights_takes_those_that_are_known() {
    let rules = "panel place by month\nindicators a \"A\", b \"B\", c \"C\" : number in 0..10\n\
         fn own(xs: list of number, weights: list of number) -> number = sum(xs * weights) / sum(weights)\n\
         group g \"G\" { a weight 2, b, c }\n\
         score two \"Two\" = own(a weight 2, b, c, require: 2 known)\nscore one \"One\" = own(g, require: 1 known)\n";
    let data = "place,month,a,b,c\nQUM,2031-01,6,3,\nRIS,2031-01,,,9\nSOL,2031-01,1,4,7\n";
    assert_eq!(column(rules, data, "two"), ["5", "", "3.25"]);
    assert_eq!(column(rules, data, "one"), ["5", "9", "3.25"]);
}
