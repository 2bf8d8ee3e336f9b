//! Packages held against `forewarn.lock`.

use super::super::wording::count;
use super::super::{Diagnostic, Label, Place};
use crate::package::Way;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1311 FileChanged {
        package: String,
        version: String,
        /// Where the package lies.
        root: String,
        /// By path below the root.
        files: Vec<(String, FileChange)>,
        way: Way,
        span: Span,
    }
}

impl FileChanged {
    fn words(&self) -> Diagnostic {
        let title = match self.files.as_slice() {
            [(file, change)] => format!(
                "`{file}` of `{}` {} {}",
                self.package,
                self.version,
                change.words()
            ),
            files => format!(
                "{} of `{}` {} are not those that were locked",
                count(files.len(), "file"),
                self.package,
                self.version
            ),
        };
        let mut diagnostic =
            Diagnostic::about(self, title, self.span, format!("{} here", self.way.word()));
        for (file, change) in self.files.iter().take(8) {
            diagnostic.secondary.push(Label {
                place: Place::File(format!("{}/{file}", self.root)),
                text: change.words().to_owned(),
            });
        }
        diagnostic
            .note("results made with the locked files can differ from results made with these")
            .help("look at what changed; if it is wanted, write the lock anew with `forewarn lock`")
    }
}

cause! {
    FW1312 NotLocked {
        name: String,
        version: String,
        locked: Option<String>,
        way: Way,
        span: Span,
    }
}

impl NotLocked {
    fn words(&self) -> Diagnostic {
        let title = match &self.locked {
            Some(locked) => format!(
                "`{}` is version {}, and {locked} was locked",
                self.name, self.version
            ),
            None => format!("`{}` {} is not in `forewarn.lock`", self.name, self.version),
        };
        Diagnostic::about(self, title, self.span, format!("{} here", self.way.word()))
            .help("look at what changed; if it is wanted, write the lock anew with `forewarn lock`")
    }
}

cause! {
    FW1313 LockUnreadable {
        span: Span,
        /// The file is not even TOML.
        is_no_toml: bool,
    }
}

impl LockUnreadable {
    fn words(&self) -> Diagnostic {
        let here = if self.is_no_toml {
            "this is no TOML"
        } else {
            "`forewarn lock` does not write this"
        };
        Diagnostic::about(self, "`forewarn.lock` cannot be read", self.span, here)
            .help("write it anew with `forewarn lock`")
    }
}

cause! {
    FW1314 LockMissing {
        name: String,
        way: Way,
        span: Span,
    }
}

impl LockMissing {
    fn words(&self) -> Diagnostic {
        let title = format!("nothing records which files of `{}` are used", self.name);
        Diagnostic::about(self, title, self.span, format!("{} here", self.way.word()))
            .note("when they change, results change with them, and nobody is told")
            .help("write `forewarn.lock` with `forewarn lock`, and keep it with the rules")
    }
}

/// What became of a locked file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileChange {
    Changed,
    Gone,
    New,
}

impl FileChange {
    fn words(self) -> &'static str {
        match self {
            Self::Changed => "is not the file that was locked",
            Self::Gone => "was locked and is gone",
            Self::New => "is there and was not locked",
        }
    }
}
