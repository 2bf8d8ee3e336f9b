//! What an earlier run said, as the report compares with it.
//!
//! In: results as they stand in a file, and their manifest where there is one. Out: where each entity stood
//! then, its numbers, and whether rules, data and program are the same by their digests.

use crate::compare::calendars::other_periods;
use crate::compare::periods::Spelling;
use crate::compare::side::Side;
use crate::failure::Failure;
use crate::manifest::document::Document;
use forewarn_plan::{OutputKind, PeriodKind, Plan};
use forewarn_report::{Between, Earlier};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::panel::{joined, shown as shown_entity};
use forewarn_runtime::period;
use forewarn_tables::as_it_stands;
use std::collections::BTreeSet;
use std::path::Path;

/// Reads an earlier run.
///
/// # Errors
/// There is none, or its results have other keys.
pub fn read(path: &Path, plan: &Plan, bound: &Bound, now: &Document) -> Result<Earlier, Failure> {
    let side = Side::of(path)?;
    let unreadable = |error| Failure::file("cannot read", &side.results, &error);
    let (names, rows) = as_it_stands(&side.results)
        .map_err(unreadable)?
        .ok_or_else(|| {
            Failure::new(format!(
                "{} holds no results that can be read",
                side.results.display()
            ))
            .help("give CSV, NDJSON, JSON, Arrow or Parquet as `forewarn run … -o` writes them")
        })?;
    let column = |name: &str| names.iter().position(|one| one == name);
    // A run writes its keys first; they are called as the data call them, which may be another name in a file
    // that this audience may not see.
    let count = bound.entity_columns.len() + usize::from(bound.period_column.is_some());
    let first = side.keys() == Some(count);
    let needed = |name: &str, at: usize| {
        let by_place = first.then_some(at);
        column(name).or(by_place).ok_or_else(|| {
            Failure::new(format!(
                "{} has no column `{name}`, by which its rows are known",
                side.results.display()
            ))
            .help("give results of the same kind of data, with the keys that these data have")
        })
    };
    let keys = bound.entity_columns.iter().enumerate();
    let keys = keys.map(|(at, name)| needed(name, at));
    let keys = keys.collect::<Result<Vec<usize>, _>>()?;
    let when = match &bound.period_column {
        Some(name) => Some(needed(name, count - 1)?),
        None => None,
    };
    is_of_these_rules(&side.results, plan, &names, &rows)?;
    if let (Some(first), Some(second)) = (side.weeks(), plan.panel.period)
        && matches!(second, PeriodKind::Week(_))
        && first != second
    {
        return Err(other_periods(
            (&shown(path), first),
            ("this report", second),
        ));
    }
    let mut earlier = Earlier {
        name: shown(path),
        ..Earlier::default()
    };
    let cells = rows.iter().filter_map(|row| row.get(when?));
    let cells: Vec<&str> = cells.map(String::as_str).collect();
    let spelling = Spelling::of(side.recorded.as_ref()).with_cells(&cells);
    let mut known: BTreeSet<String> = BTreeSet::new();
    for row in &rows {
        let cell = |at: usize| row.get(at).map_or("", String::as_str);
        let name = joined(keys.iter().map(|at| cell(*at)));
        let name = shown_entity(&name);
        known.insert(name.clone().into_owned());
        let name = forewarn_report::named(plan, &name);
        let number = when.zip(plan.panel.period);
        let number = number.and_then(|(at, kind)| {
            let found = spelling.read(cell(at))?;
            // Weeks are read as ISO weeks there, and these may begin on another day.
            let other = |_| period::parse(kind, cell(at));
            period::of_kind(kind, found).or_else(other).ok()
        });
        for output in plan
            .outputs
            .iter()
            .filter(|one| one.column == one.declaration)
        {
            let key = (output.column.clone(), name.clone(), number);
            let part = |part: &str| {
                let at = column(&format!("{}{part}", output.column))?;
                Some(cell(at)).filter(|text| !text.is_empty())
            };
            match &output.kind {
                OutputKind::Level { names, labels } => {
                    let place = |text: &str| {
                        let at = |list: &[String]| list.iter().position(|one| one == text);
                        at(names).or_else(|| at(labels))
                    };
                    let exact = part("").and_then(place);
                    let least = part(".at_least").and_then(place).or(exact);
                    let most = part(".at_most").and_then(place).or(exact);
                    if let (Some(least), Some(most)) = (least, most) {
                        earlier.levels.insert(key, Between { least, most });
                    }
                }
                OutputKind::Number => {
                    if let Some(value) = part("").and_then(|text| text.parse().ok()) {
                        earlier.numbers.insert(key, value);
                    }
                }
                OutputKind::Truth | OutputKind::Category { .. } | OutputKind::Period(_) => {}
            }
        }
    }
    let own: BTreeSet<_> = (0..bound.panel.rows())
        .map(|row| bound.panel.entity(row))
        .collect();
    if !known.is_empty() && !own.is_empty() && !known.iter().any(|name| own.contains(name.as_str()))
    {
        let entity = plan.panel.row_word();
        return Err(Failure::new(format!(
            "no {entity} of {} is among those of this report",
            side.results.display()
        ))
        .help("give an earlier run of the same kind of data"));
    }
    if let Some(recorded) = &side.recorded {
        let sorted = |mut digests: Vec<String>| {
            digests.sort();
            digests
        };
        let rules = now.rules.files.iter().map(|file| file.sha256.clone());
        let rules = sorted(rules.collect());
        earlier.rules = side.rules().map(|then| then == rules);
        let data = now.data.iter().map(|one| one.sha256.clone());
        let data: Option<Vec<String>> = data.collect();
        let both = side.data().zip(data);
        earlier.data = both.map(|(then, now)| then == sorted(now));
        earlier.program = Some(recorded.document.forewarn == now.forewarn);
    }
    Ok(earlier)
}

