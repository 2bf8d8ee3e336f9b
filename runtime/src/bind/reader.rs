//! What a cell says, to whoever asks beside the panel.
//!
//! In: a cell, and how the file writes numbers, nothing, yes and no. Out: its value. Filters, expectations,
//! sums and deliveries that are compared all ask here, so that a cell is never one thing to the panel and
//! another to a recipe.

use super::cells::{Outcome, Reading, cell_text};
use super::{BindOptions, Cell};
use crate::causes::data::NumberSlip;
use forewarn_plan::{InputInfo, Plan};
use std::borrow::Cow;

/// The value of a cell, whatever reads it.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue<'c> {
    /// Empty, or a word that stands for nothing.
    Missing,
    Number(f64),
    Truth(bool),
    /// Anything else, in words.
    Text(Cow<'c, str>),
}

/// What a cell gives to an indicator, its range apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Given {
    Missing,
    Value(f64),
    /// Something that the indicator is not.
    Unreadable,
}

/// Reads the cells of a file.
#[derive(Clone, Debug)]
pub struct CellReader {
    reading: Reading,
    lenient: bool,
}

impl CellReader {
    #[must_use]
    pub fn new(options: &BindOptions) -> Self {
        Self {
            reading: Reading::new(options),
            lenient: options.lenient,
        }
    }

    /// The same for the indicators of a Plan.
    #[must_use]
    pub fn of(plan: &Plan, options: &BindOptions) -> Self {
        Self {
            reading: Reading::of(plan, options),
            lenient: options.lenient,
        }
    }

    /// Are cells that cannot be read missing?
    #[must_use]
    pub fn is_lenient(&self) -> bool {
        self.lenient
    }

    /// The value of a cell that no key is read from.
    #[must_use]
    pub fn value<'c>(&self, cell: Cell<'c>) -> CellValue<'c> {
        if self.reading.says_nothing(cell) {
            return CellValue::Missing;
        }
        match (self.reading.number(cell), cell) {
            (Some(number), _) => CellValue::Number(number),
            (None, Cell::Truth(truth)) => CellValue::Truth(truth),
            (None, Cell::Number(number) | Cell::Share(number)) => CellValue::Number(number),
            (None, Cell::Text(text)) => CellValue::Text(Cow::Borrowed(text.trim())),
            (None, cell) => CellValue::Text(Cow::Owned(cell_text(cell))),
        }
    }

    /// A cell as a number; none where it is no number or stands for a missing value.
    #[must_use]
    pub fn number(&self, cell: Cell<'_>) -> Option<f64> {
        self.reading.number(cell)
    }

    /// Is a cell empty, or a word for missing?
    #[must_use]
    pub fn says_nothing(&self, cell: Cell<'_>) -> bool {
        self.reading.says_nothing(cell)
    }

    /// A cell as yes or no; none where it is neither.
    #[must_use]
    pub fn truth(&self, cell: Cell<'_>) -> Option<bool> {
        self.reading.truth(cell).map(|truth| truth > 0.5)
    }

    /// What a cell gives to an indicator.
    #[must_use]
    pub fn given(&self, input: &InputInfo, cell: Cell<'_>) -> Given {
        match self.reading.read(input, cell) {
            Outcome::Missing | Outcome::Worded | Outcome::Unknown | Outcome::Inapplicable => {
                Given::Missing
            }
            Outcome::Value(value) | Outcome::Named(value) | Outcome::OutOfRange { value, .. } => {
                Given::Value(value)
            }
            Outcome::NotANumber(_) | Outcome::NotYesOrNo | Outcome::NotOneOf => Given::Unreadable,
        }
    }

    /// Why a cell is no number.
    #[must_use]
    pub fn slip(&self, cell: Cell<'_>) -> NumberSlip {
        self.reading.slip(cell)
    }
}
