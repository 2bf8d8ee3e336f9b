//! What a framework holds closed, whoever extends it.
//!
//! In: what each source, each indicator and each result of the frameworks below states, and which columns
//! are closed. Out: errors where a change makes one of them more open; it then stands as before, so that one
//! slip makes one message.

use std::collections::BTreeMap;

use super::Classification;
use super::closed::Held;
use super::judge::Judge;
use crate::checked::Body;
use crate::diagnostics::Reports;
use crate::diagnostics::overlays::LowersClassification;
use crate::framework::at;
use crate::source::Span;
use crate::typed::ValueId;

impl Judge<'_, '_> {
    /// What those who extend this framework cannot open.
    pub fn held(&self) -> Held {
        let mut held = self.below.clone();
        let close = |into: &mut BTreeMap<String, (Classification, Span)>, name: &str, to, span| {
            let known = into.entry(name.to_owned()).or_insert((to, span));
            if to >= known.0 {
                *known = (to, span);
            }
        };
        for source in &self.framework.sources {
            let name = source.name.text.as_str();
            if let Some(stated) = self.of_source(name) {
                close(&mut held.sources, name, stated.classification, stated.span);
            }
        }
        for (id, value) in (0..).map(ValueId).zip(&self.checked.values) {
            let is_indicator = matches!(value.body, Body::Indicator(_));
            let own = self.own(id);
            if is_indicator {
                let to = self.standing(id).inflow;
                let span = own.map_or(value.span, |own| own.span);
                close(&mut held.indicators, &value.name, to, span);
            } else if let Some(own) = own {
                close(&mut held.stated, &value.name, own.classification, own.span);
            }
        }
        for (column, closed) in self.closed_columns() {
            let known = held.columns.get(&column);
            if known.is_none_or(|known| closed.classification >= known.classification) {
                held.columns.insert(column, closed);
            }
        }
        held
    }

    /// Tells sources that are stated to be more open than below.
    pub fn opened_sources(&self, reports: &mut Reports) {
        for source in &self.framework.sources {
            let name = source.name.text.as_str();
            let is = self.of_source(name);
            let classification = is.map_or(Classification::Public, |is| is.classification);
            if let Some(held) = self.below.sources.get(name)
                && held.0 > classification
                && !self.below.quiet
            {
                reports.add(LowersClassification {
                    name: name.to_owned(),
                    is_source: true,
                    was: held.0.word().to_owned(),
                    is: classification.word().to_owned(),
                    span: is.map_or_else(|| at(source.file, source.name.span), |is| is.span),
                    declared: held.1,
                });
            }
        }
    }

    /// What an indicator still is, whatever it is said to be now; told where that is more closed.
    pub fn still_closed(
        &self,
        id: ValueId,
        is: Classification,
        reports: &mut Reports,
    ) -> Classification {
        self.still(id, is, &self.below.indicators, reports)
    }

    /// The same of what a result states.
    pub fn still_stated(
        &self,
        id: ValueId,
        is: Classification,
        reports: &mut Reports,
    ) -> Classification {
        self.still(id, is, &self.below.stated, reports)
    }

    fn still(
        &self,
        id: ValueId,
        is: Classification,
        held: &BTreeMap<String, (Classification, Span)>,
        reports: &mut Reports,
    ) -> Classification {
        let name = self.name(id);
        let Some((was, declared)) = held.get(&name).copied().filter(|(was, _)| *was > is) else {
            return is;
        };
        if self.below.quiet {
            return was;
        }
        let history = self.framework.histories.get(&id).into_iter().flatten();
        let last = history
            .last()
            .and_then(|index| self.framework.changes.get(*index));
        let own = self.declared(id).map_or(declared, |one| one.span());
        reports.add(LowersClassification {
            name,
            is_source: false,
            was: was.word().to_owned(),
            is: is.word().to_owned(),
            span: last.map_or(own, |change| change.to.unwrap_or(change.span)),
            declared,
        });
        was
    }
}
