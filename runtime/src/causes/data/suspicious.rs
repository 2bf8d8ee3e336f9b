//! Columns of which every cell is well formed and nothing, or nothing new, is read.

use super::cells::column_place;
use super::columns::some_of;
use super::counted::as_percentage;
use super::{counted, typed};
use crate::bind::ShortestNumber;
use forewarn_diagnostics::Diagnostic;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::toml_text::toml_text;
use forewarn_diagnostics::wording::quoted;

/// How many columns a message names.
const NAMED: usize = 8;

cause! {
    FW0933 AllOutOfRange {
        file: String,
        column: String,
        /// The indicator.
        name: String,
        /// How many cells there are.
        cells: usize,
        /// The first of them.
        example: String,
        /// `0..1`, with its unit.
        range: String,
        /// What became of them: they are read as missing, or were moved to the end of the range.
        moved: bool,
        /// Where the indicator is declared.
        declared: Span,
        /// The declaration that reads the column as a percentage, where it seems to be one.
        percentage: Option<String>,
    }
}

impl AllOutOfRange {
    fn words(&self) -> Diagnostic {
        let Self {
            column,
            name,
            range,
            ..
        } = self;
        let title = if self.cells == 1 {
            format!("the only value of column `{column}` is out of range")
        } else {
            format!(
                "all {} of column `{column}` are out of range",
                counted(self.cells, "value")
            )
        };
        let label = format!("the first is {}", self.example);
        let done = if self.moved {
            "moved to the end of the range"
        } else {
            "read as missing"
        };
        let diagnostic = Diagnostic::at(self, title, column_place(&self.file, Some(column)), label)
            .mark(self.declared, format!("`{name}` is declared in {range}"))
            .note(format!(
                "they are {done}, so that nothing is known of `{name}`"
            ));
        let diagnostic = match &self.percentage {
            Some(line) => diagnostic.help(as_percentage(line)),
            None => diagnostic,
        };
        diagnostic.help(
            format!(
                "most often the column is in another unit (percent, thousands) or is another one: \
                 change the declared unit and range, or name another column with `--map {name}=COLUMN`, or \
                 `map = {{ {name} = \"COLUMN\" }}` in the recipe"
            ),
        )
    }
}

cause! {
    FW0995 NumberForMissing {
        file: String,
        column: String,
        /// The indicator.
        name: String,
        number: f64,
        cells: u64,
        /// The lowest and the highest of the other values.
        others: (f64, f64),
    }
}

impl NumberForMissing {
    fn words(&self) -> Diagnostic {
        let number = ShortestNumber(self.number);
        let (low, high) = self.others;
        let title = format!(
            "`{}` is {number} in {}, and from {} to {} in all others",
            self.name,
            counted(usize::try_from(self.cells).unwrap_or(usize::MAX), "cell"),
            ShortestNumber(low),
            ShortestNumber(high)
        );
        let place = column_place(&self.file, Some(&self.column));
        Diagnostic::at(self, title, place, "does it stand for a missing value?")
            .note("it is read as the number that it is, and counts in sums and means")
            .help(format!(
                "if it does, say so: `--missing={number}`, or `missing = [\"{number}\"]` in the recipe"
            ))
            .help(format!(
                "if it is a value, declare the range of `{}`, so that what is possible is known",
                self.name
            ))
    }
}

cause! {
    FW0934 AllMissing {
        file: String,
        columns: Vec<String>,
        rows: usize,
        /// Those of which an absent cell stands for a value.
        stand_for: Vec<String>,
        /// Numbers that are said to stand for a missing value.
        missing: Vec<String>,
    }
}

