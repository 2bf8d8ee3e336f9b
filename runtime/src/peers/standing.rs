//! The ranks and percentiles of all values of a group at once.
//!
//! In: sorted known values. Out: what [`forewarn_plan::peers::rank`] and [`percentile`] say of each of them, in one
//! walk over all: as values rise, so does how many are less than they are, and how many are not above them.

use forewarn_plan::digits::{is_at_most, is_less, is_same};
use forewarn_plan::peers::{RankOrder, Ties, percentile};

/// How many of sorted values are less than each of them, and how many are not above it.
fn standings(sorted: &[f64]) -> Vec<(usize, usize)> {
    let further = |from: usize, goes: &dyn Fn(f64) -> bool| {
        let mut behind = sorted.iter().skip(from);
        from + behind.by_ref().take_while(|x| goes(**x)).count()
    };
    let (mut below, mut not_above) = (0, 0);
    let each = sorted.iter().map(|own| {
        below = further(below, &|x| is_less(x, *own));
        not_above = further(not_above, &|x| is_at_most(x, *own));
        (below, not_above)
    });
    each.collect()
}

pub(super) fn ranks(order: RankOrder, ties: Ties, sorted: &[f64]) -> Vec<f64> {
    // By place: how many values differ from the one before them, up to there.
    let mut steps = Vec::new();
    if ties == Ties::Dense {
        let mut step = 0_usize;
        steps.push(step);
        for (a, b) in sorted.iter().zip(sorted.iter().skip(1)) {
            step += usize::from(!is_same(*a, *b));
            steps.push(step);
        }
    }
    let step = |at: usize| steps.get(at).copied().unwrap_or(0);
    let last = sorted.len().saturating_sub(1);
    let each = standings(sorted).into_iter().map(|(below, not_above)| {
        let (before, same) = match order {
            RankOrder::LowestFirst => (below, not_above - below),
            RankOrder::HighestFirst => (sorted.len() - not_above, not_above - below),
        };
        match ties {
            Ties::First => before as f64 + 1.0,
            Ties::Last => before as f64 + same as f64,
            Ties::Mean => before as f64 + (same as f64 + 1.0) / 2.0,
            Ties::Dense if before == 0 => 1.0,
            Ties::Dense => {
                let distinct = match order {
                    RankOrder::LowestFirst => step(below - 1) + 1,
                    RankOrder::HighestFirst => step(last) - step(not_above) + 1,
                };
                distinct as f64 + 1.0
            }
        }
    });
    each.collect()
}

pub(super) fn percentiles(sorted: &[f64]) -> Vec<f64> {
    let others = match sorted.len() {
        0 | 1 => return sorted.iter().map(|own| percentile(*own, sorted)).collect(),
        all => (all - 1) as f64,
    };
    let standings = standings(sorted).into_iter();
    let share = standings.map(|(below, _)| 100.0 * below as f64 / others);
    share.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_plan::peers::rank;
    use proptest::prelude::*;

    /// Numbers that are nearly the same, and some that are the same.
    fn value() -> impl Strategy<Value = f64> {
        let plain =
            prop::sample::select(vec![0.0, -0.0, 1.0, 0.1 + 0.2, 0.3, 1e300, -1e300, 5e-324]);
        let near = (1_u32..6, 0_u64..300)
            .prop_map(|(whole, bits)| f64::from_bits(f64::from(whole).to_bits() + bits));
        prop_oneof![plain, near, any::<i8>().prop_map(f64::from)]
    }

    proptest! {
        #[test]
        fn all_at_once_are_what_each_is(values in prop::collection::vec(value(), 0..40)) {
            let mut sorted = values;
            sorted.sort_unstable_by(f64::total_cmp);
            for order in [RankOrder::HighestFirst, RankOrder::LowestFirst] {
                for ties in [Ties::First, Ties::Last, Ties::Mean, Ties::Dense] {
                    let each: Vec<f64> = sorted.iter().map(|own| rank(order, ties, *own, &sorted)).collect();
                    prop_assert_eq!(ranks(order, ties, &sorted), each, "{:?} {:?}", order, ties);
                }
            }
            let each: Vec<f64> = sorted.iter().map(|own| percentile(*own, &sorted)).collect();
            prop_assert_eq!(percentiles(&sorted), each);
        }
    }
}
