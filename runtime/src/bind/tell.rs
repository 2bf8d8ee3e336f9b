//! Turns what is wrong with a cell or a row into its cause, with the place in the file.

use super::builder::PanelBuilder;
use super::cells::{Outcome, cell_text};
use super::columns::PeriodAt;
use super::dates::spreadsheet_day;
use super::noticed::LineOf;
use super::problems::{Kind, Problem, Problems};
use super::{Cell, Line, writings};
use crate::causes::data::{
    BadLine, BadPeriod, CellAt, EmptyKey, NotANumber, NotOneOf, NotYesOrNo, NumberSlip,
    OutsideRange, RaggedRow, typed,
};
use crate::period::{self, PeriodSlip, Weekday};
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::suggest::suggest;
use forewarn_diagnostics::{Cause, DataPlace, Reports};
use forewarn_plan::{InputInfo, InputKind, PeriodKind};

impl PanelBuilder<'_> {
    /// A row with a wrong number of cells, which are not read: how many it has, and how many its header.
    pub fn ragged(&mut self, row: u64, (cells, header): (usize, usize), line: Option<Line>) {
        if self.problems.count("", Kind::Ragged) {
            let place = self.row_place(row, line);
            self.problems.keep(Problem::Ragged(RaggedRow {
                place,
                cells,
                header,
                more: 0,
            }));
        }
    }

    /// A row that cannot be taken apart, and why.
    pub fn bad_line(&mut self, row: u64, why: &str, line: Option<Line>) {
        if self.problems.count("", Kind::Line) {
            let place = self.row_place(row, line);
            self.problems.keep(Problem::Line(BadLine {
                place,
                why: why.to_owned(),
                more: 0,
            }));
        }
    }

    /// Ends reading where nothing can be read any more: what was found so far, and why it ends.
    #[must_use]
    pub fn fail(self, cause: impl Cause + 'static) -> Reports {
        let mut reports = Reports::default();
        self.problems.tell(&self.options.file, &mut reports);
        reports.add(cause);
        reports
    }

    /// The place of a whole row.
    #[must_use]
    pub fn row_place(&self, row: u64, line: Option<Line>) -> DataPlace {
        let file = self.options.file.clone();
        DataPlace {
            file,
            row: Some(row),
            column: None,
            key: None,
            line,
        }
    }

    fn place(&self, row: u64, column: usize, key: Option<String>, shown: LineOf<'_>) -> DataPlace {
        let name = self.column_name(column).to_owned();
        DataPlace {
            column: Some(name),
            key,
            ..self.row_place(row, shown(column))
        }
    }

    fn column_name(&self, column: usize) -> &str {
        self.table.get(column).map_or("", |column| &column.name)
    }

    /// Counts a problem of a column; true if it is to be told whole.
    fn count(&mut self, column: usize, kind: Kind) -> bool {
        let name = self.table.get(column).map_or("", |column| &column.name);
        self.problems.count(name, kind)
    }

    #[cold]
    pub(super) fn empty_key(
        &mut self,
        row: u64,
        (column, cell): (usize, Cell<'_>),
        name: &str,
        shown: LineOf<'_>,
    ) {
        if self.count(column, Kind::Key) {
            let place = self.place(row, column, None, shown);
            self.problems.keep(Problem::Key(EmptyKey {
                place,
                name: name.to_owned(),
                period: *name == self.plan.panel.period_name,
                holds: match cell {
                    Cell::Date(_) => Some((cell_text(cell), "a date")),
                    Cell::Truth(_) => Some((cell_text(cell), "yes or no")),
                    Cell::Missing
                    | Cell::Unknown
                    | Cell::NoColumn
                    | Cell::Text(_)
                    | Cell::Number(_)
                    | Cell::Share(_)
                    | Cell::Integer(_)
                    | Cell::Other(_) => None,
                },
                more: 0,
            }));
        }
    }

    #[cold]
    pub(super) fn bad_period(
        &mut self,
        row: u64,
        column: usize,
        key: Option<String>,
        cell: Cell<'_>,
        slip: PeriodSlip,
        shown: LineOf<'_>,
    ) {
        let Some(periods) = self.reading_periods.clone() else {
            return;
        };
        let text = cell_text(cell);
        let kind = match self.binding.period {
            PeriodAt::Two([year, _]) if year == column => PeriodKind::Year,
            _ => periods.kind(),
        };
        let name = self.column_name(column).to_owned();
        let mut problems =
            std::mem::replace(&mut self.problems, Problems::new(self.options.limits));
        let mut offered = Vec::new();
        let told = problems.count_period(&name, &text, || match slip {
            PeriodSlip::TwoWays => Some("it can be read in two ways".to_owned()),
            PeriodSlip::Form
            | PeriodSlip::Other(_)
            | PeriodSlip::NoSuch
            | PeriodSlip::NotFirstDay => {
                let number = matches!(cell, Cell::Number(_));
                let point = month_behind_a_point(kind, &text, number);
                point.or_else(|| {
                    let (advice, patterns) = self.how_to_declare(kind, column, &text)?;
                    offered = patterns;
                    Some(advice)
                })
            }
        });
        self.problems = problems;
        let Some(advice) = told else {
            return;
        };
        let example = match self.binding.period {
            PeriodAt::Two([year, _]) if year == column => period::example(kind).to_owned(),
            PeriodAt::Two(_) => "5".to_owned(),
            _ => periods.example(),
        };
        let place = self.place(row, column, key, shown);
        let ways = match slip {
            PeriodSlip::TwoWays => periods.readings(&text),
            PeriodSlip::Form
            | PeriodSlip::Other(_)
            | PeriodSlip::NoSuch
            | PeriodSlip::NotFirstDay => Vec::new(),
        };
        self.problems.keep(Problem::Period(BadPeriod {
            place,
            text,
            period: period::kind_name(kind).to_owned(),
            ways,
            offered,
            kind,
            example,
            why: match (not_first_day(kind, cell), advice) {
                (Some(why), Some(advice)) => Some(format!("{why}; {advice}")),
                (Some(why), None) => Some(why),
                (None, advice) => advice.or_else(|| why_no_period(kind, slip, periods.is_panels())),
            },
            more: 0,
        }));
    }

    /// What the command line can say of a period that is written in a way of its own.
    /// With the patterns that it offers, where these are all that it says.
    fn how_to_declare(
        &self,
        kind: PeriodKind,
        column: usize,
        text: &str,
    ) -> Option<(String, Vec<String>)> {
        let alone = |advice: String| Some((advice, Vec::new()));
        let PeriodAt::One(_) = self.binding.period else {
            return None;
        };
        let (name, column) = (&self.plan.panel.period_name, self.column_name(column));
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let mut found = period::patterns_of(text, kind);
        if let Some(day) = spreadsheet_day(text).filter(|_| found.is_empty()) {
            let counted = text.split('.').next().unwrap_or(text);
            let pattern = format!("{counted} = {day}");
            return alone(format!(
                "spreadsheets count days from 1900, and `{text}` is {day}: write such cells as dates there \
                 (`{}`), and save the file again; where all cells are whole numbers of this kind, \
                 `--period-format {}`, or `period = \"{pattern}\"` in the recipe, reads them",
                period::example(kind),
                typed(&pattern)
            ));
        }
        let parts = matches!(
            kind,
            PeriodKind::Quarter | PeriodKind::Month | PeriodKind::Week(_)
        );
        if digits && parts && (1..=2).contains(&text.len()) {
            return alone(format!(
                "where the year stands in a column of its own, name both: `--map {name}=YEAR,{column}`, or `map = \
                 {{ {name} = \"YEAR,{column}\" }}` in the recipe"
            ));
        }
        if digits && kind == PeriodKind::Month && text.len() == 3 {
            return alone(format!(
                "months may be counted, and then one of them has to be said: with `--period-format \"1 = 1980-01\"`, \
                 or `period = \"1 = 1980-01\"` in the recipe, as some forecasts count, `{text}` is {}",
                counted_month(text)
            ));
        }
        let said = self.options.written.or(self.plan.panel.written);
        // `D` reads days of one digit too, which the column may hold.
        for pattern in &mut found {
            if let Some(rest) = pattern.strip_prefix("DD ") {
                *pattern = format!("D {rest}");
            }
        }
        found.retain(|pattern| said.is_none_or(|said| said.pattern() != *pattern));
        let ways = writings::ways(&found, text, kind)?;
        match (found.as_slice(), self.options.written) {
            // A column may have several.
            ([only], Some(said)) => alone(format!(
                "{ways}; where other cells are written as `{0}`, give both: `--period-format {1} --period-format \
                 {2}`, or a list in the recipe",
                said.pattern(),
                typed(&said.pattern()),
                typed(only)
            )),
            _ => Some((ways, found)),
        }
    }

    /// Tells why a cell of an indicator cannot be read.
    #[cold]
    pub(super) fn bad_cell(
        &mut self,
        input: usize,
        info: &InputInfo,
        index: usize,
        cell: Cell<'_>,
        outcome: Outcome,
        shown: LineOf<'_>,
    ) {
        let kind = match outcome {
            Outcome::NotANumber(_) => Kind::Number,
            Outcome::NotYesOrNo => Kind::Truth,
            Outcome::NotOneOf => Kind::Name,
            Outcome::OutOfRange { .. } => Kind::Range,
            Outcome::Value(_)
            | Outcome::Missing
            | Outcome::Worded
            | Outcome::Unknown
            | Outcome::Inapplicable
            | Outcome::Named(_) => return,
        };
        let column = self
            .binding
            .inputs
            .get(input)
            .copied()
            .flatten()
            .unwrap_or(0);
        if kind == Kind::Truth {
            let name = self.table.get(column).map_or("", |column| &column.name);
            self.problems.word(name, &cell_text(cell));
        }
        // Words come again, numbers that are none seldom do.
        let is_word = match outcome {
            Outcome::NotOneOf | Outcome::NotYesOrNo => true,
            Outcome::NotANumber(slip) => {
                matches!(slip, NumberSlip::Words | NumberSlip::MissingSign)
            }
            Outcome::Value(_)
            | Outcome::Missing
            | Outcome::Worded
            | Outcome::Unknown
            | Outcome::Inapplicable
            | Outcome::Named(_)
            | Outcome::OutOfRange { .. } => false,
        };
        let is_news = match is_word {
            true => {
                let name = self.column_name(column).to_owned();
                self.problems.count_word(&name, kind, &cell_text(cell))
            }
            false => self.count(column, kind),
        };
        if !is_news {
            return;
        }
        let row = self.file_rows.get(index).unwrap_or(0);
        let cell = CellAt {
            place: self.place(row, column, self.key_of(index), shown),
            text: cell_text(cell),
            name: info.name.clone(),
            unit: info.unit.clone(),
            more: 0,
            stands: info.missing_means.is_some(),
            declared: info.span != Span::default(),
        };
        self.problems.keep(match outcome {
            Outcome::NotANumber(slip) => Problem::Number(NotANumber { cell, slip }),
            Outcome::OutOfRange { .. } => Problem::Range(OutsideRange {
                cell,
                range: range_text(info),
                declared: info.span,
            }),
            Outcome::NotOneOf => Problem::Name(not_one_of(info, cell)),
            _ => Problem::Truth(NotYesOrNo {
                cell,
                words: Vec::new(),
            }),
        });
    }
}

