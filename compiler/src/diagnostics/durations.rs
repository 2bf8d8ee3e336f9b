//! Durations that are no whole number of the panel's periods, and ranges of periods out of place.

use super::Diagnostic;
use super::wording::count;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0731 NotADuration {
        span: Span,
        /// What asks for it, quoted where it is a word of the language.
        context: String,
        /// The kind of value it is.
        found: String,
        /// The number, where it lacks only its unit.
        amount: Option<String>,
        /// Another number of the same call that lacks it too.
        beside: Option<(Span, String)>,
        /// The panel's period.
        period: &'static str,
    }
}

impl NotADuration {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            context,
            found,
            amount,
            beside,
            period,
        } = self;
        let title = format!("{context} takes a duration");
        let diagnostic = Diagnostic::about(self, title, *span, format!("this is {found}"));
        match amount {
            Some(amount) => {
                let counted = |amount: &str| match amount {
                    "1" => format!("1 {period}"),
                    several => format!("{several} {period}s"),
                };
                let own = counted(amount);
                match beside {
                    Some((other, number)) => {
                        let number = counted(number);
                        diagnostic.mark(*other, "and here").mend(
                            format!("say of what: `{own}` and `{number}`"),
                            vec![(*span, own), (*other, number)],
                        )
                    }
                    None => diagnostic.mend(format!("say of what: `{own}`"), vec![(*span, own)]),
                }
            }
            None => diagnostic.help(format!("write a length of time, such as `3 {period}s`")),
        }
    }
}

cause! {
    FW0732 DaysAndMonths {
        span: Span,
        /// As written.
        words: String,
        /// What the duration counts, `day` or `month`.
        base: &'static str,
        /// The panel's period.
        period: &'static str,
    }
}

impl DaysAndMonths {
    fn words(&self) -> Diagnostic {
        let (words, base, period) = (named(&self.words), self.base, self.period);
        let title = format!("{words} is no fixed number of {period}s");
        let told =
            Diagnostic::about(self, title, self.span, format!("counted in {base}s")).note(format!(
                "the panel has one row for each {period}; days and months never mix, since months \
                 differ in length"
            ));
        let way = |about: &String| (self.span, about.clone());
        match about(&self.words, period).as_slice() {
            [] => told.help(format!("write it in {period}s, such as `3 {period}s`")),
            [only] => told.mend(
                format!("write it in {period}s, such as `{only}`"),
                vec![way(only)],
            ),
            // Between two numbers of periods, which of them is meant nobody can tell.
            several => several.iter().fold(told, |told, about| {
                told.mend(
                    format!("write it in {period}s: `{about}`"),
                    vec![way(about)],
                )
            }),
        }
    }
}

/// About as long in the panel's period: one number of them, or the two that it lies between.
fn about(words: &str, period: &str) -> Vec<String> {
    let days = |unit: &str| match unit.trim_end_matches('s') {
        "day" => Some(1.0),
        "week" => Some(7.0),
        "month" => Some(365.25 / 12.0),
        "quarter" => Some(365.25 / 4.0),
        "year" => Some(365.25),
        _ => None,
    };
    let amount = words.split_once(' ').and_then(|(count, unit)| {
        let count: f64 = count.replace('_', "").parse().ok()?;
        Some(count * days(unit)? / days(period)?)
    });
    let Some(amount) = amount else {
        return Vec::new();
    };
    let (floor, nearest) = (amount.floor(), amount.round());
    // A month is taken for four weeks or thirty days; a month and a half is neither one nor two.
    let is_near = floor < 1.0 || (amount - nearest).abs() <= 0.25 || floor >= 4.0;
    let whole = match is_near {
        true => vec![nearest],
        false => vec![floor, floor + 1.0],
    };
    let whole = whole.into_iter().map(|amount| match amount {
        amount if amount <= 1.0 => format!("1 {period}"),
        amount => format!("{amount} {period}s"),
    });
    whole.collect()
}

cause! {
    FW0733 NotWholePeriods {
        span: Span,
        /// As written.
        words: String,
        /// How many periods it is: `1.5`.
        periods: String,
        /// The panel's period.
        period: &'static str,
        /// Further ones that are none.
        others: Vec<Span>,
        /// Where the panel says its period, and the period in which all of them are counted.
        panel: Option<(Span, String)>,
    }
}

