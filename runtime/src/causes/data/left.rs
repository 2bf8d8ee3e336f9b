//! Rows and columns that are left out, and choices that choose nothing, although each of them is well formed.

use super::columns::some_of;
use super::{counted, short, typed};
use crate::bind::KeyStep;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::toml_text::toml_text;
use forewarn_diagnostics::wording::quoted;
use forewarn_diagnostics::{DataPlace, Diagnostic, Label, Place};

/// How many names a message tells.
const NAMED: usize = 6;

fn number(rows: u64) -> usize {
    usize::try_from(rows).unwrap_or(usize::MAX)
}

/// Why columns among those of periods are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftBy {
    /// A mark stands beside the period that says how good the values are.
    Mark,
    /// Something else stands beside it.
    More,
    /// It is no period, and looks like one.
    Unlike,
}

cause! {
    FW0983 PeriodsLeft {
        file: String,
        columns: Vec<String>,
        /// A column of a period that is read.
        like: String,
        by: LeftBy,
        /// The first and the last period that is read, and whose values they are, where a range leaves the others out.
        range: Option<(String, String, String)>,
        recipe: Option<Span>,
    }
}

impl PeriodsLeft {
    fn words(&self) -> Diagnostic {
        let (are, stand) = if self.columns.len() == 1 {
            ("is", "stands")
        } else {
            ("are", "stand")
        };
        let columns = some_of(&self.columns, NAMED);
        let title = format!("{columns} {are} not read, and {stand} among columns of periods");
        let label = match self.by {
            LeftBy::Mark => format!("`{}` is read as a period; a mark is none of it", self.like),
            LeftBy::More => format!(
                "`{}` is read as a period; what stands beside one is none of it",
                self.like
            ),
            LeftBy::Unlike => format!(
                "`{}` is read as a period; this is none, and may be misspelt",
                self.like
            ),
        };
        let first = self.columns.first().map(String::as_str);
        let place = super::cells::column_place(&self.file, first);
        let at = Diagnostic::at(self, title, place, label)
            .mark_if(self.recipe, "the recipe of this file");
        let leave = self.range.as_ref().map_or_else(
            || ", or take the column out of the file".to_owned(),
            |(from, to, value)| {
                let value = if value.is_empty() { String::new() } else { format!("={value}") };
                format!(
                    "; to leave it out, say which periods are read: `--wide {}`, or `columns = \"{from}..{to}\"` in \
                     `shape`",
                    typed(&format!("{from}..{to}{value}"))
                )
            },
        );
        match self.by {
            LeftBy::Mark => at.help(format!(
                "to read it, with the mark kept as a flag of its values, say so: `--flags`, or `flags = true` in the \
                 recipe{leave}"
            )),
            LeftBy::More | LeftBy::Unlike if let Some((name, meant)) = self.with_digits() => at.help(format!(
                "`{name}` has letters in place of digits: write `{meant}`, if that is the period{leave}"
            )),
            LeftBy::More | LeftBy::Unlike => at.help(format!(
                "if it holds values of a period, write its name as `{}` is written, or say how such periods are \
                 written: `--period-format`, or `period` in the recipe; if not, take the column out of the file",
                self.like
            )),
        }
    }
}

impl PeriodsLeft {
    /// The one column that is a period once letters that look like digits are digits: `2024-O3` is `2024-03`.
    fn with_digits(&self) -> Option<(&String, String)> {
        let [name] = self.columns.as_slice() else {
            return None;
        };
        let digit = |letter: char| match letter {
            'O' | 'o' => '0',
            'l' | 'I' => '1',
            other => other,
        };
        let kind = |text: &str| {
            crate::period::any_of(text, crate::period::Weekday::Monday).map(|(kind, _)| kind)
        };
        let meant: String = name.chars().map(digit).collect();
        let same = kind(&meant).is_some_and(|found| Some(found) == kind(&self.like));
        (same && meant != *name).then_some((name, meant))
    }
}

cause! {
    FW0984 NameGone {
        file: String,
        /// As the long table has it, and the indicator that is read from it.
        name: String,
        indicator: String,
        /// The file before it that has rows of it.
        before: String,
        suggestion: Option<String>,
        recipe: Option<Span>,
    }
}

