//! Values worth trying for an input: the ends of its range, its middle, and the thresholds that rules
//! compare it with, each with a step to both sides.

use forewarn_plan::along::Along;
use forewarn_plan::digits;
use forewarn_plan::properties::FARTHEST;
use forewarn_plan::{Binary, InputInfo, InputKind, NodeId, Op, Plan, Unary};

/// The most values of one input.
const MOST: usize = 40;
/// The most nodes that are followed from an input.
const FAR: usize = 4_000;

/// What can be tried of one input, ascending.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub values: Vec<f64>,
    /// Between the first and the last any number can stand, not whole places alone.
    pub continuous: bool,
    /// The range has no end: numbers of any size can stand.
    pub open: bool,
}

impl Choice {
    pub fn lowest(&self) -> f64 {
        self.values.first().copied().unwrap_or(0.0)
    }

    pub fn highest(&self) -> f64 {
        self.values.last().copied().unwrap_or(0.0)
    }

    pub fn middle(&self) -> f64 {
        self.values
            .get(self.values.len() / 2)
            .copied()
            .unwrap_or(0.0)
    }
}

/// The values worth trying, by input.
pub(super) fn choices(plan: &Plan) -> Vec<Choice> {
    let mut readers: Vec<Vec<NodeId>> = vec![Vec::new(); plan.nodes.len()];
    let mut places: Vec<Option<NodeId>> = vec![None; plan.inputs.len()];
    for (at, node) in (0_u32..).map(NodeId).zip(&plan.nodes) {
        for operand in node.op.operands() {
            if let Some(readers) = readers.get_mut(operand.index()) {
                readers.push(at);
            }
        }
        if let Op::Input(input) = node.op
            && let Some(place) = places.get_mut(input as usize)
        {
            *place = Some(at);
        }
    }
    let inputs = plan.inputs.iter().zip(places);
    inputs
        .map(|(info, place)| {
            let places = |count: usize| Choice {
                values: (0..count).map(|place| place as f64).collect(),
                continuous: false,
                open: false,
            };
            match &info.kind {
                InputKind::Truth | InputKind::Verification { .. } | InputKind::Applies { .. } => {
                    places(2)
                }
                // One entity is one row of its own.
                InputKind::Key { .. } | InputKind::Age { .. } => places(1),
                InputKind::Level { names, .. } | InputKind::Category { names } => {
                    places(names.len())
                }
                InputKind::Number => {
                    let from = place.map_or(Vec::new(), |at| thresholds(plan, &readers, at));
                    numbers(info, from)
                }
            }
        })
        .collect()
}

fn numbers(info: &InputInfo, mut thresholds: Vec<f64>) -> Choice {
    let open = |x: f64| x.abs() >= FARTHEST;
    thresholds.retain(|x| x.is_finite() && !open(*x) && info.low <= *x && *x <= info.high);
    let farthest = thresholds.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    let low = if open(info.low) {
        (-2.0 * farthest - 10.0).min(info.high)
    } else {
        info.low
    };
    let high = if open(info.high) {
        (2.0 * farthest + 100.0).max(low)
    } else {
        info.high
    };
    let span = (high - low).max(f64::MIN_POSITIVE);
    let is_open = open(info.low) || open(info.high);
    let mut values = vec![low, f64::midpoint(low, high), high];
    values.extend((1..10).map(|tenth| low + span * f64::from(tenth) / 10.0));
    // Where there is no end, what matters may be of any size.
    let sizes = (0..10).map(|power| 10_f64.powi(power));
    if open(info.high) {
        values.extend(sizes.clone());
    }
    if open(info.low) {
        values.extend(sizes.map(|size| -size));
    }
    for at in thresholds {
        let step = if at.fract() == 0.0 && at.abs() >= 2.0 {
            1.0
        } else {
            span * 0.01
        };
        values.extend([at - step, at, at + step]);
    }
    let inside = |x: &f64| {
        let below = if info.high_excluded {
            digits::is_less(*x, info.high)
        } else {
            *x <= info.high
        };
        info.low <= *x && below
    };
    // Sums of decimals are written as people write them.
    let mut values: Vec<f64> = values.into_iter().map(short).filter(inside).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    if values.len() > MOST {
        let every = values.len().div_ceil(MOST);
        let last = values.last().copied();
        values = values.into_iter().step_by(every).chain(last).collect();
        values.dedup();
    }
    Choice {
        values,
        continuous: true,
        open: is_open,
    }
}

/// Without the digits that rounding leaves behind.
fn short(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let digits = 9 - x.abs().log10().ceil() as i32;
    match i8::try_from(digits) {
        Ok(digits) if (-15..=15).contains(&digits) => forewarn_plan::decimal::round(x, digits),
        _ => x,
    }
}

/// Where an input meets what rules compare it with, as far as only sums and products with constants
/// stand between.
fn thresholds(plan: &Plan, readers: &[Vec<NodeId>], from: NodeId) -> Vec<f64> {
    let constant = |id: NodeId| match plan.node(id).map(|node| node.op) {
        Some(Op::Const(x)) if !x.is_nan() => Some(x),
        _ => None,
    };
    let mut found = Vec::new();
    // A node, and the input as `scale * x + shift`.
    let mut open = vec![(from, 1.0, 0.0)];
    let mut steps = 0;
    while let Some((at, scale, shift)) = open.pop() {
        for reader in readers.get(at.index()).into_iter().flatten() {
            steps += 1;
            let Some(node) = plan.node(*reader) else {
                continue;
            };
            if steps > FAR || scale == 0.0 {
                return found;
            }
            let meets = |c: f64| (c - shift) / scale;
            match node.op {
                Op::Unary(Unary::Negate, _) => open.push((*reader, -scale, -shift)),
                Op::Unary(Unary::Abs, _) => {
                    found.push(meets(0.0));
                    open.push((*reader, scale, shift));
                }
                Op::Unary(Unary::Times(steps), _) => {
                    let by = steps as f64;
                    open.push((*reader, scale * by, shift * by));
                }
                Op::Unary(Unary::Round(_) | Unary::Truncate(_) | Unary::Floor | Unary::Ceil, _)
                | Op::Select { .. }
                | Op::Along(Along::Lag(_) | Along::Window { .. }, _)
                | Op::Binary(Binary::Coalesce, ..) => open.push((*reader, scale, shift)),
                Op::Compare(_, a, b) => {
                    found.extend(constant(if a == at { b } else { a }).map(meets));
                }
                Op::Binary(op, a, b) => {
                    let other = if a == at { b } else { a };
                    let Some(c) = constant(other) else {
                        continue;
                    };
                    match op {
                        Binary::Add => open.push((*reader, scale, shift + c)),
                        Binary::Subtract if a == at => open.push((*reader, scale, shift - c)),
                        Binary::Subtract => open.push((*reader, -scale, c - shift)),
                        Binary::Multiply => open.push((*reader, scale * c, shift * c)),
                        Binary::Divide if a == at && c != 0.0 => {
                            open.push((*reader, scale / c, shift / c));
                        }
                        Binary::Min | Binary::Max => {
                            if c.is_finite() {
                                found.push(meets(c));
                            }
                            open.push((*reader, scale, shift));
                        }
                        Binary::Divide | Binary::Power | Binary::Coalesce => {}
                    }
                }
                Op::Const(_)
                | Op::Input(_)
                | Op::Period
                | Op::Unary(..)
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
                | Op::Alert { .. } => {}
            }
        }
    }
    found
}
