//! The run's manifest: what a result rests on, beside the result.
//!
//! In: the arguments of a run, the Plan and what the run left on record. Out:
//! `RESULTS.manifest.json`. No clock and no machine name stand in it: the same run writes the same
//! bytes. Paths are as they were given, so that `forewarn verify` works where the run did.

mod digest;
mod goalposts;
mod reading;

pub use digest::sha256;
pub use goalposts::{goalposts, replaces_none, visible};
pub use reading::{Recorded, RecordedFile};

use crate::args::{Engine, Form, RunArgs};
use crate::audience::{Sight, withholds_data};
use crate::failure::Failure;
use forewarn_compiler::package::STDLIB;
use forewarn_diagnostics::source::SourceMap;
use forewarn_plan::Plan;
use forewarn_plan::classification::Classification;
use forewarn_plan::period::Written;
use forewarn_runtime::bind::DataSummary;
use forewarn_runtime::faults::FaultCount;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::peers::{PeerRecord, Treated};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The form of manifests that this version writes and reads.
pub const FORM: u64 = 1;

/// Where the manifest of a result stands: `results.csv.manifest.json`.
#[must_use]
pub fn beside(results: &Path) -> PathBuf {
    let mut name = results.as_os_str().to_owned();
    name.push(".manifest.json");
    PathBuf::from(name)
}

/// Everything that a manifest tells of.
pub struct Manifest<'a> {
    pub args: &'a RunArgs,
    pub sight: Sight<'a>,
    pub plan: &'a Plan,
    pub sources: &'a SourceMap,
    pub panel: &'a Panel,
    pub data: &'a DataSummary,
    pub faults: &'a [FaultCount],
    pub peers: &'a PeerRecord,
    /// The file with the results, whole.
    pub results: &'a Path,
}

