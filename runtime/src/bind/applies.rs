//! Where indicators do not apply, once all columns stand in the panel.
//!
//! In: the Plan, whose declarations say by a node where there is such a value, and the panel. Out: the
//! rows in which there is none, for whoever counts what is missing; results do not hang on it. Conditions
//! over values that a Plan for an audience gets later are unknown here, and taken for met.

use super::InputSummary;
use crate::panel::Panel;
use crate::run::{RunOptions, run};
use forewarn_plan::{Output, OutputKind, Plan};

/// Notes the rows in which an indicator does not apply, and counts their cells apart from missing ones.
pub(super) fn settle(plan: &Plan, panel: &mut Panel, summaries: &mut [InputSummary]) {
    let conditions: Vec<(usize, Output)> = plan
        .declarations
        .iter()
        .filter_map(|declaration| {
            let (node, _) = declaration.applies?;
            let inputs = &plan.inputs;
            let input = inputs
                .iter()
                .position(|input| input.name == declaration.name && input.kind.is_indicator())?;
            let output = Output {
                column: declaration.name.clone(),
                declaration: declaration.name.clone(),
                label: String::new(),
                unit: String::new(),
                kind: OutputKind::Truth,
                node,
            };
            Some((input, output))
        })
        .collect();
    if conditions.is_empty() || panel.rows() == 0 {
        return;
    }
    let (inputs, outputs): (Vec<usize>, Vec<Output>) = conditions.into_iter().unzip();
    let asked = Plan {
        outputs,
        ..plan.clone()
    };
    let Ok(results) = run(&asked, panel, &RunOptions::default()) else {
        return;
    };
    panel.not_applicable = vec![Vec::new(); plan.inputs.len()];
    for (input, column) in inputs.into_iter().zip(results.columns) {
        let rows = column.values.iter().enumerate();
        let rows = rows.filter(|(_, there)| **there == 0.0);
        let rows: Vec<usize> = rows.map(|(row, _)| row).collect();
        let values = panel.columns.get(input).map_or(&[][..], Vec::as_slice);
        let (mut all, mut empty) = (0, 0);
        for row in &rows {
            if panel.gaps.binary_search(row).is_err() {
                all += 1;
                empty += u64::from(values.get(*row).is_some_and(|value| value.is_nan()));
            }
        }
        if let Some(summary) = summaries.get_mut(input) {
            summary.not_applicable = all;
            summary.missing = summary.missing.saturating_sub(empty);
        }
        if let Some(slot) = panel.not_applicable.get_mut(input) {
            *slot = rows;
        }
    }
}
