//! What a name in an expression stands for.

use forewarn_grammar::ast::{self, Expr, ExprKind};
use forewarn_grammar::habits;

use super::context::Checker;
use crate::diagnostics::factors::MixedUnits;
use crate::diagnostics::names::{
    CALENDAR, KEY, NotAValue, PERIOD, ReadsFromOutside, UnknownField, UnknownName,
};
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::types::{LevelNeedsContext, UnknownLevel};
use crate::framework::ValueSource;
use crate::source::Span;
use crate::typed::{Field, Typed, TypedKind, ValueId};
use crate::types::Type;
use crate::units::Unit;

impl Checker<'_, '_> {
    /// A name where a value is to be. `want` lets a level or category be named shortly.
    pub fn name(&mut self, name: &ast::Name, want: Option<&Type>) -> Typed {
        let span = self.at(name.span);
        if let Some(place) = want.and_then(|want| self.place_named(&name.text, want, span)) {
            return place;
        }
        if let Some(scope) = &self.scope
            && let Some(index) = scope
                .parameters
                .iter()
                .position(|(own, _)| *own == name.text)
        {
            let ty = scope
                .parameters
                .get(index)
                .map_or(Type::Error, |(_, ty)| ty.clone());
            let index = crate::arena::next(index);
            return Typed {
                kind: TypedKind::Parameter(index),
                ty,
                span,
            };
        }
        if let Some(several) = self.several_named(name) {
            return several;
        }
        if let Some(id) = self.framework.value_names.get(name.text.as_str()) {
            self.used_values.insert(*id);
            let declared = self.framework.values.get(id.0 as usize);
            if self.scope.is_some()
                && let Some(declared) = declared
                && !matches!(declared.what, ValueSource::Param(_) | ValueSource::Broken)
            {
                self.reports.add(ReadsFromOutside {
                    name: name.text.clone(),
                    what: declared.what.kind().to_owned(),
                    span,
                    declared: declared.span(),
                });
                return self.poison(span);
            }
            let ty = self.types.get(id).cloned().unwrap_or(Type::Error);
            return Typed {
                kind: TypedKind::Value(*id),
                ty,
                span,
            };
        }
        match name.text.as_str() {
            "factors" | "signals" if self.scope.is_some() => {
                self.reports.add(ReadsFromOutside {
                    name: name.text.clone(),
                    what: "set of the whole framework".to_owned(),
                    span,
                    declared: span,
                });
                return self.poison(span);
            }
            "factors" | "signals" if self.item.is_some() => {
                return self.one_of_all(&name.text, span);
            }
            "factors" => {
                let ty = self.common_factor_type(span);
                return Typed {
                    kind: TypedKind::AllFactors,
                    ty,
                    span,
                };
            }
            "signals" => {
                let ty = Type::List(Box::new(Type::Truth));
                return Typed {
                    kind: TypedKind::AllSignals,
                    ty,
                    span,
                };
            }
            _ => {}
        }
        self.unknown_name(name, want, span);
        self.poison(span)
    }

    /// All factors together: numbers of one unit, else nothing can be said of them at once.
    fn common_factor_type(&mut self, span: Span) -> Type {
        let framework = self.framework;
        let mut first: Option<(Unit, Span)> = None;
        for (index, value) in framework.values.iter().enumerate() {
            if !matches!(value.what, ValueSource::Factor(_)) {
                continue;
            }
            let id = ValueId(crate::arena::next(index));
            self.used_values.insert(id);
            let Some(Type::Number(unit)) = self.types.get(&id) else {
                continue;
            };
            match &first {
                None => first = Some((unit.clone(), value.span())),
                Some((known, _)) if known == unit => {}
                Some((known, place)) => {
                    self.reports.add(MixedUnits {
                        name: "factors".to_owned(),
                        first: *place,
                        first_unit: self.units.show(known),
                        second: span,
                        second_unit: self.units.show(unit),
                        share: None,
                    });
                    return Type::Error;
                }
            }
        }
        let unit = first.map_or_else(Unit::plain, |(unit, _)| unit);
        Type::List(Box::new(Type::Number(unit)))
    }

    /// The place of that name on the wanted scale or category.
    fn place_named(&self, name: &str, want: &Type, span: Span) -> Option<Typed> {
        let want = match want {
            Type::List(of) => of,
            other @ (Type::Number(_)
            | Type::Truth
            | Type::Level(_)
            | Type::Category(_)
            | Type::Count
            | Type::Error) => other,
        };
        let names = match want {
            Type::Level(id) => &self.scale(*id)?.levels,
            Type::Category(id) => &self.category(*id)?.names,
            Type::Number(_) | Type::Truth | Type::Count | Type::List(_) | Type::Error => {
                return None;
            }
        };
        let position = names.iter().position(|known| known.name == name)?;
        let position = u32::try_from(position).ok()?;
        Some(Typed {
            kind: TypedKind::Position(position),
            ty: want.clone(),
            span,
        })
    }

