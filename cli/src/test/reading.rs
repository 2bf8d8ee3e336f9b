//! How tables of cases are read, by their first line.

use crate::args::ReadingArgs;
use forewarn_runtime::testing::{Cases, MISSING_WORDS};
use forewarn_tables::ReadOptions;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;

/// How a table of cases with this header is read: as the command line says, and with the words that
/// mean missing in tests.
pub(super) fn read_as(
    reading: &ReadingArgs,
    cases: &Cases,
    header: &[String],
) -> ReadOptions<'static> {
    let mut options = crate::data::options(reading);
    options.missing.extend(MISSING_WORDS.map(str::to_owned));
    let own = cases.mapped(header).into_iter();
    let told = |name: &String| reading.map.iter().any(|(known, _)| known == name);
    options.map.extend(own.filter(|(name, _)| !told(name)));
    options
}

/// The names of a table's columns as its first line has them; without, where it is no text.
pub(super) fn header(path: &Path) -> Vec<String> {
    let Ok(file) = std::fs::File::open(path) else {
        return Vec::new();
    };
    header_of(file)
}

/// The same of a table that is open or in memory.
pub(super) fn header_of(table: impl Read) -> Vec<String> {
    const LONGEST: u64 = 1024 * 1024;
    let mut line = String::new();
    let read = BufReader::new(table.take(LONGEST)).read_line(&mut line);
    if read.is_err() {
        return Vec::new();
    }
    let line = line.trim_start_matches('\u{feff}').trim_end();
    let separator = [',', ';', '\t']
        .into_iter()
        .max_by_key(|sign| line.matches(*sign).count());
    let names = line.split(separator.unwrap_or(','));
    names
        .map(|name| name.trim().trim_matches('"').to_owned())
        .collect()
}
