//! Recipes that are guessed where a file calls things otherwise than rules do, or in another language.

use crate::on_data::{KILLED_AND_FLED, place, rows, run};
use crate::place::Place;

fn guess(place: &Place, file: &str) -> String {
    let ended = place.run(&["data", "w.risk", "--guess", file]);
    place.write("r.toml", &ended.out);
    ended.out
}

/// The recipe for a text has these lines, and what is read by it are these rows.
#[track_caller]
fn reads(rules: &str, (file, text): (&str, &str), lines: &[&str], read: &[&str]) {
    let place = place(rules, &[(file, text)]);
    let recipe = guess(&place, file);
    for line in lines {
        assert!(recipe.contains(line), "no `{line}` in {recipe}");
    }
    assert_eq!(
        rows(&run(&place, &["--recipe", "r.toml"])),
        read,
        "{recipe}"
    );
}

/// The recipe for a text has these lines.
#[track_caller]
fn says(rules: &str, text: &str, lines: &[&str], not: &[&str]) {
    let place = place(rules, &[("d.csv", text)]);
    let recipe = guess(&place, "d.csv");
    for line in lines {
        assert!(recipe.contains(line), "no `{line}` in {recipe}");
    }
    for line in not {
        assert!(!recipe.contains(line), "`{line}` in {recipe}");
    }
}

const ONE: &str = r#"
framework w "W" version "1"
panel country by year
unit deaths
indicator killed "People killed" : deaths in 0.. optional
score toll = killed
"#;

const PLANNED: &str = r#"
framework w "W" version "1"
panel country by year
indicator plan "A plan" : truth optional
signal planned = plan
"#;

#[test]
fn a_row_of_data_is_never_taken_for_units() {
    for (text, read) in [
        (
            "country,year,killed\nAVA,٢٠٢٣,١٢\nBRV,2023,4\n",
            ["AVA,2023,12", "BRV,2023,4"],
        ),
        (
            "country,year,killed\nAVA,2022,n/k\nAVA,2023,4\n",
            ["AVA,2022,", "AVA,2023,4"],
        ),
    ] {
        let place = place(ONE, &[("d.csv", text)]);
        let recipe = guess(&place, "d.csv");
        assert!(!recipe.contains("units_row"), "{recipe}");
        let read_by = run(&place, &["--recipe", "r.toml", "--missing", "n/k"]);
        assert_eq!(rows(&read_by), read, "{recipe}");
    }
    // Values with flags, one of them under a row that has none.
    for text in [
        "country,year,killed\nAVA,2022,4*\nBRV,2022,5\n",
        "country,2022,2023\nAVA,1,8e\nBRV,,3\nCEL,,4\n",
    ] {
        says(ONE, text, &[], &["units_row"]);
    }
    // A year with a mark is a year all the same.
    says(
        ONE,
        "country,year,killed\nAVA,2022 (p),few\nBRV,2023,4\n",
        &[],
        &["units_row"],
    );
    says(
        ONE,
        "country,year,killed\n,,deaths in 2015\nAVA,2022,4\nBRV,2023,5\n",
        &["units_row = true"],
        &[],
    );
}

#[test]
fn a_cross_among_yes_and_no_is_not_taken_for_nothing() {
    says(
        PLANNED,
        "country,year,plan\nAVA,2022,Y\nAVA,2023,X\nBRV,2023,N\n",
        &[],
        &["missing = "],
    );
}

#[test]
fn what_a_formula_without_a_result_writes_is_asked() {
    says(
        ONE,
        "country,year,killed\nAVA,2022,#REF!\nBRV,2022,#N/A\nCEL,2022,3\n",
        &["# to decide: `#REF!` is what a formula without a result writes"],
        &[],
    );
}

#[test]
fn brackets_around_a_number_are_no_letters_behind_it() {
    says(
        ONE,
        "country,year,killed\nAVA,2022,(0)\nBRV,2022,7\n",
        &[],
        &["flags"],
    );
}

