//! What tests do not notice, told by `forewarn test --mutate` alone.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[UnnoticedChange::INFO];

cause! {
    /// a change that no test notices
    ///
    /// ## What it means
    ///
    /// `forewarn test --mutate` changed the rules in one place, and every test still passed. Nothing is
    /// wrong with the rule itself.
    ///
    /// ## Why it matters
    ///
    /// If a slip of the pen makes the same change, nobody will be told. A test of the case in which the
    /// two differ is missing; for a threshold that is the value exactly on it.
    ///
    /// A change that really makes no difference, or that is not worth a test, is accepted in the
    /// declaration, with the reason: `allow FW1120 because "…"`. It is then listed apart.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// indicator killed : deaths in 0..  polarity harmful
    /// param war_deaths = 1_000 deaths  cite "UCDP/PRIO Armed Conflict Dataset codebook"
    /// signal war = killed >= war_deaths
    /// test "a war" {
    ///   given killed = 5_000 deaths
    ///   expect war
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// indicator killed : deaths in 0..  polarity harmful
    /// param war_deaths = 1_000 deaths  cite "UCDP/PRIO Armed Conflict Dataset codebook"
    /// signal war = killed >= war_deaths
    /// test "a war begins at a thousand" over 2 cases {
    ///   given killed = [999 deaths, 1_000 deaths]
    ///   expect war is [no, yes]
    /// }
    /// ```
    Warning "FW1120" UnnoticedChange {
        span: Span,
        /// What follows "if": `` `>= 0.7` in `overall` were `> 0.7` ``.
        change: String,
    }
}

impl UnnoticedChange {
    fn words(&self) -> Diagnostic {
        let title = format!("no test would notice if {}", self.change);
        Diagnostic::about(self, title, self.span, "this could be otherwise")
            .help("add a test of the case in which it makes a difference")
    }
}
