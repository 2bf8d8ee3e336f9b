//! The framework of 143 indicators over a million rows in memory, one thread: native code against a
//! hand-written kernel, against what one writes first in Rust, against the interpreter; what bounds cost against
//! estimates, and comparing to 14 digits; and how long compiling takes as rulesets grow. Prints one table; all variants must agree on every row.
//!
//! `cargo bench -p forewarn-runtime --bench framework_143`; rows and repetitions may
//! follow `--`, and then compiling is left out.

#![allow(
    unsafe_code,
    reason = "the kernel to beat is written with vector instructions by hand"
)]

#[path = "framework_143/bounds.rs"]
mod bounds;
#[path = "framework_143/by_column.rs"]
mod by_column;
#[path = "framework_143/by_hand.rs"]
mod by_hand;
#[path = "framework_143/compiling.rs"]
mod compiling;
#[path = "framework_143/ruleset.rs"]
mod ruleset;
#[path = "framework_143/thresholds.rs"]
mod thresholds;

use std::time::Instant;

use forewarn_runtime::native::{Level, NativeProgram};
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, RunOptions, run};
use ruleset::{FACTORS, framework, member};

fn main() {
    let numbers: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let rows = numbers.first().copied().unwrap_or(1_000_000) / 4 * 4;
    let repetitions = numbers.get(1).copied().unwrap_or(5);
    let inputs = columns(rows);
    let framework = framework(&FACTORS);
    let wanted: Vec<usize> = (0..framework.plan.outputs.len()).collect();
    let program = NativeProgram::compile(&framework.plan, &wanted, Level::Full).expect("compiles");
    let quick = NativeProgram::compile(&framework.plan, &wanted, Level::Quick).expect("compiles");
    println!(
        "143 indicators, 14 factors; {rows} rows, one thread, {repetitions} repetitions, median"
    );
    println!(
        "{} nodes in {} kernels",
        framework.plan.nodes.len(),
        program.kernels()
    );

    let slices: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
    let blank = || vec![vec![0.0; rows]; 17];
    let (mut hand, mut column, mut native, mut native_quick) = (blank(), blank(), blank(), blank());
    let mut times = [const { Vec::new() }; 4];
    for _ in 0..=repetitions {
        times[0].push(nanoseconds(rows, || by_hand::evaluate(&inputs, &mut hand)));
        times[1].push(nanoseconds(rows, || {
            program.evaluate(&slices, &[], &mut native)
        }));
        times[2].push(nanoseconds(rows, || {
            by_column::evaluate(&inputs, &mut column)
        }));
        times[3].push(nanoseconds(rows, || {
            quick.evaluate(&slices, &[], &mut native_quick)
        }));
    }
    for (name, other) in [
        ("column", &column),
        ("native", &native),
        ("quick", &native_quick),
    ] {
        assert_same(name, &hand, other);
    }
    let sample = rows.min(10_000);
    let interpreter = interpreter(&framework, &inputs, sample, &hand);

    // The first repetition warms up. Medians count; the least shows what other work on the machine
    // took away.
    let [hand, native, column, quick] = times.map(|mut times| Spread::of(times.split_off(1)));
    let interpreter = Spread::of(vec![interpreter]);
    println!("{:<48}{:>10}{:>10}", "ns/row", "median", "least");
    let line =
        |name, time: &Spread| println!("{name:<48}{:>10.1}{:>10.1}", time.median, time.least);
    line("by hand, fused, branch-free, AVX2", &hand);
    line("native", &native);
    line("native, compiled quickly", &quick);
    line("a column at a time, vectorised by the compiler", &column);
    line("interpreter", &interpreter);
    let ratio = |name, over: &Spread, under: &Spread, target| {
        let (median, least) = (over.median / under.median, over.least / under.least);
        println!("{name:<48}{median:>10.2}{least:>10.2}  (at least {target})");
    };
    ratio("hand / native", &hand, &native, "0.75");
    ratio("column at a time / hand", &column, &hand, "3");
    ratio("interpreter / native", &interpreter, &native, "20");
    let few: Vec<Vec<f64>> = inputs
        .iter()
        .map(|one| one[..rows.min(100_000)].to_vec())
        .collect();
    bounds::report(&few, repetitions);
    thresholds::report(rows.min(250_000), repetitions);
    if numbers.is_empty() {
        compiling::report();
    }
}

/// Indicators around their goalposts, rows alike in themselves, 15 % missing.
fn columns(rows: usize) -> Vec<Vec<f64>> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let shared: Vec<f64> = (0..rows).map(|_| next()).collect();
    let count: usize = FACTORS.iter().sum();
    (0..count)
        .map(|index| {
            let m = member(index);
            shared
                .iter()
                .map(|shared| {
                    let place = 0.5 * shared + 0.9 * next() - 0.15;
                    if next() < 0.15 {
                        f64::NAN
                    } else {
                        m.low + (m.high - m.low) * place
                    }
                })
                .collect()
        })
        .collect()
}

fn nanoseconds<T>(rows: usize, work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed().as_nanos() as f64 / rows as f64
}

struct Spread {
    median: f64,
    least: f64,
}

impl Spread {
    fn of(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        Self {
            median: times[times.len() / 2],
            least: times[0],
        }
    }
}

fn assert_same(name: &str, expected: &[Vec<f64>], actual: &[Vec<f64>]) {
    for (output, (expected, actual)) in expected.iter().zip(actual).enumerate() {
        for (row, (a, b)) in expected.iter().zip(actual).enumerate() {
            assert!(
                a.to_bits() == b.to_bits(),
                "{name}: output {output}, row {row}: {a} {b}"
            );
        }
    }
}

fn interpreter(
    framework: &ruleset::Framework,
    inputs: &[Vec<f64>],
    rows: usize,
    expected: &[Vec<f64>],
) -> f64 {
    let panel = Panel {
        entities: vec!["everywhere".to_owned()],
        entity_of: vec![0; rows],
        columns: inputs
            .iter()
            .map(|column| column[..rows].to_vec())
            .collect(),
        ..Panel::default()
    };
    let options = RunOptions {
        engine: Engine::Interpreter,
        threads: 1,
        ..RunOptions::default()
    };
    let results = run(&framework.plan, &panel, &options).expect("runs");
    let columns: Vec<Vec<f64>> = results
        .columns
        .into_iter()
        .map(|column| column.values)
        .collect();
    let expected: Vec<Vec<f64>> = expected
        .iter()
        .map(|column| column[..rows].to_vec())
        .collect();
    assert_same("interpreter", &expected, &columns);
    results.timings.evaluate.as_nanos() as f64 / rows as f64
}
