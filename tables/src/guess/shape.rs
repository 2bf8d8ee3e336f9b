//! Tables of another shape: periods in columns, and one value in each row.

use super::found::{Framed, Guess, distinct, text};
use super::frame::is_value;
use super::in_names::{months_beside, said_periods};
use super::keys::repeated;
use super::names::{plain, totals};
use super::written::two_ways;
use crate::recipe::{Shape, WidePattern, flag_of, marked_period, only_indicator, period_in};
use forewarn_plan::{PeriodKind, Plan};
use forewarn_runtime::bind::key_names;
use forewarn_runtime::period::{Weekday, Written, any_of};
use std::collections::{BTreeMap, BTreeSet};

/// As many different names may stand in a column that names indicators.
const MOST_NAMES: usize = 80;

pub(super) fn shape(body: &Framed, plan: Option<&Plan>, guess: &mut Guess) {
    if guess.recipe.shape != Shape::Plain {
        return;
    }
    let of_two = said_periods(body, plan);
    let periods: Vec<&String> = match &of_two {
        Some((names, _)) => names.clone(),
        None => body
            .names
            .iter()
            .filter(|name| period_in(name).is_some())
            .collect(),
    };
    let marked = with_marks(body).filter(|_| of_two.is_none());
    let has_marks = marked.is_some();
    let (periods, range) = match marked {
        Some(marked) => (marked, None),
        None => of_one_kind(periods, plan),
    };
    let reads_them = plan.is_some_and(|plan| {
        let read = |name: &String| {
            plan.inputs
                .iter()
                .any(|input| input.column.as_ref() == Some(name))
        };
        periods.iter().any(|name| read(name)) || plan.panel.period.is_none()
    });
    if periods.len() >= 2 && !reads_them {
        if let Some((names, patterns)) = of_two.filter(|_| guess.recipe.period.is_none())
            && let ([first, others @ ..], Some(name)) = (patterns.as_slice(), names.first())
        {
            guess.recipe.period = Written::new(first).ok();
            let other = others.first();
            guess
                .asked
                .extend(other.map(|other| two_ways(name, first, other, PeriodKind::Year)));
        }
        in_columns(body, plan, guess, &periods);
        if has_marks && !guess.recipe.flags {
            guess.recipe.flags = true;
            guess.see(
                "marks beside its periods say how good the values are",
                body.header_row,
                "the header",
            );
        }
        if let (Some(of), Shape::Periods { range: asked, .. }) = (range, &mut guess.recipe.shape) {
            *asked = Some(of);
        }
        return;
    }
    if let Some((months, year)) = months_beside(body, plan).filter(|_| !reads_them) {
        in_columns(body, plan, guess, &months);
        guess.see(
            format!("the year of its months stands in `{year}`"),
            body.header_row,
            "the header",
        );
        let period = plan.map(|plan| plan.panel.period_name.clone());
        guess.recipe.map.extend(period.zip(Some(year)));
        return;
    }
    if let Some((pattern, indicators)) = pattern(&body.names)
        && plan.is_none_or(|plan| plan.panel.period.is_some() && lacks_period(body, plan, guess))
    {
        guess.see(
            format!(
                "its columns are named by indicator and period, `{}`",
                pattern.text()
            ),
            body.header_row,
            "the header",
        );
        if let Some(plan) = plan {
            let mut found = pairs(plan, &indicators, &BTreeMap::new());
            for (input, name) in perhaps(plan, &indicators, &BTreeMap::new(), &found) {
                guess.asked.push(may_be(&name, &input));
                found.push((input, name));
            }
            for (input, name) in found {
                guess.recipe.map.retain(|(known, _)| *known != input);
                if input != name {
                    guess.recipe.map.push((input, name));
                }
            }
        }
        guess.recipe.shape = Shape::Wide { pattern };
        return;
    }
    long(body, plan, guess);
}

