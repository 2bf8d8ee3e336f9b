//! Do the keys of several files meet?
//!
//! In: the files and the keys of the panel that they make. Out: an error where a file has nothing to
//! do with the others, a warning where some entities or periods are in one file only. Where the
//! rules say what an absent cell means, an absent row is no surprise and not told.

use super::keys::{Keys, places};
use super::part::{BoundFile, Pace};
use super::spelling::{self, Spellings};
use crate::causes::data::{KeysNotMet, NothingInCommon};
use crate::panel;
use crate::period::{self, Period};
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::suggest::suggest;
use forewarn_plan::{InputInfo, Plan};
use std::collections::BTreeSet;

/// How many keys a message names.
const NAMED: usize = 5;

/// Checks each file against the others.
///
/// # Errors
/// A file that has no entity in common with those before it.
pub(super) fn check(
    plan: &Plan,
    parts: &[BoundFile],
    keys: &Keys,
    spellings: &Spellings,
    reports: &mut Reports,
) -> Result<(), Reports> {
    for (at, part) in parts.iter().enumerate().skip(1) {
        let earlier = parts.get(..at).unwrap_or_default();
        if let Some(nothing) = nothing_in_common(plan, part, earlier) {
            reports.add(nothing);
        }
    }
    if reports.has_errors() {
        return Err(std::mem::take(reports));
    }
    for part in parts.iter().filter(|part| part.rows() > 0) {
        let told = not_met(plan, part, keys, spellings);
        if !told.strangers.is_empty() || !told.silent.is_empty() || !told.holes.is_empty() {
            reports.add(told);
        }
    }
    Ok(())
}

fn nothing_in_common(
    plan: &Plan,
    part: &BoundFile,
    earlier: &[BoundFile],
) -> Option<NothingInCommon> {
    let known: BTreeSet<&str> = earlier
        .iter()
        .flat_map(|part| part.entities.iter().map(String::as_str))
        .collect();
    let met = part
        .entities
        .iter()
        .any(|name| known.contains(name.as_str()));
    if met || known.is_empty() || part.entities.is_empty() {
        return None;
    }
    let theirs = part.entities.iter().map(String::as_str);
    let alike = spelling::alike(theirs.clone(), &known);
    let steps = alike.as_ref().map(|(_, _, steps)| steps.clone());
    let alike = alike.map(|(one, other, _)| shown(one, other));
    Some(NothingInCommon {
        file: part.file.clone(),
        others: earlier.iter().map(|part| part.file.clone()).collect(),
        entity: plan.panel.entity().to_owned(),
        theirs: first(part.entities.iter().map(String::as_str)),
        known: first(known.iter().copied()),
        near: alike.or_else(|| near(theirs, &known)),
        steps: steps.unwrap_or_default(),
    })
}

fn first<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names
        .take(NAMED)
        .map(|name| panel::shown(name).into_owned())
        .collect()
}

/// The first name that is nearly one of the known ones, with that one.
fn near<'a>(
    mut names: impl Iterator<Item = &'a str>,
    known: &BTreeSet<&str>,
) -> Option<(String, String)> {
    // Every name is compared with every other, so only so many are.
    const COMPARED: usize = 500;
    if known.len() > COMPARED {
        return None;
    }
    names.by_ref().take(COMPARED).find_map(|name| {
        let near = suggest(name, known.iter().copied())?;
        Some(shown(name, near))
    })
}

fn shown(one: &str, other: &str) -> (String, String) {
    (
        panel::shown(one).into_owned(),
        panel::shown(other).into_owned(),
    )
}

/// What a file and the panel do not have in common.
fn not_met(plan: &Plan, part: &BoundFile, keys: &Keys, spellings: &Spellings) -> KeysNotMet {
    let theirs = places(&keys.entities, &part.entities);
    let ours = places(&part.entities, &keys.entities);
    let without = |of: &[String], places: &[Option<u32>]| {
        let absent = of.iter().zip(places).filter(|(_, place)| place.is_none());
        // What has two spellings is told as that.
        let absent = absent.filter(|(name, _)| !spellings.has(name));
        absent
            .map(|(name, _)| panel::shown(name).into_owned())
            .collect::<Vec<_>>()
    };
    let strangers = without(&part.entities, &ours);
    let silent = without(&keys.entities, &theirs);
    let known: BTreeSet<&str> = keys.entities.iter().map(String::as_str).collect();
    let near = near(strangers.iter().map(String::as_str), &known);
    let held = |says: fn(&InputInfo) -> bool| {
        let mut inputs = plan.inputs.iter().enumerate();
        inputs.all(|(input, info)| {
            let verifies = !info.kind.is_indicator();
            verifies || !part.holds(input) || says(info)
        })
    };
    // Where the rules say what it means that nothing is there, it is no surprise.
    let silent = if held(|info| info.missing_means.is_some()) {
        Vec::new()
    } else {
        silent
    };
    let mut holes = Holes::default();
    if !held(|info| info.missing_means.is_some() || info.carry_forward.is_some()) {
        holes.find(plan, part, keys, &theirs);
    }
    KeysNotMet {
        file: part.file.clone(),
        entity: plan.panel.row_word().to_owned(),
        period: match part.pace {
            Pace::Slower(long) => period::kind_name(long).to_owned(),
            _ => plan.panel.period_name.clone(),
        },
        entities: keys.entities.len(),
        strangers,
        silent,
        holes: holes.first,
        more_holes: holes.more,
        near,
    }
}

/// The periods of a file's entities in which it says nothing.
#[derive(Debug, Default)]
struct Holes {
    /// `NER, 2024-05`
    first: Vec<String>,
    more: usize,
}

impl Holes {
    fn add(&mut self, entity: &str, period: Period) {
        if self.first.len() < NAMED {
            let period = period.to_string();
            self.first
                .push(panel::row_words(entity, Some(&period), ", "));
        } else {
            self.more += 1;
        }
    }

    fn find(&mut self, plan: &Plan, part: &BoundFile, keys: &Keys, theirs: &[Option<u32>]) {
        let Some(kind) = plan.panel.period else {
            return;
        };
        let has = |row: usize| {
            let (entity, _) = keys.key(row)?;
            *theirs.get(entity as usize)?
        };
        match part.pace {
            Pace::Timeless => {}
            Pace::Panel => {
                let rows: Vec<usize> = keys.rows_of(part);
                let mut rows = rows.into_iter().peekable();
                for row in 0..keys.rows() {
                    if rows.next_if_eq(&row).is_none()
                        && has(row).is_some()
                        && let Some((_, period)) = keys.key(row)
                    {
                        self.add(
                            keys.entity(row),
                            Period::new(kind, period).as_in(part.written),
                        );
                    }
                }
            }
            Pace::Slower(long) => {
                let own = (0..part.rows()).filter_map(|row| {
                    let first = part.periods.get(row)?;
                    Some((*part.entity_of.get(row)?, *first))
                });
                let own: BTreeSet<(u32, i64)> = own.collect();
                let mut last = None;
                for row in 0..keys.rows() {
                    let (Some(entity), Some((_, period))) = (has(row), keys.key(row)) else {
                        continue;
                    };
                    let number = period::around(kind, period, long);
                    let key = (entity, number);
                    let first = period::first_within(long, number, kind).unwrap_or(period);
                    if last != Some(key) && !own.contains(&(entity, first)) {
                        self.add(
                            keys.entity(row),
                            Period::new(long, number).as_in(part.written),
                        );
                    }
                    last = Some(key);
                }
            }
        }
    }
}
