//! The house keeps its shape: crates know those below them, and files import nothing in a circle.

#[path = "architecture/imports.rs"]
mod imports;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use imports::{Files, circles};

/// From the ground up. A crate may know those of lower floors alone.
const FLOORS: [(&str, u32); 10] = [
    ("diagnostics", 1),
    ("grammar", 1),
    ("charts", 1),
    ("plan", 2),
    ("compiler", 3),
    ("runtime", 3),
    ("tables", 4),
    ("report", 4),
    ("forewarn", 5),
    ("cli", 6),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names of a crate's own dependencies, without those of its tests and build.
fn dependencies(folder: &str) -> Vec<String> {
    let manifest = std::fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
    let mut inside = false;
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line == "[dependencies]";
        } else if inside {
            let name: String = line
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
                .collect();
            found.extend((!name.is_empty()).then_some(name));
        }
    }
    found
}

#[test]
fn no_crate_knows_one_that_stands_above_it() {
    let floors: BTreeMap<String, u32> = FLOORS
        .iter()
        .map(|(folder, floor)| {
            let name = match *folder {
                "forewarn" => "forewarn".to_owned(),
                folder => format!("forewarn-{folder}"),
            };
            (name, *floor)
        })
        .collect();
    for (folder, own) in FLOORS {
        for name in dependencies(folder) {
            let known = floors.get(&name);
            assert!(
                known.is_none_or(|floor| *floor < own),
                "{folder} knows {name}"
            );
        }
    }
}

#[test]
fn evaluators_know_neither_syntax_nor_the_compiler() {
    let known = dependencies("runtime");
    assert!(
        !known.contains(&"forewarn-compiler".to_owned()),
        "{known:?}"
    );
    assert!(!known.contains(&"forewarn-grammar".to_owned()), "{known:?}");
}

#[test]
fn only_the_native_backend_names_cranelift_and_is_unsafe() {
    for (folder, _) in FLOORS {
        let source = root().join(folder).join("src");
        for (path, text) in Files::below(&source).texts() {
            let native = path.starts_with(source.join("../../runtime/src/native"))
                || path.starts_with(root().join("runtime/src/native"));
            let named = text.contains("use cranelift") || text.contains("cranelift_");
            assert!(native || !named, "{} names Cranelift", path.display());
            let is_unsafe = text.contains("unsafe {") || text.contains("unsafe impl");
            assert!(native || !is_unsafe, "{} is unsafe", path.display());
        }
    }
}

/// Circles that are still there, by their first module: to be untied, never to be added to.
const STILL_THERE: [&str; 0] = [
];

#[test]
fn no_files_import_each_other_in_a_circle() {
    let (mut new, mut left) = (Vec::new(), STILL_THERE.to_vec());
    for (folder, _) in FLOORS {
        let imports = Files::below(&root().join(folder).join("src")).imports();
        for circle in circles(&imports) {
            let name = format!("{folder}:{}", circle[0]);
            if left.contains(&name.as_str()) {
                left.retain(|known| *known != name);
                continue;
            }
            let ties = circle.iter().map(|module| {
                let inside = imports[module]
                    .iter()
                    .filter(|other| circle.contains(other));
                let inside: Vec<&str> = inside.map(String::as_str).collect();
                format!("\n    {module} → {}", inside.join(", "))
            });
            new.push(format!("{folder}:{}", ties.collect::<String>()));
        }
    }
    assert!(new.is_empty(), "{} circles:\n{}", new.len(), new.join("\n"));
    assert!(left.is_empty(), "no longer circles: {left:?}");
}
