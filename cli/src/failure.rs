//! What ends a command without being a finding: wrong use, and files that cannot be read or
//! written. Exit code 2, as for words that the command line does not know.

use crate::paint::{Paint, Style};
use crate::render::harmless;
use crate::stream::{Written, say};
use std::fmt;
use std::io;
use std::path::Path;

/// Why a command could not do its work, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub message: String,
    pub help: Option<String>,
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A name that is not among those there are.
    #[must_use]
    pub fn unknown<'a>(
        message: impl Into<String>,
        given: &str,
        names: impl IntoIterator<Item = &'a str> + Clone,
    ) -> Self {
        let failure = Self::new(message);
        match forewarn_diagnostics::suggest::suggest(given, names.clone()) {
            Some(name) => failure.help(format!("did you mean `{name}`?")),
            None => {
                let names: Vec<String> =
                    names.into_iter().map(|name| format!("`{name}`")).collect();
                if names.is_empty() {
                    return failure;
                }
                failure.help(format!("there are {}", crate::words::list(&names, 12)))
            }
        }
    }

    /// A file that could not be read or written: `what` is `cannot read`, `cannot write`.
    #[must_use]
    pub fn file(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("{what} {}: {}", path.display(), reason(error)))
    }

    /// Says it on standard error.
    pub fn tell(&self, color: bool) {
        let paint = Paint { on: color };
        let mut text = format!(
            "{} {}\n",
            paint.text(Style::Error, "error:"),
            harmless(&self.message)
        );
        if let Some(help) = &self.help {
            let help = harmless(help);
            text.push_str(&format!("  {} {help}\n", paint.text(Style::Help, "help:")));
        }
        say(&text);
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// What the system says, without its number.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error")
                .next()
                .unwrap_or(&text)
                .to_lowercase()
        }
    }
}

/// Writes to standard output; a reader who has left is no failure.
///
/// # Errors
/// What the system says, as a failure.
pub fn print(text: &str) -> Result<Written, Failure> {
    crate::stream::Stream::Out
        .write(text.as_bytes())
        .map_err(|error| Failure::file("cannot write", Path::new("standard output"), &error))
}
