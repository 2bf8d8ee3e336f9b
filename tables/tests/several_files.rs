//! Several files for one ruleset: joined on the keys, whatever their format and their order.

use crate::common;

use arrow_array::{ArrayRef, Float64Array, Int32Array, RecordBatch, StringArray};
use common::{along, carried, category, files, number, plan};
use forewarn_plan::{InputInfo, PeriodKind, Plan};
use forewarn_tables::ReadOptions;
use parquet::arrow::ArrowWriter;
use std::sync::Arc;

fn told(plan: &Plan, contents: &[(&str, &str)]) -> String {
    let contents: Vec<(&str, &[u8])> = contents
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    files(&contents).told(plan, &ReadOptions::default())
}

/// Deaths by month, the population by year, and the region that a country lies in.
fn early_warning() -> Plan {
    let deaths = InputInfo {
        missing_means: Some(0.0),
        ..number("deaths")
    };
    let region = category("region", &["west", "central"]);
    along(plan(
        Some(PeriodKind::Month),
        vec![deaths, carried("population", 11), region],
    ))
}

const EVENTS: &str = "country,month,deaths
NER,2024-01,12
NER,2023-12,3
NER,2024-03,
MLI,2024-03,4
";

const WANTED: &str = "MLI 2024-03 4 23+ 0
NER 2023-12 3 25+ 0
NER 2024-01 12 26 0
(NER 2024-02 - 26+ 0)
NER 2024-03 0 26+ 0
";

#[test]
fn a_yearly_file_and_one_without_periods_fill_the_months_of_another() {
    insta::assert_snapshot!(
        told(
            &early_warning(),
            &[
                ("events.csv", EVENTS),
                ("population.csv", "country,year,population\nNER,2024,26\nMLI,2024,23\nNER,2023,25\n"),
                ("regions.csv", "country,region\nNER,west\nMLI,west\n"),
            ],
        ),
        @r"
    MLI 2024-03 4 23+ 0
    NER 2023-12 3 25+ 0
    NER 2024-01 12 26 0
    (NER 2024-02 - 26+ 0)
    NER 2024-03 0 26+ 0

    read: 4 rows
      deaths: 0 missing, 0 out of range, 0 unreadable
        0 carried, the oldest 0 old; 1 stand for what absent means
      population: 0 missing, 0 out of range, 0 unreadable
        3 carried, the oldest 11 old; 0 stand for what absent means
      region: 0 missing, 0 out of range, 0 unreadable
    "
    );
}

