//! Data of which every cell is well formed, and which are wrong all the same: they are told, and what
//! the message offers works.

use crate::common;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use common::{files, number, plan};
use forewarn_plan::{Excepted, InputInfo, OnViolation, PeriodKind, Plan};
use forewarn_runtime::bind::{KeyForm, KeyStep};
use forewarn_tables::ReadOptions;
use parquet::arrow::ArrowWriter;
use std::sync::Arc;

fn told_with(plan: &Plan, contents: &[(&str, &str)], options: &ReadOptions<'_>) -> String {
    let contents: Vec<(&str, &[u8])> = contents
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    files(&contents).told(plan, options)
}

fn told(plan: &Plan, contents: &[(&str, &str)]) -> String {
    told_with(plan, contents, &ReadOptions::default())
}

fn united(steps: &[KeyStep]) -> ReadOptions<'static> {
    ReadOptions {
        keys: KeyForm::new(steps),
        ..ReadOptions::default()
    }
}

fn yearly(inputs: Vec<InputInfo>) -> Plan {
    plan(Some(PeriodKind::Year), inputs)
}

fn share() -> InputInfo {
    InputInfo {
        low: 0.0,
        high: 1.0,
        ..number("share")
    }
}

fn optional(name: &str) -> InputInfo {
    InputInfo {
        optional: true,
        ..number(name)
    }
}

#[track_caller]
fn has(text: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
}

#[track_caller]
fn has_not(text: &str, unwanted: &str) {
    assert!(!text.contains(unwanted), "{unwanted}\n{text}");
}

#[test]
fn a_column_whose_values_are_all_out_of_range_is_told() {
    let plan = yearly(vec![share()]);
    let all = "country,year,share\nAVA,2023,40\nBRV,2023,\nCED,2023,71\n";
    has(
        &told(&plan, &[("d.csv", all)]),
        &[
            "FW0933",
            "all 2 values of column `share`",
            "the first is 40",
        ],
    );
    let one = "country,year,share\nAVA,2023,40\nBRV,2023,0.4\n";
    has_not(&told(&plan, &[("d.csv", one)]), "FW0933");
}

#[test]
fn also_where_they_are_moved_to_the_end_of_the_range() {
    let clamped = InputInfo {
        on_violation: OnViolation::Clamp,
        missing_means: Some(0.0),
        ..share()
    };
    let plan = yearly(vec![clamped]);
    // The empty cell stands for 0, which is no value of the column.
    let all = "country,year,share\nAVA,2023,40\nBRV,2023,\n";
    has(&told(&plan, &[("d.csv", all)]), &["FW0933", "moved"]);
    let one = "country,year,share\nAVA,2023,40\nBRV,2023,1\n";
    has_not(&told(&plan, &[("d.csv", one)]), "FW0933");
}

#[test]
fn empty_columns_are_told_together_and_what_they_would_stand_for() {
    let deaths = InputInfo {
        missing_means: Some(0.0),
        ..number("deaths")
    };
    let plan = yearly(vec![deaths, optional("fled"), optional("aid")]);
    let empty = "country,year,deaths,fled,aid\nAVA,2023,,,1\nBRV,2023,,,\n";
    let text = told(&plan, &[("d.csv", empty)]);
    has(
        &text,
        &["FW0934", "2 columns are empty", "`deaths` and `fled`"],
    );
    has(
        &text,
        &["`missing means …` takes every one of them for a value"],
    );
    // A single row may just be one without observations.
    let short = "country,year,deaths,fled,aid\nAVA,2023,,,1\n";
    has_not(&told(&plan, &[("d.csv", short)]), "FW0934");
}

#[test]
fn one_value_throughout_is_told_where_that_is_strange() {
    let plan = yearly(vec![number("fled")]);
    let table = |value: &str, rows: usize| {
        let rows = (0..rows).map(|row| format!("C{row},2023,{value}\n"));
        format!("country,year,fled\n{}", rows.collect::<String>())
    };
    has(
        &told(&plan, &[("d.csv", &table("-99", 6))]),
        &[
            "FW0935",
            "every value of column `fled` is -99",
            "--missing -99",
        ],
    );
    has_not(&told(&plan, &[("d.csv", &table("-99", 3))]), "FW0935");
    // That nothing happened anywhere is less strange.
    has_not(&told(&plan, &[("d.csv", &table("0", 6))]), "FW0935");
    has(&told(&plan, &[("d.csv", &table("0", 30))]), &["FW0935"]);
    let mixed = format!("{}Z,2023,4\n", table("-99", 6));
    has_not(&told(&plan, &[("d.csv", &mixed)]), "FW0935");
}

