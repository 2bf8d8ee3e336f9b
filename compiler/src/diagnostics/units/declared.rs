//! Units as they are declared, and values that do not keep to them.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::{circle, ring};
use super::{counted, is_plain, plural};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    UnitCycle::INFO,
    ArgumentUnit::INFO,
    WantsPlainNumber::INFO,
    DeclaredUnit::INFO,
    UnitTooLarge::INFO,
];

cause! {
    /// units are defined by each other
    ///
    /// ## What it means
    ///
    /// A derived unit, such as `unit thousand_people = 1_000 people`, rests on another one. Here the
    /// definitions lead back to where they began.
    ///
    /// ## Why it matters
    ///
    /// None of these units is ever tied to something that can be counted.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit households = 5 people
    /// unit people = 0.2 households
    /// indicator displaced "Displaced people" : people in 0..
    /// score displacement = displaced / 1 households
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit people
    /// unit households = 5 people
    /// indicator displaced "Displaced people" : people in 0..
    /// score displacement = displaced / 1 households
    /// ```
    Error "FW0301" UnitCycle {
        /// Each with the place where it uses the next; the last uses the first.
        members: Vec<(String, Span)>,
    }
}

impl UnitCycle {
    fn words(&self) -> Diagnostic {
        let title = match self.members.as_slice() {
            [(only, _)] => format!("unit `{only}` is defined by itself"),
            members => format!("units are defined by each other: {}", ring(members)),
        };
        circle(self, title, &self.members, "rests on")
            .help("declare one of them as a base unit, without `=`")
    }
}

cause! {
    /// an argument of another unit
    ///
    /// ## What it means
    ///
    /// The function needs a number of a certain unit in this place, often the same one as that of
    /// another argument.
    ///
    /// ## Why it matters
    ///
    /// A value in deaths cannot be set against limits in people.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// unit people
    /// indicator killed "Conflict deaths" : deaths in 0..1000
    /// fn portion(value: number[u], total: number[u]) -> number = value / total
    /// score burden = portion(killed, 1_000 people)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// indicator killed "Conflict deaths" : deaths in 0..1000
    /// fn portion(value: number[u], total: number[u]) -> number = value / total
    /// score burden = portion(killed, 1_000 deaths)
    /// ```
    Error "FW0303" ArgumentUnit {
        function: String,
        parameter: String,
        span: Span,
        found: String,
        wanted: String,
        /// The argument that settled which unit is needed.
        because: Option<Span>,
    }
}

impl ArgumentUnit {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            parameter,
            span,
            found,
            wanted,
            because,
        } = self;
        let diagnostic = Diagnostic::about(
            self,
            format!(
                "`{function}` needs {} for `{parameter}`, not {}",
                plural(wanted),
                plural(found)
            ),
            *span,
            counted(found),
        )
        .mark_if(
            *because,
            format!("this is {}, so `{parameter}` must be too", counted(wanted)),
        );
        if is_plain(found) {
            diagnostic.help(format!("give the number its unit: `… {wanted}`"))
        } else if is_plain(wanted) {
            diagnostic.help(format!("divide by a unit first: `… / 1 {found}`"))
        } else {
            diagnostic.help(format!("give a value in {wanted}"))
        }
    }
}

cause! {
    /// a function of plain numbers is given a unit
    ///
    /// ## What it means
    ///
    /// Logarithms, exponentials and the like are defined for plain numbers only.
    ///
    /// ## Why it matters
    ///
    /// The logarithm of 1,000 people and of 1 thousand people would be two different numbers for the
    /// same crowd. The unit that is meant must be written down.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// indicator killed "Conflict deaths" : deaths in 1..
    /// score severity = ln(killed)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// indicator killed "Conflict deaths" : deaths in 1..
    /// score severity = ln(killed / 1 deaths)
    /// ```
    Error "FW0304" WantsPlainNumber {
        function: String,
        span: Span,
        found: String,
        /// Where the unit comes from.
        origin: Option<Span>,
    }
}

impl WantsPlainNumber {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            span,
            found,
            origin,
        } = self;
        let divisor = if found.contains('/') {
            format!("(1 {found})")
        } else {
            format!("1 {found}")
        };
        Diagnostic::about(
            self,
            format!("`{function}` needs a plain number, not {found}"),
            *span,
            counted(found),
        )
        .mark_if(*origin, "gets its unit here")
        .note("its result would depend on the size of the unit")
        .help(format!(
            "divide by a unit first: `{function}(… / {divisor})`"
        ))
    }
}

cause! {
    /// a value of another unit than declared
    ///
    /// ## What it means
    ///
    /// A declaration says which unit its value has, and the value has another one that cannot be
    /// converted into it.
    ///
    /// ## Why it matters
    ///
    /// Readers, and everything that uses the name, rely on the unit that is declared.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// unit people
    /// indicator killed "Conflict deaths" : deaths in 0..
    /// indicator population "Population" : people in 1..
    /// score death_rate : deaths = killed / population
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// unit people
    /// indicator killed "Conflict deaths" : deaths in 0..
    /// indicator population "Population" : people in 1..
    /// score death_rate : deaths / people = killed / population
    /// ```
    Error "FW0305" DeclaredUnit {
        name: String,
        declared: Span,
        declared_unit: String,
        span: Span,
        found: String,
    }
}

impl DeclaredUnit {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            declared,
            declared_unit,
            span,
            found,
        } = self;
        let as_declared = if is_plain(declared_unit) {
            "a plain number".to_owned()
        } else {
            format!("in {declared_unit}")
        };
        let diagnostic = Diagnostic::about(
            self,
            format!(
                "`{name}` is declared {as_declared}, and this is {}",
                counted(found)
            ),
            *span,
            counted(found),
        )
        .mark(
            *declared,
            format!("`{name}` is declared {as_declared} here"),
        );
        if is_plain(found) {
            diagnostic.help(format!("give the value its unit: `… {declared_unit}`"))
        } else if is_plain(declared_unit) {
            diagnostic.help(format!(
                "declare it in {found}, or divide the value: `… / 1 {found}`"
            ))
        } else {
            diagnostic.help("correct the declaration or the formula, so that both have one unit")
        }
    }
}

cause! {
    /// a unit that is too large
    ///
    /// ## What it means
    ///
    /// Multiplied out, the factors of the unit are larger or smaller than the tool can carry
    /// exactly.
    ///
    /// ## Why it matters
    ///
    /// Converting between units must be exact. A factor like this is usually a slip.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit people
    /// unit crowd = 1_000_000_000_000_000_000_000_000_000_000_000_000_000_000 people
    /// indicator displaced "Displaced people" : people in 0..
    /// score displacement = displaced / 1 crowd
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit people
    /// unit crowd = 1_000 people
    /// indicator displaced "Displaced people" : people in 0..
    /// score displacement = displaced / 1 crowd
    /// ```
    Error "FW0309" UnitTooLarge {
        span: Span,
    }
}

impl UnitTooLarge {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "the factors of this unit are too large to be carried exactly",
            self.span,
            "out of bounds, multiplied out",
        )
        .help("use a unit nearer to what is counted")
    }
}
