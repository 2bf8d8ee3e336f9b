//! Points of thresholds: a value compared with one of the method, wherever that stands.

use super::Lowerer;
use super::value::{Bounds, Lowered};
use crate::checked::Body;
use crate::coverage::{Outcome, Point, PointKind, Watch, When};
use crate::digits::{is_at_most, is_less, is_same};
use crate::interval::Interval;
use crate::numbers::show;
use crate::plan::NodeId;
use crate::source::Span;
use crate::typed::{Relation, Typed, TypedKind};
use crate::types::Type;

/// A value and what it is compared with.
#[derive(Clone, Copy)]
struct Sides {
    value: Bounds,
    threshold: NodeId,
}

impl Lowerer<'_> {
    /// A comparison with a value of the method, of single values or of the items of a list.
    pub fn watch_comparison(
        &mut self,
        relation: Relation,
        left: (&Typed, &Lowered),
        right: (&Typed, &Lowered),
        result: &Lowered,
        span: Span,
    ) {
        if !self.is_watched() {
            return;
        }
        let fixed = |lowerer: &Self, (typed, lowered): (&Typed, &Lowered)| {
            lowerer.is_of_the_method(typed)
                || lowered
                    .node()
                    .is_some_and(|node| lowerer.builder.constant(node).is_some())
        };
        let (value, threshold) = match (fixed(self, left), fixed(self, right)) {
            (false, true) => (left, right),
            (true, false) => (right, left),
            _ => return,
        };
        let exactly = self.exactly(threshold.0, threshold.1);
        let pairs: Vec<(Lowered, Lowered)> = match (value.1, result) {
            (Lowered::List { items, .. }, Lowered::List { items: results, .. }) => {
                items.iter().cloned().zip(results.iter().cloned()).collect()
            }
            (value, result) => vec![(value.clone(), result.clone())],
        };
        for (value, result) in pairs {
            let (Some(sides), Lowered::Truth(result)) = (Sides::of(&value, threshold.1), result)
            else {
                continue;
            };
            let equality = matches!(relation, Relation::Is | Relation::IsNot);
            let name = self.words(span).to_string();
            self.watch_sides(sides, equality, result, (span, name), exactly.clone());
        }
    }

    /// A number that a level's band begins at.
    pub fn watch_edge(&mut self, score: NodeId, edge: (&Typed, NodeId), result: NodeId) {
        if !self.is_watched() {
            return;
        }
        let lowered = Lowered::Number(edge.1);
        let exactly = self.exactly(edge.0, &lowered);
        let sides = Sides {
            value: Bounds {
                exact: score,
                at_least: score,
                at_most: score,
            },
            threshold: edge.1,
        };
        let name = self.words(edge.0.span).to_string();
        self.watch_sides(sides, false, result, (edge.0.span, name), exactly);
    }

    /// What a cell of a table compares its column with; `asks` is the sign between the two.
    pub fn watch_cell(
        &mut self,
        (by, column): (&Typed, &Lowered),
        (asks, span, words): (&str, Span, &str),
        (threshold, exactly): (NodeId, Option<String>),
        result: NodeId,
    ) {
        let Some(sides) = Sides::of(column, &Lowered::Number(threshold)) else {
            return;
        };
        let name = format!("{} {asks} {words}", self.words(by.span));
        let equality = asks == "is";
        self.watch_sides(sides, equality, result, (span, name), exactly);
    }

    /// A count against how many there have to be, or a number against what it crosses.
    pub fn watch_bounds(
        &mut self,
        value: Bounds,
        threshold: (&Typed, NodeId),
        result: NodeId,
        span: Span,
    ) {
        let (typed, node) = threshold;
        if !self.is_watched() {
            return;
        }
        if self.builder.constant(node).is_none() && !self.is_of_the_method(typed) {
            return;
        }
        let exactly = self.exactly(typed, &Lowered::Number(node));
        let sides = Sides {
            value,
            threshold: node,
        };
        let name = self.words(span).to_string();
        self.watch_sides(sides, false, result, (span, name), exactly);
    }

    fn watch_sides(
        &mut self,
        sides: Sides,
        equality: bool,
        result: NodeId,
        (span, name): (Span, String),
        exactly: Option<String>,
    ) {
        let value = self
            .builder
            .told(sides.value.at_least)
            .hull(self.builder.told(sides.value.at_most));
        let threshold = self.range(sides.threshold);
        let outcomes: &[Outcome] = if equality {
            &[Outcome::Same, Outcome::Other]
        } else {
            &[Outcome::Below, Outcome::At, Outcome::Above]
        };
        let asked = self.builder.site.guard;
        for outcome in outcomes {
            let excluded = (!can_be(*outcome, value, threshold)).then(|| {
                format!(
                    "what is compared lies in {}..{}",
                    show(value.low),
                    show(value.high)
                )
            });
            self.watch(Point {
                kind: PointKind::Threshold,
                outcome: *outcome,
                span,
                declaration: String::new(),
                name: name.clone(),
                exactly: exactly.clone(),
                excluded,
                watches: vec![Watch {
                    results: vec![result],
                    asked,
                    when: When::Against {
                        at_least: sides.value.at_least,
                        at_most: sides.value.at_most,
                        threshold: sides.threshold,
                        side: *outcome,
                    },
                }],
            });
        }
    }

    /// Is it made of numbers, places and params alone?
    fn is_of_the_method(&self, typed: &Typed) -> bool {
        match &typed.kind {
            TypedKind::Number(_) | TypedKind::Position(_) => true,
            TypedKind::Value(id) => {
                let value = self.framework.value(*id);
                value.is_some_and(|value| matches!(value.body, Body::Param(_)))
            }
            TypedKind::Convert(..)
            | TypedKind::AsNumber(_)
            | TypedKind::Negate(_)
            | TypedKind::Sum(..)
            | TypedKind::Product(..)
            | TypedKind::Builtin(..) => {
                let parts = typed.parts();
                !parts.is_empty() && parts.iter().all(|(_, part)| self.is_of_the_method(part))
            }
            TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Parameter(_)
            | TypedKind::Earlier(_)
            | TypedKind::Field(..)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::List(_)
            | TypedKind::Not(_)
            | TypedKind::Compare { .. }
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::IsKnown(_)
            | TypedKind::Fallback(_)
            | TypedKind::If { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Along(_)
            | TypedKind::Peers(_)
            | TypedKind::Call(..)
            | TypedKind::Error => false,
        }
    }

    /// A number as rules write it: `15%`, `500 cm`.
    pub fn amount(&self, x: f64, ty: &Type) -> String {
        let words = crate::numbers::show_end(x);
        let Type::Number(unit) = ty else {
            return words;
        };
        match self.framework.units.show(unit).as_str() {
            _ if unit.is_plain() || x.abs() >= crate::numbers::FAR => words,
            "percent" => format!("{words}%"),
            unit => format!("{words} {unit}"),
        }
    }

    /// The value of the method as people read it, where it is one value.
    pub fn exactly(&self, typed: &Typed, lowered: &Lowered) -> Option<String> {
        let x = self.builder.constant(lowered.node()?)?;
        Some(match &typed.ty {
            Type::Level(id) => {
                let scale = self.framework.scale(*id)?;
                let level = scale.levels.get(x as usize)?;
                format!("`{}`", level.name)
            }
            Type::Number(unit) => {
                let unit = self.framework.units.caption(unit);
                format!("{} {unit}", show(x)).trim_end().to_owned()
            }
            Type::Truth | Type::Category(_) | Type::Count | Type::List(_) | Type::Error => show(x),
        })
    }
}

