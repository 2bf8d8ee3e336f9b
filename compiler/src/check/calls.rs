//! Calls: the language's own functions and declared ones.

use std::collections::BTreeMap;

use forewarn_grammar::ast::{self, Arg, ExprKind};
use forewarn_grammar::habits::{self, Meaning};

use super::context::Checker;
use super::weights::apart;
use crate::checked::CheckedFunction;
use crate::diagnostics::evidence::UnverifiedNotHere;
use crate::diagnostics::names::{
    ArgumentTwice, Taken, UnknownArgument, UnknownFunction, WrongArgumentCount,
};
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::types::{WantedList, WrongType};
use crate::diagnostics::units::{ArgumentUnit, ConstantPlaced, UnitTooLarge};
use crate::framework::ValueSource;
use crate::source::Span;
use crate::typed::{ACROSS_PEERS, ALONG_TIME, BOTH_WAYS, Builtin, FunctionId, Typed, TypedKind};
use crate::types::Type;
use crate::units::Unit;

/// Of a value that a test gives: the observation was not verified.
pub(super) const UNVERIFIED: &str = "unverified";

/// A logarithm with its base.
const OF_A_BASE: &str =
    "write `log10(x)` or `log2(x)` for these bases, and `ln(x) / ln(base)` for another";

impl Checker<'_, '_> {
    pub fn call(&mut self, function: &ast::Name, args: &[Arg], span: Span) -> Typed {
        let name = function.text.as_str();
        if self.framework.broken.contains(&name) {
            // Told where it is declared; its parts are still read.
            for arg in args {
                self.expr(&arg.value, None);
            }
            return self.poison(span);
        }
        let has = |wanted: &str| {
            let names = args.iter().filter_map(|arg| arg.name.as_ref());
            names.map(|name| &name.text).any(|name| name == wanted)
        };
        let both_ways = BOTH_WAYS.contains(&name);
        if ALONG_TIME.contains(&name)
            || (both_ways && (has("over") || has("since") || has("within")))
        {
            return self.along_time(name, args, span);
        }
        if ACROSS_PEERS.contains(&name) || (both_ways && (has("among") || has("baseline"))) {
            return self.across_peers(name, args, span);
        }
        if both_ways && self.bare_window(name, args) {
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
        // What stands in a function that is written wholly otherwise here is not read as values.
        let mut within = Vec::new();
        if !matches!(habits::function(name), Some(Meaning::Words(_))) {
            let around = self.renamed.take();
            let called = matches!(habits::function(name), Some(Meaning::Called(_)));
            self.renamed = called.then(Vec::new);
            for arg in args {
                self.expr(&arg.value, None);
            }
            within = std::mem::replace(&mut self.renamed, around).unwrap_or_default();
        }
        if name == UNVERIFIED {
            self.reports.add(UnverifiedNotHere { span, name: None });
            return self.poison(span);
        }
        if self.first_time("function", name) {
            let known: Vec<&str> = Builtin::ALL
                .iter()
                .map(|(name, _)| *name)
                .chain(
                    ALONG_TIME
                        .iter()
                        .chain(ACROSS_PEERS)
                        .chain(BOTH_WAYS)
                        .copied(),
                )
                .chain(self.framework.function_names.keys().copied())
                .collect();
            let advice_of_value = self.advice_of_value(name);
            let (instead, advice) = match habits::function(name) {
                _ if advice_of_value.is_some() => (Vec::new(), advice_of_value.as_deref()),
                // It is the natural logarithm of some and the common one of others, and the base of a second
                // argument stands first for some and last for others.
                _ if name.eq_ignore_ascii_case("log") && args.len() > 1 => {
                    (Vec::new(), Some(OF_A_BASE))
                }
                _ if name.eq_ignore_ascii_case("log") => {
                    (vec!["ln".to_owned(), "log10".to_owned()], None)
                }
                Some(Meaning::Called(own)) => (vec![own.to_owned()], None),
                Some(Meaning::Words(what)) => (Vec::new(), Some(what)),
                Some(Meaning::If) => (Vec::new(), Some("write `if … then … else …`")),
                Some(Meaning::And) => (Vec::new(), Some("write `a and b`")),
                Some(Meaning::Or) => (Vec::new(), Some("write `a or b`")),
                Some(Meaning::Not) => (Vec::new(), Some("write `not a`")),
                Some(Meaning::Missing) => (Vec::new(), Some("write `x is missing`")),
                Some(Meaning::Fallback) => (Vec::new(), Some("write `x ?? 0`")),
                None => (
                    suggest(name, known)
                        .map(str::to_owned)
                        .into_iter()
                        .collect(),
                    None,
                ),
            };
            let place = self.at(function.span);
            // What several of other languages are called, one in another, is one slip.
            if let (Some(around), [own], None) = (&mut self.renamed, instead.as_slice(), advice)
                && habits::function(name).is_some()
            {
                around.push((place, own.clone()));
                around.extend(within);
                return self.poison(span);
            }
            self.reports.add(UnknownFunction {
                name: name.to_owned(),
                span: place,
                instead,
                advice: advice.map(str::to_owned),
                within,
            });
        }
        self.poison(span)
    }

    /// `staff(register)`: what is declared as a value is no function.
    fn advice_of_value(&self, name: &str) -> Option<String> {
        let id = self.framework.value_names.get(name)?;
        let declared = self.framework.values.get(id.0 as usize)?;
        if matches!(declared.what, ValueSource::Broken) {
            return None;
        }
        let kind = declared.what.kind();
        let article = if kind.starts_with(['a', 'e', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        Some(format!(
            "`{name}` is {article} {kind}, and takes nothing between brackets: leave them out, or put `*` before \
             them where it is to be multiplied"
        ))
    }

    /// A call that has too many values, or lacks one: the parameters of what is called, with what is given for them.
    fn wrong_call(
        &self,
        (function, span): (&str, Span),
        found: usize,
        given: &[(&str, Option<&Arg>)],
        declared: Option<Span>,
    ) -> WrongArgumentCount {
        let unfilled = given.iter().filter(|(_, arg)| arg.is_none());
        let missing: Vec<String> = unfilled.map(|(name, _)| format!("`{name}`")).collect();
        // What is too much says nothing of what the others are.
        let shown = given
            .iter()
            .map(|(name, arg)| (*name, arg.filter(|_| !missing.is_empty())));
        let shown: Vec<(&str, Option<&Arg>)> = shown.collect();
        WrongArgumentCount {
            function: function.to_owned(),
            span,
            found,
            taken: Taken::Exactly(given.len()),
            shape: self.how_called(function, &shown),
            missing,
            declared,
            meant: None,
        }
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
        let Some((args, require)) = self.of_those_known(&function, args) else {
            return self.poison(span);
        };
        let known: Vec<String> = function
            .parameters
            .iter()
            .map(|(name, _)| name.clone())
            .collect();
        let spread = self.spread(&function.name, &function.parameters, args, span);
        let mut slots: Vec<Option<(&Arg, Span)>> = vec![None; known.len()];
        let mut failed = false;
        let placed = if spread.is_some() { &[] } else { args };
        for (index, arg) in placed.iter().enumerate() {
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
                    let named = |name: &String| {
                        args.iter()
                            .any(|arg| arg.name.as_ref().is_some_and(|own| own.text == *name))
                    };
                    let mut free = known
                        .iter()
                        .zip(&slots)
                        .filter(|(name, slot)| slot.is_none() && !named(name));
                    let meant = free.next().map(|(name, _)| name.clone());
                    self.reports.add(ArgumentTwice {
                        function: function.name.clone(),
                        name: known.get(slot).cloned().unwrap_or_default(),
                        first,
                        second: place,
                        nameless: arg.name.is_none(),
                        meant: meant.filter(|_| free.next().is_none()),
                    });
                    failed = true;
                }
                // Too many: told below, by their number.
                None => {}
            }
        }
        let by_weight = takes_weights_of(&function, args);
        let of_group = match args {
            [only] if by_weight => self.weights_of_group(&only.value),
            _ => None,
        };
        if spread.is_some() || by_weight {
            // One list, whatever the number of arguments; or one that brings its weights along.
        } else if args.len() != known.len() && !failed {
            let given = known.iter().zip(&slots);
            let given = given.map(|(name, slot)| (name.as_str(), slot.map(|(arg, _)| arg)));
            let given: Vec<(&str, Option<&Arg>)> = given.collect();
            let declared = (!function.standard).then(|| declared.span());
            let cause = self.wrong_call((&*function.name, name_span), args.len(), &given, declared);
            self.reports.add(cause);
            failed = true;
        } else if slots.iter().any(Option::is_none) {
            failed = true;
        }
        let mut weighed: Option<Typed> = None;
        let mut variables: BTreeMap<String, Unit> = BTreeMap::new();
        let mut fixed_by: Option<Span> = None;
        let mut read: Vec<Option<(Typed, &String, &Type)>> = Vec::with_capacity(slots.len());
        for (slot, (parameter, wanted)) in slots.into_iter().zip(&function.parameters) {
            // A number's unit is its own; only levels and categories are read by what is wanted.
            let want = Self::unit_of(wanted).is_none().then_some(wanted);
            let value = slot.map(|(arg, _)| match wanted {
                Type::List(_) => self.several(&arg.value, want),
                Type::Number(_)
                | Type::Truth
                | Type::Level(_)
                | Type::Category(_)
                | Type::Count
                | Type::Error => self.expr(&arg.value, want),
            });
            let value = value.or_else(|| spread.clone().filter(|_| read.is_empty()));
            // The second list of a function that is given one: what the values of the first weigh.
            let value = value.or_else(|| weighed.take());
            if let Some(list) = &value
                && matches!(list.ty, Type::List(_))
            {
                if by_weight && read.is_empty() {
                    weighed = self.listed_weights(list).or(of_group.clone());
                    if weighed.is_none() {
                        let given = known.iter().map(String::as_str).zip(args.iter().map(Some));
                        let unfilled = known.iter().skip(args.len());
                        let given = given.chain(unfilled.map(|name| (name.as_str(), None)));
                        let given: Vec<(&str, Option<&Arg>)> = given.collect();
                        let declared = (!function.standard).then(|| declared.span());
                        let called = (&*function.name, name_span);
                        let cause = self.wrong_call(called, args.len(), &given, declared);
                        self.reports.add(cause);
                    }
                } else if !by_weight {
                    self.tell_weights_ignored(&function.name, list, list.span);
                }
            }
            failed |= value.as_ref().is_none_or(|value| value.ty.is_error());
            read.push(value.map(|value| (value, parameter, wanted)));
        }
        let arguments: Vec<(&Typed, &String, &Type)> = read
            .iter()
            .flatten()
            .map(|(value, name, wanted)| (value, *name, *wanted))
            .collect();
        if self.tells_bare_arguments(&arguments, &mut variables)
            || self.tells_given_percentages(id, &arguments)
        {
            return self.poison(span);
        }
        // `100_000 v` counts single ones, whatever steps the data are counted in.
        let counted =
            Self::unit_of(&function.result).map_or_else(Vec::new, Unit::counted_variables);
        for variable in counted {
            if let Some(unit) = variables.get_mut(&variable) {
                *unit = unit.in_single_steps();
            }
        }
        // A bare `missing` takes any unit, and a product of variables needs what they stand for.
        let mut order: Vec<usize> = (0..read.len()).collect();
        order.sort_by_key(|index| match read.get(*index) {
            Some(Some((value, _, wanted))) => (
                value.kind == TypedKind::Missing,
                Self::unit_of(wanted).is_some_and(|unit| unit.alone().is_none()),
            ),
            _ => (false, false),
        });
        let mut values: Vec<Option<Typed>> = vec![None; read.len()];
        let mut misfits: Vec<ArgumentUnit> = Vec::new();
        for index in order {
            let Some((value, parameter, wanted)) = read.get_mut(index).and_then(Option::take)
            else {
                continue;
            };
            if value.ty.is_error() {
                continue;
            }
            let span = value.span;
            let given = value.kind.clone();
            match self.fit(value, wanted, &mut variables) {
                Ok(value) => {
                    if Self::unit_of(&value.ty).is_some() && fixed_by.is_none() {
                        fixed_by = Some(span);
                    }
                    if let Some(slot) = values.get_mut(index) {
                        *slot = Some(value);
                    }
                }
                Err(Misfit::Unit(units)) => {
                    let (found, wanted) = *units;
                    let (found, wanted) = (self.units.show(&found), self.units.show(&wanted));
                    let literal = self.literal_amount(span);
                    // What is wrong in the same way is one slip.
                    let same = misfits
                        .iter_mut()
                        .find(|one| one.found == found && one.wanted == wanted);
                    match same {
                        Some(one) => one.others.push((parameter.clone(), span, literal)),
                        None => misfits.push(ArgumentUnit {
                            function: function.name.clone(),
                            parameter: parameter.clone(),
                            span,
                            found,
                            wanted,
                            because: fixed_by,
                            literal,
                            others: Vec::new(),
                            param: self.bare_param(&given),
                            divided: None,
                        }),
                    }
                    failed = true;
                }
                Err(Misfit::Kind(found)) => {
                    let of_list = matches!(wanted, Type::List(of)
                        if matches!((&**of, &found), (Type::Number(_), Type::Number(_))));
                    // One value where several are put together.
                    if of_list {
                        self.reports.add(WantedList {
                            span,
                            found: self.show(&found),
                            context: format!("`{}`", function.name),
                            past: None,
                            peers: None,
                        });
                        failed = true;
                        continue;
                    }
                    // What the parameter is was to be told at its declaration.
                    if wanted.is_error() {
                        failed = true;
                        continue;
                    }
                    let (found, wanted) = (self.shown_as(&found), self.shown_as(wanted));
                    self.reports.add(WrongType {
                        meant: self.answer_meant(span, &wanted.ty),
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
        for mut misfit in misfits {
            misfit.divided = misfit
                .because
                .filter(|_| misfit.found == self.units.show(&Unit::plain()))
                .and_then(|first| self.bare_divisor(first, &misfit.wanted));
            self.reports.add(misfit);
        }
        let mut values: Vec<Typed> = values.into_iter().flatten().collect();
        if failed || function.result.is_error() {
            return self.poison(span);
        }
        if let Some(least) = require
            && !values.is_empty()
        {
            let list = values.remove(0);
            self.tell_bounds_left_out(&function.name, &list, span);
            let of_known = Typed {
                ty: list.ty.clone(),
                span: list.span,
                kind: TypedKind::Builtin(Builtin::OfKnown, vec![list, least]),
            };
            values.insert(0, of_known);
        }
        let instance = self.instance(id, &variables);
        let result = instance.and_then(|id| Some((id, self.functions.get(&id)?.result.clone())));
        let found =
            result.and_then(|(id, result)| Some((id, Self::substituted(&result, &variables)?)));
        let Some((id, ty)) = found else {
            self.reports.add(UnitTooLarge { span });
            return self.poison(span);
        };
        self.tells_constant_placed(&function.name, function.standard, args, &values);
        Typed {
            kind: TypedKind::Call(id, values),
            ty,
            span,
        }
    }

    /// The arguments of a function that makes a number of one list of numbers, or of that and their weights, and how many of that list have to
    /// be known, where `require: 2 known` says so; `None` where that was told to be wrong.
    fn of_those_known<'a>(
        &mut self,
        function: &CheckedFunction,
        args: &'a [Arg],
    ) -> Option<(&'a [Arg], Option<Typed>)> {
        let Some((asked, rest)) = args.split_last() else {
            return Some((args, None));
        };
        let ExprKind::Required(amount) = &asked.value.kind else {
            return Some((args, None));
        };
        let is_named = |name: &ast::Name| name.text == "require";
        let of_numbers = matches!(function.parameters.as_slice(),
            [(_, Type::List(of))] if matches!(**of, Type::Number(_)))
            || takes_weights_of(function, rest);
        if !asked.name.as_ref().is_some_and(is_named)
            || !of_numbers
            || !matches!(function.result, Type::Number(_))
        {
            return Some((args, None));
        }
        match self.required(amount) {
            Some(least) => Some((rest, Some(least))),
            None => {
                rest.iter()
                    .for_each(|arg| drop(self.expr(&arg.value, None)));
                None
            }
        }
    }

    /// Tells what is the same in every row where it is placed between ends of which one is not: the arguments stand
    /// in another order.
    fn tells_constant_placed(
        &mut self,
        name: &str,
        standard: bool,
        args: &[Arg],
        values: &[Typed],
    ) {
        let places = ["clamp", "rescale", "goalpost", "log_goalpost"];
        let Some((first, ends)) = values.split_first() else {
            return;
        };
        if self.concrete || !standard || !places.contains(&name) || !self.is_constant(first) {
            return;
        }
        let mut varying = ends.iter().filter(|end| !self.is_constant(end));
        let (Some(end), None) = (varying.next(), varying.next()) else {
            return;
        };
        // In their order, with what varies first.
        let by_place = args.iter().all(|arg| arg.name.is_none());
        let rest = values.iter().filter(|value| value.span != end.span);
        let order: Vec<&str> = std::iter::once(end)
            .chain(rest)
            .map(|value| self.sources.slice(value.span))
            .collect();
        let whole = values
            .first()
            .zip(values.last())
            .map(|(first, last)| first.span.to(last.span));
        let meant = whole
            .filter(|_| by_place)
            .map(|whole| (whole, order.join(", ")));
        let (span, varies) = (first.span, end.span);
        self.reports.add(ConstantPlaced {
            function: name.to_owned(),
            span,
            text: self.sources.slice(span).to_owned(),
            varies,
            varies_text: self.sources.slice(varies).to_owned(),
            meant,
        });
    }

    /// Several single values, given to a function of one list, as that list.
    fn spread(
        &mut self,
        name: &str,
        parameters: &[(String, Type)],
        args: &[Arg],
        span: Span,
    ) -> Option<Typed> {
        let weighed = args.iter().any(|arg| apart(&arg.value).1.is_some());
        let of = match parameters {
            [(_, Type::List(of))] => of,
            // With their weights, which are its second list.
            [(_, Type::List(of)), (_, Type::List(_))] if weighed => of,
            _ => return None,
        };
        if args.len() < 2 || args.iter().any(|arg| arg.name.is_some()) {
            return None;
        }
        let want = Self::unit_of(of).is_none().then_some(&**of);
        let values = args.iter().map(|arg| self.expr(apart(&arg.value).0, want));
        let values = values.collect();
        let list = self.gathered(values, span, &format!("`{name}`"));
        let weights = self.weights(args.iter().map(|arg| &arg.value));
        Some(self.weighed(list, weights))
    }

    /// What variables that stand alone stand for: the unit in which their arguments meet. Tells
    /// literals without a sign where a percentage is wanted, or stands beside them.
    fn tells_bare_arguments(
        &mut self,
        arguments: &[(&Typed, &String, &Type)],
        variables: &mut BTreeMap<String, Unit>,
    ) -> bool {
        let mut together: BTreeMap<&str, Vec<&Typed>> = BTreeMap::new();
        for (value, name, wanted) in arguments {
            let Some(unit) = Self::unit_of(wanted) else {
                continue;
            };
            if let Some(variable) = unit.alone() {
                if Self::unit_of(&value.ty).is_some() {
                    together.entry(variable).or_default().push(value);
                }
            } else if self.tells_bare(&[value], (value.span, name), unit, None) {
                return true;
            }
        }
        for (variable, values) in together {
            if self.tells_bare_among(&values) {
                return true;
            }
            let known = values.iter().any(|value| value.kind != TypedKind::Missing);
            if let (true, Some(unit)) = (known, self.unit_of_all(&values)) {
                variables.insert(variable.to_owned(), unit);
            }
        }
        false
    }

    /// The bare number that an argument is divided by, with the unit of what is divided: `d / 40` of days.
    fn bare_divisor(&self, argument: Span, unit: &str) -> Option<(Span, String)> {
        let words = self.sources.slice(argument);
        let (_, number) = words.rsplit_once('/')?;
        let blanks = number.len() - number.trim_start().len();
        let number = number.trim();
        let bare = !number.is_empty()
            && number
                .chars()
                .all(|sign| sign.is_ascii_digit() || matches!(sign, '_' | '.'));
        let start = words.rfind('/')? + 1 + blanks;
        let text = crate::diagnostics::units::written(number, unit).filter(|_| bare)?;
        let start = argument.start + u32::try_from(start).ok()?;
        let end = start + u32::try_from(number.len()).ok()?;
        Some((
            Span {
                start,
                end,
                ..argument
            },
            text,
        ))
    }

    /// A param without a unit of its own whose one number stands written: its name and that number.
    pub(super) fn bare_param(&self, value: &TypedKind) -> Option<(String, Span, String)> {
        let TypedKind::Value(id) = value else {
            return None;
        };
        let declared = self.framework.values.get(id.0 as usize)?;
        let ValueSource::Param(param) = declared.what else {
            return None;
        };
        let ([only], None) = (param.values.as_slice(), &param.ty) else {
            return None;
        };
        let place = crate::framework::at(declared.file, only.value.span);
        let (place, number) = self.literal(place)?;
        let bare = self.sources.slice(place).trim() == number;
        bare.then(|| (declared.name.text.clone(), place, number))
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
        if value.kind == TypedKind::Missing {
            return Ok(Typed {
                ty: Type::Number(wanted),
                ..value
            });
        }
        Self::convert(value, &wanted)
            .ok_or_else(|| Misfit::Unit(Box::new((own.clone(), wanted.clone()))))
    }
}

/// Why a value does not fit a parameter.
enum Misfit {
    /// Found and wanted.
    Unit(Box<(Unit, Unit)>),
    Kind(Type),
}

/// Is a function of the values of a list and of what they weigh given the list alone, or values with their weights?
fn takes_weights_of(function: &CheckedFunction, args: &[Arg]) -> bool {
    let is_numbers = |ty: &Type| matches!(ty, Type::List(of) if matches!(**of, Type::Number(_)));
    let [(_, values), (_, weights)] = function.parameters.as_slice() else {
        return false;
    };
    let by_place = args.iter().all(|arg| arg.name.is_none());
    let weighed = || args.iter().any(|arg| apart(&arg.value).1.is_some());
    by_place && (args.len() == 1 || weighed()) && is_numbers(values) && is_numbers(weights)
}
