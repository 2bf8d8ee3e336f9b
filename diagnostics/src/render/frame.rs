//! Marked lines of a file with their words below them, as ariadne lays them out:
//!
//! ```text
//! 31 │ signal mass_violence = deaths_12m >= population
//!    │                        ─────┬────    ─────┬────
//!    │                             │             ╰── counted in people
//!    │                             ╰── counted in deaths
//! ```
//!
//! ariadne decides where marks, hooks, bars and the arms of marks over several lines stand. It is given
//! a copy of the lines in which every column of the screen is one letter, so that how wide a
//! character is, what it would do to a terminal and how long its line is are settled before
//! ([`super::excerpt`]). It neither wraps words nor numbers lines as their file does: its rows are read
//! back as cells, and the words, the line's own characters and the margin are put in.

use super::cells::{Glyph, Row, rows};
use super::excerpt::Excerpt;
use super::text::{columns, longest_word, wrap};
use crate::paint::{Paint, Style};
use ariadne::{CharSet, Color, Config, IndexType, LabelAttach, Report, ReportKind, Source};
use std::cmp::Reverse;
use std::ops::Range;

/// Marked words: bytes of a line, or from a byte of one line to a byte of a later one.
#[derive(Clone, Debug)]
pub struct Mark<'a> {
    /// Where it begins, and, in its last line, where it ends.
    pub bytes: Range<usize>,
    /// Lines after the first, which is the one it is given with.
    pub ends: Option<usize>,
    pub text: &'a str,
    pub style: Style,
}

/// A line to be drawn, with the marks that begin in it.
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

/// What stands between a hook and its words.
const ARM: &str = "──";
/// Columns that words want right of their hook, unless they are shorter.
const WORDS: usize = 16;

/// A line of the copy that ariadne is given.
struct Copied {
    number: Option<usize>,
    excerpt: Excerpt,
    /// Where it begins in the copy.
    start: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Shown,
    /// The line before once more, without its text: for marks that overlap with others of it.
    Again,
    /// Only there to show that lines are left out.
    LeftOut,
}

/// A mark in the copy.
struct Spot<'a> {
    columns: Range<usize>,
    /// The lines of the copy it begins and ends in.
    lines: (usize, usize),
    text: &'a str,
    style: Style,
}

/// A mark over several lines that has begun and not ended.
struct Begun<'m, 'a> {
    /// The line it ends in, and the byte of that line.
    end: usize,
    byte: usize,
    /// The line of the copy that it begins in, and its column of the copy.
    line: usize,
    column: usize,
    mark: &'m Mark<'a>,
}

impl Canvas {
    /// `31 │ `, or the bar alone.
    #[must_use]
    pub fn margin(&self, number: Option<usize>) -> String {
        self.bar(number, '│')
    }

    fn bar(&self, number: Option<usize>, bar: char) -> String {
        let number = number.map_or_else(String::new, |number| number.to_string());
        let text = format!("{number:>width$} {bar}", width = self.gutter);
        self.paint.text(Style::Margin, &text)
    }

