//! Groups, and whatever goes item by item.
//!
//! An expression that goes by a group is read once for each item: names of several values then stand for
//! the item's own. What takes a list gets the items as a list. What is wrong with all of them is told once.

use std::sync::Arc;

use forewarn_grammar::ast::{self, BindingKind, Expr, ExprKind};

use super::context::Checker;
use crate::checked::Body;
use crate::diagnostics::Reports;
use crate::diagnostics::groups::{EmptyGroup, GroupItemTwice, GroupsDiffer};
use crate::diagnostics::names::{Cycle, Past, ReadsFromOutside, UnknownName};
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::wording::quoted;
use crate::framework::{Declared, ValueSource};
use crate::groups::{Family, FamilyKind, Item, Shape, is_field, once};
use crate::source::Span;
use crate::typed::{Typed, TypedKind, ValueId};
use crate::types::Type;

/// What stood before a declaration of one item: findings are told apart while it is checked.
pub(super) struct Kept(Option<Reports>);

impl<'p> Checker<'_, 'p> {
    /// Groups themselves: what they name is there, and once.
    pub fn groups(&mut self) {
        let framework = self.framework;
        for (group, item, first, second) in &framework.groups.twice {
            self.reports.add(GroupItemTwice {
                group: (*group).to_owned(),
                name: item.clone(),
                first: *first,
                second: *second,
            });
        }
        let families = framework.groups.families.values();
        for family in families.filter(|family| family.kind == FamilyKind::Group) {
            if family.values.is_empty() {
                self.reports.add(EmptyGroup {
                    name: family.name.text.clone(),
                    span: family.span(),
                });
            }
            self.used_families.extend(&family.within);
            for (value, span) in family.values.iter().zip(&family.places) {
                self.grouped(family, value, *span);
            }
        }
    }

    /// The value that an item of a group is.
    fn grouped(&mut self, family: &Family<'p>, value: &str, span: Span) {
        let framework = self.framework;
        if let Some(id) = framework.value_names.get(value) {
            // That it stands in a group is what it is for; whether the group is used is told of it.
            self.used_values.insert(*id);
            if let Some((name, _)) = framework.values.of(*id).item {
                self.used_families.insert(name);
            }
            return;
        }
        if framework.groups.families.contains_key(value) {
            // A group that is an item of itself, by way of others: each tells of the whole circle.
            let families = family.within.iter();
            let families = families.filter_map(|name| framework.groups.families.get(name));
            let circle = std::iter::once(family).chain(families);
            let members: Vec<_> = circle
                .map(|one| (one.name.text.clone(), one.span()))
                .collect();
            let mut first = false;
            for (name, _) in &members {
                first |= self.first_time("circle of groups", name);
            }
            if first {
                self.reports.add(Cycle {
                    members,
                    past: Past::None,
                });
            }
            return;
        }
        if framework.broken.contains(&value) {
            return;
        }
        let known = framework.value_names.keys().copied();
        let suggestion = suggest(value, known).map(|found| {
            let id = framework.value_names.get(found);
            let place = id.map(|id| framework.values.of(*id).span());
            (found.to_owned(), place)
        });
        self.unknown(UnknownName {
            what: "indicator, param or step".to_owned(),
            name: value.to_owned(),
            span,
            suggestion,
            advice: None,
            others: Vec::new(),
            declared_as: None,
        });
    }

    /// A declaration of one item begins.
    pub(super) fn begin_item(&mut self, declared: &Declared<'p, ValueSource<'p>>) -> Kept {
        // Several indicators may be declared in one.
        let is_one = !matches!(declared.what, ValueSource::Indicator { .. });
        if declared.item.is_none() && is_one {
            return Kept(None);
        }
        let shape = declared.item.and_then(|(family, index)| {
            let family = self.framework.groups.families.get(family)?;
            Some((family.shape.clone(), index))
        });
        self.item = shape.map(|(shape, index)| Item { shape, index });
        Kept(Some(std::mem::take(self.reports)))
    }

    /// It is checked; what was told of another item at the same place is not told again.
    pub(super) fn end_item(&mut self, whole: Span, kept: Kept) {
        self.item = None;
        let Some(kept) = kept.0 else { return };
        let mut found = std::mem::replace(self.reports, kept);
        let told = self.told_of_items.entry(whole).or_default();
        once(&mut found, told);
        self.reports.append(found);
    }

    /// Where a list is taken: an expression that goes by a group becomes the list of its items.
    pub fn several(&mut self, expr: &Expr, want: Option<&Type>) -> Typed {
        let outer = self.item.take();
        let axis = if self.scope.is_some() {
            None
        } else {
            self.framework.groups.axis(expr).items().cloned()
        };
        let typed = match axis {
            Some(shape) => self.each(expr, &shape, want),
            None => self.expr(expr, want),
        };
        self.item = outer;
        typed
    }

    /// An expression once for each item.
    fn each(&mut self, expr: &Expr, shape: &Arc<Shape<'p>>, want: Option<&Type>) -> Typed {
        let want = match want {
            Some(Type::List(of)) => Some(&**of),
            other => other,
        };
        let kept = std::mem::take(self.reports);
        let mut found = Reports::default();
        let mut told = Vec::new();
        let mut values = Vec::with_capacity(shape.items.len());
        for index in 0..shape.items.len() {
            let shape = shape.clone();
            self.item = Some(Item { shape, index });
            let value = self.expr(expr, want);
            values.push(self.one(
                value,
                "take one number of them: `mean(…)`, `max(…)`, `sum(…)`",
            ));
            let mut own = std::mem::take(self.reports);
            once(&mut own, &mut told);
            found.append(own);
        }
        self.item = None;
        *self.reports = kept;
        self.reports.append(found);
        self.list_of(values, self.at(expr.span))
    }

    /// A name of several values: all of them, or the one of the item that is read for.
    pub(super) fn several_named(&mut self, name: &ast::Name) -> Option<Typed> {
        let span = self.at(name.span);
        let framework = self.framework;
        if let Some(family) = framework.groups.families.get(name.text.as_str()) {
            return Some(self.family(family, &(0..family.values.len()).collect::<Vec<_>>(), span));
        }
        let item = self.item.clone()?;
        let (file, expr) = *framework.groups.listed.get(name.text.as_str())?;
        if let Some(id) = framework.value_names.get(name.text.as_str()) {
            self.used_values.insert(*id);
        }
        // A list that has no values of its own, item by item.
        let outer = std::mem::replace(&mut self.file, file);
        let value = self.expr(expr, None);
        self.file = outer;
        self.item = Some(item);
        Some(Typed { span, ..value })
    }

    /// `treated.gdp`, or a group within a group.
    pub(super) fn item_named(&mut self, of: &Expr, field: &ast::Name, span: Span) -> Option<Typed> {
        let ExprKind::Name(name) = &of.kind else {
            return None;
        };
        let framework = self.framework;
        let family = framework.groups.families.get(name.text.as_str())?;
        if let Some(value) = family.value_of(&field.text) {
            self.used_families.insert(family.name.text.as_str());
            return Some(self.value_called(value, span));
        }
        if let Some(part) = family.shape.parts.get(&field.text) {
            return Some(self.family(family, part, span));
        }
        if self.item.is_some() && is_field(&field.text) {
            // A field of each item.
            return None;
        }
        let known = family.shape.items.iter().map(|item| item.name.as_str());
        let suggestion = suggest(&field.text, known).map(|near| (near.to_owned(), None));
        let items = family.shape.items.iter().map(|item| item.name.clone());
        let items = quoted(&items.take(12).collect::<Vec<_>>(), "and");
        let advice = suggestion
            .is_none()
            .then(|| (format!("its items are {items}"), Vec::new()));
        self.reports.add(UnknownName {
            what: format!("item of `{}`", name.text),
            name: field.text.clone(),
            span: self.at(field.span),
            suggestion,
            advice,
            others: Vec::new(),
            declared_as: None,
        });
        Some(self.poison(span))
    }

    /// Some values of a family: as a list, or the one of the item that is read for.
    fn family(&mut self, family: &Family<'p>, places: &[usize], span: Span) -> Typed {
        self.used_families.insert(family.name.text.as_str());
        if self.scope.is_some() {
            self.reports.add(ReadsFromOutside {
                name: family.name.text.clone(),
                what: family.word().to_owned(),
                span,
                declared: family.span(),
            });
            return self.poison(span);
        }
        let value = |at: &usize| family.values.get(*at).copied();
        let Some(item) = &self.item else {
            let values: Vec<&str> = places.iter().filter_map(value).collect();
            let values = values.into_iter().map(|name| self.value_called(name, span));
            let values: Vec<Typed> = values.collect();
            return self.list_of(values, span);
        };
        let own = places.iter().filter_map(|at| family.shape.items.get(*at));
        let same = places.len() == item.shape.items.len()
            && (Arc::ptr_eq(&family.shape, &item.shape)
                || own
                    .map(|item| &item.name)
                    .eq(item.shape.items.iter().map(|item| &item.name)));
        if !same {
            let names = |names: Vec<&String>| names.into_iter().cloned().collect::<Vec<_>>();
            let own = places.iter().filter_map(|at| family.shape.items.get(*at));
            self.reports.add(GroupsDiffer {
                span,
                name: family.name.text.clone(),
                declared: family.span(),
                items: names(own.map(|item| &item.name).collect()),
                others: names(item.shape.items.iter().map(|item| &item.name).collect()),
            });
            return self.poison(span);
        }
        match places.get(item.index).and_then(value) {
            Some(value) => self.value_called(value, span),
            None => self.poison(span),
        }
    }

    pub(super) fn family_named(&self, name: &ast::Name) -> Option<&'p str> {
        let family = self.framework.groups.families.get(name.text.as_str())?;
        Some(&family.name.text)
    }

    /// The value of that whole name; what is not there has been told.
    pub(super) fn value_called(&mut self, name: &str, span: Span) -> Typed {
        match self.framework.value_names.get(name) {
            Some(id) => {
                self.used_values.insert(*id);
                Typed {
                    kind: TypedKind::Value(*id),
                    ty: self.types.get(id).cloned().unwrap_or(Type::Error),
                    span,
                }
            }
            None => self.poison(span),
        }
    }

    /// A list in brackets where one item is read: its part of that place.
    pub(super) fn one_listed(
        &mut self,
        parts: &[Expr],
        item: &Item<'p>,
        span: Span,
        want: Option<&Type>,
    ) -> Typed {
        let Some(part) = parts
            .get(item.index)
            .filter(|_| parts.len() == item.shape.items.len())
        else {
            self.reports.add(GroupsDiffer {
                span,
                name: String::new(),
                declared: span,
                items: (1..=parts.len()).map(|at| at.to_string()).collect(),
                others: item
                    .shape
                    .items
                    .iter()
                    .map(|one| one.name.clone())
                    .collect(),
            });
            return self.poison(span);
        };
        self.item = None;
        let value = self.expr(part, want);
        self.item = Some(item.clone());
        self.stands_for.insert(value.span, span);
        self.one(value, "write the members of the inner list one by one")
    }

    /// The factor or signal of the item that is read for.
    pub(super) fn one_of_all(&mut self, which: &str, span: Span) -> Typed {
        let framework = self.framework;
        let wanted = |what: &ValueSource<'_>| match what {
            ValueSource::Factor(_) => which == "factors",
            ValueSource::Binding(one) => which == "signals" && one.kind == BindingKind::Signal,
            ValueSource::Indicator { .. }
            | ValueSource::Param(_)
            | ValueSource::Level(_)
            | ValueSource::Table(_)
            | ValueSource::Alert(_)
            | ValueSource::Broken => false,
        };
        let index = self.item.as_ref().map_or(0, |item| item.index);
        let mut values = framework.values.iter().filter(|value| wanted(&value.what));
        match values.nth(index) {
            Some(value) => self.value_called(&value.name.text, span),
            None => self.poison(span),
        }
    }

    /// The member of a factor of the item that is read for.
    pub(super) fn one_member(&mut self, factor: ValueId, span: Span) -> Typed {
        let index = self.item.as_ref().map_or(0, |item| item.index);
        let body = self.values.get(&factor).map(|value| &value.body);
        let member = match body {
            Some(Body::Factor(body)) => body.members.get(index).map(|member| member.value),
            Some(
                Body::Indicator(_)
                | Body::Param(_)
                | Body::Expression { .. }
                | Body::Level(_)
                | Body::Table(_)
                | Body::Alert(_)
                | Body::Broken,
            )
            | None => None,
        };
        let found = member.and_then(|id| Some((id, self.types.get(&id)?.clone())));
        match found {
            Some((id, ty)) => Typed {
                kind: TypedKind::Value(id),
                ty,
                span,
            },
            None => self.poison(span),
        }
    }
}
