//! Where a value lies while a condition holds.
//!
//! In: a condition's node, and how it stands. Out: what that says of where other nodes lie
//! ([`PlanBuilder::facts`]), and where a value lies then ([`PlanBuilder::lies_where`]): in
//! `if share > 0.1 then … else share * 100` the second branch knows that `share` is at most 0.1. What a
//! value is made of within its row is gone through again with these ranges, as far as that is little.
//!
//! A fact is about rows in which the node is known. Where a condition is surely yes or no, both sides of
//! its comparisons are; where it is only not surely no, one side says something of the other if it is
//! never missing itself.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Binary, Compare, NodeId, Op};
use super::ranges::{binary_range, overflows, unary_range};
use super::{Lies, PlanBuilder};
use crate::digits::{around, below};
use crate::interval::Interval;

/// The most nodes that are gone through again, and the most parts of a condition that are followed.
const MOST: usize = 200;
const PARTS: usize = 48;
/// The most alternatives that are looked at again when more is known.
const EITHER: usize = 8;
/// How deep a value is looked into for what it is known with.
const DEEP: usize = 8;

/// Where nodes lie, where they are known.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    nodes: BTreeMap<NodeId, Lies>,
    /// The conditions exclude each other, so there is no such row.
    never: bool,
    /// Where they may be unknown: nodes that are missing then, since no value of theirs meets them.
    nowhere: BTreeSet<NodeId>,
    /// One of two holds: what comes later may say which.
    either: Vec<([NodeId; 2], Stands)>,
}

/// How a truth stands: `sure`, or only not the opposite of it.
#[derive(Clone, Copy, Debug)]
struct Stands {
    yes: bool,
    sure: bool,
}

impl PlanBuilder {
    /// What is known where a truth is surely yes (`holds`), or surely no.
    #[must_use]
    pub fn facts(&self, condition: NodeId, holds: bool) -> Facts {
        let mut facts = Facts::default();
        self.learn(&mut facts, condition, holds);
        facts
    }

    /// Adds what a further condition says.
    pub fn learn(&self, facts: &mut Facts, condition: NodeId, holds: bool) {
        let stands = Stands {
            yes: holds,
            sure: true,
        };
        let mut left = PARTS;
        self.follow(facts, condition, stands, &mut left);
        for (sides, stands) in facts.either.clone() {
            self.one_of(facts, sides, stands, &mut left);
        }
    }

    /// What is known where a number is missing: a choice that can say `missing` has not said the other.
    #[must_use]
    pub fn facts_of_missing(&self, number: NodeId) -> Facts {
        let mut facts = Facts::default();
        let Some(Op::Select { condition, yes, no }) = self.op(number) else {
            return facts;
        };
        let nothing = |id| self.constant(id).is_some_and(f64::is_nan);
        let (value, stands) = match (nothing(yes), nothing(no)) {
            (false, true) => (yes, false),
            (true, false) => (no, true),
            (true, true) | (false, false) => return facts,
        };
        let stands = Stands {
            yes: stands,
            sure: false,
        };
        self.follow(&mut facts, condition, stands, &mut PARTS.clone());
        // It can also be missing because what it says is.
        if self.uncertain(value) {
            facts
                .nodes
                .retain(|id, _| self.is_known_with(value, *id, DEEP));
        }
        facts
    }

    /// Is a value known wherever that one is?
    fn is_known_with(&self, value: NodeId, one: NodeId, deep: usize) -> bool {
        let Some(deep) = deep.checked_sub(1) else {
            return false;
        };
        if value == one || !self.uncertain(value) {
            return true;
        }
        let known = |id| self.is_known_with(id, one, deep);
        match self.op(value).filter(|_| !self.is_checked(value)) {
            Some(Op::Unary(op, a)) => known(a) && !unary_range(op, self.range(a)).1,
            Some(Op::Binary(Binary::Coalesce, a, b)) => known(a) || known(b),
            Some(Op::Binary(op, a, b)) => {
                let (range, lacks) = binary_range(op, self.range(a), self.range(b));
                known(a) && known(b) && !lacks && !overflows(op, range)
            }
            _ => false,
        }
    }

