//! The native half of the Python package `forewarn`: rulesets, their results and explanations over the
//! library, tables by the Arrow C data interface, and the command line's `main`.
//!
//! In: paths, texts, and anything that gives an Arrow stream. Out: the same, and JSON where the Python half
//! makes objects of it. Evaluating lets other Python threads run.

mod arguments;
mod capsules;
mod columns;
mod command;
mod errors;
mod passes;
mod results;
mod ruleset;
mod why;

use pyo3::prelude::*;

#[pymodule]
mod _forewarn {
    #[pymodule_export]
    use crate::command::main;
    #[pymodule_export]
    use crate::passes::{Passes, Table};
    #[pymodule_export]
    use crate::results::Results;
    #[pymodule_export]
    use crate::ruleset::Ruleset;
    #[pymodule_export]
    use crate::why::Why;

    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
