//! Writes the list of the rulesets that the program brings along: every folder of `rules/` with the files
//! that are part of a package, as they stand.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders of a package that are no part of it.
const APART: [&str; 3] = ["data", "vendor", "target"];

fn main() -> io::Result<()> {
    let features = ["https", "native", "parquet", "web", "xlsx"].map(|name| {
        let is_on = env::var_os(format!("CARGO_FEATURE_{}", name.to_uppercase())).is_some();
        format!("{}{name}", if is_on { "+" } else { "-" })
    });
    let target = env::var("TARGET").unwrap_or_default();
    println!(
        "cargo::rustc-env=FOREWARN_BUILT=features: {}\ntarget: {target}",
        features.join(" ")
    );
    let rules = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../rules");
    println!("cargo::rerun-if-changed={}", rules.display());
    let mut text = String::from("&[\n");
    let mut folders = fs::read_dir(&rules)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<PathBuf>>>()?;
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    for folder in folders {
        let mut files = Vec::new();
        walk(&folder, "", &mut files)?;
        files.sort();
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(text, "({name:?}, &[");
        for (name, path) in files {
            println!("cargo::rerun-if-changed={}", path.display());
            let path = path.canonicalize()?;
            let _ = writeln!(text, "({name:?}, include_bytes!({path:?}) as &[u8]),");
        }
        text.push_str("] as &[(&str, &[u8])]),\n");
    }
    text.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    fs::write(out.join("packages.rs"), text)
}

/// The files below a folder, by their path from it with `/`.
fn walk(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_apart = prefix.is_empty() && APART.contains(&name.as_ref());
        if name.starts_with('.') || is_apart || name.ends_with(".tar.gz") {
            continue;
        }
        if path.is_dir() {
            walk(&path, &format!("{prefix}{name}/"), files)?;
        } else if name != "forewarn.lock" || !prefix.is_empty() {
            files.push((format!("{prefix}{name}"), path.clone()));
        }
    }
    Ok(())
}
