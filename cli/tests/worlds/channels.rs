//! Every way in which a command says something: what it prints, how it ends, and which files it leaves,
//! with their names, sizes and bytes.

use super::shapes::recipe;
use super::{Chance, Files, Worlds, write_files};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A command with its forms: what stands for the rules, the data and the entity is put in later.
pub const ASKED: [&[&str]; 67] = [
    &["run", "RULES", "DATA", "-o", "out.csv"],
    &[
        "run",
        "RULES",
        "DATA",
        "-o",
        "out.csv",
        "--events",
        "events.csv",
    ],
    &[
        "run",
        "RULES",
        "DATA",
        "-o",
        "out.ndjson",
        "--events",
        "events.ndjson",
        "--labels",
    ],
    &["run", "RULES", "DATA", "-o", "out.json"],
    &["run", "RULES", "DATA", "-o", "out.parquet"],
    &[
        "run",
        "RULES",
        "DATA",
        "-o",
        "out.arrow",
        "--events",
        "events.parquet",
    ],
    &["run", "RULES", "DATA", "--to", "csv"],
    &["run", "RULES", "DATA", "--to", "ndjson", "-q"],
    &["run", "RULES", "DATA", "--to", "table"],
    &[
        "run", "RULES", "DATA", "--to", "table", "--period", "all", "--limit", "0",
    ],
    &[
        "run",
        "RULES",
        "DATA",
        "--to",
        "csv",
        "--engine",
        "interpreter",
    ],
    &["run", "RULES", "DATA", "--to", "csv", "--entity", "P001"],
    &["run", "RULES", "DATA", "--to", "csv", "--entity", "ZZZ"],
    &["run", "RULES", "DATA", "--to", "csv", "--entity", "C0"],
    &["run", "RULES", "DATA", "--to", "csv", "--period", "2001"],
    &[
        "run",
        "RULES",
        "DATA",
        "--to",
        "csv",
        "--columns",
        "WITHHELD",
    ],
    &["run", "RULES", "DATA", "--to", "csv", "--columns", "SHOWN"],
    &["run", "RULES", "DATA", "--to", "csv", "--lenient"],
    &["run", "RULES", "DATA", "--to", "csv", "--missing", "9"],
    &["run", "RULES", "DATA", "--to", "csv", "--format", "json"],
    &["run", "RULES", "DATA", "--to", "csv", "--format", "short"],
    &[
        "run",
        "RULES",
        "DATA",
        "--to",
        "csv",
        "--map",
        "a=elsewhere",
    ],
    &["run", "RULES", "DATA", "--to", "csv", "--deny", "warnings"],
    &["explain", "RULES", "DATA", "--entity", "ENTITY"],
    &[
        "explain", "RULES", "DATA", "--entity", "ENTITY", "--format", "json",
    ],
    &[
        "explain", "RULES", "DATA", "--entity", "ENTITY", "--format", "markdown",
    ],
    &["explain", "RULES", "DATA", "--entity", "ENTITY", "WITHHELD"],
    &["explain", "RULES", "DATA", "--entity", "ENTITY", "SHOWN"],
    &["explain", "RULES", "DATA", "--entity", "ZZZ"],
    &["lint", "RULES", "DATA"],
    &["lint", "RULES", "DATA", "--format", "json"],
    &["lint", "RULES", "DATA", "--format", "sarif"],
    &["test", "RULES"],
    &["test", "RULES", "--format", "json"],
    &["test", "RULES", "--format", "junit"],
    &["test", "RULES", "--coverage"],
    &["test", "RULES", "--mutate"],
    &["diff", "base", "other", "DATA"],
    &[
        "diff",
        "base",
        "other",
        "DATA",
        "--format",
        "json",
        "--exit-code",
    ],
    &["diff", "base", "RULES", "DATA", "--format", "markdown"],
    &["run", "RULES", "DATA", "RECIPE", "--to", "csv"],
    &["run", "RULES", "DATA", "RECIPE", "-o", "out.csv"],
    &[
        "run", "RULES", "DATA", "RECIPE", "--to", "csv", "--format", "json",
    ],
    &["explain", "RULES", "DATA", "RECIPE", "--entity", "ENTITY"],
    &["lint", "RULES", "DATA", "RECIPE", "--format", "json"],
    &["run", "RULES", "LONG", "--to", "csv"],
    &["run", "RULES", "LONG", "RECIPE", "-o", "out.csv"],
    &["explain", "RULES", "LONG", "RECIPE", "--entity", "ENTITY"],
    &["run", "RULES", "WIDE", "--to", "csv", "--lenient"],
    &["run", "RULES", "WIDE", "RECIPE", "--to", "csv"],
    &["run", "RULES", "DATA", "-o", "out.xlsx"],
    &[
        "run",
        "RULES",
        "DATA",
        "-o",
        "out.csv",
        "--csv-for",
        "excel-fr",
    ],
    &["run", "RULES", "DATA", "-o", "out.csv", "--state", "none"],
    &["run", "RULES", "DATA", "--to", "csv", "--set", "limit=3"],
    &["run", "RULES", "DATA", "WHOLE", "--to", "csv"],
    &["run", "RULES", "DATA", "WHOLE", "-o", "out.csv"],
    &["explain", "RULES", "DATA", "WHOLE", "--entity", "ENTITY"],
    &["explain", "RULES", "DATA", "--entity", "all"],
    &["explain", "RULES", "DATA", "--entity", "all", "--options"],
    &["explain", "RULES", "DATA", "--entity", "ENTITY", "--full"],
    &["report", "RULES", "DATA", "--format", "markdown"],
    &["report", "RULES", "DATA", "--format", "html"],
    &["report", "RULES", "DATA", "-o", "out.xlsx"],
    &["report", "RULES", "DATA", "-o", "out.md"],
    &["data", "RULES", "DATA"],
    &["data", "RULES", "LONG", "RECIPE"],
    &["data", "RULES", "DATA", "--guess", "own.csv"],
];

