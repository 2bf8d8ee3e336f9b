//! The page for the chief, in the order in which it is read: alerts, whose level moved, who cannot be judged,
//! who stopped reporting, what was open before, everybody.

use std::collections::BTreeSet;

use forewarn_charts::{Map, Place, Question, Questions};
use forewarn_plan::OutputKind;
use forewarn_plan::alerts::AlertEvent;
use forewarn_runtime::bind::ByKey;

use super::Writer;
use crate::document::{Block, Figure, Item, Kind, ReportCell, Section, Table};
use crate::facts::{AlertFacts, Entity, Movement, alert_word};
use crate::rich::Rich;

/// More standing alerts than these are told as a table.
const IN_A_SENTENCE: usize = 8;

/// An alert that stands without change.
struct Stands<'f> {
    entity: &'f Entity,
    alert: &'f AlertFacts<'f>,
    state: usize,
    since: Option<i64>,
}

pub fn page(writer: &Writer<'_>) -> Section {
    let mut blocks = vec![writer.about()];
    blocks.extend(writer.audience_strip());
    writer.alerts(&mut blocks);
    writer.notices(&mut blocks);
    writer.movers(&mut blocks);
    writer.said_otherwise(&mut blocks);
    writer.open(&mut blocks);
    writer.silent(&mut blocks);
    writer.strange(&mut blocks);
    writer.questions(&mut blocks);
    let notes = writer.options.notes.as_ref();
    writer.analyst(
        notes.map_or(&[], |notes| notes.general.as_slice()),
        &mut blocks,
    );
    writer.map(&mut blocks);
    writer.everybody(&mut blocks);
    Section {
        anchor: "front".to_owned(),
        title: writer.say.words.text("front").to_owned(),
        kind: Kind::Front,
        blocks,
    }
}

