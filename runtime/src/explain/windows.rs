//! What a function along time looked back on: its periods, and what is known of them.

use forewarn_plan::along::{WHOLE, Window as Over};
use forewarn_plan::outline::{AlongTerm, Held, TimeFunction};
use forewarn_plan::{Gap, NodeId, Outline, Value};

use super::names::{recall_of, series_node};
use super::reason::{Teller, missing_below};
use super::tree::{Cause, How, MOST_CELLS, Reason, Shown, Window};
use crate::period::Period;
use std::borrow::Cow;

/// Which of the entity's rows a function reads.
struct Rows {
    /// Among the rows that are known of, the first and one past the last.
    from: usize,
    until: usize,
    /// How many of those that it asks for lie before the first one.
    before_start: usize,
}

impl<'e> Teller<'e> {
    pub(super) fn window(
        &mut self,
        reason: &mut Reason,
        outline: &'e Outline,
        along: AlongTerm,
        depth: usize,
    ) {
        if along.what == TimeFunction::Recall {
            return self.past(reason, outline, along);
        }
        if let Some(told) = along.within {
            return self.whole_spell(reason, outline, along, told, depth);
        }
        let Some(of) = outline.operands.first().and_then(|of| self.outline(*of)) else {
            return;
        };
        let Held::One(value) = &of.held else { return };
        let all = self.evidence.series.get(&series_node(value));
        let all = all.map_or(&[][..], Vec::as_slice);
        // Periods before the first row that an earlier run handed over stand before the rows.
        let handed = self.handed(value);
        let before = handed.len();
        // The rows that the entity has, and of which no value was kept since nobody looks so far back.
        let last = before + self.evidence.last();
        let kept_from = (last + 1).saturating_sub(all.len());
        let event = outline.operands.get(1).filter(|_| along.since);
        let event = event.and_then(|event| self.outline(*event));
        let begins = match (event, along.what) {
            (Some(event), _) => Some(self.last_yes(event, before)),
            (None, TimeFunction::At) => Some(self.named_row(outline, before)),
            (None, _) => None,
        };
        let rows = rows(along, last + 1, &begins);
        let cells = |at: usize| {
            let x = at.checked_sub(kept_from).and_then(|at| all.get(at));
            let x = x.or_else(|| handed.get(at));
            x.copied().unwrap_or(f64::NAN)
        };
        let period = |at: usize| self.period(self.number_of(at, before)?);
        let read: Vec<usize> = match along.what {
            // Two periods are compared.
            TimeFunction::Change
            | TimeFunction::Growth
            | TimeFunction::CrossesAbove
            | TimeFunction::CrossesBelow => {
                let before = rows.from..rows.until.min(rows.from + 1);
                let before = before.filter(|_| rows.before_start == 0);
                before.chain([last]).collect()
            }
            TimeFunction::Lag
            | TimeFunction::Window(_)
            | TimeFunction::CountYes
            | TimeFunction::Sustained
            | TimeFunction::Ever
            | TimeFunction::Since
            | TimeFunction::RecordHigh
            | TimeFunction::RecordLow
            | TimeFunction::Baseline
            | TimeFunction::Previous
            | TimeFunction::At
            | TimeFunction::Recall => (rows.from..rows.until).collect(),
        };
        let known = read.iter().filter(|at| !cells(**at).is_nan()).count();
        let known = u32::try_from(known).unwrap_or(u32::MAX);
        let before_start = u32::try_from(rows.before_start).unwrap_or(u32::MAX);
        let told: Vec<(Period, f64)> = read
            .iter()
            .filter_map(|at| Some((period(*at)?, cells(*at))))
            .collect();
        let cut = told.len().saturating_sub(MOST_CELLS);
        let answers = matches!(value, Value::Truth { .. }).then(|| {
            let count = |wanted: &dyn Fn(f64) -> bool| {
                let found = read.iter().filter(|at| wanted(cells(**at))).count();
                u32::try_from(found).unwrap_or(u32::MAX)
            };
            [
                count(&|x| x == 1.0),
                count(&|x| x == 0.0),
                count(&f64::is_nan),
            ]
        });
        let span = told.first().zip(told.last());
        let lies = lies(along.what, &told, last_of(&told));
        // Of what lies between two ends, one that is open may be the highest.
        let lies = lies.filter(|_| {
            let has_ends = matches!(
                value,
                Value::Level { .. } | Value::Count { .. } | Value::Between { .. }
            );
            !has_ends || told.iter().all(|(_, x)| !x.is_nan())
        });
        let require = along.require.map(|require| match require {
            WHOLE => u32::try_from(read.len()).unwrap_or(WHOLE),
            require => require,
        });
        let threshold = outline.operands.get(1).filter(|_| !along.since);
        let threshold = threshold.and_then(|id| self.side(*id));
        reason.how = How::Window(Box::new(Window {
            what: along.what.word(),
            over: Some(along.over).filter(|over| *over != WHOLE),
            since: event.map(|event| event.words.to_string()),
            within: None,
            require,
            known,
            before_start,
            span: span.map(|((from, _), (until, _))| (*from, *until)),
            cells: told.iter().skip(cut).copied().collect(),
            cut,
            answers,
            unit: match value {
                Value::Number { unit, .. } | Value::Between { unit, .. } => unit.clone(),
                Value::Truth { .. }
                | Value::Level { .. }
                | Value::Category { .. }
                | Value::Count { .. } => String::new(),
            },
            names: names(value),
            lies,
            anew: false,
            threshold,
        }));
        // Below a value of an earlier period, nothing of this one is a reason.
        if !matches!(
            along.what,
            TimeFunction::Lag
                | TimeFunction::Baseline
                | TimeFunction::Previous
                | TimeFunction::At
                | TimeFunction::Recall
        ) {
            let operands = outline.operands.iter();
            let operands = operands.take(if along.since { 1 } else { usize::MAX });
            for operand in operands {
                self.leaves(*operand, depth, &mut reason.because);
            }
        }
        if reason.value.is_open() {
            let nothing = read.is_empty() && before_start > 0;
            let no_start = match (event, &begins) {
                (Some(event), Some(Err(unknown))) => Some(Cause::NoStart {
                    event: event.words.to_string(),
                    unknown: unknown.as_deref().copied(),
                }),
                _ => None,
            };
            // There is nothing to be beyond.
            let alone = matches!(
                along.what,
                TimeFunction::RecordHigh | TimeFunction::RecordLow
            ) && known == 1
                && !cells(last).is_nan();
            let named = match (along.what, &begins) {
                (TimeFunction::At, Some(Err(_))) if event.is_none() => self.no_row(outline),
                _ => None,
            };
            let is_since = along.what == TimeFunction::Since;
            let never = is_since.then(|| self.last_yes(of, before).err());
            let never = never.flatten().map(|unknown| Cause::NoStart {
                event: self.words(of),
                unknown: unknown.as_deref().copied(),
            });
            let is_known = |at: &usize| !cells(*at).is_nan();
            let then = self.unknown_then(along.what, &read, before, &is_known);
            reason.cause = no_start
                .or(named)
                .or(never)
                .or_else(|| self.fault_of(outline))
                .or(then)
                .or(match require {
                    _ if nothing || alone && read.len() == 1 => Some(Cause::BeforeStart),
                    _ if alone => Some(Cause::Periods {
                        unknown: u32::try_from(read.len()).unwrap_or(u32::MAX) - known,
                        before_start,
                    }),
                    Some(required) if known < required => {
                        Some(Cause::TooFewPeriods { known, required })
                    }
                    _ if before_start > 0 || answers.is_some_and(|[_, _, open]| open > 0) => {
                        Some(Cause::Periods {
                            unknown: u32::try_from(read.len()).unwrap_or(u32::MAX) - known,
                            before_start,
                        })
                    }
                    _ => {
                        let cause = missing_below(reason);
                        let is_own = cause == Cause::Stated;
                        Some(if is_own {
                            Cause::Missing(vec![self.words(of)])
                        } else {
                            cause
                        })
                    }
                });
        }
    }
}

