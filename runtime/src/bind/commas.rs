//! Numbers that are read with a decimal comma, and may have commas between thousands.
//!
//! In: the texts of a column. Out: a warning where every number with a comma has three digits behind it,
//! which is how thousands are written elsewhere: then the whole column may be a thousand times too small.

use super::Cell;
use super::builder::PanelBuilder;
use crate::causes::data::DecimalsInThrees;
use forewarn_diagnostics::Reports;

impl PanelBuilder<'_> {
    /// Tells columns whose decimals may be thousands.
    pub(super) fn tell_commas(&self, reports: &mut Reports) {
        for ((commas, info), place) in self
            .commas
            .iter()
            .zip(&self.plan.inputs)
            .zip(&self.binding.inputs)
        {
            let column = place.and_then(|at| self.table.get(at));
            let (Some(column), true) = (column, commas.threes >= 2 && commas.others == 0) else {
                continue;
            };
            let read = self.options.number(Cell::Text(&commas.first));
            reports.add(DecimalsInThrees {
                file: self.options.file.clone(),
                column: column.name.clone(),
                name: info.name.clone(),
                text: commas.first.clone(),
                value: read.map_or_else(String::new, |number| number.to_string()),
                cells: commas.threes,
                sign: ',',
            });
        }
    }
}
