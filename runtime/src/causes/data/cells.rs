//! Cells that cannot be read as what their indicator is declared to be.

use super::{AndMore, CellAt, grouped, short, typed};
use crate::bind::Multiple;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::wording::quoted;
use forewarn_diagnostics::{DataPlace, Diagnostic, Place};
use forewarn_plan::numbers::show;

/// Why a cell is no number; it decides what to advise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberSlip {
    /// Words.
    Words,
    /// Words with digits among them, which say something: `about 30`.
    About,
    /// A common sign for "no value": `NA`, `..`, `-`.
    MissingSign,
    /// Thousands set apart: `1,234,567`, `1 234`; with the sign between them, where all of them are
    /// set apart by it.
    Grouped(Option<char>),
    /// A number with letters behind it: `8.2 p`.
    Flagged,
    /// A number with a word behind it that multiplies it: `1.2M`, `12k`.
    Multiplied(Multiple),
    /// `3,14` where a point marks decimals.
    DecimalComma,
    /// `3.14` where a comma marks decimals.
    DecimalPoint,
    /// `12%`
    Percent,
    /// `inf` as a word.
    Infinite,
    /// `1e999`
    TooLarge,
    /// `1e-400`, which would be read as nought.
    TooSmall,
    /// In brackets, as accountants write what is less than nought: `(5.2)`.
    Bracketed,
    /// A bound, and no number: `<5`.
    Bound,
    /// A date, which spreadsheets make of what looks like one.
    Date,
    /// What stands where a formula of a spreadsheet failed: `#REF!`.
    Failed,
    /// A list or a truth, in a file whose cells have types.
    OtherKind,
}

cause! {
    FW0903 NotANumber {
        cell: CellAt,
        slip: NumberSlip,
    }
}

impl NotANumber {
    fn words(&self) -> Diagnostic {
        let text = short(&self.cell.text);
        let title = match self.slip {
            NumberSlip::Infinite => format!("`{text}` is not a finite number"),
            NumberSlip::TooLarge => format!("`{text}` is too large for a number"),
            NumberSlip::TooSmall => format!("`{text}` is too near to nought for a number"),
            NumberSlip::OtherKind => format!("{text} is not a number"),
            NumberSlip::Date => format!("`{text}` is a date, and no number"),
            _ => format!("`{text}` is not a number"),
        };
        let help = what_to_do(self.slip, &text, &self.cell);
        let at = Diagnostic::at(self, title, self.cell.place(), self.cell.label()).help(help);
        let at = match self.slip {
            NumberSlip::Words | NumberSlip::MissingSign => {
                self.cell.kept_unknown(self.cell.or_inapplicable(at))
            }
            _ => at,
        };
        at.and_more(self.cell.more)
    }
}

/// `"unknown=n/k"`, as it is typed.
pub(super) fn typed_pair(name: &str, word: &str) -> String {
    typed(&format!("{name}={}", short(word)))
}

/// `−5` with the minus, or the dash, of printers.
fn plain_minus(text: &str) -> Option<String> {
    let number = text.trim().strip_prefix(['−', '–', '—', '‐', '‑'])?.trim();
    let number = format!("-{number}");
    number.parse::<f64>().ok().map(|_| number)
}

