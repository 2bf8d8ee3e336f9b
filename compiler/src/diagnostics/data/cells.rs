//! Cells that cannot be read as what their indicator is declared to be.

use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::quoted;
use super::super::{DataPlace, Diagnostic, Place};
use super::{CellAt, short, typed};

pub(super) const CODES: &[CodeInfo] = &[
    NotANumber::INFO,
    NotOneOf::INFO,
    NotYesOrNo::INFO,
    OutsideRange::INFO,
];

/// Why a cell is no number; it decides what to advise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberSlip {
    /// Words, or anything else.
    Words,
    /// A common sign for "no value": `NA`, `..`, `-`.
    MissingSign,
    /// Thousands set apart: `1,234,567`, `1 234`.
    Grouped,
    /// `3,14` where a point marks decimals.
    DecimalComma,
    /// `3.14` where a comma marks decimals.
    DecimalPoint,
    /// `12%`
    Percent,
    /// `inf` as a word.
    Infinite,
    /// `1e999`
    TooLarge,
    /// A list, a truth or a date, in a file whose cells have types.
    OtherKind,
}

cause! {
    /// a cell that should hold a number holds something else
    ///
    /// ## What it means
    ///
    /// The column of a numeric indicator holds a cell that cannot be read as a number. Numbers are
    /// written with digits, an optional sign, a decimal point (a comma with `--decimal ,`) and an
    /// optional exponent: `1204`, `-0.5`, `1.2e6`. Thousands are not set apart, and there is no unit
    /// or percent sign in the cell. An empty cell is missing; other signs for missing, such as `NA`
    /// or `..`, are only understood when they are declared with `--missing`, so that no value
    /// disappears unseen. With `--lenient` every such cell is read as missing, and counted.
    ///
    /// ## Why it matters
    ///
    /// A word that is skipped in silence is a missing value that nobody knows of, and one that is read
    /// as zero is a wrong result.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by year
    /// indicator life_expectancy "Life expectancy" : years in 0..120 column "life_exp"
    /// score health "Health" = life_expectancy
    /// ```
    ///
    /// ```csv
    /// country,year,life_exp
    /// NOR,2020,eighty
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv
    /// country,year,life_exp
    /// NOR,2020,83.2
    /// ```
    Error "FW0903" NotANumber {
        cell: CellAt,
        slip: NumberSlip,
    }
}

impl NotANumber {
    fn words(&self) -> Diagnostic {
        let text = short(&self.cell.text);
        let title = match self.slip {
            NumberSlip::Infinite => format!("`{text}` is not a finite number"),
            NumberSlip::TooLarge => format!("`{text}` is too large for a number"),
            NumberSlip::OtherKind => format!("{text} is not a number"),
            _ => format!("`{text}` is not a number"),
        };
        let word = typed(&text);
        let help = match self.slip {
            NumberSlip::Words => format!(
                "correct the cell, declare the word as missing (`--missing {word}`), or read such \
                 cells as missing (`--lenient`)"
            ),
            NumberSlip::MissingSign => {
                format!("if `{text}` stands for a missing value here, say so: `--missing {word}`")
            }
            NumberSlip::Grouped => "write the number without marks between thousands".to_owned(),
            NumberSlip::DecimalComma => "if a comma marks decimals in this file, say so: \
                 `--decimal ,`; if it sets thousands apart, write the number without it"
                .to_owned(),
            NumberSlip::DecimalPoint => "the file is read with `--decimal ,`: write decimals with \
                 a comma, or leave the option out if the file uses points"
                .to_owned(),
            NumberSlip::Percent => "write the number without the percent sign; the unit is \
                 declared with the indicator"
                .to_owned(),
            NumberSlip::OtherKind => "write a number, or null where there is no value".to_owned(),
            NumberSlip::Infinite | NumberSlip::TooLarge => {
                "leave the cell empty where there is no value, or read such cells as missing \
                 (`--lenient`)"
                    .to_owned()
            }
        };
        Diagnostic::at(self, title, self.cell.place(), self.cell.label())
            .help(help)
            .and_more(self.cell.more)
    }
}

