//! Puts together the declarations whose parts may come in any order.
//!
//! In: the parts as the grammar read them. Out: factors, params, alerts and rules of aggregation.

use crate::ast::*;
use crate::problem::{Problem, ProblemKind};
use crate::tree::Context;

/// What the grammar reads, by the token put first.
#[derive(Debug)]
pub(crate) enum Entry {
    Declaration(Box<Declared>),
    /// A part of a declaration that recovery read by itself; only that it reads matters.
    Part,
}

/// A declaration with what stands around it.
#[derive(Debug)]
pub(crate) struct Declared {
    pub openness: Option<Openness>,
    pub kind: ItemKind,
    pub because: Option<Text>,
    /// Others of the kind that are declared with it.
    pub more: Vec<ItemKind>,
}

impl Declared {
    /// The same as a change of another framework.
    pub fn changing(self, change: impl Fn(Box<ItemKind>) -> Change) -> Self {
        let changed = |kind| ItemKind::Change(change(Box::new(kind)));
        Self {
            kind: changed(self.kind),
            more: self.more.into_iter().map(changed).collect(),
            ..self
        }
    }
}

/// Takes the reason of a declaration out of its properties.
pub(crate) fn reasoned(mut kind: ItemKind) -> Declared {
    let because = match &mut kind {
        ItemKind::Framework(Framework { attrs, .. })
        | ItemKind::Source {
            properties: attrs, ..
        }
        | ItemKind::Indicator { attrs, .. }
        | ItemKind::Param(Param { attrs, .. })
        | ItemKind::Binding(Binding { attrs, .. })
        | ItemKind::Scale { attrs, .. }
        | ItemKind::Level(Level { attrs, .. })
        | ItemKind::Factor(Factor { attrs, .. })
        | ItemKind::Group(Group { attrs, .. })
        | ItemKind::Alert(Alert { attrs, .. })
        | ItemKind::Table(Table { attrs, .. })
        | ItemKind::Property(Property { attrs, .. }) => take_reason(attrs),
        _ => None,
    };
    Declared {
        openness: None,
        kind,
        because,
        more: Vec::new(),
    }
}

/// `indicators a, b "B" : number`: one for each name.
pub(crate) fn indicators(
    names: Vec<(Name, Option<Text>)>,
    ty: &TypeExpr,
    attrs: &[Attr],
) -> Declared {
    let each = names.into_iter().map(|(name, label)| {
        reasoned(ItemKind::Indicator {
            name,
            label,
            ty: ty.clone(),
            attrs: attrs.to_vec(),
        })
    });
    let mut each = each.collect::<Vec<_>>().into_iter();
    let first = each.next();
    let more = each.map(|one| one.kind).collect();
    match first {
        Some(first) => Declared { more, ..first },
        None => reasoned(ItemKind::Error { name: None }),
    }
}

/// `show region, population`: one for each name.
pub(crate) fn show(names: Vec<Name>, because: Option<Text>) -> Declared {
    let mut each = names.into_iter().map(|name| ItemKind::Show { name });
    let kind = each.next().unwrap_or(ItemKind::Error { name: None });
    Declared {
        openness: None,
        kind,
        because,
        more: each.collect(),
    }
}

/// The first reason among the properties that is no other property's.
fn take_reason(attrs: &mut Vec<Attr>) -> Option<Text> {
    let at = attrs
        .iter()
        .position(|attr| matches!(attr.kind, AttrKind::Because(_)))?;
    match attrs.remove(at).kind {
        AttrKind::Because(text) => Some(text),
        _ => None,
    }
}

/// Gives reasons to the properties before them that take one.
pub(crate) fn attrs(read: Vec<Attr>) -> Vec<Attr> {
    let mut attrs: Vec<Attr> = Vec::with_capacity(read.len());
    for attr in read {
        if let AttrKind::Because(text) = &attr.kind
            && let Some(last) = attrs.last_mut()
            && let AttrKind::MissingMeans { because, .. } | AttrKind::Allow { because, .. } =
                &mut last.kind
            && because.is_none()
        {
            *because = Some(text.clone());
            last.span.end = attr.span.end;
            continue;
        }
        attrs.push(attr);
    }
    attrs
}

pub(crate) fn override_text(
    what: Name,
    target: Vec<Name>,
    text: Text,
    because: Option<Text>,
) -> Declared {
    let to = OverrideTo::Text(text);
    let attrs = Vec::new();
    let change = Change::Override(Override {
        what,
        target,
        to,
        attrs,
    });
    Declared {
        openness: None,
        kind: ItemKind::Change(change),
        because,
        more: Vec::new(),
    }
}

