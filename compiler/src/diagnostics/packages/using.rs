//! What `use` takes of packages.

use super::super::Diagnostic;
use super::super::wording::list;
use crate::source::Span;
use forewarn_diagnostics::cause;

/// Names are listed up to this number.
const LISTED: usize = 12;

cause! {
    FW1316 UsedExtends {
        name: String,
        /// What it extends.
        base: String,
        span: Span,
        declared: Span,
    }
}

impl UsedExtends {
    fn words(&self) -> Diagnostic {
        let Self { name, base, .. } = self;
        let title = format!(
            "`{name}` extends `{base}`, and what changes another framework is not used in parts"
        );
        Diagnostic::about(self, title, self.span, "used here")
            .mark(self.declared, "extended here")
            .help(format!(
                "extend `{name}`, or use the package that declares what is needed, such as `{base}`"
            ))
    }
}

cause! {
    FW1317 NotGiven {
        package: String,
        name: String,
        span: Span,
        /// What it is in that package, and where, where it is something that cannot be taken.
        what: Option<(&'static str, Span)>,
        suggestion: Option<String>,
        known: Vec<String>,
    }
}

impl NotGiven {
    fn words(&self) -> Diagnostic {
        let Self { package, name, .. } = self;
        if let Some((what, declared)) = self.what {
            let title = format!(
                "`{name}` of `{package}` is declared by `{what}`, which `use` does not bring in"
            );
            return Diagnostic::about(self, title, self.span, "named here")
                .mark(declared, "declared here")
                .note("`use` brings in what rests on no data: functions, params, units, scales, categories, sources")
                .help(format!("extend `{package}`, or declare it in the rules themselves"));
        }
        let title = format!("`{package}` has nothing called `{name}`");
        if let Some(near) = &self.suggestion {
            return Diagnostic::about(self, title, self.span, format!("did you mean `{near}`?"))
                .mend(format!("write `{near}`"), vec![(self.span, near.clone())]);
        }
        let diagnostic = Diagnostic::about(self, title, self.span, "found nowhere in it");
        let names: Vec<String> = self.known.iter().map(|name| format!("`{name}`")).collect();
        diagnostic.help(match names.get(..LISTED).unwrap_or(&names) {
            [] => format!(
                "`{package}` has no function, param, unit, scale, category or source to give"
            ),
            some if some.len() < names.len() => format!(
                "it has {} names to give, among them {}",
                names.len(),
                some.join(", ")
            ),
            all => format!("it has {}", list(all, "and")),
        })
    }
}

cause! {
    FW1318 UseCollides {
        package: String,
        name: String,
        /// Where the package is used, or where the name is chosen of it.
        span: Span,
        /// Nobody chose it: all of the package is taken, or what is chosen names it.
        is_chosen: bool,
        /// What has the name here.
        here: Span,
        /// Another package that brings it in.
        by: Option<String>,
        there: Span,
    }
}

impl UseCollides {
    fn words(&self) -> Diagnostic {
        let Self { package, name, .. } = self;
        let title = match &self.by {
            Some(by) => format!(
                "`{name}` is brought in from `{by}` and, as something else, from `{package}`"
            ),
            None => format!(
                "`{name}` is declared here and, as something else, brought in from `{package}`"
            ),
        };
        let label = match self.is_chosen {
            true => "chosen here".to_owned(),
            false => format!("brings in `{name}`"),
        };
        let diagnostic = Diagnostic::about(self, title, self.span, label)
            .mark(self.here, "this is one")
            .mark(self.there, "this is the other");
        match (&self.by, self.is_chosen) {
            (None, _) => diagnostic.help(format!(
                "take one's own out or rename it; or choose of `{package}` what does not rest on its `{name}`: `use \
                 {package}.{{…}}`"
            )),
            (Some(by), _) => diagnostic.help(format!(
                "choose of `{by}` or of `{package}` only what does not rest on its `{name}`: `use {package}.{{…}}`"
            )),
        }
    }
}

cause! {
    FW1319 TwoOfOneName {
        name: String,
        span: Span,
        /// Where it lies as asked for here.
        place: String,
        other: Span,
        other_place: String,
    }
}

impl TwoOfOneName {
    fn words(&self) -> Diagnostic {
        let Self { name, place, .. } = self;
        let title = format!("two packages called `{name}`, with other files, are built on");
        Diagnostic::about(self, title, self.span, format!("here it is `{place}`"))
            .mark(self.other, format!("here it is `{}`", self.other_place))
            .note("what two packages share has to mean one thing in both")
            .help(format!(
                "name one `{name}` in the ruleset's own `forewarn.toml`: that holds for all that it builds on"
            ))
    }
}

cause! {
    FW1320 FileOrPackage {
        name: String,
        span: Span,
        /// The first words of the file.
        file: Span,
    }
}

impl FileOrPackage {
    fn words(&self) -> Diagnostic {
        let Self { name, .. } = self;
        let title = format!("`{name}` is a file here and a package in `forewarn.toml`");
        Diagnostic::about(
            self,
            title,
            self.span,
            "which of both is meant is not known",
        )
        .mark(self.file, "this is the file")
        .help("rename the file; files of a folder see each other without `use`")
    }
}

cause! {
    FW1321 ChosenOfFile {
        path: String,
        span: Span,
        /// The names with their braces.
        names: Span,
    }
}

impl ChosenOfFile {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` is no package, of which names are chosen", self.path);
        Diagnostic::about(self, title, self.names, "all of a file is brought in").mend(
            format!("write `use {}`", self.path),
            vec![(self.names, String::new())],
        )
    }
}

cause! {
    FW1322 UseOfExtended {
        name: String,
        span: Span,
    }
}

impl UseOfExtended {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` is extended, and so all that it declares is here",
            self.name
        );
        Diagnostic::about(self, title, self.span, "this line has no effect")
            .mend("remove the line", vec![(self.span, String::new())])
    }
}
