//! Rows that cannot be taken apart, and what is counted and not told.

use super::{grouped, short};
use forewarn_diagnostics::cause;
use forewarn_diagnostics::{DataPlace, Diagnostic, Place};

cause! {
    FW0911 RaggedRow {
        place: DataPlace,
        cells: usize,
        header: usize,
        /// How many more rows have the wrong number of cells.
        more: u64,
    }
}

impl RaggedRow {
    fn words(&self) -> Diagnostic {
        let cells = |number| forewarn_diagnostics::wording::count(number, "cell");
        let title = format!(
            "a row with {} under a header with {}",
            cells(self.cells),
            self.header
        );
        let (label, help) = if self.cells > self.header {
            (
                format!("{} too many", cells(self.cells - self.header)),
                "put quotation marks around a cell that contains the sign between cells".to_owned(),
            )
        } else if let Some(sign) = self.other_sign() {
            (
                format!("its cells are set apart by {sign}, and those of the header are not"),
                format!("write the header with {sign} between its cells, too"),
            )
        } else {
            (
                format!("{} too few", cells(self.header - self.cells)),
                "write an empty cell for each value that is missing".to_owned(),
            )
        };
        let at = Diagnostic::at(self, title, Place::Data(self.place.clone()), label).help(help);
        match self.more {
            0 => at,
            1 => at.note("… and 1 more such row"),
            more => at.note(format!("… and {} more such rows", grouped(more))),
        }
    }
}

impl RaggedRow {
    /// The sign that makes as many cells of the row as its header has, where the header's own makes one of it.
    fn other_sign(&self) -> Option<&'static str> {
        let (line, _) = self.place.line.as_ref()?;
        let signs = [(',', "`,`"), (';', "`;`"), ('\t', "tabs"), ('|', "`|`")];
        let mut fits = signs
            .into_iter()
            .filter(|(sign, _)| line.matches(*sign).count() + 1 == self.header);
        let (_, said) = fits.next()?;
        (self.cells == 1 && self.header > 1 && fits.next().is_none()).then_some(said)
    }
}

cause! {
    FW0921 BadLine {
        place: DataPlace,
        /// What was found: `the line ends too early`.
        why: String,
        more: u64,
    }
}

impl BadLine {
    fn words(&self) -> Diagnostic {
        let title = "a line that is not one whole object".to_owned();
        let at = Diagnostic::at(
            self,
            title,
            Place::Data(self.place.clone()),
            self.why.clone(),
        )
        .help("write each row as one object on a line of its own: `{\"country\": \"NOR\", …}`");
        match self.more {
            0 => at,
            1 => at.note("… and 1 more such line"),
            more => at.note(format!("… and {} more such lines", grouped(more))),
        }
    }
}

cause! {
    FW0917 RecordTooLong {
        place: DataPlace,
        /// The most that is read, in megabytes.
        limit: usize,
        /// A quotation mark is open.
        quote: bool,
    }
}

impl RecordTooLong {
    fn words(&self) -> Diagnostic {
        let (title, help) = if self.quote {
            (
                format!("a quotation mark in `{}` is never closed", self.place.file),
                "close the quotation mark, or double it if it belongs to the text: `\"\"`",
            )
        } else {
            (
                format!(
                    "a row of `{}` is longer than {} MB",
                    self.place.file, self.limit
                ),
                "check that the file is a table with one row on each line",
            )
        };
        Diagnostic::at(
            self,
            title,
            Place::Data(self.place.clone()),
            "it begins here",
        )
        .help(help)
    }
}

cause! {
    FW0919 MoreProblems {
        file: String,
        /// How many are told.
        told: u64,
        /// Columns with the number of problems not told; an empty name for whole rows.
        rest: Vec<(String, u64)>,
    }
}

impl MoreProblems {
    fn words(&self) -> Diagnostic {
        const MOST: usize = 8;
        let title = match self.rest.iter().map(|(_, count)| count).sum() {
            1 => format!("1 more problem in `{}`", self.file),
            sum => format!("{} more problems in `{}`", grouped(sum), self.file),
        };
        let place = Place::Data(DataPlace {
            file: self.file.clone(),
            ..DataPlace::default()
        });
        let label = format!("the first {} are told above", grouped(self.told));
        let shown: Vec<String> = self
            .rest
            .iter()
            .take(MOST)
            .map(|(column, count)| match column.as_str() {
                "" => format!("{} in whole rows", grouped(*count)),
                column => format!("{} in `{}`", grouped(*count), short(column)),
            })
            .collect();
        let others = match self.rest.len().saturating_sub(MOST) {
            0 => String::new(),
            others => format!(", and others in {others} more columns"),
        };
        Diagnostic::at(self, title, place, label).note(format!("{}{others}", shown.join(", ")))
    }
}
