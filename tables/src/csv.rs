//! CSV and its kin: cells set apart by a sign, rows by line ends.
//!
//! In: text, a delimiter. Out: rows to the panel builder, with their number and their words as they
//! stand in the file. Rows are counted as a spreadsheet counts them: the header is row 1, blank
//! lines count, a cell with line breaks stays in one row.

mod blocks;
mod ends;
mod keys;
mod records;
mod split;

use crate::flows::Flows;
use crate::grid::{Cells, KeptRow};
use crate::progress::{Input, only};
use crate::recipe::{Frame, FrameRecipe, Is, Pipe, Recipe, hxl_tags};
use crate::text::{LONGEST_ROW_MB, Window, as_latin1, clip, foreign_encoding, presumed_encoding};
use crate::unread::unread;
use blocks::Stop;
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_runtime::bind::{Cell, Line, Record};
use forewarn_runtime::causes::data::{NotUtf8, RecordTooLong};
use keys::KeysInOne;
pub(crate) use records::{BYTE_ORDER_MARK, records};
pub(crate) use split::likely_delimiter;
use split::{End, Row, Splitter};
use std::collections::VecDeque;
use std::io::Read;

/// Reads a table of text into a pipe.
///
/// # Errors
/// Everything that stands in the way of its rows.
pub(crate) fn read(
    input: Input<'_>,
    pipe: &mut Pipe<'_>,
    file: &str,
    delimiter: Option<u8>,
    recipe: &Recipe,
    (threads, flow): (usize, Option<&dyn Flows>),
) -> Result<(), Reports> {
    let flow = flow.filter(|flow| flow.is_open() && !pipe.expects_something());
    let mut window = Window::new(input.stream);
    if let Err(error) = window.more() {
        return Err(only(unread(file, &error)));
    }
    if let Some(encoding) = foreign_encoding(window.bytes()) {
        let place = DataPlace {
            file: file.to_owned(),
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
    let delimiter = delimiter.unwrap_or_else(|| header_delimiter(window.bytes(), &recipe.frame));
    pipe.set_apart_by(delimiter);
    let mut rows = Splitter::new(window, delimiter);
    let mut keys = KeysInOne::new(delimiter);
    let mut taken = 0;
    loop {
        match rows.next() {
            Ok(Some(row)) => {
                match keys.parted(&row) {
                    Some(parted) => pipe.row(row.number, &parted)?,
                    None => pipe.row(row.number, &row)?,
                }
                taken += 1;
                if row.number.is_multiple_of(ROWS_BETWEEN_PROGRESS) {
                    input.progress.tell();
                }
            }
            Ok(None) => break,
            Err(end) => return Err(end_of(end, file, pipe)),
        }
        // Its first rows say what a file is like.
        if taken == ROWS_ALONE
            && !keys.is_found()
            && let Some(reader) = pipe.block_reader()
        {
            let read = blocks::read(&mut rows, pipe, (&reader, flow), threads, &input.progress);
            let read = match (read, flow) {
                (Ok(()), Some(flow)) => {
                    pipe.end()?;
                    blocks::drain_all(pipe, (&reader, flow)).map(|()| flow.end())
                }
                (read, _) => read,
            };
            match read {
                Ok(()) => break,
                Err(Stop::End(end)) => return Err(end_of(end, file, pipe)),
                Err(Stop::Reports(reports)) => return Err(reports),
                Err(Stop::Dry) => {
                    flow.into_iter().for_each(Flows::give_up);
                    return Err(Reports::default());
                }
            }
        }
    }
    input.progress.tell();
    pipe.end()
}

/// The sign between the names of the header, wherever that is; what a line `sep=;` says.
pub(crate) fn header_delimiter(bytes: &[u8], frame: &FrameRecipe) -> u8 {
    let mut lines = bytes
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', sign] =
        lines.clone().next().unwrap_or_default()
    {
        return *sign;
    }
    let has_words = |line: &&[u8]| {
        let line = String::from_utf8_lossy(line).to_lowercase();
        let mut words = frame.header.iter();
        !line.trim().is_empty() && words.all(|word| line.contains(&word.to_lowercase()))
    };
    let header = if frame.header.is_empty() {
        lines.nth(frame.skip)
    } else {
        lines.skip(frame.skip).find(has_words)
    };
    likely_delimiter(header.filter(|line| !line.is_empty()).unwrap_or(bytes))
}

/// The names in the header; none where it cannot be read.
pub(crate) fn header(
    stream: Box<dyn Read>,
    delimiter: Option<u8>,
    recipe: &Recipe,
) -> Option<Vec<String>> {
    let mut window = Window::new(stream);
    window.more().ok()?;
    if window.bytes().starts_with(BYTE_ORDER_MARK) {
        window.pass(BYTE_ORDER_MARK.len());
    }
    let delimiter = delimiter.unwrap_or_else(|| header_delimiter(window.bytes(), &recipe.frame));
    let mut rows = Splitter::new(window, delimiter);
    let mut keys = KeysInOne::new(delimiter);
    let mut frame = Frame::new(&recipe.frame);
    let mut names = loop {
        let row = rows.next().ok()??;
        let is = match keys.parted(&row) {
            Some(parted) => frame.take(row.number, &parted),
            None => frame.take(row.number, &row),
        };
        if let Is::Header(names) = is {
            break names;
        }
    };
    // Rules may read columns by their tags.
    if let Ok(Some(row)) = rows.next() {
        names.extend(hxl_tags(&row));
    }
    Some(names)
}

/// The first rows and the last ones as texts, each with its number; none where one cannot be read.
pub(crate) fn sample(
    stream: Box<dyn Read>,
    delimiter: Option<u8>,
    recipe: &Recipe,
    most: usize,
) -> Option<Sampled> {
    let mut window = Window::new(stream);
    window.more().ok()?;
    let marked = window.bytes().starts_with(BYTE_ORDER_MARK);
    if marked {
        window.pass(BYTE_ORDER_MARK.len());
    }
    let first_bytes = window
        .bytes()
        .get(..window.bytes().len().min(64 << 10))?
        .to_vec();
    let delimiter = delimiter.unwrap_or_else(|| header_delimiter(window.bytes(), &recipe.frame));
    let mut rows = Splitter::new(window, delimiter);
    let mut sampled = Sampled {
        delimiter,
        first_bytes,
        ..Sampled::default()
    };
    let mut keys = KeysInOne::new(delimiter);
    while let Some(row) = rows.next().ok()? {
        let kept = keys.parted(&row).unwrap_or_else(|| KeptRow::of(&row));
        let kept = (row.number, kept);
        if sampled.first.len() < most {
            sampled.first.push(kept);
        } else {
            if sampled.last.len() >= LAST {
                sampled.last.pop_front();
            }
            sampled.last.push_back(kept);
        }
    }
    Some(sampled)
}

/// As many rows of the end are kept.
const LAST: usize = 40;

/// Rows of both ends of a file.
#[derive(Debug, Default)]
pub(crate) struct Sampled {
    pub(crate) delimiter: u8,
    pub(crate) first_bytes: Vec<u8>,
    pub(crate) first: Vec<(u64, KeptRow)>,
    /// Those of the end that are not among the first.
    pub(crate) last: VecDeque<(u64, KeptRow)>,
}

pub(crate) const ROWS_BETWEEN_PROGRESS: u64 = 8192;
/// Rows before the first block.
const ROWS_ALONE: usize = 64;

/// What was found so far, and why nothing more can be read.
fn end_of(end: End, file: &str, pipe: &mut Pipe<'_>) -> Reports {
    let place = |row| DataPlace {
        file: file.to_owned(),
        row: Some(row),
        ..DataPlace::default()
    };
    match end {
        End::Io(error) => pipe.fail(unread(file, &error)),
        End::TooLong { row, quote } => pipe.fail(RecordTooLong {
            place: place(row),
            limit: LONGEST_ROW_MB,
            quote,
        }),
        End::NotUtf8 {
            row,
            bytes,
            bad_from,
        } => {
            let encoding = presumed_encoding(&bytes);
            let sample = as_latin1(word_around(&bytes, bad_from));
            pipe.fail(NotUtf8 {
                place: place(row),
                encoding,
                sample,
            })
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

impl Cells for Row<'_> {
    fn width(&self) -> usize {
        self.fields.len()
    }

    fn line(&self) -> Option<Line> {
        Some(clip(self.text, 0..self.text.len()))
    }

    fn is_blank(&self) -> bool {
        // Nothing but delimiters, blanks and quotation marks.
        (0..self.width()).all(|column| self.is_missing(column))
    }
}
