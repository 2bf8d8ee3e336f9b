//! What commands on results are asked: to make them, to verify them, to explain them.

use super::values::{dialect, threads};
use super::{AudienceArgs, DataArgs, Format, ReadingArgs, forms};
use crate::language::LangArg;
use crate::recipe_args::{pair, whole};
use clap::{Args, ValueEnum, ValueHint};
use forewarn_tables::Dialect;
use std::path::PathBuf;

/// `forewarn run`
#[derive(Clone, Debug, Args)]
#[command(after_help = RUN_EXAMPLES)]
pub struct RunArgs {
    /// The ruleset: a rule file, or the folder that holds it
    #[arg(value_name = "RULES", value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    pub rules: PathBuf,
    #[command(flatten)]
    pub data: DataArgs,

    /// Set a param of the ruleset for this run (repeatable)
    #[arg(long, value_name = "PARAM=VALUE", value_parser = pair, help_heading = "Method")]
    pub set: Vec<(String, String)>,
    /// The manifest of an earlier run, whose goalposts are used in place of the data's own
    #[arg(long, value_name = "MANIFEST", value_hint = ValueHint::FilePath, help_heading = "Method")]
    pub goalposts: Option<PathBuf>,

    /// Where to write the results; the ending decides the form
    #[arg(long, short, value_name = "OUT", value_hint = ValueHint::FilePath, help_heading = "Results")]
    pub out: Option<PathBuf>,
    /// The form of the results; without -o a table on a terminal, else CSV
    #[arg(long, value_enum, value_name = "FORM", help_heading = "Results")]
    pub to: Option<Form>,
    /// Where to write what happened to alerts: raised, escalated, cleared, suppressed, standing, silent
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Results")]
    pub events: Option<PathBuf>,
    /// Only this entity (repeatable)
    #[arg(long, value_name = "ENTITY", help_heading = "Results")]
    pub entity: Vec<String>,
    /// Only this period, a year of it, `latest` or `all` (repeatable); tables show the latest
    #[arg(long, value_name = "PERIOD", help_heading = "Results")]
    pub period: Vec<String>,
    /// Only these result columns
    #[arg(
        long,
        value_name = "NAME,…",
        value_delimiter = ',',
        help_heading = "Results"
    )]
    pub columns: Vec<String>,
    /// Write the labels of levels and categories instead of their names
    #[arg(long, help_heading = "Results")]
    pub labels: bool,
    /// Write units behind the names of columns in CSV: `rate [deaths / people]`
    #[arg(long, help_heading = "Results")]
    pub units: bool,
    /// CSV as the spreadsheets of a country open it: `excel-fr`, `excel-de`, `excel-en`; of a file, beside it
    #[arg(long, value_name = "LOCALE", value_parser = dialect, help_heading = "Results")]
    pub csv_for: Option<Dialect>,
    #[command(flatten)]
    pub lang: LangArg,
    /// At most so many rows in a table; 0 for all
    #[arg(long, value_name = "N", value_parser = whole, help_heading = "Results")]
    pub limit: Option<usize>,
    #[command(flatten)]
    pub audience: AudienceArgs,
    /// No summary and no progress
    #[arg(long, short)]
    pub quiet: bool,

    /// What evaluates; both give the same bits
    #[arg(
        long,
        value_enum,
        value_name = "ENGINE",
        default_value = "auto",
        help_heading = "Machine"
    )]
    pub engine: Engine,
    /// How many threads may work; all of the machine's by default
    #[arg(long, value_name = "N", value_parser = threads, help_heading = "Machine")]
    pub threads: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// The faster one: the interpreter for fewer than 512 rows
    Auto,
    /// Machine code made for this ruleset
    Native,
    /// The definition of the language's meaning, slower
    Interpreter,
}

/// The form of the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    Csv,
    Parquet,
    Arrow,
    Ndjson,
    Json,
    Xlsx,
    /// Readable, cut to the terminal's width
    Table,
}

