//! The framework of 143 indicators as a Plan: 14 factors, their geometric mean, a level by k of n.

use forewarn_compiler::interval::Interval;
use forewarn_compiler::plan::{
    Binary, Compare, InputInfo, InputKind, NodeId, OnViolation, Output, OutputKind, Plan,
    PlanBuilder,
};
use forewarn_compiler::source::Span;

/// How many indicators each factor has.
pub const FACTORS: [usize; 14] = [11, 8, 10, 9, 8, 11, 14, 12, 6, 8, 6, 10, 18, 12];
/// The part of the total weight that has to be known.
pub const COVERAGE: f64 = 0.5;
/// Levels from most to least severe: the place on the scale, how many factors, at or above what.
pub const CLAUSES: [(f64, f64, f64); 4] = [
    (4.0, 5.0, 0.7),
    (3.0, 3.0, 0.7),
    (2.0, 1.0, 0.6),
    (1.0, 2.0, 0.4),
];

/// An indicator's goalposts and weight.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub low: f64,
    pub high: f64,
    pub weight: f64,
}

pub fn member(index: usize) -> Member {
    let low = [0.0, -5.0, 10.0, 0.5, -1.25][index % 5];
    let width = [1.0, 7.0, 100.0, 10.3, 0.37, 1250.0, 3.0][index % 7];
    Member {
        low,
        high: low + width,
        weight: [2.0, 1.5, 3.0, 0.7][index % 4],
    }
}

pub struct Framework {
    pub plan: Plan,
}

/// The framework with so many indicators in each factor.
pub fn framework(factors: &[usize]) -> Framework {
    let mut b = PlanBuilder::default();
    let mut plan = Plan::default();
    let mut values = Vec::new();
    let mut next = 0;
    for &members in factors {
        values.push(factor(&mut b, &mut plan, next..next + members));
        next += members;
    }
    let mean = geometric_mean(&mut b, &values);
    let (at_least, at_most) = level(&mut b, &values);
    for (factor, node) in values.into_iter().enumerate() {
        show(&mut plan, format!("factor_{factor}"), node);
    }
    show(&mut plan, "risk".to_owned(), mean);
    show(&mut plan, "overall.at_least".to_owned(), at_least);
    show(&mut plan, "overall.at_most".to_owned(), at_most);
    (plan.nodes, plan.faults) = b.finish();
    Framework { plan }
}

/// The weighted mean of what is known, if half the weight is.
fn factor(b: &mut PlanBuilder, plan: &mut Plan, members: std::ops::Range<usize>) -> NodeId {
    let (zero, one) = (b.number(0.0), b.number(1.0));
    let (mut sum, mut known_weight, mut total) = (zero, zero, 0.0);
    for index in members {
        let Member { low, high, weight } = member(index);
        let reach = high - low;
        let x = input(
            b,
            plan,
            index,
            Interval {
                low: low - reach,
                high: high + reach,
            },
        );
        let (low, width) = (b.number(low), b.number(high - low));
        let above = b.binary(Binary::Subtract, x, low);
        let scaled = b.binary(Binary::Divide, above, width);
        let cut = b.binary(Binary::Max, scaled, zero);
        let score = b.binary(Binary::Min, cut, one);
        let known = b.is_known(score);
        let w = b.number(weight);
        let part = b.binary(Binary::Multiply, score, w);
        let part = b.select(known, part, zero);
        let share = b.select(known, w, zero);
        (sum, known_weight) = if total == 0.0 {
            (part, share)
        } else {
            (
                b.binary(Binary::Add, sum, part),
                b.binary(Binary::Add, known_weight, share),
            )
        };
        total += weight;
    }
    let least = b.number(total * COVERAGE);
    let covered = b.compare(Compare::LessOrEqual, least, known_weight);
    let mean = b.binary(Binary::Divide, sum, known_weight);
    let missing = b.missing();
    let value = b.select(covered, mean, missing);
    b.narrow(
        value,
        Interval {
            low: 0.0,
            high: 1.0,
        },
    );
    value
}

/// Of the factors that are known; missing if none is.
fn geometric_mean(b: &mut PlanBuilder, factors: &[NodeId]) -> NodeId {
    let (zero, one) = (b.number(0.0), b.number(1.0));
    let (mut product, mut count) = (one, zero);
    for &factor in factors {
        let known = b.is_known(factor);
        let present = b.binary(Binary::Coalesce, factor, one);
        let counted = b.select(known, one, zero);
        product = b.binary(Binary::Multiply, product, present);
        count = b.binary(Binary::Add, count, counted);
    }
    let exponent = b.binary(Binary::Divide, one, count);
    b.binary(Binary::Power, product, exponent)
}

fn level(b: &mut PlanBuilder, factors: &[NodeId]) -> (NodeId, NodeId) {
    let (zero, one) = (b.number(0.0), b.number(1.0));
    let mut clauses = Vec::new();
    for (position, k, threshold) in CLAUSES {
        let (mut surely, mut possibly) = (zero, zero);
        let threshold = b.number(threshold);
        for &factor in factors {
            let high = b.compare(Compare::LessOrEqual, threshold, factor);
            let (yes, perhaps) = (b.surely(high), b.possibly(high));
            let yes = b.select(yes, one, zero);
            let perhaps = b.select(perhaps, one, zero);
            surely = b.binary(Binary::Add, surely, yes);
            possibly = b.binary(Binary::Add, possibly, perhaps);
        }
        let k = b.number(k);
        let yes = b.compare(Compare::LessOrEqual, k, surely);
        let no = b.compare(Compare::Less, possibly, k);
        clauses.push((position, b.verdict(yes, no)));
    }
    let (mut at_least, mut at_most) = (zero, zero);
    for (position, condition) in clauses.into_iter().rev() {
        let position = b.number(position);
        let (yes, perhaps) = (b.surely(condition), b.possibly(condition));
        at_least = b.select(yes, position, at_least);
        at_most = b.select(perhaps, position, at_most);
    }
    (at_least, at_most)
}

pub fn input(b: &mut PlanBuilder, plan: &mut Plan, index: usize, range: Interval) -> NodeId {
    plan.inputs.push(InputInfo {
        name: format!("indicator_{index}"),
        label: String::new(),
        column: None,
        kind: InputKind::Number,
        unit: String::new(),
        low: range.low,
        high: range.high,
        high_excluded: false,
        on_violation: OnViolation::Missing,
        optional: false,
        missing_means: None,
        span: Span::default(),
    });
    b.input(index as u32, range)
}

pub fn show(plan: &mut Plan, column: String, node: NodeId) {
    plan.outputs.push(Output {
        declaration: column.clone(),
        column,
        label: String::new(),
        unit: String::new(),
        kind: OutputKind::Number,
        node,
    });
}
