//! `forewarn verify`: the run of a manifest again, and its results byte by byte.
//!
//! In: a manifest, or a folder of them. Out: whether rules, data and results are there and those on record,
//! whether the run gives the same bytes today, and whether all else that the manifest says of it is so. The run is done once more into a folder of its own; its
//! manifest there says what was read.

mod compare;
mod facts;

use crate::args::{Global, ReadingArgs, VerifyArgs};
use crate::failure::{Failure, tell_all_to_programs, tell_people};
use crate::manifest::document::Document;
use crate::manifest::{Recorded, beside, changed};
use crate::outputs::tend_beside;
use crate::recipe_args::RecipeArgs;
use crate::report;
use crate::reporting;
use crate::run;
use crate::state;
use crate::stream::Stream;
use crate::words::list;
use forewarn_tables::{Format, sha256};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Facts that differ are told up to this number.
const FACTS: usize = 6;

/// Verifies a manifest, or all of a folder.
///
/// # Errors
/// Files cannot be read, or they are not those on record; findings in rules and data are told and
/// give their exit code.
pub fn verify(args: &VerifyArgs, global: &Global) -> Result<ExitCode, Failure> {
    let code = all(args, global)?;
    if code == ExitCode::SUCCESS {
        tell_all_to_programs(global);
    }
    Ok(code)
}

fn all(args: &VerifyArgs, global: &Global) -> Result<ExitCode, Failure> {
    if !args.manifest.is_dir() {
        return one(&manifest_of(&args.manifest), args, global);
    }
    let folder = &args.manifest;
    let mut manifests = of_folder(folder)?;
    if manifests.is_empty() {
        // A folder of months has a folder for each.
        for below in paths(folder)?.into_iter().filter(|path| path.is_dir()) {
            manifests.extend(of_folder(&below)?);
        }
    }
    if manifests.is_empty() {
        let message = format!("{} holds no manifest", folder.display());
        return Err(Failure::new(message)
            .help("give a folder with `.manifest.json` files that runs with `-o` wrote, or one of such folders"));
    }
    let mut worst = ExitCode::SUCCESS;
    for manifest in manifests {
        let code = one(&manifest, args, global)?;
        if code != ExitCode::SUCCESS {
            worst = code;
        }
    }
    Ok(worst)
}

fn paths(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| Failure::file("cannot read", folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// The manifests that lie in a folder.
fn of_folder(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = paths(folder)?;
    paths.retain(|path| is_manifest(path));
    Ok(paths)
}

fn is_manifest(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".manifest.json") && path.is_file()
}

/// The manifest itself, or that of results that were named in its place.
fn manifest_of(path: &Path) -> PathBuf {
    let own = beside(path);
    if !is_manifest(path) && path.is_file() && own.is_file() {
        own
    } else {
        path.to_owned()
    }
}

fn one(manifest: &Path, args: &VerifyArgs, global: &Global) -> Result<ExitCode, Failure> {
    tend_beside(manifest);
    let recorded = Recorded::read(manifest)?;
    let document = &recorded.document;
    let data = recorded.data(&args.data)?;
    let rules = match &args.rules {
        Some(rules) => rules.clone(),
        None => recorded.seen_here(&document.rules.path),
    };
    let files = std::iter::once((&rules, "the ruleset", "--rules RULES"));
    let data_files = data.iter().map(|path| (path, "the data", "--data FILE"));
    for (path, what, option) in files.chain(data_files) {
        if path.as_os_str() != "-" && !path.exists() {
            let message = format!("{what} of this run, {}, are not there", path.display());
            let message = message.replace("ruleset of this run", "rules of this run");
            let shown = manifest.display();
            return Err(Failure::new(message).help(format!(
                "say where they are: `forewarn verify {shown} {option}`"
            )));
        }
    }
    let results = recorded.results();
    let folder = tempfile::tempdir().map_err(|error| {
        Failure::new(format!(
            "no temporary folder: {}",
            crate::system::reason(&error)
        ))
    })?;
    let again = folder.path().join(results.file_name().unwrap_or_default());
    let mut run_args = recorded.args(data, rules, again.clone())?;
    otherwise(&mut run_args.data.reading, &args.reading);
    let events = document.events.as_ref().map(|file| {
        let name = file.path.file_name().unwrap_or_default();
        (
            recorded.seen_here(&file.path),
            folder.path().join("events").join(name),
        )
    });
    if let Some((_, again)) = &events {
        crate::outputs::make_folder(crate::outputs::folder_of(again))?;
        run_args.events = Some(again.clone());
    }
    let code = match &document.report {
        Some(report) => {
            let args = reporting::again(&recorded, report, run_args);
            reporting::report(&args, global)?
        }
        None => run::run(&run_args, global)?,
    };
    if code != ExitCode::SUCCESS {
        return Ok(code);
    }
    let now = Recorded::read(&beside(&again))?.document;
    let changed = changed(&recorded, &now);
    if !changed.is_empty() {
        let message = format!("not as on record: {}", changed.join(", "));
        let failure = Failure::new(message)
            .help("bring back the files of that run, or run again for a new result and manifest");
        return Ok(differs(&failure, global));
    }
    let mut wrong = Vec::new();
    let facts = facts::differing(document, &now);
    if !facts.is_empty() {
        let message = format!(
            "{} says of the run what is not so: {}",
            manifest.display(),
            list(&facts, FACTS)
        );
        wrong.push(Failure::new(message).help(
            "the manifest was changed after the run: run again for a new result and manifest",
        ));
    }
    // What is handed over to later runs; another version may hand over in another way.
    let states = [&results, &again].map(|path| state::beside(path));
    let is_same_version = document.forewarn == env!("CARGO_PKG_VERSION");
    let [there, state] = states;
    if is_same_version && state.is_file() {
        let shown = there.display();
        let what = match there.is_file() {
            false => Some((
                format!("{shown} is not there, and the run hands it over to later ones"),
                "run again to have it back",
            )),
            true if read(&there)? != read(&state)? => Some((
                format!("{shown} is not what the run hands over"),
                "the file was changed after the run: run again to have it back",
            )),
            true => None,
        };
        wrong.extend(what.map(|(message, help)| Failure::new(message).help(help)));
    }
    let checked = [
        Some((results.clone(), again, document.results.sha256.as_str())),
        events
            .zip(document.events.as_ref())
            .map(|((there, again), file)| (there, again, file.sha256.as_str())),
    ];
    let mut told = String::new();
    for (there, again, digest) in checked.into_iter().flatten() {
        match standing(&there, &again, digest, document, there == results)? {
            Ok(words) => told.push_str(&words),
            Err(failure) => wrong.push(failure),
        }
    }
    if wrong.is_empty() {
        tell_people(&told, global)?;
        return Ok(ExitCode::SUCCESS);
    }
    for failure in &wrong {
        differs(failure, global);
    }
    Ok(ExitCode::from(report::FINDINGS))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::file("cannot read", path, &error))
}

