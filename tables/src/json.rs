//! JSON documents that hold a table: a list of objects, alone or within an object.
//!
//! In: the text. Out: the names of all columns and rows of typed cells, numbered from 1. A list within an
//! object (`{"data": […]}`, `{"result": {"records": […]}}`), the second part of a pair (`[{…}, […]]`), the
//! properties of GeoJSON features, lists of cells under one of names (`[["iso3", "pop"], ["AVA", 5]]`) and names apart from
//! rows (`{"headers": […], "rows": […]}`) are tables too; what lies within an object of a row is named with a point: `country.id`.

mod apart;
mod once;
mod pages;
mod table;

pub(crate) use pages::Pages;
pub(crate) use table::Table;

use crate::grid::{Kept, KeptRow};
use once::{Once, twice};
use serde_json::error::Category;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use table::{cell, is_cell};

/// Reads a document.
///
/// # Errors
/// Why it is no table.
pub(crate) fn table(text: &[u8]) -> Result<Table, String> {
    let read: Result<Once, _> = serde_json::from_slice(text);
    let Once(document) = read.map_err(|error| match error.classify() {
        Category::Eof => "it ends before its last bracket is closed".to_owned(),
        Category::Data => twice(&error),
        Category::Syntax | Category::Io => format!(
            "it cannot be read from line {}, character {} on",
            error.line(),
            error.column()
        ),
    })?;
    let apart = document.as_object().and_then(apart::table);
    let table = match (apart, rows_of(&document)) {
        (Some(table), _) => table,
        (None, Some(rows)) => of_objects(rows),
        (None, None) => of_lists(&document)
            .ok_or_else(|| "it holds no list of objects, or more than one".to_owned())?,
    };
    Ok(Table {
        units: units(&document),
        pages: Pages::of(&document),
        ..table
    })
}

/// A list of names, and as many cells in each list that follows.
fn of_lists(document: &Value) -> Option<Table> {
    let lists = document.as_array()?.iter().map(Value::as_array);
    let lists: Vec<&Vec<Value>> = lists.collect::<Option<_>>()?;
    let (header, rows) = lists.split_first()?;
    let names = header.iter().map(|name| name.as_str().map(str::to_owned));
    let names: Vec<String> = names.collect::<Option<_>>()?;
    let fits = |row: &&Vec<Value>| row.len() == names.len() && row.iter().all(is_cell);
    if names.is_empty() || rows.is_empty() || !rows.iter().all(fits) {
        return None;
    }
    let rows = rows.iter().map(|row| KeptRow {
        cells: row.iter().filter_map(cell).collect(),
        line: None,
    });
    Some(Table::of(names, rows.collect()))
}

/// `{"units": {"fled": "people"}, "rows": […]}`
fn units(document: &Value) -> BTreeMap<String, String> {
    let said = document.get("units").and_then(Value::as_object);
    let said = said.into_iter().flatten();
    said.filter_map(|(name, unit)| Some((name.clone(), unit.as_str()?.to_owned())))
        .collect()
}

/// Reads lines of objects.
///
/// # Errors
/// The line that is none.
pub(crate) fn lines(text: &str) -> Result<Table, String> {
    let mut objects = Vec::new();
    for (at, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(line) {
            Ok(Once(Value::Object(object))) => objects.push(object),
            Ok(Once(_)) => return Err(format!("line {at} is no object")),
            Err(error) => {
                return Err(match error.classify() {
                    Category::Eof => format!("line {at} ends before its object does"),
                    Category::Data => format!("line {at}: {}", twice(&error)),
                    Category::Syntax | Category::Io => {
                        format!(
                            "line {at} cannot be read from character {} on",
                            error.column()
                        )
                    }
                });
            }
        }
    }
    Ok(of_objects(objects.iter().collect()))
}

fn of_objects(objects: Vec<&Map<String, Value>>) -> Table {
    let mut names: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rows = Vec::with_capacity(objects.len());
    for object in objects {
        let mut cells: Vec<Kept> = vec![Kept::NoColumn; names.len()];
        each(object, "", &mut |name, value| {
            let place = *places.entry(name.to_owned()).or_insert_with(|| {
                names.push(name.to_owned());
                names.len() - 1
            });
            if cells.len() <= place {
                cells.resize(place + 1, Kept::NoColumn);
            }
            if let Some(slot) = cells.get_mut(place) {
                *slot = value;
            }
        });
        rows.push(KeptRow { cells, line: None });
    }
    let width = names.len();
    for row in &mut rows {
        row.cells.resize(width, Kept::NoColumn);
    }
    Table::of(names, rows)
}

