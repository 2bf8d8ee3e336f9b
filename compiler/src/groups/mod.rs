//! What goes by a group: which declarations are one for each of several items.
//!
//! In: the declarations that stand. Out: [`Groups`]: for every group, and every step, score or signal
//! whose expression goes item by item, its items by name, each with the value that it is; and of any
//! expression, by which items it goes ([`Groups::axis`]). All of it is read from the words alone, before
//! anything has a kind, so that each item becomes a declaration of its own and no later stage knows of
//! groups.
#![deny(clippy::wildcard_enum_match_arm)]

mod axis;
mod families;
mod pool;
mod settle;
mod shape;

use std::sync::Arc;

use crate::diagnostics::{Code, Place, Reports};

pub(crate) use axis::is_field;
pub use families::Groups;
pub use pool::Pool;
pub(crate) use settle::settle;
pub use shape::{Family, FamilyKind, Shape, ShapeItem};

/// The item that an expression is read for.
#[derive(Clone, Debug)]
pub struct Item<'p> {
    pub shape: Arc<Shape<'p>>,
    pub index: usize,
}

/// Drops what is known already, and remembers the rest.
pub(crate) fn once(found: &mut Reports, told: &mut Vec<(Code, Place)>) {
    let mut new = Vec::new();
    found.retain(|cause| {
        let key = (cause.code(), cause.describe().primary.place);
        let first = !told.contains(&key);
        new.push(key);
        first
    });
    told.append(&mut new);
}
