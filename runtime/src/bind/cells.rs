//! What a cell means to its indicator.
//!
//! In: a cell and what the indicator takes. Out: a number, missing, or why the cell cannot be read.

use super::cell::{Cell, percent_of};
use super::key_form::KeyForm;
use super::number::{self, Marks};
use super::options::BindOptions;
use super::words_seen::WordsSeen;
use crate::causes::data::NumberSlip;
use forewarn_plan::digits;
use forewarn_plan::{INAPPLICABLE, InputInfo, InputKind, OnViolation, Plan};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A key as it stands in a cell; none where the cell is empty or no key.
#[inline]
pub(super) fn key_text<'c>(cell: Cell<'c>, form: &KeyForm) -> Option<Cow<'c, str>> {
    match cell {
        Cell::Text(text) => Some(form.apply(text.trim())).filter(|text| !text.is_empty()),
        Cell::Integer(code) => Some(Cow::Owned(code.to_string())),
        Cell::Number(code) if code.is_finite() => Some(Cow::Owned(cell_text(cell))),
        _ => None,
    }
}

/// How cells are read, for all indicators alike.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    marks: Marks,
    missing: Vec<String>,
    /// Those of the words for missing that are numbers, such as `-999`, however they are written.
    missing_numbers: Vec<f64>,
    /// These words, in the same order.
    number_words: Vec<String>,
    /// Which words are met.
    seen: Option<Arc<WordsSeen>>,
    /// Words that say of a value that it is not known (`--word unknown=WORD`).
    unknown: Vec<String>,
    /// Those of them that are numbers.
    unknown_numbers: Vec<f64>,
    /// Words that stand for yes and no, besides the usual ones.
    yes: Vec<String>,
    no: Vec<String>,
    lenient: bool,
    /// Names of levels and categories with words that stand for them.
    words: Vec<(String, String)>,
    /// By the indicator: for each name of its levels or categories the labels that people read.
    labels: BTreeMap<String, Vec<Vec<String>>>,
    /// Indicators in percent: their cells may have the sign.
    percent: BTreeSet<String>,
}

/// The word of rules and results for what nobody knows.
const UNKNOWN: &str = "unknown";

/// Words by which programs write a cell in which there is nothing.
const EMPTY: [&str; 9] = [
    "NA", "<NA>", "NaN", "nan", "null", "NULL", "None", "nil", "#N/A",
];

/// What a word for missing values is: of a program it is an empty cell, of a person it says something.
fn missing_by(text: &str) -> Outcome {
    if EMPTY.contains(&text) {
        Outcome::Missing
    } else {
        Outcome::Worded
    }
}

/// What a cell gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Outcome {
    Value(f64),
    Missing,
    /// Missing by a word that is said to stand for missing values.
    Worded,
    /// Somebody says that it is not known: nothing stands in its place.
    Unknown,
    /// It says that there is no such value.
    Inapplicable,
    /// A level or a category that is told by its label.
    Named(f64),
    /// Outside the declared range; with what the policy makes of it (`None`: it is refused).
    OutOfRange {
        value: f64,
        instead: Option<f64>,
    },
    NotANumber(NumberSlip),
    NotYesOrNo,
    NotOneOf,
}

impl Reading {
    pub(super) fn new(options: &BindOptions) -> Self {
        let words = |words: &[String]| words.iter().map(|word| word.trim().to_owned()).collect();
        let marks = Marks {
            decimal: options.decimal,
            thousands: options.thousands,
            flags: options.flags,
            multiples: options.multiples,
            brackets: options.brackets,
        };
        let missing: Vec<String> = words(&options.missing);
        let unknown = options.words.iter().filter(|(name, _)| name == UNKNOWN);
        let unknown: Vec<String> = unknown.map(|(_, word)| word.trim().to_owned()).collect();
        let numbers = missing
            .iter()
            .filter_map(|word| Some((number::parse(word, marks).ok()?, word.clone())));
        let (missing_numbers, number_words) = numbers.unzip();
        Self {
            marks,
            missing,
            missing_numbers,
            number_words,
            seen: options.words_seen.clone(),
            unknown_numbers: unknown
                .iter()
                .filter_map(|word| number::parse(word, marks).ok())
                .collect(),
            unknown,
            yes: words(&options.yes),
            no: words(&options.no),
            lenient: options.lenient,
            words: options
                .words
                .iter()
                .map(|(name, word)| (name.clone(), word.trim().to_owned()))
                .collect(),
            labels: BTreeMap::new(),
            percent: BTreeSet::new(),
        }
    }

