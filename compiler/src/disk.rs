//! Files on the disk.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::package::FILE_LIMIT;
use crate::source::Files;

/// The ordinary file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiskFiles;

impl Files for DiskFiles {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        // One byte over the limit is enough to know, and bounds the memory.
        fs::File::open(path)?
            .take(FILE_LIMIT + 1)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn is_dir(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn rule_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut found = self.all_files(folder)?;
        found.retain(|path| path.extension().is_some_and(|ext| ext == "risk"));
        Ok(found)
    }

    fn all_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let root = folder.canonicalize()?;
        let mut found = Vec::new();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(&next)? {
                let path = entry?.path();
                // A link may lead anywhere: what lies outside the package is not part of it.
                let Ok(real) = path.canonicalize() else {
                    continue;
                };
                if !real.starts_with(&root) {
                    continue;
                }
                let link = fs::symlink_metadata(&path)?.file_type().is_symlink();
                if real.is_dir() && !link {
                    folders.push(path);
                } else if real.is_file() {
                    found.push(path);
                }
            }
        }
        found.sort();
        Ok(found)
    }
}
