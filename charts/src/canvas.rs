//! What drawings are made with: shapes and texts at places counted from where reading begins.

use std::fmt::Write as _;

use crate::Look;
use crate::color::{GREY, INK};
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
        }
    }

    fn x(&self, x: f64) -> f64 {
        if self.rtl { self.width - x } else { x }
    }

    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str, stroke: &str) {
        let left = if self.rtl { self.width - x - width } else { x };
        let (left, y, width, height) = (At(left), At(y), At(width), At(height));
        let _ = write!(
            self.body,
            r#"<rect x="{left}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="{stroke}"/>"#
        );
    }

    /// A box with lines from its lower to its upper end: what is undetermined.
    pub fn hatched(&mut self, x: f64, y: f64, width: f64, height: f64) {
        self.rect(x, y, width, height, "#fff", GREY);
        let left = if self.rtl { self.width - x - width } else { x };
        let mut path = String::new();
        let step = 4.0;
        let mut at = step;
        // The line from (left + at, y) down to the left, cut to the box.
        while at < width + height {
            let (x1, y1) = (left + at.min(width), y + (at - width).max(0.0));
            let (x2, y2) = (left + (at - height).max(0.0), y + at.min(height));
            let _ = write!(path, "M{} {}L{} {}", At(x1), At(y1), At(x2), At(y2));
            at += step;
        }
        let _ = write!(
            self.body,
            r#"<path d="{path}" stroke="{GREY}" stroke-width=".9" fill="none"/>"#
        );
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &str, width: f64) {
        self.path(&[from, to], stroke, width, "");
    }

    pub fn dashed(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.path(&[from, to], GREY, 1.0, r#" stroke-dasharray="3 3""#);
    }

    /// A line through places.
    pub fn path(&mut self, places: &[(f64, f64)], stroke: &str, width: f64, more: &str) {
        let path = self.places(places);
        let _ = write!(
            self.body,
            r#"<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{}"{more}/>"#,
            At(width)
        );
    }

    /// A closed shape.
    pub fn shape(&mut self, places: &[(f64, f64)], fill: &str, stroke: &str) {
        let path = self.places(places);
        let _ = write!(
            self.body,
            r#"<path d="{path}Z" fill="{fill}" stroke="{stroke}"/>"#
        );
    }

    /// Closed shapes in places that are not mirrored, as one.
    pub fn outlines(&mut self, path: &str, fill: &str) {
        let _ = write!(
            self.body,
            r#"<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="{GREY}" stroke-width=".6"/>"#
        );
    }

    fn places(&self, places: &[(f64, f64)]) -> String {
        let mut path = String::new();
        for (at, (x, y)) in places.iter().enumerate() {
            let (x, y) = (At(self.x(*x)), At(*y));
            let before = at.checked_sub(1).and_then(|before| places.get(before));
            let _ = match before {
                None => write!(path, "M{x} {y}"),
                // Shorter, and there are many of them.
                Some((_, same)) if At(*same).to_string() == y.to_string() => write!(path, "H{x}"),
                Some((same, _)) if At(self.x(*same)).to_string() == x.to_string() => {
                    write!(path, "V{y}")
                }
                Some(_) => write!(path, "L{x} {y}"),
            };
        }
        path
    }

    pub fn circle(&mut self, x: f64, y: f64, radius: f64, fill: &str, stroke: &str) {
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
    pub fn finish(self, says: &str) -> String {
        let (width, height) = (At(self.width), At(self.height));
        format!(
            r#"<svg role="img" aria-label="{}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" fill="{INK}">{}</svg>"#,
            escaped(says),
            self.body
        )
    }
}
