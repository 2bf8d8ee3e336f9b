//! What would settle an open level: the missing indicators, by what they could exclude.

use forewarn_charts::{Between, Settle, Trial};
use forewarn_runtime::explain::{Settle as Settled, Settling, Shown, Untried};

use super::Writer;
use crate::document::{Block, Figure, Item};
use crate::facts::{Entity, between, last_known};
use crate::rich::Rich;

/// So many indicators are named in a list.
const NAMED: usize = 8;

/// How many of several.
enum Part {
    None,
    Some,
    All,
}

/// How many of the missing indicators were not tried.
fn untried_of(settle: &Settled) -> Part {
    match settle.untried.all().count() {
        0 => Part::None,
        untried if untried < settle.missing.len() => Part::Some,
        _ => Part::All,
    }
}

impl Writer<'_> {
    /// The first indicator that would settle something, in a cell.
    pub fn settled_first(&self, entity: &Entity) -> Rich {
        let settle = entity.finding().and_then(|finding| finding.settle.as_ref());
        let Some(settle) = settle else {
            return Rich::default();
        };
        let Some(first) = settle.inputs.first() else {
            if settle.missing.is_empty() && settle.untried.is_empty() {
                return self.say.word("missing_elsewhere");
            }
            let number = Rich::value(self.say.number(settle.missing.len() as f64));
            let key = match untried_of(settle) {
                Part::None => "settle_none",
                Part::Some => "settle_none_tried",
                Part::All => "settle_untried",
            };
            return self.say.fill(key, &[("missing", number)]);
        };
        self.new_one(first).and(" · ", self.settles(entity, first))
    }

    /// `Hate speech, if verified`
    fn new_one(&self, one: &Settling) -> Rich {
        let label = self.input(&one.input, &one.label);
        let key = match one.verified {
            Some(true) => "if_verified",
            Some(false) => "if_not_verified",
            None => return label,
        };
        self.say.fill(key, &[("what", label)])
    }

    /// `excludes up to 3 of 5 · market monitors · last September 2025`
    fn settles(&self, entity: &Entity, one: &Settling) -> Rich {
        let of = self.facts.level().map_or(0, |level| level.places.len());
        let number = |x: usize| Rich::value(self.say.number(x as f64));
        let excludes = self.say.fill(
            "settles",
            &[("levels", number(one.excludes)), ("of", number(of))],
        );
        let mut all = self.plan().declarations.iter();
        let declared = all.find(|declared| declared.name == one.input);
        let source = declared.and_then(|declared| declared.grounds.source.clone());
        let source = source.map_or_else(Rich::default, Rich::value);
        let panel = self.facts.material.panel;
        let last = last_known(self.plan(), panel, &one.input, entity.first, entity.row);
        let last = match last {
            Some(last) if last.period.is_some() => self
                .say
                .fill("last_value", &[("period", self.period(last.period))]),
            Some(_) => Rich::default(),
            None => self.say.word("never_known"),
        };
        excludes.and(" · ", source).and(" · ", last)
    }

    /// What is missing of an entity, and what it could do.
    pub fn missing(&self, entity: &Entity, blocks: &mut Vec<Block>) {
        let (Some(level), Some(now)) = (self.facts.level(), self.facts.now(entity)) else {
            return;
        };
        let settle = entity.finding().and_then(|finding| finding.settle.as_ref());
        let Some(settle) = settle else {
            return;
        };
        self.heading(blocks, "missing");
        let rtl = self.say.rtl();
        let trials: Vec<Trial> = settle
            .inputs
            .iter()
            .filter_map(|one| self.trial(entity, one))
            .collect();
        if let Some(first) = trials.first() {
            let with = [("what", Rich::value(first.label.clone()))];
            let finding = self.say.fill("missing_finding", &with);
            let word = self.text("now");
            let said = self.say.between(&level.places, now).plain(rtl);
            let head = ["indicator", "if_least", "if_most", "note"].map(|key| self.text(key));
            let says = finding.plain(rtl);
            let graphic = Settle {
                levels: &level.places,
                now: (&word, now, &said),
                trials: &trials,
                says: &says,
                head: [&head[0], &head[1], &head[2], &head[3]].map(String::as_str),
            };
            blocks.push(Block::Figure(Figure {
                finding,
                graphic: graphic.draw(self.look()),
                table: Some(self.text("missing")),
            }));
        } else {
            let key = match untried_of(settle) {
                _ if settle.missing.is_empty() => Some("missing_elsewhere"),
                Part::None => Some("missing_none_alone"),
                Part::Some => Some("missing_none_tried"),
                Part::All => None,
            };
            blocks.extend(key.map(|key| Block::Text(self.say.word(key))));
        }
        let told = |name: &String| settle.inputs.iter().any(|one| one.input == *name);
        let others = settle.missing.iter();
        let others: Vec<&String> = others
            .filter(|name| !told(name) && !settle.untried.holds(name))
            .collect();
        let mut items = Vec::new();
        if !others.is_empty() {
            let with = [("indicators", self.named(&others))];
            items.push(Item::from(self.say.fill("missing_others", &with)));
        }
        items.extend(self.untried(&settle.untried));
        if !items.is_empty() {
            blocks.push(Block::List(items));
        }
    }

    /// What was not tried, and why.
    pub fn untried(&self, untried: &Untried) -> Vec<Item> {
        let mut items = Vec::new();
        for (key, names) in [
            ("not_tried_peers", &untried.peers),
            ("not_tried_spells", &untried.spells),
        ] {
            if !names.is_empty() {
                let names: Vec<&String> = names.iter().collect();
                let with = [("indicators", self.named(&names))];
                items.push(Item::from(self.say.fill(key, &with)));
            }
        }
        items
    }

    /// Indicators by their labels; the first ones, where they are many.
    fn named(&self, names: &[&String]) -> Rich {
        let labels = names.iter().take(NAMED).map(|name| {
            let mut inputs = self.plan().inputs.iter();
            let input = inputs.find(|input| input.name == ***name);
            self.input(name, input.map_or("", |input| &input.label))
        });
        let named = self.list(labels.collect());
        let more = names.len().saturating_sub(NAMED);
        if more == 0 {
            return named;
        }
        let with = [("more", Rich::value(self.say.number(more as f64)))];
        named.and(" ", self.say.fill("and_more", &with))
    }

    /// An indicator at both ends: where the level stands at the lower outcome and at the higher one.
    fn trial(&self, entity: &Entity, one: &Settling) -> Option<Trial> {
        let level = self.facts.level()?;
        let outcomes = one.outcomes.iter();
        let outcomes = outcomes.filter_map(|(value, then)| Some((value, between(then)?)));
        let outcomes: Vec<(&Shown, Between)> = outcomes.collect();
        let least = outcomes.iter().min_by_key(|(_, at)| (at.most, at.least))?;
        let most = outcomes.iter().max_by_key(|(_, at)| (at.least, at.most))?;
        let rtl = self.say.rtl();
        let at = |key: &str, value: &Shown| self.say.line(key, &[("value", self.say.shown(value))]);
        let said = |value: &Shown, at: Between| {
            let with = [
                ("value", self.say.shown(value)),
                ("level", self.say.between(&level.places, at)),
            ];
            self.say.line("then_level", &with)
        };
        Some(Trial {
            label: self.new_one(one).plain(rtl),
            least: (at("at_value", least.0), least.1),
            most: (at("at_value", most.0), most.1),
            said: [said(least.0, least.1), said(most.0, most.1)],
            note: self.settles(entity, one).plain(rtl),
        })
    }
}
