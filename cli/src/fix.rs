//! `forewarn fix`: makes the edits that messages offer, where it is certain what was meant.
//!
//! In: a ruleset. Out: its files with those edits, after they have been shown as a difference. Each edit is tried
//! on the ruleset as it would be: it is kept only where its finding is gone and no other has come. Nothing
//! outside the package is written, and nothing at all unless the whole can be.

use crate::args::{FixArgs, Format, Global};
use crate::failure::{Failure, print_document};
use crate::outputs::write_own;
use crate::packages::Candidate;
use crate::render::Findings;
use crate::report::{exit_code, tell_all};
use crate::stream::say;
use crate::words::count;
use forewarn_compiler::source::{FileId, SourceMap, Span};
use forewarn_compiler::{Compilation, Settings, compile};
use forewarn_diagnostics::{Code, Diagnostic, Help, Severity, Traits};
use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Edits tried in one go; a ruleset with more slips is mended by a second.
const MOST: usize = 500;

/// How often it is begun anew, without the declarations that an edit did not mend.
const ROUNDS: usize = 8;

/// Mends a ruleset.
///
/// # Errors
/// A code that there is not, or files that cannot be written.
pub fn fix(args: &FixArgs, global: &Global) -> Result<ExitCode, Failure> {
    for code in &args.code {
        if forewarn_diagnostics::info(code).is_none() {
            let failure = Failure::new(format!("there is no code `{code}`"));
            return Err(match forewarn_diagnostics::nearest(code) {
                Some(near) => failure.help(format!("did you mean `{near}`?")),
                None => failure.help("codes look like FW0101 and stand in every message"),
            });
        }
    }
    let mut mending = Mending::new(args);
    let mended = mending.all();
    let files = mending.changed();
    let for_people = global.format == Format::Human;
    if for_people {
        for file in &files {
            print_document(&file.difference())?;
        }
    }
    if !args.dry_run && !files.is_empty() {
        let bytes: Vec<(&Path, Vec<u8>)> = files
            .iter()
            .map(|file| (file.path.as_path(), file.bytes()))
            .collect();
        write_own(bytes.iter().map(|(path, bytes)| (*path, bytes.as_slice())))?;
    }
    let left = mending.compile();
    let sources = Arc::new(left.sources);
    let mut findings = Findings::default();
    findings.add_reports(&left.reports, &sources);
    if !for_people {
        tell_all(&findings, global);
        return Ok(exit_code(&findings, global));
    }
    let left = findings.errors() + findings.warnings();
    let mut words = match mended {
        0 => "nothing to mend that is certain".to_owned(),
        mended if args.dry_run => format!(
            "{} would be mended in {}",
            count(mended, "finding"),
            count(files.len(), "file")
        ),
        mended => format!(
            "{} mended in {}",
            count(mended, "finding"),
            count(files.len(), "file")
        ),
    };
    if left > 0 {
        words.push_str(&format!(
            "; {} left: `forewarn check`",
            count(left, "finding")
        ));
    }
    say(&format!("{words}\n"));
    Ok(exit_code(&findings, global))
}

/// A file of the package, as it stands and as it is to be.
struct Changed {
    path: PathBuf,
    shown: String,
    before: String,
    after: String,
    /// The mark that some editors put before the first line.
    marked: bool,
}

impl Changed {
    fn difference(&self) -> String {
        let difference = TextDiff::from_lines(&self.before, &self.after);
        difference
            .unified_diff()
            .context_radius(1)
            .header(&self.shown, &self.shown)
            .to_string()
    }

    fn bytes(&self) -> Vec<u8> {
        let mark = if self.marked { "\u{feff}" } else { "" };
        format!("{mark}{}", self.after).into_bytes()
    }
}

struct Mending<'a> {
    args: &'a FixArgs,
    root: PathBuf,
    candidate: Candidate,
    files: BTreeMap<PathBuf, Changed>,
    /// Declarations that still do not read behind what was mended in them: what was meant there is not certain.
    left_alone: BTreeSet<String>,
}

/// What is told, however its place moves while others are mended.
type Told = (Code, String);

