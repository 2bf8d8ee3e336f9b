//! Cells that are read as something else than they may be meant.

use super::columns::some_of;
use super::{counted, short, typed};
use crate::bind::NoSum;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::toml_text::toml_text;
use forewarn_diagnostics::wording::quoted;
use forewarn_diagnostics::{DataPlace, Diagnostic, Place};

/// How many words a message names.
const NAMED: usize = 6;

cause! {
    FW0962 FlagsOrMultiples {
        file: String,
        column: String,
        /// The first cell, and what it was read as.
        text: String,
        value: String,
        cells: u64,
        /// What stands behind it is a word of more letters than flags have.
        word: bool,
    }
}

impl FlagsOrMultiples {
    fn words(&self) -> Diagnostic {
        let cells = usize::try_from(self.cells).unwrap_or(usize::MAX);
        let title = format!(
            "`{}` of column `{}` is read as {}, and may be many times as much",
            short(&self.text),
            self.column,
            self.value
        );
        if self.word {
            let label = match cells {
                1 => "a word stands behind a value of this column, and is no flag that is known"
                    .to_owned(),
                _ => format!(
                    "words stand behind its values, in {}, and are no flags that are known",
                    counted(cells, "cell")
                ),
            };
            let place = super::cells::column_place(&self.file, Some(&self.column));
            return Diagnostic::at(self, title, place, label).help(
                "if it says how many or of what, write the values in the unit of the rules; if it says how good \
                 they are, all is as it should be",
            );
        }
        let label = match cells {
            1 => {
                "the only letters behind a value of this column may stand for millions or billions"
                    .to_owned()
            }
            _ => format!(
                "all letters behind its values, in {}, may stand for millions or billions",
                counted(cells, "cell")
            ),
        };
        let place = super::cells::column_place(&self.file, Some(&self.column));
        Diagnostic::at(self, title, place, label).help(
            "if they do, say so in place of `flags`: `--multiples`, or `multiples = true` in the recipe; if they \
             say how good a value is, all is as it should be",
        )
    }
}

cause! {
    FW0961 DoesNotAddUp {
        file: String,
        column: String,
        /// What is read from the sums.
        name: String,
        why: NoSum,
        recipe: Option<Span>,
    }
}

impl DoesNotAddUp {
    fn words(&self) -> Diagnostic {
        let Self { column, name, .. } = self;
        let title = format!(
            "`{column}` is summed up for `{name}`, and {} do not add up",
            many(self.why)
        );
        let place = super::cells::column_place(&self.file, Some(column));
        let label = format!("`{name}` would be a sum of several rows");
        Diagnostic::at(self, title, place, label)
            .mark_if(self.recipe, "the recipe of this file")
            .help(
                "sum up the counts that it is made of and let the rules divide them, or say which row holds: \
                 `when = \"latest wins\"`, `--when \"latest wins\"`, or `rows`",
            )
    }
}

cause! {
    FW0966 WordForNothing {
        name: String,
        word: String,
        suggestion: Option<String>,
        /// Levels and categories that the rules read.
        known: Vec<String>,
        /// The recipe that has it; none where it was typed.
        recipe: Option<Span>,
    }
}

impl WordForNothing {
    fn words(&self) -> Diagnostic {
        let Self { name, word, .. } = self;
        let title = format!("the rules read no level and no category `{name}`");
        let (place, label) = match self.recipe {
            Some(span) => (
                Place::Source(span),
                format!("`{name} = \"{word}\"` in `words` of this recipe"),
            ),
            None => (
                Place::CommandLine,
                format!("in `--word {}`", typed(&format!("{name}={word}"))),
            ),
        };
        let at = Diagnostic::at(self, title, place, label);
        match (&self.suggestion, self.known.as_slice()) {
            (Some(near), _) => at.help(format!("did you mean `{near}`?")),
            (None, []) => at.help("words stand for levels, categories, `yes` and `no`"),
            (None, known) => at.help(format!("they read {}", some_of(known, NAMED))),
        }
    }
}

/// What a word is said to stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A level or a category, or `yes` or `no`.
    Named(String),
    /// Nothing is known.
    Missing,
    /// It is itself a level or a category of this indicator.
    Itself { input: String },
    /// It is what people read for this level or category.
    Label(String),
}

cause! {
    FW0974 NoSuchMissingWord {
        words: Vec<String>,
    }
}

impl NoSuchMissingWord {
    fn words(&self) -> Diagnostic {
        let words = quoted(&self.words, "and");
        let (is, are, it) = match self.words.len() {
            1 => ("stands", "is", "it"),
            _ => ("stand", "are", "they"),
        };
        let title = format!("no cell is {words}, which {are} said to stand for a missing value");
        let options: Vec<String> = self
            .words
            .iter()
            .map(|word| format!("--missing{}{}", super::cells::between(word), typed(word)))
            .collect();
        Diagnostic::at(
            self,
            title,
            Place::CommandLine,
            format!("in `{}`", options.join(" ")),
        )
        .help(format!(
            "look how the files write what is missing (`forewarn data` shows the range of each column), or leave out \
             what {is} for nothing: a word in the recipe is not told, where {it} may come another month"
        ))
    }
}

