//! Tables of known results: every row of a file is run, and what it says of results is compared.
//!
//! A table is read as data is, with its results as further columns: so cells, keys, levels and
//! mistakes mean the same as in data. A column that is named as an indicator is given, one that is
//! named as a result is expected, and an empty cell of it expects a missing value.

use std::borrow::Cow;

use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::suggest::suggest;
use forewarn_plan::tests::{LAST_DIGITS, Tolerance};
use forewarn_plan::{InputInfo, InputKind, OnViolation, OutputKind, PeriodKind, Plan};

use super::{Failure, both, words};
use crate::bind::Bound;
use crate::codes::Codes;
use crate::history::History;
use crate::panel::Panel;
use crate::run::{Engine, Results, RunOptions, run};

/// Words that stand for a missing result, besides the empty cell.
pub const MISSING_WORDS: [&str; 2] = ["unknown", "missing"];

/// A ruleset whose data has its results, too.
#[derive(Clone, Debug)]
pub struct Cases {
    /// Read tables with this; its own inputs stand first and may all be absent.
    pub plan: Plan,
    /// For each further input, the output that it expects.
    expected: Vec<usize>,
    own: usize,
}

/// What came of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CasesOutcome {
    pub rows: usize,
    /// Cells.
    pub compared: usize,
    /// The result columns that the table has.
    pub columns: Vec<String>,
    pub failures: Vec<Failure>,
}

