//! Columns that are not there, are there twice, or hold another kind of value.

use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::quoted;
use super::super::{Diagnostic, Place};
use super::cells::column_place;
use super::{short, typed};

pub(super) const CODES: &[CodeInfo] = &[
    MissingColumn::INFO,
    WrongColumn::INFO,
    ColumnTwice::INFO,
    UnknownMapping::INFO,
    NoColumnFits::INFO,
];

/// The columns a file has, cut to what a message can show.
pub(super) fn columns_of(columns: &[String]) -> String {
    match columns {
        [] => "it has no named columns".to_owned(),
        [only] => format!("its only column is `{}`", short(only)),
        _ => format!("its columns are {}", some_of(columns, 12)),
    }
}

/// Names in backticks, the first of them only where there are more than `most`.
pub(super) fn some_of(names: &[String], most: usize) -> String {
    let names: Vec<String> = names.iter().map(|name| short(name)).collect();
    match names.get(..most) {
        Some(shown) if names.len() > most => {
            let shown: Vec<String> = shown.iter().map(|name| format!("`{name}`")).collect();
            format!("{} and {} more", shown.join(", "), names.len() - most)
        }
        _ => quoted(&names, "and"),
    }
}

cause! {
    /// the data has no column that a key or an indicator is read from
    ///
    /// ## What it means
    ///
    /// An indicator is read from the column that `column "…"` names, else from the column that has
    /// the indicator's own name; the keys likewise. Capitals count. When a file calls a column
    /// otherwise, `--map indicator=column` says so without changing the rules. An indicator that is
    /// declared `optional` may be absent and is then missing throughout.
    ///
    /// ## Why it matters
    ///
    /// Without the column the indicator would be missing everywhere, and the results would rest on the
    /// others without a word.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by year
    /// unit people
    /// indicator population "Population" : people in 1.. column "pop"
    /// score size "Size" = population
    /// ```
    ///
    /// ```csv
    /// country,year,Pop
    /// NOR,2020,5379000
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv
    /// country,year,pop
    /// NOR,2020,5379000
    /// ```
    Error "FW0902" MissingColumn {
        file: String,
        /// Further files that do not have it either.
        others: Vec<String>,
        /// The indicator or the key.
        name: String,
        /// `indicator`, `entity key` or `period key`
        what: &'static str,
        /// The column that it would be read from.
        column: String,
        suggestion: Option<String>,
        /// The columns there are; empty when another message has told them.
        columns: Vec<String>,
        /// Where the indicator is declared.
        declared: Option<crate::source::Span>,
    }
}

impl MissingColumn {
    fn words(&self) -> Diagnostic {
        let Self { name, column, .. } = self;
        let title = if self.others.is_empty() {
            format!("`{}` has no column `{column}`", self.file)
        } else {
            let mut files = vec![self.file.clone()];
            files.extend(self.others.iter().cloned());
            let (before, last) = match files.len() {
                2 => ("neither", "nor"),
                _ => ("none of", "and"),
            };
            format!("{before} {} has a column `{column}`", quoted(&files, last))
        };
        let label = match self.what {
            "indicator" => format!("`{name}` would be read from it"),
            key => format!("the {key} `{name}` would be read from it"),
        };
        let place = column_place(&self.file, None);
        let at = Diagnostic::at(self, title, place, label)
            .mark_if(self.declared, format!("`{name}` is declared here"));
        let at = if self.columns.is_empty() {
            at
        } else {
            at.note(columns_of(&self.columns))
        };
        match &self.suggestion {
            Some(near) => {
                let map = typed(&format!("{name}={near}"));
                at.help(format!("did you mean `{near}`? then add `--map {map}`"))
            }
            None => {
                let map = typed(&format!("{name}=COLUMN"));
                let optional = if self.what == "indicator" {
                    ", or declare the indicator `optional`"
                } else {
                    ""
                };
                at.help(format!(
                    "name the column that holds it with `--map {map}`{optional}"
                ))
            }
        }
    }
}

cause! {
    /// a typed column holds another kind of value than its indicator
    ///
    /// ## What it means
    ///
    /// Parquet and Arrow files say what each column holds: numbers, truths, text, dates. An
    /// indicator can only be read from a column that fits it: a number from numbers, a truth from
    /// truths or from 1 and 0, a level or category from text. Text columns are read cell by cell,
    /// like those of a CSV file.
    ///
    /// ## Why it matters
    ///
    /// Turning dates or codes into numbers would give values that look right and mean nothing.
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
    /// A Parquet file whose column `deaths_best` holds dates.
    ///
    /// ## Right
    ///
    /// A Parquet file whose column `deaths_best` holds whole or decimal numbers.
    Error "FW0904" WrongColumn {
        file: String,
        column: String,
        name: String,
        /// What the column holds: `dates`, `truths`.
        holds: String,
        /// What is read from it: `a number`.
        wanted: String,
    }
}

