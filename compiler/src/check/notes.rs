//! What the checker notes down for later, below everything that notes it.

use std::collections::BTreeMap;

use crate::checked::CheckedFramework;
use crate::confidential::Held;
use crate::source::Span;
use crate::typed::{FunctionId, ValueId};
use crate::types::Type;
use crate::units::Unit;

/// What is checked next.
#[derive(Clone, Copy, Debug)]
pub(super) enum Next {
    Value(ValueId),
    Function(FunctionId),
}

/// A function for certain units.
#[derive(Clone, Debug)]
pub(super) struct Instance {
    pub declared: FunctionId,
    pub variables: BTreeMap<String, Unit>,
    pub id: FunctionId,
}

/// What those who extend a framework are held to.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    /// Kinds and units of its values as people read them, and where each is declared.
    pub(super) kinds: BTreeMap<String, (String, Span)>,
    /// What it holds closed.
    pub(super) held: Held,
}

/// Who needs something, where, and what would settle it.
pub(super) type Need = (String, Span, String);

impl Kinds {
    #[must_use]
    pub fn of(framework: &CheckedFramework) -> Self {
        let show = |ty: &Type| {
            let scale = |id| {
                framework
                    .scale(id)
                    .map_or(String::new(), |scale| scale.name.clone())
            };
            let category = |id| {
                framework
                    .category(id)
                    .map_or(String::new(), |category| category.name.clone())
            };
            ty.show(&framework.units, scale, category)
        };
        let values = framework.values.iter();
        let values = values.filter(|value| !value.ty.is_error());
        Self {
            kinds: values
                .map(|value| (value.name.clone(), (show(&value.ty), value.span)))
                .collect(),
            held: framework.held.clone(),
        }
    }
}

impl Kinds {
    /// What either of two frameworks holds closed; nothing is said of kinds.
    pub(crate) fn closed_by_either(first: &Self, second: &Self) -> Self {
        Self {
            kinds: BTreeMap::new(),
            held: Held::of_both(&first.held, &second.held),
        }
    }
}
