//! `forewarn completions`: what a shell needs to complete this command line.

use crate::args::CompletionsArgs;
use crate::command::Cli;
use crate::failure::{Failure, print_document};
use clap::CommandFactory;
use std::process::ExitCode;

/// Prints the script to standard output.
///
/// # Errors
/// Standard output cannot be written.
pub fn completions(args: &CompletionsArgs) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "forewarn", &mut script);
    print_document(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