/// What makes a number of a cell that is none.
pub(super) fn what_to_do(slip: NumberSlip, text: &str, cell: &CellAt) -> String {
    let word = typed(text);
    if let Some(number) = plain_minus(text) {
        return format!("write the minus as the sign of the keyboard: `{number}`");
    }
    if let Some(letter) = crate::bind::letter_for_a_digit(text.trim()) {
        return format!(
            "the letter `{letter}` stands where a digit seems to be meant: write the number in digits; with `--flags` \
                 a letter that says how good a value is stands behind a blank"
        );
    }
    match slip {
        NumberSlip::Words => format!(
            "correct the cell, declare the word as missing (`--missing{}{word}`, or `missing = [\"{text}\"]` in the \
                 recipe), or read such cells as missing (`--lenient`, `lenient = true`)",
            between(text)
        ),
        NumberSlip::About => {
            "write the number alone, or leave the cell empty where it is not known; \
                 `--lenient` reads all such cells as missing"
                .to_owned()
        }
        NumberSlip::MissingSign => format!(
            "if `{text}` stands for a missing value here, say so: `--missing{}{word}`, or \
                 `missing = [\"{text}\"]` in the recipe",
            between(text)
        ),
        NumberSlip::Grouped(Some(sign)) => format!(
            "if `{sign}` sets thousands apart in this file, say so: `--thousands {mark}`, or \
                 `thousands = \"{sign}\"` in the recipe",
            mark = typed(&sign.to_string())
        ),
        NumberSlip::Grouped(None) => "write the number without marks between thousands".to_owned(),
        NumberSlip::Flagged => "if letters behind a value say how good it is, say so: \
                 `--flags`, or `flags = true` in the recipe; the number is then read without them"
            .to_owned(),
        NumberSlip::Multiplied(Multiple::Times(tens)) => format!(
            "if what stands behind such numbers multiplies them, here by {}, say so: `--multiples`, or \
                 `multiples = true` in the recipe",
            times(tens)
        ),
        NumberSlip::Multiplied(Multiple::Perhaps(tens)) => format!(
            "if it multiplies the number by {}, say so: `--multiples`, or `multiples = true` in the recipe; \
                 if it says how good the value is: `--flags`, or `flags = true`; where both are said, write the number \
                 whole, or say the one that holds in this file",
            times(tens)
        ),
        NumberSlip::Multiplied(Multiple::Unclear) => {
            "what stands behind it may be a unit, or multiply the number: write the number whole and alone; \
                 `--lenient` reads all such cells as missing"
                .to_owned()
        }
        NumberSlip::DecimalComma => "if a comma marks decimals in this file, say so: \
                 `--decimal ,`, or `decimal = \",\"` in the recipe"
            .to_owned(),
        NumberSlip::DecimalPoint => "the file is read with `--decimal ,`: write decimals with \
                 a comma, or leave the option out if the file uses points"
            .to_owned(),
        NumberSlip::Percent => {
            let name = &cell.name;
            let number = cell.text.trim_end_matches('%').trim_end();
            let share = match number.replace(',', ".").parse::<f64>() {
                Ok(percent) if cell.unit.is_empty() => {
                    format!(" (as a share {})", show(percent / 100.0))
                }
                Ok(_) | Err(_) => String::new(),
            };
            format!(
                "`{name}` is no percentage: write what it is in its own unit{share}, or declare it in \
                     percent, `: percent in 0..100`; cells are then read with their sign"
            )
        }
        NumberSlip::OtherKind => "write a number, or null where there is no value".to_owned(),
        NumberSlip::Bracketed => {
            let inner = crate::bind::bracketed(text).unwrap_or(text);
            let is_nought = !inner.contains(|letter: char| ('1'..='9').contains(&letter));
            let sign = if is_nought { "" } else { "-" };
            format!(
                "if brackets mean less than nought here, as accountants write it, say so: `--brackets`, or \
                     `brackets = true` in the recipe; `{text}` is then {sign}{inner}"
            )
        }
        NumberSlip::Bound => format!(
            "it says a bound, and not which number: write the number that the rules are to take, or keep it unknown: \
                 `--word {}`, or `words = {{ unknown = \"{text}\" }}` in the recipe",
            typed_pair("unknown", text)
        ),
        NumberSlip::Date => "spreadsheets make dates of what looks like one, such as 3-5 or 3.5: find out what was \
                 entered, give the column the format of numbers, enter it anew, and save the file again; \
                 `--lenient` reads all such cells as missing"
            .to_owned(),
        NumberSlip::Failed => format!(
            "a formula of the spreadsheet failed here: mend it there, and save the file again; if it fails only where \
                 there is no value, say so: `--missing {word}`, or `missing = [\"{text}\"]` in the recipe"
        ),
        NumberSlip::TooSmall => "it would be read as 0: write `0` where that is meant, leave the cell empty where there \
                 is no value, or read such cells as missing (`--lenient`)"
            .to_owned(),
        NumberSlip::Infinite | NumberSlip::TooLarge => {
            "leave the cell empty where there is no value, or read such cells as missing \
                 (`--lenient`)"
                .to_owned()
        }
    }
}

