//! The words of `forewarn report`.

use crate::args::{AudienceArgs, DataArgs, Format, forms};
use crate::language::LangArg;
use crate::recipe_args::pair;
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// `forewarn report`
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  forewarn report -o report.html                        the files of the recipe in this folder
  forewarn report sahel --data months.csv -o report.html
  forewarn report sahel --data months.csv -o report.html --lang fr --audience public
  forewarn report sahel --data months.csv -o report.xlsx --against runs/2026-03")]
pub struct ReportArgs {
    /// The ruleset: a rule file, or the folder that holds it
    #[arg(value_name = "RULES", value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    pub rules: PathBuf,
    #[command(flatten)]
    pub data: DataArgs,

    /// Set a param of the ruleset (repeatable)
    #[arg(long, value_name = "PARAM=VALUE", value_parser = pair, help_heading = "Method")]
    pub set: Vec<(String, String)>,
    /// The manifest of an earlier run, whose goalposts are used in place of the data's own
    #[arg(long, value_name = "MANIFEST", value_hint = ValueHint::FilePath, help_heading = "Method")]
    pub goalposts: Option<PathBuf>,

    /// Where to write the report, with a manifest beside it; the ending decides the form
    #[arg(long, short, value_name = "OUT", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub out: Option<PathBuf>,
    /// The form of the report, where the ending does not say it
    #[arg(
        long,
        value_parser = forms(&[Format::Html, Format::Markdown, Format::Xlsx]),
        value_name = "FORM",
        help_heading = "Report"
    )]
    pub format: Option<Format>,
    /// A page for this entity alone (repeatable); the first page stays whole
    #[arg(long, value_name = "ENTITY", help_heading = "Report")]
    pub entity: Vec<String>,
    /// The level that the first page is about; found from the rules by default
    #[arg(long, value_name = "NAME", help_heading = "Report")]
    pub level: Option<String>,
    /// An earlier run to compare with: its results, their manifest, or a folder that holds one
    #[arg(
        long,
        alias = "since",
        value_name = "RUN",
        value_hint = ValueHint::AnyPath,
        help_heading = "Report"
    )]
    pub against: Option<PathBuf>,
    /// Outlines for a map: GeoJSON, one of whose properties names the entity
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub outlines: Option<PathBuf>,
    /// What the publisher says of the map's borders
    #[arg(
        long,
        value_name = "TEXT",
        requires = "outlines",
        help_heading = "Report"
    )]
    pub disclaimer: Option<String>,
    /// What an analyst says of all and of entities: a text file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub notes: Option<PathBuf>,
    #[command(flatten)]
    pub lang: LangArg,
    #[command(flatten)]
    pub audience: AudienceArgs,
    /// No progress and no last line
    #[arg(long, short)]
    pub quiet: bool,
}
