//! The median, by a sorting network: the same comparisons for every row, so it runs without
//! branches. Batcher's merge-exchange sort, about n·(log n)²/2 comparisons (Knuth, The Art of
//! Computer Programming, volume 3, algorithm 5.2.2M).

use super::Lowerer;
use super::lists::Items;
use crate::plan::{Binary, Compare, NodeId};

impl Lowerer<'_> {
    /// The middle item, or the mean of the two middle ones.
    pub fn median(&mut self, items: &Items) -> NodeId {
        let hull = self.hull(&items.nodes);
        // What does not count sorts to the end.
        let mut nodes = self.neutral(items, f64::INFINITY);
        for (low, high) in exchanges(nodes.len()) {
            let (Some(a), Some(b)) = (nodes.get(low).copied(), nodes.get(high).copied()) else {
                continue;
            };
            let least = self.builder.binary(Binary::Min, a, b);
            let most = self.builder.binary(Binary::Max, a, b);
            if let Some(slot) = nodes.get_mut(low) {
                *slot = least;
            }
            if let Some(slot) = nodes.get_mut(high) {
                *slot = most;
            }
        }
        let median = match &items.present {
            None => self.middle(&nodes, nodes.len()),
            Some(present) => {
                // As many as are present, from none (which no factor accepts) to all.
                let present = present.clone();
                let size = self.tally(&present);
                let mut result = self.builder.missing();
                for count in 1..=nodes.len() {
                    let middle = self.middle(&nodes, count);
                    let wanted = self.builder.number(count as f64);
                    let is_it = self.builder.compare(Compare::Equal, size, wanted);
                    result = self.builder.select(is_it, middle, result);
                }
                result
            }
        };
        self.builder.narrow(median, hull);
        median
    }

    /// The median of the first `count` of sorted nodes.
    fn middle(&mut self, sorted: &[NodeId], count: usize) -> NodeId {
        let at = |index: usize| sorted.get(index).copied();
        let (Some(low), Some(high)) = (at((count - 1) / 2), at(count / 2)) else {
            return self.builder.missing();
        };
        if low == high {
            return low;
        }
        let watched = std::mem::replace(&mut self.builder.site.watched, false);
        let half = self.builder.number(2.0);
        let sum = self.builder.binary(Binary::Add, low, high);
        let mean = self.builder.binary(Binary::Divide, sum, half);
        self.builder.site.watched = watched;
        mean
    }
}

/// The pairs to compare, in order; afterwards everything is sorted upwards.
fn exchanges(n: usize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    if n < 2 {
        return pairs;
    }
    let top = n.next_power_of_two() / 2;
    let mut p = top;
    while p > 0 {
        let (mut q, mut r, mut d) = (top, 0, p);
        loop {
            pairs.extend((0..n - d).filter(|i| i & p == r).map(|i| (i, i + d)));
            if q == p {
                break;
            }
            d = q - p;
            q /= 2;
            r = p;
        }
        p /= 2;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::exchanges;

    #[test]
    fn the_network_sorts_everything_of_any_size() {
        // By the zero-one principle a network that sorts all sequences of 0 and 1 sorts all.
        for n in 0..=13_usize {
            let pairs = exchanges(n);
            for bits in 0..(1_u32 << n) {
                let mut values: Vec<u32> = (0..n).map(|i| bits >> i & 1).collect();
                for (low, high) in &pairs {
                    if values[*low] > values[*high] {
                        values.swap(*low, *high);
                    }
                }
                assert!(values.is_sorted(), "{n} values, {bits:b}");
            }
        }
    }
}
