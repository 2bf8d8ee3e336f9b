//! What came out of a test against what it expects.

use std::collections::BTreeSet;
use std::ops::Range;

use forewarn_diagnostics::source::{SourceMap, Span};
use forewarn_plan::alerts::AlertEvent;
use forewarn_plan::tests::{LAST_DIGITS, TestShape, Tolerance};
use forewarn_plan::tests::{PlannedExpect, PlannedTest, Read, ValueOutputs, Wanted};
use forewarn_plan::{FaultId, OutputKind, PeriodKind, Plan};

use super::{Anew, Failure, NewValue, Outcome, Update, period_word, why, words};
use crate::interpreter::Interpreter;
use crate::panel::Panel;
use crate::run::Results;

/// Failures of one expectation that are told one by one.
const MOST: usize = 5;

pub(super) struct Judge<'a> {
    plan: &'a Plan,
    panel: &'a Panel,
    results: &'a Results,
    test: &'a PlannedTest,
    rows: Range<usize>,
    kind: Option<PeriodKind>,
    /// Where the words of a missing value's reasons stand; they are not told where absent.
    sources: Option<&'a SourceMap>,
}

impl<'a> Judge<'a> {
    pub fn new(
        plan: &'a Plan,
        panel: &'a Panel,
        results: &'a Results,
        test: &'a PlannedTest,
        rows: Range<usize>,
        kind: Option<PeriodKind>,
    ) -> Self {
        Self {
            plan,
            panel,
            results,
            test,
            rows,
            kind,
            sources: None,
        }
    }

    /// Failures say why a value is missing.
    pub fn telling(mut self, sources: Option<&'a SourceMap>) -> Self {
        self.sources = sources;
        self
    }

    pub fn judge(&self, outcome: &mut Outcome) {
        for expect in &self.test.expects {
            let rows = match expect.row {
                Some(row) => row..row + 1,
                None => 0..self.rows.len(),
            };
            let mut told = 0;
            for row in rows {
                outcome.compared += 1;
                let Some(failure) = self.row(expect, row) else {
                    continue;
                };
                told += 1;
                if told <= MOST {
                    outcome.failures.push(failure);
                }
            }
            outcome
                .anew
                .push((expect.whole, self.anew(expect, told > 0)));
            if told > MOST
                && let Some(Failure::Expectation { notes, .. }) = outcome.failures.last_mut()
            {
                notes.push(format!("and in {} more rows", told - MOST));
            }
        }
    }

    /// What the expectation would have to say, for what comes out.
    fn anew(&self, expect: &PlannedExpect, fails: bool) -> Anew {
        if !fails {
            return Anew::Kept;
        }
        let rows = match expect.row {
            Some(row) => row..row + 1,
            None => 0..self.rows.len(),
        };
        match &expect.what {
            Wanted::Holds(truth) => {
                let word = |row| words::value(&OutputKind::Truth, "", self.cell(*truth, row), None);
                Anew::Truth {
                    of: expect.span,
                    cells: rows.map(word).collect(),
                }
            }
            Wanted::Equals {
                actual,
                values,
                written,
                tolerance,
            } => {
                let cell = |row: usize| {
                    let (output, _, span) = value_of(values, row)?;
                    let (wanted, found) = (self.cell(output, row), self.cell(actual.exact, row));
                    let near = tolerance.unwrap_or(LAST_DIGITS).accepts(wanted, found);
                    let same = if actual.kind == OutputKind::Number {
                        near
                    } else {
                        wanted == found || (wanted.is_nan() && found.is_nan())
                    };
                    let update = self.update(actual, wanted, found, row, span);
                    Some((span, if same { None } else { Some(update?.with) }))
                };
                let cells: Option<Vec<(Span, Option<NewValue>)>> = rows.map(cell).collect();
                cells.map_or(Anew::ByHand, |cells| Anew::Value {
                    written: *written,
                    cells,
                })
            }
            Wanted::Happens(..) | Wanted::NoEvents(_) | Wanted::Faults(_) | Wanted::NoFaults(_) => {
                Anew::ByHand
            }
        }
    }

