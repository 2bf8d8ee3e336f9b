//! What a truth is with everything that may have been before the data.
//!
//! In: a truth that rests on windows over all so far, or that asks whether something is known that may be carried
//! into the data's first periods. Out: the same truth, unknown where some past before the data would make it another.
//! A maximum can only be higher with more periods, a minimum lower, one yes is enough
//! for `ever` and one no for `sustained`; of every other window nothing is known.

use super::Lowerer;
use crate::plan::along::{WHOLE, Window};
use crate::plan::{Along, Binary, Compare, NodeId, Op};
use std::collections::{BTreeMap, BTreeSet};

/// Where a number can lie with what was before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drift {
    Up,
    Down,
}

impl Lowerer<'_> {
    /// The truth with what may have been before the data; none where that is nothing else.
    pub(super) fn with_what_was_before(&mut self, truth: NodeId) -> Option<NodeId> {
        let mut reached = vec![false; truth.index() + 1];
        *reached.get_mut(truth.index())? = true;
        let mut order: Vec<(NodeId, Op)> = Vec::new();
        for at in (0..=truth.0).rev() {
            let id = NodeId(at);
            let (Some(true), Some(op)) = (reached.get(id.index()), self.builder.op(id)) else {
                continue;
            };
            order.push((id, op));
            // An alert knows by itself what it does not know.
            if matches!(op, Op::Alert { .. }) {
                continue;
            }
            for operand in op.operands() {
                if let Some(slot) = reached.get_mut(operand.index()) {
                    *slot = true;
                }
            }
        }
        let asks = self.asks_what_is_known(truth);
        let mut with: BTreeMap<NodeId, NodeId> = BTreeMap::new();
        for (id, op) in order.into_iter().rev() {
            let other = match asks.get(&id) {
                Some(periods) => Some(self.known_or_carried(id, *periods)),
                None => self.before(id, op, &with),
            };
            if let Some(other) = other {
                with.insert(id, other);
            }
        }
        with.get(&truth).copied()
    }

    /// What a truth asks by its connectives: whether something is known that, where it is missing, may stand for an
    /// observation before the data, each with for how many of an entity's first periods.
    fn asks_what_is_known(&self, truth: NodeId) -> BTreeMap<NodeId, u32> {
        let carried = |input: u32| self.carried_for(input);
        let mut found = BTreeMap::new();
        let mut open = vec![truth];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            let Some(op) = self.builder.op(id).filter(|_| seen.insert(id)) else {
                continue;
            };
            match op {
                Op::IsKnown(of) => {
                    let periods = self.builder.blind_reach(of, &carried, false);
                    // What looks at everything so far has its own answer.
                    if (1..WHOLE).contains(&periods) && self.is_carried(of) {
                        found.insert(id, periods);
                    }
                }
                Op::Not(a) | Op::Surely(a) | Op::Possibly(a) => open.push(a),
                Op::And(a, b) | Op::Or(a, b) | Op::Verdict { yes: a, no: b } => open.extend([a, b]),
                // For so many periods.
                Op::Compare(_, a, _) => {
                    if let Some(Op::Along(Along::Every { .. } | Along::Any { .. }, of)) =
                        self.builder.op(a)
                        && let Some(Op::Indicate(asked)) = self.builder.op(of)
                    {
                        open.push(asked);
                    }
                }
                Op::Const(_)
                | Op::Input(_)
                | Op::Period
                | Op::Unary(..)
                | Op::Binary(..)
                | Op::Select { .. }
                | Op::Truth { .. }
                | Op::Indicate(_)
                | Op::Along(..)
                | Op::Paired(..)
                | Op::Recall(..)
                | Op::Peers { .. }
                | Op::Alert { .. } => {}
            }
        }
        found
    }

    /// Does it rest on something of its own period that is carried forward?
    fn is_carried(&self, of: NodeId) -> bool {
        let mut open = vec![of];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            let Some(op) = self.builder.op(id).filter(|_| seen.insert(id)) else {
                continue;
            };
            if let Op::Input(input) = op
                && self.carried_for(input) > 0
            {
                return true;
            }
            open.extend(op.operands());
        }
        false
    }

    /// Whether something is known: in the first periods, where it is not, it may be by what was before.
    fn known_or_carried(&mut self, known: NodeId, periods: u32) -> NodeId {
        let one = self.builder.number(1.0);
        let then = self.builder.along(Along::Lag(periods), one);
        let is_later = self.builder.is_known(then);
        let unknown = self.builder.truth(false, false);
        let is_first = self.builder.not(is_later);
        let open = self.builder.and(unknown, is_first);
        self.builder.or(known, open)
    }

    /// One node of it, out of its operands; none where it is the same.
    fn before(&mut self, id: NodeId, op: Op, with: &BTreeMap<NodeId, NodeId>) -> Option<NodeId> {
        let own = |id: NodeId| with.get(&id).copied().unwrap_or(id);
        let is_other = op.operands().any(|operand| with.contains_key(&operand));
        let is_whole = matches!(op, Op::Along(along, _) if along.is_of_everything());
        if !is_other && !is_whole && !self.asks_for_a_row_before(op) {
            return None;
        }
        let unknown = self.builder.truth(false, false);
        Some(match op {
            Op::Along(along, of) => return self.window_before(id, along, own(of), is_other),
            Op::Compare(compare, a, b) => match self.drifts(a, with).zip(Some(own(b) == b)) {
                Some((drift, true)) => self.drifting(id, compare, drift),
                Some((_, false)) | None => match self.drifts(b, with).filter(|_| own(a) == a) {
                    Some(Drift::Up) => self.drifting(id, compare, Drift::Down),
                    Some(Drift::Down) => self.drifting(id, compare, Drift::Up),
                    None => self.builder.compare(compare, own(a), own(b)),
                },
            },
            Op::IsKnown(a) => {
                let known = self.builder.is_known(own(a));
                self.builder.or(known, unknown)
            }
            Op::Not(a) => self.builder.not(own(a)),
            Op::And(a, b) => self.builder.and(own(a), own(b)),
            Op::Or(a, b) => self.builder.or(own(a), own(b)),
            // What is sure or possible is unknown as long as the truth itself is.
            Op::Surely(a) | Op::Possibly(a) => own(a),
            Op::Verdict { yes, no } => {
                let (yes, no) = (own(yes), own(no));
                let (yes, no) = (self.builder.surely(yes), self.builder.surely(no));
                self.builder.verdict(yes, no)
            }
            Op::Indicate(a) => self.builder.indicate(own(a)),
            Op::Select { condition, yes, no } => {
                self.builder.select(own(condition), own(yes), own(no))
            }
            Op::Binary(Binary::Coalesce, a, b) => {
                if own(a) == a {
                    self.builder.binary(Binary::Coalesce, a, own(b))
                } else {
                    own(a)
                }
            }
            Op::Unary(..)
            | Op::Binary(..)
            | Op::Paired(..)
            | Op::Recall(..)
            | Op::Peers { .. }
            | Op::Const(_)
            | Op::Input(_)
            | Op::Period
            | Op::Alert { .. } => self.builder.missing(),
            Op::Truth { .. } => unknown,
        })
    }

    /// Is it known in every row but an entity's first? Before the data there may be one more.
    fn asks_for_a_row_before(&self, op: Op) -> bool {
        let Op::Along(Along::Lag(_), of) = op else {
            return false;
        };
        matches!(self.builder.op(of), Some(Op::Const(_) | Op::Truth { .. }))
    }

    /// A window with what was before; none where what it has decides it.
    fn window_before(
        &mut self,
        id: NodeId,
        along: Along,
        of: NodeId,
        is_other: bool,
    ) -> Option<NodeId> {
        let missing = self.builder.missing();
        let decides = |lowerer: &mut Self, node: NodeId, answer: f64| {
            let answer = lowerer.builder.number(answer);
            let is = lowerer.builder.compare(Compare::Equal, node, answer);
            lowerer.builder.select(is, answer, missing)
        };
        // Every period has to be known where one that is not could be another.
        let all = |over| Along::Every {
            over,
            require: WHOLE,
        };
        Some(match along {
            Along::Every { over: WHOLE, .. } => {
                let node = self.builder.along(all(WHOLE), of);
                decides(self, node, 0.0)
            }
            Along::Any { over: WHOLE, .. } => {
                let any = Along::Any {
                    over: WHOLE,
                    require: WHOLE,
                };
                let node = self.builder.along(any, of);
                decides(self, node, 1.0)
            }
            Along::Every { over, .. } => self.builder.along(all(over), of),
            Along::Any { over, .. } => {
                let any = Along::Any {
                    over,
                    require: WHOLE,
                };
                self.builder.along(any, of)
            }
            Along::Lag(_) => self.builder.along(along, of),
            Along::Since => {
                let node = self.builder.along(along, of);
                return (node != id).then_some(node);
            }
            // The newest value, where one is known.
            Along::Window {
                what: Window::Last,
                over: WHOLE,
                ..
            } if !is_other => return None,
            Along::Window { .. } => missing,
        })
    }

    /// A number that can only rise, or only fall, with what was before.
    fn drifts(&self, id: NodeId, with: &BTreeMap<NodeId, NodeId>) -> Option<Drift> {
        match self.builder.op(id)? {
            Op::Along(
                Along::Window {
                    what, over: WHOLE, ..
                },
                of,
            ) if !with.contains_key(&of) => match what {
                Window::Max | Window::Known => Some(Drift::Up),
                Window::Sum if self.builder.range(of).low >= 0.0 => Some(Drift::Up),
                Window::Min => Some(Drift::Down),
                Window::Sum
                | Window::Mean
                | Window::Last
                | Window::StdDev
                | Window::Median
                | Window::Trend => None,
            },
            Op::Along(Along::Lag(_), of) => self.drifts(of, with),
            // What is nothing yet is no less than nothing.
            Op::Binary(Binary::Coalesce, of, zero) if self.builder.constant(zero) == Some(0.0) => {
                let drift = self.drifts(of, with)?;
                (drift == Drift::Up && self.builder.range(of).low >= 0.0).then_some(drift)
            }
            Op::Along(..)
            | Op::Binary(..)
            | Op::Unary(..)
            | Op::Const(_)
            | Op::Input(_)
            | Op::Period
            | Op::Select { .. }
            | Op::Compare(..)
            | Op::IsKnown(_)
            | Op::Truth { .. }
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Surely(_)
            | Op::Possibly(_)
            | Op::Verdict { .. }
            | Op::Indicate(_)
            | Op::Paired(..)
            | Op::Recall(..)
            | Op::Peers { .. }
            | Op::Alert { .. } => None,
        }
    }

    /// A comparison whose first side drifts: what it can only get nearer to is sure where it is so already.
    fn drifting(&mut self, id: NodeId, compare: Compare, drift: Drift) -> NodeId {
        let unknown = self.builder.truth(false, false);
        match (compare, drift) {
            (Compare::Less | Compare::LessOrEqual, Drift::Up) => self.builder.and(id, unknown),
            (Compare::Less | Compare::LessOrEqual, Drift::Down) => self.builder.or(id, unknown),
            (Compare::Equal, _) => unknown,
        }
    }
}
