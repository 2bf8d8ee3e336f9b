//! Rule files that cannot be read as a whole.

use super::super::catalogue::{CodeInfo, cause};
use super::super::{Diagnostic, Place};

pub(super) const CODES: &[CodeInfo] = &[NotText::INFO, FileTooLarge::INFO, FileUnreadable::INFO];

cause! {
    /// a rule file that is not text
    ///
    /// ## What it means
    ///
    /// Rule files are plain text in UTF-8, the encoding that editors write by default today. This
    /// file holds bytes that are no UTF-8: it was saved in another encoding, or it is no text at
    /// all.
    ///
    /// ## Why it matters
    ///
    /// Letters of names and labels could be read wrongly.
    ///
    /// ## Wrong
    ///
    /// A file saved as "Windows-1252", "Latin-1" or "UTF-16", a document of a word processor, or a
    /// data file whose name ends in `.risk`.
    ///
    /// ## Right
    ///
    /// Save the file again as plain text, encoding "UTF-8":
    ///
    /// ```risk
    /// framework demo "Démonstration" version "1"
    /// panel country by year
    /// indicator deaths "Morts liées aux conflits" : number in 0..
    /// score burden = deaths * 2
    /// ```
    Error "FW0010" NotText {
        file: String,
        /// The first byte that is no UTF-8, from 0.
        offset: u64,
        /// The line it stands in, from 1.
        row: usize,
    }
}

impl NotText {
    fn words(&self) -> Diagnostic {
        Diagnostic::at(
            self,
            format!("`{}` is not text in UTF-8", self.file),
            Place::File(self.file.clone()),
            format!(
                "line {} holds something else (byte {})",
                self.row,
                self.offset + 1
            ),
        )
        .help("open it in a text editor and save it with the encoding UTF-8")
    }
}

cause! {
    /// a rule file that is too large
    ///
    /// ## What it means
    ///
    /// The file is larger than any methodology is.
    ///
    /// ## Why it matters
    ///
    /// It is most likely a data file. Reading it as rules would only fill the memory and the screen.
    ///
    /// ## Wrong
    ///
    /// A table of several hundred megabytes whose name ends in `.risk`.
    ///
    /// ## Right
    ///
    /// Rules and data stand in files of their own; rules only name the columns:
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0.. column "best"
    /// score burden = deaths * 2
    /// ```
    Error "FW0011" FileTooLarge {
        file: String,
        bytes: u64,
        limit: u64,
    }
}

impl FileTooLarge {
    fn words(&self) -> Diagnostic {
        Diagnostic::at(
            self,
            format!("`{}` is too large for a rule file", self.file),
            Place::File(self.file.clone()),
            format!(
                "more than the {} that a rule file may have",
                size(self.limit)
            ),
        )
        .help("give data with `--data`; long rules can be split into several files of one folder")
    }
}

fn size(bytes: u64) -> String {
    const MEGABYTE: u64 = 1024 * 1024;
    if bytes >= MEGABYTE {
        format!("{} MB", bytes.div_ceil(MEGABYTE))
    } else {
        format!("{} KB", bytes.div_ceil(1024))
    }
}

cause! {
    /// a rule file that cannot be read
    ///
    /// ## What it means
    ///
    /// There is no such file or folder, or the system does not let this tool read it.
    ///
    /// ## Why it matters
    ///
    /// Rules that are only partly there would give other results.
    ///
    /// ## Wrong
    ///
    /// `forewarn check rules/shael`, where the folder is called `rules/sahel`.
    ///
    /// ## Right
    ///
    /// Name a folder that holds `.risk` files, or one such file:
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    Error "FW0012" FileUnreadable {
        file: String,
        /// What the system says: `there is no such file or folder`.
        why: String,
    }
}

impl FileUnreadable {
    fn words(&self) -> Diagnostic {
        Diagnostic::at(
            self,
            format!("`{}` cannot be read", self.file),
            Place::File(self.file.clone()),
            self.why.clone(),
        )
        .help("check the spelling of the path and that you may read it")
    }
}
