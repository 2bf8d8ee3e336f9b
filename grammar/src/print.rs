//! Parts of the tree as text, in one spelling.
//!
//! In: expressions, types and properties. Out: words that read as the rule file does, with comments,
//! line breaks, grouping of digits and needless brackets gone, and one space between all of them. Two
//! texts are equal exactly if the trees mean the same to the compiler.

use crate::ast::*;

/// An expression.
#[must_use]
pub fn expr(e: &Expr) -> String {
    match &e.kind {
        ExprKind::Number(n) => number(n),
        ExprKind::Truth(word) => truth(*word).to_owned(),
        ExprKind::Missing => "missing".to_owned(),
        ExprKind::Name(name) => name.text.clone(),
        ExprKind::Member { of, field } => format!("{}.{}", within(of, 8), field.text),
        ExprKind::Call { function, args } => {
            let args = args.iter().map(|arg| match &arg.name {
                Some(name) => format!("{}: {}", name.text, expr(&arg.value)),
                None => expr(&arg.value),
            });
            format!("{}({})", function.text, join(args, ", "))
        }
        ExprKind::List(items) => format!("[{}]", join(items.iter().map(expr), ", ")),
        ExprKind::Alternatives(of) => format!("any of {{ {} }}", join(of.iter().map(expr), ", ")),
        ExprKind::Paren(of) => expr(of),
        ExprKind::Negate(of) => match &of.kind {
            ExprKind::Number(n) => format!("-{}", number(n)),
            _ => format!("-{}", within(of, 7)),
        },
        ExprKind::Not(of) => format!("not {}", within(of, 2)),
        ExprKind::Sum { first, rest } => chain(6, first, rest, |op| match op {
            SumOp::Add => "+",
            SumOp::Subtract => "-",
        }),
        ExprKind::Product { first, rest } => chain(7, first, rest, |op| match op {
            ProductOp::Multiply => "*",
            ProductOp::Divide => "/",
        }),
        ExprKind::Comparison { first, rest } => chain(4, first, rest, compare),
        ExprKind::Is { of, negated, what } => {
            let not = if *negated { "not " } else { "" };
            let what = match what {
                IsWhat::Missing(_) => "missing".to_owned(),
                IsWhat::Known(_) => "known".to_owned(),
                IsWhat::Value(value) => within(value, 4),
            };
            format!("{} is {not}{what}", within(of, 4))
        }
        ExprKind::In { of, negated, set } => {
            let not = if *negated { "not " } else { "" };
            let set = match set {
                InSet::Range(of) => range(of),
                InSet::Names(names, _) => braces(names),
            };
            format!("{} {not}in {set}", within(of, 4))
        }
        ExprKind::And(parts) => join(parts.iter().map(|part| within(part, 2)), " and "),
        ExprKind::Or(parts) => join(parts.iter().map(|part| within(part, 1)), " or "),
        ExprKind::Fallback(parts) => join(parts.iter().map(|part| within(part, 5)), " ?? "),
        ExprKind::If { arms, otherwise } => {
            let arms = arms.iter().map(|(condition, value)| {
                format!("if {} then {} else ", expr(condition), within(value, 0))
            });
            arms.collect::<String>() + &within(otherwise, 0)
        }
        ExprKind::AtLeast { k, of } => {
            format!(
                "at least {} of ({})",
                within(k, 5),
                join(of.iter().map(expr), ", ")
            )
        }
        ExprKind::Piecewise { of, pieces } => {
            let pieces = pieces.iter();
            let pieces = pieces.map(|(from, to)| format!("{} to {}", range(from), range(to)));
            format!("piecewise {} {{ {} }}", within(of, 8), join(pieces, ", "))
        }
        ExprKind::Periods { from, until } => {
            let until = until.as_ref().map_or("", |until| until.text());
            format!("{}..{until}", from.text())
        }
        ExprKind::Required(amount) => format!("{} known", within(amount, 5)),
        ExprKind::Weighted { value, weight } => {
            format!("{} weight {}", within(value, 0), within(weight, 6))
        }
        ExprKind::Repeat { value, times } => format!("{} x {}", within(value, 0), number(times)),
        ExprKind::Error => String::new(),
    }
}

/// How tightly an expression holds together.
fn tightness(e: &Expr) -> u8 {
    match &e.kind {
        ExprKind::Paren(of) => tightness(of),
        ExprKind::If { .. } => 0,
        ExprKind::Or(_) => 1,
        ExprKind::And(_) => 2,
        ExprKind::Not(_) => 3,
        ExprKind::Comparison { .. }
        | ExprKind::Is { .. }
        | ExprKind::In { .. }
        | ExprKind::AtLeast { .. } => 4,
        ExprKind::Fallback(_) => 5,
        ExprKind::Sum { .. } => 6,
        ExprKind::Product { .. } => 7,
        ExprKind::Negate(_) => 8,
        _ => 9,
    }
}

/// In brackets unless it holds together more tightly than what stands around it.
fn within(e: &Expr, around: u8) -> String {
    let text = expr(e);
    if tightness(e) > around {
        text
    } else {
        format!("({text})")
    }
}

fn chain<T: Copy>(
    around: u8,
    first: &Expr,
    rest: &[(Operator<T>, Expr)],
    sign: impl Fn(T) -> &'static str,
) -> String {
    let mut text = within(first, around);
    for (op, part) in rest {
        text.push_str(&format!(" {} {}", sign(op.op), within(part, around)));
    }
    text
}

/// `<`, `<=`, `>`, `>=`
#[must_use]
pub fn compare(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Less => "<",
        CompareOp::LessOrEqual => "<=",
        CompareOp::Greater => ">",
        CompareOp::GreaterOrEqual => ">=",
    }
}

