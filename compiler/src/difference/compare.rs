//! What differs between two frameworks, declaration by declaration and part by part.

use std::collections::BTreeMap;

pub use super::aspect::Aspect;
use super::parts::{AspectWords, BETWEEN, ROW, parts};
use super::rows::aligned;
use crate::check::is_built_in_combine;
use crate::framework::Framework;
use crate::overlay::target::word;
use crate::overlay::target::{Space, key};
use crate::overlay::{ChangeRecord, EffectiveItem};
use crate::source::Span;
use forewarn_grammar::ast::{ItemKind, Openness};

/// One difference.
#[derive(Clone, Debug)]
pub struct Difference {
    /// `factor`, `param` …
    pub what: &'static str,
    pub declaration: String,
    pub aspect: Aspect,
    /// `at_war` of a factor's weights, `row 2` of a table; empty where there is one of its kind only.
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
            (Aspect::Number, "") => "in its formula".to_owned(),
            (_, "") => self.aspect.word().to_owned(),
            (Aspect::Attribute, of) => of.to_owned(),
            (Aspect::Citation, _) => "citation".to_owned(),
            (Aspect::Clause, of) => format!("clause `{of}`"),
            (Aspect::Row, of) => of.to_owned(),
            // A part of a formula is not called one.
            (Aspect::Number, of) if of.starts_with(ROW) => format!("in {of}"),
            (Aspect::Number, of) => format!("in clause `{of}`"),
            (aspect, of) if of.starts_with(ROW) => format!("{} in {of}", aspect.word()),
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
            what: word(standing.kind),
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
        if word(old.kind) != word(standing.kind) {
            differences.push(Difference {
                aspect: Aspect::Kind,
                from: Some(word(old.kind).to_owned()),
                to: Some(word(standing.kind).to_owned()),
                reasons: reasons(name, None),
                ..base
            });
            continue;
        }
        let listed = || {
            let takes_order = |one: &EffectiveItem<'_>| {
                let ItemKind::Factor(factor) = one.kind else {
                    return true;
                };
                factor.combine.as_ref().is_some_and(|combine| {
                    let words = combine.words.iter().map(|word| word.text.as_str());
                    !is_built_in_combine(&words.collect::<Vec<_>>().join(" "))
                })
            };
            let members = format!("{name}.members");
            [(first, old), (second, standing)]
                .into_iter()
                .any(|(of, one)| {
                    takes_order(one) || of.standing.iter().any(|other| mentions(other, &members))
                })
        };
        let mut changed = changed_parts(old, standing);
        changed.retain(|(aspect, ..)| *aspect != Aspect::Order || listed());
        let openness = (openness(first, old), openness(second, standing));
        if openness.0 != openness.1 {
            let (from, to) = openness;
            let words = |word: Option<&str>| word.map(str::to_owned);
            let of = CLOSED.to_owned();
            changed.push((Aspect::Attribute, of, words(from), words(to)));
        }
        for (aspect, of, from, to) in changed {
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
                what: word(standing.kind),
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

/// What is told of what those who extend a framework may not change.
pub const CLOSED: &str = "closed to those who extend it";

/// Why those who extend a framework may not change a declaration.
fn openness(framework: &Framework<'_>, of: &EffectiveItem<'_>) -> Option<&'static str> {
    let package = of.module.package;
    let opens = || {
        let mut own = framework.standing.iter();
        own.any(|one| one.module.package == package && one.item.openness == Some(Openness::Open))
    };
    match of.item.openness {
        Some(Openness::Final) => Some("final"),
        Some(Openness::Open) => None,
        None if opens() => Some("others are open"),
        None => None,
    }
}

/// Does a declaration name the members of a factor as a list?
fn mentions(of: &EffectiveItem<'_>, members: &str) -> bool {
    let parts = parts(of).into_iter();
    let mut found = parts.flat_map(|part| {
        let is_in = |text: &String| text.contains(members);
        [is_in(&part.of), is_in(&part.words)]
    });
    found.any(|is_in| is_in)
}

/// Do the members that two orders share stand in the same order?
fn in_one_order(from: &str, to: &str) -> bool {
    let members =
        |text: &'_ str| -> Vec<String> { text.split(BETWEEN).map(str::to_owned).collect() };
    let (from, to) = (members(from), members(to));
    let shared = |own: &[String], other: &[String]| -> Vec<String> {
        let own = own.iter().filter(|one| other.contains(one));
        own.cloned().collect()
    };
    shared(&from, &to) == shared(&to, &from)
}

type Changed = (Aspect, String, Option<String>, Option<String>);

