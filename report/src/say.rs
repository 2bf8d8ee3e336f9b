//! Values in the words of a language: numbers, periods, places on a scale.

use forewarn_charts::Between;
use forewarn_plan::{PeriodKind, digits};
use forewarn_runtime::explain::{PER, Rate, Shown};
use forewarn_runtime::period::{Period, kind_name};

use crate::rich::{Rich, Span};
use crate::words::Words;

/// What stands for a missing value.
pub const MISSING: &str = "–";

/// Says values.
#[derive(Clone, Debug)]
pub struct Say {
    pub words: &'static Words,
    /// Names of levels and categories, and what people call them.
    labels: Vec<(Vec<String>, Vec<String>)>,
}

impl Say {
    #[must_use]
    pub fn new(words: &'static Words, labels: Vec<(Vec<String>, Vec<String>)>) -> Self {
        Self { words, labels }
    }

    #[must_use]
    pub fn rtl(&self) -> bool {
        self.words.rtl()
    }

    #[must_use]
    pub fn word(&self, key: &str) -> Rich {
        self.words.say(key)
    }

    #[must_use]
    pub fn fill(&self, key: &str, with: &[(&str, Rich)]) -> Rich {
        self.words.fill(key, with)
    }

    /// The same as one line: for captions, heads and drawings.
    #[must_use]
    pub fn line(&self, key: &str, with: &[(&str, Rich)]) -> String {
        self.fill(key, with).plain(self.rtl())
    }

    /// What people call a name among others.
    fn label<'a>(&'a self, names: &'a [String], at: usize) -> &'a str {
        let known = self.labels.iter().find(|(own, _)| own == names);
        let label = known.and_then(|(_, labels)| labels.get(at));
        label.or(names.get(at)).map_or(MISSING, String::as_str)
    }

    /// `guarded`, `guarded or elevated`, `guarded to high`
    #[must_use]
    pub fn between(&self, labels: &[String], at: Between) -> Rich {
        let label = |at: usize| Rich::value(labels.get(at).map_or(MISSING, String::as_str));
        let ends = [("from", label(at.least)), ("to", label(at.most))];
        match at.width() {
            1 => label(at.least),
            2 => self.fill("level_or", &ends),
            _ => self.fill("level_to", &ends),
        }
    }

    /// `high (4th of 5)`
    #[must_use]
    pub fn placed(&self, labels: &[String], at: Between) -> Rich {
        let word = self.between(labels, at);
        if !at.is_known() {
            return word;
        }
        let number = |x: usize| Rich::value(x.to_string());
        let with = [
            ("level", word),
            ("place", number(at.least + 1)),
            ("of", number(labels.len())),
        ];
        self.fill("placed", &with)
    }

    /// `1,130`, `0.34`
    #[must_use]
    pub fn number(&self, x: f64) -> String {
        self.decimals(x, decimals(x))
    }

