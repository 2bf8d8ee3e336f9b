//! Declassified values on their way into a panel that an audience may see.
//!
//! In: a Plan for an audience and its panel, bound from what the audience may see alone; the panel
//! and the results of the Plan that works out its sealed inputs. Out: the first panel, with a column
//! for each of those inputs. Rows that only the second panel has stay out: that they exist is not
//! declassified.

use forewarn_plan::Plan;

use crate::bind::{recarry, settle_ages};
use crate::panel::Panel;
use crate::run::OutputColumn;

/// The Plan as far as it reads data: without its sealed inputs.
#[must_use]
pub fn observed(plan: &Plan) -> Plan {
    let mut observed = plan.clone();
    let sealed = observed.confidentiality.sealed.len();
    let own = observed.inputs.len().saturating_sub(sealed);
    observed.inputs.truncate(own);
    observed
}

/// Indices of the outputs that the sealed inputs of a Plan take, in the Plan that works them out.
#[must_use]
pub fn sealed_outputs(plan: &Plan, sealing: &Plan) -> Vec<usize> {
    let sealed = plan.confidentiality.sealed.len();
    let all = sealing.outputs.len();
    (all.saturating_sub(sealed)..all).collect()
}

/// Puts the results of the sealing Plan, over `by`, into the rows of `panel`.
pub fn seal(panel: &mut Panel, by: &Panel, results: Vec<OutputColumn>) {
    let rows: Vec<Option<usize>> = (0..panel.rows())
        .map(|row| same_key(panel, row, by))
        .collect();
    for column in results {
        let value = |row: &Option<usize>| row.and_then(|row| column.values.get(row)).copied();
        let values = rows.iter().map(|row| value(row).unwrap_or(f64::NAN));
        panel.columns.push(values.collect());
        panel.carried.push(Vec::new());
        panel.expired.push(Vec::new());
    }
}

/// Where an indicator applies may rest on declassified values: what was carried forward before they were known
/// is gone through again. `panel` has all that the Plan reads.
pub fn settle_carried(plan: &Plan, panel: &mut Panel) {
    recarry(plan, panel, &[]);
    settle_ages(plan, panel);
}

/// The row of another panel with the key of this one's.
fn same_key(panel: &Panel, row: usize, by: &Panel) -> Option<usize> {
    let entity = panel.entities.get(*panel.entity_of.get(row)? as usize)?;
    let entity = u32::try_from(by.entities.binary_search(entity).ok()?).ok()?;
    let first = by.entity_of.partition_point(|at| *at < entity);
    let behind = by.entity_of.partition_point(|at| *at <= entity);
    match panel.periods.get(row) {
        Some(period) => {
            let periods = by.periods.get(first..behind)?;
            Some(first + periods.binary_search(period).ok()?)
        }
        None => (first < behind).then_some(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(keys: &[(&str, i64)]) -> Panel {
        let mut entities: Vec<String> = keys.iter().map(|(name, _)| (*name).to_owned()).collect();
        entities.dedup();
        let place = |name: &str| entities.iter().position(|one| one == name).unwrap_or(0) as u32;
        Panel {
            entity_of: keys.iter().map(|(name, _)| place(name)).collect(),
            periods: keys.iter().map(|(_, period)| *period).collect(),
            entities,
            ..Panel::default()
        }
    }

    #[test]
    fn values_go_to_the_rows_of_their_key_and_other_rows_stay_out() {
        let mut seen = panel(&[("AVA", 1), ("AVA", 2), ("CAR", 2)]);
        let by = panel(&[("AVA", 1), ("AVA", 2), ("BOR", 1), ("CAR", 1), ("CAR", 2)]);
        let results = OutputColumn {
            output: 0,
            values: vec![1.0, 2.0, 3.0, 4.0, 5.0],
        };
        seal(&mut seen, &by, vec![results]);
        assert_eq!(seen.columns, [[1.0, 2.0, 5.0]]);
        assert_eq!(seen.rows(), 3);
    }
}
