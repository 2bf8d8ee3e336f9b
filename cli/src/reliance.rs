//! From when on alerts can be relied on, in words and in the manifest.
//!
//! In: what [`forewarn_runtime::reliance`] found. Out: a line of the summary, which says what to do
//! where a state is unknown at the end, and entries of the manifest.

use crate::manifest::Alert;
use crate::render::harmless;
use crate::select::spelled;
use crate::words::{count, list};
use forewarn_plan::Plan;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::period::{self, Period};
use forewarn_runtime::reliance::{Reliance, TooFar};

/// How many alerts or entities are named.
const NAMED: usize = 5;

/// `` `steady` from 2022-06 on ``, for each alert.
#[must_use]
pub fn known_from(plan: &Plan, panel: &Panel, reliance: &[Reliance]) -> String {
    let Some(kind) = plan.panel.period else {
        return String::new();
    };
    let known = reliance.iter().filter_map(|one| {
        let (entity, period) = one.latest()?;
        let from = format!("`{}` from {} on", one.alert, spelled(panel, kind, period));
        Some(if one.is_same() {
            from
        } else {
            format!("{from} at the latest ({})", name(panel, entity))
        })
    });
    list(&known.collect::<Vec<_>>(), NAMED)
}

/// The alerts whose state is unknown at the end, and what would tell.
#[must_use]
pub fn unknown(plan: &Plan, panel: &Panel, reliance: &[Reliance]) -> String {
    let Some(kind) = plan.panel.period else {
        return String::new();
    };
    let open = reliance.iter().filter(|one| one.unknown().next().is_some());
    let told: Vec<String> = open
        .map(|one| {
            let entities: Vec<String> = one.unknown().map(|entity| name(panel, entity)).collect();
            let back = match one.looks_back {
                _ if one.everything => "; it looks back on everything before".to_owned(),
                0 => String::new(),
                back => format!(
                    "; it looks back {}",
                    count(back as usize, period::kind_name(kind))
                ),
            };
            if plan.panel.is_series() {
                return format!("`{}`{back}", one.alert);
            }
            format!(
                "`{}` of {} ({} of {}{back})",
                one.alert,
                list(&entities, NAMED),
                entities.len(),
                count(one.from.len(), plan.panel.row_word())
            )
        })
        .collect();
    if told.is_empty() {
        return String::new();
    }
    let first = panel.periods.iter().min();
    let first = first.map_or_else(String::new, |first| {
        format!(": what was before {} decides", spelled(panel, kind, *first))
    });
    format!(
        "{}{first}; give earlier data, or `--state RESULTS` of the run before, or `--state none` where \
         no alert was out",
        list(&told, NAMED)
    )
}

/// The alerts whose state is known and does not have all behind it that it looks back on.
#[must_use]
pub fn early(plan: &Plan, panel: &Panel, reliance: &[Reliance]) -> String {
    let Some(kind) = plan.panel.period else {
        return String::new();
    };
    let told: Vec<String> = reliance
        .iter()
        .filter(|one| !one.early.is_empty())
        .map(|one| {
            let entities = one.early.iter().map(|entity| name(panel, *entity));
            let who = if plan.panel.is_series() {
                String::new()
            } else {
                format!(" of {}", list(&entities.collect::<Vec<_>>(), NAMED))
            };
            if one.anew {
                return format!("`{}`{who} rests on a value that begins anew", one.alert);
            }
            format!(
                "`{}`{who} looks back {}",
                one.alert,
                count(one.looks_back as usize, period::kind_name(kind))
            )
        })
        .collect();
    let Some(first) = panel.periods.iter().min().filter(|_| !told.is_empty()) else {
        return String::new();
    };
    format!(
        "{}, and the data begin in {}: earlier data could make it another; give them, or `--state RESULTS` of \
         the run before, or `--state none` where no alert was out",
        list(&told, NAMED),
        spelled(panel, kind, *first)
    )
}

/// What is known nowhere, since it looks further back than the data go.
#[must_use]
pub fn too_far(plan: &Plan, found: &[TooFar]) -> String {
    let (Some(kind), Some(first)) = (plan.panel.period, found.first()) else {
        return String::new();
    };
    let periods = |count_of: u32| count(count_of as usize, period::kind_name(kind));
    let told: Vec<String> = found
        .iter()
        .map(|one| {
            format!(
                "`{}` looks back {}",
                one.declaration,
                periods(one.looks_back)
            )
        })
        .collect();
    format!(
        "{}, and no {} has more than {} of data: known nowhere; give earlier data",
        list(&told, NAMED),
        plan.panel.entity(),
        periods(first.longest)
    )
}

/// What rests on its own past and begins anew with the data.
#[must_use]
pub fn begun_anew(plan: &Plan, panel: &Panel, names: &[String]) -> String {
    let Some(kind) = plan.panel.period.filter(|_| !names.is_empty()) else {
        return String::new();
    };
    let Some(first) = panel.periods.iter().min() else {
        return String::new();
    };
    let told: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let begins = if names.len() == 1 { "begins" } else { "begin" };
    format!(
        "{} {begins} anew with these data ({}); `--state RESULTS` of the run before goes on from there, `--state none` \
         says that nothing was before",
        list(&told, NAMED),
        spelled(panel, kind, *first)
    )
}

/// Entries of the manifest.
#[must_use]
pub fn recorded(plan: &Plan, panel: &Panel, reliance: &[Reliance]) -> Vec<Alert> {
    let usual = |kind, number| Period::new(kind, number).to_string();
    let period = |number: i64| plan.panel.period.map(|kind| usual(kind, number));
    let one = |one: &Reliance| Alert {
        name: one.alert.clone(),
        looks_back: one.looks_back,
        relied_on_from: one.latest().and_then(|(_, number)| period(number)),
        unknown_at_the_end: one.unknown().map(|entity| name(panel, entity)).collect(),
    };
    reliance.iter().map(one).collect()
}

fn name(panel: &Panel, entity: u32) -> String {
    let name = panel.entities.get(entity as usize);
    harmless(&name.map_or_else(String::new, |name| {
        forewarn_runtime::panel::shown(name).into_owned()
    }))
}
