//! A factor's members and what each contributes. See [`AddsTo`] for what contributions mean under
//! each way of combining.

use forewarn_plan::{Declaration, Evidence, FactorParts, NodeId, digits};

use super::reason::{Teller, missing_below};
use super::tree::{AddsTo, Cause, Decisive, Factor, How, Member, Reason, Shown};
use super::trial::Trial;

impl<'e> Teller<'e> {
    pub(super) fn factor(
        &mut self,
        reason: &mut Reason,
        declaration: &'e Declaration,
        depth: usize,
    ) {
        let Some(parts) = &declaration.factor else {
            return;
        };
        let node = declaration.value.nodes().first().copied();
        let value = node.map_or(f64::NAN, |node| self.number(node));
        let values: Vec<f64> = parts
            .members
            .iter()
            .map(|member| self.number(member.node))
            .collect();
        let weights: Vec<f64> = parts
            .members
            .iter()
            .map(|member| self.number(member.weight_node))
            .collect();
        let adds_to = adds_to(parts, &weights);
        let bounds = parts.bounds;
        let bounds = bounds.map(|(least, most)| (self.number(least), self.number(most)));
        let bounds = bounds.filter(|(least, most)| !least.is_nan() && !most.is_nan());
        let before = parts.before_decisive.map(|node| self.number(node));
        // Of bounds: what known members add to the least, whatever the others do.
        let combined = match (parts.evidence, bounds) {
            (Evidence::Bounds, Some((least, _))) if value.is_nan() => least,
            _ => before.unwrap_or(value),
        };
        // What is not there is no member, and weighs nothing.
        let shares = shares(
            parts,
            &self.of_those_there(parts, &weights),
            &values,
            adds_to,
        );
        let mut contributions =
            contributions(parts, (&weights, &shares), &values, combined, adds_to);
        if let (AddsTo::LeaveOneOut, Some(node)) = (adds_to, node) {
            contributions = self.leave_one_out(parts, node, value);
        }
        // Of bounds it is not worked out; what all members come to is what it is without the signs that decide.
        let is_whole = !value.is_nan() && values.iter().all(|x| !x.is_nan());
        let before = before.or_else(|| {
            let decides = parts.members.iter().any(|member| member.decisive.is_some());
            let together =
                (decides && is_whole).then(|| adds_to.result(contributions.iter().sum()));
            together
                .flatten()
                .filter(|before| !digits::is_same(*before, value))
        });
        let members = parts.members.iter().zip(&values).enumerate();
        let members = members
            .map(|(at, (member, value))| Member {
                name: member.name.clone(),
                weight: weights.get(at).copied().unwrap_or(f64::NAN),
                share: shares.get(at).copied().unwrap_or(f64::NAN),
                value: *value,
                contribution: contributions.get(at).copied().unwrap_or(f64::NAN),
            })
            .collect();
        let coverage = self.number(parts.coverage);
        let known = self.number(parts.known);
        reason.how = How::Factor(Box::new(Factor {
            combine: self.combine(parts),
            members,
            adds_to,
            coverage,
            known,
            // Bounds hold however little is known.
            least_coverage: (parts.least_coverage).filter(|_| parts.evidence != Evidence::Bounds),
            least_known: (parts.least_known).filter(|_| parts.evidence != Evidence::Bounds),
            evidence: parts.evidence,
            bounds,
            decisive: self.decisive(parts),
            before_decisive: before.filter(|before| *before != value && !before.is_nan()),
        }));
        if value.is_nan() && parts.evidence != Evidence::Bounds {
            let enough = parts.least_coverage.is_none_or(|least| coverage >= least)
                && parts
                    .least_known
                    .is_none_or(|least| known >= f64::from(least))
                && known > 0.0;
            reason.cause = if enough {
                self.fault_of_factor(node, parts)
            } else {
                Some(Cause::Coverage)
            };
        }
        let weights = parts
            .members
            .iter()
            .filter_map(|member| member.weight_outline);
        // Beside a member stands its share.
        reason.params = self.params_in(weights, false);
        for member in &parts.members {
            let part = match self.names.referred(&member.of) {
                Some(declared) => self.declared(declared, depth + 1),
                None => Self::bare(
                    member.name.clone(),
                    Shown::Number {
                        value: self.number(member.node),
                        unit: String::new(),
                    },
                ),
            };
            reason.because.push(part);
        }
        if value.is_nan() && parts.evidence == Evidence::Bounds {
            reason.cause = Some(missing_below(reason));
        }
    }

