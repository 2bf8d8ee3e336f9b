//! `forewarn test --mutate`: which changes of the rules no test would notice.
//!
//! Tried once all tests pass. Survivors are told in the order of the source, those that an author
//! accepts apart from the others; the same whatever the number of threads.

use super::mutation_json::{Changed, Line, Numbers, Ruleset};
use super::reading::{header, read_as};
use super::recipes::by;
use super::tables::beside;
use super::tested::Tested;
use crate::args::{Format, ReadingArgs, TestArgs};
use crate::failure::{Failure, print, print_document};
use crate::progress::{Progress, Reached};
use crate::render::{Findings, SourceRange, harmless, wrap};
use crate::stream::Stream;
use crate::words::count;
use forewarn_compiler::Settings;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::mutation::{Mutant, Mutator, TableNames, Verdict};
use forewarn_compiler::testing::FileTest;
use forewarn_diagnostics::Cause;
use forewarn_diagnostics::source::{SourceMap, Span};
use forewarn_plan::Plan;
use forewarn_plan::mutants::Mutants as _;
use forewarn_runtime::bind::Bound;
use forewarn_runtime::causes::mutation::UnnoticedChange;
use forewarn_runtime::testing::{Cases, Tables, judge_mutants};
use forewarn_tables::read;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const CODE: &str = "FW1120";

/// Of a reader that is no terminal.
const USUAL_WIDTH: usize = 100;

/// What came of a ruleset's mutants.
pub(super) struct Mutated {
    path: String,
    sources: SourceMap,
    judged: Vec<Judged>,
    /// `allow`s that no survivor needs, as `file:line`.
    idle: Vec<String>,
}

struct Judged {
    mutant: Mutant,
    verdict: Verdict,
    /// Why an author accepts that no test notices it.
    accepted: Option<String>,
}

impl Judged {
    fn survives(&self) -> bool {
        self.verdict == Verdict::Unnoticed && self.accepted.is_none()
    }

    fn outcome(&self) -> &'static str {
        match (&self.verdict, &self.accepted) {
            (Verdict::DoesNotCompile, _) => "forbidden",
            (Verdict::Same, _) => "same",
            (Verdict::Noticed(_), _) => "noticed",
            (Verdict::Unnoticed, Some(_)) => "accepted",
            (Verdict::Unnoticed, None) => "unnoticed",
        }
    }
}

impl Mutated {
    fn number(&self, outcome: &str) -> usize {
        let judged = self.judged.iter();
        judged.filter(|one| one.outcome() == outcome).count()
    }

    /// Those that tests had to notice: without what is accepted.
    fn percent(&self) -> f64 {
        let (noticed, survivors) = (self.number("noticed"), self.number("unnoticed"));
        if noticed + survivors == 0 {
            100.0
        } else {
            noticed as f64 / (noticed + survivors) as f64 * 100.0
        }
    }

    /// Is what its tests notice too little?
    pub fn is_too_little(&self, least: Option<f64>) -> bool {
        match least {
            Some(least) => self.percent() < least,
            None => self.number("unnoticed") > 0,
        }
    }
}

