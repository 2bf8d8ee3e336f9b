//! From the rows of files to the panel.
//!
//! In: what each file gave. Out: one panel, its rows the union of the keys of the files that go at
//! its own pace, with a row for every period where the rules look along time, and with values
//! carried forward where they say so. A file alone is moved here without being copied.

use super::carry::{self, Stray, carry, counted};
use super::earlier::{self, Earlier};
use super::except::Left;
use super::gaps::{self, TooWide};
use super::holders::holders;
use super::key_rows::KeyRows;
use super::keys::Keys;
use super::meet;
use super::part::{BoundFile, Pace};
use super::place::{self, Slow};
use super::sort::arrange;
use super::spelling::{Spellings, folded};
use super::{
    Bound, DataSummary, InputSummary, ages, aggregates, applies, inapplicable, several, suspicious,
    verification, whole,
};
use crate::causes::data::{
    BeyondReach, LeftOutSpeltOtherwise, NoFileByPeriod, NothingLeftOut, WideHole,
};
use crate::distinct::distinct;
use crate::history::History;
use crate::panel::{Aged, Panel};
use crate::period::Period;
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::suggest::suggest;
use forewarn_plan::{InputInfo, InputKind, Plan};
use std::collections::{BTreeMap, BTreeSet};

/// Makes the panel of one file or several.
///
/// # Errors
/// An indicator in none or in two of the files, keys that do not meet, and a hole in time that
/// cannot be filled.
pub fn join(plan: &Plan, parts: Vec<BoundFile>) -> Result<Bound, Reports> {
    join_with(plan, parts, None, &Earlier::default())
}

