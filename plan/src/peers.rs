//! Across peers: what an operation makes of a period's other entities.
//!
//! Peers of a row are the entities with a row in the same period, or those of them that share its
//! group (`among:` a category; without a group there are no peers and the result is missing). With a
//! `baseline` all rows of those periods are peers of every row. Peers whose value is missing do not
//! count; rows that only stand in for a gap are nobody's peers, and nothing is said of them. Values are taken in the
//! order of the panel: by entity, then by period. What looks at an entity's own later periods is one of these
//! operations too, since it needs its operand in all rows first.

use super::along::{OfSpell, middle};
use crate::digits::{is_at_most, is_less, is_same};

/// An operation across peers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Peers {
    /// One value for all peers, whether their own is known or not.
    Aggregate(Aggregate),
    /// 1 for the first; missing where the own value is. Equal to 14 digits is equal.
    Rank { order: RankOrder, ties: Ties },
    /// The share, in percent, of the other peers whose value is lower; no result for a single peer.
    Percentile,
    /// The own value, or the next less extreme one if it is an outlier. See [`winsorise`].
    Winsorise {
        skew: f64,
        kurtosis: f64,
        at_most: u32,
    },
    /// The own value where it is known, else the mean of the peers.
    Impute,
    /// Of the entity's own periods: over the whole spell in which the row lies, which began in the period that
    /// the groups' number names ([`super::along::spell`]); without it over all of them.
    Spell { what: OfSpell, require: u32 },
}

impl Peers {
    /// Does it compare an entity with nobody, but look at its own later periods?
    #[must_use]
    pub fn is_of_spells(self) -> bool {
        match self {
            Self::Spell { .. } => true,
            Self::Aggregate(_)
            | Self::Rank { .. }
            | Self::Percentile
            | Self::Winsorise { .. }
            | Self::Impute => false,
        }
    }
}

/// What holds in some of a panel's periods; open at an end that is not there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct During<T> {
    pub from: Option<i64>,
    pub until: Option<i64>,
    pub what: T,
}

impl<T> During<T> {
    #[must_use]
    pub fn holds_in(&self, period: i64) -> bool {
        self.from.is_none_or(|from| from <= period)
            && self.until.is_none_or(|until| period <= until)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aggregate {
    Sum,
    Mean,
    Min,
    Max,
    /// How many are known; 0 where none is.
    Known,
    /// The sample standard deviation (by n - 1); missing with fewer than two.
    StdDev,
    Median,
}

impl Aggregate {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Min => "min",
            Self::Max => "max",
            Self::Known => "count",
            Self::StdDev => "stddev",
            Self::Median => "median",
        }
    }
}

/// Which value has rank 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RankOrder {
    HighestFirst,
    LowestFirst,
}

/// What rank equal values share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ties {
    /// 1, 2, 2, 4: the first of the ranks they take up.
    First,
    /// 1, 3, 3, 4: the last of them.
    Last,
    /// 1, 2.5, 2.5, 4: their mean.
    Mean,
    /// 1, 2, 2, 3: none is left out.
    Dense,
}

/// An operation across peers in a Plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PeerInfo {
    pub what: Peers,
    /// Where its limits change with the period: what it is in which; nothing in any other. Else empty.
    pub dated: Vec<During<Peers>>,
    /// The first and the last period that it is taken from; the row's own where absent.
    pub baseline: Option<(i64, i64)>,
    /// It is a goalpost or the like: recorded with the run, and can be given back.
    pub recorded: bool,
    /// The names of the groups, by code; empty where all are peers.
    pub groups: Vec<String>,
    /// The groups are those of the key with this place. The data name them.
    pub by_key: Option<usize>,
    /// The declaration it stands in and the words it came from.
    pub declaration: String,
    pub text: String,
    /// What the values of the peers are counted in; empty for plain numbers.
    pub unit: String,
}

impl PeerInfo {
    /// The operation in a period; nothing where no limits hold.
    #[must_use]
    pub fn in_period(&self, period: Option<i64>) -> Option<Peers> {
        if self.dated.is_empty() {
            return Some(self.what);
        }
        let mut dated = self.dated.iter();
        let own = dated.find(|one| period.is_some_and(|period| one.holds_in(period)));
        own.map(|one| one.what)
    }
}

/// An aggregate of the known values of peers. NaN where it is missing, an infinity where there is no
/// result although enough is known.
#[must_use]
pub fn aggregate(what: Aggregate, known: &[f64]) -> f64 {
    let n = known.len() as f64;
    let sum = || known.iter().fold(0.0, |sum, x| sum + x);
    let value = match (what, known.len()) {
        (Aggregate::Known, _) => return n,
        (_, 0) | (Aggregate::StdDev, 1) => return f64::NAN,
        (Aggregate::Sum, _) => sum(),
        (Aggregate::Mean, _) => sum() / n,
        (Aggregate::Min, _) => known
            .iter()
            .fold(f64::INFINITY, |a, b| if *b < a { *b } else { a }),
        (Aggregate::Max, _) => {
            let lowest = f64::NEG_INFINITY;
            known
                .iter()
                .fold(lowest, |a, b| if a < *b { *b } else { a })
        }
        // Equal values have no spread, whatever the rounding of their mean makes of them.
        (Aggregate::StdDev, _) if are_equal(known) => 0.0,
        (Aggregate::StdDev, _) => {
            let mean = sum() / n;
            let squares = known
                .iter()
                .fold(0.0, |sum, x| sum + (x - mean) * (x - mean));
            (squares / (n - 1.0)).sqrt()
        }
        (Aggregate::Median, _) => {
            let mut sorted = known.to_vec();
            sorted.sort_unstable_by(f64::total_cmp);
            middle(&sorted)
        }
    };
    if value.is_finite() {
        value
    } else {
        f64::INFINITY
    }
}

