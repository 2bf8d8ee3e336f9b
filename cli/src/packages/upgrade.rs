//! `forewarn upgrade`: a ruleset on a newer version of what it extends, or of a package that it uses.
//!
//! In: the ruleset, and the new version. Out: what changed there by meaning; which of our changes no
//! longer fit, with what the version before had there; which tests come out otherwise; whose results move
//! on our data. Everything is tried on the disk as it would be, and nothing is written until it fits.

use super::add::{extends_anew, from_folder, of_archive};
use super::candidate::Candidate;
use super::documents::{SCHEMA, Upgraded, say, tell_beside, write};
use super::extending::{fetch, keep};
use super::meaning::{by_meaning, differences};
use super::registry::Registry;
use super::toml::{document, point};
use super::{folder, read, told};
use crate::args::{AudienceArgs, Global, ReadingArgs, SourceArgs};
use crate::audience::Unread;
use crate::compare::calendars::other_periods;
use crate::comparison::{self, Comparison, Told};
use crate::diff::data::OnData;
use crate::failure::Failure;
use crate::outputs::{make_folder, write_own};
use crate::paint::Paint;
use crate::recipe_args::pair;
use crate::render::Findings;
use crate::report::FINDINGS;
use crate::stream::{Stream, colored};
use crate::test::{FailedTest, failing};
use crate::words::{count, list};
use clap::{Args, ValueHint};
use forewarn_compiler::Settings;
use forewarn_compiler::diagnostics::{Reports, Severity};
use forewarn_compiler::difference::{Difference, Pair};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::mutation::Mutator;
use forewarn_compiler::package::lock::LOCK;
use forewarn_compiler::package::manifest::{MANIFEST, version as number};
use forewarn_compiler::package::{Member, Package, Way, head, load, lock_text};
use forewarn_compiler::source::Files;
use forewarn_compiler::upgrade::check;
use forewarn_runtime::comparison::{NoComparison, compare};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// `forewarn upgrade`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  forewarn upgrade rules/west                           from the packages that come with forewarn
  forewarn upgrade rules/west --from http://127.0.0.1:8000
  forewarn upgrade rules/west --with un-2.0.0.tar.gz --data monthly.csv
  forewarn upgrade rules/west --with ../un --keep-going writes it, whatever no longer fits
  forewarn upgrade rules/west --package common          a package that it uses
  forewarn upgrade rules/west --versions \"=1.2.0\"       to that version, older or not

Exit codes: 0 it fits and is written, 1 something no longer fits, 2 wrong use")]
pub struct UpgradeArgs {
    /// The folder of the ruleset
    #[arg(value_name = "RULES", value_hint = ValueHint::DirPath, default_value = ".")]
    pub rules: PathBuf,
    /// Which of the packages that it builds on; what it extends by default
    #[arg(long, value_name = "NAME")]
    pub package: Option<String>,
    /// The folder or the archive of the new version, in place of a registry
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath, conflicts_with = "from")]
    pub with: Option<PathBuf>,
    #[command(flatten)]
    pub source: SourceArgs,
    /// Our data, to see whose results move (repeatable)
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Data")]
    pub data: Vec<PathBuf>,
    /// Read an indicator or a key of our data from another column (repeatable)
    #[arg(long, value_name = "INDICATOR=COLUMN", value_parser = pair, help_heading = "Data")]
    pub map: Vec<(String, String)>,
    #[command(flatten)]
    pub audience: AudienceArgs,
    /// Write it although something no longer fits
    #[arg(long)]
    pub keep_going: bool,
}

/// Results that move are shown up to this number.
const LIMIT: usize = 40;

