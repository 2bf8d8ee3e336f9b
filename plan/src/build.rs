//! Makes a Plan's nodes: keeps ranges, folds constants, shares equal nodes.
//!
//! Whatever is simplified here is simplified for every evaluator, and only where the value is the
//! same bits for every input.

mod across_rows;
mod conditions;
mod ends;
mod ranges;

pub use conditions::Facts;
pub use ends::Opener;

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::{
    AlertPart, Along, Binary, Compare, FaultId, FaultSite, Node, NodeId, Op, Paired, PeerInfo,
    Recall, Unary, Words, scalar,
};
use crate::digits::{is_at_most, is_less, is_same};
use crate::interval::Interval;
use crate::look_back::{LookBack, blind_reach, look_back};
use forewarn_diagnostics::source::Span;
use ranges::{binary_range, overflows, unary_range};

/// Equal keys are equal computations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Const(u64),
    Input(u32),
    Period,
    Unary(Unary, NodeId, bool),
    Binary(Binary, NodeId, NodeId, bool),
    Select(NodeId, NodeId, NodeId),
    Compare(Compare, NodeId, NodeId),
    IsKnown(NodeId),
    Truth(bool, bool),
    Not(NodeId),
    And(NodeId, NodeId),
    Or(NodeId, NodeId),
    Surely(NodeId),
    Possibly(NodeId),
    Verdict(NodeId, NodeId),
    Indicate(NodeId),
    Along(Along, NodeId, bool),
    Paired(Paired, NodeId, NodeId, bool),
    Recall(u32, NodeId),
    Peers(u32, NodeId, Option<NodeId>),
    Alert(u32, AlertPart),
}

impl Key {
    fn of(op: &Op, checked: bool) -> Self {
        match *op {
            Op::Const(x) => Self::Const(x.to_bits()),
            Op::Input(index) => Self::Input(index),
            Op::Period => Self::Period,
            Op::Unary(op, a) => Self::Unary(op, a, checked),
            Op::Binary(op, a, b) => Self::Binary(op, a, b, checked),
            Op::Select { condition, yes, no } => Self::Select(condition, yes, no),
            Op::Compare(op, a, b) => Self::Compare(op, a, b),
            Op::IsKnown(a) => Self::IsKnown(a),
            Op::Truth { yes, no } => Self::Truth(yes, no),
            Op::Not(a) => Self::Not(a),
            Op::And(a, b) => Self::And(a, b),
            Op::Or(a, b) => Self::Or(a, b),
            Op::Surely(a) => Self::Surely(a),
            Op::Possibly(a) => Self::Possibly(a),
            Op::Verdict { yes, no } => Self::Verdict(yes, no),
            Op::Indicate(a) => Self::Indicate(a),
            Op::Along(along, a) => Self::Along(along, a, checked),
            Op::Paired(op, a, by) => Self::Paired(op, a, by, checked),
            Op::Recall(recall, first) => Self::Recall(recall, first),
            Op::Peers { peers, of, among } => Self::Peers(peers, of, among),
            Op::Alert { alert, part, .. } => Self::Alert(alert, part),
        }
    }
}

/// Where new nodes come from and how their faults are named.
#[derive(Clone, Debug, Default)]
pub struct Site {
    pub span: Span,
    /// The declaration being built.
    pub declaration: String,
    /// Faults are tested and counted; off where the compiler guards the operation itself.
    pub watched: bool,
    /// A truth: the expression is only asked for where it is yes (the branch of an `if`), so only
    /// there can it fault.
    pub guard: Option<NodeId>,
}

/// Where a number lies, where it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lies {
    /// Whatever doubles do: what evaluation can produce.
    pub sound: Interval,
    /// As its author reads it: a comparison that reads 14 digits leaves no noise beyond its ends.
    pub told: Interval,
}

impl Lies {
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            sound: self.sound.hull(other.sound),
            told: self.told.hull(other.told),
        }
    }
}

/// Grows a Plan node by node.
#[derive(Debug, Default)]
pub struct PlanBuilder {
    nodes: Vec<Node>,
    /// Where numbers lie as authors read them, where that is less than they can.
    told: HashMap<NodeId, Interval, FxBuildHasher>,
    faults: Vec<FaultSite>,
    known: HashMap<Key, NodeId, FxBuildHasher>,
    peers: Vec<PeerInfo>,
    recalls: Vec<Recall>,
    pub site: Site,
    /// How many operations were kept back where nobody asks for them.
    pub kept_back: usize,
}

