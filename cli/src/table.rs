//! A table that fits the screen. In: columns of cells, the most important first. Out: lines, none
//! wider than the screen, and how many columns had no room. Headers are shortened before cells, the
//! widest first; nothing is wrapped.

use crate::language::set_apart;
use crate::paint::{Paint, Style};
use crate::render::harmless;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A cell: pieces of text, some of them in a colour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScreenCell {
    pub pieces: Vec<(String, Option<Style>)>,
}

impl ScreenCell {
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            pieces: vec![(text.into(), None)],
        }
    }

    fn width(&self) -> usize {
        self.pieces.iter().map(|(text, _)| text.width()).sum()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// A column: its name and one cell for each row.
#[derive(Clone, Debug)]
pub struct Column {
    pub name: String,
    pub align: Align,
    /// Numbers are never shortened: a part of a number is another number.
    pub shortens: bool,
    pub cells: Vec<ScreenCell>,
}

impl Column {
    /// The same as a screen may show it: what stands in data is not always meant to be read.
    fn harmless(&self) -> Self {
        let cell = |cell: &ScreenCell| ScreenCell {
            pieces: cell
                .pieces
                .iter()
                .map(|(text, style)| (harmless(text), *style))
                .collect(),
        };
        Self {
            name: harmless(&self.name),
            cells: self.cells.iter().map(cell).collect(),
            ..*self
        }
    }
}

/// A table laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub text: String,
    /// The names of the columns that had no room.
    pub left_out: Vec<String>,
}

const GAP: usize = 2;
/// Headers and texts are not cut below this.
const LEAST: usize = 10;

/// Lays out columns in the given order; the first `keys` are always there. With `apart`, what is written
/// from right to left is set apart, so that a terminal keeps cells where they belong.
#[must_use]
pub fn lay_out(columns: &[Column], keys: usize, width: usize, paint: Paint, apart: bool) -> Table {
    let columns = &columns.iter().map(Column::harmless).collect::<Vec<_>>();
    let mut shown: Vec<(&Column, usize, usize)> = Vec::new();
    let mut left_out = Vec::new();
    let mut used = 0;
    for (index, column) in columns.iter().enumerate() {
        let (least, natural) = widths(column);
        let gap = if index == 0 { 0 } else { GAP };
        if index < keys || (left_out.is_empty() && used + gap + least <= width) {
            used += gap + least;
            shown.push((column, least, natural));
        } else {
            left_out.push(column.name.clone());
        }
    }
    let gaps = GAP * shown.len().saturating_sub(1);
    let limits: Vec<(usize, usize)> = shown
        .iter()
        .map(|(_, least, full)| (*least, *full))
        .collect();
    let final_widths = spread(&limits, width.saturating_sub(gaps));
    let columns: Vec<(&Column, usize)> = shown
        .iter()
        .zip(&final_widths)
        .map(|((column, ..), width)| (*column, *width))
        .collect();

    let mut text = String::new();
    push_row(&mut text, &columns, (paint, apart), |column| ScreenCell {
        pieces: vec![(column.name.clone(), Some(Style::Faint))],
    });
    let rows = columns.first().map_or(0, |(column, _)| column.cells.len());
    for row in 0..rows {
        push_row(&mut text, &columns, (paint, apart), |column| {
            column.cells.get(row).cloned().unwrap_or_default()
        });
    }
    Table { text, left_out }
}

/// The least and the natural width of a column.
fn widths(column: &Column) -> (usize, usize) {
    let cells = column
        .cells
        .iter()
        .map(ScreenCell::width)
        .max()
        .unwrap_or(0);
    let header = column.name.width();
    let least_cells = if column.shortens {
        cells.min(LEAST)
    } else {
        cells
    };
    (least_cells.max(header.min(LEAST)), cells.max(header))
}

/// Gives every column its least width and shares the rest so that the widest lose first.
fn spread(limits: &[(usize, usize)], room: usize) -> Vec<usize> {
    let fits = |cap: usize| -> usize {
        limits
            .iter()
            .map(|(least, natural)| (*natural).min(cap).max(*least))
            .sum()
    };
    let widest = limits
        .iter()
        .map(|(_, natural)| *natural)
        .max()
        .unwrap_or(0);
    let cap = (1..=widest)
        .rev()
        .find(|cap| fits(*cap) <= room)
        .unwrap_or(0);
    let mut widths: Vec<usize> = limits
        .iter()
        .map(|(least, natural)| (*natural).min(cap).max(*least))
        .collect();
    // What one more column of screen for all would not have left room for goes to the first.
    let mut free = room.saturating_sub(widths.iter().sum());
    for (width, (_, natural)) in widths.iter_mut().zip(limits) {
        if free > 0 && *width < *natural {
            *width += 1;
            free -= 1;
        }
    }
    widths
}