/// What there is to say of `2024.1`, which has lost a nought or has none: it may be January or October. A cell with a
/// number has none in any case, and is told with what reads it.
fn month_behind_a_point(kind: PeriodKind, text: &str, number: bool) -> Option<String> {
    const MIND: &str = "give the column the format of text, write such months anew, as `2024-05`, and save the file again";
    if kind != PeriodKind::Month {
        return None;
    }
    let (year, month) = text.split_once('.')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_year =
        year.len() == 4 && digits(year) && (1800..=2200).contains(&year.parse().unwrap_or(0));
    if !is_year || !digits(month) || !(1..=2).contains(&month.len()) {
        return None;
    }
    if month == "1" {
        let reads = match number {
            true => {
                "; where all months are written with two digits, `--period-format YYYY.MM`, or `period = \"YYYY.MM\"` in \
                     the recipe, reads it as October"
            }
            false => "",
        };
        return Some(format!(
            "a number has no noughts behind its point, so that `{text}` may be {year}-01 or {year}-10: {MIND}{reads}"
        ));
    }
    let two = month.len() == 2 && (1..=12).contains(&month.parse().unwrap_or(0));
    (number && two).then(|| {
        format!(
            "`--period-format YYYY.MM`, or `period = \"YYYY.MM\"` in the recipe, reads it, and `{year}.1`, which has lost \
             a nought, as October; where months of one digit are not written `{year}.01`, {MIND}"
        )
    })
}