/// Tries every change of a ruleset whose tests pass.
pub(super) fn mutate(
    tested: &Tested,
    args: &TestArgs,
    keep: &dyn Fn(&str) -> bool,
) -> Option<Mutated> {
    let entry = Path::new(&tested.path);
    let mutator = Mutator::read(entry, &DiskFiles, &Settings::default(), keep)?;
    let read_again = |cases: &Cases, file: &FileTest| table(tested, &args.reading, cases, file);
    let mut tables = Tables {
        read: BTreeMap::new(),
        again: &read_again,
    };
    let mut names = TableNames::new();
    let cases = Cases::of(mutator.plan());
    for file in mutator.files() {
        if let Some(bound) = table(tested, &args.reading, &cases, file) {
            names.insert(file.label.clone(), expected(mutator.plan(), &cases, &bound));
            tables.read.insert(file.label.clone(), bound);
        }
    }
    let mutator = mutator.with_tables(&names);
    let mutants = mutator.mutants();
    let reached = Arc::new(Reached::default());
    reached.tell(0, Some(mutants.len() as u64));
    let words = format!("{}: trying changes", tested.path);
    let progress = Progress::of_things(words, &reached, !args.quiet);
    let jobs = args.jobs.unwrap_or_else(cores);
    let verdicts = judge_mutants(&mutator, &mutants, &tables, jobs, &reached.done);
    drop(progress);
    let allowed = mutator.allowed();
    let mut used = vec![false; allowed.len()];
    let judged = mutants.into_iter().zip(verdicts);
    let judged = judged.map(|(mutant, verdict)| {
        let mut here = allowed.iter().zip(&mut used);
        let hit = here
            .find(|(one, _)| verdict == Verdict::Unnoticed && one.covers(CODE, mutant.change.span));
        let accepted = hit.map(|(one, used)| {
            *used = true;
            one.reason.clone()
        });
        Judged {
            mutant,
            verdict,
            accepted,
        }
    });
    let judged = judged.collect();
    let sources = mutator.sources().clone();
    let idle = allowed.iter().zip(&used);
    let idle = idle.filter(|(one, used)| one.code == CODE && !**used);
    let idle = idle.map(|(one, _)| place(&sources, one.span)).collect();
    Some(Mutated {
        path: tested.path.clone(),
        sources,
        judged,
        idle,
    })
}

/// How many can work at once.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The declarations of which a table says what comes out.
fn expected(plan: &Plan, cases: &Cases, bound: &Bound) -> std::collections::BTreeSet<String> {
    let outputs = cases.expected_outputs(bound).into_iter();
    let outputs = outputs.filter_map(|output| plan.outputs.get(output));
    outputs.map(|output| output.declaration.clone()).collect()
}

fn table(tested: &Tested, reading: &ReadingArgs, cases: &Cases, file: &FileTest) -> Option<Bound> {
    let place = beside(tested, file, &DiskFiles);
    let path = &place.path;
    let options = read_as(reading, cases, &header(path));
    let way = tested.ways.get(&file.label).cloned().unwrap_or_default();
    read(path, &cases.plan, &by(options, path, &way)).ok()
}

/// `watch.risk:31`
fn place(sources: &SourceMap, span: Span) -> String {
    let file = sources.get(span.file).map_or("", |file| &file.name);
    let (line, _) = sources.line_column(span);
    format!("{}:{line}", harmless(file))
}

/// Tells what came out, in the form that is wanted.
///
/// # Errors
/// Standard output cannot be written.
pub(super) fn tell(
    mutated: &[Mutated],
    format: Format,
    findings: &mut Findings,
) -> Result<(), Failure> {
    match format {
        Format::Human => {
            let text: Vec<String> = mutated.iter().map(human).collect();
            print(&text.join("\n")).map(|_| ())
        }
        Format::Json => {
            let text: String = mutated.iter().map(json_lines).collect();
            print_document(&text).map(|_| ())
        }
        _ => {
            for one in mutated {
                let sources = Arc::new(one.sources.clone());
                for judged in one.judged.iter().filter(|judged| judged.survives()) {
                    let change = &judged.mutant.change;
                    let cause = UnnoticedChange {
                        span: change.span,
                        change: change.words.clone(),
                    };
                    findings.add(cause.describe(), &sources);
                }
            }
            Ok(())
        }
    }
}

