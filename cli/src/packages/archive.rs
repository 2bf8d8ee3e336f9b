//! `forewarn package`: a ruleset as one file, the same bytes wherever it is made.

use super::{PackageArgs, folder, told, write};
use crate::args::Global;
use crate::failure::{Failure, print};
use crate::words::count;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::package::archive::pack;
use forewarn_compiler::package::contents::{read, sha256};
use forewarn_compiler::{Settings, compile};
use std::path::PathBuf;
use std::process::ExitCode;

/// Checks the ruleset and packs its files.
///
/// # Errors
/// Wrong use, or a file that cannot be read or written.
pub fn package(args: &PackageArgs, global: &Global) -> Result<ExitCode, Failure> {
    folder(&args.rules)?;
    let compilation = compile(&args.rules, &DiskFiles, &Settings::default());
    let Some(plan) = compilation.plan else {
        return Ok(told(&compilation.reports, &compilation.sources, global));
    };
    let head = &plan.framework;
    let version = if head.version.is_empty() {
        "0.0.0"
    } else {
        &head.version
    };
    let stem = format!("{}-{version}", head.name);
    let contents = read(&args.rules, &DiskFiles)
        .map_err(|error| Failure::file("cannot read", &args.rules, &error))?;
    let bytes = pack(&stem, &contents)
        .map_err(|error| Failure::file("cannot pack", &args.rules, &error))?;
    let path = args
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("{stem}.tar.gz")));
    write(&path, &bytes)?;
    print(&format!(
        "wrote {}: {}, {} bytes\nSHA-256 {}\n",
        path.display(),
        count(contents.len(), "file"),
        bytes.len(),
        sha256(&bytes)
    ))?;
    Ok(ExitCode::SUCCESS)
}
