//! Reading: from paths to a bound panel.

use crate::content::{cannot_read, decoded, format_of, shown_name};
use crate::format::Format;
use crate::grid::{Kept, KeptRow};
use crate::open::{Opened, close, open};
use crate::options::{ReadOptions, threads};
use crate::progress::{Input, Teller, only};
use crate::recipe::{FrameRecipe, Pipe, Recipe, Shape, Summed};
use crate::{arrow_file, csv, guess, json, ndjson, parquet_file, words, workbook};
use forewarn_diagnostics::beside::{beside, beside_each};
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::suggest::suggest;
use forewarn_diagnostics::{Code, Reports};
use forewarn_plan::{InputKind, Plan};
use forewarn_runtime::bind::{
    BindOptions, Bound, BoundFile, check_crosswalks, check_map, check_map_of, check_sums_of, join,
};
use forewarn_runtime::causes::data::{
    Damaged, EmptyFile, NoWorkbook, NotForThisRecipe, RecipeSlip, WordForNothing,
};
use std::io::Read;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

/// Reads a data file into a panel; `-` is standard input.
///
/// # Errors
/// Everything that stands in the way of a panel: the file itself (`FW0901`, `FW0913` to `FW0918`),
/// its columns, its cells, its rows, and where another recipe would read it, which (`FW0940`).
pub fn read(path: &Path, plan: &Plan, options: &ReadOptions<'_>) -> Result<Bound, Reports> {
    join(plan, vec![part(&[path], plan, options, false)?])
}

/// Reads the rows of one file, or of several of one recipe.
pub(crate) fn part(
    paths: &[&Path],
    plan: &Plan,
    options: &ReadOptions<'_>,
    several: bool,
) -> Result<BoundFile, Reports> {
    let Some(first) = paths.first() else {
        return Err(Reports::default());
    };
    let mut recipe = options.recipe_of(first);
    if let Some(key) = recipe.asks_for_withheld(&options.withheld, plan) {
        return Err(only(NotForThisRecipe {
            file: shown_name(first),
            audience: options.withheld.audience,
            key,
            recipe: recipe.span,
        }));
    }
    let withheld = Arc::clone(&options.withheld);
    recipe.map.retain(|(name, _)| !withheld.target(plan, name));
    if let Some(span) = recipe.span.filter(|_| several || !recipe.map.is_empty()) {
        let of_recipe =
            |entry: &(String, String)| Some(span).filter(|_| !options.map.contains(entry));
        check_map_of(plan, &recipe.map, of_recipe)
            .map_err(|found| beside(found, span, IN_THE_RECIPE))?;
    }
    check_keys(plan, options, &recipe)?;
    let sums: Vec<(String, String)> = recipe
        .sum
        .iter()
        .map(|(name, of)| match of {
            Summed::Column(column) => (name.clone(), column.clone()),
            Summed::Count => (name.clone(), "count".to_owned()),
        })
        .collect();
    if let Some(span) = recipe.at("sum") {
        check_sums_of(plan, &sums, &recipe.map, Some(span))?;
    }
    let read = read_by(paths, plan, options, several, &recipe);
    let read = match read {
        Err(reports) if !options.without_guess && !options.sheltered => Err(guess::instead(
            paths,
            plan,
            options,
            several,
            &recipe,
            reports,
            |options, recipe| {
                let held = ReadOptions {
                    flow: None,
                    ..options.clone()
                };
                read_by(paths, plan, &held, several, recipe)
            },
        )),
        read => read,
    };
    let read = read.map(|mut part| {
        let plain = recipe.shape == Shape::Plain && recipe.sum.is_empty();
        let looks = plain && !options.without_guess && !options.sheltered && is_file(first);
        if let Some(told) = looks
            .then(|| guess::long_read_plain(first, plan, options, &recipe, &part))
            .flatten()
        {
            part.warn(only(told));
        }
        part
    });
    let read = read.and_then(|part| match one_column(plan, &recipe, &part) {
        Some(slip) => Err(only(slip)),
        None => Ok(part),
    });
    match recipe.span {
        Some(span) => read.map_err(|found| {
            let at = |code: Code| {
                let key = match code.0 {
                    "FW0909" | "FW0910" => "period",
                    "FW0902" if !recipe.map.is_empty() => "map",
                    _ => "",
                };
                recipe.at(key).unwrap_or(span)
            };
            beside_each(found, at, IN_THE_RECIPE)
        }),
        None => read,
    }
}

