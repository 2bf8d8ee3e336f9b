//! Constants of the method, period by period: numbers that are written, and params, with dates or without.

use std::collections::BTreeSet;

use super::context::Checker;
use crate::checked::Body;
use crate::checked::reads::{Mention, Role};
use crate::plan::peers::During;
use crate::typed::Typed;

impl Checker<'_, '_> {
    /// What a constant is in which periods, from the earliest on; left out are those in which it is nothing. Empty
    /// where it is no number that can be told before any data.
    pub(super) fn amounts(&self, value: &Typed) -> Vec<During<f64>> {
        let mut begins = BTreeSet::new();
        self.begins_of(value, &mut begins);
        let firsts = std::iter::once(None).chain(begins.iter().copied().map(Some));
        let lasts = begins.iter().map(|next| Some(next - 1)).chain([None]);
        let steps = firsts.zip(lasts).filter_map(|(from, until)| {
            let what = self.amount_in(value, from.or(until))?;
            Some(During { from, until, what })
        });
        steps.collect()
    }

    /// The periods in which a param that it names takes another value.
    fn begins_of(&self, value: &Typed, begins: &mut BTreeSet<i64>) {
        let named = value.walk(Role::Argument);
        for mention in named.filter_map(|seen| seen.expression.mention()) {
            let Mention::Value(id) = mention else {
                continue;
            };
            let Some(Body::Param(param)) = self.values.get(&id).map(|value| &value.body) else {
                continue;
            };
            for dated in &param.values {
                begins.extend(dated.from);
                begins.extend(dated.until.map(|until| until.saturating_add(1)));
                self.begins_of(&dated.value, begins);
            }
        }
    }
}

/// One thing made of what several constants are, in each period in which all of them are something.
pub(super) fn together(all: &[Vec<During<f64>>]) -> Vec<During<Vec<f64>>> {
    let whole = During {
        from: None,
        until: None,
        what: Vec::new(),
    };
    all.iter().fold(vec![whole], |found, next| {
        let pairs = found
            .iter()
            .flat_map(|one| next.iter().map(move |other| (one, other)));
        let both = pairs.filter_map(|(one, other)| {
            let from = one.from.max(other.from);
            let ends = one.until.into_iter().chain(other.until);
            let until = ends.min();
            let is_empty = from.zip(until).is_some_and(|(from, until)| until < from);
            let mut what = one.what.clone();
            what.push(other.what);
            (!is_empty).then_some(During { from, until, what })
        });
        both.collect()
    })
}
