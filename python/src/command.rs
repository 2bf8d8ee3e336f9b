//! The command line, as the wheel carries it.

use std::ffi::OsString;
use std::process::ExitCode;

use pyo3::prelude::*;

/// Runs the command line with these words, the first of them its name, and gives its exit code.
#[pyfunction]
pub fn main(py: Python<'_>, words: Vec<OsString>) -> u8 {
    let code = py.detach(|| forewarn_cli::main_from(words.into_iter()));
    // An exit code does not say its number; there are but 256.
    (0..=u8::MAX)
        .find(|number| ExitCode::from(*number) == code)
        .unwrap_or(u8::MAX)
}
