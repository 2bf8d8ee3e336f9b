//! Periods that only the names of files and sheets say.

use crate::on_data::{place, rows, run, tells};

const RULES: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
unit deaths
indicator killed \"People killed\" : deaths in 0.. optional
score k = killed
";

#[test]
fn the_name_of_a_file_says_the_month_of_its_rows() {
    let files = [
        ("in_2024-04.csv", "country,killed\nAVA,12\nBRV,3\n"),
        ("in_2024-05.csv", "country;killed\nAVA;7\nBRV;2\n"),
    ];
    let place = place(RULES, &files);
    let both = [
        "AVA,2024-04,12",
        "AVA,2024-05,7",
        "BRV,2024-04,3",
        "BRV,2024-05,2",
    ];
    let recipe = "[[data]]\nfiles = \"in_*.csv\"\n";
    place.write("r.toml", recipe);
    tells(
        &run(&place, &["--recipe", "r.toml"]),
        &["FW0944", "named = \"…{month}…\""],
    );
    place.write("r.toml", format!("{recipe}named = \"in_{{month}}.csv\"\n"));
    assert_eq!(rows(&run(&place, &["--recipe", "r.toml"])), both);
    assert_eq!(
        rows(&run(
            &place,
            &["--data", "in_*.csv", "--named", "*{month}*"]
        )),
        both
    );
    // A name that is not like it is told, and what the file says itself goes first.
    place.write("in_more.csv", "country,killed\nAVA,1\n");
    tells(
        &run(&place, &["--recipe", "r.toml"]),
        &[
            "FW0942",
            "the name of `in_more.csv` is not like `in_{month}.csv`",
        ],
    );
    place.write("in_more.csv", "country,month,killed\nAVA,2024-06,1\n");
    let ended = run(&place, &["--recipe", "r.toml"]);
    assert!(
        rows(&ended).contains(&"AVA,2024-06,1".to_owned()),
        "{}",
        ended.out
    );
}

#[test]
fn months_without_a_year_take_it_from_the_name() {
    let text = "country,Jan,Feb,Mar\nAVA,1,2,3\nBRV,,1,\n";
    let recipe = "[[data]]\nfiles = \"Killed 2024.csv\"\nnamed = \"Killed {year}.csv\"\nmap = { month = \"year\" }\n\
                  shape = { wide = \"months\", value = \"killed\" }\n";
    let place = place(RULES, &[("Killed 2024.csv", text), ("r.toml", recipe)]);
    let read = [
        "AVA,2024-01,1",
        "AVA,2024-02,2",
        "AVA,2024-03,3",
        "BRV,2024-02,1",
    ];
    assert_eq!(rows(&run(&place, &["--recipe", "r.toml"])), read);
    // With countries across.
    let recipe = "[[data]]\nfiles = \"2024-05.csv\"\nnamed = \"{month}.csv\"\nshape = { wide = \"entities\", value = \"killed\" }\n";
    let place = crate::on_data::place(
        RULES,
        &[("2024-05.csv", "AVA,BRV\n12,1\n"), ("r.toml", recipe)],
    );
    assert_eq!(
        rows(&run(&place, &["--recipe", "r.toml"])),
        ["AVA,2024-05,12", "BRV,2024-05,1"]
    );
}

#[test]
fn rows_with_other_cells_than_the_header_are_told_by_the_cells_of_the_file() {
    for (text, told) in [
        (
            "country,killed,note\nAVA,1\n",
            "a row with 2 cells under a header with 3",
        ),
        (
            "country,killed\nAVA,1,2\n",
            "a row with 3 cells under a header with 2",
        ),
    ] {
        let place = place(RULES, &[("in_2024-04.csv", text)]);
        let ended = run(
            &place,
            &["--data", "in_2024-04.csv", "--named", "in_{month}.csv"],
        );
        tells(&ended, &["FW0911", told]);
        // Where rows are summed up, the header is that of the file as well.
        let place = crate::on_data::place(
            RULES,
            &[(
                "d.csv",
                &text
                    .replace("country", "country,month")
                    .replace("AVA", "AVA,2024-04"),
            )],
        );
        let ended = run(&place, &["--data", "d.csv", "--sum", "killed=killed"]);
        tells(&ended, &["FW0911", "cells under a header with"]);
    }
}
