//! Several files for one ruleset: which of them holds what.

use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::quoted;
use super::super::{DataPlace, Diagnostic, Label, Place};
use super::cells::column_place;
use super::columns::columns_of;
use super::grouped;
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    ColumnInTwoFiles::INFO,
    NothingRead::INFO,
    OnlyFirstPeriod::INFO,
    NoPeriodKey::INFO,
    NoFileByPeriod::INFO,
];

cause! {
    /// an indicator's column is in two of the data files
    ///
    /// ## What it means
    ///
    /// With several `--data` files each indicator is read from the one that has its column. Here two
    /// files have it, and nothing says which of them is meant.
    ///
    /// ## Why it matters
    ///
    /// The two may differ: another edition, another unit. Taking the first would be a guess.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by year
    /// unit people
    /// unit deaths
    /// indicator deaths_best "Conflict deaths" : deaths in 0..
    /// indicator population "Population" : people in 1..
    /// score rate "Rate" = deaths_best / population
    /// ```
    ///
    /// ```csv events.csv
    /// country,year,deaths_best,population
    /// NER,2024,12,26000000
    /// ```
    ///
    /// ```csv population.csv
    /// country,year,population
    /// NER,2024,26207977
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv events.csv
    /// country,year,deaths_best
    /// NER,2024,12
    /// ```
    ///
    /// ```csv population.csv
    /// country,year,population
    /// NER,2024,26207977
    /// ```
    Error "FW0925" ColumnInTwoFiles {
        name: String,
        column: String,
        first: String,
        second: String,
        second_column: String,
        /// Where the indicator is declared.
        declared: Span,
    }
}

impl ColumnInTwoFiles {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            first,
            second,
            ..
        } = self;
        let title = format!("`{name}` is in two files: `{first}` and `{second}`");
        let place = column_place(second, Some(&self.second_column));
        let mut at = Diagnostic::at(
            self,
            title,
            place,
            format!("`{name}` could be read from here"),
        );
        at.secondary.push(Label {
            place: column_place(first, Some(&self.column)),
            text: "and from here".to_owned(),
        });
        at.mark(self.declared, format!("`{name}` is declared here"))
            .help("rename or drop the column in one of the two files")
    }
}

cause! {
    /// nothing is read from one of the data files
    ///
    /// ## What it means
    ///
    /// A file was given that has the panel's keys but no column that an indicator is read from.
    ///
    /// ## Why it matters
    ///
    /// Most often it is another file than intended, or its columns have other names than the rules
    /// say.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by year
    /// unit deaths
    /// indicator deaths_best "Conflict deaths" : deaths in 0..
    /// score toll "Toll" = deaths_best
    /// ```
    ///
    /// ```csv events.csv
    /// country,year,deaths_best
    /// NER,2024,12
    /// ```
    ///
    /// ```csv population.csv
    /// country,year,population
    /// NER,2024,26207977
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv events.csv
    /// country,year,deaths_best
    /// NER,2024,12
    /// ```
    Warning "FW0926" NothingRead {
        file: String,
        /// The columns there are.
        columns: Vec<String>,
        /// Its rows are rows of the result all the same.
        adds_rows: bool,
    }
}

impl NothingRead {
    fn words(&self) -> Diagnostic {
        let title = format!("no indicator is read from `{}`", self.file);
        let place = column_place(&self.file, None);
        let at = Diagnostic::at(self, title, place, columns_of(&self.columns));
        let at = if self.adds_rows {
            at.note("its rows are rows of the result all the same")
        } else {
            at
        };
        at.help("leave the file out, or name a column of it: `--map INDICATOR=COLUMN`")
    }
}

cause! {
    /// a file of longer periods has a value for the first shorter one alone
    ///
    /// ## What it means
    ///
    /// The panel goes by one period, such as the month, and a file by a longer one, such as the year.
    /// What it says of a year stands in January; whether it also holds for the months after it is for
    /// the rules to say: `carry forward at most 11 months`.
    ///
    /// ## Why it matters
    ///
    /// Without it the indicator is missing in eleven of twelve months, and whatever rests on it is
    /// too.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by month
    /// unit people
    /// unit deaths
    /// indicator deaths_best "Conflict deaths" : deaths in 0..
    /// indicator population "Population" : people in 1..
    /// score rate "Rate" = deaths_best / population
    /// ```
    ///
    /// ```csv events.csv
    /// country,month,deaths_best
    /// NER,2024-01,12
    /// NER,2024-02,21
    /// ```
    ///
    /// ```csv population.csv
    /// country,year,population
    /// NER,2024,26207977
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by month
    /// unit people
    /// unit deaths
    /// indicator deaths_best "Conflict deaths" : deaths in 0..
    /// indicator population "Population" : people in 1.. carry forward at most 11 months
    /// score rate "Rate" = deaths_best / population
    /// ```
    ///
    /// With the same files.
    Warning "FW0927" OnlyFirstPeriod {
        file: String,
        /// `year`
        long: &'static str,
        /// `month`
        short: &'static str,
        /// The indicators that are not carried forward.
        names: Vec<String>,
        /// For how many periods a value would have to stand.
        most: u32,
        /// Where the first of them is declared.
        declared: Span,
    }
}

