//! A manifest, read back as the arguments of the run that wrote it.

use super::document::{self, Document, FORM};
use super::paths;
use crate::args::{AudienceArgs, DataArgs, Engine, Form, ReadingArgs, RunArgs, written};
use crate::failure::Failure;
use crate::language::LangArg;
use crate::outputs::folder_of;
use crate::recipe_args::RecipeArgs;
use crate::state;
use forewarn::damaged;
use forewarn_tables::recipe::Source;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The form alone: of one that this version does not read, nothing else is known.
#[derive(Deserialize)]
struct FormOf {
    manifest: Option<u64>,
}

/// Reads the manifest at a path.
///
/// # Errors
/// It cannot be read, is no manifest, or one of another form.
pub fn read(path: &Path) -> Result<Document, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::file("cannot read", path, &error))?;
    let shown = path.display();
    let help = "give the `.manifest.json` that a run with `-o` wrote";
    let form: FormOf = serde_json::from_str(&text).map_err(|error| {
        let words = damaged::words(&error);
        Failure::new(format!("{shown} is no manifest: it {words}")).help(help)
    })?;
    match form.manifest {
        Some(FORM) => {}
        Some(other) => {
            let message =
                format!("{shown} is a manifest of form {other}; this version reads {FORM}");
            return Err(Failure::new(message)
                .help("use the version that wrote it, or run again for a new one"));
        }
        None => {
            let message = format!("{shown} is no manifest: it has no `manifest`");
            return Err(Failure::new(message).help(help));
        }
    }
    serde_json::from_str(&text).map_err(|error| {
        let words = damaged::words(&error);
        Failure::new(format!("{shown} {words}")).help("leave the file as the run wrote it")
    })
}

/// What a manifest has on record.
pub struct Recorded {
    pub document: Document,
    /// Its own path.
    path: PathBuf,
}

impl Recorded {
    /// Reads the manifest at a path.
    ///
    /// # Errors
    /// As [`read`].
    pub fn read(path: &Path) -> Result<Self, Failure> {
        Ok(Self {
            document: read(path)?,
            path: path.to_owned(),
        })
    }

    /// A path that stands in it, as it can be said from here.
    #[must_use]
    pub fn seen_here(&self, path: &Path) -> PathBuf {
        paths::from_here(folder_of(&self.path), path)
    }

    /// The results that it is of: those beside it, under its own name.
    #[must_use]
    pub fn results(&self) -> PathBuf {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let path = match name.strip_suffix(".manifest.json") {
            Some(name) => Path::new(name),
            None => &self.document.results.path,
        };
        self.seen_here(path)
    }

    /// Where the data lie; those that are given stand for what cannot be had again, or for all.
    ///
    /// # Errors
    /// Some are needed that are not given.
    pub fn data(&self, given: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
        let recorded = &self.document.data;
        if given.len() == recorded.len() {
            return Ok(given.to_vec());
        }
        let gone = recorded.iter().filter(|data| data.path.is_none()).count();
        if given.len() != gone {
            return Err(self.data_needed(given, gone));
        }
        let mut given = given.iter();
        let data = recorded.iter().map(|data| match &data.path {
            Some(path) => Some(self.seen_here(path)),
            None => given.next().cloned(),
        });
        Ok(data.flatten().collect())
    }

    fn data_needed(&self, given: &[PathBuf], gone: usize) -> Failure {
        let shown = self.path.display();
        let recorded = &self.document.data;
        let words: Vec<String> = recorded
            .iter()
            .filter(|data| data.path.is_none())
            .map(|data| {
                let digest = data.sha256.as_deref().unwrap_or_default();
                let digest = if digest.is_empty() {
                    String::new()
                } else {
                    format!(" (SHA-256 {digest})")
                };
                format!("{}{digest}", data.from.words())
            })
            .collect();
        if gone > 0 && given.is_empty() {
            let message = format!(
                "the data of this run came from {}, and cannot be read there again",
                words.join(" and ")
            );
            return Failure::new(message)
                .help(format!("give them: `forewarn verify {shown} --data FILE`"));
        }
        let wanted = crate::words::count(recorded.len(), "data file");
        let message = format!(
            "{} given, and this run read {wanted}",
            crate::words::count(given.len(), "data file")
        );
        Failure::new(message).help("give every data file of the run, in its order")
    }

