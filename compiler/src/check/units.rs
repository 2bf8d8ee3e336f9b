//! Declared units, and unit expressions as types write them.

use forewarn_grammar::ast::{UnitExpr, UnitExprKind};

use super::context::Checker;
use crate::cycles;
use crate::diagnostics::names::UnknownName;
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::units::{UnitCycle, UnitTooLarge, brought, declared_in, related, same};
use crate::framework::{ValueSource, at};
use crate::source::Span;
use crate::units::{Base, Scale, Unit};
use forewarn_grammar::ast;

impl Checker<'_, '_> {
    /// Declares all units, derived ones after what they rest on.
    pub fn units(&mut self) {
        let declared = &self.framework.units;
        let edges: Vec<Vec<(usize, Span)>> = declared
            .iter()
            .map(|unit| {
                let mut names = Vec::new();
                if let Some(equals) = unit.what {
                    unit_names(equals, &mut names);
                }
                names
                    .into_iter()
                    .filter_map(|name| {
                        let to = declared
                            .iter()
                            .position(|other| other.name.text == name.text)?;
                        Some((to, at(unit.file, name.span)))
                    })
                    .collect()
            })
            .collect();
        let (order, circles) = cycles::visit(&edges);
        let mut broken = Vec::new();
        for circle in circles {
            let members = circle
                .iter()
                .filter_map(|(index, span)| Some((declared.get(*index)?.name.text.clone(), *span)));
            self.reports.add(UnitCycle {
                members: members.collect(),
            });
            broken.extend(circle.into_iter().map(|(index, _)| index));
        }
        for index in order {
            let Some(unit) = declared.get(index) else {
                continue;
            };
            let own = Unit::base(Base::Named(unit.name.text.clone()));
            self.file = unit.file;
            let unit_value = match unit.what {
                Some(equals) if !broken.contains(&index) => match self.unit(equals, &[]) {
                    Some(unit) => unit,
                    // What is counted in it is in doubt.
                    None => {
                        self.broken_units.insert(unit.name.text.clone());
                        continue;
                    }
                },
                _ => own,
            };
            self.units.declare(&unit.name.text, unit_value);
        }
    }

    /// A unit expression's unit; `None` where it was wrong and told. `variables` are those of the
    /// function around it.
    pub fn unit(&mut self, expr: &UnitExpr, variables: &[String]) -> Option<Unit> {
        let span = self.at(expr.span);
        let too_large = |checker: &mut Self, unit: Option<Unit>| {
            if unit.is_none() {
                checker.reports.add(UnitTooLarge { span });
            }
            unit
        };
        match &expr.kind {
            UnitExprKind::Name(name) => self.unit_named(name, variables),
            UnitExprKind::Number(number) => {
                let named = match &number.unit {
                    Some(name) => self.unit_named(name, variables)?,
                    None => Unit::plain(),
                };
                let counted = if number.percent {
                    named.times(&Unit::percent())
                } else {
                    Some(named)
                };
                let scale = Scale::from_decimal(&number.text);
                too_large(self, counted.and_then(|unit| unit.scaled(scale?)))
            }
            UnitExprKind::Times(left, right) => {
                // A factor is that of the unit beside it: people in steps of 100,000.
                let factor = |side: &UnitExpr| {
                    let UnitExprKind::Number(number) = &side.kind else {
                        return None;
                    };
                    is_factor(number).then(|| Scale::from_decimal(&number.text))
                };
                for (one, other) in [(left, right), (right, left)] {
                    if let Some(scale) = factor(one) {
                        let unit = self.unit(other, variables)?;
                        return too_large(self, scale.and_then(|scale| unit.scaled(scale)));
                    }
                }
                let (left, right) = (self.unit(left, variables), self.unit(right, variables));
                too_large(self, left?.times(&right?))
            }
            UnitExprKind::Per(left, right) => {
                let (left, right) = (self.unit(left, variables), self.unit(right, variables));
                too_large(self, left?.per(&right?))
            }
            UnitExprKind::Paren(inner) => self.unit(inner, variables),
        }
    }

