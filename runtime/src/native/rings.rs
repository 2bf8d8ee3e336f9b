//! Which nodes rest on their own past, by way of one another.
//!
//! In: the needed nodes. Out: the rings among them. Of a ring no node is known of all rows before the others are known of
//! any, so that a ring is computed as one, from period to period. What is read of earlier periods of a node outside is
//! a ring of its own. Linear in nodes.

use std::collections::BTreeMap;

use forewarn_plan::{NodeId, Op, Plan, Recall};

/// The rings of some nodes.
#[derive(Debug, Default)]
pub(super) struct Rings {
    /// By node, the number of its ring, from 1; 0 in none.
    ring: Vec<u32>,
    /// All the nodes, those of a ring together, each after what it rests on. Empty where nothing rests on its own past.
    parts: Vec<Vec<NodeId>>,
}

/// What a node reads of earlier periods of a node.
pub(super) fn recall(plan: &Plan, id: NodeId) -> Option<&Recall> {
    if let Op::Recall(recall, _) = plan.nodes[id.index()].op {
        plan.recalls.get(recall as usize)
    } else {
        None
    }
}

/// The node that it reads so.
pub(super) fn recalled(plan: &Plan, id: NodeId) -> Option<NodeId> {
    recall(plan, id).map(|recall| recall.of)
}

/// What the nodes of a ring read of earlier periods, by what it is read of.
pub(super) fn recalls(plan: &Plan, ring: &[NodeId]) -> BTreeMap<NodeId, Vec<NodeId>> {
    let mut recalls = BTreeMap::<NodeId, Vec<NodeId>>::new();
    for &id in ring {
        if let Some(recall) = recall(plan, id) {
            recalls.entry(recall.of).or_default().push(id);
        }
    }
    recalls
}

impl Rings {
    /// `needed` are closed: what each reads is among them.
    pub fn of(plan: &Plan, needed: &[NodeId]) -> Self {
        if !needed.iter().any(|&id| recalled(plan, id).is_some()) {
            return Self::default();
        }
        let parts = Search::new(plan).parts(needed);
        let mut ring = vec![0; plan.nodes.len()];
        let mut rings = 0;
        for part in &parts {
            if part.len() > 1 || recalled(plan, part[0]).is_some() {
                rings += 1;
                for id in part {
                    ring[id.index()] = rings;
                }
            }
        }
        Self { ring, parts }
    }

    /// The ring that a node belongs to.
    pub fn ring(&self, id: NodeId) -> Option<u32> {
        self.ring.get(id.index()).copied().filter(|ring| *ring > 0)
    }

    /// The nodes in parts, each after what it rests on: the rings, and all others one by one. `order` are the nodes,
    /// operands first.
    pub fn parts<'a>(&'a self, order: &'a [NodeId]) -> Vec<&'a [NodeId]> {
        if self.parts.is_empty() {
            return order.chunks(1).collect();
        }
        self.parts.iter().map(Vec::as_slice).collect()
    }

    /// What a node reads that has to be there before it: not what comes of it in its own ring.
    pub fn before<'a>(&'a self, plan: &'a Plan, id: NodeId) -> impl Iterator<Item = NodeId> + 'a {
        let past = recalled(plan, id).filter(|of| self.ring(*of) != self.ring(id));
        plan.nodes[id.index()].op.operands().chain(past)
    }
}

/// Tarjan's search for what can be reached both ways (SIAM J. Comput. 1, 1972), with a list in place of recursion.
struct Search<'a> {
    plan: &'a Plan,
    /// By node, when it was met, from 1, and the earliest on the way that can be reached from it.
    met: Vec<u32>,
    earliest: Vec<u32>,
    /// Those whose part is not closed.
    open: Vec<NodeId>,
    is_open: Vec<bool>,
    count: u32,
}

impl<'a> Search<'a> {
    fn new(plan: &'a Plan) -> Self {
        let nodes = plan.nodes.len();
        Self {
            plan,
            met: vec![0; nodes],
            earliest: vec![0; nodes],
            open: Vec::new(),
            is_open: vec![false; nodes],
            count: 0,
        }
    }

    /// What can be reached comes before what reaches it.
    fn parts(mut self, needed: &[NodeId]) -> Vec<Vec<NodeId>> {
        let mut parts = Vec::new();
        for &root in needed {
            if self.met[root.index()] > 0 {
                continue;
            }
            let mut way = vec![self.meet(root)];
            while let Some((id, reads, next)) = way.last_mut() {
                let (id, read) = (*id, reads.get(*next).copied().flatten());
                *next += 1;
                match read {
                    Some(read) if self.met[read.index()] == 0 => way.push(self.meet(read)),
                    Some(read) => {
                        if self.is_open[read.index()] {
                            self.lower(id, self.met[read.index()]);
                        }
                    }
                    None => {
                        way.pop();
                        if let Some((before, ..)) = way.last() {
                            self.lower(*before, self.earliest[id.index()]);
                        }
                        if self.earliest[id.index()] == self.met[id.index()] {
                            parts.push(self.close(id));
                        }
                    }
                }
            }
        }
        parts
    }

    fn meet(&mut self, id: NodeId) -> (NodeId, [Option<NodeId>; 4], usize) {
        self.count += 1;
        self.met[id.index()] = self.count;
        self.earliest[id.index()] = self.count;
        self.open.push(id);
        self.is_open[id.index()] = true;
        let mut reads = [None; 4];
        let below = self.plan.nodes[id.index()].op.operands();
        for (slot, read) in reads.iter_mut().zip(below.chain(recalled(self.plan, id))) {
            *slot = Some(read);
        }
        (id, reads, 0)
    }

    fn lower(&mut self, id: NodeId, to: u32) {
        let earliest = &mut self.earliest[id.index()];
        *earliest = (*earliest).min(to);
    }

    fn close(&mut self, id: NodeId) -> Vec<NodeId> {
        let start = self.open.iter().rposition(|open| *open == id).unwrap_or(0);
        let part = self.open.split_off(start);
        for id in &part {
            self.is_open[id.index()] = false;
        }
        part
    }
}
