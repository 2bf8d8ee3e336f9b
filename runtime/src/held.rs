//! The Plan that something was made of: lent for a run, or kept with what was made of it.

use std::ops::Deref;
use std::sync::Arc;

use forewarn_plan::Plan;

/// A Plan.
#[derive(Clone, Debug)]
pub(crate) enum Held<'p> {
    Borrowed(&'p Plan),
    Shared(Arc<Plan>),
}

impl<'p> From<&'p Plan> for Held<'p> {
    fn from(plan: &'p Plan) -> Self {
        Self::Borrowed(plan)
    }
}

impl From<Arc<Plan>> for Held<'_> {
    fn from(plan: Arc<Plan>) -> Self {
        Self::Shared(plan)
    }
}

impl Deref for Held<'_> {
    type Target = Plan;

    fn deref(&self) -> &Plan {
        match self {
            Self::Borrowed(plan) => plan,
            Self::Shared(plan) => plan,
        }
    }
}
