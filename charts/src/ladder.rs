//! The interval ladder: a box for each level.
//!
//! Up to the level that is certain a box is filled, up to the one that is possible it is hatched, above it is
//! empty. A bar below shows where it stood before.

use crate::canvas::Canvas;
use crate::color::{GREY, INK, PAPER, level};
use crate::{Between, Graphic, Look, Table};

const BOX: (f64, f64) = (18.0, 11.0);
const GAP: f64 = 2.0;

/// Where one entity stands.
#[derive(Clone, Copy, Debug)]
pub struct Ladder<'a> {
    /// How many levels there are.
    pub of: usize,
    /// Nothing where no report came.
    pub now: Option<Between>,
    pub before: Option<Between>,
    pub says: &'a str,
}

impl Ladder<'_> {
    #[must_use]
    pub fn draw(&self, look: Look) -> Graphic {
        let place = |at: usize| 1.0 + at as f64 * (BOX.0 + GAP);
        let width = place(self.of.max(1)) - GAP + 1.0;
        let mut canvas = Canvas::new(width, BOX.1 + 8.0, look);
        let mut open = Vec::new();
        for at in 0..self.of {
            let x = place(at);
            match self.now {
                Some(now) if at > now.most => canvas.rect(x, 1.0, BOX.0, BOX.1, PAPER, GREY),
                Some(now) if at > now.least || (at == now.least && !now.is_known() && at == 0) => {
                    open.push((x, 1.0));
                }
                Some(now) => {
                    let fill = level(now.least, self.of);
                    canvas.rect(x, 1.0, BOX.0, BOX.1, &fill, INK);
                }
                None if at == 0 => canvas.cross(x + BOX.0 / 2.0, 1.0 + BOX.1 / 2.0),
                None => {}
            }
        }
        if !open.is_empty() {
            canvas.hatched_all(&open, BOX.0, BOX.1);
        }
        if let Some(before) = self.before {
            let y = BOX.1 + 5.0;
            let (from, to) = (place(before.least), place(before.most) + BOX.0);
            canvas.line((from, y), (to, y), INK, 1.6);
        }
        Graphic {
            svg: canvas.finish(self.says),
            says: self.says.to_owned(),
            table: Table::new(&[], vec![vec![self.says.to_owned()]]),
        }
    }
}
