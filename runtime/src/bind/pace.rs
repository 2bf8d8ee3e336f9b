//! How the period of a row is read.
//!
//! In: the period cell, or a year's and a month's cell. Out: the period's number. Where there are
//! several files, the first cell that is a period says by which kind of period its file goes: the
//! panel's own, or a longer one.

use super::Cell;
use super::part::Pace;
use super::recent::{Recent, key};
use crate::period::{self, PeriodSlip, Written};
use forewarn_plan::{PeriodKind, scripts};

/// Reads the periods of one file.
#[derive(Clone, Debug)]
pub(super) struct Periods {
    /// The panel's.
    panel: PeriodKind,
    /// The file's.
    kind: PeriodKind,
    /// Nothing can change the kind any more.
    settled: bool,
    written: Option<Written>,
    /// Further ways in which cells may be written.
    others: Vec<Written>,
    /// Is a cell written so?
    is_used: std::cell::Cell<bool>,
    /// Is a cell a day within its period, which is not the one that it begins on?
    is_within: std::cell::Cell<bool>,
    recent: Recent,
}

impl Periods {
    /// For a panel; `long` is the kind that the name of the file's column tells. `open`: the file may
    /// go by longer periods than the panel.
    pub(super) fn new(
        panel: PeriodKind,
        long: Option<PeriodKind>,
        open: bool,
        written: Option<Written>,
    ) -> Self {
        let kind = long.unwrap_or(panel);
        Self {
            panel,
            kind,
            settled: long.is_some() || !open,
            written: written.map(|written| written.in_weeks_of(kind)),
            others: Vec::new(),
            is_used: std::cell::Cell::new(false),
            is_within: std::cell::Cell::new(false),
            recent: Recent::default(),
        }
    }

    /// The same where cells may be written in further ways.
    pub(super) fn with(self, others: &[Written]) -> Self {
        Self {
            others: others
                .iter()
                .map(|written| written.in_weeks_of(self.kind))
                .collect(),
            ..self
        }
    }

    pub(super) fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// The file's kind of period, where no cell can change it and periods are written in the usual ways.
    pub(super) fn settled_usual(&self) -> Option<PeriodKind> {
        (self.settled && self.written.is_none()).then_some(self.kind)
    }

    pub(super) fn pace(&self) -> Pace {
        if self.kind == self.panel {
            Pace::Panel
        } else {
            Pace::Slower(self.kind)
        }
    }

    /// How the file writes periods, where it is not in the usual way.
    pub(super) fn written(&self) -> Option<Written> {
        // What is written in several ways is told in the usual one, and so is a period of which several days stand.
        self.written
            .filter(|_| self.is_used.get() && !self.is_within.get() && self.others.is_empty())
    }

    /// Is a month said to stand behind the point of a number, by two digits?
    fn is_of_decimals(&self) -> bool {
        let written = self.written.filter(|_| self.others.is_empty());
        written.is_some_and(|written| written.pattern() == "YYYY.MM")
    }

    /// How a period is written.
    pub(super) fn example(&self) -> String {
        match &self.written {
            Some(written) => written.example(),
            None => period::example(self.kind).to_owned(),
        }
    }

    /// Does the file go by the panel's periods?
    pub(super) fn is_panels(&self) -> bool {
        self.kind == self.panel
    }

    /// `None` where the cell is empty.
    #[inline]
    pub(super) fn read(&mut self, cell: Cell<'_>) -> Option<Result<i64, PeriodSlip>> {
        let recent = match cell {
            Cell::Text(text) if self.settled_usual().is_some() => key(text),
            _ => None,
        };
        if let Some(number) = recent.and_then(|key| self.recent.get(key)) {
            return Some(Ok(number));
        }
        let read = self.read_as(self.kind, cell)?;
        if self.settled {
            if let (Some(key), Ok(number)) = (recent, read) {
                self.recent.put(key, number);
            }
            return Some(read);
        }
        Some(self.settle(read, |own, kind| own.read_as(kind, cell)))
    }

