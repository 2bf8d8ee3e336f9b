//! Examples out of pages, compiled from memory.

use forewarn_compiler::Settings;
use forewarn_diagnostics::Diagnostic;
use forewarn_diagnostics::source::{Files, SourceMap, Span};
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
    /// The language asked for, and whether translations are judged, as on pages about them.
    pub lang: Option<String>,
    pub translations: bool,
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
        lint: page.contains("Told by `forewarn lint` alone") || page.starts_with("# FW11"),
        translations: page.starts_with("# FW15"),
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
            Some("toml") => {
                let name = words.next().and_then(|word| word.strip_prefix("file="));
                let name = name.unwrap_or("forewarn.toml").to_owned();
                let block = format!("{}\n", block.join("\n"));
                example.files.push((name, block));
            }
            Some("text") => {
                let args = info.split_once("args=").map_or("", |(_, args)| args);
                let mut args = args.split_whitespace();
                while let Some(arg) = args.next() {
                    if arg == "--lang" {
                        example.lang = args.next().map(str::to_owned);
                        continue;
                    }
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
        let mut files = self.0.files.iter();
        let found = files.find(|(known, _)| below(Path::new("rules"), known) == path);
        let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
        found
            .map(|(_, text)| text.clone().into_bytes())
            .ok_or_else(missing)
    }

    fn is_dir(&self, path: &Path) -> bool {
        let mut files = self.0.files.iter();
        path == Path::new("rules")
            || files.any(|(name, _)| below(Path::new("rules"), name).parent() == Some(path))
    }

    fn rule_files(&self, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
        let mut paths = self.all_files(folder)?;
        paths.retain(|path| path.extension().is_some_and(|ext| ext == "risk"));
        Ok(paths)
    }

    fn all_files(&self, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
        let files = self.0.files.iter();
        let mut paths: Vec<PathBuf> = files
            .map(|(name, _)| below(Path::new("rules"), name))
            .filter(|path| path.starts_with(folder))
            .collect();
        paths.sort();
        Ok(paths)
    }
}

/// The path of `../un/framework.risk` as seen from a folder.
fn below(folder: &Path, name: &str) -> PathBuf {
    let up = name.strip_prefix("../");
    up.map_or_else(|| folder.join(name), PathBuf::from)
}

/// The example with the lock that its packages have now, where it shows none.
fn locked(example: &Example) -> Example {
    let mut locked = example.clone();
    let has = |name: &str| example.files.iter().any(|(known, _)| known == name);
    if has("forewarn.toml")
        && !has("forewarn.lock")
        && let Ok(text) =
            forewarn_compiler::package::lock_text(Path::new("rules"), &Memory(example))
    {
        locked.files.push(("forewarn.lock".to_owned(), text));
    }
    locked
}

/// All that the compiler makes of it.
pub fn compilation(example: &Example) -> forewarn_compiler::Compilation {
    let settings = Settings {
        lint: example.lint,
        set: example.settings.clone(),
        lang: example.lang.clone(),
        translations: example.translations,
        ..Settings::default()
    };
    compilation_with(example, &settings)
}

/// The same with settings of its own.
#[allow(dead_code, reason = "not every test has settings")]
pub fn compilation_with(example: &Example, settings: &Settings) -> forewarn_compiler::Compilation {
    forewarn_compiler::compile(Path::new("rules"), &Memory(&locked(example)), settings)
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

/// The example with edits made, each in the file that its span is of.
#[allow(dead_code, reason = "not every test mends")]
pub fn mended(example: &Example, sources: &SourceMap, edits: &[(Span, String)]) -> Example {
    let mut mended = example.clone();
    let mut edits = edits.to_vec();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    for (span, text) in edits {
        let (start, end) = (span.start as usize, span.end as usize);
        let source = sources.get(span.file).map(|file| PathBuf::from(&file.name));
        let place = example
            .files
            .iter()
            .position(|(name, _)| source.as_deref() == Some(&below(Path::new("rules"), name)))
            .unwrap_or(0);
        mended.files[place].1.replace_range(start..end, &text);
    }
    mended
}
