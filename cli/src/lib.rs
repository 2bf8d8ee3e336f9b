//! The command line of Forewarn: arguments in; findings, results and an exit code out. It knows how
//! things are shown and nothing of how they are computed.
//!
//! Results and pages go to standard output, everything else to standard error, except that
//! `check`, which has no results, writes findings for programs to standard output.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod args;
mod audience;
mod check;
pub mod command;
mod compare;
mod comparison;
mod completions;
mod data;
mod diff;
mod event_reasons;
mod events;
mod explain;
mod explain_code;
mod failure;
mod fix;
mod flowing;
mod headline;
mod language;
mod lint;
mod manifest;
mod manual;
mod name_filter;
mod new;
mod output;
mod outputs;
mod packages;
mod progress;
mod property;
mod property_words;
mod read_as;
mod reading;
mod recipe;
mod recipe_args;
mod reliance;
mod report;
mod reporting;
mod run;
mod runs;
#[cfg(test)]
mod schemas;
mod select;
mod state;
mod strange;
mod stream;
mod summary;
mod table;
mod test;
mod translations;
mod tree;
mod verify;
mod view;

use forewarn::{numbers, system, words};
use forewarn_diagnostics::paint;
pub use forewarn_diagnostics::render;

use args::{Format, Global};
use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser, ValueEnum};
use command::{Cli, Command};
use failure::Failure;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use stream::{Stream, colored, say};

/// The whole program: reads the arguments, does the command, gives its exit code.
#[must_use]
pub fn main() -> ExitCode {
    main_from(std::env::args_os())
}

/// The same from words that came another way, the first of them the program's name.
#[must_use]
pub fn main_from(words: impl Iterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = each_with_its_option(words.collect());
    let Cli { global, command } = match Cli::try_parse_from(&words) {
        Ok(cli) => cli,
        Err(error) => return refused(&error, &words),
    };
    progress::show(global.progress);
    if let Some(failure) = for_people_alone(&command, &global) {
        failure.tell(&global, command.stream_of_programs());
        return unless_lost(ExitCode::from(report::WRONG_USE));
    }
    let done = match &command {
        Command::Check(args) => check::check(args, &global),
        Command::Run(args) => run::run(args, &global),
        Command::Data(args) => read_as::data(args, &global),
        Command::Fix(args) => fix::fix(args, &global),
        Command::Lint(args) => lint::lint(args, &global),
        Command::Verify(args) => verify::verify(args, &global),
        Command::Explain(args) => explain::explain(args, &global),
        Command::Report(args) => reporting::report(args, &global),
        Command::Test(args) => test::test(args, &global),
        Command::Properties(args) => property::properties(args, &global),
        Command::ExplainCode(args) => {
            explain_code::explain_code(args, colored(global.color, Stream::Out))
        }
        Command::Compare(args) => compare::compare(args, &global),
        Command::Diff(args) => diff::diff(args, &global),
        Command::Translations(args) => translations::translations(args, &global),
        Command::Tree(args) => tree::tree(args, &global),
        Command::Lock(args) => packages::lock(args, &global),
        Command::Add(args) => packages::add(args, &global),
        Command::Packages(args) => packages::packages(args, &global),
        Command::Upgrade(args) => packages::upgrade(args, &global),
        Command::Release(args) => packages::release(args, &global),
        Command::Vendor(args) => packages::vendor(args, &global),
        Command::Package(args) => packages::package(args, &global),
        Command::New(args) => new::new(args),
        Command::Completions(args) => completions::completions(args),
        Command::Manual(args) => manual::manual(args),
    };
    let code = done.unwrap_or_else(|failure| {
        let global = Global {
            format: command.format().unwrap_or(global.format),
            ..global.clone()
        };
        failure.tell(&global, command.stream_of_programs());
        ExitCode::from(report::WRONG_USE)
    });
    unless_lost(code)
}

/// A form for programs, of a command that tells people something and has no other form.
fn for_people_alone(command: &Command, global: &Global) -> Option<Failure> {
    let name = if matches!(command, Command::Data(_)) {
        "data"
    } else if matches!(command, Command::ExplainCode(_)) {
        "explain-code"
    } else {
        return None;
    };
    let form = global.format.to_possible_value()?;
    (report::stream_of(global.format) == Stream::Out).then(|| {
        Failure::new(format!(
            "`forewarn {name}` tells people something, and has no `--format {}`",
            form.get_name()
        ))
        .help("leave `--format` out")
    })
}

/// What a shell makes of `--data *.csv` are several files behind one option: each gets its own.
fn each_with_its_option(words: Vec<OsString>) -> Vec<OsString> {
    let mut all: Vec<OsString> = Vec::with_capacity(words.len());
    // Whether the word at hand stands behind the option, or behind a file that does.
    let mut behind = false;
    let mut value = false;
    for word in words {
        let is_option = word == "--data" || word == "-d";
        if behind && !value && !is_option && is_table(Path::new(&word)) {
            all.push("--data".into());
        } else if !value {
            behind = is_option;
        }
        value = is_option;
        all.push(word);
    }
    all
}

/// Is this a data file by its name?
fn is_table(path: &Path) -> bool {
    forewarn_tables::Format::of_path(path).is_some() && path.is_file()
}

