//! Data as the command line says how to read them: for runs and explanations alike.

use crate::args::ReadingArgs;
use crate::failure::Failure;
use forewarn_runtime::bind::{Decimal, KeyForm};
use forewarn_tables::ReadOptions;
use forewarn_tables::recipe::Shape;
use std::sync::Arc;

/// Why options of the command line are no way to read a file.
///
/// # Errors
/// A crosswalk that is not there, and options that do not fit together.
pub fn check(args: &ReadingArgs) -> Result<(), Failure> {
    let recipe = args.recipe.recipe().map_err(Failure::new)?;
    let names_codes = match &recipe.shape {
        Shape::Plain | Shape::Wide { .. } => false,
        Shape::Long { .. } => true,
        Shape::Periods { name, .. } => name.is_some(),
    };
    if let (Some((code, indicator)), false) = (args.recipe.long_key.first(), names_codes) {
        return Err(Failure::new(format!(
            "`--long-key {code}={indicator}` says what a name in a long table is, and no long table is read"
        ))
        .help("name its columns, `--long NAME=VALUE`, or leave the option out"));
    }
    Ok(())
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
