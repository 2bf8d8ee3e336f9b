//! Which part of a file is the table, and what stands around it.

use super::columns::some_of;
use super::{counted, grouped, short, typed};
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::{DataPlace, Diagnostic, Place};

/// How many words a message names.
const NAMED: usize = 6;

cause! {
    FW0959 UnitsRowOfData {
        place: DataPlace,
        recipe: Option<Span>,
    }
}

impl UnitsRowOfData {
    fn words(&self) -> Diagnostic {
        let (file, row) = (&self.place.file, self.place.row.unwrap_or_default());
        Diagnostic::at(
            self,
            format!("row {} of `{file}` holds data and no units", grouped(row)),
            Place::Data(self.place.clone()),
            "it has its keys and values that are read, and is taken as data",
        )
        .mark_if(self.recipe, "units are said to stand under the header")
        .help(
            "look whether the row of units was left out of this file alone; where no file has one, leave \
             `--units-row` out, or `units_row` in the recipe",
        )
    }
}

/// Where a file says a unit, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// In the row of units under the header.
    Row(String),
    /// Beside the column, as Arrow and Parquet keep it.
    Column(String),
    /// By the column's name.
    Name,
    /// In a line above the header.
    Title(String),
    /// In a column beside the values: what stands there, and in how many rows something of the kind does.
    Beside(String, u64),
}

cause! {
    FW0964 UnitsOtherwise {
        place: DataPlace,
        said: Said,
        name: String,
        /// As people read it; empty for none.
        unit: String,
    }
}

impl UnitsOtherwise {
    fn words(&self) -> Diagnostic {
        let Self { name, unit, .. } = self;
        let column = short(self.place.column.as_deref().unwrap_or_default());
        let title = match &self.said {
            Said::Row(text) => format!("the row of units says `{}` of `{column}`", short(text)),
            Said::Column(text) => format!("the file says that `{column}` is in {}", short(text)),
            Said::Name => {
                format!("the column `{column}` is called otherwise than `{name}` is counted")
            }
            Said::Title(text) => format!("a line above the header says `{}`", short(text)),
            Said::Beside(text, rows) => {
                let more = match usize::try_from(*rows).unwrap_or(usize::MAX) {
                    0 | 1 => String::new(),
                    rows => format!(", and such a thing in {}", counted(rows, "row")),
                };
                format!(
                    "`{column}` says `{}` of the values beside it{more}",
                    short(text)
                )
            }
        };
        let here = match self.said {
            Said::Row(_) | Said::Column(_) | Said::Name => "from here",
            Said::Title(_) => "below",
            Said::Beside(..) => "in this row",
        };
        let label = match unit.as_str() {
            "" => format!("`{name}` is read {here}, as a plain number"),
            unit => format!("`{name}` is read {here}, in {unit}"),
        };
        Diagnostic::at(self, title, Place::Data(self.place.clone()), label).help(
            "values are read as they stand: give them in the unit of the rules, or declare the indicator in \
             that of the file",
        )
    }
}

cause! {
    FW0960 OtherSheets {
        file: String,
        /// The sheet that is read.
        read: String,
        /// Those with cells that are not; none where their names are nothing for the audience.
        others: Vec<String>,
        recipe: Option<Span>,
    }
}

impl OtherSheets {
    fn words(&self) -> Diagnostic {
        let Self { file, read, .. } = self;
        let others = self.others.as_slice();
        let title = format!("`{file}` has other sheets than `{read}`, which is read");
        let place = super::cells::column_place(file, None);
        let label = match others {
            [] => "the others are not read".to_owned(),
            [only] => format!("`{}` is not read", short(only)),
            _ => format!("not read are {}", some_of(others, NAMED)),
        };
        let other = match others.first() {
            Some(other) => format!("; for the other, `--sheet {}`", typed(other)),
            None => String::new(),
        };
        Diagnostic::at(self, title, place, label)
            .mark_if(self.recipe, "the recipe of this file")
            .help(format!(
                "say which sheet is the table: `--sheet {}`, or `sheet = \"{read}\"` in the recipe{other}; \
                 `--sheet \"*\"` stacks all of them, if each has its own header",
                typed(read)
            ))
    }
}

cause! {
    FW0963 NoWorkbook {
        file: String,
        /// `sheet` or `range`
        key: &'static str,
        recipe: Option<Span>,
    }
}

impl NoWorkbook {
    fn words(&self) -> Diagnostic {
        let Self { file, key, .. } = self;
        let place = super::cells::column_place(file, None);
        let title = format!("`{file}` is no workbook, and `{key}` names a part of one");
        Diagnostic::at(self, title, place, format!("`{key}` would do nothing here"))
            .mark_if(self.recipe, "the recipe of this file")
            .help(match self.recipe {
                Some(_) => format!("leave `{key}` out of the recipe, or give the workbook"),
                None => format!("leave `--{key}` out, or give the workbook"),
            })
    }
}

cause! {
    FW0977 OnePage {
        file: String,
        /// What it says of pages, in its own words.
        said: Vec<String>,
        /// So many such files were read together.
        files: u64,
        /// The rows of it; none where not everybody may know.
        rows: Option<u64>,
        recipe: Option<Span>,
    }
}

impl OnePage {
    fn words(&self) -> Diagnostic {
        let Self { file, said, .. } = self;
        let title = match self.files {
            0 | 1 => format!("`{file}` is one page of several"),
            files => format!(
                "`{file}` and {} others are not all pages that there are",
                files - 1
            ),
        };
        let place = super::cells::column_place(file, None);
        let label = match self.rows {
            Some(rows) => {
                let rows = counted(usize::try_from(rows).unwrap_or(usize::MAX), "row");
                format!("it holds {rows}, and says {}", some_of_words(said))
            }
            None => "it says itself that more follows".to_owned(),
        };
        Diagnostic::at(self, title, place, label)
            .mark_if(self.recipe, "the recipe of this file")
            .help(
                "rows of the other pages are not read: ask the service for all rows at once (`per_page`, `limit`, \
                 `page_size`), or save each page and read them together: `--data \"page_*.json\"`, or \
                 `files = \"page_*.json\"` in the recipe",
            )
    }
}

/// What is said, each with its marks already.
fn some_of_words(said: &[String]) -> String {
    let words: Vec<&str> = said.iter().take(NAMED).map(String::as_str).collect();
    forewarn_diagnostics::wording::list(&words, "and")
}

cause! {
    FW0998 FooterNowhere {
        /// The files of the recipe.
        files: Vec<String>,
        footer: Vec<String>,
        recipe: Option<Span>,
    }
}

impl FooterNowhere {
    fn words(&self) -> Diagnostic {
        let words: Vec<String> = self
            .footer
            .iter()
            .map(|word| format!("`{}`", short(word)))
            .collect();
        let files = some_of(&self.files, NAMED);
        let title = format!("no row of {files} begins with {}", words.join(" or "));
        let place = match self.recipe {
            Some(span) => Place::Source(span),
            None => super::cells::column_place(self.files.first().map_or("", String::as_str), None),
        };
        Diagnostic::at(self, title, place, "all rows are read as data to the end")
            .note("`footer` is compared with the first cell of a row that holds anything, letter by letter")
            .help("look how the remarks behind the data begin now; where such files have none any more, take `footer` out")
    }
}