/// What the cells of levels and categories are places among.
pub(super) fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Level { names, .. } | Value::Category { names, .. } => names.clone(),
        Value::Number { .. }
        | Value::Truth { .. }
        | Value::Count { .. }
        | Value::Between { .. } => Vec::new(),
    }
}

impl<'e> Teller<'e> {
    /// What a value was some periods ago: the period, or nothing before the first one. Where nothing is known of that
    /// period, what the author says of gaps: that of the last one that is known, or anew.
    fn past(&mut self, reason: &mut Reason, outline: &Outline, along: AlongTerm) {
        let recall = recall_of(self.evidence.flat, outline);
        let of = recall.map(|recall| recall.of);
        let handed = of.and_then(|of| self.evidence.handed.get(&of));
        let handed = handed.map_or(&[][..], Vec::as_slice);
        let own = of.and_then(|of| self.evidence.series.get(&of));
        let own = own.map_or(&[][..], Vec::as_slice);
        let before = handed.len();
        let last = before + self.evidence.last();
        let kept_from = (last + 1).saturating_sub(own.len());
        let is_known = |at: &usize| {
            let x = at.checked_sub(kept_from).and_then(|at| own.get(at));
            x.or_else(|| handed.get(*at)).is_some_and(|x| !x.is_nan())
        };
        let at_period = |at: usize| self.period(self.number_of(at, before)?);
        let ago = usize::try_from(along.over).unwrap_or(usize::MAX);
        let then = last.checked_sub(ago);
        let open = reason.value.is_open();
        let was = match &outline.held {
            Held::One(value) => self.number(series_node(value)),
            Held::Several(_) => f64::NAN,
        };
        // Known, although nothing is known of that period: of an earlier one, or anew.
        let gap = then.filter(|then| !open && !is_known(then));
        let newest = gap.filter(|_| recall.is_some_and(|recall| recall.gap == Gap::Last));
        let newest = newest.and_then(|then| (0..then).rev().find(is_known));
        let lies = newest.and_then(at_period).map(|period| (period, was));
        let period = then.and_then(at_period);
        let cell = if gap.is_some() { f64::NAN } else { was };
        reason.how = How::Window(Box::new(Window {
            what: along.what.word(),
            over: Some(along.over),
            since: None,
            within: None,
            require: None,
            known: u32::from(!open && gap.is_none() && period.is_some()),
            before_start: u32::from(period.is_none()),
            span: period.map(|period| (period, period)),
            cells: period.map(|period| (period, cell)).into_iter().collect(),
            cut: 0,
            answers: None,
            unit: String::new(),
            names: Vec::new(),
            lies,
            anew: gap.is_some() && lies.is_none(),
            threshold: None,
        }));
        if open {
            reason.cause = Some(Cause::Periods {
                unknown: 1,
                before_start: 0,
            });
        }
    }

