//! Whatever stands in columns that an audience may not see, everything that is written for it has the
//! same bytes: results, events, manifests, explanations, comparisons, lints, tests, messages, exit codes,
//! the names and sizes of files. Rules, classifications and data are put together by chance.
//!
//! `FOREWARN_PAIRS=100000 cargo test --release -p forewarn-cli --test all noninterference` tries so many pairs of
//! worlds; `FOREWARN_FIRST` is the number of the first, to see one of them again, and `FOREWARN` another program.

#[path = "../../tests/tests/generate/mod.rs"]
mod generate;
mod worlds;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use worlds::channels::{ASKED, Difference, compare, program};
use worlds::{Chance, Worlds, plan_at};

/// Pairs that are tried where nothing else is said.
const PAIRS: u64 = 200;
/// Commands that each pair is asked.
const COMMANDS: usize = 3;

fn number(name: &str, otherwise: u64) -> u64 {
    let said = std::env::var(name).ok();
    said.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// What differed in a pair, with what is needed to see it again.
fn told(seed: u64, worlds: &Worlds, difference: &Difference) -> String {
    let rules = worlds.files[0].get("base/chance.risk");
    let over = worlds.files[0].get("over/over.risk");
    let text = |bytes: Option<&Vec<u8>>| {
        String::from_utf8_lossy(bytes.map_or(&[][..], Vec::as_slice)).into_owned()
    };
    format!(
        "pair {seed}: `forewarn {}` differs in {} although only {:?} differ\n── one\n{}\n── other\n{}\n── \
         rules\n{}\n── over\n{}\n",
        difference.command,
        difference.channel,
        worlds.secrets,
        difference.one,
        difference.other,
        text(rules),
        text(over),
    )
}

#[test]
fn what_an_audience_may_not_see_changes_no_byte() {
    let (pairs, first) = (number("FOREWARN_PAIRS", PAIRS), number("FOREWARN_FIRST", 1));
    let next = AtomicU64::new(first);
    let tried = AtomicU64::new(0);
    let compared = AtomicUsize::new(0);
    let found: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while tried.load(Ordering::Relaxed) < pairs
                    && found.lock().expect("not poisoned").len() < 5
                {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    let Some(worlds) = Worlds::of(seed) else {
                        continue;
                    };
                    let number = tried.fetch_add(1, Ordering::Relaxed) + 1;
                    if number.is_multiple_of(250) {
                        let channels = compared.load(Ordering::Relaxed);
                        println!("{number} pairs so far, {channels} channels compared");
                    }
                    let mut chance = Chance::new(seed ^ 0x00c0_ffee);
                    let start = chance.below(ASKED.len());
                    // Far apart, so that each pair meets other commands.
                    for at in 0..COMMANDS {
                        let asked = ASKED[(start + at * 17) % ASKED.len()];
                        match compare(&worlds, asked, &mut chance) {
                            Ok(channels) => {
                                compared.fetch_add(channels, Ordering::Relaxed);
                            }
                            Err(difference) => {
                                let told = told(seed, &worlds, &difference);
                                println!("{told}");
                                found.lock().expect("not poisoned").push(told);
                                break;
                            }
                        }
                    }
                }
            });
        }
    });
    let found = found.into_inner().expect("not poisoned");
    println!(
        "{} pairs of worlds, {} channels compared, {} differ",
        tried.load(Ordering::Relaxed),
        compared.load(Ordering::Relaxed),
        found.len()
    );
    assert!(found.is_empty(), "{}", found.join("\n════\n"));
}

/// The pairs are worth something: many of them have results to show, and none of their secrets is in what
/// everyone reads.
#[test]
fn pairs_of_worlds_have_something_to_show() {
    let (mut shows, mut extends) = (0, 0);
    let mut pairs = 0;
    for seed in 1..60 {
        let Some(worlds) = Worlds::of(seed) else {
            continue;
        };
        // Secret cells that are empty in both differ in nothing.
        if worlds.files[0] == worlds.files[1] {
            continue;
        }
        pairs += 1;
        let folder = tempfile::tempdir().unwrap();
        worlds::write_files(folder.path(), &worlds.files[0]);
        let mut args = vec!["run", worlds.rules, "--to", "csv", "-q"];
        args.extend(worlds.data.iter().flat_map(|file| ["-d", *file]));
        args.extend(["--audience", worlds.audience.word()]);
        let output = call(folder.path(), &args);
        shows += usize::from(output.lines().count() > 5);
        let rules = folder.path().join(worlds.rules);
        assert!(
            plan_at(&rules, Some(worlds.audience)).is_some(),
            "pair {seed}"
        );
        extends += usize::from(worlds.rules == "over");
    }
    println!("{pairs} pairs, {shows} show results, {extends} of frameworks that extend another");
    assert!(pairs > 20 && shows * 2 > pairs && extends > 2);
}

fn call(folder: &Path, args: &[&str]) -> String {
    let output = Command::new(program())
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What is declassified is what the whole run gives, to the last bit.
#[test]
fn what_an_audience_sees_is_what_everyone_sees() {
    let mut compared = 0;
    for seed in 1..number("FOREWARN_WHOLE", 40) {
        let Some(worlds) = Worlds::of(seed) else {
            continue;
        };
        // Peers and earlier rows of a file that is not read are no part of what is seen.
        if worlds.data.len() > 1 {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        worlds::write_files(folder.path(), &worlds.files[0]);
        let run = |audience: &str| {
            let args = [
                "run",
                worlds.rules,
                "-d",
                "own.csv",
                "--to",
                "csv",
                "-q",
                "--audience",
            ];
            call(folder.path(), &[&args[..], &[audience]].concat())
        };
        let all = columns(&run("confidential"));
        for audience in ["public", "restricted"] {
            let seen = run(audience);
            // Nothing may be left, which is said and not written.
            for (name, cells) in columns(&seen).into_iter().filter(|_| !seen.is_empty()) {
                let same = all.iter().find(|(other, _)| *other == name);
                let same = same.map(|(_, cells)| cells);
                assert_eq!(Some(&cells), same, "{name} for {audience} in pair {seed}");
                compared += cells.len();
            }
        }
    }
    assert!(compared > 1000, "{compared} cells");
}

/// The columns of a CSV text without quoted commas in numbers: cells by column.
fn columns(text: &str) -> Vec<(String, Vec<String>)> {
    let mut lines = text.lines();
    let header = lines.next().unwrap_or_default();
    let mut columns: Vec<(String, Vec<String>)> = header
        .split(',')
        .map(|name| (name.to_owned(), Vec::new()))
        .collect();
    for line in lines {
        for ((_, cells), cell) in columns.iter_mut().zip(cells(line)) {
            cells.push(cell);
        }
    }
    columns
}

/// The cells of one line; quotes keep commas together.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().expect("at least one").push(other),
        }
    }
    cells
}
