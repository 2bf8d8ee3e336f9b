//! The causes that a reader is told first: what crossed which threshold, or which indicator changed.
//!
//! In: the explanations of a row and of the one before, and the steps that lead from one result to the
//! other. Out: of the step that decided, the deepest comparison of numbers that turned and that its indicator flows
//! into; where there is none, the indicator itself; and the same of what else moved the result that way.

use std::collections::BTreeSet;

use forewarn_runtime::explain::{Comparison, Finding, How, Moved, Reason, Shown, SinceStep};

use super::Movement;
use super::decisive::decisive;
use super::turned::{Turned, is_by_clauses, turned};

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

/// The causes of a change, what decided first.
#[must_use]
pub fn causes(now: &Finding, before: Option<&Finding>) -> Vec<Cause> {
    let Some(since) = &now.since else {
        return Vec::new();
    };
    let Some(decisive) = decisive(since) else {
        return Vec::new();
    };
    let reasons = before.map(|before| (&now.reason, &before.reason));
    let turned = reasons.map_or(Vec::new(), |(now, before)| turned(now, before));
    let told = Told {
        reasons,
        turned: &turned,
        steps: &since.steps,
        movement: decisive.movement,
    };
    let first = told.cause(&decisive.step.what);
    let mut found = vec![first];
    // What was needed beside it, and what moved it the same way.
    let beside = decisive.step.with.iter();
    let others = beside.chain(decisive.also.iter().map(|step| &step.what));
    for other in others {
        let is_told = found.iter().any(|cause| told.is_within(other, cause));
        if is_told {
            continue;
        }
        let cause = told.cause(other);
        if !found.contains(&cause) {
            found.push(cause);
        }
    }
    found
}

/// What is known of a change.
struct Told<'r> {
    /// Now and before.
    reasons: Option<(&'r Reason, &'r Reason)>,
    turned: &'r [Turned<'r>],
    steps: &'r [SinceStep],
    movement: Movement,
}

impl Told<'_> {
    /// What is told of one step.
    fn cause(&self, what: &Moved) -> Cause {
        let input = input(what);
        let fits = |turned: &&Turned<'_>| input.is_none_or(|input| turned.inputs.contains(input));
        // What is there or not there any more opens or closes a range by that alone; and where a limit moved, nothing
        // came over it.
        let closes = match self.movement {
            Movement::Settled | Movement::Opened => is_lost_or_found(what),
            Movement::Rose
            | Movement::Fell
            | Movement::Changed
            | Movement::Same
            | Movement::New => false,
        };
        let tells_itself = closes || matches!(what, Moved::Params(_));
        let fitting = self.turned.iter().filter(fits).filter(|_| !tells_itself);
        let crossed = fitting.filter_map(|turned| {
            let (now, then) = turned.comparisons()?;
            Some((turned.depth, crossed(now, then, turned.holds)?))
        });
        if let Some((_, mut crossed)) = crossed.max_by_key(|(depth, _)| *depth) {
            let by_clauses = self
                .reasons
                .is_some_and(|(now, then)| is_by_clauses(now, then));
            if by_clauses {
                crossed.also = beside(&crossed, self.turned, self.steps, input);
            }
            return Cause::Crossed(crossed);
        }
        let band = self.reasons.and_then(|(now, before)| band(now, before));
        if let Some(band) = band.filter(|_| input.is_none()) {
            return Cause::Crossed(band);
        }
        match what {
            Moved::Input {
                label,
                name,
                from,
                to,
            } => {
                // What was unknown before has not begun to hold, nor ended.
                let rules = self.turned.iter().filter(fits);
                let rules = rules.filter(|one| one.holds.is_some() && one.held.is_some());
                let rules = rules.filter(|one| !matches!(one.now.how, How::Observation(_)));
                let rule = rules.max_by_key(|one| one.depth);
                let rule = rule.and_then(|one| Some((one.now.text.clone(), one.holds?)));
                plain((name, label), from, to, rule)
            }
            Moved::Earlier { name, label } | Moved::Past { name, label, .. } => Cause::Earlier {
                name: name.clone(),
                label: label.clone(),
            },
            // What is not there cannot be compared, whatever the others are.
            Moved::Peers { own } => match own.iter().find(|one| is_lost_or_found(one)) {
                Some(own) => self.cause(own),
                None => Cause::Peers,
            },
            Moved::Spells => Cause::Spells,
            Moved::History => Cause::History,
            Moved::Params(params) => {
                let other = params.iter().find(|param| param.from != param.to);
                other.map_or(Cause::Time, |param| {
                    plain((&param.name, &param.label), &param.from, &param.to, None)
                })
            }
            Moved::Time => Cause::Time,
        }
    }

    /// Is what moved among what a cause tells?
    fn is_within(&self, what: &Moved, cause: &Cause) -> bool {
        let (Some(input), Cause::Crossed(crossed)) = (input(what), cause) else {
            return false;
        };
        let mut all = std::iter::once(crossed).chain(&crossed.also);
        all.any(|crossed| {
            let mut turned = self.turned.iter();
            turned.any(|one| {
                one.inputs.contains(input)
                    && one
                        .comparisons()
                        .is_some_and(|(now, _)| called(now) == crossed.what)
            })
        })
    }
}

