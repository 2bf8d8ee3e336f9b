//! How far a function along time looks: windows, spells, and events that they begin with.

use super::super::context::Checker;
use super::super::named_arguments::Arguments;
use super::Takes;
use crate::diagnostics::panel_functions::{
    RequireTooMuch, TwoWindows, WindowTooShort, WrongSeries,
};
use crate::framework::ValueSource;
use crate::plan::along::{WHOLE, Window};
use crate::typed::{AlongTime, TimeFunction, Typed, TypedKind};
use crate::types::Type;
use forewarn_grammar::ast;

impl Checker<'_, '_> {
    /// Of `change(x, over: all)`, which leads from the entity's first period on: the event that is yes in that
    /// period alone. Nothing lies before it.
    pub(super) fn since_the_first(
        &self,
        takes: &Takes,
        arguments: &Arguments<'_>,
    ) -> Option<Typed> {
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
    pub(super) fn window_of(
        &mut self,
        takes: &Takes,
        arguments: &Arguments<'_>,
    ) -> Option<(u32, u32)> {
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

    /// What a window begins with: an answer of yes or no.
    pub(super) fn event(&mut self, event: &ast::Expr, function: &str) -> Option<Typed> {
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
    pub(super) fn spell(&mut self, spell: &ast::Expr, function: &str) -> Option<Typed> {
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
    pub(super) fn is_all(&self, value: &ast::Expr) -> bool {
        matches!(&value.kind, ast::ExprKind::Name(name) if name.text == "all")
            && !self.framework.value_names.contains_key("all")
            && !self.framework.groups.families.contains_key("all")
    }
}
