//! The run's manifest: what a result rests on, beside the result.
//!
//! In: the arguments of a run, the Plan and what the run left on record. Out:
//! `RESULTS.manifest.json`. No clock and no machine name stand in it: the same run writes the same
//! bytes. Paths are from the manifest's folder, digests are of the bytes that were read and written.

pub mod document;
mod goalposts;
mod paths;
mod reading;

pub use crate::outputs::manifest_beside as beside;
pub use document::{Alert, Before, Origin};
pub use goalposts::{goalposts, replaces_none, visible};
pub use paths::seen_from;
pub use reading::{Recorded, changed};

use crate::args::{Engine, Form, RunArgs};
use crate::audience::{Sight, withholds_data};
use crate::failure::Failure;
use crate::outputs::folder_of;
use crate::reliance;
use crate::state::State;
use document::{Data, Document, FORM, File};
use forewarn_compiler::package::STDLIB;
use forewarn_diagnostics::source::SourceMap;
use forewarn_plan::classification::Classification;
use forewarn_plan::{PeriodKind, Plan};
use forewarn_runtime::bind::DataSummary;
use forewarn_runtime::faults::FaultCount;
use forewarn_runtime::panel::Panel;
use forewarn_runtime::peers::{PeerRecord, Treated};
use forewarn_runtime::reliance::Reliance;
use forewarn_runtime::run;
use forewarn_tables::sha256;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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
    /// From when on alerts can be relied on.
    pub reliance: &'a [Reliance],
    /// What was before the data.
    pub state: &'a State,
    /// The file with the results, and the digest of what was written to it.
    pub results: (&'a Path, String),
    /// How a report was asked for, where the results are one.
    pub report: Option<document::Report>,
    /// The same of the events, where they went to a file.
    pub events: Option<(&'a Path, String)>,
}

impl Manifest<'_> {
    /// The manifest as text.
    ///
    /// # Errors
    /// A path that is no text.
    pub fn text(&self) -> Result<String, Failure> {
        let mut text = serde_json::to_string_pretty(&self.document()).map_err(|_| {
            Failure::new("a path of this run is no text, so that no manifest can name it")
                .help("rename the file or folder to a name in UTF-8")
        })?;
        text.push('\n');
        Ok(text)
    }

    /// A path from the manifest's folder.
    fn seen(&self, path: &Path) -> PathBuf {
        seen_from(folder_of(self.results.0), path)
    }

    /// What stands in it.
    pub fn document(&self) -> Document {
        let args = self.args;
        let reading = &args.data.reading;
        let inputs = &self.data.inputs;
        Document {
            manifest: FORM,
            forewarn: env!("CARGO_PKG_VERSION").to_owned(),
            framework: document::Framework {
                name: self.plan.framework.name.clone(),
                version: self.plan.framework.version.clone(),
            },
            rules: document::Rules {
                path: self.seen(&args.rules),
                files: self.rule_files(),
            },
            data: self.data_files(),
            reading: document::Reading {
                from: reading.from.map(Into::into),
                map: self.sight.map(&reading.map),
                period_format: reading.period_format.first().map(|one| one.pattern()),
                also_period_formats: reading
                    .period_format
                    .iter()
                    .skip(1)
                    .map(|one| one.pattern())
                    .collect(),
                missing: reading.missing.clone(),
                delimiter: reading.delimiter.map(char::from),
                decimal: reading.decimal.map(char::from),
                lenient: reading.lenient,
                keys: reading.keys.iter().map(|step| (*step).into()).collect(),
                except: reading.except.clone(),
                recipe: reading
                    .recipe
                    .recipe()
                    .map(|recipe| crate::recipe::lines_of(&recipe))
                    .unwrap_or_default(),
                recipes: self.recipes(),
            },
            audience: args
                .audience
                .audience
                .unwrap_or(Classification::Confidential)
                .into(),
            withheld: self.withheld(),
            declassified: self.declassified(),
            set: args.set.clone(),
            set_read_as: self.set_read_as(),
            state: self.state_given(),
            goalposts_given: args.goalposts.is_some(),
            // Where some of them are withheld, they are read again from where they came from.
            goalposts_from: args
                .goalposts
                .as_deref()
                .filter(|_| !self.sight.sees_all())
                .map(|path| self.seen(path)),
            engine: match args.engine {
                Engine::Auto => match run::Engine::for_few(self.panel.rows()) {
                    run::Engine::Native => document::Engine::Native,
                    run::Engine::Interpreter => document::Engine::Interpreter,
                },
                Engine::Native => document::Engine::Native,
                Engine::Interpreter => document::Engine::Interpreter,
            },
            results: document::Results {
                path: self
                    .results
                    .0
                    .file_name()
                    .map_or_else(PathBuf::new, PathBuf::from),
                form: args.to.and_then(form),
                entity: args.entity.clone(),
                period: args.period.clone(),
                columns: args.columns.clone(),
                keys: Some(self.plan.panel.key_count()),
                labels: args.labels,
                names_have_units: args.units,
                units: self.units(),
                hindsight: self.hindsight(),
                weeks_from: match self.plan.panel.period {
                    Some(PeriodKind::Week(from)) => Some(from.word().to_owned()),
                    Some(
                        PeriodKind::Day
                        | PeriodKind::Month
                        | PeriodKind::Quarter
                        | PeriodKind::Year,
                    )
                    | None => None,
                },
                lang: args.lang.lang.clone(),
                sha256: self.results.1.clone(),
            },
            report: self.report.clone(),
            events: self.events.as_ref().map(|(path, digest)| File {
                path: self.seen(path),
                sha256: digest.clone(),
            }),
            counts: document::Counts {
                rows: self.data.rows as u64,
                entities: self.data.entities as u64,
                periods: self.data.periods as u64,
                gaps: self.panel.gaps.len() as u64,
                missing: inputs.iter().map(|input| input.missing).sum(),
                out_of_range: inputs.iter().map(|input| input.out_of_range).sum(),
                unverified: inputs.iter().filter_map(|input| input.unverified).sum(),
                carried: inputs.iter().map(|input| input.carried).sum(),
                not_applicable: inputs.iter().map(|input| input.not_applicable).sum(),
                expired: inputs.iter().map(|input| input.expired).sum(),
            },
            alerts: reliance::recorded(self.plan, self.panel, self.reliance),
            faults: self.faults(),
            treatments: self.treatments(),
            goalposts: goalposts::recorded(self.plan, &self.peers.goalposts),
        }
    }

    /// The recipes of the package that files were read by.
    fn recipes(&self) -> Vec<document::Recipe> {
        let args = &self.args.data;
        let reading = &args.reading;
        let listed: Vec<&PathBuf> = if withholds_data(self.plan) {
            let read = self.sight.files_read(args);
            args.data
                .iter()
                .filter(|path| read.contains(path))
                .collect()
        } else {
            args.data.iter().collect()
        };
        let folder = reading
            .recipes
            .as_ref()
            .map_or(Path::new(""), |file| folder_of(&file.path));
        let all = reading.sources.iter().map(|source| document::Recipe {
            lines: crate::recipe::lines_of(&source.recipe),
            folder: self.seen(folder),
            data: source
                .files
                .iter()
                .filter_map(|file| listed.iter().position(|path| *path == file))
                .collect(),
        });
        all.filter(|recipe| !recipe.data.is_empty()).collect()
    }

    /// Every file that was read for the rules, as it was read.
    fn rule_files(&self) -> Vec<File> {
        let is_standard = |name: &str| {
            name.strip_prefix("stdlib/").is_some_and(|name| {
                let own = name.strip_suffix(".risk").unwrap_or(name);
                STDLIB.iter().any(|(known, _)| *known == own)
            })
        };
        // Params given from outside are read like a file, and stand under `set`.
        let files = self.sources.iter().map(|(_, file)| file);
        let recipes = self
            .args
            .data
            .reading
            .recipes
            .as_ref()
            .filter(|file| file.apart);
        let recipes = recipes.map(|file| file.path.to_string_lossy().replace('\\', "/"));
        let files = files.filter(|file| {
            !is_standard(&file.name)
                && !file.name.starts_with("--")
                && recipes.as_ref() != Some(&file.name)
        });
        let files = files.map(|file| File {
            path: self.seen(Path::new(&file.name)),
            sha256: sha256(file.text.as_bytes()),
        });
        files.collect()
    }

    /// The data that the run read. A digest of a small file lets everyone try what stood in it, so that
    /// of a file with something withheld none is given.
    fn data_files(&self) -> Vec<Data> {
        let args = &self.args.data;
        let object = |path: &PathBuf, open: bool| {
            let from = Origin::of(path);
            Data {
                from,
                path: (from == Origin::File).then(|| self.seen(path)),
                sha256: args.reading.taken.sha256(path).filter(|_| open),
            }
        };
        if !withholds_data(self.plan) {
            return args.data.iter().map(|path| object(path, true)).collect();
        }
        let seen = self.sight.files(args);
        let read = self.sight.files_read(args);
        let open = |path: &PathBuf| seen.contains(path) && !self.sight.is_withheld_in(path, args);
        read.iter().map(|path| object(path, open(path))).collect()
    }

    /// What params from the command line were read as.
    fn set_read_as(&self) -> BTreeMap<String, String> {
        let params = self.plan.params.iter();
        let given =
            params.filter(|param| self.args.set.iter().any(|(name, _)| *name == param.name));
        let read = given.filter_map(|param| Some((param.name.clone(), param.value.clone()?)));
        read.collect()
    }

    /// The units of the results' columns.
    fn units(&self) -> BTreeMap<String, String> {
        let outputs = self.plan.outputs.iter();
        let named = &self.args.columns;
        let written = outputs.filter(|output| {
            !output.unit.is_empty()
                && (named.is_empty()
                    || named.contains(&output.column)
                    || named.contains(&output.declaration))
        });
        let units = written.map(|output| (output.column.clone(), output.unit.clone()));
        units.collect()
    }

    /// The results' columns that rest on later periods than a row's own.
    fn hindsight(&self) -> Vec<String> {
        let outputs = self.plan.outputs.iter();
        let named = &self.args.columns;
        let written = outputs.filter(|output| {
            self.plan.is_hindsight(&output.declaration)
                && (named.is_empty()
                    || named.contains(&output.column)
                    || named.contains(&output.declaration))
        });
        written.map(|output| output.column.clone()).collect()
    }

    /// What `--state` said.
    fn state_given(&self) -> Option<Before> {
        match self.state {
            State::Unknown => None,
            State::None => Some(Before::Nothing),
            State::Run(read) => Some(Before::Run(File {
                path: self.seen(&read.path),
                sha256: read.digest.clone(),
            })),
        }
    }

    fn withheld(&self) -> Vec<document::Withheld> {
        let withheld = self.plan.confidentiality.withheld.iter();
        withheld
            .map(|one| document::Withheld {
                name: one.name.clone(),
                classification: one.classification.into(),
            })
            .collect()
    }

    /// Every way out that the rules record.
    fn declassified(&self) -> Vec<document::Declassified> {
        let declared = self.plan.confidentiality.declared.iter();
        let declassified = declared.filter_map(|(name, standing)| {
            let declassified = standing.declassified.as_ref()?;
            Some(document::Declassified {
                name: name.clone(),
                from: standing.inflow.into(),
                to: declassified.to.into(),
                because: declassified.because.clone(),
                by: declassified.by.clone(),
            })
        });
        declassified.collect()
    }

    fn faults(&self) -> Vec<document::Fault> {
        let sites = self.faults.iter().filter_map(|fault| {
            let site = self.plan.faults.get(fault.fault.0 as usize)?;
            Some(document::Fault {
                declaration: site.declaration.clone(),
                expression: site.text.to_string(),
                rows: fault.count,
            })
        });
        sites.collect()
    }

    fn treatments(&self) -> Vec<document::Treatment> {
        let treatments = self.peers.treatments.iter();
        let treatments = treatments.map(|treatment| document::Treatment {
            declaration: treatment.declaration.clone(),
            expression: treatment.text.clone(),
            values: match treatment.what {
                Treated::Winsorised => document::Treated::Winsorised,
                Treated::Imputed => document::Treated::Imputed,
            },
            rows: treatment.rows,
        });
        treatments.collect()
    }
}

/// A table is for reading and never goes to a file.
fn form(form: Form) -> Option<document::Form> {
    match form {
        Form::Csv => Some(document::Form::Csv),
        Form::Parquet => Some(document::Form::Parquet),
        Form::Arrow => Some(document::Form::Arrow),
        Form::Ndjson => Some(document::Form::Ndjson),
        Form::Json => Some(document::Form::Json),
        Form::Xlsx => Some(document::Form::Xlsx),
        Form::Table => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `docs/schemas/manifest.json` is the schema of what is written and read.
    #[test]
    fn the_schema_of_manifests_is_written_down() {
        crate::schemas::check("manifest", schemars::schema_for!(Document));
    }
}
