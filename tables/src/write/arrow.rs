//! Results as typed columns: Arrow IPC.
//!
//! Numbers are doubles, words are text, missing is null; a year is a whole number, any other period
//! is text. A column's label and unit stand in its metadata.

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, Float64Array, Int32Array, RecordBatch};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field, Metadata, Schema, SchemaRef};
use forewarn_plan::OutputKind;
use forewarn_plan::period::{Period, Written};
use forewarn_runtime::result_table::{ResultCell, ResultColumn, ResultTable};
use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

/// Rows of one batch.
pub(super) const BATCH: usize = 65_536;

pub(super) fn ipc(out: &mut impl Write, table: &ResultTable) -> io::Result<()> {
    let schema = schema(table);
    let mut writer = FileWriter::try_new(out, &schema).map_err(arrow_error)?;
    for rows in parts(table.rows(), BATCH) {
        writer
            .write(&batch(table, &schema, rows).map_err(arrow_error)?)
            .map_err(arrow_error)?;
    }
    writer.finish().map_err(arrow_error)
}

/// The whole table as one batch.
pub(crate) fn whole(table: &ResultTable) -> Result<RecordBatch, ArrowError> {
    batch(table, &schema(table), 0..table.rows())
}

pub(super) fn parts(rows: usize, most: usize) -> impl Iterator<Item = Range<usize>> {
    within(&(0..rows), most)
}

pub(super) fn within(
    rows: &Range<usize>,
    most: usize,
) -> impl Iterator<Item = Range<usize>> + use<> {
    let end = rows.end;
    let starts = rows.clone().step_by(most);
    starts.map(move |start| start..end.min(start + most))
}

fn arrow_error(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        other => io::Error::other(other),
    }
}

pub(super) fn schema(table: &ResultTable) -> SchemaRef {
    let keys = table.entity_columns.iter();
    let keys = keys.map(|name| Field::new(name, DataType::Utf8, false));
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
        let is_hindsight = table.hindsight.contains(&column.name);
        let about = [
            ("label", column.label.as_str()),
            ("unit", column.unit.as_str()),
            ("hindsight", if is_hindsight { "yes" } else { "" }),
        ];
        let about = about.into_iter().filter(|(_, text)| !text.is_empty());
        Field::new(&column.name, holds, nullable).with_metadata(
            about
                .map(|(key, text)| (key.to_owned(), text.to_owned()))
                .collect::<Metadata>(),
        )
    });
    Arc::new(Schema::new(
        keys.chain(period).chain(columns).collect::<Vec<_>>(),
    ))
}

fn batch(
    table: &ResultTable,
    schema: &SchemaRef,
    rows: Range<usize>,
) -> Result<RecordBatch, ArrowError> {
    let columns = 0..schema.fields().len();
    let arrays = columns.map(|place| column(table, place, rows.clone()));
    RecordBatch::try_new(schema.clone(), arrays.collect())
}

/// Some rows of a column, keys first.
pub(super) fn column(table: &ResultTable, place: usize, rows: Range<usize>) -> ArrayRef {
    let keys = table.entity_columns.len();
    if place < keys {
        return texts(rows.map(|row| table.keys(row).nth(place).unwrap_or("")));
    }
    let has_period = table.period_column.is_some();
    match place - keys {
        0 if has_period && table.counts_periods() => {
            let periods = rows.filter_map(|row| table.period(row));
            let numbers = periods.map(|period| period.cell().parse().unwrap_or(0));
            Arc::new(Int32Array::from_iter_values(numbers))
        }
        0 if has_period => periods(table, rows),
        behind => match table.columns.get(behind - usize::from(has_period)) {
            Some(column) => array(column, rows, table.written),
            None => texts(std::iter::empty()),
        },
    }
}

fn texts<'t>(texts: impl Iterator<Item = &'t str>) -> ArrayRef {
    let mut cells = StringBuilder::new();
    texts.for_each(|text| cells.append_value(text));
    Arc::new(cells.finish())
}

/// Periods as text, each written out once.
fn periods(table: &ResultTable, rows: Range<usize>) -> ArrayRef {
    let mut known: HashMap<i64, String> = HashMap::new();
    let mut cells = StringBuilder::new();
    for row in rows {
        let Some(number) = table.periods.get(row) else {
            continue;
        };
        let text = || period_text(table, *number).unwrap_or_default();
        cells.append_value(known.entry(*number).or_insert_with(text));
    }
    Arc::new(cells.finish())
}

/// A period as the data write it; none in a cross-section.
pub(super) fn period_text(table: &ResultTable, number: i64) -> Option<String> {
    let (_, kind) = table.period_column.as_ref()?;
    let period = Period::new(*kind, number).as_in(table.written);
    Some(if period == period.usual() {
        period.to_string()
    } else {
        period.cell().to_string()
    })
}

/// Null where there is no number; nothing stands beneath a null but 0.
fn numbers(values: &[f64]) -> Float64Array {
    let known = BooleanBuffer::collect_bool(values.len(), |at| {
        values.get(at).is_some_and(|value| !value.is_nan())
    });
    let nulls = Some(NullBuffer::new(known)).filter(|nulls| nulls.null_count() > 0);
    let numbers = values
        .iter()
        .map(|value| if value.is_nan() { 0.0 } else { *value });
    Float64Array::new(numbers.collect(), nulls)
}

fn array(column: &ResultColumn, rows: Range<usize>, written: Option<Written>) -> ArrayRef {
    if column.kind == OutputKind::Number {
        return Arc::new(numbers(column.values.get(rows).unwrap_or_default()));
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
