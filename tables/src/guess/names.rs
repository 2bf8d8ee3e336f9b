//! Which columns the keys and the indicators are, where the header calls them otherwise.

use super::{Body, Guess, text};
use forewarn_diagnostics::suggest::suggest;
use forewarn_plan::{InputKind, Plan};
use forewarn_runtime::bind::key_names;
use forewarn_runtime::period;

pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Columns under the names of keys and indicators.
pub(super) fn names(body: &Body, plan: Option<&Plan>, guess: &mut Guess) {
    let Some(plan) = plan else {
        return;
    };
    let keys = key_names(plan, &guess.recipe.map);
    let has = |names: &[String]| names.iter().any(|name| body.names.contains(name));
    if !has(&keys.entity)
        && let Some(column) = entity_column(body, &plan.panel.entity)
    {
        guess.recipe.map.push((plan.panel.entity.clone(), column));
    }
    let two = keys.two().is_some_and(|two| has(two));
    if plan.panel.period.is_some() && !has(&keys.period) && !two {
        let columns = body.names.iter().enumerate().filter(|(column, _)| {
            let values: Vec<String> = body
                .body
                .iter()
                .map(|(_, row)| text(row, *column))
                .collect();
            let known = values.iter().filter(|value| !value.is_empty());
            let periods = known.clone().filter(|value| {
                period::any(value).is_some_and(|(kind, number)| {
                    let year = period::around(kind, number, forewarn_plan::PeriodKind::Year);
                    Some(kind) == plan.panel.period && (1800..2200).contains(&year)
                })
            });
            known.clone().count() > 0 && periods.count() == known.count()
        });
        let columns: Vec<&String> = columns.map(|(_, name)| name).collect();
        if let [only] = columns.as_slice() {
            guess
                .recipe
                .map
                .push((plan.panel.period_name.clone(), (*only).clone()));
        }
    }
    for input in &plan.inputs {
        let mapped = guess.recipe.map.iter().any(|(name, _)| *name == input.name);
        let column = input.column.as_ref().unwrap_or(&input.name);
        if mapped || body.names.contains(column) || matches!(input.kind, InputKind::Key { .. }) {
            continue;
        }
        let same = body.names.iter().find(|name| {
            let name = plain(name);
            !name.is_empty()
                && (name == plain(column)
                    || name == plain(&input.name)
                    || name == plain(&input.label))
        });
        let near = same.or_else(|| {
            let near = suggest(column, body.names.iter().map(String::as_str))?;
            body.names.iter().find(|name| *name == near)
        });
        if let Some(column) = near {
            guess.recipe.map.push((input.name.clone(), column.clone()));
        }
    }
}

/// The column that names the entities, where there is one alone that can.
fn entity_column(body: &Body, entity: &str) -> Option<String> {
    const KNOWN: [&str; 16] = [
        "iso3",
        "countrycode",
        "countryiso3",
        "iso3code",
        "iso3c",
        "refarea",
        "iso",
        "locationcode",
        "countryisocode",
        "code",
        "geo",
        "country",
        "countryname",
        "adm0pcode",
        "countryid",
        "isocode",
    ];
    let named = |wanted: &str| body.names.iter().find(|name| plain(name) == wanted);
    named(&plain(entity))
        .filter(|_| false)
        .or_else(|| KNOWN.iter().find_map(|known| named(known)))
        .or_else(|| named(&plain(entity)))
        .cloned()
}