    /// Draws lines, in their order, and their marks. A mark over several lines ends in one of them.
    pub fn lines(&self, lines: &[MarkedLine<'_>], out: &mut String) {
        let over_lines = lines
            .iter()
            .flat_map(|line| &line.marks)
            .filter(|mark| mark.ends.is_some())
            .count();
        // Arms of marks over several lines stand left of the text.
        let arms = if over_lines == 0 {
            0
        } else {
            2 * (over_lines + 1)
        };
        let room = self.room.saturating_sub(arms).max(24);
        let (copy, spots) = copied(lines, room);
        if spots.is_empty() {
            for line in &copy {
                self.put(
                    self.margin(line.number),
                    &line.excerpt.columns.concat(),
                    out,
                );
            }
            return;
        }
        let drawn = laid_out(&copy, &spots, room);
        self.written(&drawn, &copy, &spots, out);
    }

    /// ariadne's rows, with our margin, the line's own characters, and the words.
    fn written(&self, drawn: &[Row], copy: &[Copied], spots: &[Spot<'_>], out: &mut String) {
        let mut before: Option<usize> = None;
        // Below a line: its marks, then for each mark bars and the row with its words.
        let mut below = 0;
        let mut begun = false;
        let mut wordless = false;
        for row in drawn {
            let Some((number, bar, rest)) = row.behind_margin() else {
                continue;
            };
            if let Some(line) = number.and_then(|number| copy.get(number.checked_sub(1)?)) {
                if let (Some(before), Some(number)) = (before, line.number)
                    && before + 1 < number
                {
                    self.put(self.bar(None, '┆'), "", out);
                }
                before = line.number.or(before);
                below = 0;
                begun = true;
                let at = number.and_then(|number| number.checked_sub(1));
                wordless = spots
                    .iter()
                    .filter(|spot| Some(spot.lines.1) == at)
                    .all(|spot| spot.text.is_empty());
                if line.kind == Kind::Again {
                    continue;
                }
                let text = with_characters(rest, &line.excerpt);
                self.put(self.margin(line.number), &self.painted(&text), out);
                continue;
            }
            if !begun {
                continue;
            }
            if bar == '┆' {
                before = None;
                self.put(self.bar(None, '┆'), &self.painted(rest), out);
                continue;
            }
            below += 1;
            match rest
                .iter()
                .find_map(|cell| word_of(cell).and_then(|at| spots.get(at)))
            {
                Some(spot) => self.words(rest, spot, out),
                None if wordless && below == 1 => {
                    let plain = rest.iter().map(|cell| match cell.text.as_str() {
                        "┬" => Glyph {
                            text: "─".to_owned(),
                            style: cell.style,
                        },
                        _ => cell.clone(),
                    });
                    let plain: Vec<Glyph> = plain.collect();
                    self.put(self.margin(None), &self.painted(&plain), out);
                }
                None if below == 1 || has_arm(rest) => {
                    self.put(self.margin(None), &self.painted(rest), out);
                }
                // Bars alone would only push the words further from their line.
                None => {}
            }
        }
    }

    /// The row or rows with a mark's words, behind the bars of the marks left of it.
    fn words(&self, row: &[Glyph], spot: &Spot<'_>, out: &mut String) {
        if spot.text.is_empty() {
            return;
        }
        let end = row
            .iter()
            .position(|cell| word_of(cell).is_some())
            .unwrap_or(row.len());
        let hook = row
            .get(..end)
            .unwrap_or_default()
            .iter()
            .rposition(|cell| matches!(cell.text.as_str(), "╰" | "┴" | "├" | "╯"))
            .unwrap_or(0);
        let left = row.get(..=hook).unwrap_or_default();
        let room = self.room.saturating_sub(hook + 2 + columns(ARM));
        let room = room.max(longest_word(spot.text)).max(1);
        for (index, piece) in wrap(spot.text, room).iter().enumerate() {
            let bars = left.get(..hook + usize::from(index == 0));
            let arm = if index == 0 { ARM } else { "   " };
            let arm = arm.chars().map(|letter| Glyph {
                text: letter.to_string(),
                style: Some(spot.style),
            });
            let words = piece.chars().map(|letter| Glyph {
                text: letter.to_string(),
                style: None,
            });
            let bars = bars.unwrap_or_default().iter().cloned();
            let gap = Glyph {
                text: " ".to_owned(),
                style: None,
            };
            let text: Vec<Glyph> = bars.chain(arm).chain([gap]).chain(words).collect();
            let text = self.painted(&text);
            self.put(self.margin(None), &text, out);
        }
    }

    fn painted(&self, cells: &[Glyph]) -> String {
        let end = cells
            .iter()
            .rposition(|cell| cell.text != " ")
            .map_or(0, |last| last + 1);
        let cells = cells.get(..end).unwrap_or_default();
        cells
            .chunk_by(|one, next| one.style == next.style)
            .map(|run| {
                let text: String = run.iter().map(|cell| cell.text.as_str()).collect();
                match run.first().and_then(|cell| cell.style) {
                    Some(style) => self.paint.text(style, &text),
                    None => text,
                }
            })
            .collect()
    }

    fn put(&self, margin: String, text: &str, out: &mut String) {
        out.push_str(&margin);
        let text = text.trim_end();
        if !text.is_empty() {
            out.push(' ');
            out.push_str(text);
        }
        out.push('\n');
    }
}

/// The lines as they will be shown, and the marks in columns of them.
fn copied<'a>(lines: &[MarkedLine<'a>], room: usize) -> (Vec<Copied>, Vec<Spot<'a>>) {
    let mut copy: Vec<Copied> = Vec::new();
    let mut spots = Vec::new();
    let mut open: Vec<Begun<'_, 'a>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let apart = index
            .checked_sub(1)
            .and_then(|before| lines.get(before))
            .and_then(|before| Some(before.number? + 1 < line.number?));
        if apart == Some(true) && !open.is_empty() {
            let excerpt = Excerpt::around("", &(0..0), 0, room);
            push(&mut copy, None, excerpt, Kind::LeftOut);
        }
        // What is to be seen of this line, from left to right.
        let ends = open.iter().filter(|begun| begun.end == index);
        let ends = ends.map(|begun| (begun.byte.saturating_sub(1)..begun.byte, 0));
        let begins = line.marks.iter().map(|mark| match mark.ends {
            Some(_) => (mark.bytes.start..mark.bytes.start + 1, 0),
            None => (mark.bytes.clone(), needed(mark.text).min(room / 2)),
        });
        let parts = parts(line.text, ends.chain(begins).collect(), room);
        let part_of = |byte: usize| {
            let shown = |part: &Excerpt| {
                part.shows(&(byte..byte + 1)) && (byte == 0 || part.column(byte) > 0)
            };
            parts.iter().rposition(shown).unwrap_or(0)
        };
        // Marks of one row do not overlap.
        let mut inline: Vec<(usize, Range<usize>, &Mark<'a>)> = Vec::new();
        for mark in line.marks.iter().filter(|mark| mark.ends.is_none()) {
            let at = part_of(mark.bytes.start);
            if let Some(part) = parts.get(at) {
                let from = part.column(mark.bytes.start);
                let to = part.column(mark.bytes.end).max(from + 1);
                inline.push((at, from..to, mark));
            }
        }
        inline.sort_by_key(|(at, columns, _)| (*at, columns.start, Reverse(columns.end)));
        for (at, part) in parts.iter().enumerate() {
            let shown = copy.len();
            push(&mut copy, line.number, part.clone(), Kind::Shown);
            let start = copy.last().map_or(0, |copied| copied.start);
            open.retain(|begun| {
                if begun.end != index || part_of(begun.byte.saturating_sub(1)) != at {
                    return true;
                }
                spots.push(Spot {
                    columns: begun.column..start + part.column(begun.byte).max(1),
                    lines: (begun.line, shown),
                    text: begun.mark.text,
                    style: begun.mark.style,
                });
                false
            });
            for mark in &line.marks {
                if let Some(after) = mark.ends
                    && part_of(mark.bytes.start) == at
                {
                    open.push(Begun {
                        end: index + after,
                        byte: mark.bytes.end,
                        line: shown,
                        column: start + part.column(mark.bytes.start),
                        mark,
                    });
                }
            }
            // For each row of marks, where its last one ends.
            let mut taken: Vec<usize> = Vec::new();
            for (_, columns, mark) in inline.iter().filter(|(part, ..)| *part == at) {
                let free = taken.iter().position(|end| *end <= columns.start);
                let band = free.unwrap_or(taken.len());
                match taken.get_mut(band) {
                    Some(end) => *end = columns.end,
                    None => {
                        taken.push(columns.end);
                        if band > 0 {
                            push(&mut copy, line.number, part.clone(), Kind::Again);
                        }
                    }
                }
                let start = copy.get(shown + band).map_or(0, |copied| copied.start);
                spots.push(Spot {
                    columns: start + columns.start..start + columns.end,
                    lines: (shown + band, shown + band),
                    text: mark.text,
                    style: mark.style,
                });
            }
        }
    }
    // From above to below, and from right to left: so no bar crosses another mark's words.
    spots.sort_by_key(|spot| {
        let words = spot.text.is_empty();
        let middle = spot.columns.start.midpoint(spot.columns.end);
        (spot.lines.1, words, Reverse(middle))
    });
    (copy, spots)
}

