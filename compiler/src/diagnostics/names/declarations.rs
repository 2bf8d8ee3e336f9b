//! Declarations as such: twice, in a ring, unused, named like a word of the language.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::{circle, ring};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    DuplicateName::INFO,
    Cycle::INFO,
    Unused::INFO,
    ShadowsBuiltin::INFO,
];

cause! {
    /// a name is declared twice
    ///
    /// ## What it means
    ///
    /// All files of a package share one set of names: one for everything that has a value (indicators,
    /// params, steps, scores, signals, factors, levels), one for functions, one for units and scales,
    /// one for sources. In each of them a name is declared once.
    ///
    /// ## Why it matters
    ///
    /// With two declarations of one name nobody can say which of them a rule means.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// score burden = deaths * 3
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// score heavy_burden = deaths * 3
    /// ```
    Error "FW0101" DuplicateName {
        name: String,
        first: Span,
        second: Span,
    }
}

impl DuplicateName {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` is declared twice", self.name),
            self.second,
            "declared again here",
        )
        .mark(self.first, "first declared here")
        .help("rename one of them, or remove it")
    }
}

cause! {
    /// declarations need each other
    ///
    /// ## What it means
    ///
    /// The value of a declaration is needed to work out that same value, directly or by way of
    /// others. The message shows the whole circle.
    ///
    /// ## Why it matters
    ///
    /// Such values have no beginning: none of them can be worked out before the others.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths + strain
    /// score strain = burden / 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator displaced "Displaced people" : number in 0..
    /// score burden = deaths + strain
    /// score strain = displaced / 2
    /// ```
    Error "FW0102" Cycle {
        /// Each with the place where it uses the next; the last uses the first.
        members: Vec<(String, Span)>,
    }
}

impl Cycle {
    fn words(&self) -> Diagnostic {
        let title = match self.members.as_slice() {
            [(only, _)] => format!("`{only}` needs itself"),
            members => format!("declarations need each other: {}", ring(members)),
        };
        circle(self, title, &self.members, "needs")
            .note("none of these values can be worked out before the others")
            .help("break the circle: let one of them rest on indicators only")
    }
}

cause! {
    /// a declaration that nothing uses
    ///
    /// ## What it means
    ///
    /// Nothing that the framework publishes (a score, a signal, a factor or a level) uses this
    /// declaration.
    ///
    /// ## Why it matters
    ///
    /// An indicator that is collected and never used looks as if it counted. Often a member was
    /// forgotten, or two names were mixed up.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator wounded "Wounded" : number in 0..
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator wounded "Wounded" : number in 0..
    /// score burden = deaths * 2 + wounded
    /// ```
    Warning "FW0103" Unused {
        /// The kind of declaration: `indicator`.
        what: &'static str,
        name: String,
        span: Span,
    }
}

impl Unused {
    fn words(&self) -> Diagnostic {
        let Self { what, name, span } = self;
        // `let` is the word in the rules; people speak of a step.
        let noun = if *what == "let" { "step" } else { what };
        let diagnostic = Diagnostic::about(
            self,
            format!("nothing uses the {noun} `{name}`"),
            *span,
            format!("nothing published rests on this {noun}"),
        );
        match noun {
            "step" => diagnostic
                .help("use it, remove it, or declare it as a `score` or `signal` to publish it"),
            _ => diagnostic.help("use it, or remove it"),
        }
    }
}

cause! {
    /// a name that the language already has
    ///
    /// ## What it means
    ///
    /// A function, a unit or a scale has a name that is built in, such as `median`, `percent` or
    /// `months`, or that the standard library has already given away.
    ///
    /// ## Why it matters
    ///
    /// A rule that says `median` would mean one thing in this framework and another in all others.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator lowest "Conflict deaths, low estimate" : number in 0..
    /// indicator highest "Conflict deaths, high estimate" : number in 0..
    /// fn median(low: number, high: number) -> number = (low + high) / 2
    /// score burden = median(lowest, highest)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator lowest "Conflict deaths, low estimate" : number in 0..
    /// indicator highest "Conflict deaths, high estimate" : number in 0..
    /// fn midpoint(low: number, high: number) -> number = (low + high) / 2
    /// score burden = midpoint(lowest, highest)
    /// ```
    Error "FW0104" ShadowsBuiltin {
        name: String,
        span: Span,
    }
}

impl ShadowsBuiltin {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("the language already has something called `{}`", self.name),
            self.span,
            "this name is taken",
        )
        .help(format!("choose another name, such as `own_{}`", self.name))
    }
}
