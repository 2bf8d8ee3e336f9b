//! Which indicators a declaration rests on, near or far.

use std::collections::{BTreeMap, BTreeSet};

use crate::checked::{AlertBody, Arms, Body, CheckedFramework, Requirement};
use crate::typed::{Field, FunctionId, Typed, TypedKind, ValueId};

/// By declaration, the indicators it rests on.
pub(crate) struct Reads {
    indicators: BTreeMap<ValueId, BTreeSet<ValueId>>,
}

impl Reads {
    pub fn of(checked: &CheckedFramework) -> Self {
        let mut indicators: BTreeMap<ValueId, BTreeSet<ValueId>> = BTreeMap::new();
        // What a value needs stands before it.
        for id in &checked.order {
            let Some(value) = checked.value(*id) else {
                continue;
            };
            let mut own = BTreeSet::new();
            if matches!(value.body, Body::Indicator(_)) {
                own.insert(*id);
            }
            for read in values_of(checked, &value.body) {
                if let Some(theirs) = indicators.get(&read) {
                    own.extend(theirs.iter().copied());
                }
            }
            indicators.insert(*id, own);
        }
        Self { indicators }
    }

    /// The indicators that a declaration rests on, itself if it is one.
    pub fn indicators(&self, id: ValueId) -> impl Iterator<Item = ValueId> + '_ {
        self.indicators.get(&id).into_iter().flatten().copied()
    }
}

/// The expressions of a declaration.
pub(super) fn expressions(body: &Body) -> Vec<&Typed> {
    match body {
        Body::Indicator(body) => body.missing_means.iter().collect(),
        Body::Param(body) => body.values.iter().map(|dated| &dated.value).collect(),
        Body::Expression { value, .. } => vec![value],
        Body::Factor(body) => {
            let weights = body
                .members
                .iter()
                .filter_map(|member| member.weight.as_ref());
            let require = match &body.require {
                Requirement::All => None,
                Requirement::Coverage(amount) | Requirement::Known(amount) => Some(amount),
            };
            weights.chain(require).collect()
        }
        Body::Level(body) => match &body.arms {
            Arms::Clauses { clauses, .. } => {
                clauses.iter().map(|clause| &clause.condition).collect()
            }
            Arms::Bands { of, bands } => {
                let ends = bands
                    .iter()
                    .flat_map(|band| band.low.iter().chain(&band.high));
                std::iter::once(of).chain(ends).collect()
            }
        },
        Body::Table(body) => body
            .columns
            .iter()
            .chain(body.rows.iter().map(|row| &row.then))
            .chain(
                body.rows
                    .iter()
                    .flat_map(|row| &row.cells)
                    .flat_map(|cell| cell.kind.thresholds()),
            )
            .collect(),
        Body::Alert(body) => conditions(body),
        Body::Broken => Vec::new(),
    }
}

fn conditions(body: &AlertBody) -> Vec<&Typed> {
    let clauses = std::iter::once(&body.raise)
        .chain(&body.escalations)
        .chain(&body.clear);
    clauses
        .map(|clause| &clause.condition)
        .chain(body.bypass.iter().map(|(condition, _)| condition))
        .collect()
}

/// The values that a declaration names itself.
fn values_of(checked: &CheckedFramework, body: &Body) -> Vec<ValueId> {
    let mut found = Vec::new();
    if let Body::Factor(factor) = body {
        found.extend(factor.members.iter().map(|member| member.value));
    }
    let mut functions = BTreeSet::new();
    for expression in expressions(body) {
        walk(
            checked,
            expression,
            &mut functions,
            &mut |part| match &part.kind {
                TypedKind::Value(id) | TypedKind::Field(id, Field::Members) => found.push(*id),
                TypedKind::Field(id, _) => found.push(*id),
                TypedKind::AllFactors => {
                    found.extend(of_kind(checked, |body| matches!(body, Body::Factor(_))))
                }
                TypedKind::AllSignals => found.extend(of_kind(checked, |body| {
                    matches!(body, Body::Expression { kind, .. }
                    if *kind == forewarn_grammar::ast::BindingKind::Signal)
                })),
                _ => {}
            },
        );
    }
    found
}

fn of_kind(checked: &CheckedFramework, wanted: impl Fn(&Body) -> bool) -> Vec<ValueId> {
    let values = (0u32..).map(ValueId).zip(&checked.values);
    values
        .filter(|(_, value)| wanted(&value.body))
        .map(|(id, _)| id)
        .collect()
}

/// Every part of an expression, and of the functions that it calls, each function once.
pub(super) fn walk<'t>(
    checked: &'t CheckedFramework,
    expression: &'t Typed,
    functions: &mut BTreeSet<FunctionId>,
    see: &mut impl FnMut(&'t Typed),
) {
    let mut open = vec![expression];
    while let Some(part) = open.pop() {
        see(part);
        if let TypedKind::Call(id, _) = &part.kind
            && functions.insert(*id)
            && let Some(function) = checked.function(*id)
        {
            open.push(&function.body);
        }
        open.extend(part.parts());
    }
}
