//! The command line of Forewarn: arguments in; findings, results and an exit code out. It knows how
//! things are shown and nothing of how they are computed.
//!
//! Results and pages go to standard output, everything else to standard error, except that
//! `check`, which has no results, writes findings for programs to standard output.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod args;
mod audience;
mod check;
mod comparison;
mod completions;
mod data;
mod diff;
mod events;
mod explain;
mod explain_code;
mod failure;
mod headline;
mod language;
mod lint;
mod manifest;
mod new;
mod numbers;
mod output;
mod packages;
mod progress;
mod property;
mod property_words;
mod report;
mod run;
mod select;
mod stream;
mod summary;
mod table;
mod test;
mod translations;
mod tree;
mod verify;
mod view;
mod words;

use forewarn_diagnostics::paint;
pub use forewarn_diagnostics::render;

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;
use stream::{Stream, colored};

/// The whole program: reads the arguments, does the command, gives its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let Cli { global, command } = Cli::parse();
    let done = match &command {
        Command::Check(args) => check::check(args, &global),
        Command::Run(args) => run::run(args, &global),
        Command::Lint(args) => lint::lint(args, &global),
        Command::Verify(args) => verify::verify(args, &global),
        Command::Explain(args) => explain::explain(args, &global),
        Command::Test(args) => test::test(args, &global),
        Command::Properties(args) => property::properties(args, &global),
        Command::ExplainCode(args) => {
            explain_code::explain_code(args, colored(global.color, Stream::Out))
        }
        Command::Diff(args) => diff::diff(args, &global),
        Command::Translations(args) => translations::translations(args, &global),
        Command::Tree(args) => tree::tree(args, &global),
        Command::Lock(args) => packages::lock(args, &global),
        Command::Add(args) => packages::add(args, &global),
        Command::Vendor(args) => packages::vendor(args, &global),
        Command::Package(args) => packages::package(args, &global),
        Command::New(args) => new::new(args),
        Command::Completions(args) => completions::completions(args),
    };
    done.unwrap_or_else(|failure| {
        failure.tell(colored(global.color, Stream::Error));
        ExitCode::from(report::WRONG_USE)
    })
}
