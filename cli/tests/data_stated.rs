//! Data that would be lost, counted twice or counted otherwise without a word: each is told, and what is told to do
//! works.

use crate::on_data::{place, rows, run, tells};
use rust_xlsxwriter::{Format, Workbook};

const EVENTS: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
unit deaths
indicator dead \"Dead\" : deaths in 0..
score s = dead / 1 deaths
";

const PLAIN: &str = "\
framework w \"W\" version \"1.0.0\"
panel country by month
indicator n \"N\" : number in 0.. missing means 0
score s = n
";

const BELOW: &str = "country,date,toll\nAVA,2031-01-04,120\nAVA,2031-01-09,-99\nBRV,2031-01-02,7\n";

#[test]
fn a_part_of_a_sum_that_is_out_of_range_makes_it_so() {
    let sum = [
        "--data",
        "e.csv",
        "--sum",
        "dead=toll",
        "--map",
        "month=date",
    ];
    let place = place(EVENTS, &[("e.csv", BELOW)]);
    let told = run(&place, &sum);
    assert_eq!(rows(&told), ["AVA,2031-01,", "BRV,2031-01,7"]);
    let whole = [&["run", "w.risk", "--to", "csv"][..], &sum].concat();
    tells(&place.run(&whole), &["out of range: `dead` 1 cell", "-99"]);
    // What is said to stand for nothing does.
    let missing = [&sum[..], &["--missing", "-99"]].concat();
    assert_eq!(
        rows(&run(&place, &missing)),
        ["AVA,2031-01,120", "BRV,2031-01,7"]
    );
    // The policy decides.
    place.write(
        "w.risk",
        EVENTS.replace("in 0..", "in 0.. on violation reject"),
    );
    let told = run(&place, &sum);
    assert_eq!(told.code, 1, "{}", told.out);
    tells(&told, &["-99", "e.csv, row 3"]);
    place.write(
        "w.risk",
        EVENTS.replace("in 0..", "in 0..1_000 on violation clamp"),
    );
    let told = run(&place, &sum);
    assert_eq!(rows(&told), ["AVA,2031-01,120", "BRV,2031-01,7"]);
    tells(&place.run(&whole), &["out of range: `dead` 1 cell"]);
}

#[test]
fn rows_that_add_up_are_held_to_the_range_one_by_one() {
    let twice =
        "country,month,dead\nAVA,2031-01,120\nAVA,2031-01,-99\nBRV,2031-01,3\nBRV,2031-01,4\n";
    let place = place(EVENTS, &[("e.csv", twice)]);
    let told = run(&place, &["--data", "e.csv", "--when", "add up"]);
    assert_eq!(rows(&told), ["AVA,2031-01,", "BRV,2031-01,7"]);
}

#[test]
fn names_that_are_nearly_those_of_indicators_are_told() {
    let long = "country,month,what,how\nAVA,2031-01,n,3\nBRV,2031-01,N,99\nCOR,2031-01,other,5\n";
    let place = place(PLAIN, &[("l.csv", long)]);
    let read = ["--data", "l.csv", "--long", "what=how"];
    let told = run(&place, &read);
    assert_eq!(told.code, 1, "{}", told.out);
    tells(
        &told,
        &[
            "error[FW0979]",
            "l.csv, row 3",
            "`--long-key N=n`",
            "--rows 'what != \"N\"'",
        ],
    );
    let same = [&read[..], &["--long-key", "N=n"]].concat();
    assert_eq!(
        rows(&run(&place, &same))[..2],
        ["AVA,2031-01,3", "BRV,2031-01,99"]
    );
    let other = [&read[..], &["--rows", "what != \"N\""]].concat();
    assert_eq!(rows(&run(&place, &other))[0], "AVA,2031-01,3");
    place.write(
        "k.csv",
        "country,month,what,how\nAVA,2031-01,X-1,3\nBRV,2031-01,x_1,9\n",
    );
    let told = run(
        &place,
        &[
            "--data",
            "k.csv",
            "--long",
            "what=how",
            "--long-key",
            "X-1=n",
        ],
    );
    tells(&told, &["error[FW0979]", "`x_1`", "`X-1`"]);
    place.write(
        "m.csv",
        "country,what,2031-01,2031-02\nAVA,n,3,4\nBRV,N,5,6\n",
    );
    let told = run(
        &place,
        &["--data", "m.csv", "--wide", "months", "--long", "what"],
    );
    tells(&told, &["error[FW0979]"]);
    place.write("w.csv", "country,n_2031-01,N_2031-02\nAVA,3,50\n");
    let told = run(
        &place,
        &["--data", "w.csv", "--wide", "{indicator}_{month}"],
    );
    assert_eq!(told.code, 1, "{}", told.out);
    tells(&told, &["error[FW0979]", "`N_2031-02`"]);
}

