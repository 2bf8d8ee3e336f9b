//! Units that a file states of its columns, beside those of the rules.
//!
//! In: the words of a header, of a row of units, or of what stands with a column in Arrow and Parquet. Out: is
//! something else said there than the indicator is declared in? Values are read as they stand, so that the
//! results would be wrong by the difference, and nothing else would say so.

use super::builder::PanelBuilder;
use super::{described, multiple};
use crate::causes::data::{Said, UnitsOtherwise};
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_plan::{InputInfo, InputKind};

/// Words of units that count in thousands and more, beside those that stand behind numbers.
const MANY: [&str; 5] = ["'000", "000s", "'000s", "m", "miles"];

/// Those that in the name of a column mean something else as well: `pop_m` is of men, `bin` a part of a histogram.
const ELSE_IN_NAMES: [&str; 11] = [
    "k", "m", "mn", "mio", "miles", "md", "bin", "tn", "mill", "mille", "laki",
];

/// Those that in a cell that says a unit may be one: metres, miles.
const ELSE_IN_CELLS: [&str; 3] = ["m", "miles", "bin"];

/// Does a word of a unit say thousands and more?
fn is_many(word: &str) -> bool {
    MANY.contains(&word) || multiple::tens(word).is_some_and(|tens| tens > 2)
}

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
    own.contains("000") || words(&own).iter().any(|word| is_many(word))
}

/// Do the words of a unit say thousands, millions or percent, where the indicator is declared otherwise?
#[must_use]
pub fn says_otherwise(text: &str, input: &InputInfo, percentage: bool) -> bool {
    let words = words(text);
    let says = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let of_percent = (text.contains('%') || says(&PERCENT)) && !percentage;
    let counted = words.iter().any(|word| is_many(word)) && !counts_in_many(input);
    input.kind == InputKind::Number && (of_percent || counted)
}

/// The same of the name of a column, as in `Population (thousands)`; a plain number may be of thousands.
fn name_says_otherwise(name: &str, input: &InputInfo) -> bool {
    let many = |word: &String| {
        let word = word.as_str();
        is_many(word) && !ELSE_IN_NAMES.contains(&word)
    };
    has_unit(input) && words(name).iter().any(many) && !counts_in_many(input)
}

fn has_unit(input: &InputInfo) -> bool {
    input.kind == InputKind::Number && !input.unit.is_empty()
}

/// The same of a cell in a column of units, or in one that says by how many tens values are multiplied, as
/// `UNIT_MULT` of SDMX does.
#[must_use]
pub fn cell_says_otherwise(column: &str, text: &str, input: &InputInfo) -> bool {
    let text = text.trim();
    if is_of_tens(column)
        && let Ok(tens) = text.parse::<f64>()
    {
        return tens != 0.0 && input.kind == InputKind::Number && !counts_in_many(input);
    }
    let many = |word: &String| is_many(word) && !ELSE_IN_CELLS.contains(&word.as_str());
    has_unit(input) && words(text).iter().any(many) && !counts_in_many(input)
}

/// Does a column say by how many tens the values beside it are multiplied?
#[must_use]
pub fn is_of_tens(column: &str) -> bool {
    const NAMES: [&str; 5] = [
        "mult",
        "multiplier",
        "multiplicateur",
        "powercode",
        "magnitude",
    ];
    let words = described::words_of(column);
    words.iter().any(|word| NAMES.contains(&word.as_str())) || words == ["power", "code"]
}

/// The same of a line above a table: `(thousands)`, `Refugees, in thousands`, and not `over 3 million people`.
#[must_use]
pub fn title_says_otherwise(text: &str, input: &InputInfo) -> bool {
    const LEADS: [&str; 14] = [
        "in", "en", "em", "unit", "units", "unite", "unité", "unités", "unidad", "unidade",
        "einheit", "x", "per", "w",
    ];
    let many = |word: &str| is_many(word) && !ELSE_IN_NAMES.contains(&word);
    let mut inner = text
        .split('(')
        .skip(1)
        .filter_map(|part| part.split(')').next());
    let in_brackets = inner.any(|part| {
        let words = words(part);
        words.iter().any(|word| many(word)) && !part.contains(|sign: char| sign.is_ascii_digit())
    });
    let all = words(text).into_iter().filter(|word| !word.is_empty());
    let all: Vec<String> = all.collect();
    let mut pairs = all.iter().zip(all.iter().skip(1));
    let is_led = pairs.any(|(lead, word)| LEADS.contains(&lead.as_str()) && many(word));
    let is_alone = matches!(all.as_slice(), [only] if many(only));
    (in_brackets || is_led || is_alone) && has_unit(input) && !counts_in_many(input)
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

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_diagnostics::source::Span;
    use forewarn_plan::OnViolation;

    fn counted_in(unit: &str) -> InputInfo {
        InputInfo {
            name: "fled".to_owned(),
            label: String::new(),
            column: None,
            kind: InputKind::Number,
            unit: unit.to_owned(),
            low: 0.0,
            high: f64::INFINITY,
            high_excluded: false,
            on_violation: OnViolation::Missing,
            optional: false,
            missing_means: None,
            carry_forward: None,
            expires: None,
            changeable: None,
            span: Span::default(),
        }
    }

    #[test]
    fn titles_and_cells_say_thousands() {
        let people = counted_in("people");
        for title in [
            "(thousands)",
            "Refugees, in thousands",
            "Personnes (en milliers)",
            "Unit: Thousand",
            "Menschen in Tausend",
            "'000",
        ] {
            assert!(title_says_otherwise(title, &people), "{title}");
            let own = counted_in("thousand people");
            assert!(!title_says_otherwise(title, &own), "{title}");
        }
        for title in [
            "Over 3 million people fled",
            "Monthly figures",
            "Table 2 (2024)",
            "Distance in miles",
        ] {
            assert!(!title_says_otherwise(title, &people), "{title}");
        }
        for (column, text, says) in [
            ("UNIT_MULT", "3", true),
            ("UNIT_MULT", "0", false),
            ("UNIT_MULT", "", false),
            ("PowerCode", "Thousands", true),
            ("unit", "persons", false),
            ("unit", "thousands of persons", true),
            ("unit", "THS_PER", true),
            ("unit", "m", false),
        ] {
            assert_eq!(
                cell_says_otherwise(column, text, &people),
                says,
                "{column} {text}"
            );
        }
    }
}
