//! Functions along time and across peers, and what they take.

use super::Diagnostic;
use crate::plan::PeriodKind;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0701 MissingNamedArgument {
        function: String,
        argument: String,
        span: Span,
        /// The value that stands there, with its name.
        written: Option<String>,
        /// How the function is called.
        shape: String,
    }
}

impl MissingNamedArgument {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            argument,
            span,
            written,
            shape,
        } = self;
        let names = match argument.as_str() {
            "above" => "`above:` or `below:`".to_owned(),
            name => format!("`{name}:`"),
        };
        let title = format!("`{function}` needs {names}");
        let diagnostic = Diagnostic::about(self, title, *span, format!("{names} is not said"));
        match written {
            // Which way it crosses, nobody can tell.
            Some(text) if argument == "above" => {
                let below = text.replacen("above:", "below:", 1);
                diagnostic
                    .mend(
                        format!("where it rises to that, write `{text}`"),
                        vec![(*span, text.clone())],
                    )
                    .mend(
                        format!("where it falls to that, write `{below}`"),
                        vec![(*span, below)],
                    )
            }
            Some(text) => diagnostic.mend(format!("write `{text}`"), vec![(*span, text.clone())]),
            None => diagnostic.help(shape.clone()),
        }
    }
}

cause! {
    FW0702 NotInCrossSection {
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
        Diagnostic::about(self, title, *span, "there is nothing earlier to look at").help(
            match entity.as_str() {
                // Rows that are about months are a series of them.
                "day" | "week" | "month" | "quarter" | "year" => {
                    format!("declare the period of a series: `panel by {entity}`")
                }
                _ => format!("declare the period: `panel {entity} by month`"),
            },
        )
    }
}

cause! {
    FW0714 NoPeersInSeries {
        span: Span,
        /// `rank`
        function: String,
        /// It also looks along time.
        windowed: bool,
        /// `month`
        period: String,
    }
}

impl NoPeersInSeries {
    fn words(&self) -> Diagnostic {
        let Self {
            function, period, ..
        } = self;
        let title =
            format!("`{function}` compares the entities of a period, and this panel is one series");
        let found = Diagnostic::about(
            self,
            title,
            self.span,
            "there are no others to compare with",
        );
        let found = if self.windowed {
            found.help(format!(
                "look along time, as in `{function}(x, over: 12 {period}s)`, or give `{function}` several values"
            ))
        } else {
            found.help(format!(
                "compare with the series' own past, as in `x >= max(x, over: 12 {period}s)`"
            ))
        };
        found.help(format!(
            "or name what rows are about: `panel country by {period}`"
        ))
    }
}

