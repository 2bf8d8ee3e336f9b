//! Everybody, as a ladder table; how marks are read; and for whom the report is.

use forewarn_charts::{Between, Ladder, Strip};
use forewarn_plan::DeclarationKind;
use forewarn_runtime::explain::Shown;

use super::Writer;
use crate::document::{Block, Figure, Item, ReportCell, Table};
use crate::facts::{Entity, called};
use crate::rich::Rich;

impl Writer<'_> {
    pub fn everybody(&self, blocks: &mut Vec<Block>) {
        self.heading(blocks, "everybody");
        match self.facts.level() {
            Some(_) => self.ladders(blocks),
            None => self.results(blocks),
        }
    }

    fn ladders(&self, blocks: &mut Vec<Block>) {
        let Some(level) = self.facts.level() else {
            return;
        };
        let over_time = self.facts.end.is_some();
        let mut head = vec!["entity", "ladder", "level"];
        if over_time {
            head.push("was");
        }
        if !self.facts.alerts.is_empty() {
            head.push("alert");
        }
        head.push("evidence");
        let rows = self.facts.ranked().into_iter().map(|entity| {
            let (now, before) = (self.facts.now(entity), self.facts.before(entity));
            let before = before.filter(|_| now.is_some());
            let word = match now {
                Some(now) => self.say.placed(&level.places, now),
                None => {
                    let with = [("period", self.period(entity.silent))];
                    self.say.fill("no_report_since", &with)
                }
            };
            let mut row = vec![
                self.linked(entity),
                ReportCell::Graphic(self.ladder(level, now, before)),
                ReportCell::Text(word),
            ];
            if over_time {
                let was = before.map(|before| {
                    let word = self.say.between(&level.places, before);
                    match self.before_that(entity) {
                        // Other periods lie between, of which there is no row.
                        Some(then) => {
                            let then = self.period(Some(then)).plain(self.say.rtl());
                            word.and(" ", Rich::value(format!("({then})")))
                        }
                        None => word,
                    }
                });
                row.push(ReportCell::Text(was.unwrap_or_default()));
            }
            if !self.facts.alerts.is_empty() {
                row.push(ReportCell::Text(self.alert_word(entity)));
            }
            row.push(self.evidence(entity));
            row
        });
        let rows: Vec<Vec<ReportCell>> = rows.collect();
        let with = [
            ("what", Rich::value(level.label.clone())),
            ("period", self.period(self.facts.end)),
        ];
        let key = if over_time {
            "everybody_caption"
        } else {
            "everybody_caption_once"
        };
        blocks.push(Block::Table(Table {
            caption: self.say.line(key, &with),
            head: head.into_iter().map(|key| self.text(key)).collect(),
            rows,
        }));
        blocks.push(self.legend(level.places.len()));
    }

    /// How ladders and marks are read.
    fn legend(&self, of: usize) -> Block {
        let most = of.saturating_sub(1);
        let sample = |now: Option<Between>, before: Option<Between>, key: &str| {
            let says = self.text(key);
            let ladder = Ladder {
                of,
                now,
                before,
                says: &says,
            };
            Item {
                text: self.say.word(key),
                graphic: Some(ladder.draw(self.look())),
                bold: false,
                below: Vec::new(),
            }
        };
        let middle = most / 2;
        let open = Between {
            least: middle.min(1),
            most: most.saturating_sub(1).max(middle.min(1)),
        };
        let known = Between::exactly(middle);
        Block::List(vec![
            sample(Some(known), None, "legend_known"),
            sample(Some(open), None, "legend_open"),
            sample(None, None, "legend_silent"),
            sample(
                Some(known),
                Some(Between::exactly(middle.saturating_sub(1))),
                "legend_before",
            ),
        ])
    }

    /// The state of the gravest alert.
    fn alert_word(&self, entity: &Entity) -> Rich {
        let states = self
            .facts
            .alerts
            .iter()
            .map(|alert| alert.at(entity.row).state);
        let mut gravest = None;
        for state in states {
            let Some(state) = state else {
                return self.say.word("unknown");
            };
            gravest = gravest.max(Some(state));
        }
        gravest.map_or_else(Rich::default, |state| self.state(state))
    }

    /// The share of the indicators that is known.
    pub fn evidence(&self, entity: &Entity) -> ReportCell {
        let (known, all) = entity.known;
        // What was known when it last reported says nothing of now.
        let share = if all == 0 || entity.silent.is_some() {
            f64::NAN
        } else {
            known as f64 / all as f64
        };
        ReportCell::Number(share, self.say.percent(share))
    }

    /// Of frameworks without levels: their results.
    fn results(&self, blocks: &mut Vec<Block>) {
        let first = self.facts.entities.first();
        let asked = first.map_or(Vec::new(), |entity| {
            let results = entity.told.results.iter().map(|finding| &finding.reason);
            results
                .map(|reason| called(&reason.label, reason.name.as_deref().unwrap_or_default()))
                .collect()
        });
        let mut head = vec![self.text("entity")];
        head.extend(asked);
        head.push(self.text("evidence"));
        let rows = self.facts.entities.iter().map(|entity| {
            let mut row = vec![self.linked(entity)];
            let results = entity.told.results.iter();
            row.extend(results.map(|finding| self.cell(&finding.reason.value)));
            row.push(self.evidence(entity));
            row
        });
        blocks.push(Block::Table(Table {
            caption: self.text("results_caption"),
            rows: rows.collect(),
            head,
        }));
    }

    /// Any value in a cell.
    pub fn cell(&self, value: &Shown) -> ReportCell {
        if let Shown::Number { value, unit } = value {
            return ReportCell::Number(*value, self.say.quantity(*value, unit));
        }
        ReportCell::Text(self.say.shown(value))
    }

    /// A square for each factor, struck where the audience may not see it; nothing where it sees all.
    pub fn audience_strip(&self) -> Option<Block> {
        let told = &self.plan().confidentiality;
        let is_factor = |kind| kind == DeclarationKind::Factor;
        let withheld = told.withheld.iter().filter(|one| is_factor(one.kind));
        let withheld: Vec<&str> = withheld.map(|one| one.name.as_str()).collect();
        if told.withheld.is_empty() {
            return None;
        }
        let shown = self
            .facts
            .columns
            .factors
            .iter()
            .map(|factor| (factor.label.clone(), true, self.text("shown")));
        let hidden = told.withheld.iter().filter(|one| is_factor(one.kind));
        let hidden =
            hidden.map(|one| (called(&one.label, &one.name), false, self.text("withheld")));
        let factors: Vec<(String, bool, String)> = shown.chain(hidden).collect();
        let number = |x: usize| Rich::value(self.say.number(x as f64));
        let with = [
            ("shown", number(factors.len() - withheld.len())),
            ("of", number(factors.len())),
            ("withheld", number(withheld.len())),
            ("audience", self.audience()),
        ];
        let finding = self.say.fill("strip_finding", &with);
        if factors.is_empty() {
            return None;
        }
        let says = finding.plain(self.say.rtl());
        let head = ["factor", "shown_or_not"].map(|key| self.text(key));
        let strip = Strip {
            factors: &factors,
            says: &says,
            head: [&head[0], &head[1]].map(String::as_str),
        };
        Some(Block::Figure(Figure {
            finding,
            graphic: strip.draw(self.look()),
            table: None,
        }))
    }
}
