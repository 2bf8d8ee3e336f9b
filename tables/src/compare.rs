//! Where two files with the same kind of results differ.
//!
//! In: two files that were written as results once. Out: the first cell that differs, by row and
//! column, and how many more do. Rows are counted as a message about data counts them.

use crate::arrow_file;
use crate::csv::records;
use crate::format::Format;
use crate::parquet_file;
use crate::taken::Kept;
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// What became of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The first cannot be taken apart.
    Unreadable,
    Columns {
        there: Vec<String>,
        here: Vec<String>,
    },
    Rows {
        there: usize,
        here: usize,
    },
    /// The first cell that differs, and how many more do.
    Cells {
        row: usize,
        column: String,
        there: String,
        here: String,
        more: usize,
    },
    /// Cell by cell.
    Same,
}

/// A table as texts.
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Compares what stands somewhere with what should.
///
/// # Errors
/// What the system says.
pub fn compare(there: &Path, here: &Path, format: Format) -> io::Result<Compared> {
    let (Some(there), Some(here)) = (table(there, format)?, table(here, format)?) else {
        return Ok(Compared::Unreadable);
    };
    if there.columns != here.columns {
        return Ok(Compared::Columns {
            there: there.columns,
            here: here.columns,
        });
    }
    if there.rows.len() != here.rows.len() {
        return Ok(Compared::Rows {
            there: there.rows.len(),
            here: here.rows.len(),
        });
    }
    let first = match format {
        Format::Csv | Format::Tsv => 2,
        Format::Ndjson | Format::Json | Format::Arrow | Format::Parquet | Format::Workbook => 1,
    };
    let mut found = Compared::Same;
    for (row, (old, new)) in (first..).zip(there.rows.iter().zip(&here.rows)) {
        for (column, (old, new)) in here.columns.iter().zip(old.iter().zip(new)) {
            if old == new {
                continue;
            }
            match &mut found {
                Compared::Cells { more, .. } => *more += 1,
                _ => {
                    found = Compared::Cells {
                        row,
                        column: column.clone(),
                        there: old.clone(),
                        here: new.clone(),
                        more: 0,
                    };
                }
            }
        }
    }
    Ok(found)
}

/// The names of a file's columns and the words of its cells, row by row, as they stand; none where it is
/// of no format that results have, or damaged.
///
/// # Errors
/// Whatever the system says.
#[allow(clippy::type_complexity, reason = "names, then rows")]
pub fn as_it_stands(path: &Path) -> io::Result<Option<(Vec<String>, Vec<Vec<String>>)>> {
    let Some(format) = Format::of_path(path) else {
        return Ok(None);
    };
    let table = table(path, format)?;
    Ok(table.map(|table| (table.columns, table.rows)))
}

fn table(path: &Path, format: Format) -> io::Result<Option<Table>> {
    let file = File::open(path)?;
    Ok(match format {
        Format::Csv => records(Box::new(file), b',').and_then(of_records),
        Format::Tsv => records(Box::new(file), b'\t').and_then(of_records),
        Format::Ndjson => {
            let text = whole(file)?;
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let objects: Result<Vec<Map<String, Value>>, _> =
                lines.map(serde_json::from_str).collect();
            objects.ok().map(of_objects)
        }
        Format::Json => {
            let document: Option<Document> = serde_json::from_str(&whole(file)?).ok();
            document.map(|document| of_objects(document.rows))
        }
        Format::Arrow => arrow_file::words(&Kept::in_place(file)).map(of_words),
        Format::Parquet => parquet_file::words(&Kept::in_place(file)).map(of_words),
        Format::Workbook => {
            let mut file = file;
            let sheet = crate::workbook::rows(&mut file, "", None, None).ok();
            sheet.and_then(|sheet| {
                let rows = sheet.rows.into_iter().map(|(_, row)| {
                    let cells = row.cells.iter().map(crate::grid::Kept::text);
                    cells.collect()
                });
                of_records(rows.collect())
            })
        }
    })
}

/// Results as one JSON document: their units stand before the rows.
#[derive(serde::Deserialize)]
struct Document {
    rows: Vec<Map<String, Value>>,
}

fn whole(mut file: File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A row with fewer cells has nothing in the others, and what is too much stands in its last.
fn of_records(mut records: Vec<Vec<String>>) -> Option<Table> {
    if records.is_empty() {
        return None;
    }
    let columns = records.remove(0);
    for row in &mut records {
        if let Some(more) = row.get(columns.len().saturating_sub(1)..) {
            let last = more.join(",");
            row.truncate(columns.len().saturating_sub(1));
            row.push(last);
        }
        row.resize(columns.len(), String::new());
    }
    Some(Table {
        columns,
        rows: records,
    })
}

/// Every object has all columns in what we write; one that lacks some has nothing there.
fn of_objects(objects: Vec<Map<String, Value>>) -> Table {
    let mut columns: Vec<String> = Vec::new();
    for object in &objects {
        for name in object.keys() {
            if !columns.contains(name) {
                columns.push(name.clone());
            }
        }
    }
    let cell = |object: &Map<String, Value>, name: &String| match object.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let row = |object| columns.iter().map(|name| cell(object, name)).collect();
    let rows = objects.iter().map(row).collect();
    Table { columns, rows }
}

fn of_words((columns, rows): (Vec<String>, Vec<Vec<String>>)) -> Table {
    Table { columns, rows }
}
