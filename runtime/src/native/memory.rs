//! What nodes of a ring that look back know of earlier periods: of as many entities as a turn has lanes.
//!
//! Windows, values at named periods and alerts that belong to a ring are told a period at a time, and so they say what
//! the interpreter says, in the time that it takes.

use forewarn_plan::{NodeId, Plan};

use super::lanes::ROWS;
use super::math::{LaneFunction, Passed};
use super::together::EntityRows;
use crate::memory::Memory;
use crate::rows::Source;

/// What a node knows; a ring's kernel is told where it lies.
pub(super) struct Looking<'a> {
    plan: &'a Plan,
    source: &'a Source<'a>,
    node: NodeId,
    lanes: [Memory; ROWS],
    /// The rows to come.
    rows: [std::ops::Range<usize>; ROWS],
}

impl<'a> Looking<'a> {
    pub fn new(plan: &'a Plan, source: &'a Source<'a>, node: NodeId) -> Self {
        let of = |_| Memory::of(&plan.nodes[node.index()].op);
        Self {
            plan,
            source,
            node,
            lanes: std::array::from_fn(of),
            rows: std::array::from_fn(|_| 0..0),
        }
    }

    /// Begins other entities; `start` is the chunk's first row.
    pub fn begin(&mut self, start: usize, entities: &[Option<EntityRows>; ROWS]) {
        let lanes = self.lanes.iter_mut().zip(&mut self.rows);
        for ((memory, rows), own) in lanes.zip(entities) {
            *rows = match own {
                Some(own) => {
                    let first = start + own.rows.start;
                    memory.begin(self.plan, self.node, self.source, first);
                    first..start + own.rows.end
                }
                None => 0..0,
            };
        }
    }

    fn look(&mut self, passed: &mut Passed) {
        let lanes = self.lanes.iter_mut().zip(&mut self.rows);
        for (lane, (memory, rows)) in lanes.enumerate() {
            let both = (passed.a[lane], passed.b[lane]);
            passed.a[lane] = match rows.next() {
                Some(row) => memory.looked((self.plan, self.node), self.source, row, both),
                None => f64::NAN,
            };
        }
    }
}

/// Takes note of both operands and leaves what the node is in place of the first.
pub(super) const LOOK: LaneFunction = look;

extern "C" fn look(passed: &mut Passed, memory: i64) {
    // SAFETY: a ring's kernel hands on what stands in its table, where `Pass` has put the address of the node's memory,
    // which it holds and nobody else uses meanwhile.
    #[allow(unsafe_code)]
    let looking = unsafe { &mut *(memory as usize as *mut Looking<'_>) };
    looking.look(passed);
}
