//! Rows of small boxes: for whom a report is, and what is the same as before.

use crate::canvas::{Anchor, Canvas, SIZE};
use crate::color::{GREY, INK, PAPER};
use crate::text::width;
use crate::{Graphic, Look, Table, WIDTH};

/// A square for each factor: grey when shown, struck when withheld. It is drawn from the rules alone, so that
/// it is the same every month.
#[derive(Clone, Debug)]
pub struct Strip<'a> {
    /// The factor, whether it is shown, and that in a word.
    pub factors: &'a [(String, bool, String)],
    pub says: &'a str,
    pub head: [&'a str; 2],
}

impl Strip<'_> {
    #[must_use]
    pub fn draw(&self, look: Look) -> Graphic {
        let (side, step) = (11.0, 15.0);
        let in_row = (WIDTH / step) as usize;
        let rows = self.factors.len().div_ceil(in_row).max(1);
        let columns = self.factors.len().clamp(1, in_row);
        let mut canvas = Canvas::new(step * columns as f64, step * rows as f64, look);
        for (at, (_, shown, _)) in self.factors.iter().enumerate() {
            let (x, y) = (
                1.0 + step * (at % in_row) as f64,
                1.0 + step * (at / in_row) as f64,
            );
            if *shown {
                canvas.rect(x, y, side, side, GREY, INK);
            } else {
                canvas.rect(x, y, side, side, PAPER, INK);
                canvas.line((x, y + side), (x + side, y), INK, 1.5);
            }
        }
        let rows = self.factors.iter();
        let rows = rows.map(|(name, _, said)| vec![name.clone(), said.clone()]);
        Graphic {
            svg: canvas.finish(self.says),
            says: self.says.to_owned(),
            table: Table::new(&self.head, rows.collect()),
        }
    }
}

/// Boxes for rules, data and program: the same as before, or not.
#[derive(Clone, Debug)]
pub struct Provenance<'a> {
    /// What it is, whether it is the same (nothing where there is nothing to compare with), and that in a
    /// word.
    pub parts: &'a [(String, Option<bool>, String)],
    pub says: &'a str,
    pub head: [&'a str; 2],
}

impl Provenance<'_> {
    #[must_use]
    pub fn draw(&self, look: Look) -> Graphic {
        let side = 16.0;
        let wide = |name: &str| side + 8.0 + width(name) * SIZE + 24.0;
        let across: f64 = self.parts.iter().map(|(name, ..)| wide(name)).sum();
        let mut canvas = Canvas::new(across.max(side + 2.0), side + 4.0, look);
        let mut x = 1.0;
        for (name, same, _) in self.parts {
            canvas.rect(x, 2.0, side, side, PAPER, INK);
            if let Some(same) = same {
                for y in [8.0, 12.0] {
                    canvas.line((x + 4.0, y), (x + 12.0, y), INK, 1.5);
                }
                if !same {
                    canvas.line((x + 5.0, 15.5), (x + 11.0, 4.5), INK, 1.5);
                }
            }
            canvas.text(x + side + 6.0, 14.0, Anchor::Start, name);
            x += wide(name);
        }
        let rows = self.parts.iter();
        let rows = rows.map(|(name, _, said)| vec![name.clone(), said.clone()]);
        Graphic {
            svg: canvas.finish(self.says),
            says: self.says.to_owned(),
            table: Table::new(&self.head, rows.collect()),
        }
    }
}
