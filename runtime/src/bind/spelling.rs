//! One entity, spelt in several ways?
//!
//! In: the keys of all files. Out: those that differ only in what readers overlook (case, blanks,
//! composed accents, letters that look alike, noughts before a number), with the steps of `--keys`
//! that would unite them, and those of one file alone that are a slip of the pen away from one that
//! another file has alone. They are told and never united unasked; but what an absent row means is
//! not taken for a key that another spelling may have rows for.

use super::earlier::Earlier;
use super::key_form::{KeyForm, KeyStep};
use super::part::BoundFile;
use crate::causes::data::{Spelling, SpeltAlike, SpeltInTwoWays};
use crate::panel;
use forewarn_plan::Plan;
use std::collections::{BTreeMap, BTreeSet};

/// How many groups of spellings a message tells.
const TOLD: usize = 5;

/// The steps that tell whether two keys are nearly the same.
const STEPS: [KeyStep; 9] = [
    KeyStep::Upper,
    KeyStep::Trim,
    KeyStep::Nfc,
    KeyStep::Latin,
    KeyStep::Zeros,
    KeyStep::Accents,
    KeyStep::Signs,
    KeyStep::Whole,
    KeyStep::Notes,
];

/// What all spellings of a key have in common.
pub(super) fn folded(key: &str) -> String {
    let form = KeyForm::new(&STEPS);
    panel::joined(panel::keys(key).map(|key| form.apply(key)))
}

/// How many keys an entity has.
fn count(entity: &str) -> usize {
    panel::keys(entity).count()
}

/// An entity's first keys: one of them, two of them, and so on, without itself.
fn shorter(entity: &str) -> impl Iterator<Item = &str> {
    (1..count(entity)).map(|keys| panel::first_keys(entity, keys))
}

/// All keys of an entity but the last, or the only one.
fn above(entity: &str) -> &str {
    panel::first_keys(entity, (count(entity).saturating_sub(1)).max(1))
}

/// Keys that have several spellings.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    /// By what they have in common; two or more each, sorted.
    groups: BTreeMap<String, BTreeSet<String>>,
    /// A key that only one file has, and one that only another has, a letter apart.
    slips: Vec<(String, String)>,
}

impl Spellings {
    /// Of the keys of all files, whether or not a file has all of them.
    pub(super) fn of(parts: &[BoundFile]) -> Self {
        let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let keys = parts.iter().flat_map(|part| &part.entities);
        let firsts = keys.clone().flat_map(|key| shorter(key));
        for key in keys.map(String::as_str).chain(firsts) {
            let group = groups.entry(folded(key)).or_default();
            if !group.contains(key) {
                group.insert(key.to_owned());
            }
        }
        groups.retain(|_, spellings| spellings.len() > 1);
        Self {
            slips: slips(parts),
            groups,
        }
    }

    /// Those of the data that an earlier run had under another spelling, with its own spellings.
    pub(super) fn with_earlier(parts: &[BoundFile], earlier: &Earlier) -> Self {
        let mut all = Self::of(parts);
        let keys = parts.iter().flat_map(|part| &part.entities);
        let keys = keys.flat_map(|key| shorter(key).chain([key.as_str()]));
        let own: BTreeSet<&str> = keys.collect();
        let mut by_folded: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for key in &own {
            let group = by_folded.entry(folded(key)).or_default();
            group.insert((*key).to_owned());
        }
        let known = earlier.last.keys();
        for key in known.flat_map(|key| shorter(key).chain([key.as_str()])) {
            if let Some(group) = by_folded.get_mut(&folded(key)) {
                group.insert(key.to_owned());
            }
        }
        by_folded.retain(|_, spellings| spellings.len() > 1);
        all.groups.extend(by_folded);
        all
    }

    /// The other key of a slip of the pen.
    fn other(&self, key: &str) -> Option<&str> {
        self.slips.iter().find_map(|(one, other)| match key {
            key if key == one => Some(other.as_str()),
            key if key == other => Some(one.as_str()),
            _ => None,
        })
    }

    /// Has this key another spelling?
    pub(super) fn has(&self, key: &str) -> bool {
        self.other(key).is_some()
            || !self.groups.is_empty() && {
                let mut all = shorter(key).chain([key]);
                all.any(|key| self.groups.contains_key(&folded(key)))
            }
    }

