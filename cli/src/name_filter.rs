//! `--filter`: the names that a pattern finds.

use crate::failure::Failure;
use regex_lite::Regex;

/// Reads the pattern.
///
/// # Errors
/// It is none.
pub(crate) fn read_filter(text: &str) -> Result<Regex, Failure> {
    Regex::new(text).map_err(|error| {
        let why = error.to_string();
        let why = why
            .lines()
            .last()
            .unwrap_or_default()
            .trim_start_matches("error: ");
        Failure::new(format!("`--filter {text}` is no pattern: {why}"))
            .help("a plain word such as `war` finds every test with it in its name")
    })
}
