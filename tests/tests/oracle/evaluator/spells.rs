//! Whole spells: the rows of the spell in which a row lies, later ones too.

use forewarn_compiler::checked::Body;
use forewarn_compiler::typed::{AlongTime, TimeFunction, Typed, TypedKind};
use forewarn_plan::alerts::AlertEvent;
use forewarn_plan::along::WHOLE;

use super::along::Span;
use super::decimals::compare;
use super::{Place, World};

impl<'w> World<'w> {
    /// All rows of the entity, oldest first.
    pub fn all_rows(&self, row: usize) -> Vec<usize> {
        let own = self.entity_of[row];
        (0..self.entity_of.len())
            .filter(|other| self.entity_of[*other] == own)
            .collect()
    }

    /// Does a spell hold in a row, and does it surely begin there?
    fn stands(&self, of: &'w Typed, place: &Place<'w>) -> (Option<bool>, bool) {
        if let TypedKind::Value(id) = of.kind
            && let Some(value) = self.framework.value(id)
            && let Body::Alert(body) = &value.body
        {
            let standing = self.alert(id, body, place);
            let begins = standing.event == Some(AlertEvent::Raised);
            return (Some(standing.tier > 0), begins);
        }
        let earlier = self.so_far(place.row);
        let before = earlier.len().checked_sub(2).map(|at| earlier[at]);
        let before = before.and_then(|row| self.truth(of, &place.at(row)));
        (self.truth(of, place), before == Some(false))
    }

    /// The spell's rows; nothing where there is none, or where nobody knows all of it.
    pub fn spell(&self, of: &'w Typed, require: u32, place: &Place<'w>) -> Option<Span> {
        let mut rows = Vec::new();
        for row in self.so_far(place.row).into_iter().rev() {
            let (inside, begins) = self.stands(of, &place.at(row));
            if inside != Some(true) {
                return None;
            }
            rows.push(row);
            if begins {
                break;
            }
        }
        let first = *rows.last()?;
        if !self.stands(of, &place.at(first)).1 {
            return None;
        }
        rows.reverse();
        for row in self.all_rows(place.row) {
            if row <= place.row {
                continue;
            }
            match self.stands(of, &place.at(row)) {
                (Some(true), false) => rows.push(row),
                (Some(_), _) => break,
                (None, _) => return None,
            }
        }
        Some(Span {
            before: 0,
            require: if require == WHOLE {
                rows.len()
            } else {
                require as usize
            },
            rows,
            from_start: true,
        })
    }

    /// Is no value of the spell beyond the row's own?
    pub fn record_of_spell(
        &self,
        call: &'w AlongTime,
        span: &Span,
        place: &Place<'w>,
    ) -> Option<bool> {
        let own = self.eval(&call.of, place).plain()?;
        let cells = span.rows.iter();
        let known: Vec<f64> = cells
            .filter_map(|row| self.eval(&call.of, &place.at(*row)).plain())
            .collect();
        let beyond = known.iter().any(|other| {
            let order = compare(*other, own);
            if call.what == TimeFunction::RecordHigh {
                order.is_gt()
            } else {
                order.is_lt()
            }
        });
        if beyond {
            return Some(false);
        }
        (known.len() >= span.require).then_some(true)
    }
}
