//! Entities that stop reporting while the panel goes on.
//!
//! In: a panel. Out: the entities whose last row comes before the panel's last period. Nothing in
//! their own rows says so, and an alert that stood there stands for ever. Where an earlier run handed over, those that
//! it had and that have no row now are among them.

use crate::handover::States;
use crate::panel::Panel;
use forewarn_plan::Plan;
use std::collections::HashSet;

/// An entity that stopped reporting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// Its place among the panel's.
    pub entity: u32,
    /// Its last row, and the period of it.
    pub row: usize,
    pub last: i64,
}

/// The entities that stopped reporting, and the panel's last period; nothing in a cross-section.
#[must_use]
pub fn stopped(panel: &Panel) -> Option<(Vec<Stopped>, i64)> {
    let end = panel.periods.iter().copied().max()?;
    let rows = panel.entity_of.iter().zip(&panel.periods).enumerate();
    let stopped = rows.filter_map(|(row, (entity, last))| {
        let is_last = panel.entity_of.get(row + 1) != Some(entity);
        (is_last && *last < end).then_some(Stopped {
            entity: *entity,
            row,
            last: *last,
        })
    });
    Some((stopped.collect(), end))
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
