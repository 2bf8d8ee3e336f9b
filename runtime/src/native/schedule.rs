//! The order in which native code computes a Plan's nodes.
//!
//! In: a well-formed Plan and the nodes wanted. Out: the nodes that are needed, in an order that keeps
//! few values alive. Any order that puts operands first gives the same bits; this one goes down
//! from the most composite result, the taller operand first, so that an indicator's score is computed
//! where its factor uses it; and whenever a value is there whose users can be computed without
//! more values staying alive, they are computed at once, so that a factor's known weight and its
//! weighted sum grow side by side. Linear in nodes, but for one sort where a Plan looks along time:
//! then what is computed before any look back comes first, then the first looks back, then what
//! reads them, and so on, so that there are as few kernels as there have to be. The nodes of a ring
//! stand together.

use forewarn_plan::{Lane, NodeId, Op, Plan, Stage};

use super::rings::{Rings, recalled};
use crate::form;

/// Read again wherever they are used, never computed: constants and columns.
pub(super) fn is_leaf(op: &Op) -> bool {
    matches!(
        op,
        Op::Const(_) | Op::Input(_) | Op::Period | Op::Truth { .. }
    )
}

/// The needed nodes, without leaves, operands first.
pub(super) fn schedule(plan: &Plan, roots: &[NodeId]) -> (Vec<NodeId>, Rings) {
    let needed = form::needed(plan, roots.iter().copied());
    let mut roots = roots.to_vec();
    // Nobody may read by another way what is looked back at.
    roots.extend(needed.iter().filter_map(|&id| recalled(plan, id)));
    roots.sort_unstable();
    roots.dedup();
    let mut order = Order::new(plan, &needed, &roots);
    for &root in roots.iter().rev() {
        order.visit(root);
    }
    let rings = Rings::of(plan, &needed);
    (by_depth(plan, &rings, order.done), rings)
}

/// Does an operation look along time?
pub(super) fn looks_back(op: &Op) -> bool {
    op.stage() == Stage::AlongTime
}

/// Brings the operations that look back together: sorted by how many of them, with row-local nodes
/// between, have to come before. A row-local node comes as late as its users allow, so that few
/// values cross.
fn by_depth(plan: &Plan, rings: &Rings, mut order: Vec<NodeId>) -> Vec<NodeId> {
    let op = |id: NodeId| &plan.nodes[id.index()].op;
    if !order.iter().any(|&id| looks_back(op(id))) {
        return order;
    }
    let mut depth = vec![0u32; plan.nodes.len()];
    let parts = rings.parts(&order);
    for part in &parts {
        let ring = rings.ring(part[0]);
        let after = |id: NodeId, operand: NodeId| {
            // A look back can follow another one at once, but an alert or a ring ends its depth.
            let between = rings.ring(operand).is_some()
                || match op(operand) {
                    Op::Alert { .. } => true,
                    Op::Along(..) | Op::Paired(..) | Op::Recall(..) => {
                        ring.is_none() && !looks_back(op(id))
                    }
                    Op::Const(_)
                    | Op::Input(_)
                    | Op::Period
                    | Op::Unary(..)
                    | Op::Binary(..)
                    | Op::Select { .. }
                    | Op::Compare(..)
                    | Op::IsKnown(_)
                    | Op::Truth { .. }
                    | Op::Not(_)
                    | Op::And(..)
                    | Op::Or(..)
                    | Op::Surely(_)
                    | Op::Possibly(_)
                    | Op::Verdict { .. }
                    | Op::Indicate(_)
                    | Op::Peers { .. } => false,
                };
            depth[operand.index()] + u32::from(between)
        };
        let outside = |read: &NodeId| ring.is_none() || rings.ring(*read) != ring;
        let below = part.iter().flat_map(|&id| {
            let reads = rings.before(plan, id).filter(outside);
            reads.map(move |read| (id, read))
        });
        let own = below.map(|(id, read)| after(id, read)).max().unwrap_or(0);
        for id in *part {
            depth[id.index()] = own;
        }
    }
    let mut latest = vec![u32::MAX; plan.nodes.len()];
    for part in parts.iter().rev() {
        for &id in *part {
            let moves = rings.ring(id).is_none() && !looks_back(op(id));
            if moves && latest[id.index()] != u32::MAX {
                depth[id.index()] = latest[id.index()];
            }
            for read in rings.before(plan, id) {
                let latest = &mut latest[read.index()];
                *latest = (*latest).min(depth[id.index()]);
            }
        }
    }
    // Stable: within a depth the order stays, and so do operands before their users. The looks back
    // come after it, those into one alert side by side, and then rings, one after the other.
    order.sort_by_key(|&id| {
        if let Some(ring) = rings.ring(id) {
            return (depth[id.index()], 3, ring, 0);
        }
        match *op(id) {
            Op::Alert {
                alert, conditions, ..
            } => (depth[id.index()], 2, alert, conditions.0),
            Op::Along(..) | Op::Paired(..) | Op::Recall(..) => (depth[id.index()], 1, 0, 0),
            Op::Const(_)
            | Op::Input(_)
            | Op::Period
            | Op::Unary(..)
            | Op::Binary(..)
            | Op::Select { .. }
            | Op::Compare(..)
            | Op::IsKnown(_)
            | Op::Truth { .. }
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Surely(_)
            | Op::Possibly(_)
            | Op::Verdict { .. }
            | Op::Indicate(_)
            | Op::Peers { .. } => (depth[id.index()], 0, 0, 0),
        }
    });
    order
}

