//! Does a table say something for every combination of its columns' states, and does every row ever
//! decide? Every combination is tried, missing being a state like any other.

use super::Lowerer;
use super::table_states::{ColumnStates, State};
use super::tables::Row;
use crate::checked::CheckedValue;
use crate::checked::tables::{CellKind, TableBody};
use crate::diagnostics::tables::{
    RowNeverDecides, TableHasGap, TableOpenWhereMissing, TableTooLarge,
};
use crate::source::Span;
use crate::typed::TypedKind;
use crate::types::Type;

/// The most combinations that are tried.
const MOST: usize = 1_000_000;

/// What is found while all combinations are tried.
struct Found {
    gap: Option<Vec<usize>>,
    /// A combination in which something is missing and rows that say different things are possible.
    open: Option<(Vec<usize>, Vec<usize>)>,
    /// By row: it alone decides somewhere.
    decides: Vec<bool>,
    /// By row: the rows that decide, or may, where it holds.
    hidden_by: Vec<Vec<bool>>,
}

impl Lowerer<'_> {
    /// Tells gaps and rows that never decide. Is there a row for everything?
    pub(super) fn covers(
        &mut self,
        value: &CheckedValue,
        body: &TableBody,
        columns: &[ColumnStates],
        rows: &[Row],
    ) -> bool {
        let sizes = columns.iter().map(|column| column.states.len());
        let combinations = sizes.fold(1_usize, usize::saturating_mul);
        if combinations.saturating_mul(rows.len().max(1)) > MOST * 16 || combinations > MOST {
            self.reports.add(TableTooLarge {
                name: value.name.clone(),
                span: value.span,
                combinations,
                most: MOST,
            });
            return false;
        }
        let found = self.try_all(body, columns, rows, combinations);
        let words = |places: &[usize]| in_words(columns, places);
        if let Some(gap) = &found.gap {
            self.reports.add(TableHasGap {
                name: value.name.clone(),
                span: value.span,
                example: words(gap),
            });
            return false;
        }
        // Where the last word of a table is that nothing is said, an open row says no more.
        let says_nothing = body.rows.last().is_some_and(|row| {
            row.then.kind == TypedKind::Missing && !matches!(value.ty, Type::Level(_))
        });
        if let Some((places, possible)) = found.open.as_ref().filter(|_| !says_nothing) {
            let written = |row: &usize| body.rows.get(*row);
            let possible: Vec<(Span, String)> = possible
                .iter()
                .filter_map(written)
                .map(|row| (row.head, self.sources.slice(row.then.span).to_owned()))
                .collect();
            self.reports.add(TableOpenWhereMissing {
                name: value.name.clone(),
                span: value.span,
                example: words(places),
                row: row_of(columns, places),
                possible,
            });
        }
        let rows = body.rows.iter().zip(&found.decides).zip(&found.hidden_by);
        for ((row, decides), hidden_by) in rows {
            if *decides {
                continue;
            }
            let above = body.rows.iter().zip(hidden_by).zip(&found.decides);
            let above: Vec<Span> = above
                .filter(|((_, hides), decides)| **hides && **decides)
                .map(|((above, _), _)| above.head)
                .collect();
            let mut earlier = body.rows.iter().take_while(|one| one.span != row.span);
            let is_twin = earlier.any(|one| self.says_the_same(one.span, row.span));
            self.reports.add(RowNeverDecides {
                span: row.head,
                above,
                twin: is_twin.then(|| self.sources.whole_entry(row.span)),
            });
        }
        true
    }

    fn try_all(
        &self,
        body: &TableBody,
        columns: &[ColumnStates],
        rows: &[Row],
        combinations: usize,
    ) -> Found {
        let mut found = Found {
            gap: None,
            open: None,
            decides: vec![false; rows.len()],
            hidden_by: vec![vec![false; rows.len()]; rows.len()],
        };
        let mut places = vec![0; columns.len()];
        for combination in 0..combinations {
            let mut rest = combination;
            let mut states: Vec<&State> = Vec::with_capacity(columns.len());
            for (place, column) in places.iter_mut().zip(columns) {
                *place = rest % column.states.len();
                rest /= column.states.len();
                states.extend(column.states.get(*place));
            }
            self.look_at(body, rows, &states, &places, &mut found);
            if found.gap.is_some() {
                break;
            }
        }
        found
    }

    fn look_at(
        &self,
        body: &TableBody,
        rows: &[Row],
        states: &[&State],
        places: &[usize],
        found: &mut Found,
    ) {
        let answers = |row: usize| {
            let states = states.iter();
            states.map(move |state| state.answers.get(row).copied().flatten())
        };
        let holds = |row: usize| answers(row).all(|answer| answer == Some(true));
        let first = (0..rows.len()).find(|row| holds(*row));
        let named = |at: usize| {
            let deciding = first.and_then(|first| body.rows.get(first));
            let cell = deciding.and_then(|row| row.cells.get(at));
            cell.is_some_and(|cell| matches!(cell.kind, CellKind::Missing))
        };
        let is_open = |row: usize| {
            let mut answers = answers(row).enumerate();
            answers.all(|(at, answer)| match answer {
                Some(answer) => answer,
                None => !named(at),
            })
        };
        let mut possible: Vec<usize> = (0..first.unwrap_or(rows.len()))
            .filter(|row| is_open(*row))
            .collect();
        possible.extend(first);
        match possible.as_slice() {
            [] => {
                found.gap = Some(places.to_vec());
                return;
            }
            [only] => {
                if let Some(decides) = found.decides.get_mut(*only).filter(|_| first.is_some()) {
                    *decides = true;
                }
            }
            _ => {}
        }
        for row in (0..rows.len()).filter(|row| holds(*row)) {
            let above = possible.iter().filter(|above| **above < row);
            if let Some(hidden) = found.hidden_by.get_mut(row) {
                for above in above {
                    if let Some(hides) = hidden.get_mut(*above) {
                        *hides = true;
                    }
                }
            }
        }
        // What a level's bounds leave open is said by the table's bounds; what else is missing wants a
        // row of its own.
        let is_level = |at: usize| {
            let column = body.columns.get(at);
            column.is_some_and(|by| matches!(by.ty, Type::Level(_)))
        };
        let mut missing = states
            .iter()
            .enumerate()
            .filter(|(_, state)| state.missing)
            .map(|(at, _)| at)
            .peekable();
        let lacking = missing.peek().is_some() && missing.all(|at| !is_level(at));
        let mut said = possible
            .iter()
            .filter_map(|row| rows.get(*row))
            .map(|row| row.ends);
        let first_said = said.next();
        let differ = said.any(|ends| Some(ends) != first_said);
        if found.open.is_none() && lacking && differ {
            found.open = Some((places.to_vec(), possible));
        }
    }
}

/// `` `overall` is `high` and `momentum` is missing ``
/// The cells of a row that says what holds there, as far as they are known by a word.
fn row_of(columns: &[ColumnStates], places: &[usize]) -> Option<String> {
    let cells = columns.iter().zip(places).map(|(column, place)| {
        let state = column.states.get(*place)?;
        if state.missing {
            return Some("missing".to_owned());
        }
        let words = state.words.trim_matches('`');
        let is_word = words.starts_with(char::is_alphabetic)
            && words
                .chars()
                .all(|sign| sign.is_alphanumeric() || sign == '_');
        is_word.then(|| words.to_owned())
    });
    let cells: Option<Vec<String>> = cells.collect();
    cells.map(|cells| format!("{} then …", cells.join(", ")))
}

fn in_words(columns: &[ColumnStates], places: &[usize]) -> String {
    let telling = columns.iter().zip(places);
    let parts: Vec<String> = telling
        .filter(|(column, _)| column.states.len() > 1)
        .filter_map(|(column, place)| {
            let state = column.states.get(*place)?;
            Some(format!("`{}` is {}", column.text, state.words))
        })
        .collect();
    match parts.as_slice() {
        [] => "anything".to_owned(),
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        [only, ..] => only.clone(),
    }
}
