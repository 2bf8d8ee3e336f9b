//! Recipes that are guessed for files as offices deliver them, and that read them: what is certain is written down, what
//! only people know is asked.

use crate::on_data::{KILLED_AND_FLED, place, rows, run, tells};
use crate::place::Place;

/// The recipe for a file, which is then kept beside it.
#[track_caller]
fn guessed(place: &Place, file: &str) -> String {
    let ended = place.run(&["data", "w.risk", "--guess", file]);
    assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
    place.write("r.toml", &ended.out);
    ended.out
}

/// The recipe for a text has these lines, and what is read by it are these rows.
#[track_caller]
fn reads(text: &str, lines: &[&str], read: &[&str]) {
    let place = place(KILLED_AND_FLED, &[("d.csv", text)]);
    let recipe = guessed(&place, "d.csv");
    for line in lines {
        assert!(recipe.contains(line), "no `{line}` in {recipe}");
    }
    assert_eq!(
        rows(&run(&place, &["--recipe", "r.toml"])),
        read,
        "{recipe}"
    );
}

#[test]
fn questions_within_groups_are_known_by_their_own_names() {
    reads(
        "start,end,intro/country,intro/month,events/killed,events/fled,_uuid\n\
         2024-05-03T08:12:11.000+02:00,2024-05-03T08:40:01.000+02:00,AVA,2024-04,12,300,u1\n\
         2024-05-04T08:12:11.000+02:00,2024-05-04T08:40:01.000+02:00,BRV,2024-04,3,,u2\n",
        &[
            "country = \"intro/country\"",
            "month = \"intro/month\"",
            "killed = \"events/killed\"",
        ],
        &["AVA,2024-04,12,300", "BRV,2024-04,3,"],
    );
}

#[test]
fn when_a_questionnaire_was_filled_in_is_not_when_something_happened() {
    reads(
        "start,end,site/country_of_report,site/date_of_event,losses/killed,__version__,_uuid\n\
         2024-05-03T08:12:11.000+02:00,2024-05-03T08:40:01.000+02:00,AVA,2024-04-30,4,v1,u1\n\
         2024-05-04T08:12:11.000+02:00,2024-05-04T08:40:01.000+02:00,BRV,2024-04-12,1,v1,u2\n",
        &[
            "month = \"site/date_of_event\"",
            "country = \"site/country_of_report\"",
        ],
        &["AVA,2024-04,4,", "BRV,2024-04,1,"],
    );
}

#[test]
fn tables_of_health_systems_are_known() {
    reads(
        "dataid,dataname,periodid,periodname,organisationunitid,organisationunitname,value\n\
         K1,People killed,202404,April 2024,O1,Avaland,12.0\nF1,People who fled,202404,April 2024,O1,Avaland,300\n\
         K1,People killed,202405,May 2024,O2,Brevia,4\n",
        &[
            "country = \"organisationunitname\"",
            "month = \"periodid\"",
            "= \"killed\"",
        ],
        &["Avaland,202404,12,300", "Brevia,202405,4,"],
    );
    reads(
        "People killed in 2024,,,\nOrganisation unit / Period,April 2024,May 2024,June 2024\nAvaland,12,,4\nTotal,12,,4\n",
        &[
            "country = \"Organisation unit / Period\"",
            "except = [\"Total\"]",
        ],
        &["Avaland,2024-04,12,", "Avaland,2024-06,4,"],
    );
}

#[test]
fn a_tag_tells_what_its_column_is() {
    reads(
        "Country,ISO3,Month,Reported deaths\n#country+name,#country+code,#date,#affected+killed\nAvaland,AVA,2024-04,12\n",
        &[
            "killed = \"Reported deaths\"",
            "# to decide: `Reported deaths` may be the `killed`",
        ],
        &["AVA,2024-04,12,"],
    );
}

#[test]
fn a_column_with_one_year_in_its_name_does_not_hide_the_pattern_of_others() {
    let yearly = KILLED_AND_FLED.replace("by month", "by year");
    let text =
        "country,rank_2022,killed_2021,killed_2022,fled_2021,fled_2022\nAVA,11,12,30,100,90\n";
    let place = place(&yearly, &[("d.csv", text)]);
    let recipe = guessed(&place, "d.csv");
    assert!(
        recipe.contains("shape = { wide = \"{indicator}_{year}\" }"),
        "{recipe}"
    );
    assert_eq!(
        rows(&run(&place, &["--recipe", "r.toml"])),
        ["AVA,2021,12,100", "AVA,2022,30,90"]
    );
}

