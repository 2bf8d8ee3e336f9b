//! Numbers of unlike units side by side: added, compared, chosen between, raised to a power.

use super::super::Diagnostic;
use super::{Literal, counted, divide, divisor, in_unit, is_plain, plural, written};
use crate::source::Span;
use forewarn_diagnostics::cause;

/// `` `rain` or `snow` ``
fn list(names: &[String]) -> String {
    let shown = names.get(..3).unwrap_or(names);
    crate::diagnostics::wording::quoted(shown, "or")
}

/// `residents / 5_000`: what is divided, and by how much.
fn fraction(text: &str) -> Option<(&str, &str)> {
    let (whole, number) = text.rsplit_once('/')?;
    let number = number.trim();
    is_whole(number).then_some((whole.trim(), number))
}

/// `killed * 5_000`, `5_000 * killed`
fn multiple(text: &str) -> Option<(&str, &str)> {
    let (one, other) = text.rsplit_once('*')?;
    match (one.trim(), other.trim()) {
        (count, number) if is_whole(number) => Some((count, number)),
        (number, count) if is_whole(number) => Some((count, number)),
        _ => None,
    }
}

fn is_whole(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'_')
}

/// A name, or the call of a function: what needs no brackets beside `/`.
fn is_operand(text: &str) -> bool {
    let name = text.split('(').next().unwrap_or_default();
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
    let closes = text.find(')').is_none_or(|at| at + 1 == text.len());
    is_name && (!text.contains('(') || closes)
}

/// `5000` as `5_000`.
fn grouped(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(|sign| *sign != '_').collect();
    let mut out = String::new();
    for (at, digit) in digits.iter().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('_');
        }
        out.push(*digit);
    }
    out
}

fn or_dots(text: &str) -> &str {
    if text.is_empty() { "…" } else { text }
}

/// Both sides by their own words with their units; by the units alone where a side is too long.
fn sides(one: &str, one_unit: &str, other: &str, other_unit: &str) -> (String, String) {
    if one.is_empty() || other.is_empty() {
        return (one_unit.to_owned(), other_unit.to_owned());
    }
    (
        format!("`{one}` ({one_unit})"),
        format!("`{other}` ({other_unit})"),
    )
}

cause! {
    FW0302 CannotAdd {
        left: Span,
        /// The words of each side; empty where they are too long to name it.
        left_text: String,
        right_text: String,
        /// As people read it: `deaths / people`, `plain number`.
        left_unit: String,
        /// Where the unit comes from.
        left_origin: Option<Span>,
        right: Span,
        right_unit: String,
        right_origin: Option<Span>,
        operator: Span,
        subtract: bool,
        left_literal: Literal,
        right_literal: Literal,
        /// Where one side is a plain value that is named: what else is counted as the other is.
        alike: Vec<String>,
    }
}

