//! A Plan's nodes anew, with ranges that end: a range without an end is taken to end at
//! [`FARTHEST`], so that nothing that is multiplied or added overflows where no data ever are.

use crate::interval::Interval;
use crate::plan::along::Side;
use crate::plan::properties::FARTHEST;
use crate::plan::{Gap, Node, NodeId, Op, Plan, PlanBuilder, Recall};

/// The nodes, and where each of the Plan's own is among them.
pub(super) fn narrowed(plan: &Plan) -> (Vec<Node>, Vec<NodeId>) {
    let mut builder = PlanBuilder::default();
    let mut places: Vec<NodeId> = Vec::with_capacity(plan.nodes.len());
    let near = Interval {
        low: -FARTHEST,
        high: FARTHEST,
    };
    let missing = builder.missing();
    for node in &plan.nodes {
        builder.site.watched = node.checked.is_some();
        #[allow(
            clippy::indexing_slicing,
            reason = "operands stand before what is made of them, in every Plan"
        )]
        let at = |id: NodeId| places[id.index()];
        let new = match node.op {
            Op::Const(x) => builder.number(x),
            Op::Input(input) => {
                let range = if near.high < node.range.low || node.range.high < near.low {
                    node.range
                } else {
                    near.meet(node.range)
                };
                builder.input(input, range)
            }
            Op::Period => builder.period(!node.uncertain),
            Op::Unary(op, a) => builder.unary(op, at(a)),
            Op::Binary(op, a, b) => builder.binary(op, at(a), at(b)),
            Op::Select { condition, yes, no } => builder.select(at(condition), at(yes), at(no)),
            Op::Compare(op, a, b) => builder.compare(op, at(a), at(b)),
            Op::IsKnown(a) => builder.is_known(at(a)),
            Op::Truth { yes, no } => builder.truth(yes, no),
            Op::Not(a) => builder.not(at(a)),
            Op::And(a, b) => builder.and(at(a), at(b)),
            Op::Or(a, b) => builder.or(at(a), at(b)),
            Op::Surely(a) => builder.surely(at(a)),
            Op::Possibly(a) => builder.possibly(at(a)),
            Op::Verdict { yes, no } => builder.verdict(at(yes), at(no)),
            Op::Indicate(a) => builder.indicate(at(a)),
            Op::Along(along, a) => builder.along(along, at(a)),
            Op::Paired(op, a, by) => builder.paired(op, at(a), at(by)),
            // Of earlier periods nothing more is known.
            Op::Recall(_, first) => builder.recall(
                Recall {
                    of: at(first),
                    ago: 1,
                    gap: Gap::Missing,
                    name: String::new(),
                    side: Side::Exact,
                },
                at(first),
                node.range,
            ),
            Op::Peers { peers, of, among } => match plan.peers.get(peers as usize) {
                Some(info) => builder.peers(info.clone(), at(of), among.map(at)),
                None => missing,
            },
            Op::Alert {
                alert,
                part,
                conditions,
            } => builder.alert(alert, part, at(conditions), 1_000),
        };
        // What was proved of the node still holds.
        let is_number = node.op.lane() == crate::plan::Lane::Number;
        if is_number && builder.constant(new).is_none() {
            builder.narrow(new, node.range);
        }
        places.push(new);
    }
    let (nodes, _, _) = builder.finish();
    (nodes, places)
}
