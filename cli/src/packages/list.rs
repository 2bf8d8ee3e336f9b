//! `forewarn packages`: which packages there are.

use super::documents::{Packages, is_json, write};
use super::registry::{Entry, Registry};
use super::signature::Key;
use crate::args::{Global, SourceArgs};
use crate::failure::{Failure, print};
use clap::Args;
use forewarn_compiler::package::manifest::{fits, version};
use std::process::ExitCode;

/// `forewarn packages`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  forewarn packages
  forewarn packages --from ../registry
  forewarn new our_office --extends un_atrocity         a ruleset that builds on one
  forewarn add un_atrocity --to rules/west              for one that is there")]
pub struct PackagesArgs {
    #[command(flatten)]
    pub source: SourceArgs,
}

/// Lists the packages of a registry.
///
/// # Errors
/// The registry cannot be read.
pub fn packages(args: &PackagesArgs, global: &Global) -> Result<ExitCode, Failure> {
    let registry = Registry::of(args.source.from.as_deref());
    let key = args.source.key.as_deref().map(Key::of).transpose()?;
    let mut entries = registry.index(key.as_ref())?.entries;
    entries.retain(|entry| fits(&args.source.range, &entry.version));
    entries.sort_by(|a, b| {
        let key = |one: &Entry| (one.name.clone(), version(&one.version));
        key(a).cmp(&key(b))
    });
    if is_json(global) {
        write(global, &Packages::of(registry.shown(), &entries))?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = |of: fn(&Entry) -> &str| entries.iter().map(|one| of(one).len()).max();
    let name = width(|one| &one.name).unwrap_or(0);
    let wide = width(|one| &one.version).unwrap_or(0);
    let mut text = format!("{}\n\n", registry.shown());
    for entry in &entries {
        text.push_str(&format!(
            "{:name$}  {:wide$}  {}\n",
            entry.name, entry.version, entry.label
        ));
        let extends = entry.extends.iter().map(|base| ("extends", base));
        let uses = entry.uses.iter().map(|package| ("uses", package));
        for (how, (package, range)) in extends.chain(uses) {
            text.push_str(&format!(
                "{:name$}  {:wide$}    {how} {package} {range}\n",
                "", ""
            ));
        }
    }
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}
