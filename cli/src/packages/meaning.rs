//! What the new version of what is built on says otherwise, by meaning.

use crate::words::count;
use forewarn_compiler::Settings;
use forewarn_compiler::difference::{Difference, Pair};
use forewarn_compiler::package::manifest::MANIFEST;
use forewarn_compiler::package::{Member, Package};
use forewarn_compiler::source::MemoryFiles;
use std::path::PathBuf;

/// What the new version of what is built on says otherwise; nothing where one of the two does not hold by itself.
pub fn differences(name: &str, before: &Package, after: &Package) -> Option<Vec<Difference>> {
    let mut files = MemoryFiles::default();
    let old = shelve("before", &first(name, before), &mut files);
    let new = shelve("after", &first(name, after), &mut files);
    let pair = Pair::read(&old, &new, &files, &Settings::default());
    pair.ok().map(|pair| pair.differences())
}

/// The same in words.
pub fn by_meaning(differences: Option<&[Difference]>) -> String {
    match differences {
        Some(differences) => {
            let mut text = match differences.len() {
                0 => "they mean the same\n".to_owned(),
                some => format!("{}\n", count(some, "difference")),
            };
            for difference in differences {
                text.push_str(&format!("  {}\n", difference.words()));
            }
            text
        }
        None => {
            "what changed there cannot be told: one of the two does not hold by itself\n".to_owned()
        }
    }
}

/// What is built on, beginning with one of it.
fn first<'p>(name: &str, package: &'p Package) -> Vec<&'p Member> {
    let mut all: Vec<&Member> = package.built_on().collect();
    all.sort_by_key(|one| one.name != name);
    all
}

/// What is built on as rulesets of their own, one beside the other; where the first stands.
fn shelve(place: &str, members: &[&Member], files: &mut MemoryFiles) -> PathBuf {
    let root = |at: usize| PathBuf::from(format!("{place}/{at}"));
    for (at, member) in members.iter().enumerate() {
        for (name, bytes) in &member.contents {
            if at > 0 || name != MANIFEST {
                files.insert(root(at).join(name), bytes);
            }
        }
    }
    let mut manifest = String::from("[dependencies]\n");
    for (at, member) in members.iter().enumerate().skip(1) {
        manifest.push_str(&format!("{} = {{ path = \"../{at}\" }}\n", member.name));
    }
    files.insert(root(0).join(MANIFEST), manifest);
    root(0)
}
