//! How numbers and truths are written, where it is not the usual way.

use super::found::{Framed, Guess, text};
use crate::recipe::{Shape, marked_period, month_in, period_by, without_flag};
use forewarn_plan::numbers::show;
use forewarn_plan::{InputKind, Plan};
use forewarn_runtime::bind::{CellReader, Decimal, Multiple, key_names, multiplied, says_missing};
use forewarn_runtime::causes::data::yes_and_no;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn cells(body: &Framed, plan: Option<&Plan>, guess: &mut Guess) {
    let values = numbers(body, plan, guess);
    marks(&values, guess);
    if let Some(plan) = plan {
        missing_names(body, plan, guess);
        truths(body, plan, guess);
    }
}

pub(super) fn column_texts<'b>(
    body: &'b Framed,
    column: usize,
) -> impl Iterator<Item = (u64, String)> + 'b {
    let rows = body
        .body
        .iter()
        .map(move |(number, row)| (*number, text(row, column)));
    rows.filter(|(_, text)| !text.is_empty())
}

/// All texts that are to be numbers.
fn numbers(body: &Framed, plan: Option<&Plan>, guess: &Guess) -> Vec<(u64, String)> {
    let read = |name: &String| match (&guess.recipe.shape, plan) {
        (Shape::Long { value, .. }, _) => name == value,
        (Shape::Periods { .. }, _) => {
            let flagged = guess.recipe.flags && marked_period(name, &guess.recipe.ways()).is_some();
            flagged || period_by(name, &guess.recipe.ways()).is_some() || month_in(name).is_some()
        }
        // Whatever says nothing of keys is an entity.
        (Shape::Entities { .. }, Some(plan)) => !key_names(plan, &guess.recipe.map)
            .all()
            .any(|key| key == name),
        (Shape::Entities { .. }, None) => true,
        (Shape::Wide { pattern }, _) => pattern.read(name, &guess.recipe.ways()).is_some(),
        (Shape::Plain, Some(plan)) => plan.inputs.iter().any(|input| {
            let mapped = guess
                .recipe
                .map
                .iter()
                .find(|(known, _)| *known == input.name);
            let column = mapped.map(|(_, column)| column).or(input.column.as_ref());
            input.kind == InputKind::Number && column.unwrap_or(&input.name) == name
        }),
        (Shape::Plain, None) => true,
    };
    let columns = body.names.iter().enumerate().filter(|(_, name)| read(name));
    let mut all = Vec::new();
    for (column, _) in columns {
        let texts: Vec<(u64, String)> = column_texts(body, column).collect();
        let digits = texts
            .iter()
            .filter(|(_, text)| text.contains(|letter: char| letter.is_ascii_digit()));
        if plan.is_some() || digits.count() * 2 > texts.len() {
            all.extend(texts);
        }
    }
    all
}

/// Letters that say how good a value is are few: `8.2 p`, and not `12 dead`.
fn is_flag(text: &str, number: &str) -> bool {
    let flag = text.get(number.len()..).unwrap_or_default();
    // `(0)` is no number with a flag.
    flag.trim().chars().count() <= 3 && !number.starts_with('(')
}

/// `#REF!`: the formula has no result. `#N/A` is written on purpose, too.
fn is_fault(word: &str) -> bool {
    word.starts_with('#') && word.ends_with(['!', '?'])
}

/// Words that stand several times among numbers: most likely what the file writes where there is none.
fn repeated_words(values: &[(u64, String)]) -> BTreeSet<String> {
    let has_digit = |text: &str| text.contains(|letter: char| letter.is_ascii_digit());
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, text) in values.iter().filter(|(_, text)| !has_digit(text)) {
        *times.entry(text).or_default() += 1;
    }
    let words: usize = times.values().sum();
    let again = times.into_iter().filter(|(_, times)| *times > 1);
    match words * 2 < values.len() {
        true => again.map(|(word, _)| word.to_owned()).collect(),
        false => BTreeSet::new(),
    }
}