impl NameGone {
    fn words(&self) -> Diagnostic {
        let Self {
            file,
            name,
            indicator,
            before,
            ..
        } = self;
        let title = format!("`{file}` has no row of `{name}`, from which `{indicator}` is read");
        let place = super::cells::column_place(file, None);
        let at = Diagnostic::at(self, title, place, format!("`{before}` has some"))
            .mark_if(self.recipe, "the recipe of these files");
        let at = at.note(format!(
            "`{indicator}` is missing in the rows of that file, whatever `missing means` says: where the source was \
             looked at and nothing had happened, a row of `{name}` with an empty value says so"
        ));
        match &self.suggestion {
            Some(near) => at.help(format!(
                "is it `{near}` now? then say so: `--long-key {}`, or `\"{near}\" = \"{indicator}\"` among the `keys` \
                 of `shape`, beside what is there",
                typed(&format!("{near}={indicator}"))
            )),
            None => at.help("look whether it was renamed, and say so by `keys`"),
        }
    }
}

cause! {
    FW0985 NothingKept {
        file: String,
        rows: u64,
        /// What the condition asks for, and what the file has instead.
        nowhere: Vec<String>,
        recipe: Option<Span>,
    }
}

impl NothingKept {
    fn words(&self) -> Diagnostic {
        let title = match self.rows {
            1 => format!("`rows` leaves out the only row of `{}`", self.file),
            rows => format!(
                "`rows` leaves out all {} of `{}`",
                counted(number(rows), "row"),
                self.file
            ),
        };
        let place = super::cells::column_place(&self.file, None);
        let mut at = Diagnostic::at(self, title, place, "rows of other files are kept")
            .mark_if(self.recipe, "the condition");
        at.notes.extend(self.nowhere.iter().cloned());
        at.help(
            "look whether the words of the file have changed; those that mean the same stand side by side, as in \
             `kind in (\"Battles\", \"Armed clash\")`",
        )
    }
}

cause! {
    FW0986 NearlyInCrosswalk {
        place: DataPlace,
        code: String,
        /// As the crosswalk has it.
        near: String,
        rows: u64,
        /// `country`
        key: String,
        /// `iso2 to iso3`
        table: String,
        /// What makes both alike.
        step: Option<KeyStep>,
        recipe: Option<Span>,
    }
}

impl NearlyInCrosswalk {
    fn words(&self) -> Diagnostic {
        let Self { code, near, .. } = self;
        let title = format!("`{code}` is not in the crosswalk, and `{near}` is");
        let rows = counted(number(self.rows), "row");
        let label = format!("{rows} would be left out, as if nothing were said of `{near}`");
        let at = Diagnostic::at(self, title, Place::Data(self.place.clone()), label)
            .mark_if(self.recipe, "the recipe of this file");
        let others = format!(
            "if they are two, leave it out: `--except {}`, or `except = [\"{}\"]` in the recipe",
            typed(code),
            code.replace('"', "\\\"")
        );
        let at = match self.step {
            Some(step) => {
                let line = match step {
                    KeyStep::Upper => "case = \"upper\"".to_owned(),
                    KeyStep::Lower => "case = \"lower\"".to_owned(),
                    KeyStep::Nfc => "unicode = \"nfc\"".to_owned(),
                    KeyStep::Trim
                    | KeyStep::Latin
                    | KeyStep::Accents
                    | KeyStep::Notes
                    | KeyStep::Signs
                    | KeyStep::Zeros
                    | KeyStep::Whole => format!("{} = true", step.word()),
                };
                at.help(format!(
                    "if both are one, bring them to one spelling: `--keys {}`, or `keys = {{ {} = \"{}\", {line} }}` \
                     in the recipe",
                    step.word(),
                    self.key,
                    self.table
                ))
            }
            None => at.help(format!(
                "if both are one, give the crosswalk a line for `{code}`, too"
            )),
        };
        at.help(others)
    }
}

/// What of the names of files leaves their order open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OddOrder {
    /// Digits that may be a date.
    Digits,
    /// Months without a year.
    Months,
    /// Words such as `final` and `v2` beside one period: the file that is read before.
    Versions(String),
}

cause! {
    FW0987 OrderByName {
        /// A file whose name leaves it open.
        example: String,
        why: OddOrder,
        files: Vec<String>,
        when: &'static str,
        recipe: Option<Span>,
    }
}

