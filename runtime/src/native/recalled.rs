//! What a recall reads of earlier periods while a ring is gone through.
//!
//! In: the entities that go together, what an earlier run handed over of them, and what the ring's kernel puts down, a
//! block of periods after the other. Out: the same block moved up by as many periods as the recall looks back, and a mask
//! that says where nothing was.

use forewarn_plan::along::remember;
use forewarn_plan::{Gap, NodeId, Plan};

use super::lanes::ROWS;
use super::rings::recall;
use super::together::{BLOCK, Together};
use crate::history::Tail;
use crate::memory::Memory;
use crate::rows::Source;

/// A mask's lane that is set.
const SET: f64 = f64::from_bits(u64::MAX);

/// What a recall reads of earlier periods.
pub(super) struct Past {
    pub node: NodeId,
    ago: usize,
    gap: Gap,
    /// Turns before the block that are still read.
    pub before: usize,
    /// These, and then the block's own.
    pub cells: Vec<f64>,
    /// By lane, how many periods are known of before the entity's first row.
    known: [usize; ROWS],
    /// By lane, what an earlier run handed over in place of the rows' own.
    handed: [Option<Tail>; ROWS],
    /// The block that says where nothing was, and whether it says so nowhere.
    pub nothing: Option<usize>,
    is_clear: bool,
}

impl Past {
    pub fn of(plan: &Plan, node: NodeId) -> Option<Self> {
        let recall = recall(plan, node)?;
        Some(Self {
            node,
            ago: recall.ago as usize,
            gap: recall.gap,
            before: 0,
            cells: Vec::new(),
            known: [0; ROWS],
            handed: std::array::from_fn(|_| None),
            nothing: None,
            is_clear: false,
        })
    }

    pub fn begin(
        &mut self,
        (plan, source): (&Plan, &Source),
        start: usize,
        of: &Together,
        turns: usize,
    ) {
        let mut memory = Memory::of(&plan.nodes[self.node.index()].op);
        let mut earlier: [Vec<f64>; ROWS] = std::array::from_fn(|_| Vec::new());
        for (lane, own) in of.iter().enumerate() {
            self.handed[lane] = None;
            let Some(own) = own else { continue };
            self.handed[lane] = source.history.tail(self.node, own.entity).cloned();
            if self.handed[lane].is_some() {
                memory.begin(plan, self.node, source, start + own.rows.start);
                if let Memory::Past(cells) = &memory {
                    earlier[lane].clone_from(cells);
                }
            }
        }
        self.known = std::array::from_fn(|lane| earlier[lane].len());
        // Farther back than there is anything, nothing was.
        let all = turns + self.known.into_iter().max().unwrap_or(0);
        self.before = self.ago.min(all);
        self.cells.clear();
        self.cells.resize((self.before + BLOCK) * ROWS, f64::NAN);
        if self.before == self.ago {
            for (lane, earlier) in earlier.iter().enumerate() {
                for (back, x) in (1..=self.before).zip(earlier.iter().rev()) {
                    self.cells[(self.before - back) * ROWS + lane] = *x;
                }
            }
        }
        self.is_clear = false;
    }

    /// Says in which of a block's turns, which begin with this one, nothing was.
    pub fn say_nothing(&mut self, first: usize, block: &mut [f64]) {
        if self.is_clear {
            return;
        }
        self.is_clear = first >= self.ago;
        for (turn, cells) in (first..).zip(block.chunks_mut(ROWS)) {
            for (cell, known) in cells.iter_mut().zip(self.known) {
                *cell = if turn + known < self.ago { SET } else { 0.0 };
            }
        }
    }

    /// In how many turns something was handed over in place of what is computed.
    pub fn handed_turns(&self, of: &Together) -> usize {
        let lanes = self.handed.iter().zip(of);
        let turns = lanes.filter_map(|(handed, own)| {
            let turns = handed.as_ref()?.until - own.as_ref()?.first;
            usize::try_from(turns).ok()
        });
        turns.max().unwrap_or(0)
    }

    /// Puts what was handed over in place of what was computed in a turn of the block.
    pub fn hand(&mut self, of: &Together, turn: usize, in_block: usize) {
        for (lane, (handed, own)) in self.handed.iter().zip(of).enumerate() {
            let (Some(handed), Some(own)) = (handed, own) else {
                continue;
            };
            let period = own.first + i64::try_from(turn).unwrap_or(i64::MAX);
            if period < handed.until {
                let at = (self.before + in_block) * ROWS + lane;
                let x = handed.or_own(period, self.cells[at]);
                let mut cells = vec![self.cells[at - ROWS]];
                remember(&mut cells, self.gap, x);
                self.cells[at] = cells[1];
            }
        }
    }

    /// Keeps what later blocks read.
    pub fn pass_on(&mut self, turns: usize) {
        let end = (turns + self.before) * ROWS;
        self.cells.copy_within(turns * ROWS..end, 0);
    }
}
