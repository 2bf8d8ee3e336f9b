//! The pages of data diagnostics: each wrong table, read for the page's rules, gives exactly the
//! page's code, and the right one gives nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::{Cause, all};
use forewarn_plan::Plan;
use forewarn_tables::{ReadOptions, read, read_all};

/// The blocks of a page under a heading, as (language, text).
fn blocks(page: &str, heading: &str) -> Vec<(String, String)> {
    let after = page.split(heading).nth(1).unwrap_or("");
    let section = after.split("\n## ").next().unwrap_or("");
    let mut found = Vec::new();
    let mut rest = section;
    while let Some((_, block)) = rest.split_once("```") {
        let Some((text, behind)) = block.split_once("```") else {
            break;
        };
        let (language, text) = text.split_once('\n').unwrap_or((text, ""));
        found.push((language.trim().to_owned(), text.to_owned()));
        rest = behind;
    }
    found
}

fn plan(folder: &Path, text: &str) -> Plan {
    let file = folder.join("page.risk");
    fs::write(&file, text).expect("a temporary file");
    let compilation = compile(&file, &DiskFiles, &Settings::default());
    compilation.plan.expect("the page's rules compile")
}

/// The codes that reading a table gives, warnings included.
fn codes(folder: &Path, name: &str, text: &str, plan: &Plan) -> BTreeSet<&'static str> {
    let file = folder.join(name);
    fs::write(&file, text).expect("a temporary file");
    let of = |causes: &mut dyn Iterator<Item = &dyn Cause>| {
        causes.map(|cause| cause.code().0).collect::<BTreeSet<_>>()
    };
    match read(&file, plan, &ReadOptions::default()) {
        Ok(bound) => of(&mut bound.warnings.iter()),
        Err(reports) => of(&mut reports.iter()),
    }
}

/// The codes that reading several files together gives: blocks that name a file, ` ```csv a.csv `.
fn codes_of_files(
    folder: &Path,
    blocks: &[(String, String)],
    plan: &Plan,
) -> BTreeSet<&'static str> {
    let named = blocks.iter().filter_map(|(language, text)| {
        let name = language.strip_prefix("csv ")?;
        let file = folder.join(name);
        fs::write(&file, text).expect("a temporary file");
        Some(file)
    });
    let files: Vec<PathBuf> = named.collect();
    let of = |causes: &mut dyn Iterator<Item = &dyn Cause>| {
        causes.map(|cause| cause.code().0).collect::<BTreeSet<_>>()
    };
    match read_all(&files, plan, &ReadOptions::default()) {
        Ok(bound) => of(&mut bound.warnings.iter()),
        Err(reports) => of(&mut reports.iter()),
    }
}

#[test]
fn files_on_pages_give_the_code_of_their_page() {
    let mut tried = 0;
    for info in all().iter().filter(|info| info.code.0.starts_with("FW09")) {
        let wrong = blocks(info.page, "## Wrong");
        let several = |blocks: &[(String, String)]| {
            let mut languages = blocks.iter().map(|(language, _)| language);
            languages.any(|language| language.starts_with("csv "))
        };
        let rules = wrong.iter().find(|(language, _)| language == "risk");
        let (true, Some((_, rules))) = (several(&wrong), rules) else {
            continue;
        };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let plan = plan(folder.path(), rules);
        let found = codes_of_files(folder.path(), &wrong, &plan);
        assert_eq!(found, BTreeSet::from([info.code.0]), "{} wrong", info.code);
        let right = blocks(info.page, "## Right");
        let rules = right.iter().find(|(language, _)| language == "risk");
        let plan = rules.map_or(plan, |(_, rules)| self::plan(folder.path(), rules));
        let right = if several(&right) { right } else { wrong };
        let found = codes_of_files(folder.path(), &right, &plan);
        assert_eq!(found, BTreeSet::new(), "{} right", info.code);
        tried += 1;
    }
    assert!(tried >= 5, "only {tried} pages show several files");
}

#[test]
fn tables_on_pages_give_the_code_of_their_page() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut tried = 0;
    for info in all().iter().filter(|info| info.code.0.starts_with("FW09")) {
        let wrong = blocks(info.page, "## Wrong");
        let Some((_, rules)) = wrong.iter().find(|(language, _)| language == "risk") else {
            continue;
        };
        let plan = plan(folder.path(), rules);
        let tables = |blocks: &[(String, String)]| {
            let csv = blocks.iter().filter(|(language, _)| language == "csv");
            csv.map(|(_, text)| text.clone()).collect::<Vec<_>>()
        };
        for table in tables(&wrong) {
            let found = codes(folder.path(), "wrong.csv", &table, &plan);
            assert_eq!(
                found,
                BTreeSet::from([info.code.0]),
                "{} wrong:\n{table}",
                info.code
            );
            tried += 1;
        }
        let right = blocks(info.page, "## Right");
        let right_rules = right.iter().find(|(language, _)| language == "risk");
        let plan = right_rules.map_or(plan, |(_, rules)| self::plan(folder.path(), rules));
        let mut right = tables(&right);
        if right.is_empty() {
            // The rules were wrong for the table, which stays.
            right = tables(&wrong);
        }
        for table in right {
            let found = codes(folder.path(), "right.csv", &table, &plan);
            assert_eq!(found, BTreeSet::new(), "{} right:\n{table}", info.code);
        }
    }
    assert!(tried >= 10, "only {tried} pages show a table");
}
