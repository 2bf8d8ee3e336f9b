//! Recipes that do not fit their files, and files that are read in another way than they are written.

use super::columns::{columns_of, some_of};
use super::{CellAt, NumberSlip, counted, grouped, short};
use crate::bind::writings;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::{DataPlace, Diagnostic, Label, Place};
use forewarn_plan::PeriodKind;

/// How many words a message names.
const NAMED: usize = 6;

cause! {
    FW0953 HeaderAgain {
        place: DataPlace,
        /// A column of it.
        column: String,
        /// Something stands between both, or nothing does: the first row and the last of each of the two tables.
        tables: Option<[(u64, u64); 2]>,
        /// It is a workbook, of which ranges can be named.
        workbook: bool,
    }
}

impl HeaderAgain {
    /// Two tables of one kind that stand one below the other, most often of two indicators.
    fn of_tables(&self, tables: [(u64, u64); 2]) -> Diagnostic {
        let row = self.place.row.unwrap_or_default();
        let [first, second] = tables.map(|(from, to)| format!("rows {from} to {to}"));
        let title = format!(
            "two tables stand one below the other in `{}`: {first}, and {second}",
            self.place.file
        );
        let label = format!("row {} is the header of the second", grouped(row));
        let at = Diagnostic::at(self, title, Place::Data(self.place.clone()), label).note(
            "what they are about stands above each of them, most often, and not in their rows",
        );
        at.help(match self.workbook {
            true => {
                "read each by a recipe of its own, with its cells as `range` and its own `shape`: both recipes name \
                 this file"
            }
            false => "give each table a file of its own, and a recipe that says whose values it holds",
        })
    }

    fn words(&self) -> Diagnostic {
        if let Some(tables) = self.tables {
            return self.of_tables(tables);
        }
        let (file, row) = (&self.place.file, self.place.row.unwrap_or_default());
        Diagnostic::at(
            self,
            format!("row {} of `{file}` is its header again", grouped(row)),
            Place::Data(self.place.clone()),
            "no row of data",
        )
        .note("files that are put one behind the other bring a header each")
        .help(format!(
            "take the row out, or leave such rows out: `--rows '{of} != \"{name}\"'`, or `rows = '{of} != \"{name}\"'` in the \
             recipe",
            of = super::meant::filter_name(&self.column),
            name = self.column
        ))
    }
}

cause! {
    FW0940 ShapeSeen {
        place: DataPlace,
        /// What the file is: `its years stand in columns`.
        seen: Vec<String>,
        /// What shows it.
        label: String,
        /// The lines of a recipe that reads it.
        lines: Vec<String>,
        /// The same as options of a command.
        options: String,
        /// What only people can decide.
        asked: Vec<String>,
        recipe: Option<Span>,
        /// What came of reading the file by that recipe.
        tried: Tried,
        /// It is a table of tests.
        of_tests: bool,
    }
}

/// What came of reading a file by the recipe that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    Reads,
    /// Single cells cannot be read, which are told beside it.
    ButForCells,
    /// Something has to be decided first.
    OnceSaid,
}

impl ShapeSeen {
    fn words(&self) -> Diagnostic {
        let file = &self.place.file;
        let title = match self.seen.as_slice() {
            [] => format!("`{file}` is written in another way than it is read"),
            seen => format!("`{file}` is not read as it is: {}", seen.join(", ")),
        };
        let mut at = Diagnostic::at(
            self,
            title,
            Place::Data(self.place.clone()),
            self.label.clone(),
        )
        .mark_if(self.recipe, "it is read as this recipe says");
        for asked in &self.asked {
            at = at.note(asked.clone());
        }
        let at = at.help(match self.tried {
            Tried::Reads => format!("these options read it: `{}`", self.options),
            Tried::ButForCells => format!(
                "these options read it, but for the cells that are told beside this: `{}`",
                self.options
            ),
            Tried::OnceSaid => format!(
                "these options read it once that is said: `{}`",
                self.options
            ),
        });
        let what = if self.of_tests {
            ", where tables of tests are tried with each recipe"
        } else {
            ""
        };
        at.help(format!(
            "to write it down for good, in `forewarn.toml` of the package{what}:\n[[data]]\n{}",
            self.lines.join("\n")
        ))
    }
}

cause! {
    FW0941 RecipeSlip {
        span: Span,
        /// `` `decimal` is `.` or `,` ``
        what: String,
        help: Option<String>,
        /// What stands in its place, where that is certain.
        instead: Option<String>,
    }
}

