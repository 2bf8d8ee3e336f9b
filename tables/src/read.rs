//! Reading: from paths to a bound panel.

use crate::format::{Format, Signature};
use crate::open::{Opened, close, open};
use crate::taken::Taken;
use crate::{arrow_file, csv, ndjson, parquet_file};
use forewarn_diagnostics::{Cause, Reports};
use forewarn_plan::Plan;
use forewarn_runtime::bind::{
    BindOptions, Bound, Decimal, KeyForm, KeyRows, Limits, PanelBuilder, Part, check_map, join,
    join_with,
};
use forewarn_runtime::causes::data::{CannotRead, Damaged, EmptyFile, UnknownFormat};
use forewarn_runtime::period::Written;
use std::cell::Cell;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

/// How a file is read.
#[derive(Clone, Default)]
pub struct ReadOptions<'a> {
    /// Else the file itself or its name tells.
    pub format: Option<Format>,
    /// The sign between cells; else the header tells. CSV only.
    pub delimiter: Option<u8>,
    pub decimal: Decimal,
    /// Words that stand for a missing value; never taken so in the keys.
    pub missing: Vec<String>,
    /// Cells that cannot be read are missing and counted.
    pub lenient: bool,
    /// Indicators or keys with the column that each is read from; for a period `year,month` where it
    /// is made of two columns.
    pub map: Vec<(String, String)>,
    /// How periods are written, besides the usual ways.
    pub written: Option<Written>,
    /// How keys are brought to one spelling.
    pub keys: KeyForm,
    /// Entities whose rows are left out.
    pub except: Vec<String>,
    pub limits: Limits,
    /// What is read are some of several files, be it one alone: the others hold what this Plan does not
    /// read.
    pub of_several: bool,
    /// Columns that are not asked for are as if they were not there: no message names them.
    pub sheltered: bool,
    /// Rows beside those of the files.
    pub rows: Option<KeyRows>,
    /// What the command has read so far, for digests and for what can be read only once.
    pub taken: Taken,
    /// Called now and then while reading.
    pub progress: Option<&'a dyn Fn(Progress)>,
}

impl ReadOptions<'_> {
    /// How the cells of a table of that name are bound, which is one of several or the only one.
    pub(crate) fn bind(&self, file: &str, several: bool) -> BindOptions {
        BindOptions {
            file: file.to_owned(),
            missing: self.missing.clone(),
            decimal: self.decimal,
            lenient: self.lenient,
            map: self.map.clone(),
            written: self.written,
            keys: self.keys.clone(),
            except: self.except.clone(),
            several,
            sheltered: self.sheltered,
            limits: self.limits,
        }
    }
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file.
    pub done: u64,
    /// Unknown for standard input.
    pub total: Option<u64>,
}

/// A text to be read, with the means to tell how far it has come.
pub(crate) struct Input<'a> {
    pub(crate) stream: Box<dyn Read>,
    pub(crate) progress: Teller<'a>,
}

/// Tells progress.
pub(crate) struct Teller<'a> {
    pub(crate) done: Rc<Cell<u64>>,
    total: Option<u64>,
    callback: Option<&'a dyn Fn(Progress)>,
}

impl Teller<'_> {
    /// Tells nobody.
    pub(crate) fn silent() -> Self {
        Self {
            done: Rc::default(),
            total: None,
            callback: None,
        }
    }

    pub(crate) fn tell(&self) {
        if let Some(callback) = self.callback {
            callback(Progress {
                done: self.done.get(),
                total: self.total,
            });
        }
    }

    /// Tells progress that is known as a share of the whole.
    pub(crate) fn tell_share(&self, done: u64, of: u64) {
        if let Some(total) = self.total.filter(|_| of > 0) {
            let share = u128::from(total) * u128::from(done) / u128::from(of);
            self.done.set(u64::try_from(share).unwrap_or(total));
        }
        self.tell();
    }
}

/// Reads a data file into a panel; `-` is standard input.
///
/// # Errors
/// Everything that stands in the way of a panel: the file itself (`FW0901`, `FW0913` to `FW0918`),
/// its columns, its cells, its rows.
pub fn read(path: &Path, plan: &Plan, options: &ReadOptions<'_>) -> Result<Bound, Reports> {
    join(plan, vec![part(path, plan, options, false)?])
}