    /// The same for the indicators of a Plan.
    pub(super) fn of(plan: &Plan, options: &BindOptions) -> Self {
        let percent = plan.percentages.iter();
        let percent = percent.filter_map(|index| plan.inputs.get(*index));
        Self {
            percent: percent.map(|input| input.name.clone()).collect(),
            labels: plan.labels.clone(),
            ..Self::new(options)
        }
    }

    #[inline]
    pub(super) fn read(&self, input: &InputInfo, cell: Cell<'_>) -> Outcome {
        if !input.inapplicable.is_empty() && self.says_inapplicable(input, cell) {
            return Outcome::Inapplicable;
        }
        let cell = match cell {
            Cell::Text(text) => {
                let text = trimmed(text);
                if text.is_empty() {
                    return Outcome::Missing;
                }
                if self.says_unknown(text) {
                    return Outcome::Unknown;
                }
                if self.is_missing_word(text) {
                    return missing_by(text);
                }
                Cell::Text(text)
            }
            Cell::Missing => return Outcome::Missing,
            Cell::Unknown => return Outcome::Unknown,
            Cell::NoColumn if input.missing_means.is_some() => return Outcome::Unknown,
            Cell::NoColumn => return Outcome::Missing,
            Cell::Number(x) | Cell::Share(x) if x.is_nan() => return Outcome::Missing,
            Cell::Number(x) | Cell::Share(x) if self.is_unknown(x) => return Outcome::Unknown,
            Cell::Integer(x) if self.is_unknown(x as f64) => return Outcome::Unknown,
            Cell::Number(x) | Cell::Share(x) if self.is_missing(x) => return Outcome::Worded,
            Cell::Integer(x) if self.is_missing(x as f64) => return Outcome::Worded,
            other => other,
        };
        match &input.kind {
            // Of these there is no cell.
            InputKind::Key { .. } | InputKind::Applies { .. } | InputKind::Age { .. } => {
                Outcome::Missing
            }
            InputKind::Number => match cell {
                Cell::Text(text) => match number::parse(text, self.marks) {
                    Ok(x) if self.is_unknown(x) => Outcome::Unknown,
                    Ok(x) if self.is_missing(x) => Outcome::Worded,
                    Ok(x) => within(input, x),
                    // What is behind a number does not make it nothing.
                    Err(NumberSlip::Flagged) if self.lenient => self.without_flag(input, text),
                    Err(NumberSlip::Percent) if self.percent.contains(&input.name) => {
                        self.without_sign(input, text)
                    }
                    Err(slip) => Outcome::NotANumber(slip),
                },
                Cell::Number(x) | Cell::Share(x) => within(input, x),
                Cell::Integer(x) => within(input, x as f64),
                Cell::Date(_) => Outcome::NotANumber(NumberSlip::Date),
                _ => Outcome::NotANumber(NumberSlip::OtherKind),
            },
            InputKind::Truth => match cell {
                // As results have it.
                Cell::Text(text) if text.eq_ignore_ascii_case(UNKNOWN) => Outcome::Unknown,
                _ => self.truth(cell).map_or(Outcome::NotYesOrNo, Outcome::Value),
            },
            InputKind::Verification { .. } => self
                .verification(cell)
                .map_or(Outcome::NotYesOrNo, Outcome::Value),
            InputKind::Level { names, .. } | InputKind::Category { names } => {
                self.one_of(&input.name, names, cell)
            }
        }
    }

