//! Which columns the indicators are, where the header calls them otherwise, and what is left open.

use super::found::{Framed, Guess, distinct, text};
use super::frame::is_value;
use super::in_file_name::named;
use super::keys::{dated, repeated, repeated_as};
use crate::grid::Cells as _;
use crate::recipe::{Filter, Shape};
use forewarn_diagnostics::suggest::suggest;
use forewarn_plan::{InputInfo, PeriodKind, Plan};
pub(super) use forewarn_runtime::bind::usual::plain;
use forewarn_runtime::bind::usual::{in_group, is_bare};
use forewarn_runtime::bind::{by_words, describes, is_aggregate, key_names, no_sum_of, sums_up};
use forewarn_runtime::causes::data::filter_name;
use forewarn_runtime::period::{self, Period, Written};
use std::collections::BTreeSet;

fn observed(plan: &Plan) -> impl Iterator<Item = &InputInfo> {
    plan.inputs.iter().filter(|input| input.kind.is_indicator())
}

/// Columns under the names of indicators.
pub(super) fn names(body: &Framed, plan: &Plan, guess: &mut Guess) {
    for input in &plan.inputs {
        let mapped = guess.recipe.map.iter().any(|(name, _)| *name == input.name);
        let column = input.column.as_ref().unwrap_or(&input.name);
        if mapped || body.names.contains(column) || !input.kind.has_column() {
            continue;
        }
        let own = [plain(column), plain(&input.name), plain(&input.label)];
        let is_own = |name: &str| {
            let names = |name: &str| !plain(name).is_empty() && own.contains(&plain(name));
            names(name) || in_group(name).is_some_and(names)
        };
        // A column that another indicator is called like is that one's.
        let of_another = |name: &String| {
            let mut others = plan.inputs.iter().filter(|other| other.name != input.name);
            others.any(|other| other.column.as_ref().unwrap_or(&other.name) == name)
        };
        let all = || body.names.iter().filter(|name| !of_another(name));
        let bare = |name: &str| is_bare(name, is_own);
        let same = all()
            .find(|name| is_own(name))
            .or_else(|| all().find(|name| bare(name)));
        let near = same.or_else(|| {
            let near = suggest(column, all().map(String::as_str))?;
            body.names.iter().find(|name| *name == near)
        });
        let free = |name: &&String| {
            let is_taken = guess.recipe.map.iter().any(|(_, column)| column == *name);
            !is_taken && !body.names.is_empty()
        };
        let worded = || {
            let free = all().filter(free).map(String::as_str);
            by_words(&input.name, free).map(str::to_owned)
        };
        // What a tag says of its column: `#affected+killed`.
        let tagged = || {
            let tags = body.tags.iter().filter(|tag| tag.starts_with('#'));
            let tag = by_words(&input.name, tags.clone().map(String::as_str)).or_else(|| {
                // `#affected+killed` is the whole of `#affected+killed+f` and `#affected+killed+m`.
                let fits = tags.filter(|tag| {
                    let own = std::iter::once(tag.as_str());
                    by_words(&input.name, own).is_some()
                });
                let fits: Vec<&str> = fits.map(String::as_str).collect();
                let mut whole = fits.iter().filter(|tag| {
                    let is_part = |of: &&str| {
                        of.strip_prefix(**tag)
                            .is_some_and(|rest| rest.starts_with('+'))
                    };
                    fits.iter().filter(|of| is_part(of)).count() + 1 == fits.len()
                });
                whole.next().copied()
            })?;
            let column = body.tags.iter().position(|known| known == tag)?;
            body.names
                .get(column)
                .filter(|name| !of_another(name))
                .filter(free)
                .cloned()
        };
        match near.cloned().or_else(worded).or_else(tagged) {
            Some(column) if near.is_some() => guess.recipe.map.push((input.name.clone(), column)),
            Some(column) => {
                guess.asked.push(format!(
                    "`{column}` may be the `{}`: look whether it is",
                    input.name
                ));
                guess.recipe.map.push((input.name.clone(), column));
            }
            None => {}
        }
    }
}

