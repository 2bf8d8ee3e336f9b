//! Percentages beside numbers of which nobody can say whether they are percentages too.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::wording::{list, quoted};

/// A number without a sign, and how it is written with one.
#[derive(Clone, Debug)]
pub struct BareLiteral {
    pub span: Span,
    pub text: String,
    /// `None` where it is worked out of several literals.
    pub value: Option<f64>,
    /// What it would be of a share if its sign were written: `0.4` of 40 %.
    pub as_share: Option<String>,
    /// As the number before the sign: `40%`; `None` where the unit has no name.
    pub counted: Option<String>,
    /// As a part of 1: `40%` of 0.4.
    pub share: Option<String>,
    /// Where what holds it meets the percentage, and what that is called.
    pub through: Option<(Span, String)>,
    /// What says, where it is declared, that a share is meant.
    pub as_plain: Option<(Span, String)>,
}

impl BareLiteral {
    /// Would it be more than the whole?
    fn is_beyond(&self) -> bool {
        self.value.is_some_and(|x| x.abs() > 1.0)
    }
}

cause! {
    FW0320 BareNumber {
        literals: Vec<BareLiteral>,
        /// As people read it: `percent`.
        unit: String,
        /// The percentage, and its words; empty where they are too long to name it.
        beside: Span,
        beside_text: String,
        /// The whole, where a better way to write it is known: `100% - p`.
        instead: Option<(Span, String)>,
        /// The param that is given on the command line.
        set: Option<String>,
        /// The highest percentage that the other side is declared for, where that is known.
        reach: Option<f64>,
    }
}

impl BareNumber {
    /// Could it be a share of more than the whole, too? `1.5` beside what reaches to 500 %.
    fn reaches(&self) -> bool {
        const SHARES: f64 = 10.0;
        let Some(reach) = self.reach else {
            return false;
        };
        self.literals.iter().all(|one| {
            one.value
                .is_some_and(|x| x.abs() < SHARES && x * 100.0 <= reach)
        })
    }

    fn words(&self) -> Diagnostic {
        let texts = self.texts();
        let lacks = if self.unit == "percent" {
            "percent sign".to_owned()
        } else {
            format!("unit `{}`", self.unit)
        };
        let verb = if texts.len() == 1 { "has" } else { "have" };
        let title = if self.beside_text.is_empty() {
            format!("{} {verb} no {lacks}", quoted(&texts, "and"))
        } else {
            format!(
                "{} {verb} no {lacks}, and `{}` is in {}",
                quoted(&texts, "and"),
                self.beside_text,
                self.unit
            )
        };
        let through: Vec<(Span, String)> = self
            .literals
            .iter()
            .filter_map(|one| one.through.clone())
            .collect();
        let mut literals = self.literals.iter();
        let first = literals.next().map_or(self.beside, |one| one.span);
        let mut diagnostic = Diagnostic::about(self, title, first, "without a sign");
        for other in literals {
            diagnostic = diagnostic.mark(other.span, "and this");
        }
        if self.beside != first {
            diagnostic = diagnostic.mark(self.beside, format!("in {}", self.unit));
        }
        for (span, name) in through {
            diagnostic = diagnostic.mark(span, format!("here `{name}` meets it"));
        }
        let whole = self.literals.iter().find(|one| one.is_beyond());
        let diagnostic = diagnostic.note(match whole.and_then(|one| Some((one, one.share.as_ref()?))) {
            Some((one, share)) => format!(
                "as a plain number `{}` would be {share} of the whole, and many mean the number \
                 before the sign",
                one.text
            ),
            None => "some write the number before the sign, and some the share of the whole: a \
                     hundredth of it"
                .to_owned(),
        });
        if whole.is_some() {
            let diagnostic = self.counted(diagnostic);
            return match self.reaches() {
                true => self.share(diagnostic),
                false => diagnostic,
            };
        }
        let diagnostic = self.share(diagnostic);
        let diagnostic = self.counted(diagnostic);
        let plain = self.literals.iter().filter_map(|one| one.as_plain.clone());
        let plain: Vec<(Span, String)> = plain.collect();
        match plain.is_empty() {
            true => diagnostic,
            false => diagnostic.mend(
                "for a share that stays a plain number, say so: `: number`",
                plain,
            ),
        }
    }