/// The same with rows that are asked for beside those of the files, and with what is known of periods before them.
///
/// # Errors
/// As for [`join`].
pub fn join_with(
    plan: &Plan,
    mut parts: Vec<BoundFile>,
    rows: Option<&KeyRows>,
    earlier: &Earlier,
) -> Result<Bound, Reports> {
    if let Some(rows) = rows {
        let part = rows.part(plan, &parts);
        parts.push(part);
    }
    let mut warnings = Reports::default();
    for part in &mut parts {
        warnings.append(std::mem::take(&mut part.warnings));
    }
    let Some(first) = parts.iter().find(|part| part.pace == Pace::Panel) else {
        warnings.add(NoFileByPeriod {
            files: parts.iter().map(|part| part.file.clone()).collect(),
            period: plan.panel.period_name.clone(),
        });
        return Err(warnings);
    };
    let first_column = first.entity_columns.first().cloned();
    let period_column = first.period_column.clone();
    let spellings = Spellings::of(&parts);
    let spelt = match earlier.last.is_empty() {
        true => spellings.told(plan, &parts, earlier),
        false => Spellings::with_earlier(&parts, earlier).told(plan, &parts, earlier),
    };
    aggregates::check(plan, &parts, &mut warnings);
    several::check(plan, &parts, &mut warnings);
    let left_out = left_out(plan, &parts, &mut warnings);
    let mut entity_columns = whole::spread(plan, &mut parts, &mut warnings)?;
    if let (Some(own), Some(first)) = (entity_columns.first_mut(), first_column) {
        *own = first;
    }
    let holders = holders(plan, &parts, &mut warnings)?;
    suspicious::near_unread(plan, &parts, &holders, &mut warnings);
    let mut keys = keys_of(&mut parts);
    if parts.len() > 1 && rows.is_none() {
        meet::check(plan, &parts, &keys, &spellings, &mut warnings)?;
    }
    if let Some(spelt) = spelt {
        warnings.add(spelt);
    }
    // What an absent row means is not taken for a key that another spelling may have rows for.
    let doubtful: Vec<BTreeSet<u32>> = parts
        .iter()
        .map(|part| spellings.doubtful(&keys.entities, part))
        .collect();
    let periods = distinct(keys.periods.iter().copied());
    let mut summary = DataSummary {
        rows: keys.rows(),
        entities: keys.entities.len(),
        periods: periods.len(),
        first_period: periods.first().copied(),
        last_period: periods.last().copied(),
        left_out,
        filtered: parts.iter().map(|part| part.filtered).sum(),
        marked: parts.iter().flat_map(|part| part.marked.clone()).collect(),
        inputs: Vec::with_capacity(plan.inputs.len()),
    };
    let before_gaps = if doubtful.iter().any(|entities| !entities.is_empty()) {
        keys.entity_of.clone()
    } else {
        Vec::new()
    };
    let periods_before_gaps =
        if parts.len() > 1 && plan.inputs.iter().any(|info| info.missing_means.is_some()) {
            keys.periods.clone()
        } else {
            Vec::new()
        };
    // Where each file's rows stand before gaps are put between them.
    let own: Vec<Option<Vec<usize>>> = parts
        .iter()
        .map(|part| (parts.len() > 1 && part.pace == Pace::Panel).then(|| keys.rows_of(part)))
        .collect();
    let gaps = match fill(plan, &mut keys, earlier) {
        Ok(gaps) => gaps,
        Err(hole) => {
            warnings.add(wide_hole(plan, &parts, &keys, hole.before));
            return Err(warnings);
        }
    };
    let rows: Vec<Rows> = parts
        .iter()
        .zip(own)
        .map(|(part, own)| match (part.pace, own) {
            (Pace::Panel, None) => Rows::Same,
            (Pace::Panel, Some(rows)) => Rows::Own(rows),
            _ => Rows::Slow(Slow::of(part, &keys, &gaps, plan.panel.period)),
        })
        .collect();
    let data_rows = summary.rows;
    let frame = |doubtful| Frame {
        keys: &keys,
        gaps: &gaps,
        before_gaps: &before_gaps,
        periods_before_gaps: &periods_before_gaps,
        data_rows,
        doubtful,
    };
    let no_doubt = BTreeSet::new();
    let mut panel = Panel {
        moved: vec![Vec::new(); plan.inputs.len()],
        ..Panel::default()
    };
    let mut before = earlier::strays(plan, &keys, &earlier.observed);
    let mut strays = Vec::with_capacity(plan.inputs.len());
    for (input, (info, holder)) in plan.inputs.iter().zip(holders).enumerate() {
        let held =
            holder.and_then(|at| Some((parts.get_mut(at)?, rows.get(at)?, doubtful.get(at)?)));
        let before = taken(&mut before, input);
        let mut made = match held {
            Some((part, rows, doubtful)) => {
                if part.pace != Pace::Panel {
                    panel.slower.push(input);
                }
                let timeless = part.pace == Pace::Timeless;
                for (flag, theirs) in part.flags.each(input) {
                    for row in own_rows(rows, &theirs, &gaps) {
                        panel.flags.put(input, row, flag);
                    }
                }
                if let Some(moved) = panel.moved.get_mut(input) {
                    *moved = own_cells(rows, &taken(&mut part.moved, input), &gaps);
                }
                let mut made = column(info, input, part, rows, frame(doubtful), before);
                made.summary.timeless = timeless;
                made
            }
            None => Made::nothing(info, keys.rows(), frame(&no_doubt), before),
        };
        // Of a file alone, missing cells were counted as they came.
        if rows.len() > 1 || holder.is_none() {
            made.summary.missing = missing(&made.values, &gaps);
        }
        if let (Some(beyond), Some(at)) = (made.beyond, holder)
            && let Some(part) = parts.get(at)
        {
            warnings.add(beyond_reach(plan, info, part, beyond));
        }
        summary.inputs.push(made.summary);
        panel.columns.push(made.values);
        panel.carried.push(made.carried);
        panel.expired.push(made.expired);
        strays.push(made.strays);
    }
    panel.flags.settle();
    panel.written = parts.iter().find_map(|part| part.written);
    panel.entities = keys.entities;
    panel.entity_of = keys.entity_of;
    panel.periods = keys.periods;
    panel.gaps = gaps;
    if !plan.alerts.is_empty() {
        panel.history = History::Data(BTreeMap::new());
    }
    for (input, info) in plan.inputs.iter().enumerate() {
        if let InputKind::Key { place } = info.kind {
            let column = panel.key_column(place);
            if let Some(slot) = panel.columns.get_mut(input) {
                *slot = column;
            }
            if let Some(summary) = summary.inputs.get_mut(input) {
                (summary.missing, summary.aside) = (0, true);
            }
        }
    }
    verification::settle(plan, &mut panel, &strays);
    inapplicable::settle(plan, &mut panel);
    inapplicable::count(plan, &panel, &mut summary.inputs);
    applies::settle(plan, &mut panel, &strays, &mut summary.inputs);
    verification::count(plan, &panel, &mut summary.inputs);
    ages::settle(plan, &mut panel);
    ages::count(plan, &mut summary.inputs);
    Ok(Bound {
        panel,
        entity_columns,
        period_column,
        summary,
        warnings,
    })
}

