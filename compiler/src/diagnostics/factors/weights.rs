//! Weights and the evidence that a factor asks for.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    WeightsAddToNothing::INFO,
    CoverageImpossible::INFO,
    WeightsIgnored::INFO,
    NegativeWeight::INFO,
];

cause! {
    /// weights add up to nothing
    ///
    /// ## What it means
    ///
    /// A weighted mean divides by the sum of the weights, and here that sum is zero.
    ///
    /// ## Why it matters
    ///
    /// The factor would be missing for every country.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..1
    /// indicator poverty "Poverty" : number in 0..1
    /// factor fragility "Fragility" {
    ///   combine weighted mean
    ///   members { governance weight 0, poverty weight 0 }
    /// }
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
    ///   combine weighted mean
    ///   members { governance weight 2, poverty weight 1 }
    /// }
    /// ```
    Error "FW0604" WeightsAddToNothing {
        name: String,
        span: Span,
    }
}

impl WeightsAddToNothing {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("the weights of `{}` add up to zero", self.name),
            self.span,
            "nothing would count",
        )
        .note("a weighted mean divides by the sum of the weights")
        .help("give at least one member a weight, and check the signs of the others")
    }
}

cause! {
    /// a coverage rule that cannot be met
    ///
    /// ## What it means
    ///
    /// `require … coverage` takes a share between 0% and 100%; `require … known` takes a whole number
    /// no larger than the number of members.
    ///
    /// ## Why it matters
    ///
    /// A rule that asks for more evidence than there can be makes the factor missing everywhere.
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
    ///   require 3 known
    ///   members { governance, poverty }
    /// }
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
    ///   require 1 known
    ///   members { governance, poverty }
    /// }
    /// ```
    Error "FW0605" CoverageImpossible {
        span: Span,
        /// What is asked for: `1.5`.
        found: String,
        /// What can be: `0% to 100%`, `1 to 2, the number of members`.
        most: String,
    }
}

impl CoverageImpossible {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("this rule can never be met: it asks for {}", self.found),
            self.span,
            format!("can be {}", self.most),
        )
        .help("ask for a share such as `require 50% coverage`, or for some members such as `require 2 known`")
    }
}

cause! {
    /// weights without effect
    ///
    /// ## What it means
    ///
    /// The members have weights, but the way they are combined does not look at them.
    ///
    /// ## Why it matters
    ///
    /// Readers see that one member counts three times as much, and it does not.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..1
    /// indicator poverty "Poverty" : number in 0..1
    /// factor fragility "Fragility" {
    ///   combine max
    ///   members { governance weight 3, poverty }
    /// }
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
    ///   combine weighted mean
    ///   members { governance weight 3, poverty weight 1 }
    /// }
    /// ```
    Warning "FW0608" WeightsIgnored {
        /// The way to combine: `max`.
        combine: String,
        combine_span: Span,
        weight: Span,
    }
}

impl WeightsIgnored {
    fn words(&self) -> Diagnostic {
        let combine = &self.combine;
        Diagnostic::about(
            self,
            format!("`{combine}` does not look at weights"),
            self.weight,
            "has no effect",
        )
        .mark(self.combine_span, "members are combined like this")
        .help("combine them by a `weighted mean`, or remove the weights")
    }
}

cause! {
    /// a negative weight where none is possible
    ///
    /// ## What it means
    ///
    /// Under a geometric or harmonic mean weights are shares of the whole and cannot be negative.
    ///
    /// ## Why it matters
    ///
    /// The result would leave the range of its members, or have no value at all.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 1..10
    /// indicator resilience "Resilience" : number in 1..10
    /// factor fragility "Fragility" {
    ///   combine geometric mean
    ///   members { governance weight 2, resilience weight -1 }
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// Turn the member round, so that more of it means more risk:
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 1..10
    /// indicator resilience "Resilience" : number in 1..10
    /// let lack_of_resilience = 11 - resilience
    /// factor fragility "Fragility" {
    ///   combine geometric mean
    ///   members { governance weight 2, lack_of_resilience weight 1 }
    /// }
    /// ```
    Error "FW0616" NegativeWeight {
        span: Span,
        combine: String,
        combine_span: Span,
    }
}

impl NegativeWeight {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("a weight under `{}` cannot be negative", self.combine),
            self.span,
            "below zero",
        )
        .mark(self.combine_span, "members are combined like this")
        .help("turn the member round, so that more of it means more risk, and give it a positive weight")
    }
}
