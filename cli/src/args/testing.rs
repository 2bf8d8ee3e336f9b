//! What commands on tests and properties are asked.

use super::values::{percent, threads};
use super::{AudienceArgs, Format, ReadingArgs, forms};
use crate::recipe_args::whole;
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

/// `forewarn test`
#[derive(Debug, Args)]
#[command(after_help = TEST_EXAMPLES)]
pub struct TestArgs {
    /// Rule files, or folders that hold a ruleset
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    pub paths: Vec<PathBuf>,
    /// Only tests whose name this pattern finds
    #[arg(long, value_name = "RE")]
    pub filter: Option<String>,
    /// Write what comes out in place of the values that tests expect with `is`
    #[arg(long)]
    pub update: bool,
    /// How tables of cases are read
    #[command(flatten)]
    pub reading: ReadingArgs,
    #[command(flatten)]
    pub audience: AudienceArgs,
    /// Say nothing of rulesets whose tests pass
    #[arg(long, short)]
    pub quiet: bool,
    /// Tell what of the method the tests show: clauses, signals, thresholds, factors, alerts
    #[arg(
        long,
        value_enum,
        value_name = "FORM",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "human",
        conflicts_with = "update",
        help_heading = "How good the tests are"
    )]
    pub coverage: Option<CoverageForm>,
    /// Write the coverage to this file, or into this folder
    #[arg(
        long,
        value_name = "PATH",
        value_hint = ValueHint::AnyPath,
        requires = "coverage",
        help_heading = "How good the tests are"
    )]
    pub coverage_out: Option<PathBuf>,
    /// Fail if less than so many percent of a ruleset's points are shown, or of its changes noticed
    #[arg(
        long,
        value_name = "PERCENT",
        value_parser = percent,
        help_heading = "How good the tests are"
    )]
    pub fail_under: Option<f64>,
    /// Change the rules in one place at a time, and tell the changes that no test notices
    #[arg(
        long,
        conflicts_with_all = ["update", "coverage"],
        help_heading = "How good the tests are"
    )]
    pub mutate: bool,
    /// How many changes are tried at once; as many as the machine has cores by default
    #[arg(
        long,
        value_name = "N",
        value_parser = threads,
        requires = "mutate",
        help_heading = "How good the tests are"
    )]
    pub jobs: Option<usize>,
    /// How outcomes are written
    #[arg(
        long,
        value_parser = forms(&[Format::Human, Format::Json, Format::Short, Format::Github, Format::Junit]),
        value_name = "FORMAT",
        default_value = "human",
        help_heading = "Messages"
    )]
    pub format: Format,
}

/// How coverage is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CoverageForm {
    /// A table, then what no test shows
    Human,
    /// One document, for programs
    Json,
    /// Records of lines and branches, for editors
    Lcov,
    /// One page: the rules with marks
    Html,
}

/// `forewarn properties`
#[derive(Debug, Args)]
#[command(after_help = PROPERTIES_EXAMPLES)]
pub struct PropertiesArgs {
    /// Rule files, or folders that hold a ruleset
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Only properties whose name this pattern finds
    #[arg(long, value_name = "RE")]
    pub filter: Option<String>,
    /// About how many rows to try for each property that is not proved
    #[arg(long, value_name = "N", value_parser = whole, default_value_t = 20_000)]
    pub tries: usize,
    /// How outcomes are written
    #[arg(
        long,
        value_parser = forms(&[Format::Human, Format::Json, Format::Short, Format::Github]),
        value_name = "FORMAT",
        default_value = "human",
        help_heading = "Messages"
    )]
    pub format: Format,
}

const TEST_EXAMPLES: &str = "\
Examples:
  forewarn test rules/hdi
  forewarn test rules/* --filter war
  forewarn test rules/* --format junit > tests.xml
  forewarn test rules/sahel --update                    after a change that is meant
  forewarn test rules/sahel --coverage --fail-under 95
  forewarn test rules/sahel --coverage=html --coverage-out coverage.html
  forewarn test rules/sahel --mutate                    which changes would nobody notice?

Exit codes: 0 all pass and are good enough, 1 one fails, a ruleset is wrong or its tests are not
good enough, 2 wrong use";

const PROPERTIES_EXAMPLES: &str = "\
Examples:
  forewarn properties rules/sahel
  forewarn properties rules/sahel --tries 1000000
  forewarn properties rules/* --filter concern --format json

`forewarn test` judges properties, too, after the tests.

Exit codes: 0 nothing speaks against a claim, 1 a claim does not hold or a ruleset is wrong, 2 wrong use";
