//! What each operation does at its edges, said outright, for both evaluators.

use crate::common;

use common::Grow;
use common::both::{each_way, panel};
use forewarn_plan::interval::Interval;
use forewarn_plan::*;

const MISSING: f64 = f64::NAN;
const INFINITY: f64 = f64::INFINITY;

/// Evaluates `y = build(inputs)` on rows of inputs with the results expected.
fn expect<const N: usize>(
    what: &str,
    build: impl Fn(&mut Grow, [NodeId; N]) -> NodeId,
    rows: &[([f64; N], f64)],
) {
    let mut grow = Grow::new(N);
    let inputs = std::array::from_fn(|input| NodeId(input as u32));
    for input in inputs {
        grow.plan.nodes[input.index()].range = Interval::ALL;
    }
    let y = build(&mut grow, inputs);
    grow.show(y);
    let columns = (0..N)
        .map(|i| rows.iter().map(|(x, _)| x[i]).collect())
        .collect();
    for results in each_way(&grow.plan, &panel(columns, rows.len())) {
        for ((x, expected), actual) in rows.iter().zip(&results.columns[0].values) {
            assert!(
                actual.to_bits() == expected.to_bits(),
                "{what} of {x:?} is {actual:?}, not {expected:?}"
            );
        }
    }
}

fn binary(op: Binary, rows: &[([f64; 2], f64)]) {
    expect(
        &format!("{op:?}"),
        |grow, [a, b]| grow.add(Op::Binary(op, a, b), false),
        rows,
    );
}

fn unary(op: Unary, rows: &[([f64; 1], f64)]) {
    expect(
        &format!("{op:?}"),
        |grow, [a]| grow.add(Op::Unary(op, a), false),
        rows,
    );
}

#[test]
fn minimum_and_maximum_keep_the_first_of_equals_and_miss_with_either() {
    let rows = |expected: [f64; 6]| {
        [
            [1.0, 2.0],
            [2.0, 1.0],
            [0.0, -0.0],
            [-0.0, 0.0],
            [MISSING, 1.0],
            [1.0, MISSING],
        ]
        .into_iter()
        .zip(expected)
        .collect::<Vec<_>>()
    };
    binary(Binary::Min, &rows([1.0, 1.0, 0.0, -0.0, MISSING, MISSING]));
    binary(Binary::Max, &rows([2.0, 2.0, 0.0, -0.0, MISSING, MISSING]));
}

#[test]
fn cutting_to_a_literal_keeps_negative_zero_and_missing() {
    let cut = |grow: &mut Grow, [x]: [NodeId; 1]| {
        let (zero, one) = (
            grow.add(Op::Const(0.0), false),
            grow.add(Op::Const(1.0), false),
        );
        let cut = grow.add(Op::Binary(Binary::Max, x, zero), false);
        grow.add(Op::Binary(Binary::Min, cut, one), false)
    };
    let rows = [
        (-3.0, 0.0),
        (0.25, 0.25),
        (7.0, 1.0),
        (-0.0, -0.0),
        (MISSING, MISSING),
    ];
    expect("cut", cut, &rows.map(|(x, y)| ([x], y)));
    // The literal first: equals give the literal.
    let cut = |grow: &mut Grow, [x]: [NodeId; 1]| {
        let zero = grow.add(Op::Const(0.0), false);
        grow.add(Op::Binary(Binary::Max, zero, x), false)
    };
    let rows = [
        (-3.0, 0.0),
        (0.25, 0.25),
        (-0.0, 0.0),
        (MISSING, MISSING),
        (INFINITY, INFINITY),
    ];
    expect("cut", cut, &rows.map(|(x, y)| ([x], y)));
}

#[test]
fn division_by_zero_is_missing_although_nobody_watches() {
    binary(
        Binary::Divide,
        &[
            ([1.0, 0.0], MISSING),
            ([1.0, -0.0], MISSING),
            ([0.0, 0.0], MISSING),
            ([-0.0, 3.0], -0.0),
            ([1.0, 3.0], 1.0 / 3.0),
            ([1.0, 5e-324], INFINITY),
            ([5e-324, 2.0], 0.0),
        ],
    );
}

