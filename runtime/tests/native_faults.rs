//! Where faults are counted, what rows say of their nodes, Plans of shapes that break recursive
//! compilers, and Plans that are malformed.

use crate::common;

use common::Grow;
use common::both::{each_way, panel};
use forewarn_plan::*;
use forewarn_runtime::interpreter::{Interpreter, NodeValue};
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, RunOptions, run};

const MISSING: f64 = f64::NAN;

#[test]
fn faults_are_counted_where_all_operands_are_known() {
    let mut grow = Grow::new(2);
    let quotient = grow.add(Op::Binary(Binary::Divide, NodeId(0), NodeId(1)), true);
    let logarithm = grow.add(Op::Unary(Unary::Ln, NodeId(0)), true);
    grow.show(quotient);
    grow.show(logarithm);
    let rows = 3_001;
    let mut columns = vec![vec![2.0; rows]; 2];
    for row in [5, 1_500, 2_999, 3_000] {
        columns[1][row] = 0.0;
    }
    // Missing over zero is missing evidence, not a fault.
    columns[0][1_500] = MISSING;
    columns[0][3_000] = -1.0;
    for results in each_way(&grow.plan, &panel(columns, rows)) {
        let [division, logarithm] = &results.faults[..] else {
            panic!("two places")
        };
        assert_eq!((division.fault, division.count), (FaultId(0), 3));
        assert_eq!(division.first_rows, [5, 2_999, 3_000]);
        assert_eq!((logarithm.fault, logarithm.count), (FaultId(1), 1));
        assert_eq!(logarithm.first_rows, [3_000]);
        assert!(results.columns[0].values[5].is_nan());
        assert_eq!(results.columns[0].values[6], 1.0);
    }
}

#[test]
fn what_is_not_wanted_is_not_counted() {
    let mut grow = Grow::new(1);
    let logarithm = grow.add(Op::Unary(Unary::Ln, NodeId(0)), true);
    grow.show(logarithm);
    grow.show(NodeId(0));
    let panel = panel(vec![vec![-1.0; 9]], 9);
    for engine in [Engine::Native, Engine::Interpreter] {
        let options = RunOptions {
            engine,
            wanted: Some(vec![1]),
            ..RunOptions::default()
        };
        let results = run(&grow.plan, &panel, &options).expect("the plan is well-formed");
        assert_eq!(results.faults, []);
        assert_eq!(results.columns.len(), 1);
        assert_eq!(results.columns[0].values, [-1.0; 9]);
    }
}

#[test]
fn a_row_can_be_looked_at_node_by_node() {
    let mut grow = Grow::new(1);
    let zero = grow.add(Op::Const(0.0), false);
    let positive = grow.add(Op::Compare(Compare::Less, zero, NodeId(0)), false);
    let root = grow.add(Op::Unary(Unary::Sqrt, NodeId(0)), true);
    let panel = panel(vec![vec![4.0, -4.0, MISSING]], 3);
    let row = |row| Interpreter::row(&grow.plan, &panel, row).expect("there is such a row");
    assert_eq!(row(0).known(root), Some(2.0));
    assert_eq!(
        row(0).cell(positive),
        Some(NodeValue::Truth {
            yes: true,
            no: false
        })
    );
    assert_eq!(row(1).faults, [FaultId(0)]);
    assert_eq!(row(1).known(root), None);
    assert_eq!(
        row(2).cell(positive),
        Some(NodeValue::Truth {
            yes: false,
            no: false
        })
    );
    assert_eq!(row(2).faults, []);
    assert!(Interpreter::row(&grow.plan, &panel, 3).is_err());
}

#[test]
fn long_sums_and_deep_nesting() {
    for nested_right in [false, true] {
        let mut grow = Grow::new(3);
        let terms: Vec<NodeId> = (0..20_000u32)
            .map(|term| {
                let weight = grow.add(Op::Const(f64::from(term % 7)), false);
                grow.add(
                    Op::Binary(Binary::Multiply, NodeId(term % 3), weight),
                    false,
                )
            })
            .collect();
        let mut add = |a, b| grow.add(Op::Binary(Binary::Add, a, b), false);
        let sum = if nested_right {
            terms.into_iter().rev().reduce(|sum, term| add(term, sum))
        } else {
            terms.into_iter().reduce(add)
        };
        grow.show(sum.expect("there are terms"));
        let panel = panel(vec![vec![0.1, 2.0], vec![0.7, -1.0], vec![1e9, MISSING]], 2);
        let results = each_way(&grow.plan, &panel);
        assert_eq!(
            results[0].columns[0].values[0],
            results[1].columns[0].values[0]
        );
        assert_eq!(
            results[0].columns[0].values[0],
            results[2].columns[0].values[0]
        );
        assert!(
            results
                .iter()
                .all(|results| results.columns[0].values[1].is_nan())
        );
    }
}

#[test]
fn a_malformed_plan_is_an_error() {
    let mut grow = Grow::new(1);
    let sum = grow.add(Op::Binary(Binary::Add, NodeId(0), NodeId(0)), false);
    grow.show(sum);
    let good = panel(vec![vec![1.0]], 1);
    let fails = |plan: &Plan, panel: &Panel| run(plan, panel, &RunOptions::default()).is_err();
    assert!(!fails(&grow.plan, &good));
    assert!(fails(&grow.plan, &panel(vec![], 1)));
    assert!(fails(&grow.plan, &panel(vec![vec![]], 1)));
    let mut reads_ahead = grow.plan.clone();
    reads_ahead.nodes[sum.index()].op = Op::Binary(Binary::Add, NodeId(0), sum);
    assert!(fails(&reads_ahead, &good));
    let mut wrong_lane = grow.plan.clone();
    wrong_lane.nodes[sum.index()].op = Op::Not(NodeId(0));
    assert!(fails(&wrong_lane, &good));
    let wanted = RunOptions {
        wanted: Some(vec![3]),
        ..RunOptions::default()
    };
    assert!(run(&grow.plan, &good, &wanted).is_err());
}
