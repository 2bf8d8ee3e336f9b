//! Functions that look along time: which values and windows they take, and what kind comes out.

use forewarn_grammar::ast::{self, Arg};

use super::context::Checker;
use super::named_arguments::Arguments;
use super::shapes::{Form, HOW_LONG, WHICH_YEAR};
use crate::diagnostics::panel_functions::{
    BeginsOtherwise, NoPeriod, OneThreshold, RequireTooMuch, TwoWindows, WindowTooShort,
    WrongSeries,
};
use crate::framework::ValueSource;
use crate::groups::Shape;
use crate::plan::PeriodKind;
use crate::plan::along::{Gap, WHOLE, Window};
use crate::source::Span;
use crate::typed::{AlongTime, Builtin, TimeFunction, Typed, TypedKind, ValueId};
use crate::types::{ASSESSMENT, Type};
use crate::units::Unit;

/// What a function along time takes beside its value.
struct Takes {
    what: TimeFunction,
    name: &'static str,
    /// Names of arguments; `over` first where it is needed.
    names: &'static [&'static str],
    /// A window must be given.
    windowed: bool,
}

fn takes(name: &str) -> Option<Takes> {
    const WINDOW: &[&str] = &["over", "require", "since", "within"];
    const LENGTH: &[&str] = &["over", "since", "within"];
    // What lies before the row's own period is not a whole spell.
    const BEFORE: &[&str] = &["over", "require", "since"];
    let (what, name, names, windowed) = match name {
        "lag" => (TimeFunction::Lag, "lag", ["first", "gap"].as_slice(), false),
        "at" => (TimeFunction::At, "at", ["when"].as_slice(), false),
        "change" => (TimeFunction::Change, "change", LENGTH, true),
        "growth" => (TimeFunction::Growth, "growth", LENGTH, true),
        "sum" => (TimeFunction::Window(Window::Sum), "sum", WINDOW, true),
        "mean" => (TimeFunction::Window(Window::Mean), "mean", WINDOW, true),
        "min" => (TimeFunction::Window(Window::Min), "min", WINDOW, true),
        "max" => (TimeFunction::Window(Window::Max), "max", WINDOW, true),
        "count" => (TimeFunction::Window(Window::Known), "count", WINDOW, true),
        "stddev" => (TimeFunction::Window(Window::StdDev), "stddev", WINDOW, true),
        "median" => (TimeFunction::Window(Window::Median), "median", WINDOW, true),
        "trend" => (TimeFunction::Window(Window::Trend), "trend", WINDOW, true),
        "sustained" => {
            let names = ["for", "require", "since", "within"].as_slice();
            (TimeFunction::Sustained, "sustained", names, true)
        }
        "since" => (TimeFunction::Since, "since", [].as_slice(), false),
        "ever" => (TimeFunction::Ever, "ever", WINDOW, false),
        "crosses" => {
            let names = ["above", "below"].as_slice();
            (TimeFunction::CrossesAbove, "crosses", names, false)
        }
        "record_high" => (TimeFunction::RecordHigh, "record_high", WINDOW, false),
        "record_low" => (TimeFunction::RecordLow, "record_low", WINDOW, false),
        "last" => (TimeFunction::Window(Window::Last), "last", LENGTH, false),
        "previous" => {
            let names = ["over", "since"].as_slice();
            (TimeFunction::Previous, "previous", names, false)
        }
        "baseline" => (TimeFunction::Baseline, "baseline", BEFORE, true),
        _ => return None,
    };
    Some(Takes {
        what,
        name,
        names,
        windowed,
    })
}

/// The names of arguments of `at` in a panel: an event, or the parts of a period.
fn names_of_at(kind: PeriodKind) -> &'static [&'static str] {
    match kind {
        PeriodKind::Year => &["when", "year"],
        PeriodKind::Quarter => &["when", "year", "quarter"],
        PeriodKind::Month => &["when", "year", "month"],
        PeriodKind::Week(_) => &["when", "year", "week"],
        PeriodKind::Day => &["when", "year", "month", "day"],
    }
}