#[test]
fn division_by_a_literal_is_division_to_the_last_bit() {
    let cells = [
        0.0,
        -0.0,
        1.0,
        0.1,
        -7.25,
        1e-310,
        5e-324,
        1e200,
        123_456.789,
        2.5,
        -3.0,
        MISSING,
    ];
    let divisors = [
        3.0,
        10.0,
        0.1,
        -65.0,
        -7.0,
        4.0,
        1e40,
        2.0_f64.next_down(),
        1e-200,
        7e22,
    ];
    for c in divisors {
        // As it is, and less a lower goalpost, which lets the divider be avoided.
        for low in [None, Some(0.0), Some(2.5), Some(-3.0), Some(1e-300)] {
            let divide = |grow: &mut Grow, [x]: [NodeId; 1]| {
                let mut dividend = x;
                grow.plan.nodes[x.index()].range = Interval {
                    low: -1e201,
                    high: 1e201,
                };
                if let Some(low) = low {
                    let low = grow.add(Op::Const(low), false);
                    dividend = grow.add(Op::Binary(Binary::Subtract, x, low), false);
                    grow.plan.nodes[dividend.index()].range = Interval {
                        low: -1e202,
                        high: 1e202,
                    };
                }
                let c = grow.add(Op::Const(c), false);
                grow.add(Op::Binary(Binary::Divide, dividend, c), false)
            };
            let rows = cells.map(|x| {
                let quotient = low.map_or(x, |low| x - low) / c;
                ([x], if x.is_nan() { MISSING } else { quotient })
            });
            expect("division", divide, &rows);
        }
    }
}

#[test]
fn functions_at_their_edges() {
    unary(
        Unary::Sqrt,
        &[
            ([-0.0], -0.0),
            ([-1.0], MISSING),
            ([2.25], 1.5),
            ([MISSING], MISSING),
        ],
    );
    unary(
        Unary::Ln,
        &[([0.0], -INFINITY), ([-1.0], MISSING), ([1.0], 0.0)],
    );
    unary(Unary::Log2, &[([8.0], 3.0), ([MISSING], MISSING)]);
    unary(
        Unary::Log10,
        &[([1000.0], libm::log10(1000.0)), ([MISSING], MISSING)],
    );
    unary(
        Unary::Exp,
        &[([0.0], 1.0), ([1000.0], INFINITY), ([-1000.0], 0.0)],
    );
    unary(
        Unary::Negate,
        &[([0.0], -0.0), ([MISSING], MISSING), ([2.0], -2.0)],
    );
    unary(
        Unary::Abs,
        &[([-0.0], 0.0), ([MISSING], MISSING), ([-2.0], 2.0)],
    );
    unary(
        Unary::Floor,
        &[
            ([-0.5], -1.0),
            ([-0.0], 0.0),
            ([2.9], 2.0),
            ([0.57 * 100.0], 57.0),
            ([-1e-20], -1.0),
            ([MISSING], MISSING),
            ([INFINITY], INFINITY),
        ],
    );
    unary(
        Unary::Ceil,
        &[
            ([-0.5], 0.0),
            ([2.1], 3.0),
            ([MISSING], MISSING),
            ([(0.4 + 0.2) * 10.0], 6.0),
            ([-(0.4 + 0.2) * 10.0], -6.0),
            ([1e15 + 0.5], 1e15 + 1.0),
        ],
    );
    unary(
        Unary::Round(1),
        &[
            ([2.25], 2.3),
            ([-2.25], -2.3),
            ([0.7 + 0.6], 1.3),
            ([1e300], 1e300),
        ],
    );
    unary(
        Unary::Times(100),
        &[([0.55], 55.0), ([-0.57], -57.0), ([MISSING], MISSING)],
    );
    unary(
        Unary::Truncate(2),
        &[
            ([2.349], 2.34),
            ([-2.349], -2.34),
            ([0.28 + 0.01], 0.29),
            ([-0.001], 0.0),
            ([MISSING], MISSING),
        ],
    );
    binary(
        Binary::Power,
        &[
            ([2.0, 0.5], libm::pow(2.0, 0.5)),
            ([MISSING, 0.0], MISSING),
            ([1.0, MISSING], MISSING),
        ],
    );
    binary(
        Binary::Coalesce,
        &[
            ([MISSING, 2.0], 2.0),
            ([1.0, 2.0], 1.0),
            ([MISSING; 2], MISSING),
        ],
    );
}

/// Just below what is equal to a number, its ends, itself, and just above.
fn beside(c: f64) -> [(f64, std::cmp::Ordering); 5] {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let (least, greatest) = digits::around(c);
    [
        (least.next_down(), Less),
        (least, Equal),
        (c, Equal),
        (greatest, Equal),
        (greatest.next_up(), Greater),
    ]
}

fn answer(op: Compare, order: std::cmp::Ordering) -> f64 {
    f64::from(u8::from(match op {
        Compare::Less => order.is_lt(),
        Compare::LessOrEqual => order.is_le(),
        Compare::Equal => order.is_eq(),
    }))
}