    /// Is it a name that only a scale or category can give a meaning?
    pub fn only_a_place(&self, expr: &Expr) -> bool {
        let ExprKind::Name(name) = &expr.kind else {
            return false;
        };
        let text = name.text.as_str();
        // What the panel declares is told at once, whatever it is compared with.
        let declared = self.framework.value_names.contains_key(text);
        if !declared && self.of_panel(text).is_some() && !self.is_place(text) {
            return false;
        }
        let parameter = self
            .scope
            .as_ref()
            .is_some_and(|scope| scope.parameters.iter().any(|(own, _)| own == text));
        !parameter
            && !self.framework.value_names.contains_key(text)
            && !self.framework.groups.families.contains_key(text)
            && !matches!(text, "factors" | "signals")
    }

    /// Is it the name of a level or of a category's item?
    fn is_place(&self, text: &str) -> bool {
        let scales = self.scales.iter().map(|scale| &scale.levels);
        let categories = self.categories.iter().map(|category| &category.names);
        scales
            .chain(categories)
            .any(|names| names.iter().any(|one| one.name == text))
    }

    fn unknown_name(&mut self, name: &ast::Name, want: Option<&Type>, span: Span) {
        let text = name.text.as_str();
        if self.framework.broken.contains(&text) || self.is_dropped(text, span, false) {
            return;
        }
        // `none` of a sign that is coded is its lowest level rather than a cell that nobody filled.
        let of_scale = matches!(want, Some(Type::Level(_))) && text.eq_ignore_ascii_case("none");
        if let Some(meant) = habits::value(text).filter(|_| !of_scale) {
            self.unknown(UnknownName {
                what: "value".to_owned(),
                name: text.to_owned(),
                span,
                suggestion: Some((meant.to_owned(), None)),
                advice: None,
                others: Vec::new(),
                declared_as: None,
            });
            return;
        }
        let want = match want {
            Some(Type::List(of)) => Some(&**of),
            other => other,
        };
        // What its place takes is not known, which has been told: it may be the name of a level.
        if want.is_some_and(Type::is_error)
            && suggest(text, self.framework.value_names.keys().copied()).is_none()
        {
            return;
        }
        let place = match want {
            Some(Type::Level(id)) => self
                .scale(*id)
                .map(|scale| ("scale", scale.name.clone(), scale.span, &scale.levels)),
            Some(Type::Category(id)) => self.category(*id).map(|category| {
                (
                    "category",
                    category.name.clone(),
                    category.span,
                    &category.names,
                )
            }),
            _ => None,
        };
        if let Some((scale_kind, scale, declared, names)) = place {
            let known: Vec<String> = names.iter().map(|one| one.name.clone()).collect();
            let suggestion = suggest(text, known.iter().map(String::as_str)).map(str::to_owned);
            let suggestion = suggestion.or_else(|| known.first().filter(|_| of_scale).cloned());
            self.unknown_level(UnknownLevel {
                name: text.to_owned(),
                span,
                scale_kind,
                scale,
                declared,
                known,
                suggestion,
                others: Vec::new(),
                meant_scale: None,
            });
            return;
        }
        let divides = self.stands_below(span);
        if let Some((what, declared)) = self.of_panel(text) {
            if self.first_time(what, text) {
                let source = self.sources.get(span.file).map_or("", |file| &file.text);
                let before = source.get(..span.start as usize).unwrap_or_default();
                self.reports.add(NotAValue {
                    name: text.to_owned(),
                    counted: Vec::new(),
                    what: what.to_owned(),
                    span,
                    declared,
                    divides,
                    suggestion: None,
                    key_of_column: self.key_of_column(text),
                    behind_among: before.trim_end().ends_with("among:"),
                });
            }
            return;
        }
        if let Some((what, declared)) = self.something_else(text) {
            let name = text.to_owned();
            let unit = self.units.get(text).filter(|_| what.ends_with("unit"));
            let counted = unit.map_or_else(Vec::new, |unit| self.counted_as(unit));
            self.reports.add(NotAValue {
                name,
                counted,
                what: what.to_owned(),
                span,
                declared,
                divides,
                suggestion: self.level_on(text),
                key_of_column: None,
                behind_among: false,
            });
            return;
        }
        // `400 cases / judge`
        let unit = (divides && !self.framework.value_names.contains_key(text))
            .then(|| {
                let mut units = self.framework.units.iter();
                let plural = |unit: &str| {
                    unit.strip_suffix('s') == Some(text)
                        || unit
                            .strip_suffix("ies")
                            .is_some_and(|stem| text.strip_suffix('y') == Some(stem))
                };
                units.find(|unit| plural(&unit.name.text))
            })
            .flatten();
        if let Some(unit) = unit {
            let suggestion = Some((format!("1 {}", unit.name.text), Some(unit.span())));
            self.unknown(UnknownName {
                what: "indicator, param or step".to_owned(),
                name: text.to_owned(),
                span,
                suggestion,
                advice: None,
                others: Vec::new(),
                declared_as: None,
            });
            return;
        }
        if self.beside_a_scale(span) {
            return;
        }
        let scales: Vec<String> = self
            .scales
            .iter()
            .filter(|scale| scale.levels.iter().any(|level| level.name == text))
            .map(|scale| scale.name.clone())
            .collect();
        if !scales.is_empty() {
            let on = self.levels_on(&scales);
            self.reports.add(LevelNeedsContext {
                name: text.to_owned(),
                span,
                on,
                scales,
                again: self.asked_before(span),
                beside: None,
            });
            return;
        }
        let own = self.scope.iter().flat_map(|scope| scope.parameters.iter());
        let own = own.map(|(name, _)| name.as_str());
        // `count(factor >= 0.6)`
        let lists = ["factors", "signals"].into_iter();
        let lists = lists.filter(|list| list.strip_suffix('s') == Some(text));
        let known: Vec<&str> = lists
            .chain(own)
            .chain(self.framework.value_names.keys().copied())
            .filter(|known| *known != self.declaring)
            .collect();
        // A column's name for that of the indicator that is read from it.
        let by_column = self.read_from_column(text);
        let suggestion = by_column.or_else(|| suggest(text, known)).map(|found| {
            let id = self.framework.value_names.get(found);
            let value = id.and_then(|id| self.framework.values.get(id.0 as usize));
            (
                found.to_owned(),
                value.map(crate::framework::Declared::span),
            )
        });
        self.unknown(UnknownName {
            what: "indicator, param or step".to_owned(),
            name: text.to_owned(),
            span,
            suggestion,
            advice: None,
            others: Vec::new(),
            declared_as: None,
        });
    }

