//! From a declared value to its reasons, down to the observations.
//!
//! A declared value is told once, by its own parts (members, clauses, bands, conditions) or by the
//! expression that it is. What an expression says of itself stands in `terms`. Words, names and citations
//! come from outlines, values from their nodes.

use std::collections::HashSet;

use forewarn_plan::outline::{Held, Term};
use forewarn_plan::{Declaration, DeclarationKind, Grounds, NodeId, Op, Outline, OutlineId};

use super::evidence::Evidence;
use super::names::Names;
use super::nodes::shown;
use super::params_moved;
use super::tree::{Cause, How, ParamTold, Reason, Shown, Unverified};
use crate::bind::DataSummary;
use crate::interpreter::NodeValue;
use crate::period::Period;

/// Reasons are told this far down; a longer chain of declarations ends there.
pub(super) const DEEPEST: usize = 120;

/// Reads explanations from the evidence of one row.
pub(super) struct Teller<'e> {
    pub evidence: &'e Evidence<'e>,
    pub names: &'e Names<'e>,
    pub summary: &'e DataSummary,
    pub(super) told: HashSet<String>,
    /// Terms that were told with what they are made of.
    pub(super) told_terms: HashSet<OutlineId>,
    /// The declaration whose terms are told, the innermost last.
    pub(super) inside: Vec<String>,
    pub(super) extent: Extent,
    /// So many reasons the present one stands below.
    level: usize,
}

/// How much of what lies below a result is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Down to the observations, each value once.
    Whole,
    /// So many levels of reasons below the result; those of the last one say what they are and no more. What is
    /// met again is told again, marked as told above.
    Levels(usize),
}

impl<'e> Teller<'e> {
    pub fn new(
        evidence: &'e Evidence<'e>,
        names: &'e Names<'e>,
        summary: &'e DataSummary,
        extent: Extent,
    ) -> Self {
        Self {
            extent,
            level: 0,
            evidence,
            names,
            summary,
            told: HashSet::new(),
            told_terms: HashSet::new(),
            inside: Vec::new(),
        }
    }

    pub fn number(&self, node: NodeId) -> f64 {
        if let Some(Op::Const(x)) = self.evidence.plan.node(node).map(|node| node.op) {
            return x;
        }
        let cell = self.evidence.values.cell(node);
        cell.map_or(f64::NAN, NodeValue::as_number)
    }

    pub fn truth(&self, node: NodeId) -> Option<bool> {
        match self.evidence.plan.node(node).map(|node| node.op) {
            Some(Op::Truth { yes, no }) => yes.then_some(true).or_else(|| no.then_some(false)),
            _ => match self.evidence.values.cell(node) {
                Some(NodeValue::Truth { yes: true, .. }) => Some(true),
                Some(NodeValue::Truth { no: true, .. }) => Some(false),
                _ => None,
            },
        }
    }

