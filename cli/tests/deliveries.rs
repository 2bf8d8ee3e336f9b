//! Numbers that deliveries would make wrong without a word: columns that one of them lacks, months that did not come,
//! footers, orders, names of events, codes, deletions. Each is missing or told, and what is told to do works.

use crate::on_data::{place, rows, run, tells, tells_not};
use crate::place::Place;

const RULES: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
unit deaths
unit people
indicator killed \"Killed\" : deaths in 0..
  missing means 0 deaths because \"the register lists every case\"
indicator fled \"Fled\" : people in 0.. optional
  missing means 0 people because \"the register lists every case\"
score k = killed
score f = fled
";

const STACK: &str = "[[data]]\nfiles = \"d_*.csv\"\n";

#[test]
fn a_column_that_a_file_lacks_is_missing_and_no_nought() {
    // A late column, one that is gone, one that was renamed.
    for (first, second, values) in [
        (
            "country,month,killed\nAVA,2031-01,5\n",
            "country,month,killed,fled\nAVA,2031-02,7,100\n",
            ["AVA,2031-01,5,", "AVA,2031-02,7,100"],
        ),
        (
            "country,month,killed,fled\nAVA,2031-01,5,7\n",
            "country,month,fled\nAVA,2031-02,100\n",
            ["AVA,2031-01,5,7", "AVA,2031-02,,100"],
        ),
        (
            "country,month,killed,fled\nAVA,2031-01,5,7\n",
            "country,month,killed,Fled\nAVA,2031-02,7,100\n",
            ["AVA,2031-01,5,7", "AVA,2031-02,7,"],
        ),
        // Empty cells of a column that is there are what `missing means` says.
        (
            "country,month,killed,fled\nAVA,2031-01,,7\n",
            "country,month,killed,fled\nAVA,2031-02,7,\n",
            ["AVA,2031-01,0,7", "AVA,2031-02,7,0"],
        ),
    ] {
        let place = place(
            RULES,
            &[
                ("d_1.csv", first),
                ("d_2.csv", second),
                ("forewarn.toml", STACK),
            ],
        );
        let ended = run(&place, &[]);
        assert_eq!(rows(&ended), values, "{second}");
    }
}

#[test]
fn what_is_told_of_a_column_that_is_gone_is_so() {
    let first = "country,month,killed,fled\nAVA,2031-01,5,7\n";
    let place = place(
        RULES,
        &[
            ("d_1.csv", first),
            ("d_2.csv", "country,month,fled\nAVA,2031-02,100\n"),
            ("forewarn.toml", STACK),
        ],
    );
    tells(
        &run(&place, &[]),
        &[
            "warning[FW0950]",
            "is missing for these rows, whatever `missing means` says",
        ],
    );
    // The column, empty, says that nothing happened.
    place.write("d_2.csv", "country,month,killed,fled\nAVA,2031-02,,100\n");
    let ended = run(&place, &[]);
    tells_not(&ended, "FW0950");
    assert_eq!(rows(&ended)[1], "AVA,2031-02,0,100");
}

#[test]
fn a_period_without_a_column_of_an_indicator_is_missing() {
    let wide = "country,killed_2031-01,fled_2031-01,killed_2031-02\nAVA,5,7,7\n";
    let place = place(
        RULES,
        &[
            ("d.csv", wide),
            ("d_1.csv", "country,killed_2031-01,fled_2031-01\nAVA,5,\n"),
            ("d_2.csv", "country,killed_2031-02\nAVA,7\n"),
        ],
    );
    let pattern = ["--wide", "{indicator}_{month}"];
    let one = run(&place, &[&["--data", "d.csv"][..], &pattern].concat());
    assert_eq!(rows(&one), ["AVA,2031-01,5,7", "AVA,2031-02,7,"]);
    let stack = run(&place, &[&["--data", "d_*.csv"][..], &pattern].concat());
    assert_eq!(rows(&stack), ["AVA,2031-01,5,0", "AVA,2031-02,7,"]);
}

