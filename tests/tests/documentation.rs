//! The documentation holds: every ruleset in it compiles, every command in it prints what is shown,
//! every link leads somewhere, and the reference leaves nothing of the language out.
//!
//! In: the pages of [`pages`], with their blocks. Out: nothing, or what does not hold, with page and
//! line. How blocks are marked stands in `CONTRIBUTING.md`. The pages in `docs/diagnostics` are
//! tested beside the messages that they explain.

mod block;
mod command;
mod links;
mod walk;

use block::Page;
use forewarn_compiler::package::STDLIB;
use forewarn_compiler::typed::{ACROSS_PEERS, ALONG_TIME, Builtin};
use std::path::{Path, PathBuf};

/// Everything that people read, below the root.
fn pages() -> Vec<Page> {
    let root = root();
    let mut paths: Vec<PathBuf> = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        .iter()
        .map(|name| root.join(name))
        .collect();
    let docs = std::fs::read_dir(root.join("docs")).unwrap();
    paths.extend(
        docs.map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file()),
    );
    paths.sort();
    paths.iter().map(|path| Page::read(&root, path)).collect()
}

/// The folder that holds the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

fn assert_none(failures: &[String]) {
    assert!(
        failures.is_empty(),
        "{} places:\n\n{}",
        failures.len(),
        failures.join("\n\n")
    );
}

#[test]
fn every_ruleset_compiles() {
    let mut blocks = 0;
    let mut failures = Vec::new();
    for page in pages() {
        blocks += page
            .blocks
            .iter()
            .filter(|block| block.language() == "risk")
            .count();
        failures.extend(walk::rulesets(&page));
    }
    assert_none(&failures);
    assert!(blocks >= 30, "only {blocks} rulesets are shown");
}

/// `FOREWARN_UPDATE_DOCS=1` writes what the commands print into the pages.
#[test]
fn every_command_prints_what_is_shown() {
    let Some(program) = command::program() else {
        return;
    };
    let update = std::env::var_os("FOREWARN_UPDATE_DOCS").is_some_and(|value| value == "1");
    let mut failures = Vec::new();
    for page in pages() {
        let (mut found, printed) = walk::commands(&page, &root(), &program);
        if update && printed != page.text {
            std::fs::write(root().join(&page.name), &printed).unwrap();
        }
        failures.append(&mut found);
    }
    assert_none(&failures);
}

#[test]
fn every_excerpt_stands_in_its_file() {
    let failures: Vec<String> = pages()
        .iter()
        .flat_map(|page| walk::excerpts(page, &root()))
        .collect();
    assert_none(&failures);
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let failures: Vec<String> = pages
        .iter()
        .flat_map(|page| links::broken(page, &root()))
        .collect();
    assert_none(&failures);
}

/// A function or property that is added to the language has to be added to the reference.
#[test]
fn the_reference_names_everything() {
    let pages = pages();
    let reference = pages
        .iter()
        .find(|page| page.name.ends_with("reference.md"))
        .unwrap();
    let own = Builtin::ALL.iter().map(|(name, _)| *name);
    let standard = STDLIB
        .iter()
        .flat_map(|(_, text)| text.lines())
        .filter_map(|line| {
            let (name, _) = line.strip_prefix("fn ")?.split_once('(')?;
            Some(name)
        });
    let of_other_rows = ALONG_TIME.iter().chain(ACROSS_PEERS).copied();
    let absent: Vec<&str> = own
        .chain(standard)
        .chain(of_other_rows)
        .filter(|name| !reference.text.contains(&format!("`{name}(")))
        .collect();
    assert_eq!(absent, [""; 0], "not in docs/reference.md");
}
