//! Levels, scales and categories.

use super::super::Diagnostic;
use super::super::names::at_places;
use super::super::wording::quoted;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0204 OtherScale {
        left: Span,
        left_scale: String,
        right: Span,
        right_scale: String,
    }
}

impl OtherScale {
    fn words(&self) -> Diagnostic {
        let Self {
            left,
            left_scale,
            right,
            right_scale,
        } = self;
        Diagnostic::about(
            self,
            format!("levels of `{left_scale}` and of `{right_scale}` do not go together"),
            *right,
            format!("a level of `{right_scale}`"),
        )
        .mark(*left, format!("a level of `{left_scale}`"))
        .note("each scale has its own order, even where two of them share a word")
        .help("compare each with a level of its own scale, and join the two with `and` or `or`")
    }
}

cause! {
    FW0205 UnknownLevel {
        name: String,
        span: Span,
        /// `scale` or `category`.
        scale_kind: &'static str,
        scale: String,
        declared: Span,
        known: Vec<String>,
        suggestion: Option<String>,
        /// Where else it stands, or others that are written in the same other way, and what is meant there.
        others: Vec<(Span, String)>,
        /// Where the scale is named, and the one scale that has this and all words beside it.
        meant_scale: Option<(Span, String)>,
    }
}

impl UnknownLevel {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            scale_kind,
            scale,
            declared,
            known,
            suggestion,
            others,
            meant_scale,
        } = self;
        // A category that is declared within an indicator has no name.
        let (whole, has) = if scale.is_empty() {
            (format!("this {scale_kind}"), "it".to_owned())
        } else {
            (format!("{scale_kind} `{scale}`"), format!("`{scale}`"))
        };
        let title = format!("{whole} has no `{name}`");
        let places = format!("{has} has {}", quoted(known, "and"));
        // What the language brings with it is declared in no file.
        let declared = (*declared != Span::default()).then_some(*declared);
        if let Some((place, meant)) = meant_scale {
            return Diagnostic::about(self, title, *place, places)
                .mark(
                    *span,
                    format!("a level of `{meant}`, as all the others are"),
                )
                .mend(
                    format!("all levels here are those of `{meant}`: write it for `{scale}`"),
                    vec![(*place, meant.clone())],
                );
        }
        match suggestion {
            Some(meant) => {
                Diagnostic::about(self, title, *span, format!("did you mean `{meant}`?"))
                    .mark_if(declared, places)
                    .mend(
                        match others.iter().any(|(_, other)| other != meant) {
                            false => {
                                format!("replace it by `{meant}`{}", at_places(others.len() + 1))
                            }
                            true => format!(
                                "replace it by `{meant}`, and the {} others likewise",
                                others.len()
                            ),
                        },
                        std::iter::once((*span, meant.clone()))
                            .chain(others.iter().cloned())
                            .collect(),
                    )
            }
            None => Diagnostic::about(self, title, *span, "this word does not fit here")
                .mark_if(declared, "declared here")
                .help(places),
        }
    }
}

cause! {
    FW0207 CategoriesHaveNoOrder {
        span: Span,
        operator: Span,
        declared: Option<Span>,
    }
}

impl CategoriesHaveNoOrder {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "categories have no order",
            self.operator,
            "none of them is more or less than another",
        )
        .mark(self.span, "compares a category")
        .mark_if(self.declared, "declared here")
        .help("ask with `is`, or list those that count: `… in {west, central}`; for an order, declare a `scale`")
    }
}

cause! {
    FW0215 LevelNeedsContext {
        name: String,
        span: Span,
        /// The scales and categories that have it.
        scales: Vec<String>,
        /// What is asked before `or`, and has to be asked again: `incitement is `.
        again: Option<String>,
        /// What it is compared with, which is no level.
        beside: Option<NoLevel>,
        /// Values of the ruleset that stand on a scale with that name.
        on: Vec<String>,
    }
}

/// Something that a level's name is compared with and that is no level.
#[derive(Clone, Debug)]
pub struct NoLevel {
    pub words: String,
    /// `a number`
    pub kind: String,
    pub span: Span,
    /// Levels that stand on a scale with that name.
    pub levels: Vec<String>,
    pub relation: String,
}

impl LevelNeedsContext {
    fn beside(&self, other: &NoLevel) -> Diagnostic {
        let name = &self.name;
        let subject = if other.words.is_empty() {
            "this".to_owned()
        } else {
            format!("`{}`", other.words)
        };
        let told = Diagnostic::about(
            self,
            format!("{subject} is {}, and `{name}` is a level", other.kind),
            self.span,
            format!("a level of {}", quoted(&self.scales, "and")),
        )
        .mark(other.span, format!("this is {}", other.kind));
        let with = if other.kind == "yes or no" {
            "ask for the yes or no alone"
        } else {
            "compare it with a number"
        };
        match other.levels.as_slice() {
            [only] => told.help(with).mend(
                format!("or ask the level: `{only} {} {name}`", other.relation),
                vec![(other.span, only.clone())],
            ),
            [] => told.help(with),
            several => told.help(format!("{with}, or ask a level: {}", quoted(several, "or"))),
        }
    }

    fn words(&self) -> Diagnostic {
        if let Some(other) = &self.beside {
            return self.beside(other);
        }
        let name = &self.name;
        let diagnostic = Diagnostic::about(
            self,
            format!("`{name}` is the name of a level and says nothing alone"),
            self.span,
            if self.scales.is_empty() {
                "nothing is compared with it".to_owned()
            } else {
                format!("a level of {}", quoted(&self.scales, "and"))
            },
        );
        if let Some(again) = &self.again {
            let place = Span {
                end: self.span.start,
                ..self.span
            };
            return diagnostic.mend(
                format!("each side of `or` asks for itself: write `{again}{name}`"),
                vec![(place, again.clone())],
            );
        }
        let of = match self.on.as_slice() {
            [only] => only.as_str(),
            _ => "…",
        };
        diagnostic.help(format!(
            "ask whether something stands there: `{of} is {name}` or `{of} >= {name}`"
        ))
    }
}
