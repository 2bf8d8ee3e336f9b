//! Which column each key and indicator is read from.
//!
//! In: the Plan, `--map`, the table's columns. Out: a place for each, or the causes why there is
//! none.

use super::sums::no_sum_of;
use super::wanted::{PERIOD, Wanted, check_map, wanted};
use super::{BindOptions, Column, Holds, usual};
use crate::causes::data::{ColumnTwice, MissingColumn, NoColumnFits, NothingOfData, WrongColumn};
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::suggest::suggest;
use forewarn_plan::{PeriodKind, Plan};
use std::collections::HashMap;

/// Where everything is read from: places among the table's columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Binding {
    /// The keys of what rows are about that the file has: all of the panel's, or the first ones.
    pub(super) keys: Vec<usize>,
    pub(super) period: PeriodAt,
    /// The kind of period that the column's name tells, where it is longer than the panel's.
    pub(super) long: Option<PeriodKind>,
    /// One per input; `None` for an optional one without a column, and for one of another file.
    pub(super) inputs: Vec<Option<usize>>,
}

/// Where the period is read from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum PeriodAt {
    /// A cross-section, or a file of what does not change.
    #[default]
    None,
    One(usize),
    /// A year, and a quarter, month or week of it.
    Two([usize; 2]),
}

impl PeriodAt {
    pub(super) fn columns(self) -> impl Iterator<Item = usize> {
        let columns = match self {
            Self::None => [None, None],
            Self::One(column) => [Some(column), None],
            Self::Two([year, within]) => [Some(year), Some(within)],
        };
        columns.into_iter().flatten()
    }
}

/// Finds the columns.
///
/// # Errors
/// What is missing, there twice, of another kind or mapped to nothing.
pub(super) fn bind(
    plan: &Plan,
    columns: &[Column],
    options: &BindOptions,
) -> Result<Binding, Reports> {
    let mut reports = Reports::default();
    if plan.panel.keys.is_empty() && plan.panel.period.is_none() {
        reports.add(NothingOfData {
            file: options.file.clone(),
            framework: plan.framework.name.clone(),
        });
        return Err(reports);
    }
    let mut wanted = wanted(plan, &options.map, options.several);
    // Among several files it is told once, before any of them is read.
    if !options.several
        && let Err(slips) = check_map(plan, &options.map)
    {
        reports.append(slips);
    }
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let places = places(columns);
    let mut long = None;
    for wanted in &mut wanted {
        if wanted.names(|name| places.contains_key(name)).is_none()
            && let Some(at) = wanted
                .instead
                .iter()
                .position(|(name, _)| places.contains_key(name.as_str()))
        {
            let (name, kind) = wanted.instead.swap_remove(at);
            (wanted.column, wanted.two, long) = (name, None, kind);
        }
    }
    let found: Vec<Option<usize>> = wanted
        .iter()
        .map(|wanted| find(wanted, columns, &places, options, &mut reports))
        .collect();
    let place = |what: &str| wanted.iter().position(|wanted| wanted.what == what);
    let of = |what: &str| found.get(place(what)?).copied().flatten();
    let period = place(PERIOD).and_then(|at| wanted.get(at));
    let period = match period.and_then(Wanted::two) {
        Some(two) if of(PERIOD).is_none() => {
            let [year, within] = two.map(|name| names.iter().position(|known| known == name));
            year.zip(within).map_or(PeriodAt::None, |(year, within)| {
                PeriodAt::Two([year, within])
            })
        }
        _ if period.is_none() => PeriodAt::None,
        _ => of(PERIOD).map_or(PeriodAt::None, PeriodAt::One),
    };
    let own: Vec<Option<usize>> = wanted
        .iter()
        .zip(&found)
        .filter(|(wanted, _)| wanted.key.is_some())
        .map(|(_, found)| *found)
        .collect();
    // A key is within those before it.
    let last_key = own.iter().rposition(Option::is_some);
    let none = found.iter().all(Option::is_none);
    if none && period == PeriodAt::None && reports.is_empty() {
        reports.add(NoColumnFits {
            file: options.file.clone(),
            near: wanted
                .iter()
                .filter(|wanted| wanted.two.is_none())
                .filter_map(|wanted| {
                    let near = nearest(wanted, &names)?;
                    Some((wanted.name.to_owned(), near))
                })
                .collect(),
            columns: names.into_iter().filter(|name| !name.is_empty()).collect(),
            wanted: wanted.into_iter().map(|wanted| wanted.column).collect(),
        });
        return Err(reports);
    }
    // A slip in `--map` explains a missing column as well.
    if reports.is_empty() {
        let absent = wanted.iter().zip(&found).filter(|(wanted, found)| {
            // What is mapped is meant to be there.
            let mapped = options.map.iter().any(|(name, _)| name == wanted.name);
            let needed = wanted
                .key
                .is_some_and(|key| key == 0 || Some(key) < last_key);
            let elsewhere = wanted.optional() && !mapped || options.several && !needed;
            let made = wanted.what == PERIOD && period != PeriodAt::None;
            found.is_none() && !elsewhere && !made
        });
        let absent: Vec<Wanted<'_>> = absent
            .flat_map(|(wanted, _)| wanted.each_absent(&names))
            .collect();
        missing(plan, &absent, names, options, &mut reports);
    }
    if reports.has_errors() {
        return Err(reports);
    }
    let keys = wanted.iter().filter(|wanted| wanted.input.is_none());
    let mut places = found.iter().skip(keys.count()).copied();
    let inputs = plan.inputs.iter().map(|input| {
        if input.kind.has_column() {
            places.next().flatten()
        } else {
            None
        }
    });
    Ok(Binding {
        keys: own.into_iter().map_while(|place| place).collect(),
        period,
        long,
        inputs: inputs.collect(),
    })
}

