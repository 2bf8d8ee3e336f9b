//! Columns that are not there, are there twice, or hold another kind of value.

use super::cells::column_place;
use super::{short, typed};
use crate::bind::NoSum;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::toml_text::toml_text;
use forewarn_diagnostics::wording::quoted;
use forewarn_diagnostics::{Diagnostic, Place};

/// The columns a file has, cut to what a message can show.
pub(super) fn columns_of(columns: &[String]) -> String {
    let named = columns.iter().filter(|name| !name.is_empty());
    let named: Vec<String> = named.cloned().collect();
    let columns = named.as_slice();
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
    FW0902 MissingColumn {
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
        declared: Option<Span>,
        /// The cell of the header that holds several names, and the sign between them.
        joined: Option<(String, char)>,
        /// The file has it, and the recipe sums up other columns alone.
        unsummed: bool,
        /// Why it has no sum; none where it has one.
        no_sum: Option<NoSum>,
        /// The indicator is optional: its column is named by `map`.
        optional: bool,
        /// `map` names the column.
        mapped: bool,
        /// Where a recipe's `map` names the column.
        recipe: Option<Span>,
    }
}

impl MissingColumn {
    fn words(&self) -> Diagnostic {
        let Self { name, column, .. } = self;
        if let Some((cell, sign)) = &self.joined {
            let shown = match sign {
                '\t' => "a tab".to_owned(),
                other => format!("`{other}`"),
            };
            let cell = cell.replace('\t', " ");
            return Diagnostic::at(
                self,
                format!("`{}` has `{cell}` as one column", self.file),
                column_place(&self.file, None),
                format!("`{column}` is one of its parts"),
            )
            .note(columns_of(&self.columns))
            .help(format!(
                "{shown} stands in the header where the other columns are set apart by another sign: write \
                 the same sign there"
            ));
        }
        if self.unsummed {
            return self.not_summed();
        }
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
        let (place, label) = match self.recipe {
            Some(span) => (Place::Source(span), format!("`map` names it: {label}")),
            None => (column_place(&self.file, None), label),
        };
        let at = Diagnostic::at(self, title, place, label)
            .mark_if(self.declared, format!("`{name}` is declared here"));
        let at = if self.columns.is_empty() {
            at
        } else {
            at.note(columns_of(&self.columns))
        };
        let parts = keys_of(column, &self.columns);
        let at = match &parts {
            Some(keys) => at.note(format!(
                "`{column}` holds a key in each part, and is read as {}",
                quoted(keys, "and")
            )),
            None => at,
        };
        if let Some(parts) = self.in_two_columns() {
            return at.help(format!(
                "where the year stands in a column of its own, name both: `--map {}`, or {}",
                typed(&format!("{name}={parts}")),
                self.line(&parts)
            ));
        }
        let last = parts.and_then(|keys| keys.last().cloned());
        match self.suggestion.as_ref().or(last.as_ref()) {
            Some(near) => {
                if self.recipe.is_some() {
                    return at.help(format!(
                        "did you mean `{near}`? then write `map = {{ {name} = {} }}`",
                        toml_text(near)
                    ));
                }
                let map = typed(&format!("{name}={near}"));
                let how = self.line(near);
                at.help(match self.mapped {
                    true => format!("did you mean `{near}`? then write `--map {map}`, or {how}"),
                    false => format!("did you mean `{near}`? then add `--map {map}`, or {how}"),
                })
            }
            None => {
                let map = typed(&format!("{name}=COLUMN"));
                let optional = if self.what == "indicator" && self.optional {
                    ", or leave it out of `map`, since the indicator is optional"
                } else if self.what == "indicator" {
                    ", or declare the indicator `optional`"
                } else {
                    ""
                };
                let how = match self.mapped {
                    true => format!("with `--map {map}`, or {}", self.line("COLUMN")),
                    false => format!("with `--map {map}`, or {}", self.line("COLUMN")),
                };
                at.help(format!("name the column that holds it {how}{optional}"))
            }
        }
    }
}

