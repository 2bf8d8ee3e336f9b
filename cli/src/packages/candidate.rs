//! The disk as it would be with some files written: whatever is to be written is tried on it first.

use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::source::Files;
use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The disk with other files in place of some.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Candidate {
    pub fn put(&mut self, path: &Path, bytes: impl Into<Vec<u8>>) {
        self.files.insert(plain(path), bytes.into());
    }

    /// What differs from the disk: what stands there already, byte for byte, is left alone.
    pub fn changed(&self) -> Vec<(&Path, &[u8])> {
        let files = self.files.iter();
        let changed =
            files.filter(|(path, bytes)| !std::fs::read(path).is_ok_and(|there| there == **bytes));
        changed
            .map(|(path, bytes)| (path.as_path(), bytes.as_slice()))
            .collect()
    }

    fn below(&self, folder: &Path) -> impl Iterator<Item = &PathBuf> {
        let folder = plain(folder);
        let is_here = folder.as_os_str().is_empty();
        self.files.keys().filter(move |path| match is_here {
            true => path.is_relative() && !path.starts_with(".."),
            false => path.starts_with(&folder),
        })
    }
}

/// Without `.`.
fn plain(path: &Path) -> PathBuf {
    let parts = path.components();
    parts
        .filter(|part| !matches!(part, Component::CurDir))
        .collect()
}

impl Files for Candidate {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.files.get(&plain(path)) {
            Some(bytes) => Ok(bytes.clone()),
            None => DiskFiles.read(path),
        }
    }

    fn is_dir(&self, path: &Path) -> bool {
        DiskFiles.is_dir(path) || self.below(path).any(|one| *one != plain(path))
    }

    fn is_file(&self, path: &Path) -> bool {
        self.files.contains_key(&plain(path)) || DiskFiles.is_file(path)
    }

    fn rule_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut found = self.all_files(folder)?;
        found.retain(|path| path.extension().is_some_and(|ext| ext == "risk"));
        Ok(found)
    }

    fn all_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut found = match DiskFiles.all_files(folder) {
            Ok(found) => found,
            Err(_) if self.below(folder).next().is_some() => Vec::new(),
            Err(error) => return Err(error),
        };
        for path in self.below(folder) {
            let below = plain(folder);
            let path = folder.join(path.strip_prefix(&below).unwrap_or(path));
            if !found.contains(&path) {
                found.push(path);
            }
        }
        found.sort();
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_written_is_read_as_if_it_were_there() {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("a.risk"), "old").unwrap();
        std::fs::write(place.path().join("b.risk"), "kept").unwrap();
        let mut candidate = Candidate::default();
        candidate.put(&place.path().join("a.risk"), "new");
        candidate.put(&place.path().join("./vendor/c.risk"), "far");
        candidate.put(&place.path().join("b.risk"), "kept");
        let read = |name: &str| candidate.read(&place.path().join(name)).unwrap();
        assert_eq!(
            (read("a.risk"), read("b.risk")),
            (b"new".to_vec(), b"kept".to_vec())
        );
        assert!(candidate.is_dir(&place.path().join("vendor")));
        let names = |all: Vec<PathBuf>| -> Vec<String> {
            let below = |path: &PathBuf| path.strip_prefix(place.path()).unwrap().to_path_buf();
            all.iter()
                .map(|path| below(path).display().to_string())
                .collect()
        };
        let all = candidate.rule_files(place.path()).unwrap();
        assert_eq!(names(all), ["a.risk", "b.risk", "vendor/c.risk"]);
        let changed = candidate.changed().into_iter();
        let changed = changed.map(|(path, _)| path.to_path_buf()).collect();
        assert_eq!(names(changed), ["a.risk", "vendor/c.risk"]);
    }
}
