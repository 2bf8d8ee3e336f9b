//! How the tests show what was read: the source, the tree in a compact form, the problems with the
//! words they point at.
#![allow(dead_code, reason = "each test file uses its part")]

use forewarn_grammar::ast::*;
use forewarn_grammar::{Hint, Parsed, Problem, ProblemKind, parse};

/// Source and outcome together, for a snapshot.
pub fn show(source: &str) -> String {
    let parsed = parse(source);
    let mut out = format!("{}\n", source.trim_end());
    out.push_str("──────── tree\n");
    out.push_str(&tree(&parsed));
    if !parsed.problems.is_empty() {
        out.push_str("──────── problems\n");
        for each in &parsed.problems {
            out.push_str(&problem(source, each));
        }
    }
    out
}

/// Source and problems together.
pub fn problems(source: &str) -> String {
    let parsed = parse(source);
    let mut out = format!("{}\n──────── problems\n", source.trim_end());
    for each in &parsed.problems {
        out.push_str(&problem(source, each));
    }
    out.push_str("──────── what is left\n");
    out.push_str(&tree(&parsed));
    out
}

fn problem(source: &str, problem: &Problem) -> String {
    let (start, end) = (problem.span.start as usize, problem.span.end as usize);
    let line = 1 + source[..start].matches('\n').count();
    let column = 1 + source[..start]
        .chars()
        .rev()
        .take_while(|c| *c != '\n')
        .count();
    let words = match &problem.kind {
        ProblemKind::Unexpected {
            found,
            expected,
            missing_separator,
            hint,
        } => {
            let mut words = format!("found {found}, expected {}", expected.join(" | "));
            if *hint != Hint::None {
                words.push_str(&format!(" ({hint:?})"));
            }
            if let Some((sign, at)) = missing_separator {
                let at: Vec<String> = at.iter().map(u32::to_string).collect();
                words.push_str(&format!(" (put in {sign:?} at {})", at.join(" and ")));
            }
            words
        }
        ProblemKind::UnexpectedEnd { expected, open } => {
            let open = open.map_or(String::new(), |o| {
                format!(
                    " (open since {:?})",
                    &source[o.start as usize..o.end as usize]
                )
            });
            format!("the file ends, expected {}{open}", expected.join(" | "))
        }
        other => format!("{other:?}"),
    };
    format!("{line}:{column} `{}` {words}\n", &source[start..end])
}

/// The tree, one line for each declaration and each part of one.
pub fn tree(parsed: &Parsed) -> String {
    let mut out = String::new();
    for item in &parsed.file.items {
        for doc in &item.docs {
            out.push_str(&format!("/// {}\n", doc.value));
        }
        if let Some(openness) = item.openness {
            out.push_str(&format!("{openness:?} "));
        }
        out.push_str(&declaration(&item.kind));
        if let Some(because) = &item.because {
            out.push_str(&format!("  reason {:?}\n", because.value));
        }
    }
    for comment in &parsed.file.comments {
        out.push_str(&format!(
            "comment {:?} at {:?}\n",
            comment.text, comment.span
        ));
    }
    for span in &parsed.broken {
        out.push_str(&format!("broken {span:?}\n"));
    }
    out
}

