//! Packages: the framework, its modules, and the paths between them.

use super::super::wording::{circle, ring};
use super::super::{Diagnostic, Place};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0105 UnknownModule {
        path: String,
        span: Span,
        suggestion: Option<String>,
    }
}

impl UnknownModule {
    fn words(&self) -> Diagnostic {
        let title = format!("there is no module `{}`", self.path);
        match &self.suggestion {
            Some(meant) => {
                Diagnostic::about(self, title, self.span, format!("did you mean `{meant}`?")).mend(
                    format!("write `use {meant}`"),
                    vec![(self.span, format!("use {meant}"))],
                )
            }
            None => Diagnostic::about(self, title, self.span, "found nowhere").help(
                "modules of the standard library begin with `stdlib.`; those of the package \
                 are the files with a `module` line; another package is named in `forewarn.toml`, \
                 which `forewarn add` does",
            ),
        }
    }
}

cause! {
    FW0106 NoFramework {
        file: String,
        /// Where the declaration would stand.
        span: Option<Span>,
    }
}

impl NoFramework {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` declares no framework", self.file);
        let line = "framework my_framework \"My framework\" version \"0.1.0\"";
        let diagnostic = match self.span {
            Some(span) => Diagnostic::about(self, title, span, "a framework belongs before this"),
            None => Diagnostic::at(
                self,
                title,
                Place::File(self.file.clone()),
                "not found here",
            ),
        };
        let edits = self.span.map(|span| {
            (
                Span {
                    end: span.start,
                    ..span
                },
                format!("{line}\n"),
            )
        });
        diagnostic.mend(format!("begin with `{line}`"), edits.into_iter().collect())
    }
}

cause! {
    FW0108 TwoFrameworks {
        first: Span,
        second: Span,
    }
}

impl TwoFrameworks {
    fn words(&self) -> Diagnostic {
        let (title, help) = match self.first.file == self.second.file {
            true => (
                "this file declares two frameworks, and holds one",
                "keep the line that counts; frameworks that are meant to be apart stand in files of their own, each \
                 in its folder",
            ),
            false => (
                "two files of this folder declare a framework, and a folder holds one",
                "if one is an old copy, move it out of the folder; frameworks that are meant to be apart stand in \
                 folders of their own",
            ),
        };
        Diagnostic::about(self, title, self.second, "the second is declared here")
            .mark(self.first, "the first is declared here")
            .help(help)
    }
}

cause! {
    FW0119 UseTwice {
        path: String,
        first: Span,
        second: Span,
    }
}

impl UseTwice {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` is brought in twice", self.path),
            self.second,
            "this line has no effect",
        )
        .mark(self.first, "already brought in here")
        .mend("remove the second line", vec![(self.second, String::new())])
    }
}

cause! {
    FW0120 LeavesPackage {
        path: String,
        span: Option<Span>,
    }
}

impl LeavesPackage {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` leads out of the package", self.path);
        match self.span {
            Some(span) => Diagnostic::about(self, title, span, "points outside of the folder"),
            None => Diagnostic::at(
                self,
                title,
                Place::File(self.path.clone()),
                "points outside of the folder",
            ),
        }
        .help("put a copy of the file into the package's folder")
    }
}

cause! {
    FW0121 UseCycle {
        /// Each with the place where it uses the next; the last uses the first.
        members: Vec<(String, Span)>,
    }
}

impl UseCycle {
    fn words(&self) -> Diagnostic {
        let title = match self.members.as_slice() {
            [(only, _)] => format!("module `{only}` uses itself"),
            members => format!("modules use each other: {}", ring(members)),
        };
        circle(self, title, &self.members, "uses")
            .help("remove one of these lines; files of one package see each other without `use`")
    }
}
