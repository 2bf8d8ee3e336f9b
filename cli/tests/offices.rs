//! Files as offices deliver them: health systems' tables with names apart from rows, columns renamed from one month to
//! the next, footers that changed, names with breaks, numbers too near to nought. What is sound is read, what is not is
//! told with a way out that works.

use crate::on_data::{KILLED_AND_FLED, place, rows, run, tells, tells_not};
use crate::place::Place;

fn with(recipe: &str, files: &[(&str, &str)]) -> Place {
    let place = place(KILLED_AND_FLED, files);
    place.write("r.toml", recipe);
    place
}

#[test]
fn a_number_too_near_to_nought_is_none() {
    let place = with(
        "",
        &[("d.csv", "country,month,killed\nAVA,2024-04,1e-400\n")],
    );
    let ended = run(&place, &["--data", "d.csv"]);
    tells(
        &ended,
        &[
            "FW0903",
            "`1e-400` is too near to nought",
            "it would be read as 0",
        ],
    );
    let place = with(
        "",
        &[(
            "d.csv",
            "country,month,killed\nAVA,2024-04,0e-400\nBRV,2024-04,5e-324\n",
        )],
    );
    assert_eq!(
        rows(&run(&place, &["--data", "d.csv"])),
        ["AVA,2024-04,0,", "BRV,2024-04,5e-324,"]
    );
}

#[test]
fn names_and_rows_that_stand_apart_are_one_table() {
    let answer = r#"{"headers":[{"name":"dx","column":"Data"},{"name":"ou","column":"Unit"},{"name":"pe","column":"Period"},
        {"name":"value","column":"Value"}],"metaData":{"items":{"K1":{"name":"Killed"}},"dimensions":{"pe":["202404"]}},
        "rows":[["K1","AVA","202404","12.0"],["F1","AVA","202404","300.0"],["K1","BRV","202405","3.0"]],"width":4}"#;
    let recipe = "[[data]]\nfiles = \"d.json\"\nmap = { country = \"ou\", month = \"pe\" }\nperiod = \"YYYYMM\"\n\
                  shape = { long = \"dx\", value = \"value\", keys = { K1 = \"killed\", F1 = \"fled\" } }\n";
    let place = with(recipe, &[("d.json", answer)]);
    let ended = run(&place, &["--recipe", "r.toml"]);
    assert_eq!(rows(&ended), ["AVA,202404,12,300", "BRV,202405,3,"]);
    let split = r#"{"columns":["country","month","killed"],"index":[0,1],"data":[["AVA","2024-04",12],["BRV","2024-04",null]]}"#;
    let place = with("", &[("d.json", split)]);
    assert_eq!(
        rows(&run(&place, &["--data", "d.json"])),
        ["AVA,2024-04,12,", "BRV,2024-04,,"]
    );
}

#[test]
fn a_key_that_one_file_calls_otherwise_is_told_and_its_rows_are_not_left_out() {
    let april = ("d_2024-04.csv", "country,month,killed\nAVA,2024-04,12\n");
    let may = ("d_2024-05.csv", "Country,month,killed\nAVA,2024-05,7\n");
    let stack = "[[data]]\nfiles = \"d_*.csv\"\n";
    let place = with(stack, &[april, may]);
    let ended = run(&place, &["--recipe", "r.toml"]);
    tells(
        &ended,
        &[
            "error[FW0997]: `d_2024-05.csv` has no column `country`, which `d_2024-04.csv` has",
            "is it `Country` there?",
            "`--rename Country=country`",
            "`rename = { Country = \"country\" }`",
        ],
    );
    tells_not(&ended, "FW0908");
    // What the help says reads both.
    let place = with(
        &format!("{stack}rename = {{ Country = \"country\" }}\n"),
        &[april, may],
    );
    let both = ["AVA,2024-04,12,", "AVA,2024-05,7,"];
    assert_eq!(rows(&run(&place, &["--recipe", "r.toml"])), both);
    let place = with(stack, &[april, may]);
    let ended = run(
        &place,
        &["--recipe", "r.toml", "--rename", "Country=country"],
    );
    assert_eq!(rows(&ended), both);
    // The same of an indicator that was renamed.
    let may = ("d_2024-05.csv", "country,month,Killed\nAVA,2024-05,7\n");
    let place = with(stack, &[april, may]);
    tells(
        &run(&place, &["--recipe", "r.toml"]),
        &["FW0950", "`rename = { Killed = \"killed\" }`"],
    );
    let place = with(
        &format!("{stack}rename = {{ Killed = \"killed\" }}\n"),
        &[april, may],
    );
    assert_eq!(rows(&run(&place, &["--recipe", "r.toml"])), both);
    // The other way round: it is the first that lacks it.
    let place = with(
        stack,
        &[
            ("d_2024-04.csv", "Country,month,killed\nAVA,2024-04,12\n"),
            ("d_2024-05.csv", "country,month,killed\nAVA,2024-05,7\n"),
        ],
    );
    tells(
        &run(&place, &["--recipe", "r.toml"]),
        &["`d_2024-04.csv` has no column `country`, which `d_2024-05.csv` has"],
    );
}

