//! What the system says of files and streams, in words for people.

use std::io;

/// What the system says, without its number.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    let error = said(error);
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::StorageFull => "there is no space left".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error")
                .next()
                .unwrap_or(&text)
                .to_lowercase()
        }
    }
}

/// What the system said, however a library wrapped it.
#[must_use]
pub fn said(error: &io::Error) -> &io::Error {
    let mut found = error;
    let mut inner: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(one) = inner {
        let wrapped = match one.downcast_ref::<io::Error>() {
            Some(io) => {
                found = io;
                io.get_ref()
                    .map(|one| one as &(dyn std::error::Error + 'static))
            }
            None => None,
        };
        inner = wrapped.or_else(|| one.source());
    }
    found
}
