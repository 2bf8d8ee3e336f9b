//! Columns whose numbers may be read as something else than they are.
//!
//! In: the cells of a column. Out: a warning where every number with a decimal mark has three digits behind it,
//! which is how thousands are written elsewhere: then the whole column may be a thousand times too small. Of a
//! decimal comma that is always said; of a point where the file leaves the comma to decimals, or people are
//! counted, since measurements with three decimals are as common as thousands. And a warning where a spreadsheet
//! shows some cells as percentages and others as plain numbers.

use super::builder::PanelBuilder;
use super::traits::Traits;
use super::{Cell, Decimal};
use crate::causes::data::{DecimalsInThrees, FlagsOrMultiples, SomePercentages};
use forewarn_diagnostics::Reports;
use forewarn_plan::{InputInfo, InputKind};

/// Units in which there are no parts.
const COUNTED: [&str; 12] = [
    "attacks",
    "cases",
    "casualties",
    "children",
    "deaths",
    "events",
    "families",
    "households",
    "incidents",
    "people",
    "persons",
    "refugees",
];

impl PanelBuilder<'_> {
    /// Tells columns whose decimals may be thousands.
    pub(super) fn tell_commas(&self, reports: &mut Reports) {
        let columns = self.commas.iter().zip(&self.plan.inputs);
        let columns = columns.zip(&self.binding.inputs).enumerate();
        for (index, ((commas, info), place)) in columns {
            let Some(column) = place.and_then(|at| self.table.get(at)) else {
                continue;
            };
            let sign = match self.options.decimal {
                Decimal::Comma => ',',
                Decimal::Point => '.',
            };
            let enough = match self.options.decimal {
                Decimal::Comma => {
                    let counted = COUNTED.contains(&info.unit.as_str());
                    commas.threes >= if counted { 1 } else { 2 }
                }
                Decimal::Point => self.points_may_be_thousands(index, info, commas.threes),
            };
            let said = self.options.thousands == Some(sign);
            if !enough || said || commas.others > 0 || info.kind != InputKind::Number {
                continue;
            }
            let read = self.reading.number(Cell::Text(&commas.first));
            reports.add(DecimalsInThrees {
                file: self.options.file.clone(),
                column: column.name.clone(),
                name: info.name.clone(),
                text: commas.first.clone(),
                value: read.map_or_else(String::new, |number| number.to_string()),
                cells: commas.threes,
                sign,
            });
        }
    }

    fn points_may_be_thousands(&self, index: usize, info: &InputInfo, threes: u64) -> bool {
        let percentage = self.plan.percentages.contains(&index);
        let counted = COUNTED.contains(&info.unit.as_str());
        let values = self.values.get(index).map_or(&[][..], Vec::as_slice);
        // Rows that came in blocks were not looked at one by one.
        let thousandfold = |value: &f64| {
            let more = value * 1000.0;
            value.is_nan() || (more - more.round()).abs() < 1e-6 && more <= info.high
        };
        // One among whole numbers is as odd.
        let mut broken = values
            .iter()
            .filter(|value| !value.is_nan() && value.fract() != 0.0);
        let among_whole = values.len() > 2 && broken.nth(1).is_none();
        let enough = match self.options.semicolons {
            true => threes >= 1 && !info.unit.is_empty() && !percentage,
            false => counted && (threes >= 2 || threes == 1 && among_whole),
        };
        enough && values.iter().all(thousandfold)
    }

    /// Tells columns of which only some cells are shown or written as percentages.
    pub(super) fn tell_percentages(&self, traits: &[Traits], reports: &mut Reports) {
        let inputs = self.plan.inputs.iter().zip(&self.summaries).zip(traits);
        let cells = self.shown.iter().zip(&self.marked);
        for ((index, ((info, summary), traits)), ((shares, plain), marked)) in
            inputs.enumerate().zip(cells)
        {
            let Some(column) = &summary.column else {
                continue;
            };
            let some = SomePercentages {
                file: self.options.file.clone(),
                column: column.clone(),
                name: info.name.clone(),
                shares: *shares,
                plain: *plain,
                percentage: self.plan.percentages.contains(&index),
                written: false,
            };
            // Beside signs, only what lies between 0 and 1 may be a share.
            let fractions = traits.between.saturating_sub(marked.small_signs);
            if *shares > 0 && *plain > 0 {
                reports.add(some);
            } else if marked.signs > 0 && fractions > 0 {
                reports.add(SomePercentages {
                    shares: marked.signs,
                    plain: fractions,
                    written: true,
                    ..some
                });
            }
        }
    }

    /// Tells columns all of whose flags may be what multiplies numbers.
    pub(super) fn tell_flags(&self, reports: &mut Reports) {
        for (summary, marked) in self.summaries.iter().zip(&self.marked) {
            let Some(column) = &summary.column else {
                continue;
            };
            let perhaps = marked.perhaps.as_ref().filter(|_| marked.flags == 0);
            let perhaps = perhaps.map(|found| (found, false));
            let words = marked.words.as_ref().map(|found| (found, true));
            for ((text, cells), word) in perhaps.into_iter().chain(words) {
                let read = self.reading.number(Cell::Text(text));
                reports.add(FlagsOrMultiples {
                    file: self.options.file.clone(),
                    column: column.clone(),
                    text: text.clone(),
                    value: read.map_or_else(String::new, |number| number.to_string()),
                    cells: *cells,
                    word,
                });
            }
        }
    }
}
