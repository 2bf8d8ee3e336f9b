//! Packages that are not found, or are not what was asked for.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::{circle, ring};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    NoDependency::INFO,
    ManifestSlip::INFO,
    ManifestDisagrees::INFO,
    DependencyUnreadable::INFO,
    DependencyIsOther::INFO,
    VersionOutOfRange::INFO,
    PackageCycle::INFO,
];

cause! {
    /// an extended framework that is not found
    ///
    /// ## What it means
    ///
    /// `extends` names a framework, and `forewarn.toml` does not say where that lies.
    ///
    /// ## Why it matters
    ///
    /// Without the extended framework nothing can be said of the rules.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1301" NoDependency {
        name: String,
        span: Span,
        /// The path of `forewarn.toml`.
        manifest: String,
        suggestion: Option<String>,
    }
}

impl NoDependency {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` is extended, and nothing says where it lies",
            self.name
        );
        let label = match &self.suggestion {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("not among the dependencies of `{}`", self.manifest),
        };
        Diagnostic::about(self, title, self.span, label).help(format!(
            "give its folder: `forewarn add ../FOLDER` writes it into `{}`",
            self.manifest
        ))
    }
}

cause! {
    /// a slip in forewarn.toml
    ///
    /// ## What it means
    ///
    /// Something in `forewarn.toml` cannot be read, or means nothing there.
    ///
    /// ## Why it matters
    ///
    /// A misspelt key would be passed over in silence, and with it what it was to say.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", verson = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1302" ManifestSlip {
        span: Span,
        what: String,
        suggestion: Option<String>,
    }
}

impl ManifestSlip {
    fn words(&self) -> Diagnostic {
        let label = match &self.suggestion {
            Some(known) => format!("such as `{known}`"),
            None => "here".to_owned(),
        };
        Diagnostic::about(self, self.what.clone(), self.span, label).help(
            "`[package]` has `name`, `version`, `label`, `language`; each of `[dependencies]` has `path` or \
             `archive`, and `version`",
        )
    }
}

cause! {
    /// forewarn.toml and the framework say different things
    ///
    /// ## What it means
    ///
    /// The name, version or label in `forewarn.toml` is not that of the `framework` declaration.
    ///
    /// ## Why it matters
    ///
    /// Others find the package by what the one says and see in results what the other says.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [package]
    /// name = "west"
    /// version = "0.2.0"
    ///
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [package]
    /// name = "west"
    /// version = "0.1.0"
    ///
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1303" ManifestDisagrees {
        what: &'static str,
        manifest: String,
        span: Span,
        framework: String,
        declared: Span,
    }
}

impl ManifestDisagrees {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "the {} is `{}` in `forewarn.toml` and `{}` in the rules",
            self.what, self.manifest, self.framework
        );
        Diagnostic::about(self, title, self.span, "here it is one")
            .mark(self.declared, "and here another")
            .help("write the same in both, or leave it out of `forewarn.toml`")
    }
}

cause! {
    /// a dependency that cannot be read
    ///
    /// ## What it means
    ///
    /// There is no package where `forewarn.toml` says that one lies.
    ///
    /// ## Why it matters
    ///
    /// Without the extended framework nothing can be said of the rules.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../on", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1304" DependencyUnreadable {
        name: String,
        path: String,
        why: String,
        span: Span,
    }
}

impl DependencyUnreadable {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` cannot be read from `{}`: {}",
            self.name, self.path, self.why
        );
        Diagnostic::about(self, title, self.span, "named here")
            .help("paths are meant from the folder of `forewarn.toml`")
    }
}

cause! {
    /// a dependency of another name
    ///
    /// ## What it means
    ///
    /// The package that lies where `forewarn.toml` says declares a framework of another name.
    ///
    /// ## Why it matters
    ///
    /// Rules written for one framework say nothing about another.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework au "African Union" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1305" DependencyIsOther {
        wanted: String,
        found: String,
        span: Span,
        declared: Span,
    }
}

impl DependencyIsOther {
    fn words(&self) -> Diagnostic {
        let title = format!("there lies `{}`, not `{}`", self.found, self.wanted);
        Diagnostic::about(
            self,
            title,
            self.span,
            format!("asks for `{}`", self.wanted),
        )
        .mark(self.declared, format!("is `{}`", self.found))
        .help("correct the path, or the name here and behind `extends`")
    }
}

cause! {
    /// a version out of range
    ///
    /// ## What it means
    ///
    /// The version of the extended framework is not one that was asked for. `"1"` fits every version from
    /// 1.0.0 up to, but without, 2.0.0; `">=1.2, <1.4"` and `"=1.2.0"` are ranges too.
    ///
    /// ## Why it matters
    ///
    /// A new first number says that something changed on which others may rely. An overlay has to be looked at
    /// again before it stands on it.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "2.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.4.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1306" VersionOutOfRange {
        name: String,
        range: String,
        found: String,
        /// Where the range is asked for.
        span: Span,
        /// Where the version is declared.
        declared: Span,
        said: Span,
    }
}

impl VersionOutOfRange {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` is version {}, and `{}` is asked for",
            self.name, self.found, self.range
        );
        Diagnostic::about(self, title, self.span, format!("{} does not fit", self.found))
            .mark(self.declared, "its version")
            .note("a new first number of a version says that something changed on which others may rely")
            .help(
                "see what changed with `forewarn diff`, then ask for the new version; or take the version \
                 that was asked for",
            )
    }
}

cause! {
    /// frameworks that extend each other
    ///
    /// ## What it means
    ///
    /// A framework extends one that, at last, extends it.
    ///
    /// ## Why it matters
    ///
    /// None of them stands at the bottom, so none has a meaning of its own.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0" extends west "0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ```toml file=../un/forewarn.toml
    /// [dependencies]
    /// west = { path = "../rules" }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4 of the ministers"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1307" PackageCycle {
        /// Each with the place where it extends the next; the last extends the first.
        members: Vec<(String, Span)>,
    }
}

impl PackageCycle {
    fn words(&self) -> Diagnostic {
        let title = match self.members.as_slice() {
            [(only, _)] => format!("framework `{only}` extends itself"),
            members => format!("frameworks extend each other: {}", ring(members)),
        };
        circle(self, title, &self.members, "extends").help("one of them has to stand on its own")
    }
}
