//! Lists of values, and what only they can be asked.

use forewarn_grammar::ast::{Expr, ExprKind};

use super::context::Checker;
use super::weights::apart;
use crate::diagnostics::types::{ListNotHere, WantedList, WantedTruth};
use crate::source::Span;
use crate::typed::{BOTH_WAYS, Builtin, Typed, TypedKind};
use crate::types::Type;

impl Checker<'_, '_> {
    /// `[a, b, c]`: all of one kind.
    pub fn list(&mut self, parts: &[Expr], span: Span, want: Option<&Type>) -> Typed {
        if let Some(item) = self.item.clone() {
            return self.one_listed(parts, &item, span, want);
        }
        let want = match want {
            Some(Type::List(of)) => Some((**of).clone()),
            _ => None,
        };
        let own: Vec<&Expr> = parts.iter().map(|part| apart(part).0).collect();
        let mut early = match want {
            Some(_) => None,
            None => self.kind_of_words(&own),
        };
        let mut values: Vec<Typed> = Vec::with_capacity(parts.len());
        let told = early.as_ref().map(|(_, early)| early.ty.clone());
        for (index, part) in own.into_iter().enumerate() {
            let value = match early.take_if(|(at, _)| *at == index) {
                Some((_, early)) => early,
                None => self.expr(part, want.as_ref().or(told.as_ref())),
            };
            values.push(self.one(value, "write the members of the inner list one by one"));
        }
        let list = self.list_of(values, span);
        let weights = self.weights(parts.iter());
        self.weighed(list, weights)
    }

    /// The words of a scale or a category say something beside a value of it: where they stand before it, the
    /// first value of several that has a kind by itself, and its place.
    pub(super) fn kind_of_words(&mut self, parts: &[&Expr]) -> Option<(usize, Typed)> {
        if !parts.first().is_some_and(|first| self.only_a_place(first)) {
            return None;
        }
        let at = parts
            .iter()
            .position(|part| !self.only_a_place(part) && !matches!(part.kind, ExprKind::Missing))?;
        let value = self.expr(parts.get(at)?, None);
        Some((at, value))
    }

    /// `any of { a, b }`: yes where one is, else the highest of levels or numbers.
    pub fn alternatives(&mut self, of: &[Expr], span: Span) -> Typed {
        let mut values: Vec<Typed> = Vec::with_capacity(of.len());
        for part in of {
            let value = self.several(part, Some(&Type::Truth));
            // A group is all of its items.
            if let TypedKind::List(parts) = value.kind {
                values.extend(parts);
            } else {
                values.push(self.one(value, "write the alternatives one by one"));
            }
        }
        let ty = self.alike(&mut values);
        let kind = match &ty {
            Type::Truth => TypedKind::Or(values),
            Type::Level(_) | Type::Number(_) => {
                let list = Typed {
                    kind: TypedKind::List(values),
                    ty: Type::List(Box::new(ty.clone())),
                    span,
                };
                TypedKind::Builtin(Builtin::Alternatives, vec![list])
            }
            Type::Category(_) | Type::Count | Type::List(_) => {
                let found = self.shown_as(&ty);
                self.reports.add(WantedTruth {
                    span,
                    found,
                    context: "`any of`",
                    suggestion: Some("take yes or no, assessments or numbers".to_owned()),
                    edits: Vec::new(),
                });
                return self.poison(span);
            }
            Type::Error => return self.poison(span),
        };
        Typed { kind, ty, span }
    }

    pub fn list_of(&mut self, mut values: Vec<Typed>, span: Span) -> Typed {
        let ty = self.alike(&mut values);
        if ty.is_error() {
            return self.poison(span);
        }
        Typed {
            kind: TypedKind::List(values),
            ty: Type::List(Box::new(ty)),
            span,
        }
    }

    /// One value, not several.
    pub fn one(&mut self, value: Typed, help: &str) -> Typed {
        if !matches!(value.ty, Type::List(_)) || value.ty.is_error() {
            return value;
        }
        let found = self.show(&value.ty);
        self.reports.add(ListNotHere {
            span: value.span,
            found,
            help: help.to_owned(),
        });
        self.poison(value.span)
    }

    /// One truth, not several.
    pub fn as_one_truth(&mut self, value: Typed, context: &'static str) -> Typed {
        let value = self.as_truth(value, context);
        self.one(value, "ask for `any(…)`, `all(…)` or `count(…) >= 3`")
    }