    /// The way of combining, with its number where it has one: `at least 3`, and where that is one of several in time,
    /// the one of this period: `at least enough (3 in this period)`.
    fn combine(&self, parts: &FactorParts) -> String {
        let words = &parts.words;
        match parts.enough.map(|enough| self.number(enough)) {
            Some(enough) if enough.is_nan() => format!("{words} (no number in this period)"),
            Some(enough) => format!("{words} ({enough} in this period)"),
            None => words.clone(),
        }
    }

    /// The weights of the members that apply, and 0 for the others.
    fn of_those_there(&self, parts: &FactorParts, weights: &[f64]) -> Vec<f64> {
        let members = parts.members.iter().zip(weights);
        let weight = members.map(|(member, weight)| {
            let declared = self.names.referred(&member.of);
            let condition = declared.and_then(|declared| declared.applies);
            match condition.and_then(|(node, _)| self.truth(node)) {
                Some(false) => 0.0,
                Some(true) | None => *weight,
            }
        });
        weight.collect()
    }

    /// The signs that decide alone.
    fn decisive(&self, parts: &FactorParts) -> Vec<Decisive> {
        let members = parts.members.iter();
        let decisive = members.filter_map(|member| {
            let part = member.decisive?;
            let present = self.number(part.present);
            Some(Decisive {
                name: member.name.clone(),
                least: self.number(part.least),
                present: (!present.is_nan()).then_some(present == 1.0),
            })
        });
        decisive.collect()
    }

    /// An operation without a result between a factor and its members.
    fn fault_of_factor(&self, node: Option<NodeId>, parts: &FactorParts) -> Option<Cause> {
        let below = parts.members.iter().map(|member| member.node).collect();
        self.fault_between(node?, &below).then(|| Cause::Fault {
            text: parts.words.clone(),
            declaration: self.inside.last().cloned().unwrap_or_default(),
        })
    }

    /// The value less what it is with each member missing in turn.
    fn leave_one_out(&self, parts: &FactorParts, node: NodeId, value: f64) -> Vec<f64> {
        let mut trial = Trial::of(self.evidence, &[node]);
        let read = |trial: &mut Trial, member: NodeId| {
            trial.with(&[(member, f64::NAN)], |at| at.number(node))
        };
        parts
            .members
            .iter()
            .map(|member| {
                if self.number(member.node).is_nan() {
                    f64::NAN
                } else {
                    value - read(&mut trial, member.node)
                }
            })
            .collect()
    }
}

impl AddsTo {
    /// The factor's value by what all contributions come to; nothing where they need not add up.
    fn result(self, sum: f64) -> Option<f64> {
        match self {
            Self::Value | Self::Decides => Some(sum),
            Self::Logarithm => Some(libm::exp(sum)),
            Self::Reciprocal => Some(1.0 / sum),
            Self::Power(power) => Some(libm::pow(sum, 1.0 / power)),
            Self::Complement => Some(-libm::expm1(-sum)),
            Self::Yes | Self::LeaveOneOut => None,
        }
    }
}

fn adds_to(parts: &FactorParts, weights: &[f64]) -> AddsTo {
    if weights.iter().any(|weight| weight.is_nan()) {
        return AddsTo::LeaveOneOut;
    }
    match parts.combine.as_str() {
        "mean" | "weighted mean" | "sum" | "share of yes" | "count of yes" => AddsTo::Value,
        "geometric mean" => AddsTo::Logarithm,
        "harmonic mean" => AddsTo::Reciprocal,
        "noisy or" => AddsTo::Complement,
        "max" | "min" | "median" => AddsTo::Decides,
        "at least" => AddsTo::Yes,
        _ => parts.power.map_or(AddsTo::LeaveOneOut, AddsTo::Power),
    }
}

