//! Tables in memory as Arrow batches.
//!
//! In: batches of one schema. Out: a bound panel; and a result table as one batch, typed as a file of it
//! would be.

use crate::arrow_cells::columns;
use crate::arrow_file::{projection, take};
use crate::damage::Of;
use crate::options::ReadOptions;
use crate::write::one_batch;
use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use forewarn_diagnostics::Reports;
use forewarn_plan::Plan;
use forewarn_runtime::bind::{Bound, PanelBuilder, join};
use forewarn_runtime::result_table::ResultTable;

/// A table in memory: a schema, and batches of it.
#[derive(Clone, Copy, Debug)]
pub struct Batches<'a> {
    pub schema: &'a SchemaRef,
    pub batches: &'a [RecordBatch],
}

/// Binds tables to a Plan; several are joined on their keys, as files are. `name` is what messages call
/// them.
///
/// # Errors
/// Everything that stands in the way of a panel: columns, cells, rows; and what the batches say of
/// themselves.
pub fn bind_tables(
    name: &str,
    tables: &[Batches<'_>],
    plan: &Plan,
    options: &ReadOptions<'_>,
) -> Result<Bound, Reports> {
    let several = tables.len() > 1;
    let mut parts = Vec::new();
    for table in tables {
        let options = options.bind(name, several || options.of_several);
        let builder = PanelBuilder::new(plan, columns(table.schema), options)?;
        let (reading, places) = projection(&builder, table.schema);
        let batches = table.batches.iter();
        let batches = batches.map(|batch| batch.project(&reading));
        let of = Of {
            file: name,
            format: "Arrow",
        };
        let wrong = |row| of.rows(row, std::iter::empty(), |_| true);
        parts.push(take(batches, builder, &places, wrong, |_| {})?);
    }
    join(plan, parts)
}

/// A result table as one batch: numbers are doubles, words are text, missing is null. Labels and units
/// stand in the metadata of its fields.
///
/// # Errors
/// What Arrow says of a table that does not fit it.
pub fn to_batch(table: &ResultTable) -> Result<RecordBatch, ArrowError> {
    one_batch(table)
}