    /// What an earlier run handed over of a value's periods before the first row.
    fn handed(&self, value: &Value) -> Cow<'e, [f64]> {
        let of = |node: NodeId| self.evidence.handed.get(&node).map(Vec::as_slice);
        if let Some(known) = of(series_node(value)) {
            return known.into();
        }
        // Of levels and the like, bounds alone are read along time.
        let bounds = match value {
            Value::Level {
                at_least, at_most, ..
            }
            | Value::Count {
                at_least, at_most, ..
            }
            | Value::Between {
                at_least, at_most, ..
            } => of(*at_least).zip(of(*at_most)),
            Value::Number { .. } | Value::Truth { .. } | Value::Category { .. } => None,
        };
        let Some((least, most)) = bounds else {
            return Cow::default();
        };
        let both = least.len().min(most.len());
        let last = |cells: &'e [f64]| cells.iter().skip(cells.len() - both);
        let exact = |(a, b): (&f64, &f64)| if a == b { *a } else { f64::NAN };
        last(least).zip(last(most)).map(exact).collect()
    }

    /// The number of a period, where so many that were handed over stand before the first row.
    fn number_of(&self, at: usize, before: usize) -> Option<i64> {
        let periods = &self.evidence.panel.periods;
        let first = self.evidence.first;
        match at.checked_sub(before) {
            Some(row) => periods.get(first + row).copied(),
            None => {
                let ago = i64::try_from(before - at).ok()?;
                Some(periods.get(first)? - ago)
            }
        }
    }

    /// The row of the period that `at` names in this row, behind so many that were handed over.
    fn named_row(&self, outline: &'e Outline, before: usize) -> Result<usize, Option<Box<Period>>> {
        let named = outline.operands.get(1).and_then(|id| self.outline(*id));
        let Some(Held::One(value)) = named.map(|named| &named.held) else {
            return Err(None);
        };
        let wanted = self.evidence.values.known(series_node(value)).ok_or(None)?;
        let mut rows = 0..before + self.evidence.last() + 1;
        let is_wanted = |at: &usize| {
            let period = self.number_of(*at, before);
            period.is_some_and(|period| period as f64 == wanted)
        };
        rows.find(is_wanted).ok_or(None)
    }

    /// Why there is no row of the period that another value names.
    fn no_row(&self, outline: &'e Outline) -> Option<Cause> {
        let named = outline.operands.get(1).and_then(|id| self.outline(*id))?;
        let Held::One(value) = &named.held else {
            return None;
        };
        Some(match self.evidence.values.known(series_node(value)) {
            Some(number) => Cause::NoRow {
                period: self.period(number as i64)?,
            },
            None => self.no_period(named),
        })
    }

    /// Why nothing names a period: some of its parts are missing, or together they are none.
    fn no_period(&self, named: &'e Outline) -> Cause {
        let parts = named.operands.iter().filter_map(|id| self.outline(*id));
        let parts: Vec<(String, Shown)> = parts
            .map(|part| (self.words(part), self.value(part)))
            .collect();
        let open = parts.iter().filter(|(_, value)| value.is_open());
        let open: Vec<String> = open.map(|(words, _)| words.clone()).collect();
        if parts.is_empty() {
            return Cause::Missing(vec![self.words(named)]);
        }
        if !open.is_empty() {
            return Cause::Missing(open);
        }
        let numbers = parts.into_iter().map(|(words, value)| match value {
            Shown::Number { value, .. } => (words, value),
            Shown::Truth(_)
            | Shown::Level { .. }
            | Shown::Count { .. }
            | Shown::Between { .. }
            | Shown::Category(_)
            | Shown::Withheld(_) => (words, f64::NAN),
        });
        Cause::NoPeriod {
            parts: numbers.collect(),
        }
    }

    /// Of what reads one earlier period: why nothing is known of that one.
    fn unknown_then(
        &self,
        what: TimeFunction,
        read: &[usize],
        before: usize,
        is_known: &dyn Fn(&usize) -> bool,
    ) -> Option<Cause> {
        let then = match (what, read) {
            (TimeFunction::Lag | TimeFunction::At, [then]) => then,
            (
                TimeFunction::Change
                | TimeFunction::Growth
                | TimeFunction::CrossesAbove
                | TimeFunction::CrossesBelow,
                [then, now],
            ) if is_known(now) => then,
            _ => return None,
        };
        if is_known(then) {
            return None;
        }
        let row = then.checked_sub(before).map(|at| self.evidence.first + at);
        let gaps = &self.evidence.panel.gaps;
        let is_gap = row.is_some_and(|row| gaps.binary_search(&row).is_ok());
        let period = self
            .number_of(*then, before)
            .and_then(|at| self.period(at))
            .filter(|_| is_gap);
        Some(match period {
            Some(period) => Cause::NoRow { period },
            None => Cause::Periods {
                unknown: 1,
                before_start: 0,
            },
        })
    }

    /// The row in which an event last was yes, behind so many that were handed over of what is looked at since; else
    /// the period in which it is unknown, if it is.
    fn last_yes(&self, event: &'e Outline, before: usize) -> Result<usize, Option<Box<Period>>> {
        let Held::One(value) = &event.held else {
            return Err(None);
        };
        let cells = self.evidence.series.get(&series_node(value));
        let cells = cells.map_or(&[][..], Vec::as_slice);
        let handed = self.handed(value);
        // Of rows of which no value was kept, nobody asked.
        let rows = self.evidence.last() + 1;
        let all: Vec<f64> = if cells.len() == rows {
            handed.iter().chain(cells).copied().collect()
        } else {
            cells.to_vec()
        };
        let ago = all.iter().rev().position(|x| *x != 0.0);
        let Some(ago) = ago else {
            return Err(None);
        };
        // It may lie before all that was handed over of what is looked at since.
        let at = (before + rows).saturating_sub(ago + 1);
        if all.iter().rev().nth(ago) == Some(&1.0) {
            return Ok(at);
        }
        let period = self.number_of(at, before);
        let period = period.and_then(|period| self.period(period));
        Err(period.map(Box::new))
    }
}

