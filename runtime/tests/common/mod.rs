//! Random well-formed Plans and awkward panels, for the tests that compare the two evaluators.
//!
//! A Plan grows from a list of [`Step`]s, each of which adds a node that reads earlier ones; so a
//! failing Plan shrinks by dropping and simplifying steps. Ranges and the flags of uncertainty are
//! honest: never narrower than what can happen, sometimes wider.

#![allow(dead_code, reason = "each test file uses a part")]

pub mod both;
pub mod look_back;

use forewarn_diagnostics::source::Span;
use forewarn_plan::interval::Interval;
use forewarn_plan::*;
use forewarn_runtime::panel::Panel;
use proptest::prelude::*;

/// Values that find mistakes.
pub const AWKWARD: [f64; 36] = [
    f64::NAN,
    f64::NAN,
    f64::NAN,
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    2.0,
    3.0,
    -2.5,
    2.25,
    2.675,
    0.1,
    1.0 / 3.0,
    100.0,
    1e15,
    5e-324,
    -5e-324,
    1e-310,
    f64::MIN_POSITIVE,
    f64::MAX,
    f64::MIN,
    1e154,
    -1e200,
    f64::INFINITY,
    f64::NEG_INFINITY,
    -0.7,
    12.5,
    1e-5,
    // Equal to 14 digits, or almost.
    0.3,
    0.1 + 0.2,
    6.0,
    5.999_999_999_999_999,
    6.000_000_000_000_05,
    0.29 * 100.0,
];

/// A neighbour of a number, some doubles away: within noise of it, or about where 14 digits begin to
/// tell the two apart.
pub fn beside(x: f64, steps: i64) -> f64 {
    if x.is_finite() && x != 0.0 {
        let moved = f64::from_bits(x.to_bits().wrapping_add_signed(steps));
        if moved.is_nan() { x } else { moved }
    } else {
        x
    }
}

/// What the next node is.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub kind: u8,
    pub a: u16,
    pub b: u16,
    pub c: u16,
    pub checked: bool,
    pub careful: bool,
}

