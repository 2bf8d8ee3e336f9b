//! `declassify`: the one way out, and who may take it.
//!
//! In: what is declassified, by whom and why, and the standing of every value. Out: the declassification
//! that holds for each value, that of the nearest framework; errors where a framework closed to others what
//! one that extends it lets out, and where what was declassified is no longer what it was.

use std::collections::BTreeSet;

use forewarn_grammar::ast;

use super::flows::How;
use super::judge::{Judge, Recorded};
use super::{Classification, Declassified};
use crate::diagnostics::Reports;
use crate::diagnostics::confidentiality::{
    CannotDeclassify, DeclassifiedBefore, DeclassifiedTwice, NoReasonToDeclassify,
};
use crate::diagnostics::names::{UnknownName, UnknownWord};
use crate::diagnostics::overlays::FinalTouched;
use crate::diagnostics::suggest::suggest;
use crate::framework::{Declared, Origin, at};
use crate::overlay::ChangeRecord;
use crate::source::Span;
use crate::typed::ValueId;
use crate::types::Type;

impl Judge<'_, '_> {
    /// Reads `declassify …`: who may see what, and why.
    pub fn declassifications(&mut self, reports: &mut Reports) {
        for one in &self.framework.declassified {
            let target = &one.what.target;
            let span = at(one.file, target.span);
            let to = match &one.what.to {
                None => Classification::Public,
                Some(word) => match Classification::of(&word.text) {
                    Some(to) => to,
                    None => {
                        reports.add(UnknownWord {
                            what: "classification".to_owned(),
                            word: word.text.clone(),
                            span: at(one.file, word.span),
                            known: Classification::ALL.map(Classification::word).to_vec(),
                        });
                        continue;
                    }
                },
            };
            let name = target.text.as_str();
            let ids = self.framework.named(name);
            if ids.is_empty() {
                // What a framework above has dropped needs no way out any more.
                if one.package == 0 || !self.framework.dropped.contains_key(name) {
                    self.tell_unknown(target, span, reports);
                }
                continue;
            }
            // Without its reason it holds all the same: what flows from it is no second slip.
            let because = one.because.map_or("", |because| because.value.as_str());
            if one.because.is_none() {
                reports.add(NoReasonToDeclassify {
                    name: target.text.clone(),
                    to: one.what.to.as_ref().map(|_| to.word()),
                    span: one.whole,
                });
            }
            let is_list = |id: &ValueId| {
                let list = self.checked.value(*id);
                list.is_some_and(|value| matches!(value.ty, Type::List(_)))
            };
            if ids.iter().any(is_list) {
                reports.add(CannotDeclassify {
                    name: target.text.clone(),
                    span,
                });
                continue;
            }
            let recorded = Recorded {
                what: Declassified {
                    to,
                    because: because.to_owned(),
                    by: self
                        .framework
                        .layers
                        .get(one.package)
                        .cloned()
                        .unwrap_or_default(),
                },
                package: one.package,
                span: one.whole,
            };
            for id in ids {
                match self.declassified.get(&id) {
                    Some(first) if first.package == one.package => {
                        reports.add(DeclassifiedTwice {
                            name: target.text.clone(),
                            first: first.span,
                            second: one.whole,
                        });
                        break;
                    }
                    // The nearest framework's holds.
                    Some(first) if first.package < one.package => {}
                    Some(_) | None => {
                        self.declassified.insert(id, recorded.clone());
                    }
                }
            }
        }
    }

    fn tell_unknown(&self, target: &ast::Name, span: Span, reports: &mut Reports) {
        if self.framework.broken.contains(&target.text.as_str()) {
            return;
        }
        let known = self.framework.value_names.keys().copied();
        let suggestion = suggest(&target.text, known).map(|found| {
            let id = self.framework.value_names.get(found);
            let place = id.and_then(|id| self.declared(*id)).map(Declared::span);
            (found.to_owned(), place)
        });
        reports.add(UnknownName {
            what: "value".to_owned(),
            name: target.text.clone(),
            span,
            suggestion,
            advice: None,
            others: Vec::new(),
            declared_as: None,
        });
    }

    /// Tells declassifications of what other frameworks closed, and of what has changed since.
    pub fn may_declassify(&self, reports: &mut Reports) {
        for (id, recorded) in &self.declassified {
            if let Some((name, declared, is_final)) = self.closed_to(*id, recorded) {
                reports.add(FinalTouched {
                    name,
                    span: recorded.span,
                    declared,
                    is_final,
                });
            } else if let Some(change) = self.changed_since(*id, recorded) {
                reports.add(DeclassifiedBefore {
                    name: self.name(*id),
                    to: recorded.what.to.word(),
                    changed: change.target.clone(),
                    because: recorded.what.because.clone(),
                    span: change.span,
                    declassified: recorded.span,
                });
            }
        }
    }

    /// A value, or something closed that flows into it, that a framework below closes to this one.
    fn closed_to(&self, id: ValueId, recorded: &Recorded) -> Option<(String, Span, bool)> {
        let closes = |origin: Option<&Origin>, name: &str| {
            let origin = origin.filter(|origin| origin.package > recorded.package)?;
            let closed = origin.closed?;
            Some((name.to_owned(), closed.span, closed.is_final))
        };
        self.closed_ways(id, recorded.what.to)
            .into_iter()
            .find_map(|at| {
                let own = self.framework.origins.get(at.0 as usize);
                closes(own, &self.name(at)).or_else(|| {
                    let source = self.source_name(at)?;
                    closes(self.framework.source_origins.get(source), source)
                })
            })
    }

    /// The first change, by a framework nearer than the one that declassifies, of the value or of
    /// something closed that flows into it.
    fn changed_since(&self, id: ValueId, recorded: &Recorded) -> Option<&ChangeRecord> {
        let framework = self.framework;
        self.closed_ways(id, recorded.what.to)
            .into_iter()
            .find_map(|at| {
                let history = framework.histories.get(&at).into_iter().flatten();
                let mut changes = history.filter_map(|index| framework.changes.get(*index));
                changes.find(|change| {
                    // Who may see something, and what it is called, is not what it is made of.
                    let is_same = matches!(change.what.as_str(), "label" | "classification");
                    change.package < recorded.package && !is_same
                })
            })
    }

    /// The value and everything more closed than `to` that flows into it.
    fn closed_ways(&self, id: ValueId, to: Classification) -> BTreeSet<ValueId> {
        let mut reached = BTreeSet::new();
        if self.standing(id).inflow <= to {
            return reached;
        }
        // Each value as it is published, or as verified evidence alone makes it.
        let mut seen = BTreeSet::new();
        let mut open = vec![(id, false)];
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            reached.insert(at.0);
            for flow in self.flows.to(at.0) {
                let flow = if at.1 { flow.verified() } else { *flow };
                for next in self.flows.from(&flow) {
                    if self.through(flow, *next) > to {
                        let verified = self.flows.through(flow, *next) == How::Verified;
                        open.push((*next, verified));
                    }
                }
            }
        }
        reached
    }
}
