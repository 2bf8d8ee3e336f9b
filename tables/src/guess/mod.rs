//! How a file seems to be written.
//!
//! In: the rows at both ends of a file, and the rules that are to read it, where there are any. Out: a
//! recipe with what shows it, and what only people can say. Nothing is read by it unasked: it is offered,
//! in place of a message for every cell, where reading failed and the recipe has been tried.

mod across;
mod cells;
mod encoding;
mod events;
mod found;
mod frame;
mod headings;
mod in_file_name;
mod in_names;
mod keys;
mod names;
mod objects;
mod said;
mod shape;
mod sums;
mod within;
mod written;

use crate::content::{decoded, format_of, shown_name};
use crate::csv::{self, Sampled};
use crate::format::Format;
use crate::open::open;
use crate::options::ReadOptions;
use crate::progress::only;
use crate::recipe::{Filter, Recipe, recipe_lines};
use crate::workbook;
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_plan::{InputKind, Plan};
use forewarn_runtime::bind::BoundFile;
use forewarn_runtime::bind::key_names;
use forewarn_runtime::bind::usual::plain;
use forewarn_runtime::causes::data::{
    HeaderAgain, LongReadPlain, ShapeSeen, Tried, filter_name, filter_text,
};
use forewarn_runtime::testing::MISSING_WORDS;
use found::text;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use within::{MOST, found_in};

pub use found::Guess;

/// Looks at a file; `None` where its columns have types of their own, or it cannot be taken apart at all.
#[must_use]
pub fn guess(path: &Path, plan: Option<&Plan>, options: &ReadOptions<'_>) -> Option<Guess> {
    let said = options.recipe_of(path);
    let Some(encoding) = encoding::of(path, options, &said) else {
        return of_file(path, plan, options, &said, false)
            .or_else(|| objects::of_file(path, plan, options, &said));
    };
    // What it is written in shows in its letters alone, which people know.
    let known = Recipe {
        encoding: Some(encoding.0),
        ..said
    };
    let mut guess = of_file(path, plan, options, &known, false)?;
    guess.see(
        format!("it is written in {}", encoding.0.name().to_lowercase()),
        None,
        "its letters",
    );
    guess.asked.extend(encoding.1);
    Some(guess)
}

