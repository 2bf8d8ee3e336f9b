//! An explanation, in the forms that it can be read in.

use pyo3::prelude::*;

/// Why a result is what it is.
#[pyclass(frozen, module = "forewarn._forewarn")]
pub struct Why {
    why: forewarn::Why,
}

impl Why {
    pub fn new(why: forewarn::Why) -> Self {
        Self { why }
    }
}

#[pymethods]
impl Why {
    fn text(&self, width: usize, full: bool) -> String {
        match full {
            true => self.why.full(width),
            false => self.why.text(width, false),
        }
    }

    fn markdown(&self, full: bool) -> String {
        self.why.markdown(full)
    }

    fn html(&self, full: bool) -> String {
        self.why.html(full)
    }

    fn json(&self) -> String {
        self.why.json()
    }
}
