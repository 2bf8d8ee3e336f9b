//! Across peers: what a period's other entities make of a row.
//!
//! In: a Plan with operations across peers and a panel. Out: the columns wanted. Everything else in
//! a Plan needs at most an entity's own rows, so it runs entity by entity; an operation across peers
//! needs its operand in all rows first. The Plan is therefore run in phases: the operands of the
//! first such operations, these operations, the operands of those that need their results, and so
//! on; last what is wanted. For each phase the operations already done are columns like any input,
//! so evaluators never meet one.
#![deny(clippy::wildcard_enum_match_arm)]

mod goalposts;
mod passes;
mod peerage;
mod phases;
mod record;
mod standing;
mod step;

pub use goalposts::{Goalpost, GoalpostKey, Goalposts};
pub use passes::Passes;
pub use record::{PeerRecord, Treated, Treatment};

use forewarn_plan::{FaultId, NodeId, Plan};

use crate::faults::FaultLog;
use crate::panel::Panel;
use crate::rows::Source;
use peerage::Peerage;
use phases::Phases;
pub(crate) use phases::rest_on_peers;

/// Evaluates the outputs wanted. `rows` evaluates a Plan without operations across peers.
///
/// # Errors
/// Those of `rows`.
pub(crate) fn through_phases<E>(
    plan: &Plan,
    panel: &Panel,
    wanted: &[usize],
    (given, threads): (Option<&Goalposts>, usize),
    mut rows: impl FnMut(&Plan, &Source, &[usize]) -> Result<(Vec<Vec<f64>>, FaultLog), E>,
) -> Result<(Vec<Vec<f64>>, FaultLog, PeerRecord), E> {
    let roots = wanted
        .iter()
        .filter_map(|&output| Some(plan.outputs.get(output)?.node));
    let Some(mut phases) = Phases::of(plan, roots) else {
        let (values, log) = rows(plan, &Source::of(panel), wanted)?;
        return Ok((values, log, PeerRecord::default()));
    };
    let peerage = Peerage::of(plan, panel);
    let mut record = PeerRecord::default();
    let mut used = given.map(Goalposts::uses);
    let mut log = FaultLog::new(plan.faults.len());
    let mut told = vec![false; plan.faults.len()];
    // Stands in for the results of operations to come; nothing reads it, so that it takes no memory either.
    let pending = vec![0.0; panel.rows()];
    let mut done: Vec<Vec<f64>> = Vec::new();
    for phase in 0..phases.len() {
        phases.show_operands(phase);
        let flat = phases.plan();
        let source = source(panel, &done, &pending, phases.operations());
        let operands: Vec<usize> = (0..flat.outputs.len()).collect();
        let (values, faults) = rows(flat, &source, &operands)?;
        log.adopt(faults, |fault| !told_before(&told, fault));
        phases.mark_faults(&mut told);
        for operation in phases.operations_of(phase) {
            let (mut column, _) = step::evaluate(
                plan,
                operation,
                (&values, threads),
                &peerage,
                used.as_mut(),
                &mut record,
            );
            step::settle(plan, operation, &mut column, &mut log);
            // Later phases meet the operation as a column and have nothing to say of it.
            let own = plan.node(operation.node).and_then(|node| node.checked);
            if let Some(slot) = own.and_then(|fault| told.get_mut(fault.0 as usize)) {
                *slot = true;
            }
            done.push(column);
        }
    }
    phases.show_outputs();
    let source = source(panel, &done, &pending, phases.operations());
    let (values, faults) = rows(phases.plan(), &source, wanted)?;
    log.adopt(faults, |fault| !told_before(&told, fault));
    if let Some(used) = used {
        record.unused = used.unused();
    }
    Ok((values, log, record))
}

/// An operation across peers over all rows, with what it read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PeerColumn {
    pub node: NodeId,
    pub of: Vec<f64>,
    pub among: Option<Vec<f64>>,
    pub result: Vec<f64>,
    /// The rows, ascending, whose result is a goalpost of an earlier run.
    pub given: Vec<u32>,
}

/// The Plan with the operations across peers that the roots need as further inputs, after its own,
/// and these operations in the same order; `None` where they need none.
///
/// # Errors
/// Those of `rows`.
pub(crate) fn as_columns<E>(
    plan: &Plan,
    panel: &Panel,
    roots: impl Iterator<Item = NodeId>,
    given: Option<&Goalposts>,
    mut rows: impl FnMut(&Plan, &Source, &[usize]) -> Result<(Vec<Vec<f64>>, FaultLog), E>,
) -> Result<Option<(Plan, Vec<PeerColumn>)>, E> {
    let Some(mut phases) = Phases::of(plan, roots) else {
        return Ok(None);
    };
    let peerage = Peerage::of(plan, panel);
    let mut record = PeerRecord::default();
    let mut used = given.map(Goalposts::uses);
    let mut log = FaultLog::new(plan.faults.len());
    let pending = vec![0.0; panel.rows()];
    let (mut done, mut kept): (Vec<Vec<f64>>, Vec<PeerColumn>) = Default::default();
    for phase in 0..phases.len() {
        phases.show_operands(phase);
        let flat = phases.plan();
        let source = source(panel, &done, &pending, phases.operations());
        let operands: Vec<usize> = (0..flat.outputs.len()).collect();
        let (values, _) = rows(flat, &source, &operands)?;
        for operation in phases.operations_of(phase) {
            let (uses, record) = (used.as_mut(), &mut record);
            let (mut column, given) =
                step::evaluate(plan, operation, (&values, 1), &peerage, uses, record);
            step::settle(plan, operation, &mut column, &mut log);
            kept.push(PeerColumn {
                node: operation.node,
                of: values.get(operation.of).cloned().unwrap_or_default(),
                among: operation.among.and_then(|among| values.get(among)).cloned(),
                result: column.clone(),
                given,
            });
            done.push(column);
        }
    }
    phases.show_outputs();
    Ok(Some((phases.told(plan), kept)))
}

fn told_before(told: &[bool], fault: FaultId) -> bool {
    told.get(fault.0 as usize).copied().unwrap_or(false)
}

fn source<'a>(
    panel: &'a Panel,
    done: &'a [Vec<f64>],
    pending: &'a [f64],
    operations: usize,
) -> Source<'a> {
    let mut source = Source::of(panel);
    source.inputs.extend(done.iter().map(Vec::as_slice));
    let missing = operations.saturating_sub(done.len());
    source.inputs.extend(std::iter::repeat_n(pending, missing));
    source
}
