//! Ranges of numbers, and how each operation carries them along.
//!
//! A range says where a *known* value can lie. Its ends are finite: a known value is a finite
//! number, and "no bound" is the largest one. Adding, subtracting, multiplying, dividing and the
//! square root round monotonically, so the ends that the same operations give are exact bounds of
//! what the evaluation can produce; functions that a library approximates are widened by some
//! steps.

use crate::digits::is_at_most;

/// `low..=high`, never NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

// Named as the operations of the language are; operators would hide that these are ranges.
#[allow(clippy::should_implement_trait)]
impl Interval {
    pub const ALL: Self = Self {
        low: -f64::MAX,
        high: f64::MAX,
    };
    pub const UNIT: Self = Self {
        low: 0.0,
        high: 1.0,
    };

    #[must_use]
    pub fn new(low: f64, high: f64) -> Self {
        if low <= high {
            Self { low, high }
        } else {
            Self {
                low: high,
                high: low,
            }
        }
    }

    #[must_use]
    pub fn point(x: f64) -> Self {
        Self { low: x, high: x }
    }

    #[must_use]
    pub fn is_point(&self) -> bool {
        self.low == self.high
    }

    /// All of it is one number to every comparison.
    #[must_use]
    pub fn is_one_number(&self) -> bool {
        crate::digits::is_same(self.low, self.high)
    }

    /// Is a number in it, to every comparison?
    #[must_use]
    pub fn holds(&self, x: f64) -> bool {
        is_at_most(self.low, x) && is_at_most(x, self.high)
    }

    /// Both ends are proper bounds: nothing in here can be an overflow.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }

    #[must_use]
    pub fn contains(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }

    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }

    /// What both allow; `other` where they exclude each other.
    #[must_use]
    pub fn meet(self, other: Self) -> Self {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        if low <= high {
            Self { low, high }
        } else {
            other
        }
    }

    /// Without the overflows, which fault.
    #[must_use]
    pub fn finite(self) -> Self {
        Self {
            low: self.low.clamp(-f64::MAX, f64::MAX),
            high: self.high.clamp(-f64::MAX, f64::MAX),
        }
    }

    fn of_corners(corners: [f64; 4]) -> Self {
        // Zero times an overflow is no number: then nothing is known.
        if corners.iter().any(|corner| corner.is_nan()) {
            return Self {
                low: f64::NEG_INFINITY,
                high: f64::INFINITY,
            };
        }
        let [first, rest @ ..] = corners;
        rest.into_iter()
            .fold(Self::point(first), |range, x| range.hull(Self::point(x)))
    }

    #[must_use]
    pub fn negate(self) -> Self {
        Self {
            low: -self.high,
            high: -self.low,
        }
    }

    #[must_use]
    pub fn add(self, other: Self) -> Self {
        Self {
            low: self.low + other.low,
            high: self.high + other.high,
        }
    }

    #[must_use]
    pub fn subtract(self, other: Self) -> Self {
        self.add(other.negate())
    }

    #[must_use]
    pub fn multiply(self, other: Self) -> Self {
        Self::of_corners([
            self.low * other.low,
            self.low * other.high,
            self.high * other.low,
            self.high * other.high,
        ])
    }

    #[must_use]
    pub fn divide(self, other: Self) -> Self {
        if other.contains(0.0) {
            // The divisor can be as small as a number gets, on the sides where it can be.
            let all = Self {
                low: f64::NEG_INFINITY,
                high: f64::INFINITY,
            };
            let low = if self.low >= 0.0 && other.low >= 0.0 {
                0.0
            } else {
                all.low
            };
            return if other.low >= 0.0 && self.low >= 0.0 {
                let low = if other.high > 0.0 {
                    self.low / other.high
                } else {
                    low
                };
                Self {
                    low,
                    high: all.high,
                }
            } else {
                all
            };
        }
        Self::of_corners([
            self.low / other.low,
            self.low / other.high,
            self.high / other.low,
            self.high / other.high,
        ])
    }

    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.min(other.high),
        }
    }

    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            low: self.low.max(other.low),
            high: self.high.max(other.high),
        }
    }

    #[must_use]
    pub fn abs(self) -> Self {
        if self.contains(0.0) {
            Self {
                low: 0.0,
                high: self.high.max(-self.low),
            }
        } else {
            Self::new(self.low.abs(), self.high.abs())
        }
    }

    /// Through a function that never falls, as a library computes it.
    #[must_use]
    pub fn through(self, function: impl Fn(f64) -> f64) -> Self {
        Self {
            low: widen(function(self.low), false),
            high: widen(function(self.high), true),
        }
    }

    /// Through a function that never falls and rounds monotonically.
    #[must_use]
    pub fn through_exactly(self, function: impl Fn(f64) -> f64) -> Self {
        Self {
            low: function(self.low),
            high: function(self.high),
        }
    }

    /// The natural logarithm and its like, for what of the range is above zero.
    #[must_use]
    pub fn logarithm(self, function: impl Fn(f64) -> f64) -> Self {
        if self.high <= 0.0 {
            return Self::ALL;
        }
        let low = self.low.max(f64::from_bits(1));
        Self {
            low,
            high: self.high,
        }
        .through(function)
    }

    /// The whole number from 0 that it is: under such an exponent a negative base has a power.
    #[must_use]
    pub fn whole_exponent(self) -> Option<f64> {
        let x = self.low;
        (x == self.high && x.fract() == 0.0).then_some(x)
    }

    #[must_use]
    pub fn power(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        if self.low < 0.0
            && let Some(exponent) = other.whole_exponent()
        {
            // One through nought has no end.
            if exponent < 0.0 && self.contains(0.0) {
                return Self {
                    low: f64::NEG_INFINITY,
                    high: f64::INFINITY,
                };
            }
            let ends = [function(self.low, exponent), function(self.high, exponent)];
            let range = Self::of_corners([ends[0], ends[1], ends[0], ends[1]]);
            // An even power turns where its base does.
            let is_even = exponent % 2.0 == 0.0;
            let range = if is_even && exponent > 0.0 && self.contains(0.0) {
                range.hull(Self::point(0.0))
            } else {
                range
            };
            return Self {
                low: if range.low == 0.0 {
                    0.0
                } else {
                    widen(range.low, false)
                },
                high: widen(range.high, true),
            };
        }
        if self.low < 0.0 {
            return Self {
                low: f64::NEG_INFINITY,
                high: f64::INFINITY,
            };
        }
        let corners = [
            function(self.low, other.low),
            function(self.low, other.high),
            function(self.high, other.low),
            function(self.high, other.high),
        ];
        // Between the corners `x^0 = 1` and `1^y = 1` bound what a sign change can do.
        let mut range = Self::of_corners(corners);
        if other.contains(0.0) || self.contains(1.0) {
            range = range.hull(Self::point(1.0));
        }
        Self {
            low: widen(range.low, false).max(0.0),
            high: widen(range.high, true),
        }
    }
}

