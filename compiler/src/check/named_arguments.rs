//! The arguments of the language's own functions along time and across peers: the first by place,
//! the others by name, because `mean(x, 12, 9)` says nothing to a reader.

use forewarn_grammar::ast::{Arg, Expr, ExprKind, Name};

use super::context::Checker;
use super::shapes::Form;
use crate::diagnostics::names::{
    ArgumentTwice, Taken, UnknownArgument, UnknownWord, WrongArgumentCount,
};
use crate::diagnostics::panel_functions::MissingNamedArgument;
use crate::framework::ValueSource;
use crate::plan::period;
use crate::source::Span;
use crate::types::Type;
use crate::units::Units;

/// The arguments of one call, sorted out.
pub(super) struct Arguments<'t> {
    pub function: &'static str,
    pub span: Span,
    /// By place; as many as the function takes.
    pub placed: Vec<&'t Expr>,
    named: Vec<(&'t Name, &'t Expr)>,
    args: &'t [Arg],
    form: Form,
}

impl<'t> Arguments<'t> {
    pub fn named(&self, name: &str) -> Option<&'t Expr> {
        self.named
            .iter()
            .find(|(known, _)| known.text == name)
            .map(|(_, value)| *value)
    }

    /// The call, for those who show how it is written.
    pub(super) fn call(&self) -> (&'static str, &'t [Arg], Form) {
        (self.function, self.args, self.form)
    }
}