/// Do results have a level that these rules have, and its names in it? Else there is nothing to compare with, and
/// a report would say that nothing was open.
fn is_of_these_rules(
    results: &Path,
    plan: &Plan,
    names: &[String],
    rows: &[Vec<String>],
) -> Result<(), Failure> {
    let levels = plan.outputs.iter().filter_map(|output| match &output.kind {
        OutputKind::Level { names, labels } => Some((&output.column, [names, labels])),
        OutputKind::Number
        | OutputKind::Truth
        | OutputKind::Category { .. }
        | OutputKind::Period(_) => None,
    });
    let levels: Vec<_> = levels.collect();
    let column = |name: &str| names.iter().position(|one| one == name);
    let help = "give what `forewarn run` of these rules wrote, an earlier version of them included";
    let mut there = levels
        .iter()
        .filter_map(|(name, words)| Some((name, column(name)?, words)))
        .peekable();
    if there.peek().is_none() {
        let wanted: Vec<String> = levels.iter().map(|(name, _)| format!("`{name}`")).collect();
        return Err(Failure::new(format!(
            "{} holds no results of these rules: it has no column {}",
            results.display(),
            crate::words::list(&wanted, 4)
        ))
        .help(help));
    }
    let mut other = None;
    for (name, at, words) in there {
        let mut cells = rows.iter().filter_map(|row| row.get(at));
        let mut cells = cells.by_ref().filter(|text| !text.is_empty()).peekable();
        let Some(first) = cells.peek().map(|text| (*text).clone()) else {
            return Ok(());
        };
        if cells.any(|text| words.iter().any(|names| names.contains(text))) {
            return Ok(());
        }
        other.get_or_insert((name, first));
    }
    match other {
        Some((name, text)) => Err(Failure::new(format!(
            "{} holds no results of these rules: `{text}` is no level that `{name}` has",
            results.display()
        ))
        .help(help)),
        None => Ok(()),
    }
}

/// A run's own name: folders above it differ from one machine to the next.
fn shown(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
