//! Tables with a column for each entity: months go down, countries across.
//!
//! In: a table in which nothing names the entities, and rules that are to read it. Out: the shape that reads it, where one
//! column says the period and all others hold numbers.

use super::found::{Framed, Guess, text};
use super::keys::all;
use super::names::plain;
use super::shape::chosen;
use crate::recipe::{Shape, only_indicator, without_flag};
use forewarn_plan::Plan;
use forewarn_runtime::bind::{key_names, says_missing};
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
    let numbers = |column: usize| {
        let is_number = |text: &str| {
            let bare = text.replace([',', ' ', '\u{a0}', '\u{202f}', '.', '\''], "");
            let digits =
                |bare: &str| !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
            says_missing(text)
                || digits(bare.trim_start_matches('-'))
                || without_flag(&bare).is_some_and(digits)
        };
        all(body, column, is_number)
    };
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
    guess.recipe.shape = Shape::Entities {
        called: "entities",
        value,
        name: None,
        keys: Vec::new(),
    };
}
