//! `--update` of a table of cases: writes what came out into its cells, and leaves every other byte.
//!
//! Which row of the file a case is, only the reader of data can say, since it sorts rows and knows how
//! periods are written. So a copy of the table with a column of row numbers is read once more. The new
//! text is written as all outputs are.

use super::reading::{header_of, read_as};
use super::tested::NewCell;
use crate::args::ReadingArgs;
use crate::failure::Failure;
use forewarn_diagnostics::DataPlace;
use forewarn_diagnostics::source::Span;
use forewarn_plan::{InputInfo, InputKind, OnViolation};
use forewarn_runtime::testing::Cases;
use forewarn_tables::read;
use std::io::Write;
use std::ops::Range;
use std::path::Path;

/// The name of the column of row numbers; no rule and no table calls anything so.
const NUMBERS: &str = "row of the file, counted";

/// A table of this name with the cells, and how many they are.
///
/// # Errors
/// It is no text.
pub(super) fn renewed(
    path: &Path,
    bytes: Vec<u8>,
    reading: &ReadingArgs,
    cases: &Cases,
    cells: &[NewCell],
) -> Result<(String, usize), Failure> {
    let not_text = || {
        Failure::new(format!(
            "cannot write {}: it is no CSV text",
            path.display()
        ))
    };
    let text = String::from_utf8(bytes).map_err(|_| not_text())?;
    let table = Table::of(&text);
    let rows = file_rows(reading, cases, &text, &table).ok_or_else(not_text)?;
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for cell in cells {
        let place = rows
            .get(cell.row)
            .and_then(|row| table.cell(*row, &cell.column));
        if let Some(place) = place {
            edits.push((place, table.quoted(&cell.text)));
        }
    }
    edits.sort_by_key(|(place, _)| place.start);
    edits.dedup_by_key(|(place, _)| place.start);
    let mut new = text.clone();
    for (place, words) in edits.iter().rev() {
        new.replace_range(place.clone(), words);
    }
    Ok((new, edits.len()))
}

/// Where cells of a table stand in its file.
pub(super) struct Places {
    file: String,
    text: String,
    /// The record of each row of the panel; empty where that cannot be said.
    rows: Vec<usize>,
}

impl Places {
    /// Of a table that is text; `file` is its name as people know it.
    pub fn of(path: &Path, file: &str, reading: &ReadingArgs, cases: &Cases) -> Option<Self> {
        let text = String::from_utf8(std::fs::read(path).ok()?).ok()?;
        let rows = file_rows(reading, cases, &text, &Table::of(&text)).unwrap_or_default();
        Some(Self {
            file: file.to_owned(),
            text,
            rows,
        })
    }

    /// The name of a column, in the first line.
    pub fn of_name(&self, column: &str) -> Option<DataPlace> {
        self.place(0, column)
    }

    /// The cell of a row of the panel.
    pub fn of_cell(&self, row: usize, column: &str) -> Option<DataPlace> {
        self.place(*self.rows.get(row)?, column)
    }

    fn place(&self, record: usize, column: &str) -> Option<DataPlace> {
        let table = Table::of(&self.text);
        let cell = table.cell(record, column)?;
        let cells = table.records.get(record)?;
        let (start, end) = (cells.first()?.start, cells.last()?.end);
        // Rows are counted as a spreadsheet counts them: blank lines count, line breaks in cells do not.
        let breaks = |place: &Range<usize>| {
            let cell = self.text.get(place.clone()).unwrap_or("");
            cell.matches('\n').count()
        };
        let within: usize = table
            .records
            .iter()
            .take(record)
            .flatten()
            .map(breaks)
            .sum();
        let row = self.text.get(..start)?.matches('\n').count() + 1 - within;
        Some(DataPlace {
            file: self.file.clone(),
            row: u64::try_from(row).ok(),
            column: Some(column.to_owned()),
            key: None,
            line: Some((
                self.text.get(start..end)?.to_owned(),
                cell.start - start..cell.end - start,
            )),
        })
    }
}

/// For each row of the panel, its record in the file.
fn file_rows(
    reading: &ReadingArgs,
    cases: &Cases,
    text: &str,
    table: &Table<'_>,
) -> Option<Vec<usize>> {
    let mut numbered = String::with_capacity(text.len() * 2);
    let mut end = 0;
    for (record, cells) in table.records.iter().enumerate() {
        let last = cells.last()?.end;
        numbered.push_str(text.get(end..last)?);
        let number = if record == 0 {
            table.quoted(NUMBERS)
        } else {
            record.to_string()
        };
        numbered.push(table.delimiter);
        numbered.push_str(&number);
        end = last;
    }
    numbered.push_str(text.get(end..)?);
    let mut copy = tempfile::Builder::new().suffix(".csv").tempfile().ok()?;
    copy.write_all(numbered.as_bytes()).ok()?;
    let mut plan = cases.plan.clone();
    plan.inputs.push(InputInfo {
        name: NUMBERS.to_owned(),
        label: String::new(),
        column: None,
        kind: InputKind::Number,
        unit: String::new(),
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        high_excluded: false,
        on_violation: OnViolation::Missing,
        optional: true,
        missing_means: None,
        carry_forward: None,
        expires: None,
        inapplicable: Vec::new(),
        changeable: None,
        span: Span::default(),
    });
    let options = read_as(reading, cases, &header_of(text.as_bytes()));
    let bound = read(copy.path(), &plan, &options).ok()?;
    let numbers = bound.panel.columns.last()?;
    // A gap has no record; nothing is written there.
    let record = |x: &f64| if x.is_nan() { usize::MAX } else { *x as usize };
    Some(numbers.iter().map(record).collect())
}

