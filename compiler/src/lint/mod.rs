//! Lints of method: what is no slip in the rules and yet makes a method hard to defend.
//!
//! In: a framework in which nothing is wrong. Out: findings, told only when they are asked for
//! (`forewarn lint`, `forewarn check --lint`) and allowed in place like any warning.
#![deny(clippy::wildcard_enum_match_arm)]

mod answers;
mod directions;
mod left_out;
mod members;
mod shared_sources;
mod shares;
mod sources;
mod thresholds;
mod units;
mod ways;
mod weights;

use crate::checked::CheckedFramework;
use crate::diagnostics::Reports;
use crate::framework::Framework;
use crate::source::SourceMap;

/// What the lints look at.
struct Linter<'a, 'p> {
    framework: &'a Framework<'p>,
    checked: &'a CheckedFramework,
    sources: &'a SourceMap,
    reports: &'a mut Reports,
}

/// Tells what can be said of a method before there is any data.
pub fn lint(
    framework: &Framework<'_>,
    checked: &CheckedFramework,
    sources: &SourceMap,
    reports: &mut Reports,
) {
    let mut linter = Linter {
        framework,
        checked,
        sources,
        reports,
    };
    linter.answers();
    linter.directions();
    linter.left_out();
    linter.members();
    linter.shared_sources();
    linter.shares();
    linter.thresholds();
    linter.units();
    linter.weights();
}
