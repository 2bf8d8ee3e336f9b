//! Rows that flow give the file, the summary and the messages that a panel gives that is held.

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::{OutputKind, PeriodKind, Plan};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::flow::{Flow, flows};
use forewarn_runtime::result_table::{ResultColumn, ResultTable};
use forewarn_runtime::run::{RunOptions, run};
use forewarn_tables::{Flowing, Flows, Format, ReadOptions, read_all, write_by};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::Path;

const RULES: &str = r#"framework flow "Flow" version "1"
panel country by month
indicator deaths "Deaths" : number in 0..1000 on violation missing
indicator share "Share" : number in 0..1 on violation clamp
indicator people "People" : number in 0.. missing means 3
indicator unread "Not there" : number in 0.. optional
indicator war "War" : truth
score rate "Rate" = deaths / people
score either "Either" = unread ?? share
signal high "High" = rate >= 10 or war
scale concern { low < high_concern }
level overall "Overall" : concern { high_concern when rate >= 20 and war, low otherwise }
"#;

fn plan(rules: &str) -> Plan {
    let mut files = MemoryFiles::default();
    files.insert("flow.risk", rules);
    let compilation = compile(Path::new("flow.risk"), &files, &Settings::default());
    compilation.plan.expect("no errors")
}

/// Rows in order, with some of another kind among them.
fn text(rows: usize, odd: &[(usize, &str)]) -> String {
    let mut lines = vec!["country,month,deaths,share,people,war".to_owned()];
    for row in 0..rows {
        let (entity, month) = (row / 50, row % 50);
        let mut line = String::new();
        let _ = write!(
            line,
            "C{entity:05},{}-{:02},{},0.{},{},{}",
            2015 + month / 12,
            month % 12 + 1,
            row * 37 % 900,
            row % 997,
            if row % 5 == 0 {
                String::new()
            } else {
                (row % 30).to_string()
            },
            ["yes", "no", ""][row % 3],
        );
        lines.push(line);
    }
    for (at, line) in odd {
        lines.insert(1 + at % lines.len(), (*line).to_owned());
    }
    lines.join("\n") + "\n"
}

/// What a run comes to: the file of results, and all that is told.
#[derive(Debug, PartialEq)]
struct Told {
    file: Vec<u8>,
    told: String,
}

fn told(bound: &Result<Bound, Reports>, faults: &str, file: Vec<u8>) -> Told {
    let told = match bound {
        Ok(bound) => format!(
            "{:?} {:?} {:?} {:?} {faults}",
            bound.panel.entities, bound.panel.entity_of, bound.summary, bound.warnings
        ),
        Err(reports) => format!("{reports:?}"),
    };
    Told { file, told }
}

fn held(plan: &Plan, data: &Path, format: Format) -> Told {
    let bound = read_all(&[data], plan, &ReadOptions::default());
    let mut file = Vec::new();
    let mut faults = String::new();
    if let Ok(bound) = &bound {
        let results = run(plan, &bound.panel, &RunOptions::default()).unwrap();
        faults = format!("{:?}", results.faults);
        let mut table = ResultTable::new(bound, plan.panel.period);
        for column in results.columns {
            table.push(&plan.outputs[column.output], column.values);
        }
        write_by(1, &mut file, format, &table).unwrap();
    }
    told(&bound, &faults, file)
}

/// The same where rows flow as far as they can; and whether they did.
fn flown(plan: &Plan, data: &Path, format: Format, threads: usize) -> (Told, bool) {
    let wanted: Vec<usize> = (0..plan.outputs.len()).collect();
    assert!(flows(plan, &wanted));
    let mut table = ResultTable::empty();
    for output in &plan.outputs {
        table.push(output, Vec::new());
    }
    let mut file = Vec::new();
    let flow = Flow::new(plan, wanted).unwrap();
    let flowing = Flowing::new(flow, table.columns, &mut file, format, threads);
    let options = ReadOptions {
        threads,
        flow: Some(&flowing as &dyn Flows),
        ..ReadOptions::default()
    };
    let bound = read_all(&[data], plan, &options);
    match flowing.finish().unwrap() {
        Some(flown) => {
            let values = bound.as_ref().map_or(0, |bound| {
                let read = plan.inputs.iter().zip(&bound.panel.columns);
                read.filter(|(input, _)| !input.optional)
                    .map(|(_, values)| values.len())
                    .sum()
            });
            assert_eq!(values, 0, "values do not stay");
            let faults = format!("{:?}", flown.faults);
            (told(&bound, &faults, file), true)
        }
        None => {
            let again = held(plan, data, format);
            let told = told(&bound, "", Vec::new());
            assert!(
                bound.is_ok() || told.told == again.told,
                "{} {}",
                told.told,
                again.told
            );
            (again, false)
        }
    }
}

