//! Rules made ready: compiled once, applied often.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use forewarn_compiler::Compilation;
use forewarn_plan::{OutputKind, Plan};
use forewarn_runtime::program::Program;
use forewarn_runtime::run::{Engine, RunOptions};

use crate::bound::bind;
use crate::data::AsData;
use crate::error::{Diagnostics, Error, cannot_run};
use crate::inner::{Inner, Origin};
use crate::looks::Looks;
use crate::passes::Passes;
use crate::results::Results;
use crate::row::RowEvaluator;
use crate::state::{self, Earlier, NOTHING};

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
    /// The declaration that it belongs to: `overall` of `overall.at_least`.
    pub declaration: String,
    /// It rests on later periods than a row's own.
    pub hindsight: bool,
    /// What its cells hold.
    pub kind: OutputKind,
}

/// What evaluates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    /// The one that is the faster for that many rows where none is named.
    pub engine: Option<Engine>,
    /// How many threads may work; all of the machine's where it is 0.
    pub threads: usize,
}

/// What was before the data begin. Without it, alerts, windows and values of earlier periods know nothing of what was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Before {
    /// Nobody says.
    #[default]
    Unknown,
    /// Nothing: no alert was out.
    Nothing,
    /// A run of the command line: its results, the manifest or the state beside them, or the folder that holds one.
    Run(PathBuf),
    /// What [`Results::state`] gave.
    State(String),
}

impl Compiled {
    pub(crate) fn of(compilation: Compilation, origin: Origin) -> Result<Self, Error> {
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
            origin,
            words: compilation.words,
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
            declaration: output.declaration.clone(),
            hindsight: self.plan().is_hindsight(&output.declaration),
            kind: output.kind.clone(),
        })
    }

    /// The name, version and label of the framework.
    #[must_use]
    pub fn framework(&self) -> (&str, &str, &str) {
        let framework = &self.plan().framework;
        (&framework.name, &framework.version, &framework.label)
    }

    /// The keys of the panel: those of what rows are about, each within the one before it, of which a series has
    /// none, and that of periods.
    #[must_use]
    pub fn keys(&self) -> (Vec<&str>, Option<&str>) {
        let panel = &self.plan().panel;
        let period = panel.period.map(|_| panel.period_name.as_str());
        let keys = panel.keys.iter().map(|key| key.name.as_str());
        (keys.collect(), period)
    }

    /// What results rest on beside their own row.
    #[must_use]
    pub fn looks(&self) -> Looks {
        Looks::of(self.plan())
    }

    /// The way in passes over parts of the data, where results compare peers; nothing where they do not,
    /// or where parts would have to know of others: peers of a baseline's periods, groups of a key, and
    /// declassified values.
    #[must_use]
    pub fn passes(&self) -> Option<Passes> {
        Passes::of(&self.inner)
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
        self.run_on(data, Machine { engine, threads: 0 })
    }

    /// The same by an engine and on as many threads as are chosen; always the same bits.
    ///
    /// # Errors
    /// As there.
    pub fn run_on(&self, data: impl AsData, machine: Machine) -> Result<Results, Error> {
        self.run_after(data, &Before::Unknown, machine)
    }

    /// The same after an earlier run, whose alerts, windows and values of earlier periods go on: the results are those
    /// of one run over all the data.
    ///
    /// # Errors
    /// As there; what is given is no run of these rules, or none of it can be gone on from.
    pub fn run_after(
        &self,
        data: impl AsData,
        before: &Before,
        machine: Machine,
    ) -> Result<Results, Error> {
        let named = match before {
            Before::Run(path) => path.to_string_lossy(),
            Before::Unknown | Before::Nothing | Before::State(_) => Cow::Borrowed(""),
        };
        let earlier = match before {
            Before::Unknown => None,
            Before::Nothing => Some(Earlier::Named(NOTHING)),
            Before::Run(_) => Some(Earlier::Named(&named)),
            Before::State(text) => Some(Earlier::Text(text)),
        };
        let state = state::given(earlier, (self.plan(), self.inner.sealing.as_ref()))?;
        let inner = &self.inner.going_on(&state);
        let data = data.as_data().after(state.earlier());
        let mut bound = bind(
            &data,
            (inner.plan(), inner.sealing.as_ref()),
            &inner.origin.options.map,
            &inner.sources,
        )?;
        state::put(&state, inner.plan(), &mut bound, false)?;
        let few = Engine::for_few(bound.panel.rows());
        let options = RunOptions {
            engine: machine.engine.unwrap_or(few),
            threads: machine.threads,
            ..RunOptions::default()
        };
        let results = inner.program.run(&bound.panel, &options);
        let results = results.map_err(|error| cannot_run(&error))?;
        Ok(Results::new(
            Arc::clone(inner),
            (data, state),
            bound,
            results,
        ))
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
}
