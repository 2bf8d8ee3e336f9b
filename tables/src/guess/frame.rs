//! Where the table begins and ends in a file.

use super::found::{Framed, Guess, text};
use super::keys::is_year;
use crate::csv::Sampled;
use crate::grid::{Cells, KeptRow};
use crate::recipe::{Recipe, hxl_tags, is_sep, without_flag};
use forewarn_plan::{Plan, scripts};
use forewarn_runtime::bind::{is_total, key_names, says_missing, usual};
use std::borrow::Cow;

/// The sign that stands equally often in most lines.
pub(super) fn delimiter(bytes: &[u8]) -> Option<u8> {
    let lines: Vec<&[u8]> = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .take(60)
        .collect();
    let score = |sign: u8| {
        let counts = lines.iter().map(|line| {
            let mut quoted = false;
            line.iter()
                .filter(|byte| {
                    quoted ^= **byte == b'"';
                    !quoted && **byte == sign
                })
                .count()
        });
        let counts: Vec<usize> = counts.collect();
        let most = counts.iter().filter(|count| **count > 0).map(|count| {
            (
                counts.iter().filter(|other| *other == count).count(),
                *count,
            )
        });
        most.max().unwrap_or((0, 0))
    };
    let signs = [b'|', b'\t', b';', b','].map(|sign| (score(sign), sign));
    signs
        .into_iter()
        .max()
        .filter(|((lines, _), _)| *lines > 0)
        .map(|(_, sign)| sign)
}

/// A delimiter in words.
pub(super) fn sign(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "tabs".to_owned(),
        other => format!("`{}`", char::from(other)),
    }
}

fn filled(row: &KeptRow) -> usize {
    (0..row.width())
        .filter(|column| !row.is_missing(*column))
        .count()
}

