//! Tables whose names and rows stand apart.
//!
//! In: an object such as `{"headers": [{"name": "pe"}, {"name": "value"}], "rows": [["202405", "3"]]}`, as health
//! information systems answer, or `{"columns": ["month", "killed"], "data": [["2024-05", 3]]}`, as statistical
//! programs write. Out: the names and the rows. A list of names that are taken for rows would be a table of nothing.

use super::table::{Table, cell, is_cell};
use crate::grid::KeptRow;
use serde_json::{Map, Value};

/// What lists of names are called, where there is no row that would tell their number.
const NAMES: [&str; 4] = ["headers", "header", "columns", "fields"];

/// What objects call the name of a column.
const NAME: [&str; 6] = ["name", "id", "code", "field", "title", "column"];

/// The table of an object, or of the one object within it that has names and rows apart.
pub(super) fn table(object: &Map<String, Value>) -> Option<Table> {
    let own = of_object(object);
    own.or_else(|| {
        let mut inner = object
            .values()
            .filter_map(Value::as_object)
            .filter_map(table);
        let first = inner.next()?;
        inner.next().is_none().then_some(first)
    })
}

fn of_object(object: &Map<String, Value>) -> Option<Table> {
    let lists = || {
        let members = object.iter();
        members.filter_map(|(name, value)| Some((name.as_str(), value.as_array()?)))
    };
    let mut rows = lists().filter(|(_, list)| is_rows(list));
    match (rows.next(), rows.next()) {
        (Some((_, rows)), None) => {
            let width = rows.first()?.as_array()?.len();
            let mut names = lists()
                .filter_map(|(_, list)| names_of(list))
                .filter(|names| names.len() == width);
            let first = names.next()?;
            // What stands for the rows besides, such as an index, is as long only by chance.
            let (first, named) = match names.next() {
                None => (first, true),
                Some(_) => {
                    let mut called = lists().filter(|(name, _)| NAMES.contains(name));
                    let called = called.find_map(|(_, list)| names_of(list));
                    (called.clone().unwrap_or(first), called.is_some())
                }
            };
            named.then(|| made(first, rows))
        }
        // No row at all: what is called names are names.
        (None, _) => {
            let empty = lists().any(|(_, list)| list.is_empty());
            let mut named = lists().filter(|(name, _)| NAMES.contains(name));
            let names = named
                .find_map(|(_, list)| names_of(list))
                .filter(|_| empty)?;
            let objects = lists()
                .any(|(name, list)| !NAMES.contains(&name) && list.iter().any(Value::is_object));
            (!objects).then(|| made(names, &[]))
        }
        (Some(_), Some(_)) => None,
    }
}

/// Are these rows: lists of cells, of one length?
fn is_rows(list: &[Value]) -> bool {
    let width = list.first().and_then(Value::as_array).map(Vec::len);
    let fits = |row: &Value| {
        row.as_array()
            .is_some_and(|row| Some(row.len()) == width && row.iter().all(is_cell))
    };
    width.is_some_and(|width| width > 0) && list.iter().all(fits)
}

/// The names that a list holds: texts, or objects that have one; each of them once.
fn names_of(list: &[Value]) -> Option<Vec<String>> {
    let texts: Option<Vec<String>> = list
        .iter()
        .map(|name| name.as_str().map(str::to_owned))
        .collect();
    let named = |key: &&str| -> Option<Vec<String>> {
        let names = list
            .iter()
            .map(|name| name.get(*key)?.as_str().map(str::to_owned));
        names.collect()
    };
    let once = |names: &Vec<String>| {
        let mut sorted = names.clone();
        sorted.sort();
        sorted.dedup();
        sorted.len() == names.len() && !names.is_empty()
    };
    texts
        .into_iter()
        .chain(NAME.iter().filter_map(named))
        .find(once)
}

fn made(names: Vec<String>, rows: &[Value]) -> Table {
    let rows = rows.iter().filter_map(Value::as_array).map(|row| KeptRow {
        cells: row.iter().filter_map(cell).collect(),
        line: None,
    });
    Table::of(names, rows.collect())
}