#[test]
fn files_without_a_period_are_not_asked_which_of_them_holds() {
    let place = with(
        "[[data]]\nfiles = \"d_*.csv\"\n",
        &[
            ("d_2024-04.csv", "country,killed\nAVA,12\n"),
            ("d_2024-05.csv", "country,killed\nAVA,7\n"),
        ],
    );
    let ended = run(&place, &["--recipe", "r.toml"]);
    tells(&ended, &["FW0944", "no column says the month of a row"]);
    tells_not(&ended, "latest wins");
}

#[test]
fn a_footer_that_no_file_has_is_told() {
    let data = ("d.csv", "country,month,killed\nAVA,2024-04,12\n");
    let place = with(
        "[[data]]\nfiles = \"d.csv\"\nfooter = \"Sorce:\"\n",
        &[data],
    );
    tells(
        &run(&place, &["--recipe", "r.toml"]),
        &["warning[FW0998]: no row of `d.csv` begins with `Sorce:`"],
    );
    // One of several files has it.
    let stack = "[[data]]\nfiles = \"d_*.csv\"\nfooter = [\"Source:\", \"Note:\"]\n";
    let place = with(
        stack,
        &[
            (
                "d_1.csv",
                "country,month,killed\nAVA,2024-04,12\nSource: us\n",
            ),
            ("d_2.csv", "country,month,killed\nAVA,2024-05,7\n"),
        ],
    );
    assert_eq!(
        rows(&run(&place, &["--recipe", "r.toml"])),
        ["AVA,2024-04,12,", "AVA,2024-05,7,"]
    );
}

#[test]
fn a_near_name_with_its_unit_behind_it_is_told() {
    let place = with(
        "",
        &[(
            "d.csv",
            "country,month,killed,fled (thousands)\nAVA,2024-04,12,1.3\n",
        )],
    );
    let ended = run(&place, &["--data", "d.csv"]);
    tells(
        &ended,
        &[
            "FW0936",
            "`fled (thousands)` is not read, and `fled` has no column",
        ],
    );
}

#[test]
fn a_line_of_a_recipe_is_toml_whatever_a_column_is_called() {
    let place = with(
        "",
        &[(
            "d.csv",
            "country,month,\"People\nkilled\"\nAVA,2024-04,12\n",
        )],
    );
    let ended = run(&place, &["--data", "d.csv"]);
    let line = "map = { killed = \"People\\nkilled\" }";
    tells(&ended, &[line]);
    place.write("r.toml", format!("[[data]]\nfiles = \"d.csv\"\n{line}\n"));
    assert_eq!(
        rows(&run(&place, &["--recipe", "r.toml"])),
        ["AVA,2024-04,12,"]
    );
}

#[test]
fn rows_that_complete_each_other_are_put_together_and_lose_nothing() {
    let place = with(
        "",
        &[(
            "d.csv",
            "country,month,killed,fled\nBRV,2024-04,3,\nBRV,2024-04,,8\n",
        )],
    );
    let ended = run(&place, &["--data", "d.csv"]);
    tells(&ended, &["FW0907", "--when \"must agree\""]);
    tells_not(&ended, "latest wins");
    assert_eq!(
        rows(&run(&place, &["--data", "d.csv", "--when", "must agree"])),
        ["BRV,2024-04,3,8"]
    );
}

