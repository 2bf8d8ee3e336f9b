//! A manifest, read back as the arguments of the run that wrote it.

use crate::args::{AudienceArgs, DataArgs, Engine, ReadingArgs, RunArgs, written};
use crate::failure::Failure;
use crate::language::LangArg;
use forewarn_plan::classification::Classification;
use forewarn_runtime::bind::KeyStep;
use serde_json::Value;
use std::path::{Path, PathBuf};

use super::{FORM, FORMS};

/// A file with the digest that it had.
pub struct RecordedFile {
    pub path: PathBuf,
    /// None of data that the audience of the run may not see.
    pub sha256: Option<String>,
}

/// What a manifest has on record.
pub struct Recorded {
    /// The run again, except for where its results go.
    pub args: RunArgs,
    pub version: String,
    pub rules: Vec<RecordedFile>,
    pub data: Vec<RecordedFile>,
    pub results: RecordedFile,
}

impl Recorded {
    /// Reads the manifest at a path.
    ///
    /// # Errors
    /// It cannot be read, is no manifest, or one of a later form.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Failure::file("cannot read", path, &error))?;
        let shown = path.display();
        let help = "give the `.manifest.json` that a run with `-o` wrote";
        let value: Value = serde_json::from_str(&text)
            .map_err(|error| Failure::new(format!("{shown} is no manifest: {error}")).help(help))?;
        match value.get("manifest").and_then(Value::as_u64) {
            Some(FORM) => {}
            Some(other) => {
                let message =
                    format!("{shown} is a manifest of form {other}; this version reads {FORM}");
                return Err(Failure::new(message).help("use the version that wrote it"));
            }
            None => {
                let message = format!("{shown} is no manifest: it has no `manifest`");
                return Err(Failure::new(message).help(help));
            }
        }
        Self::of(&value, path).map_err(|what| {
            Failure::new(format!("{shown} {what}")).help("leave the file as the run wrote it")
        })
    }

    fn of(value: &Value, manifest: &Path) -> Result<Self, String> {
        let at = |pointer: &str| {
            value.pointer(pointer).ok_or_else(|| {
                format!(
                    "has no `{}`",
                    pointer.trim_start_matches('/').replace('/', ".")
                )
            })
        };
        let text = |pointer: &str| -> Result<String, String> {
            let text = at(pointer)?.as_str();
            text.map(str::to_owned)
                .ok_or_else(|| format!("has no text at `{pointer}`"))
        };
        let optional = |pointer: &str| value.pointer(pointer).and_then(Value::as_str);
        let flag = |pointer: &str| {
            value
                .pointer(pointer)
                .and_then(Value::as_bool)
                .unwrap_or(false)
        };
        let period_format = match optional("/reading/period_format") {
            Some(pattern) => Some(written(pattern)?),
            None => None,
        };
        let byte = |pointer: &str| optional(pointer).and_then(|text| text.bytes().next());
        // Manifests of earlier versions do not have these.
        let listed = |pointer: &str| value.pointer(pointer).map_or(Ok(Vec::new()), words);
        let data = files(at("/data")?)?;
        let results = RecordedFile {
            path: PathBuf::from(text("/results/path")?),
            sha256: Some(text("/results/sha256")?),
        };
        let to = optional("/results/form");
        let args = RunArgs {
            rules: PathBuf::from(text("/rules/path")?),
            data: DataArgs {
                data: data.iter().map(|file| file.path.clone()).collect(),
                reading: ReadingArgs {
                    map: pairs(at("/reading/map")?)?,
                    period_format,
                    missing: words(at("/reading/missing")?)?,
                    delimiter: byte("/reading/delimiter"),
                    decimal: byte("/reading/decimal"),
                    lenient: flag("/reading/lenient"),
                    keys: listed("/reading/keys")?
                        .iter()
                        .filter_map(|word| KeyStep::of(word))
                        .collect(),
                    except: listed("/reading/except")?,
                },
            },
            set: pairs(at("/set")?)?,
            goalposts: flag("/goalposts_given").then(|| {
                let from = optional("/goalposts_from").map(PathBuf::from);
                from.unwrap_or_else(|| manifest.to_owned())
            }),
            out: Some(results.path.clone()),
            to: to
                .and_then(|word| FORMS.iter().find(|(_, known)| *known == word))
                .map(|(form, _)| *form),
            events: None,
            entity: words(at("/results/entity")?)?,
            period: words(at("/results/period")?)?,
            columns: words(at("/results/columns")?)?,
            labels: flag("/results/labels"),
            // Manifests that tell no audience are of runs that showed everything.
            audience: AudienceArgs {
                audience: optional("/audience").and_then(Classification::of),
            },
            lang: LangArg {
                lang: optional("/results/lang").map(str::to_owned),
            },
            limit: None,
            quiet: true,
            engine: match optional("/engine") {
                Some("interpreter") => Engine::Interpreter,
                _ => Engine::Native,
            },
            threads: None,
        };
        Ok(Self {
            args,
            version: text("/forewarn")?,
            rules: files(at("/rules/files")?)?,
            data,
            results,
        })
    }
}

fn list(value: &Value) -> Result<&[Value], String> {
    let list = value.as_array().map(Vec::as_slice);
    list.ok_or_else(|| "has something else where a list should be".to_owned())
}

fn words(value: &Value) -> Result<Vec<String>, String> {
    let text = |word: &Value| word.as_str().map(str::to_owned);
    let words: Option<Vec<String>> = list(value)?.iter().map(text).collect();
    words.ok_or_else(|| "has something else where a text should be".to_owned())
}

fn pairs(value: &Value) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::new();
    for pair in list(value)? {
        match words(pair)?.as_slice() {
            [name, value] => pairs.push((name.clone(), value.clone())),
            _ => return Err("has something else where a pair should be".to_owned()),
        }
    }
    Ok(pairs)
}

fn files(value: &Value) -> Result<Vec<RecordedFile>, String> {
    let files = list(value)?.iter().map(|file| {
        let text = |name: &str| {
            let text = file.get(name).and_then(Value::as_str);
            text.ok_or_else(|| format!("has a file without `{name}`"))
        };
        Ok(RecordedFile {
            path: PathBuf::from(text("path")?),
            sha256: match file.get("sha256") {
                Some(Value::Null) => None,
                _ => Some(text("sha256")?.to_owned()),
            },
        })
    });
    files.collect()
}
