//! Draws one line of a file with its marked words below it:
//!
//! ```text
//! 31 │ signal mass_violence = deaths_12m >= population
//!    │                        ─────┬────    ─────┬────
//!    │                             │             ╰── counted in people
//!    │                             ╰── counted in deaths
//! ```
//!
//! Columns are those of the screen: tabs reach the next stop of four, wide characters fill two.
//! Control characters, among them those that reorder text, are shown and never sent. Of a long
//! line only the part around the marks is drawn, so a line of ten megabytes costs no more.

use crate::paint::{Paint, Style};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// Marked words of a line.
#[derive(Clone, Debug)]
pub struct Mark<'a> {
    /// Bytes of the line.
    pub bytes: Range<usize>,
    pub text: &'a str,
    pub style: Style,
}

/// A line to be drawn.
#[derive(Clone, Debug)]
pub struct MarkedLine<'a> {
    /// From 1; `None` for a record of a data file.
    pub number: Option<usize>,
    pub text: &'a str,
    pub marks: Vec<Mark<'a>>,
}

/// What all lines of a diagnostic share.
#[derive(Clone, Copy, Debug)]
pub struct Canvas {
    /// Columns for line numbers.
    pub gutter: usize,
    /// Columns for text.
    pub room: usize,
    pub paint: Paint,
}

const TAB: usize = 4;
/// How much of a long line is shown before its first mark.
const BEFORE: usize = 24;

impl Canvas {
    /// `31 │ `, or the bar alone.
    #[must_use]
    pub fn margin(&self, number: Option<usize>) -> String {
        let number = number.map_or_else(String::new, |number| number.to_string());
        let text = format!("{number:>width$} │", width = self.gutter);
        self.paint.text(Style::Margin, &text)
    }

    /// Draws a line and its marks.
    pub fn line(&self, line: &MarkedLine<'_>, out: &mut String) {
        let mut marks = line.marks.clone();
        marks.sort_by_key(|mark| (mark.bytes.start, std::cmp::Reverse(mark.bytes.end)));
        let mut rest = marks.as_slice();
        loop {
            let excerpt = Excerpt::around(line.text, rest.first(), self.room);
            let inside = rest
                .iter()
                .take_while(|mark| mark.bytes.start < excerpt.end || excerpt.reaches_end)
                .count()
                .max(1)
                .min(rest.len());
            let (now, later) = rest.split_at(inside);
            self.excerpt(line.number, &excerpt, now, out);
            rest = later;
            if rest.is_empty() {
                break;
            }
        }
    }

    fn excerpt(
        &self,
        number: Option<usize>,
        excerpt: &Excerpt,
        marks: &[Mark<'_>],
        out: &mut String,
    ) {
        push_row(out, &self.margin(number), &excerpt.shown);
        for band in bands(marks, excerpt) {
            push_row(out, &self.margin(None), &self.underline(&band));
            for (index, spot) in band.iter().enumerate().rev() {
                if spot.text.is_empty() {
                    continue;
                }
                let left = band.get(..index).unwrap_or_default();
                self.words(spot, left, out);
            }
        }
    }

    fn underline(&self, band: &[Spot<'_>]) -> String {
        let mut row = Row::default();
        for spot in band {
            let line: String = (spot.from..spot.to)
                .map(|at| {
                    if at == spot.hook() && !spot.text.is_empty() {
                        '┬'
                    } else {
                        '─'
                    }
                })
                .collect();
            row.put(spot.from, &line, spot.style, self.paint);
        }
        row.text
    }

    /// The row or rows with a mark's words, and the bars of the marks left of it.
    fn words(&self, spot: &Spot<'_>, left: &[Spot<'_>], out: &mut String) {
        let room = self.room.saturating_sub(spot.hook() + 4).max(24);
        for (index, piece) in wrap(spot.text, room).iter().enumerate() {
            let mut row = Row::default();
            for other in left.iter().filter(|other| !other.text.is_empty()) {
                row.put(other.hook(), "│", other.style, self.paint);
            }
            if index == 0 {
                row.put(spot.hook(), "╰── ", spot.style, self.paint);
                row.text.push_str(piece);
            } else {
                row.put(spot.hook() + 4, piece, Style::Strong, Paint { on: false });
            }
            push_row(out, &self.margin(None), &row.text);
        }
    }
}

fn push_row(out: &mut String, margin: &str, text: &str) {
    out.push_str(margin);
    if !text.trim_end().is_empty() {
        out.push(' ');
        out.push_str(text.trim_end());
    }
    out.push('\n');
}

/// A row that is filled from the left.
#[derive(Default)]
struct Row {
    text: String,
    column: usize,
}

impl Row {
    fn put(&mut self, column: usize, text: &str, style: Style, paint: Paint) {
        while self.column < column {
            self.text.push(' ');
            self.column += 1;
        }
        self.text.push_str(&paint.text(style, text));
        self.column += text.chars().count();
    }
}

/// A mark in columns of the screen.
struct Spot<'a> {
    from: usize,
    to: usize,
    text: &'a str,
    style: Style,
}

