//! Keys that a file spells by another code.
//!
//! In: `iso2 to iso3`, or a CSV file of two columns. Out: the panel's key for the file's. A key that the
//! table does not have is told and its row left out: nothing is guessed.

use super::countries;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// A table from one code to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crosswalk {
    text: String,
    codes: Arc<HashMap<String, String>>,
}

/// The tables that are built in.
const KNOWN: [&str; 2] = ["iso2 to iso3", "iso3 to iso2"];

impl Crosswalk {
    /// Takes a table: one that is known by name, or a file beside the recipe.
    ///
    /// # Errors
    /// Why there is none.
    pub fn new(text: &str, folder: &Path) -> Result<Self, String> {
        let codes = match text.trim() {
            "iso2 to iso3" => countries::pairs()
                .map(|(two, three)| (two.to_owned(), three.to_owned()))
                .collect(),
            "iso3 to iso2" => countries::pairs()
                .map(|(two, three)| (three.to_owned(), two.to_owned()))
                .collect(),
            path => of_file(&folder.join(path))?,
        };
        Ok(Self {
            text: text.to_owned(),
            codes: Arc::new(codes),
        })
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn get(&self, code: &str) -> Option<&str> {
        self.codes.get(code.trim()).map(String::as_str)
    }
}

fn of_file(path: &Path) -> Result<HashMap<String, String>, String> {
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|error| {
        format!(
            "`{shown}` cannot be read: {}; known by name are `{}`",
            crate::unread::why_unread(&error),
            KNOWN.join("` and `")
        )
    })?;
    let delimiter = crate::csv::likely_delimiter(&bytes);
    let rows = crate::csv::records(Box::new(std::io::Cursor::new(bytes)), delimiter)
        .ok_or_else(|| format!("`{shown}` is no table"))?;
    let mut codes = HashMap::new();
    for row in rows.iter().skip(1) {
        if let [from, to, ..] = row.as_slice() {
            let (from, to) = (from.trim(), to.trim());
            if from.is_empty() {
                continue;
            }
            if let Some(before) = codes.insert(from.to_owned(), to.to_owned())
                && before != to
            {
                return Err(format!(
                    "`{shown}` makes both `{before}` and `{to}` of `{from}`: keep one of them"
                ));
            }
        }
    }
    if codes.is_empty() {
        return Err(format!("`{shown}` has no rows of two columns"));
    }
    Ok(codes)
}
