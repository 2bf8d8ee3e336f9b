//! Functions for certain units.
//!
//! A function is checked once for all units that its variables can stand for. Where a call gives them
//! units with factors (thousands, percent), its words are read once more for these, so that what cancels
//! inside is a plain number there as anywhere else: `round(x / population, 2)` rounds the same share
//! whatever the two are counted in. What could be wrong has been told of the declared function.

use std::collections::BTreeMap;

use super::context::Checker;
use super::notes::Instance;
use crate::diagnostics::Reports;
use crate::typed::{FunctionId, Typed};
use crate::types::Type;
use crate::units::{Scale, Unit};

impl Checker<'_, '_> {
    /// The function for these units; the declared one where it is the same for them. `None` where a
    /// unit in it gets too large.
    pub(super) fn instance(
        &mut self,
        declared: FunctionId,
        variables: &BTreeMap<String, Unit>,
    ) -> Option<FunctionId> {
        let one = |unit: &Unit| unit.scale() == Scale::ONE;
        if variables.values().all(one) && !self.with_factors.contains(&declared) {
            return Some(declared);
        }
        let known = self
            .instances
            .iter()
            .find(|known| known.declared == declared && known.variables == *variables);
        if let Some(known) = known {
            return Some(known.id);
        }
        let kept = std::mem::take(self.reports);
        let state = (
            self.file,
            self.scope.take(),
            self.concrete,
            self.complement.take(),
            self.item.take(),
        );
        self.concrete = true;
        let function = self.checked_function(declared, variables);
        (
            self.file,
            self.scope,
            self.concrete,
            self.complement,
            self.item,
        ) = state;
        let told = std::mem::replace::<Reports>(self.reports, kept);
        let function = function.filter(|function| {
            !told.has_errors() && !function.result.is_error() && !function.body.ty.is_error()
        })?;
        let place = self.framework.functions.len() + self.instances.len();
        let id = FunctionId(u32::try_from(place).ok()?);
        self.functions.insert(id, function);
        self.instances.push(Instance {
            declared,
            variables: variables.clone(),
            id,
        });
        Some(id)
    }

    /// A kind with what its unit variables stand for; `None` where its factors do not fit.
    pub(super) fn substituted(ty: &Type, variables: &BTreeMap<String, Unit>) -> Option<Type> {
        Some(match ty {
            Type::Number(unit) => Type::Number(unit.substitute(variables)?),
            Type::List(of) => Type::List(Box::new(Self::substituted(of, variables)?)),
            Type::Truth | Type::Level(_) | Type::Category(_) | Type::Count | Type::Error => {
                ty.clone()
            }
        })
    }
}

/// Does a function name units with factors of its own?
pub(super) fn has_factors(body: &Typed) -> bool {
    Checker::unit_of(&body.ty).is_some_and(|unit| unit.scale() != Scale::ONE)
        || body.parts().into_iter().any(|(_, part)| has_factors(part))
}
