//! Tests of what a ruleset extends, and which of its changes moves them.
//!
//! In: a ruleset of which tests of a lower framework fail, or what it says itself of these. Out: for each of these the changes that move
//! it, found by making them in part; in notes of its failures, and for whoever writes down what is
//! expected here. A test that fails in what is extended by itself is said to.

use super::tested::{Moved, Ran, Tested};
use crate::words::list;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::moving::{Moving, MovingChange};
use forewarn_diagnostics::Help;
use forewarn_plan::tests::Tests;
use forewarn_runtime::attribution::{Cause, Changes, Trials, Verdict, attribute};
use forewarn_runtime::testing::{Cases, Failure, run_suite};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The file that changed tests are written into, in a ruleset that is a folder.
const CHANGED: &str = "changed_tests.risk";

/// Where changed tests are written; nowhere in an archive.
pub(super) fn place_of_changed(entry: &Path, tested: &Tested) -> Option<PathBuf> {
    if tested.home.is_archive {
        return None;
    }
    Some(if entry.is_dir() {
        entry.join(CHANGED)
    } else {
        entry.to_path_buf()
    })
}

/// What came of tests by name: what fails in each, in words; empty where it passes.
type Outcomes = BTreeMap<String, String>;

/// Tells at each failing test of what is extended what moves it.
pub(super) fn tell(path: &Path, tested: &mut Tested) {
    let is_below = |test: &&Ran| {
        !test.failures.is_empty()
            && test.verdict.is_none()
            && !tested.home.own.contains(&test.span.file)
    };
    let labels: BTreeSet<String> = tested
        .tests
        .iter()
        .filter(is_below)
        .map(|test| test.label.clone())
        .collect();
    if labels.is_empty() {
        return;
    }
    let Some(mut moving) = Moving::read(path, &DiskFiles) else {
        return;
    };
    let found = causes(&mut moving, tested, &labels);
    let place = place_of_changed(path, tested);
    for test in &mut tested.tests {
        let Some(moved) = found
            .get(&test.label)
            .filter(|_| labels.contains(&test.label))
        else {
            continue;
        };
        test.moved = Some(moved.clone());
        let is_changed = tested.home.own.contains(&test.file());
        let Some(first) = test.failures.first_mut() else {
            continue;
        };
        let told = &mut first.diagnostic;
        match moved {
            Moved::By { words, because } => {
                told.notes.push(format!("moved by {words}"));
                if !because.is_empty() {
                    told.notes.push(format!("because: {because}"));
                }
                let text = match &place {
                    Some(place) => format!(
                        "if that is meant, `forewarn test {} --update` writes what is expected here \
                         into {}, as a `changed test`",
                        tested.path,
                        place.display()
                    ),
                    None => {
                        "if that is meant, say what is expected here in a `changed test`".to_owned()
                    }
                };
                let edits = Vec::new();
                told.help.push(Help { text, edits });
            }
            Moved::Already if is_changed => told.notes.push(
                "nothing that is changed here moves it: the `changed test` can go".to_owned(),
            ),
            Moved::Already => {
                let note = "it fails in what is extended, without the changes made here, too";
                told.notes.push(note.to_owned());
            }
        }
    }
}

/// The cause of each of these tests, by name.
fn causes(
    moving: &mut Moving,
    tested: &Tested,
    labels: &BTreeSet<String>,
) -> BTreeMap<String, Moved> {
    let all: Changes = (0..moving.changes().len()).collect();
    let mut found = BTreeMap::new();
    let Some(after) = outcomes(moving, tested, labels, &all) else {
        return found;
    };
    // Where the ruleset's own changes are none, nothing can be said but that it fails already.
    let before = outcomes(moving, tested, labels, &Changes::new()).unwrap_or_default();
    let mut moved = Vec::new();
    for label in labels {
        match (before.get(label), after.get(label)) {
            (Some(before), Some(after)) if before == after => {
                found.insert(label.clone(), Moved::Already);
            }
            (_, Some(after)) => moved.push((label.clone(), after.clone())),
            (_, None) => {}
        }
    }
    let mut trying = Trying {
        moving,
        tested,
        labels,
        before,
        moved: &moved,
    };
    let Ok(causes) = attribute(&mut trying, moved.len());
    for ((label, _), cause) in moved.iter().zip(causes) {
        found.insert(label.clone(), told(moving.changes(), &cause));
    }
    found
}

