//! Ranges as declared, and values outside of them.

use super::super::Diagnostic;
use super::super::levels::OddWeights;
use super::super::wording::range;
use crate::source::Span;
use forewarn_diagnostics::cause;

/// What it is whose ends are turned round.
#[derive(Clone, Debug)]
pub enum RangeOf {
    Written,
    /// The two ends are arguments of their own: each, with its words.
    Arguments([(Span, String); 2]),
    Band(BandEnds),
}

/// The ends of a band that holds nothing, and what they could be.
#[derive(Clone, Debug)]
pub struct BandEnds {
    /// Each end with its words.
    pub low: (Span, String),
    pub high: (Span, String),
    /// Ends that are params.
    pub params: Vec<ParamEnd>,
    /// Where the band would begin, or end, between its neighbours.
    pub begin: Option<String>,
    pub end: Option<String>,
}

/// A param that a band begins or ends with.
#[derive(Clone, Debug)]
pub struct ParamEnd {
    pub name: String,
    /// `25%`
    pub is: String,
    /// Where it has this value.
    pub value: Span,
    /// The value comes with `--set`, and from no file.
    pub set: bool,
    pub is_low: bool,
}

cause! {
    FW0401 EmptyRange {
        span: Span,
        low: String,
        high: String,
        what: RangeOf,
    }
}

impl EmptyRange {
    fn of_band(&self, ends: &BandEnds) -> Diagnostic {
        let Self { span, .. } = self;
        let (low, high) = (&ends.low.1, &ends.high.1);
        let label = if self.low == self.high {
            "ends where it begins"
        } else {
            "begins above its end"
        };
        if let Some(param) = ends.params.first() {
            let title = format!(
                "no number lies in the band from {low} to {high}: `{}` is {}",
                param.name, param.is
            );
            let (other, side) = if param.is_low {
                (high, "below")
            } else {
                (low, "above")
            };
            let told = if param.set {
                Diagnostic::about(
                    self,
                    title,
                    param.value,
                    format!("`{}` is set here", param.name),
                )
                .mark(*span, label)
            } else {
                let told = Diagnostic::about(self, title, *span, label);
                ends.params.iter().fold(told, |told, param| {
                    told.mark(param.value, format!("`{}` is {}", param.name, param.is))
                })
            };
            return told.help(format!(
                "give `{}` a value {side} {other}, or let the bands beside it begin and end elsewhere",
                param.name
            ));
        }
        let title = format!("no number lies in the band from {low} to {high}");
        let mut told = Diagnostic::about(self, title, *span, label);
        if let Some(end) = &ends.end {
            told = told.mend(
                format!("let it end at {end}, so that nothing is left out behind it"),
                vec![(ends.high.0, end.clone())],
            );
        }
        if let Some(begin) = &ends.begin {
            told = told.mend(
                format!("let it begin at {begin}, so that nothing is left out before it"),
                vec![(ends.low.0, begin.clone())],
            );
        }
        match (&ends.begin, &ends.end) {
            (None, None) if self.low != self.high => told.mend(
                format!("write the lower end first: `{high}..{low}`"),
                vec![(ends.low.0, high.clone()), (ends.high.0, low.clone())],
            ),
            (None, None) => told.help("write the number at which it ends, or take the band out"),
            _ => told,
        }
    }

    /// `clamp(x, 1, 0)`
    fn apart(&self, [low, high]: &[(Span, String); 2]) -> Diagnostic {
        if self.low == self.high {
            return Diagnostic::about(
                self,
                format!(
                    "`clamp` gives {} for every value: both its ends are the same",
                    low.1
                ),
                self.span,
                "from and to are the same",
            )
            .help("write the lower end first and another upper end behind it");
        }
        Diagnostic::about(
            self,
            format!(
                "no number lies between the lower end {} and the upper end {}",
                low.1, high.1
            ),
            self.span,
            "the lower end is above the upper end",
        )
        .note(format!("the result is {} for every value", high.1))
        .mend(
            format!("write the lower end first: `{}, {}`", high.1, low.1),
            vec![(low.0, high.1.clone()), (high.0, low.1.clone())],
        )
    }

    fn words(&self) -> Diagnostic {
        let Self {
            span, low, high, ..
        } = self;
        match &self.what {
            RangeOf::Written => {}
            RangeOf::Arguments(ends) => return self.apart(ends),
            RangeOf::Band(ends) => return self.of_band(ends),
        }
        let title = format!("no number lies in the range from {low} to {high}");
        if low == high {
            return Diagnostic::about(self, title, *span, "ends where it begins")
                .help(format!("write `{low}..{high}` for this one value alone"));
        }
        Diagnostic::about(self, title, *span, "the lower end is above the upper end").mend(
            format!("write the lower end first: `{high}..{low}`"),
            vec![(*span, format!("{high}..{low}"))],
        )
    }
}