struct Order<'a> {
    plan: &'a Plan,
    /// The longest way down to a leaf, by node.
    height: Vec<u32>,
    users: Users,
    /// How often a node is still to be read, by node.
    open: Vec<u32>,
    emitted: Vec<bool>,
    done: Vec<NodeId>,
}

impl<'a> Order<'a> {
    fn new(plan: &'a Plan, needed: &[NodeId], roots: &[NodeId]) -> Self {
        let mut height = vec![0u32; plan.nodes.len()];
        let mut emitted = vec![false; plan.nodes.len()];
        for &id in needed {
            let op = &plan.nodes[id.index()].op;
            let below = op.operands().map(|operand| height[operand.index()]).max();
            height[id.index()] = below.map_or(0, |below| below + 1);
            emitted[id.index()] = is_leaf(op);
        }
        let users = Users::of(plan, needed);
        let mut open: Vec<u32> = users.counts().collect();
        for root in roots {
            // Written out when computed; nothing has to stay alive for it.
            open[root.index()] += u32::from(open[root.index()] > 0);
        }
        Self {
            plan,
            height,
            users,
            open,
            emitted,
            done: Vec::with_capacity(needed.len()),
        }
    }

    /// Computes a node after everything it needs; no recursion, since chains are as long as rulesets.
    fn visit(&mut self, root: NodeId) {
        let mut stack = vec![(root, self.tallest_first(root), 0usize)];
        while let Some((id, operands, next)) = stack.last_mut() {
            if let Some(operand) = operands.get(*next).copied().flatten() {
                *next += 1;
                if !self.emitted[operand.index()] {
                    stack.push((operand, self.tallest_first(operand), 0));
                }
            } else {
                let id = *id;
                stack.pop();
                self.emit(id);
            }
        }
    }

    fn tallest_first(&self, id: NodeId) -> [Option<NodeId>; 3] {
        let mut operands = [None; 3];
        for (slot, operand) in operands
            .iter_mut()
            .zip(self.plan.nodes[id.index()].op.operands())
        {
            *slot = Some(operand);
        }
        // Stable: among equals, the order of the operands.
        operands.sort_by_key(|operand| {
            std::cmp::Reverse(operand.map(|operand| self.height[operand.index()] + 1))
        });
        operands
    }

    /// Puts a node into the order, and after it those of its users that cost nothing.
    fn emit(&mut self, id: NodeId) {
        let mut ready = vec![id];
        while let Some(id) = ready.pop() {
            if std::mem::replace(&mut self.emitted[id.index()], true) {
                continue;
            }
            self.done.push(id);
            for operand in self.plan.nodes[id.index()].op.operands() {
                let open = &mut self.open[operand.index()];
                *open = open.saturating_sub(1);
                // Its last user now ends its life.
                if *open == 1 {
                    let users = self.users.of_node(operand);
                    ready.extend(users.iter().filter(|&&user| self.costs_nothing(user)));
                }
            }
            let users = self.users.of_node(id);
            ready.extend(users.iter().rev().filter(|&&user| self.costs_nothing(user)));
        }
    }

    /// Can a node be computed now, with no more values alive afterwards?
    fn costs_nothing(&self, id: NodeId) -> bool {
        let op = &self.plan.nodes[id.index()].op;
        if self.emitted[id.index()] || op.operands().any(|operand| !self.emitted[operand.index()]) {
            return false;
        }
        let freed: u32 = op
            .operands()
            .filter(|operand| self.open[operand.index()] <= 1)
            .map(|operand| self.width(operand))
            .sum();
        self.width(id) <= freed
    }

    /// How many lanes a value takes.
    fn width(&self, id: NodeId) -> u32 {
        let node = &self.plan.nodes[id.index()];
        match node.op.lane() {
            _ if is_leaf(&node.op) => 0,
            Lane::Truth if node.uncertain => 2,
            Lane::Number | Lane::Truth => 1,
        }
    }
}

/// Who reads a node, for all nodes, in one list.
struct Users {
    starts: Vec<u32>,
    list: Vec<NodeId>,
}

impl Users {
    fn of(plan: &Plan, needed: &[NodeId]) -> Self {
        let mut starts = vec![0u32; plan.nodes.len() + 1];
        let reads = || {
            needed.iter().flat_map(|&id| {
                plan.nodes[id.index()]
                    .op
                    .operands()
                    .map(move |operand| (operand, id))
            })
        };
        for (operand, _) in reads() {
            starts[operand.index() + 1] += 1;
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut free = starts.clone();
        let mut list = vec![NodeId(0); reads().count()];
        for (operand, id) in reads() {
            let place = &mut free[operand.index()];
            list[*place as usize] = id;
            *place += 1;
        }
        Self { starts, list }
    }

    fn of_node(&self, id: NodeId) -> &[NodeId] {
        let (start, end) = (self.starts[id.index()], self.starts[id.index() + 1]);
        &self.list[start as usize..end as usize]
    }

    fn counts(&self) -> impl Iterator<Item = u32> + '_ {
        self.starts.windows(2).map(|pair| pair[1] - pair[0])
    }
}
