//! What lies beside a package's files and stayed out of its archive, in words; and what went along although it
//! looks like data.

use crate::failure::Failure;
use crate::words::{count, list};
use forewarn_compiler::disk::links_not_followed;
use forewarn_compiler::package::belongs::{Apart, LeftOut, first_part, looks_like_data};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// `not in it, since links are not followed: data.csv`
pub fn links(rules: &Path) -> Result<String, Failure> {
    let links =
        links_not_followed(rules).map_err(|error| Failure::file("cannot read", rules, &error))?;
    if links.is_empty() {
        return Ok(String::new());
    }
    let names = links.iter().map(|link| link.display().to_string());
    let names = list(&names.collect::<Vec<_>>(), 6);
    Ok(format!(
        "not in it, since links are not followed: {names}\n"
    ))
}

/// `left out: in/ (3 files, data that a recipe reads)`; files of the package that look like data and are read
/// by no rule file are named behind it.
pub fn told<'n>(left_out: &LeftOut, unread: impl Iterator<Item = &'n String>) -> String {
    let mut folders: BTreeMap<(String, Apart), usize> = BTreeMap::new();
    for (name, why) in left_out {
        match why {
            // Nobody takes these for a part of the rules.
            Apart::OfTools => {}
            Apart::Data | Apart::ReadByRecipe | Apart::WrittenByRun => {
                *folders.entry((first_part(name), *why)).or_default() += 1;
            }
        }
    }
    let mut said = String::new();
    let folders: Vec<String> = folders
        .into_iter()
        .map(|((name, why), files)| match name.ends_with('/') {
            true => format!("{name} ({}, {})", count(files, "file"), why.words()),
            false => format!("{name} ({})", why.words()),
        })
        .collect();
    if !folders.is_empty() {
        let _ = writeln!(
            said,
            "left out, as no part of a package: {}",
            list(&folders, 12)
        );
    }
    let unread: Vec<String> = unread
        .filter(|name| looks_like_data(name))
        .cloned()
        .collect();
    if !unread.is_empty() {
        let _ = writeln!(
            said,
            "packed although no rule file reads it: {}; what is data lies in `data/`, or is named by `files` of a \
             recipe, and is then left out",
            list(&unread, 6)
        );
    }
    said
}