impl AllMissing {
    fn words(&self) -> Diagnostic {
        let title = if let [only] = self.columns.as_slice() {
            format!("column `{only}` is empty")
        } else {
            format!("{} are empty", counted(self.columns.len(), "column"))
        };
        let place = match self.columns.as_slice() {
            [only] => column_place(&self.file, Some(only)),
            _ => column_place(&self.file, None),
        };
        let label = format!(
            "no cell of {} has a value in {}",
            some_of(&self.columns, NAMED),
            counted(self.rows, "row")
        );
        let at = Diagnostic::at(self, title, place, label);
        let at = if self.stand_for.is_empty() {
            at
        } else {
            at.note(format!(
                "`missing means …` takes every one of them for a value: {}",
                some_of(&self.stand_for, NAMED)
            ))
        };
        if !self.missing.is_empty() {
            return at
                .note(format!(
                    "cells that hold {} are read as empty, as `missing` says",
                    some_of(&self.missing, NAMED)
                ))
                .help(
                    "take out of `missing` what is a value of this column; else look into the file",
                );
        }
        at.help(
            "most often something was lost on the way: look into the file, or name the column that \
             has the values with `--map INDICATOR=COLUMN`, or `map = { INDICATOR = \"COLUMN\" }` in the recipe",
        )
    }
}

cause! {
    FW0935 AllTheSame {
        file: String,
        column: String,
        name: String,
        cells: usize,
        entities: usize,
        /// `country`
        entity: String,
        value: String,
    }
}

impl AllTheSame {
    fn words(&self) -> Diagnostic {
        let Self { column, value, .. } = self;
        let title = format!("every value of column `{column}` is {value}");
        let label = format!(
            "{} of {}",
            counted(self.cells, "value"),
            counted(self.entities, &self.entity)
        );
        Diagnostic::at(self, title, column_place(&self.file, Some(column)), label).help(format!(
            "where {value} stands for a missing value, say so: `--missing {}`, or `missing = [\"{value}\"]` in the recipe; \
             else look whether the column was filled down by mistake",
            typed(value)
        ))
    }
}

cause! {
    FW0936 NearColumnsUnread {
        files: Vec<String>,
        /// Optional indicators without a column, each with the unread columns of a near name.
        near: Vec<(String, Vec<String>)>,
    }
}

impl NearColumnsUnread {
    fn words(&self) -> Diagnostic {
        let names: Vec<String> = self.near.iter().map(|(name, _)| name.clone()).collect();
        let columns: Vec<String> = self.near.iter().flat_map(|(_, all)| all.clone()).collect();
        let are = if columns.len() == 1 { "is" } else { "are" };
        let have = if names.len() == 1 { "has" } else { "have" };
        let title = format!(
            "{} {are} not read, and {} {have} no column",
            some_of(&columns, NAMED),
            some_of(&names, NAMED)
        );
        let place = column_place(self.files.first().map_or("", String::as_str), None);
        let label = match self.files.as_slice() {
            [_] | [] => "the names nearly fit".to_owned(),
            files => format!("the names nearly fit, in {}", quoted(files, "and")),
        };
        let at = Diagnostic::at(self, title, place, label)
            .note("an optional indicator without a column is missing everywhere");
        let one = self.near.iter().filter_map(|(name, columns)| {
            let [only] = columns.as_slice() else {
                return None;
            };
            Some((name, only))
        });
        let option = |(name, column): (&String, &String)| {
            format!("--map {}", typed(&format!("{name}={column}")))
        };
        let map: Vec<String> = one.clone().map(option).collect();
        let line: Vec<String> = one
            .map(|(name, column)| format!("{name} = {}", toml_text(column)))
            .collect();
        let at = match map.as_slice() {
            [] => at,
            map => at.help(format!(
                "read them: `{}`, or `map = {{ {} }}` in the recipe",
                map.join(" "),
                line.join(", ")
            )),
        };
        // Which of several is meant, no name says.
        let several = self.near.iter().filter(|(_, columns)| columns.len() > 1);
        several.fold(at, |at, (name, columns)| {
            let ways: Vec<String> = columns
                .iter()
                .map(|column| format!("`{}`", option((name, column))))
                .collect();
            at.help(format!(
                "`{name}` may be any of {}: say which, by {}, or by `map = {{ {name} = \"…\" }}` in the recipe",
                quoted(columns, "and"),
                ways.join(" or ")
            ))
        })
    }
}
