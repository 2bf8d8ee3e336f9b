//! Functions of a period's other entities.

use forewarn_compiler::typed::{AcrossPeers, PeerFunction};
use forewarn_plan::peers::{Aggregate, Peers, RankOrder, Ties};

use super::arithmetic::middle;
use super::decimals::{all_equal, compare};
use super::worth::Worth;
use super::{Place, World};

/// An aggregate of known values: `None` where it is missing or without a result.
fn aggregate(what: Aggregate, known: &[f64]) -> Option<f64> {
    let n = known.len() as f64;
    let mean = || known.iter().fold(0.0, |sum, x| sum + x) / n;
    let x = match what {
        Aggregate::Known => return Some(n),
        _ if known.is_empty() => return None,
        Aggregate::Sum => known.iter().fold(0.0, |sum, x| sum + x),
        Aggregate::Mean => mean(),
        Aggregate::Min => known.iter().copied().fold(f64::INFINITY, f64::min),
        Aggregate::Max => known.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        Aggregate::Median => middle(known.to_vec()),
        Aggregate::StdDev if known.len() < 2 => return None,
        Aggregate::StdDev if all_equal(known) => 0.0,
        Aggregate::StdDev => {
            let mean = mean();
            let squares: f64 = known.iter().map(|x| (x - mean) * (x - mean)).sum();
            (squares / (n - 1.0)).sqrt()
        }
    };
    x.is_finite().then_some(x)
}

fn rank(order: RankOrder, ties: Ties, own: f64, known: &[f64]) -> f64 {
    let ahead = |x: &&f64| {
        let order_of = compare(**x, own);
        match order {
            RankOrder::HighestFirst => order_of.is_gt(),
            RankOrder::LowestFirst => order_of.is_lt(),
        }
    };
    let before: Vec<f64> = known.iter().filter(ahead).copied().collect();
    let same = known.iter().filter(|x| compare(**x, own).is_eq()).count() as f64;
    let count = before.len() as f64;
    match ties {
        Ties::First => count + 1.0,
        Ties::Last => count + same,
        Ties::Mean => count + (same + 1.0) / 2.0,
        Ties::Dense => {
            let mut distinct: Vec<f64> = Vec::new();
            for x in before {
                if !distinct.iter().any(|known| compare(*known, x).is_eq()) {
                    distinct.push(x);
                }
            }
            distinct.len() as f64 + 1.0
        }
    }
}

/// Skewness and excess kurtosis as statistical packages print them (G1 and G2).
fn shape(known: &[f64]) -> Option<(f64, f64)> {
    let n = known.len() as f64;
    if known.len() < 4 || all_equal(known) {
        return None;
    }
    let mean = known.iter().sum::<f64>() / n;
    let moment = |power: i32| {
        let powers = known.iter().map(|x| libm::pow(x - mean, f64::from(power)));
        powers.sum::<f64>() / n
    };
    let (m2, m3, m4) = (moment(2), moment(3), moment(4));
    if m2 <= 0.0 {
        return None;
    }
    let skew = m3 / (m2 * m2.sqrt()) * (n * (n - 1.0)).sqrt() / (n - 2.0);
    let kurtosis = (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * (m4 / (m2 * m2) - 3.0) + 6.0);
    (skew.is_finite() && kurtosis.is_finite()).then_some((skew, kurtosis))
}

/// A value, or the end that it lies beyond.
fn held(x: f64, (low, high): (f64, f64)) -> f64 {
    if compare(x, low).is_lt() {
        low
    } else if compare(x, high).is_gt() {
        high
    } else {
        x
    }
}

