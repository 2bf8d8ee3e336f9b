//! What was before the data begin.
//!
//! In: what an earlier run handed over, by entity. Out: where an alert stands before an entity's first
//! row, and what operations along time read of the periods before it. A panel made by hand, as tests
//! make them, is a world of its own, before which nothing was; data begin in the middle of one.

use forewarn_plan::NodeId;
use forewarn_plan::alerts::ways::Resumed;
use forewarn_plan::alerts::{AlertRule, AlertState};
use std::collections::BTreeMap;

/// What was before the first row of each entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum History {
    /// Nothing: alerts are quiet, and no notice has gone out.
    #[default]
    World,
    /// Periods that the data do not have; by entity, what an earlier run handed over of them.
    Data(BTreeMap<u32, Handed>),
}

/// What an earlier run knows of an entity's periods up to its last one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Handed {
    /// The first period that the entity ever had; of one that is new, none of those handed over.
    pub began: i64,
    /// By alert of the Plan, where they were handed over.
    pub alerts: BTreeMap<u32, Resumed>,
    /// What operations along time read of earlier periods, by their place among the operands.
    pub read: BTreeMap<(NodeId, u8), Tail>,
}

/// What an operation along time reads of the last periods of an earlier run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tail {
    /// The first of these periods.
    pub first: i64,
    /// From that period on.
    pub cells: Vec<f64>,
    /// Before this period they stand in place of the rows' own: what is read there looks back itself, on
    /// periods that the rows do not have.
    pub until: i64,
    /// Before this period they stand where the rows' own are not known, too: a file may have rows of periods of which
    /// another one spoke in the earlier run.
    pub unless_known_until: i64,
}

impl Tail {
    /// An entity's cells behind what was handed over, and how many stand before its first row.
    #[must_use]
    pub fn joined(&self, first: i64, own: &[f64]) -> (Vec<f64>, usize) {
        let before = usize::try_from(first - self.first).unwrap_or(0);
        let before = before.min(self.cells.len());
        let mut all = self.cells.get(..before).unwrap_or_default().to_vec();
        let rows = (first..).zip(own);
        all.extend(rows.map(|(period, own)| self.or_own(period, *own)));
        (all, before)
    }

    /// What stands in place of a row's own cell, or that.
    #[must_use]
    pub fn or_own(&self, period: i64, own: f64) -> f64 {
        let until = if own.is_nan() {
            self.until.max(self.unless_known_until)
        } else {
            self.until
        };
        if period >= until {
            return own;
        }
        let at = usize::try_from(period - self.first).ok();
        let known = at.and_then(|at| self.cells.get(at)).copied();
        known.unwrap_or(own)
    }
}

/// Of two columns that end together: the shorter one with missing cells before it.
pub(crate) fn even(one: &mut Vec<f64>, other: &mut Vec<f64>) {
    let (a, b) = (one.len(), other.len());
    let (short, lack) = if a < b { (one, b - a) } else { (other, a - b) };
    short.splice(0..0, std::iter::repeat_n(f64::NAN, lack));
}

impl History {
    /// Where an alert stands before an entity's first row, in period `first`.
    #[must_use]
    pub fn state(&self, rule: &AlertRule, alert: u32, entity: u32, first: i64) -> AlertState {
        match self {
            Self::World => AlertState::default(),
            Self::Data(handed) => {
                let state = AlertState::unseen(rule, first);
                let handed = handed.get(&entity);
                match handed.and_then(|handed| handed.alerts.get(&alert)) {
                    Some(resumed) => state.resuming(resumed.clone()),
                    None => state,
                }
            }
        }
    }

    /// What an operation along time reads of periods before an entity's first rows.
    #[must_use]
    pub fn tail(&self, node: NodeId, entity: u32) -> Option<&Tail> {
        self.tail_of(node, 0, entity)
    }

    /// The same of an operation's first operand (0) or its second (1).
    #[must_use]
    pub fn tail_of(&self, node: NodeId, side: u8, entity: u32) -> Option<&Tail> {
        match self {
            Self::World => None,
            Self::Data(handed) if handed.is_empty() => None,
            Self::Data(handed) => handed.get(&entity)?.read.get(&(node, side)),
        }
    }

    /// The first period that is known of an entity, whose rows begin in `first`.
    #[must_use]
    pub fn began(&self, entity: u32, first: i64) -> i64 {
        match self {
            Self::World => first,
            Self::Data(handed) => handed
                .get(&entity)
                .map_or(first, |handed| handed.began.min(first)),
        }
    }

    /// All that operations along time read of periods before an entity's first rows.
    pub fn tails(&self, entity: u32) -> impl Iterator<Item = ((NodeId, u8), &Tail)> {
        let handed = match self {
            Self::World => None,
            Self::Data(handed) => handed.get(&entity),
        };
        let read = handed.into_iter().flat_map(|handed| &handed.read);
        read.map(|(key, tail)| (*key, tail))
    }

    /// The same for one entity alone.
    #[must_use]
    pub fn of(&self, entity: u32) -> Self {
        match self {
            Self::World => Self::World,
            Self::Data(handed) => {
                let own = handed.get(&entity).cloned();
                Self::Data(own.into_iter().map(|own| (entity, own)).collect())
            }
        }
    }
}
