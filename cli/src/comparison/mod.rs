//! What differs between results, and what caused it, as people and programs read it.
//!
//! In: effects with their causes, and what the changes are called. Out: lines for a terminal, Markdown
//! and JSON. Two frameworks on data and two runs are told by the same words.

mod human;
mod json;
mod markdown;
mod sizes;

pub use human::human;
pub use json::{Comparison, Revised, json};
pub use markdown::{escaped, markdown};

use crate::words::list;
use forewarn_plan::tests::Tolerance;
use forewarn_runtime::comparison::{
    Cause, Changes, Compared, ComparedCell, Effect, Effects, shown_period,
};
use forewarn_runtime::panel::{SERIES, row_words};
use forewarn_runtime::period::PeriodForm;
use sizes::pair;
pub use sizes::short;

/// What is told of a comparison.
pub struct Told<'a> {
    pub effects: &'a Effects,
    /// What each change is called, by number.
    pub changes: &'a [String],
    pub period: Option<PeriodForm>,
    /// Results that differ are shown up to this number on a terminal.
    pub limit: usize,
    /// `on the data`, before how many differ.
    pub heading: &'static str,
    /// For each effect, what more there is to say of its cause; empty for nothing.
    pub notes: Vec<String>,
}

/// `0.5`, `1%`: how far numbers may be apart that count as the same.
///
/// # Errors
/// It is no such number.
pub fn tolerance(text: &str) -> Result<Tolerance, String> {
    let (number, is_part) = match text.strip_suffix('%') {
        Some(number) => (number, true),
        None => (text, false),
    };
    let most: f64 = number
        .trim()
        .parse()
        .map_err(|_| "write a number such as `0.001`, or a part such as `1%`".to_owned())?;
    if !(most >= 0.0 && most.is_finite()) {
        return Err("write a number from 0 up".to_owned());
    }
    Ok(if is_part {
        Tolerance::Relative(most / 100.0)
    } else {
        Tolerance::Absolute(most)
    })
}