impl Checker<'_, '_> {
    /// Sorts arguments out; `None` where something is wrong and told.
    pub fn arguments<'t>(
        &mut self,
        function: &'static str,
        args: &'t [Arg],
        span: Span,
        form: Form,
    ) -> Option<Arguments<'t>> {
        let Form { placed, names, .. } = form;
        let mut found = Arguments {
            function,
            span,
            placed: Vec::new(),
            named: Vec::new(),
            args,
            form,
        };
        let mut right = true;
        for arg in args {
            let Some(name) = &arg.name else {
                found.placed.push(&arg.value);
                continue;
            };
            let place = self.at(name.span);
            if !names.contains(&name.text.as_str()) {
                self.reports.add(UnknownArgument {
                    function: function.to_owned(),
                    name: name.text.clone(),
                    span: place,
                    known: names.iter().map(|name| (*name).to_owned()).collect(),
                });
                right = false;
            } else if let Some((first, _)) = found
                .named
                .iter()
                .find(|(known, _)| known.text == name.text)
            {
                let first = self.at(first.span);
                self.reports.add(ArgumentTwice {
                    function: function.to_owned(),
                    name: name.text.clone(),
                    first,
                    second: place,
                    nameless: false,
                    meant: None,
                });
                right = false;
            } else {
                found.named.push((name, &arg.value));
            }
        }
        if right && found.placed.len() != placed.len() {
            let surplus = found.placed.get(placed.len()).copied();
            // `mean(x, 12 months)`: the value is there, its name is not.
            let given: Vec<&str> = found
                .named
                .iter()
                .map(|(name, _)| name.text.as_str())
                .collect();
            let nameless =
                surplus.and_then(|value| Some((value, self.name_for(names, &given, value)?)));
            if let Some((value, name)) = nameless {
                let place = self.at(value.span);
                let written = self.named_as(name, place);
                self.missing_argument(name, place, written, (function, args, form));
            } else {
                let missing = placed.iter().skip(found.placed.len());
                let cause = WrongArgumentCount {
                    function: function.to_owned(),
                    span,
                    found: found.placed.len(),
                    taken: match names {
                        [] => Taken::Exactly(placed.len()),
                        _ => Taken::BeforeNames(placed.len()),
                    },
                    missing: missing.map(|what| (*what).to_owned()).collect(),
                    shape: self.how_written(function, args, form),
                    meant: self.between_ends(&found),
                    declared: None,
                };
                self.reports.add(cause);
            }
            right = false;
        }
        right.then_some(found)
    }

    /// `mean(x, 3 years)`: the window is there, its name is not.
    pub fn bare_window(&mut self, function: &str, args: &[Arg]) -> bool {
        let [_, window] = args else { return false };
        let is_window = window.name.is_none()
            && matches!(&window.value.kind, ExprKind::Number(number)
                if number.unit.as_ref().is_some_and(|unit| Units::is_built_in(&unit.text)));
        if is_window {
            let span = self.at(window.value.span);
            let written = self.named_as("over", span);
            let form = Form {
                placed: &["x"],
                names: &["over"],
                needs_one: true,
            };
            self.missing_argument("over", span, written, (function, args, form));
        }
        is_window
    }

    /// A value with the argument's name before it, and with the panel's period behind a bare number.
    fn named_as(&self, argument: &str, place: Span) -> Option<String> {
        let words = self.words(place);
        let bare = words.bytes().all(|b| b.is_ascii_digit());
        let of_time = matches!(argument, "over" | "for" | "require");
        let period = self.panel.period.map(period::kind_name);
        let unit = match (of_time && bare, period) {
            (true, Some(period)) if words == "1" => format!(" {period}"),
            (true, Some(period)) => format!(" {period}s"),
            (true, None) => return None,
            (false, _) => String::new(),
        };
        (!words.is_empty()).then(|| format!("{argument}: {words}{unit}"))
    }

    /// `minmax(x, 0, 10)`: between two fixed ends.
    fn between_ends(&self, found: &Arguments<'_>) -> Option<(Span, &'static str, String)> {
        let [x, low, high] = found.placed.as_slice() else {
            return None;
        };
        if found.function != "minmax" || !found.named.is_empty() {
            return None;
        }
        let words = |value: &Expr| self.words(self.at(value.span));
        let text = format!(
            "rescale({}, from: {}, to: {})",
            words(x),
            words(low),
            words(high)
        );
        Some((found.span, "between two fixed ends it", text))
    }

    /// Tells an argument that is needed, and is not there or without its name.
    pub fn missing_argument(
        &mut self,
        argument: &str,
        span: Span,
        written: Option<String>,
        (function, args, form): (&str, &[Arg], Form),
    ) {
        let cause = MissingNamedArgument {
            function: function.to_owned(),
            argument: argument.to_owned(),
            span,
            written,
            shape: self.how_written(function, args, form),
        };
        self.reports.add(cause);
    }

    /// The name of the argument that a value without one can be meant for, of those that are not given.
    fn name_for<'n>(&self, names: &[&'n str], given: &[&str], value: &Expr) -> Option<&'n str> {
        let mut free = names.iter().copied().filter(|name| !given.contains(name));
        let ExprKind::Name(word) = &value.kind else {
            let is_number = matches!(value.kind, ExprKind::Number(_));
            // A number is no group of peers, and no order; what is worked out is no length of time.
            return free.next().filter(|first| match *first {
                "over" | "for" => is_number,
                "above" | "below" => true,
                _ => false,
            });
        };
        let word = word.text.as_str();
        let is_key = self.panel.keys.iter().any(|key| key.name == word);
        let id = self.framework.value_names.get(word);
        let ty = id.and_then(|id| self.types.get(id));
        let is_param = id.and_then(|id| self.framework.values.get(id.0 as usize));
        let is_param = is_param.is_some_and(|value| matches!(value.what, ValueSource::Param(_)));
        let is_category = matches!(ty, Some(Type::Category(_)));
        free.find(|name| match *name {
            "among" => is_key || is_category || word == "all",
            "first" => matches!(word, "highest" | "lowest"),
            "ties" => matches!(word, "last" | "mean" | "dense"),
            "over" | "for" => is_param || word == "all",
            "above" | "below" => true,
            _ => false,
        })
    }

    /// One of a few words that stand as an argument: `ties: dense`.
    pub fn word_of<T: Copy>(
        &mut self,
        arguments: &Arguments<'_>,
        name: &str,
        known: &[(&'static str, T)],
    ) -> Option<T> {
        let first = known.first().map(|(_, first)| *first);
        let Some(value) = arguments.named(name) else {
            return first;
        };
        let span = self.at(value.span);
        let word = if let ExprKind::Name(word) = &value.kind {
            word.text.clone()
        } else if let ExprKind::Missing = &value.kind {
            "missing".to_owned()
        } else {
            self.words(span)
        };
        let found = known.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            self.reports.add(UnknownWord {
                what: match name {
                    "ties" => "rule for ties".to_owned(),
                    "gap" => "rule for gaps".to_owned(),
                    _ => "order".to_owned(),
                },
                word,
                span,
                known: known.iter().map(|(word, _)| *word).collect(),
            });
        }
        found.map(|(_, choice)| *choice)
    }
}
