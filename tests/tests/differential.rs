//! The interpreter is the meaning; native code gives the same bits, for any ruleset, any data, any
//! number of rows, threads and any size of chunk. And whatever they give, it keeps its promises.

use crate::generate;

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::digits;
use forewarn_plan::{DeclarationKind, Evidence, NodeId, Output, OutputKind, Plan, RowState, Value};
use forewarn_runtime::run::{Engine, Results, RunOptions, run};
use proptest::prelude::*;

fn plan(text: &str) -> Plan {
    let compilation = compile(
        Path::new("chance.risk"),
        &MemoryFiles::of("chance.risk", text),
        &Settings::default(),
    );
    let told: Vec<String> = compilation
        .reports
        .iter()
        .map(|cause| format!("{} {}", cause.code(), cause.describe().title))
        .collect();
    compilation
        .plan
        .unwrap_or_else(|| panic!("does not compile: {told:#?}\n{text}"))
}

fn results(plan: &Plan, panel: &forewarn_runtime::panel::Panel, options: &RunOptions) -> Results {
    run(plan, panel, options).expect("a Plan from the compiler runs")
}

/// All values as bits, missing being one of them, and the faults.
fn bits(results: &Results) -> (Vec<Vec<u64>>, String) {
    let bit = |x: &f64| if x.is_nan() { u64::MAX } else { x.to_bits() };
    let columns = results
        .columns
        .iter()
        .map(|column| column.values.iter().map(bit).collect());
    (columns.collect(), format!("{:?}", results.faults))
}

fn agree(text: &str, rows: usize, cells: &[f64]) {
    let plan = plan(text);
    let panel = generate::panel(&plan, rows, cells);
    let interpreted = RunOptions {
        engine: Engine::Interpreter,
        ..RunOptions::default()
    };
    let meaning = results(&plan, &panel, &interpreted);
    for (threads, chunk) in [(1, None), (2, Some(64)), (3, Some(1000))] {
        let options = RunOptions {
            engine: Engine::Native,
            threads,
            chunk,
            ..RunOptions::default()
        };
        let native = results(&plan, &panel, &options);
        assert_eq!(
            bits(&meaning),
            bits(&native),
            "{threads} threads, chunk {chunk:?}\n{text}"
        );
    }
    promises(&plan, &meaning, text);
    tables_say_what_stands(plan, &panel, text);
}

/// A table says what the row that holds says, and what lies between it and the open rows above.
fn tables_say_what_stands(mut plan: Plan, panel: &forewarn_runtime::panel::Panel, text: &str) {
    let tables: Vec<_> = plan
        .declarations
        .iter()
        .filter_map(|one| Some((one.value.clone(), one.table.clone()?)))
        .collect();
    let mut asked = Vec::new();
    for (value, table) in &tables {
        asked.extend(value.nodes());
        for row in &table.rows {
            asked.extend(row.cells.iter().filter_map(|cell| cell.condition));
            asked.extend(row.then.nodes());
        }
    }
    plan.outputs = asked
        .iter()
        .map(|node| Output {
            column: String::new(),
            declaration: String::new(),
            label: String::new(),
            unit: String::new(),
            kind: OutputKind::Number,
            node: *node,
        })
        .collect();
    let options = RunOptions {
        engine: Engine::Interpreter,
        ..RunOptions::default()
    };
    let found = results(&plan, panel, &options);
    for row in 0..panel.rows() {
        let number = |node: NodeId| {
            let at = asked.iter().position(|one| *one == node).expect("asked");
            found.columns[at].values[row]
        };
        let truth = |node| Some(number(node)).filter(|x| !x.is_nan()).map(|x| x == 1.0);
        for (value, table) in &tables {
            let standings = table.standings(truth);
            let stand = table.rows.iter().zip(standings);
            let stand = stand.filter(|(_, one)| matches!(one, RowState::Holds | RowState::Open));
            let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
            for (row, _) in stand {
                let nodes = row.then.nodes();
                let (low, high) = (
                    number(nodes[nodes.len() / 2]),
                    number(nodes[nodes.len() - 1]),
                );
                // What is missing makes all missing.
                least = if low.is_nan() || low < least {
                    low
                } else {
                    least
                };
                most = if high.is_nan() || high > most {
                    high
                } else {
                    most
                };
                if low.is_nan() {
                    break;
                }
            }
            // Ends that are equal to 14 digits leave nothing open.
            let agree = !least.is_nan() && !most.is_nan() && digits::is_same(least, most);
            let exact = if agree { least } else { f64::NAN };
            let same = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
            assert!(same(number(value.nodes()[0]), exact), "row {row}\n{text}");
            if let Value::Level {
                at_least, at_most, ..
            } = value
            {
                assert!(same(number(*at_least), least), "row {row}\n{text}");
                assert!(same(number(*at_most), most), "row {row}\n{text}");
            }
        }
    }
}