    /// Which of these keys a file does not have, although it has another spelling of them.
    pub(super) fn doubtful(&self, keys: &[String], part: &BoundFile) -> BTreeSet<u32> {
        if self.groups.is_empty() && self.slips.is_empty() {
            return BTreeSet::new();
        }
        let theirs: BTreeSet<String> = part.entities.iter().map(|key| folded(key)).collect();
        let absent = (0_u32..).zip(keys).filter(|(_, key)| {
            let slip = || {
                let other = self.other(key).map(str::to_owned);
                other.is_some_and(|other| part.entities.binary_search(&other).is_ok())
            };
            part.entities.binary_search(key).is_err() && (theirs.contains(&folded(key)) || slip())
        });
        absent.map(|(place, _)| place).collect()
    }

    /// All of them, in one message.
    pub(super) fn told(
        &self,
        plan: &Plan,
        parts: &[BoundFile],
        earlier: &Earlier,
    ) -> Option<SpeltInTwoWays> {
        let spelling =
            |key: &str, other: &str, steps: &[KeyStep]| spelling(key, other, steps, parts, earlier);
        // Those whose first keys differ already are told by these.
        let told = self.groups.values().filter(|group| {
            let all_but_last = group.iter().map(|key| above(key));
            let all_but_last: BTreeSet<&str> = all_but_last.collect();
            let several = group.iter().any(|key| count(key) > 1);
            !several || all_but_last.len() < group.len()
        });
        let mut steps: Vec<KeyStep> = Vec::new();
        let mut groups = Vec::new();
        // How many keys those have that are told, where it is as many for all.
        let mut counts: BTreeSet<usize> = BTreeSet::new();
        let mut more = 0;
        for group in told {
            let mut spellings = group.iter();
            let Some(first) = spellings.next() else {
                continue;
            };
            counts.insert(count(first));
            for other in spellings {
                let needed = steps_between(first, other);
                if groups.len() < TOLD {
                    groups.push(SpeltAlike {
                        first: spelling(first, other, &needed),
                        second: spelling(other, first, &needed),
                        differ: difference(&needed),
                    });
                } else {
                    more += 1;
                }
                steps.extend(needed);
            }
        }
        for (first, other) in &self.slips {
            let differs = panel::keys(first).zip(panel::keys(other));
            let differs = differs.enumerate().find(|(_, (own, theirs))| own != theirs);
            counts.insert(differs.map_or(1, |(place, _)| place + 1));
            if groups.len() < TOLD {
                groups.push(SpeltAlike {
                    first: spelling(first, other, &[]),
                    second: spelling(other, first, &[]),
                    differ: "one letter".to_owned(),
                });
            } else {
                more += 1;
            }
        }
        // The key that differs; the first where it is now one and now another.
        let place = match counts.first() {
            Some(only) if counts.len() == 1 => only.saturating_sub(1),
            _ => 0,
        };
        let key = plan.panel.keys.get(place);
        let word = key.map_or(plan.panel.entity(), |key| &key.name).to_owned();
        (!groups.is_empty()).then(|| SpeltInTwoWays {
            entity: word,
            groups,
            more,
            steps: words(&steps),
        })
    }
}

/// Keys that only one file has each, a slip of the pen apart.
fn slips(parts: &[BoundFile]) -> Vec<(String, String)> {
    // Every one is compared with every other, so only so many are.
    const COMPARED: usize = 300;
    let mut holders: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
    for (place, part) in parts.iter().enumerate().filter(|_| parts.len() > 1) {
        for key in &part.entities {
            holders.entry(key).or_default().push(place);
        }
    }
    let alone = holders
        .iter()
        .filter_map(|(key, held)| match held.as_slice() {
            [only] => Some((*key, *only)),
            _ => None,
        });
    let alone: Vec<(&String, usize)> = alone.take(COMPARED + 1).collect();
    if alone.len() > COMPARED {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, (one, held)) in alone.iter().enumerate() {
        for (other, elsewhere) in alone.iter().skip(at + 1) {
            let both = || panel::keys(one).zip(panel::keys(other));
            let mut differ = both().filter(|(own, theirs)| own != theirs);
            let apart = count(one) == count(other)
                && differ
                    .next()
                    .is_some_and(|(own, theirs)| is_slip(own, theirs))
                && differ.next().is_none();
            if held != elsewhere && apart {
                found.push(((*one).clone(), (*other).clone()));
            }
        }
    }
    found
}

