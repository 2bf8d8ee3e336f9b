//! Which columns hold the keys, where the header calls them otherwise.
//!
//! In: rows of a table, and the rules that are to read it. Out: entries of `map`, and what people have to
//! choose. What names the entities is what tells the rows apart together with their periods.

use super::found::{Framed, Guess, text};
use super::said::said_period;
use super::sums::says_sum;
use crate::recipe::{is_event_id, is_iso3};
use forewarn_plan::{PeriodKind, Plan, scripts};
use forewarn_runtime::bind::usual::{self, plain};
use forewarn_runtime::bind::{key_names, sums_up};
use forewarn_runtime::period;
use std::collections::{BTreeMap, BTreeSet};

/// Finds the columns of the period and of the entity.
pub(super) fn keys(body: &Framed, plan: &Plan, guess: &mut Guess) {
    let before = guess.recipe.map.len();
    if let Some(kind) = plan.panel.period {
        periods(body, plan, kind, guess);
    }
    // The entity is told first.
    let periods = guess.recipe.map.split_off(before);
    let with: Vec<(String, String)> = [guess.recipe.map.clone(), periods.clone()].concat();
    let named = key_names(plan, &with);
    let first = named.keys.first();
    if first.is_some_and(|names| !names.iter().any(|name| body.names.contains(name))) {
        entity(body, plan, &period_places(body, plan, &with), guess);
    }
    guess.recipe.map.extend(periods);
    filled(body, plan, guess);
}

/// Cells that are empty below one that holds for them, as merged cells are exported: with it every row has a key of
/// its own. Of events nothing holds for the next one, and rows that sum up others are of nobody.
fn filled(body: &Framed, plan: &Plan, guess: &mut Guess) {
    let names = key_names(plan, &guess.recipe.map);
    let place = |name: &String| body.names.iter().position(|known| known == name);
    // Of several keys another may tell such rows apart.
    let [key] = names.keys.as_slice() else {
        return;
    };
    let Some(entity) = key.iter().find_map(place) else {
        return;
    };
    let periods = period_places(body, plan, &guess.recipe.map);
    let Some(name) = body.names.get(entity) else {
        return;
    };
    if periods.is_empty() || guess.recipe.fill.contains(name) {
        return;
    }
    if body.names.iter().any(|name| is_event_id(name)) {
        return;
    }
    let mut above = String::new();
    let (mut empty, mut first, mut keys) = (0, None, BTreeSet::new());
    // How each period of the panel is written.
    let mut written: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for (number, row) in &body.body {
        let own = text(row, entity);
        if sums_up(&own) || own.is_empty() && says_sum(row, entity) {
            continue;
        }
        if own.is_empty() {
            empty += 1;
            first.get_or_insert(*number);
        } else {
            above = own;
        }
        let cells: Vec<String> = periods.iter().map(|column| text(row, *column)).collect();
        let says = |column: usize| said_period(body, plan, guess, column, text(row, column));
        let period: Vec<String> = periods.iter().map(|column| says(*column)).collect();
        // Several days of one month are those of events.
        if *written.entry(period.clone()).or_insert(cells.clone()) != cells {
            return;
        }
        let whole = !above.is_empty() && period.iter().all(|part| !part.is_empty());
        if !whole || !keys.insert((above.clone(), period)) {
            return;
        }
    }
    if empty > 0 {
        guess.see(
            format!("`{name}` is empty where the cell above holds"),
            first,
            "an empty cell",
        );
        guess.recipe.fill.push(name.clone());
    }
}

pub(super) fn is_year(text: &str) -> bool {
    let year = text.strip_suffix(".0").unwrap_or(text);
    year.len() == 4
        && year
            .parse::<u32>()
            .is_ok_and(|year| (1800..2200).contains(&year))
}

/// Do all cells of a column that are filled hold such a text?
pub(super) fn all(body: &Framed, column: usize, holds: impl Fn(&str) -> bool) -> bool {
    let mut texts = body
        .body
        .iter()
        .map(|(_, row)| text(row, column))
        .filter(|text| !text.is_empty())
        .peekable();
    texts.peek().is_some() && texts.all(|text| holds(&text))
}