fn push_row(
    out: &mut String,
    columns: &[(&Column, usize)],
    (paint, apart): (Paint, bool),
    cell: impl Fn(&Column) -> ScreenCell,
) {
    let start = out.len();
    for (index, (column, width)) in columns.iter().enumerate() {
        if index > 0 {
            out.push_str(&" ".repeat(GAP));
        }
        let cell = shorten(cell(column), *width);
        let padding = " ".repeat(width.saturating_sub(cell.width()));
        if column.align == Align::Right {
            out.push_str(&padding);
        }
        for (text, style) in &cell.pieces {
            let text = match apart {
                true => &set_apart(text),
                false => text,
            };
            match style {
                Some(style) => out.push_str(&paint.text(*style, text)),
                None => out.push_str(text),
            }
        }
        if column.align == Align::Left {
            out.push_str(&padding);
        }
    }
    let end = out.get(start..).map_or(0, |row| row.trim_end().len());
    out.truncate(start + end);
    out.push('\n');
}

/// Cuts a cell to a width; `…` stands for what was cut.
fn shorten(cell: ScreenCell, width: usize) -> ScreenCell {
    if cell.width() <= width {
        return cell;
    }
    let mut pieces = Vec::new();
    let mut room = width.saturating_sub(1);
    for (text, style) in cell.pieces {
        let mut kept = String::new();
        for character in text.chars() {
            let wide = character.width().unwrap_or(0);
            if wide > room {
                kept.push('…');
                pieces.push((kept, style));
                return ScreenCell { pieces };
            }
            room -= wide;
            kept.push(character);
        }
        pieces.push((kept, style));
    }
    ScreenCell { pieces }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, cells: &[&str], shortens: bool) -> Column {
        Column {
            name: name.to_owned(),
            align: if shortens { Align::Left } else { Align::Right },
            shortens,
            cells: cells.iter().map(|text| ScreenCell::plain(*text)).collect(),
        }
    }

    fn laid_out(columns: &[Column], width: usize) -> Table {
        lay_out(columns, 1, width, Paint { on: false }, false)
    }

    #[test]
    fn what_fits_is_left_alone() {
        let columns = [
            column("country", &["AVA", "BRU"], true),
            column("score", &["0.91", "–"], false),
        ];
        let table = laid_out(&columns, 80);
        assert_eq!(
            table.text,
            "country  score\nAVA       0.91\nBRU          –\n"
        );
        assert!(table.left_out.is_empty());
    }

    #[test]
    fn the_widest_headers_are_shortened_first_and_numbers_never() {
        let columns = [
            column("country", &["AVA"], true),
            column("lack_of_coping_capacity", &["12 345.67"], false),
            column("score", &["1"], false),
        ];
        let table = laid_out(&columns, 26);
        assert_eq!(
            table.text,
            "country  lack_of_c…  score\nAVA       12 345.67      1\n"
        );
        for line in table.text.lines() {
            assert!(line.width() <= 26);
        }
    }

    #[test]
    fn columns_without_room_are_named() {
        let wide = "x".repeat(12);
        let columns = [
            column("country", &["AVA"], true),
            column("first", &[&wide], false),
            column("second", &[&wide], false),
            column("third", &["1"], false),
        ];
        let table = laid_out(&columns, 30);
        assert_eq!(table.left_out, ["second", "third"]);
    }

    #[test]
    fn wide_and_combining_characters_are_counted_as_the_screen_shows_them() {
        let columns = [
            column("国", &["日本国", "e\u{301}"], true),
            column("n", &["1", "2"], false),
        ];
        let table = laid_out(&columns, 80);
        assert_eq!(table.text, "国      n\n日本国  1\ne\u{301}       2\n");
        let narrow = lay_out(
            &[column("名", &["日本国日本国日本国"], true)],
            1,
            9,
            Paint { on: false },
            false,
        );
        assert_eq!(narrow.text, "名\n日本国日…\n");
    }

    /// Marks that set a text apart take no room, and cells keep their width.
    #[test]
    fn arabic_is_set_apart_on_terminals_and_left_as_it_is_elsewhere() {
        let columns = [
            column("البلد", &["مرتفع", "low"], true),
            column("n", &["1", "2"], false),
        ];
        let plain = laid_out(&columns, 80);
        assert_eq!(plain.text, "البلد  n\nمرتفع  1\nlow    2\n");
        let apart = lay_out(&columns, 1, 80, Paint { on: false }, true);
        let marked = "\u{2068}البلد\u{2069}  n\n\u{2068}مرتفع\u{2069}  1\nlow    2\n";
        assert_eq!(apart.text, marked);
        for (a, b) in plain.text.lines().zip(apart.text.lines()) {
            assert_eq!(a.width(), b.width());
        }
    }

    /// What is cut is cut between letters as they are seen: a mark stays with its letter.
    #[test]
    fn marks_stay_with_their_letters() {
        let long = "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}";
        let table = laid_out(&[column("n", &[long], true)], 10);
        let kept = "e\u{301}".repeat(9);
        assert_eq!(table.text, format!("n\n{kept}…\n"));
    }
}
