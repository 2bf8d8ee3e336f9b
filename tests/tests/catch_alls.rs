//! What `docs/architecture.md` says of the code, held against the code.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The rule files of the house: every `.rs` below a folder, with its text.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("text");
                found.push((path, text));
            }
        }
    }
    found
}

/// The enums of the language whose variants a file may name.
const ENUMS: &[&str] = &[
    "ItemKind",
    "ExprKind",
    "AttrKind",
    "TypedKind",
    "Body",
    "CellKind",
    "Lowered",
    "Op",
];

const DENIED: &str = "#![deny(clippy::wildcard_enum_match_arm)]";

/// Modules that name variants and need no such rule: what they ask for is one kind.
const ASK_FOR_ONE: &[&str] = &["compiler/allowed", "compiler/package", "runtime/one_row"];

/// Modules that are still to follow.
const TO_FOLLOW: &[&str] = &[];

#[test]
fn no_match_over_an_enum_of_the_language_has_a_catch_all() {
    let root = root();
    let page = std::fs::read_to_string(root.join("docs/architecture.md")).expect("the page");
    let (_, rest) = page
        .split_once("**No catch-all over the language.**")
        .expect("the rule");
    let listed = rest.split("\n- **").next().expect("its words");
    let mut denied_in = BTreeSet::new();
    for name in ["compiler", "plan", "runtime"] {
        let src = root.join(name).join("src");
        let lib = std::fs::read_to_string(src.join("lib.rs")).expect("a crate");
        if lib.contains(DENIED) {
            assert!(
                listed.contains(&format!("all of `{name}`")),
                "{name} is not listed"
            );
            continue;
        }
        for (path, text) in sources(&src) {
            let below = path.strip_prefix(&src).expect("below it");
            let first = below.components().next().expect("a file");
            let module = Path::new(first.as_os_str()).with_extension("");
            let module = format!("{name}/{}", module.display());
            let own = text.contains(DENIED);
            let top = below.components().count() == 1 || below.ends_with("mod.rs");
            if own && top {
                denied_in.insert(module.clone());
            }
            let names = |one: &&str| {
                text.contains(&format!("{one}::")) && !text.contains(&format!("pub enum {one}::"))
            };
            let names = ENUMS.iter().any(names);
            let excepted =
                ASK_FOR_ONE.contains(&module.as_str()) || TO_FOLLOW.contains(&module.as_str());
            if names && !excepted {
                let here = src.join(module.split_once('/').expect("a module").1);
                let heads = [here.with_extension("rs"), here.join("mod.rs")];
                let denied = heads.iter().any(|head| {
                    std::fs::read_to_string(head).is_ok_and(|text| text.contains(DENIED))
                });
                assert!(
                    denied,
                    "{module} names variants ({}) and may have a catch-all",
                    below.display()
                );
            }
        }
    }
    for module in denied_in {
        let name = module.split_once('/').expect("a module").1;
        assert!(
            listed.contains(&format!("`{name}`")),
            "`{module}` is not listed"
        );
    }
}
