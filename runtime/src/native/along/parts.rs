//! Parts of windows as loops take them: without a branch on missing cells, where there is a way.

use forewarn_plan::along::{KnownPart, LastPart, LinePart, Part, SpreadPart};

use super::blocks::TakePart;

impl TakePart for SpreadPart {}
impl TakePart for LastPart {}
impl TakePart for LinePart {}
impl TakePart for KnownPart {
    #[inline(always)]
    fn take(self, _: i32, x: f64) -> Self {
        Self(self.0 + u32::from(!x.is_nan()))
    }
}

/// A sum and how many values it is of, side by side, so that one instruction adds both. The sum is
/// never negative zero, so that adding zero changes nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Total<const MEAN: bool>([f64; 2]);

impl<const MEAN: bool> Part for Total<MEAN> {
    const EMPTY: Self = Self([0.0; 2]);

    #[inline(always)]
    fn and(self, _: i32, x: f64) -> Self {
        self.merge(Self([x, 1.0]))
    }

    #[inline(always)]
    fn merge(self, after: Self) -> Self {
        Self([self.0[0] + after.0[0], self.0[1] + after.0[1]])
    }

    #[inline(always)]
    fn known(self) -> u32 {
        self.0[1] as u32
    }

    #[inline(always)]
    fn value(self) -> f64 {
        let [sum, known] = self.0;
        if MEAN { sum / known } else { sum }
    }
}

impl<const MEAN: bool> TakePart for Total<MEAN> {
    #[inline(always)]
    fn take(self, _: i32, x: f64) -> Self {
        let known = if x.is_nan() { [0.0; 2] } else { [x, 1.0] };
        self.merge(Self(known))
    }

    #[inline(always)]
    fn result(self, require: u32, none: f64) -> f64 {
        result(self.value(), self.0[1], require, none)
    }
}

/// The least (or, if `MOST`, the largest) and how many it is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extreme<const MOST: bool> {
    value: f64,
    known: f64,
}

impl<const MOST: bool> Extreme<MOST> {
    /// The later one, if it is more extreme; a missing one never is.
    #[inline(always)]
    fn further(self, x: f64) -> f64 {
        let further = if MOST { self.value < x } else { x < self.value };
        if further { x } else { self.value }
    }
}

impl<const MOST: bool> Part for Extreme<MOST> {
    const EMPTY: Self = Self {
        value: if MOST {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        },
        known: 0.0,
    };

    #[inline(always)]
    fn and(self, at: i32, x: f64) -> Self {
        self.take(at, x)
    }

    #[inline(always)]
    fn merge(self, after: Self) -> Self {
        Self {
            value: self.further(after.value),
            known: self.known + after.known,
        }
    }

    #[inline(always)]
    fn known(self) -> u32 {
        self.known as u32
    }

    #[inline(always)]
    fn value(self) -> f64 {
        self.value
    }
}

impl<const MOST: bool> TakePart for Extreme<MOST> {
    #[inline(always)]
    fn take(self, _: i32, x: f64) -> Self {
        Self {
            value: self.further(x),
            known: self.known + if x.is_nan() { 0.0 } else { 1.0 },
        }
    }

    #[inline(always)]
    fn result(self, require: u32, none: f64) -> f64 {
        result(self.value, self.known, require, none)
    }
}

/// As [`forewarn_plan::along::finish`], but for what stands in place of a result where
/// there is none.
#[inline(always)]
fn result(value: f64, known: f64, require: u32, none: f64) -> f64 {
    let value = if value.abs() < f64::INFINITY {
        value
    } else {
        none
    };
    if known >= f64::from(require) {
        value
    } else {
        f64::NAN
    }
}
