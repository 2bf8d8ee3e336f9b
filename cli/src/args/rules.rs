//! What commands on rules alone are asked.

use super::{AudienceArgs, ReadingArgs, SourceArgs};
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// `forewarn check`
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct CheckArgs {
    /// Rule files, or folders that hold a ruleset
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    pub paths: Vec<PathBuf>,
    /// Tell what makes a method hard to defend, too, as `forewarn lint` does
    #[arg(long)]
    pub lint: bool,
    /// Tell what translations lack, too: what is missing, outdated, or of nothing
    #[arg(long)]
    pub translations: bool,
    /// Say nothing but the findings
    #[arg(long, short)]
    pub quiet: bool,
}

/// `forewarn fix`
#[derive(Debug, Args)]
#[command(after_help = FIX_EXAMPLES)]
pub struct FixArgs {
    /// The ruleset: a rule file, or the folder that holds it
    #[arg(value_name = "RULES", value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    pub rules: PathBuf,
    /// Only findings of this code, those among them that leave a choice (repeatable)
    #[arg(long, value_name = "CODE")]
    pub code: Vec<String>,
    /// Also what is not certain, where a message offers one way; with a code the first of several
    #[arg(long)]
    pub all: bool,
    /// Show what would be changed and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Mend what `forewarn lint` tells, too
    #[arg(long)]
    pub lint: bool,
}

/// `forewarn lint`
#[derive(Debug, Args)]
#[command(after_help = LINT_EXAMPLES)]
pub struct LintArgs {
    /// The ruleset: a rule file, or the folder that holds it
    #[arg(value_name = "RULES", value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    pub rules: PathBuf,
    /// Data to look at as well: levels never reached, alerts always on (repeatable)
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Data")]
    pub data: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    #[command(flatten)]
    pub audience: AudienceArgs,
    /// Say nothing but the findings
    #[arg(long, short)]
    pub quiet: bool,
}

/// `forewarn explain-code`
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_CODE_EXAMPLES)]
pub struct ExplainCodeArgs {
    /// A code as diagnostics show it, FW0312, or words of what is wrong: bands hole
    #[arg(value_name = "CODE", required = true)]
    pub words: Vec<String>,
}

/// `forewarn new`
#[derive(Debug, Args)]
#[command(after_help = NEW_EXAMPLES)]
pub struct NewArgs {
    /// The new folder; its last part names the framework
    #[arg(value_name = "NAME", value_hint = ValueHint::DirPath)]
    pub name: PathBuf,
    /// Build on this package: one of `forewarn packages`
    #[arg(long, value_name = "PACKAGE")]
    pub extends: Option<String>,
    #[command(flatten)]
    pub source: SourceArgs,
}

/// `forewarn completions`
#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// `forewarn manual`
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  forewarn manual ~/.local/share/man/man1               then: man forewarn, man forewarn-run")]
pub struct ManualArgs {
    /// The folder for the pages
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  forewarn check rules/sahel
  forewarn check rules/* --deny warnings
  forewarn check rules/sahel --format sarif > findings.sarif
  forewarn check rules/sahel --format github            in a workflow

Findings for people go to standard error, every other format to standard output";

const FIX_EXAMPLES: &str = "\
Examples:
  forewarn fix rules/sahel --dry-run                    what would be changed?
  forewarn fix rules/sahel
  forewarn fix rules/sahel --code FW0107                misspelt names, as the messages read them
  forewarn fix rules/sahel --all

What is changed is shown first, line by line. Only files of the package itself are written, and only where the
finding is gone afterwards and no other has come";

const LINT_EXAMPLES: &str = "\
Examples:
  forewarn lint rules/sahel
  forewarn lint rules/sahel --data monthly.csv
  forewarn check rules/sahel --lint --deny warnings

Each finding can be allowed in place: `allow FW1103 because \"agreed at the review of 2024\"`";

const EXPLAIN_CODE_EXAMPLES: &str = "\
Examples:
  forewarn explain-code FW0312
  forewarn explain-code 312
  forewarn explain-code bands hole                      the pages that speak of it";

const NEW_EXAMPLES: &str = "\
Examples:
  forewarn new sahel
  forewarn run sahel --data sahel/data/example.csv
  forewarn new our_office --extends un_atrocity         what you change of a framework";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  forewarn completions bash > ~/.local/share/bash-completion/completions/forewarn
  forewarn completions zsh > ~/.zfunc/_forewarn
  forewarn completions fish > ~/.config/fish/completions/forewarn.fish";
