//! A kernel as one native function.
//!
//! In: a kernel. Out: a function `(table, bytes)` in Cranelift's form and what each place of its table
//! must point to. The function walks all its columns side by side, a few rows a turn, from the
//! table's pointers for `bytes` bytes, which is more than zero and a multiple of a turn.

use std::collections::{BTreeMap, HashMap};

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::I64;
use cranelift_codegen::ir::{
    AbiParam, Function, InstBuilder, MemFlagsData, Signature, UserFuncName, Value,
};
use cranelift_codegen::isa::TargetFrontendConfig;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use forewarn_plan::{Binary, FaultId, Node, NodeId, Op, Plan};

use super::emit::{self, Held, Operands};
use super::indicate::indicate;
use super::lanes::{Constants, LaneBuilder, Lanes, Machine, ROWS};
use super::partition::{Column, Stretch};
use super::rings::recalls;
use super::whole::Whole;

/// What a place of a kernel's table points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Stream {
    Column(Column),
    /// Two counts, one for each lane of a vector.
    Counter(FaultId),
    /// Of a ring.
    Ring(RingStream),
}

/// What a ring goes through besides columns. In all of them the lanes of a turn are entities, and turns are periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum RingStream {
    /// What a recall reads: as many turns back as it says.
    Recalled(NodeId),
    /// Where it is put down.
    Remembered(NodeId),
    /// The turn before that one.
    Before(NodeId),
    /// A mask: nothing was so many periods ago.
    Nothing(NodeId),
    /// A mask: an operation was without a result.
    Fault(FaultId),
    /// What a node that looks back knows of earlier periods; it does not move with the turns.
    Memory(NodeId),
}

/// The signature of a kernel, and of the functions it calls.
fn signature(target: TargetFrontendConfig) -> Signature {
    let mut signature = Signature::new(target.default_call_conv);
    signature
        .params
        .extend([AbiParam::new(I64), AbiParam::new(I64)]);
    signature
}

/// What [`build`] makes.
pub(super) struct Built {
    pub function: Function,
    /// What the places of the table point to.
    pub streams: Vec<Stream>,
}

/// Builds the function.
pub(super) fn build(
    (plan, whole): (&Plan, &Whole),
    kernel: &Stretch,
    machine: Machine,
    target: TargetFrontendConfig,
    context: &mut FunctionBuilderContext,
) -> Built {
    let mut function = Function::with_name_signature(UserFuncName::default(), signature(target));
    let mut builder = FunctionBuilder::new(&mut function, context);
    let entry = builder.create_block();
    let turn = builder.create_block();
    let exit = builder.create_block();
    builder.append_block_params_for_function_params(entry);
    builder.append_block_param(turn, I64);
    builder.switch_to_block(entry);
    let (table, bytes) = match *builder.block_params(entry) {
        [table, bytes] => (table, bytes),
        _ => unreachable!("a kernel has two parameters"),
    };
    let callee = builder.import_signature(signature(target));
    let mut lanes = LaneBuilder {
        builder: &mut builder,
        machine,
        signature: callee,
        passing: None,
        constants: Constants::default(),
    };
    for constant in worth_keeping(plan, kernel) {
        lanes.keep_constant(constant);
    }
    let zero = lanes.builder.ins().iconst(I64, 0);
    lanes.builder.ins().jump(turn, &[zero.into()]);

    lanes.builder.switch_to_block(turn);
    let at = lanes.builder.block_params(turn)[0];
    let mut turn_of = Turn {
        plan,
        whole,
        table,
        at,
        streams: Vec::new(),
        places: HashMap::new(),
        addresses: HashMap::new(),
        held: HashMap::new(),
        reads: kernel.reads.iter().copied().collect(),
        is_ring: kernel.is_ring,
        recalls: if kernel.is_ring {
            recalls(plan, &kernel.nodes)
        } else {
            BTreeMap::new()
        },
    };
    turn_of.body(&mut lanes, kernel);
    let streams = turn_of.streams;

    let next = builder.ins().iadd_imm_s(at, 8 * ROWS as i64);
    let more = builder.ins().icmp(IntCC::UnsignedLessThan, next, bytes);
    builder.ins().brif(more, turn, &[next.into()], exit, &[]);
    builder.switch_to_block(exit);
    builder.ins().return_(&[]);
    builder.seal_all_blocks();
    builder.finalize(target);
    Built { function, streams }
}

/// The ends that values are most often cut to, which stay in registers: few, since registers are.
fn worth_keeping(plan: &Plan, kernel: &Stretch) -> Vec<f64> {
    const MOST: usize = 2;
    let mut uses: Vec<(u64, usize)> = Vec::new();
    for &id in &kernel.nodes {
        if let Op::Binary(Binary::Min | Binary::Max, a, b) = plan.nodes[id.index()].op {
            for operand in [a, b] {
                if let Op::Const(x) = plan.nodes[operand.index()].op {
                    if let Some((_, count)) = uses.iter_mut().find(|(bits, _)| *bits == x.to_bits())
                    {
                        *count += 1;
                    } else if uses.len() < 8 {
                        uses.push((x.to_bits(), 1));
                    }
                }
            }
        }
    }
    uses.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    uses.into_iter()
        .take(MOST)
        .map(|(bits, _)| f64::from_bits(bits))
        .collect()
}

