//! Which values are sound where something is wrong: those that are well themselves and rest on nothing else.
//! One that is not, but says what it is to be, stands for what rests on it as if it were given.
//!
//! In: a checked framework. Out: the values that can be lowered as if nothing were wrong, and those that stand
//! as declared.

use std::collections::{BTreeSet, HashMap};

use crate::checked::CheckedFramework;
use crate::checked::reads::{Dependency, Part};
use crate::checked::{Body, CheckedValue};
use crate::interval::Interval;
use crate::source::Span;
use crate::typed::{TypedKind, ValueId};
use crate::types::Type;

/// What can be judged.
pub(super) struct Sound {
    pub values: BTreeSet<ValueId>,
    /// Values that are wrong, with where they are declared to lie.
    pub as_declared: HashMap<ValueId, Interval>,
}

/// The sound values.
pub(super) fn values(framework: &CheckedFramework, in_error: &[Span]) -> Sound {
    let reads = &framework.reads;
    let mut sound: BTreeSet<Dependency> = BTreeSet::new();
    let mut spans = in_error.to_vec();
    spans.sort_by_key(|span| (span.file.0, span.start));
    let is_told = |span: Span| {
        let after =
            spans.partition_point(|one| (one.file.0, one.start) <= (span.file.0, span.start));
        let before = after.checked_sub(1).and_then(|at| spans.get(at));
        before.is_some_and(|one| one.file == span.file && span.end <= one.end)
    };
    let ids = (0..).map(ValueId).zip(framework.values.iter());
    let told: BTreeSet<ValueId> = ids
        .filter(|(_, value)| is_told(value.span))
        .map(|(id, _)| id)
        .collect();
    let mut as_declared = HashMap::new();
    for next in reads.order() {
        let is_well = match *next {
            Dependency::Value(id) => framework
                .value(id)
                .is_some_and(|value| is_well(value) && !told.contains(&id)),
            Dependency::Function(id) => framework.function(id).is_some_and(|function| {
                !function.result.is_error() && function.parts().iter().all(reads_well)
            }),
            Dependency::Factors | Dependency::Signals => true,
        };
        if is_well && reads.needs_now(*next).all(|needed| sound.contains(&needed)) {
            sound.insert(*next);
        } else if let Dependency::Value(id) = *next
            && let Some(range) = framework
                .value(id)
                .and_then(|value| declared(framework, value))
        {
            sound.insert(*next);
            as_declared.insert(id, range);
        }
    }
    let values = sound
        .into_iter()
        .filter_map(|one| match one {
            Dependency::Value(id) => Some(id),
            Dependency::Function(_) | Dependency::Factors | Dependency::Signals => None,
        })
        .collect();
    Sound {
        values,
        as_declared,
    }
}

/// Where a value lies by its declaration, whatever its formula.
fn declared(framework: &CheckedFramework, value: &CheckedValue) -> Option<Interval> {
    let declared = match &value.body {
        Body::Expression { declared, .. } => declared,
        // A level lies on its scale, whatever decides it.
        Body::Level(_) => {
            let Type::Level(scale) = &value.ty else {
                return None;
            };
            let levels = framework.scale(*scale)?.levels.len();
            return Some(Interval::new(0.0, levels.saturating_sub(1) as f64));
        }
        Body::Indicator(_)
        | Body::Param(_)
        | Body::Factor(_)
        | Body::Table(_)
        | Body::Alert(_)
        | Body::Broken => return None,
    };
    match &value.ty {
        Type::Truth => Some(Interval::UNIT),
        Type::Number(_) => declared.as_ref().map(|declared| declared.range),
        Type::Level(_) | Type::Category(_) | Type::Count | Type::List(_) | Type::Error => None,
    }
}

fn is_well(value: &CheckedValue) -> bool {
    !matches!(value.body, Body::Broken)
        && !value.ty.is_error()
        && value.body.parts().iter().all(reads_well)
}

fn reads_well(part: &Part<'_>) -> bool {
    part.expression().is_none_or(|expression| {
        expression
            .walk(part.role)
            .all(|seen| seen.expression.kind != TypedKind::Error && !seen.expression.ty.is_error())
    })
}
