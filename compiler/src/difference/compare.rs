//! What differs between two frameworks, declaration by declaration and part by part.

use std::collections::BTreeMap;

pub use super::aspect::Aspect;
use super::kind_word;
use super::parts::{AspectWords, parts};
use crate::framework::Framework;
use crate::overlay::target::{Space, key};
use crate::overlay::{ChangeRecord, EffectiveItem};
use crate::source::Span;

/// One difference.
#[derive(Clone, Debug)]
pub struct Difference {
    /// `factor`, `param` …
    pub what: &'static str,
    pub declaration: String,
    pub aspect: Aspect,
    /// `at_war` of a factor's weights; empty where there is one of its kind only.
    pub of: String,
    /// In words, in one spelling; `None` where the one has nothing of the kind.
    pub from: Option<String>,
    pub to: Option<String>,
    /// The reasons that were given, with the framework that gave them.
    pub reasons: Vec<(String, String)>,
    pub first: Option<Span>,
    pub second: Option<Span>,
    pub(super) space: Option<Space>,
}

impl Difference {
    /// `factor armed_conflict: weight of at_war 3 → 2`
    #[must_use]
    pub fn words(&self) -> String {
        // There is one panel, without a name.
        let head = match self.declaration == self.what {
            true => self.what.to_owned(),
            false => format!("{} {}", self.what, self.declaration),
        };
        let of = match (self.aspect, self.of.as_str()) {
            (_, "") => self.aspect.word().to_owned(),
            (Aspect::Attribute, of) => of.to_owned(),
            (Aspect::Citation, _) => "citation".to_owned(),
            (Aspect::Clause, of) => format!("clause `{of}`"),
            (aspect, of) => format!("{} of `{of}`", aspect.word()),
        };
        match (self.aspect, &self.from, &self.to) {
            (Aspect::Whole, None, _) => format!("{head} added"),
            (Aspect::Whole, _, _) => format!("{head} dropped"),
            (Aspect::Member, None, _) => format!("{head}: member `{}` added", self.of),
            (Aspect::Member, _, _) => format!("{head}: member `{}` dropped", self.of),
            (_, Some(from), Some(to)) => format!("{head}: {of}: {from} → {to}"),
            (_, None, Some(to)) => format!("{head}: {of} added: {to}"),
            (_, Some(from), None) => format!("{head}: {of} dropped: {from}"),
            (_, None, None) => head,
        }
    }
}

/// All differences; `above` where the second extends the first.
pub(super) fn compare(
    first: &Framework<'_>,
    second: &Framework<'_>,
    above: Option<usize>,
) -> Vec<Difference> {
    let by_key = |framework: &'_ Framework<'_>| -> BTreeMap<(Space, String), usize> {
        let all = framework.standing.iter().enumerate();
        all.filter(|(_, one)| !one.module.standard)
            .filter_map(|(at, one)| {
                let (space, name) = key(one.kind)?;
                Some(((space, name.to_owned()), at))
            })
            .collect()
    };
    let (ours, theirs) = (by_key(first), by_key(second));
    let mut differences = Vec::new();
    let changes = second.changes.iter();
    let changes: Vec<&ChangeRecord> = changes
        .filter(|change| above.is_some_and(|above| change.package < above))
        .collect();
    let reasons = |declaration: &str, target: Option<&str>| {
        let fits = changes.iter().filter(|change| {
            let whole = change.target == declaration;
            change.declaration == declaration
                && target.is_none_or(|target| whole || change.target == target)
        });
        fits.map(|change| {
            let by = second
                .layers
                .get(change.package)
                .cloned()
                .unwrap_or_default();
            (by, change.because.clone())
        })
        .collect::<Vec<_>>()
    };
    for standing in &second.standing {
        let Some((space, name)) = key(standing.kind).filter(|_| !standing.module.standard) else {
            continue;
        };
        let base = Difference {
            what: kind_word(standing),
            declaration: name.to_owned(),
            aspect: Aspect::Whole,
            of: String::new(),
            from: None,
            to: None,
            reasons: Vec::new(),
            first: None,
            second: Some(standing.span()),
            space: Some(space),
        };
        let old = ours.get(&(space, name.to_owned()));
        let Some(old) = old.and_then(|at| first.standing.get(*at)) else {
            differences.push(Difference {
                to: Some(name.to_owned()),
                reasons: reasons(name, None),
                ..base
            });
            continue;
        };
        let base = Difference {
            first: Some(old.span()),
            ..base
        };
        if kind_word(old) != kind_word(standing) {
            differences.push(Difference {
                aspect: Aspect::Kind,
                from: Some(kind_word(old).to_owned()),
                to: Some(kind_word(standing).to_owned()),
                reasons: reasons(name, None),
                ..base
            });
            continue;
        }
        for (aspect, of, from, to) in changed_parts(old, standing) {
            let is_part = matches!(aspect, Aspect::Weight | Aspect::Member)
                || (aspect == Aspect::Label && !of.is_empty());
            let target = if is_part {
                format!("{name}.{of}")
            } else {
                name.to_owned()
            };
            differences.push(Difference {
                aspect,
                of,
                from,
                to,
                reasons: reasons(name, Some(&target)),
                ..base.clone()
            });
        }
    }
    for standing in &first.standing {
        let Some((space, name)) = key(standing.kind).filter(|_| !standing.module.standard) else {
            continue;
        };
        if !theirs.contains_key(&(space, name.to_owned())) {
            differences.push(Difference {
                what: kind_word(standing),
                declaration: name.to_owned(),
                aspect: Aspect::Whole,
                of: String::new(),
                from: Some(name.to_owned()),
                to: None,
                reasons: reasons(name, None),
                first: Some(standing.span()),
                second: None,
                space: Some(space),
            });
        }
    }
    differences
}

