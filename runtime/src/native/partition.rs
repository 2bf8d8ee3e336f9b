//! Cuts the order of computation into kernels, and into looks along time and rings between them.
//!
//! In: the scheduled nodes. Out: steps, each with the columns it reads and the columns it writes.
//! A kernel reads few columns at once, since hardware follows only so many streams, and is short,
//! since compile time per function grows faster than its length. Cuts are made where the fewest
//! values cross, which is between factors wherever a factor fits. Linear in nodes.

use forewarn_plan::{NodeId, Op, Plan};

use super::rings::Rings;
use super::schedule::{is_leaf, looks_back};

/// The most columns a kernel reads.
const READS: usize = 18;
/// The most nodes in a kernel.
const NODES: usize = 320;

/// A column that kernels read or write, one double per row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Column {
    /// Of the Plan's input.
    Input(u32),
    Period,
    /// The result's column, by its place among those wanted.
    Output(u32),
    /// A chunk's worth of memory for a value that crosses kernels.
    Scratch(u32),
}

/// A stretch of the schedule: row-local nodes that become one native function, or one operation along
/// time, or what is read of one alert, or a ring.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    pub nodes: Vec<NodeId>,
    /// Values of earlier kernels.
    pub reads: Vec<(NodeId, Column)>,
    /// In the order of the nodes. Leaves may be among them, when they are wanted themselves.
    pub writes: Vec<(NodeId, Column)>,
    /// Its nodes rest on their own past.
    pub is_ring: bool,
}

impl Stretch {
    /// The first of its nodes, if they look along time and are no ring.
    pub fn looks_back(&self, plan: &Plan) -> Option<NodeId> {
        let first = self.nodes.first().copied();
        first.filter(|id| !self.is_ring && looks_back(&plan.nodes[id.index()].op))
    }
}

#[derive(Debug, Default)]
pub(super) struct Partition {
    /// In their order.
    pub stretches: Vec<Stretch>,
    /// How many scratch columns there are.
    pub scratch: u32,
}

/// `outputs[node]` is the place, among the outputs wanted, of the first one that shows the node.
pub(super) fn partition(
    plan: &Plan,
    (order, rings): (&[NodeId], &Rings),
    outputs: &[Option<u32>],
) -> Partition {
    let uses = Uses::of(plan, rings, order);
    let mut partition = Partition::default();
    let mut start = 0;
    while start < order.len() {
        let end = uses.next_cut(plan, (order, rings), start);
        let stretch = Stretch {
            nodes: order[start..end].to_vec(),
            is_ring: rings.ring(order[start]).is_some(),
            ..Stretch::default()
        };
        partition.stretches.push(stretch);
        start = end;
    }
    assign_columns((plan, rings), &uses, outputs, &mut partition);
    let wanted_leaves = outputs
        .iter()
        .zip((0u32..).map(NodeId))
        .filter_map(|(output, id)| {
            let leaf = is_leaf(&plan.nodes[id.index()].op);
            output
                .filter(|_| leaf)
                .map(|output| (id, Column::Output(output)))
        });
    for (place, write) in wanted_leaves.enumerate() {
        if place % READS == 0 {
            partition.stretches.push(Stretch::default());
        }
        if let Some(stretch) = partition.stretches.last_mut() {
            stretch.writes.push(write);
        }
    }
    partition
}

/// Where in the order values are made, last read, and how many are alive.
struct Uses {
    /// By node; `NEVER` for leaves and nodes not needed.
    made: Vec<usize>,
    last: Vec<usize>,
    /// By place: how many values made there or before are read later.
    crossing: Vec<usize>,
}

const NEVER: usize = usize::MAX;

impl Uses {
    fn of(plan: &Plan, rings: &Rings, order: &[NodeId]) -> Self {
        let mut made = vec![NEVER; plan.nodes.len()];
        let mut last = vec![0; plan.nodes.len()];
        for (place, id) in order.iter().enumerate() {
            made[id.index()] = place;
            last[id.index()] = place;
            for operand in rings.before(plan, *id) {
                last[operand.index()] = place;
            }
        }
        let mut ends = vec![0usize; order.len()];
        for id in order {
            ends[last[id.index()]] += 1;
        }
        let mut alive = 0;
        let crossing = ends
            .into_iter()
            .map(|ends| {
                alive = alive + 1 - ends;
                alive
            })
            .collect();
        Self {
            made,
            last,
            crossing,
        }
    }

