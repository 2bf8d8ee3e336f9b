//! Packages held against `forewarn.lock`.

use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::count;
use super::super::{Diagnostic, Label, Place};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    FileChanged::INFO,
    NotLocked::INFO,
    LockUnreadable::INFO,
    LockMissing::INFO,
];

cause! {
    /// a file that is not the one that was locked
    ///
    /// ## What it means
    ///
    /// A file of an extended package is not the one that `forewarn.lock` records, or is gone, or is new.
    ///
    /// ## Why it matters
    ///
    /// Whoever gave you the results used the files that were locked. With other files the same rules may mean
    /// something else, and nobody would know.
    ///
    /// ## Wrong
    ///
    /// A file of the extended package was edited after `forewarn lock`:
    ///
    /// ```text
    /// error[FW1311]: `framework.risk` of `un` 1.0.0 is not the file that was locked
    /// ```
    ///
    /// ## Right
    ///
    /// Look at what changed with `forewarn diff`, then write the lock anew with `forewarn lock`:
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1311" FileChanged {
        package: String,
        version: String,
        /// Where the package lies.
        root: String,
        /// By path below the root.
        files: Vec<(String, FileChange)>,
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
        let mut diagnostic = Diagnostic::about(self, title, self.span, "extended here");
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
    /// a package that was not locked
    ///
    /// ## What it means
    ///
    /// `forewarn.lock` does not record the extended package, or records another version of it.
    ///
    /// ## Why it matters
    ///
    /// The lock is the only proof of which rules were used.
    ///
    /// ## Wrong
    ///
    /// `forewarn.toml` was changed after the lock was written:
    ///
    /// ```text
    /// error[FW1312]: `un` 1.1.0 is not in `forewarn.lock`
    /// ```
    ///
    /// ## Right
    ///
    /// Write the lock anew with `forewarn lock`:
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1312" NotLocked {
        name: String,
        version: String,
        locked: Option<String>,
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
        Diagnostic::about(self, title, self.span, "extended here")
            .help("look at what changed; if it is wanted, write the lock anew with `forewarn lock`")
    }
}

cause! {
    /// a lock that cannot be read
    ///
    /// ## What it means
    ///
    /// `forewarn.lock` is not what `forewarn lock` writes.
    ///
    /// ## Why it matters
    ///
    /// Without the lock nobody can say whether the extended files are the ones that were used before.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ```toml file=forewarn.lock
    /// package = 3
    /// ```
    ///
    /// ## Right
    ///
    /// Write the lock anew with `forewarn lock`:
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1313" LockUnreadable {
        span: Span,
        why: String,
    }
}

impl LockUnreadable {
    fn words(&self) -> Diagnostic {
        let title = format!("`forewarn.lock` cannot be read: {}", self.why);
        Diagnostic::about(self, title, self.span, "here").help("write it anew with `forewarn lock`")
    }
}

cause! {
    /// an extended package without a lock
    ///
    /// ## What it means
    ///
    /// The framework extends a package, and there is no `forewarn.lock` beside it.
    ///
    /// ## Why it matters
    ///
    /// When the extended package changes, results change with it, and nobody is told.
    ///
    /// ## Wrong
    ///
    /// A folder with `forewarn.toml` and without `forewarn.lock`:
    ///
    /// ```text
    /// warning[FW1314]: nothing records which files of `un` are used
    /// ```
    ///
    /// ## Right
    ///
    /// Write the lock with `forewarn lock`, and keep it with the rules:
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Warning "FW1314" LockMissing {
        name: String,
        span: Span,
    }
}

impl LockMissing {
    fn words(&self) -> Diagnostic {
        let title = format!("nothing records which files of `{}` are used", self.name);
        Diagnostic::about(self, title, self.span, "extended here")
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
