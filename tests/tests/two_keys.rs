//! Panels of pairs: a country and a province within it. Rows, files about the whole country, rolling up,
//! results in every format, and messages about keys.

use crate::applied;

use std::path::{Path, PathBuf};

use applied::plan;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::testing::compile_tests;
use forewarn_compiler::{Settings, compile};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::events::{gather, outputs};
use forewarn_runtime::explain::{How, Question, explain};
use forewarn_runtime::result_table::ResultTable;
use forewarn_runtime::run::{RunOptions, run};
use forewarn_tables::{Format, ReadOptions, read, read_all, write_to};

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/two_keys/provinces.risk")
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn put(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    }
}

const PROVINCES: &str = "iso3,province,month,attacks\nBRU,North,2024-01,3\nAVA,South,2024-02,9\n\
                         AVA,North,2024-01,1\nAVA,North,2024-03,4\n";
const COUNTRIES: &str =
    "iso3,month,poverty\nAVA,2024-01,0.5\nAVA,2024-02,0.25\nAVA,2024-03,0.75\nBRU,2024-01,0.1\n";

fn bound(files: &[PathBuf]) -> Result<Bound, Vec<String>> {
    let told = |reports: forewarn_diagnostics::Reports| {
        let told = reports.iter();
        told.map(|cause| format!("{} {}", cause.code(), cause.describe().title))
            .collect()
    };
    read_all(files, &plan(&rules()), &ReadOptions::default()).map_err(told)
}

fn table(bound: &Bound, columns: &[&str]) -> ResultTable {
    let plan = plan(&rules());
    let results = run(&plan, &bound.panel, &RunOptions::default()).expect("it runs");
    let mut table = ResultTable::new(bound, plan.panel.period);
    for column in results.columns {
        let output = &plan.outputs[column.output];
        if columns.contains(&output.column.as_str()) {
            table.push(output, column.values);
        }
    }
    table.leave_out(&bound.panel.gaps);
    table
}

fn csv(table: &ResultTable) -> String {
    let mut out = Vec::new();
    write_to(&mut out, Format::Csv, table).expect("a table in memory");
    String::from_utf8(out).expect("text")
}

#[test]
fn tests_in_the_language_and_tables_of_cases_know_both_keys() {
    let tests = compile_tests(&rules(), &DiskFiles, &Settings::default());
    let tests = tests.tests.expect("sound tests");
    for suite in &tests.suites {
        for outcome in forewarn_runtime::testing::run_suite(suite) {
            assert!(outcome.failures.is_empty(), "{outcome:#?}");
        }
    }
    let cases = forewarn_runtime::testing::Cases::of(&tests.plan);
    let data = rules().with_file_name("provinces.csv");
    let bound = read(&data, &cases.plan, &ReadOptions::default()).expect("a sound table");
    let outcome = cases.run(&bound, None);
    assert_eq!(
        (outcome.failures.len(), outcome.compared),
        (0, 42),
        "{outcome:#?}"
    );
}

#[test]
fn a_file_without_the_second_key_is_about_the_whole_of_the_first() {
    let folder = Folder::new();
    let files = [
        folder.put("p.csv", PROVINCES),
        folder.put("c.csv", COUNTRIES),
    ];
    let bound = bound(&files).expect("sound data");
    assert_eq!(bound.entity_columns, ["iso3", "province"]);
    assert_eq!(
        csv(&table(&bound, &["burden", "usual"])),
        "iso3,province,month,usual,burden\n\
         AVA,North,2024-01,1,0.5\nAVA,North,2024-02,9,\nAVA,North,2024-03,4,3\n\
         AVA,South,2024-01,1,\nAVA,South,2024-02,9,2.25\nAVA,South,2024-03,4,\n\
         BRU,North,2024-01,3,0.30000000000000004\n"
    );
    // Either file may come first.
    let turned = [files[1].clone(), files[0].clone()];
    let turned = self::bound(&turned).expect("sound data");
    let columns = ["burden", "usual"];
    assert_eq!(
        csv(&table(&turned, &columns)),
        csv(&table(&bound, &columns))
    );
}

#[test]
fn pairs_sort_by_the_first_key_then_by_the_second_and_never_run_into_each_other() {
    let folder = Folder::new();
    let data = folder.put(
        "p.csv",
        "iso3,province,month,attacks,poverty\nA,B/C,2024-01,1,1\nA/B,C,2024-01,2,1\nA,C,2024-01,3,1\nA-,A,2024-01,4,1\n",
    );
    let bound = bound(&[data]).expect("sound data");
    assert_eq!(
        csv(&table(&bound, &["worst", "place"])),
        "iso3,province,month,worst,place\nA,B/C,2024-01,3,2\nA,C,2024-01,3,1\nA-,A,2024-01,4,1\nA/B,C,2024-01,2,1\n"
    );
}

