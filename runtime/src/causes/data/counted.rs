//! Columns that seem to be counted otherwise than the rules say.

use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::wording::count;
use forewarn_diagnostics::{DataPlace, Diagnostic, Place};
use forewarn_plan::numbers::show;

/// A column, and the indicator that is read from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counted {
    pub file: String,
    pub column: String,
    pub name: String,
    /// Where the indicator is declared.
    pub span: Span,
}

impl Counted {
    fn place(&self) -> Place {
        Place::Data(DataPlace {
            file: self.file.clone(),
            column: Some(self.column.clone()),
            ..DataPlace::default()
        })
    }
}

/// What to do where a column seems to hold percentages.
pub(super) fn as_percentage(line: &str) -> String {
    format!(
        "if it is a percentage, declare `{line}`; numbers beside it then have their sign: `40%`"
    )
}

cause! {
    FW0328 ShareInPercent {
        counted: Counted,
        /// The declaration that reads it as a share.
        line: String,
        /// Of several files these alone have it so: the others have about a hundred times as much.
        deliveries: Vec<String>,
    }
}

impl ShareInPercent {
    fn words(&self) -> Diagnostic {
        let Counted {
            column, name, span, ..
        } = &self.counted;
        let title =
            format!("every value of `{column}` lies between 0 and 1, and `{name}` is a percentage");
        if !self.deliveries.is_empty() {
            let files = forewarn_diagnostics::wording::quoted(&self.deliveries, "and");
            return Diagnostic::at(
                self,
                format!("{title}: in {files}"),
                self.counted.place(),
                "other files have about 100 times as much: is this a share?",
            )
            .mark(*span, "declared in percent")
            .note("as a percentage, 0.45 is 0.45 %; as a share it is 45 %")
            .help("if it is, have the values of these files written in percent, as those of the others are");
        }
        Diagnostic::at(self, title, self.counted.place(), "is this a share?")
            .mark(*span, "declared in percent")
            .note("as a percentage, 0.45 is 0.45 %; as a share it is 45 %")
            .help(format!("if it is a share, declare `{}`", self.line))
            .help("if less than one percent is meant, say so with its range: `percent in 0..1%`")
    }
}

cause! {
    FW0329 PercentInShare {
        counted: Counted,
        /// How many values lie above 1.
        values: u64,
        highest: f64,
        /// The declaration that reads it as a percentage.
        line: String,
    }
}

impl PercentInShare {
    fn words(&self) -> Diagnostic {
        let Counted {
            column, name, span, ..
        } = &self.counted;
        let values = usize::try_from(self.values).unwrap_or(usize::MAX);
        let title = format!(
            "`{column}` goes up to {}, and `{name}` is declared in 0..1",
            show(self.highest)
        );
        Diagnostic::at(self, title, self.counted.place(), "is this a percentage?")
            .mark(*span, "declared in 0..1")
            .note(format!("{} above 1, out of range", count(values, "value")))
            .help(as_percentage(&self.line))
    }
}
