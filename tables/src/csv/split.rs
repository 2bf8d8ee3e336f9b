//! Takes text apart into rows and cells, and keeps their places.
//!
//! A cell that begins with a quotation mark goes on to the closing one and may contain delimiters,
//! line ends and doubled quotation marks; anywhere else a quotation mark is a letter like others.
//! Messages show a row as it stands in the file, so cells are kept as ranges of the row's own text;
//! only cells with doubled quotation marks are copied.

use super::ends::Ends;
use crate::text::{LONGEST_ROW, Window};
use memchr::{memchr, memchr_iter};
use std::io::{self, Read};
use std::ops::Range;

const QUOTE: u8 = b'"';

/// Why no more rows come.
#[derive(Debug)]
pub(super) enum End {
    Io(io::Error),
    TooLong {
        row: u64,
        quote: bool,
    },
    /// The row's bytes and the place of the first that is not UTF-8.
    NotUtf8 {
        row: u64,
        bytes: Vec<u8>,
        bad_from: usize,
    },
}

/// A cell's place.
#[derive(Clone, Debug)]
struct Field {
    /// With its quotation marks, in the row's text.
    raw: Range<usize>,
    /// Without them, in the row's text or among the copies.
    value: Range<usize>,
    copied: bool,
}

/// A row, borrowed from the window.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// As a spreadsheet counts, from 1.
    pub(super) number: u64,
    /// Without its line end.
    pub(super) text: &'a str,
    pub(super) fields: Fields<'a>,
}

/// The cells of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a> {
    fields: &'a [Field],
    copies: &'a str,
}

impl Fields<'_> {
    pub(super) fn len(&self) -> usize {
        self.fields.len()
    }
}

impl Row<'_> {
    #[inline]
    pub(super) fn cell(&self, column: usize) -> Option<&str> {
        let field = self.fields.fields.get(column)?;
        if field.copied {
            self.fields.copies
        } else {
            self.text
        }
        .get(field.value.clone())
    }

    /// All cells, in their order.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.fields.len()).map(|column| self.cell(column).unwrap_or_default())
    }

    /// The cell's place in the row's text, with its quotation marks.
    pub(super) fn raw(&self, column: usize) -> Range<usize> {
        self.fields
            .fields
            .get(column)
            .map_or(0..self.text.len(), |field| field.raw.clone())
    }
}

/// Gives one row after the other.
pub(super) struct Splitter<R> {
    window: Window<R>,
    line_end: u8,
    number: u64,
    /// The length of the last row with its line end, still in the window.
    passed: usize,
    taker: Taker,
    /// Why nothing more comes behind the rows that were given last.
    end: Option<End>,
}

/// Whole rows as they stand in the file.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// With one line feed behind each.
    bytes: Vec<u8>,
    /// Each without its line end, with its number.
    places: Vec<(Range<usize>, u64)>,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// About how many rows a text of so many bytes has, if all are as long as these.
    pub(super) fn in_all(&self, bytes: u64) -> usize {
        let own = self.bytes.len().max(1) as u64;
        let rows = u128::from(bytes) * self.len() as u128 / u128::from(own);
        usize::try_from(rows).unwrap_or(0)
    }

    /// All rows as one text; none where one of them is not UTF-8.
    pub(super) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }

    /// Each row's place in the text, and its number.
    pub(super) fn places(&self) -> impl Iterator<Item = (Range<usize>, u64)> {
        self.places.iter().cloned()
    }

    /// Each row's bytes and number.
    pub(super) fn each(&self) -> impl Iterator<Item = (&[u8], u64)> {
        let places = self.places.iter();
        places.map(|(place, number)| (self.bytes.get(place.clone()).unwrap_or_default(), *number))
    }
}

/// Takes rows apart, with memory that is used again.
#[derive(Debug)]
pub(super) struct Taker {
    delimiter: u8,
    fields: Vec<Field>,
    copies: String,
}

