//! Nodes whose value depends on other rows: along time, across peers, alerts.

use super::super::alerts::AlertPart;
use super::super::along::{Along, OfSpell, Paired, Recall, WHOLE, Window};
use super::super::peers::{Aggregate, PeerInfo, Peers};
use super::super::{NodeId, Op};
use super::PlanBuilder;
use crate::interval::Interval;
use forewarn_diagnostics::source::Span;

/// Up to there, whole numbers are added without rounding.
const WHOLE_BELOW: f64 = 9_007_199_254_740_992.0;

/// More periods than a panel can have: days of 9,999 years.
const PERIODS: f64 = 4e6;

impl PlanBuilder {
    /// An operation along time. A constant stays a node, since it too is missing before an entity's
    /// first period.
    pub fn along(&mut self, along: Along, a: NodeId) -> NodeId {
        if let Along::Lag(0) = along {
            return a;
        }
        let x = self.range(a);
        let lies = |x| match along {
            Along::Lag(_) => (x, true),
            Along::Every { .. } | Along::Any { .. } => (Interval::UNIT, true),
            Along::Since => (Interval::new(0.0, PERIODS), true),
            Along::Window { what, over, .. } => windowed(what, over, x),
        };
        let (range, uncertain) = lies(x);
        let told = self.told_of(a, a).map(|(x, _)| lies(x).0.finite());
        let can_fault = match along {
            Along::Window { what, over, .. } => {
                !through(what, over, x).is_finite() || !range.is_finite()
            }
            Along::Lag(_) | Along::Every { .. } | Along::Any { .. } | Along::Since => false,
        };
        let checked = self.site.watched && can_fault;
        let id = self.push(Op::Along(along, a), range.finite(), uncertain, checked);
        self.tell(id, told);
        id
    }

    /// An operation along time of a value and of what says where to look.
    pub fn paired(&mut self, op: Paired, of: NodeId, by: NodeId) -> NodeId {
        let x = self.range(of);
        let (range, can_fault) = match op {
            Paired::Since { what, .. } => {
                let (range, _) = windowed(what, WHOLE, x);
                let finite = through(what, WHOLE, x).is_finite() && range.is_finite();
                (range, !finite)
            }
            Paired::At => (x, false),
        };
        let told = self.told_of(of, of).map(|(x, _)| match op {
            Paired::Since { what, .. } => windowed(what, WHOLE, x).0.finite(),
            Paired::At => x,
        });
        let checked = self.site.watched && can_fault;
        let id = self.push(Op::Paired(op, of, by), range.finite(), true, checked);
        self.tell(id, told);
        id
    }

    /// What a value was some periods ago, whose node is not there yet: [`PlanBuilder::settle`] tells it.
    /// Until then it can lie anywhere in `range`.
    pub fn recall(&mut self, recall: Recall, first: NodeId, range: Interval) -> NodeId {
        let at = u32::try_from(self.recalls.len()).unwrap_or(u32::MAX);
        self.recalls.push(recall);
        self.push(Op::Recall(at, first), range, true, false)
    }

