//! Factors: the members that are known, if enough of the evidence is there.

use std::rc::Rc;

use forewarn_compiler::checked::{CheckedMember, Combine, FactorBody, Requirement};

use super::arithmetic::{geometric, middle};
use super::worth::Worth;
use super::{Frame, Place, World, decimals};
use forewarn_compiler::checked::Body;
use forewarn_compiler::typed::ValueId;
use forewarn_compiler::types::Type;

pub struct Factor {
    /// What it is compared as.
    pub worth: Worth,
    /// The least and the most that it can be; of one that is `None` nothing is known.
    pub bounds: (Option<f64>, Option<f64>),
    pub coverage: f64,
    pub known: f64,
    /// Truths if all are truths, else numbers.
    pub members: Vec<Worth>,
}

impl<'w> World<'w> {
    pub fn factor(&self, body: &'w FactorBody, place: &Place<'w>) -> Factor {
        let all = &body.members;
        let there: Vec<&'w CheckedMember> = all
            .iter()
            .filter(|member| {
                self.applies_here(body, place) && self.is_there(member.value, place.sure, place.row)
            })
            .collect();
        let worths: Vec<Worth> = there
            .iter()
            .map(|member| self.declared(member.value, place.sure, place.row))
            .collect();
        let is_truth = |worth: &Worth| matches!(worth, Worth::Truth(_));
        // An assessment counts 0, 0.5 or 1.
        let number = |worth: &Worth| match worth {
            Worth::Level(..) => worth.plain().map(|place| place / 2.0),
            other => other.plain(),
        };
        let numbers: Vec<Option<f64>> = worths.iter().map(number).collect();
        let weighted = matches!(
            body.combine,
            Combine::WeightedMean
                | Combine::GeometricMean
                | Combine::HarmonicMean
                | Combine::PowerMean(_)
                | Combine::Sum
                | Combine::NoisyOr
        );
        // Proportions are those of all members.
        let whole_weights: Vec<f64> = all
            .iter()
            .map(|member| match &member.weight {
                Some(weight) if weighted => self.number(weight, place).expect("a constant"),
                _ => 1.0,
            })
            .collect();
        let is_there = |at: &usize| {
            self.applies_here(body, place) && self.is_there(all[*at].value, place.sure, place.row)
        };
        let left = |of: &[f64]| -> Vec<f64> {
            let kept = (0..all.len()).filter(is_there);
            kept.map(|at| of[at]).collect()
        };
        let shares = left(&whole(&whole_weights));
        let weights = left(&whole_weights);
        let known = || {
            numbers
                .iter()
                .enumerate()
                .filter_map(|(at, x)| Some((at, (*x)?)))
        };
        let count = known().count() as f64;
        let size: f64 = known().map(|(at, _)| shares[at].abs()).sum();
        let total: f64 = shares.iter().map(|share| share.abs()).sum();
        let least =
            |of: &'w forewarn_compiler::typed::Typed| self.number(of, place).expect("a constant");
        let enough = match &body.require {
            Requirement::All => count >= 1.0 && count == numbers.len() as f64,
            Requirement::Coverage(part) => {
                count >= 1.0 && size >= decimals::round(least(part) * total, 9)
            }
            Requirement::Known(few) => count >= 1.0 && count >= least(few),
        };
        let xs: Vec<f64> = known().map(|(_, x)| x).collect();
        let ws: Vec<f64> = known().map(|(at, _)| shares[at]).collect();
        let value = if enough || matches!(body.combine, Combine::AtLeast(_)) {
            self.combined(body, &worths, &xs, &ws, &weights, &numbers, enough, place)
        } else {
            None
        };
        // Is there more to be summed up than one number again and again? A function sums up as it likes.
        let by_function = matches!(body.combine, Combine::Function { .. });
        let summed = by_function || weighted && xs.iter().any(|x| *x != xs[0]);
        let value = value.filter(|x| x.is_finite());
        let value = value.map(|x| {
            if summed {
                self.about(x, &xs, place.row)
            } else {
                x
            }
        });
        // Of each sign that decides alone: is it present, and what the factor is then at least.
        let decisive: Vec<(Option<bool>, f64)> = there
            .iter()
            .zip(&worths)
            .filter_map(|(member, worth)| {
                let present = match worth {
                    Worth::Truth(truth) => *truth,
                    Worth::Level(low, high) if *low >= 2 || *high < 2 => Some(*low >= 2),
                    _ => None,
                };
                Some((present, least(member.decisive.as_ref()?)))
            })
            .collect();
        let floors = decisive
            .iter()
            .filter(|(present, _)| *present == Some(true));
        let floor = floors.map(|(_, least)| *least).reduce(f64::max);
        let bounds = if there.is_empty() {
            (None, None)
        } else {
            self.bounds(body, &there, &worths, &shares, &weights, place)
        };
        let bounds = decisive
            .iter()
            .fold(bounds, |(low, high), (present, least)| match present {
                Some(false) => (low, high),
                Some(true) => (
                    Some(low.map_or(*least, |low| low.max(*least))),
                    high.map(|high| high.max(*least)),
                ),
                None => (low, high.map(|high| high.max(*least))),
            });
        let worth = if body.is_bounds() {
            Worth::Between(bounds.0, bounds.1)
        } else if body.members.iter().any(|member| member.decisive.is_some()) {
            let value = value.map(|x| floor.map_or(x, |floor| x.max(floor)));
            Worth::Between(value.or(floor), value)
        } else {
            Worth::Number(value)
        };
        Factor {
            worth,
            bounds,
            coverage: size / total,
            known: count,
            members: if worths.iter().all(is_truth) {
                worths
            } else {
                numbers.iter().map(|x| Worth::Number(*x)).collect()
            },
        }
    }

