//! The options of commands, and groups of options that several share, with what `--help` says of them.

use crate::language::LangArg;
use crate::progress::Shown;
use crate::recipe_args::{RecipeArgs, RecipeFile, pair, whole};
use crate::stream::ColorChoice;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum, ValueHint};
use forewarn_plan::classification::Classification;
use forewarn_runtime::bind::KeyStep;
use forewarn_runtime::period::Written;
use forewarn_tables::recipe::Source;
use forewarn_tables::{Dialect, Taken};
use std::path::PathBuf;
use std::sync::Arc;

/// Options that every command takes.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// When to colour: `auto` colours terminals unless NO_COLOR is set
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Messages"
    )]
    pub color: ColorChoice,
    /// How findings are written
    #[arg(
        long,
        global = true,
        value_parser = forms(&[Format::Human, Format::Json, Format::Short, Format::Github, Format::Sarif]),
        value_name = "FORMAT",
        default_value = "human",
        help_heading = "Messages"
    )]
    pub format: Format,
    /// Treat warnings as errors for the exit code
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHAT",
        help_heading = "Messages"
    )]
    pub deny: Option<Deny>,
    /// At most how many findings are written, the others are counted; 0 for all [default: 200 for people,
    /// all for programs]
    #[arg(long, global = true, value_name = "NUMBER", value_parser = whole, help_heading = "Messages")]
    pub max_findings: Option<usize>,
    /// How it is shown on standard error how far a command has come
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "HOW",
        default_value = "auto",
        help_heading = "Messages"
    )]
    pub progress: Shown,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the marked words, the reason and what to do
    Human,
    /// One object a line, for programs
    Json,
    /// One line each: file:line:column
    Short,
    /// Annotations of GitHub workflows
    Github,
    /// One SARIF 2.1.0 document, for code scanning
    Sarif,
    /// A page of Markdown, of commands that write one
    #[value(alias = "md")]
    Markdown,
    /// A JUnit report, of tests
    Junit,
    /// One HTML file, of reports
    Html,
    /// A workbook, of reports
    Xlsx,
}

/// Some of the formats: a command that writes its results in them takes `--format` for itself.
pub fn forms(which: &'static [Format]) -> impl clap::builder::TypedValueParser<Value = Format> {
    let values = which.iter().filter_map(ValueEnum::to_possible_value);
    PossibleValuesParser::new(values).try_map(|word| Format::from_str(&word, true))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    Warnings,
}

/// `forewarn check`
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct CheckArgs {
    /// Rule files, or folders that hold a ruleset
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    pub paths: Vec<PathBuf>,
    /// Tell what makes a method hard to defend, too, as `forewarn lint` does
    #[arg(long)]
    pub lint: bool,
    /// Tell what translations lack, too: what is missing, outdated, or of nothing
    #[arg(long)]
    pub translations: bool,
    /// Say nothing but the findings
    #[arg(long, short)]
    pub quiet: bool,
}

/// `forewarn fix`
#[derive(Debug, Args)]
#[command(after_help = FIX_EXAMPLES)]
pub struct FixArgs {
    /// The ruleset: a rule file, or the folder that holds it
    #[arg(value_name = "RULES", value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    pub rules: PathBuf,
    /// Only findings of this code, those among them that leave a choice (repeatable)
    #[arg(long, value_name = "CODE")]
    pub code: Vec<String>,
    /// Also what is not certain, where a message offers one way; with a code the first of several
    #[arg(long)]
    pub all: bool,
    /// Show what would be changed and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Mend what `forewarn lint` tells, too
    #[arg(long)]
    pub lint: bool,
}

/// `forewarn lint`
#[derive(Debug, Args)]
#[command(after_help = LINT_EXAMPLES)]
pub struct LintArgs {
    /// The ruleset: a rule file, or the folder that holds it
    #[arg(value_name = "RULES", value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    pub rules: PathBuf,
    /// Data to look at as well: levels never reached, alerts always on (repeatable)
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Data")]
    pub data: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    #[command(flatten)]
    pub audience: AudienceArgs,
    /// Say nothing but the findings
    #[arg(long, short)]
    pub quiet: bool,
}

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

/// Who may see what is shown and written.
#[derive(Clone, Debug, Default, Args)]
pub struct AudienceArgs {
    /// Who may see the results and messages; what is more closed is left out. By default everything
    /// is shown
    #[arg(
        long,
        value_name = "WHO",
        value_parser = classification(),
        help_heading = "Confidentiality"
    )]
    pub audience: Option<Classification>,
}

fn dialect(text: &str) -> Result<Dialect, String> {
    text.parse().map_err(str::to_owned)
}

