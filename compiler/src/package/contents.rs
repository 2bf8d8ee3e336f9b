//! What belongs to a package, and its fingerprints.
//!
//! In: a package's folder or archive. Out: every file of it with its SHA-256, sorted by name. Not part
//! of a package are hidden files, what lies in `data/` (the method does not depend on it), what was
//! vendored (`vendor/`), and the lock, which speaks of other packages.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::lock::LOCK;
use super::shown;
use crate::source::Files;

/// Folders of a package's root that are no part of it.
const APART: [&str; 3] = ["data", "vendor", "target"];

/// The files of the package at `root`: paths below it, with `/`, and contents.
///
/// # Errors
/// A file or folder cannot be read.
pub fn read(root: &Path, files: &dyn Files) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let mut contents = BTreeMap::new();
    for path in files.all_files(root)? {
        let below = shown(path.strip_prefix(root).unwrap_or(&path));
        if belongs(&below) {
            contents.insert(below, files.read(&path)?);
        }
    }
    Ok(contents)
}

/// Is the file, by its path below the root, part of the package?
fn belongs(below: &str) -> bool {
    let hidden = below.split('/').any(|part| part.starts_with('.'));
    let first = below.split('/').next().unwrap_or_default();
    let apart = below.contains('/') && APART.contains(&first);
    !hidden && !apart && below != LOCK && !below.ends_with(".tar.gz")
}

/// SHA-256 in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The fingerprints of a package's files.
#[must_use]
pub fn fingerprints(contents: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    contents
        .iter()
        .map(|(name, bytes)| (name.clone(), sha256(bytes)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_and_what_was_vendored_are_no_part_of_a_package() {
        for own in [
            "forewarn.toml",
            "list.risk",
            "factors/state.risk",
            "translations/fr.toml",
            "cases.csv",
            "data.csv",
        ] {
            assert!(belongs(own), "{own}");
        }
        for other in [
            "data/panel.csv",
            "vendor/un-1.0.0.tar.gz",
            ".git/config",
            "a/.x",
            "forewarn.lock",
            "p-1.0.0.tar.gz",
        ] {
            assert!(!belongs(other), "{other}");
        }
    }
}
