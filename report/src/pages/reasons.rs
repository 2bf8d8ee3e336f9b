//! Which rule decided, on what it rests, and what the rules say for it.

use forewarn_runtime::explain::{How, Reason, Shown};

use super::Writer;
use crate::document::{Block, Item};
use crate::facts::{DEPTH, Decision, Entity, called, number, speaking};
use crate::rich::Rich;

/// So many reasons are told of each.
const TOLD: usize = 6;

impl Writer<'_> {
    pub fn decided(&self, entity: &Entity, blocks: &mut Vec<Block>) {
        // Of what an audience may not see, its name is no rule.
        let told = |reason: &&Reason| !matches!(reason.how, How::Withheld);
        let Some(reason) = entity.reason().filter(told) else {
            return;
        };
        self.heading(blocks, "decided");
        let rule = match entity.decision() {
            // What is open was not decided by the rule that holds, but left open by those above it.
            Some(Decision::Clause(text) | Decision::Row(text)) if reason.value.is_open() => self
                .say
                .fill("holds_at_least", &[("rule", Rich::code(text))])
                .and(" ", self.say.word("decided_open")),
            Some(Decision::Otherwise) if reason.value.is_open() => self.say.word("decided_open"),
            Some(Decision::Clause(text) | Decision::Row(text)) => {
                self.say.fill("decided_by", &[("rule", Rich::code(text))])
            }
            Some(Decision::Otherwise) => self.say.word("decided_otherwise"),
            Some(Decision::Band { score, low, next }) => {
                let unit = reason.because.first().map(|below| &below.value);
                let unit = unit.and_then(number).map_or("", |(_, unit)| unit);
                // The lowest begins nowhere.
                let (key, edge) = match next.filter(|_| low.is_infinite()) {
                    Some(next) => ("decided_by_lowest_band", next),
                    None => ("decided_by_band", low),
                };
                let (score, edge) = self.say.apart(score, edge, unit);
                let with = [("score", Rich::value(score)), ("low", Rich::value(edge))];
                self.say.fill(key, &with)
            }
            None if reason.declassified.is_some() => self.say.word("declassified"),
            None if !reason.text.is_empty() => self
                .say
                .fill("decided_by", &[("rule", Rich::code(reason.text.clone()))]),
            None => self.say.word("nothing_decides"),
        };
        let level = self.standing_now(entity);
        blocks.push(Block::Text(level.and(" ", rule)));
        let items = self.below(reason, 0);
        if !items.is_empty() {
            blocks.push(Block::List(items));
        }
        let mut grounds = Vec::new();
        self.grounds(reason, 0, &mut grounds);
        if !grounds.is_empty() {
            grounds.truncate(2 * TOLD);
            blocks.push(Block::List(grounds.into_iter().map(Item::from).collect()));
        }
    }

    /// `Overall concern: high (4th of 5).`
    fn standing_now(&self, entity: &Entity) -> Rich {
        let (Some(level), Some(reason)) = (self.facts.level(), entity.reason()) else {
            return Rich::default();
        };
        let now = level.at(entity.row);
        let value = now.map_or_else(
            || self.say.shown(&reason.value),
            |now| self.say.placed(&level.places, now),
        );
        let with = [("what", Rich::value(level.label.clone())), ("value", value)];
        self.say.fill("is", &with).and("", self.say.word("stop"))
    }

    /// What a reason rests on.
    fn below(&self, reason: &Reason, depth: usize) -> Vec<Item> {
        if depth >= DEPTH {
            return Vec::new();
        }
        let told = speaking(&reason.because).take(TOLD);
        told.map(|one| Item {
            text: self.told(one),
            graphic: None,
            bold: false,
            below: self.below(one, depth + 1),
        })
        .collect()
    }

    /// A reason on one line.
    fn told(&self, reason: &Reason) -> Rich {
        let what = match &reason.name {
            Some(name) => Rich::value(called(&reason.label, name)),
            None => Rich::code(reason.text.clone()),
        };
        let value = if matches!(reason.how, How::Observation(_)) {
            self.say.observed(&reason.value)
        } else {
            self.say.shown(&reason.value)
        };
        let mut told = self.say.fill("is", &[("what", what), ("value", value)]);
        match &reason.how {
            How::Comparison(comparison) => {
                // Both in the unit in which they were compared.
                if let (Shown::Number { value: a, unit }, Shown::Number { value: b, .. }) =
                    (&comparison.left.compared, &comparison.right.compared)
                {
                    let (a, b) = self.say.apart(*a, *b, unit);
                    let with = [
                        ("left", Rich::value(a)),
                        ("sign", Rich::code(comparison.operator)),
                        ("right", Rich::value(b)),
                    ];
                    told = told.and(" ", self.say.fill("compared", &with));
                }
            }
            How::Tally(tally) => {
                let yes = tally.items.iter().filter(|item| item.answer == Some(true));
                let names = yes
                    .take(TOLD)
                    .map(|item| Rich::value(called(&item.label, &item.name)));
                let names: Vec<Rich> = names.collect();
                if !names.is_empty() {
                    let with = [("items", self.list(names))];
                    told = told.and(" ", self.say.fill("yes_of", &with));
                }
            }
            How::Factor(factor) => {
                let with = [("coverage", Rich::value(self.say.percent(factor.coverage)))];
                told = told.and(" ", self.say.fill("of_coverage", &with));
            }
            How::Observation(observed) => {
                if let Some(from) = observed.carried_from {
                    let with = [("period", self.period(Some(from.number)))];
                    told = told.and(" ", self.say.fill("carried_from", &with));
                }
                // As the file has it: what it means, its source says.
                if let Some(flag) = &observed.flag {
                    told = told.and(" ", Rich::code(flag));
                }
                if observed.verified == Some(false) {
                    told = told.and(" ", self.say.word("not_verified"));
                }
            }
            How::Constant
            | How::Calculation
            | How::Extreme(_)
            | How::All
            | How::Any
            | How::Not
            | How::Call { .. }
            | How::Window(_)
            | How::Peers(_)
            | How::Clauses(_)
            | How::Bands(_)
            | How::Table(_)
            | How::Alert(_)
            | How::Declassified
            | How::Withheld => {}
        }
        told
    }

    /// Citations and reasons of what decided.
    fn grounds(&self, reason: &Reason, depth: usize, found: &mut Vec<Rich>) {
        if depth >= DEPTH {
            return;
        }
        // Of what is named here and explained elsewhere, its own alone.
        let below: &[Reason] = if reason.above { &[] } else { &reason.because };
        let what = || {
            Rich::value(called(
                &reason.label,
                reason.name.as_deref().unwrap_or(&reason.text),
            ))
        };
        let mut add = |line: Rich| {
            if !found.contains(&line) {
                found.push(line);
            }
        };
        for cite in &reason.cites {
            let with = [("what", what()), ("cite", Rich::value(cite.clone()))];
            add(self.say.fill("cited", &with));
        }
        if let Some(because) = &reason.grounds.because {
            let with = [("what", what()), ("because", Rich::value(because.clone()))];
            add(self.say.fill("because", &with));
        }
        for change in &reason.grounds.changes {
            let with = [
                ("by", Rich::value(change.by.clone())),
                (
                    "what",
                    Rich::code(format!("{} {}", change.what, change.target)),
                ),
                ("because", Rich::value(change.because.clone())),
            ];
            add(self.say.fill("changed_by", &with));
        }
        for param in &reason.params {
            let label = called(&param.info.label, &param.info.name);
            let what = || ("what", Rich::value(label.clone()));
            let value = self.say.shown(&param.value);
            if param.info.given {
                add(self.say.fill("set_to", &[what(), ("value", value.clone())]));
            }
            let cites = param.info.cites.iter();
            let cites = cites.map(|cite| value.clone().and(" · ", Rich::value(cite.clone())));
            let mut cites: Vec<Rich> = cites.collect();
            if cites.is_empty() && !param.info.given {
                cites.push(value.clone());
            }
            for cite in cites {
                add(self.say.fill("cited", &[what(), ("cite", cite)]));
            }
        }
        for below in below {
            if !matches!(below.value, Shown::Truth(Some(false))) {
                self.grounds(below, depth + 1, found);
            }
        }
    }
}