    /// The unit of that name.
    pub fn unit_named(&mut self, name: &ast::Name, variables: &[String]) -> Option<Unit> {
        if variables.contains(&name.text) {
            return Some(Unit::base(Base::Variable(name.text.clone())));
        }
        if name.text == "number" {
            return Some(Unit::plain());
        }
        if let Some(unit) = self.units.get(&name.text) {
            self.used_units.insert(name.text.clone());
            return Some(unit.clone());
        }
        if self.broken_units.contains(&name.text) {
            self.used_units.insert(name.text.clone());
            return None;
        }
        if !self.framework.broken.contains(&name.text.as_str()) {
            let known: Vec<&str> = self.units.names().collect();
            let counted = self.counted_in(&name.text);
            let found = counted.as_deref().or_else(|| match name.text.as_str() {
                "pp" | "percentage_points" | "percentage_point" | "points" => Some("percent"),
                // `0..20 optionnal`: the word was taken for the unit of the range's end.
                other => suggest(
                    other,
                    known.iter().copied().chain(["optional", "hindsight"]),
                )
                .or_else(|| known.iter().copied().find(|known| same(known, other))),
            });
            let polarity = matches!(name.text.as_str(), "harmful" | "protective").then(|| {
                let text = format!("polarity {}", name.text);
                let help = format!("which way is worse is said by `{text}`");
                (help, vec![(self.at(name.span), text)])
            });
            let found = found.filter(|_| polarity.is_none());
            let advice = polarity.or_else(|| {
                let other = found.is_none();
                other.then(|| self.in_known_unit(name)).flatten()
            });
            let suggestion = found.map(|found| {
                let declared = self
                    .framework
                    .units
                    .iter()
                    .find(|unit| unit.name.text == found);
                (
                    found.to_owned(),
                    declared.map(crate::framework::Declared::span),
                )
            });
            self.unknown(UnknownName {
                what: "unit".to_owned(),
                name: name.text.clone(),
                span: self.at(name.span),
                suggestion,
                advice,
                others: Vec::new(),
                declared_as: None,
            });
            // Told, and known all the same: nothing that rests on it is in doubt.
            return counted.and_then(|unit| self.units.get(&unit).cloned());
        }
        None
    }
}

impl Checker<'_, '_> {
    /// What to write for an amount in a unit that is not declared, where one that is measures the same.
    pub(super) fn in_known_unit(&self, name: &ast::Name) -> Option<(String, Vec<(Span, String)>)> {
        let declared = self.framework.units.iter();
        let mut known = declared.map(|unit| unit.name.text.as_str());
        let known = known.find(|known| related(known, &name.text).is_some())?;
        let line = declared_in(&name.text, known)?;
        let span = self.at(name.span);
        let before = self
            .sources
            .get(span.file)?
            .text
            .get(..span.start as usize)?;
        let is_number = |sign: char| sign.is_ascii_digit() || sign == '_' || sign == '.';
        let bare = before.trim_end();
        let number = bare.len()
            - bare
                .chars()
                .rev()
                .take_while(|sign| is_number(*sign))
                .count();
        let digits = bare.get(number..)?;
        match brought(digits, &name.text, known) {
            Some(own) => {
                let place = Span {
                    start: u32::try_from(number).ok()?,
                    ..span
                };
                let text = format!("{own} {known}");
                Some((
                    format!(
                        "write `{text}`, or declare how much the one is of the other: `{line}`"
                    ),
                    vec![(place, text)],
                ))
            }
            None => Some((
                format!(
                    "`{known}` measures the same: declare how much the one is of the other, `{line}`"
                ),
                Vec::new(),
            )),
        }
    }

    /// Indicators that are counted in this unit.
    pub(super) fn counted_as(&self, unit: &Unit) -> Vec<String> {
        let shown = self.units.show(unit);
        let values = self.framework.values.iter();
        let found = values
            .filter(|value| self.counted_in(&value.name.text).as_deref() == Some(shown.as_str()));
        found.map(|value| value.name.text.clone()).collect()
    }

    /// Where a value's name stands in the place of its unit: `50 cases / 1 population`.
    fn counted_in(&self, name: &str) -> Option<String> {
        let id = self.framework.value_names.get(name)?;
        let ValueSource::Indicator { ty, .. } = self.framework.values.get(id.0 as usize)?.what
        else {
            return None;
        };
        let (ast::TypeKind::Unit(unit) | ast::TypeKind::NumberOf(unit)) = &ty.kind else {
            return None;
        };
        let UnitExprKind::Name(unit) = &unit.kind else {
            return None;
        };
        self.units.get(&unit.text).map(|_| unit.text.clone())
    }
}

fn is_factor(number: &ast::Number) -> bool {
    !number.percent && number.unit.is_none()
}

/// All names of a unit expression.
pub(super) fn unit_names<'t>(expr: &'t UnitExpr, names: &mut Vec<&'t ast::Name>) {
    match &expr.kind {
        UnitExprKind::Name(name) => names.push(name),
        UnitExprKind::Number(number) => names.extend(&number.unit),
        UnitExprKind::Times(left, right) | UnitExprKind::Per(left, right) => {
            unit_names(left, names);
            unit_names(right, names);
        }
        UnitExprKind::Paren(inner) => unit_names(inner, names),
    }
}