    /// With so many decimals.
    #[must_use]
    pub fn decimals(&self, x: f64, decimals: usize) -> String {
        if x.is_nan() {
            return MISSING.to_owned();
        }
        if x.is_infinite() {
            return if x > 0.0 { "∞" } else { "−∞" }.to_owned();
        }
        if x.abs() >= 1e15 {
            return format!("{x:.2e}");
        }
        let text = format!("{:.decimals$}", x.abs());
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let group = self.words.text("group");
        let group = if whole.len() > 3 { group } else { "" };
        let mut out = String::new();
        let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        if x < 0.0 && !is_zero {
            out.push('−');
        }
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push_str(group);
            }
            out.push(digit);
        }
        if !part.is_empty() {
            out.push_str(self.words.text("decimal"));
            out.push_str(part);
        }
        out
    }

    /// With its unit: `1,130 deaths`, `62.5 %`
    #[must_use]
    pub fn quantity(&self, x: f64, unit: &str) -> String {
        match Rate::small(x.abs(), unit) {
            Some(rate) => self.rate(self.number(digits::read(x * PER)), &rate),
            None => with_unit(self.number(x), x, unit),
        }
    }

    /// With all its digits, as it would be typed.
    #[must_use]
    pub fn exactly(&self, x: f64, unit: &str) -> String {
        let small = Rate::small(x.abs(), unit);
        let read = if small.is_some() {
            digits::read(x * PER)
        } else {
            x
        };
        let size = read.abs();
        let number = if size != 0.0 && !(1e-12..1e15).contains(&size) {
            format!("{read:e}")
        } else {
            let written = read.to_string();
            let decimals = written.split_once('.').map_or(0, |(_, part)| part.len());
            self.decimals(read, decimals)
        };
        match small {
            Some(rate) => self.rate(number, &rate),
            None => with_unit(number, x, unit),
        }
    }

    /// `7.73 deaths / 100,000 people`
    fn rate(&self, number: String, rate: &Rate) -> String {
        let of = format!("{number}\u{a0}{}", rate.of);
        format!("{} / {} {}", of.trim_end(), self.number(PER), rate.by)
    }

    /// Two numbers with enough decimals to be told apart, where they differ.
    #[must_use]
    pub fn apart(&self, a: f64, b: f64, unit: &str) -> (String, String) {
        if let Some(rate) = Rate::small(a.abs().max(b.abs()), unit) {
            let (a, b) = self.apart(digits::read(a * PER), digits::read(b * PER), "");
            return (self.rate(a, &rate), self.rate(b, &rate));
        }
        let mut most = decimals(a).max(decimals(b));
        while most < 15 && a != b && self.decimals(a, most) == self.decimals(b, most) {
            most += 1;
        }
        let said = |x: f64| {
            let few = decimals(x).max(if is_whole(x) { 0 } else { most });
            with_unit(self.decimals(x, few), x, unit)
        };
        (said(a), said(b))
    }

    /// `+0.24`
    #[must_use]
    pub fn signed(&self, x: f64) -> String {
        let text = self.number(x);
        if x > 0.0 { format!("+{text}") } else { text }
    }

    /// `83 %`, and neither all nor nothing for what is not.
    #[must_use]
    pub fn percent(&self, share: f64) -> String {
        if share.is_nan() {
            return MISSING.to_owned();
        }
        let rounded = (share * 100.0).round();
        let rounded = match share {
            share if share > 0.0 && rounded < 1.0 => 1.0,
            share if share < 1.0 && rounded > 99.0 => 99.0,
            _ => rounded,
        };
        format!("{}\u{a0}%", self.decimals(rounded, 0))
    }

    /// `March 2026`; what has no months as it is written.
    #[must_use]
    pub fn period(&self, kind: PeriodKind, number: i64) -> String {
        self.named_period(kind, number, false)
    }

    /// `Mar 2026`
    #[must_use]
    pub fn short_period(&self, kind: PeriodKind, number: i64) -> String {
        self.named_period(kind, number, true)
    }

    fn named_period(&self, kind: PeriodKind, number: i64, short: bool) -> String {
        match kind {
            PeriodKind::Month => {
                let month = usize::try_from(number.rem_euclid(12)).unwrap_or(0);
                let month = Rich::value(self.words.month(month, short));
                let year = Rich::value(number.div_euclid(12).to_string());
                let key = if short {
                    "short_month_of_year"
                } else {
                    "month_of_year"
                };
                self.fill(key, &[("month", month), ("year", year)])
                    .plain(false)
            }
            PeriodKind::Day | PeriodKind::Week(_) | PeriodKind::Quarter | PeriodKind::Year => {
                Period::new(kind, number).to_string()
            }
        }
    }

    /// What the period before is called: `last month`.
    #[must_use]
    pub fn last(&self, kind: Option<PeriodKind>) -> Rich {
        self.word(match kind {
            Some(PeriodKind::Day) => "last_day",
            Some(PeriodKind::Week(_)) => "last_week",
            Some(PeriodKind::Month) => "last_month",
            Some(PeriodKind::Quarter) => "last_quarter",
            Some(PeriodKind::Year) | None => "last_year",
        })
    }

    /// A kind of period: `month`.
    #[must_use]
    pub fn kind(&self, kind: Option<PeriodKind>) -> Rich {
        match kind.map(kind_name) {
            Some("day") => self.word("day"),
            Some("week") => self.word("week"),
            Some("month") => self.word("month"),
            Some("quarter") => self.word("quarter"),
            Some(_) | None => self.word("year"),
        }
    }

    #[must_use]
    pub fn truth(&self, truth: Option<bool>) -> Rich {
        self.word(match truth {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        })
    }

    /// Any value of an explanation.
    #[must_use]
    pub fn shown(&self, value: &Shown) -> Rich {
        match value {
            Shown::Number { value, unit } => Rich::value(self.quantity(*value, unit)),
            Shown::Truth(truth) => self.truth(*truth),
            Shown::Level {
                names,
                at_least,
                at_most,
            } => {
                let labels: Vec<String> = (0..names.len())
                    .map(|at| self.label(names, at).to_owned())
                    .collect();
                let at = Between {
                    least: *at_least,
                    most: *at_most,
                };
                self.between(&labels, at)
            }
            Shown::Count { at_least, at_most } if at_least == at_most => {
                Rich::value(self.number(*at_least))
            }
            Shown::Count { at_least, at_most } => {
                let ends = [("from", *at_least), ("to", *at_most)];
                let ends = ends.map(|(name, x)| (name, Rich::value(self.number(x))));
                self.fill("level_to", &ends)
            }
            Shown::Between {
                value,
                at_least,
                at_most,
                unit,
            } => self.bounded(*value, (*at_least, *at_most), unit),
            Shown::Category(Some(name)) => Rich::value(self.category(name)),
            Shown::Category(None) => Rich::value(MISSING),
            Shown::Withheld(_) => self.word("withheld"),
        }
    }

    /// A number, or what it can be: `0.2 to 0.6`, `0.2 or more`.
    #[must_use]
    pub fn bounded(&self, value: f64, (least, most): (f64, f64), unit: &str) -> Rich {
        let one =
            |key: &str, x: f64| self.fill(key, &[("value", Rich::value(self.quantity(x, unit)))]);
        match (least.is_nan(), most.is_nan()) {
            _ if !value.is_nan() => Rich::value(self.quantity(value, unit)),
            (true, true) => Rich::value(MISSING),
            (false, true) => one("or_more", least),
            (true, false) => one("or_less", most),
            (false, false) if least == most => Rich::value(self.quantity(least, unit)),
            (false, false) => {
                let (least, most) = self.apart(least, most, unit);
                let ends = [("from", Rich::value(least)), ("to", Rich::value(most))];
                self.fill("level_to", &ends)
            }
        }
    }

    /// An observation: of one that is missing nothing is known.
    #[must_use]
    pub fn observed(&self, value: &Shown) -> Rich {
        if value.is_open() {
            Rich::value(MISSING)
        } else {
            self.shown(value)
        }
    }

    fn category(&self, name: &str) -> String {
        let mut all = self.labels.iter();
        let found = all.find_map(|(names, labels)| {
            let at = names.iter().position(|one| one == name)?;
            labels.get(at)
        });
        found.map_or(name, String::as_str).to_owned()
    }
}

