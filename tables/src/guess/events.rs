//! Rows that are events: several for one entity and period.
//!
//! In: a table whose rows share their keys, and rules that read no column of it. Out: what of it is summed up, and the
//! column that names an event. Whether it is so, people are asked.

use super::found::{Framed, Guess, text};
use super::keys::repeated_as;
use super::names::plain;
use super::said::said_period;
use crate::recipe::{Shape, Summed};
use forewarn_plan::{InputInfo, Plan};
use forewarn_runtime::bind::{key_names, no_sum_of};
use std::collections::BTreeSet;

/// What registers of events call the number of people killed, the likelier ones first.
const TOLLS: [&str; 10] = [
    "best",
    "bdbest",
    "deathsbest",
    "fatalities",
    "fatalitiesbest",
    "killed",
    "deaths",
    "totaldeaths",
    "numberkilled",
    "nkill",
];

/// What they call the name of an event.
const EVENTS: [&str; 8] = [
    "id",
    "eventid",
    "eventidcnty",
    "dataid",
    "incidentid",
    "eventcode",
    "eventnumber",
    "gtdid",
];

/// Finds what of events is summed up, where no column is called as the rules call it.
pub(super) fn events(body: &Framed, plan: &Plan, guess: &mut Guess) {
    let plain_rows = guess.recipe.shape == Shape::Plain && guess.recipe.sum.is_empty();
    if !plain_rows || guess.recipe.when.is_some() {
        return;
    }
    let keys = key_names(plan, &guess.recipe.map);
    let place = |name: &String| body.names.iter().position(|known| known == name);
    let is_there = |names: &Vec<String>| names.iter().any(|name| place(name).is_some());
    let period = plan.panel.period.is_none() || is_there(&keys.period);
    if !period || !keys.keys.iter().all(is_there) {
        return;
    }
    let places: Vec<usize> = keys.all().filter_map(place).collect();
    let says = |column: usize, text: String| said_period(body, plan, guess, column, text);
    let Some(again) = repeated_as(body, &places, says).first().copied() else {
        return;
    };
    // What has a column of its own would have to be said as well.
    let is_read = |input: &InputInfo| {
        let mapped = guess.recipe.map.iter().any(|(name, _)| *name == input.name);
        let own = input.column.as_ref().unwrap_or(&input.name);
        input.kind.is_indicator() && (mapped || place(own).is_some())
    };
    if plan.inputs.iter().any(is_read) {
        return;
    }
    let mut sums: Vec<(String, Summed)> = Vec::new();
    let mut asked = Vec::new();
    let open = plan
        .inputs
        .iter()
        .filter(|input| input.kind.is_indicator() && no_sum_of(plan, input).is_none());
    for input in open {
        if is_called(input, &["death", "kill", "fatal", "mort", "muert", "tote"]) {
            let tolls = TOLLS.iter().filter_map(|toll| named(body, toll));
            let tolls: Vec<&String> = tolls.filter(|name| is_number(body, name)).collect();
            if let Some(toll) = tolls.first() {
                asked.push(format!(
                    "`{}` may be the sum of `{toll}`: look whether it is",
                    input.name
                ));
                sums.push((input.name.clone(), Summed::Column((*toll).clone())));
            }
        } else if is_called(input, &["event", "attack", "incident", "attaque", "ataque"]) {
            asked.push(format!(
                "`{}` may be how many rows there are: look whether it is",
                input.name
            ));
            sums.push((input.name.clone(), Summed::Count));
        }
    }
    if sums.is_empty() {
        return;
    }
    guess.see(
        "its rows are events, which are summed up",
        Some(again.1),
        format!(
            "of the same {} and period as row {}",
            plan.panel.entity(),
            again.0
        ),
    );
    guess.asked.extend(asked);
    guess.recipe.sum = sums;
    let named = EVENTS.iter().filter_map(|event| named(body, event));
    let mut named = named.filter(|name| is_unique(body, name));
    if guess.recipe.once.is_empty() {
        guess.recipe.once.extend(named.next().cloned());
    }
}

/// Is an indicator called by one of these words, or counted in it?
fn is_called(input: &InputInfo, words: &[&str]) -> bool {
    let said = [&input.name, &input.label, &input.unit];
    said.iter().any(|said| {
        let said = said.to_lowercase();
        words.iter().any(|word| said.contains(word))
    })
}

fn named<'b>(body: &'b Framed, wanted: &str) -> Option<&'b String> {
    body.names.iter().find(|name| plain(name) == wanted)
}

fn texts(body: &Framed, name: &str) -> Vec<String> {
    let column = body.names.iter().position(|known| known == name);
    let rows = column
        .into_iter()
        .flat_map(|column| body.body.iter().map(move |(_, row)| text(row, column)));
    rows.filter(|text| !text.is_empty()).collect()
}

fn is_number(body: &Framed, name: &str) -> bool {
    let texts = texts(body, name);
    !texts.is_empty() && texts.iter().all(|text| text.parse::<f64>().is_ok())
}

fn is_unique(body: &Framed, name: &str) -> bool {
    let texts = texts(body, name);
    let all: BTreeSet<&String> = texts.iter().collect();
    texts.len() == body.body.len() && all.len() == texts.len()
}