/// Between which ends values are left.
fn winsorised(known: &[f64], skew: f64, kurtosis: f64, at_most: u32) -> (f64, f64) {
    let mut values = known.to_vec();
    values.sort_by(f64::total_cmp);
    let (mut low, mut high) = (0, values.len() - 1);
    while low + (values.len() - 1 - high) < at_most as usize && high > low + 1 {
        let ends = (values[low], values[high]);
        let held: Vec<f64> = values.iter().map(|x| held(*x, ends)).collect();
        match shape(&held) {
            Some((g1, g2)) if compare(g1.abs(), skew).is_ge() && compare(g2, kurtosis).is_ge() => {
                if g1 > 0.0 {
                    high -= 1;
                } else {
                    low += 1;
                }
            }
            _ => break,
        }
    }
    (values[low], values[high])
}

/// The group that a row's entity is in: none where nobody knows it.
type GroupOf<'g> = &'g dyn Fn(usize) -> Option<Option<f64>>;

impl<'w> World<'w> {
    /// How many peers say yes, at least and at most; those of which nothing is asked do not count.
    fn yes_among(&self, call: &'w AcrossPeers, place: &Place<'w>, group: GroupOf<'_>) -> Worth {
        let Some(own) = group(place.row) else {
            return Worth::Between(None, None);
        };
        let peers = (0..self.periods.len()).filter(|row| {
            self.periods[*row] == self.periods[place.row]
                && self.gaps.binary_search(row).is_err()
                && group(*row) == Some(own)
                && self.gives(&call.of, &place.at(*row))
        });
        let said: Vec<Option<bool>> = peers
            .map(|row| self.truth(&call.of, &place.at(row)))
            .collect();
        let yes = said.iter().filter(|said| **said == Some(true)).count();
        let open = said.iter().filter(|said| said.is_none()).count();
        Worth::Between(Some(yes as f64), Some((yes + open) as f64))
    }

    /// The worst or the best of the peers' levels, between what is certain and what is possible.
    fn level_among(&self, call: &'w AcrossPeers, place: &Place<'w>, group: GroupOf<'_>) -> Worth {
        let open = self.missing(&call.of.ty);
        let Some(own) = group(place.row) else {
            return open;
        };
        let peers = (0..self.periods.len()).filter(|row| {
            self.periods[*row] == self.periods[place.row]
                && self.gaps.binary_search(row).is_err()
                && group(*row) == Some(own)
                && self.gives(&call.of, &place.at(*row))
        });
        let places: Vec<(u32, u32)> = peers
            .map(|row| match self.eval(&call.of, &place.at(row)) {
                Worth::Level(low, high) => (low, high),
                other => panic!("no level: {other:?}"),
            })
            .collect();
        let (lows, highs) = (
            places.iter().map(|one| one.0),
            places.iter().map(|one| one.1),
        );
        let ends = match call.what {
            PeerFunction::Plain(Peers::Aggregate(Aggregate::Min)) => (lows.min(), highs.min()),
            _ => (lows.max(), highs.max()),
        };
        match ends {
            (Some(low), Some(high)) => Worth::Level(low, high),
            _ => open,
        }
    }

