//! Rows that would be lost or counted twice although each is well formed.

use super::meant::filter_name;
use super::{counted, grouped, short, typed};
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::{DataPlace, Diagnostic, Label, Place};

fn number(rows: u64) -> usize {
    usize::try_from(rows).unwrap_or(usize::MAX)
}

/// Where a name stands that is nearly that of an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// In a cell of a long table, in so many rows.
    InCells(u64),
    /// In the name of a column, beside its period.
    InColumns,
    /// Some objects name a value so, and others as it is read.
    InObjects,
}

cause! {
    FW0979 NearName {
        place: DataPlace,
        /// As the file has it.
        name: String,
        /// The name that is read, and the indicator that is read from it.
        near: String,
        indicator: String,
        named: Named,
        recipe: Option<Span>,
    }
}

impl NearName {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            near,
            indicator,
            ..
        } = self;
        let column = self.place.column.as_deref().unwrap_or_default();
        let title = match self.named {
            Named::InCells(1) => {
                format!("a row is of `{name}`, and `{indicator}` is read from rows of `{near}`")
            }
            Named::InCells(rows) => format!(
                "{} are of `{name}`, and `{indicator}` is read from rows of `{near}`",
                counted(number(rows), "row")
            ),
            Named::InColumns => format!(
                "column `{column}` is of `{name}`, and `{indicator}` is read from columns of `{near}`"
            ),
            Named::InObjects => format!(
                "some objects have `{name}`, and `{indicator}` is read from `{near}`, which others have"
            ),
        };
        let label = format!("it would be left out, and `{indicator}` be as if nothing were here");
        let at = Diagnostic::at(self, title, Place::Data(self.place.clone()), label)
            .mark_if(self.recipe, "the recipe of this file");
        match self.named {
            Named::InCells(_) => at.help(format!(
                "if both are the same, say so: `--long-key {}`, `keys = {{ \"{name}\" = \"{indicator}\" }}` beside \
                 `long` in the recipe; if it is something else, leave its rows out: `--rows '{} != \"{}\"'`",
                typed(&format!("{name}={indicator}")),
                filter_name(column),
                name.replace('"', "\\\"")
            )),
            Named::InColumns => at.help(format!(
                "write `{near}` in the name of the column, as in those of other periods"
            )),
            Named::InObjects => at.help(format!(
                "write `{near}` in all objects; where it is something else, give it a name that is not nearly the same"
            )),
        }
    }
}

cause! {
    FW0980 SameInTwoFiles {
        first: DataPlace,
        second: DataPlace,
        /// How many rows are in two files.
        rows: u64,
        /// `latest wins`, which chooses nothing among events.
        when: Option<&'static str>,
        recipe: Option<Span>,
    }
}

impl SameInTwoFiles {
    fn words(&self) -> Diagnostic {
        let title = match self.rows {
            1 => "a row stands in two files, and is summed up twice".to_owned(),
            rows => format!(
                "{} stand in two files, and are summed up twice",
                counted(number(rows), "row")
            ),
        };
        let label = match self.rows {
            1 => "the same row again",
            _ => "the first of them again",
        };
        let mut at = Diagnostic::at(self, title, Place::Data(self.second.clone()), label);
        at.secondary.push(Label {
            place: Place::Data(self.first.clone()),
            text: "here for the first time".to_owned(),
        });
        let at = match self.when {
            Some(when) => at.note(format!(
                "`{when}` chooses among rows of one key, and all rows of a key are summed up"
            )),
            None => at,
        };
        at.mark_if(self.recipe, "the recipe of these files").help(
            "if each file goes back to what the one before it has, give the last of them alone, or files that do not \
             overlap; if these are different events, give them a column of numbers that tells them apart",
        )
    }
}

/// Why rows are not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behind {
    /// What the footer begins with.
    Footer(Vec<String>),
    /// `A1:C6`
    Range(String),
}

cause! {
    FW0981 DataBehindEnd {
        place: DataPlace,
        behind: Behind,
        /// How many of them have keys and values.
        rows: u64,
        recipe: Option<Span>,
    }
}

impl DataBehindEnd {
    fn words(&self) -> Diagnostic {
        let rows = counted(number(self.rows), "row");
        let (have, are) = if self.rows == 1 {
            ("has", "is")
        } else {
            ("have", "are")
        };
        let what = match &self.behind {
            Behind::Footer(words) => format!("behind the footer `{}`", short(&words.join("`, `"))),
            Behind::Range(range) => format!("below the range `{range}`"),
        };
        let title = format!("{rows} {what} {have} keys and values, and {are} not read");
        let label = match self.rows {
            1 => "this one".to_owned(),
            rows => format!("the first of {}", grouped(rows)),
        };
        let at = Diagnostic::at(self, title, Place::Data(self.place.clone()), label)
            .mark_if(self.recipe, "the recipe of this file");
        at.help(match &self.behind {
            Behind::Footer(_) => {
                "if they are data, give more of the words that the footer begins with, so that no row of data begins \
                 so, or leave `footer` out and the rows of totals out by `rows` or `except`"
            }
            Behind::Range(_) => {
                "if they are data, make the range longer: rows of it without anything in them do no harm"
            }
        })
    }
}