fn declaration(kind: &ItemKind) -> String {
    match kind {
        ItemKind::Framework(f) => {
            let extends = f.extends.as_ref().map_or(String::new(), |(name, version)| {
                format!(" extends {}{}", name.text, label(version))
            });
            let version = label(&f.version);
            format!(
                "framework {}{} version{version}{extends}\n",
                f.name.text,
                label(&f.label)
            ) + &attrs(&f.attrs)
        }
        ItemKind::Module { name, label: l } => format!("module {}{}\n", name.text, label(l)),
        ItemKind::Use { path, chosen } => {
            let words = |names: &[Name]| -> Vec<String> {
                names.iter().map(|name| name.text.clone()).collect()
            };
            let taken = match chosen.as_slice() {
                [] => String::new(),
                chosen => format!(".{{{}}}", words(chosen).join(", ")),
            };
            format!("use {}{taken}\n", words(path).join("."))
        }
        ItemKind::Panel(p) => {
            let period = p.period.as_ref();
            let period = period.map_or("-".to_owned(), |period| {
                let parts = [&period.column, &period.within, &period.written];
                let from = period.from.as_ref();
                let from = from.map_or(String::new(), |from| format!(" from {}", from.text));
                parts
                    .iter()
                    .fold(period.kind.text.clone() + &from, |text, part| {
                        text + &label(part)
                    })
            });
            let keys = p.keys.iter();
            let keys = keys.map(|key| format!("{}{}", key.name.text, label(&key.column)));
            let keys = keys.collect::<Vec<_>>().join(", ");
            let except: Vec<_> = p.except.iter().map(|name| name.value.as_str()).collect();
            let except = match except.is_empty() {
                true => String::new(),
                false => format!(" except {except:?}"),
            };
            format!("panel {keys} by {period}{except}\n")
        }
        ItemKind::Source {
            name,
            label: l,
            properties,
        } => format!("source {}{}\n", name.text, label(l)) + &attrs(properties),
        ItemKind::Unit {
            name,
            label: l,
            equals,
        } => {
            let equals = equals
                .as_ref()
                .map_or(String::new(), |u| format!(" = {}", unit(u)));
            format!("unit {}{}{equals}\n", name.text, label(l))
        }
        ItemKind::Indicator {
            name,
            label: l,
            ty: t,
            attrs: a,
        } => format!("indicator {}{}: {}\n", name.text, label(l), ty(t)) + &attrs(a),
        ItemKind::Param(p) => {
            let mut out = format!("param {}{}{}\n", p.name.text, label(&p.label), typed(&p.ty));
            for value in &p.values {
                let period =
                    |p: &Option<PeriodLit>| p.as_ref().map_or("-".into(), |p| p.text.clone());
                let (from, until) = (period(&value.from), period(&value.until));
                out.push_str(&format!("  = {} [{from}..{until}]\n", expr(&value.value)));
            }
            out + &attrs(&p.attrs)
        }
        ItemKind::Binding(b) => {
            let kind = format!("{:?}", b.kind).to_lowercase();
            let value = expr(&b.value);
            format!(
                "{kind} {}{}{} = {value}\n",
                b.name.text,
                label(&b.label),
                typed(&b.ty)
            ) + &attrs(&b.attrs)
        }
        ItemKind::Factor(f) => {
            let mut out = format!("factor {}{}\n", f.name.text, label(&f.label));
            if let Some(combine) = &f.combine {
                let words: Vec<_> = combine.words.iter().map(|n| n.text.as_str()).collect();
                let number = combine.number.as_ref().map_or(String::new(), |n| expr(n));
                out.push_str(&format!("  combine {} {number}\n", words.join(" ")));
            }
            if let Some(require) = &f.require {
                out.push_str(&format!(
                    "  require {} {:?}\n",
                    expr(&require.amount),
                    require.kind
                ));
            }
            if let Some(total) = &f.total_weight {
                out.push_str(&format!("  total weight {}\n", expr(total)));
            }
            for member in &f.members {
                let weight = member.weight.as_ref().map_or("-".to_owned(), expr);
                let decisive = decisive(member);
                out.push_str(&format!(
                    "  member {} {weight}{decisive}\n",
                    member.name.text
                ));
                if let Some(own) = &member.own {
                    let value = expr(&own.value);
                    out.push_str(&format!("    is{} {value}\n", label(&own.label)));
                }
            }
            if let Some(evidence) = &f.evidence {
                out.push_str(&format!("  evidence {}\n", evidence.text));
            }
            out + &attrs(&f.attrs)
        }
        ItemKind::Scale {
            name,
            label: l,
            levels,
            attrs: a,
            ordered: false,
        } => format!("category {}{}: {}\n", name.text, label(l), names(levels)) + &attrs(a),
        ItemKind::Scale {
            name,
            label: l,
            levels,
            attrs: a,
            ordered: true,
        } => format!("scale {}{}: {}\n", name.text, label(l), names(levels)) + &attrs(a),
        ItemKind::Level(l) => {
            let from = l
                .from
                .as_ref()
                .map_or(String::new(), |e| format!(" from {}", expr(e)));
            let mut out = format!(
                "{}level {}{}: {}{from}\n",
                if l.is_step { "let " } else { "" },
                l.name.text,
                label(&l.label),
                l.scale.text
            );
            for arm in &l.arms {
                let what = match &arm.kind {
                    LevelArmKind::When(condition) => format!("when {}", expr(condition)),
                    LevelArmKind::Otherwise => "otherwise".to_owned(),
                    LevelArmKind::Band(band) => format!("in {}", range(band)),
                };
                out.push_str(&format!("  {} {what}\n", arm.level.text));
            }
            out + &attrs(&l.attrs)
        }
        ItemKind::Alert(a) => {
            let word = if a.notice { "notice" } else { "alert" };
            let mut out = format!("{word} {}{}\n", a.name.text, label(&a.label));
            for clause in &a.clauses {
                let what = match &clause.kind {
                    AlertClauseKind::When {
                        change,
                        condition,
                        lasting,
                    } => {
                        let change = format!("{change:?}").to_lowercase();
                        let lasting = lasting
                            .as_ref()
                            .map_or(String::new(), |e| format!(" for {}", expr(e)));
                        format!("{change} when {}{lasting}", expr(condition))
                    }
                    AlertClauseKind::Cooldown {
                        length,
                        until_clear,
                        unless,
                    } => {
                        let until = if *until_clear { " until clear" } else { "" };
                        let unless = unless
                            .as_ref()
                            .map_or(String::new(), |e| format!(" unless {}", expr(e)));
                        format!("cooldown {}{until}{unless}", expr(length))
                    }
                    AlertClauseKind::OnUnknown(word) => format!("on unknown {}", word.text),
                };
                out.push_str(&format!("  {what} at {:?}\n", clause.span));
            }
            out + &attrs(&a.attrs)
        }
        ItemKind::Test(t) => test(t),
        ItemKind::Group(g) => {
            let items: Vec<_> = g.items.iter().map(group_item).collect();
            let (name, label) = (&g.name.text, label(&g.label));
            format!(
                "group {name}{label}: {} at {:?}\n",
                items.join(", "),
                g.body
            ) + &attrs(&g.attrs)
        }
        ItemKind::Table(t) => table(t),
        ItemKind::Property(p) => {
            let claim: Vec<_> = p.claim.iter().map(|n| n.text.as_str()).collect();
            let within = p
                .within
                .as_ref()
                .map_or(String::new(), |r| format!(" in {}", range(r)));
            format!(
                "property {:?}: {}{within}\n",
                p.label.value,
                claim.join(" ")
            ) + &attrs(&p.attrs)
        }
        ItemKind::Show { name } => format!("show {}\n", name.text),
        ItemKind::Declassify(d) => {
            let to = d.to.as_ref().map_or("-", |n| &n.text);
            format!("declassify {} to {to}\n", d.target.text)
        }
        ItemKind::Change(c) => change(c),
        ItemKind::Function(f) => {
            let params: Vec<_> = f
                .params
                .iter()
                .map(|p| format!("{}: {}", p.name.text, ty(&p.ty)))
                .collect();
            let result = f
                .result
                .as_ref()
                .map_or(String::new(), |t| format!(" -> {}", ty(t)));
            format!(
                "fn {}({}){result} = {}\n",
                f.name.text,
                params.join(", "),
                expr(&f.body)
            )
        }
        ItemKind::Error { name } => {
            format!("(not read: {})\n", name.as_ref().map_or("-", |n| &n.text))
        }
    }
}

