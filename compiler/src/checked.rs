//! A framework that holds together: what lowering and nobody else reads.
#![deny(clippy::wildcard_enum_match_arm)]

mod bodies;
pub mod evidence;
pub mod properties;
mod range;
pub mod reads;
pub mod tables;
pub mod tests;
pub mod weights;

pub use bodies::*;
pub use range::DeclaredRange;

use std::collections::{BTreeMap, BTreeSet};

use crate::arena::Arena;
use crate::confidential::{Exposure, Held};
use crate::plan::{FrameworkInfo, PanelInfo};
use crate::source::Span;
use crate::typed::{FunctionId, ValueId};
use crate::types::{CategoryId, ScaleId};
use crate::units::Units;

/// The result of checking; only made when nothing is wrong.
#[derive(Debug, Default)]
pub struct CheckedFramework {
    pub info: FrameworkInfo,
    pub panel: PanelInfo,
    /// The panel's keys, by what they are called in data and results.
    pub keys: Vec<KeyColumns>,
    pub units: Units,
    pub scales: Arena<ScaleId, Scale>,
    pub categories: Arena<CategoryId, Category>,
    pub values: Arena<ValueId, CheckedValue>,
    pub functions: Arena<FunctionId, CheckedFunction>,
    /// What a value needs stands before it.
    pub order: Vec<ValueId>,
    pub tests: Vec<tests::CheckedTest>,
    /// How open each value is, by its place.
    pub standings: Arena<ValueId, Exposure>,
    /// What those who extend it cannot open.
    pub(crate) held: Held,
    pub properties: Vec<properties::CheckedProperty>,
    /// What each value and each function names.
    pub reads: reads::Reads,
    /// What rests on later periods than a row's own.
    pub hindsight: BTreeSet<ValueId>,
    /// Values of the data, and steps, that results carry along.
    pub shown: BTreeSet<ValueId>,
    /// What goes by a group, each with the values that its items are.
    pub groups: BTreeMap<String, Vec<String>>,
    /// Parts of lists in brackets that stand for one item of a group, with the whole list.
    pub stands_for: BTreeMap<Span, Span>,
}

impl CheckedFramework {
    #[must_use]
    pub fn value(&self, id: ValueId) -> Option<&CheckedValue> {
        self.values.get(id.0 as usize)
    }

    #[must_use]
    pub fn standing(&self, id: ValueId) -> &Exposure {
        self.standings.of(id)
    }

    #[must_use]
    pub fn function(&self, id: FunctionId) -> Option<&CheckedFunction> {
        self.functions.get(id.0 as usize)
    }

    #[must_use]
    pub fn scale(&self, id: ScaleId) -> Option<&Scale> {
        self.scales.get(id.0 as usize)
    }

    #[must_use]
    pub fn category(&self, id: CategoryId) -> Option<&Category> {
        self.categories.get(id.0 as usize)
    }
}

/// What a key of the panel is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyColumns {
    /// `country`
    pub name: String,
    /// Where the panel names it.
    pub span: Span,
    /// Columns of the data that it may be read from.
    pub read: Vec<String>,
    /// Names under which it may stand in results.
    pub shown: Vec<String>,
}

/// A named place of a scale or category, with what people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    pub label: String,
}

#[derive(Clone, Debug)]
pub struct Scale {
    pub name: String,
    /// From least to most.
    pub levels: Vec<Named>,
    pub span: Span,
}

/// Places of a scale in groups of those that follow on one another, each as its first and its last: a level of
/// which only the ends are known may be certainly among such a group and certainly none of it.
pub(crate) fn runs(places: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut places: Vec<u32> = places.collect();
    places.sort_unstable();
    places.dedup();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for place in places {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == place => *last = place,
            Some(_) | None => runs.push((place, place)),
        }
    }
    runs
}

#[derive(Clone, Debug)]
pub struct Category {
    /// Empty where it is declared within an indicator.
    pub name: String,
    pub names: Vec<Named>,
    pub span: Span,
}
