//! Units that a file states of its columns, beside those of the rules.
//!
//! In: the words of a header, of a row of units, or of what stands with a column in Arrow and Parquet. Out: is
//! something else said there than the indicator is declared in? Values are read as they stand, so that the
//! results would be wrong by the difference, and nothing else would say so.

use super::builder::PanelBuilder;
use super::{described, said_tens};
use crate::causes::data::{Said, UnitsOtherwise};
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_plan::{InputInfo, InputKind};

/// Those that in a cell that says a unit may be one: metres, miles.
const ELSE_IN_CELLS: [&str; 3] = ["m", "miles", "bin"];

/// The tens of a word of a unit, from thousands on.
fn many(word: &str) -> Option<u8> {
    said_tens::of_word(word).filter(|tens| *tens > 2)
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

/// Words of units for what is a hundredth of a percentage.
const SHARE: [&str; 9] = [
    "share",
    "ratio",
    "proportion",
    "fraction",
    "anteil",
    "rapport",
    "proporción",
    "proporção",
    "quotient",
];

/// Does a unit say percent, where the indicator is no percentage, or a share, where it is one?
fn of_hundred_differs(text: &str, percentage: bool) -> bool {
    let words = words(text);
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    let percent = text.contains('%') || words.iter().any(|word| PERCENT.contains(word));
    match percentage {
        // `share of GDP` may be counted in percent.
        true => !percent && matches!(words.as_slice(), [only] if SHARE.contains(only)),
        false => percent,
    }
}

/// The words of a text, in small letters.
fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .map(str::to_owned)
        .collect()
}

/// By how many tens an indicator counts itself, and, of a rate, by how many of what it is by.
fn own_tens(input: &InputInfo) -> (u8, Option<u8>) {
    let (counted, by) = match input.unit.split_once('/') {
        Some((counted, _)) => {
            let by = said_tens::by(&input.unit);
            (counted, Some(by.unwrap_or(0)))
        }
        None => (input.unit.as_str(), None),
    };
    let tens = words(counted).iter().find_map(|word| many(word));
    (tens.unwrap_or(0), by)
}

/// Do so many tens differ from those of the indicator? None are said where nothing is.
fn differ(said: Option<u8>, input: &InputInfo) -> bool {
    said.is_some_and(|said| said != own_tens(input).0)
}

/// Is a rate said that is by something else? Where one is said, that is all that is.
fn rate_differs(text: &str, input: &InputInfo, percentage: bool) -> Option<bool> {
    let said = said_tens::by(text)?;
    // Percent are per hundred.
    let own = own_tens(input).1.or(percentage.then_some(2));
    Some(match own {
        Some(own) => said != own,
        // A price per 100 kg is one, whether its unit says so or not; deaths per 1,000 are no deaths.
        None => has_unit(input) && said > 2,
    })
}

/// Does a text name what the indicator counts, and no thousands of it: `people`, where it is `thousand_people`?
fn says_ones(text: &str, input: &InputInfo) -> bool {
    const ONES: [&str; 2] = ["ones", "units"];
    let own = words(&input.unit);
    let said = words(text);
    own_tens(input).0 > 0
        && said.iter().all(|word| many(word).is_none())
        && said
            .iter()
            .any(|word| !word.is_empty() && (own.contains(word) || ONES.contains(&word.as_str())))
}

/// Do the words of a unit say thousands, millions or percent, where the indicator is declared otherwise?
#[must_use]
pub fn says_otherwise(text: &str, input: &InputInfo, percentage: bool) -> bool {
    if input.kind != InputKind::Number {
        return false;
    }
    if let Some(differs) = rate_differs(text, input, percentage) {
        return differs;
    }
    let words = words(text);
    let said = said_tens::of_unit(text).or_else(|| words.iter().find_map(|word| many(word)));
    of_hundred_differs(text, percentage) || differ(said, input) || says_ones(text, input)
}

/// The same of the name of a column, as in `Population (thousands)`; a plain number may be of thousands.
fn name_says_otherwise(name: &str, input: &InputInfo, percentage: bool) -> bool {
    if let Some(differs) = rate_differs(name, input, percentage) {
        return differs && (has_unit(input) || percentage);
    }
    let tens = |word: &String| {
        let word = word.as_str();
        many(word).filter(|_| !said_tens::ELSE_IN_NAMES.contains(&word) && !is_digits(word))
    };
    let spelt = || words(name).iter().find_map(tens);
    let grown = || described::words_of(name).iter().find_map(tens);
    let said = said_tens::of_title(name).or_else(spelt).or_else(grown);
    has_unit(input) && differ(said, input)
}

/// In the middle of a name, digits may number anything.
fn is_digits(word: &str) -> bool {
    word.bytes().all(|letter| letter.is_ascii_digit())
}

fn has_unit(input: &InputInfo) -> bool {
    input.kind == InputKind::Number && !input.unit.is_empty()
}

