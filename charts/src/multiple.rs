//! One of many small lines side by side: a factor over time, and below it how much of it was known.

use crate::canvas::Canvas;
use crate::color::{FAINT, GREY, INK, PAPER};
use crate::{Graphic, Look, Table};

/// How wide and high each is.
const SIZE: (f64, f64) = (150.0, 50.0);
/// The strip of coverage below the line.
const STRIP: f64 = 8.0;

#[derive(Clone, Debug)]
pub struct Multiple<'a> {
    /// Oldest first; NaN is missing.
    pub values: &'a [f64],
    /// The share that was known, 0 to 1, by period; empty where nothing says so.
    pub coverage: &'a [f64],
    /// The ends of the axis, the same for all that are shown side by side.
    pub range: (f64, f64),
    pub says: &'a str,
}

impl Multiple<'_> {
    #[must_use]
    pub fn draw(&self, look: Look) -> Graphic {
        let (wide, high) = SIZE;
        let mut canvas = Canvas::new(wide, high, look);
        let bottom = high - STRIP - 6.0;
        let top = 4.0;
        canvas.rect(0.5, top, wide - 1.0, bottom - top, PAPER, FAINT);
        let column = wide / self.values.len().max(1) as f64;
        let (low, span) = (self.range.0, self.range.1 - self.range.0);
        let height = |value: f64| {
            let part = if span > 0.0 {
                (value - low) / span
            } else {
                0.5
            };
            bottom - part.clamp(0.0, 1.0) * (bottom - top)
        };
        let mut line: Vec<(f64, f64)> = Vec::new();
        let mut last = None;
        let all = self.values.iter().copied().chain([f64::NAN]);
        for (at, value) in all.enumerate() {
            if value.is_nan() {
                if line.len() == 1 {
                    let (x, y) = line.first().copied().unwrap_or_default();
                    line.push((x + column * 0.5, y));
                }
                if !line.is_empty() {
                    canvas.path(&line, INK, 1.6, "");
                    line.clear();
                }
                continue;
            }
            let place = (column * (at as f64 + 0.5), height(value));
            line.push(place);
            last = Some((at, place));
        }
        if let Some((_, (x, y))) = last.filter(|(at, _)| at + 1 == self.values.len()) {
            canvas.circle(
                x.min(wide - 4.0),
                y.clamp(top + 3.0, bottom - 3.0),
                2.4,
                INK,
                PAPER,
            );
        }
        if !self.coverage.is_empty() {
            let base = high - 1.0;
            canvas.line((0.0, base), (wide, base), FAINT, 1.0);
            // Filled up to the share that was known, in steps.
            let mut places = vec![(0.0, base)];
            for (at, share) in self.coverage.iter().enumerate() {
                let known = if share.is_nan() {
                    0.0
                } else {
                    share.clamp(0.0, 1.0)
                };
                let y = base - known * STRIP;
                let same = places.last().is_some_and(|(_, last)| *last == y);
                if same {
                    places.pop();
                } else {
                    places.push((column * at as f64, y));
                }
                places.push((column * (at as f64 + 1.0), y));
            }
            places.push((wide, base));
            canvas.shape(&places, GREY, "none");
        }
        Graphic {
            svg: canvas.finish(self.says),
            says: self.says.to_owned(),
            table: Table::new(&[], vec![vec![self.says.to_owned()]]),
        }
    }
}
