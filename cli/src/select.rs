//! Which rows and columns of a result are wanted: `--entity`, `--period`, `--columns`.

use crate::audience;
use crate::failure::Failure;
use forewarn_plan::{InputInfo, PeriodKind, Plan};
use forewarn_runtime::panel::{Panel, as_typed, first_keys, shown, shown_in_several};
use forewarn_runtime::period::{self, Weekday};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The periods asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Periods {
    All,
    /// The last row of each entity.
    Latest,
    Some(BTreeSet<i64>),
}

/// Rows of the panel, in its order; never one that no data has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    pub rows: Vec<usize>,
    pub periods: Periods,
}

/// Rows of the entities and periods that were named; `unasked` says which periods are meant when
/// none is named.
///
/// # Errors
/// A name that the panel does not hold.
pub fn rows(
    plan: &Plan,
    panel: &Panel,
    entities: &[String],
    periods: &[String],
    unasked: Periods,
) -> Result<Rows, Failure> {
    let known = panel.periods_of_data();
    let mut found = with_gaps(plan, panel, entities, periods, (unasked, &known))?;
    if panel.gaps.is_empty() {
        return Ok(found);
    }
    let mut gaps = panel.gaps.iter().copied().peekable();
    found.rows.retain(|row| {
        while gaps.next_if(|gap| gap < row).is_some() {}
        gaps.next_if_eq(row).is_none()
    });
    Ok(found)
}

/// The same with the periods between an entity's rows of which it has none: alerts go on there.
///
/// # Errors
/// A name that the panel does not hold.
pub fn rows_and_gaps(
    plan: &Plan,
    panel: &Panel,
    entities: &[String],
    periods: &[String],
) -> Result<Rows, Failure> {
    let known = panel.periods.iter().copied().collect();
    with_gaps(plan, panel, entities, periods, (Periods::All, &known))
}

fn with_gaps(
    plan: &Plan,
    panel: &Panel,
    entities: &[String],
    periods: &[String],
    (unasked, known): (Periods, &BTreeSet<i64>),
) -> Result<Rows, Failure> {
    let entities = entity_filter(plan, panel, entities)?;
    let periods = period_filter(plan, panel, periods, (unasked, known))?;
    let mut rows: Vec<usize> = (0..panel.rows()).collect();
    if let Some(wanted) = &entities {
        let entity = |row: usize| panel.entity_of.get(row).map(|entity| *entity as usize);
        rows.retain(|row| entity(*row).and_then(|entity| wanted.get(entity)) == Some(&true));
    }
    match &periods {
        Periods::All => {}
        Periods::Some(wanted) => {
            rows.retain(|row| {
                panel
                    .periods
                    .get(*row)
                    .is_some_and(|period| wanted.contains(period))
            });
        }
        Periods::Latest => {
            // Sorted by entity and period: a row is its entity's last if another entity follows. The
            // last one is always in the data.
            rows.retain(|row| panel.entity_of.get(*row) != panel.entity_of.get(row + 1));
        }
    }
    Ok(Rows { rows, periods })
}

