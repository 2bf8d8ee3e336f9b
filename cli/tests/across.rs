//! Tables with a column for each entity: what is read of them is what the same values give in rows.

use crate::on_data::{KILLED_AND_FLED, place, rows, run, tells};

#[track_caller]
fn read(recipe: &str, text: &str) -> Vec<String> {
    let place = place(
        KILLED_AND_FLED,
        &[
            ("d.csv", text),
            (
                "r.toml",
                &format!("[[data]]\nfiles = \"d.csv\"\n{recipe}\n"),
            ),
        ],
    );
    rows(&run(&place, &["--recipe", "r.toml"]))
}

#[test]
fn each_entity_has_a_column() {
    let shape = "shape = { wide = \"entities\", value = \"killed\" }";
    let text = "month;AVA;BRV;CEL\n2024-04;12;1;\n2024-05;7;2;5\n";
    let expected = [
        "AVA,2024-04,12,",
        "AVA,2024-05,7,",
        "BRV,2024-04,1,",
        "BRV,2024-05,2,",
        "CEL,2024-05,5,",
    ];
    assert_eq!(read(shape, text), expected);
    // By options, and as countries.
    let place = place(KILLED_AND_FLED, &[("d.csv", text)]);
    assert_eq!(
        rows(&run(
            &place,
            &["--data", "d.csv", "--wide", "countries=killed"]
        )),
        expected
    );
}

#[test]
fn a_column_names_the_indicator_and_others_translate_choose_and_sum() {
    let shape =
        "shape = { wide = \"entities\", long = \"what\", keys = { K = \"killed\", F = \"fled\" } }";
    assert_eq!(
        read(
            shape,
            "month,what,AVA,BRV\n2024-04,K,12,1\n2024-04,F,300,\n"
        ),
        ["AVA,2024-04,12,300", "BRV,2024-04,1,"]
    );
    // A condition names a column, which is then no entity; days are summed up.
    let sums = "shape = { wide = \"entities\", value = \"killed\" }\nsum = { killed = \"killed\" }\nrows = 'kind = \"Battles\"'\n\
                map = { month = \"date\" }\nexcept = [\"Total\"]";
    assert_eq!(
        read(
            sums,
            "date,kind,AVA,BRV,Total\n2024-04-03,Battles,4,1,5\n2024-04-20,Battles,5,,5\n2024-04-21,Riots,7,7,14\n"
        ),
        ["AVA,2024-04,9,", "BRV,2024-04,1,"]
    );
}

#[test]
fn a_row_with_other_cells_than_the_header_is_told() {
    let shape =
        "[[data]]\nfiles = \"d.csv\"\nshape = { wide = \"entities\", value = \"killed\" }\n";
    for text in [
        "month,AVA,BRV,CEL\n2024-04,12,1\n",
        "month,AVA,BRV\n2024-04,12,1,4\n",
    ] {
        let place = place(KILLED_AND_FLED, &[("d.csv", text), ("r.toml", shape)]);
        tells(&run(&place, &["--recipe", "r.toml"]), &["FW0911"]);
    }
    let place = place(
        KILLED_AND_FLED,
        &[
            ("d.csv", "month,AVA,BRV\n2024-04,12,many\n"),
            ("r.toml", shape),
        ],
    );
    tells(
        &run(&place, &["--recipe", "r.toml"]),
        &["FW0903", "row 2", "(BRV, 2024-04)"],
    );
}

#[test]
fn it_is_offered() {
    let place = place(
        KILLED_AND_FLED,
        &[(
            "d.csv",
            "Killed,Avaland,Brevia\n2024-04,12,1\n2024-05,30,4\n",
        )],
    );
    let ended = place.run(&["data", "w.risk", "--guess", "d.csv"]);
    let seen = [
        "each country has a column, `Avaland` to `Brevia`",
        "shape = { wide = \"entities\", value = \"killed\" }",
    ];
    assert!(
        seen.iter().all(|words| ended.out.contains(words)),
        "{}",
        ended.out
    );
    place.write("r.toml", &ended.out);
    let expected = [
        "Avaland,2024-04,12,",
        "Avaland,2024-05,30,",
        "Brevia,2024-04,1,",
        "Brevia,2024-05,4,",
    ];
    assert_eq!(rows(&run(&place, &["--recipe", "r.toml"])), expected);
}

/// What an audience may not see is known by the indicator, and not by the columns of the file.
#[test]
fn values_that_an_audience_may_not_see_stay_closed() {
    let closed = KILLED_AND_FLED
        .replace(
            "unit people",
            "unit people\nsource field \"Field\" { classification confidential }",
        )
        .replace(
            "deaths in 0.. optional",
            "deaths in 0.. optional from field",
        );
    let text = "month,AVA,BRV\n2024-04,12,777\n";
    let place = place(
        &closed,
        &[
            ("d.csv", text),
            (
                "r.toml",
                "[[data]]\nfiles = \"d.csv\"\nshape = { wide = \"entities\", value = \"killed\" }\n",
            ),
        ],
    );
    let ended = run(&place, &["--recipe", "r.toml", "--audience", "public"]);
    assert!(
        !ended.out.contains("777") && !ended.err.contains("777"),
        "{}{}",
        ended.out,
        ended.err
    );
    let whole = run(&place, &["--recipe", "r.toml"]);
    assert!(whole.out.contains("777"), "{}{}", whole.out, whole.err);
}
