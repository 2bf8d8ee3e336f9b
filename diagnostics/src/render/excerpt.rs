//! The part of a line that is shown, column by column of the screen.
//!
//! Tabs reach the next stop of four, wide characters fill two columns, marks that combine stand with the
//! letter before them. Control characters, among them those that reorder text, are shown and never
//! sent. Of a long line only the part around the marks is taken, so a line of ten megabytes costs
//! no more.

use std::ops::Range;
use unicode_width::UnicodeWidthChar;

const TAB: usize = 4;
/// How many columns of a long line are shown before its first mark, where there is room.
const BEFORE: usize = 24;

/// A part of a line as the screen shows it.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// What stands in each column; the second column of a wide character is empty.
    pub columns: Vec<String>,
    /// For each character: its first byte in the line and its column.
    places: Vec<(usize, usize)>,
    /// The byte after the last character.
    end: usize,
    pub reaches_end: bool,
}

impl Excerpt {
    /// The beginning of a line if it shows those bytes and leaves `need` columns right of where
    /// they begin, and otherwise the part of the line around them.
    #[must_use]
    pub fn around(line: &str, bytes: &Range<usize>, need: usize, room: usize) -> Self {
        let whole = Self::from(line, 0, room);
        let shown = bytes.end.min(line.len()) <= whole.end;
        if shown && whole.has_room(bytes, need, room) {
            return whole;
        }
        let start = line.floor_char_boundary(bytes.start);
        let before = line.get(..start).unwrap_or("");
        let mut left = BEFORE.min(room / 3);
        let mut from = start;
        for (at, character) in before.char_indices().rev() {
            let (_, width) = on_screen(character, 0);
            let Some(less) = left.checked_sub(width) else {
                break;
            };
            left = less;
            from = at;
        }
        Self::from(line, from, room)
    }

    fn from(line: &str, from: usize, room: usize) -> Self {
        let mut excerpt = Self {
            columns: Vec::new(),
            places: Vec::new(),
            end: from,
            reaches_end: true,
        };
        if from > 0 {
            excerpt.columns.push("…".to_owned());
        }
        for (at, character) in line.get(from..).unwrap_or("").char_indices() {
            let column = excerpt.columns.len();
            let (shown, width) = on_screen(character, column);
            if column + width > room {
                excerpt.columns.push("…".to_owned());
                excerpt.reaches_end = false;
                break;
            }
            match (width, excerpt.columns.last_mut()) {
                (0, Some(last)) => last.push(shown),
                (0, None) => excerpt.columns.push(shown.to_string()),
                _ => {
                    excerpt.columns.push(shown.to_string());
                    let filler = if character == '\t' { " " } else { "" };
                    excerpt.columns.resize(column + width, filler.to_owned());
                }
            }
            excerpt.places.push((from + at, column));
            excerpt.end = from + at + character.len_utf8();
        }
        excerpt
    }

    /// Are there that many columns right of where the bytes begin?
    #[must_use]
    pub fn has_room(&self, bytes: &Range<usize>, need: usize, room: usize) -> bool {
        self.column(bytes.start) + need <= room
    }

    /// Do the bytes begin in what is shown?
    #[must_use]
    pub fn shows(&self, bytes: &Range<usize>) -> bool {
        self.reaches_end || bytes.start < self.end
    }

    /// The column of a byte; the one after the last for a byte behind what is shown.
    #[must_use]
    pub fn column(&self, byte: usize) -> usize {
        let after = self.places.partition_point(|(at, _)| *at < byte);
        match self.places.get(after) {
            Some((at, column)) if *at == byte => *column,
            // Within a character: where it begins.
            Some(_) | None if byte < self.end => after
                .checked_sub(1)
                .and_then(|index| self.places.get(index))
                .map_or(0, |(_, column)| *column),
            _ => self.columns.len() - usize::from(!self.reaches_end),
        }
    }
}

/// What stands for a character on the screen, and how many columns it fills.
#[must_use]
pub fn on_screen(character: char, column: usize) -> (char, usize) {
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
