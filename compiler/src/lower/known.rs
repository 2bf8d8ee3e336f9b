//! Several values to one, over those that are known; and the highest and the lowest of several levels.
//!
//! In: a list, and how many of it must be known. Out: what the function makes of those that are known, or
//! nothing where they are too few. Levels are places between bounds: without a requirement the highest of
//! them lies between the highest of what is certain and the highest of what is possible; with one, a level
//! that is not determined counts with what is certain of it.

use super::Lowerer;
use super::called::Frame;
use super::value::{Bounds, Lowered};
use crate::diagnostics::factors::{CoverageImpossible, Required};
use crate::plan::{Binary, Compare, NodeId};
use crate::source::Span;
use crate::typed::{Builtin, FunctionId, Typed, TypedKind};

impl Lowerer<'_> {
    /// Every one is asked for.
    pub fn reduced_all(
        &mut self,
        builtin: Builtin,
        list: &Lowered,
        weights: Option<&[NodeId]>,
    ) -> Lowered {
        match self.levels_of(list) {
            Some(levels) => Lowered::Level(self.end_of(builtin, &levels, present_of(list))),
            None => {
                let result = match weights {
                    Some(weights) => self.reduced_weighted(builtin, list, weights),
                    None => self.reduced(builtin, list),
                };
                self.of_those_there(result, present_of(list))
            }
        }
    }

    /// At least so many must be known, and those count.
    pub fn reduced_known(
        &mut self,
        builtin: Builtin,
        (list, weights): (&Lowered, Option<&[NodeId]>),
        least: &Typed,
        expr: &Typed,
    ) -> Lowered {
        let items = self.items(list);
        let known: Vec<NodeId> = items
            .nodes
            .iter()
            .map(|node| self.builder.is_known(*node))
            .collect();
        let count = self.tally(&known);
        let required = Required::OfValues(known.len());
        let (enough, _) = self.enough_known(least, count, (known.len(), required));
        let result = match self.levels_of(list) {
            Some(levels) => {
                let strict = self.end_of(builtin, &levels, present_of(list));
                let place = if builtin == Builtin::Min {
                    strict.at_most
                } else {
                    strict.at_least
                };
                let (low, high) = (strict.at_least, strict.at_most);
                let low = self.builder.select(enough, place, low);
                let high = self.builder.select(enough, place, high);
                Lowered::Level(Bounds::between(&mut self.builder, low, high))
            }
            None => {
                let outer = self.builder.site.guard;
                self.builder.site.guard = Some(self.both(outer, enough));
                let listed = Lowered::List {
                    items: items.nodes.into_iter().map(Lowered::Number).collect(),
                    present: Some(known),
                };
                let combined = match weights {
                    Some(weights) => {
                        let combined = self.reduced_weighted(builtin, &listed, weights);
                        self.single(&combined)
                    }
                    None => self.reduce(builtin, &listed),
                };
                self.builder.site.guard = outer;
                let missing = self.builder.missing();
                Lowered::Number(self.builder.select(enough, combined, missing))
            }
        };
        if self.is_watched() {
            let words = self.words(expr.span).to_string();
            self.watch_factor(&words, least.span, enough, &result.nodes());
        }
        result
    }

    /// Those of a list that are known.
    pub fn of_known(&mut self, list: &Lowered) -> Lowered {
        let items = self.items(list);
        let known = items.nodes.iter();
        let known = known.map(|node| self.builder.is_known(*node)).collect();
        Lowered::List {
            items: items.nodes.into_iter().map(Lowered::Number).collect(),
            present: Some(known),
        }
    }

    /// A function of a list, of those that are known, where they are enough.
    pub fn call_known(
        &mut self,
        function: FunctionId,
        mut frame: Frame,
        least: &Typed,
        expr: &Typed,
    ) -> Lowered {
        let known = frame.args.first().and_then(present_of).cloned();
        let known = known.unwrap_or_default();
        // What is not there weighs nothing.
        if let Some(Lowered::List { present, .. }) = frame.args.get_mut(1) {
            *present = Some(known.clone());
        }
        let count = self.tally(&known);
        let required = Required::OfValues(known.len());
        // Told with the list.
        self.outlines.enter(true);
        let (enough, _) = self.enough_known(least, count, (known.len(), required));
        self.outlines.leave();
        let outer = self.builder.site.guard;
        self.builder.site.guard = Some(self.both(outer, enough));
        let result = self.call(function, frame);
        self.builder.site.guard = outer;
        let result = self.single(&result);
        let missing = self.builder.missing();
        let result = Lowered::Number(self.builder.select(enough, result, missing));
        if self.is_watched() {
            let words = self.words(expr.span).to_string();
            self.watch_factor(&words, least.span, enough, &result.nodes());
        }
        result
    }

    /// Are so many of several known, and at least one?
    pub fn enough_known(
        &mut self,
        least: &Typed,
        known: NodeId,
        (there, required): (usize, Required),
    ) -> (NodeId, Option<f64>) {
        let place = least.span;
        let least = self.number(least);
        let constant = self.builder.constant(least);
        if let Some(x) = constant
            && (x.fract() != 0.0 || x < 1.0 || x > there as f64)
        {
            self.tell_impossible(x, place, required);
        }
        let one = self.builder.number(1.0);
        let enough = self.builder.compare(Compare::LessOrEqual, least, known);
        let any = self.builder.compare(Compare::LessOrEqual, one, known);
        (self.builder.and(enough, any), constant)
    }

    fn tell_impossible(&mut self, found: f64, span: Span, required: Required) {
        // What is never known lies nowhere: nothing is to be said of its range.
        self.doubted.extend(self.current);
        self.reports.add(CoverageImpossible {
            span,
            found,
            required,
        });
    }

    fn levels_of(&self, list: &Lowered) -> Option<Vec<Bounds>> {
        let Lowered::List { items, .. } = list else {
            return None;
        };
        let level = |item: &Lowered| match item {
            Lowered::Level(bounds) => Some(*bounds),
            Lowered::Number(_)
            | Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. } => None,
        };
        let levels: Option<Vec<Bounds>> = items.iter().map(level).collect();
        levels.filter(|levels| !levels.is_empty())
    }

    /// The highest or the lowest of several levels; those that are not there stand where they change
    /// nothing.
    fn end_of(
        &mut self,
        builtin: Builtin,
        levels: &[Bounds],
        present: Option<&Vec<NodeId>>,
    ) -> Bounds {
        let lowest = builtin == Builtin::Min;
        let op = if lowest { Binary::Min } else { Binary::Max };
        let top = levels.iter().map(|one| self.range(one.at_most).high);
        let top = top.fold(0.0, f64::max);
        let top = self.builder.number(top);
        let bottom = self.builder.number(0.0);
        let one = present.and_then(|present| {
            let present = present.iter().copied();
            present.reduce(|a, b| self.builder.or(a, b))
        });
        let mut end = |pick: fn(&Bounds) -> NodeId, open: NodeId| {
            let ends: Vec<NodeId> = levels.iter().map(pick).collect();
            let Some((one, present)) = one.zip(present) else {
                return self.chain(&ends, op);
            };
            let neutral = if lowest { top } else { bottom };
            let ends: Vec<NodeId> = ends
                .into_iter()
                .zip(present)
                .map(|(end, present)| self.builder.select(*present, end, neutral))
                .collect();
            let end = self.chain(&ends, op);
            self.builder.select(one, end, open)
        };
        let least = end(|one| one.at_least, bottom);
        let most = end(|one| one.at_most, top);
        Bounds::between(&mut self.builder, least, most)
    }
}

/// How many have to be known of the list that a function is called with, where it takes those that are; what they
/// weigh may stand behind it.
pub(super) fn asked_of(args: &[Typed]) -> Option<&Typed> {
    let ([list] | [list, _]) = args else {
        return None;
    };
    if let TypedKind::Builtin(Builtin::OfKnown, parts) = &list.kind {
        parts.get(1)
    } else {
        None
    }
}

/// Which items of a list count, where not all do.
fn present_of(list: &Lowered) -> Option<&Vec<NodeId>> {
    if let Lowered::List { present, .. } = list {
        present.as_ref()
    } else {
        None
    }
}
