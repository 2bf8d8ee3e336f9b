//! What an indicator's cell says, and why it says nothing.

use forewarn_plan::outline::Reading;
use forewarn_plan::{Declaration, InputKind, OnViolation};

use crate::bind::said_of;
use crate::panel::aged;

use super::reason::Teller;
use super::tree::{Cause, How, Observation, Reason, SaidSo, Unverified};

impl<'e> Teller<'e> {
    pub(super) fn observation(&mut self, reason: &mut Reason, declaration: &'e Declaration) {
        let plan = self.evidence.plan;
        let inputs = &plan.inputs;
        let Some(input) = inputs
            .iter()
            .position(|info| info.name == declaration.declared_name())
        else {
            return;
        };
        let Some(info) = inputs.get(input) else {
            return;
        };
        let row = self.evidence.row;
        let panel = self.evidence.panel;
        let column = panel.columns.get(input).map_or(&[][..], Vec::as_slice);
        let value = column.get(row).copied().unwrap_or(f64::NAN);
        let carried = aged(panel.carried.get(input), row);
        let own = panel.periods.get(row).copied();
        let before = |age: u32| {
            own.map(|own| own - i64::from(age))
                .and_then(|at| self.period(at))
        };
        let carried_from = carried.and_then(|cell| before(cell.age));
        let read = self.summary.inputs.get(input);
        let made = panel.made.as_ref().map(|made| {
            let rows = made.get(input);
            rows.is_some_and(|rows| rows.binary_search(&row).is_ok())
        });
        let by = inputs.iter().position(
            |info| matches!(info.kind, InputKind::Verification { of } if of as usize == input),
        );
        let answers = by.and_then(|by| panel.columns.get(by));
        let answer = answers.and_then(|answers| answers.get(row));
        // Of what is no number, places and codes are nobody's range.
        let end = |end: f64, open: f64| {
            let is_number = info.kind == InputKind::Number;
            if is_number { bound(end) } else { open }
        };
        reason.how = How::Observation(Box::new(Observation {
            column: read
                .and_then(|read| read.column.clone())
                .or_else(|| info.column.clone())
                .unwrap_or_else(|| info.name.clone()),
            low: end(info.low, f64::NEG_INFINITY),
            high: end(info.high, f64::INFINITY),
            carried: carried.map(|cell| cell.age),
            carried_from,
            flag: panel.flags.of(input, row).map(str::to_owned),
            missing_means: info
                .missing_means
                .filter(|means| *means == value && read.is_none_or(|read| read.absent > 0))
                .filter(|_| made != Some(false))
                .map(|_| reason.value.clone()),
            made: made == Some(true),
            verified: answer.filter(|_| !value.is_nan()).map(|x| *x == 1.0),
            counts_verified_only: declaration.verified.is_some() && by.is_some(),
        }));
        if declaration.verified == Some(Reading::Unknown)
            && !value.is_nan()
            && let Some(by) = by.filter(|_| answer != Some(&1.0))
        {
            reason.cause = Some(Cause::NotVerified(vec![self.unverified(input, by)]));
        }
        if !value.is_nan() {
            let stood = panel.moved_from(input, row);
            let stood = stood.filter(|_| info.on_violation == OnViolation::Clamp);
            let moved = stood.map(|value| Cause::OutOfRange {
                value,
                policy: OnViolation::Clamp,
            });
            reason.cause = reason.cause.take().or(moved);
            return;
        }
        let (out_of_range, unreadable) =
            read.map_or((0, 0), |read| (read.out_of_range, read.unreadable));
        let key = self.key();
        let first = read.and_then(|read| read.first_out_of_range.as_ref());
        let first = first.filter(|(_, at, _)| *at == key);
        let stood = panel.moved_from(input, row);
        let refused = stood.or(first.map(|(_, _, value)| *value));
        let expired = aged(panel.expired.get(input), row);
        if let (Some(cell), Some(after)) = (expired, info.expires) {
            reason.cause = Some(Cause::Expired {
                observed: before(cell.age),
                age: cell.age,
                after,
            });
            return;
        }
        reason.cause = Some(if panel.gaps.binary_search(&row).is_ok() {
            Cause::Gap
        } else if refused.is_some_and(f64::is_nan) {
            Cause::SaidUnknown
        } else if let Some(value) = refused {
            Cause::OutOfRange {
                value,
                policy: info.on_violation,
            }
        } else if out_of_range == 0 && unreadable == 0 {
            Cause::Absent
        } else {
            Cause::AbsentOrRefused {
                out_of_range,
                unreadable,
            }
        });
    }

    /// The cell of an indicator that says of this row that there is no such value.
    pub(super) fn said_so(&self, declaration: &Declaration) -> Option<SaidSo> {
        let (plan, panel, row) = (self.evidence.plan, self.evidence.panel, self.evidence.row);
        let inputs = &plan.inputs;
        let name = declaration.declared_name();
        let input = inputs
            .iter()
            .position(|info| info.name == name && info.kind.is_indicator())?;
        let by = said_of(plan, input)?;
        let answer = panel.columns.get(by).and_then(|answers| answers.get(row));
        if answer != Some(&0.0) {
            return None;
        }
        let age = aged(panel.carried.get(input), row).map_or(0, |cell| cell.age);
        let own = panel.periods.get(row).map(|own| own - i64::from(age));
        Some(SaidSo {
            age,
            observed: own.and_then(|at| self.period(at)),
        })
    }

    /// An observation that another input does not say to be verified; the one that was carried to this row is of an
    /// earlier period.
    fn unverified(&self, input: usize, by: usize) -> Unverified {
        let (plan, panel, row) = (self.evidence.plan, self.evidence.panel, self.evidence.row);
        let age = aged(panel.carried.get(input), row).map_or(0, |cell| cell.age);
        let own = panel.periods.get(row).map(|own| own - i64::from(age));
        let info = |input: usize| plan.inputs.get(input);
        let read = self.summary.inputs.get(by);
        let read = read.and_then(|read| read.column.clone());
        let column = || info(by).and_then(|info| info.column.clone().or(Some(info.name.clone())));
        Unverified {
            indicator: info(input).map_or(String::new(), |info| info.name.clone()),
            column: read.or_else(column).unwrap_or_default(),
            entity: (!plan.panel.is_series()).then(|| panel.entity(row).into_owned()),
            period: own.and_then(|at| self.period(at)),
        }
    }

    /// The row's key as findings in the data write it.
    fn key(&self) -> String {
        let panel = self.evidence.panel;
        let row = self.evidence.row;
        let period = panel.periods.get(row).and_then(|at| self.period(*at));
        let period = period.map(|period| period.to_string());
        panel.row_words(row, period.as_deref(), ", ")
    }
}

/// An end of a range; what has no bound has the largest double as one.
fn bound(end: f64) -> f64 {
    if end.abs() >= f64::MAX {
        f64::INFINITY.copysign(end)
    } else {
        end
    }
}
