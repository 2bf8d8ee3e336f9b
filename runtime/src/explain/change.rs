//! What would change a result: the smallest change of one input, and of two, that makes it another.
//!
//! An input's range is its declared one, and where that is open it goes on beyond all that rules and data name. Between the
//! present value and each end a number of steps is tried, and the places at which the rules tell values apart; where the
//! result first differs the place is narrowed down to neighbouring doubles. A result that changes and changes back
//! between two of these is not seen. Inputs are tried in the explained period alone; earlier periods stay.

use forewarn_plan::{InputKind, NodeId, Value};

use super::edges::inner;
use super::evidence::Evidence;
use super::input_ends::{ends, far_ends};
use super::narrow::{first, named, short};
use super::nodes::shown;
use super::settle::{input_value, values_to_try};
use super::tree::{Counterfactual, Flip, Move, Shown, Untried};
use super::trial::Trial;

/// Steps on the way to each end of a range.
const STEPS: u32 = 16;
/// So many inputs are tried two by two: those whose own change is the smallest, then those that move
/// the most comparisons.
const PAIRED: usize = 16;
/// Of the way to where something flips: as near as makes no difference to what is told.
const BEFORE: f64 = 1.0 - 1e-12;
/// So many pairs of values are tried where the ends of all ways do nothing.
const MOST_PAIRS: usize = 10_000;

/// An input that can be varied.
struct Lever {
    input: usize,
    node: NodeId,
    now: f64,
    /// Values further and further away, each way; all others where it is no number.
    ways: Vec<Vec<f64>>,
    /// Values on its ways that the rules tell apart.
    inner: Vec<f64>,
    /// What data can hold.
    range: (f64, f64),
    high_excluded: bool,
    /// By which a change is measured.
    width: f64,
    numeric: bool,
    places: Vec<usize>,
    /// The size of its own smallest change that flips the result.
    alone: f64,
    /// By way, where its own change begins to flip it.
    edges: Vec<Option<f64>>,
    /// How many comparisons its range decides.
    moves: usize,
}

impl Lever {
    /// As far as its ways go without a flip by it alone.
    fn far(&self) -> Vec<f64> {
        let edges = self.edges.iter().copied().chain(std::iter::repeat(None));
        let ways = self.ways.iter().zip(edges);
        let ends = ways.filter_map(|(way, edge)| match edge {
            None => way.last().copied(),
            Some(edge) if self.numeric => Some(self.now + (edge - self.now) * BEFORE),
            // It does it by itself, and needs no other.
            Some(_) => None,
        });
        ends.collect()
    }

    /// The same, and the values that the rules tell apart.
    fn all(&self) -> Vec<f64> {
        [self.far(), self.inner.clone()].concat()
    }

    /// Can data hold that number?
    fn holds(&self, x: f64) -> bool {
        let (low, high) = self.range;
        low <= x && x <= high && !(self.high_excluded && x >= high)
    }
}

struct Search<'e> {
    evidence: &'e Evidence<'e>,
    value: &'e Value,
    trial: Trial<'e>,
    now: Shown,
    /// The numbers of the result's nodes.
    numbers: Vec<(NodeId, f64)>,
}

pub(super) fn change<'e>(evidence: &'e Evidence<'e>, value: &'e Value) -> Counterfactual {
    let number = |node: NodeId| {
        let cell = evidence.values.cell(node);
        cell.map_or(f64::NAN, |cell| cell.as_number())
    };
    let now = shown(value, number);
    let nodes = value.nodes().into_iter();
    let mut search = Search {
        evidence,
        value,
        trial: Trial::of(evidence, &value.nodes()),
        now,
        numbers: nodes.map(|node| (node, number(node))).collect(),
    };
    let (mut levers, untried) = search.levers();
    let mut one: Vec<Flip> = Vec::new();
    for lever in &mut levers {
        if let Some(flip) = search.alone(lever) {
            lever.alone = flip.size;
            one.push(flip);
        }
    }
    one.sort_by(|a, b| a.size.total_cmp(&b.size));
    // Where the least that there is changes it, nobody asks for two.
    let is_least = |one: &Move| one.beyond.as_ref() == Some(&one.from);
    let on_the_edge = one.iter().any(|flip| flip.moves.iter().all(is_least));
    let mut two = Vec::new();
    if !on_the_edge {
        two = search.pairs(&mut levers, Lever::far);
        // Before it is said that no two do, the places on the way are tried that the rules tell apart.
        let all = levers.iter().take(PAIRED);
        let all: usize = all.map(|lever| lever.all().len()).sum();
        if one.is_empty() && two.is_empty() && all * all <= MOST_PAIRS {
            two = search.pairs(&mut levers, Lever::all);
        }
    }
    Counterfactual { one, two, untried }
}

