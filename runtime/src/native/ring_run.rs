//! The memory of a way through a ring, and where its kernel's streams lie in it.

use forewarn_plan::{FaultId, Plan};

use super::NativeProgram;
use super::function::{RingStream, Stream};
use super::lanes::ROWS;
use super::memory::Looking;
use super::partition::Column;
use super::recalled::Past;
use super::step::RingStep;
use super::together::{BLOCK, CELLS, Together};
use crate::rows::Source;

/// The memory of a way through a ring.
pub(super) struct RingRun<'a> {
    pub kernel: usize,
    /// Where the kernel's streams lie.
    places: Vec<Place>,
    pub blocks: Vec<f64>,
    /// The blocks that are columns.
    pub reads: Vec<(usize, Column)>,
    pub writes: Vec<(usize, Column)>,
    pub faults: Vec<(usize, FaultId)>,
    pub pasts: Vec<Past>,
    looking: Vec<Looking<'a>>,
    /// The kernel's pointers.
    pub table: Vec<*mut f64>,
}

/// Where a stream lies: in a block, in what is read of the past, or in what a node knows.
enum Place {
    Block(usize),
    Recalled(usize),
    Remembered(usize),
    Before(usize),
    Memory(usize),
}

impl<'a> RingRun<'a> {
    pub fn new(program: &'a NativeProgram<'a>, source: &'a Source<'a>, step: &RingStep) -> Self {
        let plan: &'a Plan = program.plan();
        let recalls = step.nodes.iter();
        let mut run = Self {
            kernel: step.kernel,
            places: Vec::new(),
            blocks: Vec::new(),
            reads: Vec::new(),
            writes: Vec::new(),
            faults: Vec::new(),
            pasts: recalls.filter_map(|&node| Past::of(plan, node)).collect(),
            looking: Vec::new(),
            table: Vec::new(),
        };
        for stream in &program.code.kernels[step.kernel].streams {
            let place = run.place(*stream, step, (plan, source));
            run.places.push(place);
        }
        run
    }

    /// Makes room for a stream.
    fn place(
        &mut self,
        stream: Stream,
        step: &RingStep,
        (plan, source): (&'a Plan, &'a Source<'a>),
    ) -> Place {
        let block = self.blocks.len() / CELLS;
        let past = |node| {
            let mut pasts = self.pasts.iter();
            pasts.position(|past| past.node == node).unwrap_or(0)
        };
        match stream {
            Stream::Ring(RingStream::Recalled(node)) => return Place::Recalled(past(node)),
            Stream::Ring(RingStream::Remembered(node)) => return Place::Remembered(past(node)),
            Stream::Ring(RingStream::Before(node)) => return Place::Before(past(node)),
            Stream::Ring(RingStream::Memory(node)) => {
                self.looking.push(Looking::new(plan, source, node));
                return Place::Memory(self.looking.len() - 1);
            }
            Stream::Ring(RingStream::Nothing(node)) => {
                let past = past(node);
                self.pasts[past].nothing = Some(block);
            }
            Stream::Ring(RingStream::Fault(fault)) => self.faults.push((block, fault)),
            Stream::Column(column) if step.writes.contains(&column) => {
                self.writes.push((block, column));
            }
            Stream::Column(column) => self.reads.push((block, column)),
            // Rings count nothing themselves.
            Stream::Counter(_) => {}
        }
        self.blocks.resize((block + 1) * CELLS, 0.0);
        Place::Block(block)
    }

    /// Before the first turn of some entities, the longest of which has so many.
    pub fn begin(
        &mut self,
        source: &Source,
        plan: &Plan,
        start: usize,
        of: &Together,
        turns: usize,
    ) {
        for past in &mut self.pasts {
            past.begin((plan, source), start, of, turns);
        }
        for looking in &mut self.looking {
            looking.begin(start, of);
        }
    }

    /// Fills the kernel's table for going on with a turn of the block.
    pub fn point(&mut self, turn: usize) {
        let blocks = self.blocks.as_mut_ptr();
        let mut pasts: Vec<(*mut f64, usize)> = Vec::with_capacity(self.pasts.len());
        for past in &mut self.pasts {
            pasts.push((past.cells.as_mut_ptr(), past.before));
        }
        let looking = self.looking.as_mut_ptr();
        let to = |start: *mut f64, turns: usize| start.wrapping_add((turns + turn) * ROWS);
        let pointers = self.places.iter().map(|place| match *place {
            Place::Block(block) => to(blocks, block * BLOCK),
            Place::Recalled(past) => to(pasts[past].0, 0),
            Place::Remembered(past) => to(pasts[past].0, pasts[past].1),
            Place::Before(past) => to(pasts[past].0, pasts[past].1 - 1),
            // Does not move with the turns.
            Place::Memory(node) => looking.wrapping_add(node).cast(),
        });
        self.table.clear();
        self.table.extend(pointers);
    }

    pub fn block(&mut self, place: usize) -> &mut [f64] {
        &mut self.blocks[place * CELLS..][..CELLS]
    }
}