#[test]
fn a_name_that_a_long_file_does_not_have_is_missing() {
    let recipe = "[[data]]\nfiles = \"d_*.csv\"\nshape = { long = \"item\", value = \"value\" }\n";
    let first = "country,month,item,value\nAVA,2031-01,killed,5\nAVA,2031-01,fled,7\nBRV,2031-01,killed,3\n";
    let place = place(
        RULES,
        &[
            ("d_1.csv", first),
            (
                "d_2.csv",
                "country,month,item,value\nAVA,2031-02,killed,7\n",
            ),
            ("forewarn.toml", recipe),
        ],
    );
    let ended = run(&place, &[]);
    // Of a name that the file has, a key without a row is an empty cell.
    let expected = ["AVA,2031-01,5,7", "AVA,2031-02,7,", "BRV,2031-01,3,0"];
    assert_eq!(rows(&ended), expected);
    tells(
        &ended,
        &[
            "warning[FW0984]",
            "`fled` is missing in the rows of that file",
        ],
    );
    // A row of the name with an empty value says so.
    place.write(
        "d_2.csv",
        "country,month,item,value\nAVA,2031-02,killed,7\nAVA,2031-02,fled,\n",
    );
    let ended = run(&place, &[]);
    assert_eq!(rows(&ended)[1], "AVA,2031-02,7,0");
    tells_not(&ended, "FW0984");
}

#[test]
fn an_object_without_a_name_is_missing_and_one_with_a_near_name_is_told() {
    let lines = "{\"country\":\"AVA\",\"month\":\"2031-01\"}\n\
                 {\"country\":\"AVA\",\"month\":\"2031-02\",\"killed\":7}\n\
                 {\"country\":\"AVA\",\"month\":\"2031-03\",\"killed\":null}\n";
    let list = |lines: &str| format!("[{}]", lines.trim().replace('\n', ","));
    let near = lines.replace("\"killed\":null", "\"Killed\":8");
    let place = place(
        RULES,
        &[
            ("d.ndjson", lines),
            ("d.json", &list(lines)),
            ("n.ndjson", &near),
            ("n.json", &list(&near)),
        ],
    );
    for file in ["d.ndjson", "d.json"] {
        let ended = run(&place, &["--data", file]);
        assert_eq!(
            rows(&ended),
            ["AVA,2031-01,,", "AVA,2031-02,7,", "AVA,2031-03,0,"],
            "{file}"
        );
    }
    for file in ["n.ndjson", "n.json"] {
        let ended = run(&place, &["--data", file]);
        assert_eq!(ended.code, 1, "{}", ended.out);
        tells(&ended, &["error[FW0979]", "write `killed` in all objects"]);
    }
    place.write("n.json", list(&near).replace("Killed", "killed"));
    let ended = run(&place, &["--data", "n.json"]);
    assert_eq!(rows(&ended)[2], "AVA,2031-03,8,");
}

#[test]
fn an_object_that_names_a_value_twice_is_refused() {
    let text = r#"[{"country":"AVA","month":"2031-01","killed":5,"killed":50}]"#;
    let place = place(RULES, &[("d.json", text)]);
    let ended = run(&place, &["--data", "d.json"]);
    assert_eq!(ended.code, 1, "{}", ended.out);
    tells(&ended, &["error[FW0916]", "names `killed` twice"]);
}

const EVENTS: &str = "[[data]]\nfiles = \"ev/*.csv\"\nmap = { month = \"date\" }\nsum = { killed = \"best\" }\n\n\
                      [[data]]\nfiles = \"pop.csv\"\n";
const POP: &str =
    "country,month,fled\nAVA,2031-01,1\nAVA,2031-02,1\nAVA,2031-03,1\nAVA,2031-04,1\n";

fn event(month: &str, best: u32) -> String {
    format!("country,date,best\nAVA,2031-{month}-03,{best}\n")
}