#[test]
fn comparisons_read_fourteen_digits() {
    for op in [Compare::Less, Compare::LessOrEqual, Compare::Equal] {
        for c in [
            6.0, -6.0, 0.3, 1.0, 99_999.0, 1e-9, 1e300, 0.0, -0.55, 5e-324,
        ] {
            let right = |grow: &mut Grow, [x]: [NodeId; 1]| {
                let c = grow.add(Op::Const(c), false);
                let truth = grow.add(Op::Compare(op, x, c), false);
                grow.add(Op::Indicate(truth), false)
            };
            let mut rows = beside(c)
                .map(|(x, order)| ([x], answer(op, order)))
                .to_vec();
            rows.push(([MISSING], MISSING));
            expect(&format!("{op:?} {c}"), right, &rows);
            let left = |grow: &mut Grow, [x]: [NodeId; 1]| {
                let c = grow.add(Op::Const(c), false);
                let truth = grow.add(Op::Compare(op, c, x), false);
                grow.add(Op::Indicate(truth), false)
            };
            let rows = beside(c).map(|(x, order)| ([x], answer(op, order.reverse())));
            expect(&format!("{c} {op:?}"), left, &rows);
            let sides = |grow: &mut Grow, [x, y]: [NodeId; 2]| {
                let truth = grow.add(Op::Compare(op, x, y), false);
                grow.add(Op::Indicate(truth), false)
            };
            let mut rows = beside(c)
                .map(|(x, order)| ([x, c], answer(op, order)))
                .to_vec();
            // Far apart, the same, infinite and missing, side by side with what is near.
            rows.extend([
                ([-f64::MAX, c], answer(op, std::cmp::Ordering::Less)),
                ([c, c], answer(op, std::cmp::Ordering::Equal)),
                ([INFINITY, c], answer(op, std::cmp::Ordering::Greater)),
                ([c, INFINITY], answer(op, std::cmp::Ordering::Less)),
                ([INFINITY; 2], answer(op, std::cmp::Ordering::Equal)),
                ([MISSING, c], MISSING),
                ([c, MISSING], MISSING),
            ]);
            expect(&format!("{op:?} between two beside {c}"), sides, &rows);
        }
    }
}

#[test]
fn unknown_is_neither_yes_nor_no() {
    // x < 1 or y < 1, and their conjunction, as 1, 0 and missing.
    let truths = |joined: fn(NodeId, NodeId) -> Op| {
        move |grow: &mut Grow, [x, y]: [NodeId; 2]| {
            let one = grow.add(Op::Const(1.0), false);
            let a = grow.add(Op::Compare(Compare::Less, x, one), false);
            let b = grow.add(Op::Compare(Compare::Less, y, one), false);
            let joined = grow.add(joined(a, b), false);
            grow.add(Op::Indicate(joined), false)
        }
    };
    let (yes, no, unknown) = (0.0, 2.0, MISSING);
    expect(
        "and",
        truths(Op::And),
        &[
            ([yes, yes], 1.0),
            ([yes, no], 0.0),
            ([no, unknown], 0.0),
            ([yes, unknown], MISSING),
            ([unknown, unknown], MISSING),
        ],
    );
    expect(
        "or",
        truths(Op::Or),
        &[
            ([yes, unknown], 1.0),
            ([no, no], 0.0),
            ([no, unknown], MISSING),
            ([unknown, unknown], MISSING),
        ],
    );
    let select = |grow: &mut Grow, [x]: [NodeId; 1]| {
        let (one, seven) = (
            grow.add(Op::Const(1.0), false),
            grow.add(Op::Const(7.0), false),
        );
        let zero = grow.add(Op::Const(0.0), false);
        let condition = grow.add(Op::Compare(Compare::Equal, x, one), false);
        grow.add(
            Op::Select {
                condition,
                yes: seven,
                no: zero,
            },
            false,
        )
    };
    expect(
        "select",
        select,
        &[([1.0], 7.0), ([2.0], 0.0), ([MISSING], MISSING)],
    );
    let not = |grow: &mut Grow, [x]: [NodeId; 1]| {
        let one = grow.add(Op::Const(1.0), false);
        let condition = grow.add(Op::Compare(Compare::LessOrEqual, x, one), false);
        grow.add(Op::Not(condition), false)
    };
    expect(
        "not",
        not,
        &[([1.0], 0.0), ([2.0], 1.0), ([MISSING], MISSING)],
    );
}
