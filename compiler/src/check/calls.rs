//! Calls: the language's own functions and declared ones.

use std::collections::BTreeMap;

use forewarn_grammar::ast::{self, Arg};

use super::context::Checker;
use crate::diagnostics::names::{
    ArgumentTwice, UnknownArgument, UnknownFunction, WrongArgumentCount,
};
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::types::{NotAvailable, WantedNumber, WrongType};
use crate::diagnostics::units::{ArgumentUnit, PowerOfUnit, UnitTooLarge, WantsPlainNumber};
use crate::framework::is_language_function;
use crate::source::Span;
use crate::typed::{ACROSS_PEERS, ALONG_TIME, Builtin, FunctionId, Typed, TypedKind};
use crate::types::Type;
use crate::units::Unit;

impl Checker<'_, '_> {
    pub fn call(&mut self, function: &ast::Name, args: &[Arg], span: Span) -> Typed {
        let name = function.text.as_str();
        let windowed = args
            .iter()
            .filter_map(|arg| arg.name.as_ref())
            .any(|name| name.text == "over");
        let along_time = ALONG_TIME.contains(&name) || (windowed && is_language_function(name));
        if along_time || ACROSS_PEERS.contains(&name) {
            // The parts are still read, so that what is wrong in them is told too.
            for arg in args {
                self.expr(&arg.value, None);
            }
            let what = if along_time {
                "looks along time"
            } else {
                "compares peers"
            };
            let function = name.to_owned();
            self.reports.add(NotAvailable {
                span,
                function,
                what,
            });
            return self.poison(span);
        }
        if let Some(builtin) = Builtin::find(name) {
            return self.builtin(builtin, args, span);
        }
        if let Some(id) = self.framework.function_names.get(name) {
            let id = *id;
            self.used_functions.insert(id);
            return self.declared_call(id, args, span, self.at(function.span));
        }
        for arg in args {
            self.expr(&arg.value, None);
        }
        if !self.framework.broken.contains(&name) {
            let known: Vec<&str> = Builtin::ALL
                .iter()
                .map(|(name, _)| *name)
                .chain(self.framework.function_names.keys().copied())
                .collect();
            let suggestion = suggest(name, known).map(str::to_owned);
            let span = self.at(function.span);
            self.reports.add(UnknownFunction {
                name: name.to_owned(),
                span,
                suggestion,
            });
        }
        self.poison(span)
    }