impl RecipeSlip {
    fn words(&self) -> Diagnostic {
        let at = Diagnostic::at(
            self,
            self.what.clone(),
            Place::Source(self.span),
            "in this recipe",
        );
        match (&self.help, &self.instead) {
            (help, Some(instead)) => at.mend(
                help.clone().unwrap_or_else(|| format!("write `{instead}`")),
                vec![(self.span, instead.clone())],
            ),
            (Some(help), None) => at.help(help.clone()),
            (None, None) => at,
        }
    }
}

cause! {
    FW0942 RecipeColumn {
        file: String,
        column: String,
        /// The key of the recipe that names it.
        what: &'static str,
        suggestion: Option<String>,
        columns: Vec<String>,
        recipe: Option<Span>,
    }
}

impl RecipeColumn {
    fn words(&self) -> Diagnostic {
        let Self {
            file, column, what, ..
        } = self;
        let title = match *what {
            "wide" => format!("`{file}` has no columns like `{column}`"),
            "named" => format!("the name of `{file}` is not like `{column}`"),
            _ => format!("`{file}` has no column `{column}`"),
        };
        let of_file = super::cells::column_place(file, None);
        let place = self.recipe.map_or(of_file, Place::Source);
        let label = match *what {
            "wide" => "a period would be read from the name of each".to_owned(),
            "named" => "the period of its rows would be read from it".to_owned(),
            what => format!("`{what}` names it"),
        };
        let at = Diagnostic::at(self, title, place, label);
        if *what == "named" {
            return at.help(
                "write the names of the files, or of the sheets, with `{month}`, `{year}` or `{period}` where it stands, \
                 and `*` for what else changes: `killed_{month}*.csv`; a way of writing of its own is said by `period`",
            );
        }
        let at = at.note(columns_of(&self.columns));
        match &self.suggestion {
            Some(near) => at.help(format!("did you mean `{near}`?")),
            None if *what == "wide" && column.contains('{') => at.help(
                "write the names of the columns with `{indicator}` for what changes from one indicator to the \
                 next and `{year}`, `{month}` or `{quarter}` for the period: years, `2024-05`, `05/2024`, `May 2024` \
                 and `Q2 2024` are read",
            ),
            None => match self.not_without_a_word().filter(|_| *what == "wide") {
                Some(ways) => at.help(ways),
                None => at.help(
                    "name a column as the header has it; a header further down is found with `skip` or \
                     `header`",
                ),
            },
        }
    }

    /// How names of columns are read that may be periods, and are not without a word.
    fn not_without_a_word(&self) -> Option<String> {
        let months = self.columns.iter();
        let months = months.filter(|name| crate::period::month_named(name.trim()).is_some());
        if let [first, _, ..] = months.collect::<Vec<_>>().as_slice() {
            return Some(format!(
                "`{first}` is a month without a year: where a column has the year, name it: `--map month=YEAR`, or \
                 `map = {{ month = \"YEAR\" }}` in the recipe"
            ));
        }
        let mut names = self.columns.iter().filter_map(|name| {
            let years = (writings::of_years(&[name.as_str()]), PeriodKind::Year);
            let months = (writings::of_months(&[name.as_str()]), PeriodKind::Month);
            let (patterns, kind) = if years.0.is_empty() { months } else { years };
            let ways = writings::ways(&patterns, name, kind)?;
            Some(format!(
                "how its {}s are written: of `{name}`, {ways}",
                crate::period::kind_name(kind)
            ))
        });
        let first = names.next()?;
        Some(format!("say {first}"))
    }
}

/// What is odd about a crosswalk that does not have a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OddCrosswalk {
    /// The code stands in its first line, which names the columns.
    NoHeader,
    /// The code stands in its second column.
    TurnedRound,
}

cause! {
    FW0951 NotInCrosswalk {
        place: DataPlace,
        codes: Vec<String>,
        rows: u64,
        odd: Option<OddCrosswalk>,
        /// Indicators of the file of which an absent row stands for a value.
        stand_for: Vec<String>,
        recipe: Option<Span>,
    }
}

