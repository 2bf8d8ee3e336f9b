//! The interpreter is the meaning; native code gives the same bits, for any ruleset, any data, any
//! number of rows, threads and any size of chunk. And whatever they give, it keeps its promises.

mod generate;

use std::io;
use std::path::{Path, PathBuf};

use forewarn_compiler::plan::{DeclarationKind, Plan, Value};
use forewarn_compiler::source::Files;
use forewarn_compiler::{Settings, compile};
use forewarn_runtime::run::{Engine, Results, RunOptions, run};
use proptest::prelude::*;

/// One rule file, served from memory.
struct Memory<'a>(&'a str);

impl Files for Memory<'_> {
    fn read(&self, _: &Path) -> io::Result<Vec<u8>> {
        Ok(self.0.as_bytes().to_vec())
    }
    fn is_dir(&self, _: &Path) -> bool {
        false
    }
    fn rule_files(&self, _: &Path) -> io::Result<Vec<PathBuf>> {
        Ok(Vec::new())
    }
}

fn plan(text: &str) -> Plan {
    let compilation = compile(
        Path::new("chance.risk"),
        &Memory(text),
        &Settings::default(),
    );
    let told: Vec<String> = compilation
        .reports
        .iter()
        .map(|cause| format!("{} {}", cause.code(), cause.describe().title))
        .collect();
    compilation
        .plan
        .unwrap_or_else(|| panic!("does not compile: {told:#?}\n{text}"))
}

fn results(plan: &Plan, panel: &forewarn_runtime::panel::Panel, options: &RunOptions) -> Results {
    run(plan, panel, options).expect("a Plan from the compiler runs")
}

/// All values as bits, missing being one of them, and the faults.
fn bits(results: &Results) -> (Vec<Vec<u64>>, String) {
    let bit = |x: &f64| if x.is_nan() { u64::MAX } else { x.to_bits() };
    let columns = results
        .columns
        .iter()
        .map(|column| column.values.iter().map(bit).collect());
    (columns.collect(), format!("{:?}", results.faults))
}

fn agree(text: &str, rows: usize, cells: &[f64]) {
    let plan = plan(text);
    let panel = generate::panel(&plan, rows, cells);
    let interpreted = RunOptions {
        engine: Engine::Interpreter,
        ..RunOptions::default()
    };
    let meaning = results(&plan, &panel, &interpreted);
    for (threads, chunk) in [(1, None), (2, Some(64)), (3, Some(1000))] {
        let options = RunOptions {
            engine: Engine::Native,
            threads,
            chunk,
            ..RunOptions::default()
        };
        let native = results(&plan, &panel, &options);
        assert_eq!(
            bits(&meaning),
            bits(&native),
            "{threads} threads, chunk {chunk:?}\n{text}"
        );
    }
    promises(&plan, &meaning, text);
}

/// What holds of every result, whatever the rules.
fn promises(plan: &Plan, results: &Results, text: &str) {
    let column = |name: &str| {
        let at = plan
            .outputs
            .iter()
            .position(|output| output.column == name)
            .expect("published");
        &results.columns[at].values
    };
    // What verified evidence alone gives is not published.
    for declaration in plan.declarations.iter().filter(|one| !one.verified) {
        let name = &declaration.name;
        if declaration.factor.is_some() {
            let inside = |x: &f64| (0.0..=1.0).contains(x);
            assert!(
                column(&format!("{name}.coverage")).iter().all(inside),
                "{name}\n{text}"
            );
        }
        let published = plan.outputs.iter().any(|output| output.column == *name);
        if declaration.kind == DeclarationKind::Alert {
            // Always determined; its parts are written in words.
            assert!(
                column(name)
                    .iter()
                    .all(|tier| [0.0, 1.0, 2.0].contains(tier)),
                "{name}\n{text}"
            );
            continue;
        }
        if !published || !matches!(declaration.value, Value::Level { .. } | Value::Count { .. }) {
            continue;
        }
        let (exact, least, most) = (
            column(name),
            column(&format!("{name}.at_least")),
            column(&format!("{name}.at_most")),
        );
        for ((exact, least), most) in exact.iter().zip(least).zip(most) {
            assert!(
                least <= most,
                "{name}: at least {least}, at most {most}\n{text}"
            );
            let determined = if least == most { *least } else { f64::NAN };
            assert_eq!(exact.to_bits(), determined.to_bits(), "{name}\n{text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn both_engines_give_the_same_bits(
        text in generate::ruleset(),
        cells in generate::cells(),
        rows in proptest::sample::select(vec![0_usize, 1, 7, 130]),
    ) {
        agree(&text, rows, &cells);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn both_engines_give_the_same_bits_on_many_rows(
        text in generate::ruleset(),
        cells in generate::cells(),
    ) {
        agree(&text, 5_000, &cells);
    }
}
