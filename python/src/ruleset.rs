//! A ruleset, compiled once for each choice of what is decided outside it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use forewarn::{Compiled, Diagnostics, Kept, MemoryFiles};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::arguments::{self, Earlier, Given, Reading};
use crate::errors::{raised, told};
use crate::passes::Passes;
use crate::results::Results;

/// The entry, the files with their bytes, and the digest of them.
type Sent<'py> = (PathBuf, Vec<(PathBuf, Bound<'py, PyBytes>)>, String);

/// The rules at a path, from one text, or from kept files.
#[pyclass(frozen, module = "forewarn._forewarn")]
pub struct Ruleset {
    rules: forewarn::Ruleset,
    compiled: Mutex<HashMap<Given, Compiled>>,
}

impl Ruleset {
    fn new(rules: forewarn::Ruleset) -> Self {
        Self {
            rules,
            compiled: Mutex::default(),
        }
    }

    fn compiled(&self, py: Python<'_>, given: &Given) -> PyResult<Compiled> {
        let options = given.options()?;
        let lock = || self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(given) {
            return Ok(known.clone());
        }
        let compiled = py.detach(|| self.rules.compile(&options));
        let compiled = compiled.map_err(|error| raised(py, &error))?;
        lock().insert(given.clone(), compiled.clone());
        Ok(compiled)
    }
}

#[pymethods]
impl Ruleset {
    #[staticmethod]
    fn from_path(path: PathBuf) -> Self {
        Self::new(forewarn::Ruleset::from_path(path))
    }

    #[staticmethod]
    fn from_text(name: &str, text: &str) -> Self {
        Self::new(forewarn::Ruleset::from_text(name, text))
    }

    #[staticmethod]
    fn from_files(entry: PathBuf, files: Vec<(PathBuf, Vec<u8>)>) -> Self {
        let files: MemoryFiles = files.into_iter().collect();
        Self::new(forewarn::Ruleset::from_files(entry, files))
    }

    /// Everything that is to be said: as text, and as one JSON object a line.
    fn check(&self, py: Python<'_>, given: Given) -> PyResult<(String, String)> {
        let options = given.options()?;
        let found: Diagnostics = py.detach(|| self.rules.check(&options));
        Ok(told(&found))
    }

    /// The texts of the rules and of what they build on: the entry, the files, and their digest.
    fn kept<'py>(&self, py: Python<'py>) -> PyResult<Sent<'py>> {
        let kept = py.detach(|| self.rules.kept());
        let kept: Kept = kept.map_err(|error| raised(py, &error))?;
        let digest = kept.sha256();
        let files = kept.files.into_iter();
        let files = files.map(|(path, bytes)| (path, PyBytes::new(py, &bytes)));
        Ok((kept.entry, files.collect(), digest))
    }

    /// Name, version, label; the keys; the indicators; whether rules look along time, at peers, and at
    /// peers of other periods.
    #[expect(clippy::type_complexity)]
    fn about(
        &self,
        py: Python<'_>,
        given: Given,
    ) -> PyResult<(
        (String, String, String),
        (Vec<String>, Option<String>),
        Vec<String>,
        (bool, bool, bool),
    )> {
        let compiled = self.compiled(py, &given)?;
        let (name, version, label) = compiled.framework();
        let (keys, period) = compiled.keys();
        let looks = compiled.looks();
        Ok((
            (name.to_owned(), version.to_owned(), label.to_owned()),
            (
                keys.into_iter().map(str::to_owned).collect(),
                period.map(str::to_owned),
            ),
            compiled.indicators().map(str::to_owned).collect(),
            (looks.along_time, looks.across_peers, looks.baseline),
        ))
    }

    /// The way in passes over parts of the data; None where there is none, or none is needed.
    fn passes(&self, py: Python<'_>, given: Given) -> PyResult<Option<Passes>> {
        Ok(Passes::of(self.compiled(py, &given)?))
    }

    /// Applies the rules to data, after what was before them. `by` says what evaluates, and on how many threads.
    fn run(
        &self,
        py: Python<'_>,
        data: &Bound<'_, PyAny>,
        given: Given,
        reading: Reading,
        earlier: Earlier,
        by: (Option<String>, usize),
    ) -> PyResult<Results> {
        let machine = arguments::machine(by.0.as_deref(), by.1)?;
        let compiled = self.compiled(py, &given)?;
        let data = arguments::data(data, reading)?;
        let before = earlier.before();
        let results = py.detach(|| compiled.run_after(&data, &before, machine));
        let results = results.map_err(|error| raised(py, &error))?;
        Ok(Results::new(results, compiled))
    }
}
