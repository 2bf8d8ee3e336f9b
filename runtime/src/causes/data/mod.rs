//! Data that does not fit: files, columns, cells and rows.
//!
//! In: what readers found, with its place in the file. Out: messages in the same form as those
//! about rules. A cell that fails often is told a few times and then counted: the last one told of
//! a column carries how many were not (`more`).

mod ahead;
mod cells;
mod columns;
mod counted;
mod files;
mod frames;
mod joined;
mod left;
mod lines;
mod lost;
mod meant;
mod meeting;
mod recipes;
mod rows;
mod spelling;
mod stacked;
mod suspicious;
mod unlike;

pub use ahead::*;
pub use cells::*;
pub use columns::*;
pub use counted::*;
pub use files::*;
pub use frames::*;
pub use joined::*;
pub use left::*;
pub use lines::*;
pub use lost::*;
pub use meant::*;
pub use meeting::*;
pub use recipes::*;
pub use rows::*;
pub use spelling::*;
pub use stacked::*;
pub use suspicious::*;
pub use unlike::*;

use forewarn_diagnostics::toml_text::toml_text;
use forewarn_diagnostics::wording::{count as counted, grouped, plural};
use forewarn_diagnostics::{DataPlace, Diagnostic, Place};

/// A cell that an indicator is read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellAt {
    pub place: DataPlace,
    /// The cell's text, or how a typed value is written.
    pub text: String,
    /// The indicator.
    pub name: String,
    /// As people read it; empty for none.
    pub unit: String,
    /// How many cells of the column fail in the same way and are not told.
    pub more: u64,
    /// An absent cell stands for a value (`missing means`).
    pub stands: bool,
    /// It is an indicator's, and no result that a table of cases expects.
    pub declared: bool,
}

impl CellAt {
    /// How a word stays unknown where a word for missing values would stand for a value.
    fn kept_unknown(&self, found: Diagnostic) -> Diagnostic {
        if !self.stands {
            return found;
        }
        let word = typed_pair("unknown", &self.text);
        found.help(format!(
            "an empty cell and a word for missing values stand for what `missing means` says of `{}`; where the \
             word says that nobody knows: `--word {word}`, or `words = {{ unknown = {} }}` in the recipe",
            self.name,
            toml_text(&short(&self.text))
        ))
    }

    /// How a word says that there is no such value, where it may be one that does.
    fn or_inapplicable(&self, found: Diagnostic) -> Diagnostic {
        if !self.declared || !crate::bind::says_inapplicable(&self.text) {
            return found;
        }
        found.help(format!(
            "if it says that there is no such value, declare so with `{}`: `applies unless written \"{}\"`",
            self.name,
            short(&self.text)
        ))
    }

    fn label(&self) -> String {
        if self.unit.is_empty() {
            format!("`{}` is read from here", self.name)
        } else {
            format!("`{}` is read from here, in {}", self.name, self.unit)
        }
    }

    fn place(&self) -> Place {
        Place::Data(self.place.clone())
    }
}

trait AndMore {
    fn and_more(self, more: u64) -> Self;
}

impl AndMore for Diagnostic {
    /// Says how many cells of the same column fail in the same way, where there are any.
    fn and_more(self, more: u64) -> Self {
        match more {
            0 => self,
            more => self.note(format!("… and {} more in this column", grouped(more))),
        }
    }
}

/// A cell's words, shortened to what fits a line of a message.
fn short(text: &str) -> String {
    const MOST: usize = 40;
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(MOST).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    // Line breaks inside a quoted cell would break the message.
    short.replace(['\n', '\r', '\t'], " ")
}

/// A word as it can be typed after an option.
#[must_use]
pub fn typed(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "._-+/:,=%@".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else if word.contains(char::is_control) {
        // Signs that a line of a message cannot hold are written by their letters.
        format!("$'{}'", word.escape_debug())
    } else if word.contains('"') {
        // Double quotes within others vanish in a shell.
        format!("'{word}'")
    } else {
        format!("\"{word}\"")
    }
}