type Changed = (Aspect, String, Option<String>, Option<String>);

fn changed_parts(old: &EffectiveItem<'_>, new: &EffectiveItem<'_>) -> Vec<Changed> {
    let (old, new) = (parts(old), parts(new));
    let mut changed = Vec::new();
    let mut taken = vec![false; old.len()];
    for part in &new {
        let fits = |one: &AspectWords| one.aspect == part.aspect && one.of == part.of;
        let at = old
            .iter()
            .enumerate()
            .position(|(at, one)| fits(one) && !taken.get(at).copied().unwrap_or(true));
        let Some(at) = at else {
            changed.push((part.aspect, part.of.clone(), None, Some(part.words.clone())));
            continue;
        };
        if let Some(taken) = taken.get_mut(at) {
            *taken = true;
        }
        let Some(before) = old.get(at).filter(|before| before.words != part.words) else {
            continue;
        };
        let numbers = thresholds(&before.words, &part.words);
        let is_rule = matches!(part.aspect, Aspect::Formula | Aspect::Clause | Aspect::Row);
        match numbers.filter(|_| is_rule) {
            Some(pairs) => changed.extend(
                pairs
                    .into_iter()
                    .map(|(from, to)| (Aspect::Threshold, part.of.clone(), Some(from), Some(to))),
            ),
            None => changed.push((
                part.aspect,
                part.of.clone(),
                Some(before.words.clone()),
                Some(part.words.clone()),
            )),
        }
    }
    for (part, taken) in old.into_iter().zip(taken) {
        if !taken {
            changed.push((part.aspect, part.of, Some(part.words), None));
        }
    }
    // The weight of a member that comes or goes is part of that.
    let members: Vec<String> = changed
        .iter()
        .filter(|(aspect, ..)| *aspect == Aspect::Member)
        .map(|(_, of, ..)| of.clone())
        .collect();
    changed.retain(|(aspect, of, ..)| *aspect != Aspect::Weight || !members.contains(of));
    changed
}

/// The numbers that differ, if nothing else does; each with what it is compared or computed with.
fn thresholds(old: &str, new: &str) -> Option<Vec<(String, String)>> {
    let (old, new) = (Words::of(old), Words::of(new));
    if old.parts.len() != new.parts.len() {
        return None;
    }
    let mut pairs = Vec::new();
    for (at, (from, to)) in old.parts.iter().zip(&new.parts).enumerate() {
        if old.word(from) == new.word(to) {
            continue;
        }
        if !is_number(old.word(from)) || !is_number(new.word(to)) {
            return None;
        }
        pairs.push((old.around(at), new.around(at)));
    }
    Some(pairs)
}

fn is_number(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_digit())
}

/// A formula cut into words, numbers and signs.
struct Words<'t> {
    text: &'t str,
    parts: Vec<std::ops::Range<usize>>,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        let kind = |letter: char| match letter {
            _ if letter.is_alphanumeric() || matches!(letter, '_' | '.' | '%') => 1,
            '<' | '>' | '=' | '?' => 2,
            _ if letter.is_whitespace() => 0,
            _ => 3,
        };
        let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
        let mut before = 0;
        for (at, letter) in text.char_indices() {
            let (now, end) = (kind(letter), at + letter.len_utf8());
            match parts.last_mut() {
                Some(last) if now == before && now != 3 && now != 0 => last.end = end,
                _ if now != 0 => parts.push(at..end),
                _ => {}
            }
            before = now;
        }
        Self { text, parts }
    }

    fn word(&self, part: &std::ops::Range<usize>) -> &'t str {
        self.text.get(part.clone()).unwrap_or_default()
    }

    /// The number there with the words that it belongs to: what stands before its sign, and its unit.
    fn around(&self, at: usize) -> String {
        let first = self
            .parts
            .get(at.saturating_sub(2))
            .map_or(0, |part| part.start);
        let unit = self.parts.get(at + 1).filter(|part| {
            let word = self.word(part);
            word.starts_with(char::is_alphabetic)
                && !matches!(
                    word,
                    "and" | "or" | "then" | "else" | "of" | "for" | "unless" | "from" | "until"
                )
        });
        let number = self.parts.get(at);
        let end = unit.or(number).map_or(self.text.len(), |part| part.end);
        self.text.get(first..end).unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::thresholds;

    #[test]
    fn numbers_that_differ_are_shown_with_what_they_are_compared_with() {
        let pair = |a: &str, b: &str| vec![(a.to_owned(), b.to_owned())];
        assert_eq!(
            thresholds("deaths >= 1000 deaths and x", "deaths >= 500 deaths and x"),
            Some(pair("deaths >= 1000 deaths", "deaths >= 500 deaths"))
        );
        assert_eq!(
            thresholds("sum(x, over: 12 months) > 3", "sum(x, over: 6 months) > 3"),
            Some(pair("over: 12 months", "over: 6 months"))
        );
        assert_eq!(thresholds("a >= 1", "b >= 1"), None);
        assert_eq!(thresholds("a >= 1", "a > 1"), None);
        assert_eq!(thresholds("a >= 1", "a >= 1 + b"), None);
    }
}
