//! What the ranges decide before any data is there.

use super::super::wording::{count, is_open, range};
use super::super::{Cause, Diagnostic};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0403 AlwaysFaults {
        span: Span,
        /// `divides by zero`
        why: &'static str,
        /// At zero, one end of the range, there is a result.
        but_zero: bool,
        operand: Span,
        low: String,
        high: String,
    }
}

impl AlwaysFaults {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            why,
            but_zero,
            operand,
            low,
            high,
        } = self;
        let is = if low == high {
            format!("is always {low}")
        } else {
            format!("lies in {}", range(low, high))
        };
        let title = match but_zero {
            true => format!("this {why} wherever that is not 0"),
            false => format!("this always {why}"),
        };
        let diagnostic = if span == operand {
            Diagnostic::about(self, title, *span, format!("what it works on {is}"))
        } else {
            Diagnostic::about(self, title, *span, "never has a result")
                .mark(*operand, format!("this {is}"))
        };
        diagnostic
            .note(match but_zero {
                true => "the value is missing in every other row",
                false => "the value is missing in every row",
            })
            .help("check the formula and the declared ranges")
    }
}

cause! {
    FW0404 EqualEnds {
        /// The call.
        span: Span,
        end: String,
        /// The other end of the range in which the value lies, where this is one of the two.
        other: Option<String>,
        /// The numbers of both ends, where they are written as such.
        ends: Option<(Span, Span)>,
    }
}

impl EqualEnds {
    fn words(&self) -> Diagnostic {
        let help = match &self.other {
            Some(other) => format!(
                "the value lies between {} and {other}: write {other} for one of the two ends",
                self.end
            ),
            None => "write the other end, such as the value that is best where this one is worst"
                .to_owned(),
        };
        let diagnostic = Diagnostic::about(
            self,
            format!("both ends are {}: this never has a result", self.end),
            self.span,
            "from and to are the same",
        )
        .note("a value is placed between two ends by dividing by their distance, which is 0 here");
        match (&self.other, self.ends) {
            (Some(other), Some((from, to))) => diagnostic
                .mend(
                    format!(
                        "for 0 at {other} and 1 at {}, write {other} for the first",
                        self.end
                    ),
                    vec![(from, other.clone())],
                )
                .mend(
                    format!(
                        "for 0 at {} and 1 at {other}, write {other} for the second",
                        self.end
                    ),
                    vec![(to, other.clone())],
                ),
            _ => diagnostic.help(help),
        }
    }
}

cause! {
    FW0423 MoreThanThereAre {
        span: Span,
        of: Span,
        asked: String,
        there: usize,
    }
}

impl MoreThanThereAre {
    fn words(&self) -> Diagnostic {
        let there = count(self.there, "value");
        Diagnostic::about(
            self,
            format!(
                "this can never be yes: it asks for {} of {there}",
                self.asked
            ),
            self.span,
            format!("at most {} can be met", self.there),
        )
        .mark_if(
            (self.of != self.span).then_some(self.of),
            format!("{there} here"),
        )
        .help(format!(
            "ask for {} or fewer, or name more values",
            self.there
        ))
    }
}

/// What else than ranges lets a condition go one way only.
#[derive(Clone, Debug)]
pub enum OneWay {
    /// Both sides are the same, and what the second could be in its place.
    Itself(Option<(Span, String)>),
    /// `at least 0 of …`, and where the number stands.
    NoneAsked(Span),
    /// One of two conditions that `or` joins always holds: the other one, and what may be meant in their place.
    Either {
        first: Span,
        instead: Option<(Span, String)>,
    },
}

