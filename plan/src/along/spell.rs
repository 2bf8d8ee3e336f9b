//! Over whole spells: what an operation makes of all periods of the spell in which a row lies, later ones too.
//!
//! In: a value in each of an entity's periods, oldest first, and for each when the spell began in which it lies.
//! Out: the value of the operation in each period, the same in all of one spell. It is the one operation along
//! time that looks ahead: hindsight, for coding the past. A period that lies in no spell has none; neither has a
//! spell of which nobody knows when it began or whether it went on, or that began before the data. A spell that
//! the data do not see ended reaches to their last period.

use std::ops::Range;

use super::Window;
use super::paired::from_start;

/// In place of when a spell began: the period lies in none. Before all periods.
pub const OUTSIDE: f64 = -1e9;

/// What is made of a spell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfSpell {
    Window(Window),
    /// The value in its first period.
    First,
    /// The value in its last period.
    End,
}

/// The spell in which a period lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spell {
    /// Of an entity's rows.
    Rows(Range<usize>),
    /// In none.
    Outside,
    /// Nobody knows whether it lies in one, or when that began.
    NoStart,
    /// It began in this period, before the entity's first row.
    BeforeData(i64),
    /// Nobody knows whether it went on in this row.
    NoEnd(usize),
}

/// The spell of one of an entity's rows. Both columns have all rows of the entity, oldest first; `begins` is the
/// number of the period in which the row's spell began, [`OUTSIDE`], or missing.
#[must_use]
pub fn spell(begins: &[f64], periods: &[i64], row: usize) -> Spell {
    let Some(begin) = begins.get(row).copied().filter(|begin| !begin.is_nan()) else {
        return Spell::NoStart;
    };
    if begin <= OUTSIDE {
        return Spell::Outside;
    }
    let is_same = |other: &&f64| **other == begin;
    let before = begins.iter().take(row).rev().take_while(is_same).count();
    let after = begins.iter().skip(row).take_while(is_same).count();
    let rows = row - before..row + after;
    if periods
        .get(rows.start)
        .is_none_or(|first| *first as f64 != begin)
    {
        return Spell::BeforeData(begin as i64);
    }
    if begins.get(rows.end).is_some_and(|next| next.is_nan()) {
        return Spell::NoEnd(rows.end);
    }
    Spell::Rows(rows)
}

/// The operation in each of an entity's rows; without `begins` all of them are one spell. An infinity where there
/// is no result although enough is known.
#[must_use]
pub fn spells(
    what: OfSpell,
    require: u32,
    of: &[f64],
    begins: Option<&[f64]>,
    periods: &[i64],
) -> Vec<f64> {
    let Some(begins) = begins else {
        return vec![of_spell(what, of, require); of.len()];
    };
    let mut result = vec![f64::NAN; of.len()];
    let mut row = 0;
    while row < of.len() {
        let rows = match spell(begins, periods, row) {
            Spell::Rows(rows) => rows,
            Spell::Outside | Spell::NoStart | Spell::BeforeData(_) | Spell::NoEnd(_) => {
                row += 1;
                continue;
            }
        };
        let value = of_spell(what, of.get(rows.clone()).unwrap_or_default(), require);
        row = rows.end;
        if let Some(cells) = result.get_mut(rows) {
            cells.fill(value);
        }
    }
    result
}

fn of_spell(what: OfSpell, cells: &[f64], require: u32) -> f64 {
    let or_missing = |cell: Option<&f64>| cell.copied().unwrap_or(f64::NAN);
    match what {
        OfSpell::Window(what) => from_start(what, cells, require),
        OfSpell::First => or_missing(cells.first()),
        OfSpell::End => or_missing(cells.last()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::along::WHOLE;

    const NOBODY_KNOWS: f64 = f64::NAN;

    #[test]
    fn a_spell_is_the_same_in_all_of_its_periods() {
        let begins = [OUTSIDE, 2001.0, 2001.0, 2001.0, OUTSIDE, 2005.0];
        let periods = [2000, 2001, 2002, 2003, 2004, 2005];
        let of = [1.0, 2.0, f64::NAN, 4.0, 8.0, 16.0];
        let sum = |require| {
            let sum = OfSpell::Window(Window::Sum);
            let found = spells(sum, require, &of, Some(&begins), &periods);
            found
                .iter()
                .map(f64::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(sum(1), "NaN 6 6 6 NaN 16");
        assert_eq!(sum(WHOLE), "NaN NaN NaN NaN NaN 16");
        assert_eq!(
            spells(OfSpell::End, 1, &of, Some(&begins), &periods)[1],
            4.0
        );
        assert_eq!(
            spells(OfSpell::First, 1, &of, Some(&begins), &periods)[3],
            2.0
        );
        assert_eq!(spells(OfSpell::End, 1, &of, None, &periods), vec![16.0; 6]);
    }

    #[test]
    fn what_nobody_knows_of_a_spell_is_told() {
        let periods = [2000, 2001, 2002, 2003];
        let of = |begins: [f64; 4], row| spell(&begins, &periods, row);
        assert_eq!(of([OUTSIDE; 4], 1), Spell::Outside);
        assert_eq!(of([NOBODY_KNOWS; 4], 1), Spell::NoStart);
        assert_eq!(
            of([1998.0, 1998.0, OUTSIDE, OUTSIDE], 1),
            Spell::BeforeData(1998)
        );
        assert_eq!(
            of([OUTSIDE, 2001.0, 2001.0, NOBODY_KNOWS], 1),
            Spell::NoEnd(3)
        );
        assert_eq!(of([OUTSIDE, 2001.0, 2001.0, 2003.0], 2), Spell::Rows(1..3));
    }
}
