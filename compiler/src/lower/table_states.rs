//! A column's states: places, codes, yes and no, or stretches of numbers between the edges that the
//! cells name, and missing. States that every cell answers alike are one.

use super::Lowerer;
use super::value::Lowered;
use crate::checked::tables::{CellKind, Edge, TableBody};
use crate::diagnostics::tables::EdgesInNoOrder;
use crate::digits::{is_at_most, is_less, is_same};
use crate::interval::Interval;
use crate::numbers::show;
use crate::plan::NodeId;
use crate::source::Span;
use crate::typed::{Field, Typed, TypedKind};
use crate::types::Type;

/// The states of a column that can occur and that cells tell apart.
pub(super) struct ColumnStates {
    /// The column's own words.
    pub text: String,
    pub states: Vec<State>,
}

#[derive(Clone, Debug)]
pub(super) struct State {
    /// `` `high` ``, `0.7`, `missing`
    pub words: String,
    pub missing: bool,
    /// Of each row's cell; `None` is unknown.
    pub answers: Vec<Option<bool>>,
}

/// An edge that cells of numbers name.
struct Cut {
    node: NodeId,
    range: Interval,
    span: Span,
}

impl Lowerer<'_> {
    /// The states of the column at that place; `None` where they cannot be told, which has been said.
    pub(super) fn states(
        &mut self,
        body: &TableBody,
        at: usize,
        by: &Typed,
        column: &Lowered,
    ) -> Option<ColumnStates> {
        let cells: Vec<&CellKind> = body
            .rows
            .iter()
            .filter_map(|row| row.cells.get(at))
            .map(|cell| &cell.kind)
            .collect();
        let states = match column {
            Lowered::Truth(node) => {
                let mut states = vec![
                    known(&cells, "yes".to_owned(), |cell| {
                        matches!(cell, CellKind::Truth(true))
                    }),
                    known(&cells, "no".to_owned(), |cell| {
                        matches!(cell, CellKind::Truth(false))
                    }),
                ];
                if self.builder.uncertain(*node) {
                    states.push(missing(&cells, "unknown", |_| None));
                }
                states
            }
            Lowered::Level(bounds) => {
                let range = self.range(bounds.at_least).hull(self.range(bounds.at_most));
                let mut states = self.places(by, range, &cells);
                if bounds.at_least != bounds.at_most {
                    let all = |cell: &CellKind| match cell {
                        CellKind::Places(places) => {
                            (places_in(range).all(|place| places.contains(&place))).then_some(true)
                        }
                        CellKind::Any
                        | CellKind::Missing
                        | CellKind::Truth(_)
                        | CellKind::Number(_)
                        | CellKind::Range { .. } => None,
                    };
                    states.push(missing(&cells, "undetermined", all));
                }
                states
            }
            Lowered::Category(node) => {
                let mut states = self.places(by, self.range(*node), &cells);
                if self.builder.uncertain(*node) {
                    states.push(missing(&cells, "missing", |_| None));
                }
                states
            }
            other @ (Lowered::Number(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. }) => {
                let node = self.single(other);
                let mut states = self.stretches(by, node, &cells)?;
                if self.builder.uncertain(node) {
                    states.push(missing(&cells, "missing", |_| None));
                }
                states
            }
        };
        let mut distinct: Vec<State> = Vec::new();
        for state in states {
            let is_same =
                |other: &State| other.missing == state.missing && other.answers == state.answers;
            if !distinct.iter().any(is_same) {
                distinct.push(state);
            }
        }
        Some(ColumnStates {
            text: self.sources.slice(by.span).to_owned(),
            states: distinct,
        })
    }

    fn places(&self, by: &Typed, range: Interval, cells: &[&CellKind]) -> Vec<State> {
        let names = match &by.ty {
            Type::Level(id) => self.framework.scale(*id).map(|scale| &scale.levels),
            Type::Category(id) => self.framework.category(*id).map(|one| &one.names),
            Type::Number(_) | Type::Truth | Type::Count | Type::List(_) | Type::Error => None,
        };
        let named = |place: u32| {
            let name = names.and_then(|names| names.get(place as usize));
            name.map_or(String::new(), |name| format!("`{}`", name.name))
        };
        let states = places_in(range).map(|place| {
            known(
                cells,
                named(place),
                |cell| matches!(cell, CellKind::Places(places) if places.contains(&place)),
            )
        });
        states.collect()
    }

    /// The stretches of a number between the edges that cells name, and these edges.
    fn stretches(&mut self, by: &Typed, node: NodeId, cells: &[&CellKind]) -> Option<Vec<State>> {
        let cuts = self.cuts(cells)?;
        let range = self.told(node);
        let decimals = if is_whole(by) {
            Some(0)
        } else {
            self.decimals(node)
        };
        let place = |lowerer: &mut Self, at: &Typed| {
            let (node, span) = (lowerer.number(at), at.span);
            let cut = Cut {
                node,
                range: lowerer.range(node),
                span,
            };
            cuts.iter()
                .position(|own| is_one_cut(own, &cut))
                .unwrap_or(0)
        };
        // Twice its place among the cuts and one for a cut itself; stretches are even.
        let mut spans = Vec::with_capacity(cells.len());
        for cell in cells {
            spans.push(match cell {
                CellKind::Number(at) => {
                    let at = 2 * place(self, at) + 1;
                    Some((at, at))
                }
                CellKind::Range { low, high } => {
                    let from = low.as_ref().map_or(0, |Edge { at, closed }| {
                        2 * place(self, at) + 1 + usize::from(!closed)
                    });
                    let to = high.as_ref().map_or(2 * cuts.len(), |Edge { at, closed }| {
                        2 * place(self, at) + usize::from(*closed)
                    });
                    Some((from, to))
                }
                CellKind::Any | CellKind::Missing | CellKind::Places(_) | CellKind::Truth(_) => {
                    None
                }
            });
        }
        let mut states = Vec::new();
        for at in 0..=2 * cuts.len() {
            let below = at.checked_sub(1).and_then(|before| cuts.get(before / 2));
            let above = cuts.get(at / 2);
            let words = if at % 2 == 1 {
                below
                    .filter(|cut| {
                        is_at_most(range.low, cut.range.high)
                            && is_at_most(cut.range.low, range.high)
                    })
                    .map(|cut| self.sources.slice(cut.span).to_owned())
            } else {
                between(below, above, range, decimals)
            };
            let Some(words) = words else { continue };
            let answers = cells.iter().zip(&spans).map(|(cell, span)| match span {
                Some((from, to)) => Some((*from..=*to).contains(&at)),
                None => Some(matches!(cell, CellKind::Any)),
            });
            states.push(State {
                words,
                missing: false,
                answers: answers.collect(),
            });
        }
        Some(states)
    }

    /// The edges that cells name, ascending, each once.
    fn cuts(&mut self, cells: &[&CellKind]) -> Option<Vec<Cut>> {
        let mut cuts: Vec<Cut> = Vec::new();
        for cell in cells {
            let named: Vec<&Typed> = match cell {
                CellKind::Number(at) => vec![at.as_ref()],
                CellKind::Range { low, high } => {
                    let ends = low.iter().chain(high);
                    ends.map(|edge| edge.at.as_ref()).collect()
                }
                CellKind::Any | CellKind::Missing | CellKind::Places(_) | CellKind::Truth(_) => {
                    Vec::new()
                }
            };
            for at in named {
                let node = self.number(at);
                let cut = Cut {
                    node,
                    range: self.range(node),
                    span: at.span,
                };
                if !cuts.iter().any(|own| is_one_cut(own, &cut)) {
                    cuts.push(cut);
                }
            }
        }
        cuts.sort_by(|a, b| a.range.low.total_cmp(&b.range.low));
        for pair in cuts.windows(2) {
            if let [a, b] = pair
                && is_at_most(b.range.low, a.range.high)
            {
                self.reports.add(EdgesInNoOrder {
                    first: a.span,
                    first_text: self.sources.slice(a.span).to_owned(),
                    second: b.span,
                    second_text: self.sources.slice(b.span).to_owned(),
                });
                return None;
            }
        }
        Some(cuts)
    }
}