#[test]
fn a_month_of_which_several_days_stand_is_written_as_a_month() {
    let days = "[[data]]\nfiles = \"d.csv\"\nperiod = \"YYYY-MM-DD\"\n";
    let place = with(
        days,
        &[(
            "d.csv",
            "country,month,killed\nAVA,2024-04-30,1\nAVA,2024-05-01,2\n",
        )],
    );
    assert_eq!(
        rows(&run(&place, &["--recipe", "r.toml"])),
        ["AVA,2024-04,1,", "AVA,2024-05,2,"]
    );
    let place = with(
        days,
        &[(
            "d.csv",
            "country,month,killed\nAVA,2024-04-30,1\nAVA,2024-04-01,2\n",
        )],
    );
    tells(
        &run(&place, &["--recipe", "r.toml"]),
        &["both AVA, 2024-04 "],
    );
    let serials = "[[data]]\nfiles = \"d.csv\"\nperiod = \"45292 = 2024-01-01\"\n";
    let place = with(
        serials,
        &[("d.csv", "country,month,killed\nAVA,45385,1\nAVA,45413,2\n")],
    );
    assert_eq!(
        rows(&run(&place, &["--recipe", "r.toml"])),
        ["AVA,2024-04,1,", "AVA,2024-05,2,"]
    );
}

#[test]
fn slips_in_a_recipe_are_told_by_what_was_meant() {
    let data = ("d.csv", "country,month,killed\nav,2024-04,1\n");
    let place = with(
        "[[data]]\nfiles = \"d.csv\"\nkeys = { trim = \"yes\" }\n",
        &[data],
    );
    let ended = run(&place, &["--recipe", "r.toml"]);
    tells(&ended, &["`trim` is a step", "write `trim = true`"]);
    tells_not(&ended, "crosswalk");
    let place = with(
        "[[data]]\nfiles = \"d.csv\"\nkeys = { case = \"title\" }\n",
        &[data],
    );
    tells(
        &run(&place, &["--recipe", "r.toml"]),
        &[
            "`accents = true`",
            "`notes = true`",
            "`signs = true`",
            "`whole = true`",
        ],
    );
    for (word, meant) in [
        ("entity", "entities"),
        ("countries", "entities"),
        ("months", "periods"),
    ] {
        let recipe = format!("[[data]]\nfiles = \"d.csv\"\nexpect = [\"{word} >= 1\"]\n");
        let place = with(&recipe, &[data]);
        tells(
            &run(&place, &["--recipe", "r.toml"]),
            &["FW0942", &format!("did you mean `{meant}`?")],
        );
        let place = with(&recipe.replace(word, meant), &[data]);
        assert_eq!(
            rows(&run(&place, &["--recipe", "r.toml"])),
            ["av,2024-04,1,"]
        );
    }
    let codes = ("codes.csv", "code,country\nav,AVA\nbr,BRV\nav,AVX\n");
    let place = with("", &[data, codes]);
    let ended = run(
        &place,
        &["--data", "d.csv", "--crosswalk", "country=codes.csv"],
    );
    tells(
        &ended,
        &["`codes.csv` makes both `AVA` and `AVX` of `av`, in rows 2 and 4"],
    );
}

#[test]
fn a_period_with_a_letter_for_a_digit_is_offered_with_the_digit() {
    let wide = "[[data]]\nfiles = \"d.csv\"\nshape = { wide = \"months\", value = \"killed\" }\n";
    let place = with(
        wide,
        &[("d.csv", "country,2024-01,2024-02,2024-O3\nAVA,1,2,3\n")],
    );
    let ended = run(&place, &["--recipe", "r.toml"]);
    tells(
        &ended,
        &[
            "FW0983",
            "`2024-O3` has letters in place of digits: write `2024-03`",
        ],
    );
}
