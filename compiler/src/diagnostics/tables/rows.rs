//! Rows of decision tables: one for everything, and each of them decides somewhere.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    TableHasGap::INFO,
    TableOpenWhereMissing::INFO,
    RowNeverDecides::INFO,
    TableTooLarge::INFO,
];

/// The most rows that a message marks.
const MOST_ROWS: usize = 4;

cause! {
    /// a combination without a row
    ///
    /// ## What it means
    ///
    /// A decision table has no row for something that its columns can say. Rows are tried from the first to
    /// the last, and the first that holds decides; here none does.
    ///
    /// ## Why it matters
    ///
    /// Where no row holds, the method says nothing, and nobody notices until the case occurs.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low < elevated < high }
    /// scale action { none < review < convene }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25,
    ///   low otherwise,
    /// }
    /// table response "Response" : action by overall {
    ///   high then convene,
    ///   low then none,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low < elevated < high }
    /// scale action { none < review < convene }
    /// level overall : concern {
    ///   high when deaths >= 1000,
    ///   elevated when deaths >= 25,
    ///   low otherwise,
    /// }
    /// table response "Response" : action by overall {
    ///   high then convene,
    ///   elevated then review,
    ///   low then none,
    /// }
    /// ```
    Error "FW0541" TableHasGap {
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
    /// nothing decides where evidence is missing
    ///
    /// ## What it means
    ///
    /// Where this value is missing, no row of the table decides alone: the rows that ask for it could each
    /// turn out to be the one. A table on a scale then says between what and what it lies, and any other
    /// table says nothing.
    ///
    /// A row with the cell `missing` (or `any`) in that column says what holds there.
    ///
    /// ## Why it matters
    ///
    /// What to do when nobody knows is a decision of the method. A table is read by those who act on it, and
    /// they want that answer to stand in it.
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
    ///   high, 0.5.. then convene,
    ///   high, ..<0.5 then review,
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
    ///   high, 0.5.. then convene,
    ///   high, missing then convene,
    ///   high, ..<0.5 then review,
    ///   otherwise then none,
    /// }
    /// ```
    Warning "FW0542" TableOpenWhereMissing {
        name: String,
        span: Span,
        /// `` `overall` is `high` and `momentum` is missing ``
        example: String,
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
            .help("add a row with `missing` in that column, or allow it with a reason")
    }
}

cause! {
    /// a row that never decides
    ///
    /// ## What it means
    ///
    /// Whatever the columns say, another row above has decided already, or nothing that the columns can say
    /// fits the row.
    ///
    /// ## Why it matters
    ///
    /// A row that looks present and never speaks misleads whoever reads the table. Often rows stand in the
    /// wrong order: the first that holds decides.
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
    ///   >= elevated, any then review,
    ///   high, 0.5.. then convene,
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
    ///   high, 0.5.. then convene,
    ///   high, missing then convene,
    ///   >= elevated, any then review,
    ///   otherwise then none,
    /// }
    /// ```
    Warning "FW0543" RowNeverDecides {
        span: Span,
        /// The rows that decide in its place.
        above: Vec<Span>,
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
        diagnostic.help("move it up, correct its cells, or remove it")
    }
}

cause! {
    /// a table too large to be checked
    ///
    /// ## What it means
    ///
    /// Every combination of what a table's columns can say is tried, so that none is without a row. This
    /// table has more than a million of them.
    ///
    /// ## Why it matters
    ///
    /// A table that nobody can check is one that nobody can read. Tables of two to four columns are.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator sign_a : truth
    /// indicator sign_b : truth
    /// indicator sign_c : truth
    /// indicator sign_d : truth
    /// indicator sign_e : truth
    /// indicator sign_f : truth
    /// indicator sign_g : truth
    /// indicator sign_h : truth
    /// indicator sign_i : truth
    /// indicator sign_j : truth
    /// indicator sign_k : truth
    /// indicator sign_l : truth
    /// indicator sign_m : truth
    /// scale action { none < review }
    /// table response : action by sign_a, sign_b, sign_c, sign_d, sign_e, sign_f, sign_g,
    ///   sign_h, sign_i, sign_j, sign_k, sign_l, sign_m {
    ///   yes, yes, yes, yes, yes, yes, yes,
    ///   yes, yes, yes, yes, yes, yes then review,
    ///   otherwise then none,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator sign_a : truth
    /// indicator sign_b : truth
    /// indicator sign_c : truth
    /// indicator sign_d : truth
    /// indicator sign_e : truth
    /// indicator sign_f : truth
    /// indicator sign_g : truth
    /// indicator sign_h : truth
    /// indicator sign_i : truth
    /// indicator sign_j : truth
    /// indicator sign_k : truth
    /// indicator sign_l : truth
    /// indicator sign_m : truth
    /// let signs = count(sign_a, sign_b, sign_c, sign_d, sign_e, sign_f, sign_g,
    ///   sign_h, sign_i, sign_j, sign_k, sign_l, sign_m)
    /// scale action { none < review }
    /// table response : action by signs {
    ///   13 then review,
    ///   missing then review,
    ///   otherwise then none,
    /// }
    /// ```
    Error "FW0548" TableTooLarge {
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
