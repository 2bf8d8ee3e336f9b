//! The results of a run, as a table and one by one.

use std::sync::OnceLock;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use forewarn::{Compiled, OutputKind, Value};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};

use crate::capsules;
use crate::errors::{raised, told};
use crate::why::Why;

/// The results of a run.
#[pyclass(frozen, module = "forewarn._forewarn")]
pub struct Results {
    results: forewarn::Results,
    compiled: Compiled,
    batch: OnceLock<RecordBatch>,
}

/// Name, label, unit, declaration, kind, the names and labels of levels or categories, and whether it rests on later
/// periods.
type Column = (
    String,
    String,
    String,
    String,
    &'static str,
    Vec<String>,
    Vec<String>,
    bool,
);

/// The names of all columns, and rows of their cells.
type Rows<'py> = (Vec<String>, Vec<Vec<Bound<'py, PyAny>>>);

type Compared = (
    Vec<String>,
    Vec<(
        String,
        String,
        String,
        Py<PyAny>,
        Py<PyAny>,
        Vec<Vec<usize>>,
    )>,
    usize,
    (Vec<String>, Vec<String>),
    (Vec<(String, String)>, Vec<(String, String)>),
);

/// A cell as Python has it; a result table holds texts, doubles and years.
fn cell<'py>(py: Python<'py>, column: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    if let Some(texts) = column.as_string_opt::<i32>() {
        return Ok(texts.value(row).into_pyobject(py)?.into_any());
    }
    if let Some(numbers) = column.as_primitive_opt::<Float64Type>() {
        return Ok(numbers.value(row).into_pyobject(py)?.into_any());
    }
    if let Some(years) = column.as_primitive_opt::<Int32Type>() {
        return Ok(years.value(row).into_pyobject(py)?.into_any());
    }
    Ok(py.None().into_bound(py))
}

impl Results {
    pub fn new(results: forewarn::Results, compiled: Compiled) -> Self {
        Self {
            results,
            compiled,
            batch: OnceLock::new(),
        }
    }

    pub fn batch(&self, py: Python<'_>) -> PyResult<RecordBatch> {
        if let Some(batch) = self.batch.get() {
            return Ok(batch.clone());
        }
        let batch = py.detach(|| self.results.to_batch());
        let batch = batch.map_err(|error| raised(py, &error))?;
        Ok(self.batch.get_or_init(|| batch).clone())
    }
}

#[pymethods]
impl Results {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A request may be ignored: there is one form.
        drop(requested_schema);
        capsules::capsule(py, self.batch(py)?)
    }

    fn __len__(&self) -> usize {
        self.results.rows()
    }

    /// What was found in the data and does not stand in the way.
    fn warnings(&self) -> (String, String) {
        told(self.results.warnings())
    }

    fn columns(&self) -> Vec<Column> {
        let outputs = self.compiled.outputs();
        outputs
            .map(|output| {
                let (kind, names, labels) = match output.kind {
                    OutputKind::Number => ("number", Vec::new(), Vec::new()),
                    OutputKind::Truth => ("truth", Vec::new(), Vec::new()),
                    OutputKind::Level { names, labels } => ("level", names, labels),
                    OutputKind::Category { names, labels } => ("category", names, labels),
                    OutputKind::Period(_) => ("period", Vec::new(), Vec::new()),
                };
                (
                    output.name,
                    output.label,
                    output.unit,
                    output.declaration,
                    kind,
                    names,
                    labels,
                    output.hindsight,
                )
            })
            .collect()
    }

    /// What is handed over to the next run; None where the rules look back on nothing.
    fn state(&self, py: Python<'_>) -> PyResult<Option<String>> {
        let state = py.detach(|| self.results.state());
        state.map_err(|error| raised(py, &error))
    }

    /// The names of all columns, and the first rows.
    fn rows<'py>(&self, py: Python<'py>, most: usize) -> PyResult<Rows<'py>> {
        let batch = self.batch(py)?;
        let fields = batch.schema();
        let names = fields.fields().iter().map(|field| field.name().clone());
        let rows = (0..batch.num_rows().min(most)).map(|row| {
            let cells = batch.columns().iter().map(|column| cell(py, column, row));
            cells.collect::<PyResult<Vec<_>>>()
        });
        Ok((names.collect(), rows.collect::<PyResult<_>>()?))
    }

    /// What differs in another run: the changes; each difference; how many were compared; what only one has.
    fn compare(&self, py: Python<'_>, other: &Self, tolerance: Option<f64>) -> PyResult<Compared> {
        let found = py.detach(|| self.results.compare(&other.results, tolerance));
        let found = found.map_err(|error| raised(py, &error))?;
        let value = |value: Value| -> PyResult<Py<PyAny>> {
            Ok(match value {
                Value::Missing => py.None(),
                Value::Number(x) => x.into_pyobject(py)?.into_any().unbind(),
                Value::Word(word) => word.into_pyobject(py)?.into_any().unbind(),
            })
        };
        let differences = found.differences.into_iter().map(|one| {
            let (before, after) = (value(one.before)?, value(one.after)?);
            Ok((
                one.entity, one.period, one.result, before, after, one.causes,
            ))
        });
        Ok((
            found.changes,
            differences.collect::<PyResult<_>>()?,
            found.compared,
            (found.only_first, found.only_second),
            (found.gone, found.new),
        ))
    }

    fn number(
        &self,
        py: Python<'_>,
        entity: &str,
        period: Option<&str>,
        result: &str,
    ) -> PyResult<Option<f64>> {
        let number = self.results.number(entity, period, result);
        number.map_err(|error| raised(py, &error))
    }

    fn word(
        &self,
        py: Python<'_>,
        entity: &str,
        period: Option<&str>,
        result: &str,
    ) -> PyResult<Option<String>> {
        let word = self.results.word(entity, period, result);
        let word = word.map_err(|error| raised(py, &error))?;
        Ok(word.map(str::to_owned))
    }

    fn explain(
        &self,
        py: Python<'_>,
        entity: &str,
        period: Option<&str>,
        names: Vec<String>,
    ) -> PyResult<Why> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let why = py.detach(|| self.results.explain(entity, period, &names));
        why.map(Why::new).map_err(|error| raised(py, &error))
    }

    /// A report for readers, as the bytes of a file.
    fn report<'py>(
        &self,
        py: Python<'py>,
        form: &str,
        lang: Option<String>,
        entities: Vec<String>,
        level: Option<String>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let options = forewarn::report::Options {
            lang,
            entities,
            level,
            ..forewarn::report::Options::default()
        };
        let written = py.detach(|| {
            for entity in &options.entities {
                // One that there is not is told, with the nearest one.
                self.results.explain(entity, None, &[])?;
            }
            let report = self.results.report(&options)?;
            Ok(match form {
                "md" => Ok(forewarn::report::markdown(&report).into_bytes()),
                "xlsx" => forewarn::report::xlsx(&report).map_err(|error| error.to_string()),
                _ => Ok(forewarn::report::html(&report).into_bytes()),
            })
        });
        let written = written.map_err(|error: forewarn::Error| raised(py, &error))?;
        let bytes = written.map_err(PyRuntimeError::new_err)?;
        Ok(PyBytes::new(py, &bytes))
    }
}
