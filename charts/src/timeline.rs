//! A level over time: rows are levels, columns periods.
//!
//! Where the level is known, its colour and a line; where it is not, a hatched block with hard edges and no
//! line, since bounds are exact and nothing between them is likelier. A cross stands for a period of which no
//! report came.

use crate::canvas::{Anchor, Canvas, SIZE};
use crate::color::{FAINT, INK, PAPER, level};
use crate::text::{fitted, width};
use crate::{Between, Graphic, Look, Table, WIDTH};

const ROW: f64 = 14.0;
const COLUMN: f64 = 22.0;
const LEAST_COLUMN: f64 = 4.0;

/// What is known of a level in one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelKnown {
    At(Between),
    /// No report came.
    Silent,
    /// It is outside the framework: there is nothing to say.
    Outside,
}

/// What happened to alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Raised,
    Escalated,
    Lowered,
    Cleared,
    KeptBack,
    /// It stands, and nobody knows since when.
    Standing,
}

/// One period.
#[derive(Clone, Debug)]
pub struct Month {
    pub standing: LevelKnown,
    pub marks: Vec<Mark>,
    /// `Mar 2026`
    pub name: String,
    /// What stands below the column where there is room.
    pub tick: String,
    /// `guarded to high`
    pub said: String,
}

#[derive(Clone, Debug)]
pub struct Timeline<'a> {
    /// From the least to the most.
    pub levels: &'a [String],
    /// Oldest first; of too many the last are drawn, and all stand in the table.
    pub months: &'a [Month],
    pub says: &'a str,
    /// Of the table: from, to, the level.
    pub head: [&'a str; 3],
}

impl Timeline<'_> {
    #[must_use]
    pub fn draw(&self, look: Look) -> Graphic {
        let widest = self.levels.iter().map(|name| width(name) * SIZE);
        let left = widest.fold(40.0, f64::max).min(150.0) + 10.0;
        let room = WIDTH - left - 4.0;
        let most = (room / LEAST_COLUMN) as usize;
        let from = self.months.len().saturating_sub(most);
        let months = self.months.get(from..).unwrap_or_default();
        let column = (room / months.len().max(1) as f64).clamp(LEAST_COLUMN, COLUMN);
        let top = 20.0;
        let bottom = top + ROW * self.levels.len() as f64;
        let across = left + column * months.len() as f64;
        let mut canvas = Canvas::new(across + 4.0, bottom + 20.0, look);
        for (at, name) in self.levels.iter().enumerate() {
            let y = bottom - ROW * at as f64;
            canvas.line((left, y), (across, y), FAINT, 1.0);
            let name = fitted(name, SIZE, left - 8.0);
            canvas.text(left - 8.0, y - 3.0, Anchor::End, &name);
        }
        canvas.line((left, top), (across, top), FAINT, 1.0);
        let y = |at: usize| bottom - ROW * (at as f64 + 1.0);
        let x = |at: usize| left + column * at as f64;
        for (first, last, standing) in spells(months) {
            let wide = x(last + 1) - x(first);
            match standing {
                LevelKnown::At(at) if at.is_known() => {
                    let fill = level(at.least, self.levels.len());
                    canvas.rect(x(first), y(at.least), wide, ROW, &fill, "none");
                }
                LevelKnown::At(at) => {
                    let high = ROW * at.width() as f64;
                    canvas.hatched(x(first), y(at.most), wide, high);
                }
                LevelKnown::Silent => {
                    for month in first..=last {
                        canvas.cross(x(month) + column / 2.0, bottom - ROW / 2.0);
                    }
                }
                LevelKnown::Outside => {}
            }
        }
        for line in lines(months) {
            let mut places = Vec::new();
            for (month, at) in &line {
                let height = y(*at) + ROW / 2.0;
                places.extend([(x(*month), height), (x(month + 1), height)]);
            }
            canvas.path(&places, PAPER, 4.4, "");
            canvas.path(&places, INK, 2.2, "");
        }
        for (at, month) in months.iter().enumerate() {
            marked(&mut canvas, &month.marks, x(at) + column / 2.0);
        }
        ticks(&mut canvas, months, column, left, bottom);
        let rows = spells(self.months).into_iter().map(|(first, last, _)| {
            let name = |at: usize| self.months.get(at).map(|month| month.name.clone());
            let said = self.months.get(first).map(|month| month.said.clone());
            [name(first), name(last), said]
                .map(Option::unwrap_or_default)
                .to_vec()
        });
        let table = Table::new(&self.head, rows.collect());
        Graphic {
            svg: canvas.finish(self.says),
            says: self.says.to_owned(),
            table,
        }
    }
}