/// The columns that are called by periods, where some have a mark that is a flag: `2023e`, `2022 (prov.)`, beside `2021`
/// or not.
fn with_marks(body: &Framed) -> Option<Vec<&String>> {
    let plain: BTreeSet<String> = body
        .names
        .iter()
        .filter_map(|name| period_in(name))
        .collect();
    let is_flagged = |name: &str| {
        // `gap_2023` is no year with a mark.
        let behind = |mark: &str| name.trim().ends_with(mark) && flag_of(mark).is_some();
        // What stands beside a column of the same period says something else of it.
        let is_new = |period: &String| !plain.contains(period);
        marked_period(name, &[]).is_some_and(|(period, mark)| behind(mark) && is_new(&period))
    };
    let all = body.names.iter();
    let found: Vec<&String> = all
        .filter(|name| period_in(name).is_some() || is_flagged(name))
        .collect();
    let marked = found.iter().any(|name| is_flagged(name));
    (found.len() >= 2 && marked).then_some(found)
}

/// The columns of the panel's periods, where others are of longer ones, as years beside their months; then with the first
/// and the last, between which no other stands.
fn of_one_kind<'b>(
    periods: Vec<&'b String>,
    plan: Option<&Plan>,
) -> (Vec<&'b String>, Option<(String, String)>) {
    let Some(kind) = plan.and_then(|plan| plan.panel.period) else {
        return (periods, None);
    };
    let of_kind = |name: &&&String| {
        let usual = period_in(name);
        let found = usual.and_then(|usual| any_of(&usual, Weekday::of(kind)));
        found.is_some_and(|(found, _)| found == kind)
    };
    let own: Vec<&String> = periods.iter().filter(of_kind).copied().collect();
    let usual = |name: &&String| period_in(name);
    let ends = own
        .iter()
        .filter_map(usual)
        .min()
        .zip(own.iter().filter_map(usual).max());
    let (true, Some((first, last))) = (own.len() >= 2 && own.len() < periods.len(), ends) else {
        return (periods, None);
    };
    let mut others = periods
        .iter()
        .filter(|name| !own.contains(*name))
        .filter_map(usual);
    match others.any(|other| first <= other && other <= last) {
        true => (periods, None),
        false => (own, Some((first, last))),
    }
}

fn lacks_period(body: &Framed, plan: &Plan, guess: &Guess) -> bool {
    let keys = key_names(plan, &guess.recipe.map);
    !keys.period.iter().any(|name| body.names.contains(name))
}

/// A column for each period.
fn in_columns(body: &Framed, plan: Option<&Plan>, guess: &mut Guess, periods: &[&String]) {
    let (first, last) = (
        periods.first().map_or("", |name| name),
        periods.last().map_or("", |name| name),
    );
    let mut naming = naming_columns(body, &[]);
    naming.extend(
        plan.filter(|_| naming.is_empty())
            .and_then(|plan| named_rows(body, plan, periods)),
    );
    let (value, name, keys) = match plan {
        None => (Some("INDICATOR".to_owned()), None, Vec::new()),
        Some(plan) => {
            let is_series = plan.panel.is_series();
            let only = only_indicator(plan);
            // One name in every row says whose values they are, where there are several indicators.
            let least = if is_series || only.is_none() { 1 } else { 2 };
            let several = naming
                .first()
                .filter(|column| distinct(body, **column).len() >= least || is_series);
            match (several, only) {
                (Some(column), _) => {
                    let codes: Vec<String> = distinct(body, *column).into_iter().collect();
                    let keys = matched(plan, &codes, body, *column);
                    if keys.is_empty() && is_series {
                        let some: Vec<String> = codes
                            .iter()
                            .take(8)
                            .map(|code| format!("`{code}`"))
                            .collect();
                        let (first, _) = chosen(plan, guess);
                        guess.asked.push(format!(
                            "say which of its rows, {}, is which indicator: `keys = {{ … }}`, or \
                             `--long-key NAME={}`",
                            some.join(", "),
                            first.as_deref().unwrap_or("INDICATOR")
                        ));
                        (None, body.names.get(*column).cloned(), Vec::new())
                    } else if keys.is_empty() {
                        let name = body.names.get(*column).cloned();
                        let apart = tells_apart(body, plan, guess, *column);
                        match name.filter(|_| apart || codes.len() == 1) {
                            // Every row is of another indicator, or all of one, whatever they are called.
                            Some(name) => {
                                let (keys, asked) = likely(plan, &codes, body, *column);
                                guess.asked.extend(asked);
                                (None, Some(name), keys)
                            }
                            None => {
                                let (value, asked) = chosen(plan, guess);
                                ask(guess, asked);
                                (value, None, Vec::new())
                            }
                        }
                    } else {
                        let name = body.names.get(*column).cloned();
                        (None, name, keys)
                    }
                }
                (None, Some(only)) => (Some(only), None, Vec::new()),
                (None, None) => {
                    let (value, asked) = chosen(plan, guess);
                    ask(guess, asked);
                    (value, None, Vec::new())
                }
            }
        }
    };
    if let Some(plan) = plan {
        only_words(body, plan, guess, periods);
    }
    // What is read from columns of periods has no column of its own.
    let targets: BTreeSet<String> = keys
        .iter()
        .map(|(_, target)| target.clone())
        .chain(value.clone())
        .collect();
    guess
        .recipe
        .map
        .retain(|(known, _)| !targets.contains(known));
    if let Some(plan) = plan {
        guess
            .recipe
            .map
            .retain(|(known, _)| *known != plan.panel.period_name);
    }
    guess.see(
        format!("its periods stand in columns, `{first}` to `{last}`"),
        body.header_row,
        "the header",
    );
    guess.recipe.shape = Shape::Periods {
        called: match plan.and_then(|plan| plan.panel.period) {
            Some(PeriodKind::Month) => "months",
            Some(PeriodKind::Quarter) => "quarters",
            Some(PeriodKind::Week(_) | PeriodKind::Day) => "periods",
            Some(PeriodKind::Year) | None => "years",
        },
        range: None,
        value,
        name,
        keys,
    };
}

