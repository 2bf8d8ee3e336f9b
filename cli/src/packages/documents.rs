//! What commands of packages say to programs, with `--format json`: one object each. Their schemas are in
//! `docs/schemas/`.

use super::registry::Entry;
use crate::args::{Format, Global};
use crate::comparison::Comparison;
use crate::failure::{Failure, print};
use crate::render::Findings;
use crate::report::{stream_of, tell};
use crate::stream::Stream;
use forewarn_compiler::package::Member;
use serde::Serialize;

/// Whether programs read along.
pub fn is_json(global: &Global) -> bool {
    global.format == Format::Json
}

/// Tells people something; programs have it in their object.
///
/// # Errors
/// Standard output cannot be written.
pub fn say(global: &Global, text: &str) -> Result<(), Failure> {
    match is_json(global) {
        true => Ok(()),
        false => print(text).map(|_| ()),
    }
}

/// Tells findings that stand beside an object: that alone goes to standard output.
pub fn tell_beside(findings: &Findings, global: &Global) {
    let stream = match is_json(global) {
        true => Stream::Error,
        false => stream_of(global.format),
    };
    tell(findings, global, stream);
}

/// Writes an object, where programs read along.
///
/// # Errors
/// Standard output cannot be written.
pub fn write(global: &Global, document: &impl Serialize) -> Result<(), Failure> {
    if !is_json(global) {
        return Ok(());
    }
    let text = serde_json::to_string_pretty(document).unwrap_or_default();
    print(&(text + "\n")).map(|_| ())
}

/// The number of these forms.
pub const SCHEMA: u32 = 1;

/// A package that another one builds on, and which versions of it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Needed {
    name: String,
    versions: String,
}

impl Needed {
    pub fn of((name, versions): &(String, String)) -> Self {
        Self {
            name: name.clone(),
            versions: versions.clone(),
        }
    }
}

/// What `forewarn packages` lists.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Packages {
    schema: u32,
    registry: String,
    packages: Vec<Listed>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Listed {
    name: String,
    version: String,
    label: String,
    extends: Option<Needed>,
    uses: Vec<Needed>,
}

impl Packages {
    pub fn of(registry: String, entries: &[Entry]) -> Self {
        let listed = entries.iter().map(|entry| Listed {
            name: entry.name.clone(),
            version: entry.version.clone(),
            label: entry.label.clone(),
            extends: entry.extends.as_ref().map(Needed::of),
            uses: entry.uses.iter().map(Needed::of).collect(),
        });
        Self {
            schema: SCHEMA,
            registry,
            packages: listed.collect(),
        }
    }
}

/// What `forewarn lock` wrote, or found.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Locked {
    schema: u32,
    lock: String,
    /// It said so before.
    up_to_date: bool,
    written: bool,
    packages: Vec<LockedPackage>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LockedPackage {
    name: String,
    version: String,
    /// How many there are.
    files: usize,
    /// Where it lies.
    root: String,
}

impl Locked {
    pub fn of<'m>(
        lock: String,
        (up_to_date, written): (bool, bool),
        members: impl Iterator<Item = &'m Member>,
    ) -> Self {
        let packages = members.map(|member| LockedPackage {
            name: member.name.clone(),
            version: member.version.clone(),
            files: member.fingerprints.len(),
            root: member.root.clone(),
        });
        Self {
            schema: SCHEMA,
            lock,
            up_to_date,
            written,
            packages: packages.collect(),
        }
    }
}

/// What `forewarn release` says of a version.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Released {
    pub schema: u32,
    pub name: String,
    pub version: String,
    /// The version that it is compared with; none for the first one.
    pub before: Option<String>,
    /// The least version that its changes need.
    pub needs: Option<String>,
    pub is_enough: bool,
    pub changes: Vec<ReleasedChange>,
    /// The tests that keep it from being published.
    pub failing_tests: Vec<String>,
    pub published: Option<Published>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReleasedChange {
    /// `breaking`, `results`, `words`
    pub weight: &'static str,
    pub change: String,
}

/// An archive in a registry.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Published {
    pub file: String,
    pub sha256: String,
    /// It was there before, the same.
    pub already: bool,
    /// What it builds on and the registry does not have.
    pub absent: Vec<Needed>,
}

/// What `forewarn upgrade` did, or would do.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Upgraded {
    pub schema: u32,
    pub package: String,
    pub from: String,
    pub to: String,
    /// The version is older than the one that is there.
    pub is_older: bool,
    /// What changed there by meaning; none where that cannot be told.
    pub changes: Option<Vec<String>>,
    /// All of our own changes still fit.
    pub fits: bool,
    pub moved_tests: Vec<String>,
    /// Whose results move, as in `diff.json`; none without data, or where not all of our changes fit.
    pub data: Option<Comparison>,
    /// The files that were written.
    pub written: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `docs/schemas/packages.json` and the others are the schemas of these objects.
    #[test]
    fn the_schemas_of_packages_are_written_down() {
        crate::schemas::check("packages", schemars::schema_for!(Packages));
        crate::schemas::check("lock", schemars::schema_for!(Locked));
        crate::schemas::check("release", schemars::schema_for!(Released));
        crate::schemas::check("upgrade", schemars::schema_for!(Upgraded));
    }
}
