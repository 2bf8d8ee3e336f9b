//! Functions across peers as nodes: a few operations of the Plan, and arithmetic around them.

use super::Lowerer;
use super::value::{Bounds, Lowered};
use crate::interval::Interval;
use crate::plan::outline::{PeerPart, Reading};
use crate::plan::peers::{Aggregate, During, PeerInfo, Peers, RankOrder, Ties};
use crate::plan::{Binary, Compare, NodeId, Unary};
use crate::typed::{AcrossPeers, PeerFunction, Typed};
use crate::types::Type;

impl Lowerer<'_> {
    pub fn across_peers(&mut self, call: &AcrossPeers) -> Lowered {
        // What is asked of all peers is asked whatever condition stands around it here.
        let guard = self.builder.site.guard.take();
        let counted = if call.is_of_levels() {
            Some(self.places_of(&call.of))
        } else {
            call.counts_yes().then(|| self.counted(&call.of))
        };
        let of = match counted {
            Some((least, _)) => least,
            None => self.number(&call.of),
        };
        let among = match (call.by_key, &call.among) {
            (Some(place), _) => Some(self.key(place)),
            (None, among) => among.as_ref().map(|among| self.number(among)),
        };
        let fills = matches!(call.what, PeerFunction::Plain(Peers::Impute));
        let among = if fills {
            self.filled_among(&call.of, among)
        } else {
            among
        };
        let groups = match call.among.as_ref().map(|among| &among.ty) {
            Some(Type::Category(id)) => self.framework.category(*id).map(|category| {
                let names = category.names.iter();
                names.map(|one| one.name.clone()).collect()
            }),
            _ => None,
        };
        let groups: Vec<String> = groups.unwrap_or_default();
        let span = self.builder.site.span;
        let parts: Vec<&Typed> = std::iter::once(&call.of).chain(&call.among).collect();
        let text = self.words_with(span, &parts).to_string();
        let unit = self.unit_of(&call.of.ty);
        let mut make_of = |of: NodeId, what: Peers, recorded: bool| {
            let info = PeerInfo {
                what,
                dated: dated_limits(call),
                baseline: call.baseline,
                recorded: recorded || call.baseline.is_some(),
                groups: groups.clone(),
                by_key: call.by_key,
                declaration: self.peer_declaration(),
                text: text.clone(),
                unit: unit.clone(),
            };
            self.builder.peers(info, of, among)
        };
        if let (Some((least, most)), Type::Level(scale), PeerFunction::Plain(what)) =
            (counted, &call.of.ty, call.what)
        {
            let peers = make_of(least, Peers::Aggregate(Aggregate::Known), false);
            let (least, most) = (make_of(least, what, false), make_of(most, what, false));
            let levels = self.framework.scale(*scale);
            let top = levels.map_or(0, |scale| scale.levels.len().saturating_sub(1)) as f64;
            // Of nobody it may be any.
            let (first, last) = (self.builder.number(0.0), self.builder.number(top));
            let least = self.builder.binary(Binary::Coalesce, least, first);
            let most = self.builder.binary(Binary::Coalesce, most, last);
            for end in [least, most] {
                self.builder.narrow(end, Interval::new(0.0, top));
            }
            self.builder.site.guard = guard;
            self.outlines.peers = vec![(PeerPart::Known, peers)];
            return Lowered::Level(Bounds::between(&mut self.builder, least, most));
        }
        if let Some((least, most)) = counted {
            let yes = Peers::Aggregate(Aggregate::Sum);
            let peers = make_of(least, Peers::Aggregate(Aggregate::Known), false);
            let (least, most) = (make_of(least, yes, false), make_of(most, yes, false));
            // Of nobody none says yes.
            let [least, most] =
                [least, most].map(|sum| self.builder.binary(Binary::Coalesce, sum, peers));
            for end in [least, most] {
                self.builder.narrow(end, Interval::new(0.0, f64::MAX));
            }
            self.builder.site.guard = guard;
            self.outlines.peers = vec![(PeerPart::Known, peers)];
            return Lowered::Between(Bounds::between(&mut self.builder, least, most));
        }
        let mut make = |what: Peers, recorded: bool| make_of(of, what, recorded);
        let goalpost = |what| Peers::Aggregate(what);
        let mut told = Vec::new();
        let result = match call.what {
            PeerFunction::Plain(what) => {
                let node = make(what, false);
                told.push((PeerPart::Result, node));
                let inside = matches!(
                    what,
                    Peers::Impute | Peers::Aggregate(Aggregate::Mean | Aggregate::Median)
                );
                // A recorded value may come from data with other ends.
                if inside && call.baseline.is_none() {
                    Lowered::Number(self.within_range_of(node, of))
                } else {
                    Lowered::Number(node)
                }
            }
            PeerFunction::ZScore => {
                let mean = make(goalpost(Aggregate::Mean), true);
                let spread = make(goalpost(Aggregate::StdDev), true);
                told.extend([(PeerPart::Mean, mean), (PeerPart::StdDev, spread)]);
                let off = self.binary(Binary::Subtract, of, mean);
                // What is the mean to 14 digits is not off it, and what is spread by less than that is not spread.
                let off = self.builder.without_noise(off);
                let reach = self.builder.binary(Binary::Add, mean, spread);
                let same = self.builder.compare(Compare::Equal, reach, mean);
                let zero = self.builder.number(0.0);
                let spread = self.builder.select(same, zero, spread);
                Lowered::Number(self.binary(Binary::Divide, off, spread))
            }
            PeerFunction::MinMax => {
                let low = make(goalpost(Aggregate::Min), true);
                let high = make(goalpost(Aggregate::Max), true);
                told.extend([(PeerPart::Least, low), (PeerPart::Greatest, high)]);
                Lowered::Number(self.between_goalposts(of, low, high))
            }
            PeerFunction::Share => {
                let total = make(goalpost(Aggregate::Sum), false);
                told.push((PeerPart::Total, total));
                let share = self.binary(Binary::Divide, of, total);
                // A sum of values that are not negative is never less than one of them.
                if self.range(of).low >= 0.0 {
                    self.builder.narrow(share, Interval::UNIT);
                }
                Lowered::Number(share)
            }
            PeerFunction::Top(order, _) => {
                let ties = Ties::First;
                let rank = make(Peers::Rank { order, ties }, false);
                told.push((PeerPart::Rank, rank));
                let k = self.number_of_peers(call);
                Lowered::Truth(self.builder.compare(Compare::LessOrEqual, rank, k))
            }
            PeerFunction::Quantile(_) => {
                let (order, ties) = (RankOrder::LowestFirst, Ties::Last);
                let rank = make(Peers::Rank { order, ties }, false);
                let known = make(goalpost(Aggregate::Known), false);
                told.extend([(PeerPart::Rank, rank), (PeerPart::Known, known)]);
                // The first part that holds as large a share of the peers as are not above it.
                let parts = self.number_of_peers(call);
                let most = self.range(parts).high;
                let place = self.builder.binary(Binary::Multiply, rank, parts);
                let place = self.guarded_divide(place, known);
                let part = self.builder.unary(Unary::Ceil, place);
                self.builder.narrow(part, Interval::new(1.0, most));
                Lowered::Number(part)
            }
        };
        self.builder.site.guard = guard;
        self.outlines.peers = told;
        result
    }

    /// The number that `top` and `quantile` take, in the row's period.
    fn number_of_peers(&mut self, call: &AcrossPeers) -> NodeId {
        if call.dated.is_empty() {
            return self.builder.number(number_in(call.what));
        }
        let mut found = self.builder.missing();
        for one in &call.dated {
            let number = self.builder.number(number_in(one.what));
            found = self.during(one.from, one.until, number, found);
        }
        found
    }

    /// A level as the lowest and the highest place that it may have, and nothing where it is not there.
    fn places_of(&mut self, of: &Typed) -> (NodeId, NodeId) {
        let lowered = self.expr(of);
        let bounds = self.spread(&lowered);
        let there = self.mask(of);
        let missing = self.builder.missing();
        let [least, most] = [bounds.at_least, bounds.at_most].map(|place| match there {
            Some(there) => self.builder.select(there, place, missing),
            None => place,
        });
        (least, most)
    }

    /// A truth as what it counts at least and at most: 1 or 0, and nothing where it is not there.
    fn counted(&mut self, of: &Typed) -> (NodeId, NodeId) {
        let truth = self.truth(of);
        let there = self.mask(of);
        let (one, zero) = (self.builder.number(1.0), self.builder.number(0.0));
        let missing = self.builder.missing();
        let surely = self.builder.surely(truth);
        let possibly = self.builder.possibly(truth);
        let [least, most] = [surely, possibly].map(|counts| {
            let counted = self.builder.select(counts, one, zero);
            match there {
                Some(there) => self.builder.select(there, counted, missing),
                None => counted,
            }
        });
        (least, most)
    }

    /// What verified evidence alone gives has goalposts of its own.
    fn peer_declaration(&self) -> String {
        let name = &self.builder.site.declaration;
        match self.verified.on {
            Some(Reading::LeastAlarming) => format!("verified({name})"),
            Some(Reading::Unknown) => format!("verified({name}, unverified as: unknown)"),
            None => name.clone(),
        }
    }

    /// From 0 at the low goalpost to 1 at the high one, cut off beyond them: recorded goalposts may
    /// be passed by later values.
    fn between_goalposts(&mut self, of: NodeId, low: NodeId, high: NodeId) -> NodeId {
        let width = self.binary(Binary::Subtract, high, low);
        // Goalposts that differ by noise alone leave no width.
        let width = self.builder.without_noise(width);
        // Nor is what is the least to 14 digits above it.
        let above = self.binary(Binary::Subtract, of, low);
        let above = self.builder.without_noise(above);
        let place = self.binary(Binary::Divide, above, width);
        let (zero, one) = (self.builder.number(0.0), self.builder.number(1.0));
        let place = self.builder.binary(Binary::Max, place, zero);
        self.builder.binary(Binary::Min, place, one)
    }
}

/// What `winsorise` goes by in which periods, where that changes.
fn dated_limits(call: &AcrossPeers) -> Vec<During<Peers>> {
    let dated = call.dated.iter().filter_map(|one| match one.what {
        PeerFunction::Plain(what) => Some(During {
            from: one.from,
            until: one.until,
            what,
        }),
        // Numbers beside the operations that they are made of.
        PeerFunction::Top(..)
        | PeerFunction::Quantile(_)
        | PeerFunction::ZScore
        | PeerFunction::MinMax
        | PeerFunction::Share => None,
    });
    dated.collect()
}

fn number_in(what: PeerFunction) -> f64 {
    match what {
        PeerFunction::Top(_, number) | PeerFunction::Quantile(number) => f64::from(number),
        PeerFunction::Plain(_)
        | PeerFunction::ZScore
        | PeerFunction::MinMax
        | PeerFunction::Share => f64::NAN,
    }
}