    /// One number, not several.
    pub fn as_one_number(&mut self, value: Typed, context: &str) -> Typed {
        let value = self.as_number(value, context);
        self.one(
            value,
            "take one number of them: `mean(…)`, `max(…)`, `sum(…)`",
        )
    }

    /// The arguments of `count(…)` and its like as one list: a list, or several single values.
    pub fn gathered(&mut self, mut args: Vec<Typed>, span: Span, context: &str) -> Typed {
        if args.iter().any(|arg| arg.ty.is_error()) {
            return self.poison(span);
        }
        if args.len() == 1
            && let Some(only) = args.pop()
        {
            if matches!(only.ty, Type::List(_)) {
                return only;
            }
            let found = self.show(&only.ty);
            let function = context.trim_matches('`');
            self.reports.add(WantedList {
                span: only.span,
                found,
                context: context.to_owned(),
                past: self.over_its_past(function, &only),
                peers: self.over_its_peers(function, &only),
            });
            return self.poison(span);
        }
        let args = args
            .into_iter()
            .map(|arg| self.one(arg, "give one list alone, or single values"))
            .collect();
        self.list_of(args, span)
    }

    /// The call that looks at one value's past as this one does at several values.
    fn over_its_past(&self, function: &str, value: &Typed) -> Option<String> {
        let period = &self.panel.period_name;
        let words = self.words(value.span);
        if period.is_empty() || words.is_empty() {
            return None;
        }
        let window = format!("12 {period}s");
        let is_truth = value.ty == Type::Truth;
        match function {
            "any" if is_truth => Some(format!("ever({words}, over: {window})")),
            "all" if is_truth => Some(format!("sustained({words}, for: {window})")),
            _ if BOTH_WAYS.contains(&function) => {
                Some(format!("{function}({words}, over: {window})"))
            }
            _ => None,
        }
    }

    fn over_its_peers(&self, function: &str, value: &Typed) -> Option<String> {
        let words = self.words(value.span);
        let fits = BOTH_WAYS.contains(&function)
            && (matches!(value.ty, Type::Number(_))
                || (function == "count" && value.ty == Type::Truth));
        let fits = fits && !self.panel.is_series();
        (fits && !words.is_empty()).then(|| format!("{function}({words}, among: all)"))
    }

    /// `at least 3 of (a, b, c)`
    pub fn at_least(&mut self, k: &Expr, of: &[Expr], span: Span) -> Typed {
        let k = self.expr(k, None);
        let k = self.as_one_number(k, "`at least … of`");
        let k = match Self::unit_of(&k.ty) {
            Some(unit) if !unit.is_plain() => {
                let context = "`at least … of`".to_owned();
                let found = self.shown_as(&k.ty);
                self.reports.add(crate::diagnostics::types::WantedNumber {
                    words: String::new(),
                    span: k.span,
                    found,
                    context,
                    signal: None,
                    counted: None,
                });
                self.poison(k.span)
            }
            _ => k,
        };
        let of: Vec<Typed> = match of {
            [list] => vec![self.several(list, Some(&Type::Truth))],
            parts => {
                let parts = parts.iter();
                parts
                    .map(|part| self.expr(part, Some(&Type::Truth)))
                    .collect()
            }
        };
        let of = self.gathered(of, span, "`at least … of`");
        let of = self.truth_list(of, "`at least … of`");
        if k.ty.is_error() || of.ty.is_error() {
            return self.poison(span);
        }
        self.tell_weights_ignored("at least … of", &of, span);
        let kind = TypedKind::AtLeast {
            k: Box::new(k),
            of: Box::new(of),
        };
        Typed {
            kind,
            ty: Type::Truth,
            span,
        }
    }

    /// A list of truths, or told.
    pub fn truth_list(&mut self, list: Typed, context: &'static str) -> Typed {
        match &list.ty {
            Type::List(of) if matches!(**of, Type::Truth | Type::Error) => list,
            Type::Error => list,
            ty @ (Type::Number(_)
            | Type::Truth
            | Type::Level(_)
            | Type::Category(_)
            | Type::Count
            | Type::List(_)) => {
                let found = self.shown_as(ty);
                let suggestion = Some("compare them, such as `factors >= 0.7`".to_owned());
                self.reports.add(WantedTruth {
                    span: list.span,
                    found,
                    context,
                    suggestion,
                    edits: Vec::new(),
                });
                self.poison(list.span)
            }
        }
    }
}
