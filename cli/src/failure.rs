//! What ends a command without being a finding: wrong use, and files that cannot be read or
//! written. Exit code 2, as for words that the command line does not know.

use crate::args::Global;
use crate::paint::{Paint, Style};
use crate::render::{self, Findings, harmless};
use crate::report::{form, stream_of, tell, tell_all};
use crate::stream::{Stream, Written, colored, for_people, say};
use crate::system::reason;
use forewarn_diagnostics::{Cause, Diagnostic};
use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Why a command could not do its work, and what to do about it.
#[derive(Clone, Debug)]
pub struct Failure {
    pub message: String,
    pub help: Option<String>,
    /// Where it is a thing with a code of its own.
    cause: Option<Box<Diagnostic>>,
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
            cause: None,
        }
    }

    /// Something with a code that ends the command.
    #[must_use]
    pub fn of(cause: &dyn Cause) -> Self {
        let diagnostic = cause.describe();
        Self {
            message: format!("{}: {}", diagnostic.title, diagnostic.primary.text),
            help: diagnostic.help.first().map(|help| help.text.clone()),
            cause: Some(Box::new(diagnostic)),
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

    /// Says it: to people on standard error, to programs in their format on the stream that they
    /// read.
    pub fn tell(&self, global: &Global, programs: Stream) {
        if let Some(cause) = &self.cause {
            let mut findings = Findings::default();
            findings.add(Diagnostic::clone(cause), &Arc::default());
            let stream = match stream_of(global.format) {
                Stream::Error => Stream::Error,
                Stream::Out => programs,
            };
            tell(&findings, global, stream);
            return;
        }
        let help = self.help.as_deref();
        if let Some(text) = render::failure(&self.message, help, form(global.format)) {
            programs.tell(text.as_bytes());
            return;
        }
        let paint = Paint {
            on: colored(global.color, Stream::Error),
        };
        let message = harmless(&self.message);
        let mut text = format!("{} {message}\n", paint.text(Style::Error, "error:"));
        if let Some(help) = help {
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

/// Tells people what was done: on standard output, unless programs read that.
///
/// # Errors
/// What the system says, as a failure.
pub fn tell_people(text: &str, global: &Global) -> Result<(), Failure> {
    match stream_of(global.format) {
        Stream::Error => print(text).map(|_| ()),
        Stream::Out => {
            say(text);
            Ok(())
        }
    }
}

/// The same where nothing else is told: programs read that nothing was found.
///
/// # Errors
/// What the system says, as a failure.
pub fn tell_done(text: &str, global: &Global) -> Result<ExitCode, Failure> {
    tell_people(text, global)?;
    tell_all_to_programs(global);
    Ok(ExitCode::SUCCESS)
}

/// Tells programs that nothing was found.
pub fn tell_all_to_programs(global: &Global) {
    if stream_of(global.format) == Stream::Out {
        tell_all(&Findings::default(), global);
    }
}

/// Writes what people read to standard output; a reader who has left is no failure.
///
/// # Errors
/// What the system says, as a failure.
pub fn print(text: &str) -> Result<Written, Failure> {
    print_document(&for_people(text))
}

/// The same for what programs read: byte by byte as it is.
///
/// # Errors
/// What the system says, as a failure.
pub fn print_document(text: &str) -> Result<Written, Failure> {
    Stream::Out
        .write(text.as_bytes())
        .map_err(|error| Failure::file("cannot write", Path::new("standard output"), &error))
}
