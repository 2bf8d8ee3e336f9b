//! Which columns the indicators are, where the header calls them otherwise, and what is left open.

use super::found::{Framed, Guess, distinct, text};
use super::frame::is_value;
use super::in_file_name::named;
use super::keys::{dated, repeated, repeated_as};
use super::said::said_period;
use super::sums::says_sum;
use crate::recipe::{Filter, Shape};
use forewarn_diagnostics::toml_text::toml_text;
use forewarn_diagnostics::wording::quoted;
use forewarn_plan::{InputInfo, Plan};
use forewarn_runtime::bind::usual::near_columns;
pub(super) use forewarn_runtime::bind::usual::plain;
use forewarn_runtime::bind::{by_words, describes, is_aggregate, key_names, no_sum_of, sums_up};
use forewarn_runtime::causes::data::filter_name;
use std::collections::{BTreeMap, BTreeSet};

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
        // A column that another indicator is called like is that one's.
        let of_another = |name: &String| {
            let mut others = plan.inputs.iter().filter(|other| other.name != input.name);
            others.any(|other| other.column.as_ref().unwrap_or(&other.name) == name)
        };
        let all = || body.names.iter().filter(|name| !of_another(name));
        let near = near_columns(input, all().map(String::as_str));
        if near.len() > 1 {
            let near: Vec<String> = near.into_iter().map(str::to_owned).collect();
            guess.asked.push(format!(
                "{} are equally near to `{}`: say which of them it is, `map = {{ {} = {} }}`",
                quoted(&near, "and"),
                input.name,
                input.name,
                near.first()
                    .map_or_else(String::new, |name| toml_text(name)),
            ));
            guess.undecided.push(input.name.clone());
            continue;
        }
        let near = near.first().map(|name| (*name).to_owned());
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
        let is_near = near.is_some();
        match near.or_else(worded).or_else(tagged) {
            Some(column) if is_near => guess.recipe.map.push((input.name.clone(), column)),
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
            && !guess.undecided.contains(&input.name)
            && !summed(input)
            && !has(input.column.as_ref().unwrap_or(&input.name))
    });
    without.extend(absent.map(|input| input.name.clone()));
    let is_known = |input: &&InputInfo| {
        let mapped = guess.recipe.map.iter().any(|(name, _)| *name == input.name);
        let asked = guess.undecided.contains(&input.name);
        mapped || asked || summed(input) || has(input.column.as_ref().unwrap_or(&input.name))
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
    super::headings::headings(body, plan, guess, column);
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
    let says_sum = |row: &crate::grid::KeptRow| says_sum(row, entity);
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
    // What is the same in both rows tells nothing apart.
    let differs = |name: &String| {
        let column = body.names.iter().position(|known| known == name);
        let cell = |wanted: &u64| {
            let row = body.body.iter().find(|(number, _)| number == wanted);
            Some(text(&row?.1, column?))
        };
        cell(first) != cell(second)
    };
    if let Some(column) = unread.find(|name| describes(name).is_some() && differs(name)) {
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
    let of_cube = (0..body.names.len())
        .filter(|column| !places.contains(column))
        .find(|column| is_dimension(body, &places, *column));
    let chosen = of_cube.and_then(|column| body.names.get(column));
    let chosen = chosen.map_or_else(String::new, |name| {
        format!(
            "`{name}` tells them apart: where one of its words is meant, choose it with `rows`; "
        )
    });
    guess.asked.push(format!(
        "rows {first} and {second} are both {}: {chosen}{events}of rows delivered twice one holds with `when = \
         \"latest wins\"`",
        key
    ));
}

/// Has every key a row for each word of a column: `M`, `F` and `_T` of everybody?
fn is_dimension(body: &Framed, keys: &[usize], column: usize) -> bool {
    let words = distinct(body, column);
    let is_word = |word: &String| word.parse::<f64>().is_err();
    if words.len() < 2 || !words.iter().all(is_word) {
        return false;
    }
    let mut rows: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for (_, row) in &body.body {
        let key = keys.iter().map(|key| text(row, *key)).collect();
        rows.entry(key).or_default().push(text(row, column));
    }
    rows.values().all(|own| {
        let different: BTreeSet<&String> = own.iter().collect();
        different.len() == own.len() && own.len() == words.len()
    })
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
