//! The translations of a package as their files have them.

use super::keys::Key;
use super::language::Language;
use crate::package::manifest::Said;
use crate::source::{FileId, Span};

/// The folder of a package that its translations stand in.
pub const FOLDER: &str = "translations";

/// All translations of a package and of what it builds on.
#[derive(Clone, Debug, Default)]
pub struct Translations {
    pub files: Vec<TranslationsFile>,
    /// The language of each layer's own labels, where its `forewarn.toml` says so: 0 is the package
    /// itself, 1 what it extends, and so on; behind them, what is used.
    pub own: Vec<Option<Language>>,
    /// How many layers there are without what is used, which has words for what is taken of it alone.
    pub extended: usize,
}

/// One file, read.
#[derive(Clone, Debug)]
pub struct TranslationsFile {
    pub language: Language,
    /// Whose file it is: see [`Translations::own`].
    pub layer: usize,
    pub file: FileId,
    /// As shown to people.
    pub name: String,
    pub entries: Vec<Entry>,
}

/// One translated text.
#[derive(Clone, Debug)]
pub struct Entry {
    pub key: Key,
    /// The key's own words.
    pub span: Span,
    /// Empty while nobody has translated it.
    pub text: Said<String>,
    /// The label that it translates, where the file says so.
    pub of: Option<Said<String>>,
}

impl Translations {
    /// Every language that the package or what it extends has a file of, each once, in order.
    #[must_use]
    pub fn languages(&self) -> Vec<Language> {
        let mut all: Vec<Language> = self
            .files
            .iter()
            .filter(|file| file.layer < self.extended)
            .map(|file| file.language.clone())
            .collect();
        all.sort();
        all.dedup();
        all
    }
}
