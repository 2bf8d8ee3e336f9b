//! Data as the command line says how to read them: for runs and explanations alike.

use crate::args::ReadingArgs;
use forewarn_runtime::bind::{Decimal, KeyForm};
use forewarn_tables::ReadOptions;

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
        taken: args.taken.clone(),
        ..ReadOptions::default()
    }
}
