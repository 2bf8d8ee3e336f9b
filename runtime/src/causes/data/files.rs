//! Data files that cannot be read or written as such.

use super::{counted, short};
use forewarn_diagnostics::cause;
use forewarn_diagnostics::{DataPlace, Diagnostic, Place};

cause! {
    FW0901 CannotRead {
        file: String,
        why: String,
        /// What to do, where it is not the path.
        help: Option<&'static str>,
        /// A file that there is, and that was likely meant.
        near: Option<String>,
    }
}

impl CannotRead {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` cannot be read", self.file);
        if let Some(near) = &self.near {
            let place = Place::File(self.file.clone());
            return Diagnostic::at(self, title, place, self.why.clone())
                .help(format!("did you mean `{near}`?"));
        }
        Diagnostic::at(
            self,
            title,
            Place::File(self.file.clone()),
            self.why.clone(),
        )
        .help(
            self.help
                .unwrap_or("check the path, and that the file may be read"),
        )
    }
}

cause! {
    FW0913 EmptyFile {
        file: String,
        /// The file has rows, and what is said of its frame leaves none: `header = "Pays,Mois"`.
        left_by: Option<String>,
        recipe: Option<forewarn_diagnostics::source::Span>,
        /// Each row would name its columns, as objects do.
        of_objects: bool,
    }
}

impl EmptyFile {
    /// A file with nothing in it.
    #[must_use]
    pub fn of(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            left_by: None,
            recipe: None,
            of_objects: false,
        }
    }

    fn words(&self) -> Diagnostic {
        if let Some(left_by) = &self.left_by {
            return Diagnostic::at(
                self,
                format!("`{left_by}` leaves nothing of `{}`", self.file),
                Place::File(self.file.clone()),
                "no row is its header",
            )
            .mark_if(self.recipe, "the recipe of this file")
            .help("write the words of the header as the file has them, and leave out lines before it alone");
        }
        let title = format!("`{}` is empty", self.file);
        Diagnostic::at(
            self,
            title,
            Place::File(self.file.clone()),
            "nothing to read",
        )
        .help(if self.of_objects {
            "export the file again; each of its objects names its columns: `{\"country\": …}`"
        } else {
            "export the file again; its first line names the columns"
        })
    }
}

cause! {
    FW0982 NothingOfData {
        file: String,
        framework: String,
    }
}

impl NothingOfData {
    fn words(&self) -> Diagnostic {
        let Self { file, framework } = self;
        let title = format!("`{framework}` declares nothing that data are read for");
        Diagnostic::at(self, title, Place::File(file.clone()), "no use is made of it")
            .note("it has no panel: it only declares what others use or extend")
            .help(
                "give the rules that use it; or say what a row is about (`panel country by month`), and what is made of it",
            )
    }
}

cause! {
    FW0914 OnlyHeader {
        file: String,
        /// So many rows there are, of which the recipe leaves none.
        filtered: u64,
        /// What it asks for that no row has.
        nowhere: Vec<String>,
        /// So many rows stand behind what is said to be a footer.
        behind_footer: u64,
        /// There is no other file.
        alone: bool,
        /// Indicators of it for which an absent row would mean something.
        stand_for: Vec<String>,
    }
}

impl OnlyHeader {
    /// What comes of it.
    fn outcome(&self, at: Diagnostic) -> Diagnostic {
        if self.alone {
            return at.note("the result will have no rows either");
        }
        if self.stand_for.is_empty() {
            return at;
        }
        let names = forewarn_diagnostics::wording::quoted(&self.stand_for, "and");
        at.note(format!(
            "{names} {} unknown throughout: what `missing means` says of absent rows is not taken from a file \
             without any",
            match self.stand_for.len() {
                1 => "is",
                _ => "are",
            }
        ))
        .help(format!(
            "where the source was looked at and nothing had happened, give the file a row that says so, with {names} \
             empty; of events that are summed up, one with 0 in the column that is summed"
        ))
    }

