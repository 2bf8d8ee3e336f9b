//! Causes of a change: from where a score stood to where it stands, arrow by arrow; where a level has no
//! score, the value that crossed a threshold.

use crate::canvas::{Anchor, Canvas, SIZE};
use crate::color::{FAINT, GREY, INK, PAPER};
use crate::text::fitted;
use crate::{Graphic, Look, Table, WIDTH};

const LEFT: f64 = 220.0;
const RIGHT: f64 = 70.0;
const ROW: f64 = 22.0;

/// A value with its words: `last month`, `0.34`.
#[derive(Clone, Debug)]
pub struct Dot {
    pub label: String,
    pub value: f64,
    pub said: String,
}

/// One cause.
#[derive(Clone, Debug)]
pub struct Arrow {
    /// `conflict deaths 640 → 1,130`
    pub label: String,
    pub from: f64,
    pub to: f64,
    /// `+0.24`
    pub said: String,
    /// Not of the world: data were revised, or rules changed.
    pub revised: bool,
}

/// From where a score stood to where it stands.
#[derive(Clone, Debug)]
pub struct Causes<'a> {
    /// The least and the most that the axis shows.
    pub range: (f64, f64),
    /// Where levels begin, and what they are called; the first begins before the axis.
    pub levels: &'a [(f64, String)],
    pub before: Dot,
    pub arrows: &'a [Arrow],
    pub now: Dot,
    pub says: &'a str,
    /// Of the table: the cause, by how much.
    pub head: [&'a str; 2],
}

/// Places of numbers on an axis.
struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    /// Wide enough for all of these.
    fn of(range: (f64, f64), also: impl Iterator<Item = f64>) -> Self {
        let (mut low, mut high) = range;
        for x in also.filter(|x| x.is_finite()) {
            (low, high) = (low.min(x), high.max(x));
        }
        if low >= high || !(high - low).is_finite() {
            (low, high) = (low - 0.5, low + 0.5);
        }
        Self { low, high }
    }

    fn x(&self, value: f64) -> f64 {
        let part = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        LEFT + part * (WIDTH - LEFT - RIGHT)
    }
}

impl Causes<'_> {
    #[must_use]
    pub fn draw(&self, look: Look) -> Graphic {
        let numbers = self.arrows.iter().flat_map(|arrow| [arrow.from, arrow.to]);
        let numbers = numbers.chain([self.before.value, self.now.value]);
        let axis = Axis::of(self.range, numbers);
        let height = 26.0 + ROW * (self.arrows.len() as f64 + 2.0);
        let mut canvas = Canvas::new(WIDTH, height, look);
        for (at, (begins, name)) in self.levels.iter().enumerate() {
            let next = self.levels.get(at + 1).map_or(axis.high, |next| next.0);
            let (from, to) = (axis.x(*begins), axis.x(next));
            if at > 0 && *begins > axis.low && *begins < axis.high {
                canvas.dashed((from, 18.0), (from, height - 4.0));
            }
            if to - from > 12.0 {
                let name = fitted(name, 11.0, to - from - 2.0);
                canvas.small((from + to) / 2.0, 13.0, Anchor::Middle, &name);
            }
        }
        let label = |canvas: &mut Canvas, row: usize, label: &str, said: &str| {
            let y = 26.0 + ROW * (row as f64 + 0.5) + 4.0;
            canvas.text(
                LEFT - 10.0,
                y,
                Anchor::End,
                &fitted(label, SIZE, LEFT - 12.0),
            );
            canvas.text(WIDTH - RIGHT + 10.0, y, Anchor::Start, said);
        };
        let middle = |row: usize| 26.0 + ROW * (row as f64 + 0.5);
        label(&mut canvas, 0, &self.before.label, &self.before.said);
        let mut at = axis.x(self.before.value);
        for (row, arrow) in self.arrows.iter().enumerate() {
            let row = row + 1;
            label(&mut canvas, row, &arrow.label, &arrow.said);
            canvas.line((at, middle(row - 1)), (at, middle(row)), GREY, 1.0);
            let (from, to) = (axis.x(arrow.from), axis.x(arrow.to));
            pointed(&mut canvas, from, to, middle(row), arrow.revised);
            at = to;
        }
        let last = self.arrows.len() + 1;
        canvas.line((at, middle(last - 1)), (at, middle(last)), GREY, 1.0);
        canvas.circle(axis.x(self.before.value), middle(0), 4.5, PAPER, INK);
        canvas.circle(axis.x(self.now.value), middle(last), 4.5, INK, INK);
        label(&mut canvas, last, &self.now.label, &self.now.said);
        let dot = |dot: &Dot| vec![dot.label.clone(), dot.said.clone()];
        let mut rows = vec![dot(&self.before)];
        let arrows = self.arrows.iter();
        rows.extend(arrows.map(|arrow| vec![arrow.label.clone(), arrow.said.clone()]));
        rows.push(dot(&self.now));
        Graphic {
            svg: canvas.finish(self.says),
            says: self.says.to_owned(),
            table: Table::new(&self.head, rows),
        }
    }
}

/// An arrow; hollow where nothing of the world changed.
fn pointed(canvas: &mut Canvas, from: f64, to: f64, y: f64, hollow: bool) {
    let side = if to >= from { 1.0 } else { -1.0 };
    let neck = to - side * (to - from).abs().min(8.0);
    canvas.line((from, y), (neck, y), INK, if hollow { 1.0 } else { 2.2 });
    let fill = if hollow { PAPER } else { INK };
    canvas.shape(&[(to, y), (neck, y - 4.5), (neck, y + 4.5)], fill, INK);
}

/// A value that crossed a threshold.
#[derive(Clone, Debug)]
pub struct Crossing<'a> {
    pub before: Dot,
    pub now: Dot,
    pub threshold: Dot,
    pub says: &'a str,
    pub head: [&'a str; 2],
}

impl Crossing<'_> {
    #[must_use]
    pub fn draw(&self, look: Look) -> Graphic {
        let all = [&self.before, &self.now, &self.threshold];
        let numbers = all.iter().map(|dot| dot.value);
        let low = numbers.clone().fold(f64::INFINITY, f64::min);
        let high = numbers.fold(f64::NEG_INFINITY, f64::max);
        let wider = (high - low) * 0.15;
        let axis = Axis::of((low - wider, high + wider), std::iter::empty());
        let height = 26.0 + ROW * 2.0;
        let mut canvas = Canvas::new(WIDTH, height, look);
        let edge = axis.x(self.threshold.value);
        canvas.dashed((edge, 18.0), (edge, height - 4.0));
        let words = format!("{} {}", self.threshold.label, self.threshold.said);
        canvas.small(edge, 13.0, Anchor::Middle, &fitted(&words, 11.0, 300.0));
        for (row, dot, fill) in [(0, &self.before, PAPER), (1, &self.now, INK)] {
            let y = 26.0 + ROW * (f64::from(row) + 0.5);
            canvas.line((LEFT, y), (WIDTH - RIGHT, y), FAINT, 1.0);
            canvas.circle(axis.x(dot.value), y, 4.5, fill, INK);
            canvas.text(
                LEFT - 10.0,
                y + 4.0,
                Anchor::End,
                &fitted(&dot.label, SIZE, LEFT - 12.0),
            );
            canvas.text(WIDTH - RIGHT + 10.0, y + 4.0, Anchor::Start, &dot.said);
        }
        let rows = all.map(|dot| vec![dot.label.clone(), dot.said.clone()]);
        Graphic {
            svg: canvas.finish(self.says),
            says: self.says.to_owned(),
            table: Table::new(&self.head, rows.to_vec()),
        }
    }
}
