//! The page of one entity: the sentence, the level over time, why it moved, which rule decided, factors, what is
//! missing and what it could do, what would change it.

use forewarn_charts::{LevelKnown, Month, Multiple, Peers, Timeline};

use super::Writer;
use crate::document::{Block, Figure, Kind, ReportCell, Section, Table};
use crate::facts::{Entity, alert_mark, alert_word};
use crate::rich::Rich;

/// Events of alerts that are told, the latest first.
const EVENTS: usize = 12;
/// Periods that the small lines of factors show.
const SMALL: usize = 60;

pub fn page(writer: &Writer<'_>, entity: &Entity) -> Section {
    let mut blocks = vec![Block::Lead(writer.lead(entity))];
    writer.evidence_sentence(entity, &mut blocks);
    writer.over_time(entity, &mut blocks);
    writer.moves(entity, &mut blocks);
    writer.decided(entity, &mut blocks);
    writer.missing(entity, &mut blocks);
    writer.would_change(entity, &mut blocks);
    let notes = writer.options.notes.as_ref();
    let notes = notes.and_then(|notes| notes.of.get(&entity.name));
    writer.analyst(notes.map_or(&[], Vec::as_slice), &mut blocks);
    writer.factors(entity, &mut blocks);
    writer.peers(entity, &mut blocks);
    writer.other_levels(entity, &mut blocks);
    writer.events(entity, &mut blocks);
    Section {
        anchor: writer.anchor(entity),
        title: entity.name.clone(),
        kind: Kind::Entity,
        blocks,
    }
}

