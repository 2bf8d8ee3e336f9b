//! A ruleset of `rules/` applied to a table.
//!
//! In: a ruleset's folder, a file, how to read it. Out: its results by key and column, the same from
//! both engines. On the way: the ruleset compiles and the data binds without a single finding.

#![allow(dead_code, reason = "no test needs all of it")]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Settings, compile};
use forewarn_plan::Plan;
use forewarn_runtime::bind::Bound;
use forewarn_runtime::history::History;
use forewarn_runtime::period::Period;
use forewarn_runtime::result_table::{ResultCell, ResultTable};
use forewarn_runtime::run::{Engine, Results, RunOptions, run};
use forewarn_tables::{ReadOptions, read};

/// The folder of a ruleset.
pub fn rules(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../rules")
        .join(name)
}

/// Compiles a ruleset; a warning is a failure.
pub fn plan(rules: &Path) -> Plan {
    let compilation = compile(rules, &DiskFiles, &Settings::default());
    let told: Vec<String> = compilation
        .reports
        .iter()
        .map(|cause| format!("{} {}", cause.code(), cause.describe().title))
        .collect();
    assert!(told.is_empty(), "{}: {told:#?}", rules.display());
    compilation
        .plan
        .expect("a ruleset without findings has a Plan")
}

/// Columns read from another one, as with `--map`.
pub type Map<'a> = &'a [(&'a str, &'a str)];

/// What came out, by the row's key (`AFG`, or `AFG 2020` in a panel) and column.
pub struct Applied {
    pub rows: BTreeMap<String, BTreeMap<String, String>>,
}

impl Applied {
    pub fn cell(&self, key: &str, column: &str) -> &str {
        let row = self.rows.get(key).unwrap_or_else(|| panic!("no row {key}"));
        row.get(column)
            .unwrap_or_else(|| panic!("no column `{column}`"))
    }

    /// Is there such a column?
    pub fn has(&self, column: &str) -> bool {
        self.rows
            .values()
            .next()
            .is_some_and(|row| row.contains_key(column))
    }
}

/// Applies a ruleset to a file.
pub fn apply(rules: &Path, data: &Path, map: Map<'_>) -> Applied {
    let plan = plan(rules);
    let map = map
        .iter()
        .map(|(name, column)| ((*name).to_owned(), (*column).to_owned()))
        .collect();
    let options = ReadOptions {
        map,
        missing: vec!["x".to_owned()],
        ..ReadOptions::default()
    };
    let mut bound = read(data, &plan, &options).unwrap_or_else(|reports| {
        let told: Vec<String> = reports.iter().map(|cause| cause.describe().title).collect();
        panic!("{}: {told:#?}", data.display())
    });
    let told: Vec<String> = bound
        .warnings
        .iter()
        // Cases that show one thing hold everything else still, and published tables have rows for aggregates.
        .filter(|cause| !matches!(cause.code().0, "FW0935" | "FW0952"))
        .map(|cause| cause.describe().title)
        .collect();
    assert!(told.is_empty(), "{}: {told:#?}", data.display());
    // Figures worked out elsewhere begin with quiet alerts: as with `--state none`.
    bound.panel.history = History::World;
    let results = both_engines(&plan, &bound);
    Applied {
        rows: by_key(&plan, &bound, results),
    }
}

/// What both engines give.
fn both_engines(plan: &Plan, bound: &Bound) -> Results {
    let from = |engine| {
        let options = RunOptions {
            engine,
            ..RunOptions::default()
        };
        run(plan, &bound.panel, &options).expect("a Plan from the compiler runs")
    };
    let (native, meaning) = (from(Engine::Native), from(Engine::Interpreter));
    for (column, same) in meaning.columns.iter().zip(&native.columns) {
        let name = &plan.outputs[column.output].column;
        for (row, (x, y)) in column.values.iter().zip(&same.values).enumerate() {
            let alike = x.to_bits() == y.to_bits() || (x.is_nan() && y.is_nan());
            assert!(alike, "`{name}` in row {row}: interpreted {x}, native {y}");
        }
    }
    assert_eq!(meaning.faults, native.faults);
    native
}

fn by_key(
    plan: &Plan,
    bound: &Bound,
    results: Results,
) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut table = ResultTable::new(bound, plan.panel.period);
    for column in results.columns {
        table.push(&plan.outputs[column.output], column.values);
    }
    let row = |row: usize| {
        let key = table.keys(row).collect::<Vec<_>>().join("/");
        let key = match (plan.panel.period, table.periods.get(row)) {
            (Some(kind), Some(at)) => format!("{key} {}", Period::new(kind, *at)),
            _ => key,
        };
        let key = key.trim_start().to_owned();
        let cells = table.columns.iter().map(|column| {
            let text = match column.cell(row) {
                ResultCell::Missing => String::new(),
                ResultCell::Number(x) => x.to_string(),
                ResultCell::Word(word) => word.to_owned(),
                ResultCell::Period(period) => period.to_string(),
            };
            (column.name.clone(), text)
        });
        (key, cells.collect())
    };
    // Rows that stand for gaps are no results.
    let is_gap = |row: &usize| bound.panel.gaps.binary_search(row).is_ok();
    let rows = (0..table.rows()).filter(|row| !is_gap(row));
    rows.map(row).collect()
}

/// A table as text, row by row.
pub struct Table {
    pub names: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn read(path: &Path) -> Self {
        let mut reader = csv::Reader::from_path(path).expect("a readable table");
        let names = reader
            .headers()
            .expect("a header")
            .iter()
            .map(str::to_owned)
            .collect();
        let rows = reader
            .records()
            .map(|record| {
                record
                    .expect("a whole row")
                    .iter()
                    .map(str::to_owned)
                    .collect()
            })
            .collect();
        Self { names, rows }
    }

    pub fn column(&self, name: &str) -> usize {
        let at = self.names.iter().position(|own| own == name);
        at.unwrap_or_else(|| panic!("no column `{name}` in the table"))
    }

    pub fn write(&self, path: &Path) {
        let mut writer = csv::Writer::from_path(path).expect("a file to write");
        writer.write_record(&self.names).expect("written");
        for row in &self.rows {
            writer.write_record(row).expect("written");
        }
        writer.flush().expect("written");
    }
}

/// Is a result the published value? Numbers are compared as numbers (`9.0` is `9`), words as words.
pub fn same(published: &str, found: &str) -> bool {
    match (published.parse::<f64>(), found.parse::<f64>()) {
        (Ok(x), Ok(y)) => x == y,
        _ => published == found,
    }
}

/// A file of real data, or the visible word that it is not there.
pub fn published(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("FOREWARN_DATA_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(file);
    if path.is_file() {
        return Some(path);
    }
    // Past the capture of the test harness: a test that did not run must be seen.
    let text = format!(
        "\nskipped: {} is not there (FOREWARN_DATA_DIR)\n",
        path.display()
    );
    let _ = std::io::stderr().write_all(text.as_bytes());
    None
}