pub(crate) fn override_values(
    what: Name,
    target: Vec<Name>,
    read: Vec<(ParamValue, Vec<Attr>)>,
) -> Declared {
    let (values, its_attrs): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let mut attrs = attrs(its_attrs.into_iter().flatten().collect());
    let because = take_reason(&mut attrs);
    let to = OverrideTo::Values(values);
    let change = Change::Override(Override {
        what,
        target,
        to,
        attrs,
    });
    Declared {
        openness: None,
        kind: ItemKind::Change(change),
        because,
        more: Vec::new(),
    }
}

pub(crate) fn property(
    label: Text,
    subject: Name,
    words: Vec<Name>,
    within: Option<Range>,
    attrs: Vec<Attr>,
) -> Property {
    let mut claim = vec![subject];
    claim.extend(words);
    Property {
        label,
        claim,
        within,
        attrs,
    }
}

#[derive(Debug)]
pub(crate) enum FactorPart {
    Combine(Combine),
    Require(Require),
    Members(Vec<Member>),
    TotalWeight(Expr),
    Evidence(Name),
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
    let mut its = Vec::new();
    for (value, its_attrs) in read {
        values.push(value);
        its.extend(its_attrs);
    }
    let attrs = attrs(its);
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
        notice: false,
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
    alert.attrs = attrs(alert.attrs);
    alert
}

/// `notice sight_lost "Sight lost" when … for 3 months`: raised as long as the condition holds.
pub(crate) fn notice(
    name: Name,
    label: Option<Text>,
    (condition, lasting): (Expr, Option<Expr>),
    [span, body]: [Span; 2],
    parts: Vec<AlertPart>,
) -> Alert {
    let kind = AlertClauseKind::When {
        change: AlertChange::Raise,
        condition,
        lasting,
    };
    let condition = AlertPart::Clause(AlertClause { kind, span });
    let parts = std::iter::once(condition).chain(parts).collect();
    Alert {
        notice: true,
        ..alert(name, label, parts, body)
    }
}

/// `treated.gdp` as the one name of what it names.
pub(crate) fn dotted(path: Vec<Name>) -> Name {
    let ends = path.first().zip(path.last());
    let span = ends.map_or_else(Span::default, |(first, last)| first.span.to(last.span));
    let words: Vec<&str> = path.iter().map(|name| name.text.as_str()).collect();
    Name {
        text: words.join("."),
        span,
    }
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

/// A member: what is declared elsewhere by its name, anything else as a step of its own.
pub(crate) fn member(
    value: Expr,
    label: Option<Text>,
    weight: Option<Expr>,
    decisive: Option<Expr>,
    span: Span,
) -> Member {
    match value.kind {
        ExprKind::Name(name) if label.is_none() => Member {
            name,
            own: None,
            weight,
            decisive,
            span,
        },
        _ => own_member(value, label, weight, decisive, span),
    }
}

/// A member that is written where it counts: a step called by its own words.
pub(crate) fn own_member(
    value: Expr,
    label: Option<Text>,
    weight: Option<Expr>,
    decisive: Option<Expr>,
    span: Span,
) -> Member {
    let name = Name {
        text: crate::print::expr(&value),
        span: value.span,
    };
    let own = Binding {
        kind: BindingKind::Let,
        name: name.clone(),
        label,
        ty: None,
        value,
        attrs: Vec::new(),
    };
    Member {
        name,
        own: Some(Box::new(own)),
        weight,
        decisive,
        span,
    }
}

impl Context<'_> {
    fn twice(&self, word: &str, span: Span) {
        let kind = ProblemKind::Unexpected {
            found: format!("a second `{word}`"),
            expected: vec![format!("one `{word}` in a factor")],
            missing_separator: None,
            hint: crate::problem::Hint::None,
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
            total_weight: None,
            evidence: None,
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
                FactorPart::TotalWeight(_) if factor.total_weight.is_some() => {
                    self.twice("total weight", span);
                }
                FactorPart::TotalWeight(total) => factor.total_weight = Some(total),
                FactorPart::Evidence(_) if factor.evidence.is_some() => {
                    self.twice("evidence", span);
                }
                FactorPart::Evidence(evidence) => factor.evidence = Some(evidence),
                FactorPart::Attr(attr) => factor.attrs.push(attr),
            }
        }
        factor.attrs = attrs(factor.attrs);
        factor
    }
}
