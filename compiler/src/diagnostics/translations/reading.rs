//! Files of translations, read, and the language that was asked for.

use super::super::wording::list;
use super::super::{Diagnostic, Place};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1501 UnknownLanguage {
        language: String,
        /// Languages that there are files of.
        known: Vec<String>,
    }
}

impl UnknownLanguage {
    fn words(&self) -> Diagnostic {
        let title = format!("there are no translations into `{}`", self.language);
        let place = Place::CommandLine;
        let said = format!("`--lang {}`", self.language);
        let diagnostic = Diagnostic::at(self, title, place, said);
        let known: Vec<String> = self.known.iter().map(|one| format!("`{one}`")).collect();
        let language = &self.language;
        let begins = format!(
            "in `translations/{language}.toml` beside the rules: `forewarn translations RULES --lang {language}` \
             begins that file"
        );
        match known.as_slice() {
            [] => diagnostic.help(format!("translations stand {begins}")),
            [only] => diagnostic
                .note(format!("there is {only}"))
                .help(format!("translations into it would stand {begins}")),
            several => diagnostic
                .note(format!("there are {}", list(several, "and")))
                .help(format!("translations into it would stand {begins}")),
        }
    }
}

cause! {
    FW1502 TranslationSlip {
        span: Span,
        what: String,
        suggestion: Option<String>,
        /// The line as it was meant, where it could not be read at all.
        line: Option<String>,
    }
}

impl TranslationSlip {
    fn words(&self) -> Diagnostic {
        if let Some(line) = &self.line {
            return Diagnostic::about(self, self.what.clone(), self.span, "here")
                .help(format!("write `{line}`"));
        }
        let label = match &self.suggestion {
            Some(known) => format!("such as `{known}`"),
            None => "here".to_owned(),
        };
        Diagnostic::about(self, self.what.clone(), self.span, label).help(
            "a file is named after its language, such as `fr.toml`; it has `[framework]`, `[labels]`, \
             `[levels.SCALE]`, `[units]`, `[sources]`, `[docs]` and `[messages]`",
        )
    }
}
