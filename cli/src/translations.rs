//! `forewarn translations`: a place in `translations/LANG.toml` for everything that is missing.

use crate::args::Global;
use crate::failure::{Failure, tell_done, tell_people};
use crate::outputs::{make_folder, write_own};
use crate::render::Findings;
use crate::report::{FINDINGS, exit_code, stream_of, tell};
use crate::words::count;
use clap::{Args, ValueHint};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::translations::{Language, update};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// `forewarn translations`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  forewarn translations rules/west --lang fr            writes rules/west/translations/fr.toml
  forewarn check --translations rules/west              then: what is missing in any language?")]
pub struct TranslationsArgs {
    /// The ruleset: a rule file, or the folder that holds it
    #[arg(value_name = "RULES", value_hint = ValueHint::AnyPath, default_value = ".")]
    pub rules: PathBuf,
    /// The language to translate into: `fr`, `pt-BR`
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub lang: Language,
    /// Write nothing; exit with 1 if something is missing or outdated
    #[arg(long)]
    pub check: bool,
}

fn language(text: &str) -> Result<Language, String> {
    Language::new(text).ok_or_else(|| "write a language's tag, such as `fr` or `pt-BR`".to_owned())
}

/// Writes the file; what stands in it stays.
///
/// # Errors
/// The file cannot be written. Findings in the rules are told and give their exit code.
pub fn translations(args: &TranslationsArgs, global: &Global) -> Result<ExitCode, Failure> {
    let update = match update(&args.rules, &args.lang, &DiskFiles) {
        Ok(update) => update,
        Err((sources, reports)) => {
            let mut findings = Findings::default();
            findings.add_reports(&reports, &Arc::new(sources));
            tell(&findings, global, stream_of(global.format));
            return Ok(exit_code(&findings, global));
        }
    };
    let path = &update.path;
    if !args.check && update.added > 0 {
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        write_own([(path.as_path(), update.text.as_bytes())])?;
    }
    let done = if args.check { "missing" } else { "added" };
    let said = format!(
        "{}: {} {done}; {} of {} to translate\n",
        path.display(),
        count(update.added, "text"),
        update.open,
        update.wanted
    );
    if args.check && update.open > 0 {
        tell_people(&said, global)?;
        return Ok(ExitCode::from(FINDINGS));
    }
    tell_done(&said, global)
}