impl NotInCrosswalk {
    fn words(&self) -> Diagnostic {
        let are = if self.codes.len() == 1 { "is" } else { "are" };
        let title = format!("{} {are} not in the crosswalk", some_of(&self.codes, NAMED));
        let rows = usize::try_from(self.rows).unwrap_or(usize::MAX);
        let label = format!("{} left out", were(rows));
        let at = Diagnostic::at(self, title, Place::Data(self.place.clone()), label)
            .mark_if(self.recipe, "the recipe of this file");
        let at =
            if self.stand_for.is_empty() {
                at
            } else {
                at.note(format!(
                "whoever they are has no row by them, and {} of it {} what `missing means` says",
                some_of(&self.stand_for, NAMED),
                if self.stand_for.len() == 1 { "is" } else { "are" }
            ))
            };
        at.help(match self.odd {
                Some(OddCrosswalk::NoHeader) => {
                    "the first line of the crosswalk has one of them, and is taken for its header: write a line \
                     above it that names its columns, such as `name,code`"
                }
                Some(OddCrosswalk::TurnedRound) => {
                    "the second column of the crosswalk has them: its first column is what the file has, its second \
                     what the panel has"
                }
                None => {
                    "give a crosswalk that has them, spelt as the file has them, or leave these rows out with `rows` \
                     or `except` so that nobody takes them for lost"
                }
            })
    }
}

/// `3 rows are`
fn were(rows: usize) -> String {
    format!(
        "{} {}",
        counted(rows, "row"),
        if rows == 1 { "is" } else { "are" }
    )
}

cause! {
    FW0945 NotExpected {
        place: DataPlace,
        expected: String,
        /// In how many rows, of what is expected of every row.
        rows: u64,
        /// What was found.
        found: Vec<String>,
        /// How many rows `rows` has left out.
        filtered: u64,
        /// What `rows` asks for that no row has.
        nowhere: Vec<String>,
        recipe: Option<Span>,
    }
}

impl NotExpected {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` is expected, and is not so", self.expected);
        let label = match (self.rows, self.found.as_slice()) {
            (0, []) => "in this data".to_owned(),
            (0, found) => found.join(", "),
            (1, _) => "in this row".to_owned(),
            (rows, _) => format!("here first, in {} rows in all", grouped(rows)),
        };
        let of_data = Place::Data(self.place.clone());
        // What is wrong with all of it is told where it is expected.
        let at = match self.recipe {
            Some(span) if self.rows == 0 => {
                let mut at = Diagnostic::at(self, title, Place::Source(span), label);
                at.secondary.push(Label {
                    place: of_data,
                    text: "the data".to_owned(),
                });
                at
            }
            recipe => Diagnostic::at(self, title, of_data, label)
                .mark_if(recipe, "the recipe that expects it"),
        };
        if self.rows == 0 && self.filtered > 0 {
            let left = counted(usize::try_from(self.filtered).unwrap_or(usize::MAX), "row");
            let mut at = at.note(format!("`rows` leaves out {left}"));
            at.notes.extend(self.nowhere.iter().cloned());
            return at.help(
                "look whether `rows` says what is meant, and whether the right file was delivered whole; else change \
                 what `expect` says",
            );
        }
        at.help("look whether the right file was delivered whole; else change what `expect` says")
    }
}

cause! {
    FW0976 NearLeftOut {
        file: String,
        column: String,
        /// A word of `rows`.
        word: String,
        /// A word of the column like it, in so many rows that are left out.
        cell: String,
        rows: u64,
        /// No row has the word of `rows`.
        absent: bool,
        recipe: Option<Span>,
    }
}

impl NearLeftOut {
    fn words(&self) -> Diagnostic {
        let Self { word, cell, .. } = self;
        let rows = counted(usize::try_from(self.rows).unwrap_or(usize::MAX), "row");
        let title = match self.absent {
            true => {
                format!("no row has `{word}`, which `rows` asks for: {rows} with `{cell}` left out")
            }
            false => format!("`rows` leaves out {rows} with `{cell}`, and asks for `{word}`"),
        };
        let place = super::cells::column_place(&self.file, Some(&self.column));
        Diagnostic::at(self, title, place, format!("has `{cell}`"))
            .mark_if(self.recipe, format!("asks for `{word}`"))
            .help(match self.absent {
                true => format!("write `{cell}` in `rows`, or take `{word}` out of it"),
                false => format!(
                    "if both are the same, correct the file or name `{cell}` in `rows`, too; if `{cell}` is something \
                     else, leave it out by name: `and {} not in (\"{cell}\")`",
                    self.column
                ),
            })
    }
}