impl CannotAdd {
    fn words(&self) -> Diagnostic {
        let (left, right) = (plural(&self.left_unit), plural(&self.right_unit));
        let (title, label) = if self.subtract {
            let (right, left) = sides(&self.right_text, right, &self.left_text, left);
            (
                format!("{right} cannot be subtracted from {left}"),
                "subtracted here",
            )
        } else {
            let (left, right) = sides(&self.left_text, left, &self.right_text, right);
            (format!("{left} and {right} cannot be added"), "added here")
        };
        let diagnostic = Diagnostic::about(self, title, self.operator, label)
            .mark(self.left, counted(&self.left_unit))
            .mark(self.right, counted(&self.right_unit))
            .mark_if(self.left_origin, "the left side gets its unit here")
            .mark_if(self.right_origin, "the right side gets its unit here");
        // A literal takes the unit of what it stands beside.
        if let Some((help, edits)) = in_unit(&self.right_literal, &self.left_unit) {
            return diagnostic.mend(help, edits);
        }
        if let Some((help, edits)) = in_unit(&self.left_literal, &self.right_unit) {
            return diagnostic.mend(help, edits);
        }
        match (is_plain(&self.left_unit), is_plain(&self.right_unit)) {
            (true, false) | (false, true) if !self.alike.is_empty() => {
                let (place, own, unit) = if is_plain(&self.left_unit) {
                    (self.left, &self.left_text, &self.right_unit)
                } else {
                    (self.right, &self.right_text, &self.left_unit)
                };
                let own = or_dots(own);
                let one = match self.alike.as_slice() {
                    [only] => diagnostic.mend(
                        format!("`{own}` is a plain number: if `{only}` is meant, write that"),
                        vec![(place, only.clone())],
                    ),
                    several => diagnostic.help(format!(
                        "`{own}` is a plain number: write one that is counted in {unit}, such as {}",
                        list(several)
                    )),
                };
                one.help(format!("or {}", divide(unit)))
            }
            (true, false) => diagnostic.help(divide(&self.right_unit)),
            (false, true) => diagnostic.help(divide(&self.left_unit)),
            _ => diagnostic.help(
                "divide each side by a reference value of its own unit, and add the plain numbers",
            ),
        }
    }
}

cause! {
    FW0307 MonthsAndDays {
        left: Span,
        right: Span,
        operator: Span,
        left_unit: String,
        right_unit: String,
    }
}

impl MonthsAndDays {
    fn words(&self) -> Diagnostic {
        let Self {
            left,
            right,
            operator,
            left_unit,
            right_unit,
        } = self;
        Diagnostic::about(
            self,
            format!("{left_unit} and {right_unit} do not mix"),
            *operator,
            "a month has no fixed number of days",
        )
        .mark(*left, counted(left_unit))
        .mark(*right, counted(right_unit))
        .help("write both in months and years, or both in days and weeks")
    }
}

cause! {
    FW0308 PowerOfUnit {
        span: Span,
        unit: String,
        exponent: Span,
    }
}

impl PowerOfUnit {
    fn words(&self) -> Diagnostic {
        let unit = &self.unit;
        Diagnostic::about(
            self,
            "a number with a unit can be raised to a fixed whole power only",
            self.exponent,
            "not a fixed whole number",
        )
        .mark(self.span, counted(unit))
        .help(match divisor(unit) {
            Some(by) => format!("divide by an amount of it first: `pow(… / {by}, …)`"),
            None => "divide by an amount of the same unit first".to_owned(),
        })
    }
}

cause! {
    FW0310 FallbackUnit {
        left: Span,
        left_unit: String,
        right: Span,
        right_unit: String,
        literal: Literal,
    }
}

impl FallbackUnit {
    fn words(&self) -> Diagnostic {
        let (left, right) = (&self.left_unit, &self.right_unit);
        let diagnostic = Diagnostic::about(
            self,
            format!(
                "this gives {} in one case and {} in another",
                plural(left),
                plural(right)
            ),
            self.right,
            counted(right),
        )
        .mark(self.left, counted(left));
        match in_unit(&self.literal, left) {
            Some((help, edits)) => diagnostic.mend(help, edits),
            _ if is_plain(right) => diagnostic.help(divide(left)),
            _ if is_plain(left) => diagnostic.help(divide(right)),
            _ => diagnostic.help("divide each by a reference value of its own unit"),
        }
    }
}

cause! {
    FW0312 CannotCompareUnits {
        left: Span,
        /// The words of each side; empty where they are too long to name it.
        left_text: String,
        right_text: String,
        left_unit: String,
        /// Where the unit comes from.
        left_origin: Option<Span>,
        right: Span,
        right_unit: String,
        right_origin: Option<Span>,
        operator: Span,
        /// As it is written: `>=`.
        relation: String,
        /// A number that only lacks its unit, and the text that mends it: `25 deaths`.
        literal: Option<(Span, String)>,
        /// A rate that is multiplied by hand: what is taken out there, and the number with its unit.
        by_hand: Option<((Span, String), (Span, String))>,
        /// What a share is of: the whole, to divide by.
        whole: Option<String>,
        /// A param whose value lacks the unit: its name, and the value with it.
        param: Option<(String, Span, String)>,
    }
}

