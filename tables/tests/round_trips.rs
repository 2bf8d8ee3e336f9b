//! What is written is read back, in every format, bit for bit.

use crate::common;

use common::{category, level, number, plan, truth};
use forewarn_plan::{OutputKind, PeriodKind};
use forewarn_runtime::panel::Panel;
use forewarn_runtime::result_table::{ResultColumn, ResultTable};
use forewarn_tables::{Format, ReadOptions, read, write_to};
use proptest::prelude::*;
use std::collections::BTreeMap;

const LEVELS: [&str; 3] = ["low", "high", "very_high"];

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A result with a column of each kind; rows sorted by their keys.
fn table(rows: &BTreeMap<(String, i64), (f64, u8, u8)>, period: Option<PeriodKind>) -> ResultTable {
    let mut entities: Vec<String> = rows.keys().map(|(entity, _)| entity.clone()).collect();
    entities.dedup();
    let place = |entity: &String| entities.iter().position(|name| name == entity).unwrap() as u32;
    let column = |name: &str, kind, values| ResultColumn {
        name: name.to_owned(),
        label: format!("The {name}"),
        unit: if name == "rate" {
            "deaths / people".to_owned()
        } else {
            String::new()
        },
        kind,
        values,
    };
    let small = |of: fn(&(f64, u8, u8)) -> u8, most: u8| {
        let number = move |x: u8| if x < most { f64::from(x) } else { f64::NAN };
        rows.values()
            .map(|row| number(of(row)))
            .collect::<Vec<f64>>()
    };
    let names = owned(&LEVELS);
    let labels = owned(&["Low", "High", "Very high"]);
    ResultTable {
        entity_columns: vec!["country, or \"area\"".to_owned()],
        entity_of: rows.keys().map(|(entity, _)| place(entity)).collect(),
        period_column: period.map(|kind| ("when".to_owned(), kind)),
        periods: period.map_or_else(Vec::new, |_| {
            rows.keys().map(|(_, period)| *period).collect()
        }),
        written: None,
        hindsight: std::collections::BTreeSet::new(),
        columns: vec![
            column(
                "rate",
                OutputKind::Number,
                rows.values().map(|row| row.0).collect(),
            ),
            column("war", OutputKind::Truth, small(|row| row.1, 2)),
            column(
                "overall.at_least",
                OutputKind::Level {
                    names: names.clone(),
                    labels: labels.clone(),
                },
                small(|row| row.2, 3),
            ),
            column(
                "regime",
                OutputKind::Category { names, labels },
                small(|row| row.1 ^ row.2, 3),
            ),
        ],
        entities,
    }
}

/// Reads the result as if it were data.
fn again(table: &ResultTable, format: Format, file: &str) -> Panel {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    write_to(&mut std::fs::File::create(&path).unwrap(), format, table).unwrap();
    let mut plan = plan(
        table.period_column.as_ref().map(|(_, kind)| *kind),
        vec![
            number("rate"),
            truth("war"),
            level("overall.at_least", "concern", &LEVELS),
            category("regime", &LEVELS),
        ],
    );
    plan.panel.keys[0].column = Some(table.entity_columns[0].clone());
    plan.panel.period_column = table.period_column.as_ref().map(|(name, _)| name.clone());
    // `unknown` is a word of its own in results.
    let options = ReadOptions {
        missing: vec!["unknown".to_owned()],
        ..ReadOptions::default()
    };
    let bound = match read(&path, &plan, &options) {
        Ok(bound) => bound,
        Err(reports) => panic!("{}", common::render(&reports)),
    };
    assert_eq!(bound.entity_columns, table.entity_columns);
    bound.panel
}

fn bits(panel: &[Vec<f64>]) -> Vec<Vec<u64>> {
    let bits = |x: &f64| if x.is_nan() { u64::MAX } else { x.to_bits() };
    panel
        .iter()
        .map(|column| column.iter().map(bits).collect())
        .collect()
}

fn finite() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(f64::NAN),
        Just(-0.0),
        Just(5e-324),
        Just(f64::MAX),
        Just(0.1 + 0.2),
        (-1000_i32..1000).prop_map(|x| f64::from(x) / 10.0),
        any::<f64>().prop_filter("finite", |x| x.is_finite()),
    ]
}