/// Of Plans that do not look along time.
pub fn steps(how_many: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Step>> {
    steps_of(0..40, how_many)
}

pub fn steps_of(
    kinds: std::ops::Range<u8>,
    how_many: std::ops::Range<usize>,
) -> impl Strategy<Value = Vec<Step>> {
    let step = (kinds, 0u16.., 0u16.., 0u16.., any::<bool>(), any::<bool>()).prop_map(
        |(kind, a, b, c, checked, careful)| Step {
            kind,
            a,
            b,
            c,
            checked,
            careful,
        },
    );
    prop::collection::vec(step, how_many)
}

pub const INPUTS: usize = 6;

/// The values of bounded inputs lie within this of zero.
pub const BOUND: f64 = 1e6;

/// Half of the inputs have a declared range, as most indicators have.
pub fn is_bounded(input: usize) -> bool {
    input % 2 == 1
}

/// Divisors that goalposts give, and some at the edge of what can be done without dividing.
const DIVISORS: [f64; 14] = [
    3.0,
    10.3,
    -7.0,
    0.37,
    100.0,
    1250.0,
    65.0,
    1e-12,
    -8.0,
    0.25,
    1e40,
    5e-324,
    1.999_999_999_999_999_8,
    0.0,
];

/// Grows a Plan.
#[derive(Default)]
pub struct Grow {
    pub plan: Plan,
    numbers: Vec<NodeId>,
    truths: Vec<NodeId>,
    /// By recall, which node it is to read.
    picks: Vec<u16>,
}

impl Grow {
    pub fn new(inputs: usize) -> Self {
        let mut grow = Self::default();
        for input in 0..inputs {
            grow.plan.inputs.push(InputInfo {
                name: format!("x{input}"),
                label: String::new(),
                column: None,
                kind: InputKind::Number,
                unit: String::new(),
                low: f64::NEG_INFINITY,
                high: f64::INFINITY,
                high_excluded: false,
                on_violation: OnViolation::Missing,
                optional: false,
                missing_means: None,
                carry_forward: None,
                expires: None,
                inapplicable: Vec::new(),
                changeable: None,
                span: Span::default(),
            });
            let id = grow.add(Op::Input(input as u32), false);
            if is_bounded(input) {
                grow.plan.nodes[id.index()].range = Interval {
                    low: -BOUND,
                    high: BOUND,
                };
            }
        }
        grow
    }

    fn at(list: &[NodeId], pick: u16) -> NodeId {
        // Recent ones more often, so that graphs grow deep.
        let back = pick as usize % list.len();
        let back = if pick.is_multiple_of(3) {
            back
        } else {
            back % 8.min(list.len())
        };
        list[list.len() - 1 - back]
    }

    pub fn number(&self, pick: u16) -> NodeId {
        Self::at(&self.numbers, pick)
    }

    pub fn truth(&mut self, pick: u16) -> NodeId {
        if self.truths.is_empty() {
            let (a, b) = (self.number(pick), self.number(pick / 7));
            return self.add(Op::Compare(Compare::Less, a, b), false);
        }
        Self::at(&self.truths, pick)
    }

    /// Adds a node with an honest range and flag; `checked` for operations that can be.
    pub fn add(&mut self, op: Op, checked: bool) -> NodeId {
        let id = NodeId(self.plan.nodes.len() as u32);
        let can_be_checked = match op {
            Op::Unary(..) | Op::Along(Along::Window { .. }, _) => true,
            Op::Paired(Paired::Since { .. }, ..) => true,
            Op::Binary(op, ..) => op != Binary::Coalesce,
            _ => false,
        };
        let checked = (checked && can_be_checked).then(|| {
            let fault = FaultId(self.plan.faults.len() as u32);
            self.plan.faults.push(FaultSite {
                node: id,
                span: Span::default(),
                text: Words::from(format!("{op:?}").as_str()),
                declaration: String::new(),
            });
            fault
        });
        let (range, uncertain) = self.honest(op);
        let uncertain = uncertain || checked.is_some();
        self.plan.nodes.push(Node {
            op,
            range,
            uncertain,
            span: Span::default(),
            checked,
        });
        match op.lane() {
            Lane::Number => self.numbers.push(id),
            Lane::Truth => self.truths.push(id),
        }
        id
    }

    fn honest(&self, op: Op) -> (Interval, bool) {
        let node = |id: NodeId| &self.plan.nodes[id.index()];
        let any = op.operands().any(|id| node(id).uncertain);
        let between = |low: f64, high: f64| Interval { low, high };
        let reach = |id: NodeId| node(id).range.low.abs().max(node(id).range.high.abs());
        match op {
            Op::Const(x) if x.is_nan() => (Interval::ALL, true),
            Op::Const(x) => (between(x, x), false),
            Op::Indicate(_) => (between(0.0, 1.0), any),
            Op::Input(_) | Op::Period => (Interval::ALL, true),
            Op::Unary(Unary::Negate, a) => (between(-node(a).range.high, -node(a).range.low), any),
            Op::Unary(Unary::Abs, a) => (between(0.0, reach(a)), any),
            Op::Unary(
                Unary::Floor | Unary::Ceil | Unary::Round(_) | Unary::Truncate(_) | Unary::Times(_),
                _,
            ) => (Interval::ALL, any),
            Op::Binary(Binary::Min, a, b) => {
                let (a, b) = (node(a).range, node(b).range);
                (between(a.low.min(b.low), a.high.min(b.high)), any)
            }
            Op::Binary(Binary::Max, a, b) => {
                let (a, b) = (node(a).range, node(b).range);
                (between(a.low.max(b.low), a.high.max(b.high)), any)
            }
            Op::Binary(Binary::Coalesce, a, b) => {
                let uncertain = node(a).uncertain && node(b).uncertain;
                let (a, b) = (node(a).range, node(b).range);
                (between(a.low.min(b.low), a.high.max(b.high)), uncertain)
            }
            Op::Binary(Binary::Add | Binary::Subtract, a, b) if reach(a).max(reach(b)) < 1e100 => {
                let reach = (reach(a) + reach(b)) * 1.01;
                (between(-reach, reach), any)
            }
            Op::Binary(Binary::Multiply, a, b) if reach(a).max(reach(b)) < 1e100 => {
                let reach = reach(a) * reach(b) * 1.01 + 1e-300;
                (between(-reach, reach), any)
            }
            Op::Select { yes, no, .. } => {
                let (a, b) = (node(yes).range, node(no).range);
                (between(a.low.min(b.low), a.high.max(b.high)), any)
            }
            Op::Along(Along::Lag(_), a) => (node(a).range, true),
            Op::Along(Along::Every { .. } | Along::Any { .. }, _) => (between(0.0, 1.0), true),
            Op::Along(Along::Window { what, .. }, _) => (Interval::ALL, what != look_back::COUNT),
            Op::Along(Along::Since, _) | Op::Paired(..) | Op::Recall(..) => (Interval::ALL, true),
            Op::Alert { part, .. } => (Interval::ALL, !look_back::NEVER_MISSING.contains(&part)),
            Op::Peers { .. } => (Interval::ALL, true),
            Op::Unary(..) | Op::Binary(..) | Op::Verdict { .. } => (Interval::ALL, true),
            Op::Truth { yes, no } => (Interval::ALL, !yes && !no),
            Op::IsKnown(_) | Op::Surely(_) | Op::Possibly(_) => (Interval::ALL, false),
            Op::Compare(..) | Op::Not(_) | Op::And(..) | Op::Or(..) => (Interval::ALL, any),
        }
    }

    pub fn step(&mut self, step: Step) {
        let (a, b) = (self.number(step.a), self.number(step.b));
        let binary = |op| Op::Binary(op, a, b);
        let unary = |op| Op::Unary(op, a);
        let op = match step.kind {
            0 => {
                let x = AWKWARD[step.a as usize % AWKWARD.len()];
                Op::Const(beside(
                    x,
                    i64::from(step.b % 3) * i64::from(step.c as i16 % 600),
                ))
            }
            1 => Op::Const(f64::from(step.a as i16) / 8.0),
            2 => Op::Period,
            3 => unary(Unary::Negate),
            4 => unary(Unary::Abs),
            5 => unary(Unary::Sqrt),
            6 => unary(Unary::Exp),
            7 => unary(Unary::Ln),
            8 => unary([Unary::Log2, Unary::Log10][step.b as usize % 2]),
            9 => unary([Unary::Floor, Unary::Ceil][step.b as usize % 2]),
            10 if step.c.is_multiple_of(5) => {
                unary(Unary::Times(u64::from(step.b % 3) * 450 + 100))
            }
            10 if step.c.is_multiple_of(2) => unary(Unary::Truncate((step.b % 6) as i8 - 2)),
            10 => unary(Unary::Round((step.b % 6) as i8 - 2)),
            11 | 12 => binary(Binary::Add),
            13 | 14 => binary(Binary::Subtract),
            15 | 16 => binary(Binary::Multiply),
            17 | 18 => binary(Binary::Divide),
            19 => binary(Binary::Power),
            20 | 21 => binary(Binary::Min),
            22 | 23 => binary(Binary::Max),
            24 | 25 => binary(Binary::Coalesce),
            26 | 27 => Op::Select {
                condition: self.truth(step.c),
                yes: a,
                no: b,
            },
            28 => Op::Compare(Compare::Less, a, b),
            29 => Op::Compare(Compare::LessOrEqual, a, b),
            30 => Op::Compare(Compare::Equal, a, b),
            31 => Op::IsKnown(a),
            32 => {
                let yes = step.a.is_multiple_of(3);
                Op::Truth {
                    yes,
                    no: !yes && step.a % 3 == 1,
                }
            }
            33 => Op::Not(self.truth(step.a)),
            34 => Op::And(self.truth(step.a), self.truth(step.b)),
            35 => Op::Or(self.truth(step.a), self.truth(step.b)),
            36 => Op::Surely(self.truth(step.a)),
            37 => Op::Possibly(self.truth(step.a)),
            38 => {
                // Never both: surely what one truth says, and surely not.
                let (first, second) = (self.truth(step.a), self.truth(step.b));
                let yes = self.add(Op::And(first, second), false);
                let yes = self.add(Op::Surely(yes), false);
                let possibly = self.add(Op::Possibly(first), false);
                let no = self.add(Op::Not(possibly), false);
                Op::Verdict { yes, no }
            }
            40..=43 => {
                // A rescaled indicator, or one divided as it is.
                let inputs = self.plan.inputs.len();
                let mut dividend = NodeId((step.a as usize % inputs) as u32);
                if step.kind > 41 {
                    let low = [0.0, 5.0, -1.25, 1e-300][step.c as usize % 4];
                    let low = self.add(Op::Const(low), false);
                    dividend = self.add(Op::Binary(Binary::Subtract, dividend, low), false);
                }
                let c = DIVISORS[step.b as usize % DIVISORS.len()];
                let divisor = self.add(Op::Const(c), false);
                Op::Binary(Binary::Divide, dividend, divisor)
            }
            44.. => self.look_back(step),
            _ => Op::Indicate(self.truth(step.a)),
        };
        let id = self.add(op, step.checked);
        if step.careful {
            // Allowed to claim less than could be proved.
            self.plan.nodes[id.index()].uncertain = true;
        }
    }

    /// Makes a node an output.
    pub fn show(&mut self, node: NodeId) {
        let column = format!("y{}", self.plan.outputs.len());
        let kind = match self.plan.nodes[node.index()].op.lane() {
            Lane::Number => OutputKind::Number,
            Lane::Truth => OutputKind::Truth,
        };
        self.plan.outputs.push(Output {
            declaration: column.clone(),
            column,
            label: String::new(),
            unit: String::new(),
            kind,
            node,
        });
    }
}

/// Cells from a small generator, so that 5,000 rows cost one number to shrink.
pub fn panel(inputs: usize, rows: usize, mut seed: u64, with_periods: bool) -> Panel {
    let mut next = || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    // Tiny values make kernels careful for the rest of a thread's rows; not all panels have them.
    let tame = next() % 2 == 0;
    let columns = (0..inputs)
        .map(|input| {
            let fits = |x: &f64| {
                !is_bounded(input) || x.abs() <= BOUND && !(tame && x.abs() < 1e-300 && *x != 0.0)
            };
            (0..rows)
                .map(|_| match next() % 5 {
                    // Comparisons, ties and whole numbers within noise, and at its edge.
                    3 => beside(AWKWARD[next() % AWKWARD.len()], (next() % 9) as i64 - 4),
                    4 => beside(
                        (next() % 41) as f64 / 8.0 - 2.0,
                        (next() % 1_201) as i64 - 600,
                    ),
                    0 => AWKWARD[next() % AWKWARD.len()],
                    1 => (next() % 41) as f64 / 8.0 - 2.0,
                    _ => f64::from_bits((next() as u64) << 33 ^ (next() as u64) << 11),
                })
                .map(|x| if fits(&x) { x } else { f64::NAN })
                .collect()
        })
        .collect();
    Panel {
        entities: (0..rows).map(|row| format!("e{row:06}")).collect(),
        entity_of: (0..rows as u32).collect(),
        periods: if with_periods {
            (0..rows as i64).map(|row| row - 3).collect()
        } else {
            vec![]
        },
        columns,
        ..Panel::default()
    }
}