#[test]
fn renamed_columns_of_optional_indicators_are_told_with_the_way_to_read_them() {
    let plan = yearly(vec![
        optional("people_fled"),
        optional("aid"),
        number("deaths"),
    ]);
    let renamed = "country,year,deaths,People-Fled,rainfall\nAVA,2023,1,2,3\n";
    let text = told(&plan, &[("d.csv", renamed)]);
    has(
        &text,
        &[
            "FW0936",
            "`People-Fled` is not read",
            "--map people_fled=People-Fled",
        ],
    );
    has_not(&text, "aid=");
    // In several files too, and a column that is read is not offered.
    let deaths = "country,year,deaths\nAVA,2023,1\n";
    let other = "country,year,peoplefled,aid\nAVA,2023,2,3\n";
    let text = told(&plan, &[("a.csv", deaths), ("b.csv", other)]);
    has(&text, &["FW0936", "--map people_fled=peoplefled", "b.csv"]);
    let map = ReadOptions {
        map: vec![("people_fled".to_owned(), "People-Fled".to_owned())],
        ..ReadOptions::default()
    };
    let text = told_with(&plan, &[("d.csv", renamed)], &map);
    has(&text, &["AVA 2023 2 - 1"]);
    has_not(&text, "FW0936");
}

#[test]
fn what_is_mapped_has_to_be_there() {
    let plan = yearly(vec![optional("aid"), number("deaths")]);
    let map = ReadOptions {
        map: vec![("aid".to_owned(), "helped".to_owned())],
        ..ReadOptions::default()
    };
    let one = [("d.csv", "country,year,deaths,help\nAVA,2023,1,2\n")];
    has(
        &told_with(&plan, &one, &map),
        &["FW0902", "has no column `helped`"],
    );
    let two = [
        ("a.csv", "country,year,deaths\nAVA,2023,1\n"),
        ("b.csv", "country,year,help\nAVA,2023,2\n"),
    ];
    has(
        &told_with(&plan, &two, &map),
        &["FW0902", "neither", "has a column `helped`"],
    );
}

#[test]
fn spellings_of_one_entity_are_told_and_the_offered_steps_unite_them() {
    let plan = yearly(vec![number("deaths")]);
    let cases: [(&str, &str, &str, &[KeyStep]); 5] = [
        ("BRV", "brv", "differ only in case", &[KeyStep::Upper]),
        (
            "Tav\u{e1}r",
            "Tava\u{301}r",
            "with U+0061 U+0301",
            &[KeyStep::Nfc],
        ),
        ("DOR", "D\u{41e}R", "with U+041E", &[KeyStep::Latin]),
        ("7", "007", "noughts", &[KeyStep::Zeros]),
        (
            "North Elbe",
            "North\u{a0}Elbe",
            "with U+00A0",
            &[KeyStep::Trim],
        ),
    ];
    for (one, other, difference, steps) in cases {
        let table = format!("country,year,deaths\n{one},2023,1\n{other},2024,2\n");
        let text = told(&plan, &[("d.csv", &table)]);
        let offered: Vec<&str> = steps.iter().map(|step| step.word()).collect();
        let offered = format!("--keys {}", offered.join(","));
        has(&text, &["FW0932", difference, &offered, "row 2", "row 3"]);
        let text = told_with(&plan, &[("d.csv", &table)], &united(steps));
        has_not(&text, "FW0932");
        let entities: std::collections::BTreeSet<&str> = text
            .lines()
            .take(2)
            .filter_map(|line| line.split(" 20").next())
            .collect();
        assert_eq!(entities.len(), 1, "{text}");
    }
}

#[test]
fn different_names_are_not_taken_for_spellings() {
    let plan = yearly(vec![number("deaths")]);
    let table = "country,year,deaths\nBRV,2023,1\nBRW,2023,2\n0A,2023,3\nA,2023,4\n";
    has_not(&told(&plan, &[("d.csv", table)]), "FW0932");
}

#[test]
fn what_missing_means_is_not_taken_for_a_key_that_nearly_matches() {
    let deaths = InputInfo {
        missing_means: Some(0.0),
        ..number("deaths")
    };
    let plan = yearly(vec![deaths, number("people")]);
    let events = (
        "events.csv",
        "country,year,deaths\nava,2023,500\nBRV,2023,3\n",
    );
    let people = "country,year,people\nAVA,2023,1000\nBRV,2023,50\nCED,2023,70\n";
    let text = told(&plan, &[events, ("people.csv", people)]);
    has(
        &text,
        &[
            "FW0932",
            "AVA 2023 - 1000",
            "ava 2023 500 -",
            "CED 2023 0 70",
        ],
    );
    // One slip, one message.
    has_not(&text, "FW0929");
    let text = told_with(
        &plan,
        &[events, ("people.csv", people)],
        &united(&[KeyStep::Upper]),
    );
    has(&text, &["AVA 2023 500 1000", "CED 2023 0 70"]);
    has_not(&text, "FW0932");
}

