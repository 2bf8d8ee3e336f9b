//! What happens to alerts: each case is a ruleset, its data and the table of events that must come
//! out, side by side in `alerts/`. The tables were worked out by hand from the data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Settings, compile};
use forewarn_plan::Plan;
use forewarn_plan::alerts::AlertEvent;
use forewarn_runtime::bind::Bound;
use forewarn_runtime::events::{Events, gather, outputs};
use forewarn_runtime::history::History;
use forewarn_runtime::result_table::ResultTable;
use forewarn_runtime::run::{Engine, RunOptions, run};
use forewarn_tables::{Format, ReadOptions, read, write_to};

fn file(case: &str, ending: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/alerts")
        .join(format!("{case}{ending}"))
}

fn plan(rules: &Path) -> Plan {
    let compilation = compile(rules, &DiskFiles, &Settings::default());
    let told: Vec<String> = compilation
        .reports
        .iter()
        .map(|cause| cause.describe().title)
        .collect();
    assert!(told.is_empty(), "{}: {told:#?}", rules.display());
    compilation.plan.expect("a Plan")
}

fn bound(data: &Path, plan: &Plan) -> Bound {
    read(data, plan, &ReadOptions::default()).unwrap_or_else(|reports| {
        let told: Vec<String> = reports.iter().map(|cause| cause.describe().title).collect();
        panic!("{}: {told:#?}", data.display())
    })
}

/// The events of one case, by one engine: before its data no alert was out.
fn events(case: &str, engine: Engine) -> Events {
    let plan = plan(&file(case, ".risk"));
    let mut bound = bound(&file(case, ".csv"), &plan);
    bound.panel.history = History::World;
    let options = RunOptions {
        engine,
        wanted: Some(outputs(&plan)),
        ..RunOptions::default()
    };
    let results = run(&plan, &bound.panel, &options).expect("it runs");
    let keys = ResultTable::new(&bound, plan.panel.period);
    gather(&plan, keys, &bound.panel, &results.columns, None, &[], None)
}

fn csv(events: &Events) -> String {
    let mut out = Vec::new();
    write_to(&mut out, Format::Csv, &events.table).expect("a table in memory");
    String::from_utf8(out).expect("text")
}

/// Both engines give the table beside the case.
#[track_caller]
fn holds(case: &str) -> Events {
    let expected = std::fs::read_to_string(file(case, ".events.csv")).expect("what is expected");
    let native = events(case, Engine::Native);
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    for found in [&native, &events(case, Engine::Interpreter)] {
        assert_eq!(lines(&csv(found)), lines(&expected), "{case}");
    }
    native
}

/// How often something happened to each alert.
fn times(events: &Events, what: AlertEvent) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    let text = csv(events);
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[3] == what.word() {
            *times.entry(cells[2].to_owned()).or_insert(0) += 1;
        }
    }
    times
}

#[test]
fn with_hysteresis_the_same_series_raises_once_and_not_nine_times() {
    let events = holds("flicker");
    let raised = times(&events, AlertEvent::Raised);
    assert_eq!(raised["nervous"], 9);
    assert_eq!(raised["steady"], 1);
    assert_eq!(events.counts, [10, 0, 10, 0, 0, 0]);
}

#[test]
fn famine_breaks_a_cooldown_that_holds_elsewhere() {
    let events = holds("famine");
    assert_eq!(events.counts, [3, 2, 2, 1, 0, 0]);
}

#[test]
fn a_suppressed_escalation_is_told_once_and_goes_out_when_the_cooldown_is_over() {
    let events = holds("suppressed");
    assert_eq!(events.counts, [2, 1, 2, 2, 0, 0]);
}

/// March 2024 has evidence; February and April are empty cells, May and July are no rows at all.
#[test]
fn unknown_holds_clears_or_raises_as_stated_and_holds_where_nothing_is() {
    let events = holds("evidence");
    // Two alerts hold, in February, April, May and July each.
    assert_eq!(events.held, 8);
}

/// A table without rows still has its header.
#[test]
fn where_nothing_happens_the_table_is_empty() {
    let plan = plan(&file("suppressed", ".risk"));
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("calm.csv");
    std::fs::write(&data, "country,month,deaths\nBrenn,2024-01,1\n").unwrap();
    let bound = bound(&data, &plan);
    let results = run(&plan, &bound.panel, &RunOptions::default()).unwrap();
    let keys = ResultTable::new(&bound, plan.panel.period);
    let events = gather(&plan, keys, &bound.panel, &results.columns, None, &[], None);
    assert_eq!(
        csv(&events).trim_end(),
        "country,month,alert,event,state,why,suppressed_by"
    );
    assert_eq!((events.counts, events.held), ([0; 6], 0));
}

/// The rows asked for alone, whatever was asked of the alert before.
#[test]
fn events_of_some_rows() {
    let plan = plan(&file("suppressed", ".risk"));
    let mut bound = bound(&file("suppressed", ".csv"), &plan);
    bound.panel.history = History::World;
    let results = run(&plan, &bound.panel, &RunOptions::default()).unwrap();
    let keys = ResultTable::new(&bound, plan.panel.period);
    let events = gather(
        &plan,
        keys,
        &bound.panel,
        &results.columns,
        Some(&[4, 5, 6]),
        &[],
        None,
    );
    assert_eq!(events.counts, [0, 0, 0, 2, 0, 0]);
    assert_eq!(events.table.periods, [2024 * 12 + 4, 2024 * 12 + 5]);
}

#[test]
fn notices_begin_and_end_among_the_events_of_alerts() {
    let events = holds("notice");
    assert_eq!(events.counts, [1, 0, 1, 0, 0, 0]);
    assert_eq!(events.noticed, [2, 1]);
}