    /// The one level that has its place on a scale of this name.
    fn level_on(&self, scale: &str) -> Option<String> {
        let framework = self.framework;
        let id = self.scale_names.get(scale)?;
        let mut levels = framework
            .values
            .iter()
            .enumerate()
            .filter(|(index, value)| {
                matches!(value.what, ValueSource::Level(_))
                    && self.types.get(&ValueId(crate::arena::next(*index)))
                        == Some(&Type::Level(*id))
            });
        let (_, level) = levels.next()?;
        levels.next().is_none().then(|| level.name.text.clone())
    }

    /// Is it compared with a scale, which has been told in the place of its level?
    fn beside_a_scale(&self, level: Span) -> bool {
        let before = self.sources.slice(Span { start: 0, ..level });
        let before = before.get(..level.start as usize).unwrap_or_default();
        let line = before.lines().next_back().unwrap_or_default();
        let mut words = line.split_whitespace().rev();
        let sign = words.next().unwrap_or_default();
        let of = words.next().unwrap_or_default().trim_start_matches('(');
        matches!(sign, ">=" | "<=" | ">" | "<" | "is")
            && self.scale_names.contains_key(of)
            && !self.framework.value_names.contains_key(of)
    }

    /// What is asked of a value before `or`, where the level behind it stands alone: `incitement is`.
    fn asked_before(&self, level: Span) -> Option<String> {
        let before = self.sources.slice(Span { start: 0, ..level });
        let before = before.get(..level.start as usize)?;
        let line = before.lines().next_back()?;
        let mut words = line.split_whitespace().rev();
        if !matches!(words.next()?, "or") {
            return None;
        }
        let known = words.next()?;
        let sign = words.next()?;
        let mut of = words.next()?;
        of = of.trim_start_matches('(');
        let is_level = self.scales.iter().any(|scale| {
            scale
                .levels
                .iter()
                .any(|one| one.name == known.trim_end_matches(','))
        });
        let is_name = of
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
        let asks = matches!(sign, "is" | ">=" | "<=" | ">" | "<");
        (is_level && is_name && asks && self.framework.value_names.contains_key(of))
            .then(|| format!("{of} {sign} "))
    }

