//! Rows of periods that are still to come.

use super::counted;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::wording::quoted;
use forewarn_diagnostics::{DataPlace, Diagnostic, Place};

cause! {
    FW0996 FewInTheFuture {
        /// The file, where there is one alone.
        file: Option<String>,
        /// The column of periods.
        column: Option<String>,
        /// `country`
        entity: String,
        /// Whose latest periods are in the future, each with that period; not all of them.
        ahead: Vec<(String, String)>,
        /// How many entities these are, and of how many.
        count: usize,
        of: usize,
        /// The latest of these periods, and that of today.
        latest: String,
        today: String,
    }
}

impl FewInTheFuture {
    fn words(&self) -> Diagnostic {
        let title = format!("the latest period, {}, is in the future", self.latest);
        let place = match &self.file {
            Some(file) => Place::Data(DataPlace {
                file: file.clone(),
                column: self.column.clone(),
                ..DataPlace::default()
            }),
            None => Place::CommandLine,
        };
        let named: Vec<String> = self.ahead.iter().map(|(name, _)| name.clone()).collect();
        let more = match self.count - named.len() {
            0 => quoted(&named, "and"),
            more => {
                let named: Vec<String> = named.iter().map(|name| format!("`{name}`")).collect();
                format!("{} and {more} more", named.join(", "))
            }
        };
        let label = format!(
            "of {more} alone, of {}; today is in {}",
            counted(self.of, &self.entity),
            self.today
        );
        Diagnostic::at(self, title, place, label)
            .note("the others seem to have stopped reporting, and results are called by the latest period")
            .help(
                "most often a year or a month is mistyped: correct it; where such rows are forecasts, leave them out by \
                 `rows`, or read them with rules of their own",
            )
    }
}