/// Brings a ruleset to another version of what it extends.
///
/// # Errors
/// Wrong use, a version that cannot be had, or a file that cannot be written.
pub fn upgrade(args: &UpgradeArgs, global: &Global) -> Result<ExitCode, Failure> {
    folder(&args.rules)?;
    let before = match read(&args.rules, global) {
        Ok(package) => package,
        Err(code) => return Ok(code),
    };
    let base = chosen(args, &before)?;
    let mut candidate = Candidate::default();
    let version = put_new(args, base, &mut candidate)?;
    let mut document = Upgraded {
        schema: SCHEMA,
        package: base.name.clone(),
        from: base.version.clone(),
        to: version.clone(),
        fits: true,
        ..Upgraded::default()
    };
    let is_older = match (number(&version), number(&base.version)) {
        (Some(new), Some(old)) => new < old,
        _ => false,
    };
    // Nobody goes back by going on.
    if is_older && args.with.is_none() && args.source.range == "*" {
        let said = format!(
            "{name} {} is newer than {version}, the newest in {}: nothing is changed\n\
             `--versions \"={version}\"` goes back to that\n",
            base.version,
            Registry::of(args.source.from.as_deref()).shown(),
            name = base.name,
        );
        say(global, &said)?;
        document.to.clone_from(&base.version);
        write(global, &document)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(extends) = extends_anew(&before, &base.name, &version) {
        candidate.put(Path::new(&extends.file), extends.text);
    }
    match lock_text(&args.rules, &candidate) {
        Ok(text) => candidate.put(&args.rules.join(LOCK), text),
        Err((sources, reports)) => {
            let code = told(&reports, &sources, global);
            say(
                global,
                "nothing was written: the new version cannot be built on as it is\n",
            )?;
            return Ok(code);
        }
    }
    let after = load(&args.rules, &candidate, &mut Reports::default());
    if fingerprints(&after) == fingerprints(&before) {
        say(
            global,
            &format!("{} {version} is what is there already\n", base.name),
        )?;
        write(global, &document)?;
        return Ok(ExitCode::SUCCESS);
    }
    let older = if is_older { ", which is older" } else { "" };
    let mut said = format!("{} {} → {version}{older}\n", base.name, base.version);
    let changed = differences(&base.name, &before, &after);
    said.push_str(&by_meaning(changed.as_deref()));
    say(global, &said)?;
    document.is_older = is_older;
    let told = changed
        .as_ref()
        .map(|all| all.iter().map(Difference::words));
    document.changes = told.map(Iterator::collect);

    document.fits = !unfit(&before, args, &candidate, global);
    if document.fits {
        let changed = changed.unwrap_or_default();
        document.moved_tests = tests_that_move(args, &candidate, (&base.name, &changed), global);
        if !args.data.is_empty() {
            document.data = on_data(args, &candidate, global)?;
        }
    } else if !args.data.is_empty() {
        say(
            global,
            "on our data: not compared, since not all of our changes fit\n",
        )?;
    }
    let fits = document.fits && document.moved_tests.is_empty();
    if !fits && !args.keep_going {
        let said = format!(
            "nothing was written: {}; once that is settled, or with `--keep-going`, it is\n",
            match document.moved_tests.len() {
                0 => "not all of our changes fit".to_owned(),
                moved => format!("{} otherwise", comes_out(moved)),
            }
        );
        say(global, &said)?;
        write(global, &document)?;
        return Ok(ExitCode::from(FINDINGS));
    }
    make_folder(&args.rules.join("vendor"))?;
    let changed = candidate.changed();
    let mut said = String::new();
    for (path, _) in &changed {
        said.push_str(&format!("{}: written\n", path.display()));
        document.written.push(path.display().to_string());
    }
    write_own(changed)?;
    say(global, &said)?;
    write(global, &document)?;
    Ok(ExitCode::from(if fits { 0 } else { FINDINGS }))
}

/// The package that is to be upgraded: the one that is named, that whose new version is given, what is extended,
/// or else the only one.
fn chosen<'p>(args: &UpgradeArgs, package: &'p Package) -> Result<&'p Member, Failure> {
    let all: Vec<&Member> = package.built_on().collect();
    let names: Vec<String> = all.iter().map(|one| one.name.clone()).collect();
    let given = match (&args.package, &args.with) {
        (Some(name), _) => Some(name.clone()),
        (None, Some(path)) => Some(about(path)?.0),
        (None, None) => None,
    };
    let rules = args.rules.display();
    match (given, all.as_slice()) {
        (_, []) => Err(Failure::new(format!(
            "{rules} builds on nothing: there is nothing to upgrade"
        ))),
        (Some(name), all) => {
            let found = all.iter().find(|one| one.name == name);
            found.copied().ok_or_else(|| {
                let message = format!("{rules} does not build on `{name}`");
                Failure::unknown(message, &name, names.iter().map(String::as_str))
            })
        }
        (None, [first, ..]) if first.way == Way::Extended => Ok(first),
        (None, [only]) => Ok(only),
        (None, _) => Err(Failure::new(format!(
            "{rules} uses several packages, and which is to be upgraded is not said"
        ))
        .help(format!("name it with `--package`: {}", list(&names, 12)))),
    }
}

fn comes_out(tests: usize) -> String {
    match tests {
        1 => "1 test comes out".to_owned(),
        tests => format!("{} come out", count(tests, "test")),
    }
}

/// The new version in its place, and `forewarn.toml` that points to it; its number.
fn put_new(
    args: &UpgradeArgs,
    base: &Member,
    candidate: &mut Candidate,
) -> Result<String, Failure> {
    let Some(path) = &args.with else {
        let fetched = fetch(&base.name, &args.source)?;
        keep(&args.rules, &fetched, candidate)?;
        let first = fetched.first();
        return Ok(first.map_or_else(|| base.version.clone(), |one| one.version.clone()));
    };
    let (name, version) = about(path)?;
    let key = if path.is_file() { "archive" } else { "path" };
    if name != base.name {
        return Err(Failure::new(format!(
            "{} holds `{name}`, and not `{}`",
            path.display(),
            base.name
        )));
    }
    let place = from_folder(&args.rules, path)?;
    let manifest = args.rules.join(MANIFEST);
    let mut toml = document(&manifest)?;
    point(&mut toml, &name, &version, key, &place);
    candidate.put(&manifest, toml.to_string());
    Ok(version)
}