    /// The run again, with its results going to a file.
    ///
    /// # Errors
    /// A pattern of periods that is none.
    pub fn args(
        &self,
        data: Vec<PathBuf>,
        rules: PathBuf,
        out: PathBuf,
    ) -> Result<RunArgs, Failure> {
        let document = &self.document;
        let reading = &document.reading;
        let byte = |sign: Option<char>| sign.and_then(|sign| u8::try_from(sign).ok());
        let patterns = reading.period_format.iter();
        let patterns = patterns.chain(&reading.also_period_formats);
        let period_format: Result<Vec<_>, _> = patterns.map(|one| written(one)).collect();
        let period_format = period_format.map_err(|why| {
            Failure::new(format!(
                "{} has a `period_format` that is none: {why}",
                self.path.display()
            ))
            .help("leave the file as the run wrote it")
        })?;
        let mut sources = Vec::new();
        for recipe in &reading.recipes {
            let folder = self.seen_here(&recipe.folder);
            sources.push(Source {
                recipe: crate::recipe::of_lines(&recipe.lines, &folder)?,
                patterns: Vec::new(),
                files: recipe
                    .data
                    .iter()
                    .filter_map(|at| data.get(*at).cloned())
                    .collect(),
            });
        }
        Ok(RunArgs {
            rules,
            data: DataArgs {
                data,
                reading: ReadingArgs {
                    from: reading.from.map(Into::into),
                    map: reading.map.clone(),
                    period_format,
                    missing: reading.missing.clone(),
                    delimiter: byte(reading.delimiter),
                    decimal: byte(reading.decimal),
                    lenient: reading.lenient,
                    keys: reading.keys.iter().map(|step| (*step).into()).collect(),
                    except: reading.except.clone(),
                    threads: 0,
                    taken: forewarn_tables::Taken::default(),
                    recipe: RecipeArgs::of(&crate::recipe::of_lines(
                        &reading.recipe,
                        folder_of(&self.path),
                    )?),
                    recipes_from: None,
                    sources: Arc::new(sources),
                    recipes: None,
                    beside: PathBuf::new(),
                },
                state: document.state.as_ref().map(|before| match before {
                    document::Before::Nothing => state::NOTHING.to_owned(),
                    document::Before::Run(file) => self.seen_here(&file.path).display().to_string(),
                }),
            },
            set: document.set.clone(),
            goalposts: document.goalposts_given.then(|| {
                let from = document.goalposts_from.as_deref();
                from.map_or_else(|| self.path.clone(), |from| self.seen_here(from))
            }),
            out: Some(out),
            to: document.results.form.map(|form| match form {
                document::Form::Csv => Form::Csv,
                document::Form::Parquet => Form::Parquet,
                document::Form::Arrow => Form::Arrow,
                document::Form::Ndjson => Form::Ndjson,
                document::Form::Json => Form::Json,
                document::Form::Xlsx => Form::Xlsx,
            }),
            events: None,
            entity: document.results.entity.clone(),
            period: document.results.period.clone(),
            columns: document.results.columns.clone(),
            labels: document.results.labels,
            units: document.results.names_have_units,
            csv_for: None,
            audience: AudienceArgs {
                audience: Some(document.audience.into()),
            },
            lang: LangArg {
                lang: document.results.lang.clone(),
            },
            limit: None,
            quiet: true,
            engine: match document.engine {
                document::Engine::Native => Engine::Native,
                document::Engine::Interpreter => Engine::Interpreter,
            },
            threads: None,
        })
    }
}

/// What on record is not as it was, in words; `again` is the manifest of the run as it goes now.
#[must_use]
pub fn changed(recorded: &Recorded, again: &Document) -> Vec<String> {
    let before = &recorded.document;
    let here = |path: &Path| recorded.seen_here(path).display().to_string();
    let mut changed = Vec::new();
    let now = &again.rules.files;
    for (at, file) in before.rules.files.iter().enumerate() {
        if now.get(at).is_none_or(|now| now.sha256 != file.sha256) {
            changed.push(format!("the rule file {}", here(&file.path)));
        }
    }
    if now.len() > before.rules.files.len() {
        changed.push("files of the ruleset that were not there".to_owned());
    }
    for (data, now) in before.data.iter().zip(&again.data) {
        if data.sha256.is_some() && data.sha256 != now.sha256 {
            changed.push(match &data.path {
                Some(path) => format!("the data file {}", here(path)),
                None => format!("the data that came from {}", data.from.words()),
            });
        }
    }
    if let (Some(document::Before::Run(file)), Some(document::Before::Run(now))) =
        (&before.state, &again.state)
        && file.sha256 != now.sha256
    {
        changed.push(format!("the state {}", here(&file.path)));
    }
    changed
}
