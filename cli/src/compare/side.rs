//! One of the two runs: its results, and what it has on record.

use crate::args::RunArgs;
use crate::failure::Failure;
use crate::manifest::{Recorded, beside};
use crate::outputs::MANIFEST;
use forewarn_compiler::package::archive::unpack;
use forewarn_plan::PeriodKind;
use forewarn_runtime::period::Weekday;
use forewarn_tables::sha256;
use std::path::{Path, PathBuf};

/// A run.
pub struct Side {
    /// As it was given.
    pub shown: String,
    pub results: PathBuf,
    pub recorded: Option<Recorded>,
    /// The run again, where it can be had.
    pub args: Option<RunArgs>,
    /// What is not as on record, in words: rules, data, results.
    pub rules_gone: Vec<String>,
    pub data_gone: Vec<String>,
    pub results_changed: bool,
}

impl Side {
    /// The run at a path.
    ///
    /// # Errors
    /// There is none, or several, or the manifest cannot be read.
    pub fn of(path: &Path) -> Result<Self, Failure> {
        let given = if path.is_dir() {
            in_folder(path)?
        } else {
            path.to_path_buf()
        };
        let is_manifest = given.to_string_lossy().ends_with(MANIFEST);
        let manifest = if is_manifest {
            given.clone()
        } else {
            beside(&given)
        };
        let recorded = match manifest.is_file() {
            true => Some(Recorded::read(&manifest)?),
            false if is_manifest => {
                return Err(Failure::new(format!("there is no {}", manifest.display())));
            }
            false => None,
        };
        // The results that lie beside the manifest are those of the run, wherever it was made.
        let results = match &recorded {
            Some(_) if is_manifest => {
                let name = given.to_string_lossy();
                PathBuf::from(name.strip_suffix(MANIFEST).unwrap_or(&name))
            }
            _ => given,
        };
        let mut side = Self {
            shown: path.display().to_string(),
            results,
            recorded,
            args: None,
            rules_gone: Vec::new(),
            data_gone: Vec::new(),
            results_changed: false,
        };
        side.look();
        Ok(side)
    }

    /// Is everything as it is on record?
    fn look(&mut self) {
        let Some(recorded) = &self.recorded else {
            return;
        };
        let document = &recorded.document;
        for file in &document.rules.files {
            let path = recorded.seen_here(&file.path);
            self.rules_gone.extend(changed(&path, Some(&file.sha256)));
        }
        for data in &document.data {
            match &data.path {
                Some(path) => {
                    let path = recorded.seen_here(path);
                    self.data_gone.extend(changed(&path, data.sha256.as_ref()));
                }
                None => {
                    let words = data.from.words();
                    self.data_gone.push(format!("data came from {words}"));
                }
            }
        }
        let now = digest(&self.results);
        self.results_changed = now.as_ref() != Some(&document.results.sha256);
        let rules = recorded.seen_here(&document.rules.path);
        let data = recorded.data(&[]).ok();
        self.args = data.and_then(|data| recorded.args(data, rules, self.results.clone()).ok());
    }

    /// How many of the first columns of its results are keys, where that is on record.
    pub fn keys(&self) -> Option<usize> {
        self.recorded.as_ref()?.document.results.keys
    }

    /// The weeks by which its results go, where that is on record.
    pub fn weeks(&self) -> Option<PeriodKind> {
        let recorded = self.recorded.as_ref()?;
        let from = recorded.document.results.weeks_from.as_deref()?;
        let day = Weekday::ALL.into_iter().find(|day| day.word() == from);
        day.map(PeriodKind::Week)
    }

    /// Digests of the rule files, in no order.
    pub fn rules(&self) -> Option<Vec<String>> {
        let files = &self.recorded.as_ref()?.document.rules.files;
        Some(sorted(
            files.iter().map(|file| file.sha256.clone()).collect(),
        ))
    }

    /// Digests of the data, in no order.
    pub fn data(&self) -> Option<Vec<String>> {
        let data = &self.recorded.as_ref()?.document.data;
        let digests: Option<Vec<String>> = data.iter().map(|one| one.sha256.clone()).collect();
        digests.map(sorted)
    }
}

fn sorted(mut digests: Vec<String>) -> Vec<String> {
    digests.sort();
    digests
}

fn digest(path: &Path) -> Option<String> {
    if let Ok(bytes) = std::fs::read(path) {
        return Some(sha256(&bytes));
    }
    // It may lie in an archive, or in one that lies in another.
    let archive = path.ancestors().skip(1).find(|above| above.is_file())?;
    let mut bytes = std::fs::read(archive).ok()?;
    let mut rest = path.strip_prefix(archive).ok()?.to_path_buf();
    loop {
        let contents = unpack(&bytes).ok()?;
        let found = rest.ancestors().find_map(|above| {
            let inner = contents.get(above.to_str()?)?;
            Some((above.to_path_buf(), inner.clone()))
        });
        let (above, inner) = found?;
        if above == rest {
            return Some(sha256(&inner));
        }
        rest = rest.strip_prefix(&above).ok()?.to_path_buf();
        bytes = inner;
    }
}

/// How a file is not as on record, if it is not.
fn changed(path: &Path, on_record: Option<&String>) -> Option<String> {
    let shown = path.display();
    match (digest(path), on_record) {
        (None, _) => Some(format!("{shown} is not there")),
        (Some(_), None) => Some(format!("of {shown} no digest is on record")),
        (Some(now), Some(then)) => (now != *then).then(|| format!("{shown} has changed since")),
    }
}

/// The manifest in a folder.
fn in_folder(folder: &Path) -> Result<PathBuf, Failure> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| Failure::file("cannot read", folder, &error))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut found: Vec<PathBuf> = paths
        .filter(|path| path.to_string_lossy().ends_with(MANIFEST))
        .collect();
    found.sort();
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(
            Failure::new(format!("{} holds no manifest of a run", folder.display())).help(
                "give the results: `forewarn run … -o results.csv` writes them with a manifest",
            ),
        ),
        _ => Err(
            Failure::new(format!("{} holds several runs", folder.display()))
                .help("give the results, or the manifest, of one of them"),
        ),
    }
}
