//! Levels by clauses and by bands, and decision tables.

use forewarn_compiler::checked::tables::{CellKind, TableBody, TableRow};
use forewarn_compiler::checked::{Arms, Band, LevelBody};
use forewarn_compiler::typed::{Typed, TypedKind};
use forewarn_compiler::types::Type;

use super::decimals::compare;
use super::worth::{Worth, and};
use super::{Place, World};

/// A count is banded and looked up as the interval that it is.
fn as_counted(of: &Typed) -> &Typed {
    match &of.kind {
        TypedKind::AsNumber(inner) if inner.ty == Type::Count => inner,
        _ => of,
    }
}

impl<'w> World<'w> {
    pub fn level(&self, body: &'w LevelBody, place: &Place<'w>) -> Worth {
        match &body.arms {
            Arms::Clauses { clauses, otherwise } => {
                let answers: Vec<(u32, Option<bool>)> = clauses
                    .iter()
                    .map(|clause| {
                        // What asks for something that is not there is not met.
                        let there = self.gives(&clause.condition, place);
                        let answer = if there {
                            self.truth(&clause.condition, place)
                        } else {
                            Some(false)
                        };
                        (clause.position, answer)
                    })
                    .collect();
                let sure = answers.iter().find(|(_, answer)| *answer == Some(true));
                let at_least = sure.map_or(otherwise.0, |(position, _)| *position);
                let possible = answers.iter().find(|(_, answer)| *answer != Some(false));
                let at_most = possible.map_or(otherwise.0, |(position, _)| *position);
                Worth::Level(at_least, at_most)
            }
            Arms::Value(of) => self.eval(of, place),
            Arms::Bands { of, bands } => {
                let places = bands.iter().map(|band| band.position);
                let whole = (
                    places.clone().min().expect("a band"),
                    places.max().expect("a band"),
                );
                let score = match self.eval(as_counted(of), place) {
                    Worth::Count(low, high) => Worth::Between(Some(low), Some(high)),
                    other => other,
                };
                if let Worth::Between(low, high) = score {
                    let at = |x: Option<f64>, open: u32| {
                        x.map_or((open, open), |x| {
                            self.band(bands, x, place).unwrap_or(whole)
                        })
                    };
                    let (a, b) = match (low, high) {
                        (None, None) => return Worth::Level(whole.0, whole.1),
                        (low, high) => (at(low, whole.0), at(high, whole.1)),
                    };
                    return Worth::Level(a.0.min(b.0), a.1.max(b.1));
                }
                let Some(x) = score.plain() else {
                    return Worth::Level(whole.0, whole.1);
                };
                let own = self.band(bands, x, place).unwrap_or(whole);
                Worth::Level(own.0, own.1)
            }
        }
    }

    /// The band that a score lies in, twice.
    fn band(&self, bands: &'w [Band], x: f64, place: &Place<'w>) -> Option<(u32, u32)> {
        for band in bands {
            let low = band
                .low
                .as_ref()
                .map(|low| self.number(low, place).expect("constant"));
            let high = band
                .high
                .as_ref()
                .map(|high| self.number(high, place).expect("constant"));
            let above = low.is_none_or(|low| compare(x, low).is_ge());
            let below = high.is_none_or(|high| {
                let order = compare(x, high);
                if band.half_open {
                    order.is_lt()
                } else {
                    order.is_le()
                }
            });
            if above && below {
                return Some((band.position, band.position));
            }
        }
        None
    }

