//! Where words stand: files, spans in files, and the one way the compiler reads a file.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Index into a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct FileId(pub u32);

/// A half-open byte range in one file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.file == other.file {
            Self {
                file: self.file,
                start: self.start.min(other.start),
                end: self.end.max(other.end),
            }
        } else {
            self
        }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}:{}..{}", self.file.0, self.start, self.end)
    }
}

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// As shown to people: relative to where the user stands, with `/`.
    pub name: String,
    pub text: Arc<str>,
}

/// All files of one compilation.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile {
            name: name.into(),
            text: text.into(),
        });
        id
    }

    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The words a span covers; empty if it fits no file.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|file| file.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }

    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// Line and column of a span's start, both from 1, columns in characters.
    #[must_use]
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let Some(before) = self
            .get(span.file)
            .and_then(|file| file.text.get(..span.start as usize))
        else {
            return (1, 1);
        };
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }
}

/// The compiler's only way to files, so that tests and editors can serve them from memory.
pub trait Files {
    /// # Errors
    /// Whatever the file system says.
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>>;
    fn is_dir(&self, path: &Path) -> bool;
    /// The `.risk` files below a folder, sorted by path; links that lead out of it are not followed.
    ///
    /// # Errors
    /// Whatever the file system says.
    fn rule_files(&self, folder: &Path) -> std::io::Result<Vec<PathBuf>>;

    /// Every file below a folder, sorted by path, likewise; hidden ones may be left out.
    ///
    /// # Errors
    /// Whatever the file system says.
    fn all_files(&self, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
        self.rule_files(folder)
    }
}

/// Rule files in memory, for tests, editors and programs that embed rules.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    files: BTreeMap<PathBuf, Arc<[u8]>>,
}

impl MemoryFiles {
    /// Adds a file, or replaces the one at that path.
    pub fn insert(&mut self, path: impl Into<PathBuf>, content: impl AsRef<[u8]>) {
        self.files.insert(path.into(), content.as_ref().into());
    }

    /// One file alone.
    #[must_use]
    pub fn of(path: impl Into<PathBuf>, content: impl AsRef<[u8]>) -> Self {
        let mut files = Self::default();
        files.insert(path, content);
        files
    }
}

impl<P: Into<PathBuf>, C: AsRef<[u8]>> FromIterator<(P, C)> for MemoryFiles {
    fn from_iter<I: IntoIterator<Item = (P, C)>>(files: I) -> Self {
        let mut all = Self::default();
        for (path, content) in files {
            all.insert(path, content);
        }
        all
    }
}

impl Files for MemoryFiles {
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        let found = self.files.get(path).map(|content| content.to_vec());
        found.ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))
    }

    fn is_dir(&self, path: &Path) -> bool {
        let mut files = self.files.keys();
        files.any(|file| file != path && file.starts_with(path))
    }

    fn rule_files(&self, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
        let mut found = self.all_files(folder)?;
        found.retain(|path| {
            path.extension()
                .is_some_and(|extension| extension == "risk")
        });
        Ok(found)
    }

    fn all_files(&self, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
        let below = |file: &&PathBuf| file.starts_with(folder);
        Ok(self.files.keys().filter(below).cloned().collect())
    }
}
