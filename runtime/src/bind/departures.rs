//! Values that depart from everything before them.
//!
//! In: rows in the order of entities and periods. Out: values that moved several times as far as any others of their
//! entity did, the latest by less than those that others follow, and indicators whose values are a hundred or a thousand
//! times as much, or as little, from some period on, for everybody: their unit has changed, and no cell is wrong by
//! itself. What was strange a month ago is strange still.

use crate::panel::shown;
use forewarn_plan::{InputKind, Plan};

/// A value that departs from what went before.
#[derive(Clone, Debug, PartialEq)]
pub struct Departure {
    /// The input of the Plan.
    pub input: usize,
    pub entity: String,
    pub period: i64,
    pub from: f64,
    pub to: f64,
}

/// An indicator whose values are counted otherwise from a period on.
#[derive(Clone, Debug, PartialEq)]
pub struct Rescaled {
    pub input: usize,
    pub period: i64,
    /// About so many times as much or as little.
    pub times: u32,
    pub up: bool,
    /// How many entities say so, which is all of those that have values.
    pub entities: usize,
}

/// Rows by their keys.
#[derive(Clone, Copy, Debug)]
pub struct ByKey<'a> {
    pub entities: &'a [String],
    pub entity_of: &'a [u32],
    pub periods: &'a [i64],
}

/// So many values make a history.
const HISTORY: usize = 6;
/// So many times as far as ever before is strange of the latest value; of one that others follow, so many times as far
/// as all other steps.
const FURTHER: f64 = 4.0;
const MUCH_FURTHER: f64 = 20.0;
/// Units differ by so many times.
const TIMES: [u32; 3] = [100, 1_000, 1_000_000];
/// Values themselves move by less.
const ROOM: f64 = 3.0;

/// The known values of an entity with their rows.
type Walk = [(usize, f64)];

/// Values that are further away than the others: their places in the walk.
fn far_values(walk: &Walk) -> Vec<usize> {
    if walk.len() <= HISTORY {
        return Vec::new();
    }
    let steps: Vec<f64> = walk
        .windows(2)
        .map(|two| match two {
            [(_, one), (_, other)] => (other - one).abs(),
            _ => 0.0,
        })
        .collect();
    let furthest = |steps: &[f64]| steps.iter().copied().fold(0.0, f64::max);
    let mut found = Vec::new();
    // The two longest steps, and the longest of the others.
    let mut longest = [(usize::MAX, 0.0_f64); 3];
    for (at, step) in steps.iter().enumerate() {
        let place = longest.iter().position(|(_, known)| step > known);
        if let Some(place) = place
            && let Some(behind) = longest.get_mut(place..)
        {
            behind.rotate_right(1);
            if let Some(slot) = behind.first_mut() {
                *slot = (at, *step);
            }
        }
    }
    let [(one, far), (two, second), (_, third)] = longest;
    if one == usize::MAX {
        return found;
    }
    // There and back again, or to another height for good.
    let is_spike = two != usize::MAX && one.abs_diff(two) == 1;
    if third > 0.0 && is_spike && second > MUCH_FURTHER * third {
        found.push(one.min(two) + 1);
    } else if second > 0.0 && far > MUCH_FURTHER * second {
        found.push(one + 1);
    }
    if let Some((latest, before)) = steps.split_last() {
        let known = furthest(before);
        let last = steps.len();
        if known > 0.0 && *latest > FURTHER * known && !found.contains(&last) {
            found.push(last);
        }
    }
    found
}

/// What all entities that have values from a period on say of how they are counted: who moves otherwise than the
/// others rules it out.
#[derive(Clone, Copy, Debug, Default)]
struct Steps {
    up: bool,
    /// Which of `TIMES` fit every entity's step.
    fit: [bool; TIMES.len()],
    entities: usize,
}

impl Steps {
    fn push(&mut self, ratio: f64) {
        if self.entities == 0 {
            self.up = ratio > 1.0;
            self.fit = [true; TIMES.len()];
        }
        self.entities += 1;
        if self.fit == [false; TIMES.len()] {
            return;
        }
        let ratio = if self.up { ratio } else { ratio.recip() };
        for (fits, times) in self.fit.iter_mut().zip(TIMES) {
            let times = f64::from(times);
            *fits &= ratio.is_finite() && ratio > times / ROOM && ratio < times * ROOM;
        }
    }

    /// About so many times as much or as little, where several entities say so.
    fn times(&self) -> Option<u32> {
        let (_, times) = self.fit.iter().zip(TIMES).find(|(fits, _)| **fits)?;
        (self.entities > 1).then_some(times)
    }
}

