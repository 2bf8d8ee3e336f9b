//! The arguments of the language's own functions along time and across peers: the first by place,
//! the others by name, because `mean(x, 12, 9)` says nothing to a reader.

use forewarn_grammar::ast::{Arg, Expr, ExprKind, Name};

use super::context::Checker;
use crate::diagnostics::names::{
    ArgumentTwice, UnknownArgument, UnknownWord, WrongArgumentCount, not_given,
};
use crate::diagnostics::panel_functions::MissingNamedArgument;
use crate::plan::period;
use crate::source::Span;
use crate::units::Units;

/// Could the value be what an argument of that name holds? A number is no group of peers.
fn takes(argument: &str, value: &ExprKind) -> bool {
    match argument {
        "" => false,
        "among" | "first" | "ties" => matches!(value, ExprKind::Name(_)),
        _ => true,
    }
}

/// The arguments of one call, sorted out.
pub(super) struct Arguments<'t> {
    pub function: &'static str,
    pub span: Span,
    /// By place; as many as the function takes.
    pub placed: Vec<&'t Expr>,
    named: Vec<(&'t Name, &'t Expr)>,
}

impl<'t> Arguments<'t> {
    pub fn named(&self, name: &str) -> Option<&'t Expr> {
        self.named
            .iter()
            .find(|(known, _)| known.text == name)
            .map(|(_, value)| *value)
    }
}

impl Checker<'_, '_> {
    /// Sorts arguments out; `None` where something is wrong and told. `placed` are the names, for
    /// people, of those that stand first; `optional` and `required` those that have a name.
    pub fn arguments<'t>(
        &mut self,
        function: &'static str,
        args: &'t [Arg],
        span: Span,
        placed: &[&str],
        names: &[&str],
    ) -> Option<Arguments<'t>> {
        let mut found = Arguments {
            function,
            span,
            placed: Vec::new(),
            named: Vec::new(),
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
                });
                right = false;
            } else {
                found.named.push((name, &arg.value));
            }
        }
        if right && found.placed.len() != placed.len() {
            let named = names.iter().map(|name| format!("{name}: …"));
            let wanted = placed.iter().map(|name| (*name).to_owned());
            let wanted: Vec<String> = wanted.chain(named).collect();
            let first = names.first().copied().unwrap_or_default();
            match found.placed.get(placed.len()) {
                // `mean(x, 12 months)`: the value is there, its name is not.
                Some(surplus) if takes(first, &surplus.kind) => {
                    let place = self.at(surplus.span);
                    let written = self.named_as(first, place);
                    self.missing_argument(function, first, place, written);
                }
                _ => {
                    let named: Vec<&str> = found
                        .named
                        .iter()
                        .map(|(name, _)| name.text.as_str())
                        .collect();
                    let needed: Vec<String> = wanted.iter().take(placed.len()).cloned().collect();
                    self.reports.add(WrongArgumentCount {
                        function: function.to_owned(),
                        span,
                        found: args.len(),
                        missing: not_given(&needed, &named, found.placed.len()),
                        meant: self.between_ends(&found),
                        wanted,
                        declared: None,
                    });
                }
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
            self.missing_argument(function, "over", span, written);
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

    pub fn missing_argument(
        &mut self,
        function: &str,
        argument: &str,
        span: Span,
        written: Option<String>,
    ) {
        self.reports.add(MissingNamedArgument {
            function: function.to_owned(),
            argument: argument.to_owned(),
            span,
            written,
        });
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
