//! Paths and causes in words.

use std::path::{Path, PathBuf};

/// The most bytes that the files of a package may have, all together.
pub const LIMIT: u64 = 256 * 1024 * 1024;

/// The path as shown to people, with `/`.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// What an operating system's error says, without its number.
#[must_use]
pub fn why(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "reading it is not permitted".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        std::io::ErrorKind::FileTooLarge => format!(
            "it has more than {} MiB, the most that a package may have",
            LIMIT / (1024 * 1024)
        ),
        _ => {
            let text = error.to_string();
            text.split(" (os error")
                .next()
                .unwrap_or(&text)
                .to_lowercase()
        }
    }
}

/// The folder that a file lies in.
pub(super) fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}