/// The name and version of the framework in a folder or an archive.
fn about(path: &Path) -> Result<(String, String), Failure> {
    if path.is_file() {
        return of_archive(path);
    }
    folder(path)?;
    let package = load(path, &DiskFiles, &mut Reports::default());
    let head = head(&package.modules, 0).map(|(_, head)| {
        let version = head.version.as_ref();
        let version = version.map_or("0.0.0".to_owned(), |text| text.value.clone());
        (head.name.text.clone(), version)
    });
    head.ok_or_else(|| {
        Failure::new(format!(
            "no file of {} declares a framework",
            path.display()
        ))
    })
}

fn fingerprints(package: &Package) -> Vec<(&str, &std::collections::BTreeMap<String, String>)> {
    let members = package.built_on();
    members
        .map(|one| (one.name.as_str(), &one.fingerprints))
        .collect()
}

/// Tells which of our changes no longer fit; whether there are any.
fn unfit(before: &Package, args: &UpgradeArgs, candidate: &Candidate, global: &Global) -> bool {
    let (sources, mut reports) = check(before, &args.rules, candidate);
    reports.retain(|cause| cause.severity() == Severity::Error);
    let unfit = reports.has_errors();
    if unfit {
        let mut findings = Findings::default();
        findings.add_reports(&reports, &Arc::new(sources));
        tell_beside(&findings, global);
    }
    unfit
}

/// Tells the tests that passed and no longer do, each with what it rests on of what changed; their names.
fn tests_that_move(
    args: &UpgradeArgs,
    candidate: &Candidate,
    (base, changed): (&str, &[Difference]),
    global: &Global,
) -> Vec<String> {
    let failing = |files: &dyn Files| failing(&args.rules, files).ok();
    let were = failing(&DiskFiles).map(|(tests, _)| tests);
    let were: BTreeSet<String> = were.into_iter().flatten().map(|test| test.label).collect();
    let Some((now, sources)) = failing(candidate) else {
        return Vec::new();
    };
    let moved: Vec<FailedTest> = now
        .into_iter()
        .filter(|test| !were.contains(&test.label))
        .collect();
    if moved.is_empty() {
        return Vec::new();
    }
    let mutator = Mutator::read(&args.rules, candidate, &Settings::default(), &|_| true);
    for test in &moved {
        let reached = mutator
            .as_ref()
            .map(|mutator| mutator.rests_on(&test.label));
        let reached = reached.unwrap_or_default();
        let changes = changed.iter();
        let changes = changes.filter(|one| reached.contains(one.declaration.as_str()));
        let changes: Vec<String> = changes.map(Difference::words).collect();
        let mut findings = Findings::default();
        for (at, told) in test.told.iter().enumerate() {
            let mut told = told.clone();
            if at == 0 && !changes.is_empty() {
                told.notes.push(format!(
                    "it rests on what changed in `{base}`: {}",
                    list(&changes, 6)
                ));
            }
            findings.add(told, &sources);
        }
        tell_beside(&findings, global);
    }
    moved.into_iter().map(|test| test.label).collect()
}

/// Tells whose results move on our data; as programs read it.
fn on_data(
    args: &UpgradeArgs,
    candidate: &Candidate,
    global: &Global,
) -> Result<Option<Comparison>, Failure> {
    let settings = Settings {
        map: args.map.clone(),
        ..Settings::default()
    };
    let reading = ReadingArgs {
        map: args.map.clone(),
        ..ReadingArgs::default()
    };
    let pair = Pair::read_given(
        (&args.rules, &settings, &DiskFiles),
        (&args.rules, &settings, candidate),
    );
    let Ok(pair) = pair else { return Ok(None) };
    reading.taken.keep_streams();
    let on_data = OnData::new(&pair, &args.data, &reading, &args.audience);
    let effects = match compare(&on_data, None) {
        Ok(effects) => effects,
        Err(NoComparison::Data(Unread::Failure(failure))) => return Err(failure),
        Err(NoComparison::Data(Unread::Reports(reports))) => {
            told(&reports, pair.sources(), global);
            return Err(Failure::new(
                "the data cannot be read as both versions read them",
            ));
        }
        Err(NoComparison::Run(error)) => return Err(Failure::new(error.to_string())),
        Err(NoComparison::Periods(first, second)) => {
            return Err(other_periods(
                ("the version at hand", first),
                ("the other", second),
            ));
        }
        Err(NoComparison::Plan) => {
            say(
                global,
                "whose results move cannot be told: the changes cannot be made one by one\n",
            )?;
            return Ok(None);
        }
    };
    let changes: Vec<String> = pair.units().iter().map(|unit| unit.words.clone()).collect();
    let told = Told {
        effects: &effects,
        changes: &changes,
        period: on_data.period(),
        limit: LIMIT,
        heading: "on our data",
        notes: Vec::new(),
    };
    let paint = Paint {
        on: colored(global.color, Stream::Out),
    };
    say(global, &comparison::human(&told, &on_data.absent(), paint))?;
    Ok(Some(comparison::json(&told, &on_data.absent())))
}