/// A `map` that reads an indicator from the column of another one, while its own column stands in the file.
fn one_column(plan: &Plan, recipe: &Recipe, part: &BoundFile) -> Option<RecipeSlip> {
    let span = recipe.at("map").filter(|_| recipe.shape == Shape::Plain)?;
    recipe.map.iter().find_map(|(name, column)| {
        let own = plan.inputs.iter().find(|input| input.name == *name)?;
        let own_column = own.column.as_ref().unwrap_or(&own.name);
        let mapped = |name: &String| recipe.map.iter().any(|(known, _)| known == name);
        let other = plan.inputs.iter().find(|input| {
            let read = input.column.as_ref().unwrap_or(&input.name);
            let observed = input.kind.is_indicator();
            observed && input.name != *name && read == column && !mapped(&input.name)
        })?;
        let is_there = own_column != column && part.columns().contains(own_column);
        is_there.then(|| RecipeSlip {
            span,
            what: format!(
                "`{name}` and `{}` would both be read from the column `{column}`",
                other.name
            ),
            help: Some(format!(
                "the file has a column `{own_column}`: take `{name}` out of `map`, or name another column"
            )),
            instead: None,
        })
    })
}

/// Are the keys of the panel those that crosswalks are given for?
fn check_keys(plan: &Plan, options: &ReadOptions<'_>, recipe: &Recipe) -> Result<(), Reports> {
    let crosswalks: Vec<(String, String)> = recipe
        .crosswalks
        .iter()
        .map(|(key, table)| (key.clone(), table.text().to_owned()))
        .collect();
    let typed = &options.recipe.crosswalks;
    let of_recipe = |(key, _): &(String, String)| {
        recipe
            .span
            .filter(|_| !typed.iter().any(|(typed, _)| typed == key))
    };
    let found = check_crosswalks(plan, &recipe.map, &crosswalks, of_recipe);
    let found = found.and_then(|()| {
        let typed = &options.recipe.words;
        let of_recipe =
            |word: &(String, String)| recipe.at("words").filter(|_| !typed.contains(word));
        check_words(plan, &recipe.words, of_recipe)
    });
    let found = found.and_then(|()| words::check(plan, options, recipe));
    match recipe.span {
        Some(span) => found.map_err(|found| beside(found, span, IN_THE_RECIPE)),
        None => found,
    }
}

/// Are there levels or categories of the names that words are said to stand for?
fn check_words(
    plan: &Plan,
    said: &[(String, String)],
    recipe: impl Fn(&(String, String)) -> Option<Span>,
) -> Result<(), Reports> {
    let mut known: Vec<&String> = Vec::new();
    for input in &plan.inputs {
        if let InputKind::Level { names, .. } | InputKind::Category { names } = &input.kind {
            known.extend(names);
        }
    }
    let mut reports = Reports::default();
    let is_none = |name: &String| name != words::UNKNOWN && !known.contains(&name);
    for entry in said.iter().filter(|(name, _)| is_none(name)) {
        let (name, word) = entry;
        let near = suggest(name, known.iter().map(|name| name.as_str()));
        reports.add(WordForNothing {
            name: name.clone(),
            word: word.clone(),
            suggestion: near.map(str::to_owned),
            known: known.iter().map(|name| (*name).clone()).collect(),
            recipe: recipe(entry),
        });
    }
    match reports.is_empty() {
        true => Ok(()),
        false => Err(reports),
    }
}

/// Reads a file by a recipe, and by nothing else that is said of files.
///
/// # Errors
/// What stands in the way of its rows.
pub fn by_recipe(
    path: &Path,
    plan: &Plan,
    options: &ReadOptions<'_>,
    recipe: &Recipe,
) -> Result<BoundFile, Reports> {
    check_map(plan, &recipe.map)?;
    let silent = ReadOptions {
        progress: None,
        without_guess: true,
        flow: None,
        ..options.clone()
    };
    read_by(&[path], plan, &silent, false, recipe)
}

pub(crate) const IN_THE_RECIPE: &str = "the file is read as this recipe says";

