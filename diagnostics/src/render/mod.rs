//! Findings as people and programs read them. In: diagnostics, with the sources they point into.
//! Out: one text in the chosen format, ordered by file and position.

mod cells;
mod excerpt;
mod finding;
mod frame;
mod github;
mod json;
mod place;
mod sarif;
mod short;
mod terminal;
mod text;

pub use finding::{Finding, Look};
pub use place::{Located, SourceRange};
pub use sarif::RulePage;
pub use text::{harmless, wrap};

use crate::source::SourceMap;
use crate::wording::count;
use crate::{Diagnostic, Place, Reports, Severity, Traits};
use std::sync::Arc;

/// All that one run of the tool found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: with the marked words, the reason and what to do.
    Human,
    /// One object a line, for programs.
    Json,
    /// One line each: `file:line:column`.
    Short,
    /// Annotations of GitHub workflows.
    Github,
    /// One SARIF 2.1.0 document, for code scanning.
    Sarif,
}

impl Findings {
    pub fn add(&mut self, diagnostic: Diagnostic, sources: &Arc<SourceMap>) {
        self.list.push(Finding {
            diagnostic,
            sources: Arc::clone(sources),
        });
    }

    pub fn add_reports(&mut self, reports: &Reports, sources: &Arc<SourceMap>) {
        for cause in reports.iter() {
            self.add(cause.describe(), sources);
        }
    }

    /// Adds advice to findings that it is known for.
    pub fn advise(&mut self, advice: impl Fn(&Diagnostic) -> Option<String>) {
        for finding in &mut self.list {
            if let Some(text) = advice(&finding.diagnostic) {
                finding.diagnostic = finding.diagnostic.clone().help(text);
            }
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    #[must_use]
    pub fn errors(&self) -> usize {
        self.number(Severity::Error)
    }

    #[must_use]
    pub fn warnings(&self) -> usize {
        self.number(Severity::Warning)
    }

    fn number(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|finding| finding.diagnostic.severity == severity)
            .count()
    }

    /// Whether something is wrong with the command line, or a file cannot be read or written,
    /// rather than with what the files say.
    #[must_use]
    pub fn wrong_use(&self) -> bool {
        self.list.iter().any(|finding| {
            let diagnostic = &finding.diagnostic;
            let typed = match &diagnostic.primary.place {
                Place::CommandLine => true,
                // Values given on the command line stand in sources of their own.
                Place::Source(span) => finding
                    .sources
                    .get(span.file)
                    .is_some_and(|file| file.name.starts_with("--")),
                _ => false,
            };
            diagnostic.severity == Severity::Error
                && (typed || diagnostic.code.has(Traits::ABOUT_FILES))
        })
    }

    /// The text of all findings; `page` gives the catalogue's words on a code. Empty when there is
    /// nothing to say, except in SARIF, which is always a whole document.
    #[must_use]
    pub fn render(
        &self,
        format: Format,
        look: Look,
        page: &dyn Fn(&str) -> Option<RulePage>,
    ) -> String {
        let mut located: Vec<Located<'_>> = self.list.iter().map(Located::new).collect();
        located.sort_by(Located::order);
        let hidden = self.hidden(look);
        if hidden > 0 {
            // Warnings may hide behind errors, never the other way round.
            located.sort_by_key(|one| std::cmp::Reverse(one.diagnostic.severity));
            located.truncate(located.len() - hidden);
            located.sort_by(Located::order);
        }
        match format {
            Format::Human => terminal::render(&located, look),
            Format::Json => located.iter().map(json::line).collect(),
            Format::Short => located.iter().map(short::line).collect(),
            Format::Github => located.iter().map(github::line).collect(),
            Format::Sarif => sarif::document(&located, page),
        }
    }

    /// How many findings are not written.
    #[must_use]
    pub fn hidden(&self, look: Look) -> usize {
        self.list
            .len()
            .saturating_sub(look.most.unwrap_or(usize::MAX))
    }

    /// `2 errors, 1 warning`; empty when there are none.
    #[must_use]
    pub fn tally(&self) -> String {
        let parts = [(self.errors(), "error"), (self.warnings(), "warning")];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| count(number, word))
            .collect();
        parts.join(", ")
    }
}

/// What the register says of a code, for formats that carry it along.
#[must_use]
pub fn rule_page(code: &str) -> Option<RulePage> {
    let info = crate::info(code)?;
    Some(RulePage {
        title: info.title().to_owned(),
        markdown: info.page.to_owned(),
    })
}

/// Something without a code that ended the work, in a format for programs; none for people.
#[must_use]
pub fn failure(message: &str, help: Option<&str>, format: Format) -> Option<String> {
    match format {
        Format::Human => None,
        Format::Json => Some(json::failure(message, help)),
        Format::Short => Some(short::failure(message)),
        Format::Github => Some(github::failure(message, help)),
        Format::Sarif => Some(sarif::failure(message, help)),
    }
}

/// The line of JSON that says that nothing was found.
#[must_use]
pub fn nothing() -> String {
    json::nothing()
}