#[test]
fn neither_is_it_where_the_other_file_has_no_periods() {
    let deaths = InputInfo {
        missing_means: Some(0.0),
        ..number("deaths")
    };
    let plan = yearly(vec![number("people"), deaths]);
    let people = (
        "people.csv",
        "country,year,people\nAVA,2023,9\nCED,2023,7\n",
    );
    let fixed = ("fixed.csv", "country,deaths\nava,500\nBRV,3\nCED,1\n");
    let text = told(&plan, &[people, fixed]);
    has(&text, &["FW0932", "AVA 2023 9 -", "CED 2023 7 1"]);
}

#[test]
fn files_with_nothing_in_common_but_spelling_say_so() {
    let plan = yearly(vec![number("deaths"), number("people")]);
    let one = ("a.csv", "country,year,deaths\nAVA,2023,5\n");
    let other = ("b.csv", "country,year,people\nava,2023,9\n");
    has(
        &told(&plan, &[one, other]),
        &["FW0928", "is `ava` the same as `AVA`?", "--keys upper"],
    );
}

#[test]
fn entities_that_are_left_out_are_not_read_at_all() {
    let plan = yearly(vec![number("deaths")]);
    let table = "country,year,deaths\nAVA,2023,1\nWLD,2023,nonsense\nBRV,2023,2\n";
    let except = |name: &str| ReadOptions {
        except: vec![name.to_owned()],
        ..ReadOptions::default()
    };
    let text = told_with(&plan, &[("d.csv", table)], &except("WLD"));
    has(&text, &["AVA 2023 1", "BRV 2023 2"]);
    has_not(&text, "WLD");
    let text = told_with(&plan, &[("d.csv", table)], &except("WDL"));
    has(&text, &["nonsense"]);
    let fine = "country,year,deaths\nAVA,2023,1\nWLD,2023,8\n";
    let text = told_with(&plan, &[("d.csv", fine)], &except("WDL"));
    has(&text, &["FW0939", "did you mean `WLD`?", "WLD 2023 8"]);
}

#[test]
fn what_the_panel_leaves_out_is_not_read_and_need_not_be_there() {
    let mut plan = yearly(vec![number("deaths")]);
    let leaves_out = |name: &str| Excepted {
        name: name.to_owned(),
        ..Excepted::default()
    };
    plan.panel.except = vec![leaves_out("WLD"), leaves_out("Sahel and Coast")];
    let table = "country,year,deaths\nAVA,2023,1\nWLD,2023,nonsense\nBRV,2023,2\n";
    let text = told(&plan, &[("d.csv", table)]);
    has(&text, &["AVA 2023 1", "BRV 2023 2"]);
    has_not(&text, "WLD");
    has_not(&text, "FW09");
    // Several files, and names brought to one spelling as keys are.
    let lower = "country,year,deaths\nava,2023,1\nwld,2023,9\n";
    has_not(
        &told_with(&plan, &[("d.csv", lower)], &united(&[KeyStep::Upper])),
        "WLD",
    );
    let text = told(&plan, &[("d.csv", lower)]);
    has(&text, &["FW0943", "`WLD`", "`wld`", "wld 2023 9"]);
    // What is asked for in one run is left out beside it.
    let asked = ReadOptions {
        except: vec!["BRV".to_owned()],
        ..ReadOptions::default()
    };
    let text = told_with(&plan, &[("d.csv", table)], &asked);
    has(&text, &["AVA 2023 1"]);
    has_not(&text, "BRV");
}

#[test]
fn entities_are_left_out_of_tables_by_columns_too() {
    let columns: Vec<(&str, ArrayRef)> = vec![
        (
            "country",
            Arc::new(StringArray::from(vec!["AVA", "WLD", "BRV", "WLD"])),
        ),
        (
            "year",
            Arc::new(StringArray::from(vec!["2023", "2023", "2023", "2024"])),
        ),
        (
            "deaths",
            Arc::new(Float64Array::from(vec![
                Some(1.0),
                Some(900.0),
                None,
                Some(8.0),
            ])),
        ),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let plan = yearly(vec![number("deaths")]);
    let options = ReadOptions {
        except: vec!["WLD".to_owned()],
        ..ReadOptions::default()
    };
    let text = files(&[("d.parquet", &bytes)]).told(&plan, &options);
    has(&text, &["AVA 2023 1\nBRV 2023 -\n", "deaths: 1 missing"]);
    has_not(&text, "WLD");
}