    fn builtin(&mut self, builtin: Builtin, args: &[Arg], span: Span) -> Typed {
        let name = builtin.name();
        let quoted = format!("`{name}`");
        if let Some(named) = args.iter().find_map(|arg| arg.name.as_ref()) {
            self.reports.add(UnknownArgument {
                function: name.to_owned(),
                name: named.text.clone(),
                span: self.at(named.span),
                known: Vec::new(),
            });
            return self.poison(span);
        }
        let wanted: &[&str] = match builtin {
            Builtin::Round => &["x", "decimals"],
            Builtin::Pow => &["x", "exponent"],
            Builtin::Abs
            | Builtin::Sqrt
            | Builtin::Exp
            | Builtin::Ln
            | Builtin::Log2
            | Builtin::Log10
            | Builtin::Floor
            | Builtin::Ceil
            | Builtin::Position => &["x"],
            _ => &[],
        };
        if args.is_empty() || (!wanted.is_empty() && wanted.len() != args.len()) {
            let wanted = if wanted.is_empty() {
                &["x", "…"]
            } else {
                wanted
            };
            self.reports.add(WrongArgumentCount {
                function: name.to_owned(),
                span,
                found: args.len(),
                wanted: wanted.iter().map(|name| (*name).to_owned()).collect(),
                declared: None,
            });
            return self.poison(span);
        }
        let mut values: Vec<Typed> = args.iter().map(|arg| self.expr(&arg.value, None)).collect();
        if values.iter().any(|value| value.ty.is_error()) {
            return self.poison(span);
        }
        let done = |args: Vec<Typed>, ty: Type| Typed {
            kind: TypedKind::Builtin(builtin, args),
            ty,
            span,
        };
        match builtin {
            Builtin::Count | Builtin::Any | Builtin::All => {
                let list = self.gathered(values, span, &quoted);
                let context = match builtin {
                    Builtin::Count => "`count`",
                    Builtin::Any => "`any`",
                    _ => "`all`",
                };
                let list = self.truth_list(list, context);
                if list.ty.is_error() {
                    return self.poison(span);
                }
                let ty = if builtin == Builtin::Count {
                    Type::Count
                } else {
                    Type::Truth
                };
                done(vec![list], ty)
            }
            Builtin::KnownCount => {
                let list = self.gathered(values, span, &quoted);
                if list.ty.is_error() {
                    self.poison(span)
                } else {
                    done(vec![list], Type::plain())
                }
            }
            Builtin::Position => match values.first().map(|value| value.ty.clone()) {
                Some(Type::Level(_)) => done(values, Type::plain()),
                other => {
                    let found = other.map_or(String::new(), |ty| self.show(&ty));
                    let context = "`position`, which takes a level".to_owned();
                    self.reports.add(WantedNumber {
                        span,
                        found,
                        context,
                    });
                    self.poison(span)
                }
            },
            Builtin::Sum
            | Builtin::Mean
            | Builtin::Median
            | Builtin::Min
            | Builtin::Max
            | Builtin::GeometricMean
            | Builtin::HarmonicMean
            | Builtin::Product => {
                let values: Vec<Typed> = values
                    .into_iter()
                    .map(|value| self.as_number(value, &quoted))
                    .collect();
                if builtin == Builtin::Product && values.len() > 1 {
                    return self.product_of(values, span);
                }
                let list = self.gathered(values, span, &quoted);
                let Type::List(of) = &list.ty else {
                    return self.poison(span);
                };
                let ty = (**of).clone();
                if builtin == Builtin::Product
                    && Self::unit_of(&ty).is_some_and(|unit| !unit.is_plain())
                {
                    self.wants_plain(name, &list);
                    return self.poison(span);
                }
                done(vec![list], ty)
            }
            _ => {
                for value in &mut values {
                    let own = std::mem::replace(value, self.poison(span));
                    *value = self.as_number(own, &quoted);
                }
                if values.iter().any(|value| value.ty.is_error()) {
                    return self.poison(span);
                }
                self.plain_function(builtin, values, span)
            }
        }
    }

    fn product_of(&mut self, values: Vec<Typed>, span: Span) -> Typed {
        let mut unit = Some(Unit::plain());
        let mut singles = Vec::with_capacity(values.len());
        for value in values {
            let value = self.one(value, "give one list alone, or single values");
            if value.ty.is_error() {
                return self.poison(span);
            }
            unit = unit.and_then(|unit| unit.times(Self::unit_of(&value.ty)?));
            singles.push(value);
        }
        let Some(unit) = unit else {
            self.reports.add(UnitTooLarge { span });
            return self.poison(span);
        };
        // Each keeps its own unit, so this is no list of one kind; lowering multiplies them.
        let list = Typed {
            kind: TypedKind::List(singles),
            ty: Type::List(Box::new(Type::plain())),
            span,
        };
        Typed {
            kind: TypedKind::Builtin(Builtin::Product, vec![list]),
            ty: Type::Number(unit),
            span,
        }
    }

