//! What came of a run.

use std::sync::Arc;

#[cfg(feature = "arrow")]
use arrow_array::RecordBatch;
use forewarn_compiler::translations::levels_in_words;
use forewarn_plan::Plan;
use forewarn_report::{Document, Material};
use forewarn_runtime::bind::{Bound, DataSummary};
use forewarn_runtime::explain::Question;
use forewarn_runtime::handover::remembers;
use forewarn_runtime::panel::shown;
use forewarn_runtime::period;
use forewarn_runtime::result_table::{ResultCell, ResultTable};
use forewarn_runtime::run::{self, Engine, RunOptions};

use crate::compare::{self, Comparison, Run};
use crate::data::Data;
use crate::error::{Diagnostics, Error, cannot_run};
use crate::inner::Inner;
use crate::row::unknown;
use crate::state::{self, Handing, State};
use crate::why::Why;

/// The results of one run, with the data that they rest on.
#[derive(Debug)]
pub struct Results {
    inner: Arc<Inner>,
    data: Data,
    /// What was before them.
    state: State,
    bound: Bound,
    table: ResultTable,
    /// The rows of the table, as rows of the panel.
    rows: Vec<usize>,
    warnings: Diagnostics,
}

impl Results {
    pub(crate) fn new(
        inner: Arc<Inner>,
        (data, state): (Data, State),
        bound: Bound,
        results: run::Results,
    ) -> Self {
        let plan = inner.plan();
        let mut table = ResultTable::new(&bound, plan.panel.period);
        for column in results.columns {
            if let Some(output) = plan.outputs.get(column.output) {
                table.push(output, column.values);
            }
        }
        let mut table = table.marked(plan);
        table.leave_out(&bound.panel.gaps);
        let mut gaps = bound.panel.gaps.iter().copied().peekable();
        let rows = (0..bound.panel.rows()).filter(|row| gaps.next_if_eq(row).is_none());
        let warnings = Diagnostics::of(&bound.warnings, &inner.sources);
        Self {
            rows: rows.collect(),
            inner,
            data,
            state,
            table,
            warnings,
            bound,
        }
    }

    /// What was found in the data and does not stand in the way.
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    /// What was read of the data, in numbers.
    #[must_use]
    pub fn summary(&self) -> &DataSummary {
        &self.bound.summary
    }

    /// Is the panel one series, so that a row is named by its period alone? Whatever is given for its entity is
    /// then passed over.
    #[must_use]
    pub fn is_series(&self) -> bool {
        self.inner.plan().panel.is_series()
    }