/// The column that says which indicator a row is, where rows are not told apart by entities: its cells are names of
/// indicators, or in a series the only words there are.
fn named_rows(body: &Framed, plan: &Plan, periods: &[&String]) -> Option<usize> {
    let keys = key_names(plan, &[]);
    let columns = body.names.iter().enumerate();
    let free = columns.filter(|(_, name)| {
        !periods.contains(name) && !keys.keys.iter().flatten().any(|key| key == *name)
    });
    let free: Vec<usize> = free.map(|(column, _)| column).collect();
    let codes = |column: usize| distinct(body, column).into_iter().collect::<Vec<String>>();
    let is_named = |column: &usize| !matched(plan, &codes(*column), body, *column).is_empty();
    let only_words = |column: &usize| {
        let codes = codes(*column);
        let words = codes.iter().all(|code| code.parse::<f64>().is_err());
        plan.panel.is_series() && words && codes.len() == body.body.len() && !codes.is_empty()
    };
    let named = free.iter().copied().find(is_named);
    named.or_else(|| free.iter().copied().find(only_words))
}

/// The one column beside those of periods, where it is called like nothing that names entities: it names them all the
/// same.
fn only_words(body: &Framed, plan: &Plan, guess: &mut Guess, periods: &[&String]) {
    let keys = key_names(plan, &guess.recipe.map);
    let ([key], [names]) = (plan.panel.keys.as_slice(), keys.keys.as_slice()) else {
        return;
    };
    if names.iter().any(|name| body.names.contains(name)) {
        return;
    }
    let columns = body.names.iter().enumerate();
    let mut free = columns.filter(|(_, name)| !name.is_empty() && !periods.contains(name));
    let (Some((column, name)), None) = (free.next(), free.next()) else {
        return;
    };
    let words = distinct(body, column);
    if !words.is_empty() && words.iter().all(|word| word.parse::<f64>().is_err()) {
        guess.recipe.map.push((key.name.clone(), name.clone()));
        guess.see(
            format!("`{}` stands in `{name}`", key.name),
            body.header_row,
            "the header",
        );
        totals(body, plan, guess);
    }
}

fn ask(guess: &mut Guess, asked: Option<String>) {
    guess.asked.extend(asked);
}

