//! Native code and the interpreter give the same bits: for any Plan, any data, any number of
//! threads, any chunk, either level of compiling.

use crate::common;

use common::{Grow, INPUTS, panel, steps};
use forewarn_plan::Plan;
use forewarn_runtime::native::Level;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::program::Program;
use forewarn_runtime::run::{Engine, Results, RunOptions, run};
use proptest::prelude::*;

fn results(plan: &Plan, panel: &Panel, options: &RunOptions) -> Results {
    run(plan, panel, options).expect("the plan is well-formed")
}

/// Compares the bits of all columns, and the faults with their rows.
fn assert_same(plan: &Plan, panel: &Panel, options: &RunOptions, expected: &Results) {
    let actual = results(plan, panel, options);
    assert_eq!(actual.columns.len(), expected.columns.len());
    for (actual, expected) in actual.columns.iter().zip(&expected.columns) {
        assert_eq!(actual.output, expected.output);
        assert_eq!(actual.values.len(), expected.values.len());
        for (row, (a, b)) in actual.values.iter().zip(&expected.values).enumerate() {
            assert!(
                a.to_bits() == b.to_bits(),
                "{options:?}: output {} in row {row}: {a:?}, by the interpreter {b:?}",
                actual.output
            );
        }
    }
    assert_eq!(actual.faults, expected.faults, "{options:?}");
}

fn all_ways(plan: &Plan, panel: &Panel, wanted: Option<Vec<usize>>) {
    let interpreter = RunOptions {
        engine: Engine::Interpreter,
        threads: 1,
        wanted: wanted.clone(),
        ..RunOptions::default()
    };
    let expected = results(plan, panel, &interpreter);
    for (level, threads, chunk) in [
        (Level::Full, 1, None),
        (Level::Full, 3, Some(64)),
        (Level::Quick, 2, Some(64)),
        (Level::Quick, 1, None),
    ] {
        let options = RunOptions {
            engine: Engine::Native,
            threads,
            wanted: wanted.clone(),
            level: Some(level),
            chunk,
            ..RunOptions::default()
        };
        assert_same(plan, panel, &options, &expected);
    }
    let threads = RunOptions {
        threads: 2,
        ..interpreter
    };
    assert_same(plan, panel, &threads, &expected);
}

/// Compares each row, worked out alone, with the columns.
fn one_by_one(plan: Plan, panel: &Panel) {
    let wanted: Vec<usize> = (0..plan.outputs.len()).collect();
    let program = Program::new(std::sync::Arc::new(plan), wanted);
    let expected = results(program.plan(), panel, &RunOptions::default());
    for engine in [Engine::Interpreter, Engine::Native] {
        let mut one = program.row_by(engine).expect("no look at other rows");
        for row in 0..panel.rows() {
            for (input, column) in panel.columns.iter().enumerate() {
                one.set(input, column[row]);
            }
            one.evaluate();
            for (wanted, column) in expected.columns.iter().enumerate() {
                let (alone, among) = (one.get(wanted), column.values[row]);
                let same = alone.to_bits() == among.to_bits() || alone.is_nan() && among.is_nan();
                assert!(
                    same,
                    "{engine:?}: output {wanted} in row {row}: {alone:?}, {among:?}"
                );
            }
        }
        let faults: Vec<_> = expected.faults.iter().map(|count| count.fault).collect();
        assert_eq!(one.take_faults(), faults, "{engine:?}");
        assert_eq!(one.take_faults(), []);
    }
}

fn grow(steps: &[common::Step], shown: &[u16]) -> Plan {
    let mut grow = Grow::new(INPUTS);
    for &step in steps {
        grow.step(step);
    }
    let nodes = grow.plan.nodes.len();
    grow.show(grow_last(nodes));
    for &pick in shown {
        grow.show(forewarn_plan::NodeId((pick as usize % nodes) as u32));
    }
    grow.plan
}

fn grow_last(nodes: usize) -> forewarn_plan::NodeId {
    forewarn_plan::NodeId(nodes as u32 - 1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn small_plans(
        steps in steps(1..40),
        shown in prop::collection::vec(0u16.., 0..6),
        rows in prop::sample::select(vec![0usize, 1, 7, 130]),
        seed in any::<u64>(),
        with_periods in any::<bool>(),
    ) {
        let plan = grow(&steps, &shown);
        all_ways(&plan, &panel(INPUTS, rows, seed, with_periods), None);
        // A row alone has no period.
        one_by_one(plan, &panel(INPUTS, rows, seed, false));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn large_plans_over_many_rows(
        steps in steps(400..1_200),
        // So many that the Plan takes several kernels.
        shown in prop::collection::vec(0u16.., 40..120),
        rows in prop::sample::select(vec![7usize, 5_000]),
        seed in any::<u64>(),
    ) {
        let plan = grow(&steps, &shown);
        // Only some of the outputs, in another order.
        let wanted = (0..plan.outputs.len()).rev().step_by(2).collect();
        all_ways(&plan, &panel(INPUTS, rows, seed, true), Some(wanted));
    }
}