    /// The least and the most that a factor can be, whatever its unknown members turn out to be.
    fn bounds(
        &self,
        body: &'w FactorBody,
        there: &[&'w CheckedMember],
        worths: &[Worth],
        shares: &[f64],
        weights: &[f64],
        place: &Place<'w>,
    ) -> (Option<f64>, Option<f64>) {
        let members: Vec<(Option<f64>, Option<f64>)> = there
            .iter()
            .zip(worths)
            .map(|(member, worth)| self.member_ends(member.value, worth, place))
            .collect();
        if let Combine::Function { function, .. } = body.combine {
            let function = self.framework.function(function).expect("declared");
            let given = members
                .iter()
                .map(|(low, high)| Worth::Between(*low, *high));
            let frame = Frame {
                args: Vec::new(),
                around: None,
                given: vec![Worth::List(given.collect()), listed(weights)],
            };
            let inside = Place {
                arguments: Some(Rc::new(frame)),
                ..place.clone()
            };
            return super::intervals::ends(&self.eval(&function.body, &inside));
        }
        let at_end = |least: bool| {
            let xs: Option<Vec<f64>> = members
                .iter()
                .zip(weights)
                .map(|((low, high), weight)| {
                    if least == (*weight >= 0.0) {
                        *low
                    } else {
                        *high
                    }
                })
                .collect();
            let xs = xs?;
            let numbers: Vec<Option<f64>> = xs.iter().map(|x| Some(*x)).collect();
            let found = self.combined(body, worths, &xs, shares, weights, &numbers, true, place);
            found.filter(|x| x.is_finite())
        };
        let (least, most) = (at_end(true), at_end(false));
        let has_limit = matches!(
            body.combine,
            Combine::GeometricMean | Combine::HarmonicMean | Combine::PowerMean(_)
        );
        // What may have no result may be anything that its members can be.
        let most = most.filter(|_| least.is_some() || !has_limit);
        let end = |found: Option<f64>, least: bool| {
            // Where a mean has no result its limit is the end of what its members can be.
            let limit = || match body.combine {
                Combine::HarmonicMean | Combine::PowerMean(_) => {
                    let all = body.members.iter();
                    let all = all.map(|member| self.reach(member.value));
                    let low = all.clone().filter_map(|(low, _)| low).reduce(f64::min);
                    let high = all.filter_map(|(_, high)| high).reduce(f64::max);
                    if least { low } else { high }
                }
                _ => None,
            };
            found.or_else(limit)
        };
        (end(least, true), end(most, false))
    }

    /// What a member can be, as a number.
    fn member_ends(
        &self,
        id: ValueId,
        worth: &Worth,
        place: &Place<'w>,
    ) -> (Option<f64>, Option<f64>) {
        let value = self.framework.value(id).expect("declared");
        match (worth, &value.body) {
            (Worth::Level(low, high), _) => {
                (Some(f64::from(*low) / 2.0), Some(f64::from(*high) / 2.0))
            }
            (Worth::Truth(truth), _) => match truth {
                Some(yes) => {
                    let x = f64::from(u8::from(*yes));
                    (Some(x), Some(x))
                }
                None => (Some(0.0), Some(1.0)),
            },
            (_, Body::Factor(body)) => {
                let inner = self.factor(body, place);
                match worth.plain().filter(|_| body.is_estimate()) {
                    Some(x) => (Some(x), Some(x)),
                    None => inner.bounds,
                }
            }
            (worth, _) => match worth.plain() {
                Some(x) => (Some(x), Some(x)),
                None => self.reach(id),
            },
        }
    }

    /// Where a member's number lies, by its declaration.
    fn reach(&self, id: ValueId) -> (Option<f64>, Option<f64>) {
        let value = self.framework.value(id).expect("declared");
        match (&value.ty, &value.body) {
            (Type::Number(_), Body::Indicator(body)) => {
                let declared = body.declared.expect("a range");
                let end = |x: f64| x.is_finite().then_some(x);
                (end(declared.range.low), end(declared.range.high))
            }
            (Type::Truth | Type::Level(_), _) => (Some(0.0), Some(1.0)),
            // What is worked out has ends that only the compiler knows; no such member is asked for.
            _ => (None, None),
        }
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "the parts of one factor in one row"
    )]
    fn combined(
        &self,
        body: &'w FactorBody,
        worths: &[Worth],
        xs: &[f64],
        shares: &[f64],
        weights: &[f64],
        numbers: &[Option<f64>],
        enough: bool,
        place: &Place<'w>,
    ) -> Option<f64> {
        let n = xs.len() as f64;
        let of = |each: &dyn Fn(f64, f64) -> f64| -> f64 {
            xs.iter()
                .zip(shares)
                .map(|(x, share)| each(*x, *share))
                .sum()
        };
        let sizes: f64 = shares.iter().map(|share| share.abs()).sum();
        let low = xs.iter().copied().fold(f64::INFINITY, f64::min);
        let high = xs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Some(match &body.combine {
            Combine::Mean => (of(&|x, _| x) / n).clamp(low, high),
            Combine::WeightedMean => of(&|x, share| x * share) / sizes,
            Combine::GeometricMean => geometric(xs, shares),
            Combine::HarmonicMean => {
                if xs
                    .iter()
                    .zip(shares)
                    .any(|(x, share)| *x < 0.0 || (*x == 0.0 && *share != 0.0))
                {
                    return None;
                }
                sizes / of(&|x, share| share / x)
            }
            Combine::PowerMean(power) => {
                // So is zero to a negative power.
                if xs.iter().any(|x| *x < 0.0) {
                    return None;
                }
                if xs.iter().any(|x| !libm::pow(*x, *power).is_finite()) {
                    return None;
                }
                libm::pow(
                    of(&|x, share| share * libm::pow(x, *power)) / sizes,
                    1.0 / power,
                )
            }
            Combine::Sum => {
                let known = numbers.iter().zip(weights);
                known.filter_map(|(x, weight)| Some((*x)? * weight)).sum()
            }
            Combine::Max => high,
            Combine::Min => low,
            Combine::Median => middle(xs.to_vec()),
            Combine::NoisyOr => {
                let known = numbers.iter().zip(weights);
                let left: f64 = known
                    .filter_map(|(x, weight)| Some(1.0 - (*x)? * weight))
                    .product();
                1.0 - left
            }
            Combine::ShareOfYes => xs.iter().sum::<f64>() / n,
            Combine::CountOfYes => xs.iter().sum(),
            Combine::AtLeast(k) => {
                let period = self.periods[place.row];
                let own = k.iter().find(|one| one.holds_in(period))?;
                let k = f64::from(own.what);
                if !enough {
                    return None;
                }
                let yes: f64 = xs.iter().sum();
                let open = (worths.len() - xs.len()) as f64;
                if yes >= k {
                    1.0
                } else if yes + open < k {
                    0.0
                } else {
                    return None;
                }
            }
            Combine::Function { function, .. } => {
                let function = self.framework.function(*function).expect("declared");
                let known = numbers.iter().zip(weights);
                let known = known.filter(|(number, _)| number.is_some());
                let weights: Vec<f64> = known.map(|(_, weight)| *weight).collect();
                let frame = Frame {
                    args: Vec::new(),
                    around: None,
                    given: vec![listed(xs), listed(&weights)],
                };
                let inside = Place {
                    arguments: Some(Rc::new(frame)),
                    ..place.clone()
                };
                return self.number(&function.body, &inside);
            }
        })
    }
}

/// Numbers that are known, as a list.
fn listed(numbers: &[f64]) -> Worth {
    Worth::List(numbers.iter().map(|x| Worth::Number(Some(*x))).collect())
}

/// Weights in whole proportions: by the smallest power of ten that makes all of them whole.
pub fn whole(weights: &[f64]) -> Vec<f64> {
    let power = (0..=9).find(|power| {
        let ten = 10_f64.powi(*power);
        weights
            .iter()
            .all(|weight| (weight * ten).round() / ten == *weight)
    });
    let ten = 10_f64.powi(power.expect("short decimals"));
    weights
        .iter()
        .map(|weight| (weight * ten).round())
        .collect()
}
