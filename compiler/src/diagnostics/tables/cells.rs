//! Cells and columns of decision tables.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::quoted;
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    CellDoesNotFit::INFO,
    WrongNumberOfCells::INFO,
    ColumnNotHere::INFO,
    EdgesInNoOrder::INFO,
];

cause! {
    /// a cell that does not fit its column
    ///
    /// ## What it means
    ///
    /// A cell asks for something that its column cannot be: a number of a level, a level of a number, or an
    /// order of a category's words.
    ///
    /// ## Why it matters
    ///
    /// Such a cell could never hold, and its row would never speak.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator momentum "Momentum" : number in 0..1
    /// scale concern { low < elevated < high }
    /// scale action { none < review < convene }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25,
    ///   low otherwise,
    /// }
    /// table response "Response" : action by overall, momentum {
    ///   high, elevated then convene,
    ///   otherwise then none,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator momentum "Momentum" : number in 0..1
    /// scale concern { low < elevated < high }
    /// scale action { none < review < convene }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25,
    ///   low otherwise,
    /// }
    /// table response "Response" : action by overall, momentum {
    ///   high, any then convene,
    ///   any, 0.5.. then review,
    ///   any, missing then review,
    ///   otherwise then none,
    /// }
    /// ```
    Error "FW0544" CellDoesNotFit {
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
    /// too many or too few cells
    ///
    /// ## What it means
    ///
    /// A row of a decision table has one cell for each column, in the order of the columns. Only `otherwise`
    /// stands alone.
    ///
    /// ## Why it matters
    ///
    /// With a cell left out, the cells behind it would be read for the wrong columns.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator momentum "Momentum" : number in 0..1
    /// scale concern { low < elevated < high }
    /// scale action { none < review < convene }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25,
    ///   low otherwise,
    /// }
    /// table response "Response" : action by overall, momentum {
    ///   high then convene,
    ///   otherwise then none,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator momentum "Momentum" : number in 0..1
    /// scale concern { low < elevated < high }
    /// scale action { none < review < convene }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25,
    ///   low otherwise,
    /// }
    /// table response "Response" : action by overall, momentum {
    ///   high, any then convene,
    ///   any, 0.5.. then review,
    ///   any, missing then review,
    ///   otherwise then none,
    /// }
    /// ```
    Error "FW0545" WrongNumberOfCells {
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
    /// a column of several values
    ///
    /// ## What it means
    ///
    /// A column of a decision table looks at one number, level, category or yes and no. This one is several
    /// values at once.
    ///
    /// ## Why it matters
    ///
    /// Each cell asks one question of one value.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator hunger "Hunger" : number in 0..1
    /// indicator flight "Flight" : number in 0..1
    /// factor distress { combine mean  require 1 known  members { hunger, flight } }
    /// scale action { none < review }
    /// table response : action by distress.members {
    ///   0.5.. then review,
    ///   otherwise then none,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator hunger "Hunger" : number in 0..1
    /// indicator flight "Flight" : number in 0..1
    /// factor distress { combine mean  require 1 known  members { hunger, flight } }
    /// scale action { none < review }
    /// table response : action by count(distress.members >= 0.5) {
    ///   missing then review,
    ///   1.. then review,
    ///   otherwise then none,
    /// }
    /// ```
    Error "FW0546" ColumnNotHere {
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
    /// thresholds without an order
    ///
    /// ## What it means
    ///
    /// Cells of one column name two thresholds that change with the period, and which of them is the higher
    /// one is not the same in every period.
    ///
    /// ## Why it matters
    ///
    /// Whether the rows leave something out depends on that order.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war = 20 until 2010, = 30 from 2011
    /// param crisis = 25
    /// scale action { none < review < convene }
    /// table response : action by deaths {
    ///   missing then review,
    ///   >= war then convene,
    ///   >= crisis then review,
    ///   otherwise then none,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war = 1000 until 2010, = 500 from 2011
    /// param crisis = 25
    /// scale action { none < review < convene }
    /// table response : action by deaths {
    ///   missing then review,
    ///   >= war then convene,
    ///   >= crisis then review,
    ///   otherwise then none,
    /// }
    /// ```
    Error "FW0547" EdgesInNoOrder {
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