    fn follow(&self, facts: &mut Facts, id: NodeId, stands: Stands, left: &mut usize) {
        let Some(op) = self.op(id).filter(|_| *left > 0) else {
            return;
        };
        *left -= 1;
        let Stands { yes, sure } = stands;
        match op {
            Op::Not(a) => self.follow(facts, a, Stands { yes: !yes, sure }, left),
            Op::And(a, b) if yes => {
                self.follow(facts, b, stands, left);
                self.follow(facts, a, stands, left);
            }
            Op::Or(a, b) if !yes => {
                self.follow(facts, b, stands, left);
                self.follow(facts, a, stands, left);
            }
            Op::And(a, b) | Op::Or(a, b) => {
                if facts.either.len() < EITHER {
                    facts.either.push(([a, b], stands));
                }
                self.one_of(facts, [a, b], stands, left);
            }
            Op::Surely(a) => self.follow(facts, a, Stands { yes, sure: yes }, left),
            Op::Possibly(a) => self.follow(facts, a, Stands { yes, sure: !yes }, left),
            Op::Verdict { yes: surely, no } => {
                let (of, yes) = match (yes, sure) {
                    (true, true) => (surely, true),
                    (true, false) => (no, false),
                    (false, true) => (no, true),
                    (false, false) => (surely, false),
                };
                self.follow(facts, of, Stands { yes, sure: true }, left);
            }
            Op::Compare(Compare::Equal, a, b) => {
                if yes {
                    self.not_above(facts, (a, b), false, sure);
                    self.not_above(facts, (b, a), false, sure);
                }
            }
            Op::Compare(Compare::Less, a, b) => match yes {
                true => self.not_above(facts, (a, b), true, sure),
                false => self.not_above(facts, (b, a), false, sure),
            },
            Op::Compare(Compare::LessOrEqual, a, b) => match yes {
                true => self.not_above(facts, (a, b), false, sure),
                false => self.not_above(facts, (b, a), true, sure),
            },
            Op::Truth { .. }
            | Op::IsKnown(_)
            | Op::Const(_)
            | Op::Input(_)
            | Op::Period
            | Op::Unary(..)
            | Op::Binary(..)
            | Op::Select { .. }
            | Op::Indicate(_)
            | Op::Along(..)
            | Op::Paired(..)
            | Op::Recall(..)
            | Op::Peers { .. }
            | Op::Alert { .. } => {}
        }
    }

