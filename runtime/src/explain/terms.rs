//! What a term says of itself: the words of its author, its value, and the reasons for it.
//!
//! Plain arithmetic is told by what it is made of; a comparison by its two sides; a connective by its parts;
//! a question to several things by each one's answer; a call by its arguments and, below the function's own
//! words, by what the function made of them.

use forewarn_plan::outline::{Comparing, Held, Item, ItemOf, Tally as Asked, Term};
use forewarn_plan::{NodeId, Outline, OutlineId, Value};

use super::nodes::shown;
use super::reason::{DEEPEST, Teller, missing_below};
use super::sides::Sides;
use super::tree::{Cause, Comparison, How, Reason, Shown, Side, Tally, TallyItem};
use std::collections::HashSet;

impl<'e> Teller<'e> {
    /// A term's story.
    pub fn term(&mut self, id: OutlineId, depth: usize) -> Reason {
        let Some(outline) = self.outline(id) else {
            return Self::bare(String::new(), Shown::Truth(None));
        };
        if let Term::Named(to) = &outline.term
            && let Some(declaration) = self.names.referred(to)
        {
            return self.declared(declaration, depth + 1);
        }
        self.below(|teller| teller.told_term(id, outline, depth))
    }

    fn told_term(&mut self, id: OutlineId, outline: &'e Outline, depth: usize) -> Reason {
        let mut reason = Self::bare(self.words(outline), self.value(outline));
        // A comparison says all it has to say in one line; of others that is told once.
        let again = !matches!(outline.term, Term::Compare(_)) && self.told_terms.contains(&id);
        if depth > DEEPEST || again {
            reason.above = true;
            self.is_not_there(&mut reason, outline);
            return reason;
        }
        if self.is_far() {
            return reason;
        }
        // What nobody asks for was not worked out.
        let asked = outline.asked.map(|asked| self.truth(asked));
        if asked.is_some_and(|asked| asked != Some(true)) {
            reason.value = reason.value.opened();
            reason.cause = Some(Cause::NotAsked);
            return reason;
        }
        let depth = depth + 1;
        match &outline.term {
            Term::Literal | Term::Param(_) | Term::Parameter | Term::Named(_) => {
                reason.how = How::Constant;
            }
            Term::Field(to) => {
                if let Some(declaration) = self.names.referred(to) {
                    reason.because = vec![self.declared(declaration, depth)];
                }
            }
            Term::Reduce => {
                self.made_of(outline, depth, &mut reason.because);
                let decide = self.deciding(outline, &reason.value);
                if !decide.is_empty() {
                    reason.how = How::Extreme(decide);
                }
            }
            Term::List | Term::Arithmetic | Term::Asks => {
                self.made_of(outline, depth, &mut reason.because);
            }
            Term::Compare(how) => self.compared_sides(outline, *how, depth, &mut reason),
            Term::All => self.parts_of(How::All, outline, depth, &mut reason),
            Term::Any => self.parts_of(How::Any, outline, depth, &mut reason),
            Term::Not => self.parts_of(How::Not, outline, depth, &mut reason),
            Term::Fallback => self.first_known(outline, depth, &mut reason),
            Term::If => self.chosen(outline, depth, &mut reason),
            Term::Tally(asked) => self.tally(outline, *asked, depth, &mut reason),
            Term::Along(along) => self.window(&mut reason, outline, *along, depth),
            Term::Peers(peers) => self.peers(&mut reason, outline, peers, depth),
            Term::Verified => {
                if let Some(inner) = outline.operands.first() {
                    let told = self.instead(|teller| teller.term(*inner, depth));
                    match told.name {
                        // It is called by the same words.
                        Some(_) => {
                            reason.cause.clone_from(&told.cause);
                            reason.because = vec![told];
                        }
                        None => {
                            reason.how = told.how;
                            reason.because = told.because;
                            reason.cause = told.cause;
                            reason.params = told.params;
                        }
                    }
                }
            }
            Term::Call(call) => {
                for argument in &outline.operands {
                    self.leaves(*argument, depth, &mut reason.because);
                }
                if let Some(body) = call.body {
                    let body = self.body(body, depth);
                    reason.because.push(body);
                }
                reason.how = How::Call {
                    function: call.function.clone(),
                    told: call.body.is_some(),
                };
            }
        }
        if !reason.because.is_empty() {
            self.told_terms.insert(id);
        }
        self.is_not_there(&mut reason, outline);
        // Why what a function is given is missing stands where it is given.
        let is_given = matches!(outline.term, Term::Parameter);
        if reason.value.is_open() && reason.cause.is_none() && !is_given {
            reason.cause = self.fault_of(outline);
        }
        if reason.value.is_open() && reason.cause.is_none() && !is_given {
            let below = missing_below(&reason);
            reason.cause = if matches!(below, Cause::Stated) {
                self.unsaid(id)
            } else {
                Some(below)
            };
        }
        reason
    }

