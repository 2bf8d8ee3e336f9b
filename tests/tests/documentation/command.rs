//! Commands as pages show them: `$ forewarn …` and the lines that it prints.

use std::ffi::OsString;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A command of a page.
pub struct ShownCommand {
    /// The line behind `$ `.
    pub line: String,
    pub output: String,
}

/// The commands of a block, each with the lines up to the next.
pub fn shown(block: &str) -> Vec<ShownCommand> {
    let mut commands: Vec<ShownCommand> = Vec::new();
    for line in block.lines() {
        if let Some(line) = line.strip_prefix("$ ") {
            commands.push(ShownCommand {
                line: line.to_owned(),
                output: String::new(),
            });
        } else if let Some(last) = commands.last_mut() {
            last.output.push_str(line);
            last.output.push('\n');
        }
    }
    commands
}

/// The program, beside the tests; cargo builds it before any test of the workspace runs.
pub fn program() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let name = format!("forewarn{}", std::env::consts::EXE_SUFFIX);
    let program = own.parent()?.parent()?.join(name);
    if program.is_file() {
        return Some(program);
    }
    // Past the capture of the test harness: a test that did not run must be seen.
    let text = format!(
        "\nskipped: the commands of the documentation, since {} is not there; `cargo build` makes \
         it\n",
        program.display()
    );
    let _ = std::io::stderr().write_all(text.as_bytes());
    None
}

/// What a command prints, both streams as they come, and its exit code; `None` for commands that
/// are not this program's. `cargo run --release -- …`, whatever the features, runs in the repository, `forewarn …` in the
/// folder that the page fills.
pub fn run(line: &str, program: &Path, root: &Path, folder: &Path) -> Option<(String, i32)> {
    let of_cargo = line.strip_prefix("cargo run --release ").and_then(|rest| {
        let rest = rest.strip_prefix("--no-default-features ").unwrap_or(rest);
        rest.strip_prefix("-- ")
    });
    let (arguments, folder) = match of_cargo {
        Some(arguments) => (arguments, root),
        None => (line.strip_prefix("forewarn ")?, folder),
    };
    let mut arguments = words(arguments);
    // As on a terminal, where results without another form are a table.
    let has = |wanted: &[&str]| {
        arguments
            .iter()
            .any(|word| wanted.iter().any(|own| word == *own))
    };
    // What is read by a recipe, and is asked to be quiet, goes into the folder of its month.
    let monthly = has(&["--quiet"]) && !has(&["--data", "-d"]);
    if has(&["run"]) && !has(&["-o", "--out", "--to", "--help"]) && !monthly {
        arguments.extend(["--to", "table"].map(OsString::from));
    }
    let mut printed = tempfile::tempfile().unwrap();
    let status = Command::new(program)
        .args(&arguments)
        .current_dir(folder)
        .stdout(printed.try_clone().unwrap())
        .stderr(printed.try_clone().unwrap())
        .status()
        .unwrap();
    let mut text = String::new();
    printed.rewind().unwrap();
    printed.read_to_string(&mut text).unwrap();
    Some((text, status.code().unwrap_or(-1)))
}

/// Words as a shell takes them apart, with quotation marks around those that hold blanks.
fn words(line: &str) -> Vec<OsString> {
    let mut words = Vec::new();
    let (mut word, mut quote, mut inside) = (String::new(), None, false);
    for letter in line.chars() {
        match (letter, quote) {
            ('"' | '\'', None) => (quote, inside) = (Some(letter), true),
            (letter, Some(open)) if letter == open => quote = None,
            (' ', None) => {
                if inside {
                    words.push(OsString::from(std::mem::take(&mut word)));
                }
                inside = false;
            }
            (letter, _) => {
                word.push(letter);
                inside = true;
            }
        }
    }
    if inside {
        words.push(OsString::from(word));
    }
    words
}

/// Is it the same but for how long things took? A line `…` stands for any lines.
pub fn alike(shown: &str, printed: &str) -> bool {
    let (shown, printed) = (timeless(shown), timeless(printed));
    let mut parts = shown.split(|line| line == "…");
    let Some(first) = parts.next() else {
        return printed.is_empty();
    };
    let Some(mut rest) = printed.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&[String]> = parts.collect();
    for (at, part) in parts.iter().enumerate() {
        if at + 1 == parts.len() {
            return rest.ends_with(part);
        }
        let found = (0..=rest.len()).find(|start| rest[*start..].starts_with(part));
        let Some(found) = found else { return false };
        rest = &rest[found + part.len()..];
    }
    rest.is_empty()
}

/// Lines without trailing blanks, and `31 ms (rules 2.0, …)` without its numbers.
fn timeless(text: &str) -> Vec<String> {
    let line = |line: &str| match line.split_once(" ms (") {
        Some((before, _)) => match before.rsplit_once("· ") {
            Some((before, _)) => format!("{before}· time"),
            None => line.to_owned(),
        },
        None => line.to_owned(),
    };
    text.trim_end()
        .lines()
        .map(|text| line(text.trim_end()))
        .collect()
}