impl<'a> Mending<'a> {
    fn new(args: &'a FixArgs) -> Self {
        let folder = if args.rules.is_dir() {
            args.rules.clone()
        } else {
            match args.rules.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
                _ => PathBuf::from("."),
            }
        };
        Self {
            args,
            root: folder.canonicalize().unwrap_or(folder),
            candidate: Candidate::default(),
            files: BTreeMap::new(),
            left_alone: BTreeSet::new(),
        }
    }

    fn compile(&self) -> Compilation {
        let settings = Settings {
            lint: self.args.lint,
            ..Settings::default()
        };
        compile(&self.args.rules, &self.candidate, &settings)
    }

    /// How many findings were mended. A declaration that still does not read at or behind an edit was not mended by
    /// it: all is begun anew without that declaration.
    fn all(&mut self) -> usize {
        for _ in 0..ROUNDS {
            let (mended, places) = self.once();
            let unsure = self.unsure(&places);
            let news = unsure.iter().any(|one| !self.left_alone.contains(one));
            if !news {
                return mended;
            }
            self.left_alone.extend(unsure);
            self.candidate = Candidate::default();
            self.files.clear();
        }
        self.once().0
    }

    /// Declarations with an edit in them that do not read at or behind it, or with a name beside it that nothing has.
    fn unsure(&self, places: &[(String, usize)]) -> Vec<String> {
        if places.is_empty() || self.args.all || !self.args.code.is_empty() {
            return Vec::new();
        }
        let now = self.compile();
        let unread: Vec<(String, usize, bool)> = now
            .reports
            .iter()
            .filter(|cause| cause.severity() == Severity::Error)
            .filter_map(|cause| {
                let code = cause.code().0;
                let reads = !code.starts_with("FW00");
                if reads && !code.starts_with("FW01") {
                    return None;
                }
                match cause.describe().primary.place {
                    forewarn_diagnostics::Place::Source(span) => {
                        let (declaration, line) = place_of(&now.sources, span)?;
                        Some((declaration, line, reads))
                    }
                    _ => None,
                }
            })
            .collect();
        places
            .iter()
            .filter(|(declaration, line)| {
                unread.iter().any(|(other, at, reads)| {
                    other == declaration && if *reads { at == line } else { at >= line }
                })
            })
            .map(|(declaration, _)| declaration.clone())
            .collect()
    }

    /// Mends one finding after the other; gives how many, and where those lay of what did not read.
    fn once(&mut self) -> (usize, Vec<(String, usize)>) {
        let mut places = Vec::new();
        let mut tried: BTreeSet<(Told, String)> = BTreeSet::new();
        let mut mended = 0;
        let mut now = self.compile();
        for _ in 0..MOST {
            let found: Vec<Diagnostic> = now.reports.iter().map(|cause| cause.describe()).collect();
            let next = found.iter().find_map(|one| {
                let help = self.chosen(one, &now.sources)?;
                let place = place_of(&now.sources, help.edits.first()?.0);
                if place.is_some_and(|(of, _)| self.left_alone.contains(&of)) {
                    return None;
                }
                let line = line_of(&now.sources, help.edits.first()?.0);
                let key = (told(one), line);
                (!tried.contains(&key)).then_some((help, key))
            });
            let Some((help, key)) = next else { break };
            let key_code = key.0.0.0;
            let place = help
                .edits
                .first()
                .and_then(|(span, _)| place_of(&now.sources, *span));
            tried.insert(key);
            let Some(before) = self.apply(&now.sources, &help.edits) else {
                continue;
            };
            let after = self.compile();
            if is_better(&found, &after) {
                mended += 1;
                if key_code.starts_with("FW00") {
                    places.extend(place);
                }
                now = after;
            } else {
                self.take_back(before);
            }
        }
        (mended, places)
    }

    /// The way out that is taken: the only one, of a code where it is certain or that is asked for.
    fn chosen<'d>(&self, one: &'d Diagnostic, sources: &SourceMap) -> Option<&'d Help> {
        let asked = self.args.code.iter().any(|code| code == one.code.0);
        if !self.args.code.is_empty() && !asked {
            return None;
        }
        let mut ways = one.help.iter().filter(|help| !help.edits.is_empty());
        let first = ways.next()?;
        let alone = ways.next().is_none();
        let certain = alone && one.code.has(Traits::CERTAIN) && !drops_words(sources, first);
        // Of two readings none is taken unless the code is named.
        let all = self.args.all && (asked || (alone && !drops_reason(sources, first)));
        (certain || all || (asked && alone)).then_some(first)
    }

    /// Makes the edits; gives what stood there before, or nothing where one of them may not be made.
    fn apply(
        &mut self,
        sources: &SourceMap,
        edits: &[(Span, String)],
    ) -> Option<Vec<(PathBuf, String)>> {
        let mut by_file: BTreeMap<FileId, Vec<(usize, usize, &String)>> = BTreeMap::new();
        for (span, text) in edits {
            let place = (span.start as usize, span.end as usize, text);
            by_file.entry(span.file).or_default().push(place);
        }
        let mut texts: Vec<(PathBuf, String)> = Vec::with_capacity(by_file.len());
        for (id, mut edits) in by_file {
            let file = sources.get(id)?;
            let path = self.own_file(&file.name, &file.text)?;
            edits.sort_by_key(|(start, end, _)| std::cmp::Reverse((*start, *end)));
            let mut text = file.text.to_string();
            let mut behind = text.len();
            for (start, end, new) in edits {
                if end > behind
                    || start > end
                    || !text.is_char_boundary(start)
                    || !text.is_char_boundary(end)
                {
                    return None;
                }
                behind = start;
                text.replace_range(start..end, new);
            }
            texts.push((path, text));
        }
        let mut before = Vec::with_capacity(texts.len());
        for (path, text) in texts {
            let file = self.files.get_mut(&path)?;
            before.push((path, std::mem::replace(&mut file.after, text)));
        }
        self.put(before.iter().map(|(path, _)| path.clone()).collect());
        Some(before)
    }

    fn take_back(&mut self, before: Vec<(PathBuf, String)>) {
        let mut paths = Vec::with_capacity(before.len());
        for (path, text) in before {
            if let Some(file) = self.files.get_mut(&path) {
                file.after = text;
            }
            paths.push(path);
        }
        self.put(paths);
    }

    fn put(&mut self, paths: Vec<PathBuf>) {
        for path in paths {
            if let Some(file) = self.files.get(&path) {
                self.candidate.put(&path, file.bytes());
            }
        }
    }

    /// Where a file of the package itself stands; none of what it builds on, and nothing outside its folder.
    fn own_file(&mut self, name: &str, text: &str) -> Option<PathBuf> {
        let path = PathBuf::from(name);
        if self.files.contains_key(&path) {
            return Some(path);
        }
        let place = path.canonicalize().ok()?;
        let below = place.strip_prefix(&self.root).ok()?;
        let mut folder = self.root.clone();
        let folders = below.parent()?.components();
        let another = folders.into_iter().any(|part| {
            folder.push(part);
            folder.join("forewarn.toml").is_file()
        });
        if another {
            return None;
        }
        let there = std::fs::read_to_string(&path).ok()?;
        let (marked, before) = match there.strip_prefix('\u{feff}') {
            Some(rest) if rest == text => (true, rest.to_owned()),
            _ if there == text => (false, there),
            // What was read is not what stands there: nothing is written over it.
            _ => return None,
        };
        let file = Changed {
            path: path.clone(),
            shown: name.to_owned(),
            after: before.clone(),
            before,
            marked,
        };
        self.files.insert(path.clone(), file);
        Some(path)
    }

    fn changed(&self) -> Vec<&Changed> {
        let files = self.files.values();
        files.filter(|file| file.before != file.after).collect()
    }
}

