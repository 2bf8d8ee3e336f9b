//! Results as text: CSV, NDJSON, JSON.
//!
//! Numbers are the shortest text that reads back to the same double. What is missing is an empty
//! field in CSV and null in JSON.

use forewarn_runtime::bind::ShortestNumber;
use forewarn_runtime::period::Period;
use forewarn_runtime::result_table::{ResultCell, ResultTable};
use std::io::{self, Write};

/// Cells set apart by a delimiter, lines ended by a line feed.
pub(super) fn csv(out: &mut impl Write, delimiter: u8, table: &ResultTable) -> io::Result<()> {
    csv_header(out, delimiter, table)?;
    csv_rows(out, delimiter, table)
}

pub(super) fn csv_header(
    out: &mut impl Write,
    delimiter: u8,
    table: &ResultTable,
) -> io::Result<()> {
    for (at, name) in table.names().enumerate() {
        if at > 0 {
            out.write_all(&[delimiter])?;
        }
        csv_text(out, delimiter, name)?;
    }
    out.write_all(b"\n")
}

pub(super) fn csv_rows(out: &mut impl Write, delimiter: u8, table: &ResultTable) -> io::Result<()> {
    for row in 0..table.rows() {
        let mut first = true;
        let mut next = |out: &mut dyn Write| {
            if std::mem::take(&mut first) {
                return Ok(());
            }
            out.write_all(&[delimiter])
        };
        for key in table.keys(row) {
            next(out)?;
            csv_text(out, delimiter, key)?;
        }
        if let Some(period) = table.period(row) {
            next(out)?;
            csv_period(out, delimiter, period)?;
        }
        for column in &table.columns {
            next(out)?;
            match column.cell(row) {
                ResultCell::Missing => {}
                ResultCell::Number(x) => write!(out, "{}", ShortestNumber(x))?,
                ResultCell::Word(word) => csv_text(out, delimiter, word)?,
                ResultCell::Period(period) => {
                    csv_period(out, delimiter, period.as_in(table.written))?;
                }
            }
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn csv_period(out: &mut impl Write, delimiter: u8, period: Period) -> io::Result<()> {
    if period == period.usual() {
        write!(out, "{period}")
    } else {
        csv_text(out, delimiter, &period.cell())
    }
}

pub(super) fn csv_text(
    out: &mut (impl Write + ?Sized),
    delimiter: u8,
    text: &str,
) -> io::Result<()> {
    let special = |byte: &u8| *byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r');
    if text.as_bytes().iter().any(special) {
        write!(out, "\"{}\"", text.replace('"', "\"\""))
    } else {
        out.write_all(text.as_bytes())
    }
}

/// One object on each line.
pub(super) fn ndjson(out: &mut impl Write, table: &ResultTable) -> io::Result<()> {
    objects(out, table, &json_names(table)?)
}

/// The same with the names that [`json_names`] gives.
pub(super) fn objects(
    out: &mut impl Write,
    table: &ResultTable,
    names: &[String],
) -> io::Result<()> {
    for row in 0..table.rows() {
        object(out, table, names, row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The units of columns, which of them are hindsight where any is, then one list of objects, each on its line.
pub(super) fn json(out: &mut impl Write, table: &ResultTable) -> io::Result<()> {
    let names = json_names(table)?;
    out.write_all(b"{\"units\":{")?;
    for (at, (name, unit)) in table.units().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        serde_json::to_writer(&mut *out, name)?;
        out.write_all(b":")?;
        serde_json::to_writer(&mut *out, unit)?;
    }
    out.write_all(b"},\n")?;
    if !table.hindsight.is_empty() {
        out.write_all(b"\"hindsight\":")?;
        serde_json::to_writer(&mut *out, &table.hindsight)?;
        out.write_all(b",\n")?;
    }
    out.write_all(b"\"rows\":[")?;
    for row in 0..table.rows() {
        out.write_all(if row == 0 { b"\n" } else { b",\n" })?;
        object(out, table, &names, row)?;
    }
    out.write_all(b"\n]}\n")
}

/// The names of all columns as JSON texts, with a colon.
pub(super) fn json_names(table: &ResultTable) -> io::Result<Vec<String>> {
    table
        .names()
        .map(|name| Ok(format!("{}:", serde_json::to_string(name)?)))
        .collect()
}

fn object(
    out: &mut impl Write,
    table: &ResultTable,
    names: &[String],
    row: usize,
) -> io::Result<()> {
    let mut names = names.iter().enumerate();
    let mut name = |out: &mut dyn Write| {
        let Some((at, name)) = names.next() else {
            return Ok(());
        };
        out.write_all(if at == 0 { b"{" } else { b"," })?;
        out.write_all(name.as_bytes())
    };
    for key in table.keys(row) {
        name(out)?;
        serde_json::to_writer(&mut *out, key)?;
    }
    if let Some(period) = table.period(row) {
        name(out)?;
        period_value(out, period)?;
    }
    for column in &table.columns {
        name(out)?;
        match column.cell(row) {
            ResultCell::Number(x) if x.is_finite() => write!(out, "{}", ShortestNumber(x))?,
            ResultCell::Missing | ResultCell::Number(_) => out.write_all(b"null")?,
            ResultCell::Word(word) => serde_json::to_writer(&mut *out, word)?,
            ResultCell::Period(period) => {
                serde_json::to_writer(&mut *out, &period.as_in(table.written).cell())?;
            }
        }
    }
    out.write_all(b"}")
}

/// A number where the data have numbers, else a text.
fn period_value(out: &mut impl Write, period: Period) -> io::Result<()> {
    let cell = period.cell();
    if period.is_number() {
        // A year keeps no noughts in front.
        out.write_all(match cell.trim_start_matches('0') {
            "" => b"0",
            digits => digits.as_bytes(),
        })
    } else {
        serde_json::to_writer(out, &cell).map_err(io::Error::from)
    }
}