impl OneWay {
    fn words(&self, cause: &dyn Cause, answer: &str, subject: &str, span: Span) -> Diagnostic {
        match self {
            Self::Itself(other) => {
                let told = Diagnostic::about(
                    cause,
                    format!("this {answer}: `{subject}` is compared with itself"),
                    span,
                    "the same on both sides",
                );
                match other {
                    Some((place, other)) => told.mend(
                        format!(
                            "compare it with another value, such as the one of the period before: `{other}`"
                        ),
                        vec![(*place, other.clone())],
                    ),
                    None => told.help("name the other value that is meant"),
                }
            }
            Self::NoneAsked(place) => Diagnostic::about(
                cause,
                format!("this {answer}: it asks for none of them"),
                *place,
                "no more than 0 have to be met",
            )
            .help("ask for 1 or more, or take the condition out"),
            Self::Either { first, instead } => {
                let told = Diagnostic::about(
                    cause,
                    format!("this {answer}: one of two conditions holds whatever the value is"),
                    span,
                    "met wherever the other is not",
                )
                .mark(*first, "the other one");
                match instead {
                    Some((place, text)) => told.mend(
                        format!("if neither of the two is meant, write `{text}`"),
                        vec![(*place, text.clone())],
                    ),
                    None => {
                        told.help("correct a threshold, or write `and` where both are asked for")
                    }
                }
            }
        }
    }
}

/// A param that is a threshold which is never met.
#[derive(Clone, Debug)]
pub struct ParamThreshold {
    pub name: String,
    /// Its value as written, and where.
    pub is: String,
    pub place: Span,
    /// How it is written where it is meant in hundredths.
    pub meant: Option<Hundredths>,
}

/// Why a value lies where it does.
#[derive(Clone, Copy, Debug)]
pub enum WhereFrom {
    /// Its declaration states its range, there.
    Stated(Span),
    /// The formula that is declared there can give nothing else.
    Formula(Span),
    /// A level, which lies on its scale.
    Scale(Span),
}

impl WhereFrom {
    fn mark(of: Option<Self>, diagnostic: Diagnostic) -> Diagnostic {
        match of {
            Some(Self::Stated(place)) => diagnostic.mark(place, "the range is declared here"),
            Some(Self::Formula(place)) => {
                diagnostic.mark(place, "what is worked out here lies in that range")
            }
            Some(Self::Scale(place)) => diagnostic.mark(place, "declared here"),
            None => diagnostic,
        }
    }

    fn correct(of: Option<Self>) -> &'static str {
        match of {
            Some(Self::Stated(_)) => "correct the threshold or the declared range",
            Some(Self::Formula(_)) => "correct the threshold or the formula",
            Some(Self::Scale(_)) => "correct the level that it is compared with",
            None => "correct the threshold",
        }
    }
}

/// What a number that was meant in hundredths is written as.
#[derive(Clone, Debug)]
pub enum Hundredths {
    /// `35%`, beside percentages.
    Percent(String),
    /// `0.35`, beside shares of a whole that is 1.
    Share(String),
}

impl ParamThreshold {
    fn words(&self, diagnostic: Diagnostic) -> Diagnostic {
        let Self {
            name,
            is,
            place,
            meant,
        } = self;
        let lacks = match meant {
            Some(Hundredths::Percent(_)) => ", without a percent sign",
            Some(Hundredths::Share(_)) | None => "",
        };
        let diagnostic = diagnostic.mark(*place, format!("`{name}` is {is} here{lacks}"));
        match meant {
            Some(Hundredths::Percent(text)) => diagnostic.mend(
                format!("a number without a sign is a share, 1 being 100 %: for a percentage, write `{text}`"),
                vec![(*place, text.clone())],
            ),
            Some(Hundredths::Share(text)) => diagnostic.mend(
                format!("if {is} of 100 is meant, write `{text}`: 1 is the whole here"),
                vec![(*place, text.clone())],
            ),
            None => diagnostic.help(format!("correct `{name}` or the declared range")),
        }
    }
}

cause! {
    FW0421 NeverYes {
        /// The comparison.
        span: Span,
        /// What is compared, as written.
        subject: String,
        subject_span: Span,
        low: String,
        high: String,
        declared: Option<WhereFrom>,
        /// The comparison, as written: `civil_space <= -6`.
        condition: String,
        /// A bare number beside percentages, and how it is written as one.
        percent: Option<(Span, String)>,
        /// The param that the threshold is.
        param: Option<ParamThreshold>,
        /// The conditions around it say so, not the declared range.
        by_conditions: bool,
        one_way: Option<OneWay>,
    }
}

