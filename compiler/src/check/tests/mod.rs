//! Tests: names, kinds, units and lengths of what is given and expected.
//!
//! Runs after all values are checked and after the search for unused ones: that a test looks at a
//! value does not make it used.

mod expected;
mod given;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use forewarn_grammar::ast::{self, Expr, ExprKind};

use super::context::Checker;
use crate::checked::tests::{CheckedTest, TestBody, TestRows, TestShape, Tolerance};
use crate::conversion::exactly;
use crate::diagnostics::tests::{
    BadTimes, NoSuchRow, NothingExpected, SeriesLength, TestFileOutside, TestTooLong, TestTwice,
    ToleranceNotHere,
};
use crate::framework::{TestSource, at};
use crate::numbers::show;
use crate::period;
use crate::source::{FileId, Span};
use crate::typed::{Typed, ValueId};
use crate::types::Type;
use crate::units::Unit;

/// The most rows of a test in a rule file.
const MOST_ROWS: usize = 10_000;

/// What a test expects, and the file that says so.
fn expected_by<'p>(source: &TestSource<'p>, own: &'p [ast::Expect]) -> (FileId, &'p [ast::Expect]) {
    match source.expected.map(|(file, changed)| (file, &changed.kind)) {
        Some((file, ast::TestKind::Rows { expects, .. })) => (file, expects),
        Some((_, ast::TestKind::File { .. })) | None => (source.file, own),
    }
}

/// The test being checked.
struct Rows {
    shape: TestShape,
    /// `month`, `case`
    word: String,
    over: Option<Span>,
    given: BTreeMap<ValueId, Span>,
    /// The lengths of series that do not fit, each told once.
    lengths: RefCell<BTreeSet<usize>>,
}

impl Checker<'_, '_> {
    /// Checks every test.
    pub fn tests(&mut self) {
        let mut labels: BTreeMap<&str, Span> = BTreeMap::new();
        let framework = self.framework;
        for source in &framework.tests {
            let test = source.test;
            self.file = source.file;
            self.declaring.clear();
            self.testing = Some(test.label.value.clone());
            let span = self.at(test.label.span);
            let label = test.label.value.as_str();
            match labels.get(label) {
                Some(first) => self.reports.add(TestTwice {
                    label: label.to_owned(),
                    first: *first,
                    second: span,
                }),
                None => {
                    labels.insert(label, span);
                }
            }
            let mut span = span;
            let body = match &test.kind {
                ast::TestKind::File { path, within } => match source.expected {
                    Some((file, changed)) => {
                        self.file = file;
                        span = self.at(changed.label.span);
                        self.changed_table(changed, (source.file, within.as_ref()))
                    }
                    None => self.cases_of_file(path, within.as_ref()),
                },
                ast::TestKind::Rows {
                    over,
                    given,
                    expects,
                    ..
                } => {
                    let (file, expects) = expected_by(source, expects);
                    if expects.is_empty() {
                        self.reports.add(NothingExpected {
                            label: label.to_owned(),
                            span,
                        });
                    }
                    let name = (source.file, test.label.span);
                    self.rows((over.as_ref(), name), given, (file, expects))
                }
            };
            self.tests.push(CheckedTest {
                label: label.to_owned(),
                span,
                body,
            });
        }
        self.testing = None;
    }

    /// The table that an extending framework puts in the place of another.
    fn changed_table(
        &mut self,
        changed: &ast::Test,
        (file, near): (FileId, Option<&Expr>),
    ) -> TestBody {
        match &changed.kind {
            ast::TestKind::File { path, within } => {
                let body = self.cases_of_file(path, within.as_ref());
                match body {
                    // How near is near enough stays, unless it says otherwise.
                    TestBody::File {
                        path,
                        path_span,
                        tolerance: None,
                    } => {
                        self.file = file;
                        let tolerance = near.and_then(|near| self.tolerance(near, &Unit::plain()));
                        TestBody::File {
                            path,
                            path_span,
                            tolerance,
                        }
                    }
                    body @ (TestBody::Rows(_) | TestBody::File { .. }) => body,
                }
            }
            // Told where the change is made.
            ast::TestKind::Rows { .. } => TestBody::Rows(TestRows {
                shape: TestShape::Row,
                first: None,
                given: Vec::new(),
                params: Vec::new(),
                expects: Vec::new(),
            }),
        }
    }