fn changed_parts(old: &EffectiveItem<'_>, new: &EffectiveItem<'_>) -> Vec<Changed> {
    let (old, new) = (parts(old), parts(new));
    let is_row = |part: &AspectWords| part.aspect == Aspect::Row;
    let (old_rows, old): (Vec<AspectWords>, Vec<AspectWords>) = old.into_iter().partition(is_row);
    let (new_rows, new): (Vec<AspectWords>, Vec<AspectWords>) = new.into_iter().partition(is_row);
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
        changed.extend(between(before, part));
    }
    let alike = |one: &str, other: &str| numbers(one, other).is_some();
    for (before, after) in aligned(&texts(&old_rows), &texts(&new_rows), &alike) {
        let before = before.and_then(|at| old_rows.get(at));
        let after = after.and_then(|at| new_rows.get(at));
        match (before, after) {
            (Some(before), Some(after)) if before.words != after.words => {
                changed.extend(between(before, after));
            }
            (Some(gone), None) => {
                changed.push((gone.aspect, gone.of.clone(), Some(gone.words.clone()), None));
            }
            (None, Some(new)) => {
                changed.push((new.aspect, new.of.clone(), None, Some(new.words.clone())));
            }
            (Some(_), Some(_)) | (None, None) => {}
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
    // So is its place.
    let comes_and_goes = !members.is_empty();
    changed.retain(|(aspect, _, from, to)| {
        let order = from.as_deref().zip(to.as_deref());
        *aspect != Aspect::Order
            || !comes_and_goes
            || order.is_some_and(|(from, to)| !in_one_order(from, to))
    });
    changed
}

fn texts(parts: &[AspectWords]) -> Vec<&str> {
    parts.iter().map(|part| part.words.as_str()).collect()
}

/// How two parts of one kind differ: by their numbers alone, or as a whole.
fn between(before: &AspectWords, after: &AspectWords) -> Vec<Changed> {
    let is_rule = matches!(after.aspect, Aspect::Formula | Aspect::Clause | Aspect::Row);
    let whole = |aspect: Aspect| {
        (
            aspect,
            after.of.clone(),
            Some(before.words.clone()),
            Some(after.words.clone()),
        )
    };
    match numbers(&before.words, &after.words).filter(|_| is_rule) {
        // The formula is nothing but a number.
        Some(pairs) if after.aspect == Aspect::Formula && pairs.iter().all(|pair| pair.is_all) => {
            vec![whole(Aspect::Value)]
        }
        // The pair is the whole rule.
        Some(pairs) if pairs.iter().any(|pair| pair.is_whole && !pair.is_compared) => {
            vec![whole(after.aspect)]
        }
        Some(mut pairs) => {
            // Two numbers of one rate are told once.
            pairs.dedup_by(|a, b| (&a.from, &a.to) == (&b.from, &b.to));
            let each = pairs.into_iter().map(|pair| {
                let aspect = if pair.is_compared {
                    Aspect::Threshold
                } else {
                    Aspect::Number
                };
                (aspect, after.of.clone(), Some(pair.from), Some(pair.to))
            });
            each.collect()
        }
        None => vec![whole(after.aspect)],
    }
}

/// A number that differs, with what it is compared or computed with.
#[derive(Debug, PartialEq, Eq)]
struct NumberPair {
    from: String,
    to: String,
    /// Is something compared with it?
    is_compared: bool,
    /// Is it all there is, but for its unit?
    is_all: bool,
    /// Is what it is told with all there is?
    is_whole: bool,
}

/// The numbers that differ, if nothing else does.
fn numbers(old: &str, new: &str) -> Option<Vec<NumberPair>> {
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
        let around = old.around(at);
        pairs.push(NumberPair {
            is_whole: around == old.text,
            from: around,
            to: new.around(at),
            is_compared: old.is_compared(old.quantity(at)) || new.is_compared(new.quantity(at)),
            is_all: old.is_all(at),
        });
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

    fn text_at(&self, at: usize) -> &'t str {
        self.parts.get(at).map_or("", |part| self.word(part))
    }

    /// Is the number there an end of a range, or does it stand beside a sign or word that compares?
    fn is_compared(&self, at: usize) -> bool {
        let before = |steps: usize| at.checked_sub(steps).map_or("", |at| self.text_at(at));
        let before = match before(1) {
            "-" => before(2),
            word => word,
        };
        let compares = |word: &str| matches!(word, "<" | "<=" | ">" | ">=" | "is" | "in" | "not");
        // Behind a number may stand its unit.
        let behind = self.text_at(self.unit_behind(at) + 1);
        compares(before)
            || matches!(behind, "<" | "<=" | ">" | ">=")
            || self.text_at(at).contains("..")
            || before.ends_with("..")
    }

    /// Is there nothing but the number there, its sign and its unit?
    fn is_all(&self, at: usize) -> bool {
        let others = (0..self.parts.len()).filter(|other| *other != at);
        let mut others = others.map(|other| self.text_at(other));
        others.all(|word| matches!(word, "-" | "/") || word.starts_with(char::is_alphabetic))
            && self.parts.len() <= 5
            && at <= 1
    }

    /// The number there with the words that it belongs to: what stands before its sign, and its unit.
    fn around(&self, at: usize) -> String {
        let is_apart = |word: &str| matches!(word, "," | "(" | "{" | "and" | "or");
        let start = self.quantity(at);
        let before = (start.saturating_sub(2)..start).rev();
        let own = before.take_while(|before| !is_apart(self.text_at(*before)));
        let first = own.last().unwrap_or(start);
        let first = self.parts.get(first).map_or(0, |part| part.start);
        let end = self.parts.get(self.unit_behind(start).max(at));
        let end = end.map_or(self.text.len(), |part| part.end);
        self.text.get(first..end).unwrap_or_default().to_owned()
    }

    /// The number that a rate begins with which the number there belongs to, or itself: of the second in
    /// `2 deaths / 100_000 people` the first.
    fn quantity(&self, at: usize) -> usize {
        let back = |from: usize, steps: usize| from.checked_sub(steps);
        let word = |at: Option<usize>| at.map_or("", |at| self.text_at(at));
        let mut first = at;
        loop {
            let sign = if word(back(first, 1)) == "(" { 2 } else { 1 };
            let unit = back(first, sign + 1).filter(|at| self.is_unit(*at));
            let number = unit.and_then(|at| back(at, 1));
            match number.filter(|at| is_number(self.text_at(*at))) {
                Some(number) if word(back(first, sign)) == "/" => first = number,
                _ => return first,
            }
        }
    }

    /// Is it a word that can be a unit?
    fn is_unit(&self, at: usize) -> bool {
        let word = self.text_at(at);
        word.starts_with(char::is_alphabetic)
            && !matches!(
                word,
                "and" | "or" | "then" | "else" | "of" | "for" | "unless" | "from" | "until"
            )
    }

    /// The last part of the unit behind a number, or the number itself: `deaths / 100_000 people`,
    /// `deaths / (100_000 people)`.
    fn unit_behind(&self, at: usize) -> usize {
        let mut last = at;
        if !self.is_unit(at + 1) {
            return last;
        }
        last += 1;
        while self.text_at(last + 1) == "/" {
            if self.is_unit(last + 2) {
                last += 2;
            } else if is_number(self.text_at(last + 2)) && self.is_unit(last + 3) {
                last += 3;
            } else if self.text_at(last + 2) == "("
                && is_number(self.text_at(last + 3))
                && self.is_unit(last + 4)
                && self.text_at(last + 5) == ")"
            {
                last += 5;
            } else {
                break;
            }
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::numbers;

    fn told(old: &str, new: &str) -> Option<Vec<(String, String, bool)>> {
        let pairs = numbers(old, new)?.into_iter();
        Some(
            pairs
                .map(|one| (one.from, one.to, one.is_compared))
                .collect(),
        )
    }

    #[test]
    fn numbers_that_differ_are_shown_with_what_they_are_compared_with() {
        let pair = |a: &str, b: &str, is: bool| Some(vec![(a.to_owned(), b.to_owned(), is)]);
        assert_eq!(
            told("deaths >= 1000 deaths and x", "deaths >= 500 deaths and x"),
            pair("deaths >= 1000 deaths", "deaths >= 500 deaths", true)
        );
        assert_eq!(
            told("sum(x, over: 12 months) > 3", "sum(x, over: 6 months) > 3"),
            pair("over: 12 months", "over: 6 months", false)
        );
        assert_eq!(told("a * 2", "a * 3"), pair("a * 2", "a * 3", false));
        assert_eq!(
            told(
                "a >= 2 deaths / (100_000 people) and b",
                "a >= 5 deaths / (100_000 people) and b"
            ),
            pair(
                "a >= 2 deaths / (100_000 people)",
                "a >= 5 deaths / (100_000 people)",
                true
            )
        );
        assert_eq!(
            told(
                "a > 1 and rate >= 2 kits / 100_000 people",
                "a > 1 and rate >= 5 kits / 100_000 people"
            ),
            pair(
                "rate >= 2 kits / 100_000 people",
                "rate >= 5 kits / 100_000 people",
                true
            )
        );
        assert_eq!(
            told(
                "rate < 2 kits / 100_000 people or b",
                "rate < 2 kits / 10_000 people or b"
            ),
            pair(
                "rate < 2 kits / 100_000 people",
                "rate < 2 kits / 10_000 people",
                true
            )
        );
        assert_eq!(
            told(
                "2 kits / 1_000 people <= rate",
                "3 kits / 1_000 people <= rate"
            ),
            pair("2 kits / 1_000 people", "3 kits / 1_000 people", true)
        );
        assert_eq!(told("25 < a", "30 < a"), pair("25", "30", true));
        assert_eq!(told("in 2..<3", "in 2..<4"), pair("2..<3", "2..<4", true));
        assert_eq!(told("a >= 1", "b >= 1"), None);
        assert_eq!(told("a >= 1", "a > 1"), None);
        assert_eq!(told("a >= 1", "a >= 1 + b"), None);
    }

    #[test]
    fn a_formula_that_is_a_number_is_told_as_a_value() {
        let is_all = |old: &str, new: &str| numbers(old, new).map(|pairs| pairs[0].is_all);
        assert_eq!(is_all("8", "13"), Some(true));
        assert_eq!(is_all("8 deaths", "13 deaths"), Some(true));
        assert_eq!(is_all("a * 8", "a * 13"), Some(false));
        assert_eq!(is_all("a >= 8", "a >= 13"), Some(false));
    }
}
