//! What people read of a framework, in their own language.
//!
//! In: a package, its files `translations/LANG.toml` and those of the packages it builds on. Out:
//! [`Words`]: for one language, what stands in place of each label, level name and unit, and how much
//! of it is missing or outdated; and, for `check --translations`, reports on every language.
//!
//! A translation belongs to the label that it translates: where that is another by now, the package's
//! own words are shown, since a reader would otherwise read what the framework no longer says.
#![deny(clippy::wildcard_enum_match_arm)]

mod apply;
mod files;
mod judge;
mod keys;
mod language;
mod messages;
mod read;
mod settle;
mod update;

pub use apply::levels_in_words;
pub use files::{Entry, FOLDER, Translations, TranslationsFile};
pub use keys::{Key, Translatable};
pub use language::{Language, tag_of};
pub use messages::{MESSAGES, Messages};
pub use settle::Words;
pub use update::{Update, update};

pub(crate) use apply::apply;
pub(crate) use read::{levels, load};
pub(crate) use settle::by_layer;

use crate::Settings;
use crate::diagnostics::Reports;
use crate::framework::Framework;
use crate::package::Package;
use crate::settings::Given;
use crate::source::Files;

/// Translations that were asked for.
#[derive(Clone, Debug)]
pub(crate) struct Spoken {
    translations: Translations,
    /// For results; else all languages are to be judged.
    asked: Option<Language>,
    judged: bool,
}

impl Spoken {
    /// Reads what the settings ask for; nothing is read where they ask for nothing.
    pub fn load(
        settings: &Settings,
        package: &mut Package,
        files: &dyn Files,
        reports: &mut Reports,
    ) -> Option<Self> {
        if package.unresolved
            || (settings.lang.is_none() && !settings.translations && !settings.translation_keys)
        {
            return None;
        }
        let asked = settings.lang.as_deref().and_then(Language::new);
        let every = settings.translations || settings.translation_keys;
        let only = asked.as_ref().filter(|_| !every);
        let translations = load(package, only, files, reports);
        if let Some(lang) = settings.lang.as_ref().filter(|_| !settings.has_words)
            && let Some(cause) = settle::unknown_language(lang, package, &translations, files)
        {
            reports.add(cause);
        }
        Some(Self {
            translations,
            asked,
            judged: settings.translations,
        })
    }

    /// The words of the language that was asked for; what all languages lack is told where that was
    /// asked.
    pub fn words(
        &self,
        package: &Package,
        framework: &Framework<'_>,
        given: &Given,
        reports: &mut Reports,
    ) -> Option<Words> {
        let layers = by_layer(package, given);
        if self.judged {
            judge::judge(package, framework, &self.translations, &layers, reports);
        } else {
            judge::keys(framework, &self.translations, &layers, reports);
        }
        let asked = self.asked.as_ref()?;
        Some(settle::words(&self.translations, &layers, asked))
    }
}
