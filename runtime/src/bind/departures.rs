//! Values that depart from everything before them.
//!
//! In: rows in the order of entities and periods. Out: latest values that moved several times as far as any of their
//! entity ever did, and indicators whose values of the latest period are a hundred or a thousand times as much, or as
//! little, as before, for everybody: their unit has changed, and no cell is wrong by itself.

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

/// An indicator whose latest values are counted otherwise.
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
/// So many times as far as ever before is strange.
const FURTHER: f64 = 4.0;
/// Units differ by so many times.
const TIMES: [u32; 3] = [100, 1_000, 1_000_000];
/// Values themselves move by less.
const ROOM: f64 = 3.0;

/// The last two known values of an entity, and how far the others ever moved.
#[derive(Clone, Copy, Debug, Default)]
struct Walk {
    known: usize,
    before: f64,
    last: f64,
    row: usize,
    furthest: f64,
    step: f64,
}

impl Walk {
    fn take(&mut self, row: usize, value: f64) {
        if self.known > 0 {
            self.furthest = self.furthest.max(self.step);
            self.step = (value - self.last).abs();
        }
        self.before = self.last;
        self.last = value;
        self.row = row;
        self.known += 1;
    }
}

impl ByKey<'_> {
    /// Looks at every entity's values of a column.
    fn walks(&self, values: &[f64]) -> Vec<(u32, Walk)> {
        let mut walks: Vec<(u32, Walk)> = Vec::new();
        for (row, (entity, value)) in self.entity_of.iter().zip(values).enumerate() {
            if walks.last().is_none_or(|(known, _)| known != entity) {
                walks.push((*entity, Walk::default()));
            }
            if !value.is_nan()
                && let Some((_, walk)) = walks.last_mut()
            {
                walk.take(row, *value);
            }
        }
        walks
    }

    /// What departs, of the indicators that are numbers.
    #[must_use]
    pub fn strange(&self, plan: &Plan, columns: &[Vec<f64>]) -> (Vec<Departure>, Vec<Rescaled>) {
        let (mut departures, mut rescaled) = (Vec::new(), Vec::new());
        if self.periods.is_empty() {
            return (departures, rescaled);
        }
        let inputs = plan.inputs.iter().zip(columns).enumerate();
        let numbers = inputs.filter(|(_, (info, _))| info.kind == InputKind::Number);
        for (input, (_, values)) in numbers {
            let walks = self.walks(values);
            if let Some(found) = self.rescaled(input, &walks) {
                rescaled.push(found);
                continue;
            }
            for (entity, walk) in &walks {
                let strange = walk.known > HISTORY
                    && walk.furthest > 0.0
                    && walk.step > FURTHER * walk.furthest;
                if let (true, Some(name), Some(period)) = (
                    strange,
                    self.entities.get(*entity as usize),
                    self.periods.get(walk.row),
                ) {
                    departures.push(Departure {
                        input,
                        entity: shown(name).into_owned(),
                        period: *period,
                        from: walk.before,
                        to: walk.last,
                    });
                }
            }
        }
        (departures, rescaled)
    }

    fn rescaled(&self, input: usize, walks: &[(u32, Walk)]) -> Option<Rescaled> {
        let of = |walk: &Walk| self.periods.get(walk.row).copied();
        let known = walks.iter().map(|(_, walk)| walk);
        let known: Vec<&Walk> = known.filter(|walk| walk.known > 1).collect();
        let last = known.iter().filter_map(|walk| of(walk)).max()?;
        let latest = known.into_iter().filter(|walk| of(walk) == Some(last));
        let ratios: Vec<f64> = latest.map(|walk| walk.last / walk.before).collect();
        let first = ratios.first()?;
        let up = *first > 1.0;
        let fits = |times: &u32| {
            let times = f64::from(*times);
            ratios.iter().all(|ratio| {
                let ratio = if up { *ratio } else { ratio.recip() };
                ratio.is_finite() && ratio > times / ROOM && ratio < times * ROOM
            })
        };
        let times = TIMES.into_iter().find(fits)?;
        (ratios.len() > 1).then_some(Rescaled {
            input,
            period: last,
            times,
            up,
            entities: ratios.len(),
        })
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