/// How many rows were left out of each entity that was to be; tells those that have none. What the
/// panel leaves out need not be in the data, unless it is there in another spelling.
fn left_out(plan: &Plan, parts: &[BoundFile], warnings: &mut Reports) -> Vec<(String, u64)> {
    let mut all: BTreeMap<&String, Left> = BTreeMap::new();
    for (name, left) in parts.iter().flat_map(|part| part.except.each()) {
        let one = all.entry(name).or_default();
        one.rows += left.rows;
        one.declared = left.declared;
        one.recipe = left.recipe;
    }
    let known = || {
        let keys = parts.iter().flat_map(|part| &part.entities);
        let known: BTreeSet<String> = keys
            .map(|key| crate::panel::shown(key).into_owned())
            .collect();
        known
    };
    for (name, left) in all.iter().filter(|(_, left)| left.rows == 0) {
        if let Some(declared) = left.declared {
            let same = |key: &String| folded(key) == folded(name);
            if let Some(near) = known().into_iter().find(same) {
                warnings.add(LeftOutSpeltOtherwise {
                    name: (*name).clone(),
                    declared,
                    near,
                });
            }
            continue;
        }
        let known = known();
        warnings.add(NothingLeftOut {
            entity: plan.panel.entity().to_owned(),
            name: (*name).clone(),
            suggestion: suggest(name, known.iter().map(String::as_str)).map(str::to_owned),
            known: known.iter().take(5).cloned().collect(),
            recipe: left.recipe,
        });
    }
    let left = all.into_iter().filter(|(_, left)| left.rows > 0);
    left.map(|(name, left)| (name.clone(), left.rows)).collect()
}

/// The keys of all rows that data has; those of a file alone are moved out of it.
fn keys_of(parts: &mut [BoundFile]) -> Keys {
    if let [only] = parts {
        return Keys {
            entities: std::mem::take(&mut only.entities),
            entity_of: std::mem::take(&mut only.entity_of),
            periods: std::mem::take(&mut only.periods),
        };
    }
    let own = parts.iter().filter(|part| part.pace == Pace::Panel);
    Keys::union(&own.collect::<Vec<_>>())
}

/// Puts a row for every period between those of the data, where the rules look along time; which
/// rows these are. What an earlier run knew of an entity goes on with its rows.
fn fill(plan: &Plan, keys: &mut Keys, earlier: &Earlier) -> Result<Vec<usize>, TooWide> {
    let Some(kind) = plan.panel.period.filter(|_| plan.looks_along_time()) else {
        return Ok(Vec::new());
    };
    let known = |name: &String| earlier.last.get(name).copied();
    let last: Vec<Option<i64>> = if earlier.last.is_empty() {
        Vec::new()
    } else {
        keys.entities.iter().map(known).collect()
    };
    let before = |entity: u32| last.get(entity as usize).copied().flatten();
    let filled = gaps::fill(kind, &keys.entity_of, &keys.periods, before)?;
    let Some(filled) = filled else {
        return Ok(Vec::new());
    };
    keys.entity_of = filled.entity_of;
    keys.periods = filled.periods;
    Ok(filled.gaps)
}