#[test]
fn a_month_that_never_came_is_unknown_and_told() {
    for names in [["e_2031-01", "e_2031-02", "e_2031-04"], ["a", "b", "c"]] {
        let files: Vec<(String, String)> = names
            .iter()
            .zip(["01", "02", "04"])
            .map(|(name, month)| (format!("ev/{name}.csv"), event(month, 5)))
            .collect();
        let mut all: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        all.extend([("pop.csv", POP), ("forewarn.toml", EVENTS)]);
        let place = place(RULES, &all);
        let ended = run(&place, &[]);
        tells(
            &ended,
            &[
                "warning[FW0991]",
                "of `2031-03` there is no delivery among 3 files, and `killed` is unknown there",
            ],
        );
        let expected = [
            "AVA,2031-01,5,1",
            "AVA,2031-02,5,1",
            "AVA,2031-03,,1",
            "AVA,2031-04,5,1",
        ];
        assert_eq!(rows(&ended), expected);
        // A header alone says nothing; a row of it says that nothing happened.
        place.write("ev/e_2031-03.csv", "country,date,best\n");
        let empty = run(&place, &[]);
        tells(&empty, &["warning[FW0991]", "warning[FW0914]"]);
        place.write("ev/e_2031-03.csv", event("03", 0));
        let whole = run(&place, &[]);
        tells_not(&whole, "FW09");
        assert_eq!(rows(&whole)[2], "AVA,2031-03,0,1");
    }
}

#[test]
fn files_of_years_reach_the_months_in_which_nothing_happened() {
    let place = place(
        RULES,
        &[
            ("ev/e_2030.csv", "country,date,best\nAVA,2030-12-03,5\n"),
            (
                "ev/e_2031.csv",
                "country,date,best\nAVA,2031-02-03,5\nAVA,2031-04-03,5\n",
            ),
            ("pop.csv", POP),
            ("forewarn.toml", EVENTS),
        ],
    );
    let ended = run(&place, &[]);
    tells_not(&ended, "FW0991");
    assert_eq!(rows(&ended)[1], "AVA,2031-01,0,1");
}

#[test]
fn a_late_correction_does_not_hide_a_month_that_never_came() {
    let late = format!("{}AVA,2031-01-09,1\n", event("04", 5));
    let place = place(
        RULES,
        &[
            ("ev/e_2031-01.csv", &event("01", 5)),
            ("ev/e_2031-02.csv", &event("02", 5)),
            ("ev/e_2031-04.csv", &late),
            ("pop.csv", POP),
            ("forewarn.toml", EVENTS),
        ],
    );
    let ended = run(&place, &[]);
    tells(&ended, &["warning[FW0991]"]);
    assert_eq!(rows(&ended)[2], "AVA,2031-03,,1");
}

#[test]
fn remarks_under_a_wide_table_are_no_countries() {
    for remark in [
        "Source : bureau",
        "Source",
        "Note: provisional",
        "* estimate",
        "Last updated 2031",
        "© Bureau",
        "(1) partial",
        "Bureau of numbers",
    ] {
        let wide = format!("country,2031-01,2031-02\nAVA,1,2\nBRV,3,4\n,,\n{remark},,\n");
        let place = place(RULES, &[("d.csv", &wide)]);
        let args = ["--data", "d.csv", "--wide", "months=killed"];
        let ended = run(&place, &args);
        assert_eq!(rows(&ended).len(), 4, "{remark}: {}", ended.out);
        tells(&ended, &["warning[FW0992]", "`--footer"]);
        // What is told to do works.
        let said = remark.find(':').map_or(remark, |at| &remark[..=at]);
        let told = run(&place, &[&args[..], &["--footer", said]].concat());
        tells_not(&told, "FW0992");
        assert_eq!(told.out, ended.out);
    }
    // An entity of which nothing is known, and one in the midst of the table.
    let wide = "country,2031-01,2031-02\nAVA,1,2\nCOR,,\nBRV,3,4\nDOR,n/a,n/a\n";
    let place = place(RULES, &[("d.csv", wide)]);
    let ended = run(
        &place,
        &[
            "--data",
            "d.csv",
            "--wide",
            "months=killed",
            "--missing",
            "n/a",
        ],
    );
    tells_not(&ended, "FW0992");
    assert!(ended.out.contains("DOR,2031-02"), "{}", ended.out);
    assert!(ended.out.contains("COR,"), "{}", ended.out);
}