/// The same by a recipe that is given.
fn read_by(
    paths: &[&Path],
    plan: &Plan,
    options: &ReadOptions<'_>,
    several: bool,
    recipe: &Recipe,
) -> Result<BoundFile, Reports> {
    let first = paths
        .first()
        .map_or_else(String::new, |path| shown_name(path));
    let bind = options.bind_by(recipe, &first, several);
    let mut opened = None;
    if let [only] = paths
        && recipe.is_plain()
        && recipe.frame == FrameRecipe::default()
    {
        match typed(only, plan, options, recipe, &bind)? {
            Typed::Part(part) => return Ok(*part),
            Typed::Left(file) => opened = Some(*file),
        }
    }
    let flow = options
        .flow
        .filter(|flow| flow.is_open() && paths.len() == 1);
    let own = ReadOptions {
        flow,
        ..options.clone()
    };
    let of_sheets = recipe.sheet.as_deref().is_some_and(workbook::is_pattern);
    let stacked = paths.len() > 1 || of_sheets;
    let mut pipe = Pipe::new(plan, recipe, bind, stacked, &options.withheld);
    let source = paths.first().and_then(|path| options.source(path));
    if source.is_some_and(|source| source.patterns.len() == source.files.len()) {
        pipe.in_given_order();
    }
    for path in paths {
        let file = shown_name(path);
        pipe.begin(&file);
        let read = into_pipe((path, opened.take()), &file, &mut pipe, plan, &own, recipe);
        // Rows did not flow: the file is read as a whole.
        if read.is_err() && flow.is_some_and(|flow| !flow.is_open()) {
            let held = ReadOptions {
                flow: None,
                ..options.clone()
            };
            return read_by(paths, plan, &held, several, recipe);
        }
        read?;
    }
    pipe.part()
}

/// What comes of a file by itself.
enum Typed {
    Part(Box<BoundFile>),
    /// It is left to another reader, from its beginning.
    Left(Box<Opened>),
}

/// Of a file without content, its format is known by what was asked for and by its name alone.
fn nothing_in(path: &Path, file: &str, asked: Option<Format>) -> EmptyFile {
    let of_objects = match asked.or_else(|| Format::of_path(path)) {
        Some(Format::Ndjson | Format::Json) => true,
        Some(Format::Csv | Format::Tsv | Format::Arrow | Format::Parquet | Format::Workbook)
        | None => false,
    };
    EmptyFile {
        of_objects,
        ..EmptyFile::of(file)
    }
}

/// A file whose reader hands rows over on its own: those with typed columns, and lines of objects.
fn typed(
    path: &Path,
    plan: &Plan,
    options: &ReadOptions<'_>,
    recipe: &Recipe,
    bind: &BindOptions,
) -> Result<Typed, Reports> {
    let file = shown_name(path);
    let cannot_read = cannot_read(&file);
    // What cannot be read may be read once more, by another recipe.
    if !is_file(path) {
        options.taken.keep_streams();
    }
    let opened = open(path, &options.taken).map_err(&cannot_read)?;
    if opened.empty {
        return Err(only(nothing_in(path, &file, recipe.format)));
    }
    let format = format_of(path, &file, &opened, recipe.format)?;
    check_parts((path, &file), format, options, recipe, bind.several)?;
    let progress = teller(&opened, options);
    let raw = opened.raw();
    let bind = bind.clone();
    let part = match format {
        Format::Csv | Format::Tsv | Format::Json | Format::Workbook => {
            return Ok(Typed::Left(Box::new(opened)));
        }
        Format::Ndjson => ndjson::read(text(opened, progress), plan, bind),
        Format::Arrow => {
            let kept = opened.into_kept().map_err(&cannot_read)?;
            arrow_file::read(&kept, progress, plan, bind)
        }
        Format::Parquet => {
            let kept = opened.into_kept().map_err(&cannot_read)?;
            let flow = options.flow.filter(|_| recipe.expect.is_empty());
            parquet_file::read(
                &kept,
                progress,
                plan,
                bind,
                (threads(options.threads), flow),
            )
        }
    }?;
    close(path, &raw, &options.taken).map_err(&cannot_read)?;
    Ok(Typed::Part(Box::new(part)))
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|about| about.is_file())
}

fn teller<'a>(opened: &Opened, options: &ReadOptions<'a>) -> Teller<'a> {
    Teller {
        done: opened.done.clone(),
        total: opened.total,
        callback: options.progress,
    }
}

/// Is a part of a workbook asked for only where there is a workbook? What is said of several files may be meant
/// of one of them.
fn check_parts(
    (path, file): (&Path, &str),
    format: Format,
    options: &ReadOptions<'_>,
    recipe: &Recipe,
    several: bool,
) -> Result<(), Reports> {
    let own = options.source(path).map(|source| &source.recipe);
    let by = own.filter(|own| own.part_of_workbook().is_some());
    let by = by.or(Some(recipe).filter(|_| !several));
    match by.and_then(Recipe::part_of_workbook) {
        Some(key) if format != Format::Workbook => Err(only(NoWorkbook {
            file: file.to_owned(),
            key,
            recipe: recipe.span,
        })),
        _ => Ok(()),
    }
}

