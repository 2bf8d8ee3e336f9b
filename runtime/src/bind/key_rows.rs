//! Rows that are asked for beside those of the files.
//!
//! In: keys, where no file that is read goes by the panel's periods: those of values that were worked out
//! apart. Out: a part without any cells, of the keys that the files have at their own pace. A country that
//! none of them has is not there.

use super::except::Except;
use super::file_rows::FileRows;
use super::part::{BoundFile, Pace};
use crate::flags::Flags;
use crate::panel::first_keys;
use forewarn_diagnostics::Reports;
use forewarn_plan::{PeriodKind, Plan, period};

/// Keys of rows, sorted by entity and period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyRows {
    /// The distinct entities, sorted.
    pub entities: Vec<String>,
    pub entity_of: Vec<u32>,
    /// Empty in a cross-section.
    pub periods: Vec<i64>,
}

impl KeyRows {
    /// The rows as a part beside these.
    pub(super) fn part(&self, plan: &Plan, parts: &[BoundFile]) -> BoundFile {
        let rows = (0..self.entity_of.len()).filter_map(|row| {
            let entity = *self.entity_of.get(row)?;
            Some((entity, self.periods.get(row).copied()))
        });
        let kept: Vec<(u32, Option<i64>)> = rows
            .filter(|(entity, period)| {
                let name = self.entities.get(*entity as usize);
                name.is_some_and(|name| {
                    parts.is_empty() || parts.iter().any(|part| part.says_of(plan, name, *period))
                })
            })
            .collect();
        let mut entities: Vec<String> = Vec::new();
        let mut entity_of = Vec::with_capacity(kept.len());
        let mut last = None;
        for (entity, _) in &kept {
            if last != Some(entity) {
                last = Some(entity);
                let name = self.entities.get(*entity as usize);
                entities.push(name.cloned().unwrap_or_default());
            }
            entity_of.push(u32::try_from(entities.len().saturating_sub(1)).unwrap_or(u32::MAX));
        }
        let panel = &plan.panel;
        let column = |name: &str, declared: Option<&String>| {
            declared.map_or_else(|| name.to_owned(), Clone::clone)
        };
        let inputs = plan.inputs.len();
        BoundFile {
            file: "the data".to_owned(),
            stacked: 1,
            lacking: Vec::new(),
            pace: Pace::Panel,
            alone: false,
            cells: false,
            entity_columns: {
                let known = parts.first().and_then(|part| part.entity_columns.first());
                let mut columns: Vec<String> = panel
                    .keys
                    .iter()
                    .map(|key| column(&key.name, key.column.as_ref()))
                    .collect();
                if let (Some(first), Some(known)) = (columns.first_mut(), known) {
                    first.clone_from(known);
                }
                columns
            },
            period_column: panel.period.map(|_| match &panel.period_within {
                Some(_) => panel.period_name.clone(),
                None => column(&panel.period_name, panel.period_column.as_ref()),
            }),
            written: None,
            key_columns: Vec::new(),
            entities,
            file_rows: FileRows::nowhere(entity_of.len()),
            entity_of,
            periods: kept.iter().filter_map(|(_, period)| *period).collect(),
            values: vec![Vec::new(); inputs],
            refused: vec![Vec::new(); inputs],
            moved: vec![Vec::new(); inputs],
            flags: Flags::default(),
            summaries: plan
                .inputs
                .iter()
                .map(|input| super::InputSummary {
                    name: input.name.clone(),
                    ..super::InputSummary::default()
                })
                .collect(),
            columns: Vec::new(),
            unmapped: Vec::new(),
            unsummed: Vec::new(),
            except: Except::default(),
            filtered: 0,
            marked: None,
            warnings: Reports::default(),
        }
    }
}

impl BoundFile {
    /// Has the file, at its own pace, a row for this key?
    fn says_of(&self, plan: &Plan, entity: &str, at: Option<i64>) -> bool {
        let own = first_keys(entity, self.entity_columns.len());
        let long = match (self.pace, plan.panel.period, at) {
            (Pace::Slower(long), Some(kind), Some(at)) => first_around(kind, at, long),
            (Pace::Panel, _, at) => at,
            (Pace::Timeless, _, _) | (Pace::Slower(_), _, _) => {
                let known = self
                    .entities
                    .binary_search_by(|name| name.as_str().cmp(own));
                return known.is_ok();
            }
        };
        self.file_row(own, long).is_some()
    }
}

/// The first of the panel's periods within the longer one around a period.
fn first_around(kind: PeriodKind, at: i64, long: PeriodKind) -> Option<i64> {
    period::first_within(long, period::around(kind, at, long), kind)
}
