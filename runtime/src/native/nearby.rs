//! What is decided by decimal digits where doubles lie near each other, and by the doubles
//! themselves elsewhere.
//!
//! In: numbers. Out: numbers on which the plain vector operation says what the interpreter says. Most
//! values are far from each other, which a few vector operations show; only where a lane is near does
//! a kernel call the interpreter's own function. That branch is foreseen well: noise is rare.

use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::types::F64X2;
use cranelift_codegen::ir::{BlockArg, InstBuilder, Value};
use forewarn_plan::Unary;
use forewarn_plan::{decimal, digits};

use super::lanes::{LaneBuilder, Lanes, VECTORS};
use super::math;

/// Both sides of a comparison as it reads them: as they are where all lanes are far apart.
pub(super) fn sides(l: &mut LaneBuilder, a: Lanes, b: Lanes) -> (Lanes, Lanes) {
    let off = l.both(a, b, |builder, a, b| builder.ins().fsub(a, b));
    let near = within(l, off, a, digits::APART);
    // What is the same needs no digits.
    let differ = l.compare(FloatCC::NotEqual, a, b);
    let near = l.and(near, differ);
    let read = unless_any(l, near, [a, b], |l| l.call_both(math::READ, a, b));
    (read[0], read[1])
}

/// The whole number below or above.
pub(super) fn whole(l: &mut LaneBuilder, op: Unary, x: Lanes) -> Lanes {
    let nearest = l.each(x, |builder, x| builder.ins().nearest(x));
    let off = l.both(x, nearest, |builder, a, b| builder.ins().fsub(a, b));
    let near = within(l, off, x, decimal::APART);
    let differ = l.compare(FloatCC::NotEqual, x, nearest);
    let near = l.and(near, differ);
    let zero = l.constant(0.0);
    let down = op == Unary::Floor;
    let cut = l.each(x, |builder, x| {
        if down {
            builder.ins().floor(x)
        } else {
            builder.ins().ceil(x)
        }
    });
    // Takes the sign off zero.
    let cut = l.both(cut, zero, |builder, x, zero| builder.ins().fadd(x, zero));
    let [cut] = unless_any(l, near, [cut], |l| {
        [match math::of_unary(op) {
            Some((function, auxiliary)) => l.call(function, auxiliary, x, None),
            None => cut,
        }]
    });
    cut
}

/// Is a difference less than a part of a number?
fn within(l: &mut LaneBuilder, off: Lanes, of: Lanes, part: f64) -> Lanes {
    let off = l.each(off, |builder, x| builder.ins().fabs(x));
    let size = l.each(of, |builder, x| builder.ins().fabs(x));
    let part = l.constant(part);
    let most = l.both(size, part, |builder, size, part| {
        builder.ins().fmul(size, part)
    });
    l.compare(FloatCC::LessThan, off, most)
}

/// The values as they are where no lane is set, else what `otherwise` makes.
fn unless_any<const N: usize>(
    l: &mut LaneBuilder,
    lanes: Lanes,
    plain: [Lanes; N],
    otherwise: impl FnOnce(&mut LaneBuilder) -> [Lanes; N],
) -> [Lanes; N] {
    let [first, rest @ ..] = lanes;
    let any = rest
        .into_iter()
        .fold(first, |any, mask| l.builder.ins().bor(any, mask));
    let any = l.builder.ins().vany_true(any);
    let (seldom, after) = (l.builder.create_block(), l.builder.create_block());
    l.builder.set_cold_block(seldom);
    for _ in 0..N * VECTORS {
        l.builder.append_block_param(after, F64X2);
    }
    let plain = arguments(plain);
    l.builder.ins().brif(any, seldom, &[], after, &plain);
    l.builder.switch_to_block(seldom);
    let made = arguments(otherwise(l));
    l.builder.ins().jump(after, &made);
    l.builder.switch_to_block(after);
    let values: Vec<Value> = l.builder.block_params(after).to_vec();
    std::array::from_fn(|at| std::array::from_fn(|vector| values[at * VECTORS + vector]))
}

fn arguments<const N: usize>(values: [Lanes; N]) -> Vec<BlockArg> {
    values.into_iter().flatten().map(BlockArg::from).collect()
}