impl NotWholePeriods {
    fn words(&self) -> Diagnostic {
        let (words, periods, period) = (named(&self.words), &self.periods, self.period);
        let amount = periods.parse::<f64>().unwrap_or(0.0);
        let title = if amount <= 0.0 {
            format!("{words} is no length of time to look along")
        } else {
            format!("{words} is no whole number of {period}s")
        };
        let unit = if periods == "1" {
            period.to_owned()
        } else {
            format!("{period}s")
        };
        let told = match &self.panel {
            // Then it is the panel that is odd.
            Some((place, _)) => {
                let title = format!(
                    "{title}, and neither are {}",
                    count(self.others.len(), "other duration")
                );
                Diagnostic::about(self, title, *place, format!("one row for each {period}"))
                    .mark(self.span, format!("{periods} {unit}"))
            }
            None => Diagnostic::about(self, title, self.span, format!("{periods} {unit}")),
        };
        let told = self.others.iter().fold(told, |told, place| {
            told.mark(*place, format!("no whole {period}s either"))
        });
        let told = told.note(format!(
            "the panel has one row for each {period}, and nothing between them"
        ));
        let whole = format!("write at least `1 {period}`, and whole {period}s");
        match &self.panel {
            Some((place, meant)) => told
                .mend(
                    format!("if the data have a row for each {meant}, the panel is `by {meant}`"),
                    vec![(*place, meant.clone())],
                )
                .help(format!("else {whole}")),
            None => told.help(whole),
        }
    }
}

cause! {
    FW0734 PeriodsNotHere {
        span: Span,
        /// `1 known`, and no periods.
        known: bool,
    }
}

impl PeriodsNotHere {
    fn words(&self) -> Diagnostic {
        if self.known {
            return Diagnostic::about(
                self,
                "how many must be known has no value",
                self.span,
                "asks for so many of several values",
            )
            .help("it stands behind `require:` of several values, such as `mean(a, b, require: 1 known)`")
            .help("of a window, periods are asked for, such as `require: 9 months`");
        }
        Diagnostic::about(
            self,
            "a range of periods has no value",
            self.span,
            "periods, from the first to the last",
        )
        .help("a range of periods stands behind `baseline:` alone")
    }
}

cause! {
    FW0735 TwoWaysForAbsent {
        name: String,
        means: Span,
        carry: Span,
    }
}

impl TwoWaysForAbsent {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("an absent cell of `{}` stands for two things", self.name),
            self.carry,
            "here for the last value known",
        )
        .mark(self.means, "here for a fixed value")
        .help("keep the one that is true of the source")
    }
}

cause! {
    FW0736 CarriedBeyondExpiry {
        name: String,
        carry: Span,
        /// In periods of the panel.
        carried: u32,
        expires: Span,
        expired: u32,
        /// The panel's period.
        period: &'static str,
        /// The length that is carried, and what to write there.
        mended: Option<(Span, String)>,
    }
}

impl CarriedBeyondExpiry {
    fn words(&self) -> Diagnostic {
        let periods = |count: u32| match count {
            1 => format!("1 {}", self.period),
            count => format!("{count} {}s", self.period),
        };
        let (carried, expired) = (periods(self.carried), periods(self.expired));
        let diagnostic = Diagnostic::about(
            self,
            format!("`{}` is carried on when it is out of date", self.name),
            self.carry,
            format!("stands for absent cells for {carried}"),
        )
        .mark(self.expires, format!("is out of date after {expired}"))
        .note("an observation is carried at most until it expires");
        match &self.mended {
            Some((at, words)) => diagnostic.mend(
                format!("carry it as far as it holds: `carry forward at most {words}`"),
                vec![(*at, words.clone())],
            ),
            None => diagnostic.help("carry it as far as it holds"),
        }
        .help("`expires after` alone carries an observation until it is out of date")
    }
}

/// The user's words, where they are short enough to quote.
fn named(words: &str) -> String {
    if words.is_empty() {
        "this duration".to_owned()
    } else {
        format!("`{words}`")
    }
}
