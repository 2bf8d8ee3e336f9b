//! Functions along time and across peers, and what they take.

use super::Diagnostic;
use super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    MissingNamedArgument::INFO,
    NotInCrossSection::INFO,
    RequireTooMuch::INFO,
    WindowTooShort::INFO,
    WrongSeries::INFO,
    OneThreshold::INFO,
    PeersNotCategory::INFO,
    BaselineBackwards::INFO,
    NeedsFixedNumber::INFO,
];

cause! {
    /// an argument that needs its name
    ///
    /// ## What it means
    ///
    /// Functions along time say how far they look: `mean(deaths, over: 12 months)`. The length of a
    /// window, how much of it must be known and what is compared are given by name. `stddev` looks
    /// along time with `over:` and across peers with `among:`.
    ///
    /// ## Why it matters
    ///
    /// `mean(deaths, 12, 9)` does not tell a reader which of the two is the window.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// score usual = trend(deaths)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// score usual = trend(deaths, over: 12 months)
    /// ```
    Error "FW0701" MissingNamedArgument {
        function: String,
        argument: String,
        span: Span,
    }
}

impl MissingNamedArgument {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            argument,
            span,
        } = self;
        let example = match argument.as_str() {
            "over" | "for" | "require" => format!("{argument}: 12 months"),
            "among" | "first" | "ties" => format!("{argument}: …"),
            _ => format!("{argument}: 10"),
        };
        let title = format!("`{function}` needs `{argument}:`");
        Diagnostic::about(self, title, *span, format!("`{argument}:` is not said"))
            .help(format!("write `{function}(x, {example})`"))
    }
}

cause! {
    /// looking along time in data without time
    ///
    /// ## What it means
    ///
    /// The panel has one row for each entity and no periods, so there is nothing earlier to look at.
    ///
    /// ## Why it matters
    ///
    /// A change or a window would be missing in every row.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// score before = lag(deaths, 1 year)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// score before = lag(deaths, 1 year)
    /// ```
    Error "FW0702" NotInCrossSection {
        function: String,
        span: Span,
        entity: String,
    }
}

impl NotInCrossSection {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            span,
            entity,
        } = self;
        let title = format!("`{function}` looks along time, and this panel has no periods");
        Diagnostic::about(self, title, *span, "there is nothing earlier to look at")
            .help(format!("declare the period: `panel {entity} by month`"))
    }
}

cause! {
    /// more periods required than the window has
    ///
    /// ## What it means
    ///
    /// `require:` says how many periods of a window must be known; there are not so many in it.
    ///
    /// ## Why it matters
    ///
    /// The result would be missing in every row.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// score total = sum(deaths, over: 6 months, require: 9 months)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// score total = sum(deaths, over: 12 months, require: 9 months)
    /// ```
    Error "FW0703" RequireTooMuch {
        span: Span,
        window: Span,
    }
}

impl RequireTooMuch {
    fn words(&self) -> Diagnostic {
        let title = "more is required than the window holds";
        Diagnostic::about(self, title, self.span, "so much must be known")
            .mark(self.window, "of a window of this length")
            .help("require at most the window's own length; without `require:` all of it must be known")
    }
}

cause! {
    /// a window of one period that needs two
    ///
    /// ## What it means
    ///
    /// A trend, a spread or a record compares at least two periods.
    ///
    /// ## Why it matters
    ///
    /// The result would be missing in every row.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// score slope = trend(deaths, over: 1 year)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// score slope = trend(deaths, over: 5 years)
    /// ```
    Error "FW0704" WindowTooShort {
        function: String,
        span: Span,
    }
}

impl WindowTooShort {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` needs a window of two periods or more", self.function);
        Diagnostic::about(
            self,
            title,
            self.span,
            "this is a single period of the panel",
        )
        .help("write a longer window")
    }
}

cause! {
    /// a question of yes or no is needed
    ///
    /// ## What it means
    ///
    /// `sustained`, `ever` and `since` ask in which periods something was so. They take a truth: a
    /// signal or a comparison.
    ///
    /// ## Why it matters
    ///
    /// A number is not so or not so; its threshold has to be said.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal war = sustained(deaths, for: 2 years)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal war = sustained(deaths >= 1000, for: 2 years)
    /// ```
    Error "FW0705" WrongSeries {
        function: String,
        span: Span,
        found: String,
    }
}

