//! In words: what came of a property, and the rows that refute it.

use crate::words::{count, grouped};
use forewarn::explain::shown;
use forewarn_compiler::diagnostics::properties::ClaimNeverHolds;
use forewarn_diagnostics::{Cause, Diagnostic};
use forewarn_runtime::causes::properties::{PropertyNotShown, PropertyRefuted};
use forewarn_runtime::explain::Shown;
use forewarn_runtime::property::{Counterexample, Fails, Line, Outcome, Verdict};
use serde::Serialize;

pub fn mark(outcome: &Outcome) -> &'static str {
    match outcome.verdict {
        Verdict::Proved | Verdict::Shown(_) => "✓",
        Verdict::NotRefuted { .. } => "~",
        Verdict::Idle { .. } | Verdict::NotTried => "?",
        Verdict::Refuted(_) | Verdict::Contradicted { .. } | Verdict::NotShown { .. } => "✗",
    }
}

/// One word or two, for programs.
pub fn verdict(outcome: &Outcome) -> &'static str {
    match outcome.verdict {
        Verdict::Proved => "proved",
        Verdict::NotRefuted { .. } => "not refuted",
        Verdict::Refuted(_) | Verdict::Contradicted { .. } => "refuted",
        Verdict::Shown(_) => "shown",
        Verdict::NotShown { .. } => "not shown",
        Verdict::Idle { .. } => "idle",
        Verdict::NotTried => "not tried",
    }
}

/// What came of it, in a line.
pub fn words(outcome: &Outcome) -> String {
    let tried = || format!("{} rows", grouped(outcome.tries as u64));
    match &outcome.verdict {
        Verdict::Proved => "proved, for all data".to_owned(),
        Verdict::NotRefuted {
            proved: 0,
            searched: _,
        } => format!("not proved; no counterexample in {}", tried()),
        Verdict::NotRefuted { proved, searched } => format!(
            "proved for {} of {}; no counterexample for the others in {}",
            proved,
            count(proved + searched, "input"),
            tried()
        ),
        Verdict::Refuted(found) => format!("refuted: {}", fails(found)),
        Verdict::Contradicted { why } => format!("refuted by ranges alone: {why}"),
        Verdict::Shown(examples) => format!("shown by {}", count(examples.len(), "example")),
        Verdict::NotShown { without } => {
            format!("not shown: no example without `{without}` in {}", tried())
        }
        Verdict::Idle { of } => format!("nothing can break it: it does not depend on {of}"),
        Verdict::NotTried => {
            "not judged: it rests on comparisons with peers or on hindsight, which cannot be made up".to_owned()
        }
    }
}

fn fails(found: &Counterexample) -> String {
    let subject = &found.subject;
    let result = |at: usize| found.results.get(at).map_or(String::new(), value);
    match &found.fails {
        Fails::Moves { input, rises } => {
            let way = if *rises { "rises" } else { "falls" };
            format!("`{subject}` {way} as `{input}` rises")
        }
        Fails::Outside => format!("`{subject}` can be {}", result(0)),
        Fails::Decides { input } => format!(
            "`{input}` alone moves `{subject}` from {} to {}",
            result(0),
            result(1)
        ),
    }
}

/// What speaks against a claim, as a finding.
pub fn finding(outcome: &Outcome) -> Option<Diagnostic> {
    let (span, label) = (outcome.claim_span, outcome.label.clone());
    Some(match &outcome.verdict {
        Verdict::Refuted(found) => PropertyRefuted {
            span,
            label,
            why: fails(found),
            lines: table(found),
        }
        .describe(),
        Verdict::Contradicted { why } => {
            let why = why.clone();
            ClaimNeverHolds { span, label, why }.describe()
        }
        Verdict::NotShown { without } => PropertyNotShown {
            span,
            label,
            why: format!("none was found without `{without}`"),
            tries: outcome.tries,
        }
        .describe(),
        Verdict::Proved
        | Verdict::NotRefuted { .. }
        | Verdict::Shown(_)
        | Verdict::Idle { .. }
        | Verdict::NotTried => return None,
    })
}

/// The counterexample, a line for each input that is known and one for the result.
fn table(found: &Counterexample) -> Vec<String> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    if found.results.len() == 2 {
        let (before, after) = match found.fails {
            Fails::Decides { .. } => ("one", "other"),
            _ => ("before", "after"),
        };
        rows.push(vec![
            "input".to_owned(),
            before.to_owned(),
            after.to_owned(),
        ]);
    }
    for line in &found.lines {
        let mut row = vec![name(line)];
        row.extend(line.values.iter().map(value));
        rows.push(row);
    }
    let mut result = vec![format!("then {}", found.subject)];
    result.extend(found.results.iter().map(value));
    rows.push(result);
    let widths: Vec<usize> = (0..3)
        .map(|at| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut lines =
        vec!["the smallest rows that were found; all other inputs are missing".to_owned()];
    for row in rows {
        let cells = row.iter().zip(&widths);
        let cells: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        lines.push(cells.join("   ").trim_end().to_owned());
    }
    lines
}

fn name(line: &Line) -> String {
    match line.ago {
        0 => line.input.clone(),
        ago => format!("{}, {} earlier", line.input, count(ago, "period")),
    }
}

fn value(one: &Shown) -> String {
    shown(one).replace('\u{a0}', " ")
}

/// Data that speak against a claim, for programs.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Refuting {
    /// What it shows, in words.
    fails: String,
    inputs: Vec<Input>,
    /// The subject of the claim, and what came out for it.
    subject: String,
    results: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Input {
    input: String,
    periods_ago: usize,
    values: Vec<String>,
}

/// The counterexample for programs.
pub fn counterexample(outcome: &Outcome) -> Option<Refuting> {
    let Verdict::Refuted(found) = &outcome.verdict else {
        return None;
    };
    let values = |values: &[Shown]| values.iter().map(value).collect::<Vec<String>>();
    let inputs = found.lines.iter().map(|line| Input {
        input: line.input.clone(),
        periods_ago: line.ago,
        values: values(&line.values),
    });
    Some(Refuting {
        fails: fails(found),
        inputs: inputs.collect(),
        subject: found.subject.clone(),
        results: values(&found.results),
    })
}
