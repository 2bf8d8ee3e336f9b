//! `forewarn test`: runs the tests of rulesets and tells which fail, and why.
//!
//! Failures are findings like any other, at the words that expect something, so that every format of
//! findings shows them. The lines of rulesets and the findings go to standard error for people;
//! every other format goes to standard output.

mod cells;
mod coverage;
mod junit;
mod moved;
mod mutation;
mod mutation_json;
mod properties;
mod reading;
mod recipes;
mod report;
mod sight;
mod tables;
mod tested;
mod update;
mod withhold;

use crate::args::{Format, Global, ReadingArgs, TestArgs};
use crate::failure::{Failure, print_document};
use crate::name_filter::read_filter;
use crate::render::Findings;
use crate::report::{FINDINGS, WRONG_USE, stream_of, tell, tell_all};
use crate::stream::say;
use crate::words::{count, list};
use forewarn_compiler::Settings;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::source::{Files, SourceMap};
use forewarn_compiler::testing::{Tests, compile_tests, compile_watched};
use forewarn_diagnostics::{Diagnostic, Reports};
use forewarn_plan::classification::Classification;
use forewarn_runtime::testing::{Coverage, run_suites};
use forewarn_runtime::threads::together;
use regex_lite::Regex;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tables::run_tables;
use tested::{Ran, Tested};
use withhold::Shelter;

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
    if args.fail_under.is_some() && args.coverage.is_none() && !args.mutate {
        return Err(Failure::new(
            "`--fail-under` says how much has to be shown or noticed, and neither is asked",
        )
        .help("add `--coverage`, or `--mutate`"));
    }
    if args.audience.audience.is_some() {
        withhold::only_outcomes(args)?;
    }
    let coverage_out = coverage::planned(args)?;
    let mut findings = Findings::default();
    let mut tested = Vec::new();
    let one = |path: &PathBuf| tested_one(path, args, filter.as_ref());
    for ruleset in together(mutation::cores(), args.paths.iter().collect(), one) {
        let ruleset = ruleset?;
        findings.add_reports(&ruleset.reports, &ruleset.sources);
        tested.extend(ruleset.tested);
    }
    if args.update && findings.is_empty() {
        let changed = update::update(&tested, &args.reading)?;
        return Ok(told_update(&changed, args));
    }
    let broken = !findings.is_empty();
    let failed: usize = tested.iter().map(Tested::failed).sum();
    for one in &tested {
        for failures in one.tests.iter().map(|test| &test.failures) {
            for told in report::together(failures) {
                findings.add(told, &one.sources);
            }
        }
    }
    let mut mutated = Vec::new();
    if args.mutate && !broken && failed == 0 {
        let keep = |label: &str| filter.as_ref().is_none_or(|filter| filter.is_match(label));
        let all = tested.iter();
        mutated = all
            .filter_map(|one| mutation::mutate(one, args, &keep))
            .collect();
        if !matches!(args.format, Format::Human | Format::Json) {
            mutation::tell(&mutated, args.format, &mut findings)?;
        }
    }
    match args.format {
        Format::Json => {
            let lines: String = tested.iter().flat_map(report::json_lines).collect();
            if broken || lines.is_empty() {
                tell_all(&findings, global);
            }
            print_document(&lines)?;
        }
        Format::Junit => {
            print_document(&junit::document(&tested))?;
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
        if args.mutate && (broken || failed > 0) {
            say("changes are tried once every test passes\n");
        }
    }
    if matches!(args.format, Format::Human | Format::Json) {
        mutation::tell(&mutated, args.format, &mut findings)?;
    }
    let mut is_enough = !mutated.iter().any(|one| one.is_too_little(args.fail_under));
    if let Some(form) = args.coverage {
        coverage::write(&tested, form, coverage_out)?;
        for (path, tally) in coverage::below(&tested, args.fail_under.unwrap_or(0.0)) {
            is_enough = false;
            let least = args.fail_under.unwrap_or(0.0);
            say(&format!(
                "{path}: the tests show {} of its points, fewer than {least} %\n",
                tally.words()
            ));
        }
    }
    Ok(if broken && findings.wrong_use() {
        ExitCode::from(WRONG_USE)
    } else if broken || failed > 0 || !is_enough {
        ExitCode::from(FINDINGS)
    } else {
        ExitCode::SUCCESS
    })
}

