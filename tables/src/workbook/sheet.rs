//! Workbooks: XLSX, XLS and ODS.
//!
//! In: the bytes of a workbook, and which sheet and cells are the table. Out: rows of typed cells,
//! numbered as the program that wrote them numbers them. A formula is worth what the program that saved
//! the workbook last worked out; one without a value is told, and never taken for an empty cell. A number that
//! is shown as a percentage is a share; a date is the day that is shown, by whichever calendar the workbook
//! counts days.

use super::corners;
use super::number_format;
use super::percentages::Percentages;
use crate::grid::{Kept, KeptRow};
use crate::name_order::put_sheets_in_order;
use crate::progress::only;
use crate::unread::unread;
use calamine::{
    Data, DataType as _, ExcelDateTime, OdsError, Range, Reader, Sheets, Style, StyleRange,
    XlsError, XlsxError, open_workbook_auto_from_rs,
};
use forewarn_diagnostics::suggest::suggest;
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_runtime::causes::data::{Damaged, FormulaWithoutValue};
use forewarn_runtime::period::days_from_civil;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

type Book = Sheets<Cursor<Vec<u8>>>;

/// A sheet as rows.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) rows: Vec<(u64, KeptRow)>,
    /// The first cell with a formula and no value, and how many there are.
    empty_formulas: Vec<((u64, usize), String)>,
    /// Rows below the range that is read.
    pub(crate) below: Vec<(u64, KeptRow)>,
}

/// Reads the sheet that is asked for, else the first one that has cells.
///
/// # Errors
/// A file that is no workbook, and a sheet that is not there.
pub(crate) fn rows(
    stream: &mut dyn Read,
    file: &str,
    sheet: Option<&str>,
    range: Option<&str>,
) -> Result<Sheet, Reports> {
    let all = sheets(stream, file, sheet, range)?.read;
    all.into_iter().next().ok_or_else(Reports::default)
}

/// What is read of a workbook.
pub(crate) struct SheetsRead {
    /// At least one sheet.
    pub(crate) read: Vec<Sheet>,
    /// Where none is asked for: the other sheets that have cells.
    pub(crate) others: Vec<String>,
    /// What the workbook says of the units of columns in a sheet of its own, as results do.
    pub(crate) units: BTreeMap<String, String>,
}

/// Is this one of the sheets that a pattern asks for, such as `2024*`?
fn fits(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, behind)) => {
            name.len() >= before.len() + behind.len()
                && name.starts_with(before)
                && name.ends_with(behind)
        }
        None => name == pattern,
    }
}

