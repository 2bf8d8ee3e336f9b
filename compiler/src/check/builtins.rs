//! Calls of the language's own functions.

use forewarn_grammar::ast::{Arg, Expr, ExprKind, TruthWord};

use super::context::Checker;
use super::shapes::Form;
use super::weights::apart;
use crate::checked::weights::looks_at_weights;
use crate::diagnostics::evidence::VerifiedInFunction;
use crate::diagnostics::factors::WeightNotHere;
use crate::diagnostics::names::{Taken, UnknownArgument, UnknownWord, WrongArgumentCount};
use crate::diagnostics::types::WantedNumber;
use crate::diagnostics::units::{PowerOfUnit, UnitTooLarge, WantsPlainNumber};
use crate::source::Span;
use crate::typed::{BOTH_WAYS, Builtin, Typed, TypedKind, Unverified};
use crate::types::Type;
use crate::units::Unit;

/// The argument of `verified` that says how to read what is not verified.
const UNVERIFIED_AS: &str = "unverified as";
const LEAST_ALARMING: &str = "least alarming";

impl Checker<'_, '_> {
    pub fn builtin(&mut self, builtin: Builtin, args: &[Arg], span: Span) -> Typed {
        let name = builtin.name();
        let quoted = format!("`{name}`");
        let all = args;
        let (mut builtin, mut args) = (builtin, args);
        if let Builtin::Verified(_) = builtin {
            let Some((unverified, rest)) = self.reading(args) else {
                return self.poison(span);
            };
            (builtin, args) = (Builtin::Verified(unverified), rest);
        }
        let mut require = None;
        if over_known(builtin)
            && let Some((asked, rest)) = args.split_last()
            && let (Some(name), ExprKind::Required(amount)) = (&asked.name, &asked.value.kind)
            && name.text == "require"
        {
            let Some(amount) = self.required(amount) else {
                rest.iter()
                    .for_each(|arg| drop(self.expr(&arg.value, None)));
                return self.poison(span);
            };
            (require, args) = (Some(amount), rest);
        }
        if let Some((named, value)) = args
            .iter()
            .find_map(|arg| Some((arg.name.as_ref()?, &arg.value)))
        {
            // `count(a, b, require: 1 known)` says how many, and counts what is yes whatever is known.
            let counts = matches!(value.kind, ExprKind::Required(_)) && !over_known(builtin);
            self.reports.add(UnknownArgument {
                function: name.to_owned(),
                name: named.text.clone(),
                span: self.at(named.span),
                known: if counts {
                    Vec::new()
                } else if BOTH_WAYS.contains(&name) {
                    ["over", "since", "within", "require", "among"]
                        .map(str::to_owned)
                        .to_vec()
                } else if over_known(builtin) {
                    vec!["require".to_owned()]
                } else {
                    Vec::new()
                },
            });
            return self.poison(span);
        }
        if let Some(cause) = self.wrong_count(builtin, args.len(), all, span) {
            self.reports.add(cause);
            return self.poison(span);
        }
        let mut values: Vec<Typed> = Vec::with_capacity(args.len());
        let of_levels = matches!(builtin, Builtin::Min | Builtin::Max);
        let words: Vec<&Expr> = args.iter().map(|arg| apart(&arg.value).0).collect();
        let mut early = of_levels.then(|| self.kind_of_words(&words)).flatten();
        let told = early.as_ref().map(|(_, early)| early.ty.clone());
        for (index, arg) in args.iter().enumerate() {
            if let Some((_, early)) = early.take_if(|(at, _)| *at == index) {
                values.push(early);
                continue;
            }
            let several = self.framework.groups.takes_list(name, args, index);
            // A level's name says nothing without the scale of the value before it.
            let first = values.first().map(|first| first.ty.clone());
            let want = told
                .clone()
                .or(first)
                .filter(|ty| matches!(ty, Type::Level(_)));
            let (own, _) = apart(&arg.value);
            values.push(if several {
                self.several(own, None)
            } else {
                self.expr(own, want.as_ref())
            });
        }
        let weights = self.weights(args.iter().map(|arg| &arg.value));
        if !puts_together(builtin)
            && let Some(first) = weights.iter().flatten().next()
        {
            let span = first.span;
            self.reports.add(WeightNotHere { span });
            return self.poison(span);
        }
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
                let list = self.weighed(list, weights);
                self.tell_weights_ignored(name, &list, span);
                let context = if builtin == Builtin::Count {
                    "`count`"
                } else if builtin == Builtin::Any {
                    "`any`"
                } else {
                    "`all`"
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
            // Made of what is written otherwise, never called.
            Builtin::Alternatives | Builtin::OfKnown | Builtin::Weighted => self.poison(span),
            Builtin::KnownCount => {
                let list = self.gathered(values, span, &quoted);
                let list = self.weighed(list, weights);
                self.tell_weights_ignored(name, &list, span);
                if list.ty.is_error() {
                    self.poison(span)
                } else {
                    done(vec![list], Type::plain())
                }
            }
            Builtin::Position => match values.first().map(|value| value.ty.clone()) {
                Some(Type::Level(_)) => done(values, Type::plain()),
                other => {
                    let found = self.shown_as(&other.unwrap_or(Type::Error));
                    let context = "`position`, which takes a level".to_owned();
                    self.reports.add(WantedNumber {
                        words: String::new(),
                        span,
                        found,
                        context,
                        signal: None,
                        counted: None,
                    });
                    self.poison(span)
                }
            },
            Builtin::Piecewise | Builtin::PeriodOf(_) => self.poison(span),
            Builtin::Verified(_) => {
                if self.scope.is_some() {
                    self.reports.add(VerifiedInFunction { span });
                    return self.poison(span);
                }
                let ty = values.first().map_or(Type::Error, |value| value.ty.clone());
                done(values, ty)
            }
            Builtin::Sum
            | Builtin::Mean
            | Builtin::Median
            | Builtin::Min
            | Builtin::Max
            | Builtin::GeometricMean
            | Builtin::HarmonicMean
            | Builtin::StdDev
            | Builtin::Product => {
                let alone = values.len() == 1 && !values.iter().any(|one| is_list(&one.ty));
                if builtin == Builtin::StdDev && alone {
                    let form = Form {
                        placed: &["x"],
                        names: &["over", "among"],
                        needs_one: true,
                    };
                    self.missing_argument("over", span, None, (name, all, form));
                    return self.poison(span);
                }
                if matches!(builtin, Builtin::Min | Builtin::Max)
                    && values.iter().any(|value| is_of_levels(&value.ty))
                {
                    let list = self.gathered(values, span, &quoted);
                    let list = self.weighed(list, weights);
                    self.tell_weights_ignored(name, &list, span);
                    let Type::List(of) = &list.ty else {
                        return self.poison(span);
                    };
                    let ty = (**of).clone();
                    let args = std::iter::once(list).chain(require);
                    return done(args.collect(), ty);
                }
                let values: Vec<Typed> = values
                    .into_iter()
                    .map(|value| self.as_number(value, &quoted))
                    .collect();
                let bare = weights.iter().all(Option::is_none);
                if builtin == Builtin::Product && values.len() > 1 && require.is_none() && bare {
                    return self.product_of(values, span);
                }
                let list = self.gathered(values, span, &quoted);
                let list = self.weighed(list, weights);
                if !looks_at_weights(builtin) {
                    self.tell_weights_ignored(name, &list, span);
                }
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
                if require.is_some() {
                    self.tell_bounds_left_out(name, &list, span);
                }
                done(std::iter::once(list).chain(require).collect(), ty)
            }
            Builtin::Abs
            | Builtin::Sqrt
            | Builtin::Exp
            | Builtin::Ln
            | Builtin::Log2
            | Builtin::Log10
            | Builtin::Pow
            | Builtin::Floor
            | Builtin::Ceil
            | Builtin::Round
            | Builtin::Truncate => {
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

    /// Too few values, or too many.
    fn wrong_count(
        &self,
        builtin: Builtin,
        found: usize,
        args: &[Arg],
        span: Span,
    ) -> Option<WrongArgumentCount> {
        let is_call = builtin != Builtin::Piecewise;
        let several = puts_together(builtin);
        let form = form_of(builtin);
        let wanted = form.placed.len();
        let fits = if several { found > 0 } else { found == wanted };
        if fits && is_call {
            return None;
        }
        let missing = form.placed.iter().skip(found).filter(|_| !several);
        Some(WrongArgumentCount {
            function: builtin.name().to_owned(),
            span,
            found,
            taken: match (is_call, several, form.names) {
                (false, ..) => Taken::Breakpoints,
                (true, true, _) => Taken::AtLeastOne,
                (true, false, []) => Taken::Exactly(wanted),
                (true, false, _) => Taken::BeforeNames(wanted),
            },
            missing: missing.map(|what| format!("`{what}`")).collect(),
            shape: if is_call {
                self.how_written(builtin.name(), args, form)
            } else {
                "write `piecewise x { 0..50 to 0..12, 50..100 to 12..35.4 }`".to_owned()
            },
            declared: None,
            meant: None,
        })
    }

    /// How many of several values must be known; `None` where that was told to be wrong.
    pub(super) fn required(&mut self, amount: &Expr) -> Option<Typed> {
        let what = "`require:`";
        let amount = self.expr(amount, None);
        let amount = self.as_one_number(amount, what);
        let amount = self.constant(amount, what);
        if amount.ty.is_error() {
            return None;
        }
        if Self::unit_of(&amount.ty).is_some_and(Unit::is_plain) {
            return Some(amount);
        }
        self.reports.add(WantedNumber {
            words: String::new(),
            span: amount.span,
            found: self.shown_as(&amount.ty),
            context: "`require: … known`, which is a number of values".to_owned(),
            signal: None,
            counted: None,
        });
        None
    }

    /// How `verified` reads what is not verified, and its other arguments; `None` where that was told
    /// to be wrong.
    fn reading<'a>(&mut self, args: &'a [Arg]) -> Option<(Unverified, &'a [Arg])> {
        let Some((last, rest)) = args.split_last() else {
            return Some((Unverified::Unsaid, args));
        };
        let Some(name) = last.name.as_ref().filter(|name| name.text == UNVERIFIED_AS) else {
            return Some((Unverified::Unsaid, args));
        };
        if let ExprKind::Truth(TruthWord::Unknown) = &last.value.kind {
            return Some((Unverified::Unknown, rest));
        }
        if let ExprKind::Name(word) = &last.value.kind
            && word.text == LEAST_ALARMING
        {
            return Some((Unverified::LeastAlarming, rest));
        }
        let word = self.words(self.at(last.value.span));
        self.reports.add(UnknownWord {
            what: format!("way to read `{}` called", name.text),
            word,
            span: self.at(last.value.span),
            known: vec!["unknown", LEAST_ALARMING],
        });
        None
    }

    fn product_of(&mut self, values: Vec<Typed>, span: Span) -> Typed {
        let mut unit = Some(Unit::plain());
        let mut written = Some(Unit::plain());
        let mut singles = Vec::with_capacity(values.len());
        for value in values {
            let value = self.one(value, "give one list alone, or single values");
            if value.ty.is_error() {
                return self.poison(span);
            }
            unit = unit.and_then(|unit| unit.of_product(Self::unit_of(&value.ty)?));
            written = written.and_then(|unit| unit.times(Self::unit_of(&value.ty)?));
            singles.push(value);
        }
        let (Some(unit), Some(written)) = (unit, written) else {
            self.reports.add(UnitTooLarge { span });
            return self.poison(span);
        };
        // Each keeps its own unit, so this is no list of one kind; lowering multiplies them.
        let list = Typed {
            kind: TypedKind::List(singles),
            ty: Type::List(Box::new(Type::plain())),
            span,
        };
        let product = Typed {
            kind: TypedKind::Builtin(Builtin::Product, vec![list]),
            ty: Type::Number(written),
            span,
        };
        match Self::convert(product, &unit) {
            Some(product) => product,
            None => {
                self.reports.add(UnitTooLarge { span });
                self.poison(span)
            }
        }
    }

    /// The first value of a call, in another unit of its dimension.
    fn bring_first(&mut self, values: &mut [Typed], unit: &Unit) {
        if let Some(first) = values.first_mut() {
            let own = std::mem::replace(first, self.poison(first.span));
            if let Some(converted) = Self::convert(own, unit) {
                *first = converted;
            }
        }
    }

    fn plain_function(&mut self, builtin: Builtin, mut values: Vec<Typed>, span: Span) -> Typed {
        let first_ty = values.first().map_or(Type::Error, |value| value.ty.clone());
        let unit = Self::unit_of(&first_ty).cloned().unwrap_or_default();
        let with = |unit: Unit| match &first_ty {
            Type::List(_) => Type::List(Box::new(Type::Number(unit))),
            Type::Number(_)
            | Type::Truth
            | Type::Level(_)
            | Type::Category(_)
            | Type::Count
            | Type::Error => Type::Number(unit),
        };
        let ty = match builtin {
            Builtin::Abs | Builtin::Floor | Builtin::Ceil => first_ty.clone(),
            Builtin::Round | Builtin::Truncate => {
                let decimals = values.get(1).cloned();
                if let Some(decimals) = decimals
                    && !matches!(Self::unit_of(&decimals.ty), Some(unit) if unit.is_plain())
                {
                    self.wants_plain(builtin.name(), &decimals);
                    return self.poison(span);
                }
                first_ty.clone()
            }
            Builtin::Sqrt => match unit
                .of_root()
                .and_then(|root| Some((root.of_power(2)?, root)))
            {
                Some((square, root)) => {
                    self.bring_first(&mut values, &square);
                    with(root)
                }
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
                let whole = exponent.and_then(|exponent| {
                    let x = exponent.as_number()?;
                    (x.fract() == 0.0 && x.abs() <= 8.0).then_some(x as i32)
                });
                // A factor that is no base's own, as in percent a year, does not go into the power.
                let counted = unit.of_power(1);
                let power = whole.and_then(|whole| unit.of_power(whole));
                match counted.zip(power) {
                    Some((counted, power)) => {
                        self.bring_first(&mut values, &counted);
                        with(power)
                    }
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
            Builtin::Exp
            | Builtin::Ln
            | Builtin::Log2
            | Builtin::Log10
            | Builtin::Pow
            | Builtin::Min
            | Builtin::Max
            | Builtin::Sum
            | Builtin::Mean
            | Builtin::Median
            | Builtin::Product
            | Builtin::GeometricMean
            | Builtin::HarmonicMean
            | Builtin::StdDev
            | Builtin::OfKnown
            | Builtin::Weighted
            | Builtin::Count
            | Builtin::Any
            | Builtin::All
            | Builtin::KnownCount
            | Builtin::Position
            | Builtin::Piecewise
            | Builtin::PeriodOf(_)
            | Builtin::Verified(_)
            | Builtin::Alternatives => {
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
            words: self.words(value.span),
        });
    }
}

/// Does it take several values?
pub(crate) fn puts_together(builtin: Builtin) -> bool {
    over_known(builtin)
        || matches!(
            builtin,
            Builtin::Count | Builtin::Any | Builtin::All | Builtin::KnownCount
        )
}

/// Functions of several values that can do with those that are known.
fn over_known(builtin: Builtin) -> bool {
    match builtin {
        Builtin::Min
        | Builtin::Max
        | Builtin::Sum
        | Builtin::Mean
        | Builtin::Median
        | Builtin::Product
        | Builtin::GeometricMean
        | Builtin::HarmonicMean
        | Builtin::StdDev => true,
        Builtin::Abs
        | Builtin::Sqrt
        | Builtin::Exp
        | Builtin::Ln
        | Builtin::Log2
        | Builtin::Log10
        | Builtin::Pow
        | Builtin::Floor
        | Builtin::Ceil
        | Builtin::Round
        | Builtin::Truncate
        | Builtin::Count
        | Builtin::Any
        | Builtin::All
        | Builtin::KnownCount
        | Builtin::Position
        | Builtin::Verified(_)
        | Builtin::OfKnown
        | Builtin::Weighted
        | Builtin::Alternatives
        | Builtin::Piecewise
        | Builtin::PeriodOf(_) => false,
    }
}

fn is_list(ty: &Type) -> bool {
    matches!(ty, Type::List(_))
}

/// What stands in a call by place and by name.
fn form_of(builtin: Builtin) -> Form {
    match builtin {
        Builtin::Round | Builtin::Truncate => Form::of(&["x", "decimals"], &[]),
        Builtin::Pow => Form::of(&["x", "exponent"], &[]),
        Builtin::Verified(_) => Form::of(&["x"], &[UNVERIFIED_AS]),
        Builtin::Abs
        | Builtin::Sqrt
        | Builtin::Exp
        | Builtin::Ln
        | Builtin::Log2
        | Builtin::Log10
        | Builtin::Floor
        | Builtin::Ceil
        | Builtin::Position
        | Builtin::Alternatives
        | Builtin::Piecewise
        | Builtin::PeriodOf(_) => Form::of(&["x"], &[]),
        Builtin::Min
        | Builtin::Max
        | Builtin::Sum
        | Builtin::Mean
        | Builtin::Median
        | Builtin::Product
        | Builtin::GeometricMean
        | Builtin::HarmonicMean
        | Builtin::StdDev
        | Builtin::Count
        | Builtin::Any
        | Builtin::All
        | Builtin::KnownCount
        | Builtin::OfKnown
        | Builtin::Weighted => Form::of(&["a", "b"], &[]),
    }
}

fn is_of_levels(ty: &Type) -> bool {
    match ty {
        Type::Level(_) => true,
        Type::List(of) => is_of_levels(of),
        Type::Number(_) | Type::Truth | Type::Category(_) | Type::Count | Type::Error => false,
    }
}