    /// Why a term is missing of whose parts none is told as missing: constants that have no value in this period, or
    /// what a function was given as a list, which stands where it is given.
    fn unsaid(&self, id: OutlineId) -> Option<Cause> {
        let mut open = vec![id];
        let mut seen = HashSet::new();
        let (mut constants, mut is_given) = (Vec::new(), false);
        while let Some(id) = open.pop() {
            let Some(outline) = self.outline(id).filter(|_| seen.insert(id)) else {
                continue;
            };
            open.extend(outline.below());
            if let Term::Param(name) = &outline.term
                && self.value(outline).is_open()
                && !constants.contains(name)
            {
                constants.push(name.clone());
            }
            is_given |= is_a_list(outline);
        }
        match constants.is_empty() {
            false => Some(Cause::Missing(constants)),
            true if is_given => None,
            true => Some(Cause::Stated),
        }
    }

    /// Says of a term that there is no such value in this row, whatever it was made of. Why stands where what it
    /// is made of says when it applies.
    fn is_not_there(&self, reason: &mut Reason, outline: &Outline) {
        let there = outline.there.map(|there| self.truth(there));
        if reason.value.is_open() && there == Some(Some(false)) {
            reason.cause = Some(Cause::NotApplicable {
                condition: None,
                said: None,
            });
        }
    }

    /// A connective and what it connects.
    fn parts_of(&mut self, how: How, outline: &'e Outline, depth: usize, reason: &mut Reason) {
        reason.how = how;
        for part in &outline.operands {
            let part = self.term(*part, depth);
            reason.because.push(part);
        }
    }

    /// What a function is made of, under the function's own words.
    fn body(&mut self, id: OutlineId, depth: usize) -> Reason {
        let told = self.term(id, depth);
        match (told.name.is_some(), self.outline(id)) {
            // It is a declared value: the function's words, then that value.
            (true, Some(outline)) => {
                let mut reason = Self::bare(self.words(outline), told.value.clone());
                reason.because = vec![told];
                reason
            }
            _ => told,
        }
    }

    /// What arithmetic and questions are made of.
    fn made_of(&mut self, outline: &'e Outline, depth: usize, because: &mut Vec<Reason>) {
        if outline.operands.is_empty()
            && let Held::Several(items) = &outline.held
        {
            for item in items {
                let part = self.item(item, depth);
                because.push(part);
            }
        }
        for part in &outline.operands {
            self.leaves(*part, depth, because);
        }
    }