/// The columns that the period is read from.
fn period_places(body: &Framed, plan: &Plan, map: &[(String, String)]) -> Vec<usize> {
    let names = key_names(plan, map);
    let place = |name: &String| body.names.iter().position(|known| known == name);
    if let Some(one) = names.period.iter().find_map(place) {
        return vec![one];
    }
    let two = names.two().map(|two| two.each_ref().map(place));
    two.into_iter().flatten().flatten().collect()
}

/// The column of the period, or the two that make one.
fn periods(body: &Framed, plan: &Plan, kind: PeriodKind, guess: &mut Guess) {
    let name = &plan.panel.period_name;
    let said = guess.recipe.map.iter().any(|(known, _)| known == name);
    let own = period_places(body, plan, &guess.recipe.map);
    if said || own.len() > 1 {
        return;
    }
    let found = match own.first() {
        Some(column) => year_beside(body, kind, *column).map(|year| (vec![year, *column], None)),
        None => elsewhere(body, kind).or_else(|| {
            let (begins, others) = beginnings(body, kind)?;
            let others = others.iter().filter_map(|other| body.names.get(*other));
            guess.asked.extend(others.map(|other| {
                format!("`{other}` could be the `{name}` as well: say which of them counts")
            }));
            Some((vec![begins], None))
        }),
    };
    let Some((columns, pattern)) = found else {
        return;
    };
    let names: Vec<String> = columns
        .iter()
        .filter_map(|column| body.names.get(*column).cloned())
        .collect();
    match names.as_slice() {
        [only] => guess.see(
            format!("`{name}` stands in `{only}`"),
            body.header_row,
            "the header",
        ),
        _ => guess.see(
            format!(
                "`{name}` stands in two columns, `{}`",
                names.join("` and `")
            ),
            body.header_row,
            "the header",
        ),
    }
    guess.recipe.map.push((name.clone(), names.join(",")));
    if guess.recipe.period.is_none() {
        guess.recipe.period = pattern;
    }
}

/// What tables call periods, in several languages.
fn words_of(kind: PeriodKind) -> &'static [&'static str] {
    match kind {
        PeriodKind::Year => &[
            "year",
            "annee",
            "année",
            "ano",
            "anio",
            "año",
            "an",
            "yr",
            "jahr",
            "exercice",
            "anno",
            "год",
            "рік",
            "السنة",
            "سنة",
            "年",
            "年份",
            "yıl",
            "jaar",
            "tahun",
            "mwaka",
        ],
        PeriodKind::Quarter => &["quarter", "trimestre", "quartal", "trim", "qtr"],
        PeriodKind::Month => &[
            "month",
            "mois",
            "mes",
            "mês",
            "monat",
            "periode",
            "période",
            "periodo",
            "período",
            "period",
            "date",
            "mese",
            "месяц",
            "місяць",
            "الشهر",
            "شهر",
            "月",
            "月份",
            "ay",
            "maand",
            "bulan",
            "mwezi",
            "luna",
        ],
        PeriodKind::Week(_) => &[
            "week",
            "semaine",
            "semana",
            "woche",
            "epiweek",
            "isoweek",
            "weeknumber",
            "weekno",
            "kw",
        ],
        PeriodKind::Day => &[
            "day", "date", "jour", "día", "dia", "fecha", "data", "tag", "datum",
        ],
    }
}

/// A column of years beside one with parts of a year.
fn year_beside(body: &Framed, kind: PeriodKind, column: usize) -> Option<usize> {
    let parts = match kind {
        PeriodKind::Month => 12,
        PeriodKind::Quarter => 4,
        PeriodKind::Week(_) => 53,
        PeriodKind::Day | PeriodKind::Year => return None,
    };
    let is_part = |text: &str| {
        let named = kind == PeriodKind::Month && period::month_named(text).is_some();
        named
            || text
                .parse::<u32>()
                .is_ok_and(|part| (1..=parts).contains(&part))
    };
    if !all(body, column, is_part) {
        return None;
    }
    let years: Vec<usize> = (0..body.names.len())
        .filter(|other| *other != column && all(body, *other, is_year))
        .collect();
    let named = years.iter().find(|year| {
        let name = body.names.get(**year).map(|name| plain(name));
        name.is_some_and(|name| words_of(PeriodKind::Year).contains(&name.as_str()))
    });
    match (named, years.as_slice()) {
        (Some(named), _) => Some(*named),
        (None, [only]) => Some(*only),
        (None, _) => None,
    }
}

