//! `piecewise x { 0..50 to 0..12, 50..100 to 12..35.4 }`: breakpoints, each written once.
//!
//! The pieces follow each other without a hole; where their ends are written numbers, that is checked.

use forewarn_grammar::ast::{Expr, Range};

use super::context::Checker;
use crate::conversion::exactly;
use crate::diagnostics::piecewise::{BrokenPieces, WhyBroken};
use crate::diagnostics::units::EdgeUnit;
use crate::numbers::show;
use crate::source::{SourceMap, Span};
use crate::typed::{Builtin, Typed, TypedKind};
use crate::types::Type;
use crate::units::Unit;

impl Checker<'_, '_> {
    pub fn piecewise(&mut self, of: &Expr, pieces: &[(Range, Range)], span: Span) -> Typed {
        let what = "`piecewise`";
        let of = self.expr(of, None);
        let of = self.as_one_number(of, what);
        let mut from = vec![of];
        let mut to = Vec::new();
        for (low, high) in pieces {
            self.ends(low, &mut from);
            self.ends(high, &mut to);
        }
        let wrong = |all: &[Typed]| all.iter().any(|one| one.ty.is_error());
        if wrong(&from) || wrong(&to) {
            return self.poison(span);
        }
        if self.tells_ends(&from) {
            return self.poison(span);
        }
        let (ty, own) = (self.alike(&mut to), self.alike(&mut from));
        if ty.is_error() || own.is_error() || !self.holds_together(&from) {
            return self.poison(span);
        }
        let (Some((of, from)), Type::Number(unit)) = (from.split_first(), ty) else {
            return self.poison(span);
        };
        let mut args = vec![of.clone()];
        for (from, to) in from.chunks(2).zip(to.chunks(2)) {
            args.extend(from.iter().chain(to).cloned());
        }
        Typed {
            kind: TypedKind::Builtin(Builtin::Piecewise, args),
            ty: Type::Number(unit),
            span,
        }
    }

    /// Tells ends that lack the unit of the value: one slip, however many there are.
    fn tells_ends(&mut self, from: &[Typed]) -> bool {
        let Some((of, ends)) = from.split_first() else {
            return false;
        };
        let Some(unit) = Self::unit_of(&of.ty).filter(|unit| !unit.is_dimensionless()) else {
            return false;
        };
        let bare = |end: &&Typed| Self::unit_of(&end.ty).is_some_and(Unit::is_plain);
        let bare: Vec<&Typed> = ends.iter().filter(bare).collect();
        let Some(first) = bare.first() else {
            return false;
        };
        let edges = bare.iter().map(|end| (end.span, self.literal(end.span)));
        let cause = EdgeUnit {
            words: self.words(of.span),
            of: of.span,
            unit: self.units.show(unit),
            found: self.units.show(&Unit::plain()),
            span: first.span,
            edges: edges.collect(),
        };
        self.reports.add(cause);
        true
    }

    /// Both ends of a range, the same in every row.
    fn ends(&mut self, range: &Range, all: &mut Vec<Typed>) {
        let span = self.at(range.span);
        let open = range.low.is_none() || range.high.is_none() || range.half_open;
        if open {
            self.reports.add(BrokenPieces {
                span,
                other: None,
                why: WhyBroken::OpenEnd,
                meant: None,
            });
        }
        for end in [&range.low, &range.high] {
            let Some(end) = end.as_ref().filter(|_| !open) else {
                all.push(self.poison(span));
                continue;
            };
            let end = self.expr(end, None);
            let end = self.as_one_number(end, "an end of a piece");
            all.push(self.constant(end, "an end of a piece"));
        }
    }

    /// Does each piece rise from where the one before it ended? Ends that are no written numbers are looked at
    /// where they are worked out.
    fn holds_together(&mut self, from: &[Typed]) -> bool {
        let ends = from.get(1..).unwrap_or_default().iter();
        let ends: Vec<(Option<f64>, Span)> = ends.map(|end| (written(end), end.span)).collect();
        match broken_pieces(&ends, self.sources) {
            Some(broken) => {
                self.reports.add(broken);
                false
            }
            None => true,
        }
    }
}

/// The first piece that does not rise from where the one before it ended, of two ends for each piece: what they are,
/// as far as that is known, and where they stand.
pub(crate) fn broken_pieces(
    ends: &[(Option<f64>, Span)],
    sources: &SourceMap,
) -> Option<BrokenPieces> {
    let mut before: Option<(f64, Span)> = None;
    for piece in ends.chunks(2) {
        let [(low, low_span), (high, high_span)] = piece else {
            continue;
        };
        let broken = match (before, *low, *high) {
            (_, Some(low), Some(high)) if low >= high => {
                Some((*high_span, Some(*low_span), WhyBroken::Falls))
            }
            (Some((end, place)), Some(low), _) if end != low => {
                let hole = (show(end.min(low)), show(end.max(low)));
                let why = if end < low {
                    WhyBroken::Hole(hole.0, hole.1)
                } else {
                    WhyBroken::Twice(hole.0, hole.1)
                };
                Some((*low_span, Some(place), why))
            }
            _ => None,
        };
        if let Some((span, other, why)) = broken {
            // Where another piece begins at that end, the pieces are out of order.
            let end = before.map(|(end, _)| end);
            let mut begins = ends.chunks(2).filter_map(|piece| piece.first()?.0);
            let unordered = begins.any(|begins| Some(begins) == end);
            let meant = other
                .filter(|_| !unordered)
                .filter(|_| matches!(why, WhyBroken::Hole(..) | WhyBroken::Twice(..)))
                .map(|place| sources.slice(place).to_owned());
            return Some(BrokenPieces {
                span,
                other,
                why,
                meant,
            });
        }
        before = high.map(|high| (high, *high_span));
    }
    None
}

/// The number that is written, through signs and conversions.
fn written(value: &Typed) -> Option<f64> {
    if let TypedKind::Convert(inner, num, den) = &value.kind {
        return Some(exactly(written(inner)?, *num, *den));
    }
    if let TypedKind::Negate(inner) = &value.kind {
        return Some(-written(inner)?);
    }
    value.as_number()
}
