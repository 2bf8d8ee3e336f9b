//! Names of columns that are periods only if somebody says so.

use super::found::Framed;
use super::keys::{all, is_year};
use crate::recipe::{marked_period, month_in, period_in};
use forewarn_plan::{PeriodKind, Plan};
use forewarn_runtime::bind::writings;

/// Columns of a panel by year that name two years each, or one of an office's own, and of a panel by month those whose
/// year has two digits or that are digits alone, with the patterns that read them.
pub(super) fn said_periods<'b>(
    body: &'b Framed,
    plan: Option<&Plan>,
) -> Option<(Vec<&'b String>, Vec<String>)> {
    months_said(body, plan).or_else(|| years_of_two(body, plan))
}

fn months_said<'b>(
    body: &'b Framed,
    plan: Option<&Plan>,
) -> Option<(Vec<&'b String>, Vec<String>)> {
    plan.filter(|plan| plan.panel.period == Some(PeriodKind::Month))?;
    let names: Vec<&String> = body
        .names
        .iter()
        .filter(|name| period_in(name).is_none())
        .filter(|name| !writings::of_months(&[name.as_str()]).is_empty())
        .collect();
    let texts: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    let patterns = writings::of_months(&texts);
    (names.len() >= 2 && !patterns.is_empty()).then_some((names, patterns))
}

fn years_of_two<'b>(
    body: &'b Framed,
    plan: Option<&Plan>,
) -> Option<(Vec<&'b String>, Vec<String>)> {
    plan.filter(|plan| plan.panel.period == Some(PeriodKind::Year))?;
    let is_plain = |name: &&String| period_in(name).is_some_and(|period| period.len() == 4);
    let plain: Vec<String> = (body.names.iter().filter(is_plain))
        .filter_map(|name| period_in(name))
        .collect();
    // `2022 rank` beside `2022` says something else of that year.
    let is_beside = |name: &&String| {
        marked_period(name, &[]).is_some_and(|(period, _)| plain.contains(&period))
    };
    let names: Vec<&String> = body
        .names
        .iter()
        .filter(|name| !is_beside(name))
        // A plain year needs no word.
        .filter(|name| period_in(name).is_none_or(|period| period.len() > 4))
        .filter(|name| !writings::of_years(&[name.as_str()]).is_empty())
        .collect();
    let texts: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    let patterns = writings::of_years(&texts);
    (names.len() >= 2 && !patterns.is_empty()).then_some((names, patterns))
}

/// Columns that are called by months alone, and the one beside them that has the year.
pub(super) fn months_beside<'b>(
    body: &'b Framed,
    plan: Option<&Plan>,
) -> Option<(Vec<&'b String>, String)> {
    /// Fewer may be something else: `Mar` and `Set` are names as well.
    const LEAST: usize = 3;
    plan.filter(|plan| plan.panel.period == Some(PeriodKind::Month))?;
    let months: Vec<&String> = body
        .names
        .iter()
        .filter(|name| month_in(name).is_some())
        .collect();
    let years = (0..body.names.len()).filter(|column| all(body, *column, is_year));
    match years.collect::<Vec<usize>>().as_slice() {
        [year] if months.len() >= LEAST => Some((months, body.names.get(*year)?.clone())),
        _ => None,
    }
}
