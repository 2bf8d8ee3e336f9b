//! Which words that are said to stand for missing values some cell has.
//!
//! In: the words, and each cell that is read as missing by one of them. Out: those that no cell had: a word that is
//! misspelt changes nothing, and -999 goes on to count. Readers on several threads share what they see.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Words, and which of them were seen.
#[derive(Debug, Default)]
pub struct WordsSeen(Vec<(String, AtomicBool)>);

impl WordsSeen {
    /// None of them has been seen.
    #[must_use]
    pub fn of(words: &[String]) -> Arc<Self> {
        let words = words.iter().map(|word| word.trim().to_owned());
        Arc::new(Self(
            words.map(|word| (word, AtomicBool::new(false))).collect(),
        ))
    }

    pub(super) fn see(&self, word: &str) {
        for (known, seen) in &self.0 {
            if known == word {
                seen.store(true, Ordering::Relaxed);
            }
        }
    }

    /// Those that no cell had.
    #[must_use]
    pub fn unseen(&self) -> Vec<String> {
        let unseen = self.0.iter();
        let unseen = unseen.filter(|(_, seen)| !seen.load(Ordering::Relaxed));
        unseen.map(|(word, _)| word.clone()).collect()
    }
}
