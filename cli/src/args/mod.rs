//! The options of commands, and groups of options that several share, with what `--help` says of them.

mod results;
mod rules;
mod testing;
mod values;

use crate::progress::Shown;
use crate::recipe_args::{RecipeArgs, RecipeFile, pair, whole};
use crate::stream::ColorChoice;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum, ValueHint};
use forewarn_plan::classification::Classification;
use forewarn_runtime::bind::KeyStep;
use forewarn_runtime::period::Written;
use forewarn_tables::Taken;
use forewarn_tables::recipe::Source;
pub use results::{Engine, ExplainArgs, Form, RunArgs, VerifyArgs};
pub use rules::{
    CheckArgs, CompletionsArgs, ExplainCodeArgs, FixArgs, LintArgs, ManualArgs, NewArgs,
};
use std::path::PathBuf;
use std::sync::Arc;
pub use testing::{CoverageForm, PropertiesArgs, TestArgs};
pub(crate) use values::written;
use values::{classification, decimal, delimiter, from, key_step};

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