/// For each entity, whether it is wanted; `None` for all.
fn entity_filter(
    plan: &Plan,
    panel: &Panel,
    names: &[String],
) -> Result<Option<Vec<bool>>, Failure> {
    let Some(first) = names.first() else {
        return Ok(None);
    };
    if plan.panel.is_series() {
        let message = format!("`--entity {first}`: this ruleset's panel is one series");
        return Err(
            Failure::new(message).help("leave `--entity` out: there is nothing to choose among")
        );
    }
    let mut wanted = vec![false; panel.entities.len()];
    for name in names {
        let mut found = false;
        let several = plan.panel.keys.len() > 1;
        // `AVA` is all of AVA, `AVA/Tavari` one of its groups, or all of that.
        let is_asked = |entity: &str, spell: fn(&str) -> Cow<'_, str>| {
            (1..=plan.panel.keys.len()).any(|keys| spell(first_keys(entity, keys)) == name.as_str())
        };
        let mut exact = panel
            .entities
            .iter()
            .filter(|entity| is_asked(entity, shown_in_several));
        // A stroke within a key has a sign before it; without it, whatever reads so is meant.
        let spell = match several && exact.next().is_some() {
            true => shown_in_several,
            false => as_typed,
        };
        for (entity, wanted) in panel.entities.iter().zip(&mut wanted) {
            if is_asked(entity, spell) {
                (found, *wanted) = (true, true);
            }
        }
        if !found {
            let slashes = name.matches('/').count();
            let word = plan.panel.keys.get(slashes);
            let word = word.map_or(plan.panel.row_word(), |key| &key.name);
            // Of several keys, `AVA/Tavari` is one of AVA's.
            let within = |except: &str| {
                name.strip_prefix(except)
                    .is_some_and(|rest| rest.starts_with('/'))
            };
            let left_out = |except: &str| except == name || within(except);
            if plan.panel.except.iter().any(|one| left_out(&one.name)) {
                let message = format!("`{name}` is left out by the panel");
                return Err(Failure::new(message).help(
                    "the rules name it behind `except`: it is no peer of the others, and no row of it is read",
                ));
            }
            let message = format!("the data holds no {word} `{name}`");
            let known: Vec<_> = panel.entities.iter().map(|entity| shown(entity)).collect();
            let known = known.iter().map(AsRef::as_ref);
            return Err(Failure::unknown(message, name, known));
        }
    }
    Ok(Some(wanted))
}

fn period_filter(
    plan: &Plan,
    panel: &Panel,
    asked: &[String],
    (unasked, known): (Periods, &BTreeSet<i64>),
) -> Result<Periods, Failure> {
    let Some(kind) = plan.panel.period else {
        return match asked.first() {
            Some(period) => Err(Failure::new(format!(
                "`--period {period}`: this ruleset's panel has no periods"
            ))),
            None => Ok(Periods::All),
        };
    };
    match asked {
        [] => return Ok(unasked),
        [one] if one == "all" => return Ok(Periods::All),
        [one] if one == "latest" => return Ok(Periods::Latest),
        _ => {}
    }
    let mut wanted = BTreeSet::new();
    for text in asked {
        let text = text.trim();
        let before = wanted.len();
        // As the data write it, or in the usual way.
        let written = panel.written.and_then(|way| way.read(text).ok());
        let written = written.and_then(|found| period::of_kind(kind, found).ok());
        let usual = || period::parse(kind, text).ok();
        let found: Vec<i64> = match written
            .filter(|number| known.contains(number))
            .or_else(usual)
        {
            Some(number) => known.get(&number).into_iter().copied().collect(),
            None => within(kind, text, known),
        };
        wanted.extend(&found);
        if wanted.len() == before && found.is_empty() {
            return Err(no_period(panel, kind, text, known));
        }
    }
    Ok(Periods::Some(wanted))
}

/// The periods of a longer one, the months of `2024` and the days of `2024-05`; the one that a shorter one lies in,
/// the week of `2024-05-03`.
fn within(kind: PeriodKind, text: &str, known: &BTreeSet<i64>) -> Vec<i64> {
    let Some((found, number)) = period::any_of(text, Weekday::of(kind)) else {
        return Vec::new();
    };
    if period::most_within(kind, found).is_some() {
        let around = period::around(found, number, kind);
        return known.get(&around).into_iter().copied().collect();
    }
    let inside = |own: &&i64| period::around(kind, **own, found) == number;
    let is_longer = period::most_within(found, kind).is_some();
    known
        .iter()
        .filter(|own| is_longer && inside(own))
        .copied()
        .collect()
}