/// A CSV text as the places of its cells, the header's first; blank lines are no records.
struct Table<'t> {
    text: &'t str,
    delimiter: char,
    records: Vec<Vec<Range<usize>>>,
}

impl<'t> Table<'t> {
    fn of(text: &'t str) -> Self {
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        let head = text
            .get(start..)
            .and_then(|text| text.lines().next())
            .unwrap_or("");
        let delimiter = [',', ';', '\t']
            .into_iter()
            .max_by_key(|sign| (head.matches(*sign).count(), *sign == ','))
            .unwrap_or(',');
        let mut records = Vec::new();
        let mut cells: Vec<Range<usize>> = Vec::new();
        let (mut from, mut quoted) = (start, false);
        for (at, sign) in text.char_indices().skip_while(|(at, _)| *at < start) {
            match sign {
                '"' if quoted || at == from => quoted = !quoted,
                // Doubled: the cell goes on.
                '"' if text.get(..at).is_some_and(|before| before.ends_with('"')) => quoted = true,
                '\n' if !quoted => {
                    let end = at - usize::from(text.get(..at).is_some_and(|t| t.ends_with('\r')));
                    cells.push(from..end.max(from));
                    from = at + 1;
                    push(&mut records, &mut cells);
                }
                sign if sign == delimiter && !quoted => {
                    cells.push(from..at);
                    from = at + sign.len_utf8();
                }
                _ => {}
            }
        }
        cells.push(from..text.len());
        push(&mut records, &mut cells);
        Self {
            text,
            delimiter,
            records,
        }
    }

    /// The place of a cell; `row` counts records from 0, the header.
    fn cell(&self, row: usize, column: &str) -> Option<Range<usize>> {
        let header = self.records.first()?;
        let name = |place: &Range<usize>| {
            let cell = self.text.get(place.clone()).unwrap_or("");
            cell.trim().trim_matches('"') == column
        };
        let at = header.iter().position(name)?;
        self.records.get(row)?.get(at).cloned()
    }

    /// As a cell: in quotation marks where it needs them.
    fn quoted(&self, words: &str) -> String {
        if words.contains(['"', '\n', '\r', self.delimiter]) {
            format!("\"{}\"", words.replace('"', "\"\""))
        } else {
            words.to_owned()
        }
    }
}

fn push(records: &mut Vec<Vec<Range<usize>>>, cells: &mut Vec<Range<usize>>) {
    let is_blank = matches!(cells.as_slice(), [only] if only.is_empty());
    if is_blank {
        cells.clear();
    } else {
        records.push(std::mem::take(cells));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<&str>> {
        let table = Table::of(text);
        let cell = |place: &Range<usize>| text.get(place.clone()).unwrap();
        let records = table.records.iter();
        records
            .map(|cells| cells.iter().map(cell).collect())
            .collect()
    }

    #[test]
    fn cells_keep_their_places() {
        let text = "\u{feff}a;b\r\n\r\n1;\"x;\"\"y\"\"\n\"\r\n;2\n";
        let expected = vec![
            vec!["a", "b"],
            vec!["1", "\"x;\"\"y\"\"\n\""],
            vec!["", "2"],
        ];
        assert_eq!(cells(text), expected);
        let table = Table::of(text);
        assert_eq!(&text[table.cell(2, "b").unwrap()], "2");
        assert_eq!(table.cell(1, "c"), None);
        assert_eq!(table.quoted("p;q \"r\""), "\"p;q \"\"r\"\"\"");
    }

    #[test]
    fn names_and_cells_have_a_row_and_a_column() {
        let places = Places {
            file: "cases.csv".to_owned(),
            text: "a,b\n\n1,22\n".to_owned(),
            rows: vec![1],
        };
        let name = places.of_name("b").unwrap();
        assert_eq!(
            (name.row, name.line),
            (Some(1), Some(("a,b".to_owned(), 2..3)))
        );
        let cell = places.of_cell(0, "b").unwrap();
        assert_eq!(
            (cell.row, cell.line),
            (Some(3), Some(("1,22".to_owned(), 2..4)))
        );
        assert_eq!(places.of_cell(1, "b"), None);
    }
}