/// One of several indicators, which people must choose.
pub(super) fn chosen(plan: &Plan, guess: &Guess) -> (Option<String>, Option<String>) {
    let open: Vec<&String> = plan
        .inputs
        .iter()
        .filter(|input| input.kind.is_indicator())
        .map(|input| &input.name)
        .filter(|name| !guess.recipe.map.iter().any(|(known, _)| known == *name))
        .collect();
    let first = open.first().map(|name| (*name).clone());
    let names: Vec<String> = open.iter().map(|name| format!("`{name}`")).collect();
    let asked =
        (open.len() > 1).then(|| format!("say whose values they are: {}", names.join(", ")));
    (first, asked)
}

/// `{indicator}_{year}`, where columns are named so, and the indicators that there are.
fn pattern(names: &[String]) -> Option<(WidePattern, Vec<String>)> {
    const PATTERNS: [&str; 14] = [
        "{indicator} {month}",
        "{month} {indicator}",
        "{indicator} {quarter}",
        "{quarter} {indicator}",
        "{year} - {indicator}",
        "{indicator} - {year}",
        "{indicator}_{year}",
        "{indicator} {year}",
        "{indicator}-{year}",
        "{indicator}.{year}",
        "{year}_{indicator}",
        "{year} {indicator}",
        "{year}-{indicator}",
        "{indicator} ({year})",
    ];
    let mut best: Option<(usize, WidePattern, Vec<String>)> = None;
    for pattern in PATTERNS {
        let Ok(pattern) = WidePattern::new(pattern) else {
            continue;
        };
        // `{month}` is said where blanks stand in the period: `killed May 2024`.
        let spelt = |name: &&String| {
            let parts = pattern.parts(name, &[]);
            let several = parts.is_some_and(|(_, period)| period.contains(' '));
            several || pattern.text().contains("{year}")
        };
        let mut found: Vec<(String, String)> = names
            .iter()
            .filter(spelt)
            .filter_map(|name| pattern.read(name, &[]))
            .collect();
        // What has one period alone is a column with a year in its name.
        let all = found.clone();
        let times = |indicator: &String| all.iter().filter(|(other, _)| other == indicator).count();
        if all.iter().any(|(indicator, _)| times(indicator) > 1) {
            found.retain(|(indicator, _)| times(indicator) > 1);
        }
        let periods: BTreeSet<&String> = found.iter().map(|(_, period)| period).collect();
        let indicators: BTreeSet<String> = found
            .iter()
            .map(|(indicator, _)| indicator.clone())
            .collect();
        if periods.len() < 2 || indicators.len() * 2 > found.len() {
            continue;
        }
        if best.as_ref().is_none_or(|(count, ..)| found.len() > *count) {
            best = Some((found.len(), pattern, indicators.into_iter().collect()));
        }
    }
    best.map(|(_, pattern, indicators)| (pattern, indicators))
}

/// Columns that seem to name indicators, the likelier ones first.
fn naming_columns(body: &Framed, keys: &[usize]) -> Vec<usize> {
    const WORDS: [&str; 17] = [
        "dataelement",
        "data element",
        "dataname",
        "indicator",
        "indicateur",
        "indicador",
        "indikator",
        "series",
        "variable",
        "measure",
        "metric",
        "item",
        "dimension",
        "factor",
        "category",
        "name",
        "code",
    ];
    let mut columns: Vec<(usize, usize)> = (0..body.names.len())
        .filter(|column| !keys.contains(column))
        .filter_map(|column| {
            let name = body.names.get(column)?.to_lowercase();
            let words = WORDS
                .iter()
                .take(14)
                .filter(|word| name.contains(**word))
                .count();
            // As health information systems call it in tables for programs.
            let words = words + usize::from(name == "dx");
            let is_code = name.contains("code") || name.ends_with("id");
            let score = words * 4 + usize::from(is_code);
            let named = words > 0 && !name.contains("country") && !name.contains("unit");
            named.then_some((column, score))
        })
        .collect();
    columns.sort_by_key(|(column, score)| (usize::MAX - score, *column));
    columns.into_iter().map(|(column, _)| column).collect()
}