/// As many parts of a line as show all of its marks with room for their words.
fn parts(line: &str, mut marks: Vec<(Range<usize>, usize)>, room: usize) -> Vec<Excerpt> {
    marks.sort_by_key(|(bytes, _)| (bytes.start, Reverse(bytes.end)));
    let mut parts: Vec<Excerpt> = Vec::new();
    for (bytes, need) in &marks {
        let shown = parts
            .last()
            .is_some_and(|part| part.shows(bytes) && part.has_room(bytes, *need, room));
        if !shown {
            parts.push(Excerpt::around(line, bytes, *need, room));
        }
    }
    if parts.is_empty() {
        parts.push(Excerpt::around(line, &(0..0), 0, room));
    }
    parts
}

fn push(copy: &mut Vec<Copied>, number: Option<usize>, excerpt: Excerpt, kind: Kind) {
    // Two more columns, for marks behind the last character, and the line feed.
    let start = copy
        .last()
        .map_or(0, |last| last.start + last.excerpt.columns.len() + 3);
    copy.push(Copied {
        number,
        excerpt,
        start,
        kind,
    });
}

/// Columns that words want right of where their mark begins.
fn needed(text: &str) -> usize {
    let words = columns(text).min(WORDS).max(longest_word(text));
    2 + columns(ARM) + words
}