    /// Does it stand below a fraction's line?
    fn stands_below(&self, span: Span) -> bool {
        let before = self.sources.slice(Span { start: 0, ..span });
        let before = before.get(..span.start as usize).unwrap_or_default();
        before.trim_end().ends_with('/')
    }

    /// The indicator that is read from a column of that name.
    fn read_from_column(&self, column: &str) -> Option<&str> {
        let mut indicators = self.framework.values.iter().filter_map(|value| {
            let ValueSource::Indicator { attrs, .. } = value.what else {
                return None;
            };
            let is_read = attrs.iter().any(
                |attr| matches!(&attr.kind, ast::AttrKind::Column(text) if text.value == column),
            );
            is_read.then_some(value.name.text.as_str())
        });
        indicators.next()
    }

    /// A key or the period of the panel, which rules do not read.
    fn of_panel(&self, text: &str) -> Option<(&'static str, Span)> {
        let (file, panel) = self.framework.panel?;
        let place = |span| crate::framework::at(file, span);
        let is_column =
            |column: &Option<ast::Text>| column.as_ref().is_some_and(|column| column.value == text);
        let named = |key: &&ast::PanelKey| key.name.text == text || is_column(&key.column);
        if let Some(key) = panel.keys.iter().find(named) {
            return Some((KEY, place(key.name.span)));
        }
        let period = panel.period.as_ref()?;
        let kinds = ["year", "quarter", "month", "week", "day"];
        let is_period = period.kind.text == text
            || is_column(&period.column)
            || ["period", "date"].contains(&text);
        let what = match is_period {
            true => PERIOD,
            false => kinds.contains(&text).then_some(CALENDAR)?,
        };
        Some((what, place(period.kind.span)))
    }

    /// The key of the panel that is read from a column of that name, and is called otherwise.
    fn key_of_column(&self, text: &str) -> Option<String> {
        let (_, panel) = self.framework.panel?;
        let key = panel.keys.iter().find(|key| {
            let column = key.column.as_ref().map(|column| column.value.as_str());
            key.name.text != text && column == Some(text)
        })?;
        Some(key.name.text.clone())
    }

    /// A declared thing that has no value.
    fn something_else(&self, text: &str) -> Option<(&'static str, Span)> {
        let framework = self.framework;
        if let Some(found) = framework.sources.iter().find(|one| one.name.text == text) {
            return Some(("a source", found.span()));
        }
        if let Some(found) = framework
            .categories
            .iter()
            .find(|one| one.name.text == text)
        {
            return Some(("a category", found.span()));
        }
        if let Some(found) = framework.scales.iter().find(|one| one.name.text == text) {
            return Some(("a scale", found.span()));
        }
        if let Some(found) = framework.units.iter().find(|one| one.name.text == text) {
            return Some(("a unit", found.span()));
        }
        let id = framework.function_names.get(text)?;
        let found = framework.functions.get(id.0 as usize)?;
        Some(("a function", found.span()))
    }

