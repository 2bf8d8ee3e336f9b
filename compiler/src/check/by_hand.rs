//! Shares that are made percentages by hand: `share * 100` where a percentage is wanted.
//!
//! In: values that meet a percentage. Out: an error where one of them is a plain number that was multiplied by
//! 100 (or divided by 0.01): units are converted where they meet, and 0.4 would be 4,000 %.

use super::context::Checker;
use crate::diagnostics::units::{ByHundred, Hundred};
use crate::numbers::show;
use crate::plan::Peers;
use crate::plan::along::Window;
use crate::plan::outline::{PeerFunction, TimeFunction};
use crate::source::Span;
use crate::typed::{Builtin, Typed, TypedKind, ValueId};
use crate::units::Unit;
use forewarn_grammar::ast::ProductOp;

/// What was found in one value.
#[derive(Default)]
struct Found {
    /// The first factor that does it, and whether it is `/ 0.01`.
    factor: Option<(Span, bool)>,
    edits: Vec<(Span, String)>,
    /// Numbers without a sign beside it, which are then percentages too: the 100 of `100 - s * 100`.
    beside: Vec<(Span, String)>,
    /// The step, score or function that holds it, and where that meets the percentage.
    through: Option<(Span, String)>,
    names: Vec<ValueId>,
    /// It is in one that was told before.
    told: bool,
}

impl Found {
    /// What was found in something that stands elsewhere, and is called `name` here.
    fn take(&mut self, inner: Self, here: Span, name: &str, id: Option<ValueId>) {
        self.told |= inner.told;
        let Some(factor) = inner.factor else {
            return;
        };
        if self.factor.is_none() {
            self.factor = Some(factor);
            self.through = Some((here, name.to_owned()));
        }
        self.edits.extend(inner.edits);
        self.beside.extend(inner.beside);
        self.names.extend(inner.names.into_iter().chain(id));
    }
}

fn is_plain(value: &Typed) -> bool {
    Checker::unit_of(&value.ty).is_some_and(Unit::is_plain)
}

/// Is what a function gives counted as its argument is?
fn keeps_what_is_counted(builtin: Builtin) -> bool {
    match builtin {
        Builtin::Abs
        | Builtin::Floor
        | Builtin::Ceil
        | Builtin::Round
        | Builtin::Truncate
        | Builtin::Min
        | Builtin::Max
        | Builtin::Sum
        | Builtin::Mean
        | Builtin::Median
        | Builtin::GeometricMean
        | Builtin::HarmonicMean
        | Builtin::StdDev
        | Builtin::OfKnown
        | Builtin::Weighted
        | Builtin::Alternatives
        | Builtin::Verified(_) => true,
        Builtin::Sqrt
        | Builtin::Exp
        | Builtin::Ln
        | Builtin::Log2
        | Builtin::Log10
        | Builtin::Pow
        | Builtin::Product
        | Builtin::Count
        | Builtin::Any
        | Builtin::All
        | Builtin::KnownCount
        | Builtin::Position
        | Builtin::Piecewise => false,
    }
}

impl Checker<'_, '_> {
    /// Tells what became a percentage by hand among values that meet one; true where something did. `beside` is
    /// the percentage, with what it is called.
    pub(super) fn tells_hundred_by_hand(
        &mut self,
        values: &[&Typed],
        beside: (Span, &str),
        unit: &Unit,
    ) -> bool {
        if self.concrete || *unit != Unit::percent() {
            return false;
        }
        let mut found = Found::default();
        for value in values {
            if Self::unit_of(&value.ty).is_some_and(Unit::is_plain) {
                self.gather_by_hand(value, &mut found);
            }
        }
        let Some((times, divided)) = found.factor else {
            return found.told;
        };
        self.told_bare.extend(found.names.iter().copied());
        found.edits.append(&mut found.beside);
        self.reports.add(ByHundred {
            span: times,
            text: self.words(times),
            of: Hundred::Share {
                meets: beside.0,
                meets_text: beside.1.to_owned(),
                divided,
                edits: found.edits,
                through: found.through,
            },
        });
        true
    }

