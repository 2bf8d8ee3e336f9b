//! Damaged input, by the thousand.
//!
//! In: bytes of any kind. A [`Target`] hands them to one door of the tool and holds what has to be true
//! whatever they are: nothing panics, every message can be written in every form, every edit lies inside its
//! file, both engines give the same bits. [`campaign`] makes inputs out of the corpus, each from its seed and
//! number alone, so that any of them can be made again; libFuzzer can drive the same targets (see
//! `libfuzzer/`).

pub mod campaign;
pub mod mutate;
pub mod targets;

/// One door of the tool.
#[derive(Clone, Copy)]
pub struct Target {
    /// Also the name of its folder in the corpus.
    pub name: &'static str,
    /// What it is, for people.
    pub about: &'static str,
    /// Words that inputs of this kind are made of.
    pub words: &'static [&'static str],
    /// Panics where something does not hold.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: &[Target] = &[
    targets::rules::RULES,
    targets::rules::EDITS,
    targets::package::PACKAGE,
    targets::package::ARCHIVE,
    targets::tables::CSV,
    targets::tables::NDJSON,
    targets::tables::ARROW,
    targets::tables::PARQUET,
    targets::engines::ENGINES,
];

/// The target of that name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
