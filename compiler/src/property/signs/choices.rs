//! Choices between values, comparisons with an end of what there is, and looks along time.

use super::known::Known;
use super::{Fact, Sign, Walk};
use crate::plan::along::{Along, Window};
use crate::plan::{Binary, Compare, Lane, Node, NodeId, Op};

impl Walk<'_> {
    pub(super) fn select(&self, at: u32, node: &Node, c: NodeId, yes: NodeId, no: NodeId) -> Fact {
        let (condition, x, y) = (self.of(c), self.of(yes), self.of(no));
        let fixed = condition.is_same(Lane::Truth);
        let both = x.value.join(y.value);
        let rises = condition.yes.never_falls() || condition.no.never_rises();
        let falls = condition.yes.never_rises() || condition.no.never_falls();
        let is_never = |id: NodeId| matches!(self.node(id).map(|node| node.op), Some(Op::Const(x)) if x.is_nan());
        let sign = if fixed || is_never(no) || is_never(yes) {
            // One branch alone has a value, or the branch stays.
            match (is_never(yes), is_never(no)) {
                (true, _) => y.value,
                (_, true) => x.value,
                _ => both,
            }
        } else if !x.known.is_alike() || !y.known.is_alike() {
            Sign::Any
        } else if both.never_falls()
            && (rises && self.at_most(no, yes, 0) || falls && self.at_most(yes, no, 0))
        {
            Sign::Up
        } else if both.never_rises()
            && (rises && self.at_most(yes, no, 0) || falls && self.at_most(no, yes, 0))
        {
            Sign::Down
        } else {
            Sign::Any
        };
        let (of_c, of_x, of_y) = (condition.known, x.known, y.known);
        let alike = of_c.is_alike() && of_x.is_alike() && of_y.is_alike();
        let known = if !node.uncertain {
            Known::ALWAYS
        } else if let Some(known) = self.where_known(c, yes, no) {
            known
        } else if alike && fixed {
            Known::where_is(at)
        } else if alike && of_x.beyond(of_c) == of_y.beyond(of_c) {
            // Where the condition is known, either branch is known in the same rows.
            of_c.and(of_x).unwrap_or(Known::where_is(at))
        } else {
            Known::NOT_ALIKE
        };
        Fact::number(sign, known)
    }

    /// `if x is known then y else missing`: known where both are.
    pub(super) fn where_known(&self, condition: NodeId, yes: NodeId, no: NodeId) -> Option<Known> {
        let op = |id: NodeId| self.node(id).map(|node| node.op);
        let (Some(Op::IsKnown(of)), Some(Op::Const(x))) = (op(condition), op(no)) else {
            return None;
        };
        if !x.is_nan() {
            return None;
        }
        self.of(of).known.alike()?.and(self.of(yes).known.alike()?)
    }

    /// Is a number never above another of the same row, where both are known?
    fn at_most(&self, a: NodeId, b: NodeId, depth: usize) -> bool {
        if a == b || self.range(a).high <= self.range(b).low {
            return true;
        }
        if depth > 4 {
            return false;
        }
        let under = |b: NodeId| self.at_most(a, b, depth + 1);
        let over = |a: NodeId| self.at_most(a, b, depth + 1);
        let (op_a, op_b) = (
            self.node(a).map(|node| node.op),
            self.node(b).map(|node| node.op),
        );
        let through_b = match op_b {
            Some(Op::Binary(Binary::Max, x, y)) => under(x) || under(y),
            Some(Op::Binary(Binary::Min | Binary::Coalesce, x, y)) => under(x) && under(y),
            Some(Op::Select { yes, no, .. }) => under(yes) && under(no),
            _ => false,
        };
        through_b
            || match op_a {
                Some(Op::Binary(Binary::Min, x, y)) => over(x) || over(y),
                Some(Op::Binary(Binary::Max | Binary::Coalesce, x, y)) => over(x) && over(y),
                Some(Op::Select { yes, no, .. }) => over(yes) && over(no),
                _ => false,
            }
    }

    /// `a = b`, where one of the two is an end of what the other can be.
    pub(super) fn equal(&self, a: NodeId, b: NodeId) -> Sign {
        let (x, y) = (self.range(a), self.range(b));
        let (sign, range, end) = if y.is_point() && self.of(b).is_same(Lane::Number) {
            (self.of(a).value, x, y.low)
        } else if x.is_point() && self.of(a).is_same(Lane::Number) {
            (self.of(b).value, y, x.low)
        } else {
            return Sign::Any;
        };
        if range.high <= end {
            sign
        } else if range.low >= end {
            sign.flip()
        } else {
            Sign::Any
        }
    }

    /// A truth that went along time as 1, 0 and missing.
    pub(super) fn bit(&self, op: Compare, a: NodeId, b: NodeId) -> Option<Fact> {
        let is_one = |id: NodeId| matches!(self.node(id).map(|node| node.op), Some(Op::Const(1.0)));
        let bit = if is_one(b) { a } else { b };
        let made = matches!(
            self.node(bit).map(|node| node.op),
            Some(Op::Indicate(_) | Op::Along(Along::Every { .. } | Along::Any { .. }, _))
        );
        if op != Compare::Equal || !made || !(is_one(a) || is_one(b)) {
            return None;
        }
        let fact = self.of(bit);
        Some(Fact::truth(fact.yes, fact.no, fact.known))
    }

    /// A window of a number, wherever it begins.
    pub(super) fn windowed(&self, node: &Node, what: Window, a: NodeId, own: Known) -> Fact {
        let x = self.of(a);
        let known = x.known.is_alike() && node.checked.is_none();
        let sign = match what {
            Window::Sum
            | Window::Mean
            | Window::Min
            | Window::Max
            | Window::Last
            | Window::Median
                if x.known.is_alike() =>
            {
                x.value
            }
            Window::Known if x.known.is_alike() => Sign::Same,
            Window::Sum
            | Window::Mean
            | Window::Min
            | Window::Max
            | Window::Last
            | Window::Known
            | Window::StdDev
            | Window::Median
            | Window::Trend => Sign::Any,
        };
        Fact::number(sign, if known { own } else { Known::NOT_ALIKE })
    }

    pub(super) fn along(&self, node: &Node, along: Along, a: NodeId, own: Known) -> Fact {
        let x = self.of(a);
        match along {
            Along::Window { what, .. } => self.windowed(node, what, a, own),
            Along::Every { .. } | Along::Any { .. } => {
                let sign = x.truth_sign();
                Fact {
                    value: sign,
                    yes: sign,
                    no: sign.flip(),
                    known: if self.uncertain(a) || node.uncertain {
                        Known::NOT_ALIKE
                    } else {
                        own
                    },
                }
            }
            Along::Lag(_) | Along::Since => Fact::any(),
        }
    }
}
