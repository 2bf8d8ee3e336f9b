//! How files are read, as whoever asks for them says.

use crate::flows::Flows;
use crate::format::Format;
use crate::progress::Progress;
use crate::recipe::{Recipe, Source};
use crate::taken::Taken;
use crate::withheld::Withheld;
use forewarn_runtime::bind::{BindOptions, Decimal, Earlier, KeyForm, KeyRows, Limits, WordsSeen};
use forewarn_runtime::period::Written;
use std::path::{Path, PathBuf};
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
    /// Notes which of them some cell has.
    pub words_seen: Option<Arc<WordsSeen>>,
    /// Cells that cannot be read are missing and counted.
    pub lenient: bool,
    /// Indicators or keys with the column that each is read from; for a period `year,month` where it
    /// is made of two columns.
    pub map: Vec<(String, String)>,
    /// How periods are written, besides the usual ways.
    pub written: Option<Written>,
    /// Further ways in which they are.
    pub also_written: Vec<Written>,
    /// How keys are brought to one spelling.
    pub keys: KeyForm,
    /// Entities whose rows are left out.
    pub except: Vec<String>,
    pub limits: Limits,
    /// At most so many threads; 0 for as many as the machine has.
    pub threads: usize,
    /// What is read are some of several files, be it one alone: the others hold what this Plan does not
    /// read.
    pub of_several: bool,
    /// Columns that are not asked for are as if they were not there: no message names them.
    pub sheltered: bool,
    /// What an audience may not see of the files: it has no say in what is read.
    pub withheld: Arc<Withheld>,
    /// Rows beside those of the files.
    pub rows: Option<KeyRows>,
    /// What an earlier run knew of periods before the data.
    pub earlier: Earlier,
    /// What the command has read so far, for digests and for what can be read only once.
    pub taken: Taken,
    /// Called now and then while reading.
    pub progress: Option<&'a dyn Fn(Progress)>,
    /// What else is said of how files are read.
    pub recipe: Recipe,
    /// Recipes with their own files; what is said of all files is said of these too.
    pub sources: Arc<Vec<Source>>,
    /// The recipe, by its place among them, that a file is read by which several of them name.
    pub by: Option<usize>,
    /// The file is a table of tests and no data: a recipe that is offered for it names no files.
    pub of_tests: bool,
    /// Where a file cannot be read, nothing is said of how it could be.
    pub without_guess: bool,
    /// The folder that recipes lie in, from which paths in them are seen; empty for the one at hand.
    pub beside: PathBuf,
    /// Rows flow there, if they can, and their values do not stay.
    pub flow: Option<&'a dyn Flows>,
}

/// How many threads there may be.
pub(crate) fn threads(asked: usize) -> usize {
    match asked {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        asked => asked,
    }
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
            periods: self.also_written.clone(),
            keys: self.keys.steps().to_vec(),
            except: self.except.clone(),
            ..Recipe::default()
        };
        self.recipe.with(&said)
    }

    /// The places of the recipes whose file this is: each of them reads its own part of it.
    pub(crate) fn places(&self, path: &Path) -> Vec<usize> {
        let is_of = |source: &Source| source.files.iter().any(|file| file == path);
        let all = self.sources.iter().enumerate();
        all.filter(|(_, source)| is_of(source))
            .map(|(place, _)| place)
            .collect()
    }

    /// The recipe whose file this is.
    pub(crate) fn source(&self, path: &Path) -> Option<&Source> {
        let places = self.places(path);
        let own = self.by.filter(|by| places.contains(by));
        self.sources.get(own.or(places.first().copied())?)
    }

    /// The recipes beside the one that a file is read by, which read other parts of it.
    pub(crate) fn other_sources(&self, path: &Path) -> Vec<&Source> {
        let places = self.places(path);
        let own = self.by.filter(|by| places.contains(by));
        let own = own.or(places.first().copied());
        let others = places.into_iter().filter(|place| Some(*place) != own);
        others.filter_map(|place| self.sources.get(place)).collect()
    }

    /// The same for each recipe whose file this is; as it is where it is nobody's.
    pub(crate) fn by_each(&self, path: &Path) -> Vec<Self> {
        let places = self.places(path);
        if places.len() < 2 {
            return vec![self.clone()];
        }
        let by = |place: usize| Self {
            by: Some(place),
            ..self.clone()
        };
        places.into_iter().map(by).collect()
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
            // A point between thousands leaves the comma to decimals.
            decimal: recipe.decimal.unwrap_or(match recipe.thousands {
                Some('.') => Decimal::Comma,
                Some(_) | None => Decimal::Point,
            }),
            thousands: recipe.thousands,
            flags: recipe.flags,
            multiples: recipe.multiples,
            brackets: recipe.brackets,
            semicolons: false,
            yes: recipe.yes.clone(),
            no: recipe.no.clone(),
            words: recipe.words.clone(),
            lenient: recipe.lenient,
            map: recipe.map.clone(),
            words_seen: self.words_seen.clone(),
            written: recipe.period,
            also_written: recipe.periods.clone(),
            keys: KeyForm::new(&recipe.keys),
            except: recipe.except.clone(),
            several,
            sheltered: self.sheltered,
            unsummed: Vec::new(),
            map_at: recipe.at("map").filter(|_| self.map.is_empty()),
            except_at: recipe.at("except").filter(|_| self.except.is_empty()),
            limits: self.limits,
        }
    }
}