/// Gives the rows of a file of any format to a pipe; it may be open already, at its beginning.
pub(crate) fn into_pipe(
    (path, opened): (&Path, Option<Opened>),
    file: &str,
    pipe: &mut Pipe<'_>,
    plan: &Plan,
    options: &ReadOptions<'_>,
    recipe: &Recipe,
) -> Result<(), Reports> {
    let cannot_read = cannot_read(file);
    let opened = match opened {
        Some(opened) => opened,
        None => open(path, &options.taken).map_err(&cannot_read)?,
    };
    if opened.empty {
        return Err(only(nothing_in(path, file, recipe.format)));
    }
    let format = format_of(path, file, &opened, recipe.format)?;
    check_parts((path, file), format, options, recipe, pipe.is_of_several())?;
    let progress = teller(&opened, options);
    let raw = opened.raw();
    match format {
        Format::Csv | Format::Tsv => {
            let tab = (format == Format::Tsv).then_some(b'\t');
            let input = Input {
                stream: decoded(opened.into_stream(), file, recipe)?,
                progress,
            };
            let delimiter = recipe.delimiter.or(tab);
            csv::read(
                input,
                pipe,
                file,
                delimiter,
                recipe,
                (threads(options.threads), options.flow),
            )?;
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
            pipe.states(table.units);
            pipe.paged(file, table.pages, table.rows.len());
            let lacks = |at: usize| {
                let mut cells = table.rows.iter().map(|row| row.cells.get(at));
                cells.any(|cell| cell == Some(&Kept::NoColumn))
            };
            let names = table.names.iter().enumerate();
            let sometimes = names.filter(|(at, _)| lacks(*at));
            let sometimes = sometimes.map(|(_, name)| name.as_str());
            let map = pipe.mapped();
            let found = ndjson::near_field(plan, map, sometimes, table.names.iter());
            if let Some(found) = found.filter(|_| !pipe.is_sheltered()) {
                return Err(pipe.fail(found.in_file(file)));
            }
            rows_into(pipe, table.names, table.rows.into_iter())?;
        }
        Format::Workbook => {
            let mut stream = opened.into_stream();
            let (sheet, range) = (recipe.sheet.as_deref(), recipe.range.as_deref());
            let found = workbook::sheets(&mut stream, (file, pipe.is_sheltered()), sheet, range)?;
            let sources = options.other_sources(path);
            let is_read = |name: &String| {
                let mut sheets = sources.iter().filter_map(|one| one.recipe.sheet.as_ref());
                sheets.any(|sheet| sheet == name)
            };
            let mut others = found.others;
            others.retain(|name| !is_read(name));
            if let (Some(first), false) = (found.read.first(), others.is_empty()) {
                pipe.beside(file, &first.name, others);
            }
            pipe.states(found.units);
            for (at, one) in found.read.iter().enumerate() {
                if at > 0 {
                    pipe.begin(file);
                }
                if sheet.is_some_and(workbook::is_pattern) {
                    pipe.of_sheet(file, &one.name);
                }
                // What stands below is read by whoever has it in a range of its own.
                let ranges = sources.iter().filter(|other| {
                    let of = other.recipe.sheet.as_ref();
                    of.is_none_or(|sheet| *sheet == one.name)
                });
                let ranges = ranges.filter_map(|other| other.recipe.range.as_deref());
                let rows: Vec<_> = ranges.filter_map(workbook::rows_of).collect();
                sheet_into(pipe, one, file, &rows).map_err(|found| pipe.with_sheets(found))?;
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
                    _ => parquet_file::read(&kept, progress, plan, bind, (1, None)),
                };
                return told.map(|_| ());
            };
            rows_into(pipe, names, rows)?;
        }
    }
    close(path, &raw, &options.taken).map_err(&cannot_read)
}

/// Gives the rows of a sheet to a pipe; other recipes read some of those below.
fn sheet_into(
    pipe: &mut Pipe<'_>,
    sheet: &workbook::Sheet,
    file: &str,
    others: &[RangeInclusive<u64>],
) -> Result<(), Reports> {
    for (number, row) in &sheet.rows {
        pipe.row(*number, row)?;
    }
    pipe.end()?;
    for (number, row) in &sheet.below {
        if !others.iter().any(|rows| rows.contains(number)) {
            pipe.below(*number, row);
        }
    }
    let reads = |row: u64| {
        let upto = sheet.rows.partition_point(|(number, _)| *number <= row);
        let upto = sheet.rows.iter().take(upto).rev();
        pipe.reads_row(upto.map(|(_, row)| row))
    };
    match sheet.told(file, &pipe.read_names(), reads, pipe.is_sheltered()) {
        Some(told) => Err(pipe.fail(told)),
        None => Ok(()),
    }
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

/// Read forwards.
fn text(opened: Opened, progress: Teller<'_>) -> Input<'_> {
    Input {
        stream: opened.into_stream(),
        progress,
    }
}