fn in_our_digits(text: &str) -> Cow<'_, str> {
    scripts::in_our_digits(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// What stands in columns of numbers: one in whatever way of writing, with a flag, or what says that there is none.
pub(super) fn is_value(text: &str) -> bool {
    says_missing(text) || is_number(text) || without_flag(text).is_some_and(is_number)
}

pub(super) fn is_number(text: &str) -> bool {
    let marks = |letter: char| {
        matches!(letter, ',' | '.' | '\'' | '’' | '%' | '٫' | '٬') || letter.is_whitespace()
    };
    let text = &*in_our_digits(text);
    let bare = text.trim_start_matches(['-', '+', '−']).replace(marks, "");
    let digits = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    digits || text.parse::<f64>().is_ok()
}

fn has_digit(text: &str) -> bool {
    in_our_digits(text).contains(|letter: char| letter.is_ascii_digit())
}

/// Is there a year in it, whatever stands beside: `2022 (p)`?
fn has_year(text: &str) -> bool {
    let text = in_our_digits(text);
    let mut parts = text.split(|letter: char| !letter.is_ascii_digit());
    parts.any(is_year)
}

/// Words only: what a header is made of. Years are words of a header.
fn is_wordy(row: &KeptRow) -> bool {
    let cells = (0..row.width()).map(|column| text(row, column));
    let cells: Vec<String> = cells.filter(|text| !text.is_empty()).collect();
    let numbers = cells
        .iter()
        .filter(|text| is_number(text) && crate::recipe::period_in(text).is_none());
    cells.len() >= 2 && numbers.count() == 0
        || cells.len() == 1
            && row.width() == 1
            && !is_number(cells.first().map_or("", String::as_str))
}

/// Takes the table out of its frame.
pub(super) fn framed(
    sampled: &Sampled,
    said: &Recipe,
    plan: Option<&Plan>,
    guess: &mut Guess,
) -> Option<Framed> {
    let rows: Vec<&(u64, KeptRow)> = sampled
        .first
        .iter()
        .filter(|(number, row)| *number > said.frame.skip as u64 && !row.is_blank())
        .filter(|(number, row)| *number != 1 || !is_sep(&text(row, 0)))
        .collect();
    let rows = without_rules(rows, said, guess);
    // How many cells most rows have.
    let typical = {
        let mut widths: Vec<usize> = rows.iter().map(|(_, row)| row.width()).collect();
        widths.sort_unstable();
        let mut best = (0, 0);
        for width in widths
            .iter()
            .copied()
            .filter(|width| *width > 1 || widths.last() == Some(&1))
        {
            let count = widths.iter().filter(|other| **other == width).count();
            best = best.max((count, width));
        }
        best.1
    };
    let fullest = rows
        .iter()
        .skip(1)
        .filter(|(_, row)| row.width() == typical)
        .map(|(_, row)| filled(row))
        .max()
        .unwrap_or(1);
    let words: Vec<String> = said
        .frame
        .header
        .iter()
        .map(|word| word.to_lowercase())
        .collect();
    let fits = |row: &KeptRow| {
        if words.is_empty() {
            row.width() == typical && filled(row) * 2 >= fullest && is_wordy(row)
        } else {
            let cells: Vec<String> = (0..row.width())
                .map(|column| text(row, column).to_lowercase())
                .collect();
            words.iter().all(|word| cells.contains(word))
        }
    };
    let place = rows.iter().take(60).position(|(_, row)| fits(row))?;
    let above = place.checked_sub(1).and_then(|above| rows.get(above));
    let above = above.filter(|(number, row)| {
        let own = rows.get(place);
        let next = own.is_some_and(|(header, _)| number + 1 == *header);
        let repeats = own.is_some_and(|(_, header)| {
            let names = (0..header.width()).map(|column| text(header, column));
            twice(&names.collect::<Vec<_>>())
        });
        words.is_empty()
            && said.frame.header_rows <= 1
            && row.width() == typical
            && filled(row) >= 2
            && is_wordy(row)
            && next
            && repeats
    });
    let two_rows = above.is_some();
    let place = if two_rows { place - 1 } else { place };
    let (number, header) = rows.get(place)?;
    preamble(&rows, place, *number, said, guess);
    let mut names: Vec<String> = (0..header.width())
        .map(|column| text(header, column))
        .collect();
    let mut from = place + 1;
    if two_rows && let Some((second_number, second)) = rows.get(from) {
        guess.recipe.frame.header_rows = 2;
        guess.see(
            "its header takes two rows",
            Some(*second_number),
            "the second of them",
        );
        names = joined(&names, second);
        from += 1;
    }
    let asked_rows = if two_rows {
        1
    } else {
        said.frame.header_rows.max(1)
    };
    let mut tags = Vec::new();
    // Rows under the header that are no data.
    if let Some((second_number, second)) = rows.get(from) {
        let data = rows.get(from + 1).map(|(_, row)| row);
        if asked_rows > 1 {
            from += asked_rows - 1;
        } else if !hxl_tags(second).is_empty() {
            tags = hxl_tags(second);
            from += 1;
        } else if let Some(parts) =
            under_merged(&names, &rows, from).filter(|_| !said.frame.units_row)
        {
            guess.recipe.frame.header_rows = 2;
            guess.see(
                "its header takes two rows",
                Some(*second_number),
                "the second of them",
            );
            names = parts;
            from += 1;
            if let (Some((units, third)), Some((_, data))) = (rows.get(from), rows.get(from + 1))
                && under(third, data)
            {
                guess.recipe.frame.units_row = true;
                guess.see(
                    "the row under its header says units",
                    Some(*units),
                    "no data",
                );
                from += 1;
            }
        } else if !said.frame.units_row
            && let Some(data) = data
            && under(second, data)
            && !is_data(
                second,
                data,
                &names,
                rows.get(from + 1..).unwrap_or_default(),
                plan,
            )
        {
            let inner = names.iter().take_while(|name| !name.is_empty()).count();
            let last = names.iter().rposition(|name| !name.is_empty()).unwrap_or(0);
            let spread = inner < last || twice(&names);
            if spread && is_wordy(second) {
                guess.recipe.frame.header_rows = 2;
                guess.see(
                    "its header takes two rows",
                    Some(*second_number),
                    "the second of them",
                );
                names = joined(&names, second);
            } else {
                guess.recipe.frame.units_row = true;
                guess.see(
                    "the row under its header says units",
                    Some(*second_number),
                    "no data",
                );
            }
            from += 1;
        } else if said.frame.units_row {
            from += 1;
        }
    }
    let mut body: Vec<(u64, KeptRow)> = rows.iter().skip(from).map(|row| (*row).clone()).collect();
    let tail: Vec<(u64, KeptRow)> = sampled
        .last
        .iter()
        .filter(|(_, row)| !row.is_blank())
        .cloned()
        .collect();
    let ends = if tail.is_empty() { body.clone() } else { tail };
    let remarks = footer(&ends, header.width(), said, guess);
    if let Some(first) = guess.recipe.frame.footer.first() {
        let end = body
            .iter()
            .position(|(_, row)| text(row, 0).starts_with(first.as_str()));
        body.truncate(end.unwrap_or(body.len()));
    }
    if let Some(comment) = &guess.recipe.frame.comment {
        body.retain(|(_, row)| !text(row, 0).starts_with(comment.as_str()));
    }
    let end = ends.len() - remarks.min(ends.len());
    Some(Framed {
        names,
        tags,
        header_row: Some(*number),
        body,
        ends: ends.into_iter().take(end).collect(),
    })
}

/// Rows without those that are nothing but lines of dashes, with which reports set a table apart.
fn without_rules<'r>(
    rows: Vec<&'r (u64, KeptRow)>,
    said: &Recipe,
    guess: &mut Guess,
) -> Vec<&'r (u64, KeptRow)> {
    if said.frame.comment.is_some() {
        return rows;
    }
    let sign = |row: &KeptRow| {
        let cells = (0..row.width()).map(|column| text(row, column));
        let mut cells = cells.filter(|cell| !cell.is_empty());
        let first = cells.next()?;
        let sign = first.chars().next().filter(|sign| "-=_".contains(*sign))?;
        let is_line = |cell: &str| cell.len() >= 3 && cell.chars().all(|letter| letter == sign);
        (is_line(&first) && cells.all(|cell| is_line(&cell))).then_some(sign)
    };
    let Some((number, sign)) = rows
        .iter()
        .find_map(|(number, row)| Some((*number, sign(row)?)))
    else {
        return rows;
    };
    let begins = sign.to_string().repeat(3);
    let (lines, others): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|(_, row)| text(row, 0).starts_with(&begins));
    if others.is_empty() {
        return lines;
    }
    guess.recipe.frame.comment = Some(begins);
    guess.see(
        "rows of dashes set its table apart",
        Some(number),
        "no data",
    );
    others
}

