//! Each value's standing, and what leaks.
//!
//! Values are judged so that what one needs comes before it. A value that is stated to be more open
//! than what flows in is told with the shortest way there and then stands as stated, so that one slip
//! makes one message.

use std::collections::{BTreeMap, VecDeque};

use forewarn_grammar::ast;

use super::closed::Held;
use super::flows::{Flow, Flows, How};
use super::{Classification, Declassified, Exposure};
use crate::arena::Arena;
use crate::checked::{Body, CheckedFramework};
use crate::diagnostics::Reports;
use crate::diagnostics::confidentiality::{DeclassifiesNothing, Leak, Step};
use crate::framework::{Declared, Framework, ValueSource, at};
use crate::overlay::Amendments;
use crate::source::Span;
use crate::typed::ValueId;

/// A declassification in the rules.
#[derive(Clone)]
pub(super) struct Recorded {
    pub what: Declassified,
    /// Which framework says so.
    pub package: usize,
    /// `declassify …`, whole.
    pub span: Span,
}

/// A classification in the words of the source.
#[derive(Clone, Copy)]
pub(super) struct Stated {
    pub classification: Classification,
    /// `classification confidential`, whole.
    pub span: Span,
}

pub(super) struct Judge<'a, 'p> {
    pub framework: &'a Framework<'p>,
    pub checked: &'a CheckedFramework,
    /// What the frameworks that this one extends hold closed.
    pub below: &'a Held,
    pub flows: Flows<'a>,
    pub standings: Arena<ValueId, Exposure>,
    /// By value: the most confidential of what it is made of where verified evidence alone counts.
    pub verified: Arena<ValueId, Classification>,
    pub declassified: BTreeMap<ValueId, Recorded>,
}

/// The standing of every value, by its place, and what the framework holds closed to those who extend
/// it; leaks, changes that open and idle declassifications are told.
pub(crate) fn judge(
    framework: &Framework<'_>,
    checked: &CheckedFramework,
    below: &Held,
    reports: &mut Reports,
) -> (Arena<ValueId, Exposure>, Held) {
    let mut judge = Judge {
        framework,
        checked,
        below,
        flows: Flows::of(checked),
        // What is needed is judged before what needs it; what was not is closed.
        standings: checked.values.filled(Exposure::CLOSED),
        verified: checked.values.filled(Classification::Confidential),
        declassified: BTreeMap::new(),
    };
    judge.opened_sources(reports);
    judge.declassifications(reports);
    judge.circles();
    for id in &checked.order {
        judge.value(*id, reports);
    }
    if below.quiet {
        return (judge.standings, Held::default());
    }
    judge.columns(reports);
    // What opens is one slip; that it changes what was declassified is told once it is mended.
    if !reports.has_errors() {
        judge.may_declassify(reports);
    }
    let held = judge.held();
    (judge.standings, held)
}

pub(super) fn stated(file: crate::source::FileId, attrs: &[ast::Attr]) -> Option<Stated> {
    attrs.iter().find_map(|attr| {
        Some(Stated {
            classification: Classification::of(&attr.classification()?.text)?,
            span: at(file, attr.span),
        })
    })
}

/// What an extending framework states.
fn amended_to(amended: &Amendments<'_>) -> Option<Stated> {
    let (file, word) = amended.classification?;
    Some(Stated {
        classification: Classification::of(&word.text)?,
        span: at(file, word.span),
    })
}

