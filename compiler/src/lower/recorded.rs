//! What has been recorded of the words of authors while they are lowered: the state of
//! [`super::outlines`], below the lowerer that carries it.

use std::collections::HashMap;
use std::sync::Arc;

use forewarn_grammar::words::OneLine;

use crate::plan::outline::{ItemOf, PeerPart};
use crate::plan::{NodeId, Outline, OutlineId};
use crate::source::FileId;
use crate::typed::ValueId;
use crate::units::Unit;

/// What has been recorded so far.
#[derive(Default)]
pub(super) struct Outlines {
    pub made: Vec<Outline>,
    /// The terms that are being lowered, the innermost last.
    pub open: Vec<Opened>,
    /// How many functions of the standard library are being expanded.
    pub silent: usize,
    /// The nodes across peers of the call that was lowered last.
    pub peers: Vec<(PeerPart, NodeId)>,
    /// The node that the call that was lowered last has for a whole spell.
    pub spell: Option<NodeId>,
    pub lines: HashMap<FileId, (Arc<str>, OneLine)>,
    pub captions: HashMap<Unit, String>,
    /// What the items of declared lists go back to.
    pub lists: HashMap<ValueId, Vec<ItemOf>>,
}

/// A term that is being lowered.
#[derive(Default)]
pub(super) struct Opened {
    /// What it is made of.
    pub made_of: Vec<OutlineId>,
    /// How many operations had been kept back before.
    pub kept_back: usize,
}

/// The names that a call's arguments bring along: equal nodes may have others.
pub(super) type Brought = (Vec<Vec<ItemOf>>, Vec<Unit>);

impl Outlines {
    /// What is lowered from here on stands for itself; to be handed back to [`Outlines::back`].
    pub fn apart(&mut self) -> (Vec<Opened>, usize) {
        (
            std::mem::take(&mut self.open),
            std::mem::take(&mut self.silent),
        )
    }

    /// A declaration of its own begins.
    pub fn restart(&mut self) {
        self.open.clear();
        self.silent = 0;
    }

    pub fn back(&mut self, outer: (Vec<Opened>, usize)) {
        (self.open, self.silent) = outer;
    }

    pub fn begin(&mut self, kept_back: usize) {
        if self.silent == 0 {
            self.open.push(Opened {
                made_of: Vec::new(),
                kept_back,
            });
        }
    }

    /// Of the term that was lowered last.
    pub fn last(&self) -> Option<OutlineId> {
        self.open.last()?.made_of.last().copied()
    }

    /// A term that is made of others begins to be told among them.
    pub fn push(&mut self, id: OutlineId) {
        match self.open.last_mut() {
            Some(open) => open.made_of.push(id),
            None => self.open.push(Opened {
                made_of: vec![id],
                kept_back: 0,
            }),
        }
    }

    pub fn get(&self, id: OutlineId) -> Option<&Outline> {
        self.made.get(id.0 as usize)
    }

    /// Inside a function; of the standard library nothing is told.
    pub fn enter(&mut self, standard: bool) {
        self.silent += usize::from(standard || self.silent > 0);
    }

    pub fn leave(&mut self) {
        self.silent = self.silent.saturating_sub(1);
    }

    pub fn is_silent(&self) -> bool {
        self.silent > 0
    }
}
