//! Columns that are read, and of which nothing is learnt.
//!
//! In: a file whose cells have all been read. Out: warnings for a column whose values are all out of
//! range, for columns without any value, for one that holds a single value throughout; and for
//! optional indicators without a column where a column of a near name is not read. Each cell is well
//! formed, so that nothing else tells of it.

use super::builder::PanelBuilder;
use super::part::BoundFile;
use super::tell::range_text;
use super::traits::{FOR_MISSING, Traits};
use super::usual::near_columns;
use super::{InputSummary, cells::value_text};
use crate::causes::data::{
    AllMissing, AllOutOfRange, AllTheSame, NearColumnsUnread, NothingRead, NumberForMissing,
};
use forewarn_diagnostics::Reports;
use forewarn_plan::{InputInfo, InputKind, OnViolation, Plan};
use std::collections::BTreeSet;

/// So many values, of so many entities, are not the same by chance.
const SAME: (usize, usize) = (5, 3);
/// That nothing happened anywhere is less strange.
const SAME_ZERO: (usize, usize) = (20, 5);
/// One empty row may just be one without observations.
const EMPTY: usize = 2;

impl PanelBuilder<'_> {
    /// Tells the columns of which nothing is learnt; `entities` of the file. What is counted otherwise
    /// than declared has been told.
    pub(super) fn tell_suspicious(
        &self,
        entities: usize,
        traits: &[Traits],
        counted: &BTreeSet<String>,
        reports: &mut Reports,
    ) {
        let mut empty = AllMissing {
            file: self.options.file.clone(),
            columns: Vec::new(),
            rows: self.entity_of.len(),
            stand_for: Vec::new(),
            missing: {
                let words = self.options.missing.iter();
                words
                    .filter(|word| word.parse::<f64>().is_ok())
                    .cloned()
                    .collect()
            },
        };
        let inputs = self.plan.inputs.iter().zip(&self.summaries).enumerate();
        for ((index, (info, summary)), traits) in inputs.zip(traits) {
            let Some(column) = summary.column.as_ref() else {
                continue;
            };
            if counted.contains(&info.name) || !info.kind.is_indicator() {
                continue;
            }
            let seen = Seen::of(info, summary, traits);
            if let Some((number, cells)) = for_missing(info, traits) {
                reports.add(NumberForMissing {
                    file: self.options.file.clone(),
                    column: column.clone(),
                    name: info.name.clone(),
                    number,
                    cells,
                    others: traits.others,
                });
            }
            if seen.out_of_range > 0 && seen.fitting == 0 {
                let percentage = self.percentage(index, info, traits);
                reports.add(AllOutOfRange {
                    percentage,
                    ..self.all_out_of_range(info, summary, column)
                });
            } else if seen.out_of_range == 0 && seen.fitting == 0 && summary.unreadable == 0 {
                if empty.rows >= EMPTY {
                    empty.columns.push(column.clone());
                    if info.missing_means.is_some() {
                        empty.stand_for.push(info.name.clone());
                    }
                }
            } else if let Some(value) = all_the_same(info, &seen, traits, entities) {
                reports.add(AllTheSame {
                    file: self.options.file.clone(),
                    column: column.clone(),
                    name: info.name.clone(),
                    cells: seen.fitting,
                    entities,
                    entity: self.plan.panel.entity().to_owned(),
                    value,
                });
            }
        }
        if !empty.columns.is_empty() {
            reports.add(empty);
        }
    }

    fn all_out_of_range(
        &self,
        info: &InputInfo,
        summary: &InputSummary,
        column: &str,
    ) -> AllOutOfRange {
        let example = match &summary.first_out_of_range {
            Some((row, key, value)) => {
                format!("{} in row {row} ({key})", value_text(&info.kind, *value))
            }
            None => String::new(),
        };
        let unit = if info.unit.is_empty() {
            String::new()
        } else {
            format!(" {}", info.unit)
        };
        AllOutOfRange {
            file: self.options.file.clone(),
            column: column.to_owned(),
            name: info.name.clone(),
            cells: usize::try_from(summary.out_of_range).unwrap_or(usize::MAX),
            example,
            range: format!("{}{unit}", range_text(info)),
            moved: info.on_violation == OnViolation::Clamp,
            declared: info.span,
            percentage: None,
        }
    }
}

