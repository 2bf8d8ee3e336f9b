//! The manifest of a run as a document: what stands in it, in the order in which it is written.
//!
//! One set of types for writing and for reading, so that what one writes the other reads. What is not
//! known is an error: a manifest with a word that this version does not know says something that this
//! version would not do. `docs/schemas/manifest.json` is its schema.

use forewarn_plan::classification::Classification as Openness;
use forewarn_runtime::bind::KeyStep as Step;
use forewarn_tables::Format;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The form of manifests that this version writes and reads.
pub const FORM: u64 = 2;

/// Everything that a manifest tells of.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The form of the manifest.
    pub manifest: u64,
    /// The version of the program.
    pub forewarn: String,
    pub framework: Framework,
    pub rules: Rules,
    pub data: Vec<Data>,
    pub reading: Reading,
    /// Who may see the results.
    pub audience: Classification,
    pub withheld: Vec<Withheld>,
    pub declassified: Vec<Declassified>,
    /// Params that were given, with their values.
    pub set: Vec<(String, String)>,
    /// What these were read as, with their units.
    #[serde(default)]
    pub set_read_as: BTreeMap<String, String>,
    /// What was before the data, where somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<Before>,
    /// Goalposts were given, in place of the data's own.
    pub goalposts_given: bool,
    /// The manifest that they came from, where some of them are withheld.
    pub goalposts_from: Option<PathBuf>,
    pub engine: Engine,
    pub results: Results,
    /// How a report was asked for, where the results are one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
    /// The table of what happened to alerts, where it was written to a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<File>,
    pub counts: Counts,
    /// From when on alerts can be relied on, where data begin in the middle of the world.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<Alert>,
    pub faults: Vec<Fault>,
    pub treatments: Vec<Treatment>,
    pub goalposts: Vec<Goalpost>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Framework {
    pub name: String,
    pub version: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The rule file or the folder, from the manifest's folder.
    pub path: PathBuf,
    /// Every file that was read for the rules.
    pub files: Vec<File>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct File {
    /// From the manifest's folder.
    pub path: PathBuf,
    /// SHA-256 of the bytes that were read or written.
    pub sha256: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Data {
    pub from: Origin,
    /// From the manifest's folder; none of what can be read only once.
    pub path: Option<PathBuf>,
    /// SHA-256 of the bytes that were read; none where it would tell of what is withheld.
    pub sha256: Option<String>,
}

/// Where data came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    File,
    StandardInput,
    Pipe,
}

impl Origin {
    #[must_use]
    pub fn of(path: &Path) -> Self {
        if path.as_os_str() == "-" {
            return Self::StandardInput;
        }
        match std::fs::metadata(path) {
            Ok(about) if !about.is_file() => Self::Pipe,
            _ => Self::File,
        }
    }

    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::File => "a file",
            Self::StandardInput => "standard input",
            Self::Pipe => "a pipe",
        }
    }
}

/// What was before the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Before {
    /// No alert was out.
    Nothing,
    /// What an earlier run handed over.
    Run(File),
}

/// From when on an alert can be relied on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Alert {
    pub name: String,
    /// How many periods before its own it looks at.
    pub looks_back: u32,
    /// The period from which on it can be relied on in every entity where its state is known at the end.
    pub relied_on_from: Option<String>,
    /// The entities in which its state is unknown at the end.
    pub unknown_at_the_end: Vec<String>,
}

/// How data were read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The format, where it was named.
    pub from: Option<DataFormat>,
    pub map: Vec<(String, String)>,
    pub period_format: Option<String>,
    /// Further ways in which periods were written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_period_formats: Vec<String>,
    pub missing: Vec<String>,
    pub delimiter: Option<char>,
    pub decimal: Option<char>,
    pub lenient: bool,
    /// How keys were brought to one spelling, step by step.
    pub keys: Vec<KeyStep>,
    /// Entities that were left out.
    pub except: Vec<String>,
    /// What else was said of all files, as lines of a recipe.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub recipe: String,
    /// The recipes of the package that files were read by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipes: Vec<Recipe>,
}

/// A recipe, with the files that were read by it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Recipe {
    /// Its lines, without its files.
    pub lines: String,
    /// The folder that paths in them are seen from.
    pub folder: PathBuf,
    /// Places of the files among `data`, from 0.
    pub data: Vec<usize>,
}

/// A step that makes different spellings of a key alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum KeyStep {
    Nfc,
    Trim,
    Latin,
    Accents,
    Notes,
    Signs,
    Zeros,
    Whole,
    Upper,
    Lower,
}

impl From<Step> for KeyStep {
    fn from(step: Step) -> Self {
        match step {
            Step::Nfc => Self::Nfc,
            Step::Trim => Self::Trim,
            Step::Latin => Self::Latin,
            Step::Accents => Self::Accents,
            Step::Notes => Self::Notes,
            Step::Signs => Self::Signs,
            Step::Zeros => Self::Zeros,
            Step::Whole => Self::Whole,
            Step::Upper => Self::Upper,
            Step::Lower => Self::Lower,
        }
    }
}

