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
    /// What is still to be worked out again.
    pending: Pending,
    /// Observations that were carried to this row with their own answer whether they were verified: what says so,
    /// and what it says of a new one.
    answers: Vec<(NodeId, NodeId, f64)>,
}

/// Places, given out in ascending order while later ones are added.
#[derive(Default)]
struct Pending {
    /// A bit for each place.
    words: Vec<u64>,
    /// The words among which there are any, the last one excluded.
    from: usize,
    to: usize,
}

impl Pending {
    fn add(&mut self, place: usize) {
        let at = place / 64;
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        if let Some(word) = self.words.get_mut(at) {
            *word |= 1 << (place % 64);
        }
        self.from = if self.to == 0 { at } else { self.from.min(at) };
        self.to = self.to.max(at + 1);
    }

    fn next(&mut self) -> Option<usize> {
        while self.from < self.to {
            let word = self.words.get_mut(self.from)?;
            if *word != 0 {
                let bit = word.trailing_zeros() as usize;
                *word &= *word - 1;
                return Some(self.from * 64 + bit);
            }
            self.from += 1;
        }
        (self.from, self.to) = (0, 0);
        None
    }
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
            pending: Pending::default(),
            needed,
            answers: evidence.answers_of_new_ones(),
            evidence,
        }
    }

    /// Does what is asked for need a node?
    pub fn needs(&self, node: NodeId) -> bool {
        self.needed.get(node.index()) == Some(&true)
    }

    /// What says whether an observation was verified, of a new one in the row.
    pub fn answer_of_a_new(&self, by: NodeId) -> Option<f64> {
        let mut answers = self.answers.iter();
        let carried = answers.find(|(_, node, _)| *node == by);
        carried.map_or_else(
            || self.evidence.values.known(by),
            |(_, _, answer)| Some(*answer),
        )
    }

    /// Places of the nodes that depend on one and that what is asked for needs.
    pub fn places(&self, from: NodeId) -> Vec<usize> {
        let places = self.evidence.dependents(from).iter().copied();
        let needed =
            places.filter(|place| self.walk.node(*place).is_some_and(|node| self.needs(node)));
        needed.collect()
    }

    /// Reads something while nodes have other numbers. Of what depends on them, what reads nothing that came out
    /// otherwise stays as it is.
    pub fn with<T>(&mut self, changed: &[(NodeId, f64)], read: impl FnOnce(&Tried) -> T) -> T {
        if self.answers.is_empty() {
            return self.with_all(changed, read);
        }
        let is_set = |node: NodeId| changed.iter().any(|(set, _)| *set == node);
        let answers = self.answers.iter();
        let further = answers.filter(|(of, by, _)| is_set(*of) && !is_set(*by));
        let further: Vec<(NodeId, f64)> = further.map(|(_, by, answer)| (*by, *answer)).collect();
        self.with_all(&[changed, further.as_slice()].concat(), read)
    }

    fn with_all<T>(&mut self, changed: &[(NodeId, f64)], read: impl FnOnce(&Tried) -> T) -> T {
        self.kept.clear();
        for (node, value) in changed {
            if let Some(cell) = self.walk.cell(*node) {
                self.kept.push((*node, cell));
            }
            self.walk.put(*node, NodeValue::Number(*value));
            self.touch(*node);
        }
        while let Some(place) = self.pending.next() {
            let Some(node) = self.walk.node(place) else {
                continue;
            };
            if !self.needs(node) || changed.iter().any(|(set, _)| *set == node) {
                continue;
            }
            let before = self.walk.cell(node);
            self.walk
                .again(&self.source, self.row, std::slice::from_ref(&place));
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

    /// What reads a node is worked out again.
    fn touch(&mut self, node: NodeId) {
        for place in self.evidence.users(node) {
            self.pending.add(*place);
        }
    }
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        self.evidence.done(&mut self.walk);
    }
}