impl Taker {
    fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            fields: Vec::new(),
            copies: String::new(),
        }
    }

    /// Another one, for another thread.
    pub(super) fn again(&self) -> Self {
        Self::new(self.delimiter)
    }

    /// Finds the cells of a row without quotation marks, which stands so in a text; false where it has any.
    pub(super) fn plain(&self, text: &str, row: Range<usize>, ends: &mut Ends) -> bool {
        let plain = text
            .as_bytes()
            .get(row.clone())
            .is_some_and(|bytes| memchr(QUOTE, bytes).is_none());
        plain && ends.find(text.as_bytes(), row, self.delimiter)
    }

    /// A row of any kind.
    ///
    /// # Errors
    /// It is not UTF-8.
    pub(super) fn row<'t>(&'t mut self, bytes: &'t [u8], number: u64) -> Result<Row<'t>, End> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            // Enough of the row to recognise it by.
            let from = error.valid_up_to().saturating_sub(2048);
            let bytes = bytes.iter().skip(from).take(4096).copied().collect();
            End::NotUtf8 {
                row: number,
                bytes,
                bad_from: error.valid_up_to() - from,
            }
        })?;
        self.fields.clear();
        self.copies.clear();
        split(text, self.delimiter, &mut self.fields, &mut self.copies);
        let fields = Fields {
            fields: &self.fields,
            copies: &self.copies,
        };
        Ok(Row {
            number,
            text,
            fields,
        })
    }
}

impl<R: Read> Splitter<R> {
    pub(super) fn new(window: Window<R>, delimiter: u8) -> Self {
        let line_end = line_end(window.bytes());
        Self {
            window,
            line_end,
            number: 0,
            passed: 0,
            taker: Taker::new(delimiter),
            end: None,
        }
    }

    /// The next row that is not blank.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, End> {
        let length = loop {
            self.window.pass(self.passed);
            self.passed = 0;
            let Some((length, with_end)) = self.whole_row()? else {
                return Ok(None);
            };
            self.number += 1;
            self.passed = with_end;
            if length > 0 {
                break length;
            }
        };
        let bytes = self.window.bytes().get(..length).unwrap_or_default();
        self.taker.row(bytes, self.number).map(Some)
    }

    /// Rows up to so many bytes, not yet taken apart; none at the end. Blank rows are counted and not
    /// among them. The memory of rows that are done with is used again.
    ///
    /// # Errors
    /// As for a row, where none comes before it.
    pub(super) fn rows(&mut self, most: usize, done_with: Rows) -> Result<Option<Rows>, End> {
        if let Some(end) = self.end.take() {
            return Err(end);
        }
        let mut rows = done_with;
        rows.bytes.clear();
        rows.places.clear();
        while rows.bytes.len() < most {
            self.window.pass(std::mem::take(&mut self.passed));
            match self.whole_row() {
                Ok(Some((length, with_end))) => {
                    self.number += 1;
                    self.passed = with_end;
                    if length > 0 {
                        let start = rows.bytes.len();
                        let bytes = self.window.bytes().get(..length).unwrap_or_default();
                        rows.bytes.extend_from_slice(bytes);
                        rows.bytes.push(b'\n');
                        rows.places.push((start..start + length, self.number));
                    }
                }
                Ok(None) => break,
                Err(end) if rows.places.is_empty() => return Err(end),
                Err(end) => {
                    self.end = Some(end);
                    break;
                }
            }
        }
        Ok((!rows.places.is_empty()).then_some(rows))
    }

    /// What takes its rows apart.
    pub(super) fn taker(&self) -> Taker {
        self.taker.again()
    }

    /// Holds a whole row; its length without and with the line end.
    fn whole_row(&mut self) -> Result<Option<(usize, usize)>, End> {
        loop {
            let bytes = self.window.bytes();
            let (found, quote) = match memchr(self.line_end, bytes) {
                Some(at) if memchr(QUOTE, bytes.get(..at).unwrap_or_default()).is_none() => {
                    (Some(at), false)
                }
                _ => quoted_row_end(bytes, self.taker.delimiter, self.line_end),
            };
            let too_long = found.unwrap_or(bytes.len()) > LONGEST_ROW;
            let at_end = self.window.at_end();
            if too_long || (at_end && found.is_none() && quote) {
                return Err(End::TooLong {
                    row: self.number + 1,
                    quote,
                });
            }
            match found {
                Some(at) => return Ok(Some((without_return(bytes, at), at + 1))),
                None if at_end && bytes.is_empty() => return Ok(None),
                None if at_end => {
                    let length = bytes.len();
                    return Ok(Some((without_return(bytes, length), length)));
                }
                None => self.window.more().map_err(End::Io)?,
            }
        }
    }
}