cause! {
    FW0703 RequireTooMuch {
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
    FW0704 WindowTooShort {
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
    FW0705 WrongSeries {
        function: String,
        span: Span,
        found: String,
        /// A comparison of the number that stands there.
        compared: Option<String>,
    }
}

impl WrongSeries {
    fn words(&self) -> Diagnostic {
        let since = self.function.strip_prefix("since: … of ");
        let within = self.function.strip_prefix("within: … of ");
        let title = match (since, within) {
            (Some(function), _) => {
                format!("`since:` of `{function}` takes an answer of yes or no")
            }
            (None, Some(function)) => {
                format!("`within:` of `{function}` takes an alert, or an answer of yes or no")
            }
            (None, None) => format!("`{}` takes an answer of yes or no", self.function),
        };
        let label = format!("this is {}", self.found);
        Diagnostic::about(self, title, self.span, label).help(match &self.compared {
            Some(compared) => format!("compare it with a threshold, such as `{compared}`"),
            None if self.found.contains("level") => {
                "ask where it stands: `… is high` or `… >= high`".to_owned()
            }
            None => "ask a question that yes or no can answer: `… is …`".to_owned(),
        })
    }
}

cause! {
    FW0706 OneThreshold {
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
    FW0707 PeersNotCategory {
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
    FW0708 BaselineBackwards {
        span: Span,
        /// Two periods in the wrong order; else something else.
        periods: bool,
        /// As it is meant, where two periods are named.
        meant: Option<String>,
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
        let diagnostic = Diagnostic::about(self, title, self.span, label);
        match &self.meant {
            Some(meant) => diagnostic.mend(
                format!("write the first and the last period: `baseline: {meant}`"),
                vec![(self.span, meant.clone())],
            ),
            None => diagnostic.help("write the first and the last period, with `..` between them"),
        }
    }
}

cause! {
    FW0709 NeedsFixedNumber {
        span: Span,
        /// What takes the number.
        context: String,
        /// `a whole number from 1`
        wanted: &'static str,
        /// The number that it is, where it is one.
        found: Option<String>,
        /// It differs from row to row.
        varies: bool,
        /// A param that has several values, each for periods of its own.
        dated: Option<String>,
        /// It has to be the same in every period.
        one_value: bool,
    }
}

impl NeedsFixedNumber {
    fn words(&self) -> Diagnostic {
        let (same, param) = if self.one_value {
            (", the same in every period", "a param that has one value")
        } else {
            (" that does not depend on the data", "a param")
        };
        let title = format!("{} takes {}{same}", self.context, self.wanted);
        let label = match (&self.found, self.varies) {
            (Some(found), _) => format!("this is {found}"),
            (None, false) if self.dated.is_some() => format!(
                "`{}` has several values, each for periods of its own",
                self.dated.as_deref().unwrap_or_default()
            ),
            (None, true) => "this differs from row to row".to_owned(),
            (None, false) => "this is no such number".to_owned(),
        };
        Diagnostic::about(self, title, self.span, label)
            .help(format!("write it here, or name {param}"))
    }
}

cause! {
    FW0710 TwoWindows {
        function: String,
        /// What the first is called: `over`, or what a function calls the length of its window; `since`.
        first: &'static str,
        /// `since` or `within`.
        second: &'static str,
        at_first: Span,
        at_second: Span,
    }
}

impl TwoWindows {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            first,
            second,
            at_first,
            at_second,
        } = self;
        let title = format!("`{function}` looks at one window");
        let begins = "it begins with this event";
        let label = if *second == "within" {
            "it is the whole spell of this"
        } else {
            begins
        };
        let other = if *first == "since" {
            "and it begins with this event"
        } else {
            "and it has this length"
        };
        let is = |word: &str| match word {
            "since" => "`since:` for all of them since the event".to_owned(),
            "within" => "`within:` for the whole spell, later periods included".to_owned(),
            length => format!("`{length}:` for a fixed number of periods"),
        };
        Diagnostic::about(self, title, *at_second, label)
            .mark(*at_first, other)
            .help(format!("keep {}, or {}", is(first), is(second)))
    }
}

cause! {
    FW0711 NoPeriod {
        span: Span,
        found: String,
        kind: PeriodKind,
        /// How a period of the panel is named.
        meant: String,
    }
}

impl NoPeriod {
    fn words(&self) -> Diagnostic {
        let by_year = self.kind == PeriodKind::Year;
        let title = if by_year {
            "`at` takes a year"
        } else {
            "only years are numbers, and this panel is not by year"
        };
        let own = if by_year {
            "write a plain number: `at(x, 2015)`".to_owned()
        } else {
            format!("name the period by plain numbers: `{}`", self.meant)
        };
        Diagnostic::about(self, title, self.span, format!("this is {}", self.found)).help(format!(
            "{own}; `at(x, when: c)` is the value in the last period in which `c` was yes"
        ))
    }
}

cause! {
    FW0712 BeginsOtherwise {
        span: Span,
        found: String,
        /// What it is the beginning of; `None` where nothing of the kind can have a past of its own.
        is: Option<String>,
        /// The number with its unit.
        meant: Option<String>,
    }
}

impl BeginsOtherwise {
    fn words(&self) -> Diagnostic {
        match &self.is {
            Some(is) => {
                let title = format!("what begins with {} is {is}", self.found);
                let label = format!("this is {}", self.found);
                let told = Diagnostic::about(self, title, self.span, label);
                match &self.meant {
                    Some(meant) => {
                        told.mend(format!("write `{meant}`"), vec![(self.span, meant.clone())])
                    }
                    None => told.help("write the beginning in the unit of the value itself"),
                }
            }
            None => {
                let title = "a past begins with a number, a level, or with yes or no";
                let label = format!("this is {}", self.found);
                Diagnostic::about(self, title, self.span, label)
                    .help("keep a number or a level, and make what is needed of it in a declaration of its own")
            }
        }
    }
}

cause! {
    FW0713 PastOfPeers {
        name: String,
        span: Span,
        /// By way of a whole spell, rather than of peers.
        of_spells: bool,
    }
}

impl PastOfPeers {
    fn words(&self) -> Diagnostic {
        let (way, label, help) = if self.of_spells {
            (
                "a whole spell",
                "later periods are looked at on the way back to itself",
                "let a value look at its own past alone, and look at the spells of what comes of it",
            )
        } else {
            (
                "its peers",
                "compared with others on the way back to itself",
                "let a value look at its own entity's past alone, and compare what comes of it",
            )
        };
        let title = format!("`{}` rests on its own past by way of {way}", self.name);
        Diagnostic::about(self, title, self.span, label).help(help)
    }
}