cause! {
    FW0946 SummedMissing {
        file: String,
        column: String,
        /// Cells beside others that have a number.
        cells: u64,
    }
}

impl SummedMissing {
    fn words(&self) -> Diagnostic {
        let cells = usize::try_from(self.cells).unwrap_or(usize::MAX);
        let title = format!(
            "{} of `{}` {} empty, and count for nothing in the sums",
            counted(cells, "cell"),
            self.column,
            if cells == 1 { "is" } else { "are" }
        );
        let place = super::cells::column_place(&self.file, Some(&self.column));
        Diagnostic::at(self, title, place, "an event without a number").help(
            "where that may hide something, leave such events out (`rows`), or count them apart: \
             `sum = { unknown = \"count\" }` in a recipe of their own",
        )
    }
}

cause! {
    FW0955 NotForThisRecipe {
        file: String,
        /// `public`
        audience: &'static str,
        /// `rows`, `expect`, `map`, `sum`, `keys`
        key: &'static str,
        recipe: Option<Span>,
    }
}

impl NotForThisRecipe {
    fn words(&self) -> Diagnostic {
        let Self { audience, key, .. } = self;
        let title = format!("`{key}` reads a column that a {audience} audience may not see");
        let place = super::cells::column_place(&self.file, None);
        let label = format!("by `{key}` it would have a say in what this audience sees");
        Diagnostic::at(self, title, place, label)
            .mark_if(self.recipe, "the recipe of this file")
            .help(format!(
                "give a recipe for this audience whose `{key}` asks for what it may see, `--recipe FILE`, or \
                 ask for a closer audience"
            ))
    }
}

cause! {
    FW0956 SomePercentages {
        file: String,
        column: String,
        name: String,
        /// Cells that are shown as percentages, and plain numbers.
        shares: u64,
        plain: u64,
        /// It is read in percent.
        percentage: bool,
        /// Some have a percent sign in the text of the file, and others lie between 0 and 1 without one.
        written: bool,
    }
}

impl SomePercentages {
    fn words(&self) -> Diagnostic {
        let cells = |count: u64| counted(usize::try_from(count).unwrap_or(usize::MAX), "cell");
        if self.written {
            let title = format!(
                "{} of column `{}` {} a percent sign, and {} between 0 and 1 {} none",
                cells(self.shares),
                self.column,
                if self.shares == 1 { "has" } else { "have" },
                grouped(self.plain),
                if self.plain == 1 { "has" } else { "have" },
            );
            let label = format!("`{}` reads 0.4 as 0.4 %, and not as 40 %", self.name);
            let place = super::cells::column_place(&self.file, Some(&self.column));
            return Diagnostic::at(self, title, place, label).help(
                "write all cells of the column in percent, with the sign or without it: where 0.4 means 40 %, \
                 write 40",
            );
        }
        let title = format!(
            "{} of column `{}` {} shown as percentages, and {} as plain numbers",
            cells(self.shares),
            self.column,
            if self.shares == 1 { "is" } else { "are" },
            grouped(self.plain)
        );
        let label = match self.percentage {
            true => format!(
                "`{}` reads 40 of 40 %, and a plain number as it is",
                self.name
            ),
            false => format!(
                "`{}` reads 0.4 of 40 %, and a plain number as it is",
                self.name
            ),
        };
        let place = super::cells::column_place(&self.file, Some(&self.column));
        Diagnostic::at(self, title, place, label)
            .help("give all cells of the column one number format, so that they are counted alike")
    }
}

/// What a cell would have to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It is compared with numbers, or reckoned with.
    Number(NumberSlip),
    /// It is a condition of its own.
    Truth,
    /// It is compared with a date.
    Date,
}

cause! {
    FW0957 NotAsAsked {
        place: DataPlace,
        text: String,
        /// The condition that reads it.
        condition: String,
        /// `rows`, `expect`, `map`, `sum`, `keys`
        key: &'static str,
        asked: Asked,
        /// How many more cells there are.
        more: u64,
        recipe: Option<Span>,
    }
}

impl NotAsAsked {
    fn cell(&self) -> CellAt {
        CellAt {
            place: self.place.clone(),
            text: self.text.clone(),
            name: self.place.column.clone().unwrap_or_default(),
            ..CellAt::default()
        }
    }

