//! Columns of a Parquet file, side by side.
//!
//! In: a file and a builder for it. Out: the builder with all rows, or none where anything in the file wants
//! a closer look: it is then read batch by batch. Each thread goes through the whole file for a few columns
//! and keeps what it reads, so that nothing is copied from one thread to another.

use super::batches::{BATCH, named_batches};
use crate::arrow_cells::ArrowBatch;
use crate::guard::Guarded;
use crate::taken::Kept;
use forewarn_runtime::bind::{ColumnReader, PanelBuilder, ReadColumn};
use forewarn_runtime::threads::together;
use parquet::arrow::arrow_reader::ArrowReaderMetadata;

/// Fewer rows than these are read by one thread.
const WORTH_THREADS: usize = 4 * BATCH;
/// Pieces of work for each thread, so that none waits long for another.
const PIECES: usize = 4;

/// Takes all rows, for so many of which there is room.
pub(super) fn read<'p>(
    kept: &Kept,
    metadata: &ArrowReaderMetadata,
    (mut builder, room): (PanelBuilder<'p>, usize),
    threads: usize,
    progress: impl Fn(u64),
) -> Option<PanelBuilder<'p>> {
    let rows = usize::try_from(metadata.metadata().file_metadata().num_rows()).ok()?;
    let reader = builder.column_reader()?;
    if threads < 2 || rows < WORTH_THREADS || reader.is_empty() {
        return None;
    }
    let width = metadata.schema().fields().len();
    let indicators: Vec<usize> = (0..reader.len()).collect();
    let most = reader.len().div_ceil(threads * PIECES);
    let pieces: Vec<&[usize]> = indicators.chunks(most).collect();
    let each = |pieces: Vec<&[usize]>, threads| {
        together(threads, pieces, |piece| {
            columns(kept, metadata, &reader, piece, width, room)
        })
    };
    let mut starts = Vec::new();
    let (columns, keys) = std::thread::scope(|scope| {
        let others = {
            let pieces = pieces.clone();
            std::thread::Builder::new().spawn_scoped(scope, || each(pieces, threads))
        };
        let keys = take_keys(kept, metadata, &mut builder, width, &mut starts, progress);
        let columns = match others {
            Ok(others) => others.join().ok(),
            Err(_) => Some(each(pieces, 1)),
        };
        (columns, keys)
    });
    keys?;
    let columns: Option<Vec<Vec<ReadColumn>>> = columns?.into_iter().collect();
    let columns = columns?.into_iter().flatten().collect();
    let fits = builder.take_columns(&reader, columns, &starts);
    fits.then_some(builder)
}

/// The keys of all rows.
fn take_keys(
    kept: &Kept,
    metadata: &ArrowReaderMetadata,
    builder: &mut PanelBuilder<'_>,
    width: usize,
    starts: &mut Vec<usize>,
    progress: impl Fn(u64),
) -> Option<()> {
    let reading = builder.key_columns();
    let places = places(&reading, width);
    let batches = named_batches(kept, metadata, reading, BATCH)?;
    let mut rows = 0;
    for (at, batch) in (1..).zip(Guarded::new(batches)) {
        let batch = batch.ok()?;
        starts.push(rows);
        let keys = ArrowBatch {
            batch: &batch,
            places: &places,
        };
        if !builder.keys(rows as u64 + 1, &keys) {
            return None;
        }
        rows += batch.num_rows();
        progress(at);
    }
    Some(())
}

/// Some indicators, from the first row to the last.
fn columns(
    kept: &Kept,
    metadata: &ArrowReaderMetadata,
    reader: &ColumnReader<'_>,
    piece: &[usize],
    width: usize,
    room: usize,
) -> Option<Vec<ReadColumn>> {
    let mut columns: Vec<ReadColumn> = piece.iter().map(|at| reader.begin(*at, room)).collect();
    let mut reading: Vec<usize> = piece.iter().filter_map(|at| reader.column(*at)).collect();
    reading.sort_unstable();
    reading.dedup();
    let places = places(&reading, width);
    for batch in Guarded::new(named_batches(kept, metadata, reading, BATCH)?) {
        let batch = batch.ok()?;
        let batch = ArrowBatch {
            batch: &batch,
            places: &places,
        };
        for column in &mut columns {
            if !reader.take(column, &batch) {
                return None;
            }
        }
    }
    Some(columns)
}

/// For each column of the file, its place among those that are read, which ascend.
fn places(reading: &[usize], width: usize) -> Vec<Option<usize>> {
    (0..width)
        .map(|column| reading.binary_search(&column).ok())
        .collect()
}
