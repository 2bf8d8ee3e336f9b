//! From a checked framework to a Plan.
//!
//! Values are lowered in the order in which they need each other, functions are expanded where they
//! are called (equal calls once), and everything becomes numbers and truths. Ranges are known here
//! for the first time, so what ranges decide is told here: comparisons that can only go one way,
//! bands with holes, operations that never have a result.
#![deny(clippy::wildcard_enum_match_arm)]

mod alerts;
mod along_time;
mod apart;
mod applies;
mod arithmetic;
mod audience;
mod band_ends;
mod bands;
mod before;
mod bounds;
mod called;
mod clauses;
mod collisions;
mod combine;
mod comparisons;
mod decided;
mod evidence;
mod expressions;
mod factors;
mod implied;
mod inputs;
mod intervals;
mod item_words;
mod items_there;
mod known;
mod lists;
mod lowerer;
mod outlines;
mod outputs;
mod params;
mod peers;
mod period_of;
mod piecewise;
mod points;
pub(crate) mod properties;
mod recorded;
mod sorting;
mod sound;
mod spells;
mod table_cover;
mod table_points;
mod table_states;
mod tables;
pub(crate) mod tests;
mod thresholds;
mod value;
mod verified;
mod weighted;

pub(crate) use audience::for_audience;
pub(in crate::lower) use lowerer::Lowerer;

use crate::checked::CheckedFramework;
use crate::coverage::{Point, Points};
use crate::diagnostics::{Cause, Place, Reports};
use crate::plan::Plan;
use crate::source::{SourceMap, Span};
use called::OPERATIONS;
use std::collections::{BTreeSet, HashMap};

/// Makes the Plan. Call it only when checking found no errors; check `reports` again afterwards.
pub fn lower(framework: &CheckedFramework, sources: &SourceMap, reports: &mut Reports) -> Plan {
    let mut lowerer = Lowerer::of(framework, sources, reports, HashMap::new());
    lowerer.values();
    let plan = lowerer.finish();
    collisions::tell(framework, &plan, reports);
    plan
}

/// Judges what is sound of a framework in which something is wrong: the values that rest on nothing wrong
/// are lowered as always, those that are wrong but declare their range stand as declared, what that tells is
/// told, and no Plan comes of it. `in_error` are declarations of
/// which something is told.
pub(crate) fn judge_sound(
    framework: &CheckedFramework,
    sources: &SourceMap,
    in_error: &[Span],
    reports: &mut Reports,
) {
    let mut found = Reports::default();
    let sound = sound::values(framework, in_error);
    let mut lowerer = Lowerer::of(framework, sources, &mut found, HashMap::new());
    for id in framework
        .order
        .iter()
        .filter(|id| sound.values.contains(id))
    {
        let family = framework
            .value(*id)
            .and_then(|value| value.family.as_deref());
        match sound.as_declared.get(id) {
            Some(range) => lowerer.stands(*id, *range),
            None => lowerer.for_item(family, |lowerer| lowerer.value(*id)),
        }
        if lowerer.builder.len() > OPERATIONS {
            return;
        }
    }
    // What has no result here may lack what is wrong elsewhere.
    let known: BTreeSet<(&str, Option<(u32, u32)>)> = reports.iter().map(place_of).collect();
    found.retain(|cause| cause.code().0 != "FW0808" && !known.contains(&place_of(cause)));
    reports.append(found);
}

/// A code and where it is told.
fn place_of(cause: &dyn Cause) -> (&'static str, Option<(u32, u32)>) {
    let place = match cause.describe().primary.place {
        Place::Source(span) => Some((span.file.0, span.start)),
        Place::Data(_) | Place::File(_) | Place::CommandLine => None,
    };
    (cause.code().0, place)
}

/// The same, with the points that tests of it can show.
pub(crate) fn lower_watched(
    framework: &CheckedFramework,
    sources: &SourceMap,
    reports: &mut Reports,
) -> (Plan, Vec<Point>) {
    let mut lowerer = Lowerer::of(framework, sources, reports, HashMap::new());
    lowerer.points = Some(Points::default());
    lowerer.values();
    let points = lowerer.points.take().map_or(Vec::new(), Points::finish);
    let plan = lowerer.finish();
    collisions::tell(framework, &plan, reports);
    (plan, points)
}
