//! Breakpoints that do not follow each other.

use super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

/// What is wrong with pieces.
#[derive(Clone, Debug)]
pub enum WhyBroken {
    /// An end is not there, or does not belong to the piece.
    OpenEnd,
    /// A piece that does not rise.
    Falls,
    /// Nothing is said between the two numbers.
    Hole(String, String),
    /// Two pieces say something between them.
    Twice(String, String),
}

cause! {
    FW0134 BrokenPieces {
        span: Span,
        other: Option<Span>,
        why: WhyBroken,
        /// The end before it, as it is written: there the piece begins.
        meant: Option<String>,
    }
}

impl BrokenPieces {
    fn words(&self) -> Diagnostic {
        let (title, mark, help) = match &self.why {
            WhyBroken::OpenEnd => (
                "a piece has no end".to_owned(),
                "both ends belong to a piece".to_owned(),
                "write both ends: `0..50 to 0..12`; beyond the outermost ends the result is missing, unless the value is cut before: `clamp(x, 0, 500)`".to_owned(),
            ),
            WhyBroken::Falls => (
                "a piece ends where it begins, or before".to_owned(),
                "not above its beginning".to_owned(),
                "write the lower end first; what falls is written behind `to`: `0..50 to 12..0`".to_owned(),
            ),
            WhyBroken::Hole(low, high) => (
                format!("nothing is said between {low} and {high}"),
                format!("begins at {high}"),
                format!("let the piece begin where the one before it ends, at {low}"),
            ),
            WhyBroken::Twice(low, high) => (
                format!("two pieces speak of the numbers between {low} and {high}"),
                format!("begins at {low} already"),
                format!("let the piece begin where the one before it ends, at {high}; pieces stand in rising order"),
            ),
        };
        let told = Diagnostic::about(self, title, self.span, mark);
        let told = match &self.meant {
            Some(text) => told.mend(help, vec![(self.span, text.clone())]),
            None => told.help(help),
        };
        match self.other {
            Some(other) => told.mark(other, "the end before it"),
            None => told,
        }
    }
}
