//! Which operand an end of a range comes from.

use super::super::{Binary, Lane, NodeId, Op, Unary};
use super::PlanBuilder;
use crate::numbers::FAR;

/// How deep an end is followed.
const DEEP: usize = 200;

/// What it is that opens a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opener {
    /// The number itself has that end, or none.
    Own,
    /// It chooses between numbers, or leaves out where one lies.
    Choice,
    /// It divides by what can be 0.
    Division,
    /// It takes the logarithm of what can be 0.
    Logarithm,
}

impl PlanBuilder {
    /// The operand that the lower or upper end of a number's range comes from, as far down as that is one,
    /// and why.
    #[must_use]
    pub fn end_from(&self, id: NodeId, low: bool) -> (NodeId, Opener) {
        let mut at = id;
        let open = self.end(id, low).abs() >= FAR;
        for _ in 0..DEEP {
            match self.end_step(at, low, open) {
                Some(next) => at = next,
                None => break,
            }
        }
        let why = match self.op(at) {
            Some(Op::Binary(Binary::Divide, _, by)) if open && self.told(by).contains(0.0) => {
                Opener::Division
            }
            Some(Op::Unary(Unary::Ln | Unary::Log2 | Unary::Log10, of))
                if open && self.told(of).low <= 0.0 =>
            {
                Opener::Logarithm
            }
            Some(op) if chooses(op) => Opener::Choice,
            _ => Opener::Own,
        };
        (at, why)
    }

    fn end(&self, id: NodeId, low: bool) -> f64 {
        let told = self.told(id);
        if low { told.low } else { told.high }
    }

    /// At either end, since operations turn ranges round.
    fn is_open(&self, id: NodeId) -> bool {
        let told = self.told(id);
        told.low <= -FAR || told.high >= FAR
    }

    fn end_step(&self, id: NodeId, low: bool, open: bool) -> Option<NodeId> {
        let op = self.op(id)?;
        let own = self.end(id, low);
        let says = |id: &NodeId| !self.constant(*id).is_some_and(f64::is_nan);
        let is_number = |id: &NodeId| self.op(*id).is_some_and(|op| op.lane() == Lane::Number);
        let mut operands = op.operands().filter(is_number).filter(says);
        if open {
            return operands.find(|operand| self.is_open(*operand));
        }
        operands.find(|operand| chooses(op) && self.end(*operand, low) == own)
    }
}

fn chooses(op: Op) -> bool {
    matches!(
        op,
        Op::Select { .. } | Op::Binary(Binary::Coalesce | Binary::Min | Binary::Max, ..)
    )
}
