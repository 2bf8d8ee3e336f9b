//! Data as the command line says how to read them: for runs and explanations alike.

use crate::args::{DataArgs, ReadingArgs};
use crate::progress::{Progress, Reached};
use crate::words::list;
use forewarn_compiler::diagnostics::Reports;
use forewarn_compiler::plan::Plan;
use forewarn_runtime::bind::{Bound, Decimal};
use forewarn_tables::{ReadOptions, read_all};
use std::path::PathBuf;
use std::sync::Arc;

/// The panel.
///
/// # Errors
/// What was found in the files.
pub fn read(args: &DataArgs, plan: &Plan, quiet: bool) -> Result<Bound, Reports> {
    read_files(&args.data, &args.reading, plan, quiet)
}

/// The panel of these files.
///
/// # Errors
/// What was found in the files.
pub fn read_files(
    data: &[PathBuf],
    args: &ReadingArgs,
    plan: &Plan,
    quiet: bool,
) -> Result<Bound, Reports> {
    let reached = Arc::new(Reached::default());
    let files = data.iter().map(|path| path.display().to_string());
    let words = format!("reading {}", list(&files.collect::<Vec<_>>(), 3));
    let _progress = Progress::of(words, &reached, !quiet);
    let advance = |at: forewarn_tables::Progress| reached.tell(at.done, at.total);
    let options = ReadOptions {
        delimiter: args.delimiter,
        decimal: match args.decimal {
            Some(b',') => Decimal::Comma,
            _ => Decimal::Point,
        },
        missing: args.missing.clone(),
        lenient: args.lenient,
        map: args.map.clone(),
        written: args.period_format.clone(),
        progress: Some(&advance),
        ..ReadOptions::default()
    };
    read_all(data, plan, &options)
}
