//! Declared functions: checked once, for all units that their variables can stand for.

use std::collections::BTreeMap;

use forewarn_grammar::ast::{TypeExpr, TypeKind};

use super::context::{Checker, Scope};
use super::instances::has_factors;
use super::units::unit_names;
use crate::checked::CheckedFunction;
use crate::diagnostics::names::DuplicateName;
use crate::diagnostics::types::WrongType;
use crate::diagnostics::units::DeclaredUnit;
use crate::source::Span;
use crate::typed::FunctionId;
use crate::types::Type;
use crate::units::{Unit, Units};

impl Checker<'_, '_> {
    pub fn function(&mut self, id: FunctionId) {
        if let Some(function) = self.checked_function(id, &BTreeMap::new()) {
            if has_factors(&function.body) {
                self.with_factors.insert(id);
            }
            self.functions.insert(id, function);
        }
    }

    /// A function with what its unit variables stand for; none stands for anything where it is checked
    /// for all units.
    pub(super) fn checked_function(
        &mut self,
        id: FunctionId,
        units: &BTreeMap<String, Unit>,
    ) -> Option<CheckedFunction> {
        let declared = self.framework.functions.get(id.0 as usize).copied()?;
        let concrete = |ty: Type| Self::substituted(&ty, units).unwrap_or(Type::Error);
        self.file = declared.file;
        let standard = self.framework.is_standard(declared.file);
        let types = declared.what.params.iter().map(|param| &param.ty);
        let variables = self.variables(types, standard);
        let mut parameters: Vec<(String, Type)> = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        for param in &declared.what.params {
            let span = self.at(param.name.span);
            if let Some(index) = parameters
                .iter()
                .position(|(name, _)| *name == param.name.text)
            {
                let first = spans.get(index).copied().unwrap_or(span);
                let name = param.name.text.clone();
                self.reports.add(DuplicateName {
                    name,
                    first,
                    second: span,
                    lacking: None,
                });
            }
            self.no_range(&param.ty, "a function's parameter");
            let ty = concrete(self.type_of(&param.ty, &variables, "a function's parameter"));
            parameters.push((param.name.text.clone(), ty));
            spans.push(span);
        }
        self.scope = Some(Scope {
            parameters: parameters.clone(),
        });
        let wanted = declared.what.result.as_ref().map(|ty| {
            self.no_range(ty, "a function's result");
            (
                concrete(self.type_of(ty, &variables, "a function's result")),
                self.type_span(ty),
            )
        });
        let body = self.expr(&declared.what.body, wanted.as_ref().map(|(ty, _)| ty));
        let body = if body.ty == Type::Count {
            self.as_number(body, "")
        } else {
            body
        };
        self.scope = None;
        let (result, body) = match wanted {
            Some((wanted, place)) => self.keeps(body, wanted, place, &declared.name.text),
            None => (body.ty.clone(), body),
        };
        let name = declared.name.text.clone();
        Some(CheckedFunction {
            name,
            parameters,
            result,
            body,
            standard,
            of: (!units.is_empty()).then_some(id),
        })
    }

    /// Does a value keep the type that was declared for it? Converted, or told.
    pub fn keeps(
        &mut self,
        value: crate::typed::Typed,
        wanted: Type,
        declared: Span,
        name: &str,
    ) -> (Type, crate::typed::Typed) {
        if value.ty.is_error() || wanted.is_error() {
            return (Type::Error, value);
        }
        let span = value.span;
        match (&value.ty, &wanted) {
            (Type::Number(own), Type::Number(unit)) => {
                let own = own.clone();
                if self.tells_bare(&[&value], (declared, name), unit, None) {
                    return (Type::Error, self.poison(span));
                }
                self.tells_rate_by_hand(&value, (declared, name), unit, true);
                match Self::in_declared_unit(value, unit) {
                    Some(value) => (wanted, value),
                    None => {
                        self.reports.add(DeclaredUnit {
                            name: name.to_owned(),
                            declared,
                            declared_unit: self.units.show(unit),
                            span,
                            found: self.units.show(&own),
                            literal: self.literal_amount(span),
                        });
                        (Type::Error, self.poison(span))
                    }
                }
            }
            (own, wanted_ty) if own == wanted_ty => (wanted, value),
            // What it was to be has been told.
            (_, Type::Error) => (wanted, value),
            (own, _) => {
                let (found, wanted) = (self.shown_as(own), self.shown_as(&wanted));
                let name = name.to_owned();
                self.reports.add(WrongType {
                    meant: self.answer_meant(span, &wanted.ty),
                    span,
                    found,
                    wanted,
                    declared,
                    name,
                });
                (Type::Error, self.poison(span))
            }
        }
    }

    /// The unit variables of a signature: single letters that name no unit. The standard library knows none that
    /// a ruleset declares: its letters stay variables beside `unit u`.
    fn variables<'t>(
        &self,
        types: impl Iterator<Item = &'t TypeExpr>,
        standard: bool,
    ) -> Vec<String> {
        let mut found = Vec::new();
        for mut ty in types {
            while let TypeKind::List(inner) = &ty.kind {
                ty = inner;
            }
            let TypeKind::NumberOf(unit) = &ty.kind else {
                continue;
            };
            let mut names = Vec::new();
            unit_names(unit, &mut names);
            for name in names {
                let text = &name.text;
                let is_unit = match standard {
                    true => Units::is_built_in(text),
                    false => self.units.get(text).is_some(),
                };
                if text.chars().count() == 1 && !is_unit && !found.contains(text) {
                    found.push(text.clone());
                }
            }
        }
        found
    }
}