/// The keys of a cell such as `freq,unit,geo\TIME_PERIOD`, where each of them is a column.
fn keys_of(column: &str, columns: &[String]) -> Option<Vec<String>> {
    let keys = column.split_once('\\')?.0.split(',');
    let keys: Vec<String> = keys.map(|key| key.trim().to_owned()).collect();
    keys.iter().all(|key| columns.contains(key)).then_some(keys)
}

impl MissingColumn {
    /// The columns of a year and of its weeks, months or quarters, where the file has both and no period.
    fn in_two_columns(&self) -> Option<String> {
        const YEARS: [&str; 8] = ["year", "yr", "annee", "ano", "año", "jahr", "anno", "tahun"];
        const PARTS: [&str; 17] = [
            "week",
            "epiweek",
            "isoweek",
            "semaine",
            "semana",
            "woche",
            "kw",
            "month",
            "mois",
            "mes",
            "monat",
            "mese",
            "bulan",
            "quarter",
            "trimestre",
            "quartal",
            "qtr",
        ];
        let named = |words: &[&str]| {
            let mut columns = self.columns.iter();
            let is = |name: &&String| {
                let own = crate::bind::words_of(name);
                own.iter().any(|word| words.contains(&word.as_str()))
            };
            columns.find(is)
        };
        let year = named(&YEARS).filter(|_| self.what == "period key")?;
        let part = named(&PARTS).filter(|part| *part != year)?;
        Some(format!("{year},{part}"))
    }

    /// The line of a recipe that names a column.
    fn line(&self, column: &str) -> String {
        format!(
            "`map = {{ {} = {} }}` in the recipe",
            self.name,
            toml_text(column)
        )
    }

    /// Rows are put together, and nothing says what becomes of this column.
    fn not_summed(&self) -> Diagnostic {
        let Self { name, column, .. } = self;
        let title = format!(
            "`sum` does not say what becomes of `{column}` of `{}` where rows are put together",
            self.file
        );
        let place = column_place(&self.file, Some(column));
        let label = format!("`{name}` would be read from it");
        let at = Diagnostic::at(self, title, place, label)
            .mark_if(self.declared, format!("`{name}` is declared here"));
        if self.no_sum.is_some() {
            return at.help(format!(
                "`{name}` is nothing that adds up: read it from a file of its own, with a row for each key"
            ));
        }
        at.help(format!(
            "sum it up too: `--sum {}`, or `{name} = {}` in `sum` of the recipe; what is no \
                 number of events is read from a file of its own",
            typed(&format!("{name}={column}")),
            toml_text(column)
        ))
    }
}

cause! {
    FW0904 WrongColumn {
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
        .help(format!(
            "write the column as what the rules declare, or name another one with `--map {0}=COLUMN`, or \
             `map = {{ {0} = \"COLUMN\" }}` in the recipe",
            self.name
        ))
    }
}

