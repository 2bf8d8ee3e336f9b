//! What ariadne has drawn, read back: rows of cells, each with what it belongs to.

use crate::paint::Style;
use ariadne::Color;

/// A column of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    pub text: String,
    /// `None` for what has no colour of its own.
    pub style: Option<Style>,
}

/// A row of the screen.
pub struct Row {
    cells: Vec<Glyph>,
}

/// The styles of marks, by the colour that ariadne is given for them.
const STYLES: [(u8, Style); 3] = [
    (1, Style::Error),
    (3, Style::Warning),
    (6, Style::Secondary),
];

/// The colour that stands for a style.
#[must_use]
pub fn color(style: Style) -> Color {
    let known = STYLES.iter().find(|(_, known)| *known == style);
    Color::Fixed(known.map_or(6, |(color, _)| *color))
}

/// Takes ariadne's colours off.
#[must_use]
pub fn rows(text: &str) -> Vec<Row> {
    text.lines()
        .map(|line| {
            let mut cells = Vec::new();
            let mut style = None;
            let mut rest = line;
            while let Some(letter) = rest.chars().next() {
                if let Some((sequence, after)) = rest
                    .strip_prefix("\u{1b}[")
                    .and_then(|sequence| sequence.split_once('m'))
                {
                    style = sequence
                        .strip_prefix("38;5;")
                        .and_then(|color| color.parse::<u8>().ok())
                        .and_then(|color| STYLES.iter().find(|(known, _)| *known == color))
                        .map(|(_, style)| *style);
                    rest = after;
                    continue;
                }
                cells.push(Glyph {
                    text: letter.to_string(),
                    style,
                });
                rest = rest.get(letter.len_utf8()..).unwrap_or("");
            }
            Row { cells }
        })
        .collect()
}

impl Row {
    /// The number of a line, if the row shows one, the bar of the margin, and what stands behind it.
    /// `None` for what is no row of a source.
    #[must_use]
    pub fn behind_margin(&self) -> Option<(Option<usize>, char, &[Glyph])> {
        let bar = self
            .cells
            .iter()
            .position(|cell| matches!(cell.text.as_str(), "│" | "┆"))?;
        let before: String = self
            .cells
            .get(..bar)?
            .iter()
            .map(|cell| cell.text.as_str())
            .collect();
        let before = before.trim();
        if !before.chars().all(|letter| letter.is_ascii_digit()) {
            return None;
        }
        let letter = self.cells.get(bar)?.text.chars().next()?;
        // A space stands between the bar and the text.
        let rest = self.cells.get(bar + 2..).unwrap_or_default();
        Some((before.parse().ok(), letter, rest))
    }
}