#[test]
fn what_a_long_table_calls_indicators_is_known_by_the_rules() {
    reads(
        KILLED_AND_FLED,
        (
            "d.csv",
            "Data,Period,Organisation unit,Value\nPeople killed,April 2024,Avaland,12.0\n\
             People who fled,April 2024,Avaland,300.0\nPeople killed,May 2024,Avaland,4.0\n",
        ),
        &["long = \"Data\", value = \"Value\""],
        &["Avaland,2024-04,12,300", "Avaland,2024-05,4,"],
    );
    // One row for each key, and of one indicator.
    reads(
        ONE,
        (
            "d.csv",
            "FLOW,REF_AREA,MEASURE_NAME,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),AVA,KILLED,2022,12\nX:Y(1.0),BRV,KILLED,2022,3\n",
        ),
        &["value = \"OBS_VALUE\""],
        &["AVA,2022,12", "BRV,2022,3"],
    );
}

#[test]
fn keys_are_known_in_the_languages_of_months() {
    reads(
        ONE,
        (
            "d.csv",
            "Страна;Год;killed\nAVA;2022;12\nBRV;2022;3\nИтого;2022;15\n",
        ),
        &["country = \"Страна\"", "except = [\"Итого\"]"],
        &["AVA,2022,12", "BRV,2022,3"],
    );
    reads(
        ONE,
        ("d.csv", "البلد,السنة,killed\nAVA,٢٠٢٢,١٢\nBRV,٢٠٢٣,٣\n"),
        &["country = \"البلد\""],
        &["AVA,2022,12", "BRV,2023,3"],
    );
}

#[test]
fn whom_a_file_is_about_is_asked() {
    says(
        ONE,
        "Year,Country of origin,Country of asylum,killed\n2022,AVA,BRV,1\n2022,AVA,CEL,2\n2023,AVA,BRV,4\n",
        &["rows may be about the `country` of `Country of origin` as well"],
        &[],
    );
    // A name beside its code is no other country.
    says(
        ONE,
        "Year,Country of report,Country code,killed\n2022,Avaland,AVA,1\n2022,Brevia,BRV,2\n",
        &[],
        &["rows may be about"],
    );
}

#[test]
fn columns_of_dates_are_named_where_none_is_called_so() {
    const MONTHLY: &str = KILLED_AND_FLED;
    says(
        MONTHLY,
        "start,today,country,killed,_uuid\n2024-05-03T08:12:11.000+02:00,2024-05-03,AVA,12,u1\n\
         2024-06-04T08:12:11.000+02:00,2024-06-04,AVA,3,u2\n",
        &["`map = { month = \"start\" }`; dates stand in `start`, `today`: choose one"],
        &[],
    );
    says(
        MONTHLY,
        "country,when,killed\nAVA,2024-02-30,12\nBRV,2024-02-28,3\n",
        &[
            "map = { month = \"when\" }",
            "most cells of `when` are dates",
        ],
        &[],
    );
}

#[test]
fn the_tag_of_the_whole_is_no_tag_of_a_part() {
    reads(
        ONE,
        (
            "d.csv",
            "Code,Date,Women,Men,All\n#country+code,#date+year,#affected+killed+f,#affected+killed+m,#affected+killed\n\
             AVA,2022,5,7,12\n",
        ),
        &["killed = \"All\""],
        &["AVA,2022,12"],
    );
}

#[test]
fn periods_with_marks_alone_are_periods() {
    reads(
        ONE,
        (
            "d.csv",
            "country,2021*,2022 (prov.),2023e\nAVA,5,6,7\nBRV,1,2,\n",
        ),
        &["flags = true", "wide = \"years\""],
        &[
            "AVA,2021,5",
            "AVA,2022,6",
            "AVA,2023,7",
            "BRV,2021,1",
            "BRV,2022,2",
        ],
    );
}

#[test]
fn countries_across_have_sums_on_both_sides() {
    const MONTHLY: &str = r#"
framework w "W" version "1"
panel country by month
unit deaths
indicator killed "People killed" : deaths in 0..
score toll = killed
"#;
    reads(
        MONTHLY,
        (
            "d.csv",
            "Month,Avaland,Brevia,Total\nApril 2024,12,3,15\nMay 2024,1,2,3\nTotal,13,5,18\n",
        ),
        &["period = \"MMM YYYY\"", "except = [\"Total\"]"],
        &[
            "Avaland,2024-04,12",
            "Avaland,2024-05,1",
            "Brevia,2024-04,3",
            "Brevia,2024-05,2",
        ],
    );
}