    /// How many rows there are: one for each entity and period of the data.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.table.rows()
    }

    /// As an Arrow table: the keys, then the results, in the order of the rules. Numbers are doubles,
    /// words are text, missing is null; labels and units stand in the metadata of the fields.
    ///
    /// # Errors
    /// What Arrow says.
    #[cfg(feature = "arrow")]
    pub fn to_batch(&self) -> Result<RecordBatch, Error> {
        forewarn_tables::to_batch(&self.table).map_err(|error| Error::CannotRun(error.to_string()))
    }

    /// As CSV, the bytes that the command line writes to a file.
    ///
    /// # Errors
    /// What the writer says.
    pub fn to_csv(&self) -> Result<String, Error> {
        let mut out = Vec::new();
        forewarn_tables::write_to(&mut out, forewarn_tables::Format::Csv, &self.table)
            .map_err(|error| Error::CannotRun(error.to_string()))?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    /// What the run hands over to the next, as the text of the file that the command line writes beside its results;
    /// nothing where the rules look back on nothing. [`Before::State`](crate::Before::State) takes it.
    ///
    /// # Errors
    /// The rules cannot be applied.
    pub fn state(&self) -> Result<Option<String>, Error> {
        let plan = self.inner.plan();
        if !remembers(plan) {
            return Ok(None);
        }
        let handing = Handing::of(plan);
        let options = RunOptions {
            engine: Engine::for_few(self.bound.panel.rows()),
            wanted: Some(handing.wanted(Some(Vec::new()))),
            ..RunOptions::default()
        };
        let results = run::run(&handing.plan, &self.bound.panel, &options);
        let mut results = results.map_err(|error| cannot_run(&error))?;
        let states = handing.take(&self.bound, &mut results, &self.state);
        let mut text = Vec::new();
        state::write(&mut text, plan, &states, self.summary())
            .map_err(|error| Error::CannotRun(error.to_string()))?;
        Ok(Some(String::from_utf8_lossy(&text).into_owned()))
    }

    /// A number of one entity and period; `None` where it is missing.
    ///
    /// # Errors
    /// There is no such entity, period or result.
    pub fn number(
        &self,
        entity: &str,
        period: Option<&str>,
        result: &str,
    ) -> Result<Option<f64>, Error> {
        Ok(match self.cell(entity, period, result)? {
            ResultCell::Number(x) => Some(x),
            ResultCell::Missing | ResultCell::Word(_) | ResultCell::Period(_) => None,
        })
    }

    /// A word of one entity and period: the name of a level or a category, `yes`, `no` or `unknown`;
    /// `None` where it is missing or undetermined.
    ///
    /// # Errors
    /// There is no such entity, period or result.
    pub fn word(
        &self,
        entity: &str,
        period: Option<&str>,
        result: &str,
    ) -> Result<Option<&str>, Error> {
        Ok(match self.cell(entity, period, result)? {
            ResultCell::Word(word) => Some(word),
            ResultCell::Missing | ResultCell::Number(_) | ResultCell::Period(_) => None,
        })
    }

    fn cell(
        &self,
        entity: &str,
        period: Option<&str>,
        result: &str,
    ) -> Result<ResultCell<'_>, Error> {
        let columns = &self.table.columns;
        let column = columns.iter().find(|column| column.name == result);
        let column = column.ok_or_else(|| {
            let names = columns.iter().map(|column| column.name.as_str());
            unknown("result", result, names)
        })?;
        let row = self.row(entity, period)?;
        let at = self.rows.binary_search(&row).unwrap_or(usize::MAX);
        Ok(column.cell(at))
    }

    /// Why a result is what it is; the ruleset's own results where none is named.
    ///
    /// # Errors
    /// There is no such entity, period or result.
    pub fn explain(
        &self,
        entity: &str,
        period: Option<&str>,
        results: &[&str],
    ) -> Result<Why, Error> {
        let plan = self.inner.plan();
        for name in results {
            if !plan.declarations.iter().any(|one| one.name == **name) {
                let names = plan.declarations.iter().map(|one| one.name.as_str());
                return Err(unknown("value", name, names));
            }
        }
        let names: Vec<String> = results.iter().map(|&name| name.to_owned()).collect();
        let row = self.row(entity, period)?;
        let tell = |plan: &Plan| {
            let question = Question {
                plan,
                panel: &self.bound.panel,
                summary: &self.bound.summary,
                row,
                names: &names,
                goalposts: None,
                outlook: true,
                options: false,
            };
            forewarn_runtime::explain::explain(&question).map_err(|error| cannot_run(&error))
        };
        Why::new(&self.inner, names.len(), tell)
    }

    /// What differs in another run, by which changes of the rules, or by its data. Numbers that are no
    /// further apart than `tolerance` count as the same; where none is given, those that agree in 13
    /// digits do.
    ///
    /// # Errors
    /// The rules of the two cannot be brought together, or one's rules cannot read the other's data.
    pub fn compare(&self, other: &Self, tolerance: Option<f64>) -> Result<Comparison, Error> {
        let run = |results: &Self| Run {
            origin: results.inner.origin.clone(),
            data: results.data.clone(),
            state: results.state.clone(),
        };
        compare::between(run(self), run(other), tolerance)
    }

    /// These results as a report for readers, to be written by [`html`](forewarn_report::html),
    /// [`markdown`](forewarn_report::markdown) or [`xlsx`](forewarn_report::xlsx). It holds what the audience
    /// of the rules may see, in the language that they were compiled for unless the options name another.
    ///
    /// # Errors
    /// What keeps an explanation from being worked out.
    pub fn report(&self, options: &forewarn_report::Options) -> Result<Document, Error> {
        let inner = &self.inner;
        let panel = &self.bound.panel;
        let engine = RunOptions {
            engine: Engine::for_few(panel.rows()),
            ..RunOptions::default()
        };
        let results = inner.program.run(panel, &engine);
        let results = results.map_err(|error| cannot_run(&error))?;
        let mut plan = inner.plan().clone();
        if let Some(words) = &inner.words {
            levels_in_words(words, &mut plan);
        }
        let spoken = inner.words.as_ref().map(|words| words.language.clone());
        let options = forewarn_report::Options {
            lang: options.lang.clone().or(spoken),
            ..options.clone()
        };
        let material = Material {
            plan: &plan,
            panel,
            summary: &self.bound.summary,
            results: &results,
            goalposts: None,
        };
        forewarn_report::report(material, &options).map_err(|error| cannot_run(&error))
    }

    /// The row of the panel; without a period the entity's last one.
    fn row(&self, entity: &str, period: Option<&str>) -> Result<usize, Error> {
        let panel = &self.bound.panel;
        let series = self.inner.plan().panel.is_series();
        let names = || panel.entities.iter().map(|one| shown(one));
        if !series && !names().any(|one| one == entity) {
            let names: Vec<_> = names().collect();
            let key = self.inner.plan().panel.row_word();
            return Err(unknown(key, entity, names.iter().map(AsRef::as_ref)));
        }
        let number = match (period, self.inner.plan().panel.period) {
            (None, _) => None,
            (Some(period), Some(kind)) => {
                // As the data write it, or in the usual way.
                let written = panel.written.and_then(|way| way.read(period).ok());
                let written = written.and_then(|found| period::of_kind(kind, found).ok());
                let is_there = |number: &i64| panel.periods.contains(number);
                let number = written
                    .filter(is_there)
                    .map_or_else(|| period::parse(kind, period), Ok);
                Some(number.map_err(|_| no_period(period, series))?)
            }
            (Some(period), None) => return Err(no_period(period, series)),
        };
        let rows = self.rows.iter().copied();
        let mut rows = rows.filter(|&row| series || panel.entity(row) == entity);
        let row = match number {
            None => rows.next_back(),
            Some(number) => rows.find(|&row| panel.periods.get(row) == Some(&number)),
        };
        row.ok_or_else(|| no_period(period.unwrap_or_default(), series))
    }
}

fn no_period(period: &str, series: bool) -> Error {
    let of = if series { "" } else { " of that entity" };
    Error::Unknown(format!("the data hold no period `{period}`{of}"))
}
