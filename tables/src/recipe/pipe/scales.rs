//! What a file says of how its values are counted, beside them: in a line above the header, or in a column.
//!
//! In: lines that are no data, and the cells of columns that name units or say by how many tens values are multiplied
//! (`UNIT_MULT` of SDMX). Out: what says thousands where the rules count in ones. Nothing is multiplied; it is told
//! once for each column, with how many rows say so.

use super::Pipe;
use super::layout::Layout;
use super::said::Scale;
use crate::grid::Cells;
use forewarn_diagnostics::DataPlace;
use forewarn_plan::{InputInfo, InputKind};
use forewarn_runtime::bind::{
    Describes, cell_says_otherwise, describes, is_of_tens, is_scale, title_says_otherwise,
};
use forewarn_runtime::causes::data::{Said, UnitsOtherwise};

/// A longer preamble is prose.
const MOST_TITLES: usize = 40;

impl<'p> Pipe<'p> {
    /// Finds such columns of a file.
    pub(super) fn find_scales(&mut self, layout: &Layout) {
        self.end_scales();
        // Words of columns that nobody reads are not shown to every audience.
        if self.bind.sheltered {
            return;
        }
        let chosen = self.recipe.rows.iter().flat_map(|rows| rows.columns());
        let chosen: Vec<String> = chosen.collect();
        let inputs = self.counted(layout);
        let is_long = |column: usize| {
            let mut long = layout.long.into_iter();
            long.any(|(name, value)| name == column || value == Some(column))
        };
        let says = |name: &str| {
            describes(name) == Some(Describes::Unit) || is_of_tens(name) || is_scale(name)
        };
        for (column, name) in layout.names.iter().enumerate() {
            let free = !layout.is_key(column)
                && !is_long(column)
                && !layout.held.iter().any(|held| held.column == column)
                && !self.is_read(name)
                && !chosen.contains(name);
            if free && says(name) {
                self.scales.push(Scale {
                    column,
                    name: name.clone(),
                    inputs: inputs.clone(),
                    told: None,
                });
            }
        }
    }

    /// The numbers that are read from a file.
    fn counted(&self, layout: &Layout) -> Vec<(&'p InputInfo, bool)> {
        let held = layout.held.iter().map(|held| &held.indicator);
        let sums = self.recipe.sum.iter().map(|(name, _)| name);
        let names = layout.names.iter().chain(held).chain(sums);
        let read = names.filter_map(|name| self.read_by(name));
        read.filter(|(input, _)| input.kind == InputKind::Number)
            .collect()
    }

    /// Notes what such columns say in a row of values.
    pub(super) fn note_scales(&mut self, number: u64, row: &impl Cells, target: Option<&str>) {
        let named = target.and_then(|target| self.read_by(target));
        // A row of what nobody reads says nothing of what is read.
        if target.is_some() && named.is_none() {
            return;
        }
        let target = named;
        let file = self.files.last().map_or("", String::as_str);
        for scale in &mut self.scales {
            let text = row.text(scale.column);
            if text.is_empty() {
                continue;
            }
            let inputs = target.as_slice().iter().chain(&scale.inputs);
            let mut inputs = inputs.take(if target.is_some() { 1 } else { usize::MAX });
            let found = inputs.find(|(input, percentage)| {
                cell_says_otherwise(&scale.name, &text, input, *percentage)
            });
            let Some((input, _)) = found else {
                continue;
            };
            let told = scale.told.get_or_insert_with(|| {
                let first = UnitsOtherwise {
                    place: DataPlace {
                        file: file.to_owned(),
                        row: Some(number),
                        column: Some(scale.name.clone()),
                        ..DataPlace::default()
                    },
                    said: Said::Name,
                    name: input.name.clone(),
                    unit: input.unit.clone(),
                };
                (first, text, 0)
            });
            told.2 += 1;
        }
    }

    /// Keeps what columns of the file at hand said.
    pub(super) fn end_scales(&mut self) {
        for scale in std::mem::take(&mut self.scales) {
            if let Some((told, text, rows)) = scale.told {
                self.units.push(UnitsOtherwise {
                    said: Said::Beside(text, rows),
                    ..told
                });
            }
        }
    }

    /// Notes a line above the header.
    pub(super) fn note_title(&mut self, number: u64, row: &impl Cells) {
        if self.header.is_some() || self.layout.is_some() || self.bind.sheltered {
            return;
        }
        let file = self.files.len().saturating_sub(1);
        for column in 0..row.width() {
            let text = row.text(column);
            if !text.is_empty() && self.titles.0.len() < MOST_TITLES {
                self.titles.0.push((file, number, text));
            }
        }
    }

    /// Tells lines above the header of the file at hand that count otherwise than the rules do.
    pub(super) fn tell_titles(&mut self, layout: &Layout) {
        let inputs = self.counted(layout);
        for (file, row, text) in std::mem::take(&mut self.titles.0) {
            let mut inputs = inputs.iter();
            if let Some((input, _)) = inputs.find(|(input, _)| title_says_otherwise(&text, input)) {
                self.units.push(UnitsOtherwise {
                    place: DataPlace {
                        file: self.files.get(file).cloned().unwrap_or_default(),
                        row: Some(row),
                        ..DataPlace::default()
                    },
                    said: Said::Title(text),
                    name: input.name.clone(),
                    unit: input.unit.clone(),
                });
            }
        }
    }
}
