//! Functions that look along time: which values and windows they take, and what kind comes out.

mod at;
mod own_past;
mod spans;

use at::{names_of_at, parts_of};
use forewarn_grammar::ast::Arg;

use super::context::Checker;
use super::named_arguments::Arguments;
use super::shapes::{Form, HOW_LONG, WHICH_YEAR};
use crate::diagnostics::panel_functions::{OneThreshold, WrongSeries};
use crate::plan::PeriodKind;
use crate::plan::along::Window;
use crate::source::Span;
use crate::typed::{AlongTime, TimeFunction, Typed, TypedKind};
use crate::types::Type;
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
                    literal: self.literal_amount(place),
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
