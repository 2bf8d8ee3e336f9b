//! Which cells of the data were revised.
//!
//! In: the data of two runs as one Plan reads them. Out: for each indicator the observations that say something
//! else now, that are new or that are gone, once each. A value that stands in later periods because an observation
//! is carried forward is no cell of its own, nor is one that a file without periods says of every row.

use super::mixture::{is_gap, key, rows};
use super::value::{Value, word};
use forewarn_plan::{InputInfo, InputKind};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::comparison::shown_period;
use forewarn_runtime::panel::{Panel, aged, shown};
use forewarn_runtime::period::PeriodForm;
use std::collections::{BTreeMap, HashMap};

/// What was revised of an indicator.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    pub values: Vec<Value>,
    /// Rows in which another value stands, since an observation is carried into them.
    pub further: usize,
}

impl Cells {
    /// Only those that others name, too.
    pub fn retain_named_by(&mut self, others: &Self) {
        let is_named = |value: &Value| {
            let mut others = others.values.iter();
            others.any(|other| (&other.entity, other.period) == (&value.entity, value.period))
        };
        self.values.retain(is_named);
    }
}

/// The two data sets, and where the rows of each are.
pub struct Both<'a> {
    first: &'a Bound,
    second: &'a Bound,
    places: HashMap<(&'a str, Option<i64>), usize>,
    own: HashMap<(&'a str, Option<i64>), usize>,
    form: Option<PeriodForm>,
}

/// An observation as a row shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Seen {
    value: f64,
    /// When it was observed; none in a cross-section.
    of: Option<i64>,
}

impl<'a> Both<'a> {
    pub fn new(first: &'a Bound, second: &'a Bound, form: Option<PeriodForm>) -> Self {
        Self {
            first,
            second,
            places: rows(&second.panel),
            own: rows(&first.panel),
            form,
        }
    }

    /// How many rows only the first has, and only the second.
    pub fn gone_and_new(&self) -> (usize, usize) {
        let without = |one: &HashMap<(&str, Option<i64>), usize>,
                       other: &HashMap<(&str, Option<i64>), usize>| {
            one.keys().filter(|key| !other.contains_key(*key)).count()
        };
        (
            without(&self.own, &self.places),
            without(&self.places, &self.own),
        )
    }

    /// What was revised of an input.
    pub fn revised(&self, input: usize, info: &InputInfo) -> Cells {
        // A key's number is that of its rows.
        let carrier = match info.kind {
            // So is how old it is, which follows from what is told of the values themselves.
            InputKind::Key { .. } | InputKind::Age { .. } => return Cells::default(),
            InputKind::Verification { of } | InputKind::Applies { of } => of as usize,
            InputKind::Number
            | InputKind::Truth
            | InputKind::Level { .. }
            | InputKind::Category { .. } => input,
        };
        let summaries = [&self.first.summary, &self.second.summary];
        let timeless = summaries
            .iter()
            .all(|one| one.inputs.get(input).is_some_and(|one| one.timeless));
        let (one, other) = (&self.first.panel, &self.second.panel);
        let mut found: BTreeMap<(&str, Option<i64>), (f64, f64)> = BTreeMap::new();
        let mut moved = 0;
        for row in 0..one.rows() {
            let Some((entity, period)) = key(one, row).filter(|_| !is_gap(one, row)) else {
                continue;
            };
            let Some(place) = self.places.get(&(entity, period)) else {
                continue;
            };
            let before = seen(one, input, carrier, row);
            let after = seen(other, input, carrier, *place);
            let value = |seen: Option<Seen>| seen.map_or(f64::NAN, |seen| seen.value);
            let (x, y) = (value(before), value(after));
            if !(x == y || x.is_nan() && y.is_nan()) {
                moved += 1;
            }
            let (of, from, to) = match (before, after) {
                (None, None) => continue,
                (Some(before), Some(after)) if before.of == after.of => {
                    (before.of, before.value, after.value)
                }
                (Some(before), Some(after)) if before.of > after.of => {
                    (before.of, before.value, f64::NAN)
                }
                (Some(_), Some(after)) => (after.of, f64::NAN, after.value),
                (Some(before), None) => {
                    let still = self.places.get(&(entity, before.of));
                    let still = still.and_then(|at| seen(other, input, carrier, *at));
                    // It stands where it stood: what ends it is revised.
                    let of = if still == Some(before) {
                        period
                    } else {
                        before.of
                    };
                    (of, before.value, f64::NAN)
                }
                (None, Some(after)) => {
                    let then = self.own.get(&(entity, after.of));
                    let then = then.and_then(|at| seen(one, input, carrier, *at));
                    let of = if then == Some(after) {
                        period
                    } else {
                        after.of
                    };
                    (of, f64::NAN, after.value)
                }
            };
            // What goes with a row is not revised.
            let comes_or_goes =
                self.places.contains_key(&(entity, of)) != self.own.contains_key(&(entity, of));
            if from != to && !comes_or_goes {
                let of = of.filter(|_| !timeless);
                found.entry((entity, of)).or_insert((from, to));
            }
        }
        let values = found.into_iter().map(|((entity, of), (from, to))| Value {
            indicator: info.name.clone(),
            entity: shown(entity).into_owned(),
            period: of,
            when: shown_period(self.form, of),
            from: word(&info.kind, from),
            to: word(&info.kind, to),
        });
        let values: Vec<Value> = values.collect();
        Cells {
            further: usize::saturating_sub(moved, values.len()),
            values,
        }
    }
}

/// What a row shows of an input; `carrier` is the input whose observations are carried.
fn seen(panel: &Panel, input: usize, carrier: usize, row: usize) -> Option<Seen> {
    let value = *panel.columns.get(input)?.get(row)?;
    if value.is_nan() {
        return None;
    }
    let period = panel.periods.get(row).copied();
    let age = aged(panel.carried.get(carrier), row).map_or(0, |cell| cell.age);
    Some(Seen {
        value,
        of: period.map(|period| period - i64::from(age)),
    })
}
