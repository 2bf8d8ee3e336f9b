//! The pages in `docs/diagnostics/` are those of the catalogue, and keep to one form.
//!
//! `FOREWARN_UPDATE_PAGES=1 cargo test -p forewarn-diagnostics --test pages` writes their index.

use forewarn_diagnostics::{CodeInfo, FAMILIES, Severity, all};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/diagnostics")
}

fn index() -> String {
    let mut text = String::from(
        "# Messages\n\n\
         Every message of the tool has a code. Its page says what the message means, why it \
         matters, and\nshows a wrong and a right example. `forewarn explain-code FW0107` prints the \
         same page.\n\n\
         An error stops the tool; a warning lets it go on (`--deny warnings` makes it stop). A \
         warning that\nis meant to be so is silenced where it arises: \
         `allow FW0613 because \"…\"`.\n\n\
         This index is written by a test; the pages are written by hand.\n",
    );
    for (family, parts) in FAMILIES {
        let mut infos: Vec<&CodeInfo> = parts.iter().collect();
        infos.sort_by_key(|info| info.code);
        write!(
            text,
            "\n## {family}\n\n| code | | what it says |\n|---|---|---|\n"
        )
        .unwrap();
        for info in infos {
            let severity = match info.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            writeln!(
                text,
                "| [{0}]({0}.md) | {severity} | {1} |",
                info.code,
                info.title()
            )
            .unwrap();
        }
    }
    text
}

#[test]
fn every_code_has_a_page_and_the_index_lists_it() {
    let folder = folder();
    let index = index();
    if std::env::var_os("FOREWARN_UPDATE_PAGES").is_some_and(|value| value == "1") {
        std::fs::write(folder.join("README.md"), &index).unwrap();
    }
    let found: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let pages = all().iter().map(|info| format!("{}.md", info.code));
    let expected: BTreeSet<String> = pages.chain(["README.md".to_owned()]).collect();
    assert_eq!(found, expected, "a page without a code, or without a page");
    let written = std::fs::read_to_string(folder.join("README.md")).unwrap();
    assert_eq!(
        written, index,
        "the index is out of date: FOREWARN_UPDATE_PAGES=1"
    );
}

#[test]
fn every_page_begins_with_its_code_and_what_the_severity_means() {
    for info in all() {
        let effect = match info.severity {
            Severity::Error => "This is an error: the tool stops.",
            Severity::Warning => "This is a warning: the tool goes on.",
        };
        let mut lines = info.page.lines();
        let title = lines.next().unwrap_or("");
        assert!(
            title.starts_with(&format!("# {}: ", info.code)),
            "{}: {title}",
            info.code
        );
        assert_eq!(lines.next(), Some(""), "{}", info.code);
        assert_eq!(lines.next(), Some(effect), "{}", info.code);
    }
}

#[test]
fn every_page_has_the_same_headings() {
    let headings = [
        "## What it means",
        "## Why it matters",
        "## Wrong",
        "## Right",
    ];
    for info in all() {
        let mut found: Vec<&str> = info
            .page
            .lines()
            // Shapes of the slip stand behind all else.
            .filter(|line| line.starts_with("## ") && *line != "## Common shapes")
            .collect();
        // Why data must fit the rules goes without saying.
        if info.code.0.starts_with("FW09") && !found.contains(&headings[1]) {
            found.insert(1, headings[1]);
        }
        assert_eq!(found, headings, "{} ({})", info.code, info.name);
        // What is wrong with data cannot always be shown in a few lines.
        let rules = info.page.contains("\n```risk");
        assert!(
            rules || info.code.0.starts_with("FW09") || info.code.0.starts_with("FW111"),
            "{}: no example",
            info.code
        );
        let fences = info
            .page
            .lines()
            .filter(|line| line.starts_with("```"))
            .count();
        assert_eq!(fences % 2, 0, "{}: an example is not closed", info.code);
    }
}

#[test]
fn titles_are_lower_case_without_a_full_stop() {
    for info in all() {
        let title = info.title();
        assert!(
            !title.is_empty() && title.chars().count() <= 100,
            "{}: {title}",
            info.code
        );
        assert!(!title.ends_with('.'), "{}: {title}", info.code);
        assert!(
            title.starts_with(|first: char| !first.is_uppercase()),
            "{}: {title}",
            info.code
        );
    }
}

#[test]
fn codes_are_unique_and_stand_with_their_family() {
    let mut seen = BTreeSet::new();
    for info in all() {
        let digits = info.code.0.strip_prefix("FW").unwrap();
        assert!(digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()));
        assert!(seen.insert(info.code), "{} is there twice", info.code);
    }
    for (family, parts) in FAMILIES {
        let hundreds: BTreeSet<&str> = parts.iter().map(|info| &info.code.0[..4]).collect();
        assert_eq!(hundreds.len(), 1, "{family}: {hundreds:?}");
    }
    assert!(seen.len() >= 40);
}

#[test]
fn pages_use_no_words_of_compilers() {
    for info in all() {
        let page = info.page.to_lowercase();
        for word in [
            "token",
            "identifier",
            "expression",
            "type mismatch",
            "parse error",
            "syntax",
        ] {
            assert!(!page.contains(word), "{}: `{word}`", info.code);
        }
    }
}

/// The text of every source below a folder.
fn sources(folder: &std::path::Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_code_belongs_to_one_cause() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root).unwrap() {
        let folder = entry.unwrap().path().join("src");
        if folder.is_dir() {
            sources(&folder, &mut found);
        }
    }
    for info in all() {
        let declaration = format!("\n    {} {} {{", info.code, info.name);
        let times: usize = found
            .iter()
            .map(|text| text.matches(&declaration).count())
            .sum();
        assert_eq!(times, 1, "{} ({})", info.code, info.name);
    }
}
