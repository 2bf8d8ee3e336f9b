//! Translations held against the framework: what is of nothing, missing or outdated.

use super::super::wording::{count, list, quoted};
use super::super::{Diagnostic, Label, Place};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1503 OfNothing {
        /// The section of the file: `levels.concern`.
        section: String,
        /// `a level of `concern``
        what: String,
        name: String,
        span: Span,
        suggestion: Option<String>,
        /// What there is of the kind, where it is read at a glance.
        known: Vec<String>,
    }
}

impl OfNothing {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` is not {}", self.name, self.what);
        let said = format!("translated in `[{}]`", self.section);
        let diagnostic = Diagnostic::about(self, title, self.span, said);
        match &self.suggestion {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None if self.known.is_empty() || self.known.len() > 12 => {
                diagnostic.help("take the line out, or name what it translates")
            }
            None => diagnostic.help(format!(
                "name what it translates, there {} {}, or take the line out",
                if self.known.len() == 1 { "is" } else { "are" },
                quoted(&self.known, "and")
            )),
        }
    }
}

cause! {
    FW1504 OfDropped {
        /// `indicator`
        what: String,
        name: String,
        span: Span,
        dropped: Span,
        declared: Span,
    }
}

impl OfDropped {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "the {} `{}` is translated, but dropped",
            self.what, self.name
        );
        let mut diagnostic = Diagnostic::about(self, title, self.span, "its translation");
        for (span, text) in [
            (self.dropped, "dropped here"),
            (self.declared, "declared here"),
        ] {
            diagnostic.secondary.push(Label {
                place: Place::Source(span),
                text: text.to_owned(),
            });
        }
        diagnostic.help("take the translation out, or keep what it translates")
    }
}

cause! {
    FW1505 TranslationOutdated {
        key: String,
        language: String,
        text: String,
        /// What it translates, and what is said now.
        of: String,
        today: String,
        span: Span,
        declared: Option<Span>,
        /// It stands in the package's own file, and not in one of a package that it extends.
        is_own: bool,
    }
}

impl TranslationOutdated {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "the translation of `{}` into `{}` is outdated",
            self.key, self.language
        );
        let said = format!("\"{}\" translates \"{}\"", self.text, self.of);
        let mut diagnostic = Diagnostic::about(self, title, self.span, said);
        if let Some(span) = self.declared {
            diagnostic.secondary.push(Label {
                place: Place::Source(span),
                text: format!("it says \"{}\" now", self.today),
            });
        }
        let help = if self.is_own {
            format!(
                "look at it again, then say what it translates: `of = \"{}\"`",
                self.today
            )
        } else {
            format!(
                "translate it anew in `translations/{}.toml` of this ruleset",
                self.language
            )
        };
        diagnostic
            .note("until then its label in the framework's own language is shown")
            .help(help)
    }
}

cause! {
    FW1506 TranslationsMissing {
        /// The file that they would stand in.
        file: String,
        /// The folder of the ruleset.
        rules: String,
        language: String,
        missing: Vec<String>,
        /// So many texts are shown.
        wanted: usize,
    }
}

/// So many of them are named.
const NAMED: usize = 8;

impl TranslationsMissing {
    fn words(&self) -> Diagnostic {
        let is = if self.missing.len() == 1 { "is" } else { "are" };
        let title = format!(
            "{} of {} {is} not translated into `{}`",
            self.missing.len(),
            count(self.wanted, "text"),
            self.language
        );
        let place = Place::File(self.file.clone());
        let named = self.missing.iter().take(NAMED);
        let mut named: Vec<String> = named.map(|one| format!("`{one}`")).collect();
        let more = self.missing.len().saturating_sub(NAMED);
        if more > 0 {
            named.push(format!("{more} more"));
        }
        let said = format!("not translated: {}", list(&named, "and"));
        Diagnostic::at(self, title, place, said).help(format!(
            "`forewarn translations {} --lang {}` makes a place for each",
            self.rules, self.language
        ))
    }
}