/// The month of a number where January 1980 is 1.
fn counted_month(text: &str) -> String {
    let written = period::Written::new("1 = 1980-01").ok();
    let found = written.and_then(|written| written.read(text).ok());
    found.map_or_else(String::new, |(kind, number)| {
        period::Period::new(kind, number).to_string()
    })
}

fn not_one_of(info: &InputInfo, cell: CellAt) -> NotOneOf {
    let (what, names) = match &info.kind {
        InputKind::Level { scale, names } => (format!("a level of `{scale}`"), names.clone()),
        InputKind::Category { names } => (
            format!("one of the categories of `{}`", info.name),
            names.clone(),
        ),
        InputKind::Number
        | InputKind::Truth
        | InputKind::Verification { .. }
        | InputKind::Applies { .. }
        | InputKind::Age { .. }
        | InputKind::Key { .. } => (String::new(), Vec::new()),
    };
    // `2` is `p2` where no other name has that number.
    let is_number = !cell.text.is_empty() && cell.text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = |name: &String| -> String { name.chars().filter(char::is_ascii_digit).collect() };
    let mut numbered = names
        .iter()
        .filter(|name| is_number && digits(name) == cell.text);
    let numbered = match (numbered.next(), numbered.next()) {
        (Some(only), None) => Some(only.clone()),
        (Some(_), Some(_)) | (None, _) => None,
    };
    let near = || suggest(&cell.text, names.iter().map(String::as_str)).map(str::to_owned);
    let suggestion = numbered.or_else(near);
    NotOneOf {
        cell,
        what,
        names,
        suggestion,
    }
}