impl PlanBuilder {
    /// What is read of earlier periods, which the Plan needs beside its nodes.
    pub fn take_recalls(&mut self) -> Vec<Recall> {
        std::mem::take(&mut self.recalls)
    }

    #[must_use]
    pub fn finish(self) -> (Vec<Node>, Vec<FaultSite>, Vec<PeerInfo>) {
        (self.nodes, self.faults, self.peers)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    #[must_use]
    pub fn look_back(&self, id: NodeId) -> LookBack {
        look_back(&self.nodes, &self.recalls, id)
    }

    /// See [`blind_reach`].
    #[must_use]
    pub fn blind_reach(&self, id: NodeId, carried: &dyn Fn(u32) -> u32, as_no: bool) -> u32 {
        blind_reach(&self.nodes, &self.recalls, id, carried, as_no)
    }

    #[must_use]
    pub fn range(&self, id: NodeId) -> Interval {
        self.nodes
            .get(id.index())
            .map_or(Interval::ALL, |node| node.range)
    }

    /// Where a number lies as its author reads it: for messages and for what is checked before any data.
    #[must_use]
    pub fn told(&self, id: NodeId) -> Interval {
        let told = self.told.get(&id).copied();
        told.unwrap_or_else(|| self.range(id))
    }

    #[must_use]
    pub fn lies(&self, id: NodeId) -> Lies {
        Lies {
            sound: self.range(id),
            told: self.told(id),
        }
    }

    /// The words that a node came from.
    #[must_use]
    pub fn span(&self, id: NodeId) -> Option<Span> {
        self.nodes.get(id.index()).map(|node| node.span)
    }

    fn is_checked(&self, id: NodeId) -> bool {
        let node = self.nodes.get(id.index());
        node.is_some_and(|node| node.checked.is_some())
    }

    #[must_use]
    pub fn uncertain(&self, id: NodeId) -> bool {
        self.nodes.get(id.index()).is_none_or(|node| node.uncertain)
    }

    /// The value of a constant node (NaN for the literal `missing`).
    #[must_use]
    pub fn constant(&self, id: NodeId) -> Option<f64> {
        match self.nodes.get(id.index())?.op {
            Op::Const(x) => Some(x),
            Op::Input(_)
            | Op::Period
            | Op::Unary(..)
            | Op::Binary(..)
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
            | Op::Along(..)
            | Op::Paired(..)
            | Op::Recall(..)
            | Op::Peers { .. }
            | Op::Alert { .. } => None,
        }
    }

    #[must_use]
    pub fn op(&self, id: NodeId) -> Option<Op> {
        self.nodes.get(id.index()).map(|node| node.op)
    }

    fn truth_constant(&self, id: NodeId) -> Option<(bool, bool)> {
        match self.nodes.get(id.index())?.op {
            Op::Truth { yes, no } => Some((yes, no)),
            Op::Const(_)
            | Op::Input(_)
            | Op::Period
            | Op::Unary(..)
            | Op::Binary(..)
            | Op::Select { .. }
            | Op::Compare(..)
            | Op::IsKnown(_)
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Surely(_)
            | Op::Possibly(_)
            | Op::Verdict { .. }
            | Op::Indicate(_)
            | Op::Along(..)
            | Op::Paired(..)
            | Op::Recall(..)
            | Op::Peers { .. }
            | Op::Alert { .. } => None,
        }
    }

    fn push(&mut self, op: Op, range: Interval, uncertain: bool, checked: bool) -> NodeId {
        let key = Key::of(&op, checked);
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let checked = checked.then(|| {
            let fault = FaultId(u32::try_from(self.faults.len()).unwrap_or(u32::MAX));
            self.faults.push(FaultSite {
                node: id,
                span: self.site.span,
                text: Words::default(),
                declaration: self.site.declaration.clone(),
            });
            fault
        });
        self.nodes.push(Node {
            op,
            range,
            uncertain,
            span: self.site.span,
            checked,
        });
        self.known.insert(key, id);
        id
    }

    /// An operand, missing where nobody asks for the operation.
    fn guarded(&mut self, a: NodeId) -> NodeId {
        match self.site.guard {
            Some(guard) => {
                self.kept_back += 1;
                let missing = self.missing();
                let kept = self.select(guard, a, missing);
                let facts = self.facts(guard, true);
                if let Some(lies) = self.lies_where(a, &facts)
                    && self.constant(kept).is_none()
                    && kept != a
                {
                    self.lie_in(kept, lies);
                }
                kept
            }
            None => a,
        }
    }

    /// Narrows what is known of a node: the caller proved it.
    pub fn narrow(&mut self, id: NodeId, range: Interval) {
        if let Some(node) = self.nodes.get_mut(id.index()) {
            node.range = node.range.meet(range);
        }
        if let Some(told) = self.told.get_mut(&id) {
            *told = told.meet(range);
        }
    }

    /// Narrows what is known of a node, and what is told of it: the caller proved it.
    pub fn lie_in(&mut self, id: NodeId, lies: Lies) {
        let told = self.told(id).meet(lies.told);
        self.narrow(id, lies.sound);
        self.tell(id, Some(told));
    }

    /// Keeps where a number lies as its author reads it, if that is less.
    fn tell(&mut self, id: NodeId, told: Option<Interval>) {
        if let Some(told) = told.filter(|told| *told != self.range(id)) {
            let own = self.told.entry(id).or_insert(told);
            *own = own.meet(told);
        }
    }

    /// Where operands lie as their authors read them, if for one of them that is less.
    fn told_of(&self, a: NodeId, b: NodeId) -> Option<(Interval, Interval)> {
        let any = self.told.contains_key(&a) || self.told.contains_key(&b);
        any.then(|| (self.told(a), self.told(b)))
    }

    /// Where operands lie where the operation is asked for.
    fn asked(&self, a: NodeId, b: NodeId) -> Option<(Lies, Lies)> {
        let facts = self.facts(self.site.guard?, true);
        Some((self.lies_where(a, &facts)?, self.lies_where(b, &facts)?))
    }

    pub fn number(&mut self, x: f64) -> NodeId {
        let range = if x.is_nan() {
            Interval::ALL
        } else {
            Interval::point(x)
        };
        let x = if x.is_nan() { f64::NAN } else { x };
        self.push(Op::Const(x), range, x.is_nan(), false)
    }

    pub fn missing(&mut self) -> NodeId {
        self.number(f64::NAN)
    }

    pub fn input(&mut self, index: u32, range: Interval) -> NodeId {
        self.push(Op::Input(index), range, true, false)
    }

    /// `dated`: the panel has a period.
    pub fn period(&mut self, dated: bool) -> NodeId {
        self.push(Op::Period, Interval::ALL, !dated, false)
    }

    pub fn unary(&mut self, op: Unary, a: NodeId) -> NodeId {
        let x = self.range(a);
        let (mut range, can_fault) = unary_range(op, x);
        let mut told = self.told.get(&a).map(|told| unary_range(op, *told).0);
        let mut checked = self.site.watched && can_fault;
        if let Some(value) = self.constant(a) {
            let result = scalar::unary(op, value);
            if value.is_nan() || result.is_finite() {
                return self.number(result);
            }
        }
        let asked = if checked { self.asked(a, a) } else { None };
        let a = if checked { self.guarded(a) } else { a };
        if let Some((there, _)) = asked {
            (range, checked) = unary_range(op, there.sound);
            told = Some(unary_range(op, there.told).0);
        }
        let uncertain = self.uncertain(a) || can_fault && self.site.watched;
        let id = self.push(Op::Unary(op, a), range.finite(), uncertain, checked);
        self.tell(id, told.map(Interval::finite));
        id
    }

    pub fn binary(&mut self, op: Binary, a: NodeId, b: NodeId) -> NodeId {
        let (x, y) = (self.range(a), self.range(b));
        if op == Binary::Coalesce {
            return self.coalesce(a, b);
        }
        if let (Some(left), Some(right)) = (self.constant(a), self.constant(b)) {
            let result = scalar::binary(op, left, right);
            if left.is_nan() || right.is_nan() || result.is_finite() {
                return self.number(result);
            }
        }
        // Exact for every number, so no step is needed.
        match (op, self.constant(b)) {
            (Binary::Multiply | Binary::Divide, Some(1.0)) => return a,
            (Binary::Subtract, Some(zero)) if zero.to_bits() == 0 => return a,
            _ => {}
        }
        if op == Binary::Multiply && self.constant(a) == Some(1.0) {
            return b;
        }
        let (mut range, can_fault) = binary_range(op, x, y);
        let told = self.told_of(a, b);
        let mut told = told.map(|(x, y)| binary_range(op, x, y).0);
        let mut checked = self.site.watched && (can_fault || overflows(op, range));
        let asked = if checked { self.asked(a, b) } else { None };
        let lacks = can_fault || checked;
        let b = if checked { self.guarded(b) } else { b };
        if let Some((x, y)) = asked {
            let (there, can_fault) = binary_range(op, x.sound, y.sound);
            checked = can_fault || overflows(op, there);
            range = there;
            told = Some(binary_range(op, x.told, y.told).0);
        }
        // An operation that divides by nothing is missing there, watched or not.
        let uncertain = self.uncertain(a) || self.uncertain(b) || lacks;
        // Ends that overflow stay where the compiler's own neutral elements are infinite.
        let kept = |range: Interval| if checked { range.finite() } else { range };
        let id = self.push(Op::Binary(op, a, b), kept(range), uncertain, checked);
        self.tell(id, told.map(kept));
        id
    }

    fn coalesce(&mut self, a: NodeId, b: NodeId) -> NodeId {
        if !self.uncertain(a) {
            return a;
        }
        match self.constant(a) {
            Some(x) if x.is_nan() => b,
            _ => {
                if self.constant(b).is_some_and(f64::is_nan) {
                    return a;
                }
                let missing = self.facts_of_missing(a);
                let instead = self.lies_where(b, &missing);
                let all = self.lies(a).hull(instead.unwrap_or_else(|| self.lies(b)));
                let uncertain = self.uncertain(b);
                let op = Op::Binary(Binary::Coalesce, a, b);
                let id = self.push(op, all.sound, uncertain, false);
                self.tell(id, Some(all.told));
                id
            }
        }
    }

    pub fn select(&mut self, condition: NodeId, yes: NodeId, no: NodeId) -> NodeId {
        match self.truth_constant(condition) {
            Some((true, _)) => return yes,
            Some((_, true)) => return no,
            Some((false, false)) => return self.missing(),
            None => {}
        }
        if yes == no && !self.uncertain(condition) {
            return yes;
        }
        let lies = match (self.constant(yes), self.constant(no)) {
            (Some(x), _) if x.is_nan() => self.lies(no),
            (_, Some(x)) if x.is_nan() => self.lies(yes),
            _ => self.lies(yes).hull(self.lies(no)),
        };
        let uncertain = self.uncertain(condition) || self.uncertain(yes) || self.uncertain(no);
        let op = Op::Select { condition, yes, no };
        let id = self.push(op, lies.sound, uncertain, false);
        self.tell(id, Some(lies.told));
        id
    }

    /// What the ranges say of a comparison, before any data.
    #[must_use]
    pub fn decided(&self, op: Compare, a: NodeId, b: NodeId) -> Option<bool> {
        decided(op, self.range(a), self.range(b))
    }

    /// A difference that is zero where its two sides are equal to 14 digits; other nodes as they are.
    pub fn without_noise(&mut self, id: NodeId) -> NodeId {
        let node = self.nodes.get(id.index()).map(|node| (node.op, node.span));
        let Some((Op::Binary(Binary::Subtract, from, less), span)) = node else {
            return id;
        };
        // Said of the difference, whoever asks for it.
        let outer = std::mem::replace(&mut self.site.span, span);
        let same = self.compare(Compare::Equal, from, less);
        let zero = self.number(0.0);
        let result = self.select(same, zero, id);
        self.site.span = outer;
        result
    }

    pub fn compare(&mut self, op: Compare, a: NodeId, b: NodeId) -> NodeId {
        let uncertain = self.uncertain(a) || self.uncertain(b);
        if !uncertain && let Some(answer) = self.decided(op, a, b) {
            return self.truth(answer, !answer);
        }
        self.push(Op::Compare(op, a, b), Interval::ALL, uncertain, false)
    }

    pub fn is_known(&mut self, a: NodeId) -> NodeId {
        if !self.uncertain(a) {
            return self.truth(true, false);
        }
        if self.constant(a).is_some() {
            return self.truth(false, true);
        }
        self.push(Op::IsKnown(a), Interval::ALL, false, false)
    }

    pub fn truth(&mut self, yes: bool, no: bool) -> NodeId {
        self.push(Op::Truth { yes, no }, Interval::ALL, !yes && !no, false)
    }

    pub fn not(&mut self, a: NodeId) -> NodeId {
        if let Some((yes, no)) = self.truth_constant(a) {
            return self.truth(no, yes);
        }
        if let Some(Op::Not(inner)) = self.nodes.get(a.index()).map(|node| node.op) {
            return inner;
        }
        let uncertain = self.uncertain(a);
        self.push(Op::Not(a), Interval::ALL, uncertain, false)
    }

    pub fn and(&mut self, a: NodeId, b: NodeId) -> NodeId {
        match (self.truth_constant(a), self.truth_constant(b)) {
            (Some((true, _)), _) => return b,
            (_, Some((true, _))) => return a,
            (Some((_, true)), _) => return a,
            (_, Some((_, true))) => return b,
            _ if a == b => return a,
            _ => {}
        }
        let uncertain = self.uncertain(a) || self.uncertain(b);
        self.push(Op::And(a, b), Interval::ALL, uncertain, false)
    }

    pub fn or(&mut self, a: NodeId, b: NodeId) -> NodeId {
        match (self.truth_constant(a), self.truth_constant(b)) {
            (Some((true, _)), _) => return a,
            (_, Some((true, _))) => return b,
            (Some((_, true)), _) => return b,
            (_, Some((_, true))) => return a,
            _ if a == b => return a,
            _ => {}
        }
        let uncertain = self.uncertain(a) || self.uncertain(b);
        self.push(Op::Or(a, b), Interval::ALL, uncertain, false)
    }

    pub fn surely(&mut self, a: NodeId) -> NodeId {
        if !self.uncertain(a) {
            return a;
        }
        if let Some((yes, _)) = self.truth_constant(a) {
            return self.truth(yes, !yes);
        }
        self.push(Op::Surely(a), Interval::ALL, false, false)
    }

    pub fn possibly(&mut self, a: NodeId) -> NodeId {
        if !self.uncertain(a) {
            return a;
        }
        if let Some((_, no)) = self.truth_constant(a) {
            return self.truth(!no, no);
        }
        self.push(Op::Possibly(a), Interval::ALL, false, false)
    }

    /// `yes` and `no` are never unknown and never both yes.
    pub fn verdict(&mut self, yes: NodeId, no: NodeId) -> NodeId {
        if let (Some((yes, _)), Some((no, _))) = (self.truth_constant(yes), self.truth_constant(no))
        {
            return self.truth(yes, no);
        }
        if let Some(Op::Not(inner)) = self.nodes.get(no.index()).map(|node| node.op)
            && inner == yes
        {
            return yes;
        }
        self.push(Op::Verdict { yes, no }, Interval::ALL, true, false)
    }

    pub fn indicate(&mut self, a: NodeId) -> NodeId {
        match self.truth_constant(a) {
            Some((true, _)) => self.number(1.0),
            Some((_, true)) => self.number(0.0),
            Some((false, false)) => self.missing(),
            None => {
                let uncertain = self.uncertain(a);
                self.push(Op::Indicate(a), Interval::UNIT, uncertain, false)
            }
        }
    }
}

/// What ranges say of a comparison, before any data.
#[must_use]
pub fn decided(op: Compare, x: Interval, y: Interval) -> Option<bool> {
    match op {
        Compare::Less if is_less(x.high, y.low) => Some(true),
        Compare::Less if is_at_most(y.high, x.low) => Some(false),
        Compare::LessOrEqual if is_at_most(x.high, y.low) => Some(true),
        Compare::LessOrEqual if is_less(y.high, x.low) => Some(false),
        Compare::Equal if x.is_one_number() && y.is_one_number() && is_same(x.low, y.low) => {
            Some(true)
        }
        Compare::Equal if is_less(x.high, y.low) || is_less(y.high, x.low) => Some(false),
        Compare::Less | Compare::LessOrEqual | Compare::Equal => None,
    }
}
