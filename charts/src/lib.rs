//! Small graphics of levels, intervals and evidence.
//!
//! In: positions on scales, numbers, and words that are ready to be read. Out: [`Graphic`]s: inline SVG with
//! the text that says what it shows, and the same as rows of a table. Nothing here knows rules, data or
//! languages.
//!
//! What holds of all of them: no ids and no references, so that any number stands in one page; hatching is
//! drawn as lines, since patterns are lost in print; every mark has an outline, since neighbouring colours
//! differ by little; colour is never the only carrier. Right to left, places are mirrored by arithmetic and
//! every text says its direction.
//!
//! Four marks are never shared: hatched is undetermined, a cross is no report, blank is outside the framework,
//! struck is withheld.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#![deny(clippy::wildcard_enum_match_arm)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod canvas;
mod causes;
mod color;
mod geojson;
mod ladder;
mod map;
mod marks;
mod multiple;
mod peers;
mod questions;
mod settle;
mod stroke;
mod text;
mod timeline;

pub use causes::{Arrow, Causes, Crossing, Dot};
pub use color::{INK, PAPER, level as level_color};
pub use geojson::{Outlines, Unreadable};
pub use ladder::Ladder;
pub use map::{Map, Place};
pub use marks::{Provenance, Strip};
pub use multiple::Multiple;
pub use peers::Peers;
pub use questions::{Question, Questions};
pub use settle::{Settle, Trial};
pub use text::{escaped, isolated};
pub use timeline::{LevelKnown, Mark, Month, Timeline};

/// The widest a graphic is, in the units of its own pixels.
pub const WIDTH: f64 = 680.0;

/// In which direction people read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// From right to left.
    pub rtl: bool,
}

/// Places on a scale, from 0 for the least: surely the first, possibly up to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Between {
    pub least: usize,
    pub most: usize,
}

impl Between {
    #[must_use]
    pub fn exactly(at: usize) -> Self {
        Self {
            least: at,
            most: at,
        }
    }

    /// Is it one place?
    #[must_use]
    pub fn is_known(self) -> bool {
        self.least == self.most
    }

    /// How many places are left.
    #[must_use]
    pub fn width(self) -> usize {
        self.most.saturating_sub(self.least) + 1
    }
}

/// A drawing with everything that it says in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graphic {
    pub svg: String,
    /// What it shows, for those who do not see it.
    pub says: String,
    pub table: Table,
}

/// What a graphic shows, cell by cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(head: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self {
            head: head.iter().map(|&one| one.to_owned()).collect(),
            rows,
        }
    }
}
