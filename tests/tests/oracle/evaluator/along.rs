//! Functions of an entity's periods up to the row's own.

use forewarn_compiler::typed::{AlongTime, TimeFunction, Typed};
use forewarn_compiler::types::Type;
use forewarn_plan::along::{Gap, WHOLE, Window};

use super::arithmetic::middle;
use super::decimals::{all_equal, compare};
use super::intervals;
use super::worth::{Worth, and, not};
use super::{Place, World};

/// A window's cells, oldest first, and how many of them have to be known.
pub struct Span {
    /// Rows of the entity; periods before its first one have none.
    pub rows: Vec<usize>,
    /// How many periods lie before the entity's first one.
    pub before: usize,
    pub require: usize,
    /// It is taken from its first row on, without a cut.
    pub from_start: bool,
}

/// By how much a value has changed: by nothing where the two are equal to 14 digits.
fn moved(now: f64, then: f64) -> f64 {
    if compare(now, then).is_eq() {
        0.0
    } else {
        now - then
    }
}

impl<'w> World<'w> {
    fn span(&self, row: usize, over: u32, require: u32) -> Span {
        let so_far = self.so_far(row);
        let (rows, all) = if over == WHOLE {
            (so_far.clone(), so_far.len())
        } else {
            let from = so_far.len().saturating_sub(over as usize);
            (so_far[from..].to_vec(), over as usize)
        };
        Span {
            before: all - rows.len(),
            require: if require == WHOLE {
                all
            } else if over == WHOLE {
                // Of what there is so far, it may be more than that.
                require as usize
            } else {
                (require as usize).min(all)
            },
            rows,
            from_start: false,
        }
    }

    fn cells(&self, of: &'w Typed, span: &Span, place: &Place<'w>) -> Vec<Worth> {
        span.rows
            .iter()
            .map(|row| self.eval(of, &place.at(*row)))
            .collect()
    }

    /// From the last period in which an event was yes; nothing where nobody knows which that is.
    fn since_event(&self, event: &'w Typed, require: u32, place: &Place<'w>) -> Option<Span> {
        let so_far = self.so_far(place.row);
        let mut rows = Vec::new();
        for row in so_far.iter().rev() {
            rows.push(*row);
            match self.truth(event, &place.at(*row)) {
                Some(true) => {
                    rows.reverse();
                    let require = if require == WHOLE {
                        rows.len()
                    } else {
                        require as usize
                    };
                    return Some(Span {
                        before: 0,
                        require,
                        rows,
                        from_start: true,
                    });
                }
                Some(false) => {}
                None => return None,
            }
        }
        None
    }

    /// Of a window without a beginning: what can be of its kind.
    fn no_start(&self, call: &AlongTime, place: &Place<'w>) -> Worth {
        let of = &call.of.ty;
        match call.what {
            // A whole spell can be of later periods, too.
            TimeFunction::CountYes if call.within.is_some() => {
                Worth::Count(0.0, self.all_rows(place.row).len() as f64)
            }
            TimeFunction::CountYes => Worth::Count(0.0, self.so_far(place.row).len() as f64),
            TimeFunction::Sustained
            | TimeFunction::Ever
            | TimeFunction::RecordHigh
            | TimeFunction::RecordLow => Worth::Truth(None),
            TimeFunction::Window(Window::Min | Window::Max | Window::Last)
            | TimeFunction::Previous
                if *of != Type::Count =>
            {
                self.missing(of)
            }
            _ => Worth::Number(None),
        }
    }

    /// The value in a period that is named, or in which an event last was.
    fn at_period(&self, call: &'w AlongTime, span: &Span, place: &Place<'w>) -> Worth {
        let so_far = self.so_far(place.row);
        let row = match (&call.since, &call.threshold) {
            (Some(_), _) => span.rows.first().copied(),
            (None, Some(period)) => {
                let period = self.number(period, place);
                let mut rows = so_far.iter().copied();
                rows.find(|row| Some(self.periods[*row] as f64) == period)
            }
            (None, None) => None,
        };
        let worth = row.map(|row| self.eval(&call.of, &place.at(row)));
        match (worth, &call.of.ty) {
            (Some(worth), Type::Number(_)) => Worth::Number(worth.plain()),
            (Some(worth), _) => worth,
            (None, Type::Number(_)) => Worth::Number(None),
            (None, ty) => self.missing(ty),
        }
    }

