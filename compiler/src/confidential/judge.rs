//! Each value's standing, and what leaks.
//!
//! Values are judged so that what one needs comes before it. A value that is stated to be more open
//! than what flows in is told with the shortest way there and then stands as stated, so that one slip
//! makes one message.

use std::collections::{BTreeMap, VecDeque};

use forewarn_grammar::ast::{self, AttrKind};

use super::flows::{Flow, Flows, How};
use super::{Classification, Declassified, Standing};
use crate::checked::{Body, CheckedFramework};
use crate::diagnostics::Reports;
use crate::diagnostics::confidentiality::{
    CannotDeclassify, DeclassifiedTwice, DeclassifiesNothing, Leak, NoReasonToDeclassify, Step,
};
use crate::diagnostics::names::{UnknownName, UnknownWord};
use crate::diagnostics::suggest::suggest;
use crate::framework::{Declared, Framework, ValueSource, at};
use crate::overlay::Amendments;
use crate::source::Span;
use crate::typed::ValueId;
use crate::types::Type;

/// A classification in the words of the source.
#[derive(Clone, Copy)]
struct Stated {
    classification: Classification,
    /// `classification confidential`, whole.
    span: Span,
}

struct Judge<'a, 'p> {
    framework: &'a Framework<'p>,
    checked: &'a CheckedFramework,
    flows: Flows<'a>,
    standings: Vec<Standing>,
    /// By value: the most confidential of what it is made of where verified evidence alone counts.
    verified: Vec<Classification>,
    declassified: BTreeMap<ValueId, (Declassified, Span)>,
}

/// The standing of every value, by its place; leaks and idle declassifications are told.
pub(crate) fn judge(
    framework: &Framework<'_>,
    checked: &CheckedFramework,
    reports: &mut Reports,
) -> Vec<Standing> {
    let mut judge = Judge {
        framework,
        checked,
        flows: Flows::of(checked),
        standings: vec![Standing::OPEN; checked.values.len()],
        verified: vec![Classification::Public; checked.values.len()],
        declassified: BTreeMap::new(),
    };
    judge.declassifications(reports);
    for id in &checked.order {
        judge.value(*id, reports);
    }
    judge.standings
}

fn stated(file: crate::source::FileId, attrs: &[ast::Attr]) -> Option<Stated> {
    attrs.iter().find_map(|attr| match &attr.kind {
        AttrKind::Classification(word) => Some(Stated {
            classification: Classification::of(&word.text)?,
            span: at(file, attr.span),
        }),
        _ => None,
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

fn attributes<'p>(what: &ValueSource<'p>) -> &'p [ast::Attr] {
    match what {
        ValueSource::Indicator { attrs, .. } => attrs,
        ValueSource::Param(param) => &param.attrs,
        ValueSource::Binding(binding) => &binding.attrs,
        ValueSource::Factor(factor) => &factor.attrs,
        ValueSource::Level(level) => &level.attrs,
        ValueSource::Alert(alert) => &alert.attrs,
        ValueSource::Table(table) => &table.attrs,
        ValueSource::Broken => &[],
    }
}

impl<'p> Judge<'_, 'p> {
    fn declared(&self, id: ValueId) -> Option<&Declared<'p, ValueSource<'p>>> {
        self.framework.values.get(id.0 as usize)
    }

    fn standing(&self, id: ValueId) -> &Standing {
        let standing = self.standings.get(id.0 as usize);
        standing.unwrap_or(&Standing::OPEN)
    }

    /// What the value itself states.
    fn own(&self, id: ValueId) -> Option<Stated> {
        let declared = self.declared(id)?;
        let amended = self.framework.amended.get(&id);
        amended
            .and_then(amended_to)
            .or_else(|| stated(declared.file, attributes(&declared.what)))
    }

    /// The source of an indicator, and what it states.
    fn source(&self, id: ValueId) -> Option<(&'p str, Stated)> {
        let declared = self.declared(id)?;
        let ValueSource::Indicator { attrs, .. } = declared.what else {
            return None;
        };
        let amended = self.framework.amended.get(&id);
        let amended = amended.and_then(|amended| amended.source);
        let own = attrs.iter().find_map(|attr| match &attr.kind {
            AttrKind::From(name) => Some(name),
            _ => None,
        });
        let name = amended.map(|(_, name)| name).or(own)?;
        let mut sources = self.framework.sources.iter();
        let source = sources.find(|source| source.name.text == name.text)?;
        let amended = self.framework.amended_sources.get(name.text.as_str());
        let stated = amended
            .and_then(amended_to)
            .or_else(|| stated(source.file, source.what))?;
        Some((&name.text, stated))
    }

    /// Reads `declassify …`: who may see what, and why.
    fn declassifications(&mut self, reports: &mut Reports) {
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
            let Some(id) = self
                .framework
                .value_names
                .get(target.text.as_str())
                .copied()
            else {
                self.tell_unknown(target, span, reports);
                continue;
            };
            let Some(because) = one.because else {
                reports.add(NoReasonToDeclassify {
                    name: target.text.clone(),
                    span: one.whole,
                });
                continue;
            };
            let list = self.checked.value(id);
            if list.is_some_and(|value| matches!(value.ty, Type::List(_))) {
                reports.add(CannotDeclassify {
                    name: target.text.clone(),
                    span,
                });
                continue;
            }
            if let Some((_, first)) = self.declassified.get(&id) {
                reports.add(DeclassifiedTwice {
                    name: target.text.clone(),
                    first: *first,
                    second: one.whole,
                });
                continue;
            }
            let because = because.value.clone();
            self.declassified
                .insert(id, (Declassified { to, because }, one.whole));
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
        });
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
        let declassified = self.declassified.get(&id).cloned();
        let mut least = inflow;
        if let Some((declassified, span)) = &declassified {
            if declassified.to < inflow {
                least = declassified.to;
            } else {
                reports.add(DeclassifiesNothing {
                    name: self.name(id),
                    to: declassified.to.word(),
                    is: inflow.word(),
                    span: *span,
                });
            }
        }
        let classification = match own {
            // What is stated to be closed on the way in may still be declassified on the way out.
            Some(own) if is_indicator && own.classification >= least => match &declassified {
                Some(_) => least,
                None => own.classification,
            },
            Some(own) if own.classification >= least => own.classification,
            Some(own) => {
                self.tell_leak(id, own, reports);
                own.classification
            }
            None => least,
        };
        let declassified = declassified.map(|(declassified, _)| declassified);
        let inflow = inflow.max(classification);
        let verified = inflow.max(self.flowing_in(id, |flow| flow.verified()));
        if let Some(slot) = self.standings.get_mut(id.0 as usize) {
            *slot = Standing {
                classification,
                inflow,
                declassified,
            };
        }
        if let Some(slot) = self.verified.get_mut(id.0 as usize) {
            *slot = verified;
        }
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

    fn through(&self, flow: Flow, id: ValueId) -> Classification {
        let standing = self.standing(id);
        match self.flows.through(flow, id) {
            How::Published => standing.classification,
            How::Inside => standing.inflow,
            How::Verified => {
                let verified = self.verified.get(id.0 as usize).copied();
                verified.unwrap_or(Classification::Confidential)
            }
        }
    }

    fn name(&self, id: ValueId) -> String {
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