#[test]
fn files_that_are_called_by_months_stand_in_their_order() {
    let recipe = "[[data]]\nfiles = \"in_*.csv\"\nwhen = \"latest wins\"\n";
    let file = |killed: u32| format!("country,month,killed\nAVA,2031-01,{killed}\n");
    let place = place(
        RULES,
        &[
            ("in_jan.csv", &file(1)),
            ("in_feb.csv", &file(10)),
            ("forewarn.toml", recipe),
        ],
    );
    let ended = run(&place, &[]);
    assert_eq!(rows(&ended), ["AVA,2031-01,10,"]);
    tells_not(&ended, "FW0987");
    // Whether December comes before or behind, nobody says.
    place.write("in_dec.csv", file(3));
    tells(
        &run(&place, &[]),
        &["warning[FW0987]", "a month without its year"],
    );
    let listed = recipe.replace(
        "\"in_*.csv\"",
        "[\"in_dec.csv\", \"in_jan.csv\", \"in_feb.csv\"]",
    );
    place.write("forewarn.toml", &listed);
    let ended = run(&place, &[]);
    tells_not(&ended, "FW0987");
    assert_eq!(rows(&ended), ["AVA,2031-01,10,"]);
}

#[test]
fn versions_of_one_month_in_words_are_told() {
    let recipe = "[[data]]\nfiles = \"k_*.csv\"\nwhen = \"latest wins\"\n";
    let file = |killed: u32| format!("country,month,killed\nAVA,2031-05,{killed}\n");
    for (one, other, told) in [
        ("k_2031-05 (final).csv", "k_2031-05_v2.csv", true),
        ("k_2031-05.csv", "k_2031-05_draft.csv", true),
        ("k_2031-05_rev.csv", "k_2031-05_final.csv", true),
        ("k_2031-05.csv", "k_2031-05_v2.csv", false),
        ("k_2031-05.csv", "k_2031-05_final.csv", false),
        ("k_2031-05_v2.csv", "k_2031-05_v10.csv", false),
        ("k_2031-05_north.csv", "k_2031-05_south.csv", false),
    ] {
        let place = place(
            RULES,
            &[
                (one, &file(1)),
                (other, &file(2)),
                ("forewarn.toml", recipe),
            ],
        );
        let ended = run(&place, &[]);
        assert_eq!(ended.err.contains("FW0987"), told, "{one}: {}", ended.err);
    }
}

#[test]
fn one_event_by_nearly_one_name() {
    let recipe = "[[data]]\nfiles = \"e_*.csv\"\nmap = { month = \"date\" }\nsum = { killed = \"best\" }\nonce = \"id\"\n\
                  when = \"latest wins\"\n";
    let file = |id: &str, best: u32| {
        format!("country,date,best,id\nAVA,2031-01-03,{best},{id}\nAVA,2031-01-04,1,x9\n")
    };
    for (one, other, sum, told) in [
        ("1", "1.0", 10, false),
        ("A1", "a1", 15, true),
        ("7", "007", 15, true),
        ("A1", "A2", 15, false),
        ("1-2", "12", 15, false),
    ] {
        let place = place(
            RULES,
            &[
                ("e_1.csv", &file(one, 5)),
                ("e_2.csv", &file(other, 9)),
                ("forewarn.toml", recipe),
            ],
        );
        let ended = run(&place, &[]);
        assert_eq!(
            rows(&ended),
            [format!("AVA,2031-01,{sum},")],
            "{one} {other}"
        );
        assert_eq!(ended.err.contains("warning[FW0993]"), told, "{}", ended.err);
    }
}