/// Reads the sheets that are asked for, by name, number or pattern, else the first one that has cells.
///
/// # Errors
/// A file that is no workbook, and a sheet that is not there.
pub(crate) fn sheets(
    stream: &mut dyn Read,
    file: &str,
    sheet: Option<&str>,
    range: Option<&str>,
) -> Result<SheetsRead, Reports> {
    let damaged = |why: String, advice| {
        only(Damaged {
            file: file.to_owned(),
            format: "a workbook",
            why,
            advice,
        })
    };
    let mut bytes = Vec::new();
    stream
        .read_to_end(&mut bytes)
        .map_err(|error| only(unread(file, &error)))?;
    let percentages = Percentages::of(&bytes);
    let text = text_instead(&bytes);
    let opened = crate::guard::guarded(|| open_workbook_auto_from_rs(Cursor::new(bytes)));
    let mut book: Book = match opened {
        Some(Ok(book)) => book,
        Some(Err(error)) => {
            let (why, advice) = match error {
                calamine::Error::Xlsx(XlsxError::Password)
                | calamine::Error::Xls(XlsError::Password)
                | calamine::Error::Ods(OdsError::Password) => (
                    "it opens with a password alone",
                    "save it without a password",
                ),
                _ => text.unwrap_or((
                    "it is damaged or cut off, or no workbook at all",
                    "copy or export the file again; unpack an archive first",
                )),
            };
            return Err(damaged(why.to_owned(), Some(advice)));
        }
        None => return Err(damaged("its parts do not fit together".to_owned(), None)),
    };
    let names = book.sheet_names();
    let mut has_cells = |name: &String| {
        let cells = crate::guard::guarded(|| book.worksheet_range(name));
        cells.is_some_and(|cells| cells.is_ok_and(|cells| !cells.is_empty()))
    };
    let mut others = Vec::new();
    let chosen = match sheet {
        Some(pattern) if super::is_pattern(pattern) => {
            let mut found: Vec<String> = names
                .iter()
                .filter(|name| fits(name, pattern))
                .filter(|name| has_cells(name))
                .cloned()
                .collect();
            if found.is_empty() {
                let why = format!(
                    "none of its sheets with cells is like `{pattern}`, its sheets are `{}`",
                    names.join("`, `")
                );
                return Err(damaged(
                    why,
                    Some("name a sheet that is there: `--sheet NAME`"),
                ));
            }
            put_sheets_in_order(&mut found);
            found
        }
        Some(asked) => {
            let numbered = asked
                .parse::<usize>()
                .ok()
                .and_then(|at| names.get(at.checked_sub(1)?));
            match names.iter().find(|name| *name == asked).or(numbered) {
                Some(name) => vec![name.clone()],
                None => {
                    let near = suggest(asked, names.iter().map(String::as_str));
                    let near =
                        near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                    let why = format!(
                        "it has no sheet `{asked}`, its sheets are `{}`{near}",
                        names.join("`, `")
                    );
                    return Err(damaged(
                        why,
                        Some("name a sheet that is there: `--sheet NAME`"),
                    ));
                }
            }
        }
        None => {
            let mut found: Vec<String> = match names.as_slice() {
                [_] => names.clone(),
                several => several
                    .iter()
                    .filter(|name| has_cells(name))
                    .cloned()
                    .collect(),
            };
            others = found.split_off(found.len().min(1));
            let first = found.pop().or_else(|| names.first().cloned());
            vec![first.ok_or_else(|| damaged("it has no sheets".to_owned(), None))?]
        }
    };
    let mut read = Vec::with_capacity(chosen.len());
    for name in chosen {
        let cells = crate::guard::guarded(|| book.worksheet_range(&name));
        let cells = match cells {
            Some(Ok(cells)) => cells,
            Some(Err(_)) => return Err(damaged(format!("its sheet `{name}` is damaged"), None)),
            None => return Err(damaged("its parts do not fit together".to_owned(), None)),
        };
        let formulas = crate::guard::guarded(|| book.worksheet_formula(&name))
            .and_then(Result::ok)
            .unwrap_or_default();
        // Of XLSX alone; ODS says it of each cell, and XLS is not told.
        let styles = crate::guard::guarded(|| book.worksheet_style(&name))
            .and_then(Result::ok)
            .unwrap_or_else(StyleRange::empty);
        let range = range.and_then(corners);
        let is_shown = |at: (u32, u32)| {
            let style = styles.get(at);
            style.is_some_and(|style| is_percentage(style, cells.get_value(at)))
                || percentages.shows(&name, at)
        };
        let sheet = of_cells(&cells, &formulas, is_shown, range);
        read.push(Sheet { name, ..sheet });
    }
    let units = match names.iter().any(|name| name == UNITS) {
        true => units(&mut book),
        false => BTreeMap::new(),
    };
    Ok(SheetsRead {
        read,
        others,
        units,
    })
}

/// The sheet in which results say what their columns are.
const UNITS: &str = "columns";

/// The units of a sheet whose first row says `column` and `unit`.
fn units(book: &mut Book) -> BTreeMap<String, String> {
    let sheet = crate::guard::guarded(|| book.worksheet_range(UNITS));
    let Some(Ok(cells)) = sheet else {
        return BTreeMap::new();
    };
    let text = |cell: Option<&Data>| cell.and_then(Data::get_string).map(str::to_owned);
    let mut rows = cells.rows();
    let header = rows.next().unwrap_or_default();
    let place = |name: &str| {
        let mut cells = header.iter();
        cells.position(|cell| text(Some(cell)).as_deref() == Some(name))
    };
    let (Some(column), Some(unit)) = (place("column"), place("unit")) else {
        return BTreeMap::new();
    };
    let said = rows.filter_map(|row| Some((text(row.get(column))?, text(row.get(unit))?)));
    said.filter(|(_, unit)| !unit.is_empty()).collect()
}

impl Sheet {
    /// Tells formulas without a value, of columns that have a name.
    pub(crate) fn told(&self, file: &str, names: &[String]) -> Option<FormulaWithoutValue> {
        let named = |column: usize| names.get(column).filter(|name| !name.is_empty());
        let mut empty = self.empty_formulas.iter();
        let ((row, column), formula) = empty.find(|((_, column), _)| named(*column).is_some())?;
        Some(FormulaWithoutValue {
            place: DataPlace {
                file: file.to_owned(),
                row: Some(*row),
                column: named(*column).cloned(),
                ..DataPlace::default()
            },
            formula: formula.clone(),
            more: empty.count() as u64,
        })
    }
}