impl<'e> Search<'e> {
    fn levers(&self) -> (Vec<Lever>, Untried) {
        let beyond = self.evidence.beyond(self.value.nodes().into_iter());
        let mut untried = Untried::default();
        let mut levers = Vec::new();
        for &(input, node) in self.evidence.input_nodes() {
            let Some(info) = self.evidence.plan.inputs.get(input) else {
                continue;
            };
            if !info.kind.has_column() {
                continue;
            }
            if !self.evidence.applies(input)
                || self.evidence.is_of_a_carried_one(input)
                || beyond.note(input, &info.name, &mut untried)
            {
                continue;
            }
            let Some(now) = self.evidence.values.known(node) else {
                continue;
            };
            // A declassified value follows from others: it is not varied by itself.
            if self.evidence.is_sealed(input) {
                continue;
            }
            if !self.trial.needs(node) {
                continue;
            }
            let numeric = info.kind == InputKind::Number;
            let mut told_apart = Vec::new();
            let (ways, width) = if numeric {
                let (low, high) = ends(self.evidence, input, info);
                let far = far_ends(self.evidence, info);
                told_apart = inner(self.evidence, (input, node), info);
                told_apart.retain(|x| *x != now);
                let ways = [(low, far.0), (high, far.1)].into_iter();
                let ways = ways.map(|(end, far)| by_way_of(way(now, end, far), now, &told_apart));
                let ways = ways.filter(|way| !way.is_empty()).collect();
                // Of an open range of which the data show one value, this is the measure.
                let width = high - low;
                let width = if width > 0.0 {
                    width
                } else {
                    now.abs().max(1.0)
                };
                (ways, width)
            } else {
                let values = values_to_try(self.evidence, input, info);
                let width = values.len().saturating_sub(1).max(1) as f64;
                let others = values.into_iter().filter(|x| *x != now);
                (others.map(|x| vec![x]).collect(), width)
            };
            if !(width > 0.0 && width.is_finite()) {
                continue;
            }
            let places = self.trial.places(node);
            if places.is_empty() {
                continue;
            }
            levers.push(Lever {
                input,
                node,
                now,
                ways,
                inner: told_apart,
                range: (info.low, info.high),
                high_excluded: info.high_excluded,
                width,
                numeric,
                places,
                alone: f64::INFINITY,
                edges: Vec::new(),
                moves: 0,
            });
        }
        (levers, untried)
    }

    fn result(&mut self, changed: &[(NodeId, f64)]) -> Shown {
        let value = self.value;
        self.trial
            .with(changed, |tried| shown(value, |node| tried.number(node)))
    }

    /// Does it come to something else? That it has no result any more is no change that anyone asks for.
    fn differs(&mut self, changed: &[(NodeId, f64)]) -> bool {
        let (value, now, numbers) = (self.value, &self.now, &self.numbers);
        self.trial.with(changed, |tried| {
            let mut pairs = numbers.iter();
            if pairs.all(|(node, now)| is_same(tried.number(*node), *now)) {
                return false;
            }
            let result = shown(value, |node| tried.number(node));
            result != *now && (says_nothing(now) || !says_nothing(&result))
        })
    }

    /// A new observation that says hardly anything else, where any new one does it: it is verified otherwise than the one
    /// that was carried here.
    fn anew(&mut self, lever: &Lever) -> Option<Flip> {
        let nearest = lever.ways.iter().filter_map(|way| way.first().copied());
        let differs = |x: &f64| self.differs(&[(lever.node, *x)]);
        let at = nearest.filter(differs).min_by(|a, b| {
            let far = |x: &f64| (x - lever.now).abs();
            far(a).total_cmp(&far(b))
        })?;
        let to = match lever.numeric {
            true => short(lever.now, at, &mut |x| {
                lever.holds(x) && self.differs(&[(lever.node, x)])
            }),
            false => at,
        };
        let becomes = self.result(&[(lever.node, to)]);
        Some(Flip {
            moves: vec![self.movement(lever, to, None)?],
            becomes,
            size: (to - lever.now).abs() / lever.width,
        })
    }

