//! Why a file cannot be read, in our words.
//!
//! In: what the system says, or a reader of bytes that found its content damaged ([`Told`]). Out: the cause.

use forewarn_runtime::causes::data::CannotRead;

/// Tells that a file cannot be read, and why.
pub(crate) fn unread(file: &str, error: &std::io::Error) -> CannotRead {
    let told = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Told>());
    CannotRead {
        file: file.to_owned(),
        why: told.map_or_else(|| why_unread(error), |told| told.why.clone()),
        help: told.map(|told| told.help),
    }
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
