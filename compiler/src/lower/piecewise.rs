//! Breakpoints: straight lines between them, exact at both ends.

use super::Lowerer;
use super::value::Lowered;
use crate::interval::Interval;
use crate::plan::{Binary, Compare, NodeId};

impl Lowerer<'_> {
    /// Of a value and, for each piece, its two ends and what it has there. Both ends belong to the last
    /// piece, the lower one to the others; beyond the outermost ends there is nothing.
    pub fn piecewise(&mut self, args: &[Lowered]) -> NodeId {
        let nodes: Vec<NodeId> = args.iter().map(|arg| self.single(arg)).collect();
        let Some((x, pieces)) = nodes.split_first() else {
            return self.broken();
        };
        let mut result = self.builder.missing();
        for (number, piece) in pieces.chunks(4).rev().enumerate() {
            let [low, high, least, most] = piece else {
                continue;
            };
            let value = self.line(*x, (*low, *high), (*least, *most));
            let upto = if number == 0 {
                Compare::LessOrEqual
            } else {
                Compare::Less
            };
            let from = self.builder.compare(Compare::LessOrEqual, *low, *x);
            let until = self.builder.compare(upto, *x, *high);
            let inside = self.builder.and(from, until);
            result = self.builder.select(inside, value, result);
        }
        result
    }

    fn line(&mut self, x: NodeId, (low, high): (NodeId, NodeId), ends: (NodeId, NodeId)) -> NodeId {
        let (least, most) = ends;
        let width = self.binary(Binary::Subtract, high, low);
        let above = self.binary(Binary::Subtract, x, low);
        let share = self.guarded_divide(above, width);
        let one = self.builder.number(1.0);
        let rest = self.builder.binary(Binary::Subtract, one, share);
        let below = self.builder.binary(Binary::Multiply, least, rest);
        let above = self.builder.binary(Binary::Multiply, most, share);
        let value = self.builder.binary(Binary::Add, below, above);
        // Between the two ends, whatever rounding says.
        let bottom = self.builder.binary(Binary::Min, least, most);
        let top = self.builder.binary(Binary::Max, least, most);
        let value = self.builder.binary(Binary::Max, value, bottom);
        let value = self.builder.binary(Binary::Min, value, top);
        let hull: Interval = self.range(least).hull(self.range(most));
        self.builder.narrow(value, hull);
        value
    }
}
