//! Properties stand beside the tests of a ruleset.

use super::tested::Told;
use super::tested::{Ran, Tested};
use crate::failure::Failure;
use crate::property::judged;
use crate::property_words::{finding, words};
use forewarn_runtime::property::SearchOptions;
use regex_lite::Regex;
use std::path::Path;

/// Judges the properties of a ruleset that holds together.
///
/// # Errors
/// Native code cannot be made for this processor.
pub(super) fn run(path: &Path, filter: Option<&Regex>, tested: &mut Tested) -> Result<(), Failure> {
    // Its spans are those of the tests: the same files are read in the same order.
    for outcome in judged(path, filter, &SearchOptions::default())?.outcomes {
        let verdict = words(&outcome);
        let told = finding(&outcome).map(|diagnostic| Told {
            diagnostic,
            row: String::new(),
            expected: outcome.text.clone(),
            actual: verdict.clone(),
            cell: None,
        });
        tested.tests.push(Ran {
            failures: told.into_iter().collect(),
            verdict: Some(verdict),
            ..Ran::new(&outcome.label, outcome.span)
        });
    }
    Ok(())
}
