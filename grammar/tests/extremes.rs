//! Texts made to break a reader: deep, long, or both. Each is read on a small stack, so that a
//! recursion anywhere, dropping included, would show.

use std::time::{Duration, Instant};

use forewarn_grammar::ast::ItemKind;
use forewarn_grammar::{NESTING_LIMIT, ProblemKind, parse};

/// Reads the text on a stack of one megabyte; gives the kinds of problems and how many items were read.
fn read(text: String) -> (Vec<ProblemKind>, usize) {
    let reader = move || {
        let started = Instant::now();
        let parsed = parse(&text);
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "reading takes linear time"
        );
        let read = parsed
            .file
            .items
            .iter()
            .filter(|i| !matches!(i.kind, ItemKind::Error { .. }))
            .count();
        (
            parsed.problems.iter().map(|p| p.kind.clone()).collect(),
            read,
        )
    };
    std::thread::Builder::new()
        .stack_size(1024 * 1024)
        .spawn(reader)
        .unwrap()
        .join()
        .unwrap()
}

fn too_deep(text: String) {
    let (problems, read) = read(text + "\nlet good = 1");
    assert_eq!(
        problems,
        [ProblemKind::NestedTooDeeply {
            limit: NESTING_LIMIT
        }]
    );
    assert_eq!(read, 1, "the declaration behind it is read");
}

fn fine(text: String, items: usize) {
    let (problems, read) = read(text);
    assert_eq!(problems, []);
    assert_eq!(read, items);
}

#[test]
fn nesting_has_a_limit() {
    let n = 10_000;
    too_deep(format!("let x = {}1{}", "(".repeat(n), ")".repeat(n)));
    too_deep(format!("let x = {}1", "(".repeat(n)));
    too_deep(format!("let x = {}1{}", "f(".repeat(n), ")".repeat(n)));
    too_deep(format!("let x = {}{}", "[".repeat(n), "]".repeat(n)));
    too_deep(format!("let x = {}a", "not ".repeat(n)));
    too_deep(format!("let x = {}1", "-".repeat(n)));
    too_deep(format!("let x = a{}", ".b".repeat(n)));
    too_deep(format!(
        "let x = {} 1 {}",
        "if a then ".repeat(n),
        "else 1 ".repeat(n)
    ));
    too_deep(format!("let x = {} 1", "if ".repeat(n)));
    too_deep(format!("unit x = {}a{}", "(".repeat(n), ")".repeat(n)));
    too_deep(format!("unit x = {}", vec!["a"; n].join(" / ")));
    too_deep(format!("fn f(x: {} number) = 1", "list of ".repeat(n)));
    too_deep(format!(
        "level l : s {{ a when {}b, c otherwise }}",
        "not ".repeat(n)
    ));
    too_deep(format!("alert w {{ raise when {}a }}", "not ".repeat(n)));
    too_deep(format!(
        "alert w {{ cooldown {}a{} }}",
        "(".repeat(n),
        ")".repeat(n)
    ));
}

#[test]
fn nesting_within_the_limit_is_read() {
    let n = usize::from(NESTING_LIMIT) - 1;
    fine(format!("let x = {}1{}", "(".repeat(n), ")".repeat(n)), 1);
    fine(format!("let x = {}a", "not ".repeat(n)), 1);
    fine(format!("let x = {}1", "-".repeat(n)), 1);
    let half = n / 2;
    fine(
        format!(
            "let x = {} 1 {}",
            "if a then ".repeat(half),
            "else 1 ".repeat(half)
        ),
        1,
    );
}

#[test]
fn told_once_a_file() {
    let deep = format!("let x = {}a\n", "not ".repeat(1000));
    too_deep(deep.repeat(5));
}

#[test]
fn long_chains_are_flat() {
    fine(format!("let x = {}", vec!["a"; 100_000].join(" + ")), 1);
    fine(format!("let x = {}", vec!["a"; 100_000].join(" * ")), 1);
    fine(format!("let x = {}", vec!["a"; 100_000].join(" or ")), 1);
    fine(format!("let x = {}", vec!["a"; 100_000].join(" < ")), 1);
    fine(format!("let x = {}", vec!["a"; 100_000].join(" ?? ")), 1);
    fine(
        format!("let x = {} 1", "if a then 1 else ".repeat(10_000)),
        1,
    );
    fine(format!("let x = [{}]", "1,".repeat(100_000)), 1);
}

#[test]
fn long_files_take_linear_time() {
    fine("let x = 1\n".repeat(100_000), 100_000);
    fine(
        format!(
            "alert w {{ {} }}",
            "escalate when a for 2 months\n".repeat(50_000)
        ),
        1,
    );
    fine(
        format!(
            "factor f {{ members {{ {} }} }}",
            "a weight 3,\n".repeat(100_000)
        ),
        1,
    );
    let (problems, _) = read("let x = = 1\n".repeat(20_000));
    assert!(!problems.is_empty() && problems.len() <= 200);
    let (problems, _) = read("factor x {\n".repeat(20_000));
    assert!(!problems.is_empty() && problems.len() <= 200);
    let (problems, _) = read(format!("let x = f({})", "a ".repeat(50_000)));
    assert!(!problems.is_empty());
    let (problems, _) = read(format!(
        "factor f {{ members {{ {} }} }}",
        "a a a,\n".repeat(20_000)
    ));
    assert!(!problems.is_empty() && problems.len() <= 200);
}

#[test]
fn ten_megabytes_on_one_line() {
    for unit in ["a", "("] {
        one_line(unit, 10_000_000);
    }
}

#[test]
fn long_lines_of_anything() {
    for unit in [
        "a ",
        "\"",
        "@ a ",
        "1",
        ".",
        "{",
        "é",
        "-",
        "=",
        "a=",
        "let a = (",
        "/*",
    ] {
        one_line(unit, 300_000);
    }
}

fn one_line(unit: &str, bytes: usize) {
    let (problems, _) = read(unit.repeat(bytes / unit.len()));
    assert!(!problems.is_empty() && problems.len() <= 200, "{unit}");
}