/// Each known member's weight over that of all known ones, or of bounds over that of all, signs left
/// out.
fn shares(parts: &FactorParts, weights: &[f64], values: &[f64], adds_to: AddsTo) -> Vec<f64> {
    let means = matches!(
        adds_to,
        AddsTo::Value | AddsTo::Logarithm | AddsTo::Reciprocal | AddsTo::Power(_)
    );
    if !means || matches!(parts.combine.as_str(), "sum" | "count of yes") {
        return vec![f64::NAN; values.len()];
    }
    let sizes = || {
        let members = weights.iter().zip(values);
        members.map(|(weight, value)| {
            if value.is_nan() {
                f64::NAN
            } else {
                weight.abs()
            }
        })
    };
    let all: f64 = match parts.evidence {
        // Unknown members keep their weight in bounds.
        Evidence::Bounds => weights.iter().map(|weight| weight.abs()).sum(),
        Evidence::Unsaid | Evidence::Estimate => sizes().filter(|size| !size.is_nan()).sum(),
    };
    sizes().map(|size| size / all).collect()
}

fn contributions(
    parts: &FactorParts,
    (weights, shares): (&[f64], &[f64]),
    values: &[f64],
    result: f64,
    adds_to: AddsTo,
) -> Vec<f64> {
    let none = || vec![f64::NAN; values.len()];
    if result.is_nan() {
        return none();
    }
    let signed = weights.iter().zip(shares);
    let signed: Vec<f64> = signed
        .map(|(weight, share)| if *weight < 0.0 { -share } else { *share })
        .collect();
    let each = |of: &dyn Fn(usize, f64) -> f64| -> Vec<f64> {
        let values = values.iter().enumerate();
        values.map(|(at, x)| of(at, *x)).collect()
    };
    let share = |at: usize| signed.get(at).copied().unwrap_or(f64::NAN);
    let weight = |at: usize| weights.get(at).copied().unwrap_or(f64::NAN);
    match adds_to {
        AddsTo::Value => match parts.combine.as_str() {
            "sum" => each(&|at, x| weight(at) * x),
            "count of yes" => values.to_vec(),
            _ => each(&|at, x| share(at) * x),
        },
        AddsTo::Logarithm => each(&|at, x| share(at) * libm::log(x)),
        AddsTo::Reciprocal => each(&|at, x| share(at) / x),
        AddsTo::Power(power) => each(&|at, x| share(at) * libm::pow(x, power)),
        AddsTo::Complement => each(&|at, x| -libm::log1p(-(weight(at) * x))),
        AddsTo::Yes => values.to_vec(),
        AddsTo::Decides => decides(parts.combine.as_str(), values, result),
        AddsTo::LeaveOneOut => none(),
    }
}

/// All of the value for the member that it is taken from; halves for the two in the middle.
fn decides(combine: &str, values: &[f64], result: f64) -> Vec<f64> {
    let mut sorted: Vec<(usize, f64)> = values
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, x)| !x.is_nan())
        .collect();
    sorted.sort_by(|a, b| a.1.total_cmp(&b.1));
    let halves = combine == "median" && sorted.len().is_multiple_of(2);
    let from: Vec<usize> = match combine {
        _ if halves => {
            let high = sorted.len() / 2;
            let both = sorted.get(high.saturating_sub(1)..=high);
            both.unwrap_or_default().iter().map(|(at, _)| *at).collect()
        }
        "median" => {
            let middle = sorted.get(sorted.len() / 2);
            middle.map(|(at, _)| *at).into_iter().collect()
        }
        _ => {
            let own = values.iter().position(|x| *x == result);
            own.into_iter().collect()
        }
    };
    let part = |at: usize, x: f64| {
        if x.is_nan() {
            f64::NAN
        } else if !from.contains(&at) {
            0.0
        } else if halves {
            x / 2.0
        } else {
            x
        }
    };
    let values = values.iter().enumerate();
    values.map(|(at, x)| part(at, *x)).collect()
}
