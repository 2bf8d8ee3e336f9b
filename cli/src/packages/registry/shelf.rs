//! The files of the packages that the program brings along, as they were when it was built.

use forewarn_compiler::package::archive::framework;
use std::collections::BTreeMap;

/// By folder: the files of a package with their bytes.
type Shelf = &'static [(&'static str, &'static [(&'static str, &'static [u8])])];

static SHELF: Shelf = include!(concat!(env!("OUT_DIR"), "/packages.rs"));

/// The folders of the packages.
pub fn folders() -> impl Iterator<Item = &'static str> {
    SHELF.iter().map(|(folder, _)| *folder)
}

/// The files of a package, by its folder.
pub fn contents(folder: &str) -> Option<BTreeMap<String, Vec<u8>>> {
    let (_, files) = SHELF.iter().find(|(name, _)| *name == folder)?;
    let files = files.iter();
    Some(
        files
            .map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()))
            .collect(),
    )
}

/// Is there a package of that name?
#[must_use]
pub fn is_built_in(name: &str) -> bool {
    let heads = folders().filter_map(|folder| framework(&contents(folder)?));
    heads.into_iter().any(|head| head.name == name)
}
