//! Columns of data, and who reads them.
//!
//! In: what indicators, their verification and the panel's keys are read from, as the rules and `--map`
//! say. Out: an error for each reader that would open a column which another one holds closed: a
//! classification is of the data, whatever they are called.

use std::collections::BTreeMap;

use super::Classification;
use super::closed::HeldColumn;
use super::judge::Judge;
use crate::checked::Body;
use crate::diagnostics::Reports;
use crate::diagnostics::confidentiality::{ColumnIsClosed, Reads};
use crate::diagnostics::names::TwoReadOne;
use crate::source::Span;
use crate::typed::ValueId;

/// One that reads a column.
struct Reader<'a> {
    column: String,
    name: &'a str,
    what: Reads,
    /// Who may see what it reads.
    is: Classification,
    /// What it is before anything is declassified.
    inflow: Classification,
    span: Span,
}

impl Judge<'_, '_> {
    fn readers(&self) -> Vec<Reader<'_>> {
        let keys = self.checked.keys.iter().flat_map(|key| {
            key.read.iter().map(|column| Reader {
                column: column.clone(),
                name: &key.name,
                what: Reads::Key,
                is: Classification::Public,
                inflow: Classification::Public,
                span: key.span,
            })
        });
        let values = (0..).map(ValueId).zip(&self.checked.values);
        let indicators = values.flat_map(|(id, value)| {
            let Body::Indicator(body) = &value.body else {
                return Vec::new();
            };
            let standing = self.standing(id);
            let reader = |column: &str, what, span| Reader {
                column: column.to_owned(),
                name: &value.name,
                what,
                is: standing.classification,
                inflow: standing.inflow,
                span,
            };
            let given = self.framework.given;
            let mapped = given.and_then(|given| given.column_of(&value.name));
            let own = mapped.or(body.column.as_deref()).unwrap_or(&value.name);
            let verification = body.verification.as_ref();
            let verification =
                verification.map(|one| reader(&one.column, Reads::Verification, one.span));
            std::iter::once(reader(own, Reads::Indicator, value.span))
                .chain(verification)
                .collect()
        });
        keys.chain(indicators).collect()
    }

    /// What the columns of an indicator are held to be.
    pub fn of_closed_columns(&self, id: ValueId) -> Classification {
        let name = self.name(id);
        let readers = self.readers().into_iter();
        let own = readers.filter(|reader| reader.what != Reads::Key && reader.name == name);
        let closed = own.filter_map(|reader| self.below.columns.get(&reader.column));
        let closed = closed.map(|closed| closed.classification);
        closed.max().unwrap_or(Classification::Public)
    }

    /// The columns that are closed, by the most closed of those that read them.
    pub fn closed_columns(&self) -> BTreeMap<String, HeldColumn> {
        let mut closed: BTreeMap<String, HeldColumn> = BTreeMap::new();
        for reader in self.readers() {
            let known = closed.get(&reader.column);
            let is_more = known.is_none_or(|known| reader.is > known.classification);
            if reader.is > Classification::Public && is_more {
                closed.insert(
                    reader.column,
                    HeldColumn {
                        classification: reader.is,
                        reader: reader.name.to_owned(),
                        span: reader.span,
                    },
                );
            }
        }
        closed
    }

    /// Tells readers that are more open than another of the same column.
    pub fn columns(&self, reports: &mut Reports) {
        let own = self.closed_columns();
        let mut told: Vec<(&str, Reads)> = Vec::new();
        let readers = self.readers();
        for reader in &readers {
            let below = self.below.columns.get(&reader.column);
            let closed = own.get(&reader.column).into_iter().chain(below);
            let closed = closed.max_by_key(|closed| closed.classification);
            let Some(closed) = closed.filter(|closed| closed.classification > reader.inflow) else {
                continue;
            };
            if told.contains(&(reader.name, reader.what)) {
                continue;
            }
            told.push((reader.name, reader.what));
            reports.add(ColumnIsClosed {
                name: reader.name.to_owned(),
                what: reader.what,
                is: reader.inflow.word(),
                column: reader.column.clone(),
                closed: closed.classification.word(),
                by: closed.reader.clone(),
                span: reader.span,
                declared: closed.span,
            });
        }
        let mut taken: BTreeMap<&str, &Reader<'_>> = BTreeMap::new();
        let indicators = readers.iter().filter(|one| one.what == Reads::Indicator);
        for reader in indicators.filter(|one| !told.contains(&(one.name, one.what))) {
            let Some(first) = taken.get(reader.column.as_str()) else {
                taken.insert(&reader.column, reader);
                continue;
            };
            // The one that is called like the column reads it by right.
            let (odd, other) = match first.name == reader.column {
                true => (reader, *first),
                false if reader.name == reader.column => (*first, reader),
                false => (reader, *first),
            };
            reports.add(TwoReadOne {
                name: odd.name.to_owned(),
                column: reader.column.clone(),
                other: other.name.to_owned(),
                span: odd.span,
                declared: other.span,
            });
        }
    }
}