/// A row's length without the carriage return before its line end.
fn without_return(bytes: &[u8], end: usize) -> usize {
    let has_return = end.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b'\r');
    end - usize::from(has_return)
}

/// Where a row with quotation marks ends, and whether one is open at the end of the bytes.
fn quoted_row_end(bytes: &[u8], delimiter: u8, line_end: u8) -> (Option<usize>, bool) {
    #[derive(PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        /// Behind a quotation mark in a quoted cell: the closing one, or the first of two.
        Mark,
    }
    let mut at = At::Start;
    for (place, byte) in bytes.iter().enumerate() {
        at = match (&at, *byte) {
            (At::Start | At::Mark, QUOTE) => At::Quoted,
            (At::Quoted, QUOTE) => At::Mark,
            (At::Quoted, _) => At::Quoted,
            (_, byte) if byte == delimiter => At::Start,
            (_, byte) if byte == line_end => return (Some(place), false),
            _ => At::Plain,
        };
    }
    (None, at == At::Quoted)
}

/// The cells of a row.
fn split(text: &str, delimiter: u8, fields: &mut Vec<Field>, copies: &mut String) {
    let bytes = text.as_bytes();
    let mut start = 0;
    if memchr(QUOTE, bytes).is_none() {
        for end in memchr_iter(delimiter, bytes) {
            fields.push(Field {
                raw: start..end,
                value: start..end,
                copied: false,
            });
            start = end + 1;
        }
        fields.push(Field {
            raw: start..bytes.len(),
            value: start..bytes.len(),
            copied: false,
        });
        return;
    }
    loop {
        let field = if bytes.get(start) == Some(&QUOTE) {
            quoted(text, start, delimiter, copies)
        } else {
            let end = find(bytes, start, delimiter).unwrap_or(bytes.len());
            Field {
                raw: start..end,
                value: start..end,
                copied: false,
            }
        };
        start = field.raw.end + 1;
        fields.push(field);
        if start > bytes.len() {
            return;
        }
    }
}

fn find(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    memchr(byte, bytes.get(from..)?).map(|at| from + at)
}

/// A cell that begins with a quotation mark.
fn quoted(text: &str, start: usize, delimiter: u8, copies: &mut String) -> Field {
    let bytes = text.as_bytes();
    let copy_from = copies.len();
    let mut from = start + 1;
    let mut doubled = false;
    let close = loop {
        match find(bytes, from, QUOTE) {
            Some(at) if bytes.get(at + 1) == Some(&QUOTE) => {
                copies.push_str(text.get(from..=at).unwrap_or_default());
                doubled = true;
                from = at + 2;
            }
            Some(at) => break at,
            None => break bytes.len(),
        }
    };
    let end = find(bytes, close, delimiter).unwrap_or(bytes.len());
    // Letters behind the closing mark belong to the cell.
    let tail = text.get(close + 1..end).unwrap_or_default();
    if !doubled && tail.is_empty() {
        return Field {
            raw: start..end,
            value: start + 1..close,
            copied: false,
        };
    }
    copies.push_str(text.get(from..close).unwrap_or_default());
    copies.push_str(tail);
    Field {
        raw: start..end,
        value: copy_from..copies.len(),
        copied: true,
    }
}

/// Line feeds end rows, unless the file knows carriage returns only.
fn line_end(bytes: &[u8]) -> u8 {
    match bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
        Some(at) if bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) != Some(&b'\n') => b'\r',
        _ => b'\n',
    }
}

