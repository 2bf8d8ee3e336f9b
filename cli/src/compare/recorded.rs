//! Results as they stand in files, as tables that can be compared.

use super::moved::{Cells, Moved, moved};
use super::periods::Spelling;
use super::side::Side;
use crate::failure::Failure;
use forewarn_plan::PeriodKind;
use forewarn_runtime::comparison::{Column, Key, Table};
use forewarn_runtime::period;
use forewarn_tables::as_it_stands;
use std::collections::HashSet;
use std::path::Path;

/// A table whose rows are known by its first columns.
pub struct Stands {
    pub table: Table,
    /// The words of each row's key, as the table's keys have them.
    pub words: Vec<String>,
}

/// The words of a file's cells.
struct Words {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The most columns that a row is taken to be known by where no manifest says how many it is.
const MOST: usize = 5;

/// Reads two results, with the same columns as keys: as many as a manifest says.
///
/// # Errors
/// One cannot be read, or rows cannot be told apart.
pub fn both(first: &Side, second: &Side) -> Result<(Stands, Stands, Option<Moved>), Failure> {
    let (mut one, mut other) = (read(&first.results)?, read(&second.results)?);
    let recorded = first.keys().or_else(|| second.keys());
    // A period is the same however a month's file writes it.
    for (words, side) in [(&mut one, first), (&mut other, second)] {
        words.spell(&Spelling::of(side.recorded.as_ref()), recorded);
    }
    let Some(keys) = keys(&one, &other, recorded) else {
        let message = format!(
            "the rows of {} and {} cannot be told apart by their first columns",
            first.results.display(),
            second.results.display()
        );
        return Err(Failure::new(message).help(
            "compare results that begin with the same keys, each once: an entity and a period",
        ));
    };
    // A column is of one kind in both, also where it is missing throughout in one of them.
    let worded: HashSet<&String> = one.worded().chain(other.worded()).collect();
    let moved = moved(&one.cells(), &other.cells(), keys);
    Ok((
        one.stands(keys, &worded),
        other.stands(keys, &worded),
        moved,
    ))
}

fn read(path: &Path) -> Result<Words, Failure> {
    let read = as_it_stands(path);
    let read = read.map_err(|error| Failure::file("cannot read", path, &error))?;
    let (names, rows) = read.ok_or_else(|| {
        Failure::new(format!(
            "{} holds no results that can be read",
            path.display()
        ))
        .help("give CSV, NDJSON, JSON, Arrow or Parquet as `forewarn run … -o` writes them")
    })?;
    Ok(Words { names, rows })
}

/// How many columns both have as keys: the fewest with which no two rows are alike in either, and a
/// period behind them, also where each has one period alone.
fn keys(one: &Words, other: &Words, recorded: Option<usize>) -> Option<usize> {
    let shared = one.names.iter().zip(&other.names);
    let shared = shared.take_while(|(a, b)| a == b).count();
    let is_apart = |count: usize| one.is_apart(count) && other.is_apart(count);
    if let Some(count) = recorded.filter(|count| *count <= shared && is_apart(*count)) {
        return Some(count);
    }
    let shared = shared.min(MOST);
    let fewest = (1..=shared).find(|count| is_apart(*count))?;
    let holds_periods = |at: usize| one.holds_periods(at) && other.holds_periods(at);
    let period = (fewest..shared).find(|at| holds_periods(*at));
    let has_period = (0..fewest).any(holds_periods);
    Some(match period {
        Some(at) if !has_period => at + 1,
        _ => fewest,
    })
}

/// A number as results hold it; nothing else is one, such as a name.
fn number(words: &str) -> Option<f64> {
    let digits = words.starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '-' | '.'));
    words.parse().ok().filter(|_| digits)
}

impl Words {
    /// Brings the periods among the first columns to the usual spelling.
    fn spell(&mut self, said: &Spelling, keys: Option<usize>) {
        let mut spelling = said.clone();
        for (at, name) in self.names.iter().enumerate() {
            // `warning.since` belongs to a result, and is empty where nobody knows.
            let of_result = name.ends_with(".since");
            let is_key = at < keys.unwrap_or(MOST) && !name.contains('.');
            if !of_result && !is_key {
                continue;
            }
            let cells = self
                .rows
                .iter()
                .map(|row| row.get(at).map_or("", String::as_str));
            let cells: Vec<&str> = cells
                .filter(|cell| !of_result || !cell.is_empty())
                .collect();
            let own = match of_result {
                true => spelling.clone(),
                false => said.clone().with_cells(&cells),
            };
            // A mere number is a period only where the way of writing was said.
            let is_period = |cell: &&str| {
                let digits = cell.bytes().all(|byte| byte.is_ascii_digit());
                own.read(cell).is_some() && !digits
            };
            if !cells.iter().all(is_period) {
                continue;
            }
            spelling = own;
            for cell in self.rows.iter_mut().filter_map(|row| row.get_mut(at)) {
                *cell = spelling.usual(cell);
            }
        }
    }

    fn cells(&self) -> Cells<'_> {
        Cells {
            names: &self.names,
            rows: &self.rows,
        }
    }

    fn is_apart(&self, count: usize) -> bool {
        let mut seen = HashSet::new();
        self.rows.iter().all(|row| seen.insert(key(row, count)))
    }

    /// Is each cell of a column a period, and none of them a mere number?
    fn holds_periods(&self, at: usize) -> bool {
        // `warning.since` belongs to a result.
        let is_key = self.names.get(at).is_some_and(|name| !name.contains('.'));
        let is_period = |cell: &String| {
            let kinds = [
                PeriodKind::Month,
                PeriodKind::Quarter,
                PeriodKind::Week(period::Weekday::Monday),
                PeriodKind::Day,
            ];
            let written = cell.contains('-');
            written
                && kinds
                    .into_iter()
                    .any(|kind| period::parse(kind, cell).is_ok())
        };
        let mut cells = self.rows.iter().filter_map(|row| row.get(at));
        is_key && !self.rows.is_empty() && cells.all(is_period)
    }

    /// The columns that hold words.
    fn worded(&self) -> impl Iterator<Item = &String> {
        let has_words = |at: usize| {
            let cells = self.rows.iter().filter_map(move |row| row.get(at));
            let mut cells = cells.filter(|cell| !cell.is_empty());
            cells.any(|cell| number(cell).is_none())
        };
        let names = self.names.iter().enumerate();
        names
            .filter(move |(at, _)| has_words(*at))
            .map(|(_, name)| name)
    }

    fn stands(&self, count: usize, worded: &HashSet<&String>) -> Stands {
        let words: Vec<String> = self.rows.iter().map(|row| key(row, count)).collect();
        let keys = words.iter().map(|words| Key {
            entity: words.clone(),
            period: None,
        });
        let columns = self.names.iter().enumerate().skip(count).map(|(at, name)| {
            let declaration = name.split('.').next().unwrap_or(name);
            let cells = self
                .rows
                .iter()
                .map(|row| row.get(at).cloned().unwrap_or_default());
            let column = if worded.contains(name) {
                Column::words(declaration, cells)
            } else {
                let numbers = cells.map(|cell| number(&cell).unwrap_or(f64::NAN));
                Column::numbers(declaration, "", numbers.collect())
            };
            (name.clone(), column)
        });
        Stands {
            table: Table {
                keys: keys.collect(),
                columns: columns.collect(),
            },
            words,
        }
    }
}

fn key(row: &[String], count: usize) -> String {
    let words: Vec<&str> = row.iter().take(count).map(String::as_str).collect();
    words.join(" ")
}
