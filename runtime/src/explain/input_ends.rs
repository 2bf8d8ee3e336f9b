//! Between which ends an input is tried.

use super::evidence::Evidence;
use forewarn_plan::{InputInfo, Op, digits};

/// Numbers above this are no thresholds of anything that is counted.
const FARTHEST: f64 = 1e12;

/// The lowest and the highest value that an input can take: of its declared range, else of the data.
pub(super) fn ends(evidence: &Evidence, input: usize, info: &InputInfo) -> (f64, f64) {
    let known = || {
        let column = evidence.panel.columns.get(input);
        let cells = column.into_iter().flatten().copied();
        cells.filter(|x| x.is_finite())
    };
    // What has no bound has the largest double as one.
    let is_bound = |end: f64| end.abs() < f64::MAX;
    let low = if is_bound(info.low) {
        info.low
    } else {
        known().fold(f64::NAN, f64::min)
    };
    let high = match info.high {
        high if is_bound(high) && info.high_excluded => digits::below(high),
        high if is_bound(high) => high,
        _ => known().fold(f64::NAN, f64::max),
    };
    (low, high)
}

/// Where a range is open: a number beyond all that the rules and the data name, each way.
pub(super) fn far_ends(evidence: &Evidence, info: &InputInfo) -> (Option<f64>, Option<f64>) {
    let is_open = |end: f64| end.abs() >= f64::MAX;
    if !is_open(info.low) && !is_open(info.high) {
        return (None, None);
    }
    let constants = evidence.flat.nodes.iter().filter_map(|node| {
        let Op::Const(x) = node.op else {
            return None;
        };
        Some(x)
    });
    let at = evidence
        .plan
        .inputs
        .iter()
        .position(|one| one.name == info.name);
    let column = at.and_then(|at| evidence.panel.columns.get(at));
    let cells = column.into_iter().flatten().copied();
    let sizes = constants
        .chain(cells)
        .map(f64::abs)
        .filter(|x| *x <= FARTHEST);
    let largest = sizes.fold(1.0, f64::max);
    // A power of ten: ten times as far at least.
    let far = 10_f64.powi((largest.log10().ceil() as i32) + 1);
    (
        is_open(info.low).then_some(-far),
        is_open(info.high).then_some(far),
    )
}
