//! Rows that do not belong to the panel: without a key, or twice.

use super::meant::filter_name;
use super::{AndMore, grouped, plural, short, typed};
use forewarn_diagnostics::cause;
use forewarn_diagnostics::toml_text::toml_text;
use forewarn_diagnostics::{DataPlace, Diagnostic, Label, Place};
use forewarn_plan::PeriodKind;

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
        /// Where they differ, one of them says nothing.
        complement: bool,
        /// An indicator that is a number and in which they differ, with its column.
        addable: Option<(String, String)>,
        /// A column that nothing reads and that says of what, or in which unit, a row is.
        described: Option<String>,
        /// A column that nothing reads and that says of which part of all a row is, such as `sex`.
        divided: Option<String>,
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
        let (first, second) = (grouped(self.first), grouped(self.second));
        // Columns that stand for one period, or for periods of a panel that has none.
        if self.first == self.second {
            let title = format!("two columns of one row are for the same {}", self.key_names);
            let label = format!(
                "row {first} of {} says more than once what {} is",
                self.file, self.key
            );
            return Diagnostic::at(self, title, row(self.first), label).help(
                "read one of these columns alone, or where they stand for periods let the panel have these (`panel … by year`)",
            );
        }
        let title = format!("two rows for the same {}", self.key_names);
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
        let is_of_things = self.described.is_some() || self.divided.is_some();
        let events = match self.addable.as_ref().filter(|_| !is_of_things) {
            Some((name, column)) => format!(
                "events are summed up with `--sum {}` (`sum = {{ {name} = {} }}` in the recipe), ",
                typed(&format!("{name}={column}")),
                toml_text(column)
            ),
            None => String::new(),
        };
        let at = match (&self.described, &self.divided) {
            (None, Some(column)) => at.help(format!(
                "`{column}` may tell them apart: choose its total, or one of its parts: `--rows '{of} = \"…\"'`, or \
                 `rows = '{of} = \"…\"'` in the recipe",
                of = filter_name(column)
            )),
            (Some(column), _) => {
                let value = self.addable.as_ref();
                let value = value.map_or("VALUE", |(_, column)| column);
                let long = match crate::bind::describes(column) {
                    Some(crate::bind::Describes::Unit) => String::new(),
                    Some(crate::bind::Describes::Indicator) | None => format!(
                        ", or where it names the indicator of each row, read a long table: `--long {}`, or `shape = \
                         {{ long = {}, value = {} }}`",
                        typed(&format!("{column}={value}")),
                        toml_text(column),
                        toml_text(value)
                    ),
                };
                at.help(format!(
                    "`{column}` may tell them apart: choose rows by it, `--rows '{of} = \"…\"'`, or `rows = '{of} = \
                     \"…\"'` in the recipe{long}",
                    of = filter_name(column)
                ))
            }
            (None, None) => at,
        };
        let at = match self.differences.as_slice() {
            [] => at.help(
                "keep one row for each, or say that rows that agree are one: `--when \"must agree\"`, or \
                 `when = \"must agree\"` in the recipe",
            ),
            // What holds alone would lose what the other says.
            _ if self.complement && !is_of_things => at.help(
                "what one of them says the other leaves empty: `--when \"must agree\"`, or `when = \"must agree\"` in \
                 the recipe, makes one row of both, and refuses rows that say different things",
            ),
            _ => at.help(format!(
                "keep one row for each, or say what becomes of them: {events}of rows delivered twice one \
                 holds with `--when \"latest wins\"`, or `when = \"latest wins\"` in the recipe"
            )),
        };
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
        /// It is the period.
        period: bool,
        /// What is there is no key: the cell, and what it is.
        holds: Option<(String, &'static str)>,
        more: u64,
    }
}

