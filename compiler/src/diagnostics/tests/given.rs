//! What a test gives.

use super::how_long;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::wording::{count, range};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1003 GivenTwice {
        name: String,
        first: Span,
        second: Span,
    }
}

impl GivenTwice {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` is given twice", self.name);
        Diagnostic::about(self, title, self.second, "given again")
            .mark(self.first, "given here")
            .help("keep one; values of several periods are a series: `[5, 200]` in a test `over 2 months`")
    }
}

cause! {
    FW1004 SeriesLength {
        span: Span,
        found: usize,
        rows: usize,
        word: String,
        over: Option<Span>,
        /// Of a test that does not say how long it is: how that is said.
        meant: Vec<(Span, String)>,
    }
}

impl SeriesLength {
    fn words(&self) -> Diagnostic {
        let found = count(self.found, "value");
        if !self.meant.is_empty() {
            let title = format!("a series of {found} in a test of one row");
            let told = Diagnostic::about(self, title, self.span, format!("{found} here"));
            return how_long(told, &self.meant);
        }
        let rows = count(self.rows, &self.word);
        let title = format!("a series of {found} in a test over {rows}");
        let help = match self.over {
            Some(_) => format!(
                "give one value for each, or let the test be over {}; `200 x 12` is twelve times the same",
                count(self.found, &self.word)
            ),
            None => format!(
                "say how long it is: `over {} months` or `over {} cases`",
                self.found, self.found
            ),
        };
        Diagnostic::about(self, title, self.span, format!("{found} here"))
            .mark_if(self.over, format!("{rows} here"))
            .help(help)
    }
}

cause! {
    FW1006 ParamInSeries {
        name: String,
        span: Span,
    }
}

impl ParamInSeries {
    fn words(&self) -> Diagnostic {
        let title = format!("the param `{}` cannot change within a test", self.name);
        Diagnostic::about(self, title, self.span, "several values")
            .help("give it one value, and write a test for each further one")
    }
}

cause! {
    FW1008 CannotBeGiven {
        name: String,
        span: Span,
    }
}

impl CannotBeGiven {
    fn words(&self) -> Diagnostic {
        let title = format!("a test cannot give `{}`", self.name);
        Diagnostic::about(self, title, self.span, "is made of several values")
            .help("give the values that it is made of")
    }
}

cause! {
    FW1016 GivenToNone {
        span: Span,
    }
}

impl GivenToNone {
    fn words(&self) -> Diagnostic {
        let title =
            "a test gives a value to what is neither all assessments nor a factor's members";
        Diagnostic::about(self, title, self.span, "not one of these")
            .help("write `every assessment`, or `every member of` and the name of a factor")
    }
}

cause! {
    FW1011 RepeatNotHere {
        span: Span,
    }
}

impl RepeatNotHere {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "values are repeated only in the series of a test",
            self.span,
            "not a series",
        )
        .help("write the value once, or multiply with `*`")
    }
}

cause! {
    FW1013 GivenOutside {
        name: String,
        span: Span,
        value: String,
        low: String,
        high: String,
        declared: Span,
    }
}

impl GivenOutside {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` is given {}, which it can never be",
            self.name, self.value
        );
        let range = range(&self.low, &self.high);
        Diagnostic::about(self, title, self.span, "outside of its range")
            .mark(self.declared, format!("it lies in {range} here"))
            .help("give a value within the range")
    }
}

cause! {
    FW1015 BadTimes {
        span: Span,
        found: String,
    }
}

impl BadTimes {
    fn words(&self) -> Diagnostic {
        let title = format!("a value cannot stand `x {}`", self.found);
        Diagnostic::about(self, title, self.span, "not a number of times")
            .help("write a whole number from 1 on: `200 x 12`")
    }
}
