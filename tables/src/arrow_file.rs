//! Arrow IPC: files (Feather of the second version) and streams.

use crate::arrow_cells::{ArrowBatch, columns};
use crate::guard::{ContradictsItself, Guarded, guarded};
use crate::open::{Content, Opened};
use crate::read::{Teller, only, stop};
use arrow_array::RecordBatch;
use arrow_ipc::reader::{FileReaderBuilder, StreamReader};
use arrow_schema::{ArrowError, Schema};
use forewarn_diagnostics::Reports;
use forewarn_plan::Plan;
use forewarn_runtime::bind::{BindOptions, PanelBuilder, Part};
use forewarn_runtime::causes::data::Damaged;
use std::io::{BufReader, Read, Seek};

/// Reads a file or a stream, as its first bytes tell.
///
/// # Errors
/// Everything that stands in the way of its rows.
pub(crate) fn read(
    opened: Opened,
    progress: Teller<'_>,
    plan: &Plan,
    options: BindOptions,
) -> Result<Part, Reports> {
    match opened.content {
        Content::File(mut file) => {
            let mut magic = [0; 6];
            let is_file = file.read_exact(&mut magic).is_ok() && &magic == b"ARROW1";
            let file_name = options.file.clone();
            file.rewind()
                .map_err(|error| only(damaged(&file_name, &error.to_string())))?;
            if is_file {
                from_file(file, progress, plan, options)
            } else {
                from_stream(Box::new(file), progress, plan, options)
            }
        }
        Content::Stream(stream) => from_stream(stream, progress, plan, options),
    }
}

/// The names of the columns; none where the file cannot be taken apart.
pub(crate) fn names(from: Opened) -> Option<Vec<String>> {
    let schema = match from.content {
        Content::File(mut file) => {
            let mut magic = [0; 6];
            let is_file = file.read_exact(&mut magic).is_ok() && &magic == b"ARROW1";
            file.rewind().ok()?;
            let file = BufReader::new(file);
            if is_file {
                opened(|| FileReaderBuilder::new().build(file))
                    .ok()?
                    .schema()
            } else {
                opened(|| StreamReader::try_new(file, None)).ok()?.schema()
            }
        }
        Content::Stream(stream) => {
            let stream = BufReader::new(stream);
            opened(|| StreamReader::try_new(stream, None))
                .ok()?
                .schema()
        }
    };
    Some(
        schema
            .fields()
            .iter()
            .map(|field| field.name().clone())
            .collect(),
    )
}

fn from_file(
    file: std::fs::File,
    progress: Teller<'_>,
    plan: &Plan,
    options: BindOptions,
) -> Result<Part, Reports> {
    let name = options.file.clone();
    let wrong = |error: ArrowError| damaged(&name, &error.to_string());
    // First the schema, to know which columns to read.
    let again = file
        .try_clone()
        .map_err(|error| only(damaged(&name, &error.to_string())))?;
    let reader = opened(|| FileReaderBuilder::new().build(BufReader::new(again)))
        .map_err(|error| only(wrong(error)))?;
    let schema = reader.schema();
    drop(reader);
    let builder = PanelBuilder::new(plan, columns(&schema), options)?;
    let (reading, places) = projection(&builder, &schema);
    let again = file
        .try_clone()
        .and_then(|mut file| file.rewind().map(|()| file));
    let again = again.map_err(|error| only(damaged(&name, &error.to_string())))?;
    let reader = opened(|| {
        FileReaderBuilder::new()
            .with_projection(reading)
            .build(BufReader::new(again))
    })
    .map_err(|error| only(wrong(error)))?;
    let batches = reader.num_batches() as u64;
    take(reader, builder, &places, wrong, |at| {
        progress.tell_share(at, batches)
    })
}

fn from_stream(
    stream: Box<dyn Read>,
    progress: Teller<'_>,
    plan: &Plan,
    options: BindOptions,
) -> Result<Part, Reports> {
    let name = options.file.clone();
    let wrong = |error: ArrowError| damaged(&name, &error.to_string());
    let reader = opened(|| StreamReader::try_new(BufReader::new(stream), None))
        .map_err(|error| only(wrong(error)))?;
    let schema = reader.schema();
    let builder = PanelBuilder::new(plan, columns(&schema), options)?;
    let places: Vec<Option<usize>> = (0..schema.fields().len()).map(Some).collect();
    take(reader, builder, &places, wrong, |_| progress.tell())
}

/// The columns that are read, and for each column of the file its place among them.
pub(crate) fn projection(
    builder: &PanelBuilder<'_>,
    schema: &Schema,
) -> (Vec<usize>, Vec<Option<usize>>) {
    let reading = builder.columns_read();
    let places = (0..schema.fields().len())
        .map(|column| reading.iter().position(|read| *read == column))
        .collect();
    (reading, places)
}

/// What a decoder says of a file's beginning.
fn opened<T>(open: impl FnOnce() -> Result<T, ArrowError>) -> Result<T, ArrowError> {
    guarded(open).unwrap_or_else(|| Err(ContradictsItself.into()))
}

/// Takes batch after batch.
pub(crate) fn take<C: forewarn_diagnostics::Cause + 'static>(
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    mut builder: PanelBuilder<'_>,
    places: &[Option<usize>],
    wrong: impl Fn(ArrowError) -> C,
    progress: impl Fn(u64),
) -> Result<Part, Reports> {
    let mut rows = 0_u64;
    for (at, batch) in (1..).zip(Guarded::new(batches)) {
        match batch {
            Ok(batch) => {
                builder.batch(
                    rows + 1,
                    &ArrowBatch {
                        batch: &batch,
                        places,
                    },
                );
                rows += batch.num_rows() as u64;
                progress(at);
            }
            Err(error) => return Err(stop(Some(builder), wrong(error))),
        }
    }
    builder.part()
}

fn damaged(file: &str, why: &str) -> Damaged {
    Damaged {
        file: file.to_owned(),
        format: "Arrow",
        why: plain(why),
        advice: None,
    }
}

/// A library's message as a label: one line, not too long, without the library's own heading.
pub(crate) fn plain(why: &str) -> String {
    let line = why.lines().next().unwrap_or_default();
    let line = line.rsplit("rror: ").next().unwrap_or(line);
    let short: String = line.chars().take(120).collect();
    if short.is_empty() {
        "it is damaged".to_owned()
    } else {
        format!("it is damaged ({short})")
    }
}
