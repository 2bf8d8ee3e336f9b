//! `forewarn test`: runs the tests of rulesets and tells which fail, and why.
//!
//! Failures are findings like any other, at the words that expect something, so that every format of
//! findings shows them. The lines of rulesets and the findings go to standard error for people;
//! every other format goes to standard output.

mod junit;
mod properties;
mod report;
mod tables;
mod update;

use crate::args::{Format, Global, TestArgs};
use crate::failure::{Failure, print};
use crate::render::Findings;
use crate::report::{FINDINGS, WRONG_USE, stream_of, tell};
use crate::stream::say;
use crate::words::{count, list};
use forewarn_compiler::Settings;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::source::SourceMap;
use forewarn_compiler::testing::{Tests, compile_tests};
use forewarn_runtime::testing::run_suite;
use regex::Regex;
use report::Told;
use std::process::ExitCode;
use std::sync::Arc;
use tables::run_tables;

/// A test that was run.
struct Ran {
    label: String,
    span: forewarn_compiler::source::Span,
    compared: usize,
    failures: Vec<Told>,
    /// Of a property: what came of it.
    verdict: Option<String>,
}

/// A ruleset that was tested.
struct Tested {
    path: String,
    sources: Arc<SourceMap>,
    tests: Vec<Ran>,
    /// Columns of tables that say nothing, told once.
    notes: Vec<String>,
}

impl Tested {
    fn failed(&self) -> usize {
        self.tests
            .iter()
            .filter(|test| !test.failures.is_empty())
            .count()
    }
}

/// Tests every path as a ruleset of its own.
///
/// # Errors
/// Wrong use; failures of tests are told and give their exit code.
pub fn test(args: &TestArgs, global: &Global) -> Result<ExitCode, Failure> {
    let global = &Global {
        format: args.format,
        ..global.clone()
    };
    let filter = args.filter.as_deref().map(read_filter).transpose()?;
    let mut findings = Findings::default();
    let mut tested = Vec::new();
    for path in &args.paths {
        let compilation = compile_tests(path, &DiskFiles, &Settings::default());
        let sources = Arc::new(compilation.sources);
        findings.add_reports(&compilation.reports, &sources);
        let Some(mut tests) = compilation.tests else {
            continue;
        };
        if let Some(filter) = &filter {
            keep(&mut tests, filter);
        }
        let mut one = Tested {
            path: path.display().to_string(),
            sources,
            tests: Vec::new(),
            notes: Vec::new(),
        };
        for suite in &tests.suites {
            for outcome in run_suite(suite) {
                one.tests.push(Ran {
                    label: outcome.label.clone(),
                    span: outcome.span,
                    compared: outcome.compared,
                    failures: report::of_outcome(&outcome),
                    verdict: None,
                });
            }
        }
        run_tables(&tests, &mut one);
        if !args.update {
            properties::run(path, filter.as_ref(), &mut one)?;
        }
        // As they stand in the source, whatever they share a Plan with.
        one.tests.sort_by_key(|test| test.span);
        tested.push(one);
    }
    if args.update && findings.is_empty() {
        let changed = update::update(&tested)?;
        return Ok(told_update(&changed, args));
    }
    let broken = !findings.is_empty();
    let failed: usize = tested.iter().map(Tested::failed).sum();
    for one in &tested {
        for failure in one.tests.iter().flat_map(|test| &test.failures) {
            findings.add(failure.diagnostic.clone(), &one.sources);
        }
    }
    match args.format {
        Format::Json => {
            let lines: String = tested.iter().flat_map(report::json_lines).collect();
            if broken {
                tell(&findings, global, stream_of(global.format));
            }
            print(&lines)?;
        }
        Format::Junit => {
            print(&junit::document(&tested))?;
            if broken {
                let human = Global {
                    format: Format::Human,
                    ..global.clone()
                };
                tell(&findings, &human, stream_of(Format::Human));
            }
        }
        _ => tell(&findings, global, stream_of(global.format)),
    }
    if args.format == Format::Human {
        say(&summary(&tested, args.quiet));
    }
    Ok(if broken && findings.wrong_use() {
        ExitCode::from(WRONG_USE)
    } else if broken || failed > 0 {
        ExitCode::from(FINDINGS)
    } else {
        ExitCode::SUCCESS
    })
}

pub(crate) fn read_filter(text: &str) -> Result<Regex, Failure> {
    Regex::new(text).map_err(|error| {
        let why = error.to_string();
        let why = why
            .lines()
            .last()
            .unwrap_or_default()
            .trim_start_matches("error: ");
        Failure::new(format!("`--filter {text}` is no pattern: {why}"))
            .help("a plain word such as `war` finds every test with it in its name")
    })
}

/// Keeps the tests whose names the pattern finds.
fn keep(tests: &mut Tests, filter: &Regex) {
    for suite in &mut tests.suites {
        suite.tests.retain(|test| filter.is_match(&test.label));
    }
    tests.suites.retain(|suite| !suite.tests.is_empty());
    tests.files.retain(|test| filter.is_match(&test.label));
}

/// A line for each ruleset, and one for all.
fn summary(tested: &[Tested], quiet: bool) -> String {
    let mut text = String::new();
    let width = tested.iter().map(|one| one.path.len()).max().unwrap_or(0);
    let (mut tests, mut failed) = (0, 0);
    for one in tested {
        tests += one.tests.len();
        failed += one.failed();
        if quiet && one.failed() == 0 {
            continue;
        }
        let compared = one.tests.iter().map(|test| test.compared).sum();
        let claims = one.tests.iter().filter(|test| test.verdict.is_some());
        let claims = claims.count();
        let outcome = match (one.tests.len(), one.failed()) {
            (0, _) => "no tests".to_owned(),
            (all, 0) if claims > 0 => format!(
                "{}, {} compared, {} not refuted",
                count(all - claims, "test"),
                count(compared, "value"),
                count(claims, "property")
            ),
            (all, 0) => format!(
                "{}, {} compared",
                count(all, "test"),
                count(compared, "value")
            ),
            (all, failed) => format!("{failed} of {} failed", count(all, "test")),
        };
        text.push_str(&format!("{:width$}  {outcome}\n", one.path));
        for note in &one.notes {
            text.push_str(&format!("{:width$}  {note}\n", ""));
        }
    }
    if tested.len() > 1 && !quiet {
        let outcome = match failed {
            0 => "none failed".to_owned(),
            failed => format!("{failed} failed"),
        };
        text.push_str(&format!(
            "{} in {}, {outcome}\n",
            count(tests, "test"),
            count(tested.len(), "ruleset")
        ));
    }
    text
}

fn told_update(changed: &update::Changed, args: &TestArgs) -> ExitCode {
    let mut text = String::new();
    for line in &changed.lines {
        text.push_str(&format!("{line}\n"));
    }
    if changed.lines.is_empty() && changed.left.is_empty() {
        text.push_str("every test passes, nothing to update\n");
    }
    if !changed.left.is_empty() {
        text.push_str(&format!(
            "left as they are, since only a value that a rule file expects with `is` can be written \
             anew: {}\n",
            list(&changed.left, 6)
        ));
    }
    if !args.quiet {
        say(&text);
    }
    if changed.left.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FINDINGS)
    }
}
