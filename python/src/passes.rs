//! Passes over parts of the data, for rules that look along time and compare peers.

use arrow_array::RecordBatch;
use forewarn::{Compiled, Data};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::capsules;
use crate::errors::raised;
use crate::results::Results;

/// See `forewarn::Passes`. Tables are given as single Arrow batches.
#[pyclass(frozen, module = "forewarn._forewarn")]
pub struct Passes {
    passes: forewarn::Passes,
    compiled: Compiled,
}

impl Passes {
    pub fn of(compiled: Compiled) -> Option<Self> {
        let passes = compiled.passes()?;
        Some(Self { passes, compiled })
    }
}

/// A table that goes from one pass into the next.
#[pyclass(frozen, module = "forewarn._forewarn")]
pub struct Table {
    batch: RecordBatch,
}

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        capsules::capsule(py, self.batch.clone())
    }
}

fn joined(tables: &[Bound<'_, PyAny>]) -> PyResult<Data> {
    let batches = tables.iter().map(capsules::batch);
    Ok(Data::from_batches(&batches.collect::<PyResult<Vec<_>>>()?))
}

#[pymethods]
impl Passes {
    fn phases(&self) -> usize {
        self.passes.phases()
    }

    fn operands(
        &self,
        py: Python<'_>,
        phase: usize,
        tables: Vec<Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        let data = joined(&tables)?;
        let made = py.detach(|| self.passes.operands(phase, &data));
        let batch = made.map_err(|error| raised(py, &error))?;
        Ok(Table { batch })
    }

    fn compared(
        &self,
        py: Python<'_>,
        phase: usize,
        tables: Vec<Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        let data = joined(&tables)?;
        let made = py.detach(|| self.passes.compared(phase, &data));
        let batch = made.map_err(|error| raised(py, &error))?;
        Ok(Table { batch })
    }

    fn results(&self, py: Python<'_>, tables: Vec<Bound<'_, PyAny>>) -> PyResult<Results> {
        let data = joined(&tables)?;
        let made = py.detach(|| self.passes.results(&data));
        let results = made.map_err(|error| raised(py, &error))?;
        Ok(Results::new(results, self.compiled.clone()))
    }
}
