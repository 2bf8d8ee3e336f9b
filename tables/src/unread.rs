//! Why a file cannot be read, in our words.
//!
//! In: what the system says, or a reader of bytes that found its content damaged ([`Told`]). Out: the cause.

use forewarn_diagnostics::suggest::suggest;
use forewarn_runtime::causes::data::CannotRead;
use std::path::{Path, PathBuf};

/// Tells that a file cannot be read, and why.
pub(crate) fn unread(file: &str, error: &std::io::Error) -> CannotRead {
    let told = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Told>());
    CannotRead {
        file: file.to_owned(),
        why: told.map_or_else(|| why_unread(error), |told| told.why.clone()),
        help: told.map(|told| told.help),
        near: (error.kind() == std::io::ErrorKind::NotFound)
            .then(|| near(Path::new(file)))
            .flatten(),
    }
}

/// So many folders are looked into, and no more.
const FOLDERS: usize = 60;

/// A file that there is where none is of that path: of a name that looks like it, or of the same name in a folder
/// beside.
fn near(path: &Path) -> Option<String> {
    let names = |folder: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        names
    };
    let shown = |path: PathBuf| {
        let path = path
            .strip_prefix(".")
            .map_or(path.clone(), Path::to_path_buf);
        Some(path.to_string_lossy().replace('\\', "/"))
    };
    let own = path.file_name()?.to_str()?;
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    // A folder that is misspelt.
    let mut here = PathBuf::new();
    for part in parent.components() {
        let next = here.join(part);
        if next.is_dir() {
            here = next;
            continue;
        }
        let around = if here.as_os_str().is_empty() {
            Path::new(".")
        } else {
            here.as_path()
        };
        let names = names(around);
        let meant = suggest(part.as_os_str().to_str()?, names.iter().map(String::as_str));
        here.push(meant?);
    }
    if here.join(own).is_file() {
        return shown(here.join(own));
    }
    let here = if here.is_dir() {
        here.as_path()
    } else {
        parent
    };
    let beside = names(here);
    let files = beside.iter().filter(|name| here.join(name).is_file());
    if let Some(meant) = suggest(own, files.map(String::as_str)) {
        return shown(here.join(meant));
    }
    let folders = beside.iter().map(|name| here.join(name));
    let folders = folders.filter(|folder| folder.is_dir()).take(FOLDERS);
    let mut found = folders
        .map(|folder| folder.join(own))
        .filter(|file| file.is_file());
    let first = found.next()?;
    found.next().is_none().then(|| shown(first)).flatten()
}

/// What is wrong with the content of a file, on its way through readers of bytes.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) why: String,
    pub(crate) help: &'static str,
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for Told {}

/// Why the system does not give a file.
pub(crate) fn why_unread(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        std::io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        _ => error.to_string(),
    }
}