/// How many cells are missing in the rows of the data.
fn missing(values: &[f64], gaps: &[usize]) -> u64 {
    let all = values.iter().filter(|value| value.is_nan()).count();
    let in_gaps = gaps.iter().filter_map(|row| values.get(*row));
    let in_gaps = in_gaps.filter(|value| value.is_nan()).count();
    all.saturating_sub(in_gaps) as u64
}

/// The rows that columns are made for.
#[derive(Clone, Copy)]
struct Frame<'a> {
    keys: &'a Keys,
    gaps: &'a [usize],
    /// The entity of each row that is no gap, where some are doubtful.
    before_gaps: &'a [u32],
    /// The period of each row that is no gap, where an absent row may stand for a value.
    periods_before_gaps: &'a [i64],
    /// How many of the rows are not gaps.
    data_rows: usize,
    /// Entities that the file may have under another spelling.
    doubtful: &'a BTreeSet<u32>,
}

impl Frame<'_> {
    /// Makes missing what was taken for said by no row; how many rows that are.
    fn undo(
        self,
        values: &mut [f64],
        absent: impl Iterator<Item = usize>,
        entity_of: &[u32],
    ) -> u64 {
        let mut undone = 0;
        let absent = absent.filter(|row| {
            let entity = entity_of.get(*row);
            entity.is_some_and(|entity| self.doubtful.contains(entity))
        });
        for row in absent {
            if let Some(value) = values.get_mut(row) {
                *value = f64::NAN;
                undone += 1;
            }
        }
        undone
    }
}

/// Makes missing what was taken for said by no row in periods before a file's first one or behind its last: it
/// does not reach there. Tells how many rows that are, and the first and the last of their periods.
fn out_of_reach(
    values: &mut [f64],
    absent: impl Iterator<Item = usize>,
    periods: &[i64],
    reach: Option<(i64, i64)>,
) -> Option<Beyond> {
    let (first, last) = reach?;
    let mut beyond: Option<Beyond> = None;
    for row in absent {
        let (Some(period), Some(value)) = (periods.get(row).copied(), values.get_mut(row)) else {
            continue;
        };
        // What is doubtful for another reason has been made missing and told.
        if (first..=last).contains(&period) || value.is_nan() {
            continue;
        }
        *value = f64::NAN;
        let known = beyond.get_or_insert(Beyond {
            rows: 0,
            from: period,
            until: period,
        });
        known.rows += 1;
        known.from = known.from.min(period);
        known.until = known.until.max(period);
    }
    beyond
}

/// Makes missing what was taken for said by no row in periods of which no delivery came; how many rows that are. The
/// periods have been told.
fn undelivered(
    values: &mut [f64],
    absent: impl Iterator<Item = usize>,
    periods: &[i64],
    lacking: &[i64],
) -> u64 {
    let mut rows = 0;
    if lacking.is_empty() {
        return rows;
    }
    for row in absent {
        if let (Some(period), Some(value)) = (periods.get(row), values.get_mut(row))
            && lacking.binary_search(period).is_ok()
            && !value.is_nan()
        {
            *value = f64::NAN;
            rows += 1;
        }
    }
    rows
}

/// Rows that a file does not reach, of which `missing means` would say something.
#[derive(Clone, Copy, Debug)]
struct Beyond {
    rows: u64,
    from: i64,
    until: i64,
}

/// Where the rows of a file stand.
enum Rows {
    /// In their places, before gaps are put between them.
    Same,
    /// There, before gaps are put between them.
    Own(Vec<usize>),
    Slow(Slow),
}

/// An indicator's column and what is known of it.
struct Made {
    values: Vec<f64>,
    carried: Vec<Aged>,
    expired: Vec<Aged>,
    /// Values of periods that have no row.
    strays: Vec<Stray>,
    summary: InputSummary,
    beyond: Option<Beyond>,
}

impl Made {
    /// An optional indicator that no file has.
    fn nothing(info: &InputInfo, rows: usize, frame: Frame<'_>, before: Vec<Stray>) -> Self {
        let mut made = Self {
            values: vec![f64::NAN; rows],
            carried: Vec::new(),
            expired: Vec::new(),
            strays: before,
            summary: InputSummary {
                name: info.name.clone(),
                ..InputSummary::default()
            },
            beyond: None,
        };
        if !made.strays.is_empty() {
            made.carry(info, &[], frame);
        }
        made
    }