impl<'p> Judge<'_, 'p> {
    pub fn declared(&self, id: ValueId) -> Option<&Declared<'p, ValueSource<'p>>> {
        self.framework.values.get(id.0 as usize)
    }

    /// Where something rests on what stands behind it, by way of an earlier period, all is judged as often as what
    /// flows in still closes anything: each as open as nothing else keeps it closed.
    fn circles(&mut self) {
        if !self.checked.reads.has_circles() {
            return;
        }
        self.standings = self.checked.values.filled(Exposure::OPEN);
        self.verified = self.checked.values.filled(Classification::Public);
        let mut unheard = Reports::default();
        let classes = |judge: &Self| -> Vec<_> {
            let both = judge.standings.iter().zip(judge.verified.iter());
            both.map(|(one, verified)| (one.classification, one.inflow, *verified))
                .collect()
        };
        loop {
            let before = classes(self);
            for id in &self.checked.order {
                self.value(*id, &mut unheard);
            }
            if classes(self) == before {
                break;
            }
        }
    }

    pub fn standing(&self, id: ValueId) -> &Exposure {
        self.standings.of(id)
    }

    /// What the value itself states.
    pub fn own(&self, id: ValueId) -> Option<Stated> {
        let declared = self.declared(id)?;
        let amended = self.framework.amended.get(&id);
        amended
            .and_then(amended_to)
            .or_else(|| stated(declared.file, declared.what.attrs()))
    }

    /// The name of an indicator's source.
    pub fn source_name(&self, id: ValueId) -> Option<&'p str> {
        let declared = self.declared(id)?;
        let ValueSource::Indicator { attrs, .. } = declared.what else {
            return None;
        };
        let amended = self.framework.amended.get(&id);
        let amended = amended.and_then(|amended| amended.source);
        let own = attrs.iter().find_map(ast::Attr::source);
        let name = amended.map(|(_, name)| name).or(own)?;
        Some(&name.text)
    }

    /// The source of an indicator, and what it states; what is held closed of it stays so.
    fn source(&self, id: ValueId) -> Option<(&'p str, Stated)> {
        let name = self.source_name(id)?;
        let own = self.of_source(name);
        let held = self.below.sources.get(name);
        let held = held.map(|&(classification, span)| Stated {
            classification,
            span,
        });
        let closed = match (own, held) {
            (Some(own), Some(held)) if held.classification > own.classification => held,
            (None, Some(held)) => held,
            (Some(own), _) => own,
            (None, None) => return None,
        };
        Some((name, closed))
    }

    /// What a source states.
    pub fn of_source(&self, name: &str) -> Option<Stated> {
        let mut sources = self.framework.sources.iter();
        let source = sources.find(|source| source.name.text == name)?;
        let amended = self.framework.amended_sources.get(name);
        amended
            .and_then(amended_to)
            .or_else(|| stated(source.file, source.what))
    }

    fn value(&mut self, id: ValueId, reports: &mut Reports) {
        let own = self.own(id);
        let source = self.source(id);
        let flowing = self.flowing(id);
        let is_indicator = self
            .checked
            .value(id)
            .is_some_and(|value| matches!(value.body, Body::Indicator(_)));
        // An indicator's cells come from its source; nothing else flows into it but what its absent
        // cells mean.
        let of_source = source.map(|(_, stated)| stated.classification);
        let mut inflow = flowing.max(of_source.unwrap_or(Classification::Public));
        if is_indicator && let Some(own) = own {
            inflow = inflow.max(own.classification);
        }
        if is_indicator {
            inflow = inflow.max(self.still_closed(id, inflow, reports));
            if self.below.quiet {
                inflow = inflow.max(self.of_closed_columns(id));
            }
        }
        let declassified = self.declassified.get(&id).cloned();
        let mut least = inflow;
        if let Some(Recorded { what, span, .. }) = &declassified {
            if what.to < inflow {
                least = what.to;
            } else {
                reports.add(DeclassifiesNothing {
                    name: self.name(id),
                    to: what.to.word(),
                    is: inflow.word(),
                    span: *span,
                });
            }
        }
        let classification = match own {
            // What is stated to be closed on the way in may still be declassified on the way out.
            Some(own) if is_indicator && own.classification >= least => match &declassified {
                Some(_) => least,
                None => own.classification.max(least),
            },
            Some(own) if own.classification >= least => own.classification,
            Some(_) if self.below.quiet => least,
            Some(own) => {
                self.tell_leak(id, own, reports);
                own.classification
            }
            None => least,
        };
        let classification = if is_indicator {
            classification
        } else {
            classification.max(self.still_stated(id, classification, reports))
        };
        let declassified = declassified.map(|recorded| recorded.what);
        let inflow = inflow.max(classification);
        let verified = inflow.max(self.flowing_in(id, |flow| flow.verified()));
        *self.standings.of_mut(id) = Exposure {
            classification,
            inflow,
            declassified,
        };
        *self.verified.of_mut(id) = verified;
    }

    /// The most confidential of what flows into a value.
    fn flowing(&self, id: ValueId) -> Classification {
        self.flowing_in(id, |flow| flow)
    }

    /// The same where each flow is another one.
    fn flowing_in(&self, id: ValueId, as_flow: fn(Flow) -> Flow) -> Classification {
        let flows = self.flows.to(id).iter();
        let each = flows.flat_map(|flow| {
            let from = self.flows.from(flow).iter();
            from.map(move |id| self.through(as_flow(*flow), *id))
        });
        each.max().unwrap_or(Classification::Public)
    }

    pub fn through(&self, flow: Flow, id: ValueId) -> Classification {
        let standing = self.standing(id);
        match self.flows.through(flow, id) {
            How::Published => standing.classification,
            How::Inside => standing.inflow,
            How::Verified => *self.verified.of(id),
        }
    }

    pub fn name(&self, id: ValueId) -> String {
        let value = self.checked.value(id);
        value.map_or_else(String::new, |value| value.name.clone())
    }

    fn step(&self, id: ValueId) -> Step {
        Step {
            kind: self.declared(id).map_or("value", |one| one.what.kind()),
            name: self.name(id),
        }
    }

    /// The shortest way from something closed to a value that is stated to be more open.
    fn tell_leak(&self, id: ValueId, own: Stated, reports: &mut Reports) {
        let limit = own.classification;
        // Each value as it is published, or as verified evidence alone makes it.
        let mut from: BTreeMap<(ValueId, bool), (ValueId, bool)> = BTreeMap::new();
        let mut open = VecDeque::from([(id, false)]);
        let mut origin = None;
        while let Some(at) = open.pop_front() {
            let begins = self
                .begins(at.0, id)
                .filter(|(stated, _)| stated.classification > limit);
            if let Some((stated, source)) = begins {
                origin = Some((at, stated, source));
                break;
            }
            for flow in self.flows.to(at.0) {
                let flow = if at.1 { flow.verified() } else { *flow };
                for next in self.flows.from(&flow) {
                    let verified = self.flows.through(flow, *next) == How::Verified;
                    let step = (*next, verified);
                    let passes = self.through(flow, *next) > limit;
                    if passes && *next != id && !from.contains_key(&step) {
                        from.insert(step, at);
                        open.push_back(step);
                    }
                }
            }
        }
        let Some((first, stated, source)) = origin else {
            return;
        };
        let mut path = vec![self.step(first.0)];
        let mut at = first;
        while let Some(next) = from.get(&at).copied() {
            path.push(self.step(next.0));
            at = next;
        }
        reports.add(Leak {
            is: limit.word(),
            to: (limit != Classification::Public).then(|| limit.word()),
            span: own.span,
            origin: stated.classification.word(),
            source: source.map(str::to_owned),
            stated: stated.span,
            path,
        });
    }

    /// What makes a value closed itself: its own words or its source's. Of the value that leaks, its
    /// source's alone.
    fn begins(&self, id: ValueId, leaking: ValueId) -> Option<(Stated, Option<&'p str>)> {
        let own = self
            .own(id)
            .filter(|_| id != leaking)
            .map(|own| (own, None));
        let source = self.source(id).map(|(name, stated)| (stated, Some(name)));
        match (own, source) {
            (Some(own), Some(source)) if source.0.classification > own.0.classification => {
                Some(source)
            }
            (Some(own), _) => Some(own),
            (None, source) => source,
        }
    }
}