#[test]
fn merged_names_stand_over_those_below() {
    reads(
        "Country,2024-04,,2024-05,\n,killed,fled,killed,fled\n,(number),(persons),(number),(persons)\n\
         Avaland,12,300,7,\nBrevia,1,,2,15\n",
        &[
            "header_rows = 2",
            "units_row = true",
            "map = { country = \"Country\" }",
        ],
        &[
            "Avaland,2024-04,12,300",
            "Avaland,2024-05,7,",
            "Brevia,2024-04,1,",
            "Brevia,2024-05,2,15",
        ],
    );
}

#[test]
fn days_of_a_spreadsheet_are_offered_with_the_day_that_they_are() {
    reads(
        "country,month,killed\nAVA,45385,4\nAVA,45413,5\n",
        &[
            "period = \"45385 = 2024-04-03\"",
            "`45385` is 2024-04-03, as spreadsheets count days",
        ],
        &["AVA,2024-04,4,", "AVA,2024-05,5,"],
    );
}

#[test]
fn codes_of_statistical_programs_are_words_for_missing() {
    reads(
        "country,month,killed\nAVA,2024-04,12\nBRV,2024-04,.a\nCEL,2024-04,.\n",
        &["\".a\"", "\".\""],
        &["AVA,2024-04,12,", "BRV,2024-04,,", "CEL,2024-04,,"],
    );
}

#[test]
fn headers_that_come_again_and_lines_of_dashes_are_left_out() {
    reads(
        "country,month,killed\nAVA,2024-04,12\ncountry,month,killed\nAVA,2024-05,1\n",
        &["rows = 'country != \"country\"'"],
        &["AVA,2024-04,12,", "AVA,2024-05,1,"],
    );
    reads(
        "HDR\ncountry,month,killed\n-------,-----,-----\nAVA,2024-04,12\nBRV,2024-04,3\n-------,-----,-----\n2 records,,\n",
        &["skip = 1", "comment = \"---\""],
        &["AVA,2024-04,12,", "BRV,2024-04,3,"],
    );
    reads(
        "region,country,month,killed\nNorth,AVA,2024-04,12\nNorth,BRV,2024-04,3\nNorth total,,2024-04,15\nGrand total,,,15\n",
        &["rows = \"country is known\""],
        &["AVA,2024-04,12,", "BRV,2024-04,3,"],
    );
}

#[test]
fn dates_written_in_several_ways_are_read_in_all_of_them() {
    reads(
        "country,date,killed\nAVA,2024-04-03,12\nAVA,03/05/2024,3\nBRV,17/04/2024,2\nBRV,5 May 2024,1\n",
        &["period = [\"YYYY-MM-DD\", \"DD/MM/YYYY\", \"D MMM YYYY\"]"],
        &[
            "AVA,2024-04,12,",
            "AVA,2024-05,3,",
            "BRV,2024-04,2,",
            "BRV,2024-05,1,",
        ],
    );
    reads(
        "country,month,killed\nAVA,2024/04,12\nAVA,2024/05,3\nBRV,03/04/2024,2\n",
        &[
            "period = [\"YYYY/MM\", \"DD/MM/YYYY\"]",
            "# to decide: `03/04/2024` is 2024-04-03",
        ],
        &["AVA,2024-04,12,", "AVA,2024-05,3,", "BRV,2024-04,2,"],
    );
}

#[test]
fn what_a_text_is_written_in_is_found_and_asked() {
    let place = place(KILLED_AND_FLED, &[]);
    place.write("d.csv", b"country;month;killed\nC\xF4te;2024-04;12\n");
    let recipe = guessed(&place, "d.csv");
    assert!(
        recipe.contains("encoding = \"windows-1252\"") && recipe.contains("is `Côte`: look"),
        "{recipe}"
    );
    assert_eq!(
        rows(&run(&place, &["--recipe", "r.toml"])),
        ["Côte,2024-04,12,"]
    );
    let wide: Vec<u8> = "country,month,killed\nAVA,2024-04,12\n"
        .bytes()
        .flat_map(|byte| [byte, 0])
        .collect();
    place.write("d.csv", &wide);
    assert!(guessed(&place, "d.csv").contains("encoding = \"utf-16le\""));
    assert_eq!(
        rows(&run(&place, &["--recipe", "r.toml"])),
        ["AVA,2024-04,12,"]
    );
}

#[test]
fn a_remark_in_brackets_is_a_flag_and_what_multiplies_is_none() {
    let flagged = |text: &str| {
        let place = place(
            KILLED_AND_FLED,
            &[(
                "d.csv",
                &format!("country,month,killed\nAVA,2024-04,{text}\n"),
            )],
        );
        run(&place, &["--data", "d.csv", "--flags"])
    };
    for text in ["3 (est.)", "3 (provisional)", "3 (e)", "3*"] {
        assert_eq!(rows(&flagged(text)), ["AVA,2024-04,3,"], "{text}");
    }
    for text in ["3 (k)", "3 (thousand)", "3 [M]", "3 (5-20)"] {
        assert_eq!(flagged(text).code, 1, "{text}");
    }
}