/// The manifest of a run for everyone, whose goalposts a run for an audience is given.
const WHOLE: &str = "whole.csv.manifest.json";

/// The words of a command for a pair of worlds.
fn words(asked: &[&str], worlds: &Worlds, chance: &mut Chance) -> Vec<String> {
    let own = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
    let mut words: Vec<String> = Vec::new();
    for word in asked {
        match *word {
            "RULES" => words.push(worlds.rules.to_owned()),
            "DATA" => words.extend(
                worlds
                    .data
                    .iter()
                    .flat_map(|file| ["-d".to_owned(), (*file).to_owned()]),
            ),
            "LONG" => words.extend(["-d", "long.csv", "--long", "item=val"].map(str::to_owned)),
            "WIDE" => {
                words.extend(["-d", "wide.csv", "--wide", "{indicator}_{year}"].map(str::to_owned));
            }
            "RECIPE" => words.extend(recipe(&worlds.columns, chance)),
            "ENTITY" => words.push(worlds.entity.clone()),
            "WHOLE" => words.extend(["--goalposts", WHOLE].map(str::to_owned)),
            "WITHHELD" => words.push(own(&worlds.withheld)),
            "SHOWN" => words.push(own(&worlds.shown)),
            other => words.push(other.to_owned()),
        }
    }
    words.push("--audience".to_owned());
    words.push(worlds.audience.word().to_owned());
    words
}

/// The program: the one built beside the tests, or the one that `FOREWARN` names.
pub fn program() -> PathBuf {
    let named = std::env::var_os("FOREWARN").map(PathBuf::from);
    named.unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_forewarn")))
}

/// What a command said in a folder: by channel.
fn said(folder: &Path, args: &[String]) -> Vec<(String, Vec<u8>)> {
    let output = Command::new(program())
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    vec![
        (
            "exit code".to_owned(),
            format!("{:?}", output.status.code()).into_bytes(),
        ),
        ("output".to_owned(), output.stdout),
        ("messages".to_owned(), output.stderr),
    ]
}

