//! Why a level moved: the score from where it stood to where it stands; else what crossed its threshold; and
//! the steps in between.

use forewarn_charts::{Arrow, Causes, Crossing, Dot};
use forewarn_runtime::explain::{Finding, Moved, Shown, Since};

use super::Writer;
use crate::document::{Block, Figure, ReportCell, Table};
use crate::facts::{Cause, Crossed, Entity};
use crate::rich::Rich;

impl Writer<'_> {
    pub fn moves(&self, entity: &Entity, blocks: &mut Vec<Block>) {
        if entity.silent.is_some() {
            return;
        }
        let scored = self
            .scored(entity)
            .and_then(|finding| finding.since.as_ref());
        let own = entity.finding().and_then(|finding| finding.since.as_ref());
        let drawn = scored.and_then(|since| self.score_moved(entity, since));
        let crossing = match entity.causes.first() {
            Some(Cause::Crossed(crossed)) if drawn.is_none() => {
                Some(self.crossing(entity, crossed))
            }
            Some(_) | None => None,
        };
        let steps = own.filter(|since| !since.steps.is_empty());
        if drawn.is_none() && crossing.is_none() && steps.is_none() {
            return;
        }
        self.heading(blocks, "moved");
        let has_score = drawn.is_some();
        blocks.extend(drawn);
        blocks.extend(crossing);
        if let Some(since) = steps.filter(|_| !has_score) {
            blocks.push(self.steps(since));
        }
        blocks.push(Block::Note(self.say.word("order_note")));
    }

    /// What is told of the score that the level is read from.
    fn scored<'e>(&self, entity: &'e Entity) -> Option<&'e Finding> {
        let score = self.facts.score.as_deref()?;
        let mut results = entity.told.results.iter();
        results.find(|finding| finding.reason.name.as_deref() == Some(score))
    }

    fn score_moved(&self, entity: &Entity, since: &Since) -> Option<Block> {
        let number = |shown: &Shown| {
            let known = crate::facts::number(shown);
            known
                .map(|(value, _)| value)
                .filter(|value| value.is_finite())
        };
        let (before, now) = (number(&since.before)?, number(&since.now)?);
        let rtl = self.say.rtl();
        let mut arrows = self.revised(entity, before);
        let begins = arrows.first().map_or(before, |arrow| arrow.from);
        for step in &since.steps {
            let (from, to) = (number(&step.before)?, number(&step.after)?);
            arrows.push(Arrow {
                label: self.took(&step.what).plain(rtl),
                from,
                to,
                said: self.say.signed(to - from),
                revised: false,
            });
        }
        if arrows.is_empty() {
            return None;
        }
        let (said_before, said_now) = self.say.apart(begins, now, "");
        let last = self.last(entity).plain(rtl);
        let levels = self.edges(entity);
        let with = [
            ("before", Rich::value(said_before.clone())),
            ("now", Rich::value(said_now.clone())),
        ];
        let finding = self.say.fill("score_finding", &with);
        let says = finding.plain(rtl);
        let head = ["cause", "by_how_much"].map(|key| self.text(key));
        let ends = levels
            .iter()
            .map(|(low, _)| *low)
            .filter(|low| low.is_finite());
        let low = ends.clone().fold(begins.min(now), f64::min);
        let high = ends.fold(begins.max(now), f64::max);
        let causes = Causes {
            range: (low, high + (high - low) * 0.05),
            levels: &levels,
            before: Dot {
                label: last,
                value: begins,
                said: said_before,
            },
            arrows: &arrows,
            now: Dot {
                label: self.text("now"),
                value: now,
                said: said_now,
            },
            says: &says,
            head: [&head[0], &head[1]].map(String::as_str),
        };
        Some(Block::Figure(Figure {
            finding,
            graphic: causes.draw(self.look()),
            table: Some(self.text("moved")),
        }))
    }

    /// What an earlier run said of the period before, where it said something else.
    fn revised(&self, entity: &Entity, now: f64) -> Vec<Arrow> {
        let (Some(earlier), Some(score), Some(before)) =
            (&self.options.earlier, &self.facts.score, entity.before)
        else {
            return Vec::new();
        };
        let period = self.facts.material.panel.periods.get(before).copied();
        let key = (score.clone(), entity.name.clone(), period);
        let Some(then) = earlier.numbers.get(&key).copied() else {
            return Vec::new();
        };
        if (then - now).abs() <= 1e-12 * now.abs().max(1.0) {
            return Vec::new();
        }
        let key = if earlier.rules == Some(false) {
            "rules_changed"
        } else {
            "data_revised"
        };
        vec![Arrow {
            label: self.say.line(key, &[("period", self.period(period))]),
            from: then,
            to: now,
            said: self.say.signed(now - then),
            revised: true,
        }]
    }

    fn crossing(&self, entity: &Entity, crossed: &Crossed) -> Block {
        let (now, threshold) = self
            .say
            .apart(crossed.now, crossed.threshold, &crossed.unit);
        let (before, _) = self
            .say
            .apart(crossed.before, crossed.threshold, &crossed.unit);
        let with = [
            ("what", Rich::value(crossed.what.clone())),
            ("before", Rich::value(before.clone())),
            ("now", Rich::value(now.clone())),
            ("threshold", Rich::value(threshold.clone())),
        ];
        let finding = self.say.fill("crossing_finding", &with);
        let rtl = self.say.rtl();
        let says = finding.plain(rtl);
        let head = [self.text("what"), self.text("value")];
        let crossing = Crossing {
            before: Dot {
                label: self.last(entity).plain(rtl),
                value: crossed.before,
                said: before,
            },
            now: Dot {
                label: self.text("now"),
                value: crossed.now,
                said: now,
            },
            threshold: Dot {
                label: self.text("threshold"),
                value: crossed.threshold,
                said: threshold,
            },
            says: &says,
            head: [&head[0], &head[1]].map(String::as_str),
        };
        Block::Figure(Figure {
            finding,
            graphic: crossing.draw(self.look()),
            table: Some(crossed.what.clone()),
        })
    }

    /// Step by step, with what the result was after each.
    fn steps(&self, since: &Since) -> Block {
        let rows = since.steps.iter().map(|step| {
            let mut took = self.took(&step.what);
            if !step.with.is_empty() {
                let with = step.with.iter().map(|moved| self.took(moved)).collect();
                let with = [("others", self.list(with))];
                took = took.and(" ", self.say.fill("together_with", &with));
            }
            let one_of = step.with_one_of.iter().map(|moved| self.took(moved));
            let one_of = one_of
                .reduce(|one, other| self.say.fill("level_or", &[("from", one), ("to", other)]));
            if let Some(one_of) = one_of {
                let with = [("others", one_of)];
                took = took.and(" ", self.say.fill("together_with", &with));
            }
            vec![
                ReportCell::Text(took),
                ReportCell::Text(self.say.shown(&step.after)),
            ]
        });
        let period = [("period", self.period(Some(since.period.number)))];
        Block::Table(Table {
            caption: self.say.line("steps_caption", &period),
            head: ["cause", "level_then"].map(|key| self.text(key)).to_vec(),
            rows: rows.collect(),
        })
    }

    /// What took its new value: `conflict deaths 640 → 1,130`
    fn took(&self, moved: &Moved) -> Rich {
        match moved {
            Moved::Input {
                name,
                label,
                from,
                to,
            } => {
                let (from, to) = match (from, to) {
                    (Shown::Number { value: a, unit }, Shown::Number { value: b, .. })
                        if !a.is_nan() && !b.is_nan() =>
                    {
                        let (a, b) = self.say.apart(*a, *b, unit);
                        (Rich::value(a), Rich::value(b))
                    }
                    _ => (self.say.observed(from), self.say.observed(to)),
                };
                let with = [
                    ("what", self.input(name, label)),
                    ("from", from),
                    ("to", to),
                ];
                self.say.fill("took", &with)
            }
            Moved::Earlier { name, label } => {
                let with = [("what", self.input(name, label))];
                self.say.fill("cause_earlier", &with)
            }
            Moved::Past {
                name,
                label,
                from,
                to,
            } => {
                let with = [("what", self.input(name, label))];
                let what = self.say.fill("cause_earlier", &with);
                let with = [
                    ("what", what),
                    ("from", self.say.observed(from)),
                    ("to", self.say.observed(to)),
                ];
                self.say.fill("took", &with)
            }
            Moved::Peers { own } if own.is_empty() => self.say.word("cause_peers"),
            Moved::Peers { own } => {
                let own = self.list(own.iter().map(|one| self.took(one)).collect());
                self.say.word("cause_peers").and(" ", own)
            }
            Moved::Spells => self.say.word("cause_spells"),
            Moved::History => self.say.word("cause_history"),
            Moved::Params(params) if params.iter().any(|param| param.from != param.to) => {
                let others = params.iter().filter(|param| param.from != param.to);
                let others = others.map(|param| {
                    self.took(&Moved::Input {
                        name: param.name.clone(),
                        label: param.label.clone(),
                        from: param.from.clone(),
                        to: param.to.clone(),
                    })
                });
                self.list(others.collect())
            }
            Moved::Params(_) | Moved::Time => self.say.word("cause_time"),
        }
    }
}
