//! The one sentence that opens what is told of an entity: at most so many words, the cause and the threshold
//! among them.

use crate::facts::{Cause, Crossed, Entity, Movement, number};
use crate::rich::Rich;
use forewarn_plan::digits;

use super::Writer;

/// No sentence that opens something has more words.
pub const MOST_WORDS: usize = 25;

impl Writer<'_> {
    /// What is to be known of an entity.
    pub fn lead(&self, entity: &Entity) -> Rich {
        let Some(level) = self.facts.level() else {
            return self.results_sentence(entity);
        };
        let places = &level.places;
        let word = |at| self.say.between(places, at);
        let name = Rich::value(entity.name.clone());
        let label = Rich::value(level.label.clone());
        let last = level.at(entity.reported);
        if entity.silent.is_some() {
            let with = [
                ("entity", name),
                ("period", self.period(entity.silent)),
                ("level", last.map_or_else(|| Rich::value("–"), word)),
            ];
            return self.say.fill("sentence_silent", &with);
        }
        let Some(now) = last else {
            return self
                .say
                .fill("sentence_no_level", &[("entity", name), ("what", label)]);
        };
        let before = self.facts.before(entity);
        let key = match entity.movement {
            Movement::Rose => "sentence_rose",
            Movement::Fell => "sentence_fell",
            Movement::Settled => "sentence_settled",
            Movement::Opened => "sentence_opened",
            Movement::Changed => "sentence_changed",
            Movement::Same if now.is_known() => "sentence_same",
            Movement::New if now.is_known() => "sentence_first",
            Movement::Same | Movement::New => "sentence_open",
        };
        let with = [
            ("what", label.clone()),
            ("entity", name),
            ("now", word(now)),
            ("before", before.map_or_else(Rich::default, word)),
        ];
        let plain = self.say.fill(key, &with);
        let causes = self.all_causes(&entity.causes);
        // The fullest that is short enough; the sentence itself is.
        let join = self.say.words.text("join");
        for cause in causes {
            let full = plain.clone().and(join, cause);
            if full.count() <= MOST_WORDS {
                return self.ended(full);
            }
        }
        self.ended(plain)
    }

    /// With a full stop.
    fn ended(&self, sentence: Rich) -> Rich {
        let stop = self.say.word("stop");
        sentence.and("", stop)
    }

    /// What decided, with all that had to be there too: without it the one alone would not be the cause. The fullest
    /// words first.
    fn all_causes(&self, causes: &[Cause]) -> Vec<Rich> {
        let Some((first, others)) = causes.split_first() else {
            return Vec::new();
        };
        let mut told = self.causes(first);
        let say = &self.say;
        let comma = say.words.text("comma");
        let and_others = say.word("among_others");
        // Where there is no room for all that crossed a threshold, one of them is told.
        let shortest = match first {
            Cause::Crossed(crossed) if !crossed.also.is_empty() => {
                let own = self.crossed(crossed, &shortened(&crossed.what));
                Some(own.and(comma, and_others.clone()))
            }
            Cause::Crossed(_)
            | Cause::Input { .. }
            | Cause::Earlier { .. }
            | Cause::Peers
            | Cause::Spells
            | Cause::History
            | Cause::Time => None,
        };
        if others.is_empty() {
            told.extend(shortest);
            return told;
        }
        let last = |cause: &Cause| self.causes(cause).pop();
        let others = self.list(others.iter().filter_map(last).collect());
        let together = say.fill("together_with", &[("others", others)]);
        let with = |beside: Rich| {
            told.iter()
                .map(move |one| one.clone().and(comma, beside.clone()))
        };
        // Where there is no room for the others, it is said that there are some.
        with(together)
            .chain(with(and_others))
            .chain(shortest)
            .collect()
    }

    /// A cause in words, the fullest first.
    pub fn causes(&self, cause: &Cause) -> Vec<Rich> {
        let say = &self.say;
        match cause {
            Cause::Crossed(crossed) => {
                let own = |words: fn(&str) -> String| self.crossed(crossed, &words(&crossed.what));
                if crossed.also.is_empty() {
                    return vec![own(str::to_owned), own(shortened)];
                }
                // One of several alone would not be the cause.
                let all = |words: fn(&str) -> String| {
                    let others = crossed.also.iter();
                    let others = others.map(|one| self.crossed(one, &words(&one.what)));
                    let with = [("others", self.list(others.collect()))];
                    own(words).and(say.words.text("comma"), say.fill("together_with", &with))
                };
                vec![all(str::to_owned), all(shortened)]
            }
            Cause::Input {
                name,
                label,
                from,
                to,
                rule,
            } => {
                let told = |label: &str| {
                    let what = ("what", self.input(name, label));
                    match (from.is_open(), to.is_open()) {
                        (true, false) => say.fill("cause_known", &[what, ("to", say.shown(to))]),
                        (false, true) => {
                            say.fill("cause_unknown", &[what, ("from", say.shown(from))])
                        }
                        _ => {
                            let (from, to) = match (number(from), number(to)) {
                                (Some((a, unit)), Some((b, _))) => {
                                    let (a, b) = say.apart(a, b, unit);
                                    (Rich::value(a), Rich::value(b))
                                }
                                _ => (say.observed(from), say.observed(to)),
                            };
                            say.fill("cause_input", &[what, ("from", from), ("to", to)])
                        }
                    }
                };
                let mut all = Vec::new();
                if let Some((words, holds)) = rule {
                    let key = if *holds {
                        "cause_holds"
                    } else {
                        "cause_holds_no_more"
                    };
                    let with =
                        |label| [("cause", told(label)), ("rule", Rich::code(words.clone()))];
                    all.push(say.fill(key, &with(label)));
                    all.push(say.fill(key, &with(&shortened(label))));
                }
                all.push(told(label));
                all.push(told(&shortened(label)));
                all
            }
            Cause::Earlier { name, label } => {
                vec![say.fill("cause_earlier", &[("what", self.input(name, label))])]
            }
            Cause::Peers => vec![say.word("cause_peers")],
            Cause::Spells => vec![say.word("cause_spells")],
            Cause::History => vec![say.word("cause_history")],
            Cause::Time => vec![say.word("cause_time")],
        }
    }

    /// `conflict deaths, 1,130, passed 1,000`
    fn crossed(&self, crossed: &Crossed, what: &str) -> Rich {
        // What stands at its threshold is neither above it nor below, and is written as that.
        let meets = digits::is_same(crossed.now, crossed.threshold);
        let now = if meets {
            crossed.threshold
        } else {
            crossed.now
        };
        let (now, threshold) = self.say.apart(now, crossed.threshold, &crossed.unit);
        let key = match (crossed.up, meets) {
            (true, false) => "cause_passed",
            (true, true) => "cause_reached",
            (false, false) => "cause_fell_below",
            (false, true) => "cause_not_above",
        };
        let with = [
            ("what", Rich::value(what)),
            ("value", Rich::value(now)),
            ("threshold", Rich::value(threshold)),
        ];
        self.say.fill(key, &with)
    }

    /// Of frameworks without a level: what came out.
    fn results_sentence(&self, entity: &Entity) -> Rich {
        let results = entity.told.results.iter().map(|finding| {
            let name = finding.reason.name.as_deref().unwrap_or_default();
            let label = crate::facts::called(&finding.reason.label, name);
            let with = [
                ("what", Rich::value(label)),
                ("value", self.say.shown(&finding.reason.value)),
            ];
            self.say.fill("is", &with)
        });
        let name = Rich::value(entity.name.clone());
        let results = self.list(results.collect());
        self.ended(name.and(self.say.words.text("colon"), results))
    }
}

/// The first words of a label that is long.
fn shortened(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    match words.get(..6) {
        Some(first) if words.len() > 7 => format!("{} …", first.join(" ")),
        _ => label.to_owned(),
    }
}
