//! Whose level moved from the latest period of one run to the latest of the next.
//!
//! In: the words of two results, and how many columns are keys. Out: a step for each entity and level that
//! stands elsewhere. Revised values and changed rules are told row by row; this is what a month brought.

use forewarn_runtime::panel::SERIES;
use forewarn_runtime::period;
use std::collections::{HashMap, HashSet};

/// What lies between the latest periods of two runs.
#[derive(Clone, Debug, Default)]
pub struct Moved {
    pub before: String,
    pub now: String,
    pub steps: Vec<Step>,
    /// What happened to alerts since the first of the two periods.
    pub events: Vec<Event>,
    /// Entities that only the later of the two periods has: no earlier row, or an older one in the first run.
    pub new: Vec<String>,
    pub back: Vec<String>,
    /// Entities that only the earlier one has.
    pub gone: Vec<String>,
    /// How many entities both have.
    pub both: usize,
}

/// A level of an entity that stands elsewhere.
#[derive(Clone, Debug)]
pub struct Step {
    pub entity: String,
    pub level: String,
    pub from: String,
    pub to: String,
}

/// What happened to an alert of an entity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    pub period: String,
    pub alert: String,
    pub entity: String,
    /// `raised`, `cleared`
    pub what: String,
}

/// The rows of a table's latest period, by their other keys.
struct Latest<'a> {
    word: String,
    day: i64,
    rows: HashMap<String, &'a Vec<String>>,
}

/// A table in words.
pub struct Cells<'a> {
    pub names: &'a [String],
    pub rows: &'a [Vec<String>],
}

impl Cells<'_> {
    fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// The rows of the latest period, by their other keys; nothing where the last key is no period.
    fn latest(&self, keys: usize) -> Option<Latest<'_>> {
        let at = keys.checked_sub(1).filter(|at| *at > 0)?;
        let mut last: Option<(i64, &String)> = None;
        for row in self.rows {
            let word = row.get(at)?;
            let (kind, number) = period::any(word)?;
            let day = period::first_day(kind, number);
            if last.is_none_or(|(known, _)| day > known) {
                last = Some((day, word));
            }
        }
        let (day, word) = last?;
        let own = self.rows.iter().filter(|row| row.get(at) == Some(word));
        let rows = own.map(|row| (entity_of(row, at), row));
        Some(Latest {
            word: word.clone(),
            day,
            rows: rows.collect(),
        })
    }

    /// What happened to alerts in the periods behind a day.
    fn events(&self, keys: usize, behind: i64) -> Vec<Event> {
        let Some(at) = keys.checked_sub(1) else {
            return Vec::new();
        };
        let columns = self.names.iter().enumerate();
        let columns =
            columns.filter_map(|(place, name)| Some((place, name.strip_suffix(".event")?)));
        let columns: Vec<(usize, &str)> = columns.collect();
        let mut found = Vec::new();
        for row in self.rows {
            let Some(word) = row.get(at) else { continue };
            let day = period::any(word).map(|(kind, number)| period::first_day(kind, number));
            if day.is_none_or(|day| day <= behind) {
                continue;
            }
            for (place, alert) in &columns {
                if let Some(what) = row.get(*place).filter(|what| !what.is_empty()) {
                    found.push(Event {
                        period: word.clone(),
                        alert: (*alert).to_owned(),
                        entity: entity_of(row, at),
                        what: what.clone(),
                    });
                }
            }
        }
        found.sort();
        found
    }

    /// Is there a level of that name? Factors and counts have bounds, too, in numbers, and so have alerts, of which
    /// there is more to be told.
    fn has_level(&self, name: &str) -> bool {
        let bounds = [format!("{name}.at_least"), format!("{name}.at_most")];
        let places: Vec<Option<usize>> = bounds.iter().map(|bound| self.place(bound)).collect();
        let is_alert = self.place(&format!("{name}.event")).is_some();
        let in_words = |place: &Option<usize>| {
            place.is_some_and(|at| {
                let mut cells = self.rows.iter().filter_map(|row| row.get(at));
                cells.all(|cell| cell.parse::<f64>().is_err())
            })
        };
        !is_alert && places.iter().all(in_words)
    }

    /// A level with its bounds in one word: `low..high` where it is open.
    fn level(&self, row: &[String], name: &str) -> Option<String> {
        let cell = |name: &str| row.get(self.place(name)?).map(String::as_str);
        let (low, high) = (
            cell(&format!("{name}.at_least"))?,
            cell(&format!("{name}.at_most"))?,
        );
        Some(match (low, high) {
            ("", "") => "–".to_owned(),
            (low, high) if low == high => low.to_owned(),
            (low, high) => format!("{low}..{high}"),
        })
    }
}