fn of_file(
    path: &Path,
    plan: Option<&Plan>,
    options: &ReadOptions<'_>,
    said: &Recipe,
    several: bool,
) -> Option<Guess> {
    let file = shown_name(path);
    let opened = open(path, &options.taken).ok()?;
    let format = format_of(path, &file, &opened, said.format).ok()?;
    let mut guess = Guess {
        recipe: said.clone(),
        file: file.rsplit(['/', '\\']).next().unwrap_or(&file).to_owned(),
        ..Guess::default()
    };
    let sampled = match format {
        Format::Csv | Format::Tsv => {
            let stream = decoded(opened.into_stream(), &file, said).ok()?;
            let tab = (format == Format::Tsv).then_some(b'\t');
            let mut bytes = Vec::new();
            let mut stream = stream;
            stream.read_to_end(&mut bytes).ok()?;
            let usual = said
                .delimiter
                .or(tab)
                .unwrap_or_else(|| csv::header_delimiter(&bytes, &said.frame));
            let likely = frame::delimiter(&bytes);
            let skip = said.frame.skip;
            let wrong = said
                .delimiter
                .zip(likely)
                .filter(|(said, likely)| said != likely && !in_header(&bytes, *said, skip));
            if let Some((asked, likely)) = wrong {
                guess.recipe.delimiter = Some(likely);
                guess.see(
                    format!(
                        "its cells are set apart by {}, and not by {}",
                        frame::sign(likely),
                        frame::sign(asked)
                    ),
                    Some(skip as u64 + 1),
                    "the header",
                );
            }
            let delimiter = match (wrong, said.delimiter.or(tab)) {
                (Some((_, likely)), _) => likely,
                (None, Some(said)) => said,
                (None, None) => likely.unwrap_or(usual),
            };
            let again: Box<dyn std::io::Read> = Box::new(std::io::Cursor::new(bytes));
            let sampled = csv::sample(again, Some(delimiter), said, MOST)?;
            (sampled, Some(usual).filter(|usual| *usual != delimiter))
        }
        Format::Workbook => {
            let (sheet, range) = (said.sheet.as_deref(), said.range.as_deref());
            // Where none is named, the table may stand in another than the first.
            let asked = sheet.or(plan.map(|_| "*"));
            let mut stream = opened.into_stream();
            let mut sheets = workbook::sheets(&mut stream, (&file, true), asked, range)
                .ok()?
                .read;
            guess.sheets = sheets.iter().map(|sheet| sheet.name.clone()).collect();
            let chosen = match sheet {
                None => likeliest(&sheets, plan),
                Some(_) => 0,
            };
            let sheet = sheets.swap_remove(chosen);
            if chosen > 0 {
                guess.recipe.sheet = Some(sheet.name.clone());
                guess.see(
                    format!("the table stands in its sheet `{}`", sheet.name),
                    None,
                    format!("the sheet `{}`", sheet.name),
                );
            } else if said.sheet.is_none() && !sheets.is_empty() {
                guess.others = sheets.into_iter().map(|other| other.name).collect();
            }
            let mut sampled = Sampled::default();
            for (at, row) in sheet.rows.into_iter().enumerate() {
                if at < MOST {
                    sampled.first.push(row);
                } else {
                    sampled.last.push_back(row);
                    if sampled.last.len() > 40 {
                        sampled.last.pop_front();
                    }
                }
            }
            (sampled, None)
        }
        Format::Ndjson | Format::Json | Format::Arrow | Format::Parquet => return None,
    };
    let (sampled, other_delimiter) = sampled;
    let mut framed = frame::framed(&sampled, said, plan, &mut guess)?;
    if other_delimiter.is_some() && said.delimiter.is_none() {
        // A header that shows its own delimiter needs no word.
        let own = csv::header_delimiter(&sampled.first_bytes, &guess.recipe.frame);
        if own != sampled.delimiter {
            guess.recipe.delimiter = Some(sampled.delimiter);
            guess.see(
                format!(
                    "its cells are set apart by {}",
                    frame::sign(sampled.delimiter)
                ),
                framed.header_row,
                "the header",
            );
        }
    }
    let names = framed.names.clone();
    let is_header = |row: &crate::grid::KeptRow| {
        let same = |(column, name): (usize, &String)| text(row, column) == *name;
        let filled = names.iter().any(|name| !name.is_empty());
        filled && names.iter().enumerate().all(same)
    };
    guess.again = framed
        .body
        .iter()
        .find_map(|(number, row)| is_header(row).then_some(*number));
    guess.tables = guess.again.and_then(|row| tables(&framed, row));
    if let (Some(row), Some([(from, to), (next, last)])) = (guess.again, guess.tables) {
        let below = |number: u64| number > to;
        framed.body.retain(|(number, _)| !below(*number));
        framed.ends.retain(|(number, _)| !below(*number));
        guess.see("another table stands below", Some(row), "its header");
        let how = match format {
            Format::Workbook => "each is read by a recipe of its own, with its cells as `range`",
            Format::Csv
            | Format::Tsv
            | Format::Ndjson
            | Format::Json
            | Format::Arrow
            | Format::Parquet => "give each a file of its own",
        };
        guess.asked.push(format!(
            "two tables stand in rows {from} to {to} and {next} to {last}: {how}"
        ));
    } else if let (Some(row), None, Some(name)) = (
        guess.again,
        &said.rows,
        names.iter().find(|name| !name.is_empty()),
    ) {
        framed.body.retain(|(_, row)| !is_header(row));
        framed.ends.retain(|(_, row)| !is_header(row));
        guess.recipe.rows = Filter::new(&header_left_out(name)).ok();
        guess.see("its header stands in it again", Some(row), "no row of data");
    }
    found_in(&framed, plan, &mut guess, several);
    Some(guess)
}