fn is_one_cut(a: &Cut, b: &Cut) -> bool {
    let points = a.range.is_one_number() && b.range.is_one_number();
    a.node == b.node || (points && is_same(a.range.low, b.range.low))
}

/// A value between two cuts, in words; `None` where there is none.
fn between(
    below: Option<&Cut>,
    above: Option<&Cut>,
    range: Interval,
    decimals: Option<i8>,
) -> Option<String> {
    if below.is_some_and(|cut| is_at_most(range.high, cut.range.low))
        || above.is_some_and(|cut| is_at_most(cut.range.high, range.low))
    {
        return None;
    }
    let low = below.map_or(range.low, |cut| cut.range.high.max(range.low));
    let high = above.map_or(range.high, |cut| cut.range.low.min(range.high));
    if let Some(decimals) = decimals {
        let step = 10_f64.powi(-i32::from(decimals));
        let first = crate::decimal::round(low, decimals);
        let is_cut = |x: f64| {
            below.is_some_and(|cut| is_at_most(x, cut.range.high)) || is_less(x, range.low)
        };
        let first = if is_cut(first) {
            crate::decimal::round(first + step, decimals)
        } else {
            first
        };
        let beyond =
            above.is_some_and(|cut| is_at_most(cut.range.low, first)) || is_less(range.high, first);
        return (!beyond).then(|| show(first));
    }
    let open = |x: f64| x.abs() >= f64::MAX;
    Some(match (below, above) {
        (None, None) => "any number".to_owned(),
        (None, Some(cut)) if open(range.low) => format!("below {}", show(cut.range.low)),
        (Some(cut), None) if open(range.high) => format!("above {}", show(cut.range.high)),
        (None, Some(_)) => show(range.low),
        (Some(_), None) => show(range.high),
        (Some(_), Some(_)) => show(f64::midpoint(low, high)),
    })
}

