//! The clauses of a level, from the most to the least severe.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0503 AfterOtherwise {
        otherwise: Span,
        /// The first of the lines behind it.
        clause: Span,
        /// The last line of the level.
        last: Span,
        /// The words of the line with `otherwise`.
        text: String,
        /// The level ends with `otherwise` too.
        again: bool,
        /// A less severe level stands behind it: `calm`.
        less: Option<String>,
    }
}

impl AfterOtherwise {
    fn words(&self) -> Diagnostic {
        let gone = Span {
            end: self.clause.start,
            ..self.otherwise
        };
        let told = Diagnostic::about(
            self,
            "nothing behind `otherwise` is ever looked at",
            self.otherwise,
            "holds whenever it is reached",
        )
        .mark(self.clause, "never reached, nor is what follows it");
        if self.again {
            return told.mend(
                format!(
                    "take `{}` out: the level ends with `otherwise` already",
                    self.text
                ),
                vec![(gone, String::new())],
            );
        }
        if let Some(less) = &self.less {
            return told.help(format!(
                "a level ends with its least severe line: write `{less} otherwise` last, and a condition in place of \
                 this `otherwise`"
            ));
        }
        let end = Span {
            start: self.last.end,
            ..self.last
        };
        told.mend(
            format!("move `{}` to the end", self.text),
            vec![(gone, String::new()), (end, format!(",\n  {}", self.text))],
        )
    }
}

/// A scale that is written the wrong way round.
#[derive(Clone, Debug)]
pub struct Turned {
    pub name: String,
    /// `low < guarded < high`
    pub order: String,
    pub edits: Vec<(Span, String)>,
}

cause! {
    FW0504 ClausesOutOfOrder {
        above: Span,
        above_level: String,
        below: Span,
        below_level: String,
        scale: Span,
        /// Each of the two in the other's place.
        exchange: Vec<(Span, String)>,
        /// All clauses go against the scale, and the scale looks upside down.
        turned: Option<Turned>,
    }
}

impl ClausesOutOfOrder {
    fn words(&self) -> Diagnostic {
        let Self {
            above,
            above_level,
            below,
            below_level,
            scale,
            exchange: _,
            turned,
        } = self;
        if let Some(turned) = turned {
            return Diagnostic::about(
                self,
                format!(
                    "the scale `{}` goes from the most severe level to the least",
                    turned.name
                ),
                *scale,
                "the most severe level stands first",
            )
            .mark(*above, format!("decides first, for `{above_level}`"))
            .note("levels are compared by their place on the scale: `>= high` would ask for less")
            .mend(
                format!("turn the scale round: `{}`", turned.order),
                turned.edits.clone(),
            );
        }
        // What the language brings with it is declared in no file.
        let scale = (*scale != Span::default()).then_some(*scale);
        Diagnostic::about(
            self,
            format!("`{below_level}` is more severe than `{above_level}`, but stands below it"),
            *below,
            "reached only where the clause above does not hold",
        )
        .mark(*above, format!("decides first, for `{above_level}`"))
        .mark_if(scale, "the order of the levels")
        .note("where both hold, the lower level would be given")
        .mend(
            "order the clauses from the most to the least severe level",
            self.exchange.clone(),
        )
    }
}

cause! {
    FW0506 UnreachableClause {
        /// Its condition.
        clause: Span,
        level: String,
        earlier: Span,
        /// `the clause above asks the same`
        why: String,
        /// What has to go, where the same clause stands above word for word.
        twin: Option<Span>,
    }
}

impl UnreachableClause {
    fn words(&self) -> Diagnostic {
        let diagnostic = Diagnostic::about(
            self,
            format!("`{}` can never be given by this clause", self.level),
            self.clause,
            self.why.clone(),
        )
        .mark(self.earlier, "this one has decided before")
        .note("clauses are asked from top to bottom, and the first that is met decides");
        match self.twin {
            Some(twin) => diagnostic.mend(
                "take it out: the same clause stands above",
                vec![(twin, String::new())],
            ),
            None => diagnostic.help(
                "correct a threshold of one of the two, so that the clause above asks for more, or remove this one",
            ),
        }
    }
}

cause! {
    FW0507 MixedArms {
        bands: Span,
        clause: Span,
    }
}

impl MixedArms {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "a level is decided by bands or by clauses, not by both",
            self.clause,
            "a clause",
        )
        .mark(self.bands, "bands of a score")
        .help("write bands only (`low in 0..<3`), or leave out `from` and write clauses (`low when … < 3`)")
    }
}