/// What is read and has no column in a plain table, and rows that share their keys.
pub(super) fn open(body: &Framed, plan: &Plan, guess: &mut Guess) {
    if guess.recipe.shape != Shape::Plain {
        return;
    }
    let keys = key_names(plan, &guess.recipe.map);
    let has = |name: &String| body.names.contains(name);
    let mut without: Vec<String> = Vec::new();
    if let (Some(names), Some(key)) = (keys.keys.first(), plan.panel.keys.first())
        && !names.iter().any(has)
    {
        without.push(key.name.clone());
    }
    without.extend(further_keys(body, plan, guess));
    let period = keys.period.iter().any(has) || keys.two().is_some_and(|two| two.iter().all(has));
    if plan.panel.period.is_some() && !period && !named(plan, guess) {
        without.push(plan.panel.period_name.clone());
    }
    let keys_known = without.is_empty();
    let summed = |input: &InputInfo| guess.recipe.sum.iter().any(|(name, _)| *name == input.name);
    let absent = observed(plan).filter(|input| {
        let mapped = guess.recipe.map.iter().any(|(name, _)| *name == input.name);
        !input.optional
            && !mapped
            && !summed(input)
            && !has(input.column.as_ref().unwrap_or(&input.name))
    });
    without.extend(absent.map(|input| input.name.clone()));
    let is_known = |input: &&InputInfo| {
        let mapped = guess.recipe.map.iter().any(|(name, _)| *name == input.name);
        mapped || summed(input) || has(input.column.as_ref().unwrap_or(&input.name))
    };
    // Where all may be absent, none of them is asked for by itself.
    if observed(plan).all(|input| input.optional) && !observed(plan).any(|input| is_known(&input)) {
        without.extend(observed(plan).map(|input| input.name.clone()).take(1));
    }
    if let Some(first) = without.first() {
        let names: Vec<String> = without.iter().map(|name| format!("`{name}`")).collect();
        let dates = match plan.panel.period {
            Some(kind) if *first == plan.panel.period_name => dated(body, kind),
            Some(_) | None => Vec::new(),
        };
        let dates: Vec<&String> = dates
            .iter()
            .filter_map(|column| body.names.get(*column))
            .collect();
        let is_indicator = observed(plan).any(|input| input.name == *first);
        let value = called_value(body).filter(|_| is_indicator);
        let (column, holds) = match dates.as_slice() {
            [] => match value {
                Some(value) => (
                    value.as_str(),
                    format!("; `{value}` holds numbers: say of what"),
                ),
                None => ("COLUMN", String::new()),
            },
            [one] => (one.as_str(), format!("; most cells of `{one}` are dates")),
            [one, ..] => {
                let all: Vec<String> = dates.iter().map(|name| format!("`{name}`")).collect();
                let holds = format!("; dates stand in {}: choose one", all.join(", "));
                (one.as_str(), holds)
            }
        };
        guess.asked.push(format!(
            "no column is called like {}: where the file has it, `map = {{ {first} = \"{column}\" }}`{holds}",
            names.join(", ")
        ));
    }
    if keys_known {
        aggregates(body, plan, guess);
    }
    if keys_known && guess.recipe.sum.is_empty() && guess.recipe.when.is_none() {
        shared(body, plan, guess);
    }
}

/// Keys within the first that have no column, where rows are not told apart without them. A file whose rows are is
/// about the whole of the keys that it has.
fn further_keys(body: &Framed, plan: &Plan, guess: &Guess) -> Vec<String> {
    let keys = key_names(plan, &guess.recipe.map);
    let place = |name: &String| body.names.iter().position(|known| known == name);
    let absent = plan.panel.keys.iter().zip(&keys.keys).skip(1);
    let absent = absent.filter(|(_, names)| names.iter().all(|name| place(name).is_none()));
    let absent: Vec<String> = absent.map(|(key, _)| key.name.clone()).collect();
    let known: Vec<usize> = keys.all().filter_map(place).collect();
    let adds_up = !guess.recipe.sum.is_empty() || guess.recipe.when.is_some();
    if adds_up || repeated(body, &known).is_empty() {
        return Vec::new();
    }
    absent
}