/// Is one word the other with a letter too many, and in longer words with another letter or two of them
/// changed about? Codes of one length are words of their own, and so are numbers.
fn is_slip(one: &str, other: &str) -> bool {
    const LONG: usize = 6;
    let (short, long): (Vec<char>, Vec<char>) = {
        let (one, other) = (folded(one), folded(other));
        let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        if one.len() <= other.len() {
            (one, other)
        } else {
            (other, one)
        }
    };
    let before = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let behind = short.iter().rev().zip(long.iter().rev());
    let room = short.len() - before;
    let behind = behind.take_while(|(a, b)| a == b).count().min(room);
    let (own, theirs) = (
        short.get(before..short.len() - behind).unwrap_or_default(),
        long.get(before..long.len() - behind).unwrap_or_default(),
    );
    if short.len() < 3 || theirs.iter().chain(own).any(char::is_ascii_digit) {
        return false;
    }
    match (own, theirs) {
        ([], [_]) => true,
        ([_], [_]) => short.len() >= LONG,
        ([a, b], [c, d]) => short.len() >= LONG && a == d && b == c,
        _ => false,
    }
}

/// A key of one file and one of another that differ only so, and the words of `--keys` that unite
/// them.
pub(super) fn alike<'a>(
    names: impl Iterator<Item = &'a str>,
    known: &BTreeSet<&'a str>,
) -> Option<(&'a str, &'a str, String)> {
    let by_folded: BTreeMap<String, &str> = known.iter().map(|key| (folded(key), *key)).collect();
    let mut found = names.filter_map(|name| Some((name, *by_folded.get(&folded(name))?)));
    let (name, other) = found.find(|(name, other)| name != other)?;
    Some((name, other, words(&steps_between(name, other))))
}

/// The fewest steps that make two keys the same.
fn steps_between(one: &str, other: &str) -> Vec<KeyStep> {
    let chosen = |bits: u32| {
        let steps = STEPS.iter().enumerate();
        let steps = steps.filter(|(at, _)| bits >> at & 1 == 1);
        steps.map(|(_, step)| *step).collect::<Vec<_>>()
    };
    let mut sets: Vec<u32> = (1..1 << STEPS.len()).collect();
    sets.sort_by_key(|bits| bits.count_ones());
    let unites = |steps: &[KeyStep]| {
        let form = KeyForm::new(steps);
        let (own, theirs) = (panel::keys(one), panel::keys(other));
        own.map(|key| form.apply(key))
            .eq(theirs.map(|key| form.apply(key)))
    };
    let steps = sets.into_iter().map(chosen);
    steps
        .into_iter()
        .find(|steps| unites(steps))
        .unwrap_or_default()
}

/// `upper,nfc`
fn words(steps: &[KeyStep]) -> String {
    let used = KeyStep::ALL.into_iter().filter(|step| steps.contains(step));
    used.map(KeyStep::word).collect::<Vec<_>>().join(",")
}

/// `case`, `how accented letters are composed`
fn difference(steps: &[KeyStep]) -> String {
    let words = steps.iter().map(|step| match step {
        KeyStep::Upper | KeyStep::Lower => "case",
        KeyStep::Trim => "blanks and signs that are not seen",
        KeyStep::Nfc => "how accented letters are composed",
        KeyStep::Latin => "letters that look alike",
        KeyStep::Accents => "accents",
        KeyStep::Zeros => "noughts before a number",
        KeyStep::Signs => "signs between words",
        KeyStep::Notes => "marks of notes",
        KeyStep::Whole => "noughts behind a point",
    });
    words.collect::<Vec<_>>().join(" and ")
}