    fn plain_function(&mut self, builtin: Builtin, mut values: Vec<Typed>, span: Span) -> Typed {
        let first_ty = values.first().map_or(Type::Error, |value| value.ty.clone());
        let unit = Self::unit_of(&first_ty).cloned().unwrap_or_default();
        let with = |unit: Unit| match &first_ty {
            Type::List(_) => Type::List(Box::new(Type::Number(unit))),
            _ => Type::Number(unit),
        };
        let ty = match builtin {
            Builtin::Abs | Builtin::Floor | Builtin::Ceil => first_ty.clone(),
            Builtin::Round => {
                let decimals = values.get(1).cloned();
                if let Some(decimals) = decimals
                    && !matches!(Self::unit_of(&decimals.ty), Some(unit) if unit.is_plain())
                {
                    self.wants_plain("round", &decimals);
                    return self.poison(span);
                }
                first_ty.clone()
            }
            Builtin::Sqrt => match unit.square_root() {
                Some(root) => with(root),
                None => {
                    let value = values.first().cloned();
                    if let Some(value) = value {
                        self.wants_plain("sqrt", &value);
                    }
                    return self.poison(span);
                }
            },
            Builtin::Pow if !unit.is_dimensionless() => {
                let exponent = values.get(1);
                let whole = exponent.and_then(|exponent| match exponent.kind {
                    TypedKind::Number(x) if x.fract() == 0.0 && x.abs() <= 8.0 => Some(x as i32),
                    _ => None,
                });
                match whole.and_then(|whole| unit.power(whole)) {
                    Some(unit) => with(unit),
                    None => {
                        let place = |index: usize| values.get(index).map_or(span, |one| one.span);
                        self.reports.add(PowerOfUnit {
                            span: place(0),
                            unit: self.units.show(&unit),
                            exponent: place(1),
                        });
                        return self.poison(span);
                    }
                }
            }
            _ => {
                // Exponentials and logarithms know plain numbers only; percentages become such.
                for value in &mut values {
                    let own = std::mem::replace(value, self.poison(span));
                    match Self::convert(own.clone(), &Unit::plain()) {
                        Some(plain) => *value = plain,
                        None => {
                            self.wants_plain(builtin.name(), &own);
                            return self.poison(span);
                        }
                    }
                }
                with(Unit::plain())
            }
        };
        Typed {
            kind: TypedKind::Builtin(builtin, values),
            ty,
            span,
        }
    }

    fn wants_plain(&mut self, function: &str, value: &Typed) {
        let unit = Self::unit_of(&value.ty).cloned().unwrap_or_default();
        self.reports.add(WantsPlainNumber {
            function: function.to_owned(),
            span: value.span,
            found: self.units.show(&unit),
            origin: self.origin(value),
        });
    }

