//! Rows of a Parquet file that flow.
//!
//! In: a file, a builder and where rows flow to. Out: the builder with the keys of all rows, or none where they
//! do not flow: the file is then read as a whole. Each thread decodes a few columns, a few batches ahead; this
//! one puts them side by side, binds them and hands them on.

use super::batches::named_batches;
use crate::arrow_cells::ArrowBatch;
use crate::flows::Flows;
use crate::guard::Guarded;
use crate::taken::Kept;
use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema};
use forewarn_runtime::bind::PanelBuilder;
use forewarn_runtime::flow::Piece;
use parquet::arrow::arrow_reader::ArrowReaderMetadata;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

/// Rows of a batch: few, so that what is made of them stays in the cache.
const BATCH: usize = 2048;
/// Batches that wait at each thread.
const WAITING: usize = 2;

type Decoded = Result<RecordBatch, ArrowError>;

/// Takes all rows; `progress` is told how many there were.
pub(super) fn read<'p>(
    kept: &Kept,
    metadata: &ArrowReaderMetadata,
    mut builder: PanelBuilder<'p>,
    (threads, flow): (usize, &dyn Flows),
    progress: impl Fn(u64),
) -> Option<PanelBuilder<'p>> {
    let reading = builder.columns_read();
    let width = metadata.schema().fields().len();
    let places: Vec<Option<usize>> = (0..width)
        .map(|column| reading.binary_search(&column).ok())
        .collect();
    let most = reading.len().div_ceil(threads.max(1)).max(1);
    let mut streams = Vec::new();
    for columns in reading.chunks(most) {
        streams.push(Guarded::new(named_batches(
            kept,
            metadata,
            columns.to_vec(),
            BATCH,
        )?));
    }
    let all = std::thread::scope(|scope| {
        let mut sources: Vec<Source<'_>> = Vec::new();
        for (at, stream) in streams.into_iter().enumerate() {
            let mut stream: Box<dyn Iterator<Item = Decoded> + Send> = Box::new(stream);
            if threads < 2 {
                sources.push(Source::Here(stream));
                continue;
            }
            let (send, decoded) = sync_channel::<Decoded>(WAITING);
            let decode = move || {
                for batch in &mut stream {
                    if send.send(batch).is_err() {
                        break;
                    }
                }
            };
            let name = format!("columns {at}");
            let spawned = std::thread::Builder::new()
                .name(name)
                .spawn_scoped(scope, decode);
            // Where the system gives no more threads, the file is read as a whole.
            spawned.ok()?;
            sources.push(Source::There(decoded));
        }
        all(&mut sources, &mut builder, &places, flow, progress)
    });
    all?;
    flow.end();
    Some(builder)
}

/// Where batches of some columns come from.
enum Source<'s> {
    Here(Box<dyn Iterator<Item = Decoded> + Send + 's>),
    There(Receiver<Decoded>),
}

impl Source<'_> {
    fn next(&mut self) -> Option<Decoded> {
        match self {
            Self::Here(batches) => batches.next(),
            Self::There(decoded) => decoded.recv().ok(),
        }
    }
}

/// Takes batch after batch, to the end.
fn all(
    sources: &mut [Source<'_>],
    builder: &mut PanelBuilder<'_>,
    places: &[Option<usize>],
    flow: &dyn Flows,
    progress: impl Fn(u64),
) -> Option<()> {
    let reader = builder.drainer()?;
    let (mut block, mut piece) = (reader.block(), Piece::default());
    loop {
        let next: Vec<Option<Decoded>> = sources.iter_mut().map(Source::next).collect();
        if next.iter().all(Option::is_none) {
            return Some(());
        }
        let parts: Option<Vec<RecordBatch>> = next.into_iter().map(|one| one?.ok()).collect();
        let batch = side_by_side(parts?)?;
        let from = builder.rows_taken();
        builder.batch(
            from as u64 + 1,
            &ArrowBatch {
                batch: &batch,
                places,
            },
        );
        if !builder.drain(&reader, &mut block) {
            return None;
        }
        let keys = builder.keys_of(from..builder.rows_taken());
        flow.evaluator().evaluate(&reader, &block, &mut piece);
        if !flow.take(keys, &mut piece) {
            return None;
        }
        progress(builder.rows_taken() as u64);
    }
}

/// The columns of several batches of the same rows.
fn side_by_side(mut parts: Vec<RecordBatch>) -> Option<RecordBatch> {
    if parts.len() == 1 {
        return parts.pop();
    }
    let fields = parts
        .iter()
        .flat_map(|part| part.schema().fields().iter().cloned().collect::<Vec<_>>());
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let columns = parts.iter().flat_map(|part| part.columns().to_vec());
    RecordBatch::try_new(schema, columns.collect()).ok()
}