/// A spelling with its first place, and where the eye cannot see it, how it differs from another.
fn spelling(
    key: &str,
    other: &str,
    steps: &[KeyStep],
    parts: &[BoundFile],
    earlier: &Earlier,
) -> Spelling {
    let has = |part: &&BoundFile| part.entities.iter().any(|own| own == key);
    let part = parts.iter().find(has);
    let whole = |part: &BoundFile| {
        let mut rows = part.entities.iter();
        let rows = rows.find(|own| shorter(own).any(|own| own == key));
        rows.and_then(|own| part.file_row(own, None))
    };
    let found = match part {
        Some(part) => Some((part, part.file_row(key, None))),
        // A first key of several.
        None => parts
            .iter()
            .find_map(|part| Some((part, Some(whole(part)?)))),
    };
    let seen = |step: &KeyStep| {
        matches!(
            step,
            KeyStep::Upper
                | KeyStep::Lower
                | KeyStep::Zeros
                | KeyStep::Whole
                | KeyStep::Signs
                | KeyStep::Notes
                | KeyStep::Accents
        )
    };
    Spelling {
        text: panel::shown(key).into_owned(),
        // What no file has is of an earlier run.
        file: found.map_or_else(|| earlier.file.clone(), |(part, _)| part.file.clone()),
        row: found.and_then(|(_, row)| row),
        code_points: if steps.iter().all(seen) {
            String::new()
        } else {
            code_points(key, other)
        },
    }
}

/// `U+0061 U+0301`: the letters in which a key differs from another; a stretch of them at most.
fn code_points(key: &str, other: &str) -> String {
    const MOST: usize = 6;
    let (own, theirs): (Vec<char>, Vec<char>) = (key.chars().collect(), other.chars().collect());
    let same = |(a, b): &(&char, &char)| a == b;
    let before = own.iter().zip(&theirs).take_while(same).count();
    let room = own.len().min(theirs.len()) - before;
    let behind = own.iter().rev().zip(theirs.iter().rev());
    let behind = behind.take_while(same).count().min(room);
    let between = own.get(before..own.len() - behind).unwrap_or_default();
    let mut points: Vec<String> = between
        .iter()
        .take(MOST)
        .map(|letter| format!("U+{:04X}", u32::from(*letter)))
        .collect();
    if between.len() > MOST {
        points.push("…".to_owned());
    }
    if points.is_empty() {
        "nothing".to_owned()
    } else {
        points.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_steps_are_found_that_unite_two_keys() {
        for (one, other, steps) in [
            ("BRV", "brv", "upper"),
            ("Tav\u{e1}r", "Tava\u{301}r", "nfc"),
            ("Tav\u{e1}r", "TAVA\u{301}R", "nfc,upper"),
            ("BRV", "\u{412}RV", "latin"),
            ("7", "007", "zeros"),
            ("7", "7.0", "whole"),
            ("Tavar*", "Tavar", "notes"),
            ("Tavar-Elbe", "Tavar Elbe", "signs"),
            ("Tavar (Elbe)", "Tavar Elbe", "signs"),
            ("tavar_elbe", "Tavar Elbe", "signs,upper"),
            ("Tav\u{e1}r", "Tavar", "accents"),
            ("Tav\u{e1}r", "TAVAR", "accents,upper"),
            ("North Elbe", "north\u{a0}elbe", "trim,upper"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
            assert_eq!(words(&steps_between(one, other)), steps, "{one} {other}");
        }
        for (one, other) in [
            ("BRV", "BRW"),
            ("7", "70"),
            ("0A", "A"),
            ("7", "-7"),
            ("A1", "A-1"),
        ] {
            assert_ne!(folded(one), folded(other), "{one} {other}");
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_known() {
        for (one, other, slip) in [
            ("AVA", "AVAA", true),
            ("AVA", "AVB", false),
            ("Tavaria", "Tavara", true),
            ("Tavaria", "Tavarja", true),
            ("Tavaria", "Tavraia", true),
            ("Tavar", "Tovar", false),
            ("P101", "P1011", false),
            ("AV", "AVA", false),
            ("Tavaria", "Belmark", false),
        ] {
            assert_eq!(is_slip(one, other), slip, "{one} {other}");
            assert_eq!(is_slip(other, one), slip, "{one} {other}");
        }
    }

    #[test]
    fn what_the_eye_cannot_see_is_shown_as_code_points() {
        assert_eq!(code_points("Tava\u{301}r", "Tav\u{e1}r"), "U+0061 U+0301");
        assert_eq!(code_points("Tav\u{e1}r", "Tava\u{301}r"), "U+00E1");
        assert_eq!(code_points("BRV", "BRV\u{200b}"), "nothing");
        assert_eq!(code_points("BRV\u{200b}", "BRV"), "U+200B");
    }
}