    pub fn across(&self, call: &'w AcrossPeers, place: &Place<'w>) -> Worth {
        let open = match call.what {
            PeerFunction::Top(..) => Worth::Truth(None),
            _ if call.counts_yes() => Worth::Between(None, None),
            _ if call.is_of_levels() => self.missing(&call.of.ty),
            _ => Worth::Number(None),
        };
        if self.gaps.binary_search(&place.row).is_ok() {
            return open;
        }
        let group = |row: usize| match (&call.among, call.by_key) {
            (_, Some(key)) => Some(Some(self.keys[&key][row])),
            (Some(among), None) => self.eval(among, &place.at(row)).plain().map(Some),
            (None, None) => Some(None),
        };
        if call.counts_yes() {
            return self.yes_among(call, place, &group);
        }
        if call.is_of_levels() {
            return self.level_among(call, place, &group);
        }
        let own = self.number(&call.of, place);
        // Nothing is filled in where there is no such value.
        if matches!(call.what, PeerFunction::Plain(Peers::Impute)) && !self.gives(&call.of, place) {
            return Worth::Number(own);
        }
        let Some(own_group) = group(place.row) else {
            // Without a group there are no peers; what needs none is there all the same.
            return match call.what {
                PeerFunction::Plain(Peers::Impute) => Worth::Number(own),
                _ => open,
            };
        };
        let mut peers = Vec::new();
        for row in 0..self.periods.len() {
            let of_period = match call.baseline {
                Some((from, to)) => (from..=to).contains(&self.periods[row]),
                None => self.periods[row] == self.periods[place.row],
            };
            if of_period && self.gaps.binary_search(&row).is_err() && group(row) == Some(own_group)
            {
                peers.extend(self.number(&call.of, &place.at(row)));
            }
        }
        let number = |x: Option<f64>| x.map_or(Worth::Number(None), Worth::number);
        let period = self.periods[place.row];
        let mut dated = call.dated.iter();
        let what = match dated.find(|one| one.holds_in(period)) {
            Some(one) => one.what,
            None if call.dated.is_empty() => call.what,
            None => return open,
        };
        match what {
            PeerFunction::Plain(Peers::Aggregate(what)) => {
                let made = aggregate(what, &peers);
                Worth::Number(match what {
                    Aggregate::StdDev => made
                        .filter(|x| *x != 0.0)
                        .map(|x| self.about(x, &peers, place.row))
                        .or(made),
                    _ => made,
                })
            }
            PeerFunction::Plain(Peers::Rank { order, ties }) => {
                number(own.map(|own| rank(order, ties, own, &peers)))
            }
            PeerFunction::Plain(Peers::Percentile) => number(own.and_then(|own| {
                let below = peers.iter().filter(|x| compare(**x, own).is_lt()).count() as f64;
                (peers.len() > 1).then(|| 100.0 * below / (peers.len() - 1) as f64)
            })),
            PeerFunction::Plain(Peers::Winsorise {
                skew,
                kurtosis,
                at_most,
            }) => number(own.map(|own| held(own, winsorised(&peers, skew, kurtosis, at_most)))),
            PeerFunction::Plain(Peers::Spell { .. }) => {
                unreachable!("rules write a function along time")
            }
            PeerFunction::Plain(Peers::Impute) => {
                number(own.or_else(|| aggregate(Aggregate::Mean, &peers)))
            }
            PeerFunction::ZScore => number(own.and_then(|own| {
                let mean = aggregate(Aggregate::Mean, &peers)?;
                let spread = aggregate(Aggregate::StdDev, &peers)?;
                let is_spread = !compare(mean + spread, mean).is_eq();
                let off = if compare(own, mean).is_eq() {
                    0.0
                } else {
                    own - mean
                };
                is_spread.then(|| self.about(off / spread, &[], place.row))
            })),
            PeerFunction::MinMax => number(own.and_then(|own| {
                let low = aggregate(Aggregate::Min, &peers)?;
                let high = aggregate(Aggregate::Max, &peers)?;
                let alike = compare(low, high).is_eq();
                let is_least = compare(own, low).is_eq();
                let above = if is_least { 0.0 } else { own - low };
                (!alike).then(|| (above / (high - low)).clamp(0.0, 1.0))
            })),
            PeerFunction::Share => number(own.and_then(|own| {
                let total = aggregate(Aggregate::Sum, &peers)?;
                Some(own / total)
            })),
            PeerFunction::Quantile(parts) => number(own.map(|own| {
                let upto = peers.iter().filter(|x| compare(**x, own).is_le()).count() as f64;
                let all = (1..=parts).map(f64::from);
                let mut all = all.map(|part| (part, part * peers.len() as f64));
                let found = all.find(|(_, reach)| *reach >= upto * f64::from(parts));
                found.map_or(f64::from(parts), |(part, _)| part)
            })),
            PeerFunction::Top(order, first) => Worth::Truth(
                own.map(|own| rank(order, Ties::First, own, &peers) <= f64::from(first)),
            ),
        }
    }
}