/// The names of a header of two rows, where those above stand over several columns, as merged cells do, and a row of
/// words stands below that names each of these. The row may have one of units under it.
fn under_merged(names: &[String], rows: &[&(u64, KeptRow)], from: usize) -> Option<Vec<String>> {
    let (_, second) = rows.get(from)?;
    let data = rows.get(from + 1..from + 3)?.iter();
    let has_numbers = |row: &KeptRow| (0..row.width()).any(|column| is_number(&text(row, column)));
    let mut data = data.filter(|(_, row)| has_numbers(row));
    let last = names.iter().rposition(|name| !name.is_empty()).unwrap_or(0);
    let spread = (1..=last).any(|column| names.get(column).is_some_and(String::is_empty));
    // What has a name of its own above needs none below.
    let first_empty = text(second, 0).is_empty() && !names.first()?.is_empty();
    let below = (1..names.len())
        .filter(|column| !text(second, *column).is_empty())
        .count();
    let fits = spread && first_empty && below * 2 >= names.len() && is_wordy(second);
    (fits && data.next().is_some()).then(|| joined(names, second))
}

fn twice(names: &[String]) -> bool {
    let mut named = names.iter().filter(|name| !name.is_empty()).enumerate();
    named.any(|(at, name)| {
        names
            .iter()
            .filter(|name| !name.is_empty())
            .skip(at + 1)
            .any(|other| other == name)
    })
}

fn joined(names: &[String], second: &KeptRow) -> Vec<String> {
    let mut last = String::new();
    let names = names.iter().enumerate().map(|(column, name)| {
        if !name.is_empty() {
            last.clone_from(name);
        }
        let below = text(second, column);
        match (last.as_str(), below.as_str()) {
            ("", below) => below.to_owned(),
            (above, "") => above.to_owned(),
            (above, below) if above == below => below.to_owned(),
            (above, below) => format!("{above} {below}"),
        }
    });
    names.collect()
}

/// Does a row of words under the header say something of an entity? It then names it, in a period; or what
/// it has in place of numbers is what tables write where there is none.
fn is_data(
    row: &KeptRow,
    data: &KeptRow,
    names: &[String],
    later: &[&(u64, KeptRow)],
    plan: Option<&Plan>,
) -> bool {
    let width = row.width().max(data.width());
    // `2024-10` over `2024-11`, `R01` over `R02`.
    let is_key = |column: usize| {
        let (own, next) = (text(row, column), text(data, column));
        has_digit(&own) && has_digit(&next) && !is_number(&next)
    };
    if (0..width).any(is_key) {
        return true;
    }
    // `2022 (p)` over `2023`, and an entity that later rows are about, too.
    let is_of_years = |column: usize| {
        let rows = || later.iter().map(|(_, row)| text(row, column));
        let years = std::iter::once(text(data, column)).chain(rows());
        has_year(&text(row, column))
            && years
                .filter(|cell| !cell.is_empty())
                .all(|cell| has_year(&cell))
    };
    let comes_later = |column: usize| {
        let own = text(row, column);
        let rows = std::iter::once(data).chain(later.iter().map(|(_, row)| row));
        let same = rows.filter(|row| text(row, column) == own).count();
        !own.is_empty() && !is_number(&own) && !says_missing(&own) && same > 0
    };
    let named = names_keys(names, plan, width);
    if (0..width).any(is_of_years) || named.iter().copied().any(comes_later) {
        return true;
    }
    // Of somebody, a number with a flag is a value: `4.1*`. Without, it may be a unit, as `1000 t` is.
    let of_somebody = named.first().copied().unwrap_or(0);
    let somebody = text(row, of_somebody).to_lowercase();
    let has_value = |column: usize| {
        let own = text(row, column);
        column != of_somebody && !says_missing(&own) && is_value(&own)
    };
    if is_name(&somebody) && (0..width).any(has_value) {
        return true;
    }
    let mut words = (0..width)
        .filter(|column| is_number(&text(data, *column)))
        .map(|column| (column, text(row, column)))
        .filter(|(_, text)| !text.is_empty())
        .peekable();
    let comes_again = |column: usize, word: &str| {
        let mut later = later.iter();
        later.any(|(_, row)| text(row, column) == word)
    };
    let any = words.peek().is_some();
    if any && words.all(|(column, word)| says_missing(&word) || comes_again(column, &word)) {
        return true;
    }
    // Without periods an entity is all the key that there is.
    let Some(plan) = plan.filter(|plan| plan.panel.period.is_none()) else {
        return false;
    };
    let keys = key_names(plan, &[]);
    let entity = keys.keys.first().into_iter().flatten();
    let column = entity
        .filter_map(|name| names.iter().position(|known| known == name))
        .next()
        .unwrap_or(0);
    is_name(&text(row, column).to_lowercase())
}

