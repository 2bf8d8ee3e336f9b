//! Interpreter and native code agree because both run the Plan; whether the Plan says what the rules say,
//! they cannot see. A third evaluator, written from the reference over the checked tree, can.
//!
//! `FOREWARN_ORACLE_CASES=100000 cargo test --release -p forewarn-tests --test all oracle` runs the campaign,
//! `FOREWARN_ORACLE_SEED` with rulesets of its own; `FOREWARN_ORACLE_NATIVE=1` compares native code as well.

mod evaluator;
use crate::generate;

use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use evaluator::World;
use evaluator::worth::Worth;
use forewarn_compiler::checked::{Body, CheckedFramework};
use forewarn_compiler::typed::ValueId;
use forewarn_compiler::{Settings, check_only, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::{InputKind, Plan};
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, RunOptions, run};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

const FILE: &str = "chance.risk";

/// How many values were compared.
static COMPARED: AtomicU64 = AtomicU64::new(0);

/// How many of them differed where the noise of sums decides.
static NOISE: AtomicU64 = AtomicU64::new(0);

/// The observations of a panel, as the oracle reads them.
fn world<'w>(framework: &'w CheckedFramework, plan: &Plan, panel: &Panel) -> World<'w> {
    let mut world = World::new(framework);
    world.entity_of.clone_from(&panel.entity_of);
    world.periods.clone_from(&panel.periods);
    world.gaps.clone_from(&panel.gaps);
    let id = |name: &str| {
        let at = framework.values.iter().position(|value| value.name == name);
        ValueId(u32::try_from(at.expect("declared")).expect("few"))
    };
    for (input, column) in plan.inputs.iter().zip(&panel.columns) {
        match &input.kind {
            InputKind::Verification { of } => {
                let of = id(&plan.inputs[*of as usize].name);
                let verified = column.iter().map(|x| *x == 1.0).collect();
                world.verified.insert(of, verified);
            }
            InputKind::Applies { of } => {
                let of = id(&plan.inputs[*of as usize].name);
                let taken_out = column.iter().map(|x| *x == 0.0).collect();
                world.taken_out.insert(of, taken_out);
            }
            InputKind::Age { of } => {
                let of = id(&plan.inputs[*of as usize].name);
                world.ages.insert(of, column.clone());
            }
            InputKind::Key { place } => {
                world.keys.insert(*place, column.clone());
            }
            InputKind::Number
            | InputKind::Truth
            | InputKind::Level { .. }
            | InputKind::Category { .. } => {
                world.observed.insert(id(&input.name), column.clone());
            }
        }
    }
    // What no result reads is no input of the Plan.
    let rows = panel.rows();
    for (value, at) in framework.values.iter().zip(0_u32..) {
        if let Body::Indicator(body) = &value.body {
            world
                .observed
                .entry(ValueId(at))
                .or_insert_with(|| vec![f64::NAN; rows]);
            if body.verification.is_some() {
                world
                    .verified
                    .entry(ValueId(at))
                    .or_insert_with(|| vec![false; rows]);
            }
        }
    }
    world
}

/// What the oracle says in place of a result's cell.
fn expected(world: &World<'_>, column: &str, declaration: &str, row: usize) -> Option<f64> {
    let framework = world.framework;
    let at = framework
        .values
        .iter()
        .position(|value| value.name == declaration)?;
    let id = ValueId(u32::try_from(at).ok()?);
    let part = column.strip_prefix(declaration)?;
    let worth = world.declared(id, evaluator::Sure::AsItStands, row);
    let place = evaluator::Place {
        row,
        sure: evaluator::Sure::AsItStands,
        arguments: None,
    };
    match &framework.values.of(id).body {
        Body::Alert(body) => {
            let standing = world.alert(id, body, &place);
            match part {
                "" => worth.plain(),
                ".since" => Some(standing.since as f64),
                ".event" => Some(
                    standing
                        .event
                        .map_or(f64::NAN, |event| f64::from(event as u8)),
                ),
                ".suppressed_by" => Some(standing.suppressor.map_or(f64::NAN, |at| at as f64)),
                ".held" => Some(f64::from(u8::from(standing.held))),
                // Which clause it was is told in words of its own.
                _ => None,
            }
        }
        Body::Factor(body) if !part.is_empty() => {
            let factor = world.factor(body, &place);
            match part {
                ".coverage" => Some(factor.coverage),
                ".known" => Some(factor.known),
                ".at_least" => Some(factor.bounds.0.unwrap_or(f64::NAN)),
                ".at_most" => Some(factor.bounds.1.unwrap_or(f64::NAN)),
                _ => None,
            }
        }
        Body::Indicator(_) if part == ".age" => world.ages.get(&id).map(|ages| ages[row]),
        _ => match (part, &worth) {
            ("", worth) => Some(worth.plain().unwrap_or(f64::NAN)),
            (".at_least", Worth::Between(low, _)) => Some(low.unwrap_or(f64::NAN)),
            (".at_most", Worth::Between(_, high)) => Some(high.unwrap_or(f64::NAN)),
            (".at_least", worth) => worth.ends().map(|(low, _)| low),
            (".at_most", worth) => worth.ends().map(|(_, high)| high),
            _ => None,
        },
    }
}

