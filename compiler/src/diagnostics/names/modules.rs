//! Packages: the framework, its modules, and the paths between them.

use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::{circle, ring};
use super::super::{Diagnostic, Place};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    UnknownModule::INFO,
    NoFramework::INFO,
    TwoFrameworks::INFO,
    UseTwice::INFO,
    LeavesPackage::INFO,
    UseCycle::INFO,
];

cause! {
    /// a module that is not there
    ///
    /// ## What it means
    ///
    /// `use` names a module that neither the standard library nor the package has.
    ///
    /// ## Why it matters
    ///
    /// What the module would bring in is missing from the rules.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// use stdlib.scalling
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// score burden = deaths / 1000
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// use stdlib.scaling
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// score burden = rescale(deaths, from: 0, to: 1000)
    /// ```
    Error "FW0105" UnknownModule {
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
                 are the files with a `module` line",
            ),
        }
    }
}

cause! {
    /// rules without a framework
    ///
    /// ## What it means
    ///
    /// No file of the package begins with `framework`, the declaration that gives the rules their
    /// name, label and version.
    ///
    /// ## Why it matters
    ///
    /// Results name the framework and the version they were made with; without them nobody can say
    /// later which rules were used.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    Error "FW0106" NoFramework {
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
    /// two frameworks in one package
    ///
    /// ## What it means
    ///
    /// A folder of rules is one framework, declared in one of its files. The other files may begin
    /// with a `module` line.
    ///
    /// ## Why it matters
    ///
    /// Two names and versions for one set of rules contradict each other.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// framework other "Other" version "2"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    Error "FW0108" TwoFrameworks {
        first: Span,
        second: Span,
    }
}

impl TwoFrameworks {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "this package declares two frameworks",
            self.second,
            "the second is declared here",
        )
        .mark(self.first, "the first is declared here")
        .help(
            "keep one of them; check frameworks that are meant to be apart in folders of their own",
        )
    }
}

cause! {
    /// a module is used twice
    ///
    /// ## What it means
    ///
    /// The same module is brought in by two `use` lines.
    ///
    /// ## Why it matters
    ///
    /// The second line has no effect. Perhaps another module was meant.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// use stdlib.scaling
    /// use stdlib.scaling
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// score burden = rescale(deaths, from: 0, to: 1000)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// use stdlib.scaling
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// score burden = rescale(deaths, from: 0, to: 1000)
    /// ```
    Warning "FW0119" UseTwice {
        path: String,
        first: Span,
        second: Span,
    }
}

impl UseTwice {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("module `{}` is brought in twice", self.path),
            self.second,
            "this line has no effect",
        )
        .mark(self.first, "already brought in here")
        .mend("remove the second line", vec![(self.second, String::new())])
    }
}

cause! {
    /// a path that leads out of the package
    ///
    /// ## What it means
    ///
    /// A path, or a link in the folder, leads to a file outside of the package.
    ///
    /// ## Why it matters
    ///
    /// A package is whole in itself: whoever gets the folder gets the method. A file elsewhere can
    /// change or be missing without anyone noticing.
    ///
    /// ## Wrong
    ///
    /// A folder that holds `factors.risk` as a link to `../../other/factors.risk`.
    ///
    /// ## Right
    ///
    /// Put a copy of the file into the package, so that all of it stands in one folder:
    ///
    /// ```risk file=framework.risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// ```
    ///
    /// ```risk file=scores.risk
    /// score burden = deaths * 2
    /// ```
    Error "FW0120" LeavesPackage {
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
    /// modules that use each other
    ///
    /// ## What it means
    ///
    /// A module uses itself, or two or more modules use each other in a circle.
    ///
    /// ## Why it matters
    ///
    /// Modules build on one another. In a circle none of them stands at the bottom, and a change to
    /// one is a change to all.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// use conflict
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    ///
    /// ```risk file=conflict.risk
    /// module conflict
    /// use conflict
    /// signal war = deaths >= 1000
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// use conflict
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    ///
    /// ```risk file=conflict.risk
    /// module conflict
    /// signal war = deaths >= 1000
    /// ```
    Error "FW0121" UseCycle {
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
