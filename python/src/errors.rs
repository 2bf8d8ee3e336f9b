//! What went wrong, as exceptions of the Python half.

use forewarn::{Diagnostics, Error, Format, Look};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

const PLAIN: Look = Look {
    color: false,
    width: None,
    most: None,
};

/// Findings as text for people, and as one JSON object a line for programs.
pub fn told(found: &Diagnostics) -> (String, String) {
    if found.is_empty() {
        return (String::new(), String::new());
    }
    (
        found.render(Format::Human, PLAIN),
        found.render(Format::Json, PLAIN),
    )
}

/// `DiagnosticError`, `UnknownName` or `CannotRun` of `forewarn`.
pub fn raised(py: Python<'_>, error: &Error) -> PyErr {
    let made = match error {
        Error::Rules(found) | Error::Data(found) => {
            let (text, json) = told(found);
            class(py, "DiagnosticError").and_then(|class| class.call_method1("_of", (text, json)))
        }
        Error::Unknown(words) => class(py, "UnknownName").and_then(|class| class.call1((words,))),
        _ => class(py, "CannotRun").and_then(|class| class.call1((error.to_string(),))),
    };
    match made {
        Ok(value) => PyErr::from_value(value),
        Err(other) => other,
    }
}

/// What Arrow says of a table that it cannot take or give.
pub fn of_arrow(error: &arrow_schema::ArrowError) -> PyErr {
    PyRuntimeError::new_err(format!("the table cannot be exchanged: {error}"))
}

fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("forewarn._errors")?.getattr(name)
}