impl Told<'_> {
    fn period(&self, effect: &Effect) -> String {
        shown_period(self.period, effect.period)
    }

    /// `AVA`, `AVA 2024-01`
    fn who(&self, effect: &Effect) -> String {
        let period = self.period(effect);
        if effect.entity == SERIES && !period.is_empty() {
            return period;
        }
        format!("{} {period}", effect.entity).trim_end().to_owned()
    }

    /// `8 → 12`, `low → elevated`
    fn step(effect: &Effect) -> String {
        match (&effect.before, &effect.after) {
            (ComparedCell::Number(before), ComparedCell::Number(after)) => {
                let (before, after) = pair(*before, *after);
                format!("{before} → {after}")
            }
            (before, after) => format!("{} → {}", cell(before), cell(after)),
        }
    }

    /// `alone: the 1st 13, the 2nd 17`: what the changes of a cause that move a result by themselves make of it.
    fn alone(effect: &Effect) -> String {
        let Cause::Added(made) = &effect.cause else {
            return String::new();
        };
        let parts = effect.alone.iter().map(|(part, stands)| {
            let places = (1..).zip(made).filter(|(_, change)| part.contains(change));
            let places: Vec<String> = places.map(|(place, _)| ordinal(place)).collect();
            let stands = match (stands, &effect.before) {
                (ComparedCell::Number(after), ComparedCell::Number(before)) => {
                    pair(*before, *after).1
                }
                (stands, _) => cell(stands),
            };
            format!("the {} {stands}", places.join(" with the "))
        });
        match parts.collect::<Vec<_>>().as_slice() {
            [] => String::new(),
            words => format!("alone: {}", words.join(", ")),
        }
    }

    /// The effects of a result, and the largest of them, where it is a number.
    fn of<'e>(&'e self, compared: &'e Compared) -> impl Iterator<Item = &'e Effect> {
        let all = compared.effects.iter();
        all.filter_map(|at| self.effects.effects.get(*at))
    }

    fn largest<'e>(&'e self, compared: &'e Compared) -> Option<(&'e Effect, f64)> {
        let sized = self.of(compared);
        let sized = sized.filter_map(|effect| Some((effect, effect.size()?)));
        sized.fold(None, |most, one| match most {
            Some((_, size)) if size >= one.1 => most,
            _ => Some(one),
        })
    }

    /// ``2 of 3 values of `s` differ, by at most 4 (CEL, 8 → 12)``
    fn line(&self, compared: &Compared) -> String {
        let rows = self.effects.rows;
        let number = compared.effects.len();
        let mut text = format!(
            "{} of {} of `{}` {}",
            crate::words::grouped(number as u64),
            crate::words::count(rows, "value"),
            compared.column,
            differ(number)
        );
        if let Some((effect, size)) = self.largest(compared) {
            let how = match (compared.unit_before.as_str(), compared.unit.as_str()) {
                (before, now) if before != now => {
                    let named = |unit: &str| match unit {
                        "" => "none".to_owned(),
                        unit => format!("`{unit}`"),
                    };
                    format!("in another unit: {} → {}", named(before), named(now))
                }
                (_, "") => format!("by at most {}", short(size)),
                (_, unit) => format!("by at most {} {unit}", short(size)),
            };
            let (who, step) = (self.who(effect), Self::step(effect));
            text.push_str(&format!(", {how} ({who}, {step})"));
        }
        text
    }

    /// The results that differ, those with most differences first.
    fn differing(&self) -> Vec<&Compared> {
        let all = self.effects.compared.iter();
        let mut differing: Vec<&Compared> = all
            .filter(|compared| !compared.effects.is_empty())
            .collect();
        // Words, such as levels and alerts, before numbers; else in the order of the results.
        differing.sort_by_key(|compared| compared.is_number);
        differing
    }

    /// All effects with what more there is to say of each, words first, then numbers by the size of the
    /// change.
    fn ordered(&self) -> Vec<(&Effect, String)> {
        let notes = self.notes.iter().map(String::as_str);
        let notes = notes.chain(std::iter::repeat(""));
        let noted = self.effects.effects.iter().zip(notes);
        let noted = noted.map(|(effect, note)| {
            let notes = [Self::alone(effect), note.to_owned()];
            let notes: Vec<String> = notes.into_iter().filter(|note| !note.is_empty()).collect();
            (effect, notes.join("; "))
        });
        let mut all: Vec<(&Effect, String)> = noted.collect();
        let size = |effect: &Effect| effect.size().unwrap_or(f64::INFINITY);
        let is_number = |effect: &Effect| effect.size().is_some();
        all.sort_by(|(one, _), (other, _)| {
            let first = is_number(one).cmp(&is_number(other));
            first.then(size(other).total_cmp(&size(one)))
        });
        all
    }

    /// A cause in words.
    fn cause(&self, cause: &Cause) -> String {
        let one = |changes: &Changes, with: &str| {
            let names = changes
                .iter()
                .filter_map(|change| self.changes.get(*change));
            names.cloned().collect::<Vec<String>>().join(with)
        };
        match cause {
            Cause::Alone(sets) => {
                let sets: Vec<String> = sets.iter().map(|set| one(set, " with ")).collect();
                sets.join(", and as well ")
            }
            Cause::Together(changes) => format!("only together: {}", one(changes, " + ")),
            Cause::Added(changes) => format!("together: {}", one(changes, " + ")),
            Cause::Among(changes) => {
                format!("together, not all of them needed: {}", one(changes, " + "))
            }
        }
    }

    /// What was not compared, in lines; for people.
    fn not_compared(&self) -> Vec<String> {
        let effects = self.effects;
        let names = |names: &[String]| {
            let names = names.iter().map(|name| format!("`{name}`"));
            list(&names.collect::<Vec<_>>(), 6)
        };
        let keys = |keys: &[forewarn_runtime::comparison::Key]| {
            let keys = keys.iter().map(|key| {
                let period = shown_period(self.period, key.period);
                {
                    let period = Some(period.as_str()).filter(|period| !period.is_empty());
                    row_words(&key.entity, period, " ")
                }
            });
            list(&keys.collect::<Vec<_>>(), 4)
        };
        let mut lines = Vec::new();
        if !effects.only_first.is_empty() {
            lines.push(format!("only in the first: {}", names(&effects.only_first)));
        }
        if !effects.only_second.is_empty() {
            lines.push(format!(
                "only in the second: {}",
                names(&effects.only_second)
            ));
        }
        let rows = |number: usize| crate::words::count(number, "row");
        if !effects.gone.is_empty() {
            let (number, keys) = (rows(effects.gone.len()), keys(&effects.gone));
            lines.push(format!("{number} gone: {keys}"));
        }
        if !effects.new.is_empty() {
            let (number, keys) = (rows(effects.new.len()), keys(&effects.new));
            lines.push(format!("{number} new: {keys}"));
        }
        lines
    }

    /// `2 of 5 results differ`; nothing where none could be compared.
    fn tally(&self) -> Option<String> {
        let effects = self.effects;
        let results = effects.results();
        (results > 0).then(|| {
            let number = effects.effects.len();
            format!(
                "{} of {} {}",
                crate::words::grouped(number as u64),
                crate::words::count(results, "result"),
                differ(number)
            )
        })
    }

    /// Why no result could be compared.
    fn nothing(&self) -> &'static str {
        let effects = self.effects;
        if effects.compared.is_empty() {
            "no result could be compared: the two have none in common that may be seen"
        } else {
            "no result could be compared: the two have no row in common"
        }
    }
}

/// `1st`, `2nd`, `12th`
fn ordinal(place: usize) -> String {
    let end = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{place}{end}")
}

/// `1 differs`, `2 differ`, `0 differ`
fn differ(number: usize) -> &'static str {
    if number == 1 { "differs" } else { "differ" }
}

fn cell(cell: &ComparedCell) -> String {
    match cell {
        ComparedCell::Missing => "–".to_owned(),
        ComparedCell::Number(x) => short(*x),
        ComparedCell::Word(word) => word.clone(),
    }
}