    /// Does a cell say that there is no such value? A word that is a number is met by that number.
    fn says_inapplicable(&self, input: &InputInfo, cell: Cell<'_>) -> bool {
        let mut words = input.inapplicable.iter();
        let as_number =
            |x: f64| move |word: &String| word.parse::<f64>().is_ok_and(|word| word == x);
        match cell {
            Cell::Text(text) => {
                let text = text.trim();
                let number = words.clone().any(|word| word.parse::<f64>().is_ok());
                let number = number
                    .then(|| number::parse(text, self.marks).ok())
                    .flatten();
                words.clone().any(|word| same_name(word, text))
                    || number.is_some_and(|x| words.any(as_number(x)))
            }
            Cell::Number(x) | Cell::Share(x) => words.any(as_number(x)),
            Cell::Integer(x) => words.any(as_number(x as f64)),
            Cell::Missing
            | Cell::Unknown
            | Cell::NoColumn
            | Cell::Truth(_)
            | Cell::Date(_)
            | Cell::Other(_) => false,
        }
    }

    /// A level or a category: by its name, by a word that is said to stand for it, by its label.
    fn one_of(&self, input: &str, names: &[String], cell: Cell<'_>) -> Outcome {
        if let Cell::Text(text) = cell
            && let Some(place) = position(names, text)
        {
            return Outcome::Value(place);
        }
        if self.words.is_empty() && !matches!(cell, Cell::Text(_)) {
            return Outcome::NotOneOf;
        }
        let text = cell_text(cell);
        let same = |word: &str| simplified(word).eq(simplified(&text));
        let mut words = self.words.iter().filter(|(_, word)| same(word));
        let said = words.find_map(|(name, _)| names.iter().position(|own| own == name));
        if let Some(place) = said {
            return Outcome::Value(place as f64);
        }
        let labels = self.labels.get(input).map_or(&[][..], Vec::as_slice);
        let mut labelled = labels.iter().enumerate();
        let mut fits = labelled
            .by_ref()
            .filter(|(_, own)| own.iter().any(|own| same(own)));
        match (fits.next(), fits.next()) {
            (Some((place, _)), None) => Outcome::Named(place as f64),
            // A word for two of them is none.
            (Some(_), Some(_)) | (None, _) => {
                if text.eq_ignore_ascii_case(UNKNOWN) {
                    // As results have it.
                    Outcome::Unknown
                } else {
                    Outcome::NotOneOf
                }
            }
        }
    }

    /// Is a cell empty, or a word for missing?
    pub(super) fn says_nothing(&self, cell: Cell<'_>) -> bool {
        match cell {
            Cell::Missing | Cell::Unknown | Cell::NoColumn => true,
            Cell::Text(text) => {
                let text = text.trim();
                text.is_empty()
                    || self.says_unknown(text)
                    || self.is_missing_word(text)
                    || !self.missing_numbers.is_empty()
                        && self
                            .number_of(text)
                            .is_some_and(|number| self.is_missing(number))
            }
            Cell::Number(number) | Cell::Share(number) => {
                number.is_nan() || self.is_missing(number)
            }
            Cell::Integer(number) => self.is_missing(number as f64),
            Cell::Truth(_) | Cell::Date(_) | Cell::Other(_) => false,
        }
    }

    /// The number of a cell, where it has one.
    pub(super) fn number(&self, cell: Cell<'_>) -> Option<f64> {
        let number = match cell {
            Cell::Text(text) if self.is_missing_word(text.trim()) => None,
            Cell::Text(text) if self.says_unknown(text.trim()) => None,
            Cell::Text(text) => self.number_of(text.trim()),
            Cell::Number(number) | Cell::Share(number) => {
                Some(number).filter(|number| number.is_finite())
            }
            Cell::Integer(number) => Some(number as f64),
            Cell::Missing
            | Cell::Unknown
            | Cell::NoColumn
            | Cell::Truth(_)
            | Cell::Date(_)
            | Cell::Other(_) => None,
        };
        number.filter(|number| !self.is_missing(*number))
    }