fn parquet() -> Vec<u8> {
    let columns: Vec<(&str, ArrayRef)> = vec![
        (
            "country",
            Arc::new(StringArray::from(vec!["NER", "MLI", "NER"])),
        ),
        ("month", Arc::new(Int32Array::from(vec![2024, 2024, 2023]))),
        (
            "population",
            Arc::new(Float64Array::from(vec![26.0, 23.0, 25.0])),
        ),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn formats_and_the_order_of_files_do_not_matter() {
    let parquet = parquet();
    let regions =
        "{\"country\":\"MLI\",\"region\":\"west\"}\n{\"region\":\"west\",\"country\":\"NER\"}\n";
    let tabs = EVENTS.replace(',', "\t");
    let mut contents: Vec<(&str, &[u8])> = vec![
        ("events.tsv", tabs.as_bytes()),
        ("population.parquet", &parquet),
        ("regions.ndjson", regions.as_bytes()),
    ];
    for _ in 0..3 {
        contents.rotate_left(1);
        let told = files(&contents).told(&early_warning(), &ReadOptions::default());
        assert!(told.starts_with(WANTED), "{told}");
    }
    let yearly = "{\"country\":\"NER\",\"year\":\"2024\",\"population\":26}
{\"country\":\"MLI\",\"year\":\"2024\",\"population\":23}
{\"country\":\"NER\",\"year\":\"2023\",\"population\":25}
";
    contents[0].1 = regions.as_bytes();
    for content in &mut contents {
        match content.0 {
            "events.tsv" => content.1 = tabs.as_bytes(),
            "regions.ndjson" => content.1 = regions.as_bytes(),
            _ => *content = ("population.ndjson", yearly.as_bytes()),
        }
    }
    let told = files(&contents).told(&early_warning(), &ReadOptions::default());
    assert!(told.starts_with(WANTED), "{told}");
}

#[test]
fn rows_are_those_of_any_file_at_the_panels_own_pace() {
    let plan = plan(Some(PeriodKind::Year), vec![number("a"), number("b")]);
    insta::assert_snapshot!(told(
        &plan,
        &[
            ("a.csv", "country,year,a\nA,2020,1\nA,2021,2\nB,2020,3\n"),
            ("b.csv", "country,year,b\nC,2020,9\nA,2022,8\nA,2020,7\n"),
        ],
    ));
}

#[test]
fn cross_sections_are_joined_by_entity() {
    let plan = plan(None, vec![number("a"), number("b")]);
    insta::assert_snapshot!(told(
        &plan,
        &[
            ("a.csv", "country,a\nB,2\nA,1\n"),
            ("b.csv", "country,b\nA,3\nB,4\n"),
        ],
    ), @r"
    A 1 3
    B 2 4

    read: 2 rows
      a: 0 missing, 0 out of range, 0 unreadable
      b: 0 missing, 0 out of range, 0 unreadable
    ");
}

#[test]
fn an_optional_indicator_may_be_in_no_file() {
    let c = InputInfo {
        optional: true,
        missing_means: Some(0.0),
        ..number("c")
    };
    let plan = plan(None, vec![number("a"), number("b"), c]);
    let told = told(
        &plan,
        &[
            ("a.csv", "country,a\nA,1\n"),
            ("b.ndjson", "{\"country\":\"A\",\"b\":2}\n"),
        ],
    );
    assert!(told.starts_with("A 1 2 -\n"), "{told}");
    assert!(told.contains("c: 1 missing"), "{told}");
}

fn two() -> Plan {
    plan(
        Some(PeriodKind::Month),
        vec![number("deaths"), number("population")],
    )
}

const DEATHS: &str = "country,month,deaths\nNER,2024-01,12\nNER,2024-02,3\n";

#[test]
fn an_indicator_in_two_files_is_told() {
    let population = "country,year,population,deaths\nNER,2024,26,4\n";
    insta::assert_snapshot!(told(
        &two(),
        &[("events.csv", DEATHS), ("population.csv", population)]
    ));
}

#[test]
fn an_indicator_in_no_file_is_told_with_all_of_them() {
    let population = "country,year,populaton\nNER,2024,26\n";
    insta::assert_snapshot!(told(
        &two(),
        &[("events.csv", DEATHS), ("population.csv", population)]
    ));
}

#[test]
fn a_slower_file_without_carrying_is_told() {
    let population = "country,year,population\nNER,2024,26\n";
    insta::assert_snapshot!(told(
        &two(),
        &[("events.csv", DEATHS), ("population.csv", population)]
    ));
}

#[test]
fn a_file_without_periods_has_one_row_for_each_entity() {
    let population = "country,census,population\nNER,first,26\nNER,second,26\n";
    insta::assert_snapshot!(told(
        &two(),
        &[("events.csv", DEATHS), ("population.csv", population)]
    ));
}

#[test]
fn some_file_goes_by_the_panels_periods() {
    let deaths = "country,year,deaths\nNER,2024,26\n";
    let population = "country,population\nNER,26\n";
    insta::assert_snapshot!(told(
        &two(),
        &[("events.csv", deaths), ("population.csv", population)]
    ));
}

#[test]
fn files_without_a_common_entity_are_told() {
    let population = "country,month,population\nNiger,2024-01,26\nner,2024-02,26\n";
    insta::assert_snapshot!(told(
        &two(),
        &[("events.csv", DEATHS), ("population.csv", population)]
    ));
}

#[test]
fn keys_that_are_met_in_one_file_only_are_told() {
    let deaths = "country,month,deaths
MLI,2024-01,1
MLI,2024-02,1
NER,2024-01,12
NER,2024-02,3
";
    let population = "country,month,population\nNER,2024-01,26\n";
    let regions = "country,region\nNER,west\nMli,west\n";
    let region = category("region", &["west", "central"]);
    let plan = plan(
        Some(PeriodKind::Month),
        vec![number("deaths"), number("population"), region],
    );
    insta::assert_snapshot!(told(
        &plan,
        &[
            ("events.csv", deaths),
            ("population.csv", population),
            ("regions.csv", regions)
        ],
    ));
}

#[test]
fn problems_of_all_files_are_told_at_once() {
    let deaths = "country,month,deaths\nNER,2024-01,twelve\n";
    let population = "country,year,population\nNER,2024,26\nNER,2024,27\nNER,2023-05,1\n";
    insta::assert_snapshot!(told(
        &two(),
        &[("events.csv", deaths), ("population.csv", population)]
    ));
}

#[test]
fn a_file_that_nothing_is_read_from_is_told() {
    let other = "country,year,gdp\nNER,2024,26\n";
    let both = "country,month,deaths,population\nNER,2024-01,1,2\n";
    insta::assert_snapshot!(told(&two(), &[("both.csv", both), ("other.csv", other)]));
}

#[test]
fn carrying_forward_does_not_explain_a_country_that_is_not_there() {
    let plan = plan(
        Some(PeriodKind::Month),
        vec![number("deaths"), carried("population", 11)],
    );
    let deaths = "country,month,deaths\nMLI,2024-01,1\nNER,2024-01,12\nNER,2025-02,3\n";
    let population = "country,year,population\nNER,2024,26\n";
    let files = [("events.csv", deaths), ("population.csv", population)];
    insta::assert_snapshot!(told(&plan, &files));
}

#[test]
fn quarters_under_weeks_are_no_longer_periods() {
    let plan = plan(
        Some(PeriodKind::Week(forewarn_runtime::period::Weekday::Monday)),
        vec![number("deaths"), carried("population", 53)],
    );
    let deaths = "country,week,deaths\nNER,2024-W01,12\nNER,2024-W05,3\n";
    let yearly = "country,year,population\nNER,2024,26\n";
    let files = [("events.csv", deaths), ("population.csv", yearly)];
    let of_years = told(&plan, &files);
    assert!(
        of_years.starts_with("NER 2024-W01 12 26\nNER 2024-W05 3 26+\n"),
        "{of_years}"
    );
    let quarterly = "country,week,population\nNER,2024-Q1,26\n";
    let files = [("events.csv", deaths), ("population.csv", quarterly)];
    let of_quarters = told(&plan, &files);
    assert!(
        of_quarters.contains("`2024-Q1` is not a week"),
        "{of_quarters}"
    );
}
