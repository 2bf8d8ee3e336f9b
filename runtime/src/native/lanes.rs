//! The few vector operations that kernels are made of.
//!
//! A value of a node stands in [`VECTORS`] vectors of two doubles; a mask is all ones or all zeros in
//! each lane. Everything here is branch-free: scalar choices become branches, which mispredict on
//! missing evidence. (`nearby` branches where numbers almost meet.)

use std::collections::HashMap;

use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::types::{F64X2, I64, I64X2};
use cranelift_codegen::ir::{
    ConstantData, InstBuilder, MemFlagsData, SigRef, StackSlot, StackSlotData, StackSlotKind, Type,
    Value,
};
use cranelift_frontend::FunctionBuilder;

use super::math::LaneFunction;
pub(crate) use super::width::{ROWS, VECTORS};

/// Numbers (`F64X2`) or masks (`I64X2`).
pub(super) type Lanes = [Value; VECTORS];

/// What the processor offers beyond the least.
#[derive(Clone, Copy, Debug)]
pub(super) struct Machine {
    /// Blend by the sign bit of each lane.
    pub blend: bool,
    /// Round whole vectors.
    pub round: bool,
    /// Multiply and add with one rounding.
    pub fused: bool,
}

/// Writes vector instructions into a kernel's loop.
pub(super) struct LaneBuilder<'a, 'f> {
    pub builder: &'a mut FunctionBuilder<'f>,
    pub machine: Machine,
    /// Of the functions in [`super::math`].
    pub signature: SigRef,
    /// Where their operands and results pass.
    pub passing: Option<StackSlot>,
    pub constants: Constants,
}

/// The constants that stand in registers.
#[derive(Debug, Default)]
pub(super) struct Constants {
    /// Throughout the loop, by their bits.
    kept: HashMap<u64, Value>,
    /// The last one loaded: a weight is often read twice in a row.
    last: Option<(u64, Value)>,
}

/// Memory that belongs to the run and is large enough: no access traps.
fn plain() -> MemFlagsData {
    MemFlagsData::new().with_notrap()
}

impl LaneBuilder<'_, '_> {
    pub fn constant(&mut self, x: f64) -> Lanes {
        let bits = x.to_bits();
        let last = self
            .constants
            .last
            .filter(|(last, _)| *last == bits)
            .map(|(_, value)| value);
        let value = match self.constants.kept.get(&bits).copied().or(last) {
            Some(value) => value,
            None => self.vector(F64X2, bits.to_le_bytes().repeat(2)),
        };
        self.constants.last = Some((bits, value));
        [value; VECTORS]
    }

    /// Loads a constant before the loop.
    pub fn keep_constant(&mut self, x: f64) {
        let value = self.vector(F64X2, x.to_bits().to_le_bytes().repeat(2));
        self.constants.kept.insert(x.to_bits(), value);
    }

    fn vector(&mut self, kind: Type, bytes: Vec<u8>) -> Value {
        let constant = self
            .builder
            .func
            .dfg
            .constants
            .insert(ConstantData::from(bytes));
        self.builder.ins().vconst(kind, constant)
    }

    pub fn mask(&mut self, set: bool) -> Lanes {
        [self.vector(I64X2, vec![if set { u8::MAX } else { 0 }; 16]); VECTORS]
    }

    /// From `address` on.
    pub fn load(&mut self, address: Value) -> Lanes {
        self.load_of(F64X2, address)
    }

    /// A mask that stands in memory.
    pub fn load_mask(&mut self, address: Value) -> Lanes {
        self.load_of(I64X2, address)
    }

    fn load_of(&mut self, kind: Type, address: Value) -> Lanes {
        std::array::from_fn(|vector| {
            self.builder
                .ins()
                .load(kind, plain(), address, offset(vector))
        })
    }

    pub fn store(&mut self, address: Value, x: Lanes) {
        for (vector, x) in x.into_iter().enumerate() {
            self.builder
                .ins()
                .store(plain(), x, address, offset(vector));
        }
    }

    /// Adds one to the count of each lane where the mask is set, since a set mask is -1.
    pub fn count(&mut self, counter: Value, mask: Lanes) {
        let mut count = self.builder.ins().load(I64X2, plain(), counter, 0);
        for mask in mask {
            count = self.builder.ins().isub(count, mask);
        }
        self.builder.ins().store(plain(), count, counter, 0);
    }

    /// `a * b + c`, rounded once.
    pub fn fused(&mut self, a: Lanes, b: Lanes, c: Lanes) -> Lanes {
        std::array::from_fn(|vector| self.builder.ins().fma(a[vector], b[vector], c[vector]))
    }

    pub fn each(&mut self, x: Lanes, op: impl Fn(&mut FunctionBuilder, Value) -> Value) -> Lanes {
        x.map(|x| op(self.builder, x))
    }

    pub fn both(
        &mut self,
        a: Lanes,
        b: Lanes,
        op: impl Fn(&mut FunctionBuilder, Value, Value) -> Value,
    ) -> Lanes {
        std::array::from_fn(|vector| op(self.builder, a[vector], b[vector]))
    }

    pub fn compare(&mut self, code: FloatCC, a: Lanes, b: Lanes) -> Lanes {
        self.both(a, b, |builder, a, b| builder.ins().fcmp(code, a, b))
    }

