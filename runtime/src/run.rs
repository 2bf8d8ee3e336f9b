//! A Plan over a panel.
//!
//! In: a Plan, a panel, options. Out: the columns of the outputs wanted, what was without a result,
//! and how long it took. Rows are split into contiguous ranges, one for each thread, of whole
//! entities where the Plan looks along time; every cell depends on its own row alone, or on its
//! entity's rows up to it, so neither threads nor chunks show in the result.

use std::ops::Range;
use std::time::Duration;

use forewarn_plan::Plan;

use crate::codes::Codes;
use crate::faults::{FaultCount, FaultLog};
use crate::form::{self, FormError};
use crate::interpreter::interpret;
use crate::native::{self, Level, NativeError, NativeProgram};
use crate::panel::Panel;
use crate::peers::{self, Goalposts, PeerRecord};
use crate::rows::Source;
use crate::stopwatch::Stopwatch;
use crate::threads::together;

/// Which evaluator: the same bits from both. By default machine code, where the build makes any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    #[cfg_attr(feature = "native", default)]
    Native,
    #[cfg_attr(not(feature = "native"), default)]
    Interpreter,
}

impl Engine {
    /// The faster one where a Plan is made ready for so many rows alone.
    #[must_use]
    pub fn for_few(rows: usize) -> Self {
        if rows < 512 || cfg!(not(feature = "native")) {
            Self::Interpreter
        } else {
            Self::Native
        }
    }
}

/// How to run.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    pub engine: Engine,
    /// At most so many; 0 for as many as the machine has.
    pub threads: usize,
    /// Indices of [`Plan::outputs`]; all, where absent.
    pub wanted: Option<Vec<usize>>,
    /// How much work goes into compiling; by the number of rows, where absent.
    pub level: Option<Level>,
    /// Rows that go through the kernels together; a good number, where absent.
    pub chunk: Option<usize>,
    /// To be used in place of the data's own; all from the data, where absent.
    pub goalposts: Option<Goalposts>,
}

/// One column of the result.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputColumn {
    /// Index of [`Plan::outputs`].
    pub output: usize,
    /// One per row. NaN (always the same one) is missing; truths are 1, 0 and missing.
    pub values: Vec<f64>,
}

/// How long the parts of a run took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    pub compile: Duration,
    pub evaluate: Duration,
}

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// In the order wanted.
    pub columns: Vec<OutputColumn>,
    /// Places where an operation had no result in some row, in the order of the Plan.
    pub faults: Vec<FaultCount>,
    /// What operations across peers leave on record.
    pub peers: PeerRecord,
    pub timings: Timings,
}

impl Results {
    /// Brings columns to the places of their outputs, of which there are so many; what was not wanted
    /// is an empty column.
    pub(crate) fn by_output(&mut self, outputs: usize) {
        let empty = |output| OutputColumn {
            output,
            values: Vec::new(),
        };
        let mut columns: Vec<OutputColumn> = (0..outputs).map(empty).collect();
        for column in std::mem::take(&mut self.columns) {
            if let Some(slot) = columns.get_mut(column.output) {
                *slot = column;
            }
        }
        self.columns = columns;
    }
}

/// Why nothing came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunError {
    Form(FormError),
    Native(NativeError),
}