#[test]
fn a_code_in_quotation_marks_is_another_one_where_its_digits_are() {
    let text = "country,date,adm,best\nAVA,2031-01-03,012,5\nAVA,2031-01-04,12,7\nAVA,2031-01-05,1e2,11\n\
                AVA,2031-01-06,100,13\n";
    let place = place(RULES, &[("d.csv", text)]);
    for (rows_of, sum) in [
        ("adm = \"012\"", 5),
        ("adm is \"12\"", 7),
        ("adm in (\"100\")", 13),
        ("adm is not \"012\"", 31),
        ("adm = 12", 12),
        ("adm in (\"012\", \"1e2\")", 16),
    ] {
        let args = [
            "--data",
            "d.csv",
            "--map",
            "month=date",
            "--sum",
            "killed=best",
            "--rows",
            rows_of,
        ];
        let ended = run(&place, &args);
        assert_eq!(rows(&ended), [format!("AVA,2031-01,{sum},")], "{rows_of}");
    }
}

#[test]
fn a_deleted_observation_is_unknown() {
    let file = |action: &str, value: u32| {
        format!(
            "STRUCTURE,STRUCTURE_ID,ACTION,country,month,killed\ndataflow,X:Y(1.0),I,AVA,2031-01,10\ndataflow,X:Y(1.0),{action},AVA,2031-02,{value}\n"
        )
    };
    let place = place(RULES, &[("d.csv", &file("D", 99))]);
    let ended = run(&place, &["--data", "d.csv"]);
    tells(&ended, &["warning[FW0994]", "`--rows 'ACTION != \"D\"'`"]);
    assert_eq!(rows(&ended), ["AVA,2031-01,10,", "AVA,2031-02,,"]);
    let left = run(&place, &["--data", "d.csv", "--rows", "ACTION != \"D\""]);
    tells_not(&left, "FW0994");
    assert_eq!(rows(&left), ["AVA,2031-01,10,"]);
    // A later file takes back what an earlier one says, however rows meet.
    for when in ["latest wins", "must agree"] {
        place.write("s_1.csv", file("I", 99));
        place.write("s_2.csv", file("D", 99));
        place.write(
            "forewarn.toml",
            format!("[[data]]\nfiles = \"s_*.csv\"\nwhen = \"{when}\"\n"),
        );
        assert_eq!(
            rows(&run(&place, &[])),
            ["AVA,2031-01,10,", "AVA,2031-02,,"],
            "{when}"
        );
    }
}

#[test]
fn a_delivery_of_shares_among_percentages_is_told() {
    let rules = "framework w \"W\" version \"1.0.0\"\npanel country by month\nindicator r \"R\" : percent in 0..100\nscore s = r / 1%\n";
    let file = |month: u32, values: [&str; 3]| {
        let [one, two, three] = values;
        format!(
            "country,month,r\nAVA,2031-0{month},{one}\nBRV,2031-0{month},{two}\nCOR,2031-0{month},{three}\n"
        )
    };
    let (first, second) = (
        file(1, ["45", "12", "60"]),
        file(2, ["0.46", "0.13", "0.61"]),
    );
    let place = place(
        rules,
        &[
            ("d_1.csv", &first),
            ("d_2.csv", &second),
            ("d_3.csv", &file(3, ["44", "12.5", "60"])),
            ("forewarn.toml", STACK),
        ],
    );
    let ended = run(&place, &[]);
    tells(&ended, &["warning[FW0328]", "in `d_2.csv`"]);
    assert_eq!(run(&place, &["--deny", "warnings"]).code, 1);
    place.write("d_2.csv", file(2, ["46", "13", "61"]));
    tells_not(&run(&place, &[]), "FW0328");
    // Small percentages beside small ones.
    place.write("d_1.csv", file(1, ["1.45", "0.9", "2"]));
    place.write("d_2.csv", file(2, ["0.46", "0.13", "0.61"]));
    place.write("d_3.csv", file(3, ["1.45", "0.9", "2"]));
    tells_not(&run(&place, &[]), "FW0328");
}

