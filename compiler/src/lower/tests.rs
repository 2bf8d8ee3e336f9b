//! Tests: what they give becomes inputs, what they expect becomes outputs.
//!
//! A declaration that is given is lowered as it stands, so that its parts (a factor's coverage, an
//! alert's events) keep their meaning, and then an input of its own kind takes the place of its
//! value in all that reads it.

use std::collections::{BTreeSet, HashMap};

use super::Lowerer;
use super::value::{Bounds, Lowered};
use crate::checked::reads::{Dependency, Mention, Role};
use crate::checked::tests::{CheckedTest, Expected, TestBody, TestRows};
use crate::checked::{CheckedFramework, CheckedValue, DeclaredRange, IndicatorBody, Named};
use crate::coverage::Points;
use crate::diagnostics::Reports;
use crate::diagnostics::panel::NotWorkedOut;
use crate::diagnostics::tests::GivenOutside;
use crate::diagnostics::types::{NotConstant, VariesBy};
use crate::interval::Interval;
use crate::numbers::show;
use crate::plan::tests::{PlannedExpect, PlannedTest, Read, Suite, ValueOutputs, Wanted};
use crate::plan::{
    INAPPLICABLE, InputKind, NodeId, OnViolation, Op, Output, OutputKind, Plan, Site,
};
use crate::source::SourceMap;
use crate::typed::{Typed, ValueId};
use crate::types::Type;

/// The most declarations that a failure shows.
const MOST_READS: usize = 8;

/// How much of a ruleset the Plan of some tests holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What they ask for, and what that rests on.
    Asked,
    Whole,
    /// All of it, with the points of meaning that tests can show.
    Watched,
}

/// What tests name, and what that rests on; `None` where they speak of the whole ruleset.
fn needed<'t>(
    framework: &CheckedFramework,
    tests: impl Iterator<Item = &'t CheckedTest>,
) -> Option<BTreeSet<ValueId>> {
    let mut named: Vec<Dependency> = Vec::new();
    let mentions = |typed: &Typed| -> Vec<Dependency> {
        let walk = typed.walk(Role::Asked);
        let mentions = walk.filter_map(|seen| seen.expression.mention());
        mentions.map(Dependency::from).collect()
    };
    for test in tests {
        let TestBody::Rows(rows) = &test.body else {
            continue;
        };
        for given in &rows.given {
            named.push(Dependency::Value(given.value));
            named.extend(given.cells.iter().flat_map(|(cell, _)| mentions(cell)));
        }
        for expect in &rows.expects {
            match &expect.what {
                Expected::Holds(asked) | Expected::NotApplicable(asked) => {
                    named.extend(mentions(asked));
                }
                Expected::Equals { of, values, .. } => {
                    named.extend(mentions(of));
                    named.extend(values.iter().flat_map(|(value, _)| mentions(value)));
                }
                Expected::Happens { alert: id, .. }
                | Expected::NoEvents(Some(id))
                | Expected::Faults(id)
                | Expected::NoFaults(Some(id)) => named.push(Dependency::Value(*id)),
                Expected::NoEvents(None) | Expected::NoFaults(None) => return None,
            }
        }
    }
    let reached = framework.reads.reached(named).into_iter();
    Some(reached.filter_map(Dependency::as_value).collect())
}

/// The Plan of tests that give the same declarations, by their places among all tests.
pub(crate) fn suite(
    framework: &CheckedFramework,
    sources: &SourceMap,
    reports: &mut Reports,
    pins: HashMap<ValueId, Interval>,
    tests: &[usize],
    extent: Extent,
) -> Suite {
    // What ranges say of the method has been told; with values in place it may say more.
    let mut scratch = Reports::default();
    let mut lowerer = Lowerer::of(framework, sources, &mut scratch, pins);
    lowerer.points = (extent == Extent::Watched).then(Points::default);
    let all = tests.iter().filter_map(|index| framework.tests.get(*index));
    let needed = match extent {
        Extent::Whole | Extent::Watched => None,
        Extent::Asked => needed(framework, all),
    };
    match needed {
        Some(needed) => lowerer.values_among(|id| needed.contains(&id)),
        None => lowerer.values(),
    }
    // What tests compare is not the method.
    let points = lowerer.points.take().map_or(Vec::new(), Points::finish);
    let mut asked = Vec::new();
    let mut planned: Vec<Half<'_>> = Vec::new();
    for test in tests.iter().filter_map(|index| framework.tests.get(*index)) {
        if let TestBody::Rows(rows) = &test.body {
            planned.push(lowerer.half(test, rows, &mut asked, reports));
        }
    }
    let mut plan = lowerer.finish();
    scratch.retain(|cause| cause.severity() == crate::diagnostics::Severity::Error);
    reports.append(scratch);
    let first = plan.outputs.len();
    plan.outputs.extend(asked);
    let mut tests = Vec::with_capacity(planned.len());
    for half in planned {
        let (given, expects) = (half.rows.given.len(), half.rows.expects.len());
        let test = half.whole(framework, &plan, first);
        // A test that gave or asked for less than it says would prove nothing.
        if (test.inputs.len() < given || test.expects.len() < expects) && !reports.has_errors() {
            reports.add(NotWorkedOut { span: test.span });
        }
        tests.push(test);
    }
    Suite {
        plan,
        tests,
        points,
    }
}

