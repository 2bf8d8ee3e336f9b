//! Functions along time as nodes.
//!
//! The few operations that a Plan has along time carry numbers; truths go through them as 1, 0 and
//! missing, levels as their two bounds. What a function asks of earlier rows it asks of all of them,
//! whatever condition stands around it here.

use super::Lowerer;
use super::value::{Bounds, Lowered, is_between};
use crate::checked::evidence::{Memory, Search, Through};
use crate::diagnostics::panel_functions::PastOfPeers;
use crate::interval::Interval;
use crate::plan::along::{Along, Gap, OfSpell, Paired, Recall, Side, WHOLE, Window};
use crate::plan::{Binary, Compare, NodeId};
use crate::typed::{AlongTime, TimeFunction, Typed, TypedKind, ValueId};
use crate::types::Type;
use forewarn_grammar::ast::CompareOp;

/// The periods that a function looks back on.
#[derive(Clone, Copy, Debug)]
pub struct Back {
    over: u32,
    require: u32,
    anchor: Option<Anchor>,
}

/// What a window without a fixed length hangs on.
#[derive(Clone, Copy, Debug)]
enum Anchor {
    /// It begins where this was last 1.
    Since(NodeId),
    /// It is the whole spell in which the row lies, which began in the period that this says.
    Spell(NodeId),
}

/// The one earlier period that a function reads.
#[derive(Clone, Copy, Debug)]
enum Then {
    /// So many periods ago.
    Ago(u32),
    /// The one whose number the node gives.
    In(NodeId),
}

/// Beyond it lies no end but one that is open.
const BEYOND: f64 = 1e300;

/// What stands for an end of which nothing is known, while it is passed on.
fn open_end(side: Side) -> f64 {
    match side {
        Side::Most => f64::MAX,
        Side::Least | Side::Exact => -f64::MAX,
    }
}

impl Back {
    /// How many periods have to be known.
    pub(super) fn require(self) -> u32 {
        self.require
    }

    /// The same with so many known ones required.
    pub(super) fn requiring(self, require: u32) -> Self {
        Self { require, ..self }
    }
}

