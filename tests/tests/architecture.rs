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

#[test]
fn unsafe_code_is_as_much_as_is_said_of_it() {
    const WORDS: [&str; 4] = ["unsafe {", "unsafe impl", "unsafe fn", "unsafe extern"];
    let told = std::fs::read_to_string(root().join("docs/security.md")).unwrap();
    let rows: BTreeMap<&str, usize> = told
        .lines()
        .filter_map(|line| {
            let (place, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
            Some((place, rest.split(" | ").next()?.parse().ok()?))
        })
        .collect();
    for place in [
        "runtime/src/native",
        "capi/src",
        "browser/src",
        "python/src",
    ] {
        let mut found = 0;
        for (_, text) in Files::below(&root().join(place)).texts() {
            let code = text.lines().filter_map(|line| line.split("//").next());
            let words = code.flat_map(|line| WORDS.map(|word| line.matches(word).count()));
            found += words.sum::<usize>();
        }
        assert_eq!(rows.get(place), Some(&found), "{place}");
    }
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut found = Vec::new();
    for (folder, _) in FLOORS {
        let imports = Files::below(&root().join(folder).join("src")).imports();
        for circle in circles(&imports) {
            let ties = circle.iter().map(|module| {
                let inside = imports[module]
                    .iter()
                    .filter(|other| circle.contains(other));
                let inside: Vec<&str> = inside.map(String::as_str).collect();
                format!("\n    {module} → {}", inside.join(", "))
            });
            found.push(format!("{folder}:{}", ties.collect::<String>()));
        }
    }
    assert!(
        found.is_empty(),
        "{} circles:\n{}",
        found.len(),
        found.join("\n")
    );
}

/// What the module for browsers rests on: its lock lists what it is built with, and no more.
#[test]
fn browsers_get_neither_machine_code_nor_formats_that_they_do_not_need() {
    let lock = std::fs::read_to_string(root().join("browser/Cargo.lock")).unwrap();
    let names: Vec<&str> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .collect();
    assert!(names.contains(&"forewarn-compiler") && names.contains(&"forewarn-tables"));
    for heavy in [
        "cranelift",
        "arrow",
        "parquet",
        "zstd",
        "calamine",
        "rust_xlsx",
    ] {
        let found: Vec<&&str> = names
            .iter()
            .filter(|name| name.starts_with(heavy))
            .collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
