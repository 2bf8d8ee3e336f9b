//! Rules made ready: compiled once, applied often.

use std::sync::Arc;

use forewarn_compiler::Compilation;
use forewarn_diagnostics::sheltered::{codes_only, without_lines};
use forewarn_plan::Plan;
use forewarn_runtime::audience::{observed, seal, sealed_outputs};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::program::Program;
use forewarn_runtime::run::{Engine, RunOptions};

use crate::data::{AsData, Data};
use crate::error::{Diagnostics, Error, cannot_run};
use crate::inner::Inner;
use crate::options::Options;
use crate::results::Results;
use crate::row::RowEvaluator;

/// A compiled ruleset. Cloning is cheap, and threads may share it.
#[derive(Clone, Debug)]
pub struct Compiled {
    inner: Arc<Inner>,
}

/// A result column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// `overall`, `overall.at_least`, `conflict.coverage`
    pub name: String,
    /// In the language asked for.
    pub label: String,
    /// As people read it; empty for a plain number, and for what is no number.
    pub unit: String,
}

impl Compiled {
    pub(crate) fn of(compilation: Compilation, options: &Options) -> Result<Self, Error> {
        let sources = Arc::new(compilation.sources);
        let found = Diagnostics::of(&compilation.reports, &sources);
        let Some(plan) = compilation.plan else {
            return Err(Error::Rules(found));
        };
        let wanted = (0..plan.outputs.len()).collect();
        let inner = Inner {
            program: Program::new(Arc::new(plan), wanted),
            sealing: compilation.sealing,
            sources,
            warnings: found,
            map: options.map.clone(),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// What was found in the rules and does not stand in the way.
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.inner.warnings
    }

    /// The result columns, in the order of the source.
    pub fn outputs(&self) -> impl Iterator<Item = Output> {
        let outputs = self.plan().outputs.iter();
        outputs.map(|output| Output {
            name: output.column.clone(),
            label: output.label.clone(),
            unit: output.unit.clone(),
        })
    }

    /// Names of the indicators, in the order in which they are declared.
    pub fn indicators(&self) -> impl Iterator<Item = &str> {
        let inputs = self.plan().inputs.iter();
        let indicators = inputs.filter(|input| input.kind.is_indicator());
        indicators.map(|input| input.name.as_str())
    }

    /// Applies the rules to data, by the engine that is the faster one for that many rows.
    ///
    /// # Errors
    /// What is wrong with the data.
    pub fn run(&self, data: impl AsData) -> Result<Results, Error> {
        self.run_by(data, None)
    }

    /// The same by an engine that is chosen; both give the same bits.
    ///
    /// # Errors
    /// As there.
    pub fn run_by(&self, data: impl AsData, engine: Option<Engine>) -> Result<Results, Error> {
        let bound = self.bind(&data.as_data())?;
        let options = RunOptions {
            engine: engine.unwrap_or(Engine::for_few(bound.panel.rows())),
            ..RunOptions::default()
        };
        let results = self.inner.program.run(&bound.panel, &options);
        let results = results.map_err(|error| cannot_run(&error))?;
        Ok(Results::new(Arc::clone(&self.inner), bound, results))
    }

    /// Memory for applying the rules to one row after another, without allocating.
    ///
    /// # Errors
    /// A result rests on earlier periods or on other entities.
    pub fn row_evaluator(&self) -> Result<RowEvaluator, Error> {
        let row = self.inner.program.row();
        let row = row.map_err(|error| Error::CannotRun(error.to_string()))?;
        Ok(RowEvaluator::new(row))
    }

    fn plan(&self) -> &Plan {
        self.inner.plan()
    }

    fn bind(&self, data: &Data) -> Result<Bound, Error> {
        let told = |reports| Error::Data(Diagnostics::of(&reports, &self.inner.sources));
        let plan = self.plan();
        let map = &self.inner.map;
        let sealing = self.inner.sealing.as_ref();
        if plan.confidentiality.withheld.is_empty() && sealing.is_none() {
            return data.bind(plan, map).map_err(told);
        }
        // What this audience may not see is not read, and not told of where it is.
        let own = observed(plan);
        let seen = data.seen_by(&[&own], map);
        let mut bound = seen.bind(&own, map).map_err(without_lines).map_err(told)?;
        bound.warnings = without_lines(std::mem::take(&mut bound.warnings));
        let Some(sealing) = sealing else {
            return Ok(bound);
        };
        let whole = data.seen_by(&[&own, sealing], map);
        let by = whole.bind(sealing, map).map_err(codes_only).map_err(told)?;
        let options = RunOptions {
            wanted: Some(sealed_outputs(plan, sealing)),
            ..RunOptions::default()
        };
        let results = forewarn_runtime::run::run(sealing, &by.panel, &options);
        let results = results.map_err(|error| cannot_run(&error))?;
        seal(&mut bound.panel, &by.panel, results.columns);
        Ok(bound)
    }
}