impl Writer<'_> {
    /// What an analyst says, and who it is.
    pub fn analyst(&self, paragraphs: &[String], blocks: &mut Vec<Block>) {
        if paragraphs.is_empty() {
            return;
        }
        self.heading(blocks, "analyst_notes");
        let paragraphs = paragraphs.iter().cloned();
        blocks.extend(paragraphs.map(|text| Block::Text(Rich::value(text))));
        let by = self
            .options
            .notes
            .as_ref()
            .and_then(|notes| notes.by.clone());
        let by = by.map(|name| self.say.fill("note_by", &[("name", Rich::value(name))]));
        blocks.extend(by.map(Block::Note));
    }

    /// What it rests on, apart from the level.
    fn evidence_sentence(&self, entity: &Entity, blocks: &mut Vec<Block>) {
        let (known, all) = entity.known;
        let number = |x: usize| Rich::value(self.say.number(x as f64));
        let with = [("known", number(known)), ("of", number(all))];
        let mut text = self.say.fill("evidence_sentence", &with);
        if let (Some(level), Some(now)) = (self.facts.level(), self.facts.now(entity))
            && !now.is_known()
        {
            let most = level.places.get(now.most).cloned().unwrap_or_default();
            let least = level.places.get(now.least).cloned().unwrap_or_default();
            let with = [("least", Rich::value(least)), ("most", Rich::value(most))];
            text = text.and(" ", self.say.fill("cannot_be_excluded", &with));
        }
        blocks.push(Block::Text(text));
    }

    fn over_time(&self, entity: &Entity, blocks: &mut Vec<Block>) {
        let (Some(level), Some(kind)) = (self.facts.level(), self.plan().panel.period) else {
            return;
        };
        let panel = self.facts.material.panel;
        let rtl = self.say.rtl();
        let mut months: Vec<Month> = Vec::new();
        let silent = self.say.word("no_report").plain(rtl);
        let month = |number: i64, standing: LevelKnown, said: String| Month {
            standing,
            marks: Vec::new(),
            name: self.say.period(kind, number),
            tick: self.say.short_period(kind, number),
            said,
        };
        for row in entity.first..=entity.row {
            let Some(number) = panel.periods.get(row).copied() else {
                continue;
            };
            // Periods that nobody has a row for are told too.
            let next = row.checked_sub(1).filter(|before| *before >= entity.first);
            let next = next
                .and_then(|before| panel.periods.get(before))
                .map(|before| before + 1);
            for missing in next.unwrap_or(number)..number {
                months.push(month(missing, LevelKnown::Silent, silent.clone()));
            }
            let mut one = match level.at(row) {
                Some(at) => {
                    let said = self.say.between(&level.places, at).plain(rtl);
                    month(number, LevelKnown::At(at), said)
                }
                None => month(number, LevelKnown::Silent, silent.clone()),
            };
            let marks = self
                .facts
                .alerts
                .iter()
                .filter_map(|alert| alert.happened(row));
            one.marks = marks.map(|happened| alert_mark(happened.event)).collect();
            months.push(one);
        }
        let last = panel.periods.get(entity.row).copied();
        if let (Some(last), Some(end)) = (last, self.facts.end) {
            for missing in last + 1..=end {
                months.push(month(missing, LevelKnown::Silent, silent.clone()));
            }
        }
        self.heading(blocks, "over_time");
        let finding = self.history_sentence(&months);
        let says = finding.plain(rtl);
        let head = ["from", "until", "level"].map(|key| self.text(key));
        let timeline = Timeline {
            levels: &level.places,
            months: &months,
            says: &says,
            head: [&head[0], &head[1], &head[2]].map(String::as_str),
        };
        blocks.push(Block::Figure(Figure {
            finding,
            graphic: timeline.draw(self.look()),
            table: Some(self.text("over_time")),
        }));
    }

    /// How long it has stood there, and between which levels it was.
    fn history_sentence(&self, months: &[Month]) -> Rich {
        let Some(last) = months.last() else {
            return Rich::default();
        };
        let same = months.iter().rev();
        let same = same.take_while(|month| month.standing == last.standing);
        let begins = months.len() - same.count();
        // Who is silent is so since the last report, as everywhere else.
        let silent = matches!(last.standing, LevelKnown::Silent);
        let since = months.get(begins.saturating_sub(usize::from(silent)));
        let since = since.map_or_else(String::new, |month| month.name.clone());
        let with = [
            ("now", Rich::value(last.said.clone())),
            ("since", Rich::value(since)),
            (
                "from",
                Rich::value(months.first().map_or("", |month| month.name.as_str())),
            ),
        ];
        self.say.fill("history_finding", &with)
    }

    fn factors(&self, entity: &Entity, blocks: &mut Vec<Block>) {
        let factors = &self.facts.columns.factors;
        if factors.is_empty() {
            return;
        }
        self.heading(blocks, "factors");
        let rtl = self.say.rtl();
        let from = (entity.row + 1).saturating_sub(SMALL).max(entity.first);
        let mut small = Vec::new();
        let mut rows = Vec::new();
        let all = factors.iter().flat_map(|factor| {
            let values = factor.values.get(from..=entity.row).unwrap_or_default();
            values.iter().copied().filter(|value| value.is_finite())
        });
        let (low, high) = all.fold((0.0_f64, 1.0_f64), |(low, high), x| {
            (low.min(x), high.max(x))
        });
        let over_time = self.facts.end.is_some();
        for factor in factors {
            let at = |row: usize| factor.values.get(row).copied().unwrap_or(f64::NAN);
            let (now, coverage) = (at(entity.row), factor.coverage.get(entity.row).copied());
            let coverage = coverage.unwrap_or(f64::NAN);
            let said = self.factor_value(factor.bounds, &factor.unit, now, entity.row);
            let with = [
                ("factor", Rich::value(factor.label.clone())),
                ("value", Rich::value(said.clone())),
                ("coverage", Rich::value(self.say.percent(coverage))),
            ];
            let says = self.say.fill("factor_says", &with).plain(rtl);
            if over_time {
                let graphic = Multiple {
                    values: factor.values.get(from..=entity.row).unwrap_or_default(),
                    coverage: factor.coverage.get(from..=entity.row).unwrap_or_default(),
                    range: (low, high),
                    says: &says,
                };
                small.push((factor.label.clone(), graphic.draw(self.look())));
            }
            let mut row = vec![
                ReportCell::from(factor.label.clone()),
                ReportCell::Number(now, said),
            ];
            if over_time {
                let before = entity.before.map_or(f64::NAN, at);
                row.push(ReportCell::Number(
                    before,
                    self.say.quantity(before, &factor.unit),
                ));
            }
            row.push(ReportCell::Number(coverage, self.say.percent(coverage)));
            rows.push(row);
        }
        if !small.is_empty() {
            blocks.push(Block::Note(self.say.word("factors_note")));
            blocks.push(Block::Small(small));
        }
        let head: &[&str] = if over_time {
            &["factor", "value", "was", "coverage"]
        } else {
            &["factor", "value", "coverage"]
        };
        blocks.push(Block::Table(Table {
            caption: self.text("factors"),
            head: head.iter().map(|key| self.text(key)).collect(),
            rows,
        }));
    }

    /// A factor's value; while it is missing, what it can still be.
    fn factor_value(
        &self,
        bounds: Option<(&[f64], &[f64])>,
        unit: &str,
        now: f64,
        row: usize,
    ) -> String {
        let ends = bounds.and_then(|(least, most)| Some((*least.get(row)?, *most.get(row)?)));
        let ends = ends.unwrap_or((f64::NAN, f64::NAN));
        self.say.bounded(now, ends, unit).plain(self.say.rtl())
    }

    /// Where it stands among the others, by the score that the level is read from.
    fn peers(&self, entity: &Entity, blocks: &mut Vec<Block>) {
        let reason = match (&self.facts.score, self.facts.head) {
            (Some(score), _) => {
                let mut results = entity.told.results.iter().map(|finding| &finding.reason);
                results.find(|reason| reason.name.as_deref() == Some(score))
            }
            (None, Some(_)) => None,
            (None, None) => entity.reason(),
        };
        let Some((reason, name)) = reason.and_then(|one| Some((one, one.name.as_deref()?))) else {
            return;
        };
        let Some(values) = self.facts.columns.values(name) else {
            return;
        };
        let Some((_, unit)) = crate::facts::number(&reason.value) else {
            return;
        };
        let ranked = self.facts.ranked();
        let mut dots: Vec<(String, f64, String)> = ranked
            .iter()
            .filter(|one| one.silent.is_none() || one.row == entity.row)
            .filter_map(|one| {
                let value = values
                    .get(one.row)
                    .copied()
                    .filter(|value| !value.is_nan())?;
                Some((one.name.clone(), value, self.say.quantity(value, unit)))
            })
            .collect();
        dots.sort_by(|a, b| b.1.total_cmp(&a.1));
        let Some(own) = dots.iter().position(|(name, ..)| *name == entity.name) else {
            return;
        };
        if dots.len() < 3 {
            return;
        }
        self.heading(blocks, "peers");
        let number = |x: usize| Rich::value(self.say.number(x as f64));
        let label = crate::facts::called(&reason.label, name);
        let with = [
            ("entity", Rich::value(entity.name.clone())),
            ("place", number(own + 1)),
            ("of", number(dots.len())),
            ("what", Rich::value(label.clone())),
        ];
        let finding = self.say.fill("peers_finding", &with);
        let says = finding.plain(self.say.rtl());
        let edges = self.edges(entity);
        let word = self.text("entity");
        let peers = Peers {
            dots: &dots,
            own,
            edges: &edges,
            says: &says,
            head: [&word, &label],
        };
        // The table of everybody stands on the first page already; around it are the nearest.
        let mut graphic = peers.draw(self.look());
        let rows = graphic.table.rows.iter().enumerate();
        let near = rows
            .filter(|(at, _)| at.abs_diff(own) <= 2)
            .map(|(_, row)| row.clone());
        graphic.table.rows = near.collect();
        blocks.push(Block::Figure(Figure {
            finding,
            graphic,
            table: Some(self.text("peers_near")),
        }));
    }

    /// Where the levels of a score begin.
    pub fn edges(&self, entity: &Entity) -> Vec<(f64, String)> {
        let Some(level) = self.facts.level() else {
            return Vec::new();
        };
        let Some(forewarn_runtime::explain::How::Bands(bands)) =
            entity.reason().map(|one| &one.how)
        else {
            return Vec::new();
        };
        let edges = bands.bands.iter();
        let edges =
            edges.map(|(low, at)| (*low, level.places.get(*at).cloned().unwrap_or_default()));
        edges.collect()
    }

    fn other_levels(&self, entity: &Entity, blocks: &mut Vec<Block>) {
        let others = self.facts.columns.levels.iter().enumerate();
        let others: Vec<_> = others
            .filter(|(at, _)| Some(*at) != self.facts.head)
            .collect();
        if others.is_empty() {
            return;
        }
        self.heading(blocks, "other_levels");
        let rows = others.into_iter().map(|(_, level)| {
            let now = level.at(entity.row);
            let before = entity.before.and_then(|row| level.at(row));
            let said = |at| self.say.placed(&level.places, at);
            vec![
                ReportCell::from(level.label.clone()),
                ReportCell::Graphic(self.ladder(level, now, before)),
                ReportCell::Text(now.map_or_else(Rich::default, said)),
                ReportCell::Text(
                    before.map_or_else(Rich::default, |at| self.say.between(&level.places, at)),
                ),
            ]
        });
        blocks.push(Block::Table(Table {
            caption: self.text("other_levels"),
            head: ["what", "ladder", "level", "was"]
                .map(|key| self.text(key))
                .to_vec(),
            rows: rows.collect(),
        }));
    }

    /// What happened to alerts, the latest first.
    fn events(&self, entity: &Entity, blocks: &mut Vec<Block>) {
        let panel = self.facts.material.panel;
        let mut rows = Vec::new();
        for row in (entity.first..=entity.row).rev() {
            for alert in self.facts.alerts.iter().chain(&self.facts.notices) {
                let Some(happened) = alert.happened(row) else {
                    continue;
                };
                let why = happened.clause.map_or_else(Rich::default, Rich::code);
                let kept = happened.kept_back_by.map(|period| {
                    self.say
                        .fill("kept_back_by", &[("period", self.period(Some(period)))])
                });
                rows.push(vec![
                    ReportCell::Text(self.period(panel.periods.get(row).copied())),
                    ReportCell::from(alert.label.clone()),
                    ReportCell::Text(self.say.word(alert_word(happened.event, alert.info.notice))),
                    ReportCell::Text(why.and(" · ", kept.unwrap_or_default())),
                ]);
            }
        }
        if rows.is_empty() {
            return;
        }
        rows.truncate(EVENTS);
        self.heading(blocks, "events");
        blocks.push(Block::Table(Table {
            caption: self.text("events"),
            head: ["when", "alert", "what_happened", "why"]
                .map(|key| self.text(key))
                .to_vec(),
            rows,
        }));
    }
}