    /// `armed_conflict.coverage`
    pub fn field(&mut self, of: &Expr, field: &ast::Name) -> Typed {
        let span = self.at(of.span).to(self.at(field.span));
        if let Some(item) = self.item_named(of, field, span) {
            return item;
        }
        let inner = self.expr(of, None);
        if inner.ty.is_error() {
            return self.poison(span);
        }
        let unknown = |checker: &mut Self, what: &str, known: &[&'static str]| {
            let itself = ["average", "mean", "value", "score", "result"];
            if itself.contains(&field.text.as_str()) && what == "a factor" {
                let name = checker.text_of(of);
                let advice = format!("a factor is what its members come to: write `{name}` alone");
                checker.reports.add(UnknownField {
                    of: name,
                    what: what.to_owned(),
                    field: field.text.clone(),
                    span: checker.at(field.span),
                    known: Vec::new(),
                    advice: Some(advice),
                });
                return checker.poison(span);
            }
            checker.reports.add(UnknownField {
                of: checker.text_of(of),
                what: what.to_owned(),
                field: field.text.clone(),
                span: checker.at(field.span),
                known: known.to_vec(),
                advice: None,
            });
            checker.poison(span)
        };
        let TypedKind::Value(id) = inner.kind else {
            let bound = matches!(field.text.as_str(), "at_least" | "at_most");
            if bound && matches!(inner.ty, Type::Count | Type::Level(_)) {
                let written = match self.words(inner.span) {
                    words if words.is_empty() => "count(…)".to_owned(),
                    words => words,
                };
                let advice = format!(
                    "give it a name first: `let how_many = {written}`, then `how_many.{}`; whether so many are \
                     yes is asked by `at least 2 of (…)`",
                    field.text
                );
                self.reports.add(UnknownField {
                    of: "this".to_owned(),
                    what: "a computed value".to_owned(),
                    field: field.text.clone(),
                    span: self.at(field.span),
                    known: Vec::new(),
                    advice: Some(advice),
                });
                return self.poison(span);
            }
            return unknown(self, "a computed value", &[]);
        };
        let alert = self
            .framework
            .values
            .get(id.0 as usize)
            .is_some_and(|value| matches!(value.what, ValueSource::Alert(_)));
        let beside = [
            "since",
            "why",
            "event",
            "suppressed_by",
            "held",
            "state",
            "open",
        ];
        if alert && beside.contains(&field.text.as_str()) {
            let name = self.text_of(of);
            let advice = format!(
                "what happened to an alert stands beside the results; rules ask where it is, `{name} is raised`, or \
                 for how long something holds, `since(…)` of its own condition"
            );
            self.reports.add(UnknownField {
                of: name,
                what: "an alert".to_owned(),
                field: field.text.clone(),
                span: self.at(field.span),
                known: Vec::new(),
                advice: Some(advice),
            });
            return self.poison(span);
        }
        let factor = self
            .framework
            .values
            .get(id.0 as usize)
            .is_some_and(|value| matches!(value.what, ValueSource::Factor(_)));
        let (field, ty) = match (field.text.as_str(), &inner.ty) {
            ("coverage", _) if factor => (Field::Coverage, Type::plain()),
            ("known", _) if factor => (Field::Known, Type::plain()),
            ("members", _) if factor && self.item.is_some() => return self.one_member(id, span),
            ("members", _) if factor => (Field::Members, self.member_type(id)),
            ("at_least", _) if factor => (Field::AtLeast, inner.ty.clone()),
            ("at_most", _) if factor => (Field::AtMost, inner.ty.clone()),
            (_, _) if factor => {
                let known = ["coverage", "known", "members", "at_least", "at_most"];
                return unknown(self, "a factor", &known);
            }
            ("verified", _) if self.has_verification(id) => (Field::Verified, Type::Truth),
            ("at_least", Type::Level(_)) => (Field::AtLeast, inner.ty.clone()),
            ("at_most", Type::Level(_)) => (Field::AtMost, inner.ty.clone()),
            ("at_least", Type::Count) => (Field::AtLeast, Type::plain()),
            ("at_most", Type::Count) => (Field::AtMost, Type::plain()),
            ("at_least", Type::Number(_)) if self.has_ends(id) => {
                (Field::AtLeast, inner.ty.clone())
            }
            ("at_most", Type::Number(_)) if self.has_ends(id) => (Field::AtMost, inner.ty.clone()),
            (_, Type::Level(_)) => return unknown(self, "a level", &["at_least", "at_most"]),
            (_, Type::Count) => return unknown(self, "a count", &["at_least", "at_most"]),
            (_, ty) => {
                let what = self.show(ty);
                return unknown(self, &what, &[]);
            }
        };
        Typed {
            kind: TypedKind::Field(id, field),
            ty,
            span,
        }
    }

    /// Do data say whether this indicator's observations were verified?
    pub fn has_verification(&self, id: ValueId) -> bool {
        let body = self.values.get(&id).map(|value| &value.body);
        matches!(body, Some(crate::checked::Body::Indicator(body)) if body.verification.is_some())
    }

    /// All members truths: truths; else numbers.
    fn member_type(&self, factor: ValueId) -> Type {
        let Some(crate::checked::Body::Factor(body)) =
            self.values.get(&factor).map(|value| &value.body)
        else {
            return Type::List(Box::new(Type::Error));
        };
        let types: Vec<_> = body
            .members
            .iter()
            .filter_map(|member| self.types.get(&member.value))
            .collect();
        let of = match types.first() {
            Some(Type::Truth) if types.iter().all(|ty| **ty == Type::Truth) => Type::Truth,
            Some(Type::Number(unit)) if types.iter().all(|ty| matches!(ty, Type::Number(_))) => {
                Type::Number(unit.clone())
            }
            _ => Type::plain(),
        };
        Type::List(Box::new(of))
    }

    /// The words of an expression, where it is a name.
    fn text_of(&self, expr: &Expr) -> String {
        if let ExprKind::Name(name) = &expr.kind {
            name.text.clone()
        } else {
            "this".to_owned()
        }
    }
}