/// By what the periods of a panel are named: `at(x, year: 2024, month: 5)`.
fn parts_of(kind: PeriodKind) -> &'static [&'static str] {
    names_of_at(kind).get(1..).unwrap_or_default()
}

impl Checker<'_, '_> {
    /// A call of a function along time.
    pub fn along_time(&mut self, name: &str, args: &[Arg], span: Span) -> Typed {
        let Some(takes) = takes(name) else {
            return self.poison(span);
        };
        let Some(kind) = self.panel.period else {
            // The parts are still read, so that what is wrong in them is told too.
            for arg in args.iter().filter(|arg| arg.name.is_none()).take(1) {
                self.expr(&arg.value, None);
            }
            self.no_periods(name, span);
            return self.poison(span);
        };
        let named = |wanted: &str| {
            let mut names = args.iter().filter_map(|arg| arg.name.as_ref());
            names.any(|name| name.text == wanted)
        };
        let placed: &[&str] = match takes.what {
            TimeFunction::Lag | TimeFunction::Recall => &["x", HOW_LONG],
            TimeFunction::At
                if !named("when") && !parts_of(kind).iter().any(|part| named(part)) =>
            {
                &["x", WHICH_YEAR]
            }
            TimeFunction::Change
            | TimeFunction::Growth
            | TimeFunction::Window(_)
            | TimeFunction::CountYes
            | TimeFunction::Sustained
            | TimeFunction::Ever
            | TimeFunction::Since
            | TimeFunction::CrossesAbove
            | TimeFunction::CrossesBelow
            | TimeFunction::RecordHigh
            | TimeFunction::RecordLow
            | TimeFunction::Baseline
            | TimeFunction::Previous
            | TimeFunction::At => &["x"],
        };
        let names = if takes.what == TimeFunction::At && !named("when") {
            names_of_at(kind)
        } else {
            takes.names
        };
        let form = Form {
            placed,
            names,
            needs_one: takes.windowed || takes.what == TimeFunction::CrossesAbove,
        };
        let arguments = self.arguments(takes.name, args, span, form);
        let of = args.iter().find(|arg| arg.name.is_none());
        let of = match of {
            Some(arg) if takes.what == TimeFunction::Lag && named("first") => {
                return self.recalled(&takes, &arg.value, arguments);
            }
            Some(arg) => self.expr(&arg.value, None),
            None => self.poison(span),
        };
        let Some(arguments) = arguments else {
            return self.poison(span);
        };
        let window = self.window_of(&takes, &arguments);
        let event = arguments.named("since").or(arguments.named("when"));
        let since = match event {
            Some(event) => match self.event(event, takes.name) {
                Some(event) => Some(event),
                None => return self.poison(span),
            },
            None => self.since_the_first(&takes, &arguments),
        };
        let within = match arguments.named("within") {
            Some(spell) => match self.spell(spell, takes.name) {
                Some(spell) => Some(spell),
                None => return self.poison(span),
            },
            None => None,
        };
        let of = self.one(of, "name the one that is meant");
        if of.ty.is_error() {
            return self.poison(span);
        }
        let Some((over, require)) = window else {
            return self.poison(span);
        };
        let call = AlongTime {
            what: takes.what,
            of,
            over,
            require,
            threshold: None,
            since,
            within,
            recall: None,
        };
        if call.what == TimeFunction::At && call.since.is_none() {
            return self.at_period(call, &arguments, kind);
        }
        self.series(call, &arguments, kind)
    }

