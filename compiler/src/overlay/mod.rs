//! From a framework and what extends it to the declarations that hold.
//!
//! In: a package with the packages it extends. Out: [`Overlaid`]: every declaration once, as the
//! nearest framework leaves it, with a record of who changed what and why. Nothing is copied and nothing
//! is printed: a declaration whose parts come from several files keeps the place of each part, so that
//! every message can show both.
#![deny(clippy::wildcard_enum_match_arm)]

mod amendments;
mod apply;
mod changes;
mod finding;
mod groups;
mod members;
mod overrides;
mod second;
pub(crate) mod target;

pub use amendments::{Amendments, Grouped, MemberOf};
pub(crate) use changes::Closed;
pub use changes::{ChangeRecord, Dropped, EffectiveItem, Overlaid, Selection, Verb};
pub use groups::ItemOfGroup;

use crate::diagnostics::Reports;
use crate::package::Package;

/// The declarations of the package number `top` and of what it extends.
pub(crate) fn settle<'p>(
    package: &'p Package,
    top: usize,
    selection: Selection<'_>,
    reports: &mut Reports,
) -> Overlaid<'p> {
    apply::Applier::new(package, selection, reports).run(top)
}