/// What stands between an option and a word, which must not look like another option.
pub(super) fn between(word: &str) -> char {
    match word.len() > 1 && word.starts_with('-') {
        true => '=',
        false => ' ',
    }
}

/// A power of ten in figures: `1,000,000`.
fn times(tens: u8) -> String {
    grouped(10_u64.saturating_pow(u32::from(tens)))
}

cause! {
    FW0905 NotOneOf {
        cell: CellAt,
        /// `a level of concern`, `a category`
        what: String,
        /// In the order of the declaration.
        names: Vec<String>,
        /// The name that was probably meant.
        suggestion: Option<String>,
    }
}

impl NotOneOf {
    fn words(&self) -> Diagnostic {
        let text = short(&self.cell.text);
        let title = format!("`{text}` is not {}", self.what);
        let at = Diagnostic::at(self, title, self.cell.place(), self.cell.label());
        let at = match &self.suggestion {
            Some(name) => at.help(format!("did you mean `{name}`?")),
            None => at,
        };
        let word = typed(&text);
        let names = quoted(&self.names, "or");
        let at = match (crate::bind::says_missing(&self.cell.text), &self.suggestion) {
            (true, _) => at.help(format!(
                "if `{text}` stands for a missing value here, say so: `--missing{}{word}`, or \
                 `missing = [\"{text}\"]` in the recipe",
                between(&text)
            )),
            (false, Some(near)) => at.help(format!(
                "write {names}, leave the cell empty where it is not known, or say that the word means it: \
                 `--word {}`, or `words = {{ {near} = \"{text}\" }}` in the recipe",
                typed(&format!("{near}={text}"))
            )),
            (false, None) => {
                let name = self.names.first().map_or("NAME", String::as_str);
                at.help(format!(
                    "write {names}, leave the cell empty where it is not known, or say which of them the word \
                     means: `--word {}`, or `words = {{ {name} = \"{text}\" }}` in the recipe, with the right \
                     name",
                    typed(&format!("{name}={text}"))
                ))
            }
        };
        let at = self.cell.or_inapplicable(at);
        self.cell.kept_unknown(at).and_more(self.cell.more)
    }
}

cause! {
    FW0906 NotYesOrNo {
        cell: CellAt,
        /// The words of the column that are neither, the first of them.
        words: Vec<String>,
    }
}

/// Words for yes and no that come in pairs.
const YES_AND_NO: [(&str, &str); 14] = [
    ("y", "n"),
    ("t", "f"),
    ("oui", "non"),
    ("vrai", "faux"),
    ("o", "n"),
    ("sí", "no"),
    ("si", "no"),
    ("s", "n"),
    ("sim", "não"),
    ("verdadero", "falso"),
    ("verdadeiro", "falso"),
    ("ja", "nein"),
    ("да", "нет"),
    ("نعم", "لا"),
];

/// Which of some words stand for yes and which for no, where all of them are known to.
#[must_use]
pub fn yes_and_no(words: &[String]) -> Option<(Vec<String>, Vec<String>)> {
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    if let ([one, other], [low, lower]) = (words, lower.as_slice()) {
        // `State-led` and `Non-State-led`
        let denies = |word: &str, of: &str| {
            let mut signs = [
                "non", "not", "no", "un", "nicht", "kein", "sin", "sem", "pas",
            ]
            .iter();
            signs.any(|sign| {
                let rest = word.strip_prefix(sign);
                let rest = rest.map(|rest| rest.trim_start_matches(['-', ' ', '_']));
                rest == Some(of) && of.len() > 2
            })
        };
        if denies(lower, low) {
            return Some((vec![one.clone()], vec![other.clone()]));
        }
        if denies(low, lower) {
            return Some((vec![other.clone()], vec![one.clone()]));
        }
    }
    let fits = |(yes, no): &&(&str, &str)| lower.iter().all(|word| word == yes || word == no);
    let pair = YES_AND_NO.iter().find(fits);
    // Several offices write several languages; no word of these means yes in one and no in another.
    let means = |word: &str, which: fn(&(&'static str, &'static str)) -> &'static str| {
        YES_AND_NO.iter().any(|pair| which(pair) == word)
    };
    let says_yes = |word: &str| match pair {
        Some((yes, _)) => word == *yes,
        None => means(word, |pair| pair.0),
    };
    let says_no = |word: &str| means(word, |pair| pair.1);
    if words.is_empty() || !lower.iter().all(|word| says_yes(word) || says_no(word)) {
        return None;
    }
    let (yes, no): (Vec<_>, Vec<_>) = words
        .iter()
        .zip(&lower)
        .partition(|(_, lower)| says_yes(lower));
    let own =
        |pairs: Vec<(&String, &String)>| pairs.iter().map(|(word, _)| (*word).clone()).collect();
    Some((own(yes), own(no)))
}

