//! What a factor is made of.

use super::super::Diagnostic;
use super::super::units::counted;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0601 EmptyFactor {
        name: String,
        span: Span,
    }
}

impl EmptyFactor {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("factor `{}` has no members", self.name),
            self.span,
            "nothing to combine",
        )
        .help("list what it is made of: `members { governance weight 2, poverty weight 1 }`")
    }
}

cause! {
    FW0602 MixedUnits {
        name: String,
        first: Span,
        first_unit: String,
        second: Span,
        second_unit: String,
        /// Of a percentage among plain numbers: where it stands, and how it is written as a share.
        share: Option<(Span, String)>,
    }
}

impl MixedUnits {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            first,
            first_unit,
            second,
            second_unit,
            share,
        } = self;
        if let Some((place, text)) = share {
            return Diagnostic::about(
                self,
                format!("the members of `{name}` are percentages and plain numbers"),
                *second,
                counted(second_unit),
            )
            .mark(*first, counted(first_unit))
            .note("one reads 100 for the whole where the other reads 1")
            .mend(
                format!("write the share, which is a plain number: `{text}`"),
                vec![(*place, text.clone())],
            );
        }
        Diagnostic::about(
            self,
            format!("the members of `{name}` have unlike units"),
            *second,
            counted(second_unit),
        )
        .mark(*first, counted(first_unit))
        .note("the member with the larger numbers would decide alone")
        .help("bring each member onto a common scale first, for example with `rescale`")
    }
}

cause! {
    FW0606 MemberTwice {
        name: String,
        first: Span,
        second: Span,
    }
}

impl MemberTwice {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` is a member twice", self.name),
            self.second,
            "listed again here",
        )
        .mark(self.first, "first listed here")
        .help("remove one of them; to let it count more, give it a weight")
    }
}

cause! {
    FW0609 NotAMember {
        name: String,
        span: Span,
        /// What it is: `a category`.
        kind: String,
        declared: Option<Span>,
        /// What is needed: `yes or no`.
        wanted: String,
    }
}

impl NotAMember {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            kind,
            declared,
            wanted,
        } = self;
        let diagnostic = Diagnostic::about(
            self,
            format!("`{name}` cannot be a member here: it is {kind}"),
            *span,
            format!("{wanted} is needed"),
        )
        .mark_if(*declared, format!("`{name}` is declared here"));
        if wanted.starts_with("yes or no") {
            diagnostic.help(format!("ask a question first: `signal … = {name} >= …`"))
        } else if wanted.starts_with("a plain number") {
            diagnostic.help(format!("divide by a unit first: `let … = {name} / …`"))
        } else {
            diagnostic.help(format!(
                "say how much it counts: `let … = if {name} is … then 1 else 0`"
            ))
        }
    }
}