impl NeverYes {
    /// A threshold that is meant in hundredths, of what lies in 0..1; and where it stands.
    fn of_hundred(&self) -> Option<(String, String, Span)> {
        let (_, number) = self.condition.rsplit_once(' ')?;
        let value: f64 = number.parse().ok()?;
        let fits = self.low == "0" && self.high == "1" && (10.0..=100.0).contains(&value);
        let length = u32::try_from(number.len()).ok().filter(|_| fits)?;
        let place = Span {
            start: self.span.end.checked_sub(length)?,
            ..self.span
        };
        let share = format!("{:.6}", value / 100.0);
        let share = share.trim_end_matches('0').trim_end_matches('.');
        Some((number.to_owned(), share.to_owned(), place))
    }

    fn words(&self) -> Diagnostic {
        if let Some(one_way) = &self.one_way {
            return one_way.words(self, "can never be yes", &self.subject, self.span);
        }
        let end = match sign(&self.condition, &self.subject) {
            Some('<') => End::Lowest(&self.low),
            Some('>') => End::Highest(&self.high),
            _ => End::Any,
        };
        let lies = lies_in(&self.subject, &self.low, &self.high);
        let marked = end.words(&self.subject, "no value in this range answers with yes");
        if self.by_conditions {
            return Diagnostic::about(
                self,
                format!("this can never be yes: {lies} here"),
                self.span,
                marked,
            )
            .note("the conditions before it leave no other values")
            .help(
                "ask for what is stricter first, correct one of the thresholds, or take this condition out",
            );
        }
        let title = format!("this can never be yes: {lies}");
        let diagnostic = WhereFrom::mark(
            self.declared,
            Diagnostic::about(self, title, self.span, marked),
        )
        .note("a threshold outside the range makes a rule that looks present and never speaks");
        if let Some((of_hundred, share, place)) = self.of_hundred() {
            return diagnostic.mend(
                format!("if {of_hundred} of 100 is meant, write `{share}`: 1 is the whole here"),
                vec![(place, share)],
            );
        }
        if let Some(param) = &self.param {
            return param.words(diagnostic);
        }
        let diagnostic = diagnostic.help(WhereFrom::correct(self.declared));
        match &self.percent {
            Some((place, text)) => diagnostic.mend(
                format!("a bare number is a share, 1 being 100 %: write `{text}` for a percentage"),
                vec![(*place, text.clone())],
            ),
            None => diagnostic,
        }
    }
}

cause! {
    FW0424 NeverBoth {
        /// All that has to hold together.
        whole: Span,
        first: Span,
        second: Span,
    }
}

impl NeverBoth {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "this can never be yes: two of its conditions exclude each other",
            self.second,
            "never met together with the other",
        )
        .mark(self.first, "the other one")
        .note("no value lies in both ranges")
        .help("correct a threshold, or write `or` where one of the two is enough")
    }
}

cause! {
    FW0425 SaysNothingMore {
        /// The condition that decides nothing, as written.
        idle: String,
        idle_span: Span,
        other: String,
        other_span: Span,
        /// Joined by `and`; else by `or`.
        both: bool,
    }
}

impl SaysNothingMore {
    fn words(&self) -> Diagnostic {
        let Self { idle, other, .. } = self;
        let title = if idle == other {
            format!("`{idle}` is asked twice")
        } else if self.both {
            format!("`{idle}` asks for nothing here that `{other}` does not ask for")
        } else {
            format!("`{idle}` adds nothing here to `{other}`")
        };
        let label = if idle == other {
            "the same again"
        } else if self.both {
            "met whenever the other is"
        } else {
            "never met without the other"
        };
        Diagnostic::about(self, title, self.idle_span, label)
            .mark(self.other_span, "the other one")
            .note("a condition that decides nothing is mostly one that names the wrong value or threshold")
            .help("name the value or the threshold that is meant, or take the condition out")
    }
}

