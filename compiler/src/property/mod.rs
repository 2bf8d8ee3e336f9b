//! Properties of a method: what its author claims of it, proved where that can be done before there
//! are data.
//!
//! In: a ruleset, as for [`compile`](crate::compile). Out: its properties, each with the Plan that it
//! speaks of, the inputs that it moves, and what could be proved. What is left open is for a search
//! through generated data, which is not done here.
#![deny(clippy::wildcard_enum_match_arm)]

mod narrow;
mod planner;
mod proved;
pub mod signs;

pub use crate::plan::properties::{Move, PlannedClaim, PlannedProperty, Proof, Spared, Subject};

use std::path::Path;

use crate::checked::CheckedFramework;
use crate::diagnostics::properties::{ClaimIdle, ClaimNeverHolds};
use crate::diagnostics::{Reports, Severity};
use crate::plan::Plan;
use crate::source::{Files, SourceMap};
use planner::planned;

use crate::{Settings, allowed, lower, package, testing};

/// A ruleset and its properties.
#[derive(Debug)]
pub struct PropertyCompilation {
    pub sources: SourceMap,
    /// What is wrong with the ruleset; warnings are left to `compile`.
    pub reports: Reports,
    /// Absent where something is wrong.
    pub properties: Option<Vec<PlannedProperty>>,
}

/// Reads, checks and lowers the ruleset at `entry` with its properties.
pub fn compile_properties(
    entry: &Path,
    files: &dyn Files,
    settings: &Settings,
) -> PropertyCompilation {
    let mut reports = Reports::default();
    let mut package = package::load(entry, files, &mut reports);
    let checked = testing::checked(&mut package, settings, &mut reports);
    let plan = (!reports.has_errors())
        .then(|| lower::lower(&checked, &package.sources, &mut reports))
        .filter(|_| !reports.has_errors());
    let properties =
        plan.map(|plan| planned(&checked, &plan, &package.sources, true, &mut reports));
    allowed::settle(&package, false, &mut reports);
    allowed::forgive_broken(&package, &mut reports);
    reports.retain(|cause| cause.severity() == Severity::Error);
    let properties = properties.filter(|_| !reports.has_errors());
    PropertyCompilation {
        sources: package.sources,
        reports,
        properties,
    }
}

/// Tells claims that speak of nothing and claims that ranges alone refute.
pub(crate) fn judge(
    checked: &CheckedFramework,
    plan: &Plan,
    sources: &SourceMap,
    reports: &mut Reports,
) {
    if checked.properties.is_empty() {
        return;
    }
    let planned = planned(checked, plan, sources, false, reports);
    for property in planned {
        let (span, label) = (property.claim_span, property.label.clone());
        match property.proof {
            Proof::Idle { of } => reports.add(ClaimIdle {
                span,
                label,
                subject: property.subject.name.clone(),
                of,
            }),
            Proof::Refuted { why } => reports.add(ClaimNeverHolds { span, label, why }),
            Proof::Proved | Proof::Open => {}
        }
    }
}