    /// The literals as they are written, each once.
    fn texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = Vec::new();
        for one in &self.literals {
            if !texts.contains(&one.text.as_str()) {
                texts.push(&one.text);
            }
        }
        texts
    }

    /// `40%` for 40
    fn counted(&self, diagnostic: Diagnostic) -> Diagnostic {
        let mut meant: Vec<String> = Vec::new();
        for one in &self.literals {
            let text = match &one.as_share {
                Some(share) => format!("{} {} ({share} of a share)", one.text, self.unit),
                None => format!("`{}` in {}", one.text, self.unit),
            };
            if !meant.contains(&text) {
                meant.push(text);
            }
        }
        self.offer(diagnostic, &list(&meant, "and"), |one| one.counted.clone())
    }

    /// `40%` for 0.4
    fn share(&self, diagnostic: Diagnostic) -> Diagnostic {
        let meant = format!("{} of a share", quoted(&self.texts(), "and"));
        if let Some((span, text)) = &self.instead {
            return diagnostic.mend(
                format!("for {meant}, write `{text}`"),
                vec![(*span, text.clone())],
            );
        }
        self.offer(diagnostic, &meant, |one| one.share.clone())
    }

    fn offer(
        &self,
        diagnostic: Diagnostic,
        meant: &str,
        written: impl Fn(&BareLiteral) -> Option<String>,
    ) -> Diagnostic {
        let all: Option<Vec<(Span, String)>> = self
            .literals
            .iter()
            .map(|one| Some((one.span, written(one)?)))
            .collect();
        let Some(edits) = all else {
            return diagnostic.help(format!(
                "declare a unit for it, such as `unit part = {}`, and give the number that unit",
                self.unit
            ));
        };
        let mut texts: Vec<String> = Vec::new();
        for (_, text) in &edits {
            if !texts.contains(text) {
                texts.push(text.clone());
            }
        }
        match &self.set {
            Some(param) => {
                let set: Vec<String> = texts
                    .iter()
                    .map(|text| format!("--set {param}={text}"))
                    .collect();
                diagnostic.help(format!("for {meant}, write {}", quoted(&set, "and")))
            }
            None => diagnostic.mend(
                format!("for {meant}, write {}", quoted(&texts, "and")),
                edits,
            ),
        }
    }
}

cause! {
    FW0330 PercentUpToOne {
        name: String,
        /// `percent in 0..1`
        whole: Span,
        /// `0..1`, and its upper end.
        span: Span,
        high: Span,
    }
}

