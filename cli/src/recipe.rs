//! `[[data]]` of a package: which files a command reads, and how.
//!
//! In: the options of a command, and the folder of a ruleset. Out: the recipes and, where no files were given,
//! which files these are.

use crate::args::{DataArgs, ReadingArgs};
use crate::failure::Failure;
use crate::recipe_args::RecipeFile;
use crate::render::Findings;
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::source::{SourceMap, Span};
use forewarn_diagnostics::suggest::suggest;
use forewarn_runtime::causes::data::NoFiles;
use forewarn_tables::put_files_in_order;
use forewarn_tables::recipe::{Recipe, Source, read_toml};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why no data are read by a recipe.
pub enum Unusable {
    Failure(Failure),
    Findings(Findings),
}

/// What is wrong with the recipes of a ruleset, whatever files there are. `told`: something of the file that they
/// stand in has been told.
#[must_use]
pub fn slips(rules: &Path, told: bool) -> Option<(Reports, SourceMap)> {
    let path = file_of(rules)?;
    let text = std::fs::read_to_string(&path).ok()?;
    let mut sources = SourceMap::default();
    let id = sources.add(shown(&path), text.clone());
    let mut reports = Reports::default();
    let all = read_toml(&text, id, crate::outputs::folder_of(&path), &mut reports);
    let unread = told && all.is_empty();
    (!reports.is_empty() && !unread).then_some((reports, sources))
}

/// Takes the recipes of a ruleset where no files are given, or those of `--recipe`.
///
/// # Errors
/// There are none, or something is wrong with them.
pub fn given(data: &mut DataArgs, rules: &Path) -> Result<(), Unusable> {
    if rules.is_file() && forewarn_tables::Format::of_path(rules).is_some() {
        return Err(Unusable::Failure(
            Failure::new(format!("{} is a data file and no ruleset", shown(rules))).help(
                "name the ruleset first, a rule file or its folder, and data with `--data FILE`",
            ),
        ));
    }
    let asked = data.reading.recipes_from.clone();
    data.reading.beside = folder_of_rules(rules).to_owned();
    let stacks = stacked(&mut data.data);
    if let Some(folder) = data.data.iter().find(|path| path.is_dir()) {
        return Err(Unusable::Failure(
            Failure::new(format!("there are no files in {}", shown(folder)))
                .help("put the data files there, or name another folder"),
        ));
    }
    if !data.data.is_empty() && asked.is_none() {
        let mut sources = (*data.reading.sources).clone();
        sources.extend(stacks);
        data.reading.sources = Arc::new(sources);
        return Ok(());
    }
    let file = match &asked {
        Some(path) => Some(path.clone()),
        None => file_of(rules),
    };
    let Some(path) = file else {
        return Err(Unusable::Failure(
            Failure::new("there are no data to read").help(
                "give a file, `--data FILE`, or write down in `forewarn.toml` which files are read: \
                 `forewarn data --guess FILE` begins such a recipe; where there is no file yet, \
                 `forewarn data --template FILE` writes an empty table with the columns that the rules read",
            ),
        ));
    };
    let text = std::fs::read_to_string(&path)
        .map_err(|error| Unusable::Failure(Failure::file("cannot read", &path, &error)))?;
    let mut sources = SourceMap::default();
    let id = sources.add(shown(&path), text.clone());
    let folder = crate::outputs::folder_of(&path).to_owned();
    let mut reports = Reports::default();
    let mut all = read_toml(&text, id, &folder, &mut reports);
    let files = std::mem::take(&mut data.data);
    let only = all.len() == 1;
    for source in &mut all {
        source.files = if files.is_empty() {
            found(
                &source.patterns,
                &folder,
                source.recipe.at("files"),
                &mut reports,
            )
        } else {
            let fits = |file: &&PathBuf| {
                only || source
                    .patterns
                    .iter()
                    .any(|pattern| is_of(file, pattern, &folder))
            };
            files.iter().filter(fits).cloned().collect()
        };
    }
    if all.is_empty() && reports.is_empty() {
        return Err(Unusable::Failure(
            Failure::new(format!("{} has no recipe", shown(&path)))
                .help("write `[[data]]` and which files are read; `forewarn data --guess FILE` begins one"),
        ));
    }
    if !reports.is_empty() {
        let mut findings = Findings::default();
        findings.add_reports(&reports, &Arc::new(sources));
        return Err(Unusable::Findings(findings));
    }
    data.data = if files.is_empty() {
        let mut files: Vec<PathBuf> = Vec::new();
        for file in all.iter().flat_map(|source| &source.files) {
            if !files.contains(file) {
                files.push(file.clone());
            }
        }
        files
    } else {
        files
    };
    if data.data.is_empty() {
        return Err(Unusable::Failure(
            Failure::new(format!("no recipe of {} names files", shown(&path))).help(
                "write down behind `files` which are read, or give them: `--data FILE`; with `files = []` a \
                 recipe is for tables of tests alone",
            ),
        ));
    }
    data.reading.sources = Arc::new(all);
    data.reading.recipes = Some(RecipeFile {
        path,
        text,
        apart: false,
    });
    Ok(())
}

