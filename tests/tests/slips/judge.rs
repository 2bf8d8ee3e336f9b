//! What is told of a slip, held against what has to be.

use super::Slip;
use super::framework::Framework;
use forewarn_compiler::{Compilation, Settings, compile as compile_files};
use forewarn_diagnostics::source::{MemoryFiles, Span};
use forewarn_diagnostics::{Diagnostic, Place};
use forewarn_grammar::words::one_line;
use std::path::Path;

pub struct Compiled {
    pub found: Vec<Diagnostic>,
    whole: Compilation,
}

pub fn compile(text: &str) -> Compiled {
    let files = MemoryFiles::of("rules/framework.risk", text);
    let whole = compile_files(Path::new("rules"), &files, &Settings::default());
    let found = whole.reports.iter().map(|cause| cause.describe()).collect();
    Compiled { found, whole }
}

impl Compiled {
    /// Where in the framework's own file a message points.
    fn place(&self, diagnostic: &Diagnostic) -> Option<(usize, usize)> {
        let Place::Source(span) = &diagnostic.primary.place else {
            return None;
        };
        self.own(*span)
    }

    fn own(&self, span: Span) -> Option<(usize, usize)> {
        let file = self.whole.sources.get(span.file)?;
        file.name
            .ends_with("framework.risk")
            .then_some((span.start as usize, span.end as usize))
    }
}

/// The five questions, each answered.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    pub place: bool,
    pub cause: bool,
    pub once: bool,
    pub holds: bool,
    pub meaning: bool,
    pub told: Vec<String>,
}

impl Answers {
    pub fn all(&self) -> bool {
        self.place && self.cause && self.once && self.holds && self.meaning
    }
}

pub fn judge(framework: &Framework, slip: &Slip) -> Answers {
    let text = framework.with(&[slip]);
    let compiled = compile(&text);
    let mut answers = Answers {
        once: compiled.found.len() == 1,
        told: compiled.found.iter().map(shown).collect(),
        ..Answers::default()
    };
    let Some(main) = compiled.found.iter().find(|one| fits(slip, one)) else {
        return answers;
    };
    answers.cause = true;
    answers.place = points_at(&compiled, main, slip, &text, slip.at);
    let edits = main
        .help
        .iter()
        .find(|help| !help.edits.is_empty())
        .map(|help| &help.edits);
    if let Some(says) = &slip.says {
        let says = says.as_str();
        answers.holds = main.help.iter().any(|help| help.text.contains(says))
            || main.notes.iter().any(|note| note.contains(says))
            || main.primary.text.contains(says);
        answers.meaning = edits.is_none_or(|edits| {
            let whole = mended(&compiled, &text, edits);
            compile(&whole).found.is_empty()
        });
        return answers;
    }
    let Some(edits) = edits else {
        return answers;
    };
    let mended_text = mended(&compiled, &text, edits);
    let left = compile(&mended_text).found;
    answers.holds = left.is_empty();
    answers
        .told
        .extend(left.iter().map(|one| format!("then {}", shown(one))));
    let line = one_line(&mended_text);
    answers.meaning = std::iter::once(&slip.right)
        .chain(&slip.readings)
        .any(|reading| {
            let meant = Slip {
                wrong: reading.clone(),
                ..slip.clone()
            };
            let whole = framework.with(&[&meant]);
            same(&one_line(&whole), &line) && comments(&whole) == comments(&mended_text)
        });
    if !answers.meaning {
        let start = slip.at.min(mended_text.len());
        let end = (start + slip.wrong.len() + 30).min(mended_text.len());
        let around = mended_text.get(start..end).unwrap_or_default();
        answers.told.push(format!("gives {around:?}"));
    }
    answers
}

/// The same words, but for names that were mended at all their places.
fn same(one: &str, other: &str) -> bool {
    one == other
}

fn comments(text: &str) -> Vec<String> {
    let mut found: Vec<String> = forewarn_grammar::parse(text)
        .file
        .comments
        .iter()
        .map(|comment| comment.text.trim().to_owned())
        .collect();
    found.sort();
    found
}