/// The sign that stands most often between the header's names; the comma where none does.
pub(crate) fn likely_delimiter(bytes: &[u8]) -> u8 {
    let end = bytes
        .iter()
        .position(|byte| matches!(byte, b'\r' | b'\n'))
        .unwrap_or(bytes.len());
    let header = bytes.get(..end).unwrap_or_default();
    let count = |sign: u8| {
        let mut quoted = false;
        let outside = header.iter().filter(|byte| {
            quoted ^= **byte == QUOTE;
            !quoted && **byte == sign
        });
        outside.count()
    };
    // The last of equals is taken.
    [b'|', b'\t', b';', b',']
        .into_iter()
        .max_by_key(|sign| count(*sign))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &[u8], delimiter: u8) -> Result<Vec<Vec<String>>, End> {
        let mut window = Window::new(text);
        window.more().unwrap();
        let mut splitter = Splitter::new(window, delimiter);
        let mut rows = Vec::new();
        while let Some(row) = splitter.next()? {
            let cell = |at| row.cell(at).unwrap().to_owned();
            rows.push((0..row.fields.len()).map(cell).collect());
        }
        Ok(rows)
    }

    #[test]
    fn cells_keep_their_place_in_the_row() {
        let window = Window::new(&b"x\n\na,\"b \"\"c\"\"\",,\"d,e\"f\r\n"[..]);
        let mut splitter = Splitter::new(window, b',');
        splitter.next().unwrap();
        let row = splitter.next().unwrap().unwrap();
        assert_eq!(row.number, 3);
        assert_eq!(row.text, "a,\"b \"\"c\"\"\",,\"d,e\"f");
        let cells: Vec<_> = (0..4)
            .map(|at| (row.cell(at).unwrap(), &row.text[row.raw(at)]))
            .collect();
        assert_eq!(
            cells,
            [
                ("a", "a"),
                ("b \"c\"", "\"b \"\"c\"\"\""),
                ("", ""),
                ("d,ef", "\"d,e\"f")
            ]
        );
    }

    #[test]
    fn line_ends_of_three_kinds() {
        for text in ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2"] {
            assert_eq!(
                rows(text.as_bytes(), b',').unwrap(),
                [["a", "b"], ["1", "2"]],
                "{text:?}"
            );
        }
    }

    #[test]
    fn an_open_quotation_mark_is_found() {
        let end = rows(b"a,b\n1,\"2\n3,4\n", b',').unwrap_err();
        assert!(
            matches!(
                end,
                End::TooLong {
                    row: 2,
                    quote: true
                }
            ),
            "{end:?}"
        );
    }

    #[test]
    fn the_delimiter_is_seen_in_the_header() {
        let cases: [(&[u8], u8); 5] = [
            (b"a,b;c,d\n1;2;3;4", b','),
            (b"a;b;c\n1,2,3", b';'),
            (b"a\tb", b'\t'),
            (b"\"x;y;z\",b", b','),
            (b"country", b','),
        ];
        for (header, delimiter) in cases {
            assert_eq!(likely_delimiter(header), delimiter);
        }
    }

    proptest! {
        /// Written by another program, read the same.
        #[test]
        fn what_is_written_is_read(
            // A lone carriage return in the first row would be taken for a line end.
            header in prop::collection::vec("[ab,;\"\té 1]{0,6}", 2..5),
            body in prop::collection::vec(
                prop::collection::vec("[ab,;\"\n\r\té 1]{0,6}", 2..5), 0..20),
            semicolon: bool,
        ) {
            let table = [vec![header], body].concat();
            let delimiter = if semicolon { b';' } else { b',' };
            let mut writer = ::csv::WriterBuilder::new()
                .delimiter(delimiter).flexible(true).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = writer.into_inner().unwrap();
            prop_assert_eq!(rows(&text, delimiter).unwrap(), table);
        }

        /// Text of any kind is read as the `csv` crate reads it, or refused for an open mark.
        #[test]
        fn any_text_is_read_like_others_read_it(text in "(a|,|\"|\n|é| |\"\"|,\"){0,40}") {
            let others: Vec<Vec<String>> = ::csv::ReaderBuilder::new()
                .has_headers(false).flexible(true).from_reader(text.as_bytes())
                .records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            match rows(text.as_bytes(), b',') {
                Ok(rows) => prop_assert_eq!(rows, others),
                Err(end) => {
                    let refused = matches!(end, End::TooLong { quote: true, .. });
                    prop_assert!(refused);
                }
            }
        }
    }
}