fn period() -> impl Strategy<Value = Option<PeriodKind>> {
    prop_oneof![
        Just(None),
        Just(Some(PeriodKind::Year)),
        Just(Some(PeriodKind::Quarter)),
        Just(Some(PeriodKind::Month)),
        Just(Some(PeriodKind::Week(
            forewarn_runtime::period::Weekday::Monday
        ))),
        Just(Some(PeriodKind::Day)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn every_format(
        rows in prop::collection::btree_map(
            ("[A-Z,\"é ;]{0,3}[A-Z]", 1_950_i64..2_050), (finite(), 0_u8..4, 0_u8..4), 1..30),
        period in period(),
    ) {
        let rows: BTreeMap<(String, i64), (f64, u8, u8)> = rows
            .into_iter()
            .map(|((entity, number), row)| {
                let number = match period {
                    None => 0,
                    Some(PeriodKind::Year | PeriodKind::Day | PeriodKind::Week(_)) => number,
                    Some(PeriodKind::Quarter) => number * 4 + 3,
                    Some(PeriodKind::Month) => number * 12 + 11,
                };
                ((entity.trim().to_owned(), number), row)
            })
            .collect();
        let table = table(&rows, period);
        for (format, file) in [
            (Format::Csv, "a.csv"),
            (Format::Tsv, "a.tsv"),
            (Format::Ndjson, "a.ndjson"),
            (Format::Arrow, "a.arrow"),
            (Format::Parquet, "a.parquet"),
        ] {
            let panel = again(&table, format, file);
            prop_assert_eq!(&panel.entities, &table.entities, "{:?}", format);
            prop_assert_eq!(&panel.entity_of, &table.entity_of, "{:?}", format);
            prop_assert_eq!(&panel.periods, &table.periods, "{:?}", format);
            let values: Vec<Vec<f64>> =
                table.columns.iter().map(|column| column.values.clone()).collect();
            prop_assert_eq!(bits(&panel.columns), bits(&values), "{:?}", format);
        }
    }

    /// The panel does not depend on the order of the file's rows.
    #[test]
    fn any_order_of_rows(
        rows in prop::collection::btree_map(("[A-C]", 2000_i64..2010), finite(), 1..20)
            .prop_map(|rows| rows.into_iter().collect::<Vec<_>>())
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let text = |rows: &[((String, i64), f64)]| {
            let mut text = "country,year,x\n".to_owned();
            for ((country, year), x) in rows {
                let x = if x.is_nan() { String::new() } else { x.to_string() };
                text.push_str(&format!("{country},{year},{x}\n"));
            }
            text
        };
        let plan = plan(Some(PeriodKind::Year), vec![number("x")]);
        let panel = |text: String| {
            let bound = common::given("a.csv", text).read(&plan, &ReadOptions::default()).unwrap();
            (bound.panel.entities, bound.panel.entity_of, bound.panel.periods,
                bits(&bound.panel.columns))
        };
        prop_assert_eq!(panel(text(&rows.0)), panel(text(&rows.1)));
    }
}

fn example() -> ResultTable {
    let rows = [
        (("AVA".to_owned(), 24_297), (0.91, 1, 2)),
        (("AVA".to_owned(), 24_298), (f64::NAN, 3, 3)),
        (("BRU, \"west\"".to_owned(), 24_297), (1e-9, 0, 0)),
    ];
    table(&rows.into_iter().collect(), Some(PeriodKind::Month))
}

#[test]
fn results_as_text() {
    let mut text = Vec::new();
    for format in [Format::Csv, Format::Ndjson, Format::Json] {
        text.extend_from_slice(format!("# {}\n", format.name()).as_bytes());
        write_to(&mut text, format, &example()).unwrap();
    }
    insta::assert_snapshot!(String::from_utf8(text).unwrap());
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    for format in [
        Format::Csv,
        Format::Ndjson,
        Format::Json,
        Format::Arrow,
        Format::Parquet,
    ] {
        let bytes = || {
            let mut bytes = Vec::new();
            write_to(&mut bytes, format, &example()).unwrap();
            bytes
        };
        assert!(bytes() == bytes(), "{format:?}");
    }
}

#[test]
fn json_is_json() {
    let mut bytes = Vec::new();
    write_to(&mut bytes, Format::Json, &example()).unwrap();
    let written: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let rows = &written["rows"];
    assert_eq!(rows[0]["when"], "2024-10");
    assert_eq!(rows[1]["rate"], serde_json::Value::Null);
    assert_eq!(rows[1]["war"], "unknown");
    assert_eq!(rows[2]["country, or \"area\""], "BRU, \"west\"");
}
