//! The way the members of a factor become one value.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::{is_open, quoted};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    UnknownCombine::INFO,
    NoCombine::INFO,
    NegativeUnderGeometric::INFO,
    ZeroUnderGeometric::INFO,
    CombineNumber::INFO,
];

cause! {
    /// an unknown way to combine
    ///
    /// ## What it means
    ///
    /// The words after `combine` name no way to make one value of the members.
    ///
    /// ## Why it matters
    ///
    /// How members are combined decides whether one bad value can be made good by others. It is
    /// never guessed.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..1
    /// indicator poverty "Poverty" : number in 0..1
    /// factor fragility "Fragility" {
    ///   combine average
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
    ///   members { governance, poverty }
    /// }
    /// ```
    Error "FW0607" UnknownCombine {
        words: String,
        span: Span,
        known: Vec<&'static str>,
        suggestion: Option<String>,
    }
}

impl UnknownCombine {
    fn words(&self) -> Diagnostic {
        let Self {
            words,
            span,
            known,
            suggestion,
        } = self;
        let title = format!("members cannot be combined by `{words}`");
        let ways = format!("the ways are {}", quoted(known, "and"));
        match suggestion {
            Some(meant) => {
                Diagnostic::about(self, title, *span, format!("did you mean `{meant}`?"))
                    .mend(
                        format!("replace it by `{meant}`"),
                        vec![(*span, meant.clone())],
                    )
                    .help(ways)
            }
            None => Diagnostic::about(self, title, *span, "this is no way to combine").help(ways),
        }
    }
}

cause! {
    /// a factor that does not say how it combines
    ///
    /// ## What it means
    ///
    /// A factor makes one value of its members, and there are several ways to do so. This one names
    /// none.
    ///
    /// ## Why it matters
    ///
    /// A mean, a maximum and a geometric mean of the same members can differ by several levels. There
    /// is no default.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..1
    /// indicator poverty "Poverty" : number in 0..1
    /// factor fragility "Fragility" {
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
    ///   members { governance, poverty }
    /// }
    /// ```
    Error "FW0610" NoCombine {
        name: String,
        span: Span,
    }
}

impl NoCombine {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!(
                "factor `{}` does not say how its members are combined",
                self.name
            ),
            self.span,
            "`combine` is missing",
        )
        .help("add a line such as `combine mean`, `combine weighted mean` or `combine max`")
    }
}

cause! {
    /// a member that can be negative under a geometric mean
    ///
    /// ## What it means
    ///
    /// The geometric mean has no result when a member is negative, and the range of this one goes
    /// below zero.
    ///
    /// ## Why it matters
    ///
    /// For some countries the factor would be missing, although all of its data are there.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in -2.5..2.5
    /// indicator poverty "Poverty" : number in 1..10
    /// factor fragility "Fragility" {
    ///   combine geometric mean
    ///   members { governance, poverty }
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in -2.5..2.5
    /// indicator poverty "Poverty" : number in 1..10
    /// let governance_from_one = governance + 3.5
    /// factor fragility "Fragility" {
    ///   combine geometric mean
    ///   members { governance_from_one, poverty }
    /// }
    /// ```
    Warning "FW0612" NegativeUnderGeometric {
        member: String,
        span: Span,
        combine: Span,
        low: String,
    }
}

impl NegativeUnderGeometric {
    fn words(&self) -> Diagnostic {
        let Self {
            member,
            span,
            combine,
            low,
        } = self;
        let title = if is_open(low) {
            format!("`{member}` can be negative, where no mean of this kind has a result")
        } else {
            format!("`{member}` can be as low as {low}, where no mean of this kind has a result")
        };
        Diagnostic::about(self, title, *span, "can be negative")
            .mark(*combine, "needs members above zero")
            .note("the factor would be missing although its data are there")
            .help(
                "bring the member onto a scale that begins above zero, for example with `rescale`",
            )
    }
}

cause! {
    /// a member that can be zero under a geometric mean
    ///
    /// ## What it means
    ///
    /// One member of zero makes the whole geometric mean zero (and leaves a harmonic mean without a
    /// result), whatever the other members are. The range of this member includes zero.
    ///
    /// ## Why it matters
    ///
    /// A country that is severe in every respect but one would have no risk at all. Where that is
    /// what the method wants, it should say so.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..10
    /// indicator poverty "Poverty" : number in 1..10
    /// factor fragility "Fragility" {
    ///   combine geometric mean
    ///   members { governance, poverty }
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// Say that it is meant, and why, or let the member begin above zero:
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..10
    /// indicator poverty "Poverty" : number in 1..10
    /// factor fragility "Fragility" {
    ///   combine geometric mean
    ///   allow FW0613 because "a State without any weakness of governance is not fragile"
    ///   members { governance, poverty }
    /// }
    /// ```
    Warning "FW0613" ZeroUnderGeometric {
        member: String,
        span: Span,
        combine: Span,
        low: String,
    }
}

impl ZeroUnderGeometric {
    fn words(&self) -> Diagnostic {
        let member = &self.member;
        Diagnostic::about(
            self,
            format!("where `{member}` is zero, the other members no longer count"),
            self.span,
            "can be zero",
        )
        .mark(self.combine, "one zero decides the whole")
        .help(
            "let the member begin above zero, or say that this is meant: \
             `allow FW0613 because \"…\"`",
        )
    }
}

cause! {
    /// a missing or unfitting number in `combine`
    ///
    /// ## What it means
    ///
    /// `power mean` needs its power, as in `combine power mean 3`, and `at least` a whole number of
    /// members, as in `combine at least 2`. Other ways to combine take no number.
    ///
    /// ## Why it matters
    ///
    /// The number decides how strongly one high member counts, or how many must agree.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..1
    /// indicator poverty "Poverty" : number in 0..1
    /// factor fragility "Fragility" {
    ///   combine power mean
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
    ///   combine power mean 2
    ///   members { governance, poverty }
    /// }
    /// ```
    Error "FW0617" CombineNumber {
        span: Span,
        combine: String,
        /// `a power is missing`
        why: String,
    }
}

impl CombineNumber {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`combine {}` cannot be carried out like this", self.combine),
            self.span,
            self.why.clone(),
        )
        .help("examples: `combine power mean 2`, `combine at least 3`, `combine mean`")
    }
}