    /// A text as a number; what stands behind one does not make it nothing where cells are read leniently.
    fn number_of(&self, text: &str) -> Option<f64> {
        let number = number::number(text, self.marks);
        number.or_else(|| {
            let is_multiple = number::multiplied(text).is_some();
            let (text, _) = number::flagged(text).filter(|_| self.lenient && !is_multiple)?;
            number::number(text, self.marks)
        })
    }

    /// Why a cell is no number.
    pub(super) fn slip(&self, cell: Cell<'_>) -> NumberSlip {
        match cell {
            Cell::Text(text) => number::parse(text.trim(), self.marks)
                .err()
                .unwrap_or(NumberSlip::Words),
            Cell::Date(_) => NumberSlip::Date,
            _ => NumberSlip::OtherKind,
        }
    }

    /// Numbers need no other look than at their range.
    pub(super) fn takes_plain(&self, input: &InputInfo) -> bool {
        input.kind == InputKind::Number
            && input.inapplicable.is_empty()
            && self.missing_numbers.is_empty()
            && self.unknown_numbers.is_empty()
    }

    /// Plain digits are a number, whatever words there are: it may only stand for a missing value.
    pub(super) fn takes_digits(&self, input: &InputInfo) -> bool {
        let points = self.marks.decimal == number::Decimal::Point;
        let apart = matches!(self.marks.thousands, Some('.' | ','));
        input.kind == InputKind::Number && input.inapplicable.is_empty() && points && !apart
    }

    /// Numbers that stand for a missing value.
    pub(super) fn missing_numbers(&self) -> &[f64] {
        &self.missing_numbers
    }

    /// Is it a number that says that nobody knows the value?
    pub(super) fn is_unknown(&self, x: f64) -> bool {
        self.unknown_numbers.contains(&x)
    }

    fn is_missing(&self, x: f64) -> bool {
        if self.missing_numbers.is_empty() {
            return false;
        }
        let place = self.missing_numbers.iter().position(|number| *number == x);
        if let Some(place) = place {
            self.saw_number(place);
        }
        place.is_some()
    }

    /// A cell is the number of that place among those that stand for a missing value.
    pub(super) fn saw_number(&self, place: usize) {
        if let (Some(seen), Some(word)) = (&self.seen, self.number_words.get(place)) {
            seen.see(word);
        }
    }

    /// Is it a word that says of a value that it is not known? `unknown` is one where it is said to be missing.
    fn says_unknown(&self, text: &str) -> bool {
        self.unknown.iter().any(|word| word == text)
            || text.eq_ignore_ascii_case(UNKNOWN) && self.is_missing_word(text)
    }

    /// A word for missing, with or without a flag behind it.
    fn is_missing_word(&self, text: &str) -> bool {
        let is_word = |text: &str| {
            let is_word = self.missing.iter().any(|word| word == text);
            if let Some(seen) = self.seen.as_ref().filter(|_| is_word) {
                seen.see(text);
            }
            is_word
        };
        is_word(text)
            || self.marks.flags
                && text.split_once(' ').is_some_and(|(word, flag)| {
                    is_word(word) && flag.chars().all(char::is_alphabetic)
                })
    }

