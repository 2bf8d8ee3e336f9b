//! What a factor is made of.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use super::super::units::counted;
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    EmptyFactor::INFO,
    MixedUnits::INFO,
    MemberTwice::INFO,
    NotAMember::INFO,
];

cause! {
    /// a factor without members
    ///
    /// ## What it means
    ///
    /// A factor combines its members, and this one has none.
    ///
    /// ## Why it matters
    ///
    /// Its value would be missing for every country, whatever the data say.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// factor fragility "Fragility" {
    ///   combine mean
    ///   members { }
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
    Error "FW0601" EmptyFactor {
        name: String,
        span: Span,
    }
}

impl EmptyFactor {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("factor `{}` has no members", self.name),
            self.span,
            "nothing to combine",
        )
        .help("list what it is made of: `members { governance weight 2, poverty weight 1 }`")
    }
}

cause! {
    /// members of unlike units
    ///
    /// ## What it means
    ///
    /// The members of a factor are combined into one number, so all of them must have the same unit.
    ///
    /// ## Why it matters
    ///
    /// In the mean of 12 deaths and 3 million people the deaths do not count at all.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// unit people
    /// indicator killed "Conflict deaths" : deaths in 0..1_000
    /// indicator displaced "Displaced people" : people in 0..1_000_000
    /// factor conflict "Conflict" {
    ///   combine mean
    ///   members { killed, displaced }
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// Bring each onto a common scale first:
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// unit people
    /// indicator killed "Conflict deaths" : deaths in 0..1_000
    /// indicator displaced "Displaced people" : people in 0..1_000_000
    /// let deadliness = killed / 1_000 deaths
    /// let displacement = displaced / 1_000_000 people
    /// factor conflict "Conflict" {
    ///   combine mean
    ///   members { deadliness, displacement }
    /// }
    /// ```
    Error "FW0602" MixedUnits {
        name: String,
        first: Span,
        first_unit: String,
        second: Span,
        second_unit: String,
    }
}

impl MixedUnits {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            first,
            first_unit,
            second,
            second_unit,
        } = self;
        Diagnostic::about(
            self,
            format!("the members of `{name}` have unlike units"),
            *second,
            counted(second_unit),
        )
        .mark(*first, counted(first_unit))
        .note("the member with the larger numbers would decide alone")
        .help("bring each member onto a common scale first, for example with `rescale`")
    }
}

cause! {
    /// a member is listed twice
    ///
    /// ## What it means
    ///
    /// The same name stands twice among the members of a factor.
    ///
    /// ## Why it matters
    ///
    /// It would count twice, which a weight says more clearly. Often another name was meant.
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
    ///   members { governance, poverty, governance }
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
    Error "FW0606" MemberTwice {
        name: String,
        first: Span,
        second: Span,
    }
}

impl MemberTwice {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` is a member twice", self.name),
            self.second,
            "listed again here",
        )
        .mark(self.first, "first listed here")
        .help("remove one of them; to let it count more, give it a weight")
    }
}

cause! {
    /// a value that cannot be a member
    ///
    /// ## What it means
    ///
    /// The members of a factor are numbers, yes or no (counted as 1 and 0), or assessments (absent,
    /// emerging and present, counted as 0, 0.5 and 1); `share of yes`, `count of yes` and `at least`
    /// take only yes or no. This member is something else.
    ///
    /// ## Why it matters
    ///
    /// How much a level or a category should weigh is a choice of the method, to be written down.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator poverty "Poverty" : number in 0..1
    /// indicator regime "Kind of regime" : category { democracy, autocracy }
    /// factor fragility "Fragility" {
    ///   combine mean
    ///   members { poverty, regime }
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator poverty "Poverty" : number in 0..1
    /// indicator regime "Kind of regime" : category { democracy, autocracy }
    /// let closed = if regime is autocracy then 1 else 0
    /// factor fragility "Fragility" {
    ///   combine mean
    ///   members { poverty, closed }
    /// }
    /// ```
    Error "FW0609" NotAMember {
        name: String,
        span: Span,
        /// What it is: `a category`.
        kind: String,
        declared: Option<Span>,
        /// What is needed: `yes or no`.
        wanted: String,
    }
}

impl NotAMember {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            kind,
            declared,
            wanted,
        } = self;
        let diagnostic = Diagnostic::about(
            self,
            format!("`{name}` cannot be a member here: it is {kind}"),
            *span,
            format!("{wanted} is needed"),
        )
        .mark_if(*declared, format!("`{name}` is declared here"));
        if wanted.starts_with("yes or no") {
            diagnostic.help(format!("ask a question first: `signal … = {name} >= …`"))
        } else if wanted.starts_with("a plain number") {
            diagnostic.help(format!("divide by a unit first: `let … = {name} / …`"))
        } else {
            diagnostic.help(format!(
                "say how much it counts: `let … = if {name} is … then 1 else 0`"
            ))
        }
    }
}
