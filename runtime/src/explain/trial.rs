//! What a row would be if some of its values were others.
//!
//! Values of nodes are set, the nodes between them and the ones asked for are worked out again, and
//! everything is put back. Earlier rows and results across peers stay as they are.

use forewarn_plan::NodeId;

use super::evidence::Evidence;
use crate::form;
use crate::interpreter::{NodeValue, Walk};
use crate::rows::Source;

/// The explained row, to be tried with other values.
pub(super) struct Trial<'e> {
    evidence: &'e Evidence<'e>,
    walk: Walk<'e>,
    source: Source<'e>,
    row: usize,
    /// By place: the cell as it is.
    kept: Vec<(NodeId, NodeValue)>,
    /// By node: does what is asked for need it?
    needed: Vec<bool>,
    /// By node: in which trial it last came out otherwise.
    touched: Vec<u32>,
    turn: u32,
}

/// A row with other values.
pub(super) struct Tried<'t, 'e>(&'t Walk<'e>);

impl Tried<'_, '_> {
    pub fn number(&self, node: NodeId) -> f64 {
        self.0.cell(node).map_or(f64::NAN, NodeValue::as_number)
    }
}

impl<'e> Trial<'e> {
    /// To ask for some nodes.
    pub fn of(evidence: &'e Evidence<'e>, asked: &[NodeId]) -> Self {
        let mut needed = vec![false; evidence.flat.nodes.len()];
        for node in form::needed(evidence.flat, asked.iter().copied()) {
            if let Some(needed) = needed.get_mut(node.index()) {
                *needed = true;
            }
        }
        Self {
            walk: evidence.walk(),
            source: Source::of(&evidence.own),
            row: evidence.last(),
            kept: Vec::new(),
            touched: vec![0; needed.len()],
            turn: 0,
            needed,
            evidence,
        }
    }

    /// Does what is asked for need a node?
    pub fn needs(&self, node: NodeId) -> bool {
        self.needed.get(node.index()) == Some(&true)
    }

    /// Places of the nodes that depend on one and that what is asked for needs.
    pub fn places(&self, from: NodeId) -> Vec<usize> {
        let places = self.evidence.dependents(from).iter().copied();
        let nodes = self.walk.nodes();
        let needed = places.filter(|place| nodes.get(*place).is_some_and(|node| self.needs(*node)));
        needed.collect()
    }

    /// Reads something while nodes have other numbers; `places` are those of what depends on them, in order. Of
    /// these, what reads nothing that came out otherwise stays as it is.
    pub fn with<T>(
        &mut self,
        changed: &[(NodeId, f64)],
        places: &[usize],
        read: impl FnOnce(&Tried) -> T,
    ) -> T {
        self.kept.clear();
        self.turn += 1;
        for (node, value) in changed {
            if let Some(cell) = self.walk.cell(*node) {
                self.kept.push((*node, cell));
            }
            self.walk.put(*node, NodeValue::Number(*value));
            self.touch(*node);
        }
        for place in places {
            let Some(node) = self.walk.nodes().get(*place).copied() else {
                continue;
            };
            let reads = self.evidence.flat.node(node).map(|node| node.op.operands());
            let mut reads = reads.into_iter().flatten();
            if !reads.any(|read| self.touched.get(read.index()) == Some(&self.turn)) {
                continue;
            }
            let before = self.walk.cell(node);
            self.walk
                .again(&self.source, self.row, std::slice::from_ref(place));
            let Some(before) = before else { continue };
            self.kept.push((node, before));
            if self.walk.cell(node).is_some_and(|now| !now.is_same(before)) {
                self.touch(node);
            }
        }
        let result = read(&Tried(&self.walk));
        for (node, cell) in &self.kept {
            self.walk.put(*node, *cell);
        }
        result
    }

    fn touch(&mut self, node: NodeId) {
        if let Some(touched) = self.touched.get_mut(node.index()) {
            *touched = self.turn;
        }
    }
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        self.evidence.done(&mut self.walk);
    }
}
