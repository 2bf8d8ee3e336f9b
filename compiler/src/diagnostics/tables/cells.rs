//! Cells and columns of decision tables.

use super::super::Diagnostic;
use super::super::wording::quoted;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0544 CellDoesNotFit {
        span: Span,
        cell: String,
        column: Span,
        column_text: String,
        /// `a number in deaths`
        kind: String,
        level: bool,
        number: bool,
        /// The words of a scale or a category.
        known: Vec<String>,
    }
}

impl CellDoesNotFit {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            cell,
            column,
            column_text,
            kind,
            level,
            number,
            known,
        } = self;
        let help = match (known.as_slice(), *number) {
            ([], true) => "a cell of numbers is a number, a range such as `0.5..0.7`, `>= 0.5`, \
                           `missing` or `any`"
                .to_owned(),
            ([], false) => "a cell here is `yes`, `no`, `unknown` or `any`".to_owned(),
            (known, _) if *level => format!(
                "a cell here is {}, a range of them, `>= {}`, `missing` or `any`",
                quoted(known, "or"),
                known.last().map_or("", String::as_str)
            ),
            (known, _) => format!(
                "a cell here is {}, some of them in braces, `missing` or `any`",
                quoted(known, "or")
            ),
        };
        Diagnostic::about(
            self,
            format!("`{cell}` does not fit the column `{column_text}`, which is {kind}"),
            *span,
            "cannot be asked of this column",
        )
        .mark(*column, format!("this column is {kind}"))
        .help(help)
    }
}

cause! {
    FW0545 WrongNumberOfCells {
        span: Span,
        found: usize,
        wanted: usize,
        columns: Vec<String>,
        /// The columns.
        declared: Span,
    }
}

impl WrongNumberOfCells {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            found,
            wanted,
            columns,
            declared,
        } = self;
        let cells = |count: &usize| match count {
            1 => "1 cell".to_owned(),
            count => format!("{count} cells"),
        };
        let columns_are = match wanted {
            1 => "1 column".to_owned(),
            count => format!("{count} columns"),
        };
        Diagnostic::about(
            self,
            format!("this row has {} for {columns_are}", cells(found)),
            *span,
            cells(found),
        )
        .mark(*declared, columns_are)
        .help(format!(
            "write one cell for each of {}; `any` where it does not matter",
            quoted(columns, "and")
        ))
    }
}

cause! {
    FW0546 ColumnNotHere {
        span: Span,
        found: String,
    }
}

impl ColumnNotHere {
    fn words(&self) -> Diagnostic {
        let Self { span, found } = self;
        Diagnostic::about(
            self,
            format!("a column of a table is one value, and this is {found}"),
            *span,
            found.clone(),
        )
        .help("take one value of them: `count(… >= 0.5)`, `any(… >= 0.5)`, `max(…)`")
    }
}

cause! {
    FW0547 EdgesInNoOrder {
        first: Span,
        first_text: String,
        second: Span,
        second_text: String,
    }
}

impl EdgesInNoOrder {
    fn words(&self) -> Diagnostic {
        let Self {
            first,
            first_text,
            second,
            second_text,
        } = self;
        Diagnostic::about(
            self,
            format!(
                "`{first_text}` is above `{second_text}` in some periods and below it in others"
            ),
            *second,
            "cannot be put in order with the other threshold",
        )
        .mark(*first, "changes with the period")
        .note("whether the rows leave something out depends on the order of thresholds")
        .help("give them values that keep one order, or decide in two tables")
    }
}
