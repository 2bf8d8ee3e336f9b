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
pub mod check;
pub mod checked;
pub mod coverage;
mod cycles;
pub mod decimal;
pub mod diagnostics;
pub mod disk;
pub mod framework;
pub mod interval;
pub mod lint;
pub mod lower;
pub mod mutation;
pub mod numbers;
pub mod package;
pub mod period;
pub mod plan;
pub mod property;
mod settings;
pub mod source;
pub mod testing;
pub mod typed;
pub mod types;
pub mod units;

use std::path::Path;

pub use allowed::Allowed;
pub use settings::Settings;

use diagnostics::Reports;
use plan::Plan;
use source::{Files, SourceMap};

/// What came of a ruleset.
#[derive(Debug)]
pub struct Compilation {
    pub sources: SourceMap,
    /// Everything that was found, in the order of the stages.
    pub reports: Reports,
    /// Absent where something is wrong.
    pub plan: Option<Plan>,
    /// What authors allow in place, for findings that are made later.
    pub allowed: Vec<Allowed>,
}

/// Reads, checks and lowers the ruleset at `entry` (a rule file or a folder).
pub fn compile(entry: &Path, files: &dyn Files, settings: &Settings) -> Compilation {
    let mut reports = Reports::default();
    let mut package = package::load(entry, files, &mut reports);
    let given = settings::Given::read(settings, &mut package.sources, &mut reports);
    let framework = framework::gather(&package, &given, &mut reports);
    given.check_names(&framework, &mut reports);
    let checked = check::check(&framework, &package.sources, &mut reports);
    if settings.lint && !reports.has_errors() {
        lint::lint(&framework, &checked, &package.sources, &mut reports);
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
    let plan = plan.filter(|_| !reports.has_errors());
    Compilation {
        sources: package.sources,
        reports,
        plan,
        allowed,
    }
}