    /// The value of an output in a row of the test.
    fn cell(&self, output: usize, row: usize) -> f64 {
        let column = self.results.columns.get(output);
        let cell = column.and_then(|column| column.values.get(self.rows.start + row));
        cell.copied().unwrap_or(f64::NAN)
    }

    fn words(&self, shown: &ValueOutputs, row: usize) -> String {
        let bounds = shown
            .bounds
            .map(|(low, high)| (self.cell(low, row), self.cell(high, row)));
        words::value(
            &shown.kind,
            &shown.unit,
            self.cell(shown.exact, row),
            bounds,
        )
    }

    fn row(&self, expect: &PlannedExpect, row: usize) -> Option<Failure> {
        let failure = |expected: String, actual: String, update: Option<Update>| {
            let reads = expect.reads.iter();
            let reads = reads.map(|read| {
                let value = self.words(&read.shown, row);
                (read.name.clone(), read.span, value)
            });
            Some(Failure::Expectation {
                span: expect.span,
                row: self.name_of(row),
                expected,
                actual,
                reads: reads.collect(),
                notes: self.why(expect, row),
                update,
            })
        };
        match &expect.what {
            Wanted::Holds(truth) => {
                let x = self.cell(*truth, row);
                if x == 1.0 {
                    return None;
                }
                let actual = words::value(&OutputKind::Truth, "", x, None);
                failure("this to be surely yes".to_owned(), actual, None)
            }
            Wanted::Equals {
                actual,
                values,
                tolerance,
                ..
            } => {
                let (output, times, span) = value_of(values, row)?;
                let wanted = self.cell(output, row);
                let found = self.cell(actual.exact, row);
                let same = match actual.kind {
                    OutputKind::Number => tolerance.unwrap_or(LAST_DIGITS).accepts(wanted, found),
                    OutputKind::Truth
                    | OutputKind::Level { .. }
                    | OutputKind::Category { .. }
                    | OutputKind::Period(_) => {
                        wanted == found || (wanted.is_nan() && found.is_nan())
                    }
                };
                if same {
                    return None;
                }
                let mut expected = words::value(&actual.kind, &actual.unit, wanted, None);
                match tolerance {
                    Some(Tolerance::Absolute(x)) => {
                        let most = words::value(&actual.kind, &actual.unit, *x, None);
                        expected.push_str(&format!(" within {most}"));
                    }
                    Some(Tolerance::Relative(x)) => {
                        let most = forewarn_plan::numbers::show(x * 100.0);
                        expected.push_str(&format!(" within {most}%"));
                    }
                    None => {}
                }
                let is_one = times == 1
                    && (expect.row.is_some() || values.len() > 1 || self.rows.len() == 1);
                let update = self.update(actual, wanted, found, row, span);
                failure(expected, self.words(actual, row), update.filter(|_| is_one))
            }
            Wanted::Happens(event, code, word) => {
                let found = self.cell(*event, row);
                (found != *code).then_some(())?;
                let notice = AlertEvent::ALL.iter().all(|event| event.word() != *word);
                failure((*word).to_owned(), happened(found, notice), None)
            }
            Wanted::NoEvents(alerts) => {
                let (name, found) = alerts
                    .iter()
                    .map(|(name, event)| (name, self.cell(*event, row)))
                    .find(|(_, found)| !found.is_nan())?;
                let mut notices = self.plan.alerts.iter().filter(|alert| alert.notice);
                let notice = notices.any(|alert| alert.name == *name);
                let actual = format!("`{name}` {}", happened(found, notice));
                failure("no event".to_owned(), actual, None)
            }
            Wanted::Faults(name) => {
                let there = self.faults(row, Some(name)).is_empty();
                there.then_some(())?;
                failure("a fault".to_owned(), "without one".to_owned(), None)
            }
            Wanted::NoFaults(name) => {
                let faults = self.faults(row, name.as_deref());
                let first = faults.first()?;
                let actual = format!("without a result in `{first}`");
                failure("no fault".to_owned(), actual, None)
            }
        }
    }