impl Cases {
    /// For the ruleset's own Plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let mut plan = plan.clone();
        for input in &mut plan.inputs {
            input.optional = true;
        }
        let own = plan.inputs.len();
        let mut expected = Vec::new();
        for (index, output) in plan.outputs.iter().enumerate() {
            let is_given = plan.inputs.iter().take(own).any(|input| {
                input.name == output.column || input.column.as_ref() == Some(&output.column)
            });
            let kind = match &output.kind {
                OutputKind::Number | OutputKind::Period(PeriodKind::Year) => InputKind::Number,
                OutputKind::Truth => InputKind::Truth,
                OutputKind::Level { names, .. } => InputKind::Level {
                    scale: output.declaration.clone(),
                    names: names.clone(),
                },
                OutputKind::Category { names, .. } => InputKind::Category {
                    names: names.clone(),
                },
                // A month is no number; compared nowhere yet.
                OutputKind::Period(_) => continue,
            };
            if is_given {
                continue;
            }
            let input = InputInfo {
                name: output.column.clone(),
                label: output.label.clone(),
                column: None,
                kind,
                unit: String::new(),
                low: f64::NEG_INFINITY,
                high: f64::INFINITY,
                high_excluded: false,
                on_violation: OnViolation::Missing,
                optional: true,
                missing_means: None,
                carry_forward: None,
                expires: None,
                inapplicable: Vec::new(),
                changeable: None,
                span: Span::default(),
            };
            plan.inputs.push(input);
            expected.push(index);
        }
        Self {
            plan,
            expected,
            own,
        }
    }

    /// Indicators that the table calls by their names in the rules, where another column is declared
    /// for them and is not there.
    #[must_use]
    pub fn mapped(&self, header: &[String]) -> Vec<(String, String)> {
        let has = |name: &String| header.contains(name);
        let own = self.plan.inputs.iter().take(self.own);
        let by_name = own.filter(|input| {
            input.column.as_ref().is_some_and(|column| !has(column)) && has(&input.name)
        });
        by_name
            .map(|input| (input.name.clone(), input.name.clone()))
            .collect()
    }

    /// Columns that are neither a key nor given nor expected.
    #[must_use]
    pub fn ignored(&self, header: &[String], bound: &Bound) -> Vec<String> {
        let inputs = bound.summary.inputs.iter();
        let used: Vec<&String> = inputs.filter_map(|input| input.column.as_ref()).collect();
        let panel = &self.plan.panel;
        let is_key = |name: &String| {
            bound.entity_columns.contains(name)
                || bound
                    .period_column
                    .as_ref()
                    .is_some_and(|column| column.split(',').any(|part| part.trim() == name))
                || panel.period_column.as_ref() == Some(name)
                || panel.period_within.as_ref() == Some(name)
        };
        let rest = header
            .iter()
            .filter(|name| !used.contains(name) && !is_key(name));
        rest.cloned().collect()
    }

    /// Columns that nothing reads and that are called almost like an indicator or a result of which the table has no
    /// column, each with that name.
    #[must_use]
    pub fn near(&self, header: &[String], ignored: &[String]) -> Vec<(String, String)> {
        let names = self.plan.inputs.iter();
        let names = names.map(|input| input.column.as_ref().unwrap_or(&input.name));
        let open: Vec<&str> = names
            .filter(|name| !header.contains(name))
            .map(String::as_str)
            .collect();
        let near = |name: &String| {
            Some((
                name.clone(),
                suggest(name, open.iter().copied())?.to_owned(),
            ))
        };
        ignored.iter().filter_map(near).collect()
    }

    /// What a test gives is verified, unless the table says otherwise.
    fn as_verified<'b>(&self, bound: &'b Bound) -> Cow<'b, Panel> {
        let inputs = self.plan.inputs.iter().zip(&bound.summary.inputs);
        let silent = inputs.enumerate().filter(|(_, (info, summary))| {
            matches!(info.kind, InputKind::Verification { .. }) && summary.column.is_none()
        });
        let mut panel = Cow::Borrowed(&bound.panel);
        // What a table gives is the whole world.
        if panel.history != History::World {
            panel.to_mut().history = History::World;
        }
        for (input, (info, _)) in silent {
            let InputKind::Verification { of } = info.kind else {
                continue;
            };
            let column = |input: usize| {
                bound
                    .panel
                    .columns
                    .get(input)
                    .map_or(&[][..], Vec::as_slice)
            };
            let applies = self.plan.inputs.iter().position(
                |other| matches!(other.kind, InputKind::Applies { of: own } if own == of),
            );
            let applies = applies.map_or(&[][..], column);
            // Where nothing is said, nothing was verified; that there is no such value is said.
            let said = column(of as usize).iter().enumerate();
            let said = said.map(|(row, value)| !value.is_nan() || applies.get(row) == Some(&0.0));
            let answers: Vec<f64> = said.map(|said| f64::from(u8::from(said))).collect();
            if let Some(column) = panel.to_mut().columns.get_mut(input) {
                *column = answers;
            }
        }
        panel
    }

    /// The outputs of which a table says what is expected.
    #[must_use]
    pub fn expected_outputs(&self, bound: &Bound) -> Vec<usize> {
        let columns = bound.summary.inputs.iter().skip(self.own);
        let columns = self.expected.iter().zip(columns);
        let present = columns.filter(|(_, summary)| summary.column.is_some());
        present.map(|(output, _)| *output).collect()
    }

    /// Runs every row of a table.
    #[must_use]
    pub fn run(&self, bound: &Bound, tolerance: Option<Tolerance>) -> CasesOutcome {
        let panel = &self.as_verified(bound);
        let (results, failures) = both(&self.plan, panel, None, &Codes::default());
        let mut outcome = CasesOutcome {
            rows: panel.rows() - panel.gaps.len(),
            failures,
            ..CasesOutcome::default()
        };
        if let Some(results) = &results {
            self.compare(bound, results, tolerance, &mut outcome);
        }
        outcome
    }

    /// Why a result is missing that a table expects: `` `a` is missing: not given ``.
    #[must_use]
    pub fn why(&self, bound: &Bound, failure: &Failure) -> Vec<String> {
        let Failure::Case {
            column, row, cell, ..
        } = failure
        else {
            return Vec::new();
        };
        let output = self.plan.outputs.iter().find(|one| one.column == *column);
        match output.filter(|_| cell.is_empty()) {
            Some(output) => {
                let names = [output.declaration.clone()];
                super::why::why(&self.plan, &bound.panel, *row, &names)
            }
            None => Vec::new(),
        }
    }

    /// Does every row of a table come out as it says? By one engine alone, without words.
    #[must_use]
    pub fn agrees(&self, bound: &Bound, tolerance: Option<Tolerance>) -> bool {
        let options = RunOptions {
            engine: Engine::for_few(bound.panel.rows()),
            threads: 1,
            wanted: Some(self.expected_outputs(bound)),
            ..RunOptions::default()
        };
        let Ok(mut results) = run(&self.plan, &bound.panel, &options) else {
            return false;
        };
        results.by_output(self.plan.outputs.len());
        let mut outcome = CasesOutcome::default();
        self.compare(bound, &results, tolerance, &mut outcome);
        outcome.failures.is_empty()
    }

    fn compare(
        &self,
        bound: &Bound,
        results: &Results,
        tolerance: Option<Tolerance>,
        outcome: &mut CasesOutcome,
    ) {
        let panel = &bound.panel;
        let tolerance = tolerance.unwrap_or(LAST_DIGITS);
        let present = bound.summary.inputs.iter().skip(self.own);
        for (place, (&output, summary)) in self.expected.iter().zip(present).enumerate() {
            let (Some(expected), Some(actual), Some(about), true) = (
                panel.columns.get(self.own + place),
                results.columns.get(output),
                self.plan.outputs.get(output),
                summary.column.is_some(),
            ) else {
                continue;
            };
            outcome.columns.push(about.column.clone());
            let cells = expected.iter().zip(&actual.values).enumerate();
            for (row, (&wanted, &found)) in cells {
                if panel.gaps.binary_search(&row).is_ok() {
                    continue;
                }
                outcome.compared += 1;
                let same = match about.kind {
                    OutputKind::Number => tolerance.accepts(wanted, found),
                    OutputKind::Truth
                    | OutputKind::Level { .. }
                    | OutputKind::Category { .. }
                    | OutputKind::Period(_) => {
                        wanted == found || (wanted.is_nan() && found.is_nan())
                    }
                };
                if !same {
                    outcome.failures.push(Failure::Case {
                        column: about.column.clone(),
                        key: key(&self.plan, panel, row),
                        expected: words::value(&about.kind, "", wanted, None),
                        actual: words::value(&about.kind, "", found, None),
                        row,
                        cell: words::cell(&about.kind, found),
                    });
                }
            }
        }
    }
}

/// `NOR, 2022`
fn key(plan: &Plan, panel: &Panel, row: usize) -> String {
    let period = plan.panel.period.zip(panel.periods.get(row).copied());
    let period = period.map(|(kind, number)| panel.period(kind, number).to_string());
    panel.row_words(row, period.as_deref(), ", ")
}
