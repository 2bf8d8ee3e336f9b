//! Events that are delivered again.
//!
//! In: rows of events, each with what names it, where the recipe says which columns do (`once`). Out: one row for each
//! event, the one that `when` says; what was left out or moved to another key by a later row is so. Without such
//! columns, events that seem to be there twice are told.

use super::Pipe;
use super::layout::Layout;
use super::noted::{Event, Events};
use crate::grid::{Cells, Kept};
use crate::recipe::gather::At;
use crate::recipe::{Shape, Summed, When};
use forewarn_diagnostics::Reports;
use forewarn_runtime::causes::data::{
    ChoosesNothing, EventAgain, NearlySameEvent, TwoDeliveries, Vain,
};
use std::collections::{BTreeMap, HashMap};

/// The first two events whose names are the same but for how they are written, and how many there are of the kind;
/// none where many are, so that letters and signs tell events apart.
fn near<'e>(holds: &[&'e Event]) -> Option<(&'e Event, &'e Event, u64)> {
    let mut known: HashMap<String, &Event> = HashMap::new();
    let mut found: Option<(&Event, &Event, u64)> = None;
    let named = holds.iter().filter(|event| !event.id.starts_with('\u{1f}'));
    for event in named {
        let folded = folded(&event.id);
        if folded.chars().all(|letter| letter == '\u{1f}') {
            continue;
        }
        match known.get(&folded) {
            Some(first) if first.id != event.id && first.at.file != event.at.file => {
                found.get_or_insert((*first, *event, 0)).2 += 1;
            }
            Some(_) => {}
            None => {
                known.insert(folded, *event);
            }
        }
    }
    found.filter(|(.., rows)| *rows * 2 <= holds.len() as u64)
}

/// As many contradictions are told.
const MOST: usize = 10;

impl Pipe<'_> {
    /// Is it said what names an event?
    pub(super) fn has_once(&self) -> bool {
        !self.recipe.once.is_empty() && !self.recipe.sum.is_empty()
    }

    /// Keeps where the columns of the file at hand go.
    pub(super) fn keep_layout(&mut self, layout: &Layout) {
        if self.has_once() {
            let file = self.files.len().saturating_sub(1);
            self.events.layouts.insert(file, layout.clone());
        }
    }

    /// Keeps a row of an event until all are there.
    pub(super) fn keep_event(
        &mut self,
        layout: &Layout,
        row: &impl Cells,
        at: At,
        read: Option<(Vec<Kept>, Option<String>)>,
    ) {
        let parts = layout.once.iter().map(|column| whole(row.text(*column)));
        let parts: Vec<String> = parts.collect();
        let is_named = parts.iter().any(|part| !part.is_empty());
        let id = if is_named {
            parts.join("\u{1f}")
        } else {
            // What has no name is an event of its own.
            format!("\u{1f}{}/{}", at.file, at.row)
        };
        let is_read = read.is_some();
        let (cells, target) = read.unwrap_or_default();
        self.events.all.push(Event {
            id,
            at,
            cells,
            target,
            read: is_read,
        });
    }

    /// Sums up the events that hold.
    pub(super) fn sum_events(&mut self, problems: &mut Reports) {
        let events = std::mem::take(&mut self.events);
        let mut holds: Vec<&Event> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let (mut told, mut more) = (Vec::new(), 0);
        for event in &events.all {
            let Some(place) = places.get(event.id.as_str()).copied() else {
                places.insert(&event.id, holds.len());
                holds.push(event);
                continue;
            };
            let Some(known) = holds.get_mut(place) else {
                continue;
            };
            match self.recipe.when.unwrap_or_default() {
                When::LatestWins => *known = event,
                When::FirstWins => {}
                When::MustAgree | When::AddUp => {
                    if let Some(apart) = self.apart(&events, known, event) {
                        if told.len() < MOST {
                            told.push((known.at, event.at, event.id.clone(), apart));
                        } else {
                            more += 1;
                        }
                    }
                }
            }
        }
        let near = near(&holds);
        if let Some((first, second, rows)) = near.filter(|_| !self.bind.sheltered) {
            let id = |event: &Event| event.id.replace('\u{1f}', " ");
            self.near_events = Some(NearlySameEvent {
                first: (self.place(first.at), id(first)),
                second: (self.place(second.at), id(second)),
                columns: self.recipe.once.clone(),
                rows,
                recipe: self.recipe.at("once"),
            });
        }
        for (first, second, id, (column, one, other)) in told {
            problems.add(TwoDeliveries {
                key: format!("event {}", id.replace('\u{1f}', " ")),
                column,
                first: (self.place(first), one),
                second: (self.place(second), other),
                long: false,
                timeless: None,
                adds: None,
                more,
                recipe: self.recipe.span,
            });
        }
        if let Some(mut gather) = self.gather.take() {
            for event in holds.into_iter().filter(|event| event.read) {
                if let Some(layout) = events.layouts.get(&event.at.file) {
                    let target = event.target.as_deref();
                    self.gathered(layout, &event.cells, event.at, target, &mut gather);
                }
            }
            self.gather = Some(gather);
        }
    }

    /// What two rows of one event say otherwise, of what is read of it.
    fn apart(
        &self,
        events: &Events,
        one: &Event,
        other: &Event,
    ) -> Option<(String, String, String)> {
        if one.read != other.read {
            let said = |event: &Event| if event.read { "read" } else { "left out" }.to_owned();
            return Some(("the row".to_owned(), said(one), said(other)));
        }
        let cells = |event: &Event| -> BTreeMap<String, String> {
            let Some(layout) = events.layouts.get(&event.at.file) else {
                return BTreeMap::new();
            };
            let names = layout.names.iter().zip(&event.cells).enumerate();
            let read = names
                .filter(|(column, (name, _))| layout.is_key(*column) || self.sums_column(name));
            read.map(|(_, (name, cell))| (name.clone(), cell.text()))
                .collect()
        };
        let (first, second) = (cells(one), cells(other));
        let mut names = first.iter();
        names.find_map(|(name, text)| {
            let now = second.get(name).cloned().unwrap_or_default();
            (now != *text).then(|| (name.clone(), text.clone(), now))
        })
    }

    /// The column that names events by what it is called.
    pub(super) fn names_events(&self, names: &[String]) -> Option<usize> {
        let sums = self.recipe.sum.iter();
        let mut sums = sums.filter(|(_, of)| matches!(of, Summed::Column(_) | Summed::Count));
        sums.next()?;
        let free = |name: &String| !self.names.all().any(|key| key == name) && !self.is_read(name);
        names
            .iter()
            .position(|name| free(name) && is_event_id(name))
    }

    /// Notes what names an event in a row that is summed up.
    pub(super) fn note_again(&mut self, layout: &Layout, row: &impl Cells, at: At, again: bool) {
        let Some(column) = layout.event else {
            return;
        };
        if self.has_once()
            || self.bind.sheltered
            || !self.hidden.is_empty()
            || row.is_missing(column)
        {
            return;
        }
        let id = whole(row.text(column));
        self.again.rows += 1;
        match self.again.known.get(&id) {
            // A row that two files have is told as such.
            Some(first) if !again => {
                let first = *first;
                if self.again.found.is_none() {
                    self.again.column = layout.names.get(column).cloned().unwrap_or_default();
                }
                self.again.found.get_or_insert((first, at, id, 0)).3 += 1;
            }
            Some(_) => {}
            None => {
                self.again.known.insert(id, at);
            }
        }
    }

    /// Tells events that are there again, and what is said in vain.
    pub(super) fn tell_again(&self, warnings: &mut Reports) {
        if let Some(near) = &self.near_events {
            warnings.add(near.clone());
        }
        if let Some((first, second, id, rows)) = &self.again.found
            // Where most rows share what would name them, it names something else.
            && rows * 2 < self.again.rows
        {
            warnings.add(EventAgain {
                first: self.place(*first),
                second: self.place(*second),
                column: self.again.column.clone(),
                id: id.clone(),
                rows: *rows,
                recipe: self.recipe.span,
            });
        }
        let recipe = &self.recipe;
        let chosen = recipe.when.filter(|when| *when != When::AddUp);
        let vain = match (recipe.once.is_empty(), recipe.sum.is_empty()) {
            (false, true) => Some(Vain::OnceAlone),
            (false, false) if recipe.when == Some(When::AddUp) => Some(Vain::OnceAddsUp),
            (true, false) if recipe.shape == Shape::Plain => {
                chosen.map(|when| Vain::When(when.words()))
            }
            _ => None,
        };
        if let Some(vain) = vain {
            warnings.add(ChoosesNothing {
                file: self.files.first().cloned().unwrap_or_default(),
                vain,
                event: self.event_column.clone().filter(|_| !self.bind.sheltered),
                recipe: recipe.at(match vain {
                    Vain::When(_) => "when",
                    Vain::OnceAlone | Vain::OnceAddsUp => "once",
                }),
            });
        }
    }
}

