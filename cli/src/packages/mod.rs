//! Packages: what there is (`packages`), what a ruleset builds on written down (`add`), locked (`lock`),
//! kept beside it (`vendor`), brought to another version (`upgrade`), packed for others (`package`), and
//! published (`release`).

mod add;
mod archive;
mod beside;
mod candidate;
mod documents;
mod extending;
mod list;
mod lock;
mod meaning;
pub(crate) mod registry;
mod release;
mod signature;
mod toml;
mod upgrade;
mod vendor;
mod weights;

pub use add::add;
pub use archive::package;
pub use candidate::Candidate;
pub use extending::start;
pub use list::{PackagesArgs, packages};
pub use lock::lock;
pub use release::{ReleaseArgs, release};
pub use upgrade::{UpgradeArgs, upgrade};
pub use vendor::vendor;

use crate::args::{Global, SourceArgs};
use crate::failure::Failure;
use crate::outputs::write_own;
use crate::render::Findings;
use crate::report::{exit_code, tell_all};
use clap::{Args, ValueHint};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::package::{Package, load, names_files};
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::source::SourceMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// `forewarn lock`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  forewarn lock rules/west
  forewarn lock rules/west --check                      in scripts: is the lock up to date?")]
pub struct LockArgs {
    /// The folder of the ruleset
    #[arg(value_name = "RULES", value_hint = ValueHint::DirPath, default_value = ".")]
    pub rules: PathBuf,
    /// Write nothing; exit with 1 if the lock is not up to date
    #[arg(long)]
    pub check: bool,
}

/// `forewarn add`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  forewarn add un_atrocity                              one that comes with forewarn
  forewarn add west --from http://127.0.0.1:8000 --key publisher.pub
  forewarn add ../un-framework
  forewarn add rules/un-framework --to rules/west
  forewarn add un_framework-1.0.0.tar.gz

`forewarn packages` shows which there are")]
pub struct AddArgs {
    /// The package to build on: its name, or its folder or archive
    #[arg(value_name = "NAME|PATH", value_hint = ValueHint::AnyPath)]
    pub path: PathBuf,
    /// The folder of the ruleset that builds on it
    #[arg(long, value_name = "RULES", value_hint = ValueHint::DirPath, default_value = ".")]
    pub to: PathBuf,
    #[command(flatten)]
    pub source: SourceArgs,
}

/// `forewarn vendor`
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  forewarn vendor rules/west                            writes rules/west/vendor/NAME-VERSION.tar.gz")]
pub struct VendorArgs {
    /// The folder of the ruleset
    #[arg(value_name = "RULES", value_hint = ValueHint::DirPath, default_value = ".")]
    pub rules: PathBuf,
}

/// `forewarn package`
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  forewarn package rules/un-framework                   writes un_framework-1.0.0.tar.gz")]
pub struct PackageArgs {
    /// The folder of the ruleset
    #[arg(value_name = "RULES", value_hint = ValueHint::DirPath, default_value = ".")]
    pub rules: PathBuf,
    /// Where to write it, in place of NAME-VERSION.tar.gz here
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
}

/// Reads a package with all that it builds on; what locks say is not asked, nor what is taken of it. Findings are told.
fn read(rules: &Path, global: &Global) -> Result<Package, ExitCode> {
    let mut reports = Reports::default();
    let package = load(rules, &DiskFiles, &mut reports);
    reports.retain(|cause| names_files(cause.code()));
    if reports.has_errors() {
        return Err(told(&reports, &package.sources, global));
    }
    Ok(package)
}

/// Tells findings, and gives the exit code that follows from them.
fn told(reports: &Reports, sources: &SourceMap, global: &Global) -> ExitCode {
    let mut findings = Findings::default();
    findings.add_reports(reports, &Arc::new(sources.clone()));
    tell_all(&findings, global);
    exit_code(&findings, global)
}

/// Packages are folders: a single rule file has nothing beside it that is its own.
fn folder(rules: &Path) -> Result<(), Failure> {
    if rules.is_dir() {
        return Ok(());
    }
    Err(
        Failure::new(format!("{} is no folder", rules.display())).help(
            "a package is a folder with rule files and, where it builds on others, `forewarn.toml`",
        ),
    )
}

/// Writes one file anew, whole or not at all.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_own([(path, bytes)])
}