#[test]
fn a_number_that_stands_for_missing_is_told() {
    let rules = |range: &str| {
        format!(
            "framework w \"W\" version \"1.0.0\"\npanel country by year\nindicator x \"X\" : number{range}\nscore s = mean(x, over: 3 years)\n"
        )
    };
    let text = "country,year,x\nAVA,2018,2.1\nAVA,2019,2.3\nAVA,2020,-999\nBRV,2018,1.1\nBRV,2019,-999\nBRV,2020,1.3\n";
    let place = place(&rules(""), &[("d.csv", text)]);
    let ended = run(&place, &["--data", "d.csv"]);
    tells(
        &ended,
        &[
            "warning[FW0995]",
            "`x` is -999 in 2 cells, and from 1.1 to 2.3 in all others",
            "`--missing=-999`",
        ],
    );
    tells_not(
        &run(&place, &["--data", "d.csv", "--missing=-999"]),
        "FW0995",
    );
    place.write("w.risk", rules(" in -5000..5000"));
    tells_not(&run(&place, &["--data", "d.csv"]), "FW0995");
    // Others are as low.
    place.write("w.risk", rules(""));
    place.write("d.csv", text.replace("2.3", "-2000"));
    tells_not(&run(&place, &["--data", "d.csv"]), "FW0995");
}

#[test]
fn a_comma_and_a_blank_between_thousands() {
    let rules = "framework w \"W\" version \"1.0.0\"\npanel country by year\nunit people\nindicator pop \"P\" : people in 0..\nscore s = pop\n";
    let place = place(
        rules,
        &[(
            "d.csv",
            "country,year,pop\nAVA,2031,\"1,234\"\nBRV,2031,1234\nCOR,2031,1 234\n",
        )],
    );
    let read = run(&place, &["--data", "d.csv", "--thousands", ","]);
    assert_eq!(
        rows(&read),
        ["AVA,2031,1234", "BRV,2031,1234", "COR,2031,1234"]
    );
    let asked = run(&place, &["--data", "d.csv"]);
    tells(&asked, &["is 1234 with `--thousands ,` and 1.234 with"]);
    let decimal = run(
        &place,
        &["--data", "d.csv", "--decimal", ",", "--thousands", " "],
    );
    tells(&decimal, &["warning[FW0947]"]);
}

const LOOKING_BACK: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
unit deaths
indicator killed \"Killed\" : deaths in 0..
  missing means 0 deaths because \"the register lists every case\"
score s = sum(killed, over: 3 months, require: 1 month)
";

#[test]
fn a_delivery_that_again_holds_less_of_earlier_months_is_told() {
    let recipe =
        "[[data]]\nfiles = \"ev/*.csv\"\nmap = { month = \"date\" }\nsum = { killed = \"best\" }\n";
    let october = "country,date,best\nAVA,2031-09-03,5\nAVA,2031-09-05,100\nBRV,2031-09-04,3\nAVA,2031-10-02,5\nBRV,2031-10-09,12\n";
    let november = "country,date,best\nAVA,2031-09-03,6\nBRV,2031-09-04,3\nBRV,2031-10-10,1\nAVA,2031-10-02,5\nBRV,2031-11-04,2\nAVA,2031-11-04,0\n";
    let place = place(
        LOOKING_BACK,
        &[("ev/o.csv", october), ("forewarn.toml", recipe)],
    );
    let first = run(&place, &["--state", "none", "-o", "october.csv"]);
    assert_eq!(first.code, 0, "{}", first.err);
    std::fs::remove_file(place.path().join("ev/o.csv")).unwrap();
    place.write("ev/n.csv", november);
    let ended = run(&place, &["--state", "october.csv"]);
    tells(
        &ended,
        &[
            "warning[FW0990]",
            "2 months that `october.csv.state.json` knows are there again, with less of `killed` in 2 rows",
            "`killed` of AVA, 2031-09 is 6, and was 105",
            "`killed` of BRV, 2031-10 is 1, and was 12",
        ],
    );
    // What is told to do works: rows of earlier months are left out.
    let left = run(
        &place,
        &["--state", "october.csv", "--rows", "date >= \"2031-11\""],
    );
    tells_not(&left, "FW0990");
    assert_eq!(rows(&left), ["AVA,2031-11,110", "BRV,2031-11,17"]);
    // Or the earlier files are given, without the state.
    place.write("ev/m.csv", october);
    let whole = run(&place, &[]);
    tells_not(&whole, "FW0990");
}