    /// Of levels that are brought to one: the names of those that are where it is.
    fn deciding(&self, outline: &'e Outline, value: &Shown) -> Vec<String> {
        let Shown::Level {
            at_least, at_most, ..
        } = value
        else {
            return Vec::new();
        };
        if at_least != at_most {
            return Vec::new();
        }
        let is_there = |part: &Shown| match part {
            Shown::Level {
                at_least: low,
                at_most: high,
                ..
            } => low == high && low == at_least,
            Shown::Number { .. }
            | Shown::Truth(_)
            | Shown::Count { .. }
            | Shown::Between { .. }
            | Shown::Category(_)
            | Shown::Withheld(_) => false,
        };
        let of_item = |item: &Item| {
            let name = match &item.of {
                ItemOf::Named(to) => to.name.clone(),
                ItemOf::Term(id) => self.words(self.outline(*id)?),
                ItemOf::Nameless => return None,
            };
            is_there(&self.item_value(&item.value)).then_some(name)
        };
        let parts = outline.operands.iter().filter_map(|id| self.outline(*id));
        parts
            .flat_map(|part| match &part.held {
                Held::Several(items) => items.iter().filter_map(of_item).collect(),
                Held::One(_) if is_there(&self.value(part)) => vec![self.words(part)],
                Held::One(_) => Vec::new(),
            })
            .collect()
    }

    /// The parts of a term that can be told by themselves; numbers and constants say it in its words.
    pub fn leaves(&mut self, id: OutlineId, depth: usize, because: &mut Vec<Reason>) {
        let Some(outline) = self.outline(id) else {
            return;
        };
        match &outline.term {
            Term::Literal | Term::Param(_) => {}
            // Its values stand where they are given.
            Term::Parameter if is_a_list(outline) => {}
            Term::List | Term::Arithmetic | Term::Reduce => {
                self.made_of(outline, depth, because);
            }
            Term::Named(_)
            | Term::Parameter
            | Term::Field(_)
            | Term::Compare(_)
            | Term::All
            | Term::Any
            | Term::Not
            | Term::Asks
            | Term::Fallback
            | Term::If
            | Term::Tally(_)
            | Term::Along(_)
            | Term::Peers(_)
            | Term::Verified
            | Term::Call(_) => {
                let told = self.term(id, depth);
                // The same twice in one term is told once.
                let same = |known: &Reason| {
                    known.name.is_some() && known.name == told.name
                        || known.name.is_none() && told.name.is_none() && known.text == told.text
                };
                if !because.iter().any(same) {
                    because.push(told);
                }
            }
        }
    }

    fn item(&mut self, item: &'e Item, depth: usize) -> Reason {
        match &item.of {
            ItemOf::Named(to) => match self.names.referred(to) {
                Some(declaration) => self.declared(declaration, depth),
                None => Self::bare(to.name.clone(), self.item_value(&item.value)),
            },
            ItemOf::Term(id) => self.term(*id, depth),
            ItemOf::Nameless => Self::bare(String::new(), self.item_value(&item.value)),
        }
    }

    fn item_value(&self, value: &Value) -> Shown {
        shown(value, |node| self.number(node))
    }

    fn compared_sides(
        &mut self,
        outline: &'e Outline,
        how: Comparing,
        depth: usize,
        reason: &mut Reason,
    ) {
        if let [left, right] = outline.operands.as_slice() {
            if let Some(comparison) = self.comparison(*left, how, *right) {
                reason.how = How::Comparison(Box::new(comparison));
            }
            for side in [left, right] {
                self.leaves(*side, depth, &mut reason.because);
            }
        }
    }

    /// Both sides of a comparison of single values.
    pub fn comparison(
        &self,
        left: OutlineId,
        how: Comparing,
        right: OutlineId,
    ) -> Option<Comparison> {
        self.sides(&|node| self.number(node))
            .comparison(left, how, right)
    }

    /// A side of a comparison.
    pub fn side(&self, id: OutlineId) -> Option<Side> {
        self.sides(&|node| self.number(node)).side(id)
    }

    fn sides<'s>(&'s self, number: &'s dyn Fn(NodeId) -> f64) -> Sides<'s> {
        Sides {
            plan: self.evidence.plan,
            names: self.names,
            number,
        }
    }

