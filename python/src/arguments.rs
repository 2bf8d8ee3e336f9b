//! What Python hands over, as the library takes it.

use std::path::PathBuf;

use forewarn::{Before, Classification, Data, Engine, Machine, Options};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyMapping, PyTuple};

use crate::errors::raised;
use crate::{capsules, columns};

/// What is decided outside the rules.
#[derive(FromPyObject, Default, Clone, PartialEq, Eq, Hash)]
#[pyo3(from_item_all)]
pub struct Given {
    set: Vec<(String, String)>,
    map: Vec<(String, String)>,
    audience: Option<String>,
    lang: Option<String>,
}

impl Given {
    pub fn options(&self) -> PyResult<Options> {
        let audience = self.audience.as_ref().map(|word| {
            let known = Classification::ALL.map(Classification::word).join("`, `");
            Classification::of(word).ok_or_else(|| {
                PyValueError::new_err(format!("`{word}` is no audience: there are `{known}`"))
            })
        });
        Ok(Options {
            set: self.set.clone(),
            map: self.map.clone(),
            audience: audience.transpose()?,
            lang: self.lang.clone(),
        })
    }
}

/// How data are read.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Reading {
    missing: Vec<String>,
    delimiter: Option<String>,
    decimal: Option<String>,
    lenient: bool,
    period_format: Option<String>,
    keys: Vec<String>,
    leave_out: Vec<String>,
}

impl Reading {
    fn applied(self, py: Python<'_>, mut data: Data) -> PyResult<Data> {
        for word in &self.missing {
            data = data.missing(word);
        }
        for entity in &self.leave_out {
            data = data.except(entity);
        }
        for step in &self.keys {
            data = data.keys(step).map_err(|error| raised(py, &error))?;
        }
        if let Some(pattern) = &self.period_format {
            data = data
                .period_format(pattern)
                .map_err(|error| raised(py, &error))?;
        }
        if self.lenient {
            data = data.lenient();
        }
        data = match self.delimiter.as_deref().map(str::as_bytes) {
            None => data,
            Some([one]) if one.is_ascii() && !b"\"\n\r".contains(one) => data.delimiter(*one),
            Some(_) => {
                return Err(PyValueError::new_err(
                    "`delimiter` is one character, such as `;`",
                ));
            }
        };
        match self.decimal.as_deref() {
            None | Some(".") => Ok(data),
            Some(",") => Ok(data.decimal_comma()),
            Some(_) => Err(PyValueError::new_err("`decimal` is `.` or `,`")),
        }
    }
}

/// Observations: a path or several, a table that gives Arrow data, or a mapping of columns.
pub fn data(object: &Bound<'_, PyAny>, reading: Reading) -> PyResult<Data> {
    reading.applied(object.py(), observations(object)?)
}

fn observations(object: &Bound<'_, PyAny>) -> PyResult<Data> {
    if let Ok(path) = object.extract::<PathBuf>() {
        return Ok(Data::from_files([path]));
    }
    let py = object.py();
    // Without pyarrow, a pandas frame has the method and cannot do it.
    match capsules::data(object) {
        Ok(Some(data)) => return Ok(data),
        Err(error) if !error.is_instance_of::<pyo3::exceptions::PyImportError>(py) => {
            return Err(error);
        }
        Ok(None) | Err(_) => {}
    }
    if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        let paths = object.extract::<Vec<PathBuf>>();
        return match paths {
            Ok(paths) if !paths.is_empty() => Ok(Data::from_files(paths)),
            _ => Err(PyTypeError::new_err(
                "a list of data is a list of paths; for rows, give a data frame or a mapping of columns",
            )),
        };
    }
    if let Ok(mapping) = object.cast::<PyMapping>() {
        return columns::data(mapping);
    }
    // A pandas frame: its items are its columns.
    if object.hasattr("items")? && object.hasattr("columns")? {
        let columns = pyo3::types::PyDict::new(py);
        for item in object.call_method0("items")?.try_iter()? {
            let (name, column): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item?.extract()?;
            columns.set_item(name.str()?, column)?;
        }
        return columns::data(columns.cast::<PyMapping>()?);
    }
    let kind = object.get_type();
    let collect = match object.hasattr("collect")? {
        true => "; `.collect()` it first",
        false => "",
    };
    Err(PyTypeError::new_err(format!(
        "a `{}` cannot be read as data: give a path, a data frame, an Arrow table or a mapping of \
         columns{collect}",
        kind.name()?
    )))
}

/// What was before the data: the path of an earlier run, `none`, or what one of this process hands over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Earlier {
    named: Option<PathBuf>,
    text: Option<String>,
}

impl Earlier {
    pub fn before(self) -> Before {
        match (self.text, self.named) {
            (Some(text), _) => Before::State(text),
            (None, Some(named)) if named.as_os_str() == "none" => Before::Nothing,
            (None, Some(named)) => Before::Run(named),
            (None, None) => Before::Unknown,
        }
    }
}

/// What evaluates.
pub fn machine(engine: Option<&str>, threads: usize) -> PyResult<Machine> {
    let engine = match engine {
        None | Some("auto") => None,
        Some("native") => Some(Engine::Native),
        Some("interpreter") => Some(Engine::Interpreter),
        Some(other) => {
            return Err(PyValueError::new_err(format!(
                "`{other}` is no engine: there are `auto`, `native` and `interpreter`"
            )));
        }
    };
    Ok(Machine { engine, threads })
}
