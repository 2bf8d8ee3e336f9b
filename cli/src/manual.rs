//! `forewarn manual`: the pages for `man`, made from the same words as `--help`.

use crate::args::ManualArgs;
use crate::command::Cli;
use crate::failure::{Failure, print};
use crate::outputs::{make_folder, write_own};
use crate::words::count;
use clap::CommandFactory;
use std::process::ExitCode;

/// Writes a page for the program and one for each command.
///
/// # Errors
/// A file cannot be written.
pub fn manual(args: &ManualArgs) -> Result<ExitCode, Failure> {
    let mut program = Cli::command();
    program.build();
    let mut pages = Vec::new();
    let mut page = |name: &str, command: clap::Command| {
        let path = args.folder.join(format!("{name}.1"));
        let mut bytes = Vec::new();
        let made = clap_mangen::Man::new(command).render(&mut bytes);
        made.map_err(|error| Failure::file("cannot write", &path, &error))?;
        pages.push((path, bytes));
        Ok::<(), Failure>(())
    };
    page("forewarn", program.clone())?;
    for command in program.get_subcommands() {
        let name = format!("forewarn-{}", command.get_name());
        page(&name, command.clone().version(env!("CARGO_PKG_VERSION")))?;
    }
    make_folder(&args.folder)?;
    let files = pages.iter();
    write_own(files.map(|(path, bytes)| (path.as_path(), bytes.as_slice())))?;
    print(&format!(
        "wrote {} to {}\n",
        count(pages.len(), "page"),
        args.folder.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}
