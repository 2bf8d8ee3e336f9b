//! Which way a node moves when some inputs rise: a proof over the Plan, node by node.
//!
//! In: nodes, and for each input whether it rises, falls or stays. Two rows of data are compared that
//! differ in these inputs alone, and only where an input is known in both; earlier periods and other
//! entities are the same. Out: for each node how its value in the second row stands to that in the
//! first. Only operations that keep an order in every bit are followed: adding, multiplying, dividing,
//! rounding and comparing are, approximations of a library (`exp`, `ln`, `pow`) are not.

use crate::interval::Interval;
use crate::plan::along::{Along, Window};
use crate::plan::{Binary, Compare, Lane, Node, NodeId, Op, Unary};

/// How a number, or whether something holds, changes from the first row to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Same,
    /// Never less.
    Up,
    /// Never more.
    Down,
    Any,
}

impl Sign {
    #[must_use]
    pub fn flip(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
            other => other,
        }
    }

    #[must_use]
    pub fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Same, one) | (one, Self::Same) => one,
            (one, other) if one == other => one,
            _ => Self::Any,
        }
    }

    /// Does it never fall?
    #[must_use]
    pub fn never_falls(self) -> bool {
        matches!(self, Self::Same | Self::Up)
    }

    #[must_use]
    pub fn never_rises(self) -> bool {
        matches!(self, Self::Same | Self::Down)
    }
}

/// What a node's being known rests on: known in a row where all of these are, which are known in both
/// rows or in neither. `None`: it may be known in one row alone.
type Known = Option<Vec<u32>>;

/// More than this many are summed up as the node itself.
const MOST_ATOMS: usize = 8;

/// What is known of a node.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Of a number, where it is known in both rows.
    value: Sign,
    /// Of a truth, or of a number that is 1, 0 or missing: being yes, and being no.
    yes: Sign,
    no: Sign,
    known: Known,
}

impl Fact {
    fn any() -> Self {
        Self {
            value: Sign::Any,
            yes: Sign::Any,
            no: Sign::Any,
            known: None,
        }
    }

    fn same(known: Vec<u32>) -> Self {
        Self {
            value: Sign::Same,
            yes: Sign::Same,
            no: Sign::Same,
            known: Some(known),
        }
    }

    fn number(value: Sign, known: Known) -> Self {
        Self {
            value,
            known,
            ..Self::any()
        }
    }

    fn truth(yes: Sign, no: Sign, known: Known) -> Self {
        Self {
            value: Sign::Any,
            yes,
            no,
            known,
        }
    }

    fn is_same(&self, lane: Lane) -> bool {
        self.known.is_some()
            && match lane {
                Lane::Number => self.value == Sign::Same,
                Lane::Truth => self.yes == Sign::Same && self.no == Sign::Same,
            }
    }

    /// A number: how it moves where it is known in both rows.
    #[must_use]
    pub fn value(&self) -> Sign {
        self.value
    }

    /// A truth, `no` lying below `unknown` and that below `yes`.
    #[must_use]
    pub fn truth_sign(&self) -> Sign {
        match (self.yes, self.no) {
            (Sign::Same, Sign::Same) => Sign::Same,
            (yes, no) if yes.never_falls() && no.never_rises() => Sign::Up,
            (yes, no) if yes.never_rises() && no.never_falls() => Sign::Down,
            _ => Sign::Any,
        }
    }
}

/// The facts of all nodes; `moves` says how an input moves.
#[must_use]
pub fn signs(nodes: &[Node], moves: &dyn Fn(u32) -> Sign) -> Vec<Fact> {
    let mut walk = Walk {
        nodes,
        facts: Vec::with_capacity(nodes.len()),
    };
    for (at, node) in (0_u32..).zip(nodes) {
        let fact = walk.fact(at, node, moves);
        walk.facts.push(fact);
    }
    walk.facts
}

struct Walk<'n> {
    nodes: &'n [Node],
    facts: Vec<Fact>,
}

