//! Which of several changes cause what.
//!
//! In: changes by number, a way to try any part of them, and things that come out otherwise once all are
//! made. Out: for each thing its cause: the changes of which each alone has the same effect; where no
//! single one has, the fewest that have it together, found by making them in order and taking away what
//! is not needed, and whether any of these moves the thing by itself. Nothing is guessed: every cause was tried.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// A set of changes, by number.
pub type Changes = BTreeSet<usize>;

/// The most parts of the changes that are tried, so that a search always ends.
const MOST_TRIALS: usize = 600;

/// What caused something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Each of these sets alone has the effect; a set has more than one change only where they do not
    /// hold together otherwise.
    Alone(Vec<Changes>),
    /// Only together: none of them moves it by itself.
    Together(Changes),
    /// Together, and one of them at least moves it by itself, to something else.
    Added(Changes),
    /// All of them have it, and some may not be needed: the search was ended.
    Among(Changes),
}

/// How one thing comes out with a part of the changes made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As with none of them.
    Before,
    /// As with all of them.
    After,
    Other,
}

/// How parts of the changes are tried.
pub trait Trials {
    /// What keeps a part from being tried.
    type Error;

    /// How many changes there are.
    fn count(&self) -> usize;

    /// Do these changes hold together without the others?
    fn holds(&mut self, made: &Changes) -> bool;

    /// Changes are tried by themselves from now on, or no longer.
    fn by_themselves(&mut self, _: bool) {}

    /// How each thing comes out with these changes made; `None` where they do not hold together.
    ///
    /// # Errors
    /// What keeps it from being tried.
    fn outcome(&mut self, made: &Changes) -> Result<Option<Vec<Verdict>>, Self::Error>;
}

/// The cause of each of `things`, in their order.
///
/// # Errors
/// What keeps a part of the changes from being tried.
pub fn attribute<T: Trials>(trials: &mut T, things: usize) -> Result<Vec<Cause>, T::Error> {
    let all: Changes = (0..trials.count()).collect();
    if things == 0 {
        return Ok(Vec::new());
    }
    let mut search = Search {
        trials,
        known: HashMap::new(),
    };
    let alone = search.alone(&all)?;
    let mut causes = Vec::with_capacity(things);
    // Of things that the same changes reach, the fewest are looked for once at a time.
    let mut found: HashMap<Changes, Vec<Changes>> = HashMap::new();
    for thing in 0..things {
        let of = |(set, outcome): &(Changes, Rc<Vec<Verdict>>)| {
            Some((set.clone(), outcome.get(thing).copied()?))
        };
        let verdicts: Vec<(Changes, Verdict)> = alone.iter().filter_map(of).collect();
        let sets: Vec<Changes> = smallest(&verdicts);
        if !sets.is_empty() {
            causes.push(Cause::Alone(sets));
            continue;
        }
        let moving = verdicts
            .iter()
            .filter(|(_, verdict)| *verdict != Verdict::Before);
        let moving: Changes = moving.flat_map(|(set, _)| set.iter().copied()).collect();
        let known = found.entry(moving.clone()).or_default();
        let mut fits = None;
        for set in known.iter() {
            if search.gives(set, thing)? {
                fits = Some(set.clone());
                break;
            }
        }
        let set = match fits {
            // What another thing needs of it, this one may not.
            Some(set) => search.needed(set, thing)?,
            None => {
                let set = search.fewest(&all, &moving, thing)?;
                known.push(set.clone());
                set
            }
        };
        // What cannot be made by itself moves nothing by itself.
        let is_moving = |(alone, verdict): &(Changes, Verdict)| {
            *verdict != Verdict::Before && alone.len() < set.len() && alone.is_subset(&set)
        };
        causes.push(if search.is_ended() {
            Cause::Among(set)
        } else if verdicts.iter().any(is_moving) {
            Cause::Added(set)
        } else {
            Cause::Together(set)
        });
    }
    Ok(causes)
}