/// Of an entity with so many rows up to this one; `begins` is where a window since an event begins.
fn rows(
    along: AlongTerm,
    have: usize,
    begins: &Option<Result<usize, Option<Box<Period>>>>,
) -> Rows {
    if let Some(begins) = begins {
        let until = match along.what {
            TimeFunction::Baseline | TimeFunction::Previous => have.saturating_sub(1),
            TimeFunction::Lag
            | TimeFunction::Change
            | TimeFunction::Growth
            | TimeFunction::Window(_)
            | TimeFunction::CountYes
            | TimeFunction::Sustained
            | TimeFunction::Ever
            | TimeFunction::Since
            | TimeFunction::CrossesAbove
            | TimeFunction::CrossesBelow
            | TimeFunction::RecordHigh
            | TimeFunction::RecordLow
            | TimeFunction::Recall => have,
            TimeFunction::At => begins.as_ref().map_or(have, |from| from + 1),
        };
        // Without a beginning it reads nothing.
        let from = begins.as_ref().map_or(until, |from| (*from).min(until));
        return Rows {
            from,
            until,
            before_start: 0,
        };
    }
    let over = usize::try_from(along.over).unwrap_or(usize::MAX);
    let whole = along.over == WHOLE;
    let back = |ago: usize, long: usize| {
        let until = have.saturating_sub(ago);
        let from = until.saturating_sub(long);
        let asked = if long == usize::MAX { until } else { long };
        // What lies before the first row: as much as is asked for and not there.
        Rows {
            from,
            until,
            before_start: asked - (until - from),
        }
    };
    match along.what {
        TimeFunction::Lag | TimeFunction::Change | TimeFunction::Growth | TimeFunction::Recall => {
            back(over, 1)
        }
        TimeFunction::At => back(0, usize::MAX),
        TimeFunction::CrossesAbove | TimeFunction::CrossesBelow => back(1, 1),
        TimeFunction::Since => back(0, usize::MAX),
        TimeFunction::Baseline | TimeFunction::Previous if whole => back(1, usize::MAX),
        TimeFunction::Baseline | TimeFunction::Previous => back(1, over),
        TimeFunction::Window(_)
        | TimeFunction::CountYes
        | TimeFunction::Sustained
        | TimeFunction::Ever
        | TimeFunction::RecordHigh
        | TimeFunction::RecordLow => back(0, if whole { usize::MAX } else { over }),
    }
}

