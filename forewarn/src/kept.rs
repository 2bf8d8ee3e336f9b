//! The texts that a ruleset is made of, kept: to be sent where its files are not.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use forewarn_diagnostics::source::{Files, MemoryFiles};

/// Every file that a ruleset is read from, with what it builds on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The rule file or folder.
    pub entry: PathBuf,
    /// Paths with their bytes.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Kept {
    /// SHA-256 over all paths and bytes: the same for the same texts in the same places.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut all = Vec::new();
        for (path, bytes) in &self.files {
            let path = path.to_string_lossy();
            for part in [path.as_bytes(), bytes] {
                all.extend((part.len() as u64).to_le_bytes());
                all.extend(part);
            }
        }
        forewarn_tables::sha256(&all)
    }

    pub(crate) fn into_files(self) -> MemoryFiles {
        self.files.into_iter().collect()
    }
}

/// Serves files and keeps what was read.
pub(crate) struct Keeping {
    of: Arc<dyn Files + Send + Sync>,
    read: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
}

impl Keeping {
    pub fn new(of: Arc<dyn Files + Send + Sync>) -> Self {
        Self {
            of,
            read: Mutex::default(),
        }
    }

    pub fn into_read(self) -> BTreeMap<PathBuf, Vec<u8>> {
        let read = self.read.into_inner();
        read.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files for Keeping {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let bytes = self.of.read(path)?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }

    fn is_dir(&self, path: &Path) -> bool {
        self.of.is_dir(path)
    }

    fn is_file(&self, path: &Path) -> bool {
        self.of.is_file(path)
    }

    fn rule_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.of.rule_files(folder)
    }

    fn all_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.of.all_files(folder)
    }
}