cause! {
    /// a cell is none of the levels or categories that its indicator can take
    ///
    /// ## What it means
    ///
    /// An indicator that is a level of a scale, an assessment or a category takes the names that are
    /// declared, and no others. Capitals do not matter, and a blank or hyphen stands for an
    /// underscore: `Very High` is `very_high`. An empty cell is missing. Numbers are not taken for
    /// levels: `1` could be the first or the second.
    ///
    /// ## Why it matters
    ///
    /// A misspelt level would be a missing value that nobody knows of.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by year
    /// indicator hate_speech "Hate speech by officials" : assessment
    /// signal seen "Hate speech was seen" = hate_speech >= emerging
    /// ```
    ///
    /// ```csv
    /// country,year,hate_speech
    /// NOR,2020,frequent
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv
    /// country,year,hate_speech
    /// NOR,2020,present
    /// ```
    Error "FW0905" NotOneOf {
        cell: CellAt,
        /// `a level of concern`, `a category`
        what: String,
        /// In the order of the declaration.
        names: Vec<String>,
        /// The name that was probably meant.
        suggestion: Option<String>,
    }
}

impl NotOneOf {
    fn words(&self) -> Diagnostic {
        let text = short(&self.cell.text);
        let title = format!("`{text}` is not {}", self.what);
        let at = Diagnostic::at(self, title, self.cell.place(), self.cell.label());
        let at = match &self.suggestion {
            Some(name) => at.help(format!("did you mean `{name}`?")),
            None => at,
        };
        at.help(format!(
            "write {}, or leave the cell empty where it is not known",
            quoted(&self.names, "or")
        ))
        .and_more(self.cell.more)
    }
}

cause! {
    /// a cell is neither yes nor no
    ///
    /// ## What it means
    ///
    /// The column of an indicator that is a truth holds something that is neither. Written are
    /// `yes` or `no`, `true` or `false`, `1` or `0`, in capitals or not; an empty cell is missing,
    /// which is neither yes nor no.
    ///
    /// ## Why it matters
    ///
    /// "Partly" or a number such as 2 could mean yes or no; the method must decide before the rules
    /// do.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by year
    /// indicator state_of_emergency "State of emergency" : truth
    /// signal emergency "Emergency" = state_of_emergency
    /// ```
    ///
    /// ```csv
    /// country,year,state_of_emergency
    /// NOR,2020,partly
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv
    /// country,year,state_of_emergency
    /// NOR,2020,yes
    /// ```
    Error "FW0906" NotYesOrNo {
        cell: CellAt,
    }
}

impl NotYesOrNo {
    fn words(&self) -> Diagnostic {
        let text = short(&self.cell.text);
        let title = format!("`{text}` is neither yes nor no");
        Diagnostic::at(self, title, self.cell.place(), self.cell.label())
            .help("write `yes` or `no`, or leave the cell empty where it is not known")
            .and_more(self.cell.more)
    }
}

cause! {
    /// a value lies outside the range that its indicator declares, and the rules refuse such values
    ///
    /// ## What it means
    ///
    /// An indicator declares the range in which its values can lie, and what to do with others:
    /// `on violation missing` (the default: they are counted and read as missing), `clamp` (counted
    /// and moved to the nearest end) or `reject`. With `reject` a single value outside the range
    /// stops the run, because it shows that the column is not what it seems to be: another unit,
    /// another sign, another column.
    ///
    /// ## Why it matters
    ///
    /// One value in thousands instead of units, or with the wrong sign, can decide a level.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by year
    /// indicator schooling "Mean years of schooling" : years in 0..25 on violation reject
    /// score education "Education" = schooling
    /// ```
    ///
    /// ```csv
    /// country,year,schooling
    /// NOR,2020,130
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv
    /// country,year,schooling
    /// NOR,2020,13.0
    /// ```
    Error "FW0910" OutsideRange {
        cell: CellAt,
        /// As written in rules: `0..25`.
        range: String,
        /// Where the indicator is declared.
        declared: crate::source::Span,
    }
}

impl OutsideRange {
    fn words(&self) -> Diagnostic {
        let text = short(&self.cell.text);
        let title = format!(
            "{text} lies outside the range of `{}`, {}",
            self.cell.name, self.range
        );
        Diagnostic::at(self, title, self.cell.place(), self.cell.label())
            .mark(
                self.declared,
                format!("`{}` is declared here", self.cell.name),
            )
            .help(
                "correct the cell or the column's unit; to go on without such values, declare \
                 `on violation missing`",
            )
            .and_more(self.cell.more)
    }
}

/// The place of a whole column.
pub(super) fn column_place(file: &str, column: Option<&str>) -> Place {
    Place::Data(DataPlace {
        file: file.to_owned(),
        column: column.map(str::to_owned),
        ..DataPlace::default()
    })
}
