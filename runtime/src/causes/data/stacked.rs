//! Files that are stacked and do not fit together.
//!
//! In: what one file of a recipe has and another does not: other values of one key, a column that is gone, a key that
//! is called otherwise. Out: messages that name both files.

use super::meant::many;
use super::{grouped, plural, short, typed};
use crate::bind::NoSum;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::toml_text::{toml_key, toml_text};
use forewarn_diagnostics::{DataPlace, Diagnostic, Label, Place};

cause! {
    FW0944 TwoDeliveries {
        key: String,
        column: String,
        first: (DataPlace, String),
        second: (DataPlace, String),
        /// It is a long table.
        long: bool,
        /// The panel's period, where none of the files says one.
        timeless: Option<String>,
        /// The recipe adds up, and these do not.
        adds: Option<NoSum>,
        /// How many more there are.
        more: u64,
        recipe: Option<Span>,
    }
}

impl TwoDeliveries {
    fn words(&self) -> Diagnostic {
        let value = |text: &str| match text {
            "" => "nothing".to_owned(),
            text => format!("`{}`", short(text)),
        };
        // Several columns of a row may be of one period.
        let same = self.first.0.file == self.second.0.file && self.first.0.row == self.second.0.row;
        let title = format!(
            "`{}` of {} is {} in one {what} and {} in another",
            self.column,
            self.key,
            value(&self.first.1),
            value(&self.second.1),
            what = if same { "column" } else { "row" },
        );
        let title = match self.adds {
            Some(NoSum::NoNumber) => format!("{title}, which are no numbers to add up"),
            Some(why) => format!("{title}, and {} do not add up", many(why)),
            None => title,
        };
        let place = |place: &DataPlace| {
            Place::Data(DataPlace {
                key: Some(self.key.clone()),
                ..place.clone()
            })
        };
        let label = format!("here it is {}", value(&self.second.1));
        let mut at = Diagnostic::at(self, title, place(&self.second.0), label);
        at.secondary.push(Label {
            place: place(&self.first.0),
            text: format!("here it is {}", value(&self.first.1)),
        });
        let at = at.mark_if(self.recipe, "the recipe of these files");
        let at = if self.more > 0 {
            at.note(format!("… and {} more", grouped(self.more)))
        } else {
            at
        };
        // Which of them holds is no question where they are of different times.
        if let Some(period) = &self.timeless {
            return at
                .note(format!("no column says the {period} of a row, and so all rows are taken to hold at all times"))
                .help(format!(
                    "if the rows are of different {}, say where the {period} stands: `--map {period}=COLUMN`, or \
                     `map = {{ {period} = \"COLUMN\" }}` in the recipe; where the names of the files or of the sheets say \
                     it, `--named \"…{{{period}}}…\"`, or `named = \"…{{{period}}}…\"`",
                    plural(period)
                ));
        }
        if self.adds == Some(NoSum::Index) {
            return at.help(format!(
                "plain numbers of a narrow range are taken for indices: if `{0}` counts something, sum it up \
                 by name, `sum = {{ {0} = \"{0}\" }}` or `--sum {0}={0}`, in place of `when`; if it is an index, \
                 say which row holds, `--when \"latest wins\"`",
                self.column
            ));
        }
        if self.adds.is_some() {
            return at.help(
                "only counts add up: say which holds, `when = \"latest wins\"` or `--when \"latest wins\"`, \
                 and add up counts by `sum` in a recipe of their own",
            );
        }
        let help = "say which holds: `when = \"latest wins\"` or `--when \"latest wins\"`; also \
                    `first wins`, or `add up` for counts";
        if self.long {
            at.help(format!(
                "{help}; if the rows are about different things, choose with `rows = '…'`"
            ))
        } else {
            at.help(help)
        }
    }
}

cause! {
    FW0950 ColumnGone {
        file: String,
        column: String,
        /// The file before it that has the column.
        before: String,
        suggestion: Option<String>,
        recipe: Option<Span>,
    }
}

impl ColumnGone {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` has no column `{}`, which earlier files have",
            self.file, self.column
        );
        let place = super::cells::column_place(&self.file, None);
        let at = Diagnostic::at(self, title, place, format!("`{}` has it", self.before))
            .mark_if(self.recipe, "the recipe of these files")
            .note("what is read from it is missing for these rows, whatever `missing means` says");
        match &self.suggestion {
            Some(near) => at.help(format!(
                "is it `{near}` now? then say so: `--rename {}`, or `rename = {{ {} = {} }}` in the recipe",
                typed(&format!("{near}={}", self.column)),
                toml_key(near),
                toml_text(&self.column)
            )),
            None => at.help(
                "look whether it was renamed, and say what it is called now: `rename = { NOW = \"BEFORE\" }` in the \
                 recipe; where the source was looked at and nothing had happened, give the file the column, empty",
            ),
        }
    }
}

cause! {
    FW0997 KeyColumnGone {
        file: String,
        /// The column, and the file that has it.
        column: String,
        other: String,
        /// `country`
        key: String,
        suggestion: Option<String>,
        recipe: Option<Span>,
    }
}

impl KeyColumnGone {
    fn words(&self) -> Diagnostic {
        let Self {
            file,
            column,
            other,
            key,
            ..
        } = self;
        let title = format!("`{file}` has no column `{column}`, which `{other}` has");
        let place = super::cells::column_place(file, None);
        let label = format!("the {key} of its rows would be read from it");
        let at = Diagnostic::at(self, title, place, label)
            .mark_if(self.recipe, "the recipe of these files");
        match &self.suggestion {
            Some(near) => at.help(format!(
                "is it `{near}` there? then say so: `--rename {}`, or `rename = {{ {} = {} }}` in the recipe",
                typed(&format!("{near}={column}")),
                toml_key(near),
                toml_text(column)
            )),
            None => at.help(
                "give the file the column; where another column of it holds the same, say so: `rename = { OTHER = \
                 \"COLUMN\" }` in the recipe",
            ),
        }
    }
}
