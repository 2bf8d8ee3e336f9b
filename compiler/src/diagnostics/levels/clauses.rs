//! The clauses of a level, from the most to the least severe.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    AfterOtherwise::INFO,
    ClausesOutOfOrder::INFO,
    UnreachableClause::INFO,
    MixedArms::INFO,
];

cause! {
    /// a clause behind `otherwise`
    ///
    /// ## What it means
    ///
    /// `otherwise` holds whenever it is reached, so nothing behind it is ever looked at.
    ///
    /// ## Why it matters
    ///
    /// A clause that looks present and never decides is worse than none.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { calm < low < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   low otherwise,
    ///   calm when deaths < 1,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { calm < low < high }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   low when deaths >= 1,
    ///   calm otherwise,
    /// }
    /// ```
    Error "FW0503" AfterOtherwise {
        otherwise: Span,
        clause: Span,
    }
}

impl AfterOtherwise {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "nothing behind `otherwise` is ever looked at",
            self.clause,
            "never reached",
        )
        .mark(self.otherwise, "holds whenever it is reached")
        .help("move `otherwise` to the end")
    }
}

cause! {
    /// clauses out of order
    ///
    /// ## What it means
    ///
    /// Clauses are read from the first to the last, and the first that holds decides. They must
    /// stand from the most to the least severe level, in the order of the scale.
    ///
    /// ## Why it matters
    ///
    /// A clause for a lower level that stands above hides the higher one: a country that fulfils
    /// both would get the lower level. The same order says what is certain when data are missing.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low < elevated < high }
    /// level overall : concern {
    ///   elevated when deaths >= 25,
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
    Error "FW0504" ClausesOutOfOrder {
        above: Span,
        above_level: String,
        below: Span,
        below_level: String,
        scale: Span,
    }
}

impl ClausesOutOfOrder {
    fn words(&self) -> Diagnostic {
        let Self {
            above,
            above_level,
            below,
            below_level,
            scale,
        } = self;
        // What the language brings with it is declared in no file.
        let scale = (*scale != Span::default()).then_some(*scale);
        Diagnostic::about(
            self,
            format!("`{below_level}` is more severe than `{above_level}`, but stands below it"),
            *below,
            "reached only where the clause above does not hold",
        )
        .mark(*above, format!("decides first, for `{above_level}`"))
        .mark_if(scale, "the order of the levels")
        .note("where both hold, the lower level would be given")
        .help("order the clauses from the most to the least severe level")
    }
}

cause! {
    /// a clause that can never decide
    ///
    /// ## What it means
    ///
    /// Whenever this clause holds, an earlier one holds as well and has already decided.
    ///
    /// ## Why it matters
    ///
    /// The level looks finer than it is. Often a threshold was copied and not changed.
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
    ///   elevated when deaths >= 1000,
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
    Warning "FW0506" UnreachableClause {
        clause: Span,
        earlier: Span,
        /// `the clause above asks the same`
        why: String,
    }
}

impl UnreachableClause {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "this clause can never decide",
            self.clause,
            self.why.clone(),
        )
        .mark(self.earlier, "this one has decided before")
        .help("correct one of the two, or remove this one")
    }
}

cause! {
    /// bands and clauses in one level
    ///
    /// ## What it means
    ///
    /// A level is decided either by clauses (`high when …`, `low otherwise`) or by the bands of one
    /// score (`from risk`, then `high in 5..10`), not by both.
    ///
    /// ## Why it matters
    ///
    /// Bands are checked for holes and overlaps. Clauses between them would make that check
    /// worthless.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator risk "Risk" : number in 0..10
    /// scale risk_class { low < medium < high }
    /// level class : risk_class from risk {
    ///   high in 6..10,
    ///   medium in 3..<6,
    ///   low otherwise,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator risk "Risk" : number in 0..10
    /// scale risk_class { low < medium < high }
    /// level class : risk_class from risk {
    ///   high in 6..10,
    ///   medium in 3..<6,
    ///   low in 0..<3,
    /// }
    /// ```
    Error "FW0507" MixedArms {
        bands: Span,
        clause: Span,
    }
}

impl MixedArms {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "a level is decided by bands or by clauses, not by both",
            self.clause,
            "a clause",
        )
        .mark(self.bands, "bands of a score")
        .help("write bands only (`low in 0..<3`), or leave out `from` and write clauses (`low when … < 3`)")
    }
}
