//! Rules that compare peers, applied to parts of the data: for whoever cannot hold all of them at once.

use std::sync::Arc;

#[cfg(feature = "arrow")]
use arrow_array::RecordBatch;
use forewarn_plan::Plan;
use forewarn_runtime::bind::Bound;
use forewarn_runtime::peers;
#[cfg(feature = "arrow")]
use forewarn_runtime::result_table::ResultTable;
use forewarn_runtime::run::{self, Engine, RunOptions};

use crate::bound::bind;
use crate::data::Data;
use crate::error::{Error, cannot_run};
use crate::inner::Inner;
use crate::results::Results;
use crate::state::State;

/// How to come to results that compare peers without holding all rows at once. In each phase, operands are
/// worked out entity by entity and compared period by period; in the end results are worked out entity by
/// entity. What comes of a step goes into the next, joined on the keys. The bits are those of one run.
#[derive(Clone, Debug)]
pub struct Passes {
    inner: Arc<Inner>,
    by: peers::Passes,
}

impl Passes {
    pub(crate) fn of(inner: &Arc<Inner>) -> Option<Self> {
        // What is worked out apart for an audience would have to go the same way.
        if inner.sealing.is_some() {
            return None;
        }
        Some(Self {
            inner: Arc::clone(inner),
            by: peers::Passes::of(inner.plan())?,
        })
    }

    /// How many phases there are.
    #[must_use]
    pub fn phases(&self) -> usize {
        self.by.phases.len()
    }

    /// The operands of a phase. Data: all rows of some entities, with what the phases before gave for them.
    ///
    /// # Errors
    /// What is wrong with the data.
    #[cfg(feature = "arrow")]
    pub fn operands(&self, phase: usize, data: &Data) -> Result<RecordBatch, Error> {
        let plans = self.by.phases.get(phase).ok_or_else(no_phase)?;
        self.table(&plans.0, data)
    }

    /// What a phase makes of operands. Data: those of all rows of some periods.
    ///
    /// # Errors
    /// What is wrong with the data.
    #[cfg(feature = "arrow")]
    pub fn compared(&self, phase: usize, data: &Data) -> Result<RecordBatch, Error> {
        let plans = self.by.phases.get(phase).ok_or_else(no_phase)?;
        self.table(&plans.1, data)
    }

    /// The results. Data: all rows of some entities, with what all phases gave for them.
    ///
    /// # Errors
    /// What is wrong with the data.
    pub fn results(&self, data: &Data) -> Result<Results, Error> {
        let (bound, results) = self.run(&self.by.last, data)?;
        Ok(Results::new(
            Arc::clone(&self.inner),
            (data.clone(), State::Unknown),
            bound,
            results,
        ))
    }

    fn run(&self, plan: &Plan, data: &Data) -> Result<(Bound, run::Results), Error> {
        let map = &self.inner.origin.options.map;
        let bound = bind(data, (plan, None), map, &self.inner.sources)?;
        let options = RunOptions {
            engine: Engine::for_few(bound.panel.rows()),
            threads: 1,
            ..RunOptions::default()
        };
        let results = run::run(plan, &bound.panel, &options);
        Ok((bound, results.map_err(|error| cannot_run(&error))?))
    }

    #[cfg(feature = "arrow")]
    fn table(&self, plan: &Plan, data: &Data) -> Result<RecordBatch, Error> {
        let (bound, results) = self.run(plan, data)?;
        let mut table = ResultTable::new(&bound, plan.panel.period);
        for column in results.columns {
            if let Some(output) = plan.outputs.get(column.output) {
                table.push(output, column.values);
            }
        }
        let mut table = table.marked(plan);
        table.leave_out(&bound.panel.gaps);
        forewarn_tables::to_batch(&table).map_err(|error| Error::CannotRun(error.to_string()))
    }
}

#[cfg(feature = "arrow")]
fn no_phase() -> Error {
    Error::CannotRun("there is no such phase".to_owned())
}
