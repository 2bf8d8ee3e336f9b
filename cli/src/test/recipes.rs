//! The recipes of a package for its tables of cases.
//!
//! In: the package that a table belongs to, or what `--recipe` names. Out: the ways in which the table may be read,
//! the likeliest first: a recipe among whose files it is; else as it stands, and then by each recipe in turn, since
//! tables of cases mostly look like the data. A recipe without files (`files = []`) is for them alone.

use crate::args::ReadingArgs;
use crate::recipe::{file_of, names};
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::source::SourceMap;
use forewarn_tables::ReadOptions;
use forewarn_tables::recipe::{Recipe, Source, read_toml};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a table was read, beside what the command line says.
pub(super) type Way = Option<Arc<Recipe>>;

/// The recipes that there are.
#[derive(Default)]
pub(super) struct Recipes {
    sources: Vec<Source>,
    folder: PathBuf,
    /// They were named on the command line.
    asked: bool,
}

impl Recipes {
    /// Those of `--recipe`, or of the package in a folder. What is wrong with recipes is told by commands that
    /// read data by them.
    pub(super) fn of(reading: &ReadingArgs, root: Option<&Path>) -> Self {
        let asked = reading.recipes_from.clone();
        let file = asked.clone().or_else(|| file_of(root?));
        let text = file
            .as_deref()
            .and_then(|path| std::fs::read_to_string(path).ok());
        let (Some(file), Some(text)) = (file, text) else {
            return Self::default();
        };
        let mut sources = SourceMap::default();
        let id = sources.add(file.to_string_lossy().into_owned(), text.clone());
        let folder = crate::outputs::folder_of(&file).to_owned();
        let mut reports = Reports::default();
        let mut found = read_toml(&text, id, &folder, &mut reports);
        for source in &mut found {
            // Its lines stand in a file that messages of tests do not know.
            source.recipe.span = None;
        }
        Self {
            sources: found,
            folder,
            asked: asked.is_some(),
        }
    }

    /// The ways in which a table may be read, the likeliest first; there is one at least.
    pub(super) fn ways(&self, table: &Path) -> Vec<Way> {
        let way = |source: &Source| Some(Arc::new(source.recipe.clone()));
        let of_it = |source: &&Source| names(source, table, &self.folder);
        let named: Vec<Way> = self.sources.iter().filter(of_it).map(way).collect();
        if !named.is_empty() {
            return named;
        }
        let each = self.sources.iter().map(way);
        match self.asked && !self.sources.is_empty() {
            true => each.collect(),
            false => std::iter::once(None).chain(each).collect(),
        }
    }
}

/// Options with which a table is read in a way.
pub(super) fn by(
    mut options: ReadOptions<'static>,
    table: &Path,
    way: &Way,
) -> ReadOptions<'static> {
    options.of_tests = true;
    if let Some(recipe) = way {
        options.sources = Arc::new(vec![Source {
            recipe: (**recipe).clone(),
            patterns: Vec::new(),
            files: vec![table.to_owned()],
        }]);
    }
    options
}

/// Which of two failures says more: cells that cannot be read where the rest is say more than that a file looks
/// otherwise.
pub(super) fn says_more(before: Reports, now: Reports) -> Reports {
    let about_shape = |reports: &Reports| {
        let mut all = reports.iter();
        all.any(|cause| matches!(cause.code().0, "FW0902" | "FW0940"))
    };
    if about_shape(&before) && !about_shape(&now) {
        now
    } else {
        before
    }
}