/// `forewarn verify`
#[derive(Debug, Args)]
#[command(after_help = VERIFY_EXAMPLES)]
pub struct VerifyArgs {
    /// The manifest that a run with -o wrote: `results.csv.manifest.json`; or a folder with several
    #[arg(value_name = "MANIFEST", value_hint = ValueHint::AnyPath)]
    pub manifest: PathBuf,
    /// The data, where they came from standard input or a pipe, or lie elsewhere by now, in the order
    /// of the run (repeatable)
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Data")]
    pub data: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// The ruleset, where it lies elsewhere by now
    #[arg(long, value_name = "RULES", value_hint = ValueHint::AnyPath)]
    pub rules: Option<PathBuf>,
}

/// `forewarn explain`
#[derive(Clone, Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub struct ExplainArgs {
    /// The ruleset: a rule file, or the folder that holds it
    #[arg(value_name = "RULES", value_hint = ValueHint::AnyPath)]
    pub rules: PathBuf,
    /// What to explain: levels and alerts by default; an indicator's name explains its cell
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Of this entity; `all` for a line of each. A panel that is one series has none
    #[arg(long, value_name = "ENTITY")]
    pub entity: Option<String>,
    /// In this period; the entity's latest by default
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    #[command(flatten)]
    pub data: DataArgs,
    /// Set a param of the ruleset (repeatable)
    #[arg(long, value_name = "PARAM=VALUE", value_parser = pair, help_heading = "Method")]
    pub set: Vec<(String, String)>,
    /// The manifest of an earlier run, whose goalposts are used in place of the data's own
    #[arg(long, value_name = "MANIFEST", value_hint = ValueHint::FilePath, help_heading = "Method")]
    pub goalposts: Option<PathBuf>,
    #[command(flatten)]
    pub lang: LangArg,
    /// How the explanation is written
    #[arg(
        long,
        value_parser = forms(&[Format::Human, Format::Json, Format::Markdown]),
        value_name = "FORMAT",
        default_value = "human",
        help_heading = "Messages"
    )]
    pub format: Format,
    /// Also the cheapest changes of indicators that are `changeable` which bring a level one step down
    #[arg(long)]
    pub options: bool,
    /// So many steps down from each result, in place of as many as fit one screen
    #[arg(
        long,
        value_name = "N",
        value_parser = whole,
        conflicts_with = "full",
        help_heading = "Messages"
    )]
    pub depth: Option<usize>,
    /// Everything, down to the last observation
    #[arg(long, help_heading = "Messages")]
    pub full: bool,
    #[command(flatten)]
    pub audience: AudienceArgs,
}

const VERIFY_EXAMPLES: &str = "\
Examples:
  forewarn run rules/hdi --data hdi.csv -o results.csv
  forewarn verify results.csv.manifest.json
  forewarn verify runs/2024-11                          every manifest of the folder
  forewarn verify results.csv.manifest.json --data kept.csv     data that came from elsewhere";

const RUN_EXAMPLES: &str = "\
Examples:
  forewarn run rules/hdi --data countries.csv
  forewarn run rules/hdi --data countries.csv -o results.parquet
  forewarn run rules/sahel --data monthly.csv --entity NER --period 2024
  forewarn run rules/sahel --data monthly.csv --columns overall,armed_conflict
  forewarn run rules/sahel --data monthly.csv --set war_threshold=500
  forewarn run rules/sahel --data events.csv --data population.parquet
  forewarn run rules/hdi --data export.csv --delimiter ';' --decimal , --missing ..
  forewarn run rules/inform-risk --data 2024.csv --map aid_dependency=economic_dependency
  forewarn run rules/hdi --data countries.csv --to ndjson | head
  forewarn run rules/sahel --data monthly.csv -o results.csv --events events.csv
  forewarn run rules/sahel --data monthly.csv -o public.csv --audience public
  fetch | forewarn run rules/sahel --data - --from ndjson -o results.csv

Results go to OUT or to standard output, findings and the summary to standard error";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  forewarn explain rules/sahel --data monthly.csv --entity NER --period 2024-05
  forewarn explain rules/sahel --data monthly.csv --entity NER armed_conflict
  forewarn explain rules/hdi --data countries.csv --entity NOR --format markdown > NOR.md

The explanation goes to standard output, findings to standard error";
