//! The command line's words: every command, and what `--help` says of it.

use crate::args::{
    CheckArgs, CompletionsArgs, ExplainArgs, ExplainCodeArgs, FixArgs, Format, Global, LintArgs,
    ManualArgs, NewArgs, PropertiesArgs, RunArgs, TestArgs, VerifyArgs,
};
use crate::compare::CompareArgs;
use crate::diff::DiffArgs;
use crate::packages::{
    AddArgs, LockArgs, PackageArgs, PackagesArgs, ReleaseArgs, UpgradeArgs, VendorArgs,
};
use crate::read_as::DataCommand;
use crate::reporting::ReportArgs;
use crate::stream::Stream;
use crate::translations::TranslationsArgs;
use crate::tree::TreeArgs;
use clap::{Parser, Subcommand};

/// `forewarn …`
#[derive(Debug, Parser)]
#[command(
    name = "forewarn",
    version,
    long_version = LONG_VERSION,
    about = "Write risk frameworks down once, check them, and apply them to data",
    after_help = TOP_EXAMPLES
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// The version with what the program was built with.
const LONG_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\n", env!("FOREWARN_BUILT"));

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check rulesets without data
    Check(CheckArgs),
    /// Mend what is wrong where it is certain what was meant
    Fix(FixArgs),
    /// Tell what makes a method hard to defend
    Lint(LintArgs),
    /// Apply a ruleset to data
    Run(Box<RunArgs>),
    /// Tell what data files are read as, or write a recipe for a new one
    Data(Box<DataCommand>),
    /// Repeat the run of a manifest and compare the results byte by byte
    Verify(VerifyArgs),
    /// Say why a result is what it is, and what would change it
    Explain(Box<ExplainArgs>),
    /// Write results as a report that people read: HTML, Markdown, XLSX
    Report(Box<ReportArgs>),
    /// Run the tests of rulesets
    Test(TestArgs),
    /// Compare the results of two runs, and tell which rules or data made them differ
    Compare(Box<CompareArgs>),
    /// Compare two frameworks by meaning and, with data, by whom it concerns
    Diff(Box<DiffArgs>),
    /// Make a place for every translation that is missing
    Translations(TranslationsArgs),
    /// Show what a framework extends, and who changed what
    Tree(TreeArgs),
    /// Write down exactly which files a ruleset builds on
    Lock(LockArgs),
    /// Let a ruleset build on another
    Add(AddArgs),
    /// Show which packages there are to build on
    Packages(PackagesArgs),
    /// Bring a ruleset to a newer version of what it builds on
    Upgrade(Box<UpgradeArgs>),
    /// Keep what a ruleset builds on beside it
    Vendor(VendorArgs),
    /// Pack a ruleset for others, as one file
    Package(PackageArgs),
    /// Say which version a change needs, and publish it
    Release(ReleaseArgs),
    /// Prove or refute what a ruleset claims of itself
    Properties(PropertiesArgs),
    /// Explain a diagnostic's code, with a wrong and a right example
    ExplainCode(ExplainCodeArgs),
    /// Make a folder with a commented starter ruleset that runs
    New(NewArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Write the pages of the manual for `man`
    Manual(ManualArgs),
}

impl Command {
    /// The format that a command takes for itself.
    #[must_use]
    pub fn format(&self) -> Option<Format> {
        match self {
            Self::Explain(args) => Some(args.format),
            Self::Test(args) => Some(args.format),
            Self::Properties(args) => Some(args.format),
            Self::Diff(args) => Some(args.format),
            Self::Compare(args) => Some(args.format),
            Self::Check(_)
            | Self::Fix(_)
            | Self::Lint(_)
            | Self::Data(_)
            | Self::Run(_)
            | Self::Verify(_)
            | Self::Report(_)
            | Self::Translations(_)
            | Self::Tree(_)
            | Self::Lock(_)
            | Self::Add(_)
            | Self::Packages(_)
            | Self::Upgrade(_)
            | Self::Vendor(_)
            | Self::Package(_)
            | Self::Release(_)
            | Self::ExplainCode(_)
            | Self::New(_)
            | Self::Completions(_)
            | Self::Manual(_) => None,
        }
    }

    /// Where programs read what is wrong: not where results go.
    #[must_use]
    pub fn stream_of_programs(&self) -> Stream {
        match self {
            Self::Run(_) | Self::Explain(_) | Self::Report(_) | Self::Data(_) => Stream::Error,
            Self::Test(_)
            | Self::Properties(_)
            | Self::Diff(_)
            | Self::Compare(_)
            | Self::Check(_)
            | Self::Fix(_)
            | Self::Lint(_)
            | Self::Verify(_)
            | Self::Translations(_)
            | Self::Tree(_)
            | Self::Lock(_)
            | Self::Add(_)
            | Self::Packages(_)
            | Self::Upgrade(_)
            | Self::Vendor(_)
            | Self::Package(_)
            | Self::Release(_)
            | Self::ExplainCode(_)
            | Self::New(_)
            | Self::Completions(_)
            | Self::Manual(_) => Stream::Out,
        }
    }
}

const TOP_EXAMPLES: &str = "\
Examples:
  forewarn new sahel                                    a folder to begin with
  forewarn check sahel                                  are the rules sound?
  forewarn run sahel --data sahel/data/example.csv      levels by country and month
  forewarn explain sahel --data sahel/data/example.csv --entity AVA     why?
  forewarn explain-code FW0312                          what a message means

Exit codes: 0 fine, 1 findings in the rules or the data, 2 wrong use or a file that
cannot be read or written";

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_fit_together() {
        Cli::command().debug_assert();
    }
}
