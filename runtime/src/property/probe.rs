//! A property's subject over rows that are made up.

use forewarn_plan::along::{Along, WHOLE};
use forewarn_plan::{NodeId, Op, Output, OutputKind, PeriodKind, Plan, Value};

use crate::form;
use crate::panel::Panel;
use crate::run::{Ready, RunError};

/// The longest history that is made up, in periods.
const LONGEST: usize = 36;
/// The history where all periods so far are looked at.
const SO_FAR: usize = 12;

/// The inputs of one entity: for each input its periods, oldest first; NaN is missing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Case {
    pub cells: Vec<f64>,
    pub periods: usize,
}

impl Case {
    pub fn missing(inputs: usize, periods: usize) -> Self {
        Self {
            cells: vec![f64::NAN; inputs * periods],
            periods,
        }
    }

    /// An input's periods.
    pub fn series(&self, input: usize) -> &[f64] {
        let start = input * self.periods;
        self.cells.get(start..start + self.periods).unwrap_or(&[])
    }

    pub fn series_mut(&mut self, input: usize) -> &mut [f64] {
        let start = input * self.periods;
        self.cells
            .get_mut(start..start + self.periods)
            .unwrap_or(&mut [])
    }

    /// The last period's value, which is the one that properties speak of.
    pub fn now(&self, input: usize) -> f64 {
        self.series(input).last().copied().unwrap_or(f64::NAN)
    }

    pub fn set_now(&mut self, input: usize, x: f64) {
        if let Some(cell) = self.series_mut(input).last_mut() {
            *cell = x;
        }
    }
}

/// What came out of a case: the ends between which the subject lies; both NaN for a missing number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ends {
    pub low: f64,
    pub high: f64,
}

/// The Plan cut down to a subject.
pub(super) fn of_subject(plan: &Plan, value: &Value) -> Plan {
    let nodes: [NodeId; 2] = match value {
        Value::Level {
            at_least, at_most, ..
        }
        | Value::Count {
            at_least, at_most, ..
        }
        | Value::Between {
            at_least, at_most, ..
        } => [*at_least, *at_most],
        Value::Number { node, .. } | Value::Truth { node } | Value::Category { node, .. } => {
            [*node, *node]
        }
    };
    let mut own = plan.clone();
    let output = |node| Output {
        column: String::new(),
        declaration: String::new(),
        label: String::new(),
        unit: String::new(),
        kind: OutputKind::Number,
        node,
    };
    own.outputs = nodes.into_iter().map(output).collect();
    own
}

/// How many periods a case has: as many as the subject looks back on.
pub(super) fn history(plan: &Plan) -> usize {
    let mut longest = 1;
    let asked = plan.outputs.iter().map(|output| output.node);
    for id in form::needed(plan, asked) {
        let Some(node) = plan.node(id) else { continue };
        let back = match node.op {
            Op::Along(Along::Lag(ago), _) => ago as usize + 1,
            Op::Along(
                Along::Window { over, .. } | Along::Every { over, .. } | Along::Any { over, .. },
                _,
            ) if over != WHOLE => over as usize,
            Op::Along(..) | Op::Paired(..) | Op::Recall(..) | Op::Alert { .. } => SO_FAR,
            Op::Const(_)
            | Op::Input(_)
            | Op::Period
            | Op::Unary(..)
            | Op::Binary(..)
            | Op::Select { .. }
            | Op::Compare(..)
            | Op::IsKnown(_)
            | Op::Truth { .. }
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Surely(_)
            | Op::Possibly(_)
            | Op::Verdict { .. }
            | Op::Indicate(_)
            | Op::Peers { .. } => 1,
        };
        longest = longest.max(back);
    }
    longest.min(LONGEST)
}

/// The subject, ready to be asked.
pub(super) struct Probe<'p> {
    ready: Ready<'p>,
    plan: &'p Plan,
    pub periods: usize,
    truth: bool,
}

impl<'p> Probe<'p> {
    /// For a Plan that [`of_subject`] made.
    pub fn new(plan: &'p Plan, truth: bool) -> Result<Self, RunError> {
        Ok(Self {
            ready: Ready::of(plan, &[0, 1])?,
            plan,
            periods: history(plan),
            truth,
        })
    }

    pub fn inputs(&self) -> usize {
        self.plan.inputs.len()
    }

    /// Asks all cases at once.
    pub fn ask(&self, cases: &[Case]) -> Result<Vec<Ends>, RunError> {
        let rows = cases.len() * self.periods;
        let columns = (0..self.inputs()).map(|input| {
            let mut column = Vec::with_capacity(rows);
            for case in cases {
                column.extend_from_slice(case.series(input));
            }
            column
        });
        let first = first_period(self.plan.panel.period, self.periods);
        let panel = Panel {
            entities: vec![String::new(); cases.len()],
            entity_of: (0..rows)
                .map(|row| u32::try_from(row / self.periods).unwrap_or(u32::MAX))
                .collect(),
            periods: match first {
                Some(first) => (0..rows)
                    .map(|row| first + (row % self.periods) as i64)
                    .collect(),
                None => Vec::new(),
            },
            columns: columns.collect(),
            ..Panel::default()
        };
        let mut found = vec![vec![0.0; rows]; 2];
        self.ready
            .fill(&panel, &mut found, 1)
            .map_err(RunError::Form)?;
        let last = |column: usize| {
            let column = found.get(column).map_or(&[][..], Vec::as_slice);
            let from = self.periods.saturating_sub(1);
            column.iter().skip(from).step_by(self.periods).copied()
        };
        let ends = last(0).zip(last(1)).map(|(low, high)| {
            if self.truth && low.is_nan() {
                Ends {
                    low: 0.0,
                    high: 1.0,
                }
            } else {
                Ends { low, high }
            }
        });
        Ok(ends.collect())
    }

    pub fn ask_one(&self, case: &Case) -> Result<Ends, RunError> {
        let ends = self.ask(std::slice::from_ref(case))?;
        Ok(ends.first().copied().unwrap_or(Ends {
            low: f64::NAN,
            high: f64::NAN,
        }))
    }
}

/// The periods end with the one that 2024 begins with.
fn first_period(kind: Option<PeriodKind>, periods: usize) -> Option<i64> {
    let kind = kind?;
    let last = match kind {
        PeriodKind::Year => 2024,
        PeriodKind::Quarter => 2024 * 4,
        PeriodKind::Month => 2024 * 12,
        PeriodKind::Week(from) => from.first_of_year(2024),
        PeriodKind::Day => 19_723,
    };
    Some(last - periods as i64 + 1)
}