/// By name: the first column of that name, and a second one.
type Places<'c> = HashMap<&'c str, (usize, Option<usize>)>;

fn places(columns: &[Column]) -> Places<'_> {
    let mut places = Places::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        let known = places.entry(column.name.as_str()).or_insert((place, None));
        if known.0 != place {
            known.1.get_or_insert(place);
        }
    }
    places
}

fn find(
    wanted: &Wanted<'_>,
    columns: &[Column],
    places: &Places<'_>,
    options: &BindOptions,
    reports: &mut Reports,
) -> Option<usize> {
    let (place, second) = *places.get(wanted.column.as_str())?;
    let column = columns.get(place)?;
    if let Some(second) = second {
        reports.add(ColumnTwice {
            file: options.file.clone(),
            column: wanted.column.clone(),
            name: wanted.name.to_owned(),
            first: place + 1,
            second: second + 1,
        });
    } else if !wanted.takes(&column.holds) {
        reports.add(WrongColumn {
            file: options.file.clone(),
            column: wanted.column.clone(),
            name: wanted.name.to_owned(),
            holds: match &column.holds {
                Holds::Cells => "text".to_owned(),
                Holds::Numbers => "numbers".to_owned(),
                Holds::Truths => "truths".to_owned(),
                Holds::Dates => "dates".to_owned(),
                Holds::Other(words) => words.clone(),
            },
            wanted: wanted.kind().to_owned(),
        });
    }
    Some(place)
}

/// The column that is nearly called as what is read; a key may also stand under a usual name of its kind.
fn nearest(wanted: &Wanted<'_>, names: &[String]) -> Option<String> {
    let all = || {
        names
            .iter()
            .map(String::as_str)
            .filter(|name| !name.is_empty())
    };
    let exact = all().find(|name| *name == wanted.name);
    let same = || all().find(|name| usual::plain(name) == usual::plain(wanted.name));
    let usual = || {
        let is_entity = wanted.key == Some(0);
        is_entity.then(|| usual::entities(wanted.name, names).next())?
    };
    let label = || {
        let label = usual::plain(&wanted.input?.label);
        all().find(|name| !label.is_empty() && usual::plain(name) == label)
    };
    let near = exact
        .or_else(same)
        .or_else(label)
        .or_else(usual)
        .or_else(|| suggest(&wanted.column, all()))
        .or_else(|| suggest(wanted.name, all()))
        .or_else(|| usual::by_words(wanted.name, all()));
    near.map(str::to_owned)
}

/// Tells the columns that are not there; the columns that are there are listed once.
fn missing(
    plan: &Plan,
    absent: &[Wanted<'_>],
    mut names: Vec<String>,
    options: &BindOptions,
    reports: &mut Reports,
) {
    names.retain(|name| !name.is_empty());
    let suggestions: Vec<Option<String>> = absent
        .iter()
        .map(|wanted| {
            // One column does not stand for two.
            if wanted.two.is_some() {
                return None;
            }
            nearest(wanted, &names)
        })
        .collect();
    // `iso3;month` in a header that has `,` elsewhere is told once.
    let mut told: Vec<String> = Vec::new();
    for (wanted, suggestion) in absent.iter().zip(suggestions) {
        let joined = joined(&names, &wanted.column);
        if let Some((cell, _)) = &joined {
            told.push(cell.clone());
        } else if told
            .iter()
            .any(|cell| parts(cell).any(|part| part == wanted.column))
        {
            continue;
        }
        reports.add(MissingColumn {
            joined,
            file: options.file.clone(),
            others: Vec::new(),
            name: wanted.name.to_owned(),
            what: wanted.what,
            column: wanted.column.clone(),
            suggestion,
            unsummed: options.unsummed.contains(&wanted.column),
            no_sum: wanted.input.and_then(|input| no_sum_of(plan, input)),
            optional: wanted.optional(),
            mapped: options.map.iter().any(|(name, _)| name == wanted.name),
            columns: std::mem::take(&mut names),
            declared: wanted.declared(),
            recipe: {
                let mut map = options.map.iter();
                let mapped =
                    map.any(|(name, column)| name == wanted.name && *column == wanted.column);
                options.map_at.filter(|_| mapped)
            },
        });
    }
}

/// The cell of a header that holds this name beside others, and the sign between them.
fn joined(names: &[String], column: &str) -> Option<(String, char)> {
    let cell = names
        .iter()
        .find(|cell| parts(cell).count() > 1 && parts(cell).any(|part| part == column))?;
    let sign = cell.chars().find(|sign| APART.contains(sign))?;
    Some((cell.clone(), sign))
}

/// Signs that set columns apart in some file.
const APART: [char; 3] = [';', '\t', '|'];

fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(APART).map(str::trim)
}
