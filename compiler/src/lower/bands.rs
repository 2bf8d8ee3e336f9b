//! Levels by bands of a score: checked for holes and overlaps against the score's range.
//!
//! Bands follow each other without gaps, so a score's band is the last one whose lower end it
//! reaches; rounding can then never drop a score between two bands or beyond the last.

use super::Lowerer;
use super::intervals::is_end;
use super::table_states::{as_counted, is_whole};
use super::value::{Bounds, Lowered, is_between};
use crate::checked::Band;
use crate::diagnostics::levels::{
    BandOutsideRange, BandsDoNotReach, BandsHole, BandsOutOfOrder, BandsOverlap,
};
use crate::digits::{is_at_most, is_less, is_same};
use crate::interval::Interval;
use crate::numbers::{FAR, show_end};
use crate::plan::{BandPart, BandParts, Compare, NodeId, Opener};
use crate::source::Span;
use crate::typed::{Typed, ValueId};
use crate::types::Type;

#[derive(Clone, Copy)]
pub(super) struct Edge {
    node: NodeId,
    pub(super) range: Interval,
    pub(super) span: Span,
}

struct Placed {
    position: u32,
    low: Option<Edge>,
    high: Option<Edge>,
    half_open: bool,
    span: Span,
}

impl Lowerer<'_> {
    /// A level whose bands are wrong, which has been told: what rests on it is judged as if it could be any.
    fn any_of_scale(&mut self, id: ValueId) -> Lowered {
        let framework = self.framework;
        let level = framework.value(id).and_then(|value| match &value.ty {
            Type::Level(scale) => Some((value, framework.scale(*scale)?.levels.len())),
            Type::Number(_)
            | Type::Truth
            | Type::Category(_)
            | Type::Count
            | Type::List(_)
            | Type::Error => None,
        });
        match level {
            Some((value, levels)) => {
                self.pinned(value, Interval::new(0.0, levels.saturating_sub(1) as f64))
            }
            None => Lowered::Number(self.builder.missing()),
        }
    }

    pub fn bands(&mut self, id: ValueId, of: &Typed, bands: &[Band]) -> Lowered {
        let lowered = self.expr(as_counted(of));
        let told = self.outlines.last();
        let score = self.single(&lowered);
        // What is known only between bounds lies between two places.
        let is_spread = is_between(&lowered) || matches!(lowered, Lowered::Count(_));
        let spread = is_spread.then(|| self.spread(&lowered));
        let range = spread.map_or_else(|| self.told(score), |spread| self.hull_of(spread));
        let mut placed: Vec<Placed> = Vec::with_capacity(bands.len());
        let mut edges: Vec<Ends> = Vec::with_capacity(bands.len());
        for band in bands {
            let low = band.low.as_ref().map(|edge| self.edge(edge));
            let high = band.high.as_ref().map(|edge| self.edge(edge));
            edges.push((low, high));
        }
        for (at, band) in bands.iter().enumerate() {
            let (low, high) = edges.get(at).copied().unwrap_or_default();
            if let (Some(low), Some(high)) = (low, high)
                && (is_less(high.range.high, low.range.low) || (band.half_open && meet(low, high)))
            {
                let cause = self.empty_band(bands, &edges, at, (of, range));
                if let Some(cause) = cause {
                    self.reports.add(cause);
                }
                return self.any_of_scale(id);
            }
            let (position, half_open, span) = (band.position, band.half_open, band.span);
            placed.push(Placed {
                position,
                low,
                high,
                half_open,
                span,
            });
        }
        // Written from the lowest band to the highest, or the other way round.
        let bottom = |band: &Placed| band.low.map_or(f64::NEG_INFINITY, |low| low.range.low);
        if let (Some(first), Some(last)) = (placed.first(), placed.last())
            && bottom(first) > bottom(last)
        {
            placed.reverse();
        }
        if !self.follow_each_other(id, &placed, of, score)
            || !self.reach(&placed, range, (of, score))
        {
            return self.any_of_scale(id);
        }
        self.fits_range(&placed, range, of);
        let parts = placed.iter().enumerate();
        let parts = parts.map(|(at, band)| BandPart {
            position: band.position,
            low: band.low.filter(|_| at > 0).map(|low| low.node),
        });
        let parts = BandParts {
            score,
            outline: told,
            bands: parts.collect(),
        };
        self.bands.insert(id, parts);
        let places = placed.iter().map(|band| f64::from(band.position));
        let least = places.clone().fold(f64::INFINITY, f64::min);
        let most = places.fold(0.0, f64::max);
        let rising = match (placed.first(), placed.last()) {
            (Some(first), Some(last)) => first.position <= last.position,
            _ => true,
        };
        let (bounds, edges) = match spread {
            None => {
                let (exact, edges) = self.place_of(&placed, score);
                let bounds = Bounds::around(&mut self.builder, exact, least.min(most), most);
                (bounds, edges)
            }
            Some(spread) => {
                let (first, edges) = self.place_of(&placed, spread.at_least);
                let (last, _) = self.place_of(&placed, spread.at_most);
                let (low, high) = if rising { (first, last) } else { (last, first) };
                let low = Bounds::around(&mut self.builder, low, least.min(most), most);
                let high = Bounds::around(&mut self.builder, high, least.min(most), most);
                let bounds = Bounds::between(&mut self.builder, low.at_least, high.at_most);
                (bounds, edges)
            }
        };
        if self.is_watched() {
            self.watch_bands(id, &placed, bounds.exact, range);
        }
        for (edge, reached) in edges {
            let written = bands.iter().filter_map(|band| band.low.as_ref());
            let written = written.clone().find(|written| written.span == edge.span);
            if let Some(written) = written {
                self.watch_edge(score, (written, edge.node), reached);
            }
        }
        Lowered::Level(bounds)
    }

    /// The place of a score, missing where that is; and for each band's lower end whether it is reached.
    fn place_of(&mut self, placed: &[Placed], score: NodeId) -> (NodeId, Vec<(Edge, NodeId)>) {
        let mut edges = Vec::new();
        let mut exact = None;
        for band in placed {
            let place = self.builder.number(f64::from(band.position));
            exact = Some(match (exact, band.low) {
                (Some(below), Some(low)) => {
                    let reached = self.builder.compare(Compare::LessOrEqual, low.node, score);
                    edges.push((low, reached));
                    self.builder.select(reached, place, below)
                }
                // Only a score that is known has a place, even where there is one band alone.
                _ => {
                    let known = self.builder.is_known(score);
                    let missing = self.builder.missing();
                    self.builder.select(known, place, missing)
                }
            });
        }
        (exact.unwrap_or_else(|| self.builder.missing()), edges)
    }

    fn watch_bands(&mut self, id: ValueId, bands: &[Placed], exact: NodeId, score: Interval) {
        for band in bands {
            let name = self.level_name(id, band.position);
            let reached = !outside(band, score);
            self.watch_band(name, band.span, (exact, band.position), reached);
        }
    }

    fn edge(&mut self, edge: &Typed) -> Edge {
        let node = self.number(edge);
        Edge {
            node,
            range: self.range(node),
            span: edge.span,
        }
    }

    /// An edge as its author wrote it.
    fn written(&self, edge: Option<Edge>) -> String {
        edge.map_or_else(
            || "no bound".to_owned(),
            |edge| self.sources.slice(edge.span).to_owned(),
        )
    }

    /// Each band begins where the one before ends, and severity goes one way.
    fn follow_each_other(
        &mut self,
        id: ValueId,
        bands: &[Placed],
        of: &Typed,
        score: NodeId,
    ) -> bool {
        let rising = match (bands.first(), bands.last()) {
            (Some(first), Some(last)) => first.position <= last.position,
            _ => true,
        };
        if self.ranges_exchanged(bands, rising) {
            return false;
        }
        for pair in bands.windows(2) {
            let [before, after] = pair else { continue };
            let in_order = if rising {
                before.position < after.position
            } else {
                before.position > after.position
            };
            if !in_order {
                let same = (before.position == after.position)
                    .then(|| self.level_name(id, before.position).to_owned());
                self.reports.add(BandsOutOfOrder {
                    first: before.span,
                    second: after.span,
                    same,
                    exchange: None,
                });
                return false;
            }
            let (high, low) = match (before.high, after.low) {
                (Some(high), Some(low)) => (high, low),
                _ => {
                    self.overlap(before, after);
                    return false;
                }
            };
            let same = high.node == low.node || meet(low, high);
            if (same && before.half_open) || self.neighbours(before, high, low, (of, score)) {
                continue;
            }
            if same || is_less(low.range.high, high.range.low) {
                self.overlap(before, after);
                return false;
            }
            // Dated edges that are not one and the same cannot be seen to meet.
            let between = round_between(high.range.high, low.range.low);
            let between = self.amount(between, &of.ty);
            self.reports.add(BandsHole {
                first: before.span,
                first_high: self.written(before.high),
                half_open: before.half_open,
                second: after.span,
                second_low: self.written(after.low),
                example: between,
                rounded: self.rounded(bands, (high, low), of),
                left_out: self.levels_between(id, before, after),
            });
            return false;
        }
        true
    }

    /// The score, rounded so that bands with closed ends meet: where all their ends have as many decimals, and each
    /// begins one step above the end before it.
    fn rounded(&self, bands: &[Placed], (high, low): (Edge, Edge), of: &Typed) -> Option<String> {
        let one = |edge: Edge| edge.range.is_one_number().then_some(edge.range.low);
        let gap = one(low)? - one(high)?;
        let decimals = (0..=9_i8).find(|decimals| {
            let step = 10_f64.powi(-i32::from(*decimals));
            is_same(gap, step)
        })?;
        let on_grid =
            |edge: Edge| one(edge).is_some_and(|x| is_same(crate::decimal::round(x, decimals), x));
        let meets = bands.windows(2).all(|pair| match pair {
            [before, after] => {
                let (Some(high), Some(low)) = (before.high, after.low) else {
                    return false;
                };
                let step = one(low).zip(one(high)).map(|(low, high)| low - high);
                let follows = step.is_some_and(|step| is_same(step, gap));
                !before.half_open && follows && on_grid(high) && on_grid(low)
            }
            _ => true,
        });
        let words = self.sources.slice(of.span);
        let is_rounded = words.starts_with("round(") || words.contains('\n');
        (meets && !is_rounded).then(|| format!("round({words}, {decimals})"))
    }

    /// Tells levels in the order of the scale with ranges that are not.
    fn ranges_exchanged(&mut self, bands: &[Placed], rising: bool) -> bool {
        let levels_in_order = bands.windows(2).all(|pair| match pair {
            [before, after] if rising => before.position < after.position,
            [before, after] => before.position > after.position,
            _ => true,
        });
        let below = |one: &Placed, other: &Placed| match (one.low, other.low) {
            (Some(one), Some(other)) => is_less(other.range.high, one.range.low),
            _ => false,
        };
        let wrong = bands.windows(2).find_map(|pair| match pair {
            [before, after] if below(before, after) => Some((before, after)),
            _ => None,
        });
        let Some((before, after)) = wrong.filter(|_| levels_in_order) else {
            return false;
        };
        let words = |span| self.sources.slice(span).to_owned();
        self.reports.add(BandsOutOfOrder {
            first: before.span,
            second: after.span,
            same: None,
            exchange: Some((words(before.span), words(after.span))),
        });
        true
    }

    /// The levels of a scale that lie between those of two bands.
    fn levels_between(&self, id: ValueId, before: &Placed, after: &Placed) -> Vec<String> {
        let scale = match self.framework.value(id).map(|value| &value.ty) {
            Some(Type::Level(scale)) => self.framework.scale(*scale),
            _ => None,
        };
        let (from, to) = (
            before.position.min(after.position) as usize + 1,
            before.position.max(after.position) as usize,
        );
        let levels = scale.and_then(|scale| scale.levels.get(from..to));
        let levels = levels.into_iter().flatten();
        levels.map(|level| level.name.clone()).collect()
    }

    /// A rounded score has no values between two printed edges: `..1.9` and `2.0..` meet where it
    /// has one decimal, and `0..0` and `1..2` of a count.
    fn neighbours(
        &self,
        before: &Placed,
        high: Edge,
        low: Edge,
        (of, score): (&Typed, NodeId),
    ) -> bool {
        let whole = is_whole(of).then_some(0);
        let Some(decimals) = whole.or_else(|| self.decimals(score)) else {
            return false;
        };
        let step = 10_f64.powi(-i32::from(decimals));
        let on_grid = |x: f64| crate::decimal::round(x, decimals) == x;
        let gap = crate::decimal::round(low.range.low - high.range.high, decimals);
        !before.half_open
            && high.range.is_one_number()
            && low.range.is_one_number()
            && on_grid(high.range.high)
            && on_grid(low.range.low)
            && gap == crate::decimal::round(step, decimals)
    }

    fn overlap(&mut self, before: &Placed, after: &Placed) {
        self.reports.add(BandsOverlap {
            first: before.span,
            first_high: self.written(before.high),
            half_open: before.half_open,
            second: after.span,
            second_low: self.written(after.low),
        });
    }

    /// The bands reach as far as the score can go.
    fn reach(
        &mut self,
        bands: &[Placed],
        range: Interval,
        (typed, node): (&Typed, NodeId),
    ) -> bool {
        if self.rests_on_doubt() {
            return true;
        }
        let of = typed.span;
        let score = (of, node);
        let ends = is_end(range.low) && is_end(range.high);
        let weights = ends.then(|| self.odd_weights(typed)).flatten();
        let mut reached = true;
        if let Some(first) = bands.first()
            && let Some(low) = first.low
            && is_less(range.low, low.range.high)
        {
            let edge = self.written(first.low);
            let bound = self.amount(range.low, &typed.ty);
            let band = first.span;
            let from = self.opener(score, true);
            let other = self.written(first.high);
            self.reports.add(BandsDoNotReach {
                band,
                from,
                other,
                edge,
                score: of,
                bound,
                low_end: true,
                half_open: false,
                weights: weights.clone(),
            });
            reached = false;
        }
        if let Some(last) = bands.last()
            && let Some(high) = last.high
            && (is_less(high.range.low, range.high)
                || (last.half_open && is_same(range.high, high.range.low)))
        {
            let edge = self.written(last.high);
            // What bends a score at its lower end mostly bends it at the other.
            if !reached && weights.is_some() {
                return false;
            }
            let bound = self.amount(range.high, &typed.ty);
            let band = last.span;
            let from = self.opener(score, false);
            let other = self.written(last.low);
            self.reports.add(BandsDoNotReach {
                band,
                from,
                other,
                edge,
                score: of,
                bound,
                low_end: false,
                half_open: last.half_open,
                weights,
            });
            reached = false;
        }
        reached
    }

    /// The operand that the score has its end from, with its words, where that is another one.
    fn opener(&self, (of, score): (Span, NodeId), low: bool) -> Option<(Span, String)> {
        let (from, why) = self.builder.end_from(score, low);
        let declared = self.values.iter().filter_map(|(id, value)| match value {
            Lowered::Number(node) if *node == from => self.framework.value(*id),
            Lowered::Number(_)
            | Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. } => None,
        });
        // Several can be one and the same: the first that is written.
        let declared = declared.min_by_key(|value| value.span);
        let is_named = matches!(why, Opener::Own | Opener::Choice);
        let (span, name) = match declared.filter(|_| is_named) {
            Some(value) => (value.span, value.name.clone()),
            // The choice itself is what is asked about.
            None if why == Opener::Choice => return None,
            None => {
                let span = self.builder.span(from)?;
                (span, self.sources.slice(span).to_owned())
            }
        };
        let told = self.builder.told(from);
        // Operations turn ranges round: what opens the upper end of a difference may have no lower one.
        let is_open = told.low <= -FAR || told.high >= FAR;
        let low = if is_open {
            told.high < FAR || low && told.low <= -FAR
        } else {
            low
        };
        let end = if low { told.low } else { told.high };
        let side = if low { "lower" } else { "upper" };
        let says = match (why, end.abs() >= FAR) {
            (Opener::Division, _) => "divides by what can be 0".to_owned(),
            (Opener::Logarithm, _) => "takes the logarithm of what can be 0".to_owned(),
            (Opener::Own | Opener::Choice, true) => format!("has no {side} end"),
            (Opener::Own | Opener::Choice, false) if low => {
                format!("goes down to {}", show_end(end))
            }
            (Opener::Own | Opener::Choice, false) => format!("goes up to {}", show_end(end)),
        };
        let is_other = from != score && span != of && !name.contains('\n');
        is_other.then(|| (span, format!("`{name}` {says}")))
    }

    /// Bands that no score can reach are said, in one message.
    fn fits_range(&mut self, bands: &[Placed], range: Interval, of: &Typed) {
        let mut out = bands.iter().filter(|band| outside(band, range));
        let Some(first) = out.next() else {
            return;
        };
        let others: Vec<Span> = out.map(|band| band.span).collect();
        let top = bands.last().and_then(|band| band.high);
        // Bands of a score in percent, and a score whose whole is 1.
        let hundred = range.high <= 1.0
            && !others.is_empty()
            && top.is_some_and(|top| (50.0..=100.0).contains(&top.range.high));
        self.reports.add(BandOutsideRange {
            band: first.span,
            low: self.written(first.low),
            high: self.written(first.high),
            others,
            score_low: self.amount(range.low, &of.ty),
            score_high: self.amount(range.high, &of.ty),
            score: of.span,
            hundred: hundred.then(|| format!("100 * ({})", self.sources.slice(of.span))),
        });
    }
}

/// Where a band begins and ends.
pub(super) type Ends = (Option<Edge>, Option<Edge>);

/// Are two edges one and the same number?
fn meet(a: Edge, b: Edge) -> bool {
    a.range.is_one_number() && b.range.is_one_number() && is_same(a.range.low, b.range.low)
}

/// Does a score of that range never lie in the band?
fn outside(band: &Placed, range: Interval) -> bool {
    let above = band
        .low
        .is_some_and(|low| is_less(range.high, low.range.low));
    let below = band.high.is_some_and(|high| {
        is_less(high.range.high, range.low)
            || (band.half_open && is_at_most(high.range.high, range.low))
    });
    above || below
}

/// A number between two, with as few decimals as it takes.
fn round_between(low: f64, high: f64) -> f64 {
    let middle = f64::midpoint(low, high);
    (0..15)
        .map(|decimals| {
            let tens = 10_f64.powi(decimals);
            (middle * tens).round() / tens
        })
        .find(|round| low < *round && *round < high)
        .unwrap_or(middle)
}
