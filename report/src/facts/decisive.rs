//! Of the steps that lead from where a level stood to where it stands, those that made it so.
//!
//! In: the steps, each with the level before and after it. Out: the one after which what the move came to holds for
//! good, and those that moved it that way as well and were not undone by later ones.

use forewarn_charts::Between;
use forewarn_runtime::explain::{Shown, Since, SinceStep};

use super::Movement;
use super::reading::between;

/// The step that decided, and others that went the same way.
pub(super) struct Decisive<'s> {
    pub step: &'s SinceStep,
    pub also: Vec<&'s SinceStep>,
    /// In which way it moved, all in all.
    pub movement: Movement,
}

/// The steps that made a level what it is.
pub(super) fn decisive(since: &Since) -> Option<Decisive<'_>> {
    let last = since.steps.last()?;
    let Some((before, now)) = between(&since.before).zip(between(&since.now)) else {
        let step = since
            .steps
            .iter()
            .max_by(|a, b| size(a).total_cmp(&size(b)));
        return Some(Decisive {
            step: step.unwrap_or(last),
            also: Vec::new(),
            movement: Movement::Changed,
        });
    };
    let movement = Movement::of(Some(before), now);
    let is_there = |at: &Shown| between(at).is_some_and(|at| movement.is_reached(before, at, now));
    let mut steps = since.steps.iter();
    let step = steps.rfind(|step| !is_there(&step.before) && is_there(&step.after));
    let step = step.unwrap_or(last);
    let also = since.steps.iter().enumerate().filter(|(at, other)| {
        let later = since.steps.get(*at..).unwrap_or_default().iter();
        !std::ptr::eq(*other, step) && stays(movement, other, later)
    });
    Some(Decisive {
        step,
        also: also.map(|(_, other)| other).collect(),
        movement,
    })
}

/// Did a step move a level the way that it moved in all, and do all later ones leave something of that?
fn stays<'s>(
    movement: Movement,
    step: &SinceStep,
    later: impl Iterator<Item = &'s SinceStep> + Clone,
) -> bool {
    let Some(from) = between(&step.before) else {
        return false;
    };
    let all = |is_so: fn(Between, Between) -> bool| {
        let mut later = later.clone();
        later.all(|step| between(&step.after).is_some_and(|at| is_so(at, from)))
    };
    // What is not known any more only widens what is open in the end.
    let last = later.clone().last().and_then(|step| between(&step.after));
    let is_known = last.is_some_and(Between::is_known);
    match movement {
        // At one end at least.
        Movement::Rose => {
            all(|at, from| at.least > from.least) || is_known && all(|at, from| at.most > from.most)
        }
        Movement::Fell => {
            all(|at, from| at.most < from.most) || is_known && all(|at, from| at.least < from.least)
        }
        // From one known level to another nothing is settled.
        Movement::Settled => {
            !from.is_known()
                && (all(|at, from| at.least > from.least) || all(|at, from| at.most < from.most))
        }
        Movement::Opened => {
            all(|at, from| at.least < from.least) || all(|at, from| at.most > from.most)
        }
        Movement::Changed => all(|at, from| at != from),
        Movement::Same | Movement::New => false,
    }
}

/// How far a step moved a result.
fn size(step: &SinceStep) -> f64 {
    match (&step.before, &step.after) {
        (Shown::Number { value: a, .. }, Shown::Number { value: b, .. }) => (a - b).abs(),
        _ => 1.0,
    }
}
