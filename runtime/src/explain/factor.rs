//! A factor's members and what each contributes. See [`AddsTo`] for what contributions mean under
//! each way of combining.

use forewarn_plan::{Binary, Declaration, FactorParts, NodeId, Op};

use super::reason::Teller;
use super::tree::{AddsTo, Cause, Factor, How, Member, Reason};
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
        let adds_to = self.adds_to(parts);
        let mut contributions = contributions(parts, &values, value, adds_to);
        if let (AddsTo::LeaveOneOut, Some(node)) = (adds_to, node) {
            contributions = self.leave_one_out(parts, node, value);
        }
        let shares = shares(parts, &values, adds_to);
        let members = parts.members.iter().zip(&values).enumerate();
        let members = members
            .map(|(at, (member, value))| Member {
                name: member.name.clone(),
                weight: member.weight,
                share: shares.get(at).copied().unwrap_or(f64::NAN),
                value: *value,
                contribution: contributions.get(at).copied().unwrap_or(f64::NAN),
            })
            .collect();
        let coverage = self.number(parts.coverage);
        let known = self.number(parts.known);
        reason.how = How::Factor(Factor {
            combine: self.combine(parts, node),
            members,
            adds_to,
            coverage,
            known,
            least_coverage: parts.least_coverage,
            least_known: parts.least_known,
        });
        if value.is_nan() {
            let enough = parts.least_coverage.is_none_or(|least| coverage >= least)
                && parts
                    .least_known
                    .is_none_or(|least| known >= f64::from(least))
                && known > 0.0;
            reason.cause = if enough {
                node.and_then(|node| self.frontier(node).1)
            } else {
                Some(Cause::Coverage)
            };
        }
        for member in &parts.members {
            let declared = self.evidence.plan.declarations.iter();
            let declared = declared.rev().find(|other| other.name == member.name);
            let part = match declared {
                Some(declared) => self.declared(declared, depth + 1),
                None => self.operand(member.node, depth),
            };
            reason.because.push(part);
        }
    }

    fn adds_to(&self, parts: &FactorParts) -> AddsTo {
        if parts.members.iter().any(|member| member.weight.is_nan()) {
            return AddsTo::LeaveOneOut;
        }
        match parts.combine.as_str() {
            "mean" | "weighted mean" | "sum" | "share of yes" | "count of yes" => AddsTo::Value,
            "geometric mean" => AddsTo::Logarithm,
            "harmonic mean" => AddsTo::Reciprocal,
            "noisy or" => AddsTo::Complement,
            "max" | "min" | "median" => AddsTo::Decides,
            "at least" => AddsTo::Yes,
            "power mean" => self.power(parts).map_or(AddsTo::LeaveOneOut, AddsTo::Power),
            _ => AddsTo::LeaveOneOut,
        }
    }

    /// The power that the members of a power mean are raised to.
    fn power(&self, parts: &FactorParts) -> Option<f64> {
        let member = parts.members.first()?.node;
        let nodes = &self.evidence.plan.nodes;
        nodes.iter().find_map(|node| match node.op {
            Op::Binary(Binary::Power, base, exponent) if base == member => {
                match self.evidence.plan.node(exponent)?.op {
                    Op::Const(power) => Some(power),
                    _ => None,
                }
            }
            _ => None,
        })
    }

    /// The way of combining, with its number where it has one: `at least 3`.
    fn combine(&self, parts: &FactorParts, node: Option<NodeId>) -> String {
        let node = node.and_then(|node| self.evidence.plan.node(node));
        let words = node.map_or(String::new(), |node| self.words(node.span));
        let numbered = words.rfind(&parts.combine).and_then(|at| words.get(at..));
        numbered
            .filter(|_| matches!(parts.combine.as_str(), "at least" | "power mean"))
            .map_or_else(|| parts.combine.clone(), str::to_owned)
    }

    /// The value less what it is with each member missing in turn.
    fn leave_one_out(&self, parts: &FactorParts, node: NodeId, value: f64) -> Vec<f64> {
        let mut trial = Trial::of(self.evidence, &[node]);
        let read = |trial: &mut Trial, member: NodeId| {
            let places = trial.places(member);
            trial.with(&[(member, f64::NAN)], &places, |at| at.number(node))
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

/// Each known member's weight over that of all known ones, signs left out.
fn shares(parts: &FactorParts, values: &[f64], adds_to: AddsTo) -> Vec<f64> {
    let means = matches!(
        adds_to,
        AddsTo::Value | AddsTo::Logarithm | AddsTo::Reciprocal | AddsTo::Power(_)
    );
    if !means || matches!(parts.combine.as_str(), "sum" | "count of yes") {
        return vec![f64::NAN; values.len()];
    }
    let sizes = || {
        let members = parts.members.iter().zip(values);
        members.map(|(member, value)| {
            if value.is_nan() {
                f64::NAN
            } else {
                member.weight.abs()
            }
        })
    };
    let all: f64 = sizes().filter(|size| !size.is_nan()).sum();
    sizes().map(|size| size / all).collect()
}

fn contributions(parts: &FactorParts, values: &[f64], result: f64, adds_to: AddsTo) -> Vec<f64> {
    let none = || vec![f64::NAN; values.len()];
    if result.is_nan() {
        return none();
    }
    let shares = shares(parts, values, adds_to);
    let signed = parts.members.iter().zip(&shares);
    let signed: Vec<f64> = signed
        .map(
            |(member, share)| {
                if member.weight < 0.0 { -share } else { *share }
            },
        )
        .collect();
    let each = |of: &dyn Fn(usize, f64) -> f64| -> Vec<f64> {
        let values = values.iter().enumerate();
        values.map(|(at, x)| of(at, *x)).collect()
    };
    let share = |at: usize| signed.get(at).copied().unwrap_or(f64::NAN);
    let weight = |at: usize| {
        parts
            .members
            .get(at)
            .map_or(f64::NAN, |member| member.weight)
    };
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
