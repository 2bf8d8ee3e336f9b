//! What is closed, by name, as a framework hands it to those that extend it.

use std::collections::BTreeMap;

use super::Classification;
use crate::source::Span;

/// A column that is closed.
#[derive(Clone, Debug)]
pub(crate) struct HeldColumn {
    pub classification: Classification,
    /// Who reads it, and where that is declared.
    pub reader: String,
    pub span: Span,
}

/// What is closed, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    pub(super) sources: BTreeMap<String, (Classification, Span)>,
    /// Indicators, by what flows into them.
    pub(super) indicators: BTreeMap<String, (Classification, Span)>,
    /// What is stated of everything else.
    pub(super) stated: BTreeMap<String, (Classification, Span)>,
    pub columns: BTreeMap<String, HeldColumn>,
    /// What is held closed is closed without a word: two frameworks are compared, of which each holds
    /// by itself.
    pub quiet: bool,
}

impl Held {
    /// What either of two frameworks holds closed, in any mixture of them.
    pub fn of_both(first: &Self, second: &Self) -> Self {
        let mut both = first.clone();
        both.quiet = true;
        type Closed = BTreeMap<String, (Classification, Span)>;
        let merge = |into: &mut Closed, from: &Closed| {
            for (name, closed) in from {
                let known = into.entry(name.clone()).or_insert(*closed);
                known.0 = known.0.max(closed.0);
            }
        };
        merge(&mut both.sources, &second.sources);
        merge(&mut both.indicators, &second.indicators);
        merge(&mut both.stated, &second.stated);
        for (column, closed) in &second.columns {
            let known = both.columns.entry(column.clone()).or_insert(closed.clone());
            known.classification = known.classification.max(closed.classification);
        }
        both
    }
}
