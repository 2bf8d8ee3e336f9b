//! Rows that are put together and are of different things.

use super::meant::filter_name;
use super::{grouped, short, typed};
use crate::bind::Describes;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::{DataPlace, Diagnostic, Label, Place};

/// Two rows of one key that a column tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoThings {
    /// `AVA, 2024`
    pub key: String,
    /// The column that tells them apart.
    pub column: String,
    /// What it says of both.
    pub first: (DataPlace, String),
    pub second: (DataPlace, String),
    /// What would be made of both: the column of values.
    pub value: String,
    /// How many more there are.
    pub more: u64,
    pub recipe: Option<Span>,
}

impl TwoThings {
    fn marked(&self, at: Diagnostic) -> Diagnostic {
        let mut at = at;
        at.secondary.push(Label {
            place: self.place(&self.first.0),
            text: here(&self.first.1),
        });
        let at = at.mark_if(self.recipe, "the recipe of this file");
        match self.more {
            0 => at,
            more => at.note(format!("… and {} more", grouped(more))),
        }
    }

    fn place(&self, place: &DataPlace) -> Place {
        Place::Data(DataPlace {
            key: Some(self.key.clone()),
            column: Some(self.column.clone()),
            ..place.clone()
        })
    }

    /// The word for the total, where one of them is one.
    fn total(&self) -> &str {
        match self.first.1.as_str() {
            "" => &self.second.1,
            word => word,
        }
    }

    /// `--rows 'Unit = "people"'`
    fn choice(&self, sign: &str, word: &str) -> String {
        let word = word.replace('"', "\\\"");
        format!("`--rows '{} {sign} \"{word}\"'`", filter_name(&self.column))
    }
}

/// What stands in a cell; nothing of what is no total.
fn here(word: &str) -> String {
    match word {
        "" => "here is one of its parts".to_owned(),
        word => format!("here it is `{}`", short(word)),
    }
}

/// What a column says of rows that would be summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    By(Describes),
    /// One of them is the sum of the others.
    Total,
}

cause! {
    FW0972 SumOfSeveral {
        rows: TwoThings,
        by: Apart,
    }
}

impl SumOfSeveral {
    fn words(&self) -> Diagnostic {
        let Self { rows, by } = self;
        let (column, value) = (&rows.column, &rows.value);
        let (one, other) = (short(&rows.first.1), short(&rows.second.1));
        let title = match by {
            Apart::By(Describes::Indicator) => format!(
                "`{value}` is summed up over rows that `{column}` says are of different things, `{one}` and `{other}`"
            ),
            Apart::By(Describes::Unit) => format!(
                "`{value}` is summed up over rows in different units, `{one}` and `{other}`"
            ),
            Apart::Total => format!(
                "`{value}` is summed up over `{}` of `{column}` and its parts, and so counted twice",
                short(rows.total())
            ),
        };
        let place = rows.place(&rows.second.0);
        let at = rows.marked(Diagnostic::at(self, title, place, here(&rows.second.1)));
        let chosen = rows.choice("=", &rows.first.1);
        let at = match by {
            Apart::By(Describes::Indicator) => at.help(format!(
                "read it as a long table, `--long {}`, with `--long-key` for the names that the rules read; or choose \
                 rows: {chosen}, `rows = '…'` in the recipe",
                typed(&format!("{column}={value}"))
            )),
            Apart::By(Describes::Unit) => at.help(format!(
                "choose the rows of one unit: {chosen}, `rows = '…'` in the recipe"
            )),
            Apart::Total => {
                return at.help(format!(
                    "choose the total alone or its parts alone: {} or {}, `rows = '…'` in the recipe",
                    rows.choice("=", rows.total()),
                    rows.choice("!=", rows.total())
                ));
            }
        };
        at.help(format!(
            "where the rows do belong together, a condition that names the column says so: `rows = '{} in (\"{}\", \
             \"{}\")'`",
            filter_name(column),
            rows.first.1.replace('"', "\\\""),
            rows.second.1.replace('"', "\\\"")
        ))
    }
}

cause! {
    FW0973 WinsOverOther {
        rows: TwoThings,
        by: Apart,
        /// `latest wins`
        when: String,
    }
}

impl WinsOverOther {
    fn words(&self) -> Diagnostic {
        let Self { rows, by, when } = self;
        let (one, other) = (short(&rows.first.1), short(&rows.second.1));
        let what = match by {
            Apart::By(Describes::Indicator) => format!(
                "`{}` says that they are of different things: `{one}` and `{other}`",
                rows.column
            ),
            Apart::By(Describes::Unit) => {
                format!("they are in different units: `{one}` and `{other}`")
            }
            Apart::Total => format!(
                "one of them is `{}` of `{}`, and others are its parts",
                short(rows.total()),
                rows.column
            ),
        };
        let title = format!(
            "`{when}` chooses among rows of {} for `{}`, and {what}",
            rows.key, rows.value
        );
        let place = rows.place(&rows.second.0);
        let at = rows.marked(Diagnostic::at(self, title, place, here(&rows.second.1)));
        at.help(format!(
            "choose the rows that are meant: {}, `rows = '…'` in the recipe; `{when}` is for deliveries of the same",
            match by {
                Apart::By(_) => rows.choice("=", &rows.first.1),
                Apart::Total => rows.choice("=", rows.total()),
            }
        ))
    }
}
