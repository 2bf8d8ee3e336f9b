//! `forewarn release`: may a changed framework be published under its version, and into a registry.
//!
//! In: the framework, and the version of it before. Out: each difference by what it means for whoever
//! builds on it, the version that this asks for, and, with `--into`, the archive and its record in a
//! registry's folder.

use super::candidate::Candidate;
use super::documents::{
    Needed, Published, Released, ReleasedChange, SCHEMA, say, tell_beside, write,
};
use super::registry::{Entry, INDEX, Index, Registry};
use super::weights::{Weight, weight};
use super::{beside, folder, read, told};
use crate::args::Global;
use crate::failure::Failure;
use crate::outputs::{make_folder, write_own};
use crate::render::Findings;
use crate::report::FINDINGS;
use crate::test::failing;
use crate::words::{count, list};
use clap::{Args, ValueHint};
use forewarn_compiler::difference::Pair;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::package::archive::{framework, pack};
use forewarn_compiler::package::contents::{self, Contents, sha256};
use forewarn_compiler::package::manifest::{fits, version};
use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::source::SourceMap;
use semver::Version;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// `forewarn release`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  forewarn release rules/un --since un-1.2.0.tar.gz     which version does this change need?
  forewarn release rules/un --into ../registry          publish it, if its version is high enough

Exit codes: 0 the version is high enough, 1 it is not or tests fail, 2 wrong use")]
pub struct ReleaseArgs {
    /// The folder of the framework
    #[arg(value_name = "RULES", value_hint = ValueHint::DirPath, default_value = ".")]
    pub rules: PathBuf,
    /// The folder or archive of the version before; the newest in the registry by default
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub since: Option<PathBuf>,
    /// The folder of the registry to publish into
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub into: Option<PathBuf>,
}

/// Says which version the framework needs, and publishes it where that is asked for.
///
/// # Errors
/// Wrong use, or a file that cannot be read or written.
pub fn release(args: &ReleaseArgs, global: &Global) -> Result<ExitCode, Failure> {
    folder(&args.rules)?;
    let compilation = compile(&args.rules, &DiskFiles, &Settings::default());
    let Some(plan) = compilation.plan else {
        return Ok(told(&compilation.reports, &compilation.sources, global));
    };
    let (name, own) = (plan.framework.name.clone(), plan.framework.version.clone());
    let Some(now) = version(&own) else {
        return Err(Failure::new(format!("`{own}` is not a version"))
            .help("write three numbers behind `version`: `1.2.0`"));
    };
    // Two spellings of one version would be published side by side.
    if now.to_string() != own {
        return Err(
            Failure::new(format!("`{own}` is short for `{now}`")).help(format!(
                "write three numbers behind `version`: `version \"{now}\"`"
            )),
        );
    }
    let mut index = match &args.into {
        Some(into) if into.join(INDEX).exists() => Registry::Folder(into.clone()).index(None)?,
        _ => Index::default(),
    };
    let published = index.entries.iter().filter(|entry| entry.name == name);
    let newest = published.max_by_key(|entry| version(&entry.version));
    let before = match (&args.since, newest, &args.into) {
        (Some(since), ..) => Some(since.clone()),
        (None, Some(newest), Some(into)) => Some(into.join(&newest.file)),
        (None, None, Some(_)) => None,
        (None, _, None) => {
            return Err(Failure::new("the version before is not given").help(
                "name its folder or archive with `--since`, or the registry that has it with `--into`",
            ));
        }
    };
    let follows = follows(&index, &name, &now, args.into.as_deref());
    let mut document = Released {
        schema: SCHEMA,
        name: name.clone(),
        version: own.clone(),
        is_enough: true,
        ..Released::default()
    };
    match &before {
        None => say(
            global,
            &format!("{name} {own}: the first version in the registry\n"),
        )?,
        Some(before) => {
            let judged = judge(before, &args.rules, (&name, &now), follows, global)?;
            match judged {
                Ok((text, judged)) => {
                    say(global, &text)?;
                    document = judged;
                }
                Err(code) => return Ok(code),
            }
        }
    }
    let mut code = ExitCode::from(if document.is_enough { 0 } else { FINDINGS });
    if let Some(into) = args.into.as_ref().filter(|_| document.is_enough) {
        match own_tests_fail(&args.rules, global)? {
            Err(code) => return Ok(code),
            Ok(failing) if failing.is_empty() => {
                let Some(published) = publish(args, into, &mut index, &own, global)? else {
                    return Ok(ExitCode::from(FINDINGS));
                };
                document.published = Some(published);
            }
            Ok(failing) => {
                document.failing_tests = failing;
                code = ExitCode::from(FINDINGS);
            }
        }
    }
    write(global, &document)?;
    Ok(code)
}

