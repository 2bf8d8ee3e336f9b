//! JSON documents that hold a table: a list of objects, alone or within an object.
//!
//! In: the text. Out: the names of all columns and rows of typed cells, numbered from 1. A list within an
//! object (`{"data": […]}`), the second part of a pair (`[{…}, […]]`) and the properties of GeoJSON
//! features are tables too; what lies within an object of a row is named with a point: `country.id`.

use crate::grid::{Kept, KeptRow};
use serde_json::error::Category;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// A table of a document.
pub(crate) struct Table {
    pub(crate) names: Vec<String>,
    pub(crate) rows: Vec<KeptRow>,
    /// What the document says of the units of columns, as results do.
    pub(crate) units: BTreeMap<String, String>,
}

/// Reads a document.
///
/// # Errors
/// Why it is no table.
pub(crate) fn table(text: &[u8]) -> Result<Table, String> {
    let document: Value = serde_json::from_slice(text).map_err(|error| match error.classify() {
        Category::Eof => "it ends before its last bracket is closed".to_owned(),
        Category::Syntax | Category::Io | Category::Data => format!(
            "it cannot be read from line {}, character {} on",
            error.line(),
            error.column()
        ),
    })?;
    let rows = rows_of(&document)
        .ok_or_else(|| "it holds no list of objects, or more than one".to_owned())?;
    Ok(Table {
        units: units(&document),
        ..of_objects(rows)
    })
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
            Ok(Value::Object(object)) => objects.push(object),
            Ok(_) => return Err(format!("line {at} is no object")),
            Err(error) => {
                return Err(match error.classify() {
                    Category::Eof => format!("line {at} ends before its object does"),
                    Category::Syntax | Category::Io | Category::Data => {
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
        let mut cells: Vec<Kept> = vec![Kept::Missing; names.len()];
        each(object, "", &mut |name, value| {
            let place = *places.entry(name.to_owned()).or_insert_with(|| {
                names.push(name.to_owned());
                names.len() - 1
            });
            if cells.len() <= place {
                cells.resize(place + 1, Kept::Missing);
            }
            if let Some(slot) = cells.get_mut(place) {
                *slot = value;
            }
        });
        rows.push(KeptRow { cells, line: None });
    }
    let width = names.len();
    for row in &mut rows {
        row.cells.resize(width, Kept::Missing);
    }
    Table {
        names,
        rows,
        units: BTreeMap::new(),
    }
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
                let properties = features
                    .iter()
                    .map(|feature| feature.get("properties")?.as_object());
                return properties.collect();
            }
            let lists = object.values().filter_map(Value::as_array);
            let mut lists = lists
                .filter_map(|list| objects(list))
                .filter(|rows| !rows.is_empty());
            let first = lists.next()?;
            lists.next().is_none().then_some(first)
        }
        _ => None,
    }
}

fn objects(all: &[Value]) -> Option<Vec<&Map<String, Value>>> {
    all.iter().map(Value::as_object).collect()
}

/// Gives every value of an object to `take`, those of objects within it by longer names.
fn each(object: &Map<String, Value>, before: &str, take: &mut impl FnMut(&str, Kept)) {
    for (name, value) in object {
        let name = format!("{before}{name}");
        match value {
            Value::Object(inner) => each(inner, &format!("{name}."), take),
            Value::Null => take(&name, Kept::Missing),
            Value::Bool(truth) => take(&name, Kept::Truth(*truth)),
            Value::Number(number) => take(
                &name,
                match (number.as_i64(), number.as_f64()) {
                    (Some(whole), _) => Kept::Integer(whole),
                    (None, Some(number)) => Kept::Number(number),
                    (None, None) => Kept::Text(number.to_string()),
                },
            ),
            Value::String(text) => take(&name, Kept::Text(text.clone())),
            Value::Array(_) => take(&name, Kept::Other("a list".to_owned())),
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
        ] {
            let table = table(text.as_bytes()).unwrap();
            assert_eq!(table.names, ["iso3", "pop"], "{text}");
            assert_eq!(
                table.rows[0].cells,
                [Kept::Text("AVA".to_owned()), Kept::Integer(5)]
            );
            assert_eq!(
                table.rows[1].cells,
                [Kept::Text("BRV".to_owned()), Kept::Missing]
            );
        }
        let nested = table(br#"[{"country":{"id":"AV"}}]"#).unwrap();
        assert_eq!(nested.names, ["country.id"]);
        assert!(table(b"{}").is_err());
        assert!(table(br#"{"a":[{"x":1}],"b":[{"y":1}]}"#).is_err());
    }
}
