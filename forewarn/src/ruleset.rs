//! Rules as text, wherever it comes from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Compilation, Settings, compile};
use forewarn_diagnostics::source::{Files, MemoryFiles};

use crate::compiled::Compiled;
use crate::error::{Diagnostics, Error};
use crate::options::Options;

/// A ruleset: a rule file, or a folder of them.
#[derive(Clone)]
pub struct Ruleset {
    entry: PathBuf,
    files: Arc<dyn Files + Send + Sync>,
}

impl std::fmt::Debug for Ruleset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ruleset")
            .field("entry", &self.entry)
            .finish_non_exhaustive()
    }
}

impl Ruleset {
    /// The rules at a path: a file or a folder. They are read when they are compiled.
    #[must_use]
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        Self {
            entry: path.into(),
            files: Arc::new(DiskFiles),
        }
    }

    /// One rule file from memory; `name` is what messages call it.
    #[must_use]
    pub fn from_text(name: &str, text: &str) -> Self {
        let mut files = MemoryFiles::default();
        files.insert(name, text);
        Self::from_files(name, files)
    }

    /// Rules that whatever serves files has at `entry`.
    #[must_use]
    pub fn from_files(
        entry: impl Into<PathBuf>,
        files: impl Files + Send + Sync + 'static,
    ) -> Self {
        Self {
            entry: entry.into(),
            files: Arc::new(files),
        }
    }

    /// Where the rules are read from.
    #[must_use]
    pub fn entry(&self) -> &Path {
        &self.entry
    }

    /// Everything that is to be said of the rules, warnings too.
    #[must_use]
    pub fn check(&self, options: &Options) -> Diagnostics {
        let Compilation {
            sources, reports, ..
        } = self.read(options);
        Diagnostics::of(&reports, &Arc::new(sources))
    }

    /// Reads, checks and compiles the rules.
    ///
    /// # Errors
    /// What is wrong with them, warnings beside it.
    pub fn compile(&self, options: &Options) -> Result<Compiled, Error> {
        Compiled::of(self.read(options), options)
    }

    fn read(&self, options: &Options) -> Compilation {
        let settings = Settings {
            set: options.set.clone(),
            map: options.map.clone(),
            audience: options.audience,
            lang: options.lang.clone(),
            ..Settings::default()
        };
        compile(&self.entry, &*self.files, &settings)
    }
}