/// The same of a cell in a column of units, or in one that says by how many tens values are multiplied, as
/// `UNIT_MULT` of SDMX does.
#[must_use]
pub fn cell_says_otherwise(column: &str, text: &str, input: &InputInfo, percentage: bool) -> bool {
    let text = text.trim();
    let multiplies = described::is_of_tens(column) || described::is_scale(column);
    if let (true, Ok(number)) = (multiplies, text.parse::<f64>()) {
        return input.kind == InputKind::Number && differ(tens_of(column, number), input);
    }
    if !multiplies && input.kind == InputKind::Number && of_hundred_differs(text, percentage) {
        return true;
    }
    let many = |word: &String| many(word).filter(|_| !ELSE_IN_CELLS.contains(&word.as_str()));
    let spelt = || words(text).iter().find_map(many);
    let said = if multiplies {
        spelt().or_else(|| says_ones(text, input).then_some(0))
    } else if said_tens::by(text).is_some() {
        return has_unit(input) && rate_differs(text, input, false) == Some(true);
    } else {
        said_tens::of_unit(text)
            .filter(|_| !ELSE_IN_CELLS.contains(&text))
            .or_else(spelt)
    };
    has_unit(input) && differ(said, input)
}

/// The tens of a number in such a column: itself, or those of the factor that it is, `1000`.
fn tens_of(column: &str, number: f64) -> Option<u8> {
    /// A higher number is a factor.
    const MOST: f64 = 15.0;
    // `1` of a multiplier multiplies nothing; of SDMX it would be a power of ten.
    let is_factor = described::words_of(column)
        .iter()
        .any(|word| matches!(word.as_str(), "multiplier" | "multiplicateur"));
    let is_one = number == 1.0 && is_factor;
    let scale_alone = !described::is_of_tens(column);
    if is_one || number > MOST {
        let tens = number.log10();
        return (tens.fract() == 0.0 && tens <= MOST).then_some(tens as u8);
    }
    (number.fract() == 0.0 && number >= 0.0 && !scale_alone).then_some(number as u8)
}

/// The same of a line above a table: `(thousands)`, `Refugees, in thousands`, and not `over 3 million people`.
#[must_use]
pub fn title_says_otherwise(text: &str, input: &InputInfo) -> bool {
    has_unit(input) && differ(said_tens::of_title(text), input)
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
                    _ => name_says_otherwise(&column.name, input, percentage).then_some(Said::Name),
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
            inapplicable: Vec::new(),
            changeable: None,
            span: Span::default(),
        }
    }

    #[test]
    fn rules_that_count_in_thousands_want_thousands() {
        let own = counted_in("thousand_people");
        for text in ["people", "(millions)", "USD bn", "1000000"] {
            assert!(says_otherwise(text, &own, false), "{text}");
        }
        for text in ["thousands", "'000 people", "text", "(1000s)"] {
            assert!(!says_otherwise(text, &own, false), "{text}");
        }
        assert!(name_says_otherwise("Population (millions)", &own, false));
        assert!(!name_says_otherwise("Population (thousands)", &own, false));
        for (text, says) in [("0", true), ("3", false), ("6", true)] {
            assert_eq!(
                cell_says_otherwise("UNIT_MULT", text, &own, false),
                says,
                "{text}"
            );
        }
        assert!(cell_says_otherwise("Scale", "Units", &own, false));
    }

    #[test]
    fn rates_are_by_what_the_rules_say() {
        let (ones, many) = (
            counted_in("deaths / people"),
            counted_in("deaths / 100_000 people"),
        );
        for name in ["Homicides (per 100,000)", "rate per 100 000 people"] {
            assert!(name_says_otherwise(name, &ones, false), "{name}");
            assert!(!name_says_otherwise(name, &many, false), "{name}");
        }
        for text in ["per 1,000", "per million", "‰"] {
            assert!(says_otherwise(text, &many, false), "{text}");
            assert!(name_says_otherwise(text, &many, false), "{text}");
        }
        assert!(says_otherwise("‰", &counted_in("percent"), true));
        assert!(name_says_otherwise(
            "deaths per 1000",
            &counted_in("deaths"),
            false
        ));
        assert!(!name_says_otherwise(
            "GDP per capita",
            &counted_in("dollars"),
            false
        ));
        assert!(!name_says_otherwise(
            "deaths per month",
            &counted_in("deaths"),
            false
        ));
    }

    #[test]
    fn names_say_thousands() {
        let people = counted_in("people");
        for name in [
            "Population (mn)",
            "pop_000",
            "Population (1000s)",
            "Population (thous.)",
            "thousandsOfPeople",
            "Population in 1000",
        ] {
            assert!(name_says_otherwise(name, &people, false), "{name}");
        }
        for name in ["pop_m", "population 2024", "camp 1000 people", "killed (M)"] {
            assert!(!name_says_otherwise(name, &people, false), "{name}");
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
            ("Scale", "Millions", true),
            ("SCALE", "Units", false),
            ("scale", "5", false),
            ("scale", "1000", true),
            ("Multiplier", "1", false),
            ("Multiplier", "1000", true),
        ] {
            assert_eq!(
                cell_says_otherwise(column, text, &people, false),
                says,
                "{column} {text}"
            );
        }
    }

    #[test]
    fn a_share_is_no_percentage() {
        let (rate, people) = (counted_in("percent"), counted_in("people"));
        for (text, own, percentage, says) in [
            ("share", &rate, true, true),
            ("Ratio", &rate, true, true),
            ("%", &rate, true, false),
            ("share of households, %", &rate, true, false),
            ("%", &people, false, true),
            ("percentage", &people, false, true),
            ("share", &people, false, false),
        ] {
            let found = cell_says_otherwise("unit", text, own, percentage);
            assert_eq!(found, says, "{text} {percentage}");
        }
    }
}
