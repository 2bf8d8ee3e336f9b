//! Results as Parquet: the columns of [`super::arrow`], encoded side by side.

use super::arrow::{BATCH, parts, schema};
use super::codes::coded_column;
use arrow_schema::{DataType, SchemaRef};
use forewarn_runtime::result_table::ResultTable;
use forewarn_runtime::threads::together;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use std::io::{self, Write};
use std::ops::Range;

/// Rows of one group, whole batches.
const GROUP: usize = 4 * BATCH;

/// The whole table.
pub(super) fn parquet(
    out: &mut (impl Write + Send),
    table: &ResultTable,
    threads: usize,
) -> io::Result<()> {
    let mut groups = Groups::new(out, table, threads)?;
    for rows in parts(table.rows(), BATCH) {
        groups.take(table, rows)?;
    }
    groups.finish()
}

/// A file that grows by batches of rows. Each column is encoded by a thread of its own, as many at a time as
/// there may be; the bytes do not depend on how many.
pub(crate) struct Groups<W: Write + Send> {
    schema: SchemaRef,
    file: SerializedFileWriter<W>,
    columns: ArrowRowGroupWriterFactory,
    /// Of the group at hand; none before its first batch.
    writers: Vec<ArrowColumnWriter>,
    number: usize,
    rows: usize,
    threads: usize,
}

impl<W: Write + Send> Groups<W> {
    /// A file for tables with the columns of this one. Doubles hardly ever repeat, so that dictionaries of them
    /// cost time and space alike.
    pub(super) fn new(out: W, table: &ResultTable, threads: usize) -> io::Result<Self> {
        let schema = schema(table);
        let mut properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
        for field in schema.fields() {
            if field.data_type() == &DataType::Float64 {
                let path = ColumnPath::new(vec![field.name().clone()]);
                properties = properties.set_column_dictionary_enabled(path, false);
            }
        }
        let properties = Some(properties.build());
        let writer =
            ArrowWriter::try_new(out, schema.clone(), properties).map_err(parquet_error)?;
        let (file, columns) = writer.into_serialized_writer().map_err(parquet_error)?;
        Ok(Self {
            schema,
            file,
            columns,
            writers: Vec::new(),
            number: 0,
            rows: 0,
            threads,
        })
    }

    /// Takes rows of a table: a whole batch each time, but for the last.
    pub(super) fn take(&mut self, table: &ResultTable, rows: Range<usize>) -> io::Result<()> {
        if self.writers.is_empty() {
            let writers = self.columns.create_column_writers(self.number);
            self.writers = writers.map_err(parquet_error)?;
        }
        self.rows += rows.len();
        let fields = self.schema.fields().iter().enumerate();
        let work = fields.zip(std::mem::take(&mut self.writers)).collect();
        let written = together(self.threads, work, |((place, field), mut writer)| {
            let array = coded_column(table, place, rows.clone());
            for leaf in compute_leaves(field, &array)? {
                writer.write(&leaf)?;
            }
            Ok(writer)
        });
        let written: Result<_, ParquetError> = written.into_iter().collect();
        self.writers = written.map_err(parquet_error)?;
        if self.rows >= GROUP {
            self.close_group()?;
        }
        Ok(())
    }

    fn close_group(&mut self) -> io::Result<()> {
        let writers = std::mem::take(&mut self.writers);
        let chunks = together(self.threads, writers, ArrowColumnWriter::close);
        let mut group = self.file.next_row_group().map_err(parquet_error)?;
        for chunk in chunks {
            let appended = chunk.and_then(|chunk| chunk.append_to_row_group(&mut group));
            appended.map_err(parquet_error)?;
        }
        group.close().map_err(parquet_error)?;
        self.number += 1;
        self.rows = 0;
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        if self.rows > 0 {
            self.close_group()?;
        }
        self.file.close().map_err(parquet_error)?;
        Ok(())
    }
}

fn parquet_error(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
