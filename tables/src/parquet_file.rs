//! Parquet: only the columns that the rules read, batch by batch.

use crate::arrow_cells::columns;
use crate::arrow_file::{plain, projection, take};
use crate::guard::{CONTRADICTS, guarded};
use crate::read::{Teller, only};
use forewarn_diagnostics::Reports;
use forewarn_plan::Plan;
use forewarn_runtime::bind::{BindOptions, PanelBuilder, Part};
use forewarn_runtime::causes::data::Damaged;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;

/// Rows decoded at a time: enough to keep the decoders busy, few enough to stay in the cache.
const BATCH: usize = 8192;

/// The names of the columns; none where the file cannot be taken apart.
pub(crate) fn names(file: File) -> Option<Vec<String>> {
    let reader = guarded(|| ParquetRecordBatchReaderBuilder::try_new(file))?.ok()?;
    let fields = reader.schema().fields();
    Some(fields.iter().map(|field| field.name().clone()).collect())
}

/// Reads a Parquet file.
///
/// # Errors
/// Everything that stands in the way of its rows.
pub(crate) fn read(
    file: File,
    progress: Teller<'_>,
    plan: &Plan,
    options: BindOptions,
) -> Result<Part, Reports> {
    let name = options.file.clone();
    let wrong = |why: String| Damaged {
        file: name.clone(),
        format: "Parquet",
        why: plain(&why),
        advice: None,
    };
    let reader = guarded(|| ParquetRecordBatchReaderBuilder::try_new(file))
        .ok_or_else(|| only(wrong(CONTRADICTS.to_owned())))?
        .map_err(|error| only(wrong(error.to_string())))?;
    let schema = reader.schema().clone();
    let builder = PanelBuilder::new(plan, columns(&schema), options)?;
    let (reading, places) = projection(&builder, &schema);
    let rows = u64::try_from(reader.metadata().file_metadata().num_rows()).unwrap_or(0);
    let mask = ProjectionMask::roots(reader.parquet_schema(), reading);
    let batches = guarded(|| reader.with_projection(mask).with_batch_size(BATCH).build())
        .ok_or_else(|| only(wrong(CONTRADICTS.to_owned())))?
        .map_err(|error| only(wrong(error.to_string())))?;
    let tell = |at: u64| progress.tell_share((at * BATCH as u64).min(rows), rows);
    take(
        batches,
        builder,
        &places,
        |error| wrong(error.to_string()),
        tell,
    )
}