    /// The flag behind a value, or behind a word for missing, where flags are read.
    pub(super) fn flag<'t>(&self, text: &'t str) -> Option<&'t str> {
        if !(self.marks.flags || self.lenient) {
            return None;
        }
        let text = text.trim();
        if text.ends_with(|letter: char| letter.is_ascii_digit()) {
            return None;
        }
        let of_missing = || {
            let (word, flag) = text.split_once(' ').filter(|_| self.marks.flags)?;
            let is_word = self.missing.iter().any(|missing| missing == word);
            (is_word && flag.chars().all(char::is_alphabetic)).then_some(flag)
        };
        // What may multiply a number is no flag where nobody said that there are any.
        if !self.marks.flags && number::multiplied(text).is_some() {
            return None;
        }
        number::flag(text, self.marks).or_else(of_missing)
    }

    fn without_flag(&self, input: &InputInfo, text: &str) -> Outcome {
        let number =
            number::flagged(text).and_then(|(text, _)| number::parse(text, self.marks).ok());
        match number {
            Some(x) if self.is_missing(x) => Outcome::Worded,
            Some(x) => within(input, x),
            None => Outcome::NotANumber(NumberSlip::Flagged),
        }
    }

    /// `45 %` of an indicator in percent.
    fn without_sign(&self, input: &InputInfo, text: &str) -> Outcome {
        let number = text.strip_suffix('%').unwrap_or(text).trim_end();
        match number::parse(number, self.marks) {
            Ok(x) => within(input, x),
            Err(slip) => Outcome::NotANumber(slip),
        }
    }

    pub(super) fn truth(&self, cell: Cell<'_>) -> Option<f64> {
        if let Cell::Text(text) = cell {
            let text = text.trim();
            let is_one = |words: &[String]| {
                let mut words = words.iter();
                words.any(|word| word == text || word.to_lowercase() == text.to_lowercase())
            };
            if !self.yes.is_empty() && is_one(&self.yes) {
                return Some(1.0);
            }
            if !self.no.is_empty() && is_one(&self.no) {
                return Some(0.0);
            }
        }
        truth(cell)
    }

    /// A truth, or the word itself.
    fn verification(&self, cell: Cell<'_>) -> Option<f64> {
        match cell {
            Cell::Text(text) if text.eq_ignore_ascii_case("verified") => Some(1.0),
            Cell::Text(text) if text.eq_ignore_ascii_case("unverified") => Some(0.0),
            cell => self.truth(cell),
        }
    }
}

/// A finite number in the declared range.
#[inline]
pub(super) fn is_plain(input: &InputInfo, x: f64) -> bool {
    let too_high = if input.high_excluded {
        !digits::is_less(x, input.high)
    } else {
        x > input.high
    };
    x.is_finite() && x >= input.low && !too_high
}

/// How many of these numbers are known, where all that are known are finite and in the declared range.
pub(super) fn all_plain(input: &InputInfo, values: &[f64]) -> Option<u64> {
    let (mut known, mut inside) = (0, 0);
    if input.high_excluded {
        for value in values {
            known += u64::from(!value.is_nan());
            inside += u64::from(is_plain(input, *value));
        }
    } else {
        // No branches: several are compared at a time.
        let (low, high) = (input.low.max(f64::MIN), input.high.min(f64::MAX));
        for value in values {
            known += u64::from(!value.is_nan());
            inside += u64::from((*value >= low) & (*value <= high));
        }
    }
    (inside == known).then_some(known)
}

/// Puts what stands for nothing in the place of nothing; how many there were.
pub(super) fn fill(input: &InputInfo, values: &mut [f64], known: u64) -> u64 {
    let nothing = values.len() as u64 - known;
    if let (Some(instead), 1..) = (input.missing_means, nothing) {
        for value in values.iter_mut().filter(|value| value.is_nan()) {
            *value = instead;
        }
    }
    nothing
}

/// What a number becomes where nothing can be refused: itself, the end of the declared range that it is moved
/// to, or missing.
#[must_use]
pub fn settled(input: &InputInfo, x: f64) -> f64 {
    match within(input, x) {
        Outcome::Value(x) => x,
        Outcome::OutOfRange { instead, .. } => instead.unwrap_or(f64::NAN),
        Outcome::Missing
        | Outcome::Worded
        | Outcome::Unknown
        | Outcome::Inapplicable
        | Outcome::Named(_)
        | Outcome::NotANumber(_)
        | Outcome::NotYesOrNo
        | Outcome::NotOneOf => f64::NAN,
    }
}

/// The value, or what the policy makes of it when it lies outside the declared range. Infinities
/// lie outside every range.
#[inline]
pub(super) fn within(input: &InputInfo, x: f64) -> Outcome {
    if is_plain(input, x) {
        return Outcome::Value(x);
    }
    // What differs from an end by noise alone is that end.
    let ends = [
        Some(input.low),
        Some(input.high).filter(|_| !input.high_excluded),
    ];
    let meets = |end: &f64| end.is_finite() && digits::is_same(x, *end);
    if let Some(end) = ends.into_iter().flatten().find(meets) {
        return Outcome::Value(end);
    }
    let instead = match input.on_violation {
        OnViolation::Reject => None,
        OnViolation::Missing => Some(f64::NAN),
        OnViolation::Clamp => Some(nearest_end(input, x)),
    };
    Outcome::OutOfRange { value: x, instead }
}

