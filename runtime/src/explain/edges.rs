//! Where the rules tell the values of an input apart.
//!
//! In: the evidence of one row and an input. Out: the numbers with which it, or what is reckoned from it step by step
//! with numbers that do not rest on it, is compared, and one number between any two of them: a condition that is met
//! inside its range alone is met at one of these.

use std::collections::HashSet;

use forewarn_plan::{Binary, InputInfo, NodeId, Op, Unary, digits};

use super::evidence::Evidence;
use super::input_ends::{ends, far_ends};

/// An input has no more edges than this; those of the rules stand first.
const MOST: usize = 24;

/// A node as `times * x + plus` of an input.
#[derive(Clone, Copy)]
struct Line {
    times: f64,
    plus: f64,
}

/// Numbers inside of an input's range: its edges, and then what lies half-way between them and to the ends.
pub(super) fn inner(
    evidence: &Evidence,
    (input, node): (usize, NodeId),
    info: &InputInfo,
) -> Vec<f64> {
    let (low, high) = ends(evidence, input, info);
    let far = far_ends(evidence, info);
    let (low, high) = (far.0.unwrap_or(low), far.1.unwrap_or(high));
    let mut edges = edges(evidence, node);
    edges.retain(|x| low < *x && *x < high);
    edges.sort_by(f64::total_cmp);
    edges.dedup();
    let Some((first, last)) = edges.first().copied().zip(edges.last().copied()) else {
        return Vec::new();
    };
    let pairs = edges.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(f64::midpoint(*a, *b)),
        _ => None,
    });
    let beside = [f64::midpoint(low, first), f64::midpoint(last, high)];
    let between: Vec<f64> = pairs.chain(beside).collect();
    edges.into_iter().chain(between).collect()
}

fn edges(evidence: &Evidence, input: NodeId) -> Vec<f64> {
    let own = Line {
        times: 1.0,
        plus: 0.0,
    };
    let rests: HashSet<NodeId> = evidence
        .dependents(input)
        .iter()
        .filter_map(|place| evidence.nodes.get(*place).copied())
        .chain([input])
        .collect();
    let other = |id: NodeId| {
        if let Some(Op::Const(x)) = evidence.flat.node(id).map(|node| node.op) {
            return Some(x).filter(|x| !x.is_nan());
        }
        evidence.values.known(id).filter(|_| !rests.contains(&id))
    };
    let mut found = Vec::new();
    let mut open = vec![(input, own)];
    let mut seen = HashSet::from([input]);
    while let Some((node, line)) = open.pop() {
        for place in evidence.users(node) {
            let Some(user) = evidence.nodes.get(*place).copied() else {
                continue;
            };
            let Some(op) = evidence.flat.node(user).map(|node| node.op) else {
                continue;
            };
            let mut edge = |at: f64| {
                let x = digits::read((at - line.plus) / line.times);
                if x.is_finite() && found.len() < MOST {
                    found.push(x);
                }
            };
            let next = match op {
                Op::Compare(_, a, b) => {
                    let against = if a == node { b } else { a };
                    if let Some(against) = other(against) {
                        edge(against);
                    }
                    None
                }
                Op::Binary(kind, a, b) => {
                    let with = if a == node { b } else { a };
                    other(with).and_then(|with| {
                        if matches!(kind, Binary::Min | Binary::Max) {
                            edge(with);
                        }
                        line.with(kind, with, a == node)
                    })
                }
                Op::Unary(Unary::Negate, _) => Some(Line {
                    times: -line.times,
                    plus: -line.plus,
                }),
                Op::Unary(Unary::Times(times), _) => {
                    line.with(Binary::Multiply, times as f64, true)
                }
                // It turns at nought.
                Op::Unary(Unary::Abs, _) => {
                    edge(0.0);
                    Some(line)
                }
                Op::Unary(Unary::Floor | Unary::Ceil | Unary::Round(_) | Unary::Truncate(_), _) => {
                    Some(line)
                }
                Op::Select { condition, .. } if condition != node => Some(line),
                Op::Unary(Unary::Sqrt | Unary::Exp | Unary::Ln | Unary::Log2 | Unary::Log10, _)
                | Op::Select { .. }
                | Op::Const(_)
                | Op::Input(_)
                | Op::Period
                | Op::IsKnown(_)
                | Op::Truth { .. }
                | Op::Not(_)
                | Op::And(..)
                | Op::Or(..)
                | Op::Surely(_)
                | Op::Possibly(_)
                | Op::Verdict { .. }
                | Op::Indicate(_)
                | Op::Along(..)
                | Op::Paired(..)
                | Op::Recall(..)
                | Op::Peers { .. }
                | Op::Alert { .. } => None,
            };
            if let Some(line) = next.filter(|line| line.times != 0.0)
                && seen.insert(user)
            {
                open.push((user, line));
            }
        }
    }
    found
}

impl Line {
    /// Put together with a number; `first` where it stands before the sign.
    fn with(self, kind: Binary, number: f64, first: bool) -> Option<Self> {
        let Self { times, plus } = self;
        let line = |times: f64, plus: f64| Some(Self { times, plus });
        match (kind, first) {
            (Binary::Add, _) => line(times, plus + number),
            (Binary::Subtract, true) => line(times, plus - number),
            (Binary::Subtract, false) => line(-times, number - plus),
            (Binary::Multiply, _) => line(times * number, plus * number),
            (Binary::Divide, true) => line(times / number, plus / number),
            (Binary::Min | Binary::Max, _) | (Binary::Coalesce, true) => Some(self),
            (Binary::Divide | Binary::Coalesce, false) | (Binary::Power, _) => None,
        }
    }
}
