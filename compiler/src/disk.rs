//! Files on the disk.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::package::contents::LIMIT;
use crate::source::Files;

/// The ordinary file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiskFiles;

impl Files for DiskFiles {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let file = fs::File::open(path)?;
        let too_large = || io::Error::from(ErrorKind::FileTooLarge);
        if file.metadata()?.len() > LIMIT {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        // What is no ordinary file does not say how long it is. One byte over the limit is enough to
        // know, and bounds the memory.
        file.take(LIMIT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LIMIT {
            return Err(too_large());
        }
        Ok(bytes)
    }

    fn is_dir(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn rule_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut found = self.all_files(folder)?;
        found.retain(|path| path.extension().is_some_and(|ext| ext == "risk"));
        Ok(found)
    }

    fn all_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        Ok(walk(folder)?.files)
    }
}

/// The links below a folder that are not followed: they lead out of it, nowhere, or to a folder.
///
/// # Errors
/// Whatever the file system says.
pub fn links_not_followed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(walk(folder)?.links)
}

#[derive(Default)]
struct Walked {
    files: Vec<PathBuf>,
    links: Vec<PathBuf>,
}

fn walk(folder: &Path) -> io::Result<Walked> {
    let root = folder.canonicalize()?;
    let mut walked = Walked::default();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next)? {
            let path = entry?.path();
            let is_link = fs::symlink_metadata(&path)?.file_type().is_symlink();
            // A link may lead anywhere: what lies outside the package is not part of it.
            let real = path.canonicalize().ok();
            let Some(real) = real.filter(|real| real.starts_with(&root)) else {
                walked.links.push(path);
                continue;
            };
            match (real.is_dir(), is_link) {
                (true, false) => folders.push(path),
                (true, true) => walked.links.push(path),
                (false, _) if real.is_file() => walked.files.push(path),
                (false, _) => {}
            }
        }
    }
    walked.files.sort();
    walked.links.sort();
    Ok(walked)
}
