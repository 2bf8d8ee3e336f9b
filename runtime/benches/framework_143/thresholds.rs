//! What it costs that comparisons read 14 digits: nothing against constants. The same comparisons of
//! places on a scale, which are whole and compared as doubles, of numbers with a constant, and of
//! numbers with numbers that vary.

use forewarn_plan::interval::Interval;
use forewarn_plan::{Binary, Compare, InputKind, NodeId, Plan, PlanBuilder};
use forewarn_runtime::native::{Level, NativeProgram};

use crate::ruleset::{input, show};
use crate::{Spread, nanoseconds};

/// Comparisons a row.
const MANY: usize = 64;

/// What is compared.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Places,
    Numbers,
    TwoNumbers,
}

/// How many of the comparisons are yes.
fn plan(of: Of) -> Plan {
    let (mut plan, mut b) = (Plan::default(), PlanBuilder::default());
    let range = Interval {
        low: 0.0,
        high: 9.0,
    };
    let inputs: Vec<NodeId> = (0..MANY)
        .map(|index| input(&mut b, &mut plan, index, range))
        .collect();
    if of == Of::Places {
        for info in &mut plan.inputs {
            let names = (0..10).map(|place| format!("place_{place}")).collect();
            let scale = "places".to_owned();
            info.kind = InputKind::Level { scale, names };
        }
    }
    let mut total = b.number(0.0);
    for (index, x) in inputs.iter().enumerate() {
        let threshold = match of {
            Of::Places | Of::Numbers => b.number((1 + index % 8) as f64),
            Of::TwoNumbers => inputs[(index + 1) % MANY],
        };
        let passed = b.compare(Compare::LessOrEqual, threshold, *x);
        let passed = b.indicate(passed);
        total = b.binary(Binary::Add, total, passed);
    }
    show(&mut plan, "passed".to_owned(), total);
    (plan.nodes, plan.faults, plan.peers) = b.finish();
    plan
}

pub fn report(rows: usize, repetitions: usize) {
    let columns: Vec<Vec<f64>> = (0..MANY)
        .map(|column| {
            let place = |row: usize| ((row * 7 + column * 3 + row / 11) % 10) as f64;
            (0..rows).map(place).collect()
        })
        .collect();
    let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    println!("{MANY} comparisons a row, {rows} rows");
    println!("{:<48}{:>10}{:>10}", "ns/row", "median", "least");
    let mut spreads = Vec::new();
    let mut results: Vec<Vec<Vec<f64>>> = Vec::new();
    for (name, of) in [
        ("places on a scale against constants", Of::Places),
        ("numbers against constants, to 14 digits", Of::Numbers),
        ("numbers against numbers, to 14 digits", Of::TwoNumbers),
    ] {
        let plan = plan(of);
        let program = NativeProgram::compile(&plan, &[0], Level::Full).expect("compiles");
        let mut out = vec![vec![0.0; rows]];
        let times = (0..=repetitions)
            .map(|_| nanoseconds(rows, || program.evaluate(&slices, &[], &mut out)))
            .collect::<Vec<f64>>();
        let spread = Spread::of(times[1..].to_vec());
        println!("{name:<48}{:>10.1}{:>10.1}", spread.median, spread.least);
        spreads.push(spread);
        results.push(out);
    }
    assert_eq!(results[0], results[1], "the same places are at or above");
    let (places, numbers) = (&spreads[0], &spreads[1]);
    println!(
        "{:<48}{:>10.2}{:>10.2}  (about 1)",
        "numbers / places, against constants",
        numbers.median / places.median,
        numbers.least / places.least
    );
}
