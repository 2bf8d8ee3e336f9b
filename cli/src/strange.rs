//! Values that depart from everything before them, in words.

use crate::words::count;
use forewarn_plan::{PeriodKind, Plan};
use forewarn_runtime::bind::{Bound, ByKey, Departure, Rescaled};
use forewarn_runtime::causes::data::FewInTheFuture;
use forewarn_runtime::panel::{Panel, shown};
use forewarn_runtime::period::{self, Period};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// `` `hungry` of BRU, 2024-12, goes from 43 to 0.43, further than ever before ``
pub fn in_words(
    plan: &Plan,
    (departures, rescaled): &(Vec<Departure>, Vec<Rescaled>),
) -> Vec<String> {
    let name = |input: usize| plan.inputs.get(input).map_or("", |input| &input.name);
    let period = |number: i64| {
        let kind = plan.panel.period;
        kind.map_or_else(String::new, |kind| Period::new(kind, number).to_string())
    };
    let scales = rescaled.iter().map(|one| {
        format!(
            "`{}` is about {} times {} in {} than before, for all {}: is it counted in another unit?",
            name(one.input),
            one.times,
            if one.up { "larger" } else { "smaller" },
            period(one.period),
            count(one.entities, plan.panel.entity()),
        )
    });
    let values = departures.iter().map(|one| {
        format!(
            "`{}` of {}, {}, goes from {} to {}, further than ever before",
            name(one.input),
            one.entity,
            period(one.period),
            one.from,
            one.to
        )
    });
    scales.chain(values).collect()
}

/// The period of today.
pub fn today(kind: PeriodKind) -> Option<i64> {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()?;
    let days = i64::try_from(since.as_secs() / 86_400).ok()?;
    Some(period::around(PeriodKind::Day, days, kind))
}

/// `the latest period, 2042-02, is in the future`
pub fn in_future(kind: PeriodKind, last: i64) -> String {
    format!(
        "the latest period, {}, is in the future",
        Period::new(kind, last)
    )
}

/// A latest period in the future that few reach: most often a mistyped year. Nothing where an audience does not see all
/// of the panel.
pub fn few_in_the_future(plan: &Plan, bound: &Bound, files: &[PathBuf]) -> Option<FewInTheFuture> {
    const NAMED: usize = 4;
    let kind = plan.panel.period?;
    let told = &plan.confidentiality;
    if !(told.withheld.is_empty() && told.sealed.is_empty()) {
        return None;
    }
    let today = today(kind)?;
    let panel = &bound.panel;
    if !panel.periods.iter().any(|period| *period > today) {
        return None;
    }
    let mut latest: BTreeMap<u32, i64> = BTreeMap::new();
    for (entity, period) in panel.entity_of.iter().zip(&panel.periods) {
        let known = latest.entry(*entity).or_insert(*period);
        *known = (*known).max(*period);
    }
    let all = latest.len();
    latest.retain(|_, period| *period > today);
    // Where most go on into the future, what they say are forecasts.
    if latest.is_empty() || latest.len() * 2 > all {
        return None;
    }
    let words = |period: i64| Period::new(kind, period).as_in(panel.written).to_string();
    let named = latest.iter().take(NAMED).map(|(entity, period)| {
        let name = panel.entities.get(*entity as usize);
        let name = name.map_or_else(String::new, |name| shown(name).into_owned());
        (name, words(*period))
    });
    Some(FewInTheFuture {
        file: match files {
            [only] => Some(only.display().to_string()),
            _ => None,
        },
        column: bound.period_column.clone(),
        entity: plan.panel.entity().to_owned(),
        ahead: named.collect(),
        count: latest.len(),
        of: all,
        latest: words(latest.values().copied().max()?),
        today: Period::new(kind, today).to_string(),
    })
}

/// The same of a panel; nothing where an audience does not see all of it.
pub fn of_panel(plan: &Plan, panel: &Panel) -> Vec<String> {
    let told = &plan.confidentiality;
    if !(told.withheld.is_empty() && told.sealed.is_empty()) {
        return Vec::new();
    }
    let keys = ByKey {
        entities: &panel.entities,
        entity_of: &panel.entity_of,
        periods: &panel.periods,
    };
    in_words(plan, &keys.strange(plan, &panel.columns))
}
