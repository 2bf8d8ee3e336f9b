//! Writes the invented data of `rules/un-framework` and `rules/un-framework-groups` anew:
//!
//! ```sh
//! cargo run -p forewarn-tests --example invented_countries
//! ```

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Settings, compile};
use forewarn_plan::Plan;

#[path = "../tests/invented/mod.rs"]
mod invented;

fn plan(rules: &Path) -> Result<Plan, String> {
    let plan = compile(rules, &DiskFiles, &Settings::default()).plan;
    plan.ok_or_else(|| {
        format!(
            "{} does not compile: `forewarn check` says why",
            rules.display()
        )
    })
}

fn write(path: PathBuf, text: String) -> Result<(), String> {
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{}", path.display());
    Ok(())
}

fn all() -> Result<(), String> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    let (countries, groups) = (
        rules.join("un-framework"),
        rules.join("un-framework-groups"),
    );
    let panel = invented::panel(&plan(&countries)?);
    write(countries.join("data/invented_countries.csv"), panel)?;
    write(countries.join("data/countries.csv"), invented::names())?;
    let panel = invented::groups(&plan(&groups)?);
    write(groups.join("data/invented_groups.csv"), panel)
}

fn main() -> ExitCode {
    match all() {
        Ok(()) => ExitCode::SUCCESS,
        Err(told) => {
            eprintln!("{told}");
            ExitCode::FAILURE
        }
    }
}