/// How data are read otherwise than on record, where that is said.
fn otherwise(reading: &mut ReadingArgs, given: &ReadingArgs) {
    let ReadingArgs {
        from,
        map,
        period_format,
        missing,
        delimiter,
        decimal,
        lenient,
        keys,
        except,
        threads: _,
        taken: _,
        recipe,
        recipes_from: _,
        sources: _,
        recipes: _,
        beside: _,
    } = given;
    if *recipe != RecipeArgs::default() {
        reading.recipe.clone_from(recipe);
    }
    reading.from = from.or(reading.from);
    reading.delimiter = delimiter.or(reading.delimiter);
    reading.decimal = decimal.or(reading.decimal);
    reading.lenient |= lenient;
    if !map.is_empty() {
        reading.map.clone_from(map);
    }
    if !period_format.is_empty() {
        reading.period_format.clone_from(period_format);
    }
    if !keys.is_empty() {
        reading.keys.clone_from(keys);
    }
    if !except.is_empty() {
        reading.except.clone_from(except);
    }
    if !missing.is_empty() {
        reading.missing.clone_from(missing);
    }
}

/// What is to be said of a file beside the manifest, or what is wrong with it.
fn standing(
    there: &Path,
    again: &Path,
    on_record: &str,
    recorded: &Document,
    is_results: bool,
) -> Result<Result<String, Failure>, Failure> {
    let shown = there.display();
    let now = read(again)?;
    if sha256(&now) != on_record {
        let mut failure = Failure::new(format!(
            "the run gives other bytes than those on record for {shown}"
        ));
        let own = env!("CARGO_PKG_VERSION");
        let theirs = &recorded.forewarn;
        if theirs != own {
            failure = failure.help(format!(
                "it was made by version {theirs}, and this is {own}"
            ));
        }
        return Ok(Err(failure));
    }
    if !there.exists() {
        let failure = Failure::new(format!(
            "{shown} is not there, although the run still gives the bytes on record for it"
        ));
        return Ok(Err(
            failure.help("bring it back to its manifest, or run again to have it")
        ));
    }
    if sha256(&read(there)?) == on_record {
        return Ok(Ok(format!(
            "verified: the run gives {shown} byte by byte\n"
        )));
    }
    let form = recorded.results.form.filter(|_| is_results);
    let format = form.map(Format::from).or_else(|| Format::of_path(there));
    let words = match format {
        Some(format) => compare::first_difference(there, again, format)?,
        None => "its bytes differ".to_owned(),
    };
    let failure = Failure::new(format!(
        "{shown} is not as on record, although the run still gives what is: {words}"
    ));
    Ok(Err(failure.help(
        "the file was changed after the run: run again to have it back",
    )))
}

/// A difference is a finding, not wrong use.
fn differs(failure: &Failure, global: &Global) -> ExitCode {
    failure.tell(global, Stream::Out);
    ExitCode::from(report::FINDINGS)
}