#[test]
fn every_format_has_both_keys() {
    let folder = Folder::new();
    let files = [
        folder.put("p.csv", PROVINCES),
        folder.put("c.csv", COUNTRIES),
    ];
    let bound = bound(&files).expect("sound data");
    let mut results = table(&bound, &["usual"]);
    results.columns[0].name = "attacks".to_owned();
    for (format, ending) in [
        (Format::Csv, "csv"),
        (Format::Ndjson, "ndjson"),
        (Format::Arrow, "arrow"),
        (Format::Parquet, "parquet"),
    ] {
        let mut out = Vec::new();
        write_to(&mut out, format, &results).expect("written");
        let path = folder.0.path().join(format!("again.{ending}"));
        std::fs::write(&path, out).expect("written");
        let mut plan = plan(&rules());
        for input in &mut plan.inputs {
            input.optional = true;
        }
        let again = read(&path, &plan, &ReadOptions::default());
        let again = again.unwrap_or_else(|_| panic!("{ending}"));
        assert_eq!(again.panel.entities, bound.panel.entities, "{ending}");
        assert_eq!(again.panel.periods, bound.panel.periods, "{ending}");
        assert_eq!(again.entity_columns, bound.entity_columns, "{ending}");
    }
}

#[test]
fn keys_that_are_empty_twice_or_not_there_are_told() {
    let folder = Folder::new();
    let told = |name: &str, text: &str| {
        let files = [folder.put(name, text), folder.put("c.csv", COUNTRIES)];
        bound(&files).expect_err(name)
    };
    assert_eq!(
        told("e.csv", "iso3,province,month,attacks\nAVA,,2024-01,3\n"),
        ["FW0908 a row without a province"]
    );
    assert_eq!(
        told(
            "t.csv",
            "iso3,province,month,attacks\nAVA,N,2024-01,3\nAVA,N,2024-01,4\n"
        ),
        ["FW0907 two rows for the same country, province and month"]
    );
    let none = told("n.csv", "iso3,month,attacks\nAVA,2024-01,3\n");
    assert_eq!(none.len(), 1, "{none:?}");
    assert!(none[0].contains("has a column `province`"), "{none:?}");
    let alone = bound(&[folder.put("n.csv", "iso3,month,attacks,poverty\nAVA,2024-01,3,1\n")]);
    let alone = alone.expect_err("no second key");
    assert!(alone[0].starts_with("FW0902"), "{alone:?}");
}

#[test]
fn events_and_explanations_speak_of_a_province() {
    let folder = Folder::new();
    let plan_of = compile(&rules(), &DiskFiles, &Settings::default());
    let plan = plan_of.plan.expect("sound rules");
    let provinces = PROVINCES.replace(",9\n", ",90\n");
    let files = [
        folder.put("p.csv", &provinces),
        folder.put("c.csv", COUNTRIES),
    ];
    let bound = bound(&files).expect("sound data");
    let options = RunOptions {
        wanted: Some(outputs(&plan)),
        ..RunOptions::default()
    };
    let results = run(&plan, &bound.panel, &options).expect("it runs");
    let keys = ResultTable::new(&bound, plan.panel.period);
    let events = csv(&gather(&plan, keys, &bound.panel, &results.columns, None, &[], None).table);
    assert!(
        events.starts_with("iso3,province,month,alert,event"),
        "{events}"
    );
    assert!(
        events.contains("AVA,North,2024-02,warning,raised"),
        "{events}"
    );
    assert!(
        events.contains("AVA,South,2024-02,warning,raised"),
        "{events}"
    );
    let row = (0..bound.panel.rows()).find(|row| bound.panel.entity(*row) == "AVA/South");
    let explained = explain(&Question {
        plan: &plan,
        panel: &bound.panel,
        summary: &bound.summary,
        row: row.expect("a row") + 1,
        names: &["worst".to_owned()],
        goalposts: None,
        outlook: true,
        options: false,
    })
    .expect("an explanation");
    assert_eq!(explained.entity, "AVA/South");
    let How::Peers(peers) = &explained.results[0].reason.how else {
        panic!("{:#?}", explained.results[0].reason);
    };
    assert_eq!(
        (peers.group.as_deref(), peers.known, peers.highest),
        (Some("AVA"), 1, 90.0)
    );
}