#[test]
fn a_stack_that_ends_too_early_is_told_as_a_stack() {
    let place = place(
        RULES,
        &[
            ("ev/e_2031-01.csv", &event("01", 5)),
            ("ev/e_2031-02.csv", &event("02", 5)),
            ("pop.csv", POP),
            ("forewarn.toml", EVENTS),
        ],
    );
    tells(
        &run(&place, &[]),
        &[
            "warning[FW0969]",
            "the 2 files with `ev/e_2031-02.csv` go from 2031-01 to 2031-02",
        ],
    );
}

#[test]
fn a_key_that_is_a_date_or_a_truth_is_told_as_that() {
    let text = r#"[{"country":true,"month":"2031-01","killed":5}]"#;
    let place = place(RULES, &[("d.json", text)]);
    let ended = run(&place, &["--data", "d.json"]);
    assert_eq!(ended.code, 1, "{}", ended.out);
    tells(
        &ended,
        &["error[FW0908]", "is no country: the cell holds yes or no"],
    );
    tells_not(&ended, "--fill");
}

#[test]
fn a_minus_of_printers_is_one() {
    let rules = "framework w \"W\" version \"1.0.0\"\npanel country by year\nindicator x \"X\" : number in -10..10\nscore s = x\n";
    let place = place(
        rules,
        &[
            ("d.csv", "country,year,x\nAVA,2031,−5.2\nBRV,2031,–1\n"),
            ("w.csv", "country,year,x\nAVA,2031,–\n"),
        ],
    );
    let read = run(&place, &["--data", "d.csv"]);
    assert_eq!(rows(&read), ["AVA,2031,-5.2", "BRV,2031,-1"]);
    // A dash alone stands for nothing.
    tells(&run(&place, &["--data", "w.csv"]), &["`--missing \"–\"`"]);
}

#[test]
fn a_period_in_the_future_is_told_by_the_report() {
    let rules = RULES.to_owned()
        + "scale c { low \"Low\" < high \"High\" }\nlevel l \"L\" : c { high when killed >= 5 deaths, low otherwise }\n";
    let place = Place::new("");
    place.write("p/w.risk", &rules);
    place.write(
        "p/d.csv",
        "country,month,killed\nAVA,2030-01,1\nAVA,2942-02,1\n",
    );
    place.write(
        "p/forewarn.toml",
        "[package]\nname = \"w\"\nversion = \"1.0.0\"\n\n[[data]]\nfiles = \"d.csv\"\n",
    );
    let report = place.run(&["report", "p", "--format", "md"]);
    assert!(report.out.contains("lies in the future"), "{}", report.out);
}

#[test]
fn a_report_says_what_last_months_report_said_otherwise() {
    let rules = "framework w \"W\" version \"1.0.0\"\npanel country by month\nunit deaths\n\
        indicator killed \"Killed\" : deaths in 0..\n\
        scale c { low \"Low\" < high \"High\" }\nlevel l \"Concern\" : c { high when killed >= 5 deaths, low otherwise }\n\
        alert warning \"Warning\" { raise when l >= high clear when l < high }\n";
    let place = place(
        rules,
        &[(
            "d.csv",
            "country,month,killed\nAVA,2023-01,1\nAVA,2023-02,9\n",
        )],
    );
    let first = run(
        &place,
        &["--data", "d.csv", "--state", "none", "-o", "feb.csv"],
    );
    assert_eq!(first.code, 0, "{}", first.err);
    place.write(
        "d.csv",
        "country,month,killed\nAVA,2023-01,1\nAVA,2023-02,2\nAVA,2023-03,9\n",
    );
    let args = [
        "report",
        "w.risk",
        "--data",
        "d.csv",
        "--state",
        "none",
        "--against",
        "feb.csv",
        "--format",
        "md",
    ];
    let report = place.run(&args);
    assert_eq!(report.code, 0, "{}", report.err);
    for words in [
        "What the earlier run said otherwise",
        "Concern in AVA, February 2023: High then, Low now.",
        "Warning in AVA, February 2023: raised then, quiet now.",
    ] {
        assert!(report.out.contains(words), "no `{words}` in {}", report.out);
    }
}
