//! Tables with a column for each entity: months go down, countries across.
//!
//! In: a table in which nothing names the entities, and rules that are to read it. Out: the shape that reads it, where one
//! column says the period and all others hold numbers.

use super::found::{Framed, Guess, text};
use super::frame::is_value;
use super::keys::all;
use super::names::plain;
use super::shape::chosen;
use crate::recipe::{Filter, Shape, only_indicator};
use forewarn_plan::Plan;
use forewarn_runtime::bind::{key_names, sums_up};
use forewarn_runtime::causes::data::{filter_name, filter_text};
use std::collections::BTreeSet;

/// Sees it.
pub(super) fn across(body: &Framed, plan: &Plan, guess: &mut Guess) {
    if guess.recipe.shape != Shape::Plain {
        return;
    }
    let keys = key_names(plan, &guess.recipe.map);
    let ([key], [names]) = (plan.panel.keys.as_slice(), keys.keys.as_slice()) else {
        return;
    };
    let is_there = |name: &String| body.names.contains(name);
    if plan.panel.period.is_none() || names.iter().any(is_there) {
        return;
    }
    let Some(period) = keys.period.iter().find(|name| is_there(name)) else {
        return;
    };
    let others = body.names.iter().enumerate();
    let others: Vec<(usize, &String)> = others
        .filter(|(_, name)| !name.is_empty() && *name != period)
        .collect();
    let numbers = |column: usize| all(body, column, is_value);
    // What rules call an indicator, a question or an event is no entity.
    let is_known = |name: &str| {
        let mut inputs = plan.inputs.iter();
        let own = plain(name);
        inputs.any(|input| {
            [&input.name, &input.label]
                .into_iter()
                .chain(&input.column)
                .any(|known| plain(known) == own)
        })
    };
    // `Alpha killed` names a country and an indicator: no shape reads both from the name of a column.
    let names_both = |name: &str| {
        let words: Vec<String> = name.split([' ', '_', '-', '.', '/']).map(plain).collect();
        let mut inputs = plan.inputs.iter().filter(|input| input.kind.is_indicator());
        words.len() > 1
            && inputs.any(|input| {
                let own = [&input.name, &input.label];
                own.iter().any(|known| words.contains(&plain(known)))
            })
    };
    if others.len() >= 2
        && others
            .iter()
            .all(|(column, name)| names_both(name) && numbers(*column))
    {
        let first = others.first().map_or("", |(_, name)| name.as_str());
        guess.asked.push(format!(
            "columns such as `{first}` seem to name the {} and the indicator, which nothing reads: give each indicator \
             a table of its own, or each {} rows of its own",
            key.name, key.name
        ));
        return;
    }
    let different: BTreeSet<&String> = others.iter().map(|(_, name)| *name).collect();
    let fits = others.len() >= 2
        && different.len() == others.len()
        && others.iter().all(|(column, name)| {
            !is_known(name)
                && !name.starts_with(|letter: char| letter.is_ascii_digit())
                && numbers(*column)
        })
        && body.body.iter().any(|(_, row)| {
            others
                .iter()
                .any(|(column, _)| !text(row, *column).is_empty())
        });
    let (true, Some((_, first)), Some((_, last))) = (fits, others.first(), others.last()) else {
        return;
    };
    // Above the periods stands what the values are.
    let corner = plan.inputs.iter().find(|input| {
        let own = [&input.name, &input.label];
        input.kind.is_indicator() && own.iter().any(|known| plain(known) == plain(period))
    });
    let value = corner
        .map(|input| input.name.clone())
        .or_else(|| only_indicator(plan));
    let (value, asked) = match value {
        Some(value) => (Some(value), None),
        None => chosen(plan, guess),
    };
    guess.asked.extend(asked);
    let period_name = plan.panel.period_name.clone();
    guess.recipe.map.retain(|(name, _)| *name == period_name);
    guess.see(
        format!("each {} has a column, `{first}` to `{last}`", key.name),
        body.header_row,
        "the header",
    );
    // Sums of all countries, and of all periods.
    for (_, name) in others.iter().filter(|(_, name)| sums_up(name)) {
        if !guess.recipe.except.contains(name) {
            guess.see(
                format!("`{name}` sums up its other columns"),
                body.header_row,
                format!("no {}", plan.panel.entity()),
            );
            guess.recipe.except.push((*name).clone());
        }
    }
    if let Some(column) = body.names.iter().position(|name| name == period)
        && guess.recipe.rows.is_none()
    {
        let sums = body
            .body
            .iter()
            .map(|(number, row)| (*number, text(row, column)));
        let sums: Vec<(u64, String)> = sums.filter(|(_, text)| sums_up(text)).collect();
        let words: BTreeSet<String> = sums.iter().map(|(_, text)| filter_text(text)).collect();
        if let Some((row, first)) = sums.first() {
            let words: Vec<String> = words.into_iter().collect();
            let condition = format!("{} not in ({})", filter_name(period), words.join(", "));
            guess.recipe.rows = Filter::new(&condition).ok();
            guess.see(
                format!("`{first}` sums up its other rows"),
                Some(*row),
                format!("no {}", plan.panel.period_name),
            );
        }
    }
    guess.recipe.shape = Shape::Entities {
        called: "entities",
        value,
        name: None,
        keys: Vec::new(),
    };
}
