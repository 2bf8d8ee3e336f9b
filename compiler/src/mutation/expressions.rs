//! Changes to expressions: operators, numbers, connectives, what is asked and what is left out.

use forewarn_grammar::ast::{
    Arg, CompareOp, Expr, ExprKind, InSet, IsWhat, Name, Operator, ProductOp, Range, Span, SumOp,
    TruthWord,
};

use super::ChangeKind as Kind;
use super::items::number_of;
use super::numbers::beside;
use super::walk::{SHORT, Walk};
use crate::check::puts_together;
use crate::typed::Builtin;

/// Functions of the language that are easily taken for each other.
const KIN: &[(&str, &str)] = &[
    ("max", "min"),
    ("min", "max"),
    ("mean", "max"),
    ("median", "mean"),
    ("sum", "mean"),
    ("geometric_mean", "mean"),
    ("harmonic_mean", "mean"),
    ("any", "all"),
    ("all", "any"),
    ("floor", "ceil"),
    ("ceil", "floor"),
    ("record_high", "record_low"),
    ("record_low", "record_high"),
    ("sustained", "ever"),
    ("ever", "sustained"),
];

/// Words that arguments choose from.
const CHOICES: &[(&str, &str)] = &[("highest", "lowest"), ("lowest", "highest")];
/// What stands for a gap in an own past.
const GAP: &str = "gap";
/// How `verified(…)` reads what is not verified.
const UNVERIFIED_AS: &str = "unverified as";
const LEAST_ALARMING: &str = "least alarming";

