//! `forewarn-fuzz [TARGET…] [--seconds N] [--executions N] [--seed N] [--from N] [--faults FOLDER]`: replays
//! the corpus, then goes through inputs made out of it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use forewarn_fuzz::campaign::{Limits, campaign, corpus, fault};
use forewarn_fuzz::{TARGETS, Target, target};

struct Wanted {
    targets: Vec<&'static Target>,
    limits: Limits,
    faults: PathBuf,
}

fn wanted(mut words: impl Iterator<Item = String>) -> Result<Wanted, String> {
    let mut wanted = Wanted {
        targets: Vec::new(),
        limits: Limits {
            seed: 1,
            from: 0,
            executions: u64::MAX,
            time: Duration::from_secs(60),
        },
        faults: std::env::temp_dir().join("forewarn-faults"),
    };
    while let Some(word) = words.next() {
        if !word.starts_with("--") {
            let known = || TARGETS.iter().map(|one| one.name).collect::<Vec<_>>();
            let found = target(&word);
            let told = || format!("there is no target `{word}`: they are {:?}", known());
            wanted.targets.push(found.ok_or_else(told)?);
            continue;
        }
        let value = words.next().ok_or(format!("`{word}` takes a value"))?;
        let number = || {
            value
                .parse::<u64>()
                .map_err(|_| format!("`{value}` is no number"))
        };
        match word.as_str() {
            "--seconds" => wanted.limits.time = Duration::from_secs(number()?),
            "--executions" => wanted.limits.executions = number()?,
            "--seed" => wanted.limits.seed = number()?,
            "--from" => wanted.limits.from = number()?,
            "--faults" => wanted.faults = PathBuf::from(value),
            _ => return Err(format!("there is no option `{word}`")),
        }
    }
    if wanted.targets.is_empty() {
        wanted.targets = TARGETS.iter().collect();
    }
    Ok(wanted)
}

fn main() -> ExitCode {
    let wanted = match wanted(std::env::args().skip(1)) {
        Ok(wanted) => wanted,
        Err(told) => {
            eprintln!("error: {told}");
            return ExitCode::from(2);
        }
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut failed = false;
    for target in wanted.targets {
        let seeds = match corpus(&folder, target) {
            Ok(seeds) => seeds,
            Err(error) => {
                eprintln!(
                    "error: the corpus of {} cannot be read: {error}",
                    target.name
                );
                return ExitCode::from(2);
            }
        };
        for (name, input) in &seeds {
            if let Some(said) = fault(target, input) {
                eprintln!("{}: corpus/{}/{name}: {said}", target.name, target.name);
                failed = true;
            }
        }
        match campaign(target, &seeds, wanted.limits, &wanted.faults) {
            Ok(outcome) => {
                let (slowest, number) = outcome.slowest;
                println!(
                    "{}: {} kept, {} made, {} faults; the slowest took {slowest:.1?} (number {number})",
                    target.name,
                    seeds.len(),
                    outcome.executions,
                    outcome.faults.len()
                );
                for (path, said) in &outcome.faults {
                    eprintln!("{}: {}: {said}", target.name, path.display());
                }
                failed |= !outcome.faults.is_empty();
            }
            Err(error) => {
                eprintln!("error: a fault cannot be kept: {error}");
                return ExitCode::from(2);
            }
        }
    }
    ExitCode::from(u8::from(failed))
}