/// What ariadne makes of the copy.
fn laid_out(copy: &[Copied], spots: &[Spot<'_>], room: usize) -> Vec<Row> {
    let mut text = String::new();
    for line in copy {
        let width = line.excerpt.columns.len() + 2;
        text.extend(std::iter::repeat_n(
            if line.kind == Kind::LeftOut { ' ' } else { 'x' },
            width,
        ));
        text.push('\n');
    }
    let roomy = spots.iter().all(|spot| {
        let line = copy.get(spot.lines.0).map_or(0, |line| line.start);
        let middle = spot.columns.start.midpoint(spot.columns.end);
        spot.lines.0 != spot.lines.1 || middle.saturating_sub(line) + needed(spot.text) <= room
    });
    let config = Config::new()
        .with_index_type(IndexType::Byte)
        .with_char_set(CharSet::Unicode)
        .with_label_attach(if roomy {
            LabelAttach::Middle
        } else {
            LabelAttach::Start
        });
    let begin = spots.first().map_or(0, |spot| spot.columns.start);
    let mut report =
        Report::build(ReportKind::Custom("", Color::Primary), begin..begin).with_config(config);
    for (index, (spot, order)) in spots.iter().zip(0..).enumerate() {
        let label = ariadne::Label::new(spot.columns.clone())
            .with_color(super::cells::color(spot.style))
            .with_order(order);
        // Only marks with words get a hook; the first of a line gets one in any case, since ariadne
        // draws no marks otherwise.
        let before = index.checked_sub(1).and_then(|before| spots.get(before));
        let first = before.is_none_or(|before| before.lines.1 != spot.lines.1);
        report.add_label(if spot.text.is_empty() && !first {
            label
        } else {
            label.with_message(word(index))
        });
    }
    let mut out = Vec::new();
    // Writing to memory does not fail.
    let _ = report.finish().write(Source::from(text), &mut out);
    rows(&String::from_utf8_lossy(&out))
}

/// What stands for the words of a mark until they are put in: letters for private use.
const WORDS_FROM: u32 = 0x000f_0000;

fn word(index: usize) -> char {
    u32::try_from(index)
        .ok()
        .and_then(|index| char::from_u32(WORDS_FROM + index))
        .unwrap_or('\u{f_ffff}')
}

fn word_of(cell: &Glyph) -> Option<usize> {
    let letter = cell.text.chars().next()?;
    let index = u32::from(letter).checked_sub(WORDS_FROM)?;
    usize::try_from(index).ok()
}

/// Does a row have more than bars?
fn has_arm(cells: &[Glyph]) -> bool {
    cells
        .iter()
        .any(|cell| !matches!(cell.text.as_str(), " " | "│"))
}

/// The letters of the copy replaced by what stands in the line.
fn with_characters(cells: &[Glyph], excerpt: &Excerpt) -> Vec<Glyph> {
    let arms = cells
        .iter()
        .position(|cell| cell.text == "x")
        .unwrap_or(cells.len());
    let (arms, copy) = cells.split_at(arms);
    let own = copy.iter().zip(&excerpt.columns).map(|(cell, text)| Glyph {
        text: text.clone(),
        style: cell.style,
    });
    arms.iter().cloned().chain(own).collect()
}
