//! What follows a declaration (`column "…"`, `cite "…"`), and what is asked of a name with a dot.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use super::super::suggest::suggest;
use super::super::wording::{quoted, with_article};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    UnknownField::INFO,
    AttributeNotHere::INFO,
    AttributeTwice::INFO,
    UnknownWord::INFO,
];

cause! {
    /// a detail that this kind of value does not have
    ///
    /// ## What it means
    ///
    /// The word after the dot asks for something that the name before it does not have. A factor
    /// has `.coverage`, `.known` and `.members`; a level has `.at_least` and `.at_most`.
    ///
    /// ## Why it matters
    ///
    /// A rule about evidence that asks the wrong value would rest on nothing.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..1
    /// indicator poverty "Poverty" : number in 0..1
    /// factor fragility "Fragility" {
    ///   combine mean
    ///   require 50% coverage
    ///   members { governance, poverty }
    /// }
    /// signal well_known = fragility.evidence >= 0.8
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..1
    /// indicator poverty "Poverty" : number in 0..1
    /// factor fragility "Fragility" {
    ///   combine mean
    ///   require 50% coverage
    ///   members { governance, poverty }
    /// }
    /// signal well_known = fragility.coverage >= 0.8
    /// ```
    Error "FW0113" UnknownField {
        /// The name before the dot.
        of: String,
        /// What it is: `a factor`.
        what: String,
        field: String,
        span: Span,
        known: Vec<&'static str>,
    }
}

impl UnknownField {
    fn words(&self) -> Diagnostic {
        let Self {
            of,
            what,
            field,
            span,
            known,
        } = self;
        let nearest = suggest(field, known.iter().copied());
        let label = match nearest {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("`{of}` is {}", with_article(what)),
        };
        let diagnostic = Diagnostic::about(self, format!("`{of}` has no `{field}`"), *span, label);
        if let Some(nearest) = nearest {
            diagnostic.mend(
                format!("replace it by `{nearest}`"),
                vec![(*span, (*nearest).to_owned())],
            )
        } else if known.is_empty() {
            diagnostic.help(format!(
                "{} has nothing that can be asked for",
                with_article(what)
            ))
        } else {
            diagnostic.help(format!(
                "of {} can be asked: {}",
                with_article(what),
                quoted(known, "and")
            ))
        }
    }
}

cause! {
    /// a detail that does not belong to this declaration
    ///
    /// ## What it means
    ///
    /// The words fit another kind of declaration: `column` says where an indicator is read from,
    /// `license` belongs to a source, and so on.
    ///
    /// ## Why it matters
    ///
    /// Here the words would have no effect, and readers would think that they have.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2 column "burden"
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0.. column "best"
    /// score burden = deaths * 2
    /// ```
    Error "FW0114" AttributeNotHere {
        attribute: String,
        /// The declaration it stands at: `a score`.
        what: String,
        span: Span,
        declaration: Span,
        /// Where it would fit: `an indicator`.
        belongs: String,
    }
}

impl AttributeNotHere {
    fn words(&self) -> Diagnostic {
        let what = with_article(&self.what);
        let belongs = with_article(&self.belongs);
        Diagnostic::about(
            self,
            format!("`{}` does not belong to {what}", self.attribute),
            self.span,
            "has no meaning here",
        )
        .mark(self.declaration, format!("this is {what}"))
        .mend(
            format!("remove it; it belongs to {belongs}"),
            vec![(self.span, String::new())],
        )
    }
}

cause! {
    /// a detail is given twice
    ///
    /// ## What it means
    ///
    /// A declaration says the same thing about itself twice, such as two columns or two polarities.
    ///
    /// ## Why it matters
    ///
    /// If the two differ, nobody can say which of them counts.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0.. column "best" column "high"
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0.. column "best"
    /// score burden = deaths * 2
    /// ```
    Error "FW0115" AttributeTwice {
        attribute: String,
        first: Span,
        second: Span,
    }
}

impl AttributeTwice {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` is given twice", self.attribute),
            self.second,
            "given again here",
        )
        .mark(self.first, "first given here")
        .help("keep the one that counts")
    }
}

cause! {
    /// a word that does not fit here
    ///
    /// ## What it means
    ///
    /// Some places take one of a few fixed words: the period of the panel (`day`, `week`, `month`,
    /// `quarter`, `year`), the polarity of an indicator, a classification. This word is not one of
    /// them.
    ///
    /// ## Why it matters
    ///
    /// Each of these words changes how data are read or who may see them; none is guessed.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by decade
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    Error "FW0116" UnknownWord {
        /// What the word would say: `polarity`.
        what: String,
        word: String,
        span: Span,
        known: Vec<&'static str>,
    }
}

impl UnknownWord {
    fn words(&self) -> Diagnostic {
        let Self {
            what,
            word,
            span,
            known,
        } = self;
        let choices = quoted(known, "or");
        let title = format!("there is no {what} `{word}`");
        match suggest(word, known.iter().copied()) {
            Some(nearest) => {
                Diagnostic::about(self, title, *span, format!("did you mean `{nearest}`?")).mend(
                    format!("write one of {choices}"),
                    vec![(*span, nearest.to_owned())],
                )
            }
            None => Diagnostic::about(self, title, *span, "this word does not fit here")
                .help(format!("write {choices}")),
        }
    }
}
