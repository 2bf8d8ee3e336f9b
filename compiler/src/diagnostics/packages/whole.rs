//! Packages of which a file cannot be had, so that there is no package: nothing is cut or left out.

use super::super::{Diagnostic, Place};
use forewarn_diagnostics::cause;

cause! {
    FW1308 PackageTooLarge {
        /// The largest of its files.
        file: String,
        /// Bytes.
        limit: u64,
    }
}

impl PackageTooLarge {
    fn words(&self) -> Diagnostic {
        let most = self.limit / (1024 * 1024);
        Diagnostic::at(
            self,
            format!("with `{}` the package has more than {most} MiB", self.file),
            Place::File(self.file.clone()),
            "the largest of its files",
        )
        .note("a package is read, locked and packed whole, and never cut")
        .help("data belongs into the folder `data/`, which is no part of the package")
    }
}

cause! {
    FW1309 FileNameUnfit {
        /// With what is no text written as `\\xE9`.
        file: String,
        /// `its name is not text in UTF-8`
        why: &'static str,
    }
}

impl FileNameUnfit {
    fn words(&self) -> Diagnostic {
        Diagnostic::at(
            self,
            format!("`{}` cannot be part of a package", self.file),
            Place::File(self.file.clone()),
            self.why,
        )
        .note("a package has the same files with the same names on every machine")
        .help("give it another name, or move it into the folder `data/`, which is no part of the package")
    }
}

cause! {
    FW1310 ArchiveUnreadable {
        file: String,
        why: String,
    }
}

impl ArchiveUnreadable {
    fn words(&self) -> Diagnostic {
        Diagnostic::at(
            self,
            format!("`{}` is no package", self.file),
            Place::File(self.file.clone()),
            self.why.clone(),
        )
        .help("ask for the file again: `forewarn package` writes one that is whole")
    }
}
