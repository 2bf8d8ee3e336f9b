//! The points of meaning that tests can show ([`crate::coverage`]), made beside the nodes they watch.
//!
//! Only where somebody asks for them; a run never does. No node is made for a point.

use super::Lowerer;
use super::value::Lowered;
use crate::checked::{AlertBody, Body, CheckedValue};
use crate::coverage::{Outcome, Point, PointKind, Transition, Watch, When};
use crate::plan::{NodeId, Op};
use crate::source::Span;

/// One of several ways of which the first that holds counts: a clause, a side of an `if`, a row.
pub(super) struct Way {
    pub name: String,
    pub span: Span,
    /// Absent in the last, which is for the rest.
    pub condition: Option<NodeId>,
}

impl Lowerer<'_> {
    /// Does anybody ask what tests can show?
    pub fn is_watched(&self) -> bool {
        self.points.is_some()
    }

    /// The first that holds counts, for each of several ways.
    pub fn watch_ways(&mut self, kind: PointKind, ways: &[Way], results: &[NodeId]) {
        if !self.is_watched() {
            return;
        }
        let asked = self.builder.site.guard;
        let mut before: Vec<(NodeId, Option<bool>)> = Vec::new();
        for way in ways {
            let mut answers = before.clone();
            answers.extend(way.condition.map(|condition| (condition, Some(true))));
            let never = answers.iter().any(|(node, wanted)| {
                matches!(self.builder.op(*node), Some(Op::Truth { yes, .. }) if Some(yes) != *wanted)
            });
            let excluded =
                never.then(|| "a condition before it, or its own, has one answer".to_owned());
            self.watch(Point {
                kind,
                outcome: Outcome::Decides,
                span: way.span,
                declaration: String::new(),
                name: way.name.clone(),
                exactly: None,
                excluded,
                watches: vec![Watch {
                    results: results.to_vec(),
                    asked,
                    when: When::Answers(answers),
                }],
            });
            before.extend(way.condition.map(|condition| (condition, Some(false))));
        }
    }

    /// A band of a level: its place is the score's.
    pub fn watch_band(&mut self, name: String, span: Span, place: (NodeId, u32), reached: bool) {
        let excluded = (!reached).then(|| "the score never reaches it".to_owned());
        self.watch(Point {
            kind: PointKind::Clause,
            outcome: Outcome::Decides,
            span,
            declaration: String::new(),
            name,
            exactly: None,
            excluded,
            watches: vec![Watch {
                results: vec![place.0],
                asked: None,
                when: When::Is(place.0, f64::from(place.1)),
            }],
        });
    }

    /// A signal is yes, no and unknown.
    pub fn watch_signal(&mut self, value: &CheckedValue, lowered: &Lowered) {
        let is_signal = matches!(&value.body, Body::Expression { kind, .. }
            if *kind == forewarn_grammar::ast::BindingKind::Signal);
        let (true, Lowered::Truth(node)) = (is_signal && self.is_watched(), lowered) else {
            return;
        };
        let constant = self.builder.op(*node);
        for (outcome, wanted) in [
            (Outcome::Yes, Some(true)),
            (Outcome::No, Some(false)),
            (Outcome::Unknown, None),
        ] {
            let excluded = match (constant, wanted) {
                (Some(Op::Truth { yes, no }), wanted) => {
                    let is = if yes { Some(true) } else { no.then_some(false) };
                    (is != wanted).then(|| "it has one answer".to_owned())
                }
                (_, None) if !self.builder.uncertain(*node) => {
                    Some("what it is made of is never missing".to_owned())
                }
                _ => None,
            };
            self.watch(Point {
                kind: PointKind::Signal,
                outcome,
                span: value.span,
                declaration: String::new(),
                name: value.name.clone(),
                exactly: None,
                excluded,
                watches: vec![Watch {
                    results: vec![*node],
                    asked: None,
                    when: When::Answers(vec![(*node, wanted)]),
                }],
            });
        }
    }

    /// A factor has enough evidence, or too little.
    pub fn watch_factor(&mut self, name: &str, span: Span, enough: NodeId, results: &[NodeId]) {
        if !self.is_watched() {
            return;
        }
        for (outcome, wanted) in [(Outcome::Enough, true), (Outcome::TooLittle, false)] {
            let excluded = match self.builder.op(enough) {
                Some(Op::Truth { yes, .. }) if yes != wanted => {
                    Some("its members are never missing".to_owned())
                }
                _ => None,
            };
            self.watch(Point {
                kind: PointKind::Factor,
                outcome,
                span,
                declaration: String::new(),
                name: name.to_owned(),
                exactly: None,
                excluded,
                watches: vec![Watch {
                    results: results.to_vec(),
                    asked: None,
                    when: When::Answers(vec![(enough, Some(wanted))]),
                }],
            });
        }
    }

    /// What the alert of that number can do. `truths` are its conditions, in their order.
    pub fn watch_alert(
        &mut self,
        value: &CheckedValue,
        body: &AlertBody,
        index: u32,
        truths: &[NodeId],
    ) {
        if !self.is_watched() {
            return;
        }
        let (begins, ends) = match body.notice {
            true => (Transition::Began, Transition::Ended),
            false => (Transition::Notice(0), Transition::Cleared),
        };
        let mut all = vec![(begins, body.raise.span, value.name.clone())];
        for (escalation, number) in body.escalations.iter().zip(1..) {
            let words = self.words(escalation.span).to_string();
            all.push((Transition::Notice(number), escalation.span, words));
        }
        let clear = body.clear.as_ref().map_or(value.span, |clear| clear.span);
        all.push((ends, clear, value.name.clone()));
        if let Some(lower) = &body.lower {
            all.push((Transition::Lowered, lower.span, value.name.clone()));
        }
        let cooldown = body.bypass.as_ref().map_or(value.span, |(_, span)| *span);
        if body.cooldown > 0 {
            all.push((Transition::Suppressed, cooldown, value.name.clone()));
            if body.bypass.is_some() {
                all.push((Transition::Bypassed, cooldown, value.name.clone()));
            }
        }
        for (transition, span, name) in all {
            let condition = match transition {
                Transition::Began => truths.first(),
                Transition::Notice(number) => truths.get(number as usize),
                Transition::Bypassed => truths.last(),
                Transition::Cleared
                | Transition::Ended
                | Transition::Lowered
                | Transition::Suppressed => None,
            };
            let never = condition
                .and_then(|node| self.builder.op(*node))
                .is_some_and(|op| matches!(op, Op::Truth { yes: false, .. }));
            self.watch(Point {
                kind: PointKind::Transition,
                outcome: Outcome::Happens(transition),
                span,
                declaration: String::new(),
                name,
                exactly: None,
                excluded: never.then(|| "its condition never holds".to_owned()),
                watches: vec![Watch {
                    results: Vec::new(),
                    asked: None,
                    when: When::Alert(index, transition),
                }],
            });
        }
    }

    pub fn watch(&mut self, mut point: Point) {
        if let Some(points) = &mut self.points {
            point.declaration.clone_from(&self.builder.site.declaration);
            point.name = shortened(&point.name);
            points.add(point);
        }
    }
}

/// Words that fit into a line.
fn shortened(words: &str) -> String {
    const MOST: usize = 60;
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    let start: String = words.chars().take(MOST - 1).collect();
    format!("{}…", start.trim_end())
}