impl WrongColumn {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "column `{}` holds {}, but `{}` is {}",
            self.column, self.holds, self.name, self.wanted
        );
        let label = format!("`{}` is read from here", self.name);
        Diagnostic::at(
            self,
            title,
            column_place(&self.file, Some(&self.column)),
            label,
        )
        .help("write the column as what the rules declare, or name another one with `--map`")
    }
}

cause! {
    /// two columns of the data have the same name
    ///
    /// ## What it means
    ///
    /// A column that a key or an indicator is read from is there twice, so that nobody can say which
    /// of them is meant. Columns that the rules do not read may repeat.
    ///
    /// ## Why it matters
    ///
    /// Taking the first or the last of them would be a guess, and the two may differ.
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
    /// country,year,pop,pop
    /// NOR,2020,5379000,5379475
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv
    /// country,year,pop,pop_revised
    /// NOR,2020,5379000,5379475
    /// ```
    Error "FW0912" ColumnTwice {
        file: String,
        column: String,
        name: String,
        /// Their places in the header, from 1.
        first: usize,
        second: usize,
    }
}

impl ColumnTwice {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` has two columns named `{}`", self.file, self.column);
        let label = format!("`{}` is read from here", self.name);
        Diagnostic::at(
            self,
            title,
            column_place(&self.file, Some(&self.column)),
            label,
        )
        .note(format!(
            "they are columns {} and {}",
            self.first, self.second
        ))
        .help("rename or remove one of them")
    }
}

cause! {
    /// `--map` gives a column to something that the rules do not read
    ///
    /// ## What it means
    ///
    /// The name before `=` in `--map name=column` is an indicator or one of the two keys. Here it is
    /// neither, or it is mapped twice, so the option would silently do nothing.
    ///
    /// ## Why it matters
    ///
    /// The column would be read from another place than intended, or not at all.
    ///
    /// ## Wrong
    ///
    /// ```text
    /// forewarn run rules --data people.csv --map populaton=pop
    /// ```
    ///
    /// ## Right
    ///
    /// ```text
    /// forewarn run rules --data people.csv --map population=pop
    /// ```
    Error "FW0920" UnknownMapping {
        name: String,
        column: String,
        /// It is mapped twice; else the rules read nothing of that name.
        twice: bool,
        suggestion: Option<String>,
    }
}

impl UnknownMapping {
    fn words(&self) -> Diagnostic {
        let Self { name, column, .. } = self;
        let title = if self.twice {
            format!("`{name}` is mapped to two columns")
        } else {
            format!("the rules read no indicator `{name}`")
        };
        let label = format!("in `--map {}`", typed(&format!("{name}={column}")));
        let at = Diagnostic::at(self, title, Place::CommandLine, label);
        match &self.suggestion {
            Some(near) => at.help(format!("did you mean `{near}`?")),
            None if self.twice => at.help("keep one of them"),
            None => at.help("write `--map indicator=column`, the name in the rules first"),
        }
    }
}

cause! {
    /// none of the columns that the rules read is in the data
    ///
    /// ## What it means
    ///
    /// Not one key or indicator finds its column. Most often the file is another one than it seems,
    /// its first line is not the header, or its cells are set apart by another sign than the comma.
    ///
    /// ## Why it matters
    ///
    /// Nothing can be computed, and one message says more than one for each column.
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
    /// Population by country
    /// country,year,pop
    /// NOR,2020,5379000
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv
    /// country,year,pop
    /// NOR,2020,5379000
    /// ```
    Error "FW0923" NoColumnFits {
        file: String,
        columns: Vec<String>,
        /// The columns that the rules read.
        wanted: Vec<String>,
    }
}

impl NoColumnFits {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` has none of the columns that the rules read",
            self.file
        );
        let place = column_place(&self.file, None);
        Diagnostic::at(self, title, place, columns_of(&self.columns))
            .note(format!("the rules read {}", some_of(&self.wanted, 6)))
            .help(
                "the first line must name the columns; if cells are set apart by another sign than \
                 the comma, say so: `--delimiter ;`",
            )
    }
}
