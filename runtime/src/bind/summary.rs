//! What was read of a table, in numbers.

/// What was read, in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataSummary {
    /// Of the data: periods that no data has are not counted, here or in any other number.
    pub rows: usize,
    pub entities: usize,
    /// How many different periods there are; 0 in a cross-section.
    pub periods: usize,
    /// The first and the last of them (see `PeriodKind`).
    pub first_period: Option<i64>,
    pub last_period: Option<i64>,
    /// Entities that were left out as asked for, with how many rows they have.
    pub left_out: Vec<(String, u64)>,
    /// Rows that the `rows` of recipes left out.
    pub filtered: u64,
    /// Columns that say how good values are, each with what it says of how many.
    pub marked: Vec<(String, Vec<(String, u64)>)>,
    /// One per input of the Plan.
    pub inputs: Vec<InputSummary>,
}

impl DataSummary {
    /// The indicators alone.
    pub fn indicators(&self) -> impl Iterator<Item = &InputSummary> {
        self.inputs.iter().filter(|input| !input.aside)
    }

    /// The share of all cells that are missing, 0 to 1; 0 where there are no cells.
    #[must_use]
    pub fn missing_share(&self) -> f64 {
        let cells = self.rows as f64 * self.indicators().count() as f64;
        let missing: u64 = self.indicators().map(|input| input.missing).sum();
        if cells == 0.0 {
            0.0
        } else {
            missing as f64 / cells
        }
    }
}

/// What was read for one indicator, in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InputSummary {
    pub name: String,
    /// The column it was read from; `None` if it is optional and there is none.
    pub column: Option<String>,
    /// Missing in the panel, for whatever reason.
    pub missing: u64,
    /// Outside the declared range: now missing or moved to its end, as declared.
    pub out_of_range: u64,
    /// The first of these: row, key and value.
    pub first_out_of_range: Option<(u64, String, f64)>,
    /// Absent cells that stand for a value, as `missing means` declares; not counted as missing.
    pub absent: u64,
    /// Absent cells that hold an earlier value, as `carry forward` or `expires after` declares; not
    /// counted as missing.
    pub carried: u64,
    /// How many periods old the oldest of these values is.
    pub oldest_carried: u32,
    /// Absent cells after which the last observation is out of date, as `expires after` declares.
    pub expired: u64,
    /// How many periods before the latest of these the last observation was, at most.
    pub oldest_expired: u32,
    /// Cells of rows in which it does not apply; not counted as missing.
    pub not_applicable: u64,
    /// Cells that could not be read and are missing (`lenient` only).
    pub unreadable: u64,
    /// Levels and categories that were told by their labels: how many, and the first with its name.
    pub labelled: u64,
    /// Of the absent cells those that hold a word for missing values, and the first of these words.
    pub worded: u64,
    pub first_worded: Option<String>,
    pub first_labelled: Option<(String, String)>,
    /// What stands behind its values, with how many cells have each, the most frequent first.
    pub flags: Vec<(String, u64)>,
    /// Observations that were not verified; `None` where nothing can say so.
    pub unverified: Option<u64>,
    /// A file without periods says it of all rows of an entity at once.
    pub timeless: bool,
    /// It is no indicator: it says which observations of one were verified, or is a key.
    pub aside: bool,
}
