//! What operations over whole spells read.
//!
//! In: a panel, columns over all of its rows, an entity's rows. Out: what an earlier run handed over of the spell that
//! goes on, and these rows behind it.

use crate::history::even;
use crate::panel::Panel;
use forewarn_plan::NodeId;
use std::borrow::Cow;
use std::ops::Range;

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
