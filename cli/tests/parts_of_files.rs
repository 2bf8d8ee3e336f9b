//! One file that several recipes name: each of them reads its own part of it.

use crate::on_data::{KILLED_AND_FLED, place, rows, run, tells, tells_not};
use crate::place::Place;
use rust_xlsxwriter::Workbook;

/// Sheets of a workbook, each with rows.
fn workbook(place: &Place, file: &str, sheets: &[(&str, &[&[&str]])]) {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column, number).map(|_| ()),
                    Err(_) if cell.is_empty() => Ok(()),
                    Err(_) => sheet.write_string(row, column, *cell).map(|_| ()),
                }
                .unwrap();
            }
        }
    }
    book.save(place.path().join(file)).unwrap();
}

const KILLED: &[&[&str]] = &[&["country", "2024-01", "2024-02"], &["AVA", "1", "2"]];
const FLED: &[&[&str]] = &[&["country", "2024-01", "2024-02"], &["AVA", "10", "20"]];

#[test]
fn two_sheets_of_a_workbook() {
    let place = place(KILLED_AND_FLED, &[]);
    workbook(&place, "b.xlsx", &[("Killed", KILLED), ("Fled", FLED)]);
    place.write(
        "forewarn.toml",
        "[[data]]\nname = \"killed\"\nfiles = \"b.xlsx\"\nshape = { wide = \"months\", value = \"killed\" }\n\
         [[data]]\nname = \"fled\"\nfiles = \"b.xlsx\"\nsheet = \"Fled\"\n\
         shape = { wide = \"months\", value = \"fled\" }\n",
    );
    let ended = run(&place, &[]);
    assert_eq!(rows(&ended), ["AVA,2024-01,1,10", "AVA,2024-02,2,20"]);
    // The other sheet is read as well.
    tells_not(&ended, "FW0960");
    let told = place.does(&["data", "w.risk"]);
    for words in ["b.xlsx: killed\n", "b.xlsx: fled\n", "`fled`: 10 to 20"] {
        assert!(told.contains(words), "{told}");
    }
    // A run can be verified, and its record names both.
    place.does(&["run", "w.risk", "-o", "r.csv", "--quiet"]);
    place.does(&["verify", "r.csv.manifest.json"]);
}

#[test]
fn two_ranges_of_a_sheet() {
    let place = place(KILLED_AND_FLED, &[]);
    let sheet = [&[&["Killed"][..]][..], KILLED, &[&[], &["Fled"]], FLED].concat();
    workbook(&place, "b.xlsx", &[("Data", &sheet)]);
    place.write(
        "one.toml",
        "[[data]]\nfiles = \"b.xlsx\"\nrange = \"A2:C3\"\nshape = { wide = \"months\", value = \"killed\" }\n",
    );
    // What nobody reads is told.
    tells(&run(&place, &["--recipe", "one.toml"]), &["FW0981"]);
    place.write(
        "two.toml",
        "[[data]]\nfiles = \"b.xlsx\"\nrange = \"A2:C3\"\nshape = { wide = \"months\", value = \"killed\" }\n\
         [[data]]\nfiles = \"b.xlsx\"\nrange = \"A6:C7\"\nshape = { wide = \"months\", value = \"fled\" }\n",
    );
    let ended = run(&place, &["--recipe", "two.toml"]);
    assert_eq!(rows(&ended), ["AVA,2024-01,1,10", "AVA,2024-02,2,20"]);
    tells_not(&ended, "FW0981");
    // A recipe that reads them as one table is told what they are.
    let ended = run(
        &place,
        &["--data", "b.xlsx", "--skip", "1", "--wide", "months=killed"],
    );
    tells(
        &ended,
        &["FW0953", "two tables stand one below the other", "`range`"],
    );
}

#[test]
fn events_that_are_summed_up_in_two_ways() {
    let events = "id,country,date,kind,dead\n1,AVA,2024-01-31,Battle,3\n2,AVA,2024-01-02,Flight,40\n\
                  3,BRV,2024-01-05,Flight,7\n4,BRV,2024-01-09,Battle,5\n";
    let place = place(KILLED_AND_FLED, &[("e.csv", events)]);
    let recipe = |kind: &str, sum: &str| {
        format!(
            "[[data]]\nfiles = \"e.csv\"\nmap = {{ month = \"date\" }}\nperiod = \"YYYY-MM-DD\"\n\
             rows = 'kind = \"{kind}\"'\nsum = {{ {sum} = \"dead\" }}\n"
        )
    };
    let both = recipe("Battle", "killed") + &recipe("Flight", "fled");
    place.write("r.toml", both);
    let ended = run(&place, &["--recipe", "r.toml"]);
    assert_eq!(rows(&ended), ["AVA,2024-01,3,40", "BRV,2024-01,5,7"]);
    // Both for one indicator.
    let twice = recipe("Battle", "killed") + &recipe("Flight", "killed");
    place.write("r.toml", twice);
    let ended = run(&place, &["--recipe", "r.toml"]);
    tells(
        &ended,
        &[
            "FW0925",
            "`killed` is read twice from `e.csv`",
            "several recipes name it",
        ],
    );
}

#[test]
fn what_an_audience_may_not_see_stays_in_its_own_part() {
    let rules = "framework w \"W\" version \"1.0.0\"\npanel country by month\nunit deaths\nunit people\n\
                 source field \"Field\" { classification confidential }\n\
                 indicator killed \"Killed\" : deaths in 0.. optional\n\
                 indicator fled \"Fled\" : people in 0.. optional from field\nscore k = killed\nscore f = fled\n";
    let place = place(rules, &[]);
    workbook(&place, "b.xlsx", &[("Killed", KILLED), ("Fled", FLED)]);
    place.write(
        "forewarn.toml",
        "[[data]]\nfiles = \"b.xlsx\"\nsheet = \"Killed\"\nshape = { wide = \"months\", value = \"killed\" }\n\
         [[data]]\nfiles = \"b.xlsx\"\nsheet = \"Fled\"\nshape = { wide = \"months\", value = \"fled\" }\n",
    );
    assert_eq!(rows(&run(&place, &[])).len(), 2);
    let ended = run(&place, &["--audience", "public"]);
    assert_eq!(rows(&ended), ["AVA,2024-01,1", "AVA,2024-02,2"]);
}
