//! What is not there: indicators that do not apply, and what is made of them.
//!
//! In: the condition of `applies when`, and expressions over what has one. Out: for each value a truth
//! that is never unknown: is there such a value in this row? Where there is none, the value is missing by
//! itself; what puts several values together leaves it out, so that it counts neither as known nor as
//! missing. What is worked out of it by arithmetic, comparison or a function is not there either; what
//! chooses or counts always is. A condition that is unknown is taken for met.

use super::Lowerer;
use super::called::{RED_ZONE, STACK};
use super::value::{Applies, Bounds, Lowered};

use crate::checked::{FactorBody, IndicatorBody};
use crate::plan::outline::PeerFunction;
use crate::plan::{NodeId, OutlineId, Peers};
use crate::source::Span;
use crate::typed::{AcrossPeers, Builtin, Field, FunctionId, Typed, TypedKind, ValueId};
use crate::types::Type;

/// `0 <= x < 1`: one statement.
pub(super) fn is_chain(parts: &[Typed], span: Span) -> bool {
    let mut parts = parts.iter();
    parts.all(|part| part.span == span && matches!(part.kind, TypedKind::Compare { .. }))
}

impl Lowerer<'_> {
    /// An indicator's own condition.
    pub fn applies_when(&mut self, id: ValueId, condition: &Typed) -> NodeId {
        let (node, outline) = self.truth_told(condition);
        let node = self.builder.possibly(node);
        self.applies.insert(id, Applies { node, outline });
        node
    }

    /// Where an indicator applies: by its own condition, and by what its cell says.
    pub fn indicator_applies(
        &mut self,
        id: ValueId,
        body: &IndicatorBody,
        said: Option<NodeId>,
    ) -> Option<NodeId> {
        let condition = body.applies.as_ref();
        let by_condition = condition.map(|condition| self.applies_when(id, condition));
        let Some(said) = said else {
            return by_condition;
        };
        let node = self.both(by_condition, said);
        let outline = self.applies.get(&id).and_then(|one| one.outline);
        self.applies.insert(id, Applies { node, outline });
        Some(node)
    }

    /// A declared value that is there in some rows alone.
    pub fn applies_where(&mut self, id: ValueId, node: Option<NodeId>) {
        if let Some(node) = node {
            let outline = None;
            self.applies.insert(id, Applies { node, outline });
        }
    }

    /// A factor that is there in some rows alone: by its own condition, or because of its members.
    pub fn factor_applies(
        &mut self,
        id: ValueId,
        node: Option<NodeId>,
        outline: Option<OutlineId>,
    ) {
        if let Some(node) = node {
            self.applies.insert(id, Applies { node, outline });
        }
    }

    /// Where a factor applies by its own condition. It is told with the factor.
    pub fn own_condition(&mut self, body: &FactorBody) -> Option<NodeId> {
        let condition = body.applies.as_ref()?;
        self.outlines.enter(true);
        let node = self.truth(condition);
        self.outlines.leave();
        Some(self.builder.possibly(node))
    }

    /// Where each member of a factor is there to count.
    pub fn masks_of(&mut self, body: &FactorBody) -> Vec<Option<NodeId>> {
        let own = self.own_condition(body);
        let members = body.members.iter();
        let masks = members.map(|member| {
            let there = self.there(member.value);
            match own {
                Some(own) => Some(self.both(there, own)),
                None => there,
            }
        });
        masks.collect()
    }

    /// Truths of a factor's members that are no where the factor does not apply.
    pub fn where_it_applies(&mut self, body: &FactorBody, truths: Vec<NodeId>) -> Vec<NodeId> {
        let Some(own) = self.own_condition(body) else {
            return truths;
        };
        let truths = truths.into_iter();
        truths.map(|truth| self.builder.and(truth, own)).collect()
    }

    /// Is there nothing that does not apply somewhere?
    pub fn all_apply(&self) -> bool {
        self.applies.is_empty() && self.verified.plain.applies.is_empty()
    }

    /// Is there a declared value? Nothing where there always is.
    pub fn there(&self, id: ValueId) -> Option<NodeId> {
        self.applies.get(&id).map(|one| one.node)
    }

    /// Is there what an expression gives; of a list, one of its items? Nothing where there always is.
    pub fn mask(&mut self, expr: &Typed) -> Option<NodeId> {
        if self.all_apply() {
            return None;
        }
        stacker::maybe_grow(RED_ZONE, STACK, || {
            if matches!(expr.ty, Type::List(_)) {
                let items = self.items_there(expr);
                return self.one_of(&items);
            }
            self.mask_here(expr)
        })
    }

    fn mask_here(&mut self, expr: &Typed) -> Option<NodeId> {
        match &expr.kind {
            TypedKind::Value(id)
            | TypedKind::Field(id, Field::AtLeast | Field::AtMost | Field::Verified) => {
                self.ready(*id);
                self.there(*id)
            }
            TypedKind::Convert(of, ..)
            | TypedKind::AsNumber(of)
            | TypedKind::Negate(of)
            | TypedKind::Not(of) => self.mask(of),
            TypedKind::Sum(first, rest) => {
                let rest = rest.iter().map(|(_, term)| term);
                self.where_all(std::iter::once(&**first).chain(rest))
            }
            TypedKind::Product(first, rest) => {
                let rest = rest.iter().map(|(_, term)| term);
                self.where_all(std::iter::once(&**first).chain(rest))
            }
            TypedKind::Compare { left, right, .. } => {
                let literal = |side: &Typed| matches!(side.kind, TypedKind::Truth { .. });
                if literal(left) || literal(right) {
                    return None;
                }
                self.where_all([&**left, &**right].into_iter())
            }
            TypedKind::And(parts) if is_chain(parts, expr.span) => self.where_all(parts.iter()),
            TypedKind::And(parts) | TypedKind::Or(parts) | TypedKind::Fallback(parts) => {
                self.where_any(parts)
            }
            TypedKind::Builtin(builtin, args) => self.mask_of_builtin(*builtin, args),
            TypedKind::Peers(call) => self.mask_of_peers(call),
            TypedKind::Call(_, args) => self.where_all(args.iter()),
            TypedKind::Parameter(index) => {
                let frame = self.frames.last()?;
                frame.masks.get(*index as usize).copied().flatten()
            }
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Earlier(_)
            | TypedKind::Field(_, Field::Coverage | Field::Known | Field::Members)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::List(_)
            | TypedKind::IsKnown(_)
            | TypedKind::If { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Along(_)
            | TypedKind::Error => None,
        }
    }

    fn mask_of_builtin(&mut self, builtin: Builtin, args: &[Typed]) -> Option<NodeId> {
        match builtin {
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
            | Builtin::PeriodOf(_)
            | Builtin::Weighted
            | Builtin::Verified(_) => self.where_all(args.iter()),
            Builtin::Min
            | Builtin::Max
            | Builtin::Sum
            | Builtin::Mean
            | Builtin::Median
            | Builtin::Product
            | Builtin::GeometricMean
            | Builtin::HarmonicMean
            | Builtin::StdDev
            | Builtin::All
            | Builtin::Alternatives => args.first().and_then(|list| self.mask(list)),
            Builtin::Count | Builtin::Any | Builtin::KnownCount | Builtin::OfKnown => None,
        }
    }

    /// What is said of the peers as a whole is there for everybody.
    fn mask_of_peers(&mut self, call: &AcrossPeers) -> Option<NodeId> {
        match call.what {
            PeerFunction::Plain(Peers::Aggregate(_) | Peers::Spell { .. }) => None,
            PeerFunction::Plain(
                Peers::Rank { .. } | Peers::Percentile | Peers::Winsorise { .. } | Peers::Impute,
            )
            | PeerFunction::ZScore
            | PeerFunction::MinMax
            | PeerFunction::Share
            | PeerFunction::Top(..)
            | PeerFunction::Quantile(_) => self.mask(&call.of),
        }
    }

    /// Where each of several is there.
    pub fn where_all<'t>(&mut self, parts: impl Iterator<Item = &'t Typed>) -> Option<NodeId> {
        let mut whole = None;
        for part in parts {
            if let Some(mask) = self.mask(part) {
                whole = Some(self.both(whole, mask));
            }
        }
        whole
    }

    /// Where one of several is there.
    fn where_any(&mut self, parts: &[Typed]) -> Option<NodeId> {
        let masks: Vec<Option<NodeId>> = parts.iter().map(|part| self.mask(part)).collect();
        self.one_of(&masks)
    }

    /// Is one there? Nothing where one always is.
    pub fn one_of(&mut self, masks: &[Option<NodeId>]) -> Option<NodeId> {
        let all: Option<Vec<NodeId>> = masks.iter().copied().collect();
        all?.into_iter().reduce(|a, b| self.builder.or(a, b))
    }

    /// Which of several are there; nothing where all always are.
    pub fn present(&mut self, masks: Vec<Option<NodeId>>) -> Option<Vec<NodeId>> {
        if masks.iter().all(Option::is_none) {
            return None;
        }
        let always = self.builder.truth(true, false);
        let masks = masks.into_iter();
        Some(masks.map(|mask| mask.unwrap_or(always)).collect())
    }

    /// A list of which some items are there in some rows alone.
    pub fn listed(&mut self, items: Vec<Lowered>, masks: Vec<Option<NodeId>>) -> Lowered {
        let present = self.present(masks);
        Lowered::List { items, present }
    }

    /// A truth where there is one, else unknown.
    pub fn truth_where(&mut self, truth: NodeId, there: NodeId) -> NodeId {
        let yes = self.builder.surely(truth);
        let not = self.builder.not(truth);
        let no = self.builder.surely(not);
        let (yes, no) = (self.builder.and(yes, there), self.builder.and(no, there));
        self.builder.verdict(yes, no)
    }

    /// A condition that is no where what it asks is not there.
    pub fn met(&mut self, condition: &Typed, node: NodeId) -> NodeId {
        match self.mask(condition) {
            Some(mask) => self.builder.and(node, mask),
            None => node,
        }
    }

    /// A single value, missing where it is not there.
    pub fn value_where(&mut self, lowered: Lowered, there: Option<NodeId>) -> Lowered {
        match (lowered, there) {
            (Lowered::Number(node), Some(there)) => {
                let missing = self.builder.missing();
                Lowered::Number(self.builder.select(there, node, missing))
            }
            (
                other @ (Lowered::Number(_)
                | Lowered::Truth(_)
                | Lowered::Category(_)
                | Lowered::Level(_)
                | Lowered::Count(_)
                | Lowered::Between(_)
                | Lowered::List { .. }),
                _,
            ) => other,
        }
    }

    /// What a function makes of its arguments, where all of them are there. Those of the standard library
    /// put nothing in place of what is missing.
    pub fn of_what_is_there(
        &mut self,
        function: FunctionId,
        args: &[Typed],
        (result, ty): (Lowered, &Type),
    ) -> Lowered {
        let declared = self.framework.function(function);
        if self.all_apply() || declared.is_none_or(|one| one.standard) {
            return result;
        }
        match self.where_all(args.iter()) {
            Some(there) => self.only_where(result, there, ty),
            None => result,
        }
    }

    /// What is known of a value where there is one, and nothing elsewhere.
    fn only_where(&mut self, lowered: Lowered, there: NodeId, ty: &Type) -> Lowered {
        let missing = self.builder.missing();
        match lowered {
            Lowered::Number(node) => Lowered::Number(self.builder.select(there, node, missing)),
            Lowered::Category(node) => Lowered::Category(self.builder.select(there, node, missing)),
            Lowered::Truth(node) => Lowered::Truth(self.truth_where(node, there)),
            Lowered::Level(bounds) => match self.missing_of(ty) {
                Lowered::Level(open) => Lowered::Level(self.bounds_where(there, bounds, open)),
                nothing @ (Lowered::Number(_)
                | Lowered::Category(_)
                | Lowered::Truth(_)
                | Lowered::Count(_)
                | Lowered::Between(_)
                | Lowered::List { .. }) => nothing,
            },
            Lowered::Count(bounds) => {
                let ends = (self.range(bounds.at_least), self.range(bounds.at_most));
                let open = Bounds {
                    exact: missing,
                    at_least: self.builder.number(ends.0.low),
                    at_most: self.builder.number(ends.1.high),
                };
                Lowered::Count(self.bounds_where(there, bounds, open))
            }
            Lowered::Between(bounds) => {
                Lowered::Between(self.bounds_where(there, bounds, Bounds::one(missing)))
            }
            // What is not there is left out of it already.
            list @ Lowered::List { .. } => list,
        }
    }

    fn bounds_where(&mut self, there: NodeId, bounds: Bounds, open: Bounds) -> Bounds {
        Bounds {
            exact: self.builder.select(there, bounds.exact, open.exact),
            at_least: self.builder.select(there, bounds.at_least, open.at_least),
            at_most: self.builder.select(there, bounds.at_most, open.at_most),
        }
    }

    /// The groups of peers that gaps are filled from. Who has no such value is in none: nothing is filled in there.
    pub fn filled_among(&mut self, of: &Typed, among: Option<NodeId>) -> Option<NodeId> {
        let Some(there) = self.mask(of) else {
            return among;
        };
        let everyone = among.unwrap_or_else(|| self.builder.number(0.0));
        let missing = self.builder.missing();
        Some(self.builder.select(there, everyone, missing))
    }

    /// What several values were put together to, where one of them is there.
    pub fn of_those_there(&mut self, result: Lowered, present: Option<&Vec<NodeId>>) -> Lowered {
        let Some(present) = present.filter(|_| !self.all_apply()) else {
            return result;
        };
        let one = present.iter().copied();
        let Some(one) = one.reduce(|a, b| self.builder.or(a, b)) else {
            return result;
        };
        let missing = self.builder.missing();
        let mut here = |node| self.builder.select(one, node, missing);
        match result {
            Lowered::Number(node) => Lowered::Number(here(node)),
            Lowered::Between(bounds) => {
                let (least, most) = (here(bounds.at_least), here(bounds.at_most));
                Lowered::Between(Bounds::between(&mut self.builder, least, most))
            }
            other @ (Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::List { .. }) => other,
        }
    }
}