/// Are all values one number to 14 digits?
fn are_equal(known: &[f64]) -> bool {
    let mut pairs = known.iter().zip(known.iter().skip(1));
    pairs.all(|(a, b)| is_same(*a, *b))
}

/// The rank of a value among sorted known values, itself among them. Values that are equal to 14
/// digits are ties.
#[must_use]
pub fn rank(order: RankOrder, ties: Ties, own: f64, sorted: &[f64]) -> f64 {
    let below = sorted.partition_point(|x| is_less(*x, own));
    let not_above = sorted.partition_point(|x| is_at_most(*x, own));
    let (before, same) = match order {
        RankOrder::LowestFirst => (below, not_above - below),
        RankOrder::HighestFirst => (sorted.len() - not_above, not_above - below),
    };
    let (before_f, same_f) = (before as f64, same as f64);
    match ties {
        Ties::First => before_f + 1.0,
        Ties::Last => before_f + same_f,
        Ties::Mean => before_f + (same_f + 1.0) / 2.0,
        Ties::Dense => {
            let ahead = match order {
                RankOrder::LowestFirst => sorted.get(..below),
                RankOrder::HighestFirst => sorted.get(not_above..),
            };
            let ahead = ahead.unwrap_or_default();
            let distinct = ahead.chunk_by(|a, b| is_same(*a, *b)).count();
            distinct as f64 + 1.0
        }
    }
}

/// The share of the others that are lower to 14 digits, in percent; an infinity (no result) for a single value.
#[must_use]
pub fn percentile(own: f64, sorted: &[f64]) -> f64 {
    if sorted.len() < 2 {
        return f64::INFINITY;
    }
    let below = sorted.partition_point(|x| is_less(*x, own));
    100.0 * below as f64 / (sorted.len() - 1) as f64
}

/// Sample skewness and excess kurtosis as statistical packages print them (G1 and G2 of Joanes and
/// Gill, The Statistician 47, 1998). `None` with too few values or without spread.
#[must_use]
pub fn shape(known: &[f64]) -> Option<(f64, f64)> {
    let n = known.len() as f64;
    if known.len() < 4 || are_equal(known) {
        return None;
    }
    let mean = known.iter().fold(0.0, |sum, x| sum + x) / n;
    let moment = |power: i32| {
        known
            .iter()
            .fold(0.0, |sum, x| sum + libm::pow(x - mean, f64::from(power)))
            / n
    };
    let (m2, m3, m4) = (moment(2), moment(3), moment(4));
    if m2 <= 0.0 {
        return None;
    }
    let g1 = m3 / (m2 * m2.sqrt());
    let g2 = m4 / (m2 * m2) - 3.0;
    let skew = g1 * (n * (n - 1.0)).sqrt() / (n - 2.0);
    let kurtosis = (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * g2 + 6.0);
    (skew.is_finite() && kurtosis.is_finite()).then_some((skew, kurtosis))
}

/// Between which ends values are left after winsorising: while skewness and kurtosis are both at or
/// beyond their limits, the most extreme values on the side of the skew take the next value, at most
/// `at_most` values in all. Returns the ends and how many values lie beyond them. The treatment is
/// that of composite indicators (OECD and JRC, Handbook on Constructing Composite Indicators, 2008).
#[must_use]
pub fn winsorise(known: &[f64], skew: f64, kurtosis: f64, at_most: u32) -> (f64, f64, usize) {
    let mut sorted = known.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let (mut low, mut high) = (0, sorted.len().saturating_sub(1));
    let end = |sorted: &[f64], at: usize| sorted.get(at).copied().unwrap_or(f64::NAN);
    loop {
        let treated = low + (sorted.len().saturating_sub(1) - high);
        if treated >= at_most as usize || high <= low + 1 {
            break;
        }
        let (least, most) = (end(&sorted, low), end(&sorted, high));
        let held: Vec<f64> = sorted.iter().map(|x| held(*x, (least, most))).collect();
        match shape(&held) {
            Some((g1, g2)) if is_at_most(skew, g1.abs()) && is_at_most(kurtosis, g2) => {
                if g1 > 0.0 {
                    high -= 1;
                } else {
                    low += 1;
                }
            }
            _ => break,
        }
    }
    let (least, most) = (end(&sorted, low), end(&sorted, high));
    let moved = sorted
        .iter()
        .filter(|x| is_less(**x, least) || is_less(most, **x));
    (least, most, moved.count())
}

/// A value, or the end that it lies beyond.
#[must_use]
pub fn held(x: f64, (least, most): (f64, f64)) -> f64 {
    if is_less(x, least) {
        least
    } else if is_less(most, x) {
        most
    } else {
        x
    }
}
