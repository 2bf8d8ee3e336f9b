//! What would bring a level down, and what would bring it up: the smallest changes of one indicator or two.
//! They are what the rules say, and no advice.

use forewarn_runtime::explain::{Edge, Flip, Move, Shown};

use super::Writer;
use crate::document::{Block, Item};
use crate::facts::{Entity, between};
use crate::rich::Rich;

/// So many ways are told in each direction.
const TOLD: usize = 3;

impl Writer<'_> {
    pub fn would_change(&self, entity: &Entity, blocks: &mut Vec<Block>) {
        if entity.silent.is_some() {
            return;
        }
        let Some(finding) = entity.finding() else {
            return;
        };
        let Some(change) = &finding.change else {
            return;
        };
        let now = between(&finding.reason.value);
        let flips = || change.one.iter().chain(&change.two);
        let goes = |flip: &&Flip, down: bool| match (now, between(&flip.becomes)) {
            // Of a level that is open: surely down, or surely up.
            (Some(now), Some(then)) if down => then.most < now.most && then.least <= now.least,
            (Some(now), Some(then)) => then.least > now.least && then.most >= now.most,
            _ => down,
        };
        let down: Vec<&Flip> = flips().filter(|flip| goes(flip, true)).take(TOLD).collect();
        let up: Vec<&Flip> = flips()
            .filter(|flip| !goes(flip, true) && goes(flip, false))
            .take(TOLD)
            .collect();
        let other: Vec<&Flip> = flips()
            .filter(|flip| !goes(flip, true) && !goes(flip, false))
            .take(TOLD)
            .collect();
        if flips().next().is_none() && change.untried.is_empty() {
            self.heading(blocks, "would_change");
            blocks.push(Block::Text(self.say.word("nothing_alone")));
            return;
        }
        self.heading(blocks, "would_change");
        let mut items = Vec::new();
        for (key, flips) in [
            ("would_lower", down),
            ("would_raise", up),
            ("would_open", other),
        ] {
            if flips.is_empty() {
                continue;
            }
            items.push(Item {
                text: self.say.word(key),
                graphic: None,
                bold: false,
                below: flips
                    .into_iter()
                    .map(|flip| Item::from(self.flip(flip)))
                    .collect(),
            });
        }
        items.extend(self.untried(&change.untried));
        blocks.push(Block::List(items));
        blocks.push(Block::Note(self.say.word("no_advice")));
    }

    fn flip(&self, flip: &Flip) -> Rich {
        let moves = flip.moves.iter().map(|one| self.moved(one)).collect();
        let with = [
            ("moves", self.list(moves)),
            ("level", self.say.shown(&flip.becomes)),
        ];
        self.say.fill("makes_it", &with)
    }

    /// `conflict deaths below 1,000 (now 1,130)`
    fn moved(&self, one: &Move) -> Rich {
        let what = ("what", self.input(&one.input, &one.label));
        match (&one.from, one.edge()) {
            (Shown::Number { value: from, unit }, Some(edge)) => {
                let key = match (edge, one.goes_up()) {
                    (Edge::Beyond(_), true) => "move_above",
                    (Edge::Beyond(_), false) => "move_below",
                    (Edge::To(_), true) => "move_up_to",
                    (Edge::To(_), false) => "move_down_to",
                };
                let (now, edge) = (
                    self.say.exactly(*from, unit),
                    self.say.exactly(edge.number(), unit),
                );
                self.say.fill(
                    key,
                    &[what, ("edge", Rich::value(edge)), ("now", Rich::value(now))],
                )
            }
            (from, _) => {
                let to = &one.to;
                let with = [
                    what,
                    ("edge", self.say.shown(to)),
                    ("now", self.say.shown(from)),
                ];
                self.say.fill("move_to", &with)
            }
        }
    }
}