/// Rows that sum up the others, by what they are called: these are no entities anywhere.
pub(super) fn totals(body: &Framed, plan: &Plan, guess: &mut Guess) {
    let keys = key_names(plan, &guess.recipe.map);
    let mut places = keys.keys.first().into_iter().flatten();
    let column = places.find_map(|name| body.names.iter().position(|known| known == name));
    let Some(column) = column else {
        return;
    };
    let rows = || body.body.iter().chain(&body.ends);
    subtotals(body, plan, guess, column);
    let is_sum = |row: &crate::grid::KeptRow| {
        let name = text(row, column);
        sums_up(&name)
    };
    if rows().all(|(_, row)| is_sum(row)) {
        return;
    }
    for (number, row) in rows().filter(|(_, row)| is_sum(row)) {
        let name = text(row, column);
        if !guess.recipe.except.contains(&name) {
            guess.see(
                format!("`{name}` sums up its other rows"),
                Some(*number),
                format!("no {}", plan.panel.entity()),
            );
            guess.recipe.except.push(name);
        }
    }
}

/// Rows that name no entity, and of which another cell says that they sum up others.
fn subtotals(body: &Framed, plan: &Plan, guess: &mut Guess, entity: usize) {
    let nameless = || {
        body.body
            .iter()
            .filter(|(_, row)| text(row, entity).is_empty())
    };
    let says_sum = |row: &crate::grid::KeptRow| {
        let mut cells = (0..row.width())
            .filter(|column| *column != entity)
            .map(|column| text(row, column));
        cells.any(|cell| sums_up(&cell) || words_say_sum(&cell))
    };
    let Some((number, _)) = nameless().next() else {
        return;
    };
    if guess.recipe.rows.is_some() || !nameless().all(|(_, row)| says_sum(row)) {
        return;
    }
    if let Some(name) = body.names.get(entity) {
        guess.recipe.rows = Filter::new(&format!("{} is known", filter_name(name))).ok();
        guess.see(
            "rows that sum up others name no entity",
            Some(*number),
            format!("no {}", plan.panel.entity()),
        );
    }
}

/// `North total`, `Subtotal for the north`
fn words_say_sum(cell: &str) -> bool {
    let words: Vec<String> = cell.split_whitespace().map(plain).collect();
    words.len() > 1
        && words
            .iter()
            .any(|word| ["total", "subtotal", "totaux", "gesamt"].contains(&word.as_str()))
}

/// Entities that seem to be sums of others.
fn aggregates(body: &Framed, plan: &Plan, guess: &mut Guess) {
    const MOST: usize = 4;
    let keys = key_names(plan, &guess.recipe.map);
    let places = keys.keys.first().into_iter().flatten();
    let Some(column) = places
        .filter_map(|name| body.names.iter().position(|known| known == name))
        .next()
    else {
        return;
    };
    let values: BTreeSet<String> = body
        .body
        .iter()
        .map(|(_, row)| text(row, column))
        .filter(|value| is_aggregate(value) && !sums_up(value))
        .filter(|value| !guess.recipe.except.contains(value))
        .collect();
    if values.is_empty() {
        return;
    }
    let told: Vec<String> = values
        .iter()
        .take(MOST)
        .map(|value| format!("`{value}`"))
        .collect();
    // The line that leaves them out has all of them: one that is not said stays in.
    let lists: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
    let more = if values.len() > MOST { ", …" } else { "" };
    let (looks, them) = match values.len() {
        1 => ("looks like a sum of others", "it"),
        _ => ("look like sums of others", "them"),
    };
    guess.asked.push(format!(
        "{}{more} {looks}: `except = [{}]` leaves {them} out",
        told.join(", "),
        lists.join(", ")
    ));
}