/// Puts the files in the place of folders and patterns, which mean here what they mean in `files` of a recipe:
/// the files of one stack. What names nothing stays, and is told where it is read.
fn stacked(data: &mut Vec<PathBuf>) -> Vec<Source> {
    let mut stacks = Vec::new();
    let mut files: Vec<PathBuf> = Vec::new();
    for path in std::mem::take(data) {
        let text = path.to_string_lossy().into_owned();
        let is_pattern = text.contains(['*', '?', '[']) && !path.exists();
        let some = match path.is_dir() || is_pattern {
            true => found(
                std::slice::from_ref(&text),
                Path::new(""),
                None,
                &mut Reports::default(),
            ),
            false => Vec::new(),
        };
        if some.is_empty() {
            files.push(path);
            continue;
        }
        files.extend(some.iter().cloned());
        if some.len() > 1 {
            stacks.push(Source {
                recipe: Recipe::default(),
                patterns: vec![text],
                files: some,
            });
        }
    }
    *data = files;
    stacks
}

/// Takes the recipes of `--recipe`, where a command reads data only when it is asked to.
///
/// # Errors
/// Something is wrong with them.
pub fn named(data: &mut DataArgs, rules: &Path) -> Result<(), Unusable> {
    match (&data.reading.recipes_from, data.data.as_slice()) {
        (None, []) => Ok(()),
        (Some(_), _) | (None, _) => given(data, rules),
    }
}

/// The folder that a ruleset lies in.
#[must_use]
pub fn folder_of_rules(rules: &Path) -> &Path {
    if rules.is_dir() {
        rules
    } else {
        crate::outputs::folder_of(rules)
    }
}

/// The file of a ruleset that has recipes.
#[must_use]
pub fn file_of(rules: &Path) -> Option<PathBuf> {
    let folder = folder_of_rules(rules);
    let has_recipes = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.lines().any(|line| {
            line.trim_start().starts_with("[[data]]") || line.trim_start().starts_with("[data]")
        })
    };
    ["data.toml", "forewarn.toml"]
        .into_iter()
        .map(|name| folder.join(name))
        .find(has_recipes)
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn joined(folder: &Path, pattern: &str) -> PathBuf {
    if folder.as_os_str().is_empty() || folder == Path::new(".") {
        PathBuf::from(pattern)
    } else {
        folder.join(pattern)
    }
}

/// The files of patterns, each pattern's in the order of the periods and numbers in their names.
fn found(
    patterns: &[String],
    folder: &Path,
    span: Option<Span>,
    reports: &mut Reports,
) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for pattern in patterns {
        let mut path = joined(folder, pattern);
        if path.is_dir() {
            path = path.join("*");
        }
        let some = glob::glob(&path.to_string_lossy()).ok();
        let mut some: Vec<PathBuf> = some
            .into_iter()
            .flatten()
            .filter_map(Result::ok)
            .filter(|path| path.is_file() && !is_hidden(path))
            .collect();
        put_files_in_order(&mut some);
        if some.is_empty() {
            reports.add(NoFiles {
                span,
                pattern: pattern.clone(),
                near: near(folder, pattern),
                folder: match shown(folder).as_str() {
                    "" => ".".to_owned(),
                    folder => folder.to_owned(),
                },
            });
        }
        files.extend(
            some.into_iter()
                .filter(|path| !files.contains(path))
                .collect::<Vec<_>>(),
        );
    }
    files
}