impl Manifest<'_> {
    /// The manifest as text.
    ///
    /// # Errors
    /// A file of the run cannot be read again.
    pub fn text(&self) -> Result<String, Failure> {
        let args = self.args;
        let path = |path: &Path| path.display().to_string();
        let mut rules = Vec::new();
        for (_, file) in self.sources.iter() {
            let standard = file.name.strip_prefix("stdlib/").is_some_and(|name| {
                let own = name.strip_suffix(".risk").unwrap_or(name);
                STDLIB.iter().any(|(known, _)| *known == own)
            });
            // Params given from outside are read like a file, and stand under `set`.
            if !standard && Path::new(&file.name).is_file() {
                rules.push(file_object(Path::new(&file.name))?);
            }
        }
        let data = self.data_files()?;
        let manifest = json!({
            "manifest": FORM,
            "forewarn": env!("CARGO_PKG_VERSION"),
            "framework": {
                "name": self.plan.framework.name,
                "version": self.plan.framework.version,
            },
            "rules": { "path": path(&args.rules), "files": rules },
            "data": data,
            "reading": {
                "map": pairs(&self.sight.map(&args.data.reading.map)),
                "period_format": args.data.reading.period_format.as_ref().map(Written::pattern),
                "missing": args.data.reading.missing,
                "delimiter": args.data.reading.delimiter.map(|byte| char::from(byte).to_string()),
                "decimal": args.data.reading.decimal.map(|byte| char::from(byte).to_string()),
                "lenient": args.data.reading.lenient,
                "keys": args.data.reading.keys.iter().map(|step| step.word()).collect::<Vec<_>>(),
                "except": args.data.reading.except,
            },
            "audience": args.audience.audience.unwrap_or(Classification::Confidential).word(),
            "withheld": self.withheld(),
            "declassified": self.declassified(),
            "set": pairs(&args.set),
            "goalposts_given": args.goalposts.is_some(),
            // Where some of them are withheld, they are read again from where they came from.
            "goalposts_from": args.goalposts.as_deref().filter(|_| !self.sight.sees_all()).map(path),
            "engine": match args.engine {
                Engine::Native => "native",
                Engine::Interpreter => "interpreter",
            },
            "results": {
                "path": path(self.results),
                "form": args.to.map(form_word),
                "entity": args.entity,
                "period": args.period,
                "columns": args.columns,
                "labels": args.labels,
                "lang": args.lang.lang,
                "sha256": sha256(self.results)?,
            },
            "counts": {
                "rows": self.data.rows,
                "entities": self.data.entities,
                "periods": self.data.periods,
                "gaps": self.panel.gaps.len(),
                "missing": self.data.inputs.iter().map(|input| input.missing).sum::<u64>(),
                "out_of_range": self.data.inputs.iter().map(|input| input.out_of_range).sum::<u64>(),
                "unverified": self.data.inputs.iter().filter_map(|input| input.unverified).sum::<u64>(),
                "carried": self.data.inputs.iter().map(|input| input.carried).sum::<u64>(),
            },
            "faults": self.faults(),
            "treatments": self.treatments(),
            "goalposts": self
                .peers
                .goalposts
                .iter()
                .map(|goalpost| goalposts::goalpost_object(self.plan, goalpost))
                .collect::<Vec<_>>(),
        });
        let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        text.push('\n');
        Ok(text)
    }

    /// The data files that the run read. A digest of a small file lets everyone try what stood in it,
    /// so that of a file with something withheld none is given.
    fn data_files(&self) -> Result<Vec<Value>, Failure> {
        let args = &self.args.data;
        if !withholds_data(self.plan) {
            return args.data.iter().map(|file| file_object(file)).collect();
        }
        let seen = self.sight.files(args);
        let read = self.sight.files_read(args);
        let object = |file: &PathBuf| {
            if seen.contains(file) && !self.sight.is_withheld_in(file, args) {
                return file_object(file);
            }
            Ok(json!({ "path": file.display().to_string(), "sha256": null }))
        };
        read.iter().map(object).collect()
    }

    fn withheld(&self) -> Vec<Value> {
        let withheld = self.plan.confidentiality.withheld.iter();
        withheld
            .map(|one| json!({ "name": one.name, "classification": one.classification.word() }))
            .collect()
    }

    /// Every way out that the rules record.
    fn declassified(&self) -> Vec<Value> {
        let declared = self.plan.confidentiality.declared.iter();
        let declassified = declared.filter_map(|(name, standing)| {
            let declassified = standing.declassified.as_ref()?;
            Some(json!({
                "name": name,
                "from": standing.inflow.word(),
                "to": declassified.to.word(),
                "because": declassified.because,
                "by": declassified.by,
            }))
        });
        declassified.collect()
    }

    fn faults(&self) -> Vec<Value> {
        let sites = self.faults.iter().filter_map(|fault| {
            let site = self.plan.faults.get(fault.fault.0 as usize)?;
            Some(json!({
                "declaration": site.declaration,
                "expression": site.text,
                "rows": fault.count,
            }))
        });
        sites.collect()
    }

    fn treatments(&self) -> Vec<Value> {
        let treatments = self.peers.treatments.iter().map(|treatment| {
            json!({
                "declaration": treatment.declaration,
                "expression": treatment.text,
                "values": match treatment.what {
                    Treated::Winsorised => "winsorised",
                    Treated::Imputed => "imputed",
                },
                "rows": treatment.rows,
            })
        });
        treatments.collect()
    }
}

fn pairs(pairs: &[(String, String)]) -> Vec<Value> {
    pairs
        .iter()
        .map(|(name, value)| json!([name, value]))
        .collect()
}

fn file_object(path: &Path) -> Result<Value, Failure> {
    Ok(json!({ "path": path.display().to_string(), "sha256": sha256(path)? }))
}

/// The forms that `--to` knows, by word.
pub(super) const FORMS: [(Form, &str); 6] = [
    (Form::Csv, "csv"),
    (Form::Parquet, "parquet"),
    (Form::Arrow, "arrow"),
    (Form::Ndjson, "ndjson"),
    (Form::Json, "json"),
    (Form::Table, "table"),
];

fn form_word(form: Form) -> &'static str {
    let known = FORMS.iter().find(|(known, _)| *known == form);
    known.map_or("csv", |(_, word)| word)
}
