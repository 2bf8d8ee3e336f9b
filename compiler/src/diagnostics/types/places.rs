//! Values in places that take only some: lists, constants, declared kinds, functions to come.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    WantedList::INFO,
    ListNotHere::INFO,
    NotConstant::INFO,
    TypeNotHere::INFO,
    EqualityOfComputed::INFO,
];

cause! {
    /// a list is needed here
    ///
    /// ## What it means
    ///
    /// Some functions look at several values at once: `any`, `all`, `count`, `median`. They take a
    /// list such as `[a, b, c]`, `factors`, `signals` or the members of a factor.
    ///
    /// ## Why it matters
    ///
    /// "Any of one" is a comparison written in a roundabout way. More values were probably meant.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal war = deaths >= 1000
    /// signal alarm = any(war)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator wounded "Wounded" : number in 0..
    /// signal war = deaths >= 1000
    /// signal alarm = any([war, wounded >= 5000])
    /// ```
    Error "FW0208" WantedList {
        span: Span,
        found: String,
        /// What needs the list: ``` `any` ```.
        context: String,
    }
}

impl WantedList {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            found,
            context,
        } = self;
        Diagnostic::about(
            self,
            format!("{context} needs a list, and this is {found}"),
            *span,
            format!("this is {found}"),
        )
        .help("list the values: `[a, b, c]`, or name `factors`, `signals` or a factor's `.members`")
    }
}

cause! {
    /// a list where one value belongs
    ///
    /// ## What it means
    ///
    /// A list of values stands where the rules need a single one.
    ///
    /// ## Why it matters
    ///
    /// How several values become one (their mean, the largest, how many are known) is a choice of
    /// the method.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator wounded "Wounded" : number in 0..
    /// score burden = [deaths, wounded]
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator wounded "Wounded" : number in 0..
    /// score burden = max([deaths, wounded])
    /// ```
    Error "FW0209" ListNotHere {
        span: Span,
        found: String,
        help: String,
    }
}

impl ListNotHere {
    fn words(&self) -> Diagnostic {
        let diagnostic = Diagnostic::about(
            self,
            "one value belongs here, not a list",
            self.span,
            format!("this is {}", self.found),
        );
        if self.help.is_empty() {
            diagnostic
        } else {
            diagnostic.help(self.help.clone())
        }
    }
}

cause! {
    /// a value that must not depend on the data
    ///
    /// ## What it means
    ///
    /// Params, weights, the edges of bands and the like are fixed when the method is written. This
    /// one rests on something that differs from country to country or from year to year.
    ///
    /// ## Why it matters
    ///
    /// A threshold or a weight that moves with the data cannot be read, cited or changed as one.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param threshold = deaths / 2
    /// signal war = deaths >= threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param threshold = 2000 / 2
    /// signal war = deaths >= threshold
    /// ```
    Error "FW0210" NotConstant {
        span: Span,
        /// What must be fixed: `a param`.
        context: String,
        /// What varies.
        why: Span,
        /// Its name; may be empty.
        name: String,
    }
}

impl NotConstant {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            context,
            why,
            name,
        } = self;
        let varies = if name.is_empty() {
            "this depends on the data".to_owned()
        } else {
            format!("`{name}` depends on the data")
        };
        let title = format!("{context} must be a fixed value");
        let diagnostic = if span == why {
            Diagnostic::about(self, title, *span, varies)
        } else {
            Diagnostic::about(self, title, *why, varies)
                .mark(*span, "so this differs from row to row")
        };
        diagnostic.help(if context.contains("param") {
            "write a number, or declare a `let` or a `score` for a value that varies"
        } else {
            "write a number or name a param"
        })
    }
}

cause! {
    /// a kind of value that does not fit here
    ///
    /// ## What it means
    ///
    /// Indicators are numbers, yes or no, places on a scale or categories; params are numbers or
    /// fixed levels. Text is for keys and labels, and lists are made inside of formulas.
    ///
    /// ## Why it matters
    ///
    /// Free text cannot be compared or counted reliably: two spellings would be two values.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator regime "Kind of regime" : text
    /// signal closed = regime is missing
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator regime "Kind of regime" : category { democracy, autocracy }
    /// signal closed = regime is autocracy
    /// ```
    Error "FW0213" TypeNotHere {
        span: Span,
        found: String,
        /// What cannot be of this kind: `an indicator`.
        context: String,
    }
}

impl TypeNotHere {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            found,
            context,
        } = self;
        let diagnostic = Diagnostic::about(
            self,
            format!("{context} cannot be {found}"),
            *span,
            "this kind of value does not fit here",
        );
        if found.contains("text") {
            diagnostic.help(
                "for a few fixed words write `category { west, central }`; for ordered ones \
                 declare a `scale`",
            )
        } else {
            diagnostic.help("use a number, a yes or no (`truth`), a scale or a category")
        }
    }
}

cause! {
    /// computed numbers are asked to be exactly equal
    ///
    /// ## What it means
    ///
    /// `is` asks whether two numbers are the same to the last digit. At least one of these is the
    /// result of a calculation, whose last digits carry rounding.
    ///
    /// ## Why it matters
    ///
    /// `0.1 + 0.2` is not exactly `0.3`. A rule that waits for an exact value may never speak.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator poverty "Poverty" : number in 0..1
    /// indicator hunger "Hunger" : number in 0..1
    /// signal typical = (poverty + hunger) / 2 is 0.3
    /// ```
    ///
    /// ## Right
    ///
    /// Ask for a range, or round first:
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator poverty "Poverty" : number in 0..1
    /// indicator hunger "Hunger" : number in 0..1
    /// signal typical = round((poverty + hunger) / 2, 1) is 0.3
    /// ```
    Warning "FW0214" EqualityOfComputed {
        span: Span,
        operator: Span,
    }
}

impl EqualityOfComputed {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "computed numbers are rarely equal to the last digit",
            self.operator,
            "asks for exact equality",
        )
        .mark(self.span, "calculated, so its last digits carry rounding")
        .note("`0.1 + 0.2` is not exactly `0.3`: such a rule may never speak")
        .help("ask for a range (`… in 0.25..0.35`) or round first (`round(…, 1) is 0.3`)")
    }
}