/// The entity of a row, of which so many cells are its keys.
fn entity_of(row: &[String], keys: usize) -> String {
    let entity = row.iter().take(keys).cloned().collect::<Vec<_>>().join(" ");
    // Of a series there is one.
    let entity = Some(entity).filter(|entity| !entity.is_empty());
    entity.unwrap_or_else(|| SERIES.to_owned())
}

/// Compares the latest period of the second with the latest of the first, where it is a later one.
pub fn moved(one: &Cells<'_>, other: &Cells<'_>, keys: usize) -> Option<Moved> {
    let (first, second) = (one.latest(keys)?, other.latest(keys)?);
    if second.day <= first.day {
        return None;
    }
    let levels: Vec<&String> = other
        .names
        .iter()
        .filter(|name| one.has_level(name) && other.has_level(name))
        .collect();
    let events = other.events(keys, first.day);
    if levels.is_empty() && events.is_empty() {
        return None;
    }
    let mut moved = Moved {
        before: first.word,
        now: second.word,
        events,
        ..Moved::default()
    };
    let at = keys.saturating_sub(1);
    let known: HashSet<String> = one.rows.iter().map(|row| entity_of(row, at)).collect();
    for (entity, row) in &second.rows {
        let Some(earlier) = first.rows.get(entity) else {
            let is_back = known.contains(entity);
            let came = if is_back {
                &mut moved.back
            } else {
                &mut moved.new
            };
            came.push(entity.clone());
            continue;
        };
        moved.both += 1;
        for level in &levels {
            let (from, to) = (one.level(earlier, level)?, other.level(row, level)?);
            if from != to {
                moved.steps.push(Step {
                    entity: entity.clone(),
                    level: (*level).clone(),
                    from,
                    to,
                });
            }
        }
    }
    moved.gone = first
        .rows
        .keys()
        .filter(|entity| !second.rows.contains_key(*entity))
        .cloned()
        .collect();
    moved.new.sort();
    moved.back.sort();
    moved.gone.sort();
    let order = |step: &Step| levels.iter().position(|level| **level == step.level);
    moved.steps.sort_by(|a, b| {
        order(a)
            .cmp(&order(b))
            .then_with(|| a.entity.cmp(&b.entity))
    });
    Some(moved)
}

impl Moved {
    /// In lines, the steps up to a limit.
    #[must_use]
    pub fn lines(&self, limit: usize) -> Vec<String> {
        let mut lines = vec![match self.steps.len() {
            0 => format!("{} → {}: no level moved", self.before, self.now),
            number => format!(
                "{} → {}: {} moved",
                self.before,
                self.now,
                crate::words::count(number, "level")
            ),
        }];
        let shown: Vec<&Step> = self.steps.iter().take(limit).collect();
        let wide = |text: &str| unicode_width::UnicodeWidthStr::width(text);
        let width =
            |of: fn(&Step) -> &String| shown.iter().map(|step| wide(of(step))).max().unwrap_or(0);
        let (entities, levels) = (width(|step| &step.entity), width(|step| &step.level));
        for step in &shown {
            let pad = |text: &str, width: usize| " ".repeat(width - wide(text) + 2);
            lines.push(format!(
                "  {}{}{}{}{} → {}",
                step.level,
                pad(&step.level, levels),
                step.entity,
                pad(&step.entity, entities),
                step.from,
                step.to
            ));
        }
        let more = self.steps.len() - shown.len();
        if more > 0 {
            lines.push(format!(
                "  … and {} more: `--limit`, `--format json`",
                crate::words::grouped(more as u64)
            ));
        }
        lines.extend(self.event_lines(limit));
        for (what, names) in [
            ("new", &self.new),
            ("back after a while without a row", &self.back),
            ("not there any more", &self.gone),
        ] {
            if !names.is_empty() {
                lines.push(format!("  {what}: {}", crate::words::list(names, 8)));
            }
        }
        lines
    }

    /// What happened to alerts, in lines.
    fn event_lines(&self, limit: usize) -> Vec<String> {
        let events = self.events.iter().take(limit);
        let mut lines: Vec<String> = events
            .map(|event| {
                format!(
                    "  alert {} of {}: {} in {}",
                    event.alert, event.entity, event.what, event.period
                )
            })
            .collect();
        let more = self.events.len() - lines.len();
        if more > 0 {
            lines.push(format!(
                "  … and {} more: `--limit`, `--format json`",
                crate::words::grouped(more as u64)
            ));
        }
        lines
    }
}