    /// A call of a declared function: arguments by place, then by name.
    fn declared_call(
        &mut self,
        id: FunctionId,
        args: &[Arg],
        span: Span,
        name_span: Span,
    ) -> Typed {
        let Some(declared) = self.framework.functions.get(id.0 as usize).copied() else {
            return self.poison(span);
        };
        let Some(function) = self.functions.get(&id).cloned() else {
            args.iter()
                .for_each(|arg| drop(self.expr(&arg.value, None)));
            return self.poison(span);
        };
        let known: Vec<String> = function
            .parameters
            .iter()
            .map(|(name, _)| name.clone())
            .collect();
        let mut slots: Vec<Option<(&Arg, Span)>> = vec![None; known.len()];
        let mut failed = false;
        for (index, arg) in args.iter().enumerate() {
            let (slot, place) = match &arg.name {
                Some(name) => {
                    let place = self.at(name.span);
                    let Some(slot) = known.iter().position(|known| *known == name.text) else {
                        self.reports.add(UnknownArgument {
                            function: function.name.clone(),
                            name: name.text.clone(),
                            span: place,
                            known: known.clone(),
                        });
                        failed = true;
                        continue;
                    };
                    (slot, place)
                }
                None => (index, self.at(arg.value.span)),
            };
            match slots.get_mut(slot) {
                Some(free @ None) => *free = Some((arg, place)),
                Some(Some((_, first))) => {
                    let first = *first;
                    self.reports.add(ArgumentTwice {
                        function: function.name.clone(),
                        name: known.get(slot).cloned().unwrap_or_default(),
                        first,
                        second: place,
                    });
                    failed = true;
                }
                // Too many: told below, by their number.
                None => {}
            }
        }
        if args.len() != known.len() && !failed {
            self.reports.add(WrongArgumentCount {
                function: function.name.clone(),
                span: name_span,
                found: args.len(),
                wanted: known,
                declared: (!function.standard).then(|| declared.span()),
            });
            failed = true;
        } else if slots.iter().any(Option::is_none) {
            failed = true;
        }
        let mut variables: BTreeMap<String, Unit> = BTreeMap::new();
        let mut fixed_by: Option<Span> = None;
        let mut values = Vec::with_capacity(slots.len());
        for (slot, (parameter, wanted)) in slots.into_iter().zip(&function.parameters) {
            let Some((arg, _)) = slot else { continue };
            let value = self.expr(&arg.value, Some(wanted));
            if value.ty.is_error() {
                failed = true;
                continue;
            }
            let span = value.span;
            match self.fit(value, wanted, &mut variables) {
                Ok(value) => {
                    if Self::unit_of(&value.ty).is_some() && fixed_by.is_none() {
                        fixed_by = Some(span);
                    }
                    values.push(value);
                }
                Err(Misfit::Unit { found, wanted }) => {
                    self.reports.add(ArgumentUnit {
                        function: function.name.clone(),
                        parameter: parameter.clone(),
                        span,
                        found: self.units.show(&found),
                        wanted: self.units.show(&wanted),
                        because: fixed_by,
                    });
                    failed = true;
                }
                Err(Misfit::Kind(found)) => {
                    let (found, wanted) = (self.show(&found), self.show(wanted));
                    self.reports.add(WrongType {
                        span,
                        found,
                        wanted,
                        declared: declared.span(),
                        name: parameter.clone(),
                    });
                    failed = true;
                }
            }
        }
        if failed || function.result.is_error() {
            return self.poison(span);
        }
        let ty = match Self::substituted(&function.result, &variables) {
            Some(ty) => ty,
            None => {
                self.reports.add(UnitTooLarge { span });
                return self.poison(span);
            }
        };
        Typed {
            kind: TypedKind::Call(id, values),
            ty,
            span,
        }
    }

    fn substituted(ty: &Type, variables: &BTreeMap<String, Unit>) -> Option<Type> {
        Some(match ty {
            Type::Number(unit) => Type::Number(unit.substitute(variables)?),
            Type::List(of) => Type::List(Box::new(Self::substituted(of, variables)?)),
            other => other.clone(),
        })
    }

    /// Brings an argument to its parameter, learning unit variables on the way.
    fn fit(
        &mut self,
        value: Typed,
        wanted: &Type,
        variables: &mut BTreeMap<String, Unit>,
    ) -> Result<Typed, Misfit> {
        let value = if value.ty == Type::Count {
            self.as_number(value, "")
        } else {
            value
        };
        match (&value.ty, wanted) {
            (Type::Number(own), Type::Number(pattern)) => {
                Self::fit_unit(value.clone(), &own.clone(), pattern, variables)
            }
            (Type::List(own), Type::List(of)) => match (&**own, &**of) {
                (Type::Number(own), Type::Number(pattern)) => {
                    Self::fit_unit(value.clone(), &own.clone(), pattern, variables)
                }
                (own, of) if own == of => Ok(value),
                _ => Err(Misfit::Kind(value.ty)),
            },
            (own, wanted) if own == wanted => Ok(value),
            _ => Err(Misfit::Kind(value.ty)),
        }
    }

    fn fit_unit(
        value: Typed,
        own: &Unit,
        pattern: &Unit,
        variables: &mut BTreeMap<String, Unit>,
    ) -> Result<Typed, Misfit> {
        if let Some((name, unit)) = own.solve(pattern, variables) {
            variables.insert(name, unit);
        }
        let wanted = pattern.substitute(variables).unwrap_or_default();
        Self::convert(value, &wanted).ok_or(Misfit::Unit {
            found: own.clone(),
            wanted,
        })
    }
}

enum Misfit {
    Unit { found: Unit, wanted: Unit },
    Kind(Type),
}