    /// Why the value is missing, where it is.
    fn why(&self, expect: &PlannedExpect, row: usize) -> Vec<String> {
        let found = match &expect.what {
            Wanted::Holds(truth) => self.cell(*truth, row),
            Wanted::Equals { actual, .. } => self.cell(actual.exact, row),
            Wanted::Happens(..) | Wanted::NoEvents(_) | Wanted::Faults(_) | Wanted::NoFaults(_) => {
                return Vec::new();
            }
        };
        let Some(sources) = self.sources.filter(|_| found.is_nan()) else {
            return Vec::new();
        };
        let names = match why::first_name(self.plan, sources.slice(expect.span)) {
            Some(name) => vec![name],
            None => {
                let open = |read: &&Read| self.cell(read.shown.exact, row).is_nan();
                let reads = expect.reads.iter().filter(open);
                reads.map(|read| read.name.clone()).collect()
            }
        };
        if names.is_empty() {
            return Vec::new();
        }
        let row = self.rows.start + row;
        why::why(self.plan, self.panel, row, &names)
    }

    /// `month 3`, `case 2`; empty where there is one row.
    fn name_of(&self, row: usize) -> String {
        match self.test.shape {
            TestShape::Row => String::new(),
            TestShape::Along(_) => format!("{} {}", period_word(self.kind), row + 1),
            TestShape::Cases(_) => format!("case {}", row + 1),
        }
    }

    /// The words of operations without a result in that row.
    fn faults(&self, row: usize, of: Option<&str>) -> Vec<String> {
        let row = self.rows.start + row;
        let here: BTreeSet<FaultId> = if self.results.faults.is_empty() {
            BTreeSet::new()
        } else if self.plan.peers.is_empty() {
            let values = Interpreter::row(self.plan, self.panel, row);
            let here: BTreeSet<FaultId> = values.map_or(BTreeSet::new(), |values| {
                values.faults.into_iter().collect()
            });
            // What a given declaration would be made of is not asked for.
            let asked = self.results.faults.iter().map(|count| count.fault);
            asked.filter(|fault| here.contains(fault)).collect()
        } else {
            // A single row knows nothing of its peers: the run says in which rows it happened first.
            let counts = self.results.faults.iter();
            let here = counts.filter(|count| {
                let told = &count.first_rows;
                told.contains(&row)
                    || (count.count > told.len() as u64
                        && told.last().is_some_and(|last| row > *last))
            });
            here.map(|count| count.fault).collect()
        };
        let site = |fault: FaultId| self.plan.faults.get(fault.0 as usize);
        let sites = here.into_iter().filter_map(site);
        sites
            .filter(|site| of.is_none_or(|of| site.declaration == of))
            .map(|site| site.text.to_string())
            .collect()
    }

    fn update(
        &self,
        shown: &ValueOutputs,
        expected: f64,
        actual: f64,
        row: usize,
        span: Span,
    ) -> Option<Update> {
        let with = match shown.kind {
            OutputKind::Number if !actual.is_nan() && !expected.is_nan() => {
                NewValue::Number { expected, actual }
            }
            OutputKind::Number if actual.is_nan() => NewValue::Word("missing".to_owned()),
            // A number in place of `missing` would have to get a unit.
            OutputKind::Number if shown.unit.is_empty() => NewValue::Word(self.words(shown, row)),
            OutputKind::Number | OutputKind::Period(_) => return None,
            OutputKind::Level { .. } | OutputKind::Category { .. } if actual.is_nan() => {
                NewValue::Word("missing".to_owned())
            }
            OutputKind::Truth | OutputKind::Level { .. } | OutputKind::Category { .. } => {
                NewValue::Word(self.words(shown, row))
            }
        };
        Some(Update { span, with })
    }
}

/// The value that holds in a row: the only one, or the one of its place in the series.
fn value_of(values: &[(usize, usize, Span)], row: usize) -> Option<(usize, usize, Span)> {
    if let [only] = values {
        return Some(*only);
    }
    let mut end = 0;
    values.iter().copied().find(|(_, times, _)| {
        end += times;
        row < end
    })
}

fn happened(code: f64, notice: bool) -> String {
    let event = (code >= 0.0).then_some(code as usize);
    let event = event.and_then(|at| AlertEvent::ALL.get(at));
    event.map_or_else(
        || "without an event".to_owned(),
        |event| event.word_of(notice).to_owned(),
    )
}