#[test]
fn a_month_that_only_a_name_says_is_found_there() {
    let place = place(
        KILLED_AND_FLED,
        &[("in_2024-04.csv", "country,killed\nAVA,12\nBRV,3\n")],
    );
    let recipe = guessed(&place, "in_2024-04.csv");
    let seen = [
        "# seen: its name says the month of its rows",
        "named = \"in_{month}.csv\"",
    ];
    assert!(seen.iter().all(|words| recipe.contains(words)), "{recipe}");
    assert_eq!(
        rows(&run(&place, &["--recipe", "r.toml"])),
        ["AVA,2024-04,12,", "BRV,2024-04,3,"]
    );
    // A name without one is asked for as before.
    place.write("in.csv", "country,killed\nAVA,12\n");
    let asked = place.run(&["data", "w.risk", "--guess", "in.csv"]);
    assert!(
        asked.out.contains("no column is called like `month`"),
        "{}",
        asked.out
    );
}

#[test]
fn a_year_beside_its_months_is_left_out_by_the_range() {
    reads(
        "country,2024-01,2024-02,2024\nAVA,1,2,3\nBRV,4,5,9\n",
        &["columns = \"2024-01..2024-02\""],
        &[
            "AVA,2024-01,1,",
            "AVA,2024-02,2,",
            "BRV,2024-01,4,",
            "BRV,2024-02,5,",
        ],
    );
}

/// What a recipe for a text asks, and what it leaves alone.
#[track_caller]
fn asks(text: &str, asked: &[&str], not: &[&str]) {
    let place = place(KILLED_AND_FLED, &[("d.csv", text)]);
    // A file with a slip in it is guessed, too.
    let recipe = place.run(&["data", "w.risk", "--guess", "d.csv"]).out;
    for words in asked {
        assert!(recipe.contains(words), "no `{words}` in {recipe}");
    }
    for words in not {
        assert!(!recipe.contains(words), "`{words}` in {recipe}");
    }
}

#[test]
fn of_columns_that_are_equally_near_none_is_taken() {
    for (one, two) in [
        ("people killed (low)", "people killed (high)"),
        ("Killed (min)", "Killed (max)"),
        ("killed (previous month)", "killed (this month)"),
        ("killed_1", "killed_2"),
    ] {
        let text = format!("country,month,{one},{two}\nAVA,2024-04,1,2\nBRV,2024-04,3,4\n");
        let question = format!("`{one}` and `{two}` are equally near to `killed`");
        asks(&text, &[&question], &["\nmap = "]);
        // A run says so, too.
        let place = place(KILLED_AND_FLED, &[("d.csv", &text)]);
        let told = run(&place, &["--data", "d.csv"]);
        let ways = format!("`--map \"killed={one}\"`")
            .replace('"', if one.contains(' ') { "\"" } else { "" });
        tells(&told, &["FW0936", "`killed` may be any of", &ways]);
    }
}

#[test]
fn events_and_sums_belong_to_nobody_above_them() {
    // An event of which nobody knows where it was.
    asks(
        "event_id,event_date,country,fatalities\nE1,2024-01-04,AVA,10\nE2,2024-01-09,BRV,2\nE3,2024-02-10,,50\n",
        &["month = \"event_date\""],
        &["fill"],
    );
    asks(
        "date,country,killed\n2024-01-04,AVA,10\n2024-01-09,BRV,2\n2024-01-10,,50\n2024-02-01,AVA,1\n",
        &["month = \"date\""],
        &["fill"],
    );
    // Sums alone have no country.
    asks(
        "month,country,killed\n2024-01,AVA,10\n2024-01,BRV,2\nTotal 2024-01,,12\n2024-02,AVA,1\n2024-02,BRV,5\n\
         Total 2024-02,,6\n",
        &["rows = \"country is known\""],
        &["fill"],
    );
    // Merged cells are filled as before.
    reads(
        "country,month,killed\nAVA,2024-01,10\n,2024-02,2\nBRV,2024-01,3\n,2024-02,4\n",
        &["fill = [\"country\"]"],
        &[
            "AVA,2024-01,10,",
            "AVA,2024-02,2,",
            "BRV,2024-01,3,",
            "BRV,2024-02,4,",
        ],
    );
}

