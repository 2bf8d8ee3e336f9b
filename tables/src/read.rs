//! Reading: from paths to a bound panel.

use crate::decode::{Decoded, is_utf8_after_all, marked};
use crate::format::{Format, Signature};
use crate::grid::KeptRow;
use crate::open::{Opened, close, open};
use crate::recipe::{FrameRecipe, Pipe, Recipe, Source};
use crate::taken::Taken;
use crate::{arrow_file, csv, guess, json, ndjson, parquet_file, workbook};
use forewarn_diagnostics::beside::beside;
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
use std::sync::Arc;

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
    /// What else is said of how files are read.
    pub recipe: Recipe,
    /// Recipes with their own files; what is said of all files is said of these too.
    pub sources: Arc<Vec<Source>>,
    /// Where a file cannot be read, nothing is said of how it could be.
    pub without_guess: bool,
}

impl ReadOptions<'_> {
    /// What is said of all files, as one recipe.
    pub(crate) fn asked(&self) -> Recipe {
        let said = Recipe {
            format: self.format,
            delimiter: self.delimiter,
            decimal: match self.decimal {
                Decimal::Point => None,
                Decimal::Comma => Some(Decimal::Comma),
            },
            missing: self.missing.clone(),
            lenient: self.lenient,
            map: self.map.clone(),
            period: self.written,
            keys: self.keys.steps().to_vec(),
            except: self.except.clone(),
            ..Recipe::default()
        };
        self.recipe.with(&said)
    }

    /// The recipe whose file this is.
    pub(crate) fn source(&self, path: &Path) -> Option<&Source> {
        let mut sources = self.sources.iter();
        sources.find(|source| source.files.iter().any(|file| file == path))
    }

    /// How a file is read.
    pub(crate) fn recipe_of(&self, path: &Path) -> Recipe {
        let asked = self.asked();
        match self.source(path) {
            Some(source) => source.recipe.with(&asked),
            None => asked,
        }
    }

    /// How the cells of a table of that name are bound, which is one of several or the only one.
    pub(crate) fn bind(&self, file: &str, several: bool) -> BindOptions {
        self.bind_by(&self.asked(), file, several)
    }

    /// How the cells of a table are bound that is read by a recipe.
    pub(crate) fn bind_by(&self, recipe: &Recipe, file: &str, several: bool) -> BindOptions {
        BindOptions {
            file: file.to_owned(),
            missing: recipe.missing.clone(),
            decimal: recipe.decimal.unwrap_or_default(),
            thousands: recipe.thousands,
            flags: recipe.flags,
            yes: recipe.yes.clone(),
            no: recipe.no.clone(),
            lenient: recipe.lenient,
            map: recipe.map.clone(),
            written: recipe.period,
            keys: KeyForm::new(&recipe.keys),
            except: recipe.except.clone(),
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
    #[cfg(feature = "arrow")]
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
/// its columns, its cells, its rows, and where another recipe would read it, which (`FW0940`).
pub fn read(path: &Path, plan: &Plan, options: &ReadOptions<'_>) -> Result<Bound, Reports> {
    join(plan, vec![part(&[path], plan, options, false)?])
}

/// Reads several data files into one panel, joined on its keys; those of one recipe are stacked.
///
/// # Errors
/// What stands in the way of any of them, and of their joining (`FW0924` to `FW0931`).
pub fn read_all(
    paths: &[impl AsRef<Path>],
    plan: &Plan,
    options: &ReadOptions<'_>,
) -> Result<Bound, Reports> {
    let groups = groups(paths, options);
    if let ([only], false) = (groups.as_slice(), options.of_several) {
        return join(plan, vec![part(only, plan, options, false)?]);
    }
    check_map(plan, &options.map)?;
    let mut parts = Vec::with_capacity(groups.len());
    let mut problems = Reports::default();
    for group in groups {
        match part(&group, plan, options, true) {
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

/// What files give before they are joined: each recipe's files together, others one by one, with the
/// files' names or why they cannot be read.
pub fn read_apart(
    paths: &[impl AsRef<Path>],
    plan: &Plan,
    options: &ReadOptions<'_>,
) -> Vec<(Vec<std::path::PathBuf>, Result<Part, Reports>)> {
    let groups = groups(paths, options);
    let several = groups.len() > 1 || options.of_several;
    let read = groups.iter().map(|group| {
        let names = group.iter().map(|path| path.to_path_buf()).collect();
        (names, part(group, plan, options, several))
    });
    read.collect()
}

/// Files that are read by one recipe together, in the order in which they were given.
fn groups<'f>(paths: &'f [impl AsRef<Path>], options: &ReadOptions<'_>) -> Vec<Vec<&'f Path>> {
    let mut groups: Vec<(Option<usize>, Vec<&Path>)> = Vec::new();
    for path in paths {
        let path = path.as_ref();
        let source = options
            .sources
            .iter()
            .position(|source| source.files.iter().any(|file| file == path));
        match groups
            .iter_mut()
            .find(|(known, _)| source.is_some() && *known == source)
        {
            Some((_, group)) => group.push(path),
            None => groups.push((source, vec![path])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Reads the rows of one file, or of several of one recipe.
pub(crate) fn part(
    paths: &[&Path],
    plan: &Plan,
    options: &ReadOptions<'_>,
    several: bool,
) -> Result<Part, Reports> {
    let Some(first) = paths.first() else {
        return Err(Reports::default());
    };
    let recipe = options.recipe_of(first);
    if let Some(span) = recipe.span.filter(|_| several || !recipe.map.is_empty()) {
        check_map(plan, &recipe.map).map_err(|found| beside(found, span, IN_THE_RECIPE))?;
    }
    let read = read_by(paths, plan, options, several, &recipe);
    let read = match read {
        Err(reports) if !options.without_guess && !options.sheltered => Err(guess::instead(
            paths, plan, options, several, &recipe, reports,
        )),
        read => read,
    };
    match recipe.span {
        Some(span) => read.map_err(|found| beside(found, span, IN_THE_RECIPE)),
        None => read,
    }
}

const IN_THE_RECIPE: &str = "the file is read as this recipe says";

/// The same by a recipe that is given.
pub(crate) fn read_by(
    paths: &[&Path],
    plan: &Plan,
    options: &ReadOptions<'_>,
    several: bool,
    recipe: &Recipe,
) -> Result<Part, Reports> {
    let first = paths
        .first()
        .map_or_else(String::new, |path| shown_name(path));
    let bind = options.bind_by(recipe, &first, several);
    if let [only] = paths
        && recipe.is_plain()
        && recipe.frame == FrameRecipe::default()
        && let Some(part) = typed(only, plan, options, recipe, &bind)?
    {
        return Ok(part);
    }
    let mut pipe = Pipe::new(plan, recipe, bind, paths.len() > 1);
    for path in paths {
        let file = shown_name(path);
        pipe.begin(&file);
        into_pipe(path, &file, &mut pipe, plan, options, recipe)?;
    }
    pipe.part()
}

/// A file whose reader hands rows over on its own: those with typed columns, and lines of objects.
fn typed(
    path: &Path,
    plan: &Plan,
    options: &ReadOptions<'_>,
    recipe: &Recipe,
    bind: &BindOptions,
) -> Result<Option<Part>, Reports> {
    let file = shown_name(path);
    let cannot_read = cannot_read(&file);
    // What is looked at and left to another reader is opened again.
    if !is_file(path) {
        options.taken.keep_streams();
    }
    let opened = open(path, &options.taken).map_err(&cannot_read)?;
    if opened.empty {
        return Err(only(EmptyFile { file: file.clone() }));
    }
    let format = format_of(path, &file, &opened, recipe.format)?;
    let progress = teller(&opened, options);
    let raw = opened.raw();
    let bind = bind.clone();
    let part = match format {
        Format::Csv | Format::Tsv | Format::Json | Format::Workbook => return Ok(None),
        Format::Ndjson => ndjson::read(text(opened, progress), plan, bind),
        Format::Arrow => {
            let kept = opened.into_kept().map_err(&cannot_read)?;
            arrow_file::read(&kept, progress, plan, bind)
        }
        Format::Parquet => {
            let kept = opened.into_kept().map_err(&cannot_read)?;
            parquet_file::read(&kept, progress, plan, bind)
        }
    }?;
    close(path, &raw, &options.taken).map_err(&cannot_read)?;
    Ok(Some(part))
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|about| about.is_file())
}

fn cannot_read(file: &str) -> impl Fn(std::io::Error) -> Reports + '_ {
    |error| {
        only(CannotRead {
            file: file.to_owned(),
            why: why_unread(&error),
        })
    }
}

fn teller<'a>(opened: &Opened, options: &ReadOptions<'a>) -> Teller<'a> {
    Teller {
        done: opened.done.clone(),
        total: opened.total,
        callback: options.progress,
    }
}

/// Gives the rows of a file of any format to a pipe.
fn into_pipe(
    path: &Path,
    file: &str,
    pipe: &mut Pipe<'_>,
    plan: &Plan,
    options: &ReadOptions<'_>,
    recipe: &Recipe,
) -> Result<(), Reports> {
    let cannot_read = cannot_read(file);
    let opened = open(path, &options.taken).map_err(&cannot_read)?;
    if opened.empty {
        return Err(only(EmptyFile {
            file: file.to_owned(),
        }));
    }
    let format = format_of(path, file, &opened, recipe.format)?;
    let progress = teller(&opened, options);
    let raw = opened.raw();
    match format {
        Format::Csv | Format::Tsv => {
            let tab = (format == Format::Tsv).then_some(b'\t');
            let input = Input {
                stream: decoded(opened.into_stream(), file, recipe)?,
                progress,
            };
            csv::read(input, pipe, file, recipe.delimiter.or(tab), recipe)?;
        }
        Format::Ndjson | Format::Json => {
            let mut bytes = Vec::new();
            let mut stream = decoded(opened.into_stream(), file, recipe)?;
            stream.read_to_end(&mut bytes).map_err(&cannot_read)?;
            let bytes = bytes.strip_prefix(csv::BYTE_ORDER_MARK).unwrap_or(&bytes);
            let table = match format {
                Format::Ndjson => json::lines(&String::from_utf8_lossy(bytes)),
                _ => json::table(bytes),
            };
            let table = table.map_err(|why| {
                only(Damaged {
                    file: file.to_owned(),
                    format: format.name(),
                    why,
                    advice: Some("write a list of objects, or one object on each line as NDJSON"),
                })
            })?;
            rows_into(pipe, table.names, table.rows.into_iter())?;
        }
        Format::Workbook => {
            let mut stream = opened.into_stream();
            let (sheet, range) = (recipe.sheet.as_deref(), recipe.range.as_deref());
            let sheet = workbook::rows(&mut stream, file, sheet, range)?;
            for (number, row) in &sheet.rows {
                pipe.row(*number, row)?;
            }
            pipe.end()?;
            if let Some(told) = sheet.told(file, pipe.names()) {
                return Err(pipe.fail(told));
            }
        }
        Format::Arrow | Format::Parquet => {
            let kept = opened.into_kept().map_err(&cannot_read)?;
            let found = match format {
                Format::Arrow => arrow_file::all(&kept),
                _ => parquet_file::all(&kept),
            };
            let Some((names, rows)) = found else {
                let bind = options.bind(file, false);
                // Its own reader knows what is wrong with it.
                let told = match format {
                    Format::Arrow => arrow_file::read(&kept, progress, plan, bind),
                    _ => parquet_file::read(&kept, progress, plan, bind),
                };
                return told.map(|_| ());
            };
            rows_into(pipe, names, rows)?;
        }
    }
    close(path, &raw, &options.taken).map_err(&cannot_read)
}

/// Gives rows to a pipe that have no header among them.
fn rows_into(
    pipe: &mut Pipe<'_>,
    names: Vec<String>,
    rows: impl Iterator<Item = KeptRow>,
) -> Result<(), Reports> {
    pipe.named(names)?;
    for (number, row) in (1..).zip(rows) {
        pipe.data(number, &row);
    }
    pipe.end()
}

/// A text as UTF-8, whatever it is declared to be written in.
pub(crate) fn decoded(
    mut stream: Box<dyn Read>,
    file: &str,
    recipe: &Recipe,
) -> Result<Box<dyn Read>, Reports> {
    let mut first = Vec::new();
    let cannot_read = cannot_read(file);
    (&mut stream)
        .take(64 << 10)
        .read_to_end(&mut first)
        .map_err(&cannot_read)?;
    let encoding = recipe.encoding.or_else(|| marked(&first));
    if let Some(declared) = recipe.encoding
        && is_utf8_after_all(&first, declared)
    {
        let why = format!("it is written in UTF-8, not in {}", declared.name());
        return Err(only(Damaged {
            file: file.to_owned(),
            format: "text",
            why,
            advice: Some(
                "leave `encoding` out: UTF-8 is what is read unless something else is said",
            ),
        }));
    }
    let whole = std::io::Cursor::new(first).chain(stream);
    Ok(match encoding {
        Some(encoding) if encoding != encoding_rs::UTF_8 => Box::new(Decoded::new(whole, encoding)),
        _ => Box::new(whole),
    })
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
