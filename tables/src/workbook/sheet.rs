//! Workbooks: XLSX, XLS and ODS.
//!
//! In: the bytes of a workbook, and which sheet and cells are the table. Out: rows of typed cells,
//! numbered as the program that wrote them numbers them. A formula is worth what the program that saved
//! the workbook last worked out; one without a value is told, and never taken for an empty cell. A number that
//! is shown as a percentage is a share; a date is the day that is shown, by whichever calendar the workbook
//! counts days.

use super::corners;
use super::percentages::Percentages;
use super::used::{At, Book, Unreadable, Used, UsedCell, damaged_part, has_cells};
use crate::grid::{Kept, KeptRow};
use crate::name_order::put_sheets_in_order;
use crate::progress::only;
use crate::unread::unread;
use calamine::{
    Data, DataType as _, ExcelDateTime, OdsError, Reader, SheetVisible, XlsError, XlsxError,
    open_workbook_auto_from_rs,
};
use forewarn_diagnostics::suggest::suggest;
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_runtime::causes::data::{Damaged, FormulaWithoutValue};
use forewarn_runtime::period::days_from_civil;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// A sheet as rows.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    pub(crate) rows: Vec<(u64, KeptRow)>,
    /// Cells with a formula and no value.
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
    let all = sheets(stream, (file, true), sheet, range)?.read;
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

