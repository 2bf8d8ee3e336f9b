//! A period that values name by its parts: `at(x, year: y, month: m)`.
//!
//! In: the year, and what there is within it. Out: the period's number, missing where there is no such period. The
//! arithmetic is that of [`forewarn_plan::period`]: years begin in March, which puts the leap day last.

use super::Lowerer;
use super::value::Lowered;
use crate::plan::period::Weekday;
use crate::plan::{Binary, Compare, NodeId, PeriodKind, Unary};

/// The years that periods have.
const YEARS: (f64, f64) = (1.0, 9999.0);

impl Lowerer<'_> {
    pub fn period_of_parts(&mut self, kind: PeriodKind, parts: &[Lowered]) -> NodeId {
        let parts: Vec<NodeId> = parts.iter().map(|part| self.single(part)).collect();
        let one = self.builder.number(1.0);
        let year = parts.first().copied().unwrap_or(one);
        let within = parts.get(1).copied().unwrap_or(one);
        let day = parts.get(2).copied().unwrap_or(one);
        let most = match kind {
            PeriodKind::Year => 1.0,
            PeriodKind::Quarter => 4.0,
            PeriodKind::Month | PeriodKind::Day => 12.0,
            PeriodKind::Week(_) => 53.0,
        };
        let (year, year_fits) = self.whole_within(year, YEARS);
        let (within, within_fits) = self.whole_within(within, (1.0, most));
        let mut fits = self.builder.and(year_fits, within_fits);
        let number = match kind {
            PeriodKind::Year => year,
            PeriodKind::Quarter | PeriodKind::Month => {
                let years = self.times(year, most);
                let number = self.plus(years, within);
                self.minus(number, 1.0)
            }
            PeriodKind::Week(from) => {
                let first = self.first_week(from, year);
                let number = self.plus(first, within);
                let number = self.minus(number, 1.0);
                let next = self.more(year, 1.0);
                let next = self.first_week(from, next);
                let is_before = self.builder.compare(Compare::Less, number, next);
                fits = self.builder.and(fits, is_before);
                number
            }
            PeriodKind::Day => {
                let first = self.first_of_month(year, within);
                let twelve = self.builder.number(12.0);
                let is_last = self.builder.compare(Compare::Equal, within, twelve);
                let next_month = self.more(within, 1.0);
                let next_year = self.more(year, 1.0);
                let next_month = self.builder.select(is_last, one, next_month);
                let next_year = self.builder.select(is_last, next_year, year);
                let next = self.first_of_month(next_year, next_month);
                let (day, day_fits) = self.whole_within(day, (1.0, 31.0));
                let number = self.plus(first, day);
                let number = self.minus(number, 1.0);
                let is_before = self.builder.compare(Compare::Less, number, next);
                let day_fits = self.builder.and(day_fits, is_before);
                fits = self.builder.and(fits, day_fits);
                number
            }
        };
        let missing = self.builder.missing();
        self.builder.select(fits, number, missing)
    }

    /// The first week of a year: the one in which January 4 lies.
    fn first_week(&mut self, from: Weekday, year: NodeId) -> NodeId {
        let one = self.builder.number(1.0);
        let january = self.first_of_month(year, one);
        let fourth = self.more(january, 3.0 - from.first_day(0) as f64);
        self.floored(fourth, 7.0)
    }

    /// The number of a month's first day.
    fn first_of_month(&mut self, year: NodeId, month: NodeId) -> NodeId {
        let two = self.builder.number(2.0);
        let begins_late = self.builder.compare(Compare::LessOrEqual, month, two);
        let (before, after) = (self.minus(year, 1.0), year);
        let year = self.builder.select(begins_late, before, after);
        let (late, early) = (self.more(month, 9.0), self.minus(month, 3.0));
        let month = self.builder.select(begins_late, late, early);
        let days = self.times(month, 153.0);
        let days = self.more(days, 2.0);
        let of_months = self.floored(days, 5.0);
        let of_years = self.times(year, 365.0);
        let leaps = [(4.0, true), (100.0, false), (400.0, true)];
        let mut whole = self.plus(of_years, of_months);
        for (every, adds) in leaps {
            let days = self.floored(year, every);
            let op = if adds { Binary::Add } else { Binary::Subtract };
            whole = self.builder.binary(op, whole, days);
        }
        // 1 March of the year 0 is that long before 1970.
        self.minus(whole, 719_468.0)
    }

    /// A number without its noise, and whether it is a whole one between two.
    fn whole_within(&mut self, x: NodeId, (low, high): (f64, f64)) -> (NodeId, NodeId) {
        let (low, high) = (self.builder.number(low), self.builder.number(high));
        let floor = self.builder.unary(Unary::Floor, x);
        let is_whole = self.builder.compare(Compare::Equal, floor, x);
        let above = self.builder.compare(Compare::LessOrEqual, low, x);
        let below = self.builder.compare(Compare::LessOrEqual, x, high);
        let inside = self.builder.and(above, below);
        (floor, self.builder.and(is_whole, inside))
    }

    fn times(&mut self, x: NodeId, by: f64) -> NodeId {
        let by = self.builder.number(by);
        self.builder.binary(Binary::Multiply, x, by)
    }

    fn plus(&mut self, x: NodeId, y: NodeId) -> NodeId {
        self.builder.binary(Binary::Add, x, y)
    }

    fn more(&mut self, x: NodeId, by: f64) -> NodeId {
        let by = self.builder.number(by);
        self.builder.binary(Binary::Add, x, by)
    }

    fn minus(&mut self, x: NodeId, by: f64) -> NodeId {
        self.more(x, -by)
    }

    fn floored(&mut self, x: NodeId, by: f64) -> NodeId {
        let by = self.builder.number(by);
        let share = self.builder.binary(Binary::Divide, x, by);
        self.builder.unary(Unary::Floor, share)
    }
}
