//! A ruleset with its tests, ready to be run.
//!
//! In: a ruleset, as for [`compile`](crate::compile). Out: for each set of values that tests put in
//! place of declarations, and of params, a Plan of its own whose further outputs are what the tests
//! ask for; and the tables of cases that the ruleset's own Plan is to be run over. A run of the
//! ruleset knows nothing of this: tests are lowered here alone.
#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use crate::checked::CheckedFramework;
use crate::checked::tests::{CheckedTest, TestBody};
use crate::coverage::Point;
use crate::diagnostics::{Reports, Severity};
use crate::given::check_given;
use crate::interval::Interval;
use crate::layers::layers;
use crate::lower;
use crate::lower::tests::Extent;
use crate::package::Package;
use crate::part::{Home, RulesetPart};
pub use crate::plan::tests::{
    FileTest, PlannedExpect, PlannedTest, Read, Suite, Tests, ValueOutputs, Wanted,
};
use crate::plan::{Plan, Value};
use crate::settings::Given;
use crate::source::{Files, SourceMap, Span};
use crate::typed::ValueId;
use crate::{Settings, allowed, package};

/// A ruleset and its tests, or what is wrong with them.
#[derive(Debug)]
pub struct TestCompilation {
    pub sources: SourceMap,
    /// What is wrong with the ruleset or with its tests; warnings are left to `compile`.
    pub reports: Reports,
    /// Absent where something is wrong.
    pub tests: Option<Tests>,
    /// Whose files they stand in.
    pub home: Home,
}

/// Reads, checks and lowers the ruleset at `entry` with its tests.
pub fn compile_tests(entry: &Path, files: &dyn Files, settings: &Settings) -> TestCompilation {
    compile_with(entry, files, settings, false)
}

/// The same with the points of meaning that tests can show.
pub fn compile_watched(entry: &Path, files: &dyn Files, settings: &Settings) -> TestCompilation {
    compile_with(entry, files, settings, true)
}

fn compile_with(
    entry: &Path,
    files: &dyn Files,
    settings: &Settings,
    watched: bool,
) -> TestCompilation {
    let mut reports = Reports::default();
    let mut package = package::load(entry, files, &mut reports);
    let checked = checked(&mut package, settings, &mut reports);
    let lowered = if reports.has_errors() {
        None
    } else if watched {
        Some(lower::lower_watched(
            &checked,
            &package.sources,
            &mut reports,
        ))
    } else {
        let plan = lower::lower(&checked, &package.sources, &mut reports);
        Some((plan, Vec::new()))
    };
    allowed::settle(&package, false, &mut reports);
    allowed::forgive_broken(&package, &mut reports);
    let tests = match lowered.filter(|_| !reports.has_errors()) {
        Some((plan, points)) => {
            let lowering = Lowering {
                settings,
                watched,
                part: None,
            };
            let mut suites = Vec::new();
            for group in groups(&checked, &package.sources) {
                let suite = lowering.suite(&mut package, &checked, &plan, &group, &mut reports);
                suites.extend(suite);
            }
            let own = |points| own_points(points, &package);
            for suite in &mut suites {
                suite.points = own(std::mem::take(&mut suite.points));
            }
            let points = own(points);
            let files = files_of(&checked.tests);
            let visible = settings.audience.and_then(|audience| {
                let sources = &package.sources;
                lower::for_audience(&checked, sources, &plan, audience, &mut reports)
            });
            (!reports.has_errors()).then_some(Tests {
                plan,
                visible: visible.map(|visible| (visible.plan, visible.sealing)),
                points,
                suites,
                files,
            })
        }
        None => None,
    };
    reports.retain(|cause| cause.severity() == Severity::Error);
    TestCompilation {
        home: Home::of(&package),
        sources: package.sources,
        reports,
        tests,
    }
}

/// Without those of the standard library, which has tests of its own.
fn own_points(mut points: Vec<Point>, package: &Package) -> Vec<Point> {
    let modules = package.modules.iter();
    let standard = modules
        .filter(|module| module.standard)
        .map(|module| module.id);
    let standard: BTreeSet<_> = standard.collect();
    points.retain(|point| !standard.contains(&point.span.file));
    points
}

pub(crate) fn checked(
    package: &mut Package,
    settings: &Settings,
    reports: &mut Reports,
) -> CheckedFramework {
    let given = Given::read(settings, &mut package.sources, reports);
    let (framework, checked) = layers(package, &given, reports);
    if !package.unresolved {
        check_given(&given, &framework, reports);
    }
    checked
}