/// The pattern with the folder, or the file, that stands there under a name that looks like it.
fn near(folder: &Path, pattern: &str) -> Option<String> {
    let mut parts: Vec<String> = pattern.split('/').map(str::to_owned).collect();
    let mut here = if folder.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        folder.to_path_buf()
    };
    for at in 0..parts.len() {
        let part = parts.get(at)?.clone();
        if matches!(part.as_str(), "" | "." | "..") || here.join(&part).exists() {
            here.push(&part);
            continue;
        }
        // What a pattern fits is not looked for further down.
        if part.contains(['*', '?', '[']) {
            break;
        }
        let names: Vec<String> = std::fs::read_dir(&here)
            .ok()?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        let found = suggest(&part, names.iter().map(String::as_str))?.to_owned();
        here.push(&found);
        *parts.get_mut(at)? = found;
    }
    let meant = parts.join("/");
    (meant != pattern).then_some(meant)
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Spreadsheet programs leave such files behind while a workbook is open.
    name.starts_with('.') || name.starts_with("~$")
}

/// Is a file among those of a recipe that lies in a folder?
#[must_use]
pub fn names(source: &Source, file: &Path, folder: &Path) -> bool {
    let mut patterns = source.patterns.iter();
    let plain = |path: &Path| {
        path.strip_prefix(".")
            .map_or_else(|_| path.to_owned(), Path::to_owned)
    };
    patterns.any(|pattern| is_of(&plain(file), pattern, &plain(folder)))
}

fn is_of(file: &Path, pattern: &str, folder: &Path) -> bool {
    let path = joined(folder, pattern);
    let fits =
        glob::Pattern::new(&path.to_string_lossy()).is_ok_and(|pattern| pattern.matches_path(file));
    fits || path.is_dir() && file.starts_with(&path)
}

/// Makes recipes point to their file among those that messages know.
pub fn place(reading: &mut ReadingArgs, sources: &mut SourceMap) {
    let Some(recipes) = &mut reading.recipes else {
        return;
    };
    let name = shown(&recipes.path);
    let plain = |name: &str| name.trim_start_matches("./").to_owned();
    let known = sources
        .iter()
        .find(|(_, file)| plain(&file.name) == plain(&name))
        .map(|(id, _)| id);
    recipes.apart = known.is_none();
    let id = known.unwrap_or_else(|| sources.add(name, recipes.text.clone()));
    let folder = crate::outputs::folder_of(&recipes.path).to_owned();
    let placed = read_toml(&recipes.text, id, &folder, &mut Reports::default());
    let mut all = (*reading.sources).clone();
    for (source, placed) in all.iter_mut().zip(placed) {
        source.recipe = placed.recipe;
    }
    reading.sources = Arc::new(all);
}

/// Recipes as a manifest keeps them, read back.
///
/// # Errors
/// The manifest was changed by hand.
pub fn of_lines(lines: &str, folder: &Path) -> Result<Recipe, Failure> {
    let text = format!("[[data]]\nfiles = []\n{lines}\n");
    let mut sources = SourceMap::default();
    let id = sources.add("recipe", text.clone());
    let mut reports = Reports::default();
    let found: Vec<Source> = read_toml(&text, id, folder, &mut reports);
    let recipe = found.into_iter().next().map(|source| source.recipe);
    let recipe = recipe.filter(|_| reports.is_empty()).ok_or_else(|| {
        Failure::new("the manifest has a recipe that cannot be read")
            .help("leave the file as the run wrote it")
    })?;
    Ok(Recipe {
        span: None,
        ..recipe
    })
}

/// A recipe as a manifest keeps it.
#[must_use]
pub fn lines_of(recipe: &Recipe) -> String {
    let lines = forewarn_tables::recipe::recipe_lines(recipe);
    lines
        .iter()
        .map(|line| line.toml.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}