fn group_item(item: &GroupItem) -> String {
    let path: Vec<_> = item.path.iter().map(|name| name.text.as_str()).collect();
    let weight = item.weight.as_ref();
    let weight = weight.map_or(String::new(), |weight| format!(" weight {}", expr(weight)));
    format!("{}{weight} at {:?}", path.join("."), item.span)
}

fn table(table: &Table) -> String {
    let by: Vec<_> = table.by.iter().map(expr).collect();
    let mut out = format!(
        "{}table {}{}: {} by {}\n",
        if table.is_step { "let " } else { "" },
        table.name.text,
        label(&table.label),
        ty(&table.ty),
        by.join(", ")
    );
    for row in &table.rows {
        let cells: Vec<_> = row
            .cells
            .iter()
            .map(|cell| match &cell.kind {
                CellKind::Value(value) => expr(value),
                CellKind::Range(of) => range(of),
                CellKind::Compared(op, value) => format!("{op:?} {}", expr(value)),
                CellKind::Names(names) => {
                    let names: Vec<_> = names.iter().map(|n| n.text.as_str()).collect();
                    format!("{{{}}}", names.join(", "))
                }
            })
            .collect();
        out.push_str(&format!(
            "  {} then {}\n",
            cells.join(" | "),
            expr(&row.then)
        ));
    }
    out + &attrs(&table.attrs)
}

