//! Batches of rows of some columns.

use crate::guard::guarded;
use crate::taken::Kept;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};

/// Rows decoded at a time: enough to keep the decoders busy, few enough to stay in the cache.
pub(super) const BATCH: usize = 8192;

pub(super) type Builder = ParquetRecordBatchReaderBuilder<Kept>;

/// Batches of some columns of a file whose list of parts is known.
pub(super) fn named_batches(
    kept: &Kept,
    metadata: &ArrowReaderMetadata,
    reading: Vec<usize>,
    size: usize,
) -> Option<ParquetRecordBatchReader> {
    let open = || Builder::new_with_metadata(kept.clone(), metadata.clone());
    batches(guarded(open)?, reading, size)
}

/// Batches of some columns.
pub(super) fn batches(
    builder: Builder,
    reading: Vec<usize>,
    size: usize,
) -> Option<ParquetRecordBatchReader> {
    let mask = ProjectionMask::roots(builder.parquet_schema(), reading);
    let build = || builder.with_projection(mask).with_batch_size(size).build();
    guarded(build)?.ok()
}
