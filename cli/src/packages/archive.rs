//! `forewarn package`: a ruleset as one file, the same bytes wherever it is made.
//!
//! What was vendored goes along with its lock, so that the archive can be used by itself. What it builds
//! on and does not hold is said.

use super::{PackageArgs, beside, folder, read, told};
use crate::args::Global;
use crate::failure::{Failure, tell_done};
use crate::outputs::{Outputs, Reads, Role};
use crate::words::{count, list};
use forewarn_compiler::diagnostics::Reports;
use forewarn_compiler::disk::{DiskFiles, links_not_followed};
use forewarn_compiler::package::archive::pack;
use forewarn_compiler::package::contents::{self, Contents, LIMIT, sha256};
use forewarn_compiler::package::lock::LOCK;
use forewarn_compiler::package::{Member, Package};
use forewarn_compiler::source::SourceMap;
use forewarn_compiler::{Settings, compile};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
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
    let mut reports = Reports::default();
    let read_whole = contents::read(&args.rules, &DiskFiles, &mut reports);
    let Some(Contents {
        mut files,
        left_out,
    }) = read_whole
    else {
        return Ok(told(&reports, &SourceMap::default(), global));
    };
    let built_on = match read(&args.rules, global) {
        Ok(package) => package,
        Err(code) => return Ok(code),
    };
    let outside = keep_along(&built_on, &mut files)?;
    let bytes =
        pack(&stem, &files).map_err(|error| Failure::file("cannot pack", &args.rules, &error))?;
    let path = args
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("{stem}.tar.gz")));
    let links = links_not_followed(&args.rules)
        .map_err(|error| Failure::file("cannot read", &args.rules, &error))?;
    let tables = built_on.tables();
    if let Some(table) = links.iter().find(|link| tables.contains(link)) {
        return Err(Failure::new(format!(
            "a test reads {}, a link that is not followed: the package would be without it",
            table.display()
        ))
        .help("put the table itself beside the rules, in place of the link"));
    }
    let reads = Reads {
        rules: vec![&args.rules],
        ..Reads::default()
    };
    let mut outputs = Outputs::plan([(Role::Package, path.as_path())], &reads)?;
    outputs.write(&path, |out| out.write_all(&bytes))?;
    outputs.put()?;
    let mut said = format!(
        "wrote {}: {}, {} bytes\nSHA-256 {}\n",
        path.display(),
        count(files.len(), "file"),
        bytes.len(),
        sha256(&bytes)
    );
    let tables: BTreeSet<String> = tables
        .iter()
        .filter_map(|path| path.strip_prefix(&args.rules).ok())
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect();
    let unread = files.keys().filter(|name| !tables.contains(*name));
    said.push_str(&beside::told(&left_out, unread));
    said.push_str(&beside::links(&args.rules)?);
    if !outside.is_empty() {
        let names = outside.iter();
        let names = names.map(|one| format!("{} {} ({})", one.name, one.version, one.root));
        said.push_str(&format!(
            "not in it, and needed beside it: {}\n\
             `forewarn vendor {}` keeps it with the rules, and the next archive holds it\n",
            list(&names.collect::<Vec<_>>(), 6),
            args.rules.display()
        ));
    }
    tell_done(&said, global)
}

/// Puts the lock and the archives of what is built on beside the rules, where they lie below them; the
/// packages that lie elsewhere.
fn keep_along<'p>(
    package: &'p Package,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<Vec<&'p Member>, Failure> {
    let lock = package.root.join(LOCK);
    if package.built_on().next().is_some() && lock.is_file() {
        files.insert(LOCK.to_owned(), whole(&lock)?);
    }
    let root = package.root.canonicalize();
    let root = root.map_err(|error| Failure::file("cannot read", &package.root, &error))?;
    let mut outside = Vec::new();
    for member in package.built_on() {
        // What lies in another archive goes along with that.
        let Ok(place) = Path::new(&member.root).canonicalize() else {
            continue;
        };
        let Ok(below) = place.strip_prefix(&root) else {
            outside.push(member);
            continue;
        };
        if place.is_file() {
            files.insert(
                below.display().to_string().replace('\\', "/"),
                whole(&place)?,
            );
        }
    }
    let bytes: u64 = files.values().map(|file| file.len() as u64).sum();
    if bytes > LIMIT {
        let message = format!(
            "{} with what it builds on has more than {} MiB, the most that an archive may hold",
            package.root.display(),
            LIMIT / (1024 * 1024)
        );
        return Err(Failure::new(message));
    }
    Ok(outside)
}

fn whole(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::file("cannot read", path, &error))
}
