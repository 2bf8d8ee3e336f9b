//! Which columns a file has, before any of it is read for a Plan.
//!
//! In: a path and the names that matter. Out: those of them that the file has. A file that cannot be
//! looked at is said to have them all: whoever reads it then tells what is wrong with it.

use crate::format::Format;
use crate::open::open;
use crate::read::{ReadOptions, format_of, shown_name};
use crate::{arrow_file, csv, ndjson, parquet_file};
use forewarn_plan::Plan;
use forewarn_runtime::bind::indicator_columns;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The names that a file has columns of.
#[must_use]
pub fn columns_in(path: &Path, asked: &[String], options: &ReadOptions<'_>) -> BTreeSet<String> {
    let found = names(path, asked, options);
    let is_there = |name: &&String| found.as_ref().is_none_or(|found| found.contains(name));
    asked.iter().filter(is_there).cloned().collect()
}

/// Has a file one of these columns? One that cannot be opened is said to, so that whoever reads it tells
/// why; of one that can be opened and not be read, nothing is known.
#[must_use]
pub fn has_any(path: &Path, asked: &[String], options: &ReadOptions<'_>) -> bool {
    match names(path, asked, options) {
        Some(found) => asked.iter().any(|name| found.contains(name)),
        None => open(path, &options.taken).is_err(),
    }
}

/// Those of some files that have a column of an indicator of the Plan.
#[must_use]
pub fn files_with(paths: &[PathBuf], plan: &Plan, options: &ReadOptions<'_>) -> Vec<PathBuf> {
    let wanted = indicator_columns(plan, &options.map);
    let has = |path: &&PathBuf| has_any(path, &wanted, options);
    paths.iter().filter(has).cloned().collect()
}

fn names(path: &Path, asked: &[String], options: &ReadOptions<'_>) -> Option<Vec<String>> {
    // What is looked at now is read again later.
    options.taken.keep_streams();
    let opened = open(path, &options.taken).ok()?;
    let format = format_of(path, &shown_name(path), &opened, options.format).ok()?;
    match format {
        Format::Csv => csv::header(opened.into_stream(), options.delimiter),
        Format::Tsv => csv::header(opened.into_stream(), options.delimiter.or(Some(b'\t'))),
        Format::Ndjson => ndjson::names(opened.into_stream(), asked),
        Format::Arrow => arrow_file::names(&opened.into_kept().ok()?),
        Format::Parquet => parquet_file::names(&opened.into_kept().ok()?),
        Format::Json => None,
    }
}
