//! Runs whose rows flow: read, evaluated and written block by block, so that memory does not grow with them.
//!
//! In: what a run was asked for. Out: the file of results as it grows, where everything that is asked for can
//! be had so; else the panel is held, as it has to be for windows, peers and alerts, for several files, for
//! chosen rows, and for results on a terminal.

use crate::args::{Engine, RunArgs};
use crate::audience::Sight;
use crate::failure::Failure;
use crate::output::{Target, labelled, names_alone};
use crate::outputs::{Begun, Outputs, Sink};
use forewarn_plan::Plan;
use forewarn_runtime::flow::{Flow, flows};
use forewarn_runtime::result_table::{ResultColumn, ResultTable};
use forewarn_runtime::run::RunError;
use forewarn_tables::{Flowing, Format};
use std::path::Path;

/// Files of fewer bytes are held: what a panel of them takes is no matter.
const LARGE: u64 = 16 << 20;

/// The outputs that a run can have while rows flow, where it can; else none.
pub fn outputs(
    args: &RunArgs,
    target: &Target,
    sight: Sight<'_>,
    columns: Option<&[usize]>,
) -> Option<Vec<usize>> {
    let Target::File(_, format) = target else {
        return None;
    };
    let [data] = args.data.data.as_slice() else {
        return None;
    };
    // A second file is written from the whole table.
    let chosen = !args.entity.is_empty() || !args.period.is_empty() || args.csv_for.is_some();
    let more = args.events.is_some() || args.goalposts.is_some() || args.data.state.is_some();
    let read_alone = sight.sees_all() && args.data.reading.recipes.is_none();
    if chosen || more || !read_alone || args.engine == Engine::Interpreter {
        return None;
    }
    let about = data.metadata().ok()?;
    let fits = about.is_file() && about.len() >= LARGE && Flowing::<Sink>::fits(*format);
    let plan = sight.plan;
    let wanted: Vec<usize> = match columns {
        Some(columns) => columns.to_vec(),
        None => (0..plan.outputs.len()).collect(),
    };
    (fits && !wanted.is_empty() && flows(plan, &wanted)).then_some(wanted)
}

/// Begins the file of results.
///
/// # Errors
/// No machine code can be made.
pub fn begin<'p, 's>(
    (plan, wanted): (&'p Plan, Vec<usize>),
    args: &RunArgs,
    format: Format,
    begun: &'s mut Begun,
) -> Result<Flowing<'p, &'s mut Sink>, RunError> {
    let columns = columns(plan, &wanted, args, format);
    let flow = Flow::new(plan, wanted)?;
    let threads = args.threads.unwrap_or(0);
    Ok(Flowing::new(flow, columns, begun.sink(), format, threads))
}

/// Where results are to be written while rows flow.
///
/// # Errors
/// As [`Outputs::write`].
pub fn place(outputs: Option<&Outputs>, path: &Path) -> Result<Option<Begun>, Failure> {
    outputs.map_or(Ok(None), |outputs| outputs.begin(path))
}

/// The columns as they are written, without values.
fn columns(plan: &Plan, wanted: &[usize], args: &RunArgs, format: Format) -> Vec<ResultColumn> {
    let mut table = ResultTable::empty();
    for output in wanted.iter().filter_map(|&output| plan.outputs.get(output)) {
        if args.labels {
            table.push(&labelled(output), Vec::new());
        } else {
            table.push(output, Vec::new());
        }
    }
    // Other forms say units beside the names.
    if args.units && names_alone(format) {
        table.name_units();
    }
    table.columns
}
