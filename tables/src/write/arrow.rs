//! Results as typed columns: Arrow IPC and Parquet.
//!
//! Numbers are doubles, words are text, missing is null; a year is a whole number, any other period
//! is text. A column's label and unit stand in its metadata.

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, Float64Array, Int32Array, RecordBatch};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field, Metadata, Schema, SchemaRef};
use forewarn_plan::OutputKind;
use forewarn_plan::period::Written;
use forewarn_runtime::result_table::{ResultCell, ResultColumn, ResultTable};
#[cfg(feature = "parquet")]
use parquet::arrow::ArrowWriter;
#[cfg(feature = "parquet")]
use parquet::basic::Compression;
#[cfg(feature = "parquet")]
use parquet::errors::ParquetError;
#[cfg(feature = "parquet")]
use parquet::file::properties::WriterProperties;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

/// Rows of one batch.
const BATCH: usize = 65_536;

pub(super) fn ipc(out: &mut impl Write, table: &ResultTable) -> io::Result<()> {
    let schema = schema(table);
    let mut writer = FileWriter::try_new(out, &schema).map_err(arrow_error)?;
    for rows in batches(table.rows()) {
        writer
            .write(&batch(table, &schema, rows).map_err(arrow_error)?)
            .map_err(arrow_error)?;
    }
    writer.finish().map_err(arrow_error)
}

#[cfg(feature = "parquet")]
pub(super) fn parquet(out: &mut (impl Write + Send), table: &ResultTable) -> io::Result<()> {
    let schema = schema(table);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .build();
    let mut writer =
        ArrowWriter::try_new(out, schema.clone(), Some(properties)).map_err(parquet_error)?;
    for rows in batches(table.rows()) {
        let batch = batch(table, &schema, rows).map_err(arrow_error)?;
        writer.write(&batch).map_err(parquet_error)?;
    }
    writer.close().map_err(parquet_error)?;
    Ok(())
}

/// The whole table as one batch.
pub(crate) fn whole(table: &ResultTable) -> Result<RecordBatch, ArrowError> {
    batch(table, &schema(table), 0..table.rows())
}

fn batches(rows: usize) -> impl Iterator<Item = Range<usize>> {
    (0..rows)
        .step_by(BATCH)
        .map(move |start| start..rows.min(start + BATCH))
}

fn arrow_error(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(feature = "parquet")]
fn parquet_error(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn schema(table: &ResultTable) -> SchemaRef {
    let entity = Field::new(&table.entity_column, DataType::Utf8, false);
    let within = table.within_column.as_ref();
    let within = within.map(|name| Field::new(name, DataType::Utf8, false));
    let period = table.period_column.as_ref().map(|(name, _)| {
        let holds = if table.counts_periods() {
            DataType::Int32
        } else {
            DataType::Utf8
        };
        Field::new(name, holds, false)
    });
    let columns = table.columns.iter().map(|column| {
        let (holds, nullable) = match column.kind {
            OutputKind::Number => (DataType::Float64, true),
            OutputKind::Truth => (DataType::Utf8, false),
            OutputKind::Level { .. } | OutputKind::Category { .. } | OutputKind::Period(_) => {
                (DataType::Utf8, true)
            }
        };
        let about = [("label", &column.label), ("unit", &column.unit)];
        let about = about.into_iter().filter(|(_, text)| !text.is_empty());
        Field::new(&column.name, holds, nullable).with_metadata(
            about
                .map(|(key, text)| (key.to_owned(), text.clone()))
                .collect::<Metadata>(),
        )
    });
    Arc::new(Schema::new(
        std::iter::once(entity)
            .chain(within)
            .chain(period)
            .chain(columns)
            .collect::<Vec<_>>(),
    ))
}

fn batch(
    table: &ResultTable,
    schema: &SchemaRef,
    rows: Range<usize>,
) -> Result<RecordBatch, ArrowError> {
    let mut arrays: Vec<ArrayRef> = Vec::with_capacity(schema.fields().len());
    let mut entities = StringBuilder::new();
    for row in rows.clone() {
        entities.append_value(table.entity(row));
    }
    arrays.push(Arc::new(entities.finish()));
    if table.within_column.is_some() {
        let mut within = StringBuilder::new();
        for row in rows.clone() {
            within.append_value(table.within(row).unwrap_or(""));
        }
        arrays.push(Arc::new(within.finish()));
    }
    let periods = rows.clone().filter_map(|row| table.period(row));
    match &table.period_column {
        None => {}
        Some(_) if table.counts_periods() => {
            let numbers = periods.map(|period| period.cell().parse().unwrap_or(0));
            arrays.push(Arc::new(Int32Array::from_iter_values(numbers)));
        }
        Some(_) => {
            let mut cells = StringBuilder::new();
            for period in periods {
                if period == period.usual() {
                    write!(cells, "{period}")
                } else {
                    cells.write_str(&period.cell())
                }
                .map_err(|error| ArrowError::ExternalError(Box::new(error)))?;
                cells.append_value("");
            }
            arrays.push(Arc::new(cells.finish()));
        }
    }
    arrays.extend(
        table
            .columns
            .iter()
            .map(|column| array(column, rows.clone(), table.written)),
    );
    RecordBatch::try_new(schema.clone(), arrays)
}

fn array(column: &ResultColumn, rows: Range<usize>, written: Option<Written>) -> ArrayRef {
    if column.kind == OutputKind::Number {
        let numbers = rows.map(|row| match column.cell(row) {
            ResultCell::Number(x) => Some(x),
            _ => None,
        });
        return Arc::new(numbers.collect::<Float64Array>());
    }
    let mut words = StringBuilder::new();
    for row in rows {
        match column.cell(row) {
            ResultCell::Word(word) => words.append_value(word),
            ResultCell::Period(period) => words.append_value(period.as_in(written).cell()),
            _ => words.append_null(),
        }
    }
    Arc::new(words.finish())
}