/// Reads the sheets that are asked for, by name, number or pattern, else the first one that has cells. Where
/// `sheltered`, no other sheet is named.
///
/// # Errors
/// A file that is no workbook, and a sheet that is not there.
pub(crate) fn sheets(
    stream: &mut dyn Read,
    (file, sheltered): (&str, bool),
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
    if let Some(part) = damaged_part(&bytes) {
        let why = format!("its part `{part}` is damaged");
        return Err(damaged(why, Some("copy or export the file again")));
    }
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
    let listed = match sheltered {
        true => String::new(),
        false => format!(", its sheets are `{}`", names.join("`, `")),
    };
    let hidden: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible != SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut others = Vec::new();
    let chosen = match sheet {
        Some(pattern) if super::is_pattern(pattern) => {
            let mut found: Vec<String> = names
                .iter()
                .filter(|name| fits(name, pattern))
                .filter(|name| has_cells(&mut book, name))
                .cloned()
                .collect();
            if found.is_empty() {
                let why = format!("none of its sheets with cells is like `{pattern}`{listed}");
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
                    let near = near.filter(|_| !sheltered);
                    let near =
                        near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                    let why = format!("it has no sheet `{asked}`{listed}{near}");
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
                    .filter(|name| has_cells(&mut book, name))
                    .cloned()
                    .collect(),
            };
            // What nobody sees is not what is meant, where there is something else.
            found.sort_by_key(|name| hidden.contains(name));
            others = found.split_off(found.len().min(1));
            let first = found.pop().or_else(|| names.first().cloned());
            vec![first.ok_or_else(|| damaged("it has no sheets".to_owned(), None))?]
        }
    };
    let mut read = Vec::with_capacity(chosen.len());
    for name in chosen {
        let used = match Used::of(&mut book, &name, &percentages) {
            Some(Ok(used)) => used,
            Some(Err(Unreadable)) => {
                return Err(damaged(format!("its sheet `{name}` is damaged"), None));
            }
            None => return Err(damaged("its parts do not fit together".to_owned(), None)),
        };
        let sheet = of_cells(used, range.and_then(corners)).map_err(|far| {
            let row = match sheltered {
                true => String::new(),
                false => format!(", in row {}", u64::from(far.at.0) + 1),
            };
            let why = format!(
                "its sheet `{name}` reaches to the column {}{row}, and nearly all of what it would be as a table \
                 is empty",
                letters(far.at.1)
            );
            damaged(
                why,
                Some("empty that cell, or say which cells are the table: `--range A1:F200`"),
            )
        })?;
        let hidden = hidden.contains(&name);
        read.push(Sheet {
            name,
            hidden,
            ..sheet
        });
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
    let Some(Ok(used)) = Used::of(book, UNITS, &Percentages::default()) else {
        return BTreeMap::new();
    };
    let Ok(sheet) = of_cells(used, None) else {
        return BTreeMap::new();
    };
    let text = |cell: Option<&Kept>| match cell {
        Some(Kept::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let mut rows = sheet.rows.iter().map(|(_, row)| &row.cells);
    let header = rows.next().map_or(&[][..], Vec::as_slice);
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
    /// Tells formulas without a value, of the columns and rows that are read. For an audience that may not see all,
    /// what they say stays out.
    pub(crate) fn told(
        &self,
        file: &str,
        names: &BTreeMap<usize, String>,
        reads: impl Fn(u64) -> bool,
        sheltered: bool,
    ) -> Option<FormulaWithoutValue> {
        let empty = self.empty_formulas.iter();
        let mut read = empty.filter(|((row, column), _)| names.contains_key(column) && reads(*row));
        let ((row, column), formula) = read.next()?;
        Some(FormulaWithoutValue {
            place: DataPlace {
                file: file.to_owned(),
                row: Some(*row),
                column: names.get(column).cloned(),
                ..DataPlace::default()
            },
            formula: Some(formula.clone()).filter(|_| !sheltered),
            more: read.count() as u64,
        })
    }
}

/// A cell that is far from all others.
struct Far {
    at: At,
}

/// The letters of a column.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        let letter = u8::try_from(left % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// A sheet without its name: the rows in which something stands.
///
/// # Errors
/// It is wide and nearly all of it empty.
fn of_cells(used: Used, range: Option<(At, At)>) -> Result<Sheet, Far> {
    /// As many cells are a table, whatever is in them; of more, some have to hold something.
    const ANY: usize = 1 << 24;
    const OF_SO_MANY: usize = 16;
    let Some((first, last)) = used.corners() else {
        return Ok(Sheet::default());
    };
    let (start, end) = range.unwrap_or((first, last));
    // Rows of formulas alone hold nothing yet.
    let formulas_to = range.map_or(u32::MAX, |(_, end)| end.0);
    // Behind the last cell there is nothing.
    let end = (end.0.min(last.0), end.1.min(last.1).max(start.1));
    let width = (end.1 - start.1) as usize + 1;
    let own = |cell: &UsedCell| cell.at.0 >= start.0 && (start.1..=end.1).contains(&cell.at.1);
    let cells: Vec<UsedCell> = used.cells.into_iter().filter(own).collect();
    let same_row = |one: &UsedCell, other: &UsedCell| one.at.0 == other.at.0;
    let size = cells.chunk_by(same_row).count().saturating_mul(width);
    if size > ANY && cells.len() < size / OF_SO_MANY {
        let far = cells.iter().max_by_key(|cell| (cell.at.1, cell.at.0));
        return Err(Far {
            at: far.map_or(end, |cell| cell.at),
        });
    }
    let mut rows: Vec<(u64, KeptRow)> = Vec::new();
    let mut below: Vec<(u64, KeptRow)> = Vec::new();
    for cells in cells.chunk_by(same_row) {
        let row = cells.first().map_or(0, |cell| cell.at.0);
        let mut all = vec![Kept::Missing; width];
        for cell in cells {
            let place = (cell.at.1 - start.1) as usize;
            if let Some(slot) = all.get_mut(place) {
                *slot = match kept(&cell.value) {
                    Kept::Number(share) if cell.percentage => Kept::Share(share),
                    Kept::Integer(share) if cell.percentage => Kept::Share(share as f64),
                    other => other,
                };
            }
        }
        let kept = KeptRow {
            cells: all,
            line: None,
        };
        let to = if row <= end.0 { &mut rows } else { &mut below };
        to.push((u64::from(row) + 1, kept));
    }
    let formulas = used.formulas.into_iter();
    let inside = formulas.filter(|((row, column), _)| {
        (start.0..=formulas_to).contains(row) && (start.1..=end.1).contains(column)
    });
    let empty_formulas = inside.map(|((row, column), formula)| {
        let place = (u64::from(row) + 1, (column - start.1) as usize);
        (place, formula)
    });
    Ok(Sheet {
        rows,
        below,
        empty_formulas: empty_formulas.collect(),
        ..Sheet::default()
    })
}

fn kept(cell: &Data) -> Kept {
    match cell {
        Data::Empty => Kept::Missing,
        Data::String(text) => Kept::Text(text.clone()),
        Data::Float(number) => Kept::Number(*number),
        Data::Int(number) => Kept::Integer(*number),
        Data::Bool(truth) => Kept::Truth(*truth),
        Data::DateTime(_) | Data::DateTimeIso(_) => date(cell),
        Data::DurationIso(text) => Kept::Text(text.clone()),
        // `#N/A` is what it says; whether it stands for a missing value, the recipe tells.
        Data::Error(error) => Kept::Text(error.to_string()),
    }
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