fn last_of(told: &[(Period, f64)]) -> f64 {
    told.last().map_or(f64::NAN, |(_, x)| *x)
}

/// The period in which the value lies that decides; of equal ones the last.
pub(super) fn lies(what: TimeFunction, told: &[(Period, f64)], now: f64) -> Option<(Period, f64)> {
    let known = || told.iter().filter(|(_, x)| !x.is_nan()).copied();
    match what {
        TimeFunction::Window(Over::Max) => known().max_by(|a, b| a.1.total_cmp(&b.1)),
        TimeFunction::Window(Over::Min) => known().rev().min_by(|a, b| a.1.total_cmp(&b.1)),
        // What the present value was held against: the highest or lowest one before it.
        TimeFunction::RecordHigh if !now.is_nan() => {
            let before = told.len().saturating_sub(1);
            let before = told.iter().take(before).filter(|(_, x)| !x.is_nan());
            before.copied().max_by(|a, b| a.1.total_cmp(&b.1))
        }
        TimeFunction::RecordLow if !now.is_nan() => {
            let before = told.len().saturating_sub(1);
            let before = told.iter().take(before).filter(|(_, x)| !x.is_nan());
            before.copied().min_by(|a, b| a.1.total_cmp(&b.1))
        }
        TimeFunction::Window(Over::Last) | TimeFunction::Previous => known().next_back(),
        TimeFunction::Since | TimeFunction::Ever => known().rev().find(|(_, x)| *x == 1.0),
        TimeFunction::Sustained => known().rev().find(|(_, x)| *x == 0.0),
        TimeFunction::Window(
            Over::Sum | Over::Mean | Over::Known | Over::StdDev | Over::Median | Over::Trend,
        )
        | TimeFunction::RecordHigh
        | TimeFunction::RecordLow
        | TimeFunction::Lag
        | TimeFunction::Change
        | TimeFunction::Growth
        | TimeFunction::CountYes
        | TimeFunction::CrossesAbove
        | TimeFunction::CrossesBelow
        | TimeFunction::At
        | TimeFunction::Recall
        | TimeFunction::Baseline => None,
    }
}