fn change(change: &Change) -> String {
    let path = |path: &[Name]| {
        let names: Vec<_> = path.iter().map(|n| n.text.as_str()).collect();
        names.join(".")
    };
    match change {
        Change::Override(o) => {
            let to = match &o.to {
                OverrideTo::Text(text) => format!("{:?}", text.value),
                OverrideTo::Values(values) => {
                    let values: Vec<_> = values.iter().map(|v| expr(&v.value)).collect();
                    values.join(", ")
                }
            };
            format!("override {} {} to {to}\n", o.what.text, path(&o.target)) + &attrs(&o.attrs)
        }
        Change::Replace(kind) => format!("replace {}", declaration(kind)),
        Change::Changed(kind) => format!("changed {}", declaration(kind)),
        Change::Add(kind) => format!("add {}", declaration(kind)),
        Change::AddMember { member, factor } => {
            let weight = member.weight.as_ref().map_or("-".to_owned(), expr);
            format!(
                "add member {} to {} {weight}{}\n",
                member.name.text,
                factor.text,
                decisive(member)
            )
        }
        Change::AddToGroup {
            what,
            item,
            kind,
            group,
        } => {
            let (what, kind, group) = (&what.text, &kind.text, &group.text);
            format!("add {what} {} to {kind} {group}\n", group_item(item))
        }
        Change::Drop { what, target } => {
            let target = match target {
                DropTarget::Path(names) => path(names),
                DropTarget::Label(text) => format!("{:?}", text.value),
            };
            format!("drop {} {target}\n", what.text)
        }
    }
}

fn test(test: &Test) -> String {
    let mut out = format!("test {:?}", test.label.value);
    match &test.kind {
        TestKind::File { path, within } => {
            let within = within
                .as_ref()
                .map_or(String::new(), |e| format!(" within {}", expr(e)));
            out.push_str(&format!(" from {:?}{within}\n", path.value));
        }
        TestKind::Rows {
            over,
            given,
            expects,
            ..
        } => {
            if let Some(over) = over {
                let from = over
                    .from
                    .as_ref()
                    .map_or(String::new(), |p| format!(" from {}", p.text));
                out.push_str(&format!(" over {}{from}", number(&over.length)));
            }
            out.push('\n');
            for given in given {
                let to = match &given.to {
                    GivenTo::One(name) => name.text.clone(),
                    GivenTo::Every { kind, of, span: _ } => {
                        let of = of
                            .as_ref()
                            .map_or(String::new(), |of| format!(" of {}", of.text));
                        format!("every {}{of}", kind.text)
                    }
                };
                out.push_str(&format!("  given {to} = {}\n", expr(&given.value)));
            }
            for expect in expects {
                let what = match &expect.kind {
                    ExpectKind::Holds { value, within } => {
                        let within = within
                            .as_ref()
                            .map_or(String::new(), |e| format!(" within {}", expr(e)));
                        format!("{}{within}", expr(value))
                    }
                    ExpectKind::Happens { of, what } => format!("{}: {}", of.text, what.text),
                    ExpectKind::Nothing { what, of } => {
                        let of = of
                            .as_ref()
                            .map_or(String::new(), |of| format!(" of {}", of.text));
                        format!("no: {}{of}", what.text)
                    }
                };
                let at = expect.at.as_ref().map_or(String::new(), |at| {
                    format!(" at {} {}", at.word.text, number(&at.number))
                });
                out.push_str(&format!("  expect {what}{at}\n"));
            }
        }
    }
    out
}

fn label(label: &Option<Text>) -> String {
    label
        .as_ref()
        .map_or(String::new(), |text| format!(" {:?}", text.value))
}

fn typed(t: &Option<TypeExpr>) -> String {
    t.as_ref().map_or(String::new(), |t| format!(": {}", ty(t)))
}

fn names(levels: &[LevelName]) -> String {
    let names = levels
        .iter()
        .map(|l| format!("{}{}", l.name.text, label(&l.label)));
    names.collect::<Vec<_>>().join(", ")
}

