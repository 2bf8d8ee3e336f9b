//! `forewarn add`: writes into `forewarn.toml` what a ruleset builds on.

use super::vendor::{document, point};
use super::{AddArgs, folder, read, write};
use crate::args::Global;
use crate::failure::{Failure, print};
use forewarn_compiler::package::archive::{framework, unpack};
use forewarn_compiler::package::manifest::MANIFEST;
use forewarn_compiler::package::{head, lock, lock_text};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Adds a dependency, and locks it where the ruleset extends it already.
///
/// # Errors
/// Wrong use, no package there, or a file that cannot be written.
pub fn add(args: &AddArgs, global: &Global) -> Result<ExitCode, Failure> {
    folder(&args.to)?;
    let is_archive = args.path.is_file();
    let (name, version) = if is_archive {
        of_archive(&args.path)?
    } else {
        folder(&args.path)?;
        match read(&args.path, global) {
            Ok(package) => match head(&package.modules, 0) {
                Some((_, head)) => {
                    let version = head.version.as_ref();
                    (
                        head.name.text.clone(),
                        version.map_or("0.0.0".to_owned(), |text| text.value.clone()),
                    )
                }
                None => return Err(no_framework(&args.path)),
            },
            Err(code) => return Ok(code),
        }
    };
    let place = from_folder(&args.to, &args.path)?;
    let path = args.to.join(MANIFEST);
    let mut manifest = document(&path)?;
    let key = if is_archive { "archive" } else { "path" };
    point(&mut manifest, &name, &version, key, &place);
    write(&path, manifest.to_string().as_bytes())?;
    let mut said = format!("{}: {name} {version}, from {place}\n", path.display());
    match lock_text(&args.to, &forewarn_compiler::disk::DiskFiles) {
        Ok(text) if !text.is_empty() => {
            let lock = args.to.join(lock::LOCK);
            write(&lock, text.as_bytes())?;
            said.push_str(&format!("{}: written\n", lock.display()));
        }
        _ => said.push_str(&format!(
            "next: write `extends {name} \"{}\"` behind the framework's version, then `forewarn lock`\n",
            version.split('.').next().unwrap_or("1")
        )),
    }
    print(&said)?;
    Ok(ExitCode::SUCCESS)
}

fn no_framework(path: &Path) -> Failure {
    Failure::new(format!(
        "no file of {} declares a framework",
        path.display()
    ))
}

/// The name and version of an archived framework.
fn of_archive(path: &Path) -> Result<(String, String), Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::file("cannot read", path, &error))?;
    let contents = unpack(&bytes)
        .map_err(|why| Failure::new(format!("{} is no package: {why}", path.display())))?;
    framework(&contents).ok_or_else(|| no_framework(path))
}

/// The path as seen from a folder, with `/`.
fn from_folder(folder: &Path, path: &Path) -> Result<String, Failure> {
    let full = |path: &Path| {
        path.canonicalize()
            .map_err(|error| Failure::file("cannot read", path, &error))
    };
    let (folder, path) = (full(folder)?, full(path)?);
    let shared = folder
        .components()
        .zip(path.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = folder.components().count() - shared;
    let mut seen: PathBuf = std::iter::repeat_n("..", up).collect();
    seen.extend(path.components().skip(shared));
    Ok(seen.display().to_string().replace('\\', "/"))
}