    /// `a ?? b`: those that were asked.
    fn first_known(&mut self, outline: &'e Outline, depth: usize, reason: &mut Reason) {
        for part in &outline.operands {
            self.leaves(*part, depth, &mut reason.because);
            let known = self.outline(*part).map(|part| self.value(part));
            if known.is_some_and(|known| !known.is_open()) {
                return;
            }
        }
    }

    /// `if`: the conditions up to the one that decides, and the value that it leads to; where a condition is
    /// unknown, all values that are still possible.
    fn chosen(&mut self, outline: &'e Outline, depth: usize, reason: &mut Reason) {
        let mut parts = outline.operands.chunks_exact(2);
        for arm in parts.by_ref() {
            let [condition, value] = arm else { continue };
            let answer = self.outline(*condition).map(|one| self.value(one));
            let told = self.term(*condition, depth);
            reason.because.push(told);
            match answer {
                Some(Shown::Truth(Some(false))) => {}
                Some(Shown::Truth(Some(true))) => {
                    self.leaves(*value, depth, &mut reason.because);
                    return;
                }
                _ => self.leaves(*value, depth, &mut reason.because),
            }
        }
        for rest in parts.remainder() {
            self.leaves(*rest, depth, &mut reason.because);
        }
    }

    fn tally(&mut self, outline: &'e Outline, asked: Asked, depth: usize, reason: &mut Reason) {
        let Some(list) = outline.operands.last().and_then(|list| self.outline(*list)) else {
            return;
        };
        let Held::Several(items) = &list.held else {
            self.leaves(
                *outline.operands.last().unwrap_or(&OutlineId(0)),
                depth,
                &mut reason.because,
            );
            return;
        };
        let own = match asked {
            Asked::Known => self.own_values(list),
            Asked::Count | Asked::Any | Asked::All | Asked::AtLeast => {
                self.compared_items(list).map(|(own, _)| own)
            }
        };
        let mut told = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let part = self.item(item, depth);
            let value = own.as_ref().and_then(|own| own.get(at).cloned());
            let answer = match (asked, self.item_value(&item.value)) {
                (Asked::Known, value) => Some(!value.is_open()),
                (_, Shown::Truth(answer)) => answer,
                _ => None,
            };
            told.push(TallyItem {
                name: part.name.clone().unwrap_or_else(|| part.text.clone()),
                label: part.label.clone(),
                value,
                answer,
            });
            reason.because.push(part);
        }
        reason.how = How::Tally(Box::new(Tally {
            what: asked,
            text: self.words(list),
            items: told,
        }));
    }

    /// The own values of the items of a list that names them, each beside its name; `None` where the list
    /// made something else of them.
    fn own_values(&self, list: &'e Outline) -> Option<Vec<Shown>> {
        let (Term::List, Held::Several(items)) = (&list.term, &list.held) else {
            return None;
        };
        let own = items.iter().map(|item| match &item.of {
            ItemOf::Named(to) => {
                let declared = self.names.referred(to)?;
                Some(self.item_value(&declared.value))
            }
            ItemOf::Term(id) => self.outline(*id).map(|outline| self.value(outline)),
            ItemOf::Nameless => None,
        });
        own.collect()
    }

    /// The items of a list of comparisons as they were before: their own values, and in the unit in which
    /// they were compared.
    pub fn compared_items(&self, list: &'e Outline) -> Option<(Vec<Shown>, Vec<Shown>)> {
        if !matches!(list.term, Term::Compare(_)) {
            return None;
        }
        let mut sides = list.operands.iter().filter_map(|side| self.outline(*side));
        let side = sides.find(|side| matches!(side.held, Held::Several(_)))?;
        let Held::Several(used) = side.used() else {
            return None;
        };
        let compared = used.iter().map(|item| self.item_value(&item.value));
        Some((self.own_values(side)?, compared.collect()))
    }
}

/// What a function was given as a list.
fn is_a_list(outline: &Outline) -> bool {
    matches!(outline.term, Term::Parameter) && matches!(outline.held, Held::Several(_))
}
