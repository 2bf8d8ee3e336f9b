//! A table of cases as an audience may see it.
//!
//! In: a table, and what of its ruleset the audience may see. Out: the table's cells without the columns
//! that are withheld, and with declassified values, which are worked out apart. A table without any column
//! that the audience may see is not read.

use forewarn_diagnostics::Reports;
use forewarn_diagnostics::sheltered::{codes_only, without_lines};
use forewarn_plan::Plan;
use forewarn_runtime::audience::{seal, sealed_outputs, settle_carried};
use forewarn_runtime::bind::{Bound, InputSummary, indicator_columns};
use forewarn_runtime::run::{RunOptions, run};
use forewarn_runtime::testing::Cases;
use forewarn_tables::{ReadOptions, has_any, read};
use std::path::Path;

/// Reads a table; `None` where it has nothing for the audience.
///
/// # Errors
/// What is wrong in it, without anything that the audience may not see.
pub(super) fn read_for(
    path: &Path,
    cases: &Cases,
    visible: &(Plan, Option<Plan>),
    options: &ReadOptions<'_>,
) -> Result<Option<Bound>, Reports> {
    let (plan, sealing) = visible;
    let sealed = plan.confidentiality.sealed.len();
    let own = plan.inputs.len().saturating_sub(sealed);
    let mut observed = cases.plan.clone();
    observed.inputs.drain(own..own + sealed);
    if !has_any(path, &indicator_columns(&observed, &options.map), options) {
        return Ok(None);
    }
    let sheltered = ReadOptions {
        sheltered: true,
        ..options.clone()
    };
    let mut bound = read(path, &observed, &sheltered).map_err(without_lines)?;
    if let Some(sealing) = sealing {
        let mut sealing = sealing.clone();
        for input in &mut sealing.inputs {
            input.optional = true;
        }
        let by = read(path, &sealing, &sheltered).map_err(codes_only)?;
        let wanted = RunOptions {
            wanted: Some(sealed_outputs(plan, &sealing)),
            ..RunOptions::default()
        };
        if let Ok(results) = run(&sealing, &by.panel, &wanted) {
            seal(&mut bound.panel, &by.panel, results.columns);
            // Behind the other inputs of the ruleset, before what is expected.
            let panel = &mut bound.panel;
            for columns in [panel.columns.get_mut(own..)].into_iter().flatten() {
                columns.rotate_right(sealed);
            }
            let aged = [panel.carried.get_mut(own..), panel.expired.get_mut(own..)];
            for aged in aged.into_iter().flatten() {
                aged.rotate_right(sealed);
            }
            settle_carried(&cases.plan, panel);
        }
    }
    let apart = std::iter::repeat_n(InputSummary::default(), sealed);
    bound.summary.inputs.splice(own..own, apart);
    Ok(Some(bound))
}
