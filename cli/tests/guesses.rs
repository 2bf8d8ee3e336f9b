//! Recipes that are guessed for files as offices deliver them, and that read them: what is certain is written down, what
//! only people know is asked.

use crate::on_data::{KILLED_AND_FLED, place, rows, run};
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