/// The end of the range nearest to a value outside it; missing where that end is open.
fn nearest_end(input: &InputInfo, x: f64) -> f64 {
    let below = x < input.low || x == f64::NEG_INFINITY;
    let end = if below { input.low } else { input.high };
    match end.is_finite() {
        true if !below && input.high_excluded => digits::below(end),
        true => end,
        false => f64::NAN,
    }
}

/// Most cells have no blanks around them, which their first and last byte show.
#[inline]
fn trimmed(text: &str) -> &str {
    let plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) {
        text
    } else {
        text.trim()
    }
}

/// Nothing but blanks.
#[inline]
pub(super) fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

fn truth(cell: Cell<'_>) -> Option<f64> {
    const WORDS: [(&str, f64); 8] = [
        ("yes", 1.0),
        ("no", 0.0),
        ("true", 1.0),
        ("false", 0.0),
        ("1", 1.0),
        ("0", 0.0),
        // As columns with gaps are written by pandas.
        ("1.0", 1.0),
        ("0.0", 0.0),
    ];
    match cell {
        Cell::Truth(truth) => Some(f64::from(u8::from(truth))),
        Cell::Integer(x @ (0 | 1)) => Some(x as f64),
        Cell::Number(x) if x == 0.0 || x == 1.0 => Some(x.abs()),
        Cell::Text(text) => {
            let text = text.trim();
            let mut words = WORDS.iter();
            let said = words.find(|(word, _)| word.eq_ignore_ascii_case(text));
            said.map(|(_, number)| *number)
        }
        _ => None,
    }
}

/// The place of a name; capitals do not matter, blanks and hyphens stand for underscores.
fn position(names: &[String], text: &str) -> Option<f64> {
    let place = names.iter().position(|name| name == text).or_else(|| {
        names
            .iter()
            .position(|name| simplified(name).eq(simplified(text)))
    })?;
    Some(place as f64)
}

/// Are two words one name, however their blanks and capitals are?
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    simplified(one.trim()).eq(simplified(other.trim()))
}

fn simplified(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars()
        .map(|letter| {
            if matches!(letter, ' ' | '-') {
                '_'
            } else {
                letter
            }
        })
        .flat_map(char::to_lowercase)
}

/// A cell in words, for messages.
pub(super) fn cell_text(cell: Cell<'_>) -> String {
    match cell {
        Cell::Missing | Cell::NoColumn => String::new(),
        Cell::Unknown => UNKNOWN.to_owned(),
        Cell::Text(text) | Cell::Other(text) => text.trim().to_owned(),
        Cell::Number(f64::INFINITY) => "infinity".to_owned(),
        Cell::Number(f64::NEG_INFINITY) => "-infinity".to_owned(),
        Cell::Number(x) => number::ShortestNumber(x).to_string(),
        Cell::Share(x) => format!("{} %", number::ShortestNumber(percent_of(x))),
        Cell::Integer(x) => x.to_string(),
        Cell::Truth(truth) => truth.to_string(),
        Cell::Date(days) => {
            let (year, month, day) = crate::period::civil_from_days(days);
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

/// A value as people read it.
pub(super) fn value_text(kind: &InputKind, x: f64) -> String {
    if x.is_nan() {
        return "missing".to_owned();
    }
    if x == INAPPLICABLE {
        return "not applicable".to_owned();
    }
    match kind {
        InputKind::Number | InputKind::Age { .. } | InputKind::Key { .. } => {
            number::ShortestNumber(x).to_string()
        }
        InputKind::Truth | InputKind::Verification { .. } | InputKind::Applies { .. } => {
            if x == 0.0 { "no" } else { "yes" }.to_owned()
        }
        InputKind::Level { names, .. } | InputKind::Category { names } => {
            names.get(x as usize).cloned().unwrap_or_default()
        }
    }
}