/// Decimal marks, thousands, flags and words for missing.
fn marks(values: &[(u64, String)], guess: &mut Guess) {
    let again = repeated_words(values);
    let is_word = |text: &str| says_missing(text) || again.contains(text);
    let mut missing: BTreeSet<String> = BTreeSet::new();
    let mut odd: Vec<(u64, &str)> = Vec::new();
    let mut flagged = None;
    // Letters that multiply, and those that may.
    let mut multiple = None;
    let mut perhaps = None;
    for (row, text) in values {
        let bare = text.as_str();
        if is_word(bare) {
            missing.insert(bare.to_owned());
            continue;
        }
        let by = multiplied(bare);
        match by {
            Some((_, Multiple::Times(_))) => {
                multiple.get_or_insert((*row, text.clone()));
            }
            Some((_, Multiple::Perhaps(_))) => {
                perhaps.get_or_insert((*row, text.clone()));
            }
            Some((_, Multiple::Unclear)) => continue,
            None => {}
        }
        let bare = match without_flag(bare) {
            _ if let Some((number, _)) = by => number,
            Some(number) if bare.parse::<f64>().is_err() && is_flag(bare, number) => {
                flagged.get_or_insert((*row, text.clone()));
                number
            }
            _ => match bare.split_once(' ') {
                // A flag behind a word for missing.
                Some((word, flag)) if is_word(word) && flag.len() <= 3 => {
                    missing.insert(word.to_owned());
                    continue;
                }
                _ => bare,
            },
        };
        let bare = bare.trim_end_matches('%').trim_end();
        // What is no number in any way of writing says nothing of marks.
        let sign = |letter: char| ",.'’‘´_+-".contains(letter) || letter.is_whitespace();
        let numeric = bare
            .chars()
            .all(|letter| letter.is_ascii_digit() || sign(letter));
        if numeric && bare.parse::<f64>().is_err() {
            odd.push((*row, bare));
        }
    }
    let said = guess.recipe.multiples || guess.recipe.flags;
    match (multiple, perhaps) {
        (Some((row, text)), _) if !guess.recipe.multiples => {
            guess.recipe.multiples = true;
            guess.see(
                "words behind values multiply them",
                Some(row),
                format!("`{text}`"),
            );
        }
        (None, Some((row, text))) if flagged.is_none() && !said => {
            let number = multiplied(&text).map_or("", |(number, _)| number);
            guess.asked.push(format!(
                "`{text}` is {number} with `--flags` (`flags = true`), if the letters say how good the value is, and \
                 so many times as much with `--multiples` (`multiples = true`): say which the file means"
            ));
            flagged = Some((row, text));
        }
        _ => {}
    }
    if let Some((row, text)) = flagged.filter(|_| !guess.recipe.flags) {
        guess.recipe.flags = true;
        guess.see(
            "letters stand behind values",
            Some(row),
            format!("`{text}`"),
        );
    }
    let new: Vec<String> = missing
        .into_iter()
        .filter(|word| !guess.recipe.missing.contains(word))
        .collect();
    let faults: Vec<String> = new
        .iter()
        .filter(|word| is_fault(word))
        .map(|word| format!("`{word}`"))
        .collect();
    if let Some((last, others)) = faults.split_last() {
        let (are, names) = match others {
            [] => ("is what a formula without a result", last.clone()),
            others => (
                "are what formulas without a result",
                format!("{} and {last}", others.join(", ")),
            ),
        };
        let write = if others.is_empty() { "writes" } else { "write" };
        guess.asked.push(format!(
            "{names} {are} {write}, read as nothing: have the spreadsheet mended, or say that it is so"
        ));
    }
    guess.recipe.missing.extend(new);
    let Some((row, example)) = odd.first().copied() else {
        return;
    };
    if guess.recipe.thousands.is_some() {
        return;
    }
    let said = guess.recipe.decimal;
    let decimal_points = values
        .iter()
        .any(|(_, text)| text.contains('.') && text.parse::<f64>().is_ok());
    // The ways of writing that read all of them, each with what it makes of them.
    let mut fits: Vec<(Decimal, Option<char>, Vec<f64>)> = Vec::new();
    for (decimal, sign) in [
        (Decimal::Point, Some(',')),
        (Decimal::Point, Some(' ')),
        (Decimal::Point, Some('\'')),
        (Decimal::Comma, None),
        (Decimal::Comma, Some('.')),
        (Decimal::Comma, Some(' ')),
        (Decimal::Comma, Some('\'')),
    ] {
        let reader = CellReader::new(&forewarn_runtime::bind::BindOptions {
            decimal,
            thousands: sign,
            ..Default::default()
        });
        if decimal == Decimal::Comma && sign != Some('.') && decimal_points {
            continue;
        }
        // `1.562` among `6,2` is whole.
        let pointed = |(_, text): &&(u64, String)| {
            let points = decimal == Decimal::Comma && sign == Some('.') && decimal_points;
            points && text.contains('.') && text.parse::<f64>().is_ok()
        };
        let mut pointed = values.iter().filter(pointed).peekable();
        let has_points = pointed.peek().is_some();
        if !pointed.all(|(_, text)| {
            reader
                .number(forewarn_runtime::bind::Cell::Text(text))
                .is_some()
        }) {
            continue;
        }
        // A blank is read beside any sign, and is no other one.
        let stands = |sign: char| {
            let is_it = |letter: char| match sign {
                ' ' => letter.is_whitespace(),
                '\'' => "'’‘´".contains(letter),
                sign => letter == sign,
            };
            sign == '.' && has_points || odd.iter().any(|(_, text)| text.contains(is_it))
        };
        if sign.is_some_and(|sign| !stands(sign)) {
            continue;
        }
        let read = |text: &str| reader.number(forewarn_runtime::bind::Cell::Text(text));
        let numbers: Option<Vec<f64>> = odd.iter().map(|(_, text)| read(text)).collect();
        fits.extend(numbers.map(|numbers| (decimal, sign, numbers)));
    }
    // What is said holds wherever it reads them.
    let as_said = |decimal: Decimal| said.is_none_or(|said| said == decimal);
    if fits.iter().any(|(decimal, ..)| as_said(*decimal)) {
        fits.retain(|(decimal, ..)| as_said(*decimal));
    }
    let mut fits = fits.into_iter();
    if let Some((decimal, sign, numbers)) = fits.next() {
        if let Some((other, mark, others)) = fits.find(|(.., others)| *others != numbers)
            && let (Some(one), Some(two)) = (numbers.first(), others.first())
        {
            let options = [(decimal, sign), (other, mark)].map(|(decimal, sign)| {
                let point = (decimal == Decimal::Comma).then(|| "--decimal ,".to_owned());
                let sign = sign.map(|sign| match sign {
                    ' ' | '\'' => format!("--thousands \"{sign}\""),
                    sign => format!("--thousands {sign}"),
                });
                point
                    .into_iter()
                    .chain(sign)
                    .collect::<Vec<String>>()
                    .join(" ")
            });
            let [first, second] = options;
            guess.asked.push(format!(
                "`{example}` is {} with `{first}` and {} with `{second}`: say which the file means",
                show(*one),
                show(*two)
            ));
        }
        let contrary = said.filter(|said| *said != decimal);
        guess.recipe.decimal = match contrary {
            Some(_) => Some(decimal),
            None => said.or((decimal == Decimal::Comma).then_some(decimal)),
        };
        guess.recipe.thousands = sign;
        let mut seen = Vec::new();
        if let Some(sign) = sign {
            let sign = if sign == ' ' {
                "a blank".to_owned()
            } else {
                format!("`{sign}`")
            };
            seen.push(format!("{sign} sets thousands apart"));
        }
        if decimal == Decimal::Comma && said != Some(decimal) {
            let but = if contrary.is_some() {
                ", and `.` is said to"
            } else {
                ""
            };
            seen.push(format!("a comma marks decimals{but}"));
        }
        // What is said already is nothing that was found out.
        if !seen.is_empty() {
            guess.see(seen.join(" and "), Some(row), format!("`{example}`"));
        }
    }
}

