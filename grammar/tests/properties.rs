//! What holds for every text: reading ends without a panic, and every span lies in the file and in
//! the span of what it is part of.

use forewarn_grammar::ast::*;
use forewarn_grammar::{Parsed, parse};
use proptest::prelude::*;

const WORDS: &[&str] = &[
    "framework",
    "module",
    "use",
    "panel",
    "source",
    "unit",
    "indicator",
    "param",
    "let",
    "score",
    "signal",
    "factor",
    "scale",
    "level",
    "fn",
    "alert",
    "test",
    "override",
    "table",
    "extends",
    "if",
    "then",
    "else",
    "and",
    "or",
    "not",
    "is",
    "in",
    "yes",
    "no",
    "unknown",
    "missing",
    "allow",
    "at",
    "because",
    "by",
    "carry",
    "expires",
    "applies",
    "changeable",
    "cost",
    "after",
    "category",
    "cite",
    "classification",
    "clear",
    "column",
    "combine",
    "cooldown",
    "coverage",
    "escalate",
    "for",
    "forward",
    "from",
    "known",
    "least",
    "license",
    "list",
    "means",
    "members",
    "most",
    "nature",
    "number",
    "of",
    "on",
    "optional",
    "otherwise",
    "polarity",
    "raise",
    "require",
    "unless",
    "until",
    "version",
    "violation",
    "weight",
    "when",
    "a",
    "b",
    "deaths",
    "conflict",
    "1",
    "2.5",
    "40%",
    "12x",
    "\"text\"",
    "\"open",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "{",
    "}",
    ",",
    ":",
    "=",
    ".",
    "..",
    "..<",
    "->",
    "+",
    "-",
    "*",
    "/",
    "<",
    "<=",
    ">",
    ">=",
    "??",
    "==",
    "!=",
    "&&",
    ";",
    "@",
    "é",
    "// c\n",
    "/// d\n",
    "\n",
    "\n",
    "\n",
    "\u{feff}",
    "%",
    "“x”",
    "/*",
    "#",
];

/// Pieces of good rules, so that the soup gets past the first word.
const PIECES: &[&str] = &[
    "factor f \"F\" {",
    "members {",
    "a weight 3,",
    "combine weighted mean",
    "require 50% coverage",
    "level l \"L\" : s {",
    "high when a > 3,",
    "low otherwise,",
    "low in 0..<2,",
    "alert w \"W\" {",
    "raise when a > 3 for 2 months",
    "escalate when a is b",
    "cooldown 6 months unless a",
    "on unknown hold",
    "minmax(a, baseline: 2010..2020)",
    "scale s { a < b }",
    "indicator i \"I\" : deaths in 0..",
    "from ucdp column \"x\"",
    "let x = ",
    "score y = ",
    "sum(a, over: 12 months)",
    "if a then b else c",
    "at least 3 of (a, b)",
    "x is missing",
    "x in 0..1",
    "x in {a, b}",
    "a + b * c",
    "fn f(x: number[u]) -> number = x",
    "param p = 3",
    "source s \"S\" { license \"x\" }",
    "unit u = 2 people",
    "missing means 0",
    "}",
];

fn soup() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        3 => prop::sample::select(WORDS).prop_map(str::to_owned),
        2 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => Just("\n".to_owned()),
    ];
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_soup_of_words_is_read(text in soup()) {
        check(&text);
    }

    #[test]
    fn lists_in_soup_are_read(before in soup(), behind in soup()) {
        check(&format!("{before}\nindicators a \"A\", b : number {behind}"));
    }

    #[test]
    fn any_text_is_read(text in "(\\PC|\n|\"|\\\\|[a-z(){}.,<=>0-9 ]){0,120}") {
        check(&text);
    }
}

#[test]
fn what_is_read_behind_its_block_lies_within_its_declaration() {
    check(
        "members { cite \n \"text\" scale s { a < b } } alert w \"W\" {\nindicators a \"A\", b : number ",
    );
}

fn check(text: &str) {
    let parsed = parse(text);
    for problem in &parsed.problems {
        inside(problem.span, text);
    }
    let mut last = None;
    for item in &parsed.file.items {
        inside(item.span, text);
        // Those of one list, `indicators a, b : number`, are all where the list is.
        let is_later = |last: Span| item.span == last || item.span.start >= last.end;
        assert!(last.is_none_or(is_later), "declarations in order");
        last = Some(item.span);
    }
    for comment in &parsed.file.comments {
        inside(comment.span, text);
    }
    let lost = parsed
        .file
        .items
        .iter()
        .any(|i| matches!(i.kind, ItemKind::Error { .. }));
    assert!(
        !lost || !parsed.problems.is_empty(),
        "what is not read is told"
    );
    expressions(&parsed, &mut |expr, around| {
        inside(expr.span, text);
        assert!(
            around.start <= expr.span.start && expr.span.end <= around.end,
            "spans nest"
        );
    });
}

fn inside(span: Span, text: &str) {
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(
        start <= end && text.get(start..end).is_some(),
        "{span:?} in {text:?}"
    );
}

type Visit<'v> = &'v mut dyn FnMut(&Expr, Span);