    fn cases_of_file(&mut self, path: &ast::Text, within: Option<&Expr>) -> TestBody {
        let text = path.value.as_str();
        let climbs = text.split(['/', '\\']).any(|part| part == "..");
        let leads_out =
            climbs || text.is_empty() || text.starts_with(['/', '\\']) || text.contains(':');
        let path_span = self.at(path.span);
        if leads_out {
            self.reports.add(TestFileOutside {
                path: text.to_owned(),
                span: path_span,
            });
        }
        TestBody::File {
            path: text.to_owned(),
            path_span,
            tolerance: within.and_then(|within| self.tolerance(within, &Unit::plain())),
        }
    }

    fn rows(
        &mut self,
        (over, name): (Option<&ast::TestOver>, (FileId, ast::Span)),
        given: &[ast::Given],
        (file, expects): (FileId, &[ast::Expect]),
    ) -> TestBody {
        let forgotten = over
            .is_none()
            .then(|| self.without_over(name, given, (file, expects)))
            .flatten();
        let shape = match forgotten {
            Some(shape) => Some(shape),
            None => over.map_or(Some(TestShape::Row), |over| self.shape(over)),
        };
        let first = over.and_then(|over| over.from.as_ref());
        let first = first.and_then(|from| self.period(from, false));
        let word = match (shape, self.panel.period) {
            (Some(TestShape::Cases(_)), _) | (_, None) => "case".to_owned(),
            (_, Some(kind)) => period::kind_name(kind).to_owned(),
        };
        let mut rows = Rows {
            // Where the length could not be read, what depends on it is not told.
            shape: shape.unwrap_or(TestShape::Row),
            word,
            over: over
                .map(|over| self.at(over.span))
                .or(forgotten.map(|_| at(name.0, name.1))),
            given: BTreeMap::new(),
            lengths: RefCell::default(),
        };
        if shape.is_none() {
            return TestBody::Rows(TestRows {
                shape: rows.shape,
                first,
                given: Vec::new(),
                params: Vec::new(),
                expects: Vec::new(),
            });
        }
        let (given, params) = self.givens(&mut rows, given);
        self.file = file;
        let expects = expects
            .iter()
            .filter_map(|expect| self.expect(&rows, expect))
            .collect();
        TestBody::Rows(TestRows {
            shape: rows.shape,
            first,
            given,
            params,
            expects,
        })
    }

    /// A test whose series and periods say how long it is, and whose head does not: told once, and the rest is
    /// judged as if it did.
    fn without_over(
        &mut self,
        (head, name): (FileId, ast::Span),
        given: &[ast::Given],
        (file, expects): (FileId, &[ast::Expect]),
    ) -> Option<TestShape> {
        let whole = |x: f64| (x.fract() == 0.0 && (2.0..1000.0).contains(&x)).then_some(x as usize);
        let times = |item: &Expr| {
            if let ExprKind::Repeat { times, .. } = &item.kind {
                times.value as usize
            } else {
                1
            }
        };
        let length = |value: &Expr| {
            let ExprKind::List(items) = &value.kind else {
                return None;
            };
            let all: usize = items.iter().map(times).sum();
            (2..1000).contains(&all).then_some(all)
        };
        let series = given
            .iter()
            .filter_map(|one| Some((length(&one.value)?, one.value.span)))
            .max_by_key(|(all, _)| *all);
        let period = self.panel.period.map(period::kind_name);
        let fits = |word: &str| word == "case" || period == Some(word);
        let row = expects
            .iter()
            .filter_map(|expect| expect.at.as_ref())
            .filter_map(|at| {
                let word = at.word.text.strip_suffix('s').unwrap_or(&at.word.text);
                fits(word).then_some(())?;
                Some((whole(at.number.value)?, word.to_owned(), at))
            })
            .max_by_key(|(row, _, _)| *row);
        let rows = series
            .map(|(all, _)| all)
            .into_iter()
            .chain(row.as_ref().map(|(row, _, _)| *row))
            .max()?;
        let words: Vec<String> = match (&row, period) {
            (Some((_, word, _)), _) => vec![word.clone()],
            (None, Some(period)) => vec![period.to_owned(), "case".to_owned()],
            (None, None) => vec!["case".to_owned()],
        };
        let cases = words.first().is_some_and(|word| word == "case");
        let end = at(head, name);
        let end = Span {
            start: end.end,
            ..end
        };
        let meant = words
            .iter()
            .map(|word| (end, format!(" over {rows} {word}s")))
            .collect();
        match (series, row) {
            (Some((found, span)), _) => self.reports.add(SeriesLength {
                span: at(head, span),
                found,
                rows: 1,
                word: words.into_iter().next().unwrap_or_default(),
                over: None,
                meant,
            }),
            (None, Some((_, _, row))) => self.reports.add(NoSuchRow {
                span: at(file, row.span),
                found: format!("{} {}", row.word.text, row.number.text),
                rows: 1,
                word: words.into_iter().next().unwrap_or_default(),
                over: None,
                meant,
            }),
            (None, None) => return None,
        }
        Some(match cases {
            true => TestShape::Cases(rows),
            false => TestShape::Along(rows),
        })
    }

