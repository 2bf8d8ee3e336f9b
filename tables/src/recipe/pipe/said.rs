//! What of a file says how its values are counted, as far as it was met.

use forewarn_plan::InputInfo;
use forewarn_runtime::causes::data::UnitsOtherwise;

/// A column that says how the values beside it are counted.
#[derive(Debug)]
pub(super) struct Scale<'p> {
    pub(super) column: usize,
    pub(super) name: String,
    /// What it may be said of, where rows do not name it, and which of these are percentages.
    pub(super) inputs: Vec<(&'p InputInfo, bool)>,
    /// What it said first, and in how many rows it says such a thing.
    pub(super) told: Option<(UnitsOtherwise, String, u64)>,
}

/// Lines above a header, as far as they say something of values.
#[derive(Debug, Default)]
pub(super) struct Titles(pub(super) Vec<(usize, u64, String)>);
