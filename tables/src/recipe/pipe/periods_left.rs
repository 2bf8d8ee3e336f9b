//! Columns among those of periods that are left out by their names.
//!
//! In: the names of a file's columns, and which of them hold values of periods. Out: those whose name is a period with
//! something beside it, or a misspelt one, and that nothing reads. It is the newest period, most often, that is marked so.

use super::Pipe;
use crate::recipe::Shape;
use crate::recipe::marks::{marked_period, may_be_period};
use crate::recipe::naming::Naming;
use crate::recipe::shape::{Held, marked_columns};
use forewarn_runtime::bind::sums_up;
use forewarn_runtime::causes::data::{LeftBy, PeriodsLeft};

impl Pipe<'_> {
    /// Which these are in the file at hand.
    pub(super) fn periods_left(
        &self,
        names: &[String],
        held: &[Held],
        value: &str,
        naming: Naming<'_>,
    ) -> Option<PeriodsLeft> {
        let first = held.first()?;
        // Names of columns that nobody reads are not shown to every audience.
        if self.bind.sheltered {
            return None;
        }
        let asked = self.recipe.rows.iter().chain(&self.recipe.expect);
        let asked: Vec<String> = asked.flat_map(|one| one.columns()).collect();
        let is_free = |column: usize| {
            names.get(column).is_some_and(|name| {
                let keys = self.names.all().any(|key| key == name);
                !keys && !self.is_read(name) && !asked.contains(name) && !sums_up(name)
            }) && !held.iter().any(|held| held.column == column)
        };
        let is_held = |column: usize| held.iter().any(|held| held.column == column);
        let beside =
            |column: usize| column.checked_sub(1).is_some_and(is_held) || is_held(column + 1);
        let marked = marked_columns(&self.recipe.shape, names, value, naming);
        let is_new = |one: &Held| {
            let mut held = held.iter();
            !held.any(|known| known.period == one.period && known.indicator == one.indicator)
        };
        let reads = |one: &Held| one.indicator.is_empty() || self.read_by(&one.indicator).is_some();
        let one_kind = |one: &Held| one.period.len() == first.period.len();
        let lost = marked
            .iter()
            .filter(|one| is_free(one.column) && reads(one) && one_kind(one) && is_new(one));
        let lost: Vec<&Held> = lost.collect();
        let misspelt = |column: usize, name: &str| {
            let (read, text) = match &self.recipe.shape {
                Shape::Plain | Shape::Long { .. } | Shape::Entities { .. } => return false,
                Shape::Periods { .. } => (true, name),
                Shape::Wide { pattern } => match pattern.parts(name, naming.ways) {
                    Some((indicator, text)) => (self.read_by(indicator).is_some(), text),
                    None => return false,
                },
            };
            // A period that is outside of the range, or of which another column is, is no slip.
            let whole = crate::recipe::period_by(text, naming.ways).is_some()
                || marked_period(text, naming.ways)
                    .is_some_and(|(period, _)| period.len() == first.period.len());
            read && !whole && beside(column) && may_be_period(text, naming)
        };
        let columns = names.iter().enumerate();
        let odd = columns.filter(|(column, name)| is_free(*column) && misspelt(*column, name));
        let odd: Vec<String> = odd.map(|(_, name)| name.clone()).collect();
        let name = |held: &Held| names.get(held.column).cloned().unwrap_or_default();
        let by = if lost.is_empty() {
            LeftBy::Unlike
        } else if lost.iter().all(|one| one.mark.is_some()) && odd.is_empty() {
            LeftBy::Mark
        } else {
            LeftBy::More
        };
        let columns: Vec<String> = lost.iter().map(|one| name(one)).chain(odd).collect();
        let ends = (
            held.iter().map(|held| held.period.as_str()).min()?,
            held.iter().map(|held| held.period.as_str()).max()?,
        );
        // A range leaves out what lies beyond it, and nothing within.
        let beyond = lost
            .iter()
            .all(|one| one.period.as_str() < ends.0 || one.period.as_str() > ends.1);
        let ranged = matches!(self.recipe.shape, Shape::Periods { .. }) && beyond;
        let range = (ranged && by == LeftBy::Mark)
            .then(|| (ends.0.to_owned(), ends.1.to_owned(), value.to_owned()));
        (!columns.is_empty()).then(|| PeriodsLeft {
            file: self.bind.file.clone(),
            columns,
            like: name(first),
            by,
            range,
            recipe: self.recipe.at("shape"),
        })
    }
}
