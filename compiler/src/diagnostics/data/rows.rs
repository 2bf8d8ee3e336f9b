//! Rows that do not belong to the panel: without a key, or twice.

use super::super::catalogue::{CodeInfo, cause};
use super::super::{DataPlace, Diagnostic, Label, Place};
use super::{grouped, short};

pub(super) const CODES: &[CodeInfo] = &[DuplicateRows::INFO, EmptyKey::INFO, BadPeriod::INFO];

cause! {
    /// two rows have the same entity and period
    ///
    /// ## What it means
    ///
    /// A panel has one row for each entity and period. Two rows with the same key cannot both be
    /// true, and taking the first, the last or the mean would be a decision about the method. Often
    /// the file has one row for each event, source or group and must be summed up first.
    ///
    /// ## Why it matters
    ///
    /// Counting an entity twice, or taking one of two figures by chance, changes ranks, counts and
    /// alerts.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by month
    /// unit deaths
    /// indicator deaths_best "Conflict deaths" : deaths in 0..
    /// score toll "Toll" = deaths_best
    /// ```
    ///
    /// ```csv
    /// country,month,deaths_best
    /// NER,2024-05,12
    /// NER,2024-05,21
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv
    /// country,month,deaths_best
    /// NER,2024-05,33
    /// ```
    Error "FW0907" DuplicateRows {
        file: String,
        /// `country and month`, or `country` in a cross-section.
        key_names: String,
        /// `NER, 2024-05`
        key: String,
        first: u64,
        second: u64,
        /// Indicators in which they differ, with both values as people read them.
        differences: Vec<(String, String, String)>,
        /// How many more indicators differ.
        more_differences: usize,
        /// How many further pairs of rows there are.
        more: u64,
    }
}

impl DuplicateRows {
    fn words(&self) -> Diagnostic {
        let row = |row| {
            Place::Data(DataPlace {
                file: self.file.clone(),
                row: Some(row),
                column: None,
                key: Some(self.key.clone()),
                line: None,
            })
        };
        let title = format!("two rows for the same {}", self.key_names);
        let (first, second) = (grouped(self.first), grouped(self.second));
        let label = format!(
            "rows {first} and {second} of {} are both {}",
            self.file, self.key
        );
        let mut at = Diagnostic::at(self, title, row(self.second), label);
        at.secondary.push(Label {
            place: row(self.first),
            text: "the first of them".to_owned(),
        });
        let at = match self.differences.as_slice() {
            [] => at.note("they are the same in everything the rules read"),
            differences => {
                let told: Vec<String> = differences
                    .iter()
                    .map(|(name, one, other)| format!("`{name}`: {one} and {other}"))
                    .collect();
                let rest = match self.more_differences {
                    0 => String::new(),
                    rest => format!(", and in {rest} more"),
                };
                at.note(format!("they differ in {}{rest}", told.join(", ")))
            }
        };
        let at = at.help("keep one row for each, or sum the rows up before the rules are applied");
        match self.more {
            0 => at,
            1 => at.note("… and 1 more pair of such rows"),
            more => at.note(format!("… and {} more pairs of such rows", grouped(more))),
        }
    }
}

cause! {
    /// a row has no entity or no period
    ///
    /// ## What it means
    ///
    /// Every row belongs to an entity and a period; here one of the two is empty. Words that are
    /// declared as missing are never taken so in a key: `NA` is Namibia.
    ///
    /// ## Why it matters
    ///
    /// A value that belongs to nobody cannot be used, and leaving it out would hide the slip.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by year
    /// unit people
    /// indicator pop "Population" : people in 1..
    /// score size "Size" = pop
    /// ```
    ///
    /// ```csv
    /// country,year,pop
    /// ,2020,5379000
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv
    /// country,year,pop
    /// NOR,2020,5379000
    /// ```
    Error "FW0908" EmptyKey {
        place: DataPlace,
        /// `country`
        name: String,
        more: u64,
    }
}

impl EmptyKey {
    fn words(&self) -> Diagnostic {
        let title = format!("a row without a {}", self.name);
        let label = format!("the {} of the row is read from here", self.name);
        Diagnostic::at(self, title, Place::Data(self.place.clone()), label)
            .help("fill the cell, or take the row out")
            .and_more(self.more)
    }
}

cause! {
    /// a period is not written as the panel's kind of period
    ///
    /// ## What it means
    ///
    /// The panel says what its periods are: days, weeks, months, quarters or years. They are written
    /// as follows; nothing else is taken unless it is declared, so that a daily file is not read as a
    /// monthly one.
    ///
    /// | period | written |
    /// |---|---|
    /// | year | `2024` |
    /// | quarter | `2024-Q2`, `2024Q2` |
    /// | month | `2024-05`, `2024-M05`, `2024M05` |
    /// | week (ISO) | `2024-W12`, `2024W12` |
    /// | day | `2024-05-31` |
    ///
    /// A date is taken for the period that begins on it: `2024-05-01` for May. Any other way of
    /// writing is declared: `--period-format YYYYMM` reads `202405`; `--map month=year,month` makes a
    /// month of a column with the year and one with the month.
    ///
    /// ## Why it matters
    ///
    /// `05/2024`, `2024-05-31` and `202405` are read differently by different people; time rules need
    /// the right order and gaps.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by month
    /// unit deaths
    /// indicator deaths_best "Conflict deaths" : deaths in 0..
    /// score toll "Toll" = deaths_best
    /// ```
    ///
    /// ```csv
    /// country,month,deaths_best
    /// NER,05/2024,12
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv
    /// country,month,deaths_best
    /// NER,2024-05,12
    /// ```
    Error "FW0909" BadPeriod {
        place: DataPlace,
        /// The cell.
        text: String,
        /// `month`
        period: String,
        /// How one is written: `2024-05`.
        example: String,
        /// More about this cell: `April has 30 days`, `it is a day`.
        why: Option<String>,
        more: u64,
    }
}

impl BadPeriod {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` is not a {}", short(&self.text), self.period);
        let label = format!("the {} of the row is read from here", self.period);
        let at = Diagnostic::at(self, title, Place::Data(self.place.clone()), label);
        let at = match &self.why {
            Some(why) => at.note(why.clone()),
            None => at,
        };
        at.help(format!("write a {} like `{}`", self.period, self.example))
            .and_more(self.more)
    }
}
