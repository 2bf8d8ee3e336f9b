//! The office of the documentation: three files of other shapes a month, on the United Nations Framework, by one
//! script.

#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::Command;

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).unwrap();
        }
    }
}

#[test]
fn two_months_of_the_office_run_compare_report_and_verify() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let place = tempfile::tempdir().unwrap();
    for name in ["docs/examples/valley-office", "rules/un-framework"] {
        copy(&root.join(name), &place.path().join(name));
    }
    let office: PathBuf = place.path().join("docs/examples/valley-office");
    let program = Path::new(env!("CARGO_BIN_EXE_forewarn")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let month = |words: &[&str]| {
        let ended = Command::new("sh")
            .arg("month.sh")
            .args(words)
            .current_dir(&office)
            .env("PATH", format!("{}:{path}", program.display()))
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success(), "{told}");
        String::from_utf8_lossy(&ended.stdout).into_owned() + &told
    };
    let first = month(&["2024-10"]);
    assert_eq!(first.matches("verified:").count(), 2, "{first}");
    let second = month(&["2024-11", "2024-10"]);
    assert_eq!(second.matches("verified:").count(), 2, "{second}");
    let read = |name: &str| std::fs::read_to_string(office.join(name)).unwrap();
    let moved = read("reports/2024-11-moved.txt");
    assert!(moved.contains("data: 3 rows new, 0 rows gone"), "{moved}");
    let overall = moved
        .lines()
        .find(|line| line.trim_start().starts_with("overall "));
    assert!(
        overall.is_some_and(|line| line.contains("BRUNIA")),
        "{moved}"
    );
    // The page of the documentation shows these lines as they are.
    let page = std::fs::read_to_string(root.join("docs/data.md")).unwrap();
    let begin = moved.find("2024-10 → 2024-11:").unwrap();
    let steps = moved.get(begin..).unwrap();
    let steps = steps.split("\n\n").next().unwrap();
    assert!(
        page.contains(steps),
        "docs/data.md shows other lines than:\n{steps}"
    );
    let report = read("reports/2024-11.html");
    assert!(report.contains("BRUNIA") && report.contains("</html>"));
    // The three files of both months, each in its shape.
    let data = read("reports/2024-11-data.txt");
    for words in [
        "shape = { long =",
        "shape = { wide =",
        "sum = { civilians_killed = \"killed\"",
    ] {
        assert!(data.contains(words), "{data}");
    }
}