/// Periods that follow each other and say the same: the first, the last, and what they say.
fn spells(months: &[Month]) -> Vec<(usize, usize, LevelKnown)> {
    let mut spells: Vec<(usize, usize, LevelKnown)> = Vec::new();
    for (at, month) in months.iter().enumerate() {
        match spells.last_mut() {
            Some((_, last, standing)) if *standing == month.standing => *last = at,
            _ => spells.push((at, at, month.standing)),
        }
    }
    spells
}

/// Stretches of known levels.
fn lines(months: &[Month]) -> Vec<Vec<(usize, usize)>> {
    let mut lines: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut goes_on = false;
    for (at, month) in months.iter().enumerate() {
        let known = match month.standing {
            LevelKnown::At(place) if place.is_known() => Some(place.least),
            LevelKnown::At(_) | LevelKnown::Silent | LevelKnown::Outside => None,
        };
        match (known, lines.last_mut().filter(|_| goes_on)) {
            (Some(known), Some(line)) => line.push((at, known)),
            (Some(known), None) => lines.push(vec![(at, known)]),
            (None, _) => {}
        }
        goes_on = known.is_some();
    }
    lines
}

/// Marks above a column.
fn marked(canvas: &mut Canvas, marks: &[Mark], x: f64) {
    let triangle = |x: f64, up: bool| {
        let (tip, base) = if up { (5.0, 13.0) } else { (13.0, 5.0) };
        [(x, tip), (x + 4.5, base), (x - 4.5, base)]
    };
    for mark in marks {
        match mark {
            Mark::Raised => canvas.shape(&triangle(x, true), INK, INK),
            Mark::Escalated => {
                canvas.shape(&triangle(x - 3.5, true), INK, PAPER);
                canvas.shape(&triangle(x + 3.5, true), INK, PAPER);
            }
            Mark::Lowered => canvas.shape(&triangle(x, false), PAPER, INK),
            Mark::Cleared => canvas.circle(x, 9.0, 3.6, PAPER, INK),
            Mark::KeptBack => {
                canvas.shape(&triangle(x, true), PAPER, INK);
                canvas.line((x - 4.5, 2.5), (x + 4.5, 2.5), INK, 1.5);
            }
            Mark::Standing => {
                canvas.shape(
                    &[(x, 4.0), (x + 5.0, 9.0), (x, 14.0), (x - 5.0, 9.0)],
                    PAPER,
                    INK,
                );
            }
        }
    }
}

/// Names of as many periods as there is room for, the last among them.
fn ticks(canvas: &mut Canvas, months: &[Month], column: f64, left: f64, bottom: f64) {
    let widest = months.iter().map(|month| width(&month.tick) * 11.0);
    let widest = widest.fold(1.0, f64::max) + 10.0;
    let every = ((widest / column).ceil() as usize).max(1);
    for (at, month) in months.iter().enumerate().rev().step_by(every) {
        let middle = left + column * (at as f64 + 0.5);
        if middle - widest / 2.0 >= left - 30.0 {
            let end = left + column * months.len() as f64 + 4.0 - widest / 2.0 + 3.0;
            canvas.small(
                middle.min(end.max(left)),
                bottom + 15.0,
                Anchor::Middle,
                &month.tick,
            );
        }
    }
}