impl WrongSeries {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` takes an answer of yes or no", self.function);
        Diagnostic::about(self, title, self.span, format!("this is {}", self.found))
            .help("compare it: `x >= 1000`")
    }
}

cause! {
    /// a crossing without one threshold
    ///
    /// ## What it means
    ///
    /// `crosses` is yes in the period in which a value comes to a threshold from the other side:
    /// `above:` from below it, `below:` from above it. One of the two is given.
    ///
    /// ## Why it matters
    ///
    /// Upwards and downwards are different alarms.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal war = crosses(deaths)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal war = crosses(deaths, above: 1000)
    /// ```
    Error "FW0706" OneThreshold {
        span: Span,
        /// Both are given; else none.
        both: bool,
    }
}

impl OneThreshold {
    fn words(&self) -> Diagnostic {
        let label = if self.both {
            "both `above:` and `below:` are given"
        } else {
            "neither `above:` nor `below:` is given"
        };
        Diagnostic::about(self, "`crosses` takes one threshold", self.span, label)
            .help("write `crosses(x, above: 1000)` for a rise to it, `crosses(x, below: 1000)` for a fall to it")
    }
}

cause! {
    /// peers are grouped by a category
    ///
    /// ## What it means
    ///
    /// `among:` names a category, such as a region: entities are compared with those of their own.
    ///
    /// ## Why it matters
    ///
    /// Numbers hardly ever repeat, so that every entity would stand alone.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator income "Income per person" : number in 0..
    /// score place = rank(deaths, among: income)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator region "Region" : category { west, east }
    /// score place = rank(deaths, among: region)
    /// ```
    Error "FW0707" PeersNotCategory {
        span: Span,
        found: String,
    }
}

impl PeersNotCategory {
    fn words(&self) -> Diagnostic {
        let title = "`among:` takes a category";
        Diagnostic::about(self, title, self.span, format!("this is {}", self.found))
            .help("name a category, such as a region; without `among:` all entities of the period are peers")
    }
}

cause! {
    /// a baseline that is no range of periods
    ///
    /// ## What it means
    ///
    /// `baseline:` says from which periods goalposts are taken: `2010..2020`, or
    /// `"2010-01".."2019-12"`. The first is not after the last.
    ///
    /// ## Why it matters
    ///
    /// Goalposts from no period at all would be missing.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score place = minmax(deaths, baseline: 2020..2010)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score place = minmax(deaths, baseline: 2010..2020)
    /// ```
    Error "FW0708" BaselineBackwards {
        span: Span,
        /// Two periods in the wrong order; else something else.
        periods: bool,
    }
}

impl BaselineBackwards {
    fn words(&self) -> Diagnostic {
        let (title, label) = if self.periods {
            (
                "a baseline begins before it ends",
                "the first period is after the last",
            )
        } else {
            (
                "a baseline is a range of periods",
                "this is not a range of periods",
            )
        };
        Diagnostic::about(self, title, self.span, label)
            .help("write the first and the last period: `baseline: 2010..2020`")
    }
}

cause! {
    /// a number that stands in the rules themselves
    ///
    /// ## What it means
    ///
    /// How many are at the top, and how far outliers are treated, are plain numbers written where
    /// they are used.
    ///
    /// ## Why it matters
    ///
    /// They decide what the function does, not what it does it to.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal worst = top(deaths, 2.5)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal worst = top(deaths, 10)
    /// ```
    Error "FW0709" NeedsFixedNumber {
        span: Span,
        /// What takes the number.
        context: String,
    }
}

impl NeedsFixedNumber {
    fn words(&self) -> Diagnostic {
        let title = format!("{} takes a number written here", self.context);
        Diagnostic::about(self, title, self.span, "this does not fit")
            .help("write a plain number, such as `10`")
    }
}