fn both(text: &str, format: Format, threads: usize) -> bool {
    let plan = plan(RULES);
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.csv");
    std::fs::write(&data, text).unwrap();
    let (by_flow, has_flown) = flown(&plan, &data, format, threads);
    assert!(by_flow == held(&plan, &data, format), "{text}");
    has_flown
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn flowing_rows_give_what_a_panel_gives(
        rows in 65_usize..400,
        odd in prop::collection::vec((0_usize..400, prop::sample::select(vec![
            "",
            "C00000,2030-01,5000,0.5,1,yes",
            "C00001,2030-01,1,7,1,yes",
            "C00001,2030-02,1,1,0,yes",
            "\"C00002\",2030-03,\"1\",1,2, no ",
            "C00003,2015-01,1,1,2,no",
            "C00004,2030-01,ten,1,2,no",
            "B,2030-13,1,1,2,no",
            "C00005,2030-01,1,1",
        ])), 0..3),
        threads in 1_usize..4,
        format in prop::sample::select(vec![Format::Csv, Format::Ndjson, Format::Parquet]),
    ) {
        both(&text(rows, &odd), format, threads);
    }
}

#[test]
fn rows_in_order_flow_and_others_are_held() {
    assert!(both(&text(1000, &[]), Format::Csv, 1));
    // A value outside its range is counted, and the others flow.
    assert!(both(
        &text(100, &[(100, "C00001,2030-01,5000,0.5,1,yes")]),
        Format::Tsv,
        2
    ));
    // Nor do rows flow that stand before those above them, or twice.
    assert!(!both(
        &text(100, &[(99, "B,2015-01,1,1,1,yes")]),
        Format::Csv,
        2
    ));
    assert!(!both(
        &text(100, &[(99, "C00001,2015-01,1,1,1,yes")]),
        Format::Csv,
        1
    ));
}

#[test]
fn many_blocks_and_batches_flow_in_order() {
    let many = text(70_000, &[(65_000, "C01299,2030-01,5000,0.5,0,yes")]);
    assert!(many.len() > 3 * (512 << 10), "several blocks");
    for (format, threads) in [(Format::Csv, 3), (Format::Parquet, 2)] {
        assert!(both(&many, format, threads));
    }
}

#[test]
fn typed_columns_flow_as_text_does() {
    for (rows, odd, flows) in [
        (9_000, vec![], true),
        (3_000, vec![(2_500, "C00049,2030-01,5000,7,0,yes")], true),
        (3_000, vec![(2_500, "C00001,2030-01,1,1,1,yes")], false),
        (3_000, vec![(2_500, "C00049,2015-01,1,1,1,yes")], false),
    ] {
        let plan = plan(RULES);
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data.parquet");
        let mut file = std::fs::File::create(&data).unwrap();
        write_by(1, &mut file, Format::Parquet, &typed(&text(rows, &odd))).unwrap();
        for threads in [1, 3] {
            let (by_flow, has_flown) = flown(&plan, &data, Format::Csv, threads);
            assert_eq!(has_flown, flows);
            assert!(by_flow == held(&plan, &data, Format::Csv));
        }
    }
}

/// A table of typed columns with the cells of a text.
fn typed(text: &str) -> ResultTable {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let mut table = ResultTable::empty();
    table.entity_columns = vec!["country".to_owned()];
    table.period_column = Some(("month".to_owned(), PeriodKind::Month));
    for row in &rows {
        table.entities.push(row[0].to_owned());
        table.entity_of.push(table.entity_of.len() as u32);
        let (year, month) = row[1].split_once('-').unwrap();
        table
            .periods
            .push(year.parse::<i64>().unwrap() * 12 + month.parse::<i64>().unwrap() - 1);
    }
    for (place, name) in names.iter().enumerate().skip(2) {
        let truth = *name == "war";
        let value = |row: &Vec<&str>| match row[place] {
            "yes" => 1.0,
            "no" => 0.0,
            text => text.parse().unwrap_or(f64::NAN),
        };
        table.columns.push(ResultColumn {
            name: (*name).to_owned(),
            label: String::new(),
            unit: String::new(),
            kind: if truth {
                OutputKind::Truth
            } else {
                OutputKind::Number
            },
            values: rows.iter().map(value).collect(),
        });
    }
    table
}

#[test]
fn what_rests_on_other_rows_does_not_flow() {
    let flows = |rules: &str| {
        let plan = plan(rules);
        flows(&plan, &(0..plan.outputs.len()).collect::<Vec<_>>())
    };
    assert!(flows(RULES));
    for more in [
        "score usual \"Usual\" = mean(deaths, over: 3 months)\n",
        "score place \"Place\" = rank(deaths, first: highest, ties: first)\n",
        "indicator held \"Held\" : number in 0.. carry forward at most 2 months\nscore h \"H\" = held\n",
    ] {
        assert!(!flows(&format!("{RULES}{more}")), "{more}");
    }
}
