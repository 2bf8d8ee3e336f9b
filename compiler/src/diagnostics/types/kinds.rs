//! A value of one kind where another is needed.

use super::super::Diagnostic;
use super::super::wording::quoted;
use crate::source::Span;
use crate::types::{ASSESSMENT, Shown, Type};
use forewarn_diagnostics::cause;

cause! {
    FW0201 WantedTruth {
        span: Span,
        /// What it is: `a number of deaths`.
        found: Shown,
        /// What needs the answer: `a signal`.
        context: &'static str,
        /// What to do.
        suggestion: Option<String>,
        edits: Vec<(Span, String)>,
    }
}

impl WantedTruth {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            found,
            context,
            suggestion,
            edits,
        } = self;
        let diagnostic = Diagnostic::about(
            self,
            format!("{context} needs a yes or no, and this is {found}"),
            *span,
            format!("this is {found}"),
        );
        match suggestion {
            Some(advice) => diagnostic.mend(advice.clone(), edits.clone()),
            None if found.is_number() => diagnostic.help("compare it with a threshold: `… >= 100`"),
            None if found.is_level() => {
                diagnostic.help("compare it with a level: `… is high` or `… >= high`")
            }
            None => diagnostic.help("ask a question that yes or no can answer: `… is …`"),
        }
    }
}

cause! {
    FW0202 WantedNumber {
        span: Span,
        found: Shown,
        /// What needs the number: ``` `+` ```.
        context: String,
        /// The words of a yes or no; empty where they are too long to repeat.
        words: String,
        /// A score that was to be a signal: how it is declared, and the edits that make it one.
        signal: Option<(String, Vec<(Span, String)>)>,
        /// Of yes and no alone that are added up: how they are counted.
        counted: Option<String>,
    }
}

/// Where truths of several periods' peers are to be counted.
pub const COUNT_OF_BASELINE: &str = "`count` with `baseline:`";

impl WantedNumber {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            found,
            context,
            words,
            signal,
            counted,
        } = self;
        // `a weight, which is a plain number`
        let says_which = context.split_once(", which is ");
        let title = match says_which {
            Some((what, which)) => format!("{what} is {which}, and this is {found}"),
            None => format!("{context}: a number is needed, and this is {found}"),
        };
        let diagnostic = Diagnostic::about(self, title, *span, format!("this is {found}"));
        if let Some((line, edits)) = signal {
            return diagnostic
                .mend(
                    format!("a yes or no is declared as a signal: `{line}`"),
                    edits.clone(),
                )
                .help("where a number is meant, take the comparison out");
        }
        if let Some(counted) = counted {
            return diagnostic.mend(
                format!("count those that are yes: `{counted}`"),
                vec![(*span, counted.clone())],
            );
        }
        if context == COUNT_OF_BASELINE {
            // A count of numbers is one of those that are known, whatever they are.
            return diagnostic.help(format!(
                "add up what each yes counts: `sum(if {} then 1 else 0, …)`",
                if words.is_empty() { "…" } else { words }
            ));
        }
        if matches!(words.as_str(), "yes" | "no") {
            let number = if words == "yes" { "1" } else { "0" };
            diagnostic.mend(
                format!("write a number, such as `{number}`"),
                vec![(*span, number.to_owned())],
            )
        } else if found.ty == Type::Truth && !words.is_empty() {
            let text = format!("if {words} then 1 else 0");
            let beside = context.contains(['+', '-', '*', '/']);
            let edit = if beside {
                format!("({text})")
            } else {
                text.clone()
            };
            diagnostic.mend(
                format!("say how much a yes counts: `{text}`"),
                vec![(*span, edit)],
            )
        } else if found.is_truth() {
            diagnostic.help("say how much a yes counts: `if … then 1 else 0`")
        } else if found.is_level() {
            diagnostic.help("say how much each level counts: `if … >= high then 1 else 0`")
        } else if found.is_list() {
            diagnostic.help("make one number of the list first, for example with `mean(…)`")
        } else if let Some((_, which)) = says_which {
            diagnostic.help(format!("write {which}, without a unit or a sign behind it"))
        } else {
            diagnostic.help("use an indicator or a score that is a number")
        }
    }
}

cause! {
    FW0203 CannotCompareKinds {
        left: Span,
        left_kind: Shown,
        right: Span,
        right_kind: Shown,
        operator: Span,
        /// `unknown`, of something that is no yes or no.
        unknown: Option<Span>,
        /// A number beside something else.
        literal: Option<Span>,
        /// The names of the levels, where one side is of a scale.
        levels: Vec<String>,
        /// A yes or no without the 1 or 0 that it is compared with.
        alone: Option<(String, Vec<(Span, String)>)>,
    }
}

