//! Values of tests as people read them.

use forewarn_plan::OutputKind;
use forewarn_plan::numbers::show;

use crate::period::Period;

/// `0.35`, `1 200 deaths`, `elevated`, `missing`, `at least low, at most high`.
pub(super) fn value(kind: &OutputKind, unit: &str, x: f64, bounds: Option<(f64, f64)>) -> String {
    if x.is_nan() {
        return match (kind, bounds) {
            (OutputKind::Truth, _) => "unknown".to_owned(),
            (_, Some((low, high))) if low.is_nan() && high.is_nan() => "missing".to_owned(),
            (_, Some((low, high))) => format!(
                "undetermined: at least {}, at most {}",
                value(kind, unit, low, None),
                value(kind, unit, high, None)
            ),
            _ => "missing".to_owned(),
        };
    }
    match kind {
        OutputKind::Number if unit.is_empty() => show(x + 0.0),
        OutputKind::Number => format!("{} {unit}", show(x + 0.0)),
        OutputKind::Truth if x == 0.0 => "no".to_owned(),
        OutputKind::Truth => "yes".to_owned(),
        OutputKind::Period(kind) => Period::new(*kind, x as i64).to_string(),
        OutputKind::Level { names, .. } | OutputKind::Category { names, .. } => {
            let place = (x >= 0.0).then_some(x as usize);
            let name = place.and_then(|place| names.get(place));
            name.map_or_else(|| show(x), Clone::clone)
        }
    }
}

/// A value as a cell of a table holds it: empty where it is missing, nine digits of a number, since
/// more tell of the last bits.
pub(super) fn cell(kind: &OutputKind, x: f64) -> String {
    match kind {
        _ if x.is_nan() => String::new(),
        OutputKind::Number => show(format!("{x:.8e}").parse().unwrap_or(x) + 0.0),
        OutputKind::Truth
        | OutputKind::Level { .. }
        | OutputKind::Category { .. }
        | OutputKind::Period(_) => value(kind, "", x, None),
    }
}