    /// What a cell says of its column: `None` is unknown.
    fn cell(&self, kind: &'w CellKind, column: &Worth, place: &Place<'w>) -> Option<bool> {
        let at = |edge: &'w Typed| self.number(edge, place).expect("a constant");
        match kind {
            CellKind::Any => Some(true),
            CellKind::Missing => Some(!column.is_known()),
            CellKind::Places(places) => match column {
                Worth::Level(low, high) => {
                    let inside = (*low..=*high)
                        .filter(|place| places.contains(place))
                        .count();
                    let all = (high - low + 1) as usize;
                    // Places are a set: certain where the whole interval lies in it.
                    match inside {
                        0 => Some(false),
                        inside if inside == all => Some(true),
                        _ => None,
                    }
                }
                other => other.plain().map(|code| places.contains(&(code as u32))),
            },
            CellKind::Truth(wanted) => column.truth().map(|truth| truth == *wanted),
            CellKind::Number(edge) => {
                let (low, high) = column.ends()?;
                let edge = at(edge);
                let (low, high) = (compare(low, edge), compare(high, edge));
                if low.is_eq() && high.is_eq() {
                    Some(true)
                } else if low.is_gt() || high.is_lt() {
                    Some(false)
                } else {
                    None
                }
            }
            CellKind::Range { low, high } => {
                let (least, most) = column.ends()?;
                let above = low.as_ref().map_or(Some(true), |edge| {
                    let edge_at = at(&edge.at);
                    let passes = |x: f64| {
                        let order = compare(x, edge_at);
                        if edge.closed {
                            order.is_ge()
                        } else {
                            order.is_gt()
                        }
                    };
                    match (passes(least), passes(most)) {
                        (true, _) => Some(true),
                        (_, false) => Some(false),
                        _ => None,
                    }
                });
                let below = high.as_ref().map_or(Some(true), |edge| {
                    let edge_at = at(&edge.at);
                    let passes = |x: f64| {
                        let order = compare(x, edge_at);
                        if edge.closed {
                            order.is_le()
                        } else {
                            order.is_lt()
                        }
                    };
                    match (passes(most), passes(least)) {
                        (true, _) => Some(true),
                        (_, false) => Some(false),
                        _ => None,
                    }
                });
                and([above, below])
            }
        }
    }

    pub fn table(&self, body: &'w TableBody, ty: &Type, place: &Place<'w>) -> Worth {
        let columns: Vec<Worth> = body
            .columns
            .iter()
            .map(|column| self.eval(as_counted(column), place))
            .collect();
        let answers = |row: &'w TableRow| -> Vec<Option<bool>> {
            let cells = row.cells.iter().zip(&columns);
            cells
                .map(|(cell, column)| self.cell(&cell.kind, column, place))
                .collect()
        };
        let mut open: Vec<(&TableRow, Vec<Option<bool>>)> = Vec::new();
        let mut deciding = None;
        for row in &body.rows {
            let answers = answers(row);
            if answers.iter().all(|answer| *answer == Some(true)) {
                deciding = Some(row);
                break;
            }
            if !answers.contains(&Some(false)) {
                open.push((row, answers));
            }
        }
        if let Some(deciding) = deciding {
            // A row that speaks for what is missing takes precedence over those that ask for it.
            let speaks = |at: usize| matches!(deciding.cells[at].kind, CellKind::Missing);
            open.retain(|(_, answers)| {
                let mut cells = answers.iter().enumerate();
                !cells.any(|(at, answer)| answer.is_none() && speaks(at))
            });
        }
        let said = open.iter().map(|(row, _)| *row).chain(deciding);
        let said: Vec<Worth> = said.map(|row| self.eval(&row.then, place)).collect();
        let Some(first) = said.first() else {
            return self.missing(ty);
        };
        match first {
            Worth::Level(..) => {
                let ends = said.iter().map(|worth| match worth {
                    Worth::Level(low, high) => (*low, *high),
                    other => panic!("no level: {other:?}"),
                });
                let low = ends.clone().map(|(low, _)| low).min().expect("a row");
                let high = ends.map(|(_, high)| high).max().expect("a row");
                if deciding.is_none() {
                    // Nothing is said of what no row settles.
                    return self.missing(ty);
                }
                Worth::Level(low, high)
            }
            Worth::Number(Some(first)) if deciding.is_some() => {
                let known = said.iter().map(|worth| match worth {
                    Worth::Number(x) => *x,
                    other => panic!("no number: {other:?}"),
                });
                // Equal as numbers are: to 14 digits.
                let same = |x: Option<f64>| x.is_some_and(|x| compare(x, *first).is_eq());
                if known.clone().all(same) {
                    Worth::Number(known.flatten().reduce(f64::min))
                } else {
                    self.missing(ty)
                }
            }
            first if deciding.is_some() && said.iter().all(|other| other == first) => first.clone(),
            _ => self.missing(ty),
        }
    }
}
