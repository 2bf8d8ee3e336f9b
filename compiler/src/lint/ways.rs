//! Which way a value goes: whether more of it is worse or safer, as the polarity of what it is made of says.
//!
//! In: declared values. Out: for each whether more of it is safer, where the indicators that it rests on say so and
//! do not contradict each other. What rises and falls, or rests on nothing that says so, goes no way.

use super::Linter;
use crate::checked::Body;
use crate::framework::ValueSource;
use crate::plan::along::Window;
use crate::plan::peers::Peers;
use crate::typed::{
    AcrossPeers, AlongTime, Builtin, FunctionId, PeerFunction, TimeFunction, Typed, TypedKind,
    ValueId,
};
use forewarn_grammar::ast::{ProductOp, SumOp};

/// How deep formulas are followed.
const DEEP: usize = 12;

/// What more of something says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Safer,
    Worse,
    /// A constant, or what says nothing of itself.
    None,
    /// It cannot be said.
    Unclear,
}

impl Way {
    fn turned(self) -> Self {
        match self {
            Self::Safer => Self::Worse,
            Self::Worse => Self::Safer,
            Self::None => Self::None,
            Self::Unclear => Self::Unclear,
        }
    }

    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, way) | (way, Self::None) => way,
            (one, other) if one == other => one,
            _ => Self::Unclear,
        }
    }
}

impl Linter<'_, '_> {
    /// Is more of a value safer, or worse, and which indicator says so?
    pub(super) fn way_of(&self, id: ValueId) -> Option<(bool, ValueId)> {
        let mut says = None;
        let way = self.way(id, DEEP, &mut says);
        let protective = match way {
            Way::Safer => true,
            Way::Worse => false,
            Way::None | Way::Unclear => return None,
        };
        Some((protective, says?))
    }

    fn way(&self, id: ValueId, deep: usize, says: &mut Option<ValueId>) -> Way {
        let Some(deep) = deep.checked_sub(1) else {
            return Way::Unclear;
        };
        if let Some(protective) = self.polarity(id) {
            says.get_or_insert(id);
            return if protective { Way::Safer } else { Way::Worse };
        }
        let declared = self.framework.values.get(id.0 as usize);
        if declared.is_some_and(|value| matches!(value.what, ValueSource::Indicator { .. })) {
            return Way::None;
        }
        match self.checked.value(id).map(|value| &value.body) {
            Some(Body::Expression { value, .. }) => self.way_in(value, deep, says),
            Some(Body::Param(_)) => Way::None,
            Some(
                Body::Indicator(_)
                | Body::Factor(_)
                | Body::Level(_)
                | Body::Table(_)
                | Body::Alert(_)
                | Body::Broken,
            )
            | None => Way::Unclear,
        }
    }