/// The one column of periods, written in the usual way or in one that a pattern reads; else a column of
/// parts of a year that is called so.
fn elsewhere(body: &Framed, kind: PeriodKind) -> Option<(Vec<usize>, Option<period::Written>)> {
    let columns = (0..body.names.len()).filter(|column| !is_of_survey(body, *column));
    let is_period = |text: &str| {
        let ours = scripts::in_our_digits(text);
        let text = ours.as_deref().unwrap_or(text);
        period::any_of(text, period::Weekday::of(kind)).is_some_and(|(found, number)| {
            let year = period::around(found, number, PeriodKind::Year);
            found == kind && (1800..2200).contains(&year)
        })
    };
    let usual: Vec<usize> = columns
        .clone()
        .filter(|column| all(body, *column, is_period))
        .collect();
    match usual.as_slice() {
        [only] => return Some((vec![*only], None)),
        [] => {}
        _ => return None,
    }
    let is_called = |column: usize| {
        let name = body.names.get(column).map(|name| plain(name));
        name.is_some_and(|name| words_of(kind).contains(&name.as_str()))
    };
    let parts = columns.clone().find_map(|column| {
        let named = is_called(column);
        let year = named.then(|| year_beside(body, kind, column)).flatten()?;
        Some(vec![year, column])
    });
    if let Some(parts) = parts {
        return Some((parts, None));
    }
    let written: Vec<(usize, period::Written)> = columns
        .filter_map(|column| {
            let texts = body.body.iter().map(|(_, row)| text(row, column));
            let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            // One that can be read in two ways is for people to say.
            match period::patterns_of_all(&texts, kind).as_slice() {
                [only] => {
                    let written = period::Written::new(only).ok()?.in_weeks_of(kind);
                    // 1000 and 2000 are years as little as 12 and 40.
                    let is_ours = |text: &&str| {
                        written.read(text).is_ok_and(|(found, number)| {
                            let year = period::around(found, number, PeriodKind::Year);
                            (1800..2200).contains(&year)
                        })
                    };
                    texts.iter().all(is_ours).then_some((column, written))
                }
                _ => None,
            }
        })
        .collect();
    match written.as_slice() {
        [(column, written)] => Some((vec![*column], Some(*written))),
        // Several that say the same: `202404` beside `April 2024`.
        [(column, way), others @ ..]
            if others
                .iter()
                .all(|other| say_the_same(body, (*column, *way), *other)) =>
        {
            Some((vec![*column], Some(*way)))
        }
        [] => {
            // How its cells are meant is asked.
            let reads = |column: &usize| {
                let text = body.body.iter().map(|(_, row)| text(row, *column));
                let first = text.into_iter().find(|text| !text.is_empty());
                first.is_some_and(|text| !period::patterns_of(&text, kind).is_empty())
            };
            let mut named = (0..body.names.len()).filter(|column| is_called(*column));
            let column = named.find(reads)?;
            Some((vec![column], None))
        }
        _ => None,
    }
}

/// Do two columns say the same period in every row?
fn say_the_same(
    body: &Framed,
    one: (usize, period::Written),
    other: (usize, period::Written),
) -> bool {
    let read = |(column, written): (usize, period::Written), row: &crate::grid::KeptRow| {
        written.read(&text(row, column)).ok()
    };
    body.body
        .iter()
        .all(|(_, row)| read(one, row) == read(other, row))
}

