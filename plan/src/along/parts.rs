//! The parts of windows: what is merged at the cut, one kind for each thing made of a window.

use crate::digits;

/// A merged part of a window. All parts of one kind of window form a monoid up to rounding.
pub trait Part: Copy {
    const EMPTY: Self;
    /// Takes a known value next to those taken; `at` is its period counted from the cut (0 is the
    /// first period after it, -1 the last before).
    #[must_use]
    fn and(self, at: i32, x: f64) -> Self;
    /// The part before the cut with the part after it.
    #[must_use]
    fn merge(self, after: Self) -> Self;
    /// How many values are known.
    fn known(self) -> u32;
    /// The result, if enough are known; an infinity or NaN where there is none.
    fn value(self) -> f64;
}

/// What a window gives: NaN where it is missing, an infinity where there is no result although
/// enough is known.
#[must_use]
pub fn finish<P: Part>(part: P, require: u32) -> f64 {
    if part.known() < require {
        return f64::NAN;
    }
    let value = part.value();
    if value.is_finite() {
        value
    } else {
        f64::INFINITY
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SumPart {
    pub sum: f64,
    pub known: u32,
}

impl Part for SumPart {
    const EMPTY: Self = Self { sum: 0.0, known: 0 };

    fn and(self, _: i32, x: f64) -> Self {
        Self {
            sum: self.sum + x,
            known: self.known + 1,
        }
    }

    fn merge(self, after: Self) -> Self {
        Self {
            sum: self.sum + after.sum,
            known: self.known + after.known,
        }
    }

    fn known(self) -> u32 {
        self.known
    }

    fn value(self) -> f64 {
        self.sum
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanPart(pub SumPart);

impl Part for MeanPart {
    const EMPTY: Self = Self(SumPart::EMPTY);

    fn and(self, at: i32, x: f64) -> Self {
        Self(self.0.and(at, x))
    }

    fn merge(self, after: Self) -> Self {
        Self(self.0.merge(after.0))
    }

    fn known(self) -> u32 {
        self.0.known
    }

    fn value(self) -> f64 {
        self.0.sum / f64::from(self.0.known)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MinPart {
    pub least: f64,
    pub known: u32,
}

impl Part for MinPart {
    const EMPTY: Self = Self {
        least: f64::INFINITY,
        known: 0,
    };

    fn and(self, _: i32, x: f64) -> Self {
        Self {
            least: if x < self.least { x } else { self.least },
            known: self.known + 1,
        }
    }

    fn merge(self, after: Self) -> Self {
        Self {
            least: if after.least < self.least {
                after.least
            } else {
                self.least
            },
            known: self.known + after.known,
        }
    }

    fn known(self) -> u32 {
        self.known
    }

    fn value(self) -> f64 {
        self.least
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MaxPart {
    pub most: f64,
    pub known: u32,
}

impl Part for MaxPart {
    const EMPTY: Self = Self {
        most: f64::NEG_INFINITY,
        known: 0,
    };

    fn and(self, _: i32, x: f64) -> Self {
        Self {
            most: if self.most < x { x } else { self.most },
            known: self.known + 1,
        }
    }

    fn merge(self, after: Self) -> Self {
        Self {
            most: if self.most < after.most {
                after.most
            } else {
                self.most
            },
            known: self.known + after.known,
        }
    }

    fn known(self) -> u32 {
        self.known
    }

    fn value(self) -> f64 {
        self.most
    }
}

/// The newest value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastPart {
    /// Its period, counted from the cut.
    pub at: i32,
    pub last: f64,
    pub known: u32,
}

impl Part for LastPart {
    const EMPTY: Self = Self {
        at: i32::MIN,
        last: f64::NAN,
        known: 0,
    };

    fn and(self, at: i32, x: f64) -> Self {
        self.merge(Self {
            at,
            last: x,
            known: 1,
        })
    }

    fn merge(self, after: Self) -> Self {
        let later = if after.at >= self.at { after } else { self };
        Self {
            known: self.known + after.known,
            ..later
        }
    }

    fn known(self) -> u32 {
        self.known
    }

    fn value(self) -> f64 {
        self.last
    }
}

/// Counts alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownPart(pub u32);

impl Part for KnownPart {
    const EMPTY: Self = Self(0);

    fn and(self, _: i32, _: f64) -> Self {
        Self(self.0 + 1)
    }

    fn merge(self, after: Self) -> Self {
        Self(self.0 + after.0)
    }

    fn known(self) -> u32 {
        // The count itself is known even where nothing else is.
        u32::MAX
    }

    fn value(self) -> f64 {
        f64::from(self.0)
    }
}

/// The ends of what was taken: values that are equal to 14 digits have no spread and no slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ends {
    pub least: f64,
    pub most: f64,
}

impl Ends {
    const NONE: Self = Self {
        least: f64::INFINITY,
        most: f64::NEG_INFINITY,
    };

    fn hull(self, other: Self) -> Self {
        Self {
            least: if other.least < self.least {
                other.least
            } else {
                self.least
            },
            most: if self.most < other.most {
                other.most
            } else {
                self.most
            },
        }
    }

    fn and(self, x: f64) -> Self {
        self.hull(Self { least: x, most: x })
    }

    fn are_one(self) -> bool {
        digits::is_same(self.least, self.most)
    }
}

/// Mean and sum of squared deviations, value by value after Welford (Technometrics 4, 1962), merged
/// after Chan, Golub and LeVeque (The American Statistician 37, 1983).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpreadPart {
    pub ends: Ends,
    pub known: u32,
    pub mean: f64,
    pub squares: f64,
}

impl Part for SpreadPart {
    const EMPTY: Self = Self {
        ends: Ends::NONE,
        known: 0,
        mean: 0.0,
        squares: 0.0,
    };

    fn and(self, _: i32, x: f64) -> Self {
        let known = self.known + 1;
        let off = x - self.mean;
        let mean = self.mean + off / f64::from(known);
        Self {
            ends: self.ends.and(x),
            known,
            mean,
            squares: self.squares + off * (x - mean),
        }
    }

    fn merge(self, after: Self) -> Self {
        if self.known == 0 {
            return after;
        }
        if after.known == 0 {
            return self;
        }
        let known = self.known + after.known;
        let (a, b, n) = (
            f64::from(self.known),
            f64::from(after.known),
            f64::from(known),
        );
        let off = after.mean - self.mean;
        Self {
            ends: self.ends.hull(after.ends),
            known,
            mean: self.mean + off * b / n,
            squares: self.squares + after.squares + off * off * a * b / n,
        }
    }

    fn known(self) -> u32 {
        self.known
    }

    fn value(self) -> f64 {
        if self.ends.are_one() {
            return 0.0;
        }
        (self.squares / f64::from(self.known - 1)).sqrt()
    }
}

/// Means of time and value, their squared deviations and product, merged like [`SpreadPart`]. Time is counted
/// from the first value taken: counted from far off, its digits would be lost to the distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinePart {
    pub ends: Ends,
    pub known: u32,
    /// The period of the first value taken, counted from the cut.
    pub first_at: i32,
    pub mean_at: f64,
    pub mean: f64,
    pub squares: f64,
    pub products: f64,
}

impl Part for LinePart {
    const EMPTY: Self = Self {
        ends: Ends::NONE,
        known: 0,
        first_at: 0,
        mean_at: 0.0,
        mean: 0.0,
        squares: 0.0,
        products: 0.0,
    };

    fn and(self, at: i32, x: f64) -> Self {
        let known = self.known + 1;
        let n = f64::from(known);
        let first_at = if self.known == 0 { at } else { self.first_at };
        let at = f64::from(at.wrapping_sub(first_at));
        let (off_at, off) = (at - self.mean_at, x - self.mean);
        let mean_at = self.mean_at + off_at / n;
        let mean = self.mean + off / n;
        Self {
            ends: self.ends.and(x),
            known,
            first_at,
            mean_at,
            mean,
            squares: self.squares + off_at * (at - mean_at),
            products: self.products + off_at * (x - mean),
        }
    }

    fn merge(self, after: Self) -> Self {
        if self.known == 0 {
            return after;
        }
        if after.known == 0 {
            return self;
        }
        let known = self.known + after.known;
        let (a, b, n) = (
            f64::from(self.known),
            f64::from(after.known),
            f64::from(known),
        );
        let apart = f64::from(after.first_at.wrapping_sub(self.first_at));
        let off_at = apart + after.mean_at - self.mean_at;
        let off = after.mean - self.mean;
        Self {
            ends: self.ends.hull(after.ends),
            known,
            first_at: self.first_at,
            mean_at: self.mean_at + off_at * b / n,
            mean: self.mean + off * b / n,
            squares: self.squares + after.squares + off_at * off_at * a * b / n,
            products: self.products + after.products + off_at * off * a * b / n,
        }
    }

    fn known(self) -> u32 {
        self.known
    }

    fn value(self) -> f64 {
        if self.ends.are_one() {
            return 0.0;
        }
        self.products / self.squares
    }
}
