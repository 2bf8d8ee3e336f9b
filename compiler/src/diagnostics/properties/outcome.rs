//! What came of properties.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    ClaimNeverHolds::INFO,
    PropertyRefuted::INFO,
    PropertyNotShown::INFO,
];

cause! {
    /// a claim that cannot hold
    ///
    /// ## What it means
    ///
    /// The ranges of the method alone refute the property: there need not be any data.
    ///
    /// ## Why it matters
    ///
    /// The method does not do what its author says of it.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator hunger "Hunger" : number in 0..1
    /// score risk = 10 + hunger
    /// property "a share": risk stays in 0..1
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator hunger "Hunger" : number in 0..1
    /// score risk = 10 * hunger
    /// property "ten at most": risk stays in 0..10
    /// ```
    Error "FW1210" ClaimNeverHolds {
        span: Span,
        label: String,
        why: String,
    }
}

impl ClaimNeverHolds {
    fn words(&self) -> Diagnostic {
        let Self { span, label, why } = self;
        Diagnostic::about(
            self,
            format!("the property \"{label}\" cannot hold: {why}"),
            *span,
            why.clone(),
        )
        .help("correct the claim, or the method")
    }
}

cause! {
    /// a property is refuted
    ///
    /// ## What it means
    ///
    /// `forewarn test` or `forewarn properties` found data on which the claim does not hold. The message shows the
    /// smallest that was found: what is not listed is missing.
    ///
    /// ## Why it matters
    ///
    /// The method does not do what its author says of it. Either the claim goes too far, or a rule has an
    /// effect that nobody meant.
    ///
    /// ## Wrong
    ///
    /// The rules below, with a clause that falls as an indicator rises.
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
    /// property "more evidence, more concern": overall rises with every indicator
    /// ```
    Error "FW1290" PropertyRefuted {
        span: Span,
        label: String,
        /// What happens.
        why: String,
        /// The counterexample, a line for each input and for the result.
        lines: Vec<String>,
    }
}

impl PropertyRefuted {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            label,
            why,
            lines,
        } = self;
        let told = Diagnostic::about(
            self,
            format!("the property \"{label}\" does not hold"),
            *span,
            why.clone(),
        );
        told.note(lines.join("\n"))
    }
}

cause! {
    /// a property that no example shows
    ///
    /// ## What it means
    ///
    /// The property says that something can happen, such as a level that is reached without one factor. No data
    /// were found on which it does.
    ///
    /// ## Why it matters
    ///
    /// Either it cannot happen, or it is so rare that a search does not meet it. `--tries` searches longer.
    ///
    /// ## Wrong
    ///
    /// The rules below, where every clause of `overall` asks for both factors.
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// indicator hunger "Hunger" : number in 0..1
    /// factor violence { combine mean  require 1 known  members { fighting } }
    /// factor distress { combine mean  require 1 known  members { hunger } }
    /// let fighting = deaths / 1000
    /// scale concern { low < high }
    /// level overall : concern {
    ///   high when any(factors >= 0.7),
    ///   low otherwise,
    /// }
    /// property "no factor is needed": overall reaches high without any one factor
    /// ```
    Error "FW1291" PropertyNotShown {
        span: Span,
        label: String,
        why: String,
        tries: usize,
    }
}

impl PropertyNotShown {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            label,
            why,
            tries,
        } = self;
        Diagnostic::about(
            self,
            format!("no example shows the property \"{label}\""),
            *span,
            why.clone(),
        )
        .note(format!("{tries} rows were tried"))
        .help("search longer with `--tries`, or correct the claim or the method")
    }
}
