//! A Plan compiled: its kernels, and the steps between them.

use std::sync::Arc;

use forewarn_plan::{NodeId, Plan};

use super::jit::{self, Code};
use super::partition::{self, Partition, Stretch};
use super::schedule;
use super::step::{RingStep, Step, TimeStep};
use crate::effort::{Level, NativeError};
use crate::form;
use crate::held::Held;

/// A Plan compiled for some of its outputs.
pub struct NativeProgram<'p> {
    pub(super) plan: Held<'p>,
    pub(super) code: Code,
    /// Kernels and rings, by their place in `code`, and looks along time.
    pub(super) steps: Vec<Step>,
    /// How many scratch columns a chunk needs.
    pub(super) scratch: usize,
    /// The node that each output wanted shows.
    pub(super) outputs: Vec<NodeId>,
    /// Outputs wanted that show the same node as an earlier one: their place and its place.
    pub(super) copies: Vec<(usize, usize)>,
}

impl std::fmt::Debug for NativeProgram<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NativeProgram")
            .field("kernels", &self.code.kernels.len())
            .field("scratch", &self.scratch)
            .field("outputs", &self.outputs)
            .finish_non_exhaustive()
    }
}

impl NativeProgram<'static> {
    /// The same as [`compile`](NativeProgram::compile), for a program that is kept.
    ///
    /// # Errors
    /// As there.
    pub fn shared(plan: Arc<Plan>, wanted: &[usize], level: Level) -> Result<Self, NativeError> {
        Self::of(Held::Shared(plan), wanted, level)
    }
}

impl<'p> NativeProgram<'p> {
    /// Compiles what the outputs wanted need (indices into [`Plan::outputs`]), in time linear in
    /// nodes.
    ///
    /// # Errors
    /// The Plan is malformed, or Cranelift cannot compile it for this processor.
    pub fn compile(plan: &'p Plan, wanted: &[usize], level: Level) -> Result<Self, NativeError> {
        Self::of(Held::Borrowed(plan), wanted, level)
    }

    fn of(held: Held<'p>, wanted: &[usize], level: Level) -> Result<Self, NativeError> {
        let plan: &Plan = &held;
        form::check_plan(plan, wanted)?;
        let outputs: Vec<NodeId> = wanted
            .iter()
            .map(|&output| plan.outputs[output].node)
            .collect();
        let mut first_output = vec![None; plan.nodes.len()];
        let mut copies = Vec::new();
        for (place, node) in outputs.iter().enumerate() {
            match first_output[node.index()] {
                Some(first) => copies.push((place, first as usize)),
                None => first_output[node.index()] = u32::try_from(place).ok(),
            }
        }
        let (order, rings) = schedule::schedule(plan, &outputs);
        let Partition { stretches, scratch } =
            partition::partition(plan, (&order, &rings), &first_output);
        let mut kernels: Vec<Stretch> = Vec::new();
        let mut steps = Vec::with_capacity(stretches.len());
        for stretch in stretches {
            steps.push(match TimeStep::of(plan, &stretch) {
                Some(step) => Step::Time(step),
                None if stretch.is_ring => {
                    kernels.push(stretch);
                    Step::Ring(RingStep::of(&kernels))
                }
                None => {
                    kernels.push(stretch);
                    Step::Kernel(kernels.len() - 1)
                }
            });
        }
        let code = jit::compile(plan, &kernels, level)?;
        Ok(Self {
            plan: held,
            code,
            steps,
            scratch: scratch as usize,
            outputs,
            copies,
        })
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(crate) fn looks_along_time(&self) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| matches!(step, Step::Time(_) | Step::Ring(_)))
    }

    pub(super) fn has_rings(&self) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| matches!(step, Step::Ring(_)))
    }

    /// How many native functions the Plan became.
    #[must_use]
    pub fn kernels(&self) -> usize {
        self.code.kernels.len()
    }
}
