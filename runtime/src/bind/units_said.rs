//! Units that a file states of its columns, beside those of the rules.
//!
//! In: the words of a header, of a row of units, or of what stands with a column in Arrow and Parquet. Out: is
//! something else said there than the indicator is declared in? Values are read as they stand, so that the
//! results would be wrong by the difference, and nothing else would say so.

use super::builder::PanelBuilder;
use crate::causes::data::{Said, UnitsOtherwise};
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_plan::{InputInfo, InputKind};

/// Words of units that count in thousands and more.
const MANY: [&str; 26] = [
    "thousand",
    "thousands",
    "'000",
    "000s",
    "'000s",
    "k",
    "million",
    "millions",
    "mio",
    "mln",
    "mn",
    "m",
    "billion",
    "billions",
    "bn",
    "mrd",
    "milliers",
    "millier",
    "milliards",
    "milliard",
    "miles",
    "millones",
    "milhares",
    "milhões",
    "tausend",
    "millionen",
];

/// Those of them that in the name of a column mean something else as well: `pop_m` is of men.
const ELSE_IN_NAMES: [&str; 5] = ["k", "m", "mn", "mio", "miles"];

/// Words of units for percent.
const PERCENT: [&str; 8] = [
    "percent",
    "percentage",
    "pct",
    "pourcent",
    "pourcentage",
    "porcentaje",
    "porcentagem",
    "prozent",
];

/// The words of a text, in small letters.
fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .map(str::to_owned)
        .collect()
}

/// Does an indicator count in thousands itself?
fn counts_in_many(input: &InputInfo) -> bool {
    let own = input.unit.to_lowercase();
    own.contains("000") || words(&own).iter().any(|word| MANY.contains(&word.as_str()))
}

/// Do the words of a unit say thousands, millions or percent, where the indicator is declared otherwise?
#[must_use]
pub fn says_otherwise(text: &str, input: &InputInfo, percentage: bool) -> bool {
    let words = words(text);
    let says = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let of_percent = (text.contains('%') || says(&PERCENT)) && !percentage;
    let counted = says(&MANY) && !counts_in_many(input);
    input.kind == InputKind::Number && (of_percent || counted)
}

/// The same of the name of a column, as in `Population (thousands)`; a plain number may be of thousands.
fn name_says_otherwise(name: &str, input: &InputInfo) -> bool {
    let many = |word: &String| {
        let word = word.as_str();
        MANY.contains(&word) && !ELSE_IN_NAMES.contains(&word)
    };
    let has_unit = input.kind == InputKind::Number && !input.unit.is_empty();
    has_unit && words(name).iter().any(many) && !counts_in_many(input)
}

/// The unit that results with `--units` put behind a column's name: `rate [deaths / people]`.
fn in_brackets(name: &str) -> Option<&str> {
    let (before, unit) = name.strip_suffix(']')?.rsplit_once(" [")?;
    (!before.trim().is_empty() && !unit.trim().is_empty()).then_some(unit)
}

/// Does a unit in brackets behind a name say another one? A single word may be anything: a source, a currency.
fn brackets_say_otherwise(unit: &str, input: &InputInfo, percentage: bool) -> bool {
    let is_rate = unit.contains(" / ") && !input.unit.is_empty();
    says_otherwise(unit, input, percentage) || (is_rate && !alike(&input.unit, unit))
}

/// Are two units written alike, blanks, brackets and signs between digits aside?
fn alike(one: &str, other: &str) -> bool {
    let bare = |text: &str| -> String {
        let kept = text
            .chars()
            .filter(|sign| !matches!(sign, ' ' | '_' | '(' | ')' | '\u{a0}'));
        kept.flat_map(char::to_lowercase).collect()
    };
    bare(one) == bare(other)
}

impl PanelBuilder<'_> {
    /// Tells columns of which the file says another unit than the rules.
    pub(super) fn tell_units(&self, reports: &mut Reports) {
        for (index, input) in self.plan.inputs.iter().enumerate() {
            let place = self.binding.inputs.get(index).copied().flatten();
            let Some(column) = place.and_then(|at| self.table.get(at)) else {
                continue;
            };
            let percentage = self.plan.percentages.contains(&index);
            let said = match &column.unit {
                Some(unit) if !unit.trim().is_empty() && input.kind == InputKind::Number => {
                    let other = match input.unit.as_str() {
                        "" => says_otherwise(unit, input, percentage),
                        own => !alike(own, unit),
                    };
                    other.then(|| Said::Column(unit.clone()))
                }
                _ => match in_brackets(&column.name) {
                    Some(unit) if brackets_say_otherwise(unit, input, percentage) => {
                        Some(Said::Column(unit.to_owned()))
                    }
                    Some(unit) if alike(&input.unit, unit) => None,
                    _ => name_says_otherwise(&column.name, input).then_some(Said::Name),
                },
            };
            if let Some(said) = said {
                reports.add(UnitsOtherwise {
                    place: DataPlace {
                        file: self.options.file.clone(),
                        column: Some(column.name.clone()),
                        ..DataPlace::default()
                    },
                    said,
                    name: input.name.clone(),
                    unit: input.unit.clone(),
                });
            }
        }
    }
}
