//! Failures of tests as an audience may read them.
//!
//! In: failures, and how open each declaration is. Out: the same failures without values of what the
//! audience may not see, and without keys of a table's rows where such a value is compared. What a
//! rule file itself gives and expects stays: whoever reads the rules reads it there.

use crate::args::{AudienceArgs, TestArgs};
use crate::failure::Failure as Failed;
use forewarn_plan::Plan;
use forewarn_plan::classification::Classification;
use forewarn_runtime::testing::Failure;

/// What is done beside testing tells of all cells of a table, or writes them.
///
/// # Errors
/// It is asked for.
pub(super) fn only_outcomes(args: &TestArgs) -> Result<(), Failed> {
    let asked = [
        (args.update, "--update"),
        (args.coverage.is_some(), "--coverage"),
        (args.mutate, "--mutate"),
    ];
    match asked.iter().find(|(asked, _)| *asked) {
        Some((_, option)) => {
            let message = format!("`{option}` tells what tables of cases hold, whoever may see it");
            let help = format!("leave `--audience` out, or `{option}`");
            Err(Failed::new(message).help(help))
        }
        None => Ok(()),
    }
}

/// What an audience may read.
#[derive(Clone, Copy)]
pub(super) struct Shelter<'a> {
    pub plan: &'a Plan,
    pub audience: Classification,
}

impl<'a> Shelter<'a> {
    pub fn new(plan: &'a Plan, args: &AudienceArgs) -> Self {
        Self {
            plan,
            audience: args.audience.unwrap_or(Classification::Confidential),
        }
    }

    /// May the reader see every value?
    pub fn sees_all(self) -> bool {
        self.audience == Classification::Confidential
    }

    /// In place of a value of a declaration or of one of its columns.
    fn withheld(self, name: &str) -> Option<String> {
        let declaration = name.split('.').next().unwrap_or(name);
        let classification = self.plan.confidentiality.of(declaration);
        (classification > self.audience).then(|| format!("withheld ({})", classification.word()))
    }

    pub fn failure(self, mut failure: Failure) -> Failure {
        match &mut failure {
            Failure::Expectation {
                actual,
                reads,
                notes,
                update,
                ..
            } => {
                for (name, _, value) in reads {
                    if let Some(word) = self.withheld(name) {
                        value.clone_from(&word);
                        *actual = word;
                        notes.clear();
                        *update = None;
                    }
                }
            }
            Failure::Case {
                column,
                key,
                expected,
                actual,
                cell,
                ..
            } => {
                if let Some(word) = self.withheld(column) {
                    key.clone_from(&word);
                    cell.clear();
                    expected.clone_from(&word);
                    *actual = word;
                }
            }
            Failure::Engines(_) | Failure::Run(_) => {}
        }
        failure
    }
}
