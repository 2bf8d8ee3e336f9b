//! The arguments of the language's own functions along time and across peers: the first by place,
//! the others by name, because `mean(x, 12, 9)` says nothing to a reader.

use forewarn_grammar::ast::{Arg, Expr, ExprKind, Name};

use super::context::Checker;
use crate::diagnostics::names::{ArgumentTwice, UnknownArgument, UnknownWord, WrongArgumentCount};
use crate::diagnostics::panel_functions::MissingNamedArgument;
use crate::source::Span;
use crate::units::Units;

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
            match found.placed.get(placed.len()) {
                // `mean(x, 12 months)`: the value is there, its name is not.
                Some(surplus) if !names.is_empty() => {
                    let place = self.at(surplus.span);
                    self.missing_argument(function, names.first().copied().unwrap_or(""), place);
                }
                _ => self.reports.add(WrongArgumentCount {
                    function: function.to_owned(),
                    span,
                    found: args.len(),
                    wanted,
                    declared: None,
                }),
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
            self.missing_argument(function, "over", span);
        }
        is_window
    }

    pub fn missing_argument(&mut self, function: &str, argument: &str, span: Span) {
        self.reports.add(MissingNamedArgument {
            function: function.to_owned(),
            argument: argument.to_owned(),
            span,
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
        } else {
            self.words(span)
        };
        let found = known.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            self.reports.add(UnknownWord {
                what: match name {
                    "ties" => "rule for ties".to_owned(),
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
