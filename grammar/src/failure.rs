//! Where reading stopped, and what reads again.

use crate::assemble::Entry;
use crate::ast::Span;
use crate::problem::Problem;
use crate::token::{Tok, Token};

/// Where and why the grammar stopped.
pub(crate) struct Failure {
    /// The token that does not fit; the number of tokens if there should be more.
    pub at: usize,
    /// The grammar's names of what would have fitted.
    pub expected: Vec<String>,
    pub too_deep: Option<Span>,
}

/// Reads tokens of one text, mending and telling what does not fit.
pub(crate) trait Rereads {
    fn text(&self) -> &str;

    fn tell(&mut self, problem: Problem);

    /// Reads the tokens as what `read` says. Gives also the tokens as they were read in the end.
    fn settle(
        &mut self,
        read: Token,
        tokens: Vec<Tok>,
        after: Option<Tok>,
    ) -> (Option<Entry>, Vec<Tok>);
}
