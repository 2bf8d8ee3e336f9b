//! Rows that do not belong to the panel: without a key, or twice.

use super::{AndMore, grouped, short, typed};
use forewarn_diagnostics::cause;
use forewarn_diagnostics::{DataPlace, Diagnostic, Label, Place};

cause! {
    FW0907 DuplicateRows {
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
        /// An indicator that is a number and in which they differ, with its column.
        addable: Option<(String, String)>,
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
        let events = match &self.addable {
            Some((name, column)) => format!(
                "events are summed up with `--sum {}` (`sum = {{ {name} = \"{column}\" }}` in the recipe), ",
                typed(&format!("{name}={column}"))
            ),
            None => String::new(),
        };
        let at = at.help(format!(
            "keep one row for each, or say what becomes of them: {events}of rows delivered twice one \
             holds with `--when \"latest wins\"`"
        ));
        match self.more {
            0 => at,
            1 => at.note("… and 1 more pair of such rows"),
            more => at.note(format!("… and {} more pairs of such rows", grouped(more))),
        }
    }
}

cause! {
    FW0908 EmptyKey {
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
    FW0909 BadPeriod {
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