/// Is this a column that says of a questionnaire when and by which device it was filled in, and nothing of what is
/// reported?
fn is_of_survey(body: &Framed, column: usize) -> bool {
    const OF_SURVEYS: [&str; 6] = [
        "uuid",
        "instanceid",
        "version",
        "submissiontime",
        "metainstanceid",
        "formversion",
    ];
    const TIMES: [&str; 9] = [
        "start",
        "end",
        "today",
        "starttime",
        "endtime",
        "submissiontime",
        "submissiondate",
        "submittedat",
        "receivedat",
    ];
    let names = || body.names.iter().map(|name| plain(name));
    let own = body
        .names
        .get(column)
        .map(|name| plain(name))
        .unwrap_or_default();
    TIMES.contains(&own.as_str()) && names().any(|name| OF_SURVEYS.contains(&name.as_str()))
}

/// Columns of which most cells are periods, or dates, in whatever way.
pub(super) fn dated(body: &Framed, kind: PeriodKind) -> Vec<usize> {
    let reads = |text: &String| {
        !period::patterns_of(text, kind).is_empty() || period::parse(kind, text).is_ok()
    };
    let most = |column: &usize| {
        let texts = body.body.iter().map(|(_, row)| text(row, *column));
        let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        // A plain number may be anything.
        let bare = texts.iter().any(|text| text.parse::<f64>().is_ok());
        !bare && texts.iter().filter(|text| reads(text)).count() * 2 >= texts.len().max(1)
    };
    let mut found: Vec<usize> = (0..body.names.len()).filter(most).collect();
    // When a questionnaire was filled in is rarely what is reported.
    found.sort_by_key(|column| is_of_survey(body, *column));
    found
}

/// Of several columns of dates the one that says when something begins, as the only one that is called so, and the
/// others: `date_start` beside `date_end`.
fn beginnings(body: &Framed, kind: PeriodKind) -> Option<(usize, Vec<usize>)> {
    const BEGIN: [&str; 10] = [
        "start", "begin", "from", "onset", "event", "debut", "début", "inicio", "início", "beginn",
    ];
    let reads = |text: &str| {
        !period::patterns_of(text, kind).is_empty() || period::parse(kind, text).is_ok()
    };
    let dates: Vec<usize> = (0..body.names.len())
        .filter(|column| !is_of_survey(body, *column) && all(body, *column, reads))
        .collect();
    let called = |column: &usize| {
        let name = body
            .names
            .get(*column)
            .map(|name| plain(name))
            .unwrap_or_default();
        BEGIN.iter().any(|word| name.contains(word))
    };
    let mut begin = dates.iter().copied().filter(called);
    match (begin.next(), begin.next()) {
        (Some(only), None) => {
            let others = dates.iter().copied().filter(|column| *column != only);
            Some((only, others.collect()))
        }
        (Some(_), Some(_)) | (None, _) => None,
    }
}

/// The rows of which an earlier one has the same keys, with that one.
pub(super) fn repeated(body: &Framed, columns: &[usize]) -> Vec<(u64, u64)> {
    repeated_as(body, columns, |_, text| text)
}

/// The same where what a cell says goes before how it is written.
pub(super) fn repeated_as(
    body: &Framed,
    columns: &[usize],
    says: impl Fn(usize, String) -> String,
) -> Vec<(u64, u64)> {
    let mut known: BTreeMap<Vec<String>, u64> = BTreeMap::new();
    let mut found = Vec::new();
    for (number, row) in &body.body {
        let cells = columns.iter();
        let key: Vec<String> = cells
            .map(|column| says(*column, text(row, *column)))
            .collect();
        // A row without a part of its key is another matter.
        if key.iter().any(String::is_empty) && columns.len() > 1 {
            continue;
        }
        match known.get(&key) {
            Some(first) => found.push((*first, *number)),
            None => {
                known.insert(key, *number);
            }
        }
    }
    found
}