impl OnlyFirstPeriod {
    fn words(&self) -> Diagnostic {
        let Self {
            file,
            long,
            short,
            names,
            most,
            ..
        } = self;
        let title = format!(
            "{} from `{file}` {} a value only in the first {short} of each {long}",
            quoted(names, "and"),
            if names.len() == 1 { "has" } else { "have" }
        );
        let place = Place::Data(DataPlace {
            file: file.clone(),
            ..DataPlace::default()
        });
        let first = names.first().map_or("", String::as_str);
        Diagnostic::at(self, title, place, format!("this file goes by the {long}"))
            .mark(self.declared, format!("`{first}` is declared here"))
            .note(format!("the panel goes by the {short}"))
            .help(format!(
                "say how long a value holds: `carry forward at most {most} {short}s` covers the {long}"
            ))
    }
}

cause! {
    /// a file without a period column has several rows for one entity
    ///
    /// ## What it means
    ///
    /// Beside others, a file without periods says what does not change, such as the region a country
    /// lies in: one row for each entity. This one has several, so it probably has periods, in a column
    /// of another name.
    ///
    /// ## Why it matters
    ///
    /// Without the period nobody can say which row holds when.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by year
    /// unit people
    /// unit deaths
    /// indicator deaths_best "Conflict deaths" : deaths in 0..
    /// indicator population "Population" : people in 1..
    /// score rate "Rate" = deaths_best / population
    /// ```
    ///
    /// ```csv events.csv
    /// country,year,deaths_best
    /// NER,2023,12
    /// NER,2024,21
    /// ```
    ///
    /// ```csv population.csv
    /// country,time,population
    /// NER,2023,26207977
    /// NER,2024,27032412
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv events.csv
    /// country,year,deaths_best
    /// NER,2023,12
    /// NER,2024,21
    /// ```
    ///
    /// ```csv population.csv
    /// country,year,population
    /// NER,2023,26207977
    /// NER,2024,27032412
    /// ```
    Error "FW0930" NoPeriodKey {
        file: String,
        /// The entity that has several rows.
        entity: String,
        /// The first two of its rows.
        first: u64,
        second: u64,
        /// `month`
        period: String,
        /// The column it would be read from.
        column: String,
        /// The columns there are.
        columns: Vec<String>,
    }
}

impl NoPeriodKey {
    fn words(&self) -> Diagnostic {
        let Self {
            file,
            entity,
            column,
            period,
            ..
        } = self;
        let title = format!("`{file}` has no column `{column}` and several rows for `{entity}`");
        let row = |row| {
            Place::Data(DataPlace {
                file: file.clone(),
                row: Some(row),
                key: Some(entity.clone()),
                ..DataPlace::default()
            })
        };
        let (first, second) = (grouped(self.first), grouped(self.second));
        let label = format!("rows {first} and {second} are both `{entity}`");
        let mut at = Diagnostic::at(self, title, row(self.second), label);
        at.secondary.push(Label {
            place: row(self.first),
            text: "the first of them".to_owned(),
        });
        at.note(columns_of(&self.columns)).help(format!(
            "name the column that holds the {period} `{column}`, or keep one row for each entity"
        ))
    }
}

cause! {
    /// no data file goes by the panel's own period
    ///
    /// ## What it means
    ///
    /// The rows of the result are those of the files whose periods are the panel's. Files of longer
    /// periods, and files without any, only fill such rows.
    ///
    /// ## Why it matters
    ///
    /// A yearly file says of which years there is data, not of which months a result is wanted.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by month
    /// unit people
    /// indicator population "Population" : people in 1.. carry forward at most 11 months
    /// indicator poor "Poor people" : people in 0.. carry forward at most 11 months
    /// score share "Share" = poor / population
    /// ```
    ///
    /// ```csv population.csv
    /// country,year,population
    /// NER,2024,26207977
    /// ```
    ///
    /// ```csv poverty.csv
    /// country,year,poor
    /// NER,2024,12000000
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by year
    /// unit people
    /// indicator population "Population" : people in 1..
    /// indicator poor "Poor people" : people in 0..
    /// score share "Share" = poor / population
    /// ```
    ///
    /// With the same files.
    Error "FW0931" NoFileByPeriod {
        files: Vec<String>,
        /// `month`
        period: String,
    }
}

impl NoFileByPeriod {
    fn words(&self) -> Diagnostic {
        let Self { files, period } = self;
        let title = format!("none of the files goes by the {period}");
        let first = files.first().map_or("", String::as_str);
        let label = format!("{} only fill rows of other files", quoted(files, "and"));
        Diagnostic::at(self, title, column_place(first, None), label)
            .note(format!("the panel goes by the {period}"))
            .help(format!(
                "give a file whose rows are one {period} each, or let the panel go by longer periods"
            ))
    }
}
