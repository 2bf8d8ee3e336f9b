//! `--lang`: the language that labels are shown in, and what is said where it is not there.

use crate::stream::say;
use crate::words::{count, grouped};
use clap::Args;
use forewarn_compiler::Settings;
use forewarn_compiler::translations::Words;

/// `--lang fr`
#[derive(Clone, Debug, Default, Args)]
pub struct LangArg {
    /// The language of labels, levels and units, from `translations/LANG.toml`: `fr`, `pt-BR`
    #[arg(long, value_name = "LANG", help_heading = "Language")]
    pub lang: Option<String>,
}

impl LangArg {
    /// Settings that ask for this language and nothing else.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings {
            lang: self.lang.clone(),
            ..Settings::default()
        }
    }
}

/// `12 of 40 texts are not translated into `fr`, 3 of them outdated`; empty where all are.
#[must_use]
pub fn lacking(words: &Words) -> String {
    if words.missing == 0 {
        return String::new();
    }
    let outdated = match words.outdated {
        0 => String::new(),
        outdated => format!(", {} of them outdated", grouped(outdated as u64)),
    };
    format!(
        "{} of {} not translated into `{}`{outdated}: shown in the language of the rules",
        grouped(words.missing as u64),
        count(words.wanted, "text"),
        words.language
    )
}

/// Says in a line on standard error what the language lacks.
pub fn note(words: Option<&Words>) {
    let lacking = words.map(lacking).unwrap_or_default();
    if !lacking.is_empty() {
        say(&format!("note: {lacking}\n"));
    }
}

/// A right-to-left text set apart, so that what stands around it on a terminal keeps its place (Unicode
/// Bidirectional Algorithm: FIRST STRONG ISOLATE … POP DIRECTIONAL ISOLATE). Only for terminals: files
/// hold texts as they are.
#[must_use]
pub fn set_apart(text: &str) -> String {
    if is_right_to_left(text) {
        format!("\u{2068}{text}\u{2069}")
    } else {
        text.to_owned()
    }
}

/// Does a text hold letters that are written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and
/// others, with their presentation forms?
#[must_use]
pub fn is_right_to_left(text: &str) -> bool {
    text.chars().any(|one| {
        matches!(one,
            '\u{0590}'..='\u{08ff}'
            | '\u{200f}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_written_from_the_right_is_set_apart() {
        assert_eq!(set_apart("مرتفع"), "\u{2068}مرتفع\u{2069}");
        for text in ["élevé", "e\u{301}leve\u{301}", "高", "высокий", "0.91", ""] {
            assert_eq!(set_apart(text), text);
        }
    }

    #[test]
    fn what_is_lacking_is_counted_in_a_line() {
        let mut words = Words {
            language: "fr".to_owned(),
            wanted: 40,
            ..Words::default()
        };
        assert_eq!(lacking(&words), "");
        (words.missing, words.outdated) = (12, 3);
        assert_eq!(
            lacking(&words),
            "12 of 40 texts not translated into `fr`, 3 of them outdated: shown in the language of the rules"
        );
    }
}
