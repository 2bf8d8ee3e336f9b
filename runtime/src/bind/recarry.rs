//! What stands for a while where there may be no such value.
//!
//! In: a panel whose absent cells took earlier values, and the conditions that say where an indicator
//! applies. Out: the same without what stood for a cell in which it did not apply: what holds such a cell is no
//! observation, and nothing is carried into one. Conditions may rest on what is carried themselves, so
//! indicators are gone through in the order in which one rests on another, which is that of the inputs.

use super::carry::Stray;
use super::inapplicable::{put_back, said_of, take_out};
use crate::evaluated::evaluated;
use crate::form;
use crate::panel::{Aged, Panel};
use crate::run::{Engine, RunOptions, run};
use forewarn_plan::{INAPPLICABLE, InputKind, NodeId, Output, OutputKind, Plan};

/// The inputs that apply in some rows alone, with the nodes that say in which, in their order.
fn conditions(plan: &Plan) -> Vec<(usize, NodeId)> {
    let place = |name: &str| {
        let mut inputs = plan.inputs.iter();
        inputs.position(|input| input.name == name && input.kind.is_indicator())
    };
    let declared = plan
        .declarations
        .iter()
        .filter(|one| one.verified.is_none());
    let mut found: Vec<(usize, NodeId)> = declared
        .filter_map(|one| {
            one.applies
                .and_then(|(node, _)| Some((place(&one.name)?, node)))
        })
        .collect();
    found.sort_unstable();
    found
}

/// Rows that a condition is worked out for by going from node to node: machine code takes longer to make.
const FEW: usize = 16_384;

/// In which rows each of the conditions is no, worked out again as far as cells change.
pub(super) struct Without<'p> {
    plan: &'p Plan,
    /// The Plan with outputs of its own, once there is something to be worked out.
    asked: Option<Plan>,
    inputs: Vec<usize>,
    nodes: Vec<NodeId>,
    /// By condition; nothing where that is to be worked out.
    rows: Vec<Option<Vec<usize>>>,
}

impl<'p> Without<'p> {
    pub fn of(plan: &'p Plan) -> Self {
        let (inputs, nodes): (Vec<usize>, Vec<NodeId>) = conditions(plan).into_iter().unzip();
        Self {
            plan,
            asked: None,
            rows: vec![None; nodes.len()],
            inputs,
            nodes,
        }
    }

    /// The inputs that apply in some rows alone, in their order.
    pub fn inputs(&self) -> &[usize] {
        &self.inputs
    }

    /// The rows in which a condition is no; nothing where that cannot be worked out yet.
    fn rows(&mut self, panel: &Panel, condition: usize) -> Option<&Vec<usize>> {
        self.work_out(panel)?;
        self.rows.get(condition)?.as_ref()
    }

    /// The same for all of them.
    pub fn all(mut self, panel: &Panel) -> Option<Vec<Vec<usize>>> {
        self.work_out(panel)?;
        self.rows.into_iter().collect()
    }

    /// The cells of these inputs are others now.
    fn changed(&mut self, inputs: &[usize]) {
        for (node, rows) in self.nodes.iter().zip(&mut self.rows) {
            if form::reads(self.plan, *node, inputs) {
                *rows = None;
            }
        }
    }

    fn work_out(&mut self, panel: &Panel) -> Option<()> {
        let open: Vec<usize> = (0..self.nodes.len())
            .filter(|at| self.rows.get(*at).is_some_and(Option::is_none))
            .collect();
        if open.is_empty() {
            return Some(());
        }
        let nodes = open.iter().filter_map(|at| self.nodes.get(*at));
        let outputs = nodes.map(|node| Output {
            column: String::new(),
            declaration: String::new(),
            label: String::new(),
            unit: String::new(),
            kind: OutputKind::Truth,
            node: *node,
        });
        let asked = self.asked.get_or_insert_with(|| evaluated(self.plan));
        asked.outputs = outputs.collect();
        let mut options = RunOptions::default();
        if panel.rows() < FEW {
            options.engine = Engine::Interpreter;
        }
        let results = run(asked, panel, &options).ok()?;
        for (at, column) in open.into_iter().zip(results.columns) {
            let rows = column.values.iter().enumerate();
            let rows = rows.filter(|(_, there)| **there == 0.0);
            if let Some(slot) = self.rows.get_mut(at) {
                *slot = Some(rows.map(|(row, _)| row).collect());
            }
        }
        Some(())
    }
}

/// Takes back what was carried out of cells in which an indicator does not apply, or into them. `strays` are
/// the values of periods without a row, by input. Gives the inputs of which something was taken back.
pub(crate) fn recarry(plan: &Plan, panel: &mut Panel, strays: &[Vec<Stray>]) -> Vec<usize> {
    recarry_by(&mut Without::of(plan), panel, strays)
}