/// A count that is looked at as a number: it is known between bounds, and compared by these.
pub(super) fn as_counted(by: &Typed) -> &Typed {
    if let TypedKind::AsNumber(inner) = &by.kind
        && inner.ty == Type::Count
    {
        return inner;
    }
    by
}

/// Counts have no values between whole numbers.
pub(super) fn is_whole(by: &Typed) -> bool {
    if let TypedKind::AsNumber(inner) = &by.kind {
        return inner.ty == Type::Count;
    }
    matches!(by.kind, TypedKind::Field(_, Field::Known))
}

fn places_in(range: Interval) -> impl Iterator<Item = u32> {
    (0_u32..1 << 16)
        .skip_while(move |place| f64::from(*place) < range.low)
        .take_while(move |place| f64::from(*place) <= range.high)
}

/// A state in which the column has a value.
fn known(cells: &[&CellKind], words: String, holds: impl Fn(&CellKind) -> bool) -> State {
    let answers = cells
        .iter()
        .map(|cell| Some(matches!(cell, CellKind::Any) || holds(cell)));
    State {
        words,
        missing: false,
        answers: answers.collect(),
    }
}

/// The state in which it has none.
fn missing(cells: &[&CellKind], words: &str, answer: impl Fn(&CellKind) -> Option<bool>) -> State {
    let answers = cells.iter().map(|cell| match cell {
        CellKind::Any | CellKind::Missing => Some(true),
        other @ (CellKind::Places(_)
        | CellKind::Truth(_)
        | CellKind::Number(_)
        | CellKind::Range { .. }) => answer(other),
    });
    State {
        words: words.to_owned(),
        missing: true,
        answers: answers.collect(),
    }
}
