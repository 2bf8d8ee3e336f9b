//! Which of several files each indicator is read from.

use super::part::{BoundFile, Pace};
use super::sums::no_sum_of;
use crate::causes::data::{ColumnInTwoFiles, MissingColumn, NothingRead, OnlyFirstPeriod};
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::suggest::suggest;
use forewarn_plan::period;
use forewarn_plan::{InputInfo, Plan};

/// For each input its place among the files; `None` for an optional one that no file has.
///
/// # Errors
/// An indicator in none or in two of the files.
pub(super) fn holders(
    plan: &Plan,
    parts: &[BoundFile],
    warnings: &mut Reports,
) -> Result<Vec<Option<usize>>, Reports> {
    if let [only] = parts
        && only.alone
    {
        // Binding has told already what is not there.
        let held = |input| only.holds(input).then_some(0);
        return Ok((0..plan.inputs.len()).map(held).collect());
    }
    let mut problems = Reports::default();
    let mut holders = Vec::with_capacity(plan.inputs.len());
    for (input, info) in plan.inputs.iter().enumerate() {
        let mut holding = parts
            .iter()
            .enumerate()
            .filter(|(_, part)| part.holds(input));
        let first = holding.next();
        match (first, holding.next()) {
            (Some((_, first)), Some((_, second))) => problems.add(ColumnInTwoFiles {
                name: info.name.clone(),
                column: column(first, input),
                first: first.file.clone(),
                second: second.file.clone(),
                second_column: column(second, input),
                declared: info.span,
            }),
            (None, _) if !info.optional || mapped(info, parts).is_some() => {
                problems.add(in_no_file(plan, info, parts));
            }
            _ => {}
        }
        holders.push(first.map(|(at, _)| at));
    }
    if problems.has_errors() {
        return Err(problems);
    }
    for (at, part) in parts.iter().enumerate() {
        if part.cells && !holders.contains(&Some(at)) {
            warnings.add(NothingRead {
                file: part.file.clone(),
                columns: part.columns.clone(),
                adds_rows: part.pace == Pace::Panel,
            });
        }
        tell_only_first(plan, part, warnings);
    }
    Ok(holders)
}

fn column(part: &BoundFile, input: usize) -> String {
    let summary = part.summaries.get(input);
    summary
        .and_then(|summary| summary.column.clone())
        .unwrap_or_default()
}

/// The column that `--map` names for an indicator, where no file has it.
fn mapped<'p>(info: &InputInfo, parts: &'p [BoundFile]) -> Option<&'p String> {
    let mut unmapped = parts.iter().flat_map(|part| &part.unmapped);
    let found = unmapped.find(|(name, _)| *name == info.name);
    found.map(|(_, column)| column)
}

fn in_no_file(plan: &Plan, info: &InputInfo, parts: &[BoundFile]) -> MissingColumn {
    let mapped = mapped(info, parts);
    let wanted = mapped.or(info.column.as_ref()).unwrap_or(&info.name);
    let known = parts.iter().flat_map(|part| &part.columns);
    let known = known.filter(|column| !column.is_empty());
    let near = suggest(wanted, known.clone().map(String::as_str));
    let near = near.or_else(|| suggest(&info.name, known.map(String::as_str)));
    let mut files = parts.iter().map(|part| part.file.clone());
    let unsummed = parts.iter().find(|part| part.unsummed.contains(wanted));
    MissingColumn {
        mapped: mapped.is_some(),
        joined: None,
        file: match unsummed {
            Some(part) => part.file.clone(),
            None => files.next().unwrap_or_default(),
        },
        others: files.collect(),
        name: info.name.clone(),
        what: "indicator",
        column: wanted.clone(),
        suggestion: near.map(str::to_owned),
        columns: Vec::new(),
        declared: Some(info.span),
        unsummed: unsummed.is_some(),
        no_sum: no_sum_of(plan, info),
        optional: info.optional,
        recipe: None,
    }
}

/// Tells the indicators of a slower file that are not carried forward.
fn tell_only_first(plan: &Plan, part: &BoundFile, warnings: &mut Reports) {
    let (Pace::Slower(long), Some(short)) = (part.pace, plan.panel.period) else {
        return;
    };
    let held = plan.inputs.iter().enumerate();
    let held: Vec<&InputInfo> = held
        .filter(|(input, info)| {
            let verifies = !info.kind.is_indicator();
            part.holds(*input) && info.carry_forward.is_none() && !verifies
        })
        .map(|(_, info)| info)
        .collect();
    let Some(first) = held.first() else {
        return;
    };
    warnings.add(OnlyFirstPeriod {
        file: part.file.clone(),
        long: period::kind_name(long),
        short: period::kind_name(short),
        names: held.iter().map(|info| info.name.clone()).collect(),
        most: period::most_within(long, short).map_or(0, |most| most - 1),
        declared: first.span,
    });
}
