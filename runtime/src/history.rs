//! What was before the data begin.
//!
//! In: what an earlier run handed over, by entity. Out: where an alert stands before an entity's first
//! row, and what operations along time read of the periods before it. A panel made by hand, as tests
//! make them, is a world of its own, before which nothing was; data begin in the middle of one.

use crate::panel::Panel;
use forewarn_plan::NodeId;
use forewarn_plan::alerts::ways::Resumed;
use forewarn_plan::alerts::{AlertRule, AlertState};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

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
}

impl Tail {
    /// An entity's cells behind what was handed over, and how many stand before its first row.
    #[must_use]
    pub fn joined(&self, first: i64, own: &[f64]) -> (Vec<f64>, usize) {
        let before = usize::try_from(first - self.first).unwrap_or(0);
        let before = before.min(self.cells.len());
        let mut all = self.cells.get(..before).unwrap_or_default().to_vec();
        let rows = (first..).zip(own);
        all.extend(rows.map(|(period, own)| self.instead(period).unwrap_or(*own)));
        (all, before)
    }

    /// What stands in place of a row's own cell.
    #[must_use]
    pub fn instead(&self, period: i64) -> Option<f64> {
        if period >= self.until {
            return None;
        }
        let at = usize::try_from(period - self.first).ok()?;
        self.cells.get(at).copied()
    }
}

/// Of two columns that end together: the shorter one with missing cells before it.
pub(crate) fn even(one: &mut Vec<f64>, other: &mut Vec<f64>) {
    let (a, b) = (one.len(), other.len());
    let (short, lack) = if a < b { (one, b - a) } else { (other, a - b) };
    short.splice(0..0, std::iter::repeat_n(f64::NAN, lack));
}

/// What an operation over whole spells reads of one entity: what was handed over, then its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SpellCells<'p> {
    pub of: Cow<'p, [f64]>,
    /// When the spell began in which each lies.
    pub begins: Option<Cow<'p, [f64]>>,
    pub periods: Cow<'p, [i64]>,
    /// How many stand before its first row.
    pub before: usize,
}

impl<'p> SpellCells<'p> {
    /// `rows` are those of the entity in the panel, `of` and `begins` columns over all rows.
    pub fn of(
        panel: &'p Panel,
        node: NodeId,
        rows: Range<usize>,
        of: &'p [f64],
        begins: Option<&'p [f64]>,
    ) -> Self {
        let entity = panel.entity_of.get(rows.start).copied().unwrap_or(0);
        let of = of.get(rows.clone()).unwrap_or_default();
        let begins = begins.map(|begins| begins.get(rows.clone()).unwrap_or_default());
        let periods = panel.periods.get(rows).unwrap_or_default();
        let tail = |side| panel.history.tail_of(node, side, entity);
        let (Some(first), Some(handed)) = (periods.first().copied(), tail(0)) else {
            return Self {
                of: of.into(),
                begins: begins.map(Cow::Borrowed),
                periods: periods.into(),
                before: 0,
            };
        };
        let (mut all, _) = handed.joined(first, of);
        let mut all_begins = begins.map(|begins| match tail(1) {
            Some(tail) => tail.joined(first, begins).0,
            None => begins.to_vec(),
        });
        if let Some(begins) = &mut all_begins {
            even(&mut all, begins);
        }
        let before = all.len() - of.len();
        let earlier = (1..=before).rev();
        let earlier = earlier.map(|ago| first - i64::try_from(ago).unwrap_or(0));
        Self {
            periods: earlier.chain(periods.iter().copied()).collect(),
            of: all.into(),
            begins: all_begins.map(Cow::Owned),
            before,
        }
    }
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
