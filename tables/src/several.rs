//! Several files, and several parts of one: which of them are read together, and the panel that all of them make.

use crate::content::shown_name;
use crate::format::Format;
use crate::header::has_any_by;
use crate::options::ReadOptions;
use crate::progress::only;
use crate::read::{IN_THE_RECIPE, part};
use forewarn_diagnostics::beside::beside_some;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::{Code, Place, Reports};
use forewarn_plan::Plan;
use forewarn_runtime::bind::{Bound, BoundFile, check_map, indicator_columns, join_with};
use forewarn_runtime::causes::data::NoWorkbook;
use std::path::{Path, PathBuf};

/// Reads several data files into one panel, joined on its keys; those of one recipe are stacked.
///
/// # Errors
/// What stands in the way of any of them, and of their joining (`FW0924` to `FW0931`).
pub fn read_all(
    paths: &[impl AsRef<Path>],
    plan: &Plan,
    options: &ReadOptions<'_>,
) -> Result<Bound, Reports> {
    let groups = groups(paths, plan, options);
    let files: Vec<&Path> = groups.iter().flat_map(Group::paths).collect();
    if let ([only], false) = (groups.as_slice(), options.of_several) {
        let parts = vec![only.part(plan, options, false)?];
        return by_recipes(
            join_with(plan, parts, None, &options.earlier),
            &groups,
            options,
        );
    }
    check_map(plan, &options.map)?;
    let is_other =
        |path: &&Path| Format::of_path(path).is_some_and(|format| format != Format::Workbook);
    if let (Some(key), Some(first)) = (options.recipe.part_of_workbook(), files.first())
        && files.iter().all(is_other)
    {
        return Err(only(NoWorkbook {
            file: shown_name(first),
            key,
            recipe: None,
        }));
    }
    let mut parts = Vec::with_capacity(groups.len());
    let mut problems = Reports::default();
    for group in &groups {
        match group.part(plan, options, true) {
            Ok(part) => parts.push(part),
            Err(found) => problems.append(found),
        }
    }
    if problems.is_empty() {
        let joined = join_with(plan, parts, options.rows.as_ref(), &options.earlier);
        by_recipes(joined, &groups, options)
    } else {
        Err(problems)
    }
}

/// What is told of files together, and offers a line of a recipe, with the recipe that it belongs to.
fn by_recipes(
    joined: Result<Bound, Reports>,
    groups: &[Group<'_>],
    options: &ReadOptions<'_>,
) -> Result<Bound, Reports> {
    const OFFERING: [&str; 8] = [
        "FW0928", "FW0932", "FW0934", "FW0935", "FW0936", "FW0937", "FW0952", "FW0995",
    ];
    let recipes = groups.iter().flat_map(|group| {
        let own = group.options(options);
        let spans = group.paths().map(move |path| {
            let span = own.recipe_of(path).span?;
            Some((shown_name(path), span))
        });
        spans.collect::<Vec<_>>()
    });
    let recipes: Vec<Option<(String, Span)>> = recipes.collect();
    let all = recipes.iter().all(Option::is_some);
    let recipes: Vec<(String, Span)> = recipes.into_iter().flatten().collect();
    let mut spans = recipes.iter().map(|(_, span)| *span);
    let only = spans
        .next()
        .filter(|first| spans.all(|span| span == *first));
    let only = only.filter(|_| all);
    let of = |code: Code, place: &Place| {
        let span = match place {
            Place::Data(place) => {
                let mut named = recipes.iter().filter(|(file, _)| *file == place.file);
                match (named.next(), named.next()) {
                    (Some((_, span)), None) => Some(*span),
                    // Which of its recipes it is about, nothing says.
                    (Some((_, first)), Some((_, second))) => {
                        Some(*first).filter(|first| first == second)
                    }
                    (None, _) => only,
                }
            }
            Place::CommandLine => only,
            Place::Source(_) | Place::File(_) => None,
        };
        span.filter(|_| OFFERING.contains(&code.0))
    };
    let marked = |found: Reports| match recipes.is_empty() {
        true => found,
        false => beside_some(found, of, IN_THE_RECIPE),
    };
    joined
        .map(|mut bound| {
            bound.warnings = marked(std::mem::take(&mut bound.warnings));
            bound
        })
        .map_err(marked)
}

/// What files give before they are joined: those of one recipe together.
pub struct ReadApart {
    pub files: Vec<PathBuf>,
    /// The place of their recipe among all.
    pub by: Option<usize>,
    /// Or why they cannot be read.
    pub read: Result<BoundFile, Reports>,
}

/// What files give before they are joined: each recipe's files together, others one by one, with the
/// files' names or why they cannot be read.
pub fn read_apart(
    paths: &[impl AsRef<Path>],
    plan: &Plan,
    options: &ReadOptions<'_>,
) -> Vec<ReadApart> {
    let groups = groups(paths, plan, options);
    let several = groups.len() > 1 || options.of_several;
    let read = groups.iter().map(|group| ReadApart {
        files: group.paths().map(Path::to_path_buf).collect(),
        by: group.by,
        read: group.part(plan, options, several),
    });
    read.collect()
}

/// Files that are read together.
struct Group<'f> {
    /// The place of the recipe that they are read by.
    by: Option<usize>,
    paths: Vec<&'f Path>,
}

impl<'f> Group<'f> {
    fn paths(&self) -> impl Iterator<Item = &'f Path> + '_ {
        self.paths.iter().copied()
    }

    /// How they are read.
    fn options<'o>(&self, options: &ReadOptions<'o>) -> ReadOptions<'o> {
        ReadOptions {
            by: self.by,
            ..options.clone()
        }
    }

    fn part(
        &self,
        plan: &Plan,
        options: &ReadOptions<'_>,
        several: bool,
    ) -> Result<BoundFile, Reports> {
        part(&self.paths, plan, &self.options(options), several)
    }
}

/// Files that are read by one recipe together, in the order in which they were given. A file that several recipes name
/// is read by each of them: they take other parts of it.
fn groups<'f>(
    paths: &'f [impl AsRef<Path>],
    plan: &Plan,
    options: &ReadOptions<'_>,
) -> Vec<Group<'f>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut again = false;
    for path in paths {
        let path = path.as_ref();
        let places = options.places(path);
        again |= places.len() > 1;
        if places.is_empty() {
            groups.push(Group {
                by: None,
                paths: vec![path],
            });
        }
        for by in places {
            match groups.iter_mut().find(|group| group.by == Some(by)) {
                Some(group) => group.paths.push(path),
                None => groups.push(Group {
                    by: Some(by),
                    paths: vec![path],
                }),
            }
        }
    }
    if !again {
        return groups;
    }
    options.taken.keep_streams();
    if options.withheld.is_nothing() {
        return groups;
    }
    // Of a file that the audience may see in part, the other parts are not read.
    let wanted = indicator_columns(plan, &options.map);
    groups.retain(|group| {
        let own = group.options(options);
        let alone = |path: &Path| options.places(path).len() < 2;
        group
            .paths()
            .any(|path| alone(path) || has_any_by(path, &wanted, &own))
    });
    groups
}
