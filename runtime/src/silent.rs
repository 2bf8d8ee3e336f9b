//! Entities that stop reporting while the panel goes on.
//!
//! In: a panel. Out: the entities whose last row with an observation comes before the panel's last period with any,
//! be it that they have no rows behind it or that these are empty; and those that have nothing but empty rows.
//! Nothing in their own rows says so, and an alert that stood there stands for ever. Where an earlier run handed over,
//! those that it had and that have no row now are among them.

use crate::handover::States;
use crate::panel::{Panel, aged};
use forewarn_plan::Plan;
use std::collections::HashSet;

/// An entity that stopped reporting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// Its place among the panel's.
    pub entity: u32,
    /// Its last row with an observation, and the period of it.
    pub row: usize,
    pub last: i64,
    /// Its last row: another one where its rows go on without observations.
    pub end: usize,
}

impl Stopped {
    /// Do its rows go on, and are empty?
    #[must_use]
    pub fn goes_on_empty(&self) -> bool {
        self.end > self.row
    }
}

/// Who says nothing any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Silence {
    pub stopped: Vec<Stopped>,
    /// Entities that have nothing but empty rows, with the last of these.
    pub never: Vec<(u32, usize)>,
    /// The last period in which anybody reports.
    pub end: i64,
}

/// Who stopped reporting, and who never did; nothing in a cross-section.
#[must_use]
pub fn silence(plan: &Plan, panel: &Panel) -> Option<Silence> {
    panel.periods.iter().max()?;
    let inputs = plan.inputs.iter().enumerate().filter(|(input, info)| {
        info.kind.is_indicator() && panel.slower.binary_search(input).is_err()
    });
    let inputs: Vec<usize> = inputs.map(|(input, _)| input).collect();
    let is_known = |input: &usize, row: usize| {
        let column = panel.columns.get(*input);
        column
            .and_then(|column| column.get(row))
            .is_some_and(|value| !value.is_nan())
            && aged(panel.carried.get(*input), row).is_none()
    };
    // Where nothing is observed by the panel's periods, a row is a report.
    let reports = |row: usize| {
        let any = inputs.iter().any(|input| is_known(input, row));
        panel.gaps.binary_search(&row).is_err() && (inputs.is_empty() || any)
    };
    let mut silence = Silence::default();
    let mut all: Vec<Stopped> = Vec::new();
    let mut first = 0;
    for (row, entity) in panel.entity_of.iter().enumerate() {
        if panel.entity_of.get(row + 1) == Some(entity) {
            continue;
        }
        let last = (first..=row).rev().find(|row| reports(*row));
        match last.and_then(|last| Some((last, *panel.periods.get(last)?))) {
            Some((last, period)) => all.push(Stopped {
                entity: *entity,
                row: last,
                last: period,
                end: row,
            }),
            None => silence.never.push((*entity, row)),
        }
        first = row + 1;
    }
    let Some(end) = all.iter().map(|one| one.last).max() else {
        // Nobody reports anything: that is told of the columns.
        return Some(Silence {
            end: panel.periods.iter().copied().max().unwrap_or_default(),
            ..Silence::default()
        });
    };
    all.retain(|one| one.last < end);
    Some(Silence {
        stopped: all,
        end,
        ..silence
    })
}

/// An entity that an earlier run had and that has no row now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    pub entity: String,
    /// Its last period.
    pub last: i64,
    /// By alert of the Plan that was handed over: at which tier it stood, if that is known.
    pub alerts: Vec<(usize, Option<u32>)>,
}

/// The entities that an earlier run had and that have no row in a panel which goes on behind their last period.
#[must_use]
pub fn away(states: &States, plan: &Plan, panel: &Panel) -> Vec<Away> {
    let Some(end) = panel.periods.iter().copied().max() else {
        return Vec::new();
    };
    let there: HashSet<&String> = panel.entities.iter().collect();
    let known = states.entities.iter();
    let gone = known.filter(|(name, state)| !there.contains(name) && state.last < end);
    let places: Vec<Option<usize>> = plan
        .alerts
        .iter()
        .map(|alert| states.place_of(alert))
        .collect();
    gone.map(|(name, state)| {
        let tier = |at: usize| {
            let ways = state.alerts.get(at)?;
            let first = ways.first()?.tier;
            ways.iter().all(|way| way.tier == first).then_some(first)
        };
        let alerts = places.iter().enumerate();
        Away {
            entity: name.clone(),
            last: state.last,
            alerts: alerts
                .filter_map(|(index, at)| Some((index, tier((*at)?))))
                .collect(),
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_plan::{InputInfo, InputKind, OnViolation};

    fn plan() -> Plan {
        let input = |name: &str| InputInfo {
            name: name.to_owned(),
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
        };
        Plan {
            inputs: vec![input("deaths"), input("people")],
            ..Plan::default()
        }
    }

    /// Three entities by three periods.
    fn panel(deaths: [f64; 9], people: [f64; 9]) -> Panel {
        Panel {
            entities: ["AVA", "BRV", "CED"].map(str::to_owned).to_vec(),
            entity_of: vec![0, 0, 0, 1, 1, 1, 2, 2, 2],
            periods: vec![1, 2, 3, 1, 2, 3, 1, 2, 3],
            columns: vec![deaths.to_vec(), people.to_vec()],
            ..Panel::default()
        }
    }

    const NO: f64 = f64::NAN;

    #[test]
    fn rows_without_observations_are_no_reports() {
        let deaths = [1.0, 2.0, 3.0, 1.0, NO, NO, NO, NO, NO];
        let found = silence(&plan(), &panel(deaths, [NO; 9])).unwrap();
        assert_eq!(found.end, 3);
        assert_eq!(found.never, [(2, 8)]);
        let [one] = found.stopped.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!((one.entity, one.row, one.last, one.end), (1, 3, 1, 5));
        assert!(one.goes_on_empty());
    }

    #[test]
    fn what_stands_for_long_is_no_report() {
        let deaths = [1.0, 2.0, 3.0, 1.0, NO, NO, 1.0, 1.0, 1.0];
        let mut panel = panel(deaths, [5.0; 9]);
        assert_eq!(silence(&plan(), &panel).unwrap().stopped, []);
        panel.slower = vec![1];
        assert_eq!(silence(&plan(), &panel).unwrap().stopped.len(), 1);
    }

    #[test]
    fn periods_of_which_nobody_says_anything_are_no_end() {
        let deaths = [1.0, 2.0, NO, 1.0, 2.0, NO, 1.0, NO, NO];
        let found = silence(&plan(), &panel(deaths, [NO; 9])).unwrap();
        assert_eq!((found.end, found.stopped.len()), (2, 1));
        let nothing = silence(&plan(), &panel([NO; 9], [NO; 9])).unwrap();
        assert_eq!((nothing.stopped.len(), nothing.never.len()), (0, 0));
    }
}
