//! What could be meant by bands that hold nothing, and by weights that push a score out of its bands.
//!
//! In: the bands of a level with their edges, and the score. Out: the message's words: params that an edge is, the
//! ends of the neighbours, weights that are odd.

use super::Lowerer;
use super::bands::{Edge, Ends};
use super::intervals::is_end;
use crate::checked::{Band, Body, Combine};
use crate::diagnostics::levels::OddWeights;
use crate::diagnostics::ranges::{BandEnds, EmptyRange, ParamEnd, RangeOf};
use crate::digits::is_less;
use crate::interval::Interval;
use crate::numbers::show;
use crate::settings::GIVEN;
use crate::source::Span;
use crate::typed::{Builtin, Typed, TypedKind, ValueId};
use forewarn_grammar::ast::SumOp;

/// How far the rounding of decimals lets a sum of weights be from 1.
const NEAR: f64 = 1e-9;

impl Lowerer<'_> {
    /// A band whose ends are turned round, or meet.
    pub(super) fn empty_band(
        &self,
        bands: &[Band],
        edges: &[Ends],
        at: usize,
        (of, range): (&Typed, Interval),
    ) -> Option<EmptyRange> {
        let band = bands.get(at)?;
        let (low_typed, high_typed) = (band.low.as_ref()?, band.high.as_ref()?);
        let (low, high) = edges
            .get(at)
            .and_then(|(low, high)| Some(((*low)?, (*high)?)))?;
        let words = |edge: Edge| self.sources.slice(edge.span).to_owned();
        let lowest = |ends: Option<&Ends>| ends.and_then(|(low, _)| low.map(|low| low.range.low));
        let rising = match (lowest(edges.first()), lowest(edges.last())) {
            (Some(first), Some(last)) => first <= last,
            (None, _) => true,
            (Some(_), None) => false,
        };
        let (mut before, mut after) = (
            at.checked_sub(1).and_then(|at| edges.get(at)),
            edges.get(at + 1),
        );
        if !rising {
            std::mem::swap(&mut before, &mut after);
        }
        let begin = match before {
            Some((_, Some(end))) => is_less(end.range.high, high.range.high).then(|| words(*end)),
            Some((_, None)) => None,
            None => (is_end(range.low) && is_less(range.low, high.range.high))
                .then(|| self.amount(range.low, &of.ty)),
        };
        let end = match after {
            Some((Some(begin), _)) => {
                is_less(low.range.low, begin.range.low).then(|| words(*begin))
            }
            Some((None, _)) => None,
            None => (is_end(range.high) && is_less(low.range.low, range.high))
                .then(|| self.amount(range.high, &of.ty)),
        };
        let params = [(low_typed, true), (high_typed, false)];
        let params = params
            .into_iter()
            .filter_map(|(edge, is_low)| self.param_end(edge, is_low));
        let mut params: Vec<ParamEnd> = params.collect();
        // What was set by hand is looked at first.
        params.sort_by_key(|param| !param.set);
        Some(EmptyRange {
            span: band.span,
            low: show(low.range.low),
            high: show(high.range.high),
            what: RangeOf::Band(BandEnds {
                low: (low.span, words(low)),
                high: (high.span, words(high)),
                params,
                // An end that stands where the neighbour has it is right.
                begin: begin.filter(|begin| *begin != words(low)),
                end: end.filter(|end| *end != words(high)),
            }),
        })
    }

    pub(super) fn param_end(&self, edge: &Typed, is_low: bool) -> Option<ParamEnd> {
        let mut edge = edge;
        while let TypedKind::Convert(inner, ..) = &edge.kind {
            edge = inner;
        }
        let TypedKind::Value(id) = edge.kind else {
            return None;
        };
        let value = self.framework.value(id)?;
        let Body::Param(body) = &value.body else {
            return None;
        };
        let [only] = body.values.as_slice() else {
            return None;
        };
        let place = only.value.span;
        let set = self
            .sources
            .get(place.file)
            .is_some_and(|source| source.name.starts_with(GIVEN));
        Some(ParamEnd {
            name: value.name.clone(),
            is: self
                .sources
                .slice(place)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            value: place,
            set,
            is_low,
        })
    }

    /// Weights that explain why a score leaves the range of its parts: negative ones, ones above 1 where they
    /// are shares, weights of a sum that do not come to 1.
    pub(super) fn odd_weights(&self, score: &Typed) -> Option<OddWeights> {
        let framework = self.framework;
        let mut open: Vec<&Typed> = vec![score];
        let mut seen: Vec<ValueId> = Vec::new();
        while let Some(next) = open.pop() {
            if let Some(odd) = self.odd_sum(next) {
                return Some(odd);
            }
            for one in next.walk(crate::checked::reads::Role::Banded) {
                let TypedKind::Value(id) = one.expression.kind else {
                    continue;
                };
                if seen.contains(&id) {
                    continue;
                }
                seen.push(id);
                let Some(named) = framework.value(id) else {
                    continue;
                };
                if let Body::Expression { value, .. } = &named.body {
                    open.push(value);
                } else if let Body::Factor(factor) = &named.body
                    && let Some(odd) = self.odd_member(&named.name, factor)
                {
                    return Some(odd);
                }
            }
        }
        None
    }

    fn odd_member(&self, name: &str, factor: &crate::checked::FactorBody) -> Option<OddWeights> {
        for member in &factor.members {
            let Some(weight) = &member.weight else {
                continue;
            };
            let Some(x) = self.fixed(weight) else {
                continue;
            };
            let own = self.framework.value(member.value)?.name.clone();
            let above = factor.combine == Combine::NoisyOr && x > 1.0;
            if x >= 0.0 && !above {
                continue;
            }
            let help = if above {
                format!(
                    "under `noisy or` a weight is a share, up to 1: correct the weights of `{name}`"
                )
            } else {
                format!(
                    "correct the weight of `{own}` in `{name}`; what lowers a risk is written `1 - {own}`"
                )
            };
            return Some(OddWeights {
                place: weight.span,
                says: format!("the weight of `{own}` is {}", show(x)),
                help,
            });
        }
        None
    }

    /// The number that is written, or that a param is.
    fn fixed(&self, of: &Typed) -> Option<f64> {
        if let TypedKind::Negate(inner) = &of.kind {
            return Some(-self.fixed(inner)?);
        }
        if let TypedKind::Convert(inner, num, den) = &of.kind {
            return Some(self.fixed(inner)? * num / den);
        }
        if let TypedKind::Value(id) = of.kind {
            return self.builder.constant(self.values.get(&id)?.node()?);
        }
        of.as_number()
    }

    /// `w_1 * x + w_2 * y`, where the weights come to more than 1, or less.
    fn odd_sum(&self, sum: &Typed) -> Option<OddWeights> {
        let mut sum = sum;
        loop {
            if let TypedKind::Convert(inner, ..) = &sum.kind {
                sum = inner;
            } else if let TypedKind::Builtin(Builtin::Round | Builtin::Truncate, args) = &sum.kind {
                sum = args.first()?;
            } else {
                break;
            }
        }
        let TypedKind::Sum(first, rest) = &sum.kind else {
            return None;
        };
        if rest.iter().any(|(op, _)| *op != SumOp::Add) {
            return None;
        }
        let terms = std::iter::once(&**first).chain(rest.iter().map(|(_, term)| term));
        let mut all = 0.0;
        let mut words: Vec<String> = Vec::new();
        let mut place: Option<Span> = None;
        for term in terms {
            let TypedKind::Product(first, others) = &term.kind else {
                return None;
            };
            let parts = std::iter::once(&**first).chain(others.iter().map(|(_, part)| part));
            let mut weight = None;
            for part in parts {
                if let Some(x) = self.fixed(part) {
                    if weight.is_some() {
                        return None;
                    }
                    weight = Some((x, part.span));
                }
            }
            let (x, span) = weight?;
            all += x;
            words.push(self.sources.slice(span).to_owned());
            place = Some(place.map_or(span, |place| place.to(span)));
        }
        let come_to = crate::decimal::round(all, 9);
        // Points that are added up need come to nothing.
        let are_shares = (0.5..2.0).contains(&come_to);
        (are_shares && (come_to - 1.0).abs() > NEAR).then(|| OddWeights {
            place: place.unwrap_or(sum.span),
            says: format!("the weights come to {}", show(come_to)),
            help: format!(
                "correct one of the weights {}, so that they come to 1",
                words
                    .iter()
                    .map(|word| format!("`{word}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        })
    }
}
