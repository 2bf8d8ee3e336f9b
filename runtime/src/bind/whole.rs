//! Files about the whole of the first key, where the panel has two.
//!
//! In: files of which some have the second key and some have not. Out: all of them by pairs: what a file
//! says of a country holds for each of its groups, as what a file without periods says holds for all.

use super::part::BoundFile;
use super::sort::arrange;
use crate::causes::data::{KeysNotMet, MissingColumn};
use crate::panel::keys;
use forewarn_diagnostics::Reports;
use forewarn_plan::Plan;

/// How many names a message takes.
const NAMED: usize = 5;

/// Spreads files without the second key over the pairs that the others have; the second key's column.
///
/// # Errors
/// No file has the second key.
pub(super) fn spread(
    plan: &Plan,
    parts: &mut [BoundFile],
    warnings: &mut Reports,
) -> Result<Option<String>, Reports> {
    let Some(within) = &plan.panel.within else {
        return Ok(None);
    };
    let Some(column) = parts.iter().find_map(|part| part.within_column.clone()) else {
        let mut files = parts.iter().map(|part| part.file.clone());
        warnings.add(MissingColumn {
            joined: None,
            file: files.next().unwrap_or_default(),
            others: files.collect(),
            name: within.name.clone(),
            what: super::wanted::WITHIN,
            column: within.column.as_ref().unwrap_or(&within.name).clone(),
            suggestion: None,
            columns: Vec::new(),
            declared: None,
            unsummed: false,
            no_sum: None,
            optional: false,
        });
        return Err(std::mem::take(warnings));
    };
    let mut pairs: Vec<String> = parts
        .iter()
        .filter(|part| part.within_column.is_some())
        .flat_map(|part| part.entities.iter().cloned())
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    for part in parts.iter_mut().filter(|part| part.within_column.is_none()) {
        let strangers = over(part, &pairs);
        if !strangers.is_empty() {
            warnings.add(KeysNotMet {
                file: part.file.clone(),
                entity: plan.panel.entity.clone(),
                period: plan.panel.period_name.clone(),
                entities: pairs.len(),
                strangers,
                silent: Vec::new(),
                holes: Vec::new(),
                more_holes: 0,
                near: None,
            });
        }
    }
    Ok(Some(column))
}

/// Gives each pair the rows of its first key; the entities of which there is no pair.
fn over(part: &mut BoundFile, pairs: &[String]) -> Vec<String> {
    let mut met = vec![false; part.entities.len()];
    let (mut rows, mut entity_of, mut entities) = (Vec::new(), Vec::new(), Vec::new());
    for pair in pairs {
        let Ok(at) = part
            .entities
            .binary_search_by(|own| own.as_str().cmp(keys(pair).0))
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
        entities.push(pair.clone());
        rows.extend(first..behind);
        entity_of.extend(std::iter::repeat_n(new, behind - first));
    }
    let mut strangers: Vec<String> = part
        .entities
        .iter()
        .zip(&met)
        .filter(|(_, met)| !**met)
        .map(|(name, _)| name.clone())
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
    part.periods = arrange(&part.periods, &rows);
    part.file_rows = arrange(&part.file_rows, &rows);
    for values in part.values.iter_mut().filter(|values| !values.is_empty()) {
        *values = arrange(values, &rows);
    }
    part.entity_of = entity_of;
    part.entities = entities;
    strangers
}