    /// `over 24 months`, `over 4 cases`
    fn shape(&mut self, over: &ast::TestOver) -> Option<TestShape> {
        let span = self.at(over.length.span);
        let unit = over.length.unit.as_ref().map(|unit| unit.text.as_str());
        let shape = if matches!(unit, Some("case" | "cases")) {
            let rows = over.length.value;
            if rows.fract() != 0.0 || rows < 1.0 {
                let found = over.length.text.clone();
                self.reports.add(BadTimes { span, found });
                return None;
            }
            TestShape::Cases(rows as usize)
        } else {
            let length = Expr {
                kind: ExprKind::Number(over.length.clone()),
                span: over.length.span,
                depth: 1,
            };
            TestShape::Along(self.periods(&length, "`over`")? as usize)
        };
        if shape.rows() > MOST_ROWS {
            self.reports.add(TestTooLong {
                span,
                most: MOST_ROWS,
            });
            return None;
        }
        Some(shape)
    }

    /// The values of a series with how often each stands, or the one value; `None` where one of them
    /// is wrong, and told. `read` checks one value.
    fn cells(
        &mut self,
        rows: &Rows,
        value: &Expr,
        mut read: impl FnMut(&mut Self, &Expr) -> Option<Typed>,
    ) -> Option<Vec<(Typed, usize)>> {
        let ExprKind::List(items) = &value.kind else {
            return Some(vec![(read(self, value)?, 1)]);
        };
        let mut cells = Vec::with_capacity(items.len());
        let mut whole = true;
        for item in items {
            let (value, times) = if let ExprKind::Repeat { value, times } = &item.kind {
                (value.as_ref(), self.times(times))
            } else {
                (item, Some(1))
            };
            let cell = read(self, value);
            match cell.zip(times) {
                Some(cell) => cells.push(cell),
                None => whole = false,
            }
        }
        if !whole {
            return None;
        }
        let found: usize = cells.iter().map(|(_, times)| times).sum();
        let wanted = rows.shape.rows();
        if found != wanted || rows.over.is_none() {
            // Several of one length say that the test's own is wrong: that is one slip.
            if !rows.lengths.borrow_mut().insert(found) {
                return None;
            }
            self.reports.add(SeriesLength {
                span: self.at(value.span),
                found,
                rows: wanted,
                word: rows.word.clone(),
                over: rows.over,
                meant: Vec::new(),
            });
            return None;
        }
        Some(cells)
    }

    fn times(&mut self, times: &ast::Number) -> Option<usize> {
        let x = times.value;
        let fits = times.unit.is_none()
            && !times.percent
            && x.fract() == 0.0
            && (1.0..=MOST_ROWS as f64).contains(&x);
        if !fits {
            let (span, found) = (self.at(times.span), times.text.clone());
            self.reports.add(BadTimes { span, found });
            return None;
        }
        Some(x as usize)
    }

    /// `within 0.01`, `within 5 deaths`, `within 1%`: of a value with that unit.
    fn tolerance(&mut self, within: &Expr, unit: &Unit) -> Option<Tolerance> {
        let typed = self.expr(within, None);
        let typed = self.constant(typed, "a tolerance");
        let span = typed.span;
        let percent = Type::Number(Unit::percent());
        let relative = typed.ty == percent && *unit != Unit::percent();
        let typed = if relative {
            typed
        } else {
            let wanted = Type::Number(unit.clone());
            self.keeps(typed, wanted, span, "the value").1
        };
        if typed.ty.is_error() {
            return None;
        }
        match self.amount(&typed).filter(|x| *x >= 0.0) {
            // A percentage is a number of hundredths.
            Some(x) if relative => Some(Tolerance::Relative(exactly(x, 1.0, 100.0))),
            Some(x) => Some(Tolerance::Absolute(x)),
            None => {
                self.reports.add(ToleranceNotHere { span });
                None
            }
        }
    }

    /// A constant, as people read it.
    fn shown_amount(&self, value: &Typed) -> Option<(f64, String)> {
        let x = self.amount(value)?;
        Some((x, show(x)))
    }
}