    pub fn outline(&self, id: OutlineId) -> Option<&'e Outline> {
        self.evidence.plan.outline(id)
    }

    pub fn period(&self, number: i64) -> Option<Period> {
        let kind = self.evidence.plan.panel.period?;
        Some(self.evidence.panel.period(kind, number))
    }

    /// The value of a term; of a list there is none to be shown.
    pub fn value(&self, outline: &Outline) -> Shown {
        match &outline.held {
            Held::One(value) => shown(value, |node| self.number(node)),
            Held::Several(_) => Shown::Number {
                value: f64::NAN,
                unit: String::new(),
            },
        }
    }

    /// A reason with words and a value, and nothing said yet.
    pub fn bare(text: String, value: Shown) -> Reason {
        Reason {
            name: None,
            kind: None,
            label: String::new(),
            cites: Vec::new(),
            grounds: Grounds::default(),
            params: Vec::new(),
            code: None,
            provenance: None,
            seen: None,
            text,
            value,
            cause: None,
            declassified: None,
            how: How::Calculation,
            because: Vec::new(),
            above: false,
        }
    }

    /// Tells something one level further down.
    pub fn below<T>(&mut self, tell: impl FnOnce(&mut Self) -> T) -> T {
        self.level += 1;
        let told = tell(self);
        self.level -= 1;
        told
    }

    /// Tells something in place of what is told now.
    pub fn instead<T>(&mut self, tell: impl FnOnce(&mut Self) -> T) -> T {
        let level = self.level;
        self.level = level.saturating_sub(1);
        let told = tell(self);
        self.level = level;
        told
    }

    /// Nothing is told of what a reason at this level is made of.
    pub fn is_far(&self) -> bool {
        matches!(self.extent, Extent::Levels(levels) if self.level > levels + 1)
    }

    /// A declared value, told whole unless it was told before.
    pub fn declared(&mut self, declaration: &'e Declaration, depth: usize) -> Reason {
        self.below(|teller| teller.declaration(declaration, depth))
    }

    fn declaration(&mut self, declaration: &'e Declaration, depth: usize) -> Reason {
        let value = shown(&declaration.value, |node| self.number(node));
        let is_far = self.is_far() && declaration.kind != DeclarationKind::Indicator;
        // A member that is `verified(x)` is called as the observation that it rests on.
        let known_as = match (declaration.kind, declaration.verified) {
            (DeclarationKind::Indicator, Some(_)) => format!("{} observed", declaration.name),
            _ => declaration.name.clone(),
        };
        let again = !is_far && !self.told.insert(known_as);
        let above = again || depth > DEEPEST;
        let outline = declaration.outline.and_then(|id| self.outline(id));
        let words = outline.map_or_else(|| declaration.name.clone(), |own| self.words(own));
        let mut reason = Reason {
            name: Some(declaration.name.clone()),
            kind: Some(declaration.kind),
            label: declaration.label.clone(),
            cites: declaration.cites.clone(),
            grounds: declaration.grounds.clone(),
            code: declaration.code.clone(),
            provenance: declaration.provenance,
            seen: declaration.seen.clone(),
            declassified: self.declassified(&declaration.name),
            above,
            ..Self::bare(words, value)
        };
        if is_far || above && (self.extent == Extent::Whole || depth > DEEPEST) {
            if self.is_absent_here(&reason, declaration) {
                reason.cause = Some(Cause::NotApplicable {
                    condition: None,
                    said: None,
                });
            }
            return reason;
        }
        let confidentiality = &self.evidence.plan.confidentiality;
        if confidentiality.is_sealed(&declaration.name) {
            self.sealed(&mut reason, declaration, depth);
            return reason;
        }
        self.inside.push(declaration.name.clone());
        match declaration.kind {
            DeclarationKind::Indicator => self.observation(&mut reason, declaration),
            DeclarationKind::Factor if declaration.factor.is_some() => {
                self.factor(&mut reason, declaration, depth);
            }
            DeclarationKind::Level => self.level(&mut reason, declaration, depth),
            DeclarationKind::Table => self.table(&mut reason, declaration, depth),
            DeclarationKind::Alert | DeclarationKind::Notice => {
                self.alert(&mut reason, declaration, depth)
            }
            DeclarationKind::Let
            | DeclarationKind::Score
            | DeclarationKind::Signal
            | DeclarationKind::Factor => self.expression(&mut reason, declaration, depth),
        }
        self.inside.pop();
        self.not_applicable(&mut reason, declaration, depth);
        if reason.value.is_open() && reason.cause.is_none() {
            reason.cause = Some(missing_below(&reason));
        }
        reason
    }

    /// What an expression says of itself, for the declared value that it is.
    pub(super) fn expression(
        &mut self,
        reason: &mut Reason,
        declaration: &'e Declaration,
        depth: usize,
    ) {
        let Some(id) = declaration.outline else {
            return;
        };
        let told = self.instead(|teller| teller.told_with_params(id, depth));
        match told.name {
            // It is another declared value.
            Some(_) => reason.because = vec![told],
            None => {
                reason.params = told.params;
                reason.how = told.how;
                reason.because = told.because;
                reason.cause = told.cause;
            }
        }
    }

    /// Says that a value is not there, and why.
    fn not_applicable(&mut self, reason: &mut Reason, declaration: &'e Declaration, depth: usize) {
        if !self.is_absent_here(reason, declaration) {
            return;
        }
        let outline = declaration.applies.and_then(|(_, outline)| outline);
        // A factor may be absent because of its members, too.
        let outline = outline.filter(|id| {
            let condition = self.outline(*id).map(|condition| self.value(condition));
            matches!(condition, Some(Shown::Truth(Some(false))))
        });
        let condition = outline.and_then(|id| self.outline(id));
        reason.cause = Some(Cause::NotApplicable {
            condition: condition.map(|condition| self.words(condition)),
            said: match condition {
                Some(_) => None,
                None => self.said_so(declaration),
            },
        });
        if let Some(id) = outline {
            let told = self.term(id, depth + 1);
            reason.because.push(told);
        }
    }

    /// Is there no such value in this row?
    fn is_absent_here(&self, reason: &Reason, declaration: &Declaration) -> bool {
        let there = declaration.applies.map(|(node, _)| self.truth(node));
        there == Some(Some(false)) && reason.value.is_open()
    }

    /// A term as a reason, with the constants that are named in it.
    pub fn told_with_params(&mut self, id: OutlineId, depth: usize) -> Reason {
        let params = self.params_of([id]);
        let mut told = self.term(id, depth);
        told.params.splice(0..0, params);
        told
    }

    /// The constants that some terms name, each told once: those that have something to say, and those whose value
    /// stands nowhere else, as it does beside what is compared with it.
    pub fn params_of(&mut self, terms: impl IntoIterator<Item = OutlineId>) -> Vec<ParamTold> {
        self.params_in(terms, true)
    }

    /// The same of terms whose values stand beside them, or nowhere.
    pub fn params_in(
        &mut self,
        terms: impl IntoIterator<Item = OutlineId>,
        shown: bool,
    ) -> Vec<ParamTold> {
        // With each whether its value stands beside it anyway.
        let mut open: Vec<(OutlineId, bool)> = terms.into_iter().map(|id| (id, shown)).collect();
        open.reverse();
        let mut found = Vec::new();
        while let Some((id, is_shown)) = open.pop() {
            let Some(outline) = self.outline(id) else {
                continue;
            };
            let below: Vec<OutlineId> = outline.below().collect();
            let shows = matches!(outline.term, Term::Compare(_));
            open.extend(below.into_iter().rev().map(|id| (id, shows)));
            if let Term::Param(name) = &outline.term {
                let value = Some(self.value(outline));
                found.extend(self.param_told(name, value, is_shown));
            }
            // Those of a comparison with peers stand nowhere else.
            if let Some(peers) = outline.term.peers() {
                let names = peers.params.iter();
                found.extend(names.filter_map(|name| self.param_told(name, None, false)));
            }
        }
        found
    }

    /// A constant by its name in this period, unless it was told or has nothing to say.
    fn param_told(
        &mut self,
        name: &str,
        value: Option<Shown>,
        is_shown: bool,
    ) -> Option<ParamTold> {
        let plan = self.evidence.plan;
        let info = plan.params.iter().find(|one| one.name == name)?;
        let dated = info
            .values
            .iter()
            .any(|one| one.from.is_some() || one.until.is_some());
        let says =
            dated || info.given || !info.cites.is_empty() || info.grounds != Grounds::default();
        // A param and a declaration never share a name.
        if is_shown && !says || !self.told.insert(name.to_owned()) {
            return None;
        }
        let now = self.evidence.panel.periods.get(self.evidence.row).copied();
        let holds = params_moved::holds(info, now);
        let holds = holds.and_then(|at| info.values.get(at));
        let value = value.unwrap_or_else(|| match holds {
            Some(one) => params_moved::told(self.evidence, &one.value),
            None => params_moved::missing(info),
        });
        Some(ParamTold {
            info: info.clone(),
            value,
            from: holds
                .and_then(|one| one.from)
                .and_then(|at| self.period(at)),
            until: holds
                .and_then(|one| one.until)
                .and_then(|at| self.period(at)),
        })
    }

    /// What its author wrote; of a term inside of `verified(…)` also that.
    pub fn words(&self, outline: &Outline) -> String {
        self.names.words(outline)
    }
}

