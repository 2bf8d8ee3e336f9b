//! Data as the command line says how to read them: for runs and explanations alike.

use crate::args::ReadingArgs;
use crate::failure::Failure;
use forewarn_runtime::bind::{Decimal, KeyForm};
use forewarn_tables::ReadOptions;
use std::sync::Arc;

/// Why options of the command line are no way to read a file.
///
/// # Errors
/// A crosswalk that is not there, and options that do not fit together.
pub fn check(args: &ReadingArgs) -> Result<(), Failure> {
    args.recipe.recipe().map(|_| ()).map_err(Failure::new)
}

/// How the files are read.
#[must_use]
pub fn options(args: &ReadingArgs) -> ReadOptions<'static> {
    ReadOptions {
        format: args.from,
        delimiter: args.delimiter,
        decimal: match args.decimal {
            Some(b',') => Decimal::Comma,
            _ => Decimal::Point,
        },
        missing: args.missing.clone(),
        lenient: args.lenient,
        map: args.map.clone(),
        written: args.period_format,
        keys: KeyForm::new(&args.keys),
        except: args.except.clone(),
        threads: args.threads,
        taken: args.taken.clone(),
        // What is wrong with it was told before.
        recipe: args.recipe.recipe().unwrap_or_default(),
        sources: Arc::clone(&args.sources),
        beside: args.beside.clone(),
        ..ReadOptions::default()
    }
}
