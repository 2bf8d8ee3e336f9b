//! A decision table's rows, for coverage and explanations: which of them decides in a row of data,
//! and which are still possible.

use super::outline::{OutlineId, Words};
use super::{NodeId, Value};
use forewarn_diagnostics::source::Span;

/// The parts of a decision table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableParts {
    pub columns: Vec<ColumnPart>,
    /// In the order in which they are asked.
    pub rows: Vec<RowPart>,
}

/// What a column looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnPart {
    pub value: Value,
    pub outline: Option<OutlineId>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RowPart {
    /// One for each column.
    pub cells: Vec<CellPart>,
    /// The cells together; `None` for a row that always holds.
    pub condition: Option<NodeId>,
    /// What the row says.
    pub then: Value,
    /// From the first cell to the end.
    pub span: Span,
    /// The cells alone.
    pub head: Span,
    /// The words of the cells.
    pub words: Words,
    /// What it says.
    pub outline: Option<OutlineId>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CellPart {
    /// A truth; `None` for `any`.
    pub condition: Option<NodeId>,
    /// It asks whether the column is missing, and is then never unknown.
    pub missing: bool,
    pub span: Span,
}

/// How a row of the table stands in a row of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowState {
    /// A cell says no.
    Fails,
    /// No cell says no, and one is unknown: what is missing may yet make it the row that decides.
    Open,
    /// It was open, but the row that holds names what is missing here.
    GivesWay,
    /// The first row whose cells all say yes.
    Holds,
    /// It stands behind the row that holds.
    Behind,
}

impl TableParts {
    /// How each row stands. `truth` answers a node: yes, no or unknown (`None`). The table says what
    /// the row that holds says, unless another is open; then what all of these allow.
    #[must_use]
    pub fn standings(&self, truth: impl Fn(NodeId) -> Option<bool>) -> Vec<RowState> {
        let answer = |cell: &CellPart| cell.condition.map_or(Some(true), &truth);
        let answers: Vec<Vec<Option<bool>>> = self
            .rows
            .iter()
            .map(|row| row.cells.iter().map(answer).collect())
            .collect();
        let holds = |cells: &[Option<bool>]| cells.iter().all(|cell| *cell == Some(true));
        let first = answers.iter().position(|cells| holds(cells));
        let deciding = first.and_then(|first| self.rows.get(first));
        let gives_way = |cells: &[Option<bool>]| {
            let named = deciding.into_iter().flat_map(|row| &row.cells);
            let mut pairs = cells.iter().zip(named);
            pairs.any(|(cell, named)| named.missing && cell.is_none())
        };
        let rows = answers.iter().enumerate();
        rows.map(|(at, cells)| match first {
            Some(first) if at == first => RowState::Holds,
            Some(first) if at > first => RowState::Behind,
            _ if cells.contains(&Some(false)) => RowState::Fails,
            _ if gives_way(cells) => RowState::GivesWay,
            _ => RowState::Open,
        })
        .collect()
    }
}