    /// Of a formula that rises and falls with its parts.
    fn way_in(&self, formula: &Typed, deep: usize, says: &mut Option<ValueId>) -> Way {
        match &formula.kind {
            TypedKind::Value(id) => self.way(*id, deep, says),
            TypedKind::Number(_) => Way::None,
            TypedKind::Convert(inner, ..) | TypedKind::AsNumber(inner) => {
                self.way_in(inner, deep, says)
            }
            TypedKind::Negate(inner) => self.way_in(inner, deep, says).turned(),
            TypedKind::Sum(first, rest) => {
                let first = self.way_in(first, deep, says);
                rest.iter().fold(first, |way, (op, part)| {
                    let own = self.way_in(part, deep, says);
                    way.with(match op {
                        SumOp::Add => own,
                        SumOp::Subtract => own.turned(),
                    })
                })
            }
            // A count over a whole, or times a weight: what is counted says the way.
            TypedKind::Product(first, rest) => {
                let first = self.way_in(first, deep, says);
                rest.iter().fold(first, |way, (op, part)| {
                    let own = self.way_in(part, deep, says);
                    way.with(match op {
                        ProductOp::Multiply => own,
                        ProductOp::Divide => own.turned(),
                    })
                })
            }
            TypedKind::Builtin(builtin, args) if rises(*builtin) => {
                self.way_of_all(args, deep, says)
            }
            TypedKind::List(parts) | TypedKind::Fallback(parts) => {
                self.way_of_all(parts, deep, says)
            }
            TypedKind::Call(function, args) => self.way_of_call(*function, args, deep, says),
            TypedKind::Peers(call) => self.way_among(call, deep, says),
            TypedKind::Along(call) => self.way_along(call, deep, says),
            // What is asked, chosen or counted goes no one way.
            TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Parameter(_)
            | TypedKind::Earlier(_)
            | TypedKind::Field(..)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::Not(_)
            | TypedKind::Compare { .. }
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::IsKnown(_)
            | TypedKind::If { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Builtin(..)
            | TypedKind::Error => Way::Unclear,
        }
    }

    fn way_of_all(&self, parts: &[Typed], deep: usize, says: &mut Option<ValueId>) -> Way {
        parts.iter().fold(Way::None, |way, part| {
            way.with(self.way_in(part, deep, says))
        })
    }

    fn way_along(&self, call: &AlongTime, deep: usize, says: &mut Option<ValueId>) -> Way {
        let rises = matches!(
            call.what,
            TimeFunction::Lag
                | TimeFunction::Previous
                | TimeFunction::Change
                | TimeFunction::Window(
                    Window::Sum | Window::Mean | Window::Min | Window::Max | Window::Median
                )
        );
        match rises {
            true => self.way_in(&call.of, deep, says),
            false => Way::Unclear,
        }
    }
}

/// Does a function of the language rise with all that it is given?
fn rises(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::Round
            | Builtin::Truncate
            | Builtin::Sqrt
            | Builtin::Exp
            | Builtin::Ln
            | Builtin::Log2
            | Builtin::Log10
            | Builtin::Floor
            | Builtin::Ceil
            | Builtin::Min
            | Builtin::Max
            | Builtin::Mean
            | Builtin::Sum
            | Builtin::Median
    )
}

/// The number that is written, through conversions.
fn written(side: &Typed) -> Option<f64> {
    if let TypedKind::Convert(inner, ..) = &side.kind {
        return written(inner);
    }
    if let TypedKind::Negate(inner) = &side.kind {
        return Some(-written(inner)?);
    }
    side.as_number()
}

impl Linter<'_, '_> {
    /// Functions of the standard library that rise or fall with what is given first.
    fn way_of_call(
        &self,
        function: FunctionId,
        args: &[Typed],
        deep: usize,
        says: &mut Option<ValueId>,
    ) -> Way {
        let declared = self.checked.function(function);
        let (Some(declared), Some(first)) = (declared.filter(|one| one.standard), args.first())
        else {
            return Way::Unclear;
        };
        let own = self.way_in(first, deep, says);
        match declared.name.as_str() {
            "clamp" | "logit" | "log1p" | "log2_1p" | "log10_1p" => own,
            "rescale" | "goalpost" | "log_goalpost" => {
                match (args.get(1).and_then(written), args.get(2).and_then(written)) {
                    (Some(low), Some(high)) if low < high => own,
                    (Some(low), Some(high)) if low > high => own.turned(),
                    _ => Way::Unclear,
                }
            }
            "per_capita" | "per_100_000" | "share_of" => match args.get(1) {
                Some(whole) => own.with(self.way_in(whole, deep, says).turned()),
                None => own,
            },
            _ => Way::Unclear,
        }
    }

    fn way_among(&self, call: &AcrossPeers, deep: usize, says: &mut Option<ValueId>) -> Way {
        let rises = matches!(
            call.what,
            PeerFunction::ZScore
                | PeerFunction::MinMax
                | PeerFunction::Share
                | PeerFunction::Plain(Peers::Percentile | Peers::Winsorise { .. } | Peers::Impute)
        );
        if rises {
            self.way_in(&call.of, deep, says)
        } else {
            Way::Unclear
        }
    }
}
