//! Functions along time and across peers, each on a small table whose results were worked out
//! independently: `panel_functions/CASE.risk`, `CASE.csv` and `CASE.results.csv`, the last by
//! `python3 tests/figures/panel_functions.py CASE`.

use crate::applied;

use std::path::{Path, PathBuf};

use applied::{Table, apply, plan};
use forewarn_runtime::peers::{Goalpost, Goalposts, PeerRecord, Treated};
use forewarn_runtime::run::{Engine, Results, RunOptions, run};
use forewarn_tables::{ReadOptions, read};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/panel_functions")
        .join(name)
}

/// Words as words, numbers to the last digits but two.
fn alike(expected: &str, found: &str) -> bool {
    match (expected.parse::<f64>(), found.parse::<f64>()) {
        (Ok(x), Ok(y)) => (x - y).abs() <= 1e-13 * x.abs().max(1.0),
        _ => expected == found,
    }
}

#[track_caller]
fn holds(case: &str) {
    let rules = file(&format!("{case}.risk"));
    let found = apply(&rules, &file(&format!("{case}.csv")), &[]);
    let expected = Table::read(&file(&format!("{case}.results.csv")));
    assert_eq!(found.rows.len(), expected.rows.len(), "rows of {case}");
    for row in &expected.rows {
        let key = format!("{} {}", row[0], row[1]);
        for (column, cell) in expected.names.iter().zip(row).skip(2) {
            let own = found.cell(&key, column);
            assert!(
                alike(cell, own),
                "{case}, {key}, `{column}`: {cell}, found {own}"
            );
        }
    }
}

#[test]
fn every_function_along_time_gives_what_its_definition_says() {
    holds("series");
}

#[test]
fn every_function_across_peers_gives_what_its_definition_says() {
    holds("peers");
}

fn ran(data: &Path, goalposts: Option<Goalposts>) -> Results {
    let plan = plan(&file("goalposts.risk"));
    let bound = read(data, &plan, &ReadOptions::default()).expect("readable data");
    let options = RunOptions {
        engine: Engine::Native,
        goalposts,
        ..RunOptions::default()
    };
    run(&plan, &bound.panel, &options).expect("it runs")
}

fn again(record: &PeerRecord) -> Goalposts {
    record.goalposts.iter().cloned().collect()
}

fn post<'r>(
    record: &'r PeerRecord,
    of: &str,
    periods: (i64, i64),
    group: Option<&str>,
) -> &'r Goalpost {
    let found = record.goalposts.iter().find(|post| {
        post.key.what == of
            && post.key.periods == Some(periods)
            && post.key.group.as_deref() == group
    });
    found.unwrap_or_else(|| panic!("no {of} of {periods:?} and {group:?}"))
}

#[test]
fn goalposts_are_on_record_by_period_and_group() {
    let record = ran(&file("goalposts.csv"), None).peers;
    assert_eq!(post(&record, "min", (2000, 2001), None).value, 0.0);
    assert_eq!(post(&record, "max", (2000, 2001), None).value, 20.0);
    assert_eq!(
        post(&record, "mean", (2001, 2001), Some("west")).value,
        12.5
    );
    let alone = post(&record, "stddev", (2001, 2001), Some("east"));
    assert!(alone.value.is_nan(), "one value has no spread");
    assert_eq!((record.unused, record.not_given), (0, 0));
}

#[test]
fn history_does_not_move_when_goalposts_are_given_back() {
    let before = ran(&file("goalposts.csv"), None);
    let folder = tempfile::tempdir().expect("a folder");
    let later = folder.path().join("later.csv");
    let mut text = std::fs::read_to_string(file("goalposts.csv")).expect("the case");
    text.push_str("C,2000,80,west\nA,2002,40,west\n");
    std::fs::write(&later, text).expect("written");

    let moved = ran(&later, None);
    let kept = ran(&later, Some(again(&before.peers)));
    // Rows: A 2000, 2001, 2002, B 2000, 2001, C 2000, 2001.
    assert_eq!(before.columns[0].values, [0.0, 0.25, 0.5, 1.0, 0.35]);
    assert_eq!(
        moved.columns[0].values[1], 0.0625,
        "a new maximum moves history"
    );
    assert_eq!(
        kept.columns[0].values,
        [0.0, 0.25, 1.0, 0.5, 1.0, 1.0, 0.35]
    );
    assert_eq!(kept.peers.unused, 0);
    // The mean and spread of 2002, and the spread of 2001 in the east, where one value alone has none.
    assert_eq!(kept.peers.not_given, 3);
    // What is given back is on record again, so that a chain of runs stays on the same goalposts.
    assert_eq!(post(&kept.peers, "max", (2000, 2001), None).value, 20.0);
}

/// Of a single peer there is no percentile, in 2000; that is counted, and so is what follows from
/// it in a later phase, each once.
#[test]
fn peers_without_a_result_are_counted_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (rules, data) = (folder.path().join("p.risk"), folder.path().join("p.csv"));
    let text = "framework p \"P\" version \"1\"\npanel country by year\n\
                indicator x : number in 0..100\n\
                score inverse = 1 / x\n\
                score place = percentile(inverse)\n\
                score above = rank(1 / place)\n";
    std::fs::write(&rules, text).expect("written");
    let table = "country,year,x\nA,2000,1\nA,2001,2\nB,2001,4\nC,2001,0\n";
    std::fs::write(&data, table).expect("written");
    let plan = plan(&rules);
    let bound = read(&data, &plan, &ReadOptions::default()).expect("readable data");
    for engine in [Engine::Native, Engine::Interpreter] {
        let options = RunOptions {
            engine,
            ..RunOptions::default()
        };
        let faults = run(&plan, &bound.panel, &options).expect("it runs").faults;
        let told: Vec<_> = faults
            .iter()
            .map(|fault| {
                let text = plan.faults[fault.fault.0 as usize].text.as_str();
                (text, fault.count, fault.first_rows.clone())
            })
            .collect();
        // Rows: A 2000, A 2001, B 2001, C 2001.
        let expected = [
            ("1 / x", 1, vec![3]),
            ("percentile(inverse)", 1, vec![0]),
            ("1 / place", 1, vec![2]),
        ];
        assert_eq!(told, expected, "{engine:?}");
    }
}

#[test]
fn treated_values_are_counted() {
    let plan = plan(&file("peers.risk"));
    let bound = read(&file("peers.csv"), &plan, &ReadOptions::default()).expect("readable data");
    let record = run(&plan, &bound.panel, &RunOptions::default())
        .expect("it runs")
        .peers;
    let rows = |what| {
        let treated = record.treatments.iter().filter(|one| one.what == what);
        treated.map(|one| one.rows).collect::<Vec<_>>()
    };
    assert_eq!(rows(Treated::Imputed), [1]);
    assert_eq!(rows(Treated::Winsorised), [2]);
}
