//! The one cause that a reader is told first: what crossed which threshold, or which indicator changed.
//!
//! In: the explanations of a row and of the one before, and the steps that lead from one result to the
//! other. Out: the deepest comparison of numbers that came out otherwise and that the decisive indicator
//! flows into; where there is none, the indicator itself.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};

use forewarn_runtime::explain::{
    Clause, Comparison, Finding, How, Moved, Reason, Shown, SinceStep,
};

/// A number that came to the other side of a threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossed {
    /// What it is called.
    pub what: String,
    pub before: f64,
    pub now: f64,
    pub threshold: f64,
    pub unit: String,
    /// It is above the threshold now, or on it.
    pub up: bool,
    /// What came to the other side of its own threshold as well, of what the same rule asks.
    pub also: Vec<Crossed>,
}

/// Why a level is another one.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    Crossed(Crossed),
    Input {
        name: String,
        label: String,
        from: Shown,
        to: Shown,
        /// A condition of the rules that came out otherwise by it, and whether it holds now.
        rule: Option<(String, bool)>,
    },
    /// What an indicator was in earlier periods.
    Earlier {
        name: String,
        label: String,
    },
    /// Comparisons with peers.
    Peers,
    /// Its whole spell holds others, later periods among it.
    Spells,
    /// What is looked back on.
    History,
    /// The passing of a period alone.
    Time,
}

/// A comparison or condition at its place among the reasons.
struct Asked<'r> {
    depth: usize,
    holds: Option<bool>,
    /// What it said before.
    held: Option<bool>,
    comparison: Option<&'r Comparison>,
    words: String,
    inputs: BTreeSet<&'r str>,
}

/// The cause of a change.
#[must_use]
pub fn cause(now: &Finding, before: Option<&Finding>) -> Option<Cause> {
    let since = now.since.as_ref()?;
    let step = decisive(&since.steps)?;
    let input = match &step.what {
        Moved::Input { name, .. } | Moved::Earlier { name, .. } => Some(name.as_str()),
        Moved::Past { .. }
        | Moved::Peers { .. }
        | Moved::Spells
        | Moved::History
        | Moved::Params(_)
        | Moved::Time => None,
    };
    let changed = before.map_or(Vec::new(), |before| changed(&now.reason, &before.reason));
    let fits = |asked: &&(Asked<'_>, Option<&Comparison>)| {
        input.is_none_or(|input| asked.0.inputs.contains(input))
    };
    let band = before.and_then(|before| band(&now.reason, &before.reason));
    let crossed = changed.iter().filter(fits).filter_map(|(asked, then)| {
        let crossed = crossed(asked.comparison?, (*then)?, asked.holds)?;
        Some((asked.depth, crossed))
    });
    if let Some((_, mut crossed)) = crossed.max_by_key(|(depth, _)| *depth) {
        let joined = before.is_some_and(|before| turned(&now.reason, &before.reason).is_some());
        if joined {
            crossed.also = beside(&crossed, &changed, &since.steps, input);
        }
        return Some(Cause::Crossed(crossed));
    }
    if let Some(band) = band.filter(|_| input.is_none()) {
        return Some(Cause::Crossed(band));
    }
    match &step.what {
        Moved::Input {
            label,
            name,
            from,
            to,
        } => {
            // What was unknown before has not begun to hold, nor ended.
            let rules = changed
                .iter()
                .filter(fits)
                .filter(|(asked, _)| asked.holds.is_some() && asked.held.is_some());
            let rule = rules.max_by_key(|(asked, _)| asked.depth);
            let rule = rule.and_then(|(asked, _)| Some((asked.words.clone(), asked.holds?)));
            Some(Cause::Input {
                name: name.clone(),
                label: super::columns::called(label, name),
                from: from.clone(),
                to: to.clone(),
                rule,
            })
        }
        Moved::Earlier { name, label } | Moved::Past { name, label, .. } => Some(Cause::Earlier {
            name: name.clone(),
            label: label.clone(),
        }),
        Moved::Peers { .. } => Some(Cause::Peers),
        Moved::Spells => Some(Cause::Spells),
        Moved::History => Some(Cause::History),
        Moved::Params(params) => {
            let other = params.iter().find(|param| param.from != param.to);
            Some(other.map_or(Cause::Time, |param| Cause::Input {
                name: param.name.clone(),
                label: super::columns::called(&param.label, &param.name),
                from: param.from.clone(),
                to: param.to.clone(),
                rule: None,
            }))
        }
        Moved::Time => Some(Cause::Time),
    }
}