fn told(changes: &[MovingChange], cause: &Cause) -> Moved {
    let of = |made: &Changes| -> Vec<&MovingChange> {
        made.iter().filter_map(|at| changes.get(*at)).collect()
    };
    let named = |made: &Changes| {
        let words = of(made).into_iter();
        let words = words.map(|change| format!("`{}`", change.words));
        list(&words.collect::<Vec<_>>(), 6)
    };
    let (words, made) = match cause {
        Cause::Alone(sets) => {
            let words: Vec<String> = sets.iter().map(&named).collect();
            let words = words.join(", and as well by ");
            (words, sets.iter().flatten().copied().collect())
        }
        Cause::Together(made) => (format!("{}, only together", named(made)), made.clone()),
        Cause::Added(made) => (format!("{}, together", named(made)), made.clone()),
        Cause::Among(made) => (format!("some of {}", named(made)), made.clone()),
    };
    let mut reasons: Vec<String> = Vec::new();
    for change in of(&made) {
        if !change.because.is_empty() && !reasons.contains(&change.because) {
            reasons.push(change.because.clone());
        }
    }
    Moved::By {
        words,
        because: reasons.join("; "),
    }
}

/// What comes of the tests with these changes made; nothing where they do not hold together.
fn outcomes(
    moving: &mut Moving,
    tested: &Tested,
    labels: &BTreeSet<String>,
    made: &Changes,
) -> Option<Outcomes> {
    let tests = moving.tests(made, labels)?;
    Some(run(&tests, tested))
}

fn run(tests: &Tests, tested: &Tested) -> Outcomes {
    let mut outcomes = Outcomes::new();
    for outcome in tests.suites.iter().flat_map(run_suite) {
        let failures = outcome.failures.iter().map(|failure| match failure {
            Failure::Expectation {
                span, row, actual, ..
            } => format!("{span:?} {row} {actual}\n"),
            Failure::Case { .. } | Failure::Engines(_) | Failure::Run(_) => "cannot\n".to_owned(),
        });
        outcomes.insert(outcome.label.clone(), failures.collect());
    }
    let cases = Cases::of(&tests.plan);
    for file in &tests.files {
        if let Some(differing) = super::tables::differing(tested, &cases, file) {
            outcomes.insert(file.label.clone(), differing);
        }
    }
    outcomes
}

struct Trying<'t> {
    moving: &'t mut Moving,
    tested: &'t Tested,
    labels: &'t BTreeSet<String>,
    before: Outcomes,
    /// The tests that the changes move, and what comes of each with all of them.
    moved: &'t [(String, String)],
}

impl Trials for Trying<'_> {
    type Error = std::convert::Infallible;

    fn count(&self) -> usize {
        self.moving.changes().len()
    }

    fn holds(&mut self, made: &Changes) -> bool {
        self.moving.holds(made)
    }

    fn outcome(&mut self, made: &Changes) -> Result<Option<Vec<Verdict>>, Self::Error> {
        let Some(now) = outcomes(self.moving, self.tested, self.labels, made) else {
            return Ok(None);
        };
        let verdict = |(label, after): &(String, String)| match now.get(label) {
            Some(now) if now == after => Verdict::After,
            Some(now) if self.before.get(label) == Some(now) => Verdict::Before,
            _ => Verdict::Other,
        };
        Ok(Some(self.moved.iter().map(verdict).collect()))
    }
}