impl ByKey<'_> {
    /// What departs, of the indicators that are numbers.
    #[must_use]
    pub fn strange(&self, plan: &Plan, columns: &[Vec<f64>]) -> (Vec<Departure>, Vec<Rescaled>) {
        let (mut departures, mut rescaled) = (Vec::new(), Vec::new());
        let (Some(first), Some(last)) = (self.periods.iter().min(), self.periods.iter().max())
        else {
            return (departures, rescaled);
        };
        // Periods lie in the years 1 to 9999, so the span is at most some millions of days.
        let span = usize::try_from(last - first + 1).unwrap_or(0);
        let inputs = plan.inputs.iter().zip(columns).enumerate();
        let numbers = inputs.filter(|(_, (info, _))| info.kind == InputKind::Number);
        for (input, (_, values)) in numbers {
            let mut steps = vec![Steps::default(); span];
            let mut found = Vec::new();
            self.for_each_walk(values, |entity, walk| {
                self.count_steps(walk, *first, &mut steps);
                self.departures(input, entity, walk, &mut found);
            });
            let before = rescaled.len();
            rescaled.extend((*first..).zip(&steps).filter_map(|(period, steps)| {
                Some(Rescaled {
                    input,
                    period,
                    times: steps.times()?,
                    up: steps.up,
                    entities: steps.entities,
                })
            }));
            if rescaled.len() == before {
                departures.extend(found);
            }
        }
        (departures, rescaled)
    }

    /// Hands every entity's known values of a column on, one entity after the other.
    fn for_each_walk(&self, values: &[f64], mut hand: impl FnMut(u32, &Walk)) {
        let mut walk = Vec::new();
        let rows = self.entity_of.chunk_by(|one, other| one == other);
        let mut start = 0;
        for of_one in rows {
            let end = start + of_one.len();
            let known = values.get(start..end).unwrap_or_default().iter();
            walk.clear();
            walk.extend(
                (start..)
                    .zip(known.copied())
                    .filter(|(_, value)| !value.is_nan()),
            );
            if let Some(entity) = of_one.first() {
                hand(*entity, &walk);
            }
            start = end;
        }
    }

    /// Adds how many times as much an entity has in each period as before.
    fn count_steps(&self, walk: &Walk, first: i64, steps: &mut [Steps]) {
        for two in walk.windows(2) {
            if let [(_, before), (row, now)] = two
                && let Some(period) = self.periods.get(*row)
                && let Some(at) = usize::try_from(period - first)
                    .ok()
                    .and_then(|at| steps.get_mut(at))
            {
                at.push(now / before);
            }
        }
    }

    /// Adds the values of an entity that are further away than its others.
    fn departures(&self, input: usize, entity: u32, walk: &Walk, found: &mut Vec<Departure>) {
        for at in far_values(walk) {
            let before = at.checked_sub(1).and_then(|at| walk.get(at));
            if let (Some((row, to)), Some((_, from)), Some(name)) =
                (walk.get(at), before, self.entities.get(entity as usize))
                && let Some(period) = self.periods.get(*row)
            {
                found.push(Departure {
                    input,
                    entity: shown(name).into_owned(),
                    period: *period,
                    from: *from,
                    to: *to,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_plan::{InputInfo, OnViolation};

    fn strange(rows: &[(u32, f64)]) -> (Vec<Departure>, Vec<Rescaled>) {
        let plan = Plan {
            inputs: vec![InputInfo {
                name: "n".to_owned(),
                label: String::new(),
                column: None,
                kind: InputKind::Number,
                unit: String::new(),
                low: f64::NEG_INFINITY,
                high: f64::INFINITY,
                high_excluded: false,
                on_violation: OnViolation::Missing,
                optional: false,
                missing_means: None,
                carry_forward: None,
                expires: None,
                inapplicable: Vec::new(),
                changeable: None,
                span: forewarn_diagnostics::source::Span::default(),
            }],
            ..Plan::default()
        };
        let entities = ["A".to_owned(), "B".to_owned()];
        let entity_of: Vec<u32> = rows.iter().map(|(entity, _)| *entity).collect();
        let mut period = 0;
        let mut periods = Vec::new();
        for (at, entity) in entity_of.iter().enumerate() {
            let same = at > 0 && entity_of.get(at - 1) == Some(entity);
            period = if same { period + 1 } else { 0 };
            periods.push(period);
        }
        let values: Vec<f64> = rows.iter().map(|(_, value)| *value).collect();
        let keys = ByKey {
            entities: &entities,
            entity_of: &entity_of,
            periods: &periods,
        };
        keys.strange(&plan, &[values])
    }

    #[test]
    fn a_value_further_than_ever_before() {
        let mut rows: Vec<(u32, f64)> = [10.0, 12.0, 11.0, 12.0, 10.0, 11.0]
            .map(|value| (0, value))
            .to_vec();
        rows.push((0, 40.0));
        let (found, _) = strange(&rows);
        assert_eq!((found.len(), found[0].from, found[0].to), (1, 11.0, 40.0));
        rows.push((0, 41.0));
        assert!(strange(&rows).0.is_empty());
        // One that others follow, and from which they go back, stays strange.
        rows.insert(3, (0, -999.0));
        let (found, _) = strange(&rows);
        assert_eq!((found.len(), found[0].period, found[0].to), (1, 3, -999.0));
    }

    #[test]
    fn values_of_all_that_are_counted_otherwise() {
        let (_, found) = strange(&[(0, 23.0), (0, 0.24), (1, 41.0), (1, 0.42)]);
        assert_eq!(
            (found[0].times, found[0].up, found[0].entities),
            (100, false, 2)
        );
        let (_, found) = strange(&[(0, 2.0), (0, 2100.0), (1, 41.0), (1, 40_000.0)]);
        assert_eq!((found[0].times, found[0].up), (1_000, true));
        let (_, found) = strange(&[
            (0, 2.0),
            (0, 2100.0),
            (0, 2000.0),
            (1, 41.0),
            (1, 40_000.0),
            (1, 43_000.0),
        ]);
        assert_eq!((found.len(), found[0].period), (1, 1));
        assert!(
            strange(&[(0, 23.0), (0, 0.24), (1, 41.0), (1, 42.0)])
                .1
                .is_empty()
        );
        assert!(strange(&[(0, 23.0), (0, 0.24)]).1.is_empty());
        assert!(
            strange(&[(0, 0.0), (0, 0.0), (1, 0.0), (1, 3.0)])
                .1
                .is_empty()
        );
    }
}