fn truth(word: TruthWord) -> &'static str {
    match word {
        TruthWord::Yes => "yes",
        TruthWord::No => "no",
        TruthWord::Unknown => "unknown",
    }
}

/// A number by its value, with its unit.
#[must_use]
pub fn number(n: &Number) -> String {
    let percent = if n.percent { "%" } else { "" };
    let shown = n.text.trim_end_matches('%').replace('_', "");
    let unit = n
        .unit
        .as_ref()
        .map_or(String::new(), |unit| format!(" {}", unit.text));
    format!("{shown}{percent}{unit}")
}

/// A range between expressions.
#[must_use]
pub fn range(range: &Range) -> String {
    let end = |end: &Option<Box<Expr>>| end.as_ref().map_or(String::new(), |end| within(end, 5));
    let dots = if range.half_open { "..<" } else { ".." };
    format!("{}{dots}{}", end(&range.low), end(&range.high))
}

/// A type with its range.
#[must_use]
pub fn ty(ty: &TypeExpr) -> String {
    let kind = match &ty.kind {
        TypeKind::Unit(of) => unit(of),
        TypeKind::NumberOf(of) => format!("number[{}]", unit(of)),
        TypeKind::Category(names) => {
            let names = names.iter().map(|level| level.name.text.clone());
            format!("category {{{}}}", join(names, ", "))
        }
        TypeKind::List(of) => format!("list of {}", self::ty(of)),
    };
    let end = |end: &Option<SignedNumber>| {
        end.as_ref().map_or(String::new(), |end| {
            format!(
                "{}{}",
                if end.negative { "-" } else { "" },
                number(&end.number)
            )
        })
    };
    match &ty.range {
        None => kind,
        Some(range) => {
            let dots = if range.half_open { "..<" } else { ".." };
            format!("{kind} in {}{dots}{}", end(&range.low), end(&range.high))
        }
    }
}

/// A unit.
#[must_use]
pub fn unit(of: &UnitExpr) -> String {
    match &of.kind {
        UnitExprKind::Name(name) => name.text.clone(),
        UnitExprKind::Number(n) => number(n),
        UnitExprKind::Times(a, b) => format!("{} * {}", unit(a), unit(b)),
        UnitExprKind::Per(a, b) => format!("{} / {}", unit(a), unit(b)),
        UnitExprKind::Paren(a) => format!("({})", unit(a)),
    }
}

/// A property: the word that begins it, and what follows.
#[must_use]
pub fn attr(attr: &Attr) -> (&'static str, String) {
    let reason = |because: &Option<Text>| {
        because
            .as_ref()
            .map_or(String::new(), |text| format!(" because {:?}", text.value))
    };
    match &attr.kind {
        AttrKind::Cite(text) => ("cite", text.value.clone()),
        AttrKind::Column(text) => ("column", text.value.clone()),
        AttrKind::From(name) => ("source", name.text.clone()),
        AttrKind::License(text) => ("license", text.value.clone()),
        AttrKind::Url(text) => ("url", text.value.clone()),
        AttrKind::Updated(text) => ("updated", text.value.clone()),
        AttrKind::Classification(word) => ("classification", word.text.clone()),
        AttrKind::Polarity(word) => ("polarity", word.text.clone()),
        AttrKind::Nature(word) => ("nature", word.text.clone()),
        AttrKind::Code(text) => ("code", text.value.clone()),
        AttrKind::Provenance { word, part } => {
            let part = part.as_ref();
            let part = part.map_or(String::new(), |part| format!(" in {}", part.text));
            ("provenance", word.text.clone() + &part)
        }
        AttrKind::Seen(text) => ("seen", text.value.clone()),
        AttrKind::Verification(text) => ("verification", text.value.clone()),
        AttrKind::Review(period) => ("review", period.text.clone()),
        AttrKind::Optional => ("optional", "yes".to_owned()),
        AttrKind::Hindsight => ("hindsight", "yes".to_owned()),
        AttrKind::MissingMeans { value, because } => {
            ("missing means", expr(value) + &reason(because))
        }
        AttrKind::OnViolation(word) => ("on violation", word.text.clone()),
        AttrKind::CarryForward(value) => ("carry forward", expr(value)),
        AttrKind::Changeable(cost) => (
            "changeable",
            cost.as_ref()
                .map_or("yes".to_owned(), |cost| format!("cost {}", expr(cost))),
        ),
        AttrKind::AppliesWhen(condition) => ("applies when", expr(condition)),
        AttrKind::AppliesUnless(words) => {
            let words = words.iter().map(|word| word.value.clone());
            ("applies unless written", join(words, " or "))
        }
        AttrKind::Expires(value) => ("expires after", expr(value)),
        AttrKind::Allow { code, because } => ("allow", code.text.clone() + &reason(because)),
        AttrKind::Because(text) => ("because", text.value.clone()),
    }
}

/// A cell of a decision table.
#[must_use]
pub fn cell(cell: &Pattern) -> String {
    match &cell.kind {
        CellKind::Value(value) => expr(value),
        CellKind::Range(of) => range(of),
        CellKind::Compared(op, value) => format!("{} {}", compare(*op), within(value, 0)),
        CellKind::Names(names) => braces(names),
    }
}

fn braces(names: &[Name]) -> String {
    let names = names.iter().map(|name| name.text.clone());
    format!("{{{}}}", join(names, ", "))
}

fn join(parts: impl Iterator<Item = String>, with: &str) -> String {
    parts.collect::<Vec<_>>().join(with)
}
