//! Tells findings on the right stream: those for people on standard error, those for programs on
//! standard output, unless results go there.

use crate::args::{Deny, Format, Global};
use crate::packages::registry::shelf::is_built_in;
use crate::render::{self, Findings, Look};
use crate::stream::{Stream, colored};
use crate::words::count;
use forewarn_diagnostics::Place;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Findings in the rules or the data.
pub const FINDINGS: u8 = 1;
/// How many findings people are shown, unless they ask for more.
const MOST: usize = 200;
/// Wrong use, or a file that cannot be read or written.
pub const WRONG_USE: u8 = 2;

/// Renders findings and writes them to the stream.
pub fn tell(findings: &Findings, global: &Global, stream: Stream) {
    let text = render(findings, global, stream);
    stream.tell(text.as_bytes());
}

/// The name of a package where a path should be: what can be done with it.
fn with_packages(findings: &Findings) -> Findings {
    let mut findings = findings.clone();
    findings.advise(|found| {
        let Place::File(name) = &found.primary.place else {
            return None;
        };
        let is_name = name.chars().all(|one| one.is_alphanumeric() || one == '_');
        (found.code.0 == "FW0012" && is_name && is_built_in(name)).then(|| {
            format!(
                "a package of that name comes with forewarn: `forewarn add {name} --to FOLDER` keeps it as \
                 `FOLDER/vendor/{name}-VERSION.tar.gz`, which can stand here"
            )
        })
    });
    findings
}

fn render(findings: &Findings, global: &Global, stream: Stream) -> String {
    let findings = &with_packages(findings);
    let human = matches!(
        global.format,
        Format::Human | Format::Markdown | Format::Junit | Format::Html | Format::Xlsx
    );
    let most = match global.max_findings {
        Some(0) => None,
        Some(most) => Some(most),
        None if human || global.format == Format::Short => Some(MOST),
        None => None,
    };
    let look = Look {
        color: colored(global.color, stream),
        width: stream.width(),
        most,
    };
    let mut text = findings.render(form(global.format), look, &render::rule_page);
    if human && !findings.is_empty() {
        let hidden = findings.hidden(look);
        if hidden > 0 {
            let _ = writeln!(
                text,
                "… and {}: `--max-findings 0` shows all",
                count(hidden, "more finding")
            );
        }
        text.push_str(&findings.tally());
        if denied(findings, global) {
            text.push_str(" (warnings are denied)");
        }
        text.push('\n');
    }
    text
}

/// The same where findings are all that a command has to say: programs that read lines get one at
/// least.
pub fn tell_all(findings: &Findings, global: &Global) {
    if global.format == Format::Json && findings.is_empty() {
        Stream::Out.tell(render::nothing().as_bytes());
        return;
    }
    tell(findings, global, stream_of(global.format));
}

/// Where findings go when a command writes no results.
#[must_use]
pub fn stream_of(format: Format) -> Stream {
    match format {
        Format::Human | Format::Markdown | Format::Junit | Format::Html | Format::Xlsx => {
            Stream::Error
        }
        Format::Json | Format::Short | Format::Github | Format::Sarif => Stream::Out,
    }
}

/// Whether the command has failed because of what was found.
#[must_use]
pub fn failed(findings: &Findings, global: &Global) -> bool {
    findings.errors() > 0 || denied(findings, global)
}

fn denied(findings: &Findings, global: &Global) -> bool {
    global.deny == Some(Deny::Warnings) && findings.warnings() > 0 && findings.errors() == 0
}

/// Findings about the command line or files as such are wrong use; others are findings.
#[must_use]
pub fn exit_code(findings: &Findings, global: &Global) -> ExitCode {
    if !failed(findings, global) {
        ExitCode::SUCCESS
    } else if findings.wrong_use() {
        ExitCode::from(WRONG_USE)
    } else {
        ExitCode::from(FINDINGS)
    }
}

/// How findings are written where results are written so.
pub(crate) fn form(format: Format) -> render::Format {
    match format {
        Format::Human | Format::Markdown | Format::Junit | Format::Html | Format::Xlsx => {
            render::Format::Human
        }
        Format::Json => render::Format::Json,
        Format::Short => render::Format::Short,
        Format::Github => render::Format::Github,
        Format::Sarif => render::Format::Sarif,
    }
}