    fn read_as(&self, kind: PeriodKind, cell: Cell<'_>) -> Option<Result<i64, PeriodSlip>> {
        match cell {
            Cell::Text(text) if text.trim().is_empty() => None,
            Cell::Text(text) => Some(self.text(kind, text.trim())),
            Cell::Integer(number) => Some(self.number(kind, number)),
            Cell::Number(number) if number.is_nan() => None,
            Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                Some(self.number(kind, number as i64))
            }
            // A number has no noughts behind its point: `2024.10` is 2024.1, and `YYYY.MM` says that it has two digits.
            Cell::Number(number) if self.is_of_decimals() => {
                let text = format!("{number:.2}");
                let same = text.parse() == Ok(number);
                Some(match same {
                    true => self.text(kind, &text),
                    false => Err(PeriodSlip::Form),
                })
            }
            Cell::Date(days) => Some(match &self.written {
                Some(written) if written.kind() == PeriodKind::Day => {
                    Ok(period::around(PeriodKind::Day, days, kind))
                }
                _ => period::from_days(kind, days),
            }),
            Cell::Missing | Cell::NoColumn => None,
            _ => Some(Err(PeriodSlip::Form)),
        }
    }

    fn text(&self, kind: PeriodKind, text: &str) -> Result<i64, PeriodSlip> {
        if let Some(ours) = scripts::in_our_digits(text) {
            return self.text(kind, &ours);
        }
        let Some(written) = &self.written else {
            return period::parse(kind, text);
        };
        let first = self.by(written, kind, text);
        let others = self.others.iter();
        let mut found = others
            .map(|written| self.by(written, kind, text))
            .chain([first])
            .filter_map(Result::ok);
        // What can be read in two ways is for people to say.
        match (found.next(), first) {
            (None, Err(slip)) => Err(slip),
            (None, Ok(number)) => Ok(number),
            (Some(number), _) if found.all(|other| other == number) => Ok(number),
            (Some(_), _) => Err(PeriodSlip::TwoWays),
        }
    }

    /// What a text is by each of the ways in which cells are said to be written: the pattern, and the period or
    /// the day that it reads.
    pub(super) fn readings(&self, text: &str) -> Vec<(String, String)> {
        let ways = self.written.iter().chain(&self.others);
        let read = ways.filter_map(|written| {
            let (kind, number) = written.read(text).ok()?;
            Some((
                written.pattern(),
                period::Period::new(kind, number).to_string(),
            ))
        });
        read.collect()
    }

    /// A text by one of the ways in which cells are written, or by the usual one.
    fn by(&self, written: &Written, kind: PeriodKind, text: &str) -> Result<i64, PeriodSlip> {
        match written.read(text) {
            // Who says how days are written says that they are days within periods.
            Ok((PeriodKind::Day, day)) => {
                match period::from_days(kind, day) {
                    Ok(_) => self.is_used.set(true),
                    Err(_) => self.is_within.set(true),
                }
                Ok(period::around(PeriodKind::Day, day, kind))
            }
            Ok(found) => {
                self.is_used.set(true);
                period::of_kind(kind, found)
            }
            Err(slip) => period::parse(kind, text).map_err(|other| match other {
                PeriodSlip::Other(_) => other,
                _ => slip,
            }),
        }
    }

    fn number(&self, kind: PeriodKind, number: i64) -> Result<i64, PeriodSlip> {
        match &self.written {
            Some(_) => self.text(kind, &number.to_string()),
            None => period::from_number(kind, number),
        }
    }

    /// A period from a year and what there is within it: a quarter, a month or a week; `None` where
    /// one of the cells is empty.
    pub(super) fn read_two(
        &self,
        year: Cell<'_>,
        within: Cell<'_>,
    ) -> Option<Result<i64, PeriodSlip>> {
        let year = match self.read_as(PeriodKind::Year, year)? {
            Ok(year) => year,
            Err(slip) => return Some(Err(slip)),
        };
        let number = match within {
            Cell::Text(text) if text.trim().is_empty() => return None,
            Cell::Text(text) => {
                let text = text.trim();
                let named = || period::month_named(text).filter(|_| self.kind == PeriodKind::Month);
                whole(text, self.kind).or_else(named)
            }
            Cell::Integer(number) => Some(number),
            Cell::Number(number) if number.is_nan() => return None,
            Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                Some(number as i64)
            }
            Cell::Missing | Cell::NoColumn => return None,
            _ => None,
        };
        Some(match number {
            Some(number) => period::from_parts(self.kind, year, number, 1),
            None => Err(PeriodSlip::Form),
        })
    }

    /// Decides by a cell by which periods the file goes, and gives its period.
    #[cold]
    fn settle(
        &mut self,
        read: Result<i64, PeriodSlip>,
        again: impl Fn(&Self, PeriodKind) -> Option<Result<i64, PeriodSlip>>,
    ) -> Result<i64, PeriodSlip> {
        match read {
            Ok(number) => {
                self.settled = true;
                Ok(number)
            }
            Err(PeriodSlip::Other(found)) if period::most_within(found, self.panel).is_some() => {
                self.settled = true;
                self.kind = found;
                again(self, found).unwrap_or(read)
            }
            Err(slip) => Err(slip),
        }
    }
}

