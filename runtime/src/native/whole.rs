//! Which numbers are always whole and of moderate size, or infinite: places on scales, codes of
//! categories, counts.
//!
//! Two of them are equal or far apart, so that no comparison between them needs digits. Out: a mark
//! for each node; a number without one may be whole as well.

use forewarn_plan::along::Window;
use forewarn_plan::peers::{Aggregate, Peers};
use forewarn_plan::{Along, Binary, InputKind, Node, NodeId, Op, Paired, Plan, Unary};

/// Whole numbers below this have at most 13 digits.
const MOST: f64 = 1e13;

/// The marks, by node.
#[derive(Debug)]
pub(super) struct Whole(Vec<bool>);

impl Whole {
    pub fn of(plan: &Plan) -> Self {
        let mut marks = Self(Vec::with_capacity(plan.nodes.len()));
        for node in &plan.nodes {
            let is_whole = marks.is_whole(plan, node);
            marks.0.push(is_whole);
        }
        marks
    }

    pub fn is(&self, id: NodeId) -> bool {
        self.0.get(id.index()).copied().unwrap_or(false)
    }

    fn is_whole(&self, plan: &Plan, node: &Node) -> bool {
        let small = node.range.low > -MOST && node.range.high < MOST;
        match node.op {
            Op::Const(x) => !x.is_finite() || (x.fract() == 0.0 && small),
            Op::Input(input) => {
                let info = plan.inputs.get(input as usize);
                small
                    && info.is_some_and(|info| match info.kind {
                        InputKind::Number => false,
                        InputKind::Truth
                        | InputKind::Verification { .. }
                        | InputKind::Applies { .. }
                        | InputKind::Age { .. }
                        | InputKind::Key { .. }
                        | InputKind::Level { .. }
                        | InputKind::Category { .. } => true,
                    })
            }
            Op::Indicate(_) => true,
            Op::Period | Op::Alert { .. } => small,
            Op::Unary(op, a) => match op {
                Unary::Negate | Unary::Abs => self.is(a),
                Unary::Times(_) => self.is(a) && small,
                Unary::Floor | Unary::Ceil => small,
                Unary::Round(decimals) | Unary::Truncate(decimals) => decimals <= 0 && small,
                Unary::Sqrt | Unary::Exp | Unary::Ln | Unary::Log2 | Unary::Log10 => false,
            },
            Op::Binary(op, a, b) => match op {
                // One of the two.
                Binary::Min | Binary::Max | Binary::Coalesce => self.is(a) && self.is(b),
                Binary::Add | Binary::Subtract | Binary::Multiply => {
                    small && self.is(a) && self.is(b)
                }
                Binary::Divide | Binary::Power => false,
            },
            Op::Select { yes, no, .. } => self.is(yes) && self.is(no),
            Op::Along(along, a) => match along {
                Along::Lag(_) => self.is(a),
                Along::Every { .. } | Along::Any { .. } => true,
                Along::Since => small,
                Along::Window { what, .. } => self.windowed(what, a, small),
            },
            Op::Paired(op, a, _) => match op {
                Paired::Since { what, .. } => self.windowed(what, a, small),
                Paired::At => self.is(a),
            },
            Op::Recall(..) => false,
            Op::Peers { peers, .. } => {
                let info = plan.peers.get(peers as usize);
                small && info.is_some_and(|info| info.what == Peers::Aggregate(Aggregate::Known))
            }
            // Truths are no numbers.
            Op::Compare(..)
            | Op::IsKnown(_)
            | Op::Truth { .. }
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Surely(_)
            | Op::Possibly(_)
            | Op::Verdict { .. } => false,
        }
    }

    /// Is a window of a node's values made of whole numbers?
    fn windowed(&self, what: Window, a: NodeId, small: bool) -> bool {
        match what {
            Window::Known => small,
            Window::Min | Window::Max | Window::Last => self.is(a),
            Window::Sum => small && self.is(a),
            Window::Mean | Window::Median | Window::StdDev | Window::Trend => false,
        }
    }
}
