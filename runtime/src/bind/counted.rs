//! Columns that seem to be counted otherwise than their indicators.
//!
//! In: the values of a file as they were read. Out: warnings, each with the declaration that reads the
//! column as the other thing. A percentage all of whose values lie between 0 and 1 is probably a share,
//! and an indicator of 0..1 most of whose values lie between 1 and 100 is probably a percentage; either
//! way the results would be wrong by a factor of a hundred, or empty, and nothing else would say so.

use super::builder::PanelBuilder;
use super::traits::Traits;
use crate::causes::data::{Counted, PercentInShare, ShareInPercent};
use forewarn_diagnostics::Reports;
use forewarn_plan::{InputInfo, InputKind};
use std::collections::BTreeSet;

impl PanelBuilder<'_> {
    /// Tells what seems to be counted otherwise; the indicators of which that was told.
    pub(super) fn tell_counted(
        &self,
        traits: &[Traits],
        reports: &mut Reports,
    ) -> BTreeSet<String> {
        let mut told = BTreeSet::new();
        let inputs = self.plan.inputs.iter().zip(traits);
        for (index, (input, traits)) in inputs.enumerate() {
            let place = self.binding.inputs.get(index).copied().flatten();
            let Some(column) = place.and_then(|at| self.table.get(at)) else {
                continue;
            };
            let counted = || Counted {
                file: self.options.file.clone(),
                column: column.name.clone(),
                name: input.name.clone(),
                span: input.span,
            };
            let percentage = self.plan.percentages.contains(&index);
            // A sign says what is meant; cells without one beside them are told as such.
            let signed = self
                .marked
                .get(index)
                .is_some_and(|marked| marked.signs > 0);
            if percentage && input.high > 1.0 && are_shares(traits) && !signed {
                told.insert(input.name.clone());
                reports.add(ShareInPercent {
                    counted: counted(),
                    line: declaration(input, "number in 0..1"),
                    deliveries: Vec::new(),
                });
            }
            // Where nothing else is in the column, that alone is told.
            let zero = input.missing_means.is_none() && traits.has_zero;
            let fitting = zero || traits.between > 0;
            let line = self.percentage(index, input, traits);
            if let Some(line) = line.filter(|_| fitting) {
                let above = self.above.get(index).copied().unwrap_or_default();
                told.insert(input.name.clone());
                reports.add(PercentInShare {
                    counted: counted(),
                    values: above.hundred,
                    highest: above.highest,
                    line,
                });
            }
        }
        told
    }

    /// The declaration that reads a column of a share as a percentage, where it seems to be one.
    pub(super) fn percentage(
        &self,
        index: usize,
        input: &InputInfo,
        traits: &Traits,
    ) -> Option<String> {
        let above = self.above.get(index).copied().unwrap_or_default();
        let seems = is_share(input) && above.other == 0 && above.hundred > traits.between;
        seems.then(|| declaration(input, "percent in 0..100"))
    }
}

/// A plain number of 0..1.
fn is_share(input: &InputInfo) -> bool {
    input.kind == InputKind::Number
        && input.unit.is_empty()
        && input.low >= 0.0
        && input.high == 1.0
}

/// All known ones lie in 0..1, and some are neither.
fn are_shares(traits: &Traits) -> bool {
    traits.in_share && traits.between > 0
}

/// The indicator as it would be declared.
fn declaration(input: &InputInfo, kind: &str) -> String {
    let mut line = format!("indicator {}", input.name);
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    if input.label != input.name && !input.label.is_empty() {
        line.push_str(&format!(" \"{}\"", quoted(&input.label)));
    }
    line.push_str(&format!(" : {kind}"));
    if let Some(column) = &input.column {
        line.push_str(&format!(" column \"{}\"", quoted(column)));
    }
    line
}
