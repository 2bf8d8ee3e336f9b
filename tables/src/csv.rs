//! CSV and its kin: cells set apart by a sign, rows by line ends.
//!
//! In: text, a delimiter. Out: rows to the panel builder, with their number and their words as they
//! stand in the file. Rows are counted as a spreadsheet counts them: the header is row 1, blank
//! lines count, a cell with line breaks stays in one row.

mod split;

use crate::read::{Input, only, stop};
use crate::text::{LONGEST_ROW_MB, Window, as_latin1, clip, foreign_encoding, presumed_encoding};
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_plan::Plan;
use forewarn_runtime::bind::{BindOptions, Cell, Column, Holds, Line, PanelBuilder, Part, Record};
use forewarn_runtime::causes::data::{CannotRead, EmptyFile, NotUtf8, RecordTooLong};
use split::{End, Row, Splitter};
use std::io::Read;

/// Reads a table of text.
///
/// # Errors
/// Everything that stands in the way of its rows.
pub(crate) fn read(
    input: Input<'_>,
    plan: &Plan,
    delimiter: Option<u8>,
    options: BindOptions,
) -> Result<Part, Reports> {
    let file = options.file.clone();
    let mut window = Window::new(input.stream);
    if let Err(error) = window.more() {
        return Err(only(CannotRead {
            file,
            why: error.to_string(),
        }));
    }
    if let Some(encoding) = foreign_encoding(window.bytes()) {
        let place = DataPlace {
            file,
            row: Some(1),
            ..DataPlace::default()
        };
        return Err(only(NotUtf8 {
            place,
            encoding,
            sample: String::new(),
        }));
    }
    if window.bytes().starts_with(BYTE_ORDER_MARK) {
        window.pass(BYTE_ORDER_MARK.len());
    }
    let delimiter = delimiter.unwrap_or_else(|| split::likely_delimiter(window.bytes()));
    let mut rows = Splitter::new(window, delimiter);
    let header = match rows.next() {
        Ok(Some(header)) => header,
        Ok(None) => return Err(only(EmptyFile { file })),
        Err(end) => return Err(end_of(end, &file, None)),
    };
    let columns: Vec<Column> = (0..header.fields.len())
        .map(|at| Column {
            name: header.cell(at).unwrap_or_default().trim().to_owned(),
            holds: Holds::Cells,
        })
        .collect();
    let width = columns.len();
    let mut builder = PanelBuilder::new(plan, columns, options)?;
    loop {
        match rows.next() {
            Ok(Some(row)) => {
                if row.fields.len() == width {
                    builder.record(row.number, &row);
                } else {
                    builder.ragged(
                        row.number,
                        row.fields.len(),
                        Some(clip(row.text, 0..row.text.len())),
                    );
                }
                if row.number.is_multiple_of(ROWS_BETWEEN_PROGRESS) {
                    input.progress.tell();
                }
            }
            Ok(None) => break,
            Err(end) => return Err(end_of(end, &file, Some(builder))),
        }
    }
    input.progress.tell();
    builder.part()
}

/// The names in the header; none where it cannot be read.
pub(crate) fn header(stream: Box<dyn Read>, delimiter: Option<u8>) -> Option<Vec<String>> {
    let mut window = Window::new(stream);
    window.more().ok()?;
    if window.bytes().starts_with(BYTE_ORDER_MARK) {
        window.pass(BYTE_ORDER_MARK.len());
    }
    let delimiter = delimiter.unwrap_or_else(|| split::likely_delimiter(window.bytes()));
    let mut rows = Splitter::new(window, delimiter);
    let header = rows.next().ok()??;
    let cells = (0..header.fields.len()).map(|at| header.cell(at).unwrap_or_default());
    Some(cells.map(|name| name.trim().to_owned()).collect())
}

/// All rows as texts, the header first; none where one cannot be read.
pub(crate) fn records(stream: Box<dyn Read>, delimiter: u8) -> Option<Vec<Vec<String>>> {
    let mut window = Window::new(stream);
    window.more().ok()?;
    if window.bytes().starts_with(BYTE_ORDER_MARK) {
        window.pass(BYTE_ORDER_MARK.len());
    }
    let mut rows = Splitter::new(window, delimiter);
    let mut records = Vec::new();
    while let Some(row) = rows.next().ok()? {
        let cells = (0..row.fields.len()).map(|at| row.cell(at).unwrap_or_default().to_owned());
        records.push(cells.collect());
    }
    Some(records)
}

pub(crate) const BYTE_ORDER_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];
pub(crate) const ROWS_BETWEEN_PROGRESS: u64 = 8192;

/// What was found so far, and why nothing more can be read.
fn end_of(end: End, file: &str, builder: Option<PanelBuilder<'_>>) -> Reports {
    let place = |row| DataPlace {
        file: file.to_owned(),
        row: Some(row),
        ..DataPlace::default()
    };
    match end {
        End::Io(error) => stop(
            builder,
            CannotRead {
                file: file.to_owned(),
                why: error.to_string(),
            },
        ),
        End::TooLong { row, quote } => stop(
            builder,
            RecordTooLong {
                place: place(row),
                limit: LONGEST_ROW_MB,
                quote,
            },
        ),
        End::NotUtf8 {
            row,
            bytes,
            bad_from,
        } => {
            let encoding = presumed_encoding(&bytes);
            let sample = as_latin1(word_around(&bytes, bad_from));
            stop(
                builder,
                NotUtf8 {
                    place: place(row),
                    encoding,
                    sample,
                },
            )
        }
    }
}

/// The cell around a byte, so that it can be found and recognised.
fn word_around(bytes: &[u8], at: usize) -> &[u8] {
    let edge = |byte: &u8| matches!(byte, b',' | b';' | b'\t' | b'"' | b'|');
    let (before, behind) = bytes.split_at_checked(at).unwrap_or_default();
    let from = before.iter().rposition(edge).map_or(0, |edge| edge + 1);
    let to = behind
        .iter()
        .position(edge)
        .map_or(bytes.len(), |edge| at + edge);
    bytes.get(from..to).unwrap_or_default()
}

impl Record for Row<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        Row::cell(self, column).map_or(Cell::Missing, Cell::Text)
    }

    fn shown(&self, column: usize) -> Option<Line> {
        Some(clip(self.text, self.raw(column)))
    }
}