impl From<KeyStep> for Step {
    fn from(step: KeyStep) -> Self {
        match step {
            KeyStep::Nfc => Self::Nfc,
            KeyStep::Trim => Self::Trim,
            KeyStep::Latin => Self::Latin,
            KeyStep::Accents => Self::Accents,
            KeyStep::Notes => Self::Notes,
            KeyStep::Signs => Self::Signs,
            KeyStep::Zeros => Self::Zeros,
            KeyStep::Whole => Self::Whole,
            KeyStep::Upper => Self::Upper,
            KeyStep::Lower => Self::Lower,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum DataFormat {
    Csv,
    Tsv,
    Ndjson,
    Json,
    Arrow,
    Parquet,
    Xlsx,
}

impl From<Format> for DataFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Csv => Self::Csv,
            Format::Tsv => Self::Tsv,
            Format::Ndjson => Self::Ndjson,
            Format::Json => Self::Json,
            Format::Arrow => Self::Arrow,
            Format::Parquet => Self::Parquet,
            Format::Workbook => Self::Xlsx,
        }
    }
}

impl From<DataFormat> for Format {
    fn from(format: DataFormat) -> Self {
        match format {
            DataFormat::Csv => Self::Csv,
            DataFormat::Tsv => Self::Tsv,
            DataFormat::Ndjson => Self::Ndjson,
            DataFormat::Json => Self::Json,
            DataFormat::Arrow => Self::Arrow,
            DataFormat::Parquet => Self::Parquet,
            DataFormat::Xlsx => Self::Workbook,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Classification {
    Public,
    Restricted,
    Confidential,
}

impl From<Openness> for Classification {
    fn from(one: Openness) -> Self {
        match one {
            Openness::Public => Self::Public,
            Openness::Restricted => Self::Restricted,
            Openness::Confidential => Self::Confidential,
        }
    }
}

impl From<Classification> for Openness {
    fn from(one: Classification) -> Self {
        match one {
            Classification::Public => Self::Public,
            Classification::Restricted => Self::Restricted,
            Classification::Confidential => Self::Confidential,
        }
    }
}

/// A declaration that the audience may not see.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    pub name: String,
    pub classification: Classification,
}

/// A way out that the rules record.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Declassified {
    pub name: String,
    pub from: Classification,
    pub to: Classification,
    pub because: String,
    /// The framework that says so.
    pub by: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    Native,
    Interpreter,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// The name beside the manifest.
    pub path: PathBuf,
    /// Where it was named.
    pub form: Option<Form>,
    pub entity: Vec<String>,
    pub period: Vec<String>,
    pub columns: Vec<String>,
    /// The first so many columns are keys; none where that is not on record.
    #[serde(default)]
    pub keys: Option<usize>,
    pub labels: bool,
    /// Units stand behind the names of columns.
    #[serde(default)]
    pub names_have_units: bool,
    /// The units of columns that have one.
    #[serde(default)]
    pub units: BTreeMap<String, String>,
    /// The columns that rest on later periods than a row's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hindsight: Vec<String>,
    /// Where they go by weeks, the day on which these begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks_from: Option<String>,
    pub lang: Option<String>,
    /// SHA-256 of the bytes that were written.
    pub sha256: String,
}

/// The form of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Form {
    Csv,
    Parquet,
    Arrow,
    Ndjson,
    Json,
    Xlsx,
}

impl From<Form> for Format {
    fn from(form: Form) -> Self {
        match form {
            Form::Csv => Self::Csv,
            Form::Parquet => Self::Parquet,
            Form::Arrow => Self::Arrow,
            Form::Ndjson => Self::Ndjson,
            Form::Json => Self::Json,
            Form::Xlsx => Self::Workbook,
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Counts {
    pub rows: u64,
    pub entities: u64,
    pub periods: u64,
    /// Periods of an entity that the data leave out.
    pub gaps: u64,
    /// Cells, as are the following.
    pub missing: u64,
    pub out_of_range: u64,
    pub unverified: u64,
    pub carried: u64,
    /// In rows in which the indicator does not apply; not missing.
    #[serde(default, skip_serializing_if = "none")]
    pub not_applicable: u64,
    /// Missing because the last observation is out of date.
    #[serde(default, skip_serializing_if = "none")]
    pub expired: u64,
}

/// Are there no such cells?
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over references"
)]
fn none(cells: &u64) -> bool {
    *cells == 0
}

/// How a report was asked for, beside what a run is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Report {
    pub form: ReportForm,
    /// The level of the first page, where one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The results of the run that it was compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
    /// The outlines of its map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlines: Option<File>,
    /// What the publisher says of borders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclaimer: Option<String>,
    /// What an analyst said beside the results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<File>,
}

/// The results that a report was compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Against {
    /// From the manifest's folder.
    pub path: PathBuf,
    /// SHA-256 of the bytes that were read; none for an audience that may not see all of them.
    pub sha256: Option<String>,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReportForm {
    Html,
    Markdown,
    Xlsx,
}

/// An operation that was without a result in some rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fault {
    pub declaration: String,
    pub expression: String,
    pub rows: u64,
}

/// Values that were replaced.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Treatment {
    pub declaration: String,
    pub expression: String,
    pub values: Treated,
    pub rows: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Treated {
    Winsorised,
    Imputed,
}

/// A value that peers were measured by.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Goalpost {
    pub declaration: String,
    pub expression: String,
    /// Of several with the same words, which one.
    #[serde(default, skip_serializing_if = "is_first")]
    pub again: u32,
    /// What of the values it is.
    pub of: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What it is counted in; none of a plain number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// A digest of what the rules work out there, the same wherever they work out the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// Manifests of earlier versions have none where nothing was known.
    pub value: Option<f64>,
}

fn is_first(again: &u32) -> bool {
    *again == 0
}
