//! Data as the command line says how to read them: for runs and explanations alike.

use crate::args::{DataArgs, ReadingArgs};
use crate::audience::{Sight, Unread};
use crate::progress::{Progress, Reached};
use crate::words::list;
use forewarn_runtime::bind::{Bound, Decimal, KeyForm};
use forewarn_runtime::peers::Goalposts;
use forewarn_tables::ReadOptions;
use std::sync::Arc;

/// The panel of what the audience may see.
///
/// # Errors
/// What was found in the files.
pub fn read(
    args: &DataArgs,
    sight: Sight<'_>,
    goalposts: Option<&Goalposts>,
    quiet: bool,
) -> Result<Bound, Unread> {
    let reached = Arc::new(Reached::default());
    let files = args.data.iter().map(|path| path.display().to_string());
    let words = if sight.sees_all() {
        format!("reading {}", list(&files.collect::<Vec<_>>(), 3))
    } else {
        "reading".to_owned()
    };
    let _progress = Progress::of(words, &reached, !quiet);
    let advance = |at: forewarn_tables::Progress| reached.tell(at.done, at.total);
    let options = ReadOptions {
        progress: Some(&advance),
        ..options(&args.reading)
    };
    sight.read(args, &options, goalposts)
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
        written: args.period_format.clone(),
        keys: KeyForm::new(&args.keys),
        except: args.except.clone(),
        taken: args.taken.clone(),
        ..ReadOptions::default()
    }
}
