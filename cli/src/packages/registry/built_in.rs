//! The packages that the program brings along: the rulesets of `rules/`, as they were when it was built.

use super::index::{Entry, Index};
use super::shelf::{contents, folders};
use crate::failure::Failure;
use forewarn_compiler::package::archive::{framework, pack};
use std::path::Path;

/// What there is. An entry's file is its folder.
pub fn index() -> Index {
    let entries = folders().filter_map(|folder| {
        let head = framework(&contents(folder)?)?;
        Some(Entry {
            name: head.name,
            version: head.version,
            label: head.label,
            file: folder.to_owned(),
            sha256: String::new(),
            extends: head.extends,
            uses: head.uses,
        })
    });
    Index {
        entries: entries.collect(),
    }
}

/// A package as an archive: the same bytes as `forewarn package` gives.
pub fn archive(entry: &Entry) -> Result<Vec<u8>, Failure> {
    let contents = contents(&entry.file).unwrap_or_default();
    let stem = format!("{}-{}", entry.name, entry.version);
    pack(&stem, &contents).map_err(|error| Failure::file("cannot pack", Path::new(&stem), &error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_compiler::package::contents::sha256;

    #[test]
    fn every_ruleset_of_the_repository_comes_along_with_what_it_extends() {
        let index = index();
        let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../rules")).unwrap();
        let folders = folders.filter(|one| one.as_ref().unwrap().path().is_dir());
        assert_eq!(index.entries.len(), folders.count());
        for entry in &index.entries {
            let Some((base, range)) = &entry.extends else {
                continue;
            };
            let fits = |one: &&Entry| {
                one.name == *base && forewarn_compiler::package::manifest::fits(range, &one.version)
            };
            assert!(index.entries.iter().any(|one| fits(&one)), "{}", entry.name);
        }
        let un = index.entries.iter().find(|one| one.name == "un_atrocity");
        let packed = archive(un.unwrap()).unwrap();
        assert_eq!(sha256(&packed), sha256(&archive(un.unwrap()).unwrap()));
    }
}
