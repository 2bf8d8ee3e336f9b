//! A table of a document, and the values that are cells of one.

use super::pages::Pages;
use crate::grid::{Kept, KeptRow};
use serde_json::Value;
use std::collections::BTreeMap;

/// A table of a document.
pub(crate) struct Table {
    pub(crate) names: Vec<String>,
    pub(crate) rows: Vec<KeptRow>,
    /// What the document says of the units of columns, as results do.
    pub(crate) units: BTreeMap<String, String>,
    /// What it says of other pages.
    pub(crate) pages: Pages,
}

impl Table {
    /// A table of which the document says nothing else.
    pub(super) fn of(names: Vec<String>, rows: Vec<KeptRow>) -> Self {
        Self {
            names,
            rows,
            units: BTreeMap::new(),
            pages: Pages::default(),
        }
    }
}

pub(super) fn is_cell(value: &Value) -> bool {
    cell(value).is_some()
}

/// A value that is no list and no object.
pub(super) fn cell(value: &Value) -> Option<Kept> {
    Some(match value {
        Value::Null => Kept::Missing,
        Value::Bool(truth) => Kept::Truth(*truth),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Kept::Integer(whole),
            (None, Some(number)) => Kept::Number(number),
            (None, None) => Kept::Text(number.to_string()),
        },
        Value::String(text) => Kept::Text(text.clone()),
        Value::Array(_) | Value::Object(_) => return None,
    })
}