impl CannotCompareKinds {
    fn words(&self) -> Diagnostic {
        let Self {
            left,
            left_kind,
            right,
            right_kind,
            operator,
            unknown: _,
            literal,
            levels,
            alone,
        } = self;
        let title = format!("{left_kind} cannot be compared with {right_kind}");
        // A number beside what is none is what is wrong.
        let diagnostic = match literal {
            Some(place) if place == left => {
                Diagnostic::about(self, title, *left, format!("this is {left_kind}"))
                    .mark(*right, format!("this is {right_kind}"))
            }
            Some(_) => Diagnostic::about(self, title, *right, format!("this is {right_kind}"))
                .mark(*left, format!("this is {left_kind}")),
            None => Diagnostic::about(self, title, *operator, "compared here")
                .mark(*left, format!("this is {left_kind}"))
                .mark(*right, format!("this is {right_kind}")),
        };
        if let Some((text, edits)) = alone {
            return diagnostic.mend(
                format!("a yes or no needs no comparison: write it alone, `{text}`"),
                edits.clone(),
            );
        }
        if let Some(place) = self.unknown {
            return diagnostic.mend(
                "of a yes or no one asks whether it is `unknown`, of anything else: `is missing`",
                vec![(place, "missing".to_owned())],
            );
        }
        if left_kind.is_level() || right_kind.is_level() {
            match levels.as_slice() {
                [] => diagnostic.help("compare a level with a level of its own scale: `… >= high`"),
                levels => diagnostic.help(format!(
                    "compare it with a level of its own scale: {}",
                    quoted(levels, "or")
                )),
            }
        } else if left_kind.is_truth() || right_kind.is_truth() {
            diagnostic.help("a yes or no needs no comparison: write it alone, or with `not`")
        } else if [left_kind, right_kind]
            .iter()
            .all(|kind| kind.is_category())
        {
            diagnostic.help(
                "two categories are one kind where both are declared by one name: `category region { … }`, \
                 and `: region` behind both",
            )
        } else {
            diagnostic.help("compare values of the same kind")
        }
    }
}

cause! {
    FW0206 BranchesDiffer {
        first: Span,
        first_kind: Shown,
        second: Span,
        second_kind: Shown,
        /// A comparison whose right side alone was taken by `??`: brackets around it.
        brackets: Option<(Span, Span)>,
    }
}

impl BranchesDiffer {
    fn words(&self) -> Diagnostic {
        let Self {
            first,
            first_kind,
            second,
            second_kind,
            brackets,
        } = self;
        let diagnostic = Diagnostic::about(
            self,
            format!("this gives {first_kind} in one case and {second_kind} in another"),
            *second,
            format!("this is {second_kind}"),
        )
        .mark(*first, format!("this is {first_kind}"));
        match brackets {
            Some((begin, end)) => diagnostic.mend(
                "`??` takes the value right before it: put the comparison between brackets, `(… >= …) ?? no`",
                vec![(*begin, "(".to_owned()), (*end, ")".to_owned())],
            ),
            None if first_kind.is_list() => diagnostic.help(
                "make one value of the list first, such as `any(…) ?? no`, or give each its own: `(x ?? no, y ?? no)`",
            ),
            None if first_kind.is_truth() && second_kind.is_number() => {
                diagnostic.help("compare the number, which makes a yes or no of it: `… >= …`")
            }
            None => diagnostic.help("let all cases give the same kind of value"),
        }
    }
}

cause! {
    FW0211 WrongType {
        span: Span,
        found: Shown,
        wanted: Shown,
        declared: Span,
        /// What declares it: a score, a param, an argument of a function.
        name: String,
        /// The same value as it is written in the kind that is wanted.
        meant: Option<String>,
    }
}

impl WrongType {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            found,
            wanted,
            declared,
            name,
            meant,
        } = self;
        // Two kinds of one name, such as categories, differ in where they are declared.
        let this = if found.words == wanted.words {
            format!("another {}", found.words.trim_start_matches("a "))
        } else {
            found.words.clone()
        };
        let diagnostic = Diagnostic::about(
            self,
            format!("`{name}` is declared as {wanted}, and this is {this}"),
            *span,
            format!("this is {this}"),
        )
        .mark(*declared, format!("`{name}` is declared as {wanted} here"));
        if let Some(text) = meant {
            return diagnostic.mend(format!("write `{text}`"), vec![(*span, text.clone())]);
        }
        let help = if found.is_category() && wanted.is_category() {
            "each category has words of its own: compare both with words (`x is north`), or declare one \
             of them and read both from it"
        } else if wanted.ty == Type::Truth && found.is_number() {
            "compare the number with a threshold: `… >= 100`"
        } else if found.ty == Type::Truth && wanted.is_number() {
            "say how much a yes counts: `if … then 1 else 0`"
        } else if wanted.ty == Type::Level(ASSESSMENT) && !found.is_level() {
            "write one of its words: `absent`, `emerging` or `present`"
        } else {
            "change the declaration or the value, so that both are of the same kind"
        };
        diagnostic.help(help)
    }
}