/// The archive of the newest published version below this one: what it mends, where newer ones are there.
fn follows(index: &Index, name: &str, now: &Version, into: Option<&Path>) -> Option<PathBuf> {
    let own = index.entries.iter().filter(|entry| entry.name == name);
    let lower = own.filter(|entry| version(&entry.version).is_some_and(|one| one < *now));
    let newest = lower.max_by_key(|entry| version(&entry.version))?;
    Some(into?.join(&newest.file))
}

/// Tells which tests of what is to be published fail; their names.
fn own_tests_fail(rules: &Path, global: &Global) -> Result<Result<Vec<String>, ExitCode>, Failure> {
    let (failed, sources) = match failing(rules, &DiskFiles) {
        Ok(failing) => failing,
        Err((reports, sources)) => return Ok(Err(told(&reports, &sources, global))),
    };
    if failed.is_empty() {
        return Ok(Ok(Vec::new()));
    }
    let mut findings = Findings::default();
    for diagnostic in failed.iter().flat_map(|test| &test.told) {
        findings.add(diagnostic.clone(), &sources);
    }
    tell_beside(&findings, global);
    let verb = if failed.len() == 1 { "fails" } else { "fail" };
    let tests = count(failed.len(), "test");
    say(
        global,
        &format!("nothing was published: {tests} of it {verb}\n"),
    )?;
    Ok(Ok(failed.into_iter().map(|test| test.label).collect()))
}

/// Tells the differences by what they mean, and whether the version is high enough.
fn judge(
    before: &Path,
    rules: &Path,
    (name, now): (&str, &Version),
    follows: Option<PathBuf>,
    global: &Global,
) -> Result<Result<(String, Released), ExitCode>, Failure> {
    let pair = match Pair::read(before, rules, &DiskFiles, &Settings::default()) {
        Ok(pair) => pair,
        Err((sources, reports)) => return Ok(Err(told(&reports, &sources, global))),
    };
    let old = match read(before, global) {
        Ok(package) => package,
        Err(code) => return Ok(Err(code)),
    };
    let head = forewarn_compiler::package::head(&old.modules, 0);
    let (old_name, old) = head.map_or((String::new(), None), |(_, head)| {
        let version = head.version.as_ref().map(|text| text.value.clone());
        (head.name.text.clone(), version)
    });
    if old_name != name {
        return Err(Failure::new(format!(
            "{} holds `{old_name}`, and {} holds `{name}`",
            before.display(),
            rules.display()
        )));
    }
    let old = old
        .as_deref()
        .and_then(version)
        .unwrap_or(Version::new(0, 0, 0));
    let mut differences: Vec<(Weight, String)> = pair
        .differences()
        .iter()
        .filter_map(|one| Some((weight(one)?, one.words())))
        .collect();
    differences.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let mut text = format!("{name} {old} → {now}\n");
    let mut heading = None;
    for (weight, words) in &differences {
        if heading != Some(*weight) {
            text.push_str(&format!("\n{}\n", weight.heading()));
            heading = Some(*weight);
        }
        text.push_str(&format!("  {words}\n"));
    }
    let most = differences.iter().map(|(weight, _)| *weight).max();
    let least = most.map_or_else(|| old.clone(), |weight| weight.least(&old));
    let is_enough = *now >= least && (most.is_none() || *now != old);
    text.push_str(&match (most, is_enough) {
        (None, true) => "they mean the same\n".to_owned(),
        _ if *now < old => {
            let same = if most.is_none() { "they mean the same\n" } else { "" };
            let follows = follows.filter(|one| one != before).map(|one| {
                format!(
                    "where it mends an older one, name that: `--since {}`\n",
                    one.display()
                )
            });
            format!(
                "{same}\n{now} is lower than {old}, and versions only go up: this needs at least {least}\n{}",
                follows.unwrap_or_default()
            )
        }
        (None, false) => "they mean the same\n".to_owned(),
        (Some(_), true) => format!("\n{now} is high enough: at least {least} is needed\n"),
        (Some(_), false) => {
            format!("\n{now} is too low: this needs at least {least}; write it behind `version`\n")
        }
    });
    let changes = differences.into_iter();
    let changes = changes.map(|(weight, change)| ReleasedChange {
        weight: weight.word(),
        change,
    });
    let judged = Released {
        schema: SCHEMA,
        name: name.to_owned(),
        version: now.to_string(),
        before: Some(old.to_string()),
        needs: Some(least.to_string()),
        is_enough,
        changes: changes.collect(),
        ..Released::default()
    };
    Ok(Ok((text, judged)))
}

