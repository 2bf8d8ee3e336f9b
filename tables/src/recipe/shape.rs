//! Tables of another shape than rows by entity and period.
//!
//! In: the names of a file's columns. Out: which of them are keys and which hold values of which
//! indicator and period, so that each row gives the cells of one row or of several.

use super::marks::{flag_of, marked_period};
use super::naming::{Naming, month_in, period_by};
use forewarn_plan::period::{Weekday, Written, any_of};
use forewarn_plan::{PeriodKind, Plan};
use std::borrow::Cow;

/// The shape of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Shape {
    /// A row for each entity and period, a column for each indicator.
    #[default]
    Plain,
    /// A row for each value: one column names the indicator, another holds the value.
    Long {
        name: String,
        value: String,
        /// Names in the file with the indicators that they are; others are columns of their own name.
        keys: Vec<(String, String)>,
    },
    /// A column for each period.
    Periods {
        /// What the recipe calls them: `years`, `months`.
        called: &'static str,
        /// The first and the last, where not all of them are read.
        range: Option<(String, String)>,
        /// The indicator whose values they are, where no column names it.
        value: Option<String>,
        /// The column that names the indicator.
        name: Option<String>,
        keys: Vec<(String, String)>,
    },
    /// A column for each entity.
    Entities {
        /// What the recipe calls them: `countries`.
        called: &'static str,
        /// The indicator whose values they are, where no column names it.
        value: Option<String>,
        /// The column that names the indicator.
        name: Option<String>,
        keys: Vec<(String, String)>,
    },
    /// A column for each indicator and period, named by a pattern.
    Wide { pattern: WidePattern },
}

impl Shape {
    /// Do cells name the indicators?
    pub(crate) fn names_in_cells(&self) -> bool {
        match self {
            Self::Plain | Self::Wide { .. } => false,
            Self::Long { .. } => true,
            Self::Periods { name, .. } | Self::Entities { name, .. } => name.is_some(),
        }
    }

    /// The indicator that a name in the file is said to be.
    pub(crate) fn target(&self, code: &str) -> Option<&str> {
        match self {
            Self::Plain | Self::Wide { .. } => None,
            Self::Long { keys, .. } | Self::Periods { keys, .. } | Self::Entities { keys, .. } => {
                keys.iter()
                    .find(|(known, _)| known == code)
                    .map(|(_, target)| target.as_str())
            }
        }
    }

    pub(crate) fn gathers(&self) -> bool {
        match self {
            Self::Plain | Self::Wide { .. } => false,
            Self::Long { .. } => true,
            Self::Periods { name, .. } | Self::Entities { name, .. } => name.is_some(),
        }
    }
}

/// The one indicator that the rules read, where there is only one.
pub(crate) fn only_indicator(plan: &Plan) -> Option<String> {
    let mut numbers = plan.inputs.iter().filter(|input| input.kind.is_indicator());
    let first = numbers.next()?;
    numbers.next().is_none().then(|| first.name.clone())
}

/// `{indicator}_{year}`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WidePattern {
    text: String,
    before: String,
    between: String,
    behind: String,
    period_first: bool,
    /// Of which kind periods are that it names by their own word: `{month}`, `{quarter}`.
    kind: Option<PeriodKind>,
}