/// Words for missing in all columns of numbers, whether or not the rules read them.
pub(super) fn words_for_missing(body: &Framed, guess: &mut Guess) {
    for column in 0..body.names.len() {
        let texts: Vec<String> = column_texts(body, column).map(|(_, text)| text).collect();
        let is_word = |text: &&String| {
            let bare = text.split(' ').next().unwrap_or(text);
            says_missing(text) || says_missing(bare)
        };
        let words: BTreeSet<String> = texts
            .iter()
            .filter(is_word)
            .map(|text| match says_missing(text) {
                true => text.clone(),
                false => text.split(' ').next().unwrap_or(text).to_owned(),
            })
            .collect();
        let digits = texts
            .iter()
            .filter(|text| text.contains(|letter: char| letter.is_ascii_digit()));
        if !words.is_empty() && digits.count() > 0 {
            let new: Vec<String> = words
                .into_iter()
                .filter(|word| !guess.recipe.missing.contains(word))
                .collect();
            guess.recipe.missing.extend(new);
        }
    }
}

/// Words for yes and no.
fn truths(body: &Framed, plan: &Plan, guess: &mut Guess) {
    for input in plan
        .inputs
        .iter()
        .filter(|input| input.kind == InputKind::Truth)
    {
        let mapped = guess
            .recipe
            .map
            .iter()
            .find(|(known, _)| *known == input.name);
        let name = mapped
            .map(|(_, column)| column)
            .or(input.column.as_ref())
            .unwrap_or(&input.name);
        let Some(column) = body.names.iter().position(|known| known == name) else {
            continue;
        };
        const USUAL: [&str; 9] = [
            "yes", "no", "true", "false", "1", "0", "1.0", "0.0", "unknown",
        ];
        let words: BTreeSet<String> = column_texts(body, column)
            .map(|(_, text)| text)
            .filter(|text| {
                !USUAL.contains(&text.to_lowercase().as_str())
                    && !guess.recipe.missing.contains(text)
                    && !guess.recipe.yes.contains(text)
                    && !guess.recipe.no.contains(text)
            })
            .collect();
        let words: Vec<String> = words.into_iter().collect();
        if let Some((yes, no)) = yes_and_no(&words).filter(|_| !words.is_empty()) {
            guess.recipe.yes.extend(yes);
            guess.recipe.no.extend(no);
        }
    }
}

