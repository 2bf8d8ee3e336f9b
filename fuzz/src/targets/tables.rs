//! Bytes as data files of each format.

use std::path::Path;
use std::sync::OnceLock;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::Plan;
use forewarn_runtime::run::{Engine, RunOptions, run};
use forewarn_tables::{Format, ReadOptions, read_all};

use crate::Target;
use crate::targets::engines::same_bits;

const CELLS: &[&str] = &[
    ",", ";", "\t", "\"", "\"\"", "\r\n", "\n", "NA", "-99", "1,5", "1.5e400", "inf", "nan",
    "2024-05", "2024", "yes", "no", "present", "\u{feff}", "\u{0}", "{", "}", "[", "]", ":",
    "null", "é",
];

/// Cells between signs.
pub const CSV: Target = Target {
    name: "csv",
    about: "a table as CSV",
    words: CELLS,
    run: |input| table(input, Format::Csv, "csv"),
};

/// A JSON object a line.
pub const NDJSON: Target = Target {
    name: "ndjson",
    about: "a table as JSON, one object a line",
    words: CELLS,
    run: |input| table(input, Format::Ndjson, "ndjson"),
};

/// Arrow's file format.
pub const ARROW: Target = Target {
    name: "arrow",
    about: "a table as an Arrow file",
    words: &["ARROW1"],
    run: |input| table(input, Format::Arrow, "arrow"),
};

/// Parquet.
pub const PARQUET: Target = Target {
    name: "parquet",
    about: "a table as a Parquet file",
    words: &["PAR1"],
    run: |input| table(input, Format::Parquet, "parquet"),
};

/// Rules that read a column of every kind.
const RULES: &str = r#"
framework chance "Chance"
panel country by month
indicator deaths "Deaths" : number in 0..1_000
indicator share "Share" : percent in 0..100
indicator known "Known" : truth
indicator signs "Signs" : assessment
indicator region "Region" : category { west "West", east "East" }
let near = mean(deaths, over: 3 months, require: 1 months)
score s = near + rank(share)
signal both = known and signs is present
"#;

fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| {
        let files = MemoryFiles::of("chance.risk", RULES);
        let compilation = compile(Path::new("chance.risk"), &files, &Settings::default());
        let told: Vec<String> = compilation
            .reports
            .iter()
            .map(|one| one.describe().title)
            .collect();
        compilation.plan.unwrap_or_else(|| panic!("{told:?}"))
    })
}

fn table(input: &[u8], format: Format, ending: &str) {
    let folder = tempfile::tempdir().expect("a folder for the table");
    let path = folder.path().join(format!("table.{ending}"));
    std::fs::write(&path, input).expect("the table is written");
    for lenient in [false, true] {
        let options = ReadOptions {
            format: Some(format),
            lenient,
            ..ReadOptions::default()
        };
        match read_all(std::slice::from_ref(&path), plan(), &options) {
            Ok(bound) => {
                let few = bound.panel.rows() <= 2_000;
                if few {
                    same_bits(plan(), &bound.panel);
                } else {
                    let options = RunOptions {
                        engine: Engine::Native,
                        ..RunOptions::default()
                    };
                    run(plan(), &bound.panel, &options).expect("a Plan runs");
                }
            }
            Err(reports) => {
                for cause in reports.iter() {
                    let told = cause.describe();
                    assert!(!told.title.is_empty(), "a finding without words");
                }
            }
        }
    }
}