    /// Where `x` is a number.
    pub fn known(&mut self, x: Lanes) -> Lanes {
        self.compare(FloatCC::Equal, x, x)
    }

    pub fn and(&mut self, a: Lanes, b: Lanes) -> Lanes {
        self.both(a, b, |builder, a, b| builder.ins().band(a, b))
    }

    pub fn or(&mut self, a: Lanes, b: Lanes) -> Lanes {
        self.both(a, b, |builder, a, b| builder.ins().bor(a, b))
    }

    pub fn not(&mut self, a: Lanes) -> Lanes {
        self.each(a, |builder, a| builder.ins().bnot(a))
    }

    /// The mask's bits read as numbers: set lanes are NaN, the others zero.
    pub fn as_number(&mut self, mask: Lanes) -> Lanes {
        self.each(mask, |builder, mask| {
            builder.ins().bitcast(F64X2, little(), mask)
        })
    }

    fn as_bits(&mut self, x: Lanes) -> Lanes {
        self.each(x, |builder, x| builder.ins().bitcast(I64X2, little(), x))
    }

    /// `x` where the mask is set, else `+0`.
    pub fn keep(&mut self, mask: Lanes, x: Lanes) -> Lanes {
        let mask = self.as_number(mask);
        self.and(mask, x)
    }

    /// `+0` where the mask is set, else `x`.
    pub fn drop(&mut self, mask: Lanes, x: Lanes) -> Lanes {
        let mask = self.as_number(mask);
        self.both(x, mask, |builder, x, mask| builder.ins().band_not(x, mask))
    }

    /// Missing where the mask is set, else `x`: a set mask is a quiet NaN and stays one.
    pub fn miss(&mut self, mask: Lanes, x: Lanes) -> Lanes {
        let mask = self.as_number(mask);
        self.or(x, mask)
    }

    /// `yes` where the mask is set, else `no`.
    pub fn choose(&mut self, mask: Lanes, yes: Lanes, no: Lanes) -> Lanes {
        if self.machine.blend {
            let (yes, no) = (self.as_bits(yes), self.as_bits(no));
            let bits = std::array::from_fn(|vector| {
                self.builder
                    .ins()
                    .blendv(mask[vector], yes[vector], no[vector])
            });
            self.as_number(bits)
        } else {
            let mask = self.as_number(mask);
            self.select(mask, yes, no)
        }
    }

    fn select(&mut self, mask: Lanes, yes: Lanes, no: Lanes) -> Lanes {
        std::array::from_fn(|vector| {
            self.builder
                .ins()
                .bitselect(mask[vector], yes[vector], no[vector])
        })
    }

    /// `if less < than { yes } else { no }`: one instruction where it is a minimum or a maximum.
    pub fn choose_if_less(&mut self, less: Lanes, than: Lanes, yes: Lanes, no: Lanes) -> Lanes {
        let mask = self.compare(FloatCC::LessThan, less, than);
        let mask = self.as_number(mask);
        self.select(mask, yes, no)
    }

    /// A function of single numbers, the same as the interpreter's, lane by lane.
    pub fn call(
        &mut self,
        function: LaneFunction,
        auxiliary: i64,
        a: Lanes,
        b: Option<Lanes>,
    ) -> Lanes {
        let auxiliary = self.builder.ins().iconst(I64, auxiliary);
        self.call_with(function, auxiliary, a, b)
    }

    /// The same where what it is told besides is not known before.
    pub fn call_with(
        &mut self,
        function: LaneFunction,
        auxiliary: Value,
        a: Lanes,
        b: Option<Lanes>,
    ) -> Lanes {
        let address = self.pass(function, auxiliary, a, b);
        self.load(address)
    }

    /// A function that leaves something in place of both its operands.
    pub fn call_both(&mut self, function: LaneFunction, a: Lanes, b: Lanes) -> [Lanes; 2] {
        let nothing = self.builder.ins().iconst(I64, 0);
        let address = self.pass(function, nothing, a, Some(b));
        let second = self.builder.ins().iadd_imm_s(address, 8 * ROWS as i64);
        [self.load(address), self.load(second)]
    }

    /// Calls a function; gives the address of the block that was passed.
    fn pass(
        &mut self,
        function: LaneFunction,
        auxiliary: Value,
        a: Lanes,
        b: Option<Lanes>,
    ) -> Value {
        let bytes = 8 * ROWS;
        let slot = *self.passing.get_or_insert_with(|| {
            let size = u32::try_from(2 * bytes).unwrap_or(u32::MAX);
            self.builder.create_sized_stack_slot(StackSlotData::new(
                StackSlotKind::ExplicitSlot,
                size,
                4,
            ))
        });
        let address = self.builder.ins().stack_addr(I64, slot, 0);
        self.store(address, a);
        if let Some(b) = b {
            let second = self.builder.ins().iadd_imm_s(address, bytes as i64);
            self.store(second, b);
        }
        let callee = self.builder.ins().iconst(I64, function as usize as i64);
        self.builder
            .ins()
            .call_indirect(self.signature, callee, &[address, auxiliary]);
        address
    }
}

fn little() -> MemFlagsData {
    MemFlagsData::new().with_endianness(cranelift_codegen::ir::Endianness::Little)
}

fn offset(vector: usize) -> i32 {
    // Two doubles each, a handful of vectors.
    i32::try_from(vector * 16).unwrap_or(0)
}
