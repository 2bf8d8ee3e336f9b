//! The cells of a sheet that hold something, by their place.
//!
//! In: a workbook that is open, and the name of a sheet. Out: its cells in the order of rows and columns. What lies
//! between them takes no memory: one cell at the end of a sheet would else make rows of a whole sheet.

use super::number_format;
use super::percentages::Percentages;
use calamine::{Data, DataType as _, Reader, Sheets, XlsxError};
use std::borrow::Cow;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

pub(super) type Book = Sheets<Cursor<Vec<u8>>>;

/// Row and column, counted from 0.
pub(super) type At = (u32, u32);

/// A cell that holds something.
pub(super) struct UsedCell {
    pub(super) at: At,
    pub(super) value: Data,
    /// It is shown as a percentage.
    pub(super) percentage: bool,
}

/// What a sheet holds.
#[derive(Default)]
pub(super) struct Used {
    /// In the order of rows and, within them, of columns.
    pub(super) cells: Vec<UsedCell>,
    /// Formulas without a value.
    pub(super) formulas: Vec<(At, String)>,
}

/// A sheet that cannot be read.
pub(super) struct Unreadable;

impl Used {
    /// What a sheet holds; `None` where the parts of the workbook do not fit together.
    pub(super) fn of(
        book: &mut Book,
        sheet: &str,
        percentages: &Percentages,
    ) -> Option<Result<Self, Unreadable>> {
        crate::guard::guarded(|| {
            let mut used = match book {
                Sheets::Xlsx(_) => of_xlsx(book, sheet)?,
                Sheets::Xls(_) | Sheets::Xlsb(_) | Sheets::Ods(_) => of_range(book, sheet)?,
            };
            // Of several for one place the last holds.
            used.cells.sort_by_key(|cell| cell.at);
            used.cells.reverse();
            used.cells.dedup_by_key(|cell| cell.at);
            used.cells.reverse();
            for cell in &mut used.cells {
                cell.percentage |= percentages.shows(sheet, cell.at);
            }
            let cells = &used.cells;
            let is_empty = |at: &At| cells.binary_search_by_key(at, |cell| cell.at).is_err();
            used.formulas.retain(|(at, _)| is_empty(at));
            Ok(used)
        })
    }

    /// The first row and column, and the last.
    pub(super) fn corners(&self) -> Option<(At, At)> {
        let rows = (self.cells.first()?.at.0, self.cells.last()?.at.0);
        let columns = || self.cells.iter().map(|cell| cell.at.1);
        let (first, last) = (columns().min()?, columns().max()?);
        Some(((rows.0, first), (rows.1, last)))
    }
}

/// Does a sheet hold anything?
pub(super) fn has_cells(book: &mut Book, sheet: &str) -> bool {
    let first = |book: &mut Book| {
        let Sheets::Xlsx(xlsx) = book else {
            return Some(!book.worksheet_range(sheet).ok()?.is_empty());
        };
        let mut reader = xlsx.worksheet_cells_reader(sheet).ok()?;
        while let Some(cell) = reader.next_cell().ok()? {
            if !cell.get_value().is_empty() {
                return Some(true);
            }
        }
        Some(false)
    };
    crate::guard::guarded(|| first(book)).flatten() == Some(true)
}

fn of_xlsx(book: &mut Book, sheet: &str) -> Result<Used, Unreadable> {
    let Sheets::Xlsx(xlsx) = book else {
        return Err(Unreadable);
    };
    let mut used = Used::default();
    let mut reader = match xlsx.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        // A sheet of a chart alone.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(used),
        Err(_) => return Err(Unreadable),
    };
    let styles = reader.styles().iter();
    let formats: Vec<Option<String>> = styles
        .map(|style| Some(style.number_format.as_ref()?.format_code.clone()))
        .collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|_| Unreadable)? {
        if cell.get_value().is_empty() {
            continue;
        }
        let value = Data::from(cell.get_value().clone());
        let format = formats.get(style).and_then(Option::as_deref);
        let percentage = format
            .zip(value.as_f64())
            .is_some_and(|(format, x)| number_format::is_percentage(format, x));
        used.cells.push(UsedCell {
            at: cell.get_position(),
            value,
            percentage,
        });
    }
    drop(reader);
    // What formulas say is of use where they can be read.
    if let Ok(mut reader) = xlsx.worksheet_cells_reader(sheet) {
        while let Ok(Some(cell)) = reader.next_formula() {
            if !cell.get_value().is_empty() {
                let formula = cell.get_value().clone();
                used.formulas.push((cell.get_position(), formula));
            }
        }
    }
    Ok(used)
}

fn of_range(book: &mut Book, sheet: &str) -> Result<Used, Unreadable> {
    let range = book.worksheet_range(sheet).map_err(|_| Unreadable)?;
    let place = |start: Option<At>, row: usize, column: usize| -> At {
        let start = start.unwrap_or_default();
        let add =
            |from: u32, more: usize| from.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
        (add(start.0, row), add(start.1, column))
    };
    let cells = range.used_cells().map(|(row, column, value)| UsedCell {
        at: place(range.start(), row, column),
        value: value.clone(),
        percentage: false,
    });
    let formulas = book.worksheet_formula(sheet).unwrap_or_default();
    let said = formulas
        .used_cells()
        .filter(|(.., formula)| !formula.is_empty());
    Ok(Used {
        cells: cells.collect(),
        formulas: said
            .map(|(row, column, formula)| (place(formulas.start(), row, column), formula.clone()))
            .collect(),
    })
}

/// The first part of a packed workbook whose bytes are not those that its sum is of; none of what is not packed.
pub(super) fn damaged_part(bytes: &[u8]) -> Option<String> {
    let found = crate::guard::guarded(|| {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        (0..archive.len()).find_map(|at| {
            // What cannot be unpacked here is told by who reads it.
            let mut part = archive.by_index(at).ok()?;
            let mut piece = [0; 1 << 14];
            loop {
                match part.read(&mut piece) {
                    Ok(0) => return None,
                    Ok(_) => {}
                    Err(_) => {
                        let numbered = |_| format!("number {}", at + 1);
                        return Some(part.name().map_or_else(numbered, Cow::into_owned));
                    }
                }
            }
        })
    });
    found.flatten()
}
