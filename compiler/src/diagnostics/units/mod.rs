//! Units: what can be added, compared, given to functions and declared.

mod declared;
mod operators;
mod percentages;

pub use declared::*;
pub use operators::*;
pub use percentages::*;

/// `counted in deaths`, `measured in deaths / people`, `a plain number`.
pub(super) fn counted(unit: &str) -> String {
    if is_plain(unit) {
        "a plain number".to_owned()
    } else if unit.contains(['/', '*', '^']) {
        format!("measured in {unit}")
    } else {
        format!("counted in {unit}")
    }
}

/// A unit as the subject of a sentence: `deaths`, `plain numbers`.
fn plural(unit: &str) -> &str {
    if is_plain(unit) {
        "plain numbers"
    } else {
        unit
    }
}

fn is_plain(unit: &str) -> bool {
    unit.is_empty() || unit.contains("plain number")
}