    /// One of two holds, or both: a node lies where either puts it.
    fn one_of(&self, facts: &mut Facts, sides: [NodeId; 2], stands: Stands, left: &mut usize) {
        let each = sides.map(|side| {
            let mut own = facts.clone();
            self.follow(&mut own, side, stands, left);
            own
        });
        match each {
            [one, other] if one.never => *facts = other,
            [one, other] if other.never => *facts = one,
            [one, other] => {
                for (id, lies) in one.nodes.iter().chain(&other.nodes) {
                    let nowhere = [&one, &other].map(|side| side.nowhere.contains(id));
                    let sides = [one.nodes.get(id), other.nodes.get(id)];
                    match (nowhere, sides) {
                        ([true, true], _) => {
                            facts.nowhere.insert(*id);
                        }
                        ([true, false], [_, Some(own)]) | ([false, true], [Some(own), _]) => {
                            facts.nodes.insert(*id, *own);
                        }
                        ([false, false], [Some(_), Some(beside)]) => {
                            facts.nodes.insert(*id, lies.hull(*beside));
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// The first is at most the second, or less (`strict`), to 14 digits.
    fn not_above(
        &self,
        facts: &mut Facts,
        (low, high): (NodeId, NodeId),
        strict: bool,
        sure: bool,
    ) {
        let lies = |facts: &Facts, id| {
            let known = facts.nodes.get(&id).copied();
            known.unwrap_or_else(|| self.lies(id))
        };
        if sure || !self.uncertain(high) {
            let most = lies(facts, high);
            let (sound, told) = (most.sound.high, most.told.high);
            let up_to = |high| Interval {
                low: f64::NEG_INFINITY,
                high,
            };
            if sound < f64::MAX {
                let own = Lies {
                    sound: up_to(if strict {
                        below(sound)
                    } else {
                        around(sound).1
                    }),
                    told: up_to(if strict { below(told) } else { told }),
                };
                self.lie(facts, low, own, sure);
            }
        }
        if sure || !self.uncertain(low) {
            let least = lies(facts, low);
            let (sound, told) = (least.sound.low, least.told.low);
            let from = |low| Interval {
                low,
                high: f64::INFINITY,
            };
            if sound > f64::MIN {
                let above = |x: f64| around(x).1.next_up();
                let own = Lies {
                    sound: from(if strict {
                        above(sound)
                    } else {
                        around(sound).0
                    }),
                    told: from(if strict { above(told) } else { told }),
                };
                self.lie(facts, high, own, sure);
            }
        }
    }

    fn lie(&self, facts: &mut Facts, id: NodeId, lies: Lies, sure: bool) {
        if self.constant(id).is_some() {
            return;
        }
        let own = facts.nodes.entry(id).or_insert_with(|| self.lies(id));
        let apart = |a: Interval, b: Interval| a.high < b.low || b.high < a.low;
        if apart(own.sound, lies.sound) {
            // Where it is known. Where the condition is not certain it may be missing.
            facts.never |= sure;
            facts.nowhere.insert(id);
        } else {
            own.sound = own.sound.meet(lies.sound);
            if !apart(own.told, lies.told) {
                own.told = own.told.meet(lies.told);
            }
        }
    }

    /// A choice between numbers, each with its condition, in order: it lies where each of them lies while
    /// its condition holds and those before it do not. `choice` is the node that it has become.
    pub fn lies_by_arms(&mut self, choice: NodeId, arms: &[(NodeId, NodeId)], otherwise: NodeId) {
        if self.constant(choice).is_some() {
            return;
        }
        let mut before = Facts::default();
        let mut all: Option<Lies> = None;
        let own = arms
            .iter()
            .map(|(condition, value)| (Some(*condition), *value));
        for (condition, value) in own.chain([(None, otherwise)]) {
            let mut facts = before.clone();
            if let Some(condition) = condition {
                self.learn(&mut facts, condition, true);
                self.learn(&mut before, condition, false);
            }
            // What says that it is missing lies nowhere.
            let lies = match self.constant(value) {
                Some(x) if x.is_nan() => None,
                _ => self.lies_where(value, &facts),
            };
            if let Some(lies) = lies {
                all = Some(all.map_or(lies, |all| all.hull(lies)));
            }
        }
        if let Some(lies) = all {
            self.lie_in(choice, lies);
        }
    }

    /// Where a number lies while others lie there; nothing where they exclude each other.
    #[must_use]
    pub fn lies_where(&self, root: NodeId, facts: &Facts) -> Option<Lies> {
        if facts.never {
            return None;
        }
        if facts.nodes.is_empty() {
            return Some(self.lies(root));
        }
        let again = |told| {
            let mut walk = Again {
                of: self,
                told,
                left: MOST,
            };
            walk.range(root, facts, &mut BTreeMap::new())
        };
        Some(Lies {
            sound: again(false),
            told: again(true),
        })
    }
}

/// Goes through what a value is made of, with other ranges.
struct Again<'b> {
    of: &'b PlanBuilder,
    /// Ranges as authors read them, rather than with the noise of doubles.
    told: bool,
    left: usize,
}

impl Again<'_> {
    fn one(&self, lies: Lies) -> Interval {
        if self.told { lies.told } else { lies.sound }
    }

    fn range(
        &mut self,
        id: NodeId,
        facts: &Facts,
        seen: &mut BTreeMap<NodeId, Interval>,
    ) -> Interval {
        let own = self.one(self.of.lies(id));
        if let Some(fact) = facts.nodes.get(&id) {
            return own.meet(self.one(*fact));
        }
        if let Some(range) = seen.get(&id) {
            return *range;
        }
        let rests = facts.nodes.keys().next().is_some_and(|first| *first < id);
        if !rests || self.left == 0 {
            return own;
        }
        self.left -= 1;
        let is_checked = self.of.is_checked(id);
        let kept = |range: Interval| if is_checked { range.finite() } else { range };
        let range = match self.of.op(id) {
            Some(Op::Unary(op, a)) => unary_range(op, self.range(a, facts, seen)).0.finite(),
            Some(Op::Binary(Binary::Coalesce, a, b)) => {
                let first = self.range(a, facts, seen);
                first.hull(self.range(b, facts, seen))
            }
            Some(Op::Binary(op, a, b)) => {
                let (x, y) = (self.range(a, facts, seen), self.range(b, facts, seen));
                kept(binary_range(op, x, y).0)
            }
            Some(Op::Select { condition, yes, no }) => {
                let sides = [(yes, true), (no, false)];
                let sides = sides.map(|(side, holds)| self.side(side, (condition, holds), facts));
                sides
                    .into_iter()
                    .flatten()
                    .reduce(Interval::hull)
                    .unwrap_or(own)
            }
            // Other rows know nothing of this one's condition.
            Some(
                Op::Const(_)
                | Op::Input(_)
                | Op::Period
                | Op::Compare(..)
                | Op::IsKnown(_)
                | Op::Truth { .. }
                | Op::Not(_)
                | Op::And(..)
                | Op::Or(..)
                | Op::Surely(_)
                | Op::Possibly(_)
                | Op::Verdict { .. }
                | Op::Indicate(_)
                | Op::Along(..)
                | Op::Paired(..)
                | Op::Recall(..)
                | Op::Peers { .. }
                | Op::Alert { .. },
            )
            | None => own,
        };
        let range = own.meet(range);
        seen.insert(id, range);
        range
    }

    /// A side of a choice; nothing where it is never chosen, or says `missing`.
    fn side(
        &mut self,
        value: NodeId,
        (condition, holds): (NodeId, bool),
        facts: &Facts,
    ) -> Option<Interval> {
        if self.of.constant(value).is_some_and(f64::is_nan) {
            return None;
        }
        let mut facts = facts.clone();
        self.of.learn(&mut facts, condition, holds);
        (!facts.never).then(|| self.range(value, &facts, &mut BTreeMap::new()))
    }
}