/// Columns that name several indicators by words, with these.
pub(super) fn several_named(body: &Framed) -> Vec<(String, Vec<String>)> {
    let columns = naming_columns(body, &[]).into_iter();
    let named = columns.filter_map(|column| {
        let codes: Vec<String> = distinct(body, column).into_iter().collect();
        let words = codes.iter().all(|code| code.parse::<f64>().is_err());
        let several = (2..=MOST_NAMES).contains(&codes.len()) && words;
        several.then(|| Some((body.names.get(column)?.clone(), codes)))?
    });
    named.collect()
}

/// One value in each row.
fn long(body: &Framed, plan: Option<&Plan>, guess: &mut Guess) {
    let key_columns: Vec<usize> = match plan {
        Some(plan) => {
            let keys = key_names(plan, &guess.recipe.map);
            let all: Vec<&String> = keys.all().collect();
            (0..body.names.len())
                .filter(|column| {
                    body.names
                        .get(*column)
                        .is_some_and(|name| all.contains(&name))
                })
                .collect()
        }
        None => Vec::new(),
    };
    let key = |row: &crate::grid::KeptRow, columns: &[usize]| {
        let parts: Vec<String> = columns.iter().map(|column| text(row, *column)).collect();
        parts.join("\u{1f}")
    };
    let different = |columns: &[usize]| {
        let keys: BTreeSet<String> = body.body.iter().map(|(_, row)| key(row, columns)).collect();
        keys.len()
    };
    let unique = |columns: &[usize]| different(columns) == body.body.len();
    if plan.is_some() && key_columns.is_empty() {
        return;
    }
    let mut naming = naming_columns(body, &key_columns);
    // What the rules call their indicators names them, whatever the column is called.
    let names_ours = |column: &usize| {
        let codes: Vec<String> = distinct(body, *column).into_iter().collect();
        plan.is_some_and(|plan| {
            codes.len() <= MOST_NAMES && !pairs(plan, &codes, &BTreeMap::new()).is_empty()
        })
    };
    let free = (0..body.names.len()).filter(|column| !key_columns.contains(column));
    let others: Vec<usize> = free.filter(|column| !naming.contains(column)).collect();
    naming.extend(others.into_iter().filter(names_ours));
    // One row for each key may still be of one indicator among others.
    let of_one = plan.is_some_and(|plan| {
        let read = |name: &String| {
            let mut map = guess.recipe.map.iter();
            let keys = key_names(plan, &guess.recipe.map);
            let mut inputs = plan.inputs.iter();
            !keys.all().any(|key| key == name)
                && (map.any(|(_, column)| column == name)
                    || inputs.any(|input| input.column.as_ref().unwrap_or(&input.name) == name))
        };
        unique(&key_columns) && !body.names.iter().any(read)
    });
    if plan.is_some() && unique(&key_columns) && !of_one {
        return;
    }
    let Some(name) = naming.into_iter().find(|column| {
        if of_one {
            return names_ours(column);
        }
        let names = distinct(body, *column).len();
        let with = [key_columns.as_slice(), &[*column]].concat();
        let words = distinct(body, *column)
            .iter()
            .all(|word| word.parse::<f64>().is_err());
        // A row that is there twice leaves it what it is.
        let apart = || {
            let (own, whole) = (different(&key_columns), different(&with));
            whole > own && (body.body.len() - whole) * 2 < body.body.len()
        };
        (2..=MOST_NAMES).contains(&names) && words && (plan.is_none() || apart())
    }) else {
        return;
    };
    let Some(value) = value_column(body, plan, &key_columns, name) else {
        return;
    };
    let (Some(name_column), Some(value_column)) = (
        body.names.get(name).cloned(),
        body.names.get(value).cloned(),
    ) else {
        return;
    };
    let codes: Vec<String> = distinct(body, name).into_iter().collect();
    let keys = plan
        .map(|plan| matched(plan, &codes, body, name))
        .unwrap_or_default();
    if let Some(plan) = plan {
        let targets: BTreeSet<&String> = keys.iter().map(|(_, target)| target).collect();
        let open: Vec<String> = plan
            .inputs
            .iter()
            .filter(|input| !input.optional && input.kind.is_indicator())
            .filter(|input| !targets.contains(&input.name))
            .filter(|input| {
                !body
                    .names
                    .contains(input.column.as_ref().unwrap_or(&input.name))
                    || input.column.as_ref() == Some(&value_column)
            })
            .map(|input| format!("`{}`", input.name))
            .collect();
        // Where all may be absent, a table that has none of them is read for nothing.
        let none = targets.is_empty() && open.is_empty();
        let open = match none.then(|| chosen(plan, guess).0).flatten() {
            Some(first) => vec![format!("`{first}`")],
            None => open,
        };
        if !open.is_empty() {
            let some: Vec<String> = codes
                .iter()
                .take(8)
                .map(|code| format!("`{code}`"))
                .collect();
            guess.asked.push(format!(
                "say which of {} is {}: `keys = {{ … }}`, or `--long-key NAME=INDICATOR`",
                some.join(", "),
                open.join(" and ")
            ));
        }
        guess
            .recipe
            .map
            .retain(|(known, _)| !targets.contains(known));
    }
    let whole = [key_columns.as_slice(), &[name]].concat();
    if let (Some(_), Some((first, second))) = (plan, repeated(body, &whole).first()) {
        guess.asked.push(format!(
            "rows {first} and {second} are about the same thing twice: where they differ, one holds with \
             `when = \"latest wins\"`, `--when \"latest wins\"`"
        ));
    }
    let row = body.body.first().map(|(number, _)| *number);
    let some: Vec<String> = codes
        .iter()
        .take(4)
        .map(|code| format!("`{code}`"))
        .collect();
    let more = if codes.len() > 4 {
        format!(" and {} more", codes.len() - 4)
    } else {
        String::new()
    };
    guess.see(
        format!("it is a long table, with one value in each row: `{name_column}` names the indicator and `{value_column}` holds the value"),
        row,
        format!("`{name_column}` has {}{more}", some.join(", ")),
    );
    guess.recipe.shape = Shape::Long {
        name: name_column,
        value: value_column,
        keys,
    };
}