cause! {
    FW0912 ColumnTwice {
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
    FW0920 UnknownMapping {
        name: String,
        column: String,
        /// It is mapped twice; else the rules read nothing of that name.
        twice: bool,
        suggestion: Option<String>,
        /// The recipe that maps it; none where it was typed.
        recipe: Option<Span>,
        /// The key of the recipe: `map` or `sum`.
        key: &'static str,
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
        let (place, label) = match self.recipe {
            Some(span) => (
                Place::Source(span),
                format!("`{name} = \"{column}\"` in `{}` of this recipe", self.key),
            ),
            None => (
                Place::CommandLine,
                format!("in `--map {}`", typed(&format!("{name}={column}"))),
            ),
        };
        let at = Diagnostic::at(self, title, place, label);
        match &self.suggestion {
            Some(near) => at.help(format!("did you mean `{near}`?")),
            None if self.twice => at.help("keep one of them"),
            None => at.help(match self.recipe {
                Some(_) => "write `indicator = \"column\"`, the name in the rules first",
                None => "write `--map indicator=column`, the name in the rules first",
            }),
        }
    }
}

cause! {
    FW0958 CrosswalkOfNoKey {
        name: String,
        /// As it is written: `iso2 to iso3`.
        table: String,
        /// It is the period, which no crosswalk translates.
        is_period: bool,
        /// It is a key that has another crosswalk.
        twice: bool,
        /// The keys that can be translated.
        keys: Vec<String>,
        suggestion: Option<String>,
        /// The recipe that has it; none where it was typed.
        recipe: Option<Span>,
    }
}

impl CrosswalkOfNoKey {
    fn words(&self) -> Diagnostic {
        let Self { name, table, .. } = self;
        let title = match (self.twice, self.is_period) {
            (true, _) => format!("`{name}` has two crosswalks"),
            (false, true) => format!("`{name}` is the period, which no crosswalk translates"),
            (false, false) => format!("`{name}` is no key of the panel"),
        };
        let (place, label) = match self.recipe {
            Some(span) => (
                Place::Source(span),
                format!("`{name} = \"{table}\"` in `keys` of this recipe"),
            ),
            None => (
                Place::CommandLine,
                format!("in `--crosswalk {}`", typed(&format!("{name}={table}"))),
            ),
        };
        let at = Diagnostic::at(self, title, place, label);
        match &self.suggestion {
            _ if self.twice => at.help("keep one of them"),
            Some(near) => at.help(format!("did you mean `{near}`?")),
            None if self.is_period => at.help(
                "say how periods are written with `--period-format`, or `period` in the recipe",
            ),
            None => at.help(format!(
                "crosswalks translate {}",
                quoted(&self.keys, "and")
            )),
        }
    }
}

cause! {
    FW0923 NoColumnFits {
        file: String,
        columns: Vec<String>,
        /// The columns that the rules read.
        wanted: Vec<String>,
        /// What is read, with columns that are nearly called so.
        near: Vec<(String, String)>,
    }
}

impl NoColumnFits {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` has none of the columns that the rules read",
            self.file
        );
        let place = column_place(&self.file, None);
        let is_object = self
            .columns
            .first()
            .is_some_and(|name| name.starts_with('{'));
        let at = Diagnostic::at(self, title, place, columns_of(&self.columns))
            .note(format!("the rules read {}", some_of(&self.wanted, 6)));
        let is_list = self
            .columns
            .first()
            .is_some_and(|name| name.starts_with("[{") || name == "[");
        // Names in a line of JSON are no names of columns.
        let near = !self.near.is_empty() && !is_list && !is_object;
        if near && apart_by(&self.columns).is_none() {
            let near: Vec<String> = self
                .near
                .iter()
                .map(|(name, column)| format!("--map {}", typed(&format!("{name}={column}"))))
                .collect();
            let all = self.near.len() == self.wanted.len();
            let others = if all {
                ""
            } else {
                ", and name the others in the same way"
            };
            return at.help(format!(
                "some are nearly called so: `{}`{others}",
                near.join(" ")
            ));
        }
        at.help(if is_list {
            "this looks like a list of objects: `--from json` reads it".to_owned()
        } else if is_object && self.is_one_object() {
            "this looks like an object with a list in it: `--from json` reads it".to_owned()
        } else if is_object {
            "these look like objects, one on each line: `--from ndjson` reads them".to_owned()
        } else if let Some(sign) = apart_by(&self.columns) {
            format!(
                "its cells are set apart by {sign}, and another sign was asked for: leave `--delimiter` out, or \
                 correct it"
            )
        } else {
            "the first line must name the columns, as the rules call them or as `column \"…\"` says".to_owned()
        })
    }
}

impl NoColumnFits {
    /// Is this one object with a list in it, and not one on each line?
    fn is_one_object(&self) -> bool {
        let opens = |name: &String| {
            let count = |sign: char| name.matches(sign).count();
            name.contains("[{") || count('[') > count(']')
        };
        matches!(self.columns.as_slice(), [only] if only.trim() == "{")
            || self.columns.iter().any(opens)
    }
}

/// The sign that sets cells apart in a header that was taken for one column.
fn apart_by(columns: &[String]) -> Option<&'static str> {
    let [only] = columns else { return None };
    let signs = [
        (',', "commas"),
        (';', "semicolons"),
        ('\t', "tabs"),
        ('|', "`|`"),
    ];
    let most = signs
        .into_iter()
        .map(|(sign, name)| (only.matches(sign).count(), name))
        .max_by_key(|(times, _)| *times)?;
    (most.0 > 0).then_some(most.1)
}
