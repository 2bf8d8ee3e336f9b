//! What a ring reads of its past, as vector instructions.
//!
//! In: a turn of a ring, whose lanes are entities in a period of theirs. Out: what was so many periods ago, what a node
//! that looks back says of all periods so far, and the turn's own values put down for later ones.

use cranelift_codegen::ir::InstBuilder;
use cranelift_codegen::ir::condcodes::FloatCC;
use forewarn_plan::{Gap, NodeId, Op};

use super::emit::Operands;
use super::function::{RingStream, Stream, Turn};
use super::lanes::{LaneBuilder, Lanes};
use super::memory;
use super::rings::recall;

impl Turn<'_> {
    /// What a node is that looks back; nothing, where it does not.
    pub fn looked_back(&mut self, lanes: &mut LaneBuilder, id: NodeId) -> Option<Lanes> {
        let (of, by, has_results) = match self.plan.nodes[id.index()].op {
            Op::Recall(_, first) => return Some(self.recalled(lanes, id, first)),
            Op::Along(along, of) => (of, None, along.has_results()),
            Op::Alert { conditions: of, .. } => (of, None, false),
            Op::Paired(paired, of, by) => (of, Some(by), paired.has_results()),
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
            | Op::Peers { .. } => return None,
        };
        let of = self.number(lanes, of);
        let by = by.map(|by| self.number(lanes, by));
        let memory = self.pointer(lanes, Stream::Ring(RingStream::Memory(id)));
        let x = lanes.call_with(memory::LOOK, memory, of, by);
        Some(match has_results {
            true => self.with_a_result(lanes, id, x),
            false => x,
        })
    }

    /// An infinity says that there is no result.
    fn with_a_result(&mut self, lanes: &mut LaneBuilder, id: NodeId, x: Lanes) -> Lanes {
        let node = &self.plan.nodes[id.index()];
        let size = lanes.each(x, |builder, x| builder.ins().fabs(x));
        let infinity = lanes.constant(f64::INFINITY);
        let none = lanes.compare(FloatCC::Equal, size, infinity);
        self.count(lanes, node, none);
        lanes.miss(none, x)
    }

    fn recalled(&mut self, lanes: &mut LaneBuilder, id: NodeId, first: NodeId) -> Lanes {
        let address = self.address(lanes, Stream::Ring(RingStream::Recalled(id)));
        let then = lanes.load(address);
        let first = self.number(lanes, first);
        match self.gap(id) {
            // Where nothing was, nothing is known.
            Gap::First | Gap::Last => {
                let known = lanes.known(then);
                lanes.choose(known, then, first)
            }
            Gap::Missing => {
                let address = self.address(lanes, Stream::Ring(RingStream::Nothing(id)));
                let nothing = lanes.load_mask(address);
                lanes.choose(nothing, first, then)
            }
        }
    }

    fn gap(&self, id: NodeId) -> Gap {
        recall(self.plan, id).map_or(Gap::Missing, |recall| recall.gap)
    }

    /// Puts down what later periods read of a node.
    pub fn remember(&mut self, lanes: &mut LaneBuilder, of: NodeId) {
        for id in self.recalls.remove(&of).unwrap_or_default() {
            let mut x = self.number(lanes, of);
            if self.gap(id) == Gap::Last {
                let address = self.address(lanes, Stream::Ring(RingStream::Before(id)));
                let before = lanes.load(address);
                let known = lanes.known(x);
                x = lanes.choose(known, x, before);
            }
            let address = self.address(lanes, Stream::Ring(RingStream::Remembered(id)));
            lanes.store(address, x);
        }
    }
}