fn value_column(body: &Framed, plan: Option<&Plan>, keys: &[usize], name: usize) -> Option<usize> {
    let numeric: Vec<usize> = (0..body.names.len())
        .filter(|column| !keys.contains(column) && *column != name)
        .filter(|column| {
            let values = distinct(body, *column);
            let numbers = values.iter().filter(|value| is_value(value));
            !values.is_empty() && numbers.count() * 2 > values.len()
        })
        .collect();
    let named = |wanted: &dyn Fn(&str) -> bool| {
        numeric
            .iter()
            .copied()
            .find(|column| body.names.get(*column).is_some_and(|name| wanted(name)))
    };
    let read = |name: &str| {
        plan.is_some_and(|plan| {
            plan.inputs
                .iter()
                .any(|input| input.column.as_deref() == Some(name))
        })
    };
    named(&read)
        .or_else(|| {
            named(&|name| {
                [
                    "value", "obsvalue", "score", "figure", "amount", "valeur", "valor", "wert",
                ]
                .contains(&plain(name).as_str())
            })
        })
        .or_else(|| {
            named(&|name| {
                ["value", "score"]
                    .iter()
                    .any(|word| name.to_lowercase().contains(word))
            })
        })
        .or(match numeric.as_slice() {
            [only] => Some(*only),
            _ => None,
        })
}

/// Do rows share their keys unless this column is one?
fn tells_apart(body: &Framed, plan: &Plan, guess: &Guess, column: usize) -> bool {
    let keys = key_names(plan, &guess.recipe.map);
    let place = |name: &String| body.names.iter().position(|known| known == name);
    let keys: Vec<usize> = keys.all().filter_map(place).collect();
    let with = [keys.as_slice(), &[column]].concat();
    !keys.is_empty() && !repeated(body, &keys).is_empty() && repeated(body, &with).is_empty()
}

