//! Which clause of a level decided, which almost did, and where a score stands among bands.

use forewarn_plan::alerts::Answer;
use forewarn_plan::{Compare, Declaration, NodeId, Op, Value};

use super::reason::Teller;
use super::tree::{Bands, Clause, How, Miss, Reason, Shown};

/// More steps than this are not taken in search of the nearest failed comparison.
const FAR: usize = 20_000;

impl<'e> Teller<'e> {
    pub(super) fn level(
        &mut self,
        reason: &mut Reason,
        declaration: &'e Declaration,
        depth: usize,
    ) {
        let Value::Level { names, exact, .. } = &declaration.value else {
            return;
        };
        if declaration.clauses.is_empty() {
            if !self.bands(reason, *exact, depth) {
                let told = self.expression(*exact, depth);
                (reason.how, reason.because) = (told.how, told.because);
            }
            return;
        }
        let mut decided = false;
        let mut clauses = Vec::with_capacity(declaration.clauses.len());
        for clause in &declaration.clauses {
            let answer = match clause.condition {
                None => Answer::Yes,
                Some(condition) => match self.truth(condition) {
                    Some(true) => Answer::Yes,
                    Some(false) => Answer::No,
                    None => Answer::Unknown,
                },
            };
            let decides = answer == Answer::Yes && !decided;
            let failed = clause
                .condition
                .filter(|_| answer == Answer::No && !decided);
            let nearest = failed.and_then(|condition| self.nearest(condition));
            decided |= decides;
            clauses.push(Clause {
                position: clause.position as usize,
                place: names
                    .get(clause.position as usize)
                    .cloned()
                    .unwrap_or_default(),
                text: clause
                    .condition
                    .and_then(|condition| self.evidence.plan.node(condition))
                    .map_or(String::new(), |_| self.words(clause.span)),
                answer,
                decides,
                nearest,
            });
            // Clauses after the one that decides are not asked.
            if let Some(condition) = clause.condition.filter(|_| !decided || decides) {
                let part = self.operand(condition, depth);
                reason.because.push(part);
            }
        }
        reason.how = How::Clauses(clauses);
    }

    /// A level over a score: a chain of choices, the highest band first.
    fn bands(&mut self, reason: &mut Reason, exact: NodeId, depth: usize) -> bool {
        let plan = self.evidence.plan;
        let constant = |node: NodeId| match plan.node(node).map(|node| node.op) {
            Some(Op::Const(x)) => Some(x),
            _ => None,
        };
        let mut bands: Vec<(f64, usize)> = Vec::new();
        let mut score = None;
        let mut next = exact;
        while let Some(Op::Select { condition, yes, no }) = plan.node(next).map(|node| node.op) {
            let Some(position) = constant(yes).filter(|x| *x >= 0.0) else {
                return false;
            };
            match plan.node(condition).map(|node| node.op) {
                Some(Op::Compare(Compare::LessOrEqual, low, of)) => {
                    score = Some(of);
                    bands.push((self.number(low), position as usize));
                }
                Some(Op::IsKnown(of)) => {
                    score = score.or(Some(of));
                    bands.push((f64::NEG_INFINITY, position as usize));
                }
                _ => return false,
            }
            next = no;
        }
        // The lowest band, where the score cannot be missing.
        if let Some(position) = constant(next).filter(|x| *x >= 0.0) {
            bands.push((f64::NEG_INFINITY, position as usize));
        }
        let Some(of) = score.filter(|_| bands.len() > 1) else {
            return false;
        };
        bands.reverse();
        let score = self.number(of);
        let own = bands.iter().rposition(|(low, _)| score >= *low);
        reason.how = How::Bands(Bands { score, bands, own });
        reason.because = vec![self.operand(of, depth)];
        true
    }

    /// Of the comparisons of numbers that would have to go the other way for a truth to be yes, the
    /// one that is nearest to doing so, by its distance relative to the larger side.
    pub(super) fn nearest(&self, condition: NodeId) -> Option<Miss> {
        let plan = self.evidence.plan;
        let mut open = vec![(condition, true)];
        let mut best: Option<(f64, Miss)> = None;
        let mut steps = 0;
        let mut seen = std::collections::HashSet::new();
        while let Some((id, wanted)) = open.pop() {
            steps += 1;
            if steps > FAR || !seen.insert((id, wanted)) {
                continue;
            }
            let Some(node) = plan.node(id) else { continue };
            match node.op {
                Op::Not(a) => open.push((a, !wanted)),
                Op::And(..) | Op::Or(..) => {
                    let parts = self.parts(id).into_iter();
                    open.extend(parts.map(|part| (part, wanted)));
                }
                Op::Surely(a) | Op::Possibly(a) => open.push((a, wanted)),
                Op::Compare(op, a, b) if self.truth(id) == Some(!wanted) => {
                    let (x, y) = (self.number(a), self.number(b));
                    let comparison = self.comparison(op, a, b);
                    let of_levels = matches!(comparison.left.value, Shown::Level { .. })
                        || matches!(comparison.right.value, Shown::Level { .. });
                    // A comparison for equality has no near or far.
                    if op == Compare::Equal || of_levels || self.is_tally(a) || self.is_tally(b) {
                        open.extend(self.frontier(id).0.into_iter().map(|part| (part, wanted)));
                        continue;
                    }
                    let by = (x - y).abs();
                    let far = by / x.abs().max(y.abs());
                    if best.as_ref().is_none_or(|(least, _)| far < *least) {
                        best = Some((far, Miss { comparison, by }));
                    }
                }
                // A count: each of the things counted.
                Op::Verdict { .. } => {
                    open.extend(self.frontier(id).0.into_iter().map(|part| (part, wanted)));
                }
                _ => {}
            }
        }
        best.map(|(_, miss)| miss)
    }

    /// Is a number a count of truths?
    pub(super) fn is_tally(&self, id: NodeId) -> bool {
        let plan = self.evidence.plan;
        self.named(id).is_none()
            && matches!(plan.node(id).map(|node| node.op), Some(Op::Binary(..)))
            && self.frontier(id).0.iter().any(|part| {
                plan.node(*part)
                    .is_some_and(|node| node.op.lane() == forewarn_plan::Lane::Truth)
            })
    }
}
