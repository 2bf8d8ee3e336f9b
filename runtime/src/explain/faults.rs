//! The operation without a result in a term, under the words of the term that it is in.

use std::collections::HashSet;

use forewarn_plan::outline::Term;
use forewarn_plan::{NodeId, Op, Outline, Plan};

use super::reason::Teller;
use super::tree::Cause;

impl Teller<'_> {
    /// The fault of a term, or of a part that is not told by itself.
    pub fn fault_of(&self, outline: &Outline) -> Option<Cause> {
        let met = &self.evidence.values.faults;
        if met.is_empty() {
            return None;
        }
        for part in outline.operands.iter().filter_map(|id| self.outline(*id)) {
            if matches!(part.term, Term::Arithmetic | Term::Reduce | Term::List)
                && let Some(fault) = self.fault_of(part)
            {
                return Some(fault);
            }
        }
        self.own_fault(outline)
    }

    /// Nodes of a term are those above the nodes that its operands hold.
    fn own_fault(&self, outline: &Outline) -> Option<Cause> {
        let operands = outline.operands.iter().filter_map(|id| self.outline(*id));
        let below: HashSet<NodeId> = operands.flat_map(Outline::nodes).collect();
        let is_met = outline.nodes().any(|node| self.fault_between(node, &below));
        is_met.then(|| Cause::Fault {
            text: self.words(outline),
            declaration: self.inside.last().cloned().unwrap_or_default(),
        })
    }

    /// Is an operation without a result between a node and those below?
    pub fn fault_between(&self, from: NodeId, below: &HashSet<NodeId>) -> bool {
        let met = &self.evidence.values.faults;
        let plan = self.evidence.plan;
        let mut open = vec![from];
        let mut seen = HashSet::new();
        while let Some(id) = open.pop() {
            if below.contains(&id) || !seen.insert(id) {
                continue;
            }
            let Some(node) = plan.node(id) else { continue };
            if node.checked.is_some_and(|fault| met.contains(&fault)) {
                return true;
            }
            // What stands around an operation and asks for it is not the operation.
            if let Op::Select { yes, no, .. } = node.op
                && is_missing(plan, no)
            {
                open.push(yes);
            } else {
                open.extend(node.op.operands());
            }
        }
        false
    }
}

fn is_missing(plan: &Plan, node: NodeId) -> bool {
    matches!(plan.node(node).map(|node| node.op), Some(Op::Const(x)) if x.is_nan())
}
