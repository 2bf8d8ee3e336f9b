//! Words that are said to stand for levels, categories, yes, no and missing values.
//!
//! In: the words of a recipe and of the command line, and what the rules read. Out: every word that would stand for
//! two things: which of them a cell meant, nobody could see.

use crate::options::ReadOptions;
use crate::recipe::Recipe;
use forewarn_diagnostics::Reports;
use forewarn_plan::{InputKind, Plan};
use forewarn_runtime::bind::same_name;
use forewarn_runtime::causes::data::{Meaning, WordForTwo};

/// What a word stands for that says that nobody knows a value.
pub(crate) const UNKNOWN: &str = "unknown";

/// Does every word stand for one thing?
///
/// # Errors
/// Those that do not.
pub(crate) fn check(
    plan: &Plan,
    options: &ReadOptions<'_>,
    recipe: &Recipe,
) -> Result<(), Reports> {
    let typed = &options.recipe;
    let mut reports = Reports::default();
    let truths = |words: &[String], name: &str| -> Vec<(String, String)> {
        let words = words.iter();
        words.map(|word| (name.to_owned(), word.clone())).collect()
    };
    let truths = [truths(&recipe.yes, "yes"), truths(&recipe.no, "no")].concat();
    let typed_truths = [&typed.yes, &typed.no];
    let all: Vec<&(String, String)> = recipe.words.iter().chain(&truths).collect();
    for (at, entry) in all.iter().enumerate() {
        let (name, word) = *entry;
        let earlier = all.get(..at).unwrap_or_default();
        let same = |other: &&&(String, String)| {
            other.0 != *name && same_name(&other.1, word) && are_of_one(plan, &other.0, name)
        };
        let other = earlier
            .iter()
            .find(same)
            .map(|(other, _)| Meaning::Named(other.clone()))
            .or_else(|| {
                let mut missing = recipe.missing.iter();
                // Of a missing value it may say that nobody knows it.
                let is_missing = *name != UNKNOWN && missing.any(|missing| missing == word);
                is_missing.then_some(Meaning::Missing)
            })
            .or_else(|| own_meaning(plan, name, word));
        let Some(other) = other else {
            continue;
        };
        let was_typed = typed.words.iter().any(|own| own == *entry)
            || typed_truths.iter().any(|words| words.contains(word));
        reports.add(WordForTwo {
            word: word.clone(),
            name: name.clone(),
            other,
            recipe: recipe.at("words").filter(|_| !was_typed),
        });
    }
    match reports.is_empty() {
        true => Ok(()),
        false => Err(reports),
    }
}

/// May a cell be either of two names?
fn are_of_one(plan: &Plan, one: &str, other: &str) -> bool {
    if one == UNKNOWN || other == UNKNOWN {
        return true;
    }
    let is_truth = |name: &str| ["yes", "no"].contains(&name);
    if is_truth(one) || is_truth(other) {
        return is_truth(one) && is_truth(other);
    }
    let has = |names: &[String]| {
        names.iter().any(|name| name == one) && names.iter().any(|name| name == other)
    };
    plan.inputs.iter().any(|input| has(names_of(&input.kind)))
}

fn names_of(kind: &InputKind) -> &[String] {
    match kind {
        InputKind::Level { names, .. } | InputKind::Category { names } => names,
        InputKind::Number
        | InputKind::Truth
        | InputKind::Verification { .. }
        | InputKind::Applies { .. }
        | InputKind::Age { .. }
        | InputKind::Key { .. } => &[],
    }
}

/// What a word is in the rules themselves, where that is something else than what it is said to stand for.
fn own_meaning(plan: &Plan, name: &str, word: &str) -> Option<Meaning> {
    let own = plan.inputs.iter().filter_map(|input| {
        let names = names_of(&input.kind);
        let place = names.iter().position(|known| known == name)?;
        Some((input, names, place))
    });
    for (input, names, place) in own {
        let is_word = |known: &String| same_name(known, word);
        let named = names.iter().enumerate();
        let mut named = named.filter(|(at, known)| *at != place && is_word(known));
        if named.next().is_some() && !names.get(place).is_some_and(is_word) {
            return Some(Meaning::Itself {
                input: input.name.clone(),
            });
        }
        let labels = plan.labels.get(&input.name).map_or(&[][..], Vec::as_slice);
        let mut labelled = labels.iter().enumerate();
        let labelled = labelled.find(|(at, own)| *at != place && own.iter().any(is_word));
        if let Some(other) = labelled.and_then(|(at, _)| names.get(at)) {
            return Some(Meaning::Label(other.clone()));
        }
    }
    None
}