/// The column that names the entities.
fn entity(body: &Framed, plan: &Plan, period: &[usize], guess: &mut Guess) {
    let Some(word) = plan.panel.keys.first().map(|key| &key.name) else {
        return;
    };
    let place = |name: &str| body.names.iter().position(|known| known == name);
    let mut likely: Vec<usize> = usual::entities(word, &body.names)
        .filter_map(place)
        .collect();
    if usual::are_countries(word) {
        let codes = (0..body.names.len()).filter(|column| all(body, *column, is_iso3));
        let codes: Vec<usize> = codes.filter(|column| !likely.contains(column)).collect();
        likely.extend(codes);
    }
    let apart = |column: &usize| {
        let columns: Vec<usize> = std::iter::once(*column)
            .chain(period.iter().copied())
            .collect();
        repeated(body, &columns).is_empty()
    };
    let tells: Vec<usize> = likely.iter().copied().filter(apart).collect();
    let (chosen, others) = match tells.as_slice() {
        [chosen, others @ ..] => (*chosen, others.to_vec()),
        [] => match others_that_tell(body, word, period).as_slice() {
            [chosen, others @ ..] => (*chosen, others.to_vec()),
            [] => match likely.as_slice() {
                [first, ..] => (*first, Vec::new()),
                [] => return,
            },
        },
    };
    let Some(name) = body.names.get(chosen) else {
        return;
    };
    guess.recipe.map.push((word.clone(), name.clone()));
    guess.see(
        format!("`{word}` stands in `{name}`"),
        body.header_row,
        "the header",
    );
    // What has the key's own name needs no choice.
    let is_own = plain(name) == plain(word);
    // `Country of origin` beside `Country of asylum`: whom the file is about shows in no cell.
    let says_the_same = |column: &usize| {
        let pairs = body
            .body
            .iter()
            .map(|(_, row)| (text(row, chosen), text(row, *column)));
        let pairs: BTreeSet<(String, String)> = pairs.collect();
        let one = |of: fn(&(String, String)) -> &String| {
            let all: BTreeSet<&String> = pairs.iter().map(of).collect();
            all.len() == pairs.len()
        };
        one(|pair| &pair.0) && one(|pair| &pair.1)
    };
    let about_others = likely
        .iter()
        .filter(|column| **column != chosen && !others.contains(column) && !is_own)
        .filter(|column| !says_the_same(column))
        .filter_map(|column| body.names.get(*column))
        .find(|other| usual::is_of_key(word, other));
    if let Some(other) = about_others {
        guess.asked.push(format!(
            "rows may be about the `{word}` of `{other}` as well, of which several share a period: say whom they are about"
        ));
    }
    let other = others.first().and_then(|other| body.names.get(*other));
    if let Some(other) = other.filter(|_| !is_own) {
        guess.asked.push(format!(
            "`{other}` could be the `{word}` as well: take the one that other files have"
        ));
    }
}

/// Columns that tell rows apart and come again in other periods, for entities that are no countries.
fn others_that_tell(body: &Framed, word: &str, period: &[usize]) -> Vec<usize> {
    const WORDS: [&str; 8] = [
        "code", "name", "id", "admin", "adm", "area", "region", "district",
    ];
    const NOT: [&str; 6] = [
        "indicator",
        "series",
        "variable",
        "measure",
        "unit",
        "country",
    ];
    if usual::are_countries(word) {
        return Vec::new();
    }
    let called = |column: &usize| {
        let name = body
            .names
            .get(*column)
            .map(|name| plain(name))
            .unwrap_or_default();
        WORDS.iter().any(|word| name.contains(word)) && !NOT.iter().any(|word| name.contains(word))
    };
    let comes_again = |column: &usize| {
        let values: BTreeSet<String> = body
            .body
            .iter()
            .map(|(_, row)| text(row, *column))
            .collect();
        period.is_empty() || values.len() < body.body.len()
    };
    let apart = |column: &usize| {
        let columns: Vec<usize> = std::iter::once(*column)
            .chain(period.iter().copied())
            .collect();
        repeated(body, &columns).is_empty()
    };
    (0..body.names.len())
        .filter(called)
        .filter(|column| !period.contains(column))
        .filter(comes_again)
        .filter(apart)
        .collect()
}
