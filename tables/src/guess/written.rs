//! How periods are written, where it is not the usual way.
//!
//! In: the cells of the column that says the period. Out: the patterns that read them, and what only people can say of a
//! date that two of them read.

use super::cells::column_texts;
use super::found::{Framed, Guess};
use crate::recipe::{Shape, period_in};
use forewarn_plan::{PeriodKind, Plan};
use forewarn_runtime::bind::{key_names, spreadsheet_day, sums_up, writings};
use forewarn_runtime::period;

/// The ways in which the periods of one column are written, where there are several and each cell is read in one
/// alone.
fn several_ways(
    texts: &[&String],
    kind: PeriodKind,
) -> Option<(Vec<period::Written>, Option<String>)> {
    /// More are no way of writing.
    const MOST: usize = 4;
    let mut ways: Vec<period::Written> = Vec::new();
    let reads = |ways: &[period::Written], text: &str| {
        ways.iter().any(|written| written.read(text).is_ok())
    };
    let mut unclear: Vec<&String> = Vec::new();
    for text in texts {
        if reads(&ways, text) {
            continue;
        }
        match period::patterns_of(text, kind).as_slice() {
            [] => return None,
            [only] => ways.push(period::Written::new(only).ok()?),
            [_, ..] => unclear.push(text),
        }
        if ways.len() > MOST {
            return None;
        }
    }
    // What others of the column leave open is asked, once for all.
    let mut asked = None;
    let texts: Vec<&str> = unclear
        .iter()
        .map(|text| text.as_str())
        .filter(|text| !reads(&ways, text))
        .collect();
    if let Some(text) = texts.first() {
        let patterns = period::patterns_of_all(&texts, kind);
        let first = patterns.first()?;
        asked = patterns
            .get(1)
            .map(|other| two_ways(text, first, other, kind));
        ways.push(period::Written::new(first).ok()?);
    }
    (ways.len() > 1).then_some((ways, asked))
}

/// The way of writing of cells that are all days as spreadsheets count them, with the first of them.
fn days_of_spreadsheet<'t>(texts: &[&'t String]) -> Option<(&'t str, period::Written)> {
    let first = texts.first()?;
    let all = texts
        .iter()
        .all(|text| spreadsheet_day(text).is_some() && !text.contains('.'));
    let written = period::Written::new(&format!("{first} = {}", spreadsheet_day(first)?)).ok()?;
    all.then_some((first.as_str(), written))
}

/// A period that can be read in two ways.
pub(super) fn two_ways(text: &str, first: &str, other: &str, kind: PeriodKind) -> String {
    let read = |pattern: &str| {
        let read = writings::read_as(pattern, text, kind);
        read.map_or_else(String::new, |(_, words)| words)
    };
    format!(
        "`{text}` is {}, with `period = \"{first}\"`, and {}, with `period = \"{other}\"`: say which the file means",
        read(first),
        read(other)
    )
}

/// Names of columns that say more than the panel's period, such as a day of its month: how they are written.
fn in_names(parts: &[(&str, String)], kind: PeriodKind, guess: &mut Guess) {
    let unread = parts
        .iter()
        .filter(|(_, usual)| period::parse(kind, usual).is_err());
    let unread: Vec<&str> = unread.map(|(written, _)| written.trim()).collect();
    // Years beside their months are another matter.
    if unread.is_empty() || unread.len() < parts.len() {
        return;
    }
    if let [only] = period::patterns_of_all(&unread, kind).as_slice() {
        guess.recipe.period = period::Written::new(only).ok();
    }
}

/// How periods are written.
pub(super) fn periods(body: &Framed, plan: &Plan, guess: &mut Guess) {
    let Some(kind) = plan.panel.period else {
        return;
    };
    if guess.recipe.period.is_some() {
        return;
    }
    let parts: Option<Vec<(&str, String)>> = match &guess.recipe.shape {
        Shape::Periods { .. } => {
            let names = body.names.iter();
            Some(
                names
                    .filter_map(|name| Some((name.as_str(), period_in(name)?)))
                    .collect(),
            )
        }
        Shape::Wide { pattern } => {
            let names = body.names.iter().filter_map(|name| {
                let (_, period) = pattern.read(name, &[])?;
                Some((pattern.parts(name, &[])?.1, period))
            });
            Some(names.collect())
        }
        Shape::Plain | Shape::Long { .. } | Shape::Entities { .. } => None,
    };
    if let Some(parts) = parts {
        in_names(&parts, kind, guess);
        return;
    }
    let keys = key_names(plan, &guess.recipe.map);
    let Some(column) = keys
        .period
        .iter()
        .find_map(|name| body.names.iter().position(|known| known == name))
    else {
        return;
    };
    let texts = column_texts(body, column);
    let texts: Vec<(u64, String)> = texts.filter(|(_, text)| !sums_up(text)).collect();
    let unread: Vec<&String> = texts
        .iter()
        .map(|(_, text)| text)
        .filter(|text| period::parse(kind, text).is_err())
        .collect();
    if let Some((ways, asked)) = several_ways(&unread, kind)
        && let [first, others @ ..] = ways.as_slice()
    {
        guess.recipe.period = Some(*first);
        guess.recipe.periods = others.to_vec();
        guess.asked.extend(asked);
        return;
    }
    if let Some((text, written)) =
        days_of_spreadsheet(&unread).filter(|_| unread.len() == texts.len())
    {
        let day = written
            .read(text)
            .map(|(kind, day)| period::Period::new(kind, day).to_string());
        guess.asked.push(format!(
            "`{text}` is {}, as spreadsheets count days: look whether it is",
            day.unwrap_or_default()
        ));
        guess.recipe.period = Some(written);
        return;
    }
    let unread: Vec<&str> = unread.into_iter().map(String::as_str).collect();
    let patterns = period::patterns_of_all(&unread, kind);
    match patterns.as_slice() {
        [] => {}
        [first, others @ ..] => {
            guess.recipe.period = period::Written::new(first).ok();
            if let [other, ..] = others {
                let text = unread.first().copied().unwrap_or_default();
                guess.asked.push(two_ways(text, first, other, kind));
            }
        }
    }
}