    /// What a value was, from a stated beginning on; of a number between bounds, each by itself.
    fn recall(&self, call: &'w AlongTime, place: &Place<'w>) -> Worth {
        let (first, gap) = call.recall.as_ref().expect("a beginning");
        let so_far = self.so_far(place.row);
        let Some(at) = so_far.len().checked_sub(call.over as usize + 1) else {
            return self.plainly(self.eval(first, place));
        };
        let then = self.eval(&call.of, &place.at(so_far[at]));
        if matches!(gap, Gap::Missing) {
            return match then {
                bounds @ (Worth::Level(..) | Worth::Between(..)) => bounds,
                other => self.plainly(other),
            };
        }
        // What is read, oldest first, and what stands before it.
        let read = |of: &dyn Fn(&Worth) -> Option<f64>| -> Option<f64> {
            let begins = || of(&self.eval(first, place));
            match (of(&then), gap) {
                (Some(x), _) => Some(x),
                (None, Gap::Last) => {
                    let before = so_far[..at].iter().rev();
                    let mut before = before.map(|row| of(&self.eval(&call.of, &place.at(*row))));
                    before.find(Option::is_some).flatten().or_else(begins)
                }
                (None, _) => begins(),
            }
        };
        match &then {
            Worth::Truth(_) => {
                let yes = read(&|worth| worth.truth().map(|yes| f64::from(u8::from(yes))));
                Worth::Truth(yes.map(|yes| yes == 1.0))
            }
            Worth::Level(..) => {
                let at = read(&Worth::plain).expect("begins with a level") as u32;
                Worth::Level(at, at)
            }
            // An end that is open stays so where the other is known: a gap is where nothing is.
            Worth::Between(..) => {
                let least = read(&|worth| {
                    let (low, high) = intervals::ends(worth);
                    low.or(high.map(|_| f64::NEG_INFINITY))
                });
                let most = read(&|worth| {
                    let (low, high) = intervals::ends(worth);
                    high.or(low.map(|_| f64::INFINITY))
                });
                let known = |end: Option<f64>| end.filter(|x| x.is_finite());
                Worth::Between(known(least), known(most))
            }
            _ => Worth::Number(read(&Worth::plain)),
        }
    }

    /// A number as it is known, a truth and a level as they are.
    fn plainly(&self, worth: Worth) -> Worth {
        match worth {
            kept @ (Worth::Truth(_) | Worth::Level(..)) => kept,
            other => Worth::Number(other.plain()),
        }
    }

    /// What a change is a change from.
    fn then(&self, call: &'w AlongTime, span: &Span, place: &Place<'w>) -> Worth {
        let anchored = call.since.is_some() || call.within.is_some();
        match (anchored, span.rows.first()) {
            (true, Some(first)) => self.eval(&call.of, &place.at(*first)),
            _ => self.lag(&call.of, call.over, place),
        }
    }

    /// What a change leads to.
    fn now(&self, call: &'w AlongTime, span: &Span, place: &Place<'w>) -> Worth {
        let last = call.within.as_ref().and(span.rows.last());
        let row = last.copied().unwrap_or(place.row);
        self.eval(&call.of, &place.at(row))
    }

    /// The value so many periods ago.
    fn lag(&self, of: &'w Typed, by: u32, place: &Place<'w>) -> Worth {
        let so_far = self.so_far(place.row);
        match so_far.len().checked_sub(by as usize + 1) {
            Some(at) => self.eval(of, &place.at(so_far[at])),
            None => self.missing(&of.ty),
        }
    }

