//! Hindsight: what rests on later periods than a row's own.
//!
//! In: declarations by name and the checked tree. Out: every value that looks at a whole spell, is marked
//! `hindsight`, or rests on such a value, through whatever construct. What is published and rests on hindsight
//! has to say so, so that no alert that is to warn ever looks at what nobody knew when it was raised.
#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use forewarn_grammar::ast::{AttrKind, BindingKind};

use crate::checked::reads::{Dependency, Role, What};
use crate::checked::{Body, CheckedFramework};
use crate::diagnostics::Reports;
use crate::diagnostics::hindsight::UnmarkedHindsight;
use crate::framework::Framework;
use crate::source::Span;
use crate::typed::{FunctionId, ValueId};

/// All values that rest on hindsight; told where one does not say so, unless another check tells all of it.
pub(crate) fn judge(
    framework: &Framework<'_>,
    checked: &CheckedFramework,
    quiet: bool,
    reports: &mut Reports,
) -> BTreeSet<ValueId> {
    let looking = looking(checked);
    let marked = marked(framework);
    let resting = |one: &Dependency| looking.contains_key(one) || marked.contains(one);
    let mut found: BTreeSet<Dependency> = BTreeSet::new();
    // What rests on its own past rests on what stands behind it, too.
    loop {
        let before = found.len();
        for one in checked.reads.order() {
            if resting(one) || checked.reads.needs(*one).any(|need| found.contains(&need)) {
                found.insert(*one);
            }
        }
        if found.len() == before {
            break;
        }
    }
    let values: BTreeSet<ValueId> = found.into_iter().filter_map(Dependency::as_value).collect();
    if !quiet {
        for id in &values {
            let own = Dependency::Value(*id);
            if let Some(kind) = published(checked, *id).filter(|_| !marked.contains(&own)) {
                tell(checked, *id, kind, &looking, &marked, reports);
            }
        }
    }
    values
}

/// What looks at a whole spell by its own words, with the first of them.
fn looking(checked: &CheckedFramework) -> BTreeMap<Dependency, Span> {
    let values = (0..).map(ValueId).zip(&checked.values);
    let values = values.map(|(id, value)| (Dependency::Value(id), value.body.parts()));
    let functions = (0..).map(FunctionId).zip(&checked.functions);
    let functions = functions.map(|(id, one)| (Dependency::Function(id), one.parts().to_vec()));
    let mut found = BTreeMap::new();
    for (one, parts) in values.chain(functions) {
        let expressions = parts.into_iter().filter_map(|part| match part.what {
            What::Expression(expression) => Some(expression),
            What::Value(_)
            | What::Function(_)
            | What::EveryAlert
            | What::EveryValue
            | What::EveryIndicator => None,
        });
        let mut seen = expressions.flat_map(|expression| expression.walk(Role::Formula));
        if let Some(first) = seen.find(|seen| seen.expression.is_hindsight()) {
            found.insert(one, first.expression.span);
        }
    }
    found
}

fn marked(framework: &Framework<'_>) -> BTreeSet<Dependency> {
    let values = framework.values.map(|(id, declared)| {
        let mut attrs = declared.what.attrs().iter();
        attrs
            .any(|attr| matches!(attr.kind, AttrKind::Hindsight))
            .then_some(Dependency::Value(id))
    });
    values.iter().copied().flatten().collect()
}

/// What it is called, where it has to say that it rests on hindsight.
fn published(checked: &CheckedFramework, id: ValueId) -> Option<&'static str> {
    match &checked.value(id)?.body {
        Body::Indicator(_) => Some("indicator"),
        Body::Expression { kind, .. } => match kind {
            BindingKind::Let => None,
            BindingKind::Score => Some("score"),
            BindingKind::Signal => Some("signal"),
        },
        Body::Factor(_) => Some("factor"),
        // With `let` before it, nobody sees it.
        Body::Level(level) => (!level.is_step).then_some("level"),
        Body::Table(table) => (!table.is_step).then_some("table"),
        Body::Alert(alert) if alert.notice => Some("notice"),
        Body::Alert(_) => Some("alert"),
        Body::Param(_) | Body::Broken => None,
    }
}

/// Tells the shortest way from what looks at later periods to a value that does not say so.
fn tell(
    checked: &CheckedFramework,
    id: ValueId,
    kind: &'static str,
    looking: &BTreeMap<Dependency, Span>,
    marked: &BTreeSet<Dependency>,
    reports: &mut Reports,
) {
    let Some(value) = checked.value(id) else {
        return;
    };
    let own = Dependency::Value(id);
    let mut from: BTreeMap<Dependency, Dependency> = BTreeMap::new();
    let mut open = VecDeque::from([own]);
    let mut origin = None;
    while let Some(at) = open.pop_front() {
        if looking.contains_key(&at) || marked.contains(&at) {
            origin = Some(at);
            break;
        }
        for need in checked.reads.needs(at) {
            if need != own && !from.contains_key(&need) {
                from.insert(need, at);
                open.push_back(need);
            }
        }
    }
    let Some(origin) = origin else { return };
    let name_of = |one: Dependency| match one {
        Dependency::Value(id) => checked.value(id).map(|value| value.name.clone()),
        Dependency::Function(id) => checked.function(id).map(|one| one.name.clone()),
        Dependency::Factors => Some("factors".to_owned()),
        Dependency::Signals => Some("signals".to_owned()),
    };
    let mut path: Vec<String> = name_of(origin).into_iter().collect();
    let mut at = origin;
    while let Some(next) = from.get(&at).copied() {
        path.extend(name_of(next));
        at = next;
    }
    let declared = origin.as_value().and_then(|id| checked.value(id));
    let declared = declared.map_or(value.span, |declared| declared.span);
    reports.add(UnmarkedHindsight {
        kind,
        span: value.span,
        within: looking.get(&origin).copied().unwrap_or(declared),
        path,
        observed: matches!(value.body, Body::Indicator(_)),
    });
}