impl Walk<'_> {
    fn of(&self, id: NodeId) -> Fact {
        self.facts
            .get(id.index())
            .cloned()
            .unwrap_or_else(Fact::any)
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    fn range(&self, id: NodeId) -> Interval {
        self.node(id).map_or(Interval::ALL, |node| node.range)
    }

    fn uncertain(&self, id: NodeId) -> bool {
        self.node(id).is_none_or(|node| node.uncertain)
    }

    fn fact(&self, at: u32, node: &Node, moves: &dyn Fn(u32) -> Sign) -> Fact {
        // What never lacks a value never changes that.
        let own = || if node.uncertain { vec![at] } else { Vec::new() };
        let certain = |known: Known| {
            if node.uncertain {
                known
            } else {
                Some(Vec::new())
            }
        };
        let lane_of = |id: NodeId| self.node(id).map_or(Lane::Number, |node| node.op.lane());
        match node.op {
            Op::Input(input) => {
                let mut fact = Fact::same(own());
                fact.value = moves(input);
                return fact;
            }
            Op::Const(_) | Op::Period | Op::Truth { .. } => return Fact::same(own()),
            // Earlier periods stay as they are.
            Op::Along(Along::Lag(ago), _) if ago > 0 => return Fact::same(own()),
            Op::IsKnown(a) => {
                return match self.of(a).known {
                    Some(_) => Fact::same(Vec::new()),
                    None => Fact::truth(Sign::Any, Sign::Any, Some(Vec::new())),
                };
            }
            _ => {}
        }
        // What is made of the same is the same.
        if node
            .op
            .operands()
            .all(|id| self.of(id).is_same(lane_of(id)))
        {
            let known = match node.op {
                Op::Unary(op, a) if self.has_result(node, op, a) => self.together(at, node),
                Op::Binary(op, a, b) if self.always_has_result(node, op, a, b) => {
                    self.together(at, node)
                }
                Op::Compare(..) => self.together(at, node),
                Op::Select { condition, yes, no } => self.where_known(condition, yes, no),
                _ => None,
            };
            return Fact::same(certain(known).unwrap_or_else(own));
        }
        match node.op {
            Op::Unary(op, a) => {
                let known = self.of(a).known.filter(|_| self.has_result(node, op, a));
                Fact::number(self.unary(op, a), certain(known))
            }
            Op::Binary(op, a, b) => self.binary(at, node, op, a, b),
            Op::Select { condition, yes, no } => self.select(at, node, condition, yes, no),
            Op::Compare(op, a, b) => {
                let bit = self.bit(op, a, b);
                let (x, y) = (self.of(a), self.of(b));
                if let Some(fact) = bit {
                    return fact;
                }
                if x.known.is_none() || y.known.is_none() {
                    return Fact::any();
                }
                let sign = match op {
                    Compare::Less | Compare::LessOrEqual => x.value.flip().join(y.value),
                    Compare::Equal => self.equal(a, b),
                };
                Fact::truth(sign, sign.flip(), certain(self.together(at, node)))
            }
            Op::Not(a) => {
                let a = self.of(a);
                Fact::truth(a.no, a.yes, a.known)
            }
            Op::And(a, b) | Op::Or(a, b) => {
                let (a, b) = (self.of(a), self.of(b));
                let (yes, no) = (a.yes.join(b.yes), a.no.join(b.no));
                Fact::truth(yes, no, certain(None))
            }
            Op::Surely(a) => {
                let yes = self.of(a).yes;
                Fact::truth(yes, yes.flip(), Some(Vec::new()))
            }
            Op::Possibly(a) => {
                let no = self.of(a).no;
                Fact::truth(no.flip(), no, Some(Vec::new()))
            }
            Op::Verdict { yes, no } => {
                let (yes, no) = (self.of(yes).yes, self.of(no).yes);
                let settled = yes == Sign::Same && no == Sign::Same;
                Fact::truth(yes, no, settled.then(|| vec![at]))
            }
            Op::Indicate(a) => {
                let a = self.of(a);
                let value = match (a.yes, a.no) {
                    (yes, no) if yes.never_falls() || no.never_rises() => Sign::Up,
                    (yes, no) if yes.never_rises() || no.never_falls() => Sign::Down,
                    _ => Sign::Any,
                };
                Fact { value, ..a }
            }
            Op::Along(along, a) => self.along(node, along, a, own()),
            _ => Fact::any(),
        }
    }

    /// Known where all operands are.
    fn together(&self, at: u32, node: &Node) -> Known {
        let mut all = Vec::new();
        for operand in node.op.operands() {
            all.extend(self.of(operand).known?);
        }
        all.sort_unstable();
        all.dedup();
        Some(if all.len() > MOST_ATOMS {
            vec![at]
        } else {
            all
        })
    }

    /// Is there a result wherever the operand is known?
    fn has_result(&self, node: &Node, op: Unary, a: NodeId) -> bool {
        let range = self.range(a);
        node.checked.is_none()
            && match op {
                Unary::Sqrt => range.low >= 0.0,
                Unary::Ln | Unary::Log2 | Unary::Log10 => range.low > 0.0,
                Unary::Exp => node.range.is_finite(),
                _ => true,
            }
    }

    fn always_has_result(&self, node: &Node, op: Binary, a: NodeId, b: NodeId) -> bool {
        let (left, right) = (self.range(a), self.range(b));
        let finite = left.is_finite() && right.is_finite();
        node.checked.is_none()
            && match op {
                Binary::Min | Binary::Max => true,
                Binary::Coalesce => false,
                Binary::Divide => finite && !right.contains(0.0),
                Binary::Power => finite && left.low >= 0.0,
                _ => finite,
            }
    }

    fn unary(&self, op: Unary, a: NodeId) -> Sign {
        let (sign, range) = (self.of(a).value, self.range(a));
        match op {
            Unary::Negate => sign.flip(),
            Unary::Abs if range.low >= 0.0 => sign,
            Unary::Abs if range.high <= 0.0 => sign.flip(),
            Unary::Sqrt | Unary::Floor | Unary::Ceil | Unary::Round(_) => sign,
            Unary::Abs | Unary::Exp | Unary::Ln | Unary::Log2 | Unary::Log10 => Sign::Any,
        }
    }

    fn binary(&self, at: u32, node: &Node, op: Binary, a: NodeId, b: NodeId) -> Fact {
        let (x, y) = (self.of(a), self.of(b));
        let (left, right) = (self.range(a), self.range(b));
        // Times something of one sign.
        let scaled = |sign: Sign, by: Interval| match sign {
            Sign::Same => Sign::Same,
            sign if by.low >= 0.0 => sign,
            sign if by.high <= 0.0 => sign.flip(),
            _ => Sign::Any,
        };
        let finite = left.is_finite() && right.is_finite();
        let sign = match op {
            Binary::Min | Binary::Max => x.value.join(y.value),
            Binary::Coalesce if x.known.is_some() => x.value.join(y.value),
            Binary::Add if finite => x.value.join(y.value),
            Binary::Subtract if finite => x.value.join(y.value.flip()),
            Binary::Multiply if finite => scaled(x.value, right).join(scaled(y.value, left)),
            // A divisor of zero gives nothing, so one that has a sign keeps it.
            Binary::Divide if finite && (right.low >= 0.0 || right.high <= 0.0) => {
                scaled(x.value, right).join(scaled(y.value, left).flip())
            }
            _ => Sign::Any,
        };
        let known = match op {
            Binary::Coalesce => (x.known.is_some() && y.known.is_some()).then(|| vec![at]),
            // Whether it divides by zero does not change.
            Binary::Divide if node.checked.is_none() && finite && y.is_same(Lane::Number) => {
                x.known.as_ref().map(|_| vec![at])
            }
            _ if self.always_has_result(node, op, a, b) => self.together(at, node),
            _ => None,
        };
        let known = if node.uncertain {
            known
        } else {
            Some(Vec::new())
        };
        Fact::number(sign, known)
    }

    fn select(&self, at: u32, node: &Node, c: NodeId, yes: NodeId, no: NodeId) -> Fact {
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
        } else if x.known.is_none() || y.known.is_none() {
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
        let known = match (&condition.known, &x.known, &y.known) {
            _ if !node.uncertain => Some(Vec::new()),
            _ if self.where_known(c, yes, no).is_some() => self.where_known(c, yes, no),
            (Some(_), Some(_), Some(_)) if fixed => Some(vec![at]),
            // Where the condition is known, either branch is known in the same rows.
            (Some(c), Some(x), Some(y)) => {
                let beyond = |known: &[u32]| -> Vec<u32> {
                    known
                        .iter()
                        .filter(|one| !c.contains(one))
                        .copied()
                        .collect()
                };
                (beyond(x) == beyond(y)).then(|| {
                    let mut all: Vec<u32> = c.iter().copied().chain(beyond(x)).collect();
                    all.sort_unstable();
                    if all.len() > MOST_ATOMS {
                        vec![at]
                    } else {
                        all
                    }
                })
            }
            _ => None,
        };
        Fact::number(sign, known)
    }

    /// `if x is known then y else missing`: known where both are.
    fn where_known(&self, condition: NodeId, yes: NodeId, no: NodeId) -> Known {
        let op = |id: NodeId| self.node(id).map(|node| node.op);
        let (Some(Op::IsKnown(of)), Some(Op::Const(x))) = (op(condition), op(no)) else {
            return None;
        };
        if !x.is_nan() {
            return None;
        }
        let mut all = self.of(of).known?;
        all.extend(self.of(yes).known?);
        all.sort_unstable();
        all.dedup();
        (all.len() <= MOST_ATOMS).then_some(all)
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
    fn equal(&self, a: NodeId, b: NodeId) -> Sign {
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
    fn bit(&self, op: Compare, a: NodeId, b: NodeId) -> Option<Fact> {
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

    fn along(&self, node: &Node, along: Along, a: NodeId, own: Vec<u32>) -> Fact {
        let x = self.of(a);
        match along {
            Along::Window { what, .. } => {
                let known = x.known.is_some() && node.checked.is_none();
                let sign = match what {
                    Window::Sum | Window::Mean | Window::Min | Window::Max | Window::Median
                        if x.known.is_some() =>
                    {
                        x.value
                    }
                    Window::Known if x.known.is_some() => Sign::Same,
                    _ => Sign::Any,
                };
                Fact::number(sign, known.then_some(own))
            }
            Along::Every { .. } | Along::Any { .. } => {
                let sign = x.truth_sign();
                Fact {
                    value: sign,
                    yes: sign,
                    no: sign.flip(),
                    known: if self.uncertain(a) || node.uncertain {
                        None
                    } else {
                        Some(own)
                    },
                }
            }
            Along::Lag(_) | Along::Since => Fact::any(),
        }
    }
}