impl PercentUpToOne {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` ends at 1 %: values above are out of range", self.name),
            self.span,
            "from 0 % to 1 %",
        )
        .note("a range is written in the unit of its declaration, and shares lie between 0 and 1")
        .mend(
            "for percentages, write `0..100`",
            vec![(self.span, "0..100".to_owned())],
        )
        .mend(
            "for shares between 0 and 1, write `number in 0..1`",
            vec![(self.whole, "number in 0..1".to_owned())],
        )
        .mend(
            "where no value is above 1 %, say so with the sign: `0..1%`",
            vec![(self.high, "1%".to_owned())],
        )
    }
}

cause! {
    FW0331 BesideQuotient {
        /// The number, as it is written.
        span: Span,
        text: String,
        /// What a percentage of it is: `500%` of 5.
        as_percent: String,
        /// What it is compared with, and its words.
        quotient: Span,
        quotient_text: String,
        /// Another quotient that the rules take for a percentage.
        example: Option<(Span, String)>,
        /// Where a param that holds the number is compared.
        used: Option<Span>,
        of: Compared,
    }
}

/// What a number without a sign is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// A part of a whole.
    Whole,
    /// A growth: a part of what there was before.
    Growth,
    /// It is so many times what there was before.
    Past,
}

impl BesideQuotient {
    fn words(&self) -> Diagnostic {
        let (text, quotient) = (&self.text, &self.quotient_text);
        let diagnostic = Diagnostic::about(
            self,
            match self.of {
                Compared::Whole => format!(
                    "`{text}` without a sign is {}, and `{quotient}` is a part of a whole",
                    self.as_percent
                ),
                Compared::Growth => format!(
                    "`{text}` without a sign is a growth by {}: `{quotient}` is 0.25 where it is 25 %",
                    self.as_percent
                ),
                Compared::Past => format!(
                    "`{text}` without a sign is {} of `{quotient}`, of earlier periods",
                    self.as_percent
                ),
            },
            self.span,
            "without a sign",
        )
        .mark_if(
            (self.quotient != self.span).then_some(self.quotient),
            match self.of {
                Compared::Whole => "one amount divided by another of its kind",
                Compared::Growth => "the change, divided by what there was before",
                Compared::Past => "what there was before",
            },
        );
        let diagnostic = match &self.example {
            Some((span, words)) => diagnostic.mark(*span, format!("{words} is in percent here")),
            None => diagnostic,
        };
        diagnostic
            .mark_if(self.used, "compared here")
            .note(match self.of {
                Compared::Growth | Compared::Past => {
                    "a sign that was forgotten makes a threshold a hundred times too high"
                }
                Compared::Whole => "where shares are percentages elsewhere in the rules, a sign that was forgotten makes a threshold a hundred times too high",
            })
            .mend(
                format!("if {text} of 100 is meant, write `{text}%`"),
                vec![(self.span, format!("{text}%"))],
            )
            .mend(
                match self.of {
                    Compared::Growth => format!("if {text} times as much more is meant, write `{}`", self.as_percent),
                    Compared::Whole | Compared::Past => {
                        format!("if {text} times as much is meant, write `{}`", self.as_percent)
                    }
                },
                vec![(self.span, self.as_percent.clone())],
            )
    }
}

cause! {
    FW0321 ByHundred {
        /// The literal: 100 or 0.01.
        span: Span,
        text: String,
        of: Hundred,
    }
}

/// Of what a number is made that is a hundred times too much or too little.
#[derive(Clone, Debug, PartialEq)]
pub enum Hundred {
    /// Of a percentage, by hand: `loss / 100`.
    Percentage {
        /// What is multiplied or divided.
        whole: Span,
        percentage: Span,
        /// Its words; empty where they are too long.
        words: String,
        divided: bool,
        /// What is to stand where, for a share.
        share: Option<(Span, String)>,
        /// `p / 1%`: the number before the sign, where the whole can be written so.
        number: Option<String>,
        /// `1 - p / 100`, and what it is to be: `100% - p`.
        complement: Option<(Span, String)>,
        /// The number that a hundred times the percentage is compared with.
        against: Option<Against>,
    },
    /// Of a share, by hand, where it meets a percentage: `share * 100`.
    Share {
        /// The percentage, and what it is called.
        meets: Span,
        meets_text: String,
        /// `/ 0.01`
        divided: bool,
        edits: Vec<(Span, String)>,
        /// What holds it, where it stands elsewhere: where that meets the percentage, and its name.
        through: Option<(Span, String)>,
    },
    /// Of a plain number that lies in 0..100, divided by `100%`, which is 1.
    Plain {
        /// What is divided, and its words; empty where they are too long.
        of: Span,
        words: String,
    },
    /// Of a percentage, in a function that is given it as a plain number.
    Given {
        /// What is given, and its words; empty where they are too long.
        given: Span,
        words: String,
        function: String,
        parameter: String,
        how: GivenAs,
    },
}

/// A plain number beside a hundred times a percentage: `100 * loss >= 15`.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    pub place: Span,
    pub value: f64,
    /// As the number before the sign: `15%`.
    pub counted: String,
    /// As a share: `1500%`, and `15%` of 0.15.
    pub share: String,
}

/// How a function takes a plain number for the one before the sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenAs {
    /// `x / 100`
    Divided,
    /// `100 - x`, `x >= 40`
    Beside,
}

impl Against {
    /// The percentage itself is compared with a percentage. Above 1 only the number before the sign is meant.
    fn words(&self, diagnostic: Diagnostic, whole: Span, words: &str) -> Diagnostic {
        let edits = |percentage: &str| {
            vec![
                (whole, words.to_owned()),
                (self.place, percentage.to_owned()),
            ]
        };
        let (counted, share) = (&self.counted, &self.share);
        if words.is_empty() {
            return diagnostic.help(format!(
                "compare the percentage itself with a percentage, such as `{counted}`, and leave the factor out"
            ));
        }
        if self.value.abs() > 1.0 {
            return diagnostic.mend(
                format!(
                    "compare the percentage itself with a percentage: `{words}` and `{counted}`"
                ),
                edits(counted),
            );
        }
        diagnostic
            .mend(
                format!(
                    "if the number before the sign is meant, compare `{words}` with `{counted}`"
                ),
                edits(counted),
            )
            .mend(
                format!("if a share is meant, compare `{words}` with `{share}`"),
                edits(share),
            )
    }
}

const NEVER_BY_HAND: &str = "55 % is 0.55: units are converted where they meet, and never by hand";

impl ByHundred {
    fn words(&self) -> Diagnostic {
        match &self.of {
            Hundred::Percentage {
                whole,
                percentage,
                words,
                divided,
                share,
                number,
                complement,
                against,
            } => {
                let name = named(words);
                let why = if *divided {
                    "so this would be a hundredth of it"
                } else {
                    "so this would be a hundred times as much"
                };
                let mut diagnostic = Diagnostic::about(
                    self,
                    format!("{name} is a percentage already, {why}"),
                    self.span,
                    format!("{} without a sign", self.text),
                )
                .mark(*percentage, "in percent")
                .note(NEVER_BY_HAND);
                if let Some(against) = against {
                    return against.words(diagnostic, *whole, words);
                }
                if let Some((span, text)) = complement {
                    diagnostic = diagnostic.mend(
                        format!("for what is left to the whole, write `{text}`"),
                        vec![(*span, text.clone())],
                    );
                }
                diagnostic = match share {
                    Some((span, text)) => diagnostic.mend(
                        format!("for a share, 0.55 of 55 %, write `{text}`"),
                        vec![(*span, text.clone())],
                    ),
                    None => diagnostic.help("leave it out"),
                };
                match number {
                    Some(text) => diagnostic.mend(
                        format!("for the number before the sign, 55 of 55 %, write `{text}`"),
                        vec![(*whole, text.clone())],
                    ),
                    None => diagnostic,
                }
            }
            Hundred::Share {
                meets,
                meets_text,
                divided,
                edits,
                through,
            } => {
                let name = named(meets_text);
                let way = match edits.first() {
                    Some((_, text)) if !*divided => format!("write `{text}`"),
                    _ => "leave the division out".to_owned(),
                };
                let mut diagnostic = Diagnostic::about(
                    self,
                    format!("{name} is a percentage, so this would be a hundred times as much"),
                    self.span,
                    format!("{} without a sign", self.text),
                )
                .mark(*meets, "in percent");
                if let Some((span, name)) = through.as_ref().filter(|(span, _)| span != meets) {
                    diagnostic = diagnostic.mark(*span, format!("here `{name}` meets it"));
                }
                diagnostic.note(NEVER_BY_HAND).mend(way, edits.clone())
            }
            Hundred::Plain { of, words } => {
                let name = named(words);
                Diagnostic::about(
                    self,
                    format!("{name} is a plain number, and 100% is 1: this leaves it as it is"),
                    self.span,
                    "the whole, which is 1",
                )
                .mark(*of, "a plain number up to 100")
                .note(NEVER_BY_HAND)
                .mend(
                    "for a share, write `100`",
                    vec![(self.span, "100".to_owned())],
                )
                .help(format!("or declare {name} as `percent in 0..100`"))
            }
            Hundred::Given {
                given,
                words,
                function,
                parameter,
                how,
            } => {
                let name = named(words);
                let (why, mark) = match how {
                    GivenAs::Divided => (
                        "so this would be a hundredth of it",
                        format!("{} without a sign", self.text),
                    ),
                    GivenAs::Beside => (
                        "so 55 % is 0.55 there",
                        format!("this meets `{parameter}`, and has no percent sign"),
                    ),
                };
                let diagnostic = Diagnostic::about(
                    self,
                    format!("{name} is a percentage, and `{function}` takes a plain number, {why}"),
                    self.span,
                    mark,
                )
                .mark(*given, "in percent")
                .note(NEVER_BY_HAND);
                if words.is_empty() {
                    return diagnostic.help(
                        "give the number before the sign, `… / 1%`, or the share, `… / 100%`",
                    );
                }
                let (number, share) = (format!("{words} / 1%"), format!("{words} / 100%"));
                diagnostic
                    .mend(
                        format!("for the number before the sign, 55 of 55 %, give `{number}`"),
                        vec![(*given, number.clone())],
                    )
                    .mend(
                        format!("for a share, 0.55 of 55 %, give `{share}`"),
                        vec![(*given, share.clone())],
                    )
            }
        }
    }
}

fn named(words: &str) -> String {
    if words.is_empty() {
        "this".to_owned()
    } else {
        format!("`{words}`")
    }
}
