//! Comparisons with the numbers on both their sides, and what an alert's condition asks.
//!
//! In: outlines, and what their nodes hold in a row, by whatever evaluated them. Out: each comparison with its values; of
//! what is no comparison, its words and its answer.

use forewarn_plan::outline::{Comparing, Held, Term};
use forewarn_plan::{AlertInfo, DeclarationKind, NodeId, Op, Outline, OutlineId, Plan};

use super::names::Names;
use super::nodes::shown;
use super::tree::{Comparison, Shown, Side};

/// Reads sides from outlines.
pub(super) struct Sides<'r> {
    pub plan: &'r Plan,
    pub names: &'r Names<'r>,
    /// What a node holds.
    pub number: &'r dyn Fn(NodeId) -> f64,
}

impl Sides<'_> {
    /// Both sides of a comparison of single values.
    pub fn comparison(
        &self,
        left: OutlineId,
        how: Comparing,
        right: OutlineId,
    ) -> Option<Comparison> {
        let (a, b) = (self.side(left)?, self.side(right)?);
        Some(Comparison::of(a, how.sign(), b))
    }

    /// A side of a comparison.
    pub fn side(&self, id: OutlineId) -> Option<Side> {
        let outline = self.plan.outline(id)?;
        let (Held::One(value), Held::One(compared)) = (&outline.held, outline.used()) else {
            return None;
        };
        let named = if let Term::Named(to) = &outline.term {
            self.names.referred(to)
        } else {
            None
        };
        let text = if self.is_written_value(outline) {
            String::new()
        } else {
            self.names.words(outline)
        };
        Some(Side {
            text,
            label: named.map_or(String::new(), |one| one.label.clone()),
            observed: named.is_some_and(|one| one.kind == DeclarationKind::Indicator),
            value: shown(value, self.number),
            compared: shown(compared, self.number),
        })
    }

    /// Is it a value that was written as such: `1 deaths / 100_000 people`?
    fn is_written_value(&self, outline: &Outline) -> bool {
        if let Term::Arithmetic = &outline.term {
            return outline.operands.iter().all(|part| {
                let part = self.plan.outline(*part);
                part.is_some_and(|part| self.is_written_value(part))
            });
        }
        matches!(outline.term, Term::Literal)
    }
}

/// One thing that a condition asks, in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Its words; of a comparison its two sides.
    pub what: What,
    /// `None` is unknown.
    pub answer: Option<bool>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Comparison(Box<Comparison>),
    Words(String),
}

/// What the conditions of alerts ask.
pub struct Conditions<'p> {
    plan: &'p Plan,
    names: Names<'p>,
}

impl<'p> Conditions<'p> {
    #[must_use]
    pub fn of(plan: &'p Plan) -> Self {
        Self {
            plan,
            names: Names::of(plan),
        }
    }

    /// The outline of what decided by one of an alert's clauses. An alert without a condition to clear clears where
    /// nothing raises it.
    fn outline(&self, alert: &AlertInfo, clause: usize) -> Option<OutlineId> {
        if self.plan.confidentiality.is_sealed(&alert.name) {
            return None;
        }
        let rule = &alert.rule;
        // Where nobody knows whether it clears, that is what was asked.
        let clause = match u32::try_from(clause).ok()? {
            at if rule.unknown() == Some(at) => rule.clear(),
            at => at,
        };
        let own = alert.parts.get(clause as usize)?;
        let clears = clause == rule.clear();
        let raise = alert.parts.first().filter(|_| clears);
        own.outline.or_else(|| raise?.outline)
    }

    /// The nodes that [`Conditions::said`] reads.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        for alert in &self.plan.alerts {
            for clause in 0..alert.parts.len() {
                let mut found = Vec::new();
                if let Some(id) = self.outline(alert, clause) {
                    self.asks(id, &mut found);
                }
                for outline in found.into_iter().filter_map(|id| self.plan.outline(id)) {
                    nodes.extend(outline.nodes());
                    let is_comparison = matches!(outline.term, Term::Compare(_));
                    let sides = outline.operands.iter().filter(|_| is_comparison);
                    let sides = sides.filter_map(|id| self.plan.outline(*id));
                    nodes.extend(sides.flat_map(Outline::nodes));
                }
            }
        }
        nodes.retain(|id| !matches!(self.plan.node(*id).map(|node| node.op), Some(Op::Const(_))));
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    /// What a clause of an alert asks, with the values of a row: one thing after the other as its author wrote them.
    #[must_use]
    pub fn said(
        &self,
        alert: &AlertInfo,
        clause: usize,
        number: impl Fn(NodeId) -> f64,
    ) -> Vec<Said> {
        let number = |node: NodeId| {
            if let Some(Op::Const(x)) = self.plan.node(node).map(|node| node.op) {
                return x;
            }
            number(node)
        };
        let sides = Sides {
            plan: self.plan,
            names: &self.names,
            number: &number,
        };
        let mut found = Vec::new();
        if let Some(id) = self.outline(alert, clause) {
            self.asks(id, &mut found);
        }
        let said = found.into_iter().filter_map(|id| {
            let outline = self.plan.outline(id)?;
            let comparison = match (&outline.term, outline.operands.as_slice()) {
                (Term::Compare(how), [left, right]) => sides.comparison(*left, *how, *right),
                _ => None,
            };
            let answer = match &outline.held {
                Held::One(value) => match shown(value, number) {
                    Shown::Truth(answer) => answer,
                    Shown::Number { .. }
                    | Shown::Level { .. }
                    | Shown::Count { .. }
                    | Shown::Between { .. }
                    | Shown::Category(_)
                    | Shown::Withheld(_) => None,
                },
                Held::Several(_) => None,
            };
            let words = || What::Words(self.names.words(outline));
            Some(Said {
                what: comparison.map_or_else(words, |one| What::Comparison(Box::new(one))),
                answer,
            })
        });
        said.collect()
    }

    /// The comparisons and other questions that connectives connect.
    fn asks(&self, id: OutlineId, found: &mut Vec<OutlineId>) {
        let Some(outline) = self.plan.outline(id) else {
            return;
        };
        if matches!(outline.term, Term::All | Term::Any | Term::Not) {
            for part in &outline.operands {
                self.asks(*part, found);
            }
        } else {
            found.push(id);
        }
    }
}
