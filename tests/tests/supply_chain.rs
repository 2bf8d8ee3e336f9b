//! What is built in: from the public registry, each with a sum, under licences that `deny.toml` allows.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The platform that this is built for; packages of others may not be at hand.
fn platform() -> String {
    let told = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc runs");
    let told = String::from_utf8(told.stdout).expect("text");
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("a platform").to_owned()
}

/// Every package that the workspace rests on here, as Cargo describes it.
fn packages() -> Vec<Value> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let platform = platform();
    let told = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", &platform])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        told.status.success(),
        "{}",
        String::from_utf8_lossy(&told.stderr)
    );
    let all: Value = serde_json::from_slice(&told.stdout).expect("JSON");
    all["packages"].as_array().expect("packages").clone()
}

/// The licences that `deny.toml` allows.
fn allowed() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let (_, list) = text.split_once("allow = [").expect("a list of licences");
    let (list, _) = list.split_once(']').expect("an end");
    list.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Is an expression of licences (SPDX, or the older `A/B`) met by those that are allowed?
fn is_met(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.replace('/', " OR ");
    let expression = expression.trim();
    if let Some(inside) = expression.strip_prefix('(')
        && let Some((inside, rest)) = inside.split_once(')')
    {
        let rest = rest.trim();
        return match rest.split_once(' ') {
            None => is_met(inside, allowed),
            Some(("AND", rest)) => is_met(inside, allowed) && is_met(rest, allowed),
            Some((_, rest)) => is_met(inside, allowed) || is_met(rest, allowed),
        };
    }
    let known = |name: &str| allowed.iter().any(|one| one == name.trim());
    expression
        .split(" OR ")
        .any(|choice| choice.split(" AND ").all(known))
}

#[test]
fn everything_is_from_the_registry_under_a_licence_that_is_allowed() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    for package in packages() {
        let name = package["name"].as_str().unwrap_or_default();
        let Some(source) = package["source"].as_str() else {
            continue;
        };
        if source != "registry+https://github.com/rust-lang/crates.io-index" {
            wrong.push(format!("{name} is from {source}"));
        }
        let licence = package["license"].as_str().unwrap_or("none");
        if !is_met(licence, &allowed) {
            wrong.push(format!("{name} is under {licence}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_package_of_the_registry_has_a_sum() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    for package in lock.split("[[package]]").skip(1) {
        let of_registry = package.contains("source = \"registry");
        assert_eq!(of_registry, package.contains("checksum = "), "{package}");
    }
}

#[test]
fn licences_are_read_as_they_are_written() {
    let allowed = ["MIT".to_owned(), "Unicode-3.0".to_owned()];
    assert!(is_met("MIT/Apache-2.0", &allowed));
    assert!(is_met("(MIT OR Apache-2.0) AND Unicode-3.0", &allowed));
    assert!(!is_met("(MIT OR Apache-2.0) AND GPL-3.0", &allowed));
    assert!(!is_met("Apache-2.0 AND MIT", &allowed));
    assert!(!is_met("none", &allowed));
}