/// A test before its Plan is made: outputs are counted from the first that tests ask for.
struct Half<'t> {
    test: &'t CheckedTest,
    rows: &'t TestRows,
    /// The cells of what is given; for what could be verified, whether each was.
    inputs: Vec<(ValueId, Vec<f64>, Vec<f64>)>,
    expects: Vec<(Option<Wanted>, Vec<Read>)>,
}

impl Half<'_> {
    fn whole(self, framework: &CheckedFramework, plan: &Plan, first: usize) -> PlannedTest {
        let name = |id: ValueId| {
            framework
                .value(id)
                .map_or(String::new(), |value| value.name.clone())
        };
        let event = |name: &str| {
            let column = format!("{name}.event");
            plan.outputs
                .iter()
                .position(|output| output.column == column)
        };
        let inputs = self.inputs.into_iter().flat_map(|(id, cells, verified)| {
            let name = name(id);
            let index = plan.inputs.iter().position(|input| input.name == name);
            let by = plan.inputs.iter().position(|input| {
                matches!(input.kind, InputKind::Verification { of } if Some(of as usize) == index)
            });
            let cells = index.map(|index| (index, cells));
            cells.into_iter().chain(by.map(|by| (by, verified)))
        });
        let shifted = |shown: ValueOutputs| ValueOutputs {
            exact: shown.exact + first,
            bounds: shown.bounds.map(|(low, high)| (low + first, high + first)),
            ..shown
        };
        let expects = self.rows.expects.iter().zip(self.expects);
        let expects = expects.filter_map(|(expect, (wanted, reads))| {
            let what = match (wanted, &expect.what) {
                (Some(Wanted::Holds(truth)), _) => Wanted::Holds(truth + first),
                (
                    Some(Wanted::Equals {
                        actual,
                        values,
                        written,
                        tolerance,
                    }),
                    _,
                ) => Wanted::Equals {
                    actual: shifted(actual),
                    values: values
                        .into_iter()
                        .map(|(output, times, span)| (output + first, times, span))
                        .collect(),
                    written,
                    tolerance,
                },
                (
                    _,
                    Expected::Happens {
                        alert,
                        event: wanted,
                    },
                ) => {
                    let code = f64::from(*wanted as u8);
                    let name = name(*alert);
                    let mut alerts = plan.alerts.iter();
                    let is_notice = alerts.any(|one| one.notice && one.name == name);
                    Wanted::Happens(event(&name)?, code, wanted.word_of(is_notice))
                }
                (_, Expected::NoEvents(of)) => {
                    let alerts = plan.alerts.iter().map(|alert| alert.name.clone());
                    let alerts = alerts.filter(|one| of.is_none_or(|of| name(of) == *one));
                    Wanted::NoEvents(
                        alerts
                            .filter_map(|name| Some((name.clone(), event(&name)?)))
                            .collect(),
                    )
                }
                (_, Expected::Faults(of)) => Wanted::Faults(name(*of)),
                (_, Expected::NoFaults(of)) => Wanted::NoFaults(of.map(name)),
                _ => return None,
            };
            let reads = reads.into_iter().map(|read| Read {
                shown: shifted(read.shown),
                ..read
            });
            Some(PlannedExpect {
                span: expect.span,
                whole: expect.whole,
                row: expect.row,
                what,
                reads: reads.collect(),
            })
        });
        PlannedTest {
            label: self.test.label.clone(),
            span: self.test.span,
            shape: self.rows.shape,
            first: self.rows.first,
            inputs: inputs.collect(),
            expects: expects.collect(),
        }
    }
}