#[test]
fn two_columns_of_one_period_must_agree() {
    let twice = "country,01/2031,Jan 2031\nAVA,3,30\nBRV,4,4\nCOR,,6\n";
    let place = place(PLAIN, &[("w.csv", twice)]);
    let read = ["--data", "w.csv", "--wide", "months=n"];
    let told = run(&place, &read);
    assert_eq!(told.code, 1, "{}", told.out);
    tells(
        &told,
        &["error[FW0944]", "`3` in one column and `30` in another"],
    );
    let latest = [&read[..], &["--when", "latest wins"]].concat();
    assert_eq!(rows(&run(&place, &latest))[0], "AVA,2031-01,30");
    place.write("w.csv", twice.replace("AVA,3,30\n", ""));
    assert_eq!(
        rows(&run(&place, &read)),
        ["BRV,2031-01,4", "COR,2031-01,6"]
    );
}

#[test]
fn a_row_that_names_a_period_is_none_of_units() {
    let place = place(
        PLAIN,
        &[("d.csv", "country,month,n\nAVA,2031-01,\nBRV,2031-01,4\n")],
    );
    let read = ["--data", "d.csv", "--units-row"];
    let told = run(&place, &read);
    assert_eq!(rows(&told), ["AVA,2031-01,0", "BRV,2031-01,4"]);
    tells(&told, &["warning[FW0959]"]);
    place.write("d.csv", "country,month,n\n,,people\nAVA,2031-01,\n");
    let told = run(&place, &read);
    assert_eq!(rows(&told), ["AVA,2031-01,0"]);
    assert!(!told.err.contains("FW0959"), "{}", told.err);
}

#[test]
fn a_row_of_units_of_hidden_columns_is_one_for_every_audience() {
    let rules = "\
framework w \"W\" version \"1.0.0\"
panel country by month
source field \"Field\" { classification confidential }
unit tents
indicator a \"A\" : number in 0..
indicator b \"B\" : tents in 0.. from field
score s = a
score t = b / 1 tents
";
    let place = place(
        rules,
        &[(
            "d.csv",
            "country,month,a,b\n,,,tents\nAVA,2031-01,3,9\nBRV,2031-01,4,8\n",
        )],
    );
    let told = run(
        &place,
        &["--data", "d.csv", "--units-row", "--audience", "public"],
    );
    assert_eq!(rows(&told), ["AVA,2031-01,3", "BRV,2031-01,4"]);
    assert!(!told.err.contains("FW0959"), "{}", told.err);
}

#[test]
fn codes_for_totals_are_no_parts() {
    for total in ["_T", "T", "BTSX", "both", "SEX_T"] {
        let text = format!(
            "country,month,sex,dead\nAVA,2031-01,F,3\nAVA,2031-01,M,4\nAVA,2031-01,{total},7\n"
        );
        let place = place(EVENTS, &[("d.csv", &text)]);
        let told = run(&place, &["--data", "d.csv", "--when", "add up"]);
        tells(&told, &["error[FW0972]", total]);
    }
}

#[test]
fn a_total_is_no_later_delivery_of_its_parts() {
    let text = "country,month,sex,dead\nAVA,2031-01,F,3\nAVA,2031-01,M,4\nAVA,2031-01,Total,7\n";
    let place = place(EVENTS, &[("d.csv", text)]);
    let read = ["--data", "d.csv", "--when", "latest wins"];
    let told = run(&place, &read);
    assert_eq!(rows(&told), ["AVA,2031-01,7"]);
    tells(
        &told,
        &[
            "warning[FW0973]",
            "one of them is `Total` of `sex`",
            "--rows 'sex = \"Total\"'",
        ],
    );
    let chosen = [&read[..], &["--rows", "sex = \"Total\""]].concat();
    let told = run(&place, &chosen);
    assert_eq!(rows(&told), ["AVA,2031-01,7"]);
    assert!(!told.err.contains("FW0973"), "{}", told.err);
}