/// A number that seems to stand for missing values, and in how many cells it does: the range leaves open whether it is
/// a value, and no other is nearly as low.
fn for_missing(info: &InputInfo, traits: &Traits) -> Option<(f64, u64)> {
    let (low, high) = traits.others;
    if info.kind != InputKind::Number || info.low.is_finite() || low > high {
        return None;
    }
    let mut counted = FOR_MISSING.into_iter().zip(traits.for_missing);
    let (number, cells) = counted.find(|(_, cells)| *cells > 0)?;
    (low > number / 10.0).then_some((number, cells))
}

/// The one value of a column, where that is strange.
fn all_the_same(info: &InputInfo, seen: &Seen, traits: &Traits, entities: usize) -> Option<String> {
    // What an absent cell stands for is one value by declaration.
    if info.kind != InputKind::Number || seen.stood_for > 0 {
        return None;
    }
    let first = traits.first?;
    let (cells, of) = if first == 0.0 { SAME_ZERO } else { SAME };
    if seen.fitting < cells || entities < of || !traits.same {
        return None;
    }
    Some(value_text(&info.kind, first))
}

/// What a column's cells came to.
struct Seen {
    /// Values within the declared range.
    fitting: usize,
    out_of_range: usize,
    /// Absent cells that stand for a value.
    stood_for: usize,
}

impl Seen {
    fn of(info: &InputInfo, summary: &InputSummary, traits: &Traits) -> Self {
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let known = count(traits.known);
        let (out_of_range, stood_for) = (count(summary.out_of_range), count(summary.absent));
        let moved = match info.on_violation {
            OnViolation::Clamp => out_of_range,
            OnViolation::Missing | OnViolation::Reject => 0,
        };
        Self {
            fitting: known.saturating_sub(stood_for).saturating_sub(moved),
            out_of_range,
            stood_for,
        }
    }
}

/// Tells optional indicators that no file has, where a column of a near name is not read.
pub(super) fn near_unread(
    plan: &Plan,
    parts: &[BoundFile],
    holders: &[Option<usize>],
    warnings: &mut Reports,
) {
    let read: BTreeSet<&String> = parts
        .iter()
        .flat_map(|part| {
            let inputs = part.summaries.iter().filter_map(|one| one.column.as_ref());
            inputs.chain(part.key_columns.iter())
        })
        .collect();
    let columns = parts.iter().flat_map(|part| &part.columns);
    let mut unread: Vec<&str> = columns
        .filter(|column| !column.is_empty() && !read.contains(column))
        .map(String::as_str)
        .collect();
    let mut near: Vec<(String, Vec<String>)> = Vec::new();
    for (info, holder) in plan.inputs.iter().zip(holders) {
        let asked = info.optional && holder.is_none();
        if !asked || !info.kind.has_column() {
            continue;
        }
        let found = near_columns(info, unread.iter().copied());
        if found.is_empty() {
            continue;
        }
        // A column stands for one indicator.
        unread.retain(|other| !found.contains(other));
        near.push((
            info.name.clone(),
            found.into_iter().map(str::to_owned).collect(),
        ));
    }
    if near.is_empty() {
        nothing_read(plan, parts, holders, warnings);
        return;
    }
    let has = |part: &&BoundFile| {
        let mut columns = near.iter().flat_map(|(_, columns)| columns);
        columns.any(|column| part.columns.contains(column))
    };
    warnings.add(NearColumnsUnread {
        files: parts
            .iter()
            .filter(has)
            .map(|part| part.file.clone())
            .collect(),
        near,
    });
}

/// Tells that no indicator is read from the one file that there is, where each may be absent. Of several, those of
/// which nothing is read have been told.
fn nothing_read(
    plan: &Plan,
    parts: &[BoundFile],
    holders: &[Option<usize>],
    warnings: &mut Reports,
) {
    let [part] = parts else {
        return;
    };
    let inputs = plan.inputs.iter().zip(holders);
    let mut values = inputs
        .filter(|(info, _)| info.kind.is_indicator())
        .peekable();
    // A file of keys alone may be meant: it says which rows there are.
    let mut columns = part.columns.iter().filter(|column| !column.is_empty());
    let has_more = columns.any(|column| !part.key_columns.contains(column));
    let any = values.peek().is_some();
    if part.alone && has_more && any && values.all(|(_, holder)| holder.is_none()) {
        warnings.add(NothingRead {
            file: part.file.clone(),
            columns: part.columns.clone(),
            adds_rows: true,
        });
    }
}