/// `5`, `05`, and with the letter of the kind `M05`, `Q2`, `T2`, `W12`, `S12`.
fn whole(text: &str, kind: PeriodKind) -> Option<i64> {
    let letter = match kind {
        PeriodKind::Quarter => ['Q', 'q', 'T', 't'],
        PeriodKind::Week(_) => ['W', 'w', 'S', 's'],
        _ => ['M', 'm', 'M', 'm'],
    };
    let digits = text.strip_prefix(letter).unwrap_or(text);
    let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|at| at.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PeriodKind::{Month, Quarter, Year};

    #[test]
    fn the_first_cell_says_by_which_periods_a_file_goes() {
        let mut yearly = Periods::new(Month, None, true, None);
        assert_eq!(yearly.read(Cell::Text("?")), Some(Err(PeriodSlip::Form)));
        assert_eq!(yearly.read(Cell::Integer(2024)), Some(Ok(2024)));
        assert_eq!(yearly.pace(), Pace::Slower(Year));
        let other = Some(Err(PeriodSlip::Other(Month)));
        assert_eq!(yearly.read(Cell::Text("2024-05")), other);

        let mut monthly = Periods::new(Month, None, true, None);
        assert_eq!(monthly.read(Cell::Text("2024-05")), Some(Ok(24_292)));
        let other = Some(Err(PeriodSlip::Other(Year)));
        assert_eq!(monthly.read(Cell::Text("2024")), other);
        assert_eq!(monthly.pace(), Pace::Panel);
    }

    #[test]
    fn a_file_alone_goes_by_the_periods_of_the_panel() {
        let mut monthly = Periods::new(Month, None, false, None);
        let other = Some(Err(PeriodSlip::Other(Year)));
        assert_eq!(monthly.read(Cell::Text("2024")), other);
        assert_eq!(monthly.read(Cell::Text(" ")), None);
    }

    #[test]
    fn shorter_periods_do_not_make_a_file_slower() {
        let mut yearly = Periods::new(Year, None, true, None);
        let other = Some(Err(PeriodSlip::Other(Month)));
        assert_eq!(yearly.read(Cell::Text("2024-05")), other);
        assert_eq!(yearly.pace(), Pace::Panel);
    }

    #[test]
    fn a_declared_way_of_writing_goes_before_the_usual_ones() {
        let written = Written::new("YYYYMM").ok();
        let mut monthly = Periods::new(Month, None, false, written);
        assert_eq!(monthly.read(Cell::Text("202405")), Some(Ok(24_292)));
        assert_eq!(monthly.read(Cell::Integer(202_405)), Some(Ok(24_292)));
        assert_eq!(monthly.read(Cell::Number(202_405.0)), Some(Ok(24_292)));
        assert_eq!(monthly.read(Cell::Text("2024-05")), Some(Ok(24_292)));
        assert_eq!(
            monthly.read(Cell::Text("202413")),
            Some(Err(PeriodSlip::NoSuch))
        );
    }

    #[test]
    fn a_year_and_a_month_make_a_month() {
        let months = Periods::new(Month, None, false, None);
        let may = Some(Ok(24_292));
        assert_eq!(months.read_two(Cell::Integer(2024), Cell::Integer(5)), may);
        assert_eq!(months.read_two(Cell::Text("2024"), Cell::Text("05")), may);
        assert_eq!(
            months.read_two(Cell::Number(2024.0), Cell::Text("M05")),
            may
        );
        assert_eq!(months.read_two(Cell::Missing, Cell::Text("05")), None);
        let none = Some(Err(PeriodSlip::NoSuch));
        assert_eq!(
            months.read_two(Cell::Integer(2024), Cell::Integer(13)),
            none
        );
        let form = Some(Err(PeriodSlip::Form));
        assert_eq!(
            months.read_two(Cell::Integer(2024), Cell::Text("Maybe")),
            form
        );
        assert_eq!(months.read_two(Cell::Integer(2024), Cell::Text("May")), may);
        assert_eq!(months.read_two(Cell::Integer(2024), Cell::Text("mai")), may);
        let quarters = Periods::new(Quarter, None, false, None);
        assert_eq!(
            quarters.read_two(Cell::Integer(2024), Cell::Text("Q2")),
            Some(Ok(8097))
        );
    }
}
