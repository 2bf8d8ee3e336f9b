//! Standard output and error as this tool uses them: whether to colour, how wide they are, and
//! writing that survives a reader who has left.

use crate::system;
use clap::ValueEnum;
use forewarn_diagnostics::paint::{Paint, Style};
use forewarn_diagnostics::render::harmless;
use std::io::{self, IsTerminal, Write};
use std::sync::{LazyLock, OnceLock};

/// One of the two streams that people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Out,
    Error,
}

impl Stream {
    #[must_use]
    pub fn is_terminal(self) -> bool {
        match self {
            Self::Out => io::stdout().is_terminal(),
            Self::Error => io::stderr().is_terminal(),
        }
    }

    /// Columns of the terminal; `None` where there is none or it does not say.
    #[must_use]
    pub fn width(self) -> Option<usize> {
        let size = match self {
            Self::Out => terminal_size::terminal_size_of(io::stdout()),
            Self::Error => terminal_size::terminal_size_of(io::stderr()),
        };
        size.map(|(width, _)| usize::from(width.0))
            .filter(|width| *width >= 20)
    }

    /// Writes all of a text.
    ///
    /// # Errors
    /// What the system says. A reader who has left (`| head`) is told as [`Written::ReaderLeft`]
    /// and is no error.
    pub fn write(self, text: &[u8]) -> io::Result<Written> {
        let result = match self {
            Self::Out => {
                let mut out = io::stdout().lock();
                out.write_all(text).and_then(|()| out.flush())
            }
            Self::Error => io::stderr().lock().write_all(text),
        };
        match result {
            Ok(()) => Ok(Written::Whole),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Written::ReaderLeft),
            Err(error) => Err(error),
        }
    }

    /// Writes all of a text; if that fails, the exit code tells.
    pub fn tell(self, text: &[u8]) {
        if let Err(error) = self.write(text) {
            lost(self, &error);
        }
    }
}

/// The first thing that could not be said, and why.
static LOST: OnceLock<(Stream, String)> = OnceLock::new();

/// Notes that something could not be said.
pub fn lost(stream: Stream, error: &io::Error) {
    // The first counts.
    let _ = LOST.set((stream, system::reason(error)));
}

/// Whether something could not be said, so that the command has not done its work.
#[must_use]
pub fn was_lost() -> Option<(Stream, &'static str)> {
    LOST.get().map(|(stream, why)| (*stream, why.as_str()))
}

/// How far a text came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Whole,
    ReaderLeft,
}

/// Says something on standard error; if that fails the exit code tells.
pub fn say(text: &str) {
    Stream::Error.tell(for_people(text).as_bytes());
}

/// A text as people may see it: what cannot be seen in it, or would move what can, stands as a sign. Names in data
/// and of files are what anybody wrote; the colours of this program stay.
pub fn for_people(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\t', '\u{1b}']).unwrap_or(rest.len());
        let (plain, behind) = rest.split_at(end);
        shown.push_str(&harmless(plain));
        let mut letters = behind.chars();
        let sign = letters.next();
        rest = letters.as_str();
        if let Some(colour) = COLOURS
            .iter()
            .find(|colour| behind.starts_with(colour.as_str()))
        {
            shown.push_str(colour);
            rest = behind.get(colour.len()..).unwrap_or_default();
        } else if let Some(sign) = sign {
            match sign {
                '\n' | '\t' => shown.push(sign),
                other => shown.push_str(&harmless(&other.to_string())),
            }
        }
    }
    shown
}

/// What [`Paint`] writes before and behind a text.
static COLOURS: LazyLock<Vec<String>> = LazyLock::new(|| {
    const LEVELS: usize = 5;
    let levels = (0..LEVELS).map(|position| Style::Level {
        position,
        of: LEVELS,
    });
    let styles = [
        Style::Error,
        Style::Warning,
        Style::Strong,
        Style::Margin,
        Style::Secondary,
        Style::Note,
        Style::Help,
        Style::Faint,
    ];
    let paint = Paint { on: true };
    let painted = styles.into_iter().chain(levels);
    let painted = painted.map(|style| paint.text(style, "|"));
    let ends = painted.flat_map(|text| text.split('|').map(str::to_owned).collect::<Vec<_>>());
    ends.collect()
});

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// Whether to colour a stream: the option decides, else `NO_COLOR` (set and not empty), else
/// whether the stream is a terminal that understands colours.
#[must_use]
pub fn colored(choice: ColorChoice, stream: Stream) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
            !refused && !dumb && stream.is_terminal()
        }
    }
}
