//! What a row costs to read: a million rows with ten columns of numbers, from CSV and Parquet.
//!
//! `cargo bench -p forewarn-tables`; prints nanoseconds a row, the best of several runs.

use forewarn_diagnostics::source::Span;
use forewarn_plan::{InputInfo, InputKind, OnViolation, OutputKind, PanelInfo, PeriodKind, Plan};
use forewarn_runtime::result_table::{ResultColumn, ResultTable};
use forewarn_tables::{Format, ReadOptions, read, write_to};
use std::error::Error;
use std::path::Path;
use std::time::Instant;

const ENTITIES: u32 = 2_500;
const PERIODS: u32 = 400;
const COLUMNS: usize = 10;
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let table = table();
    let plan = plan();
    for (format, file) in [
        (Format::Csv, "a.csv"),
        (Format::Ndjson, "a.ndjson"),
        (Format::Parquet, "a.parquet"),
        (Format::Arrow, "a.arrow"),
    ] {
        let path = folder.path().join(file);
        let start = Instant::now();
        let mut out = std::io::BufWriter::new(std::fs::File::create(&path)?);
        write_to(&mut out, format, &table)?;
        out.into_inner()?;
        let written = per_row(start, &table);
        let read = best(&path, &plan)?;
        let size = std::fs::metadata(&path)?.len() >> 20;
        let name = format.name();
        println!("{name:8} {size:4} MB   write {written:6.0} ns/row   read {read:6.0} ns/row");
    }
    Ok(())
}

fn best(path: &Path, plan: &Plan) -> Result<f64, Box<dyn Error>> {
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        let start = Instant::now();
        let bound = read(path, plan, &ReadOptions::default()).map_err(|_| "cannot be read")?;
        best = best.min(start.elapsed().as_nanos() as f64 / bound.summary.rows as f64);
    }
    Ok(best)
}

fn per_row(start: Instant, table: &ResultTable) -> f64 {
    start.elapsed().as_nanos() as f64 / table.rows() as f64
}

fn name(column: usize) -> String {
    format!("indicator_{column}")
}

/// Numbers of the usual length, one in eight of them missing.
fn table() -> ResultTable {
    let rows = (ENTITIES * PERIODS) as usize;
    let mut state = 1_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let bits = state >> 33;
        if bits.is_multiple_of(8) {
            f64::NAN
        } else {
            (bits % 1_000_000) as f64 / 1000.0
        }
    };
    let columns = (0..COLUMNS).map(|column| ResultColumn {
        name: name(column),
        label: String::new(),
        unit: String::new(),
        kind: OutputKind::Number,
        values: (0..rows).map(|_| next()).collect(),
    });
    ResultTable {
        entity_columns: vec!["country".to_owned()],
        written: None,
        hindsight: std::collections::BTreeSet::new(),
        columns: columns.collect(),
        entities: (0..ENTITIES)
            .map(|entity| format!("E{entity:04}"))
            .collect(),
        entity_of: (0..ENTITIES * PERIODS).map(|row| row / PERIODS).collect(),
        period_column: Some(("month".to_owned(), PeriodKind::Month)),
        periods: (0..ENTITIES * PERIODS)
            .map(|row| i64::from(row % PERIODS) + 23_880)
            .collect(),
    }
}

fn plan() -> Plan {
    let input = |column| InputInfo {
        name: name(column),
        label: String::new(),
        column: None,
        kind: InputKind::Number,
        unit: String::new(),
        low: 0.0,
        high: f64::INFINITY,
        high_excluded: false,
        on_violation: OnViolation::Missing,
        optional: false,
        missing_means: None,
        carry_forward: None,
        expires: None,
        inapplicable: Vec::new(),
        changeable: None,
        span: Span::default(),
    };
    Plan {
        panel: PanelInfo {
            keys: vec![forewarn_plan::KeyInfo {
                name: "country".to_owned(),
                column: None,
            }],
            period: Some(PeriodKind::Month),
            period_name: "month".to_owned(),
            ..PanelInfo::default()
        },
        inputs: (0..COLUMNS).map(input).collect(),
        ..Plan::default()
    }
}
