//! Panels along time: missing periods, values that are carried forward, ways of writing periods.

use crate::common;

use common::{along, carried, files, number, plan};
use forewarn_plan::{InputInfo, PeriodKind, Plan};
use forewarn_runtime::period::Written;
use forewarn_tables::ReadOptions;

/// What a file gives: the panel as a table, or what is told.
fn read(plan: &Plan, options: &ReadOptions<'_>, name: &str, text: &str) -> String {
    files(&[(name, text.as_bytes())]).told(plan, options)
}

fn csv(plan: &Plan, text: &str) -> String {
    read(plan, &ReadOptions::default(), "data.csv", text)
}

fn deaths() -> Plan {
    plan(Some(PeriodKind::Month), vec![number("deaths")])
}

/// Two countries in any order, with a hole of two months.
const SHUFFLED: &str = "country,month,deaths
NER,2024-05,5
MLI,2023-12,1
NER,2024-02,2
NER,2024-01,1
";

#[test]
fn rules_that_look_along_time_get_every_period() {
    insta::assert_snapshot!(csv(&along(deaths()), SHUFFLED), @r"
    MLI 2023-12 1
    NER 2024-01 1
    NER 2024-02 2
    (NER 2024-03 -)
    (NER 2024-04 -)
    NER 2024-05 5

    read: 4 rows
      deaths: 0 missing, 0 out of range, 0 unreadable
    ");
}

#[test]
fn other_rules_get_the_rows_of_the_data_alone() {
    insta::assert_snapshot!(csv(&deaths(), SHUFFLED), @r"
    MLI 2023-12 1
    NER 2024-01 1
    NER 2024-02 2
    NER 2024-05 5

    read: 4 rows
      deaths: 0 missing, 0 out of range, 0 unreadable
    ");
}

#[test]
fn what_an_absent_cell_means_is_not_said_of_periods_without_data() {
    let input = InputInfo {
        missing_means: Some(0.0),
        ..number("deaths")
    };
    let plan = along(plan(Some(PeriodKind::Year), vec![input]));
    insta::assert_snapshot!(csv(&plan, "country,year,deaths\nNER,2020,\nNER,2022,4\n"), @r"
    NER 2020 0
    (NER 2021 -)
    NER 2022 4

    read: 2 rows
      deaths: 0 missing, 0 out of range, 0 unreadable
        0 carried, the oldest 0 old; 1 stand for what absent means
    ");
}

#[test]
fn values_are_carried_into_absent_cells_and_missing_periods() {
    let input = InputInfo {
        high: 100.0,
        ..carried("share", 3)
    };
    let plan = along(plan(Some(PeriodKind::Month), vec![input]));
    let options = ReadOptions {
        missing: vec!["..".to_owned()],
        lenient: true,
        ..ReadOptions::default()
    };
    let text = "country,month,share
NER,2024-06,
NER,2024-04,400
NER,2024-01,40
NER,2024-02,..
NER,2024-05,none
NER,2024-07,70
MLI,2024-01,
MLI,2024-02,20
";
    insta::assert_snapshot!(read(&plan, &options, "data.csv", text), @r"
    MLI 2024-01 -
    MLI 2024-02 20
    NER 2024-01 40
    NER 2024-02 40+
    (NER 2024-03 40+)
    NER 2024-04 -
    NER 2024-05 -
    NER 2024-06 -
    NER 2024-07 70

    read: 8 rows
      share: 4 missing, 1 out of range, 1 unreadable
        1 carried, the oldest 1 old; 0 stand for what absent means
        first out of range: row 3 (NER, 2024-04): 400
    ");
}

#[test]
fn without_looking_along_time_ages_are_counted_in_periods_too() {
    let plan = plan(Some(PeriodKind::Year), vec![carried("share", 3)]);
    insta::assert_snapshot!(csv(&plan, "country,year,share\nA,2000,1\nA,2003,\nA,2004,\n"), @r"
    A 2000 1
    A 2003 1+
    A 2004 -

    read: 3 rows
      share: 1 missing, 0 out of range, 0 unreadable
        1 carried, the oldest 3 old; 0 stand for what absent means
    ");
}

#[test]
fn a_mistyped_year_is_told_with_both_rows() {
    let plan = along(plan(Some(PeriodKind::Day), vec![number("deaths")]));
    let text = "country,day,deaths
NER,2024-05-30,1
MLI,2024-05-30,1
NER,9024-05-31,1
MLI,2024-06-30,1
";
    insta::assert_snapshot!(csv(&plan, text));
}

#[test]
fn each_kind_of_period_has_its_spellings() {
    for (kind, written, spellings) in [
        (PeriodKind::Year, "2024", vec!["2024", "2024-01-01"]),
        (
            PeriodKind::Quarter,
            "2024-Q2",
            vec!["2024Q2", "2024-Q2", "2024-04-01"],
        ),
        (
            PeriodKind::Month,
            "2024-05",
            vec!["2024-05", "2024M05", "2024-M05", "2024-05-01"],
        ),
        (
            PeriodKind::Week(forewarn_runtime::period::Weekday::Monday),
            "2024-W12",
            vec!["2024-W12", "2024W12", "2024-03-18"],
        ),
        (PeriodKind::Day, "2024-05-31", vec!["2024-05-31"]),
    ] {
        let plan = plan(Some(kind), vec![number("x")]);
        let name = forewarn_runtime::period::kind_name(kind);
        for spelling in spellings {
            let told = csv(&plan, &format!("country,{name},x\nA,{spelling},1\n"));
            assert!(told.starts_with(&format!("A {written} 1\n")), "{told}");
        }
    }
}

#[test]
fn a_way_of_writing_is_declared() {
    let options = ReadOptions {
        written: Written::new("YYYYMM").ok(),
        ..ReadOptions::default()
    };
    for (name, text) in [
        ("a.csv", "country,month,deaths\nA,202405,1\nA,2024-06,2\n"),
        (
            "a.ndjson",
            "{\"country\":\"A\",\"month\":202405,\"deaths\":1}\n{\"country\":\"A\",\"month\":\"202406\",\"deaths\":2}\n",
        ),
    ] {
        let told = read(&deaths(), &options, name, text);
        assert!(told.starts_with("A 2024-05 1\nA 2024-06 2\n"), "{told}");
    }
    let text = "country,month,deaths\nA,05/2024,1\n";
    insta::assert_snapshot!(read(&deaths(), &options, "data.csv", text));
}

#[test]
fn a_year_and_a_month_stand_in_two_columns() {
    let options = ReadOptions {
        map: vec![("month".to_owned(), "year,month".to_owned())],
        ..ReadOptions::default()
    };
    for (name, text) in [
        (
            "a.csv",
            "country,year,month,deaths\nA,2024,5,1\nA,2023,12,2\n",
        ),
        (
            "a.ndjson",
            "{\"country\":\"A\",\"year\":2024,\"month\":5,\"deaths\":1}\n{\"country\":\"A\",\"year\":2023,\"month\":12,\"deaths\":2}\n",
        ),
    ] {
        let told = read(&deaths(), &options, name, text);
        assert!(told.starts_with("A 2023-12 2\nA 2024-05 1\n"), "{told}");
    }
    let text = "country,year,month,deaths\nA,2024,13,1\nA,24,5,1\nA,2024,,1\nA,2024,May,1\n";
    insta::assert_snapshot!(read(&deaths(), &options, "data.csv", text));
}

#[test]
fn ways_of_writing_that_could_be_declared_are_named() {
    let text = "country,month,deaths\nA,202405,1\nA,5,2\nA,May,3\n";
    insta::assert_snapshot!(csv(&deaths(), text));
}

#[test]
fn the_rules_declare_how_periods_stand_in_the_data() {
    let mut written = deaths();
    written.panel.written = Written::new("YYYYMM").ok();
    let told = csv(&written, "country,month,deaths\nA,202405,1\n");
    assert!(told.starts_with("A 2024-05 1\n"), "{told}");

    let mut two = deaths();
    two.panel.period_column = Some("year, as reported".to_owned());
    two.panel.period_within = Some("m".to_owned());
    let told = csv(&two, "country,\"year, as reported\",m,deaths\nA,2024,5,1\n");
    assert!(told.starts_with("A 2024-05 1\n"), "{told}");
    insta::assert_snapshot!(csv(&two, "country,year,m,deaths\nA,2024,5,1\n"));
}
