//! `--lang`: the language that labels are shown in, and what is said where it is not there.

use crate::stream::say;
use crate::words::{count, grouped};
use clap::Args;
pub use forewarn::direction::set_apart;
use forewarn_compiler::Settings;
use forewarn_compiler::translations::Words;

/// `--lang fr`
#[derive(Clone, Debug, Default, Args)]
pub struct LangArg {
    /// The language of labels, levels and units, from `translations/LANG.toml`: `fr`, `pt-BR`
    #[arg(
        long,
        alias = "language",
        value_name = "LANG",
        help_heading = "Language"
    )]
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

#[cfg(test)]
mod tests {
    use super::*;

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