impl Walk<'_> {
    pub fn expr(&mut self, expr: &mut Expr) {
        if self.is_done() {
            return;
        }
        let span = expr.span;
        match &mut expr.kind {
            ExprKind::Number(number) => self.number(Kind::Number, number, span),
            ExprKind::Member { of, .. } => self.expr(of),
            ExprKind::Call { function, args } => {
                let kin = KIN.iter().find(|(name, _)| *name == function.text);
                if let Some((_, other)) = kin
                    && self.instead(Kind::Function, function.span, other)
                {
                    (*other).clone_into(&mut function.text);
                }
                self.required(args);
                for arg in args.iter_mut() {
                    if let Some((kind, words)) = chosen(arg) {
                        if self.instead(Kind::Missing, arg.value.span, words) {
                            arg.value.kind = kind;
                        }
                        continue;
                    }
                    let choice = match (&arg.name, &mut arg.value.kind) {
                        (Some(_), ExprKind::Name(word)) => CHOICES
                            .iter()
                            .find(|(known, _)| *known == word.text)
                            .map(|(_, other)| (word, *other)),
                        _ => None,
                    };
                    if let Some((word, other)) = choice {
                        if self.instead(Kind::Function, word.span, other) {
                            other.clone_into(&mut word.text);
                        }
                    } else {
                        let value = arg.value.span;
                        let named = arg.name.as_ref().map(|name| name.span.to(value));
                        self.told_with(&mut arg.value, named.unwrap_or(value));
                    }
                }
                if Builtin::find(&function.text).is_some_and(puts_together) {
                    self.several(args);
                }
            }
            ExprKind::List(parts) | ExprKind::Alternatives(parts) => {
                self.parts(parts, Kind::Member);
            }
            ExprKind::Paren(inner) | ExprKind::Negate(inner) => self.expr(inner),
            ExprKind::Weighted { value, weight } => {
                self.expr(value);
                self.told_with(weight, span);
            }
            ExprKind::Not(inner) => {
                let dropped = self.instead(Kind::Not, span, &self.words(inner.span));
                self.expr(inner);
                if dropped {
                    *expr = (**inner).clone();
                }
            }
            ExprKind::Sum { first, rest } => {
                self.expr(first);
                let mut left = first.span;
                for (operator, part) in rest {
                    let (other, sign) = match operator.op {
                        SumOp::Add => (SumOp::Subtract, "-"),
                        SumOp::Subtract => (SumOp::Add, "+"),
                    };
                    self.operator(operator, left.to(part.span), other, sign);
                    self.expr(part);
                    left = part.span;
                }
            }
            ExprKind::Product { first, rest } => {
                self.expr(first);
                let mut left = first.span;
                for (operator, part) in rest {
                    let (other, sign) = match operator.op {
                        ProductOp::Multiply => (ProductOp::Divide, "/"),
                        ProductOp::Divide => (ProductOp::Multiply, "*"),
                    };
                    self.operator(operator, left.to(part.span), other, sign);
                    self.expr(part);
                    left = part.span;
                }
            }
            ExprKind::Comparison { first, rest } => {
                self.expr(first);
                let mut left = first.span;
                for (operator, part) in rest {
                    let (other, sign) = match operator.op {
                        CompareOp::Less => (CompareOp::LessOrEqual, "<="),
                        CompareOp::LessOrEqual => (CompareOp::Less, "<"),
                        CompareOp::Greater => (CompareOp::GreaterOrEqual, ">="),
                        CompareOp::GreaterOrEqual => (CompareOp::Greater, ">"),
                    };
                    let whole = left.to(part.span);
                    self.operator(operator, whole, other, sign);
                    self.told_with(part, whole);
                    left = part.span;
                }
            }
            ExprKind::Is { of, negated, what } => {
                self.expr(of);
                self.turned(span, negated);
                if let IsWhat::Value(value) = what {
                    self.expr(value);
                }
            }
            ExprKind::Piecewise { of, pieces } => {
                self.expr(of);
                self.breakpoints(pieces);
                for (_, to) in pieces {
                    self.range(to);
                }
            }
            ExprKind::In { of, negated, set } => {
                self.expr(of);
                self.turned(span, negated);
                match set {
                    InSet::Range(range) => self.range(range),
                    InSet::Names(names, _) if names.len() > 1 => {
                        for index in 0..names.len() {
                            let span = names.get(index).map_or(span, |name| name.span);
                            if self.without(Kind::Member, span) {
                                names.remove(index);
                                return;
                            }
                        }
                    }
                    InSet::Names(..) => {}
                }
            }
            ExprKind::And(parts) => {
                if self.connective(span, parts, "or") {
                    expr.kind = ExprKind::Or(std::mem::take(parts));
                    return;
                }
                self.parts(parts, Kind::Condition);
                only(expr);
            }
            ExprKind::Or(parts) => {
                if self.connective(span, parts, "and") {
                    expr.kind = ExprKind::And(std::mem::take(parts));
                    return;
                }
                self.parts(parts, Kind::Condition);
                only(expr);
            }
            ExprKind::Fallback(parts) => {
                self.parts(parts, Kind::Condition);
                only(expr);
            }
            ExprKind::If { arms, otherwise } => {
                for (condition, value) in arms {
                    self.expr(condition);
                    self.expr(value);
                }
                self.expr(otherwise);
            }
            ExprKind::AtLeast { k, of } => {
                self.expr(k);
                self.parts(of, Kind::Member);
            }
            ExprKind::Truth(_)
            | ExprKind::Missing
            | ExprKind::Name(_)
            | ExprKind::Periods { .. }
            // Changed with the call that asks for it.
            | ExprKind::Required(_)
            | ExprKind::Repeat { .. }
            | ExprKind::Error => {}
        }
    }

    /// Each of several values is left out where there are others. One alone is a list of one.
    fn several(&mut self, args: &mut Vec<Arg>) {
        let placed = args.iter().filter(|arg| arg.name.is_none()).count();
        if placed < 2 {
            return;
        }
        for index in 0..args.len() {
            let Some(arg) = args.get(index).filter(|arg| arg.name.is_none()) else {
                continue;
            };
            if !self.without(Kind::Member, arg.value.span) {
                continue;
            }
            args.remove(index);
            let mut rest = args.iter_mut().filter(|arg| arg.name.is_none());
            if let (Some(only), None) = (rest.next(), rest.next()) {
                let (span, depth) = (only.value.span, only.value.depth.saturating_add(1));
                only.value = Expr {
                    kind: ExprKind::List(vec![only.value.clone()]),
                    span,
                    depth,
                };
            }
            return;
        }
    }

    /// Two pieces that meet at a written number meet elsewhere.
    fn breakpoints(&mut self, pieces: &mut [(Range, Range)]) {
        for index in 1..pieces.len() {
            let (before, rest) = pieces.split_at_mut(index);
            let (Some((one, _)), Some((other, _))) = (before.last_mut(), rest.first_mut()) else {
                return;
            };
            let (Some(one), Some(other)) = (number_of(&mut one.high), number_of(&mut other.low))
            else {
                continue;
            };
            let all = beside(one).into_iter().zip(beside(other));
            for ((here, text), (there, other_text)) in all {
                let moved = self.offer(Kind::Number, one.span, |walk| {
                    let of = walk.declaration();
                    format!("pieces of `{of}` met at `{text}`, not at `{}`", one.text)
                });
                if moved {
                    (one.value, one.text) = (here, text);
                    (other.value, other.text) = (there, other_text);
                    return;
                }
            }
        }
    }

    /// How many of several values must be known, and that it does with some of them.
    fn required(&mut self, args: &mut Vec<Arg>) {
        let several = args.iter().filter(|arg| arg.name.is_none()).count();
        let Some(last) = args.last_mut() else { return };
        let ExprKind::Required(amount) = &mut last.value.kind else {
            return;
        };
        let span = last.value.span;
        let mut asks_all = false;
        if let ExprKind::Number(number) = &mut amount.kind {
            asks_all = several > 1 && number.value >= several as f64;
            self.number(Kind::Require, number, span);
        } else {
            self.expr(&mut *amount);
        }
        if !asks_all && self.without(Kind::Require, span) {
            args.pop();
        }
    }

    /// Each part is changed, and each left out where there are others.
    fn parts(&mut self, parts: &mut Vec<Expr>, kind: Kind) {
        for part in parts.iter_mut() {
            self.expr(part);
        }
        if parts.len() < 2 {
            return;
        }
        for index in 0..parts.len() {
            let Some(span) = parts.get(index).map(|part| part.span) else {
                return;
            };
            if self.without(kind, span) {
                parts.remove(index);
                return;
            }
        }
    }

    /// A number is told with the words around it.
    pub fn told_with(&mut self, expr: &mut Expr, around: Span) {
        if let ExprKind::Number(number) = &mut expr.kind {
            self.number(Kind::Number, number, around);
        } else {
            self.expr(expr);
        }
    }

    /// An operator with what stands on its right, and on its left where that is short.
    fn operator<T>(&mut self, operator: &mut Operator<T>, whole: Span, other: T, sign: &str) {
        let from = |start: u32| Span { start, ..whole };
        let whole = match self.words(whole).chars().count() {
            0..=SHORT => whole,
            _ => from(operator.span.start),
        };
        let before = self.words(Span {
            end: operator.span.start,
            ..whole
        });
        let words = format!("{before} {sign} {}", self.words(from(operator.span.end)));
        if self.instead(Kind::Operator, whole, words.trim()) {
            operator.op = other;
        }
    }

    /// `is` and `is not`, `in` and `not in`.
    fn turned(&mut self, span: Span, negated: &mut bool) {
        let turned = self.offer(Kind::Not, span, |walk| {
            let (of, words) = (walk.declaration(), walk.words(span));
            format!("`{words}` in `{of}` were the opposite")
        });
        if turned {
            *negated = !*negated;
        }
    }

    fn connective(&mut self, span: Span, parts: &[Expr], other: &str) -> bool {
        let words = || parts.iter().map(|part| self.words(part.span));
        let other = words().collect::<Vec<_>>().join(&format!(" {other} "));
        self.instead(Kind::Operator, span, &other)
    }

    pub fn range(&mut self, range: &mut Range) {
        if let Some(low) = &mut range.low {
            self.expr(low);
        }
        if let Some(high) = &mut range.high {
            self.expr(high);
            let span = range.span;
            let turned = self.offer(Kind::Operator, span, |walk| {
                let (of, words) = (walk.declaration(), walk.words(span));
                let what = if range.half_open {
                    "included"
                } else {
                    "excluded"
                };
                format!("`{words}` in `{of}` {what} its upper end")
            });
            if turned {
                range.half_open = !range.half_open;
            }
        }
    }
}

/// What an argument that chooses between words of its own would be otherwise, and how that is written.
fn chosen(arg: &Arg) -> Option<(ExprKind, &'static str)> {
    let name = arg.name.as_ref()?;
    let word = |words: &'static str| {
        let text = words.to_owned();
        let span = arg.value.span;
        (ExprKind::Name(Name { text, span }), words)
    };
    match (name.text.as_str(), &arg.value.kind) {
        (UNVERIFIED_AS, ExprKind::Truth(_)) => Some(word(LEAST_ALARMING)),
        (UNVERIFIED_AS, ExprKind::Name(_)) => {
            Some((ExprKind::Truth(TruthWord::Unknown), "unknown"))
        }
        (GAP, ExprKind::Name(one)) if one.text == "first" => Some(word("last")),
        (GAP, ExprKind::Name(_)) => Some(word("first")),
        (GAP, ExprKind::Missing) => Some(word("last")),
        _ => None,
    }
}

/// Of a chain that has lost all parts but one, that part.
fn only(expr: &mut Expr) {
    let (ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::Fallback(parts)) = &mut expr.kind
    else {
        return;
    };
    if parts.len() == 1
        && let Some(part) = parts.pop()
    {
        *expr = part;
    }
}