#[test]
fn what_is_out_of_range_is_told_beside_what_is_missing() {
    let rules = "framework w \"W\" version \"1\"\npanel country by year\n\
                 indicator gap \"Gap\" : number in 0..1 optional\nscore g = gap\n";
    let text = "country,year,gap\nAVA,2021,41.5\nAVA,2022,0.4\nBRV,2021,33\nBRV,2022,0.3\n";
    let place = place(rules, &[("d.csv", text)]);
    let told = place.run(&["data", "w.risk", "--data", "d.csv"]).out;
    let told = told.replace('\u{a0}', " ");
    assert!(
        told.contains("50.0 % missing, 2 out of range, first 41.5 in row 2 (AVA, 2021)"),
        "{told}"
    );
}

#[test]
fn numbers_are_known_in_every_way_of_writing() {
    reads(
        KILLED_AND_FLED,
        (
            "d.csv",
            "country;month;Data;Value\nAVA;2024-04;killed;7*\nAVA;2024-04;fled;2\u{a0}455\n\
             AVA;2024-05;killed;-\nAVA;2024-05;fled;1\u{a0}300\u{a0}455\n",
        ),
        &["long = \"Data\", value = \"Value\""],
        &["AVA,2024-04,7,2455", "AVA,2024-05,,1300455"],
    );
    // A point among decimal commas sets thousands apart.
    const BOTH: &str = r#"
framework w "W" version "1"
panel country by year
unit people
indicator gap "Gap" : number in 0..10 optional
indicator fled "Fled" : people in 0.. optional
score g = gap
score f = fled
"#;
    reads(
        BOTH,
        (
            "d.csv",
            "country;year;gap;fled\nAVA;2022;6,2;1.562\nBRV;2022;0,31;17\n",
        ),
        &["decimal = \",\"", "thousands = \".\""],
        &["AVA,2022,6.2,1562", "BRV,2022,0.31,17"],
    );
    const SHARE: &str = r#"
framework w "W" version "1"
panel country by year
indicator part "Part" : percent in 0..100
score p = part
"#;
    reads(
        SHARE,
        (
            "d.csv",
            "Jahr;Avaland;Brevia\n2022;22,4%;:\n2023;41,0%;54,4 %\n",
        ),
        &["wide = \"entities\"", "decimal = \",\""],
        &[
            "Avaland,2022,22.4",
            "Avaland,2023,41",
            "Brevia,2022,",
            "Brevia,2023,54.4",
        ],
    );
}

#[test]
fn days_in_names_of_columns_are_read_as_their_months() {
    const MONTHLY: &str = r#"
framework w "W" version "1"
panel country by month
unit deaths
indicator killed "People killed" : deaths in 0..
score toll = killed
"#;
    for text in [
        "country,2024-04-30,2024-05-31\nAVA,12,3\n",
        "country,killed_2024-04-30,killed_2024-05-31\nAVA,12,3\n",
    ] {
        reads(
            MONTHLY,
            ("d.csv", text),
            &["period = \"YYYY-MM-DD\""],
            &["AVA,2024-04,12", "AVA,2024-05,3"],
        );
    }
}

#[test]
fn thousands_that_look_like_decimals_are_told_beside_flags_and_alone_among_whole_numbers() {
    for text in [
        "country,year,killed\nAVA,2021,1.363 p\nAVA,2022,3.864\nBRV,2021,2.118\n",
        "country,year,killed\nAVA,2021,17\nAVA,2022,2.473\nBRV,2021,3\nBRV,2022,91\n",
    ] {
        says(
            ONE,
            text,
            &["may be a thousand times as much (FW0947)"],
            &[],
        );
    }
    says(
        ONE,
        "country,year,killed\nAVA,2021,17.25\nAVA,2022,2.473\nBRV,2021,3\n",
        &[],
        &["FW0947"],
    );
}
