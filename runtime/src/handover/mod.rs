//! What a run hands over to the next.
//!
//! In: a Plan, a panel and the columns that its alerts and results rest on, worked out. Out: for each entity
//! where its alerts stand after its last period, what operations along time will read of its last
//! periods, and what was in the spell that its last period lies in; and back: a [`History`] for a panel that begins
//! later. Values are the run's own, so that later rows come out as if all data had been there. An operation is known
//! by what it works out, not by its place, so that rules may change elsewhere; what is no longer asked for is left
//! aside, and an alert of another make is blind as at the beginning of any data. What rests on hindsight changes with
//! later data: of that, nothing is handed over but what its spells read.
//!
//! [`History`]: crate::history::History
#![deny(clippy::wildcard_enum_match_arm)]

mod attach;
mod gather;
mod marks;
mod observed;
mod readings;

pub use attach::{LessNow, NotTaken, OtherNow, attach, with_words};
pub use gather::{gather, with_outputs};
pub use marks::meanings_of_peers;
pub use readings::remembers;

use crate::bind::Observed;
use forewarn_plan::AlertInfo;
use forewarn_plan::alerts::AlertRule;
use forewarn_plan::alerts::ways::Way;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What was handed over by a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct States {
    /// The alerts there were.
    pub alerts: Vec<AlertKey>,
    /// What operations along time work out, each as a number made of all that it rests on.
    pub operations: Vec<u64>,
    /// Every entity that had rows in this run or in one before it.
    pub entities: BTreeMap<String, EntityState>,
    /// Before the first of these runs nothing was: no alert was out, and who comes later is new.
    pub from_nothing: bool,
    /// Whose rows were left out of one of these runs: what they said is not known. Of several keys the first of them,
    /// with `/` between them.
    pub left_out: BTreeSet<String>,
}

impl States {
    /// Were its rows, or those of an entity that holds it, left out?
    #[must_use]
    pub fn leaves_out(&self, entity: &str) -> bool {
        is_among(entity, &self.left_out)
    }

    /// The place of each operation, by what it works out.
    fn places(&self) -> HashMap<u64, usize> {
        let places = self.operations.iter().enumerate();
        // Of two that work out the same the first.
        places.rev().map(|(at, mark)| (*mark, at)).collect()
    }

    /// The place of an alert of the same make, whatever its conditions are.
    #[must_use]
    pub fn place_of(&self, alert: &AlertInfo) -> Option<usize> {
        self.alerts.iter().position(|known| known.is_of(alert))
    }
}

/// Is it among names of entities, or of those that hold it?
fn is_among(entity: &str, names: &BTreeSet<String>) -> bool {
    let keys: Vec<&str> = crate::panel::keys(entity).collect();
    let mut firsts = (1..=keys.len()).filter_map(|count| keys.get(..count));
    !names.is_empty() && firsts.any(|first| names.contains(&first.join("/")))
}

/// An alert by its name and rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlertKey {
    pub name: String,
    pub rule: AlertRule,
    /// What its conditions work out.
    pub conditions: u64,
    /// The words of its clauses; none in what earlier versions handed over.
    pub clauses: Vec<String>,
}

impl AlertKey {
    fn of(alert: &AlertInfo, marks: &[u64]) -> Self {
        Self {
            name: alert.name.clone(),
            rule: alert.rule,
            conditions: marks.get(alert.conditions.index()).copied().unwrap_or(0),
            clauses: alert.clauses.clone(),
        }
    }

    /// Is it the same machine, whatever its conditions are?
    fn is_of(&self, alert: &AlertInfo) -> bool {
        self.name == alert.name && self.rule == alert.rule
    }

    /// The place of each of its clauses among those of the same alert in other rules, by their words.
    fn places(&self, alert: &AlertInfo, same_conditions: bool) -> Vec<Option<u32>> {
        if self.clauses.is_empty() {
            let all = 0..u32::try_from(alert.clauses.len()).unwrap_or(0);
            return all.map(|at| same_conditions.then_some(at)).collect();
        }
        let place = |(at, words): (usize, &String)| {
            let found = if alert.clauses.get(at) == Some(words) {
                Some(at)
            } else {
                alert.clauses.iter().position(|own| own == words)
            };
            found.and_then(|found| u32::try_from(found).ok())
        };
        self.clauses.iter().enumerate().map(place).collect()
    }
}

/// What is known of one entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityState {
    /// Its last period.
    pub last: i64,
    /// The first one that it ever had.
    pub began: i64,
    /// By alert: the first period of which conditions know; [`i64::MIN`] where nothing was before the data.
    pub firsts: Vec<i64>,
    /// By alert: every way in which it may stand.
    pub alerts: Vec<Vec<Way>>,
    /// By operation: what it reads of the last periods, the newest last.
    pub read: Vec<Vec<f64>>,
    /// The last observations of indicators whose values stand for a while.
    pub observed: Vec<Observed>,
}
