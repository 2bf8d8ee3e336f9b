//! `test … from "cases.csv"`: the tables beside the rules.

use super::cells::Places;
use super::reading::{header, read_as};
use super::recipes::{Recipes, by, says_more};
use super::report::told;
use super::sight::read_for;
use super::tested::{NewCell, Ran, TableRan, Tested, Told};
use super::withhold::Shelter;
use crate::args::ReadingArgs;
use crate::words::list;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::package::archive::unpack;
use forewarn_compiler::source::Files;
use forewarn_compiler::testing::{FileTest, Tests};
use forewarn_diagnostics::{Cause, DataPlace, Label, Place, Reports};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::causes::tests::TableOutside;
use forewarn_runtime::testing::{Cases, Coverage, Failure, MISSING_WORDS};
use forewarn_tables::{ReadOptions, read};
use std::path::{Path, PathBuf};

/// Failures of one table that are told one by one.
const MOST: usize = 10;

/// Runs every table that the ruleset names.
pub(super) fn run_tables(
    (tests, files): (&Tests, &dyn Files),
    reading: &ReadingArgs,
    shelter: Shelter<'_>,
    tested: &mut Tested,
    mut coverage: Option<&mut Coverage>,
) {
    if tests.files.is_empty() {
        return;
    }
    let visible = tests.visible.as_ref();
    let cases = Cases::of(visible.map_or(&tests.plan, |(plan, _)| plan));
    for test in &tests.files {
        let place = beside(tested, test, files);
        let path = place.path.clone();
        let header = header(&path);
        let options = read_as(reading, &cases, &header);
        let mut ran = Ran::new(&test.label, test.span);
        let file = place.shown.clone();
        if let Some(root) = leads_out(tested, test, &place) {
            ran.failures.push(outside(test, file, root));
            tested.tests.push(ran);
            continue;
        }
        let root = tested.home.roots.get(&test.span.file);
        let recipes = Recipes::of(reading, root.map(PathBuf::as_path));
        let mut tried: Option<Result<Option<Bound>, Reports>> = None;
        let mut by_recipe = false;
        for way in recipes.ways(Path::new(&place.shown)) {
            let options = by(options.clone(), &path, &way);
            let bound = match visible {
                Some(visible) => read_for(&path, &cases, visible, &options),
                None => read(&path, &cases.plan, &options).map(Some),
            };
            let (is_read, is_recipe) = (bound.is_ok(), way.is_some());
            tried = Some(match (tried, bound) {
                (Some(Err(before)), Err(now)) => Err(says_more(before, now)),
                (_, bound) => bound,
            });
            if is_read {
                by_recipe = is_recipe;
                tested.ways.insert(test.label.clone(), way);
                break;
            }
        }
        match tried.unwrap_or(Ok(None)) {
            Err(reports) => ran.failures = unread(&reports),
            // None of its columns is for this audience.
            Ok(None) => {}
            Ok(Some(bound)) => {
                let outcome = cases.run(&bound, test.tolerance);
                if let Some(coverage) = &mut coverage {
                    let _ = coverage.add_cases(&tests.points, &cases, &bound);
                }
                ran.compared = outcome.compared;
                let own = outcome.failures.iter().filter_map(new_cell);
                let cells: Vec<NewCell> = own.collect();
                if !cells.is_empty() {
                    ran.table = Some(TableRan {
                        path: path.clone(),
                        bytes: std::fs::read(&path).unwrap_or_default(),
                        cells,
                        by_recipe,
                    });
                }
                let ignored = cases.ignored(&header, &bound);
                // Of what a recipe makes of a file, its first line says nothing; other columns of a line may be
                // for another audience.
                let whole = visible.is_none() && !by_recipe;
                let near = match whole {
                    true => cases.near(&header, &ignored),
                    false => Vec::new(),
                };
                let wrong = !outcome.failures.is_empty() || !near.is_empty();
                let places = (whole && wrong)
                    .then(|| Places::of(&path, &file, reading, &cases))
                    .flatten();
                let failures = outcome.failures.iter();
                ran.failures = failures
                    // What differs may follow from the column that is called otherwise.
                    .filter(|failure| near.is_empty() || !matches!(failure, Failure::Case { .. }))
                    .take(MOST)
                    .map(|failure| {
                        let sheltered = shelter.failure(failure.clone());
                        let mut told = told(&sheltered, &test.label, test.span, Some(&file));
                        // Causes may lie in any column of the table.
                        if visible.is_none() {
                            let why = cases.why(&bound, failure);
                            told.diagnostic.notes.extend(why);
                        }
                        if let (
                            Failure::Case {
                                row, column, key, ..
                            },
                            Some(places),
                        ) = (failure, &places)
                            && let Some(place) = places.of_cell(*row, column)
                        {
                            let key = Some(key.clone());
                            told.diagnostic.primary.place = Place::Data(DataPlace { key, ..place });
                        }
                        told
                    })
                    .collect();
                let more = outcome.failures.len().saturating_sub(MOST);
                if more > 0
                    && near.is_empty()
                    && let Some(last) = ran.failures.last_mut()
                {
                    let note = format!("and {more} more in this table");
                    last.diagnostic.notes.push(note);
                }
                if outcome.columns.is_empty() && visible.is_none() {
                    let why = format!("no column of {file} is named as a result");
                    let failure = Failure::Run(why);
                    ran.failures
                        .push(told(&failure, &test.label, test.span, None));
                }
                if !ignored.is_empty() && whole {
                    for (name, near) in &near {
                        let why = format!(
                            "the column `{name}` of {file} is neither given nor expected: did you mean `{near}`?"
                        );
                        let failure = Failure::Run(why);
                        let mut told = told(&failure, &test.label, test.span, None);
                        if let Some(place) = places.as_ref().and_then(|all| all.of_name(name)) {
                            told.diagnostic.primary.place = Place::Data(place);
                            told.diagnostic.secondary.push(Label {
                                place: Place::Source(test.span),
                                text: "read by this test".to_owned(),
                            });
                        }
                        ran.failures.push(told);
                    }
                    let names = ignored.iter();
                    let names = names.filter(|name| near.iter().all(|(known, _)| known != *name));
                    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
                    if !names.is_empty() {
                        tested.notes.push(format!(
                            "{file}: {} neither given nor expected",
                            list(&names, 6)
                        ));
                    }
                }
            }
        }
        tested.tests.push(ran);
    }
    tested.cases = Some(cases);
}