fn attrs(attrs: &[Attr]) -> String {
    let because = |b: &Option<Text>| {
        b.as_ref()
            .map_or(String::new(), |b| format!(" because {:?}", b.value))
    };
    let one = |attr: &Attr| match &attr.kind {
        AttrKind::Cite(t) => format!("cite {:?}", t.value),
        AttrKind::Column(t) => format!("column {:?}", t.value),
        AttrKind::From(n) => format!("from {}", n.text),
        AttrKind::License(t) => format!("license {:?}", t.value),
        AttrKind::Url(t) => format!("url {:?}", t.value),
        AttrKind::Updated(t) => format!("updated {:?}", t.value),
        AttrKind::Classification(n) => format!("classification {}", n.text),
        AttrKind::Polarity(n) => format!("polarity {}", n.text),
        AttrKind::Nature(n) => format!("nature {}", n.text),
        AttrKind::Optional => "optional".to_owned(),
        AttrKind::Hindsight => "hindsight".to_owned(),
        AttrKind::MissingMeans { value, because: b } => {
            format!("missing means {}{}", expr(value), because(b))
        }
        AttrKind::OnViolation(n) => format!("on violation {}", n.text),
        AttrKind::CarryForward(e) => format!("carry forward at most {}", expr(e)),
        AttrKind::Changeable(None) => "changeable".to_owned(),
        AttrKind::Changeable(Some(e)) => format!("changeable cost {}", expr(e)),
        AttrKind::AppliesWhen(e) => format!("applies when {}", expr(e)),
        AttrKind::AppliesUnless(words) => {
            let words: Vec<String> = words.iter().map(|t| format!("{:?}", t.value)).collect();
            format!("applies unless written {}", words.join(" or "))
        }
        AttrKind::Expires(e) => format!("expires after {}", expr(e)),
        AttrKind::Allow { code, because: b } => format!("allow {}{}", code.text, because(b)),
        AttrKind::Code(t) => format!("code {:?}", t.value),
        AttrKind::Provenance { word, part } => {
            let part = part.as_ref();
            let part = part.map_or(String::new(), |part| format!(" in {}", part.text));
            format!("provenance {}{part}", word.text)
        }
        AttrKind::Seen(t) => format!("seen {:?}", t.value),
        AttrKind::Verification(t) => format!("verification column {:?}", t.value),
        AttrKind::Review(p) => format!("review {}", p.text),
        AttrKind::Because(t) => format!("because {:?}", t.value),
    };
    attrs
        .iter()
        .map(|attr| format!("  {}\n", one(attr)))
        .collect()
}

fn number(number: &Number) -> String {
    let unit = number
        .unit
        .as_ref()
        .map_or(String::new(), |u| format!(" {}", u.text));
    format!("{}{unit}", number.text)
}

fn unit(u: &UnitExpr) -> String {
    match &u.kind {
        UnitExprKind::Name(n) => n.text.clone(),
        UnitExprKind::Number(n) => number(n),
        UnitExprKind::Times(a, b) => format!("(* {} {})", unit(a), unit(b)),
        UnitExprKind::Per(a, b) => format!("(/ {} {})", unit(a), unit(b)),
        UnitExprKind::Paren(a) => format!("({})", unit(a)),
    }
}

fn ty(t: &TypeExpr) -> String {
    let kind = match &t.kind {
        TypeKind::Unit(u) => unit(u),
        TypeKind::NumberOf(u) => format!("number[{}]", unit(u)),
        TypeKind::Category(all) => format!("category {{{}}}", names(all)),
        TypeKind::List(of) => format!("list of {}", ty(of)),
    };
    let signed = |n: &Option<SignedNumber>| {
        n.as_ref().map_or(String::new(), |n| {
            format!("{}{}", if n.negative { "-" } else { "" }, number(&n.number))
        })
    };
    match &t.range {
        None => kind,
        Some(r) => {
            let dots = if r.half_open { "..<" } else { ".." };
            format!("{kind} in {}{dots}{}", signed(&r.low), signed(&r.high))
        }
    }
}

fn range(r: &Range) -> String {
    let end = |e: &Option<Box<Expr>>| e.as_ref().map_or(String::new(), |e| expr(e));
    format!(
        "{}{}{}",
        end(&r.low),
        if r.half_open { "..<" } else { ".." },
        end(&r.high)
    )
}

fn list<'e>(head: &str, all: impl IntoIterator<Item = &'e Expr>) -> String {
    let all: Vec<_> = all.into_iter().map(expr).collect();
    format!("({head} {})", all.join(" "))
}