/// The files that a command left, or changed.
fn left(folder: &Path, before: &Files) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        let mut entries: Vec<_> = std::fs::read_dir(&at)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path
                .strip_prefix(folder)
                .expect("below")
                .display()
                .to_string();
            let bytes = std::fs::read(&path).expect("read");
            // What is for everyone may differ.
            let is_whole = name.starts_with("whole.csv");
            if before.get(&name) != Some(&bytes) && !is_whole {
                found.push((format!("file {name}"), bytes));
            }
        }
    }
    found.sort();
    found
}

/// What differed between two worlds.
pub struct Difference {
    pub command: String,
    pub channel: String,
    pub one: String,
    pub other: String,
}

/// Asks both worlds the same; how many channels were compared.
///
/// # Errors
/// The first difference.
pub fn compare(worlds: &Worlds, asked: &[&str], chance: &mut Chance) -> Result<usize, Difference> {
    let args = words(asked, worlds, chance);
    let folders =
        [tempfile::tempdir(), tempfile::tempdir()].map(|folder| folder.expect("a folder"));
    let mut commands = vec![args];
    // What a run left is verified, and its goalposts are used again.
    if let Some(at) = asked.iter().position(|word| *word == "-o") {
        let manifest = format!("{}.manifest.json", asked[at + 1]);
        let again = [
            "run",
            "RULES",
            "DATA",
            "--to",
            "csv",
            "--goalposts",
            &manifest,
        ];
        let out = asked[at + 1];
        let state = ["run", "RULES", "DATA", "--to", "csv", "--state", out];
        let against = [
            "report",
            "RULES",
            "DATA",
            "--format",
            "markdown",
            "--against",
            out,
        ];
        let compared = ["compare", out, out].map(str::to_owned).to_vec();
        commands.push(match chance.below(5) {
            0 => vec!["verify".to_owned(), manifest.clone()],
            1 => words(&again, worlds, chance),
            2 => words(&state, worlds, chance),
            3 => words(&against, worlds, chance),
            _ => compared,
        });
    }
    let for_everyone = asked.contains(&"WHOLE");
    for world in [0, 1] {
        let folder = folders[world].path();
        write_files(folder, &worlds.files[world]);
        if for_everyone {
            let mut args = vec!["run", worlds.rules, "-q", "--lenient", "-o", "whole.csv"];
            args.extend(worlds.data.iter().flat_map(|file| ["-d", *file]));
            let args: Vec<String> = args.into_iter().map(str::to_owned).collect();
            said(folder, &args);
        }
    }
    let is_there = |world: usize| folders[world].path().join(WHOLE).exists();
    if for_everyone && !(is_there(0) && is_there(1)) {
        // Everyone is told what is wrong with what the audience does not see.
        return Ok(0);
    }
    let told = [0, 1].map(|world: usize| {
        let folder = folders[world].path();
        let mut told: Vec<(String, String, Vec<u8>)> = Vec::new();
        for args in &commands {
            for (channel, bytes) in said(folder, args) {
                told.push((args.join(" "), channel, bytes));
            }
        }
        for (name, bytes) in left(folder, &worlds.files[world]) {
            told.push((commands[0].join(" "), name, bytes));
        }
        told
    });
    let [first, second] = &told;
    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    for at in 0..first.len().max(second.len()) {
        let (one, other) = (first.get(at), second.get(at));
        if one == other {
            continue;
        }
        let about = one.or(other).expect("one of them");
        return Err(Difference {
            command: about.0.clone(),
            channel: about.1.clone(),
            one: one.map_or_else(|| "nothing".to_owned(), |one| shown(&one.2)),
            other: other.map_or_else(|| "nothing".to_owned(), |one| shown(&one.2)),
        });
    }
    Ok(first.len())
}
