//! Rows over groups of others that are no entities.
//!
//! In: a table with the column that names the entities. Out: the rows that are left out as headings, and what people have to
//! say of others.

use super::found::{Framed, Guess, text};
use super::sums::words_say_sum;
use crate::grid::Cells as _;
use crate::recipe::is_heading;
use forewarn_diagnostics::toml_text::toml_text;
use forewarn_diagnostics::wording::quoted;
use forewarn_plan::Plan;
use forewarn_runtime::bind::sums_up;

/// Rows of which nothing but the name of an entity is filled, as headings over groups of others are: those in capitals
/// among names that are not, those that end with a colon, and names of regions are no entities. Of others nobody knows,
/// where groups have sums; elsewhere they are entities of which nothing is known.
pub(super) fn headings(body: &Framed, plan: &Plan, guess: &mut Guess, column: usize) {
    let name = |row: &crate::grid::KeptRow| text(row, column);
    let is_alone = |row: &crate::grid::KeptRow| {
        let others = (0..row.width().max(body.names.len())).filter(|other| *other != column);
        !name(row).is_empty() && others.into_iter().all(|other| text(row, other).is_empty())
    };
    let rows = || body.body.iter().filter(|(_, row)| !name(row).is_empty());
    if body.names.len() < 3 || rows().all(|(_, row)| is_alone(row)) {
        return;
    }
    let has_sums = rows().any(|(_, row)| sums_up(&name(row)) || words_say_sum(&name(row)));
    let mut unclear: Vec<String> = Vec::new();
    // What stands last, or over another one, is over nothing.
    for pair in body.body.windows(2) {
        let [(number, row), (_, next)] = pair else {
            continue;
        };
        let own = name(row);
        let is_said = guess.recipe.except.contains(&own) || sums_up(&own);
        if !is_alone(row) || is_alone(next) || is_said {
            continue;
        }
        if is_heading(&own, &name(next)) {
            guess.see(
                format!("`{own}` stands over other rows, and nothing beside it"),
                Some(*number),
                format!("no {}", plan.panel.entity()),
            );
            guess.recipe.except.push(own);
        } else if has_sums && !unclear.contains(&own) {
            unclear.push(own);
        }
    }
    if !unclear.is_empty() {
        let lists: Vec<String> = unclear.iter().map(|name| toml_text(name)).collect();
        guess.asked.push(format!(
            "nothing stands beside {}: where that is a heading and no {}, `except = [{}]` leaves it out",
            quoted(&unclear, "and"),
            plan.panel.entity(),
            lists.join(", ")
        ));
    }
}
