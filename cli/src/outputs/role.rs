//! What an output is to its command.

/// What an output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Of a run.
    Results,
    Events,
    /// The results once more, as spreadsheets open them.
    Spreadsheet,
    /// Of the results before it.
    Manifest,
    /// What the run hands over to later ones; of the results before it.
    State,
    /// Of tests.
    Coverage,
    Package,
    /// A file that the command is there to write anew: a lock, a manifest of a package, translations.
    Own,
}

impl Role {
    /// `the results`
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Results => "the results",
            Self::Events => "the events",
            Self::Spreadsheet => "the results for spreadsheets",
            Self::Manifest => "the manifest",
            Self::State => "the state",
            Self::Coverage => "the coverage",
            Self::Package => "the package",
            Self::Own => "what the command writes",
        }
    }
}