/// What else crossed a threshold of the rule that turned, by an indicator of its own that moved: the rule may have come
/// out otherwise by all of them together.
fn beside(
    first: &Crossed,
    changed: &[(Asked<'_>, Option<&Comparison>)],
    steps: &[SinceStep],
    input: Option<&str>,
) -> Vec<Crossed> {
    let moved = steps.iter().flat_map(|step| {
        let with = step.with.iter().chain(&step.with_one_of);
        with.chain(std::iter::once(&step.what))
    });
    let moved: BTreeSet<&str> = moved
        .filter_map(|what| match what {
            Moved::Input { name, .. } | Moved::Earlier { name, .. } => Some(name.as_str()),
            Moved::Past { .. }
            | Moved::Peers { .. }
            | Moved::Spells
            | Moved::History
            | Moved::Params(_)
            | Moved::Time => None,
        })
        .collect();
    let own = |asked: &Asked<'_>| {
        let mut inputs = asked.inputs.iter();
        input.is_some_and(|input| !asked.inputs.contains(input))
            && inputs.any(|name| moved.contains(name))
    };
    let others = changed.iter().filter(|(asked, _)| own(asked));
    let mut found: Vec<Crossed> = Vec::new();
    for (asked, then) in others {
        let crossed = asked
            .comparison
            .zip(*then)
            .and_then(|(comparison, then)| crossed(comparison, then, asked.holds));
        let known = |one: &Crossed| {
            one.what == first.what || found.iter().any(|other| other.what == one.what)
        };
        if let Some(crossed) = crossed.filter(|one| !known(one)) {
            found.push(crossed);
        }
    }
    found
}

/// The step that moved a result furthest, the last of several.
fn decisive(steps: &[SinceStep]) -> Option<&SinceStep> {
    let size = |step: &SinceStep| match (&step.before, &step.after) {
        (
            Shown::Level {
                at_least: a,
                at_most: b,
                ..
            },
            Shown::Level {
                at_least: c,
                at_most: d,
                ..
            },
        ) => (a.abs_diff(*c) + b.abs_diff(*d)) as f64,
        (Shown::Number { value: a, .. }, Shown::Number { value: b, .. }) => (a - b).abs(),
        _ => 1.0,
    };
    steps.iter().max_by(|a, b| size(a).total_cmp(&size(b)))
}

/// What came out otherwise than before.
fn changed<'r>(now: &'r Reason, before: &'r Reason) -> Vec<(Asked<'r>, Option<&'r Comparison>)> {
    let mut then = HashMap::new();
    Round::of(before).walk(before, &mut String::new(), 0, false, &mut |path, asked| {
        then.insert(path.to_owned(), (asked.holds, asked.comparison));
    });
    let mut changed = Vec::new();
    let mut visit = |path: &str, asked: Asked<'r>| {
        if let Some((holds, comparison)) = then.get(path)
            && *holds != asked.holds
        {
            let held = *holds;
            changed.push((Asked { held, ..asked }, *comparison));
        }
    };
    let mut round = Round::of(now);
    match turned(now, before) {
        Some(condition) => {
            // What is declared is told by its own words, and asked by its name.
            let is_asked = |one: &&Reason| one.name.as_deref().unwrap_or(&one.text) == condition;
            let mut path = String::new();
            path.push_str(&step(now));
            for below in now.because.iter().filter(is_asked) {
                round.walk(below, &mut path, 1, false, &mut visit);
            }
        }
        None => round.walk(now, &mut String::new(), 0, false, &mut visit),
    }
    changed
}

