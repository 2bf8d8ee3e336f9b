//! What stands beside results, by its name.

use std::path::{Path, PathBuf};

/// What follows the name of results in that of their manifest.
pub const MANIFEST: &str = ".manifest.json";

/// `results.csv.manifest.json`: where the manifest of a result stands.
#[must_use]
pub fn manifest_beside(results: &Path) -> PathBuf {
    let mut name = results.as_os_str().to_owned();
    name.push(MANIFEST);
    PathBuf::from(name)
}