#[test]
fn headings_over_groups_are_no_countries() {
    reads(
        "country,2024-01,2024-02\nEAST COAST,,\nAvaland,1,2\nBrevia,3,4\nWEST COAST,,\nCorva,5,6\nDorna,,\n",
        &[
            "`EAST COAST` stands over other rows",
            "except = [\"EAST COAST\", \"WEST COAST\"]",
        ],
        &[
            "Avaland,2024-01,1,",
            "Avaland,2024-02,2,",
            "Brevia,2024-01,3,",
            "Brevia,2024-02,4,",
            "Corva,2024-01,5,",
            "Corva,2024-02,6,",
            "Dorna,2024-02,,",
        ],
    );
    // A country of which nothing is known stays one.
    asks(
        "country,2024-01,2024-02\nAvaland,1,2\nBrevia,,\nCorva,5,6\n",
        &["wide = \"months\""],
        &["except"],
    );
}

#[test]
fn the_indicator_that_every_row_names_is_read() {
    reads(
        "Country Name,Indicator Name,2024-01,2024-02\nAvaland,People who fled,10,20\nBrevia,People who fled,30,40\n",
        &["\"People who fled\" = \"fled\""],
        &[
            "Avaland,2024-01,,10",
            "Avaland,2024-02,,20",
            "Brevia,2024-01,,30",
            "Brevia,2024-02,,40",
        ],
    );
    asks(
        "month,Avaland killed,Avaland fled,Brevia killed,Brevia fled\n2024-01,1,10,2,20\n2024-02,3,30,4,40\n",
        &["columns such as `Avaland killed` seem to name the country and the indicator"],
        &["entities"],
    );
}

#[test]
fn what_stands_beside_years_is_none() {
    let yearly = KILLED_AND_FLED.replace("by month", "by year");
    for side in ["rank", "flag"] {
        let text =
            format!("country,2022,2022 {side},2023,2023 {side}\nAVA,10,1,11,2\nBRV,5,2,6,1\n");
        let place = place(&yearly, &[("d.csv", &text)]);
        let recipe = guessed(&place, "d.csv");
        assert!(!recipe.contains("\nperiod"), "{recipe}");
        let read = rows(&run(&place, &["--recipe", "r.toml"]));
        assert_eq!(
            read,
            ["AVA,2022,10,", "AVA,2023,11,", "BRV,2022,5,", "BRV,2023,6,"]
        );
    }
}

#[test]
fn indicators_and_months_with_blanks_in_names() {
    reads(
        "country,killed Jan 2024,fled Jan 2024,killed Feb 2024,fled Feb 2024\nAVA,1,10,2,20\n",
        &["wide = \"{indicator} {month}\""],
        &["AVA,2024-01,1,10", "AVA,2024-02,2,20"],
    );
    let quarterly = KILLED_AND_FLED.replace("by month", "by quarter");
    let text = "country,killed 2024 Q1,killed 2024 Q2\nAVA,1,2\n";
    let place = place(&quarterly, &[("d.csv", text)]);
    let read = run(
        &place,
        &["--data", "d.csv", "--wide", "{indicator} {quarter}"],
    );
    assert_eq!(rows(&read), ["AVA,2024-Q1,1,", "AVA,2024-Q2,2,"]);
}

#[test]
fn a_year_of_two_digits_among_others_is_told() {
    for name in ["Apr-24", "avr.-24"] {
        let text = format!("country,Jan 2024,Feb 2024,Mar 2024,{name}\nAVA,1,2,3,4\n");
        let place = place(KILLED_AND_FLED, &[("d.csv", &text)]);
        let ended = run(&place, &["--data", "d.csv", "--wide", "months=killed"]);
        tells(&ended, &["FW0983", &format!("`{name}` is not read")]);
        let with = [
            "--data",
            "d.csv",
            "--wide",
            "months=killed",
            "--period-format",
            "MMM-20YY",
        ];
        assert_eq!(rows(&run(&place, &with)).len(), 4);
    }
}

#[test]
fn rows_that_come_twice_are_told_apart_by_what_differs() {
    asks(
        "GEO,SEX,INDICATOR,TIME_PERIOD,killed\nAV,T,deaths,2024-01,10\nAV,F,deaths,2024-01,4\n\
         BR,T,deaths,2024-01,3\nBR,F,deaths,2024-01,1\n",
        &["`SEX` tells them apart"],
        &["`INDICATOR` may tell them apart"],
    );
}

#[test]
fn marks_beside_some_of_the_years_are_flags() {
    let yearly = KILLED_AND_FLED.replace("by month", "by year");
    let place = place(
        &yearly,
        &[("d.csv", "country,2022,2023e,2024f\nAVA,1,2,3\n")],
    );
    let recipe = guessed(&place, "d.csv");
    assert!(recipe.contains("flags = true"), "{recipe}");
    let read = rows(&run(&place, &["--recipe", "r.toml"]));
    assert_eq!(read, ["AVA,2022,1,", "AVA,2023,2,", "AVA,2024,3,"]);
}
