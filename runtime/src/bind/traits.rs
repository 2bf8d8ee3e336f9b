//! What the values of a column are like, as far as warnings ask.
//!
//! In: values, whole columns or block by block. Out: what they come to, which is the same either way: where
//! rows flow, nothing else of their values is kept.

/// Of the values of some rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Traits {
    /// How many are known.
    pub(super) known: u64,
    /// How many lie between 0 and 1 and are neither.
    pub(super) between: u64,
    pub(super) has_zero: bool,
    /// All known ones lie in 0..1.
    pub(super) in_share: bool,
    /// The first known one.
    pub(super) first: Option<f64>,
    /// All known ones are that one.
    pub(super) same: bool,
    /// How many are each of [`FOR_MISSING`].
    pub(super) for_missing: [u64; FOR_MISSING.len()],
    /// The lowest and the highest of the others.
    pub(super) others: (f64, f64),
}

/// Numbers that programs and surveys write where there is no value.
pub(super) const FOR_MISSING: [f64; 4] = [-99.0, -999.0, -9_999.0, -99_999.0];

/// Values that are looked at together: counts and ends of each place apart, so that none waits for another.
const LANES: usize = 8;

struct Lanes {
    known: [u64; LANES],
    between: [u64; LANES],
    zeros: [u64; LANES],
    ones: [u64; LANES],
    same: [u64; LANES],
    for_missing: [u64; FOR_MISSING.len()],
    lowest: [f64; LANES],
    highest: [f64; LANES],
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            known: [0; LANES],
            between: [0; LANES],
            zeros: [0; LANES],
            ones: [0; LANES],
            same: [0; LANES],
            for_missing: [0; FOR_MISSING.len()],
            lowest: [f64::INFINITY; LANES],
            highest: [f64::NEG_INFINITY; LANES],
        }
    }
}

impl Lanes {
    fn take(&mut self, block: &[f64; LANES], one: f64) {
        let value = |lane: usize| block.get(lane).copied().unwrap_or(f64::NAN);
        let count = |counts: &mut [u64; LANES], holds: &dyn Fn(f64) -> bool| {
            for (lane, count) in counts.iter_mut().enumerate() {
                *count += u64::from(holds(value(lane)));
            }
        };
        count(&mut self.known, &|value| !value.is_nan());
        count(&mut self.between, &|value| value > 0.0 && value < 1.0);
        count(&mut self.zeros, &|value| value == 0.0);
        count(&mut self.ones, &|value| value == 1.0);
        count(&mut self.same, &|value| value == one);
        // Where no value is as low as any of them, none is one of them.
        let is_low = block
            .iter()
            .fold(false, |low, value| low | (*value <= FOR_MISSING[0]));
        let others = if is_low {
            self.without_missing(block)
        } else {
            *block
        };
        for ((lowest, highest), value) in self.lowest.iter_mut().zip(&mut self.highest).zip(others)
        {
            *lowest = if value < *lowest { value } else { *lowest };
            *highest = if value > *highest { value } else { *highest };
        }
    }

    /// Counts what is written where there is no value; nothing stands in its place.
    #[cold]
    fn without_missing(&mut self, block: &[f64; LANES]) -> [f64; LANES] {
        block.map(|value| {
            let counts = FOR_MISSING.iter().zip(&mut self.for_missing);
            let own = counts.into_iter().find(|(written, _)| **written == value);
            own.map_or(value, |(_, count)| {
                *count += 1;
                f64::NAN
            })
        })
    }
}

fn sum(counts: [u64; LANES]) -> u64 {
    counts.iter().sum()
}

impl Default for Traits {
    fn default() -> Self {
        Self {
            known: 0,
            between: 0,
            has_zero: false,
            in_share: true,
            first: None,
            same: true,
            for_missing: [0; FOR_MISSING.len()],
            others: (f64::INFINITY, f64::NEG_INFINITY),
        }
    }
}

impl Traits {
    pub(super) fn of(values: &[f64]) -> Self {
        let first = values.iter().copied().find(|value| !value.is_nan());
        let Some(one) = first else {
            return Self::default();
        };
        let mut lanes = Lanes::default();
        let (blocks, rest) = values.as_chunks();
        for block in blocks {
            lanes.take(block, one);
        }
        let mut last = [f64::NAN; LANES];
        for (slot, value) in last.iter_mut().zip(rest) {
            *slot = *value;
        }
        lanes.take(&last, one);
        let known = sum(lanes.known);
        let (between, zeros) = (sum(lanes.between), sum(lanes.zeros));
        Self {
            known,
            between,
            has_zero: zeros > 0,
            in_share: between + zeros + sum(lanes.ones) == known,
            first,
            same: sum(lanes.same) == known,
            for_missing: lanes.for_missing,
            others: (
                lanes.lowest.into_iter().fold(f64::INFINITY, f64::min),
                lanes.highest.into_iter().fold(f64::NEG_INFINITY, f64::max),
            ),
        }
    }

    /// With what the values behind these are like.
    pub(super) fn and(self, later: &Self) -> Self {
        let alike = match (self.first, later.first) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        Self {
            known: self.known + later.known,
            between: self.between + later.between,
            has_zero: self.has_zero || later.has_zero,
            in_share: self.in_share && later.in_share,
            first: self.first.or(later.first),
            same: self.same && later.same && alike,
            for_missing: std::array::from_fn(|at| {
                let count = |traits: &Self| traits.for_missing.get(at).copied().unwrap_or(0);
                count(&self) + count(later)
            }),
            others: (
                self.others.0.min(later.others.0),
                self.others.1.max(later.others.1),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_come_to_the_whole(
            values in prop::collection::vec(
                prop::sample::select(vec![f64::NAN, 0.0, -0.0, 0.5, 1.0, 3.0, -99.0, -500.0, -9_999.0]), 0..30),
            cut in 0_usize..30,
        ) {
            let (before, behind) = values.split_at(cut.min(values.len()));
            prop_assert_eq!(Traits::of(before).and(&Traits::of(behind)), Traits::of(&values));
        }

        #[test]
        fn many_are_what_each_is(
            values in prop::collection::vec(
                prop::sample::select(vec![f64::NAN, 0.0, -0.0, 0.5, 1.0, 3.0, -99.0, -500.0, -9_999.0]), 0..30),
        ) {
            let traits = Traits::of(&values);
            let count = |holds: &dyn Fn(f64) -> bool| values.iter().filter(|value| holds(**value)).count() as u64;
            prop_assert_eq!(traits.known, count(&|value| !value.is_nan()));
            prop_assert_eq!(traits.between, count(&|value| value > 0.0 && value < 1.0));
            prop_assert_eq!(traits.has_zero, values.contains(&0.0));
            prop_assert_eq!(traits.in_share, values.iter().all(|value| value.is_nan() || (0.0..=1.0).contains(value)));
            prop_assert_eq!(traits.for_missing, FOR_MISSING.map(|written| count(&|value| value == written)));
            let others = values.iter().filter(|value| !FOR_MISSING.contains(value));
            let ends = others.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)));
            prop_assert_eq!(traits.others, ends);
        }
    }
}