/// Words for missing among levels, categories and truths.
fn missing_names(body: &Framed, plan: &Plan, guess: &mut Guess) {
    for input in &plan.inputs {
        let names: &[String] = match &input.kind {
            InputKind::Level { names, .. } | InputKind::Category { names } => names,
            InputKind::Truth => &[],
            InputKind::Number
            | InputKind::Verification { .. }
            | InputKind::Applies { .. }
            | InputKind::Age { .. }
            | InputKind::Key { .. } => continue,
        };
        let mut map = guess.recipe.map.iter();
        let mapped = map.find(|(known, _)| *known == input.name);
        let name = mapped.map(|(_, column)| column).or(input.column.as_ref());
        let name = name.unwrap_or(&input.name);
        let Some(column) = body.names.iter().position(|known| known == name) else {
            continue;
        };
        let words: BTreeSet<String> = column_texts(body, column)
            .map(|(_, text)| text)
            .filter(|text| says_missing(text) && !names.contains(text))
            // A cross stands for yes in as many tables as for nothing.
            .filter(|text| input.kind != InputKind::Truth || !text.eq_ignore_ascii_case("x"))
            .filter(|text| !input.inapplicable.contains(text))
            .filter(|text| !text.eq_ignore_ascii_case("unknown"))
            .filter(|text| !guess.recipe.missing.contains(text))
            .collect();
        guess.recipe.missing.extend(words);
    }
}
