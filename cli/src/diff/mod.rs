//! `forewarn diff`: two frameworks compared by meaning and, with data, by whom it concerns.

pub(crate) mod data;
mod human;
mod json;
mod markdown;
mod view;

use crate::args::{AudienceArgs, DataArgs, Format, Global, ReadingArgs, forms};
use crate::audience::Unread;
use crate::compare::calendars::other_periods;
use crate::comparison::tolerance;
use crate::failure::{Failure, print, print_document};
use crate::paint::Paint;
use crate::recipe::{self, Unusable};
use crate::render::Findings;
use crate::report::{FINDINGS, exit_code, stream_of, tell};
use crate::stream::{Stream, colored};
use clap::{Args, ValueHint};
use data::OnData;
use forewarn_compiler::Settings;
use forewarn_compiler::difference::Pair;
use forewarn_compiler::disk::DiskFiles;
use forewarn_plan::tests::Tolerance;
use forewarn_runtime::comparison::{Changes, NoComparison, compare};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use view::DiffView;

/// `forewarn diff`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  forewarn diff rules/un-framework rules/west
  forewarn diff rules/un-framework rules/west --data monthly.csv
  forewarn diff old/west rules/west --format markdown > changes.md
  forewarn diff old/west rules/west --exit-code --quiet  in scripts: 1 if anything differs")]
pub struct DiffArgs {
    /// The framework to compare with: a rule file, or the folder that holds it
    #[arg(value_name = "FIRST", value_hint = ValueHint::AnyPath)]
    pub first: PathBuf,
    /// The framework that is compared
    #[arg(value_name = "SECOND", value_hint = ValueHint::AnyPath)]
    pub second: PathBuf,
    /// Data to apply both to: who would stand elsewhere, and which change is the cause (repeatable)
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Data")]
    pub data: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    #[command(flatten)]
    pub audience: AudienceArgs,
    /// Numbers that are no further apart count as the same: `0.001`, or a part such as `1%`
    #[arg(long, value_name = "NUMBER", value_parser = tolerance, help_heading = "Data")]
    pub tolerance: Option<Tolerance>,
    /// Results that differ are shown up to this number on a terminal, and all in other forms
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub limit: usize,
    /// Exit with 1 if anything differs
    #[arg(long)]
    pub exit_code: bool,
    /// How the comparison is written
    #[arg(
        long,
        value_parser = forms(&[Format::Human, Format::Json, Format::Markdown]),
        value_name = "FORMAT",
        default_value = "human",
        help_heading = "Messages"
    )]
    pub format: Format,
    /// Say nothing; for `--exit-code`
    #[arg(long, short)]
    pub quiet: bool,
}

/// Compares two frameworks.
///
/// # Errors
/// Wrong use; findings in the rules and the data are told and give their exit code.
pub fn diff(args: &DiffArgs, global: &Global) -> Result<ExitCode, Failure> {
    let settings = Settings {
        map: args.reading.map.clone(),
        ..Settings::default()
    };
    let pair = match Pair::read(&args.first, &args.second, &DiskFiles, &settings) {
        Ok(pair) => pair,
        Err((sources, reports)) => {
            let mut findings = Findings::default();
            findings.add_reports(&reports, &Arc::new(sources));
            tell(&findings, global, stream_of(global.format));
            return Ok(exit_code(&findings, global));
        }
    };
    let differences = pair.differences();
    let mut period = None;
    let mut absent = Vec::new();
    let mut sources = pair.sources().clone();
    let mut data = DataArgs {
        data: args.data.clone(),
        reading: args.reading.clone(),
        state: None,
    };
    match recipe::named(&mut data, &args.second) {
        Ok(()) => recipe::place(&mut data.reading, &mut sources),
        Err(Unusable::Failure(failure)) => return Err(failure),
        Err(Unusable::Findings(findings)) => {
            tell(&findings, global, Stream::Error);
            return Ok(exit_code(&findings, global));
        }
    }
    let effects = if data.data.is_empty() {
        None
    } else {
        // Each of the two may read them in its own way.
        args.reading.taken.keep_streams();
        args.reading.taken.keep_open();
        let on_data = OnData::new(&pair, &data.data, &data.reading, &args.audience);
        match compare(&on_data, args.tolerance) {
            Ok(effects) => {
                period = on_data.period();
                absent = on_data.absent();
                Some(effects)
            }
            Err(NoComparison::Data(Unread::Failure(failure))) => return Err(failure),
            Err(NoComparison::Data(Unread::Reports(reports))) => {
                let mut findings = Findings::default();
                findings.add_reports(&reports, &Arc::new(sources));
                tell(&findings, global, Stream::Error);
                return Ok(exit_code(&findings, global));
            }
            Err(NoComparison::Run(error)) => return Err(Failure::new(error.to_string())),
            Err(NoComparison::Periods(first, second)) => {
                let [one, other] =
                    [&args.first, &args.second].map(|path| path.display().to_string());
                return Err(other_periods((&one, first), (&other, second)));
            }
            Err(NoComparison::Plan) => {
                // One of the two may be none that could run.
                let all: Changes = (0..pair.units().len()).collect();
                for made in [Changes::new(), all] {
                    let reports = pair.problems(&made);
                    if reports.has_errors() {
                        let mut findings = Findings::default();
                        findings.add_reports(&reports, &Arc::new(sources));
                        tell(&findings, global, Stream::Error);
                        return Ok(exit_code(&findings, global));
                    }
                }
                return Err(Failure::new(
                    "the changes cannot be made one by one: something that is declared plainly reads \
                     what a change brings",
                )
                .help("declare it as a change, too: `add let … because \"…\"`"));
            }
        }
    };
    let shown = DiffView {
        pair: &pair,
        differences,
        effects,
        period,
        absent,
        limit: args.limit,
        changes: pair.units().iter().map(|unit| unit.words.clone()).collect(),
    };
    let differs = !shown.differences.is_empty();
    if !args.quiet {
        let text = match args.format {
            Format::Json => json::render(&shown),
            Format::Markdown => markdown::render(&shown),
            _ => {
                let paint = Paint {
                    on: colored(global.color, Stream::Out),
                };
                human::render(&shown, paint)
            }
        };
        match args.format {
            Format::Json => print_document(&text)?,
            _ => print(&text)?,
        };
    }
    Ok(if args.exit_code && differs {
        ExitCode::from(FINDINGS)
    } else {
        ExitCode::SUCCESS
    })
}
