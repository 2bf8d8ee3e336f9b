//! Rules that compile, on data made by chance: both engines give the same bits.

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::{InputKind, Plan, digits};
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, Results, RunOptions, run};

use super::rules::WORDS;
use crate::Target;
use crate::mutate::Random;

/// Interpreter and native code.
pub const ENGINES: Target = Target {
    name: "engines",
    about: "rules on made data: interpreter and native code give the same bits",
    words: WORDS,
    run: engines,
};

fn engines(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let files = MemoryFiles::of("chance.risk", &*text);
    let compilation = compile(Path::new("chance.risk"), &files, &Settings::default());
    let Some(plan) = compilation.plan else {
        return;
    };
    let seed = input
        .iter()
        .fold(0_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(*byte));
    let mut random = Random::new(seed, 0);
    same_bits(&plan, &panel(&plan, &mut random));
}

/// Panics where the engines differ.
pub fn same_bits(plan: &Plan, panel: &Panel) {
    let by = |engine, threads, chunk| {
        let options = RunOptions {
            engine,
            threads,
            chunk,
            ..RunOptions::default()
        };
        bits(&run(plan, panel, &options).expect("a Plan from the compiler runs"))
    };
    let meaning = by(Engine::Interpreter, 1, None);
    assert!(
        meaning == by(Engine::Native, 1, None),
        "native code differs from the interpreter"
    );
    assert!(
        meaning == by(Engine::Native, 2, Some(8)),
        "native code on two threads differs from the interpreter"
    );
}

fn bits(results: &Results) -> (Vec<Vec<u64>>, String) {
    let bit = |x: &f64| if x.is_nan() { u64::MAX } else { x.to_bits() };
    let columns = results.columns.iter();
    let columns = columns.map(|column| column.values.iter().map(bit).collect());
    (columns.collect(), format!("{:?}", results.faults))
}

/// A panel of three entities and eight periods as binding leaves it.
fn panel(plan: &Plan, random: &mut Random) -> Panel {
    const ENTITIES: u32 = 3;
    const PERIODS: u32 = 8;
    let has_periods = plan.panel.period.is_some();
    let periods = if has_periods { PERIODS } else { 1 };
    let rows = (ENTITIES * periods) as usize;
    let entity_of: Vec<u32> = (0..ENTITIES)
        .flat_map(|entity| vec![entity; periods as usize])
        .collect();
    let columns = plan.inputs.iter().map(|input| {
        let mut cell = |row: usize| match &input.kind {
            InputKind::Number => {
                let span = (input.high - input.low).min(1e6);
                let low = if input.low.is_finite() {
                    input.low
                } else {
                    -5.0
                };
                let span = if span.is_finite() { span } else { 100.0 };
                let x = match random.below(8) {
                    0 => return f64::NAN,
                    1 => low,
                    2 => input.high,
                    _ => low + span * random.below(101) as f64 / 100.0,
                };
                let below = !input.high_excluded || digits::is_less(x, input.high);
                let inside = x.is_finite() && (input.low..=input.high).contains(&x) && below;
                if inside { x } else { f64::NAN }
            }
            InputKind::Verification { .. } | InputKind::Applies { .. } => random.below(2) as f64,
            InputKind::Age { .. } => random.below(4) as f64,
            InputKind::Key { place } => {
                let entity = f64::from(entity_of.get(row).copied().unwrap_or(0));
                (entity / if *place > 0 { 1.0 } else { 2.0 }).floor()
            }
            InputKind::Truth => code(random, 2),
            InputKind::Level { names, .. } | InputKind::Category { names } => {
                code(random, names.len())
            }
        };
        (0..rows).map(&mut cell).collect()
    });
    let columns = columns.collect();
    Panel {
        entities: (0..ENTITIES).map(|entity| format!("C{entity}")).collect(),
        periods: if has_periods {
            (0..ENTITIES)
                .flat_map(|_| 600..600 + i64::from(PERIODS))
                .collect()
        } else {
            Vec::new()
        },
        entity_of,
        columns,
        ..Panel::default()
    }
}

/// One of as many codes, or missing.
fn code(random: &mut Random, of: usize) -> f64 {
    match random.below(of + 1) {
        0 => f64::NAN,
        one => (one - 1) as f64,
    }
}