fn is_whole(x: f64) -> bool {
    x.fract() == 0.0
}

fn with_unit(number: String, x: f64, unit: &str) -> String {
    match unit {
        _ if x.is_nan() => number,
        "" => number,
        "percent" => format!("{number}\u{a0}%"),
        "days" | "weeks" | "months" | "quarters" | "years" if x.abs() == 1.0 => {
            format!("{number}\u{a0}{}", unit.trim_end_matches('s'))
        }
        unit => format!("{number}\u{a0}{unit}"),
    }
}

/// As many as people read.
fn decimals(x: f64) -> usize {
    let size = x.abs();
    if !size.is_finite() || is_whole(x) {
        return 0;
    }
    let exact = |decimals: i32| {
        let scaled = size * 10_f64.powi(decimals);
        (scaled - scaled.round()).abs() <= 1e-9 * scaled
    };
    let most = match size {
        100.0.. => 1,
        0.1.. => 2,
        _ => (-size.log10().floor()).min(12.0) as usize + 1,
    };
    (1..most)
        .find(|few| i32::try_from(*few).is_ok_and(exact))
        .unwrap_or(most)
}

/// Parts of a text with commas between them, as the language has it.
#[must_use]
pub fn listed(say: &Say, parts: Vec<Rich>) -> Rich {
    let comma = say.words.text("comma").to_owned();
    let mut all = Rich::default();
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            all.0.push(Span::Words(comma.clone()));
        }
        all.0.extend(part.0);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(tag: &str) -> Say {
        Say::new(Words::of(tag), Vec::new())
    }

    #[test]
    fn numbers_are_written_as_each_language_writes_them() {
        let said = |tag: &str, x: f64| say(tag).number(x).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(said("en", 1130.0), "1,130");
        assert_eq!(said("fr", 1130.25), "1 130,2");
        assert_eq!(said("es", 0.5), "0,5");
        assert_eq!(said("en", -0.25), "−0.25");
        assert_eq!(said("en", 0.000_123_4), "0.00012");
        assert_eq!(said("en", 1.0 / 3.0), "0.33");
        assert_eq!(said("en", f64::NAN), "–");
    }

    #[test]
    fn numbers_that_differ_are_told_apart() {
        assert_eq!(
            say("en").apart(0.699, 0.7, ""),
            ("0.699".into(), "0.700".into())
        );
        assert_eq!(
            say("en").apart(640.0, 1130.0, "deaths"),
            ("640\u{a0}deaths".into(), "1,130\u{a0}deaths".into())
        );
    }

    #[test]
    fn periods_have_names_where_they_are_months() {
        assert_eq!(
            say("en").period(PeriodKind::Month, 2026 * 12 + 2),
            "March 2026"
        );
        assert_eq!(
            say("zh").period(PeriodKind::Month, 2026 * 12 + 2),
            "2026年3月"
        );
        assert_eq!(say("en").period(PeriodKind::Quarter, 2026 * 4), "2026-Q1");
        assert_eq!(
            say("es").period(PeriodKind::Month, 2026 * 12 + 10),
            "noviembre de 2026"
        );
        let of = |month: i64| {
            let french = say("fr");
            let period = Rich::value(french.period(PeriodKind::Month, 2026 * 12 + month));
            let with = [
                ("period", period),
                ("answered", Rich::value("1")),
                ("of", Rich::value("2")),
            ];
            french.line("questions_finding", &with)
        };
        assert!(of(9).contains("d’octobre 2026"), "{}", of(9));
        assert!(of(2).contains("de mars 2026"), "{}", of(2));
    }

    #[test]
    fn shares_are_all_or_nothing_only_when_they_are() {
        assert_eq!(say("en").percent(0.999), "99\u{a0}%");
        assert_eq!(say("en").percent(0.001), "1\u{a0}%");
        assert_eq!(say("en").percent(1.0), "100\u{a0}%");
    }
}
