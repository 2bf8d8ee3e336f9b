//! Scales, and which of their levels a declaration can give.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    ScaleTooSmall::INFO,
    LevelNotTotal::INFO,
    LevelNeverGiven::INFO,
];

cause! {
    /// a scale with fewer than two levels
    ///
    /// ## What it means
    ///
    /// A scale orders levels from the least to the most severe: `low < guarded < high`. It needs two
    /// at least.
    ///
    /// ## Why it matters
    ///
    /// With one level there is nothing to tell apart.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// scale concern { low }
    /// level overall : concern {
    ///   low otherwise,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// scale concern { low < high }
    /// level overall : concern {
    ///   high when burden >= 1000,
    ///   low otherwise,
    /// }
    /// ```
    Error "FW0501" ScaleTooSmall {
        name: String,
        span: Span,
        count: usize,
    }
}

impl ScaleTooSmall {
    fn words(&self) -> Diagnostic {
        let has = match self.count {
            0 => "no levels",
            _ => "one level only",
        };
        Diagnostic::about(
            self,
            format!("scale `{}` has {has}", self.name),
            self.span,
            "a scale needs two levels at least",
        )
        .help("list the levels from the least to the most severe: `low < guarded < high`")
    }
}

cause! {
    /// a level without `otherwise`
    ///
    /// ## What it means
    ///
    /// The clauses of a level are read from the first to the last, and the first that holds decides.
    /// Where none of them holds, there must still be a level: that is what `otherwise` says.
    ///
    /// ## Why it matters
    ///
    /// Without it, a quiet country would have no level, which looks the same as a country without
    /// data.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   low when deaths < 500,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   low otherwise,
    /// }
    /// ```
    Error "FW0502" LevelNotTotal {
        name: String,
        /// The braces and what is between them.
        span: Span,
        /// The lowest level of the scale.
        lowest: String,
    }
}

impl LevelNotTotal {
    fn words(&self) -> Diagnostic {
        let lowest = &self.lowest;
        Diagnostic::about(
            self,
            format!(
                "`{}` does not say which level holds when no clause does",
                self.name
            ),
            self.span,
            "`otherwise` is missing",
        )
        .note("a quiet country would look the same as one without data")
        .help(format!("end with `{lowest} otherwise`"))
    }
}

cause! {
    /// a level that is never given
    ///
    /// ## What it means
    ///
    /// The scale has a level that no clause and no band of the declaration leads to.
    ///
    /// ## Why it matters
    ///
    /// Readers of the results expect that every level of the scale can occur.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   low otherwise,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25,
    ///   low otherwise,
    /// }
    /// ```
    Warning "FW0505" LevelNeverGiven {
        /// The level of the scale.
        level_name: String,
        /// The declaration.
        name: String,
        scale: Span,
        span: Span,
    }
}

impl LevelNeverGiven {
    fn words(&self) -> Diagnostic {
        let Self {
            level_name,
            name,
            scale,
            span,
        } = self;
        Diagnostic::about(
            self,
            format!("`{name}` never gives the level `{level_name}`"),
            *span,
            format!("nothing here leads to `{level_name}`"),
        )
        .mark(*scale, "the scale has it")
        .help(format!(
            "add a clause or a band for `{level_name}`, or take it out of the scale"
        ))
    }
}
