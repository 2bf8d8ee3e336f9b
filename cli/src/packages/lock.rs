//! `forewarn lock`: the fingerprints of all that a ruleset builds on.

use super::documents::{Locked, say, write as write_document};
use super::{LockArgs, folder, read, write};
use crate::args::Global;
use crate::failure::Failure;
use crate::words::count;
use forewarn_compiler::package::lock::{LOCK, write as text_of};
use std::fs;
use std::process::ExitCode;

/// Writes `forewarn.lock`, or says whether it is up to date.
///
/// # Errors
/// Wrong use, or a file that cannot be written.
pub fn lock(args: &LockArgs, global: &Global) -> Result<ExitCode, Failure> {
    folder(&args.rules)?;
    let package = match read(&args.rules, global) {
        Ok(package) => package,
        Err(code) => return Ok(code),
    };
    let path = args.rules.join(LOCK);
    if package.built_on().next().is_none() {
        say(
            global,
            &format!(
                "{} builds on nothing: there is nothing to lock\n",
                args.rules.display()
            ),
        )?;
        let nothing = Locked::of(path.display().to_string(), (true, false), [].into_iter());
        write_document(global, &nothing)?;
        return Ok(ExitCode::SUCCESS);
    }
    let text = text_of(package.built_on());
    let same = fs::read(&path).is_ok_and(|there| there == text.as_bytes());
    let document = |is_written: bool| {
        let place = path.display().to_string();
        let found = Locked::of(place, (same, is_written), package.built_on());
        write_document(global, &found)
    };
    if args.check {
        let words = if same {
            "is up to date"
        } else {
            "is not up to date: run `forewarn lock`"
        };
        say(global, &format!("{} {words}\n", path.display()))?;
        document(false)?;
        return Ok(ExitCode::from(u8::from(!same)));
    }
    if !same {
        write(&path, text.as_bytes())?;
    }
    let mut said = format!(
        "{} {}\n",
        if same { "up to date:" } else { "wrote" },
        path.display()
    );
    for member in package.built_on() {
        said.push_str(&format!(
            "  {} {}: {} in {}\n",
            member.name,
            member.version,
            count(member.fingerprints.len(), "file"),
            member.root
        ));
    }
    say(global, &said)?;
    document(!same)?;
    Ok(ExitCode::SUCCESS)
}