    fn words(&self) -> Diagnostic {
        // What `rows` leaves out stands before any footer.
        if self.behind_footer > 0 && self.filtered == 0 {
            let rows = usize::try_from(self.behind_footer).unwrap_or(usize::MAX);
            let at = Diagnostic::at(
                self,
                format!("`footer` leaves no rows of `{}`", self.file),
                Place::Data(DataPlace {
                    file: self.file.clone(),
                    ..DataPlace::default()
                }),
                format!(
                    "its first row begins so, and {} with it",
                    match rows {
                        1 => "is left out".to_owned(),
                        rows => format!("{} are left out", counted(rows, "row")),
                    }
                ),
            );
            return self.outcome(at).help(
                "give more words of the footer's beginning, so that no row of data begins so",
            );
        }
        let title = format!("`{}` has no rows", self.file);
        let place = Place::Data(DataPlace {
            file: self.file.clone(),
            ..DataPlace::default()
        });
        match usize::try_from(self.filtered).unwrap_or(usize::MAX) {
            0 => self.outcome(Diagnostic::at(self, title, place, "only a header")),
            rows => {
                let title = match rows {
                    1 => format!("`rows` leaves out the only row of `{}`", self.file),
                    rows => format!(
                        "`rows` leaves out all {} of `{}`",
                        counted(rows, "row"),
                        self.file
                    ),
                };
                let mut at = Diagnostic::at(
                    self,
                    title,
                    place,
                    "the condition holds in none of its rows",
                );
                at.notes.extend(self.nowhere.iter().cloned());
                self.outcome(at)
                    .help("compare the words and numbers of `rows` with those in the file")
            }
        }
    }
}

/// What a text that is not UTF-8 probably is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf16,
    /// Latin-1 or Windows-1252, as older spreadsheets write it.
    Latin1,
    /// No text at all.
    Binary,
}

cause! {
    FW0915 NotUtf8 {
        place: DataPlace,
        encoding: Encoding,
        /// The words as they read in the presumed encoding; empty where there are none to show.
        sample: String,
    }
}

impl NotUtf8 {
    fn words(&self) -> Diagnostic {
        let file = &self.place.file;
        let sample = short(&self.sample);
        let (title, label, help) = match self.encoding {
            Encoding::Utf16 => (
                format!("`{file}` is written in UTF-16"),
                "there is no mark at its beginning that would say so".to_owned(),
                "say so: `--encoding utf-16le` or `--encoding utf-16be`, `encoding = \"utf-16le\"` in the recipe",
            ),
            Encoding::Latin1 => (
                format!("`{file}` is not written in UTF-8"),
                format!("read as windows-1252, this would be `{sample}`"),
                "if that is right, say so: `--encoding windows-1252`, or `encoding = \"windows-1252\"` in the \
                 recipe; else name the encoding it has, or export it as \"CSV UTF-8\"",
            ),
            Encoding::Binary => (
                format!("`{file}` is not a text file"),
                "this is not text".to_owned(),
                "give a table: CSV, XLSX, NDJSON, Parquet or Arrow; unpack an archive first",
            ),
        };
        Diagnostic::at(self, title, Place::Data(self.place.clone()), label).help(help)
    }
}

cause! {
    FW0916 Damaged {
        file: String,
        /// `Parquet`, `Arrow`, `NDJSON`, `gzip`
        format: &'static str,
        /// What was found: `the file ends too early`, `it is a spreadsheet`.
        why: String,
        /// What to do, where more can be said than "copy it again".
        advice: Option<&'static str>,
    }
}

impl Damaged {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` cannot be read as {}", self.file, self.format);
        let help = self.advice.unwrap_or("copy or export the file again");
        Diagnostic::at(
            self,
            title,
            Place::File(self.file.clone()),
            self.why.clone(),
        )
        .help(help)
    }
}

cause! {
    FW0918 UnknownFormat {
        file: String,
        /// What it seems to be, where that can be seen: `a spreadsheet`.
        seems: Option<&'static str>,
    }
}

impl UnknownFormat {
    fn words(&self) -> Diagnostic {
        let title = format!("the name `{}` does not tell the format", self.file);
        let label = match self.seems {
            Some(seems) => format!("it seems to be {seems}"),
            None => "known are CSV, JSON, workbooks, Parquet and Arrow".to_owned(),
        };
        Diagnostic::at(self, title, Place::File(self.file.clone()), label).help(
            "end the name in `.csv`, `.tsv`, `.xlsx`, `.ndjson`, `.parquet` or `.arrow`, or say the format: \
             `--from csv`",
        )
    }
}

cause! {
    FW0922 CannotWrite {
        file: String,
        /// In the system's words.
        why: String,
        /// The folder, where it is the folder that is not there.
        folder: Option<String>,
    }
}

impl CannotWrite {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` cannot be written", self.file);
        let at = Diagnostic::at(
            self,
            title,
            Place::File(self.file.clone()),
            self.why.clone(),
        );
        match &self.folder {
            Some(folder) => at.help(format!("make the folder `{folder}` first")),
            None => at.help("choose a place that may be written to and has space left"),
        }
    }
}
