//! Folders of monthly runs: what one holds is never lost to a run of other data.
//!
//! In: the folder that a run would go into, and what it has read. Out: the folder free, or holding a run of the
//! same files; a run of others is kept beside it, in a folder of the same depth, so that the paths in its manifest
//! still lead to its data.

use crate::args::DataArgs;
use crate::failure::Failure;
use crate::manifest::{Recorded, beside};
use std::path::{Path, PathBuf};

/// Puts a run of other data aside: where it is kept, if there was one.
///
/// # Errors
/// The folder cannot be renamed.
pub fn keep_another(folder: &Path, data: &DataArgs) -> Result<Option<PathBuf>, Failure> {
    let results = folder.join("results.csv");
    // What is no run is left to whoever writes there.
    let Ok(recorded) = Recorded::read(&beside(&results)) else {
        return Ok(None);
    };
    if is_of(&recorded, data) {
        return Ok(None);
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let mut numbers = 1..;
    let kept = numbers
        .by_ref()
        .map(|number: u32| folder.with_file_name(format!("{name}.{number}")))
        .find(|kept| !kept.exists());
    let Some(kept) = kept else {
        return Ok(None);
    };
    std::fs::rename(folder, &kept)
        .map_err(|error| Failure::file("cannot rename", folder, &error))?;
    Ok(Some(kept))
}

/// Did a run read what is read now? Of data that an audience may not see no digest is on record.
fn is_of(recorded: &Recorded, data: &DataArgs) -> bool {
    let then = recorded.document.data.iter();
    let mut then: Vec<Option<String>> = then.map(|one| one.sha256.clone()).collect();
    let now = data.data.iter();
    let mut now: Vec<Option<String>> = now.map(|path| data.reading.taken.sha256(path)).collect();
    if then.contains(&None) || now.contains(&None) {
        return then.len() == now.len();
    }
    then.sort();
    now.sort();
    then == now
}