impl Writer<'_> {
    fn about(&self) -> Block {
        let framework = &self.plan().framework;
        let number = |x: usize| Rich::value(self.say.number(x as f64));
        let with = [
            ("framework", Rich::value(self.framework())),
            ("version", Rich::value(framework.version.clone())),
            ("entities", number(self.facts.entities.len())),
            ("audience", self.audience()),
        ];
        let about = self.say.fill("about", &with);
        let as_of = self.period(self.facts.end);
        if as_of.is_empty() {
            return Block::Text(about);
        }
        let as_of = self.say.fill("as_of", &[("period", as_of)]);
        Block::Text(as_of.and(" · ", about))
    }

    pub fn heading(&self, blocks: &mut Vec<Block>, key: &str) {
        blocks.push(Block::Heading(self.say.words.text(key).to_owned()));
    }

    /// What alerts did in the last period, then those that stand.
    fn alerts(&self, blocks: &mut Vec<Block>) {
        if self.facts.alerts.is_empty() {
            return;
        }
        self.heading(blocks, "alerts");
        let order = |event: AlertEvent| match event {
            AlertEvent::Escalated => 0,
            AlertEvent::Raised => 1,
            AlertEvent::Standing => 2,
            AlertEvent::Suppressed => 3,
            AlertEvent::Lowered => 4,
            AlertEvent::Cleared => 5,
        };
        let mut happened = Vec::new();
        let mut standing = Vec::new();
        let mut unknown: Vec<Rich> = Vec::new();
        for entity in self.facts.ranked() {
            for alert in &self.facts.alerts {
                let at = alert.at(entity.row);
                let name = || Rich::value(entity.name.clone());
                if entity.silent.is_some() {
                    // What stands is told with who is silent.
                    unknown.extend(at.state.is_none().then(name));
                    continue;
                }
                if let Some(kept) = alert.still_kept_back(entity) {
                    happened.push((order(kept.event), entity, alert, kept));
                }
                let known = happened.len();
                let lately = alert.lately(entity);
                happened.extend(lately.map(|event| (order(event.event), entity, alert, event)));
                match at.state {
                    _ if happened.len() > known => {}
                    Some(0) => {}
                    Some(state) => standing.push(Stands {
                        entity,
                        alert,
                        state,
                        since: at.since,
                    }),
                    None => unknown.push(name()),
                }
            }
        }
        happened.sort_by_key(|(order, ..)| *order);
        let several = self.facts.alerts.len() > 1;
        if happened.is_empty() {
            blocks.push(Block::Text(self.say.word("no_alerts")));
        } else {
            let rows = happened.iter().map(|(_, entity, alert, event)| {
                let mut row = vec![self.linked(entity)];
                if several {
                    row.push(ReportCell::from(alert.label.clone()));
                }
                row.push(ReportCell::Text(
                    self.say.word(alert_word(event.event, false)),
                ));
                let why = event.clause.as_ref();
                let why = why.map_or_else(Rich::default, |words| Rich::code(words.clone()));
                let kept = event.kept_back_by.map(|period| {
                    self.say
                        .fill("kept_back_by", &[("period", self.period(Some(period)))])
                });
                // In a month of which there was no row, and so no report.
                let when = (event.row != entity.row)
                    .then(|| self.facts.material.panel.periods.get(event.row).copied());
                let when = when.map_or_else(Rich::default, |when| self.period(when));
                let why = why.and(" · ", kept.unwrap_or_default());
                row.push(ReportCell::Text(why.and(" · ", when)));
                row
            });
            let mut head = vec![self.text("entity")];
            if several {
                head.push(self.text("alert"));
            }
            head.extend([self.text("what_happened"), self.text("why")]);
            blocks.push(Block::Table(Table {
                caption: self.text("alerts_caption"),
                head,
                rows: rows.collect(),
            }));
        }
        self.standing_alerts(&standing, blocks);
        if !unknown.is_empty() {
            let number = Rich::value(self.say.number(unknown.len() as f64));
            let with = [("number", number), ("entities", self.list(unknown))];
            blocks.push(Block::Text(self.say.fill("alerts_unknown", &with)));
        }
    }

    /// Which notices stand, since when, and which ended in the last period.
    fn notices(&self, blocks: &mut Vec<Block>) {
        if self.facts.notices.is_empty() {
            return;
        }
        self.heading(blocks, "notices");
        let mut items = Vec::new();
        for notice in &self.facts.notices {
            let (mut standing, mut ended, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
            for entity in self.facts.ranked() {
                // Of whoever has no rows any more it is told what stood when they ended.
                if self.has_ended(entity) {
                    continue;
                }
                let at = notice.at(entity.row);
                let name = Rich::value(entity.name.clone());
                let happened = notice.lately(entity).last().map(|happened| happened.event);
                match (at.state, happened) {
                    (Some(0), Some(AlertEvent::Cleared)) => ended.push(name),
                    (Some(0), _) => {}
                    (Some(_), _) if at.since.is_some() => {
                        let with = [("entity", name), ("period", self.period(at.since))];
                        standing.push(self.say.fill("notice_since", &with));
                    }
                    (Some(_), _) => standing.push(name),
                    (None, _) => unknown.push(name),
                }
            }
            let all = [
                ("notice_stands", standing),
                ("notice_ended", ended),
                ("notice_unknown", unknown),
            ];
            for (key, entities) in all.into_iter().filter(|(_, all)| !all.is_empty()) {
                let label = Rich::value(notice.label.clone());
                let with = [("notice", label), ("entities", self.list(entities))];
                items.push(Item::from(self.say.fill(key, &with)));
            }
        }
        blocks.push(if items.is_empty() {
            Block::Text(self.say.word("no_notices"))
        } else {
            Block::List(items)
        });
    }

    /// Alerts that stand: few in a sentence, many by alert and state.
    fn standing_alerts(&self, standing: &[Stands<'_>], blocks: &mut Vec<Block>) {
        let several = self.facts.alerts.len() > 1;
        if standing.is_empty() {
            return;
        }
        if !several && standing.len() <= IN_A_SENTENCE {
            let told = standing.iter().map(|one| {
                let with = [
                    ("entity", Rich::value(one.entity.name.clone())),
                    ("state", self.state(one.state)),
                    ("period", self.period(one.since)),
                ];
                let key = if one.since.is_some() {
                    "alert_since"
                } else {
                    "alert_state"
                };
                self.say.fill(key, &with)
            });
            let with = [("entities", self.list(told.collect()))];
            blocks.push(Block::Text(self.say.fill("alerts_standing", &with)));
            return;
        }
        let kind = self.plan().panel.period;
        let since = |one: &Stands<'_>| {
            let period = kind.zip(one.since);
            let period = period.map(|(kind, since)| self.say.short_period(kind, since));
            let name = Rich::value(one.entity.name.clone());
            match period {
                Some(period) => {
                    let with = [("entity", name), ("state", Rich::value(period))];
                    self.say.fill("alert_state", &with)
                }
                None => name,
            }
        };
        let mut rows = Vec::new();
        for alert in &self.facts.alerts {
            let own: Vec<&Stands<'_>> = standing
                .iter()
                .filter(|one| one.alert.info.name == alert.info.name)
                .collect();
            let states: BTreeSet<usize> = own.iter().map(|one| one.state).collect();
            for state in states.into_iter().rev() {
                let here = own.iter().filter(|one| one.state == state);
                let mut row = vec![
                    ReportCell::Text(self.state(state)),
                    ReportCell::Text(self.list(here.map(|one| since(one)).collect())),
                ];
                if several {
                    row.insert(0, ReportCell::from(alert.label.clone()));
                }
                rows.push(row);
            }
        }
        let mut head = vec![self.text("alert_stands"), self.text("entity")];
        if several {
            head.insert(0, self.text("alert"));
        }
        blocks.push(Block::Table(Table {
            caption: self.text("alerts_standing_caption"),
            head,
            rows,
        }));
    }

    /// What an alert's state is called.
    pub fn state(&self, state: usize) -> Rich {
        let places = self.plan().outputs.iter().find_map(|output| {
            let is_alert = self
                .facts
                .alerts
                .iter()
                .any(|alert| alert.info.name == output.column);
            let OutputKind::Level { names, labels } = &output.kind else {
                return None;
            };
            // Where nobody translates them, the report's own words say it.
            (is_alert && names != labels).then(|| labels.clone())
        });
        if let Some(label) = places.and_then(|places| places.get(state).cloned()) {
            return Rich::value(label);
        }
        self.say.word(match state {
            0 => "state_quiet",
            1 => "state_raised",
            _ => "state_escalated",
        })
    }

    fn movers(&self, blocks: &mut Vec<Block>) {
        let Some(level) = self.facts.level().filter(|_| self.facts.end.is_some()) else {
            return;
        };
        self.heading(blocks, "movers");
        let order = |movement: Movement| match movement {
            Movement::Rose => 0,
            Movement::Fell => 1,
            Movement::Opened => 2,
            Movement::Settled => 3,
            Movement::Changed => 4,
            Movement::Same | Movement::New => 5,
        };
        let mut moved: Vec<&Entity> = self.facts.ranked();
        moved.retain(|entity| entity.movement.is_move() && entity.silent.is_none());
        moved.sort_by_key(|entity| order(entity.movement));
        if moved.is_empty() {
            let mut entities = self.facts.entities.iter();
            let has_before = entities.any(|entity| entity.before.is_some());
            let key = if has_before {
                "no_movers"
            } else {
                "no_period_before"
            };
            blocks.push(Block::Text(self.say.word(key)));
            return;
        }
        let items = moved.into_iter().map(|entity| Item {
            bold: true,
            text: self.lead(entity),
            graphic: Some(self.ladder(level, self.facts.now(entity), self.facts.before(entity))),
            below: Vec::new(),
        });
        blocks.push(Block::List(items.collect()));
    }

    /// Who cannot be judged, and the indicator that would exclude most.
    fn open(&self, blocks: &mut Vec<Block>) {
        let Some(level) = self.facts.level() else {
            return;
        };
        self.heading(blocks, "open");
        let mut open = self.facts.ranked();
        open.retain(|entity| self.facts.now(entity).is_some_and(|now| !now.is_known()));
        if open.is_empty() {
            blocks.push(Block::Text(self.say.word("nobody_open")));
            return;
        }
        blocks.push(Block::Text(self.say.word("open_means")));
        let rows = open.into_iter().map(|entity| {
            let now = self.facts.now(entity);
            let word = now.map_or_else(Rich::default, |now| self.say.between(&level.places, now));
            vec![
                self.linked(entity),
                ReportCell::Graphic(self.ladder(level, now, self.facts.before(entity))),
                ReportCell::Text(word),
                ReportCell::Text(self.settled_first(entity)),
            ]
        });
        blocks.push(Block::Table(Table {
            caption: self.text("open_caption"),
            head: ["entity", "ladder", "level", "would_settle"]
                .map(|key| self.text(key))
                .to_vec(),
            rows: rows.collect(),
        }));
    }

    /// Are there no rows of it any more, not even empty ones?
    fn has_ended(&self, entity: &Entity) -> bool {
        let period = self.facts.material.panel.periods.get(entity.row).copied();
        entity.silent.is_some() && period < self.facts.end
    }

    fn silent(&self, blocks: &mut Vec<Block>) {
        let Some(kind) = self.plan().panel.period else {
            return;
        };
        self.heading(blocks, "silent");
        let mut silent: Vec<&Entity> = self.facts.entities.iter().collect();
        silent.retain(|entity| entity.silent.is_some());
        if silent.is_empty() {
            let with = [("kind", self.say.kind(Some(kind)))];
            blocks.push(Block::Text(self.say.fill("nobody_silent", &with)));
            return;
        }
        silent.sort_by_key(|entity| std::cmp::Reverse(entity.silent));
        let items = silent.into_iter().map(|entity| {
            let left = self.facts.alerts.iter().filter_map(|alert| {
                let at = alert.at(entity.row);
                let state = at.state.filter(|state| *state > 0)?;
                let with = [
                    ("alert", Rich::value(alert.label.clone())),
                    ("state", self.state(state)),
                ];
                Some(self.say.fill("alert_left", &with))
            });
            let notices = self.facts.notices.iter().filter(|_| self.has_ended(entity));
            let notices = notices.filter_map(|notice| {
                notice.at(entity.row).state.filter(|state| *state > 0)?;
                let with = [("notice", Rich::value(notice.label.clone()))];
                Some(self.say.fill("notice_left", &with))
            });
            let told = left.chain(notices);
            Item::from(told.fold(self.lead(entity), |told, one| told.and(" ", one)))
        });
        blocks.push(Block::List(items.collect()));
    }

    /// Where an earlier run said otherwise of a period that both have: values were revised, or rules have changed. Who
    /// reads last month's report beside this one would else find them at odds.
    fn said_otherwise(&self, blocks: &mut Vec<Block>) {
        const TOLD: usize = 12;
        let Some(earlier) = &self.options.earlier else {
            return;
        };
        let panel = self.facts.material.panel;
        let mut items: Vec<Rich> = Vec::new();
        for entity in &self.facts.entities {
            for row in entity.first..=entity.row {
                let period = panel.periods.get(row).copied();
                let then = |name: &str| {
                    let key = (name.to_owned(), entity.name.clone(), period);
                    earlier.levels.get(&key).copied()
                };
                let mut say = |what: &str, before: Rich, now: Rich| {
                    let with = [
                        ("what", Rich::value(what.to_owned())),
                        ("entity", Rich::value(entity.name.clone())),
                        ("period", self.period(period)),
                        ("before", before),
                        ("now", now),
                    ];
                    items.push(self.say.fill("revised_value", &with));
                };
                if let Some(level) = self.facts.level()
                    && let Some(before) = then(&level.name).filter(|one| one.is_known())
                    && let Some(now) = level.at(row).filter(|now| *now != before)
                {
                    let word = |at| self.say.between(&level.places, at);
                    say(&level.label, word(before), word(now));
                }
                for alert in &self.facts.alerts {
                    let before = then(&alert.info.name).filter(|one| one.is_known());
                    if let Some(before) = before
                        && let Some(now) = alert.at(row).state
                        && now != before.least
                    {
                        say(&alert.label, self.state(before.least), self.state(now));
                    }
                }
            }
        }
        if items.is_empty() {
            return;
        }
        self.heading(blocks, "revised");
        let more = items.len().saturating_sub(TOLD);
        items.truncate(TOLD);
        if more > 0 {
            let number = Rich::value(self.say.number(more as f64));
            items.push(self.say.fill("revised_more", &[("number", number)]));
        }
        blocks.push(Block::List(items.into_iter().map(Item::from).collect()));
    }

    /// A period in the future, and values that depart from everything before them: what moved by them may be no more
    /// than a slip. Of values nothing is told where the audience does not see all of the data.
    fn strange(&self, blocks: &mut Vec<Block>) {
        let plan = self.plan();
        let (told, panel) = (&plan.confidentiality, self.facts.material.panel);
        let sees_all = told.withheld.is_empty() && told.sealed.is_empty();
        let keys = ByKey {
            entities: &panel.entities,
            entity_of: &panel.entity_of,
            periods: &panel.periods,
        };
        let (departures, rescaled) = if sees_all {
            keys.strange(plan, &panel.columns)
        } else {
            (Vec::new(), Vec::new())
        };
        let input = |at: usize| plan.inputs.get(at);
        let what = |at: usize| {
            let what = input(at).map(|input| self.input(&input.name, &input.label));
            what.unwrap_or_default()
        };
        let scales = rescaled.iter().map(|one| {
            let key = if one.up {
                "strange_larger"
            } else {
                "strange_smaller"
            };
            let with = [
                ("what", what(one.input)),
                ("times", Rich::value(self.say.number(f64::from(one.times)))),
                ("period", self.period(Some(one.period))),
            ];
            self.say.fill(key, &with)
        });
        let values = departures.iter().map(|one| {
            let unit = input(one.input).map_or("", |input| input.unit.as_str());
            let (from, to) = self.say.apart(one.from, one.to, unit);
            let with = [
                ("what", what(one.input)),
                ("entity", Rich::value(one.entity.clone())),
                ("from", Rich::value(from)),
                ("to", Rich::value(to)),
                ("period", self.period(Some(one.period))),
            ];
            self.say.fill("strange_value", &with)
        });
        let future = self.facts.end.zip(self.options.today);
        let future = future.filter(|(end, today)| end > today);
        let future = future.map(|(end, _)| {
            let with = [("period", self.period(Some(end)))];
            self.say.fill("strange_future", &with)
        });
        let items: Vec<Item> = future
            .into_iter()
            .chain(scales)
            .chain(values)
            .map(Item::from)
            .collect();
        if !items.is_empty() {
            self.heading(blocks, "strange");
            blocks.push(Block::List(items));
        }
    }

    /// What an earlier run left open, and where that stands by now.
    fn questions(&self, blocks: &mut Vec<Block>) {
        let (Some(level), Some(earlier)) = (self.facts.level(), &self.options.earlier) else {
            return;
        };
        self.heading(blocks, "questions");
        let panel = self.facts.material.panel;
        let last = earlier
            .levels
            .keys()
            .filter(|(name, ..)| *name == level.name);
        let last = last.map(|(_, _, period)| *period).max().flatten();
        let mut questions = Vec::new();
        for entity in &self.facts.entities {
            let key = (level.name.clone(), entity.name.clone(), last);
            let Some(then) = earlier.levels.get(&key).filter(|then| !then.is_known()) else {
                continue;
            };
            let row =
                (entity.first..=entity.row).find(|row| panel.periods.get(*row).copied() == last);
            let now = row.and_then(|row| level.at(row));
            let word = |at| self.say.between(&level.places, at);
            let said = match now {
                Some(now) if now.is_known() => {
                    let outside = now.least < then.least || now.most > then.most;
                    let key = if outside {
                        "question_outside"
                    } else {
                        "question_known"
                    };
                    self.say.fill(key, &[("level", word(now))])
                }
                Some(_) | None => self.say.word("question_open"),
            };
            questions.push(Question {
                entity: entity.name.clone(),
                then: *then,
                now,
                then_said: word(*then).plain(self.say.rtl()),
                said: said.plain(self.say.rtl()),
            });
        }
        if questions.is_empty() {
            blocks.push(Block::Text(self.say.word("no_questions")));
            return;
        }
        let number = |x: usize| Rich::value(self.say.number(x as f64));
        let answered = questions
            .iter()
            .filter(|one| one.now.is_some_and(|now| now.is_known()));
        let with = [
            ("answered", number(answered.count())),
            ("of", number(questions.len())),
            ("period", self.period(last)),
        ];
        let finding = self.say.fill("questions_finding", &with);
        let says = finding.plain(self.say.rtl());
        let head = ["entity", "then", "now"].map(|key| self.text(key));
        let graphic = Questions {
            of: level.places.len(),
            questions: &questions,
            says: &says,
            head: [&head[0], &head[1], &head[2]].map(String::as_str),
        };
        blocks.push(Block::Figure(Figure {
            finding,
            graphic: graphic.draw(self.look()),
            table: Some(self.text("questions")),
        }));
    }

    fn map(&self, blocks: &mut Vec<Block>) {
        let (Some(level), Some(borders)) = (self.facts.level(), &self.options.map) else {
            return;
        };
        let places: Vec<Place> = self
            .facts
            .ranked()
            .into_iter()
            .map(|entity| {
                let now = self.facts.now(entity);
                Place {
                    entity: entity.name.clone(),
                    at: now,
                    said: self.standing(level, now, None).plain(self.say.rtl()),
                }
            })
            .collect();
        let with = [
            ("what", Rich::value(level.label.clone())),
            ("period", self.period(self.facts.end)),
        ];
        let finding = self.say.fill("map_finding", &with);
        let says = finding.plain(self.say.rtl());
        let head = ["entity", "level"].map(|key| self.text(key));
        let map = Map {
            outlines: &borders.outlines,
            of: level.places.len(),
            places: &places,
            says: &says,
            head: [&head[0], &head[1]].map(String::as_str),
        };
        if let Some(graphic) = map.draw(self.look()) {
            self.heading(blocks, "map");
            blocks.push(Block::Figure(Figure {
                finding,
                graphic,
                table: None,
            }));
            let note = self.say.fill(
                "map_note",
                &[("source", Rich::value(borders.source.clone()))],
            );
            let own = borders.disclaimer.clone().map(Rich::value);
            blocks.push(Block::Note(note.and(" ", own.unwrap_or_default())));
        }
    }

    /// Words as they stand.
    pub fn text(&self, key: &str) -> String {
        self.say.words.text(key).to_owned()
    }
}
