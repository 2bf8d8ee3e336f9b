//! Several files as a package, and bytes as an archive.

use std::path::Path;

use forewarn_compiler::package::archive::unpack;
use forewarn_compiler::testing::compile_tests;
use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;

use super::rules::WORDS;
use crate::Target;

/// Overlays, locks, translations, `forewarn.toml`.
pub const PACKAGE: Target = Target {
    name: "package",
    about: "a folder of files, each after a line `==== NAME`: overlays, settings, locks, translations, tests",
    words: WORDS,
    run: package,
};

/// What others hand over.
pub const ARCHIVE: Target = Target {
    name: "archive",
    about: "a packed ruleset: nothing leads out of it, and its size is bounded",
    words: &["../", "/", "\\", "C:", "\u{0}", "ustar", "forewarn.toml"],
    run: archive,
};

fn package(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut files = MemoryFiles::default();
    for part in text.split("==== ").skip(1) {
        let (name, body) = part.split_once('\n').unwrap_or((part, ""));
        let name = name.trim();
        if !name.is_empty() && !name.starts_with('/') && !name.split('/').any(|step| step == "..") {
            files.insert(format!("package/{name}"), body);
        }
    }
    let settings = Settings {
        lint: true,
        translations: true,
        ..Settings::default()
    };
    let entry = Path::new("package");
    for cause in compile(entry, &files, &settings).reports.iter() {
        let _ = cause.describe();
    }
    let _ = compile_tests(entry, &files, &Settings::default());
}

fn archive(input: &[u8]) {
    if let Ok(files) = unpack(input) {
        let mut total = 0;
        for (name, bytes) in &files {
            let leads_out = Path::new(name)
                .components()
                .any(|part| !matches!(part, std::path::Component::Normal(_)));
            assert!(!leads_out, "`{name}` leads out of the archive");
            total += bytes.len();
        }
        assert!(total <= 1 << 30, "an archive of {total} bytes was unpacked");
    }
}
