//! What comes of reading a file.

use crate::ast;
use crate::problem::Problem;

/// How deep expressions and brackets may nest.
pub const NESTING_LIMIT: u16 = 200;

/// What came out of reading one file: always a tree, and everything that was wrong.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    pub file: ast::File,
    /// In the order of the file; at most a few hundred.
    pub problems: Vec<Problem>,
    /// Declarations that stand in the tree without some of their parts, which could not be read and
    /// have been told: what seems to be lacking in them need not be told again.
    pub broken: Vec<ast::Span>,
    /// Declarations that were read with something put in or taken out that only may have been meant:
    /// what else seems to be wrong with them follows from that, and need not be told.
    pub doubtful: Vec<ast::Span>,
}
