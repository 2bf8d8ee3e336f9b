//! Keys that a file spells by another code.
//!
//! In: `iso2 to iso3`, or a CSV file of two columns. Out: the panel's key for the file's. A key that the
//! table does not have is told and its row left out: nothing is guessed.

use super::countries;
use forewarn_runtime::bind::{KeyForm, KeyStep};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A table from one code to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crosswalk {
    text: String,
    /// Where it stands; none of one that is built in.
    file: Option<PathBuf>,
    codes: Arc<HashMap<String, String>>,
    /// What its first line has, where it is a file: that line names the columns.
    header: Option<(String, String)>,
}

/// The tables that are built in.
const KNOWN: [&str; 2] = ["iso2 to iso3", "iso3 to iso2"];

impl Crosswalk {
    /// Takes a table: one that is known by name, or a file beside the recipe.
    ///
    /// # Errors
    /// Why there is none.
    pub fn new(text: &str, folder: &Path) -> Result<Self, String> {
        let mut header = None;
        let mut file = None;
        let codes = match text.trim() {
            "iso2 to iso3" => countries::pairs()
                .map(|(two, three)| (two.to_owned(), three.to_owned()))
                .collect(),
            "iso3 to iso2" => countries::pairs()
                .map(|(two, three)| (three.to_owned(), two.to_owned()))
                .collect(),
            path => {
                let path = folder.join(path);
                let (first, codes) = of_file(&path)?;
                file = Some(path);
                header = Some(first);
                codes
            }
        };
        Ok(Self {
            header,
            file,
            text: text.to_owned(),
            codes: Arc::new(codes),
        })
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The file that it is.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What its first line calls its columns, where it is a file.
    pub(crate) fn columns(&self) -> Vec<&String> {
        let names = self.header.iter();
        names.flat_map(|(from, to)| [from, to]).collect()
    }

    /// Why a code may not be found that seems to be there.
    pub(crate) fn oddity(&self, codes: &[String]) -> Option<Odd> {
        let is_asked = |text: &str| codes.iter().any(|code| code.trim() == text);
        match &self.header {
            Some((from, _)) if is_asked(from) => Some(Odd::NoHeader),
            _ if self.codes.values().any(|to| is_asked(to)) => Some(Odd::TurnedRound),
            _ => None,
        }
    }

    /// What it makes of a code, which may be spelt in another way that these steps make alike.
    pub(crate) fn get(&self, code: &str, form: &KeyForm) -> Option<&str> {
        let own = self.codes.get(code.trim()).map(String::as_str);
        own.or_else(|| Some(self.alike(code, form)?.1))
    }

    /// The code that another one is by these steps, with what it becomes; none where several are.
    fn alike(&self, code: &str, form: &KeyForm) -> Option<(&str, &str)> {
        if form.steps().is_empty() {
            return None;
        }
        let code = form.apply(code.trim());
        let codes = self.codes.iter();
        let mut alike = codes.filter(|(known, _)| form.apply(known) == code);
        let (known, to) = alike.next()?;
        let others = alike.all(|(_, other)| other == to);
        others.then_some((known.as_str(), to.as_str()))
    }

    /// The code that another one nearly is, and the step that makes both alike, where it does no more.
    pub(crate) fn near(&self, code: &str) -> Option<(String, Option<KeyStep>)> {
        const ALL: [KeyStep; 8] = [
            KeyStep::Nfc,
            KeyStep::Trim,
            KeyStep::Latin,
            KeyStep::Accents,
            KeyStep::Notes,
            KeyStep::Signs,
            KeyStep::Zeros,
            KeyStep::Upper,
        ];
        let (known, _) = self.alike(code, &KeyForm::new(&ALL))?;
        let mut steps = ALL.into_iter();
        // What the panel's keys are made of is brought to one spelling in the same way.
        let keeps = |step: &KeyStep| {
            let form = KeyForm::new(&[*step]);
            self.codes.values().all(|to| form.apply(to) == *to)
        };
        let makes = |step: &KeyStep| self.alike(code, &KeyForm::new(&[*step])).is_some();
        let step = steps.find(|step| makes(step) && keeps(step));
        Some((known.to_owned(), step))
    }
}

/// What is odd about a table that does not have a code.
pub(crate) use forewarn_runtime::causes::data::OddCrosswalk as Odd;

/// The rows of a file: of text, or of a workbook.
fn rows_of(bytes: Vec<u8>, shown: &str) -> Result<Vec<Vec<String>>, String> {
    if matches!(
        crate::format::signature(&bytes),
        crate::format::Signature::Format(crate::Format::Workbook)
    ) {
        let sheet = crate::workbook::rows(&mut bytes.as_slice(), shown, None, None)
            .map_err(|_| format!("`{shown}` is a workbook that cannot be read"))?;
        let cells =
            |row: &crate::grid::KeptRow| row.cells.iter().map(crate::grid::Kept::text).collect();
        return Ok(sheet.rows.iter().map(|(_, row)| cells(row)).collect());
    }
    if std::str::from_utf8(&bytes).is_err() {
        return Err(format!(
            "`{shown}` is not written in UTF-8: export it as \"CSV UTF-8\", or give the workbook"
        ));
    }
    let delimiter = crate::csv::likely_delimiter(&bytes);
    crate::csv::records(Box::new(std::io::Cursor::new(bytes)), delimiter).ok_or_else(|| {
        format!("`{shown}` is no table: write two columns, what the file has and what the panel has, under a header")
    })
}

type Codes = HashMap<String, String>;

fn of_file(path: &Path) -> Result<((String, String), Codes), String> {
    let shown = path.strip_prefix(".").unwrap_or(path).display();
    let bytes = std::fs::read(path).map_err(|error| {
        format!(
            "`{shown}` cannot be read: {}; known by name are `{}`",
            crate::unread::why_unread(&error),
            KNOWN.join("` and `")
        )
    })?;
    let rows = rows_of(bytes, &shown.to_string())?;
    let first = |column: usize| {
        let cell = rows.first().and_then(|row| row.get(column));
        cell.map(|cell| cell.trim().to_owned()).unwrap_or_default()
    };
    let header = (first(0), first(1));
    let mut codes = HashMap::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (number, row) in (1..).zip(&rows).skip(1) {
        if let [from, to, ..] = row.as_slice() {
            let (from, to) = (from.trim(), to.trim());
            if from.is_empty() {
                continue;
            }
            if let Some(before) = codes.insert(from.to_owned(), to.to_owned())
                && before != to
            {
                let first = places.get(from).copied().unwrap_or(number);
                return Err(format!(
                    "`{shown}` makes both `{before}` and `{to}` of `{from}`, in rows {first} and {number}: keep one \
                     of them"
                ));
            }
            places.insert(from.to_owned(), number);
        }
    }
    if codes.is_empty() {
        return Err(format!("`{shown}` has no rows of two columns"));
    }
    Ok((header, codes))
}