fn classification() -> impl clap::builder::TypedValueParser<Value = Classification> {
    PossibleValuesParser::new(Classification::ALL.map(Classification::word))
        .try_map(|word| Classification::of(&word).ok_or("no such classification"))
}

/// Data and how it is read.
#[derive(Clone, Debug, Default, Args)]
pub struct DataArgs {
    /// The observations: CSV, XLSX, Parquet, Arrow, JSON …, `-` for standard input; several files are
    /// joined (repeatable), those of a folder or of a pattern in quotes are stacked. Without it, the files of
    /// the package's recipe
    #[arg(
        long,
        short,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Data"
    )]
    pub data: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// What was before the data begin: the results of the run before, from which alerts, windows and own past go
    /// on; `none` where nothing was
    #[arg(long, value_name = "RESULTS", value_hint = ValueHint::AnyPath, help_heading = "Data")]
    pub state: Option<String>,
}

/// How data is read.
#[derive(Clone, Debug, Default, Args)]
pub struct ReadingArgs {
    /// The format of the data, where neither name nor content tells it
    #[arg(long, value_name = "FORMAT", value_parser = from(), help_heading = "Data")]
    pub from: Option<forewarn_tables::Format>,
    /// Read an indicator or a key from another column, a period from two: `month=year,month`
    /// (repeatable)
    #[arg(long, value_name = "INDICATOR=COLUMN", value_parser = pair, help_heading = "Data")]
    pub map: Vec<(String, String)>,
    /// How periods are written, besides the usual ways: `YYYYMM`, `MM/YYYY` (repeatable)
    #[arg(long, value_name = "PATTERN", value_parser = written, help_heading = "Data")]
    pub period_format: Vec<Written>,
    /// A word that means missing, besides the empty cell (repeatable)
    #[arg(
        long,
        value_name = "WORD",
        allow_hyphen_values = true,
        help_heading = "Data"
    )]
    pub missing: Vec<String>,
    /// What separates the cells of a CSV file: one character, or `tab`
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter, help_heading = "Data")]
    pub delimiter: Option<u8>,
    /// The decimal mark of a CSV file: `.` or `,`
    #[arg(long, value_name = "MARK", value_parser = decimal, help_heading = "Data")]
    pub decimal: Option<u8>,
    /// Read cells that are no values as missing, and count them
    #[arg(long, help_heading = "Data")]
    pub lenient: bool,
    /// Bring keys to one spelling: `trim`, `nfc`, `latin`, `accents`, `notes`, `signs`, `zeros`, `whole`,
    /// `upper` or `lower`, with commas between them
    #[arg(
        long,
        value_name = "STEPS",
        value_delimiter = ',',
        value_parser = key_step(),
        help_heading = "Data"
    )]
    pub keys: Vec<KeyStep>,
    /// Leave an entity out that is no peer of the others, such as the world (repeatable)
    #[arg(
        long,
        value_name = "ENTITY",
        allow_hyphen_values = true,
        help_heading = "Data"
    )]
    pub except: Vec<String>,
    /// At most so many threads read; 0 for as many as the machine has.
    #[arg(skip)]
    pub threads: usize,
    /// What the command has read so far.
    #[arg(skip)]
    pub taken: Taken,
    #[command(flatten)]
    pub recipe: RecipeArgs,
    /// A file with recipes, `[[data]]`, in place of the package's own
    #[arg(
        long = "recipe",
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Data"
    )]
    pub recipes_from: Option<PathBuf>,
    /// Recipes with their files.
    #[arg(skip)]
    pub sources: Arc<Vec<Source>>,
    /// Where they were written down.
    #[arg(skip)]
    pub recipes: Option<RecipeFile>,
    /// The folder of the rules, from which a recipe sees its files.
    #[arg(skip)]
    pub beside: PathBuf,
}

fn key_step() -> impl clap::builder::TypedValueParser<Value = KeyStep> {
    PossibleValuesParser::new(KeyStep::ALL.map(KeyStep::word))
        .try_map(|word| KeyStep::of(&word).ok_or("no such step"))
}

fn from() -> impl clap::builder::TypedValueParser<Value = forewarn_tables::Format> {
    PossibleValuesParser::new([
        "csv", "tsv", "ndjson", "json", "xlsx", "xls", "ods", "arrow", "parquet",
    ])
    .try_map(|word| forewarn_tables::Format::of_name(&word).ok_or("no such format"))
}

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

/// `forewarn explain-code`
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_CODE_EXAMPLES)]
pub struct ExplainCodeArgs {
    /// A code as diagnostics show it, FW0312, or words of what is wrong: bands hole
    #[arg(value_name = "CODE", required = true)]
    pub words: Vec<String>,
}

