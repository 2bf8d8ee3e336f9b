//! What of a result's reasons came out otherwise than in the period before, and had a part in it.
//!
//! In: the reasons of a result now and before. Out: the conditions and comparisons that turned, each below others that
//! turned with it, up to what decides the result: one that turned below something that did not has moved nothing.

use std::collections::{BTreeSet, HashMap, HashSet};

use forewarn_plan::alerts::Answer;
use forewarn_plan::outline::Tally;
use forewarn_runtime::explain::{Clause, Comparison, How, Reason, Shown};

use forewarn_charts::Between;

use super::Movement;
use super::reading::between;

/// A comparison or condition that turned.
pub(super) struct Turned<'r> {
    pub depth: usize,
    /// What it says now, and what it said before.
    pub holds: Option<bool>,
    pub held: Option<bool>,
    pub now: &'r Reason,
    pub before: &'r Reason,
    /// The indicators that it rests on.
    pub inputs: BTreeSet<&'r str>,
}

impl<'r> Turned<'r> {
    /// The comparison that it is, now and before.
    pub fn comparisons(&self) -> Option<(&'r Comparison, &'r Comparison)> {
        match (&self.now.how, &self.before.how) {
            (How::Comparison(now), How::Comparison(before)) => Some((now, before)),
            _ => None,
        }
    }
}

/// What turned.
pub(super) fn turned<'r>(now: &'r Reason, before: &'r Reason) -> Vec<Turned<'r>> {
    let mut then = HashMap::new();
    Round::of(before).paths(before, &mut String::new(), &mut then);
    let mut round = Round::of(now);
    let mut found = Vec::new();
    match conditions(now, before) {
        Some(conditions) => {
            for (condition, up) in conditions {
                // What is declared is told by its own words, and asked by its name.
                let is_asked =
                    |one: &&Reason| one.name.as_deref().unwrap_or(&one.text) == condition;
                let mut path = step(now);
                for below in now.because.iter().filter(is_asked) {
                    let walk = Way {
                        depth: 1,
                        inside: false,
                        up: Some(up),
                    };
                    round.walk(below, &mut path, walk, &then, &mut found);
                }
            }
        }
        None => {
            let walk = Way {
                depth: 0,
                inside: false,
                up: None,
            };
            round.walk(now, &mut String::new(), walk, &then, &mut found);
        }
    }
    for one in &mut found {
        observed(one.now, &round.told, &mut one.inputs);
    }
    found
}

/// Did the conditions of a level by clauses turn it? Of bands, tables and others there are none.
pub(super) fn is_by_clauses(now: &Reason, before: &Reason) -> bool {
    conditions(now, before).is_some()
}

/// The conditions of the clauses that turned a level, and whether each came nearer to yes: those without which it would
/// not have moved as it did, and where none alone is one of these, all that turned.
fn conditions<'r>(now: &'r Reason, before: &Reason) -> Option<Vec<(&'r str, bool)>> {
    let (How::Clauses(own), How::Clauses(then)) = (&now.how, &before.how) else {
        return None;
    };
    let (from, to) = (between(&before.value)?, between(&now.value)?);
    let movement = Movement::of(Some(from), to);
    let last = |clauses: &[Clause]| {
        let decides = clauses.iter().position(|clause| clause.decides);
        decides.unwrap_or(clauses.len())
    };
    let last = last(own).max(last(then));
    let turned = own.iter().zip(then).enumerate();
    let turned = turned.filter(|(at, (own, then))| *at <= last && own.answer != then.answer);
    let turned: Vec<(usize, &Clause, &Clause)> = turned.map(|(at, (a, b))| (at, a, b)).collect();
    let is_needed = |(at, _, then): &&(usize, &Clause, &Clause)| {
        let without = own.iter().enumerate();
        let without = without.map(|(other, clause)| {
            let answer = if other == *at {
                then.answer
            } else {
                clause.answer
            };
            (clause.position, answer)
        });
        stands(without).is_none_or(|without| !movement.is_reached(from, without, to))
    };
    let mut needed: Vec<_> = turned.iter().filter(is_needed).collect();
    if needed.is_empty() {
        needed = turned.iter().collect();
    }
    let told = needed.into_iter();
    let told = told.filter(|(_, own, _)| !own.condition.is_empty());
    let told = told.map(|(_, own, then)| (own.condition.as_str(), rank(own) > rank(then)));
    Some(told.collect())
}

/// Where a level stands by the answers of its clauses, in their order.
fn stands(clauses: impl Iterator<Item = (usize, Answer)>) -> Option<Between> {
    let mut possible: Option<Between> = None;
    for (position, answer) in clauses {
        if answer == Answer::No {
            continue;
        }
        possible = Some(possible.map_or(Between::exactly(position), |at| Between {
            least: at.least.min(position),
            most: at.most.max(position),
        }));
        if answer == Answer::Yes {
            return possible;
        }
    }
    None
}

fn rank(clause: &Clause) -> u8 {
    match clause.answer {
        Answer::No => 0,
        Answer::Unknown => 1,
        Answer::Yes => 2,
    }
}

/// Where a walk has come to.
#[derive(Clone, Copy)]
struct Way {
    depth: usize,
    /// Within what a function asks of itself.
    inside: bool,
    /// Whether what stands above came nearer to yes, where what stands here moves it the same way.
    up: Option<bool>,
}

/// One way through the reasons of a result.
struct Round<'r> {
    /// What is declared, where it is told in full.
    told: HashMap<&'r str, &'r Reason>,
    seen: HashSet<&'r str>,
}

