//! The range that a declaration states.

use crate::digits::is_less;
use crate::interval::Interval;
use crate::source::Span;

/// `in 0..<1`, in the declaration's own unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DeclaredRange {
    pub range: Interval,
    pub high_excluded: bool,
    pub span: Span,
}

impl DeclaredRange {
    /// Does the number lie in it?
    #[must_use]
    pub fn takes(&self, x: f64) -> bool {
        self.range.contains(x) && (!self.high_excluded || is_less(x, self.range.high))
    }

    /// Its upper end as rules write it: `<1` where it does not belong to the range.
    #[must_use]
    pub fn high_words(&self) -> String {
        let sign = if self.high_excluded { "<" } else { "" };
        format!("{sign}{}", crate::numbers::show(self.range.high))
    }
}
