//! `forewarn vendor`: what a ruleset builds on, kept beside it as archives.

use super::toml::{document, point};
use super::{VendorArgs, folder, read};
use crate::args::Global;
use crate::failure::{Failure, tell_done};
use crate::outputs::{make_folder, write_own};
use forewarn_compiler::package::archive::pack;
use forewarn_compiler::package::lock::{LOCK, write as lock_text};
use forewarn_compiler::package::manifest::MANIFEST;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// Writes the archives, points `forewarn.toml` to them and locks them.
///
/// # Errors
/// Wrong use, or a file that cannot be read or written.
pub fn vendor(args: &VendorArgs, global: &Global) -> Result<ExitCode, Failure> {
    folder(&args.rules)?;
    let package = match read(&args.rules, global) {
        Ok(package) => package,
        Err(code) => return Ok(code),
    };
    if package.built_on().next().is_none() {
        let said = format!(
            "{} builds on nothing: there is nothing to keep\n",
            args.rules.display()
        );
        return tell_done(&said, global);
    }
    let folder = args.rules.join("vendor");
    make_folder(&folder)?;
    let path = args.rules.join(MANIFEST);
    let mut manifest = document(&path)?;
    let mut said = String::new();
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for member in package.built_on() {
        let stem = format!("{}-{}", member.name, member.version);
        let bytes = pack(&stem, &member.contents)
            .map_err(|error| Failure::file("cannot pack", &folder, &error))?;
        let file = format!("vendor/{stem}.tar.gz");
        files.push((args.rules.join(&file), bytes));
        point(
            &mut manifest,
            &member.name,
            &member.version,
            "archive",
            &file,
        );
        said.push_str(&format!("  {file}: {} {}\n", member.name, member.version));
    }
    files.push((path, manifest.to_string().into_bytes()));
    let lock = lock_text(package.built_on());
    files.push((args.rules.join(LOCK), lock.into_bytes()));
    // What stands there already, byte for byte, is left alone.
    files.retain(|(path, bytes)| !fs::read(path).is_ok_and(|there| there == *bytes));
    let files = files.iter();
    write_own(files.map(|(path, bytes)| (path.as_path(), bytes.as_slice())))?;
    let said = format!("kept beside {}:\n{said}", args.rules.display());
    tell_done(&said, global)
}