    /// Where something rests on its own past by way of other rows: what is read of the past there, the words of the
    /// operation across rows, and whether it is one over whole spells.
    #[must_use]
    pub fn pasts_of_peers(&self) -> Vec<(String, Span, bool)> {
        if self.recalls.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let Op::Peers { peers, .. } = node.op else {
                continue;
            };
            let mut reached = vec![false; self.nodes.len()];
            let mut open: Vec<NodeId> = node.op.operands().collect();
            let mut recalled: Option<&Recall> = None;
            while let Some(id) = open.pop() {
                let seen = reached.get_mut(id.index());
                if seen.is_none_or(|seen| std::mem::replace(seen, true)) {
                    continue;
                }
                let Some(op) = self.op(id) else { continue };
                open.extend(op.operands());
                if let Op::Recall(recall, _) = op
                    && let Some(recall) = self.recalls.get(recall as usize)
                {
                    recalled = recalled.or(Some(recall));
                    open.push(recall.of);
                }
            }
            if let (Some(true), Some(recall)) = (reached.get(at), recalled) {
                let info = self.peers.get(peers as usize);
                let of_spells = info.is_some_and(|info| info.what.is_of_spells());
                found.push((recall.name.clone(), node.span, of_spells));
            }
        }
        found
    }

    /// The node that an earlier value is of.
    pub fn settle(&mut self, recall: NodeId, of: NodeId) {
        let Some(Op::Recall(at, first)) = self.op(recall) else {
            return;
        };
        if let Some(recall) = self.recalls.get_mut(at as usize) {
            recall.of = of;
        }
        // Wherever it lies by its own past, it lies by what comes of that.
        let range = self.range(of).hull(self.range(first));
        self.narrow(recall, range);
    }

    /// An operation across peers.
    pub fn peers(&mut self, info: PeerInfo, of: NodeId, among: Option<NodeId>) -> NodeId {
        let x = self.range(of);
        let wide = wider(x);
        let (range, can_fault) = match info.what {
            Peers::Aggregate(Aggregate::Known) => (Interval::new(0.0, f64::MAX), false),
            Peers::Aggregate(Aggregate::Min | Aggregate::Max) | Peers::Winsorise { .. } => {
                (x, false)
            }
            // Recorded values may be given back from another run, whose data were others.
            Peers::Aggregate(Aggregate::Mean | Aggregate::Median) | Peers::Impute => {
                (wide, !wide.is_finite())
            }
            Peers::Aggregate(Aggregate::Sum) => (Interval::ALL, true),
            Peers::Aggregate(Aggregate::StdDev) => (Interval::new(0.0, f64::MAX), true),
            Peers::Rank { .. } => (Interval::new(1.0, f64::MAX), false),
            Peers::Percentile => (Interval::new(0.0, 100.0), true),
            Peers::Spell {
                what: OfSpell::Window(what),
                ..
            } => {
                let (range, _) = windowed(what, WHOLE, x);
                let finite = through(what, WHOLE, x).is_finite() && range.is_finite();
                (range, !finite)
            }
            Peers::Spell {
                what: OfSpell::First | OfSpell::End,
                ..
            } => (x, false),
        };
        let range = if info.recorded { Interval::ALL } else { range };
        let known = self.peers.iter().position(|known| *known == info);
        let at = known.unwrap_or_else(|| {
            self.peers.push(info);
            self.peers.len() - 1
        });
        let peers = u32::try_from(at).unwrap_or(u32::MAX);
        let checked = self.site.watched && can_fault;
        let op = Op::Peers { peers, of, among };
        self.push(op, range.finite(), true, checked)
    }

    /// What is read of an alert; `highest` is its last tier.
    pub fn alert(
        &mut self,
        alert: u32,
        part: AlertPart,
        conditions: NodeId,
        highest: u32,
    ) -> NodeId {
        let (range, uncertain) = match part {
            AlertPart::Least | AlertPart::Most => (Interval::new(0.0, f64::from(highest)), false),
            AlertPart::Since => (Interval::ALL, true),
            AlertPart::Held => (Interval::UNIT, false),
            AlertPart::Event => (Interval::new(0.0, 5.0), true),
            AlertPart::Clause => (Interval::new(0.0, f64::from(highest) + 1.0), true),
            AlertPart::Suppressor => (Interval::ALL, true),
        };
        let op = Op::Alert {
            alert,
            part,
            conditions,
        };
        self.push(op, range, uncertain, false)
    }
}

/// The deviations of values in a range.
fn width(x: Interval) -> Interval {
    Interval::new(0.0, 2.0 * (x.high - x.low))
}

/// Where a window of values lies, and whether it can be missing.
fn windowed(what: Window, over: u32, x: Interval) -> (Interval, bool) {
    match what {
        Window::Known => (Interval::new(0.0, f64::from(over).min(PERIODS)), false),
        Window::Min | Window::Max | Window::Last => (x, true),
        // Rounding may pass the ends by a little.
        Window::Mean | Window::Median => (wider(x), true),
        Window::Sum => (summed(all(over, x), x), true),
        Window::StdDev => (width(x), true),
        Window::Trend => {
            let width = width(x);
            (Interval::new(-width.high, width.high), true)
        }
    }
}

/// The sum of a window's values.
fn all(over: u32, x: Interval) -> Interval {
    x.multiply(Interval::new(1.0, f64::from(over).min(PERIODS)))
}

/// Where sums lie that lie there but for rounding. Adding keeps the order, so that they are between what the ends add up
/// to; where the ends are whole, that is exact.
fn summed(sums: Interval, x: Interval) -> Interval {
    let exact = |end: f64, sum: f64| end.fract() == 0.0 && sum.abs() <= WHOLE_BELOW;
    let wide = wider(sums);
    Interval {
        low: if exact(x.low, sums.low) {
            sums.low
        } else {
            wide.low
        },
        high: if exact(x.high, sums.high) {
            sums.high
        } else {
            wide.high
        },
    }
}

/// What a window goes through on its way to a result.
fn through(what: Window, over: u32, x: Interval) -> Interval {
    match what {
        Window::Known | Window::Min | Window::Max | Window::Last | Window::Median => Interval::UNIT,
        Window::Sum | Window::Mean => all(over, x),
        // Squared deviations, and products of deviations with time.
        Window::StdDev | Window::Trend => all(over, width(x).multiply(width(x))),
    }
}

/// A range with room for rounding.
fn wider(x: Interval) -> Interval {
    let room = |x: f64| x.abs() * 1e-9;
    Interval::new(x.low - room(x.low), x.high + room(x.high))
}
