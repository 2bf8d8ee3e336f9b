//! Every refusal is a document: whatever a command cannot do, `--format json` and `--format sarif` say it as
//! programs read it, and nothing else stands on that stream.
//!
//! In: each command with a few things that are wrong. Out: the exit code, and that its stream holds documents.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Stdio};

const RULES: &str = "framework islands \"Islands\" version \"1\"\npanel island column \"isle\" by year\n\
    indicator storms \"Storms\" : number in 0..100\nscore harm \"Harm\" : number in 0..1 = storms / 100\n";

/// Where a command writes what programs read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reads {
    Out,
    /// Where results may take standard output, it is standard error.
    Either,
}

struct Refusal {
    args: &'static [&'static str],
    reads: Reads,
}

const fn out(args: &'static [&'static str]) -> Refusal {
    Refusal {
        args,
        reads: Reads::Out,
    }
}

const fn beside(args: &'static [&'static str]) -> Refusal {
    Refusal {
        args,
        reads: Reads::Either,
    }
}

/// Each command with what it cannot do: rules or data that are not there or not readable, places that cannot be
/// written, names that nothing has, options that it does not know.
const REFUSALS: &[Refusal] = &[
    out(&["check", "none.risk"]),
    out(&["check", "wrong.risk"]),
    out(&["check", "isles.risk", "--translations", "xx"]),
    out(&["check", "isles.risk", "--nothing"]),
    beside(&["run", "none.risk", "--data", "year.csv"]),
    beside(&["run", "wrong.risk", "--data", "year.csv"]),
    beside(&["run", "isles.risk"]),
    beside(&["run", "isles.risk", "--data", "none.csv"]),
    beside(&["run", "isles.risk", "--data", "empty.csv"]),
    beside(&["run", "isles.risk", "--data", "letters.csv"]),
    beside(&["run", "isles.risk", "--data", "torn.parquet"]),
    beside(&["run", "isles.risk", "--data", "torn.xlsx"]),
    beside(&[
        "run",
        "isles.risk",
        "--data",
        "year.csv",
        "-o",
        "none/r.csv",
    ]),
    beside(&["run", "isles.risk", "--data", "year.csv", "-o", "year.csv"]),
    beside(&["run", "isles.risk", "--data", "year.csv", "--set", "t=0,04"]),
    beside(&[
        "run",
        "isles.risk",
        "--data",
        "year.csv",
        "--goalposts",
        "none.json",
    ]),
    out(&["run", "isles.risk", "--data", "year.csv", "--nothing"]),
    beside(&["data", "none.risk"]),
    beside(&["data", "isles.risk", "--guess", "none.csv"]),
    out(&["fix", "none.risk"]),
    out(&["fix", "isles.risk", "--nothing"]),
    out(&["lint", "none.risk"]),
    out(&["lint", "wrong.risk"]),
    out(&["lint", "isles.risk", "--data", "none.csv"]),
    out(&["verify", "none.json"]),
    out(&["verify", "year.csv"]),
    beside(&["explain", "isles.risk", "harm", "--data", "none.csv"]),
    beside(&["explain", "isles.risk", "nothing", "--data", "year.csv"]),
    beside(&["explain", "wrong.risk", "harm", "--data", "year.csv"]),
    beside(&["report", "isles.risk", "--data", "none.csv", "-o", "r.html"]),
    beside(&[
        "report",
        "isles.risk",
        "--data",
        "year.csv",
        "-o",
        "none/r.html",
    ]),
    out(&["test", "none.risk"]),
    out(&["test", "wrong.risk"]),
    out(&["test", "isles.risk", "--nothing"]),
    out(&["properties", "none.risk"]),
    out(&["properties", "wrong.risk"]),
    out(&["explain-code", "FW9999"]),
    out(&["compare", "none.risk", "isles.risk", "--data", "year.csv"]),
    out(&["diff", "none.risk", "isles.risk"]),
    out(&["diff", "isles.risk", "wrong.risk"]),
    out(&["translations", "none.risk", "fr"]),
    out(&["tree", "none.risk"]),
    out(&["tree", "wrong.risk"]),
    out(&["lock", "none"]),
    out(&["add", "none"]),
    out(&["packages", "--nothing"]),
    out(&["upgrade", "none"]),
    out(&["release", "none"]),
    out(&["vendor", "none"]),
    out(&["package", "none"]),
    out(&["new", "if"]),
    out(&["completions", "none"]),
    out(&["manual", "--nothing"]),
];

fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("isles.risk", RULES.as_bytes());
    write("wrong.risk", b"score harm = \n");
    write("year.csv", b"isle,year,storms\nKIR,2021,4\n");
    write("empty.csv", b"");
    write("letters.csv", b"isle,year,storms\nKIR,2021,\xff\xfe\n");
    write("torn.parquet", b"PAR1nothing of the kindPAR1");
    write("torn.xlsx", b"PK\x03\x04nothing of the kind");
    folder
}

#[test]
fn every_refusal_is_a_document() {
    let folder = place();
    let mut wrong = Vec::new();
    for refusal in REFUSALS {
        for format in ["json", "sarif"] {
            if let Err(why) = is_document(folder.path(), refusal, format) {
                wrong.push(format!(
                    "{} --format {format}: {why}",
                    refusal.args.join(" ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn is_document(folder: &Path, refusal: &Refusal, format: &str) -> Result<(), String> {
    let ended = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .current_dir(folder)
        .args(refusal.args)
        .args(["--format", format])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    let code = ended.status.code().unwrap_or(-1);
    if !matches!(code, 1 | 2) {
        return Err(format!("exit code {code}"));
    }
    let aside = match refusal.reads {
        Reads::Out => !ended.stderr.is_empty(),
        Reads::Either => !ended.stderr.is_empty() && !ended.stdout.is_empty(),
    };
    if aside {
        return Err(format!(
            "on standard error: {}",
            String::from_utf8_lossy(&ended.stderr)
        ));
    }
    let own = if ended.stdout.is_empty() {
        &ended.stderr
    } else {
        &ended.stdout
    };
    let text = std::str::from_utf8(own).map_err(|error| error.to_string())?;
    if format == "sarif" {
        let whole: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        return is_complete(&whole);
    }
    let mut lines = text.lines().peekable();
    lines.peek().ok_or("nothing is said")?;
    for line in lines {
        let told: Value = serde_json::from_str(line).map_err(|error| format!("{error}: {line}"))?;
        let title = told.get("title").and_then(Value::as_str).unwrap_or("");
        if title.is_empty() {
            return Err(format!("no title: {line}"));
        }
    }
    Ok(())
}

/// A result has words, a level and, where it has a code, a rule with a help of its own.
fn is_complete(whole: &Value) -> Result<(), String> {
    let run = whole.pointer("/runs/0").ok_or("no run")?;
    let rules = run
        .pointer("/tool/driver/rules")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let results = run.get("results").and_then(Value::as_array);
    let told = results.filter(|results| !results.is_empty());
    let notes = run
        .pointer("/invocations/0/toolExecutionNotifications")
        .and_then(Value::as_array);
    if told.is_none() && notes.is_none_or(Vec::is_empty) {
        return Err("nothing is said".to_owned());
    }
    for result in told.into_iter().flatten() {
        let words = result.pointer("/message/text").and_then(Value::as_str);
        if words.is_none_or(str::is_empty) || result.get("level").is_none() {
            return Err(format!("not complete: {result}"));
        }
        let Some(code) = result.get("ruleId").and_then(Value::as_str) else {
            continue;
        };
        let rule = rules
            .iter()
            .find(|rule| rule.get("id").and_then(Value::as_str) == Some(code))
            .ok_or_else(|| format!("no rule {code}"))?;
        let has = |part: &str| rule.pointer(part).and_then(Value::as_str).is_some();
        if !has("/help/text") && !has("/help/markdown") {
            return Err(format!("rule {code} has no help"));
        }
    }
    Ok(())
}

/// What cannot be written is told where it still can be.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = place();
    for args in [
        ["check", "wrong.risk", "--format", "json"],
        ["tree", "isles.risk", "--format", "json"],
        ["explain-code", "FW0107", "--format", "json"],
    ] {
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let ended = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .current_dir(folder.path())
            .args(args)
            .stdin(Stdio::null())
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(ended.status.code(), Some(2), "{args:?}");
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(told.contains("cannot write"), "{args:?}: {told}");
    }
}
