//! A value that rests on its own past, with a stated beginning.

use super::super::context::Checker;
use super::super::named_arguments::Arguments;
use super::Takes;
use crate::diagnostics::panel_functions::BeginsOtherwise;
use crate::framework::ValueSource;
use crate::groups::Shape;
use crate::plan::along::Gap;
use crate::typed::{AlongTime, TimeFunction, Typed, TypedKind, ValueId};
use crate::types::{ASSESSMENT, Type};
use crate::units::Unit;
use forewarn_grammar::ast;

impl Checker<'_, '_> {
    /// `lag(x, 1 day, first: 15)`: with a stated beginning, so that a value can rest on its own past.
    pub(super) fn recalled(
        &mut self,
        takes: &Takes,
        of: &ast::Expr,
        arguments: Option<Arguments<'_>>,
    ) -> Typed {
        let place = self.at(of.span);
        // What is not checked yet rests on this one in turn.
        let own = self.one_value(of).filter(|id| self.is_ahead(*id));
        let of = own.is_none().then(|| {
            let of = self.expr(of, None);
            self.one(of, "name the one that is meant")
        });
        let Some(arguments) = arguments else {
            return self.poison(place);
        };
        let span = arguments.span;
        let window = self.window_of(takes, &arguments);
        let first = arguments.named("first").map(|first| {
            let want = match (&of, own) {
                (Some(of), _) => Some(of.ty.clone()),
                (None, Some(id)) => self.declared_level(id),
                (None, None) => None,
            };
            let first = self.expr(first, want.as_ref());
            self.one(first, "name the one that is meant")
        });
        let gap = self.word_of(
            &arguments,
            "gap",
            &[
                ("missing", Gap::Missing),
                ("first", Gap::First),
                ("last", Gap::Last),
            ],
        );
        let (Some((over, require)), Some(first), Some(gap)) = (window, first, gap) else {
            return self.poison(span);
        };
        if first.ty.is_error() || of.as_ref().is_some_and(|of| of.ty.is_error()) {
            return self.poison(span);
        }
        let ty = first.ty.clone();
        let begins = matches!(ty, Type::Number(_) | Type::Truth | Type::Level(_));
        if let Some(of) = of.as_ref().filter(|of| of.ty != ty || !begins) {
            let of = of.ty.clone();
            self.begins_otherwise(&first, Some(&of), true);
            return self.poison(span);
        }
        if !begins {
            self.begins_otherwise(&first, None, false);
            return self.poison(span);
        }
        // What it is to be is declared beside it.
        if own.is_some()
            && own == self.recursive
            && let Some(declared) = self.own_type.clone()
            && declared != ty
            && !declared.is_error()
        {
            self.begins_otherwise(&first, Some(&declared), true);
            return self.poison(span);
        }
        let of = of.unwrap_or_else(|| {
            if let Some(id) = own {
                self.used_values
                    .extend(Some(id).filter(|id| self.recursive != Some(*id)));
                self.recalled.push((id, first.clone()));
            }
            Typed {
                kind: own.map_or(TypedKind::Error, TypedKind::Earlier),
                ty: ty.clone(),
                span: place,
            }
        });
        let call = AlongTime {
            what: TimeFunction::Recall,
            of,
            over,
            require,
            threshold: None,
            since: None,
            within: None,
            recall: Some((first, gap)),
        };
        Typed {
            kind: TypedKind::Along(Box::new(call)),
            ty,
            span,
        }
    }

    /// The declaration that is named: by its name, as an item of a group, or as the item that is read for.
    fn one_value(&mut self, of: &ast::Expr) -> Option<ValueId> {
        if self.scope.is_some() {
            return None;
        }
        let families = &self.framework.groups.families;
        let value = if let ast::ExprKind::Name(name) = &of.kind {
            match families.get(name.text.as_str()) {
                None => name.text.as_str(),
                Some(family) => {
                    let item = self.item.as_ref()?;
                    let names = |shape: &Shape<'_>| -> Vec<String> {
                        shape.items.iter().map(|one| one.name.clone()).collect()
                    };
                    if names(&family.shape) != names(&item.shape) {
                        return None;
                    }
                    self.used_families.insert(family.name.text.as_str());
                    family.values.get(item.index)?
                }
            }
        } else if let ast::ExprKind::Member { of, field } = &of.kind
            && let ast::ExprKind::Name(name) = &of.kind
        {
            families.get(name.text.as_str())?.value_of(&field.text)?
        } else {
            return None;
        };
        self.framework.value_names.get(value).copied()
    }

    /// Is it a declaration that was not checked yet, and of which nothing was told?
    fn is_ahead(&self, id: ValueId) -> bool {
        !self.values.contains_key(&id) && !self.types.contains_key(&id)
    }

    /// The level that a declaration is, where that is written: its words say nothing without the scale.
    pub(in crate::check) fn declared_level(&self, id: ValueId) -> Option<Type> {
        let declared = self.framework.values.get(id.0 as usize)?;
        let scale = match declared.what {
            ValueSource::Level(level) => &level.scale.text,
            ValueSource::Table(table) => match &table.ty.kind {
                ast::TypeKind::Unit(unit) => match &unit.kind {
                    ast::UnitExprKind::Name(name) => &name.text,
                    ast::UnitExprKind::Number(_)
                    | ast::UnitExprKind::Times(..)
                    | ast::UnitExprKind::Per(..)
                    | ast::UnitExprKind::Paren(_) => return None,
                },
                ast::TypeKind::NumberOf(_)
                | ast::TypeKind::Category(_)
                | ast::TypeKind::List(_) => return None,
            },
            ValueSource::Binding(_)
            | ValueSource::Factor(_)
            | ValueSource::Indicator { .. }
            | ValueSource::Param(_)
            | ValueSource::Alert(_)
            | ValueSource::Broken => return None,
        };
        if scale == "assessment" {
            return Some(Type::Level(ASSESSMENT));
        }
        self.scale_names.get(scale).map(|id| Type::Level(*id))
    }

    /// What a past begins with is of the kind of the value itself, which has been checked by now.
    pub fn beginnings(&mut self) {
        for (id, first) in std::mem::take(&mut self.recalled) {
            let ty = self.types.get(&id).cloned().unwrap_or(Type::Error);
            if !ty.is_error() && first.ty != ty {
                self.begins_otherwise(&first, Some(&ty), false);
            }
        }
    }

    /// Tells a beginning of another kind than what it is the beginning of.
    fn begins_otherwise(&mut self, first: &Typed, of: Option<&Type>, lacks_unit: bool) {
        let found = self.show(&first.ty);
        let is = of.map(|of| self.show(of));
        // `first: 15` in millimetres.
        let unit = of.and_then(Self::unit_of).map(|unit| self.units.show(unit));
        let words = self.words(first.span);
        let is_plain = lacks_unit
            && Self::unit_of(&first.ty).is_some_and(Unit::is_plain)
            && !words.is_empty()
            && words
                .trim_start_matches('-')
                .bytes()
                .all(|b| b.is_ascii_digit() || b == b'.' || b == b'_');
        let meant = unit
            .filter(|unit| is_plain && unit.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
            .map(|unit| format!("{words} {unit}"));
        self.reports.add(BeginsOtherwise {
            span: first.span,
            found,
            is,
            meant,
        });
    }
}
