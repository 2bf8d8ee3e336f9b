//! Rules as text, wherever it comes from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Compilation, Settings, compile, translations};
use forewarn_diagnostics::source::{Files, MemoryFiles};

use crate::compiled::Compiled;
use crate::error::{Diagnostics, Error};
use crate::inner::Origin;
use crate::kept::{Keeping, Kept};
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

    /// Rules that were kept.
    #[must_use]
    pub fn from_kept(kept: Kept) -> Self {
        let entry = kept.entry.clone();
        Self::from_files(entry, kept.into_files())
    }

    /// The texts of the rules and of all that they build on, translations too, as they are now.
    ///
    /// # Errors
    /// What is wrong with them: only what compiles is known to be whole.
    pub fn kept(&self) -> Result<Kept, Error> {
        let keeping = Keeping::new(Arc::clone(&self.files));
        let compilation = compile(&self.entry, &keeping, &Settings::default());
        if compilation.plan.is_none() {
            let sources = Arc::new(compilation.sources);
            let found = Diagnostics::of(&compilation.reports, &sources);
            return Err(Error::Rules(found));
        }
        let spoken = self.entry.join(translations::FOLDER);
        if self.files.is_dir(&spoken) {
            for path in self.files.all_files(&spoken).unwrap_or_default() {
                // What cannot be read now is told when its language is asked for.
                let _ = keeping.read(&path);
            }
        }
        Ok(Kept {
            entry: self.entry.clone(),
            files: keeping.into_read(),
        })
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
        let origin = Origin {
            entry: self.entry.clone(),
            files: Arc::clone(&self.files),
            options: options.clone(),
        };
        Compiled::of(self.read(options), origin)
    }

    fn read(&self, options: &Options) -> Compilation {
        compile(&self.entry, &*self.files, &options.settings())
    }
}