impl OrderByName {
    fn words(&self) -> Diagnostic {
        let title = match &self.why {
            OddOrder::Digits | OddOrder::Months => format!(
                "`{}` decides by the order of files, and their names have no period that is known",
                self.when
            ),
            OddOrder::Versions(_) => format!(
                "`{}` decides by the order of files, and two of one period do not say which is the later",
                self.when
            ),
        };
        let place = super::cells::column_place(&self.example, None);
        let label = match &self.why {
            OddOrder::Digits => "these digits may be a date".to_owned(),
            OddOrder::Months => "a month without its year".to_owned(),
            OddOrder::Versions(other) => format!("it is read after `{other}`"),
        };
        let mut order = self
            .files
            .iter()
            .take(NAMED)
            .map(|file| format!("`{file}`"));
        let mut order: Vec<String> = order.by_ref().collect();
        if self.files.len() > NAMED {
            order.push("…".to_owned());
        }
        Diagnostic::at(self, title, place, label)
            .mark_if(self.recipe, "the files")
            .note(format!("they are read in this order: {}", order.join(", ")))
            .help(
                "name files by year and month, as in `2024-01` or `20240131`, and versions of one month by numbers, as in \
                 `2024-01_v2`; or list them in the recipe one by one in their order, \
                 `files = [\"first.csv\", \"second.csv\"]`",
            )
    }
}

cause! {
    FW0988 EventAgain {
        first: DataPlace,
        second: DataPlace,
        /// The column that names events.
        column: String,
        id: String,
        rows: u64,
        recipe: Option<Span>,
    }
}

impl EventAgain {
    fn words(&self) -> Diagnostic {
        let Self { column, id, .. } = self;
        let title = match self.rows {
            1 => format!(
                "`{column}` {} is there twice, and both rows are summed up",
                short(id)
            ),
            rows => format!(
                "{} have a `{column}` that is there before, and are summed up as well",
                counted(number(rows), "row")
            ),
        };
        let place = |place: &DataPlace| {
            Place::Data(DataPlace {
                column: Some(column.clone()),
                ..place.clone()
            })
        };
        let mut at = Diagnostic::at(
            self,
            title,
            place(&self.second),
            format!("`{}` again", short(id)),
        );
        at.secondary.push(Label {
            place: place(&self.first),
            text: "here for the first time".to_owned(),
        });
        at.mark_if(self.recipe, "the recipe of these files").help(format!(
            "if it is one event, delivered again, say which row holds: `--once {} --when \"latest wins\"`, or \
             `once = {own}` and `when = \"latest wins\"` in the recipe; if rows are parts of an event, name what \
             tells them apart as well: `once = [{own}, \"…\"]`",
            typed(column),
            own = toml_text(column)
        ))
    }
}

cause! {
    FW0993 NearlySameEvent {
        /// The two events, each with its name.
        first: (DataPlace, String),
        second: (DataPlace, String),
        /// What names events.
        columns: Vec<String>,
        /// How many events are nearly one before.
        rows: u64,
        recipe: Option<Span>,
    }
}

impl NearlySameEvent {
    fn words(&self) -> Diagnostic {
        let (one, two) = (short(&self.first.1), short(&self.second.1));
        let title = match self.rows {
            1 => format!("event `{two}` is nearly `{one}` of another file, and both are summed up"),
            rows => format!(
                "{} are nearly one of another file, and all are summed up: `{two}` and `{one}`",
                counted(number(rows), "event")
            ),
        };
        let column = self.columns.first().cloned();
        let place = |place: &DataPlace| {
            Place::Data(DataPlace {
                column: column.clone(),
                ..place.clone()
            })
        };
        let mut at = Diagnostic::at(
            self,
            title,
            place(&self.second.0),
            format!("`{two}`: only capitals, blanks or noughts before it are others"),
        );
        at.secondary.push(Label {
            place: place(&self.first.0),
            text: format!("`{one}`"),
        });
        at.mark_if(self.recipe, "what names an event")
            .help("if it is one event, write its name in both files alike; if these are two, nothing is wrong")
    }
}

cause! {
    FW0994 DeletedRows {
        /// The first of them, with the column that says so.
        place: DataPlace,
        word: String,
        rows: u64,
        recipe: Option<Span>,
    }
}

impl DeletedRows {
    fn words(&self) -> Diagnostic {
        let column = self.place.column.clone().unwrap_or_default();
        let word = &self.word;
        let title = match self.rows {
            1 => format!(
                "a row deletes what it holds, by `{column}` = `{word}`: its values are taken as unknown"
            ),
            rows => format!(
                "{} delete what they hold, by `{column}` = `{word}`: their values are taken as unknown",
                counted(number(rows), "row")
            ),
        };
        let condition = format!("{} != \"{word}\"", super::meant::filter_name(&column));
        Diagnostic::at(self, title, Place::Data(self.place.clone()), "here first")
            .mark_if(self.recipe, "the recipe of this file")
            .note("what an earlier file says of these observations is unknown, too")
            .help(format!(
                "to leave such rows out, and keep what other rows say: `--rows '{condition}'`, or `rows = '{condition}'` \
                 in the recipe"
            ))
    }
}

