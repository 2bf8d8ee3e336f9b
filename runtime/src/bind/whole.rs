//! Files about the whole of a key, where the panel has further keys within it.
//!
//! In: files of which some have all keys and some only the first of them. Out: all of them by all keys: what a
//! file says of a country holds for each of its provinces, as what a file without periods says holds for all.

use super::part::BoundFile;
use super::sort::arrange;
use crate::causes::data::{KeysNotMet, MissingColumn};
use crate::flags::Flags;
use crate::panel::{first_keys, shown};
use forewarn_diagnostics::Reports;
use forewarn_plan::Plan;

/// How many names a message takes.
const NAMED: usize = 5;

/// Spreads files with fewer keys over the entities that the others have; the columns of all keys.
///
/// # Errors
/// No file has all keys.
pub(super) fn spread(
    plan: &Plan,
    parts: &mut [BoundFile],
    warnings: &mut Reports,
) -> Result<Vec<String>, Reports> {
    let keys = &plan.panel.keys;
    let has_all = |part: &BoundFile| part.entity_columns.len() == keys.len();
    let Some(columns) = parts.iter().find(|part| has_all(part)) else {
        let most = parts.iter().map(|part| part.entity_columns.len()).max();
        let place = most.unwrap_or(0);
        if let Some(key) = keys.get(place) {
            let mut files = parts.iter().map(|part| part.file.clone());
            warnings.add(MissingColumn {
                mapped: false,
                joined: None,
                file: files.next().unwrap_or_default(),
                others: files.collect(),
                name: key.name.clone(),
                what: super::wanted::key_word(place),
                column: key.column.as_ref().unwrap_or(&key.name).clone(),
                suggestion: None,
                columns: Vec::new(),
                declared: None,
                unsummed: false,
                no_sum: None,
                optional: false,
                recipe: None,
            });
        }
        return Err(std::mem::take(warnings));
    };
    let columns = columns.entity_columns.clone();
    if parts.iter().all(has_all) {
        return Ok(columns);
    }
    let mut all: Vec<String> = parts
        .iter()
        .filter(|part| has_all(part))
        .flat_map(|part| part.entities.iter().cloned())
        .collect();
    all.sort_unstable();
    all.dedup();
    for part in parts.iter_mut().filter(|part| !has_all(part)) {
        let has = part.entity_columns.len();
        let strangers = over(part, has, &all);
        if !strangers.is_empty() {
            let key = has.checked_sub(1).and_then(|last| keys.get(last));
            warnings.add(KeysNotMet {
                file: part.file.clone(),
                entity: key.map_or("series", |key| &key.name).to_owned(),
                period: plan.panel.period_name.clone(),
                entities: all.len(),
                strangers,
                silent: Vec::new(),
                holes: Vec::new(),
                more_holes: 0,
                near: None,
            });
        }
    }
    Ok(columns)
}

/// Gives each entity the rows of its first keys, so many as the file has; those of the file's own that have none.
fn over(part: &mut BoundFile, keys: usize, all: &[String]) -> Vec<String> {
    let mut met = vec![false; part.entities.len()];
    let (mut rows, mut entity_of, mut entities) = (Vec::new(), Vec::new(), Vec::new());
    for entity in all {
        let Ok(at) = part
            .entities
            .binary_search_by(|own| own.as_str().cmp(first_keys(entity, keys)))
        else {
            continue;
        };
        if let Some(met) = met.get_mut(at) {
            *met = true;
        }
        let place = u32::try_from(at).unwrap_or(u32::MAX);
        let first = part.entity_of.partition_point(|own| *own < place);
        let behind = part.entity_of.partition_point(|own| *own <= place);
        let new = u32::try_from(entities.len()).unwrap_or(u32::MAX);
        entities.push(entity.clone());
        rows.extend(first..behind);
        entity_of.extend(std::iter::repeat_n(new, behind - first));
    }
    let mut strangers: Vec<String> = part
        .entities
        .iter()
        .zip(&met)
        .filter(|(_, met)| !**met)
        .map(|(name, _)| shown(name).into_owned())
        .collect();
    strangers.truncate(NAMED);
    let mut refused: Vec<Vec<usize>> = vec![Vec::new(); part.refused.len()];
    for (new, old) in part.refused.iter().zip(&mut refused) {
        if !new.is_empty() {
            let places = rows.iter().enumerate();
            let own = places.filter(|(_, row)| new.binary_search(row).is_ok());
            old.extend(own.map(|(place, _)| place));
        }
    }
    part.refused = refused;
    for cells in part.moved.iter_mut().filter(|cells| !cells.is_empty()) {
        let places = rows.iter().enumerate();
        let own = places.filter_map(|(place, row)| {
            let at = cells.binary_search_by_key(row, |(row, _)| *row).ok()?;
            cells.get(at).map(|(_, stood)| (place, *stood))
        });
        *cells = own.collect();
    }
    let mut flags = Flags::default();
    for input in 0..part.values.len() {
        for (flag, own) in part.flags.each(input) {
            let places = rows.iter().enumerate();
            for (place, _) in places.filter(|(_, row)| own.binary_search(row).is_ok()) {
                flags.put(input, place, flag);
            }
        }
    }
    flags.settle();
    part.flags = flags;
    part.periods = arrange(&part.periods, &rows);
    part.file_rows = part.file_rows.arranged(&rows);
    for values in part.values.iter_mut().filter(|values| !values.is_empty()) {
        *values = arrange(values, &rows);
    }
    part.entity_of = entity_of;
    part.entities = entities;
    strangers
}
