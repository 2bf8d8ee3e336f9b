//! Is what a path tells so? Each step is undone in the present rows, and the result must come to something else.
//!
//! In: a path and the rows. Out: how many of its sentences do not hold: a cell of this period, or the earlier values of an
//! input, without which the result would be the same; and a cell that is not named, without which it would be another.

use super::last_cells::{Cell, Rows};
use super::path::Path;
use super::steps::is_same_to_all;
use super::tree::{Moved, Shown, SinceStep};
use crate::panel::Panel;
use crate::rows::Source;

/// Asks of each cell whether the result needs it.
pub(super) fn ask(path: &Path<'_>, rows: &Rows, cells: &mut [Cell], now: &Shown) {
    let mut walk = path.walked(&rows.present, rows.last);
    let mut undone = rows.present.clone();
    for cell in cells {
        let put = |own: &mut Panel, row: usize| {
            for (column, _) in &cell.columns {
                let from = rows.present.columns.get(*column);
                let value = from.and_then(|from| from.get(row)).copied();
                let slot = own.columns.get_mut(*column);
                let slot = slot.and_then(|column| column.get_mut(rows.last));
                if let (Some(slot), Some(value)) = (slot, value) {
                    *slot = value;
                }
            }
        };
        let nodes = cell.columns.iter().map(|(_, node)| *node);
        let places =
            nodes.flat_map(|node| path.place(node).into_iter().chain(path.depending(node)));
        let mut places: Vec<usize> = places.collect();
        places.sort_unstable();
        places.dedup();
        put(&mut undone, rows.before);
        walk.again(&Source::of(&undone), rows.last, &places);
        cell.is_needed = !is_same_to_all(&path.read(&walk), now);
        put(&mut undone, rows.last);
        walk.again(&Source::of(&undone), rows.last, &places);
    }
}

/// How many sentences of a path do not hold. `by_histories`: whole histories took their new values on it, one by one.
pub(super) fn faults(
    path: &Path<'_>,
    (rows, now): (&Rows, &Shown),
    cells: &[Cell],
    (steps, by_histories): (&[SinceStep], bool),
) -> usize {
    if steps.is_empty() {
        return 0;
    }
    let named = |cell: &&Cell| {
        let mut told = steps.iter().flat_map(|step| {
            let beside = step.with.iter().chain(&step.with_one_of);
            std::iter::once(&step.what).chain(beside)
        });
        told.any(|told| is_of_cell(told, &cell.what))
    };
    let left_out = cells.iter().filter(|cell| cell.is_needed);
    let left_out = left_out.filter(|cell| !named(cell)).count();
    let idle = steps.iter().filter(|step| match &step.what {
        Moved::Input { .. } => {
            let mut cells = cells.iter();
            cells.any(|cell| !cell.is_needed && is_of_cell(&step.what, &cell.what))
        }
        Moved::Earlier { name, .. } => by_histories && !are_earlier_needed(path, rows, name, now),
        Moved::Past { .. }
        | Moved::Peers { .. }
        | Moved::Spells
        | Moved::History
        | Moved::Params(_)
        | Moved::Time => false,
    });
    left_out + idle.count()
}

fn is_of_cell(told: &Moved, cell: &Moved) -> bool {
    match (told, cell) {
        (Moved::Input { name, .. }, Moved::Input { name: other, .. }) => name == other,
        _ => false,
    }
}

/// Would it be another with the earlier values of an input as they stood, and its present one?
fn are_earlier_needed(path: &Path<'_>, rows: &Rows, name: &str, now: &Shown) -> bool {
    let mut inputs = path.evidence.plan.inputs.iter();
    let Some(input) = inputs.position(|info| info.name == name) else {
        return true;
    };
    let mut own = rows.present.clone();
    if let (Some(to), Some(from)) = (own.columns.get_mut(input), rows.old.columns.get(input)) {
        for (to, from) in to.iter_mut().zip(from).take(rows.last) {
            *to = *from;
        }
    }
    !is_same_to_all(&path.read(&path.walked(&own, rows.last)), now)
}