/// `panels`: the kind is the panel's, else that of the file's first rows.
fn why_no_period(kind: PeriodKind, slip: PeriodSlip, panels: bool) -> Option<String> {
    let wanted = period::kind_name(kind);
    let whose = if panels {
        "panel goes"
    } else {
        "rows before it go"
    };
    match slip {
        PeriodSlip::Form => None,
        PeriodSlip::Other(found) => {
            let found = period::kind_name(found);
            Some(format!("it is a {found}, and the {whose} by the {wanted}"))
        }
        // It is told with its readings.
        PeriodSlip::TwoWays => None,
        PeriodSlip::NoSuch => Some("the calendar has no such date".to_owned()),
        PeriodSlip::NotFirstDay => Some(format!(
            "a date is only taken for the {wanted} that begins on it"
        )),
    }
}

/// A day on which no week begins.
fn not_first_day(kind: PeriodKind, cell: Cell<'_>) -> Option<String> {
    let PeriodKind::Week(from) = kind else {
        return None;
    };
    let day = match cell {
        Cell::Date(days) => days,
        Cell::Text(text) => match period::any(text.trim()) {
            Some((PeriodKind::Day, days)) => days,
            _ => return None,
        },
        _ => return None,
    };
    if from.is_first(day) {
        return None;
    }
    Some(format!(
        "it is a {}, and the weeks of this panel begin on {}: a date is only taken for the week that begins on it",
        Weekday::on(day).name(),
        from.name()
    ))
}

/// A declared range as written in rules.
pub(super) fn range_text(info: &InputInfo) -> String {
    let end = |x: f64| {
        if x.is_finite() {
            cell_text(Cell::Number(x))
        } else {
            String::new()
        }
    };
    let dots = if info.high_excluded { "..<" } else { ".." };
    format!("{}{dots}{}", end(info.low), end(info.high))
}
