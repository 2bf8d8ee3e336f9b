//! Names, kinds, units: from a [`Framework`] of declarations to a [`CheckedFramework`].
//!
//! Declarations are checked so that what one needs comes before it. What is wrong is told once and
//! then stands as [`Type::Error`], which fits everywhere, so that one slip makes one message.

mod alerts;
mod along_time;
mod attributes;
mod builtins;
mod calls;
mod comparisons;
mod constants;
mod context;
mod declarations;
mod dependencies;
mod durations;
mod expressions;
mod factors;
mod functions;
mod indicators;
mod levels;
mod lists;
mod named_arguments;
mod names;
mod overlaid;
mod params;
mod peers;
mod properties;
mod scales;
mod tables;
mod tests;
mod type_words;
mod units;
mod unused;

pub(crate) use factors::takes_weights;
pub use overlaid::Kinds;

use crate::checked::CheckedFramework;
use crate::confidential;
use crate::diagnostics::Reports;
use crate::framework::Framework;
use crate::source::SourceMap;
use context::Checker;
use dependencies::Next;

/// Checks a gathered framework. The result can be lowered only if `reports` has no errors. What
/// changes a framework that it extends is held against `below`, the kinds of that framework's values.
pub fn check(
    framework: &Framework<'_>,
    sources: &SourceMap,
    below: &Kinds,
    reports: &mut Reports,
) -> CheckedFramework {
    let mut checker = Checker::new(framework, sources, reports);
    checker.below = Some(below);
    checker.heads();
    checker.units();
    checker.scales();
    checker.sources();
    let order = checker.order();
    for next in &order {
        match next {
            Next::Value(id) => checker.value(*id),
            Next::Function(id) => checker.function(*id),
        }
    }
    checker.unused();
    checker.tests();
    checker.properties();
    checker.tell_needed();
    let mut checked = checker.finish(order);
    checked.standings = confidential::judge(framework, &checked, reports);
    checked
}
