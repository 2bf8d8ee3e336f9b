//! `forewarn.lock`: exactly which files of which packages a ruleset was written against.
//!
//! In: the packages that a ruleset builds on, with the fingerprints of their files. Out: the lock's text,
//! and whether the packages at hand are those that were locked. A file that changed, went or came is
//! told by name.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml_edit::Document;

use super::member::Member;
use crate::diagnostics::Reports;
use crate::diagnostics::packages::{
    FileChange, FileChanged, LockMissing, LockUnreadable, NotLocked,
};
use crate::source::{FileId, Span};

/// The file's name.
pub const LOCK: &str = "forewarn.lock";

/// One package as it was locked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    pub name: String,
    pub version: String,
    /// Fingerprints by the file's path below the package's root.
    pub files: BTreeMap<String, String>,
}

/// The file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    #[serde(default, rename = "package")]
    packages: Vec<Locked>,
}

/// Why a lock cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What `forewarn lock` would not write, in bytes of the text.
    pub at: Range<usize>,
    /// Is it no TOML at all?
    pub is_no_toml: bool,
}

/// The text of the lock for these packages.
#[must_use]
pub fn write<'m>(members: impl Iterator<Item = &'m Member>) -> String {
    let packages = members.map(|member| Locked {
        name: member.name.clone(),
        version: member.version.clone(),
        files: member.fingerprints.clone().into_iter().collect(),
    });
    let lock = Lock {
        packages: packages.collect(),
    };
    let text = toml_edit::ser::to_string_pretty(&lock).unwrap_or_else(|why| no_toml(&why));
    format!(
        "# Written by `forewarn lock`. Each file of each package this one builds on, with its SHA-256.\n\n{text}"
    )
}

#[allow(
    clippy::panic,
    reason = "names, versions and fingerprints are text, and text is TOML; an empty lock would lock nothing"
)]
fn no_toml(why: &toml_edit::ser::Error) -> ! {
    panic!(
        "this is a mistake of forewarn, not of the rules: a lock is no TOML ({why}); please report it"
    )
}

/// Reads a lock.
///
/// # Errors
/// Where it is not what [`write()`] gives.
pub fn read(text: &str) -> Result<Vec<Locked>, Unreadable> {
    match toml_edit::de::from_str::<Lock>(text) {
        Ok(lock) => Ok(lock.packages),
        Err(error) => Err(Unreadable {
            at: error.span().unwrap_or(0..0),
            is_no_toml: Document::parse(text).is_err(),
        }),
    }
}

/// Compares the packages at hand with the lock.
pub fn check<'m>(
    lock: Option<(FileId, &str)>,
    mut members: impl Iterator<Item = &'m Member>,
    reports: &mut Reports,
) {
    let Some((file, text)) = lock else {
        if let Some(first) = members.next() {
            reports.add(LockMissing {
                name: first.name.clone(),
                way: first.way,
                span: first.said,
            });
        }
        return;
    };
    let locked = match read(text) {
        Ok(locked) => locked,
        Err(Unreadable { at, is_no_toml }) => {
            let place = |byte| u32::try_from(byte).unwrap_or(u32::MAX);
            let span = Span {
                file,
                start: place(at.start),
                end: place(at.end),
            };
            reports.add(LockUnreadable { span, is_no_toml });
            return;
        }
    };
    for member in members {
        match locked.iter().find(|one| one.name == member.name) {
            None => reports.add(NotLocked {
                name: member.name.clone(),
                version: member.version.clone(),
                locked: None,
                way: member.way,
                span: member.said,
            }),
            Some(one) if one.version != member.version => reports.add(NotLocked {
                name: member.name.clone(),
                version: member.version.clone(),
                locked: Some(one.version.clone()),
                way: member.way,
                span: member.said,
            }),
            Some(one) => {
                if let Some(changed) = compare(one, member) {
                    reports.add(changed);
                }
            }
        }
    }
}

/// The files that differ, if some do.
fn compare(locked: &Locked, member: &Member) -> Option<FileChanged> {
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
            // Results, notes and tables beside the rules are read by none of them.
            (None, _) if !is_read(name) => continue,
            (None, _) => FileChange::New,
        };
        files.push((name.clone(), change));
    }
    (!files.is_empty()).then(|| FileChanged {
        package: member.name.clone(),
        version: member.version.clone(),
        root: member.root.clone(),
        files,
        way: member.way,
        span: member.said,
    })
}

/// Can a file that no rule names change what a package means: rules, translations, recipes?
fn is_read(name: &str) -> bool {
    [".risk", ".toml"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let text = "[[package]]\nname = \"un\"\nversion = \"1.0.0\"\n\n[package.files]\n\"a b.risk\" = \"00\"\n";
        let packages = read(text).unwrap();
        assert_eq!(packages[0].files["a b.risk"], "00");
        assert_eq!(
            toml_edit::ser::to_string_pretty(&Lock { packages }).unwrap(),
            text
        );
        assert_eq!(read(""), Ok(Vec::new()));
    }

    #[test]
    fn nothing_that_a_lock_does_not_have_is_passed_over() {
        let lock = |files: &str, more: &str| {
            format!(
                "[[package]]\nname = \"un\"\nversion = \"1\"\n{more}\n[package.files]\n{files}\n"
            )
        };
        for (text, at, is_no_toml) in [
            (lock("a = 3", ""), "3", false),
            (lock("", "final = true"), "final", false),
            ("packages = []".to_owned(), "packages", false),
            ("[[package".to_owned(), "", true),
        ] {
            let found = read(&text).unwrap_err();
            assert_eq!(found.is_no_toml, is_no_toml, "{text}");
            assert!(text[found.at.clone()].contains(at), "{text}: {found:?}");
        }
    }
}
