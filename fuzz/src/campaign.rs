//! Runs a target on many inputs and writes down those on which something does not hold.

use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::Target;
use crate::mutate::{Random, mutate};

/// How far a campaign goes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub seed: u64,
    /// The first number: a campaign can go on where another ended.
    pub from: u64,
    pub executions: u64,
    pub time: Duration,
}

/// What came of a campaign.
#[derive(Debug, Default)]
pub struct Outcome {
    pub executions: u64,
    /// Where each input lies on which something did not hold, and what was said.
    pub faults: Vec<(PathBuf, String)>,
    /// The longest that one input took, and its number.
    pub slowest: (Duration, u64),
}

/// The inputs of a target that are kept, by name.
///
/// # Errors
/// What the system says of the corpus.
pub fn corpus(folder: &Path, target: &Target) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder.join(target.name))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        found.push((name.into_owned(), fs::read(&path)?));
    }
    found.sort();
    Ok(found)
}

/// What is said where something does not hold; `None` where all does.
#[must_use]
pub fn fault(target: &Target, input: &[u8]) -> Option<String> {
    let caught = catch_unwind(AssertUnwindSafe(|| (target.run)(input))).err()?;
    let text = caught.downcast_ref::<String>().cloned();
    let text = text.or_else(|| caught.downcast_ref::<&str>().map(|&text| text.to_owned()));
    Some(text.unwrap_or_else(|| "a panic without words".to_owned()))
}

/// The input of that number.
#[must_use]
pub fn input(target: &Target, seeds: &[(String, Vec<u8>)], seed: u64, number: u64) -> Vec<u8> {
    let mut random = Random::new(seed, number);
    let empty = (String::new(), Vec::new());
    let whole = random.of(seeds).unwrap_or(&empty).clone();
    let other = random.of(seeds).unwrap_or(&empty);
    mutate(&mut random, &whole.1, &other.1, target.words)
}

/// Goes through inputs until a limit is reached; each fault is kept in `faults` under the number that made it.
///
/// # Errors
/// What the system says where a fault cannot be kept.
pub fn campaign(
    target: &Target,
    seeds: &[(String, Vec<u8>)],
    limits: Limits,
    faults: &Path,
) -> io::Result<Outcome> {
    let start = Instant::now();
    let mut outcome = Outcome::default();
    for number in limits.from..limits.from.saturating_add(limits.executions) {
        if start.elapsed() >= limits.time {
            break;
        }
        let input = input(target, seeds, limits.seed, number);
        let begun = Instant::now();
        let said = fault(target, &input);
        let took = begun.elapsed();
        if took > outcome.slowest.0 {
            outcome.slowest = (took, number);
        }
        outcome.executions += 1;
        if let Some(said) = said {
            fs::create_dir_all(faults)?;
            let path = faults.join(format!("{}-{}-{number}", target.name, limits.seed));
            fs::write(&path, &input)?;
            outcome.faults.push((path, said));
        }
    }
    Ok(outcome)
}