/// The condition that leaves out rows that are the header again.
fn header_left_out(name: &str) -> String {
    format!("{} != {}", filter_name(name), filter_text(name))
}

/// Where the header that stands again is that of another table: nothing, or a title, stands between both.
fn tables(framed: &found::Framed, again: u64) -> Option<[(u64, u64); 2]> {
    let filled = |row: &crate::grid::KeptRow| {
        let cells = (0..framed.names.len()).filter(|column| !text(row, *column).is_empty());
        cells.count()
    };
    let mut before = framed.body.iter().filter(|(number, _)| *number < again);
    let (before, _) = before.rfind(|(_, row)| filled(row) > 1)?;
    let (last, _) = framed.body.iter().rfind(|(_, row)| filled(row) > 1)?;
    let first = framed.header_row?;
    (before + 1 < again && again < *last).then_some([(first, *before), (again, *last)])
}

/// Does a sign stand in the line of the header?
fn in_header(bytes: &[u8], sign: u8, skip: usize) -> bool {
    let header = bytes.split(|byte| *byte == b'\n').nth(skip);
    header.is_some_and(|line| line.contains(&sign))
}

/// The sheet that has most of the columns that the rules read, the first of those that have as many.
fn likeliest(sheets: &[workbook::Sheet], plan: Option<&Plan>) -> usize {
    /// The header stands among so many rows.
    const LOOKED_AT: usize = 60;
    let Some(plan) = plan else {
        return 0;
    };
    let keys = key_names(plan, &[]);
    let mut wanted: BTreeSet<String> = keys.all().map(|name| plain(name)).collect();
    for input in &plan.inputs {
        let names = [Some(&input.name), Some(&input.label), input.column.as_ref()];
        wanted.extend(names.into_iter().flatten().map(|name| plain(name)));
    }
    wanted.remove("");
    let found = |sheet: &workbook::Sheet| {
        let rows = sheet.rows.iter().take(LOOKED_AT);
        let cells = rows.flat_map(|(_, row)| (0..row.cells.len()).map(|column| text(row, column)));
        let cells: BTreeSet<String> = cells.map(|text| plain(&text)).collect();
        cells.intersection(&wanted).count()
    };
    let best = sheets
        .iter()
        .enumerate()
        .map(|(at, sheet)| (found(sheet), !sheet.hidden, at));
    best.max_by_key(|(found, seen, at)| (*found, *seen, usize::MAX - at))
        .map_or(0, |(.., at)| at)
}

