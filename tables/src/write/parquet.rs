//! Results as Parquet: the columns of [`super::arrow`], encoded side by side.

use super::arrow::{BATCH, column, parts, schema, within};
use arrow_schema::DataType;
use forewarn_runtime::result_table::ResultTable;
use forewarn_runtime::threads::together;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::compute_leaves;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use std::io::{self, Write};

/// Rows of one group, whole batches.
const GROUP: usize = 4 * BATCH;

/// Each column is encoded by a thread of its own, as many at a time as there may be; the bytes do not
/// depend on how many. Doubles hardly ever repeat, so that dictionaries of them cost time and space alike.
pub(super) fn parquet(
    out: &mut (impl Write + Send),
    table: &ResultTable,
    threads: usize,
) -> io::Result<()> {
    let schema = schema(table);
    let mut properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
    for field in schema.fields() {
        if field.data_type() == &DataType::Float64 {
            let path = ColumnPath::new(vec![field.name().clone()]);
            properties = properties.set_column_dictionary_enabled(path, false);
        }
    }
    let properties = Some(properties.build());
    let writer = ArrowWriter::try_new(out, schema.clone(), properties).map_err(parquet_error)?;
    let (mut file, columns) = writer.into_serialized_writer().map_err(parquet_error)?;
    for (number, rows) in parts(table.rows(), GROUP).enumerate() {
        let writers = columns
            .create_column_writers(number)
            .map_err(parquet_error)?;
        let fields = schema.fields().iter().enumerate();
        let work = fields.zip(writers).collect();
        let chunks = together(threads, work, |((place, field), mut writer)| {
            for rows in within(&rows, BATCH) {
                let array = column(table, place, rows);
                for leaf in compute_leaves(field, &array)? {
                    writer.write(&leaf)?;
                }
            }
            writer.close()
        });
        let mut group = file.next_row_group().map_err(parquet_error)?;
        for chunk in chunks {
            let appended = chunk.and_then(|chunk| chunk.append_to_row_group(&mut group));
            appended.map_err(parquet_error)?;
        }
        group.close().map_err(parquet_error)?;
    }
    file.close().map_err(parquet_error)?;
    Ok(())
}

fn parquet_error(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
