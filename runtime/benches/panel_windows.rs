//! Windows over a large panel: one column of 65,000 cells by 400 months, of which four columns are
//! made: the month before, the mean of twelve months, the change over twelve, and whether a threshold
//! held for three. Native code on one thread and on two against what one writes by hand in Rust on
//! one thread, and the interpreter on some of the cells. Prints one table; all variants must agree on
//! every row to the last bit.
//!
//! `cargo bench -p forewarn-runtime --bench panel_windows`; how many cells and repetitions may follow
//! `--`.

#[path = "panel_windows/by_hand.rs"]
mod by_hand;
#[path = "panel_windows/ruleset.rs"]
mod ruleset;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use forewarn_plan::Plan;
use forewarn_runtime::native::{Level, NativeProgram};
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, RunOptions, fill, run};

const MONTHS: usize = 400;

/// The system's memory, with an eye on how much is taken at most.
struct Counting;

static TAKEN: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: all memory comes from the system's allocator, as asked for.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        unsafe { System.alloc(layout) }
    }
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        TAKEN.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(memory, layout) }
    }
}

fn take(size: usize) {
    let taken = TAKEN.fetch_add(size, Ordering::Relaxed) + size;
    MOST.fetch_max(taken, Ordering::Relaxed);
}

#[global_allocator]
static MEMORY: Counting = Counting;

fn main() {
    let numbers: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let cells = numbers.first().copied().unwrap_or(65_000);
    let repetitions = numbers.get(1).copied().unwrap_or(5);
    let plan = ruleset::plan();
    let panel = panel(cells);
    let rows = panel.rows();
    println!("{cells} cells by {MONTHS} months: {rows} rows, {repetitions} repetitions, in turn");

    let wanted: Vec<usize> = (0..plan.outputs.len()).collect();
    let program = NativeProgram::compile(&plan, &wanted, Level::Full).expect("compiles");
    let blank = || vec![vec![0.0; rows]; plan.outputs.len()];
    let (mut hand, mut native) = (blank(), blank());
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..=repetitions {
        times[0].push(nanoseconds(rows, || by_hand::evaluate(&panel, &mut hand)));
        for threads in [1, 2] {
            times[threads].push(nanoseconds(rows, || {
                fill(&program, &panel, &mut native, threads).expect("fits")
            }));
            assert_same(&format!("native, {threads} threads"), &hand, &native);
        }
    }
    drop(native);
    let [in_place, one, two] = times.map(|mut times| Spread::of(times.split_off(1)));
    println!("{:<48}{:>10}{:>10}", "ns/row", "median", "least");
    println!("into columns that are there already");
    line("  by hand, fused for each cell", &in_place);
    line("  native", &one);
    line("  native, two threads", &two);
    ratio("  hand / native", &in_place, &one, "0.9");
    ratio("  native, one thread / two", &one, &two, "1.6");

    drop(hand);
    let mut times = [const { Vec::new() }; 3];
    let mut beyond = 0;
    for _ in 0..=repetitions.min(3) {
        times[0].push(nanoseconds(rows, || {
            let mut hand = blank();
            by_hand::evaluate(&panel, &mut hand);
            hand
        }));
        for threads in [1, 2] {
            let options = RunOptions {
                threads,
                ..RunOptions::default()
            };
            let before = TAKEN.load(Ordering::Relaxed);
            MOST.store(before, Ordering::Relaxed);
            times[threads].push(nanoseconds(rows, || {
                run(&plan, &panel, &options).expect("runs")
            }));
            let output = rows * 8 * plan.outputs.len();
            beyond = beyond.max(MOST.load(Ordering::Relaxed) - before - output);
        }
    }
    let [in_place, one, two] = times.map(|mut times| Spread::of(times.split_off(1)));
    println!("into new columns, compiling and checking the panel with it");
    line("  by hand", &in_place);
    line("  native", &one);
    line("  native, two threads", &two);
    ratio("  hand / native", &in_place, &one, "0.9");
    ratio("  native, one thread / two", &one, &two, "1.6");
    println!(
        "{:<48}{:>10.1}{:>10}  (less than 64)",
        "memory beyond input and output, MiB",
        beyond as f64 / f64::from(1 << 20),
        ""
    );
    line("interpreter", &interpreter(&plan, cells.min(250)));
}

/// Counts of events by cell and month, alike from month to month; 8 % are missing.
fn panel(cells: usize) -> Panel {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let rows = cells * MONTHS;
    let mut panel = Panel {
        entities: (0..cells).map(|cell| format!("{cell:06}")).collect(),
        entity_of: Vec::with_capacity(rows),
        periods: Vec::with_capacity(rows),
        columns: vec![Vec::with_capacity(rows)],
        ..Panel::default()
    };
    for cell in 0..cells as u32 {
        // Not all from the same month.
        let first = 1990 * 12 + i64::from(cell % 7);
        let mut x = 100.0 * next();
        for period in first..first + MONTHS as i64 {
            x = (x + 20.0 * next() - 9.8).clamp(0.0, ruleset::HIGH);
            panel.entity_of.push(cell);
            panel.periods.push(period);
            panel.columns[0].push(if next() < 0.08 { f64::NAN } else { x });
        }
    }
    panel
}

fn nanoseconds<T>(rows: usize, work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let made = std::hint::black_box(work());
    let time = start.elapsed().as_nanos() as f64 / rows as f64;
    drop(made);
    time
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

fn line(name: &str, time: &Spread) {
    println!("{name:<48}{:>10.2}{:>10.2}", time.median, time.least);
}

fn ratio(name: &str, over: &Spread, under: &Spread, target: &str) {
    let (median, least) = (over.median / under.median, over.least / under.least);
    println!("{name:<48}{median:>10.2}{least:>10.2}  (at least {target})");
}

fn assert_same(name: &str, expected: &[Vec<f64>], actual: &[Vec<f64>]) {
    for (output, (expected, actual)) in expected.iter().zip(actual).enumerate() {
        let mut pairs = expected.iter().zip(actual);
        let differs = |(a, b): (&f64, &f64)| a.to_bits() != b.to_bits();
        if let Some(row) = pairs.position(differs) {
            let (a, b) = (expected[row], actual[row]);
            panic!("{name}: output {output}, row {row}: {a} {b}");
        }
    }
}

fn interpreter(plan: &Plan, cells: usize) -> Spread {
    let panel = panel(cells);
    let rows = panel.rows();
    let options = RunOptions {
        engine: Engine::Interpreter,
        threads: 1,
        ..RunOptions::default()
    };
    let results = run(plan, &panel, &options).expect("runs");
    let columns: Vec<Vec<f64>> = results.columns.into_iter().map(|c| c.values).collect();
    let mut hand = vec![vec![0.0; rows]; columns.len()];
    by_hand::evaluate(&panel, &mut hand);
    assert_same("interpreter", &hand, &columns);
    Spread::of(vec![
        results.timings.evaluate.as_nanos() as f64 / rows as f64,
    ])
}