    pub fn along(&self, call: &'w AlongTime, place: &Place<'w>) -> Worth {
        let of = &call.of;
        let span = match (&call.since, &call.within) {
            (None, Some(of)) => match self.spell(of, call.require, place) {
                Some(span) => span,
                None => return self.no_start(call, place),
            },
            (Some(event), _) => match self.since_event(event, call.require, place) {
                Some(span) => span,
                None if call.what == TimeFunction::At => return self.missing(&of.ty),
                None => return self.no_start(call, place),
            },
            (None, None) => self.span(place.row, call.over, call.require),
        };
        let truths = || -> Vec<Option<bool>> {
            self.cells(of, &span, place)
                .iter()
                .map(Worth::truth)
                .collect()
        };
        let known = |truths: &[Option<bool>]| truths.iter().flatten().count();
        match call.what {
            TimeFunction::Lag => self.lag(of, call.over, place),
            TimeFunction::At => self.at_period(call, &span, place),
            TimeFunction::Recall => self.recall(call, place),
            TimeFunction::Change => {
                let now = self.now(call, &span, place);
                let then = self.then(call, &span, place);
                let ((a, b), (c, d)) = (intervals::ends(&now), intervals::ends(&then));
                let change =
                    |now: Option<f64>, then: Option<f64>| Worth::number(moved(now?, then?)).plain();
                if intervals::is_between(&now) {
                    Worth::Between(change(a, d), change(b, c))
                } else {
                    Worth::Number(change(a, c))
                }
            }
            TimeFunction::Growth => {
                let (now, then) = (
                    self.now(call, &span, place).plain(),
                    self.then(call, &span, place).plain(),
                );
                let pair = now.zip(then);
                pair.map_or(Worth::Number(None), |(now, then)| {
                    Worth::number(moved(now, then) / then)
                })
            }
            TimeFunction::Window(what @ (Window::Min | Window::Max))
                if matches!(of.ty, Type::Level(_)) =>
            {
                self.extreme_level(what, call, &span, place)
            }
            TimeFunction::Window(Window::Last) => self.newest(of, &span.rows, place),
            TimeFunction::Previous => {
                let (_, earlier) = span.rows.split_last().expect("the row itself");
                let so_far = self.so_far(place.row);
                let all = so_far.split_last().map_or(&[][..], |(_, earlier)| earlier);
                let from = all.len().saturating_sub(call.over as usize);
                let earlier = if call.over == WHOLE || call.since.is_some() {
                    earlier
                } else {
                    &all[from..]
                };
                self.newest(of, earlier, place)
            }
            TimeFunction::Window(what) => self.window(what, of, &span, call.over, place),
            TimeFunction::CountYes => {
                let truths = truths();
                let yes = truths.iter().filter(|truth| **truth == Some(true)).count();
                let open = truths.iter().filter(|truth| truth.is_none()).count() + span.before;
                // With `require` met, what is not known does not count.
                let settled = call.require != WHOLE
                    && call.require < call.over
                    && known(&truths) >= span.require;
                let most = if settled { yes } else { yes + open };
                Worth::Count(yes as f64, most as f64)
            }
            TimeFunction::Sustained => {
                let truths = truths();
                Worth::Truth(if truths.contains(&Some(false)) {
                    Some(false)
                } else {
                    (known(&truths) >= span.require).then_some(true)
                })
            }
            TimeFunction::Ever => {
                let truths = truths();
                Worth::Truth(if truths.contains(&Some(true)) {
                    Some(true)
                } else {
                    (known(&truths) >= span.require).then_some(false)
                })
            }
            TimeFunction::Since => {
                let rows = self.so_far(place.row);
                let truths = rows.iter().rev().map(|row| self.truth(of, &place.at(*row)));
                for (ago, truth) in truths.enumerate() {
                    match truth {
                        Some(true) => return Worth::Number(Some(ago as f64)),
                        Some(false) => {}
                        None => break,
                    }
                }
                Worth::Number(None)
            }
            TimeFunction::CrossesAbove | TimeFunction::CrossesBelow => {
                let threshold = call
                    .threshold
                    .as_ref()
                    .and_then(|at| self.number(at, place));
                let then = self.lag(of, 1, place).plain();
                let order = |x: Option<f64>| {
                    let order = x.zip(threshold).map(|(x, at)| compare(x, at));
                    order.map(|order| {
                        if call.what == TimeFunction::CrossesAbove {
                            order
                        } else {
                            order.reverse()
                        }
                    })
                };
                let now = order(self.eval(of, place).plain()).map(|order| order.is_ge());
                let before = order(then).map(|order| order.is_lt());
                Worth::Truth(and([now, before]))
            }
            TimeFunction::RecordHigh | TimeFunction::RecordLow if call.within.is_some() => {
                Worth::Truth(self.record_of_spell(call, &span, place))
            }
            TimeFunction::RecordHigh | TimeFunction::RecordLow => {
                let high = call.what == TimeFunction::RecordHigh;
                let own = self.eval(of, place).plain();
                let (_, earlier) = span.rows.split_last().expect("the row itself");
                let others: Vec<Option<f64>> = earlier
                    .iter()
                    .map(|row| self.eval(of, &place.at(*row)).plain())
                    .collect();
                let known: Vec<f64> = others.iter().flatten().copied().collect();
                let Some(own) = own else {
                    return Worth::Truth(None);
                };
                let passed = known.iter().all(|other| {
                    let order = compare(own, *other);
                    if high { order.is_gt() } else { order.is_lt() }
                });
                // Of the others, one less than of the whole window; one at least.
                let all = if call.over == WHOLE || call.since.is_some() {
                    earlier.len()
                } else {
                    (call.over as usize - 1).max(1)
                };
                let require = if call.require == WHOLE {
                    all.max(1)
                } else {
                    (call.require as usize).saturating_sub(1).max(1)
                };
                Worth::Truth(match passed {
                    false => Some(false),
                    true => (known.len() >= require).then_some(true),
                })
            }
            TimeFunction::Baseline if call.since.is_some() => {
                let (_, earlier) = span.rows.split_last().expect("the row itself");
                let Some(last) = earlier.last() else {
                    return Worth::Number(None);
                };
                let require = if call.require == WHOLE {
                    earlier.len()
                } else {
                    call.require as usize
                };
                let span = Span {
                    rows: earlier.to_vec(),
                    before: 0,
                    require,
                    from_start: true,
                };
                self.window(Window::Mean, of, &span, call.over, &place.at(*last))
            }
            TimeFunction::Baseline => {
                let so_far = self.so_far(place.row);
                let Some(at) = so_far.len().checked_sub(2) else {
                    return Worth::Number(None);
                };
                let earlier = place.at(so_far[at]);
                let span = self.span(earlier.row, call.over, call.require);
                self.window(Window::Mean, of, &span, call.over, &earlier)
            }
        }
    }

