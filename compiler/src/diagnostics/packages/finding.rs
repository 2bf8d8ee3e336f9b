//! Packages that are not found, or are not what was asked for.

use super::super::Diagnostic;
use super::super::wording::{circle, ring};
use crate::package::Way;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1301 NoDependency {
        name: String,
        span: Span,
        /// The path of `forewarn.toml`.
        manifest: String,
        suggestion: Option<String>,
        /// Where a dependency has another name than the folder in which it lies, which is called as it is extended.
        misnamed: Option<Span>,
    }
}

impl NoDependency {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` is extended, and nothing says where it lies",
            self.name
        );
        if let (Some(near), Some(place)) = (&self.suggestion, self.misnamed) {
            let label = format!("not among the dependencies of `{}`", self.manifest);
            return Diagnostic::about(self, title, self.span, label)
                .mark(place, format!("`{near}` lies in a folder `{}`", self.name))
                .mend(
                    format!("call it `{}` in `{}`, too", self.name, self.manifest),
                    vec![(place, self.name.clone())],
                );
        }
        let label = match &self.suggestion {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("not among the dependencies of `{}`", self.manifest),
        };
        let diagnostic = Diagnostic::about(self, title, self.span, label);
        if let Some(near) = &self.suggestion {
            return diagnostic.mend(
                format!("replace it by `{near}`, which `{}` knows", self.manifest),
                vec![(self.span, near.clone())],
            );
        }
        // A command sees paths from where it runs.
        let command = match self.manifest.rsplit_once(['/', '\\']) {
            Some((folder, _)) if folder != "." => format!("forewarn add FOLDER --to {folder}"),
            Some(_) | None => "forewarn add ../FOLDER".to_owned(),
        };
        diagnostic.help(format!(
            "give its folder: `{command}` writes it into `{}`",
            self.manifest
        ))
    }
}

cause! {
    FW1302 ManifestSlip {
        span: Span,
        what: String,
        suggestion: Option<String>,
        /// Is the suggestion what was meant, and stands in the place of what is written?
        meant: bool,
        /// The file cannot be read: the suggestion is the line that was meant, of whatever section.
        unread: bool,
    }
}

impl ManifestSlip {
    fn words(&self) -> Diagnostic {
        if let (Some(meant), true) = (&self.suggestion, self.meant) {
            let label = format!("did you mean `{meant}`?");
            return Diagnostic::about(self, self.what.clone(), self.span, label).mend(
                format!("replace it by `{meant}`"),
                vec![(self.span, meant.clone())],
            );
        }
        if self.unread {
            let diagnostic = Diagnostic::about(self, self.what.clone(), self.span, "here");
            return match &self.suggestion {
                Some(line) => diagnostic.help(format!("write `{line}`")),
                None => diagnostic,
            };
        }
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
    FW1303 ManifestDisagrees {
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
    FW1304 DependencyUnreadable {
        name: String,
        path: String,
        why: String,
        /// It is looked for in an archive that does not hold it.
        in_archive: bool,
        span: Span,
    }
}

impl DependencyUnreadable {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` cannot be read from `{}`: {}",
            self.name, self.path, self.why
        );
        let told = Diagnostic::about(self, title, self.span, "named here");
        if self.in_archive {
            return told
                .note("an archive is read by itself: nothing outside of it is looked at")
                .help(
                    "whoever packs it runs `forewarn vendor` before `forewarn package`, which puts in \
                     what it builds on",
                );
        }
        // What is there and cannot be unpacked is had anew.
        if self.path.ends_with(".gz") || self.path.ends_with(".tgz") {
            return told.help(
                "where the file is there, copy or fetch it again, or pack it anew with `forewarn package`; \
                 `forewarn.toml` names it as it is seen from its own folder",
            );
        }
        told.help(format!(
            "`forewarn.toml` names a folder as it is seen from its own; from where this command runs, that is `{}`",
            self.path
        ))
    }
}

cause! {
    FW1305 DependencyIsOther {
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
        .help("correct the path, or the name here and behind `extends` or `use`")
    }
}

cause! {
    FW1306 VersionOutOfRange {
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
    FW1307 PackageCycle {
        /// Each with the place where it builds on the next; the last builds on the first.
        members: Vec<(String, Span)>,
        /// How the last does so.
        how: Way,
    }
}

impl PackageCycle {
    fn words(&self) -> Diagnostic {
        let (each, all, does) = match self.how {
            Way::Extended => ("extends itself", "extend each other", "extends"),
            Way::Used => ("uses itself", "use each other", "builds on"),
        };
        let title = match self.members.as_slice() {
            [(only, _)] => format!("framework `{only}` {each}"),
            members => format!("frameworks {all}: {}", ring(members)),
        };
        circle(self, title, &self.members, does).help("one of them has to stand on its own")
    }
}