impl Lowerer<'_> {
    /// An input in place of a declared value.
    pub(super) fn pinned(&mut self, value: &CheckedValue, range: Interval) -> Lowered {
        let number = matches!(value.ty, Type::Number(_) | Type::Count);
        let body = IndicatorBody {
            protective: false,
            column: None,
            declared: number.then_some(DeclaredRange {
                range,
                high_excluded: false,
                span: value.span,
            }),
            on_violation: OnViolation::Missing,
            optional: true,
            missing_means: None,
            applies: None,
            carry_forward: None,
            expires: None,
            inapplicable: None,
            changeable: None,
            verification: None,
        };
        match self.indicator(None, value, &body) {
            Lowered::Number(node) if value.ty == Type::Count => Lowered::Count(Bounds::around(
                &mut self.builder,
                node,
                range.low,
                range.high,
            )),
            other @ (Lowered::Number(_)
            | Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. }) => other,
        }
    }

    fn half<'t>(
        &mut self,
        test: &'t CheckedTest,
        rows: &'t TestRows,
        asked: &mut Vec<Output>,
        reports: &mut Reports,
    ) -> Half<'t> {
        self.builder.site = Site {
            span: test.span,
            declaration: String::new(),
            watched: true,
            guard: None,
        };
        let mut inputs = Vec::new();
        for given in &rows.given {
            let mut column = Vec::with_capacity(rows.shape.rows());
            let mut verified = Vec::with_capacity(rows.shape.rows());
            let said = given.unverified.iter().zip(&given.inapplicable);
            for ((cell, times), (unverified, inapplicable)) in given.cells.iter().zip(said) {
                let x = match inapplicable {
                    true => INAPPLICABLE,
                    false => self.constant_cell(cell, given.value, reports),
                };
                column.extend(std::iter::repeat_n(x, *times));
                let answer = f64::from(u8::from(!unverified));
                verified.extend(std::iter::repeat_n(answer, *times));
            }
            // One value holds in all rows.
            if let ([only], [answer], true) = (
                column.as_slice(),
                verified.as_slice(),
                given.cells.len() == 1,
            ) {
                (column, verified) = (
                    vec![*only; rows.shape.rows()],
                    vec![*answer; rows.shape.rows()],
                );
            }
            inputs.push((given.value, column, verified));
        }
        let expects = rows.expects.iter();
        let expects = expects
            .map(|expect| {
                self.builder.site.span = expect.span;
                self.asked(&expect.what, asked)
            })
            .collect();
        Half {
            test,
            rows,
            inputs,
            expects,
        }
    }

    /// The value of a cell that a test gives; NaN is missing.
    fn constant_cell(&mut self, cell: &Typed, of: ValueId, reports: &mut Reports) -> f64 {
        let lowered = self.expr(cell);
        let constant = match &lowered {
            Lowered::Truth(node) => match self.builder.op(*node) {
                Some(Op::Truth { yes: true, .. }) => Some(1.0),
                Some(Op::Truth { no: true, .. }) => Some(0.0),
                Some(Op::Truth { .. }) => Some(f64::NAN),
                _ => None,
            },
            other @ (Lowered::Number(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. }) => other.node().and_then(|node| self.builder.constant(node)),
        };
        let Some(x) = constant else {
            reports.add(NotConstant {
                span: cell.span,
                context: "what a test gives".to_owned(),
                why: cell.span,
                name: self.sources.slice(cell.span).to_owned(),
                by: VariesBy::Data,
            });
            return f64::NAN;
        };
        if let (Some(range), Some(value)) = (self.pins.get(&of), self.framework.value(of))
            && matches!(value.ty, Type::Number(_) | Type::Count)
            && !x.is_nan()
            && !range.contains(x)
        {
            reports.add(GivenOutside {
                name: value.name.clone(),
                span: cell.span,
                value: show(x),
                low: show(range.low),
                high: show(range.high),
                declared: value.span,
            });
        }
        x
    }

    fn asked(
        &mut self,
        expected: &Expected,
        asked: &mut Vec<Output>,
    ) -> (Option<Wanted>, Vec<Read>) {
        match expected {
            Expected::Holds(truth) => {
                let node = self.truth(truth);
                let reads = self.reads(truth, asked);
                let output = ask(asked, node, OutputKind::Truth, String::new());
                (Some(Wanted::Holds(output)), reads)
            }
            Expected::NotApplicable(of) => {
                let there = self.mask(of);
                let absent = match there {
                    Some(there) => self.builder.not(there),
                    None => self.builder.truth(false, true),
                };
                let reads = self.reads(of, asked);
                let output = ask(asked, absent, OutputKind::Truth, String::new());
                (Some(Wanted::Holds(output)), reads)
            }
            Expected::Equals {
                of,
                values,
                written,
                tolerance,
            } => {
                let lowered = self.expr(of);
                let Some(actual) = self.shown(&lowered, &of.ty, asked) else {
                    return (None, Vec::new());
                };
                let reads = self.reads(of, asked);
                let values = values.iter().map(|(value, times)| {
                    let lowered = self.expr(value);
                    let node = self.node_of(&lowered);
                    let output = ask(asked, node, actual.kind.clone(), String::new());
                    (output, *times, value.span)
                });
                let values = values.collect();
                let wanted = Wanted::Equals {
                    actual,
                    values,
                    written: *written,
                    tolerance: *tolerance,
                };
                (Some(wanted), reads)
            }
            Expected::Happens { .. }
            | Expected::NoEvents(_)
            | Expected::Faults(_)
            | Expected::NoFaults(_) => (None, Vec::new()),
        }
    }

    fn node_of(&mut self, lowered: &Lowered) -> NodeId {
        lowered.node().unwrap_or_else(|| self.builder.missing())
    }

    /// Outputs that show a value.
    fn shown(
        &mut self,
        lowered: &Lowered,
        ty: &Type,
        asked: &mut Vec<Output>,
    ) -> Option<ValueOutputs> {
        let named = |named: &[Named]| {
            let pairs = named
                .iter()
                .map(|one| (one.name.clone(), one.label.clone()));
            pairs.unzip()
        };
        let (kind, unit) = match ty {
            Type::Truth => (OutputKind::Truth, String::new()),
            Type::Level(id) => {
                let (names, labels) = named(&self.framework.scale(*id)?.levels);
                (OutputKind::Level { names, labels }, String::new())
            }
            Type::Category(id) => {
                let (names, labels) = named(&self.framework.category(*id)?.names);
                (OutputKind::Category { names, labels }, String::new())
            }
            Type::Number(unit) => (OutputKind::Number, self.framework.units.caption(unit)),
            Type::Count => (OutputKind::Number, String::new()),
            Type::List(_) | Type::Error => return None,
        };
        let exact = ask(asked, lowered.node()?, kind.clone(), unit.clone());
        let bounds = match lowered {
            Lowered::Level(bounds) | Lowered::Count(bounds) | Lowered::Between(bounds) => Some((
                ask(asked, bounds.at_least, kind.clone(), String::new()),
                ask(asked, bounds.at_most, kind.clone(), String::new()),
            )),
            Lowered::Number(_)
            | Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::List { .. } => None,
        };
        Some(ValueOutputs {
            kind,
            unit,
            exact,
            bounds,
        })
    }

    /// What an expression reads, and of a single declaration what that is made of.
    fn reads(&mut self, value: &Typed, asked: &mut Vec<Output>) -> Vec<Read> {
        let ids: Vec<ValueId> = match value.mention() {
            Some(Mention::Value(id) | Mention::Field(id, _)) => {
                let made_of = self.framework.reads.value(id).iter();
                // What was read of an earlier period is not what stands here now.
                let made_of = made_of.filter(|read| shows_how(read.role) && !read.earlier);
                made_of.filter_map(|read| named(read.mention)).collect()
            }
            Some(Mention::Function(_) | Mention::Factors | Mention::Signals) | None => {
                let walk = value.walk(Role::Asked);
                let mentions = walk.filter_map(|seen| seen.expression.mention());
                mentions.filter_map(named).collect()
            }
        };
        let mut reads: Vec<Read> = Vec::new();
        for id in ids {
            let (Some(value), Some(lowered)) =
                (self.framework.value(id), self.values.get(&id).cloned())
            else {
                continue;
            };
            if reads.len() < MOST_READS
                && !reads.iter().any(|read| read.name == value.name)
                && let Some(shown) = self.shown(&lowered, &value.ty, asked)
            {
                let (name, span) = (value.name.clone(), value.span);
                reads.push(Read { name, span, shown });
            }
        }
        reads
    }
}

/// The declaration that is named, where it is a single one.
fn named(mention: Mention) -> Option<ValueId> {
    match mention {
        Mention::Value(id) | Mention::Field(id, _) => Some(id),
        Mention::Function(_) | Mention::Factors | Mention::Signals => None,
    }
}

/// Does a part of that role say how a value came about, rather than how the method is set?
fn shows_how(role: Role) -> bool {
    !matches!(
        role,
        Role::MissingMeans
            | Role::Dated
            | Role::Weight
            | Role::Require
            | Role::BandLow
            | Role::BandHigh
    )
}

fn ask(asked: &mut Vec<Output>, node: NodeId, kind: OutputKind, unit: String) -> usize {
    asked.push(Output {
        column: format!("test {}", asked.len()),
        declaration: String::new(),
        label: String::new(),
        unit,
        kind,
        node,
    });
    asked.len() - 1
}