fn human(mutated: &Mutated) -> String {
    let (noticed, survivors) = (mutated.number("noticed"), mutated.number("unnoticed"));
    let accepted = mutated.number("accepted");
    let tried = noticed + survivors + accepted;
    let mut text = format!(
        "{}  {} tried, {noticed} noticed, {survivors} not",
        mutated.path,
        count(tried, "change")
    );
    if accepted > 0 {
        text.push_str(&format!(", {accepted} accepted"));
    }
    text.push_str(&format!(" ({} %)\n", mutated.percent().floor()));
    let (broken, same) = (mutated.number("forbidden"), mutated.number("same"));
    if broken + same > 0 {
        text.push_str(&format!(
            "  not counted: {broken} that the rules forbid, {same} that change nothing\n"
        ));
    }
    let survivors = mutated.judged.iter().filter(|judged| judged.survives());
    text.push_str(&listed(mutated, survivors));
    let mut reasons: Vec<&String> = Vec::new();
    for reason in mutated
        .judged
        .iter()
        .filter_map(|one| one.accepted.as_ref())
    {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    for reason in reasons {
        text.push_str(&format!("accepted because \"{}\"\n", harmless(reason)));
        let own = mutated.judged.iter();
        let own = own.filter(|judged| judged.accepted.as_ref() == Some(reason));
        text.push_str(&listed(mutated, own));
    }
    for idle in &mutated.idle {
        text.push_str(&format!("{idle}: `allow {CODE}` is not needed\n"));
    }
    text
}

/// `watch.risk:31: ` and what stands in that line.
fn place_and_line(sources: &SourceMap, span: Span) -> String {
    let (number, _) = sources.line_column(span);
    let file = sources.get(span.file);
    let line = file.and_then(|file| file.text.lines().nth(number.saturating_sub(1)));
    format!(
        "{}: {}\n",
        place(sources, span),
        harmless(line.unwrap_or("").trim())
    )
}

/// Changes by place, each line of the source once. Several values of the same words are one change.
fn listed<'m>(mutated: &Mutated, judged: impl Iterator<Item = &'m Judged>) -> String {
    /// Between the words and what they would be.
    const WERE: &str = " were `";
    let mut text = String::new();
    let mut lines: Vec<(String, String, Vec<String>)> = Vec::new();
    for judged in judged {
        let change = &judged.mutant.change;
        let place = place_and_line(&mutated.sources, change.span);
        let words = change.words.as_str();
        let (head, other) = match words.rsplit_once(WERE) {
            Some((head, other)) => (head.to_owned(), vec![format!("`{other}")]),
            None => (words.to_owned(), Vec::new()),
        };
        let same = lines.iter_mut().find(|(known, words, others)| {
            *known == place && *words == head && !others.is_empty() && !other.is_empty()
        });
        match same {
            Some((_, _, others)) => others.extend(other),
            None => lines.push((place, head, other)),
        }
    }
    let room = Stream::Out.width().unwrap_or(USUAL_WIDTH).saturating_sub(6);
    let mut at = "";
    for (place, head, others) in &lines {
        if place != at {
            text.push_str(place);
            at = place;
        }
        let were = match others.as_slice() {
            [] => String::new(),
            [only] => format!(" were {only}"),
            [start @ .., last] => format!(" were {} or {last}", start.join(", ")),
        };
        let words = format!("no test would notice if {head}{were}");
        for (number, line) in wrap(&words, room).iter().enumerate() {
            let indent = if number == 0 { "    " } else { "      " };
            text.push_str(&format!("{indent}{line}\n"));
        }
    }
    text
}

/// One object a line for each change, then one for the ruleset.
fn json_lines(mutated: &Mutated) -> String {
    let changes = mutated.judged.iter().map(|judged| {
        let change = &judged.mutant.change;
        let range = SourceRange::of(&mutated.sources, change.span);
        let noticed_by = match &judged.verdict {
            Verdict::Noticed(label) => Some(label.clone()),
            _ => None,
        };
        Line::Change(Changed {
            ruleset: mutated.path.clone(),
            change: change.words.clone(),
            kind: change.kind.word().to_owned(),
            declaration: change.declaration.clone(),
            file: range.as_ref().map(|range| range.file.clone()),
            line: range.as_ref().map(|range| range.line),
            column: range.as_ref().map(|range| range.column),
            text: mutated.sources.slice(change.span).to_owned(),
            outcome: judged.outcome().to_owned(),
            noticed_by,
            because: judged.accepted.clone(),
        })
    });
    let whole = Line::Ruleset(Ruleset {
        ruleset: mutated.path.clone(),
        mutation: Numbers {
            noticed: mutated.number("noticed"),
            unnoticed: mutated.number("unnoticed"),
            accepted: mutated.number("accepted"),
            forbidden: mutated.number("forbidden"),
            same: mutated.number("same"),
            percent: mutated.percent(),
        },
    });
    changes.chain([whole]).map(|line| line.text()).collect()
}