/// Reads several data files into one panel, joined on its keys.
///
/// # Errors
/// What stands in the way of any of them, and of their joining (`FW0924` to `FW0931`).
pub fn read_all(
    paths: &[impl AsRef<Path>],
    plan: &Plan,
    options: &ReadOptions<'_>,
) -> Result<Bound, Reports> {
    if let ([only], false) = (paths, options.of_several) {
        return read(only.as_ref(), plan, options);
    }
    check_map(plan, &options.map)?;
    let mut parts = Vec::with_capacity(paths.len());
    let mut problems = Reports::default();
    for path in paths {
        match part(path.as_ref(), plan, options, true) {
            Ok(part) => parts.push(part),
            Err(found) => problems.append(found),
        }
    }
    if problems.is_empty() {
        join_with(plan, parts, options.rows.as_ref())
    } else {
        Err(problems)
    }
}

/// Reads the rows of one file.
fn part(
    path: &Path,
    plan: &Plan,
    options: &ReadOptions<'_>,
    several: bool,
) -> Result<Part, Reports> {
    let file = shown_name(path);
    let cannot_read = |error: std::io::Error| {
        only(CannotRead {
            file: file.clone(),
            why: why_unread(&error),
        })
    };
    let opened = open(path, &options.taken).map_err(cannot_read)?;
    if opened.empty {
        return Err(only(EmptyFile { file }));
    }
    let format = format_of(path, &file, &opened, options.format)?;
    let bind = options.bind(&file, several);
    let progress = Teller {
        done: opened.done.clone(),
        total: opened.total,
        callback: options.progress,
    };
    let raw = opened.raw();
    let part = match format {
        Format::Csv => csv::read(text(opened, progress), plan, options.delimiter, bind),
        Format::Tsv => {
            let delimiter = options.delimiter.or(Some(b'\t'));
            csv::read(text(opened, progress), plan, delimiter, bind)
        }
        Format::Ndjson => ndjson::read(text(opened, progress), plan, bind),
        Format::Json => Err(only(Damaged {
            file: file.clone(),
            format: "NDJSON",
            why: "it is one JSON document".to_owned(),
            advice: Some("write one object on each line, and name the file `.ndjson`"),
        })),
        Format::Arrow => {
            let kept = opened.into_kept().map_err(cannot_read)?;
            arrow_file::read(&kept, progress, plan, bind)
        }
        Format::Parquet => {
            let kept = opened.into_kept().map_err(cannot_read)?;
            parquet_file::read(&kept, progress, plan, bind)
        }
    }?;
    close(path, &raw, &options.taken).map_err(cannot_read)?;
    Ok(part)
}

/// Read forwards.
fn text(opened: Opened, progress: Teller<'_>) -> Input<'_> {
    Input {
        stream: opened.into_stream(),
        progress,
    }
}

/// The format that is asked for, else what the content shows, else what the name tells.
pub(crate) fn format_of(
    path: &Path,
    file: &str,
    opened: &Opened,
    asked: Option<Format>,
) -> Result<Format, Reports> {
    let named = asked.or_else(|| Format::of_path(path));
    match (opened.signature, named) {
        (Signature::Format(found), named) => match asked.filter(|asked| *asked != found) {
            Some(_) => Err(only(Damaged {
                file: file.to_owned(),
                format: named.unwrap_or(found).name(),
                why: format!("its content is {}", found.name()),
                advice: Some("leave `--from` out, or name the format that it has"),
            })),
            None => Ok(found),
        },
        (Signature::Known(words), Some(named)) => Err(only(Damaged {
            file: file.to_owned(),
            format: named.name(),
            why: format!("it is {words}"),
            advice: Some("export the table as \"CSV UTF-8\" or Parquet"),
        })),
        (Signature::Known(words), None) => Err(only(UnknownFormat {
            file: file.to_owned(),
            seems: Some(words),
        })),
        (_, Some(named)) => Ok(named),
        // Standard input and pipes have no name that would tell.
        (_, None) if !opened.named => Ok(Format::Csv),
        (_, None) => Err(only(UnknownFormat {
            file: file.to_owned(),
            seems: None,
        })),
    }
}

/// As shown to people: with `/` everywhere.
pub(crate) fn shown_name(path: &Path) -> String {
    match path.to_str() {
        Some("-") => "standard input".to_owned(),
        _ => path.to_string_lossy().replace('\\', "/"),
    }
}

fn why_unread(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    }
}

pub(crate) fn only(cause: impl Cause + 'static) -> Reports {
    let mut reports = Reports::default();
    reports.add(cause);
    reports
}

/// What was found so far, and why nothing more can be read.
pub(crate) fn stop(builder: Option<PanelBuilder<'_>>, cause: impl Cause + 'static) -> Reports {
    match builder {
        Some(builder) => builder.fail(cause),
        None => only(cause),
    }
}
