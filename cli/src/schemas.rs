//! `docs/schemas/*.json`: the schemas of the JSON documents that are written and read. A test of each
//! document's own types holds its schema to them.

use schemars::Schema;
use std::path::Path;

/// Compares a schema with the one that is written down, or writes it where that is asked for.
#[track_caller]
pub fn check(name: &str, schema: Schema) {
    let mut text = serde_json::to_string_pretty(&schema).unwrap();
    text.push('\n');
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schemas");
    let path = folder.join(format!("{name}.json"));
    if std::env::var_os("FOREWARN_UPDATE_PAGES").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        there == text,
        "docs/schemas/{name}.json is not up to date: run the tests with FOREWARN_UPDATE_PAGES=1"
    );
}
