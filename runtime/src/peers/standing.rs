//! The ranks and percentiles of all values of a group at once.
//!
//! In: known values with their rows. Out: in their place what [`forewarn_plan::peers::rank`] and [`percentile`] say of
//! each of them, in one walk over the sorted values: those that are the same to 14 digits stand together.

use forewarn_plan::digits::is_same;
use forewarn_plan::peers::{Peers, RankOrder, Ties};

/// What says where a value stands among those of its group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Standing {
    Rank { order: RankOrder, ties: Ties },
    Percentile,
}

impl Standing {
    /// `None` for what gives no places.
    pub fn of(what: Peers) -> Option<Self> {
        match what {
            Peers::Rank { order, ties } => Some(Self::Rank { order, ties }),
            Peers::Percentile => Some(Self::Percentile),
            Peers::Aggregate(_) | Peers::Winsorise { .. } | Peers::Impute | Peers::Spell { .. } => {
                None
            }
        }
    }

    /// Puts places where the values stand, in any order of rows.
    pub fn place(self, known: &mut [(f64, u32)]) {
        known.sort_unstable_by(|(a, _), (b, _)| a.total_cmp(b));
        let all = known.len();
        match self {
            Self::Rank { order, ties } => {
                let counts = ties == Ties::Dense && order == RankOrder::HighestFirst;
                let mut distinct = if counts { classes(known) } else { 0 };
                place_each(known, |below, same| {
                    let before = match order {
                        RankOrder::LowestFirst => below,
                        RankOrder::HighestFirst => all - below - same,
                    };
                    match (ties, order) {
                        (Ties::First, _) => before as f64 + 1.0,
                        (Ties::Last, _) => before as f64 + same as f64,
                        (Ties::Mean, _) => before as f64 + (same as f64 + 1.0) / 2.0,
                        (Ties::Dense, RankOrder::LowestFirst) => {
                            distinct += 1;
                            distinct as f64
                        }
                        (Ties::Dense, RankOrder::HighestFirst) => {
                            distinct -= 1;
                            distinct as f64 + 1.0
                        }
                    }
                });
            }
            // There is no share of no others.
            Self::Percentile if all < 2 => place_each(known, |_, _| f64::INFINITY),
            Self::Percentile => {
                let others = (all - 1) as f64;
                place_each(known, |below, _| 100.0 * below as f64 / others);
            }
        }
    }
}

fn is_one(a: &(f64, u32), b: &(f64, u32)) -> bool {
    is_same(a.0, b.0)
}

/// How many different values there are.
fn classes(sorted: &[(f64, u32)]) -> usize {
    sorted.chunk_by(is_one).count()
}

/// Gives all values that are the same one place, by how many are below them and how many they are.
fn place_each(sorted: &mut [(f64, u32)], mut place: impl FnMut(usize, usize) -> f64) {
    let mut below = 0;
    for class in sorted.chunk_by_mut(is_one) {
        let same = class.len();
        let place = place(below, same);
        for (value, _) in class {
            *value = place;
        }
        below += same;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_plan::peers::{percentile, rank};
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
            let mut sorted = values.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let placed = |standing: Standing| {
                let mut known: Vec<(f64, u32)> = values.iter().copied().zip(0..).collect();
                standing.place(&mut known);
                known.sort_unstable_by_key(|(_, row)| *row);
                known.into_iter().map(|(place, _)| place).collect::<Vec<f64>>()
            };
            for order in [RankOrder::HighestFirst, RankOrder::LowestFirst] {
                for ties in [Ties::First, Ties::Last, Ties::Mean, Ties::Dense] {
                    let each: Vec<f64> = values.iter().map(|own| rank(order, ties, *own, &sorted)).collect();
                    prop_assert_eq!(placed(Standing::Rank { order, ties }), each, "{:?} {:?}", order, ties);
                }
            }
            let each: Vec<f64> = values.iter().map(|own| percentile(*own, &sorted)).collect();
            prop_assert_eq!(placed(Standing::Percentile), each);
        }
    }
}