/// `forewarn new`
#[derive(Debug, Args)]
#[command(after_help = NEW_EXAMPLES)]
pub struct NewArgs {
    /// The new folder; its last part names the framework
    #[arg(value_name = "NAME", value_hint = ValueHint::DirPath)]
    pub name: PathBuf,
    /// Build on this package: one of `forewarn packages`
    #[arg(long, value_name = "PACKAGE")]
    pub extends: Option<String>,
    #[command(flatten)]
    pub source: SourceArgs,
}

/// `forewarn completions`
#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Where packages are had by name.
#[derive(Clone, Debug, Default, Args)]
pub struct SourceArgs {
    /// A registry: a folder with an index, or its address; those that come with forewarn by default
    #[arg(long, value_name = "PLACE", value_hint = ValueHint::AnyPath, help_heading = "Registry")]
    pub from: Option<String>,
    /// Take nothing that is not signed by this key: what `minisign -G` printed, or its file
    #[arg(long, value_name = "KEY", value_hint = ValueHint::FilePath, help_heading = "Registry")]
    pub key: Option<String>,
    /// Only versions that fit: `1`, `">=1.2, <2"`
    #[arg(
        long = "versions",
        value_name = "RANGE",
        default_value = "*",
        help_heading = "Registry"
    )]
    pub range: String,
}

/// `forewarn manual`
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  forewarn manual ~/.local/share/man/man1               then: man forewarn, man forewarn-run")]
pub struct ManualArgs {
    /// The folder for the pages
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
}

pub(crate) fn written(text: &str) -> Result<Written, String> {
    Written::new(text).map_err(|slip| slip.to_string())
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text == "tab" || text == "\\t" => Ok(b'\t'),
        [b'"' | b'\n' | b'\r'] => Err("this character has another meaning in CSV".to_owned()),
        [one] if one.is_ascii() => Ok(*one),
        _ => Err("write one character, such as `;`, or `tab`".to_owned()),
    }
}

fn decimal(text: &str) -> Result<u8, String> {
    match text {
        "." => Ok(b'.'),
        "," => Ok(b','),
        _ => Err("write `.` or `,`".to_owned()),
    }
}

fn percent(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').parse() {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(percent),
        _ => Err("write a number from 0 to 100".to_owned()),
    }
}

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("at least 1 thread has to work".to_owned()),
        Ok(number) if number <= 1024 => Ok(number),
        _ => Err("write a whole number from 1 to 1024".to_owned()),
    }
}

const CHECK_EXAMPLES: &str = "\
Examples:
  forewarn check rules/sahel
  forewarn check rules/* --deny warnings
  forewarn check rules/sahel --format sarif > findings.sarif
  forewarn check rules/sahel --format github            in a workflow

Findings for people go to standard error, every other format to standard output";

const FIX_EXAMPLES: &str = "\
Examples:
  forewarn fix rules/sahel --dry-run                    what would be changed?
  forewarn fix rules/sahel
  forewarn fix rules/sahel --code FW0107                misspelt names, as the messages read them
  forewarn fix rules/sahel --all

What is changed is shown first, line by line. Only files of the package itself are written, and only where the
finding is gone afterwards and no other has come";

const LINT_EXAMPLES: &str = "\
Examples:
  forewarn lint rules/sahel
  forewarn lint rules/sahel --data monthly.csv
  forewarn check rules/sahel --lint --deny warnings

Each finding can be allowed in place: `allow FW1103 because \"agreed at the review of 2024\"`";

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

const EXPLAIN_CODE_EXAMPLES: &str = "\
Examples:
  forewarn explain-code FW0312
  forewarn explain-code 312
  forewarn explain-code bands hole                      the pages that speak of it";

const NEW_EXAMPLES: &str = "\
Examples:
  forewarn new sahel
  forewarn run sahel --data sahel/data/example.csv
  forewarn new our_office --extends un_atrocity         what you change of a framework";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  forewarn completions bash > ~/.local/share/bash-completion/completions/forewarn
  forewarn completions zsh > ~/.zfunc/_forewarn
  forewarn completions fish > ~/.config/fish/completions/forewarn.fish";

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn pairs_keep_everything_after_the_first_equals_sign() {
        assert_eq!(pair("a=b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        assert!(pair("a").is_err());
        assert!(pair("=1").is_err());
    }

    #[test]
    fn separators_are_single_characters() {
        assert_eq!(delimiter("tab"), Ok(b'\t'));
        assert_eq!(delimiter(";"), Ok(b';'));
        assert!(delimiter("").is_err());
        assert!(delimiter("→").is_err());
        assert!(decimal(";").is_err());
        assert!(threads("0").is_err());
    }
}