/// Packs the framework into a registry's folder and records it there; nothing where its files cannot be packed,
/// which has been told.
fn publish(
    args: &ReleaseArgs,
    into: &Path,
    index: &mut Index,
    own: &str,
    global: &Global,
) -> Result<Option<Published>, Failure> {
    let mut reports = Reports::default();
    let Some(Contents { files, left_out }) = contents::read(&args.rules, &DiskFiles, &mut reports)
    else {
        told(&reports, &SourceMap::default(), global);
        return Ok(None);
    };
    let Some(head) = framework(&files) else {
        return Err(Failure::new(format!(
            "no file of {} declares a framework",
            args.rules.display()
        )));
    };
    let stem = format!("{}-{own}", head.name);
    let bytes =
        pack(&stem, &files).map_err(|error| Failure::file("cannot pack", &args.rules, &error))?;
    let entry = Entry {
        file: format!("{stem}.tar.gz"),
        sha256: sha256(&bytes),
        name: head.name,
        version: own.to_owned(),
        label: head.label,
        extends: head.extends,
        uses: head.uses,
    };
    let same = index
        .entries
        .iter()
        .find(|one| one.name == entry.name && version(&one.version) == version(&entry.version));
    let absent = absent(index, &entry);
    let published = |already: bool| Published {
        file: format!("{stem}.tar.gz"),
        sha256: sha256(&bytes),
        already,
        absent: absent.iter().map(Needed::of).collect(),
    };
    match same {
        Some(same) if same.sha256 == entry.sha256 => {
            say(global, &format!("{stem} is published already\n"))?;
            return Ok(Some(published(true)));
        }
        Some(_) => {
            return Err(Failure::new(format!(
                "{} {own} is published already, with other files",
                entry.name
            ))
            .help("what is published stays as it is: give what changed a version of its own"));
        }
        None => {}
    }
    make_folder(into)?;
    let published = published(false);
    let mut candidate = Candidate::default();
    candidate.put(&into.join(&entry.file), bytes);
    let digest = entry.sha256.clone();
    index.entries.push(entry);
    candidate.put(&into.join(INDEX), index.write());
    write_own(candidate.changed())?;
    let said = format!(
        "published {stem}.tar.gz in {}\nSHA-256 {digest}\n{}{}{}",
        into.display(),
        beside::told(&left_out, std::iter::empty()),
        beside::links(&args.rules)?,
        absent_told(&absent, into)
    );
    say(global, &said)?;
    Ok(Some(published))
}

/// What is published builds on this, and nobody can have it from the same registry.
fn absent(index: &Index, entry: &Entry) -> Vec<(String, String)> {
    let needed = entry.extends.iter().chain(&entry.uses);
    let absent = needed.filter(|(name, range)| {
        let mut entries = index.entries.iter();
        !entries.any(|one| one.name == *name && fits(range, &one.version))
    });
    absent.cloned().collect()
}

fn absent_told(absent: &[(String, String)], into: &Path) -> String {
    let absent: Vec<String> = absent
        .iter()
        .map(|(name, range)| format!("{name} \"{range}\""))
        .collect();
    if absent.is_empty() {
        return String::new();
    }
    format!(
        "it builds on {}, which {} does not have: nobody can add it from there until that is published there too\n",
        list(&absent, 6),
        into.display()
    )
}