#[test]
fn events_that_two_files_have_are_told() {
    let (first, second) = (
        "id,country,date,toll\n1,AVA,2031-01-04,3\n2,AVA,2031-01-30,15\n",
        "id,country,date,toll\n2,AVA,2031-01-30,15\n3,AVA,2031-02-02,4\n",
    );
    let place = place(EVENTS, &[("in/a.csv", first), ("in/b.csv", second)]);
    let read = [
        "--data",
        "in/*.csv",
        "--sum",
        "dead=toll",
        "--map",
        "month=date",
    ];
    let told = run(&place, &read);
    assert_eq!(rows(&told)[0], "AVA,2031-01,33");
    tells(
        &told,
        &["warning[FW0980]", "in/a.csv, row 3", "in/b.csv, row 2"],
    );
    let latest = [&read[..], &["--when", "latest wins"]].concat();
    tells(
        &run(&place, &latest),
        &["`latest wins` chooses among rows of one key"],
    );
    place.write("in/b.csv", "id,country,date,toll\n3,AVA,2031-02-02,4\n");
    let told = run(&place, &read);
    assert!(!told.err.contains("FW0980"), "{}", told.err);
}

#[test]
fn rows_behind_the_end_are_told() {
    let text =
        "country,month,n\nAVA,2031-01,3\nNotavia,2031-01,7\nBRV,2031-01,9\nNote: provisional,,\n";
    let place = place(PLAIN, &[("d.csv", text)]);
    let told = run(&place, &["--data", "d.csv", "--footer", "Not"]);
    tells(
        &told,
        &[
            "warning[FW0981]",
            "2 rows behind the footer `Not`",
            "d.csv, row 3",
        ],
    );
    place.write("t.csv", format!("{text}Total rows,2031-01,19\n"));
    let told = run(&place, &["--data", "t.csv", "--footer", "Note"]);
    assert_eq!(rows(&told).len(), 3);
    assert!(!told.err.contains("FW0981"), "{}", told.err);
}

#[test]
fn units_that_differ_by_tens_are_told() {
    let rules = "\
framework w \"W\" version \"1.0.0\"
panel country by month
unit people
unit thousand_people = 1_000 people
indicator pop \"Pop\" : thousand_people in 0.. column \"Pop (millions)\"
score s : thousand_people = pop
";
    let place = place(
        rules,
        &[("d.csv", "country,month,Pop (millions)\nAVA,2031-01,3\n")],
    );
    let told = run(&place, &["--data", "d.csv"]);
    tells(&told, &["warning[FW0964]", "Pop (millions)"]);
    place.write("w.risk", rules.replace("millions", "thousands"));
    place.write("d.csv", "country,month,Pop (thousands)\nAVA,2031-01,3\n");
    let told = run(&place, &["--data", "d.csv"]);
    assert!(!told.err.contains("FW0964"), "{}", told.err);
}

#[test]
fn a_number_before_the_period_is_no_month() {
    let month = |n: u32| format!("country,month,n\nAVA,2031-08,{n}\n");
    let place = place(
        PLAIN,
        &[
            ("in/e_v3_2031-09.csv", &month(9)),
            ("in/e_v1_2031-10.csv", &month(10)),
        ],
    );
    let told = run(&place, &["--data", "in/*.csv", "--when", "latest wins"]);
    assert_eq!(rows(&told), ["AVA,2031-08,10"]);
}

/// A sheet of one row of these keys, its number in a format.
fn sheet(book: &mut Workbook, name: &str, n: f64, format: &str) {
    let sheet = book.add_worksheet().set_name(name).unwrap();
    for (column, text) in ["country", "month", "n"].into_iter().enumerate() {
        sheet.write(0, column as u16, text).unwrap();
    }
    sheet.write(1, 0, "AVA").unwrap();
    sheet.write(1, 1, "2031-08").unwrap();
    let format = Format::new().set_num_format(format);
    sheet.write_with_format(1, 2, n, &format).unwrap();
}

