//! Each problem of data with the file that has it and what is told.

use crate::common;

use common::{category, given, level, number, plan, truth};
use forewarn_plan::{InputInfo, OnViolation, PeriodKind, Plan};
use forewarn_runtime::bind::{Decimal, Limits};
use forewarn_tables::ReadOptions;

/// The snapshot shows the file and below it what is told.
fn told(file: &str, text: &str, plan: &Plan, options: &ReadOptions<'_>) -> String {
    format!(
        "{file}\n{text}\n----\n{}",
        given(file, text).told(plan, options)
    )
}

macro_rules! tells {
    ($plan:expr, $options:expr, $file:literal, $text:expr) => {
        insta::assert_snapshot!(told($file, $text, &$plan, &$options));
    };
}

fn hdi() -> Plan {
    plan(
        Some(PeriodKind::Year),
        vec![
            InputInfo {
                column: Some("life_exp".to_owned()),
                unit: "years".to_owned(),
                low: 0.0,
                high: 120.0,
                ..number("life_expectancy")
            },
            number("gni_pc"),
        ],
    )
}

fn plain() -> ReadOptions<'static> {
    ReadOptions::default()
}

#[test]
fn a_word_in_a_column_of_numbers() {
    tells!(
        hdi(),
        plain(),
        "countries.csv",
        "country,year,life_exp,gni_pc
NOR,2020,eighty,60000
SWE,2020,83.1,55000
"
    );
}

#[test]
fn every_way_to_miswrite_a_number() {
    tells!(
        hdi(),
        plain(),
        "countries.csv",
        "country,year,life_exp,gni_pc
A,2020,NA,..
B,2020,\"83,1\",\"1,234,567\"
C,2020,83 %,1 234
D,2020,12%,inf
E,2020,\"1.234,5\",1e999
F,2020,#DIV/0!,NaN
"
    );
}

#[test]
fn decimal_comma_with_points_in_between() {
    let options = ReadOptions {
        decimal: Decimal::Comma,
        ..plain()
    };
    tells!(
        hdi(),
        options,
        "countries.csv",
        "country;year;life_exp;gni_pc
NOR;2020;83,2;60000,5
SWE;2020;83.1;55.000,0
"
    );
}

#[test]
fn problems_beyond_the_limits_are_counted() {
    let limits = Limits {
        in_column: 2,
        in_all: 3,
    };
    let options = ReadOptions { limits, ..plain() };
    let mut text = "country,year,life_exp,gni_pc\n".to_owned();
    for year in 2000..2010 {
        text.push_str(&format!(
            "NOR,{year},bad,{}\n",
            if year > 2007 { "worse" } else { "1" }
        ));
    }
    text.push_str("NOR\nNOR\n,2020,1,1\n");
    tells!(hdi(), options, "countries.csv", &text);
}

#[test]
fn lenient_reading_counts_what_it_leaves_out() {
    let options = ReadOptions {
        lenient: true,
        ..plain()
    };
    tells!(
        hdi(),
        options,
        "countries.csv",
        "country,year,life_exp,gni_pc
NOR,2020,eighty,60000
SWE,2020,83.1,n/a
"
    );
}

#[test]
fn missing_words_are_missing_only_in_values() {
    let options = ReadOptions {
        missing: vec!["NA".to_owned(), "..".to_owned()],
        ..plain()
    };
    tells!(
        hdi(),
        options,
        "namibia.csv",
        "country,year,life_exp,gni_pc
NA,2020,NA,9000
NA,2022,59.3,..
"
    );
}

#[test]
fn a_missing_column_with_a_near_name() {
    tells!(
        hdi(),
        plain(),
        "countries.csv",
        "country,year,Life_Exp,gni
NOR,2020,83.2,60000
"
    );
}

#[test]
fn missing_columns_list_what_there_is_once() {
    tells!(
        hdi(),
        plain(),
        "countries.csv",
        "country,jahr,a,b,c,d,e,f,g,h,i,j,k,l,m
NOR,2020,1,1,1,1,1,1,1,1,1,1,1,1,1
"
    );
}

#[test]
fn no_column_fits() {
    tells!(
        hdi(),
        plain(),
        "countries.csv",
        "Human development by country

country,year,life_exp,gni_pc
NOR,2020,83.2,60000
"
    );
}

#[test]
fn a_column_twice() {
    tells!(
        hdi(),
        plain(),
        "countries.csv",
        "country,year,life_exp,gni_pc,life_exp,x,x
NOR,2020,83.2,60000,83.3,1,2
"
    );
}