impl CannotCompareUnits {
    /// `voters / clashes >= 5 incidents / 100_000 voters`: the quotient of two names that is the other one's
    /// inverse, what it is turned round, and its unit.
    fn upside_down(&self) -> Option<(Span, String, &str)> {
        let turned = |unit: &str| {
            let (above, below) = unit.split_once(" / ")?;
            let plain = |unit: &str| unit.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            (plain(above) && plain(below)).then(|| format!("{below} / {above}"))
        };
        let sides = [
            (
                self.left,
                &self.left_text,
                &self.left_unit,
                &self.right_unit,
            ),
            (
                self.right,
                &self.right_text,
                &self.right_unit,
                &self.left_unit,
            ),
        ];
        sides.into_iter().find_map(|(span, text, unit, other)| {
            let (above, below) = text.split_once(" / ")?;
            let inverse = turned(unit)? == *other;
            (inverse && is_operand(above) && is_operand(below))
                .then(|| (span, format!("{below} / {above}"), unit.as_str()))
        })
    }

    /// Two counts of unlike units: the one for each of the other.
    fn as_rate(&self, diagnostic: Diagnostic) -> Diagnostic {
        let (left, right) = (plural(&self.left_unit), plural(&self.right_unit));
        let relation = &self.relation;
        // `killed >= residents / 5_000`: a rate of 1 in so many.
        let parts = match fraction(&self.right_text) {
            Some((whole, number)) => Some((self.left_text.as_str(), whole, number)),
            None => multiple(&self.left_text)
                .map(|(count, number)| (count, self.right_text.as_str(), number)),
        };
        let is_name = |unit: &str| unit.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if let Some((count, whole, number)) = parts
            && is_operand(count)
            && is_operand(whole)
            && is_name(left)
            && is_name(right)
        {
            let rate = format!("1 {left} / {} {right}", grouped(number));
            return diagnostic.mend(
                format!(
                    "for a rate, divide first and compare with a rate: `{count} / {whole} {relation} {rate}`"
                ),
                vec![
                    (self.left, format!("{count} / {whole}")),
                    (self.right, rate),
                ],
            );
        }
        let Some(rate) = written("1", &format!("{left} / {right}")) else {
            return diagnostic.help("compare values of one unit");
        };
        let whole = match is_operand(&self.right_text) || self.right_text.is_empty() {
            true => or_dots(&self.right_text).to_owned(),
            false => format!("({})", self.right_text),
        };
        let count = match is_operand(&self.left_text) || self.left_text.is_empty() {
            true => or_dots(&self.left_text).to_owned(),
            false => format!("({})", self.left_text),
        };
        diagnostic.help(format!(
            "for a rate, divide first and compare with a rate, such as `{rate}`: `{count} / {whole} {relation} …`"
        ))
    }