    /// Where the kernel that starts at `start` ends.
    fn next_cut(&self, plan: &Plan, (order, rings): (&[NodeId], &Rings), start: usize) -> usize {
        let op = |place: usize| &plan.nodes[order[place].index()].op;
        let ring = |place: usize| rings.ring(order[place]);
        if ring(start).is_some() {
            let same = |place: &usize| ring(*place) == ring(start);
            return start + 1 + (start + 1..order.len()).take_while(same).count();
        }
        let ends = |place: usize| looks_back(op(place)) || ring(place).is_some();
        if looks_back(op(start)) {
            let same =
                |place: &usize| ring(*place).is_none() && is_same_alert(op(start), op(*place));
            return start + 1 + (start + 1..order.len()).take_while(same).count();
        }
        let mut read = std::collections::HashSet::new();
        let mut limit = start;
        while limit < order.len() && limit - start < NODES {
            if ends(limit) {
                return limit;
            }
            for operand in op(limit).operands() {
                let outside = match plan.nodes[operand.index()].op {
                    Op::Input(_) | Op::Period => true,
                    Op::Const(_) | Op::Truth { .. } => false,
                    Op::Unary(..)
                    | Op::Binary(..)
                    | Op::Select { .. }
                    | Op::Compare(..)
                    | Op::IsKnown(_)
                    | Op::Not(_)
                    | Op::And(..)
                    | Op::Or(..)
                    | Op::Surely(_)
                    | Op::Possibly(_)
                    | Op::Verdict { .. }
                    | Op::Indicate(_)
                    | Op::Along(..)
                    | Op::Paired(..)
                    | Op::Recall(..)
                    | Op::Peers { .. }
                    | Op::Alert { .. } => self.made[operand.index()] < start,
                };
                if outside {
                    read.insert(operand);
                }
            }
            if read.len() > READS && limit > start {
                break;
            }
            limit += 1;
        }
        if limit == order.len() || ends(limit) {
            return limit;
        }
        // The later half, so that kernels stay large and the work stays linear.
        let earliest = start + (limit - start) / 2;
        (earliest + 1..=limit)
            .rev()
            .min_by_key(|&cut| self.crossing[cut - 1])
            .unwrap_or(limit)
    }
}

fn is_same_alert(a: &Op, b: &Op) -> bool {
    match (a, b) {
        (
            Op::Alert {
                alert: a,
                conditions: of_a,
                ..
            },
            Op::Alert {
                alert: b,
                conditions: of_b,
                ..
            },
        ) => a == b && of_a == of_b,
        _ => false,
    }
}

/// Gives a column to each value that is wanted or crosses kernels; scratch columns are used again.
fn assign_columns(
    (plan, rings): (&Plan, &Rings),
    uses: &Uses,
    outputs: &[Option<u32>],
    partition: &mut Partition,
) {
    let mut column_of: Vec<Option<Column>> = vec![None; plan.nodes.len()];
    let mut free: Vec<u32> = Vec::new();
    // Scratch columns by the place of their value's last reader, given back when it has passed.
    let mut held = std::collections::BTreeMap::<usize, Vec<u32>>::new();
    let mut end = 0;
    for stretch in &mut partition.stretches {
        let start = end;
        end += stretch.nodes.len();
        let still_held = held.split_off(&start);
        free.extend(held.into_values().flatten());
        held = still_held;
        let mut seen = std::collections::HashSet::new();
        for &id in &stretch.nodes {
            for operand in rings.before(plan, id) {
                if let Some(column) = column_of[operand.index()]
                    && uses.made[operand.index()] < start
                    && seen.insert(operand)
                {
                    stretch.reads.push((operand, column));
                }
            }
        }
        for &id in &stretch.nodes {
            let column = if let Some(output) = outputs[id.index()] {
                Column::Output(output)
            } else if uses.last[id.index()] >= end {
                let slot = free.pop().unwrap_or_else(|| {
                    partition.scratch += 1;
                    partition.scratch - 1
                });
                held.entry(uses.last[id.index()]).or_default().push(slot);
                Column::Scratch(slot)
            } else {
                continue;
            };
            column_of[id.index()] = Some(column);
            stretch.writes.push((id, column));
        }
    }
}