    /// The newest known value of some rows: of a truth that is yes or no, of a level that is determined.
    fn newest(&self, of: &'w Typed, rows: &[usize], place: &Place<'w>) -> Worth {
        let values = rows.iter().rev().map(|row| self.eval(of, &place.at(*row)));
        let known = values.into_iter().find(|worth| worth.plain().is_some());
        match (known, &of.ty) {
            (Some(known), Type::Count | Type::Number(_)) => Worth::Number(known.plain()),
            (Some(known), _) => known,
            (None, Type::Count) => Worth::Number(None),
            (None, ty) => self.missing(ty),
        }
    }

    fn window(
        &self,
        what: Window,
        of: &'w Typed,
        span: &Span,
        over: u32,
        place: &Place<'w>,
    ) -> Worth {
        let cells = self.cells(of, span, place);
        let rises = match what {
            Window::Sum | Window::Mean | Window::Min | Window::Max | Window::Median => true,
            Window::Last | Window::Known | Window::StdDev | Window::Trend => false,
        };
        if rises && cells.iter().any(intervals::is_between) {
            let end = |pick: fn(&Worth) -> Option<f64>| {
                let cells = cells.iter().map(pick).collect();
                self.window_of(what, cells, span, over, place).plain()
            };
            return Worth::Between(
                end(|cell| intervals::ends(cell).0),
                end(|cell| intervals::ends(cell).1),
            );
        }
        let cells = cells.iter().map(Worth::plain).collect();
        self.window_of(what, cells, span, over, place)
    }