    /// The smallest change of one input.
    fn alone(&mut self, lever: &mut Lever) -> Option<Flip> {
        if self.differs(&[(lever.node, lever.now)]) {
            return self.anew(lever);
        }
        let mut best: Option<f64> = None;
        let mut edges = Vec::with_capacity(lever.ways.len());
        for way in &lever.ways {
            let mut edge = None;
            let mut last = lever.now;
            for x in way {
                if self.differs(&[(lever.node, *x)]) {
                    let at = if lever.numeric {
                        first(last, *x, &mut |x| self.differs(&[(lever.node, x)]))
                    } else {
                        *x
                    };
                    let nearer =
                        best.is_none_or(|best| (at - lever.now).abs() < (best - lever.now).abs());
                    if nearer {
                        best = Some(at);
                    }
                    edge = Some(at);
                    break;
                }
                last = *x;
            }
            edges.push(edge);
        }
        lever.edges = edges;
        let exact = best?;
        let (to, beyond) = if lever.numeric {
            named((lever.now, lever.width), exact, &mut |x| {
                lever.holds(x) && self.differs(&[(lever.node, x)])
            })
        } else {
            (exact, None)
        };
        let becomes = self.result(&[(lever.node, to)]);
        Some(Flip {
            moves: vec![self.movement(lever, to, beyond)?],
            becomes,
            size: (to - lever.now).abs() / lever.width,
        })
    }

    fn movement(&self, lever: &Lever, to: f64, beyond: Option<f64>) -> Option<Move> {
        let info = self.evidence.plan.inputs.get(lever.input)?;
        Some(Move {
            input: info.name.clone(),
            label: info.label.clone(),
            from: input_value(info, lever.now),
            to: input_value(info, to),
            beyond: beyond.map(|x| input_value(info, x)),
        })
    }

    /// The smallest changes of two inputs, where neither needs its own alone.
    /// They go as far as `to` says.
    fn pairs(&mut self, levers: &mut [Lever], to: fn(&Lever) -> Vec<f64>) -> Vec<Flip> {
        for lever in levers.iter_mut() {
            lever.moves = self.moved(lever);
        }
        levers.sort_by(|a, b| {
            let sizes = a.alone.total_cmp(&b.alone);
            sizes
                .then(b.moves.cmp(&a.moves))
                .then(a.input.cmp(&b.input))
        });
        let levers = levers.get(..PAIRED.min(levers.len())).unwrap_or_default();
        let mut found: Vec<Flip> = Vec::new();
        let mut best = f64::INFINITY;
        for (at, a) in levers.iter().enumerate() {
            for b in levers.iter().skip(at + 1) {
                for x in to(a) {
                    for y in to(b) {
                        let least = a.alone.min(b.alone).min(best);
                        if let Some(flip) = self.together((a, x), (b, y), least) {
                            best = best.min(flip.size);
                            found.push(flip);
                        }
                    }
                }
            }
        }
        found.sort_by(|a, b| a.size.total_cmp(&b.size));
        found.truncate(3);
        found
    }

    /// How many truths below the result the ends of an input's range turn.
    fn moved(&mut self, lever: &Lever) -> usize {
        let nodes: Vec<NodeId> = lever
            .places
            .iter()
            .filter_map(|place| self.evidence.nodes.get(*place).copied())
            .filter(|id| {
                let node = self.evidence.flat.node(*id);
                node.is_some_and(|node| node.op.lane() == forewarn_plan::Lane::Truth)
            })
            .collect();
        let before: Vec<f64> = nodes
            .iter()
            .map(|node| {
                let cell = self.evidence.values.cell(*node);
                cell.map_or(f64::NAN, |cell| cell.as_number())
            })
            .collect();
        let ends: Vec<f64> = lever
            .ways
            .iter()
            .filter_map(|way| way.last().copied())
            .collect();
        ends.into_iter()
            .map(|x| {
                self.trial.with(&[(lever.node, x)], |tried| {
                    let pairs = nodes.iter().zip(&before);
                    pairs
                        .filter(|(node, before)| {
                            let now = tried.number(**node);
                            now.to_bits() != before.to_bits() && !(now.is_nan() && before.is_nan())
                        })
                        .count()
                })
            })
            .max()
            .unwrap_or(0)
    }