    /// Of `change(x, over: all)`, which leads from the entity's first period on: the event that is yes in that
    /// period alone. Nothing lies before it.
    fn since_the_first(&self, takes: &Takes, arguments: &Arguments<'_>) -> Option<Typed> {
        let all = arguments.named("over").filter(|over| self.is_all(over))?;
        if !matches!(takes.what, TimeFunction::Change | TimeFunction::Growth) {
            return None;
        }
        let span = self.at(all.span);
        let truth = |kind| Typed {
            kind,
            ty: Type::Truth,
            span,
        };
        let before = AlongTime {
            what: TimeFunction::Lag,
            of: truth(TypedKind::Truth {
                yes: true,
                no: false,
            }),
            over: 1,
            require: WHOLE,
            threshold: None,
            since: None,
            within: None,
            recall: None,
        };
        let before = truth(TypedKind::Along(Box::new(before)));
        let is_there = truth(TypedKind::IsKnown(Box::new(before)));
        Some(truth(TypedKind::Not(Box::new(is_there))))
    }

    /// The window and what it requires, in periods.
    fn window_of(&mut self, takes: &Takes, arguments: &Arguments<'_>) -> Option<(u32, u32)> {
        let function = takes.name;
        if let (None, Some(gap)) = (arguments.named("first"), arguments.named("gap")) {
            let span = self.at(gap.span);
            self.missing_argument("first", span, None, arguments.call());
            return None;
        }
        if takes.what == TimeFunction::Lag {
            let by = arguments.placed.get(1)?;
            return Some((self.periods(by, "`lag`")?, WHOLE));
        }
        let length = match takes.what {
            TimeFunction::Since | TimeFunction::CrossesAbove | TimeFunction::At => {
                return Some((WHOLE, WHOLE));
            }
            TimeFunction::Sustained => "for",
            TimeFunction::Lag
            | TimeFunction::Change
            | TimeFunction::Growth
            | TimeFunction::Window(_)
            | TimeFunction::CountYes
            | TimeFunction::Ever
            | TimeFunction::CrossesBelow
            | TimeFunction::RecordHigh
            | TimeFunction::RecordLow
            | TimeFunction::Baseline
            | TimeFunction::Previous
            | TimeFunction::Recall => "over",
        };
        let windows = [length, "since", "within"];
        let windows = windows.map(|name| arguments.named(name).map(|value| (name, value)));
        let mut windows = windows.into_iter().flatten();
        if let (Some((first, one)), Some((second, other))) = (windows.next(), windows.next()) {
            let (at_first, at_second) = (self.at(one.span), self.at(other.span));
            self.reports.add(TwoWindows {
                function: function.to_owned(),
                first,
                second,
                at_first,
                at_second,
            });
            return None;
        }
        let since = arguments.named("since").or(arguments.named("within"));
        let over = match arguments.named(length) {
            Some(value) if self.is_all(value) => Some((WHOLE, self.at(value.span))),
            Some(value) => {
                let context = format!("`{length}:` of `{function}`");
                let bare = |checker: &Self, value: &ast::Expr| {
                    let ast::ExprKind::Number(number) = &value.kind else {
                        return None;
                    };
                    let is_bare = number.unit.is_none() && !number.percent;
                    is_bare.then(|| (checker.at(value.span), number.text.clone()))
                };
                // Two numbers that lack their unit are one slip.
                self.bare_require = arguments
                    .named("require")
                    .and_then(|require| bare(self, require));
                let periods = self.periods(value, &context);
                self.bare_require = None;
                Some((periods?, self.at(value.span)))
            }
            None if since.is_some() => None,
            None if takes.windowed => {
                self.missing_argument(length, arguments.span, None, arguments.call());
                return None;
            }
            None => None,
        };
        let require = match arguments.named("require") {
            Some(value) => {
                let context = format!("`require:` of `{function}`");
                Some((self.periods(value, &context)?, self.at(value.span)))
            }
            None => None,
        };
        if let (Some((over, window)), Some((require, span))) = (over, require)
            && require > over
        {
            self.reports.add(RequireTooMuch { span, window });
            return None;
        }
        let needs_two = matches!(
            takes.what,
            TimeFunction::RecordHigh
                | TimeFunction::RecordLow
                | TimeFunction::Window(Window::StdDev | Window::Trend)
        );
        if let Some((1, span)) = over
            && needs_two
        {
            self.reports.add(WindowTooShort {
                function: function.to_owned(),
                span,
            });
            return None;
        }
        let over = over.map_or(WHOLE, |(over, _)| over);
        if matches!(
            takes.what,
            TimeFunction::Window(Window::Last) | TimeFunction::Previous
        ) {
            // The newest one that is known.
            return Some((over, 1));
        }
        let require = require.map_or(over, |(require, _)| require);
        Some((over, require))
    }