    fn words(&self) -> Diagnostic {
        let text = short(&self.text);
        let (title, help) = match self.asked {
            Asked::Number(slip) => (
                format!("`{text}` is not a number, and `{}` compares it with one", self.key),
                super::cells::what_to_do(slip, &text, &self.cell()),
            ),
            Asked::Date => (
                format!(
                    "`{text}` is not read as a date, and `{}` compares it with one",
                    self.key
                ),
                how_dates_are_written(&self.text),
            ),
            Asked::Truth => (
                format!("`{text}` is neither yes nor no, and `{}` takes it for a condition", self.key),
                "compare it with something, as in `deaths >= 25`, or declare the words for yes and no"
                    .to_owned(),
            ),
        };
        let label = format!("in `{}`", self.condition);
        let at = Diagnostic::at(self, title, Place::Data(self.place.clone()), label)
            .mark_if(self.recipe, "the recipe of this file")
            .help(help);
        match self.more {
            0 => at,
            more => at.note(format!("… and {} more such cells", grouped(more))),
        }
    }
}

/// How it can be said that a text is a date.
fn how_dates_are_written(text: &str) -> String {
    let text = text.trim();
    let patterns = crate::period::patterns_of(text, PeriodKind::Day);
    match writings::ways(&patterns, text, PeriodKind::Day) {
        Some(ways) => format!("say how dates are written: {ways}"),
        None => {
            "say how dates are written, as in `--period-format \"D MMM YYYY\"`, or `period = \"D MMM YYYY\"` in the \
             recipe; a cell that is no date is left out by a condition of its own, or named as missing"
                .to_owned()
        }
    }
}

cause! {
    FW0947 DecimalsInThrees {
        file: String,
        column: String,
        name: String,
        /// The first cell, and what it was read as.
        text: String,
        value: String,
        cells: u64,
        /// The sign that is read as the decimal mark.
        sign: char,
    }
}

impl DecimalsInThrees {
    fn words(&self) -> Diagnostic {
        let Self {
            column,
            text,
            value,
            sign,
            ..
        } = self;
        let cells = usize::try_from(self.cells).unwrap_or(usize::MAX);
        let title = format!(
            "`{text}` of column `{column}` is read as {value}, and may be a thousand times as much"
        );
        let label = format!(
            "all {} with `{sign}` have three digits behind it",
            counted(cells, "cell")
        );
        let place = super::cells::column_place(&self.file, Some(column));
        // The option for the decimal mark is there only where a comma is said to be one.
        let other = match sign {
            ',' => ", without `decimal = \",\"`",
            _ => "",
        };
        Diagnostic::at(self, title, place, label).help(format!(
            "if `{sign}` sets thousands apart, say so: `--thousands {sign}`, or `thousands = \"{sign}\"` \
             in the recipe{other}"
        ))
    }
}

cause! {
    FW0948 FormulaWithoutValue {
        place: DataPlace,
        /// What stands there; none where an audience sees only a part, as it may name what they may not see.
        formula: Option<String>,
        more: u64,
    }
}

impl FormulaWithoutValue {
    fn words(&self) -> Diagnostic {
        let title = "a formula whose value is not in the file".to_owned();
        let at = Diagnostic::at(
            self,
            title,
            Place::Data(self.place.clone()),
            match &self.formula {
                Some(formula) => format!("`={}`", short(formula)),
                None => "here".to_owned(),
            },
        )
        .help("open the workbook in a spreadsheet program, let it calculate and save it again");
        match self.more {
            0 => at,
            more => at.note(format!("… and {} more such cells", grouped(more))),
        }
    }
}

cause! {
    FW0949 NoFiles {
        span: Option<Span>,
        pattern: String,
        /// Where it was looked for.
        folder: String,
        /// The pattern with the name of a folder or file that there is.
        near: Option<String>,
    }
}

impl NoFiles {
    fn words(&self) -> Diagnostic {
        let title = format!("no file is `{}`", self.pattern);
        let place = self.span.map_or(Place::CommandLine, Place::Source);
        if let Some(near) = &self.near {
            let label = format!("looked for in `{}`", self.folder);
            return Diagnostic::at(self, title, place, label)
                .help(format!("did you mean `{near}`?"));
        }
        Diagnostic::at(self, title, place, format!("looked for in `{}`", self.folder)).help(
            "put the month's files there, or change `files`: a path, a pattern with `*`, a folder, or \
             a list of these",
        )
    }
}