cause! {
    FW0422 AlwaysYes {
        /// The comparison.
        span: Span,
        /// What is compared, as written.
        subject: String,
        subject_span: Span,
        low: String,
        high: String,
        declared: Option<WhereFrom>,
        /// The comparison, as written: `civil_space <= -6`.
        condition: String,
        one_way: Option<OneWay>,
    }
}

impl AlwaysYes {
    fn words(&self) -> Diagnostic {
        if let Some(one_way) = &self.one_way {
            return one_way.words(self, "is always yes", &self.subject, self.span);
        }
        let end = match sign(&self.condition, &self.subject) {
            Some('>') => End::Lowest(&self.low),
            Some('<') => End::Highest(&self.high),
            _ => End::Any,
        };
        WhereFrom::mark(self.declared, Diagnostic::about(
            self,
            format!("this is always yes: {}", lies_in(&self.subject, &self.low, &self.high)),
            self.span,
            end.words(&self.subject, "every value in this range answers with yes"),
        ))
        .note("a question with one answer only says nothing; for values that may be missing, ask `is known`")
        .help(WhereFrom::correct(self.declared))
    }
}

/// Is it the least number above 0 that there is, which is said in no message?
fn is_least(low: &str) -> bool {
    const TINY: f64 = 1e-300;
    low.parse().is_ok_and(|low: f64| low > 0.0 && low < TINY)
}

/// ``` `civil_space` lies in -5..5 ```
fn lies_in(subject: &str, low: &str, high: &str) -> String {
    let subject = if subject.is_empty() {
        "this".to_owned()
    } else {
        format!("`{subject}`")
    };
    if low == high {
        format!("{subject} is always {low}")
    } else if is_least(low) && is_open(high) {
        format!("{subject} lies above 0")
    } else if is_least(low) {
        format!("{subject} lies above 0, up to {high}")
    } else {
        format!("{subject} lies in {}", range(low, high))
    }
}

/// The first letter of the sign between the subject and what it is compared with, turned round where
/// the subject stands on the right.
fn sign(condition: &str, subject: &str) -> Option<char> {
    if subject.is_empty() {
        return None;
    }
    if let Some(rest) = condition.strip_prefix(subject) {
        return rest.trim_start().chars().next();
    }
    let rest = condition.strip_suffix(subject)?.trim_end();
    match rest.trim_end_matches('=').chars().next_back()? {
        '<' => Some('>'),
        '>' => Some('<'),
        _ => None,
    }
}

/// The end of a range that decides a comparison.
enum End<'a> {
    Lowest(&'a str),
    Highest(&'a str),
    Any,
}

impl End<'_> {
    fn words(&self, subject: &str, otherwise: &str) -> String {
        let subject = if subject.is_empty() {
            "this".to_owned()
        } else {
            format!("`{subject}`")
        };
        match self {
            Self::Lowest(low) if is_least(low) => {
                format!("every value {subject} can take is above 0")
            }
            Self::Lowest(low) if !is_open(low) => {
                format!("the lowest value {subject} can take is {low}")
            }
            Self::Highest(high) if !is_open(high) => {
                format!("the highest value {subject} can take is {high}")
            }
            Self::Lowest(_) | Self::Highest(_) | Self::Any => otherwise.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn the_sign_is_read_from_the_side_of_the_subject() {
        let cases = [
            ("civil_space <= -6", "civil_space", Some('<')),
            ("-6 >= civil_space", "civil_space", Some('<')),
            ("1000<deaths", "deaths", Some('>')),
            ("0 <= deaths < 5", "deaths", None),
            ("deaths is 5", "deaths", Some('i')),
            ("deaths < 5", "", None),
        ];
        for (condition, subject, expected) in cases {
            assert_eq!(sign(condition, subject), expected, "{condition}");
        }
    }
}
