//! Where one entity stands among its peers: a dot for each.

use crate::canvas::{Anchor, Canvas};
use crate::color::{FAINT, GREY, INK, PAPER};
use crate::{Graphic, Look, Table, WIDTH};

#[derive(Clone, Debug)]
pub struct Peers<'a> {
    /// The entity, its number and that in words; those without a number are left out.
    pub dots: &'a [(String, f64, String)],
    /// Its place among them.
    pub own: usize,
    /// Where something begins, and what: levels of a score.
    pub edges: &'a [(f64, String)],
    pub says: &'a str,
    pub head: [&'a str; 2],
}

impl Peers<'_> {
    #[must_use]
    pub fn draw(&self, look: Look) -> Graphic {
        let known = || {
            self.dots
                .iter()
                .map(|(_, x, _)| *x)
                .filter(|x| x.is_finite())
        };
        let edges = self.edges.iter().map(|(x, _)| *x).filter(|x| x.is_finite());
        let low = known().chain(edges.clone()).fold(f64::INFINITY, f64::min);
        let high = known().chain(edges).fold(f64::NEG_INFINITY, f64::max);
        let span = if high > low { high - low } else { 1.0 };
        let x = |value: f64| 12.0 + (value - low) / span * (WIDTH - 24.0);
        let mut canvas = Canvas::new(WIDTH, 62.0, look);
        let axis = 44.0;
        canvas.line((4.0, axis), (WIDTH - 4.0, axis), FAINT, 1.0);
        for (value, name) in self.edges.iter().filter(|(value, _)| value.is_finite()) {
            canvas.dashed((x(*value), 16.0), (x(*value), axis + 6.0));
            canvas.small(x(*value), 12.0, Anchor::Middle, name);
        }
        // Dots that would hide each other are piled up.
        let mut places: Vec<(usize, f64)> = self
            .dots
            .iter()
            .enumerate()
            .filter(|(_, (_, value, _))| value.is_finite())
            .map(|(at, (_, value, _))| (at, x(*value)))
            .collect();
        places.sort_by(|a, b| a.1.total_cmp(&b.1));
        let mut own = None;
        let mut pile: (f64, usize) = (f64::NEG_INFINITY, 0);
        for (at, place) in places {
            pile = if place - pile.0 < 5.0 {
                (pile.0, pile.1 + 1)
            } else {
                (place, 0)
            };
            let y = axis - 5.0 * (pile.1 % 6) as f64;
            if at == self.own {
                own = Some((place, y));
            } else {
                canvas.circle(place, y, 3.0, PAPER, GREY);
            }
        }
        if let (Some((place, y)), Some((name, _, said))) = (own, self.dots.get(self.own)) {
            canvas.circle(place, y, 5.0, INK, PAPER);
            let words = format!("{name} {said}");
            let anchor = match place {
                place if place < 60.0 => Anchor::Start,
                place if place > WIDTH - 60.0 => Anchor::End,
                _ => Anchor::Middle,
            };
            canvas.bold(place, axis + 16.0, anchor, &words);
        }
        let rows = self
            .dots
            .iter()
            .map(|(name, _, said)| vec![name.clone(), said.clone()]);
        Graphic {
            svg: canvas.finish(self.says),
            says: self.says.to_owned(),
            table: Table::new(&self.head, rows.collect()),
        }
    }
}