/// An expression with every grouping shown: `(+ a b)`.
pub fn expr(e: &Expr) -> String {
    match &e.kind {
        ExprKind::Number(n) => number(n),
        ExprKind::Truth(word) => format!("{word:?}").to_lowercase(),
        ExprKind::Missing => "missing".to_owned(),
        ExprKind::Name(n) => n.text.clone(),
        ExprKind::Member { of, field } => format!("{}.{}", expr(of), field.text),
        ExprKind::Call { function, args } => {
            let arg = |a: &Arg| {
                let name = a
                    .name
                    .as_ref()
                    .map_or(String::new(), |n| format!("{}: ", n.text));
                name + &expr(&a.value)
            };
            let args: Vec<_> = args.iter().map(arg).collect();
            format!("{}({})", function.text, args.join(", "))
        }
        ExprKind::Alternatives(of) => {
            let of: Vec<_> = of.iter().map(expr).collect();
            format!("(any of {})", of.join(", "))
        }
        ExprKind::List(all) => list("list", all),
        ExprKind::Paren(inner) => format!("({})", expr(inner)),
        ExprKind::Negate(inner) => list("-", [&**inner]),
        ExprKind::Required(amount) => list("known", [&**amount]),
        ExprKind::Not(inner) => list("not", [&**inner]),
        ExprKind::Sum { first, rest } => {
            let sign = |op| if op == SumOp::Add { "+" } else { "-" };
            chain("sum", first, rest.iter().map(|(op, e)| (sign(op.op), e)))
        }
        ExprKind::Product { first, rest } => {
            let sign = |op| if op == ProductOp::Multiply { "*" } else { "/" };
            chain(
                "product",
                first,
                rest.iter().map(|(op, e)| (sign(op.op), e)),
            )
        }
        ExprKind::Comparison { first, rest } => {
            let sign = |op| match op {
                CompareOp::Less => "<",
                CompareOp::LessOrEqual => "<=",
                CompareOp::Greater => ">",
                CompareOp::GreaterOrEqual => ">=",
            };
            chain(
                "compare",
                first,
                rest.iter().map(|(op, e)| (sign(op.op), e)),
            )
        }
        ExprKind::Is { of, negated, what } => {
            let what = match what {
                IsWhat::Missing(_) => "MISSING".to_owned(),
                IsWhat::Known(_) => "KNOWN".to_owned(),
                IsWhat::Value(value) => expr(value),
            };
            format!(
                "({} {} {what})",
                if *negated { "is-not" } else { "is" },
                expr(of)
            )
        }
        ExprKind::In { of, negated, set } => {
            let set = match set {
                InSet::Range(r) => range(r),
                InSet::Names(all, _) => {
                    let all: Vec<_> = all.iter().map(|n| n.text.as_str()).collect();
                    format!("{{{}}}", all.join(", "))
                }
            };
            format!(
                "({} {} {set})",
                if *negated { "not-in" } else { "in" },
                expr(of)
            )
        }
        ExprKind::And(all) => list("and", all),
        ExprKind::Or(all) => list("or", all),
        ExprKind::Fallback(all) => list("??", all),
        ExprKind::If { arms, otherwise } => {
            let arms: Vec<_> = arms
                .iter()
                .map(|(c, v)| format!("[{} {}]", expr(c), expr(v)))
                .collect();
            format!("(if {} else {})", arms.join(" "), expr(otherwise))
        }
        ExprKind::AtLeast { k, of } => format!("(at-least {} {})", expr(k), list("of", of)),
        ExprKind::Piecewise { of, pieces } => {
            let pieces: Vec<_> = pieces
                .iter()
                .map(|(from, to)| format!("({} {})", range(from), range(to)))
                .collect();
            format!("(piecewise {} {})", expr(of), pieces.join(" "))
        }
        ExprKind::Periods { from, until } => {
            let until = until.as_ref().map_or("-", |until| until.text());
            format!("(periods {} {until})", from.text())
        }
        ExprKind::Weighted { value, weight } => list("weight", [&**value, &**weight]),
        ExprKind::Repeat { value, times } => format!("(repeat {} {})", expr(value), number(times)),
        ExprKind::Error => "ERROR".to_owned(),
    }
}

fn chain<'e>(
    head: &str,
    first: &Expr,
    rest: impl Iterator<Item = (&'static str, &'e Expr)>,
) -> String {
    let rest: Vec<_> = rest
        .map(|(sign, e)| format!("{sign} {}", expr(e)))
        .collect();
    format!("({head} {} {})", expr(first), rest.join(" "))
}

fn decisive(member: &Member) -> String {
    let decisive = member.decisive.as_ref();
    decisive.map_or(String::new(), |least| format!(" decisive {}", expr(least)))
}