cause! {
    FW0992 RemarksLeft {
        /// The first of them.
        place: DataPlace,
        text: String,
        /// How it begins, as `footer` names it.
        begins: String,
        rows: u64,
        recipe: Option<Span>,
    }
}

impl RemarksLeft {
    fn words(&self) -> Diagnostic {
        let title = match self.rows {
            1 => "a row behind the data has no values, and is taken for a remark".to_owned(),
            rows => format!(
                "{} behind the data have no values, and are taken for remarks",
                counted(number(rows), "row")
            ),
        };
        let label = format!("`{}` is no entity", short(&self.text));
        let begins = &self.begins;
        Diagnostic::at(self, title, Place::Data(self.place.clone()), label)
            .mark_if(self.recipe, "the recipe of this file")
            .help(format!(
                "if they are, say so: `--footer {}`, or `footer = \"{}\"` in the recipe",
                typed(begins),
                begins.replace('\\', "\\\\").replace('"', "\\\"")
            ))
            .help(
                "if it is an entity of which nothing is known, write so in its row: `n/a` in place of a value, with \
                 `--missing n/a`",
            )
    }
}

cause! {
    FW0970 HeadingsRead {
        /// The first of them.
        place: DataPlace,
        names: Vec<String>,
        entity: String,
        recipe: Option<Span>,
    }
}

impl HeadingsRead {
    fn words(&self) -> Diagnostic {
        let (stand, are, them) = match self.names.as_slice() {
            [_] | [] => ("stands", "is", "it"),
            [_, _, ..] => ("stand", "each is", "them"),
        };
        let title = format!(
            "{} {stand} over other rows, with nothing beside {them}, and {are} read as `{}`",
            some_of(&self.names, NAMED),
            self.entity
        );
        let options: Vec<String> = self
            .names
            .iter()
            .map(|name| format!("--except {}", typed(name)))
            .collect();
        let list: Vec<String> = self.names.iter().map(|name| toml_text(name)).collect();
        Diagnostic::at(
            self,
            title,
            Place::Data(self.place.clone()),
            "a heading, most likely",
        )
        .mark_if(self.recipe, "the recipe of this file")
        .note("what `missing means` says would hold for it, too")
        .help(format!(
            "leave {them} out: `{}`, or `except = [{}]` in the recipe",
            options.join(" "),
            list.join(", ")
        ))
    }
}

/// What is said and chooses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vain {
    /// `latest wins` beside events that are summed up.
    When(&'static str),
    /// `once`, and nothing is summed up.
    OnceAlone,
    /// `once`, and rows that are there twice are added.
    OnceAddsUp,
}

cause! {
    FW0989 ChoosesNothing {
        file: String,
        vain: Vain,
        /// A column that seems to name events.
        event: Option<String>,
        recipe: Option<Span>,
    }
}

impl ChoosesNothing {
    fn words(&self) -> Diagnostic {
        let place = match self.recipe {
            Some(span) => Place::Source(span),
            None => super::cells::column_place(&self.file, None),
        };
        let (title, label, help) = match self.vain {
            Vain::When(words) => {
                let column = self.event.as_deref();
                let once = column.map_or("once = \"…\"".to_owned(), |column| {
                    format!("once = {}", toml_text(column))
                });
                let option = typed(column.unwrap_or("COLUMN"));
                (
                    format!("`{words}` chooses nothing among events that are summed up"),
                    "all rows of a key are summed up, whichever is the latest".to_owned(),
                    format!(
                        "say which column names an event, so that a row of it that comes again takes the place of the \
                         other: `--once {option}`, or `{once}` in the recipe; where no event comes again, take `when` out"
                    ),
                )
            }
            Vain::OnceAlone => (
                "`once` names events that are summed up, and nothing is".to_owned(),
                "it chooses nothing".to_owned(),
                format!(
                    "sum events up with `sum`, or take `once` out; rows of one key are chosen by `when` alone: {}",
                    quoted(&["latest wins".to_owned(), "first wins".to_owned()], "or")
                ),
            ),
            Vain::OnceAddsUp => (
                "`once` counts an event once, and `add up` adds what is there twice".to_owned(),
                "rows of one event that differ are told, and not added".to_owned(),
                "say which of them holds, `latest wins` or `first wins`, or take `once` out"
                    .to_owned(),
            ),
        };
        Diagnostic::at(self, title, place, label).help(help)
    }
}
