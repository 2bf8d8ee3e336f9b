//! Slips that are made out of the frameworks by rules, one for each place that a rule fits (or the first few).

use super::Slip;
use super::framework::{Framework, tokens};

/// The most slips of one rule in one framework.
const EACH: usize = 6;

pub fn slips(frameworks: &[Framework]) -> Vec<Slip> {
    let mut out = Vec::new();
    // Two of them show each rule.
    for framework in frameworks.iter().take(2) {
        for rule in RULES {
            out.extend(made(framework, rule));
        }
    }
    out
}

struct Rule {
    title: &'static str,
    code: &'static str,
    /// Of a token, the one before and the one after: what is written in its place.
    make: fn(&str, &str, &str) -> Option<String>,
}

const RULES: &[Rule] = &[
    Rule {
        title: "a label between single quotes",
        code: "FW0005",
        make: |token, before, _| {
            let inner = token.strip_prefix('"')?.strip_suffix('"')?;
            (before != "version").then(|| format!("'{inner}'"))
        },
    },
    Rule {
        title: "a label between curly quotes",
        code: "FW0005",
        make: |token, _, _| {
            let inner = token.strip_prefix('"')?.strip_suffix('"')?;
            Some(format!("“{inner}”"))
        },
    },
    Rule {
        title: "a sign of mathematics",
        code: "FW0005",
        make: |token, _, _| match token {
            ">=" => Some("≥".to_owned()),
            "<=" => Some("≤".to_owned()),
            _ => None,
        },
    },
    Rule {
        title: "a sign the other way round",
        code: "FW0005",
        make: |token, _, _| match token {
            ">=" => Some("=>".to_owned()),
            "<=" => Some("=<".to_owned()),
            _ => None,
        },
    },
    Rule {
        title: "a word in capitals",
        code: "FW0005",
        make: |token, _, _| match token {
            "and" | "or" | "not" | "is" | "then" | "else" => Some(token.to_uppercase()),
            _ => None,
        },
    },
    Rule {
        title: "is by two equals signs",
        code: "FW0005",
        make: |token, _, _| (token == "is").then(|| "==".to_owned()),
    },
    Rule {
        title: "a decimal comma",
        code: "FW0008",
        make: |token, _, _| {
            let is_decimal =
                token.starts_with(|sign: char| sign.is_ascii_digit()) && token.contains('.');
            is_decimal.then(|| token.replace('.', ","))
        },
    },
    Rule {
        title: "a blank between thousands",
        code: "FW0008",
        make: |token, _, _| {
            let is_grouped =
                token.starts_with(|sign: char| sign.is_ascii_digit()) && token.contains('_');
            is_grouped.then(|| token.replace('_', " "))
        },
    },
    Rule {
        title: "a blank before the percent sign",
        code: "FW0008",
        make: |token, _, _| {
            let number = token.strip_suffix('%')?;
            Some(format!("{number} %"))
        },
    },
    Rule {
        title: "a misspelt name",
        code: "FW0107",
        make: |token, before, after| {
            let is_name =
                token.contains('_') && token.starts_with(|sign: char| sign.is_ascii_lowercase());
            let uses = [">=", "<=", "<", "/", "when", "and", "(", "="];
            let is_use = uses.contains(&before) && after != "=" && after != "(";
            (is_name && is_use).then(|| {
                let (head, tail) = token.split_at(3);
                format!("{head}{}", &tail[1..])
            })
        },
    },
    Rule {
        title: "a sign behind a word",
        code: "FW0005",
        make: |token, before, _| {
            let words = [
                "weight",
                "polarity",
                "column",
                "cite",
                "license",
                "combine",
                "cooldown",
                "classification",
            ];
            words.contains(&before).then(|| format!(": {token}"))
        },
    },
    Rule {
        title: "when by if",
        code: "FW0005",
        make: |token, _, _| (token == "when").then(|| "if".to_owned()),
    },
    Rule {
        title: "a misspelt word",
        code: "FW0003",
        make: |token, _, _| match token {
            "weight" => Some("wieght".to_owned()),
            "coverage" => Some("covrage".to_owned()),
            "members" => Some("membres".to_owned()),
            "combine" => Some("combin".to_owned()),
            "polarity" => Some("polarty".to_owned()),
            "otherwise" => Some("otherwhise".to_owned()),
            "cooldown" => Some("coldown".to_owned()),
            "expect" => Some("expekt".to_owned()),
            "license" => Some("lisense".to_owned()),
            _ => None,
        },
    },
    Rule {
        title: "a word with a capital",
        code: "FW0003",
        make: |token, _, _| match token {
            "weight" | "coverage" | "combine" | "polarity" | "otherwise" | "cite" | "column" => {
                let (head, tail) = token.split_at(1);
                Some(format!("{}{tail}", head.to_uppercase()))
            }
            _ => None,
        },
    },
    Rule {
        title: "a quoted text without quotes",
        code: "FW0014",
        make: |token, before, _| {
            let inner = token.strip_prefix('"')?.strip_suffix('"')?;
            let is_text = ["column", "license", "version", "updated"].contains(&before);
            (is_text && !inner.contains(' ')).then(|| inner.to_owned())
        },
    },
];

fn made(framework: &Framework, rule: &Rule) -> Vec<Slip> {
    let tokens = tokens(framework.text);
    let word = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .map_or("", |range| &framework.text[range.clone()])
    };
    let mut out = Vec::new();
    for (at, range) in tokens.iter().enumerate() {
        let token = &framework.text[range.clone()];
        let Some(wrong) = (rule.make)(token, word(at.checked_sub(1)), word(Some(at + 1))) else {
            continue;
        };
        out.push(Slip {
            title: format!("{} in `{}`", rule.title, framework.line(range.start)),
            framework: framework.name,
            at: range.start,
            right: token.to_owned(),
            point: wrong.trim().to_owned(),
            wrong,
            codes: vec![rule.code.to_owned()],
            readings: Vec::new(),
            says: None,
        });
    }
    // Spread over the framework, rather than all at its beginning.
    let step = out.len().div_ceil(EACH).max(1);
    out.into_iter().step_by(step).collect()
}