/// What stands in the way of a file, in one message where the file is only written in another way than it
/// is read: the recipe that is offered has read it.
pub(crate) fn instead(
    paths: &[&Path],
    plan: &Plan,
    options: &ReadOptions<'_>,
    several: bool,
    recipe: &Recipe,
    reports: Reports,
    read_by: impl Fn(&ReadOptions<'_>, &Recipe) -> Result<BoundFile, Reports>,
) -> Reports {
    const NOT_ABOUT_SHAPE: [&str; 14] = [
        "FW0901", "FW0913", "FW0916", "FW0918", "FW0941", "FW0942", "FW0944", "FW0945", "FW0948",
        "FW0961", "FW0963", "FW0972", "FW0986", "FW0997",
    ];
    let about_shape = reports
        .iter()
        .all(|cause| !NOT_ABOUT_SHAPE.contains(&cause.code().0));
    let [path] = paths else {
        return reports;
    };
    if !about_shape {
        return reports;
    }
    let found = of_file(path, Some(plan), options, recipe, several);
    let found = found.filter(|found| !found.seen.is_empty() || found.again.is_some());
    let Some(found) = found.or_else(|| skipped_header(path, plan, options, recipe, several)) else {
        return reports;
    };
    // Where such rows are left out, it is something else that stands in the way.
    let left_out = recipe.rows.as_ref().is_some_and(|rows| {
        let mut names = found.columns.iter().map(|(name, _)| name);
        names.any(|name| !name.is_empty() && rows.text().contains(&header_left_out(name)))
    });
    if left_out && found.tables.is_none() {
        return reports;
    }
    if let Some(row) = found.again {
        let mut columns = found.columns.iter().map(|(name, _)| name);
        return only(HeaderAgain {
            column: columns
                .find(|name| !name.is_empty())
                .cloned()
                .unwrap_or_default(),
            place: DataPlace {
                file: shown_name(path),
                row: Some(row),
                ..DataPlace::default()
            },
            tables: found.tables,
            workbook: !found.sheets.is_empty(),
        });
    }
    let row = found.row.filter(|row| *row > 0);
    if found.seen.is_empty() || found.recipe == *recipe {
        return reports;
    }
    let silent = ReadOptions {
        progress: None,
        without_guess: true,
        ..options.clone()
    };
    let rest = match read_by(&silent, &found.recipe) {
        // Keys alone are nothing to read a file for.
        Ok(part) if found.asked.is_empty() && reads_nothing(plan, &part) => return reports,
        Ok(_) => None,
        Err(rest) => Some(rest),
    };
    let shape_is_plain = found.recipe.shape == recipe.shape && found.recipe.frame == recipe.frame;
    // What is wrong with single cells is told beside what reads all others.
    let of_cells = |reports: &Reports| {
        let mut all = reports.iter();
        all.all(|cause| OF_CELLS.contains(&cause.code().0))
    };
    let tried = match &rest {
        None if found.asked.is_empty() => Tried::Reads,
        None => Tried::OnceSaid,
        Some(rest) if of_cells(rest) && !of_cells(&reports) => Tried::ButForCells,
        Some(_) if found.asked.is_empty() || shape_is_plain => return reports,
        Some(_) => Tried::OnceSaid,
    };
    let added = lines_added(recipe, &found.recipe);
    let mut told = only(ShapeSeen {
        place: DataPlace {
            file: shown_name(path),
            row,
            ..DataPlace::default()
        },
        label: found.label,
        seen: found.seen,
        lines: {
            let mut whole = found.recipe.clone();
            let file = if options.of_tests {
                whole
                    .missing
                    .retain(|word| !MISSING_WORDS.contains(&word.as_str()));
                // Data are not to be read from it.
                "files = []".to_owned()
            } else {
                format!("files = \"{}\"", seen_from(&options.beside, path))
            };
            let whole = recipe_lines(&whole).into_iter().map(|line| line.toml);
            std::iter::once(file).chain(whole).collect()
        },
        options: {
            let options: Vec<String> = added.iter().map(|line| line.options.clone()).collect();
            options.join(" ")
        },
        asked: found.asked,
        recipe: recipe.span,
        tried,
        of_tests: options.of_tests,
    });
    if tried == Tried::ButForCells {
        rest.into_iter().for_each(|rest| told.append(rest));
    }
    told
}

/// Is no column of a file read but its keys?
fn reads_nothing(plan: &Plan, part: &BoundFile) -> bool {
    let summary = part.summary();
    let inputs = plan.inputs.iter().zip(&summary.inputs);
    let mut values = inputs.filter(|(info, _)| info.kind.has_column()).peekable();
    values.peek().is_some() && values.all(|(_, input)| input.column.is_none())
}

/// The file as it is where the recipe skips its header, and lines of data with it.
fn skipped_header(
    path: &Path,
    plan: &Plan,
    options: &ReadOptions<'_>,
    recipe: &Recipe,
    several: bool,
) -> Option<Guess> {
    if recipe.frame.skip == 0 || !recipe.frame.header.is_empty() {
        return None;
    }
    let mut whole = recipe.clone();
    whole.frame.skip = 0;
    let mut found = of_file(path, Some(plan), options, &whole, several)?;
    let skip = found.recipe.frame.skip;
    (0 < skip && skip < recipe.frame.skip).then(|| {
        if let Some(first) = found
            .seen
            .iter_mut()
            .find(|seen| seen.contains("before its header"))
        {
            first.push_str(&format!(", and not {}", recipe.frame.skip));
        }
        found
    })
}

/// A table with one value in each row that was read as if each row were of the same indicator: nothing else would
/// tell that where every key has one row.
pub(crate) fn long_read_plain(
    path: &Path,
    plan: &Plan,
    options: &ReadOptions<'_>,
    recipe: &Recipe,
    part: &BoundFile,
) -> Option<LongReadPlain> {
    const WORDS: [&str; 9] = [
        "indicator",
        "indicateur",
        "indicador",
        "indikator",
        "series",
        "variable",
        "measure",
        "metric",
        "item",
    ];
    let is_read = |name: &String| {
        let mut inputs = part.inputs().iter();
        part.key_columns().contains(name) || inputs.any(|input| input.column.as_ref() == Some(name))
    };
    let seems = |name: &&String| {
        let plain = plain(name);
        WORDS.iter().any(|word| plain.contains(word)) && !is_read(name)
    };
    let chosen = recipe.rows.iter().flat_map(Filter::columns);
    let chosen: Vec<String> = chosen.collect();
    let columns: Vec<&String> = part
        .columns()
        .iter()
        .filter(seems)
        .filter(|name| !chosen.contains(name))
        .collect();
    let numbers = plan.inputs.iter().zip(part.inputs());
    let numbers = numbers.filter(|(info, _)| info.kind == InputKind::Number);
    let read: Vec<(&String, &String)> = numbers
        .filter_map(|(info, input)| Some((&info.name, input.column.as_ref()?)))
        .collect();
    let ([(name, value)], false) = (read.as_slice(), columns.is_empty()) else {
        return None;
    };
    let found = of_file(path, Some(plan), options, recipe, false)?;
    let mut naming = found.naming.into_iter();
    let (column, codes) = naming.find(|(column, _)| columns.contains(&column))?;
    Some(LongReadPlain {
        file: shown_name(path),
        column,
        codes,
        name: (*name).clone(),
        value: (*value).clone(),
        recipe: recipe.span,
    })
}

/// A path as a recipe of that folder has it.
fn seen_from(folder: &Path, path: &Path) -> String {
    if folder.as_os_str().is_empty() || path.is_absolute() {
        return shown_name(path);
    }
    let (Ok(folder), Ok(full)) = (folder.canonicalize(), path.canonicalize()) else {
        return shown_name(path);
    };
    let shared = folder.components().zip(full.components());
    let shared = shared.take_while(|(one, other)| one == other).count();
    let up = folder.components().count() - shared;
    let mut seen: PathBuf = std::iter::repeat_n("..", up).collect();
    seen.extend(full.components().skip(shared));
    seen.to_string_lossy().replace('\\', "/")
}

/// What can be wrong with a single cell.
const OF_CELLS: [&str; 8] = [
    "FW0903", "FW0905", "FW0906", "FW0908", "FW0909", "FW0910", "FW0919", "FW0960",
];

/// The lines of a recipe that another does not have.
fn lines_added(said: &Recipe, found: &Recipe) -> Vec<crate::recipe::RecipeLine> {
    // What is said of several things is told for the new ones alone.
    let mut new = found.clone();
    new.map.retain(|entry| !said.map.contains(entry));
    new.missing.retain(|word| !said.missing.contains(word));
    new.yes.retain(|word| !said.yes.contains(word));
    new.no.retain(|word| !said.no.contains(word));
    new.keys.retain(|step| !said.keys.contains(step));
    new.except.retain(|name| !said.except.contains(name));
    let known = recipe_lines(said);
    let mut lines = recipe_lines(&new);
    lines.retain(|line| !known.contains(line));
    lines
}
