//! What an expression is made of: the parts of a connective, and the nearest nodes below a calculation
//! that can be told by themselves. Operations that the compiler made for its own ends are passed
//! through.

use std::collections::HashSet;

use forewarn_plan::{NodeId, Op, Value};

use super::nodes::is_constant;
use super::reason::Teller;
use super::tree::Cause;

impl Teller<'_> {
    /// The parts of a connective, those of equal ones that are not declared taken apart.
    pub fn parts(&self, id: NodeId) -> Vec<NodeId> {
        let plan = self.evidence.plan;
        let and = matches!(plan.node(id).map(|node| node.op), Some(Op::And(..)));
        let mut parts = Vec::new();
        let mut open = vec![id];
        while let Some(next) = open.pop() {
            let op = plan.node(next).map(|node| node.op);
            match op {
                Some(Op::And(a, b)) if and && (next == id || self.named(next).is_none()) => {
                    open.extend([b, a]);
                }
                Some(Op::Or(a, b)) if !and && (next == id || self.named(next).is_none()) => {
                    open.extend([b, a]);
                }
                _ if !parts.contains(&next) => parts.push(next),
                _ => {}
            }
        }
        parts
    }

    /// What a calculation is made of: the nearest nodes below it that can be told by themselves. With
    /// the fault that left it without a result, if one did.
    pub fn frontier(&self, id: NodeId) -> (Vec<NodeId>, Option<Cause>) {
        let plan = self.evidence.plan;
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut fault = self.fault_of(id);
        // Both ends of a count or a level are compared where one of them may decide.
        let of_ends = matches!(
            plan.node(id).map(|node| node.op),
            Some(Op::Verdict { .. } | Op::Not(_))
        );
        let below = |id: NodeId| -> Vec<NodeId> {
            let Some(node) = plan.node(id) else {
                return Vec::new();
            };
            match node.op {
                // The branch that was taken; of a guard, what it guards.
                Op::Select { condition, yes, no } => {
                    let guard = |node| matches!(plan.node(node).map(|node| node.op), Some(Op::Const(x)) if x.is_nan());
                    match self.truth(condition) {
                        Some(true) if guard(no) => vec![yes],
                        _ if guard(no) => vec![condition],
                        Some(true) => vec![condition, yes],
                        Some(false) => vec![condition, no],
                        None => vec![condition, yes, no],
                    }
                }
                op => op.operands().collect(),
            }
        };
        let mut open = below(id);
        open.reverse();
        while let Some(next) = open.pop() {
            if !seen.insert(next) || is_constant(plan, next) {
                continue;
            }
            let op = plan.node(next).map(|node| node.op);
            let stands_alone = matches!(
                op,
                Some(Op::Input(_) | Op::Along(..) | Op::Peers { .. } | Op::Verdict { .. })
            ) || matches!(op, Some(Op::Compare(_, a, b)) if !of_ends || !self.compares_ends(a, b));
            if let Some(declaration) = self.named(next) {
                // Both ends of a level are one reason.
                let again = |node: &NodeId| {
                    let own = self.named(*node);
                    own.is_some_and(|own| own.name == declaration.name)
                };
                if !found.iter().any(again) {
                    found.push(next);
                }
            } else if stands_alone {
                found.push(next);
            } else {
                fault = fault.or_else(|| self.fault_of(next));
                let mut parts = below(next);
                parts.reverse();
                open.extend(parts);
            }
        }
        (found, fault)
    }

    /// Is a number that is compared with 1 made of a truth?
    pub(super) fn is_truth(&self, number: NodeId, one: NodeId) -> bool {
        use forewarn_plan::along::Along;
        let plan = self.evidence.plan;
        let op = |node| plan.node(node).map(|node| node.op);
        let mut at = number;
        op(one) == Some(Op::Const(1.0))
            && self.named(number).is_none()
            && loop {
                match op(at) {
                    Some(
                        Op::Along(Along::Every { .. } | Along::Any { .. }, _) | Op::Indicate(_),
                    ) => {
                        break true;
                    }
                    Some(Op::Along(Along::Lag(_), of)) => at = of,
                    _ => break false,
                }
            }
    }

    fn compares_ends(&self, a: NodeId, b: NodeId) -> bool {
        [a, b].into_iter().any(|side| {
            let value = self.named(side).map(|declaration| &declaration.value);
            matches!(value, Some(Value::Level { .. } | Value::Count { .. })) || self.is_tally(side)
        })
    }

    pub fn fault_of(&self, id: NodeId) -> Option<Cause> {
        let checked = self.evidence.plan.node(id)?.checked?;
        let sites = &self.evidence.plan.faults;
        let met = self.evidence.values.faults.contains(&checked);
        let site = sites.get(checked.0 as usize).filter(|_| met)?;
        Some(Cause::Fault {
            text: self.words(site.span),
            declaration: site.declaration.clone(),
        })
    }
}
