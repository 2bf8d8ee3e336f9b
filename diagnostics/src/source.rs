//! Where words stand: files, spans in files, and the one way the compiler reads a file.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

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
    /// Where each line begins, once somebody has asked.
    lines: OnceLock<Arc<[u32]>>,
}

impl SourceFile {
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            lines: OnceLock::new(),
        }
    }

    /// Where each line begins, in bytes. Lines end at a line feed. Worked out once.
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.text.bytes().zip(1_u32..);
            let feeds = bytes.filter(|(byte, _)| *byte == b'\n');
            std::iter::once(0)
                .chain(feeds.map(|(_, next)| next))
                .collect()
        })
    }

    /// The number of the line that a byte stands in, from 1, and where the line begins.
    #[must_use]
    pub fn line_at(&self, byte: usize) -> (usize, usize) {
        let lines = self.lines();
        let number = lines
            .partition_point(|start| *start as usize <= byte)
            .max(1);
        let start = lines.get(number - 1).map_or(0, |start| *start as usize);
        (number, start)
    }

    /// The bytes of the line of that number, from 1, without its line break.
    #[must_use]
    pub fn line(&self, number: usize) -> Range<usize> {
        let lines = self.lines();
        let start = |number: usize| lines.get(number).map(|start| *start as usize);
        let from = number
            .checked_sub(1)
            .and_then(start)
            .unwrap_or(self.text.len());
        let end = start(number).map_or(self.text.len(), |next| next - 1);
        let text = self.text.get(from..end).unwrap_or("");
        from..from + text.trim_end_matches('\r').len()
    }

    /// Line and column of a byte, both from 1, columns in characters.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let (number, start) = self.line_at(byte);
        let before = self.text.get(start..byte).unwrap_or("");
        (number, before.chars().count() + 1)
    }
}

/// All files of one compilation.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile::new(name, text));
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

    /// What has to go for an entry of a list to be gone: the entry, the comma behind it, and the line where it stands
    /// alone on it.
    #[must_use]
    pub fn whole_entry(&self, entry: Span) -> Span {
        let Some((before, behind)) = self.get(entry.file).and_then(|file| {
            let before = file.text.get(..entry.start as usize)?;
            Some((before, file.text.get(entry.end as usize..)?))
        }) else {
            return entry;
        };
        let blank =
            |text: &str, is: fn(char) -> bool| text.len() - text.trim_start_matches(is).len();
        let comma = blank(behind, char::is_whitespace);
        let mut taken = match behind
            .get(comma..)
            .is_some_and(|rest| rest.starts_with(','))
        {
            true => comma + 1,
            false => 0,
        };
        let mut start = before.len();
        let rest = behind.get(taken..).unwrap_or("");
        let to_end = blank(rest, |sign| matches!(sign, ' ' | '\t' | '\r'));
        let line = before.trim_end_matches([' ', '\t']);
        if line.ends_with('\n')
            && rest
                .get(to_end..)
                .is_some_and(|rest| rest.starts_with('\n'))
        {
            start = line.len();
            taken += to_end + 1;
        }
        let place = |at: usize, otherwise| u32::try_from(at).unwrap_or(otherwise);
        Span {
            start: place(start, entry.start),
            end: place(entry.end as usize + taken, entry.end),
            ..entry
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// Line and column of a span's start, both from 1, columns in characters.
    #[must_use]
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let file = self.get(span.file);
        let inside = file.filter(|file| file.text.is_char_boundary(span.start as usize));
        inside.map_or((1, 1), |file| file.position(span.start as usize))
    }
}

/// The compiler's only way to files, so that tests and editors can serve them from memory.
pub trait Files {
    /// A file, whole: never a part of it.
    ///
    /// # Errors
    /// Whatever the file system says; `FileTooLarge` where it is larger than a package may be.
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>>;
    fn is_dir(&self, path: &Path) -> bool;

    /// Is it a file that can be read?
    fn is_file(&self, path: &Path) -> bool {
        !self.is_dir(path) && self.read(path).is_ok()
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_lines_and_characters() {
        let file = SourceFile::new("a.risk", "é = 1\r\n\nx\n");
        assert_eq!(file.position(0), (1, 1));
        // The letter before it takes two bytes.
        assert_eq!(file.position(2), (1, 2));
        assert_eq!(file.line(1), 0..6);
        assert_eq!(file.line(2), 8..8);
        assert_eq!(file.position(9), (3, 1));
        // Behind the last line break there is one more line, without letters.
        assert_eq!(file.position(11), (4, 1));
        assert_eq!(file.line(4), 11..11);
        assert_eq!(SourceFile::new("b.risk", "").position(0), (1, 1));
    }
}