impl EmptyKey {
    fn words(&self) -> Diagnostic {
        if let Some((text, kind)) = &self.holds {
            let title = format!(
                "`{}` is no {}: the cell holds {kind}",
                short(text),
                self.name
            );
            let label = format!("the {} of the row is read from here", self.name);
            return Diagnostic::at(self, title, Place::Data(self.place.clone()), label)
                .note("spreadsheets make dates of codes such as `MAR1`, and truths of `TRUE`")
                .help("write the code as text: give the column the format of text, enter it anew, and save the file again")
                .and_more(self.more);
        }
        let title = format!("a row without a {}", self.name);
        let label = format!("the {} of the row is read from here", self.name);
        Diagnostic::at(self, title, Place::Data(self.place.clone()), label)
            .help(match &self.place.column {
                // What stands above says nothing of when something happened.
                Some(column) if self.period => format!(
                    "fill the cell, or leave such rows out: `--rows '{of} is known'`, or `rows = '{of} is known'` in \
                     the recipe",
                    of = filter_name(column)
                ),
                Some(column) => format!(
                    "fill the cell; where the cell above holds for it, as in merged cells, say so: `--fill {}`, or \
                     `fill = {}` in the recipe; where the row is a total or a heading, leave such rows out: \
                     `--rows '{of} is known'`, or `rows = '{of} is known'`",
                    typed(column),
                    toml_text(column),
                    of = filter_name(column)
                ),
                None => "fill the cell, or take the row out".to_owned(),
            })
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
        /// Where several patterns that are said to be used read it differently: each, and what it reads.
        ways: Vec<(String, String)>,
        /// The patterns that read it.
        offered: Vec<String>,
        /// The kind of period that is wanted.
        kind: PeriodKind,
        more: u64,
    }
}

impl BadPeriod {
    /// It can be read in two ways.
    fn in_two_ways(&self) -> Diagnostic {
        let title = format!(
            "`{}` can be read as two {}",
            short(&self.text),
            plural(&self.period)
        );
        let label = format!("the {} of the row is read from here", self.period);
        let each = self.ways.iter();
        let each = each.map(|(pattern, period)| format!("`{pattern}` reads {period}"));
        let first = self.ways.first().map_or("", |(pattern, _)| pattern);
        Diagnostic::at(self, title, Place::Data(self.place.clone()), label)
            .note(format!(
                "both patterns are given: {}",
                each.collect::<Vec<_>>().join(", ")
            ))
            .help(format!(
                "give the one that the file means alone: `--period-format {}`, or `period = \"{first}\"` in the \
                 recipe; files of the other way get a recipe of their own",
                typed(first)
            ))
            .and_more(self.more)
    }

    fn words(&self) -> Diagnostic {
        if !self.ways.is_empty() {
            return self.in_two_ways();
        }
        let title = format!("`{}` is not a {}", short(&self.text), self.period);
        let label = format!("the {} of the row is read from here", self.period);
        let at = Diagnostic::at(self, title, Place::Data(self.place.clone()), label);
        let at = match &self.why {
            Some(why) => at.note(why.clone()),
            None => at,
        };
        let at = match self.day_of_spreadsheet() {
            Some((year, month, day)) => {
                let date = format!("{year:04}-{month:02}-{day:02}");
                let written = match self.period.as_str() {
                    "month" => format!("{year:04}-{month:02}"),
                    "year" => format!("{year:04}"),
                    _ => date.clone(),
                };
                at.note(format!(
                    "spreadsheets count days since 1899: {} is {date}",
                    self.text
                ))
                .help(format!(
                    "write a {} as `{written}`: format the column as text, or as a date, before it is saved",
                    self.period
                ))
            }
            None => at.help(format!("write a {} like `{}`", self.period, self.example)),
        };
        at.and_more(self.more)
    }

    /// The date that a spreadsheet's day number stands for, of the last decades and the next.
    fn day_of_spreadsheet(&self) -> Option<(i64, i64, i64)> {
        /// From 1899-12-30 to 1970-01-01.
        const BEFORE: i64 = 25_569;
        let number: i64 = self.text.trim().trim_end_matches(".0").parse().ok()?;
        let likely = (20_000..60_000).contains(&number) && self.why.is_none();
        likely.then(|| forewarn_plan::period::civil_from_days(number - BEFORE))
    }
}