fn rows_of(document: &Value) -> Option<Vec<&Map<String, Value>>> {
    match document {
        Value::Array(all) => objects(all).or_else(|| match all.as_slice() {
            // What is said of the rows, then the rows.
            [Value::Object(_), Value::Array(rows)] => objects(rows),
            _ => None,
        }),
        Value::Object(object) => {
            if let Some(Value::Array(features)) = object.get("features") {
                let properties = features.iter().map(|feature| {
                    let own = feature.get("properties").or(feature.get("attributes"));
                    own?.as_object()
                });
                return properties.collect();
            }
            let mut lists = Vec::new();
            lists_within(object, &mut lists);
            match lists.as_slice() {
                [(_, only)] => Some(only.clone()),
                // What stands beside the rows tells of their columns.
                lists => {
                    let mut named = lists.iter().filter(|(name, _)| ROWS.contains(name));
                    let first = named.next()?;
                    named.next().is_none().then(|| first.1.clone())
                }
            }
        }
        _ => None,
    }
}

/// What services call the list of rows.
const ROWS: [&str; 5] = ["records", "results", "rows", "data", "value"];

/// The rows of a list, with its name.
type NamedRows<'d> = (&'d str, Vec<&'d Map<String, Value>>);

/// The lists of objects in an object and in those within it.
fn lists_within<'d>(object: &'d Map<String, Value>, found: &mut Vec<NamedRows<'d>>) {
    for (name, value) in object {
        match value {
            Value::Array(list) => {
                let rows = objects(list).filter(|rows| !rows.is_empty());
                found.extend(rows.map(|rows| (name.as_str(), rows)));
            }
            Value::Object(inner) => lists_within(inner, found),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

fn objects(all: &[Value]) -> Option<Vec<&Map<String, Value>>> {
    all.iter().map(Value::as_object).collect()
}

/// Gives every value of an object to `take`, those of objects within it by longer names.
fn each(object: &Map<String, Value>, before: &str, take: &mut impl FnMut(&str, Kept)) {
    for (name, value) in object {
        let name = format!("{before}{name}");
        match (cell(value), value) {
            (Some(cell), _) => take(&name, cell),
            (None, Value::Object(inner)) => each(inner, &format!("{name}."), take),
            (None, _) => take(&name, Kept::Other("a list".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_in_documents() {
        for text in [
            r#"[{"iso3":"AVA","pop":5},{"iso3":"BRV"}]"#,
            r#"{"page":1,"data":[{"iso3":"AVA","pop":5},{"iso3":"BRV"}]}"#,
            r#"[{"page":1},[{"iso3":"AVA","pop":5},{"iso3":"BRV"}]]"#,
            r#"{"type":"FeatureCollection","features":[{"properties":{"iso3":"AVA","pop":5}},
                {"properties":{"iso3":"BRV"}}]}"#,
            r#"{"features":[{"attributes":{"iso3":"AVA","pop":5}},{"attributes":{"iso3":"BRV"}}]}"#,
            r#"{"result":{"total":2,"fields":[{"id":"iso3"}],"records":[{"iso3":"AVA","pop":5},
                {"iso3":"BRV"}]}}"#,
            r#"[["iso3","pop"],["AVA",5],["BRV",null]]"#,
            r#"{"headers":[{"name":"iso3","column":"Country"},{"name":"pop","column":"People"}],
                "metaData":{"items":{"AVA":{"name":"Avaland"}},"dimensions":{"ou":["AVA","BRV"]}},
                "rows":[["AVA",5],["BRV",null]],"width":2}"#,
            r#"{"columns":["iso3","pop"],"index":[0,1],"data":[["AVA",5],["BRV",null]]}"#,
        ] {
            let table = table(text.as_bytes()).unwrap();
            assert_eq!(table.names, ["iso3", "pop"], "{text}");
            assert_eq!(
                table.rows[0].cells,
                [Kept::Text("AVA".to_owned()), Kept::Integer(5)]
            );
            assert_eq!(table.rows[1].cells[0], Kept::Text("BRV".to_owned()));
            let absent = if text.contains("null") {
                Kept::Missing
            } else {
                Kept::NoColumn
            };
            assert_eq!(table.rows[1].cells[1], absent);
        }
        let nested = table(br#"[{"country":{"id":"AV"}}]"#).unwrap();
        assert_eq!(nested.names, ["country.id"]);
        let none = table(br#"{"headers":[{"name":"iso3"},{"name":"pop"}],"rows":[]}"#).unwrap();
        assert_eq!((none.names.len(), none.rows.len()), (2, 0));
        assert!(table(b"{}").is_err());
        assert!(table(br#"{"a":[{"x":1}],"b":[{"y":1}]}"#).is_err());
        assert!(table(br#"[["iso3","pop"],["AVA"]]"#).is_err());
        assert!(table(b"[[1,2],[3,4]]").is_err());
    }
}