fn alike(a: f64, b: f64) -> bool {
    if a.is_nan() || b.is_nan() {
        return a.is_nan() && b.is_nan();
    }
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-2)
}

fn agrees(text: &str, rows: usize, cells: &[f64]) -> Result<(), TestCaseError> {
    let text = format!(
        "{text}{}",
        std::env::var("ORACLE_EXTRA").unwrap_or_default()
    );
    // Numbers at the ends of what doubles hold are for the two evaluators to agree on.
    let text = text.replace("1e-300", "0.001").replace("1e300", "1000");
    let cells: Vec<f64> = cells
        .iter()
        .map(|x| {
            if x.abs() > 1e12 || (*x != 0.0 && x.abs() < 1e-6) {
                f64::NAN
            } else {
                *x
            }
        })
        .collect();
    let files = MemoryFiles::of(FILE, &text);
    let settings = Settings::default();
    let compilation = compile(Path::new(FILE), &files, &settings);
    let plan = compilation.plan.expect("compiles");
    let checked = check_only(Path::new(FILE), &files, &settings);
    let framework = checked.framework.expect("checks");
    let panel = generate::panel(&plan, rows, &cells);
    let options = RunOptions {
        engine: Engine::Interpreter,
        ..RunOptions::default()
    };
    let results = run(&plan, &panel, &options).expect("runs");
    if std::env::var("FOREWARN_ORACLE_NATIVE").is_ok() {
        let options = RunOptions {
            engine: Engine::Native,
            ..RunOptions::default()
        };
        let native = run(&plan, &panel, &options).expect("runs");
        for (one, other) in results.columns.iter().zip(&native.columns) {
            let column = &plan.outputs[one.output].column;
            for (row, (a, b)) in one.values.iter().zip(&other.values).enumerate() {
                let same = a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
                prop_assert!(
                    same,
                    "{column} in row {row}: {a} interpreted, {b} native\n{text}"
                );
            }
        }
    }
    let world = world(&framework, &plan, &panel);
    let mut compared = 0;
    let mut first = None;
    let mut shaken = None;
    let mut others = std::collections::BTreeSet::new();
    for column in &results.columns {
        let output = &plan.outputs[column.output];
        for row in (0..panel.rows()).filter(|row| panel.gaps.binary_search(row).is_err()) {
            let Some(expected) = expected(&world, &output.column, &output.declaration, row) else {
                continue;
            };
            compared += 1;
            let found = column.values[row];
            if std::env::var("FOREWARN_ORACLE_SHOW").is_ok_and(|shown| shown == output.column) {
                let (entity, period) = (panel.entity_of[row], panel.periods[row]);
                eprintln!(
                    "shown {} of entity {entity}, period {period}: {found}, {expected}",
                    output.column
                );
            }
            if alike(found, expected) {
                continue;
            }
            // Where the noise of sums decides, nobody can say which is right.
            let shaken = shaken.get_or_insert_with(|| {
                let of = |seed| {
                    let mut shaken = self::world(&framework, &plan, &panel);
                    shaken.shaken = seed;
                    shaken
                };
                [3, 5, 7, 11, 13, 17].map(of)
            });
            let is_noise = shaken.iter().any(|world| {
                let other = self::expected(world, &output.column, &output.declaration, row);
                other.is_some_and(|other| !alike(other, expected))
            });
            if is_noise {
                NOISE.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            others.insert(format!("{} ({found}, {expected})", output.column));
            first.get_or_insert_with(|| {
                let (entity, period) = (panel.entity_of[row], panel.periods[row]);
                format!(
                    "{} in row {row} (entity {entity}, period {period}): the Plan says {found}, the oracle {expected}",
                    output.column
                )
            });
        }
    }
    COMPARED.fetch_add(compared, Ordering::Relaxed);
    prop_assert!(
        first.is_none(),
        "{}\ndiffer: {others:?}\n{text}",
        first.unwrap_or_default()
    );
    Ok(())
}

fn cases() -> u32 {
    let asked = std::env::var("FOREWARN_ORACLE_CASES").ok();
    asked.and_then(|number| number.parse().ok()).unwrap_or(12)
}

/// The same rulesets each time, unless others are asked for.
fn seed() -> u64 {
    let asked = std::env::var("FOREWARN_ORACLE_SEED").ok();
    asked.and_then(|number| number.parse().ok()).unwrap_or(2)
}

#[test]
fn what_the_plan_gives_is_what_the_rules_say() {
    let config = ProptestConfig {
        cases: cases(),
        rng_seed: RngSeed::Fixed(seed()),
        // Seeds say it all.
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let rulesets = (generate::ruleset(), 1..60_usize, generate::cells());
    let ended =
        TestRunner::new(config).run(&rulesets, |(text, rows, cells)| agrees(&text, rows, &cells));
    if std::env::var("FOREWARN_ORACLE_CASES").is_ok() {
        // Not kept from whoever runs the campaign.
        let compared = COMPARED.load(Ordering::Relaxed);
        let noise = NOISE.load(Ordering::Relaxed);
        let _ = writeln!(
            std::io::stderr(),
            "{compared} values compared, {noise} differ where noise decides"
        );
    }
    if let Err(why) = ended {
        panic!("{why}");
    }
}

/// What a campaign printed, again: `FOREWARN_ORACLE_AGAIN` names a file with the rules, a line `----`, the
/// number of rows and the cells, one in each line; `FOREWARN_ORACLE_SHOW` a column to be shown.
#[test]
fn what_a_campaign_found() {
    let Ok(path) = std::env::var("FOREWARN_ORACLE_AGAIN") else {
        return;
    };
    let found = std::fs::read_to_string(&path).expect("readable");
    let (text, numbers) = found.split_once("\n----\n").expect("rules, ----, numbers");
    let mut numbers = numbers.lines().map(|line| line.trim().parse::<f64>());
    let rows = numbers.next().expect("the number of rows").expect("whole") as usize;
    let cells: Vec<f64> = numbers.map(|cell| cell.expect("a number")).collect();
    if let Err(why) = agrees(&format!("{text}\n"), rows, &cells) {
        panic!("{why}");
    }
}

#[test]
fn the_oracle_is_not_blind() {
    // A Plan of other rules is found out.
    let rules = |limit: &str| {
        format!(
            "framework f \"F\" version \"1\"\npanel country by year\nindicator a : number in 0..10\nsignal s = a >= {limit}\n"
        )
    };
    let settings = Settings::default();
    let files = MemoryFiles::of(FILE, rules("3"));
    let framework = check_only(Path::new(FILE), &files, &settings)
        .framework
        .expect("checks");
    let plan = compile(Path::new(FILE), &files, &settings)
        .plan
        .expect("compiles");
    let panel = Panel {
        entities: vec!["A".to_owned()],
        entity_of: vec![0],
        periods: vec![2000],
        columns: vec![vec![3.5]],
        ..Panel::default()
    };
    let world = world(&framework, &plan, &panel);
    assert_eq!(
        world.declared(ValueId(1), evaluator::Sure::AsItStands, 0),
        Worth::Truth(Some(true))
    );
    let other = MemoryFiles::of(FILE, rules("4"));
    let other = compile(Path::new(FILE), &other, &settings)
        .plan
        .expect("compiles");
    let results = run(&other, &panel, &RunOptions::default()).expect("runs");
    assert_eq!(results.columns[0].values, [0.0]);
}