/// The panel's period that a cell lies in, by the way in which it is written.
fn period_of(text: &str, kind: PeriodKind, written: Option<Written>) -> Option<String> {
    let (found, number) = written?.in_weeks_of(kind).read(text).ok()?;
    let number = period::around(found, number, kind);
    Some(Period::new(kind, number).to_string())
}

/// What a cell of a key says: of a period the one of the panel that it lies in.
pub(super) fn said_period(
    body: &Framed,
    plan: &Plan,
    guess: &Guess,
    column: usize,
    text: String,
) -> String {
    let keys = key_names(plan, &guess.recipe.map);
    let name = body.names.get(column);
    let is_period = name.is_some_and(|name| keys.period.contains(name));
    match plan.panel.period.filter(|_| is_period) {
        Some(kind) => period_of(&text, kind, guess.recipe.period).unwrap_or(text),
        None => text,
    }
}

/// Rows that share their keys: events, or deliveries of the same.
fn shared(body: &Framed, plan: &Plan, guess: &mut Guess) {
    let keys = key_names(plan, &guess.recipe.map);
    let places: Vec<usize> = (0..body.names.len())
        .filter(|column| {
            let name = body.names.get(*column);
            name.is_some_and(|name| keys.all().any(|key| key == name))
        })
        .collect();
    let says = |column: usize, text: String| said_period(body, plan, guess, column, text);
    let repeated = repeated_as(body, &places, says);
    let Some((first, second)) = repeated.first() else {
        return;
    };
    let row = body.body.iter().find(|(number, _)| number == second);
    let key: Vec<String> = row.map_or_else(Vec::new, |(_, row)| {
        let cells = places.iter();
        cells
            .map(|column| says(*column, text(row, *column)))
            .collect()
    });
    let column = observed(plan)
        .filter(|input| no_sum_of(plan, input).is_none())
        .map(|input| {
            let mapped = guess
                .recipe
                .map
                .iter()
                .find(|(name, _)| *name == input.name);
            let own = input.column.as_ref().unwrap_or(&input.name);
            let column = mapped.map(|(_, column)| column).unwrap_or(own);
            let column = if body.names.contains(column) {
                column.as_str()
            } else {
                "COLUMN"
            };
            format!("{} = \"{column}\"", input.name)
        });
    let sums: Vec<String> = column.collect();
    let key = key.join(", ");
    let is_read = |name: &String| {
        let own = |input: &InputInfo| input.column.as_ref().unwrap_or(&input.name) == name;
        keys.all().any(|key| key == name)
            || observed(plan).any(own)
            || guess.recipe.map.iter().any(|(_, column)| column == name)
    };
    let mut unread = body.names.iter().filter(|name| !is_read(name));
    if let Some(column) = unread.find(|name| describes(name).is_some()) {
        guess.asked.push(format!(
            "rows {first} and {second} are both {key}, and `{column}` may tell them apart: choose rows by it with \
             `rows`, or where it names indicators, `shape = {{ long = \"{column}\", value = \"COLUMN\" }}`"
        ));
        return;
    }
    let events = match sums.as_slice() {
        [] => String::new(),
        sums => format!(
            "events are summed up with `sum = {{ {} }}`, ",
            sums.join(", ")
        ),
    };
    guess.asked.push(format!(
        "rows {first} and {second} are both {}: {events}of rows delivered twice one holds with `when = \
         \"latest wins\"`",
        key
    ));
}

/// The column that is called as what holds values, of whatever they are.
fn called_value(body: &Framed) -> Option<&String> {
    const WORDS: [&str; 7] = [
        "value", "obsvalue", "figure", "amount", "valeur", "valor", "wert",
    ];
    let mut names = body.names.iter().enumerate();
    let found = names.find(|(_, name)| WORDS.contains(&plain(name).as_str()));
    let (column, name) = found?;
    let values = distinct(body, column);
    let numbers = values.iter().filter(|value| is_value(value));
    (numbers.count() * 2 > values.len()).then_some(name)
}