/// One turn of the loop.
pub(super) struct Turn<'a> {
    pub plan: &'a Plan,
    whole: &'a Whole,
    table: Value,
    /// How many bytes into the columns the turn is.
    at: Value,
    streams: Vec<Stream>,
    places: HashMap<Stream, usize>,
    addresses: HashMap<Stream, Value>,
    held: HashMap<NodeId, Held>,
    /// Values of earlier kernels.
    reads: HashMap<NodeId, Column>,
    is_ring: bool,
    /// What is still to be put down for later periods, by what it is read of.
    pub recalls: BTreeMap<NodeId, Vec<NodeId>>,
}

impl Turn<'_> {
    fn body(&mut self, lanes: &mut LaneBuilder, kernel: &Stretch) {
        let mut writes = kernel.writes.iter().copied().peekable();
        for &id in &kernel.nodes {
            let node = &self.plan.nodes[id.index()];
            let looked = if kernel.is_ring {
                self.looked_back(lanes, id)
            } else {
                None
            };
            let held = match looked {
                Some(x) => Held::Number(x),
                None => emit::node(self.plan, self.whole, node, lanes, self),
            };
            self.held.insert(id, held);
            if let Some((_, column)) = writes.next_if(|(written, _)| *written == id) {
                self.write(lanes, id, column);
            }
            self.remember(lanes, id);
        }
        // What is left are leaves that are wanted themselves.
        for (id, column) in writes {
            self.write(lanes, id, column);
        }
        // And what a ring reads of earlier periods of nodes that do not belong to it.
        while let Some(of) = self.recalls.keys().next().copied() {
            self.remember(lanes, of);
        }
    }

    fn write(&mut self, lanes: &mut LaneBuilder, id: NodeId, column: Column) {
        let node = &self.plan.nodes[id.index()];
        let mut x = match self.held(lanes, id) {
            Held::Number(x) => x,
            Held::Truth { surely, possibly } => indicate(lanes, surely, possibly),
        };
        if matches!(column, Column::Output(_)) && node.uncertain {
            // Results hold one quiet NaN; kernels have many.
            let known = lanes.known(x);
            let missing = lanes.constant(f64::NAN);
            x = lanes.choose(known, x, missing);
        }
        let address = self.address(lanes, Stream::Column(column));
        lanes.store(address, x);
    }

    pub fn pointer(&mut self, lanes: &mut LaneBuilder, stream: Stream) -> Value {
        let streams = &mut self.streams;
        let place = *self.places.entry(stream).or_insert_with(|| {
            streams.push(stream);
            streams.len() - 1
        });
        let flags = MemFlagsData::new().with_notrap().with_aligned();
        let offset = i32::try_from(place * 8).unwrap_or(0);
        lanes.builder.ins().load(I64, flags, self.table, offset)
    }

    pub fn address(&mut self, lanes: &mut LaneBuilder, stream: Stream) -> Value {
        if let Some(address) = self.addresses.get(&stream) {
            return *address;
        }
        let base = self.pointer(lanes, stream);
        let address = lanes.builder.ins().iadd(base, self.at);
        self.addresses.insert(stream, address);
        address
    }

    fn held(&mut self, lanes: &mut LaneBuilder, id: NodeId) -> Held {
        let node = &self.plan.nodes[id.index()];
        let held = match node.op {
            // Read again at each use: memory is as near as a register that has to be saved.
            Op::Const(_) | Op::Truth { .. } => {
                return emit::node(self.plan, self.whole, node, lanes, self);
            }
            Op::Input(_)
            | Op::Period
            | Op::Unary(..)
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
            | Op::Alert { .. } => self.held.get(&id).copied(),
        };
        if let Some(held) = held {
            return held;
        }
        let column = match node.op {
            Op::Input(input) => Column::Input(input),
            Op::Period => Column::Period,
            Op::Const(_)
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
            | Op::Along(..)
            | Op::Paired(..)
            | Op::Recall(..)
            | Op::Peers { .. }
            | Op::Alert { .. } => match self.reads.get(&id) {
                Some(column) => *column,
                None => unreachable!("a kernel's reads cover what it does not compute"),
            },
        };
        let address = self.address(lanes, Stream::Column(column));
        let x = lanes.load(address);
        let held = match node.op.lane() {
            forewarn_plan::Lane::Number => Held::Number(x),
            forewarn_plan::Lane::Truth => {
                use cranelift_codegen::ir::condcodes::FloatCC;
                let (one, zero) = (lanes.constant(1.0), lanes.constant(0.0));
                let surely = lanes.compare(FloatCC::Equal, x, one);
                let possibly = node
                    .uncertain
                    .then(|| lanes.compare(FloatCC::NotEqual, x, zero));
                Held::Truth { surely, possibly }
            }
        };
        self.held.insert(id, held);
        held
    }
}

impl Operands for Turn<'_> {
    fn number(&mut self, lanes: &mut LaneBuilder, id: NodeId) -> Lanes {
        match self.held(lanes, id) {
            Held::Number(x) => x,
            Held::Truth { .. } => unreachable!("the plan's lanes were checked"),
        }
    }

    fn truth(&mut self, lanes: &mut LaneBuilder, id: NodeId) -> (Lanes, Option<Lanes>) {
        match self.held(lanes, id) {
            Held::Truth { surely, possibly } => (surely, possibly),
            Held::Number(_) => unreachable!("the plan's lanes were checked"),
        }
    }

    fn count(&mut self, lanes: &mut LaneBuilder, node: &Node, mask: Lanes) {
        if let Some(fault) = node.checked {
            if self.is_ring {
                // Which of the lanes count is not known here.
                let address = self.address(lanes, Stream::Ring(RingStream::Fault(fault)));
                lanes.store(address, mask);
                return;
            }
            let counter = self.pointer(lanes, Stream::Counter(fault));
            lanes.count(counter, mask);
        }
    }
}
