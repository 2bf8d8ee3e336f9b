//! The keys of a panel: the union of those of its files.
//!
//! In: the sorted keys of each file that goes at the panel's own pace. Out: all of them, sorted, and
//! for each file where its entities and rows are found again.

use super::part::BoundFile;

/// The panel's keys, sorted by entity and period, without duplicates.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Keys {
    pub(super) entities: Vec<String>,
    pub(super) entity_of: Vec<u32>,
    /// Empty in a cross-section.
    pub(super) periods: Vec<i64>,
}

impl Keys {
    pub(super) fn rows(&self) -> usize {
        self.entity_of.len()
    }

    /// Everything that any of the files has a row for.
    pub(super) fn union(parts: &[&BoundFile]) -> Self {
        let mut entities: Vec<String> = parts
            .iter()
            .flat_map(|part| part.entities.iter().cloned())
            .collect();
        entities.sort_unstable();
        entities.dedup();
        let timed = parts.iter().any(|part| !part.periods.is_empty());
        let mut keys: Vec<(u32, i64)> = Vec::new();
        for part in parts {
            let places = places(&part.entities, &entities);
            keys.extend((0..part.rows()).filter_map(|row| key(part, row, &places)));
        }
        keys.sort_unstable();
        keys.dedup();
        let (entity_of, mut periods): (Vec<u32>, Vec<i64>) = keys.into_iter().unzip();
        if !timed {
            periods.clear();
        }
        Self {
            entities,
            entity_of,
            periods,
        }
    }

    /// The row of each row of a file all of whose keys are among these.
    pub(super) fn rows_of(&self, part: &BoundFile) -> Vec<usize> {
        let places = places(&part.entities, &self.entities);
        let mut at = 0;
        let mut rows = Vec::with_capacity(part.rows());
        for key in (0..part.rows()).filter_map(|row| key(part, row, &places)) {
            while self.key(at).is_some_and(|here| here < key) {
                at += 1;
            }
            rows.push(at);
        }
        rows
    }

    /// A row's entity and period; period 0 in a cross-section.
    pub(super) fn key(&self, row: usize) -> Option<(u32, i64)> {
        let entity = *self.entity_of.get(row)?;
        Some((entity, self.periods.get(row).copied().unwrap_or(0)))
    }

    pub(super) fn entity(&self, row: usize) -> &str {
        let entity = self.entity_of.get(row).map(|entity| *entity as usize);
        entity
            .and_then(|entity| self.entities.get(entity))
            .map_or("", String::as_str)
    }
}

/// A row's key in the panel's entities; `None` where the panel does not have the entity.
pub(super) fn key(part: &BoundFile, row: usize, places: &[Option<u32>]) -> Option<(u32, i64)> {
    let entity = *places.get(*part.entity_of.get(row)? as usize)?;
    Some((entity?, part.periods.get(row).copied().unwrap_or(0)))
}

/// The place of each name among others; both are sorted.
pub(super) fn places(names: &[String], among: &[String]) -> Vec<Option<u32>> {
    let mut others = (0_u32..).zip(among).peekable();
    names
        .iter()
        .map(|name| {
            while others.next_if(|(_, other)| *other < name).is_some() {}
            others.next_if(|(_, other)| *other == name).map(|at| at.0)
        })
        .collect()
}
