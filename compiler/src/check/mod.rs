//! Names, kinds, units: from a [`Framework`] of declarations to a [`CheckedFramework`].
//!
//! Declarations are checked so that what one needs comes before it. What is wrong is told once and
//! then stands as [`Type::Error`], which fits everywhere, so that one slip makes one message.
#![deny(clippy::wildcard_enum_match_arm)]

mod alerts;
mod along_time;
mod applies;
mod arithmetic;
mod attributes;
mod builtins;
mod by_hand;
mod calls;
mod comparisons;
mod constants;
mod context;
mod dated;
mod declarations;
mod dependencies;
mod durations;
mod evidence;
mod expressions;
mod factors;
mod functions;
mod given_percent;
mod groups;
mod halves;
mod indicators;
mod instances;
mod keys;
mod levels;
mod lists;
mod meeting;
mod membership;
mod named_arguments;
mod names;
mod notes;
mod other_dates;
mod overlaid;
mod params;
mod peers;
mod piecewise;
mod properties;
mod quotients;
mod rounding;
mod scales;
mod shapes;
mod shown;
mod tables;
mod tests;
mod type_words;
mod units;
mod unused;
mod weights;

pub(crate) use builtins::puts_together;
pub(crate) use factors::{is_built_in_combine, takes_weights};
pub use notes::Kinds;
pub(crate) use piecewise::broken_pieces;

use std::collections::{BTreeMap, BTreeSet};

use crate::checked::CheckedFramework;
use crate::confidential;
use crate::diagnostics::Reports;
use crate::framework::{Framework, ValueSource};
use crate::hindsight;
use crate::source::SourceMap;
use crate::typed::{FunctionId, ValueId};
use crate::types::Type;
use context::Checker;
use notes::Next;

/// Checks a gathered framework. The result can be lowered only if `reports` has no errors. What
/// changes a framework that it extends is held against `below`, the kinds of that framework's values.
pub fn check(
    framework: &Framework<'_>,
    sources: &SourceMap,
    below: &Kinds,
    reports: &mut Reports,
) -> CheckedFramework {
    let by_the_rules = params_by_the_rules(framework, sources);
    let mut checker = Checker::new(framework, sources, reports);
    checker.below = Some(below);
    if let Some(plain) = by_the_rules {
        checker.own_types = plain.types;
        checker.used_values = plain.used_values;
        checker.used_functions = plain.used_functions;
    }
    checker.heads();
    checker.units();
    checker.scales();
    checker.sources();
    checker.groups();
    let order = checker.order();
    for next in &order {
        match next {
            Next::Value(id) => checker.value(*id),
            Next::Function(id) => checker.function(*id),
        }
    }
    checker.beginnings();
    checker.shown();
    checker.unused();
    checker.tests();
    checker.properties();
    checker.tell_needed();
    let mut checked = checker.finish(order);
    let (standings, held) = confidential::judge(framework, &checked, &below.held, reports);
    (checked.standings, checked.held) = (standings, held);
    if !below.held.quiet {
        quotients::tell(framework, &checked, sources, reports);
    }
    checked.hindsight = hindsight::judge(framework, &checked, below.held.quiet, reports);
    checked
}

/// What the rules alone say of params, where values of some are given from outside: these keep the
/// types that the rules give them, in whatever order they now need each other.
struct ByTheRules {
    types: BTreeMap<ValueId, Type>,
    used_values: BTreeSet<ValueId>,
    used_functions: BTreeSet<FunctionId>,
}

fn params_by_the_rules(framework: &Framework<'_>, sources: &SourceMap) -> Option<ByTheRules> {
    framework.given.filter(|given| given.has_values())?;
    let mut unheard = Reports::default();
    let mut checker = Checker::new(framework, sources, &mut unheard);
    checker.given = None;
    checker.heads();
    checker.units();
    checker.scales();
    checker.sources();
    for next in checker.order() {
        match next {
            Next::Value(id) => {
                let declared = framework.values.get(id.0 as usize);
                if declared.is_some_and(|value| matches!(value.what, ValueSource::Param(_))) {
                    checker.value(id);
                }
            }
            Next::Function(id) => checker.function(id),
        }
    }
    Some(ByTheRules {
        types: std::mem::take(&mut checker.types),
        used_values: std::mem::take(&mut checker.used_values),
        used_functions: std::mem::take(&mut checker.used_functions),
    })
}