    fn window_of(
        &self,
        what: Window,
        cells: Vec<Option<f64>>,
        span: &Span,
        over: u32,
        place: &Place<'w>,
    ) -> Worth {
        let known: Vec<f64> = cells.iter().flatten().copied().collect();
        let least = match what {
            Window::Known => return Worth::Number(Some(known.len() as f64)),
            Window::StdDev | Window::Trend => span.require.max(2),
            Window::Sum
            | Window::Mean
            | Window::Min
            | Window::Max
            | Window::Median
            | Window::Last => span.require.max(1),
        };
        if known.len() < least {
            return Worth::Number(None);
        }
        let n = known.len() as f64;
        let sum = || {
            // Cut where the period's number is a multiple of the length; both parts from the cut.
            let last = self.periods[place.row];
            let after = if over == WHOLE {
                (last.rem_euclid(i64::from(WHOLE)) + 1) as usize
            } else {
                (last.rem_euclid(i64::from(over)) + 1) as usize
            };
            let after = if span.from_start { cells.len() } else { after };
            let (before, after) = cells.split_at(cells.len().saturating_sub(after));
            let earlier = before.iter().rev().flatten().fold(0.0, |sum, x| sum + x);
            let later = after.iter().flatten().fold(0.0, |sum, x| sum + x);
            earlier + later
        };
        Worth::number(match what {
            Window::Sum => sum(),
            Window::Mean => {
                let mean = sum() / n;
                let low = known.iter().copied().fold(f64::INFINITY, f64::min);
                let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                mean.clamp(low, high)
            }
            Window::Min => known.iter().copied().fold(f64::INFINITY, f64::min),
            Window::Max => known.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            Window::Median => middle(known),
            Window::Last => known.last().copied().unwrap_or(f64::NAN),
            // Equal values have neither spread nor slope.
            Window::StdDev | Window::Trend if all_equal(&known) => 0.0,
            Window::StdDev => {
                let mean = sum() / n;
                let squares: f64 = known.iter().map(|x| (x - mean) * (x - mean)).sum();
                self.about((squares / (n - 1.0)).sqrt(), &known, place.row)
            }
            Window::Trend => {
                let points = cells
                    .iter()
                    .zip(0..)
                    .filter_map(|(x, at)| Some((f64::from(at), (*x)?)));
                let points: Vec<(f64, f64)> = points.collect();
                let mean = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
                let (at, x) = (mean(&|point| point.0), mean(&|point| point.1));
                let over: f64 = points.iter().map(|(t, y)| (t - at) * (y - x)).sum();
                let by: f64 = points.iter().map(|(t, _)| (t - at) * (t - at)).sum();
                self.about(over / by, &known, place.row)
            }
            Window::Known => n,
        })
    }

    /// The highest or lowest level of a window. What lies before an entity's first period could be
    /// anything. With `require` met, levels that are not determined count with what is certain of them.
    fn extreme_level(
        &self,
        what: Window,
        call: &'w AlongTime,
        span: &Span,
        place: &Place<'w>,
    ) -> Worth {
        let levels = self.cells(&call.of, span, place);
        let Worth::Level(_, top) = self.missing(&call.of.ty) else {
            panic!("no scale");
        };
        let ends: Vec<(u32, u32)> = levels
            .iter()
            .map(|level| match level {
                Worth::Level(low, high) => (*low, *high),
                other => panic!("no level: {other:?}"),
            })
            .collect();
        let lows = ends.iter().map(|(low, _)| *low);
        let highs = ends.iter().map(|(_, high)| *high);
        let (mut low, mut high) = match what {
            Window::Max => (lows.max().expect("a row"), highs.max().expect("a row")),
            _ => (lows.min().expect("a row"), highs.min().expect("a row")),
        };
        let determined = ends.iter().filter(|(low, high)| low == high).count();
        let asks = call.require != WHOLE && call.require < call.over;
        if asks && determined >= span.require {
            return match what {
                Window::Max => Worth::Level(low, low),
                _ => Worth::Level(high, high),
            };
        }
        let all = if call.over == WHOLE {
            span.require
        } else {
            call.over as usize
        };
        if ends.len() < all {
            match what {
                Window::Max => high = top,
                _ => low = 0,
            }
        }
        Worth::Level(low, high)
    }

    /// Yes in so many periods, its own the last; `absent` where what is asked for is not there.
    pub fn lasting(
        &self,
        of: &'w Typed,
        periods: u32,
        place: &Place<'w>,
        absent: bool,
    ) -> Option<bool> {
        let span = self.span(place.row, periods, WHOLE);
        let truths = span.rows.iter().map(|row| {
            let here = place.at(*row);
            if self.gives(of, &here) {
                self.truth(of, &here)
            } else {
                Some(absent)
            }
        });
        let truths: Vec<Option<bool>> = truths.collect();
        if truths.contains(&Some(false)) {
            return Some(false);
        }
        let all = span.before == 0 && not(and(truths)).is_some();
        all.then_some(true)
    }
}
