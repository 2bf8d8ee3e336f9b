//! Examples out of pages, compiled from memory.

use forewarn_compiler::Settings;
use forewarn_compiler::diagnostics::Diagnostic;
use forewarn_compiler::source::{Files, Span};
use std::path::{Path, PathBuf};

/// A package as a page shows it.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// Names and texts of its rule files.
    pub files: Vec<(String, String)>,
    /// `--set` values.
    pub settings: Vec<(String, String)>,
    /// Asked for lints, as pages about them are.
    pub lint: bool,
    /// In place of the only file, bytes that may be no text.
    pub bytes: Option<Vec<u8>>,
}

impl Example {
    #[allow(dead_code, reason = "not every test writes its own")]
    pub fn of(rules: &str) -> Self {
        Self {
            files: vec![("demo.risk".to_owned(), rules.to_owned())],
            ..Self::default()
        }
    }
}

/// The blocks below a heading of a page.
#[allow(dead_code, reason = "not every test reads pages")]
pub fn example(page: &str, heading: &str) -> Example {
    let mut example = Example {
        lint: page.starts_with("# FW11"),
        ..Example::default()
    };
    let mut lines = page.lines().skip_while(|line| *line != heading).skip(1);
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            break;
        }
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let mut words = info.split_whitespace();
        match words.next() {
            Some("risk") => {
                let name = words.next().and_then(|word| word.strip_prefix("file="));
                let name = name.unwrap_or("demo.risk").to_owned();
                example
                    .files
                    .push((name, format!("{}\n", block.join("\n"))));
            }
            Some("text") => {
                let args = info.split_once("args=").map_or("", |(_, args)| args);
                let mut args = args.split_whitespace();
                while let Some(arg) = args.next() {
                    if arg == "--set"
                        && let Some((name, value)) = args.next().and_then(|set| set.split_once('='))
                    {
                        example.settings.push((name.to_owned(), value.to_owned()));
                    }
                }
            }
            _ => {}
        }
    }
    example
}

struct Memory<'a>(&'a Example);

impl Files for Memory<'_> {
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        if let Some(bytes) = &self.0.bytes {
            return Ok(bytes.clone());
        }
        let name = path.strip_prefix("rules").unwrap_or(path).to_string_lossy();
        let found = self.0.files.iter().find(|(known, _)| *known == name);
        let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
        found
            .map(|(_, text)| text.clone().into_bytes())
            .ok_or_else(missing)
    }

    fn is_dir(&self, path: &Path) -> bool {
        path == Path::new("rules")
    }

    fn rule_files(&self, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
        let mut paths: Vec<PathBuf> = self
            .0
            .files
            .iter()
            .map(|(name, _)| folder.join(name))
            .collect();
        paths.sort();
        Ok(paths)
    }
}

/// All that the compiler makes of it.
pub fn compilation(example: &Example) -> forewarn_compiler::Compilation {
    let settings = Settings {
        lint: example.lint,
        set: example.settings.clone(),
        ..Settings::default()
    };
    compilation_with(example, &settings)
}

/// The same with settings of its own.
#[allow(dead_code, reason = "not every test has settings")]
pub fn compilation_with(example: &Example, settings: &Settings) -> forewarn_compiler::Compilation {
    forewarn_compiler::compile(Path::new("rules"), &Memory(example), settings)
}

/// All that the compiler has to say.
#[allow(dead_code, reason = "not every test asks for all")]
pub fn compile(example: &Example) -> Vec<Diagnostic> {
    compilation(example)
        .reports
        .iter()
        .map(|cause| cause.describe())
        .collect()
}

/// The example with edits made. Spans tell files by their place among all that were read; the
/// examples that offer edits have one file, and the standard library stands before it.
#[allow(dead_code, reason = "not every test mends")]
pub fn mended(example: &Example, edits: &[(Span, String)]) -> Example {
    let mut mended = example.clone();
    let mut edits = edits.to_vec();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    assert_eq!(
        example.files.len(),
        1,
        "an edit in a package of several files"
    );
    for (span, text) in edits {
        let (start, end) = (span.start as usize, span.end as usize);
        mended.files[0].1.replace_range(start..end, &text);
    }
    mended
}
