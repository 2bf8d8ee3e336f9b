//! `forewarn check`: are rulesets sound? Reads and compiles each, and tells all findings at once.

use crate::args::{CheckArgs, Format, Global};
use crate::failure::Failure;
use crate::render::Findings;
use crate::report::{exit_code, tell_all};
use crate::stream::say;
use crate::words::count;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::{Settings, compile};
use std::process::ExitCode;
use std::sync::Arc;

/// Checks every path as a ruleset of its own.
///
/// # Errors
/// None now; findings are told, not returned.
pub fn check(args: &CheckArgs, global: &Global) -> Result<ExitCode, Failure> {
    let mut findings = Findings::default();
    for path in &args.paths {
        let settings = Settings {
            lint: args.lint,
            translations: args.translations,
            translation_keys: true,
            ..Settings::default()
        };
        let compilation = compile(path, &DiskFiles, &settings);
        let sources = Arc::new(compilation.sources);
        findings.add_reports(&compilation.reports, &sources);
        // A file that cannot be read at all has been told.
        let unread = compilation
            .reports
            .iter()
            .any(|cause| cause.code().0 == "FW1302");
        if let Some((reports, sources)) = crate::recipe::slips(path, unread) {
            findings.add_reports(&reports, &Arc::new(sources));
        }
    }
    tell_all(&findings, global);
    if global.format == Format::Human && findings.is_empty() && !args.quiet {
        say(&format!(
            "{} checked, nothing found\n",
            count(args.paths.len(), "ruleset")
        ));
    }
    Ok(exit_code(&findings, global))
}