    /// Carries its values forward, where they stand for a while.
    fn carry(&mut self, info: &InputInfo, refused: &[usize], frame: Frame<'_>) {
        let Some(most) = info
            .carry_forward
            .filter(|_| !frame.keys.periods.is_empty())
        else {
            return;
        };
        let keys = carry::Keys {
            entity_of: &frame.keys.entity_of,
            periods: &frame.keys.periods,
        };
        let standing = carry::CarryLimits {
            most,
            expires: info.expires,
        };
        let found = carry(keys, &mut self.values, refused, &self.strays, standing);
        let summary = &mut self.summary;
        (summary.carried, summary.oldest_carried) = counted(&found.cells, frame.gaps);
        (summary.expired, summary.oldest_expired) = counted(&found.expired, frame.gaps);
        summary.missing = summary.missing.saturating_sub(summary.carried);
        (self.carried, self.expired) = (found.cells, found.expired);
    }
}

/// Takes an indicator's column out of its file, puts it in the panel's rows and carries its values
/// forward.
fn column(
    info: &InputInfo,
    input: usize,
    part: &mut BoundFile,
    rows: &Rows,
    frame: Frame<'_>,
    mut before: Vec<Stray>,
) -> Made {
    let gaps = frame.gaps;
    let theirs = taken(&mut part.values, input);
    let mut refused = taken(&mut part.refused, input);
    let mut summary = taken(&mut part.summaries, input);
    // A file without rows says nothing by what it lacks.
    let means = info.missing_means.filter(|_| !part.file_rows.is_empty());
    let absent = means.unwrap_or(f64::NAN);
    let ends = |periods: &[i64]| Some((*periods.iter().min()?, *periods.iter().max()?));
    let reach = means.and_then(|_| ends(&part.periods));
    let mut beyond = None;
    let mut unreached = 0;
    let lacking = part.lacking.clone();
    let lacking = lacking.as_slice();
    let (values, absent, strays) = match rows {
        Rows::Same => (theirs, 0, Vec::new()),
        Rows::Own(rows) => {
            refused = arrange(rows, &refused);
            let (mut values, mut absent) = place::own(&theirs, rows, frame.data_rows, absent);
            let others = || {
                let mut own = rows.iter().peekable();
                (0..frame.data_rows).filter(move |row| own.next_if_eq(&row).is_none())
            };
            if !frame.doubtful.is_empty() {
                absent -= frame.undo(&mut values, others(), frame.before_gaps);
            }
            if reach.is_some() {
                let periods = frame.periods_before_gaps;
                unreached += undelivered(&mut values, others(), periods, lacking);
                beyond = out_of_reach(&mut values, others(), periods, reach);
            }
            (values, absent, Vec::new())
        }
        Rows::Slow(slow) => {
            refused = slow.rows(&refused);
            let (mut values, mut absent) = slow.column(&theirs, absent);
            if !frame.doubtful.is_empty() {
                absent -= frame.undo(&mut values, slow.absent(), &frame.keys.entity_of);
            }
            if reach.is_some() && part.pace != Pace::Timeless {
                let periods = &frame.keys.periods;
                unreached += undelivered(&mut values, slow.absent(), periods, lacking);
                beyond = out_of_reach(&mut values, slow.absent(), &frame.keys.periods, reach);
            }
            (values, absent, slow.strays(&theirs))
        }
    };
    let absent = absent - beyond.map_or(0, |beyond| beyond.rows) - unreached;
    let values = match rows {
        Rows::Same | Rows::Own(_) if !gaps.is_empty() => {
            gaps::shift(&mut refused, gaps);
            gaps::spread(&values, gaps)
        }
        _ => values,
    };
    if means.is_some() {
        summary.absent += absent;
    }
    before.extend(strays);
    before.sort_by_key(|one| (one.entity, one.period));
    let mut made = Made {
        values,
        carried: Vec::new(),
        expired: Vec::new(),
        strays: before,
        summary,
        beyond,
    };
    made.carry(info, &refused, frame);
    made
}