/// A whole number as it is usually written: programs make `1.0` of `1` in a column with an empty cell.
fn whole(id: String) -> String {
    match id.strip_suffix(".0") {
        Some(number) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            number.to_owned()
        }
        _ => id,
    }
}

/// What two spellings of a name of an event have in common.
fn folded(id: &str) -> String {
    let letters = id.chars().filter(|letter| !letter.is_whitespace());
    let folded: String = letters.flat_map(char::to_lowercase).collect();
    let parts = folded
        .split('\u{1f}')
        .map(|part| part.trim_start_matches('0'));
    parts.collect::<Vec<_>>().join("\u{1f}")
}

/// Does a column name events by what it is called: `id`, `event_id_cnty`, `eventid`, `#event+id`?
pub(crate) fn is_event_id(name: &str) -> bool {
    const IDS: [&str; 4] = ["id", "uuid", "guid", "identifier"];
    const OF: [&str; 8] = [
        "event",
        "incident",
        "case",
        "record",
        "row",
        "report",
        "evento",
        "evenement",
    ];
    let lower = name.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if let [only] = words.as_slice() {
        let of_event = OF.iter().any(|of| {
            let rest = only.strip_prefix(of);
            rest.is_some_and(|rest| IDS.contains(&rest))
        });
        return IDS.contains(only) || of_event;
    }
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    has(&IDS) && has(&OF)
}

#[cfg(test)]
mod tests {
    use super::is_event_id;

    #[test]
    fn columns_that_name_events() {
        for name in [
            "id",
            "ID",
            "event_id_cnty",
            "eventid",
            "#event+id",
            "Incident ID",
        ] {
            assert!(is_event_id(name), "{name}");
        }
        for name in [
            "country_id",
            "conflict_new_id",
            "actor1",
            "event_date",
            "side",
        ] {
            assert!(!is_event_id(name), "{name}");
        }
    }
}
