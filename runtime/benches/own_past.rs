//! Fire weather over stations by day: six values that rest on their own past. Native code against the interpreter on the
//! same 100,000 rows, one thread, in turn. Prints one table; both must agree on every row to the last bit.
//!
//! `cargo bench -p forewarn-runtime --bench own_past`; how many stations and repetitions may follow `--`.

use std::path::Path;
use std::time::Instant;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::Plan;
use forewarn_runtime::native::{Level, NativeProgram};
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, RunOptions, fill, run};

const DAYS: usize = 1_000;
const RULES: &str = include_str!("own_past/fire_weather.risk");

fn main() {
    let numbers: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let stations = numbers.first().copied().unwrap_or(100);
    let repetitions = numbers.get(1).copied().unwrap_or(5);
    let plan = plan();
    let panel = panel(&plan, stations);
    let rows = panel.rows();
    let recalls = plan.recalls.len();
    println!(
        "{} nodes, {recalls} values of earlier days; {stations} stations by {DAYS} days: {rows} rows, one thread, \
         {repetitions} repetitions, in turn",
        plan.nodes.len()
    );
    let wanted: Vec<usize> = (0..plan.outputs.len()).collect();
    let compile = |level| NativeProgram::compile(&plan, &wanted, level).expect("compiles");
    let (full, quick) = (compile(Level::Full), compile(Level::Quick));
    let interpreted = RunOptions {
        engine: Engine::Interpreter,
        threads: 1,
        ..RunOptions::default()
    };
    let mut columns = vec![vec![0.0; rows]; plan.outputs.len()];
    let mut times = [const { Vec::new() }; 3];
    // The first repetition warms up.
    for repetition in 0..=repetitions {
        let results = run(&plan, &panel, &interpreted).expect("runs");
        let mut taken = [results.timings.evaluate.as_nanos() as f64; 3];
        let meaning: Vec<Vec<f64>> = results.columns.into_iter().map(|one| one.values).collect();
        for (taken, program) in taken[1..].iter_mut().zip([&full, &quick]) {
            let start = Instant::now();
            let faults = fill(program, &panel, &mut columns, 1).expect("fits");
            *taken = start.elapsed().as_nanos() as f64;
            assert_eq!(faults, results.faults);
            assert_same(&meaning, &columns);
        }
        if repetition > 0 {
            for (times, taken) in times.iter_mut().zip(taken) {
                times.push(taken / rows as f64);
            }
        }
    }
    println!("{:<48}{:>10}{:>10}", "ns/row", "median", "least");
    let [interpreter, full, quick] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        [times[times.len() / 2], times[0]]
    });
    for (name, [median, least]) in [
        ("interpreter", interpreter),
        ("native", full),
        ("native, compiled quickly", quick),
    ] {
        println!("{name:<48}{median:>10.1}{least:>10.1}");
    }
    let ratio = [0, 1].map(|at| interpreter[at] / full[at]);
    println!(
        "{:<48}{:>10.1}{:>10.1}",
        "interpreter / native", ratio[0], ratio[1]
    );
}

fn plan() -> Plan {
    let files = MemoryFiles::of("fire_weather.risk", RULES);
    let compilation = compile(Path::new("fire_weather.risk"), &files, &Settings::default());
    let told = &compilation.reports;
    compilation.plan.unwrap_or_else(|| panic!("{told:?}"))
}

/// Weather by chance, alike from day to day, with seasons; one cell in fifty is missing.
fn panel(plan: &Plan, stations: usize) -> Panel {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut panel = Panel {
        entities: (0..stations).map(|at| format!("{at:05}")).collect(),
        columns: vec![Vec::new(); plan.inputs.len()],
        ..Panel::default()
    };
    for station in 0..stations {
        let mut warmth = 0.0;
        for day in 0..DAYS {
            let season = (day as f64 / 365.25 * std::f64::consts::TAU).sin();
            warmth = 0.8 * warmth + 6.0 * (next() - 0.5);
            let temperature = 14.0 + 16.0 * season + warmth;
            let humidity =
                (65.0 - 1.5 * warmth - 20.0 * season + 30.0 * (next() - 0.5)).clamp(5.0, 100.0);
            let wind = 30.0 * next() * next();
            let rain = if next() < 0.3 {
                25.0 * next() * next()
            } else {
                0.0
            };
            let cells = [temperature, humidity, wind, rain];
            for (column, cell) in panel.columns.iter_mut().zip(cells) {
                // As stations report.
                let cell = (cell * 10.0).round() / 10.0;
                column.push(if next() < 0.02 { f64::NAN } else { cell });
            }
            panel.entity_of.push(u32::try_from(station).expect("few"));
            panel.periods.push(day as i64);
        }
    }
    panel
}

fn assert_same(expected: &[Vec<f64>], actual: &[Vec<f64>]) {
    for (output, (expected, actual)) in expected.iter().zip(actual).enumerate() {
        let mut pairs = expected.iter().zip(actual);
        if let Some(row) = pairs.position(|(a, b)| a.to_bits() != b.to_bits()) {
            let (a, b) = (expected[row], actual[row]);
            panic!("output {output}, row {row}: {a} by the interpreter, {b}");
        }
    }
}