/// What was wrong with the words of the command line, or the help that they ask for.
fn refused(error: &clap::Error, words: &[OsString]) -> ExitCode {
    let wanted = wanted_format(words);
    if let Some(form) = form_for_format(error) {
        Failure::new(format!("`--format {form}`: findings are not written as {form}"))
            .help(format!(
                "`--format` is how findings are told; results are written with `--to {form}`, and data are read \
                 with `--from {form}`"
            ))
            .tell(&of_format(wanted), Stream::Out);
        return unless_lost(ExitCode::from(report::WRONG_USE));
    }
    if error.kind() == clap::error::ErrorKind::UnknownArgument
        && let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg)
        && is_table(Path::new(word))
    {
        Failure::new(format!(
            "`{word}` is a data file, and no option stands before it"
        ))
        .help(format!("write `--data {word}`"))
        .tell(&of_format(wanted), Stream::Out);
        return unless_lost(ExitCode::from(report::WRONG_USE));
    }
    if error.kind() == clap::error::ErrorKind::UnknownArgument
        && let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg)
        && let Some((option, value)) = list_before(words, word)
    {
        Failure::new(format!("`{word}` stands where nothing is expected"))
            .help(format!(
                "the values of `{option}` are set apart by commas: `{option} {value},{word}`"
            ))
            .tell(&of_format(wanted), Stream::Out);
        return unless_lost(ExitCode::from(report::WRONG_USE));
    }
    if let Some(name) = unknown_command(error) {
        let commands = Cli::command();
        let known: Vec<&str> = commands
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        let behind = words.iter().filter_map(|word| word.to_str());
        let behind = behind.skip_while(|word| *word != name).nth(1);
        let behind = behind.filter(|word| known.contains(word) && Path::new(&name).exists());
        let help = match nearest(&name, &known) {
            _ if behind.is_some() => format!(
                "the command stands first: `forewarn {} {name}`",
                behind.unwrap_or_default()
            ),
            Some(near) => format!("did you mean `forewarn {near}`?"),
            None => "`forewarn --help` lists the commands".to_owned(),
        };
        Failure::new(format!("there is no command `{name}`"))
            .help(help)
            .tell(&of_format(wanted), Stream::Out);
        return unless_lost(ExitCode::from(report::WRONG_USE));
    }
    if !error.use_stderr() || wanted == Format::Human {
        // A reader who leaves early is no failure.
        if let Err(unwritten) = error.print()
            && unwritten.kind() != std::io::ErrorKind::BrokenPipe
        {
            stream::lost(Stream::Out, &unwritten);
        }
        return unless_lost(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)));
    }
    let text = error.render().to_string();
    let mut words = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let message = words.next().unwrap_or_default();
    let message = message.trim_start_matches("error: ");
    let rest: Vec<&str> = words.collect();
    Failure::new(message)
        .help(rest.join("\n"))
        .tell(&of_format(wanted), Stream::Out);
    unless_lost(ExitCode::from(report::WRONG_USE))
}

/// The option whose list of values a word continues, with the values before it.
fn list_before<'w>(words: &'w [OsString], word: &str) -> Option<(&'w str, &'w str)> {
    let at = words.iter().position(|known| known == word)?;
    let value = words.get(at.checked_sub(1)?)?.to_str()?;
    let option = words.get(at.checked_sub(2)?)?.to_str()?;
    let name = option.strip_prefix("--")?;
    let commands = Cli::command();
    let lists = commands.get_subcommands().any(|command| {
        let mut own = command.get_arguments();
        own.any(|own| own.get_long() == Some(name) && own.get_value_delimiter().is_some())
    });
    (lists && !word.starts_with('-') && !value.starts_with('-')).then_some((option, value))
}

/// The word that stands where a command should.
fn unknown_command(error: &clap::Error) -> Option<String> {
    match error.get(ContextKind::InvalidSubcommand)? {
        ContextValue::String(name) => Some(name.clone()),
        _ => None,
    }
}

/// The command that was probably meant; of words as short as these, one letter may be left out too.
fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let lacks_one = |known: &&&str| {
        let mut letters = known.chars();
        known.chars().count() == name.chars().count() + 1
            && name.chars().all(|one| letters.any(|other| other == one))
    };
    let near = forewarn_diagnostics::suggest::suggest(name, known.iter().copied());
    near.or_else(|| known.iter().find(lacks_one).copied())
}

fn of_format(format: Format) -> Global {
    Global {
        color: stream::ColorChoice::Never,
        format,
        deny: None,
        max_findings: None,
        progress: progress::Shown::default(),
    }
}

/// `--format parquet`: a format of tables, where findings are meant.
fn form_for_format(error: &clap::Error) -> Option<String> {
    let of = |kind| match error.get(kind) {
        Some(ContextValue::String(words)) => Some(words.as_str()),
        _ => None,
    };
    let is_format = of(ContextKind::InvalidArg)?.starts_with("--format ");
    let given = of(ContextKind::InvalidValue).filter(|_| is_format)?;
    let forms = ["csv", "tsv", "parquet", "arrow", "ndjson", "xlsx", "table"];
    forms.contains(&given).then(|| given.to_owned())
}

/// The format that a command line asks for, of which something else is wrong.
fn wanted_format(words: &[OsString]) -> Format {
    let words: Vec<String> = words
        .iter()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let behind = words.iter().zip(words.iter().skip(1));
    let mut apart = behind.filter(|(option, _)| *option == "--format");
    let joined = words.iter().find_map(|word| word.strip_prefix("--format="));
    let word = apart.next().map(|(_, word)| word.as_str()).or(joined);
    let format = word.and_then(|word| Format::from_str(word, true).ok());
    format.unwrap_or(Format::Human)
}

/// The exit code, unless what the command had to say was lost.
fn unless_lost(code: ExitCode) -> ExitCode {
    let Some((stream, why)) = stream::was_lost() else {
        return code;
    };
    if stream == Stream::Out {
        say(&format!("error: cannot write standard output: {why}\n"));
    }
    ExitCode::from(report::WRONG_USE)
}