    fn gather_by_hand(&self, value: &Typed, found: &mut Found) {
        match &value.kind {
            TypedKind::Negate(inner) => self.gather_by_hand(inner, found),
            TypedKind::List(parts) | TypedKind::Fallback(parts) => {
                for part in parts {
                    self.gather_by_hand(part, found);
                }
            }
            TypedKind::If { arms, otherwise } => {
                for (_, part) in arms {
                    self.gather_by_hand(part, found);
                }
                self.gather_by_hand(otherwise, found);
            }
            TypedKind::Sum(..) => {
                for (_, part) in value.parts() {
                    if let TypedKind::Number(x) = part.kind
                        && x != 0.0
                    {
                        found.beside.push((part.span, format!("{}%", show(x))));
                    } else {
                        self.gather_by_hand(part, found);
                    }
                }
            }
            TypedKind::Product(first, rest) => {
                let mut before = first.span;
                let all = std::iter::once((ProductOp::Multiply, &**first));
                for (op, part) in all.chain(rest.iter().map(|(op, part)| (*op, part))) {
                    if self.hundredfold(op, part) == Some(true) {
                        let divided = op == ProductOp::Divide;
                        found.factor.get_or_insert((part.span, divided));
                        found.edits.push(if divided {
                            (self.behind_the_sign(before, part.span), String::new())
                        } else {
                            (part.span, "100%".to_owned())
                        });
                        return;
                    }
                    before = part.span;
                }
            }
            TypedKind::Value(id) => {
                let Some((_, held)) = self.held_silently(value) else {
                    return;
                };
                let mut inner = Found::default();
                for one in held.into_iter().filter(|one| is_plain(one)) {
                    self.gather_by_hand(one, &mut inner);
                }
                if inner.factor.is_some() && self.told_bare.contains(id) {
                    found.told = true;
                } else {
                    found.take(inner, value.span, self.sources.slice(value.span), Some(*id));
                }
            }
            TypedKind::Call(id, _) => {
                // Those of the standard library say what they give.
                let function = self.functions.get(id).filter(|one| !one.standard);
                let Some(function) = function.filter(|one| is_plain(&one.body)) else {
                    return;
                };
                let mut inner = Found::default();
                self.gather_by_hand(&function.body, &mut inner);
                found.take(inner, value.span, &function.name, None);
            }
            TypedKind::Builtin(builtin, args) if keeps_what_is_counted(*builtin) => {
                if let Some(of) = args.first() {
                    self.gather_by_hand(of, found);
                }
            }
            TypedKind::Along(along) => match along.what {
                TimeFunction::Lag
                | TimeFunction::Change
                | TimeFunction::Baseline
                | TimeFunction::Previous
                | TimeFunction::At
                | TimeFunction::Recall
                | TimeFunction::Window(
                    Window::Sum
                    | Window::Mean
                    | Window::Min
                    | Window::Max
                    | Window::Last
                    | Window::StdDev
                    | Window::Median
                    | Window::Trend,
                ) => self.gather_by_hand(&along.of, found),
                TimeFunction::Window(Window::Known)
                | TimeFunction::Growth
                | TimeFunction::CountYes
                | TimeFunction::Sustained
                | TimeFunction::Ever
                | TimeFunction::Since
                | TimeFunction::CrossesAbove
                | TimeFunction::CrossesBelow
                | TimeFunction::RecordHigh
                | TimeFunction::RecordLow => {}
            },
            TypedKind::Peers(call) => match call.what {
                PeerFunction::Plain(
                    Peers::Aggregate(_) | Peers::Winsorise { .. } | Peers::Impute,
                ) => self.gather_by_hand(&call.of, found),
                PeerFunction::Plain(
                    Peers::Rank { .. } | Peers::Percentile | Peers::Spell { .. },
                )
                | PeerFunction::ZScore
                | PeerFunction::MinMax
                | PeerFunction::Share
                | PeerFunction::Top(..)
                | PeerFunction::Quantile(_) => {}
            },
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Parameter(_)
            | TypedKind::Earlier(_)
            | TypedKind::Field(..)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::Convert(..)
            | TypedKind::AsNumber(_)
            | TypedKind::Not(_)
            | TypedKind::Compare { .. }
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::IsKnown(_)
            | TypedKind::AtLeast { .. }
            | TypedKind::Builtin(..)
            | TypedKind::Error => {}
        }
    }

    /// The sign before a factor, with the blanks before it, and the factor.
    fn behind_the_sign(&self, before: Span, factor: Span) -> Span {
        let between = Span {
            start: before.end,
            end: factor.start,
            ..factor
        };
        let text = self.sources.slice(between);
        // What closes brackets stays.
        let kept = text.rfind('/').map_or(0, |at| {
            text.get(..at).map_or(0, |before| before.trim_end().len())
        });
        Span {
            start: before.end + u32::try_from(kept).unwrap_or_default(),
            ..factor
        }
    }
}