impl WidePattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Why it is none.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        const WHY: &str = "write `{indicator}` and `{year}`, `{month}` or `{quarter}` with something between them, as in `{indicator}_{year}`";
        // `2021 [YR2021]` says its year twice.
        let text = text.replace(" [YR{year}]", "");
        let text = text.as_str();
        let words = [
            ("{year}", None),
            ("{period}", None),
            ("{month}", Some(PeriodKind::Month)),
            ("{quarter}", Some(PeriodKind::Quarter)),
        ];
        let period = words
            .into_iter()
            .find_map(|(word, kind)| Some(((text.find(word)?, word.len()), kind)));
        let kind = period.and_then(|(_, kind)| kind);
        let period = period.map(|(place, _)| place);
        let indicator = text.find("{indicator}").map(|at| (at, "{indicator}".len()));
        let (Some(period), Some(indicator)) = (period, indicator) else {
            return Err(WHY);
        };
        let period_first = period.0 < indicator.0;
        let (first, second) = if period_first {
            (period, indicator)
        } else {
            (indicator, period)
        };
        let between = text.get(first.0 + first.1..second.0).unwrap_or_default();
        if between.is_empty() {
            return Err(WHY);
        }
        Ok(Self {
            text: text.to_owned(),
            before: text.get(..first.0).unwrap_or_default().to_owned(),
            between: between.to_owned(),
            behind: text
                .get(second.0 + second.1..)
                .unwrap_or_default()
                .to_owned(),
            period_first,
            kind,
        })
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The indicator and the period that a column's name tells, also in ways of writing that are declared.
    pub(crate) fn read(&self, name: &str, ways: &[Written]) -> Option<(String, String)> {
        let (indicator, period) = self.parts(name, ways)?;
        Some((indicator.to_owned(), period_by(period, ways)?))
    }

    /// What stands in a column's name for the indicator and for the period, be it one or none. What sets them apart may
    /// stand in the period, too: `killed May 2024`, `killed 2024 Q1`.
    pub(crate) fn parts<'n>(&self, name: &'n str, ways: &[Written]) -> Option<(&'n str, &'n str)> {
        let splits = self.splits(name);
        let is_of_kind = |(_, period): &&(&str, &str)| {
            let read = period_by(period, ways);
            let kind = read.and_then(|read| any_of(&read, Weekday::Monday));
            kind.is_some_and(|(kind, _)| Some(kind) == self.kind)
        };
        let whole = splits
            .iter()
            .find(is_of_kind)
            .filter(|_| self.kind.is_some());
        whole.or(splits.last()).copied()
    }

    /// The ways in which a name is an indicator and a period, those of which most is the period first.
    pub(crate) fn splits<'n>(&self, name: &'n str) -> Vec<(&'n str, &'n str)> {
        let name = said_once(name);
        let inner = name.strip_prefix(self.before.as_str());
        let inner = inner.and_then(|inner| inner.strip_suffix(self.behind.as_str()));
        let Some(inner) = inner else {
            return Vec::new();
        };
        let between = self.between.as_str();
        let split = |at: usize| {
            let first = inner.get(..at)?;
            let second = inner.get(at + between.len()..)?;
            let (indicator, period) = match self.period_first {
                true => (second, first),
                false => (first, second),
            };
            (!indicator.is_empty()).then_some((indicator, period))
        };
        let mut places: Vec<usize> = inner.match_indices(between).map(|(at, _)| at).collect();
        if self.period_first {
            places.reverse();
        }
        places.into_iter().filter_map(split).collect()
    }
}

/// A name without the year that it says once more at its end: `income 2021` of `income 2021 [YR2021]`.
fn said_once(name: &str) -> &str {
    let again = name
        .strip_suffix(']')
        .and_then(|name| name.rsplit_once(" [YR"));
    match again {
        Some((name, year)) if year.len() == 4 && name.ends_with(year) => name,
        Some(_) | None => name,
    }
}

/// A column that holds values of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) column: usize,
    /// As it is usually written; of a month whose year stands in another column, what follows the year: `-05`.
    pub(crate) period: String,
    /// Empty where another column names it.
    pub(crate) indicator: String,
    /// What is said of all its values: `p` of `2024-02 p`, where flags are read.
    pub(crate) mark: Option<String>,
}

impl Held {
    /// The period of a row, with the year that stands in it where names of columns have none.
    pub(crate) fn period_of(&self, year: Option<&str>) -> Cow<'_, str> {
        match year.filter(|_| self.period.starts_with('-')) {
            Some(year) => {
                let year = year.strip_suffix(".0").unwrap_or(year);
                Cow::Owned(format!("{year}{}", self.period))
            }
            None => Cow::Borrowed(&self.period),
        }
    }
}

/// Which columns hold values of periods; the others are keys and remarks.
pub(crate) fn held(
    shape: &Shape,
    columns: &[String],
    value: &str,
    naming: Naming<'_>,
) -> Vec<Held> {
    let ways = naming.ways;
    let of = |column: usize, header: &str| -> Option<Held> {
        let (indicator, period) = match shape {
            Shape::Plain | Shape::Long { .. } | Shape::Entities { .. } => return None,
            Shape::Periods { range, name, .. } => {
                let month = || month_in(header).filter(|_| naming.years);
                let period = period_by(header, ways).or_else(month)?;
                let indicator = if name.is_some() { "" } else { value };
                (
                    indicator.to_owned(),
                    within(range.as_ref(), &period).then_some(period)?,
                )
            }
            Shape::Wide { pattern } => pattern.read(header, ways)?,
        };
        Some(Held {
            column,
            period,
            indicator,
            mark: None,
        })
    };
    let all = columns.iter().enumerate();
    let mut held: Vec<Held> = all
        .filter_map(|(column, header)| of(column, header))
        .collect();
    if naming.flags {
        let marked = marked_columns(shape, columns, value, naming);
        // A column beside one of the same period says something else of it.
        let is_new = |one: &Held| {
            let mut held = held.iter();
            !held.any(|known| known.period == one.period && known.indicator == one.indicator)
        };
        let new: Vec<Held> = marked
            .into_iter()
            .filter(|one| one.mark.is_some() && is_new(one))
            .collect();
        held.extend(new);
        held.sort_by_key(|held| held.column);
    }
    held
}

fn within(range: Option<&(String, String)>, period: &str) -> bool {
    range.is_none_or(|(from, to)| period >= from.as_str() && period <= to.as_str())
}