cause! {
    FW0402 OutsideRange {
        name: String,
        span: Span,
        value: String,
        low: String,
        high: String,
        declared: Span,
        /// `param` or `missing means`.
        what: &'static str,
    }
}

impl OutsideRange {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            value,
            low,
            high,
            declared,
            what,
        } = self;
        let range = range(low, high);
        let title = if *what == "missing means" {
            format!("a missing `{name}` cannot mean {value}: it is declared in {range}")
        } else {
            format!("`{name}` is {value}, but declared in {range}")
        };
        Diagnostic::about(self, title, *span, "outside the range")
            .mark(*declared, "the range is declared here")
            .help("correct the value or the range")
    }
}

cause! {
    FW0405 DatedParam {
        span: Span,
        /// What is no period of the panel's kind, and that kind: `month`.
        no_period: Option<(String, &'static str)>,
        /// What does not fit: `no value for 2015`.
        why: String,
        /// The other value concerned.
        other: Option<Span>,
        /// What to do, in the periods of the panel.
        instead: Option<String>,
        /// The period that a text means which is written otherwise.
        meant: Option<String>,
    }
}

impl DatedParam {
    fn words(&self) -> Diagnostic {
        let title = match &self.no_period {
            Some((text, kind)) => format!("`{text}` is not a {kind}"),
            None => "the dated values of this param do not fit together".to_owned(),
        };
        let told = Diagnostic::about(self, title, self.span, self.why.clone())
            .mark_if(self.other, "the other value");
        if let Some(meant) = &self.meant {
            let text = format!("\"{meant}\"");
            return told.mend(format!("write `{text}`"), vec![(self.span, text)]);
        }
        told.help(self.instead.clone().unwrap_or_else(|| {
            "let each value begin in the period after the last one ends".to_owned()
        }))
    }
}

cause! {
    FW0407 PiecesDoNotReach {
        /// The end of the outermost piece.
        span: Span,
        subject: String,
        subject_span: Span,
        /// As written.
        end: String,
        /// As far as the value goes.
        bound: String,
        low_end: bool,
        declared: Span,
    }
}

impl PiecesDoNotReach {
    fn words(&self) -> Diagnostic {
        let Self {
            subject,
            end,
            bound,
            ..
        } = self;
        let (does, goes, label) = if self.low_end {
            ("begin", "down", "the lowest piece begins here")
        } else {
            ("end", "up", "the highest piece ends here")
        };
        let reaches = if self.low_end { "from" } else { "up to" };
        Diagnostic::about(
            self,
            format!("the pieces {does} at {end}, but `{subject}` goes {goes} to {bound}"),
            self.span,
            label,
        )
        .mark(self.declared, "the range is declared here")
        .note(format!(
            "the result is missing where `{subject}` lies beyond {end}"
        ))
        .mend(
            format!("let the pieces go {reaches} {bound}"),
            vec![(self.span, bound.clone())],
        )
        .help(format!(
            "where all beyond counts as {end} does, cut the value before: `clamp({subject}, …)`"
        ))
    }
}

cause! {
    FW0406 DeclaredRange {
        name: String,
        declared: Span,
        span: Span,
        found_low: String,
        found_high: String,
        low: String,
        high: String,
        /// Weights that make it leave its range.
        weights: Option<OddWeights>,
    }
}

impl DeclaredRange {
    fn words(&self) -> Diagnostic {
        let found = range(&self.found_low, &self.found_high);
        let declared = range(&self.low, &self.high);
        if let Some(weights) = &self.weights {
            return Diagnostic::about(
                self,
                format!(
                    "{}: `{}` can be {found}, and is declared in {declared}",
                    weights.says, self.name
                ),
                weights.place,
                weights.says.clone(),
            )
            .mark(self.span, format!("can be {found}"))
            .mark(self.declared, "declared here")
            .help(weights.help.clone());
        }
        Diagnostic::about(
            self,
            format!(
                "`{}` is declared in {declared}, but can be {found}",
                self.name
            ),
            self.span,
            format!("can be {found}"),
        )
        .mark(self.declared, "declared here")
        .help("correct the formula or the range, or cut the value at the ends with `clamp(…)`")
    }
}