/// The input that moved, where it is one.
fn input(what: &Moved) -> Option<&str> {
    match what {
        Moved::Input { name, .. } | Moved::Earlier { name, .. } => Some(name.as_str()),
        Moved::Past { .. }
        | Moved::Peers { .. }
        | Moved::Spells
        | Moved::History
        | Moved::Params(_)
        | Moved::Time => None,
    }
}

/// Was it unknown before and is known now, or the other way round?
fn is_lost_or_found(what: &Moved) -> bool {
    match what {
        Moved::Input { from, to, .. } | Moved::Past { from, to, .. } => {
            from.is_open() != to.is_open()
        }
        Moved::Earlier { .. }
        | Moved::Peers { .. }
        | Moved::Spells
        | Moved::History
        | Moved::Params(_)
        | Moved::Time => false,
    }
}

fn plain(
    (name, label): (&str, &str),
    from: &Shown,
    to: &Shown,
    rule: Option<(String, bool)>,
) -> Cause {
    Cause::Input {
        name: name.to_owned(),
        label: super::columns::called(label, name),
        from: from.clone(),
        to: to.clone(),
        rule,
    }
}

/// What a comparison compares, as readers know it.
fn called(comparison: &Comparison) -> String {
    super::columns::called(&comparison.left.label, &comparison.left.text)
}

/// What else crossed a threshold of the rule that turned, by an indicator of its own that moved: the rule may have come
/// out otherwise by all of them together.
fn beside(
    first: &Crossed,
    turned: &[Turned<'_>],
    steps: &[SinceStep],
    input: Option<&str>,
) -> Vec<Crossed> {
    let moved = steps.iter().flat_map(|step| {
        let with = step.with.iter().chain(&step.with_one_of);
        with.chain(std::iter::once(&step.what))
    });
    let moved: BTreeSet<&str> = moved.filter_map(self::input).collect();
    let own = |one: &&Turned<'_>| {
        let mut inputs = one.inputs.iter();
        input.is_some_and(|input| !one.inputs.contains(input))
            && inputs.any(|name| moved.contains(name))
    };
    let mut found: Vec<Crossed> = Vec::new();
    for one in turned.iter().filter(own) {
        let crossed = one
            .comparisons()
            .and_then(|(now, then)| crossed(now, then, one.holds));
        let known = |one: &Crossed| {
            one.what == first.what || found.iter().any(|other| other.what == one.what)
        };
        if let Some(crossed) = crossed.filter(|one| !known(one)) {
            found.push(crossed);
        }
    }
    found
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
        what: called(now),
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
