//! Breakpoints: straight lines between them, exact at both ends.

use super::Lowerer;
use super::intervals::is_end;
use super::value::Lowered;
use crate::check::broken_pieces;
use crate::checked::Body;
use crate::diagnostics::ranges::PiecesDoNotReach;
use crate::digits::is_less;
use crate::interval::Interval;
use crate::plan::{Binary, Compare, NodeId};
use crate::source::Span;
use crate::typed::{Typed, TypedKind};

impl Lowerer<'_> {
    /// Of a value and, for each piece, its two ends and what it has there. Both ends belong to the last
    /// piece, the lower one to the others; beyond the outermost ends there is nothing.
    pub fn piecewise(&mut self, args: &[Lowered]) -> NodeId {
        let nodes: Vec<NodeId> = args.iter().map(|arg| self.single(arg)).collect();
        let Some((x, pieces)) = nodes.split_first() else {
            return self.broken();
        };
        let mut result = self.builder.missing();
        for (number, piece) in pieces.chunks(4).rev().enumerate() {
            let [low, high, least, most] = piece else {
                continue;
            };
            let value = self.line(*x, (*low, *high), (*least, *most));
            let upto = if number == 0 {
                Compare::LessOrEqual
            } else {
                Compare::Less
            };
            let from = self.builder.compare(Compare::LessOrEqual, *low, *x);
            let until = self.builder.compare(upto, *x, *high);
            let inside = self.builder.and(from, until);
            result = self.builder.select(inside, value, result);
        }
        result
    }

    /// Tells pieces whose ends do not follow each other, now that it is known what params are.
    pub fn tell_broken_pieces(&mut self, args: &[Typed], lowered: &[Lowered]) -> bool {
        if !self.in_own_words() || self.rests_on_doubt() {
            return false;
        }
        let both = args.iter().zip(lowered).skip(1);
        let ends = both.enumerate().filter(|(place, _)| place % 4 < 2);
        let ends: Vec<(Option<f64>, Span)> = ends
            .map(|(_, (end, lowered))| {
                let node = self.single(lowered);
                (self.builder.constant(node), end.span)
            })
            .collect();
        let broken = broken_pieces(&ends, self.sources);
        let is_broken = broken.is_some();
        if let Some(broken) = broken {
            self.reports.add(broken);
        }
        is_broken
    }

    /// Tells pieces that do not reach as far as the declared range of what they stand for: beyond them the result
    /// is missing.
    pub fn tell_short_pieces(&mut self, args: &[Typed], lowered: &[Lowered]) {
        if !self.in_own_words() || self.rests_on_doubt() {
            return;
        }
        let (Some(of), Some(Lowered::Number(x))) = (args.first(), lowered.first()) else {
            return;
        };
        let mut named = of;
        while let TypedKind::Convert(inner, ..) = &named.kind {
            named = inner;
        }
        let TypedKind::Value(id) = named.kind else {
            return;
        };
        let Some(value) = self.framework.value(id) else {
            return;
        };
        let declared = match &value.body {
            Body::Indicator(body) => body.declared,
            Body::Expression { declared, .. } => *declared,
            Body::Param(_)
            | Body::Factor(_)
            | Body::Level(_)
            | Body::Table(_)
            | Body::Alert(_)
            | Body::Broken => None,
        };
        let Some(declared) = declared else { return };
        let (subject, place) = (value.name.clone(), declared.span);
        let range = self.told(*x);
        let outermost = [
            (1, true, range.low),
            (args.len().saturating_sub(3), false, range.high),
        ];
        for (at, low_end, bound) in outermost {
            let (Some(edge), Some(Lowered::Number(node))) = (args.get(at), lowered.get(at)) else {
                continue;
            };
            let Some(end) = self.builder.constant(*node) else {
                continue;
            };
            let short = if low_end {
                is_less(bound, end)
            } else {
                is_less(end, bound)
            };
            if !short || !is_end(bound) {
                continue;
            }
            self.reports.add(PiecesDoNotReach {
                span: edge.span,
                subject: subject.clone(),
                subject_span: of.span,
                end: self.sources.slice(edge.span).to_owned(),
                bound: self.amount(bound, &of.ty),
                low_end,
                declared: place,
            });
        }
    }

    fn line(&mut self, x: NodeId, (low, high): (NodeId, NodeId), ends: (NodeId, NodeId)) -> NodeId {
        let (least, most) = ends;
        let width = self.binary(Binary::Subtract, high, low);
        let above = self.binary(Binary::Subtract, x, low);
        let share = self.guarded_divide(above, width);
        let one = self.builder.number(1.0);
        let rest = self.builder.binary(Binary::Subtract, one, share);
        let below = self.builder.binary(Binary::Multiply, least, rest);
        let above = self.builder.binary(Binary::Multiply, most, share);
        let value = self.builder.binary(Binary::Add, below, above);
        // Between the two ends, whatever rounding says.
        let bottom = self.builder.binary(Binary::Min, least, most);
        let top = self.builder.binary(Binary::Max, least, most);
        let value = self.builder.binary(Binary::Max, value, bottom);
        let value = self.builder.binary(Binary::Min, value, top);
        let hull: Interval = self.range(least).hull(self.range(most));
        self.builder.narrow(value, hull);
        value
    }
}
