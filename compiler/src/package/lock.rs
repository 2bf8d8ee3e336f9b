//! `forewarn.lock`: exactly which files of which packages a ruleset was written against.
//!
//! In: the packages that a ruleset extends, with the fingerprints of their files. Out: the lock's text,
//! and whether the packages at hand are those that were locked. A file that changed, went or came is
//! told by name.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{ArrayOfTables, Document, DocumentMut, Item, Table, value};

use super::Member;
use crate::diagnostics::Reports;
use crate::diagnostics::packages::{
    FileChange, FileChanged, LockMissing, LockUnreadable, NotLocked,
};
use crate::source::{FileId, Span};

/// The file's name.
pub const LOCK: &str = "forewarn.lock";

/// One package as it was locked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locked {
    pub name: String,
    pub version: String,
    /// Fingerprints by the file's path below the package's root.
    pub files: BTreeMap<String, String>,
}

/// The text of the lock for these packages.
#[must_use]
pub fn write<'m>(members: impl Iterator<Item = &'m Member>) -> String {
    let mut document = DocumentMut::new();
    let mut all = ArrayOfTables::new();
    for member in members {
        let mut table = Table::new();
        table.insert("name", value(&member.name));
        table.insert("version", value(&member.version));
        let mut files = Table::new();
        for (name, digest) in &member.fingerprints {
            files.insert(name, value(digest));
        }
        table.insert("files", Item::Table(files));
        all.push(table);
    }
    document.insert("package", Item::ArrayOfTables(all));
    format!(
        "# Written by `forewarn lock`. Each file of each package this one builds on, with its SHA-256.\n\n{document}"
    )
}

/// Reads a lock.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read(text: &str) -> Result<Vec<Locked>, String> {
    let document = Document::parse(text).map_err(|error| error.message().to_owned())?;
    let Some(packages) = document.get("package") else {
        return Ok(Vec::new());
    };
    let packages = packages
        .as_array_of_tables()
        .ok_or("`package` is no list of packages")?;
    packages
        .iter()
        .map(|table| {
            let text = |key: &str| {
                let item = table.get(key).and_then(Item::as_str);
                item.map(str::to_owned)
                    .ok_or_else(|| format!("a package has no `{key}`"))
            };
            let files = table.get("files").and_then(Item::as_table);
            let files = files.ok_or("a package has no `files`")?;
            let files = files
                .iter()
                .filter_map(|(name, digest)| Some((name.to_owned(), digest.as_str()?.to_owned())));
            Ok(Locked {
                name: text("name")?,
                version: text("version")?,
                files: files.collect(),
            })
        })
        .collect()
}

/// Compares the packages at hand with the lock; `said` is where the ruleset says what it extends.
pub fn check(lock: Option<(FileId, &str)>, members: &[Member], said: Span, reports: &mut Reports) {
    let Some((file, text)) = lock else {
        if let Some(first) = members.first() {
            reports.add(LockMissing {
                name: first.name.clone(),
                span: said,
            });
        }
        return;
    };
    let locked = match read(text) {
        Ok(locked) => locked,
        Err(why) => {
            let span = Span {
                file,
                start: 0,
                end: 0,
            };
            reports.add(LockUnreadable { span, why });
            return;
        }
    };
    for member in members {
        match locked.iter().find(|one| one.name == member.name) {
            None => reports.add(NotLocked {
                name: member.name.clone(),
                version: member.version.clone(),
                locked: None,
                span: said,
            }),
            Some(one) if one.version != member.version => reports.add(NotLocked {
                name: member.name.clone(),
                version: member.version.clone(),
                locked: Some(one.version.clone()),
                span: said,
            }),
            Some(one) => {
                if let Some(changed) = compare(one, member, said) {
                    reports.add(changed);
                }
            }
        }
    }
}

/// The files that differ, if some do.
fn compare(locked: &Locked, member: &Member, said: Span) -> Option<FileChanged> {
    let names: BTreeSet<&String> = locked
        .files
        .keys()
        .chain(member.fingerprints.keys())
        .collect();
    let mut files = Vec::new();
    for name in names {
        let change = match (locked.files.get(name), member.fingerprints.get(name)) {
            (Some(then), Some(now)) if then == now => continue,
            (Some(_), Some(_)) => FileChange::Changed,
            (Some(_), None) => FileChange::Gone,
            (None, _) => FileChange::New,
        };
        files.push((name.clone(), change));
    }
    (!files.is_empty()).then(|| FileChanged {
        package: member.name.clone(),
        version: member.version.clone(),
        root: member.root.clone(),
        files,
        span: said,
    })
}