/// Where a table lies.
pub(super) struct Beside {
    pub path: PathBuf,
    /// As people know it.
    shown: String,
    /// Of a table in an archive: the folder that holds its copy, as long as it is needed.
    unpacked: Option<tempfile::TempDir>,
}

/// The file, beside the rule file that names it.
pub(super) fn beside(tested: &Tested, test: &FileTest, files: &dyn Files) -> Beside {
    let rules = tested.sources.get(test.span.file);
    let folder = rules.and_then(|file| Path::new(&file.name).parent());
    let path = folder.unwrap_or(Path::new("")).join(&test.path);
    let shown = path.display().to_string();
    match unpacked(&path, files) {
        Some((unpacked, path)) => Beside {
            path,
            shown,
            unpacked: Some(unpacked),
        },
        None => Beside {
            path,
            shown,
            unpacked: None,
        },
    }
}

/// The package that a table should lie in, where its place is a link that leads out of it.
pub(super) fn leads_out(tested: &Tested, test: &FileTest, place: &Beside) -> Option<PathBuf> {
    if place.unpacked.is_some() {
        return None;
    }
    let root = tested.home.roots.get(&test.span.file)?;
    // What is not there is told by whoever reads it.
    let (real, whole) = (place.path.canonicalize().ok()?, root.canonicalize().ok()?);
    (!real.starts_with(whole)).then(|| root.clone())
}

fn outside(test: &FileTest, file: String, root: PathBuf) -> Told {
    let cause = TableOutside {
        file,
        label: test.label.clone(),
        span: test.span,
        root: root.display().to_string(),
    };
    Told {
        diagnostic: cause.describe(),
        row: String::new(),
        expected: String::new(),
        actual: String::new(),
        cell: None,
    }
}

/// What a table gives with a Plan: each cell that differs, in words; nothing where it cannot be read.
pub(super) fn differing(tested: &Tested, cases: &Cases, test: &FileTest) -> Option<String> {
    let place = beside(tested, test, &DiskFiles);
    if leads_out(tested, test, &place).is_some() {
        return None;
    }
    let options = ReadOptions {
        missing: MISSING_WORDS.map(str::to_owned).to_vec(),
        map: cases.mapped(&header(&place.path)),
        ..ReadOptions::default()
    };
    let way = tested.ways.get(&test.label).cloned().unwrap_or_default();
    let options = by(options, &place.path, &way);
    let bound = read(&place.path, &cases.plan, &options).ok()?;
    let outcome = cases.run(&bound, test.tolerance);
    let cells = outcome.failures.iter().map(|failure| match failure {
        Failure::Case {
            column,
            key,
            actual,
            ..
        } => format!("{key} {column} {actual}\n"),
        Failure::Expectation { .. } | Failure::Engines(_) | Failure::Run(_) => {
            "cannot\n".to_owned()
        }
    });
    Some(cells.collect())
}

/// A copy of a file that lies in an archive, if it does.
fn unpacked(path: &Path, files: &dyn Files) -> Option<(tempfile::TempDir, PathBuf)> {
    let mut above = path.ancestors().skip(1);
    let archive = above.find(|above| files.is_file(above))?;
    let name = path.strip_prefix(archive).ok()?;
    let contents = unpack(&files.read(archive).ok()?).ok()?;
    let bytes = contents.get(&name.display().to_string().replace('\\', "/"))?;
    let folder = tempfile::tempdir().ok()?;
    let copy = folder.path().join(name.file_name()?);
    std::fs::write(&copy, bytes).ok()?;
    Some((folder, copy))
}

/// What stands in the way of reading the table.
fn unread(reports: &Reports) -> Vec<Told> {
    let failure = |cause: &dyn Cause| Told {
        diagnostic: cause.describe(),
        row: String::new(),
        expected: String::new(),
        actual: String::new(),
        cell: None,
    };
    reports.iter().map(failure).collect()
}

fn new_cell(failure: &Failure) -> Option<NewCell> {
    match failure {
        Failure::Case {
            column, row, cell, ..
        } => Some(NewCell {
            column: column.clone(),
            row: *row,
            text: cell.clone(),
        }),
        _ => None,
    }
}