impl Lowerer<'_> {
    pub fn along_time(&mut self, call: &AlongTime) -> Lowered {
        let guard = self.builder.site.guard.take();
        if let Some((first, gap)) = &call.recall {
            let result = self.recall(call, first, *gap);
            self.builder.site.guard = guard;
            return result;
        }
        let of = self.expr(&call.of);
        let since = call.since.as_ref().map(|event| {
            let event = self.truth(event);
            self.builder.indicate(event)
        });
        let spell = call.within.as_ref().map(|spell| self.spell(spell));
        let since_event = since.map(Anchor::Since);
        let back = Back {
            over: call.over,
            require: call.require,
            anchor: since_event.or(spell.map(Anchor::Spell)),
        };
        let when = match (&call.threshold, since) {
            (Some(period), _) if call.what == TimeFunction::At => Some(self.number(period)),
            (_, Some(event)) if call.what == TimeFunction::At => Some(self.period_of(event)),
            _ => None,
        };
        let then = when.map_or(Then::Ago(call.over), Then::In);
        let told = spell.map(|spell| {
            let x = self.as_number_node(&of);
            self.of_spell(OfSpell::End, x, spell, WHOLE)
        });
        let result = self.of_series(call, of, back, then);
        self.builder.site.guard = guard;
        self.outlines.spell = told;
        result
    }

    /// What a value was in an earlier period, with a stated beginning. Its own node comes with the value
    /// that is being lowered. Of what lies between bounds, the least and the most are read each by itself.
    fn recall(&mut self, call: &AlongTime, first: &Typed, gap: Gap) -> Lowered {
        let first = self.expr(first);
        let ahead = if let TypedKind::Earlier(id) = call.of.kind {
            Some(id)
        } else {
            None
        };
        let of = match ahead {
            Some(id) => self.values.get(&id).cloned(),
            None => Some(self.expr(&call.of)),
        };
        match call.of.ty {
            Type::Truth => {
                let node = self.recalled(
                    call,
                    gap,
                    (of.as_ref(), &first),
                    Side::Exact,
                    Interval::UNIT,
                );
                Lowered::Truth(self.is_one(node))
            }
            Type::Level(_) => {
                let range = Interval::new(0.0, self.highest(call));
                let mut side = |side| self.recalled(call, gap, (of.as_ref(), &first), side, range);
                // Where nobody knows it, its author says which it is.
                if gap != Gap::Missing {
                    return Lowered::Level(Bounds::one(side(Side::Exact)));
                }
                let (least, most) = (side(Side::Least), side(Side::Most));
                Lowered::Level(Bounds::between(&mut self.builder, least, most))
            }
            Type::Number(_) | Type::Category(_) | Type::Count | Type::List(_) | Type::Error => {
                let has_ends = match (&of, ahead) {
                    (Some(of), _) => is_between(of),
                    (None, Some(id)) => self.carries_ends(id),
                    (None, None) => false,
                };
                let mut side =
                    |side| self.recalled(call, gap, (of.as_ref(), &first), side, Interval::ALL);
                if !has_ends {
                    return Lowered::Number(side(Side::Exact));
                }
                let (mut least, mut most) = (side(Side::Least), side(Side::Most));
                if gap != Gap::Missing {
                    least = self.unless_open(least, Side::Least);
                    most = self.unless_open(most, Side::Most);
                }
                Lowered::Between(Bounds::between(&mut self.builder, least, most))
            }
        }
    }

    /// An end as it was passed on, missing where the value had none on that side.
    fn unless_open(&mut self, end: NodeId, side: Side) -> NodeId {
        let open = self.builder.number(BEYOND.copysign(open_end(side)));
        let is_open = match side {
            Side::Most => self.builder.compare(Compare::Less, open, end),
            Side::Least | Side::Exact => self.builder.compare(Compare::Less, end, open),
        };
        let missing = self.builder.missing();
        self.builder.select(is_open, missing, end)
    }

    /// What is passed on of a value. Of one that is known on one side alone the other is passed on as open, so that
    /// what is said of gaps is said of periods of which nothing is known.
    fn passed_on(&mut self, value: &Lowered, side: Side, gap: Gap) -> NodeId {
        let end = self.side_of(value, side);
        let other = match side {
            Side::Least => Side::Most,
            Side::Most => Side::Least,
            Side::Exact => return end,
        };
        if gap == Gap::Missing {
            return end;
        }
        let other = self.side_of(value, other);
        let open = self.builder.number(open_end(side));
        let missing = self.builder.missing();
        let has_other = self.builder.is_known(other);
        let open = self.builder.select(has_other, open, missing);
        let is_known = self.builder.is_known(end);
        self.builder.select(is_known, end, open)
    }

    /// One side of what a value was.
    fn recalled(
        &mut self,
        call: &AlongTime,
        gap: Gap,
        (of, first): (Option<&Lowered>, &Lowered),
        side: Side,
        range: Interval,
    ) -> NodeId {
        let first = self.side_of(first, side);
        let of = of.map(|of| self.passed_on(of, side, gap));
        let ahead = if let TypedKind::Earlier(id) = call.of.kind {
            Some(id)
        } else {
            None
        };
        let name = ahead.and_then(|id| self.framework.value(id));
        let recall = Recall {
            of: of.unwrap_or(first),
            ago: call.over,
            gap,
            name: name.map_or(String::new(), |value| value.name.clone()),
            side,
        };
        let node = self.builder.recall(recall, first, range);
        match of {
            Some(of) => self.builder.settle(node, of),
            None => self.pending.extend(ahead.map(|id| (id, node, side, gap))),
        }
        node
    }

    fn side_of(&mut self, value: &Lowered, side: Side) -> NodeId {
        match side {
            Side::Exact => self.as_number_node(value),
            Side::Least => self.spread(value).at_least,
            Side::Most => self.spread(value).at_most,
        }
    }

    /// Will a value that is not lowered yet lie between bounds?
    fn carries_ends(&self, id: ValueId) -> bool {
        let framework = self.framework;
        let values = |id| framework.value(id);
        let functions = |id| framework.function(id);
        let mut search = Search {
            values: &values,
            functions: &functions,
            bounds: true,
            through: Through::Ends,
            memory: Memory::default(),
        };
        search.value(id).is_some()
    }

    /// Tells what was read of a value's past, now that its own node is there.
    pub(super) fn settle_past(&mut self, id: ValueId) {
        if !self.pending.iter().any(|(ahead, ..)| *ahead == id) {
            return;
        }
        let Some(lowered) = self.values.get(&id).cloned() else {
            return;
        };
        let pending = std::mem::take(&mut self.pending);
        for (ahead, recall, side, gap) in pending {
            if ahead == id {
                let of = self.passed_on(&lowered, side, gap);
                self.builder.settle(recall, of);
            } else {
                self.pending.push((ahead, recall, side, gap));
            }
        }
    }

    /// Tells where something rests on its own past by way of peers.
    pub(super) fn tell_past_of_peers(&mut self) {
        let found = self.builder.pasts_of_peers();
        let mut told = std::collections::BTreeSet::new();
        for (name, span, of_spells) in found {
            if told.insert(name.clone()) {
                self.reports.add(PastOfPeers {
                    name,
                    span,
                    of_spells,
                });
            }
        }
    }

    /// A truth as 1, 0 and missing.
    pub(super) fn as_number_node(&mut self, value: &Lowered) -> NodeId {
        match value {
            Lowered::Truth(truth) => self.builder.indicate(*truth),
            Lowered::Number(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. } => self.single(value),
        }
    }

    fn of_series(&mut self, call: &AlongTime, of: Lowered, back: Back, then: Then) -> Lowered {
        let (over, require) = (back.over, back.require);
        match (call.what, of) {
            (TimeFunction::Lag | TimeFunction::At, Lowered::Truth(truth)) => {
                let node = self.builder.indicate(truth);
                let node = self.earlier(node, then);
                Lowered::Truth(self.is_one(node))
            }
            (TimeFunction::Lag | TimeFunction::At, Lowered::Level(bounds)) => {
                Lowered::Level(self.lagged(bounds, then, self.highest(call)))
            }
            (TimeFunction::Lag | TimeFunction::At, Lowered::Count(bounds)) => {
                let most = self.range(bounds.at_most).high;
                Lowered::Count(self.lagged(bounds, then, most))
            }
            (TimeFunction::At, Lowered::Number(node)) => Lowered::Number(self.earlier(node, then)),
            (TimeFunction::At, Lowered::Between(bounds)) => {
                Lowered::Number(self.earlier(bounds.exact, then))
            }
            (TimeFunction::Lag | TimeFunction::At, Lowered::Category(node)) => {
                Lowered::Category(self.earlier(node, then))
            }
            (_, Lowered::Between(bounds)) => self.between_series(call, bounds, back),
            (TimeFunction::Window(Window::Last) | TimeFunction::Previous, of) => {
                self.newest(call, &of, back)
            }
            (TimeFunction::Window(what @ (Window::Min | Window::Max)), Lowered::Level(bounds)) => {
                let most = self.highest(call);
                Lowered::Level(self.extreme_level(what, bounds, back, most))
            }
            (TimeFunction::Window(Window::Known), of) => {
                // A level is known where it is determined.
                let node = self.single(&of);
                Lowered::Number(self.window(Window::Known, node, back))
            }
            (TimeFunction::CountYes, Lowered::Truth(truth)) => {
                Lowered::Count(self.count_yes(truth, back))
            }
            (TimeFunction::Sustained, Lowered::Truth(truth)) => Lowered::Truth(match back.anchor {
                Some(_) => self.decided_since(truth, back, Window::Min),
                None => self.sustained(truth, over, require),
            }),
            (TimeFunction::Ever, Lowered::Truth(truth)) if back.anchor.is_some() => {
                Lowered::Truth(self.decided_since(truth, back, Window::Max))
            }
            (TimeFunction::Ever, Lowered::Truth(truth)) => {
                let node = self.builder.indicate(truth);
                let any = self.builder.along(Along::Any { over, require }, node);
                Lowered::Truth(self.is_one(any))
            }
            (TimeFunction::Since, Lowered::Truth(truth)) => {
                let node = self.builder.indicate(truth);
                Lowered::Number(self.builder.along(Along::Since, node))
            }
            (what, of) => {
                let x = self.single(&of);
                self.of_numbers(what, x, call, back)
            }
        }
    }

    pub(super) fn of_numbers(
        &mut self,
        what: TimeFunction,
        x: NodeId,
        call: &AlongTime,
        back: Back,
    ) -> Lowered {
        match what {
            TimeFunction::Window(what) => Lowered::Number(self.window(what, x, back)),
            TimeFunction::Change => {
                let before = self.then(x, back);
                let now = self.now(x, back);
                let change = self.binary(Binary::Subtract, now, before);
                Lowered::Number(self.builder.without_noise(change))
            }
            TimeFunction::Growth => {
                let before = self.then(x, back);
                let now = self.now(x, back);
                let change = self.binary(Binary::Subtract, now, before);
                let change = self.builder.without_noise(change);
                Lowered::Number(self.binary(Binary::Divide, change, before))
            }
            TimeFunction::Baseline => {
                let mean = self.window(Window::Mean, x, back);
                let mean = self.builder.along(Along::Lag(1), mean);
                Lowered::Number(self.unless_now(mean, back))
            }
            TimeFunction::CrossesAbove | TimeFunction::CrossesBelow => {
                let threshold = match &call.threshold {
                    Some(threshold) => self.number(threshold),
                    None => self.builder.missing(),
                };
                if let Some(written) = &call.threshold {
                    let side = match what == TimeFunction::CrossesAbove {
                        true => CompareOp::GreaterOrEqual,
                        false => CompareOp::LessOrEqual,
                    };
                    self.tell_never_crossed((&call.of, x), (written, threshold), side);
                }
                let before = self.builder.along(Along::Lag(1), x);
                let ends = |now, then| (now, then);
                let ((a, b), (c, d)) = if what == TimeFunction::CrossesAbove {
                    (ends(x, threshold), ends(before, threshold))
                } else {
                    (ends(threshold, x), ends(threshold, before))
                };
                // Upwards: not below it now, and below it a period ago.
                let short = self.builder.compare(Compare::Less, a, b);
                let now = self.builder.not(short);
                if let Some(written) = &call.threshold {
                    let value = Bounds {
                        exact: x,
                        at_least: x,
                        at_most: x,
                    };
                    self.watch_bounds(value, (written, threshold), short, written.span);
                }
                let then = self.builder.compare(Compare::Less, c, d);
                Lowered::Truth(self.builder.and(now, then))
            }
            TimeFunction::RecordHigh | TimeFunction::RecordLow => {
                Lowered::Truth(self.record(what, x, back))
            }
            TimeFunction::Lag
            | TimeFunction::CountYes
            | TimeFunction::Sustained
            | TimeFunction::Ever
            | TimeFunction::Previous
            | TimeFunction::At
            | TimeFunction::Recall
            | TimeFunction::Since => Lowered::Number(self.builder.along(Along::Lag(back.over), x)),
        }
    }

    /// The value that a change is a change from: so many periods ago, when the event was, or in the first period
    /// of the spell.
    pub(super) fn then(&mut self, x: NodeId, back: Back) -> NodeId {
        match back.anchor {
            None => self.builder.along(Along::Lag(back.over), x),
            Some(Anchor::Since(event)) => {
                let when = self.period_of(event);
                self.builder.paired(Paired::At, x, when)
            }
            Some(Anchor::Spell(spell)) => self.of_spell(OfSpell::First, x, spell, WHOLE),
        }
    }

    /// The value that a change leads to: the row's own, or that in the last period of the spell.
    pub(super) fn now(&mut self, x: NodeId, back: Back) -> NodeId {
        match back.anchor {
            None | Some(Anchor::Since(_)) => x,
            Some(Anchor::Spell(spell)) => self.of_spell(OfSpell::End, x, spell, WHOLE),
        }
    }

    /// The number of the last period in which an event was 1.
    fn period_of(&mut self, event: NodeId) -> NodeId {
        let now = self.builder.period(true);
        let ago = self.builder.along(Along::Since, event);
        self.builder.binary(Binary::Subtract, now, ago)
    }

    fn earlier(&mut self, x: NodeId, then: Then) -> NodeId {
        match then {
            Then::Ago(periods) => self.builder.along(Along::Lag(periods), x),
            Then::In(period) => self.builder.paired(Paired::At, x, period),
        }
    }

    /// What a function says of the periods before the row's own: nothing, where the window begins with
    /// the row itself.
    fn unless_now(&mut self, node: NodeId, back: Back) -> NodeId {
        // Of a whole spell nothing is asked that stops before the row.
        let Some(Anchor::Since(event)) = back.anchor else {
            return node;
        };
        let zero = self.builder.number(0.0);
        let missing = self.builder.missing();
        let is_not = self.builder.compare(Compare::Equal, event, zero);
        self.builder.select(is_not, node, missing)
    }

    /// A window of numbers; what lies within the values' own range stays there.
    pub(super) fn window(&mut self, what: Window, x: NodeId, back: Back) -> NodeId {
        let Back { over, .. } = back;
        let require = back.require.max(1);
        let node = match back.anchor {
            Some(Anchor::Since(event)) => {
                let window = Paired::Since { what, require };
                self.builder.paired(window, x, event)
            }
            Some(Anchor::Spell(spell)) => self.of_spell(OfSpell::Window(what), x, spell, require),
            None => {
                let window = Along::Window {
                    what,
                    over,
                    require,
                };
                self.builder.along(window, x)
            }
        };
        match what {
            Window::Mean | Window::Median => self.within_range_of(node, x),
            Window::Sum
            | Window::Min
            | Window::Max
            | Window::Last
            | Window::Known
            | Window::StdDev
            | Window::Trend => node,
        }
    }

    /// The newest known value, for `previous` of the periods before: of a truth the newest that is yes or no, of a level
    /// the newest that is determined.
    pub fn newest(&mut self, call: &AlongTime, of: &Lowered, back: Back) -> Lowered {
        let ago = u32::from(call.what == TimeFunction::Previous);
        let node = match of {
            Lowered::Truth(truth) => self.builder.indicate(*truth),
            Lowered::Number(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. } => self.single(of),
        };
        let newest = self.window(Window::Last, node, back.requiring(1));
        let mut newest = self.builder.along(Along::Lag(ago), newest);
        if ago > 0 {
            newest = self.unless_now(newest, back);
        }
        match of {
            Lowered::Truth(_) => Lowered::Truth(self.is_one(newest)),
            Lowered::Category(_) => Lowered::Category(newest),
            Lowered::Level(_) => {
                let least = self.builder.number(0.0);
                let most = self.highest(call);
                let most = self.builder.number(most);
                let at_least = self.builder.binary(Binary::Coalesce, newest, least);
                let at_most = self.builder.binary(Binary::Coalesce, newest, most);
                Lowered::Level(Bounds::between(&mut self.builder, at_least, at_most))
            }
            Lowered::Number(_) | Lowered::Count(_) | Lowered::Between(_) | Lowered::List { .. } => {
                Lowered::Number(newest)
            }
        }
    }

    /// Rounding may carry a mean past the ends of what it is a mean of; that is undone.
    pub fn within_range_of(&mut self, node: NodeId, x: NodeId) -> NodeId {
        let range = self.range(x);
        let mut kept = node;
        if range.low > -f64::MAX {
            let low = self.builder.number(range.low);
            kept = self.builder.binary(Binary::Max, kept, low);
        }
        if range.high < f64::MAX {
            let high = self.builder.number(range.high);
            kept = self.builder.binary(Binary::Min, kept, high);
        }
        kept
    }

    /// Yes in each of the last periods.
    pub fn sustained(&mut self, truth: NodeId, over: u32, require: u32) -> NodeId {
        let node = self.builder.indicate(truth);
        let every = self.builder.along(Along::Every { over, require }, node);
        self.is_one(every)
    }

    pub(super) fn is_one(&mut self, node: NodeId) -> NodeId {
        let one = self.builder.number(1.0);
        self.builder.compare(Compare::Equal, node, one)
    }

    /// The highest position of the scale that a function's value lies on.
    fn highest(&self, call: &AlongTime) -> f64 {
        match call.of.ty {
            Type::Level(id) => self
                .framework
                .scale(id)
                .map_or(0.0, |scale| scale.levels.len().saturating_sub(1) as f64),
            Type::Number(_)
            | Type::Truth
            | Type::Category(_)
            | Type::Count
            | Type::List(_)
            | Type::Error => 0.0,
        }
    }

    /// Bounds of earlier periods; before an entity's first one, all is possible.
    fn lagged(&mut self, bounds: Bounds, then: Then, most: f64) -> Bounds {
        let least = self.builder.number(0.0);
        let most = self.builder.number(most);
        let at_least = self.earlier(bounds.at_least, then);
        let at_least = self.builder.binary(Binary::Coalesce, at_least, least);
        let at_most = self.earlier(bounds.at_most, then);
        let at_most = self.builder.binary(Binary::Coalesce, at_most, most);
        Bounds::between(&mut self.builder, at_least, at_most)
    }

    /// The highest or lowest level of a window. Periods before an entity's first one can be anything.
    /// With enough periods in which the level is determined, those count, and of the others what is certain.
    fn extreme_level(&mut self, what: Window, bounds: Bounds, back: Back, most: f64) -> Bounds {
        let seen = self.window(Window::Known, bounds.at_least, back.requiring(1));
        // Of everything so far, nothing lies before it; that can be fewer than are asked for.
        let all = if back.over == WHOLE {
            back
        } else {
            back.requiring(back.over)
        };
        let whole = self.enough_periods(seen, all);
        let mut end = |node, open: bool, otherwise: f64| {
            let extreme = self.window(what, node, back.requiring(1));
            if !open || back.over == WHOLE && back.require == WHOLE {
                return extreme;
            }
            let otherwise = self.builder.number(otherwise);
            self.builder.select(whole, extreme, otherwise)
        };
        let mut at_least = end(bounds.at_least, what == Window::Min, 0.0);
        let mut at_most = end(bounds.at_most, what == Window::Max, most);
        if back.require < back.over {
            let determined = self.window(Window::Known, bounds.exact, back.requiring(1));
            let enough = self.enough_periods(determined, back);
            let certain = if what == Window::Max {
                bounds.at_least
            } else {
                bounds.at_most
            };
            let certain = self.window(what, certain, back.requiring(1));
            at_least = self.builder.select(enough, certain, at_least);
            at_most = self.builder.select(enough, certain, at_most);
        }
        // The row itself is in its window, so both are known; unless nobody knows since when that is.
        let zero = self.builder.number(0.0);
        let top = self.builder.number(most);
        let at_least = self.builder.binary(Binary::Coalesce, at_least, zero);
        let at_most = self.builder.binary(Binary::Coalesce, at_most, top);
        Bounds::between(&mut self.builder, at_least, at_most)
    }

    fn enough_periods(&mut self, known: NodeId, back: Back) -> NodeId {
        let wanted = f64::from(back.require.min(back.over));
        let wanted = self.builder.number(wanted);
        self.builder.compare(Compare::LessOrEqual, wanted, known)
    }

    /// In how many periods of a window a truth was yes: at least those in which it surely was, at
    /// most those in which it can have been, among them those before an entity's first period. With
    /// enough known ones, the others do not count. Where nobody knows when a window since an event
    /// begins, it can be any of the periods so far.
    fn count_yes(&mut self, truth: NodeId, back: Back) -> Bounds {
        let (one, zero) = (self.builder.number(1.0), self.builder.number(0.0));
        let any = back.requiring(1);
        let surely = self.builder.surely(truth);
        let surely = self.builder.select(surely, one, zero);
        let possibly = self.builder.possibly(truth);
        let possibly = self.builder.select(possibly, one, zero);
        let at_least = self.window(Window::Sum, surely, any);
        let seen = self.window(Window::Known, possibly, any);
        // Of everything so far, all of it is seen.
        let all = if back.over == WHOLE {
            seen
        } else {
            self.builder.number(f64::from(back.over))
        };
        let unseen = self.builder.binary(Binary::Subtract, all, seen);
        let at_most = self.window(Window::Sum, possibly, any);
        let at_most = self.builder.binary(Binary::Add, at_most, unseen);
        if back.over != WHOLE {
            // Those that are seen and those that are not are all of them.
            let all = Interval::new(0.0, f64::from(back.over));
            self.builder.narrow(at_most, all);
        }
        let most = match back.anchor {
            Some(Anchor::Since(_)) => {
                let so_far = Back {
                    anchor: None,
                    ..any
                };
                self.window(Window::Known, possibly, so_far)
            }
            // It can be any of the periods, later ones too.
            Some(Anchor::Spell(_)) => self.of_whole(Window::Known, possibly),
            None => all,
        };
        let ends = [(at_least, zero), (at_most, most)];
        // The row itself is in its window, so this is known wherever a window has a beginning.
        let known = |lowerer: &mut Self, node, otherwise| {
            lowerer.builder.binary(Binary::Coalesce, node, otherwise)
        };
        let mut found = ends.map(|(node, otherwise)| known(self, node, otherwise));
        if back.require < back.over {
            let told = self.builder.indicate(truth);
            let seen = self.window(Window::Known, told, any);
            let enough = self.enough_periods(seen, back);
            let yes = self.window(Window::Sum, told, any);
            let yes = self.builder.binary(Binary::Coalesce, yes, zero);
            found = found.map(|end| self.builder.select(enough, yes, end));
            if back.anchor.is_some() {
                let [least, most] = found;
                let [(_, none), (_, all)] = ends;
                found = [known(self, least, none), known(self, most, all)];
            }
        }
        let [at_least, at_most] = found;
        Bounds::between(&mut self.builder, at_least, at_most)
    }

    /// Whether a truth was yes in every period since an event (`Window::Min`), or in any of them
    /// (`Window::Max`).
    fn decided_since(&mut self, truth: NodeId, back: Back, what: Window) -> NodeId {
        let node = self.builder.indicate(truth);
        let any = self.window(what, node, back.requiring(1));
        let enough = self.window(what, node, back);
        let (one, zero) = (self.builder.number(1.0), self.builder.number(0.0));
        // One no, or one yes, settles it whatever is unknown.
        let (yes, no) = if what == Window::Min {
            (enough, any)
        } else {
            (any, enough)
        };
        let yes = self.builder.compare(Compare::Equal, yes, one);
        let no = self.builder.compare(Compare::Equal, no, zero);
        let (yes, no) = (self.builder.surely(yes), self.builder.surely(no));
        self.builder.verdict(yes, no)
    }

    /// Beyond all other values of the window: surely not where a known one is not passed, surely
    /// where enough are known and all are passed.
    fn record(&mut self, what: TimeFunction, x: NodeId, back: Back) -> NodeId {
        let high = what == TimeFunction::RecordHigh;
        let extreme = if high { Window::Max } else { Window::Min };
        if let Some(Anchor::Spell(_)) = back.anchor {
            return self.record_of_spell(extreme, x, back);
        }
        let earlier = |n: u32| {
            if n == WHOLE {
                WHOLE
            } else {
                n.saturating_sub(1).max(1)
            }
        };
        let mut passed = |require: u32| {
            let window = Back {
                over: earlier(back.over),
                require,
                ..back
            };
            let before = self.window(extreme, x, window);
            let before = self.builder.along(Along::Lag(1), before);
            let before = self.unless_now(before, back);
            let (a, b) = if high { (before, x) } else { (x, before) };
            self.builder.compare(Compare::Less, a, b)
        };
        let enough = passed(earlier(back.require));
        let any = passed(1);
        let yes = self.builder.surely(enough);
        let not = self.builder.not(any);
        let no = self.builder.surely(not);
        self.builder.verdict(yes, no)
    }
}
