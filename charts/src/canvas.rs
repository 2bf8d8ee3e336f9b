//! What drawings are made with: shapes and texts at places counted from where reading begins.

use std::fmt::Write as _;

use crate::Look;
use crate::color::{GREY, INK, PAPER};
use crate::stroke::Path;
use crate::text::escaped;

/// Which end of a text stands at its place, in the direction of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// The size of ordinary texts.
pub(crate) const SIZE: f64 = 12.0;

/// A drawing in the making.
pub(crate) struct Canvas {
    width: f64,
    height: f64,
    rtl: bool,
    body: String,
    /// What looks the same and was drawn one after the other is one path: how it looks, and the path.
    open: Option<(String, Path)>,
}

/// A place or length with as many digits as can be seen.
pub(crate) struct At(pub f64);

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = (self.0 * 10.0).round() / 10.0;
        write!(f, "{}", rounded + 0.0)
    }
}

impl Canvas {
    pub fn new(width: f64, height: f64, look: Look) -> Self {
        Self {
            width,
            height,
            rtl: look.rtl,
            body: String::new(),
            open: None,
        }
    }

    /// Draws on at the open path where it looks like that, else opens another.
    fn stroke(&mut self, looks: String, draw: impl FnOnce(&mut Path)) {
        if self.open.as_ref().is_none_or(|(open, _)| *open != looks) {
            self.shut();
            self.open = Some((looks, Path::default()));
        }
        if let Some((_, path)) = &mut self.open {
            draw(path);
        }
    }

    /// Nothing more is added to the open path.
    fn shut(&mut self) {
        if let Some((looks, path)) = self.open.take() {
            let _ = write!(self.body, r#"<path d="{}"{looks}/>"#, path.text());
        }
    }

    fn x(&self, x: f64) -> f64 {
        if self.rtl { self.width - x } else { x }
    }

    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str, stroke: &str) {
        let left = if self.rtl { self.width - x - width } else { x };
        let (right, bottom) = (left + width, y + height);
        self.stroke(format!(r#" fill="{fill}" stroke="{stroke}""#), |path| {
            path.through([(left, y), (right, y), (right, bottom), (left, bottom)]);
            path.close();
        });
    }

    /// A box with lines from its lower to its upper end: what is undetermined.
    pub fn hatched(&mut self, x: f64, y: f64, width: f64, height: f64) {
        self.hatched_all(&[(x, y)], width, height);
    }

    /// Several of them, of one size.
    pub fn hatched_all(&mut self, boxes: &[(f64, f64)], width: f64, height: f64) {
        for (x, y) in boxes {
            self.rect(*x, *y, width, height, PAPER, GREY);
        }
        let rtl = self.rtl.then_some(self.width);
        let looks = format!(r#" stroke="{GREY}" stroke-width=".9" fill="none""#);
        self.stroke(looks, |path| {
            for (x, y) in boxes {
                let left = rtl.map_or(*x, |across| across - x - width);
                let step = 4.0;
                let mut at = step;
                // The line from (left + at, y) down to the left, cut to the box.
                while at < width + height {
                    let above = (left + at.min(width), y + (at - width).max(0.0));
                    let below = (left + (at - height).max(0.0), y + at.min(height));
                    path.through([above, below]);
                    at += step;
                }
            }
        });
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &str, width: f64) {
        self.path(&[from, to], stroke, width, "");
    }

    pub fn dashed(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.path(&[from, to], GREY, 1.0, r#" stroke-dasharray="3 3""#);
    }

    /// A line through places.
    pub fn path(&mut self, places: &[(f64, f64)], stroke: &str, width: f64, more: &str) {
        let places = self.places(places);
        let width = At(width);
        let looks = format!(r#" fill="none" stroke="{stroke}" stroke-width="{width}"{more}"#);
        self.stroke(looks, |path| path.through(places));
    }

    /// A closed shape. It lies on what was drawn before, though that look the same.
    pub fn shape(&mut self, places: &[(f64, f64)], fill: &str, stroke: &str) {
        self.shut();
        let places = self.places(places);
        self.stroke(format!(r#" fill="{fill}" stroke="{stroke}""#), |path| {
            path.through(places);
            path.close();
        });
        self.shut();
    }

    /// Closed shapes in places that are not mirrored, as one.
    pub fn outlines(&mut self, path: &Path, fill: &str) {
        self.shut();
        let _ = write!(
            self.body,
            r#"<path d="{}" fill="{fill}" fill-rule="evenodd" stroke="{GREY}" stroke-width=".6"/>"#,
            path.text()
        );
    }

    fn places(&self, places: &[(f64, f64)]) -> Vec<(f64, f64)> {
        places.iter().map(|(x, y)| (self.x(*x), *y)).collect()
    }

    pub fn circle(&mut self, x: f64, y: f64, radius: f64, fill: &str, stroke: &str) {
        self.shut();
        let (x, y, radius) = (At(self.x(x)), At(y), At(radius));
        let _ = write!(
            self.body,
            r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{stroke}" stroke-width="1.5"/>"#
        );
    }

    /// A cross: no report.
    pub fn cross(&mut self, x: f64, y: f64) {
        let size = 3.2;
        for sign in [1.0, -1.0] {
            let (up, down) = ((x - size, y - size * sign), (x + size, y + size * sign));
            self.line(up, down, INK, 1.5);
        }
    }

    pub fn text(&mut self, x: f64, y: f64, anchor: Anchor, text: &str) {
        self.lettered(x, y, anchor, text, SIZE, false);
    }

    pub fn bold(&mut self, x: f64, y: f64, anchor: Anchor, text: &str) {
        self.lettered(x, y, anchor, text, SIZE, true);
    }

    pub fn small(&mut self, x: f64, y: f64, anchor: Anchor, text: &str) {
        self.lettered(x, y, anchor, text, 11.0, false);
    }

    fn lettered(&mut self, x: f64, y: f64, anchor: Anchor, text: &str, size: f64, bold: bool) {
        self.shut();
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let direction = if self.rtl { "rtl" } else { "ltr" };
        let weight = if bold { r#" font-weight="700""# } else { "" };
        let (x, y, size) = (At(self.x(x)), At(y), At(size));
        let _ = write!(
            self.body,
            r#"<text x="{x}" y="{y}" text-anchor="{anchor}" direction="{direction}" font-size="{size}"{weight}>{}</text>"#,
            escaped(text)
        );
    }

    /// The drawing, with what it says.
    pub fn finish(mut self, says: &str) -> String {
        self.shut();
        let (width, height) = (At(self.width), At(self.height));
        format!(
            r#"<svg role="img" aria-label="{}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" fill="{INK}">{}</svg>"#,
            escaped(says),
            self.body
        )
    }
}
