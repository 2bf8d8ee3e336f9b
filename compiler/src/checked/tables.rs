//! A decision table that holds together.

use super::range::DeclaredRange;
use crate::source::Span;
use crate::typed::Typed;

#[derive(Clone, Debug)]
pub struct TableBody {
    /// A step, which results do not show.
    pub is_step: bool,
    /// What the columns look at: each a number, truth, level or category.
    pub columns: Vec<Typed>,
    /// In the order in which they are asked.
    pub rows: Vec<TableRow>,
    /// Where a table's number may lie.
    pub declared: Option<DeclaredRange>,
}

#[derive(Clone, Debug)]
pub struct TableRow {
    /// One for each column.
    pub cells: Vec<TableCell>,
    pub then: Typed,
    /// From the first cell to the end.
    pub span: Span,
    /// The cells alone.
    pub head: Span,
}

#[derive(Clone, Debug)]
pub struct TableCell {
    pub kind: CellKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum CellKind {
    Any,
    /// Missing, unknown or undetermined.
    Missing,
    /// Places of a level, or codes of a category, ascending.
    Places(Vec<u32>),
    Truth(bool),
    /// One number.
    Number(Box<Typed>),
    Range {
        low: Option<Edge>,
        high: Option<Edge>,
    },
}

/// An end of a range of numbers.
#[derive(Clone, Debug)]
pub struct Edge {
    pub at: Box<Typed>,
    /// It belongs to the range.
    pub closed: bool,
}

impl CellKind {
    /// The numbers that a cell compares with.
    #[must_use]
    pub fn thresholds(&self) -> Vec<&Typed> {
        match self {
            Self::Any | Self::Missing | Self::Places(_) | Self::Truth(_) => Vec::new(),
            Self::Number(at) => vec![at],
            Self::Range { low, high } => {
                let ends = low.iter().chain(high);
                ends.map(|edge| edge.at.as_ref()).collect()
            }
        }
    }
}