/// Is this what people tick a box with?
fn is_tick(text: &str) -> bool {
    ["x", "xx", "✓", "✔", "☑", "☒", "✗", "•", "●", "*"]
        .contains(&text.trim().to_lowercase().as_str())
}

impl NotYesOrNo {
    fn words(&self) -> Diagnostic {
        let text = short(&self.cell.text);
        let title = format!("`{text}` is neither yes nor no");
        let help = match yes_and_no(&self.words) {
            Some((yes, no)) => {
                let options = |option: &str, words: &[String]| {
                    let words = words
                        .iter()
                        .map(|word| format!("--{option} {}", typed(word)));
                    words.collect::<Vec<_>>()
                };
                let list = |words: &[String]| {
                    let words: Vec<String> =
                        words.iter().map(|word| format!("\"{word}\"")).collect();
                    words.join(", ")
                };
                let said = [options("yes", &yes), options("no", &no)]
                    .concat()
                    .join(" ");
                let lines = [("yes", &yes), ("no", &no)].into_iter();
                let lines = lines.filter(|(_, words)| !words.is_empty());
                let lines: Vec<String> = lines
                    .map(|(key, words)| format!("`{key} = [{}]`", list(words)))
                    .collect();
                format!(
                    "say which word is which: `{said}`, or {} in the recipe",
                    lines.join(" and ")
                )
            }
            None if is_tick(&self.cell.text) && self.words.len() < 2 => format!(
                "if `{text}` is a tick, which means yes, say so: `--yes {yes}`, or `yes = [\"{text}\"]` in the recipe; \
                 if it stands for a missing value: `--missing {yes}`, or `missing = [\"{text}\"]`",
                yes = typed(&text)
            ),
            None if crate::bind::says_missing(&self.cell.text) => format!(
                "if `{text}` stands for a missing value here, say so: `--missing{}{}`, or \
                 `missing = [\"{text}\"]` in the recipe",
                between(&text),
                typed(&text)
            ),
            None => {
                "write `yes` or `no`, leave the cell empty where it is not known, or say which \
                     words stand for them: `--yes WORD --no WORD`, or `yes = [\"WORD\"]` and `no = [\"WORD\"]` in the \
                     recipe"
                    .to_owned()
            }
        };
        let at = Diagnostic::at(self, title, self.cell.place(), self.cell.label());
        let at = match self.words.as_slice() {
            [] | [_] => at,
            words => at.note(format!(
                "the words of this column that are neither are {}",
                quoted(words, "and")
            )),
        };
        let at = self.cell.or_inapplicable(at.help(help));
        let at = self.cell.kept_unknown(at);
        at.and_more(self.cell.more)
    }
}

cause! {
    FW0910 OutsideRange {
        cell: CellAt,
        /// As written in rules: `0..25`.
        range: String,
        /// Where the indicator is declared.
        declared: forewarn_diagnostics::source::Span,
    }
}

impl OutsideRange {
    fn words(&self) -> Diagnostic {
        let text = short(&self.cell.text);
        let title = format!(
            "{text} lies outside the range of `{}`, {}",
            self.cell.name, self.range
        );
        Diagnostic::at(self, title, self.cell.place(), self.cell.label())
            .mark(
                self.declared,
                format!("`{}` is declared here", self.cell.name),
            )
            .help(
                "correct the cell or the column's unit; to go on without such values, declare \
                 `on violation missing`",
            )
            .and_more(self.cell.more)
    }
}

/// The place of a whole column.
pub(super) fn column_place(file: &str, column: Option<&str>) -> Place {
    Place::Data(DataPlace {
        file: file.to_owned(),
        column: column.map(str::to_owned),
        ..DataPlace::default()
    })
}
