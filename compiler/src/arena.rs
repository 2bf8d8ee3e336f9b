//! Things by typed index.
//!
//! In: things one by one. Out: for each an id of a type of its own, which finds it again. An id is made
//! by the arena that holds its thing, and goes with every arena that was made by [`Arena::map`] or
//! [`Arena::filled`] from that one, so that looking up needs no answer for "not there". An id of
//! somewhere else is a mistake of the compiler: it ends the program with words that ask for a report,
//! and never becomes a value.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

/// A typed index.
pub trait Id: Copy {
    fn new(at: u32) -> Self;
    fn at(self) -> usize;
}

/// Things of one kind, each with its id.
#[derive(Clone, Debug)]
pub struct Arena<I, T> {
    items: Vec<T>,
    ids: PhantomData<fn() -> I>,
}

/// The number of the next thing of several.
#[must_use]
#[allow(
    clippy::expect_used,
    reason = "four billion declarations do not fit into a rule file, whose length is limited"
)]
pub fn next(count: usize) -> u32 {
    u32::try_from(count).expect("fewer than four billion declarations")
}

impl<I: Id, T> Arena<I, T> {
    pub fn push(&mut self, item: T) -> I {
        let id = I::new(next(self.items.len()));
        self.items.push(item);
        id
    }

    /// The thing of that id.
    #[must_use]
    pub fn of(&self, id: I) -> &T {
        match self.items.get(id.at()) {
            Some(item) => item,
            None => not_here(id.at(), self.items.len()),
        }
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, id: I) -> &mut T {
        let count = self.items.len();
        match self.items.get_mut(id.at()) {
            Some(item) => item,
            None => not_here(id.at(), count),
        }
    }

    /// Every id, in the order of the things.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..next(self.items.len())).map(I::new)
    }

    /// Every thing with its id.
    pub fn entries(&self) -> impl Iterator<Item = (I, &T)> {
        self.ids().zip(&self.items)
    }

    /// Something for each thing, under the same ids.
    #[must_use]
    pub fn map<U>(&self, of: impl FnMut((I, &T)) -> U) -> Arena<I, U> {
        self.entries().map(of).collect()
    }

    /// The same for each, under the same ids.
    #[must_use]
    pub fn filled<U: Clone>(&self, with: U) -> Arena<I, U> {
        self.map(|_| with.clone())
    }
}

impl<I, T> Default for Arena<I, T> {
    fn default() -> Self {
        let items = Vec::new();
        Self {
            items,
            ids: PhantomData,
        }
    }
}

/// In the order of their ids.
impl<I, T> FromIterator<T> for Arena<I, T> {
    fn from_iter<F: IntoIterator<Item = T>>(items: F) -> Self {
        Self {
            items: items.into_iter().collect(),
            ids: PhantomData,
        }
    }
}

#[allow(
    clippy::panic,
    reason = "only a mistake of the compiler comes here, and no value may come of it"
)]
fn not_here(at: usize, count: usize) -> ! {
    panic!(
        "this is a mistake of forewarn, not of the rules: number {at} of {count} was asked for; please report it with the ruleset"
    )
}

/// As a list, where ids do not matter.
impl<I, T> Deref for Arena<I, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<I, T> DerefMut for Arena<I, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

impl<'a, I, T> IntoIterator for &'a Arena<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut Arena<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typed::ValueId;

    #[test]
    fn an_id_finds_its_thing_and_what_was_made_of_it() {
        let mut names: Arena<ValueId, &str> = Arena::default();
        let (first, second) = (names.push("a"), names.push("b"));
        let lengths = names.map(|(_, name)| name.len());
        assert_eq!(
            (*names.of(first), *names.of(second), *lengths.of(second)),
            ("a", "b", 1)
        );
        assert_eq!(names.ids().collect::<Vec<_>>(), [first, second]);
    }

    #[test]
    #[should_panic(expected = "please report it with the ruleset")]
    fn an_id_of_somewhere_else_is_no_value() {
        let names: Arena<ValueId, &str> = ["a"].into_iter().collect();
        let _ = names.of(ValueId(7));
    }
}
