//! Arrow IPC: files (Feather of the second version) and streams.

use crate::arrow_cells::{self, ArrowBatch, columns};
use crate::arrow_sizes;
use crate::damage::Of;
use crate::grid::KeptRows;
use crate::guard::{ContradictsItself, Guarded, guarded};
use crate::progress::{Teller, only, stop};
use crate::taken::{Kept, KeptReader};
use arrow_array::RecordBatch;
use arrow_ipc::reader::{FileReader, FileReaderBuilder, StreamReader};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use forewarn_diagnostics::Reports;
use forewarn_plan::Plan;
use forewarn_runtime::bind::{BindOptions, BoundFile, PanelBuilder};
use forewarn_runtime::causes::data::Damaged;
use std::io::{BufReader, Read};

/// Batch after batch of some columns of a file or a stream.
enum Reader {
    File(Box<FileReader<BufReader<KeptReader>>>),
    Stream(Box<StreamReader<BufReader<KeptReader>>>),
}

impl Reader {
    fn open(kept: &Kept, reading: Option<Vec<usize>>) -> Result<Self, ArrowError> {
        let file = BufReader::new(kept.reader());
        let open = || {
            Ok(if is_file(kept) {
                let mut builder = FileReaderBuilder::new();
                if let Some(reading) = reading {
                    builder = builder.with_projection(reading);
                }
                Self::File(Box::new(builder.build(file)?))
            } else {
                Self::Stream(Box::new(StreamReader::try_new(file, reading)?))
            })
        };
        guarded(open).unwrap_or_else(|| Err(ContradictsItself.into()))
    }

    fn schema(&self) -> SchemaRef {
        match self {
            Self::File(reader) => reader.schema(),
            Self::Stream(reader) => reader.schema(),
        }
    }

    /// How many batches there are, where that is known.
    fn batches(&self) -> u64 {
        match self {
            Self::File(reader) => reader.num_batches() as u64,
            Self::Stream(_) => 0,
        }
    }
}

impl Iterator for Reader {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::File(reader) => reader.next(),
            Self::Stream(reader) => reader.next(),
        }
    }
}

/// A file says what it is at its beginning; everything else of Arrow is a stream.
fn is_file(kept: &Kept) -> bool {
    let mut magic = [0; 6];
    kept.reader().read_exact(&mut magic).is_ok() && &magic == b"ARROW1"
}

/// Reads a file or a stream, as its first bytes tell.
///
/// # Errors
/// Everything that stands in the way of its rows.
pub(crate) fn read(
    kept: &Kept,
    progress: Teller<'_>,
    plan: &Plan,
    options: BindOptions,
) -> Result<BoundFile, Reports> {
    let name = options.file.clone();
    let of = Of {
        file: &name,
        format: "Arrow",
    };
    arrow_sizes::check(kept, is_file(kept)).map_err(|why| only(of.damaged(why)))?;
    // First the schema, to know which columns to read.
    let schema = Reader::open(kept, None)
        .map_err(|_| only(of.list()))?
        .schema();
    let builder = PanelBuilder::new(plan, columns(&schema), options)?;
    let (reading, places) = projection(&builder, &schema);
    let reader = Reader::open(kept, Some(reading.clone())).map_err(|_| only(of.list()))?;
    let batches = reader.batches();
    let wrong = |row| {
        let alone = |column| {
            let reader = Reader::open(kept, Some(vec![column]));
            reader.is_ok_and(|reader| Guarded::new(reader).all(|batch| batch.is_ok()))
        };
        of.rows(row, named(&reading, &schema), alone)
    };
    take(reader, builder, &places, wrong, |at| {
        progress.tell_share(at, batches)
    })
}

/// The names of the columns; none where the file cannot be taken apart.
pub(crate) fn names(kept: &Kept) -> Option<Vec<String>> {
    arrow_sizes::check(kept, is_file(kept)).ok()?;
    let schema = Reader::open(kept, None).ok()?.schema();
    let fields = schema.fields().iter();
    Some(fields.map(|field| field.name().clone()).collect())
}

/// The names of all columns, and all rows; none where something is damaged.
pub(crate) fn all(kept: &Kept) -> Option<(Vec<String>, KeptRows)> {
    let (names, batches) = batches(kept)?;
    Some((names, rows(batches)))
}

/// The names of all columns, and the words of all cells; none where something is damaged.
pub(crate) fn words(kept: &Kept) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let (names, batches) = batches(kept)?;
    Some((names, arrow_cells::words(&batches)))
}

/// The rows of all batches.
pub(crate) fn rows(batches: Vec<RecordBatch>) -> KeptRows {
    Box::new(
        batches
            .into_iter()
            .flat_map(|batch| arrow_cells::rows(&batch)),
    )
}

fn batches(kept: &Kept) -> Option<(Vec<String>, Vec<RecordBatch>)> {
    let names = names(kept)?;
    let reader = Reader::open(kept, None).ok()?;
    let batches: Result<Vec<RecordBatch>, ArrowError> = Guarded::new(reader).collect();
    Some((names, batches.ok()?))
}

/// The columns that are read, and for each column of the file its place among them.
pub(crate) fn projection(
    builder: &PanelBuilder<'_>,
    schema: &Schema,
) -> (Vec<usize>, Vec<Option<usize>>) {
    let reading = builder.columns_read();
    let places = (0..schema.fields().len())
        .map(|column| reading.binary_search(&column).ok())
        .collect();
    (reading, places)
}

/// Some columns with their names.
pub(crate) fn named(reading: &[usize], schema: &Schema) -> impl Iterator<Item = (usize, String)> {
    let named = reading.iter().filter_map(|column| {
        let field = schema.fields().get(*column)?;
        Some((*column, field.name().clone()))
    });
    named.collect::<Vec<_>>().into_iter()
}

/// Takes batch after batch. `wrong` says what is the matter from a row on, counted from 1.
pub(crate) fn take(
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    mut builder: PanelBuilder<'_>,
    places: &[Option<usize>],
    wrong: impl Fn(u64) -> Damaged,
    progress: impl Fn(u64),
) -> Result<BoundFile, Reports> {
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
            Err(_) => return Err(stop(Some(builder), wrong(rows + 1))),
        }
    }
    builder.part()
}