impl Sides {
    fn of(value: &Lowered, threshold: &Lowered) -> Option<Self> {
        let value = match value {
            Lowered::Number(node) => Bounds {
                exact: *node,
                at_least: *node,
                at_most: *node,
            },
            Lowered::Level(bounds) | Lowered::Count(bounds) | Lowered::Between(bounds) => *bounds,
            Lowered::Truth(_) | Lowered::Category(_) | Lowered::List { .. } => return None,
        };
        let threshold = match threshold {
            Lowered::Number(_) | Lowered::Level(_) | Lowered::Count(_) | Lowered::Between(_) => {
                threshold.node()?
            }
            Lowered::Truth(_) | Lowered::Category(_) | Lowered::List { .. } => return None,
        };
        Some(Self { value, threshold })
    }
}

/// Can a value of one range stand so against a threshold of another?
fn can_be(outcome: Outcome, value: Interval, threshold: Interval) -> bool {
    match outcome {
        Outcome::Below => is_less(value.low, threshold.high),
        Outcome::Above => is_less(threshold.low, value.high),
        Outcome::Other => {
            let points = value.is_one_number() && threshold.is_one_number();
            !(points && is_same(value.low, threshold.low))
        }
        Outcome::Decides
        | Outcome::Yes
        | Outcome::No
        | Outcome::Unknown
        | Outcome::At
        | Outcome::Same
        | Outcome::Enough
        | Outcome::TooLittle
        | Outcome::Happens(_) => {
            is_at_most(value.low, threshold.high) && is_at_most(threshold.low, value.high)
        }
    }
}