/// The rows of the panel that some of a file's rows are.
fn own_rows(rows: &Rows, theirs: &[usize], gaps: &[usize]) -> Vec<usize> {
    let mut own = match rows {
        Rows::Same => theirs.to_vec(),
        Rows::Own(rows) => arrange(rows, theirs),
        Rows::Slow(slow) => return slow.rows(theirs),
    };
    gaps::shift(&mut own, gaps);
    own
}

/// The same of rows with something each, by ascending rows.
fn own_cells(rows: &Rows, theirs: &[(usize, f64)], gaps: &[usize]) -> Vec<(usize, f64)> {
    let mut own: Vec<(usize, f64)> = match rows {
        Rows::Same => theirs.to_vec(),
        Rows::Own(rows) => {
            let place = |row: usize| rows.get(row).copied();
            let cells = theirs.iter();
            cells
                .filter_map(|(row, stood)| Some((place(*row)?, *stood)))
                .collect()
        }
        Rows::Slow(slow) => {
            let cells = theirs.iter();
            cells
                .flat_map(|(row, stood)| slow.rows(&[*row]).into_iter().map(|row| (row, *stood)))
                .collect()
        }
    };
    own.sort_unstable_by_key(|(row, _)| *row);
    if !matches!(rows, Rows::Slow(_)) {
        let mut places: Vec<usize> = own.iter().map(|(row, _)| *row).collect();
        gaps::shift(&mut places, gaps);
        for ((row, _), place) in own.iter_mut().zip(places) {
            *row = place;
        }
    }
    own
}

/// What is kept of an input, taken out of where it is.
fn taken<T: Default>(of: &mut [T], input: usize) -> T {
    of.get_mut(input).map(std::mem::take).unwrap_or_default()
}

/// Tells the widest hole; both of its ends are rows of some file.
fn wide_hole(plan: &Plan, parts: &[BoundFile], keys: &Keys, before: usize) -> WideHole {
    let entity = keys.entity(before).to_owned();
    let period = |row: usize| keys.periods.get(row).copied().unwrap_or(0);
    let end = |row: usize| {
        let found = parts.iter().find_map(|part| {
            // The keys of a file alone have been moved out of it.
            let file_row = if part.entity_of.is_empty() {
                part.file_rows.get(row)
            } else {
                part.file_row(&entity, Some(period(row)))
            };
            Some((part.file.clone(), file_row?))
        });
        let (file, file_row) = found.unwrap_or_default();
        let kind = plan.panel.period;
        let number = period(row);
        let written = parts.iter().find_map(|part| part.written);
        let spelled = kind.map_or_else(String::new, |kind| {
            let period = Period::new(kind, number);
            period.as_in(written).to_string()
        });
        (file, file_row, spelled)
    };
    WideHole {
        entity: crate::panel::shown(&entity).into_owned(),
        period: plan.panel.period_name.clone(),
        missing: (period(before + 1) - period(before)).unsigned_abs() - 1,
        before: end(before),
        after: end(before + 1),
    }
}

/// Tells where a file does not reach.
fn beyond_reach(plan: &Plan, info: &InputInfo, part: &BoundFile, beyond: Beyond) -> BeyondReach {
    let spelled = |number: i64| {
        plan.panel.period.map_or_else(String::new, |kind| {
            let period = Period::new(kind, number);
            period.as_in(part.written).to_string()
        })
    };
    let ends = (part.periods.iter().min(), part.periods.iter().max());
    BeyondReach {
        name: info.name.clone(),
        file: part.file.clone(),
        files: part.stacked,
        first: ends.0.map_or_else(String::new, |period| spelled(*period)),
        last: ends.1.map_or_else(String::new, |period| spelled(*period)),
        rows: beyond.rows,
        from: spelled(beyond.from),
        until: spelled(beyond.until),
        declared: info.span,
    }
}