impl std::fmt::Display for RunError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Form(error) => error.fmt(f),
            Self::Native(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RunError {}

impl From<FormError> for RunError {
    fn from(error: FormError) -> Self {
        Self::Form(error)
    }
}

impl From<NativeError> for RunError {
    fn from(error: NativeError) -> Self {
        Self::Native(error)
    }
}

/// Applies a Plan to a panel.
///
/// # Errors
/// The Plan is malformed, the panel does not fit it, or native code cannot be made for this
/// processor.
pub fn run(plan: &Plan, panel: &Panel, options: &RunOptions) -> Result<Results, RunError> {
    run_with(plan, panel, options, &Codes::default())
}

/// The same, with code that was made before, and that is kept.
pub(crate) fn run_with(
    plan: &Plan,
    panel: &Panel,
    options: &RunOptions,
    codes: &Codes,
) -> Result<Results, RunError> {
    let wanted = options
        .wanted
        .clone()
        .unwrap_or_else(|| (0..plan.outputs.len()).collect::<Vec<_>>());
    form::check_plan(plan, &wanted)?;
    form::check_panel(plan, panel)?;
    let mut timings = Timings::default();
    let given = options.goalposts.as_ref();
    let threads = threads(options.threads, panel.rows());
    let start = Stopwatch::start();
    let (values, log, peers) = peers::through_phases(
        plan,
        panel,
        &wanted,
        (given, threads),
        |plan, source, wanted| {
            evaluate(
                plan,
                source,
                panel.rows(),
                wanted,
                options,
                codes,
                &mut timings,
            )
        },
    )?;
    // Operations across peers among it.
    timings.evaluate = start.elapsed().saturating_sub(timings.compile);
    let columns = wanted
        .into_iter()
        .zip(values)
        .map(|(output, values)| OutputColumn { output, values })
        .collect();
    Ok(Results {
        columns,
        faults: log.finish(),
        peers,
        timings,
    })
}

/// A Plan without operations across peers, over all rows.
pub(crate) fn evaluate(
    plan: &Plan,
    source: &Source,
    rows: usize,
    wanted: &[usize],
    options: &RunOptions,
    codes: &Codes,
    timings: &mut Timings,
) -> Result<(Vec<Vec<f64>>, FaultLog), RunError> {
    let start = Stopwatch::start();
    let compiled;
    let step = match options.engine {
        Engine::Interpreter => RowStep::Interpreted { plan, wanted },
        Engine::Native => {
            let level = options.level.unwrap_or(Level::for_rows(rows));
            compiled = codes.program(plan, wanted, level)?;
            RowStep::Native(&compiled)
        }
    };
    timings.compile += start.elapsed();

    let mut values: Vec<Vec<f64>> = wanted.iter().map(|_| vec![0.0; rows]).collect();
    let chunk = options.chunk.unwrap_or(native::chunk(plan));
    let log = step.over_threads(
        source,
        rows,
        &mut values,
        chunk,
        threads(options.threads, rows),
    );
    Ok((
        values,
        log.unwrap_or_else(|| FaultLog::new(plan.faults.len())),
    ))
}

/// Fills columns that are there already with the outputs a program was compiled for: for whoever
/// evaluates often and wants to allocate once. Operations across peers are missing.
///
/// # Errors
/// The panel does not fit the Plan.
///
/// # Panics
/// When the columns are not one for each output, as long as the panel.
pub fn fill(
    program: &NativeProgram,
    panel: &Panel,
    columns: &mut [Vec<f64>],
    threads: usize,
) -> Result<Vec<FaultCount>, FormError> {
    RowStep::Native(program).fill(panel, columns, threads)
}

/// A Plan made ready to be evaluated often over few rows: as machine code, where the build makes any.
pub(crate) enum Ready<'p> {
    Native(Box<NativeProgram<'p>>),
    Interpreted { plan: &'p Plan, wanted: Vec<usize> },
}

impl<'p> Ready<'p> {
    /// # Errors
    /// The Plan is malformed, or native code cannot be made for this processor.
    pub fn of(plan: &'p Plan, wanted: &[usize]) -> Result<Self, RunError> {
        Ok(match Engine::default() {
            Engine::Native => {
                let program = NativeProgram::compile(plan, wanted, Level::Quick);
                Self::Native(Box::new(program.map_err(RunError::Native)?))
            }
            Engine::Interpreter => {
                form::check_plan(plan, wanted)?;
                Self::Interpreted {
                    plan,
                    wanted: wanted.to_vec(),
                }
            }
        })
    }

    /// As [`fill`].
    ///
    /// # Errors
    /// As there.
    pub fn fill(
        &self,
        panel: &Panel,
        columns: &mut [Vec<f64>],
        threads: usize,
    ) -> Result<Vec<FaultCount>, FormError> {
        let step = match self {
            Self::Native(program) => RowStep::Native(program),
            Self::Interpreted { plan, wanted } => RowStep::Interpreted { plan, wanted },
        };
        step.fill(panel, columns, threads)
    }
}

/// Fewer rows than this are not worth a thread.
const ROWS_PER_THREAD: usize = 1024;

fn threads(asked: usize, rows: usize) -> usize {
    let most = match asked {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        // Told exactly: as told, so that tests can split few rows.
        threads => return threads.min(rows.max(1)),
    };
    most.min(rows / ROWS_PER_THREAD).max(1)
}

/// A step whose cells depend on their own row alone, and along time on their entity's earlier ones.
enum RowStep<'a> {
    Native(&'a NativeProgram<'a>),
    Interpreted { plan: &'a Plan, wanted: &'a [usize] },
}

impl RowStep<'_> {
    /// As [`fill`].
    fn fill(
        &self,
        panel: &Panel,
        columns: &mut [Vec<f64>],
        threads: usize,
    ) -> Result<Vec<FaultCount>, FormError> {
        let plan = self.plan();
        form::check_panel(plan, panel)?;
        let rows = panel.rows();
        assert!(
            columns.iter().all(|column| column.len() == rows),
            "columns must cover the rows"
        );
        let threads = self::threads(threads, rows);
        let chunk = native::chunk(plan);
        let log = self.over_threads(&Source::of(panel), rows, columns, chunk, threads);
        Ok(log.map_or_else(Vec::new, FaultLog::finish))
    }

    /// Fills the columns; `None` where there are no rows.
    fn over_threads(
        &self,
        source: &Source,
        rows: usize,
        columns: &mut [Vec<f64>],
        chunk: usize,
        threads: usize,
    ) -> Option<FaultLog> {
        // Whole turns of the kernels' loop, so that only the last range has a tail.
        let part = rows.div_ceil(threads).next_multiple_of(native::ROWS);
        let along_time = self.plan().looks_along_time();
        let mut rest: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        let mut parts: Vec<(Range<usize>, Vec<&mut [f64]>)> = Vec::new();
        let mut start = 0;
        while start < rows {
            let mut end = (start + part).min(rows);
            if along_time {
                end = source.end_of_entity(end - 1, 1);
            }
            let mine = rest
                .iter_mut()
                .map(|column| {
                    let (mine, later) = std::mem::take(column).split_at_mut(end - start);
                    *column = later;
                    mine
                })
                .collect();
            parts.push((start..end, mine));
            start = end;
        }
        let logs = together(threads, parts, |(range, mut mine)| {
            self.rows(source, range, &mut mine, chunk)
        });
        logs.into_iter().reduce(|mut all, later| {
            all.append(later);
            all
        })
    }

    fn plan(&self) -> &Plan {
        match self {
            Self::Native(program) => program.plan(),
            Self::Interpreted { plan, .. } => plan,
        }
    }

    fn rows(
        &self,
        source: &Source,
        range: Range<usize>,
        columns: &mut [&mut [f64]],
        chunk: usize,
    ) -> FaultLog {
        match self {
            Self::Native(program) => program.evaluate_rows(source, range, columns, chunk),
            Self::Interpreted { plan, wanted } => {
                let outputs = wanted.iter();
                let nodes = outputs.filter_map(|&output| Some(plan.outputs.get(output)?.node));
                interpret(plan, &nodes.collect::<Vec<_>>(), source, range, columns)
            }
        }
    }
}
