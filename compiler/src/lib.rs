//! Rule files to a checked framework to a Plan.
//!
//! One direction, no way back, each stage a type: [`package::Package`] (files and trees),
//! [`framework::Framework`] (declarations by name), [`checked::CheckedFramework`] (names, kinds and
//! units hold together), [`plan::Plan`] (what evaluators run). [`compile`] goes the whole way.
//! This crate knows nothing of data, of native code and of terminals.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod allowed;
pub mod arena;
pub mod check;
pub mod checked;
pub mod confidential;
pub mod conversion;
mod cycles;
pub mod diagnostics;
pub mod difference;
pub mod disk;
pub mod framework;
pub mod lint;
pub mod lower;
pub mod moving;
pub mod mutation;
pub mod overlay;
pub mod package;
pub mod part;
pub mod property;
mod settings;
pub mod testing;
pub mod translations;
pub mod tree;
pub mod typed;
pub mod types;
pub mod units;
pub mod upgrade;

pub use forewarn_diagnostics::source;
pub use forewarn_plan as plan;
pub use forewarn_plan::{coverage, decimal, digits, interval, numbers, period};

use std::path::Path;

pub use allowed::Allowed;
pub use settings::Settings;

use diagnostics::Reports;
use plan::Plan;
use source::{Files, SourceMap};
use translations::Words;

/// What came of a ruleset.
#[derive(Debug)]
pub struct Compilation {
    pub sources: SourceMap,
    /// Everything that was found, in the order of the stages.
    pub reports: Reports,
    /// Absent where something is wrong. For the audience of the settings: what it may not see is not
    /// in it.
    pub plan: Option<Plan>,
    /// Works out the declassified values that `plan` has as inputs (see `Confidentiality::sealed`).
    pub sealing: Option<Plan>,
    /// What authors allow in place, for findings that are made later.
    pub allowed: Vec<Allowed>,
    /// The words of [`Settings::lang`], which the Plan's labels are in.
    pub words: Option<Words>,
}

/// The framework as it and what it extends leave it, checked; each framework below it holds by itself.
pub(crate) fn layers<'p>(
    package: &'p package::Package,
    given: &'p settings::Given,
    reports: &mut Reports,
) -> (framework::Framework<'p>, checked::CheckedFramework) {
    if package.unresolved {
        return Default::default();
    }
    let mut kinds = check::Kinds::default();
    for layer in (1..=package.members.len()).rev() {
        let mut found = Reports::default();
        let all = overlay::Selection::All;
        // Values from outside are given to the whole, which may have what they name.
        let nothing = &settings::NOTHING;
        let framework = framework::gather_from(package, layer, all, nothing, &mut found);
        let checked = check::check(&framework, &package.sources, &kinds, &mut found);
        if found.has_errors() {
            // What is wrong below is told there, and not again by all that stands on it.
            found.retain(|cause| cause.severity() == diagnostics::Severity::Error);
            reports.append(found);
            return (framework, checked);
        }
        kinds = check::Kinds::of(&checked);
    }
    let framework = framework::gather(package, given, reports);
    let checked = check::check(&framework, &package.sources, &kinds, reports);
    (framework, checked)
}

/// A ruleset that was checked and not lowered.
#[derive(Debug)]
pub struct Check {
    pub sources: SourceMap,
    pub reports: Reports,
    /// Absent where something is wrong.
    pub framework: Option<checked::CheckedFramework>,
}

/// Reads and checks the ruleset at `entry`: for whoever gives the checked tree a meaning of their own.
pub fn check_only(entry: &Path, files: &dyn Files, settings: &Settings) -> Check {
    let mut reports = Reports::default();
    let mut package = package::load(entry, files, &mut reports);
    let framework = testing::checked(&mut package, settings, &mut reports);
    Check {
        framework: (!reports.has_errors()).then_some(framework),
        sources: package.sources,
        reports,
    }
}

/// Reads, checks and lowers the ruleset at `entry` (a rule file or a folder).
pub fn compile(entry: &Path, files: &dyn Files, settings: &Settings) -> Compilation {
    let mut reports = Reports::default();
    let mut package = package::load(entry, files, &mut reports);
    let given = settings::Given::read(settings, &mut package.sources, &mut reports);
    let spoken = translations::Spoken::load(settings, &mut package, files, &mut reports);
    let (framework, mut checked) = layers(&package, &given, &mut reports);
    if !package.unresolved {
        given.check_names(&framework, &mut reports);
    }
    if settings.lint && !reports.has_errors() {
        lint::lint(&framework, &checked, &package.sources, &mut reports);
    }
    let mut words = None;
    if !reports.has_errors()
        && let Some(spoken) = &spoken
    {
        words = spoken.words(&package, &framework, &given, &mut reports);
        if let Some(words) = &words {
            translations::apply(words, &framework, &mut checked);
        }
    }
    let plan = if reports.has_errors() {
        None
    } else {
        Some(lower::lower(&checked, &package.sources, &mut reports))
    };
    if let Some(plan) = plan.as_ref().filter(|_| !reports.has_errors()) {
        property::judge(&checked, plan, &package.sources, &mut reports);
    }
    let allowed = allowed::settle(&package, settings.lint, &mut reports);
    allowed::forgive_broken(&package, &mut reports);
    let mut plan = plan.filter(|_| !reports.has_errors());
    let mut sealing = None;
    if let (Some(whole), Some(audience)) = (&plan, settings.audience)
        && let Some(visible) =
            lower::for_audience(&checked, &package.sources, whole, audience, &mut reports)
    {
        plan = Some(visible.plan).filter(|_| !reports.has_errors());
        sealing = visible.sealing;
    }
    Compilation {
        sources: package.sources,
        reports,
        plan,
        sealing,
        allowed,
        words,
    }
}
