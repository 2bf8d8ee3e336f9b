//! How a run's results spell their periods.
//!
//! In: the cells of a column of periods, and what the run has on record of how its data write them. Out: the
//! same periods in the one spelling that every comparison uses, so that `10.2024` of one month's file is
//! `2024-10` of another's. What is no period stays as it is.

use crate::manifest::Recorded;
use forewarn_plan::PeriodKind;
use forewarn_runtime::period::{self, Period, Weekday, Written};
use toml_edit::Document;

/// The ways of writing that a run may have used, besides the usual ones.
#[derive(Clone, Debug, Default)]
pub struct Spelling(Vec<Written>);

impl Spelling {
    /// What the manifest of a run says.
    #[must_use]
    pub fn of(recorded: Option<&Recorded>) -> Self {
        let Some(recorded) = recorded else {
            return Self::default();
        };
        let reading = &recorded.document.reading;
        let lines = std::iter::once(&reading.recipe);
        let lines = lines.chain(reading.recipes.iter().map(|recipe| &recipe.lines));
        let said = lines.filter_map(|lines| {
            let document = Document::parse(lines.as_str()).ok()?;
            Some(document.get("period")?.as_str()?.to_owned())
        });
        let typed = reading.period_format.iter();
        let typed = typed.chain(&reading.also_period_formats).cloned();
        let patterns = typed.chain(said);
        Self(patterns.filter_map(|one| Written::new(&one).ok()).collect())
    }

    /// The same, with what the cells themselves show where nothing else reads all of them.
    #[must_use]
    pub fn with_cells(mut self, cells: &[&str]) -> Self {
        if cells.iter().all(|cell| self.read(cell).is_some()) {
            return self;
        }
        const KINDS: [PeriodKind; 5] = [
            PeriodKind::Month,
            PeriodKind::Quarter,
            PeriodKind::Week(Weekday::Monday),
            PeriodKind::Day,
            PeriodKind::Year,
        ];
        let Some(first) = cells.first() else {
            return self;
        };
        let reads = |written: &Written| cells.iter().all(|cell| written.read(cell).is_ok());
        let found = KINDS.into_iter().find_map(|kind| {
            let patterns = period::patterns_of(first, kind);
            let written = patterns.iter().filter_map(|one| Written::new(one).ok());
            let mut fits = written.filter(|one| one.kind() == kind && reads(one));
            // Days that can be read in two ways are left as they stand.
            fits.next().filter(|_| fits.next().is_none())
        });
        self.0.extend(found);
        self
    }

    /// The period that a cell means.
    #[must_use]
    pub fn read(&self, cell: &str) -> Option<(PeriodKind, i64)> {
        let mut written = self.0.iter();
        written
            .find_map(|one| one.read(cell).ok())
            .or_else(|| period::any(cell))
    }

    /// A cell in the usual spelling.
    #[must_use]
    pub fn usual(&self, cell: &str) -> String {
        match self.read(cell) {
            Some((kind, number)) => Period::new(kind, number).to_string(),
            None => cell.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_one_whatever_their_spelling() {
        let dotted = Spelling::default().with_cells(&["10.2031", "11.2031"]);
        assert_eq!(dotted.usual("10.2031"), "2031-10");
        let usual = Spelling::default().with_cells(&["2031-10"]);
        assert_eq!(usual.usual("2031-10"), "2031-10");
        let either = Spelling::default().with_cells(&["03/04/2031"]);
        assert_eq!(either.usual("03/04/2031"), "03/04/2031");
        assert_eq!(usual.usual("Avalor"), "Avalor");
    }
}
