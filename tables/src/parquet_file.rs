//! Parquet: only the columns that the rules read, batch by batch.

mod batches;
mod flow;
mod pages;
mod side_by_side;

use crate::arrow_cells::{self, columns};
use crate::arrow_file::{named, projection, rows, take};
use crate::damage::Of;
use crate::flows::Flows;
use crate::grid::KeptRows;
use crate::guard::{Guarded, guarded};
use crate::progress::{Teller, only};
use crate::taken::{Kept, KeptReader};
use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use batches::{BATCH, Builder, batches};
use bytes::Bytes;
use forewarn_diagnostics::Reports;
use forewarn_plan::Plan;
use forewarn_runtime::bind::{BindOptions, BoundFile, PanelBuilder};
use forewarn_runtime::causes::data::Damaged;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::basic::Compression;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{ChunkReader, Length};
use std::io::{BufReader, Read, Seek, SeekFrom};

/// The sign at both ends of a file.
const SIGN: &[u8] = b"PAR1";

impl Length for Kept {
    fn len(&self) -> u64 {
        self.length().unwrap_or(0)
    }
}

impl ChunkReader for Kept {
    type T = BufReader<KeptReader>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        let mut reader = self.reader();
        reader.seek(SeekFrom::Start(start))?;
        Ok(BufReader::new(reader))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        let end = start.checked_add(length as u64);
        if end.is_none_or(|end| end > self.len()) {
            return Err(ParquetError::EOF("behind the end".to_owned()));
        }
        if let Self::Memory(bytes) = self {
            let from = usize::try_from(start).unwrap_or(usize::MAX);
            return Ok(bytes.slice(from..from + length));
        }
        let mut reader = self.reader();
        reader.seek(SeekFrom::Start(start))?;
        Ok(pages::page(length, |bytes| reader.read_exact(bytes))?)
    }
}

fn opened(kept: &Kept) -> Option<Builder> {
    guarded(|| Builder::try_new(kept.clone()))?.ok()
}

/// The names of the columns; none where the file cannot be taken apart.
pub(crate) fn names(kept: &Kept) -> Option<Vec<String>> {
    let reader = opened(kept)?;
    let fields = reader.schema().fields();
    Some(fields.iter().map(|field| field.name().clone()).collect())
}

/// The names of all columns, and all rows; none where something is damaged.
pub(crate) fn all(kept: &Kept) -> Option<(Vec<String>, KeptRows)> {
    let (names, batches) = whole(kept)?;
    Some((names, rows(batches)))
}

/// The names of all columns, and the words of all cells; none where something is damaged.
pub(crate) fn words(kept: &Kept) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let (names, batches) = whole(kept)?;
    Some((names, arrow_cells::words(&batches)))
}

fn whole(kept: &Kept) -> Option<(Vec<String>, Vec<RecordBatch>)> {
    let names = names(kept)?;
    let reader = batches(opened(kept)?, (0..names.len()).collect(), BATCH)?;
    let batches: Result<Vec<RecordBatch>, ArrowError> = Guarded::new(reader).collect();
    Some((names, batches.ok()?))
}

/// Reads a Parquet file.
///
/// # Errors
/// Everything that stands in the way of its rows.
pub(crate) fn read(
    kept: &Kept,
    progress: Teller<'_>,
    plan: &Plan,
    options: BindOptions,
    (threads, flow): (usize, Option<&dyn Flows>),
) -> Result<BoundFile, Reports> {
    let name = options.file.clone();
    let of = Of {
        file: &name,
        format: "Parquet",
    };
    let reader = opened(kept).ok_or_else(|| only(unopened(kept, of)))?;
    let schema = reader.schema().clone();
    let mut builder = PanelBuilder::new(plan, columns(&schema), options.clone())?;
    let (reading, places) = projection(&builder, &schema);
    let metadata = reader.metadata().clone();
    for (column, name) in named(&reading, &schema) {
        if let Some(how) = unread_compression(&metadata, column) {
            let why = format!("the column `{name}` is compressed by {how}, which is not read");
            return Err(only(Damaged {
                advice: Some("write the file with snappy, zstd, gzip, LZ4 or no compression"),
                ..of.damaged(why)
            }));
        }
    }
    let rows = u64::try_from(metadata.file_metadata().num_rows()).unwrap_or(0);
    // What a damaged file claims is no reason to ask for memory.
    let room = usize::try_from(rows.min(kept.length().unwrap_or(0))).unwrap_or(0);
    let tell = |at: u64| progress.tell_share((at * BATCH as u64).min(rows), rows);
    let load = || ArrowReaderMetadata::load(kept, ArrowReaderOptions::new());
    let known = guarded(load).and_then(Result::ok);
    let afresh = || PanelBuilder::new(plan, columns(&schema), options.clone());
    if let (Some(known), Some(flow)) = (&known, flow.filter(|flow| flow.is_open())) {
        let taken = |taken: u64| progress.tell_share(taken, rows);
        match flow::read(kept, known, afresh()?, (threads, flow), taken) {
            Some(builder) => return builder.part(),
            None => flow.give_up(),
        }
    }
    builder.expect(room);
    if let Some(known) = &known
        && let Some(builder) = side_by_side::read(kept, known, (builder, room), threads, tell)
    {
        return builder.part();
    }
    let mut builder = afresh()?;
    builder.expect(room);
    let stream = batches(reader, reading.clone(), BATCH).ok_or_else(|| only(of.list()))?;
    let wrong = |row| {
        let alone = |column| {
            let reader = opened(kept).and_then(|reader| batches(reader, vec![column], BATCH));
            reader.is_some_and(|reader| Guarded::new(reader).all(|batch| batch.is_ok()))
        };
        of.rows(row, named(&reading, &schema), alone)
    };
    take(stream, builder, &places, wrong, tell)
}

/// Why a file cannot be opened.
fn unopened(kept: &Kept, of: Of<'_>) -> Damaged {
    let mut sign = [0; 4];
    let mut reader = kept.reader();
    if reader.read_exact(&mut sign).is_err() || sign != SIGN {
        return of.damaged("it does not begin as Parquet files do");
    }
    let end = reader.seek(SeekFrom::End(-4));
    let whole = end.is_ok() && reader.read_exact(&mut sign).is_ok() && sign == SIGN;
    match sign {
        _ if whole => of.list(),
        [b'P', b'A', b'R', b'E'] => of.damaged("it is encrypted"),
        _ => of.damaged("its end is missing: it was cut off"),
    }
}

/// How a column is compressed, where that is not read.
fn unread_compression(metadata: &ParquetMetaData, column: usize) -> Option<&'static str> {
    let descriptor = metadata.file_metadata().schema_descr();
    let leaves = (0..descriptor.num_columns())
        .filter(|leaf| descriptor.get_column_root_idx(*leaf) == column);
    let leaves: Vec<usize> = leaves.collect();
    let groups = metadata.row_groups().iter();
    let mut chunks = groups.flat_map(|group| {
        let columns = leaves.iter();
        columns.filter_map(|leaf| group.columns().get(*leaf))
    });
    chunks.find_map(|chunk| match chunk.compression() {
        Compression::UNCOMPRESSED
        | Compression::SNAPPY
        | Compression::GZIP(_)
        | Compression::LZ4
        | Compression::LZ4_RAW
        | Compression::ZSTD(_)
        | Compression::BROTLI(_) => None,
        Compression::LZO => Some("LZO"),
    })
}