/// Visits every expression with the span of what it is part of.
fn expressions(parsed: &Parsed, visit: Visit<'_>) {
    for item in &parsed.file.items {
        let around = item.span;
        let attrs = match &item.kind {
            ItemKind::Param(p) => {
                p.values.iter().for_each(|v| walk(&v.value, v.span, visit));
                &p.attrs
            }
            ItemKind::Binding(b) => {
                walk(&b.value, around, visit);
                &b.attrs
            }
            ItemKind::Factor(f) => {
                for member in &f.members {
                    member
                        .weight
                        .iter()
                        .for_each(|w| walk(w, member.span, visit));
                    member
                        .decisive
                        .iter()
                        .for_each(|d| walk(d, member.span, visit));
                    member
                        .own
                        .iter()
                        .for_each(|own| walk(&own.value, member.span, visit));
                }
                f.require
                    .iter()
                    .for_each(|r| walk(&r.amount, r.span, visit));
                f.combine
                    .iter()
                    .for_each(|c| c.number.iter().for_each(|n| walk(n, c.span, visit)));
                &f.attrs
            }
            ItemKind::Level(l) => {
                l.from.iter().for_each(|e| walk(e, around, visit));
                for arm in &l.arms {
                    match &arm.kind {
                        LevelArmKind::When(e) => walk(e, arm.span, visit),
                        LevelArmKind::Band(r) => walk_range(r, arm.span, visit),
                        LevelArmKind::Otherwise => {}
                    }
                }
                &l.attrs
            }
            ItemKind::Test(t) => {
                if let TestKind::Rows {
                    given,
                    expects,
                    body,
                    ..
                } = &t.kind
                {
                    for given in given {
                        inside_of(given.span, *body);
                        walk(&given.value, given.span, visit);
                    }
                    for expect in expects {
                        inside_of(expect.span, *body);
                        if let ExpectKind::Holds { value, within } = &expect.kind {
                            walk(value, expect.span, visit);
                            within.iter().for_each(|e| walk(e, expect.span, visit));
                        }
                    }
                }
                continue;
            }
            ItemKind::Alert(a) => {
                for clause in &a.clauses {
                    inside_of(clause.span, a.body);
                    let parts = match &clause.kind {
                        AlertClauseKind::When {
                            condition, lasting, ..
                        } => [Some(condition), lasting.as_ref()],
                        AlertClauseKind::Cooldown { length, unless, .. } => {
                            [Some(length), unless.as_ref()]
                        }
                        AlertClauseKind::OnUnknown(_) => [None, None],
                    };
                    for part in parts.into_iter().flatten() {
                        walk(part, clause.span, visit);
                    }
                }
                &a.attrs
            }
            ItemKind::Function(f) => {
                walk(&f.body, around, visit);
                continue;
            }
            ItemKind::Indicator { attrs, .. } => attrs,
            _ => continue,
        };
        for attr in attrs {
            match &attr.kind {
                AttrKind::MissingMeans { value, .. }
                | AttrKind::CarryForward(value)
                | AttrKind::Changeable(Some(value))
                | AttrKind::AppliesWhen(value)
                | AttrKind::Expires(value) => {
                    walk(value, attr.span, visit);
                }
                _ => {}
            }
        }
    }
}

fn inside_of(span: Span, around: Span) {
    assert!(around.start <= span.start && span.end <= around.end);
}

fn walk_range(range: &Range, around: Span, visit: Visit<'_>) {
    inside_of(range.span, around);
    for end in [&range.low, &range.high].into_iter().flatten() {
        walk(end, range.span, visit);
    }
}

fn walk(expr: &Expr, around: Span, visit: Visit<'_>) {
    visit(expr, around);
    let span = expr.span;
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Truth(_) | ExprKind::Missing | ExprKind::Name(_) => {}
        ExprKind::Error => {}
        ExprKind::Periods { from, until } => {
            inside_of(from.span(), span);
            if let Some(until) = until {
                inside_of(until.span(), span);
            }
        }
        ExprKind::Piecewise { of, pieces } => {
            walk(of, span, visit);
            for range in pieces.iter().flat_map(|(from, to)| [from, to]) {
                inside_of(range.span, span);
                for end in range.low.iter().chain(&range.high) {
                    walk(end, range.span, visit);
                }
            }
        }
        ExprKind::Member { of: e, .. }
        | ExprKind::Paren(e)
        | ExprKind::Negate(e)
        | ExprKind::Required(e)
        | ExprKind::Repeat { value: e, .. }
        | ExprKind::Not(e) => walk(e, span, visit),
        ExprKind::Weighted { value, weight } => {
            walk(value, span, visit);
            walk(weight, span, visit);
        }
        ExprKind::Call { args, .. } => args.iter().for_each(|a| walk(&a.value, span, visit)),
        ExprKind::Alternatives(all)
        | ExprKind::List(all)
        | ExprKind::And(all)
        | ExprKind::Or(all)
        | ExprKind::Fallback(all) => {
            all.iter().for_each(|e| walk(e, span, visit));
        }
        ExprKind::Sum { first, rest } => {
            walk(first, span, visit);
            rest.iter().for_each(|(_, e)| walk(e, span, visit));
        }
        ExprKind::Product { first, rest } => {
            walk(first, span, visit);
            rest.iter().for_each(|(_, e)| walk(e, span, visit));
        }
        ExprKind::Comparison { first, rest } => {
            walk(first, span, visit);
            rest.iter().for_each(|(_, e)| walk(e, span, visit));
        }
        ExprKind::Is { of, what, .. } => {
            walk(of, span, visit);
            if let IsWhat::Value(value) = what {
                walk(value, span, visit);
            }
        }
        ExprKind::In { of, set, .. } => {
            walk(of, span, visit);
            if let InSet::Range(range) = set {
                walk_range(range, span, visit);
            }
        }
        ExprKind::If { arms, otherwise } => {
            for (condition, value) in arms {
                walk(condition, span, visit);
                walk(value, span, visit);
            }
            walk(otherwise, span, visit);
        }
        ExprKind::AtLeast { k, of } => {
            walk(k, span, visit);
            of.iter().for_each(|e| walk(e, span, visit));
        }
    }
}
