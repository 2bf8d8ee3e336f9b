//! `forewarn release`: may a changed framework be published under its version, and into a registry.
//!
//! In: the framework, and the version of it before. Out: each difference by what it means for whoever
//! builds on it, the version that this asks for, and, with `--into`, the archive and its record in a
//! registry's folder.

use super::candidate::Candidate;
use super::registry::{Entry, INDEX, Index, Registry};
use super::{beside, folder, read, told};
use crate::args::Global;
use crate::failure::{Failure, print};
use crate::outputs::{make_folder, write_own};
use crate::report::FINDINGS;
use clap::{Args, ValueHint};
use forewarn_compiler::difference::{Aspect, CLOSED, Difference, Pair};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::package::archive::{framework, pack};
use forewarn_compiler::package::contents::{self, Contents, sha256};
use forewarn_compiler::package::manifest::version;
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

Exit codes: 0 the version is high enough, 1 it is not, 2 wrong use")]
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

/// What a difference means for whoever builds on a framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// Only words that people read.
    Words,
    /// Results may come out otherwise, or there is more to build on.
    Results,
    /// What others may have changed is gone, or is of another kind.
    Breaking,
}

impl Weight {
    fn heading(self) -> &'static str {
        match self {
            Self::Breaking => "breaks what others may build on:",
            Self::Results => "may change results, and breaks nothing:",
            Self::Words => "changes only words:",
        }
    }

    /// The least version that such a change needs.
    fn least(self, before: &Version) -> Version {
        let (major, minor, patch) = (before.major, before.minor, before.patch);
        match (self, major) {
            (Self::Breaking, 0) => Version::new(0, minor + 1, 0),
            (Self::Breaking, _) => Version::new(major + 1, 0, 0),
            (Self::Results, 1..) => Version::new(major, minor + 1, 0),
            (Self::Results, 0) | (Self::Words, _) => Version::new(major, minor, patch + 1),
        }
    }
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
    let enough = match &before {
        None => {
            print(&format!(
                "{name} {own}: the first version in the registry\n"
            ))?;
            true
        }
        Some(before) => match judge(before, &args.rules, &name, &now, global)? {
            Ok(enough) => enough,
            Err(code) => return Ok(code),
        },
    };
    if !enough {
        return Ok(ExitCode::from(FINDINGS));
    }
    if let Some(into) = &args.into {
        return publish(args, into, &mut index, &own, global);
    }
    Ok(ExitCode::SUCCESS)
}

/// Tells the differences by what they mean, and whether the version is high enough.
fn judge(
    before: &Path,
    rules: &Path,
    name: &str,
    now: &Version,
    global: &Global,
) -> Result<Result<bool, ExitCode>, Failure> {
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
        (None, _) => "they mean the same\n".to_owned(),
        (Some(_), true) => format!("\n{now} is high enough: at least {least} is needed\n"),
        (Some(_), false) => {
            format!("\n{now} is too low: this needs at least {least}; write it behind `version`\n")
        }
    });
    print(&text)?;
    Ok(Ok(is_enough))
}

/// `None` for what nobody builds on: tests and claims.
fn weight(difference: &Difference) -> Option<Weight> {
    if matches!(difference.what, "test" | "property") {
        return None;
    }
    let is_gone = difference.to.is_none();
    Some(match difference.aspect {
        Aspect::Kind | Aspect::Type => Weight::Breaking,
        // What others may have changed, they may not change any more.
        Aspect::Attribute if difference.of == CLOSED => match &difference.from {
            None => Weight::Breaking,
            Some(_) => Weight::Words,
        },
        // Everybody's data have another column there.
        Aspect::Attribute if difference.what == "panel" && difference.of != "except" => {
            Weight::Breaking
        }
        Aspect::Whole | Aspect::Member if is_gone => Weight::Breaking,
        // A value in another unit is another kind of value to whoever overrides it.
        Aspect::Value if unit(&difference.from) != unit(&difference.to) => Weight::Breaking,
        Aspect::Formula | Aspect::Value | Aspect::Threshold | Aspect::Number
            if difference.what == "unit" =>
        {
            Weight::Breaking
        }
        Aspect::Whole
        | Aspect::Member
        | Aspect::Value
        | Aspect::Threshold
        | Aspect::Number
        | Aspect::Formula
        | Aspect::Combine
        | Aspect::Require
        | Aspect::Weight
        | Aspect::Clause
        | Aspect::Order
        | Aspect::Row
        | Aspect::Classification
        | Aspect::Attribute => Weight::Results,
        Aspect::Label | Aspect::Citation => Weight::Words,
    })
}

/// What stands behind the number of a value: `deaths` of `1_000 deaths`.
fn unit(words: &Option<String>) -> String {
    let words = words.as_deref().unwrap_or_default();
    let rest = words.trim_start_matches(|one: char| {
        one.is_ascii_digit() || matches!(one, '_' | '.' | '-' | ' ' | '/')
    });
    rest.trim().to_owned()
}

/// Packs the framework into a registry's folder and records it there.
fn publish(
    args: &ReleaseArgs,
    into: &Path,
    index: &mut Index,
    own: &str,
    global: &Global,
) -> Result<ExitCode, Failure> {
    let mut reports = Reports::default();
    let Some(Contents { files, left_out }) = contents::read(&args.rules, &DiskFiles, &mut reports)
    else {
        return Ok(told(&reports, &SourceMap::default(), global));
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
    match same {
        Some(same) if same.sha256 == entry.sha256 => {
            print(&format!("{stem} is published already\n"))?;
            return Ok(ExitCode::SUCCESS);
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
    let mut candidate = Candidate::default();
    candidate.put(&into.join(&entry.file), bytes);
    let digest = entry.sha256.clone();
    index.entries.push(entry);
    candidate.put(&into.join(INDEX), index.write());
    write_own(candidate.changed())?;
    print(&format!(
        "published {stem}.tar.gz in {}\nSHA-256 {digest}\n{}",
        into.display(),
        beside::told(&left_out, std::iter::empty())
    ))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_version_follows_from_what_changes() {
        let of = |weight: Weight, before: &str| weight.least(&Version::parse(before).unwrap());
        assert_eq!(of(Weight::Breaking, "1.4.2"), Version::new(2, 0, 0));
        assert_eq!(of(Weight::Results, "1.4.2"), Version::new(1, 5, 0));
        assert_eq!(of(Weight::Words, "1.4.2"), Version::new(1, 4, 3));
        assert_eq!(of(Weight::Breaking, "0.3.1"), Version::new(0, 4, 0));
        assert_eq!(of(Weight::Results, "0.3.1"), Version::new(0, 3, 2));
    }

    #[test]
    fn the_unit_of_a_value_is_what_stands_behind_its_number() {
        let of = |words: &str| unit(&Some(words.to_owned()));
        assert_eq!(of("1_000 deaths"), "deaths");
        assert_eq!(of("0.4"), "");
        assert_eq!(of("5 deaths / 100_000 people"), "deaths / 100_000 people");
        assert_eq!(unit(&None), "");
    }
}