/// The sets that have the effect; what has it alone needs no other beside it.
fn smallest(verdicts: &[(Changes, Verdict)]) -> Vec<Changes> {
    let sets = verdicts
        .iter()
        .filter(|(_, verdict)| *verdict == Verdict::After);
    let sets: Vec<&Changes> = sets.map(|(set, _)| set).collect();
    let is_least = |set: &&&Changes| {
        let smaller = |other: &&Changes| other.len() < set.len() && other.is_subset(set);
        !sets.iter().any(smaller)
    };
    sets.iter()
        .filter(is_least)
        .map(|set| (*set).clone())
        .collect()
}

struct Search<'t, T: Trials> {
    trials: &'t mut T,
    known: HashMap<Changes, Option<Rc<Vec<Verdict>>>>,
}

/// Changes that hold together, and what each thing says under them.
type Alone = (Changes, Rc<Vec<Verdict>>);

impl<T: Trials> Search<'_, T> {
    fn is_ended(&self) -> bool {
        self.known.len() >= MOST_TRIALS
    }

    fn outcome(&mut self, made: &Changes) -> Result<Option<Rc<Vec<Verdict>>>, T::Error> {
        if let Some(known) = self.known.get(made) {
            return Ok(known.clone());
        }
        if self.is_ended() {
            return Ok(None);
        }
        let outcome = self.trials.outcome(made)?.map(Rc::new);
        self.known.insert(made.clone(), outcome.clone());
        Ok(outcome)
    }

    fn gives(&mut self, made: &Changes, thing: usize) -> Result<bool, T::Error> {
        let outcome = self.outcome(made)?;
        let verdict = outcome.and_then(|outcome| outcome.get(thing).copied());
        Ok(verdict == Some(Verdict::After))
    }

    /// Each change alone, or with those without which it does not hold.
    fn alone(&mut self, all: &Changes) -> Result<Vec<Alone>, T::Error> {
        let mut alone: Vec<Alone> = Vec::new();
        self.trials.by_themselves(true);
        for change in all {
            let set = self.smallest_with(*change, all);
            let is_all = set.len() == all.len() && all.len() > 1;
            if is_all || alone.iter().any(|(known, _)| *known == set) {
                continue;
            }
            if let Some(outcome) = self.outcome(&set)? {
                alone.push((set, outcome));
            }
        }
        self.trials.by_themselves(false);
        Ok(alone)
    }

    /// The changes that have the effect together and of which none can be left out.
    fn fewest(
        &mut self,
        all: &Changes,
        moving: &Changes,
        thing: usize,
    ) -> Result<Changes, T::Error> {
        let mut kept = all.clone();
        if !moving.is_empty() && self.gives(moving, thing)? {
            // Those that move it by themselves, most often, and no other.
            kept = moving.clone();
        } else {
            // Made in order up to the one with which the effect is there to stay.
            let order: Vec<usize> = all.iter().copied().collect();
            for last in (0..order.len()).rev() {
                let set: Changes = order.iter().take(last).copied().collect();
                match self.outcome(&set)? {
                    Some(outcome) if outcome.get(thing) == Some(&Verdict::After) => kept = set,
                    Some(_) => break,
                    None => {}
                }
            }
        }
        self.needed(kept, thing)
    }

    /// Of changes that have the effect, those that are left once none can be left out.
    fn needed(&mut self, mut kept: Changes, thing: usize) -> Result<Changes, T::Error> {
        loop {
            let before = kept.len();
            for change in kept.clone() {
                let mut fewer = kept.clone();
                fewer.remove(&change);
                if self.gives(&fewer, thing)? {
                    kept = fewer;
                }
            }
            // What another rested on can be left out once that is.
            if kept.len() == before {
                return Ok(kept);
            }
        }
    }

    /// The change alone, or with those without which it does not hold.
    fn smallest_with(&mut self, change: usize, all: &Changes) -> Changes {
        let single = Changes::from([change]);
        if self.trials.holds(&single) {
            return single;
        }
        // Leave out halves, quarters and so on of the others, as long as the rest holds.
        let mut kept = all.clone();
        let mut part = all.len().div_ceil(2);
        loop {
            let others: Vec<usize> = kept.iter().copied().filter(|one| *one != change).collect();
            let mut smaller = false;
            for stretch in others.chunks(part.max(1)) {
                let rest = kept.iter().copied();
                let fewer: Changes = rest.filter(|one| !stretch.contains(one)).collect();
                if self.trials.holds(&fewer) {
                    kept = fewer;
                    smaller = true;
                }
            }
            match (part, smaller) {
                (0 | 1, false) => return kept,
                (0 | 1, true) => {}
                _ => part = part.div_ceil(2),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that changes add to, and thresholds that a number has to reach; the thing is the sum, or
    /// whether it is reached.
    struct Adding {
        by: Vec<f64>,
        least: Option<f64>,
    }

    impl Adding {
        fn value(&self, made: &Changes) -> f64 {
            let sum: f64 = made.iter().map(|at| self.by[*at]).sum();
            self.least
                .map_or(sum, |least| f64::from(u8::from(sum >= least)))
        }
    }

    impl Trials for Adding {
        type Error = ();

        fn count(&self) -> usize {
            self.by.len()
        }

        fn holds(&mut self, _: &Changes) -> bool {
            true
        }

        fn outcome(&mut self, made: &Changes) -> Result<Option<Vec<Verdict>>, ()> {
            let all = (0..self.count()).collect();
            let verdict = match self.value(made) {
                x if x == self.value(&all) => Verdict::After,
                x if x == self.value(&Changes::new()) => Verdict::Before,
                _ => Verdict::Other,
            };
            Ok(Some(vec![verdict]))
        }
    }

    fn cause(by: &[f64], least: Option<f64>) -> Cause {
        let by = by.to_vec();
        attribute(&mut Adding { by, least }, 1).unwrap().remove(0)
    }

    #[test]
    fn what_several_changes_add_to_is_caused_by_all_that_move_it() {
        assert_eq!(cause(&[1.0, 0.0, 2.0], None), Cause::Added([0, 2].into()));
        assert_eq!(
            cause(&[0.0, 5.0, 0.0], None),
            Cause::Alone(vec![[1].into()])
        );
    }

    /// Several things, each of which needs some changes and no other.
    struct Needing(Vec<Changes>);

    impl Trials for Needing {
        type Error = ();

        fn count(&self) -> usize {
            self.0.iter().flatten().max().map_or(0, |most| most + 1)
        }

        fn holds(&mut self, _: &Changes) -> bool {
            true
        }

        fn outcome(&mut self, made: &Changes) -> Result<Option<Vec<Verdict>>, ()> {
            let verdict = |needed: &Changes| match needed.is_subset(made) {
                true => Verdict::After,
                false => Verdict::Before,
            };
            Ok(Some(self.0.iter().map(verdict).collect()))
        }
    }

    #[test]
    fn what_one_thing_needs_is_not_told_of_another() {
        let mut things = Needing(vec![[0, 1, 2].into(), [1, 2].into()]);
        let together = |set: [usize; 2]| Cause::Together(set.into());
        let causes = attribute(&mut things, 2).unwrap();
        assert_eq!(
            causes,
            [Cause::Together([0, 1, 2].into()), together([1, 2])]
        );
        let mut turned = Needing(vec![[1, 2].into(), [0, 1, 2].into()]);
        assert_eq!(attribute(&mut turned, 2).unwrap()[0], together([1, 2]));
    }

    #[test]
    fn a_threshold_that_each_of_two_reaches_has_two_causes_and_else_the_fewest_that_reach_it() {
        let each = Cause::Alone(vec![[0].into(), [2].into()]);
        assert_eq!(cause(&[3.0, 1.0, 4.0], Some(3.0)), each);
        assert_eq!(
            cause(&[2.0, 0.0, 2.0, 0.0], Some(4.0)),
            Cause::Together([0, 2].into())
        );
    }
}
