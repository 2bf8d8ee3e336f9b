//! Puts together the declarations whose parts may come in any order.
//!
//! In: the parts as the grammar read them. Out: factors, params, alerts and rules of aggregation.

use crate::ast::*;
use crate::problem::{Problem, ProblemKind};
use crate::tree::Context;

/// What the grammar reads, by the token put first.
#[derive(Debug)]
pub(crate) enum Entry {
    Declaration(Box<ItemKind>),
    /// A part of a declaration that recovery read by itself; only that it reads matters.
    Part,
}

#[derive(Debug)]
pub(crate) enum FactorPart {
    Combine(Combine),
    Require(Require),
    Members(Vec<Member>),
    Attr(Attr),
}

#[derive(Debug)]
pub(crate) enum AlertPart {
    Clause(AlertClause),
    Attr(Attr),
}

#[derive(Debug)]
pub(crate) enum TestPart {
    Given(Given),
    Expect(Expect),
}

/// What may follow a value of a `param`.
#[derive(Debug)]
pub(crate) enum ValueTail {
    From(PeriodLit),
    Until(PeriodLit),
    Attr(Attr),
}

/// A value of a `param` with its periods; its properties go to `attrs`.
pub(crate) fn param_value(
    value: Expr,
    tail: Vec<ValueTail>,
    start: u32,
    end: u32,
) -> (ParamValue, Vec<Attr>) {
    let mut attrs = Vec::new();
    let mut read = ParamValue {
        value,
        from: None,
        until: None,
        span: Span { start, end },
    };
    for part in tail {
        match part {
            ValueTail::From(period) => read.from = Some(period),
            ValueTail::Until(period) => read.until = Some(period),
            ValueTail::Attr(attr) => attrs.push(attr),
        }
    }
    let ends = [&read.from, &read.until]
        .into_iter()
        .flatten()
        .map(|p| p.span.end)
        .max();
    read.span.end = ends.unwrap_or(read.value.span.end);
    (read, attrs)
}

pub(crate) fn param(
    name: Name,
    label: Option<Text>,
    ty: Option<TypeExpr>,
    read: Vec<(ParamValue, Vec<Attr>)>,
) -> Param {
    let mut values = Vec::with_capacity(read.len());
    let mut attrs = Vec::new();
    for (value, its_attrs) in read {
        values.push(value);
        attrs.extend(its_attrs);
    }
    Param {
        name,
        label,
        ty,
        values,
        attrs,
    }
}

/// Sorts what stands between an alert's braces.
pub(crate) fn alert(name: Name, label: Option<Text>, parts: Vec<AlertPart>, body: Span) -> Alert {
    let mut alert = Alert {
        name,
        label,
        clauses: Vec::new(),
        attrs: Vec::new(),
        body,
    };
    for part in parts {
        match part {
            AlertPart::Clause(clause) => alert.clauses.push(clause),
            AlertPart::Attr(attr) => alert.attrs.push(attr),
        }
    }
    alert
}

/// Sorts what stands between a test's braces.
pub(crate) fn test(label: Text, over: Option<TestOver>, parts: Vec<TestPart>, body: Span) -> Test {
    let (mut given, mut expects) = (Vec::new(), Vec::new());
    for part in parts {
        match part {
            TestPart::Given(part) => given.push(part),
            TestPart::Expect(part) => expects.push(part),
        }
    }
    Test {
        label,
        kind: TestKind::Rows {
            over,
            given,
            expects,
            body,
        },
    }
}

/// The words after `combine`. In `power mean p` the last word is the power.
pub(crate) fn combine(mut words: Vec<Name>, number: Option<Expr>, start: u32, end: u32) -> Combine {
    let mut number = number.map(Box::new);
    let is_power = matches!(words.as_slice(), [a, b, _] if a.text == "power" && b.text == "mean");
    if is_power && number.is_none() {
        number = words.pop().map(|name| {
            let span = name.span;
            Box::new(Expr {
                kind: ExprKind::Name(name),
                span,
                depth: 1,
            })
        });
    }
    Combine {
        words,
        number,
        span: Span { start, end },
    }
}

impl Context<'_> {
    fn twice(&self, word: &str, span: Span) {
        let kind = ProblemKind::Unexpected {
            found: format!("a second `{word}`"),
            expected: vec![format!("one `{word}` in a factor")],
            missing_separator: None,
        };
        self.slips.borrow_mut().push(Problem { kind, span });
    }

    /// Sorts what stands between a factor's braces; a second `combine` or `require` is told and
    /// the first holds, members of several lists are joined.
    pub fn factor(
        &self,
        name: Name,
        label: Option<Text>,
        parts: Vec<(FactorPart, Span)>,
        body: Span,
    ) -> Factor {
        let mut factor = Factor {
            name,
            label,
            combine: None,
            require: None,
            members: Vec::new(),
            attrs: Vec::new(),
            body,
        };
        let mut has_members = false;
        for (part, span) in parts {
            match part {
                FactorPart::Combine(_) if factor.combine.is_some() => self.twice("combine", span),
                FactorPart::Combine(combine) => factor.combine = Some(combine),
                FactorPart::Require(_) if factor.require.is_some() => self.twice("require", span),
                FactorPart::Require(require) => factor.require = Some(require),
                FactorPart::Members(members) => {
                    if has_members {
                        self.twice("members", span);
                    }
                    has_members = true;
                    factor.members.extend(members);
                }
                FactorPart::Attr(attr) => factor.attrs.push(attr),
            }
        }
        factor
    }
}