pub(crate) fn files_of(tests: &[CheckedTest]) -> Vec<FileTest> {
    let files = tests.iter().filter_map(|test| match &test.body {
        TestBody::File {
            path,
            path_span,
            tolerance,
        } => Some(FileTest {
            label: test.label.clone(),
            span: test.span,
            path: path.clone(),
            path_span: *path_span,
            tolerance: *tolerance,
        }),
        TestBody::Rows(_) => None,
    });
    files.collect()
}

/// Tests that put the same in place.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// Params by name, with the words of their values: the ruleset is read again with them.
    pub params: Vec<(String, String)>,
    pub pins: BTreeSet<ValueId>,
    /// Places among the ruleset's tests.
    pub tests: Vec<usize>,
}

/// The tests of the rule files by what they put in place.
pub(crate) fn groups(framework: &CheckedFramework, sources: &SourceMap) -> Vec<Group> {
    type Given = (Vec<(String, String)>, BTreeSet<ValueId>);
    let mut groups: BTreeMap<Given, Vec<usize>> = BTreeMap::new();
    for (index, test) in framework.tests.iter().enumerate() {
        let TestBody::Rows(rows) = &test.body else {
            continue;
        };
        let words = |span: Span| sources.slice(span).to_owned();
        let params = rows.params.iter();
        let params = params.map(|(name, span)| (name.clone(), words(*span)));
        let pins = rows.given.iter().map(|given| given.value);
        let pins = pins.filter(|id| !is_indicator(framework, *id)).collect();
        let tests = groups.entry((params.collect(), pins)).or_default();
        tests.push(index);
    }
    let group = |((params, pins), tests)| Group {
        params,
        pins,
        tests,
    };
    groups.into_iter().map(group).collect()
}

/// How suites are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lowering<'a> {
    pub settings: &'a Settings,
    pub watched: bool,
    /// With some of the changes of what is extended; `None` for the ruleset as it stands.
    pub part: Option<RulesetPart<'a>>,
}

impl Lowering<'_> {
    /// The Plan of a group's tests; nothing where something is wrong, which is told.
    pub fn suite(
        &self,
        package: &mut Package,
        base: &CheckedFramework,
        base_plan: &Plan,
        group: &Group,
        reports: &mut Reports,
    ) -> Option<Suite> {
        let mut found = Reports::default();
        let (anew, anew_plan);
        let (framework, plan) = if group.params.is_empty() {
            (base, base_plan)
        } else {
            let mut settings = self.settings.clone();
            settings.set.extend(group.params.iter().cloned());
            anew = match self.part {
                None => checked(package, &settings, &mut found),
                Some(part) => part.checked(package, &settings, &mut found),
            };
            if !found.has_errors() {
                anew_plan = lower::lower(&anew, &package.sources, &mut found);
                (&anew, &anew_plan)
            } else {
                reports.append(found);
                return None;
            }
        };
        if found.has_errors() {
            reports.append(found);
            return None;
        }
        let pins = group.pins.iter();
        let pins: HashMap<ValueId, Interval> = pins
            .map(|id| (*id, range_of(framework, plan, *id)))
            .collect();
        let tests = &group.tests;
        let sources = &package.sources;
        // What holds of the whole is seen without anything put in place.
        let extent = match (self.watched, group.params.is_empty() && pins.is_empty()) {
            (true, _) => Extent::Watched,
            (false, true) => Extent::Whole,
            (false, false) => Extent::Asked,
        };
        let suite = lower::tests::suite(framework, sources, &mut found, pins, tests, extent);
        if found.has_errors() {
            reports.append(found);
            return None;
        }
        Some(suite)
    }
}

pub(crate) fn is_indicator(framework: &CheckedFramework, id: ValueId) -> bool {
    framework
        .value(id)
        .is_some_and(|value| matches!(value.body, crate::checked::Body::Indicator(_)))
}

/// Where a declared number can lie, by its formula.
pub(crate) fn range_of(framework: &CheckedFramework, plan: &Plan, id: ValueId) -> Interval {
    let name = framework.value(id).map(|value| value.name.as_str());
    let declared = plan.declarations.iter();
    let declared = declared.clone().find(|one| Some(one.name.as_str()) == name);
    let node = declared.and_then(|declared| match &declared.value {
        Value::Number { node, .. } => Some(*node),
        Value::Count { exact, .. } | Value::Between { exact, .. } => Some(*exact),
        Value::Truth { .. } | Value::Level { .. } | Value::Category { .. } => None,
    });
    node.and_then(|node| plan.node(node))
        .map_or(Interval::ALL, |node| node.range)
}
