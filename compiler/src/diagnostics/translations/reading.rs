//! Files of translations, read, and the language that was asked for.

use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::list;
use super::super::{Diagnostic, Place};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[UnknownLanguage::INFO, TranslationSlip::INFO];

cause! {
    /// a language that there are no translations into
    ///
    /// ## What it means
    ///
    /// `--lang` names a language that neither the ruleset nor anything it extends has a file of.
    ///
    /// ## Why it matters
    ///
    /// Results would come in another language than the one that was asked for, and nobody would know why.
    ///
    /// ## Wrong
    ///
    /// Asked for a language that no file is of:
    ///
    /// ```text args=--lang it
    /// forewarn run rules --lang it --data monthly.csv
    /// ```
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low "Low" < high "High" }
    /// level overall "Overall" : concern { high when deaths >= 1000, low otherwise }
    /// ```
    ///
    /// ```toml file=translations/fr.toml
    /// [framework]
    /// label = "Ouest"
    ///
    /// [labels]
    /// deaths = "Morts dans les conflits"
    /// overall = "Ensemble"
    ///
    /// [levels.concern]
    /// low = "Faible"
    /// high = "Élevé"
    /// ```
    ///
    /// ## Right
    ///
    /// ```text args=--lang fr
    /// forewarn run rules --lang fr --data monthly.csv
    /// ```
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low "Low" < high "High" }
    /// level overall "Overall" : concern { high when deaths >= 1000, low otherwise }
    /// ```
    ///
    /// ```toml file=translations/fr.toml
    /// [framework]
    /// label = "Ouest"
    ///
    /// [labels]
    /// deaths = "Morts dans les conflits"
    /// overall = "Ensemble"
    ///
    /// [levels.concern]
    /// low = "Faible"
    /// high = "Élevé"
    /// ```
    Error "FW1501" UnknownLanguage {
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
        if known.is_empty() {
            diagnostic
                .help("translations stand in `translations/fr.toml`, for French, beside the rules")
        } else {
            diagnostic.help(format!("there are {}", list(&known, "and")))
        }
    }
}

cause! {
    /// a slip in a file of translations
    ///
    /// ## What it means
    ///
    /// Something in a file in `translations/` cannot be read, or means nothing there.
    ///
    /// ## Why it matters
    ///
    /// What cannot be read is not shown, and a slip in a section leaves all of it out.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low "Low" < high "High" }
    /// level overall "Overall" : concern { high when deaths >= 1000, low otherwise }
    /// ```
    ///
    /// ```toml file=translations/fr.toml
    /// [framework]
    /// label = "Ouest"
    ///
    /// [label]
    /// deaths = "Morts dans les conflits"
    /// overall = "Ensemble"
    ///
    /// [levels.concern]
    /// low = "Faible"
    /// high = "Élevé"
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low "Low" < high "High" }
    /// level overall "Overall" : concern { high when deaths >= 1000, low otherwise }
    /// ```
    ///
    /// ```toml file=translations/fr.toml
    /// [framework]
    /// label = "Ouest"
    ///
    /// [labels]
    /// deaths = "Morts dans les conflits"
    /// overall = "Ensemble"
    ///
    /// [levels.concern]
    /// low = "Faible"
    /// high = "Élevé"
    /// ```
    Error "FW1502" TranslationSlip {
        span: Span,
        what: String,
        suggestion: Option<String>,
    }
}

impl TranslationSlip {
    fn words(&self) -> Diagnostic {
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