/// The reasons that are open themselves. Those that do not apply or that nobody asks for are left out, unless there
/// are no others.
pub(super) fn missing_below(reason: &Reason) -> Cause {
    if let Some(unverified) = unverified_below(reason) {
        return Cause::NotVerified(unverified);
    }
    let mut names = open_below(reason, &|part| {
        let cause = part.cause.as_ref();
        !cause.is_some_and(|cause| matches!(cause, Cause::NotApplicable { .. } | Cause::NotAsked))
    });
    if names.is_empty() {
        names = open_below(reason, &|_| true);
    }
    if names.is_empty() {
        Cause::Stated
    } else {
        Cause::Missing(names)
    }
}

/// The observations that were not verified, where these alone leave it open.
fn unverified_below(reason: &Reason) -> Option<Vec<Unverified>> {
    let mut found: Vec<Unverified> = Vec::new();
    for part in given(reason)
        .into_iter()
        .filter(|part| part.value.is_open())
    {
        let cause = part.cause.as_ref();
        if cause.is_some_and(|cause| matches!(cause, Cause::NotApplicable { .. } | Cause::NotAsked))
        {
            continue;
        }
        let Some(Cause::NotVerified(own)) = cause else {
            return None;
        };
        for one in own {
            if !found.contains(one) {
                found.push(one.clone());
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

/// The reasons below: of a function what it was given, where some of that is open, since its own names say nothing to
/// whoever reads its call; of a question to several things those that have no answer.
fn given(reason: &Reason) -> Vec<&Reason> {
    let all = reason.because.as_slice();
    if let How::Tally(tally) = &reason.how {
        let items = tally.items.iter().zip(all);
        let open = items.filter(|(item, _)| item.answer.is_none());
        let open: Vec<&Reason> = open.map(|(_, part)| part).collect();
        if !open.is_empty() {
            return open;
        }
    }
    let is_told = matches!(reason.how, How::Call { told: true, .. });
    let arguments = all.split_last().filter(|_| is_told);
    let arguments = arguments.map(|(_, arguments)| arguments);
    let is_open = |parts: &&[Reason]| parts.iter().any(|part| part.value.is_open());
    arguments.filter(is_open).unwrap_or(all).iter().collect()
}

fn open_below(reason: &Reason, counts: &dyn Fn(&Reason) -> bool) -> Vec<String> {
    let is_open = |part: &Reason| part.value.is_open() && counts(part);
    let mut names: Vec<String> = Vec::new();
    let mut parts: Vec<&Reason> = given(reason).into_iter().rev().collect();
    while let Some(part) = parts.pop() {
        if !is_open(part) {
            continue;
        }
        let below = given(part);
        let deeper = below.iter().any(|part| is_open(part));
        match &part.name {
            Some(name) if !names.contains(name) => names.push(name.clone()),
            None if deeper => parts.extend(below.into_iter().rev()),
            None if names.contains(&part.text) => {}
            None => names.push(part.text.clone()),
            Some(_) => {}
        }
    }
    names
}
