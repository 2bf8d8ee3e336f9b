//! Data files that cannot be read or written as such.

use super::super::catalogue::{CodeInfo, cause};
use super::super::{DataPlace, Diagnostic, Place};
use super::short;

pub(super) const CODES: &[CodeInfo] = &[
    CannotRead::INFO,
    EmptyFile::INFO,
    OnlyHeader::INFO,
    NotUtf8::INFO,
    Damaged::INFO,
    UnknownFormat::INFO,
    CannotWrite::INFO,
];

cause! {
    /// a data file cannot be opened or read
    ///
    /// ## What it means
    ///
    /// There is no such file, it is a folder, or the system does not let it be read. Nothing was
    /// computed.
    ///
    /// ## Why it matters
    ///
    /// Rules without data give no results.
    ///
    /// ## Wrong
    ///
    /// ```text
    /// forewarn run rules --data no-such-file.csv
    /// ```
    ///
    /// ## Right
    ///
    /// ```text
    /// forewarn run rules --data countries.csv
    /// ```
    Error "FW0901" CannotRead {
        file: String,
        /// In the system's words.
        why: String,
    }
}

impl CannotRead {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` cannot be read", self.file);
        Diagnostic::at(
            self,
            title,
            Place::File(self.file.clone()),
            self.why.clone(),
        )
        .help("check the path, and that the file may be read")
    }
}

cause! {
    /// a data file is empty
    ///
    /// ## What it means
    ///
    /// The file has no content at all, not even a header that names its columns. A download or an
    /// export was probably interrupted. A file with a header and no rows is another matter: it is
    /// read, and gives no results.
    ///
    /// ## Why it matters
    ///
    /// An empty result would look like a world without risk.
    ///
    /// ## Wrong
    ///
    /// A file of 0 bytes.
    ///
    /// ## Right
    ///
    /// ```csv
    /// country,year,pop
    /// NOR,2020,5379000
    /// ```
    Error "FW0913" EmptyFile {
        file: String,
    }
}

impl EmptyFile {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` is empty", self.file);
        Diagnostic::at(
            self,
            title,
            Place::File(self.file.clone()),
            "nothing to read",
        )
        .help("export the file again; its first line names the columns")
    }
}

cause! {
    /// a data file has a header and no rows
    ///
    /// ## What it means
    ///
    /// The columns are there and nothing stands below them, so the result has no rows either. That
    /// may be right, when a filter left nothing; it is told because it is more often an accident.
    ///
    /// ## Why it matters
    ///
    /// An empty result would look like a world without risk.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demonstration" version "1.0.0"
    /// panel country by year
    /// unit people
    /// indicator pop "Population" : people in 1..
    /// score size "Size" = pop
    /// ```
    ///
    /// ```csv
    /// country,year,pop
    /// ```
    ///
    /// ## Right
    ///
    /// ```csv
    /// country,year,pop
    /// NOR,2020,5379000
    /// ```
    Warning "FW0914" OnlyHeader {
        file: String,
    }
}

impl OnlyHeader {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` has no rows", self.file);
        let place = Place::Data(DataPlace {
            file: self.file.clone(),
            ..DataPlace::default()
        });
        Diagnostic::at(self, title, place, "only a header")
            .note("the result will have no rows either")
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
    /// a text file is not UTF-8
    ///
    /// ## What it means
    ///
    /// CSV and NDJSON files are read as UTF-8, with or without a byte-order mark. This one is written
    /// otherwise: in UTF-16, as some spreadsheets export "Unicode text", or in Latin-1
    /// (Windows-1252), as older programs do. Guessing would turn names like `Côte d'Ivoire` into
    /// other names without a word, so the file is not read.
    ///
    /// ## Why it matters
    ///
    /// Names that are read in the wrong encoding no longer match those of other files.
    ///
    /// ## Wrong
    ///
    /// A file exported from a spreadsheet as "CSV (comma separated)" under Windows.
    ///
    /// ## Right
    ///
    /// The same file exported as "CSV UTF-8", or converted:
    ///
    /// ```text
    /// iconv -f WINDOWS-1252 -t UTF-8 old.csv > new.csv
    /// ```
    Error "FW0915" NotUtf8 {
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
                "only UTF-8 is read".to_owned(),
                "export it as UTF-8, or convert it: `iconv -f UTF-16 -t UTF-8 OLD > NEW`",
            ),
            Encoding::Latin1 => (
                format!("`{file}` is not written in UTF-8"),
                format!("read as Latin-1, this would be `{sample}`"),
                "export it as \"CSV UTF-8\", or convert it: \
                 `iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW`",
            ),
            Encoding::Binary => (
                format!("`{file}` is not a text file"),
                "this is not text".to_owned(),
                "give a CSV, NDJSON, Parquet or Arrow file; for a spreadsheet, export it as \
                 \"CSV UTF-8\"",
            ),
        };
        Diagnostic::at(self, title, Place::Data(self.place.clone()), label).help(help)
    }
}

cause! {
    /// a data file is damaged, or is not of the format it was read as
    ///
    /// ## What it means
    ///
    /// The file does not have the inner structure of its format: it was cut off while being copied,
    /// its name ends in the wrong letters, or it holds something that is not read here, such as a
    /// spreadsheet.
    ///
    /// ## Why it matters
    ///
    /// Half a file read as a whole one would leave out countries or months without a word.
    ///
    /// ## Wrong
    ///
    /// A Parquet file of which only the first half was downloaded; a spreadsheet renamed to
    /// `data.csv`.
    ///
    /// ## Right
    ///
    /// The whole file; the spreadsheet exported as "CSV UTF-8". When the name does not tell the
    /// format, say it:
    ///
    /// ```text
    /// forewarn run rules --data export.dat --format parquet
    /// ```
    Error "FW0916" Damaged {
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
    /// the format of a data file is not known
    ///
    /// ## What it means
    ///
    /// The format is told by the last letters of the name: `.csv` and `.tsv`, `.ndjson` and
    /// `.jsonl`, `.parquet`, `.arrow`, `.feather` and `.ipc`; results also `.json`. For any other
    /// name it must be said.
    ///
    /// ## Why it matters
    ///
    /// Guessing a format can misread every cell.
    ///
    /// ## Wrong
    ///
    /// ```text
    /// forewarn run rules --data countries.dat
    /// ```
    ///
    /// ## Right
    ///
    /// ```text
    /// forewarn run rules --data countries.csv
    /// ```
    Error "FW0918" UnknownFormat {
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
            None => "known are CSV, NDJSON, Parquet and Arrow".to_owned(),
        };
        Diagnostic::at(self, title, Place::File(self.file.clone()), label).help(
            "end the name in `.csv`, `.tsv`, `.ndjson`, `.parquet` or `.arrow`; export \
             spreadsheets as \"CSV UTF-8\"",
        )
    }
}

cause! {
    /// a result cannot be written
    ///
    /// ## What it means
    ///
    /// The folder is not there, is not writable, or has no space left. Results are written beside
    /// their place under another name and renamed when they are whole, so a file that was there
    /// before is as it was.
    ///
    /// ## Why it matters
    ///
    /// Half a result that looks whole is worse than none.
    ///
    /// ## Wrong
    ///
    /// ```text
    /// forewarn run rules --data countries.csv -o no-such-folder/result.csv
    /// ```
    ///
    /// ## Right
    ///
    /// ```text
    /// forewarn run rules --data countries.csv -o result.csv
    /// ```
    Error "FW0922" CannotWrite {
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
