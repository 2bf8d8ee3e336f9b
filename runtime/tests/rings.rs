//! What rests on its own past, as machine code: at the edges of its blocks of periods, however far back it reads, for
//! entities of any length side by side, and with what is without a result.

use crate::common;

use common::both::each_way;
use forewarn_diagnostics::source::Span;
use forewarn_plan::{
    Binary, FaultId, FaultSite, Gap, InputInfo, InputKind, Node, NodeId, OnViolation, Op, Output,
    OutputKind, Plan, Recall, Words, along::Side, interval::Interval,
};
use forewarn_runtime::faults::FaultCount;
use forewarn_runtime::panel::Panel;

/// Plans are `x`, what the last node was, and what is made of both.
fn plan(ago: u32, gap: Gap, first: f64, rest: &[(Op, bool)]) -> Plan {
    let mut plan = Plan::default();
    plan.inputs.push(InputInfo {
        name: "x".to_owned(),
        label: String::new(),
        column: None,
        kind: InputKind::Number,
        unit: String::new(),
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        high_excluded: false,
        on_violation: OnViolation::Missing,
        optional: false,
        missing_means: None,
        carry_forward: None,
        expires: None,
        inapplicable: Vec::new(),
        changeable: None,
        span: Span::default(),
    });
    let own = [Op::Input(0), Op::Const(first), Op::Recall(0, NodeId(1))].map(|op| (op, false));
    for (op, checked) in own.iter().chain(rest) {
        let node = NodeId(plan.nodes.len() as u32);
        let checked = checked.then(|| {
            plan.faults.push(FaultSite {
                node,
                span: Span::default(),
                text: Words::default(),
                declaration: String::new(),
            });
            FaultId(plan.faults.len() as u32 - 1)
        });
        plan.nodes.push(Node {
            op: *op,
            range: Interval::ALL,
            uncertain: true,
            span: Span::default(),
            checked,
        });
    }
    let last = NodeId(plan.nodes.len() as u32 - 1);
    plan.recalls.push(Recall {
        of: last,
        ago,
        gap,
        name: "y".to_owned(),
        side: Side::Exact,
    });
    plan.outputs.push(Output {
        column: "y".to_owned(),
        declaration: "y".to_owned(),
        label: String::new(),
        unit: String::new(),
        kind: OutputKind::Number,
        node: last,
    });
    plan
}

const PAST: NodeId = NodeId(2);

/// What was, and `x`.
fn sums(ago: u32, gap: Gap) -> Plan {
    let sum = Op::Binary(Binary::Add, PAST, NodeId(0));
    plan(ago, gap, 100.0, &[(sum, false)])
}

fn panel(lengths: &[usize], x: impl Fn(usize, usize) -> f64) -> Panel {
    let mut panel = Panel {
        columns: vec![Vec::new()],
        ..Panel::default()
    };
    for (entity, length) in lengths.iter().enumerate() {
        panel.entities.push(format!("e{entity}"));
        for period in 0..*length {
            panel.entity_of.push(entity as u32);
            panel.periods.push(period as i64);
            panel.columns[0].push(x(entity, period));
        }
    }
    panel
}

/// By each evaluator, whose columns and faults must be the same.
#[track_caller]
fn column(plan: &Plan, panel: &Panel) -> (Vec<f64>, Vec<FaultCount>) {
    let mut found = each_way(plan, panel).into_iter();
    let meaning = found.next().expect("the interpreter");
    let bits = |column: &[f64]| column.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    for native in found {
        let (own, other) = (&native.columns[0].values, &meaning.columns[0].values);
        assert_eq!(bits(own), bits(other));
        assert_eq!(native.faults, meaning.faults);
    }
    (meaning.columns[0].values.clone(), meaning.faults)
}

#[test]
fn a_value_of_yesterday_goes_on_through_a_thousand_days() {
    let panel = panel(&[1_000], |_, _| 1.0);
    let (values, _) = column(&sums(1, Gap::Missing), &panel);
    let expected: Vec<f64> = (1..=1_000).map(|day| 100.0 + f64::from(day)).collect();
    assert_eq!(values, expected);
}

#[test]
fn it_reads_as_far_back_as_it_says() {
    // Around the lengths of blocks, of entities, and beyond anything.
    for ago in [
        1,
        2,
        63,
        64,
        65,
        127,
        128,
        129,
        199,
        200,
        201,
        100_000,
        u32::MAX,
    ] {
        for gap in [Gap::Missing, Gap::First, Gap::Last] {
            let panel = panel(&[200, 3, 130], |_, _| 1.0);
            let (values, _) = column(&sums(ago, gap), &panel);
            let rows = panel.periods.iter();
            let expected: Vec<f64> = rows.map(|day| 101.0 + (*day as u32 / ago) as f64).collect();
            assert_eq!(values, expected, "{ago} {gap:?}");
        }
    }
}

#[test]
fn gaps_stay_begin_anew_or_go_on() {
    // Nobody knows the third day, at the end of a block and in its midst.
    for missing in [2, 63, 64, 65, 127, 128] {
        let panel = panel(&[150], |_, day| if day == missing { f64::NAN } else { 1.0 });
        let at = |gap, day: usize| column(&sums(1, gap), &panel).0[day];
        let known = 100.0 + missing as f64;
        assert!(at(Gap::Missing, missing).is_nan());
        assert!(at(Gap::Missing, missing + 1).is_nan());
        assert!(at(Gap::Missing, 149).is_nan());
        assert_eq!(at(Gap::First, missing + 1), 101.0);
        assert_eq!(at(Gap::Last, missing + 1), known + 1.0);
    }
}

#[test]
fn entities_of_any_length_go_side_by_side() {
    let lengths = [1, 70, 2, 64, 65, 1, 300, 7, 63];
    let panel = panel(&lengths, |entity, _| entity as f64);
    let (values, _) = column(&sums(1, Gap::Missing), &panel);
    let mut row = 0;
    for (entity, length) in lengths.iter().enumerate() {
        for day in 1..=*length {
            assert_eq!(values[row], 100.0 + (entity * day) as f64);
            row += 1;
        }
    }
}

#[test]
fn what_has_no_result_is_counted_where_there_are_rows() {
    // x / (what was - x), which was zero: 0 by 0 where `x` is 0 after nothing.
    let less = Op::Binary(Binary::Subtract, PAST, NodeId(0));
    let share = Op::Binary(Binary::Divide, NodeId(0), NodeId(3));
    let plan = plan(1, Gap::First, 0.0, &[(less, false), (share, true)]);
    // Without a result in each row; the others of a turn have ended, or there are none.
    let lengths = [70, 2, 1];
    let (values, faults) = column(&plan, &panel(&lengths, |_, _| 0.0));
    assert!(values.iter().all(|x| x.is_nan()));
    let found: Vec<_> = faults
        .iter()
        .map(|one| (one.count, &one.first_rows[..]))
        .collect();
    assert_eq!(found, [(73, &[0, 1, 2][..])]);
    // In one row alone, which is not the first: 1 / (0 - 1), then -1 / (-1 - -1).
    let x = |entity, day| match (entity, day) {
        (1, 1) => -1.0,
        _ => 1.0,
    };
    let (values, faults) = column(&plan, &panel(&[1, 2, 1], x));
    assert!(values[2].is_nan());
    let found: Vec<_> = faults
        .iter()
        .map(|one| (one.count, &one.first_rows[..]))
        .collect();
    assert_eq!(found, [(1, &[2][..])]);
}
