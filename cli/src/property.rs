//! `forewarn properties`: proves or refutes what rulesets claim of themselves.
//!
//! What speaks against a claim is a finding like any other, at the words of the claim. For people the
//! outcomes stand on standard output, a line or two each; JSON has one object a line.

use crate::args::{Format, Global, PropertiesArgs};
use crate::failure::{Failure, print, print_document};
use crate::name_filter::read_filter;
use crate::property_words::{Refuting, finding, mark, words};
use crate::render::{Findings, SourceRange};
use crate::report::{FINDINGS, WRONG_USE, stream_of, tell, tell_all};
use forewarn_compiler::Settings;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::property::compile_properties;
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::source::SourceMap;
use forewarn_runtime::property::{Outcome, SearchOptions, judge};
use regex_lite::Regex;
use serde::Serialize;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// The properties of one ruleset, judged.
pub(crate) struct Judged {
    pub sources: SourceMap,
    pub reports: Reports,
    pub outcomes: Vec<Outcome>,
}

/// Judges the properties of a ruleset whose names the pattern finds.
///
/// # Errors
/// Native code cannot be made for this processor.
pub(crate) fn judged(
    path: &Path,
    filter: Option<&Regex>,
    options: &SearchOptions,
) -> Result<Judged, Failure> {
    let compilation = compile_properties(path, &DiskFiles, &Settings::default());
    let wanted = compilation.properties.unwrap_or_default();
    let wanted = wanted
        .iter()
        .filter(|one| filter.is_none_or(|filter| filter.is_match(&one.label)));
    let outcomes: Result<Vec<Outcome>, _> = wanted.map(|one| judge(one, options)).collect();
    Ok(Judged {
        sources: compilation.sources,
        reports: compilation.reports,
        outcomes: outcomes.map_err(|error| Failure::new(error.to_string()))?,
    })
}

/// Judges the properties of every path as a ruleset of its own.
///
/// # Errors
/// Wrong use; what speaks against a claim is told and gives its exit code.
pub fn properties(args: &PropertiesArgs, global: &Global) -> Result<ExitCode, Failure> {
    let global = &Global {
        format: args.format,
        ..global.clone()
    };
    let filter = args.filter.as_deref().map(read_filter).transpose()?;
    let options = SearchOptions {
        tries: args.tries,
        ..SearchOptions::default()
    };
    let mut findings = Findings::default();
    let mut of_rules = Findings::default();
    let mut lines = String::new();
    let mut stands = true;
    for path in &args.paths {
        let judged = judged(path, filter.as_ref(), &options)?;
        let sources = Arc::new(judged.sources);
        findings.add_reports(&judged.reports, &sources);
        of_rules.add_reports(&judged.reports, &sources);
        let broken = judged.reports.has_errors();
        let ruleset = path.display().to_string();
        match args.format {
            Format::Json => {
                let outcomes = judged.outcomes.iter();
                lines.extend(outcomes.map(|one| json_line(one, &ruleset, &sources)));
            }
            Format::Human if !broken => lines.push_str(&page(&ruleset, &judged.outcomes)),
            _ => {}
        }
        for outcome in &judged.outcomes {
            if let Some(finding) = finding(outcome) {
                stands = false;
                findings.add(finding, &sources);
            }
        }
    }
    match args.format {
        Format::Json => print_document(&lines)?,
        _ => print(&lines)?,
    };
    // Programs read outcomes, not findings about them; of rules that are wrong there are none.
    if args.format != Format::Json {
        tell(&findings, global, stream_of(global.format));
    } else if lines.is_empty() || !of_rules.is_empty() {
        tell_all(&of_rules, global);
    }
    Ok(if findings.wrong_use() {
        ExitCode::from(WRONG_USE)
    } else if !stands || !findings.is_empty() {
        ExitCode::from(FINDINGS)
    } else {
        ExitCode::SUCCESS
    })
}

/// The outcomes of a ruleset for people.
fn page(ruleset: &str, outcomes: &[Outcome]) -> String {
    if outcomes.is_empty() {
        return format!("{ruleset}\n  no properties\n");
    }
    let mut text = format!("{ruleset}\n");
    for outcome in outcomes {
        text.push_str(&format!("  {} {}\n", mark(outcome), outcome.label));
        text.push_str(&format!("      {}\n", outcome.text));
        text.push_str(&format!("      {}\n", words(outcome)));
    }
    text
}

/// A property that was tried, as a line for programs.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Line {
    /// The path, as given.
    ruleset: String,
    property: String,
    claim: String,
    stands: bool,
    verdict: String,
    words: String,
    /// How many rows were tried.
    tries: usize,
    counterexample: Option<Refuting>,
    file: Option<String>,
    /// From 1.
    line: Option<usize>,
    /// Of what was found.
    code: Option<String>,
}

/// One object a line for each property.
fn json_line(outcome: &Outcome, ruleset: &str, sources: &SourceMap) -> String {
    let range = SourceRange::of(sources, outcome.span);
    let line = Line {
        ruleset: ruleset.to_owned(),
        property: outcome.label.clone(),
        claim: outcome.text.clone(),
        stands: outcome.stands(),
        verdict: crate::property_words::verdict(outcome).to_owned(),
        words: words(outcome),
        tries: outcome.tries,
        counterexample: crate::property_words::counterexample(outcome),
        file: range.as_ref().map(|range| range.file.clone()),
        line: range.as_ref().map(|range| range.line),
        code: finding(outcome).map(|finding| finding.code.0.to_owned()),
    };
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `docs/schemas/properties.json` is the schema of a line.
    #[test]
    fn the_schema_of_properties_is_written_down() {
        crate::schemas::check("properties", schemars::schema_for!(Line));
    }
}
