//! Documents whose rows know their names.

use super::found::{Framed, Guess};
use super::within::{MOST, found_in};
use crate::content::{decoded, format_of, shown_name};
use crate::format::Format;
use crate::open::open;
use crate::options::ReadOptions;
use crate::recipe::Recipe;
use crate::{csv, json};
use forewarn_plan::Plan;
use std::io::Read as _;
use std::path::Path;

/// A document whose rows are objects: their names are its header.
pub(super) fn of_file(
    path: &Path,
    plan: Option<&Plan>,
    options: &ReadOptions<'_>,
    said: &Recipe,
) -> Option<Guess> {
    let file = shown_name(path);
    let opened = open(path, &options.taken).ok()?;
    let format = format_of(path, &file, &opened, said.format).ok()?;
    let mut bytes = Vec::new();
    let mut stream = decoded(opened.into_stream(), &file, said).ok()?;
    stream.read_to_end(&mut bytes).ok()?;
    let bytes = bytes.strip_prefix(csv::BYTE_ORDER_MARK).unwrap_or(&bytes);
    let table = match format {
        Format::Json => json::table(bytes).ok()?,
        Format::Ndjson => json::lines(&String::from_utf8_lossy(bytes)).ok()?,
        Format::Csv | Format::Tsv | Format::Workbook | Format::Arrow | Format::Parquet => {
            return None;
        }
    };
    let mut guess = Guess {
        recipe: said.clone(),
        file: file.rsplit(['/', '\\']).next().unwrap_or(&file).to_owned(),
        ..Guess::default()
    };
    let framed = Framed {
        names: table.names,
        tags: Vec::new(),
        header_row: None,
        body: (1..).zip(table.rows).take(MOST).collect(),
        ends: Vec::new(),
    };
    found_in(&framed, plan, &mut guess, false);
    Some(guess)
}