    /// `lag(x, 1 day, first: 15)`: with a stated beginning, so that a value can rest on its own past.
    fn recalled(
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
    pub(super) fn declared_level(&self, id: ValueId) -> Option<Type> {
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

    /// `at(x, 2015)`: a year, in a panel by year.
    fn at_period(
        &mut self,
        mut call: AlongTime,
        arguments: &Arguments<'_>,
        kind: PeriodKind,
    ) -> Typed {
        let span = arguments.span;
        let Some(period) = arguments.placed.get(1) else {
            return match self.period_by_parts(arguments, kind) {
                Some(period) => {
                    call.threshold = Some(period);
                    self.series(call, arguments, kind)
                }
                None => self.poison(span),
            };
        };
        let period = self.expr(period, None);
        if period.ty == Type::Truth {
            // `at(x, vote)`: the event is there, its name is not.
            let words = self.words(period.span);
            let written = (!words.is_empty()).then(|| format!("when: {words}"));
            self.missing_argument("when", period.span, written, arguments.call());
            return self.poison(span);
        }
        let period = self.as_one_number(period, "the period of `at`");
        if period.ty.is_error() {
            return self.poison(span);
        }
        let is_plain = Self::unit_of(&period.ty).is_some_and(Unit::is_plain);
        if kind != PeriodKind::Year || !is_plain {
            let found = self.show(&period.ty);
            self.reports.add(NoPeriod {
                span: period.span,
                found,
                kind,
                meant: self.at_by_parts(kind),
            });
            return self.poison(span);
        }
        call.threshold = Some(period);
        self.series(call, arguments, kind)
    }

    /// How the periods of a panel are named in `at`.
    fn at_by_parts(&self, kind: PeriodKind) -> String {
        let parts = parts_of(kind).iter().map(|part| match *part {
            "year" => "year: 2015".to_owned(),
            other => format!("{other}: 3"),
        });
        format!("at(x, {})", parts.collect::<Vec<_>>().join(", "))
    }

    /// `at(x, year: y, month: m)`: the number of that period.
    fn period_by_parts(&mut self, arguments: &Arguments<'_>, kind: PeriodKind) -> Option<Typed> {
        let mut parts = Vec::new();
        let mut failed = false;
        for name in parts_of(kind) {
            let Some(part) = arguments.named(name) else {
                self.missing_argument(name, arguments.span, None, arguments.call());
                return None;
            };
            let part = self.expr(part, Some(&Type::plain()));
            let part = self.as_one_number(part, "a part of the period of `at`");
            failed |= part.ty.is_error();
            if !part.ty.is_error() && part.ty != Type::plain() {
                let found = self.show(&part.ty);
                self.reports.add(NoPeriod {
                    span: part.span,
                    found,
                    kind,
                    meant: self.at_by_parts(kind),
                });
                failed = true;
            }
            parts.push(part);
        }
        let span = parts.first().zip(parts.last());
        let span = span.map(|(first, last)| first.span.to(last.span))?;
        (!failed).then(|| Typed {
            kind: TypedKind::Builtin(Builtin::PeriodOf(kind), parts),
            ty: Type::plain(),
            span,
        })
    }

    /// What a window begins with: an answer of yes or no.
    fn event(&mut self, event: &ast::Expr, function: &str) -> Option<Typed> {
        let event = self.expr(event, None);
        let event = self.one(event, "name the one that is meant");
        if event.ty.is_error() {
            return None;
        }
        if event.ty != Type::Truth {
            let found = self.show(&event.ty);
            let compared = self.compared(&event);
            self.reports.add(WrongSeries {
                function: format!("since: … of {function}"),
                span: event.span,
                found,
                compared,
            });
            return None;
        }
        Some(event)
    }

    /// What a window is a whole spell of: an alert, or an answer of yes or no.
    fn spell(&mut self, spell: &ast::Expr, function: &str) -> Option<Typed> {
        let spell = self.expr(spell, None);
        let spell = self.one(spell, "name the one that is meant");
        if spell.ty.is_error() {
            return None;
        }
        if spell.ty != Type::Truth && !self.is_alert(&spell) {
            let found = self.show(&spell.ty);
            let compared = self.compared(&spell);
            self.reports.add(WrongSeries {
                function: format!("within: … of {function}"),
                span: spell.span,
                found,
                compared,
            });
            return None;
        }
        Some(spell)
    }

    fn is_alert(&self, named: &Typed) -> bool {
        let TypedKind::Value(id) = named.kind else {
            return false;
        };
        let declared = self.framework.values.get(id.0 as usize);
        declared.is_some_and(|value| matches!(value.what, ValueSource::Alert(_)))
    }

    /// `over: all`: everything so far.
    fn is_all(&self, value: &ast::Expr) -> bool {
        matches!(&value.kind, ast::ExprKind::Name(name) if name.text == "all")
            && !self.framework.value_names.contains_key("all")
            && !self.framework.groups.families.contains_key("all")
    }

    /// The kind of the value decides what the function gives.
    fn series(
        &mut self,
        mut call: AlongTime,
        arguments: &Arguments<'_>,
        kind: PeriodKind,
    ) -> Typed {
        let span = arguments.span;
        let quoted = format!("`{}`", arguments.function);
        let period = || match kind {
            PeriodKind::Day => "day",
            PeriodKind::Week(_) => "week",
            PeriodKind::Month => "month",
            PeriodKind::Quarter => "quarter",
            PeriodKind::Year => "year",
        };
        let of_ty = call.of.ty.clone();
        let ty = match call.what {
            TimeFunction::Lag | TimeFunction::At | TimeFunction::Recall => of_ty,
            TimeFunction::Window(Window::Last) | TimeFunction::Previous if of_ty == Type::Count => {
                Type::plain()
            }
            TimeFunction::Window(Window::Last) | TimeFunction::Previous => of_ty,
            TimeFunction::Window(Window::Min | Window::Max) if matches!(of_ty, Type::Level(_)) => {
                of_ty
            }
            TimeFunction::Window(Window::Known) if of_ty == Type::Truth => {
                call.what = TimeFunction::CountYes;
                Type::Count
            }
            TimeFunction::Window(Window::Known) => Type::plain(),
            TimeFunction::Sustained | TimeFunction::Ever | TimeFunction::Since => {
                if of_ty != Type::Truth {
                    let found = self.show(&of_ty);
                    let compared = self.compared(&call.of);
                    self.reports.add(WrongSeries {
                        function: arguments.function.to_owned(),
                        span: call.of.span,
                        found,
                        compared,
                    });
                    return self.poison(span);
                }
                if call.what == TimeFunction::Since {
                    Type::Number(self.units.get(period()).cloned().unwrap_or_default())
                } else {
                    Type::Truth
                }
            }
            TimeFunction::Change
            | TimeFunction::Growth
            | TimeFunction::Window(_)
            | TimeFunction::CountYes
            | TimeFunction::CrossesAbove
            | TimeFunction::CrossesBelow
            | TimeFunction::RecordHigh
            | TimeFunction::RecordLow
            | TimeFunction::Baseline => {
                let of = std::mem::replace(&mut call.of, self.poison(span));
                call.of = self.as_one_number(of, &quoted);
                let Some(unit) = Self::unit_of(&call.of.ty).cloned() else {
                    return self.poison(span);
                };
                match call.what {
                    TimeFunction::Growth => Type::Number(Unit::plain()),
                    TimeFunction::Window(Window::Trend) => {
                        let time = self.units.get(period()).cloned().unwrap_or_default();
                        // What is counted stays as it was written: percent a year.
                        let written = unit.per(&time);
                        let Some(unit) = written else {
                            self.reports
                                .add(crate::diagnostics::units::UnitTooLarge { span });
                            return self.poison(span);
                        };
                        if unit.is_dimensionless() {
                            return trend_of_time(call, unit, span);
                        }
                        Type::Number(unit)
                    }
                    TimeFunction::CrossesAbove => {
                        return self.crossing(call, arguments, &unit);
                    }
                    TimeFunction::RecordHigh | TimeFunction::RecordLow => Type::Truth,
                    TimeFunction::Lag
                    | TimeFunction::Change
                    | TimeFunction::Window(_)
                    | TimeFunction::CountYes
                    | TimeFunction::Sustained
                    | TimeFunction::Ever
                    | TimeFunction::Since
                    | TimeFunction::CrossesBelow
                    | TimeFunction::Baseline
                    | TimeFunction::Previous
                    | TimeFunction::At
                    | TimeFunction::Recall => Type::Number(unit),
                }
            }
        };
        Typed {
            kind: TypedKind::Along(Box::new(call)),
            ty,
            span,
        }
    }

    /// A comparison of a number, where a question is asked for.
    fn compared(&self, value: &Typed) -> Option<String> {
        match &value.ty {
            Type::Number(unit) => Some(self.threshold_on(value, unit)),
            Type::Truth
            | Type::Level(_)
            | Type::Category(_)
            | Type::Count
            | Type::List(_)
            | Type::Error => None,
        }
    }

    fn crossing(&mut self, mut call: AlongTime, arguments: &Arguments<'_>, unit: &Unit) -> Typed {
        let span = arguments.span;
        let threshold = match (arguments.named("above"), arguments.named("below")) {
            (Some(above), None) => above,
            (None, Some(below)) => {
                call.what = TimeFunction::CrossesBelow;
                below
            }
            (above, _) => {
                self.reports.add(OneThreshold {
                    span,
                    both: above.is_some(),
                });
                return self.poison(span);
            }
        };
        let place = self.at(threshold.span);
        let threshold = self.expr(threshold, None);
        let threshold = self.as_one_number(threshold, "a threshold of `crosses`");
        let Some(own) = Self::unit_of(&threshold.ty).cloned() else {
            return self.poison(span);
        };
        if self.tells_bare_among(&[&call.of, &threshold]) {
            return self.poison(span);
        }
        let common = self.unit_to_compare(&[&call.of, &threshold]);
        let brought = common.and_then(|common| {
            let of = Self::convert(call.of.clone(), &common)?;
            Some((of, Self::convert(threshold, &common)?))
        });
        match brought {
            Some((of, threshold)) => {
                call.of = of;
                call.threshold = Some(threshold);
            }
            None => {
                self.reports.add(crate::diagnostics::units::ArgumentUnit {
                    others: Vec::new(),
                    param: None,
                    function: "crosses".to_owned(),
                    parameter: "above".to_owned(),
                    span: place,
                    found: self.units.show(&own),
                    wanted: self.units.show(unit),
                    because: Some(call.of.span),
                    literal: self.literal(place),
                    divided: None,
                });
                return self.poison(span);
            }
        }
        Typed {
            kind: TypedKind::Along(Box::new(call)),
            ty: Type::Truth,
            span,
        }
    }
}

/// The trend of a length of time cancels: it is a plain number.
fn trend_of_time(call: AlongTime, written: Unit, span: Span) -> Typed {
    let trend = Typed {
        kind: TypedKind::Along(Box::new(call)),
        ty: Type::Number(written),
        span,
    };
    Checker::convert(trend.clone(), &Unit::plain()).unwrap_or(trend)
}