impl<'r> Round<'r> {
    fn of(reason: &'r Reason) -> Self {
        let mut told = HashMap::new();
        gather(reason, &mut told);
        Self {
            told,
            seen: HashSet::new(),
        }
    }

    /// A reason where it is told in full, the first time that a walk comes to it.
    fn full(&mut self, reason: &'r Reason) -> Option<&'r Reason> {
        let Some(name) = reason.name.as_deref() else {
            return Some(reason);
        };
        if !self.seen.insert(name) {
            return None;
        }
        Some(self.told.get(name).copied().unwrap_or(reason))
    }

    /// Everything, by the words that lead to it from the declaration in which it stands.
    fn paths(
        &mut self,
        reason: &'r Reason,
        path: &mut String,
        found: &mut HashMap<String, &'r Reason>,
    ) {
        let Some(reason) = self.full(reason) else {
            return;
        };
        let led = reason.name.is_some().then(|| std::mem::take(path));
        let length = path.len();
        path.push_str(&step(reason));
        found.entry(path.clone()).or_insert(reason);
        for below in &reason.because {
            self.paths(below, path, found);
        }
        back(path, led, length);
    }

    /// Visits what turned, as far as all that stands above it did. What was told further up is looked up there, and
    /// everything declared is visited once. What a function asks `inside` of itself is passed over: it is about the
    /// function's own names, which say nothing to whoever reads its call.
    fn walk(
        &mut self,
        reason: &'r Reason,
        path: &mut String,
        way: Way,
        then: &HashMap<String, &'r Reason>,
        found: &mut Vec<Turned<'r>>,
    ) {
        let Some(reason) = self.full(reason) else {
            return;
        };
        let led = reason.name.is_some().then(|| std::mem::take(path));
        let inside = way.inside && reason.name.is_none();
        let length = path.len();
        path.push_str(&step(reason));
        // What was not told before was not asked then.
        let before = then.get(path.as_str()).copied();
        if let Some(up) = moved(reason, before, way.up) {
            if let (Shown::Truth(holds), Some(before)) = (&reason.value, before)
                && let Shown::Truth(held) = &before.value
                && !inside
            {
                found.push(Turned {
                    depth: way.depth,
                    holds: *holds,
                    held: *held,
                    now: reason,
                    before,
                    inputs: BTreeSet::new(),
                });
            }
            let is_told = matches!(&reason.how, How::Call { told: true, .. });
            let body = reason.because.len().checked_sub(1).filter(|_| is_told);
            for (at, below) in reason.because.iter().enumerate() {
                let way = Way {
                    depth: way.depth + 1,
                    inside: inside || body == Some(at),
                    up,
                };
                self.walk(below, path, way, then, found);
            }
        }
        back(path, led, length);
    }
}

fn back(path: &mut String, led: Option<String>, length: usize) {
    match led {
        Some(led) => *path = led,
        None => path.truncate(length),
    }
}

/// Whether a reason moved, and not against what stands above it; and whether what is below it moves the same way.
fn moved(now: &Reason, before: Option<&Reason>, above: Option<bool>) -> Option<Option<bool>> {
    let Some(before) = before else {
        return Some(None);
    };
    if now.value == before.value {
        return None;
    }
    let (Shown::Truth(holds), Shown::Truth(held)) = (&now.value, &before.value) else {
        return Some(None);
    };
    let rank = |truth: &Option<bool>| truth.map_or(1_u8, |yes| 2 * u8::from(yes));
    let up = rank(holds) > rank(held);
    if above.is_some_and(|above| above != up) {
        return None;
    }
    Some(match &now.how {
        How::All | How::Any => Some(up),
        How::Not => Some(!up),
        How::Tally(tally) => match tally.what {
            Tally::Any | Tally::All | Tally::AtLeast => Some(up),
            Tally::Count | Tally::Known => None,
        },
        How::Observation(_)
        | How::Constant
        | How::Calculation
        | How::Extreme(_)
        | How::Comparison(_)
        | How::Call { .. }
        | How::Window(_)
        | How::Peers(_)
        | How::Factor(_)
        | How::Clauses(_)
        | How::Bands(_)
        | How::Table(_)
        | How::Alert(_)
        | How::Declassified
        | How::Withheld => None,
    })
}

/// What a reason adds to the path that leads to it.
fn step(reason: &Reason) -> String {
    format!("\n{}", reason.name.as_deref().unwrap_or(&reason.text))
}

/// What is declared, where it is told in full.
fn gather<'r>(reason: &'r Reason, told: &mut HashMap<&'r str, &'r Reason>) {
    if let Some(name) = reason.name.as_deref().filter(|_| !reason.above) {
        told.entry(name).or_insert(reason);
    }
    for below in &reason.because {
        gather(below, told);
    }
}

/// The indicators that a value rests on, as far as they are told below it, or further up.
fn observed<'r>(
    reason: &'r Reason,
    told: &HashMap<&'r str, &'r Reason>,
    inputs: &mut BTreeSet<&'r str>,
) {
    let mut asked = vec![reason];
    let mut seen = HashSet::new();
    while let Some(reason) = asked.pop() {
        let mut reason = reason;
        if let Some(name) = reason.name.as_deref() {
            if !seen.insert(name) {
                continue;
            }
            match told.get(name) {
                Some(full) => reason = full,
                None if reason.above => {
                    inputs.insert(name);
                }
                None => {}
            }
            if let How::Observation(_) = &reason.how {
                inputs.insert(name);
            }
        }
        asked.extend(&reason.because);
    }
}