fn shown(one: &Diagnostic) -> String {
    let helps: Vec<&str> = one.help.iter().map(|help| help.text.as_str()).collect();
    format!("{}: {} [{}]", one.code, one.title, helps.join(" | "))
}

fn fits(slip: &Slip, one: &Diagnostic) -> bool {
    slip.codes.iter().any(|code| code == one.code.0)
}

/// Does the message touch the words it has to point at?
fn points_at(compiled: &Compiled, one: &Diagnostic, slip: &Slip, text: &str, at: usize) -> bool {
    let Some((start, end)) = compiled.place(one) else {
        return false;
    };
    let within = slip.wrong.find(&slip.point).map(|found| at + found);
    let Some(point) = within.or_else(|| text.find(&slip.point)) else {
        return false;
    };
    start <= point + slip.point.len() && point <= end
}

pub fn mended(compiled: &Compiled, text: &str, edits: &[(Span, String)]) -> String {
    let mut edits: Vec<((usize, usize), &String)> = edits
        .iter()
        .filter_map(|(span, text)| Some((compiled.own(*span)?, text)))
        .collect();
    edits.sort_by_key(|((start, end), _)| std::cmp::Reverse((*start, *end)));
    let mut mended = text.to_owned();
    for ((start, end), with) in edits {
        mended.replace_range(start..end, with);
    }
    mended
}

/// What of a pair is not told.
pub fn lost(framework: &Framework, one: &Slip, other: &Slip) -> Option<String> {
    let text = framework.with(&[one, other]);
    let compiled = compile(&text);
    let moved = |slip: &Slip, by: &Slip| {
        if by.at < slip.at {
            slip.at + by.wrong.len() - by.right.len()
        } else {
            slip.at
        }
    };
    let is_told = |slip: &Slip, by: &Slip| {
        compiled.found.iter().any(|told| {
            fits(slip, told) && points_at(&compiled, told, slip, &text, moved(slip, by))
        })
    };
    // What is not told alone cannot be withheld.
    let alone = |slip: &Slip| {
        let text = framework.with(&[slip]);
        let compiled = compile(&text);
        compiled
            .found
            .iter()
            .any(|told| fits(slip, told) && points_at(&compiled, told, slip, &text, slip.at))
    };
    for (slip, by) in [(one, other), (other, one)] {
        if !is_told(slip, by) && alone(slip) {
            let told: Vec<String> = compiled.found.iter().map(shown).collect();
            return Some(format!(
                "  `{}` beside `{}`\n    {}",
                slip.title,
                by.title,
                told.join("\n    ")
            ));
        }
    }
    None
}

#[derive(Default)]
pub struct Score {
    of: usize,
    place: usize,
    cause: usize,
    once: usize,
    holds: usize,
    meaning: usize,
    all: usize,
    failed: Vec<String>,
}

impl Score {
    pub fn add(&mut self, slip: &Slip, answers: Answers) {
        self.of += 1;
        self.place += usize::from(answers.place);
        self.cause += usize::from(answers.cause);
        self.once += usize::from(answers.once);
        self.holds += usize::from(answers.holds);
        self.meaning += usize::from(answers.meaning);
        self.all += usize::from(answers.all());
        if !answers.all() {
            let lacks = [
                ("place", answers.place),
                ("cause", answers.cause),
                ("once", answers.once),
                ("help", answers.holds),
                ("meaning", answers.meaning),
            ];
            let lacks: Vec<&str> = lacks
                .iter()
                .filter(|(_, has)| !has)
                .map(|(name, _)| *name)
                .collect();
            self.failed.push(format!(
                "  {} ({}): {:?}\n    {}",
                slip.title,
                lacks.join(", "),
                slip.wrong,
                answers.told.join("\n    ")
            ));
        }
    }

    pub fn share(&self) -> f64 {
        self.all as f64 / self.of.max(1) as f64
    }

    pub fn told(&self) -> String {
        format!(
            "{} slips: place {}, cause {}, once {}, help {}, meaning {}; all five {} ({:.1} %)\n{}",
            self.of,
            self.place,
            self.cause,
            self.once,
            self.holds,
            self.meaning,
            self.all,
            100.0 * self.share(),
            self.failed.join("\n")
        )
    }
}