fn no_period(panel: &Panel, kind: PeriodKind, text: &str, known: &BTreeSet<i64>) -> Failure {
    let word = period::kind_name(kind);
    let failure = Failure::new(format!("the data holds no {word} `{text}`"));
    let all = known.iter().map(|number| spelled(panel, kind, *number));
    if let Some((before, after)) = beside(&all.collect::<Vec<_>>(), text) {
        return failure.help(format!(
            "there are {before} and next {after}, and no row between them"
        ));
    }
    match (known.first(), known.last()) {
        (Some(first), Some(last)) if first == last => {
            failure.help(format!("there is one, `{}`", spelled(panel, kind, *first)))
        }
        (Some(first), Some(last)) => failure.help(format!(
            "there are {0} to {1}; a {word} is written as these, `{1}`",
            spelled(panel, kind, *first),
            spelled(panel, kind, *last)
        )),
        _ => failure,
    }
}

/// The periods before and after one that is skipped, as they are written, in their order.
#[must_use]
pub fn beside<'a>(all: &'a [String], skipped: &str) -> Option<(&'a str, &'a str)> {
    let at = all.partition_point(|one| one.as_str() < skipped);
    let (before, after) = (all.get(at.checked_sub(1)?)?, all.get(at)?);
    let is_like = |one: &String| one.len() == skipped.len();
    (is_like(before) && is_like(after)).then_some((before, after))
}

/// A period as the data write it, beside its usual spelling where they count periods.
#[must_use]
pub fn spelled(panel: &Panel, kind: PeriodKind, number: i64) -> String {
    panel.period(kind, number).to_string()
}

/// The columns of what goes by a group, one for each of its items.
fn of_group(plan: &Plan, name: &str, items: &[String]) -> Result<Vec<usize>, Failure> {
    let mut found = Vec::new();
    for item in items {
        match plan
            .outputs
            .iter()
            .position(|output| output.column == *item)
        {
            Some(index) => found.push(index),
            None => {
                if let Some(failure) = audience::withheld(plan, item) {
                    return Err(failure);
                }
            }
        }
    }
    if found.is_empty() {
        let message = format!(
            "no item of `{name}` is among the results of `{}`",
            plan.framework.name
        );
        return Err(
            Failure::new(message).help(format!("`show {name}` in the rules publishes them"))
        );
    }
    Ok(found)
}

/// Indices of [`Plan::outputs`] by name, in the order of the names; all when none is named. What goes by a group
/// names the columns of all of its items.
///
/// # Errors
/// A name that is not published.
pub fn columns(plan: &Plan, names: &[String]) -> Result<Option<Vec<usize>>, Failure> {
    if names.is_empty() {
        return Ok(None);
    }
    let mut wanted = Vec::new();
    for name in names
        .iter()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
    {
        let own = |name: &str| plan.outputs.iter().position(|output| output.column == name);
        let items = plan.groups.get(name).map_or(&[][..], Vec::as_slice);
        if own(name).is_none() && !items.is_empty() {
            let found = of_group(plan, name, items)?;
            wanted.extend(
                found
                    .into_iter()
                    .filter(|index| !wanted.contains(index))
                    .collect::<Vec<_>>(),
            );
            continue;
        }
        let Some(index) = own(name) else {
            if let Some(failure) = audience::withheld(plan, name) {
                return Err(failure);
            }
            let message = format!(
                "`{name}` is not among the results of `{}`",
                plan.framework.name
            );
            let indicator = name.strip_suffix(".age").unwrap_or(name);
            let is_read = |input: &InputInfo| input.name == indicator && input.kind.is_indicator();
            if plan.inputs.iter().any(is_read) {
                let help =
                    format!("`show {indicator}` in the rules publishes what the data say of it");
                return Err(Failure::new(message).help(help));
            }
            let known = plan.outputs.iter().map(|output| output.column.as_str());
            return Err(Failure::unknown(message, name, known));
        };
        if !wanted.contains(&index) {
            wanted.push(index);
        }
    }
    Ok(Some(wanted))
}