/// Four steps outwards: the libraries used are right to within one.
fn widen(x: f64, up: bool) -> f64 {
    (0..4).fold(x, |x, _| if up { x.next_up() } else { x.next_down() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_bound_what_they_produce() {
        let a = Interval::new(-2.0, 3.0);
        let b = Interval::new(1.0, 4.0);
        assert_eq!(a.add(b), Interval::new(-1.0, 7.0));
        assert_eq!(a.subtract(b), Interval::new(-6.0, 2.0));
        assert_eq!(a.multiply(b), Interval::new(-8.0, 12.0));
        assert_eq!(a.divide(b), Interval::new(-2.0, 3.0));
        assert!(!b.divide(a).is_finite());
        assert_eq!(a.abs(), Interval::new(0.0, 3.0));
        assert_eq!(Interval::new(-3.0, -1.0).abs(), Interval::new(1.0, 3.0));
        assert!(!Interval::ALL.add(Interval::ALL).is_finite());
        let square = a.power(Interval::point(2.0), libm::pow);
        assert!(square.low == 0.0 && square.contains(9.0) && square.high < 9.1);
        let cube = a.power(Interval::point(3.0), libm::pow);
        assert!(cube.contains(-8.0) && cube.contains(27.0) && cube.low > -8.1 && cube.high < 27.1);
        let far = Interval::new(-3.0, -2.0).power(Interval::point(2.0), libm::pow);
        assert!(far.low > 3.9 && far.contains(4.0) && far.contains(9.0));
        assert_eq!(
            a.power(Interval::point(-1.0), libm::pow).low,
            f64::NEG_INFINITY
        );
        let root = Interval::new(0.0, 8.0).power(Interval::point(1.0 / 3.0), libm::pow);
        assert!(root.contains(2.0) && root.contains(0.0) && root.high < 2.1);
        let inverse = Interval::new(1.0, 4.0).divide(Interval::new(0.0, 2.0));
        assert_eq!(inverse.low, 0.5);
    }
}