/// A sheet without its name.
fn of_cells(
    cells: &Range<Data>,
    formulas: &Range<String>,
    is_shown: impl Fn((u32, u32)) -> bool,
    range: Option<((u32, u32), (u32, u32))>,
) -> Sheet {
    let (start, end) = match (cells.start(), cells.end()) {
        (Some(start), Some(end)) => range.unwrap_or((start, end)),
        _ => {
            return Sheet::default();
        }
    };
    let last = cells.end().map_or(end.0, |last| end.0.min(last.0));
    let row_at = |row: u32| {
        let cells = (start.1..=end.1).map(|column| {
            let at = (row, column);
            match kept(cells.get_value(at)) {
                Kept::Number(share) if is_shown(at) => Kept::Share(share),
                Kept::Integer(share) if is_shown(at) => Kept::Share(share as f64),
                other => other,
            }
        });
        let row_of = KeptRow {
            cells: cells.collect(),
            line: None,
        };
        (u64::from(row) + 1, row_of)
    };
    let rows = (start.0..=last).map(row_at);
    let whole = cells.end().map_or(last, |end| end.0);
    let below = (last.saturating_add(1)..=whole).map(row_at);
    let empty = |at: (u32, u32)| matches!(cells.get_value(at), None | Some(Data::Empty));
    let formula_start = formulas.start().unwrap_or_default();
    let empty_formulas = formulas
        .used_cells()
        .filter_map(|(row, column, formula)| {
            let row = formula_start.0 + u32::try_from(row).ok()?;
            let column = formula_start.1 + u32::try_from(column).ok()?;
            let inside = (start.0..=end.0).contains(&row) && (start.1..=end.1).contains(&column);
            let lacks = inside && !formula.is_empty() && empty((row, column));
            lacks.then(|| {
                (
                    (u64::from(row) + 1, (column - start.1) as usize),
                    formula.clone(),
                )
            })
        })
        .collect();
    Sheet {
        rows: rows.collect(),
        below: below.collect(),
        empty_formulas,
        ..Sheet::default()
    }
}

fn kept(cell: Option<&Data>) -> Kept {
    match cell {
        None | Some(Data::Empty) => Kept::Missing,
        Some(Data::String(text)) => Kept::Text(text.clone()),
        Some(Data::Float(number)) => Kept::Number(*number),
        Some(Data::Int(number)) => Kept::Integer(*number),
        Some(Data::Bool(truth)) => Kept::Truth(*truth),
        Some(cell @ (Data::DateTime(_) | Data::DateTimeIso(_))) => date(cell),
        Some(Data::DurationIso(text)) => Kept::Text(text.clone()),
        // `#N/A` is what it says; whether it stands for a missing value, the recipe tells.
        Some(Data::Error(error)) => Kept::Text(error.to_string()),
    }
}

/// Is the number of a cell shown as a percentage?
fn is_percentage(style: &Style, cell: Option<&Data>) -> bool {
    let number = cell.and_then(Data::as_f64);
    let format = style.number_format.as_ref().zip(number);
    format.is_some_and(|(format, x)| number_format::is_percentage(&format.format_code, x))
}

/// The day that a spreadsheet shows, as days from 1970; none where it shows none.
fn day(time: &ExcelDateTime) -> Option<i64> {
    /// 9999-12-31, the last one, counted from 1900.
    const LAST: f64 = 2_958_466.0;
    if !(0.0..LAST).contains(&time.as_f64()) {
        return None;
    }
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    Some(days_from_civil(
        i64::from(year),
        i64::from(month),
        i64::from(day),
    ))
}

/// A date, of which the time of day does not matter; a length of time is a number.
fn date(cell: &Data) -> Kept {
    match cell {
        Data::DateTime(time) if !time.is_datetime() => Kept::Number(time.as_f64()),
        Data::DateTime(time) => day(time).map_or(Kept::Number(time.as_f64()), Kept::Date),
        other => Kept::Text(
            other
                .get_datetime_iso()
                .map_or_else(String::new, str::to_owned),
        ),
    }
}

/// What is called a workbook and is text: why it is none, and what reads it.
fn text_instead(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const LOOKED_AT: usize = 4096;
    let first = bytes.get(..bytes.len().min(LOOKED_AT))?;
    let is_text = !first.is_empty()
        && first
            .iter()
            .all(|byte| *byte >= b' ' || b"\t\r\n".contains(byte));
    let text = String::from_utf8_lossy(first);
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    if begins.starts_with('<') {
        return Some((
            "it is a page of HTML or XML, which only has the name of a workbook",
            "open it in a spreadsheet program and save it as .xlsx or CSV",
        ));
    }
    is_text.then_some((
        "it is text, which only has the name of a workbook",
        "read it as text: `--from csv`, `from = \"csv\"` in the recipe",
    ))
}

#[cfg(test)]
mod tests {
    use super::text_instead;

    #[test]
    fn text_under_the_name_of_a_workbook_is_known() {
        let why = |bytes: &[u8]| text_instead(bytes).map(|(why, _)| why);
        assert!(why(b"country;x\r\nAVA;1\r\n").is_some_and(|why| why.contains("text")));
        assert!(why(b" <html><table>").is_some_and(|why| why.contains("HTML")));
        assert_eq!(why(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), None);
        assert_eq!(why(b""), None);
    }
}
