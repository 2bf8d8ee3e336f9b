//! `forewarn.toml` as it stands, and where a dependency lies written into it.

use crate::failure::Failure;
use forewarn_compiler::package::manifest::fits;
use std::fs;
use toml_edit::{DocumentMut, InlineTable, Item, Value};

/// A manifest as it stands, comments and all; empty where there is none.
pub(super) fn document(path: &std::path::Path) -> Result<DocumentMut, Failure> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Failure::file("cannot read", path, &error)),
    };
    text.parse::<DocumentMut>().map_err(|error| {
        Failure::new(format!(
            "{} is not TOML: {}",
            path.display(),
            error.message()
        ))
    })
}

/// Says where a dependency lies; the range of versions that was asked for stays, as long as the version
/// fits it.
pub(super) fn point(manifest: &mut DocumentMut, name: &str, version: &str, key: &str, place: &str) {
    let dependencies = manifest
        .entry("dependencies")
        .or_insert_with(|| Item::Table(toml_edit::Table::new()));
    let old = dependencies
        .get(name)
        .and_then(|one| one.get("version"))
        .and_then(Item::as_str)
        .map(str::to_owned);
    let range = match old {
        Some(old) if fits(&old, version) => old,
        Some(old) => range_of(version, &old),
        None => version.to_owned(),
    };
    let mut entry = InlineTable::new();
    entry.insert(key, Value::from(place));
    entry.insert("version", Value::from(range));
    if let Some(table) = dependencies.as_table_like_mut() {
        table.insert(name, Item::Value(Value::InlineTable(entry)));
    }
}

/// `2` of 2.1.0, `0.4` of 0.4.2; a version by itself where only one fitted before.
pub(super) fn range_of(version: &str, before: &str) -> String {
    if before.trim_start().starts_with('=') {
        return format!("={version}");
    }
    let mut parts = version.split(['.', '-', '+']);
    match (parts.next(), parts.next()) {
        (Some("0"), Some(minor)) => format!("0.{minor}"),
        (Some(major), _) => major.to_owned(),
        (None, _) => version.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_moves_with_the_version_and_keeps_its_kind() {
        assert_eq!(range_of("2.1.0", "1"), "2");
        assert_eq!(range_of("0.4.2", "0.3"), "0.4");
        assert_eq!(range_of("2.1.0", "=1.0.0"), "=2.1.0");
        assert!(fits("1", "1.9.0") && !fits("1", "2.0.0") && !fits("0.3", "0.4.0"));
    }
}
