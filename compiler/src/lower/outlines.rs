//! Records what an author wrote, term by term, while it is lowered.
//!
//! In: each expression as it is left, with the nodes that it became. Out: its outline ([`Outline`]). What an
//! expression is made of has been lowered just before it, so its operands are the outlines that stand there
//! already. What the checker or the lowering put in (a conversion, the two comparisons of `0 <= x < 1`) gets
//! none of its own. Inside functions of the standard library nothing is recorded: a call of one says it.

use std::collections::BTreeMap;
use std::sync::Arc;

use forewarn_grammar::ast::{self, CompareOp};
use forewarn_grammar::words::OneLine;

use super::Lowerer;
use super::called::Frame;
use super::recorded::Brought;
use super::value::Lowered;
use crate::checked::Body;
use crate::plan::outline::{
    AlongTerm, Call, Comparing, Held, Item, ItemOf, PeerTerm, Reference, Tally, Term,
};
use crate::plan::{NodeId, Outline, OutlineId, Value, Words};
use crate::source::Span;
use crate::typed::{Builtin, FunctionId, Relation, Typed, TypedKind, ValueId};
use crate::types::Type;
use crate::units::Unit;

impl Lowerer<'_> {
    /// The words of a span on one line, without comments.
    pub fn words(&mut self, span: Span) -> Words {
        let sources = self.sources;
        let (line, places) = self.outlines.lines.entry(span.file).or_insert_with(|| {
            let text = sources.get(span.file).map_or("", |file| &file.text);
            let places = OneLine::of(text);
            (Arc::from(places.line()), places)
        });
        let part = places.part(ast::Span {
            start: span.start,
            end: span.end,
        });
        Words::part_of(line, part)
    }

    /// An expression, with the outline of what was written.
    pub fn expr_told(&mut self, expr: &Typed) -> (Lowered, Option<OutlineId>) {
        let lowered = self.expr(expr);
        (lowered, self.outlines.last())
    }

    /// A truth, with the outline of what was written.
    pub fn truth_told(&mut self, expr: &Typed) -> (NodeId, Option<OutlineId>) {
        let node = self.truth(expr);
        (node, self.outlines.last())
    }

    /// Records an expression that has just been lowered.
    pub fn outline(&mut self, expr: &Typed, lowered: &Lowered) {
        if self.outlines.is_silent() {
            return;
        }
        let opened = self.outlines.open.pop().unwrap_or_default();
        let mut operands = opened.made_of;
        let asked = self.builder.site.guard;
        let asked = asked.filter(|_| self.builder.kept_back > opened.kept_back);
        let peers = std::mem::take(&mut self.outlines.peers);
        let within = self.outlines.spell.take();
        let term = match &expr.kind {
            // The value itself; what it weighs stands in the words of the list.
            TypedKind::Builtin(Builtin::Weighted, _) => {
                if let Some(value) = operands.first() {
                    self.outlines.push(*value);
                }
                return;
            }
            // As the author wrote it, in the author's own unit.
            TypedKind::Convert(..) | TypedKind::AsNumber(_) => {
                operands.truncate(1);
                if let Some(inner) = operands.pop() {
                    if matches!(expr.kind, TypedKind::Convert(..)) {
                        let used = self.held(expr, lowered, &[inner]);
                        if let Some(outline) = self.outlines.made.get_mut(inner.0 as usize) {
                            outline.used = Some(used);
                        }
                    }
                    self.outlines.push(inner);
                    return;
                }
                Term::Arithmetic
            }
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Error => Term::Literal,
            TypedKind::Value(id) => self.named_term(*id),
            TypedKind::Parameter(_) | TypedKind::Earlier(_) => Term::Parameter,
            TypedKind::Field(_, crate::typed::Field::Members) => Term::List,
            TypedKind::Field(id, _) => Term::Field(self.reference(*id)),
            TypedKind::AllFactors | TypedKind::AllSignals | TypedKind::List(_) => Term::List,
            TypedKind::Negate(_) | TypedKind::Sum(..) | TypedKind::Product(..) => Term::Arithmetic,
            TypedKind::Compare { relation, .. } => Term::Compare(comparing(*relation)),
            TypedKind::Not(_) => self.question(expr, &mut operands, Term::Not),
            TypedKind::And(_) => self.question(expr, &mut operands, Term::All),
            TypedKind::Or(_) => self.question(expr, &mut operands, Term::Any),
            TypedKind::IsKnown(_) => Term::Asks,
            TypedKind::Fallback(_) => Term::Fallback,
            TypedKind::If { .. } => Term::If,
            TypedKind::AtLeast { .. } => Term::Tally(Tally::AtLeast),
            TypedKind::Along(call) => Term::Along(AlongTerm {
                what: call.what,
                over: call.over,
                require: call.what.requires(call.over, call.require),
                since: call.since.is_some(),
                within,
            }),
            TypedKind::Peers(call) => Term::Peers(PeerTerm {
                what: call.what,
                nodes: peers,
                params: call.params.clone(),
            }),
            TypedKind::Builtin(Builtin::Verified(_), _) => {
                // As it stands, and by verified evidence alone: the second is meant.
                operands = operands.pop().into_iter().collect();
                Term::Verified
            }
            TypedKind::Builtin(builtin, _) => of_builtin(*builtin),
            TypedKind::Call(function, args) => self.call_term(*function, args.len(), &mut operands),
        };
        let held = self.held(expr, lowered, &operands);
        let words = self.words_of(expr);
        let there = self.mask(expr);
        let id = OutlineId(u32::try_from(self.outlines.made.len()).unwrap_or(u32::MAX));
        self.outlines.made.push(Outline {
            words,
            span: expr.span,
            term,
            operands,
            held,
            used: None,
            asked,
            there,
            verified: self.verified.on,
        });
        self.outlines.push(id);
    }

    fn named_term(&self, id: ValueId) -> Term {
        match self.framework.value(id) {
            Some(value) if matches!(value.body, Body::Param(_)) => Term::Param(value.name.clone()),
            Some(value) if matches!(value.ty, Type::List(_)) => Term::List,
            _ => Term::Named(self.reference(id)),
        }
    }

    /// What people know a declared value by, in the way of lowering that is going on.
    pub fn reference(&self, id: ValueId) -> Reference {
        let value = self.framework.value(id);
        Reference {
            name: value.map_or(String::new(), |value| value.name.clone()),
            verified: self.verified_here(id),
        }
    }

    /// A connective; where it is one question of the author (`0 <= x < 1`, `x in {a, b}`, `x is missing`)
    /// its operands are those of the parts that were made of it.
    fn question(&mut self, expr: &Typed, operands: &mut Vec<OutlineId>, term: Term) -> Term {
        let parts: &[Typed] = if let TypedKind::Not(inner) = &expr.kind {
            std::slice::from_ref(inner)
        } else if let TypedKind::And(parts) | TypedKind::Or(parts) = &expr.kind {
            parts
        } else {
            &[]
        };
        // The links of a chain are lowered by their sides.
        let is_link =
            |part: &Typed| part.span == expr.span && matches!(part.kind, TypedKind::Compare { .. });
        let chain = matches!(expr.kind, TypedKind::And(_)) && parts.iter().all(is_link);
        let own = self.words_of(expr);
        let made_up = |(part, id): (&Typed, &OutlineId)| {
            // What it compares stands elsewhere, or its words are those of the whole.
            let apart = matches!(&part.kind, TypedKind::Compare { left, .. }
                if left.span.end <= part.span.start);
            apart
                || self
                    .outlines
                    .get(*id)
                    .is_some_and(|outline| outline.words == own)
        };
        if !chain && !parts.iter().zip(operands.iter()).any(made_up) {
            return term;
        }
        let place = |id: OutlineId| self.outlines.get(id).map(|outline| outline.span);
        let mut found: Vec<OutlineId> = Vec::new();
        for id in operands.drain(..) {
            let outline = self.outlines.get(id).filter(|_| !chain);
            let own = outline.map_or(vec![id], |outline| outline.operands.clone());
            for part in own {
                if !found.iter().any(|known| place(*known) == place(part)) {
                    found.push(part);
                }
            }
        }
        *operands = found;
        Term::Asks
    }

    fn call_term(
        &self,
        function: FunctionId,
        arguments: usize,
        operands: &mut Vec<OutlineId>,
    ) -> Term {
        let body = operands.get(arguments).copied();
        operands.truncate(arguments);
        let declared = self.framework.function(function);
        Term::Call(Call {
            function: declared.map_or(String::new(), |one| one.name.clone()),
            body,
        })
    }

    fn held(&mut self, expr: &Typed, lowered: &Lowered, operands: &[OutlineId]) -> Held {
        let of_one = if let Type::List(of) = &expr.ty {
            of
        } else {
            &expr.ty
        };
        let Lowered::List { items, .. } = lowered else {
            return match self.value_here(of_one, lowered) {
                Some(value) => Held::One(value),
                None => Held::Several(Vec::new()),
            };
        };
        let names = self.names_of_items(expr, items.len(), operands);
        let mut names = names.into_iter();
        let told = items.iter().filter_map(|item| {
            let of = names.next().unwrap_or(ItemOf::Nameless);
            let value = self.value_here(of_one, item)?;
            Some(Item { of, value })
        });
        Held::Several(told.collect())
    }

    /// What each item of a list goes back to.
    fn names_of_items(&self, expr: &Typed, count: usize, operands: &[OutlineId]) -> Vec<ItemOf> {
        let names = match &expr.kind {
            TypedKind::Value(id) => self.outlines.lists.get(id).cloned().unwrap_or_default(),
            TypedKind::Parameter(index) => {
                let frame = self.frames.last();
                let names = frame.and_then(|frame| frame.items.get(*index as usize));
                names.cloned().unwrap_or_default()
            }
            TypedKind::Field(id, _) => self.members_of(*id),
            TypedKind::AllFactors => self.all_named(|body| matches!(body, Body::Factor(_))),
            TypedKind::AllSignals => self.all_named(|body| {
                matches!(body, Body::Expression { kind, .. }
                    if *kind == ast::BindingKind::Signal)
            }),
            TypedKind::List(_) => operands.iter().map(|id| self.item_of(*id)).collect(),
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Convert(..)
            | TypedKind::AsNumber(_)
            | TypedKind::Negate(_)
            | TypedKind::Not(_)
            | TypedKind::Sum(..)
            | TypedKind::Product(..)
            | TypedKind::Compare { .. }
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::IsKnown(_)
            | TypedKind::Fallback(_)
            | TypedKind::If { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Builtin(..)
            | TypedKind::Along(_)
            | TypedKind::Peers(_)
            | TypedKind::Call(..)
            | TypedKind::Earlier(_)
            | TypedKind::Error => {
                let lists = operands.iter().filter_map(|id| self.outlines.get(*id));
                let mut lists = lists.filter_map(|outline| match &outline.held {
                    Held::Several(items) => Some(items),
                    Held::One(_) => None,
                });
                let first = lists.find(|items| items.len() == count);
                let names = first.into_iter().flatten().map(|item| item.of.clone());
                names.collect()
            }
        };
        if names.len() == count {
            names
        } else {
            Vec::new()
        }
    }

    fn all_named(&self, wanted: impl Fn(&Body) -> bool) -> Vec<ItemOf> {
        let values = (0..).map(ValueId).zip(&self.framework.values);
        values
            .filter(|(_, value)| wanted(&value.body))
            .map(|(id, _)| ItemOf::Named(self.reference(id)))
            .collect()
    }

    /// A factor's members as items.
    pub fn members_of(&self, id: ValueId) -> Vec<ItemOf> {
        match self.framework.value(id).map(|value| &value.body) {
            Some(Body::Factor(body)) => {
                let members = body.members.iter();
                members
                    .map(|member| ItemOf::Named(self.reference(member.value)))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    fn item_of(&self, id: OutlineId) -> ItemOf {
        match self.outlines.get(id).map(|outline| &outline.term) {
            Some(Term::Named(reference)) => ItemOf::Named(reference.clone()),
            _ => ItemOf::Term(id),
        }
    }

    /// Remembers what the items of a declared list go back to.
    pub fn keep_items(&mut self, id: ValueId, outline: Option<OutlineId>) {
        let outline = outline.and_then(|outline| self.outlines.get(outline));
        if let Some(Held::Several(items)) = outline.map(|outline| &outline.held) {
            let items = items.iter().map(|item| item.of.clone()).collect();
            self.outlines.lists.insert(id, items);
        }
    }

    /// The nodes of a value with what people read; in a function in the unit that this call gives it.
    fn value_here(&mut self, ty: &Type, lowered: &Lowered) -> Option<Value> {
        let (Type::Number(unit), Lowered::Number(_) | Lowered::Between(_)) = (ty, lowered) else {
            return self.value_of(ty, lowered);
        };
        let number = |unit: String| match lowered {
            Lowered::Number(node) => Some(Value::Number { node: *node, unit }),
            Lowered::Between(bounds) => Some(Value::Between {
                exact: bounds.exact,
                at_least: bounds.at_least,
                at_most: bounds.at_most,
                unit,
            }),
            Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::List { .. } => None,
        };
        if unit.is_plain() {
            return number(String::new());
        }
        let units = self.frames.last().map(|frame| &frame.units);
        let unit = match units.filter(|units| !units.is_empty()) {
            Some(units) => unit.substitute(units).unwrap_or_default(),
            None => unit.clone(),
        };
        let units = &self.framework.units;
        let caption = self.outlines.captions.entry(unit.clone());
        let unit = caption.or_insert_with(|| units.caption(&unit)).clone();
        number(unit)
    }

    /// A call's arguments with the names and units that come along with them.
    pub fn frame(&mut self, function: FunctionId, args: &[Typed], lowered: Vec<Lowered>) -> Frame {
        let mut frame = Frame {
            args: lowered,
            ..Frame::default()
        };
        let told = self.outlines.open.last();
        let told = told.map_or(&[][..], |open| open.made_of.as_slice());
        if self.outlines.is_silent() || told.len() < args.len() {
            return frame;
        }
        let told = told.get(told.len() - args.len()..).unwrap_or_default();
        for id in told {
            let outline = self.outlines.get(*id).map(|outline| &outline.held);
            frame.items.push(match outline {
                Some(Held::Several(items)) => items.iter().map(|item| item.of.clone()).collect(),
                Some(Held::One(_)) | None => Vec::new(),
            });
        }
        let around: BTreeMap<String, Unit> = self
            .frames
            .last()
            .map_or_else(BTreeMap::new, |frame| frame.units.clone());
        let Some(declared) = self.framework.function(function) else {
            return frame;
        };
        for ((_, wanted), arg) in declared.parameters.iter().zip(args) {
            let (Some(pattern), Some(unit)) = (number_unit(wanted), number_unit(&arg.ty)) else {
                continue;
            };
            let unit = unit.substitute(&around).unwrap_or_default();
            if let Some((name, unit)) = unit.solve(pattern, &frame.units) {
                frame.units.insert(name, unit);
            }
        }
        frame
    }

    /// The names that a call's arguments bring along.
    pub fn brought(frame: &Frame) -> Brought {
        (frame.items.clone(), frame.units.values().cloned().collect())
    }
}

fn number_unit(ty: &Type) -> Option<&Unit> {
    match ty {
        Type::Number(unit) => Some(unit),
        Type::List(of) => number_unit(of),
        Type::Truth | Type::Level(_) | Type::Category(_) | Type::Count | Type::Error => None,
    }
}

fn comparing(relation: Relation) -> Comparing {
    match relation {
        Relation::Order(CompareOp::Less) => Comparing::Less,
        Relation::Order(CompareOp::LessOrEqual) => Comparing::LessOrEqual,
        Relation::Order(CompareOp::Greater) => Comparing::Greater,
        Relation::Order(CompareOp::GreaterOrEqual) => Comparing::GreaterOrEqual,
        Relation::Is => Comparing::Is,
        Relation::IsNot => Comparing::IsNot,
    }
}

fn of_builtin(builtin: Builtin) -> Term {
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
        | Builtin::Piecewise
        | Builtin::PeriodOf(_)
        | Builtin::Position => Term::Arithmetic,
        Builtin::Min
        | Builtin::Max
        | Builtin::Sum
        | Builtin::Mean
        | Builtin::Median
        | Builtin::Product
        | Builtin::GeometricMean
        | Builtin::HarmonicMean
        | Builtin::StdDev
        | Builtin::Alternatives => Term::Reduce,
        Builtin::OfKnown => Term::List,
        // Told as its value.
        Builtin::Weighted => Term::Arithmetic,
        Builtin::Count => Term::Tally(Tally::Count),
        Builtin::Any => Term::Tally(Tally::Any),
        Builtin::All => Term::Tally(Tally::All),
        Builtin::KnownCount => Term::Tally(Tally::Known),
        Builtin::Verified(_) => Term::Verified,
    }
}
