//! Whatever an explanation shows beside words is the value of these words: of generated rulesets every term
//! that is told is written down once more as a declaration of its own, and gives the same.

use crate::generate;

use std::collections::BTreeMap;
use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::Plan;
use forewarn_runtime::bind::DataSummary;
use forewarn_runtime::explain::{Comparison, How, Question, Reason, Shown, explain};
use forewarn_runtime::panel::Panel;
use forewarn_runtime::run::{Engine, RunOptions, run};
use proptest::prelude::*;

fn plan(text: &str) -> Plan {
    let files = MemoryFiles::of("chance.risk", text);
    let compilation = compile(Path::new("chance.risk"), &files, &Settings::default());
    let told: Vec<String> = compilation
        .reports
        .iter()
        .map(|cause| format!("{} {}", cause.code(), cause.describe().title))
        .collect();
    compilation
        .plan
        .unwrap_or_else(|| panic!("does not compile: {told:#?}\n{text}"))
}

/// What is shown beside some words.
type Told = BTreeMap<String, Shown>;

/// Numbers, truths and counts beside their words.
fn gather(reason: &Reason, told: &mut Told) {
    let asked = reason.cause != Some(forewarn_runtime::explain::Cause::NotAsked);
    if asked {
        keep(&reason.text, &reason.value, told);
        keep(reason.name.as_deref().unwrap_or(""), &reason.value, told);
    }
    if let How::Comparison(sides) = &reason.how {
        let Comparison { left, right, .. } = sides.as_ref();
        for side in [left, right] {
            keep(&side.text, &side.value, told);
        }
    }
    if let How::Tally(tally) = &reason.how {
        for item in &tally.items {
            if let Some(value) = &item.value {
                keep(&item.name, value, told);
            }
        }
    }
    for part in &reason.because {
        gather(part, told);
    }
}

fn keep(words: &str, value: &Shown, told: &mut Told) {
    let is_value = matches!(
        value,
        Shown::Number { .. } | Shown::Truth(_) | Shown::Count { .. } | Shown::Between { .. }
    );
    // A bare literal says itself, and has no kind of its own.
    let literal = words.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        && words.parse::<f64>().is_ok();
    // Alternatives stand among the members of a factor alone, and what functions are given within them.
    let elsewhere = !["any of {", "of_this", "of_one", "of_two"]
        .iter()
        .any(|own| words.contains(own));
    if is_value && elsewhere && !words.is_empty() && !literal && words != "missing" {
        let before = told.insert(words.to_owned(), value.clone());
        if let Some(before) = before {
            assert!(same(&before, value), "{words}: {before:?} and {value:?}");
        }
    }
}

fn same(a: &Shown, b: &Shown) -> bool {
    let alike = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
    match (a, b) {
        (
            Shown::Number {
                value: a,
                unit: of_a,
            },
            Shown::Number {
                value: b,
                unit: of_b,
            },
        ) => {
            // A percentage by itself is shown as one; among other numbers it is its share.
            let share = |x: f64, unit: &str| if unit == "percent" { x / 100.0 } else { x };
            alike(share(*a, of_a), share(*b, of_b))
        }
        (
            Shown::Between {
                at_least: a,
                at_most: b,
                ..
            },
            Shown::Between {
                at_least: c,
                at_most: d,
                ..
            },
        ) => alike(*a, *c) && alike(*b, *d),
        _ => a == b,
    }
}

fn explained(plan: &Plan, panel: &Panel, row: usize) -> Told {
    let names: Vec<String> = plan
        .declarations
        .iter()
        .map(|one| one.name.clone())
        .collect();
    let mut told = Told::new();
    // Each by itself, so that nothing is told above.
    for name in &names {
        let question = Question {
            plan,
            panel,
            summary: &DataSummary::default(),
            row,
            names: std::slice::from_ref(name),
            goalposts: None,
            outlook: false,
            options: false,
        };
        let explanation = explain(&question).expect("an explanation");
        for finding in &explanation.results {
            gather(&finding.reason, &mut told);
        }
    }
    told
}

/// Everything applies: what does not is left out by what asks for it, and so is another by itself.
fn applying(text: &str) -> String {
    let lines = text.lines();
    let lines = lines.map(|line| line.split(" applies ").next().unwrap_or(line));
    lines.map(|line| format!("{line}\n")).collect()
}

fn words_give_what_they_are_shown_with(text: &str, rows: usize, cells: &[f64]) {
    let text = &applying(text);
    let whole = plan(text);
    let panel = generate::panel(&whole, rows, cells);
    for row in (0..rows).step_by(1 + rows / 3) {
        let told = explained(&whole, &panel, row);
        let mut probed = text.to_owned();
        for (at, (words, value)) in told.iter().enumerate() {
            let kind = match value {
                Shown::Truth(_) => "signal",
                _ => "score",
            };
            // Whatever rests on a whole spell says so.
            let mark = if text.contains(" hindsight") {
                " hindsight"
            } else {
                ""
            };
            probed.push_str(&format!("{kind} probe{at} = {words}{mark}\n"));
        }
        let probed = plan(&probed);
        let options = RunOptions {
            engine: Engine::Interpreter,
            ..RunOptions::default()
        };
        let results = run(&probed, &panel, &options).expect("it runs");
        let read = |column: &str| {
            let mut outputs = probed.outputs.iter();
            let at = outputs.position(|output| output.column == column);
            results.columns[at.expect("published")].values[row]
        };
        let published = |column: &str| {
            let mut outputs = probed.outputs.iter();
            outputs
                .find(|output| output.column == column)
                .expect("published")
        };
        let alike = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
        for (at, (words, value)) in told.iter().enumerate() {
            let name = format!("probe{at}");
            let fits = match value {
                Shown::Number { value, unit } => {
                    // A percentage that is published as a plain number is a share.
                    let is_share = unit == "percent" && published(&name).unit.is_empty();
                    let value = if is_share { *value / 100.0 } else { *value };
                    alike(value, read(&name))
                }
                Shown::Truth(truth) => {
                    let number = truth.map_or(f64::NAN, |truth| f64::from(u8::from(truth)));
                    alike(number, read(&name))
                }
                Shown::Count { at_least, at_most } => {
                    alike(*at_least, read(&format!("{name}.at_least")))
                        && alike(*at_most, read(&format!("{name}.at_most")))
                }
                Shown::Between {
                    at_least, at_most, ..
                } => {
                    alike(*at_least, read(&format!("{name}.at_least")))
                        && alike(*at_most, read(&format!("{name}.at_most")))
                }
                _ => true,
            };
            let found = read(&name);
            assert!(
                fits,
                "row {row}: `{words}` is {found}, shown is {value:?}\n{text}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn words_give_what_is_shown_beside_them(
        text in generate::ruleset(),
        cells in generate::cells(),
        rows in proptest::sample::select(vec![1_usize, 12, 60]),
    ) {
        words_give_what_they_are_shown_with(&text, rows, &cells);
    }
}