#[test]
fn mapping_something_that_is_not_read() {
    let pair = |name: &str, column: &str| (name.to_owned(), column.to_owned());
    let map = vec![
        pair("gni", "income"),
        pair("gni_pc", "a"),
        pair("gni_pc", "b"),
    ];
    tells!(
        hdi(),
        ReadOptions { map, ..plain() },
        "countries.csv",
        "country,year,a,b,c
NOR,2020,83.2,60000,1
"
    );
}

#[test]
fn two_rows_with_one_key() {
    tells!(
        hdi(),
        plain(),
        "countries.csv",
        "country,year,life_exp,gni_pc
NOR,2022,83,60000
NOR,2020,83.2,60000
SWE,2020,83.1,55000
 NOR ,2020,83.25,
SWE,2020,83.1,55000
"
    );
}

#[test]
fn two_rows_in_a_cross_section() {
    let plan = plan(
        None,
        vec![level("concern", "concern", &["low", "high"]), truth("war")],
    );
    tells!(
        plan,
        plain(),
        "countries.csv",
        "country,concern,war
NOR,low,no
NOR,high,yes
"
    );
}

#[test]
fn rows_without_a_key() {
    tells!(
        hdi(),
        plain(),
        "countries.csv",
        "country,year,life_exp,gni_pc
,2020,83.2,60000
NOR,,83.2,60000
  ,2020,83.2,60000
"
    );
}

#[test]
fn periods_of_another_kind() {
    let plan = plan(Some(PeriodKind::Month), vec![number("deaths")]);
    tells!(
        plan,
        plain(),
        "events.csv",
        "country,month,deaths
NER,2024-05-31,12
NER,05/2024,12
NER,2024-13,12
NER,2024,12
NER,2024Q2,12
"
    );
}

#[test]
fn rows_of_the_wrong_length() {
    tells!(
        hdi(),
        plain(),
        "countries.csv",
        "country,year,life_exp,gni_pc
Korea, Rep. of,2020,83.2,60000
NOR,2020,83.2
"
    );
}

#[test]
fn not_one_of_the_names() {
    let scale = ["very_low", "low", "medium", "high", "very_high"];
    let plan = plan(
        Some(PeriodKind::Year),
        vec![
            level("risk", "inform_class", &scale),
            category("regime", &["closed_autocracy", "democracy"]),
            truth("war"),
        ],
    );
    tells!(
        plan,
        plain(),
        "classes.csv",
        "country,year,risk,regime,war
AAA,2020,Very High,Closed autocracy,TRUE
BBB,2020,very-hihg,monarchy,partly
CCC,2020,3,,0
"
    );
}

#[test]
fn values_outside_the_range() {
    let within = |policy, name| InputInfo {
        low: 0.0,
        high: 10.0,
        high_excluded: true,
        on_violation: policy,
        ..number(name)
    };
    let file = "country,year,x,y
AAA,2020,10,-3
BBB,2020,9.99,12
CCC,2020,-0.5,4
";
    let inputs = |x| vec![within(x, "x"), within(OnViolation::Clamp, "y")];
    tells!(
        plan(Some(PeriodKind::Year), inputs(OnViolation::Missing)),
        plain(),
        "a.csv",
        file
    );
    tells!(
        plan(Some(PeriodKind::Year), inputs(OnViolation::Reject)),
        plain(),
        "a.csv",
        file
    );
}

#[test]
fn a_cell_deep_in_a_long_row() {
    let text = format!(
        "country,year,life_exp,gni_pc,note\nNOR,2020,83,\"six\nty\",{}\n",
        "é".repeat(900)
    );
    insta::assert_snapshot!(given("countries.csv", text).told(&hdi(), &plain()));
}

#[test]
fn lines_that_are_no_objects() {
    tells!(
        hdi(),
        plain(),
        "countries.ndjson",
        r#"{"country": "NOR", "year": 2020, "life_exp": 83.2, "gni_pc": null}
{"country": "NOR", "year": 2021, "life_exp": 83.2
[1, 2]

{"country": "NOR", "year": 2022, life_exp: 83.2}
{"country": "NOR", "year": 2023, "year": 2023}
{"country": "NOR", "year": "2024", "life_exp": "eighty", "gni_pc": [1]}
{"country": "NOR", "year": 2025.5, "life_exp": true, "gni_pc": 1} and more
"#
    );
}

#[test]
fn a_column_that_no_line_names() {
    tells!(
        hdi(),
        plain(),
        "countries.ndjson",
        r#"{"country": "NOR", "year": 2020, "life_expectancy": 83.2}
{"country": "NOR", "year": 2021, "gni_pc": 60000}
"#
    );
}
