//! What a row would be if some of its values were others.
//!
//! Values of nodes are set, the nodes between them and the ones asked for are worked out again, and
//! everything is put back. Earlier rows and results across peers stay as they are.

use forewarn_plan::NodeId;

use super::evidence::Evidence;
use crate::form;
use crate::interpreter::{Cell, Walk};
use crate::rows::Source;

/// The explained row, to be tried with other values.
pub(super) struct Trial<'e> {
    evidence: &'e Evidence<'e>,
    walk: Walk<'e>,
    source: Source<'e>,
    row: usize,
    /// By place: the cell as it is.
    kept: Vec<(NodeId, Cell)>,
    /// By node: does what is asked for need it?
    needed: Vec<bool>,
}

/// A row with other values.
pub(super) struct Tried<'t, 'e>(&'t Walk<'e>);

impl Tried<'_, '_> {
    pub fn number(&self, node: NodeId) -> f64 {
        self.0.cell(node).map_or(f64::NAN, Cell::as_number)
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

    /// Reads something while nodes have other numbers; `places` are those to be worked out again.
    pub fn with<T>(
        &mut self,
        changed: &[(NodeId, f64)],
        places: &[usize],
        read: impl FnOnce(&Tried) -> T,
    ) -> T {
        let mut kept = std::mem::take(&mut self.kept);
        kept.clear();
        let nodes = self.walk.nodes();
        let worked_out = places.iter().filter_map(|place| nodes.get(*place));
        for node in worked_out.chain(changed.iter().map(|(node, _)| node)) {
            if let Some(cell) = self.walk.cell(*node) {
                kept.push((*node, cell));
            }
        }
        for (node, value) in changed {
            self.walk.put(*node, Cell::Number(*value));
        }
        self.walk.again(&self.source, self.row, places);
        let result = read(&Tried(&self.walk));
        for (node, cell) in &kept {
            self.walk.put(*node, *cell);
        }
        self.kept = kept;
        result
    }
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        self.evidence.done(&mut self.walk);
    }
}