cause! {
    FW0971 WordForTwo {
        word: String,
        name: String,
        /// What else it is.
        other: Meaning,
        /// The recipe that says so; none where it was typed.
        recipe: Option<Span>,
    }
}

impl WordForTwo {
    fn words(&self) -> Diagnostic {
        let Self { word, name, .. } = self;
        let word = short(word);
        let (title, help) = match &self.other {
            Meaning::Named(other) => (
                format!("`{word}` is said to stand for `{name}` and for `{other}`"),
                "a cell with it could be either: give the word to one of them".to_owned(),
            ),
            Meaning::Missing => (
                format!("`{word}` is said to stand for `{name}` and for a missing value"),
                "a cell with it would be missing: say one of them".to_owned(),
            ),
            Meaning::Itself { input } => (
                format!(
                    "`{word}` is said to stand for `{name}`, and is a name of `{input}` itself"
                ),
                format!(
                    "a cell `{word}` is read as that: leave the word out, and where the file means something else \
                     by it, have its cells or the names of the rules changed"
                ),
            ),
            Meaning::Label(other) => (
                format!("`{word}` is said to stand for `{name}`, and the rules call `{other}` so"),
                "leave the word out, or change the label in the rules".to_owned(),
            ),
        };
        let (place, label) = match self.recipe {
            Some(span) => (Place::Source(span), "in this recipe".to_owned()),
            None => {
                let option = match name.as_str() {
                    "yes" | "no" => format!("--{name} {}", typed(&self.word)),
                    name => format!("--word {}", typed(&format!("{name}={}", self.word))),
                };
                (Place::CommandLine, format!("in `{option}`"))
            }
        };
        Diagnostic::at(self, title, place, label).help(help)
    }
}

cause! {
    FW0967 LongReadPlain {
        file: String,
        /// The column that seems to name indicators, and what stands in it.
        column: String,
        codes: Vec<String>,
        /// What is read from the column of values.
        name: String,
        value: String,
        recipe: Option<Span>,
    }
}

impl LongReadPlain {
    fn words(&self) -> Diagnostic {
        let Self {
            column,
            name,
            value,
            ..
        } = self;
        let title = format!(
            "`{name}` is read from `{value}` of every row, and `{column}` says that they are of several things"
        );
        let place = super::cells::column_place(&self.file, Some(column));
        let label = format!("it has {}", some_of(&self.codes, NAMED));
        let first = self.codes.first().map_or("", String::as_str);
        Diagnostic::at(self, title, place, label)
            .mark_if(self.recipe, "the recipe of this file")
            .help(format!(
                "read it as a long table: `--long {} --long-key {}`, or `shape = {{ long = {long}, value = \
                 {whole}, keys = {{ {code} = \"{name}\" }} }}` in the recipe, with the name that `{name}` has \
                 there; or choose its rows: `--rows '{of} = \"{first}\"'`, or `rows = '{of} = \"{first}\"'`",
                typed(&format!("{column}={value}")),
                typed(&format!("{first}={name}")),
                of = filter_name(column),
                long = toml_text(column),
                whole = toml_text(value),
                code = toml_text(first)
            ))
    }
}

cause! {
    FW0978 MarkedNoValue {
        /// The first row of the kind, and the column that says so.
        place: DataPlace,
        word: String,
        values: u64,
        recipe: Option<Span>,
    }
}

impl MarkedNoValue {
    fn words(&self) -> Diagnostic {
        let column = self.place.column.as_deref().unwrap_or_default();
        let word = short(&self.word);
        let values = usize::try_from(self.values).unwrap_or(usize::MAX);
        let title = format!(
            "{} where `{column}` says that there is none",
            match values {
                1 => "a value is read".to_owned(),
                values => format!("{} are read", counted(values, "value")),
            }
        );
        let label = format!("`{word}` stands for no observation, and the row has a value");
        let name = filter_name(column);
        let condition = format!("{name} is missing or {name} is not \"{}\"", self.word);
        Diagnostic::at(self, title, Place::Data(self.place.clone()), label)
            .mark_if(self.recipe, "the recipe of this file")
            .help(format!(
                "leave such rows out: `--rows {}`, or `rows = '{condition}'` in the recipe; if their values are meant, \
                 `rows = '{name} is missing or {name} is known'` says so",
                typed(&condition)
            ))
    }
}

/// What does not add up, in the plural.
pub(super) fn many(why: NoSum) -> &'static str {
    match why {
        NoSum::NoNumber => "truths, levels and categories",
        NoSum::Percentage => "percentages",
        NoSum::Rate => "rates",
        NoSum::Share => "shares",
        NoSum::Index => "indices",
    }
}

/// A text as conditions write it.
#[must_use]
pub fn filter_text(text: &str) -> String {
    format!("\"{text}\"")
}

/// A column as conditions name it.
#[must_use]
pub fn filter_name(column: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let begins = column.starts_with(|letter: char| letter.is_ascii_alphabetic());
    match begins && column.chars().all(plain) {
        true => column.to_owned(),
        false => format!("column(\"{column}\")"),
    }
}
