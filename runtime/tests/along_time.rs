//! Along time, native code and the interpreter give the same bits: for any nesting of windows, lags and
//! alerts in row-local operations, whatever rests on its own past, irregular entities, any number of
//! threads, any chunk.

use crate::common;

use common::look_back::{KINDS, WITH_PAST, panel};
use common::{Grow, INPUTS, steps_of};
use forewarn_plan::{NodeId, Plan};
use forewarn_runtime::interpreter::Interpreter;
use forewarn_runtime::native::Level;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, Results, RunOptions, run};
use proptest::prelude::*;

fn results(plan: &Plan, panel: &Panel, options: &RunOptions) -> Results {
    run(plan, panel, options).expect("the plan is well-formed")
}

fn assert_same(actual: &Results, expected: &Results, options: &RunOptions) {
    for (actual, expected) in actual.columns.iter().zip(&expected.columns) {
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

fn all_ways(plan: &Plan, panel: &Panel) -> Results {
    let interpreter = RunOptions {
        engine: Engine::Interpreter,
        threads: 1,
        ..RunOptions::default()
    };
    let expected = results(plan, panel, &interpreter);
    for (level, threads, chunk) in [
        (Level::Full, 1, None),
        (Level::Full, 3, Some(64)),
        (Level::Quick, 2, Some(4)),
        (Level::Quick, 1, Some(300)),
    ] {
        let options = RunOptions {
            engine: Engine::Native,
            threads,
            level: Some(level),
            chunk,
            ..RunOptions::default()
        };
        assert_same(&results(plan, panel, &options), &expected, &options);
    }
    let threads = RunOptions {
        threads: 3,
        ..interpreter
    };
    assert_same(&results(plan, panel, &threads), &expected, &threads);
    expected
}

fn grow(steps: &[common::Step], shown: &[u16]) -> Plan {
    let mut grow = Grow::new(INPUTS);
    for &step in steps {
        grow.step(step);
    }
    grow.settle();
    let nodes = grow.plan.nodes.len();
    grow.show(NodeId(nodes as u32 - 1));
    for &pick in shown {
        grow.show(NodeId((pick as usize % nodes) as u32));
    }
    grow.plan
}

/// Entities of one period, of a few, of many.
fn lengths() -> impl Strategy<Value = Vec<usize>> {
    let length = prop_oneof![Just(1usize), 1usize..9, 1usize..40, 90usize..200];
    prop::collection::vec(length, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn small_plans(
        steps in steps_of(KINDS, 1..30),
        shown in prop::collection::vec(0u16.., 0..8),
        lengths in lengths(),
        seed in any::<u64>(),
    ) {
        all_ways(&grow(&steps, &shown), &panel(INPUTS, &lengths, seed));
    }

    #[test]
    fn small_plans_that_rest_on_their_own_past(
        steps in steps_of(WITH_PAST, 1..40),
        shown in prop::collection::vec(0u16.., 0..8),
        lengths in lengths(),
        seed in any::<u64>(),
    ) {
        all_ways(&grow(&steps, &shown), &panel(INPUTS, &lengths, seed));
    }

    #[test]
    fn a_row_looked_at_alone_is_the_row_of_a_run(
        steps in steps_of(WITH_PAST, 1..20),
        lengths in prop::collection::vec(1usize..30, 1..4),
        seed in any::<u64>(),
        pick in any::<prop::sample::Index>(),
    ) {
        let plan = grow(&steps, &[]);
        let panel = panel(INPUTS, &lengths, seed);
        let row = pick.index(panel.rows());
        let values = Interpreter::row(&plan, &panel, row).expect("there is such a row");
        let options = RunOptions {
            engine: Engine::Interpreter,
            ..RunOptions::default()
        };
        let column = &results(&plan, &panel, &options).columns[0].values;
        let cell = values.cell(plan.outputs[0].node).expect("a node").as_number();
        prop_assert_eq!(cell.to_bits(), column[row].to_bits());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn large_plans(
        steps in steps_of(KINDS, 200..600),
        shown in prop::collection::vec(0u16.., 10..60),
        lengths in lengths(),
        seed in any::<u64>(),
    ) {
        all_ways(&grow(&steps, &shown), &panel(INPUTS, &lengths, seed));
    }

    #[test]
    fn large_plans_that_rest_on_their_own_past(
        steps in steps_of(WITH_PAST, 100..400),
        shown in prop::collection::vec(0u16.., 10..60),
        lengths in lengths(),
        seed in any::<u64>(),
    ) {
        all_ways(&grow(&steps, &shown), &panel(INPUTS, &lengths, seed));
    }
}

/// Found by chance: within what rests on its own past, only windows say by an infinity that there is no result; a lag
/// hands on the one that it reads.
#[test]
fn an_infinity_goes_on_through_a_lag_of_an_own_past() {
    let step = |kind: u8, [a, b, c]: [u16; 3]| common::Step {
        kind,
        a,
        b,
        c,
        checked: false,
        careful: false,
    };
    let steps = [
        step(76, [0, 0, 136]),
        step(0, [0, 0, 0]),
        step(44, [43057, 0, 0]),
        step(76, [0, 0, 0]),
        step(0, [327, 0, 0]),
        step(44, [46558, 0, 0]),
        step(0, [0, 0, 0]),
        step(68, [13503, 0, 8068]),
        step(11, [38216, 16011, 0]),
    ];
    let plan = grow(&steps, &[58533]);
    all_ways(&plan, &panel(INPUTS, &[90], 6_129_200_757_926_044));
}
