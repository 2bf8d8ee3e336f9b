//! Units as they are declared, and values that do not keep to them.

use super::super::Diagnostic;
use super::super::wording::{circle, quoted, ring};
use super::{Literal, counted, divide, divisor, in_unit, is_plain, plural};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0301 UnitCycle {
        /// Each with the place where it uses the next; the last uses the first.
        members: Vec<(String, Span)>,
    }
}

impl UnitCycle {
    fn words(&self) -> Diagnostic {
        let title = match self.members.as_slice() {
            [(only, _)] => format!("unit `{only}` is defined by itself"),
            members => format!("units are defined by each other: {}", ring(members)),
        };
        circle(self, title, &self.members, "rests on")
            .help("declare one of them as a base unit, without `=`")
    }
}

cause! {
    FW0303 ArgumentUnit {
        function: String,
        parameter: String,
        span: Span,
        found: String,
        wanted: String,
        /// The argument that settled which unit is needed.
        because: Option<Span>,
        literal: Literal,
    }
}

impl ArgumentUnit {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            parameter,
            span,
            found,
            wanted,
            because,
            literal,
        } = self;
        let diagnostic = Diagnostic::about(
            self,
            format!(
                "`{function}` needs {} for `{parameter}`, not {}",
                plural(wanted),
                plural(found)
            ),
            *span,
            counted(found),
        )
        .mark_if(
            *because,
            format!("this is {}, so `{parameter}` must be too", counted(wanted)),
        );
        match in_unit(literal, wanted) {
            Some((help, edits)) => diagnostic.mend(help, edits),
            _ if is_plain(wanted) => diagnostic.help(divide(found)),
            _ => diagnostic.help(format!(
                "give a value in {wanted}, or correct the declaration of what gives it its unit"
            )),
        }
    }
}

cause! {
    FW0304 WantsPlainNumber {
        function: String,
        span: Span,
        found: String,
        /// Where the unit comes from.
        origin: Option<Span>,
    }
}

impl WantsPlainNumber {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            span,
            found,
            origin,
        } = self;
        Diagnostic::about(
            self,
            format!("`{function}` needs a plain number, not {found}"),
            *span,
            counted(found),
        )
        .mark_if(*origin, "gets its unit here")
        .note("its result would depend on the size of the unit")
        .help(match divisor(found) {
            Some(by) => format!("divide by an amount of it first: `{function}(… / {by})`"),
            None => "divide by an amount of the same unit first".to_owned(),
        })
    }
}

cause! {
    FW0305 DeclaredUnit {
        name: String,
        declared: Span,
        declared_unit: String,
        span: Span,
        found: String,
        literal: Literal,
    }
}

impl DeclaredUnit {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            declared,
            declared_unit,
            span,
            found,
            literal,
        } = self;
        let as_declared = if is_plain(declared_unit) {
            "a plain number".to_owned()
        } else {
            format!("in {declared_unit}")
        };
        let diagnostic = Diagnostic::about(
            self,
            format!(
                "`{name}` is declared {as_declared}, and this is {}",
                counted(found)
            ),
            *span,
            counted(found),
        )
        .mark(
            *declared,
            format!("`{name}` is declared {as_declared} here"),
        );
        match in_unit(literal, declared_unit) {
            Some((help, edits)) => diagnostic.mend(help, edits),
            _ if is_plain(declared_unit) => {
                diagnostic.help(format!("declare it in {found}, or {}", divide(found)))
            }
            _ if is_plain(found) => diagnostic.help(
                "leave the unit out of the declaration, or use values that have it in the formula",
            ),
            _ => diagnostic
                .help("correct the declaration or the formula, so that both have one unit"),
        }
    }
}

cause! {
    FW0322 EdgeUnit {
        /// The banded value as it is written; empty where that is long.
        words: String,
        of: Span,
        unit: String,
        span: Span,
        found: String,
        /// All edges of that unit, the first among them.
        edges: Vec<(Span, Literal)>,
    }
}

impl EdgeUnit {
    fn words(&self) -> Diagnostic {
        let Self {
            words,
            of,
            unit,
            span,
            found,
            edges,
        } = self;
        let banded = if words.is_empty() {
            "what is banded".to_owned()
        } else {
            format!("`{words}`")
        };
        let is_in = if is_plain(unit) {
            "a plain number".to_owned()
        } else {
            format!("in {unit}")
        };
        let title = match edges.as_slice() {
            [_] => format!("{banded} is {is_in}, and this edge is {}", counted(found)),
            _ => format!(
                "{banded} is {is_in}, and these edges are {}",
                counted(found)
            ),
        };
        let mut diagnostic = Diagnostic::about(self, title, *span, counted(found));
        for (other, _) in edges.iter().filter(|(other, _)| other != span) {
            diagnostic = diagnostic.mark(*other, "and this");
        }
        diagnostic = diagnostic.mark(*of, is_in);
        let mended: Option<Vec<(String, (Span, String))>> = edges
            .iter()
            .map(|(_, literal)| {
                let (help, edits) = in_unit(literal, unit)?;
                Some((help, edits.into_iter().next()?))
            })
            .collect();
        match mended.as_deref() {
            Some([(help, edit)]) => diagnostic.mend(help.clone(), vec![edit.clone()]),
            Some(several) => {
                let edits: Vec<(Span, String)> =
                    several.iter().map(|(_, edit)| edit.clone()).collect();
                let mut written: Vec<&str> = edits.iter().map(|(_, text)| text.as_str()).collect();
                written.dedup();
                let help = if is_plain(unit) {
                    format!("write the numbers alone: {}", quoted(&written, "and"))
                } else {
                    format!(
                        "if they are so many {unit}, write {}",
                        quoted(&written, "and")
                    )
                };
                diagnostic.mend(help, edits)
            }
            None => diagnostic.help("write the edges in the unit of what is banded"),
        }
    }
}

cause! {
    FW0309 UnitTooLarge {
        span: Span,
    }
}

impl UnitTooLarge {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "the factors of this unit are too large to be carried exactly",
            self.span,
            "out of bounds, multiplied out",
        )
        .help("use a unit nearer to what is counted")
    }
}
