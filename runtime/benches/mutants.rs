//! How many changes of a framework of 143 indicators its 50 tests are put to in a second.
//!
//! `cargo bench -p forewarn-runtime --bench mutants`

#[path = "framework_143/ruleset.rs"]
#[allow(dead_code, reason = "shared with the other bench")]
mod ruleset;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::time::Instant;

use forewarn_compiler::Settings;
use forewarn_compiler::mutation::{Mutator, Verdict};
use forewarn_compiler::testing::compile_tests;
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_runtime::testing::{Tables, failing, judge_mutants, run_suite};
use ruleset::{CLAUSES, COVERAGE, FACTORS, member};

/// How many of the mutants are tried, spread over all of them.
const TRIED: usize = 1_000;

fn main() {
    let file = MemoryFiles::of(
        "generated.risk",
        format!("{}{}", ruleset::text(&FACTORS), tests()),
    );
    let entry = Path::new("generated.risk");
    let start = Instant::now();
    let compiled = compile_tests(entry, &file, &Settings::default());
    let tests = compiled
        .tests
        .unwrap_or_else(|| panic!("{:?}", compiled.reports));
    let compiling = start.elapsed();
    for suite in &tests.suites {
        assert_eq!(failing(suite), None);
        let outcomes = run_suite(suite);
        assert!(
            outcomes.iter().all(|outcome| outcome.passed()),
            "{outcomes:?}"
        );
    }
    println!(
        "{} tests in {} suites, compiled in {:.1} ms",
        tests.len(),
        tests.suites.len(),
        compiling.as_secs_f64() * 1e3
    );
    let mutator =
        Mutator::read(entry, &file, &Settings::default(), &|_| true).expect("it compiles");
    let all = mutator.mutants();
    let step = (all.len() / TRIED).max(1);
    let chosen: Vec<_> = all.iter().step_by(step).take(TRIED).cloned().collect();
    let tables = Tables {
        read: BTreeMap::new(),
        again: &|_, _| None,
    };
    let mut first: Option<Vec<Verdict>> = None;
    for jobs in [1, 2] {
        let start = Instant::now();
        let verdicts = judge_mutants(&mutator, &chosen, &tables, jobs, &AtomicU64::new(0));
        let time = start.elapsed().as_secs_f64();
        let number =
            |wanted: fn(&Verdict) -> bool| verdicts.iter().filter(|one| wanted(one)).count();
        println!(
            "{jobs} threads: {} of {} mutants in {time:.2} s, {:.0} a second; {} noticed, {} not, {} \
             forbidden, {} the same",
            chosen.len(),
            all.len(),
            chosen.len() as f64 / time,
            number(|one| matches!(one, Verdict::Noticed(_))),
            number(|one| *one == Verdict::Unnoticed),
            number(|one| *one == Verdict::DoesNotCompile),
            number(|one| *one == Verdict::Same),
        );
        assert!(
            first.as_ref().is_none_or(|first| *first == verdicts),
            "threads show"
        );
        first = Some(verdicts);
    }
}

/// Fifty tests as an author would write them: each factor with all of its evidence, with a part of it
/// and with too little, and the level by its factors.
fn tests() -> String {
    let mut text = String::new();
    let mut next = 0;
    for (factor, &count) in FACTORS.iter().enumerate() {
        let own = next..next + count;
        for (name, missing) in [("whole", 0), ("in part", 1), ("too little", count)] {
            let _ = writeln!(text, "test \"factor {factor} {name}\" {{");
            let (mut sum, mut known, mut total) = (0.0, 0.0, 0.0);
            for index in own.clone() {
                let about = member(index);
                total += about.weight;
                if index - next < missing {
                    continue;
                }
                let part = [0.25, 0.5, 0.75][index % 3];
                let x = about.low + part * (about.high - about.low);
                let _ = writeln!(text, "  given i{index} = {x}");
                sum += part * about.weight;
                known += about.weight;
            }
            if known >= total * COVERAGE && known > 0.0 {
                let _ = writeln!(text, "  expect f{factor} is {}\n}}", sum / known);
            } else {
                let _ = writeln!(text, "  expect f{factor} is missing\n}}");
            }
        }
        next += count;
    }
    let levels = ["low", "guarded", "elevated", "high", "critical"];
    for (position, k, threshold) in CLAUSES {
        for (short, what) in [(0, "reached"), (1, "one short")] {
            let reached = k as usize - short;
            let _ = writeln!(text, "test \"{} is {what}\" {{", levels[position as usize]);
            for factor in 0..FACTORS.len() {
                let x = if factor < reached { threshold } else { 0.3 };
                let _ = writeln!(text, "  given f{factor} = {x}");
            }
            let least = CLAUSES
                .iter()
                .find(|(_, k, limit)| reached >= *k as usize && threshold >= *limit);
            let level = least.map_or("low", |(position, ..)| levels[*position as usize]);
            let _ = writeln!(text, "  expect overall is {level}\n}}");
        }
    }
    text
}