#[test]
fn sheets_of_periods_stand_in_their_order() {
    let place = place(PLAIN, &[]);
    let mut book = Workbook::new();
    sheet(&mut book, "2031-10", 10.0, "0");
    sheet(&mut book, "2031-9", 9.0, "0");
    place.write("d.xlsx", book.save_to_buffer().unwrap());
    let told = run(
        &place,
        &["--data", "d.xlsx", "--sheet", "*", "--when", "latest wins"],
    );
    assert_eq!(rows(&told), ["AVA,2031-08,10"]);
}

#[test]
fn a_sheet_that_is_hidden_is_not_the_first() {
    let place = place(PLAIN, &[]);
    let mut book = Workbook::new();
    sheet(&mut book, "old", 99.0, "0");
    sheet(&mut book, "now", 4.0, "0");
    book.worksheet_from_index(0).unwrap().set_hidden(true);
    book.worksheet_from_index(1).unwrap().set_active(true);
    place.write("d.xlsx", book.save_to_buffer().unwrap());
    let told = run(&place, &["--data", "d.xlsx"]);
    assert_eq!(rows(&told), ["AVA,2031-08,4"]);
    tells(&told, &["warning[FW0960]", "`old` is not read"]);
}

#[test]
fn a_percent_sign_that_is_not_shown_multiplies_nothing() {
    let rules = PLAIN.replace("number in 0.. missing means 0", "percent in 0..100");
    let place = place(&rules, &[]);
    for (format, n, read) in [
        ("0.0_%", 12.5, "12.5"),
        ("0.0%", 0.125, "12.5"),
        ("[<1]0.0%;0.0", 12.5, "12.5"),
        ("[<1]0.0%;0.0", 0.125, "12.5"),
    ] {
        let mut book = Workbook::new();
        sheet(&mut book, "d", n, format);
        place.write("d.xlsx", book.save_to_buffer().unwrap());
        let told = run(&place, &["--data", "d.xlsx"]);
        assert_eq!(rows(&told), [format!("AVA,2031-08,{read}")], "{format}");
    }
}

#[test]
fn rows_below_a_range_are_told() {
    let place = place(PLAIN, &[]);
    let mut book = Workbook::new();
    sheet(&mut book, "d", 3.0, "0");
    let cells = book.worksheet_from_index(0).unwrap();
    for (column, text) in ["BRV", "2031-08", "7"].into_iter().enumerate() {
        cells.write(2, column as u16, text).unwrap();
    }
    cells.write(4, 0, "Source: field offices").unwrap();
    place.write("d.xlsx", book.save_to_buffer().unwrap());
    let told = run(&place, &["--data", "d.xlsx", "--range", "A1:C2"]);
    assert_eq!(rows(&told), ["AVA,2031-08,3"]);
    tells(&told, &["warning[FW0981]", "1 row below the range `A1:C2`"]);
}

#[test]
fn what_is_missing_is_asked_of_any_column() {
    let text = "country,month,n,q\nAVA,2031-01,1,\nBRV,2031-01,,5\n";
    let place = place(PLAIN, &[("d.csv", text)]);
    let expects = |what: &str| run(&place, &["--data", "d.csv", "--expect", what]);
    assert_eq!(expects("share(missing, q) < 60%").code, 0);
    let told = expects("share(missing, q) < 10%");
    assert_eq!(told.code, 1, "{}", told.out);
    tells(
        &told,
        &["error[FW0945]", "`q` is missing in 50.0 % of rows"],
    );
    assert_eq!(expects("share(missing, column(\"q\")) < 60%").code, 0);
    tells(
        &expects("share(missing, qq) < 60%"),
        &["error[FW0942]", "no column `qq`"],
    );
}

#[test]
fn of_rows_that_come_twice_a_cell_that_cannot_be_read_says_something() {
    let data = "country,month,n\nAVA,2031-01,4O\nAVA,2031-01,7\nBRV,2031-01,\nBRV,2031-01,9\n";
    let rules = PLAIN.replace(" missing means 0", "");
    let place = place(&rules, &[("n.csv", data)]);
    let err = place.run(&["run", "w.risk", "--data", "n.csv"]).err;
    assert!(
        err.contains("they differ in `n`: what cannot be read and 7"),
        "{err}"
    );
    assert!(err.contains("they differ in `n`: missing and 9"), "{err}");
    // Only the second pair completes each other.
    assert_eq!(err.matches("the other leaves empty").count(), 1, "{err}");
}