/// The same, with the conditions at hand.
pub(super) fn recarry_by(
    without: &mut Without<'_>,
    panel: &mut Panel,
    strays: &[Vec<Stray>],
) -> Vec<usize> {
    let mut changed = Vec::new();
    for (condition, input) in without.inputs.clone().into_iter().enumerate() {
        let has = |cells: &[Vec<Aged>]| cells.get(input).is_some_and(|cells| !cells.is_empty());
        if !has(&panel.carried) && !has(&panel.expired) {
            continue;
        }
        let rows = without.rows(panel, condition);
        let Some(rows) = rows.filter(|rows| !rows.is_empty()).cloned() else {
            continue;
        };
        let touched = again(without.plan, panel, input, &rows, strays);
        without.changed(&touched);
        changed.push(input);
    }
    changed
}

/// What was known of an entity last.
#[derive(Clone, Copy)]
struct Known {
    entity: u32,
    period: i64,
    value: f64,
    verified: f64,
}

/// Carries one input's values again. Gives the inputs whose cells are others then.
fn again(
    plan: &Plan,
    panel: &mut Panel,
    input: usize,
    without: &[usize],
    strays: &[Vec<Stray>],
) -> Vec<usize> {
    let Some(info) = plan.inputs.get(input) else {
        return Vec::new();
    };
    let Some(most) = info.carry_forward else {
        return Vec::new();
    };
    let by = plan.inputs.iter().position(
        |info| matches!(info.kind, InputKind::Verification { of } if of as usize == input),
    );
    let take = |all: &mut [Vec<Aged>]| all.get_mut(input).map(std::mem::take).unwrap_or_default();
    let (was_carried, was_expired) = (take(&mut panel.carried), take(&mut panel.expired));
    let mut column = panel
        .columns
        .get_mut(input)
        .map(std::mem::take)
        .unwrap_or_default();
    // A cell that says that there is no such value is an observation, and holds as long.
    let said_by = said_of(plan, input);
    if let Some(said_by) = said_by {
        put_back(panel, said_by, &mut column);
    }
    let answers = by.and_then(|by| panel.columns.get_mut(by));
    let mut answers = answers.map(std::mem::take);
    let said = by
        .and_then(|by| strays.get(by))
        .map_or(&[][..], Vec::as_slice);
    let mut strays = strays
        .get(input)
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .peekable();
    let mut was_carried = was_carried.into_iter().peekable();
    let mut was_expired = was_expired.into_iter().peekable();
    let mut without = without.iter().copied().peekable();
    let (mut carried, mut expired) = (Vec::new(), Vec::new());
    let mut known: Option<Known> = None;
    // Where a cell last held something though it did not apply.
    let mut hidden: Option<(u32, i64)> = None;
    let keys = panel.entity_of.iter().zip(&panel.periods);
    for (row, ((entity, period), cell)) in keys.zip(&mut column).enumerate() {
        let (entity, period) = (*entity, *period);
        while let Some(stray) = strays.next_if(|at| (at.entity, at.period) < (entity, period)) {
            let same = |at: &&Stray| (at.entity, at.period) == (stray.entity, stray.period);
            known = Some(Known {
                entity: stray.entity,
                period: stray.period,
                value: stray.value,
                verified: said.iter().find(same).map_or(0.0, |said| said.value),
            });
        }
        let applies = without.next_if_eq(&row).is_none();
        let answer = answers
            .as_ref()
            .and_then(|answers| answers.get(row))
            .copied();
        let verified = answer.unwrap_or(0.0);
        let stood = was_carried.next_if(|cell| cell.row == row);
        let is_late = was_expired.next_if(|cell| cell.row == row).is_some();
        if stood.is_none() && !is_late {
            if cell.is_nan() {
                continue;
            }
            if applies || *cell == INAPPLICABLE {
                known = Some(Known {
                    entity,
                    period,
                    value: *cell,
                    verified,
                });
            } else {
                hidden = Some((entity, period));
            }
            continue;
        }
        if let Some(age) = stood.map(|cell| i64::from(cell.age))
            && hidden != Some((entity, period - age))
        {
            let period = period - age;
            known = Some(Known {
                entity,
                period,
                value: *cell,
                verified,
            });
        }
        *cell = f64::NAN;
        let mut says = 0.0;
        let last = known
            .filter(|known| known.entity == entity && (applies || known.value == INAPPLICABLE));
        if let Some(last) = last
            && let Ok(age) = u32::try_from(period - last.period)
        {
            let aged = Aged { row, age };
            if age <= most {
                (*cell, says) = (last.value, last.verified);
                carried.push(aged);
            } else if info.expires.is_some_and(|expires| age > expires) {
                expired.push(aged);
            }
        }
        if let Some(answer) = answers.as_mut().and_then(|answers| answers.get_mut(row)) {
            *answer = says;
        }
    }
    let put = |all: &mut [Vec<Aged>], cells| {
        if let Some(slot) = all.get_mut(input) {
            *slot = cells;
        }
    };
    put(&mut panel.carried, carried);
    put(&mut panel.expired, expired);
    for (at, values) in [(Some(input), Some(column)), (by, answers)] {
        if let (Some(values), Some(slot)) = (values, at.and_then(|at| panel.columns.get_mut(at))) {
            *slot = values;
        }
    }
    if let Some(said_by) = said_by {
        take_out(panel, input, said_by);
    }
    by.into_iter().chain(said_by).chain([input]).collect()
}