/// The columns whose names are periods with something before or behind them; those of which it is a flag have it as
/// their mark.
pub(crate) fn marked_columns(
    shape: &Shape,
    columns: &[String],
    value: &str,
    naming: Naming<'_>,
) -> Vec<Held> {
    let of = |column: usize, header: &str| {
        let (indicator, text) = match shape {
            Shape::Plain | Shape::Long { .. } | Shape::Entities { .. } => return None,
            Shape::Periods { name, .. } => (if name.is_some() { "" } else { value }, header),
            Shape::Wide { pattern } => pattern.parts(header, naming.ways)?,
        };
        let (period, mark) = marked_period(text, naming.ways)?;
        let range = match shape {
            Shape::Periods { range, .. } => range.as_ref(),
            Shape::Plain | Shape::Long { .. } | Shape::Entities { .. } | Shape::Wide { .. } => None,
        };
        within(range, &period).then(|| Held {
            column,
            indicator: indicator.to_owned(),
            mark: flag_of(mark),
            period,
        })
    };
    let all = columns.iter().enumerate();
    all.filter_map(|(column, header)| of(column, header))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_in_names_as_it_is_said() {
        let ways = [Written::new("YYYY/YY").unwrap()];
        assert_eq!(period_by("2011/12", &ways).as_deref(), Some("2011"));
        assert_eq!(period_by("2022/23 ", &ways).as_deref(), Some("2022"));
        assert_eq!(period_by("2024", &ways).as_deref(), Some("2024"));
        assert_eq!(period_by("2022/23", &[]), None);
        let pattern = WidePattern::new("{indicator} {year}").unwrap();
        let read = pattern.read("killed 2022/23", &ways);
        assert_eq!(read, Some(("killed".to_owned(), "2022".to_owned())));
        assert_eq!(pattern.read("killed 2022/23", &[]), None);
    }

    #[test]
    fn months_whose_year_stands_elsewhere() {
        let shape = Shape::Periods {
            called: "months",
            range: None,
            value: Some("n".to_owned()),
            name: None,
            keys: Vec::new(),
        };
        let columns = ["country", "year", "Jan", "févr."].map(str::to_owned);
        let naming = |years| Naming {
            ways: &[],
            years,
            flags: false,
        };
        let found = held(&shape, &columns, "n", naming(true));
        let periods = found.iter().map(|held| held.period_of(Some("2031.0")));
        assert_eq!(periods.collect::<Vec<_>>(), ["2031-01", "2031-02"]);
        assert!(held(&shape, &columns, "n", naming(false)).is_empty());
    }

    #[test]
    fn names_by_a_pattern() {
        let pattern = WidePattern::new("{indicator}_{year}").unwrap();
        assert_eq!(
            pattern.read("infant_deaths_2019", &[]),
            Some(("infant_deaths".to_owned(), "2019".to_owned()))
        );
        assert_eq!(pattern.read("country", &[]), None);
        let other = WidePattern::new("{year} {indicator}").unwrap();
        assert_eq!(
            other.read("2019 people killed", &[]),
            Some(("people killed".to_owned(), "2019".to_owned()))
        );
        for pattern in ["{indicator} {year} [YR{year}]", "{indicator} {year}"] {
            let pattern = WidePattern::new(pattern).unwrap();
            let read = pattern.read("income per head 2021 [YR2021]", &[]);
            assert_eq!(
                read,
                Some(("income per head".to_owned(), "2021".to_owned()))
            );
            assert_eq!(pattern.read("income [YR2021]", &[]), None);
        }
        let first = WidePattern::new("{year} - {indicator}").unwrap();
        let read = first.read("2021 [YR2021] - Income [NY.INC]", &[]);
        assert_eq!(
            read,
            Some(("Income [NY.INC]".to_owned(), "2021".to_owned()))
        );
        let pattern = WidePattern::new("{indicator} {month}").unwrap();
        for (name, read) in [
            ("killed May 2024", Some(("killed", "2024-05"))),
            (
                "people killed mars 2024",
                Some(("people killed", "2024-03")),
            ),
            ("killed 2024-05", Some(("killed", "2024-05"))),
            ("killed 2024", Some(("killed", "2024"))),
            ("killed", None),
        ] {
            let read = read.map(|(name, period)| (name.to_owned(), period.to_owned()));
            assert_eq!(pattern.read(name, &[]), read, "{name}");
        }
        let quarter = WidePattern::new("{quarter} {indicator}").unwrap();
        let read = quarter.read("Q2 2024 people killed", &[]);
        assert_eq!(
            read,
            Some(("people killed".to_owned(), "2024-Q2".to_owned()))
        );
        // `{year}` leaves what stands before it to the indicator.
        let year = WidePattern::new("{indicator} {year}").unwrap();
        let read = year.read("pillar 1 2019", &[]);
        assert_eq!(read, Some(("pillar 1".to_owned(), "2019".to_owned())));
        assert!(WidePattern::new("{indicator}{year}").is_err());
        assert!(WidePattern::new("{indicator}_").is_err());
    }
}
