//! From one result to the next by way of rows that stood as they are.
//!
//! In: the rows as they were and as they are. Out: the steps of a path on which first the time passes while every cell says
//! what it said before, then the periods between take their values, of which the data have no row, and then each input
//! takes its own in this period. Nothing is put together of a history that has passed and one that has not.

use forewarn_plan::NodeId;

use super::applied::Applied;
use super::params_moved;
use super::path::{Path, cell, is_same};
use super::settle::input_value;
use super::steps::{MOST_OPERATIONS, Steps};
use super::tree::{Moved, Shown, SinceStep};
use crate::panel::Panel;

/// The rows of one entity up to the explained one, and what stood before.
pub(super) struct Rows {
    /// Every column so much later.
    pub old: Panel,
    pub present: Panel,
    /// The last row of which the data have one, before the explained one.
    pub before: usize,
    pub last: usize,
}

impl Rows {
    pub fn by(&self) -> usize {
        self.last - self.before
    }

    /// All rows since then as that one; of what is recalled (the columns from `recalled` on) the last one alone.
    fn held(&self, recalled: usize) -> Panel {
        let mut held = self.present.clone();
        for (input, column) in held.columns.iter_mut().enumerate() {
            let was = cell(&self.present, input, self.before);
            let first = if input < recalled {
                self.before + 1
            } else {
                self.last
            };
            for slot in column.iter_mut().take(self.last + 1).skip(first) {
                *slot = was;
            }
        }
        held
    }
}

/// A cell of this period that is another than before.
pub(super) struct Cell {
    pub what: Moved,
    /// Its column, and those that begin or cease to apply with it.
    pub columns: Vec<(usize, NodeId)>,
    /// Would the result be another, if it said what it said before?
    pub is_needed: bool,
}

/// The cells of this period that are others than before, each with what it is told as.
pub(super) fn changed(
    path: &Path<'_>,
    rows: &Rows,
    used: &[(usize, NodeId)],
    applied: &Applied,
) -> Vec<Cell> {
    let evidence = path.evidence;
    let found = used.iter().filter_map(|(input, node)| {
        if applied.is_taken_elsewhere(*input) {
            return None;
        }
        let info = evidence.plan.inputs.get(*input)?;
        let from = cell(&rows.present, *input, rows.before);
        let to = cell(&rows.present, *input, rows.last);
        let by = applied.by(*input);
        if is_same(from, to) && by.is_empty() {
            return None;
        }
        let own = Moved::Input {
            name: info.name.clone(),
            label: info.label.clone(),
            from: input_value(info, from),
            to: input_value(info, to),
        };
        let mut columns = vec![(*input, *node)];
        columns.extend(by);
        Some(Cell {
            what: applied.cause(*input).cloned().unwrap_or(own),
            columns,
            is_needed: false,
        })
    });
    found.collect()
}

/// The steps, with the cells of this period in their order.
pub(super) fn by_last_cells(
    path: &Path<'_>,
    rows: &Rows,
    cells: &[&Cell],
    before: &Shown,
) -> Vec<SinceStep> {
    let recalled = path.evidence.own.columns.len();
    let mut own = rows.held(recalled);
    let mut steps = Steps::begun(path, own.clone(), before.clone(), path.nodes.len());
    // How long ago something was is counted from the period of the row: that one passes by itself only where a constant does.
    let passed = match params_moved::of_this_period(path, rows.by()) {
        Some(_) => path.in_earlier_period(&mut steps.walk, &own, (rows.last, rows.by())),
        None => path.read(&steps.walk),
    };
    let told = passed_by(path, rows, &own, (before, &passed));
    steps.came_to(told, passed);
    steps.period(rows.by());
    between(path, rows, &mut steps, &mut own);
    for (recalled, columns) in path.recalled() {
        let evidence = path.evidence;
        if let Some((_, was)) = &evidence.before {
            let moved = recalled.moved(evidence.plan, &evidence.values, was);
            steps.step(&columns, moved, &mut own, &rows.present);
        }
    }
    for cell in cells {
        steps.step(&cell.columns, cell.what.clone(), &mut own, &rows.present);
    }
    steps.found
}

/// The inputs that are looked back on, and are others in earlier rows.
fn looked_back_on(path: &Path<'_>, a: &Panel, b: &Panel, last: usize) -> Vec<(usize, NodeId)> {
    let inputs = path.evidence.input_nodes().iter().copied();
    let differs = |input: usize| {
        let mut rows = 0..last;
        rows.any(|row| !is_same(cell(a, input, row), cell(b, input, row)))
    };
    inputs
        .filter(|(input, node)| {
            path.place(*node).is_some() && path.is_looked_back_on(*node) && differs(*input)
        })
        .collect()
}

/// What is told of a period that passed while all cells said the same: whose earlier values did it, where that was one alone.
fn passed_by(
    path: &Path<'_>,
    rows: &Rows,
    held: &Panel,
    (before, after): (&Shown, &Shown),
) -> Moved {
    let found = looked_back_on(path, &rows.old, held, rows.last);
    match found.as_slice() {
        [] => return Moved::Time,
        [(only, _)] => return earlier(path, *only),
        _ => {}
    }
    let each = path.reach.earlier().len().saturating_mul(rows.last) + path.nodes.len();
    let read = |own: &Panel| path.read(&path.walked(own, rows.last));
    let is_costly = each.saturating_mul(2 * found.len()) > MOST_OPERATIONS;
    if before == after || is_costly || read(&rows.old) != *before || read(held) != *after {
        return Moved::History;
    }
    let does = |input: usize| {
        let taken = |own: &Panel, from: &Panel| {
            let mut own = own.clone();
            if let (Some(to), Some(from)) = (own.columns.get_mut(input), from.columns.get(input)) {
                to.clone_from(from);
            }
            read(&own)
        };
        taken(&rows.old, held) == *after && taken(held, &rows.old) == *before
    };
    let mut doing = found.iter().filter(|(input, _)| does(*input));
    match (doing.next(), doing.next()) {
        (Some((only, _)), None) => earlier(path, *only),
        _ => Moved::History,
    }
}

/// The periods between, of which the data have no row, take their own values.
fn between(path: &Path<'_>, rows: &Rows, steps: &mut Steps<'_>, own: &mut Panel) {
    if rows.by() < 2 {
        return;
    }
    for (input, _) in looked_back_on(path, own, &rows.present, rows.last) {
        let present = rows.present.columns.get(input);
        if let (Some(to), Some(from)) = (own.columns.get_mut(input), present) {
            for (to, from) in to.iter_mut().zip(from).take(rows.last) {
                *to = *from;
            }
        }
        steps.stand_at(own, earlier(path, input));
    }
}

fn earlier(path: &Path<'_>, input: usize) -> Moved {
    let info = path.evidence.plan.inputs.get(input);
    info.map_or(Moved::History, |info| Moved::Earlier {
        name: info.name.clone(),
        label: info.label.clone(),
    })
}