    fn words(&self) -> Diagnostic {
        let (left, right) = (plural(&self.left_unit), plural(&self.right_unit));
        let title = {
            let (left, right) = sides(&self.left_text, left, &self.right_text, right);
            format!("{left} and {right} cannot be compared")
        };
        if let Some(((times, factor), (place, text))) = &self.by_hand {
            return Diagnostic::about(self, title, *place, counted(&self.right_unit))
                .mark(*times, format!("{factor} by hand, and the unit stays"))
                .mend(
                    format!("compare the rate itself with a rate: `{text}`"),
                    vec![(*times, String::new()), (*place, text.clone())],
                );
        }
        if let Some((place, text)) = &self.literal {
            // The number is what is wrong, rather than the comparison.
            let is_left = *place == self.left;
            let (own, other, origin) = if is_left {
                (
                    &self.left_unit,
                    (self.right, &self.right_unit),
                    self.right_origin,
                )
            } else {
                (
                    &self.right_unit,
                    (self.left, &self.left_unit),
                    self.left_origin,
                )
            };
            return Diagnostic::about(self, title, *place, counted(own))
                .mark(other.0, counted(other.1))
                .mark_if(origin, "it gets its unit here")
                .mend(
                    match is_plain(other.1) {
                        true => format!("write the number alone: `{text}`"),
                        false => format!("give the number its unit: `{text}`"),
                    },
                    vec![(*place, text.clone())],
                );
        }
        if let Some((upside_down, meant, unit)) = self.upside_down() {
            return Diagnostic::about(self, title, upside_down, counted(unit))
                .mark(self.operator, "compared here")
                .mark_if(self.left_origin, "the left side gets its unit here")
                .mark_if(self.right_origin, "the right side gets its unit here")
                .mend(
                    format!("the rate stands upside down: write `{meant}`"),
                    vec![(upside_down, meant.clone())],
                );
        }
        let diagnostic = Diagnostic::about(self, title, self.operator, "compared here")
            .mark(self.left, counted(&self.left_unit))
            .mark(self.right, counted(&self.right_unit))
            .mark_if(self.left_origin, "the left side gets its unit here")
            .mark_if(self.right_origin, "the right side gets its unit here");
        if let Some((name, place, text)) = &self.param {
            return diagnostic
                .mark(*place, format!("`{name}` has no unit"))
                .mend(
                    format!("give the value of `{name}` its unit: `{text}`"),
                    vec![(*place, text.clone())],
                );
        }
        match (is_plain(&self.left_unit), is_plain(&self.right_unit)) {
            (false, false) if self.left_unit == "percent" || self.right_unit == "percent" => {
                let (count, place, share) = if self.right_unit == "percent" {
                    (&self.left_text, self.left, &self.right_text)
                } else {
                    (&self.right_text, self.right, &self.left_text)
                };
                match &self.whole {
                    Some(whole) if !count.is_empty() => diagnostic.mend(
                        format!(
                            "a share is of a whole: divide by it first, `{count} / {whole}`, and compare that with `{}`",
                            or_dots(share)
                        ),
                        vec![(
                            Span {
                                start: place.end,
                                ..place
                            },
                            format!(" / {whole}"),
                        )],
                    ),
                    _ => diagnostic.help(format!(
                        "a share is of a whole: divide `{}` by the whole first, and compare that with `{}`",
                        or_dots(count),
                        or_dots(share)
                    )),
                }
            }
            (false, false) if self.whole.is_some() => {
                let whole = self.whole.clone().unwrap_or_default();
                let is_left = self
                    .right_unit
                    .starts_with(&format!("{} / ", self.left_unit));
                let (count, place) = if is_left {
                    (&self.left_text, self.left)
                } else {
                    (&self.right_text, self.right)
                };
                diagnostic.mend(
                    format!(
                        "a rate is of a whole: divide by it first, `{} / {whole}`",
                        or_dots(count)
                    ),
                    vec![(
                        Span {
                            start: place.end,
                            ..place
                        },
                        format!(" / {whole}"),
                    )],
                )
            }
            (false, false)
                if super::measures::related(&self.left_unit, &self.right_unit).is_some() =>
            {
                let unit = super::measures::declared(&self.left_unit, &self.right_unit);
                let unit = unit.map_or_else(String::new, |unit| format!(", `{unit}`,"));
                diagnostic.help(format!(
                    "both measure the same: declare how many the one is of the other{unit} or compare with \
                     what is counted in {left}"
                ))
            }
            (false, false) => self.as_rate(diagnostic),
            (true, _) => diagnostic.help(divide(right)),
            (_, true) => diagnostic.help(divide(left)),
        }
    }
}