impl Spot<'_> {
    /// Where the words hang.
    fn hook(&self) -> usize {
        self.from + (self.to - self.from - 1) / 2
    }
}

/// Marks in rows such that none in a row overlap.
fn bands<'a>(marks: &[Mark<'a>], excerpt: &Excerpt) -> Vec<Vec<Spot<'a>>> {
    let mut bands: Vec<Vec<Spot<'a>>> = Vec::new();
    for mark in marks {
        let from = excerpt.column(mark.bytes.start);
        let to = excerpt.column(mark.bytes.end).max(from + 1);
        let spot = Spot {
            from,
            to,
            text: mark.text,
            style: mark.style,
        };
        let free = bands
            .iter_mut()
            .find(|band| band.last().is_none_or(|last| last.to <= from));
        match free {
            Some(band) => band.push(spot),
            None => bands.push(vec![spot]),
        }
    }
    bands
}

/// A part of a line as the screen shows it.
struct Excerpt {
    shown: String,
    /// For each character: its first byte in the line and its column.
    columns: Vec<(usize, usize)>,
    /// The column after the last character.
    width: usize,
    /// The byte after the last character.
    end: usize,
    reaches_end: bool,
}

impl Excerpt {
    fn around(line: &str, mark: Option<&Mark<'_>>, room: usize) -> Self {
        let whole = Self::from(line, 0, room);
        if whole.reaches_end {
            return whole;
        }
        let target = mark.map_or(0, |mark| mark.bytes.clone().end.min(line.len()));
        if target <= whole.end {
            return whole;
        }
        let start = mark.map_or(0, |mark| line.floor_char_boundary(mark.bytes.start));
        let before = line.get(..start).unwrap_or("");
        let from = before
            .char_indices()
            .rev()
            .take(BEFORE)
            .last()
            .map_or(start, |(at, _)| at);
        Self::from(line, from, room)
    }

    fn from(line: &str, from: usize, room: usize) -> Self {
        let mut excerpt = Self {
            shown: String::new(),
            columns: Vec::new(),
            width: 0,
            end: from,
            reaches_end: true,
        };
        if from > 0 {
            excerpt.shown.push('…');
            excerpt.width = 1;
        }
        for (at, character) in line.get(from..).unwrap_or("").char_indices() {
            let (shown, width) = on_screen(character, excerpt.width);
            if excerpt.width + width > room {
                excerpt.shown.push('…');
                excerpt.reaches_end = false;
                break;
            }
            excerpt.columns.push((from + at, excerpt.width));
            if character == '\t' {
                excerpt.shown.extend(std::iter::repeat_n(' ', width));
            } else {
                excerpt.shown.push(shown);
            }
            excerpt.width += width;
            excerpt.end = from + at + character.len_utf8();
        }
        excerpt
    }

    fn column(&self, byte: usize) -> usize {
        match self.columns.binary_search_by_key(&byte, |(at, _)| *at) {
            Ok(index) => self
                .columns
                .get(index)
                .map_or(self.width, |(_, column)| *column),
            Err(0) => 0,
            Err(index) => self
                .columns
                .get(index)
                .map_or(self.width, |(_, column)| *column),
        }
    }
}

/// What stands for a character on the screen, and how many columns it fills.
fn on_screen(character: char, column: usize) -> (char, usize) {
    match character {
        '\t' => (' ', TAB - column % TAB),
        '\0'..='\u{1f}' => (char::from_u32(0x2400 + character as u32).unwrap_or('�'), 1),
        '\u{7f}' => ('␡', 1),
        // Invisible and reordering characters would hide what a program reads.
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => ('�', 1),
        _ => (character, character.width().unwrap_or(1)),
    }
}

/// A text as the screen may show it, on one line.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character == '\n' {
                ' '
            } else {
                on_screen(character, 0).0
            }
        })
        .collect()
}

/// Breaks a text at spaces so that no piece is wider than the room, unless a word is.
#[must_use]
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let text = harmless(text);
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let wide: usize = word
            .chars()
            .map(|character| character.width().unwrap_or(1))
            .sum();
        if width > 0 && width + 1 + wide > room {
            pieces.push(std::mem::take(&mut piece));
            width = 0;
        } else if width > 0 || !piece.is_empty() {
            piece.push(' ');
            width += 1;
        }
        piece.push_str(word);
        width += wide;
    }
    pieces.push(piece);
    pieces
}
