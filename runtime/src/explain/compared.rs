//! What a function across peers was compared with.

use forewarn_plan::outline::{PeerFunction, PeerTerm};
use forewarn_plan::peers::{Aggregate, Peers as Operation, RankOrder, Ties, rank};
use forewarn_plan::{Op, Outline};

use crate::panel::shown;
use crate::peers::PeerColumn;

use super::reason::{Teller, missing_below};
use super::tree::{Cause, How, Peers, Reason, Shown};

impl<'e> Teller<'e> {
    pub(super) fn peers(
        &mut self,
        reason: &mut Reason,
        outline: &'e Outline,
        term: &PeerTerm,
        depth: usize,
    ) {
        let plan = self.evidence.plan;
        let mut nodes = term.nodes.iter().map(|(_, node)| *node);
        let column = nodes.find_map(|node| {
            let mut columns = self.evidence.peers.iter();
            columns.find(|column| column.node == node)
        });
        let Some(column) = column else { return };
        let Some(Op::Peers { peers, .. }) = plan.node(column.node).map(|node| node.op) else {
            return;
        };
        let Some(info) = plan.peers.get(peers as usize) else {
            return;
        };
        let panel = self.evidence.panel;
        let row = self.evidence.row;
        let group_of = |row: usize| {
            let among = column.among.as_ref()?;
            among.get(row).copied().filter(|code| *code >= 0.0)
        };
        let own_group = group_of(row);
        let period = panel.periods.get(row).copied();
        let inside = |row: usize| match (info.baseline, panel.periods.get(row)) {
            (Some((first, last)), Some(period)) => (first..=last).contains(period),
            (None, other) => other.copied() == period,
            (Some(_), None) => false,
        };
        // Of a truth or a level both ends go in, each by itself: what is known has the same.
        let is_of_it = |other: &&PeerColumn| {
            let op = plan.node(other.node).map(|node| node.op);
            let Some(Op::Peers { peers, .. }) = op else {
                return false;
            };
            let other = plan.peers.get(peers as usize);
            other.is_some_and(|other| {
                (&other.text, &other.declaration) == (&info.text, &info.declaration)
            })
        };
        let ends: Vec<&PeerColumn> = self.evidence.peers.iter().filter(is_of_it).collect();
        let known_in = |row: usize| {
            let x = column.of.get(row).copied().filter(|x| !x.is_nan())?;
            let mut ends = ends.iter().map(|end| end.of.get(row).copied());
            ends.all(|end| end == Some(x)).then_some(x)
        };
        let groupless = column.among.is_some() && own_group.is_none();
        let is_peer = |other: &usize| {
            inside(*other)
                && (column.among.is_none()
                    || (own_group.is_some() && group_of(*other) == own_group))
                && panel.gaps.binary_search(other).is_err()
        };
        let peers: Vec<usize> = (0..panel.rows()).filter(is_peer).collect();
        let mut known: Vec<f64> = peers.iter().copied().filter_map(known_in).collect();
        known.sort_unstable_by(f64::total_cmp);
        let own = known_in(row).unwrap_or(f64::NAN);
        // How many are known says nothing of where the own value stands among them.
        // Nor does it of the worst of several levels.
        let counts = term.what == PeerFunction::Plain(Operation::Aggregate(Aggregate::Known))
            || matches!(reason.value, Shown::Level { .. });
        let rank = (!own.is_nan() && !counts && !groupless)
            .then(|| rank(RankOrder::HighestFirst, Ties::First, own, &known) as usize);
        let of = outline.operands.first().and_then(|of| self.outline(*of));
        let (unit, own_word) = match of.map(|of| self.value(of)) {
            Some(Shown::Number { unit, .. }) => (unit, None),
            Some(word @ (Shown::Truth(_) | Shown::Level { .. })) => (String::new(), Some(word)),
            Some(
                Shown::Count { .. }
                | Shown::Between { .. }
                | Shown::Category(_)
                | Shown::Withheld(_),
            )
            | None => (String::new(), None),
        };
        // A truth that is reckoned with is told as the number that it counts as.
        let own_word = own_word.filter(|word| counts && !word.is_open());
        let end = |x: Option<&f64>| x.copied().filter(|_| !counts).unwrap_or(f64::NAN);
        let parts = term.nodes.iter();
        let own_row = u32::try_from(row).unwrap_or(u32::MAX);
        let given = column.given.binary_search(&own_row).is_ok();
        reason.how = How::Peers(Box::new(Peers {
            what: term.what.word(),
            own,
            own_word,
            unit,
            groupless,
            group: own_group.and_then(|code| match info.by_key {
                Some(place) => {
                    let groups = panel.key(place).0;
                    groups
                        .get(code as usize)
                        .map(|name| shown(name).into_owned())
                }
                None => info.groups.get(code as usize).cloned(),
            }),
            baseline: info.baseline.and_then(|(first, last)| {
                // An open one ends with the data.
                let end = panel.periods.iter().copied().max().unwrap_or(last);
                let last = if last == i64::MAX {
                    end.max(first)
                } else {
                    last
                };
                Some((self.period(first)?, self.period(last)?))
            }),
            given,
            known: known.len(),
            rank,
            lowest: end(known.first()),
            highest: end(known.last()),
            parts: parts
                .map(|(part, node)| (*part, self.number(*node)))
                .collect(),
        }));
        for operand in &outline.operands {
            self.leaves(*operand, depth, &mut reason.because);
        }
        if reason.value.is_open() {
            let group = outline.operands.get(1).and_then(|id| self.outline(*id));
            reason.cause = Some(if groupless && !given {
                Cause::Missing(group.map(|group| self.words(group)).into_iter().collect())
            } else if known.is_empty() && !given && !counts {
                Cause::NoPeers
            } else if let Some(fault) = self.fault_of(outline) {
                fault
            } else if own.is_nan() {
                missing_below(reason)
            } else if counts {
                // Some of those that are counted do not say.
                let unknown = peers.len().saturating_sub(known.len());
                Cause::OpenPeers {
                    unknown: u32::try_from(unknown).unwrap_or(u32::MAX),
                }
            } else {
                Cause::Fault {
                    text: self.words(outline),
                    declaration: self.inside.last().cloned().unwrap_or_default(),
                }
            });
        }
    }
}