/// What comes of a ruleset: what is wrong with it, or how its tests end.
struct Ruleset {
    reports: Reports,
    sources: Arc<SourceMap>,
    tested: Option<Tested>,
}

/// Tests one path as a ruleset; nothing is shown or written.
fn tested_one(path: &Path, args: &TestArgs, filter: Option<&Regex>) -> Result<Ruleset, Failure> {
    let compile = if args.coverage.is_some() {
        compile_watched
    } else {
        compile_tests
    };
    let settings = Settings {
        audience: args.audience.audience,
        ..Settings::default()
    };
    let compilation = compile(path, &DiskFiles, &settings);
    let sources = Arc::new(compilation.sources);
    let mut ruleset = Ruleset {
        reports: compilation.reports,
        sources: Arc::clone(&sources),
        tested: None,
    };
    let Some(mut tests) = compilation.tests else {
        return Ok(ruleset);
    };
    if let Some(filter) = filter {
        keep(&mut tests, filter);
    }
    let mut one = Tested::new(path, compilation.home, sources);
    let shelter = Shelter::new(&tests.plan, &args.audience);
    let mut coverage = args.coverage.map(|_| Coverage::of(&tests));
    // Why a value is missing is told to those alone who may see all that it rests on.
    let told = shelter.sees_all().then_some(&*one.sources);
    let all = run_suites(&tests.suites, told);
    for (suite, outcomes) in tests.suites.iter().zip(all) {
        for mut outcome in outcomes {
            let failures = outcome.failures.into_iter();
            outcome.failures = failures.map(|failure| shelter.failure(failure)).collect();
            one.tests.push(Ran {
                compared: outcome.compared,
                failures: report::of_outcome(&outcome),
                anew: std::mem::take(&mut outcome.anew),
                ..Ran::new(&outcome.label, outcome.span)
            });
        }
        // What cannot be evaluated has been told as a failure of its tests.
        if let Some(coverage) = &mut coverage {
            let _ = coverage.add_suite(suite);
        }
    }
    let of = (&tests, &DiskFiles as &dyn Files);
    run_tables(of, &args.reading, shelter, &mut one, coverage.as_mut());
    if shelter.sees_all() {
        moved::tell(path, &mut one);
    }
    one.coverage = coverage.map_or(Vec::new(), Coverage::finish);
    if !args.update {
        properties::run(path, filter, &mut one)?;
    }
    // As they stand in the source, whatever they share a Plan with.
    one.tests.sort_by_key(|test| test.span);
    ruleset.tested = Some(one);
    Ok(ruleset)
}

/// A test that fails, with what is told of it.
pub(crate) struct FailedTest {
    pub label: String,
    pub told: Vec<Diagnostic>,
}

/// Something with the texts that it speaks of.
type Sourced<T> = (T, Arc<SourceMap>);

/// The tests of a ruleset that fail as its files stand, or would stand; tables of cases are among them.
///
/// # Errors
/// What is wrong with the ruleset or with its tests.
pub(crate) fn failing(
    path: &Path,
    files: &dyn Files,
) -> Result<Sourced<Vec<FailedTest>>, Sourced<Reports>> {
    let compilation = compile_tests(path, files, &Settings::default());
    let sources = Arc::new(compilation.sources);
    let Some(tests) = compilation.tests else {
        return Err((compilation.reports, sources));
    };
    let mut one = Tested::new(path, compilation.home, Arc::clone(&sources));
    for outcomes in run_suites(&tests.suites, None) {
        one.tests.extend(outcomes.iter().map(|outcome| Ran {
            failures: report::of_outcome(outcome),
            ..Ran::new(&outcome.label, outcome.span)
        }));
    }
    let shelter = Shelter {
        plan: &tests.plan,
        audience: Classification::Confidential,
    };
    let of = (&tests, files);
    run_tables(of, &ReadingArgs::default(), shelter, &mut one, None);
    let failed = one.tests.iter().filter(|test| !test.failures.is_empty());
    let told = failed.map(|test| FailedTest {
        label: test.label.clone(),
        told: report::together(&test.failures),
    });
    Ok((told.collect(), sources))
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
            "left for people to write, since only values that are expected with `is`, conditions of what \
             is extended, and cells of tables can be written anew: {}\n",
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
