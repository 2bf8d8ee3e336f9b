//! Which items of a list are there, however the list is written: item by item, by a name, as a factor's
//! members, worked out of another list.
//!
//! In: a list. Out: for each item where it is there, nothing where it always is. One entry alone stands for every
//! item, however many there are.

use super::Lowerer;
use super::applies::is_chain;
use super::value::Lowered;
use crate::checked::Body;
use crate::plan::{NodeId, Op};
use crate::typed::{Builtin, Field, Typed, TypedKind, ValueId};
use crate::types::Type;

/// For each item where it is there.
type Masks = Vec<Option<NodeId>>;

impl Lowerer<'_> {
    pub fn items_there(&mut self, list: &Typed) -> Masks {
        if !matches!(list.ty, Type::List(_)) {
            // Beside every item of another list.
            return vec![self.mask(list)];
        }
        match &list.kind {
            TypedKind::List(parts) => parts.iter().map(|part| self.mask(part)).collect(),
            TypedKind::Value(id) => {
                self.ready(*id);
                let lowered = self.values.get(id).cloned();
                lowered.map_or(vec![None], |lowered| self.counting(&lowered))
            }
            TypedKind::Parameter(index) => {
                let frame = self.frames.last();
                let argument = frame.and_then(|frame| frame.args.get(*index as usize));
                let argument = argument.cloned();
                argument.map_or(vec![None], |argument| self.counting(&argument))
            }
            TypedKind::Field(id, Field::Members) => {
                self.ready(*id);
                self.members_there(*id)
            }
            TypedKind::AllFactors => self.those_there(self.framework.reads.factors()),
            TypedKind::AllSignals => self.those_there(self.framework.reads.signals()),
            TypedKind::Convert(of, ..)
            | TypedKind::AsNumber(of)
            | TypedKind::Negate(of)
            | TypedKind::Not(of)
            | TypedKind::IsKnown(of) => self.items_there(of),
            TypedKind::Sum(first, rest) => {
                let rest = rest.iter().map(|(_, term)| term);
                self.side_by_side(std::iter::once(&**first).chain(rest))
            }
            TypedKind::Product(first, rest) => {
                let rest = rest.iter().map(|(_, term)| term);
                self.side_by_side(std::iter::once(&**first).chain(rest))
            }
            TypedKind::Compare { left, right, .. } => {
                let literal = |side: &Typed| matches!(side.kind, TypedKind::Truth { .. });
                if literal(left) || literal(right) {
                    return vec![None];
                }
                self.side_by_side([&**left, &**right].into_iter())
            }
            TypedKind::And(parts) if is_chain(parts, list.span) => self.side_by_side(parts.iter()),
            TypedKind::And(parts) | TypedKind::Or(parts) | TypedKind::Fallback(parts) => {
                let all: Vec<Masks> = parts.iter().map(|part| self.items_there(part)).collect();
                let longest = all.iter().map(Vec::len).max().unwrap_or(0);
                let of_item = |at: usize| -> Masks {
                    let masks = all.iter();
                    masks.map(|masks| entry(masks, at)).collect()
                };
                let items = (0..longest).map(of_item);
                items.map(|masks| self.one_of(&masks)).collect()
            }
            TypedKind::Builtin(builtin, args) => match builtin {
                Builtin::Abs
                | Builtin::Sqrt
                | Builtin::Exp
                | Builtin::Ln
                | Builtin::Log2
                | Builtin::Log10
                | Builtin::Pow
                | Builtin::Floor
                | Builtin::Ceil
                | Builtin::Round
                | Builtin::Truncate
                | Builtin::Position
                | Builtin::Piecewise
                | Builtin::PeriodOf(_) => self.side_by_side(args.iter()),
                // How many of them have to be known is no item.
                Builtin::Weighted | Builtin::OfKnown | Builtin::Verified(_) => {
                    self.side_by_side(args.iter().take(1))
                }
                Builtin::Min
                | Builtin::Max
                | Builtin::Sum
                | Builtin::Mean
                | Builtin::Median
                | Builtin::Product
                | Builtin::GeometricMean
                | Builtin::HarmonicMean
                | Builtin::StdDev
                | Builtin::Count
                | Builtin::Any
                | Builtin::All
                | Builtin::KnownCount
                | Builtin::Alternatives => vec![None],
            },
            TypedKind::Call(_, args) => vec![self.where_all(args.iter())],
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Earlier(_)
            | TypedKind::Field(
                _,
                Field::Coverage | Field::Known | Field::AtLeast | Field::AtMost | Field::Verified,
            )
            | TypedKind::If { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Along(_)
            | TypedKind::Peers(_)
            | TypedKind::Error => vec![None],
        }
    }

    /// What is worked out item by item, without the items that are not there.
    pub fn of_items_there(&mut self, list: &Typed, lowered: Lowered) -> Lowered {
        let Lowered::List { items, present } = lowered else {
            return lowered;
        };
        let by_item = match &list.kind {
            TypedKind::Sum(..)
            | TypedKind::Product(..)
            | TypedKind::Compare { .. }
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::Fallback(_) => true,
            TypedKind::Builtin(builtin, _) => *builtin == Builtin::Pow,
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Value(_)
            | TypedKind::Parameter(_)
            | TypedKind::Earlier(_)
            | TypedKind::Field(..)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::List(_)
            | TypedKind::Convert(..)
            | TypedKind::AsNumber(_)
            | TypedKind::Negate(_)
            | TypedKind::Not(_)
            | TypedKind::IsKnown(_)
            | TypedKind::If { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Along(_)
            | TypedKind::Peers(_)
            | TypedKind::Call(..)
            | TypedKind::Error => false,
        };
        if !by_item || self.all_apply() {
            return Lowered::List { items, present };
        }
        let masks = self.items_there(list);
        let masks = (0..items.len()).map(|at| entry(&masks, at)).collect();
        self.listed(items, masks)
    }

    /// Where each member of a factor is there.
    pub fn members_there(&mut self, id: ValueId) -> Masks {
        let body = self.framework.value(id).map(|value| &value.body);
        let Some(Body::Factor(body)) = body else {
            return Vec::new();
        };
        self.masks_of(body)
    }

    fn those_there(&self, ids: &[ValueId]) -> Masks {
        ids.iter().map(|id| self.there(*id)).collect()
    }

    /// Where items count, of a list that has been worked out.
    fn counting(&self, lowered: &Lowered) -> Masks {
        let Lowered::List {
            present: Some(present),
            ..
        } = lowered
        else {
            return vec![None];
        };
        let always =
            |node: &NodeId| matches!(self.builder.op(*node), Some(Op::Truth { yes: true, .. }));
        let masks = present.iter().map(|node| (!always(node)).then_some(*node));
        masks.collect()
    }

    /// Where each of several that stand side by side is there.
    fn side_by_side<'t>(&mut self, parts: impl Iterator<Item = &'t Typed>) -> Masks {
        let mut whole: Masks = vec![None];
        for part in parts {
            let masks = self.items_there(part);
            let longest = whole.len().max(masks.len());
            let mut both = Vec::with_capacity(longest);
            for at in 0..longest {
                both.push(match (entry(&whole, at), entry(&masks, at)) {
                    (one, Some(mask)) => Some(self.both(one, mask)),
                    (one, None) => one,
                });
            }
            whole = both;
        }
        whole
    }
}

/// The entry of an item; of one entry alone, that.
fn entry(masks: &[Option<NodeId>], at: usize) -> Option<NodeId> {
    let at = if masks.len() == 1 { 0 } else { at };
    masks.get(at).copied().flatten()
}