/// What holds of every result, whatever the rules.
fn promises(plan: &Plan, results: &Results, text: &str) {
    let column = |name: &str| {
        let at = plan
            .outputs
            .iter()
            .position(|output| output.column == name)
            .expect("published");
        &results.columns[at].values
    };
    // No value lies outside its range.
    for (output, column) in plan.outputs.iter().zip(&results.columns) {
        let range = plan.nodes[output.node.index()].range;
        let known = column.values.iter().filter(|x| !x.is_nan());
        for x in known.filter(|_| matches!(output.kind, OutputKind::Number)) {
            let name = &output.column;
            assert!(range.contains(*x), "{name}: {x:?} in {range:?}\n{text}");
        }
    }
    // What verified evidence alone gives is not published.
    for declaration in plan
        .declarations
        .iter()
        .filter(|one| one.verified.is_none())
    {
        let name = &declaration.name;
        if declaration.factor.is_some() {
            // There is none where no member applies.
            let inside = |x: &f64| x.is_nan() || (0.0..=1.0).contains(x);
            assert!(
                column(&format!("{name}.coverage")).iter().all(inside),
                "{name}\n{text}"
            );
        }
        let published = plan.outputs.iter().any(|output| output.column == *name);
        if declaration.kind == DeclarationKind::Alert {
            // Always determined; its parts are written in words.
            assert!(
                column(name)
                    .iter()
                    .all(|tier| [0.0, 1.0, 2.0].contains(tier)),
                "{name}\n{text}"
            );
            continue;
        }
        if let Value::Between { .. } = declaration.value
            && published
        {
            let (least, most) = (
                column(&format!("{name}.at_least")),
                column(&format!("{name}.at_most")),
            );
            // An estimate leaves out what the bounds count.
            let factor = declaration.factor.as_ref();
            let estimate = factor.is_some_and(|factor| factor.evidence == Evidence::Estimate);
            for (value, (least, most)) in column(name).iter().zip(least.iter().zip(most)) {
                assert!(
                    least.is_nan() || most.is_nan() || *least <= *most + 1e-9 * most.abs(),
                    "{name}: at least {least}, at most {most}\n{text}"
                );
                let inside = (least.is_nan() || *value >= *least - 1e-9 * least.abs())
                    && (most.is_nan() || *value <= *most + 1e-9 * most.abs());
                assert!(
                    value.is_nan() || inside || estimate,
                    "{name}: {value}\n{text}"
                );
            }
            continue;
        }
        if !published || !matches!(declaration.value, Value::Level { .. } | Value::Count { .. }) {
            continue;
        }
        let (exact, least, most) = (
            column(name),
            column(&format!("{name}.at_least")),
            column(&format!("{name}.at_most")),
        );
        for ((exact, least), most) in exact.iter().zip(least).zip(most) {
            assert!(
                least <= most,
                "{name}: at least {least}, at most {most}\n{text}"
            );
            let determined = if least == most { *least } else { f64::NAN };
            assert_eq!(exact.to_bits(), determined.to_bits(), "{name}\n{text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn both_engines_give_the_same_bits(
        text in generate::ruleset(),
        cells in generate::cells(),
        rows in proptest::sample::select(vec![0_usize, 1, 7, 130]),
    ) {
        agree(&text, rows, &cells);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn both_engines_give_the_same_bits_on_many_rows(
        text in generate::ruleset(),
        cells in generate::cells(),
    ) {
        agree(&text, 5_000, &cells);
    }
}
