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

impl Failure {
    /// Of what would have fitted, what somebody may have meant who wrote something else: behind a value of a list
    /// that is no weight, and behind a level's scale not the value that it seldom is.
    pub fn at(at: usize, mut expected: Vec<String>, too_deep: Option<Span>) -> Self {
        let has = |sign: &str| expected.iter().any(|one| one.trim_matches('"') == sign);
        let among_values = has("]") || has(")");
        let of_level = has("{") && has("from");
        expected.retain(|one| match one.trim_matches('"') {
            "weight" => !among_values,
            "=" => !of_level,
            _ => true,
        });
        Self {
            at,
            expected,
            too_deep,
        }
    }
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
