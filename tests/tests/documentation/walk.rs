//! A page from top to bottom: its files are written into a folder, its rulesets compiled as they
//! stand there, its commands run among them.

use super::block::{Block, Page};
use super::command::{alike, run, shown};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::package::lock_text;
use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::{Diagnostic, Place};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What stands around a fragment, in a file of its own; findings in it are not told.
const FRAME: &str = r#"
framework demo "Demo" version "1.0.0"
panel country by year
unit deaths
unit people
indicator killed       "People killed in the year"   : deaths in 0..
indicator population   "Population"                  : people in 1..1_000_000_000
indicator repression   "Repression of civil society" : number in -5..5
indicator inequality   "Inequality, 0 to 1"          : number in 0..1
indicator schooling    "Years of schooling"          : years in 0..20
indicator hate_speech  "Incitement by officials"     : assessment
indicator militia      "Armed groups recruit"        : truth
indicator coup_attempt "A coup was attempted"        : truth
indicator region       "Region"                      : category { coast, plain, hills }
"#;

/// The pages' files as the page has them so far.
struct Folder<'p> {
    page: &'p Page,
    folder: tempfile::TempDir,
    kept: BTreeMap<String, String>,
}

impl<'p> Folder<'p> {
    fn new(page: &'p Page) -> Self {
        Self {
            page,
            folder: tempfile::tempdir().unwrap(),
            kept: BTreeMap::new(),
        }
    }

    /// Writes a block that is a file or a part of one. What a block is wrong about stays only until
    /// the file is written again.
    fn write(&mut self, block: &Block) -> Option<String> {
        let name = block.value("file").or_else(|| block.value("add"))?;
        let mut text = match block.value("add") {
            Some(name) => format!("{}\n", self.kept.get(name).expect("a file to add to")),
            None => String::new(),
        };
        text.push_str(&block.text);
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
        if block.value("error").is_none() {
            self.kept.insert(name.to_owned(), text);
        }
        Some(name.to_owned())
    }

    /// What the compiler finds in a block's ruleset; `None` where it is not whole yet.
    fn findings(&mut self, block: &Block) -> Option<Vec<Diagnostic>> {
        if block.is("fragment") {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("frame.risk"), FRAME).unwrap();
            fs::write(folder.path().join("fragment.risk"), &block.text).unwrap();
            return Some(found(folder.path(), "frame.risk"));
        }
        let name = match self.write(block) {
            Some(name) => name,
            None => {
                fs::write(self.folder.path().join("block.risk"), &block.text).unwrap();
                "block.risk".to_owned()
            }
        };
        let entry = match name.split_once('/') {
            // A package of several files is whole with the last of them.
            Some((package, _)) => {
                let last = self.page.blocks.iter().rfind(|other| {
                    let name = other.value("file").and_then(|name| name.split_once('/'));
                    name.is_some_and(|(own, _)| own == package)
                });
                if last.is_none_or(|last| last.line != block.line) {
                    return None;
                }
                package
            }
            None => name.as_str(),
        };
        lock(&self.folder.path().join(entry));
        Some(found(&self.folder.path().join(entry), ""))
    }
}

/// Locks what a ruleset builds on, as its reader would.
fn lock(entry: &Path) {
    if entry.join("forewarn.toml").is_file()
        && let Ok(text) = lock_text(entry, &DiskFiles)
    {
        fs::write(entry.join("forewarn.lock"), text).unwrap();
    }
}

fn found(entry: &Path, ignored: &str) -> Vec<Diagnostic> {
    let compiled = compile(entry, &DiskFiles, &Settings::default());
    let told = |diagnostic: &Diagnostic| match &diagnostic.primary.place {
        Place::Source(span) => compiled
            .sources
            .get(span.file)
            .is_none_or(|file| ignored.is_empty() || !file.name.ends_with(ignored)),
        _ => true,
    };
    compiled
        .reports
        .iter()
        .map(|cause| cause.describe())
        .filter(told)
        .collect()
}

/// Rulesets that do not compile, or not with the finding that their mark names.
pub fn rulesets(page: &Page) -> Vec<String> {
    let mut folder = Folder::new(page);
    let mut failures = Vec::new();
    for block in &page.blocks {
        if block.language() != "risk" {
            // What stands beside rules: `forewarn.toml`, translations.
            folder.write(block);
            continue;
        }
        if block.value("excerpt").is_some() {
            continue;
        }
        let Some(found) = folder.findings(block) else {
            continue;
        };
        let codes: BTreeSet<&str> = found.iter().map(|diagnostic| diagnostic.code.0).collect();
        let wanted: BTreeSet<&str> = block.value("error").into_iter().collect();
        if codes != wanted {
            let lines: Vec<String> = found
                .iter()
                .map(|diagnostic| format!("  {}: {}", diagnostic.code, diagnostic.title))
                .collect();
            failures.push(format!(
                "{}:{}: gives\n{}",
                page.name,
                block.line,
                lines.join("\n")
            ));
        }
    }
    failures
}

/// Commands that print something else than is shown, and the page as it should be.
pub fn commands(page: &Page, root: &Path, program: &Path) -> (Vec<String>, String) {
    let mut folder = Folder::new(page);
    let mut failures = Vec::new();
    let mut text = String::new();
    let mut copied = 0;
    for block in &page.blocks {
        folder.write(block);
        if block.language() != "console" {
            continue;
        }
        let wanted: i32 = block.value("exit").map_or(0, |code| code.parse().unwrap());
        let mut should = String::new();
        for command in shown(&block.text) {
            should.push_str(&format!("$ {}\n", command.line));
            match run(&command.line, program, root, folder.folder.path()) {
                Some((printed, code)) => {
                    let same = alike(&command.output, &printed);
                    for line in if same { &command.output } else { &printed }.lines() {
                        should.push_str(line.trim_end());
                        should.push('\n');
                    }
                    if !same || code != wanted {
                        failures.push(format!(
                            "{}:{}: `{}` ends with {code} and prints\n{printed}",
                            page.name, block.line, command.line
                        ));
                    }
                }
                None => should.push_str(&command.output),
            }
        }
        text.push_str(&page.text[copied..block.place.start]);
        text.push_str(should.trim_end());
        text.push('\n');
        copied = block.place.end;
    }
    text.push_str(&page.text[copied..]);
    (failures, text)
}

/// Excerpts of files that are not, or no longer, in them. A line `// …` leaves something out.
pub fn excerpts(page: &Page, root: &Path) -> Vec<String> {
    let mut failures = Vec::new();
    for block in &page.blocks {
        let Some(path) = block.value("excerpt") else {
            continue;
        };
        let file = fs::read_to_string(root.join(path)).unwrap_or_default();
        let parts = block
            .text
            .split("// …\n")
            .map(str::trim)
            .filter(|part| !part.is_empty());
        for part in parts.filter(|part| !file.contains(part)) {
            let line = block.line;
            failures.push(format!(
                "{}:{line}: this is not in {path}:\n{part}",
                page.name
            ));
        }
    }
    failures
}
