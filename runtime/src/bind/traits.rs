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
        let (mut known, mut between, mut zeros, mut inside, mut same) = (0, 0, 0, 0, 0);
        let mut for_missing = [0; FOR_MISSING.len()];
        let mut others = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values {
            match FOR_MISSING.iter().position(|known| known == value) {
                Some(at) => {
                    if let Some(count) = for_missing.get_mut(at) {
                        *count += 1;
                    }
                }
                None => others = (others.0.min(*value), others.1.max(*value)),
            }
            known += u64::from(!value.is_nan());
            between += u64::from(*value > 0.0 && *value < 1.0);
            zeros += u64::from(*value == 0.0);
            inside += u64::from((0.0..=1.0).contains(value));
            same += u64::from(*value == one);
        }
        Self {
            known,
            between,
            has_zero: zeros > 0,
            in_share: inside == known,
            first,
            same: same == known,
            for_missing,
            others,
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
                prop::sample::select(vec![f64::NAN, 0.0, -0.0, 0.5, 1.0, 3.0]), 0..12),
            cut in 0_usize..12,
        ) {
            let (before, behind) = values.split_at(cut.min(values.len()));
            prop_assert_eq!(Traits::of(before).and(&Traits::of(behind)), Traits::of(&values));
        }
    }
}
