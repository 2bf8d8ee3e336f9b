//! Types as written, and the ranges behind them.

use forewarn_grammar::ast::{self, SignedNumber, TypeExpr, TypeKind, UnitExprKind};
use forewarn_grammar::habits;

use super::context::Checker;
use crate::checked::{Category, DeclaredRange};
use crate::conversion::exactly;
use crate::diagnostics::names::UnknownName;
use crate::diagnostics::ranges::{EmptyRange, RangeOf};
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::types::TypeNotHere;
use crate::diagnostics::units::DeclaredUnit;
use crate::interval::Interval;
use crate::source::Span;
use crate::types::{ALERT, ASSESSMENT, Type};
use crate::units::Unit;

impl Checker<'_, '_> {
    /// The type that a type's words name; [`Type::Error`] where they were wrong and told.
    pub fn type_of(&mut self, ty: &TypeExpr, variables: &[String], context: &str) -> Type {
        let refuse = |checker: &mut Self, found: &str| {
            checker.reports.add(TypeNotHere {
                span: checker.at(ty.span),
                found: found.to_owned(),
                context: context.to_owned(),
            });
            Type::Error
        };
        let found = match &ty.kind {
            TypeKind::Unit(unit) => match &unit.kind {
                UnitExprKind::Name(name) => match name.text.as_str() {
                    "number" => Type::plain(),
                    "truth" => Type::Truth,
                    "assessment" => Type::Level(ASSESSMENT),
                    "alert_state" => Type::Level(ALERT),
                    word @ ("text" | "period" | "duration") => return refuse(self, word),
                    word => {
                        if let Some(id) = self.scale_names.get(word) {
                            self.used_scales.insert(*id);
                            Type::Level(*id)
                        } else if let Some(id) = self.category_names.get(word) {
                            self.used_categories.insert(*id);
                            Type::Category(*id)
                        } else {
                            self.named_number(name, variables)
                        }
                    }
                },
                UnitExprKind::Number(_)
                | UnitExprKind::Times(..)
                | UnitExprKind::Per(..)
                | UnitExprKind::Paren(_) => {
                    self.unit(unit, variables).map_or(Type::Error, Type::Number)
                }
            },
            TypeKind::NumberOf(unit) => {
                self.unit(unit, variables).map_or(Type::Error, Type::Number)
            }
            TypeKind::Category(names) => {
                let names = self.named_once(names);
                // The same names in the same order are one kind, where neither has a name of its own.
                let mut known = self.categories.entries();
                let same = known.find(|(_, known)| known.name.is_empty() && known.names == names);
                if let Some((same, _)) = same {
                    return Type::Category(same);
                }
                drop(known);
                let span = self.at(ty.span);
                Type::Category(self.categories.push(Category {
                    name: String::new(),
                    names,
                    span,
                }))
            }
            TypeKind::List(of) => Type::List(Box::new(self.type_of(of, variables, context))),
        };
        if let Some(range) = &ty.range
            && !matches!(found, Type::Number(_) | Type::Error)
        {
            self.reports.add(TypeNotHere {
                span: self.at(range.span),
                found: "a range".to_owned(),
                context: format!("{} (only numbers have one)", self.show(&found)),
            });
        }
        found
    }

    /// A word that is no type of the language and no scale: a unit's name, or a slip.
    fn named_number(&mut self, name: &ast::Name, variables: &[String]) -> Type {
        let word = name.text.as_str();
        if self.units.get(word).is_some() || variables.iter().any(|own| own == word) {
            return self
                .unit_named(name, variables)
                .map_or(Type::Error, Type::Number);
        }
        if let Some(kind) = no_kind_here(word)
            && !self.framework.broken.contains(&word)
            && !self.broken_units.contains(word)
        {
            self.reports.add(TypeNotHere {
                span: self.at(name.span),
                found: kind.to_owned(),
                context: "a value of rules".to_owned(),
            });
            return Type::Error;
        }
        if !self.framework.broken.contains(&word) && !self.broken_units.contains(word) {
            let words = ["number", "truth", "assessment"].into_iter();
            let known: Vec<&str> = words
                .chain(self.scale_names.keys().map(String::as_str))
                .chain(self.category_names.keys().map(String::as_str))
                .chain(self.units.names())
                .collect();
            let habit = habits::type_word(word).or_else(|| suggest(word, known));
            let habit = habit.or_else(|| {
                let units = self.framework.units.iter();
                let mut units = units.map(|unit| unit.name.text.as_str());
                units.find(|known| crate::diagnostics::units::same(known, word))
            });
            let advice = habit.is_none().then(|| self.in_known_unit(name)).flatten();
            let suggestion = habit.map(|found| (found.to_owned(), None));
            self.unknown(UnknownName {
                what: "unit or scale".to_owned(),
                name: word.to_owned(),
                span: self.at(name.span),
                suggestion,
                advice,
                others: Vec::new(),
                declared_as: None,
            });
        }
        Type::Error
    }

    /// The range behind a number's type, in the type's own unit.
    pub fn declared_range(&mut self, ty: &TypeExpr, found: &Type) -> Option<DeclaredRange> {
        let Type::Number(unit) = found else {
            return None;
        };
        let range = ty.range.as_ref()?;
        let span = self.at(range.span);
        let low = match &range.low {
            Some(bound) => self.bound(bound, unit, ty)?,
            None => -f64::MAX,
        };
        let high = match &range.high {
            Some(bound) => self.bound(bound, unit, ty)?,
            None => f64::MAX,
        };
        if low > high || (range.half_open && low == high) {
            let (low, high) = (crate::numbers::show(low), crate::numbers::show(high));
            self.reports.add(EmptyRange {
                span,
                low,
                high,
                what: RangeOf::Written,
            });
            return None;
        }
        let high_excluded = range.half_open && range.high.is_some();
        Some(DeclaredRange {
            range: Interval::new(low, high),
            high_excluded,
            span,
        })
    }

    /// A bound without a unit is in the type's own.
    fn bound(&mut self, bound: &SignedNumber, unit: &Unit, ty: &TypeExpr) -> Option<f64> {
        let sign = if bound.negative { -1.0 } else { 1.0 };
        let own = match &bound.number.unit {
            Some(name) => Some(self.unit_named(name, &[])?),
            None if bound.number.percent => Some(Unit::percent()),
            None => None,
        };
        let value = sign * bound.number.value;
        let Some(own) = own else { return Some(value) };
        match own.conversion(unit) {
            Some((num, den)) => Some(exactly(value, num, den)),
            None => {
                self.reports.add(DeclaredUnit {
                    name: "this range".to_owned(),
                    declared: self.at(ty.span),
                    declared_unit: self.units.show(unit),
                    span: self.at(bound.span),
                    found: self.units.show(&own),
                    literal: self.literal_amount(self.at(bound.span)),
                });
                None
            }
        }
    }

    /// Refuses a range where a type has none.
    pub fn no_range(&mut self, ty: &TypeExpr, context: &str) {
        if let Some(range) = &ty.range {
            self.reports.add(TypeNotHere {
                span: self.at(range.span),
                found: "a range".to_owned(),
                context: context.to_owned(),
            });
        }
    }

    /// The span of a written type.
    pub fn type_span(&self, ty: &TypeExpr) -> Span {
        self.at(ty.span)
    }
}

/// Kinds of values that other languages have and rules do not.
fn no_kind_here(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "date" | "datetime" | "timestamp" | "time" => "a date",
        "string" | "str" | "varchar" | "char" | "character" | "texts" | "words" => "a text",
        _ => return None,
    })
}
