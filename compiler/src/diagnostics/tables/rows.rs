//! Rows of decision tables: one for everything, and each of them decides somewhere.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

/// The most rows that a message marks.
const MOST_ROWS: usize = 4;

cause! {
    FW0541 TableHasGap {
        name: String,
        span: Span,
        /// `` `overall` is `high` and `momentum` is missing ``
        example: String,
    }
}

impl TableHasGap {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            example,
        } = self;
        Diagnostic::about(
            self,
            format!("`{name}` has no row for when {example}"),
            *span,
            "not every combination has a row",
        )
        .note("the method would say nothing there")
        .help("add a row for it, or end the table with `otherwise then …`")
    }
}

cause! {
    FW0542 TableOpenWhereMissing {
        name: String,
        span: Span,
        /// `` `overall` is `high` and `momentum` is missing ``
        example: String,
        /// A row that would decide there: `high, missing then …`.
        row: Option<String>,
        /// The cells of the rows that are possible, and what they say.
        possible: Vec<(Span, String)>,
    }
}

impl TableOpenWhereMissing {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            example,
            row,
            possible,
        } = self;
        let mut diagnostic = Diagnostic::about(
            self,
            format!("no row of `{name}` decides when {example}"),
            *span,
            "several rows are possible there",
        );
        for (row, then) in possible.iter().take(MOST_ROWS) {
            diagnostic = diagnostic.mark(*row, format!("possible: `{then}`"));
        }
        diagnostic
            .note("what to do when nobody knows is a decision of the method")
            .help(match row {
                Some(row) => format!(
                    "say what holds there, in a row above the first of these: `{row}`; or allow it with a reason"
                ),
                None => "add a row with `missing` in that column, or allow it with a reason".to_owned(),
            })
    }
}

cause! {
    FW0543 RowNeverDecides {
        span: Span,
        /// The rows that decide in its place.
        above: Vec<Span>,
        /// What has to go, where the same row stands above word for word.
        twin: Option<Span>,
    }
}

impl RowNeverDecides {
    fn words(&self) -> Diagnostic {
        let label = match self.above.as_slice() {
            [] => "nothing that the columns can say fits it",
            [_] => "the row above has decided already",
            _ => "the rows above have decided already",
        };
        let mut diagnostic = Diagnostic::about(self, "this row never decides", self.span, label);
        for row in self.above.iter().take(MOST_ROWS) {
            diagnostic = diagnostic.mark(*row, "decides in its place");
        }
        match self.twin {
            Some(twin) => diagnostic.mend(
                "take it out: the same row stands above",
                vec![(twin, String::new())],
            ),
            None => diagnostic.help("move it up, correct its cells, or remove it"),
        }
    }
}

cause! {
    FW0548 TableTooLarge {
        name: String,
        span: Span,
        combinations: usize,
        most: usize,
    }
}

impl TableTooLarge {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            combinations,
            most,
        } = self;
        Diagnostic::about(
            self,
            format!("`{name}` has too many combinations to be checked"),
            *span,
            format!("{combinations} combinations; at most {most}"),
        )
        .help("gather columns into counts, factors or levels, or decide in several tables")
    }
}