/// Would a change go with the reason that somebody gave for it? That is done where it is asked for by its code.
fn drops_reason(sources: &SourceMap, help: &Help) -> bool {
    help.edits.iter().any(|(span, text)| {
        let mut words = sources.slice(*span).split_whitespace();
        text.trim().is_empty() && words.any(|word| word == "because")
    })
}

/// Would words go and nothing come? Then somebody has to look.
fn drops_words(sources: &SourceMap, help: &Help) -> bool {
    help.edits.iter().any(|(span, text)| {
        text.trim().is_empty() && sources.slice(*span).chars().any(char::is_alphanumeric)
    })
}

fn told(one: &Diagnostic) -> Told {
    (one.code, one.title.clone())
}

fn line_of(sources: &SourceMap, span: Span) -> String {
    let Some(file) = sources.get(span.file) else {
        return String::new();
    };
    let (line, _) = file.line_at(span.start as usize);
    let text = file.text.get(file.line(line)).unwrap_or_default();
    format!("{}: {text}", file.name)
}

/// The declaration that a place lies in, by its file and the first words of its first line, and the line.
fn place_of(sources: &SourceMap, span: Span) -> Option<(String, usize)> {
    let file = sources.get(span.file)?;
    let before = file.text.get(..span.end as usize)?;
    let begins = before
        .rmatch_indices('\n')
        .map(|(at, _)| at + 1)
        .chain(std::iter::once(0))
        .find(|at| {
            before
                .get(*at..)
                .is_some_and(|rest| rest.starts_with(|sign: char| sign.is_alphabetic()))
        })
        .unwrap_or(0);
    let head = file.text.get(begins..)?.lines().next().unwrap_or_default();
    let words: Vec<&str> = head.split_whitespace().take(2).collect();
    let (line, _) = file.line_at(span.start as usize);
    Some((format!("{}: {}", file.name, words.join(" ")), line))
}

/// Is there less to be told, and nothing that was not told before? What could not be judged before is no news
/// unless it is an error.
fn is_better(before: &[Diagnostic], after: &Compilation) -> bool {
    let after: Vec<Diagnostic> = after.reports.iter().map(|cause| cause.describe()).collect();
    let mut known: BTreeMap<Told, usize> = BTreeMap::new();
    for one in before {
        *known.entry(told(one)).or_default() += 1;
    }
    let mut fresh = 0;
    for one in &after {
        match known.get_mut(&told(one)) {
            Some(left) if *left > 0 => *left -= 1,
            _ if one.severity == Severity::Error => return false,
            _ => fresh += 1,
        }
    }
    after.len() - fresh < before.len()
}