    /// Both towards an end: as little of both as will do, then as little of each as will do with the
    /// other. `None` where the sum is not below `least`, or one of them does alone.
    fn together(
        &mut self,
        (a, x): (&Lever, f64),
        (b, y): (&Lever, f64),
        least: f64,
    ) -> Option<Flip> {
        let at = |x: f64, y: f64| [(a.node, x), (b.node, y)];
        if !self.differs(&at(x, y)) {
            return None;
        }
        let size = |x: f64, y: f64| (x - a.now).abs() / a.width + (y - b.now).abs() / b.width;
        let (mut x, mut y) = (x, y);
        if a.numeric && b.numeric {
            let (far_x, far_y) = (x, y);
            let way =
                |from: f64, to: f64, t: f64| if t >= 1.0 { to } else { from + (to - from) * t };
            // As much of the way as would be too far already.
            let part = self.coarse(|search, t| {
                let (x, y) = (way(a.now, far_x, t), way(b.now, far_y, t));
                search.differs(&at(x, y))
            });
            (x, y) = (way(a.now, far_x, part), way(b.now, far_y, part));
        }
        // Moving one of them back, then the other, never makes the sum larger; roughly first, exactly
        // only where that is worth it.
        let (mut rough_x, mut rough_y) = (x, y);
        if a.numeric {
            let t = self.coarse(|search, t| search.differs(&at(a.now + (x - a.now) * t, y)));
            rough_x = a.now + (x - a.now) * t;
        }
        if b.numeric {
            let t = self.coarse(|search, t| search.differs(&at(rough_x, b.now + (y - b.now) * t)));
            rough_y = b.now + (y - b.now) * t;
        }
        let coarsest = 2.0 / 1024.0 * size(x, y);
        if size(rough_x, rough_y) - coarsest > least {
            return None;
        }
        if a.numeric {
            x = first(a.now, x, &mut |x| self.differs(&at(x, y)));
        }
        if b.numeric {
            y = first(b.now, y, &mut |y| self.differs(&at(x, y)));
        }
        let (mut beyond_x, mut beyond_y) = (None, None);
        if a.numeric {
            (x, beyond_x) = named((a.now, a.width), x, &mut |x| {
                a.holds(x) && self.differs(&at(x, y))
            });
        }
        if b.numeric {
            (y, beyond_y) = named((b.now, b.width), y, &mut |y| {
                b.holds(y) && self.differs(&at(x, y))
            });
        }
        // As far as the other goes now, not as it stood when the first was narrowed down.
        beyond_x = beyond_x.filter(|near| !self.differs(&at(*near, y)));
        beyond_y = beyond_y.filter(|near| !self.differs(&at(x, *near)));
        let needs_both = self.result(&at(x, b.now)) == self.now
            && self.result(&at(a.now, y)) == self.now
            && x != a.now
            && y != b.now;
        let size = size(x, y);
        if !needs_both || size >= least || !self.differs(&at(x, y)) {
            return None;
        }
        Some(Flip {
            moves: vec![
                self.movement(a, x, beyond_x)?,
                self.movement(b, y, beyond_y)?,
            ],
            becomes: self.result(&at(x, y)),
            size,
        })
    }

    /// The part of a way, to a thousandth, at which something differs that differs at its end.
    fn coarse(&mut self, mut differs: impl FnMut(&mut Self, f64) -> bool) -> f64 {
        let (mut same, mut other) = (0.0, 1.0);
        for _ in 0..10 {
            let middle = f64::midpoint(same, other);
            if differs(self, middle) {
                other = middle;
            } else {
                same = middle;
            }
        }
        other
    }
}

fn is_same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

/// Nothing at all is known of it.
fn says_nothing(value: &Shown) -> bool {
    match value {
        Shown::Number { value, .. } => value.is_nan(),
        Shown::Category(name) => name.is_none(),
        Shown::Between {
            value,
            at_least,
            at_most,
            ..
        } => value.is_nan() && at_least.is_nan() && at_most.is_nan(),
        // That nobody knows is an answer as good as any.
        Shown::Truth(_) | Shown::Level { .. } | Shown::Count { .. } | Shown::Withheld(_) => false,
    }
}

/// Values on the way to the end of a range, and where it is open further on: twice as far, and so on.
fn way(now: f64, end: f64, far: Option<f64>) -> Vec<f64> {
    let mut way = match end.is_finite() && end != now {
        true => steps(now, end),
        false => Vec::new(),
    };
    let Some(far) = far else {
        return way;
    };
    let from = if end.is_finite() { end } else { now };
    let mut step = from.abs().max(1.0).copysign(far);
    while step.abs() < far.abs() {
        way.push(from + step);
        step *= 2.0;
    }
    way.push(far);
    way.retain(|x| if far > 0.0 { *x > now } else { *x < now });
    way
}

/// The same way with the places on it at which the rules tell values apart.
fn by_way_of(mut way: Vec<f64>, now: f64, places: &[f64]) -> Vec<f64> {
    let Some(end) = way.last().copied() else {
        return way;
    };
    let is_on_it = |x: &&f64| match end > now {
        true => now < **x && **x < end,
        false => end < **x && **x < now,
    };
    way.extend(places.iter().filter(is_on_it));
    way.sort_by(|a, b| (a - now).abs().total_cmp(&(b - now).abs()));
    way.dedup();
    way
}

/// Values on the way to an end: evenly, and closer together near the beginning.
fn steps(from: f64, to: f64) -> Vec<f64> {
    let far = to - from;
    let near = [1e-4, 1e-3, 1e-2].map(|part| from + far * part);
    let even = (1..STEPS).map(|step| from + far * f64::from(step) / f64::from(STEPS));
    let mut steps: Vec<f64> = near
        .into_iter()
        .chain(even)
        .filter(|x| *x != from)
        .collect();
    steps.push(to);
    steps
}
