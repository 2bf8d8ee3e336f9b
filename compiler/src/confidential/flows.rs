//! What flows into a value.
//!
//! In: the checked tree. Out: for each value what it reads, function bodies and everything that only
//! decides *whether* or *how much* included: conditions, weights, what a factor requires, groups of
//! peers. The list of bodies is exhaustive on purpose: a new kind of declaration does not compile
//! until it is said here what flows into it.

use std::collections::{BTreeMap, BTreeSet};

use crate::checked::{
    Arms, Body, CheckedFramework, CheckedValue, Combine, FactorBody, Requirement,
};
use crate::typed::{Field, FunctionId, Typed, TypedKind, ValueId};
use forewarn_grammar::ast::BindingKind;

/// One thing that flows in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Flow {
    /// A value as it is published.
    Value(ValueId),
    /// What a value is made of, whatever was declassified: a factor's members one by one.
    Inside(ValueId),
    /// All factors of the framework.
    Factors,
    /// All signals of the framework.
    Signals,
}

/// What flows into each value and each function, each thing once.
pub(super) struct Flows {
    pub values: Vec<Vec<Flow>>,
    factors: Vec<ValueId>,
    signals: Vec<ValueId>,
}

impl Flows {
    pub fn of(framework: &CheckedFramework) -> Self {
        let mut functions: Vec<Option<BTreeSet<Flow>>> = vec![None; framework.functions.len()];
        let values = framework.values.iter().map(|value| {
            let mut found = Found {
                framework,
                functions: &mut functions,
                flows: BTreeSet::new(),
            };
            found.body(&value.body);
            found.flows.into_iter().collect()
        });
        let values = values.collect();
        let of_kind = |wanted: fn(&CheckedValue) -> bool| {
            let all = (0..).map(ValueId).zip(&framework.values);
            let wanted = all.filter(|(_, value)| wanted(value));
            wanted.map(|(id, _)| id).collect()
        };
        Self {
            values,
            factors: of_kind(|value| matches!(value.body, Body::Factor(_))),
            signals: of_kind(|value| {
                let Body::Expression { kind, .. } = value.body else {
                    return false;
                };
                kind == BindingKind::Signal
            }),
        }
    }

    pub fn to(&self, id: ValueId) -> &[Flow] {
        self.values.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The values that a flow comes from.
    pub fn from<'f>(&'f self, flow: &'f Flow) -> &'f [ValueId] {
        match flow {
            Flow::Value(id) | Flow::Inside(id) => std::slice::from_ref(id),
            Flow::Factors => &self.factors,
            Flow::Signals => &self.signals,
        }
    }
}

/// The values that some values rest on, themselves among them; functions are seen through.
pub(crate) fn closure(framework: &CheckedFramework, roots: &[ValueId]) -> BTreeSet<ValueId> {
    let flows = Flows::of(framework);
    let mut reached: BTreeSet<ValueId> = BTreeSet::new();
    let mut open: Vec<ValueId> = roots.to_vec();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            let next = flows.to(id).iter().flat_map(|flow| flows.from(flow));
            open.extend(next.copied());
        }
    }
    reached
}

/// The names of what flows into some values, in the order of the source.
pub(crate) fn names_of(
    framework: &CheckedFramework,
    wanted: impl Iterator<Item = ValueId>,
) -> BTreeMap<String, Vec<String>> {
    let flows = Flows::of(framework);
    let name = |id: ValueId| framework.value(id).map(|value| value.name.clone());
    let named = |id: ValueId| {
        let from = flows.to(id).iter().flat_map(|flow| flows.from(flow));
        let ids: BTreeSet<ValueId> = from.copied().collect();
        Some((name(id)?, ids.into_iter().filter_map(name).collect()))
    };
    wanted.filter_map(named).collect()
}

struct Found<'c, 'f> {
    framework: &'c CheckedFramework,
    /// What function bodies read, once they have been looked at.
    functions: &'f mut Vec<Option<BTreeSet<Flow>>>,
    flows: BTreeSet<Flow>,
}

impl Found<'_, '_> {
    fn body(&mut self, body: &Body) {
        match body {
            Body::Indicator(indicator) => self.all(&indicator.missing_means),
            Body::Param(param) => param.values.iter().for_each(|one| self.expr(&one.value)),
            Body::Expression { value, .. } => self.expr(value),
            Body::Factor(factor) => self.factor(factor),
            Body::Level(level) => match &level.arms {
                Arms::Clauses { clauses, .. } => {
                    clauses
                        .iter()
                        .for_each(|clause| self.expr(&clause.condition));
                }
                Arms::Bands { of, bands } => {
                    self.expr(of);
                    for band in bands {
                        self.all(&band.low);
                        self.all(&band.high);
                    }
                }
            },
            Body::Alert(alert) => {
                let conditions = std::iter::once(&alert.raise).chain(&alert.escalations);
                for clause in conditions.chain(&alert.clear) {
                    self.expr(&clause.condition);
                }
                if let Some((bypass, _)) = &alert.bypass {
                    self.expr(bypass);
                }
            }
            Body::Table(table) => self.all(table.parts()),
            Body::Broken => {}
        }
    }

    fn factor(&mut self, factor: &FactorBody) {
        for member in &factor.members {
            self.flows.insert(Flow::Value(member.value));
            self.all(&member.weight);
        }
        match &factor.require {
            Requirement::All => {}
            Requirement::Coverage(amount) | Requirement::Known(amount) => self.expr(amount),
        }
        if let Combine::Function(function) = factor.combine {
            self.function(function);
        }
    }

    fn all<'t>(&mut self, parts: impl IntoIterator<Item = &'t Typed>) {
        for part in parts {
            self.expr(part);
        }
    }

    fn expr(&mut self, expr: &Typed) {
        match &expr.kind {
            // A factor's members are its parts, whatever is said of the factor itself.
            TypedKind::Field(id, Field::Members) => {
                self.flows.insert(Flow::Inside(*id));
            }
            TypedKind::Value(id)
            | TypedKind::Field(
                id,
                Field::Coverage | Field::Known | Field::AtLeast | Field::AtMost | Field::Verified,
            ) => {
                self.flows.insert(Flow::Value(*id));
            }
            TypedKind::AllFactors => {
                self.flows.insert(Flow::Factors);
            }
            TypedKind::AllSignals => {
                self.flows.insert(Flow::Signals);
            }
            TypedKind::Call(function, _) => self.function(*function),
            _ => {}
        }
        self.all(expr.parts());
    }

    /// What a function's body reads besides its parameters.
    fn function(&mut self, id: FunctionId) {
        let at = id.0 as usize;
        let Some(known) = self.functions.get(at) else {
            return;
        };
        if let Some(known) = known {
            self.flows.extend(known);
            return;
        }
        // A function in a circle has been told; it ends here.
        if let Some(slot) = self.functions.get_mut(at) {
            *slot = Some(BTreeSet::new());
        }
        let outer = std::mem::take(&mut self.flows);
        if let Some(function) = self.framework.function(id) {
            self.expr(&function.body);
        }
        let inner = std::mem::replace(&mut self.flows, outer);
        self.flows.extend(&inner);
        if let Some(slot) = self.functions.get_mut(at) {
            *slot = Some(inner);
        }
    }
}