/// Names with the indicators that they may be, and what has to be said of them.
fn likely(
    plan: &Plan,
    codes: &[String],
    body: &Framed,
    column: usize,
) -> (Vec<(String, String)>, Vec<String>) {
    let found = perhaps(plan, codes, &words_beside(body, column), &[]);
    let mut asked: Vec<String> = found
        .iter()
        .map(|(input, code)| may_be(code, input))
        .collect();
    let known = |name: &String| found.iter().any(|(input, _)| input == name);
    let open: Vec<String> = plan
        .inputs
        .iter()
        .filter(|input| input.kind.is_indicator() && !known(&input.name))
        .map(|input| format!("`{}`", input.name))
        .collect();
    if !open.is_empty() {
        let some: Vec<String> = codes
            .iter()
            .take(8)
            .map(|code| format!("`{code}`"))
            .collect();
        asked.push(format!(
            "say which of {} is {}: `keys = {{ … }}`, or `--long-key NAME=INDICATOR`",
            some.join(", "),
            open.join(" and ")
        ));
    }
    let keys = found.into_iter().map(|(input, code)| (code, input));
    (keys.collect(), asked)
}

/// `` `SP.POP.TOTL` may be the `population`: look whether it is ``
fn may_be(code: &str, input: &str) -> String {
    format!("`{code}` may be the `{input}`: look whether it is")
}

/// Names in a long table with the indicators that they seem to be.
fn matched(plan: &Plan, codes: &[String], body: &Framed, column: usize) -> Vec<(String, String)> {
    let pairs = pairs(plan, codes, &words_beside(body, column));
    pairs
        .into_iter()
        .map(|(input, code)| (code, input))
        .collect()
}

/// What else rows say of a code: its name beside it.
fn words_beside(body: &Framed, column: usize) -> BTreeMap<String, Vec<String>> {
    let mut beside: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for other in naming_columns(body, &[])
        .into_iter()
        .filter(|other| *other != column)
    {
        for (_, row) in &body.body {
            let (code, word) = (text(row, column), text(row, other));
            let words = beside.entry(code).or_default();
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    beside
}

/// Indicators of which one name alone begins as they are called: `Population` of `Population, total`.
fn perhaps(
    plan: &Plan,
    names: &[String],
    beside: &BTreeMap<String, Vec<String>>,
    known: &[(String, String)],
) -> Vec<(String, String)> {
    let begins = |word: &str| {
        let end = word.find(['(', '[', ',', ':']).unwrap_or(word.len());
        plain(word.get(..end).unwrap_or(word))
    };
    let is_known = |input: &String, name: &String| {
        known
            .iter()
            .any(|(one, other)| one == input || other == name)
    };
    let inputs = plan.inputs.iter().filter(|input| input.kind.is_indicator());
    let found = inputs.filter_map(|input| {
        let own = [plain(&input.name), plain(&input.label)];
        let is_own = |word: &str| {
            let word = begins(word);
            !word.is_empty() && own.contains(&word)
        };
        let mut fit = names.iter().filter(|name| {
            let words = beside.get(*name).into_iter().flatten();
            (is_own(name) || words.into_iter().any(|word| is_own(word)))
                && !is_known(&input.name, name)
        });
        match (fit.next(), fit.next()) {
            (Some(only), None) => Some((input.name.clone(), only.clone())),
            (Some(_), Some(_)) | (None, _) => None,
        }
    });
    found.collect()
}

/// Indicators with the names that are theirs, by name, label or what is written beside.
fn pairs(
    plan: &Plan,
    names: &[String],
    beside: &BTreeMap<String, Vec<String>>,
) -> Vec<(String, String)> {
    let inputs = plan.inputs.iter().filter(|input| input.kind.is_indicator());
    let mut found = Vec::new();
    for input in inputs {
        let own = [
            plain(&input.name),
            plain(&input.label),
            plain(input.column.as_deref().unwrap_or_default()),
        ];
        let is_own = |word: &str| {
            let word = plain(word);
            !word.is_empty() && own.contains(&word)
        };
        let name = names.iter().find(|name| is_own(name)).or_else(|| {
            names.iter().find(|name| {
                beside
                    .get(*name)
                    .is_some_and(|words| words.iter().any(|word| is_own(word)))
            })
        });
        if let Some(name) = name {
            found.push((input.name.clone(), name.clone()));
        }
    }
    found
}