/// The condition of the clause that turned a level: the one that decides now where it rose, the one that decided
/// before where it fell. Others may have come out otherwise too, and moved nothing.
fn turned<'r>(now: &'r Reason, before: &'r Reason) -> Option<&'r str> {
    let (How::Clauses(now), How::Clauses(before)) = (&now.how, &before.how) else {
        return None;
    };
    let own = |clauses: &'r [Clause]| clauses.iter().find(|clause| clause.decides);
    let (now, before) = (own(now)?, own(before)?);
    let turned = match now.position.cmp(&before.position) {
        Ordering::Greater => now,
        Ordering::Less => before,
        Ordering::Equal => return None,
    };
    (!turned.condition.is_empty()).then_some(turned.condition.as_str())
}

/// What a reason adds to the path that leads to it.
fn step(reason: &Reason) -> String {
    format!("\n{}", reason.name.as_deref().unwrap_or(&reason.text))
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

    /// Visits everything that is asked, with the words that lead to it from the declaration in which it stands. What
    /// was told further up is looked up there, and everything declared is visited once. What a function asks
    /// `inside` of itself is passed over: it is about the function's own names, which say nothing to whoever
    /// reads its call.
    fn walk(
        &mut self,
        reason: &'r Reason,
        path: &mut String,
        depth: usize,
        inside: bool,
        visit: &mut impl FnMut(&str, Asked<'r>),
    ) {
        let mut reason = reason;
        let mut led = None;
        if let Some(name) = reason.name.as_deref() {
            if !self.seen.insert(name) {
                return;
            }
            reason = self.told.get(name).copied().unwrap_or(reason);
            led = Some(std::mem::take(path));
        }
        let inside = inside && reason.name.is_none();
        let length = path.len();
        path.push_str(&step(reason));
        if let Shown::Truth(holds) = &reason.value
            && !inside
        {
            let comparison = if let How::Comparison(comparison) = &reason.how {
                Some(comparison.as_ref())
            } else {
                None
            };
            let mut inputs = BTreeSet::new();
            observed(reason, &self.told, &mut inputs);
            visit(
                path,
                Asked {
                    depth,
                    holds: *holds,
                    held: None,
                    comparison,
                    words: reason.text.clone(),
                    inputs,
                },
            );
        }
        let is_told = matches!(&reason.how, How::Call { told: true, .. });
        let body = reason.because.len().checked_sub(1).filter(|_| is_told);
        for (at, below) in reason.because.iter().enumerate() {
            self.walk(below, path, depth + 1, inside || body == Some(at), visit);
        }
        match led {
            Some(led) => *path = led,
            None => path.truncate(length),
        }
    }
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

fn crossed(now: &Comparison, then: &Comparison, holds: Option<bool>) -> Option<Crossed> {
    let number = |shown: &Shown| number(shown).map(|(value, unit)| (value, unit.to_owned()));
    // In the unit in which they were compared.
    let (value, unit) = number(&now.left.compared)?;
    let (before, _) = number(&then.left.compared)?;
    let (threshold, other) = number(&now.right.compared)?;
    let holds = holds?;
    let up = match now.operator {
        ">" | ">=" => holds,
        "<" | "<=" => !holds,
        _ => return None,
    };
    // It came over the threshold, and the threshold did not come over it.
    let came = if up {
        before <= threshold && before < value
    } else {
        before >= threshold && before > value
    };
    (unit == other && came).then(|| Crossed {
        what: super::columns::called(&now.left.label, &now.left.text),
        before,
        now: value,
        threshold,
        unit,
        up,
        also: Vec::new(),
    })
}

/// A score that came into another band.
fn band(now: &Reason, before: &Reason) -> Option<Crossed> {
    let (How::Bands(now_bands), How::Bands(then)) = (&now.how, &before.how) else {
        return None;
    };
    let (own, was) = (now_bands.own?, then.own?);
    // The edge that was crossed last.
    let edge = if own > was { own } else { own + 1 };
    let threshold = now_bands.bands.get(edge)?.0;
    Some(Crossed {
        what: now.because.first().map_or_else(String::new, |below| {
            super::columns::called(&below.label, below.name.as_deref().unwrap_or(&below.text))
        }),
        before: then.score,
        now: now_bands.score,
        threshold,
        unit: String::new(),
        up: own > was,
        also: Vec::new(),
    })
}

/// A known number and its unit.
pub(crate) fn number(shown: &Shown) -> Option<(f64, &str)> {
    if let Shown::Number { value, unit } = shown
        && !value.is_nan()
    {
        return Some((*value, unit));
    }
    None
}
