//! `forewarn verify`: the run of a manifest again, and its results byte by byte.
//!
//! In: a manifest. Out: whether rules, data and results are those on record, and whether the run
//! gives the same bytes today.

use crate::args::{Global, VerifyArgs};
use crate::failure::{Failure, print};
use crate::manifest::{Recorded, RecordedFile, sha256};
use crate::report;
use crate::run;
use crate::stream::{Stream, colored};
use std::process::ExitCode;

/// Verifies a manifest.
///
/// # Errors
/// Files cannot be read, or they are not those on record; findings in rules and data are told and
/// give their exit code.
pub fn verify(args: &VerifyArgs, global: &Global) -> Result<ExitCode, Failure> {
    let recorded = Recorded::read(&args.manifest)?;
    let mut changed = Vec::new();
    for (what, files) in [
        ("rule file", &recorded.rules),
        ("data file", &recorded.data),
    ] {
        for file in files {
            let Some(on_record) = &file.sha256 else {
                continue;
            };
            if sha256(&file.path)? != *on_record {
                changed.push(format!("the {what} {}", file.path.display()));
            }
        }
    }
    if !changed.is_empty() {
        let message = format!("not as on record: {}", changed.join(", "));
        let failure = Failure::new(message)
            .help("bring back the files of that run, or run again for a new result and manifest");
        return Ok(differs(&failure, global));
    }
    let RecordedFile {
        path,
        sha256: digest,
    } = &recorded.results;
    let stands = path.is_file().then(|| sha256(path)).transpose()?;
    let folder = tempfile::tempdir()
        .map_err(|error| Failure::new(format!("no temporary folder: {error}")))?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    let again = folder.path().join(name);
    let mut run_args = recorded.args;
    run_args.out = Some(again.clone());
    let code = run::run(&run_args, global)?;
    if code != ExitCode::SUCCESS {
        return Ok(code);
    }
    let own = env!("CARGO_PKG_VERSION");
    if digest.as_deref() != Some(sha256(&again)?.as_str()) {
        let mut failure = Failure::new(format!(
            "the run gives other bytes than those on record for {}",
            path.display()
        ));
        if recorded.version != own {
            let theirs = &recorded.version;
            failure = failure.help(format!(
                "it was made by version {theirs}, and this is {own}"
            ));
        }
        return Ok(differs(&failure, global));
    }
    let shown = path.display();
    let told = match stands {
        Some(stands) if Some(&stands) == digest.as_ref() => {
            format!("verified: the run gives {shown} byte by byte\n")
        }
        Some(_) => {
            let message =
                format!("{shown} is not as on record, although the run still gives what is");
            let failure = Failure::new(message)
                .help("the file was changed after the run: run again to have it back");
            return Ok(differs(&failure, global));
        }
        None => {
            format!("verified: the run gives the bytes on record; {shown} itself is not there\n")
        }
    };
    print(&told)?;
    Ok(ExitCode::SUCCESS)
}

/// A difference is a finding, not wrong use.
fn differs(failure: &Failure, global: &Global) -> ExitCode {
    failure.tell(colored(global.color, Stream::Error));
    ExitCode::from(report::FINDINGS)
}