/// Does a cell under the names of entities, in small letters, name one? Rows of units say there what it is.
fn is_name(cell: &str) -> bool {
    const OF_UNITS: [&str; 7] = ["unit", "units", "code", "name", "text", "iso3", "id"];
    !cell.is_empty()
        && !says_missing(cell)
        && !OF_UNITS.contains(&cell.trim_matches(['(', ')', '[', ']']))
}

/// The columns that are called as what names the entities.
fn names_keys(names: &[String], plan: Option<&Plan>, width: usize) -> Vec<usize> {
    let key = plan.and_then(|plan| plan.panel.keys.first());
    let called = key.map_or("", |key| key.name.as_str());
    usual::entities(called, names)
        .filter_map(|name| names.iter().position(|known| known == name))
        .filter(|column| *column < width)
        .collect()
}

/// Is this a row of words over a row of numbers?
fn under(row: &KeptRow, data: &KeptRow) -> bool {
    let numeric: Vec<usize> = (0..data.width())
        .filter(|column| is_number(&text(data, *column)))
        .collect();
    let words = numeric.iter().filter(|column| {
        let cell = text(row, **column);
        !is_number(&cell) && !cell.is_empty()
    });
    let numbers = numeric.iter().any(|column| is_number(&text(row, *column)));
    // A year in a header may stand over values.
    !numbers && words.count() * 2 >= numeric.len().max(1) && !numeric.is_empty()
}

fn preamble(rows: &[&(u64, KeptRow)], place: usize, number: u64, said: &Recipe, guess: &mut Guess) {
    if place == 0 || !said.frame.header.is_empty() {
        return;
    }
    let above = rows.get(..place).unwrap_or_default();
    if above.iter().all(|(_, row)| text(row, 0).starts_with('#')) {
        guess.recipe.frame.comment = Some("#".to_owned());
        guess.see(
            "lines that begin with `#` are remarks",
            above.first().map(|(number, _)| *number),
            "a remark",
        );
        return;
    }
    let skip = usize::try_from(number - 1).unwrap_or(0);
    guess.recipe.frame.skip = skip;
    let lines = if skip == 1 {
        "1 line stands".to_owned()
    } else {
        format!("{skip} lines stand")
    };
    guess.see(
        format!("{lines} before its header"),
        Some(number),
        "the header",
    );
}

/// Rows at the end that are no data.
fn footer(rows: &[(u64, KeptRow)], width: usize, said: &Recipe, guess: &mut Guess) -> usize {
    if !said.frame.footer.is_empty() {
        return 0;
    }
    let is_footer = |row: &KeptRow| {
        let first = text(row, 0);
        let short = row.width() < width || (1..width).all(|column| row.is_missing(column));
        let wordy = first.contains([' ', ':', '©', '*']) || first.chars().count() > 12;
        let wordy = wordy && !is_total(&first);
        (short && width > 2 || row.width() < width)
            && !first.is_empty()
            && wordy
            && !is_number(&first)
    };
    let tail = rows
        .iter()
        .rev()
        .take_while(|(_, row)| is_footer(row))
        .count();
    if tail == 0 || tail == rows.len() {
        return 0;
    }
    let Some((number, row)) = rows.get(rows.len() - tail) else {
        return 0;
    };
    let first = text(row, 0);
    let end = first.find(':').map_or_else(
        || {
            first
                .char_indices()
                .nth(40)
                .map_or(first.len(), |(at, _)| at)
        },
        |at| at + 1,
    );
    let beginning = first.get(..end).unwrap_or(&first).trim_end().to_owned();
    guess.recipe.frame.footer = vec![beginning];
    guess.see(
        "remarks stand behind its data",
        Some(*number),
        "from here on nothing is data",
    );
    tail
}
