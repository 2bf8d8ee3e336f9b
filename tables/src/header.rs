//! Which columns a file has, before any of it is read for a Plan.
//!
//! In: a path and the names that matter. Out: those of them that the file has. A file that cannot be
//! looked at is said to have them all: whoever reads it then tells what is wrong with it.

use crate::content::{decoded, format_of, shown_name};
use crate::format::Format;
use crate::open::open;
use crate::options::ReadOptions;
use crate::read::into_pipe;
use crate::recipe::{Frame, Is, Pipe, Recipe};
use crate::{arrow_file, csv, json, ndjson, parquet_file, workbook};
use forewarn_plan::Plan;
use forewarn_runtime::bind::{BindOptions, indicator_columns};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The names that a file has columns of.
#[must_use]
pub fn columns_in(path: &Path, asked: &[String], options: &ReadOptions<'_>) -> BTreeSet<String> {
    let found = all_names(path, asked, options);
    let is_there = |name: &&String| found.as_ref().is_none_or(|found| found.contains(name));
    asked.iter().filter(is_there).cloned().collect()
}

/// Has a file one of these columns? One that cannot be opened is said to, so that whoever reads it tells
/// why; of one that can be opened and not be read, nothing is known.
#[must_use]
pub fn has_any(path: &Path, asked: &[String], options: &ReadOptions<'_>) -> bool {
    let mut ways = options.by_each(path).into_iter();
    ways.any(|options| has_any_by(path, asked, &options))
}

/// The same as far as one recipe reads it.
pub(crate) fn has_any_by(path: &Path, asked: &[String], options: &ReadOptions<'_>) -> bool {
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

/// By whichever of its recipes.
fn all_names(path: &Path, asked: &[String], options: &ReadOptions<'_>) -> Option<Vec<String>> {
    let ways = options.by_each(path);
    let all: Option<Vec<Vec<String>>> = ways
        .iter()
        .map(|options| names(path, asked, options))
        .collect();
    all.map(|all| all.concat())
}

fn names(path: &Path, asked: &[String], options: &ReadOptions<'_>) -> Option<Vec<String>> {
    // What is looked at now is read again later.
    options.taken.keep_streams();
    let opened = open(path, &options.taken).ok()?;
    let file = shown_name(path);
    let recipe = options.recipe_of(path);
    let format = format_of(path, &file, &opened, recipe.format).ok()?;
    let names = match format {
        Format::Csv | Format::Tsv => {
            let tab = (format == Format::Tsv).then_some(b'\t');
            let stream = decoded(opened.into_stream(), &file, &recipe).ok()?;
            csv::header(stream, recipe.delimiter.or(tab), &recipe)
        }
        Format::Ndjson => ndjson::names(opened.into_stream(), asked),
        Format::Arrow => arrow_file::names(&opened.into_kept().ok()?),
        Format::Parquet => parquet_file::names(&opened.into_kept().ok()?),
        Format::Json => {
            let mut bytes = Vec::new();
            opened.into_stream().read_to_end(&mut bytes).ok()?;
            json::table(&bytes).ok().map(|table| table.names)
        }
        Format::Workbook => {
            let (sheet, range) = (recipe.sheet.as_deref(), recipe.range.as_deref());
            let sheet = workbook::rows(&mut opened.into_stream(), &file, sheet, range).ok()?;
            let mut frame = Frame::new(&recipe.frame);
            sheet
                .rows
                .iter()
                .find_map(|(number, row)| match frame.take(*number, row) {
                    Is::Header(names) => Some(names),
                    Is::NoData | Is::Units | Is::Row => None,
                })
        }
    }?;
    // What a recipe makes of the columns is there too.
    let mut made = recipe.columns_made(&names);
    if recipe.shape.names_in_cells() {
        made.extend(codes(path, &file, options, &recipe));
    }
    Some(made)
}

/// The indicators of a table that names them in its cells, as far as it can be read.
fn codes(path: &Path, file: &str, options: &ReadOptions<'_>, recipe: &Recipe) -> BTreeSet<String> {
    let plan = Plan::default();
    let quiet = ReadOptions {
        flow: None,
        progress: None,
        ..options.clone()
    };
    let bind = BindOptions {
        map: Vec::new(),
        ..options.bind_by(recipe, file, true)
    };
    let mut pipe = Pipe::of_codes(&plan, recipe, bind);
    pipe.begin(file);
    // What is wrong with it is told by whoever reads it.
    let _ = into_pipe((path, None), file, &mut pipe, &plan, &quiet, recipe);
    let mut codes = pipe.into_codes();
    let targets: Vec<String> = codes
        .iter()
        .filter_map(|code| recipe.shape.target(code).map(str::to_owned))
        .collect();
    codes.extend(targets);
    codes
}
